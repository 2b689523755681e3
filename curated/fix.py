"""What `check --fix` may mend by itself: spans of quotes that moved, relations that point one way, values written loosely.

Knows only mends that say the same thing better. Every change is shown as a diff; drafts that nobody touched are left
to the next extraction. Leaves out what needs judgement: wrong amounts, dates and quotes that are gone.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator

from yaml.nodes import ScalarNode

from curated.anchors import Anchors
from curated.document import Document, Entry, read_document
from curated.drafts import one_line, span_text
from curated.edit import EditError, change_file
from curated.fields import Field, by_name
from curated.merge import current
from curated.proof import mark_of_amount
from curated.reader import Loaded, read_span
from curated.records import Figure, Span
from curated.relations import SYMMETRIC
from curated.render import Value
from curated.splice import Plan
from curated.store import Store, article_anchors
from curated.written import fingerprint, read_written

_LOOSE_SPAN = re.compile(r"(\d+)\s*(?:[-–—~～至到]|\.\.)\s*(\d+)")
_LOOSE_DAY = re.compile(r"(\d{4})[/.年](\d{1,2})[/.月](\d{1,2})日?")

Changes = dict[str, dict[int, dict[str, Value | None]]]  # path -> record number -> field -> value


def fix(store: Store, paths: set[str]) -> Iterator[tuple[str, str]]:
    """Mend the files in `paths`; yields each changed path with its diff."""
    changes: Changes = {}
    for path, loaded in store.loaded.items():
        document = read_document(loaded.text)
        if document.whole and len(loaded.records) == len(document.records):
            _reanchor(store, loaded, document, changes.setdefault(path, {}))
        if document.whole:
            _tidy(document, changes.setdefault(path, {}))
    _point_back(store, changes)
    for path, fields in changes.items():
        if path in paths and any(fields.values()):
            before = store.loaded[path].text
            try:
                after = change_file(store.root, path, lambda _, fields=fields: Plan(fields=fields), before)
            except EditError:
                continue  # what stands in the way is among the problems
            yield path, diff(path, before, after)


def diff(path: str, before: str, after: str) -> str:
    return "".join(difflib.unified_diff(before.splitlines(True), after.splitlines(True), path, path))


def _reanchor(store: Store, loaded: Loaded, document: Document, changes: dict[int, dict[str, Value | None]]) -> None:
    anchors = article_anchors(store, loaded.source.name)
    if anchors is None:
        return
    for number, (record, entry) in enumerate(zip(loaded.records, document.records, strict=True)):
        at = record.at
        if at is None or record.status == "dropped" or _machines(document, entry) or anchors.stands_at(record.quote, at):
            continue
        found, quote = anchors.locate(record.quote, at[0]), record.quote
        if found is None:
            near = anchors.resemble(record.quote)
            if near is None:
                continue
            found, quote = near.span, one_line(near.text)
            changes.setdefault(number, {})["quote"] = quote
        mark = _moved_mark(record.mark, at, found, record.quote, quote, anchors)
        if isinstance(record, Figure):
            mark = mark_of_amount(record.amount, found, anchors) or mark
        changes.setdefault(number, {})["at"] = span_text(found)
        if record.mark:
            changes[number]["mark"] = span_text(mark) if mark else None


def _machines(document: Document, entry: Entry) -> bool:
    """Whether quote and span are as the machine wrote them: the next extraction moves them."""
    node = document.machine.values.get(entry.text("id")) if document.machine else None
    written = read_written(node.value) if isinstance(node, ScalarNode) else None
    if written is None or entry.text("status") not in ("", "draft"):
        return False
    values = ((name, current(entry, name)) for name in ("quote", "at"))
    return all(value is not None and written.prints.get(name) == fingerprint(name, value) for name, value in values)


def _moved_mark(mark: Span | None, old: Span, new: Span, before: str, after: str, anchors: Anchors) -> Span | None:
    """A mark carried over with its quote; None where its words are not the same any more."""
    if mark is None or not old[0] <= mark[0] <= mark[1] <= old[1] or old[1] - old[0] != len(before):
        return None
    words = before[mark[0] - old[0] : mark[1] - old[0]]
    offsets = [found.start() for found in re.finditer(re.escape(words), anchors.raw[new[0] : new[1]])]
    if not words or not offsets:
        return None
    nearest = min(offsets, key=lambda offset: abs(offset - (mark[0] - old[0])))
    return new[0] + nearest, new[0] + nearest + len(words)


def _tidy(document: Document, changes: dict[int, dict[str, Value | None]]) -> None:
    for number, entry in enumerate(document.records):
        for name, spec in by_name(entry.kind).items():  # type: ignore[arg-type]
            value = current(entry, name)
            better = _tidied(spec, value) if value else value
            if better != value:
                changes.setdefault(number, {}).setdefault(name, better)


def _tidied(spec: Field, value: Value) -> Value:
    if isinstance(value, tuple):
        words = tuple(_tidied_span(word) for word in value) if spec.shape == "spans" else value
        return tuple(dict.fromkeys(words))
    match spec.shape:
        case "choice":
            return _tidied_choice(spec, value)
        case "span":
            return _tidied_span(value)
        case "flag":
            return value.lower() if value.lower() in ("true", "false") else value
        case "day":
            found = _LOOSE_DAY.fullmatch(value.strip())
            return f"{found[1]}-{int(found[2]):02}-{int(found[3]):02}" if found else value
        case _:
            return value


def _tidied_choice(spec: Field, value: str) -> str:
    """`Reviewed` or 已审 for reviewed: the Chinese words of the description stand in the order of the choices."""
    if value.strip().lower() in spec.choices:
        return value.strip().lower()
    words = spec.zh.split(":")[-1].split("、")
    return dict(zip(words, spec.choices, strict=True)).get(value, value) if len(words) == len(spec.choices) else value


def _tidied_span(value: str) -> str:
    found = _LOOSE_SPAN.fullmatch(value.strip())
    span = read_span(f"{found[1]}-{found[2]}") if found else None
    return span_text(span) if span else value


def _point_back(store: Store, changes: Changes) -> None:
    """Add the reverse of each symmetric relation that lacks it."""
    places = {record.id: (path, n) for path, loaded in store.loaded.items() for n, record in enumerate(loaded.records)}
    for record in store.by_id.values():
        for name in SYMMETRIC:
            for id in getattr(record, name):
                other = store.by_id.get(id)
                if other is None or id == record.id or type(other) is not type(record) or record.id in getattr(other, name):
                    continue
                path, number = places[id]
                fields = changes.setdefault(path, {}).setdefault(number, {})
                known = fields.get(name) or getattr(other, name)
                fields[name] = tuple(dict.fromkeys((*known, record.id)))
