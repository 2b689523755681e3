"""Dated happenings of an article as drafts: what, when, who, where, in whose words.

Knows how to put a deed (`deeds.py`) with who did it (`doers.py`), where, and a title (`titles.py`) into a draft,
and joins the tellings of one deed.
Leaves out opinions, plans, general truths and whatever cannot be dated to at least a year.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from functools import cache
from operator import itemgetter

from extract import dating, participants, triggers
from extract.deeds import deeds_in, is_joined
from extract.doers import Nouns, doers_of
from extract.event_places import at_home, home_of, places_told, venue
from extract.finds import Finds, within
from extract.meeting_words import meeting_words
from extract.mentions import Actor, EventDraft, make
from extract.named_nouns import named_noun, title_subject, titled_name, whose_works
from extract.owner_words import any_of
from extract.passages import Span
from extract.shortening import LONGEST
from extract.story import Story
from extract.story_sentences import Sentence, Understood
from extract.telling import Told
from extract.tellings import joined
from extract.title_spans import asides, goes_on_in, title_span
from extract.titles import title
from extract.triggers import Trigger
from extract.whole_places import as_called_then


def draft_events(article: Understood, finds: Finds | None = None) -> list[EventDraft]:
    """Drafts in order of their marks; tellings of one event joined in `also`. `finds` are the article's mentions, where figures ask them too."""
    story = Story(article, finds)
    drafts: list[EventDraft] = []
    starts = list(map(itemgetter(0), article.said))
    for sentence in story.sentences():
        deeds = deeds_in(story, sentence)
        for deed in deeds:
            at = bisect_right(starts, deed.trigger.start) - 1
            speaker = article.said[at].name if at >= 0 and deed.trigger.start < article.said[at].end else ""
            made = _drafts(story, sentence, deed, _own_part(story.text, sentence, deed, deeds), speaker)
            if made and drafts and _says_the_same(drafts[-1], made[0]):
                drafts.pop()  # 发布公告称，法院裁定…: that it is said, and what, have one title
            drafts += made
            if made and not dating.is_future(deed.dates[-1], story.published):
                story.remember(sentence, deed.dates[-1], made[0], deed.trigger.type == "meeting" or made[0].type == "meeting")
    return joined(as_called_then(story.text, article.places, drafts))


def _says_the_same(one: EventDraft, other: EventDraft) -> bool:
    """Whether two deeds of one passage have one date and one title."""
    return one.title == other.title and one.date == other.date and one.quote_start == other.quote_start


def _own_part(text: str, sentence: Sentence, deed: Told, deeds: Sequence[Told]) -> Span:
    """The deed's clause, or its part of it: 与优酷联姻 and 收购高德 are listed in one, 重组 ends in 重组以来, “总算签约了。” before 周立人说."""
    start, end = sentence.clauses[deed.clause]
    at = deed.trigger.start
    said = text.find("。", deed.trigger.end, end)
    end = said if 0 <= said < end - 1 else end
    if deed.since:
        return start, deed.trigger.end
    if len(deeds) == 1 and not is_joined(text, at):
        return start, end
    listed = [d.trigger.start for d in deeds if d.clause == deed.clause and is_joined(text, d.trigger.start)]
    return max([start, *(s for s in listed if s == at)]), min([end, *(s - 1 for s in listed if s > at)])


def _drafts(story: Story, sentence: Sentence, deed: Told, part: Span, speaker: str) -> list[EventDraft]:
    """One draft for each date of the deed, and for each partner it was done with; `part` of its clause tells it."""
    if speaker and story.text.find("我们", part[0], deed.trigger.start) >= 0 and _is_quoted(story.text, deed.trigger.start):
        return []  # “今天我们宣布完成融资”: who 我们 are only the speaker can say
    in_part = within(sentence.actors, *part)
    partners = participants.each_of(story.text, deed.trigger, in_part, *part)
    if not partners:
        return _draft(story, sentence, deed, part, in_part, speaker)
    around = (partners[0].start, partners[-1].end)
    drafts = []
    for partner in partners:
        called = partner.name if partner.type == "government" else partner.text
        one = partner._replace(start=around[0], end=around[1], text=called)
        made = _draft(story, sentence, deed, part, [a for a in in_part if a not in partners] + [one], speaker)
        there = tuple(p for p in sentence.places if partner.start <= p.start < partner.end and p.adcode)
        drafts += [draft._replace(places=there or draft.places) for draft in made]
    return drafts


def _is_where_shown(text: str, actor: Actor) -> bool:
    """在京东上推出新品: a platform on which it was done."""
    return text[actor.end : actor.end + 1] == "上" and text[max(0, actor.start - 1)] == "在" and text[actor.end + 1 : actor.end + 2] not in "市线架"


