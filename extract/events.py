"""Dated happenings of an article as drafts: what, when, who, where, in whose words.

Knows how a sentence tells a deed (`triggers.py`), which date is its own (`dating.py`), who takes part and how several
deeds in one sentence are kept apart, and joins the tellings of one deed. Leaves out opinions, plans, general truths
and whatever cannot be dated to at least a year.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from extract.dating import Dated, inherited, own_dates, recently, sentence_date, usable
from extract.mentions import Actor, EventDraft, Place, Quantity, Time
from extract.passages import Span, split_clauses
from extract.titles import title
from extract.triggers import Trigger, find_triggers, is_background, type_of, why_not


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


class HasText(Protocol):
    @property
    def text(self) -> str: ...


class _Sentence(NamedTuple):
    start: int
    end: int
    paragraph: int
    number: int
    clauses: list[Span]
    triggers: list[Trigger]
    times: list[Time]
    actors: list[Actor]
    places: list[Place]


class _Told(NamedTuple):
    """A trigger that tells a deed, with its clause and dates."""

    trigger: Trigger
    clause: int
    dates: list[Dated]


class _Frame(NamedTuple):
    """What the sentences before leave behind: the last date and who was spoken of."""

    date: Dated | None = None
    paragraph: int = -1
    number: int = -1
    subjects: tuple[str, ...] = ()


def draft_events(article: Understood) -> list[EventDraft]:
    """Drafts in order of their marks; tellings of one event joined in `also`."""
    text = article.reading.text
    drafts: list[EventDraft] = []
    frame = _Frame()
    for sentence in _sentences(text, article):
        told = _told(text, sentence, frame, article.published)
        drafts += [draft for deed in told for draft in _drafts(text, sentence, deed, frame)]
        frame = _next_frame(text, sentence, frame)
    return _joined(drafts)


# --- sentences with what stands in them ------------------------------------------------------------------------


def _sentences(text: str, article: Understood) -> list[_Sentence]:
    """The sentences that hold a trigger or a time, with their mentions."""
    lists = (find_triggers(text), usable(text, article.times, article.published), article.actors, article.places)
    at = [0, 0, 0, 0]
    paragraph = 0
    before = 0
    result = []
    for number, (start, end) in enumerate(article.passages):
        paragraph += "\n" in text[before:start]
        before = end
        inside = []
        for which, mentions in enumerate(lists):
            first = at[which]
            while first < len(mentions) and mentions[first].start < start:
                first += 1
            last = first
            while last < len(mentions) and mentions[last].start < end:
                last += 1
            inside.append(list(mentions[first:last]))
            at[which] = last
        if inside[0] or inside[1] or inside[2]:
            clauses = split_clauses(text, start, end) if inside[0] else []
            result.append(_Sentence(start, end, paragraph, number, clauses, *inside))
    return result


def _next_frame(text: str, sentence: _Sentence, frame: _Frame) -> _Frame:
    date, paragraph, number = frame.date, frame.paragraph, frame.number
    if sentence.times:
        last = sentence.times[-1]
        date = Dated(last.edtf, last.text, (last.start, last.end), "frame")
        paragraph, number = sentence.paragraph, sentence.number
    subjects = frame.subjects
    if sentence.actors:
        subjects = (sentence.actors[0].name,)
    return _Frame(date, paragraph, number, subjects)


# --- which triggers tell a deed --------------------------------------------------------------------------------


def _told(text: str, sentence: _Sentence, frame: _Frame, published: str) -> list[_Told]:
    candidates = []
    for trigger in sentence.triggers:
        if _inside_a_name(text, trigger, sentence):
            continue
        clause = next(i for i, (start, end) in enumerate(sentence.clauses) if start <= trigger.start < end)
        reason = why_not(text, trigger, *sentence.clauses[clause], sentence.end)
        dates = _dates(text, trigger, clause, sentence, frame, published)
        if reason and not (reason == "noun" and dates and _since(text, dates[0], trigger)):
            continue
        if dates and _believable(text, trigger, clause, sentence, dates[0]):
            candidates.append(_Told(trigger, clause, dates))
    return _one_a_date(text, sentence, candidates)


def _since(text: str, date: Dated, trigger: Trigger) -> bool:
    """自去年7月重组以来, 6月26日上线后: the date right ahead dates the deed, though it is told in passing."""
    return date.near == "clause" and date.span is not None and 0 <= trigger.start - date.span[1] <= 1


def _inside_a_name(text: str, trigger: Trigger, sentence: _Sentence) -> bool:
    for mention in (*sentence.actors, *sentence.places):
        if mention.start <= trigger.start < mention.end:
            return True
    opened = text.rfind("《", sentence.start, trigger.start)
    return opened >= 0 and text.find("》", opened, trigger.start) < 0


def _dates(text: str, trigger: Trigger, clause: int, sentence: _Sentence, frame: _Frame, published: str) -> list[Dated]:
    start, end = sentence.clauses[clause]
    own = own_dates(text, sentence.times, start, end, trigger.start, trigger.end)
    if own:
        return own
    earlier = sentence_date(text, sentence.times, sentence.start, start)
    if earlier:
        return [earlier]
    recent = recently(text, sentence.start, trigger.start, published)
    if recent:
        return [recent]
    if frame.date:
        same = frame.paragraph == sentence.paragraph
        return [inherited(text, sentence.start, trigger.start, frame.date, same, sentence.number - frame.number)]
    return []


def _believable(text: str, trigger: Trigger, clause: int, sentence: _Sentence, date: Dated) -> bool:
    """Whether the words bear an event: the further the date, the surer the trigger must be."""
    start, end = sentence.clauses[clause]
    in_clause = [a for a in sentence.actors if start <= a.start < end]
    if date.near != "clause" and is_background(text, trigger, start, end):
        return False
    if trigger.type == "speech" and not trigger.sure:
        return date.near == "clause" and any(a.end <= trigger.start for a in in_clause)
    if date.near == "clause":
        return True
    if date.near == "sentence":
        return trigger.sure or bool(in_clause)
    return trigger.sure and bool(in_clause)


def _one_a_date(text: str, sentence: _Sentence, candidates: Sequence[_Told]) -> list[_Told]:
    """Of the triggers that hang on one date the best stays; others only with a subject of their own."""
    kept: list[_Told] = []
    groups: dict[object, list[_Told]] = {}
    for told in candidates:
        groups.setdefault((told.dates[-1].span, told.dates[-1].near == "frame"), []).append(told)
    for group in groups.values():
        best = min(group, key=lambda told: (not told.trigger.sure, told.trigger.type == "speech", told.trigger.start))
        kept.append(best)
    return sorted(kept, key=lambda told: told.trigger.start)


# --- drafts ----------------------------------------------------------------------------------------------------


def _drafts(text: str, sentence: _Sentence, told: _Told, frame: _Frame) -> list[EventDraft]:
    start, end = sentence.clauses[told.clause]
    trigger = told.trigger
    kind = type_of(text, trigger, start, end)
    in_clause = [a for a in sentence.actors if start <= a.start < end]
    subjects = _subjects(sentence, told, in_clause, frame)
    names = tuple(dict.fromkeys([*(a.name for a in in_clause), *subjects]))
    heading = title(
        text, (start, end), trigger, in_clause, [t for t in sentence.times if start <= t.start < end], subjects
    )
    quote = _quote(sentence, told)
    return [
        EventDraft(
            trigger.start, trigger.end, *quote, date.edtf, date.words, date.span, heading, kind,
            names, _places(sentence, start, end, in_clause), "", (), f"{trigger.text} dated by its {date.near}",
        )
        for date in told.dates
    ]  # fmt: skip


def _subjects(sentence: _Sentence, told: _Told, in_clause: Sequence[Actor], frame: _Frame) -> tuple[str, ...]:
    """Who does it, where the clause itself does not say: the clause before, else who was spoken of."""
    if any(a.end <= told.trigger.start for a in in_clause):
        return ()
    for index in range(told.clause - 1, -1, -1):
        start, end = sentence.clauses[index]
        before = [a for a in sentence.actors if start <= a.start < end]
        if before:
            return (before[0].name,)
    return frame.subjects


def _places(sentence: _Sentence, start: int, end: int, actors: Sequence[Actor]) -> tuple[Place, ...]:
    """Where: the places of the clause, else of the sentence; a government's own place counts, a company's does not."""
    governments = [a for a in actors if a.type == "government"]

    def counts(place: Place) -> bool:
        return bool(place.adcode) and (not place.inside or any(a.start <= place.start < a.end for a in governments))

    inside = [p for p in sentence.places if start <= p.start < end and counts(p)]
    chosen = inside or [p for p in sentence.places if p.start < start and counts(p)]
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
    by_key: dict[tuple[str, str], list[int]] = {}
    for draft in drafts:
        same = None
        for name in draft.actors:
            for index in by_key.get((draft.type, name), ()):
                if kept[index].date == draft.date and kept[index].start != draft.start:
                    same = index
                    break
        if same is None:
            for name in draft.actors:
                by_key.setdefault((draft.type, name), []).append(len(kept))
            kept.append(draft)
            continue
        first = kept[same]
        fuller, other = (draft, first) if len(draft.actors) > len(first.actors) else (first, draft)
        also = (*fuller.also, *other.also, (other.quote_start, other.quote_end))
        kept[same] = fuller._replace(also=tuple(span for span in dict.fromkeys(also) if span != (fuller.quote_start, fuller.quote_end)))
    return sorted(kept, key=lambda draft: draft.start)
