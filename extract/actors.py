"""Who acts: companies, brands, government bodies, people.

Knows well-known names and their aliases (`lexicon/actors.yaml`), organisations by their endings (`organisations.py`),
people by office or speech (`people.py`), short forms an article introduces itself (下称“阿里”), and places that act as
a party (上海与阿里巴巴签署). Leaves out who does what: that is decided by the sentence, in `events.py` and `figures.py`.
"""

from __future__ import annotations

import functools
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from operator import itemgetter
from typing import NamedTuple

import ahocorasick_rs

from extract import people
from extract.lexicons import read_lexicon
from extract.mentions import Actor, ActorType, Place, make
from extract.organisations import before_office, find_called, find_listed, find_organisation, suffixes
from extract.whole_places import home_of, only_one
from extract.words import is_word, tag


class _Known(NamedTuple):
    kind: str  # name, not, suffix, office
    form: str
    name: str
    type: ActorType
    latin: bool  # begins or ends with a letter or digit: must stand alone (AMD is not in AMDahl)


def find_actors(text: str, places: Sequence[Place] = ()) -> list[Actor]:
    """Actors of `text` in order, without overlaps. `places` are those of `find_places(text)`.

    >>> [(a.text, a.name, a.type) for a in find_actors("阿里与蚂蚁金服昨日签约")]
    [('阿里', '阿里巴巴', 'company'), ('蚂蚁金服', '蚂蚁集团', 'company')]
    """
    actors, surnamed = _first_pass(text, {place.end: place for place in places})
    aliases = _introduced(text, actors)
    if aliases:
        actors = [a._replace(name=aliases[a.text].name) if a.text in aliases else a for a in actors]
    actors = _merge(actors, _surnamed(text, surnamed, actors))
    again = _again(text, actors, aliases)
    actors = _merge(_without_parts(actors, again), again)
    listed = find_listed(text)
    if listed:
        actors = _without_heads(actors, listed)
    named = [*_people_by_name(text), *listed]
    called = find_called(text)
    actors = _merge(_merge(actors, named), _again(text, named, {}))
    if called:
        described = {actor.start for actor in called} | {actor.start - 1 for actor in called}
        actors = [actor for actor in actors if actor.end not in described or not actor.text.endswith(("公司", "企业"))]
        actors = _merge(_merge(actors, called), _again(text, called, {}))
    actors = _merge(_listed_governments(text, places), actors)
    return _one_body(text, places, _merge(actors, _parties(text, places, actors)))


def _one_body(text: str, places: Sequence[Place], actors: list[Actor]) -> list[Actor]:
    """市政府 in an article that names 临江市政府 and no other city's is that one; where it names only one city, it is that city's."""
    short = {actor.name for actor in actors if actor.rule == "spoken of by what it is" and actor.name[0] in "省市区县"}
    if not short:
        return actors
    meant: dict[str, str] = {}
    for name in short:
        longer = {actor.name for actor in actors if actor.type == "government" and actor.name != name and actor.name.endswith(name)}
        if len(longer) == 1:
            meant[name] = longer.pop()
        elif not longer and (place := _only_seat(text, places, name[0])):
            meant[name] = place.name + name[1:]
    return [actor._replace(name=meant[actor.name]) if actor.name in meant else actor for actor in actors] if meant else actors


def _only_seat(text: str, places: Sequence[Place], level: str) -> Place | None:
    """The city, province, county or district a local report speaks of, or the only one it names."""
    home = home_of(text, places)
    return home if home is not None and home.name.endswith(level) else only_one(places, level)


# --- known names, endings and offices, in one pass -------------------------------------------------------------


@functools.cache
def _automaton() -> tuple[ahocorasick_rs.AhoCorasick, list[_Known]]:
    table: dict[str, _Known] = {}
    for office in people.offices() | people.short_offices():
        table[office] = _Known("office", office, office, "person", False)
    for suffix, kind in suffixes().items():
        table[suffix] = _Known("suffix", suffix, suffix, kind.type, False)
    for group in read_lexicon("actors"):
        for name, aliases in group["names"].items():
            for form in (name, *aliases):
                table[form] = _Known("name", form, name, group["type"], form[0].isascii() or form[-1].isascii())
        for word in group.get("not", ()):
            table[word] = _Known("not", word, word, "other", False)
    automaton = ahocorasick_rs.AhoCorasick(list(table), matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)
    return automaton, list(table.values())


