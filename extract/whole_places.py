"""Which place 全市, 我省, 该区 and 当地 mean.

Knows the words that stand for a whole place, of which level it is, and where the text named it: before them, at its
beginning, or nowhere else. Leaves out whether what is told happened there (`amount_places.py`, `story.py`).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from typing import TypeVar

from extract.divisions import name_of
from extract.mentions import EventDraft, FigureDraft, Place

_Draft = TypeVar("_Draft", FigureDraft, EventDraft)

# The levels such a word may point to; of provinces only 上海市 and its like are a 市, which `is_called` sees to.
LEVELS = {"区": ("county", "province"), "县": ("county",), "市": ("city", "province", "county"), "省": ("province",), "州": ("city",), "镇": ("town",)}
_STRICTLY = {"省": "province", "市": "city", "县": "county", "区": "county", "州": "city"}
_ANY_LEVEL = ("province", "city", "county")  # 当地, 该岛
# The class in front is for speed: the search stops at these characters alone. 占全省的七成, 高于全市平均, 全省第2个 only compare;
# 对于全省, 定居我市, 全省第一季度 and 全省第三产业 do not.
_COMPARED = "(?<![占列较].)(?<![高低优快慢大小多少好先晚早居强弱]于.)(?<![^定移旅迁]居.)(?<![^占环同对]比.)"
_RANKED = "(?!第[0-9一二三四五六七八九十]{1,3}(?:[位名高的，,。；;、）)]|个(?!五年)|家|大(?:市|县|区|省|城|镇|港))|排[名第在列]|位[居列]|名列|居[首前第]|前[列茅三十0-9]|首[个家例位]|唯一|领先|率先|平均(?:水平|数|值|线)?[的，,。；;以])"
_WHOLE = re.compile(rf"[全我本该当此](?=[区市省县州镇岛地]){_COMPARED}(?:(?<=[全我本该])(区(?!域)|市(?!场)|省|县|州|镇|岛)|(?<=[当本此])地(?!块))(?<!天全县){_RANKED}")
_LOCAL = re.compile(rf"(?<![安保健天])(?:我|全{_COMPARED})(区(?!域|间)|市(?!场|值|面)|省|县|州|镇)(?:(?<=我.)|{_RANKED})")
_SCHOOL = re.compile("(?:[一-鿿]{0,4})(?:大学|学院|医院)")  # 四川|农业大学 tells nothing of the province
_BEGINNING = 400  # characters in which a report says where it is from
_REACH = 2000  # characters such a word points back over
_ENOUGH_COUNTIES = 2
_MOST_BACK, _MOST_NAMED = 6, 200  # places looked at, before the word and of the whole text
_HELD_BEHIND = re.compile(r"[^，,。；;\n]{0,8}?(?:举行|举办|召开|开幕|闭幕)")


def find_whole(text: str, start: int, end: int) -> re.Match[str] | None:
    """The first word of text[start:end] that stands for a whole place; its group 1 is the level, None for 当地."""
    return _WHOLE.search(text, start, end)


def is_ours(whole: re.Match[str]) -> bool:
    """Whether only those who live there say so: 我市, 我省."""
    return whole.string[whole.start()] == "我"


def place_meant(text: str, places: Sequence[Place], whole: re.Match[str], sentence: int) -> Place | None:
    """The nearest place of its level before the word, whose sentence starts at `sentence`; `places` are sorted.

    我市 is not where something was only held (昨天,洽谈会在广州市举行,我市签约8个项目).
    """
    return nearest_called(text, places, whole.start(), whole[1] or "", is_ours(whole), max(0, sentence - _REACH))


def nearest_called(text: str, places: Sequence[Place], at: int, level: str, ours: bool, floor: int = 0) -> Place | None:
    """The nearest place before `at`, and not before `floor`, that a word of `level` may mean; `ours`: only those who live there say so."""
    for index in range(bisect_left(places, (at,)) - 1, -1, -1):
        place = places[index]
        if place.start < floor:
            return None
        if is_called(place, level) and not _in_row(text, place) and not _is_part_of_title(text, places, place) and not (ours and _is_not_ours(text, place, level)):
            return place
    return None


def _in_row(text: str, place: Place) -> bool:
    """Whether a place is only one of several (销往云江市、海江市, 京津冀): none of them is 全市; 云江市、区两级 is no row."""
    return len(place.text) == 1 or text[place.start - 1 : place.start] == "、" or (text[place.end : place.end + 1] == "、" and text[place.end + 1 : place.end + 2] not in _LEVELS_BELOW)


def _is_part_of_title(text: str, places: Sequence[Place], place: Place) -> bool:
    """Whether something is only done in a county-level city, of a city that the title names: 海江市修路。…在云江市试行，已在全市推开."""
    if place.level != "county" or text[place.start - 1 : place.start] != "在":
        return False
    title = text.find("\n")
    return any(p.level == "city" and p.adcode[:4] == place.adcode[:4] for p in places[: bisect_left(places, (title,))])


_LEVELS_BELOW = frozenset("县区镇乡州旗")


def home_of(text: str, places: Sequence[Place]) -> Place | None:
    """The place a local report speaks of as 我市 or 全区 at its beginning: the nearest of that level before, else the only one there."""
    local = _LOCAL.search(text, 0, _BEGINNING)
    if local is None:
        return None
    level, ahead = local[1], None
    if level == "省" and (told := province_told_of(text, places)):
        return told
    there: dict[str, Place] = {}
    for place in places[: bisect_left(places, (_BEGINNING,))]:
        if is_called(place, level) and not _is_not_ours(text, place, level):
            there.setdefault(place.adcode, place)
            ahead = place if place.start < local.start() else ahead
    return ahead or (next(iter(there.values())) if len(there) == 1 else None) or (city_of_counties(places) if level == "市" else None)


def city_of_counties(places: Sequence[Place]) -> Place | None:
    """The city that 我市 means where an article names it nowhere, but counties of it, and more of them than of any other."""
    counties = {place.adcode: place for place in places[:_MOST_NAMED] if place.level == "county" and not place.inside}
    cities = Counter(adcode[:4] for adcode in counties).most_common(2)
    if not cities or cities[0][1] < _ENOUGH_COUNTIES or (len(cities) > 1 and cities[1][1] == cities[0][1]):
        return None
    code = cities[0][0] + "00"
    name = name_of(code)
    county = next(place for adcode, place in counties.items() if adcode.startswith(cities[0][0]))
    return county._replace(adcode=code, name=name, level="city") if name else None


def province_told_of(text: str, places: Sequence[Place]) -> Place | None:
    """The province that 我省 means where nothing says it sooner: the one the article tells most of, else that of the dateline;
    None where it names both, for a report may be sent from the province visited."""
    sent_from = _sent_from(text, places)
    provinces = (place for place in places[:_MOST_NAMED] if place.level == "province")
    origin = sent_from and next((place for place in provinces if place.adcode[:2] == sent_from.adcode[:2]), None)
    most = _most_named(text, places)
    if most and origin and most.adcode != origin.adcode:
        return None
    return most or origin


def _most_named(text: str, places: Sequence[Place]) -> Place | None:
    """The province that an article names and of which it names the most places, unless one goes there (我省代表团赴江苏考察)."""
    named = places[:_MOST_NAMED]
    counts = Counter(place.adcode[:2] for place in named if place.adcode)
    provinces = [place for place in named if place.level == "province" and not _SCHOOL.match(text, place.end)]
    best = max(provinces, key=lambda place: counts[place.adcode[:2]], default=None)
    if best is None or counts[best.adcode[:2]] < 3:
        return None
    within = (place for place in named if place.adcode[:2] == best.adcode[:2])
    return None if any(_is_elsewhere(text, place) for place in within) else best


def _sent_from(text: str, places: Sequence[Place]) -> Place | None:
    """济南 of 本报济南6月1日讯: where the report says that it was written."""
    sent = _SENT.search(text, 0, _BEGINNING)
    return next((place for place in places if sent.start() < place.start < sent.end() and place.adcode), None) if sent else None


_SENT = re.compile("(?:本报|本网|新华社|中新社|中新网|人民网|[一-鿿]{2,4}[日晚早]报)[^，,。；;\n]{2,14}?(?:讯|电)")
_VISITED = ("赴", "抵", "抵达", "前往", "走访", "访问", "走进", "考察", "奔赴")
_COMES_HERE = re.compile(r"[^，,。；;\n]{0,12}?来到?[我本][省市县区州]")


def _is_elsewhere(text: str, place: Place) -> bool:
    """Whether somebody only goes there or comes from there: 我省代表团赴湖北考察, 湖北代表团来我省考察."""
    return text.endswith(_VISITED, 0, place.start) or _COMES_HERE.match(text, place.end) is not None


def as_called_then(text: str, places: Sequence[Place], drafts: list[_Draft]) -> list[_Draft]:
    """`drafts` with 许昌县 for 建安区, where the text calls a place so that is called otherwise today, and never as it is called today: where it
    was a party it was one under that name."""
    then = {place.name: place.text for place in places if place.rule == "former"}
    then = {name: called for name, called in then.items() if name not in text} if then else then
    return [draft._replace(actors=tuple([then.get(name, name) for name in draft.actors])) for draft in drafts] if then else drafts


def _is_not_ours(text: str, place: Place, level: str) -> bool:
    """Whether 我市 is not that city: something was only held there, somebody only went there, or a reporter wired from there."""
    return is_venue(text, place) or _is_elsewhere(text, place) or (level != "省" and _is_wired_from(text, place))


def _is_wired_from(text: str, place: Place) -> bool:
    """Whether a paper's reporter only wired from there: 【海江新闻网云江电】, where 我市 is 海江市; 云江讯 is a report of there."""
    return _WIRED.match(text, place.end) is not None and _PAPER.search(text, max(0, place.start - 8), place.start) is not None


