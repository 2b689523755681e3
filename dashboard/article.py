"""An article with every record marked where it stands: paragraphs cut into runs, each with the records it proves.

Knows what of an article its rights let a page show. Leaves out how runs are drawn (`dashboard/web/article.js`).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Any, NamedTuple

from curated.records import Source
from dashboard.data import Row
from dashboard.evidence import find_span, sentences_around
from dashboard.facts import Facts

Span = tuple[int, int]


class Run(NamedTuple):
    """Text between two borders of quotes or marks."""

    text: str
    ids: tuple[str, ...]  # records whose quote covers it
    marks: tuple[str, ...]  # records whose amount or trigger it is


class Paragraph(NamedTuple):
    runs: tuple[Run, ...]
    raw: str  # how it stands in the file, where it was repaired; else ""
    cut: bool  # something before it is left out


def placed_spans(rows: Sequence[Row], reading: Any) -> dict[str, tuple[Span, Span | None]]:
    """Quote and mark of each record in the reading text; a record whose quote is not there is left out."""
    spans = {}
    for row in rows:
        quote = find_span(row.record, reading)
        if quote is not None and not row.record.orphan:
            mark = reading.text_span(*row.record.mark) if row.record.mark else None
            spans[row.id] = quote, mark
    return spans


def may_read_whole(source: Source, editor: bool) -> bool:
    """`rights: full`, or an editor on a trusted machine; otherwise quotes with their neighbours at most."""
    return editor or source.rights == "full"


@lru_cache(maxsize=64)
def article_of(story: Facts, source: str, whole: bool) -> list[Paragraph]:
    """The paragraphs of a source with the records of a story, kept while the story stays the same."""
    reading = story.reading(source)
    return read_article(story.rows_of(source), reading, whole) if reading else []


def read_article(rows: Sequence[Row], reading: Any, whole: bool) -> list[Paragraph]:
    """The article's paragraphs; without the right to all of it, only sentences around quotes."""
    spans = placed_spans(rows, reading)
    shown = [(0, len(reading.text))] if whole else _merge(sentences_around(reading.text, *quote) for quote, _ in spans.values())
    paragraphs: list[Paragraph] = []
    at = 0
    for line in reading.text.split("\n"):
        start, end = at, at + len(line)
        at = end + 1
        for a, b in shown:
            first, last = max(start, a), min(end, b)
            if first < last:
                cut = not whole and (first > start or not paragraphs)
                paragraphs.append(Paragraph(_runs(reading.text, first, last, spans), _raw_form(reading, first, last), cut))
    return paragraphs


def _merge(spans: Any) -> list[Span]:
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _runs(text: str, start: int, end: int, spans: dict[str, tuple[Span, Span | None]]) -> tuple[Run, ...]:
    """Cut at every border inside the paragraph."""
    here = {id_: pair for id_, pair in spans.items() if pair[0][0] < end and pair[0][1] > start}
    borders = {start, end}
    for quote, mark in here.values():
        borders |= {edge for edge in (*quote, *(mark or ())) if start < edge < end}
    edges = sorted(borders)
    runs = []
    for a, b in pairwise(edges):
        ids = tuple(id_ for id_, (quote, _) in here.items() if quote[0] <= a and b <= quote[1])
        marks = tuple(id_ for id_, (_, mark) in here.items() if mark and mark[0] <= a and b <= mark[1])
        runs.append(Run(text[a:b], ids, marks))
    return tuple(runs)


def _raw_form(reading: Any, start: int, end: int) -> str:
    """The raw text of a paragraph that was repaired; "" where it reads as it stands."""
    a, b = reading.raw_span(start, end)
    if any(repair.start < b and repair.end > a for repair in reading.repairs):
        return reading.raw[a:b]
    return ""


def article_data(paragraphs: Sequence[Paragraph], kinds: dict[str, str], names: dict[str, str], selected: str, words: dict[str, str]) -> dict[str, Any]:
    """What the browser draws: texts, ids, kinds (event, figure) and names to read out."""
    return {
        "paragraphs": [
            {"runs": [{"text": run.text, "ids": run.ids, "marks": run.marks} for run in p.runs], "raw": p.raw, "cut": p.cut} for p in paragraphs
        ],
        "kinds": kinds, "names": names, "selected": selected, **words,
    }  # fmt: skip