@functools.cache
def _forms() -> dict[str, str]:
    """Every form a known name takes, with the canonical one."""
    return {known.form: known.name for known in _automaton()[1] if known.kind == "name"}



def _first_pass(text: str, place_ends: Mapping[int, Place]) -> tuple[list[Actor], list[tuple[int, int]]]:
    """Actors from the one pass, and the spans of offices that follow a surname (李 in 李省长)."""
    automaton, kinds = _automaton()
    actors: list[Actor] = []
    surnamed: list[tuple[int, int]] = []
    office_start = -1  # where a chain of offices begins: 董事局主席 兼 首席执行官
    office_end = -1
    everyday = _Everyday(text, place_ends)
    short, companies, endings = people.short_offices(), people.company_offices(), _ending_words()
    for index, start, end in automaton.find_matches_as_indexes(text):
        found = kinds[index]
        last = actors[-1] if actors else None
        if last and start < last.end:
            continue
        if found.kind == "name":
            if found.latin and not _stands_alone(text, start, end):
                continue
            if everyday.is_meant(found.form, start, end):
                continue
            if text[end - 1 : end + 1] == "方面" and text[start : end - 1] in _forms():
                end -= 1  # 京东方|面称: 方面 stands behind whoever speaks
                found = found._replace(name=_forms()[text[start:end]])
            if text[end - 1 : end + 1] in endings and (longer := _longer_name(text, end, last, place_ends)):
                actors.append(longer)  # 云思科技: no 思科
                continue
            role = text[office_start:start] if found.type == "person" and office_end == start else ""
            if found.type == "government" and (local := _local_body(text, start, end, found, place_ends)):
                actors.append(local)
                continue
            actors.append(make(Actor, (start, end, text[start:end], found.name, found.type, role, "known name")))
        elif found.kind == "suffix":
            known = last if last and last.rule == "known name" and last.end >= start - 12 else None
            floor = last.end if last and (known or last.type == "person") else last.start if last else 0
            actor = find_organisation(text, start, end, found.name, floor, known, place_ends)
            if actor and actor.text.endswith("为公司") and text.endswith(_APPOINTING, 0, actor.start):
                continue  # 选举周立人|为公司董事长
            if actor:
                if last and last.end == actor.start and found.name in _BRANCHES and last.type == "company":
                    actor = _of_bank(text, last, actor)
                while actors and actors[-1].start >= actor.start:
                    actors.pop()
                actors.append(actor)
        elif found.kind == "office":
            if not (office_end == start or (office_end == start - 1 and text[start - 1] in "兼、和及")):
                office_start = _office_start(text, start, last)
            office_end = end
            name_end = people.name_behind(text, end)
            if name_end:
                if found.name in companies and (not last or last.end < office_start) and (span := before_office(text, office_start)):
                    name = text[span[0] : span[1]]
                    actors.append(Actor(*span, name, name, "company", "", "name before a company's office"))
                    office_start = span[0]
                name = text[end:name_end]
                called = _forms().get(name, name)
                actors.append(Actor(end, name_end, name, called, "person", text[office_start:end], "name behind an office"))
            elif found.name in short and people.surname_before(text, start):
                surnamed.append((start, end))
    return actors, surnamed


_BRANCHES = ("分行", "支行")


def _of_bank(text: str, bank: Actor, branch: Actor) -> Actor:
    """云江银行东海支行: a branch behind the name of its bank answers for itself."""
    words = text[bank.start : branch.end]
    return branch._replace(start=bank.start, text=words, name=words)


_APPOINTING = ("选举", "推选", "聘任", "聘请", "任命", "委任", "提名", "增补")


@functools.cache
def _ending_words() -> frozenset[str]:
    """Endings of two characters that a known name can run into: 科技, 股份."""
    lasts = {known.form[-1] for known in _automaton()[1] if known.kind == "name"}
    return frozenset(suffix for suffix, kind in suffixes().items() if len(suffix) == 2 and kind.lead == "any" and suffix[0] in lasts)


@functools.cache
def _wares() -> frozenset[str]:
    """Known names that are also what fields and orchards yield: 苹果, 小米."""
    return frozenset(ware for group in read_lexicon("actors") for ware in group.get("wares", ()))


