"""The entries of a curated file as frozen records: what people wrote, understood field by field.

Knows what each shape of field may hold and calls the finders of `extract` for dates, amounts and places.
Leaves out the article's text (`curated.proof`) and other files (`curated.store`).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from yaml.nodes import Node, ScalarNode, SequenceNode

from curated import yaml_nodes
from curated.document import Document, Entry
from curated.fields import TITLE_MAX, Field, by_name
from curated.names import Names
from curated.records import Amount, Event, Figure, Place, Source, Span
from curated.yaml_nodes import Fault
from extract.edtf import Edtf, parse_edtf

# Faults that people should mend but that do not stop the file from being read and written as a whole.
NOT_BLOCKING = frozenset({"title_long", "no_id", "same_id", "mark_outside", "no_article"})
_SPAN = re.compile(r"(\d{1,9})\s*[-–]\s*(\d{1,9})")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_ID = re.compile(r"[ef]-[0-9A-Za-z_-]{1,40}")
_TRUE, _FALSE = ("true", "yes", "on", "是"), ("false", "no", "off", "否", "")


@dataclass(slots=True)
class Loaded:
    """One file understood. `where[n]` leads from a field of `records[n]` to its position in `text`; "" is the record."""

    path: str
    text: str
    source: Source
    records: list[Event | Figure] = field(default_factory=list)
    where: list[dict[str, int]] = field(default_factory=list)
    source_where: dict[str, int] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    machine: tuple[str, ...] = ()  # ids the machine has given, also of records that are gone

    @property
    def valid(self) -> bool:
        """Nothing is wrong that would make a change to the file unsafe."""
        return not any(f.severity == "error" and f.code not in NOT_BLOCKING for f in self.faults)


def read_records(document: Document, name: str, path: str, names: Names) -> Loaded:
    """Every record that can be read; what cannot is in `.faults`."""
    reader = _Reader(document, names)
    source = reader.source(name, path)
    loaded = Loaded(path, document.text, source, faults=reader.faults)
    loaded.machine = tuple(document.machine.values) if document.machine else ()
    loaded.source_where = _positions(document.source) if document.source else {"": 0}
    for entry in document.records:
        record = reader.record(entry, source, path)
        if record is None:
            continue
        loaded.where.append(_positions(entry))
        loaded.records.append(record)
    return loaded


def provisional_id(kind: str, *words: str) -> str:
    """An id for a record that has none yet, so that the page can show it: the same for the same words."""
    digest = hashlib.blake2b("\0".join(words).encode("utf-8", "replace"), digest_size=6).hexdigest()
    return f"{kind[0]}-new-{digest}"


def _positions(entry: Entry) -> dict[str, int]:
    positions = {key: node.start_mark.index for key, node in entry.values.items()}
    positions[""] = entry.index
    return positions


class _Reader:
    """Reads the entries of one document; collects faults."""

    def __init__(self, document: Document, names: Names):
        self.text = document.text
        self.names = names
        self.faults = document.faults
        self.document = document
        self.published = ""

    def source(self, name: str, path: str) -> Source:
        values = self._values(self.document.source) if self.document.source else {}
        published = values.get("published")
        self.published = str(published) if published else ""
        values.setdefault("file", "")
        return Source(name=name, path=path, **values)

    def record(self, entry: Entry, source: Source, path: str) -> Event | Figure | None:
        values = self._values(entry)
        lacking = [f.name for f in by_name(entry.kind).values() if f.required and not values.get(f.name)]
        told = {fault.field for fault in self.faults[-8:] if fault.offset >= entry.index}
        for name in lacking:
            if name not in told:
                self.faults.append(Fault(entry.index, name, "missing", (name,)))
        if lacking:
            return None
        if not values.get("id"):
            values["id"] = provisional_id(entry.kind, source.name, entry.text("quote"), entry.text("title") or entry.text("measure") + entry.text("amount"))
            self.faults.append(Fault(entry.index, "id", "no_id", severity="warning"))
        make: Any = Event if entry.kind == "event" else Figure
        if entry.kind == "event" and len(values["title"]) > TITLE_MAX:
            self._fault("title_long", "title", entry.values["title"], str(len(values["title"])), str(TITLE_MAX))
        self._check_mark(entry, values)
        return make(source=source.name, path=path, line=entry.node.start_mark.line + 1, **values)

    def _check_mark(self, entry: Entry, values: dict[str, Any]) -> None:
        at, mark = values.get("at"), values.get("mark")
        if at and mark and not at[0] <= mark[0] <= mark[1] <= at[1]:
            self._fault("mark_outside", "mark", entry.values["mark"], entry.text("mark"), entry.text("at"))

    def _values(self, entry: Entry) -> dict[str, Any]:
        """Understood values by field; empty and unreadable ones are left out."""
        fields = by_name(entry.kind)
        values = {}
        for name, node in entry.values.items():
            if isinstance(node, ScalarNode) and not node.value:
                continue
            value = _READERS[fields[name].shape](self, fields[name], node)
            if value is not None:
                values[name] = value
        return values

    def _fault(self, code: str, name: str, node: Node, *args: str) -> None:
        self.faults.append(Fault(yaml_nodes.start(node), name, code, args))

    def _scalar(self, spec: Field, node: Node) -> str | None:
        if isinstance(node, ScalarNode):
            return node.value
        self._fault("not_text", spec.name, node)
        return None

    def _items(self, spec: Field, node: Node) -> list[tuple[str, Node]] | None:
        """Words with their nodes of a field that takes one or a list."""
        nodes = node.value if isinstance(node, SequenceNode) else [node]
        for item in nodes:
            code = yaml_nodes.refused(self.text, item)
            if code or not isinstance(item, ScalarNode):
                self._fault(code or "not_names", spec.name, item)
                return None
        return [(item.value, item) for item in nodes if item.value]

    def read_text(self, spec: Field, node: Node) -> str | None:
        value = self._scalar(spec, node)
        if value and spec.name == "measure":
            return self.names.measure(value)
        return value

    def read_date(self, spec: Field, node: Node) -> Edtf | None:
        value = self._scalar(spec, node)
        if value is None:
            return None
        date = parse_edtf(value) or _natural_date(value, self.published)
        if date is None:
            self._fault("bad_date", spec.name, node, value)
        return date

    def read_day(self, spec: Field, node: Node) -> str | None:
        value = self._scalar(spec, node)
        if value is None or (_DAY.fullmatch(value) and parse_edtf(value)):
            return value
        self._fault("bad_day", spec.name, node, value)
        return None

    def read_amount(self, spec: Field, node: Node) -> Amount | None:
        value = self._scalar(spec, node)
        if value is None:
            return None
        amount = read_amount(value)
        if amount is None:
            self._fault("bad_amount", spec.name, node, value)
        return amount

    def read_span(self, spec: Field, node: Node) -> Span | None:
        value = self._scalar(spec, node)
        return None if value is None else self._span(spec, node, value)

    def read_spans(self, spec: Field, node: Node) -> tuple[Span, ...] | None:
        items = self._items(spec, node)
        if items is None:
            return None
        spans = [self._span(spec, item, value) for value, item in items]
        return tuple(span for span in spans if span)

    def _span(self, spec: Field, node: Node, value: str) -> Span | None:
        span = read_span(value)
        if span is None:
            self._fault("bad_span", spec.name, node, value)
        return span

    def read_names(self, spec: Field, node: Node) -> tuple[str, ...] | None:
        items = self._items(spec, node)
        if items is None:
            return None
        for value, item in items:
            if "，" in value:  # [甲，乙] is one name to YAML
                self.faults.append(Fault(yaml_nodes.start(item), spec.name, "wide_comma", (value,), severity="warning"))
        if spec.name != "actors":
            return tuple(value for value, _ in items)
        return tuple(dict.fromkeys(self.names.actor(value) for value, _ in items))

    def read_places(self, spec: Field, node: Node) -> tuple[Place, ...] | None:
        places: dict[Place, None] = {}
        for value, item in self._items(spec, node) or ():
            found = read_place(value, self.names)
            if not found:
                self._fault("bad_place", spec.name, item, value)
            places.update(dict.fromkeys(found))
        return tuple(places)

    def read_choice(self, spec: Field, node: Node) -> str | None:
        value = self._scalar(spec, node)
        if value is None or value in spec.choices:
            return value
        self._fault("bad_choice", spec.name, node, value, "、".join(spec.choices))
        return None

    def read_flag(self, spec: Field, node: Node) -> bool | None:
        value = self._scalar(spec, node)
        if value is None or value.lower() in _FALSE:
            return None if value is None else False
        if value.lower() in _TRUE:
            return True
        self._fault("bad_flag", spec.name, node, value)
        return None

    def read_id(self, spec: Field, node: Node) -> str | None:
        value = self._scalar(spec, node)
        if value is None or _ID.fullmatch(value):
            return value
        self._fault("bad_id", spec.name, node, value, "e-" if spec.name == "id" else "f-")
        return None

    def read_ids(self, spec: Field, node: Node) -> tuple[str, ...] | None:
        items = self._items(spec, node)
        for value, item in items or ():
            if not _ID.fullmatch(value):
                self._fault("bad_id", spec.name, item, value, "e-")
        return None if items is None else tuple(value for value, _ in items if _ID.fullmatch(value))


_READERS: dict[str, Callable[[_Reader, Field, Node], Any]] = {
    "text": _Reader.read_text,
    "date": _Reader.read_date,
    "day": _Reader.read_day,
    "amount": _Reader.read_amount,
    "span": _Reader.read_span,
    "spans": _Reader.read_spans,
    "names": _Reader.read_names,
    "places": _Reader.read_places,
    "choice": _Reader.read_choice,
    "flag": _Reader.read_flag,
    "id": _Reader.read_id,
    "ids": _Reader.read_ids,
}


def read_span(text: str) -> Span | None:
    """
    >>> read_span("49-113")
    (49, 113)
    """
    found = _SPAN.fullmatch(text.strip())
    if found is None:
        return None
    begin, end = int(found[1]), int(found[2])
    return (begin, end) if begin <= end else None


@lru_cache(1 << 14)
def read_amount(text: str) -> Amount | None:
    """What a person wrote as an amount: 超过2800万家, 10%–20%, 百亿元."""
    from extract.quantities import parse_amount

    found = parse_amount(text)
    return Amount(text, found.value, found.low, found.high, found.unit, found.bound) if found else None


def read_place(text: str, names: Names) -> tuple[Place, ...]:
    """The places a name stands for: usually one; none where it is unknown."""
    if text not in names.places:
        place = _resolve_place(text)
        return (place,) if place else ()
    found = []
    for word in names.places[text]:
        place = _resolve_place(word)
        if place is not None:
            found.append(Place(text, place.adcode, place.name, place.level, place.provinces))
    return tuple(found)


@lru_cache(1 << 13)
def _resolve_place(text: str) -> Place | None:
    from extract.places import provinces_of, resolve_place

    found = resolve_place(text)
    if found is None:
        return None
    provinces = tuple(provinces_of(found.name)) if found.level == "region" else ()
    return Place(text, found.adcode, found.name, found.level, provinces)


@lru_cache(1 << 13)
def _natural_date(text: str, published: str) -> Edtf | None:
    from extract.times import parse_date

    return parse_date(text, published)
