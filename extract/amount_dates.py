"""When an amount holds, and over which period it was counted.

Knows how far a date holds in Chinese news. Leaves out what is carried over from before (`carried_dates.py`), which dates are
only set beside an amount (`dates_beside.py`) and how dates are read (`times.py`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.amount_clause import RATES, Measure
from extract.carried_dates import THIS_QUARTER, When, quarter_told, said_before
from extract.dates_beside import (
    holds_on,
    is_against,
    is_bracketed,
    is_of_another,
    names_by_year,
    of_title,
    owned_by_other,
)
from extract.dating_words import SAME, dating_words
from extract.mentions import Quantity, Time
from extract.modality import AHEAD
from extract.passages import ROW_MARKS, Span
from extract.rows import is_row, partner_of
from extract.sentences import Sentence


def as_of(sentence: Sentence, quantity: Quantity, clause: Span, measure: Measure, modality: str) -> When:
    """The date an amount holds for, the words that gave it and where they stand.

    The nearest time before it in its clause, then in its sentence; a now-word is the day of publication; then what the
    paragraph said last. Lasting properties (面积, 海岸线), plans and general truths take no date from outside their sentence.
    """
    published = sentence.finds.article.published
    if (sentence.times or (sentence.nows and published)) and (said := _said_in_sentence(sentence, quantity, clause, measure, modality, published)):
        return said
    if modality not in ("actual", "hypothetical") or (_lasts(measure.text) and measure.rule != "size of the thing in front"):
        return _within_year(sentence, quantity, clause, published) if modality in AHEAD else ("", "", None)
    if published and sentence.times and (time := _year_to_come(sentence, quantity, published)):
        ahead = clause[0] <= time.start and not sentence.text.startswith(_NOT_OF_THEN, time.end)
        return (time.edtf, time.text, (time.start, time.end)) if ahead else ("", "", None)  # 控制2030年装机在3亿千瓦以内
    if sentence.nows and not published and _now(sentence, sentence.start, quantity.start):
        return "", "", None
    when = said_before(sentence, quantity, measure, published, measure.change == "to" and modality == "actual")
    return ("", "", None) if measure.change == "from" and not when[1] else when  # from what it came was not so by now


def _said_in_sentence(sentence: Sentence, quantity: Quantity, clause: Span, measure: Measure, modality: str, published: str) -> When | None:
    """The date that the amount's own sentence gives it."""
    text = sentence.text
    times = _usable_times(sentence, quantity, modality, published)
    if quantity.unit not in RATES and measure.base.endswith(dating_words("fine")):  # 处以其2019年销售额4%的罚款: only the sales are of 2019
        times = [t for t in times if not text.endswith(dating_words("its"), 0, t.start) or _PAID_THEN.match(text, t.end)]
    if _IN_SAME.search(text, sentence.start, quantity.start):
        times = [t for t in times if not (t.text.endswith(SAME) and is_of_another(sentence, t, quantity, measure))]
    found = _said_here(sentence, times, quantity, clause, modality, published)
    own = _one_by_one(sentence, times, quantity, measure) if found is not None and times else None
    if own is None and measure.change in ("from", "to"):
        own = _as_moved_ahead(sentence, quantity, clause, measure.change)
    if own is not None:
        return own.edtf, own.text, (own.start, own.end)
    if found is None:
        return None
    if found[0] == published:
        return _year_gone(sentence, quantity, clause, published) or (quarter_told(sentence, found) if found[1] in THIS_QUARTER else found)
    if text.find("全年", clause[0], quantity.start) >= 0 and (year := _whole_year(sentence, found, quantity, clause, modality, published)):
        return year
    return quarter_told(sentence, found) if found[1] in THIS_QUARTER else found


# 该公司2018年缴纳罚款3亿元, 2018年被罚款3亿元: what is paid then, and not for that year.
_PAID_THEN = re.compile("[，,]?(?:因[^，,。；]{1,12}|已|共|曾|累计|先后|又|还|再|的)*(?:被|遭|缴|交纳|支付|赔|补偿|罚|领)")


