"""Who and which place the text has just spoken of: whom 他 means, who 公司 is, which city 全市 is, where the disaster struck.

Knows how to look back over the names of an article, only a few steps. Leaves out what was done (`story.py`).
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from operator import itemgetter

from extract.datelines import behind_dateline
from extract.mentions import Actor, Place
from extract.participants import is_subject
from extract.press import tells_of_others
from extract.story_sentences import Sentence, between
from extract.whole_places import home_of, is_venue, nearest_called, only_one

# 雅安灾区, 河南遭遇极端强降雨灾害, 四川雅安发生七级地震
_STRICKEN = re.compile("灾区|(?:突然|近日|昨日)?(?:遭遇|遭受|发生|突发|突降)[^，。；]{0,10}(?:地震|降雨|暴雨|洪|灾|泥石流|台风)|(?:特大|强烈)?(?:地震|洪灾|洪涝|水灾|雪灾|旱灾|泥石流|暴雨)|(?:开展)?(?:防汛|抗洪|抗震|救灾)")
_start_of = itemgetter(0)
_OWNERS = ("控股股东", "实际控制人", "母公司", "大股东")
_LONGEST_PLACE = 12
_RIGHT_BEFORE = 24  # characters
_LOCALS = ("村民", "农民", "农户", "社员", "居民", "市民", "贫困户", "党员")
_A_LIST = 4  # so many places tell whose bodies or towns are listed, not where it was
_FURTHER_BACK = 20
_REACH = 2000  # characters that 全市 points back over
_OFTEN = 3  # times from which on the text comes back to a name
_BACK = 6  # so many mentions are looked at for somebody or somewhere spoken of before


class SpokenOf:
    """The actors and places of an article, looked back over; `passages` and `newlines` are where those start."""

    def __init__(self, text: str, actors: list[Actor], places: list[Place], passages: list[int], newlines: list[int]) -> None:
        self.text, self.actors, self.places = text, actors, places
        self._starts, self._newlines = passages, newlines
        self.actor_starts = list(map(_start_of, actors))
        self.place_starts = list(map(_start_of, places))
        self._stricken: tuple[Place, ...] | None = None
        self._by_name: dict[str, Place] | None = None
        self._times: Counter[str] | None = None

    def is_company(self, name: str) -> bool:
        """Whether a company of the article has this name."""
        return any(actor.name == name and actor.type == "company" for actor in self.actors)

    def is_a(self, kind: str, name: str) -> bool:
        """Whether an actor of this type has the name."""
        return any(actor.name == name and actor.type == kind for actor in self.actors)

    def place_in_front(self, name: str) -> Place | None:
        """The place of the article that a body's name begins with: 云海市 of 云海市统计局."""
        if self._by_name is None:
            self._by_name = {place.name: place for place in reversed(self.places) if place.adcode}
        return next((self._by_name[name[:length]] for length in range(3, min(len(name) + 1, _LONGEST_PLACE)) if name[:length] in self._by_name), None)

    def place_meant(self, sentence: Sentence, level: str, ours: bool) -> Place | None:
        """Which place 全市 is, or with `ours` 我市; `level` is 市, 省, 县, 区 or 州."""
        if ours and (home := home_of(self.text, self.places)) and home.name.endswith(level):
            return home
        floor = max(0, sentence.start - _REACH)
        named = nearest_called(self.text, self.places, sentence.end, level, True, floor)  # 赴南昌参会，全市签约 is told of another
        only = named or only_one(self.places, level)
        if only and (named or not (ours and is_venue(self.text, only))):
            return only
        return None if ours else nearest_called(self.text, self.places, sentence.end, level, False, floor)

    def is_of(self, name: str, home: Place) -> bool:
        """Whether the article says of somebody that he is of `home`: where it names him, it names that place or one in it right before him, or in
        his name (云海县东湖镇村民周立人, 云海县供销社)."""
        named = [actor for actor in self.actors if actor.name == name][:_BACK]
        if not named:
            return name.endswith((*_LOCALS, "群众", "工作队", "合作社"))  # 外国游客, 研究团队 and 李军 may be of anywhere
        return any(self._is_called_of(actor, home.adcode.rstrip("0")) for actor in named)

    def _is_called_of(self, actor: Actor, whole: str) -> bool:
        if self.text.endswith(_LOCALS, 0, actor.start):
            return True  # 村民周立人
        near = between(self.places, self.place_starts, max(0, actor.start - _RIGHT_BEFORE), actor.end)
        stop = max(self.text.rfind(mark, max(0, actor.start - _RIGHT_BEFORE), actor.start) for mark in "。，；\n")
        return any(place.adcode.startswith(whole) and place.start > stop for place in near)

    def stricken(self) -> Place | None:
        """Where the disaster is that the article tells of: 雅安灾区, 河南省遭遇强降雨; None where it tells of none, or of two."""
        if self._stricken is None:
            found = {place.adcode: place for place in self.places if place.adcode and not place.inside and _STRICKEN.match(self.text, place.end)}
            self._stricken = tuple(found.values())
        return self._stricken[0] if len(self._stricken) == 1 else None

    def person(self, sentence: Sentence, at: int) -> str:
        """Whom 他 at `at` means: the last person named before, in the sentence or close ahead of it, or ""."""
        last = bisect_left(self.actor_starts, at) - 1
        for index in range(last, max(-1, last - _BACK), -1):
            actor = self.actors[index]
            if actor.type == "person" and self._paragraphs(actor.start, sentence.start) <= 1:
                return actor.name
        return ""

    def topic(self, sentence: Sentence, company: bool = False) -> str:
        """Who was spoken of last: the first actor of the sentence before that is a subject, or ""."""
        last = bisect_left(self.actor_starts, sentence.start) - 1
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
            if company and self.text.endswith(_OWNERS, 0, actor.start):
                continue  # 控股股东云海集团 is not 公司
            if (not company or actor.type == "company") and not tells_of_others(actor.name) and is_subject(self.text, actor):
                found, number = actor.name, passage
        return found

    def is_passed(self, name: str, sentence: Sentence) -> bool:
        """Whether somebody named once or twice is named farther back than the sentence before: the text has gone on since."""
        if self._times is None:
            self._times = Counter([actor.name for actor in self.actors])
        if self._times[name] >= _OFTEN:
            return False
        last = bisect_left(self.actor_starts, sentence.start) - 1
        at = next((self.actors[index].start for index in range(last, max(-1, last - _BACK), -1) if self.actors[index].name == name), 0)
        return sentence.number - bisect_right(self._starts, at) >= 1

    def named_before(self, at: int, ends: tuple[str, ...]) -> str:
        """The last actor or place named shortly before `at` whose name ends so (海关), or ""."""
        for mentions, starts in ((self.actors, self.actor_starts), (self.places, self.place_starts)):
            last = bisect_left(starts, at) - 1
            for index in range(last, max(-1, last - _FURTHER_BACK), -1):
                if mentions[index].name.endswith(ends):
                    return mentions[index].name
        return ""

    def sent_from(self, sentence: Sentence) -> Place | None:
        """The place of the dateline the sentence stands behind."""
        start = self._starts[sentence.number]
        ahead = between(self.places, self.place_starts, start, sentence.start)
        return next((place for place in reversed(ahead) if place.adcode), None)

    def places_before(self, sentence: Sentence) -> list[Place]:
        """Where the last sentence with a place was."""
        last = bisect_left(self.place_starts, sentence.start) - 1
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

    def _in_dateline(self, place: Place, start: int) -> bool:
        """北京2月20日讯: where the report was sent from is not where a thing happened."""
        if place.end > start + 40:
            return False
        return place.end <= behind_dateline(self.text, start, start + 40)

    def _paragraphs(self, start: int, end: int) -> int:
        """How many paragraphs end in [start, end)."""
        return bisect_left(self._newlines, end) - bisect_left(self._newlines, start)
