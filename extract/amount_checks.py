"""Whether a numeral with its unit is an amount: no name, ordinal, idiom or article (一家).

Knows what stands around names and around numbers without unit. Leaves out how the numeral was read (`amount_parts.py`).
"""

from __future__ import annotations

import re

from extract.amount_parts import CHINESE_DIGITS, CHINESE_NUMERALS, STOPS, Amount
from extract.mentions import Bound
from extract.numerals import Number
from extract.units import Unit, in_phrase, is_latin, qualifier_after, qualifier_before

_COUNTDOWN = re.compile(f"[{CHINESE_DIGITS}]{{3,}}")  # 五四三二一
_NUMBERS_ONLY = re.compile(rf"[{CHINESE_NUMERALS}0-9０-９.,，。、;； 点點负負多余\-]{{1,200}}")

MAGNITUDES = frozenset("百千万亿半")  # what no digit stands before: 过千亿元, 过半
_MAGNITUDES = frozenset("百千万亿")
_MANY = frozenset({"万万", "千百", "百千", "万千"})  # 感慨万千
_COUNTED = re.compile("(?:[数量额值][是为有达共]?|[达至到超逾近约增共计]|[大小高低多少等]于|[A-Z][为达])$")  # before a bare number: 总户数1581, 指数低于50, PMI为50.2
_TAILS = frozenset("零〇一二三四五六七八九十百千万亿")  # no number begins inside another
_SERIAL = frozenset("周初其之老独双")  # 周三家电, 其二: a single digit after these is a name
_BEFORE_ORDER = frozenset("目此之以日年提面眼当先早生支跟")  # in 目前, 此前 … 前 is part of an adverb: 目前741个
_RANKED = re.compile(r"(?:[分位名并]列|[位分]居|排在|排名(?:[^，,。]{0,2}[到至为])?)(?:[0-9一二三四五六七八九十]{1,2}[至到、和-])?\Z")
_ROOM = re.compile("[0-9A-Za-z]{1,5}(?:室|号|单元)")
_OF_YEAR = re.compile("(?:19|20)[0-9]{2}度[全十最中国省市县优先]")  # 颁发“2017度全国十佳”
# 满意度均超过81分, 评分列前三，分别以92.4分、90分领先, 考了641分: marks, in the clause or the row that speaks of them; no
# hour stands between (成绩8时30分公布)
_MARKED = re.compile(
    "(?:满意度|(?<![取获夺])得分|评分|打分|总分|平均分|分数|考[了出得到]|成绩(?=[为是达约：:]))[^。；;，,！？!?\\n时点]{0,14}"
    "(?:，[^。；;，,！？!?\\n时点]{0,6}分别[以为是达]?)?(?:(?<![0-9])[0-9]{1,3}(?:[.][0-9]{1,2})?分[、，,和及与]){0,6}$"
)
# 两队分别以91.3分、90.8分领先, 豆瓣8.1分: no minute and no money has tenths there
_MARKED_IN_TENTHS = re.compile("(?:分别以|豆瓣[^，。；0-9]{0,4}|均分为?)(?:[0-9]{1,3}[.][0-9]{1,2}分[、，和及]){0,6}$")
_NEXT_METAL = re.compile("(?:金[、，,]?[0-9]{1,3}[银铜]|银[、，,]?[0-9]{1,3}铜)(?![牌行币矿钱子])")
_METAL_BEFORE = re.compile("[0-9][金银][、，,]?$")
_GAMES = re.compile("(?:(?:奥运|全运|亚运|锦标赛|比赛|选手|代表队)[^。！？；\\n]{0,16}|[夺获揽][^，,。！？；\\n]{0,4})$")
_COORDINATES = ("北纬", "南纬", "东经", "西经")  # 北纬31.2度 says where, and no amount
_TAIWAN = re.compile("台(?:湾|[北南](?:市|县|国际|电脑|书展|车展|世贸)|中市|商大会)")  # 2011台北国际电脑展, but 2000台北斗终端
_OPENING = frozenset("“\"「『《〈‘'")
_SLOGAN = re.compile("[^”\"」』》〉’'。\\n]{0,12}[”\"」』》〉’']")


def is_amount(text: str, start: int, amount: Amount) -> bool:
    """Whether what was read is an amount, and no name, idiom, tail of an identifier, or article (一家)."""
    before = text[start - 1] if start else ""
    unit = amount.unit
    if amount.chinese:
        if (before and before in _TAILS) or (len(amount.words) == 1 and not _counts_alone(text, start, amount, before)):
            return False
    elif amount.words[0] == "0" and amount.words[1:2] not in ".·・‧．":
        return False  # 007号, the 0亿 of a broken 2 0亿 and the tail of 2 000人
    elif before and (before.isascii() or before in "／×") and not before.isspace() and not _stands_free(text, start, amount):
        return False
    if amount.words[0] in _MAGNITUDES and unit is not None and unit.kind == "money" and _is_heading(text, amount):
        return False
    if unit is None:
        return (amount.rule == "数以万计" or _is_bare_amount(text, start, amount)) and not in_phrase(text, start)
    if amount.rule == "half":  # 超过半数, 一半以上; but 一半是海水
        return _qualifier_ahead(text, amount) is not None or qualifier_after(text, amount.end, True) is not None
    if unit.only_after and not text.endswith(unit.only_after, 0, amount.start):
        return False
    if unit.kind == "counts":
        counts = _is_count(text, start, amount, unit)
    elif unit.word == "度":  # 三度入选
        counts = not (amount.chinese and abs(amount.numeral.value or 0) in (*range(11), 100)) and not _OF_YEAR.match(text, amount.start)
        counts = counts and not text.endswith(_COORDINATES, 0, start)
    elif unit.word == "分":  # 8时30分
        tenths = "." in amount.words and _MARKED_IN_TENTHS.search(text, max(0, start - 48), start) is not None
        counts = not amount.chinese and (tenths or _MARKED.search(text, max(0, start - 48), start) is not None)
    else:
        counts = not (unit.rule == "fraction" and text.startswith("决赛", amount.end))
    return counts and not in_phrase(text, start)


