"""The last changes made through the page: when, who, which record, and which fields.

Leaves out how they are written down (`curated.changes`).
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import get_args

import streamlit as st

from curated.changes import LOCAL, Change, read_changes
from curated.render import Value
from dashboard import data
from dashboard.frame import Page
from dashboard.style import put_html, text
from dashboard.view import STATUSES
from dashboard.words import say, say_type
from extract.mentions import Modality

SHOWN = 20
_LONGEST = 60  # characters of one value
_FIELDS = {
    "status": "status", "title": "rv_title", "date": "date", "date_from": "rv_date_from", "type": "type", "actors": "actor", "places": "place",
    "note": "note", "measure": "measure", "amount": "rv_amount", "as_of": "rv_as_of", "as_of_from": "rv_date_from", "modality": "rv_modality",
    "speaker": "speaker", "data_from": "data_from", "reviewed_by": "rv_reviewer", "reviewed_on": "rv_on", "bytes": "rv_bytes",
}  # fmt: skip
_SAID = {"status": STATUSES, "modality": get_args(Modality)}
_HOW = {"review": "rv_how_review", "undo": "rv_how_undo", "add": "rv_how_add"}


def show_changes(page: Page) -> None:
    """A fold with one line a change, newest first."""
    with st.expander(page.say("rv_changes"), icon=":material/history:", key="yj-changes"):
        changes = read_changes(data.root_of(sys.argv[1:]), SHOWN)
        put_html(f'<ul class="yj-drafts">{"".join(change_html(change, page) for change in changes)}</ul>' if changes else f'<p class="yj-note">{text(page.say("rv_changes_none"))}</p>')


def change_html(change: Change, page: Page) -> str:
    """Time in UTC, who, what was done, the record by its title, and each field as it became."""
    row = page.story.rows.get(change.id)
    what = row.title if row else change.id or change.file
    who = page.say("rv_who_local") if change.who == LOCAL else change.who
    how = page.say(_HOW[change.how]) if change.how in _HOW else change.how
    when = f"{change.when[:16].replace('T', ' ')} UTC"
    return f'<li><span class="yj-note">{text(when)} · {text(who)} · {text(how)}</span> <b>{text(what)}</b><br><span class="yj-note">{text(fields_words(change.now, page.lang))}</span></li>'


def fields_words(fields: Mapping[str, Value | None], lang: str) -> str:
    """状态：已核对 · 备注：—; a field without a word of its own by its key.

    >>> fields_words({"status": "reviewed", "note": None, "at": "1-2"}, "zh")
    '状态：已核对 · 备注：— · at：1-2'
    """
    return " · ".join(f"{say(_FIELDS[name], lang) if name in _FIELDS else name}{say('colon', lang)}{_value_words(name, value, lang)}" for name, value in fields.items())


def _value_words(name: str, value: Value | None, lang: str) -> str:
    said = say("comma", lang).join(map(str, value)) if isinstance(value, list | tuple) else str(value or "—")
    if name == "type":
        return say_type(said, lang)
    return say(said, lang) if said in _SAID.get(name, ()) else said[:_LONGEST]
