"""The records behind the page: loaded once for each state of the files, indexed, filtered and counted.

Knows which records a view asks for, what belongs to a place, which tellings are one thing, and how a search
reads what a person types. Leaves out how anything looks, and the link itself (`dashboard.view`).
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, Literal, NamedTuple

import streamlit as st

import curated
from curated import Store
from curated.records import Event, Figure, Place, Problem, Source, Step
from dashboard.view import View, lift
from extract.edtf import Edtf, parse_edtf

Record = Event | Figure
Kind = Literal["event", "figure"]


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """A record with what filters, charts and tables ask for, worked out once.

    Equal only to itself, so that caches keyed by rows never compare ten thousand quotes.
    """

    record: Record
    kind: Kind
    date: Edtf | None
    first: int | None  # day numbers as of `date.toordinal`; None: undated or open
    last: int | None
    places: frozenset[str]  # adcodes with those they lie in, and names of regions and countries
    tags: frozenset[str]
    text: str  # what a search looks through
    group: str  # the same for tellings of one thing

    @property
    def id(self) -> str:
        return self.record.id

    @property
    def title(self) -> str:
        """An event's title; of a figure what is counted and how much."""
        if isinstance(self.record, Event):
            return self.record.title
        return f"{self.record.measure} {self.record.amount.text}"

    @property
    def type(self) -> str:
        return self.record.type if isinstance(self.record, Event) else ""

    @property
    def measure(self) -> str:
        return self.record.measure if isinstance(self.record, Figure) else ""

    @property
    def forecast(self) -> bool:
        return isinstance(self.record, Figure) and self.record.modality in ("forecast", "target", "hypothetical")


@dataclass(frozen=True, eq=False)
class Story:
    """All records of one root in one state of its files; equal only to itself."""

    key: str
    store: Store
    about: curated.Story
    sources: Mapping[str, Source]
    rows: Mapping[str, Row]  # by id, in order of time
    problems: Sequence[Problem] = ()
    groups: Mapping[str, Sequence[str]] = field(default_factory=dict)  # tellings of one thing

    @cached_property
    def place_names(self) -> dict[str, str]:
        """Names of all places that carry records, by adcode or by the name itself where there is none."""
        names: dict[str, str] = {}
        for row in self.rows.values():
            for place in row.record.places:
                names.setdefault(place.adcode or place.name, place.name)
        for code in {code for row in self.rows.values() for code in row.places} - set(names):
            if name := place_name(code):
                names[code] = name
        return names

    @cached_property
    def colours(self) -> dict[str, str]:
        """Colours by type as the editors chose them; anything but #rrggbb is left out."""
        return {kind: colour for kind, colour in self.about.colors.items() if re.fullmatch(r"#[0-9a-fA-F]{6}", colour)}

    @cached_property
    def steps(self) -> dict[str, str]:
        """Which relationship an event is a step of, by id; steps are named in story.yaml, by ids or by what they share."""
        found: dict[str, str] = {}
        for number, step in enumerate(self.about.steps):
            members = [row.id for row in self.rows.values() if _is_step(row, step)]
            found |= dict.fromkeys(members, step.name or f"step {number}") if len(members) > 1 else {}
        return found

    @cached_property
    def actors(self) -> Counter[str]:
        return Counter(name for row in self.rows.values() for name in row.record.actors)

    @cached_property
    def measures(self) -> Counter[str]:
        return Counter(row.measure for row in self.rows.values() if row.measure)

    @cached_property
    def tags(self) -> Counter[str]:
        return Counter(tag for row in self.rows.values() for tag in row.tags)

    @cached_property
    def places(self) -> Counter[str]:
        return Counter(p.adcode or p.name for row in self.rows.values() for p in row.record.places)


def _is_step(row: Row, step: Step) -> bool:
    if row.kind != "event" or row.record.status == "dropped":
        return False
    if step.events:
        return row.id in step.events
    names = {word for place in row.record.places for word in (place.name, place.text, place.adcode)}
    return (
        set(step.actors) <= set(row.record.actors)
        and (not step.places or not names.isdisjoint(step.places))
        and (not step.types or row.type in step.types)
        and bool(step.actors or step.places or step.types)
    )


def root_of(args: Sequence[str]) -> Path:
    """The folder that holds seeds/ and curated/: `--root DIR`, else YOUJU_ROOT, else this repository."""
    for i, arg in enumerate(args):
        if arg == "--root" and i + 1 < len(args):
            return Path(args[i + 1]).resolve()
        if arg.startswith("--root="):
            return Path(arg.removeprefix("--root=")).resolve()
    here = Path(__file__).resolve().parent.parent
    return Path(os.environ.get("YOUJU_ROOT") or here).resolve()


def state_of(root: Path) -> str:
    """A key that changes when any file under seeds/ or curated/ does."""
    seen: list[tuple[str, int, int]] = []
    for folder in ("curated", "seeds"):
        stack = [root / folder]
        while stack:
            try:
                entries = list(os.scandir(stack.pop()))
            except OSError:
                continue
            for entry in entries:
                if entry.is_dir():
                    stack.append(Path(entry.path))
                elif not entry.name.endswith((".py", ".pyc")):
                    stat = entry.stat()
                    seen.append((entry.path, stat.st_mtime_ns, stat.st_size))
    return f"{root}:{hash(tuple(sorted(seen)))}"


