"""Many records at once: all drafts of a passage, an article or an actor, and an actor's new name everywhere.

Each is one step, taken back by one undo, whichever files it touches. Leaves out the writing (`dashboard.screens.desk`).
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

import streamlit as st

from curated.document import read_document
from dashboard import data, editing
from dashboard.bidi import bare
from dashboard.data import Row
from dashboard.editing import Changes, Fields
from dashboard.frame import Page, plain
from dashboard.screens.desk import hand_edited, judge, no_fields, session, write

MOST_ACTORS = 3
SPEAKERS = ("speaker", "data_from")


def show_bulk(page: Page, row: Row, queue: Sequence[Row], rows: Sequence[Row]) -> None:
    """`queue` are the drafts that are left, `rows` all records of the story. Made only when it is opened."""
    panel = st.expander(page.say("rv_many"), key="yj-review-many", icon=":material/done_all:", on_change="rerun")
    if not panel.open:
        return
    with panel:
        article = [other for other in queue if other.record.path == row.record.path]
        _verdicts(page, "passage", [other for other in article if _overlap(row, other)])
        _verdicts(page, "article", article)
        for actor in row.record.actors[:MOST_ACTORS]:
            _verdicts(page, "actor", [other for other in queue if actor in other.record.actors], actor)
        if row.record.actors:
            _rename(page, row, rows)


def _verdicts(page: Page, group: str, rows: Sequence[Row], name: str = "") -> None:
    """Accept and drop for one group; the files as they are shown now are what the verdict is about."""
    files = changes_of(data.root_of(sys.argv[1:]), rows)
    with st.container(horizontal=True, gap="small"):
        for status, word in (("reviewed", "accept"), ("dropped", "drop")):
            st.button(
                page.say(f"rv_{word}_{group}", n=len(rows), name=plain(name)), key=f"yj-{word}-{group}-{name}", on_click=_judge,
                args=(page, files, status, page.say(f"rv_all_{group}", n=len(rows), name=name)),
            )  # fmt: skip


def _judge(page: Page, files: Mapping[str, Changes], status: str, what: str) -> None:
    judge(page, files, status, what)


def changes_of(root: Path, rows: Sequence[Row]) -> dict[str, Changes]:
    ids: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        ids[row.record.path].append(row.id)
    return {path: Changes(no_fields(of), editing.read_file(root, path)) for path, of in ids.items()}


def _rename(page: Page, row: Row, rows: Sequence[Row]) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        old = st.selectbox(page.say("rv_rename"), row.record.actors, key=f"yj-rename-{row.id}", width=180)
        st.text_input(page.say("rv_new_name"), key="yj-rename-to", placeholder=page.say("rv_rename_hint"), width=200)
        n = sum(names_it(other, old) for other in rows)
        st.button(page.say("rv_rename_all", n=n), key="yj-rename-all", on_click=rename, args=(page, old, rows))


def rename(page: Page, old: str, rows: Sequence[Row]) -> None:
    """Write the new name into every record that has the old one. The list of names, actors.yaml, is edited by hand."""
    new = str(st.session_state.get("yj-rename-to") or "").strip()
    if not new or new == old:
        session().said = (page.say("rv_rename_none"), "refused")
        return
    actor = hand_edited(page).store.names.actor
    if actor(new) == bare(old):  # the page would go on calling it by its old name
        session().said = (page.say("rv_rename_alias", old=old, new=new), "refused")
        return
    files = rename_changes(data.root_of(sys.argv[1:]), rows, old, new)
    if files and write(page, files, page.say("rv_did_rename", old=old, new=new, n=sum(len(of.fields) for of in files.values()))):
        st.session_state["yj-rename-to"] = ""
        if actor(bare(old)) != actor(new):  # drafts of later articles would have the old name again
            session().said = (f"{session().said[0]} {page.say('rv_rename_tell', old=old, new=actor(new))}", "done")


def names_it(row: Row, name: str) -> bool:
    return name in row.record.actors or name in (row.record.speaker, row.record.data_from)


def rename_changes(root: Path, rows: Sequence[Row], old: str, new: str) -> dict[str, Changes]:
    """What has to be written so that every record says `new` for the actor that the page calls `old`.

    A file may have one of its aliases: what stands there is taken by its place in the record's list of actors.
    """
    files: dict[str, Changes] = {}
    for path in sorted({row.record.path for row in rows if names_it(row, old)}):
        base = editing.read_file(root, path)
        document = read_document(base)
        fields: dict[str, Fields] = {}
        for row in rows:
            entry = editing.find_entry(document, row.id) if row.record.path == path and names_it(row, old) else None
            if entry is None:
                continue
            written = entry.items("actors")
            known = row.record.actors if len(row.record.actors) == len(written) else written
            actors = tuple(dict.fromkeys(new if old in (word, name) else word for word, name in zip(written, known, strict=True)))
            changed: Fields = {"actors": actors} if actors != tuple(written) else {}
            changed |= {name: new for name in SPEAKERS if getattr(row.record, name) == old}
            if changed:
                fields[row.id] = changed
        if fields:
            files[path] = Changes(fields, base)
    return files


def _overlap(row: Row, other: Row) -> bool:
    a, b = row.record.at, other.record.at
    return row.id == other.id or row.record.quote == other.record.quote or bool(a and b and a[0] < b[1] and b[0] < a[1])
