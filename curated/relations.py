"""What holds between records: relations that exist and point both ways, and relations that look likely.

Knows when two records probably tell the same thing, contradict each other, or name one actor in two ways. Joins
nothing: people decide what becomes `same_as`, `conflicts_with` or an alias.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from typing import TYPE_CHECKING, Literal, TypeVar

from curated.proof import apart
from curated.reader import read_place
from curated.records import Event, Figure
from curated.yaml_nodes import Fault
from extract.edtf import Edtf

if TYPE_CHECKING:
    from curated.store import Store

R = TypeVar("R", bound=Event | Figure)
Relation = Literal["same_as", "conflicts_with", "alias"]
SYMMETRIC = ("same_as", "conflicts_with")
_ALIKE = 72.0  # rapidfuzz ratio of two titles or measures, 0 to 100
_SHORT_TAIL = 2  # characters: 阿里 and 阿里巴巴
_BRACKETS = re.compile(r"[(（][^()（）]*[)）]")  # 某某(上海)有限公司
_CROWD = 60  # records that share everything one looks at: more are a series, not retellings
# What makes a longer name of the same organisation: 阿里巴巴集团, 某某股份有限公司.
_NAME_TAILS = ("集团", "公司", "股份", "有限公司", "集团有限公司", "集团公司", "控股", "有限责任公司", "股份有限公司")


@dataclass(frozen=True, slots=True)
class Likely:
    """Two records (ids) or two names that a person may want to join, and why."""

    relation: Relation
    first: str
    second: str
    reason: str


def check_relations(store: Store) -> Iterator[tuple[str, Fault]]:
    """(path, fault) for every relation that leads nowhere or only one way."""
    for loaded in store.loaded.values():
        origin = loaded.source.reprint_of
        if origin and origin not in store.sources:
            yield loaded.path, Fault(loaded.source_where["reprint_of"], "reprint_of", "source_unknown", (origin,))
        for number, record in enumerate(loaded.records):
            where = loaded.where[number]
            for name, id in _relations(record):
                for fault in _check_relation(store, record, name, id, where):
                    yield loaded.path, fault


def _relations(record: Event | Figure) -> Iterator[tuple[str, str]]:
    for name in ("same_as", "conflicts_with", "part_of"):
        for id in getattr(record, name):
            yield name, id
    if isinstance(record, Figure) and record.compare_to:
        yield "compare_to", record.compare_to


def _check_relation(store: Store, record: Event | Figure, name: str, id: str, where: dict[str, int]) -> Iterator[Fault]:
    other = store.by_id.get(id)
    if id == record.id:
        yield Fault(where[name], name, "id_self", (id,))
    elif other is None:
        yield Fault(where[name], name, "id_unknown", (id,))
    elif name in SYMMETRIC and type(other) is not type(record):
        yield Fault(where[name], name, "id_kind", (id,))
    elif name in SYMMETRIC and record.id not in getattr(other, name):
        yield Fault(where[name], name, "one_way", (id, name, record.id))
    elif name == "compare_to" and isinstance(record, Figure):
        if not isinstance(other, Figure):
            yield Fault(where[name], name, "id_kind", (id,))
        elif other.compare_to != record.id:
            yield Fault(where[name], name, "one_way", (id, name, record.id))
        elif {record.change, other.change} != {"from", "to"}:
            yield Fault(where[name], name, "pair_change", (id,))


def groups(records: Iterable[Event | Figure]) -> list[list[Event | Figure]]:
    """Records joined by `same_as`, however indirectly; each group with the one to show in front.

    In front stands the pinned one, else the reviewed one, else the fullest; a group counts once.
    """
    kept = {record.id: record for record in records if record.status != "dropped"}
    joined: dict[str, set[str]] = {}
    for record in kept.values():
        group = {record.id} | joined.get(record.id, set())
        for id in record.same_as:
            if id in kept:
                group |= {id} | joined.get(id, set())
        for id in group:
            joined[id] = group
    seen: set[str] = set()
    found = []
    for record in kept.values():
        if record.id not in seen:
            group = joined[record.id]
            seen |= group
            found.append(sorted((kept[id] for id in group), key=_rank))
    return found


def _rank(record: Event | Figure) -> tuple[bool, bool, int]:
    fullness = sum(1 for name in ("actors", "places", "speaker", "data_from", "note") if getattr(record, name))
    return not record.pin, record.status != "reviewed", -fullness


def find_likely(store: Store) -> list[Likely]:
    """Likely retellings, contradictions and aliases that nobody has decided yet, best first within each kind."""
    return [*_likely_events(store.events), *_likely_figures(store.figures), *_likely_aliases(store)]


def _likely_events(events: list[Event]) -> Iterator[Likely]:
    """Events of one type and month with a common actor or place and like titles."""
    blocks: dict[tuple[str, str, str], list[Event]] = defaultdict(list)
    for event in _undropped(events):
        for month in _months(event.date):
            for name in {*event.actors, *_places(event)} or {""}:
                blocks[event.type, month, name].append(event)
    for one, other in _pairs(blocks.values()):
        if _decided(one, other) or _elsewhere(one, other):
            continue
        likeness = _likeness(one.title, other.title)
        same_day = one.date is not None and other.date is not None and one.date.text == other.date.text
        if likeness < (_ALIKE - 20 if same_day and set(one.actors) & set(other.actors) else _ALIKE):
            continue
        if one.date and other.date and apart(one.date, other.date):
            yield Likely("conflicts_with", one.id, other.id, f"{one.title} / {other.title}: {one.date} / {other.date}")
        else:
            yield Likely("same_as", one.id, other.id, f"{one.title} / {other.title}")


def _likely_figures(figures: list[Figure]) -> Iterator[Likely]:
    """Figures of one measure, actor and as-of: the same amount is a retelling, another one a contradiction."""
    blocks: dict[tuple[str, str, str], list[Figure]] = defaultdict(list)
    for figure in _undropped(figures):
        if figure.change in ("from", "to"):
            continue
        for name in figure.actors or ("",):
            blocks[name, figure.as_of.text if figure.as_of else "", figure.amount.unit].append(figure)
    for one, other in _pairs(blocks.values()):
        if _decided(one, other) or one.modality != other.modality or one.change != other.change or one.during != other.during:
            continue
        told = f"{one.measure} {one.amount.text} / {other.measure} {other.amount.text}"
        if _amounts(one) == _amounts(other):
            if _likeness(one.measure, other.measure) >= _ALIKE and not _elsewhere(one, other):
                yield Likely("same_as", one.id, other.id, told)
        # Of two different amounts one is wrong only where both count the very same: 工业类合同 is not 水利类合同.
        elif one.as_of and (one.measure in other.measure or other.measure in one.measure) and _places(one) == _places(other):
            yield Likely("conflicts_with", one.id, other.id, told)


def _likely_aliases(store: Store) -> Iterator[Likely]:
    """Names of which one is the other with an organisation's tail, or with two more characters in the same article.

    Two names that both head an entry of actors.yaml are two: a person has said so.
    """
    sources: dict[str, set[str]] = defaultdict(set)
    for record in _undropped([*store.events, *store.figures]):
        for name in record.actors:
            sources[name].add(record.source)
    names = sorted(sources)
    known: dict[str, str] = {}
    for name in names:
        first = known.setdefault(_known_as(name), name)
        if first != name and not (first in store.names.actors and name in store.names.actors):
            yield Likely("alias", first, name, f"{first} / {name}")
    for position, name in enumerate(names):
        for other in names[position + 1 :]:
            if len(name) < 2 or not other.startswith(name):
                break
            if (name in store.names.actors and other in store.names.actors) or _known_as(name) == _known_as(other):
                continue
            tail = _BRACKETS.sub("", other[len(name) :])
            short = len(tail) <= _SHORT_TAIL and sources[name] & sources[other] and not read_place(name, store.names)
            if tail in _NAME_TAILS or short:
                yield Likely("alias", name, other, f"{name} / {other}")


@lru_cache(1 << 12)
def _known_as(name: str) -> str:
    """What the finders call an actor that they know by this name; else the name itself."""
    from extract.actors import find_actors

    found = find_actors(name)
    return found[0].name if len(found) == 1 and found[0].text == name else name


def _undropped(records: Iterable[R]) -> Iterator[R]:
    return (record for record in records if record.status != "dropped")


def _pairs(blocks: Iterable[list[R]]) -> Iterator[tuple[R, R]]:
    """Each pair that shares a block, once; crowded blocks are left out."""
    seen: set[tuple[str, str]] = set()
    for block in blocks:
        if len(block) > _CROWD:
            continue
        for one, other in combinations(block, 2):
            if one.id != other.id and (one.id, other.id) not in seen:
                seen.add((one.id, other.id))
                yield one, other


def _months(date: Edtf | None) -> set[str]:
    """Months a date begins and ends in; a year as a whole is a block of its own."""
    if date is None:
        return set()
    if date.precision in ("year", "decade", "interval", "season", "quarter"):
        return {side.strftime("%Y") for side in (date.earliest, date.latest) if side}
    return {side.strftime("%Y-%m") for side in (date.earliest, date.latest) if side}


def _places(record: Event | Figure) -> set[str]:
    return {place.name for place in record.places}


def _elsewhere(one: Event | Figure, other: Event | Figure) -> bool:
    """Whether both name places and share none."""
    return bool(_places(one) and _places(other)) and not _places(one) & _places(other)


def _amounts(figure: Figure) -> tuple[object, ...]:
    return figure.amount.value, figure.amount.low, figure.amount.high


def _decided(one: Event | Figure, other: Event | Figure) -> bool:
    """Whether a person has related them already, or one passage tells both: a list, not a retelling."""
    related = {*one.same_as, *one.conflicts_with, *one.part_of}
    back = {*other.same_as, *other.conflicts_with, *other.part_of}
    return other.id in related or one.id in back or (one.source == other.source and one.quote == other.quote)


def _likeness(one: str, other: str) -> float:
    from rapidfuzz import fuzz

    return fuzz.ratio(one, other)
