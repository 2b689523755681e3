"""A change somebody makes to curated files: by the page's review, or by `check --fix`.

Knows that the file must still be the one the change was made for, and that a change never leaves more errors than it
found. Leaves out where the change comes from.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from curated import files
from curated.document import Document, read_document
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


def edit_records(root: str | Path | None, path: str, changes: Mapping[str, Mapping[str, Value | None]], base: str | None = None) -> str:
    """Set fields of records (id -> field -> value; None deletes the field) in one file; returns the new text.

    `path` is relative to the root. With `base`, the text the change was made for, a file that has changed since is
    refused. Raises EditError; the file is then as it was.
    """

    def plan(document: Document) -> Plan:
        numbers = {entry.text("id"): number for number, entry in enumerate(document.records)}
        missing = next((id for id in changes if id not in numbers), None)
        if missing is not None:
            raise EditError("id_unknown", (missing,))
        return Plan(fields={numbers[id]: dict(fields) for id, fields in changes.items()})

    return change_file(root_of(root), path, plan, base)


def change_file(root: Path, path: str, make_plan: Callable[[Document], Plan], base: str | None = None) -> str:
    """Apply a plan to one file under the lock and replace it in one step; returns the new text."""
    if not (path.startswith("curated/articles/") and path.endswith(".yaml")):
        raise EditError("outside")
    with files.locked(root):
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
        new = _planned(root, path, document, make_plan(document))
        if new != text:
            bom = "\ufeff" if old.startswith(b"\xef\xbb\xbf") else ""
            try:
                files.replace_file(target, (bom + new).encode("utf-8"), old)
            except files.Changed:
                raise EditError("changed") from None
        return new


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
