"""Review: one draft after another, its sentence large, its fields beside it; every verdict by one key.

Knows the queue and what a form changed. Only shown where editing is open. Leaves out how a verdict is written
(`dashboard.screens.desk`), many at once (`dashboard.screens.bulk`) and taking in articles (`dashboard.screens.intake`).
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from hashlib import sha256
from typing import Any, get_args

import streamlit as st

from curated.document import Entry, read_document
from curated.messages import choose
from curated.messages import say as say_fault
from dashboard import data, editing
from dashboard.data import Row
from dashboard.editing import Changes, Fields
from dashboard.evidence import find_context, quote_html
from dashboard.frame import Page, guard
from dashboard.screens.bulk import show_bulk
from dashboard.screens.changes import show_changes
from dashboard.screens.desk import REVIEWER, hand_edited, judge, session, skip, undo_button
from dashboard.screens.intake import show_intake
from dashboard.style import put_html, text
from dashboard.words import say_type
from extract.mentions import EventType, Modality

FORM = {
    "event": ("title", "date", "date_from", "type", "actors", "places", "note"),
    "figure": ("measure", "amount", "as_of", "as_of_from", "modality", "actors", "places", "speaker", "note"),
}
CHOICES = {"type": get_args(EventType), "modality": get_args(Modality)}
DEFAULTS = {"type": "other", "modality": "actual"}
NAMES = ("actors", "places")
LABELS = {
    "title": "rv_title", "date": "date", "date_from": "rv_date_from", "type": "type", "actors": "actor", "places": "place",
    "note": "note", "measure": "measure", "amount": "rv_amount", "as_of": "rv_as_of", "as_of_from": "rv_date_from",
    "modality": "rv_modality", "speaker": "speaker",
}  # fmt: skip
MOST_OPTIONS = 300


def show(page: Page) -> None:
    """The queue, or the sentence that says why it is not here."""
    may = editing.permission(sys.argv[1:])
    if not may.edit:
        st.info(page.say(may.why or "edit_off"))
        return
    guard(_show_queue, page)
    guard(show_intake, page)
    guard(show_changes, page)


def find_queue(page: Page, skipped: Sequence[str] = ()) -> list[Row]:
    """Drafts that pass the filters, as the articles tell them; skipped ones at the end."""
    view = replace(page.view, status=("draft",))
    rows = page.story.matching(view) if page.view.filters else hand_edited(page).rows.values()
    last = {id_: number for number, id_ in enumerate(skipped, 1)}
    drafts = [row for row in rows if row.record.status == "draft"]
    return sorted(drafts, key=lambda row: (last.get(row.id, 0), row.record.source, row.record.mark or row.record.at or (1 << 40, 0), row.id))


def _show_queue(page: Page) -> None:
    queue = find_queue(page, session().skipped)
    with st.container(key="yj-review-head", horizontal=True, vertical_alignment="bottom", gap="medium"):
        put_html(f'<h2 class="yj-h2">{text(page.say("review"))}</h2><p class="yj-note">{text(page.say("rv_left", n=len(queue)))}</p>')
        if not editing.permission(sys.argv[1:]).name:  # who has signed in is known
            st.text_input(page.say("rv_reviewer"), key=REVIEWER, placeholder=page.say("rv_reviewer_hint"), width=260, persist_state="session")
    _show_said(page)
    if queue:
        _show_draft(page, queue[0], queue)
    else:
        put_html(f'<p class="yj-warn">{text(page.say("rv_done"))}</p>')
        undo_button(page)


def _show_said(page: Page) -> None:
    words, kind = session().said
    if words:
        put_html(f'<p class="{"yj-warn" if kind == "refused" else "yj-note"}" role="status">{text(words)}</p>')


def _show_draft(page: Page, row: Row, queue: Sequence[Row]) -> None:
    path = row.record.path
    base = editing.read_file(data.root_of(sys.argv[1:]), path)
    entry = editing.find_entry(read_document(base), row.id)
    left, right = st.columns([11, 9], gap="large")
    with left:
        _show_sentence(page, row)
        show_bulk(page, row, queue, tuple(hand_edited(page).rows.values()))
    with right:
        if entry is None:
            st.info(say_fault("no_id", (), choose(page.lang)))
            st.button(page.say("rv_skip"), key="yj-skip", shortcut="N", on_click=skip, args=(row.id,))
        else:
            _show_form(page, row, entry, base)
        undo_button(page)
        put_html(f'<p class="yj-note">{text(page.say("rv_keys"))}</p>')


def _show_sentence(page: Page, row: Row) -> None:
    record, source = row.record, page.story.sources.get(row.record.source)
    kind = page.say(row.kind)
    whence = " · ".join(part for part in (kind, source.title or source.name if source else record.source, f"{record.path}:{record.line}") if part)
    lost = f'<p class="warn">{text(page.say("rv_orphan"))}</p>' if record.orphan else ""
    context = find_context(record, page.story.reading(record.source))
    put_html(f'<section class="yj-ev yj-review" aria-live="polite"><p class="kind">{text(whence)}</p>{lost}{quote_html(context)}</section>')


def _show_form(page: Page, row: Row, entry: Entry, base: str) -> None:
    """Fields as the file has them. The keys name the record's state, so a record changed elsewhere is shown anew."""
    shown = {name: shown_value(entry, name) for name in FORM[row.kind]}
    stem = f"yj-rv-{row.id}-{sha256(repr(shown).encode()).hexdigest()[:8]}"
    with st.form(f"{stem}-form", border=False):
        first, *rest = shown
        _widget(page, first, shown[first], f"{stem}-{first}")
        with st.grid(min_column_width=215, gap=("small", "small")):
            for name in rest:
                _widget(page, name, shown[name], f"{stem}-{name}")
        with st.container(key="yj-review-keys", horizontal=True, gap="small"):
            verdict = {"row": row, "shown": shown, "stem": stem, "base": base, "page": page}
            for status, word, key in (("reviewed", "rv_accept", "A"), ("dropped", "rv_drop", "D")):
                st.form_submit_button(
                    page.say(word), key=f"yj-{status}", shortcut=key, type="primary" if key == "A" else "secondary",
                    on_click=_judge, kwargs={**verdict, "status": status},
                )  # fmt: skip
            st.form_submit_button(page.say("rv_skip"), key="yj-skip", shortcut="N", on_click=skip, args=(row.id,))


