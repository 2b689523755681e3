"""The dates of one article in the order it tells them: each expression as a mention, with what it rests on.

Knows the two ends of a range, periods named by their end (截至6月30日止三个月), words that open or loosen a date (以来,
前后) and the reason a reader is given. Leaves out how expressions are written (`time_expressions`), what they are
counted from (`time_anchors`) and what each then means (`date_values`, `relative_values`).
"""

from __future__ import annotations

import re

from extract import date_values, relative_values
from extract.calendar_expression import Expression
from extract.calendar_words import number
from extract.edtf import is_ordered, move_year, shift_months, year_month
from extract.mentions import Basis, Time
from extract.time_anchors import Anchors, Dated

RESOLVERS = {**date_values.RESOLVERS, **relative_values.RESOLVERS}
_COMPARES = ("较", "比", "同比", "相比", "高于", "低于", "对比")
_DATELINE = 300  # at the head of an article
_MONTHS_ENDED = re.compile("止?的?前?([一二三四五六七八九十]{1,2}|1?[0-9])个月(?!后|前)")


def tell(anchors: Anchors, first: Expression, second: Expression | None) -> Time | None:
    """The mention an expression makes, remembered for those that follow; None where it stays open."""
    if first.start > anchors.talk_at:
        anchors.enter_talk()
    found = RESOLVERS[first.unit](anchors, first)
    if second is not None and found is not None:
        found = _join(anchors, found, second)
    if found is None:
        return None
    start, end, opens = first.start, (second or first).end, (second or first).opens
    text = anchors.text
    found, end = _period_up_to(text, found, start, end)
    mark = anchors.mark(found)
    compares = first.unit == "same" or text[max(0, start - 2) : start].endswith(_COMPARES)  # 恢复到去年同期的九成
    edtf = _written(found, opens, mark)
    words = text[start:end]
    basis: Basis = "absolute" if found.source == "text" else "relative"
    time = Time(start, end, words, edtf, basis, anchors.reason(words, found, edtf), first.rule)
    if not compares and first.unit != "plan":  # “十二五”期间，5月动工: in none of the five years for sure
        anchors.remember(found, start, end, mark, opens)
    if start < _DATELINE:
        anchors.enter_report(found, end)
    return time


def _join(anchors: Anchors, found: Dated, second: Expression) -> Dated | None:
    """2013年6月至2014年3月, 8月11日至8月22日: the second end lies in the year of the first unless it says another.

    次年 and 翌年 behind it are counted from the first: 2018年11月至次年3月.
    """
    if second.year_from == "mention" and (told := year_month(found.start)[0]):
        second.year, second.year_from = told + (second.year or 0), "text"
    if not second.year_from and second.unit in ("months", "days", "festival", "half", "quarters", "part"):
        year = year_month(found.start)[0]
        second.year, second.year_from = year, "text"
        if second.months is None and second.unit == "days":
            month = year_month(found.start)[1]
            second.months = (month, month) if month else None
    end = RESOLVERS[second.unit](anchors, second)
    if end is None:
        return None
    if is_ordered(found.start, end.end):
        return found._replace(end=end.end, about=found.about or end.about)
    later = move_year(end.end, 1)  # 11月至2月
    return found._replace(end=later) if is_ordered(found.start, later) else None


def _period_up_to(text: str, found: Dated, start: int, end: int) -> tuple[Dated, int]:
    """截至6月30日止三个月 is April to June; 截至6月30日的季度 only sets what 去年同期 compares with."""
    if not text[max(0, start - 2) : start].endswith(("截至", "截止", "至")) or found.start != found.end:
        return found, end
    year, month = year_month(found.end)
    behind = _MONTHS_ENDED.match(text, end)
    if behind and year and month and (count := number(behind[1])) <= 12:
        first = shift_months(year, month, 1 - count)
        return Dated(f"{first[0]:04d}-{first[1]:02d}", f"{year:04d}-{month:02d}", found.source), behind.end()
    return found, end


def _written(found: Dated, opens: str, mark: str) -> str:
    """EDTF of both ends with their mark, opened by 以来, 后 and 前."""
    if opens == "about":
        mark = {"": "~", "?": "%"}.get(mark, mark)
    start, end = found.start + mark, found.end + mark
    if opens == "since":
        return f"{start}/.."
    if opens == "after":
        return f"{end}/.."
    if opens == "before" and found.start == found.end:
        return f"../{end}"
    return start if found.start == found.end else f"{start}/{end}"
