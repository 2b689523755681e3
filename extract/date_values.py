"""Years, months, days, feasts and parts of them as EDTF, once it is told which year they belong to.

Leaves out which year that is (`time_anchors`) and dates that are counted from another day (`relative_values`).
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from extract.calendar_expression import Expression
from extract.calendar_words import last_day
from extract.edtf import SEASON_START, shift_months
from extract.feasts import festival_day, lunar_day, lunar_months
from extract.time_anchors import SENTENCE_END, Anchors, Dated, Resolver, point

_CLOSE = 30  # characters behind a month in which a day is its own: 9月，融资还在继续。4日，甲完成融资
_AGENCY = frozenset("社")  # 新华社24日, whatever day was told before
_TEN_DAYS = {"上": (1, 10), "中": (11, 20), "下": (21, 31)}


def year_date(anchors: Anchors, e: Expression) -> Dated | None:
    year = anchors.year(e, 1)
    return point(f"{year[0]:04d}", year[1]) if year else None


def _months_date(anchors: Anchors, e: Expression) -> Dated | None:
    if e.month_from:
        return _relative_month(anchors, e)
    low, high = e.months or (1, 12)
    year = anchors.year(e, low)
    if year is None or not 1 <= low <= 12 or not 1 <= high <= 12:
        return None
    end_year = year[0] + (high < low)
    return Dated(f"{year[0]:04d}-{low:02d}", f"{end_year:04d}-{high:02d}", year[1], bool(e.part), year[2])


def _relative_month(anchors: Anchors, e: Expression) -> Dated | None:
    base = anchors.base_month(e)
    if base is None:
        return None
    year, month, source = base
    if e.year_from and (named := anchors.year(e, month)):  # 去年本月
        year = named[0]
    if e.unit == "days":
        return _days_in(year, month, month, e, source, True)
    written = f"{year:04d}-{month:02d}"
    return Dated(written, written, source, bool(e.part))


def _days_date(anchors: Anchors, e: Expression) -> Dated | None:
    if e.month_from:
        return _relative_month(anchors, e)
    if e.months is None:
        return _bare_day(anchors, e)
    year = anchors.year(e, e.months[0])
    return _days_in(year[0], *e.months, e, year[1], year[2]) if year else None


def _days_in(year: int, low: int, high: int, e: Expression, source: str, sure: bool) -> Dated | None:
    end_year = year + (high < low)
    if not 1 <= low <= 12 or not 1 <= high <= 12:
        return None
    first, last = e.days or (min(_TEN_DAYS[c][0] for c in e.part), min(max(_TEN_DAYS[c][1] for c in e.part), last_day(end_year, high)))
    if not 1 <= first <= last_day(year, low) or not 1 <= last <= last_day(end_year, high):
        return None
    start, end = f"{year:04d}-{low:02d}-{first:02d}", f"{end_year:04d}-{high:02d}-{last:02d}"
    return Dated(start, end, source, False, sure) if start <= end else None


def _bare_day(anchors: Anchors, e: Expression) -> Dated | None:
    """12日: in the month just told of, else the last such day before the publication."""
    day = (e.days or (1, 1))[0]
    last = anchors.last if anchors.text[e.start - 1 : e.start] not in _AGENCY else None
    if last and last.month and "\n" not in anchors.text[last.end : e.start] and e.start - last.end <= 200:
        told_day = last.days[1].day if last.days else 0
        one_sentence = not SENTENCE_END.search(anchors.text, last.end, e.start)
        guessed = anchors.now is None or anchors.now.mark != ""  # then the month told in front says more
        if day >= told_day and (one_sentence or (told_day and last.leads) or (guessed and not told_day and e.start - last.end <= _CLOSE)):
            anchors.told = last.words
            return _days_in(last.year, last.month, last.month, e, "mention", True)
    now = anchors.now
    if now is None or now.month is None:
        return None
    year, month = now.year, now.month
    if now.day and day != now.day.day and (day > now.day.day) != anchors.looks_ahead(e):
        year, month = shift_months(year, month, -1 if day > now.day.day else 1)
        if day > last_day(year, month):  # read on 22 March 2018, 29日 is none of February
            return _days_in(now.year, now.month, now.month, e, "published", False)
    return _days_in(year, month, month, e, "published", now.day is not None)


def _nth_week_date(anchors: Anchors, e: Expression) -> Dated | None:
    """八月的第一个周二 is a day; 八月第一周 about its first seven days, for people begin weeks differently."""
    month = (e.months or (1, 1))[0]
    year = anchors.year(e, month)
    if year is None:
        return None
    end, written = last_day(year[0], month), f"{year[0]:04d}-{month:02d}"
    if not e.high:
        last = min(7 * e.value, end) if e.value else end
        first = 7 * e.value - 6 if e.value else end - 6
        return Dated(f"{written}-{first:02d}", f"{written}-{last:02d}", year[1], True, year[2]) if first <= last else None
    day = 1 + (e.high - date(year[0], month, 1).isoweekday()) % 7 + 7 * (e.value - 1)
    if not e.value:
        day = end - (date(year[0], month, end).isoweekday() - e.high) % 7
    return point(f"{written}-{day:02d}", year[1], False, year[2]) if day <= end else None


def _edge_date(anchors: Anchors, e: Expression) -> Dated | None:
    """8月的最后一天, 今年第一天."""
    if e.month_from:
        base = anchors.base_month(e)
        year, low = (((base[0], base[2], True), base[1]) if base else (None, 1))
        high = low
    else:
        low, high = e.months or (1, 12)
        year = anchors.year(e, high)
    if year is None:
        return None
    month, day = (low, 1) if e.value > 0 else (high, last_day(year[0], high))
    return point(f"{year[0]:04d}-{month:02d}-{day:02d}", year[1], False, year[2])


def _half_date(anchors: Anchors, e: Expression) -> Dated | None:
    return _month_span(anchors, e, 6 * e.value - 5, 6 * e.value)


def _quarters_date(anchors: Anchors, e: Expression) -> Dated | None:
    if not 1 <= e.value <= e.high <= 4:
        return None
    if e.name == "Q" and anchors.has_fiscal_years:
        return None
    if anchors.fiscal and not e.year_from:
        return _fiscal_quarter(anchors, e)
    return _month_span(anchors, e, 3 * e.value - 2, 3 * e.high)


def _month_span(anchors: Anchors, e: Expression, low: int, high: int) -> Dated | None:
    year = anchors.year(e, low)
    if year is None:
        return None
    if e.part:
        low = high = high if e.part in "末底" else low
    return Dated(f"{year[0]:04d}-{low:02d}", f"{year[0]:04d}-{high:02d}", year[1], bool(e.part), year[2])


def _fiscal_quarter(anchors: Anchors, e: Expression) -> Dated | None:
    """第一季 where the article says 截至6月30日的第一季: the last one that ended before the publication."""
    now = anchors.now
    if now is None:
        return None
    year, month = now.year, (3 * e.high + anchors.fiscal - 1) % 12 + 1
    if (year, month) >= (now.year, now.month or 12):
        year -= 1
    start = shift_months(year, month, -2 - 3 * (e.high - e.value))
    return Dated(f"{start[0]:04d}-{start[1]:02d}", f"{year:04d}-{month:02d}", "published")


def _season_date(anchors: Anchors, e: Expression) -> Dated | None:
    year = anchors.year(e, SEASON_START[e.value])
    return point(f"{year[0]:04d}-{e.value}", year[1], False, year[2]) if year else None


def _festival_date(anchors: Anchors, e: Expression) -> Dated | None:
    """春节 is its first day, 春节期间 about its month: the days off differ from year to year."""
    told = anchors.last.year if anchors.last else anchors.now.year if anchors.now else 2020
    month = int((festival_day(e.name, told) or "0000-01")[5:7])
    year = anchors.year(e, month)
    day = festival_day(e.name, year[0]) if year else ""
    if year is None or not day:
        return None
    if e.value:
        return Dated(day, f"{day[:8]}{int(day[8:]) + e.value - 1:02d}", year[1], False, year[2])  # 国庆假期前4天
    return point(day[:7], year[1], True, year[2]) if e.part else point(day, year[1], False, year[2])


def _lunar_date(anchors: Anchors, e: Expression) -> Dated | None:
    month = (e.months or (1, 1))[0]
    year = anchors.year(e, month % 12 + 1)
    if year is None:
        return None
    if month == 12 and not e.year_from:  # 腊月 without a year ends the one before our January
        year = (year[0] - 1, *year[1:])
    if e.days:
        day = lunar_day(year[0], month, e.days[0], e.leap)
        return Dated(day.isoformat(), day.isoformat(), year[1], False, year[2]) if day else None
    for start, length, number_, leap in lunar_months(year[0]):
        if number_ == month and leap == e.leap:
            return Dated(start.isoformat(), (start + timedelta(days=length - 1)).isoformat(), year[1], False, year[2])
    return None


def _decade_date(anchors: Anchors, e: Expression) -> Dated | None:
    return Dated(f"{e.year}X", f"{e.high}X", "text", bool(e.part))


def _century_date(anchors: Anchors, e: Expression) -> Dated | None:
    return point(f"{e.year}XX", "text", bool(e.part))


_IN_YEARS_GONE = re.compile("[^。！？!?\n；;“”]{1,60}")


def _part_date(anchors: Anchors, e: Expression) -> Dated | None:
    """年底 is that of the year; in January and February without a plan it is the one just past."""
    year = anchors.year(e, e.value)
    if year is None:
        return None
    if not e.year_from and year[1] == "published" and (now := anchors.now):
        last = anchors.last
        told_of = last is not None and last.given and not last.goes_on and last.month is not None and last.year < now.year
        if last is not None and told_of and _IN_YEARS_GONE.fullmatch(anchors.text, last.end, e.start):
            anchors.told = last.words
            return point(f"{last.year:04d}-{e.value:02d}", "mention", True)  # 2009年6月，厂商说年初订的货只到了一半
        past = e.value == 12 and now.month is not None and now.month <= 2 and not anchors.looks_ahead(e)
        return point(f"{now.year - past:04d}-{e.value:02d}", "published", True)
    return point(f"{year[0]:04d}-{e.value:02d}", year[1], True, year[2])


def _plan_date(_anchors: Anchors, e: Expression) -> Dated | None:
    first = e.year or 0
    return point(str(first + 4), "text", True) if e.part[-1] == "末" else Dated(str(first), str(first + 4), "text")


RESOLVERS: dict[str, Resolver] = {
    "year": year_date, "months": _months_date, "days": _days_date, "nth_week": _nth_week_date, "edge": _edge_date,
    "half": _half_date, "quarters": _quarters_date, "season": _season_date, "festival": _festival_date,
    "lunar": _lunar_date, "decade": _decade_date, "century": _century_date, "part": _part_date,
    "plan": _plan_date,
}  # fmt: skip
