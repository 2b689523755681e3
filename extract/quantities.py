"""Amounts: number, unit and how exact, from running text and from what people write in YAML.

Knows where a numeral begins, ranges (3-5万家), fractions, money before and behind the number, and how to tell an
amount from a name, an ordinal, an article (一家). Numerals: extract/numerals.py; the words around them: extract/units.py.
Leaves out what is counted, by whom and when (extract/figures.py).

One regular expression proposes numerals, a plain character class first; all the rest is looked up at the spot.
Every repeat is bounded, possessive or atomic, so that no text costs more than a constant per character. Groups are atomic
and never possessive: before 3.11.5 Python matches possessive groups wrongly (gh-106052).
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from extract.mentions import Bound, Quantity, make
from extract.numerals import Number, Numeral, quotient, read_numeral
from extract.script import simplify
from extract.units import (
    FRACTION,
    PERCENT,
    PERMILLE,
    Unit,
    has_head,
    in_phrase,
    is_latin,
    money_before,
    qualifier_after,
    qualifier_before,
    unit_at,
)

_CN = "零〇○一二三四五六七八九十百千万亿兆两壹贰叁肆伍陆柒捌玖拾佰仟萬億兩"
_DIGIT = "[0-9０-９]"
# What may follow the first digit: thousands (1,100), decimals, magnitudes (25万6千, 1亿2000万, 177.1 亿, 15k, 2个亿),
# and 多, 余, 几 or + (20多亿, 300余, 100+)
_ARABIC = (
    rf"(?:{_DIGIT}{{0,2}}(?>(?:[,，]{_DIGIT}{{3}}){{1,6}})(?!{_DIGIT})|{_DIGIT}*+)(?>(?:[.．·]{_DIGIT}++)?)"  # 7·5% in older papers
    r"(?>(?:[ \u00a0]{0,2}(?:(?>(?:[多余几餘幾]?[十百千万亿兆萬億佰仟拾]{1,4}+){1,2})|个亿|[kKw](?![A-Za-z0-9]))"
    r"(?>(?:[0-9]{1,4}[千百十]?[多余餘几]?[亿万千百十億萬]{1,2}){0,4})(?>(?:[0-9]{4}(?![0-9年.,:-]))?))?)(?>(?:[ \u00a0]?[多余餘](?![年月天日岁数额款地])|[多余餘几幾来])?)(?>(?:\+(?![0-9]))?)"
)
_CHINESE = (
    rf"[{_CN}0-9多余餘几幾来]{{0,20}}+"
    r"(?>(?:[点點][零〇○一二三四五六七八九壹贰叁肆伍陆柒捌玖]{1,9}[十百千万亿兆萬億]{0,3}|(?<=[一二三四五六七八九两几数十])个亿)?)"
)
# Clock times and calendar days in digits are stepped over: 20:31:41, 2019-08-01
_CALENDAR = (
    r"[0-9]?:[0-9][0-9](?>(?::[0-9][0-9])?)"
    r"|(?:(?<=1)9|(?<=2)0)[0-9][0-9](?P<dash>[-/.])(?:0?[1-9]|1[0-2])(?P=dash)(?:[0-2]?[0-9]|3[01])(?![0-9])"
)
_DIGITS_CN = "一二三四五六七八九"
# The first character decides which way to go; a plain class in front lets the matcher jump from one to the next.
_SCAN = (
    rf"[0-9０-９{_CN}几数幾數上半廿hw](?:"
    rf"(?<={_DIGIT})(?:(?:{_CALENDAR})(?P<skip>)|{_ARABIC}(?P<arabic>))"
    r"|(?:(?<=一)半|(?<=半)数)(?P<half>)"
    r"|(?<=数)以[十百千万亿]{1,3}计(?P<counted>)"
    rf"|(?:(?<=[二三四五六七八九十百千万亿两萬億兩])|(?<=[几数幾數上])(?=[十百千万亿萬億])"
    # 一 alone is mostly an article or a word (一直); it counts before a magnitude, money or a rate
    rf"|(?<=[一零〇])(?=[{_CN}点點又成倍折元块美欧港日英韩澳人新台印卢加泰瑞俄%‰]|分之|个[百基亿])"
    rf"|(?<=半)(?=成)|(?<=[壹贰叁肆伍陆柒捌玖拾])(?=[壹贰叁肆伍陆柒捌玖拾佰仟百千万亿萬億零元圆点點])"
    rf"|(?<=拾)(?=[一二三四五六七八九][万亿萬億])|(?<=廿)(?=[一二三四五六七八九余家人名个件])){_CHINESE}(?P<chinese>)"
    r"|(?:(?<=h)ttps?://|(?<=w)ww\.)[!-~]{1,2048}+(?P<address>))"
)
_RANGE_SIGNS = frozenset("-‐–—―－−~～〜至到（(")
_RANGE = re.compile(
    r"[ ]?(?:[（(]含[）)])?[ ]?(?:[-‐–—―－−~～〜]{1,2}|(至|到))[ ]?(?:百分之|千分之|人民币|US\$|HK\$|[$¥￥€£])?(-(?=[0-9]))?"
)
_WORTH = re.compile("元(?:以[上下]的?)?(?:重大|重点|工业|产业|制造业|优质|招商|签约|开工|新|大)*(?:级|项目|企业|产业|村|镇|县|园区|单品|品牌|集群)")
_SLASH = re.compile(r"[/／]([0-9]{1,4})(?![0-9/／年月日号.])")
_ENGLISH = re.compile(r" ?(thousand|million|billion|trillion|mn|bn)\b")
_ENGLISH_POWER = {"thousand": 10**3, "million": 10**6, "mn": 10**6, "billion": 10**9, "bn": 10**9, "trillion": 10**12}
_END = r"(?=$|[，。、；,;.\n）)的以左上下到至~～—-])"
_CENTS = re.compile(
    rf"(?P<zero>零?)(?P<first>[0-9]{{1,2}}|[{_DIGITS_CN}两])"
    rf"(?:(?P<tenths>[角毛毫])(?:(?P<last>[0-9{_DIGITS_CN}])(?:分|{_END}))?|(?P<hundredths>分)|{_END})钱?"
)
_TENTH = re.compile(rf"半|[{_DIGITS_CN}1-9]{_END}")
_DIGIT_PAIR = re.compile("一一|一[三四五六七八九]|(.)\\1|[二三四五六七八九]一")
_LONE_ONE = re.compile("[一零〇]")
_HAN = re.compile(r"[\u3400-\u9fff]{1,12}")
_COUNTDOWN = re.compile(f"[{_DIGITS_CN}]{{3,}}")  # 五四三二一
_NUMBERS_ONLY = re.compile(rf"[{_CN}0-9０-９.,，。、;； 点點负負多余\-]{{1,200}}")

_MAGNITUDES = frozenset("百千万亿")
_MANY = frozenset({"万万", "千百", "百千", "万千"})  # 感慨万千
_LONG = frozenset({"小时", "个小时", "分钟"})  # 3小时 is a duration, 服务20万小时 an amount
_STOPS = frozenset("。，、；：！？）)」』”’》】…\n,;:!?.()（“「『《【 的—·/")
_COUNTED = re.compile("(?:[数量额值][是为有达共]?|[达至到超逾近约增共计])$")  # before a bare number: 总户数1581
_TAILS = frozenset("零〇一二三四五六七八九十百千万亿")  # no number begins inside another
_SERIAL = frozenset("周初其之老独双")  # 周三家电, 其二: a single digit after these is a name
_BEFORE_ORDER = frozenset("目此之以日年提面眼当先早生支跟")  # in 目前, 此前 … 前 is part of an adverb: 目前741个
_NOT_UPWARDS = frozenset("以之网线路史身手界场台际本地天海晚早马街船车岸础体历度床桌纸")  # in 网上万家 上 belongs to 网上
_NOT_SEVERAL = frozenset("人户总指次件辆台家倍分基多少无系")  # in 人数百万 数 belongs to 人数
_FRACTION_HEADS = frozenset("的约占近超过足到之是为")  # 占全国的1/20; elsewhere 6/18 is a day
_SIGNED = frozenset(["", *"为是至到约达率润额和（(：:，、| \n"])  # before -5800万元; elsewhere, before a whole number, a dash
_BEARING = frozenset("背身肩担抱胜欺自减")  # 背负30万元债务
_OPENING = frozenset("“\"「『《〈‘'")
_SLOGAN = re.compile("[^”\"」』》〉’'。\\n]{0,12}[”\"」』》〉’']")
# A word of money governs the number when nobody and nothing counted stands between: 贷款客户300万 are no yuan
_MONEY_WORDS = re.compile(
    "(?:投资|融资|垫资|注资|增资|出资|斥资|耗资|募资|集资|筹资|贷款|借贷|借款|放贷|授信|信贷|营收|收入|利润|净利|销售额"
    "|成交额|交易额|市值|估值|资金|债券|亏损|罚款|罚金|补贴|捐赠|捐款|省钱|负债|债务|资产|总值|产值|预算|支出|税收|缴税"
    "|房价|均价|单价|售价|价格|票价|工资|年薪|金额|总额|保费|理赔|赔付|损失|身家|财富|成本|费用|基金|股本|GDP|GMV)"
    "[^户者人家商笔单次数量企票，。；、]{0,8}$"
)
_MONEY_NOUNS = re.compile("的?(?:借贷|贷款|债券|国债|资金|投资|融资|市值|资产|估值|营收|罚单|补贴|债务|授信|大关)")


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



def find_quantities(text: str) -> list[Quantity]:
    """All amounts of `text`, sorted by start, never overlapping. Offsets are code points of `text`.

    Ordinals, dates, durations, names, idioms and 一个 as an article are not among them.
    """
    found: list[Quantity] = []
    reach, ordinal = 0, -2  # the end of what is read; the end of the last ordinal (第二、三名)
    for match in _scan().finditer(text):
        start = match.start()
        if start < reach or match.lastgroup in ("skip", "address"):
            continue
        if start and (text[start - 1] == "第" or (ordinal == start - 1 and text[start - 1] in "、和至到及与或-—~～")):
            ordinal = match.end()
            continue
        amount = _amount_at(text, match)
        if amount is not None and amount.start < reach:  # 20美元|2800万: the money is that of the number before
            amount = amount._replace(start=start, outer=start, unit=None, rule="bare")
        if amount is not None and _is_amount(text, start, amount):
            found.append(_quantity(text, amount))
            reach = amount.end
    return found


def parse_amount(text: str) -> Quantity | None:
    """What a person wrote as an amount: 超过2800万家, 10%–20%, 几十万个; None where it is none.

    Anything in Chinese may follow the number; a unit that units.yaml does not list is kept as written.
    """
    words = simplify(text)
    match = _scan().search(words)
    while match is not None and match.lastgroup in ("skip", "address"):
        match = _scan().search(words, match.end())
    amount = _amount_at(words, match) if match else None
    if amount is None:
        return None
    quantity = _quantity(words, amount)
    left, right = amount.outer, amount.end
    if quantity.qualifier is not None:
        left = min(left, quantity.qualifier[0])
        right = max(right, quantity.qualifier[1])
    rest = words[right:].strip()
    if words[:left].strip() or (rest and (amount.unit is not None or not _HAN.fullmatch(rest))):
        return None
    if rest:
        quantity = quantity._replace(end=right + len(words[right:].rstrip()), unit=rest, rule="unlisted unit")
    return quantity._replace(text=text[quantity.start : quantity.end])


@cache
def _scan() -> re.Pattern[str]:
    return re.compile(_SCAN)


def _amount_at(text: str, match: re.Match[str]) -> Amount | None:
    """The numeral of `match` with its fraction, unit, money or range; None for dates, durations and the like."""
    start, end = match.span()
    words, chinese = match[0], match.lastgroup != "arabic"
    if words[0] in "上数數" and start and text[start - 1] in (_NOT_UPWARDS if words[0] == "上" else _NOT_SEVERAL):
        words, start = words[1:], start + 1  # 网上|百家, 人数|百万
    if match.lastgroup == "half":
        return Amount(start, end, start, words, True, Numeral(0.5, None, None, "exact", 1), FRACTION, "half")
    if match.lastgroup == "counted":  # 数以万计: ten thousand and more
        numeral = read_numeral(f"上{words[2:-1]}")
        return numeral and Amount(start, end, start, words, True, numeral, None, "数以万计")
    character = text[end : end + 1]
    if character in ("分", "/", "／"):
        if text.startswith("分之", end):
            return _fraction(text, start, end, words)
        if character != "分" and not chinese and (slash := _SLASH.match(text, end)):
            return _slashed(text, start, slash, words)
    if words[-1] in "千百兆来" or words[-2:] == "个亿":
        words, end = _without_unit_head(text, words, end, chinese)
    blank = 1 if text[end : end + 1] in (" ", "\u00a0") else 0
    unit = unit_at(text, end + blank)
    if len(words) == 2 and chinese and _DIGIT_PAIR.fullmatch(words) and (unit is None or unit.word != "折"):
        return None  # 唯一一家; but 九五折
    numeral = read_numeral(words)
    if unit is not None and unit.kind == "never":
        if unit.word not in _LONG or numeral is None or numeral.power < 10**4:
            return None
        unit = Unit(unit.word, unit.word, "measures", f"measures:{unit.word}")
    if numeral is None:
        return None
    if unit is not None:
        end += blank + len(unit.word)
    amount = make(Amount, (start, end, start, words, chinese, numeral, unit, unit.rule if unit else "bare"))
    if start and has_head(text[start - 1]):
        amount = _with_head(text, amount)
    unit = amount.unit
    if unit is not None and (unit.factor != (1, 1) or unit.word[-1] in "元圆块"):
        amount = _with_tail(text, amount)
    if end < len(text):
        if text[amount.end : amount.end + 1] in _RANGE_SIGNS or text[amount.end + 1 : amount.end + 2] in _RANGE_SIGNS:
            return _ranged(text, amount)
        if unit is None and text[end] in "、和与及又":
            return _sharing_unit(text, amount)
    return amount


def _without_unit_head(text: str, words: str, end: int, chinese: bool) -> tuple[str, int]:
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
            cut = after != "" and after in "瓦米克伏帕卡赫安" and (not chinese or words[-2:-1] in ("万", "亿"))
        case _:
            cut = False
    return (words[:-1], end - 1) if cut and len(words) > 1 else (words, end)


def _with_head(text: str, amount: Amount) -> Amount:
    """The minus and the money before a number: -37.63美元, 负10000, US$5 million, 人民币50亿."""
    start, end, unit, numeral = amount.start, amount.end, amount.unit, amount.numeral
    sign = text[start - 1]
    at = start - 2 if sign == " " and start > 1 else start - 1
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
    if unit is None:  # the money before is the unit: it belongs to the text
        unit = Unit(code, code, "money", f"money:{code}")
        return amount._replace(start=outer, end=end, outer=outer, numeral=numeral, unit=unit, rule=unit.rule)
    if unit.word in ("元", "圆", "块"):  # 港币两千元
        unit = unit._replace(unit=code, kind="money", rule=f"money:{code}")
    return amount._replace(outer=outer, unit=unit, rule=unit.rule)


def _with_tail(text: str, amount: Amount) -> Amount:
    """Tenths as per cent (三成半, 七折) and what follows whole yuan (五元六角, 三块零四)."""
    unit, numeral, end = amount.unit, amount.numeral, amount.end
    assert unit is not None
    if unit.factor != (1, 1):
        more = _TENTH.match(text, end) if unit.word in ("成", "毛", "角") and isinstance(numeral.value, int) else None
        if more is not None and numeral.value is not None:  # 三成半, 七成六, 两毛五
            tenths = 5 if more[0] == "半" else int(more[0]) if more[0].isdecimal() else _DIGITS_CN.index(more[0]) + 1
            numeral, end = numeral._replace(value=numeral.value + tenths / 10), end + 1
        numerator, denominator = unit.factor
        if unit.word == "折" and numeral.value is not None and numeral.value > 10:  # 75折
            numerator = 1
        return amount._replace(end=end, numeral=_scaled(numeral, numerator, denominator))
    if unit.word == "块" and unit.kind != "money":
        if not _is_yuan(text, end, numeral):
            return amount
        unit = unit._replace(unit="CNY", kind="money", rule="money:CNY")
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


def _is_yuan(text: str, end: int, numeral: Numeral) -> bool:
    """五块六, 3块以上, 二十块。 are money; 两块地, 到一块, are not."""
    if _CENTS.match(text, end) or end == len(text) or (numeral.value != 1 and text[end] in _RANGE_SIGNS):
        return True
    return numeral.value not in (1, 2) and (text[end] in _STOPS or qualifier_after(text, end, True) is not None)


def _scaled(numeral: Numeral, numerator: int, denominator: int = 1) -> Numeral:
    """The numeral times a fraction; 2.5 by 10 is 25 and 6.4 by 10 is 64, without the noise of floats."""

    def scale(value: Number | None) -> Number | None:
        if value is None:
            return None
        if isinstance(value, int):
            return quotient(value * numerator, denominator)
        scaled = float(f"{value * numerator / denominator:.12g}")
        return int(scaled) if scaled.is_integer() else scaled

    return numeral._replace(value=scale(numeral.value), low=scale(numeral.low), high=scale(numeral.high))


def _fraction(text: str, start: int, end: int, words: str) -> Amount | None:
    """三分之二 is 2/3 without unit; 百分之 and 千分之 give % and ‰."""
    below = read_numeral(words)
    at = end + 2
    while at < end + 4 and text[at : at + 1] in (" ", "负", "-"):  # 百分之 30, 百分之负五
        at += 1
    above_match = _scan().match(text, at) or _LONE_ONE.match(text, at)
    if below is None or not isinstance(below.value, int) or below.value < 2 or above_match is None:
        return None
    above = read_numeral(above_match[0])
    if above is None:
        return None
    if text[at - 1] in "负-" and above.value is not None:
        above = above._replace(value=-above.value)
    unit = {"百": PERCENT, "千": PERMILLE}.get(words, FRACTION)
    if unit is FRACTION:
        above = _scaled(above, 1, below.value)
    elif above_match[0] == "百":  # 百分之百
        above = above._replace(bound="exact")
    amount = Amount(start, above_match.end(), start, words, True, above, unit, unit.rule)
    return _ranged(text, amount)


def _slashed(text: str, start: int, slash: re.Match[str], words: str) -> Amount | None:
    """1/8 as in 占全国的1/8: a numerator below its denominator, and no calendar day (6/18)."""
    below = int(slash[1])
    if not words.isdecimal() or len(words) > 3 or not 0 < int(words) < below:
        return None
    if (below > 10 and text[start - 1 : start] not in _FRACTION_HEADS) or (below > 100 and words != "1"):
        return None
    numeral = Numeral(quotient(int(words), below), None, None, "exact", 1)
    unit, end = unit_at(text, slash.end()), slash.end()
    if unit is None or unit.kind != "measures":
        return Amount(start, end, start, words, False, numeral, FRACTION, FRACTION.rule)
    return Amount(start, end + len(unit.word), start, words, False, numeral, unit, unit.rule)  # 1/4盎司


def _ranged(text: str, first: Amount) -> Amount | None:
    """3-5万家 and 70亿元-90亿元 as one amount; None for 3-5年 and 0571-88886666; `first` where no range begins."""
    separator = _RANGE.match(text, first.end)
    if separator is None:
        return first
    match = _scan().match(text, separator.end()) or _LONE_ONE.match(text, separator.end())
    if match is None or match.lastgroup not in ("arabic", "chinese"):
        return first
    words, end = _without_unit_head(text, match[0], match.end(), match.lastgroup == "chinese")
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
            second = _with_tail(text, second)
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
    if own is None and other is not None and other.factor != (1, 1):  # 七到八成
        low = _scaled(first.numeral, *other.factor).value or low
    from_to = not dash and text[first.start - 1 : first.start] in ("从", "由", "自") if first.start else False
    if not low < high or (from_to and (own is None) == (other is None)):
        return first if own is not None or first.numeral.power > 1 else None
    bound: Bound = second.numeral.bound
    numeral = Numeral(None, low, high, bound, 1)
    return first._replace(end=second.end, numeral=numeral, unit=own or other, rule="range")


def _shared_magnitude(first: Amount, second: Amount) -> Number | None:
    """3-5万: the first number takes the magnitude of the second where it is smaller than the second without it."""
    low, high, power = first.numeral.value, second.numeral.value, second.numeral.power
    if low is None or high is None or first.unit is not None or power == 1 or first.numeral.power >= power:
        return low
    return _scaled(first.numeral, power).value if low < high / power else low


def _sharing_unit(text: str, amount: Amount) -> Amount:
    """提升1.1和0.6个百分点: a decimal takes the unit of the next number. 三、四百家 is 300 to 400."""
    match = _scan().match(text, amount.end + 1)
    if match is None or match.lastgroup not in ("arabic", "chinese"):
        return amount
    if text[amount.end] == "又":
        return _mixed_fraction(text, amount, match)
    unit, second = unit_at(text, match.end()), read_numeral(match[0])
    if unit is None or unit.kind == "never" or second is None or second.value is None or amount.numeral.value is None:
        return amount
    value, numeral = amount.numeral.value, amount.numeral
    if isinstance(value, float) and not amount.chinese and unit.kind != "counts":
        if second.power > 1 and numeral.power == 1:  # 3.5和2.1亿元
            numeral = _scaled(numeral, second.power)._replace(power=second.power)
        return amount._replace(numeral=numeral, unit=unit, rule="shared unit")
    power = quotient(int(second.value), value + 1) if isinstance(value, int) else 0
    heading = amount.start == 0 or text[amount.start - 1] in "\n。；;第（("
    if heading or text[amount.end] != "、" or len(amount.words) > 1 or power not in (1, 10, 100, 1000, 10**4, 10**8):
        return amount
    pair = Numeral(None, value * power, int(second.value), "about", 1)
    return amount._replace(end=match.end() + len(unit.word), numeral=pair, unit=unit, rule="range")


def _mixed_fraction(text: str, whole: Amount, match: re.Match[str]) -> Amount:
    """一又四分之三 is 1.75."""
    part = _fraction(text, match.start(), match.end(), match[0]) if text.startswith("分之", match.end()) else None
    if part is None or part.numeral.value is None or not isinstance(whole.numeral.value, int):
        return whole
    value = whole.numeral.value + part.numeral.value
    return whole._replace(end=part.end, numeral=whole.numeral._replace(value=value), unit=FRACTION, rule=FRACTION.rule)


def _is_amount(text: str, start: int, amount: Amount) -> bool:
    """Whether what was read is an amount, and no name, idiom, tail of an identifier, or article (一家)."""
    before = text[start - 1] if start else ""
    unit = amount.unit
    if amount.chinese:
        if before and (before in _TAILS or (len(amount.words) == 1 and _is_serial(text, start, before))):
            return False
    elif (amount.words[0] == "0" and amount.words[1:2].isdecimal()) or ((before in ("／", "×") or (before.isascii() and before and not before.isspace())) and not _stands_free(text, start, amount)):  # 007号 and the tail of 2 000人 are no amounts
        return False
    if unit is None:
        return (amount.rule == "数以万计" or _is_bare_amount(text, start, amount)) and not in_phrase(text, start)
    if amount.rule == "half":  # 超过半数, 一半以上; but 一半是海水
        return _qualifier_before(text, amount) is not None or qualifier_after(text, amount.end, True) is not None
    if unit.only_after and not text.endswith(unit.only_after, 0, amount.start):
        return False
    if amount.words in _MAGNITUDES and (before in ("每", "成") or text.startswith("级", amount.end)):  # 每万人, 成千次, 千吨级
        return False
    if unit.rule == "fraction" and text.startswith("决赛", amount.end):
        return False
    if unit.word == "度" and amount.chinese and abs(amount.numeral.value or 0) in (*range(11), 100):  # 三度入选
        return False
    if len(amount.words) == 1 and amount.chinese and not unit.small:  # 三方, 两国
        return False
    if unit.kind == "counts" and not _is_count(text, start, amount, unit):
        return False
    return not in_phrase(text, start)


def _is_serial(text: str, start: int, before: str) -> bool:
    """周三, 星期五, 其二, 大半成: what looks like one digit is part of a word."""
    return before in _SERIAL or text.startswith(("星期", "礼拜"), start - 2) or (text[start] == "半" and before in "多大")


def _stands_free(text: str, start: int, amount: Amount) -> bool:
    """No letter, digit or connecting sign before an Arabic number makes it the tail of a name (B2B, 3.2.1, #12)."""
    if amount.outer < start:
        return True  # a sign or the money before it was read
    before, left = text[start - 1], text[start - 2 : start - 1] if start > 1 else ""
    if before.isalpha():
        strong = amount.unit is not None and amount.unit.kind in ("money", "rates")
        return (strong or amount.numeral.power >= 10**4) and not left.isdecimal()
    if before == "×":  # 4×100米接力 is a name, 2×66万千瓦 two of them
        return amount.unit is None or amount.unit.word != "米"
    if before in "_@#=&\\/／" or (before == "." and (not left or left in " -")):
        return False
    return before not in ".,-:+*~'" or not is_latin(left) or before in ",~"


def _is_count(text: str, start: int, amount: Amount, unit: Unit) -> bool:
    """Whether a number with a classifier counts something: three houses, not the third, not a section, not a name."""
    words, value = amount.words, amount.numeral.value
    before = text[start - 1] if start else ""
    if amount.chinese and (value == 1 or words == "二"):
        return len(text) == amount.end - amount.start  # an article (一家), an ordinal (二次)
    if before == "前" and amount.numeral.power < 10**4 and text[start - 2 : start - 1] not in _BEFORE_ORDER:
        return False  # 前三名, 前10个
    match unit.word:
        case "大":
            congress = before != "" and (text.startswith(("党的", "中共", "越共", "苏共"), start - 2) or before in _OPENING)
            return isinstance(value, int) and 1 < value <= (10 if amount.chinese else 15) and not congress
        case "点":
            return isinstance(value, float) or (isinstance(value, int) and value > 30) or (before != "" and before in "报涨跌升降指")
        case "次":  # 人大三次会议, 委员会五次全会
            return not (before != "" and before in "会届大协委" and text.startswith(("会", "全"), amount.end))
        case "起" | "款":
            if words.isdecimal() and 1900 <= int(words) < 2100:
                return False
    if isinstance(value, float) and unit.word in "本条项门首处款" and (not before or before in _STOPS):
        return False  # 2.2本计划…: the number of a section
    return not (before and before in _OPENING and _is_slogan(text, start, value))


def _is_slogan(text: str, start: int, value: Number | None) -> bool:
    """“四个中心”, “三条红线”: a small number at the head of a short quotation belongs to a name."""
    return isinstance(value, int) and value < 100 and _SLOGAN.match(text, start) is not None


def _is_bare_amount(text: str, start: int, amount: Amount) -> bool:
    """A number without unit: with 万/亿 nearly always; else only where the words around it say so."""
    words, end = amount.words, amount.end
    before, after = text[start - 1] if start else "", text[end : end + 1]
    if all(character in _MAGNITUDES for character in words) and (
        len(words) == 1 or before == "成" or after == "里" or words in _MANY
    ):
        return False
    if len(text) <= 200 and _NUMBERS_ONLY.fullmatch(text):
        return not (words.isdecimal() and 1900 <= int(words) < 2100) and not _COUNTDOWN.fullmatch(words)
    if after.isascii() and after.isalpha():
        return False  # 5G, 3D
    if amount.rule == "range":
        return True
    if (words[-1] in "kK" and amount.numeral.power * 10 > (amount.numeral.value or 0)) or words[:2] == "万一":
        return False  # 4K, 万一
    if not amount.chinese:
        if amount.numeral.power > 1:
            return True
        if (after and after not in _STOPS) or not _COUNTED.search(text, max(0, start - 3), start):
            return False
        aged = text.startswith(("年近", "年过", "年逾", "年约"), start - 2)  # 年近70的老人
        table = len(words.rpartition(".")[2].rpartition("·")[2]) > 4 and not words.isdecimal()
        return not aged and not table and words[0] != "0" and not (words.isdecimal() and 1900 <= int(words) < 2100)
    if before == "每":
        return False
    if amount.numeral.power >= 10**4 or any(magnitude in words for magnitude in "万亿兆萬億"):
        return True
    if len(words) > 2 and "千" in words and (not after or after in _STOPS):  # 工资七八千
        return True
    return len(words) > 1 and amount.numeral.bound != "exact" and _qualifier_before(text, amount) is not None


def _quantity(text: str, amount: Amount) -> Quantity:
    """The amount with its qualifier: 约24000-25000元, 不到5%, 100万元以下."""
    numeral, unit = amount.numeral, amount.unit
    measured = unit is not None and unit.kind != "counts"
    bound: Bound = numeral.bound
    qualifier = None
    # 约在40%及以上: what follows is the more exact
    for found in (_qualifier_before(text, amount), qualifier_after(text, amount.end, measured)):
        if found is not None:
            bound, qualifier = found
    if qualifier is None and unit is not None and unit.unit == "%" and text[amount.start - 1 : amount.start] == "的":
        bound, qualifier = _of_a_share(text, amount) or (bound, None)
    if bound == "about" and numeral.bound == "over":  # 近200多家
        bound = "over"
    code = unit.unit if unit else _money_without_word(text, amount)
    return make(Quantity, (
        amount.start, amount.end, text[amount.start : amount.end],
        numeral.value, numeral.low, numeral.high, code, bound, qualifier, amount.rule,
    ))  # fmt: skip


_SHARE = re.compile("(约|大约|近|超|超过)占[^，,。；;、0-9]{1,14}的$")


def _of_a_share(text: str, amount: Amount) -> tuple[Bound, tuple[int, int]] | None:
    """约占全国行政村总数的1%: how exact a share is may stand before its whole."""
    match = _SHARE.search(text, max(0, amount.start - 20), amount.start)
    if match is None:
        return None
    return "over" if match[1][0] == "超" else "about", match.span(1)


def _qualifier_before(text: str, amount: Amount) -> tuple[Bound, tuple[int, int]] | None:
    return qualifier_before(text, amount.outer, amount.words[0] in "百千万亿半")


def _money_without_word(text: str, amount: Amount) -> str:
    """已垫资超300亿: CNY where a word of money governs a large number that nothing else is counted with."""
    numeral = amount.numeral
    if (numeral.value or numeral.high or 0) < 10**4:
        return ""
    if _MONEY_NOUNS.match(text, amount.end):
        return "CNY"
    after = text[amount.end : amount.end + 1]
    if (not after or after in _STOPS) and _MONEY_WORDS.search(text, max(0, amount.start - 10), amount.start):
        return "CNY"
    return ""
