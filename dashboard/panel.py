"""The timeline on the page: its lanes to choose, its chart, the histogram to brush, the list on a phone.

Knows what a click or a brush does to the view. Leaves out layout and drawing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

import pandas as pd
import streamlit as st

from dashboard import data, frame, lanes, style, timeline
from dashboard.data import Row
from dashboard.facts import Facts
from dashboard.frame import Page
from dashboard.lanes import NONE, OTHER
from dashboard.parts import show_part
from dashboard.rows import whole_years
from dashboard.saving import heading_html, save_html
from dashboard.style import put_html, text
from dashboard.view import LANES, MOST_RECORDS, View
from dashboard.words import say, say_date, say_type
from extract.edtf import parse_edtf

MOST_LISTED = 240
SHORT_NAMES = ("壮族自治区", "回族自治区", "维吾尔自治区", "特别行政区", "自治区", "省", "市")


def show_timeline(page: Page) -> None:
    """Lanes, chart, histogram; on a narrow screen the list by year instead."""
    with st.container(key="yj-timeline", gap="small"):
        _head(page)
        if page.total.dated:
            with st.container(key="yj-chart", gap=None):
                _chart(page)
                _histogram(page)
                put_html(_legend(page))
            with st.container(key="yj-list"):
                _list(page)


def _head(page: Page) -> None:
    with st.container(key="yj-timeline-head", horizontal=True, vertical_alignment="center", gap="small"):
        put_html(heading_html(page, page.say("timeline"), save_html(page, ".st-key-yj-chart", page.say("timeline"), page.rows, page.total.sources)))
        st.session_state["yj-lane"] = page.view.lane
        st.segmented_control(
            page.say("lane"), LANES, key="yj-lane", label_visibility="collapsed", required=True,
            format_func=lambda lane: page.say(f"lanes_{lane}"),
            on_change=lambda: frame.change(page.view, lane=st.session_state["yj-lane"] or "place"),
        )  # fmt: skip
        if page.view.since or page.view.until:
            st.button(page.say("whole_time"), key="yj-whole", type="tertiary", on_click=frame.change, args=(page.view,), kwargs={"since": "", "until": ""})


def time_span(years: tuple[int, int] | None, view: View) -> tuple[float, float]:
    """The days from which to which the chart goes: as asked for, else whole years around the records."""
    first, last = whole_years(years or (date.today().year, date.today().year))
    since, until = parse_edtf(view.since), parse_edtf(view.until)
    if since and since.earliest:
        first = float(since.earliest.toordinal())
    if until and until.latest:
        last = float(until.latest.toordinal()) + 1
    return (first, last) if first < last else (first, first + 1)


class Drawn(NamedTuple):
    """A chart ready to send, but for the record that is selected."""

    spec: dict[str, Any]
    marks: pd.DataFrame
    folds: dict[str, lanes.Fold]


@lru_cache(maxsize=32)
def _drawn(story: Facts, view: View, first: float, last: float, dark: bool) -> Drawn:
    """Laid out and drawn once for the same records; a click changes one column of its marks."""
    laid = story.lanes(view, first, last)
    names = {lane.key: lane_name(story, view, lane.key) for lane in laid}
    ink = style.DARK if dark else style.LIGHT
    spec = timeline.draw_timeline(laid, names, (first, last), ink, view.lang, style.family_colours(dark, story.colours))
    marks = timeline.marks_table(laid, story.steps, view.lang)
    spec["usermeta"] = {"embedOptions": {"renderer": "svg" if len(marks) <= 400 else "canvas"}}
    folds = {timeline.fold_id(lane.key, fold): fold for lane in laid for fold in lane.folds}
    return Drawn(spec, marks, folds)


@lru_cache(maxsize=128)
def _marks_sent(story: Facts, view: View, first: float, last: float, dark: bool, selected: tuple[str, ...]) -> bytes:
    """The marks of a chart as they are sent: the same bytes for as long as the same is shown."""
    drawn = _drawn(story, view, first, last, dark)
    folds = [id_ for id_, fold in drawn.folds.items() if any(row.id in selected for row in fold.rows)] if selected else []
    return timeline.mark_bytes(drawn.marks, (*selected, *folds))


def _chart(page: Page) -> None:
    view, total = page.view, page.total
    first, last = time_span(total.years, view)
    asked = (page.story, replace(view, record=(), embed=False), first, last, style.is_dark())
    drawn = _drawn(*asked)
    spec = drawn.spec | {"datasets": {"marks": _marks_sent(*asked, view.record)}}
    key = f"yj-time-{view.since}-{view.until}"
    st.vega_lite_chart(
        None, spec, key=key, theme=None, on_select=lambda: _clicked(page, key, drawn.folds), selection_mode=["pick", "zoom"],
        alt=page.say("timeline_alt", n=total.dated, a=_year(first), b=_year(last - 1)),
    )  # fmt: skip


def _year(day: float) -> int:
    return data.day_of(int(day)).year


def lane_name(story: Facts, view: View, key: str) -> str:
    if key in (OTHER, NONE):
        return say("lane_other" if key == OTHER else "lane_none", view.lang)
    if view.lane == "type":
        return say("figure", view.lang) if key == "figure" else say_type(key, view.lang)
    return short_place(story.place_names.get(key) or key) if view.lane == "place" else key


def short_place(name: str) -> str:
    """浙江省 is 浙江 on a lane and on the map."""
    return next((name.removesuffix(end) for end in SHORT_NAMES if name.endswith(end) and len(name) > len(end) + 1), name)


def _clicked(page: Page, key: str, folds: Mapping[str, lanes.Fold]) -> None:
    id_ = clicked_id(key)
    if id_ in folds:
        open_fold(page, folds[id_])
    elif id_ in page.story.rows:
        frame.select(page.view, id_)


def clicked_id(key: str) -> str:
    """What was clicked in a chart: a click toggles a mark in the chart's own selection, so what changed is it.

    "" after a zoom or a pan, and where a chart was drawn anew.
    """
    picked = st.session_state[key]["selection"].get("pick") or []
    now = {point.get("id") for point in picked if isinstance(point, dict)} - {None}
    before = st.session_state.get("yj-picked", {}).get(key, set())
    st.session_state["yj-picked"] = {key: now}
    changed = (now - before) or (before - now)
    return changed.pop() if len(changed) == 1 else ""


def open_fold(page: Page, fold: lanes.Fold) -> None:
    """The records of a counted mark as a list; too many for a link become a stretch of time, and the first of a day."""
    days = [day for row in fold.rows for day in (row.first, row.last) if day is not None] or fold.days
    first, last = data.day_of(min(days)).isoformat(), data.day_of(max(days)).isoformat()
    if fold.size <= MOST_RECORDS or (page.view.since, page.view.until) == (first, last):
        frame.go(replace(page.view, record=tuple(page.story.fold_ids(page.view, fold, MOST_RECORDS))))
    else:
        frame.go(replace(page.view, since=first, until=last, record=()))


def _histogram(page: Page) -> None:
    """All records that pass the other filters; a brushed stretch becomes from and to."""
    view = page.view
    unit, bins = page.story.bins(data.without_time(view))
    if len(bins) < 2:
        return
    whole = time_span(page.story.totals(data.without_time(view)).years, data.without_time(view))
    chosen = time_span(page.total.years, view) if (view.since or view.until) else None
    spec = timeline.draw_histogram(whole, chosen, style.ink(), page.lang) | {"datasets": {"bins": timeline.bins_bytes(tuple(bins), unit)}}
    key = f"yj-brush-{view.since}-{view.until}"
    st.vega_lite_chart(
        None, spec, key=key, theme=None, on_select=lambda: _brushed(page, key, unit), selection_mode=["brush"],
        alt=page.say("brush_alt", unit=page.say(unit)),
    )  # fmt: skip


def _brushed(page: Page, key: str, unit: str) -> None:
    brush = st.session_state[key]["selection"].get("brush") or {}
    span = next((value for value in brush.values() if isinstance(value, list | tuple) and len(value) == 2), None)
    if span is None:
        frame.change(page.view, since="", until="")
        return
    since, until = (_bin_words(ms / timeline.DAY + timeline.EPOCH, unit) for ms in sorted(span))
    frame.change(page.view, since=since, until=until)


def _bin_words(day: float, unit: str) -> str:
    when = data.day_of(max(1, int(day)))
    return f"{when.year:04d}" if unit == "year" else f"{when.year:04d}-{when.month:02d}"


def _legend(page: Page) -> str:
    """Shapes and colours of the types that are there, and how exactness is drawn."""
    total = page.total
    present = [kind for kind in style.KINDS if kind in total.kinds]
    colours = style.family_colours(style.is_dark(), page.story.colours)
    items = "".join(
        f'<li>{style.shape_html(style.KINDS[kind].shape, colours[kind])}{text(page.say("figure") if kind == "figure" else say_type(kind, page.lang))}</li>'
        for kind in present
    )
    undated = total.shown - total.dated
    note = f" {page.say('undated', n=undated)}" if undated else ""
    hands = f'<span class="yj-hands">{text(page.say("timeline_hands"))}</span>'
    return f'<ul class="yj-legend">{items}</ul><p class="yj-note">{text(page.say("timeline_help") + note)} {hands}</p>'


def _list(page: Page) -> None:
    selected = page.view.record[0] if len(page.view.record) == 1 else ""
    listed = {"rows": _listed(page.rows, page.lang), "selected": selected, "more": page.say("more")}
    show_part("years", listed, key="yj-years", on_pick=lambda id_: frame.select(page.view, id_))


@lru_cache(maxsize=32)
def _listed(rows: tuple[Row, ...], lang: str) -> list[dict[str, object]]:
    """The first records for the list by year; further ones are reached by filters, as in the table."""
    return [
        {
            "id": row.id, "title": row.title, "when": say_date(row.date, lang) or say("no_date", lang), "draft": row.record.status == "draft",
            "kind": say("figure", lang) if row.kind == "figure" else say_type(row.type, lang), "year": _year_words(row, lang),
        }
        for row in rows[:MOST_LISTED]
    ]  # fmt: skip


def _year_words(row: Row, lang: str) -> str:
    day = row.first if row.first is not None else row.last
    return str(data.day_of(day).year) if day is not None else say("no_date", lang)
