"""Records held against their article: quotes verbatim, amounts and dates that stand in them, spans that point right.

Knows when a value agrees with the text that proves it. Leaves out the shape of the file (`curated.reader`) and other
records (`curated.relations`).
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from curated.anchors import Anchors, squeeze
from curated.reader import Loaded
from curated.records import Amount, Event, Figure, Span
from curated.yaml_nodes import Fault
from extract.edtf import Edtf

if TYPE_CHECKING:
    from extract.mentions import Quantity

_YEAR = re.compile(r"(?<!\d)(?:1[6-9]|20)\d\d(?!\d)")
_DIGIT = re.compile(r"[0-9.,0-9]")


def check_article(loaded: Loaded, anchors: Anchors) -> tuple[list[Fault], set[int]]:
    """What does not agree with the article, and the numbers of the records whose quote stands nowhere in it."""
    faults: list[Fault] = []
    orphans: set[int] = set()
    for number, record in enumerate(loaded.records):
        if record.status == "dropped":
            continue
        where = loaded.where[number]
        found = list(_check_quote(record, where, anchors))
        if any(fault.code.startswith("orphan") for fault in found):
            orphans.add(number)
        faults += found
        faults += _check_spans(record, where, len(anchors.raw))
        if number not in orphans:
            faults += _check_date(record, where, loaded, anchors)
            if isinstance(record, Figure):
                faults += _check_amount(record, where, anchors)
    return faults, orphans


def _check_quote(record: Event | Figure, where: dict[str, int], anchors: Anchors) -> Iterator[Fault]:
    if record.at and record.at[1] <= len(anchors.raw) and anchors.stands_at(record.quote, record.at):
        return
    found = anchors.locate(record.quote, record.at[0] if record.at else None)
    if found is None:
        near = anchors.resemble(record.quote)
        if near is None:
            yield Fault(where["quote"], "quote", "orphan")
        else:
            span = f"{near.span[0]}-{near.span[1]}"
            yield Fault(where["quote"], "quote", "orphan_near", (near.text, span, f"{near.score:.0f}"))
    elif record.at:
        yield Fault(where["at"], "at", "at_elsewhere", (f"{record.at[0]}-{record.at[1]}", f"{found[0]}-{found[1]}"))


def _check_spans(record: Event | Figure, where: dict[str, int], length: int) -> Iterator[Fault]:
    date_at = record.date_at if isinstance(record, Event) else record.as_of_at
    date_name = "date_at" if isinstance(record, Event) else "as_of_at"
    spans = [("mark", record.mark), (date_name, date_at), *(("also", span) for span in record.also)]
    for name, span in spans:
        if span and span[1] > length:
            yield Fault(where[name], name, "span_outside", (f"{span[0]}-{span[1]}", str(length)))


def _check_date(record: Event | Figure, where: dict[str, int], loaded: Loaded, anchors: Anchors) -> Iterator[Fault]:
    """The words that gave the date stand in the quote, or where the record says; a year in them is the date's."""
    name = "date" if isinstance(record, Event) else "as_of"
    date, words, at = (record.date, record.date_from, record.date_at) if isinstance(record, Event) else (record.as_of, record.as_of_from, record.as_of_at)
    if not words:
        # An uncertain date that lies with the publication rests on that, as the machine writes it.
        near = date is not None and date.uncertain and loaded.source.published and not apart(date, loaded.source.published)
        if date is not None and not near and not _date_in(record.quote, date, _published(loaded)):
            yield Fault(where[name], name, "date_without_words", (date.text, f"{name}_from"), "warning")
        return
    if at:
        if squeeze(words) not in squeeze(anchors.raw[at[0] : at[1]]) and squeeze(words) not in squeeze(anchors.text_at(at)):
            yield Fault(where[f"{name}_at"], f"{name}_at", "words_elsewhere", (f"{at[0]}-{at[1]}", words))
    elif squeeze(words) not in squeeze(record.quote):
        yield Fault(where[f"{name}_from"], f"{name}_from", "words_not_in_quote", (words, f"{name}_at"))
    if date is not None and _YEAR.search(words):
        read = _read_date(words, _published(loaded))
        if read is not None and apart(read, date):
            yield Fault(where.get(name, where[""]), name, "date_differs", (date.text, words, read.text), "warning")


def _published(loaded: Loaded) -> str:
    return str(loaded.source.published) if loaded.source.published else ""


def apart(one: Edtf, other: Edtf) -> bool:
    """Whether two dates share no day."""
    before = one.latest and other.earliest and one.latest < other.earliest
    after = one.earliest and other.latest and one.earliest > other.latest
    return bool(before or after)


@lru_cache(1 << 12)
def _read_date(words: str, published: str) -> Edtf | None:
    from extract.times import parse_date

    return parse_date(words, published)


def _date_in(quote: str, date: Edtf, published: str) -> bool:
    from extract.times import find_times

    return any(time.edtf == date.text or time.edtf.rstrip("~?%") == date.text.rstrip("~?%") for time in find_times(quote, published))


def _check_amount(record: Figure, where: dict[str, int], anchors: Anchors) -> Iterator[Fault]:
    found = quantities(record.quote)
    same = [q for q in found if agrees(record.amount, q)]
    if not same and record.at:  # a quote copied from a damaged or annotated raw text
        found = quantities(anchors.text_at(record.at)) or found
        same = [q for q in found if agrees(record.amount, q)]
    if not same:
        if not _stands_alone(record.amount.text, record.quote):
            told = "、".join(q.text for q in found)
            code = "amount_not_in_quote" if told else "amount_no_quantity"
            yield Fault(where["amount"], "amount", code, (record.amount.text, told))
        return
    amount = record.amount
    units = {q.unit for q in same}
    if amount.unit and amount.unit not in units:
        yield Fault(where["amount"], "amount", "amount_unit", (amount.unit, "、".join(sorted(u or "-" for u in units))), "warning")
    bounds = {q.bound for q in same}
    if amount.bound not in bounds:
        yield Fault(where["amount"], "amount", "amount_bound", (amount.bound, "、".join(sorted(bounds))), "warning")


def agrees(amount: Amount, quantity: Quantity) -> bool:
    """Value, low and high are those of the quantity."""
    pairs = (amount.value, quantity.value), (amount.low, quantity.low), (amount.high, quantity.high)
    return all(a == b or (a is not None and b is not None and math.isclose(a, b, rel_tol=1e-9)) for a, b in pairs)


@lru_cache(1 << 13)
def quantities(quote: str) -> tuple[Quantity, ...]:
    from extract.quantities import find_quantities

    return tuple(find_quantities(quote))


def _stands_alone(words: str, quote: str) -> bool:
    """Whether the words of an amount stand in the quote and are not a part of a longer number."""
    text, part = squeeze(quote), squeeze(words)
    position = text.find(part)
    while position >= 0:
        around = text[position - 1 : position] + text[position + len(part) : position + len(part) + 1]
        if not _DIGIT.search(around):
            return True
        position = text.find(part, position + 1)
    return False


def mark_of_amount(amount: Amount, at: Span, anchors: Anchors) -> Span | None:
    """Raw span of the first quantity inside `at` that agrees with an amount."""
    reading = anchors.reading
    span = reading.text_span(*at) if reading else None
    if reading is None or span is None:
        return None
    for quantity in quantities(reading.text[span[0] : span[1]]):
        if agrees(amount, quantity):
            return reading.raw_span(span[0] + quantity.start, span[0] + quantity.end)
    return None
