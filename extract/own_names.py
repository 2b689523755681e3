"""Companies that only the whole article gives away: 岳禾 that opens two clauses, has a website and stands in a row with 京东.

Knows where an article may name a company that no list has, and what stands around such a name; takes it for one where all its
mentions together leave no doubt. Leaves out names that one wording gives away (`listed_companies.py`) and people.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from operator import itemgetter

from extract import people
from extract.known_names import doubtful
from extract.lexicons import either, read_lexicon
from extract.mentions import Actor, make
from extract.occurrences import occurrences, occurrences_of
from extract.organisation_endings import descriptions, suffixes, trades
from extract.passages import Span
from extract.words import Word, is_word, tag

_ENOUGH = 4  # points: each way in which companies are spoken of counts once, however often it is used
_MOST = 20  # mentions of one name that are looked at, and names
_MARKS = frozenset("，。；：、,;:？?！!“”\"「」『』【】《》（）() \n\t\u3000—/")
_MARK = re.compile(f"[{''.join(_MARKS)}]")
_ASIDE = re.compile(r"(?:也|亦|则|还|已|曾|正|近日|日前|今日|昨日|此前|全年|去年|今年|上半年|前三季度|20\d\d年度?|第?[一二三四]季度|\d{1,2}月\d{1,2}日|正式)*")
_MONEY = re.compile("(?:宣布)?(?:已?完成|获得?)[^，。；]{0,14}(?:融资|领投)")
_CODE = re.compile(r" ?[（(]\d{4,6}[)）.]")
_COUNTED = re.compile("(?:[0-9一二两三四五六七八九十百千万亿数几多余各][家个只名类种款项]|[0-9各多些批])$")  # 多家房企, 3000家岳禾


@cache
def _signs() -> dict[str, re.Pattern[str]]:
    """What is said of companies, each kind under its name."""
    signs = next(group["signs"] for group in read_lexicon("organisations") if "signs" in group)
    return {kind: re.compile(either(words)) for kind, words in signs.items()}


@cache
def _words(key: str) -> frozenset[str]:
    return frozenset(next(group[key] for group in read_lexicon("organisations") if key in group))


def own_names(text: str, actors: Sequence[Actor], unnamed: Iterable[Span], told: Iterable[int]) -> list[Actor]:
    """One mention of each such company; `actors` are those known by now, `unnamed` the endings with no name found before them and
    `told` where something stands that follows companies."""
    unsure = doubtful().every
    companies = [actor for actor in actors if actor[4] == "company" and actor[2] not in unsure]
    possible = {*_in_rows(text, companies), *_ending(text, unnamed), *_at_words(text, told)}
    stems = {actor[2][:-2]: actor[3] for actor in companies if len(actor[2]) in (4, 5) and actor[2][-2:] in ("公司", "集团")}
    possible.update(stem for stem in stems if not is_word(stem))
    possible.difference_update(map(itemgetter(2), actors))
    names = [name for name in sorted(possible) if _can_be_own(name) and _can_name(name)]
    if not names:
        return []
    beside = _Beside(actors)
    found = []
    for name in names[:_MOST]:
        at = _first(text, name, beside)
        if at is not None:
            found.append(make(Actor, (at, at + len(name), name, stems.get(name, name), "company", "", "company of the whole article")))
    return found


class _Beside:
    """Which actors stand around a place of the text."""

    def __init__(self, actors: Sequence[Actor]) -> None:
        self._actors = actors
        self._starts = list(map(itemgetter(0), actors))

    def overlaps(self, start: int, end: int) -> bool:
        index = bisect_right(self._starts, start)
        return (index > 0 and self._actors[index - 1].end > start) or (index < len(self._starts) and self._starts[index] < end)

    def ends(self, at: int) -> bool:
        """Whether a company's name ends at `at`."""
        index = bisect_left(self._starts, at) - 1
        return index >= 0 and self._actors[index].end == at and _is_sure(self._actors[index])

    def starts(self, at: int) -> bool:
        """Whether a company's name starts at `at`."""
        index = bisect_left(self._starts, at)
        return index < len(self._starts) and self._starts[index] == at and _is_sure(self._actors[index])


