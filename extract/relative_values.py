"""Dates counted from another as EDTF: 次日, 上周三, 17年前, 近五年, 上季度, 去年同期.

Leaves out what they are counted from (`time_anchors`).
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from extract.calendar_expression import Expression
from extract.date_values import year_date
from extract.edtf import move_year, shift_months, year_month
from extract.moments import Moment
from extract.time_anchors import Anchors, Dated, Resolver, point

_SAME_LENGTH = {"月": 7, "日": 10}  # of the EDTF of a month and a day: 去年同月, 去年同日
_FORESEEN = re.compile("预计|预期|展望|将|有望|指引|料")


def _same_date(anchors: Anchors, e: Expression) -> Dated | None:
    """去年同期: the period just told, in the year that is named or that many years before."""
    if anchors.period is None:
        return year_date(anchors, e)
    start, end, told = anchors.period
    year = year_month(start)[0]
    if year is None:
        return None
    if (length := _SAME_LENGTH.get(anchors.text[e.end - 1])) and not (start == end and len(end) == length):
        return year_date(anchors, e)  # 前两个月…，去年同月: which month is not said
    anchors.told = told
    steps = (e.year or 0) - year if e.year_from == "text" else (e.year or 0)
    ends = [move_year(written, steps) for written in (start, end)]
    return Dated(ends[0], ends[1], "mention" if e.year_from != "text" else "text")


def _pair_date(anchors: Anchors, e: Expression) -> Dated | None:
    """今明两年, 今明两天."""
    now = anchors.now
    if now is None or (e.name != "年" and now.day is None):
        return None
    if e.name == "年":
        return Dated(f"{now.year + e.value:04d}", f"{now.year + e.high:04d}", "published")
    first, last = (now.day + timedelta(days=steps) for steps in (e.value, e.high)) if now.day else ("", "")
    return Dated(str(first), str(last), "published")


def _day_date(anchors: Anchors, e: Expression) -> Dated | None:
    if e.name == "mention":
        day = anchors.last_day if e.value else anchors.lone_day  # of days in a row none is 当天
        if day is None or day.days is None or e.start - day.end > 150 or (day is not anchors.last and "\n" in anchors.text[day.end : e.start]):
            return None
        if not e.value and not anchors.text[day.end : e.start].strip(" \u00a0"):  # 双11当天: said already
            return None
        anchors.told = day.words
        found = day.days[0 if e.value < 0 else 1] + timedelta(days=e.value)
        return point(found.isoformat(), "mention")
    now = anchors.now
    if now is None:
        return None
    if now.day is None or now.end is None:
        return None if e.year_from else _some_day(anchors, e, now)
    if e.year_from and (year := anchors.year(e, 1)):  # 去年今日
        moved = move_year(now.day.isoformat(), year[0] - now.year)
        return Dated(moved, moved, year[1])
    ends = [(d + timedelta(days=e.value)).isoformat() for d in (now.day, now.end)]
    return Dated(ends[0], ends[1], "published")


def _some_day(anchors: Anchors, e: Expression, now: Moment) -> Dated | None:
    """今日 and 昨日 of an article of which only the month is known: that month, or the day of the report (4月7日消息，公司今日宣布)."""
    text, day = anchors.text, anchors.lone_day
    if text[e.end : e.end + 1] in _GIVEN_BEHIND or (e.value == 0 and now.month is None):  # 今天（6月14日）; 今天 of some year
        return None
    if day is not None and day.days is not None and (day.year, day.month) == (now.year, now.month) and _is_that_day(text, day.end, e):
        anchors.told = day.words
        return point((day.days[0] + timedelta(days=e.value)).isoformat(), "mention")
    return point(now.text.rstrip("?~%"), "published", e.value != 0)


def _is_that_day(text: str, end: int, e: Expression) -> bool:
    """4月7日消息，…昨日; 4月7日，公司今日宣布; but what happened on 6月8日 says nothing of 昨天 further on."""
    return _REPORTED.match(text, end) is not None or (e.value == 0 and text.find("。", end, e.start) < 0)


_REPORTED = re.compile("消息|专?[电讯]|报道")
_GIVEN_BEHIND = frozenset("（(0123456789")


def _week_date(anchors: Anchors, e: Expression) -> Dated | None:
    monday = anchors.monday(e.value)
    return Dated(monday.isoformat(), (monday + timedelta(days=6)).isoformat(), "published") if monday else None


def _weekday_date(anchors: Anchors, e: Expression) -> Dated | None:
    """上周三 lies in the week before; 周二 alone is the last one before the publication, or the next where 将 says so."""
    now = anchors.now
    if now is None or now.day is None:
        return None
    if e.name:
        monday = anchors.monday(e.value)
        if monday is None:
            return None
        first, last = (5, 6) if e.high == 0 else (e.high - 1, e.high - 1)
        return Dated((monday + timedelta(days=first)).isoformat(), (monday + timedelta(days=last)).isoformat(), "published")
    back = (now.day.isoweekday() - e.high) % 7
    day = now.day - timedelta(days=back)
    if back and anchors.looks_ahead(e):
        day += timedelta(days=7)
    return Dated(day.isoformat(), day.isoformat(), "published")


def _quarter_date(anchors: Anchors, e: Expression) -> Dated | None:
    """上季度, counted from the publication, or in a report of results from the quarter reported.

    本季度 is the quarter reported too, unless it is foreseen: 预计本季度.
    """
    if anchors.reported and (e.value or not _FORESEEN.search(anchors.text, max(0, e.start - 12), e.start)):
        start, end, anchors.told = anchors.reported
        year, month = year_month(end)
        if not e.value or not year or not month:
            return Dated(start, end, "mention")
        return _three_months(year, month - 2, e.value, "mention")
    now = anchors.now
    if now is None or now.month is None or anchors.has_fiscal_years:  # whose quarters may be others
        anchors.period = None
        return None
    return _three_months(now.year, now.month - (now.month - 1) % 3, e.value, "published")


def _three_months(year: int, month: int, quarters: int, source: str) -> Dated:
    """The quarter so many quarters from the one that begins in that month."""
    low = shift_months(year, month, 3 * quarters)
    high = shift_months(*low, 2)
    return Dated(f"{low[0]:04d}-{low[1]:02d}", f"{high[0]:04d}-{high[1]:02d}", source)


def _ago_date(anchors: Anchors, e: Expression) -> Dated | None:
    """17年前 is a year, 三天前 a day; 半年前 and 两个月前 are about a month."""
    base, source = _ago_base(anchors, e)
    if base is None:
        return None
    year, month, day = base
    if e.name == "年" and not e.part:
        return point(f"{year + e.value:04d}", source) if 0 < year + e.value < 10000 else None
    if e.name in ("年", "月"):
        if month is None or (e.part == "半" and e.name == "月"):  # 半个月前
            return None
        if e.part and e.name == "月":  # 两个半月前
            middle = date(*shift_months(year, month, e.value), min(day.day, 28)) + timedelta(days=15 * e.high) if day else None
            return point(f"{middle:%Y-%m}", source, True) if middle else None
        months = (12 * e.value if e.name == "年" else e.value) + (6 * e.high if e.part else 0)
        shifted = shift_months(year, month, months)
        return point(f"{shifted[0]:04d}-{shifted[1]:02d}", source, True)
    if day is None:
        return None
    found = day + timedelta(days=e.value * (7 if e.name == "周" else 1))
    return point(found.isoformat(), source, e.name == "周")


_GOING_ON, _TO_BE = frozenset("，,、；;"), re.compile("[将会要]|预计|有望|可望")


def _ago_base(anchors: Anchors, e: Expression) -> tuple[tuple[int, int | None, date | None] | None, str]:
    last = anchors.last
    if e.high > 0 and last and e.start - last.end <= 200 and "\n" not in anchors.text[last.end : e.start]:
        anchors.told = last.words  # 2015年他辞职。三年后……
        return (last.year, last.month, last.days[1] if last.days else None), "mention"
    now = anchors.now
    if e.high > 0 and anchors.text[e.start - 1 : e.start] in _GOING_ON and not _TO_BE.search(anchors.text, e.end, e.end + 20):
        return None, ""  # 他开起网店，半年后，转而做批发
    return ((now.year, now.month, now.day) if now else None), "published"


def _span_date(anchors: Anchors, e: Expression) -> Dated | None:
    now = anchors.now
    if now is None:
        return None
    if e.name == "年":
        ends = sorted((now.year, now.year + e.value))
        return Dated(f"{ends[0]:04d}", f"{ends[1]:04d}", "published")
    if e.name in ("天", "周"):
        if now.day is None:
            return None
        days = sorted((now.day, now.day + timedelta(days=e.value * (7 if e.name == "周" else 1))))
        return Dated(days[0].isoformat(), days[1].isoformat(), "published")
    if now.month is None:
        return None
    ends = sorted(((now.year, now.month), shift_months(now.year, now.month, e.value)))
    low, high = (f"{y:04d}-{m:02d}" for y, m in ends)
    return Dated(low, high, "published")


RESOLVERS: dict[str, Resolver] = {
    "same": _same_date, "pair": _pair_date, "day": _day_date, "week": _week_date, "weekday": _weekday_date,
    "quarter": _quarter_date, "ago": _ago_date, "span": _span_date,
}  # fmt: skip