@st.cache_resource(max_entries=4, show_spinner=False)
def load_story(root: str, key: str, lang: str) -> Story:
    """Load and index everything under `root`; `key` is its state, so that nothing is loaded twice."""
    return index_store(curated.load(Path(root), lang=lang), f"{key}:{lang}")


def index_store(store: Store, key: str) -> Story:
    """Give every record of a store what filters, charts and tables ask for."""
    records: list[Record] = [*store.events, *store.figures]
    groups = _group_tellings(records)
    group_of = {id_: group for group, ids in groups.items() for id_ in ids}
    rows = [_index_record(record, store, group_of[record.id]) for record in records]
    rows.sort(key=_by_time)
    return Story(key, store, store.story, store.sources, {row.id: row for row in rows}, tuple(store.problems), groups)


def _by_time(row: Row) -> tuple[bool, int, int, str]:
    known = row.first if row.first is not None else row.last
    return known is None, known or 0, row.last or 0, row.id


def _group_tellings(records: Iterable[Record]) -> dict[str, list[str]]:
    """Records joined by `same_as`, in whichever direction it is written."""
    parent = {record.id: record.id for record in records}

    def find(id_: str) -> str:
        while parent[id_] != id_:
            parent[id_] = parent[parent[id_]]
            id_ = parent[id_]
        return id_

    for record in records:
        for other in record.same_as:
            if other in parent:
                parent[find(other)] = find(record.id)
    groups: dict[str, list[str]] = defaultdict(list)
    for id_ in parent:
        groups[find(id_)].append(id_)
    return dict(groups)


def _index_record(record: Record, store: Store, group: str) -> Row:
    when = record.date if isinstance(record, Event) else record.as_of
    source = store.sources.get(record.source)
    return Row(
        record=record,
        kind="event" if isinstance(record, Event) else "figure",
        date=when,
        first=when.earliest.toordinal() if when and when.earliest else None,
        last=when.latest.toordinal() if when and when.latest else None,
        places=frozenset(code for place in record.places for code in places_above(place)),
        tags=frozenset((*record.tags, *(source.tags if source else ()))),
        text=_search_text(record, source, store),
        group=group,
    )


def places_above(place: Place) -> list[str]:
    """The adcode of a place and of those it lies in; a region's provinces; the name where there is no code.

    >>> places_above(Place("西湖区", "330106", "西湖区", "county"))
    ['330106', '330100', '330000']
    """
    if not place.adcode:
        return [place.name, *place.provinces]
    code = place.adcode
    return list(dict.fromkeys((code, code[:4] + "00", code[:2] + "0000")))


def province_of(place: Place) -> str:
    """The adcode of the province, or the name of a region or country."""
    return place.adcode[:2] + "0000" if place.adcode else place.name


@lru_cache(maxsize=4096)
def place_name(code: str) -> str:
    """The full name of an adcode; "" where there is none."""
    if not (code.isdigit() and len(code) == 6):
        return ""
    from extract.places import name_of  # loads the gazetteer: only when a place has to be named

    return name_of(code) or ""


def _search_text(record: Record, source: Source | None, store: Store) -> str:
    said = [record.quote, record.speaker, record.data_from, record.note, *record.actors, *record.tags]
    said += [place.name for place in record.places]
    said += [record.title] if isinstance(record, Event) else [record.measure, record.amount.text]
    if source:
        said += [source.title, source.publisher, source.author]
    if record.at and (reading := reading_of(store, record.source)) and (span := reading.text_span(*record.at)):
        said.append(reading.text[span[0] : span[1]])  # the simplified script, without pinyin notes
    return normalise(" ".join(said))


def reading_of(store: Store, source: str) -> Any | None:
    """The reading text of a source with its map to the raw file; None where the article is gone."""
    try:
        return store.reading(source)
    except (OSError, ValueError, KeyError):
        return None


def normalise(text: str) -> str:
    """As it is compared: one width, one case, no separators inside numbers.

    >>> normalise("２,800万 ABC")
    '2800万 abc'
    """
    text = unicodedata.normalize("NFKC", text).casefold()
    return re.sub(r"(?<=\d),(?=\d{3})", "", text)


# -- filters ---------------------------------------------------------------------------------------------


def matching(story: Story, view: View) -> tuple[Row, ...]:
    """The records a view asks for, in order of time, one for each group of tellings."""
    return _matching(story, View(**{name: getattr(view, name) for name in FILTERED}))


FILTERED = ("q", "since", "until", "place", "actor", "type", "measure", "status", "source", "tag")


@lru_cache(maxsize=128)
def _matching(story: Story, view: View) -> tuple[Row, ...]:
    bounds = _bounds(view)
    found = [row for row in story.rows.values() if _passes(row, view) and _in_time(row, *bounds)]
    if view.q:
        terms = read_terms(view.q)
        found = [row for row in found if all(term_found(term, row) for term in terms)]
    return tuple(front_of_groups(found))


