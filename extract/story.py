"""An article as a run of sentences: what stands in each, and what the sentences before it leave behind.

Knows which sentence a mention belongs to, paragraphs, datelines, and how to look back for the last date, meeting, actor
and place. Only sentences with a trigger are taken apart; looking back is done when asked and only a few steps.
Leaves out what any of it means for an event.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from itertools import accumulate
from operator import itemgetter
from typing import NamedTuple, Protocol, TypeVar

from extract import dating
from extract.datelines import behind_dateline
from extract.dating import Dated, Frame
from extract.gatherings import Gathering, acting_gathering, find_gatherings
from extract.mentions import Actor, EventDraft, EventType, Place, Quantity, Time, make
from extract.participants import is_subject
from extract.passages import Span, split_clauses
from extract.speakers import Said
from extract.triggers import Trigger, ceremonies, find_triggers, may_be_done
from extract.whole_places import last_named, only_one
from extract.words import Word, tag


class HasText(Protocol):
    @property
    def text(self) -> str: ...


class Understood(Protocol):
    """What drafting needs of an article; `extract.article.Article` has it."""

    @property
    def reading(self) -> HasText: ...
    @property
    def published(self) -> str: ...
    @property
    def passages(self) -> list[Span]: ...
    @property
    def quantities(self) -> list[Quantity]: ...
    @property
    def times(self) -> list[Time]: ...
    @property
    def places(self) -> list[Place]: ...
    @property
    def actors(self) -> list[Actor]: ...
    @property
    def said(self) -> list[Said]: ...


class Sentence(NamedTuple):
    start: int  # behind a dateline (路透北京6月3日 - )
    end: int
    number: int  # of its passage
    paragraph: int
    clauses: list[Span]
    triggers: list[Trigger]
    times: list[Time]
    actors: list[Actor]
    places: list[Place]


_M = TypeVar("_M")
_start_of, _end_of, _span_of = itemgetter(0), itemgetter(1), itemgetter(0, 1)

_NEWLINE = re.compile(r"\n")
_LONGEST = 1500  # a passage longer than this is no sentence, and looking around in it would not stay linear
_KEPT = 8  # clauses whose words are kept: those of one sentence are asked for several times
# 雅安灾区, 河南遭遇极端强降雨灾害, 四川雅安发生七级地震
_STRICKEN = re.compile("灾区|(?:突然|近日|昨日)?(?:遭遇|遭受|发生|突发|突降)[^，。；]{0,10}(?:地震|降雨|暴雨|洪|灾|泥石流|台风)|(?:特大|强烈)?(?:地震|洪灾|洪涝|水灾|雪灾|旱灾|泥石流|暴雨)|(?:开展)?(?:防汛|抗洪|抗震|救灾)")
_DURING_IT = re.compile("(?:在)?(?:调研|考察|走访|访问|视察|慰问|参观|督查)期间")
_BACKGROUND = re.compile(r"[ \t\u3000\xa0]*(?:据了解|据悉|据介绍|公开(?:资料|信息)显示|资料显示|天眼查|企查查)")  # a paragraph that tells what was before
_TO_COME = ("未来", "今后")  # 未来五年将投资: nothing told goes on from there
_LONGEST_PLACE = 12
_MANY_YEARS = 20
_A_LIST = 4  # so many places tell whose bodies or towns are listed, not where it was
_LEAD = 1000  # characters in which the first full stop stands
_FURTHER_BACK = 20
_BACK = 6  # so many mentions are looked at for somebody or somewhere spoken of before


# Who tells or lists others is not who the next sentence is about: 经济观察报报道…, 登陆上交所.
_TELLS = re.compile(r"(?:交易所|日报|晚报|早报|晨报|时报|商报|京报|青年报|观察报|周刊|通讯社|新闻社|中央社|新华社|中新社|路透社?|彭博社?|电视台|智通财经)$")


_WRITES = ("记者", "通讯员", "编辑", "责编")
_SIGNED = re.compile(r"[)）〕】、]|\s|[/|／]|通讯员|报[道导]|[摄文]|$")


_SOURCE_MARK = re.compile("[网報报社讯訊]{0,3}】")  # 【海岸网讯】: who reports takes no part
# 海岸社云海6月3日电, 海岸社记者, 海岸网从发布会上获悉
_REPORTS = re.compile("记者|通讯员|讯|[^，。；\n]{0,10}?[0-9]{1,2}日[^，。；\n]{0,4}?[电讯]|从[^，。；\n]{2,60}?(?:获悉|了解到|得知|看到)")
_NEWS_FROM = re.compile("[一-鿿]{1,8}[报網网社]讯(?:[（(][^（()）]{2,24}[)）]|[ \u3000])+")  # 东湖日报讯（记者李明）
_MEDIA = frozenset("社报网台线端")  # …社, …在线, …客户端


def _is_byline(text: str, actor: Actor) -> bool:
    """（记者周立）, 记者周立报道: who wrote the article takes no part in what it tells."""
    return actor.role.endswith(_WRITES) and _SIGNED.match(text, actor.end) is not None


def _taking_part(text: str, actors: list[Actor]) -> list[Actor]:
    """The actors without those who only report."""
    reporters = {actor.start for actor in actors if (actor[5] and _is_byline(text, actor)) or (actor[3][-1] in _MEDIA and _REPORTS.match(text, actor.end))}
    if "】" in text:
        reporters |= {actor.start for actor in actors if _SOURCE_MARK.match(text, actor.end)}
    return [actor for actor in actors if actor.start not in reporters] if reporters else actors


def _between(mentions: list[_M], starts: list[int], start: int, end: int) -> list[_M]:
    first = bisect_left(starts, start)
    return mentions[first : bisect_left(starts, end, first)]


def _starts_in(starts: list[int], start: int, end: int) -> bool:
    index = bisect_left(starts, start)
    return index < len(starts) and starts[index] < end


class Story:
    """The sentences of one article in order, and what was told so far."""

    def __init__(self, article: Understood) -> None:
        self.text = article.reading.text
        self.published = article.published
        self.passages = article.passages
        self.times = dating.usable(self.text, article.times)
        self.all_times = article.times
        self._all_starts: list[int] | None = None
        self.actors = _taking_part(self.text, article.actors)
        self.places = article.places
        self._starts = list(map(_start_of, self.passages))
        self._time_starts = list(map(_start_of, self.times))
        self._actor_starts = list(map(_start_of, self.actors))
        self._place_starts = list(map(_start_of, self.places))
        self._quantity_starts = list(map(_start_of, article.quantities))
        self._newlines = [match.start() for match in _NEWLINE.finditer(self.text)]
        self.lead = self._first_paragraph()
        self._told: tuple[Dated, int, int] | None = None  # the last deed with a date: date, passage, paragraph
        self._aside: tuple[Dated, int, int] | None = None  # the same in a paragraph of background
        self._meeting: tuple[Dated, str] | None = None
        self._visit: Dated | None = None
        self._venue: tuple[Place, ...] = ()
        self._kinds: set[EventType] = set()
        self._doer: tuple[tuple[str, ...], int] = ((), -1)
        self._words: dict[Span, list[Word]] = {}
        self._gatherings: list[Gathering] | None = None
        self._stricken: tuple[Place, ...] | None = None
        self._by_name: dict[str, Place] | None = None
        self._signed = "导〕" in self.text

    def sentences(self) -> Iterator[Sentence]:
        """Every sentence whose trigger words may tell a deed; a question tells none."""
        text, passages, starts = self.text, self.passages, self._starts
        names, reach = self._names()
        dates = [*self._time_starts, len(text)]
        somebody = [*sorted([*self._quantity_starts, *self._actor_starts]), len(text)]  # or how much
        number = 0
        lead = self.lead[1]
        start = end = -1
        held: list[Trigger] = []
        dated = named = False
        for trigger in find_triggers(self.text):
            at = trigger[0]
            if at >= end:
                if held:
                    yield self._sentence(number, start, end, held, dated)
                    held = []
                number = bisect_right(starts, at, number) - 1
                start, end = passages[number]
                if end - start > _LONGEST or text[end - 1] in "？?":
                    start = end
                    continue
                dated = dates[bisect_left(dates, start)] < end
                named = not dated and somebody[bisect_left(somebody, start)] < end
            told = start <= at < end and (dated or (named and (trigger[4] or at < lead)) or may_be_done(text, trigger))
            if told and reach[bisect_right(names, at) - 1] <= at:
                held.append(trigger)
        if held:
            yield self._sentence(number, start, end, held, dated)

    def _names(self) -> tuple[list[int], list[int]]:
        """Where actors, offices (战略投资部副总裁周立人) and places start, in order, and how far those up to each reach.

        控股 in 永城煤电控股集团 tells no deed.
        """
        offices = [(actor.start - len(actor.role), actor.start) for actor in self.actors if actor.role]
        spans = sorted([*map(_span_of, self.actors), *map(_span_of, self.places), *offices])
        return [-1, *map(_start_of, spans)], [-1, *accumulate(map(_end_of, spans), max)]

    def has_amount(self, start: int, end: int) -> bool:
        """Whether an amount stands in [start, end)."""
        return _starts_in(self._quantity_starts, start, end)

    def _sentence(self, number: int, start: int, end: int, triggers: list[Trigger], dated: bool) -> Sentence:
        paragraph = bisect_left(self._newlines, start)
        line_end = min(end, start + 40)
        told_from = behind_dateline(self.text, start, line_end)
        if self._signed and (signed := self.text.find("导〕", start, end)) >= 0:
            told_from = signed + 2  # 〔记者李明／云海报导〕
        elif told_from == start and self.text.find("讯", start, start + 12) >= 0 and (news := _NEWS_FROM.match(self.text, start, end)):
            told_from = news.end()
        if told_from > start:
            start = told_from
            triggers = [trigger for trigger in triggers if trigger.start >= start]
        return make(Sentence, (
            start, end, number, paragraph, split_clauses(self.text, start, end), triggers,
            _between(self.times, self._time_starts, start, end) if dated else [], _between(self.actors, self._actor_starts, start, end),
            _between(self.places, self._place_starts, start, end),
        ))  # fmt: skip

    def words(self, clause: Span) -> list[Word]:
        """The tagged words of a clause; the last few asked for are kept."""
        words = self._words.get(clause)
        if words is None:
            if len(self._words) >= _KEPT:
                self._words.clear()
            words = self._words[clause] = tag(self.text[clause[0] : clause[1]], clause[0])
        return words

    # --- what was told before ----------------------------------------------------------------------------------

    def remember(self, sentence: Sentence, date: Dated, told: EventDraft, meeting: bool) -> None:
        """A deed of `sentence` was told with this date: the text may go on from it."""
        self._kinds.add(told.type)
        if date.near == "lead" or date.edtf.startswith(".."):
            return
        own = date.near in ("clause", "sentence")
        if not own and date.near != "paragraph":
            frame = self.frame(sentence)
            date = frame.date if frame else date
        if self._told and date.edtf[:4] < self._told[0].edtf[:4] and self._is_background(sentence.paragraph):
            self._aside = (date, sentence.number, sentence.paragraph)
        else:
            self._told = (date, sentence.number, sentence.paragraph)
        if own and told.type == "visit":
            self._visit = date
        if meeting and own:
            self._meeting = (date, self.text[sentence.start : sentence.end])
            self._venue = told.places

    def frame(self, sentence: Sentence) -> Frame | None:
        """The date the sentence goes on from: of the last deed told, or the first date of a sentence since."""
        found: Frame | None = None
        told = self._aside if self._aside and self._aside[2] == sentence.paragraph else self._told
        if told:
            date, number, paragraph = told
            found = Frame(date, sentence.paragraph - paragraph, sentence.number - number)
        last = bisect_left(self._time_starts, sentence.start) - 1
        if last < 0:
            return found
        number = bisect_right(self._starts, self.times[last].start) - 1
        if told and (number <= told[1] or self._goes_back(self.times[last], told[0], sentence)):
            return found
        start = self._starts[number]
        for time in self.times[bisect_left(self._time_starts, start) : last + 1]:
            date = Dated(time.edtf, time.text, (time.start, time.end), "frame")
            if not dating.is_future(date, self.published) and not time.text.startswith(_TO_COME) and not self.text.startswith("的", time.end) and not dating.in_brackets(self.text, time, start):
                return Frame(date, self._paragraphs(start, sentence.start), sentence.number - number)
        return found

    def _goes_back(self, time: Time, told: Dated, sentence: Sentence) -> bool:
        """Whether a date since only goes back behind what is told: in a paragraph of background, or many years (1966年，洪水也曾侵袭)."""
        if time.edtf[:4] >= told.edtf[:4]:
            return False
        years = time.edtf[:4].isdecimal() and told.edtf[:4].isdecimal() and int(told.edtf[:4]) - int(time.edtf[:4])
        return years > _MANY_YEARS or self._is_aside(time.start, sentence)

    def _is_aside(self, at: int, sentence: Sentence) -> bool:
        """Whether `at` lies in a paragraph of background (据了解，…) that is not the sentence's own: the story does not go on from there."""
        paragraph = bisect_left(self._newlines, at)
        return paragraph != sentence.paragraph and self._is_background(paragraph)

    def _is_background(self, paragraph: int) -> bool:
        start = self._newlines[paragraph - 1] + 1 if paragraph else 0
        return _BACKGROUND.match(self.text, start) is not None

    def until(self, sentence: Sentence, at: int) -> Dated | None:
        """截至6月5日 ahead of `at` in the sentence."""
        if self._all_starts is None:
            self._all_starts = [time.start for time in self.all_times]
        return dating.until(self.text, _between(self.all_times, self._all_starts, sentence.start, at), sentence.start, at)

    def _in_dateline(self, place: Place, start: int) -> bool:
        """北京2月20日讯: where the report was sent from is not where a thing happened."""
        if place.end > start + 40:
            return False
        return place.end <= behind_dateline(self.text, start, start + 40)

    def _first_paragraph(self) -> Span:
        ends = self.text.find("。", 0, _LEAD)
        if ends < 0:
            return 0, 0
        stop = self.text.find("\n", ends, ends + _LEAD)
        return self.text.rfind("\n", 0, ends) + 1, stop if stop >= 0 else ends + 1

    def in_lead(self, sentence: Sentence) -> bool:
        """Whether the sentence opens the first paragraph that is more than a headline."""
        return self.lead[1] > 0 and sentence.number == bisect_left(self._starts, self.lead[0])

    def _paragraphs(self, start: int, end: int) -> int:
        """How many paragraphs end in [start, end)."""
        return bisect_left(self._newlines, end) - bisect_left(self._newlines, start)

    def meeting(self, sentence: Sentence, end: int) -> Dated | None:
        """The date of the meeting or visit told before, where the sentence speaks of it (会上, 调研期间)."""
        if self._meeting and dating.at_meeting(self.text, sentence.start, end, self._meeting[1]):
            return self._meeting[0]._replace(near="paragraph")
        if self._visit and _DURING_IT.match(self.text, sentence.start):
            return self._visit._replace(near="paragraph")
        return None

    def venue(self, sentence: Sentence, end: int) -> list[Place]:
        """Where the meeting told before was, where the sentence speaks of it (会上)."""
        return list(self._venue) if self._venue and self.meeting(sentence, end) else []

    def is_of_meeting(self, date: Dated) -> bool:
        """Whether `date` is that of the meeting told last."""
        return self._meeting is not None and self._meeting[0].edtf == date.edtf

    def is_of_ceremony(self, word: str, date: Dated) -> bool:
        """Whether the meeting told last, on that date, was the ceremony for the deed: 签约暨揭牌仪式 for 揭牌."""
        if self._meeting is None or not self.is_of_meeting(date):
            return False
        told = self._meeting[1]
        at = told.find(word)
        return at >= 0 and ceremonies().search(told, at, at + 12) is not None

    def acted(self, sentence: Sentence, doer: tuple[str, ...]) -> None:
        """Who did the deed told last."""
        self._doer = doer, sentence.number

    def doer(self, sentence: Sentence) -> tuple[str, ...]:
        """Who did the deed told in this sentence or the one before; 同时，向乙发出通知 is told of the same."""
        return self._doer[0] if sentence.number - self._doer[1] <= 1 else ()

    def is_company(self, name: str) -> bool:
        """Whether a company of the article has this name."""
        return any(actor.name == name and actor.type == "company" for actor in self.actors)

    def is_a(self, kind: str, name: str) -> bool:
        """Whether an actor of this type has the name."""
        return any(actor.name == name and actor.type == kind for actor in self.actors)

    def has_told(self, kind: EventType) -> bool:
        """Whether a deed of this kind was told before."""
        return kind in self._kinds

    def place_in_front(self, name: str) -> Place | None:
        """The place of the article that a body's name begins with: 云海市 of 云海市统计局."""
        if self._by_name is None:
            self._by_name = {place.name: place for place in reversed(self.places) if place.adcode}
        return next((self._by_name[name[:length]] for length in range(3, min(len(name) + 1, _LONGEST_PLACE)) if name[:length] in self._by_name), None)

    def place_meant(self, sentence: Sentence, level: str, ours: bool) -> Place | None:
        """Which place 全市 is, or with `ours` 我市; `level` is 市, 省, 县 or 区."""
        named = None if ours else last_named(self.places, sentence.end, level)
        return named or only_one(self.places, level)

    def gathering(self, start: int, at: int, held: bool = False) -> str:
        """The fair or congress that does what is told at `at`: 第九届瓷博会闭幕, with `held` also 瓷博会闭幕; "" where there is none."""
        numbered = self.text.find("届", start, at) >= 0
        if numbered and self._gatherings is None:
            self._gatherings = find_gatherings(self.text)
        return acting_gathering(self.text, self._gatherings or () if numbered else (), start, at, held)

    def stricken(self) -> Place | None:
        """Where the disaster is that the article tells of: 雅安灾区, 河南省遭遇强降雨; None where it tells of none, or of two."""
        if self._stricken is None:
            found = {place.adcode: place for place in self.places if place.adcode and not place.inside and _STRICKEN.match(self.text, place.end)}
            self._stricken = tuple(found.values())
        return self._stricken[0] if len(self._stricken) == 1 else None

    def person(self, sentence: Sentence, at: int) -> str:
        """Whom 他 at `at` means: the last person named before, in the sentence or close ahead of it, or ""."""
        last = bisect_left(self._actor_starts, at) - 1
        for index in range(last, max(-1, last - _BACK), -1):
            actor = self.actors[index]
            if actor.type == "person" and self._paragraphs(actor.start, sentence.start) <= 1:
                return actor.name
        return ""

    def topic(self, sentence: Sentence, company: bool = False) -> str:
        """Who was spoken of last: the first actor of the sentence before that is a subject, or ""."""
        last = bisect_left(self._actor_starts, sentence.start) - 1
        found, number = "", -1
        office = end = len(self.text)  # the office of a person reaches over his company: 云海总裁周立人
        for index in range(last, max(-1, last - _BACK), -1):
            actor = self.actors[index]
            if office <= actor.start < end and not company:
                continue
            if actor.type == "person" and actor.role:
                office, end = actor.start - len(actor.role), actor.start
            passage = bisect_right(self._starts, actor.start) - 1
            if found and passage != number:
                break
            if (not company or actor.type == "company") and not _TELLS.search(actor.name) and is_subject(self.text, actor):
                found, number = actor.name, passage
        return found

    def named_before(self, at: int, ends: tuple[str, ...]) -> str:
        """The last actor or place named shortly before `at` whose name ends so (海关), or ""."""
        for mentions, starts in ((self.actors, self._actor_starts), (self.places, self._place_starts)):
            last = bisect_left(starts, at) - 1
            for index in range(last, max(-1, last - _FURTHER_BACK), -1):
                if mentions[index].name.endswith(ends):
                    return mentions[index].name
        return ""

    def sent_from(self, sentence: Sentence) -> Place | None:
        """The place of the dateline the sentence stands behind."""
        start = self._starts[sentence.number]
        ahead = _between(self.places, self._place_starts, start, sentence.start)
        return next((place for place in reversed(ahead) if place.adcode), None)

    def places_before(self, sentence: Sentence) -> list[Place]:
        """Where the last sentence with a place was."""
        last = bisect_left(self._place_starts, sentence.start) - 1
        found: list[Place] = []
        number = -1
        for index in range(last, max(-1, last - _BACK), -1):
            place = self.places[index]
            passage = bisect_right(self._starts, place.start) - 1
            if found and passage != number:
                break
            if place.adcode and not place.inside and not self._in_dateline(place, self._starts[passage]):
                found.insert(0, place)
                number = passage
        return found if len(found) < _A_LIST else []
