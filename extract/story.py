"""An article as a run of sentences: what stands in each, and what the sentences before it leave behind.

Knows which sentence a mention belongs to, paragraphs, datelines, and how to look back for the last date, meeting and doer;
who and what place was spoken of is `spoken_of.py`. Only sentences with a trigger are taken apart; looking back is done when
asked and only a few steps. Leaves out what any of it means for an event.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import accumulate
from operator import itemgetter
from typing import TYPE_CHECKING, cast

from extract import dating
from extract.datelines import behind_dateline
from extract.dating import Dated, Frame
from extract.dating_words import dating_words
from extract.finds import Finds, kept
from extract.gatherings import Gathering, acting_gathering, find_gatherings
from extract.meeting_words import meeting_words
from extract.mentions import EventDraft, EventType, Place, Time
from extract.passages import Span, split_clauses
from extract.press import taking_part
from extract.spoken_of import SpokenOf
from extract.story_sentences import Sentence, Understood, between
from extract.topic import about
from extract.triggers import Trigger, ceremonies, find_triggers, may_be_done
from extract.words import Word, tag

if TYPE_CHECKING:
    from extract.article import Article

_start_of, _end_of, _span_of = itemgetter(0), itemgetter(1), itemgetter(0, 1)

_NEWLINE = re.compile(r"\n")
_LONGEST = 1500  # a passage longer than this is no sentence, and looking around in it would not stay linear
_KEPT = 8  # clauses whose words are kept: those of one sentence are asked for several times
_DURING_IT = re.compile("(?:在)?(?:调研|考察|走访|访问|视察|慰问|参观|督查)期间")
_POINTS_TO_ONE = re.compile("[本此这][届次]|期间|现场|中，")
_MEETING_MEANT = re.compile("(?:本届|本次|此次|这次)([一-鿿]{0,6}?(?:会(?![议员长])|[展节赛]|论坛|活动))|([一-鿿]{1,4}(?:会|[展节赛]|论坛|活动))(?:期间|现场|中(?=，))")
_AT_THE_FAIR = re.compile("[本此该这](?:届|次)(?:大会|展会|盛会|活动|会议|展览)|(?<![一-鿿])(?:大会|展会|盛会)|(?<![一-鿿])会上")
_ON_SITE = re.compile("(?:当[天日晚]?)?现场(?:共|还|又|累计|集中)*$")  # 现场|签约项目21个
_DONE_AT_FAIRS = frozenset(["agreement", "sales", "meeting", "publication"])
_LONGEST_KIND = 3  # 推介会 alone is no name
_WHEN = re.compile("^(?:昨[天日晚]|今[天日晚]|近日|日前|当[天日]|刚刚|最近)")
_OPENS = ("开幕", "启幕", "揭幕", "拉开", "开园", "开馆")
_BACKGROUND = re.compile(r"[ \t\u3000\xa0]*(?:据了解|据悉|据介绍|公开(?:资料|信息)显示|资料显示|天眼查|企查查)")  # a paragraph that tells what was before
_TO_COME = ("未来", "今后")  # 未来五年将投资: nothing told goes on from there
_MANY_YEARS = 20
_A_YEAR = 4
_DAY = 10
_SOON = 4  # paragraphs
_COMES_BACK = 3  # times a place of the headline is named in all
_OFTEN = 4  # times from which on an article is about a place
# 东湖队与云江队比赛: another pair than the one that agreed
_OTHER_PAIR = re.compile("(?<![参共协合如相不随以为])[与和跟同](?![时意步样年比解谐类期])|两[队人国家]")
_BEGINNING = 300  # characters in which it names that place
_LEAD = 1000  # characters in which the first full stop stands
_NEWS_FROM = re.compile("[一-鿿]{1,8}[报網网社]讯(?:[（(][^（()）]{2,24}[)）]|[ \u3000])+")  # 东湖日报讯（记者李明）


def _starts_in(starts: list[int], start: int, end: int) -> bool:
    index = bisect_left(starts, start)
    return index < len(starts) and starts[index] < end


class Story:
    """The sentences of one article in order, and what was told so far."""

    def __init__(self, article: Understood, finds: Finds | None = None) -> None:
        self.text = article.reading.text
        self.published = article.published
        self.passages = article.passages
        self.times = dating.usable(self.text, article.times)
        self.all_times = article.times
        self._all_starts: list[int] | None = None
        self.actors = taking_part(self.text, article.actors)
        self.places = article.places
        self._starts = list(map(_start_of, self.passages))
        self._time_starts = list(map(_start_of, self.times))
        self._quantity_starts = list(map(_start_of, article.quantities))
        self._newlines = [match.start() for match in _NEWLINE.finditer(self.text)]
        self.lead = self._first_paragraph()
        self.spoken_of = SpokenOf(self.text, self.actors, self.places, self._starts, self._newlines)
        self._told: tuple[Dated, int, int] | None = None  # the last deed with a date: date, passage, paragraph
        self._aside: tuple[Dated, int, int] | None = None  # the same in a paragraph of background
        self._day: tuple[Dated, int] | None = None  # the last deed whose day was told: date, paragraph
        self._meeting: tuple[Dated, str] | None = None
        self._visit: Dated | None = None
        self._scheduled: dict[str, list[set[str]]] = {}
        self._venue: tuple[Place, ...] = ()
        self._pairs: set[tuple[str, ...]] = set()  # who agreed with whom
        self.gathering_told = ""  # the name of that meeting, where it has one
        self._opened = False  # of the meeting only the opening is told
        self._kinds: set[EventType] = set()
        self._doer: tuple[tuple[str, ...], int] = ((), -1)
        self._words: dict[Span, list[Word]] = {}
        self._gatherings: list[Gathering] | None = None
        self._signed = "导〕" in self.text
        self._article, self._finds = article, finds
        self._about: tuple[str, str] | None = None

    def sentences(self) -> Iterator[Sentence]:
        """Every sentence whose trigger words may tell a deed; a question tells none."""
        text, passages, starts = self.text, self.passages, self._starts
        names, reach = self._names()
        dates = [*self._time_starts, len(text)]
        somebody = [*sorted([*self._quantity_starts, *self.spoken_of.actor_starts]), len(text)]  # or how much
        number = 0
        lead = self.lead[1]
        start = end = -1
        held: list[Trigger] = []
        dated = named = False
        for trigger in find_triggers(self.text):
            at = trigger.start
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
            told = start <= at < end and (dated or (named and (trigger.sure or at < lead)) or ((trigger.sure or trigger.type != "speech") and may_be_done(text, trigger)))
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
        return Sentence(
            start, end, number, paragraph, split_clauses(self.text, start, end), triggers,
            between(self.times, self._time_starts, start, end) if dated else [], between(self.actors, self.spoken_of.actor_starts, start, end),
            between(self.places, self.spoken_of.place_starts, start, end),
        )  # fmt: skip

    def words(self, clause: Span) -> list[Word]:
        """The tagged words of a clause; the last few asked for are kept."""
        words = self._words.get(clause)
        if words is None:
            if len(self._words) >= _KEPT:
                self._words.clear()
            words = self._words[clause] = tag(self.text[clause[0] : clause[1]], clause[0])
        return words

    @property
    def about(self) -> str:
        """The body or place that the article as a whole is about, by its title and how often it is told of, or ""."""
        return self._topic[0]

    def fair(self, sentence: Sentence, deed: Trigger, date: Dated) -> str:
        """The fair that the article is about, where the sentence speaks of it ahead of the deed, or ""; what was done before it is not its."""
        fair, at = self._topic[1], deed.start
        if not fair or (self._meeting is None and date.edtf[:4] < self.published[:4]) or (self._meeting and date.edtf.rstrip("~?%") < self._meeting[0].edtf[: len(date.edtf.rstrip("~?%"))]):
            return ""
        spoken_of = self.text.find(fair[-2:], sentence.start, at) >= 0 or _AT_THE_FAIR.search(self.text, sentence.start, at) is not None
        return fair if spoken_of or (deed.type in _DONE_AT_FAIRS and _ON_SITE.search(self.text, sentence.start, at)) else ""

    @property
    def _topic(self) -> tuple[str, str]:
        """Whom the article is about, and the same where that is a fair."""
        if self._about is None:
            finds = self._finds or Finds(cast("Article", self._article))
            names = about(finds)
            name = names[0] if len(names) == 1 else ""
            fair = _WHEN.sub("", name) if name.endswith(meeting_words("opened and closed")) and name[-1] != "周" else ""
            self._about = name if name in finds.names else "", fair if len(fair) > _LONGEST_KIND else ""
        return self._about

    @kept
    def home(self) -> Place | None:
        """Where what the article tells of was done, if nothing says where: the one place it is about and comes back to; where that is no
        company, the place its beginning names and it names most."""
        times = Counter([place.name for place in self.places if place.adcode])
        named = (place for place in self.places if place.start < _BEGINNING and (not place.inside or place.text in self.about))
        often = [place for place in named if times[place.name] > 1]
        if not often:
            return None
        home = next((place for place in often if place.name == self.about), None)
        if home or self.spoken_of.is_company(self.about):
            return home
        most = max(often, key=lambda place: times[place.name])
        elsewhere = {p.name for p in self.places if p.adcode and p.adcode[:4] != most.adcode[:4] and not most.adcode.startswith(p.adcode.rstrip("0"))}
        return most if times[most.name] >= _OFTEN and sum(times[name] for name in elsewhere) * 3 <= times[most.name] else None

    @kept
    def only_home(self) -> Place | None:
        """The place a headline names, where the article comes back to it and names none that lies elsewhere: whoever does something there does it there."""
        headline = self.text.find("\n")
        named = [place for place in self.places if place.adcode]
        home = next((place for place in named if place.start < headline and place.level != "country"), None)
        if home is None or sum(place.adcode == home.adcode for place in named) < _COMES_BACK:
            return None
        within, around = home.adcode.rstrip("0"), home.adcode
        elsewhere = any(not place.adcode.startswith(within) and not around.startswith(place.adcode.rstrip("0")) for place in named)
        return None if elsewhere else home

    @kept
    def named_once(self) -> frozenset[str]:
        """Bodies that it names only in passing: 长沙市发布新政。…同日，特斯拉发布新车."""
        times = Counter([actor.name for actor in self.actors if actor.type != "person"])
        return frozenset(name for name, often in times.items() if often == 1)

    def topic(self, sentence: Sentence, company: bool = False) -> str:
        """Who was spoken of last; where the text has gone on since, the one it is about as a whole; with `company` only a company; or ""."""
        found = self.spoken_of.topic(sentence, company)
        passed = found != "" and self.spoken_of.is_passed(found, sentence)
        return self.about if passed and (not company or self.spoken_of.is_company(self.about)) else found

    # --- what was told before ----------------------------------------------------------------------------------

    def remember(self, sentence: Sentence, date: Dated, told: EventDraft, meeting: bool) -> None:
        """A deed of `sentence` was told with this date: the text may go on from it."""
        self._kinds.add(told.type)
        if told.type == "agreement" and len(told.actors) == 2:
            self._pairs.add(told.actors)
        if date.near == "lead" or date.edtf.startswith("..") or "X" in date.edtf:
            return
        if told.type == "founding" and self.text.endswith(dating_words("came to be at"), 0, told.end + 1) and len(date.edtf) == _A_YEAR:
            return
        own = date.near in ("clause", "sentence")
        if not own and date.near != "paragraph":
            frame = self.frame(sentence)
            date = frame.date if frame else date
        if self._told and date.edtf[:4] < self._told[0].edtf[:4] and self._is_background(sentence.paragraph):
            self._aside = (date, sentence.number, sentence.paragraph)
        else:
            self._told = (date, sentence.number, sentence.paragraph)
        if own and "/" not in date.edtf and dating.fineness(date.edtf) >= _DAY:
            self._day = date, sentence.paragraph
        if own and told.type == "visit":
            self._visit = date
        if meeting and own:
            self._meeting = (date, self.text[sentence.start : sentence.end])
            self._venue = told.places
            self._opened = told.rule.startswith(_OPENS)
            self.gathering_told = next((name for name in told.actors if name.endswith(meeting_words("opened and closed"))), "")

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
            if "X" in time.edtf or (len(time.edtf) == _A_YEAR and self.text.endswith(dating_words("came to be at"), 0, time.start)):
                continue  # 公司成立于1985年, 上世纪90年代: what is told behind it is not of then
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
        return dating.until(self.text, between(self.all_times, self._all_starts, sentence.start, at), sentence.start, at)

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
        if self._meeting is None and self._visit is None:
            return None
        if self._meeting and dating.at_meeting(self.text, sentence.start, end, self._meeting[1]):
            return replace(self._meeting[0], near="paragraph")
        if self._meeting and self._is_meant(sentence.start, end):
            date = self._meeting[0]
            if self._opened and "/" not in date.edtf:  # 5日开幕 … 展会期间: some day after it
                return replace(date, edtf=dating.year_only(date.edtf), near="frame")
            return replace(date, near="paragraph")
        if self._visit and _DURING_IT.match(self.text, sentence.start):
            return replace(self._visit, near="paragraph")
        return None

    def _is_meant(self, start: int, end: int) -> bool:
        """Whether 本届茶博会 or 洽谈会期间 in [start, end) means the meeting told before, spelled with its characters; 春节期间 does not."""
        if self._meeting is None or not _POINTS_TO_ONE.search(self.text, start, end):
            return False
        meant = _MEETING_MEANT.search(self.text, start, end)
        if meant is None:
            return False
        noun = meant[1] or meant[2]
        return noun in meeting_words("any gathering") or (noun != "两会" and set(noun) <= set(self._meeting[1]))

    def venue(self, sentence: Sentence, end: int) -> list[Place]:
        """Where the meeting told before was, where the sentence speaks of it (会上)."""
        return list(self._venue) if self._venue and self.meeting(sentence, end) else []

    def schedules(self, date: Dated, gathering: str) -> bool:
        """Whether the gathering was not told yet as one that will begin on this day: headline and lead tell of the same one, 茶博会 and
        第六届中部茶业博览会. It is told from now on."""
        name = set(gathering.rpartition("届")[2])
        others = self._scheduled.setdefault(date.edtf.partition("/")[0], [])
        told = any(name <= other or other <= name for other in others)
        others.append(name)
        return not told

    def day_told(self, sentence: Sentence) -> Dated | None:
        """The last day that a deed was told of, in this paragraph or one of a few before: what 同日 means where only a month came since."""
        if self._day is None or sentence.paragraph - self._day[1] > _SOON:
            return None
        return replace(self._day[0], near="paragraph")

    def places_before(self, sentence: Sentence, date: Dated) -> list[Place]:
        """Where the last sentence with a place was, unless that tells of another date of the same year (…新厂于3月在苏州投产。甲同日公告…); one
        that goes back years says where a thing is (云江园区成立于2012年。…当天，甲落户园区)."""
        places = self.spoken_of.places_before(sentence)
        if not places or date.span is None:
            return places
        start, end = self.passages[bisect_right(self._starts, places[0].start) - 1]
        if start <= date.span[0] < end:
            return places
        others = any(time.edtf[:4] == date.edtf[:4] and time.edtf != date.edtf for time in between(self.times, self._time_starts, start, end))
        return [] if others else places

    @property
    def meeting_day(self) -> Dated | None:
        """The day of the meeting that the article opens with."""
        date = self._meeting[0] if self._meeting else None
        opens = date is not None and date.span is not None and date.span[0] < self.lead[1]
        return replace(date, near="paragraph") if date and opens and dating.fineness(date.edtf) >= _DAY else None

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

    def both(self, sentence: Sentence, at: int) -> tuple[str, ...]:
        """Whom 双方 at `at` means: the one pair the text told of that agreed, where its paragraph names nobody else but who says so."""
        if len(self._pairs) != 1:
            return ()
        pair = next(iter(self._pairs))
        start = self._newlines[sentence.paragraph - 1] + 1 if sentence.paragraph else 0
        named = between(self.actors, self.spoken_of.actor_starts, start, at)
        if _OTHER_PAIR.search(self.text, max([start, *(a.end for a in named if a.name in pair)]), at):
            return ()
        return pair if all(a.name in pair or (a.type == "person" and a.start >= sentence.start) for a in named) else ()

    def has_told(self, kind: EventType) -> bool:
        """Whether a deed of this kind was told before."""
        return kind in self._kinds

    def gathering(self, start: int, at: int, held: bool = False) -> str:
        """The fair or congress that does what is told at `at`: 第九届瓷博会闭幕, with `held` also 瓷博会闭幕; "" where there is none."""
        numbered = self.text.find("届", start, at) >= 0
        if numbered and self._gatherings is None:
            self._gatherings = find_gatherings(self.text)
        return acting_gathering(self.text, self._gatherings or () if numbered else (), start, at, held)
