"""A view as a condition on `fact f`: text from a link reaches SQL as bound values only.

Says the same as `dashboard.rows.passes`, `in_time` and `term_found` say of rows in memory.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from dashboard.archive.index import STATUSES
from dashboard.rows import bounds, read_terms
from dashboard.view import TYPES, View


class Where(NamedTuple):
    """A condition and the values bound to its question marks, in order."""

    sql: str
    values: tuple[object, ...]
    table: str = "fact"

    @property
    def rows(self) -> str:
        return f"{self.table} f WHERE {self.sql}"


def where_of(view: View) -> Where:
    """The records of a view but for its search, which is a table to look in (`search`)."""
    parts: list[str] = []
    values: list[object] = []

    def add(sql: str, *given: object) -> None:
        parts.append(sql)
        values.extend(given)

    if view.source:  # also a copy, where it is asked for by name
        ids = _marks(view.source)
        add(f"f.src IN (SELECT no FROM source WHERE id IN ({ids}))", *view.source)
    else:
        add("f.lead")
    if view.status:
        add(f"f.status IN ({_marks(view.status)})", *(STATUSES.index(status) for status in view.status))
    else:
        add("f.status <> 2")
    if view.place:
        add(f"f.pset IN (SELECT set_no FROM place_in WHERE place IN (SELECT no FROM place WHERE code IN ({_marks(view.place)})))", *view.place)
    if view.actor:
        add(f"f.aset IN (SELECT set_no FROM actor_in WHERE actor IN (SELECT no FROM actor WHERE name IN ({_marks(view.actor)})))", *view.actor)
    if view.type or view.measure:
        kinds = _kinds(view)
        add(kinds.sql, *kinds.values)
    if view.tag:
        add(f"f.k IN (SELECT k FROM tag WHERE name IN ({_marks(view.tag)}))", *view.tag)
    since, until = bounds(view)
    if since is not None or until is not None:
        add("f.known IS NOT NULL")
    if since is not None:
        add("(f.last IS NULL OR f.last >= ?)", since)
    if until is not None:
        add("(f.first IS NULL OR f.first <= ?)", until)
    return Where(" AND ".join(parts), tuple(values))


def _marks(values: Sequence[object]) -> str:
    return ", ".join("?" for _ in values)


def _kinds(view: View) -> Where:
    """Types and measures narrow together: a record is of one or of the other."""
    sql: list[str] = []
    values: list[object] = []
    if view.type:
        sql.append(f"f.type IN ({_marks(view.type)})")
        values += [TYPES.index(type_) + 1 for type_ in view.type]
    if view.measure:
        sql.append(f"f.measure IN (SELECT no FROM measure WHERE name IN ({_marks(view.measure)}))")
        values += view.measure
    return Where(f"({' OR '.join(sql)})", tuple(values))


# Where else a word may stand than in the record's own: a name it carries, its article's title. Few of a kind hold it.
_WAYS = {
    "SELECT 1 FROM place WHERE contains(hay, ?) LIMIT 1": "f.pset IN (SELECT set_no FROM place_in WHERE own AND place IN (SELECT no FROM place WHERE contains(hay, ?)))",
    "SELECT 1 FROM actor WHERE contains(lower(name), ?) LIMIT 1": "f.aset IN (SELECT set_no FROM actor_in WHERE actor IN (SELECT no FROM actor WHERE contains(lower(name), ?)))",
    "SELECT 1 FROM source WHERE contains(hay, ?) LIMIT 1": "f.src IN (SELECT no FROM source WHERE contains(hay, ?))",
    "SELECT 1 FROM tag WHERE contains(lower(name), ?) LIMIT 1": "f.k IN (SELECT k FROM tag WHERE contains(lower(name), ?))",
}


def search(q: str, ask: Callable[[str, Sequence[object]], list[tuple[object, ...]]]) -> Where:
    """All records in which every word of a search is found; words are looked for in names only where a name holds them."""
    parts, values, plain = ["f.k IS NOT NULL"], [], []
    for term in read_terms(q):
        ways = [way for there, way in _WAYS.items() if ask(there, [term.text])]
        given: list[object] = [term.text] * (len(ways) + 1)
        if term.value is not None:
            ways.append("(f.value = ? OR (f.value IS NULL AND f.low <= ? AND f.high >= ?))")
            given += [term.value] * 3
        if ways:
            parts.append(f"({' OR '.join(('contains(f.hay, ?)', *ways))})")
            values += given
        else:
            plain.append(term.text)
    return Where(" AND ".join((*("contains(f.hay, ?)" for _ in plain), *parts)), (*plain, *values))


def search_key(q: str) -> str:
    """The same for searches that find the same."""
    return " ".join(sorted(set(re.split(r"\s+", q.strip()))))
