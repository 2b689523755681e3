"""A numeral in running text with what belongs to it: sign, money before and behind, tenths and cents.

Knows the pattern that proposes numerals, and where one ends (2.3百分点 at 3). Leaves out how a numeral is read
(`numerals.py`) and the words around it (`units.py`).
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import NamedTuple

from extract.numerals import Number, Numeral, quotient, read_numeral
from extract.units import Unit, is_latin, money_before, qualifier_after, unit_at

CHINESE_NUMERALS = "零〇○一二三四五六七八九十百千万亿兆两壹贰叁肆伍陆柒捌玖拾佰仟萬億兩"
_DIGIT = "[0-9０-９]"
# 24万318人, 6万70多户: fewer than four digits behind a magnitude are ones where what is counted follows; not 投5万12个月回本
_REST_IN_ONES = (
    r"(?<=[0-9][万亿萬億])(?<![.．·・‧][0-9].)(?<![.．·・‧][0-9]{2}.)[1-9][0-9]{1,2}"
    "(?=[多余餘]?(?:[人户戶名家位件辆輛只头台套例枚份册座所吨亩株]|[美港欧日韩澳加]?元|个(?![月小工交星半季])|公里|平方))"
)
# 1兆9,153亿元, 14万2,167个: thousands set apart behind a magnitude, as papers in Taiwan write
_COMMA_THOUSANDS = "[1-9],[0-9]{3}"
# What may follow the first digit: thousands (1,100), decimals, magnitudes (25万6千, 1亿2000万, 177.1 亿, 15k, 2个亿),
# and 多, 余, 几 or + (20多亿, 300余, 100+)
_ARABIC = (
    rf"(?:{_DIGIT}{{0,2}}(?>(?:[,，]{_DIGIT}{{3}}){{1,6}})(?!{_DIGIT})|{_DIGIT}*+)(?>(?:[.．·・‧]{_DIGIT}++)?)"  # 7·5% in older papers
    r"(?>(?:[ \u00a0]{0,2}(?:(?>(?:[多余几餘幾]?[十百千万亿兆萬億佰仟拾]{1,4}+){1,2})|个亿|[kKw](?![A-Za-z0-9]))"
    rf"(?>(?:(?:[0-9]{{1,4}}|{_COMMA_THOUSANDS})[千百十]?[多余餘几]?[亿万千百十億萬]{{1,2}}){{0,4}})"
    rf"(?>(?:(?:[0-9]{{4}}|(?<=[万萬]){_COMMA_THOUSANDS})(?:\.[0-9]{{1,4}}+)?(?![0-9年.,:-])|" + _REST_IN_ONES + r")?))?)(?>(?:[ \u00a0]?[多余餘](?![年月天日岁数额款地])|[多余餘几幾来])?)(?>(?:\+(?![0-9]))?)"
)
_CHINESE = (
    rf"[{CHINESE_NUMERALS}0-9多余餘几幾来]{{0,28}}+"
    r"(?>(?:(?:[点點]|(?<=[零〇○0一二三四五六七八九十])[.·・‧])[零〇○0一二三四五六七八九壹贰叁肆伍陆柒捌玖]{1,9}[十百千万亿兆萬億]{0,3}|(?<=[一二三四五六七八九两几数十])个亿)?)"
)
# Clock times and calendar days in digits are stepped over: 20:31:41, 2019-08-01
_CALENDAR = (
    r"[0-9]?:[0-9][0-9](?>(?::[0-9][0-9])?)"
    r"|(?:(?<=1)9|(?<=2)0)[0-9][0-9](?P<dash>[-/.])(?:0?[1-9]|1[0-2])(?P=dash)(?:[0-2]?[0-9]|3[01])(?![0-9])"
)
CHINESE_DIGITS = "一二三四五六七八九"
# The first character decides which way to go; a plain class in front lets the matcher jump from one to the next.
_SCAN = (
    rf"[0-9０-９{CHINESE_NUMERALS}几数幾數上半廿hw](?:"
    rf"(?<={_DIGIT})(?:(?:{_CALENDAR})(?P<skip>)|{_ARABIC}(?P<arabic>))"
    r"|(?:(?<=一)半|(?<=半)数)(?P<half>)"
    r"|(?<=数)以[十百千万亿]{1,3}计(?P<counted>)"
    rf"|(?:(?<=[二三四五六七八九十百千万亿两萬億兩])|(?<=[几数幾數上])(?=[十百千万亿萬億])"
    # 一 alone is mostly an article or a word (一直); it counts before a magnitude, money or a rate
    rf"|(?<=[一零〇])(?=[{CHINESE_NUMERALS}点點又成倍折元块美欧港日英韩澳人新台印卢加泰瑞俄%‰]|分之|个[百基亿]|[.·・‧][零〇0一二三四五六七八九])"
    # 近一吨 and 约一公里 are measured, 一到五家 is a range; 一吨 alone is mostly a unit
    r"|(?<=[近超约逾过足达]一)(?=[吨亩斤升]|公[里斤顷吨]|平方|立方|千米|海里|英里)|(?<=一)(?=[到至][二三四五六七八九十两])"
    rf"|(?<=半)(?=成)|(?<=[壹贰叁肆伍陆柒捌玖拾])(?=[壹贰叁肆伍陆柒捌玖拾佰仟百千万亿萬億零元圆点點])"
    rf"|(?<=拾)(?=[一二三四五六七八九][万亿萬億])|(?<=廿)(?=[一二三四五六七八九余家人名个件])){_CHINESE}(?P<chinese>)"
    r"|(?:(?<=h)ttps?://|(?<=w)ww\.)[!-~]{1,2048}+(?P<address>))"
)
# 2 000人, 1 234 567元: thousands set apart. 5 200元 may be two numbers: one group says it only where it begins with 0.
_SET_APART = re.compile(r"[1-9][0-9]{0,2}(?:(?:[ \u00a0][0-9]{3}){2,5}|[ \u00a0]0[0-9]{2})(?![0-9]|[ \u00a0][0-9])(?:\.[0-9]{1,6})?(?:[ \u00a0]?[百千万亿]{1,2})?[多余]?")
_OTHER_END = re.compile("[ \u00a0]?[-–—~～至到][ \u00a0]?[1-9][0-9]{0,2}(?:[ \u00a0][0-9]{3}){1,5}(?![0-9 \u00a0])[\u3400-\u9fff]")
RANGE_SIGNS = frozenset("-‐–—―－−~～〜至到（(")
_WORTH = re.compile("元(?:以[上下]的?)?(?:重大|重点|工业|产业|制造业|优质|招商|签约|开工|新|大)*(?:级|项目|企业|产业|村|镇|县|园区|单品|品牌|集群)")
_ENGLISH = re.compile(r" ?(thousand|million|billion|trillion|mn|bn)\b")
_ENGLISH_POWER = {"thousand": 10**3, "million": 10**6, "mn": 10**6, "billion": 10**9, "bn": 10**9, "trillion": 10**12}
_END = r"(?=$|[，。、；,;.\n）)的以左上下到至~～—-])"
_CENTS = re.compile(
    rf"(?P<zero>零?)(?P<first>[0-9]{{1,2}}|[{CHINESE_DIGITS}两])"
    rf"(?:(?P<tenths>[角毛毫])(?:(?P<last>[0-9{CHINESE_DIGITS}])(?:分|{_END}))?|(?P<hundredths>分)|{_END})钱?"
)
# 七成三在网上成交; 七成三线城市 is none.
_TENTH = re.compile(rf"半|[{CHINESE_DIGITS}1-9](?:分钱?|{_END})|[{CHINESE_DIGITS}](?=[在是为被受有认表都均来由属已选仍会不未没及和与、])")
# 三斤半, 两倍半; 一吨半成品, 两米半径 are none.
_AND_A_HALF = re.compile("半(?![成导年数价径个途夜天月山岛挂截球场身自路边])")
STOPS = frozenset("。，、；：！？）)」』”’》】…\n,;:!?.()（“「『《【 的—·/")
_SIGNED = frozenset(["", *"为是至到约达率润额和（(：:，、| \n"])  # before -5800万元; elsewhere, before a whole number, a dash
_DEGREES = frozenset({"℃", "°C", "度", "摄氏度"})  # 零下10℃
_BEARING = frozenset("背身肩担抱胜欺自减")  # 背负30万元债务


class Amount(NamedTuple):
    """A numeral with its unit at a spot, before it is decided whether it is an amount and how exact."""

    start: int
    end: int
    outer: int  # where a qualifier before it ends: before 人民币 of 人民币4.68亿元
    words: str  # the numeral as written
    chinese: bool  # written in Chinese characters
    numeral: Numeral
    unit: Unit | None
    rule: str


@cache
def numeral_pattern() -> re.Pattern[str]:
    return re.compile(_SCAN)


def set_apart(text: str, start: int) -> re.Match[str] | None:
    """The whole of 2 000 or 1 234 567 before a unit; None for numbers in a row (100 2 000, 400 820 123)."""
    apart = _SET_APART.match(text, start)
    if apart is None or (start > 1 and text[start - 1] in " \u00a0" and text[start - 2].isdecimal()):
        return None
    end = apart.end()
    unit = unit_at(text, end + (text[end : end + 1] in (" ", "\u00a0")))
    if unit is None:  # 2 000-3 000人: with the unit of the other end
        return apart if _OTHER_END.match(text, end) is not None else None
    return apart if unit.kind != "never" else None


def without_unit_head(text: str, words: str, end: int, chinese: bool) -> tuple[str, int]:
    """1.2亿千瓦时 ends at 亿, 2.3百分点 at 3, 三百来自各地 at 百: the last character begins the next word."""
    after = text[end : end + 1]
    match words[-1]:
        case "亿" if words.endswith("个亿"):  # 15个|亿元项目
            return (words[:-2], end - 2) if not chinese and _WORTH.match(text, end) else (words, end)
        case "来":
            cut = unit_at(text, end) is None
        case "百":
            cut = not chinese and text.startswith("分点", end)
        case "千" | "兆":
            unit_follows = (after != "" and after in "瓦米克伏帕卡赫安") or (words[-1] == "兆" and text.startswith(("字节", "比特"), end))
            cut = unit_follows and (not chinese or words[-2:-1] in ("十", "百", "千", "万", "亿") or words[-1] == "兆")
        case "两" | "兩":  # 三百万|两: no numeral ends in it
            cut = words[:-1] not in ("一", "三")  # 一两句, 三两个
        case _:
            cut = False
    return (words[:-1], end - 1) if cut and len(words) > 1 else (words, end)


def with_head(text: str, amount: Amount) -> Amount:
    """The minus and the money before a number: -37.63美元, 负10000, US$5 million, 人民币50亿."""
    start, end, unit, numeral = amount.start, amount.end, amount.unit, amount.numeral
    sign = text[start - 1]
    at = start - 2 if sign == " " and start > 1 else start - 1
    if text[at] == "下" and unit is not None and unit.word in _DEGREES and numeral.value is not None and text[at - 1 : at] == "零":
        return amount._replace(start=at - 1, outer=at - 1, numeral=numeral._replace(value=-numeral.value))
    if text[at] in "负負" and numeral.value is not None and (not at or text[at - 1] not in _BEARING):
        return amount._replace(start=at, outer=at, numeral=numeral._replace(value=-numeral.value))
    if sign in "-−－—" and numeral.value is not None:
        left = text[start - 2 : start - 1] if start > 1 else ""
        negative = isinstance(numeral.value, float) or left in _SIGNED or (unit is not None and unit.kind == "rates")
        if sign == "—" and (left not in _SIGNED or left == ""):  # 涨幅为—0.4%
            return amount
        if negative and not is_latin(left) and left not in ("%", "元", "万", "亿", "-", "月", "日", "年", ")"):
            return amount._replace(start=start - 1, outer=start - 1, numeral=numeral._replace(value=-numeral.value))
    outer, code = money_before(text, start)
    if not code:
        return amount
    english = _ENGLISH.match(text, end) if unit is None else None
    if english and numeral.value is not None:
        numeral, end = numeral._replace(value=numeral.value * _ENGLISH_POWER[english[1]]), english.end()
    if text[at] == "下":
        return amount
    if unit is None:  # the money before is the unit: it belongs to the text
        unit = Unit(code, code, "money", f"money:{code}")
        return amount._replace(start=outer, end=end, outer=outer, numeral=numeral, unit=unit, rule=unit.rule)
    if unit.word in ("元", "圆", "块"):  # 港币两千元
        unit = replace(unit, unit=code, kind="money", rule=f"money:{code}")
    return amount._replace(outer=outer, unit=unit, rule=unit.rule)


def with_tail(text: str, amount: Amount) -> Amount:
    """Tenths as per cent (三成半, 七折) and what follows whole yuan (五元六角, 三块零四)."""
    unit, numeral, end = amount.unit, amount.numeral, amount.end
    assert unit is not None
    if unit.kind == "measures" or unit.unit == "倍":
        half = _AND_A_HALF.match(text, end) if isinstance(numeral.value, int) and numeral.power == 1 else None
        return amount._replace(end=half.end(), numeral=numeral._replace(value=numeral.value + 0.5)) if half and numeral.value else amount
    if unit.factor != (1, 1):
        more = _TENTH.match(text, end) if unit.word in ("成", "毛", "角") and isinstance(numeral.value, int) else None
        if more is not None and numeral.value is not None:  # 三成半, 七成六, 两毛五
            digit = more[0][0]
            tenths = 5 if digit == "半" else int(digit) if digit.isdecimal() else CHINESE_DIGITS.index(digit) + 1
            numeral, end = numeral._replace(value=numeral.value + tenths / 10), more.end()
        numerator, denominator = unit.factor
        if unit.word == "折" and numeral.value is not None and numeral.value > 10:  # 75折
            numerator = 1
        return amount._replace(end=end, numeral=multiplied(numeral, numerator, denominator))
    if unit.word == "块" and unit.kind != "money":
        if not _is_yuan(text, end, numeral) or _PIECES.search(text, max(0, amount.start - 8), amount.start):
            return amount
        unit = replace(unit, unit="CNY", kind="money", rule="money:CNY")
        amount = amount._replace(unit=unit, rule=unit.rule)
    cents = _CENTS.match(text, end) if isinstance(numeral.value, int) and unit.word[-1] in "元圆块" else None
    if cents is None or (unit.word != "块" and not (cents["tenths"] or cents["hundredths"])):
        return amount
    first = read_numeral(cents["first"])
    assert first is not None
    assert first.value is not None
    whole, hundredths = numeral.value or 0, first.value * (1 if cents["hundredths"] or (cents["zero"] and not cents["tenths"]) else 10)
    if cents["last"]:
        hundredths += (read_numeral(cents["last"]) or numeral).value or 0
    value = quotient(int(whole * 100 + hundredths), 100)
    return amount._replace(end=cents.end(), numeral=numeral._replace(value=value))


_PIECES = re.compile("(?:电路|芯片|面板|电池|晶圆|[屏砖]|产量|产能|销量|出口量?|进口量?)(?:约|超过?|近|达到?|为|了)?$")  # 集成电路产量1074亿块


def _is_yuan(text: str, end: int, numeral: Numeral) -> bool:
    """五块六, 3块以上, 二十块。 are money; 两块地, 到一块, are not."""
    if _CENTS.match(text, end) or end == len(text) or (numeral.value != 1 and text[end] in RANGE_SIGNS):
        return True
    return numeral.value not in (1, 2) and (text[end] in STOPS or qualifier_after(text, end, True) is not None)


def multiplied(numeral: Numeral, numerator: int, denominator: int = 1) -> Numeral:
    """The numeral times a fraction; 2.5 by 10 is 25 and 6.4 by 10 is 64, without the noise of floats."""

    def scale(value: Number | None) -> Number | None:
        if value is None:
            return None
        if isinstance(value, int):
            return quotient(value * numerator, denominator)
        scaled = float(f"{value * numerator / denominator:.12g}")
        return int(scaled) if scaled.is_integer() else scaled

    return numeral._replace(value=scale(numeral.value), low=scale(numeral.low), high=scale(numeral.high))
