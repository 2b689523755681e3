"""Dated happenings of an article as drafts: what, when, who, where, in whose words.

Knows how a sentence tells a deed (`triggers.py`), which date is its own (`dating.py`), who takes part
(`participants.py`), how several deeds in one sentence are kept apart, and joins the tellings of one deed.
Leaves out opinions, plans, general truths and whatever cannot be dated to at least a year.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple, Protocol

from extract import dating, participants, triggers
from extract.dating import Dated
from extract.mentions import Actor, EventDraft, EventType, Place, Quantity, Time
from extract.passages import Span, split_clauses
from extract.speakers import find_speakers, speaker_at
from extract.titles import title
from extract.triggers import Trigger
from extract.words import tag


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


class _Sentence(NamedTuple):
    start: int  # behind a dateline (路透北京6月3日 - )
    end: int
    paragraph: int
    number: int
    clauses: list[Span]
    triggers: list[Trigger]
    times: list[Time]
    actors: list[Actor]
    places: list[Place]
    quantities: list[Quantity]


class _Told(NamedTuple):
    """A trigger that tells a deed, with its clause and dates."""

    trigger: Trigger
    clause: int
    dates: list[Dated]
    since: bool  # told in passing right behind its own date: 自去年7月重组以来


class _Frame(NamedTuple):
    """What the sentences before leave behind: the last date, the last meeting's, who and where."""

    date: Dated | None = None
    paragraph: int = -1
    number: int = -1
    meeting: Dated | None = None
    meeting_words: str = ""
    subjects: tuple[str, ...] = ()
    company: tuple[str, ...] = ()
    places: tuple[Place, ...] = ()


def draft_events(article: Understood) -> list[EventDraft]:
    """Drafts in order of their marks; tellings of one event joined in `also`."""
    text = article.reading.text
    drafts: list[EventDraft] = []
    frame = _Frame()
    for sentence in _sentences(text, article):
        told = _told(text, sentence, frame, article.published)
        drafts += [draft for deed in told for draft in _drafts(text, sentence, deed, frame)]
        frame = _next_frame(text, sentence, told, frame, article.published)
    drafts = _joined(drafts)
    if not drafts:
        return drafts
    said = find_speakers(text, article.passages, article.actors)
    return [draft._replace(speaker=speaker_at(said, draft.start)) for draft in drafts]


# --- sentences with what stands in them ------------------------------------------------------------------------

_DATELINE = re.compile(r"[^\s，。,]{2,12}?\d{1,2}月\d{1,2}日(?:电|讯|消息)?\s{0,2}(?:[-—–]{1,2}\s?|(?<=[电讯])[，,：: ]?|[（(](?:记者|通讯员)[^）)]{2,20}[)）])")


def _sentences(text: str, article: Understood) -> list[_Sentence]:
    """The sentences that hold a trigger, a time or an actor, with their mentions."""
    lists = (
        triggers.find_triggers(text),
        dating.usable(text, article.times),
        article.actors,
        article.places,
        article.quantities,
    )
    at = [0] * len(lists)
    paragraph = before = 0
    result = []
    for number, (start, end) in enumerate(article.passages):
        paragraph += "\n" in text[before:start]
        before = end
        dateline = _DATELINE.match(text, start, min(end, start + 40))
        begin = dateline.end() if dateline else start
        inside = []
        for which, mentions in enumerate(lists):
            first = at[which]
            while first < len(mentions) and mentions[first].start < begin:
                first += 1
            last = first
            while last < len(mentions) and mentions[last].start < end:
                last += 1
            inside.append(list(mentions[first:last]))
            at[which] = last
        if inside[0] or inside[1] or inside[2]:
            clauses = split_clauses(text, begin, end) if inside[0] else []
            result.append(_Sentence(begin, end, paragraph, number, clauses, *inside))
    return result


