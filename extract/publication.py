"""When an article came out: what its wrapper, date line or address says, else what its text gives away.

Knows that news is written soon after the latest day it tells of, that a plan, a forecast or a founding is no such day, that a
year written out whose results are told is one gone by, and that some words (新冠, ChatGPT) were in no news before a month.
Whatever is inferred carries `?` and is never more exact than its evidence: a latest day gives the month, a latest year the
year. Leaves out how dates are read: that is `times`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from extract.calendar_expression import Expression
from extract.calendar_words import known_since
from extract.edtf import parse_edtf
from extract.time_expressions import find_expressions
from extract.years_aside import is_founding, is_to_be_reached

if TYPE_CHECKING:
    from extract.reading import Reading

_HEAD = 400  # characters in which a date line stands
# 新华社北京7月10日电, 路透8月3日 -, （中央社台北27日電）.
_DATELINE = re.compile(
    "(?:新华社|中新社|中新网|中央社|人民网|新华网|央广网|路透|彭博|法新社|美联社|共同社|本报)[^0-9\n，。]{0,14}?"
    "(?:([0-9]{4})年)?(?:([0-9]{1,2})月)?([0-9]{1,2})日(?:[电讯]|\\s*[-—－])"
)
_ADDRESS = re.compile(r"(?<![0-9])(20[0-3][0-9])[-/_]?(0[1-9]|1[0-2])(?:[-/_]?(0[1-9]|[12][0-9]|3[01]))?(?![0-9])")
# A year in the name of a meeting or plan: 2020春雷计划, 2019中国产业互联网领袖峰会.
_NAMED_YEAR = re.compile("(?<![0-9.])(20[0-4][0-9])(?![0-9年.-])[\u4e00-\u9fff]{2,20}?(?:计划|行动|大会|峰会|论坛|年会|展|节|周|赛|季|盛典)")
_NOT_YET = re.compile("预计|预测|将|确保|规划|目标|有望|争取|力争|或许|能否|展望|未来|前瞻|计划")
_SENTENCE = re.compile("[。！？\n]")


class Published(NamedTuple):
    """`edtf` is "" where nothing tells. `span` counts raw characters, None where the words stand nowhere."""

    edtf: str
    words: str
    span: tuple[int, int] | None
    reason: str


class _Evidence(NamedTuple):
    year: int
    month: int
    day: int
    start: int
    end: int


def find_publication(reading: Reading) -> Published:
    """The publication of one article; see the module for what counts as evidence."""
    return _said(reading) or _inferred(reading)


def _said(reading: Reading) -> Published | None:
    """The date as the wrapper or a line under the title says it."""
    from extract.times import parse_date

    words = reading.meta.get("published", "")
    date = parse_date(words) if words else None
    if date is None:
        return None
    span = reading.meta_spans.get("published_from") or reading.meta_spans.get("published")
    return Published(str(date), reading.meta.get("published_from") or words, span, f"原文写明发布日期「{words}」")


def _inferred(reading: Reading) -> Published:
    text = reading.text
    spots = [first for first, _ in find_expressions(text)]
    line = _DATELINE.search(text, 0, _HEAD)
    address = _ADDRESS.search(reading.meta.get("url", ""))
    if address:
        parts = [p for p in address.groups() if p]
        return Published("-".join(parts) + "?", address[0], reading.meta_spans.get("url"), f"由网址中的「{address[0]}」推断")
    bound, bound_why = _earliest_by_words(text)
    latest = _latest_year(text, spots)
    told = latest.year + _is_last_year(text, spots, latest, int(line[2] or 0) if line else 0) if latest else 0
    year = max(told, int(bound[:4] or 0))
    if not year:
        return Published("", "", None, "文中没有可据以推断发布日期的年份")
    why = bound_why if not latest or year > told else f"文中最晚的年份是「{text[latest.start : latest.end]}」"
    if latest and year == told > latest.year:
        why += "，说的是已过去的一年"
    if line:
        return _by_dateline(reading, line, year, why)
    day = _latest_day(text, spots, year)
    if day and (month := _later_month(text, spots, year, day)):
        day = month
    if day and (bound[:4] != str(year) or day.month >= int(bound[5:7])):
        words = text[day.start : day.end]
        told_day = f"-{day.day:02d}" if day.day else ""
        reason = f"{why}，最晚的一天是「{words}」，不早于 {year:04d}-{day.month:02d}{told_day}"
        return Published(f"{year:04d}-{day.month:02d}?", words, reading.raw_span(day.start, day.end), reason)
    words, span = (text[latest.start : latest.end], reading.raw_span(latest.start, latest.end)) if latest and latest.year == year else ("", None)
    return Published(f"{year:04d}?", words, span, f"{why}，没有更晚的日期")


def _by_dateline(reading: Reading, line: re.Match[str], year: int, why: str) -> Published:
    span, words = reading.raw_span(*line.span()), line[0].rstrip(" -—－")
    if line[1]:
        year, why = int(line[1]), "电头写明年份"
    if not line[2]:
        return Published(f"{year:04d}?", words, span, f"{why}；电头「{words}」没有月份")
    edtf = f"{year:04d}-{int(line[2]):02d}-{int(line[3]):02d}"
    if parse_edtf(edtf) is None:
        return Published(f"{year:04d}?", words, span, why)
    return Published(edtf if line[1] else edtf + "?", words, span, f"电头「{words}」；{why}")


def _earliest_by_words(text: str) -> tuple[str, str]:
    """The latest first month among the words the text uses, and the reason."""
    found = max(((since, word) for word, since in known_since().items() if word in text), default=("", ""))
    return found[0], f"文中有「{found[1]}」，{found[0]} 以后才有此说" if found[0] else ""


def _latest_year(text: str, spots: list[Expression]) -> _Evidence | None:
    """The latest year the text writes out, forecasts and plans aside."""
    found = [
        _Evidence(e.year, _last_month(e), e.days[1] if e.days else 0, e.start, e.end)
        for e in spots
        if e.year and e.year_from == "text" and e.unit not in ("decade", "century", "plan") and e.opens != "before"
        if 1900 < e.year < 2100 and not _lies_ahead(text, e.start, e.end) and not is_founding(text, e.start, e.end)
    ]
    found += [_Evidence(int(m[1]), 0, 0, m.start(), m.end()) for m in _NAMED_YEAR.finditer(text)]
    return max(found, default=None)


def _last_month(e: Expression) -> int:
    """The last month of an expression with a year: 12 of 2013年底, 6 of 2015年上半年; 0 where it names none."""
    if e.months:
        return e.months[1]
    return {"part": e.value, "half": 6 * e.value, "quarters": 3 * e.high}.get(e.unit, 0)


def _is_last_year(text: str, spots: list[Expression], latest: _Evidence, sent: int) -> int:
    """How many years 今年 lies behind the latest year written out. One: 今年比2024年提前; 2017年12月 told beside 今年3月, 4月20日 or a dateline
    of a month before it (`sent`); 2017年，全县产茶3万吨: only what it came to is told of it, and the year that runs is never written out so.
    Two at least: 去年…，比2023年下降.
    """
    if re.search(f"去年(?!同期)[^。\n]{{0,30}}[比较][^。\n去今]{{0,6}}{latest.year}年", text):
        return 2
    if re.search(f"今年[^。\n]{{0,30}}[比较][^。\n]{{0,6}}{latest.year}年", text):
        return 1
    if latest.day:
        return 0 < sent < latest.month
    if latest.month:
        bare = [e.months[1] for e in spots if e.months and e.year_from == "published" and e.year == 0]
        bare += [day.month for day in _bare_days(text, spots, 0)]
        bare = bare or [e.months[1] for e in spots if e.months and not e.year_from and not e.month_from and not e.days]
        return 0 < max((*bare, sent), default=0) <= _told_behind(spots, latest) - _WELL_BEFORE
    told = [e for e in spots if e.year == latest.year and e.year_from == "text"]
    called = sum(_CALLED_BY.match(text, e.end) is not None or _lies_ahead(text, e.start, e.end) for e in told)
    return 2 * called < sum(_tells_result(text, e) for e in told)


def _told_behind(spots: list[Expression], latest: _Evidence) -> int:
    """The last month of that year that is told right behind it: 12 of 2018年3月成立。12月融资。今年1月，…."""
    month = latest.month
    for e in spots:
        if e.start >= latest.end and e.months:
            if e.year_from or e.month_from or e.days or e.months[1] < month:
                break
            month = e.months[1]
    return month


_WELL_BEFORE = 3  # months: 今年8月 beside 2018年前三季度 is of that year


# Behind a year: what a thing is called by it (2018年第一次…会议), what it is set beside, what it came to.
_CALLED_BY = re.compile("[^，,。；\n0-9]{0,16}?(?:第[一二三四五六七八九十0-9]|会议|大会|论坛|仪式|博览会|招商|项目|大赛|考试|[^《，。\n]{0,8}》)")
_BESIDE = re.compile("同期|相比|年报|年末|全年|度?报告")
_CAME_TO = re.compile("(?!以来|起|开始)度?[，,]?(?:(?!目前)[^。；\n]){0,40}?[0-9][0-9.,]*(?:[万亿%％千百十多余倍]|[元人件家个起户吨项名例亩只头])")


def _tells_result(text: str, e: Expression) -> bool:
    """2017年，全县产茶3万吨; 比2017年增加; 2017年以来查处3起: the year is one gone by, whose results are told."""
    if text.endswith(("比", "较", "较之", "相较"), 0, e.start) or _BESIDE.match(text, e.end):
        return True
    return _CALLED_BY.match(text, e.end) is None and _CAME_TO.match(text, e.end) is not None


def _latest_day(text: str, spots: list[Expression], year: int) -> _Evidence | None:
    """The latest day of that year: 10月9日, 今年6月25日, 2014年7月1日; 12日 alone tells no month."""
    found = [d for d in _bare_days(text, spots, year) if parse_edtf(f"{year:04d}-{d.month:02d}-{d.day:02d}")]
    return max(found, default=None)


def _later_month(text: str, spots: list[Expression], year: int, day: _Evidence) -> _Evidence | None:
    """A month of that year told behind the latest day: 2月21日告破, 2017年5月移送."""
    found = [
        _Evidence(year, e.months[1], 0, e.start, e.end)
        for e in spots
        if e.unit == "months" and e.months and e.year_from == "text" and e.year == year and e.months[1] > day.month and e.opens != "before"
        if not _lies_ahead(text, e.start, e.end)
    ]
    return max(found, default=None)


def _bare_days(text: str, spots: list[Expression], year: int) -> list[_Evidence]:
    """Days of the year of publication: with that year, with 今年, or bare where the text is not telling of another year."""
    found, telling, telling_at = [], 0, -1000
    for e in spots:
        if e.year and e.year_from == "text":
            telling, telling_at = e.year, e.start
        elif e.year_from == "published" and e.year == 0:
            telling = 0
        if not e.days or not e.months or e.month_from or _lies_ahead(text, e.start, e.end):
            continue
        bare = not e.year_from and (telling in (0, year) or e.start - telling_at > 300)
        if bare or (e.year_from == "text" and e.year == year) or (e.year_from == "published" and e.year == 0):
            found.append(_Evidence(year, e.months[1], e.days[1], e.start, e.end))
    return found


def _lies_ahead(text: str, start: int, end: int) -> bool:
    """The sentence speaks of a forecast or plan: 预计到2025年, 将于10月1日起施行."""
    if is_to_be_reached(text, start, end):
        return True
    breaks = [m.end() for m in _SENTENCE.finditer(text, max(0, start - 60), start)]
    return bool(_NOT_YET.search(text, breaks[-1] if breaks else max(0, start - 60), end + 12))
