"""Villages: 云江镇石桥村 where it is named, and the one that 全村, 该村 and 村内 mean.

Knows how an article names a village: behind its town, or as what a clause opens with more than once. Leaves out towns and
what lies above them, which are places (`places.py`), and whose an amount is where no village is spoken of.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from extract.mentions import Actor, Place
from extract.owner_words import any_of, owner_words, tells
from extract.whole_places import is_ours
from extract.words import tag

if TYPE_CHECKING:
    from extract.sentences import Sentence


class Village(NamedTuple):
    """[start, end) names the village `name`."""

    start: int
    end: int
    name: str


_MOST_NAMES = 40  # villages of one article
_LONGEST = 6  # characters of a name before 村
_EDGE = "，,。；;：:、！？!?“”\"《》（）() \u3000\n"  # what the first name of a clause stands behind
_TOWN = ("镇", "乡", "街道", "街道办", "办事处", "苏木")


@cache
def _ending() -> re.Pattern[str]:
    """村 at the end of a name: no 村庄, 村级, 村干部."""
    return re.compile(f"(?:村|嘎查)(?!{any_of('words that begin with a village')})")


def find_villages(text: str, places: Sequence[Place]) -> list[Village]:
    """Every mention of the villages that `text` names, in order; a name begins behind a town or a place, or opens a clause twice."""
    if "村" not in text and "嘎查" not in text:
        return []
    ends = frozenset(place.end for place in places if place.level != "country")
    names: dict[str, None] = {}
    for match in _ending().finditer(text):
        name = _name_before(text, match.start(), match.end(), ends)
        if name and len(names) < _MOST_NAMES:
            names[name] = None
    if not names:
        return []
    every = re.compile("|".join(sorted(map(re.escape, names), key=len, reverse=True)))
    return [Village(*found.span(), found[0]) for found in every.finditer(text)]


def _name_before(text: str, start: int, end: int, ends: frozenset[int]) -> str:
    """石桥村 where 村 is text[start:end]; "" where no name stands there."""
    at = start
    while at > start - _LONGEST and "一" <= text[at - 1 : at] <= "龥" and text[at - 1] != "村":
        at -= 1
        name = text[at:end]
        behind_town = at in ends or text.endswith(_TOWN, 0, at)
        opens = at == 0 or text[at - 1] in _EDGE
        if not (behind_town or opens) or at == start:
            continue
        if _is_kind(text[at:start]):
            return ""
        if behind_town or (start - at > 1 and text.count(name) > 1 and not text.startswith(_MEMBERS, end)):
            return name
    return ""


def _is_kind(words: str) -> bool:
    """Whether 村 with these words before it is a kind of villages (贫困村, 12个行政村) or what is done in one (组织村民)."""
    if words.endswith(owner_words("kinds of villages")) or _NO_NAME.search(words):
        return True
    return len(words) > 1 and tag(words)[0].flag.startswith(("v", "p", "d", "r", "m"))


_NO_NAME = re.compile("[0-9的了在与和及等个各]")
_MEMBERS = ("民", "委", "党", "支", "两委", "第一书记", "书记", "主任")


# --- what a clause says of a village ---------------------------------------------------------------------------------


def of_village(sentence: Sentence, start: int, end: int, amount: int) -> tuple[str, ...] | None:
    """The village that the clause text[start:end] before `amount` opens with or means by 全村; () where it means one that nobody
    named, None where it speaks of none."""
    text, finds = sentence.text, sentence.finds
    at = _behind_lead(sentence, start, end)
    if (pointed := _pointed().match(text, at, end)) is not None:
        last = last_village(finds.villages, pointed.start())
        return (last,) if last else ()
    there = text[at : at + 1] == "在"  # 在云江镇石桥村，80亩桃子熟了
    at = _behind_lead(sentence, at + 1, end) if there else at
    named = next(iter(finds.villages.within(at, at + 1)), None)
    if named is None or named.end > end or (there and text[named.end : end] not in ("，", ",")):
        return None
    if _not_itself().match(text, named.end) or any(_is_there(named, actor) for actor in sentence.actors):
        return None
    if start != sentence.clause(amount)[0] and tells("who helps a village").match(text, sentence.clause(amount)[0]):
        return None  # 石桥村受淹，街道组织20人抢险
    more = sentence.whole is not None and named.end <= sentence.whole.start() < amount  # 石桥村…，共搬迁全县8个乡镇的群众
    return None if more else (named.name,)


def _is_there(village: Village, actor: Actor) -> bool:
    """Whether an actor has the village in its name (云江村股份) or is a person of the village (石桥村画家周立强)."""
    if actor.start <= village.start:
        return actor.end > village.start
    return actor.start == village.end or (actor.type == "person" and 0 < actor.start - village.end <= _LONGEST_TRADE)


_LONGEST_TRADE = 6  # characters between a village and the person who lives there


def last_village(villages: Sequence[Village], end: int) -> str:
    """The village named last before `end`, if any is."""
    index = bisect_left(villages, (end,)) - 1
    return villages[index].name if index >= 0 and end - villages[index].end < _REACH else ""


_REACH = 1500  # characters that 全村 points back over
_LEAD = re.compile("(?:[一-鿿]{2,3}(?:镇|乡|街道办?)(?=[一-鿿])|目前|如今|现在|近年来|截至目前|近日|其中|特别是|不过|而|据介绍|据了解|[“ \u3000?])+")


def _behind_lead(sentence: Sentence, start: int, end: int) -> int:
    """Where a clause goes on behind its dates, its places and 目前."""
    text, at = sentence.text, start
    while at < end:
        lead = _LEAD.match(text, at, end)
        step = lead.end() if lead else max((m.end for m in (*sentence.times, *sentence.places) if m.start == at), default=at)
        if step == at:
            return at
        at = step
    return at


@cache
def _pointed() -> re.Pattern[str]:
    return re.compile(f"(?:全村|该村|本村|村[内里中](?![0-9]))(?!{any_of('people and offices of a village')})")


@cache
def _not_itself() -> re.Pattern[str]:
    """石桥村村民, 石桥村小学, 石桥村的老周: somebody or something there; 石桥村发生火灾: where something befell."""
    return re.compile(f"的|、|[^，,。；;]{{0,6}}(?:发生|突发|遭遇|遭受|受灾)|{any_of('people and offices of a village')}")


def opens_unknown_whole(sentence: Sentence, start: int, end: int) -> bool:
    """Whether the clause text[start:end] opens with 我市 or 我省 where the article does not say which: of nobody told before."""
    whole = sentence.whole
    if whole is None or not is_ours(whole) or not start <= whole.start() < end:
        return False
    return sentence.meant is None and _behind_lead(sentence, start, end) == whole.start()