@functools.cache
def _weak() -> dict[str, list[str]]:
    """Known names that are everyday words first, each with the other forms of its company: 绿地, of 绿地集团."""
    words = {word for group in read_lexicon("actors") for word in group.get("weak", ())}
    return {word: [form for form, name in _forms().items() if name == _forms()[word] and form != word] for word in words}


_COMPANY_BEHIND = re.compile("集团|公司|平台|旗下|营收|净利|上市|股价|市值|创始人|[在递赴]港|董事|总裁|总经理|首席|股份|置业|地产|方面|宣布|公告|发布|表示|推出|收购|拿下|竞得|签约|入股|出资|与[^，。]{2,12}签")
# 苹果产量, 苹果滞销: what is said of a harvest and not of a company; 甘肃苹果卖到: nor of a company, behind a place in China.
_GROWN = re.compile("[树园汁干酱农]|种植|产[量区地]|滞销|采摘|丰收|收购价|合作社|品种|等?(?:水果|农产品|杂粮|果蔬)")
# An article on farming, and one on devices: in the first, 苹果 is a fruit wherever it stands.
_FIELDS = re.compile("果农|果园|果业|果品|套袋|采摘园|[苹水]果种植|果树|优质果|谷子|杂粮")
_DEVICES = re.compile("苹果公司|苹果(?:发布|推出|宣布|公布)|财报|市值|营收|股价|手表|手机|库克|[iI](?:Phone|Pad|OS)|App|APP|平板|电脑|芯片|科技公司|雷军|小米集团")
_SOLD = re.compile("卖[到出向往给]|热销|走俏|畅销|远销|出口|运[往到]|成熟|挂果|大量上市")


class _Everyday:
    """Which known names of one article are everyday words there; what holds for all of it is asked once."""

    def __init__(self, text: str, place_ends: Mapping[int, Place]) -> None:
        self.text, self.place_ends = text, place_ends
        self._confirmed: dict[str, bool] = {}  # whether the article also calls it by another form
        self._farming: bool | None = None  # whether it tells of fields

    def is_meant(self, form: str, start: int, end: int) -> bool:
        """其中|远山公司, 网球场绿地, 甘肃苹果, 金|融创|新: whether `form` at [start, end) is no name."""
        text = self.text
        if end - start == 2 and (text[start - 1 : start + 1] == "其中" or _across_words(text, start, end)):
            return True
        if form in _weak() and not _COMPANY_BEHIND.match(text, end) and not self._is_confirmed(form):
            return True
        return form in _wares() and (self._is_of_farming() or _is_ware(text, start, end, self.place_ends))

    def _is_confirmed(self, form: str) -> bool:
        if form not in self._confirmed:
            self._confirmed[form] = any(other in self.text for other in _weak()[form])
        return self._confirmed[form]

    def _is_of_farming(self) -> bool:
        if self._farming is None:
            self._farming = _FIELDS.search(self.text) is not None and _DEVICES.search(self.text) is None
        return self._farming


def _is_ware(text: str, start: int, end: int, place_ends: Mapping[int, Place]) -> bool:
    """苹果 and 小米 as what grows."""
    if _GROWN.match(text, end):
        return True
    place = place_ends.get(start)
    return place is not None and place.adcode != "" and _SOLD.match(text, end) is not None


def _across_words(text: str, start: int, end: int) -> bool:
    """金|融创|新, 不|同程|度: a short name whose halves belong to the words on its sides."""
    if not (start and "一" <= text[start - 1] <= "龥" and is_word(text[start - 1 : start + 1]) and is_word(text[end - 1 : end + 1])):
        return False
    near = max(0, start - 4)
    words = tag(text[near : end + 4], near)
    return not any(word.start == start for word in words) and not any(word.end == end for word in words)


def _longer_name(text: str, end: int, last: Actor | None, place_ends: Mapping[int, Place]) -> Actor | None:
    """The organisation whose ending begins with the last character of a known name."""
    ending = text[end - 1 : end + 1]
    return find_organisation(text, end - 1, end + 1, ending, last.end if last else 0, None, place_ends)


