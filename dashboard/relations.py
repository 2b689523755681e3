"""Who did what with whom: events of two parties or more, as a matrix of companies and governments.

Knows which types of event are which relationship, and what makes a name a government. Leaves out the page.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import lru_cache
from itertools import combinations
from typing import NamedTuple

from dashboard.facts import Facts
from dashboard.rows import Row
from extract.actors import find_actors
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


class Cell(NamedTuple):
    """The evidence of one pair, by relationship."""

    first: str
    second: str
    rows: dict[str, list[Row]]


class Matrix(NamedTuple):
    across: list[str]
    down: list[str]
    cells: dict[tuple[str, str], Cell]


@lru_cache(maxsize=8192)
def type_of(actor: str, story: Facts) -> str:
    """As the editors say in actors.yaml; else as the finders know the name; a place that acts is its government."""
    known = story.actor_type(actor)
    if known:
        return known
    found = next((a.type for a in find_actors(actor) if a.end - a.start == len(actor)), "")
    if found and found != "other":
        return found
    if _GOVERNMENT.search(actor) or resolve_place(actor):
        return "government"
    return found or "other"


def side_of(actor: str, story: Facts) -> str:
    """Which side of the matrix an actor stands on: what is neither government nor person stands with companies."""
    type_ = type_of(actor, story)
    return "company" if type_ == "other" else type_


def relation_of(row: Row) -> str:
    return next((name for name, types in RELATIONS.items() if row.type in types), "said")


def build_matrix(rows: Sequence[Row], story: Facts, kinds: tuple[str, str]) -> Matrix:
    """Pairs of the two kinds of actor; each event counts once a pair, however many names it has."""
    pairs: dict[tuple[str, str], dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
    types = {actor: side_of(actor, story) for row in rows for actor in row.record.actors}
    for row in rows:
        if row.kind != "event":
            continue
        for a, b in combinations(dict.fromkeys(row.record.actors), 2):
            for first, second in ((a, b), (b, a)):
                if (types[first], types[second]) == kinds:
                    pairs[first, second][relation_of(row)].append(row)
    down = _busiest(Counter(first for (first, _), by in pairs.items() for rows_ in by.values() for _ in rows_))
    across = _busiest(Counter(second for (first, second), by in pairs.items() if first in down for rows_ in by.values() for _ in rows_))
    cells = {pair: Cell(*pair, dict(by)) for pair, by in pairs.items() if pair[0] in down and pair[1] in across}
    return Matrix(across, [actor for actor in down if any(first == actor for first, _ in cells)], cells)


def _busiest(counts: Counter[str]) -> list[str]:
    return [actor for actor, _ in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:MOST]]
