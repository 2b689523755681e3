"""Feasts and days of the traditional calendar: 春节期间, “双11”, 农历正月十五.

Knows which of them are no dates where they stand (五一路, 二十一). Leaves out on which day they fall (`feasts.py`).
"""

from __future__ import annotations

import re

from extract import time_patterns as patterns
from extract.calendar_expression import HOLIDAYS, Expression, Reader, is_alone
from extract.calendar_words import guards, number
from extract.feasts import lunar_month_number

_BLANKS = str.maketrans("", "", " \u00a0")
_DIGITS, _HAN = frozenset("0123456789"), frozenset(patterns.HAN)


def _festival(text: str, found: re.Match[str]) -> Expression | None:
    start, end = found.span("festival")
    name = found["festival"].translate(_BLANKS)  # 双 11
    guard = guards()[name]
    alone = is_alone(found)
    if text.startswith(guard.never_before or ("\0",), end):
        return None
    if alone:
        if guard.needs and not _is_told_as_a_day(text, start, end, guard.needs):
            return None
        if text[max(0, start - 4) : start].endswith(guard.never_after or ("\0",)):
            return None
        if (name[0] in _DIGITS and text[start - 1 : start] in _DIGITS) or (name[0] in _HAN and text[start - 1 : start] in _HAN):
            return None  # 二十一 is no 十一
        start -= 2 * text.startswith("国际", max(0, start - 2))
    elif name.isdecimal() and text[end : end + 1].isdecimal():
        return None
    else:
        end = found.end()  # with the quotes of 去年“双11”
    e = Expression(start, end, "festival", "festival", name=name)
    _follow_festival(text, e)
    return e


def _follow_festival(text: str, e: Expression) -> None:
    """春节|期间 and 国庆、中秋假期 are days in a row; how many is not said."""
    beside = _BESIDE.match(text, e.end)
    if HOLIDAYS.match(text, beside.end() if beside else e.end):
        e.part = "期间"
    if (days := HOLIDAYS.match(text, e.end)) and days[0][0] not in "”」’":
        e.end = days.end()
    if e.name in _FIXED and (counted := _FIRST_DAYS.match(text, e.end)):
        e.value, e.end, e.part = number(counted[1]), counted.end(), "期间"


_FIXED = frozenset(("国庆", "国庆节"))  # on the first day of its days off
_FIRST_DAYS = re.compile("(?:的?[前首])?([2-8二两三四五六七八])[天日](?![后前内])")  # 国庆假期|前4天, 国庆|7天
_ALONE = 30  # a text that long may hold one word and blanks
_BESIDE = re.compile("[”」’]?(?:[、和及与][“「‘]?(?:元旦|春节|清明|五一|端午|中秋|国庆)[”」’]?){0,3}")


def _is_told_as_a_day(text: str, start: int, end: int, needs: tuple[str, ...]) -> bool:
    """五一 of 五一假期, “五一”假期 and 国庆、中秋假期, and of a text that says nothing else."""
    beside = _BESIDE.match(text, end)
    at = beside.end() if beside else end
    return text.startswith(needs, at) or bool(HOLIDAYS.match(text, at)) or (len(text) < _ALONE and text.strip() == text[start:end])


def _lunar(text: str, found: re.Match[str]) -> Expression | None:
    start, end = found.span("lunar")
    day = found["l_d"]
    if text[max(0, start - 2) : start] == "寒冬":
        return None
    if found["l_leap"] is None and found["l_cal"] is None and day is None and found["l_m"] not in "正冬腊":
        return None
    month = lunar_month_number(found["l_m"])
    days = (number(day.lstrip("初")), number(day.lstrip("初"))) if day else None
    e = Expression(start, end, "lunar calendar", "lunar", months=(month, month), days=days, leap=bool(found["l_leap"]))
    if found["l_year"]:
        e.year, e.year_from = number(found["l_year"][:4]), "text"
    return e


READERS: dict[str, Reader] = {"festival": _festival, "lunar": _lunar}
