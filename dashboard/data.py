"""Hand-edited YAML behind the page: loaded once for each state of the files, indexed, filtered and counted.

One of the two ways to answer `dashboard.facts.Facts`. Knows which tellings are one thing and which relationship an
event is a step of. Leaves out what a row is (`dashboard.rows`) and how anything looks.
"""

from __future__ import annotations

import contextlib
import gc
import os
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import streamlit as st

import curated
from curated import Store
from curated.records import Figure, Problem, Source, Step
from dashboard.bidi import apart, bare
from dashboard.counting import bins_of, count_actors, count_measures, count_rows, count_sources
from dashboard.facts import ActorCount, Facts, MeasureCount, Neighbours, PlaceCount, SourceCount, Spread, Totals
from dashboard.lanes import Fold, LaneLayout, lay_out
from dashboard.relations import Matrix, build_matrix
from dashboard.rows import (
    FILTERED,
    Kind,
    Record,
    Row,
    bounds,
    by_time,
    day_of,
    front_of_groups,
    in_time,
    index_record,
    normalise,
    passes,
    place_name,
    places_above,
    province_of,
    read_terms,
    term_found,
    totals,
)  # fmt: skip
from dashboard.view import View, lift, named_now

__all__ = ["Kind", "Record", "Row", "Story", "blame", "day_of", "front_of_groups", "index_store", "load_story", "matching", "normalise", "open_facts", "place_name",
           "places_above", "province_of", "read_terms", "reading_of", "root_of", "sources_found", "state_of", "term_found", "totals", "without_time"]  # fmt: skip

if TYPE_CHECKING:
    kept = property  # what type checkers compare with the interface
