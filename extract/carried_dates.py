"""Dates that an amount takes from what was said before: the last of its paragraph, the period a report tells of.

Knows which dates hold on and which are set aside, passed or planned. Leaves out what the sentence itself says
(`amount_dates.py`).
"""

from __future__ import annotations

import re

from extract.amount_clause import Measure
from extract.dates_beside import BACK_TO, holds_on, is_against, names_by_year, of_title
from extract.dating_words import SAME, dating_words
from extract.mentions import Quantity, Time
from extract.passages import Span
from extract.period_readers import FIVE_YEAR_PLAN
from extract.sentences import Sentence

When = tuple[str, str, Span | None]


def said_before(sentence: Sentence, quantity: Quantity, measure: Measure, published: str, reached: bool) -> When:
    """The last date of the paragraph; after 2017年以来 and where none was given, the month of publication."""
    finds = sentence.finds
    if _LATELY.search(sentence.text, sentence.start, quantity.start):
        return _unsaid(published), "", None
    last = finds.times.before(sentence.start) - 1
    given = last >= 0 and finds.times[last].start >= sentence.back
    if not given and not reached and measure.text.endswith(dating_words("undated")) and "展" not in measure.text:  # 展位总数, 展览面积 are of one fair
        return "", "", None
    text = sentence.text
    goes_on = text[sentence.start - 1 : sentence.start] in _SEMICOLONS
    while last >= 0 and (time := finds.times[last]).start >= sentence.back:
        if time.edtf[:4] == published[:4] and _PLANNED.match(text, time.end):
            break  # what was planned for a time sets none for what is so
        is_aside = _is_aside if goes_on else _is_last_aside
        if _sets_the_time(text, time, published) and not _of_a_part(text, time, sentence.start) and not is_aside(sentence, last, published) and not is_against(text, time, quantity):
            if published and (time.edtf.endswith("/..") or holds_on(text, time)):
                if goes_on and text.find("。", time.end, sentence.start) < 0:  # 自2015年以来进口2亿元；出口3亿元
                    return time.edtf.removesuffix("/..") + "/..", time.text, (time.start, time.end)
                break
            if last and len(time.edtf) == 4 and names_by_year(finds.times[last - 1], time, text):
                time = finds.times[last - 1]
            if (len(time.edtf) > 5 and _long_since(sentence, time, quantity, published)) or (reached and _came_from(sentence, time)):
                break
            said = time.edtf, time.text, (time.start, time.end)
            return quarter_told(sentence, said) if time.text in THIS_QUARTER else said
        last -= 1
    return (_reported(sentence, measure.text) if published else None) or (_unsaid(published), "", None)


_LATELY = re.compile("近[日期]|近些?年来?|近几年来?|多年来|几年来|日前|最近(?!的)|不久前|昨[天日晚]|今[天日晚](?<!像今天)")


def _long_since(sentence: Sentence, time: Time, quantity: Quantity, published: str) -> bool:
    """2017年7月启动。…,累计筹资2亿元: what has come together since a month or a day gone is not of then."""
    text, start = sentence.text, sentence.start
    if "/" in time.edtf or "~" in time.edtf or time.edtf[:7] == published[:7] or text.find("累计", start, quantity.start) < 0:
        return False
    return not text.endswith(_UNTIL, 0, time.start) and text.find("。", time.end, start) >= 0


def _came_from(sentence: Sentence, time: Time) -> bool:
    """2019年出口3亿元。由2019年的3亿元增至5亿元: what it reached is not of the year it came from."""
    return any(t.edtf == time.edtf and sentence.text[t.start - 1] in _FROM for t in sentence.times)


_UNTIL = ("截至", "截止", "截至到", "至")


def _sets_the_time(text: str, time: Time, published: str) -> bool:
    """Whether a time of the paragraph holds on: not what is to come, what it came from (由2019年的) or went back to, 年底前."""
    start, edtf = time.start, time.edtf
    if (published and edtf[:4] > published[:4]) or edtf[:2] == ".." or time.text[-2:] in SAME:
        return False
    if "X" in edtf or time.rule == FIVE_YEAR_PLAN or of_title(text, time):  # 上世纪90年代，…: nothing further on is of those years
        return False
    came_from = text[start - 1 : start] in _FROM and text.startswith("的", time.end)
    if text.endswith(BACK_TO, 0, start) or (came_from and not _SEEN_FROM.match(text, time.end)):
        return False
    return not _TO_COME.search(text, max(0, start - 8), start)


def _of_a_part(text: str, time: Time, start: int) -> bool:
    """上半年产值3亿元。分季度看，二季度产值2亿元。其中粮食产值1亿元: what a sentence takes apart is whole again behind it."""
    if text.find("。", time.end, start) < 0:
        return False
    floor = max(0, time.start - _LONGEST_SENTENCE)
    return _TAKEN_APART.match(text, max(text.rfind("。", floor, time.start), text.rfind("\n", floor, time.start)) + 1) is not None