def _year_to_come(sentence: Sentence, quantity: Quantity, published: str) -> Time | None:
    """The last time ahead of the amount that lies in a year after the publication."""
    ahead = (t for t in reversed(sentence.times) if t.start < quantity.start)
    return next((t for t in ahead if published[:4] < t.edtf[:4] and t.edtf[:4].isdigit()), None)


_NOT_OF_THEN = ("的", "到期", "届满", "期满")


_IN_SAME = re.compile("|".join(SAME))


def _as_moved_ahead(sentence: Sentence, quantity: Quantity, clause: Span, change: str) -> Time | None:
    """毛利由2018年的3亿元增至2019年的5亿元，毛利率由15%升至22%: each end is of the year that the clause ahead gave its own."""
    text, ahead = sentence.text, [time for time in sentence.times if time.end <= clause[0]]
    if len(ahead) < 2 or any(clause[0] <= time.start < quantity.start for time in sentence.times):
        return None
    owning = [time for time in ahead if _owns_amount(sentence, time)]
    first = next((time for time in owning if text[time.start - 1] in "由从自"), None)
    if first is None or change == "from":
        return first
    return next((time for time in owning if time.start > first.end and _REACHED.search(text, max(first.end, time.start - 5), time.start)), None)


def _owns_amount(sentence: Sentence, time: Time) -> bool:
    """Whether an amount stands right behind the time: 2018年的3亿元."""
    return any(time.end <= quantity.start <= time.end + 8 for quantity in sentence.quantities)


_REACHED = re.compile("[至到为](?:截[至止])?$")


def _whole_year(sentence: Sentence, found: When, quantity: Quantity, clause: Span, modality: str, published: str) -> When | None:
    """12月出口3亿元，全年出口40亿元; 一季度增长5%，全年有望增长6%: of the year of what was told ahead, not of that part of it.

    4月28日公布，全年营收30亿元: of the year gone by; 4月出口3亿元，全年出口40亿元, of a year not over yet: nobody says of which.
    """
    edtf, _, span = found
    if len(edtf) < 5 or span is None or span[1] > clause[0] or edtf[:4] != edtf.rpartition("/")[2][:4]:
        return None
    year = _OF_THE_YEAR.match(sentence.text, clause[0], quantity.start)
    if year is None:
        return None
    told = edtf[:4]
    if modality not in AHEAD:
        if _A_DAY.match(edtf):
            between = sentence.text[span[1] : clause[0]]
            if edtf[5:7] > "04" or not _MADE_KNOWN.search(between) or _OF_THIS_YEAR.search(between):
                return None
            told = str(int(told) - 1)
        elif told == published[:4] and not edtf.rstrip("?~%").endswith("-12"):
            return None
    return told + ("?" if edtf[-1] in "?%" else ""), "全年", year.span(1)


_A_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_MADE_KNOWN = re.compile("公布|披露|发布|公报|年报|业绩|财报|快报")
_OF_THIS_YEAR = re.compile("目标|计划|预算|预测|指引|预期|任务|规划|力争|部署|安排|方案|提出|要求|意见|通知|今年|[。；]")


_OF_THE_YEAR = re.compile("(?:而|但|并|预计|预期|有望|力争|确保|今年)*(全年)(?![度无龄级计目任总的预]|工作|收官)")


def _lasts(measure: str) -> bool:
    return measure.endswith(dating_words("lasting")) and "展" not in measure and not measure.endswith(dating_words("counted"))


def _year_gone(sentence: Sentence, quantity: Quantity, clause: Span, published: str) -> When | None:
    """截至目前,…,全年销售额达4亿元, told in the first months of a year: the whole year is the one before."""
    at = sentence.text.find("全年", clause[0], quantity.start)
    if at < 0 or published[5:7] not in ("01", "02", "03"):
        return None
    return str(int(published[:4]) - 1), "全年", (at, at + 2)


_WITHIN_YEAR = re.compile("(?:全年(?![度无龄])|年内(?<![0-9一二三四五六七八九十两几半每]年内))(?!.*[0-9一二三四五六七八九十两几半每]年内)")


