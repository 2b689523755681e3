"""Which period a report of results or statistics tells of to its end: 2019年 of 披露2019年业绩, 上半年 of a bulletin.

Knows how such reports name it first. Leaves out which amounts it holds for (`amount_dates.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from extract.dating_words import SAME
from extract.mentions import Time

_OF_RESULTS = re.compile("(?:的?年?度?|中期|全年|未经审计的?)(?:业绩|财报|年报|中报|季报|财务|年度报告)")  # 披露2019年业绩
_YEARBOOKS = tuple(map(re.compile, ("报告[》（(]", "统计公报", "年报", "年度报告")))  # each by itself: plain words are looked for fastest
# 《2019年江海省图书馆统计年报》, 2019年江海市经济运行情况: the year that such a name begins with
_NAMED_FOR = re.compile("(?:全年|度)?[^，。；、》（）\n]{0,24}?(?:统计公报|统计年报|年度报告|运行情况|主要数据|发展报告)[》”）]?")
_MONTHS = re.compile(r"\d{4}-(?:01/\d{4}-\d\d|04/\d{4}-06|07/\d{4}-(?:09|12)|10/\d{4}-12)")  # 前8个月, a quarter, a half; no 3月至5月


def results_period(text: str, times: Iterable[Time], published: str) -> Time | None:
    """The first period of the year of publication, or of the one before, that words for results stand behind."""
    years = (published[:4], str(int(published[:4]) - 1))
    return next((time for time in times if time.edtf[:4] in years and _OF_RESULTS.match(text, time.end)), None)


def statistics_period(text: str, times: Iterable[Time], published: str) -> Time | None:
    """The first stretch of months of the year of publication, or the year before it behind or in the name of a yearly report."""
    year, before = published[:4], str(int(published[:4]) - 1)
    yearbook = min([found.end() for name in _YEARBOOKS if (found := name.search(text))], default=len(text))
    for time in times:
        if time.edtf[:4] == year and _MONTHS.fullmatch(time.edtf) and not time.text.endswith(SAME):
            return time
        if time.edtf == before and (yearbook <= time.start or _NAMED_FOR.match(text, time.end)):
            return time
    return None
