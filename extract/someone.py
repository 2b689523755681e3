"""Persons that a clause is about though no name is given there: 江某, 沈先生, and 他 or 她 who was named before.

Knows how a text leaves a name open and where 他 begins a clause. Leaves out names (`people.py`).
"""

from __future__ import annotations

import re
from functools import cache

from extract.finds import Finds
from extract.lexicons import read_lexicon
from extract.mentions import Actor, make
from extract.only_dealt_with import CAUGHT
from extract.only_says import speaks
from extract.owner_words import any_of, owner_words
from extract.passages import Span


@cache
def _of_his() -> re.Pattern[str]:
    """周先生的公司, 周先生家属: somebody or something of his."""
    return re.compile(f"的(?![0-9])|(?:自己)?(?:{any_of('of a person')})")


_TO_WHOM = re.compile(r"[向给对与被由为和跟][^，,。；、]{0,8}$")
_HE = re.compile("(?:而|但|目前|如今|现在|此后|随后|去年|今年|同时)?[,，]?([他她])(?![们人国乡山日者])")


@cache
def _someone() -> re.Pattern[str]:
    names = read_lexicon("surnames")
    single = "".join(character for character in names["single"] if character not in names["weak"])
    return re.compile(rf"(?:[一-鿿]某[、和])?[{single}](?:某(?![一-鿿]{{0,12}}?(?:公司|企业|厂|店|部|馆|品牌|医院|学校|项目|小区|楼盘))[某甲乙丙丁]?|{any_of('persons called')})")


def someone_in(text: str, start: int, end: int) -> tuple[str, ...]:
    """江某 of 随后江某筹集了款项, two at most: those the clause text[start:end] is about; none to whom something is done (向江某赔偿),
    who only says it (据沈女士介绍), or whose company it is (沈先生的公司)."""
    found = _someone().search(text, start, end)
    if found is None or _TO_WHOM.search(text, start, found.start()) or CAUGHT.search(text, start, found.start()) or _of_his().match(text, found.end()):
        return ()
    led = "某" in text[found.end() : found.end() + _MOST_BETWEEN]  # 沈某按照林某指示搭载8人
    if text.startswith(owner_words("only tells"), found.end()) or (not led and _speaks(text, found.span())):
        return ()
    first, _, second = found[0].replace("和", "、").partition("、")
    if second:
        return first, second
    at = found.end()
    beside = _someone().match(text, at + 1, end) if text[at : at + 1] in ("、", "和") else None
    return (first, beside[0]) if beside else (first,)


def _speaks(text: str, span: Span) -> bool:
    """Whether the person text[start:end] only says it."""
    name = text[slice(*span)]
    return speaks(text, make(Actor, (*span, name, name, "person", "", "")))


def he_or_she(finds: Finds, start: int) -> tuple[str, ...]:
    """Who 他 or 她, with which the clause at `start` begins, is: the person last named before; none where he only says it, or where
    the sentence that named him names another (董事长周平会见市长林海。他…)."""
    found = _HE.match(finds.text, start)
    if found is None or _FINDS_OUT.match(finds.text, found.end()) or finds.text.startswith(owner_words("only tells"), found.end()) or _speaks(finds.text, found.span(1)):
        return ()
    named = [a for a in finds.actors.within(max(0, start - _MOST_BACK), start) if a.type == "person" and not finds.only_reports(a)]
    if not named:
        return ()
    begin = max(finds.text.rfind(mark, named[0].start, named[-1].start) for mark in "。！？\n")
    return (named[-1].name,) if all(a.name == named[-1].name for a in named if a.start > begin) else ()


_FINDS_OUT = re.compile("[^，,。；;、]{0,16}?(?:发现|了解到|得知|获悉|注意到|看到|算过|算了|粗略)")  # 她调研时发现，厂里有300人: not hers
_MOST_BETWEEN = 8  # characters between a name and its word of saying
_MOST_BACK = 300  # characters that 他 points back over
