"""One calendar expression, and what its readers ask of the place where it stands.

Knows the pieces an expression is made of once it is read, and where a clause begins. Leaves out how they are
written (`time_patterns`), read (`date_readers`, `period_readers`, `relative_readers`) and put together
(`time_expressions`).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from extract import time_patterns as patterns

# What stands before a bare 12日, 前四个月 or 近五年 where it is a date and no length of time.
_LEADS = frozenset(" \u3000\n\t，。、：；！？,;:!?“”\"'（(—-·《")
# 春节期间, “五一”小长假, 国庆八天长假: days in a row, as many as the year gave.
HOLIDAYS = re.compile("[”」’ \u00a0]?[0-9一二三四五六七八]?[天日]?(?:期间|假期|假日|长假|小长假|黄金周)")


@dataclass(slots=True)
class Expression:
    """One calendar expression as it is written. 去年9月末 is year -1 from published, months (9, 9), part 末.

    `unit` says what is filled: year, months, days, half, quarters, season, festival, lunar, same, decade, century,
    day (今天, 次日), pair (今明两年), week, weekday, nth_week (10月第一周, 5月第二个周日), edge (8月的最后一天), quarter (上季度), ago, span,
    part (年初).
    """

    start: int
    end: int
    rule: str
    unit: str
    year: int | None = None  # absolute, or steps from `year_from`
    year_from: str = ""  # "text", "published", "mention", or "" where none is given
    months: tuple[int, int] | None = None
    month_steps: int | None = None  # 上月 is -1
    month_from: str = ""
    days: tuple[int, int] | None = None
    part: str = ""  # 初 中 末; 上 中 下 (旬); 期间 of a festival
    value: int = 0  # what the unit counts: half 1 or 2, steps of days, weekday, decade
    high: int = 0  # the second end of a range of quarters, decades
    name: str = ""  # festival; unit of 前 and 近; Q of Q2
    opens: str = ""  # since, after, before, about
    leap: bool = False


Reader = Callable[[str, re.Match[str]], Expression | None]


def is_alone(found: re.Match[str]) -> bool:
    """It begins the expression: nothing stands in front that makes it a date."""
    return found.re is not patterns.after_year() and found.re is not patterns.after_month()


def leads(text: str, start: int, also: str = "") -> bool:
    """A clause begins here, or one of the characters `also` stands in front."""
    return start == 0 or text[start - 1] in _LEADS or text[start - 1] in also
