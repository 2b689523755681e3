"""What stands before a sentence that gives amounts: whom and where its paragraph, else the article, is about.

Knows how a paragraph opens, what its sentences leave to the next and what one announces for it. Leaves out what the
sentence says itself (`amount_owners.py`, `amount_places.py`).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import cache

from extract.amount_clause import Measure
from extract.asides import is_aside
from extract.bodies import collective_in, is_kind_of_works, subject_of
from extract.finds import Finds, before, within
from extract.mentions import Actor, Place
from extract.owner_words import any_of, owner_words
from extract.phrase_before import phrase_before
from extract.pieces import cut_pieces
from extract.populations import MOST_AHEAD, companies_counted, may_count
from extract.press import is_press
from extract.sentences import Sentence
from extract.topic import LEAD, about

FORGOTTEN = 100  # characters without amounts or a name, behind which what was told before is told no longer


class Stage:
    """What stands before in a paragraph: whom its sentences were about, and the place where that was one.

    `spoken`: left behind by the sentence before; None where the paragraph has no figure yet, so that its opening tells.
    `of_many`: companies are counted, so that even where they have no name, the article's own has not what is told of them.
    """

    def __init__(self, finds: Finds, paragraph: int, first: int, spoken: tuple[tuple[str, ...], Place | None] | None = None, of_many: bool = False) -> None:
        self.finds, self.paragraph, self.first = finds, paragraph, first
        self._spoken, self.of_many = spoken, of_many

    @property
    def who(self) -> tuple[str, ...]:
        return self._told()[0]

    @property
    def place(self) -> Place | None:
        return self._told()[1]

    def _told(self) -> tuple[tuple[str, ...], Place | None]:
        if self._spoken is None:
            self._spoken = _opening_of(self.finds, self.paragraph, self.first)
        return self._spoken

    def after(self, sentence: Sentence, who: tuple[str, ...], places: Sequence[Place]) -> Stage:
        """What this sentence leaves to the next: a place holds on where it was the one the sentence was about."""
        place = places[0] if len(places) == 1 and not sentence.actors else None
        if len(who) > 1 and who[-1] not in self.finds.names:
            who = who[:-1]  # the bodies counted behind the one who has them
        if who and ("某" in (first := who[0]) or first.endswith(owner_words("persons called")) or (first[-1] in "目程" and len(who) == 1 and is_kind_of_works(first))):
            who = ()
        if who and self.who and who != self.who and _is_only_governed(sentence, who[0]):
            who = self.who
        if place and who and self.finds.gatherings and place == self.finds.venue_of(who[0]):
            place = None  # where a fair is held is told of its figures alone
        return Stage(self.finds, self.paragraph, self.first, (who, place), self.of_many and self.finds.names.isdisjoint(who))

    def counting(self, start: int, end: int) -> Stage:
        """What it is for the sentence text[start:end]: where that counts companies and a single one was told of, those companies."""
        if not may_count(self.finds.text, start, min(end, start + MOST_AHEAD)) or not (self.of_many or self.is_company):
            return self
        counted = companies_counted(self.finds, start, end)
        if counted is None or (self.of_many and not counted):
            return self
        return Stage(self.finds, self.paragraph, self.first, ((counted,) if counted else (), None), True)

    @property
    def is_company(self) -> bool:
        """Whether a company was told of."""
        who = self.who
        return bool(who) and "company" in self.finds.kinds.get(who[0], ())

    def through(self, start: int, end: int) -> Stage:
        """What it is behind sentences without amounts: they may turn to another (远山公司营收3亿元。江海公司也公布了业绩。利润…)."""
        who = self.who
        if who and self.finds.gatherings and who[0] in self.finds.gathering_names:
            return self  # whoever comes to a gathering does not end it
        turned = _turned_to(self.finds, start, end, who)
        if turned or (end - start > FORGOTTEN and not _is_named(self.finds.text, who, start, end)):
            return Stage(self.finds, self.paragraph, self.first, ((turned,) if turned else about(self.finds), None))
        return self


def _is_only_governed(sentence: Sentence, name: str) -> bool:
    """Whether a sentence names somebody only where something is done to, with or through him."""
    named = [actor for actor in sentence.actors if actor.name == name]
    return bool(named) and all(_GOVERNS.search(sentence.text, max(sentence.start, a.start - 60), a.start) for a in named)


_GOVERNS = re.compile("(?:对|向|给|(?<![成作认称名])为|与|同|往|至|到|距|经|由|被|要求|据|在|把|引进|联合|通过|从|邀请|吸引|依托|借助)(?:[^，,。；;：:、]{1,12}、){0,8}(?:[^，,。；;：:、]{1,10}[和及与])?$")


def _is_named(text: str, who: tuple[str, ...], start: int, end: int) -> bool:
    """Whether text[start:end] names one of `who`, by whatever begins with the same two characters (云帆 of 云帆公司)."""
    return any(text.find(name[:2], start, end) >= 0 for name in who)


def _turned_to(finds: Finds, start: int, end: int, who: tuple[str, ...]) -> str:
    """The body that opens the last of the sentences of text[start:end] that one opens, unless `who` is told of again behind it."""
    text = finds.text
    actors = finds.actors.within(start, end)
    begins = [start, *(mark.end() for mark in _SENTENCE_END.finditer(text, start, end))] if actors else []
    while actors:
        begin = begins[bisect_right(begins, actors[-1].start) - 1]
        first = before(actors, begin)
        named = actors[first:]
        opening = _opening_clauses(text, named, begin)
        if any(actor.text in name or name in actor.name for actor in opening for name in who):
            return ""
        if opening and opening[0] is named[0] and _may_be_turned_to(finds, opening[0], start, end, who):
            return opening[0].name
        del actors[first:]  # of a copy
    return ""


def _may_be_turned_to(finds: Finds, actor: Actor, start: int, end: int, who: tuple[str, ...]) -> bool:
    """Whether the report and not a quotation in it goes on about an actor, and not only about a thing of his, what he says, or
    what he is to `who`. Only one of its kind takes over, and of a place none: it is an example."""
    text, name = finds.text, actor.name
    if actor.type == "person" or is_press(name) or name.endswith(owner_words("tell of others", "unions of states")) or _NOT_ABOUT.match(text, actor.end):
        return False
    if finds.only_says(actor) and not (actor.type == "company" and text.startswith("宣布", actor.end)):
        return False
    if who and (who[0] in finds.place_names or not finds.kinds.get(who[0], set()) <= {actor.type}):
        return False
    if _POINTS_BACK.match(text, actor.end, end) or _BESIDE.match(text, actor.end, end) or (who == about(finds) and _ITSELF.match(text, end)):
        return False
    stop = _SENTENCE_END.search(text, actor.end, end)
    if _is_named(text, who, actor.end, stop.start() if stop else end):
        return False  # 江海大学紧邻远山大学
    return text.rfind("“", start, actor.start) <= text.rfind("”", start, actor.start)


# 江海公司采购的设备运抵: the thing is told of; 江海新报讯（记者…）, 江海新报记者, 江海市政府1日消息: who reports.
_NOT_ABOUT = re.compile("[^，,。；;、的]{0,4}的|讯|记者|[^，,。；;、\n]{0,8}消息[，,]")


# 江海公司是其供应商, 江海公司总部设在这里: the sentence is still about whom it points back to.
_POINTS_BACK = re.compile("[^。！？!?；;\n]*?(?:[其它她](?![中他余实次])|他们|该公司|这里|当地|[，,、与为和对向](?:本|这家)?公司)")
# 江海公司是最大客户, 江海公司提供平台: what somebody else is or does for it.
_BESIDE = re.compile("[^，,。；;]{0,6}?(?:是(?:[最第大主]|[^，,。；;]{0,12}(?:股东|债权人|客户|供应商|对手|伙伴))|紧[邻靠挨]|负责|提供|承[建办]|协办|参与|表现|到场|出席|祝贺)")
_SENTENCE_END = re.compile("[。！？!?；;\n]")
_ITSELF = re.compile("(?:[^，,。；;]{0,8}[，,])?(?:该|本)?(?:公司|集团)")


def _opening_of(finds: Finds, paragraph: int, first: int) -> tuple[tuple[str, ...], Place | None]:
    """Whom or what a paragraph opens with, where its first sentence holds no figure: 南山区成立于…。全区面积…"""
    if first - paragraph < 3:
        return (), None
    end = min(first, paragraph + 60)
    actors = [actor for actor in finds.actors.within(paragraph, end) if not is_aside(finds.text, actor)]
    places = finds.places.within(paragraph, end)
    if finds.gatherings and (gathered := finds.gatherings.within(paragraph, end)):
        return (gathered[0].name,), None
    if _the_same().match(finds.text, paragraph) and (meant := _last_company(finds, paragraph)):
        return (meant,), None
    if actors and not finds.only_says(actors[0]):
        return bodies_first(actors[:1]), _seat(finds.text, paragraph, places, actors[0])
    if places and places[0].start - paragraph < 3:
        return (places[0].name,), places[0]
    pieces = cut_pieces(finds.text, paragraph, end, (), finds.times.within(paragraph, end), (), places)
    body = collective_in(subject_of(pieces, 0, len(pieces)))
    return ((body,) if body else ()), None


def _seat(text: str, paragraph: int, places: Sequence[Place], actor: Actor) -> Place | None:
    """大连的云山植物园: where an institution lies that a paragraph opens with."""
    place = places[0] if places else None
    if place is None or actor.type != "other" or place.start - paragraph >= 3:
        return None
    return place if text[place.end : actor.start] in ("", "的") else None


def _company_meant() -> str:
    """What 该 and 本 stand before for the company last named: 行 of 该行, but not of 该行业."""
    return f"(?:行(?![业长政动程为情列])|{any_of('kinds of companies')})"


@cache
def _the_same() -> re.Pattern[str]:
    """该行投放贷款…, 公司预计…: the company the paragraph before was about."""
    return re.compile(rf"[^\S\n]*(?:(?:今年|去年|目前|截至目前|此外|同时)[，,]?)?(?:[该本]{_company_meant()}|公司(?![^，,。]{{0,6}}(?:董事|总裁|总经理|负责人|副)))")


@cache
def _this_one() -> re.Pattern[str]:
    return re.compile(rf"[^\S\n]*(?:[该本]|这家){_company_meant()}")


_THIS_BODY = re.compile(r"[^\S\n]*该([局厅委校](?![势面会部员托内区友园舍门级]))")


def meant_by(finds: Finds, start: int) -> str | None:
    """The company or body that 该行, 本公司 or 该局 at `start` is, "" where none was named; None where no such word stands there."""
    if _this_one().match(finds.text, start):
        return _last_company(finds, start)
    body = _THIS_BODY.match(finds.text, start)
    if body is None:
        return None
    ends = owner_words("schools") if body[1] == "校" else body[1]
    named = finds.actors.within(max(0, start - LEAD), start)
    return next((a.name for a in reversed(named) if a.type in ("government", "other") and a.name.endswith(ends)), "")


def _last_company(finds: Finds, start: int) -> str:
    """The company last named before `start`, in the paragraphs close to it."""
    named = finds.actors.within(max(0, start - LEAD), start)
    return next((a.name for a in reversed(named) if a.type == "company" and not finds.only_says(a)), "")


def both_of(sentence: Sentence, start: int) -> tuple[str, ...]:
    """The two bodies that 双方 at `start` are: the only two of the last sentence before it that names any, which it joins or has
    in one clause; () where it names a third or one alone (远山公司与云海公司签约。江海公司到场祝贺。双方…)."""
    text = sentence.text
    named = [a for a in sentence.finds.actors.within(sentence.back, start) if a.type != "person"]
    if not named:
        places = sentence.finds.places.within(sentence.back, start)
        joined = len(places) == 2 and text[places[0].end : places[1].start] in _TOGETHER
        return tuple(place.name for place in places) if joined else ()  # 海江市与云江市签约，双方…
    begin = max(text.rfind(mark, sentence.back, named[-1].start) for mark in "。！？；;\n") if named else 0
    named = [a for a in named if a.start > begin]
    names = tuple(dict.fromkeys(a.name for a in named))
    if len(names) != 2:
        return ()
    second = next(a for a in named if a.name == names[1])
    apart = re.search("[，,：:]", text[named[0].end : second.start])
    return names if apart is None or text[second.start - 1] in _TOGETHER else ()


_TOGETHER = frozenset("与和、同及跟手")


def bodies_first(actors: Sequence[Actor]) -> tuple[str, ...]:
    """Companies and bodies before people, two at most."""
    if len(actors) < 2:
        return (actors[0].name,) if actors else ()
    chosen = [a for a in actors if a.type != "person"] or list(actors)
    return tuple(dict.fromkeys(a.name for a in chosen))[:2]


def spoken_of(sentence: Sentence) -> tuple[str, ...]:
    """Whom the sentences before in the paragraph, else the article, are about."""
    finds = sentence.finds
    earlier = finds.actors.within(sentence.back, sentence.start)
    if gathering := _held_before(sentence, earlier):
        return (gathering,)
    earlier = _told_of(sentence, earlier) if earlier else earlier
    if earlier and (nearest := _nearest(finds, earlier)):
        return (nearest,)
    if not earlier and _ITS.search(sentence.text, sentence.start, sentence.end) and (meant := _last_company(finds, sentence.back)):
        return (meant,)
    return about(finds)


def _held_before(sentence: Sentence, earlier: list[Actor]) -> str:
    """The gathering last named in the paragraph, unless somebody else was told of behind it; "" where there is none."""
    finds = sentence.finds
    gathered = finds.gatherings.within(sentence.back, sentence.start) if finds.gatherings else []
    if not gathered or sentence.reports:
        return ""
    behind = within(earlier, gathered[-1].end, sentence.start)
    return "" if any(a.type != "person" and not finds.only_says(a) for a in behind) else gathered[-1].name


def _told_of(sentence: Sentence, earlier: list[Actor]) -> list[Actor]:
    """Those of the actors before whom a clause begins with: a report names many that it is not about (紧盯两江新区)."""
    text, back = sentence.text, sentence.back
    nameless = "某" in text[back : sentence.start]
    return _opening_clauses(text, [a for a in earlier if not (nameless and "某" in a.name)], back)


def _opening_clauses(text: str, actors: Sequence[Actor], start: int) -> list[Actor]:
    """Those of the actors from `start` on whom a clause begins with."""
    told = [a for a in actors if not is_aside(text, a)]
    return [a for a in told if a.start == start or text[a.start - 1] in _STOPS or _LEADS_IN.search(text, max(0, a.start - 8), a.start)]


def _nearest(finds: Finds, told: list[Actor]) -> str:
    """The last body that was told of, else the last person, else the last company that said something of itself."""
    acting = [a for a in told if not finds.only_says(a)]
    nearest = next((a for a in reversed(acting) if a.type != "person"), None) or (acting[-1] if acting else None)
    nearest = nearest or next((a for a in reversed(told) if _says_of_itself(finds, a)), None)
    return nearest.name if nearest else ""


def _says_of_itself(finds: Finds, actor: Actor) -> bool:
    """云帆公司称,…。农产品产值超3亿元; but 海岳证券称 is of others."""
    return actor.type == "company" and not finds.only_reports(actor) and not actor.name.endswith(owner_words("tell of others")) and finds.text.startswith(_SAYS, actor.end)


_STOPS = frozenset("，,。；;：: \n")
_LEADS_IN = re.compile("[，,。；;：: \n](?:近日|日前|目前|昨[日天]|今[日天]|当[日天]|[今去]年|[0-9]{1,2}[日月]|[0-9]{4}年|同时|此外|其中|而|但|作为)$")  # 去年云帆公司…: whom a clause is about
_SAYS = ("称", "宣布", "表示")
_ITS = re.compile("其(?:营收|收入|利润|净利|市值|估值|股价|销量|销售额|业绩)")  # 分析师预测其营收将增长
def announced_before(sentence: Sentence) -> Measure | None:
    """多地公布了今年的经济增长目标。其中,河南为5.5%: what the sentence before ends with is what is given here."""
    start = max(sentence.back, sentence.start - 30)
    ahead = sentence.text[start : sentence.start].rstrip()
    if not (ahead[:-1] if ahead[-1:] in ("。", "：", ":") else ahead).endswith(owner_words("announced")):
        return None
    end = start + len(ahead.rstrip("。：:"))
    begin = max(sentence.text.rfind(mark, start, end) + 1 for mark in "。！？；，,：:\n")
    begin = max(begin, start)
    pieces = cut_pieces(sentence.text, begin, end, (), sentence.finds.times.within(begin, end), (), ())
    phrase = phrase_before(pieces, 0, len(pieces))
    return Measure(phrase.text, phrase.text, "", "announced before") if phrase and phrase.text else None
