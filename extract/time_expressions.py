"""Calendar expressions in a text, taken apart: which year, which part of it, counted from what.

Knows how the pieces of `time_patterns` stand together (2013年12月|末|以来) and when two of them are the ends of one.
Leaves out what a piece says (`date_readers`, `feast_readers`, `period_readers`, `relative_readers`), and what only the
article can tell, the year of 5月 or the day of 次日.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract import date_readers, feast_readers, period_readers, relative_readers, time_openings
from extract import time_patterns as patterns
from extract.calendar_expression import Expression
from extract.calendar_words import number, solar_reigns, weekday

READERS = {**date_readers.READERS, **feast_readers.READERS, **period_readers.READERS, **relative_readers.READERS}
_MOON_DAY = re.compile("初([一二三四五六七八九十])")
_AND = frozenset(("和", "与", "至"))
_RANGED = frozenset(("year", "months", "days", "quarters", "season", "festival", "nth_week", "day", "part", "half", "week", "weekday", "decade", "lunar"))


def find_expressions(text: str) -> Iterator[tuple[Expression, Expression | None]]:
    """Every expression with its second end where it is a range (2013年6月至2014年3月), in order, none overlapping."""
    numerals = patterns.HAN + "0123456789"
    ranges = patterns.dash().match
    done = 0
    for spot in time_openings.candidate().finditer(text):
        at = spot.start()
        if at < done or (text[at] not in numerals and not time_openings.opens(text, at)):
            continue
        found = patterns.start(text[at]).match(text, at)
        first = _read(text, found) if found is not None else None
        if first is None:
            continue
        done = first.end
        second = None
        gap = ranges(text, first.end) if first.unit in _RANGED else None
        if gap and (found := _begins(text, gap.end())):
            second = _same_week(first, found) or _read(text, found)
            second = second if second is not None and second.unit in _RANGED else None
        elif gap and text[gap.end() : gap.end() + 1] == "初":
            second = _same_moon(text, first, gap.end())
        if second is None and first.unit in ("year", "months", "days") and text[first.end : first.end + 1] in _AND:
            second = _between(text, first)
        last = second or first
        _read_suffix(text, last)
        done = last.end
        if not _has_another_year(text, first):
            yield first, second


def _has_another_year(text: str, e: Expression) -> bool:
    """每年9月, 景泰三年五月, 历年春节: a year stands in front that is none of ours."""
    if e.year_from or e.unit in ("year", "day", "week", "ago", "span"):
        return False
    return text[e.start - 1 : e.start] == "年" or text[max(0, e.start - 2) : e.start].endswith(("年的", "每逢", "每个", "每"))


def _between(text: str, first: Expression) -> Expression | None:
    """The second end of 2007年与2009年之间, 3月和9月间, with 之间."""
    found = _begins(text, first.end + 1)
    second = _read(text, found) if found else None
    if second is None or second.unit != first.unit or not text.startswith(("之间", "间"), second.end):
        return None
    second.end += 2 if text[second.end] == "之" else 1
    return second


def _same_week(first: Expression, found: re.Match[str]) -> Expression | None:
    """The second end of 本周三至周五, in the week that the first one names."""
    if first.unit != "weekday" or not first.name or found.lastgroup != "weekday" or found["wk"] or found["wd"] == "末":
        return None
    return Expression(*found.span("weekday"), "weekday", "weekday", value=first.value, high=weekday(found["wd"]), name=first.name)


def _same_moon(text: str, first: Expression, at: int) -> Expression | None:
    """The second end of 正月初一至初七 and 大年初一到初六, in the month of the traditional calendar of the first one."""
    day = _MOON_DAY.match(text, at)
    if day is None or not ((first.unit == "lunar" and first.days) or first.name.startswith("大年初")):
        return None
    end, n = day.end(), number(day[1])
    return Expression(at, end, "lunar calendar", "lunar", first.year, first.year_from, first.months or (1, 1), days=(n, n), leap=first.leap)


def _begins(text: str, at: int) -> re.Match[str] | None:
    return patterns.start(text[at]).match(text, at) if at < len(text) else None


def _read(text: str, found: re.Match[str]) -> Expression | None:
    """The whole expression that begins with `found`; None where it is no date after all."""
    expression = READERS[found.lastgroup or ""](text, found)
    if expression is None:
        return None
    return _followed(text, _with_year(text, expression) if expression.unit == "year" and _goes_on(found) else expression)


def _followed(text: str, e: Expression) -> Expression:
    """With the day or the part of a month, the end of a quarter or half a year, that stands directly behind it."""
    if e.unit == "months":
        if not e.part:
            _follow_month(text, e)
    elif e.unit in ("quarters", "half") and (found := patterns.after_period().match(text, e.end)):  # 一季度|末
        e.part, e.end = found[0], found.end()
    return e


def _goes_on(found: re.Match[str]) -> bool:
    """Whether months of ours may stand behind a year: not behind 2015 of 2015、2018年, nor behind 康熙九年七月, read whole."""
    return found.lastgroup != "year_bare" and (found.lastgroup != "reign" or found["rg_name"] in solar_reigns())


def _with_year(text: str, year: Expression) -> Expression:
    """What stands directly behind a year, with the year; the year alone where nothing does."""
    found = patterns.after_year().match(text, year.end)
    piece = READERS[found.lastgroup or ""](text, found) if found else None
    if piece is None:
        return year
    piece.start, piece.year, piece.year_from, piece.opens = year.start, year.year, year.year_from, year.opens
    piece.rule = f"{year.rule} {piece.rule}"
    return piece


def _follow_month(text: str, e: Expression) -> None:
    """Read the day or the part of the month that stands directly behind it."""
    found = patterns.after_month().match(text, e.end)
    if found is None:
        return
    piece = READERS[found.lastgroup or ""](text, found)
    if piece is not None:
        e.days, e.part, e.end, e.unit, e.value, e.high = piece.days, piece.part, piece.end, piece.unit, piece.value, piece.high
        e.rule = f"{e.rule} {piece.rule}"


def _read_suffix(text: str, e: Expression) -> None:
    found = patterns.suffix().match(text, e.end)
    if found is not None:
        if e.unit == "decade" and found[0] == "起":  # 从90年代起 is told of the nineties
            return
        e.opens = found.lastgroup or ""
        e.end = e.end if e.opens == "about" else found.end()