def _is_sure(actor: Actor) -> bool:
    return actor.type == "company" and actor.text not in doubtful().every


_IN_ROW = re.compile("[A-Za-z一-鿿][A-Za-z0-9一-鿿]{1,7}?(?=[、，。；）)]|等|和|与|及)")
_BEFORE_ROW = re.compile(r"(?:^|[，。；：、\s“（(]|如|包括|有|与|和|是|为)(?![如有与和是为包])([A-Za-z一-鿿][A-Za-z0-9一-鿿]{1,7})$")


def _in_rows(text: str, companies: Iterable[Actor]) -> Iterator[str]:
    """海岳科 of 京东、海岳科、小米等: what stands in a row with companies."""
    for company in companies:
        start, end = company[0], company[1]
        if text[end : end + 1] == "、" and (name := _IN_ROW.match(text, end + 1)):
            yield name[0]
        if text[start - 1 : start] == "、" and (name := _BEFORE_ROW.search(text, max(0, start - 10), start - 1)):
            yield name[1]


_BEFORE = re.compile(r"(?:^|[，。；：、\s“”（(《》】]|母公司|旗下|而|如|但)([A-Za-z一-鿿][A-Za-z0-9一-鿿]{0,6})$")


def _ending(text: str, unnamed: Iterable[Span]) -> Iterator[str]:
    for start, end in unnamed:
        stem = _BEFORE.search(text, max(0, start - 10), start)
        if stem and (not is_word(text[stem.start(1) : stem.start(1) + 2]) or text.startswith("集团", start)):
            yield text[stem.start(1) : end]


_BEHIND_NAME = re.compile(
    r"(?:而|但|被|包括|旗下|如|由|其中|比如|[一-鿿]{0,6}(?:厂商|企业|品牌)|\d{1,2}日)?([A-Za-z一-鿿]{2,8}?)"
    r"(?:也|已|还|已于|近日|日前|今日|正式|去年|全年|上半年|20\d\d年)*(?:宣布)?(?:(?:完成|获得?|实现)[^，。；]{0,14}|[A-Za-z]轮|拟|预计|计划)?"
)


def _at_words(text: str, told: Iterable[int]) -> Iterator[str]:
    """云钢科 of 云钢科完成数千万元A轮融资, 云钢科官网, 云钢科（2999）."""
    codes = [at for at in occurrences_of(text, "（", "(") if text[at + 1 : at + 2].isdigit()]
    for at in (*told, *codes):
        name = _BEHIND_NAME.fullmatch(_MARK.split(text[max(0, at - 26) : at])[-1])
        if name:
            yield name[1]


def _first(text: str, name: str, beside: _Beside) -> int | None:
    """Where the company `name` stands first, if the article leaves no doubt that it is one."""
    words = tag(name)
    own = _is_own(name, words)
    places = [at for at in occurrences(text, name, apart=True) if not beside.overlaps(at, at + len(name))][:_MOST]
    if any(_is_of_many(text, at, at + len(name)) for at in places):
        return None
    like_person = len(name) in (2, 3) and name[0] in people.surname_firsts()
    seen: set[str] = set()
    opens = apart = 0
    for at in places:
        before = text[at - 1 : at]
        kind = _signs()["ahead"].search(text, max(0, at - 4), at)
        if kind and kind.end() == at and not (beside.ends(kind.start()) or beside.ends(at)):  # 云海公司|远鸿: 公司 is of the one before
            seen.add("kind " + kind[0])
            apart += 1
        else:
            apart += before in _MARKS or before in _words("loosely_behind")  # 对|岳禾
        opens += before in _MARKS
        seen.update(_around(text, at, at + len(name), beside, like_person))
    if not places or apart * 2 < len(places):
        return None  # 家纺 of 南通家纺, 做家纺: part of what stands around it
    if words[-1].text != "公司" and len(places) > 1 and words[-1].text in suffixes():
        seen.add("end")
    if not seen.isdisjoint(("row", "list")) and not (_is_no_kind(words) and (len(name) > 2 or "more" in seen or words[0].flag == "nz")):
        seen -= {"row", "list", "more"}
    listed = not seen.isdisjoint(("row", "list"))
    weights = [_WEIGHTS.get(mark.partition(" ")[0], 2) for mark in seen]
    points = own + _ends_as_companies(words) + name.endswith("股份") + sum(weights)
    points += (opens > 1) + (len(places) > 2)
    strong = listed or name.endswith(("集团", "股份", "业")) or any(weight > 1 for weight in weights)
    return places[0] if strong and (own or listed or name.endswith(("集团", "股份"))) and points >= _ENOUGH else None