else:
    kept = cached_property


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

    @kept
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

    @kept
    def colours(self) -> dict[str, str]:
        """Colours by type as the editors chose them; anything but #rrggbb is left out."""
        return {kind: colour for kind, colour in self.about.colors.items() if re.fullmatch(r"#[0-9a-fA-F]{6}", colour)}

    @kept
    def steps(self) -> dict[str, str]:
        """Which relationship an event is a step of, by id; steps are named in story.yaml, by ids or by what they share."""
        found: dict[str, str] = {}
        for number, step in enumerate(self.about.steps):
            members = [row.id for row in self.rows.values() if _is_step(row, step)]
            found |= dict.fromkeys(members, step.name or f"step {number}") if len(members) > 1 else {}
        return found

    @kept
    def actors(self) -> Counter[str]:
        return Counter(name for row in self.rows.values() for name in row.record.actors)

    @kept
    def measures(self) -> Counter[str]:
        return Counter(row.measure for row in self.rows.values() if row.measure)

    @kept
    def tags(self) -> Counter[str]:
        return Counter(tag for row in self.rows.values() for tag in row.tags)

    @kept
    def places(self) -> Counter[str]:
        return Counter(p.adcode or p.name for row in self.rows.values() for p in row.record.places)

    archive = ""

    def named_now(self, view: View) -> View:
        return named_now(view, self.store.names)

    def matching(self, view: View) -> tuple[Row, ...]:
        return matching(self, view)

    def totals(self, view: View) -> Totals:
        return totals(matching(self, view))

    def bins(self, view: View) -> tuple[str, list[tuple[int, int]]]:
        return bins_of(matching(self, view))

    def lanes(self, view: View, first: float, last: float) -> list[LaneLayout]:
        return lay_out(matching(self, view), view.lane, first, last, self.steps)

    def fold_ids(self, view: View, fold: Fold, most: int) -> list[str]:
        return [row.id for row in fold.rows[:most]]

    def place_counts(self, view: View) -> list[PlaceCount]:
        return count_rows(matching(self, replace(view, place=())), self)

    def actor_counts(self, view: View) -> list[ActorCount]:
        return count_actors(matching(self, view))

    def measure_counts(self, view: View) -> list[MeasureCount]:
        return count_measures(matching(self, replace(view, measure=(), type=())))

    def figures(self, view: View) -> tuple[Row, ...]:
        return tuple(row for row in matching(self, view) if row.kind == "figure")

    def spread(self, view: View) -> list[Spread]:
        return []

    def headlines(self, view: View) -> tuple[Row, ...]:
        return matching(self, view)

    def matrix(self, view: View, kinds: tuple[str, str]) -> Matrix:
        return build_matrix(matching(self, view), self, kinds)

    def actor_type(self, actor: str) -> str:
        return self.store.names.actor_types.get(bare(actor), "")

    def speaks(self, actor: str) -> bool:
        return bare(actor) in self.speakers

    @kept
    def speakers(self) -> frozenset[str]:
        return frozenset(bare(row.record.speaker) for row in self.rows.values() if row.record.speaker)

    def neighbours(self, view: View, id_: str) -> Neighbours | None:
        rows = matching(self, view)
        try:
            at = rows.index(self.rows[id_])
        except (KeyError, ValueError):  # unknown, or left out by the filters
            return None
        return Neighbours(at, len(rows), rows[at - 1].id if at else None, rows[at + 1].id if at + 1 < len(rows) else None)

    @cached_property
    def against(self) -> dict[str, list[str]]:
        """Which records say that they differ from a record, by its id."""
        found: dict[str, list[str]] = {}
        for id_, row in self.rows.items():
            for other in row.record.conflicts_with:
                found.setdefault(other, []).append(id_)
        return found

    def tellings(self, row: Row) -> list[Row]:
        same = [id_ for id_ in self.groups.get(row.group, ()) if id_ != row.id]
        ids = dict.fromkeys((*same, *row.record.conflicts_with, *self.against.get(row.id, ())))
        return [self.rows[id_] for id_ in ids if id_ in self.rows and self.rows[id_].record.status != "dropped"]

    def copies(self, source: str) -> int:
        return 0

    def rows_of(self, source: str) -> list[Row]:
        return [row for row in self.rows.values() if row.record.source == source and row.record.status != "dropped"]

    def reading(self, source: str) -> Any | None:
        return reading_of(self.store, source)

    def source_page(self, view: View, start: int, most: int) -> tuple[int, list[SourceCount]]:
        sources = sorted(self.sources.values(), key=lambda source: (str(source.published or ""), source.name), reverse=True)
        if view.q:
            found = {source.name for source in sources_found(self, view.q)} | {row.record.source for row in matching(self, view)}
            sources = [source for source in sources if source.name in found]
        return len(sources), count_sources(sources[start : start + most], self.rows.values())

    def sources_found(self, q: str) -> list[Source]:
        return sources_found(self, q)

    def blame(self, view: View) -> list[tuple[str, int]]:
        return blame(self, view)

    def exported(self, view: View, most: int) -> tuple[Row, ...]:
        return matching(self, view)[:most]


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


def names_root(args: Sequence[str]) -> bool:
    """Whether somebody named the folder: only then does it lie over an archive."""
    return bool(os.environ.get("YOUJU_ROOT")) or any(arg.partition("=")[0] == "--root" for arg in args)


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
                if entry.is_dir(follow_symlinks=False):
                    stack.append(Path(entry.path))
                elif not entry.name.endswith((".py", ".pyc")):
                    with contextlib.suppress(OSError):  # gone since
                        stat = entry.stat(follow_symlinks=entry.is_file())
                        seen.append((entry.path, stat.st_mtime_ns, stat.st_size))
    return f"{root}:{hash(tuple(sorted(seen)))}"


def open_facts(args: Sequence[str], lang: str) -> Facts:
    """What the page shows: the archive that YOUJU_FACTS names, else the YAML under the root.

    Over an archive a curated folder is laid only where one is named. Raises `dashboard.archive.parts.ArchiveError`.
    """
    root = root_of(args)
    where = os.environ.get("YOUJU_FACTS", "")
    if not where:
        return load_story(str(root), state_of(root), lang)
    from dashboard.archive.parts import find_parts  # an archive is seldom shown, and needs a package of its own

    named = names_root(args)
    return _open_archive(where, find_parts(where).state, str(root) if named else "", state_of(root) if named else "", lang)