_LONGEST_SENTENCE = 200
_TAKEN_APART = re.compile("(?:从)?(?:分季度|分月份?|分月度|逐季|逐月|季度|月度|环比)(?:走势|情况|数据)?来?看")
_IN_REPORT = re.compile("报告期(?!末)内?|[年财季中]报(?:数据)?(?:还|也)?显示|业绩(?:报告|公告)?显示")
# a headline that tells the results of 2019 has their year for each of them: 净利润, 毛利率增速
_OF_RESULTS = re.compile("(?:营业?收入?|净利润?|利润|毛利率?|亏损|不良贷款率|拨备覆盖率|净息差|(?:利润|收入)规模)(?:(?:同比)?(?:增速|增幅|[升降]幅))?$")
_GROWS = re.compile(r"增[长速幅加]|下[降滑]|减少|同比|份额|占比")


def _reported(sentence: Sentence, measure: str) -> When | None:
    """上半年,全省工业增长5%。 New paragraph: 夏粮产量增长2%: a report tells of one period to its end."""
    finds, text, start = sentence.finds, sentence.text, sentence.start
    of_results, of_statistics = finds.results_period, finds.statistics_period  # known for the whole article, so asked first
    if of_results is not None and of_results.start < start and (_IN_REPORT.search(text, start, sentence.end) or (_OF_RESULTS.search(measure) and "\n" not in text[: of_results.start])):
        return of_results.edtf, of_results.text, (of_results.start, of_results.end)
    if of_statistics is None or of_statistics.start >= start:
        return None
    if sentence.actors or (finds.gatherings and sentence.gathers) or not _GROWS.search(text, start, sentence.end):
        return None
    return of_statistics.edtf, of_statistics.text, (of_statistics.start, of_statistics.end)


_FROM, _SEEN_FROM = frozenset("由从"), re.compile("的[^，,。]{1,8}看[，,]")  # 从1-8月的数据看，…
_SEMICOLONS = frozenset("；;")


def _is_aside(sentence: Sentence, n: int, published: str) -> bool:
    """Whether the n-th time, before a semicolon, is of a year gone that is set beside this one: 上半年收入5亿元,2019年同期为4亿元;利润1亿元."""
    text = sentence.text
    if not n or not published:
        return False
    times = sentence.finds.times
    if times[n].edtf[:4] >= published[:4] or not times[n - 1].edtf.startswith(published[:4]) or "。" in text[times[n - 1].end : sentence.start]:
        return False
    return len(sentence.finds.quantities.within(times[n - 1].end, times[n].start)) > 0  # 3月31日披露年报，2023年收入5亿元；利润1亿元


def _is_last_aside(sentence: Sentence, n: int, published: str) -> bool:
    """去年亏损5亿元，2016年为3亿元。每股亏损1元: the n-th time, which closes its sentence behind another amount, is only set beside.

    A row that goes forward tells of its last year to the end: 2016年为3亿元，2017年为5亿元。每股盈利1元.
    """
    finds, text = sentence.finds, sentence.text
    time = finds.times[n]
    if text[time.start - 1] not in _PARTED or _IS_BESIDE.match(text, time.end) is None or time.edtf[:4] >= published[:4]:
        return False
    if text[time.start - 1] not in _BRACKETS and not (n and time.edtf[:4] < finds.times[n - 1].edtf[:4] and finds.times[n - 1].start >= sentence.back):
        return False
    before = finds.quantities.before(time.start) - 1
    return before >= 0 and text.find("。", finds.quantities[before].end, time.start) < 0


_IS_BESIDE, _PARTED, _BRACKETS = re.compile("(?:同期|全年)?[则仅只]?[为是]"), frozenset("，,；;（("), frozenset("（(")
# 交易将在明年一季度完成, 增速高于深圳今年一季度: what follows is not of then
# Each word an alternative, so that the search can skip to where one may begin.
_TO_COME = re.compile("|".join([f"{word}[^，,。]{{0,4}}$" for word in ("将", "预计", "计划", "拟", "有望", "力争", "争取")] + [f"{word}[^，,。]{{0,6}}$" for word in ("高于", "低于", "快于", "慢于", "超过")]))
_PLANNED = re.compile("[，,]?[^，,。；;]{0,3}(?:计划|将|拟|预计|力争|争取|确保)")  # 2018年，计划扩大规模


THIS_QUARTER = frozenset(("本季度", "本季", "当季"))
QUARTER = re.compile(r"(\d{4})-(?:01/(?:\1)-03|04/(?:\1)-06|07/(?:\1)-09|10/(?:\1)-12)")


def quarter_told(sentence: Sentence, found: When) -> When:
    """2025年第三季度收入3亿元。…,本季度毛利2亿元: the quarter the paragraph tells of, not the one that runs."""
    at = found[2][0] if found[2] else sentence.start
    for time in reversed(sentence.finds.times.within(sentence.back, at)):
        if QUARTER.fullmatch(time.edtf) and time.text[0] not in "上去下明前本当" and sentence.text[time.start - 1] not in "上下":
            return time.edtf, found[1], found[2]
    return found


def _unsaid(published: str) -> str:
    """The month of publication, marked as our inference: nothing in the article dates the amount."""
    return published[:7].rstrip("?~") + "?" if published else ""
