"""Those that are counted behind an attribute and 的: 未达标的12省, and of some told before 达标的有9个, 改正的4家.

Knows which words before the 的 tell what those counted do or are. Leaves out nouns behind the amount (`things_behind.py`).
"""

from __future__ import annotations

from collections.abc import Sequence

from extract.amount_clause import AmountClause, Measure
from extract.measure_words import tails_of, words_of
from extract.phrase_behind import COUNT_THEMSELVES
from extract.pieces import Piece
from extract.things_behind import BEHIND_BAR, WHO_DO, thing_in

LONGEST = 18  # characters of an attribute
_LEADS = frozenset(("其中", "在", "于", "对", "而", "以及", "还", "则", "另", "另外", "、", "和", "及", "为", "将", "涉及"))
_SAYS_HOW = frozenset(("v", "vn", "a", "d", "an", "Q", "l", "i"))
_TIES = frozenset(("有", "共有", "就有", "仅有", "只有", "达", "达到", "共", "为", "是", "超过", "约", "已有", "还有", "一共", "总共"))


def told_by_attribute(view: AmountClause) -> Measure | None:
    """增速未达标的12省 are 增速未达标的省份; behind 40家违规企业 逾期未缴的31家 are 逾期未缴的企业."""
    pieces, low = view.pieces, view.low
    if view.thing or view.action:
        return None  # 未达标的12省下调目标: what they do says more
    j = view.i - 1
    while j > low and (pieces[j].flag in ("Z", "d") or pieces[j].text in _TIES):
        j -= 1
    if j <= low or pieces[j].flag != "uj" or pieces[j].text != "的" or not (noun := _whose(view)):
        return None
    words = _attribute(pieces, low, j)
    return Measure(f"{words}的{noun}", noun, "", BEHIND_BAR) if words else None


def _whose(view: AmountClause) -> str:
    """省份 of 12省; the noun of what was counted before in the same unit."""
    if view.unit in COUNT_THEMSELVES:
        return WHO_DO.get(view.unit, view.unit)
    before = view.before
    if before is None or before.unit != view.unit or before.kind != "count" or view.unit in ("人", "次", "元", ""):
        return ""
    noun = thing_in(before.base.rpartition("的")[2])
    return noun if len(noun) <= 6 and not noun.endswith(tails_of("amount_name")) else ""


def _attribute(pieces: Sequence[Piece], low: int, end: int) -> str:
    """The words before the 的 pieces[end], from the start of the clause; "" where they name no more than a place or an owner."""
    begin = next((k + 1 for k in range(end - 1, low, -1) if pieces[k].text == "、" and pieces[k - 1].flag == "Q"), low)
    while begin < end and (pieces[begin].flag in ("T", "c", "x") or pieces[begin].text in _LEADS):
        begin += 1
    if begin < end and pieces[begin].flag in ("A", "P"):
        begin += 1
    said = pieces[begin:end]
    words = "".join([piece.text for piece in said]).removeprefix("的")
    if not 2 <= len(words) <= LONGEST or not any(piece.flag in _SAYS_HOW and piece.text not in words_of("have") for piece in said):
        return ""
    return "" if "的" in words else words
