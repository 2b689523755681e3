"""Who did what with whom: events of two parties or more, as a matrix of companies and governments.

Knows which types of event are which relationship, and what makes a name a government. Leaves out the page.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import combinations
from typing import NamedTuple

from dashboard.facts import Facts
from dashboard.rows import Row
from extract.actors import find_actors
from extract.people import surname_firsts
from extract.places import resolve_place

RELATIONS: dict[str, tuple[str, ...]] = {
    "signed": ("agreement",),
    "invested": ("investment", "acquisition"),
    "met": ("meeting", "visit"),
    "launched": ("launch", "founding", "service", "policy", "relief", "sales"),
    "said": ("speech", "publication", "incident", "other"),
}
MOST = 14  # rows and columns; the rest is reached by search and filters
# Bodies that finders do not know by name end so: 中共海南省委, 省政府办公厅, 上海市经信委, 高新区管委会.
_GOVERNMENT = re.compile(r"(?:政府|人大|政协|法院|检察院|[省市区县]委|国务院|委员会|管委会|办公厅|办公室|厅)$")

_NAME = re.compile(r"[\u4e00-\u9fff]{2,4}")


class PairCount(NamedTuple):
    """What a set of actors did together: how often, and the ids of the first of it."""

    actors: tuple[str, ...]
    type: str
    n: int
    ids: tuple[str, ...]


class Cell(NamedTuple):
    """The evidence of one pair, by relationship: how many events, and ids to open (of many the first)."""

    first: str
    second: str
    counts: dict[str, int]
    ids: dict[str, list[str]]


class Matrix(NamedTuple):
    across: list[str]
    down: list[str]
    cells: dict[tuple[str, str], Cell]


@lru_cache(maxsize=8192)
def type_of(actor: str, story: Facts) -> str:
    """As the editors say in actors.yaml; else as the finders know the name; a place that acts is its government.

    What looks like a name and speaks in a record is a person: the finders see that only beside an office.
    """
    known = story.actor_type(actor)
    if known:
        return known
    found = next((a.type for a in find_actors(actor) if a.end - a.start == len(actor)), "")
    if found and found != "other":
        return found
    if _GOVERNMENT.search(actor) or resolve_place(actor):
        return "government"
    if _NAME.fullmatch(actor) and actor[0] in surname_firsts() and story.speaks(actor):
        return "person"
    return found or "other"


def side_of(actor: str, story: Facts) -> str:
    """Which side of the matrix an actor stands on: what is neither government nor person stands with companies."""
    type_ = type_of(actor, story)
    return "company" if type_ == "other" else type_


def relation_of(type_: str) -> str:
    return next((name for name, types in RELATIONS.items() if type_ in types), "said")


def build_matrix(rows: Sequence[Row], story: Facts, kinds: tuple[str, str]) -> Matrix:
    """Pairs of the two kinds of actor; each event counts once a pair, however many names it has."""
    events = [row for row in rows if row.kind == "event" and len(row.record.actors) > 1]
    return busiest_pairs([PairCount(tuple(dict.fromkeys(row.record.actors)), row.type, 1, (row.id,)) for row in events], story, kinds)


def busiest_pairs(found: Sequence[PairCount], story: Facts, kinds: tuple[str, str]) -> Matrix:
    """The names that did most with each other, at most `MOST` each way."""
    pairs: dict[tuple[str, str], Cell] = {}
    sides = {actor: side_of(actor, story) for of in found for actor in of.actors}
    for of in found:
        relation = relation_of(of.type)
        for a, b in combinations(of.actors, 2):
            for first, second in ((a, b), (b, a)):
                if (sides[first], sides[second]) == kinds:
                    cell = pairs.setdefault((first, second), Cell(first, second, Counter(), defaultdict(list)))
                    cell.counts[relation] += of.n
                    cell.ids[relation] += of.ids
    down = _busiest(pairs.values(), 0)
    across = _busiest([cell for cell in pairs.values() if cell.first in down], 1)
    cells = {pair: cell for pair, cell in pairs.items() if cell.first in down and cell.second in across}
    return Matrix(across, [actor for actor in down if any(first == actor for first, _ in cells)], cells)


def _busiest(cells: Iterable[Cell], side: int) -> list[str]:
    counts: Counter[str] = Counter()
    for cell in cells:
        counts[cell[side]] += sum(cell.counts.values())  # type: ignore[index]
    return [actor for actor, _ in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:MOST]]
