"""Noun phrases beside an amount: how far what is counted reaches back, and how far it reaches forward.

Knows which words a Chinese noun phrase holds and where it ends, on the pieces of one sentence. Leaves out what
the phrase is used for (`measures.py`). Word tags are hints, so every stop word that matters is named here or in
`lexicon/measures.yaml`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from extract.lexicons import read_lexicon
from extract.mentions import Quantity, make
from extract.pieces import Mark, Piece

LONGEST = 26  # characters a phrase may reach back; a card shows about half of that
LONGEST_ACTION = 14  # characters of 坚持照常营业 in 坚持照常营业的门店

_BREAKS = frozenset(",，;；:：。！？!?\n—…|")
_OPEN, _CLOSE = "（(", "）)"
_BOUNDS = _BREAKS | {*_OPEN, *_CLOSE}
_QUOTES = frozenset("“”\"‘’《》「」『』【】")
_JOINS = frozenset("和与及或暨兼、")
# Adverbs that are part of a name: 日均出入境旅客, 未使用互联网的人口, 特别国债.
_NAMING_ADVERBS = frozenset(["非", "未", "不", "没有", "最", "新", "总", "净", "均", "全", "日均", "月均", "年均", "累计", "平均", "共同", "直接", "相关", "特别", "人均", "户均"])
# A phrase that ends in one of them says when or where, not what: 高峰时已经达到了260万单.
_CIRCUMSTANCES = frozenset(["时", "后", "前", "期间", "以来", "之后", "之前", "同时", "其中", "此外", "同期", "之际", "以后", "以前", "当天", "当日", "当中"])
_NO_HEADS = frozenset(["中", "内", "里", "上", "下", "间", "方面", "背景", "情况", "基础", "过程", "之内", "以上", "以下", "左右", "此", "该", "其", "为止", "等"])
_NOUNISH = frozenset(["n", "b", "a", "j", "l", "i", "f", "s", "an", "vn", "nr", "ns", "nt", "nz", "ng", "g", "k", "h", "eng", "q", "z", "nrt", "nrfg", "vg", "m", "ad", "tg", "zg"])
_PLAIN = frozenset(["n", "nz", "ns", "nt", "vn", "j", "l", "nr"])  # the most of a phrase, and never anything else
_PARTICLES = frozenset(["uj", "ul", "uz", "ug", "ud", "uv", "u", "c", "d", "p", "r", "y", "e", "o", "df"])
HELPERS = frozenset(["能", "会", "要", "可以", "将", "能够", "应", "应该", "可", "可能", "必须", "需", "需要", "想", "愿意", "正", "便", "就", "才", "已", "已经", "都", "也", "还", "又", "再", "却", "则", "而", "仍", "仍然", "首次", "首度", "再度", "同步", "双双", "史上", "再次", "一直", "持续", "正式", "初步", "合计", "总共", "大约", "大概", "目前", "已达", "均", "分别", "共", "或", "即", "有所"])
_FORESEEING = frozenset(["可望", "预计", "预测", "估计", "预估", "有望", "计划", "希望", "力争", "拟", "打算", "争取", "料", "承诺", "认为", "显示", "表示"])
_AIMS = frozenset(["预计", "有望", "希望", "力争", "拟", "打算", "争取", "宣布"])  # tagged as nouns now and then
_AIMS_OF_DEEDS = frozenset(["计划", "规划", "承诺", "估计", "预测"])  # 计划|出资 is an aim, IPO计划规模 a thing
_THIS = frozenset(["该", "其", "这", "此", "本", "上述", "这个", "这一", "该项"])


_ABLE = frozenset(["支配", "统计", "销售", "比", "利用", "再生", "供", "售", "用", "追溯", "分配", "出租", "租", "交易"])  # 可支配收入, 可统计金额
_LEADING = frozenset(["d", "Z", "ul", "uj", "c", "T"])
_FIXES = frozenset(["确定", "设定", "核定", "约定", "限定"])  # 单价最终|确定为4.82元
_LEADS_IN = HELPERS | _FORESEEING | {"小幅", "大幅", "略微", "轻微", "逆势", "稳步", "显著", "明显"}
_NO_SUBJECT = HELPERS | _NO_HEADS
_EMPTY = _NO_HEADS | _CIRCUMSTANCES



class Phrase(NamedTuple):
    """A phrase of the text. `subject` is the actor or place it began with and `text` left out; `anaphor`: 该部门的收入;
    `deed`: it begins with a verb (吸纳产业人才)."""

    text: str
    start: int
    end: int
    subject: Mark | None = None
    anaphor: bool = False
    deed: bool = False


@cache
def words_of(*groups: str) -> frozenset[str]:
    """The words of one or more groups of `lexicon/measures.yaml`."""
    return frozenset(word for entry in read_lexicon("measures") if entry["group"] in groups for word in entry["words"])


@cache
def tails_of(*groups: str) -> tuple[str, ...]:
    """The words of several groups, longest first, for `str.endswith`."""
    return tuple(sorted(words_of(*groups), key=len, reverse=True))


@cache
def is_money(unit: str) -> bool:
    """Whether a unit is a currency, by its ISO 4217 code."""
    return len(unit) == 3 and unit.isascii() and unit.isupper()


@cache
def _by_length(*groups: str) -> tuple[frozenset[str], tuple[int, ...]]:
    words = words_of(*groups)
    return words, tuple(sorted({len(word) for word in words}, reverse=True))


def ending(text: str, *groups: str) -> str:
    """The longest word of the groups that `text` ends with, or ""."""
    words, lengths = _by_length(*groups)
    for length in lengths:
        if text[-length:] in words:
            return text[-length:]
    return ""


def tails(head: str) -> dict[str, str]:
    """For each group that has one, the longest of its words that `head` ends with; `step` is a rise or a fall."""
    groups, lengths = _groups_of_tails()
    found: dict[str, str] = {}
    for length in lengths.get(head[-1:], ()):
        word = head[-length:]
        if word in groups:
            for group in groups[word]:
                found.setdefault(group, word)
    return found


@cache
def _groups_of_tails() -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[int, ...]]]:
    """The groups of each word, and by last character the lengths of the words that end with it, longest first."""
    groups: dict[str, tuple[str, ...]] = {}
    for group in ("rise", "fall", "link", "have", "level", "light"):
        for word in words_of(group):
            groups[word] = (*groups.get(word, ()), group) + (("step",) if group in ("rise", "fall") else ())
    lengths: dict[str, set[int]] = {}
    for word in groups:
        lengths.setdefault(word[-1], set()).add(len(word))
    return groups, {last: tuple(sorted(all_of_it, reverse=True)) for last, all_of_it in lengths.items()}


def _unit(piece: Piece) -> str:
    return piece.mention.unit if isinstance(piece, Mark) and isinstance(piece.mention, Quantity) else ""


def is_break(piece: Piece) -> bool:
    return piece.text in _BREAKS


def clause_bounds(pieces: Sequence[Piece], i: int) -> tuple[int, int]:
    """Indexes (low, high) of the clause around pieces[i]; brackets close a clause off as commas do."""
    low, depth = 0, 0
    for j in range(i - 1, -1, -1):
        text = pieces[j].text
        if text in _BOUNDS:
            if text in _BREAKS or (text in _OPEN and depth == 0):
                low = j + 1
                break
            depth += 1 if text in _CLOSE else -1
    high, depth = len(pieces), 0
    for j in range(i + 1, high):
        text = pieces[j].text
        if text in _BOUNDS:
            if text in _BREAKS or (text in _CLOSE and depth == 0):
                high = j
                break
            depth += 1 if text in _OPEN else -1
    return low, high


# --- in front of the amount ------------------------------------------------------------------------------------


def phrase_before(pieces: Sequence[Piece], low: int, i: int) -> Phrase | None:
    """The noun phrase that ends before pieces[i], not reaching below pieces[low].

    Accepts a relative clause in front of its 的 (来自全球各地、完成过成交的采购商), because that is what tells a card
    from the next one; drops an actor in front (阿里巴巴的核心商业收入 is 核心商业收入) and keeps it as `subject`.
    """
    end = _end_of_phrase(pieces, low, i)
    if end > low and pieces[end - 1].text in _CIRCUMSTANCES:
        return None
    kept: list[Piece] = []
    length = 0
    relative = False
    subject: Mark | None = None
    j = end - 1
    while j >= low:
        piece = pieces[j]
        if piece.text in _CLOSE:
            opening = _opening(pieces, j, low)
            if pieces[j].start - pieces[opening].end > 6:
                j = opening - 1
                continue
            kept += [pieces[k] for k in range(j, opening - 1, -1)]
            j = opening - 1
            continue
        if piece.flag in ("A", "P") and _is_compound(kept):
            pass
        elif piece.flag in ("A", "P") and (not relative or j == low or not kept):
            subject = piece if isinstance(piece, Mark) else None
            if kept and kept[-1].flag in ("v", "vn") and j > low and pieces[j - 1].text in ("在", "向", "对"):  # 在秭归县|投资150亿元
                break
            if not (_place_joins(kept) if piece.flag == "P" else _actor_joins(kept)):
                break
        elif piece.text == "可" and kept and kept[-1].text in _ABLE and (kept[-1].text == "支配" or len(kept) > 1):
            pass
        elif piece.text in ("已", "已经") and kept and kept[-1].text == "恢复":  # 消费规模|已|恢复到去年同期的七成
            j -= 1
            continue
        elif not _joins_phrase(pieces, j, low, kept, relative):
            break
        length += len(piece.text)
        if length > LONGEST:
            break
        relative = relative or (piece.flag == "uj" and bool(kept))
        kept.append(piece)
        j -= 1
    anaphor = j >= low and pieces[j].text in _THIS
    if j >= low and pieces[j].flag == "Q" and not relative:  # 为11.4万家|企业兑付补贴: the noun belongs to that amount
        deed = next((k for k in range(len(kept) - 1, -1, -1) if kept[k].flag == "v"), len(kept) - 1)
        kept = kept[: deed + 1]
    kept.reverse()
    phrase = _trimmed(kept, subject, anaphor)
    if phrase is not None and phrase.text.endswith(DEALINGS) and (toward := _toward(pieces, low, j, subject)):
        return phrase._replace(text=toward + phrase.text.removeprefix(toward[1:]), subject=None)
    return phrase


DEALINGS = ("进出口", "出口", "进口", "总值", "贸易额", "出口额", "进口额", "投资额", "投资", "贸易")


def _toward(pieces: Sequence[Piece], low: int, j: int, subject: Mark | None) -> str:
    """对东盟 of 对东盟进出口总值: with whom the dealings are says which they are."""
    for at in (j, j - 1):
        if low <= at and pieces[at].text == "对" and at + 1 < len(pieces):
            partner = pieces[at + 1]
            return "对" + partner.text if partner is subject or partner.flag in ("ns", "n", "A", "P") else ""
    return ""


def _end_of_phrase(pieces: Sequence[Piece], low: int, end: int) -> int:
    """Index behind the last piece of the phrase that leads to pieces[end]: adverbs, helpers and what only fixes it left out."""
    while end > low and (pieces[end - 1].flag in _LEADING or pieces[end - 1].text in _LEADS_IN or pieces[end - 1].text in _FIXES):
        end -= 1
    if end - 1 > low and pieces[end - 1].flag == "v" and len(pieces[end - 1].text) == 1 and pieces[end - 2].text == "被":  # 门票被|炒|到1.8万元
        end -= 2
        while end > low and (pieces[end - 1].flag in _LEADING or pieces[end - 1].text in ("最高", "一度")):
            end -= 1
    for width in (1, 2, 3):  # 连续五年, 连续|5|年, 连续|4|个|月
        at = end - width - 1
        if at >= low and pieces[at].text in ("连续", "持续") and pieces[at + 1].flag in ("m", "mq", "x", "Q"):
            return at
    return end


def _opening(pieces: Sequence[Piece], j: int, low: int) -> int:
    for k in range(j - 1, max(low, j - 14) - 1, -1):
        if pieces[k].text in _OPEN:
            return k
    return j


def _is_compound(kept: Sequence[Piece]) -> bool:
    """深圳|湾口岸, 淘宝|村数量: behind one syllable a name is only the beginning of a word."""
    return bool(kept) and len(kept[-1].text) == 1 and kept[-1].flag in ("n", "ng", "zg", "nr", "ns") and kept[-1].text != "原"


def _place_joins(kept: Sequence[Piece]) -> bool:
    """宁波会员 needs its place, 深圳的经济总量 and 中国境内销售额 can do without."""
    return bool(kept) and kept[-1].flag != "uj" and sum(len(p.text) for p in kept) < 4


def _actor_joins(kept: Sequence[Piece]) -> bool:
    """淘宝直播客流量 says more than 客流量; of 诺基亚收入 the 收入 is enough."""
    rest = "".join([p.text for p in reversed(kept)])
    return bool(kept) and kept[-1].flag == "n" and len(rest) <= 3 and rest not in words_of("of_company")


def _joins_phrase(pieces: Sequence[Piece], j: int, low: int, kept: Sequence[Piece], relative: bool) -> bool:
    flag, text = pieces[j].flag, pieces[j].text
    if text in _AIMS or (text in _AIMS_OF_DEEDS and kept and (kept[-1].flag in ("v", "vn") or (kept[-1].flag in ("m", "t", "T") and kept[0].flag in ("v", "vn")))):
        return False
    if text in _DECIDES and kept and not relative and kept[-1].flag != "uj":
        return False  # 董事会批准|每股派息
    if flag in _PLAIN:
        return True
    if flag == "Q":  # 5000万美元以上的项目, 上亿美元项目
        unit = _unit(pieces[j])
        per = j > low and pieces[j - 1].text == "每"  # 每万人发明专利拥有量
        last = next((piece.flag for piece in reversed(kept) if piece.flag != "Z"), "")
        if kept and kept[-1].text == "级":  # 100亿级项目
            return True
        return relative or per or (is_money(unit) and last in _NOUNISH)
    if flag == "T" or text in _BREAKS or text in _OPEN:
        return False
    if text in _PASSING and kept and kept[-1].flag == "Q":  # 过5亿元的项目
        return True
    if text in _QUOTES or (text == "、" and kept):
        return True
    if flag == "uj":
        return bool(kept)
    if text in _JOINS:
        return bool(kept) and j > low and pieces[j - 1].flag not in ("d", "T", "x")
    if text.startswith(("每", "各", "全", "本")) and len(text) <= 3:
        return True
    if flag == "x":
        return text.isalnum() or text in "-/·."
    if flag == "r":
        return text == "我国" or (relative and text.endswith(("地", "处")))
    if flag == "d":
        return text in _NAMING_ADVERBS and bool(kept)
    if flag == "v":
        return _verb_joins(text, relative)
    if flag in ("p", "ul", "uz", "ug"):
        return relative
    return flag not in _PARTICLES and flag != "t"


def _verb_joins(text: str, relative: bool) -> bool:
    if text in _FORESEEING:
        return False
    if text in words_of("light", "link", "have") or text in HELPERS:
        return relative and text not in ("是", "为", "有", "据")
    return True


_DECIDES = frozenset(["批准", "同意", "核准", "审议通过"])
_PASSING = frozenset(["过", "超", "破", "逾"])
_DENIED = frozenset(["不", "未", "没有", "没", "非", "无"])  # 未完成的订单 are not the 完成的订单


_KINDS_OF_PLACE = frozenset(["线上", "线下", "境外", "境内", "海外", "国内", "国外", "省内", "省外", "场内", "场外"])  # 线上|销售额


def _trimmed(kept: list[Piece], subject: Mark | None, anaphor: bool) -> Phrase | None:
    while kept and kept[0].text not in _DENIED and (
        (kept[0].flag in _PARTICLES and kept[0].text != "我国" and not kept[0].text.startswith(("每", "人均")) and not _is_under_way(kept) and not (len(kept) > 1 and kept[1].flag == "Q" and kept[0].text in _PASSING))
        or (kept[0].flag == "x" and not kept[0].text.isalnum() and kept[0].text not in "“《「『\"")
        or kept[0].text in _JOINS
        or (kept[0].flag in ("f", "q", "k") and len(kept[0].text) < 3 and kept[0].text not in _KINDS_OF_PLACE and not (kept[0].text.endswith("部") and len(kept) > 1 and kept[1].text == "地区"))
        or kept[0].text in _EMPTY
        or (kept[0].text in words_of("light") and len(kept) > 1)
    ):  # fmt: skip
        kept.pop(0)
    while kept and (
        kept[-1].text in _NO_HEADS
        or (kept[-1].flag in ("uj", "c", "x", "f") and not kept[-1].text.isalnum() and kept[-1].text not in "”》」』\"）)")
        or kept[-1].flag == "Q"
        or (kept[-1].flag == "f" and len(kept) > 1)
    ):
        kept.pop()
    if len(kept) > 1 and kept[-1].text in ("预期", "提出", "预计") and all(isinstance(piece, Mark) for piece in kept[:-1]):
        kept.pop()  # 浙江|预期增长5.5%
    if kept and isinstance(kept[0], Mark) and all(isinstance(piece, Mark) and piece.flag in ("A", "P") for piece in kept):
        subject, kept = subject or kept[0], []  # type: ignore[assignment]
    if not kept or (len(kept) == 1 and kept[0].text in words_of("light") and kept[0].text != "预期"):
        return Phrase("", 0, 0, subject, anaphor) if subject else None
    text = "".join([piece.text for piece in kept]).strip("、,，和与的")
    if anaphor and "的" in text:  # 该部门的收入 is 收入 of what was spoken of
        text = text.split("的", 1)[1]
    return make(Phrase, (_balanced(text), kept[0].start, kept[-1].end, subject, anaphor, kept[0].flag == "v"))


def _is_under_way(kept: Sequence[Piece]) -> bool:
    """在谈的企业, 在建项目: 在 and one syllable are a word."""
    return kept[0].text == "在" and len(kept) > 1 and kept[1].flag == "v" and len(kept[1].text) == 1


_PAIRED = re.compile(r"[“”（）()《》]")


def _balanced(text: str) -> str:
    if _PAIRED.search(text) is None:
        return text
    for opening, closing in ("“”", "（）", "()", "《》"):
        if text.count(opening) != text.count(closing):
            text = text.replace(opening, "").replace(closing, "")
    return text


# --- behind the amount -----------------------------------------------------------------------------------------


class Following(NamedTuple):
    """What stands behind an amount: `noun` is counted (`owned`: after a 的), `action` is what it does."""

    noun: str
    action: str
    owned: bool


def phrase_after(pieces: Sequence[Piece], i: int, high: int, joined: int = 4) -> Following:
    """The noun behind the amount pieces[i] and what is said of it, up to pieces[high].

    Of several amounts joined by 、 the noun may stand behind the last (超过4000万件、总价值4.68亿元的医疗物资), and so may the
    action (11.4万家企业、37.1万员工兑付补贴); of two amounts in a row the second is a property (6家年销售额过千亿元的采购巨头). `joined` amounts are followed at most.
    """
    j = _skip(pieces, i + 1, high)
    owned = j < high and pieces[j].flag == "uj"
    if owned:
        j += 1
    unit = _unit(pieces[i])
    noun, j = _noun(pieces, j, high, money=not owned and is_money(unit))
    if not noun and not owned and len(unit) == 1 and unit != "%":
        noun, j = _deed_in_name(pieces, j, high)
    if not owned:
        if not noun and joined and j < high and pieces[j].flag == "Q" and not is_money(unit) and unit:  # 200多户400多位村民
            return phrase_after(pieces, j, high, joined - 1)
        k = _next_joined(pieces, j, high) if not noun else _property_of(pieces, j, high)
        if k and joined:
            return phrase_after(pieces, k, high, joined - 1)
        if noun and _has_amount(pieces, j, high):  # 832个贫困县电商市场规模达867.6亿元: the counted part of the phrase
            return Following(collective_in(noun) or noun.removesuffix(ending(noun, "of_company")) or noun, "", False)  # 300个县|销售额增长20%
    while joined and (k := _next_joined(pieces, j, high)):
        joined -= 1
        j = _skip(pieces, k + 1, high)
        _, j = _noun(pieces, j, high)
    return make(Following, (noun, _action(pieces, j, high) if j < high else "", owned))


def _skip(pieces: Sequence[Piece], j: int, high: int) -> int:
    while j < high and (pieces[j].flag == "Z" or pieces[j].text in ("左右", "以上", "以下", "以内", "上下", "多", "余")):
        j += 1
    if j < high and pieces[j].text in _OPEN:  # 300亿元(年度约10万亿元)网络零售额
        behind = next((k + 1 for k in range(j, min(high, j + 12)) if pieces[k].text in _CLOSE), j)
        if behind < high and pieces[behind].flag in _NOUNISH:
            return behind
    return j


def _next_joined(pieces: Sequence[Piece], j: int, high: int) -> int:
    """Index of the amount that carries on the row (…、…Q), or 0."""
    if j >= high or pieces[j].text not in ("、", "和", "及", "与", "以及"):
        return 0
    for k in range(j + 1, min(high, j + 6)):
        if pieces[k].flag == "Q":
            return k if k + 1 >= high or pieces[k + 1].text != "级" else 0  # 100亿级项目1个、30亿级项目2个
        if pieces[k].flag in ("v", "p", "ul", "d"):  # 143万人、超额完成110万人任务: another deed
            return 0
    return 0


def _property_of(pieces: Sequence[Piece], j: int, high: int) -> int:
    """Index of a second amount directly behind the noun that has its own 的: 6家[年销售额]过[千亿元]的国际采购巨头."""
    k = _skip(pieces, j, high)
    if k < high and pieces[k].flag == "Q":
        after = _skip(pieces, k + 1, high)
        if after < high and pieces[after].flag == "uj":
            return k
    return 0


_EVENLY = frozenset(["均", "都", "同比", "环比", "已", "将", "了"])


def _has_amount(pieces: Sequence[Piece], j: int, high: int) -> bool:
    """Whether the phrase before pieces[j] has an amount of its own: 达867.6亿元, 超过1亿元."""
    k = j
    while k < high and k < j + 5 and (pieces[k].flag == "Z" or pieces[k].text in words_of("link", "rise", "fall") or pieces[k].text in _EVENLY):
        k += 1
    return k < high and pieces[k].flag == "Q"


_ACTING = frozenset(["商家", "卖家", "店", "网店", "门店", "用户", "村民", "居民", "农户", "市民", "消费者", "工厂", "员工"])  # 淘宝店|销售工艺品
_NO_MORE = frozenset(["nr", "m", "ns", "A", "P"])  # 企业|分批入驻, 巨头|齐聚合肥: behind a word for a body these begin what it does


def _noun(pieces: Sequence[Piece], j: int, high: int, money: bool = False) -> tuple[str, int]:
    kept: list[Piece] = []
    length = 0
    bodies = words_of("collective")
    while j < high and _carries_noun(pieces, j, high, bool(kept), money):
        if kept and pieces[j].flag in _NO_MORE and kept[-1].text in bodies:
            break
        if kept and pieces[j].flag in ("v", "vn") and kept[-1].text in _ACTING and j + 1 < high and pieces[j + 1].flag != "uj":
            break
        length += len(pieces[j].text)
        if length > LONGEST:
            break
        kept.append(pieces[j])
        j += 1
    while kept and (kept[-1].text in _JOINS or kept[-1].flag in ("f", "c") or kept[-1].text in "“《「『"):
        kept.pop()
        j -= 1
    if len(kept) > 1 and kept[-1].flag == "vn" and j < high and pieces[j].flag in ("Q", "Z", "ul"):  # 网店|奖励10万元
        kept.pop()
        j -= 1
    if len(kept) > 2 and kept[-1].flag == "a" and (j >= high or is_break(pieces[j])):  # 项目|发展|良好 says how they do
        del kept[-2 if kept[-2].flag in ("vn", "v") else -1 :]
    if kept and kept[-1].text in _NO_HEADS:
        return "", j
    return _balanced("".join([p.text for p in kept])).strip("“”\"、"), j


def _deed_in_name(pieces: Sequence[Piece], j: int, high: int) -> tuple[str, int]:
    """18个挂牌督战贫困县, 9家获奖企业: behind a classifier one or two verbs that lead to a word for a body are part of its name."""
    for k in range(j, min(high, j + 3)):
        flag, text = pieces[k].flag, pieces[k].text
        if k > j and flag == "n" and text in words_of("collective"):
            return "".join([piece.text for piece in pieces[j : k + 1]]), k + 1
        if k > j and flag == "uj" and k + 1 < high and pieces[k + 1].flag == "n":  # 5个集中竣工的重大项目
            return "".join([piece.text for piece in pieces[j : k + 2]]), k + 2
        if flag not in ("v", "vn") or len(text) < 2 or text in words_of("link", "have", "light") or text in HELPERS:
            break
    return "", j


_NOUNS = frozenset(["包裹", "展商", "客商", "参展商", "采购商"])  # tagged as verbs
_ORGANISED = frozenset(["国际", "社会", "经济", "行业", "民间"])  # 国际|组织 is a body
_ALL_KINDS = frozenset(["各界", "各类", "各级", "各地", "各国"])
_HOUSES = frozenset(["中心", "基地", "大厅", "站", "馆", "院", "所", "局"])  # 知识产权|保护|中心, but 企业|建设中心
_MEASURED = ("金额", "总额", "额", "数量", "总量", "量", "规模", "人数", "面积", "价格", "均价")  # 企业|成交|金额: what is done and how much of it


def _carries_noun(pieces: Sequence[Piece], j: int, high: int, begun: bool, money: bool) -> bool:
    flag, text = pieces[j].flag, pieces[j].text
    if flag == "ad" and j + 1 < high and pieces[j + 1].flag == "v":  # 项目|顺利|签约
        return False
    if money and not begun and _is_purpose(pieces, j, high):
        return False
    if flag == "vn" and money and not begun:
        return _verb_in_noun(pieces, j, high, begun, money)
    if flag in _PLAIN:
        return text not in ("同比", "环比", "有所") and not (begun and flag == "l")  # 用户|足不出户
    if flag in ("Q", "T", "Z") or text in _BREAKS or text in _OPEN or text in _CLOSE or text in HELPERS:
        return False
    if text in _QUOTES:
        return True
    if text in ("同比", "环比"):
        return False
    if text in _NOUNS or (text == "组织" and begun and pieces[j - 1].text in _ORGANISED):
        return True
    if flag == "r":  # 6万名各界嘉宾
        return text in _ALL_KINDS and not begun and j + 1 < high and pieces[j + 1].flag in _NOUNISH
    if text == "、" and begun and j + 2 < high and pieces[j - 2].text == pieces[j + 1].text and len(pieces[j + 1].text) == 1 and pieces[j + 2].flag != "Q":
        return True  # 新产品、新技术、新服务
    if text == "、" and begun and j + 3 < high and pieces[j + 1].flag == "n" and pieces[j + 2].text in ("和", "及", "与") and pieces[j + 3].flag in ("n", "nz"):
        return True  # 国家、地区和国际组织
    if text == "、" and begun and pieces[j - 1].flag == "b":  # 大型、超大型数据中心
        return j + 1 < high and pieces[j + 1].flag in ("b", "n")
    if flag == "x":
        return text.isalnum() or (text in "-+·" and begun)
    behind = pieces[j + 1] if j + 1 < high else None
    if text in _JOINS:
        return begun and text != "、" and behind is not None and (behind.flag in _NOUNISH or behind.flag in ("A", "P"))
    if flag in ("A", "P"):
        return True
    if flag == "d":
        return text in _NAMING_ADVERBS and behind is not None and behind.flag in ("n", "vn", "nz")
    if text in words_of("of_company"):
        return begun or flag != "v" or pieces[j - 1].flag == "uj"
    if flag == "v":
        return _verb_in_noun(pieces, j, high, begun, money)
    return flag in _NOUNISH


_FUNDS = ("资金", "基金", "款", "金", "费", "政策")


def _is_purpose(pieces: Sequence[Piece], j: int, high: int) -> bool:
    """投入2亿元|补贴中小企业: what the money is for; 100万元|奖励资金 is a kind of money."""
    if j + 1 >= high or pieces[j].text not in words_of("grant"):
        return False
    behind = pieces[j + 1]
    return behind.flag in ("n", "j", "A") and not behind.text.endswith(_FUNDS)


_TOGETHER = frozenset(["集中", "联合", "累计", "陆续"])  # 5个集中竣工的项目


def _verb_in_noun(pieces: Sequence[Piece], j: int, high: int, begun: bool, money: bool) -> bool:
    """A verb inside a name has its noun behind it (采购订单, 签约项目), or is all there is (40个询盘); 企业报名 does something."""
    text = pieces[j].text
    if text in words_of("light", "link", "have"):
        return False
    behind = pieces[j + 1] if j + 1 < high else None
    if behind is None or is_break(behind):
        return not begun and len(text) > 1
    if not begun and len(text) == 2 and behind.flag in ("d", "v") and _unit(pieces[j - 1]) in ("个", "件", "笔", "份") and text not in HELPERS and text not in _TOGETHER:
        return True  # 10亿个包裹|大致相当于
    if behind.flag not in ("n", "vn", "ng", "nz"):
        return False
    if begun and (behind.text in _MEASURED or (behind.text in _HOUSES and pieces[j - 1].text not in words_of("collective")) or pieces[j - 1].text + text in words_of("compound")):
        return True
    if not begun and money:  # 投入3800亿元建设基础设施: a purpose
        return (text in words_of("compound") and len(text) > 2) or behind.text.endswith(_FUNDS)
    return not begun or text in words_of("compound") or pieces[j - 1].flag in ("uj", "b", "a", "j") or len(text) == 1


_DENYING = frozenset(["不", "未", "没有", "没", "从未", "从不", "从没", "尚未", "仍未", "并未", "未能", "无法", "不再", "不会", "不能"])  # 12%的人|从未使用过


def _action(pieces: Sequence[Piece], j: int, high: int) -> str:
    """坚持照常营业, 跑在阿里云上: what the counted ones do, without 了 and helpers."""
    while j < high and pieces[j].text not in _DENYING and (pieces[j].flag in ("d", "ul", "T", "ad") or (pieces[j].text in HELPERS and pieces[j].text not in ("从", "由"))):
        j += 1
    if j >= high or (pieces[j].flag not in ("v", "p", "vn") and pieces[j].text not in _DENYING and not _is_purpose(pieces, j, high)) or (pieces[j].text in words_of("link", "have") and pieces[j].text != "在") or pieces[j].text in ("等", "是"):
        return ""
    parts: list[str] = []
    length = 0
    while j < high and pieces[j].flag not in ("Q", "Z") and not is_break(pieces[j]):
        piece = pieces[j]
        if piece.flag != "ul" and piece.text != "进行":
            length += len(piece.text)
            if length > LONGEST_ACTION:
                if parts[0] in ("在", "于"):  # where it was done, and what was done stands too far behind
                    return ""
                break
            if piece.flag == "uj" and parts and parts[0] == "在":  # 贫困县在平台的销售额: of a thing of theirs
                return ""
            if len(parts) > 2 and parts[0] in ("在", "于") and piece.flag == "v" and len(piece.text) > 1 and piece.text not in words_of("link"):
                parts = []  # 在高新区等地|开工的项目: what was done says more than where
            parts.append(piece.text)
        j += 1
    return _balanced("".join(parts).strip("\"的、，"))


# --- who a clause is about -------------------------------------------------------------------------------------


def subject_of(pieces: Sequence[Piece], low: int, high: int) -> str:
    """The noun phrase a clause opens with, behind its time, adverbs and 在…上; "" where it opens otherwise."""
    j = low
    while j < high and (pieces[j].flag in ("T", "d", "c", "x", "f", "Z", "y") or pieces[j].text in _LEADS_IN or (pieces[j].flag == "r" and pieces[j].text != "我国")):
        j += 1
    kept: list[str] = []
    while j < high and len(kept) < 6:
        flag, text = pieces[j].flag, pieces[j].text
        begins_name = flag == "v" and j + 1 < high and pieces[j + 1].flag == "n" and text in words_of("compound")
        if flag in ("A", "P") or text == "我国" or begins_name or (flag in _NOUNISH and text not in _NO_SUBJECT):
            kept.append(text)
        else:
            break
        j += 1
    return "".join(kept)


SCOPES = ("中国", "我国", "全球", "全国", "全世界", "美国", "世界")


def scope_of(text: str) -> str:
    """中国 of 中国5G连接: the country or the world a phrase begins with."""
    return next((scope for scope in SCOPES if text.startswith(scope)), "") if text.startswith(SCOPES) else ""


def may_open_with_body(text: str, start: int, end: int) -> bool:
    """Whether `collective_in` could find anything in the phrase that opens text[start:end]: asked first, because it needs
    no words to be cut. No phrase reaches over 的 or 了 to a body (消费回暖推动了行业…).
    """
    if text.startswith(SCOPES, start, end):
        return True
    body = _bodies().search(text, start, end)
    return body is not None and text.find("的", start, body.start()) < 0 and text.find("了", start, body.start()) < 0


def collective_in(text: str) -> str:
    """The part of a phrase up to its first word for a body of people or a thing that has properties (深圳湾口岸日均旅客).

    A whole country or the world counts as one: 全球仍然有50%的人口.
    """
    if text in SCOPES:
        return text
    for match in _bodies().finditer(text):
        part = text[: match.end()].rpartition("的")[2]
        if len(part) > 2 and not _NO_BODY.search(part):
            return part
    return ""


@cache
def _bodies() -> re.Pattern[str]:
    """A word for a body; two in a row are one (产业项目)."""
    words = "|".join(sorted(map(re.escape, words_of("collective")), key=len, reverse=True))
    return re.compile(f"(?:{words})(?:{words})?(?![务业化模]|订单|龙头|头部|领军|领先|骨干)")  # no 快递业 in 快递业务量, no 国企 in 中国企业


# Words that show a phrase was cut in the middle of a clause: 这场连接全国市场, 研发人员占员工.
_NO_BODY = re.compile(r"^每|[占于这给让把被将了是为有在]|(?<=.)中(?![心国学小])|其他|多家|各类|所有|入选|完成|新增|拉动")
