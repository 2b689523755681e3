"""The sheet that proves a record: its sentence among its neighbours, how its date was read, and whence it comes.

Knows what of an article may be shown, where a record stands in it, and how it is cited. Leaves out editing.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from curated.records import Event, Figure, Source
from curated.saying import falls
from dashboard.data import Record, Row
from dashboard.facts import Facts
from dashboard.style import text
from extract.passages import split_passages

Span = tuple[int, int]


class Context(NamedTuple):
    """A quote among its neighbouring sentences, as the article is read."""

    before: str
    quote: str
    after: str
    mark: Span | None  # within the quote


def find_context(record: Record, reading: Any | None) -> Context:
    """The sentence of a record with one sentence on either side; the bare quote where the article is gone."""
    span = find_span(record, reading)
    if reading is None or span is None:
        return Context("", record.quote, "", None)
    start, end = span
    first, last = sentences_around(reading.text, start, end)
    mark = reading.text_span(*record.mark) if record.mark else None
    inside = (mark[0] - start, mark[1] - start) if mark and start <= mark[0] < mark[1] <= end else None
    return Context(reading.text[first:start], reading.text[start:end], reading.text[end:last], inside)


def find_span(record: Record, reading: Any | None) -> Span | None:
    """Where a record's quote stands in the reading text; a person may have left the spans out."""
    if reading is None:
        return None
    if record.at and (span := reading.text_span(*record.at)):
        return span
    at = reading.text.find(record.quote)
    if at >= 0:
        return at, at + len(record.quote)
    at = reading.raw.find(record.quote)
    return reading.text_span(at, at + len(record.quote)) if at >= 0 else None


@lru_cache(maxsize=256)
def _sentences(reading_text: str) -> list[Span]:
    return split_passages(reading_text)


def sentences_around(reading_text: str, start: int, end: int) -> Span:
    """From the beginning of the sentence before to the end of the one after."""
    sentences = _sentences(reading_text)
    inside = [i for i, (a, b) in enumerate(sentences) if a < end and b > start]
    if not inside:
        return start, end
    first, last = max(0, inside[0] - 1), min(len(sentences) - 1, inside[-1] + 1)
    return min(start, sentences[first][0]), max(end, sentences[last][1])


def quote_html(context: Context, *, neighbours: bool = True) -> str:
    """The passage marked in its context, the mark within it set apart."""
    quote = context.quote
    if context.mark:
        a, b = context.mark
        marked = f"{text(quote[:a])}<b>{text(quote[a:b])}</b>{text(quote[b:])}"
    else:
        marked = text(quote)
    before, after = (text(context.before), text(context.after)) if neighbours else ("", "")
    return f"<blockquote>{before}<mark>{marked}</mark>{after}</blockquote>".replace("\n", "<br>")


class Reason(NamedTuple):
    """How words became a date: 去年 is read as 2018 because the article is of 2019."""

    words: str
    why: str
    place: str  # the words around, where they do not stand in the quote


def find_reason(record: Record, reading: Any | None, source: Source | None) -> Reason:
    """Why a record's date is what it is, as the finder of dates explains it."""
    words = record.date_from if isinstance(record, Event) else record.as_of_from
    at = record.date_at if isinstance(record, Event) else record.as_of_at
    when = record.date if isinstance(record, Event) else record.as_of
    if not words or when is None:
        return Reason(words, "", "")
    place = _around(reading, at) if at else ""
    published = str(source.published) if source and source.published else ""
    span = reading.text_span(*at) if reading and at else find_span(record, reading)
    said = _explain(reading.text, span, words, published) if reading and span else ""
    return Reason(words, said, place)


def _around(reading: Any | None, at: Span) -> str:
    span = reading.text_span(*at) if reading else None
    if reading is None or span is None:
        return ""
    sentence = next(((a, b) for a, b in _sentences(reading.text) if a <= span[0] < b), span)
    return reading.text[sentence[0] : sentence[1]]


def _explain(reading_text: str, span: Span, words: str, published: str) -> str:
    """The reason of the date that those words gave in that place."""
    try:
        from extract.times import find_times
    except ImportError:
        return ""
    near = [t for t in _times(find_times, reading_text, published) if t.text == words]
    if not near:
        return ""
    return min(near, key=lambda t: abs(t.start - span[0])).reason


@lru_cache(maxsize=64)
def _times(find_times: Any, reading_text: str, published: str) -> Sequence[Any]:
    return find_times(reading_text, published)


def cite(source: Source, today: date) -> str:
    """A source as GB/T 7714-2015 wants it: newspapers [N], what has an address [EB/OL] with the day it was read.

    A date that is only inferred stands in square brackets, as the standard has it.

    >>> cite(Source("a", "", "", title="标题", publisher="报纸"), date(2026, 1, 2))
    '标题[N]. 报纸.'
    """
    author = f"{source.author}. " if source.author else ""
    said = str(source.published or "")
    published = said.rstrip("~?%")
    published = f"[{published}]" if published != said else published
    if source.url:
        when = f"({published})" if published else ""
        publisher = f". {source.publisher}, {when}" if source.publisher else f". {when}"
        return f"{author}{source.title}[EB/OL]{publisher}[{today.isoformat()}]. {source.url}."
    rest = ", ".join(part for part in (source.publisher, published) if part)
    return f"{author}{source.title}[N]" + (f". {rest}." if rest else ".")


class Telling(NamedTuple):
    """Another record about the same thing."""

    row: Row
    differs: bool


def other_tellings(row: Row, story: Facts) -> list[Telling]:
    """What else is said of the same thing: the group, and what an editor marked as differing."""
    return [Telling(other, _told(other.record) != _told(row.record)) for other in story.tellings(row)]


def _told(record: Record) -> tuple[object, ...]:
    if isinstance(record, Figure):
        amount = record.amount
        return amount.value, amount.low, amount.high, amount.unit, amount.bound, falls(record), str(record.as_of or "")
    return str(record.date or ""), record.type


def may_quote(source: Source | None) -> bool:
    return source is None or source.rights != "none"


def reading_for(story: Facts, record: Record) -> Any | None:
    return story.reading(record.source)
