"""Amounts: number, unit and how exact, from running text and from what people write in YAML.

Knows where a numeral begins and what is read around it: its parts (`amount_parts.py`), what it is joined with
(`joined_amounts.py`), whether it is an amount (`amount_checks.py`). Leaves out what is counted, by whom and when
(`figures.py`).

One regular expression proposes numerals, a plain character class first; all the rest is looked up at the spot.
Every repeat is bounded, possessive or atomic, so that no text costs more than a constant per character. Groups are atomic
and never possessive: before 3.11.5 Python matches possessive groups wrongly (gh-106052).
"""

from __future__ import annotations

import re
from functools import cache

from extract.amount_checks import MAGNITUDES, is_amount
from extract.amount_parts import (
    RANGE_SIGNS,
    STOPS,
    Amount,
    numeral_pattern,
    set_apart,
    with_head,
    with_tail,
    without_unit_head,
)
from extract.joined_amounts import SCALE, SLASH, fraction_at, ranged, scaled, sharing_unit, slashed
from extract.lexicons import read_lexicon
from extract.mentions import Bound, Quantity, make
from extract.numerals import Numeral, read_numeral
from extract.script import simplify
from extract.units import FRACTION, Unit, has_head, never_behind, qualifier_after, qualifier_before, unit_at

_DIGIT_PAIR = re.compile("一一|一[三四五六七八九]|(.)\\1|[二三四五六七八九]一")
_HAN = re.compile(r"[\u3400-\u9fff]{1,12}")
# The 300 of 共有12 300人 is the end of 12 300, or a number beside another: nobody can tell.
_APART_FROM = re.compile(r"[\u3400-\u9fff][0-9]{1,3}[ \u00a0]$")
# What begins a noun behind a large number and is no unit of it: 打造千亿大产业, 百亿项目; but 3亿项目标任务
_NOUN_HEADS = {"大": re.compile("大"), "项": re.compile("项目(?!标)")}
_BLANKS = frozenset(" \u00a0")
_GOES_ON = frozenset("分/／ \u00a0")  # behind a number: 三分之二, 1/8, 2 000人
_LONG = frozenset({"小时", "个小时", "分钟"})  # 3小时 is a duration, 服务20万小时 an amount
_NOT_UPWARDS = frozenset("以之网线路史身手界场台际本地天海晚早马街船车岸础体历度床桌纸")  # in 网上万家 上 belongs to 网上
_NOT_SEVERAL = frozenset("人户总指次件辆台家倍分基多少无系")  # in 人数百万 数 belongs to 人数
_PRICED = re.compile("价(?:格|位)?(?:为|从|约)?$")


def find_quantities(text: str) -> list[Quantity]:
    """All amounts of `text`, sorted by start, never overlapping. Offsets are code points of `text`.

    Ordinals, dates, durations, names, idioms and 一个 as an article are not among them.
    """
    found: list[Quantity] = []
    never = never_behind()
    reach, ordinal = 0, -2  # the end of what is read; the end of the last ordinal (第二、三名)
    for match in numeral_pattern().finditer(text):
        start = match.start()
        if start < reach or match.lastgroup in ("skip", "address"):
            continue
        before = text[start - 1] if start else ""
        if before == "第" or (ordinal == start - 1 and before in "、和至到及与或-—~～"):
            ordinal = match.end()
            continue
        if before in (" ", "\u00a0") and _is_cut_off(text, start, match[0]):
            continue
        if match.lastgroup == "arabic" and text[match.end() : match.end() + 1] in never:
            continue  # most are 2019年 and 5月
        amount = _amount_at(text, match)
        if amount is not None and amount.start < reach:  # 20美元|2800万: the money is that of the number before
            amount = amount._replace(start=start, outer=start, unit=None, rule="bare")
        if amount is not None and is_amount(text, start, amount):
            found.append(_quantity(text, amount))
            reach = amount.end
    if "下同" in text:
        return _in_named_currency(text, found)
    return _in_taiwan_dollars(text, found) if any(map(text.__contains__, _MAYBE_TAIWAN)) else found


_THE_SAME_BELOW = re.compile("元[（(]([^（）()，, ]{2,5})[，,、]? ?(?:以?下同)[）)]")


def _in_named_currency(text: str, found: list[Quantity]) -> list[Quantity]:
    """75万元(港币，下同): from there on 元 is said of Hong Kong dollars."""
    named = _THE_SAME_BELOW.search(text)
    unit = unit_at(text, named.start(1)) if named else None
    if named is None or unit is None or unit.kind != "money" or unit.unit == "CNY":
        return found
    below = [quantity.end > named.start() and not text.endswith("人民币", 0, quantity.start) for quantity in found]
    return [_said_of(unit.unit, quantity) if said else quantity for quantity, said in zip(found, below, strict=True)]


