"""Those that are counted behind an attribute and 的: 未达标的12省, and of some told before 达标的有9个, 改正的4家.

Knows which words before the 的 tell what those counted do or are. Leaves out nouns behind the amount (`things_behind.py`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from extract.amount_clause import AmountClause, Measure
from extract.bodies import SCOPES, collective_in
from extract.measure_words import tails_of, words_of
from extract.phrase_behind import COUNT_THEMSELVES
from extract.phrase_words import CLOSE, OPEN, unit_of
from extract.pieces import Piece
from extract.things_behind import BEHIND_BAR, WHO_DO, thing_in, with_own_amount

LONGEST = 18  # characters of an attribute
_LEADS = frozenset(("其中", "在", "于", "对", "而", "以及", "还", "则", "另", "另外", "、", "和", "及", "为", "将", "涉及"))
_SAYS_HOW = frozenset(("v", "vn", "a", "d", "an", "Q", "l", "i", "b", "z"))
_ASKED_OF = frozenset((*COUNT_THEMSELVES, "个", "户", "人"))
_WHOLE, _BODIES = frozenset("全各本该我"), frozenset("省市县区镇村司企校局院校厂店部会团行国")  # 全县的12个, 学校的5个: whose they are


def told_by_attribute(view: AmountClause) -> Measure | None:
    """增速未达标的12省 are 增速未达标的省份; behind 40家违规企业 逾期未缴的31家 are 逾期未缴的企业."""
    pieces, low, i = view.pieces, view.low, view.i
    last = i - 1
    while last > low and pieces[last].flag == "Z":
        last -= 1
    ahead, behind = pieces[last].text if i else "", pieces[i + 1] if i + 1 < len(pieces) else None
    if ahead not in _asked_behind() and view.unit not in _ASKED_OF and pieces[last].flag != "d" and (behind is None or behind.flag != "Q"):
        return None  # what most amounts come to
    if view.thing or view.action:
        if ahead == "的" and view.unit in COUNT_THEMSELVES and not view.owned and not with_own_amount(view) and (words := _attribute(pieces, low, last)):
            return Measure(f"{words}的{_whose(view)}", _whose(view), "", BEHIND_BAR)  # 未达标的12省被约谈
        if behind is not None and view.unit in ("个", *COUNT_THEMSELVES) and (behind.text in COUNT_THEMSELVES or behind.text in OPEN):
            return _of_a_row(view)
        return _dealt_with(view) if ahead in _WITH else _noun_with_attribute(view, last) if ahead == "的" else None
    may_be_row = (behind is not None and (behind.flag == "Q" or behind.text in OPEN)) or view.unit in _LIVE_THERE
    if may_be_row and (row := _of_a_row(view)):
        return row
    if i == 0 or (ahead != "的" and ahead not in words_of("ties to an attribute") and pieces[i - 1].flag not in ("Z", "d")):
        return None
    j = i - 1
    while j > low and (pieces[j].flag in ("Z", "d") or pieces[j].text in words_of("ties to an attribute")):
        j -= 1
    if j <= low or pieces[j].flag != "uj" or pieces[j].text != "的" or not (noun := _whose(view)):
        return None
    words = _attribute(pieces, low, j)
    return Measure(f"{words}的{noun}", f"{words}的{noun}", "", BEHIND_BAR) if words else None


def _noun_with_attribute(view: AmountClause, end: int) -> Measure | None:
    """参加采购会的企业 of 参加采购会的50家企业: which ones they are is told ahead, and says more than what they do then."""
    noun = view.thing
    if view.pieces[view.i + 1].flag == "v" or view.owned or not 1 < len(noun) <= 8 or view.unit not in _CLASSIFIERS or (view.action and not view.action.startswith(_SAYS_BY_WHAT)):
        return None
    begin = _behind_leads(view.pieces, view.low, end)
    said = view.pieces[begin:end]
    if not said or said[0].flag not in ("v", "vn", "a") or said[0].text in words_of("have", "light", "link") or any(piece.flag == "Q" for piece in said):
        return None
    words = _attribute(view.pieces, begin, end)
    if not 3 <= len(words) <= 10 or any(piece.flag in ("T", "t", "r") for piece in said):
        return None
    return Measure(f"{words}的{noun}", noun if len(noun) > 2 else f"{words}的{noun}", "", "thing behind", None, "", noun if noun == collective_in(noun) else "")


@cache
def _asked_behind() -> frozenset[str]:
    return words_of("ties to an attribute") | {"的", "对", "与", "向"}


_SAYS_BY_WHAT = ("通过", "经", "以", "凭", "在")  # 参加采购会的50家企业通过展销…
_CLASSIFIERS = frozenset(("家", "个", "名", "位", "项", "座", "条", "种", "款", "件", "场", "户", "所", "处", "支", "批", "辆", "艘", "台", "部", "只"))


def _dealt_with(view: AmountClause) -> Measure | None:
    """直接投资的国家 of 对40个国家直接投资20亿元: what is dealt in with those counted stands between them and its amount."""
    pieces, i, noun = view.pieces, view.i, view.thing
    if i <= view.low or not noun.endswith(_LANDS):
        return None
    behind = "".join([piece.text for piece in pieces[i + 1 : view.high if view.high < i + 12 else i + 12] if piece.flag != "Q"])
    words = behind.removeprefix(noun)
    return Measure(f"{words}的{noun}", noun, "", "thing behind") if 1 < len(words) <= 12 and words.endswith(tails_of("dealings")) else None


_WITH, _LIVE_THERE = frozenset(("对", "与", "向")), frozenset(("户", "人"))
_LANDS = ("国家", "地区", "国家和地区", "省份", "城市", "企业")


def _of_a_row(view: AmountClause) -> Measure | None:
    """Those of a row of amounts that are not told apart: 8市35个县55万人受灾, 9个村民小组430户1600人."""
    pieces, i, unit = view.pieces, view.i, view.unit
    whom = WHO_DO.get(unit, unit) if unit in COUNT_THEMSELVES else view.thing if unit == "个" and view.thing in COUNT_THEMSELVES else ""
    if whom and (befell := _befell_all(pieces, i)):
        return Measure(f"{befell}的{whom}", whom, "", "thing behind")
    if unit not in _LIVE_THERE or i < 2:
        return None
    if pieces[i - 1].flag == "Q" and view.base == WHO_DO["户"]:
        return Measure(WHO_DO[unit], WHO_DO[unit], "", "thing behind")
    j = next((k for k in range(i - 1, max(-1, i - 4), -1) if pieces[k].flag == "Q"), i)
    settled = pieces[i - 1].text.endswith(("组", "村", "社区")) and j < i - 1 and unit_of(pieces[j]) == "个"
    return Measure(WHO_DO[unit], WHO_DO[unit], "", "thing behind") if settled else None


def _befell_all(pieces: Sequence[Piece], i: int) -> str:
    """受灾 of 9省（自治区、直辖市）45市210个县（市、区）1200万人受灾: what the row of amounts ends with is told of each."""
    j = last = i
    while j < len(pieces):
        if pieces[j].flag == "Q":
            last = j
        elif pieces[j].text in OPEN:
            j = next((k for k in range(j + 1, min(len(pieces), j + 8)) if pieces[k].text in CLOSE), len(pieces))
        elif pieces[j].flag != "Z" and pieces[j].text not in COUNT_THEMSELVES and pieces[j].text not in _JOINS_ROW:
            break
        j += 1
    if last == i or j >= len(pieces) or unit_of(pieces[last]) not in WHO_DO:
        return ""
    told = pieces[j]
    if told.flag != "v" or len(told.text) != 2 or told.text not in words_of("befalls each"):
        return ""
    behind = pieces[j + 1] if j + 1 < len(pieces) else told
    return told.text + (behind.text if behind.flag in ("n", "vn") else "")


_JOINS_ROW = frozenset(("、", "和", "及", "共", "的"))


def _whose(view: AmountClause) -> str:
    """省份 of 12省; the noun of what was counted before in the same unit."""
    if view.unit in COUNT_THEMSELVES:
        return WHO_DO.get(view.unit, view.unit)
    before = view.before
    if before is None or view.unit in ("人", "次", "元", ""):
        return ""
    if view.unit == "个" and before.unit[:1] in COUNT_THEMSELVES:
        return WHO_DO.get(before.unit[:1], before.unit[:1])
    was_attribute = _was_attribute(view)
    if before.unit != view.unit or before.kind != "count" or was_attribute:
        noun = _WHICH_ONES.sub("", view.noun)
        known = 1 < len(noun) <= 6 and noun not in SCOPES and not (was_attribute and view.noun == before.base)
        return noun if known else ""
    last = before.base.rpartition("的")[2]
    noun = last if before.rule == BEHIND_BAR else thing_in(_WHICH_ONES.sub("", last))
    return noun if len(noun) <= 6 and not noun.endswith(tails_of("amount_name")) else ""


# 最大的3家银行占50%,最小的30家占5%: the small ones are no 最大银行
_WHICH_ONES = re.compile("^(?:最[^近终初先后]的?|首[批家个]|第[一二三]|[大中小]型|新|旧|老|上述|其他|其余|主要)(?=..)")


def _was_attribute(view: AmountClause) -> bool:
    """Whether the last amount stood behind 的 as well, so that what was taken for its noun may be none: 合格的12批次,不合格的3批次."""
    if view.before is not None and view.before.rule == BEHIND_BAR:
        return False
    last = next((j for j in range(view.i - 1, 0, -1) if view.pieces[j].flag == "Q"), 0)
    return last > 0 and view.pieces[last - 1].text == "的" and view.pieces[last + 1].flag not in ("n", "nz", "vn")


def _attribute(pieces: Sequence[Piece], low: int, end: int) -> str:
    """The words before the 的 pieces[end], from the start of the clause; "" where they name no more than a place or an owner."""
    begin = next((k + 1 for k in range(end - 1, low, -1) if pieces[k].text == "、" and pieces[k - 1].flag == "Q"), low)
    begin = _behind_leads(pieces, begin, end)
    if begin < end and pieces[begin].flag in ("A", "P"):
        begin += 1
    said = pieces[begin:end]
    words = "".join([piece.text for piece in said]).removeprefix("的")
    if len(said) == 1 and 2 <= len(words) <= 4 and said[0].flag == "n" and words[0] not in _WHOLE and words[-1] not in _BODIES and said[0].end == pieces[end].start:
        return words  # 国产的30部
    if not 2 <= len(words) <= LONGEST or not any(piece.flag in _SAYS_HOW and piece.text not in words_of("have") for piece in said):
        return ""
    return "" if "的" in words else words


def _behind_leads(pieces: Sequence[Piece], begin: int, end: int) -> int:
    """Where the attribute begins, behind the times and words of joining that the clause opens with."""
    while begin < end and (pieces[begin].flag in ("T", "c", "x") or pieces[begin].text in _LEADS):
        begin += 1
    return begin