def _within_year(sentence: Sentence, quantity: Quantity, clause: Span, published: str) -> When:
    """力争全年签约9个, 年内计划完成投资3亿元: what is planned for the year is of the year of publication."""
    found = _WITHIN_YEAR.search(sentence.text, clause[0], quantity.start) if published[:4].isdecimal() else None
    if found is None or any(found.end() <= t.start < quantity.start for t in sentence.times):
        return "", "", None
    return published[:4], found[0], found.span()


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
    if quantity.unit not in RATES and sentence.text.startswith("的", quantity.end):
        return None
    time = next((t for t in times if quantity.end <= t.start < clause[1]), None)
    return (time.edtf, time.text, (time.start, time.end)) if time is not None else None


def _one_by_one(sentence: Sentence, times: Sequence[Time], quantity: Quantity, measure: Measure) -> Time | None:
    """2021年、2022年利润分别为3亿元,4亿元 and 2019年至2021年…分别为1亿元、2亿元、3亿元: the n-th amount is of the n-th time, unless
    there is another row for it (两市, 进口和出口)."""
    text = sentence.text
    at = text.rfind("分别", sentence.start, quantity.start)
    amounts = _row_behind(sentence, at) if at >= 0 else []
    if quantity not in amounts:
        return None
    ahead = [time for time in times if time.end <= at]
    row, start = ahead[-len(amounts) :], sentence.clause(at)[0]
    if len(each := _each_of(text, ahead)) == len(amounts) > len(ahead):
        row = each
    elif len(row) < 2 or not is_row(text, row):
        set_apart = text.startswith(_GIVES, at + 2) or _SIDE_BY_SIDE.search(text, start, at) is not None
        set_apart = set_apart or len(sentence.finds.places.within(start, at)) > 1
        row = _years_of(ahead[-1]) if ahead and not set_apart else []
    if not row or _OTHER_ROW.search(text, max(start, row[-1].end), at) or (row[0].start < start and measure.rule.startswith("distributed")):
        return None
    return partner_of(amounts.index(quantity), amounts, row)


def _each_of(text: str, ahead: Sequence[Time]) -> list[Time]:
    """2016年, 2017年, 2018年 and 2019年一季度 of 2016年至2018年及2019年一季度: the last times that marks of a row join, each year of a
    stretch by itself; [] where only one time stands there."""
    run = list(ahead[-1:])
    for time in reversed(ahead[:-1]):
        if text[time.end : run[0].start] not in ROW_MARKS:
            break
        run.insert(0, time)
    return [each for time in run for each in _split(time)] if len(run) > 1 else []


def _split(time: Time) -> list[Time]:
    """Each year of 2019年至2021年; any other time as it is."""
    stretch = _YEARS.fullmatch(time.edtf)
    if stretch is None:
        return [time]
    return [time._replace(edtf=str(year)) for year in range(int(stretch[1]), int(stretch[2]) + 1)[:_MOST_OF_A_ROW]]


def _row_behind(sentence: Sentence, at: int) -> list[Quantity]:
    """The amounts behind 分别 at `at` that only marks of a row or commas part."""
    row: list[Quantity] = []
    for quantity in sentence.quantities:
        if quantity.start < at:
            continue
        if row and sentence.text[row[-1].end : quantity.start].strip(" 约近超逾") not in _PARTS_A_ROW:
            break
        row.append(quantity)
    return row


def _years_of(time: Time) -> list[Time]:
    """Each year of 2019年至2021年; [] for two years but 今明两年, which two things are told of as often, and for 1-3月, which is told as one."""
    years = _split(time)
    return years if len(years) > 2 or (len(years) == 2 and "今明" in time.text) else []


_PARTS_A_ROW = frozenset((*ROW_MARKS, ",", "，", "以及"))
_OTHER_ROW = re.compile("[、和与及]|[两二三四五六七八九十0-9][大个]?[市县地家者国省人项类种个区级业]|男女|进出口|双方|各")
_YEARS = re.compile(r"(\d{4})/(\d{4})")
# 华东华南华北收入分别为…, 分别向三省捐款…: things set side by side without a mark.
_SIDE_BY_SIDE = re.compile("华[东南西北中]华|[东中西]部[东中西]|[一二三]线[一二三]|[一二三]产|大中小|上中下|([省市县区厂店])[^，,。]{1,3}\\1")
_GIVES = ("向", "对", "在", "给", "与", "从", "由")
_MOST_OF_A_ROW = 12


