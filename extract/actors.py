"""Who acts: companies, brands, government bodies, people.

Knows well-known names and their aliases (`lexicon/actors.yaml`), organisations by their endings (`organisations.py`),
people by office or speech (`people.py`), short forms an article introduces itself (下称“阿里”), and places that act as
a party (上海与阿里巴巴签署). Leaves out who does what: that is decided by the sentence, in `events.py` and `figures.py`.
"""

from __future__ import annotations

import functools
import re
from bisect import bisect_left, bisect_right
from collections.abc import Container, Iterable, Mapping, Sequence
from operator import itemgetter

import ahocorasick_rs

from extract import people
from extract.everyday_names import everyday_companies
from extract.full_names import called_shortly, with_full_names
from extract.known_actors import find_named
from extract.known_names import known_forms
from extract.latin_names import find_latin
from extract.listed_companies import find_called, find_listed
from extract.mentions import Actor, Place, make
from extract.occurrences import spans_of
from extract.organisation_endings import name_words, suffixes
from extract.own_names import own_names
from extract.passages import Span
from extract.repeated_people import names_told_of
from extract.whole_places import home_of, only_one
from extract.withheld_names import withheld_names


def find_actors(text: str, places: Sequence[Place] = ()) -> list[Actor]:
    """Actors of `text` in order, without overlaps. `places` are those of `find_places(text)`.

    >>> [(a.text, a.name, a.type) for a in find_actors("阿里与蚂蚁金服昨日签约")]
    [('阿里', '阿里巴巴', 'company'), ('蚂蚁金服', '蚂蚁集团', 'company')]
    """
    actors, surnamed, unnamed, told, kinds = find_named(text, {place.end: place for place in places})
    aliases = _introduced(text, actors)
    if aliases:
        whole = {a.end: a for a in aliases.values() if a.rule == _WHOLE}
        actors = [whole.get(a.end, a) for a in actors] if whole else actors
        names = {form: actor.name for form, actor in aliases.items()}
        actors = [a if names.get(a.text, a.name) == a.name else a._replace(name=names[a.text]) for a in actors]
    actors = _merge(actors, _surnamed(text, surnamed, actors))
    withheld = _again(text, [Actor(*span, text[slice(*span)], text[slice(*span)], "person", "", "name withheld") for span in withheld_names(text)], {})
    if withheld:
        longer = {actor.start: actor for actor in withheld}  # 周某|林 was cut behind its office
        actors = _merge([longer[a.start]._replace(role=a.role) if a.type == "person" and a.start in longer else a for a in actors], withheld)
    again = _again(text, actors, aliases)
    actors = _without_parts(actors, again)
    actors = _merge(_without_heads(actors, again) if aliases else actors, again)
    listed = sorted([*find_listed(text), *everyday_companies(text), *find_latin(text, places)])
    named = [*_people_by_name(text, places), *listed]
    named_again = _again(text, named, {})
    if listed:
        actors = _without_heads(actors, [*listed, *named_again])
    called = find_called(text, kinds)
    actors = _merge(_merge(actors, named), named_again)
    if called:
        described = {actor.start for actor in called} | {actor.start - 1 for actor in called}
        actors = [actor for actor in actors if actor.end not in described or not actor.text.endswith(("公司", "企业"))]
        actors = _merge(_merge(actors, called), _again(text, called, {}))
    own = own_names(text, actors, unnamed, told)
    if own:
        actors = _merge(actors, _again(text, own, {}))
    governments = _listed_governments(text, places)
    actors = _merge(_beside(actors, governments), governments)
    actors = _one_body(text, places, _merge(actors, _parties(text, places, actors)))
    actors = with_full_names(text, places, actors)
    return _merge(actors, called_shortly(text, places, actors))


def _one_body(text: str, places: Sequence[Place], actors: list[Actor]) -> list[Actor]:
    """市政府 in an article that names 临江市政府 and no other city's is that one; where it names only one city, it is that city's."""
    short = {actor.name for actor in actors if actor.rule == "spoken of by what it is" and actor.name[0] in "省市区县"}
    if not short:
        return actors
    meant: dict[str, str] = {}
    bodies = {actor.name for actor in actors if actor.type == "government"}
    for name in short:
        longer = {body for body in bodies if body != name and body.endswith(name)}
        if len(longer) == 1:
            meant[name] = longer.pop()
        elif not longer and (place := _only_seat(text, places, name[0])):
            meant[name] = place.name + name[1:]
    return [actor._replace(name=meant[actor.name]) if actor.name in meant else actor for actor in actors] if meant else actors


