"""Dates that an amount does not hold for though they stand beside it: 较上年, 由2018年的, 2023年重点项目开工仪式.

Knows what a date is compared with, which other amount it belongs to, and where it is part of a name. Leaves out which
date an amount holds for (`amount_dates.py`).
"""

from __future__ import annotations

import re
from functools import cache

from extract.amount_clause import Measure
from extract.dating_words import TITLE_ENDS
from extract.measure_words import tails_of
from extract.meeting_words import any_meeting
from extract.mentions import Quantity, Time
from extract.sentences import Sentence

_AGAINST = re.compile(r"(?:较|较之|相较于|相比于|比|与|同|相比|相较|接近|相当于|等于|不及|高于|低于|[超高多]出|(?:[创设成建组]立|[始兴修]?建|创[办建]|落成|开业|通车|竣工|诞生|出生|(?<![发产衍派])生)于|(?:到期|回售|兑付|付息|起息|成立|登记|生产|解禁|除权|交割)日期?为?)$")
_OPENS, _POINTS = frozenset(" “\""), frozenset(("个百分点", "个点"))
_BESIDE = frozenset("和跟")  # 和上年同期相比
_AGAINST_ENDS = frozenset("较之比与同近于及为日期出")  # what those end with
# 自2014年开始, 从2015年11月到村里工作以来, 自2012年进入市场后，: it holds from then on.
_FROM_THEN_ON = re.compile("(?:开始|起)|[^，,。；;\n]{1,30}?以来|(?!的)[^，,。；;\n0-9]{1,30}?(?<!前)后(?=[，,])")


def holds_on(text: str, time: Time) -> bool:
    """Whether a date is where a stretch of time begins that goes on, though its own words do not say it (2017年以来 do)."""
    begin = time.start - 1 if text[time.start - 1 : time.start] != " " else time.start - 2  # 自 1997 年进入…后
    return text[begin : begin + 1] in _BEGINS and "/" not in time.edtf and _FROM_THEN_ON.match(text, time.end) is not None


_BEGINS = frozenset("自从")
BACK_TO = ("恢复到", "恢复至", "相当于")
_OF_THEN, _SHARE_OF_THEN = frozenset(("%", "成", "倍")), re.compile(r"(?:恢复[到至]|相当于|回升至|达到|达|是|为)$")  # 恢复到2019年同期的90%
_GOES_ON_WITH = frozenset("的水基新最以来0123456789.一二两三四五六七八九十")
_NOT_COUNTED_THEN = re.compile(r"的?[0-9.一二两三四五六七八九十]{1,6}倍|的?(?:水平|排放)?的?(?:基础|水平)上|(?:以?来)?的?(?:历史)?(?:新[高低]|最[高低](?:值|点|水平|纪录|记录|位)|首[次降升跌])")  # 是2013年春节的6倍, 在2013年的基础上压低20%, 创今年新高


def is_against(text: str, time: Time, quantity: Quantity) -> bool:
    """较上年, 比2024年: what the amount is compared with, 建于1976年, 到期日为2018年3月: what it is not counted by, unless the amount stands right behind (较去年同期的2.8亿元)."""
    start, end = time[0], time[1]
    if text[end : end + 1] in _GOES_ON_WITH and _NOT_COUNTED_THEN.match(text, end):
        return True
    if quantity.unit in _OF_THEN and _is_of_then(text, start, end, quantity):
        return True
    before = text[start - 1 : start]
    if before in _OPENS:  # 较 2017 年, 环比“五一”假期
        start, before = start - 1, text[start - 2 : start - 1]
    if before in _BESIDE:
        return text.startswith(("相比", "比较"), end) or (text.startswith("比", end) and text[end + 1 : end + 2] not in "重例赛值率")
    if before not in _AGAINST_ENDS:
        return False
    if before == "与" and text[start - 2 : start - 1] in _ENDS_OF_TIMES and text.find("分别", end, quantity.start) >= 0:
        return False  # 2018年与2017年产量分别为3万吨和2万吨: a row
    if before == "比" and text.endswith("对比", 0, start) and _HELD.match(text, end, quantity.start):
        return False  # 对比2018年收入约为286亿元,今年…
    if _AGAINST.search(text, max(0, start - 5), start) is None:
        return False
    return text[end : quantity.start].strip() not in _RIGHT_BEFORE or (end == quantity.start and quantity.unit in _POINTS)  # 高于去年同期27个百分点


