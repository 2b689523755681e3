"""The timeline as a chart: marks as exact as their dates, titles that never overlap, a histogram to brush.

Knows how a laid-out timeline (`dashboard.lanes`) is drawn in Vega-Lite. Words from outside reach the chart as
data only, never as part of an expression. Leaves out what a click does to the page.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache, lru_cache
from typing import Any

import altair as alt
import pandas as pd
from streamlit.dataframe_util import convert_pandas_df_to_arrow_bytes

from dashboard.lanes import Fold, LaneLayout, Spot
from dashboard.rows import day_of, unsaid_names
from dashboard.style import KINDS, SANS, Ink
from dashboard.words import say, say_date, say_type
from extract.edtf import parse_edtf

ROW = 20  # px
PAD = 4  # px above and below the marks of a lane
GUTTER = 92  # px left of the plot, for the names of lanes
DAY = 86_400_000  # ms
EPOCH = 719_163  # `date(1970, 1, 1).toordinal()`

# Ticks read 2014年 in January, 2014年3月 on the first of a month, 3月14日 in between.
_TICK = {
    "zh": "utcFormat(datum.value, utcdate(datum.value) != 1 ? '%-m月%-d日' : utcmonth(datum.value) ? '%Y年%-m月' : '%Y年')",
    "en": "utcFormat(datum.value, utcdate(datum.value) != 1 ? '%-d %b' : utcmonth(datum.value) ? '%b %Y' : '%Y')",
}
_ROOM_AFTER = "min(scale('x', datum.room), width) - scale('x', datum.end) - 14"
_ROOM_BEFORE = "scale('x', datum.start) - max(scale('x', datum.room), 0) - 14"
# A dashed outline needs this many pixels to be seen as one; narrower marks are dashed across, in three strokes.
_NARROW = "datum.dash && datum.body > 0 && scale('x', datum.end) - scale('x', datum.start) < 20"


def to_ms(day: float) -> float:
    return (day - EPOCH) * DAY


def marks_table(lanes: Sequence[LaneLayout], steps: Mapping[str, str], lang: str) -> pd.DataFrame:
    """One line a mark: id, form (dot, bar, fold), start, end, room in ms, y in px, the step it is, how it is drawn."""
    lines: list[dict[str, Any]] = []
    top = 0.0
    for lane in lanes:
        for spot in lane.spots:
            lines.append(_mark_line(spot, top + PAD + (spot.level + 0.5) * ROW, steps, lang))
        for fold in lane.folds:
            lines.append(_fold_line(fold, top + PAD + (fold.level + 0.5) * ROW, lane.key, lang))
        top += lane.levels * ROW + 2 * PAD
    return pd.DataFrame(lines, columns=list(_COLUMNS)).astype(_COLUMNS)


def mark_bytes(marks: pd.DataFrame, selected: Sequence[str]) -> bytes:
    """The marks as Arrow, with the selected ones set apart."""
    return convert_pandas_df_to_arrow_bytes(marks.assign(chosen=marks["id"].isin(selected)))


_COLUMNS = {
    "id": "str", "form": "str", "kind": "str", "start": "float", "end": "float", "room": "float", "soft_end": "float", "soft_start": "float",
    "y": "float", "top": "float", "bottom": "float", "label": "str", "before": "bool", "alpha": "float", "body": "float", "dash": "bool",
    "chosen": "bool", "tip": "str", "step": "str", "middle": "float",
}  # fmt: skip


def _mark_line(spot: Spot, y: float, steps: Mapping[str, str], lang: str) -> dict[str, Any]:
    row, when = spot.row, spot.row.date
    assert when is not None  # an undated record has no spot
    is_dot = when.precision == "day"
    middle = (spot.start + spot.end) / 2
    start, end = (middle, middle) if is_dot else (spot.start, spot.end)
    # Whole months and years say that the day is not known, and fade; days from and to are known and do not.
    exact = when.precision == "interval" and len(when.text.partition("/")[0]) >= 10 and len(when.text.partition("/")[2]) >= 10
    kind = say("figure", lang) if row.kind == "figure" else say_type(row.type, lang)
    vague, alpha = when.approximate or when.uncertain, 1.0 if row.record.status == "reviewed" else 0.62
    whose = unsaid_names(row.record, row.title, lang) if row.kind == "figure" else ""  # the title of an event stands alone
    fade = 0.0 if exact else (end - start) * 0.3
    return {
        "id": row.id, "form": "dot" if is_dot else "bar", "kind": row.type or "figure", "start": to_ms(start), "end": to_ms(end),
        "room": to_ms(spot.room), "soft_start": to_ms(start + (fade if not when.end_open else 0)), "soft_end": to_ms(end - (fade if not when.start_open else 0)),
        "y": y, "top": y - 5, "bottom": y + 5, "label": spot.label, "before": spot.left, "alpha": alpha, "body": 0.0 if row.forecast else alpha * (0.4 if vague else 1), "dash": vague, "chosen": False, "step": steps.get(row.id, ""), "middle": to_ms(middle),
        "tip": " · ".join(part for part in (row.title, whose, say_date(when, lang), kind, steps.get(row.id, "")) if part),
    }  # fmt: skip


def _fold_line(fold: Fold, y: float, lane: str, lang: str) -> dict[str, Any]:
    blank: dict[str, Any] = {name: {"str": "", "float": 0.0, "bool": False}[kind] for name, kind in _COLUMNS.items()}
    at = fold.at
    return blank | {
        "id": fold_id(lane, fold), "form": "fold", "kind": "other", "start": to_ms(at), "end": to_ms(at), "room": to_ms(at), "y": y,
        "label": short_count(fold.size) if fold.many else f"+{fold.size}", "alpha": 1.0, "tip": f"{say('records_n', lang, n=fold.size)} · {_span_words(fold, lang)}",
    }  # fmt: skip


def fold_id(lane: str, fold: Fold) -> str:
    """Names a fold by what it holds, so that a click finds it again after a rerun."""
    return f"fold:{lane}:{fold.rows[0].id if fold.rows else fold.days}:{fold.size}"


def short_count(n: int) -> str:
    """A count that fits its mark.

    >>> short_count(999), short_count(12345), short_count(2500000)
    ('999', '1.2万', '250万')
    """
    return str(n) if n < 10_000 else f"{n / 10_000:.1f}万" if n < 100_000 else f"{n // 10_000}万"


def _span_words(fold: Fold, lang: str) -> str:
    dates = [row.date for row in (fold.rows[0], fold.rows[-1])] if fold.rows else [parse_edtf(day_of(day).isoformat()) for day in fold.days]
    words = [say_date(when, lang) for when in dates]
    return words[0] if words[0] == words[1] else f"{words[0]} – {words[1]}"


def draw_timeline(lanes: Sequence[LaneLayout], names: Mapping[str, str], span: tuple[float, float], ink: Ink, lang: str, palette: Mapping[str, str]) -> dict[str, Any]:
    """The chart without its marks: those go beside it as the data set `marks`, so that a click changes data only."""
    spec = copy.deepcopy(_template(ink, lang))
    height = sum(lane.levels * ROW + 2 * PAD for lane in lanes)
    spec["height"] = height
    table: list[dict[str, Any]] = []
    top = 0.0
    for lane in lanes:
        table.append({"y": top, "mid": top + PAD + ROW / 2, "name": names[lane.key]})
        top += lane.levels * ROW + 2 * PAD
    scales = {
        "x": between(span),
        "y": {"domain": [0, height], "range": [0, height], "zero": False, "nice": False},
        "fill": {"domain": list(palette), "range": list(palette.values())},
        "color": {"domain": list(palette), "range": list(palette.values())},
        "stroke": {"domain": list(palette), "range": list(palette.values())},
    }
    for layer in spec["layer"]:
        if layer["data"].get("name") == "lanes":
            layer["data"] = {"values": table}
        for channel in set(scales) & set(layer["encoding"]):
            if "field" in layer["encoding"][channel]:  # the layers share one scale: the first to have it says what it is
                layer["encoding"][channel] |= {"scale": scales.pop(channel)} if channel in scales else {}
    return spec


def between(span: tuple[float, float]) -> dict[str, Any]:
    """A scale of time from one day to another."""
    return {"type": "utc", "nice": False, "domainMin": {"expr": f"{to_ms(span[0]):.0f}"}, "domainMax": {"expr": f"{to_ms(span[1]):.0f}"}}


@cache
def _template(ink: Ink, lang: str) -> dict[str, Any]:
    """The layers, built and checked by Altair once for each light and language."""
    chart = alt.layer(*_lane_layers(ink), _step_layer(ink), *_bar_layers(ink), *_dot_layers(ink), *_fold_layers(ink), *_title_layers(ink))
    spec = chart.configure(**_config(ink)).properties(padding={"left": 0, "right": 8, "top": 2, "bottom": 4}).to_dict()
    for layer in spec["layer"]:
        if "x" in layer["encoding"] and "field" in layer["encoding"]["x"]:
            layer["encoding"]["x"]["axis"] = time_axis(ink, lang)
    spec["autosize"] = {"type": "fit-x", "contains": "padding"}
    return spec


def _config(ink: Ink) -> dict[str, Any]:
    return {"font": SANS.replace("'", ""), "background": "transparent", "view": {"stroke": None}, "mark": {"aria": False}}


def time_axis(ink: Ink, lang: str) -> dict[str, Any]:
    """An axis of time with Chinese labels (or English ones), quiet enough to stand behind the marks."""
    return {
        "labelExpr": _TICK[lang], "tickCount": {"expr": "max(2, floor(width / 110))"}, "title": None, "labelOverlap": True, "labelFlush": True,
        "aria": False, "grid": False, "domainColor": ink.hair, "tickColor": ink.hair, "labelColor": ink.soft, "labelFontSize": 12,
    }  # fmt: skip


def _x(field: str) -> alt.X:
    return alt.X(field, type="temporal", axis=alt.Axis(), stack=None)


def _y(field: str) -> alt.Y:
    return alt.Y(field, type="quantitative", axis=None)


def _marks() -> alt.Chart:
    return alt.Chart(alt.NamedData(name="marks"))


def _tooltip() -> alt.Tooltip:
    return alt.Tooltip("tip", type="nominal")


def _lane_layers(ink: Ink) -> list[alt.Chart]:
    lanes = alt.Chart(alt.NamedData(name="lanes"))
    lines = lanes.mark_rule(color=ink.hair, strokeWidth=1, clip=False).encode(x=alt.value(-GUTTER), x2=alt.value("width"), y=_y("y"))
    names = lanes.mark_text(align="left", baseline="middle", fontSize=12, color=ink.soft, limit=GUTTER - 12, clip=False).encode(
        x=alt.value(-GUTTER), y=_y("mid"), text=alt.Text("name", type="nominal")
    )
    return [lines, names]


def _step_layer(ink: Ink) -> alt.Chart:
    """The events of one relationship, joined from each to the next, just under their titles."""
    steps = _marks().transform_filter("datum.step != ''")
    return steps.mark_line(clip=True, color=ink.soft, strokeWidth=1.2, opacity=0.75, yOffset=8, interpolate="step-after").encode(x=_x("middle"), y=_y("y"), detail=alt.Detail("step", type="nominal"))


def _bar_layers(ink: Ink) -> list[alt.Chart]:
    """Months, years and intervals in their true width; ends that are not known fade into the paper."""
    bars = _marks().transform_filter("datum.form == 'bar'")
    body = bars.mark_rect(clip=True, cornerRadius=2, strokeWidth=1.2, strokeDash={"expr": "datum.dash ? [3, 2] : [1, 0]"}, opacity={"expr": f"{_NARROW} ? 0 : 1"}).encode(
        x=_x("start"), x2="end", y=_y("top"), y2="bottom",
        fill=alt.Fill("kind", type="nominal", legend=None),
        stroke=alt.Stroke("kind", type="nominal", legend=None),
        fillOpacity=alt.FillOpacity("body", type="quantitative", scale=None),
        strokeOpacity=alt.StrokeOpacity("alpha", type="quantitative", scale=None),
        tooltip=_tooltip(),
    ).add_params(
        alt.selection_interval(name="zoom", encodings=["x"], bind="scales", zoom="wheel![event.ctrlKey || event.metaKey]"),
        alt.selection_point(name="pick", fields=["id"], on="click", toggle="true", clear=False),
    )  # fmt: skip
    see_through = _clear(ink.paper)
    fades = [
        bars.mark_rect(clip=True, strokeWidth=0, yOffset=-1, y2Offset=1, xOffset=-1, color=_gradient(ink.paper, see_through)).encode(x=_x("start"), x2="soft_start", y=_y("top"), y2="bottom", tooltip=_tooltip()),
        bars.mark_rect(clip=True, strokeWidth=0, yOffset=-1, y2Offset=1, x2Offset=1, color=_gradient(see_through, ink.paper)).encode(x=_x("soft_end"), x2="end", y=_y("top"), y2="bottom", tooltip=_tooltip()),
    ]
    strokes = bars.transform_filter("datum.dash && datum.body > 0").mark_rule(
        clip=True, strokeCap="butt", strokeDash=[2, 2], strokeWidth={"expr": "max(4, scale('x', datum.end) - scale('x', datum.start) - 2)"}, opacity={"expr": f"{_NARROW} ? 1 : 0"},
    ).encode(x=_x("middle"), y=_y("top"), y2="bottom", color=alt.Color("kind", type="nominal", legend=None), strokeOpacity=alt.StrokeOpacity("alpha", type="quantitative", scale=None), tooltip=_tooltip())  # fmt: skip
    return [body, *fades, strokes, _ring(bars.mark_rect(clip=True, filled=False, cornerRadius=4, stroke=ink.red, strokeWidth=2.4, yOffset=-3, y2Offset=3, xOffset=-3, x2Offset=3).encode(x=_x("start"), x2="end", y=_y("top"), y2="bottom"))]


def _clear(colour: str) -> str:
    """The same colour, seen through: a gradient to black's transparency would look grey."""
    r, g, b = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return f"rgba({r},{g},{b},0)"


