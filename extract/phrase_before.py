"""The noun phrase in front of an amount: how far what is counted reaches back.

Knows where a phrase ends and begins, and which actor or place it began with. Leaves out what the phrase is used for
(`measures.py`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from extract.measure_words import is_money, tails_of, words_of
from extract.mentions import make
from extract.phrase_words import (
    BREAKS,
    CLOSE,
    FORESEEING,
    HELPERS,
    JOINS,
    LEADS_IN,
    LONGEST,
    NAMING_ADVERBS,
    NO_HEADS,
    NOUNISH,
    OPEN,
    PLAIN,
    QUOTES,
    SAYING,
    balanced,
    unit_of,
)
from extract.pieces import Mark, Piece, text_of
from extract.words import Word

_PARTICLES = frozenset(["uj", "ul", "uz", "ug", "ud", "uv", "u", "c", "d", "p", "r", "y", "e", "o", "df"])
_AIMS = frozenset(["预计", "有望", "希望", "力争", "拟", "打算", "争取", "宣布"])  # tagged as nouns now and then
_AIMS_OF_DEEDS = frozenset(["计划", "规划", "承诺", "估计", "预测"])  # 计划|出资 is an aim, IPO计划规模 a thing
_THIS = frozenset(["该", "其", "这", "此", "本", "上述", "这个", "这一", "该项"])


_LEADING = frozenset(["d", "Z", "ul", "uj", "c", "T"])
_FIXES = frozenset(["设", "确定", "设定", "核定", "约定", "限定", "原设定"])  # 单价最终|确定为4.82元
_ONLY_LEADS = LEADS_IN | _FIXES | {"较", "原"}  # 成交额|较去年的3亿元
_ON_AND_ON = frozenset(["连续", "持续"])
_DECIDES = frozenset(["批准", "同意", "核准", "审议通过"])
_MAY_BE_DEEDS = _AIMS | _AIMS_OF_DEEDS | _DECIDES | SAYING  # what is tagged as a noun now and then, or all the time


@cache
def _empty() -> frozenset[str]:
    return NO_HEADS | words_of("circumstances") | JOINS


class Phrase(NamedTuple):
    """A phrase of the text. `subject` is the actor or place it began with and `text` left out; `anaphor`: 该部门的收入;
    `deed`: it begins with a verb (吸纳产业人才)."""

    text: str
    start: int
    end: int
    subject: Mark | None = None
    anaphor: bool = False
    deed: bool = False


def phrase_before(pieces: Sequence[Piece], low: int, i: int) -> Phrase | None:
    """The noun phrase that ends before pieces[i], not reaching below pieces[low].

    Accepts a relative clause in front of its 的 (来自全球各地、完成过成交的采购商), because that is what tells a card
    from the next one; drops an actor in front (阿里巴巴的核心商业收入 is 核心商业收入) and keeps it as `subject`.
    """
    end = _end_of_phrase(pieces, low, i) if i > low else low
    if end <= low or pieces[end - 1].text in words_of("circumstances"):
        return None
    kept, j, subject, relative = _reach_back(pieces, low, end)
    ahead = pieces[j] if j >= low else None
    anaphor = ahead is not None and ahead.text in _THIS
    if ahead is not None and kept:
        if ahead.flag == "Q" and not relative and kept[0].text not in JOINS:  # 为11.4万家|企业兑付补贴: the noun belongs to that amount
            kept = kept[next((n for n, piece in enumerate(kept) if piece.flag == "v"), 0) :]
        elif ahead.flag in ("T", "p"):
            _begin_behind(kept, ahead)
            if ahead.flag == "T" and kept and kept[0].text == "产" and len(kept) > 1 and j > low and pieces[j - 1].flag == "v":
                del kept[0]  # 收购|2012年|产|玉米
    if ahead is not None and ahead.text == "其" and kept and kept[0].text[0] == "中" and kept[0].text != "中" and not kept[0].text.startswith(tails_of("begin with 中")):
        kept[0] = make(Word, (kept[0].start + 1, kept[0].end, kept[0].text[1:] or "中", kept[0].flag))  # 其|中医|养项目: 其中|医养项目
        anaphor = False
    phrase = _trimmed(kept, subject, anaphor)
    if phrase is None:
        return None
    if phrase.text.endswith(tails_of("dealings")) and (toward := _toward(pieces, low, j, subject)):
        return phrase._replace(text=toward + phrase.text.removeprefix(toward[1:]), subject=None)
    if phrase.text.startswith("增长的贡献率") and (grown := _grown(pieces, low, phrase.start)):
        return phrase._replace(text=f"对{grown}{phrase.text}")
    return phrase


def _grown(pieces: Sequence[Piece], low: int, start: int) -> str:
    """全部投资 of 对全部投资|增长的贡献率: to whose growth something adds."""
    words = "".join([piece.text for piece in pieces[low:] if piece.end <= start])
    return words.rpartition("对")[2] if "对" in words[-12:] else ""


def _reach_back(pieces: Sequence[Piece], low: int, end: int) -> tuple[list[Piece], int, Mark | None, bool]:
    """The words of the phrase that ends before pieces[end], in order; the index of the one ahead of them, below `low` for
    none; the actor or place among or ahead of them; and whether a relative clause is part of them."""
    kept: list[Piece] = []
    length = 0
    relative = False
    subject: Mark | None = None
    j = end - 1
    while j >= low:
        piece = pieces[j]
        flag, text = piece.flag, piece.text
        if flag in PLAIN and text not in _MAY_BE_DEEDS:
            pass
        elif text in CLOSE:
            opening = _opening(pieces, j, low)
            if any(inside.flag == "Q" or inside.text == "记者" for inside in pieces[opening:j]):
                break  # 半程跑(21公里)、|四分跑(10公里): an amount of its own
            if piece.start - pieces[opening].end <= 6 and not (opening + 2 == j and pieces[opening + 1].text.isdecimal()):
                kept += reversed(pieces[opening : j + 1])  # but of 远山股份(600123)净利润 no number
            j = opening - 1
            continue
        elif flag in ("A", "P") and _is_compound(kept):
            pass
        elif flag in ("A", "P") and (not relative or j == low or not kept):
            subject = piece if isinstance(piece, Mark) else None
            if not _name_joins(pieces, j, low, kept):
                break
        elif text == "可" and kept and kept[-1].text in words_of("can be done to it") and (kept[-1].text == "支配" or len(kept) > 1):
            pass
        elif text in ("已", "已经") and kept and kept[-1].text == "恢复":  # 消费规模|已|恢复到去年同期的七成
            j -= 1
            continue
        elif not _joins_phrase(pieces, j, low, kept, relative):
            break
        elif flag == "uj":
            relative = relative or bool(kept)
        elif flag == "Q" and j - 2 >= low and pieces[j - 1].flag == "P" and pieces[j - 2].text == "、":
            kept.append(piece)  # 甲、乙、丙|5个城市的在校生: the names only say which
            j -= 1
            break
        length += len(text)
        if length > LONGEST:
            break
        kept.append(piece)
        j -= 1
    kept.reverse()
    return kept, j, subject, relative


_TO_WHOM = frozenset(["向", "对", "为", "给", "从", "被", "把", "将", "由"])
_GIVEN_OUT = ("发放", "投放")
_SINCE = frozenset(["来", "起", "内", "间", "底", "末", "初", "中"])


def _begin_behind(kept: list[Piece], ahead: Piece) -> None:
    """Drop the words in front that belong to the one word ahead of the phrase: 今年|来, 向|贫困户|发放贷款."""
    if ahead.flag == "T":
        if kept[0].text in _SINCE and len(kept) > 1 and kept[1].flag != "P":  # 今年|来, but 今年|来台人数
            del kept[0]
    elif ahead.text == "按":
        reckoned = next((n for n, piece in enumerate(kept[1:3], 1) if piece.text == "计"), len(kept))
        del kept[: reckoned + 1 if reckoned + 1 < len(kept) else 0]  # 按|一年计|意向成交额
    elif ahead.flag == "p" and ahead.text in _TO_WHOM and (kept[0].flag != "v" or ahead.text in ("向", "为", "给")):
        relative = next((n for n, piece in enumerate(kept) if piece.flag == "uj"), 0)
        if relative and (done := _deed_within(kept, relative + 2)):
            del kept[:done]  # 为|提供线索的群众|兑现奖励
            return
        if len(kept) > 1 and kept[-1].text.startswith(_GIVEN_OUT):
            del kept[:-1]  # 向|农户|发放贷款, where the dictionary has 发放贷款 for one noun
            return
        verbs = [n for n in range(1, relative or len(kept)) if kept[n].flag == "v" and len(kept[n].text) > 1]
        if verbs and (not relative or ahead.text in ("向", "对", "给")) and len("".join(map(text_of, kept[verbs[-1] + 1 :]))) > 1:
            del kept[: verbs[0] if relative else verbs[-1]]
    elif ahead.text == "同" and kept[0].text[0] in "城类行业":
        kept[0] = make(Word, (ahead.start, kept[0].end, "同" + kept[0].text, "n"))  # 同|城业务量


def _deed_within(kept: list[Piece], start: int) -> int:
    """Index of the first verb from kept[start] on that has its object behind it and stands in no name; 0 for none."""
    for n in range(start, len(kept) - 1):
        if kept[n].flag == "v" and kept[n].text not in words_of("compound"):
            return n
    return 0


def _toward(pieces: Sequence[Piece], low: int, j: int, subject: Mark | None) -> str:
    """对东盟 of 对东盟进出口总值: with whom the dealings are says which they are."""
    for at in (j, j - 1):
        if low <= at and pieces[at].text == "对" and at + 1 < len(pieces):
            partner = pieces[at + 1]
            return "对" + partner.text if partner is subject or partner.flag in ("ns", "n", "A", "P") else ""
    return ""


def _end_of_phrase(pieces: Sequence[Piece], low: int, end: int) -> int:
    """Index behind the last piece of the phrase that leads to pieces[end]: adverbs, helpers and what only fixes it left out."""
    while end > low:
        last = pieces[end - 1]
        if (last.flag not in _LEADING and last.text not in _ONLY_LEADS) or (last.text == "一度" and end - 1 > low and "盘" in pieces[end - 2].text):
            break  # 盘中一度飙升
        end -= 1
    if end - 1 > low and pieces[end - 2].text == "被" and pieces[end - 1].flag == "v" and len(pieces[end - 1].text) == 1:  # 门票被|炒|到1.8万元
        end -= 2
        while end > low and (pieces[end - 1].flag in _LEADING or pieces[end - 1].text in ("最高", "一度")):
            end -= 1
    if end > low and pieces[end - 1].text in _RECKONED and (by := _reckoned_by(pieces, low, end)):
        end = by  # 产值|按可比价格计算|增长6%
    for at in range(end - 2, max(low, end - 4) - 1, -1):  # 连续五年, 连续|5|年, 连续|4|个|月
        if pieces[at].text in _ON_AND_ON and pieces[at + 1].flag in ("m", "mq", "x", "Q"):
            return at
    return end


_RECKONED = frozenset(("计算", "核算", "计", "算", "口径"))


def _reckoned_by(pieces: Sequence[Piece], low: int, end: int) -> int:
    """Index of the 按 with which what says how an amount is reckoned begins, of at most five words; 0 for none."""
    return next((at for at in range(end - 2, max(low, end - 7), -1) if pieces[at].text in ("按", "按照")), 0)


def _opening(pieces: Sequence[Piece], j: int, low: int) -> int:
    for k in range(j - 1, max(low, j - 14) - 1, -1):
        if pieces[k].text in OPEN:
            return k
    return j


def _is_compound(kept: Sequence[Piece]) -> bool:
    """深圳|湾口岸, 淘宝|村数量: behind one syllable a name is only the beginning of a word."""
    return bool(kept) and len(kept[-1].text) == 1 and kept[-1].flag in ("n", "ng", "zg", "nr", "ns", "j") and kept[-1].text != "原"


def _name_joins(pieces: Sequence[Piece], j: int, low: int, kept: Sequence[Piece]) -> bool:
    """Whether the actor or place pieces[j] is needed to tell the phrase behind it from others."""
    if kept and j > low and pieces[j - 1].text in (("在", "向", "对") if kept[-1].flag in ("v", "vn") else ("对",)):
        return False  # 在秭归县|投资150亿元, 对云江公司|罚款3万元
    return _place_joins(kept) if pieces[j].flag == "P" else _actor_joins(kept)


def _place_joins(kept: Sequence[Piece]) -> bool:
    """宁波会员 needs its place, 深圳的经济总量 and 中国境内销售额 can do without."""
    return bool(kept) and kept[-1].flag != "uj" and len("".join(map(text_of, kept))) < 4


def _actor_joins(kept: Sequence[Piece]) -> bool:
    """淘宝直播客流量 says more than 客流量; of 诺基亚收入 the 收入 is enough."""
    if not kept or kept[-1].flag != "n":
        return False
    rest = "".join(map(text_of, reversed(kept)))
    return len(rest) <= 3 and rest not in words_of("of_company")


def _joins_phrase(pieces: Sequence[Piece], j: int, low: int, kept: Sequence[Piece], relative: bool) -> bool:
    """Whether a word stands in a phrase before kept[-1]; words of PLAIN come here only where they may be deeds."""
    flag, text = pieces[j].flag, pieces[j].text
    if text in SAYING or text in _AIMS or (text in _AIMS_OF_DEEDS and kept and _begins_with_deed(kept)):
        return False
    if text in _DECIDES and kept and not relative and kept[-1].flag != "uj":
        return False  # 董事会批准|每股派息
    if flag in PLAIN:
        return True
    if flag == "Q":  # 5000万美元以上的项目, 上亿美元项目
        unit = unit_of(pieces[j])
        per = j > low and pieces[j - 1].text == "每"  # 每万人发明专利拥有量
        last = next((piece.flag for piece in reversed(kept) if piece.flag != "Z"), "")
        if kept and kept[-1].text == "级":  # 100亿级项目
            return True
        return relative or per or (is_money(unit) and last in NOUNISH)
    if flag == "T" or text in BREAKS or text in OPEN:
        return False
    if text in _PASSING and kept and kept[-1].flag == "Q":  # 过5亿元的项目
        return True
    if text in QUOTES or (text == "、" and kept):
        return True
    if flag == "uj":
        return bool(kept)
    if text in JOINS:
        return bool(kept) and j > low and pieces[j - 1].flag not in ("d", "T", "x")
    if text.startswith(("每", "各", "全", "本")) and len(text) <= 3:
        return True
    if flag == "x":
        return text.isalnum() or text in "-/·."
    if flag == "r":
        return text in ("我国", "其他", "其它") or (relative and text.endswith(("地", "处")))
    if flag == "d":
        return text in NAMING_ADVERBS and bool(kept)
    if flag == "v":
        return _verb_joins(text, relative) or (text in ("占", "应") and bool(kept) and kept[-1].text in _DUE)
    if flag in ("p", "ul", "uz", "ug"):
        return relative or (text == "在" and bool(kept) and len(kept[-1].text) == 1 and kept[-1].flag in ("v", "P")) or (text == "被" and _suffers(kept))  # 在谈项目, 在京企业, 被骗资金
    return flag not in _PARTICLES and (flag != "t" or text in ("现代", "当代"))  # 现代服务业


def _suffers(kept: Sequence[Piece]) -> bool:
    """Whether 被 belongs to the words behind it: 被骗资金, 被害人, 被罚机构; of 被罚款 the 罚款 is enough."""
    return bool(kept) and (kept[-1].text[0] in "骗害" or (kept[-1].text == "罚" and len(kept) > 1))


def _begins_with_deed(kept: Sequence[Piece]) -> bool:
    """Whether a deed, or its time with the deed behind, is what the phrase (gathered from its end) begins with: 计划|2026年投产."""
    flag = kept[-1].flag
    return flag in ("v", "vn") or (flag in ("m", "t", "T") and kept[0].flag in ("v", "vn"))


def _verb_joins(text: str, relative: bool) -> bool:
    if text in FORESEEING:
        return False
    if text in words_of("light", "link", "have") or text in HELPERS:
        return relative and text not in ("是", "为", "有", "据")
    return True


_DUE = frozenset(["占", "溢利", "利润", "净利润", "亏损", "盈利"])  # 股东|应|占|溢利
_PASSING = frozenset(["过", "超", "破", "逾"])
_DENIED = frozenset(["不", "未", "没有", "没", "非", "无"])  # 未完成的订单 are not the 完成的订单


def _trimmed(kept: list[Piece], subject: Mark | None, anaphor: bool) -> Phrase | None:
    """The phrase without what only leads to it and what cannot end it; None where neither words nor a name are left."""
    if kept and kept[0].text == "经":  # 经民警查明|面包车核载
        found = next((n for n in range(len(kept) - 1, 0, -1) if kept[n].text in words_of("found_out")), 0)
        kept = kept[found + 1 :] if found else kept
    while kept and _only_leads_in(kept):
        first = kept.pop(0)
        if first.flag == "p" and kept:
            _begin_behind(kept, first)
    while kept and _is_no_head(kept):
        kept.pop()
    if kept and isinstance(name := kept[0], Mark) and _is_only_names(kept):
        subject, kept = subject or name, []
    if not kept or (len(kept) == 1 and kept[0].text in words_of("light") and kept[0].text != "预期"):
        return Phrase("", 0, 0, subject, anaphor) if subject else None
    while kept[-1].text == "与" and len(kept) > 1:
        kept.pop()  # but not of 参与
    text = "".join(map(text_of, kept)).strip("、,，的").removeprefix("和")
    if text[-3:] in _ESTIMATED:
        text = text[:-3]  # 零售额的临时|估计为30亿元
    if subject is not None and kept[0].start == subject.end and subject.flag == "P":
        text = _within(subject.text, text)
    if anaphor and "的" in text:  # 该部门的收入 is 收入 of what was spoken of
        text = text.split("的", 1)[1]
    first = kept[0]
    return make(Phrase, (balanced(text), first.start, kept[-1].end, subject, anaphor, first.flag == "v" and first.text != "快递"))  # 快递|行业业务收入


def _is_only_names(kept: list[Piece]) -> bool:
    """Whether a phrase that begins with a mention is made of actors and places; of 浙江|预期增长5.5% the 预期 is dropped."""
    if len(kept) > 1 and kept[-1].text in _FORESEES and all(isinstance(piece, Mark) for piece in kept[:-1]):
        kept.pop()
    return all(piece.flag in ("A", "P") for piece in kept)


_ESTIMATED = frozenset(["的临时", "的修订", "的初步"])
_FORESEES = frozenset(["预期", "提出", "预计"])


def _within(place: str, text: str) -> str:
    """疾控部门 of 云海市|区疾控部门, 货物 of 台湾|地区货物: a word that only goes on with the place left out goes as well."""
    rest = text[1:] if text[0] == "区" and place[-1] == "市" else text.removeprefix("地区").removeprefix("境内")
    return rest if len(rest) > 1 else text


_SETS_OUT = frozenset(["如", "例如", "比如", "单是", "光是", "虽", "虽然"])
_ONE_OF = re.compile("[一两][辆批位名家个种项条张份座场部件艘架支]")  # 一辆|小客车核载


def _only_leads_in(kept: Sequence[Piece]) -> bool:
    """Whether the first word is no part of the phrase: an adverb, 和, 期间, or 实现 with more behind it."""
    flag, text = kept[0].flag, kept[0].text
    if text in _empty() or (text in words_of("light") and len(kept) > 1 and kept[1].text != "度"):  # 小康实现度
        return text not in _DENIED
    if text in _SETS_OUT:
        return len(kept) > 1
    if flag in PLAIN or text in _DENIED:
        return False
    if flag == "m":
        return len(kept) > 1 and _ONE_OF.fullmatch(text) is not None
    if flag in _PARTICLES:
        passes = len(kept) > 1 and ((text in _PASSING and kept[1].flag == "Q") or (text == "被" and kept[1].text[0] in "骗害罚"))
        return text not in ("我国", "其他", "其它") and not text.startswith(("每", "人均")) and not _is_under_way(kept) and not passes
    if flag == "x":
        return not text.isalnum() and text not in "“《「『\""
    if flag in ("f", "q", "k"):
        return len(text) < 3 and text not in words_of("kinds of place") and not (text.endswith("部") and len(kept) > 1 and kept[1].text == "地区")
    return False


def _is_no_head(kept: Sequence[Piece]) -> bool:
    """Whether a phrase cannot end with its last word: 方面, a comma, an amount."""
    flag, text = kept[-1].flag, kept[-1].text
    if flag in PLAIN and text not in NO_HEADS:
        return False
    if text in ("以上", "以下") and len(kept) > 1 and kept[-2].text in ("岁", "限额", "规模"):
        return False  # 60岁以上, 规模以上
    if text in NO_HEADS or flag == "Q":
        return True
    return len(kept) > 1 if flag == "f" else flag == "x" and not text.isalnum() and text not in "”》」』\"）)"


def _is_under_way(kept: Sequence[Piece]) -> bool:
    """在谈的企业, 在建项目: 在 and one syllable are a word."""
    return kept[0].text == "在" and len(kept) > 1 and kept[1].flag in ("v", "P") and len(kept[1].text) == 1
