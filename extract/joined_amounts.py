"""Numerals that make one amount together: 3-5万家, 三分之二, 1/8, 三、四百家, 1.1和0.6个百分点.

Knows ranges, fractions and units shared by two numbers. Leaves out a numeral alone (`amount_parts.py`).
"""

from __future__ import annotations

import re

from extract.amount_parts import Amount, multiplied, numeral_pattern, set_apart, with_tail, without_unit_head
from extract.mentions import Bound
from extract.numerals import Number, Numeral, quotient, read_numeral
from extract.time_patterns import DAY_TOLD, SIMPLE_FRACTION
from extract.units import FRACTION, PERCENT, PERMILLE, unit_at

_RANGE = re.compile(
    r"[ ]?(?:[（(]含[）)])?[ ]?(?:[-‐–—―－−~～〜]{1,2}|(至|到))[ ]?(?:百分之|千分之|人民币|US\$|HK\$|[$¥￥€£])?(-(?=[0-9]))?"
)
SLASH = re.compile(r"[/／]([0-9]{1,4})(?![0-9/／年月日号.]|榨季|赛季|制糖年|产季|财年|学年)")
# 3.0级到3.9级地震: the same grade twice, before what is graded so
SCALE = re.compile("级(?:[至到]|[-—–~～]{1,2})([0-9]{1,2}(?:[.][0-9])?)(?=级)")
_DAY_BEHIND = re.compile(f"起|[（(](?:周|星期|礼拜)?[一二三四五六日天][）)]|(?<![1-4]/[2-5]){DAY_TOLD}|[-~～][0-9]{{1,2}}/[0-9]")
_PART_OF_IT = re.compile(f"{SIMPLE_FRACTION}|[0-9/]{{3,5}}(?:的|以上|左右)")
_SINCE = frozenset("从自由")
_RISING = re.compile("[从由自][^，,。；;]{0,5}$")  # 从原来的3级到5级
_TENS = (1, 10, 100, 1000, 10**4, 10**8)
_LONE_ONE = re.compile("[一零〇]")
_FRACTION_HEADS = frozenset("的约占近超过足到之是为")  # 占全国的1/20; elsewhere 6/18 is a day


def fraction_at(text: str, start: int, end: int, words: str) -> Amount | None:
    """三分之二 is 2/3 without unit; 百分之 and 千分之 give % and ‰."""
    below = read_numeral(words)
    at = end + 2
    while at < end + 4 and text[at : at + 1] in (" ", "负", "-"):  # 百分之 30, 百分之负五
        at += 1
    above_match = numeral_pattern().match(text, at) or _LONE_ONE.match(text, at)
    if below is None or not isinstance(below.value, int) or below.value < 2 or above_match is None:
        return None
    above = read_numeral(above_match[0])
    if above is None:
        return None
    if text[at - 1] in "负-" and above.value is not None:
        above = above._replace(value=-above.value)
    unit = {"百": PERCENT, "千": PERMILLE}.get(words, FRACTION)
    if unit is FRACTION:
        above = multiplied(above, 1, below.value)
    elif above_match[0] == "百":  # 百分之百
        above = above._replace(bound="exact")
    amount = Amount(start, above_match.end(), start, words, True, above, unit, unit.rule)
    return ranged(text, amount)


def slashed(text: str, start: int, slash: re.Match[str], words: str) -> Amount | None:
    """1/8 as in 占全国的1/8: a numerator below its denominator, and no calendar day (6/18)."""
    below = int(slash[1])
    if not words.isdecimal() or len(words) > 3 or not 0 < int(words) < below:
        return None
    if (below > 10 and text[start - 1 : start] not in _FRACTION_HEADS) or (below > 100 and words != "1"):
        return None
    if _DAY_BEHIND.match(text, slash.end()) and (text[slash.end()] != "起" or text[start - 1 : start] in _SINCE):
        return None  # 从7/8起, 8/9（周五）, 7/8登场, 7/8-7/10
    if text.endswith("年", 0, start) and not _PART_OF_IT.match(text, start):
        return None  # 今年7/8, but 今年1/3的订单
    numeral = Numeral(quotient(int(words), below), None, None, "exact", 1)
    unit, end = unit_at(text, slash.end()), slash.end()
    if unit is None or unit.kind != "measures":
        return Amount(start, end, start, words, False, numeral, FRACTION, FRACTION.rule)
    return Amount(start, end + len(unit.word), start, words, False, numeral, unit, unit.rule)  # 1/4盎司


def scaled(text: str, start: int, scale: re.Match[str], words: str) -> Amount | None:
    """3.0级到3.9级地震, 6级至8级大风 as one range; 由3级到5级 and 从2级到4级 rise, and 9级到6级 is none."""
    unit, low, high = unit_at(text, scale.end()), read_numeral(words), read_numeral(scale[1])
    if unit is None or unit.word != "级" or low is None or high is None or low.value is None or high.value is None:
        return None
    if low.value >= high.value or text[start - 1 : start] in _SINCE or _RISING.search(text, max(0, start - 6), start):
        return None
    numeral = Numeral(None, low.value, high.value, "exact", 1)
    return Amount(start, scale.end() + 1, start, words, False, numeral, unit, "range")