def _names(sentence: Sentence, trigger: Trigger, told: Iterable[str]) -> tuple[str, ...]:
    """The names `told` once each; none where a place alone is told of what befell it (临江市发生火灾)."""
    names = tuple(dict.fromkeys(told))
    if names[1:]:
        return _bodies_once(names)
    befell = names and trigger.text in triggers.words_for("happening") and any(place.name == names[0] for place in sentence.places)
    return () if befell else names


def _bodies_once(names: Sequence[str]) -> tuple[str, ...]:
    """市政府 is not another body beside 临江市政府."""
    return tuple([name for name in names if name[0] not in "省市区县" or all(other == name or not other.endswith(name) for other in names)])


def _is_quoted(text: str, at: int) -> bool:
    """Whether a quotation is open at `at`."""
    floor = max(0, at - _LONGEST_QUOTATION)
    return text.rfind("“", floor, at) > text.rfind("”", floor, at)


_LONGEST_QUOTATION = 300


def _draft(
    story: Story, sentence: Sentence, deed: Told, part: Span, actors: list[Actor], speaker: str
) -> list[EventDraft]:
    """One draft for each date of the deed, done by and to `actors`."""
    trigger = deed.trigger
    nouns = Nouns(story, sentence, deed)
    reaches = trigger.text in triggers.words_for("reaching") and _BARE_AMOUNT.match(story.text, trigger.end, part[1])
    if (reaches or trigger.text in triggers.words_for("moving")) and not _says_of_what(sentence, deed, actors, nouns):
        return []
    raised = trigger.text in triggers.words_for("raised")
    more = goes_on_in(story, sentence, deed) if raised or trigger.text in triggers.words_for("punishing") else None
    if more:
        actors = [*actors, *(a for a in sentence.actors if more[0] <= a.start < more[1] and a not in actors)]
    if story.text.startswith("的", trigger.end) and trigger.text in triggers.words_for("held"):
        there = story.text.rfind("在", part[0], trigger.start)
        if there > part[0] and _SAYS_THERE.search(story.text, trigger.end, part[1]):
            actors = [actor for actor in actors if actor.start > there]  # 周立人|在近日召开的交易会上表示: he holds no fair
    subjects = doers_of(story, sentence, deed, actors, nouns)
    names = _names(sentence, trigger, [*[a.name for a in actors if not _is_where_shown(story.text, a)], *subjects])
    if trigger.type == "agreement" and len(names) == 1 and (zone := _zone_beside().search(story.text, part[0], trigger.start)):
        names = (*names, zone[1])
    story.acted(sentence, (subjects or names)[:1])
    span = title_span(story.text, sentence, deed, part)
    if more and not raised:
        span = (span[0], more[1])
    kind = triggers.type_of(story.text, trigger, *span)
    if names and kind == "launch" and trigger.text in triggers.words_for("begins and ends") and names[0].endswith(meeting_words("opened and closed")):
        kind = "meeting"  # 茶博会启幕
    company = _company_meant(story, sentence, story.text.find("公司", *span), speaker) if "公司" in story.text[span[0] : span[1]] else ""
    noun = nouns.ahead if not names else ""
    if not names and (named := named_noun(story, sentence, deed, nouns)) and not _only_where(named, trigger):
        names = (named,)
    times = [time for time in sentence.times if time.start < trigger.end] if deed.dates[-1].near == "lead" else sentence.times
    heading = title(story, span, trigger, actors, times, (noun,) if noun else subjects, company, asides(story.text, sentence, deed, span))
    names = names or _whom_else(story, sentence, deed, heading, kind)
    if company and company not in names and company in heading:
        names = (*names, company)
    if not _stands_alone(heading, trigger, names):
        return []
    places = places_told(story, sentence, deed, actors) or home_of(story, sentence, deed, names) or venue(story, sentence, deed, names) or at_home(story, sentence, deed, names)
    if not names and kind != "incident" and (fair := story.fair(sentence, trigger, deed.dates[-1])):
        names, heading = (fair,), _of_fair(fair, heading, trigger)
    if not names and (subject := title_subject(story.text, heading, trigger, (*sentence.actors, *sentence.places))):
        names = (subject,)
    quote = _quote(sentence, deed)
    return [
        make(EventDraft, (
            trigger.start, trigger.end, *quote, date.edtf, date.words, date.span, _said_once(heading, names), kind, names, places, speaker, (),
            f"{trigger.text}: date from {date.near}",
        ))
        for date in deed.dates
    ]  # fmt: skip


