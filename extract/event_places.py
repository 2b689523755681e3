"""Where a deed was done: the places of its clause, or those the text has just named, or the home of who did it.

Knows which places of a sentence only say whose body somebody is, where news was read, or where another deed was done.
Leaves out who did it (`doers.py`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract import participants, triggers
from extract.doers import WHOLE
from extract.meeting_words import meeting_words
from extract.mentions import Actor, Place
from extract.passages import Span
from extract.press import read_at
from extract.story import Story
from extract.story_sentences import Sentence
from extract.telling import Told
from extract.title_words import words_of


def places_told(story: Story, sentence: Sentence, deed: Told, actors: Sequence[Actor]) -> tuple[Place, ...]:
    """Where: the places of the clause, else of the one before, else of the sentence before on the same date."""
    start, end = sentence.clauses[deed.clause]
    everything = deed.trigger.type in ("founding", "launch") or deed.trigger.text == "落户"
    chosen = participants.places_of(story.text, sentence.places, start, end, actors, everything)
    if chosen and _is_abroad(story.text, sentence, (start, end)):
        chosen = [place for place in chosen if not place.inside]
    if chosen[1:] and deed.trigger.text in triggers.words_for("held") and (where := story.text.rfind("在", start, deed.trigger.start)) >= 0:
        chosen = [place for place in chosen if where < place.start < deed.trigger.start] or chosen  # 温州市茶叶签约仪式在|上海举行
    if deed.trigger.type == "relief" and all(place.inside for place in chosen) and (stricken := _stricken(story, sentence, (start, end))):
        return (stricken,)
    if chosen and deed.trigger.type in ("meeting", "visit") and (elsewhere := _not_of_offices(sentence, chosen, start)):
        chosen = elsewhere
    if not chosen and (whole := WHOLE.search(story.text, start, deed.trigger.start)) and (meant := story.spoken_of.place_meant(sentence, whole[2], whole[1] == "我")):
        return (meant,)
    if not chosen:
        before = sentence.clauses[max(0, deed.clause - 1)][0]
        if story.text.startswith("除", before) or (deed.clause and read_at().search(story.text, *sentence.clauses[deed.clause - 1])):
            before = start  # 除了湖北、新疆: where it was not; 据临江市政府网站消息: where it was read
        chosen = participants.places_of(story.text, sentence.places, before, start, sentence.actors, False)
        dated = deed.dates[0].span
        if chosen and dated is not None and start <= dated[0]:
            chosen = _not_of_another(sentence, chosen, before, start)
    if not chosen and deed.dates[0].near == "paragraph" and deed.trigger.text not in triggers.prize_words():
        abroad = any(not place.adcode and deed.trigger.end <= place.start < end for place in sentence.places)  # 收购德国一家企业
        chosen = story.venue(sentence, deed.trigger.start) or ([] if abroad else story.places_before(sentence, deed.dates[0]))
    return tuple({place.adcode: place for place in chosen}.values()) if chosen else ()


def _is_abroad(text: str, sentence: Sentence, clause: Span) -> bool:
    """Whether the clause says that it was done abroad: 北京市商务局在纽约举办推介会 was not in 北京市."""
    start, end = clause
    for place in sentence.places:
        if not place.adcode and start <= place.start < end and not place.inside and text[place.start - 1] in "在于赴":
            return True
    return False


def home_of(story: Story, sentence: Sentence, deed: Told, names: Sequence[str]) -> tuple[Place, ...]:
    """The places that did it, or whose bodies did: 云海市 of 云海市统计局, and of 市统计局 where 市 is 云海市; not what they did in 纽约."""
    if _is_abroad(story.text, sentence, sentence.clauses[deed.clause]):
        return ()
    homes = {}
    for name in names:
        place = story.spoken_of.place_in_front(name) or (story.spoken_of.place_meant(sentence, name[0], False) if name[0] in "省市县区" else None)
        if place and (place.name == name or name.endswith(words_of("bodies"))):
            homes[place.adcode] = place
    return tuple(homes.values())


def venue(story: Story, sentence: Sentence, deed: Told, names: Sequence[str]) -> tuple[Place, ...]:
    """Where the news of a gathering that was held was sent from, if nothing else says where: 云海7月28日电 第二届茶博会今天谢幕."""
    if not names or deed.trigger.text not in triggers.words_for("begins and ends") or not names[0].endswith(meeting_words("opened and closed")):
        return ()
    sent_from = story.spoken_of.sent_from(sentence)
    return (sent_from,) if sent_from else ()


def at_home(story: Story, sentence: Sentence, deed: Told, names: Sequence[str]) -> tuple[Place, ...]:
    """The place that the whole article is about, and comes back to, where nothing says where the deed was done: 该县村民周立人以土地入股 in a
    report on 云海县; only for nobody that has a name, and for those whom the article calls of there; not for the course of a life or what the
    country did, nor where the sentence names another place."""
    if any(not place.inside for place in sentence.places) or story.text.find("全国", sentence.start, sentence.end) >= 0:
        return ()
    if deed.trigger.text in triggers.words_for("of a life") or any(name.startswith(_OF_ALL) for name in names):
        return ()
    if story.only_home and not _BESIDES.match(story.text, sentence.start) and story.named_once.isdisjoint(names):
        return (story.only_home,)
    home = story.home
    if home is None or (deed.trigger.type == "incident" and not names):
        return ()
    stands = not names or (names[0].endswith(_STANDS) and not any(actor.name == names[0] for actor in story.actors))
    return (home,) if stands or any(story.spoken_of.is_of(name, home) for name in names) else ()


_BESIDES = re.compile("另(?:据|外|悉|讯)|此外")  # 另据报道，…: of somewhere else

_STANDS = ("桥", "园", "区", "馆", "站", "厂", "广场", "大厦", "隧道", "水库", "机场", "码头", "基地")  # what is built in one place: 远山大桥建成通车
_OF_ALL = ("国家", "全国", "中国", "中央", "中华", "国务院", "央行")


def _not_of_another(sentence: Sentence, places: Sequence[Place], before: int, start: int) -> list[Place]:
    """1965年出生于温州，1988年毕业: behind the deed of the clause before, a place is only where that one was."""
    told = next((t.end for t in sentence.triggers if before <= t.start < start), start)
    return [place for place in places if place.start < told]



def _stricken(story: Story, sentence: Sentence, clause: Span) -> Place | None:
    """Whom a gift is for, where its clause says 灾区, or a later one whom it helps (捐款20万元，驰援云海防汛): where the disaster is."""
    if _OF_DISASTER.search(story.text, *clause):
        return story.spoken_of.stricken()
    return next((p for p in sentence.places if p.start >= clause[1] and p.adcode and not p.inside and story.text.endswith(words_of("helping"), 0, p.start)), None)


_OF_DISASTER = re.compile("灾(?!后)")


def _not_of_offices(sentence: Sentence, chosen: Sequence[Place], start: int) -> list[Place]:
    """来到沈阳，与辽宁省委书记会谈: the place an office is of gives way to one the sentence names ahead of the clause at `start`."""
    bodies = [actor for actor in sentence.actors if actor.type == "government"]
    if not all(place.inside and not any(body.start <= place.start < body.end for body in bodies) for place in chosen):
        return []
    return [p for p in sentence.places if p.end <= start and p.adcode and not p.inside][-1:]
