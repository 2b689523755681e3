"""Where an amount belongs.

Knows how far a place holds in a sentence, where a gathering or a thing lies, and the place in the name of whoever the
amount is of. Leaves out how places are read (`places.py`) and which one 全市 means (`whole_places.py`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from extract.amount_clause import Measure
from extract.bodies import SCOPES
from extract.mentions import Place, Quantity
from extract.named_things import introduced
from extract.owner_words import owner_words
from extract.passages import Span
from extract.sentences import ANY_THING, Sentence
from extract.stage import Stage
from extract.whole_places import is_called, is_ours

# A clause that opens with another part of the world does not speak of the place named before.
_ELSEWHERE = re.compile(r"(?:其中|而|同时)?[,，]?(?:中部|西部|东部|东北|中西部|全国|全球|境外|海外|国外|其他地区|各地)")


def places_of(sentence: Sentence, quantity: Quantity, clause: Span, measure: Measure, stage: Stage) -> tuple[Place, ...]:
    """Places of the clause, else of the nearest clause of the sentence that has some, else what 全区 refers to, else the
    place the paragraph is about where the sentence names nobody else (南山区成立于1990年。常住人口142.4万).
    """
    home = measure.subject.mention if measure.subject else None
    if isinstance(home, Place) and measure.rule == "distributed to names":
        return (home,)
    places = sentence.settings
    if len(places) > 2:
        places = [p for p in places if not _is_one_of_many(sentence, p, quantity)]
    if sentence.finds.stricken is not None and sentence.gives and (given := _given_to(sentence, places)):
        return (given,)
    if places and places[-1].start > quantity.end:
        places = [p for p in places if p.start < clause[1] or not _PARTS.search(sentence.text, quantity.end, p.start)]
        if places and places[0].start >= clause[1] and _of_country(sentence, sentence.start, quantity.start):
            return ()  # 我国每年有70万人…,宁波市有5000人
    here = [p for p in places if clause[0] <= p.start < clause[1]]
    if not here and places and _ELSEWHERE.match(sentence.text, clause[0]):
        return ()
    if not here and sentence.whole is not None and _is_of_whole(sentence, clause, stage):
        return _one(sentence.meant)  # 企业家齐聚青岛,与我省400家企业对接
    if not here and len(places) == 1:
        return (places[0],)
    if not here and places:
        before = [p for p in places if p.start < quantity.start]
        anchor = before[-1] if before else places[0]
        home = sentence.clause(anchor.start)
        here = [p for p in places if home[0] <= p.start < home[1]]
    if here:
        return _finest(here if len(here) == 1 else _of_item(sentence, here, quantity, clause))
    referred = _one(sentence.meant) or _of_thing(sentence, clause)
    if referred or sentence.actors:
        return referred
    spoken = stage.place or _home(sentence, measure)
    if spoken is None or _of_country(sentence, clause[0], quantity.start) or _is_elsewhere(sentence, clause[0]):
        return ()
    return (spoken,)


def _is_of_whole(sentence: Sentence, clause: Span, stage: Stage) -> bool:
    """Whether the clause says 全市 or 我省, of the place meant or of one that stands nowhere: no other place of the sentence holds."""
    whole = sentence.whole
    if whole is None or not clause[0] <= whole.start() < clause[1]:
        return False
    if sentence.meant or is_ours(whole):
        return True
    return bool(whole[1]) and stage.place is not None and not is_called(stage.place, whole[1])


def _of_item(sentence: Sentence, here: list[Place], quantity: Quantity, clause: Span) -> list[Place]:
    """宁波市发放3万张、杭州市发放5万张: where each place of a clause has its amount behind it, its own; else all."""
    others = [q for q in sentence.quantities if clause[0] <= q.start < clause[1] and q is not quantity]
    if not others:
        return here
    after = max((q.end for q in others if q.end <= quantity.start), default=clause[0])
    own = [p for p in here if after <= p.start < quantity.start]
    return own or here


_PARTS = re.compile("其中|分别")  # 共15起,其中昆明3起: the first is not of there
_MOST_OF_ROW = 40  # characters of a row of names looked at


def _is_one_of_many(sentence: Sentence, place: Place, quantity: Quantity) -> bool:
    """共有9个代表团,包括云南、贵州、四川…: a row of three and more behind the amount says what there is, not where."""
    if place.start < quantity.end:
        return False
    row = [p for p in sentence.domestic if abs(p.start - place.start) <= _MOST_OF_ROW]
    at = row.index(place)
    joined = [b.start - a.end == 1 and sentence.text[a.end] in "、和及与" for a, b in pairwise(row)]
    low = high = at
    while low > 0 and joined[low - 1]:
        low -= 1
    while high < len(joined) and joined[high]:
        high += 1
    return high - low >= 2


def _given_to(sentence: Sentence, places: Sequence[Place]) -> Place | None:
    """向灾区捐赠1000万元: a gift after a disaster is for where it was, whatever places the names of the givers hold."""
    stricken = sentence.finds.stricken
    if stricken is None:
        return None
    named = [p for p in places if not any(a.start <= p.start < a.end for a in sentence.actors)]
    return stricken if all(stricken.adcode.startswith(p.adcode.rstrip("0")) for p in named) else None


def _is_elsewhere(sentence: Sentence, start: int) -> bool:
    """Whether a clause opens with another part of the world, or tells what a study found: that is not of the place where
    it was presented."""
    return sentence.reports or _ELSEWHERE.match(sentence.text, start) is not None


def _of_country(sentence: Sentence, start: int, end: int) -> bool:
    """Whether the clause, or one before it in the sentence, speaks of the whole country, whatever place the paragraph began with:
    我国每天约4亿件快递; 2012年全国茶叶产量达200万吨，比上年增产9万吨."""
    text = sentence.text
    if text.find("我国", start, end) >= 0 or text.startswith("全国", start):
        return True
    at = text.find("全国", sentence.start, end)
    return at >= 0 and (at == sentence.clause(at)[0] or any(time.end == at for time in sentence.times))


def _home(sentence: Sentence, measure: Measure) -> Place | None:
    """The place of a local report, for what is not said of the country or the world."""
    return None if measure.text.startswith(SCOPES) or measure.rule == "holding" else sentence.finds.home


def places_beside(sentence: Sentence, quantity: Quantity, clause: Span, whom: Sequence[str], places: tuple[Place, ...]) -> tuple[Place, ...]:
    """`places` once it is known whose the amount is: without those that are not of `whom`, and where none is left the one `whom` lies at or meets at."""
    finds = sentence.finds
    if places and finds.gatherings and whom and sentence.start <= places[0].start < clause[0] and _is_of_guest(sentence, whom[0], places[0]):
        places = ()
    if sentence.officials and whom and not sentence.settings and whom[0].endswith(owner_words("police")):
        places = ()  # 宁波警方查处30起。杭州警方抓获9人: each where their name says
    if places:
        return places
    place = sentence.place_named(whom[0], quantity.start) if whom else None
    if place is None and finds.gatherings:
        place = _venue_of(sentence, quantity, whom)
    if place is None and whom and whom[0].endswith(owner_words("named for where it is", "police", "units of police")):
        place = finds.place_in_name(whom[0])
    if place is None and not sentence.places and not _of_country(sentence, clause[0], quantity.start):
        place = finds.scene
    return _one(place)


def _is_of_guest(sentence: Sentence, gathering: str, place: Place) -> bool:
    """Whether a place only opens a clause of its own behind a gathering: 第三届茶博会闭幕，云江市签约2亿元，参展企业300家."""
    return sentence.clause(place.start)[0] == place.start and any(g.name == gathering for g in sentence.finds.gatherings.within(sentence.start, place.start))


def _venue_of(sentence: Sentence, quantity: Quantity, whom: Sequence[str]) -> Place | None:
    """Where the gathering is held that the amount is about, or that the paragraph spoke of where the sentence names nobody:
    本届茶博会…。其中,86家企业是首次参展."""
    finds = sentence.finds
    if whom and (venue := finds.venue_of(whom[0])):
        return None if sentence.reports else venue
    if sentence.doers or sentence.places:
        return None
    spoken = finds.gatherings.within(sentence.back, quantity.start)
    return finds.venue_of(spoken[-1].name) if spoken and not sentence.reports else None


_THIS_THING = re.compile(rf"(?:该|这一|此|上述|这)?(?:宗|个|座|家)?({ANY_THING.pattern})")


def _of_thing(sentence: Sentence, clause: Span) -> tuple[Place, ...]:
    """Where the thing lies that the clause opens with (该地块…): the places of the sentence that named it."""
    if not sentence.things:
        return ()
    starts = [start for start, _ in sentence.clauses if start <= clause[0]]
    thing = next((m for start in reversed(starts) if (m := _THIS_THING.match(sentence.text, start))), None)
    if thing is None:
        return ()
    _, at = introduced(sentence, thing.group(1))
    if at < 0:
        return ()
    near = sentence.finds.places.within(max(0, at - 20), at)
    return _finest([p for p in near if p.level != "country"])


def _finest(places: Sequence[Place]) -> tuple[Place, ...]:
    """Without those that only lead to a finer one: 深圳市 before 南山区."""
    if len(places) == 1:
        return (places[0],)
    kept: list[Place] = []
    for n, place in enumerate(places):
        behind = places[n + 1] if n + 1 < len(places) else None
        leads = behind is not None and behind.start - place.end <= 1 and bool(place.adcode) and behind.adcode.startswith(place.adcode.rstrip("0"))
        if not leads and (not place.adcode or place.adcode not in [p.adcode for p in kept]):
            kept.append(place)
    return tuple(kept)


def _one(place: Place | None) -> tuple[Place, ...]:
    return (place,) if place else ()
