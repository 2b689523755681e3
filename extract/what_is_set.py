"""What is set where a clause only says that it is: 10省设定为7% of the 增长目标 that the paragraph or the title tells of.

Knows verbs of setting and names of what is set, in `lexicon/measures.yaml`. Leaves out amounts whose clause names what they
count (`measures.py`).
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from extract.amount_clause import RATES, Measure
from extract.measure_words import is_money, tails_of, words_of
from extract.mentions import Time
from extract.phrase_before import phrase_before
from extract.pieces import Piece, cut_pieces
from extract.sentences import Sentence

SET = "what is set"  # the rule of such a measure
FAR = 300  # characters before its paragraph in which what is set may be told
LEAD = 200  # characters in which an article says what is set
MOST_NAMES = 4  # looked at before it is given up
LONGEST = 14  # characters of what is set
_ENDS_CLAUSE = "，,。；;：:！!？?\n "


Topics = dict[tuple[int, int], tuple[str, Time | None] | None]  # what the names of an article say is set, by span


def what_is_set(sentence: Sentence, start: int, measure: Measure, before: Measure | None, seen: Topics) -> tuple[Measure, Time | None]:
    """The measure of the amount at `start`, and the time it is set for: under the name of what is set where its own words are
    only a verb of setting, else as it is and None. What a name says is kept in `seen`."""
    if measure.unit not in RATES and not is_money(measure.unit):
        return measure, None
    if not _is_bare(measure.text) and not _takes_a_count(sentence.text, start, measure, before):
        return measure, None
    topic, time = _told_ahead(sentence, start, seen)
    rate = measure.unit in RATES
    if not topic or (not rate and _OF_RATES.search(topic)):
        return measure, None  # 增长目标完成,今年目标20亿元
    return replace(measure, text=topic, base=topic, rule=SET, kind="rate" if rate else "money"), time


_OF_RATES = re.compile("[增成]长|增速|率|比例")


def _is_bare(text: str) -> bool:
    """Whether words say no more than that something is set: 设定, 目标最低, 位列第二的设定."""
    core = text.removesuffix("比例")
    return core in words_of("sets") or _AIMED_AT.fullmatch(core) is not None or core.endswith(("的设定", "的定为"))


MAY_BE_SET = frozenset("定为在设标高低下例")  # the last characters of what may be bare
_AIMED_AT = re.compile("原设定|(?:原?设定)?的?目标(?:最[低高])?")


def _takes_a_count(text: str, start: int, measure: Measure, before: Measure | None) -> bool:
    """28个省份公布目标,10省设定为7%: whether a rate that is set was taken for what was counted before it."""
    if before is None or before.kind != "count" or measure.text != before.base or measure.unit not in RATES:
        return False
    return _sets().search(text, max(0, start - 8), start) is not None


@cache
def _sets() -> re.Pattern[str]:
    return re.compile(f"(?:{'|'.join(sorted(words_of('sets'), key=len, reverse=True))})[为在至到于约近逾超过最低高左右]*$")


def _told_ahead(sentence: Sentence, start: int, seen: Topics) -> tuple[str, Time | None]:
    """What the paragraph last named that can be set, with the time right before it, else what the article begins with."""
    text, back = sentence.text, max(0, sentence.paragraph - FAR)
    for name in reversed(list(_names().finditer(text, back, start))[-MOST_NAMES:]):
        if found := _kept(sentence, back, name.end(), seen):
            return found
    for name in _names().finditer(text, 0, min(LEAD, back)):
        if found := _kept(sentence, 0, name.end(), seen):
            return found
    return "", None


def _kept(sentence: Sentence, low: int, end: int, seen: Topics) -> tuple[str, Time | None] | None:
    if (low, end) not in seen:
        seen[low, end] = _phrase(sentence, low, end)
    return seen[low, end]


@cache
def _names() -> re.Pattern[str]:
    return re.compile(f"(?:{'|'.join(tails_of('can be set'))})(?!值|公司|客户|群体|人群|市场|机构|责任|任务书|管理)")


def _phrase(sentence: Sentence, low: int, end: int) -> tuple[str, Time | None] | None:
    """The phrase that ends at `end`, in its clause, and the time it is for; None where it says no more than 目标."""
    text, finds = sentence.text, sentence.finds
    begin = max(low, end - LONGEST * 3, *(text.rfind(mark, max(low, end - LONGEST * 3), end) + 1 for mark in _ENDS_CLAUSE))
    pieces = cut_pieces(
        text, begin, end, finds.quantities.within(begin, end), finds.times.within(begin, end), finds.actors.within(begin, end), finds.places.within(begin, end)
    )  # fmt: skip
    phrase = phrase_before(pieces, 0, len(pieces))
    words = phrase.text.rpartition("的")[2] if phrase else ""
    if phrase is None or not 3 < len(words) <= LONGEST:
        return None
    return words, _time_of(pieces, phrase.start)


def _time_of(pieces: list[Piece], start: int) -> Time | None:
    """2015年 of 公布了2015年增长目标, where the phrase begins at `start`."""
    for piece in pieces:
        if piece.end == start or (piece.flag == "T" and piece.end <= start and start - piece.end == 1):
            mention = getattr(piece, "mention", None)
            return mention if isinstance(mention, Time) else None
    return None
