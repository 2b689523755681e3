"""The desk of one reviewer: what is kept between clicks, and how verdicts are written and taken back.

Every write asks for permission anew and is refused where a file has changed since it was shown. Leaves out the queue
and the form (`dashboard.screens.review`) and what is chosen many at once (`dashboard.screens.bulk`).
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import streamlit as st

from curated.edit import By, EditError
from curated.files import why_unwritten
from curated.messages import choose
from curated.messages import say as say_fault
from dashboard import data, editing
from dashboard.editing import Changes, Fields, Step
from dashboard.frame import Page

REVIEWER = "yj-reviewer"


@dataclass
class Session:
    """What one person's review holds between clicks."""

    skipped: list[str] = field(default_factory=list)  # ids, put at the end of the queue
    steps: list[tuple[tuple[Step, ...], str]] = field(default_factory=list)  # with what was done, for undo
    said: tuple[str, str] = ("", "")  # what the last click did, or why it was refused: words and kind


def hand_edited(page: Page) -> data.Story:
    """Archives are read-only and never come here."""
    assert isinstance(page.story, data.Story)
    return page.story


def session() -> Session:
    return st.session_state.setdefault("yj-review", Session())


def judge(page: Page, files: Mapping[str, Changes], status: str, what: str) -> bool:
    """One verdict on one or many records, with the fields a person changed; by path of their files."""
    may = editing.permission(sys.argv[1:])
    reviewer = may.name or str(st.session_state.get(REVIEWER) or "").strip()
    verdict = editing.review_fields(status, reviewer, editing.today())
    judged = {path: Changes({id_: {**fields, **verdict} for id_, fields in of.fields.items()}, of.base) for path, of in files.items()}
    return write(page, judged, page.say("rv_did_accept" if status == "reviewed" else "rv_did_drop", what=what))


def write(page: Page, files: Mapping[str, Changes], said: str) -> bool:
    """Write all or nothing; what could not be written is said. `said` is what is told, and undone in one step."""
    here, may = session(), editing.permission(sys.argv[1:])
    if not may.edit:
        here.said = (page.say(may.why or "edit_off"), "refused")
        return False
    try:
        with waiting(page) as on_wait:
            steps = editing.write_steps(data.root_of(sys.argv[1:]), files, By(may.who, on_wait=on_wait))
    except (EditError, OSError) as error:
        here.said = (page.say("rv_refused", why=fault(error, page.lang)), "refused")
        return False
    here.steps.append((steps, said))
    here.said = (said, "done")
    return True


@contextmanager
def waiting(page: Page) -> Iterator[Callable[[], None]]:
    """What to call when a write has to wait for an extraction: it says so on the page for as long as it waits."""
    toasts: list[Any] = []
    try:
        yield lambda: toasts.append(st.toast(page.say("rv_waiting"), icon=":material/hourglass_top:", duration="infinite"))
    finally:
        for toast in toasts:
            toast.toast(page.say("rv_waited"), icon=":material/check:", duration="short")


def fault(error: EditError | OSError, lang: str) -> str:
    """Why nothing was written: with its path below the root, since where the root stands on the server is nobody's business."""
    if isinstance(error, EditError):
        return say_fault(error.code, error.words, choose(lang))
    root, path = data.root_of(sys.argv[1:]), Path(str(error.filename or ""))
    where = f"{path.relative_to(root).as_posix()}: " if path.is_relative_to(root) else ""
    return where + say_fault(*why_unwritten(error), choose(lang))


def skip(id_: str) -> None:
    here = session()
    here.skipped = [*(other for other in here.skipped if other != id_), id_]
    here.said = ("", "")


def undo_button(page: Page) -> None:
    st.button(page.say("rv_undo"), key="yj-undo", icon=":material/undo:", shortcut="U", disabled=not session().steps, on_click=_undo, args=(page,))


def _undo(page: Page) -> None:
    here, may = session(), editing.permission(sys.argv[1:])
    if not may.edit:
        here.said = (page.say(may.why or "edit_off"), "refused")
        return
    if not here.steps:
        return
    steps, said = here.steps.pop()
    here.said = (page.say("rv_did_undo", what=said), "done")
    for step in reversed(steps):
        try:
            with waiting(page) as on_wait:
                editing.undo_step(data.root_of(sys.argv[1:]), step, By(may.who, on_wait=on_wait))
        except (EditError, OSError) as error:  # what somebody wrote since stays; the other files are put back
            here.said = (page.say("rv_refused", why=fault(error, page.lang)), "refused")


def no_fields(ids: list[str]) -> dict[str, Fields]:
    return {id_: {} for id_ in ids}
