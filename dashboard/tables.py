"""Tables of records and places: what the charts show, for reading, sorting, searching and the keyboard."""

from __future__ import annotations

from functools import lru_cache

import pandas as pd
import streamlit as st

from curated.records import Figure
from curated.saying import amount_said, measure_said
from dashboard import frame
from dashboard.data import Row
from dashboard.facts import Facts
from dashboard.frame import Page
from dashboard.style import put_html, text
from dashboard.words import say, say_type


@lru_cache(maxsize=32)
def records_table(rows: tuple[Row, ...], story: Facts, lang: str) -> pd.DataFrame:
    """One line a record: date as EDTF (sorts rightly), kind, what, amount, where, who, source, status."""
    names = {row.record.source for row in rows}
    sources = {name: source.title or name for name in names if (source := story.sources.get(name))}
    return pd.DataFrame(
        {
            "date": [str(row.date) if row.date else "" for row in rows],
            "kind": [say("figure", lang) if row.kind == "figure" else say_type(row.type, lang) for row in rows],
            "what": [measure_said(row.record) if isinstance(row.record, Figure) else row.title for row in rows],
            "amount": [amount_said(row.record, lang) if isinstance(row.record, Figure) else "" for row in rows],
            "where": ["、".join(p.name for p in row.record.places) for row in rows],
            "who": ["、".join(row.record.actors) for row in rows],
            "source": [sources.get(row.record.source, row.record.source) for row in rows],
            "status": [say(row.record.status, lang) for row in rows],
        },
        dtype="str",
    )


def show_first(page: Page) -> None:
    """Of an archive only the first records are listed; that is said, and how to get at the rest."""
    if page.total.shown > len(page.rows):
        put_html(f'<p class="yj-note">{text(page.say("archive_first", n=f"{len(page.rows):,}", total=f"{page.total.shown:,}"))}</p>')


def show_records(page: Page) -> None:
    """The table under its heading; a selected row opens its evidence."""
    with st.container(key="yj-listed"):
        put_html(f'<h2 class="yj-h2">{text(page.say("records"))}</h2><p class="yj-note yj-hands">{text(page.say("table_help"))}</p>')
        show_first(page)
        if len(page.rows) > ON_PAPER:
            put_html(f'<p class="yj-note yj-paper">{text(page.say("table_paper", n=f"{page.total.shown:,}"))}</p>')
        _show_table(page)


def _show_table(page: Page) -> None:
    table = records_table(page.rows, page.story, page.lang)
    key = "yj-records"

    def picked() -> None:
        rows = st.session_state[key]["selection"]["rows"]
        if rows and rows[0] < len(page.rows):
            frame.go(frame.replace(page.view, record=(page.rows[rows[0]].id,)))

    st.dataframe(
        table, key=key, on_select=picked, selection_mode="single-row", hide_index=True, height=min(420, 39 + 34 * max(1, len(table))), row_height=34,
        column_config={name: st.column_config.TextColumn(page.say(name), width=width) for name, width in WIDTHS.items()},
        alt=page.say("records"),
    )  # fmt: skip


ON_PAPER = 11  # rows in sight
WIDTHS = {"date": 130, "kind": 80, "what": 310, "amount": 140, "where": 110, "who": 180, "source": 140, "status": 70}