@st.cache_resource(max_entries=3, show_spinner="正在打开存档，第一次要建索引… Opening the archive; the first time an index is made…")
def _open_archive(where: str, state: str, root: str, root_state: str, lang: str) -> Facts:
    """`state` and `root_state` tell when anything changed, so that nothing is opened twice."""
    from dashboard.archive.overlay import open_archive

    archive = open_archive(where, Path(root) if root else None, lang)
    archive.warm()
    return archive


@st.cache_resource(max_entries=4, show_spinner=False)
def load_story(root: str, key: str, lang: str) -> Story:
    """Load and index everything under `root`; `key` is its state, so that nothing is loaded twice."""
    return index_store(curated.load(Path(root), lang=lang), f"{key}:{lang}")


@lru_cache(maxsize=64)
def set_aside(_key: str) -> None:
    """Once for each state of the data: leave what is in memory now out of the search for garbage.

    After every run of the script Streamlit has the collector look at every object there is (`runner.postScriptGC`);
    most are modules, lexicons and records that stay, and looking at them took three quarters of what a click cost.
    What was left out before is looked at once more, so that the state that was replaced does not stay for good.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()


def index_store(store: Store, key: str) -> Story:
    """Give every record of a store what filters, charts and tables ask for."""
    records: list[Record] = [apart(record) for record in (*store.events, *store.figures)]
    groups = _group_tellings(records)
    group_of = {id_: group for group, ids in groups.items() for id_ in ids}
    aliases = _aliases(store)
    rows = [_index(record, store, group_of[record.id], aliases) for record in records]
    rows.sort(key=by_time)
    about = replace(store.story, steps=tuple(apart(step) for step in store.story.steps))
    return Story(key, store, about, {name: apart(source) for name, source in store.sources.items()}, {row.id: row for row in rows}, tuple(store.problems), groups)


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


def _aliases(store: Store) -> dict[str, str]:
    """The other names of each actor and measure, as actors.yaml and measures.yaml say: what was renamed is found by its earlier name."""
    found: dict[str, list[str]] = defaultdict(list)
    for alias, name in (*store.names.actors.items(), *store.names.measures.items()):
        if alias != name:
            found[name].append(alias)
    return {name: " ".join(aliases) for name, aliases in found.items()}


def _index(record: Record, store: Store, group: str, aliases: Mapping[str, str]) -> Row:
    """With its passage in the simplified script, without pinyin notes, and other names, as a search reads them."""
    simplified = ""
    if record.at and (reading := reading_of(store, record.source)) and (span := reading.text_span(*record.at)):
        simplified = reading.text[span[0] : span[1]]
    names = (*record.actors, record.measure) if isinstance(record, Figure) else record.actors
    also = " ".join((simplified, *(aliases[name] for name in names if name in aliases)))
    return index_record(record, store.sources.get(record.source), group, also)


def reading_of(store: Store, source: str) -> Any | None:
    """The reading text of a source with its map to the raw file; None where the article is gone."""
    try:
        return store.reading(source)
    except (OSError, ValueError, KeyError):
        return None


# -- filters ---------------------------------------------------------------------------------------------


def matching(story: Story, view: View) -> tuple[Row, ...]:
    """The records a view asks for, in order of time, one for each group of tellings."""
    return _matching(story, View(**{name: getattr(view, name) for name in FILTERED}))


@lru_cache(maxsize=128)
def _matching(story: Story, view: View) -> tuple[Row, ...]:
    since, until = bounds(view)
    found = [row for row in story.rows.values() if passes(row, view) and in_time(row, since, until)]
    if view.q:
        terms = read_terms(view.q)
        found = [row for row in found if all(term_found(term, row) for term in terms)]
    return tuple(front_of_groups(found))


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


def without_time(view: View) -> View:
    """The same view over all of time: what the histogram under the timeline shows."""
    return replace(view, since="", until="")


