"""On which day a feast, a solar term or a date of the traditional calendar falls.

Knows the feasts of `lexicon/times.yaml`, the months of `lexicon/lunar.yaml` and how terms and Easter are reckoned.
Leaves out where the words stand in a text and which year they mean: that is `times.py`.
"""

from __future__ import annotations

import functools
from datetime import date, timedelta

from extract.calendar_words import number
from extract.lexicons import read_lexicon

_LUNAR_MONTHS = {"正": 1, "冬": 11, "腊": 12}
# Days of the solar terms: day = floor(0.2422 y + c) - floor(y / 4), y the year within its century, c for the
# 20th and the 21st century: the usual shortcut, which from 1949 on misses by a day in the years of `_MISSED`
# (checked with lunar_python 1.4.8).
_TERMS = {
    "小寒": (1, 6.11, 5.4055), "大寒": (1, 20.84, 20.12), "立春": (2, 4.6295, 3.87), "雨水": (2, 19.4599, 18.73),
    "惊蛰": (3, 6.3826, 5.63), "春分": (3, 21.4155, 20.646), "清明": (4, 5.59, 4.81), "谷雨": (4, 20.888, 20.1),
    "立夏": (5, 6.318, 5.52), "小满": (5, 21.86, 21.04), "芒种": (6, 6.5, 5.678), "夏至": (6, 22.2, 21.37),
    "小暑": (7, 7.928, 7.108), "大暑": (7, 23.65, 22.83), "立秋": (8, 8.35, 7.5), "处暑": (8, 23.95, 23.13),
    "白露": (9, 8.44, 7.646), "秋分": (9, 23.822, 23.042), "寒露": (10, 9.098, 8.318), "霜降": (10, 24.218, 23.438),
    "立冬": (11, 8.218, 7.438), "小雪": (11, 23.08, 22.36), "大雪": (12, 7.9, 7.18), "冬至": (12, 22.60, 21.94),
}  # fmt: skip
_MISSED = {
    ("冬至", 1951): 1, ("小雪", 1978): 1, ("冬至", 1980): 1, ("小寒", 1982): 1, ("冬至", 1984): 1, ("立秋", 2002): 1,
    ("小满", 2008): 1, ("小暑", 2016): 1, ("小寒", 2019): -1, ("冬至", 2021): -1, ("雨水", 2026): -1, ("大寒", 2082): 1,
    ("霜降", 2089): 1, ("立冬", 2089): 1,
}  # fmt: skip


def festival_names() -> list[str]:
    """Names of festivals, longest first."""
    return sorted(_festivals(), key=len, reverse=True)


def festival_day(name: str, year: int) -> str:
    """EDTF day of a festival in a calendar year; "" where the tables do not reach.

    >>> festival_day("春节", 2020), festival_day("母亲节", 2018), festival_day("国庆", 2019)
    ('2020-01-25', '2018-05-13', '2019-10-01')
    """
    kind, rule = _festivals()[name]
    if kind == "days":
        return f"{year:04d}-{rule}"
    if kind == "lunar":
        month, day = (int(n) for n in rule.split("-"))
        found = [d for y in (year - 1, year) if (d := lunar_day(y, month, day)) and d.year == year]
        return found[0].isoformat() if found else ""
    if rule.startswith("term "):
        return _solar_term(rule[5:], year)
    if rule == "Easter":
        return _easter(year)
    nth, _, month = rule.split()
    return _nth_weekday(year, int(month), int(nth), 4 if "Thursday" in rule else 7)


def lunar_day(year: int, month: int, day: int, leap: bool = False) -> date | None:
    """Day of the traditional calendar as a date; None outside 1990 to 2050 or where the month is shorter.

    The thirtieth of the twelfth month stands for its last day: 除夕 falls on the 29th of a short month.
    """
    months = lunar_months(year)
    for start, length, number_, is_leap in months:
        if number_ == month and is_leap == leap:
            day = min(day, length) if month == 12 else day
            return start + timedelta(days=day - 1) if 1 <= day <= length else None
    return None


@functools.cache
def lunar_months(year: int) -> list[tuple[date, int, int, bool]]:
    """Months of a traditional year: first day, length, number, whether it is the leap month."""
    row = read_lexicon("lunar")["years"].get(str(year))
    if row is None:
        return []
    first, lengths, *leap = row.split()
    start, number_, months = date.fromisoformat(f"{year}-{first}"), 0, []
    leap_after = int(leap[0][1:]) if leap else 0
    for n, length in enumerate(lengths):
        is_leap = bool(leap_after) and n == leap_after
        number_ += not is_leap
        days = 30 if length == "大" else 29
        months.append((start, days, number_, is_leap))
        start += timedelta(days=days)
    return months


def lunar_month_number(word: str) -> int:
    """正 is 1, 冬 11, 腊 12; others as numbers."""
    return _LUNAR_MONTHS.get(word) or number(word)


def _festivals() -> dict[str, tuple[str, str]]:
    return _read_festivals()


@functools.cache
def _read_festivals() -> dict[str, tuple[str, str]]:
    return {
        name: (kind, rule)
        for group in read_lexicon("times")
        for kind in ("days", "lunar", "rules")
        for name, rule in group.get(kind, {}).items()
    }


def _solar_term(name: str, year: int) -> str:
    month, c20, c21 = _TERMS[name]
    if not 1949 <= year <= 2099:
        return ""
    y = year % 100
    leap_days = y // 4 if month > 2 else (y - 1) // 4
    day = int(y * 0.2422 + (c20 if year < 2000 else c21)) - leap_days + _MISSED.get((name, year), 0)
    return f"{year:04d}-{month:02d}-{day:02d}"


def _easter(year: int) -> str:
    """Easter Sunday of the western churches by the rule of Meeus, Jones and Butcher."""
    century, y = divmod(year, 100)
    leaps, rest = divmod(century, 4)
    moon = (19 * (year % 19) + century - leaps - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    week = (32 + 2 * rest + 2 * (y // 4) - moon - y % 4) % 7
    month, day = divmod(moon + week - 7 * ((year % 19 + 11 * moon + 22 * week) // 451) + 114, 31)
    return f"{year:04d}-{month:02d}-{day + 1:02d}"


def _nth_weekday(year: int, month: int, nth: int, day_of_week: int) -> str:
    first = date(year, month, 1)
    return (first + timedelta(days=(day_of_week - first.isoweekday()) % 7 + 7 * (nth - 1))).isoformat()