_WIRED = re.compile("(?:[0-9]{1,2}月)?(?:[0-9]{1,2}日)?(?:综合)?电[】〕)）(（\\s：:—-]")
_PAPER = re.compile("[网社报台]$")


def only_one(places: Sequence[Place], level: str) -> Place | None:
    """The only place of that name and level (市, 省, 县, 区) of a text: what 我市 means wherever it stands."""
    strictly = _STRICTLY[level]
    of_it = (place for place in places[:_MOST_NAMED] if place.level == strictly and place.name.endswith(level))
    found = {place.adcode: place for place in of_it if place.adcode}
    return next(iter(found.values())) if len(found) == 1 else None


def is_called(place: Place, level: str) -> bool:
    """Whether a place may be meant by a word of `level`: 全区 is said of a 区 or an 自治区, 全市 of a city of any level, and not of an 自治州; "" is 当地."""
    if place.level not in LEVELS.get(level, _ANY_LEVEL):
        return False
    if level == "区" and place.level == "province":
        return place.name.endswith("自治区")
    if level == "区" or level == "县":
        return place.name[-1] == level
    return level != "市" or place.name[-1] == "市"


def is_venue(text: str, place: Place) -> bool:
    """Whether a place is only where something was held: 昨天,洽谈会在广州市举行,我市签约8个项目."""
    return text[place.start - 1 : place.start] == "在" and _HELD_BEHIND.match(text, place.end) is not None