def _next_frame(text: str, sentence: _Sentence, told: Sequence[_Told], frame: _Frame, published: str) -> _Frame:
    """A deed with a date of its own sets the date, else the sentence's first date; a deed on the old date renews it."""
    dated = [deed for deed in told if deed.dates[-1].near in ("clause", "sentence")]
    if dated:
        frame = frame._replace(date=dated[-1].dates[-1])
    else:
        for time in sentence.times:
            date = Dated(time.edtf, time.text, (time.start, time.end), "frame")
            if not dating.is_future(date, published) and not dating.in_brackets(text, time, sentence.start):
                frame = frame._replace(date=date)
                break
    if told or sentence.times:
        frame = frame._replace(paragraph=sentence.paragraph, number=sentence.number)
    meetings = [deed for deed in dated if _type(text, sentence, deed) == "meeting"]
    if meetings:
        frame = frame._replace(meeting=meetings[-1].dates[-1], meeting_words=text[sentence.start : sentence.end])
    subject = next((a.name for a in sentence.actors if participants.is_subject(text, a)), "")
    places = tuple(p for p in sentence.places if p.adcode and not p.inside)
    company = next((a.name for a in sentence.actors if a.type == "company" and participants.is_subject(text, a)), "")
    return frame._replace(
        subjects=(subject,) if subject else frame.subjects,
        company=(company,) if company else frame.company,
        places=places or frame.places,
    )


# --- which triggers tell a deed --------------------------------------------------------------------------------


def _told(text: str, sentence: _Sentence, frame: _Frame, published: str) -> list[_Told]:
    candidates = []
    for trigger in sentence.triggers:
        if _inside_a_name(text, trigger, sentence):
            continue
        clause = next((i for i, (start, end) in enumerate(sentence.clauses) if start <= trigger.start < end), -1)
        if clause < 0:
            continue
        dates = _dates(text, trigger, clause, sentence, frame, published)
        if not dates or any(dating.is_future(date, published) for date in dates):
            continue
        since = _since(text, dates[-1], trigger)
        reason = triggers.why_not(text, trigger, *sentence.clauses[clause], sentence.end)
        if reason and not (since and reason == "noun"):
            continue
        if _believable(text, trigger, clause, sentence, dates[0], frame) and _whole_word(text, trigger, sentence, clause):
            candidates.append(_Told(trigger, clause, dates, since))
    return _one_a_date(text, sentence, candidates)


_SINCE = re.compile(r"以来|之后|以后|后")


def _since(text: str, date: Dated, trigger: Trigger) -> bool:
    """自去年7月重组以来, 6月26日上线后: the date right ahead dates the deed, though it is told in passing."""
    return date.near == "clause" and date.span is not None and date.span[1] == trigger.start and bool(_SINCE.match(text, trigger.end))


def _inside_a_name(text: str, trigger: Trigger, sentence: _Sentence) -> bool:
    for mention in (*sentence.actors, *sentence.places):
        if mention.start <= trigger.start < mention.end:
            return True
    for left, right in ("《》", "“”"):
        opened = text.rfind(left, sentence.start, trigger.start)
        if opened < 0 or text.find(right, opened, trigger.start) >= 0:
            continue
        closed = text.find(right, trigger.end, trigger.end + 24)
        if left == "“" and text[closed - 1] in "。！？，":
            continue
        if left == "《" or (closed > 0 and closed - opened > len(trigger.text) + 1 and closed - opened <= 24 and _NAMED.match(text, closed + 1)):
            return True
    return False


_NAMED = re.compile(r"[一-鿿A-Za-z](?<![的了在是，。后])")  # “开放、智能”发布会: the quoted words are a name


def _whole_word(text: str, trigger: Trigger, sentence: _Sentence, clause: int) -> bool:
    """会面 in 社会面貌 is no meeting: a word must begin or end where the trigger does."""
    start, end = sentence.clauses[clause]
    left, right = max(start, trigger.start - 8), min(end, trigger.end + 8)
    return any(
        word.start == trigger.start or word.end == trigger.end for word in tag(text[left:right], left)
    )


