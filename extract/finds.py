"""The mentions of an article as figures ask for them: by span, without those that govern nothing.

Knows datelines, and places that only begin a name. Leaves out what a sentence says of its amounts (`sentences.py`).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, islice
from operator import attrgetter, itemgetter
from typing import TYPE_CHECKING, Any, TypeVar

from extract.datelines import find_datelines
from extract.fair_days import opening_day
from extract.fairs import opened_in_lead, pointed_to
from extract.gatherings import Gathering, find_gatherings
from extract.mentions import Actor, Place, Time
from extract.named_again import Named, find_named_again
from extract.occurrences import occurrences
from extract.only_says import speaks
from extract.owner_words import owner_words
from extract.passages import Span
from extract.plans import plan_from
from extract.press import is_press, signs
from extract.reported_periods import results_period, statistics_period
from extract.scenes import scene_of
from extract.villages import Village, find_villages
from extract.whole_places import home_of, province_told_of

if TYPE_CHECKING:
    from extract.article import Article

_M = TypeVar("_M", bound=tuple)


class kept:
    """An attribute computed when first asked for. `functools.cached_property` takes a lock each time, which cost as much
    as what most of these compute.
    """

    def __init__(self, compute: Callable[[Any], Any]) -> None:
        self.compute, self.name = compute, compute.__name__

    def __get__(self, owner: Any, kind: type) -> Any:
        value = self.compute(owner)
        setattr(owner, self.name, value)
        return value


class Row(list[_M]):
    """Mentions in order of their starts, to be asked for by span."""

    def __init__(self, mentions: Iterable[_M]) -> None:
        super().__init__(mentions)
        self._starts = list(map(itemgetter(0), self))

    def within(self, start: int, end: int) -> list[_M]:
        """Those that start in [start, end)."""
        starts = self._starts
        first = bisect_left(starts, start)
        return self[first : bisect_left(starts, end, first)]

    def before(self, start: int) -> int:
        """How many start before `start`."""
        return bisect_left(self._starts, start)


_HELD = re.compile(r"在[^，,。；;\n]{2,16}?((?:圆满|隆重|正式|顺利|盛大|成功|如期)?(?:闭幕|开幕|举行|举办|召开|开启|启幕|落幕|落下帷幕|拉开))")
# 中国（滨海）国际茶叶博览会: the city in brackets is where it is held.
_VENUE_IN_NAME = re.compile(r"((?:中国|国际)[（(])([一-鿿]{2,6})[）)][^，。；\n（(]{0,24}?(?:会|展|节|论坛)")


_OF_A_KIND = ("村", "镇")  # 淘宝村 is a kind of village


# A text without one of these names no part of the country or the world: 西部地区, 一线城市, 发达经济体.
SAYS_REGIONS = ("地区", "线城市", "经济体", "新兴市场", "发展中国家")


class Finds:
    """The mentions of an article, to be asked for by span. Those of a dateline (路透北京6月3日 - ) govern nothing."""

    def __init__(self, article: Article) -> None:
        self.article = article
        text = self.text = article.reading.text
        lines = find_datelines(self.text)
        self.quantities = Row(article.quantities)
        self.times: Row[Time] = Row(_outside([time for time in article.times if time.edtf], lines))
        actors = [actor for actor in article.actors if actor.text[0] != "每" and not text.startswith(_OF_A_KIND, actor.end)]
        self.actors: Row[Actor] = Row(_outside(actors, lines))
        names_on = _NAMES_ON.match
        places = [place for place in article.places if not place.inside and not names_on(text, place.end)]
        self.places: Row[Place] = Row(_outside(places, lines))
        self.of_films = "《" in text and ("票房" in text or "上映" in text)
        self.regions = any(word in self.text for word in SAYS_REGIONS)
        self.meets = "会" in self.text and ("参加" in self.text or "出席" in self.text or "亮相" in self.text)
        year = article.published[:4]
        self.foresees = bool(year) and any(time.edtf[:4] > year and time.edtf[:4].isdigit() for time in self.times)  # names a year to come
        self.topic: tuple[str, ...] | None = None  # whom the article is about, once that was asked
        self.told_around: dict[tuple[int, str, bool], str] = {}  # to which names parts of it come back, as far as that was asked (`comes_back.py`)
        self._in_names: dict[str, Place | None] = {}  # the place in a name, once that was asked
        self._searched = 0  # names searched for in the whole text

    @kept
    def names(self) -> frozenset[str]:
        """The names of its actors and places."""
        return frozenset(map(attrgetter("name"), chain(self.actors, self.places)))

    @kept
    def place_names(self) -> frozenset[str]:
        return frozenset(map(attrgetter("name"), self.places))

    @kept
    def kinds(self) -> dict[str, set[str]]:
        """What its actors are, by name: mostly one kind, two where a person and a company are called alike."""
        kinds: dict[str, set[str]] = {}
        for actor in self.actors:
            kinds.setdefault(actor.name, set()).add(actor.type)
        return kinds

    @kept
    def governed(self) -> dict[str, str]:
        """The government, of those that it names only one, of each person who heads it: 云江市政府 of 云江市市长周立强."""
        heads = (actor for actor in self.actors if actor.role.endswith(owner_words("heads of government")))
        return {actor.name: self.government for actor in heads if self._heads(actor)}

    def _heads(self, person: Actor) -> bool:
        """Whether the place right before the office of a person is that of the only government."""
        at = person.start - len(person.role)
        place = next((place for place in self.article.places if place.end == at), None)
        return place is not None and bool(self.government) and self.government.startswith(place.text[:2])

    @kept
    def government(self) -> str:
        """The only government (云江市政府) that it names, or ""."""
        return _the_only(actor.name for actor in self.actors if actor.type == "government" and actor.name.endswith("政府"))

    @kept
    def is_of_country(self) -> bool:
        """Whether a national office gives out what it tells (国家统计局…), and it names no place at home and no company."""
        if any(place.level != "country" for place in self.places) or any(actor.type == "company" for actor in self.actors):
            return False
        return any(actor.type == "government" and actor.start < _LEAD and actor.name.startswith(owner_words("national offices")) for actor in self.actors[:_MOST_IN_LEAD])

    @kept
    def police(self) -> str:
        """The only police that it names (云江市公安局, 云江警方), or ""."""
        return _the_only(self.all_police)

    @kept
    def all_police(self) -> frozenset[str]:
        """Every police that it names."""
        return frozenset(actor.name for actor in self.actors if actor.name.endswith(owner_words("police")) or ("公安" in actor.name and actor.name.endswith("分局")))

    @kept
    def headed(self) -> frozenset[str]:
        """The actors that its title names."""
        title = self.article.passages[0][1] if self.article.passages else 0
        return frozenset(actor.name for actor in self.actors if actor.start < title)

    @kept
    def signed(self) -> bool:
        return "记者" in self.text or "通讯员" in self.text or "摄" in self.text

    def only_says(self, actor: Actor) -> bool:
        """Whether an actor is not whom its sentence is about: one who says it, whose data it is, or who reports it."""
        return self.only_reports(actor) or speaks(self.text, actor)

    def only_reports(self, actor: Actor) -> bool:
        """Whether an actor only reports (本报记者周平; 新华社, unless the title names it) or is nobody (有关部门)."""
        if actor.type == "person":
            return self.signed and signs(self.text, actor)
        if is_press(actor.name) and (actor.name not in self.headed or self.text.startswith("记者", actor.end)):
            return True
        return actor.name.endswith(_NOBODY_ENDS) and _NOBODY.fullmatch(actor.name) is not None

    @kept
    def home(self) -> Place | None:
        """The place a local report speaks of as 我市 or 全区 at its beginning."""
        return home_of(self.text, self.article.places)

    @kept
    def province(self) -> Place | None:
        """The province that 我省 means in it where nothing says it sooner."""
        return province_told_of(self.text, self.article.places)

    @kept
    def plan(self) -> int:
        """Where the article begins to tell what a plan asks for; -1 where it tells of none."""
        return plan_from(self.text)

    @kept
    def plan_year(self) -> Time | None:
        """The year the plan is for, where its name has one: 《2020年发展计划》提出…"""
        years = [time for time in self.times.within(self.text.rfind("\n", 0, self.plan) + 1, self.plan) if len(time.edtf) == 4]
        return years[0] if len({time.edtf for time in years}) == 1 else None

    @kept
    def results_period(self) -> Time | None:
        """The period whose results the article reports."""
        return results_period(self.text, self.times, self.article.published) if self.article.published[:4].isdecimal() else None

    @kept
    def statistics_period(self) -> Time | None:
        """The period whose statistics the article reports."""
        return statistics_period(self.text, self.times, self.article.published) if self.article.published[:4].isdecimal() else None

    @kept
    def scene(self) -> Place | None:
        """Where the accident or disaster was that the article tells of; in the name of a mine or a works where it names nothing else."""
        return scene_of(self.text, self.places or [place for place in self.article.places if place.inside])

    @kept
    def stricken(self) -> Place | None:
        """Where the disaster was that the article tells of gifts for: 云江发生地震, 驰援云江灾区."""
        if "捐" not in self.text:
            return None
        for n, place in enumerate(self.places[:_MOST_STRICKEN]):
            leads = n + 1 < len(self.places) and self.places[n + 1].start == place.end
            if place.adcode and not leads and (_STRUCK.match(self.text, place.end) or self._is_relieved(place)):
                return place
        return None

    def _is_relieved(self, place: Place) -> bool:
        return self.text.startswith(_RELIEVES, place.start - 2) and _DISASTER.search(self.text) is not None

    @kept
    def has_numbered(self) -> bool:
        """Whether the article may number a gathering (第三届)."""
        return "届" in self.text

    @kept
    def gatherings(self) -> Row[Gathering]:
        """The fairs, congresses and festivals of the article, in order."""
        if self.has_numbered:
            return Row(find_gatherings(self.text))
        opened = opened_in_lead(self.text)
        pointed = pointed_to(self.text) if "会" in self.text and ("本次" in self.text or "此次" in self.text) else []
        return Row(sorted({g.start: g for g in (*opened, *pointed)}.values()))

    @kept
    def villages(self) -> Row[Village]:
        """The villages it names."""
        return Row(find_villages(self.text, self.article.places))

    @kept
    def named_again(self) -> Row[Named]:
        """The works, grounds and bodies without an entry that it names again and again."""
        return Row(find_named_again(self.text, self.article.passages, self.article.actors, self.article.places))

    @kept
    def opening_day(self) -> Time | None:
        """The day on which the fair it opens with opens."""
        return opening_day(self.text, self.times, self.gatherings)

    @kept
    def venues(self) -> dict[str, Place]:
        """Where a gathering is held, by its name: the place before 闭幕, 举行 of the sentence that names it."""
        found: dict[str, Place] = {}
        if self.gatherings and (named := _VENUE_IN_NAME.search(self.text)) and (places := self.places.within(named.end(1), named.end(2))):
            found[self.gatherings[0].name] = places[0]
        for gathering in self.gatherings:
            held = _HELD.search(self.text, gathering.end, gathering.end + 40)
            places = self.places.within(gathering.end, held.start(1)) if held else []
            if places and held and held.start(1) - places[-1].end <= 4 and places[-1].level != "country":
                place = found.setdefault(gathering.name, places[-1])
                if places[-1].adcode.startswith(place.adcode.rstrip("0")):
                    found[gathering.name] = places[-1]  # 在沧州召开, further on 在沧州市肃宁县召开
        return found

    @kept
    def only_venue(self) -> Place | None:
        """The venue where all gatherings of the article that have one share it."""
        places = {place.adcode: place for place in self.venues.values()}
        return next(iter(places.values())) if len(places) == 1 else None

    @kept
    def gathering_names(self) -> frozenset[str]:
        return frozenset(gathering.name for gathering in self.gatherings)

    @kept
    def mentions(self) -> dict[str, list[Actor]]:
        """Where each actor of the article is named, the first few times."""
        mentions: dict[str, list[Actor]] = {}
        for actor in self.article.actors:
            times = mentions.get(actor[3])
            if times is None:
                mentions[actor[3]] = [actor]
            elif len(times) < _MOST_TIMES:
                times.append(actor)
        return mentions

    def _place_of(self, name: str) -> Place | None:
        for start, end in self._spans_of(name):
            beside = within(self.article.places, max(0, start - _MOST_BEFORE), end)
            places = [place for place in beside if place.level != "country" and place.end >= start]
            if places:
                return places[-1] if not name.endswith(_OFTEN_NAMED_FOR) else self._home_of(places[0])
        return None

    def _spans_of(self, name: str) -> Iterator[Span]:
        """Where a name stands: an actor's is known; what a sentence calls an owner besides (宁波市第一医院) is searched for."""
        if name in self.mentions:
            yield from (actor[:2] for actor in self.mentions[name])
        elif self._searched < _MOST_SEARCHED:
            self._searched += 1
            for at in islice(occurrences(self.text, name), _MOST_TIMES):
                yield at, at + len(name)

    def _home_of(self, place: Place) -> Place | None:
        """The place that begins the name of a hospital or school, unless they call themselves so anywhere (中山医院, 瑞金医院)."""
        sure = place.text.endswith(("省", "市", "县", "区", "州"))
        return place if sure or (place.text not in _REMEMBERED and not self.text.startswith(_OFTEN_NAMED_FOR, place.end)) else None

    def venue_of(self, name: str) -> Place | None:
        """Where the gathering `name` is held; an article that gives one venue tells of one gathering, whatever it calls it."""
        if name not in self.gathering_names:
            return None
        return self.venues.get(name) or self.only_venue

    def place_in_name(self, name: str) -> Place | None:
        """宁海县 of 江南银行宁海县支行: the last place that a name holds, or that stands right before it (成都|云海产业园)."""
        if name not in self._in_names:
            self._in_names[name] = self._place_of(name)
        return self._in_names[name]


