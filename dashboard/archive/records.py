"""A line of an archive as a record and its article, in the types the page handles."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, get_args

from curated.records import Amount, Bound, Event, Figure, Modality, Source
from dashboard.archive.index import place_of
from dashboard.rows import Row, index_record
from dashboard.view import TYPES
from extract.edtf import parse_edtf
from extract.mentions import Change

source_rows = """SELECT w.k, w.id, w.kind, w.start, w."end", w.quote_start, w.quote_end, w.quote, w.date, w.date_from, w.title, w.type, w.value, w.low, w.high,
    w.unit, w.bound, w.measure, w.amount, w.as_of, w.as_of_from, w.during, w.modality, w.change, w.data_from, w.speaker, w.actors, w.places, w.source FROM word w"""
_NAMES = ["id", "kind", "start", "end", "quote_start", "quote_end", "quote", "date", "date_from", "title", "type", "value", "low", "high", "unit", "bound", "measure", "amount", "as_of", "as_of_from", "during", "modality", "change", "data_from", "speaker", "actors", "places", "source"]


def read_row(values: Sequence[Any]) -> Row:
    """One line of `source_rows`, its number left off. Nothing of an archive has been checked by a person: all are drafts."""
    line = dict(zip(_NAMES, values, strict=True))
    shared: dict[str, Any] = {
        "id": line["id"], "source": line["source"], "quote": line["quote"] or "", "actors": tuple(line["actors"] or ()),
        "places": tuple(place_of(code) for code in line["places"] or ()), "speaker": line["speaker"] or "", "data_from": line["data_from"] or "",
        "at": _span(line["quote_start"], line["quote_end"]), "mark": _span(line["start"], line["end"]),
    }  # fmt: skip
    if line["kind"] == "event":
        record: Event | Figure = Event(**shared, title=line["title"], date=parse_edtf(line["date"] or ""), date_from=line["date_from"] or "", type=_one_of(line["type"], TYPES, "other"))
    else:
        record = Figure(
            **shared, measure=line["measure"], amount=_amount(line), as_of=parse_edtf(line["as_of"] or ""), as_of_from=line["as_of_from"] or "",
            during=line["during"] or "", modality=_one_of(line["modality"], get_args(Modality), "actual"), change=_one_of(line["change"], get_args(Change), ""),
        )  # fmt: skip
    return index_record(record, None, record.id)


def _amount(line: dict[str, Any]) -> Amount:
    value, low, high = (_whole(line[name]) for name in ("value", "low", "high"))
    return Amount(line["amount"] or "", value, low, high, line["unit"] or "", _one_of(line["bound"], get_args(Bound), "exact"))


def _one_of(word: str | None, known: Sequence[str], otherwise: str) -> Any:
    """A word of a closed list; an archive that was written by others may hold any."""
    return word if word in known else otherwise


def _whole(number: float | None) -> int | float | None:
    return int(number) if number is not None and number == int(number) else number


def _span(start: int | None, end: int | None) -> tuple[int, int] | None:
    return (start, end) if start is not None and end is not None and end > start else None


def read_source(line: Sequence[Any]) -> Source:
    """An article: its id is its name, it has no YAML, and may be quoted with its neighbouring sentences."""
    name, title, publisher, published, url = line
    return Source(name, "", "", title=title or "", publisher=publisher or "", url=url or "", published=parse_edtf(published or ""))