def _gradient(start: str, end: str) -> dict[str, Any]:
    return {"x1": 0, "x2": 1, "y1": 0, "y2": 0, "gradient": "linear", "stops": [{"offset": 0, "color": start}, {"offset": 1, "color": end}]}


def _ring(chart: alt.Chart) -> alt.Chart:
    """The selected record, in the red of evidence."""
    return chart.transform_filter("datum.chosen")


def _dot_layers(ink: Ink) -> list[alt.Chart]:
    dots = _marks().transform_filter("datum.form == 'dot'")
    shapes = alt.Scale(domain=list(KINDS), range=[kind.shape for kind in KINDS.values()])
    body = dots.mark_point(clip=True, size=78, strokeWidth=1.4).encode(
        x=_x("start"), y=_y("y"),
        fill=alt.Fill("kind", type="nominal", legend=None),
        stroke=alt.Stroke("kind", type="nominal", legend=None),
        shape=alt.Shape("kind", type="nominal", scale=shapes, legend=None),
        fillOpacity=alt.FillOpacity("body", type="quantitative", scale=None),
        strokeOpacity=alt.StrokeOpacity("alpha", type="quantitative", scale=None),
        strokeDash=alt.condition("datum.dash", alt.value([2, 2]), alt.value([1, 0])),
        tooltip=_tooltip(),
    )  # fmt: skip
    ring = _ring(dots.mark_point(clip=True, size=240, filled=False, strokeWidth=2.4, color=ink.red).encode(x=_x("start"), y=_y("y")))
    return [body, ring]