def _dates(text: str, trigger: Trigger, clause: int, sentence: _Sentence, frame: _Frame, published: str) -> list[Dated]:
    start, end = sentence.clauses[clause]
    dates = dating.own_dates(text, sentence.times, start, end, trigger.start, trigger.end, sentence.start)
    if not dates:
        dates = dating.sentence_dates(text, sentence.times, sentence.start, start)
    if not dates and trigger.type == "founding" and (age := dating.by_age(text, trigger.end, published)):
        dates = [age]
    if not dates and (recent := dating.recently(text, sentence.start, trigger.start, published)):
        dates = [recent]
    if dates:
        return dates
    if frame.meeting and dating.at_meeting(text, sentence.start, end, frame.meeting_words):
        return [frame.meeting._replace(near="paragraph")]
    if frame.date:
        paragraphs, sentences = sentence.paragraph - frame.paragraph, sentence.number - frame.number
        return [dating.inherited(text, sentence.start, trigger.start, frame.date, paragraphs, sentences)]
    return []


def _believable(text: str, trigger: Trigger, clause: int, sentence: _Sentence, date: Dated, frame: _Frame) -> bool:
    """Whether the words bear an event: the further the date, the surer the trigger must be."""
    start, end = sentence.clauses[clause]
    acted = any(start <= a.start < end for a in sentence.actors)
    if date.near != "clause" and triggers.is_background(text, trigger, start, end):
        return False
    if date.near != "clause" and triggers.is_said(text, sentence.clauses, clause):
        return False
    subject = any(start <= a.start and a.end <= trigger.start for a in sentence.actors)
    if triggers.is_plan_continued(text, sentence.clauses[clause - 1] if clause else None, subject):
        return False
    if trigger.type == "speech" and not trigger.sure:
        return date.near == "clause" and any(start <= a.start and a.end <= trigger.start for a in sentence.actors)
    if date.near == "clause":
        return True
    if date.near == "sentence":
        before = sentence.clauses[max(0, clause - 1)][0]
        return trigger.sure or any(before <= m.start < end for m in (*sentence.actors, *sentence.places, *sentence.quantities))
    done = triggers.is_done(text, trigger, start) or dating.same_day(text, sentence.start, trigger.start)
    counted = any(start <= q.start < end for q in sentence.quantities)
    if frame.paragraph != sentence.paragraph:
        placed = acted or any(start <= p.start < end for p in sentence.places)
        told_on = (done and trigger.sure) or dating.goes_on(text, sentence.start, trigger.start)
        return placed and told_on and (trigger.sure or done)
    if acted or counted or (trigger.sure and done):
        return trigger.sure or done
    return trigger.sure and participants.own_subject(text, start, trigger).span is not None


def _one_a_date(text: str, sentence: _Sentence, candidates: Sequence[_Told]) -> list[_Told]:
    """Of the triggers that hang on one date the best stays; others only where the sentence sets them apart."""
    groups: dict[object, list[_Told]] = {}
    for told in _one_a_clause(text, sentence, _without_framing(_main_verbs(text, sentence, candidates))):
        groups.setdefault((told.dates[-1].span, told.dates[-1].near in ("frame", "paragraph")), []).append(told)
    kept: list[_Told] = []
    for group in groups.values():
        main = [told for told in group if not told.since] or group
        best = min(main, key=lambda told: (not told.trigger.sure, told.trigger.type == "speech", told.trigger.start))
        kept += [told for told in group if told is best or told.since or _set_apart(text, sentence, told, best)]
    return sorted(kept, key=lambda told: told.trigger.start)


def _one_a_clause(text: str, sentence: _Sentence, candidates: Sequence[_Told]) -> list[_Told]:
    """In one clause the first deed counts, and those listed with it; what follows is its object (调研投资项目)."""
    kept: list[_Told] = []
    for told in candidates:
        first = next((other for other in kept if other.clause == told.clause), None)
        in_passing = told.since or (first is not None and first.since)
        if not first or in_passing or first.trigger.sure < told.trigger.sure or _is_listed(text, sentence, told):
            kept.append(told)
    return kept


def _main_verbs(text: str, sentence: _Sentence, candidates: Sequence[_Told]) -> list[_Told]:
    """在北京举办的论坛闭幕, 完成由A领投的融资: a deed that describes a thing gives way to another of its clause."""
    aside = [told for told in candidates if not told.since and _DESCRIBES.match(text, told.trigger.end, sentence.clauses[told.clause][1])]
    main = {told.clause for told in candidates if told not in aside}
    return [told for told in candidates if told not in aside or told.clause not in main]


