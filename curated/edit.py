"""A change somebody makes to curated files: by the page's review, or by `check --fix`.

Knows that the file must still be the one the change was made for, that a change never leaves more errors than it
found, and that what somebody changed is on record before the file changes. Leaves out where the change comes from.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

from yaml.nodes import ScalarNode

from curated import files
from curated.changes import FAILED, Change, append_changes, timestamp
from curated.document import Document, Entry, read_document
from curated.names import read_names_cached
from curated.reader import read_records
from curated.render import Value
from curated.splice import Plan, SpliceError, apply_plan
from curated.store import names_of, read_text, root_of
from curated.yaml_nodes import Fault


class EditError(Exception):
    """The change was not made. `code` is one of curated.messages: changed, splice, unknown_id, or the first new fault."""

    def __init__(self, code: str, args: tuple[str, ...] = ()):
        super().__init__(code)
        self.code, self.words = code, args


class By(NamedTuple):
    """Who makes a change, and how: what the log of changes says of it, and who is told when it has to wait."""

    who: str
    how: str = "review"
    on_wait: Callable[[], None] | None = None  # called once while another run holds the lock


def edit_records(
    root: str | Path | None, path: str, changes: Mapping[str, Mapping[str, Value | None]], base: str | None = None, by: By | None = None
) -> str:  # fmt: skip
    """Set fields of records (id -> field -> value; None deletes the field) in one file; returns the new text.

    `path` is relative to the root. With `base`, the text the change was made for, a file that has changed since is
    refused. With `by`, the change is logged. Raises EditError; the file is then as it was.
    """

    def plan(document: Document) -> Plan:
        numbers = {entry.text("id"): number for number, entry in enumerate(document.records)}
        missing = next((id for id in changes if id not in numbers), None)
        if missing is not None:
            raise EditError("id_unknown", (missing,))
        return Plan(fields={numbers[id]: dict(fields) for id, fields in changes.items()})

    return change_file(root_of(root), path, plan, base, by)


def change_file(root: Path, path: str, make_plan: Callable[[Document], Plan], base: str | None = None, by: By | None = None) -> str:
    """Apply a plan to one file under the lock and replace it in one step; returns the new text."""
    if not (path.startswith("curated/articles/") and path.endswith(".yaml")):
        raise EditError("outside")
    with files.locked(root, by.on_wait if by else None):
        target = root / path
        read = read_text(target, root)
        if isinstance(read, Fault):
            raise EditError(read.code, read.args)
        old = files.read_settled(target)
        text = old.decode("utf-8-sig")
        if base is not None and text != base:
            raise EditError("changed")
        document = read_document(text)
        if not document.whole or document.root is None:
            raise EditError(document.faults[0].code, document.faults[0].args)
        plan = make_plan(document)
        new = _planned(root, path, document, plan)
        if new != text:
            bom = "\ufeff" if old.startswith(b"\xef\xbb\xbf") else ""
            lines = _changes(document, plan, path, by) if by else []
            _replace(root, target, (bom + new).encode("utf-8"), old, lines)
        return new


def _replace(root: Path, target: Path, new: bytes, old: bytes, lines: list[Change]) -> None:
    """Log, then replace: what cannot be logged is not written."""
    logged = False

    def log() -> None:
        nonlocal logged
        append_changes(root, lines)
        logged = True

    try:
        files.replace_file(target, new, old, log)
    except (files.Changed, OSError) as error:
        if logged:
            with contextlib.suppress(OSError):
                append_changes(root, [line._replace(how=FAILED) for line in lines])
        if isinstance(error, files.Changed):
            raise EditError("changed") from None
        raise


def _changes(document: Document, plan: Plan, path: str, by: By) -> list[Change]:
    """One line a record: the fields that come out different, as they are in the file and as they will be."""
    when, lines = timestamp(), []
    for number, fields in sorted(plan.fields.items()):
        entry = document.records[number]
        was = {name: written(entry, name) for name in fields}
        different = [name for name in fields if was[name] != fields[name]]
        if different:
            now = {name: fields[name] for name in different}
            lines.append(Change(when, by.who, by.how, path, entry.text("id"), {name: was[name] for name in different}, now))
    return lines


def written(entry: Entry, name: str) -> Value | None:
    """A field as it stands in the file; None where it does not."""
    node = entry.values.get(name)
    if node is None:
        return None
    return node.value if isinstance(node, ScalarNode) else entry.items(name)


def _planned(root: Path, path: str, document: Document, plan: Plan) -> str:
    try:
        new = apply_plan(document, plan)
    except SpliceError:
        raise EditError("splice") from None
    names = read_names_cached(names_of(root))[0]
    before = {(f.field, f.code, f.args) for f in read_records(document, "", path, names).faults}
    for fault in read_records(read_document(new), "", path, names).faults:
        if fault.severity == "error" and (fault.field, fault.code, fault.args) not in before:
            raise EditError(fault.code, fault.args)
    return new