_PILL = "M-2.2,-1.05H2.2V1.05H-2.2Z"


def _fold_layers(ink: Ink) -> list[alt.Chart]:
    folds = _marks().transform_filter("datum.form == 'fold'")
    pill = folds.mark_point(clip=True, shape=_PILL, size=190, filled=True, color=ink.band, stroke=ink.soft, strokeWidth=1).encode(
        x=_x("start"), y=_y("y"), tooltip=_tooltip()
    )
    count = folds.mark_text(clip=True, fontSize=11, color=ink.ink, baseline="middle").encode(x=_x("start"), y=_y("y"), text=alt.Text("label", type="nominal"), tooltip=_tooltip())
    ring = _ring(folds.mark_point(clip=True, shape=_PILL, size=320, filled=False, strokeWidth=2.4, color=ink.red).encode(x=_x("start"), y=_y("y")))
    return [pill, count, ring]


def _title_layers(ink: Ink) -> list[alt.Chart]:
    """Titles take the room to the next mark of their row and no more, at any zoom and width."""
    titled = _marks().transform_filter("datum.label != '' && datum.form != 'fold'")
    after = titled.transform_filter("!datum.before").mark_text(align="left", dx=8, **_title(_ROOM_AFTER))
    before = titled.transform_filter("datum.before").mark_text(align="right", dx=-8, **_title(_ROOM_BEFORE))
    colour = alt.condition("datum.chosen", alt.value(ink.red), alt.value(ink.ink))
    words = alt.Text("label", type="nominal")
    return [
        layer.encode(x=_x(x), y=_y("y"), text=words, color=colour, tooltip=_tooltip()) for layer, x in ((after, "end"), (before, "start"))
    ]


