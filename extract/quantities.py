"""Amounts: number, unit and how exact, from running text and from what people write in YAML.

Knows ranges, fractions, money before and behind the number, classifiers and measures (lexicon/units.yaml),
超过/不足/约 and the amount they hold for (lexicon/qualifiers.yaml), and what only looks like an amount
(lexicon/numbers.yaml): dates, durations, ordinals, names, idioms. Numerals themselves: extract/numerals.py.
Leaves out what is counted, by whom and when (extract/figures.py).

One regular expression proposes numerals, first character class first; everything after that is table lookup at the
spot. Every repeat is bounded or possessive, so that no text costs more than a constant per character.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

import yaml

from extract.mentions import Bound, Quantity
from extract.numerals import Number, Numeral, quotient, read_numeral

_LEXICON = Path(__file__).parent / "lexicon"

_CN = "零〇一二三四五六七八九十百千万亿兆两壹贰叁肆伍陆柒捌玖拾佰仟萬億兩"
_DIGIT = "[0-9０-９]"
_ARABIC = (
    rf"(?:{_DIGIT}{{1,3}}(?:[,，]{_DIGIT}{{3}}){{1,6}}+(?!{_DIGIT})|{_DIGIT}++)(?:[.．]{_DIGIT}++)?+"
    # 25万6千, 1亿2000万, 20多亿, 177.1 亿, 15k, 2个亿, 300多, 100+
    r"(?:[ \u00a0]{0,2}(?:[多余几餘幾]?[十百千万亿兆萬億]{1,4}+|个亿|[kKw](?![A-Za-z0-9]))"
    r"(?:[0-9]{1,4}[万千百十]){0,4}+(?:[0-9]{4}(?![0-9年.,:-]))?+)?+[多余餘几幾来]?+(?:\+(?![0-9]))?+"
)
_CHINESE = (
    r"(?:[二三四五六七八九十百千万亿两壹贰叁肆伍柒捌玖拾萬億兩]|[几数幾數上](?=[十百千万亿萬億])"
    # 一 alone is mostly an article or a word (一直); it counts before a magnitude, money or a rate
    rf"|[一零〇](?=[{_CN}点點成倍折元块美欧港日英韩澳人新台印卢加泰瑞俄%‰]|分之|个[百基亿])"
    rf"|[负負](?=[{_CN}0-9])|陆(?=[拾佰仟百千]))"
    rf"[{_CN}0-9多余餘几幾来]{{0,20}}+(?:[点點][零〇一二三四五六七八九]{{1,9}}[十百千万亿兆萬億]{{0,3}})?+"
)
_NUMERAL = rf"(?P<arabic>{_ARABIC})|(?P<chinese>{_CHINESE})"
_SKIP = (
    r"https?://[!-~]{1,2048}+|www\.[!-~]{1,2048}+|[0-9]{1,2}:[0-9][0-9](?::[0-9][0-9])?+"
    r"|(?:19|20)[0-9][0-9](?P<dash>[-/.])(?:0?[1-9]|1[0-2])(?P=dash)(?:[0-2]?[0-9]|3[01])(?![0-9])"
)
_RANGE = r"[ ]?(?:[（(]含[）)])?[ ]?(?:[-‐–—―－−~～〜]{1,2}|至|到)[ ]?"
_SLASH = r"/([0-9]{1,4})(?![0-9/年月日号.])"
_ENGLISH = r" ?(thousand|million|billion|trillion|mn|bn)\b"
_ENGLISH_POWER = {"thousand": 10**3, "million": 10**6, "mn": 10**6, "billion": 10**9, "bn": 10**9, "trillion": 10**12}
_CENTS = r"([零0-9一二三四五六七八九两]{1,2})(?:([角毛])(?:([0-9一二三四五六七八九两])分?)?|(分))?(?![0-9家个多余百千万亿年月日])钱?"

_LINKS = "了有为在占达合是需要和与计于"  # 约为300, 约占30%, 至少有7个, 至少和7个省: one or two of them
_SYMBOLS = frozenset("_@#=&\\")
_STOPS = frozenset("。，、；：！？）)」』”’》】…\n,;:!?.()（“「『《【 的\t—-/·")
# After these a bare Arabic number is a count: 总户数1581
_COUNTED = frozenset("数量额值达至到超逾近约增共计")
_MONEY_BEFORE = (
    "投资|融资|垫资|注资|增资|出资|斥资|耗资|募资|集资|筹资|贷款|借贷|借款|放贷|授信|信贷|营收|收入|利润|净利|销售额"
    "|成交额|交易额|市值|估值|资金|债券|亏损|罚款|罚金|补贴|捐赠|捐款|省钱|负债|债务|资产|总值|产值|预算|支出|税收|缴税|金额|总额|保费|理赔|赔付|损失|身家|财富|成本|费用|产业规模|销售收入|奖金|基金|股本|GDP|GMV"
)
_MONEY_AFTER = "借贷|贷款|债券|国债|资金|投资|融资|市值|资产|估值|订单金额|营收|罚单|补贴|债务|授信|大关"


class Unit(NamedTuple):
    """One word of units.yaml or numbers.yaml, as it stands behind a number."""

    word: str
    unit: str  # what the quantity carries
    kind: str  # money, rates, measures, counts; never: a date, a duration, an ordinal
    rule: str
    not_before: tuple[str, ...]
    only_before: tuple[str, ...]
    only_after: tuple[str, ...]
    small: bool  # whether 两, 三 … 九 in Chinese count with it


class Qualifier(NamedTuple):
    """One word of qualifiers.yaml."""

    word: str
    bound: Bound
    not_after: str
    not_before: str
    vague_only: bool


class Lexicon(NamedTuple):
    """The words, longest first, keyed by the character they are looked up with, and the compiled patterns."""

    units: dict[str, tuple[Unit, ...]]
    money_before: dict[str, tuple[tuple[str, str], ...]]  # by last character
    before: dict[str, tuple[Qualifier, ...]]  # by last character
    after: dict[str, tuple[Qualifier, ...]]
    phrases: dict[str, tuple[tuple[str, int], ...]]  # by a character a numeral may start with, and where it stands
    scan: re.Pattern[str]
    numeral: re.Pattern[str]
    range: re.Pattern[str]
    slash: re.Pattern[str]
    english: re.Pattern[str]
    cents: re.Pattern[str]
    money_words: re.Pattern[str]
    money_nouns: re.Pattern[str]


class Amount(NamedTuple):
    """A numeral with its unit at a spot, before it is decided whether it is an amount and how exact."""

    start: int
    end: int
    outer: int  # where qualifiers before it end: before 人民币 of 人民币4.68亿元
    numeral: Numeral
    words: str
    unit: Unit | None
    rule: str


_NEVER = Unit("", "", "never", "never", (), (), (), False)
_FRACTION = Unit("", "", "rates", "fraction", (), (), (), True)
_PERCENT = _FRACTION._replace(unit="%", rule="rates:%")
_PERMILLE = _FRACTION._replace(unit="‰", rule="rates:‰")


def find_quantities(text: str) -> list[Quantity]:
    """All amounts of `text`, sorted by start, never overlapping. Offsets are code points of `text`.

    Ordinals, dates, durations, names, idioms and 一个 as an article are not among them.
    """
    lexicon = _lexicon()
    found: list[Quantity] = []
    reach, ordinal = 0, -2  # the end of what is read; the end of the last ordinal number (第二、三名)
    for match in lexicon.scan.finditer(text):
        start = match.start()
        if start < reach or match.lastgroup == "skip":
            continue
        before = text[start - 1] if start else ""
        if before == "第" or (ordinal == start - 1 and before in "、和至到及与或-—~～"):
            ordinal = match.end()
            continue
        amount = _amount_at(text, match, lexicon)
        if amount is not None and _is_amount(text, match, amount, lexicon):
            found.append(_quantity(text, amount, lexicon))
            reach = amount.end
    return found


def parse_amount(text: str) -> Quantity | None:
    """What a person wrote as an amount: 超过2800万家, 10%–20%, 几十万个; None where it is none.

    Anything in Chinese may follow the number; a unit nobody listed is kept as written.
    """
    lexicon = _lexicon()
    words = text.translate(_SIMPLIFIED)
    match = lexicon.numeral.search(words)
    if match is None:
        return None
    amount = _amount_at(words, match, lexicon)
    if amount is None:
        return None
    quantity = _quantity(words, amount, lexicon)
    left = quantity.qualifier[0] if quantity.qualifier and quantity.qualifier[0] < amount.start else amount.outer
    right = quantity.qualifier[1] if quantity.qualifier and quantity.qualifier[0] >= amount.end else amount.end
    rest = words[right:].strip()
    if words[:left].strip() or len(rest) > 12 or (rest and (amount.unit or not _HAN.fullmatch(rest))):
        return None
    if rest and amount.unit is None:
        end = right + len(words[right:].rstrip())
        quantity = quantity._replace(end=end, unit=rest, rule="unlisted unit")
    return quantity._replace(text=text[quantity.start : quantity.end])


_HAN = re.compile(r"[\u3400-\u9fff]{1,12}")
_SIMPLIFIED = str.maketrans(
    "萬億兩幾餘點個種條項輛臺噸畝戶間張雙隻顆層幣圓韓歐鎊盧銖紐約過內將於達數來場份業國區縣鎮電車單筆",
    "万亿两几余点个种条项辆台吨亩户间张双只颗层币元韩欧镑卢铢纽约过内将于达数来场份业国区县镇电车单笔",
)


def _amount_at(text: str, match: re.Match[str], lexicon: Lexicon) -> Amount | None:
    """The numeral of `match` with fraction, unit, money and range around it; None for dates and the like."""
    start, end = match.span()
    words = match[0]
    if words[-1] == "来" and _unit_at(text, end, lexicon) is None:  # 三百来自
        words, end = words[:-1], end - 1
    if text.startswith("分之", end):
        return _fraction(text, start, end, words, lexicon)
    if text.startswith("/", end) and (slash := lexicon.slash.match(text, end)):
        return _slashed(text, start, slash, words)
    unit = _unit_at(text, end, lexicon)
    if unit is not None and unit.kind == "never":
        return None
    numeral = read_numeral(words) if len(words) <= 32 else None
    if numeral is None:
        return None
    start, numeral = _signed(text, start, numeral, unit)
    outer, prefix = _money_prefix(text, start, lexicon)
    if prefix and (english := lexicon.english.match(text, end)) and numeral.value is not None:
        numeral = numeral._replace(value=numeral.value * _ENGLISH_POWER[english[1]])
        end = english.end()
    if unit is not None:
        end = _after_blank(text, end) + len(unit.word)
        if prefix and unit.word in "元圆块":
            unit = unit._replace(unit=prefix)
    elif prefix:
        unit, start = Unit(prefix, prefix, "money", f"money:{prefix}", (), (), (), True), outer
    if unit is not None and unit.kind == "money" and unit.word[-1] in "元圆块币钱":
        end, numeral = _with_cents(text, end, numeral, unit, lexicon)
    amount = Amount(start, end, outer, numeral, words, unit, unit.rule if unit else "bare")
    if text[end : end + 1] in "-‐–—―－−~～〜至到 (（" and end < len(text):
        return _ranged(text, amount, lexicon)
    return amount


def _after_blank(text: str, end: int) -> int:
    return end + 1 if text[end : end + 1] in (" ", "\u00a0") else end


def _unit_at(text: str, end: int, lexicon: Lexicon) -> Unit | None:
    """The unit that stands at `end`, the longest first, a blank allowed before it (28000000 家)."""
    at = _after_blank(text, end)
    for unit in lexicon.units.get(text[at : at + 1], ()):
        after = at + len(unit.word)
        if (
            text.startswith(unit.word, at)
            and not (unit.not_before and text.startswith(unit.not_before, after))
            and not (unit.only_before and not text.startswith(unit.only_before, after))
            and not (unit.word.isascii() and unit.word[-1].isalnum() and _is_latin(text[after : after + 1]))
        ):
            if unit.word == "块" and (text[after : after + 1] in _STOPS or text[after : after + 1].isnumeric()):
                return unit._replace(unit="CNY", kind="money", rule="money:CNY")  # 五块六; 两块地 stays a count
            return unit
    return None


def _is_latin(character: str) -> bool:
    return character.isascii() and character.isalnum()


def _fraction(text: str, start: int, end: int, words: str, lexicon: Lexicon) -> Amount | None:
    """三分之二 is 2/3 without unit; 百分之 and 千分之 give % and ‰; the second end of 百分之二十到三十 belongs to it."""
    below = read_numeral(words)
    above_match = lexicon.numeral.match(text, end + 2) or _ONE.match(text, end + 2)
    if below is None or not isinstance(below.value, int) or below.value < 2 or above_match is None:
        return None
    above = read_numeral(above_match[0])
    if above is None:
        return None
    unit = {"百": _PERCENT, "千": _PERMILLE}.get(words, _FRACTION)
    if unit is _FRACTION:
        above = above._replace(**{
            field: None if value is None else _ratio(value, below.value)
            for field, value in zip(("value", "low", "high"), above[:3], strict=True)
        })
    elif above_match[0] in ("百", "一百"):
        above = above._replace(bound="exact")
    amount = Amount(start, above_match.end(), start, above, words, unit, unit.rule)
    return _ranged(text, amount, lexicon)


def _ratio(above: Number, below: int) -> Number:
    return quotient(above, below) if isinstance(above, int) else above / below


def _slashed(text: str, start: int, slash: re.Match[str], words: str) -> Amount | None:
    """1/8 as in 占全国的1/8; a numerator below its denominator, and no calendar day (6/18)."""
    above, below = words, int(slash[1])
    if not above.isdecimal() or len(above) > 3 or not 0 < int(above) < below:
        return None
    if below > 10 and text[start - 1 : start] not in _FRACTION_HEADS:
        return None
    numeral = Numeral(quotient(int(above), below), None, None, "exact", 1)
    return Amount(start, slash.end(), start, numeral, words, _FRACTION, _FRACTION.rule)


_ONE = re.compile("[一零〇]")
_FRACTION_HEADS = frozenset("的约占近超过足到之是为")


def _signed(text: str, start: int, numeral: Numeral, unit: Unit | None) -> tuple[int, Numeral]:
    """A minus before a decimal or a rate (-37.63美元, -5%) is a sign, elsewhere a dash."""
    if start == 0 or text[start - 1] not in "-−－" or numeral.value is None:
        return start, numeral
    left = text[start - 2 : start - 1] if start > 1 else ""
    if _is_latin(left) or left in ("%", "元", "万", "亿", "-", "月", "日", "年", ")"):
        return start, numeral
    if isinstance(numeral.value, float) or start == 1 or (unit is not None and unit.kind == "rates"):
        return start - 1, numeral._replace(value=-numeral.value)
    return start, numeral


def _money_prefix(text: str, start: int, lexicon: Lexicon) -> tuple[int, str]:
    """Where the money written before the number begins and its ISO code; (start, "") where there is none."""
    at = start - 1 if text[start - 1 : start] == " " else start
    for word, code in lexicon.money_before.get(text[at - 1 : at] if at else "", ()):
        if text.startswith(word, at - len(word)) and at >= len(word):
            left = text[at - len(word) - 1 : at - len(word)]
            if not (word[0].isascii() and word[0].isalpha() and _is_latin(left)):
                return at - len(word), code
    return start, ""


def _with_cents(text: str, end: int, numeral: Numeral, unit: Unit, lexicon: Lexicon) -> tuple[int, Numeral]:
    """五元六角, 十块三毛, 三块零四: what follows whole yuan in tenths and hundredths."""
    cents = lexicon.cents.match(text, end) if isinstance(numeral.value, int) else None
    if cents is None or (cents[2] is None and cents[4] is None and unit.word != "块"):
        return end, numeral
    first = read_numeral(cents[1].lstrip("零") or "0") if cents[1] != "一" else Numeral(1, None, None, "exact", 1)
    second = read_numeral(cents[3]) if cents[3] else None
    if first is None or not isinstance(first.value, int):
        return end, numeral
    tenths = cents[2] is not None or (cents[4] is None and cents[1][0] != "零")
    hundredths = first.value * 10 if tenths else first.value
    if second is not None and isinstance(second.value, int):
        hundredths += second.value
    return cents.end(), numeral._replace(value=quotient(numeral.value * 100 + hundredths, 100))


def _ranged(text: str, first: Amount, lexicon: Lexicon) -> Amount | None:
    """3-5万家 and 70亿元-90亿元 as one amount; None for 3-5年 and 0571-88886666; `first` where no range begins."""
    separator = lexicon.range.match(text, first.end)
    if separator is None:
        return first
    outer, _ = separator.end(), ""
    match = lexicon.numeral.match(text, outer) or _ONE.match(text, outer)
    for word in ("百分之", "千分之", "人民币", "$", "US$", "¥"):
        if match is None or text.startswith(word, outer):
            match = lexicon.numeral.match(text, outer + len(word)) if text.startswith(word, outer) else match
    if match is None:
        return first
    end, fraction = match.end(), first.unit is _PERCENT or first.unit is _PERMILLE
    unit = _unit_at(text, end, lexicon)
    if unit is not None and unit.kind == "never":
        return first if first.unit is not None else None
    second = read_numeral(match[0]) if len(match[0]) <= 32 else None
    if second is None or second.value is None or first.numeral.value is None:
        return first
    low, high = _shared(first, second), second.value
    between = text.startswith("之间", end)
    if first.unit is None and unit is None and second.power == 1 and first.numeral.power == 1 and not between:
        return None if separator[0].strip() not in ("至", "到") or first.words[:1] == "0" else first
    if unit is not None and first.unit is not None and unit.unit != first.unit.unit:
        return first
    from_to = separator[0].strip() in ("至", "到") and text[first.start - 1 : first.start] in ("从", "由", "自")
    if not low < high or (from_to and first.unit is not None and not fraction):
        return first if first.unit is not None or first.numeral.power > 1 else None
    if unit is not None:
        end = _after_blank(text, end) + len(unit.word)
    bound: Bound = second.bound if second.bound in ("over", "about") else "exact"
    numeral = Numeral(None, low, high, bound, 1)
    return first._replace(end=end, numeral=numeral, unit=first.unit or unit, rule="range")


def _shared(first: Amount, second: Numeral) -> Number:
    """3-5万: the first number takes the magnitude of the second where it is smaller than the second without it."""
    low, high = first.numeral.value, second.value
    assert low is not None
    assert high is not None
    if first.unit is None and second.power > 1 and first.numeral.power < second.power and low < high / second.power:
        return low * second.power if isinstance(low, int) else round(low * second.power, 6)
    return low


def _is_amount(text: str, match: re.Match[str], amount: Amount, lexicon: Lexicon) -> bool:
    """Whether what was read is an amount, and no name, idiom, tail of an identifier, or article (一家)."""
    start = match.start()
    before = text[start - 1] if start else ""
    unit, numeral = amount.unit, amount.numeral
    if match.lastgroup == "arabic":
        if not _stands_free(text, start, amount):
            return False
    elif before in _CHINESE_TAILS or (before in "零〇一二三四五六七八九十百千万亿" and before):
        return False
    if unit is not None and unit.only_after and not text.endswith(unit.only_after, 0, amount.start):
        return False
    for phrase, offset in lexicon.phrases.get(text[start], ()):
        if text.startswith(phrase, start - offset) and start >= offset:
            return False
    if unit is None:
        return _is_bare_amount(text, match, amount, lexicon)
    if unit.kind == "counts" or len(match[0]) == 1:
        return _is_count(text, match, amount, unit, lexicon)
    return not (match[0] in _BARE_MAGNITUDES and before == "每") and numeral is not None


_CHINESE_TAILS = frozenset("第周期拜初双独之其老百来")
_BARE_MAGNITUDES = frozenset("百千万亿")
_BEFORE_ORDER = frozenset("目此之以日年提面眼当先早生支跟")  # 目前741个, 此前300家: 前 is part of an adverb


def _stands_free(text: str, start: int, amount: Amount) -> bool:
    """No letter, digit or connecting sign before an Arabic number makes it the tail of a name (B2B, 3.2.1, #12)."""
    if amount.outer < start and amount.outer != amount.start:
        return True
    before = text[start - 1] if start else ""
    after = text[amount.end : amount.end + 1]
    if amount.unit is None and after.isascii() and after.isalpha():
        return False
    if not before or not before.isascii() or before.isspace():
        return True
    if amount.start < start:
        return True  # a sign or a money word was read
    if before.isalpha():
        left = text[start - 2 : start - 1]
        strong = amount.unit is not None and amount.unit.kind in ("money", "rates")
        return (strong or amount.numeral.power >= 10**4) and not left.isdecimal()
    left = text[start - 2 : start - 1] if start > 1 else ""
    if before in ".,-/:+*~" and _is_latin(left):
        return before in ",~" or (before == "-" and left.isalpha() and amount.unit is not None and amount.numeral.power > 1)
    return before not in _SYMBOLS and before != "/"


def _is_count(text: str, match: re.Match[str], amount: Amount, unit: Unit, lexicon: Lexicon) -> bool:
    words, value = match[0], amount.numeral.value
    before = text[match.start() - 1] if match.start() else ""
    chinese = match.lastgroup == "chinese"
    if words in _BARE_MAGNITUDES:  # 千人, 百家: where something says that it is an amount, or the word is no idiom
        return before != "每" and not before.isdecimal()
    if unit.kind != "counts":
        return True
    if chinese and (value == 1 or (len(words) == 1 and not unit.small)):
        return False
    if before == "前" and words.isalnum() and amount.numeral.power < 10**4 and text[match.start() - 2 : match.start() - 1] not in _BEFORE_ORDER:
        return False
    if unit.word == "大":
        return isinstance(value, int) and 1 < value <= 15
    if unit.word == "点":
        return isinstance(value, float) or (isinstance(value, int) and value > 30) or before in "报涨跌升降指"
    if unit.word == "度":
        return not chinese
    if unit.word in "起款" and words.isdecimal() and 1900 <= int(words) < 2100:
        return False
    if isinstance(value, float) and unit.word in "本条项门首处款" and (before in _STOPS or not before):
        return False  # 2.2本计划…: the number of a section
    return not (before in _OPENING and _is_slogan(text, match.start(), value))


_OPENING = frozenset("“\"「『《〈‘'")
_CLOSING = re.compile("[^”\"」』》〉’'。\\n]{0,12}[”\"」』》〉’']")


def _is_slogan(text: str, start: int, value: Number | None) -> bool:
    """“四个中心”, “三条红线”: a small number at the head of a short quotation belongs to a name."""
    return isinstance(value, int) and value < 100 and _CLOSING.match(text, start) is not None


def _is_bare_amount(text: str, match: re.Match[str], amount: Amount, lexicon: Lexicon) -> bool:
    """A number without unit: with 万/亿 nearly always; else only where the words around it say so."""
    words, start, end = match[0], match.start(), amount.end
    before, after = text[start - 1] if start else "", text[end : end + 1]
    if not text[:start].strip() and not text[end:].strip() and len(text) < 40:
        return not (words.isdecimal() and (1900 <= int(words) < 2100 or words in _NAMES))  # nothing but a number
    if amount.rule == "range":
        return True
    if match.lastgroup == "arabic":
        if amount.numeral.power > 1:
            return True
        if not (after in _STOPS or not after) or before in _STOPS:
            return False
        return before in _COUNTED and words[0] != "0" and not (words.isdecimal() and 1900 <= int(words) < 2100)
    magnitude = any(character in words for character in "万亿兆萬億")
    if words in _BARE_MAGNITUDES or before == "每":
        return False
    return magnitude or (len(words) > 1 and amount.numeral.bound != "exact" and _before_at(text, amount, lexicon) is not None)


_NAMES = frozenset({"1688", "618", "360", "12306", "12345", "315", "996", "110", "119", "120"})


def _quantity(text: str, amount: Amount, lexicon: Lexicon) -> Quantity:
    """The amount with its qualifier: 约24000-25000元, 不到5%, 100万元以下."""
    numeral, unit = amount.numeral, amount.unit
    before, after = _before_at(text, amount, lexicon), _after_at(text, amount, lexicon)
    bound: Bound = numeral.bound
    qualifier = None
    for found in (before, after):  # 约在40%及以上: what follows is the more exact
        if found is not None:
            qualifier = found[1]
            bound = "over" if found[0] == "about" and numeral.bound == "over" else found[0]
    code = unit.unit if unit else _money_without_word(text, amount, lexicon)
    return Quantity(
        amount.start, amount.end, text[amount.start : amount.end],
        numeral.value, numeral.low, numeral.high, code, bound, qualifier, amount.rule,
    )  # fmt: skip


def _before_at(text: str, amount: Amount, lexicon: Lexicon) -> tuple[Bound, tuple[int, int]] | None:
    """The qualifier that ends where the amount begins, with up to two linking characters between (约为, 至少和)."""
    end = amount.outer if amount.outer <= amount.start else amount.start
    for _ in range(4):
        for word in lexicon.before.get(text[end - 1 : end] if end else "", ()):
            start = end - len(word.word)
            if start >= 0 and text.startswith(word.word, start):
                left = text[start - 1 : start] if start else ""
                if (left and left in word.not_after) or (word.vague_only and amount.words[0] not in "百千万亿半"):
                    return None
                return word.bound, (start, end)
        if not end or (text[end - 1] not in _LINKS and text[end - 1] != " "):
            return None
        end -= 1
    return None


def _after_at(text: str, amount: Amount, lexicon: Lexicon) -> tuple[Bound, tuple[int, int]] | None:
    at = amount.end
    if text.startswith(("(含)", "（含）"), at):
        at += 3
    elif text.startswith(" ", at):
        at += 1
    for word in lexicon.after.get(text[at : at + 1], ()):
        end = at + len(word.word)
        if text.startswith(word.word, at):
            right = text[end : end + 1]
            if right and right in word.not_before:
                return None
            if word.word == "多" and (amount.unit is None or amount.unit.kind == "counts"):
                return None
            return word.bound, (at, end)
    return None


def _money_without_word(text: str, amount: Amount, lexicon: Lexicon) -> str:
    """已垫资超300亿: CNY where a word of money governs a large number that nothing else is counted with."""
    if amount.numeral.power < 10**4 and amount.numeral.value is not None:
        return ""
    if lexicon.money_nouns.match(text, amount.end):
        return "CNY"
    left = text[max(0, amount.start - 10) : amount.start]
    after = text[amount.end : amount.end + 1]
    if (not after or after in _STOPS) and lexicon.money_words.search(left):
        return "CNY"
    return ""


@cache
def _lexicon() -> Lexicon:
    """The three files of words and the patterns; read once, on first use."""
    units, qualifiers, numbers = (_load(name) for name in ("units", "qualifiers", "numbers"))
    entries = [
        Unit(
            word, entry["unit"] if kind in ("money", "rates") else word, kind, f"{kind}:{entry['unit']}",
            tuple(entry.get("not_before", ())), tuple(entry.get("only_before", ())),
            tuple(entry.get("only_after", ())), entry.get("small", True),
        )
        for kind, group in units.items() for entry in group for word in entry.get("words", [entry["unit"]])
    ]  # fmt: skip
    entries += [_NEVER._replace(word=word) for entry in numbers["never_before_word"] for word in entry["words"]]
    money = [(word, entry["unit"]) for entry in units["money"] for word in entry.get("before", ())]
    before, after = ([_qualifier(entry) for entry in qualifiers[side]] for side in ("before", "after"))
    heads = frozenset(_CN + "几数上半") | frozenset("0123456789")
    phrases = [
        (phrase, offset)
        for entry in numbers["phrases"] for phrase in entry["words"]
        for offset, character in enumerate(phrase) if character in heads
    ]  # fmt: skip
    return Lexicon(
        _by_key(entries, lambda u: u.word, 0), _by_key(money, lambda m: m[0], -1),
        _by_key(before, lambda q: q.word, -1), _by_key(after, lambda q: q.word, 0),
        _by_offset(phrases), re.compile(rf"(?P<skip>{_SKIP})|{_NUMERAL}"), re.compile(_NUMERAL), re.compile(_RANGE),
        re.compile(_SLASH), re.compile(_ENGLISH), re.compile(_CENTS),
        re.compile(_MONEY_BEFORE), re.compile(f"的?(?:{_MONEY_AFTER})"),
    )  # fmt: skip


def _load(name: str) -> dict:
    return yaml.load((_LEXICON / f"{name}.yaml").read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))


def _qualifier(entry: dict) -> Qualifier:
    return Qualifier(
        entry["word"], entry["bound"], entry.get("not_after", ""), entry.get("not_before", ""),
        entry.get("vague_only", False),
    )  # fmt: skip


def _by_key(items: list, word_of, position: int) -> dict:
    table: dict[str, list] = {}
    for item in sorted(items, key=lambda i: -len(word_of(i))):
        table.setdefault(word_of(item)[position], []).append(item)
    return {key: tuple(group) for key, group in table.items()}


def _by_offset(phrases: list[tuple[str, int]]) -> dict[str, tuple[tuple[str, int], ...]]:
    table: dict[str, list[tuple[str, int]]] = {}
    for phrase, offset in phrases:
        table.setdefault(phrase[offset], []).append((phrase, offset))
    return {key: tuple(group) for key, group in table.items()}