def _local_body(text: str, start: int, end: int, found: _Known, place_ends: Mapping[int, Place]) -> Actor | None:
    """武汉市卫健委, 湖北省统计局, 市发改委: short for the national body only where no place and no rank stands before it."""
    if found.form == found.name or text[end - 1] not in "委局" or text.startswith(("国家", "国务", "中", "全"), start) or found.form.endswith("总局"):
        return None
    place = place_ends.get(start)
    if place is not None:
        words = text[place.start : end]
        return Actor(place.start, end, words, words, "government", "", "body behind a place")
    if start and text[start - 1] in "省市县区州":
        words = text[start - 1 : end]
        return Actor(start - 1, end, words, words, "government", "", "spoken of by what it is")
    return None


def _stands_alone(text: str, start: int, end: int) -> bool:
    before, after = text[start - 1 : start], text[end : end + 1]
    if text[start].isascii() and before and before.isascii() and before.isalnum():
        return False
    if text[end - 1].isascii() and after and after.isascii() and after.isalnum():
        return False
    if text[start:end].isdigit():  # 1688 the company, not 1688万 or 1688年
        return not (after and after in "年月日万亿元个家人名点条号件%.,，") and before not in tuple("￥$.,第")
    return True


_APART = re.compile(r"[，。、；：\s的]")


def _office_start(text: str, start: int, last: Actor | None) -> int:
    """An office reaches back over its department to the organisation: 阿里巴巴集团战略投资部资深副总裁."""
    if last and last.type != "person" and start - last.end <= 12 and not _APART.search(text, last.end, start):
        return last.start
    return start


# --- people who speak, short forms, and all of them again ------------------------------------------------------


def _people_by_name(text: str) -> list[Actor]:
    """People whom a verb of saying or an office gives away."""
    openings = people.opening_surnames(text)
    return [
        Actor(start, end, text[start:end], text[start:end], "person", "", "name before a verb of saying")
        for start, end in people.names_before_speech(text, openings)
    ] + [
        Actor(start, end, text[start:end], text[start:end], "person", "", "name around an office")
        for start, end in people.names_around_office(text, openings)
    ]


@functools.cache
def _introduction() -> re.Pattern[str]:
    # 阿里巴巴集团(下称“阿里”), (以下简称：协会): the bracket follows the name at once.
    return re.compile(r"[（(](?:以下|下)?(?:简)?称(?:为|作)?[:：]?[“\"「『‘']?([^”\"」』’')）“]{2,12})")


def _introduced(text: str, actors: Sequence[Actor]) -> dict[str, Actor]:
    """Short forms the article introduces itself, each with the actor it stands for."""
    by_end = {actor.end: actor for actor in actors}
    return {
        match.group(1): by_end[match.start()] for match in _introduction().finditer(text) if match.start() in by_end
    }


# Finds that hold for the whole article once their context has given them away.
_ONCE_NAMED = frozenset(["name behind an office", "name before a verb of saying", "name around an office", "name before a stock code or announcement", "name before a company's office", "name behind what it is"])


def _again(text: str, actors: Iterable[Actor], aliases: Mapping[str, Actor]) -> list[Actor]:
    """Every other occurrence of the people found once, and of the short forms introduced."""
    sources = {a.name: a for a in actors if a.rule in _ONCE_NAMED}
    sources |= aliases
    if not sources:
        return []
    automaton = ahocorasick_rs.AhoCorasick(list(sources), matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)
    forms = list(sources.values())
    return [
        make(Actor, (start, end, text[start:end], forms[index].name, forms[index].type, "", "named before in the article"))
        for index, start, end in automaton.find_matches_as_indexes(text)
    ]


def _without_parts(actors: list[Actor], again: Sequence[Actor]) -> list[Actor]:
    """Without the known names that lie in the name of a person of the article: 永辉 in 周永辉."""
    holding = [a for a in again if a.type == "person" and (a.text[1:] in _forms() or a.text[:2] in _forms())]
    if not holding:
        return actors
    inside = {at for person in holding for at in range(person.start, person.end)}
    return [a for a in actors if a.rule != "known name" or a.start not in inside or a.end - 1 not in inside]


def _without_heads(actors: list[Actor], listed: Sequence[Actor]) -> list[Actor]:
    """Without the known name at the head of a listed company that is another: 保利 in 保利云鑫（03999.HK）."""
    longer = {actor.start: actor for actor in listed}
    return [a for a in actors if a[0] not in longer or not _is_head(a, longer[a[0]])]