def _widget(page: Page, name: str, value: Any, key: str) -> None:
    label = page.say(LABELS[name])
    if name in CHOICES:
        word: Callable[[str], str] = (lambda t: say_type(t, page.lang)) if name == "type" else page.say
        options = list(dict.fromkeys((*CHOICES[name], value)))
        st.selectbox(label, options, index=options.index(value), format_func=lambda o: word(o) if o in CHOICES[name] else o, key=key)
    elif name in NAMES:
        known = hand_edited(page).actors if name == "actors" else dict.fromkeys(hand_edited(page).place_names.values())
        options = list(dict.fromkeys((*value, *list(known)[:MOST_OPTIONS])))
        st.multiselect(label, options, default=list(value), accept_new_options=True, select_all=False, wrap=True, key=key, placeholder=page.say("rv_names_hint"))
    else:
        st.text_input(label, value, key=key, placeholder=page.say("date_hint") if name in ("date", "as_of") else "")


def shown_value(entry: Entry, name: str) -> str | tuple[str, ...]:
    """What the form begins with: the words of the file."""
    if name in NAMES:
        return entry.items(name)
    return entry.text(name) or DEFAULTS.get(name, "")


def changed_fields(shown: Mapping[str, str | tuple[str, ...]], typed: Mapping[str, Any]) -> Fields:
    """The fields a person changed, as they are written; an emptied one is taken out."""
    found: Fields = {}
    for name, old in shown.items():
        value = typed.get(name, old)
        new = tuple(value) if isinstance(old, tuple) else str(value or "").strip()
        if new != old:
            found[name] = new or None
    return found


def _judge(page: Page, row: Row, shown: Mapping[str, Any], stem: str, base: str, status: str) -> None:
    typed = {name: st.session_state.get(f"{stem}-{name}", value) for name, value in shown.items()}
    fields = changed_fields(shown, typed) if status == "reviewed" else {}
    if judge(page, {row.record.path: Changes({row.id: fields}, base)}, status, row.title) and row.id in session().skipped:
        session().skipped.remove(row.id)
    elif session().said[1] == "refused" and fields:
        mine = " · ".join(f"{page.say(LABELS[name])}: {'、'.join(v) if isinstance(v, tuple) else v or '—'}" for name, v in fields.items())
        session().said = (f"{session().said[0]} {page.say('rv_yours', what=mine)}", "refused")