_DESCRIBES = re.compile(r"[^，,。；、在]{0,6}?的(?=[一-鿿《“A-Za-z0-9])")


def _is_listed(text: str, sentence: _Sentence, told: _Told) -> bool:
    """与优酷联姻、收购高德: a sure deed behind 、 with an object of its own."""
    trigger = told.trigger
    return trigger.sure and text[trigger.start - 1] in "、和并及" and any(a.start == trigger.end for a in sentence.actors)


def _without_framing(group: Sequence[_Told]) -> list[_Told]:
    """宣布收购 is told by 收购: a framing verb goes where a deed follows in its clause or the next."""
    framing = triggers.framing()
    kept = [
        told
        for told in group
        if told.trigger.text not in framing
        or not any(
            other.trigger.start > told.trigger.start
            and other.clause - told.clause in (0, 1)
            and other.trigger.text not in framing
            and other.trigger.type != "speech"
            for other in group
        )
    ]
    return kept or list(group)


_APART = re.compile(r"^[“\"]?(?:并(?!非|不)|同时|随后|随即|之后|此后|还|又|再|且|另|此外|亦)")


def _set_apart(text: str, sentence: _Sentence, told: _Told, best: _Told) -> bool:
    """A second deed on the same date: 与优酷联姻、收购高德; another's deed in another clause; 并, 同时."""
    trigger = told.trigger
    start, end = sentence.clauses[told.clause]
    if told.clause == best.clause:
        return trigger.start > best.trigger.end and trigger.type != "speech" and _is_listed(text, sentence, told)
    if trigger.type == "speech":
        return False
    own = [a for a in sentence.actors if start <= a.start and a.end <= trigger.start and participants.is_subject(text, a)]
    first, last = sentence.clauses[best.clause]
    others = {a.name for a in sentence.actors if first <= a.start < last}
    if own and own[0].name not in others and (trigger.sure or triggers.is_done(text, trigger, start)):
        return True
    joined = trigger.sure and told.clause > best.clause and trigger.type != best.trigger.type
    return joined and bool(_APART.match(text[start:end]))


# --- drafts ----------------------------------------------------------------------------------------------------


def _type(text: str, sentence: _Sentence, told: _Told) -> EventType:
    return triggers.type_of(text, told.trigger, *_title_span(sentence, told))


def _drafts(text: str, sentence: _Sentence, told: _Told, frame: _Frame) -> list[EventDraft]:
    start, end = sentence.clauses[told.clause]
    trigger = told.trigger
    in_clause = [a for a in sentence.actors if start <= a.start < end]
    subjects = _subjects(text, sentence, told, in_clause, frame)
    names = tuple(dict.fromkeys([*(a.name for a in in_clause), *subjects]))
    times = [t for t in sentence.times if start <= t.start < end]
    heading = title(text, _title_span(sentence, told), trigger, in_clause, times, subjects)
    places = _places(sentence, told, in_clause, frame)
    quote = _quote(sentence, told)
    return [
        EventDraft(
            trigger.start, trigger.end, *quote, date.edtf, date.words, date.span, heading,
            _type(text, sentence, told), names, places, "", (), f"{trigger.text}: date from {date.near}",
        )
        for date in told.dates
    ]  # fmt: skip


_SAYING = frozenset(["publication", "speech"])


def _title_span(sentence: _Sentence, told: _Told) -> Span:
    """The clause of the deed; what is said follows the verb of saying: 央行回击称,银行间债市是机构投资者的市场."""
    start, end = sentence.clauses[told.clause]
    ends = told.trigger.end >= end - 2
    if ends and (told.trigger.type in _SAYING or told.trigger.text in triggers.framing()) and told.clause + 1 < len(sentence.clauses):
        return start, sentence.clauses[told.clause + 1][1]
    return start, end