def _is_no_kind(words: Sequence[Word]) -> bool:
    """岳禾, 岳禾电子 and 星光农机, but no 加油站, 长租公寓 or 独立游戏, which stand in rows with companies too."""
    first, *more = words
    if words[-1].text == "集团" or (first.flag == "ns" and len(more) == 1 and not is_word(more[0].text)):
        return True
    if any(word.text not in trades() and word.text not in suffixes() for word in more):
        return False
    return not is_word(first.text) or first.flag in ("nz", "nrt", "nr") or (bool(more) and first.flag[0] in "nj")


def _is_of_many(text: str, start: int, end: int) -> bool:
    """预制菜行业, 多家房企, 医美公司3000家: what is made, done or is by many."""
    return _signs()["of many"].match(text, end) is not None or _COUNTED.search(text, max(0, start - 2), start) is not None


def _around(text: str, start: int, end: int, beside: _Beside, like_person: bool) -> Iterator[str]:
    """In which ways text[start:end] is spoken of as a company."""
    ahead = text[start - 1 : start] == "、" and beside.ends(start - 1)
    behind = text[end : end + 1] == "、" and beside.starts(end + 1)
    if ahead or behind:
        yield "row" if _OF_COMPANIES.match(text, end) else "list"
    if ahead and behind:
        yield "more"
    aside = _ASIDE.match(text, end)
    end = aside.end() if aside else end
    if _MONEY.match(text, end):
        yield "money"
    if _CODE.match(text, end):
        yield "code"
    for kind in ("offices", "results", "owns", "says", "maybe", "does"):
        if (kind != "does" or not like_person) and (sign := _signs()[kind].match(text, end)):
            yield f"{kind} {sign[0]}" if kind in ("maybe", "does") else kind


_WEIGHTS = {"row": 3, "more": 1, "money": 3, "does": 1, "maybe": 1, "end": 1}
_OF_COMPANIES = re.compile("[^，。；]{0,30}?等[^，。；、]{0,10}?(?:[0-9一二三四五六七八九十][多余]?[家只]|公司|企业|厂商|品牌|巨头|银行|业者|机构|单位|龙头)")


def _can_be_own(name: str) -> bool:
    """Whether nothing in a name forbids it; asked before any tagging."""
    if name.isascii() or name[-1] in _words("no_last") or name[0] in _words("no_first") or not _words("no_part").isdisjoint(name):
        return False
    return name not in suffixes() and name not in _words("no_dictionary") and name[:2] not in _words("no_dictionary")


def _can_name(name: str) -> bool:
    """Whether the words of a name can be one: no verbs and numbers, no mere description."""
    words = tag(name)
    if len(words) == 1 and is_word(words[0].text) and words[0].flag not in ("nz", "nt"):
        return False
    if any(word.flag[0] in "mrqdpcutyf" and is_word(word.text) and len(word.text) > 1 for word in words):
        return False
    if any(word.text in _words("no_dictionary") for word in words) or words[0].text in descriptions() or (words[-1].flag == "eng") != (words[0].flag == "eng"):
        return False
    return _ends_as_companies(words) or any(not is_word(word.text) or len(word.text) == 1 or word.flag in ("nz", "nr", "nrt", "nt") for word in words)


def _is_own(name: str, words: Sequence[Word]) -> bool:
    """Whether a name is or begins with what no dictionary has: 远鸿, 远鸿电子, 猫便利."""
    if not is_word(name[:2]) or any(not is_word(word.text) or word.flag in ("nz", "nrt") for word in words):
        return True
    return len(name) <= 4 and sum(len(word.text) == 1 for word in words) == 1 and not is_word(name)


def _ends_as_companies(words: Sequence[Word]) -> bool:
    ending = suffixes().get(words[-1].text)
    return words[-1].text in trades() or (ending is not None and ending.type == "company")
