"""Reads Chinese news: text in, dated and sourced finds out. No files, no Streamlit.

Good reading order: `mentions` (what is found), `reading` (raw file -> reading text), `quantities`, `times`,
`places`, `actors` (one kind of knowledge each), `passages`, `figures`, `events` (mentions -> drafts), `article`
(all of it for one text), `scan` below (the same as plain rows), `__main__` (the commands).
Importing this package loads nothing; the first call does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from extract.article import Article
    from extract.mentions import Place

Row = dict[str, Any]


def scan(text: str, *, published: str | None = None, file: str = "", kinds: Iterable[str] | None = None) -> list[Row]:
    """What one raw article says, as rows of the scan format, sorted by start.

    `text` is the raw file decoded without newline translation; offsets in the rows count its code points.
    `published` is EDTF or natural Chinese; None takes the date the article gives of itself. `kinds` limits
    the rows (quantity, time, place, actor, figure, event) and the work. Raises ValueError for an unknown
    kind or a date that is none.

    >>> scan("2019年到店人数超过300万人次。", kinds=["quantity"])[0]["value"]
    3000000
    """
    from extract.article import understand
    from extract.mentions import KINDS
    from extract.reading import read

    chosen = tuple(KINDS if kinds is None else kinds)
    for kind in chosen:
        if kind not in KINDS:
            raise ValueError(f"没有「{kind}」这一类;可用的是 {', '.join(KINDS)}")
    reading = read(text, file)
    article = understand(reading, edtf_of(published) if published else "", chosen)
    return scan_rows(article, file, chosen)


def edtf_of(published: str) -> str:
    """A publication date a person gave, as EDTF; raises ValueError when it is no date."""
    from extract.times import parse_date

    date = parse_date(published)
    if date is None:
        raise ValueError(f"「{published}」不是日期;请写成 2019-08-01、2019-08 或 2019年8月1日")
    return str(date)


def scan_rows(article: Article, file: str, kinds: Iterable[str]) -> list[Row]:
    """The finds of `article` as rows with raw offsets."""
    makers = {
        "quantity": _quantity_rows, "time": _time_rows, "place": _place_rows,
        "actor": _actor_rows, "figure": _figure_rows, "event": _event_rows,
    }  # fmt: skip
    order = {kind: n for n, kind in enumerate(makers)}
    rows = [row for kind in makers if kind in set(kinds) for row in makers[kind](article, file)]
    rows.sort(key=lambda row: (row["start"], row["end"], order[row["kind"]]))
    return rows


def _base(article: Article, file: str, kind: str, start: int, end: int) -> Row:
    raw_start, raw_end = article.reading.raw_span(start, end)
    return {"file": file, "kind": kind, "start": raw_start, "end": raw_end, "text": article.reading.text[start:end]}


def _quote(article: Article, start: int, end: int) -> Row:
    raw_start, raw_end = article.reading.raw_span(start, end)
    return {"quote_start": raw_start, "quote_end": raw_end, "quote": article.reading.text[start:end]}


def _adcodes(places: Iterable[Place]) -> list[str]:
    return list(dict.fromkeys(place.adcode for place in places if place.adcode))


def _quantity_rows(article: Article, file: str) -> Iterator[Row]:
    for q in article.quantities:
        amount = {"value": _plain(q.value), "low": _plain(q.low), "high": _plain(q.high)}
        yield _base(article, file, "quantity", q.start, q.end) | amount | {"unit": q.unit, "bound": q.bound}


def _time_rows(article: Article, file: str) -> Iterator[Row]:
    for t in article.times:
        yield _base(article, file, "time", t.start, t.end) | {"edtf": t.edtf, "basis": t.basis, "reason": t.reason}


def _place_rows(article: Article, file: str) -> Iterator[Row]:
    for p in article.places:
        yield _base(article, file, "place", p.start, p.end) | {"adcode": p.adcode, "name": p.name, "level": p.level}


def _actor_rows(article: Article, file: str) -> Iterator[Row]:
    for a in article.actors:
        yield _base(article, file, "actor", a.start, a.end) | {"name": a.name, "type": a.type}


def _figure_rows(article: Article, file: str) -> Iterator[Row]:
    for f in article.figures:
        q = f.quantity
        yield {
            **_base(article, file, "figure", f.start, f.end),
            **_quote(article, f.quote_start, f.quote_end),
            "value": _plain(q.value), "low": _plain(q.low), "high": _plain(q.high), "unit": q.unit, "bound": q.bound,
            "measure": f.measure, "actors": list(f.actors), "places": _adcodes(f.places), "as_of": f.as_of,
            "modality": f.modality, "change": f.change, "speaker": f.speaker, "during": f.during,
        }  # fmt: skip


def _event_rows(article: Article, file: str) -> Iterator[Row]:
    for e in article.events:
        yield {
            **_base(article, file, "event", e.start, e.end),
            **_quote(article, e.quote_start, e.quote_end),
            "date": e.date, "title": e.title, "type": e.type, "actors": list(e.actors), "places": _adcodes(e.places),
        }  # fmt: skip


def _plain(value: int | float | None) -> int | float | None:
    """A whole number as int, so that 4.68亿 prints 468000000 and not 468000000.0."""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return int(value)
    return value
