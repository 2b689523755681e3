"""The actors: who did what with whom as a matrix, and the timeline and figures of one of them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import frame
from dashboard.filters import show_empty
from dashboard.frame import Page, guard
from dashboard.panel import show_timeline
from dashboard.parts import show_part
from dashboard.relations import MOST, RELATIONS, Cell, Matrix, type_of
from dashboard.saving import heading_html, save_html
from dashboard.style import put_html, text
from dashboard.tables import show_records
from dashboard.view import MOST_RECORDS, toggle

KINDS = (("company", "government"), ("company", "company"), ("government", "government"), ("person", "company"), ("person", "government"))


def show(page: Page) -> None:
    if not page.rows:
        show_empty(page)
        return
    guard(_show_matrix, page)
    if page.view.actor:
        guard(show_timeline, page)
        guard(show_records, page)
    else:
        guard(_show_table, page)


def _show_matrix(page: Page) -> None:
    """The first kinds of pair that have any evidence; more to choose where there are."""
    save = save_html(page, ".st-key-yj-matrix", page.say("actors_intro"), page.rows, page.total.sources)
    put_html(f'{heading_html(page, page.say("actors_page"), save)}<p class="yj-note">{text(page.say("actors_intro"))}</p>')
    matrices = {" ".join(kinds): matrix for kinds in KINDS if (matrix := page.story.matrix(page.view, kinds)).cells}
    if not matrices:
        put_html(f'<p class="yj-note">{text(page.say("matrix_empty"))}</p>')
        return
    options = list(matrices)
    chosen = options[0]
    if len(options) > 1:
        chosen = st.segmented_control(
            page.say("relation"), options, default=options[0], key="yj-kinds", required=True, label_visibility="collapsed",
            format_func=lambda kinds: " × ".join(page.say(f"kind_{kind}") for kind in kinds.split()),
        ) or options[0]  # fmt: skip
    matrix = matrices[chosen]
    ids = {f"{first}\t{second}": [id_ for of in cell.ids.values() for id_ in of] for (first, second), cell in matrix.cells.items()}
    show_part("matrix", matrix_data(page, matrix), key="yj-matrix", on_pick=lambda id_: _picked(page, id_, ids))
    if max(len(matrix.down), len(matrix.across)) >= MOST:
        put_html(f'<p class="yj-note">{text(page.say("matrix_more", n=MOST))}</p>')


def _picked(page: Page, id_: str, ids: dict[str, list[str]]) -> None:
    """A cell opens its evidence, a name narrows the page to that actor."""
    if id_.startswith("actor:"):
        frame.go(toggle(replace(page.view, record=()), "actor", id_.removeprefix("actor:")))
    elif id_ in ids:
        frame.change(page.view, record=tuple(dict.fromkeys(ids[id_]))[:MOST_RECORDS])


def matrix_data(page: Page, matrix: Matrix) -> dict[str, Any]:
    rows = []
    for first in matrix.down:
        cells = [_cell_data(page, matrix.cells.get((first, second))) for second in matrix.across]
        rows.append({"name": first, "cells": cells})
    return {"across": matrix.across, "rows": rows, "alt": page.say("actors_intro")}


def _cell_data(page: Page, cell: Cell | None) -> dict[str, Any] | None:
    if cell is None:
        return None
    counts = [(page.say(f"rel_{name}"), cell.counts[name]) for name in RELATIONS if name in cell.counts]
    ids = {id_ for of in cell.ids.values() for id_ in of}
    words = "、".join(f"{word} {n}" for word, n in counts)
    return {"id": f"{cell.first}\t{cell.second}", "counts": counts, "label": f"{cell.first} × {cell.second}: {words}", "on": bool(ids & set(page.view.record))}


def _show_table(page: Page) -> None:
    """All actors with their counts; a selected row narrows the page to that actor."""
    counts = page.story.actor_counts(page.view)
    names = [count.name for count in counts]
    key = "yj-actors"

    def picked() -> None:
        rows = st.session_state[key]["selection"]["rows"]
        if rows:
            frame.change(page.view, actor=(names[rows[0]],))

    table = pd.DataFrame(
        {
            "who": names, "kind": [page.say(f"one_{type_of(name, page.story)}") for name in names],
            "events": [count.events for count in counts], "figures": [count.figures for count in counts],
        }
    )  # fmt: skip
    put_html(f'<h2 class="yj-h2">{text(page.say("all_actors"))}</h2><p class="yj-note">{text(page.say("choose_actor"))}</p>')
    st.dataframe(
        table, key=key, on_select=picked, selection_mode="single-row", hide_index=True, row_height=34, height=min(520, 36 + 34 * len(names) + 3),
        column_config={
            "who": st.column_config.TextColumn(page.say("who"), width=190), "kind": st.column_config.TextColumn(page.say("kind"), width=90),
            "events": st.column_config.NumberColumn(page.say("events"), width=70), "figures": st.column_config.NumberColumn(page.say("figures"), width=70),
        },
        alt=page.say("all_actors"),
    )  # fmt: skip