def _only_seat(text: str, places: Sequence[Place], level: str) -> Place | None:
    """The city, province, county or district a local report speaks of, or the only one it names."""
    home = home_of(text, places)
    return home if home is not None and home.name.endswith(level) else only_one(places, level)


# --- people who speak, short forms, and all of them again ------------------------------------------------------


def _people_by_name(text: str, places: Sequence[Place]) -> list[Actor]:
    """People whom a verb of saying or an office gives away; 张家界表示 is said by a city."""
    openings = people.opening_surnames(text)
    spans = [(span, "name before a verb of saying") for span in people.names_before_speech(text, openings)]
    spans += [(span, "name around an office") for span in people.names_around_office(text, openings)]
    spans += [(span, "name told of again") for span in names_told_of(text, openings)]
    if not spans:
        return []
    cities = {place.start: place.end for place in places}
    return [
        Actor(start, end, text[start:end], text[start:end], "person", "", rule)
        for (start, end), rule in spans
        if cities.get(start, 0) < end
    ]


# 阿里巴巴集团(下称“阿里”), (以下简称：协会): the bracket follows the name at once. 称 is looked for first: no class of
# characters is found as fast as one character.
_CALLED = re.compile(r"称(?:为|作)?[:：]? ?[“\"「『‘']?([^”\"」』’')）“]{2,12})")
_OPENS_CALLED = re.compile("[（(](?:以下|下)?简?$")


def _introduced(text: str, actors: Sequence[Actor]) -> dict[str, Actor]:
    """Short forms the article introduces itself, each with the actor it stands for."""
    found: list[tuple[int, str]] = []
    for called in _CALLED.finditer(text):
        opens = _OPENS_CALLED.search(text, max(0, called.start() - 4), called.start())
        if opens:
            start = opens.start()
            found.append((start - 1 if text[start - 1 : start] == " " else start, called[1]))
    if not found:
        return {}
    by_end = {actor.end: actor for actor in actors}
    return {form: _with_its_head(text, by_end[start], form) for start, form in found if start in by_end}


def _with_its_head(text: str, actor: Actor, form: str) -> Actor:
    """新一站 names what stands behind it: 新一站保险代理有限公司(下称“新一站”), of which only 保险代理有限公司 was a name."""
    if not text.endswith(form, 0, actor.start) or actor.type != "company":
        return actor
    start = actor.start - len(form)
    return actor._replace(start=start, text=text[start : actor.end], name=text[start : actor.end], rule=_WHOLE)


_WHOLE = "name that begins with its short form"


# Finds that hold for the whole article once their context has given them away.
_ONCE_NAMED = frozenset([
    "name behind an office", "name before a verb of saying", "name around an office", "name told of again",
    "company of the whole article", "name withheld", "name before a stock code or announcement", "name before a company's office", "name behind what it is", "company of a network",
])  # fmt: skip


def _again(text: str, actors: Iterable[Actor], aliases: Mapping[str, Actor]) -> list[Actor]:
    """Every other occurrence of the people found once, and of the short forms introduced."""
    sources = {(a.text if a.rule == "company of the whole article" else a.name): a for a in actors if a.rule in _ONCE_NAMED}
    sources |= aliases
    if not sources:
        return []
    moves = any(source[3].endswith("移动") for source in sources.values())  # 台风向上海移动, where 上海移动 is a company too
    return [
        make(Actor, (start, end, form := text[start:end], sources[form].name, sources[form].type, "", "named before in the article"))
        for start, end in _all_of(text, list(sources))
        if not (moves and text[start - 1 : start] in _TOWARDS and text.endswith("移动", start, end)) and text[end : end + 2] not in _OF_A_TRADE
    ]


def _all_of(text: str, forms: list[str]) -> list[Span]:
    """Where any of the forms stands; of automatons for many the one that is built fastest, because it is used once."""
    if len(forms) <= _FEW:
        return spans_of(text, forms)
    automaton = ahocorasick_rs.AhoCorasick(forms, matchkind=ahocorasick_rs.MatchKind.LeftmostLongest, implementation=ahocorasick_rs.Implementation.NoncontiguousNFA)
    return [(start, end) for _, start, end in automaton.find_matches_as_indexes(text)]


_FEW = 12
_TOWARDS = frozenset("向往从朝沿")
_OF_A_TRADE = frozenset(["行业", "产业", "企业", "市场", "产量", "价格"])  # 江城钢铁|产量, where 江城钢铁 is a company too