def _passes(row: Row, view: View) -> bool:
    record = row.record
    if record.status not in view.status if view.status else record.status == "dropped":
        return False
    if view.place and row.places.isdisjoint(view.place):
        return False
    if view.actor and not any(actor in view.actor for actor in record.actors):
        return False
    if (view.type or view.measure) and row.type not in view.type and row.measure not in view.measure:
        return False
    if view.source and record.source not in view.source:
        return False
    return not (view.tag and row.tags.isdisjoint(view.tag))


def _bounds(view: View) -> tuple[int | None, int | None]:
    """First and last day of `from` and `to`, as day numbers."""
    since, until = parse_edtf(view.since), parse_edtf(view.until)
    first = since.earliest.toordinal() if since and since.earliest else None
    last = until.latest.toordinal() if until and until.latest else None
    return first, last


def _in_time(row: Row, first: int | None, last: int | None) -> bool:
    """A record shows when any day it may mean lies between; an undated one only where time is not asked for."""
    if first is None and last is None:
        return True
    if row.first is None and row.last is None:
        return False
    if first is not None and row.last is not None and row.last < first:
        return False
    return not (last is not None and row.first is not None and row.first > last)


def front_of_groups(rows: Sequence[Row]) -> list[Row]:
    """One row for each group of tellings: pinned, else reviewed, else the fullest in front."""
    best: dict[str, Row] = {}
    for row in rows:
        other = best.get(row.group)
        if other is None or _front(row) > _front(other):
            best[row.group] = row
    return [row for row in rows if best[row.group] is row]


def _front(row: Row) -> tuple[bool, bool, int, int]:
    record = row.record
    span = (row.last - row.first) if row.last is not None and row.first is not None else 1 << 30
    filled = bool(record.actors) + bool(record.places) + bool(record.speaker) + len(record.quote) / 1000
    return record.pin, record.status == "reviewed", -span, int(filled * 1000)


@dataclass(frozen=True, slots=True)
class Term:
    """One word of a search, and the number it may stand for."""

    text: str
    value: float | None = None


def read_terms(q: str) -> list[Term]:
    """The words of a search; `3亿` also stands for 300,000,000.

    >>> read_terms("上海 3亿")[1].text
    '3亿'
    """
    return [Term(normalise(word), _number(word)) for word in q.split()]


def _number(word: str) -> float | None:
    if not re.search(r"[\d一二三四五六七八九十百千万亿两]", word):
        return None
    try:
        from extract.quantities import parse_amount
    except ImportError:
        return None
    quantity = parse_amount(unicodedata.normalize("NFKC", word))
    return None if quantity is None or quantity.value is None else float(quantity.value)


def term_found(term: Term, row: Row) -> bool:
    if term.text in row.text:
        return True
    if term.value is None or not isinstance(row.record, Figure):
        return False
    amount = row.record.amount
    if amount.value is not None:
        return float(amount.value) == term.value
    return amount.low is not None and amount.high is not None and amount.low <= term.value <= amount.high


def sources_found(story: Story, q: str) -> list[Source]:
    """Articles whose reading text holds every word of a search."""
    terms = read_terms(q)
    return [
        source for name, source in story.sources.items() if all(t.text in _article_text(story, name) for t in terms)
    ]


@lru_cache(maxsize=4096)
def _article_text(story: Story, name: str) -> str:
    reading = reading_of(story.store, name)
    return normalise(reading.text) if reading else ""


def blame(story: Story, view: View) -> list[tuple[str, int]]:
    """For a view without records: each filter and how many records would show without it, most first."""
    counts = [(param, len(matching(story, lift(view, param)))) for param in view.filters]
    return sorted(counts, key=lambda pair: -pair[1])


class Totals(NamedTuple):
    """What a set of records adds up to."""

    events: int
    figures: int
    reviewed: int
    places: int
    sources: int
    years: tuple[int, int] | None  # from the first day any record may mean to the last
    kinds: frozenset[str]  # types of event, and "figure"
    dated: tuple[Row, ...]


@lru_cache(maxsize=64)
def totals(rows: tuple[Row, ...]) -> Totals:
    """Counted once for the same records: the line of facts, the legend and the span of the charts ask for it."""
    days = [day for row in rows for day in (row.first, row.last) if day is not None]
    events = sum(row.kind == "event" for row in rows)
    return Totals(
        events=events,
        figures=len(rows) - events,
        reviewed=sum(row.record.status == "reviewed" for row in rows),
        places=len({p.adcode or p.name for row in rows for p in row.record.places}),
        sources=len({row.record.source for row in rows}),
        years=(day_of(min(days)).year, day_of(max(days)).year) if days else None,
        kinds=frozenset(row.type or "figure" for row in rows),
        dated=tuple(row for row in rows if row.first is not None or row.last is not None),
    )


def without_time(view: View) -> View:
    """The same view over all of time: what the histogram under the timeline shows."""
    return replace(view, since="", until="")


def day_of(ordinal: int) -> date:
    return date.fromordinal(ordinal)
