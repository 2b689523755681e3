"""The property that a list gives once: 服装销售额上升6%,家电下跌3% tells of the 销售额 of both.

Knows what may be left out behind the first of a list, and which things have it. Leaves out how a step or a share is called
(`rates.py`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.amount_clause import AmountClause
from extract.measure_words import ending, tails_of
from extract.owner_words import owner_words
from extract.phrase_before import Phrase
from extract.pieces import Piece

LONGEST_THING = 14


def property_of_last(view: AmountClause, thing: str, phrase: Phrase | None) -> str:
    """销售额 of 服装销售额上升6%,家电下跌3%, for the 家电 of the second; "" where the second names what grew, or nothing was listed.

    The clause opens with the thing, right behind the amount before, and both are what grew.
    """
    before = view.before
    if before is None or phrase is None or before.rule not in ("growth", "distributed") or not before.change or phrase.subject is not None:
        return ""
    if not _opens(view, phrase):
        return ""
    if not view.carries_on and view.pieces[view.low].text not in _NEXT and not (thing.endswith(_goods()) and before.base.endswith(_SOLD)):
        return ""  # 制造业投资增长3%。建筑业增长5%: a full stop leaves nothing out, unless goods are told one by one
    return left_out(before.base.removesuffix("增速"), thing, view.pieces[view.low - 2].text == "其中" if view.low > 3 else False)


def sum_of_last(view: AmountClause, thing: str, phrase: Phrase) -> str:
    """出口 of 机电产品出口30亿元,农产品20亿元, for the 农产品; 奖金20万元 is a sum by itself."""
    before = view.before
    if before is None or not view.carries_on or not before.row or phrase.subject is not None or ending(thing, "fund", "paid", "property", "grant", "of_company"):
        return ""
    return left_out(before.row[-1], thing) if _opens(view, phrase) else ""


_NOT_SOLD = re.compile("库存|空置|闲置|滞销|报废|废旧|待售")  # they have a 销售额 as little as others' unsold ones


def left_out(last: str, thing: str, is_part: bool = False) -> str:
    """The property of `last` (销售额 of 服装销售额) that its sister `thing` has as well; `is_part`: 其中 says that it is a part of it.

    Things are sisters where their names end alike (制造业,采矿业) or both are goods; 汽车销量,专利 and 关税 are none.
    """
    name = ending(last, "left out in lists")
    first = last[: -len(name)].removesuffix("的") if name else ""
    if len(first) < 2 or first.endswith(tails_of("people")):
        return ""
    bare = thing != first and not _NOT_SOLD.search(thing) and 1 < len(thing) <= LONGEST_THING and not thing.endswith(tails_of("no member of a list"))
    related = is_part or first[-1] == thing[-1] or (first.endswith(_goods()) and thing.endswith(_goods()))
    return name if bare and related and not ending(thing, "names its amount", "people", "amount_name", "left out in lists", "rise", "fall") else ""


def _goods() -> tuple[str, ...]:
    return owner_words("kinds of goods")


_NEXT, _SOLD = frozenset(("其次", "其次为", "依次为")), ("销货价值", "销售额", "零售额", "销量", "增速")
_LEADS = frozenset(("而", "则", "其中", "但", "其次", "其次为", "依次为", "为", "也", "另外", "此外", "至于", "反观"))


def _opens(view: AmountClause, phrase: Phrase) -> bool:
    """Whether the clause opens with the phrase, and nothing stands between it and the amount before."""
    pieces, low = view.pieces, view.low
    first = low
    while pieces[first].text in _LEADS and pieces[first].start < phrase.start:
        first += 1
    if pieces[first].start != phrase.start:
        return False
    return is_right_behind(pieces, low)


def is_right_behind(pieces: Sequence[Piece], low: int) -> bool:
    """Whether the clause pieces[low] begins right behind an amount, with 其中 between them at most, or with its sentence."""
    if low > 3 and pieces[low - 2].text == "其中":
        low -= 2
    return low < 2 or pieces[low - 2].flag == "Q" or pieces[low - 2].text in "）)"