_MAYBE_TAIWAN = ("（中央社", "-TW", "新台币", "立法院", "行政院", "观光署", "投资台湾", "上市柜")
_FROM_TAIWAN = re.compile(r"（中央社记者[^（）\n]{1,30}电）|[（(][0-9]{4}-TW[)）]")

_IN_NEW_DOLLARS = re.compile("新台币[约逾近超破达为共 ]{0,2}[0-9一二三四五六七八九十百千](?![^，。]{0,8}兑)")  # no mere 新台币走强


def _in_taiwan_dollars(text: str, found: list[Quantity]) -> list[Quantity]:
    """（中央社记者江某台北2日电）…,智星 (3596-TW): a text sent from there or written there says 元 of Taiwan dollars; not beside 人民币."""
    if "人民币" in text or (_FROM_TAIWAN.search(text) is None and not _is_written_there(text)):
        return found
    return [_said_of("TWD", quantity) for quantity in found]


def _is_written_there(text: str) -> bool:
    """Whether words of Taiwan's own offices say where a text was written."""
    sure, likely, elsewhere = _taiwan_words()
    if elsewhere.search(text):
        return False
    offices = len(set(sure.findall(text)))
    return offices > 1 or (_IN_NEW_DOLLARS.search(text) is not None and (offices > 0 or likely.search(text) is not None))


@cache
def _taiwan_words() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    lexicon = read_lexicon("taiwan")
    sure, likely, elsewhere = ("|".join(lexicon[group]) for group in ("sure", "likely", "elsewhere"))
    return re.compile(f"(?<![“\"「])(?:{sure})"), re.compile(f"(?<![“\"「])(?:{likely})"), re.compile(elsewhere)


def _said_of(currency: str, quantity: Quantity) -> Quantity:
    """The amount in the currency that 元 stands for."""
    return quantity._replace(unit=currency) if quantity.unit == "CNY" and quantity.text[-1] in "元万亿兆" else quantity


def parse_amount(text: str) -> Quantity | None:
    """What a person wrote as an amount: 超过2800万家, 10%–20%, 几十万个; None where it is none.

    Anything in Chinese may follow the number; a unit that units.yaml does not list is kept as written.
    """
    words = simplify(text)
    match = numeral_pattern().search(words)
    while match is not None and match.lastgroup in ("skip", "address"):
        match = numeral_pattern().search(words, match.end())
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


def _amount_at(text: str, match: re.Match[str]) -> Amount | None:
    """The numeral of `match` with its fraction, unit, money or range; None for dates, durations and the like."""
    start, end = match.span()
    words, group = match[0], match.lastgroup
    chinese = group != "arabic"
    if chinese:
        if words[0] in "上数數" and start and text[start - 1] in (_NOT_UPWARDS if words[0] == "上" else _NOT_SEVERAL):
            words, start = words[1:], start + 1  # 网上|百家, 人数|百万
        if group == "half":
            return Amount(start, end, start, words, True, Numeral(0.5, None, None, "exact", 1), FRACTION, "half")
        if group == "counted":  # 数以万计: ten thousand and more
            numeral = read_numeral(f"上{words[2:-1]}")
            return numeral and Amount(start, end, start, words, True, numeral, None, "数以万计")
    behind = text[end : end + 1]
    if behind in _GOES_ON:
        if text.startswith("分之", end):
            return fraction_at(text, start, end, words)
        if behind in "/／" and not chinese and (slash := SLASH.match(text, end)):
            return slashed(text, start, slash, words)
        if behind in _BLANKS and (apart := set_apart(text, start)):
            words, end = apart[0], apart.end()
    if words[-1] in "千百兆来两兩" or words[-2:] == "个亿":
        words, end = without_unit_head(text, words, end, chinese)
    return _with_unit(text, start, end, words, chinese)