def _subjects(text: str, sentence: _Sentence, told: _Told, in_clause: Sequence[Actor], frame: _Frame) -> tuple[str, ...]:
    """Who does it, where the clause names no one ahead of the deed: a place, a noun, the clause before, the topic."""
    start, _ = sentence.clauses[told.clause]
    if any(a.end <= told.trigger.start and participants.is_subject(text, a) for a in in_clause):
        return ()
    place = participants.acting_place(text, start, told.trigger, sentence.places)
    if place:
        return (place.name,)
    own = participants.own_subject(text, start, told.trigger, sentence.times)
    if own.span:
        return (text[own.span[0] : own.span[1]],)
    before = participants.subjects_before(text, sentence.clauses, told.clause, sentence.actors)
    if before:
        return before
    if own.exists:
        close = frame.paragraph == sentence.paragraph and sentence.number - frame.number <= 1
        return frame.company if close else ()
    return frame.company if frame.company and _COMPANY.search(text, start, told.trigger.start) else frame.subjects


_COMPANY = re.compile(r"公司|集团|该行|企业")


def _places(sentence: _Sentence, told: _Told, actors: Sequence[Actor], frame: _Frame) -> tuple[Place, ...]:
    """Where: the places of the clause, else of the sentence, else of the sentence before on the same date."""
    start, end = sentence.clauses[told.clause]
    everything = told.trigger.type in ("founding", "launch") or told.trigger.text == "落户"
    chosen = participants.places_of(sentence.places, start, end, actors, everything)
    if not chosen:
        chosen = participants.places_of(sentence.places, sentence.start, start, sentence.actors, False)
    if not chosen and told.dates[0].near == "paragraph":
        chosen = list(frame.places)
    return tuple({place.adcode: place for place in chosen}.values())


def _quote(sentence: _Sentence, told: _Told) -> Span:
    """The sentence where it is short, else the clauses from the date to the deed."""
    if sentence.end - sentence.start <= 160:
        return sentence.start, sentence.end
    start, end = sentence.clauses[told.clause]
    for date in told.dates:
        if date.span and sentence.start <= date.span[0] < start and end - date.span[0] <= 200:
            start = date.span[0]
    return start, end


# --- tellings of one event -------------------------------------------------------------------------------------


def _joined(drafts: Sequence[EventDraft]) -> list[EventDraft]:
    """Of drafts that tell one event the fullest stays and names the others' passages."""
    kept: list[EventDraft] = []
    by_key: dict[tuple[str, str, str], list[int]] = {}
    for draft in drafts:
        keys = [(draft.type, draft.date[:4], name) for name in draft.actors]
        candidates = (index for key in keys for index in by_key.get(key, ())[-_TELLINGS:])
        same = next((index for index in candidates if _one_event(kept[index], draft)), None)
        if same is None:
            for key in keys:
                by_key.setdefault(key, []).append(len(kept))
            kept.append(draft)
            continue
        first = kept[same]
        fuller, other = (draft, first) if _fullness(draft) > _fullness(first) else (first, draft)
        also = dict.fromkeys((*fuller.also, *other.also, (other.quote_start, other.quote_end)))
        also.pop((fuller.quote_start, fuller.quote_end), None)
        kept[same] = fuller._replace(also=tuple(also))
    return sorted(kept, key=lambda draft: draft.start)


_TELLINGS = 20  # so many earlier events are compared with each; more would make a long list of dates quadratic


def _fullness(draft: EventDraft) -> tuple[int, int]:
    return len(draft.date.rstrip("~")), len(draft.actors)


def _one_event(first: EventDraft, second: EventDraft) -> bool:
    """Same type, year and an actor (the caller saw to that), dates that allow each other, and much the same title."""
    if first.start == second.start:
        return False
    one, two = sorted((first.date.rstrip("~"), second.date.rstrip("~")), key=len)
    if not two.startswith(one):
        return False
    return text_nearness(first.title, second.title) >= (0.35 if len(one) >= 7 else 0.55)


def text_nearness(first: str, second: str) -> float:
    """Dice coefficient of character bigrams, 0 to 1."""
    one, two = ({s[i : i + 2] for i in range(len(s) - 1)} for s in (first, second))
    return 2 * len(one & two) / max(1, len(one) + len(two))
