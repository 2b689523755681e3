"""What an export may contain: the records that are shown, with what rights allow of their quotes.

Knows rights, order and how a record becomes plain fields. Leaves out every format.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from curated.records import Event, Figure, Place, Source, Span, Story
from curated.store import Store

Record = Event | Figure
NEIGHBOUR = 48  # code points of the reading text on either side of a quote


@dataclass(frozen=True, slots=True)
class Passage:
    """A quote as it stands in its article: what is before and after it, and its span in the raw file."""

    quote: str
    before: str
    after: str
    span: Span | None


@dataclass(frozen=True, slots=True)
class Content:
    """Records in order of their dates, their sources by name, and the passages by record id."""

    story: Story
    sources: dict[str, Source]
    events: list[Event]
    figures: list[Figure]
    passages: dict[str, Passage]

    @property
    def records(self) -> list[Record]:
        return sorted([*self.events, *self.figures], key=_order)

    def source(self, record: Record) -> Source:
        return self.sources.get(record.source) or Source(record.source, "", "")


def gather(store: Store) -> Content:
    """Leave out what was dropped; take quotes as far as rights go."""
    events = sorted((e for e in store.events if e.status != "dropped"), key=_order)
    figures = sorted((f for f in store.figures if f.status != "dropped"), key=_order)
    passages = {r.id: _passage(r, store) for r in (*events, *figures)}
    return Content(store.story, store.sources, events, figures, passages)


def when(record: Record) -> Any:
    """The record's date (Edtf) or None."""
    return record.date if isinstance(record, Event) else record.as_of


def cite(source: Source) -> str:
    """Publisher, title and day in one line: where a statement comes from."""
    published = str(source.published) if source.published else ""
    return ", ".join(part for part in (source.publisher, f"《{source.title}》" if source.title else "", published) if part)


def _order(record: Record) -> tuple[date, str, int, str]:
    edtf = when(record)
    first = edtf.earliest or edtf.latest if edtf else None
    return first or date.max, record.source, record.mark[0] if record.mark else 0, record.id


def _passage(record: Record, store: Store) -> Passage:
    source = store.sources.get(record.source)
    if source is None or source.rights == "none":
        return Passage("", "", "", None)
    reading = store.reading(record.source)
    span = reading.text_span(*record.at) if reading and record.at else None
    if reading is None or span is None or record.orphan:
        return Passage(record.quote, "", "", record.at)
    start, end = span
    return Passage(record.quote, reading.text[max(0, start - NEIGHBOUR) : start], reading.text[end : end + NEIGHBOUR], record.at)


def fields(record: Record, content: Content) -> dict[str, Any]:
    """One record as plain fields, named as in the YAML; dates are EDTF with their first and last day beside them."""
    source, edtf = content.source(record), when(record)
    own = _event_fields(record) if isinstance(record, Event) else _figure_fields(record)
    return {
        "id": record.id,
        **own,
        "earliest": edtf.earliest if edtf else None,
        "latest": edtf.latest if edtf else None,
        "actors": list(record.actors),
        "places": [place.name for place in record.places],
        "adcodes": adcodes(record.places),
        "speaker": record.speaker,
        "data_from": record.data_from,
        "quote": content.passages[record.id].quote,
        "at": _span(content.passages[record.id].span),
        "mark": _span(record.mark),
        "status": record.status,
        "reviewed_by": record.reviewed_by,
        "reviewed_on": record.reviewed_on,
        "note": record.note,
        "tags": list(record.tags),
        "same_as": list(record.same_as),
        "conflicts_with": list(record.conflicts_with),
        "part_of": list(record.part_of),
        "source": record.source,
        "source_title": source.title,
        "publisher": source.publisher,
        "published": str(source.published or ""),
        "url": source.url,
    }


def _event_fields(event: Event) -> dict[str, Any]:
    return {"date": str(event.date or ""), "date_from": event.date_from, "title": event.title, "type": event.type}


def _figure_fields(figure: Figure) -> dict[str, Any]:
    amount = figure.amount
    return {
        "measure": figure.measure, "amount": amount.text, "value": amount.value, "low": amount.low, "high": amount.high,
        "unit": amount.unit, "bound": amount.bound, "as_of": str(figure.as_of or ""), "as_of_from": figure.as_of_from,
        "during": figure.during, "modality": figure.modality, "change": figure.change, "compare_to": figure.compare_to,
    }  # fmt: skip


def adcodes(places: Iterable[Place]) -> list[str]:
    """Codes of the places; a region stands for its provinces."""
    codes = (code for place in places for code in ((place.adcode,) if place.adcode else place.provinces))
    return list(dict.fromkeys(codes))


def _span(span: Span | None) -> str:
    return f"{span[0]}-{span[1]}" if span else ""