def _title(room: str) -> dict[str, Any]:
    """Cut to its room by the chart itself; where that is next to nothing, not drawn."""
    return {"clip": True, "baseline": "middle", "fontSize": 12, "limit": {"expr": f"max(1, {room})"}, "opacity": {"expr": f"{room} < 26 ? 0 : 1"}}


# -- the histogram under it -------------------------------------------------------------------------------


def next_bin(day: int, unit: str) -> int:
    """The first day of the year or month after the one that begins on `day`."""
    d = day_of(day)
    return (date(d.year + 1, 1, 1) if unit == "year" or d.month == 12 else date(d.year, d.month + 1, 1)).toordinal()


@lru_cache(maxsize=64)
def bins_bytes(bins: tuple[tuple[int, int], ...], unit: str) -> bytes:
    """Start and end of each bin in ms and how many records begin in it, as Arrow."""
    table = pd.DataFrame(
        {"start": [to_ms(day) for day, _ in bins], "end": [to_ms(next_bin(day, unit)) for day, _ in bins], "n": [n for _, n in bins]},
        dtype="float",
    )  # fmt: skip
    return convert_pandas_df_to_arrow_bytes(table)


def draw_histogram(span: tuple[float, float], chosen: tuple[float, float] | None, ink: Ink, lang: str) -> dict[str, Any]:
    """Records by year or month over all of time; the brushed stretch is what the timeline shows."""
    spec = copy.deepcopy(_histogram_template(ink, lang))
    spec["encoding"]["x"]["scale"] = between(span)
    # In SVG the brush would be an image without a name, which no setting of Vega's can give it.
    spec["usermeta"] = {"embedOptions": {"renderer": "canvas"}}
    if chosen:
        spec["params"][0]["value"] = {"x": [to_ms(chosen[0]), to_ms(chosen[1])]}
    return spec


@cache
def _histogram_template(ink: Ink, lang: str) -> dict[str, Any]:
    brush = alt.selection_interval(name="brush", encodings=["x"], mark=alt.BrushConfig(fill=ink.ink, fillOpacity=0.12, stroke=ink.ink, strokeOpacity=0.6))
    chart = (
        alt.Chart(alt.NamedData(name="bins"))
        .mark_rect(color=ink.soft, opacity=0.55, stroke=ink.paper, strokeWidth=1)
        .encode(x=_x("start"), x2="end", y=alt.Y("n", type="quantitative", axis=None, scale=alt.Scale(zero=True, nice=False)), y2=alt.datum(0), tooltip=alt.Tooltip("n", type="quantitative"))
        .properties(height=34, padding={"left": GUTTER, "right": 8, "top": 0, "bottom": 4})
        .configure(**_config(ink))
        .add_params(brush)
    )
    spec = chart.to_dict()
    spec["encoding"]["x"]["axis"] = time_axis(ink, lang)
    spec["autosize"] = {"type": "fit-x", "contains": "padding"}
    return spec