def ranged(text: str, first: Amount) -> Amount | None:
    """3-5万家 and 70亿元-90亿元 as one amount; None for 3-5年 and 0571-88886666; `first` where no range begins."""
    separator = _RANGE.match(text, first.end)
    if separator is None:
        return first
    match = numeral_pattern().match(text, separator.end()) or _LONE_ONE.match(text, separator.end())
    if match is None or match.lastgroup not in ("arabic", "chinese"):
        return first
    apart = set_apart(text, match.start()) if text[match.end() : match.end() + 1] in (" ", "\u00a0") else None
    whole = apart or match
    words, end = without_unit_head(text, whole[0], whole.end(), match.lastgroup == "chinese")
    blank = 1 if text[end : end + 1] in (" ", "\u00a0") else 0
    unit = unit_at(text, end + blank)
    if unit is not None and unit.kind == "never":
        return first if first.unit is not None else None
    numeral = read_numeral(words)
    if numeral is None or numeral.value is None or first.numeral.value is None:
        return first
    if separator[2]:  # -5800万元至-5300万元
        numeral = numeral._replace(value=-numeral.value)
    second = Amount(match.start(), end, match.start(), words, first.chinese, numeral, unit, "")
    if unit is not None:
        second = second._replace(end=end + blank + len(unit.word))
        if unit.factor != (1, 1) or unit.word[-1] in "元圆块":
            second = with_tail(text, second)
    return _joined(text, first, second, separator)


def _joined(text: str, first: Amount, second: Amount, separator: re.Match[str]) -> Amount | None:
    """Two amounts as one range, where they are one."""
    low, high = _shared_magnitude(first, second), second.numeral.value
    assert low is not None
    assert high is not None
    own, other = first.unit, second.unit
    dash = separator[1] is None
    if own is None and other is None and first.numeral.power == second.numeral.power == 1:
        if not text.startswith("之间", second.end):  # bare numbers: telephones, scores, models
            return None if dash else first
    elif own is not None and other is not None and own.unit != other.unit:
        return first
    if own is not None and other is None and own.kind == "rates" and second.numeral.power >= 10**4:  # 增加8.2%至4.6亿
        return first
    if own is not None and own.kind == "rates" and not dash and high > 2 * low and _is_reached(text, first, second):
        return first
    if own is None and other is not None and other.factor != (1, 1):  # 七到八成
        low = multiplied(first.numeral, *other.factor).value or low
    from_to = not dash and text[first.start - 1 : first.start] in ("从", "由", "自") if first.start else False
    if not low < high or (from_to and (own is None) == (other is None)):
        return first if own is not None or first.numeral.power > 1 else None
    bound: Bound = second.numeral.bound
    numeral = Numeral(None, low, high, bound, 1)
    return first._replace(end=second.end, numeral=numeral, unit=own or other, rule="range")


def _is_reached(text: str, first: Amount, second: Amount) -> bool:
    """Whether the second rate is the level which the first led to: 良品率提升3.4%至81.5%, but 提升3%至8%不等."""
    return not text.startswith("不等", second.end) and _RATE_RISES.search(text, max(0, first.start - 20), first.start) is not None


_RATE_RISES = re.compile("(?:^|[，,。；;\n])[^，,。；;\n可能约将预望每]{0,12}率(?:同比|环比)?[提上升高增涨下降滑回落扩]{2}了?$")


def _shared_magnitude(first: Amount, second: Amount) -> Number | None:
    """3-5万: the first number takes the magnitude of the second where it is smaller than the second without it."""
    low, high, power = first.numeral.value, second.numeral.value, second.numeral.power
    if low is None or high is None or first.unit is not None or power == 1 or first.numeral.power >= power:
        return low
    return multiplied(first.numeral, power).value if low < high / power else low


def sharing_unit(text: str, amount: Amount) -> Amount:
    """提升1.1和0.6个百分点: a decimal takes the unit of the next number. 三、四百家 is 300 to 400."""
    match = numeral_pattern().match(text, amount.end + 1)
    if match is None or match.lastgroup not in ("arabic", "chinese"):
        return amount
    if text[amount.end] == "又":
        return _mixed_fraction(text, amount, match)
    unit, second = unit_at(text, match.end()), read_numeral(match[0])
    if unit is None and "." in match[0] and text[match.end() : match.end() + 1] in _ROW:  # 1.35、2.4和0.8个百分点
        third = numeral_pattern().match(text, match.end() + 1)
        unit = unit_at(text, third.end()) if third is not None and "." in third[0] else None
    if unit is None or unit.kind == "never" or second is None or second.value is None or amount.numeral.value is None:
        return amount
    value, numeral = amount.numeral.value, amount.numeral
    if isinstance(value, float) and not amount.chinese and unit.kind != "counts":
        if second.power > 1 and numeral.power == 1:  # 3.5和2.1亿元
            numeral = multiplied(numeral, second.power)._replace(power=second.power)
        return amount._replace(numeral=numeral, unit=unit, rule="shared unit")
    power = quotient(int(second.value), value + 1) if isinstance(value, int) else 0
    if value == 3 and power not in _TENS and second.value % 5 == 0:  # 三、五千元
        power = quotient(int(second.value), 5)
    heading = amount.start == 0 or text[amount.start - 1] in "\n。；;第（("
    if heading or text[amount.end] != "、" or len(amount.words) > 1 or power not in _TENS:
        return amount
    pair = Numeral(None, value * power, int(second.value), "about", 1)
    return amount._replace(end=match.end() + len(unit.word), numeral=pair, unit=unit, rule="range")


_ROW = frozenset("、和与及")


def _mixed_fraction(text: str, whole: Amount, match: re.Match[str]) -> Amount:
    """一又四分之三 is 1.75."""
    part = fraction_at(text, match.start(), match.end(), match[0]) if text.startswith("分之", match.end()) else None
    if part is None or part.numeral.value is None or not isinstance(whole.numeral.value, int):
        return whole
    value = whole.numeral.value + (part.numeral.value if whole.numeral.value >= 0 else -part.numeral.value)
    return whole._replace(end=part.end, numeral=whole.numeral._replace(value=value), unit=FRACTION, rule=FRACTION.rule)