def _is_of_then(text: str, start: int, end: int, quantity: Quantity) -> bool:
    """恢复到2019年同期的90%, 较扩能改造前的2020年分别增长20%: of what was at the time [start, end)."""
    if text[end : _start_of(quantity)] in ("的", "同期的"):
        if _SHARE_OF_THEN.search(text, max(0, start - 3), start):
            return True
    elif end == quantity.start and text.endswith(BACK_TO, 0, start):
        return True
    return text[start - 1 : start] == "的" and _BESIDE_WHAT.search(text, max(0, start - 14), start) is not None


_RIGHT_BEFORE = ("", "的", "同期的")
_BESIDE_WHAT = re.compile(r"[较比][^，,0-9]{2,10}的$")
_HELD = re.compile(r"[^，,增升涨降减跌多少高低]{1,10}(?:约?[为是]|达)约?(?:人民币)?约?$")


def _start_of(quantity: Quantity) -> int:
    return quantity.qualifier[0] if quantity.qualifier and quantity.qualifier[0] < quantity.start else quantity.start


def is_of_another(sentence: Sentence, time: Time, quantity: Quantity, measure: Measure) -> bool:
    """去年同期盈利9亿元,同比大增95%: the date belongs to the amount before the growth, or before what was expected
    (去年同期3亿元,市场预期4亿元), or from which it came (从去年同期的5%升至8%)."""
    other = next((q for q in sentence.quantities if time.end <= q.start < quantity.start), None)
    if other is None:
        return False
    if measure.rule == "growth" or measure.text.endswith(_EXPECTED) or measure.text.endswith(tails_of("named steps")) or sentence.text[time.start - 1] in "由从自":
        return True
    between = sentence.text[other.end : quantity.start]
    return "同比" in between or "环比" in between


_EXPECTED = ("预期", "预估", "预测", "增速")


def owned_by_other(sentence: Sentence, time: Time, quantity: Quantity) -> bool:
    """Whether the time belongs to another amount right behind it: in 由2018年的2.1亿元增加15%至2019年的2.4亿元 each has its own."""
    if not sentence.text.startswith(_ITS_OWN, time.end):
        if sentence.text[time.start - 1] not in "从由":
            return False
        level = _right_behind(sentence, time, quantity)  # 从2014年不足2000万元快速增至34亿元
        return level is not None and _REACHED.search(sentence.text, level.end, quantity.start) is not None
    return _right_behind(sentence, time, quantity) is not None


def _right_behind(sentence: Sentence, time: Time, quantity: Quantity) -> Quantity | None:
    """The amount that stands right behind the time, ahead of `quantity`."""
    owner = next((q for q in sentence.quantities if q.start >= time.end), None)
    return owner if owner is not None and owner.start <= time.end + 5 and owner.start < quantity.start else None


_ITS_OWN = ("的", "全年的")  # 超过去年全年的61亿元，达65亿元
_REACHED = re.compile("[增升降减扩提变涨跌][^，,。；]{0,3}[至到为]")


def of_title(text: str, time: Time) -> bool:
    """《纲要（2011—2020年）》: the span of a plan is part of its name."""
    return text.startswith(TITLE_ENDS, time.end)


_ENDS_OF_TIMES = frozenset("年月日度末底")


def is_bracketed(text: str, time: Time, start: int, at: int) -> bool:
    """总资产5亿元（2013年底为3亿元），负债2亿元: what brackets say of another date they say to their end. 上周（7月4日至10日）
    only gives the date."""
    opening = max(text.rfind("（", start, time.start), text.rfind("(", start, time.start))
    if opening < 0 or _CLOSING.search(text, opening, time.start) is not None:
        return False
    closing = _CLOSING.search(text, time.end, at)
    return closing is not None and _ONLY_DATED.fullmatch(text[opening + 1 : time.start] + text[time.end : closing.start()]) is None


_CLOSING = re.compile("[）)]")
_ONLY_DATED = re.compile("(?:期间|当[天日]|同期|全年|预计)?|截[至止到]|.{0,6}(?:[，,；;、（(]|记者|通讯员|讯|电).{0,40}")  # （截至6月底）, （本报记者江某1月5日电）


@cache
def _named_by_year() -> re.Pattern[str]:
    return re.compile(rf"(?![全上下一二三四前]|以来|[0-9])[^，,。；;0-9\n]{{1,30}}?(?:{any_meeting('held', 'fairs')})")


def names_by_year(day: Time, year: Time, text: str) -> bool:
    """10月17日,2023年重点项目开工仪式举行: the year belongs to the name of what happened on the day."""
    if len(year.edtf) != 4 or len(day.edtf) < 5 or not day.edtf.startswith(year.edtf):
        return False
    return year.start - day.end < 24 and "。" not in text[day.end : year.start] and _named_by_year().match(text, year.end) is not None
