"""Where a known name is an everyday word, and no company: 甘肃苹果, 官方微博, 中国银行业, 金|融创|新.

Knows the words that stand behind a harvest and behind a company, and where the halves of a short name belong to the words
on its sides. Leaves out names that are no words (`known_actors.py`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from extract.known_names import doubtful, everyday_automaton, known_forms, listed
from extract.lexicons import read_lexicon
from extract.mentions import Actor, Place
from extract.words import is_word, tag


@cache
def words_like(group: str) -> re.Pattern[str]:
    """Any word of a group of `lexicon/everyday_names.yaml`."""
    words = next(entry["words"] for entry in read_lexicon("everyday_names") if entry["group"] == group)
    return re.compile("|".join(map(re.escape, words)))


def _is_company_behind(text: str, end: int) -> bool:
    return words_like("company behind").match(text, end) is not None or _SIGNS_WITH.match(text, end) is not None


_SIGNS_WITH = re.compile("与[^，。]{2,12}签")
_SPORT = re.compile("(?<=汽车)(?:越野|拉力)")
_TRADE = re.compile("业(?![务绩内])")  # 中国银行业, but 中国银行业务
_OPENS_MORE = frozenset("科财体娱汽房新教业越拉网")
_LISTED_BEFORE = re.compile("([一-鿿]{2,4})、$")


def everyday_companies(text: str) -> list[Actor]:
    """Listed companies whose names are everyday words (湖南黄金), where what only companies do stands behind them once."""
    automaton, names = everyday_automaton()
    found = [(names[index], start, end) for index, start, end in automaton.find_matches_as_indexes(text)]
    if not found:
        return []
    sure = words_like("surely a company")
    meant = {name for name, _, end in found if sure.match(text, end)}
    return [Actor(start, end, name, name, "company", "", "everyday name of a listed company") for name, start, end in found if name in meant and not _is_cut(text, start, end)]


class Everyday:
    """Which known names of one article are everyday words there; what holds for all of it is asked once."""

    def __init__(self, text: str, place_ends: Mapping[int, Place]) -> None:
        self.text, self.place_ends = text, place_ends
        self._doubtful = doubtful()
        self._confirmed: dict[str, bool] = {}  # whether the article also calls it by another form, or says once what only companies do
        self._farming: bool | None = None  # whether it tells of fields

    def is_meant(self, form: str, start: int, end: int) -> bool:
        """其中|远山公司, 网球场绿地, 甘肃苹果, 金|融创|新: whether `form` at [start, end) is no name."""
        text = self.text
        if end - start == 2 and (text[start - 1 : start + 1] == "其中" or _across_words(text, start, end)):
            return True
        if end - start == 3 and is_word(text[start + 1 : end]) and _takes_first(text, start, end):
            return True
        if form in listed() and _is_cut(text, start, end):
            return True
        if text[end : end + 1] in _OPENS_MORE and (more := self._goes_on(form, end)) is not None:
            return more
        if form not in self._doubtful.every:
            return False
        if form in self._doubtful.channels and text.startswith(("官方", "政务", "个人"), start - 2):
            return True
        said = text[start - 1 : start] == "据" and not is_word(text[start - 2 : start])  # 据澎湃, but 根据绿地面积
        if form in self._doubtful.weak and not said and not _is_company_behind(text, end) and not self._is_confirmed(form):
            return True
        if form not in self._doubtful.wares or self._is_of_farming():
            return form in self._doubtful.wares
        if not _is_ware(text, start, end, self.place_ends):
            return False
        self._farming = words_like("devices").search(text) is None  # what is grown once is grown throughout
        return True

    def _goes_on(self, form: str, end: int) -> bool | None:
        """腾讯|科技讯, 中国银行|业: whether what follows makes no name of `form`; None where nothing such follows."""
        text = self.text
        if _TRADE.match(text, end):
            return form.endswith("银行")
        return True if words_like("report or sport").match(text, end) or _SPORT.match(text, end) else None

    def _is_confirmed(self, form: str) -> bool:
        if form not in self._confirmed:
            called = any(other in self.text for other in self._doubtful.weak[form])
            self._confirmed[form] = called or re.search(f"{form}(?:{words_like('surely a company').pattern})", self.text) is not None
        return self._confirmed[form]

    def _is_of_farming(self) -> bool:
        if self._farming is None:
            self._farming = words_like("fields").search(self.text) is not None and words_like("devices").search(self.text) is None
        return self._farming


def _is_ware(text: str, start: int, end: int, place_ends: Mapping[int, Place]) -> bool:
    """苹果 and 小米 as what grows."""
    if words_like("grown").match(text, end):
        return True
    place = place_ends.get(start)
    if place is not None and place.adcode:
        if words_like("sold").match(text, end):
            return True
        return place.level in ("county", "town") and not _is_company_behind(text, end)
    listed = _LISTED_BEFORE.search(text, max(0, start - 5), start)  # 大蒜、苹果等
    return listed is not None and text[end : end + 1] in ("、", "等", "和") and is_word(listed[1]) and listed[1] not in known_forms()


def _across_words(text: str, start: int, end: int) -> bool:
    """金|融创|新, 不|同程|度: a short name whose halves belong to the words on its sides."""
    if not (start and "一" <= text[start - 1] <= "龥" and "一" <= text[end : end + 1] <= "龥"):
        return False
    if not (is_word(text[start - 1 : start + 1]) and is_word(text[end - 1 : end + 1])):
        return False
    near = max(0, start - 4)
    words = tag(text[near : end + 4], near)
    return not any(word.start == start for word in words) and not any(word.end == end for word in words)


def _is_cut(text: str, start: int, end: int) -> bool:
    """东北高|速, 集|中通客车: whether the first or the last character of a name belongs to a word on its side."""
    if not ((start and is_word(text[start - 1 : start + 1])) or is_word(text[end - 1 : end + 1])):
        return False
    near = max(0, start - 4)
    words = tag(text[near : end + 4], near)
    return not (any(word.start == start for word in words) and any(word.end == end for word in words))


def _takes_first(text: str, start: int, end: int) -> bool:
    """看好|未来: a name of three characters whose first belongs to the word before."""
    if not (start and is_word(text[start - 1 : start + 1])):
        return False
    near = max(0, start - 4)
    return not any(word.start == start for word in tag(text[near:end], near))