def _last_within(times: Sequence[Time], start: int, end: int) -> Time | None:
    for time in reversed(times):
        if start <= time.start and time.end <= end:
            return time
    return None


def _usable_times(sentence: Sentence, quantity: Quantity, modality: str, published: str) -> list[Time]:
    text = sentence.text
    times = [t for t in sentence.times if not is_against(text, t, quantity) and not owned_by_other(sentence, t, quantity)]
    if times and quantity.unit in _WEIGHTS and text.find("年产", sentence.start, quantity.start) >= 0:
        others = [t for t in times if not _OF_A_HARVEST.match(text, t.end)]
        times = others if any(t.end <= quantity.start for t in others) else times
    if times and text.find("》", sentence.start, quantity.start) >= 0:
        times = [t for t in times if not of_title(text, t)]
    if sentence.left_out:
        times = [t for t in times if not sentence.leaves_out(t)]
    if len(times) < len(sentence.times):  # 比2020年、2019年分别增长: both are only set beside
        times = [t for t in times if not (text[t.start - 1] in "、和及与" and any(a.end == t.start - 1 and a not in times for a in sentence.times))]
    if modality == "actual" and published:
        times = [t for t in times if _has_come(t.edtf, published)]
    if times and (text.find("）", sentence.start, quantity.start) >= 0 or text.find(")", sentence.start, quantity.start) >= 0):
        times = [t for t in times if not is_bracketed(text, t, sentence.start, quantity.start)]
    return times


_WEIGHTS = frozenset(("吨", "公斤", "斤", "千克"))
_OF_A_HARVEST = re.compile("产(?![量值能出销业品地生])")  # 截至2月15日，收购2012年产玉米


def _has_come(edtf: str, published: str) -> bool:
    """What is so cannot hold for a year to come, nor until 明年6月底前."""
    year = edtf[:4]
    if year.isdigit():
        return year <= published[:4]
    return year[:2] != ".." or len(edtf) <= 7 or edtf[3 : 3 + len(published)] <= published.rstrip("?~%")


def _now(sentence: Sentence, start: int, end: int) -> re.Match[str] | None:
    for match in reversed(sentence.nows):
        if start <= match.start() and match.end() <= end:
            return match
    return None


def _said(times: Sequence[Time], time: Time, text: str) -> tuple[str, str, Span]:
    """The time; with its neighbour where both hold (2011年和2012年产量均下滑7%)."""
    n = times.index(time)
    if n and names_by_year(times[n - 1], time, text):
        time = times[n - 1]
    if n and text[times[n - 1].end : time.start] in ROW_MARKS and "均" in text[time.end : time.end + 8]:
        first = times[n - 1]
        if "/" not in first.edtf + time.edtf:
            return f"{first.edtf}/{time.edtf}", text[first.start : time.end], (first.start, time.end)
    return f"{time.edtf}/.." if holds_on(text, time) else time.edtf, time.text, (time.start, time.end)


_DURING = re.compile(
    r"[0-9一二三四五六七八九十两半几每日月年](?:"  # one class in front lets the search skip
    r"(?<=[^每日月年])[0-9一二三四五六七八九十两半几]{0,3}个?多?(?:天|日|周|星期|小时|分钟|月|季度|年)(?:时间)?(?:内|之内|里|间|时间)"
    r"|(?<=[0-9一二三两几])[0-9一二三两几]{0,2}个?(?:天|小时|分钟)(?=[^，,。]{0,12}$)|(?<=每)(?:天|年|月|周|小时|分钟|日)|(?<=[日月年])均)"
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
    tail = next((tail for tail in ("之内", "内", "里", "间") if found.endswith(tail)), "") if found else ""
    return found.removesuffix(tail)
