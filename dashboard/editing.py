"""Who may edit from the page, and how a review is written and taken back.

Knows the rule (with `--edit` only from this machine and never through a proxy; elsewhere only who has signed in and is
on the list) and the fields a review sets. Every write asks for the permission again, as it is at that moment.
Leaves out what the page looks like (`dashboard.screens.review`) and how a file is changed (`curated.edit`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

import streamlit as st

from curated.changes import LOCAL
from curated.document import Document, Entry, read_document
from curated.edit import By, EditError, change_file, edit_records, written
from curated.render import Value
from curated.splice import Plan
from dashboard import signin

Fields = dict[str, Value | None]
HERE = frozenset({"localhost", "127.0.0.1", "::1"})
HERE_BY = By(LOCAL)
# What proxies and tunnels add to a request; any of them means that somebody elsewhere may be asking.
PROXY = frozenset({"forwarded", "via", "x-real-ip", "cf-connecting-ip", "true-client-ip", "fly-client-ip"})


class Permission(NamedTuple):
    """Whether editing was asked for (by `--edit`, or by signing in), and the phrase that says why it is refused."""

    asked: bool
    why: str  # "" where editing is open
    who: str = ""  # for the log of changes: the address that has signed in, or LOCAL
    name: str = ""  # what `reviewed_by` says; "" where the page asks for it

    @property
    def edit(self) -> bool:
        return self.asked and not self.why


def find_permission(args: Sequence[str], headers: Mapping[str, str], ip: str | None) -> Permission:
    """Editing is for the machine itself: asked for at the start, by its own name, with nothing in between.

    `ip` is None for this machine, as Streamlit says it. The Host header is checked so that a foreign page cannot
    reach the server under a name of its own that leads here (DNS rebinding).
    """
    if "--edit" not in args:
        return Permission(False, "")
    names = {name.lower() for name in headers}
    if names & PROXY or any(name.startswith("x-forwarded") for name in names):
        return Permission(True, "edit_proxy")
    hosts = [_hostname(f"//{headers.get('Host', '')}")]
    hosts += [_hostname(origin) for origin in (headers.get("Origin", ""),) if origin]
    if not HERE.issuperset(hosts) or not _is_here(ip):
        return Permission(True, "edit_foreign")
    return Permission(True, "", LOCAL)


def permission(args: Sequence[str]) -> Permission:
    """The permission of whoever has this page open, at this moment; to be asked for again at every write."""
    someone = signin.identity()
    if someone is not None and not someone.why:
        return Permission(True, "", someone.address, someone.name)
    here = find_permission(args, dict(st.context.headers), st.context.ip_address) if "--edit" in args else Permission(False, "")
    return here if here.edit or someone is None else Permission(True, someone.why, someone.address)


def _hostname(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def _is_here(ip: str | None) -> bool:
    try:
        return ip is None or ip_address(ip).is_loopback
    except ValueError:
        return False


class Step(NamedTuple):
    """One change of a file that can be taken back: the fields of each record before and after it."""

    path: str  # relative to the root
    before: Mapping[str, Fields]
    after: Mapping[str, Fields]


def read_file(root: Path, path: str) -> str:
    """A curated file as `curated.edit` compares it: no newline translated. Raises OSError, UnicodeDecodeError."""
    return (root / path).read_bytes().decode("utf-8-sig")


def find_entry(document: Document, id_: str) -> Entry | None:
    return next((entry for entry in document.records if entry.text("id") == id_), None)


def review_fields(status: str, reviewer: str, today: date) -> Fields:
    """What a verdict writes; without a name, who reviewed it stays open."""
    fields: Fields = {"status": status, "reviewed_on": today.isoformat()}
    return fields | ({"reviewed_by": reviewer} if reviewer else {})


def today() -> date:
    """The day it is where the page is open, whatever the time zone of the server."""
    behind = st.context.timezone_offset  # minutes from there to UTC
    return (datetime.now(UTC) - timedelta(minutes=behind or 0)).date()


def write_step(root: Path, path: str, changes: Mapping[str, Fields], base: str, by: By = HERE_BY) -> Step:
    """Write fields of records of one file, if it still is `base`; what it takes to undo that. Raises EditError."""
    document = read_document(base)
    before = {id_: _fields(document, id_, fields) for id_, fields in changes.items()}
    edit_records(root, path, changes, base, by)
    return Step(path, before, changes)


class Changes(NamedTuple):
    """Fields to write in one file, by record, and the text of the file they were made for."""

    fields: Mapping[str, Fields]
    base: str


def write_steps(root: Path, files: Mapping[str, Changes], by: By = HERE_BY) -> tuple[Step, ...]:
    """Write to several files by path, all or none: where one is refused, those before it are put back. Raises EditError."""
    steps: list[Step] = []
    try:
        for path, changes in files.items():
            steps.append(write_step(root, path, changes.fields, changes.base, by))
    except (EditError, OSError):
        for step in reversed(steps):
            undo_step(root, step, by)
        raise
    return tuple(steps)


def undo_step(root: Path, step: Step, by: By = HERE_BY) -> None:
    """Put the fields back. Raises EditError("changed") where one of them has been written anew since."""

    def plan(document: Document) -> Plan:
        if any(_fields(document, id_, fields) != fields for id_, fields in step.after.items()):
            raise EditError("changed")
        numbers = {entry.text("id"): number for number, entry in enumerate(document.records)}
        return Plan(fields={numbers[id_]: dict(fields) for id_, fields in step.before.items()})

    change_file(root, step.path, plan, by=by._replace(how="undo"))


def _fields(document: Document, id_: str, names: Iterable[str]) -> Fields:
    entry = find_entry(document, id_)
    if entry is None:
        raise EditError("id_unknown", (id_,))
    return {name: written(entry, name) for name in names}