def _is_heading(text: str, amount: Amount) -> bool:
    """（亿元）, 单位：万元: what a column of a table is counted in, and no amount."""
    before, after = text[amount.outer - 1 : amount.outer], text[amount.end : amount.end + 1]
    if before not in _HEADS_OPEN or any(character not in _MAGNITUDES for character in amount.words):
        return False
    return after in ("）", ")") if before in "（(" else text.endswith(_COUNTED_IN, 0, amount.outer)


_HEADS_OPEN, _COUNTED_IN = frozenset("（(：:"), ("单位：", "单位:")


def _counts_alone(text: str, start: int, amount: Amount, before: str) -> bool:
    """Whether one Chinese digit or magnitude is no part of a word: not 周三, 星期五, 其二, 大半成, 三方, 每万人."""
    if before and (before in _SERIAL or text.startswith(("星期", "礼拜"), start - 2) or (text[start] == "半" and before in "多大")):
        return False
    unit, word = amount.unit, amount.words
    if unit is None or amount.rule == "half":
        return True
    if word in _MAGNITUDES and (before in ("每", "成", ".") or text.startswith("级", amount.end)):  # 每万人, 成千次, 千吨级; 512.6.亿元 is a slip
        return False
    if word == "九" and unit.word == "毛" and text.startswith("九", amount.end):
        return False  # 九毛九 is a restaurant
    return unit.small  # 三方, 两国


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
        case "台":
            return not (words.isdecimal() and 1900 <= int(words) < 2100 and _TAIWAN.match(text, amount.end - 1))
        case "位" | "位次":  # 分列四到六位, 位居3位
            return _RANKED.search(text, max(0, start - 6), start) is None
        case "组":  # 志家村12组的江某
            return before not in "村屯庄寨队" or not before
        case "套":  # 央视四套
            return before != "视"
        case "金" | "银" | "铜":
            return words.isdecimal() and len(words) < 4 and _is_tally(text, amount)
        case "幢" | "栋":  # 6幢402室
            return _ROOM.match(text, amount.end) is None
        case "起" | "款":
            if words.isdecimal() and 1900 <= int(words) < 2100:
                return False
    if isinstance(value, float) and unit.word in "本条项门首处款" and (not before or before in STOPS):
        return False  # 2.2本计划…: the number of a section
    return not (before and before in _OPENING and _is_slogan(text, start, value))


def _is_tally(text: str, amount: Amount) -> bool:
    """夺得18金9银7铜, 选手揽5金！: medals by their metal, with another metal beside or where games are told of."""
    at = amount.end - 1
    if _NEXT_METAL.match(text, at) or (text[at] != "金" and _METAL_BEFORE.search(text, max(0, amount.start - 3), amount.start)):
        return True
    after = text[amount.end : amount.end + 1]
    return text[at] == "金" and (not after or after in "。！，,（(") and _GAMES.search(text, max(0, amount.start - 20), amount.start) is not None


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
    if after in (":", "：") and text[end + 1 : end + 2].isdecimal():
        return False  # 46：1
    if amount.rule == "range":
        return True
    if (words[-1] in "kK" and amount.numeral.power * 10 > (amount.numeral.value or 0)) or words[:2] == "万一":
        return False  # 4K, 万一
    if not amount.chinese:
        if amount.numeral.power > 1:
            return True
        if after == "." and len(words) < 3 and "\u3400" <= text[end + 1 : end + 2] <= "\u9fff":
            return False  # 1.建设内容: the number of a section
        if "," in words and _qualifier_ahead(text, amount) is not None:
            return True  # 逾6,200市民
        if (after and after not in STOPS) or not _COUNTED.search(text, max(0, start - 3), start):
            return False
        aged = text.startswith(("年近", "年过", "年逾", "年约"), start - 2)  # 年近70的老人
        table = len(words.rpartition(".")[2].rpartition("·")[2]) > 4 and not words.isdecimal()
        return not aged and not table and words[0] != "0" and not (words.isdecimal() and 1900 <= int(words) < 2100)
    if before == "每":
        return False
    if amount.numeral.power >= 10**4 or any(magnitude in words for magnitude in "万亿兆萬億"):
        return True
    if len(words) > 2 and "千" in words and (not after or after in STOPS):  # 工资七八千
        return True
    return len(words) > 1 and amount.numeral.bound != "exact" and _qualifier_ahead(text, amount) is not None


def _qualifier_ahead(text: str, amount: Amount) -> tuple[Bound, tuple[int, int]] | None:
    return qualifier_before(text, amount.outer, amount.words[0] in MAGNITUDES)