def _with_unit(text: str, start: int, end: int, words: str, chinese: bool) -> Amount | None:
    """The numeral `words` at text[start:end] with the unit behind it and what both are joined with; None as above."""
    blank = text[end : end + 1] in _BLANKS
    unit = unit_at(text, end + blank)
    if unit is not None and unit.word in _NOUN_HEADS and words[-1] in "万亿" and _NOUN_HEADS[unit.word].match(text, end + blank):
        unit = None
    if chinese and len(words) == 2 and _DIGIT_PAIR.fullmatch(words) and (unit is None or unit.word != "折"):
        return None  # 唯一一家; but 九五折
    if unit is None and text.startswith("级", end) and (scale := SCALE.match(text, end)):
        return scaled(text, start, scale, words)
    if unit is None or (unit.word == "起" and _PRICED.search(text, max(0, start - 6), start)):  # 总价1,500万起
        unit, numeral, rule = None, read_numeral(words), "bare"
    elif unit.kind == "never":
        numeral = read_numeral(words) if unit.word in _LONG else None
        if numeral is None or numeral.power < 10**4:
            return None
        rule, end = f"measures:{unit.word}", end + blank + len(unit.word)
        unit = Unit(unit.word, unit.word, "measures", rule)
    else:
        numeral, rule, end = read_numeral(words), unit.rule, end + blank + len(unit.word)
    if numeral is None:
        return None
    amount = make(Amount, (start, end, start, words, chinese, numeral, unit, rule))
    if start and has_head(text[start - 1]):
        amount = with_head(text, amount)
        unit = amount.unit
    behind = text[amount.end : amount.end + 1]
    if unit is not None and (unit.tailed or behind == "半"):
        amount = with_tail(text, amount)
        behind = text[amount.end : amount.end + 1]
    if behind in RANGE_SIGNS or behind == " ":
        return ranged(text, amount)
    if unit is None and behind and behind in "、和与及又":
        return sharing_unit(text, amount)
    return amount


def _is_cut_off(text: str, start: int, words: str) -> bool:
    """Three digits behind a blank and up to three digits that no word parts from them."""
    three = words[:3].isdecimal() and len(words[:3]) == 3 and not words[3:4].isdecimal()
    return three and text[start - 2 : start - 1].isdecimal() and _APART_FROM.search(text, max(0, start - 5), start) is not None


def _quantity(text: str, amount: Amount) -> Quantity:
    """The amount with its qualifier: 约24000-25000元, 不到5%, 100万元以下."""
    start, end, outer, words, _, numeral, unit, rule = amount[:]  # plain tuples are taken apart in half the time
    value, low, high, own, _ = numeral[:]
    measured = unit is not None and unit.kind != "counts"
    # 约在40%及以上: what follows is the more exact
    bound, qualifier = qualifier_after(text, end, measured) or qualifier_before(text, outer, words[0] in MAGNITUDES) or (own, None)
    code = unit.unit if unit is not None else _money_without_word(text, amount)
    if qualifier is None and code == "%" and text[start - 1 : start] == "的":
        bound, qualifier = _of_a_share(text, amount) or (bound, None)
    if bound == "about" and own == "over":  # 近200多家
        bound = "over"
    return make(Quantity, (start, end, text[start:end], value, low, high, code, bound, qualifier, rule))


_SHARE = re.compile("(约|大约|近|超|超过)占[^，,。；;、0-9]{1,14}的$")


def _of_a_share(text: str, amount: Amount) -> tuple[Bound, tuple[int, int]] | None:
    """约占全国行政村总数的1%: how exact a share is may stand before its whole."""
    match = _SHARE.search(text, max(0, amount.start - 20), amount.start)
    if match is None:
        return None
    return "over" if match[1][0] == "超" else "about", match.span(1)


def _money_without_word(text: str, amount: Amount) -> str:
    """已垫资超300亿: CNY where a word of money governs a large number that nothing else is counted with."""
    numeral = amount.numeral
    if (numeral.value or numeral.high or 0) < 10**4:
        return ""
    governs, spent, behind = _money_words()
    if behind.match(text, amount.end):
        return "CNY"
    after = text[amount.end : amount.end + 1]
    ends = not after or after in STOPS or after == "起" or text.startswith("大关", amount.end)  # 产值突破500亿大关, not 用户突破3亿大关
    words = governs if ends else spent
    return "CNY" if words.search(text, max(0, amount.start - 10), amount.start) else ""


@cache
def _money_words() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Before a number that ends its clause, right before any number, right behind one.

    The first governs it where nobody and nothing counted stands between, some words only at once: 贷款客户300万 and 余额宝下载3亿 are no yuan.
    """
    governs, at_once, spent, behind = ("|".join(entry["words"]) for entry in read_lexicon("money"))
    return (
        re.compile(f"(?:{governs})[^户者人家商笔单次数量企票众，。；、]{{0,8}}$|(?:{at_once})(?:[约近超逾达为破至到共有过了]|突破|总计|合计|累计|高达|总额)*$"),
        re.compile(f"(?:{spent})(?:了|约|超过?|近|逾)?$"),
        re.compile(f"的?(?:巨额)?(?:{behind})(?![者人方户]|机构)"),  # 数万|投资者 are people
    )