def _without_parts(actors: list[Actor], again: Sequence[Actor]) -> list[Actor]:
    """Without the known names that lie in the name of a person of the article: 永辉 in 周永辉."""
    holding = [a for a in again if a.type == "person" and (a.text[1:] in known_forms() or a.text[:2] in known_forms())]
    if not holding:
        return actors
    inside = {at for person in holding for at in range(person.start, person.end)}
    return [a for a in actors if a.rule != "known name" or a.start not in inside or a.end - 1 not in inside]


def _without_heads(actors: list[Actor], listed: Sequence[Actor]) -> list[Actor]:
    """Without the known name at the head of a company that is another: 保利 in 保利云鑫（03999.HK）, in （下称保利云鑫）."""
    longer = {actor[0]: actor for actor in listed if actor[4] == "company"}
    if longer.keys().isdisjoint(map(itemgetter(0), actors)):
        return actors
    return [a for a in actors if a[0] not in longer or a[6] != "known name" or longer[a[0]][1] - a[1] < 2 or not _is_head(a, longer[a[0]])]


def _is_head(actor: Actor, whole: Actor) -> bool:
    more = whole.text[actor.end - actor.start :]
    return more in _forms_of_their_own() or more not in _forms_of_companies()


@functools.cache
def _forms_of_companies() -> frozenset[str]:
    """What makes no other company of a known name: 控股, 集团."""
    return frozenset(suffixes())


@functools.cache
def _forms_of_their_own() -> frozenset[str]:
    """What does, although companies' names end so: 地产, 股份."""
    return name_words().arms


def _surnamed(text: str, offices: Iterable[Span], actors: Sequence[Actor]) -> list[Actor]:
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

_JOINED = re.compile("(?:又|再|再次|已|也|正|将|曾|还|分别|首次|正式)?(?:与|和|同|跟|携手|牵手|、)")
_OPENS_JOINED = frozenset("又再已也正将曾还分首与和同跟携牵、")  # asked first
# 阿里与宁波签署, 和青岛联合: what follows the place must carry on the deed, else it is 宁波市场, 宁波政府.
_GOES_ON = re.compile(r"(?:再|第|正式|首次|共同|分别|已|今|昨|昨日|今日)?(?:签|达成|联合|合作|共建|携手|牵手|结盟|双方|战略|开展|建立|启动|共同|，|。|的(?:合作|战略|第|三次|协议|签约|框架))")


def _parties(text: str, places: Sequence[Place], actors: Sequence[Actor]) -> list[Actor]:
    companies = [a for a in actors if a.type == "company"]
    starts, ends = {a.start for a in companies}, {a.end for a in companies}
    return [
        Actor(place.start, place.end, place.text, place.name, "government", "", "place as a party")
        for place in places
        if ((text[place[1] : place[1] + 1] in _OPENS_JOINED and _joins(text, place, starts)) or (place.start - 1 in ends and _is_joined(text, place)))
        and not (place.inside or place.level in ("region", "country"))
        and text[place.start - 1 : place.start] not in ("在", "于", "赴", "到")  # 在温州与乙签署: where, not who
    ]


def _is_joined(text: str, place: Place) -> bool:
    """阿里与上海签约: whether a place behind a party is the second one."""
    return text[place.start - 1] in "与和同跟" and _GOES_ON.match(text, place.end) is not None


def _joins(text: str, place: Place, starts: Container[int]) -> bool:
    """上海与阿里: whether the place is the first of two parties, the second of which is one of those at `starts`."""
    joined = _JOINED.match(text, place.end)
    return joined is not None and joined.end() in starts and (joined[0][-1] != "、" or "签" in text[joined.end() : joined.end() + 30])


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


def _beside(actors: list[Actor], governments: Sequence[Actor]) -> list[Actor]:
    """Those of `actors` that none of `governments` overlaps."""
    if not governments:
        return actors
    starts, ends = list(map(itemgetter(0), actors)), list(map(itemgetter(1), actors))
    overlapped = {at for other in governments for at in range(bisect_right(ends, other.start), bisect_left(starts, other.end))}
    return [actor for at, actor in enumerate(actors) if at not in overlapped]


def _merge(kept: list[Actor], more: list[Actor]) -> list[Actor]:
    """Both in order; of two that overlap the kept one stays."""
    if not more:
        return kept
    if not kept:
        return sorted(more, key=itemgetter(0))
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
