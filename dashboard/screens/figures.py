"""The figures: every measure in a table, and one measure through time as its sources tell it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import pandas as pd
import streamlit as st

from curated.records import Figure
from curated.saying import amount_said
from dashboard import frame, measures, style
from dashboard.cards import cards_html
from dashboard.facts import Spread
from dashboard.filters import show_empty
from dashboard.frame import Page, guard
from dashboard.panel import clicked_id
from dashboard.saving import save_html
from dashboard.style import put_html, text
from dashboard.words import say_unit

MOST_CHARTS = 3
MOST_CARDS = 24
CARDS = "yj-cards-shown"


def show(page: Page) -> None:
    if not page.total.figures:
        show_empty(page)
        return
    _show_measures(page)
    if len(page.view.measure) == 1:
        guard(_show_one, page)
    guard(_show_cards, page)


def _show_measures(page: Page) -> None:
    """The table of measures; a selected row is the measure of the chart below."""
    counts = page.story.measure_counts(page.view)
    names = [count.measure for count in counts]
    chosen = [names.index(m) for m in page.view.measure if m in names]
    key = f"yj-measures-{'-'.join(page.view.measure)}"

    def picked() -> None:
        rows = st.session_state[key]["selection"]["rows"]
        frame.change(page.view, measure=(names[rows[0]],) if rows else (), record=())

    put_html(f'<h2 class="yj-h2">{text(page.say("figures_page"))}</h2><p class="yj-note">{text(page.say("choose_measure"))}</p>')
    last = [count.latest for count in counts]
    table = pd.DataFrame(
        {
            "measure": names,
            "latest": [amount_said(row.record, page.lang) for row in last if isinstance(row.record, Figure)],  # a phone shows two columns
            "n": [count.n for count in counts],
            "as_of": [str(row.date or "") for row in last],
            "actor": ["、".join(row.record.actors) for row in last],
        }
    )
    st.dataframe(
        table, key=key, on_select=picked, selection_mode="single-row", hide_index=True, row_height=34,
        height=min(320, 36 + 34 * len(names) + 3), selection_default={"selection": {"rows": chosen[:1]}},
        column_config={
            "measure": st.column_config.TextColumn(page.say("measure"), width=200),
            "n": st.column_config.NumberColumn(page.say("tellings_n"), width=80),
            "latest": st.column_config.TextColumn(page.say("latest"), width=160),
            "as_of": st.column_config.TextColumn(page.say("as_of"), width=130),
            "actor": st.column_config.TextColumn(page.say("who"), width=260),
        },
        alt=page.say("figures_page"),
    )  # fmt: skip


def _show_one(page: Page) -> None:
    """A chart for each unit; what has no date is listed below as cards."""
    put_html(f'<h2 class="yj-h2">{text(page.view.measure[0])}</h2><p class="yj-note">{text(page.say("definitions_differ"))}</p>')
    if spread := page.story.spread(page.view):
        _show_spread(page, spread)
        return
    rows = page.story.figures(page.view)
    for number, (unit, of_unit) in enumerate(list(measures.units_of(rows).items())[:MOST_CHARTS]):
        points = measures.points_table(of_unit, page.view.record, page.lang)
        if len(points):
            save = save_html(page, f".st-key-yj-unit-{number}", f"{page.view.measure[0]} {say_unit(unit, page.lang) if unit else ''}".strip(), of_unit)
            put_html(f'<div class="yj-heading"><p class="yj-note">{text(say_unit(unit, page.lang))}</p>{save}</div>')
            with st.container(key=f"yj-unit-{number}"):
                _chart(page, unit, points)


def _show_spread(page: Page, spread: Sequence[Spread]) -> None:
    """Too many to draw one by one: their middle by month, and where most of them lie."""
    put_html(f'<p class="yj-note">{text(page.say("spread_note", n="1,000"))}</p>')
    units: dict[str, list[Spread]] = {}
    for one in spread:
        units.setdefault(one.unit, []).append(one)
    for unit, of_unit in sorted(units.items(), key=lambda pair: -sum(one.n for one in pair[1]))[:MOST_CHARTS]:
        put_html(f'<p class="yj-note">{text(say_unit(unit, page.lang))}</p>')
        _chart(page, unit, measures.spread_table(of_unit, page.lang))


def _chart(page: Page, unit: str, points: pd.DataFrame) -> None:
    spec = measures.draw_measure(points, style.ink(), page.lang)
    key = f"yj-measure-{page.view.measure[0]}-{unit}"

    def clicked() -> None:
        if (id_ := clicked_id(key)) in page.story.rows:
            frame.select(page.view, id_)

    st.vega_lite_chart(
        None, spec | {"datasets": {"points": points}}, key=key, theme=None, on_select=clicked, selection_mode=["pick"],
        alt=f"{page.view.measure[0]} {unit} {page.say('records_n', n=len(points))}",
    )  # fmt: skip


def _show_cards(page: Page) -> None:
    """In the order of the table above and of time, a few rows more at each click; of very many the latest of the measures told most."""
    total = page.total.figures
    rows = page.story.figures(page.view)
    rows = rows if len(rows) == total else page.story.headlines(page.view)
    told = Counter(row.measure for row in rows)
    rows = sorted(rows, key=lambda row: (-told[row.measure], row.measure, row.first or 0))
    most = st.session_state.get(CARDS, MOST_CARDS)
    shown = rows[:most]
    save = save_html(page, ".yj-cards", page.say("figures_page"), shown)
    put_html(f'{cards_html(shown, page.story, page.view.record, page.lang)}<div class="yj-cards-foot">{save}</div>')
    if len(rows) > len(shown):
        st.button(page.say("cards_next", n=len(rows) - len(shown)), key="yj-more-cards", on_click=st.session_state.update, args=({CARDS: most + MOST_CARDS},))
    elif total > len(shown):
        put_html(f'<p class="yj-note">{text(page.say("cards_more", n=total - len(shown)))}</p>')

