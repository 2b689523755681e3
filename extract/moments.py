"""The moment an article tells from: its publication, or the day of a talk that it gives in its own words.

Knows where a talk begins, and by how many months the quarters of a company end after those of the calendar. Leaves out
what is counted from the moment (`time_anchors.py`).
"""

from __future__ import annotations

import re
from datetime import date
from itertools import islice
from typing import NamedTuple

from extract.calendar_words import number
from extract.edtf import parse_edtf
from extract.occurrences import occurrences

_VERBATIM = ("实录", "全文", "原文")
_TALK = re.compile("(?:演讲|讲话|发言|致辞|分享|对话|访谈|采访)的?(?:内容)?\\Z")  # in front of 实录, 全文, 原文
_TALK_BELOW = re.compile("以下[是为][^。\n]{0,30}(?:演讲|讲话|发言|致辞|分享)")
_FISCAL = re.compile(
    "截[至止](?:[0-9]{4}年)?([0-9]{1,2})月(?:[0-9]{1,2}日|底|末)?止?的?(?:[0-9]{4}年?)?(?:财年|财政年度)?第([一二三四1-4])(?:财|季)"
)


class Moment(NamedTuple):
    """The publication, or the day of a talk, as exactly as it is known."""

    text: str
    year: int
    month: int | None
    day: date | None  # the first day, where the day is known
    end: date | None  # the last one: a meeting of two days
    mark: str  # "?" where it is only inferred


def read_moment(published: str) -> Moment | None:
    """EDTF of a publication as far as it goes: 2020-06? is year 2020, month 6, no day; None where it is no date."""
    edtf = parse_edtf(published) if published else None
    if edtf is None or edtf.earliest is None or edtf.latest is None or edtf.earliest.year != edtf.latest.year:
        return None
    first, last = edtf.earliest, edtf.latest
    exact = edtf.precision == "day"
    month = first.month if first.month == last.month else None
    return Moment(published, first.year, month, first if exact else None, last if exact else None, "?" if edtf.uncertain else "")


def talk_start(text: str) -> int:
    """Where a talk begins to be given in its own words; past the end where there is none."""
    below = _TALK_BELOW.search(text)
    starts = [below.start()] if below else []
    for word in _VERBATIM:
        talks = (_TALK.search(text, max(0, at - 5), at) for at in occurrences(text, word))
        starts += [talk.start() for talk in islice(filter(None, talks), 1)]
    return min(starts, default=len(text))


def fiscal_shift(text: str) -> int:
    """Months by which the fiscal quarters of the article end after those of the calendar; 0 where it says nothing."""
    found = _FISCAL.search(text) if "截至" in text or "截止" in text else None
    if found is None or not 1 <= int(found[1]) <= 12:
        return 0
    return (int(found[1]) - 3 * number(found[2])) % 12
