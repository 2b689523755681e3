"""When an amount holds, and over which period it was counted.

Knows how far a date holds in Chinese news. Leaves out which dates are only set beside an amount (`dates_beside.py`) and
how dates are read (`times.py`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.amount_clause import RATES, Measure
from extract.dates_beside import (
    BACK_TO,
    holds_on,
    is_against,
    is_bracketed,
    is_of_another,
    names_by_year,
    owned_by_other,
)
from extract.mentions import Quantity, Time
from extract.passages import Span
from extract.sentences import Sentence

When = tuple[str, str, Span | None]

_LASTING = ("面积", "海岸线", "长度", "里程", "常住人口", "总人口", "户籍人口", "总户数", "总长", "高度", "宽度", "深度", "容积", "海拔")
_COUNTED = ("播种面积", "种植面积", "收获面积", "销售面积", "成交面积", "开工面积", "施工面积", "竣工面积")  # what a year or a month gives
_UNDATED = ("率", "总数", "拥有量", "占比")  # what stands so without a date anywhere near
_FINES, _ITS = ("罚款", "罚金", "赔偿", "补偿"), ("其", "该公司", "当事人")  # 处以其2019年销售额4%的罚款: only the sales are of 2019


def as_of(sentence: Sentence, quantity: Quantity, clause: Span, measure: Measure, modality: str) -> When:
    """The date an amount holds for, the words that gave it and where they stand.

    The nearest time before it in its clause, then in its sentence; a now-word is the day of publication; then what the
    paragraph said last. Lasting properties (面积, 海岸线), plans and general truths take no date from outside their sentence.
    """
    published = sentence.finds.article.published
    if sentence.times or (sentence.nows and published):
        times = _usable_times(sentence, quantity, modality, published)
        if measure.base.endswith(_FINES) and quantity.unit not in RATES:
            times = [t for t in times if not sentence.text.endswith(_ITS, 0, t.start) and not sentence.text.endswith(("处", "处以"), 0, t.start)]
        if sentence.text.find("同期", sentence.start, quantity.start) >= 0:
            times = [t for t in times if not (t.text.endswith("同期") and is_of_another(sentence, t, quantity, measure))]
        found = _said_here(sentence, times, quantity, clause, modality, published)
        if found is not None and found[1] in _THIS_QUARTER:
            return _quarter_told(sentence, found)
        if found is not None:
            return (found[0] == published and _year_gone(sentence, quantity, clause, published)) or found
    if modality not in ("actual", "hypothetical") or (_lasts(measure.text) and measure.rule != "size of the thing in front"):
        return _within_year(sentence, quantity, clause, published) if modality in ("forecast", "target") else ("", "", None)
    when = _said_before(sentence, quantity, measure, published, measure.change == "to" and modality == "actual")
    return ("", "", None) if measure.change == "from" and not when[1] else when  # from what it came was not so by now


def _lasts(measure: str) -> bool:
    return measure.endswith(_LASTING) and "展" not in measure and not measure.endswith(_COUNTED)


_THIS_QUARTER = frozenset(("本季度", "本季", "当季"))
QUARTER = re.compile(r"(\d{4})-(?:01/(?:\1)-03|04/(?:\1)-06|07/(?:\1)-09|10/(?:\1)-12)")


def _quarter_told(sentence: Sentence, found: When) -> When:
    """2025年第三季度收入3亿元。…,本季度毛利2亿元: the quarter the paragraph tells of, not the one that runs."""
    at = found[2][0] if found[2] else sentence.start
    for time in reversed(sentence.finds.times.within(sentence.back, at)):
        if QUARTER.fullmatch(time.edtf) and time.text[0] not in "上去下明前本当" and sentence.text[time.start - 1] not in "上下":
            return time.edtf, found[1], found[2]
    return found


def _year_gone(sentence: Sentence, quantity: Quantity, clause: Span, published: str) -> When | None:
    """截至目前,…,全年销售额达4亿元, told in the first months of a year: the whole year is the one before."""
    at = sentence.text.find("全年", clause[0], quantity.start)
    if at < 0 or published[5:7] not in ("01", "02", "03"):
        return None
    return str(int(published[:4]) - 1), "全年", (at, at + 2)


_WITHIN_YEAR = re.compile("(?:全年(?![度无龄])|(?<![0-9一二三四五六七八九十两几半每])年内)(?!.*[0-9一二三四五六七八九十两几半每]年内)")


def _within_year(sentence: Sentence, quantity: Quantity, clause: Span, published: str) -> When:
    """力争全年签约9个, 年内计划完成投资3亿元: what is planned for the year is of the year of publication."""
    found = _WITHIN_YEAR.search(sentence.text, clause[0], quantity.start) if published[:4].isdecimal() else None
    return (published[:4], found[0], found.span()) if found else ("", "", None)


def _said_here(sentence: Sentence, times: Sequence[Time], quantity: Quantity, clause: Span, modality: str, published: str) -> When | None:
    left = quantity.start
    if sentence.nows and published:
        for start in (clause[0], sentence.start) if clause[0] > sentence.start else (sentence.start,):
            time = _last_within(times, start, left)
            now = _now(sentence, start, left) if modality == "actual" or start == clause[0] else None
            if now and (time is None or time.start <= now.start() or time.text in now.group()):
                return published, now.group(), now.span()
            if time is not None:
                return _said(times, time, sentence.text)
    elif (time := _last_within(times, sentence.start, left)) is not None:  # the nearest, in its clause or ahead of it
        return _said(times, time, sentence.text)
    time = next((t for t in times if quantity.end <= t.start < clause[1]), None)
    return (time.edtf, time.text, (time.start, time.end)) if time is not None else None


def _last_within(times: Sequence[Time], start: int, end: int) -> Time | None:
    for time in reversed(times):
        if start <= time.start and time.end <= end:
            return time
    return None


def _usable_times(sentence: Sentence, quantity: Quantity, modality: str, published: str) -> list[Time]:
    text = sentence.text
    times = [t for t in sentence.times if not is_against(text, t, quantity) and not owned_by_other(sentence, t, quantity)]
    if sentence.left_out:
        times = [t for t in times if not sentence.leaves_out(t)]
    if len(times) < len(sentence.times):  # 比2020年、2019年分别增长: both are only set beside
        times = [t for t in times if not (text[t.start - 1] in "、和" and any(a.end == t.start - 1 and a not in times for a in sentence.times))]
    if modality == "actual" and published:  # what is so cannot hold for a year to come, nor until 明年6月底前
        times = [t for t in times if (t.edtf[:4] <= published[:4] or not t.edtf[:4].isdigit()) and not (t.edtf[:2] == ".." and len(t.edtf) > 7 and t.edtf[3 : 3 + len(published)] > published.rstrip("?~%"))]
    if times and (text.find("）", sentence.start, quantity.start) >= 0 or text.find(")", sentence.start, quantity.start) >= 0):
        times = [t for t in times if not is_bracketed(text, t, sentence.start, quantity.start)]
    return times


def _said_before(sentence: Sentence, quantity: Quantity, measure: Measure, published: str, reached: bool) -> When:
    """The last date of the paragraph; after 2017年以来 and where none was given, the month of publication."""
    finds = sentence.finds
    last = finds.times.before(sentence.start) - 1
    given = last >= 0 and finds.times[last].start >= sentence.back
    if not given and not reached and measure.text.endswith(_UNDATED) and "展" not in measure.text:  # 展位总数, 展览面积 are of one fair
        return "", "", None
    while last >= 0 and (time := finds.times[last]).start >= sentence.back:
        if _sets_the_time(sentence, time, published) and not _is_aside(sentence, last, published) and not is_against(sentence.text, time, quantity):
            if published and (time.edtf.endswith("/..") or holds_on(sentence.text, time)):
                break
            if last and len(time.edtf) == 4 and names_by_year(finds.times[last - 1], time, sentence.text):
                time = finds.times[last - 1]
            said = time.edtf, time.text, (time.start, time.end)
            return _quarter_told(sentence, said) if time.text in _THIS_QUARTER else said
        last -= 1
    return (_reported(sentence) if published else None) or (_unsaid(published), "", None)


def _sets_the_time(sentence: Sentence, time: Time, published: str) -> bool:
    """Whether a time of the paragraph holds on: not what is to come, what it came from (由2019年的) or went back to, 年底前."""
    if (published and time.edtf[:4] > published[:4]) or time.edtf.startswith("..") or time.text.endswith("同期"):
        return False
    text, start = sentence.text, time.start
    if text.endswith(BACK_TO, 0, start) or (text[start - 1 : start] in _FROM and text.startswith("的", time.end) and not _SEEN_FROM.match(text, time.end)):
        return False
    return not _TO_COME.search(text, max(0, start - 8), start)


_IN_REPORT = re.compile("报告期(?!末)内?|[年财季中]报(?:数据)?(?:还|也)?显示|业绩(?:报告|公告)?显示")
_GROWS = re.compile(r"增[长速幅加]|下[降滑]|减少|同比|份额|占比")


def _reported(sentence: Sentence) -> When | None:
    """上半年,全省工业增长5%。 New paragraph: 夏粮产量增长2%: a report tells of one period to its end."""
    finds, text, start = sentence.finds, sentence.text, sentence.start
    of_results, of_statistics = finds.results_period, finds.statistics_period  # known for the whole article, so asked first
    if of_results is not None and of_results.start < start and _IN_REPORT.search(text, start, sentence.end):
        return of_results.edtf, of_results.text, (of_results.start, of_results.end)
    if of_statistics is None or of_statistics.start >= start or sentence.actors or (finds.gatherings and sentence.gathers) or not _GROWS.search(text, start, sentence.end):
        return None
    return of_statistics.edtf, of_statistics.text, (of_statistics.start, of_statistics.end)


_FROM, _SEEN_FROM = frozenset("由从"), re.compile("的[^，,。]{1,8}看[，,]")  # 从1-8月的数据看，…
_SEMICOLONS = frozenset("；;")


def _is_aside(sentence: Sentence, n: int, published: str) -> bool:
    """Whether the n-th time is of a year gone that one sentence sets beside this one: 上半年收入5亿元,2019年同期为4亿元;利润1亿元."""
    text = sentence.text
    if not n or not published or text[sentence.start - 1 : sentence.start] not in _SEMICOLONS:
        return False
    times = sentence.finds.times
    return times[n].edtf[:4] < published[:4] and times[n - 1].edtf.startswith(published[:4]) and "。" not in text[times[n - 1].end : sentence.start]


def _now(sentence: Sentence, start: int, end: int) -> re.Match[str] | None:
    for match in reversed(sentence.nows):
        if start <= match.start() and match.end() <= end:
            return match
    return None


_TO_COME = re.compile(r"(?:将|预计|计划|拟|有望|力争|争取)[^，,。]{0,4}$")  # 交易将在明年一季度完成: what follows is not of then


def _said(times: Sequence[Time], time: Time, text: str) -> tuple[str, str, Span]:
    """The time; with its neighbour where both hold (2011年和2012年产量均下滑7%)."""
    n = times.index(time)
    if n and names_by_year(times[n - 1], time, text):
        time = times[n - 1]
    if n and text[times[n - 1].end : time.start] in ("和", "、", "及", "与") and "均" in text[time.end : time.end + 8]:
        first = times[n - 1]
        if "/" not in first.edtf + time.edtf:
            return f"{first.edtf}/{time.edtf}", text[first.start : time.end], (first.start, time.end)
    return f"{time.edtf}/.." if holds_on(text, time) else time.edtf, time.text, (time.start, time.end)


def _unsaid(published: str) -> str:
    """The month of publication, marked as our inference: nothing in the article dates the amount."""
    return published[:7].rstrip("?~") + "?" if published else ""


_DURING = re.compile(
    r"[0-9一二三四五六七八九十两半几]{1,4}个?多?(?:天|日|周|星期|小时|分钟|月|季度|年)(?:时间)?(?:内|之内|里|间|时间)"
    r"|[0-9一二三两几]{1,3}个?(?:天|小时|分钟)(?=[^，,。]{0,12}$)|每(?:天|年|月|周|小时|分钟|日)|[日月年]均"
)


def during(sentence: Sentence, quantity: Quantity, clause: Span) -> str:
    """一周, 3小时, 每天: the period it was counted over, from its clause or right before it."""
    if not sentence.periods:
        return ""
    found = ""
    for match in _DURING.finditer(sentence.text, max(sentence.start, clause[0] - 12), quantity.start):
        begin = match.start()
        if not any(t.start <= begin < t.end for t in sentence.times):
            found = match.group()
    for tail in ("之内", "内", "里", "间"):
        if found.endswith(tail):
            return found.removesuffix(tail)
    return found