def _is_head(actor: Actor, whole: Actor) -> bool:
    more = whole.text[actor.end - actor.start :]
    return actor.rule == "known name" and len(more) > 1 and more not in _forms_of_companies()


@functools.cache
def _forms_of_companies() -> frozenset[str]:
    """What makes no other company of a known name: 控股, 集团."""
    return frozenset(suffixes())


def _surnamed(text: str, offices: Sequence[tuple[int, int]], actors: Sequence[Actor]) -> list[Actor]:
    """李省长, where the article names one person of that surname and office."""
    if not offices:
        return []
    roles = people.by_surname({a.name: a.role for a in actors if a.type == "person" and a.role})
    found = []
    for start, end in offices:
        surname = people.surname_before(text, start)
        name = people.bearer(roles, surname, text[start:end])
        if name:
            begin = start - len(surname)
            found.append(Actor(begin, end, text[begin:end], name, "person", text[start:end], "surname and office"))
    return found


# --- places that act -------------------------------------------------------------------------------------------

_JOINED = r"(?:又|再|再次|已|也|正|将|曾|还|分别|首次|正式)?(?:与|和|同|跟|携手|牵手|、)"


@functools.cache
def _place_first() -> re.Pattern[str]:
    return re.compile(_JOINED)


@functools.cache
def _place_second() -> re.Pattern[str]:
    # 阿里与宁波签署, 和青岛联合: what follows the place must carry on the deed, else it is 宁波市场, 宁波政府.
    return re.compile(r"(?:再|第|正式|首次|共同|分别|已|今|昨|昨日|今日)?(?:签|达成|联合|合作|共建|携手|牵手|结盟|双方|战略|开展|建立|启动|共同|，|。|的(?:合作|战略|第|三次|协议|签约|框架))")


def _parties(text: str, places: Sequence[Place], actors: Sequence[Actor]) -> list[Actor]:
    starts = {a.start for a in actors if a.type == "company"}
    ends = {a.end for a in actors if a.type == "company"}
    found = []
    for place in places:
        if place.inside or place.level in ("region", "country") or text[place.start - 1 : place.start] in tuple("在于赴到"):
            continue  # 在温州与乙签署: where, not who
        after = _place_first().match(text, place.end)
        first = after is not None and after.end() in starts and (after.group()[-1] != "、" or "签" in text[after.end() : after.end() + 30])
        second = text[place.start - 1 : place.start] in ("与", "和", "同", "跟") and place.start - 1 in ends
        if first or (second and _place_second().match(text, place.end)):
            found.append(Actor(place.start, place.end, place.text, place.name, "government", "", "place as a party"))
    return found


_LISTED = re.compile(r"(?:[一-鿿]{1,3}、){1,3}[一-鿿]{1,3}[两三四五](?:省|市|省区|省市|地)(?=政府)")
_LONGEST_LIST = 18
_ENDS_LIST = re.compile(r"政府(?<=[两三四五省][省市区地]政府)")  # what ends such a list, much quicker to look for


def _listed_governments(text: str, places: Sequence[Place]) -> list[Actor]:
    """豫、冀两省政府: the governments of 河南省 and 河北省."""
    found: list[Actor] = []
    done = 0
    for ends in _ENDS_LIST.finditer(text):
        match = _LISTED.search(text, max(done, ends.start() - _LONGEST_LIST), ends.end())
        if match is None:
            continue
        done = match.end()
        inside = places[bisect_left(places, (match.start(),)) : bisect_left(places, (done,))]
        for index, place in enumerate(inside):
            end = done + 2 if index == len(inside) - 1 else place.end
            found.append(Actor(place.start, end, text[place.start : end], f"{place.name}政府", "government", "", "one of several governments"))
    return found


def _merge(kept: Sequence[Actor], more: Sequence[Actor]) -> list[Actor]:
    """Both in order; of two that overlap the kept one stays."""
    if not more:
        return list(kept)
    starts = list(map(itemgetter(0), kept))
    result = list(kept)
    for actor in more:
        at = bisect_right(starts, actor.start)
        if (at and kept[at - 1].end > actor.start) or (at < len(kept) and kept[at].start < actor.end):
            continue
        result.append(actor)
    if len(result) > len(kept):
        result.sort(key=itemgetter(0))
    return result
