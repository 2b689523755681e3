"""Rows counted for charts and tables: by place, actor, measure, source, year and month.

Knows records in memory only; an archive counts in SQL (`dashboard.archive`) and answers in the same shapes.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache

from curated.records import Source
from dashboard.facts import ActorCount, Facts, MeasureCount, PlaceCount, SourceCount
from dashboard.rows import Row, by_time, day_of, province_of
from extract.edtf import Edtf


@lru_cache(maxsize=64)
def count_rows(rows: tuple[Row, ...], story: Facts) -> list[PlaceCount]:
    """One entry for every place that a record names, and for the province it lies in."""
    years = sorted({day_of(day).year for row in rows if (day := first_day(row)) is not None})
    span = range(years[0], years[-1] + 1) if years else range(0)
    found: dict[str, list[Row]] = {}
    for row in rows:
        named = {p.adcode or p.name for p in row.record.places} | {province_of(p) for p in row.record.places}
        for code in named:
            found.setdefault(code, [])
    for row in rows:
        for code in row.places & found.keys():
            found[code].append(row)
    counts = [_count(code, rows, span, story) for code, rows in found.items()]
    return sorted(counts, key=lambda c: (-c.total, c.code))


def first_day(row: Row) -> int | None:
    return row.first if row.first is not None else row.last


def _count(code: str, rows: Sequence[Row], span: range, story: Facts) -> PlaceCount:
    dated = [row for row in rows if first_day(row) is not None]
    by_year = dict.fromkeys(span, 0)
    for row in rows:
        if (day := first_day(row)) is not None:
            by_year[day_of(day).year] += 1
    events = sum(row.kind == "event" for row in rows)
    return PlaceCount(
        code, story.place_names.get(code) or code, events, len(rows) - events,
        begins(min(dated, key=by_time).date if dated else None), ends(max(dated, key=by_end).date if dated else None), tuple(by_year.values()),
    )  # fmt: skip


def by_end(row: Row) -> tuple[int, int, str]:
    """The last of dated rows in this order is the latest; of those that end on one day the most exact."""
    known = first_day(row) or 0
    return max(row.last or known, known), known, row.id


_POINT = re.compile(r"(?P<month>\d[\dX]{3}(?:-\d\d)?)(?:-(?:\d\d|XX)){0,2}(?P<mark>[~?%]?)")


def begins(when: Edtf | None) -> str:
    """Where a date begins: a month at most, and never finer than it is; an open beginning keeps its dots."""
    if when is None:
        return ""
    first, slash, last = when.text.partition("/")
    return to_month(first) if first not in ("", "..") else f"..{slash}{to_month(last)}"


def ends(when: Edtf | None) -> str:
    """Where a date ends, in the same way."""
    if when is None:
        return ""
    first, slash, last = when.text.partition("/")
    return to_month(last or first) if last != ".." else f"{to_month(first)}{slash}.."


def to_month(point: str) -> str:
    """One date to its month, with what it says of itself.

    >>> [to_month(words) for words in ("2005", "2019-07-29?", "2025~", "2024-35", "2004-XX")]
    ['2005', '2019-07?', '2025~', '2024-35', '2004']
    """
    found = _POINT.fullmatch(point)
    return f"{found['month']}{found['mark']}" if found else point


def count_actors(rows: Sequence[Row]) -> list[ActorCount]:
    counts: dict[str, list[int]] = {}
    for row in rows:
        for actor in row.record.actors:
            counts.setdefault(actor, [0, 0])[row.kind == "figure"] += 1
    return sorted((ActorCount(name, *n) for name, n in counts.items()), key=lambda c: (-c.events - c.figures, c.name))


def count_measures(rows: Sequence[Row]) -> list[MeasureCount]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if row.kind == "figure":
            found[row.measure].append(row)
    counts = [MeasureCount(measure, len(of), max(of, key=lambda row: row.last or row.first or 0)) for measure, of in found.items()]
    return sorted(counts, key=lambda c: (-c.n, c.measure))


def count_sources(sources: Sequence[Source], rows: Iterable[Row]) -> list[SourceCount]:
    """The records of each article that were not dropped, in the order of the articles."""
    counts = {source.name: [0, 0, 0] for source in sources}
    for row in rows:
        if row.record.status != "dropped" and row.record.source in counts:
            of = counts[row.record.source]
            of[row.kind == "figure"] += 1
            of[2] += row.record.status == "reviewed"
    return [SourceCount(source, *counts[source.name]) for source in sources]


@lru_cache(maxsize=64)
def bins_of(rows: tuple[Row, ...]) -> tuple[str, list[tuple[int, int]]]:
    """How many records begin in each year, or in each month where all lie within three years."""
    dates = [day_of(day) for row in rows if (day := first_day(row)) is not None]
    if not dates:
        return "year", []
    by_month = max(dates).year - min(dates).year < 3
    counts = Counter((d.year, d.month if by_month else 1) for d in dates)
    return ("month" if by_month else "year"), sorted(counts_to_bins(counts))


def counts_to_bins(counts: Mapping[tuple[int, int], int]) -> list[tuple[int, int]]:
    return [(date(year, month, 1).toordinal(), n) for (year, month), n in counts.items()]