def _the_only(names: Iterable[str]) -> str:
    """The one name there is, however often; "" for none or several."""
    found = set(names)
    return found.pop() if len(found) == 1 else ""


_LEAD, _MOST_IN_LEAD = 200, 4  # characters and actors in which an article says whose data it gives
_NOBODY_ENDS = ("部门", "单位", "方面")
_NOBODY = re.compile("(?:各|有关|相关|主管|职能|上级|当地){1,3}(?:部门|单位|方面)")
_OFTEN_NAMED_FOR = ("医院", "大学", "学院", "学校", "中学", "小学")
_REMEMBERED = frozenset(("中山", "延安", "瑞金"))
_MOST_TIMES, _MOST_BEFORE = 4, 8  # times a name is looked at, and characters of a place before it
_MOST_SEARCHED = 100  # an article that speaks of more owners which are no actors is a list, and the search stays linear
_MOST_STRICKEN = 30  # places looked at
_STRUCK = re.compile(r"(?:[^，,。；;\n]{0,4}(?:发生|遭遇|遭受|突发|出现)[^，,。；;\n]{0,8})?(?:地震|强震|洪[水涝灾]|水灾|特?大?暴雨|泥石流|台风|灾[区情后]|雪灾|旱灾|疫情|疫区)")
_RELIEVES = ("驰援", "支援", "援助", "救援")
_DISASTER = re.compile("灾|疫情|地震|洪水|防汛")


def within(mentions: list[_M], start: int, end: int) -> list[_M]:
    """Those of sorted mentions, or of anything else that is a tuple and begins with its start, that start in [start, end)."""
    first = bisect_left(mentions, (start,))
    return mentions[first : bisect_left(mentions, (end,), first)]


def before(mentions: Sequence[tuple], start: int) -> int:
    """How many of the sorted mentions start before `start`. A tuple of a start alone sorts ahead of all with that start."""
    return bisect_left(mentions, (start,))


# A place that only begins a name: 深圳|湾, 深圳市|聚贤投资持股45%.
_NAMES_ON = re.compile(
    r"(?:通用|公认)会计|[湾河江湖山](?![东西南北省]|(?<=山)[体洪火区林])|[一-鿿]{2,4}(?:投资|科技|集团|股份|控股|实业|证券|资本|置业|地产|电子|药业)(?:持股|占股|出资|参股|有限)|[一-鿿]{2,4}(?:金投|国投|城投|创投|产投|建投|交投|控股|实业|药业)"
)


def _outside(mentions: Sequence, spans: Sequence[Span]) -> list:
    if not spans:
        return list(mentions)
    return [m for m in mentions if not any(start <= m.start < end for start, end in spans)]
