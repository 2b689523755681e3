"""A place's name where it stands, and whether it stands there for itself.

Knows what it costs to cut the text into other words (黄河|南岸, not 黄|河南|岸), surnames in front, and what stands behind a
name that is a street's, a river's or a brand's. Leaves out which place a name means (`places.py`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from extract.divisions import name_of, towns
from extract.lexicons import read_lexicon, set_in
from extract.mentions import Level


class Hit(NamedTuple):
    """A name where it stands, before it is known which place it is."""

    start: int
    end: int
    codes: tuple[str, ...]  # candidates; () abroad, for regions, and where it stays open
    name: str = ""  # "" where the code has it
    level: Level | str = ""  # "" where the code has it
    rule: str = ""


def stands(text: str, start: int, end: int, kind: str, codes: Sequence[str] = ()) -> bool:
    """Whether the hit is the name and no accident of neighbouring words, a person's name, a street's or a brand's."""
    if kind in ("full", "former"):
        return end - start != 3 or not _ends_a_word(text, start, end)
    if kind in ("bound", "short of a parent"):
        return True
    if "·" in (text[start - 1 : start], text[end : end + 1]):  # 乔治·华盛顿
        return False
    if is_cut(text, start, end) or (end - start == 2 and _is_given_name(text, start)):
        return False
    if kind == "abroad":
        # 中韩国家, 日韩国际: the pair of countries is one word, 国家 the next; so in 中美国防部长. 22日本版 is a page of a paper.
        before, after = text[start - 1 : start], text[end : end + 1]
        pair = text[end - 1] == "国" and after in ("家", "际", "防", "务") and before in _POWERS
        of_a_day = text[start] == "日" and (before.isdigit() or before in _NUMERALS)
        return not pair and not of_a_day and not follows("brands and estates", text, end)
    if kind in _ALSO_NATURES and (follows("nature", text, end) or text[start - 1 : start] in ("大", "小", "白", "黑")):
        return False
    if follows("roads and brands", text, end) or (follows("estates", text, end) and not any(code.endswith("00") for code in codes)):
        return False
    if kind == "locality":
        return text[end : end + 1] != "村" or text[end - 1] in "镇乡" or not follows("villages", text, end)
    return text[end : end + 1] not in _VILLAGES or not _is_of_village(text, start, end, codes)


_ALSO_NATURES = ("alone", "locality", "again", "listed")  # kinds of short names that rivers and hills have too
_VILLAGES = ("镇", "乡", "村")


def _is_of_village(text: str, start: int, end: int, codes: Sequence[str]) -> bool:
    """黄埔|镇, 长兴|镇: the bare name of a quarter or county is a town's or village's too; 昆山镇区 and 义乌村官 are of the city,
    but 香格里拉|镇 is a town elsewhere."""
    if not follows("villages", text, end):
        return False
    levels = {name_of(code)[-1:] for code in codes}
    if "区" in levels or ("县" in levels and text[end] != "村"):
        return True
    return text[end] != "村" and not any(code.endswith("00") for code in codes) and text[start : end + 1] in towns()


def _ends_a_word(text: str, start: int, end: int) -> bool:
    """形成|都市圈, 老|城区: a full name of three characters whose first ends the word before."""
    costs = _costs()
    before = text[start - 1 : start + 1] if start else ""
    left = costs.ends.get(before)
    if left is None:
        return before in ("临海", "滨海", "靠海") and text[start + 1 : end] == "城市"
    if left > costs.left.get(text[start : end - 1], 99):
        return True
    return text[start + 1 : end] in set_in("beside_names", "plain quarters") and text[start - 1] not in _DIVISIONS


_DIVISIONS = tuple("省市区县州")
_NUMERALS = tuple("〇一二三四五六七八九十")
_POWERS = tuple("中美英法德俄日韩欧印澳")


def _is_given_name(text: str, start: int) -> bool:
    """刘宁波: a surname right before the name, unless it ends a word (主张北京…)."""
    before = text[start - 1 : start] if start else ""
    return bool(before) and before in _surnames() and text[start - 2 : start] not in words_of("tails")


@cache
def _surnames() -> frozenset[str]:
    return frozenset(read_lexicon("places")["weak"]["surnames"])


def is_cut(text: str, start: int, end: int) -> bool:
    """Whether two neighbouring words are likelier than the name: 黄河|南岸, 国民经济|南北. See `build_divisions.cut_costs`."""
    name, costs = text[start:end], _costs()
    both = costs.both.get(name)
    if both is None:
        return False
    left = costs.ends.get(text[start - 1 : start + 1]) if start else None
    right = costs.starts.get(text[end - 1 : end + 1])
    if left is not None and (left > costs.left[name] or (right is not None and left + right > both)):
        return True
    return right is not None and right > costs.right[name]


@cache
def _word_rows() -> dict[str, tuple[list[str], str]]:
    """`lexicon/divisions_words.tsv`, kind -> words and their costs; what each kind is stands in `build_divisions.py`."""
    path = Path(__file__).parent / "lexicon" / "divisions_words.tsv"
    rows = (line.split("\t") for line in path.read_text(encoding="utf-8").split("\n")[1:] if line)
    return {kind: (words.split(" "), costs) for kind, words, costs in rows}


@cache
def words_of(kind: str) -> frozenset[str]:
    return frozenset(_word_rows()[kind][0])


class _Costs(NamedTuple):
    """What words cost, by the name or by its first or last two characters with what stands beside it."""

    both: dict[str, int]
    ends: dict[str, int]
    left: dict[str, int]
    starts: dict[str, int]
    right: dict[str, int]


@cache
def _costs() -> _Costs:
    rows = ((kind, *_word_rows()[kind]) for kind in _Costs._fields)
    return _Costs(**{kind: dict(zip(words, map(int, costs.split(" ")), strict=True)) for kind, words, costs in rows})


def follows(what: str, text: str, at: int) -> bool:
    """Whether `what` (roads, nature, brands, estates, or several of them) stands at `at`, right behind a name, so that it is none."""
    firsts, pattern = _following(what)
    return text[at : at + 1] in firsts and pattern.match(text, at) is not None


# 上海路演 and 北京街头 are no streets, 长江南京段 no river's.
_GOES_ON = {"roads": "(?!演|透|人|况|径|线|过|由|遇|权|头|市|道办)", "nature": "(?!南|北|西|东|苏)", "brands": "(?!队|艇|载)", "estates": "", "villages": "(?![海江平原赉安远宁坪雄康巴沅静定痛级村域街馆镇亲愁音土下贤情味民庄里委上子干企播口官区集支两超晚])"}


@cache
def _following(what: str) -> tuple[frozenset[str], re.Pattern[str]]:
    """The first characters of such words, asked for first, and the words."""
    words = {kind: read_lexicon("places")["behind"][kind] for kind in what.split(" and ")}
    pattern = "|".join(f"(?:{'|'.join(some)}){_GOES_ON[kind]}" for kind, some in words.items())
    return frozenset(word[0] for some in words.values() for word in some), re.compile(pattern)
