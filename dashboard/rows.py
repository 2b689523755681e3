"""A record as the page handles it: a row with its days, places and words, and what a filter or a search asks of it.

Knows when a row passes a view, which of several tellings stands in front, and how a search reads what a person
types. Leaves out where rows come from (`dashboard.data`, `dashboard.archive`) and the link itself (`dashboard.view`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal

from curated.records import Event, Figure, Place, Source
from curated.saying import headline
from dashboard.facts import Totals
from dashboard.view import View
from dashboard.words import say
from extract.edtf import Edtf, parse_edtf

Record = Event | Figure
Kind = Literal["event", "figure"]

MOST_NAMES = 3  # on a card, or in the tip of a mark


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """A record with what filters, charts and tables ask for, worked out once.

    Equal only to itself, so that caches keyed by rows never compare ten thousand quotes.
    """

    record: Record
    kind: Kind
    date: Edtf | None
    first: int | None  # day numbers as of `date.toordinal`; None: undated or open
    last: int | None
    places: frozenset[str]  # adcodes with those they lie in, and names of regions and countries
    tags: frozenset[str]
    text: str  # what a search looks through
    group: str  # the same for tellings of one thing

    @property
    def id(self) -> str:
        return self.record.id

    @property
    def title(self) -> str:
        """An event's title; of a figure what is counted, how it is meant, which way it moved and how much."""
        return headline(self.record)

    @property
    def type(self) -> str:
        return self.record.type if isinstance(self.record, Event) else ""

    @property
    def measure(self) -> str:
        return self.record.measure if isinstance(self.record, Figure) else ""

    @property
    def forecast(self) -> bool:
        return isinstance(self.record, Figure) and self.record.modality in ("forecast", "target", "hypothetical")


def index_record(record: Record, source: Source | None, group: str, simplified: str = "") -> Row:
    """A record with what filters, charts and tables ask for; `simplified`: its passage in the simplified script."""
    when = record.date if isinstance(record, Event) else record.as_of
    return Row(
        record=record,
        kind="event" if isinstance(record, Event) else "figure",
        date=when,
        first=when.earliest.toordinal() if when and when.earliest else None,
        last=when.latest.toordinal() if when and when.latest else None,
        places=frozenset(code for place in record.places for code in places_above(place)),
        tags=frozenset((*record.tags, *(source.tags if source else ()))),
        text=_search_text(record, source, simplified),
        group=group,
    )


def _search_text(record: Record, source: Source | None, simplified: str) -> str:
    said = [record.quote, record.speaker, record.data_from, record.note, *record.actors, *record.tags]
    said += [place.name for place in record.places]
    said += [record.title] if isinstance(record, Event) else [record.measure, record.amount.text]
    if source:
        said += [source.title, source.publisher, source.author]
    return normalise(" ".join((*said, simplified)))


def unsaid_names(record: Record, words: str, lang: str) -> str:
    """Who and where, as far as `words` do not say so themselves; the first few of many."""
    names = list(dict.fromkeys(name for name in (*record.actors, *(place.name for place in record.places)) if name not in words))
    return say("comma", lang).join(names[:MOST_NAMES]) + ("…" if len(names) > MOST_NAMES else "")


def by_time(row: Row) -> tuple[bool, int, int, str]:
    """The order in which records are shown: the first day known, the last, the id; undated ones behind."""
    known = row.first if row.first is not None else row.last
    return known is None, known or 0, row.last or 0, row.id


def places_above(place: Place) -> list[str]:
    """The adcode of a place and of those it lies in; a region's provinces; the name where there is no code.

    >>> places_above(Place("西湖区", "330106", "西湖区", "county"))
    ['330106', '330100', '330000']
    """
    if not place.adcode:
        return [place.name, *place.provinces]
    code = place.adcode
    return list(dict.fromkeys((code, code[:4] + "00", code[:2] + "0000")))


def province_of(place: Place) -> str:
    """The adcode of the province, or the name of a region or country."""
    return place.adcode[:2] + "0000" if place.adcode else place.name


@lru_cache(maxsize=4096)
def place_name(code: str) -> str:
    """The full name of an adcode; "" where there is none."""
    if not (code.isdigit() and len(code) == 6):
        return ""
    from extract.places import name_of  # loads the gazetteer: only when a place has to be named

    return name_of(code) or ""


