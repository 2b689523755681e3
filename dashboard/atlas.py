"""The map on the page beside its table of places: click either to filter.

Knows how records are counted by place. A place without sources is said to have none, never zero. Leaves out shapes.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import china_map, frame
from dashboard.facts import PlaceCount
from dashboard.frame import Page
from dashboard.panel import short_place
from dashboard.parts import show_part
from dashboard.saving import heading_html, save_html
from dashboard.style import put_html, text
from dashboard.view import toggle

MOST_SPOTS = 120
MOST_LABELS = 8


def show_atlas(page: Page) -> None:
    """Map and table side by side; on a phone one under the other."""
    counts = page.story.place_counts(page.view)
    with st.container(key="yj-atlas"):  # by its key the browser knows it again wherever it stands
        put_html(heading_html(page, page.say("map"), save_html(page, ".st-key-yj-map", page.say("map"), page.rows, page.total.sources)))
        left, right = st.columns([0.46, 0.54], gap="medium")
        with left:
            show_map(page, counts)
        with right:
            show_places(page, counts)


def show_map(page: Page, counts: Sequence[PlaceCount]) -> None:
    """Outlines once, counts as they change."""
    shapes = china_map.outlines()
    show_part("outlines", {"width": shapes.width, "height": shapes.height, "provinces": shapes.provinces, "cities": shapes.cities, "dash": shapes.dash}, key="yj-outlines")
    show_part("map", map_data(page, counts), key="yj-map", on_pick=lambda code: frame.go(toggle(page.view, "place", code)))


def map_data(page: Page, counts: Sequence[PlaceCount]) -> dict[str, Any]:
    provinces, spots, labels = {}, [], []
    shades = set()
    most = max((count.total for count in counts), default=1)
    steps = china_map.steps_for(max((c.total for c in counts if c.code.endswith("0000")), default=1))
    for count in counts:
        where = china_map.point_of(count.code) if count.code.isdigit() else None
        if where is None:
            continue
        words = f"{count.name} {_counted(page, count)}"
        on = count.code in page.view.place
        if count.code.endswith("0000"):
            shades.add(china_map.shade(count.total, steps))
            provinces[count.code] = {"shade": china_map.shade(count.total, steps), "words": words, "on": on}
            if len(labels) < MOST_LABELS:
                labels.append({"x": where[0], "y": where[1], "name": short_place(count.name)})
        elif len(spots) < MOST_SPOTS:
            spots.append({"id": count.code, "x": where[0], "y": where[1], "r": round(30 + 55 * (count.total / most) ** 0.5), "words": words, "on": on})
    return {
        "provinces": provinces, "spots": spots, "labels": labels, "alt": page.say("map_alt"), "none": page.say("no_sources"),
        "legend": [[0, page.say("no_sources")], *([shade, _shade_words(shade, steps)] for shade in sorted(shades))],
        "zoomIn": page.say("zoom_in"), "zoomOut": page.say("zoom_out"), "whole": page.say("whole_map"),
    }  # fmt: skip


def _counted(page: Page, count: PlaceCount) -> str:
    return "、".join(page.say(key, n=n) for key, n in (("facts_events", count.events), ("facts_figures", count.figures)) if n)


def _shade_words(shade: int, steps: Sequence[int]) -> str:
    """The records of a shade: 3–9, the last one open."""
    first = steps[shade - 1]
    if shade == len(steps):
        return f"≥{first}"
    last = steps[shade] - 1
    return f"{first}–{last}" if last > first else str(first)


def places_table(counts: Sequence[PlaceCount]) -> pd.DataFrame:
    """One line a place: name with its province before it, events, figures, first and last day, records by year."""
    return pd.DataFrame(
        {
            "name": [count.name for count in counts],
            "events": [count.events for count in counts],
            "figures": [count.figures for count in counts],
            "first": [count.first for count in counts],
            "last": [count.last for count in counts],
            "by_year": [list(count.years) for count in counts],
        }
    )


def show_places(page: Page, counts: Sequence[PlaceCount], height: int = 430) -> None:
    """The table of places; a selected row filters, as a click on the map does."""
    key = f"yj-places-{'-'.join(page.view.place)}"
    codes = [count.code for count in counts]
    chosen = [codes.index(code) for code in page.view.place if code in codes]

    def picked() -> None:
        rows = st.session_state[key]["selection"]["rows"]
        frame.change(page.view, place=tuple(codes[i] for i in rows if i < len(codes)))

    top = max((max(count.years, default=0) for count in counts), default=1)
    st.dataframe(
        places_table(counts), key=key, on_select=picked, selection_mode="multi-row", hide_index=True, height=min(height, 39 + 34 * max(1, len(counts))), row_height=34,
        selection_default={"selection": {"rows": chosen}},
        column_config={
            "name": st.column_config.TextColumn(page.say("name"), width=120),
            "events": st.column_config.NumberColumn(page.say("events"), width=60),
            "figures": st.column_config.NumberColumn(page.say("figures"), width=60),
            "first": st.column_config.TextColumn(page.say("first"), width=80),
            "last": st.column_config.TextColumn(page.say("last"), width=80),
            "by_year": st.column_config.BarChartColumn(page.say("by_year"), width=130, y_min=0, y_max=top),
        },
        alt=page.say("places_table_alt"),
    )  # fmt: skip
    if missing := without_sources(counts):
        put_html(f'<p class="yj-note">{text(page.say("no_sources_list", names="、".join(missing)))}</p>')


def without_sources(counts: Sequence[PlaceCount]) -> list[str]:
    """Provinces that no record names."""
    there = {count.code for count in counts}
    return [short_place(name) for code, name, _ in china_map.outlines().provinces if code not in there]