def _said_once(heading: str, names: Sequence[str]) -> str:
    """云江茶博会开幕 of 云江茶博会大会开幕."""
    if not names or names[0][-1] not in "会展节" or not heading.startswith(names[0]):
        return heading
    return heading.replace(f"{names[0]}大会", names[0], 1).replace(f"{names[0]}展会", names[0], 1)


def _whom_else(story: Story, sentence: Sentence, deed: Told, heading: str, kind: str) -> tuple[str, ...]:
    """Whom a deed is of that names nobody: what its title begins with, else whose works it tells of; () where that is nobody."""
    if named := titled_name(story.text, heading, deed.trigger):
        return () if _only_where(named, deed.trigger) else (named,)
    whose = whose_works(story, sentence, deed, heading) if kind != "incident" else ""
    return (whose,) if whose else ()


def _only_where(named: str, trigger: Trigger) -> bool:
    """东湖路|发生火灾: a street does nothing."""
    return named[-1] in "路街巷道桥湖山河江村" and trigger.text in triggers.words_for("happening")


def _stands_alone(heading: str, trigger: Trigger, names: Sequence[str]) -> bool:
    """Whether a title says more than the deed does: not 签约, 发送旅客209万人次 of nobody or 上述事故发生."""
    if not names and heading.startswith("是"):
        return False
    if len(heading) <= len(trigger.text) + (2 if not names and heading.startswith(trigger.text) else 0):
        return False
    if not names and trigger.type == "visit" and heading.startswith(trigger.text):
        return False  # 走进东湖街道: whoever reports did
    if not names and trigger.text in triggers.words_for("of the trade") and heading.removeprefix("生产").startswith(trigger.text):
        return False
    return not (heading.endswith("发生") and _POINTS_BACK.fullmatch(heading))


def _of_fair(fair: str, heading: str, trigger: Trigger) -> str:
    """云江茶博会现场签约项目21个 of 现场签约项目21个."""
    return fair + heading if heading.startswith((trigger.text, *_AT_IT)) and len(fair) + len(heading) <= LONGEST else heading


def _company_meant(story: Story, sentence: Sentence, at: int, speaker: str) -> str:
    """The company that 公司 at `at` stands for: the one that says so, else the one spoken of last."""
    if story.text[at - 1] not in _BEFORE_COMPANY:
        return ""
    named = [actor for actor in sentence.actors if actor.type == "company" and actor.start < at]
    if any(actor.end > at for actor in named):
        return ""
    if speaker and story.spoken_of.is_company(speaker):
        return speaker
    return named[-1].name if len({actor.name for actor in named}) == 1 else "" if named else story.topic(sentence, company=True)


@cache
def _zone_beside() -> re.Pattern[str]:
    """云海集团与|东湖新区|签署协议: a zone no finder of places knows signs as a place does."""
    zones = any_of("zones with a board", "other zones")
    return re.compile(f"[与和同]([一-鿿]{{2,6}}(?:{zones}))(?:管委会)?(?:在[^，。；]{{2,12}})?(?:正式|成功|共同|集中)?$")


_SAYS_THERE = re.compile("[上中](?:[^，。；的]{0,8})(?:表示|说|称|介绍|透露|指出|宣布|强调|认为|提出)")
_AT_IT = ("现场", "大会", "共", "累计")
_BEFORE_COMPANY = frozenset("，,。；：、对去任向为与和将由给从在了 \n")
_BARE_AMOUNT = re.compile("了?[约近逾超]?[0-9][0-9.,]*[万亿千百]*[余多]?[一-鿿]{0,3}[。；]?$")  # 2017年突破10亿元


def _says_of_what(sentence: Sentence, deed: Told, actors: Sequence[Actor], nouns: Nouns) -> bool:
    """创下新低, without a word of what did, is half a sentence: its number belongs to a figure."""
    clause = sentence.clauses[deed.clause]
    if any(actor.end <= deed.trigger.start for actor in actors) or any(clause[0] <= p.start < deed.trigger.start for p in sentence.places):
        return True
    return nouns.own.exists


_POINTS_BACK = re.compile("(?:上述|此次|这次|这起|该起|该)(?:事故|事件|火灾|灾害|悲剧|案件)(?:是在当地时间)?发生")


def _quote(sentence: Sentence, deed: Told) -> Span:
    """The sentence where it is short, else the clauses from the date to the deed."""
    if sentence.end - sentence.start <= 160:
        return sentence.start, sentence.end
    start, end = sentence.clauses[deed.clause]
    for date in deed.dates:
        if date.span and sentence.start <= date.span[0] < start and end - date.span[0] <= 200:
            start = date.span[0]
    return start, end