def normalise(text: str) -> str:
    """As it is compared: one width, one case, no separators inside numbers.

    >>> normalise("２,800万 ABC")
    '2800万 abc'
    """
    text = unicodedata.normalize("NFKC", text).casefold()
    return re.sub(r"(?<=\d),(?=\d{3})", "", text)


FILTERED = ("q", "since", "until", "place", "actor", "type", "measure", "status", "source", "tag")


def passes(row: Row, view: View) -> bool:
    record = row.record
    if record.status not in view.status if view.status else record.status == "dropped":
        return False
    if view.place and row.places.isdisjoint(view.place):
        return False
    if view.actor and not any(actor in view.actor for actor in record.actors):
        return False
    if (view.type or view.measure) and row.type not in view.type and row.measure not in view.measure:
        return False
    if view.source and record.source not in view.source:
        return False
    return not (view.tag and row.tags.isdisjoint(view.tag))


def bounds(view: View) -> tuple[int | None, int | None]:
    """First and last day of `from` and `to`, as day numbers."""
    since, until = parse_edtf(view.since), parse_edtf(view.until)
    first = since.earliest.toordinal() if since and since.earliest else None
    last = until.latest.toordinal() if until and until.latest else None
    return first, last


def in_time(row: Row, first: int | None, last: int | None) -> bool:
    """A record shows when any day it may mean lies between; an undated one only where time is not asked for."""
    if first is None and last is None:
        return True
    if row.first is None and row.last is None:
        return False
    if first is not None and row.last is not None and row.last < first:
        return False
    return not (last is not None and row.first is not None and row.first > last)


def front_of_groups(rows: Sequence[Row]) -> list[Row]:
    """One row for each group of tellings: pinned, else reviewed, else the fullest in front."""
    best: dict[str, Row] = {}
    for row in rows:
        other = best.get(row.group)
        if other is None or front(row) > front(other):
            best[row.group] = row
    return [row for row in rows if best[row.group] is row]


def front(row: Row) -> tuple[bool, bool, int, int]:
    record = row.record
    span = (row.last - row.first) if row.last is not None and row.first is not None else 1 << 30
    filled = bool(record.actors) + bool(record.places) + bool(record.speaker) + len(record.quote) / 1000
    return record.pin, record.status == "reviewed", -span, int(filled * 1000)


@dataclass(frozen=True, slots=True)
class Term:
    """One word of a search, and the number it may stand for."""

    text: str
    value: float | None = None


def read_terms(q: str) -> list[Term]:
    """The words of a search; `3亿` also stands for 300,000,000.

    >>> read_terms("上海 3亿")[1].text
    '3亿'
    """
    return [Term(normalise(word), _number(word)) for word in q.split()]


def _number(word: str) -> float | None:
    if not re.search(r"[\d一二三四五六七八九十百千万亿两]", word):
        return None
    try:
        from extract.quantities import parse_amount
    except ImportError:
        return None
    quantity = parse_amount(unicodedata.normalize("NFKC", word))
    return None if quantity is None or quantity.value is None else float(quantity.value)


def term_found(term: Term, row: Row) -> bool:
    if term.text in row.text:
        return True
    if term.value is None or not isinstance(row.record, Figure):
        return False
    amount = row.record.amount
    if amount.value is not None:
        return float(amount.value) == term.value
    return amount.low is not None and amount.high is not None and amount.low <= term.value <= amount.high


@lru_cache(maxsize=64)
def totals(rows: tuple[Row, ...]) -> Totals:
    """Counted once for the same records: the line of facts, the legend and the span of the charts ask for it."""
    days = [day for row in rows for day in (row.first, row.last) if day is not None]
    events = sum(row.kind == "event" for row in rows)
    return Totals(
        events=events,
        figures=len(rows) - events,
        reviewed=sum(row.record.status == "reviewed" for row in rows),
        places=len({p.adcode or p.name for row in rows for p in row.record.places}),
        sources=len({row.record.source for row in rows}),
        years=(day_of(min(days)).year, day_of(max(days)).year) if days else None,
        kinds=frozenset(row.type or "figure" for row in rows),
        dated=sum(row.first is not None or row.last is not None for row in rows),
    )


def whole_years(years: tuple[int, int]) -> tuple[float, float]:
    """From the first day of one year to the end of another, as day numbers."""
    last = float(date(years[1] + 1, 1, 1).toordinal()) if years[1] < 9999 else float(date.max.toordinal())
    return float(date(years[0], 1, 1).toordinal()), last


def day_of(ordinal: int) -> date:
    return date.fromordinal(ordinal)
