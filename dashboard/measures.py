"""One measure through time: values as their sources say them, never more exact, never joined across definitions.

Knows which figures tell of the same thing in the same terms, how a bound or a range is drawn, and how large numbers
read in Chinese. Words from outside reach the chart as data only. Leaves out what a click does.
"""

from __future__ import annotations

import copy
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

import altair as alt
import pandas as pd

from curated.records import Figure
from curated.saying import amount_said, falls, measure_said
from dashboard.data import Row, day_of
from dashboard.facts import Spread
from dashboard.style import SANS, Ink
from dashboard.timeline import DAY, EPOCH, between, time_axis, to_ms
from dashboard.words import say, say_date
from extract.edtf import parse_edtf

# 万 and 亿 as Chinese readers count; K, M and B in English.
_LARGE = {
    "zh": "abs(datum.value) >= 1e8 ? format(datum.value / 1e8, ',~g') + '亿' : abs(datum.value) >= 1e4 ? format(datum.value / 1e4, ',~g') + '万' : format(datum.value, ',~g')",
    "en": "replace(format(datum.value, '~s'), 'G', 'B')",
}


LABELS_ACROSS, LABELS_UP = 760, 290  # pixels of the plot that labels are laid out for: a window a little narrow
NARROW, PHONE = 480, 270  # a plot of fewer pixels has the labels that a phone has room for


def definition(figure: Figure) -> tuple[object, ...]:
    """What must be equal for two figures to be one series: whose, where, in which unit, over which period."""
    places = frozenset(place.adcode or place.name for place in figure.places)
    return figure.measure, figure.amount.unit, frozenset(figure.actors), places, figure.during


def units_of(rows: Sequence[Row]) -> dict[str, list[Row]]:
    """Figures with a number, by unit: each unit has a chart of its own."""
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if isinstance(row.record, Figure) and _ends(row.record) is not None:
            found[row.record.amount.unit].append(row)
    return dict(sorted(found.items(), key=lambda pair: -len(pair[1])))


def _ends(figure: Figure) -> tuple[float, float] | None:
    """The least and the most a figure says; equal for one number."""
    amount = figure.amount
    if amount.value is not None:
        return float(amount.value), float(amount.value)
    low = amount.low if amount.low is not None else amount.high
    high = amount.high if amount.high is not None else amount.low
    return None if low is None or high is None else (float(low), float(high))


def _drawn(figure: Figure) -> tuple[float, float, str] | None:
    """Its ends and bound as they are drawn: a fall below nothing, and what falls by more further below."""
    ends, bound = _ends(figure), figure.amount.bound
    if ends is None or not falls(figure):
        return ends and (*ends, bound)
    return -ends[1], -ends[0], {"over": "under", "under": "over"}.get(bound, bound)


def points_table(rows: Sequence[Row], selected: Sequence[str], lang: str) -> pd.DataFrame:
    """One line a dated figure: id, series, day and span in ms, value, whiskers, and how it is drawn."""
    ends = [abs(end) for row in rows if isinstance(row.record, Figure) for end in (_ends(row.record) or ())]
    reach = (max(ends, default=1.0) or 1.0) * 0.08
    series = {key: f"s{i}" for i, key in enumerate(dict.fromkeys(definition(row.record) for row in rows if isinstance(row.record, Figure)))}
    lines = []
    for row in rows:
        figure = row.record
        if not isinstance(figure, Figure) or (row.first is None and row.last is None) or (drawn := _drawn(figure)) is None:
            continue
        first = row.first if row.first is not None else row.last or 0
        last = row.last if row.last is not None else first
        low, high, bound = drawn
        lines.append(
            {
                "id": row.id, "series": series[definition(figure)] if figure.modality == "actual" else f"alone-{row.id}",
                "day": to_ms((first + last + 1) / 2), "start": to_ms(first), "end": to_ms(last + 1), "value": (low + high) / 2,
                "low": low - reach if bound == "under" else low, "high": high + reach if bound == "over" else high,
                "sign": {"over": "↑", "under": "↓", "about": "≈"}.get(bound, ""), "hollow": row.forecast, "chosen": row.id in selected,
                "label": amount_said(figure, lang), "tip": " · ".join(p for p in (measure_said(figure), amount_said(figure, lang), say_date(row.date, lang), "、".join(figure.actors)) if p),
            }
        )  # fmt: skip
    narrow = _labels(lines, PHONE)
    for line, label, short in zip(lines, _labels(lines, LABELS_ACROSS), narrow, strict=True):
        line |= {"label": label, "narrow": short}
    return pd.DataFrame(lines, columns=["id", "series", "day", "start", "end", "value", "low", "high", "sign", "hollow", "chosen", "label", "narrow", "tip"])


def _labels(lines: Sequence[Mapping[str, Any]], pixels: int) -> list[str]:
    """The labels as a plot of that many pixels has room for them; "" for one that would lie on another or on a point.

    What is selected keeps its own, then the highest. Points and their tips stay.
    """
    if not lines:
        return []
    days, values = [line["day"] for line in lines], [line["value"] for line in lines]
    across, up = (max(days) - min(days)) or 1.0, (max(values) - min(0.0, *values)) or 1.0
    dots = [(line["day"] / across * pixels, line["value"] / up * LABELS_UP) for line in lines]
    taken: list[tuple[float, float, float]] = []
    labels = [""] * len(lines)
    for number, line in sorted(enumerate(lines), key=lambda pair: (not pair[1]["chosen"], -pair[1]["value"], pair[1]["day"])):
        left, top = dots[number]
        width = min(150, sum(12 if ord(c) > 0x2E7F else 7 for c in line["label"]) + 12)
        covers = any(left < x + w and x < left + width and abs(top - y) < 17 for x, y, w in taken)
        covers |= any(left + 8 < x < left + width + 4 and abs(top + 9 - y) < 12 for x, y in dots)
        if line["chosen"] or not covers:
            labels[number] = line["label"]
            taken.append((left, top, width))
    return labels


def spread_table(spread: Sequence[Spread], lang: str) -> pd.DataFrame:
    """Months instead of figures, in the same columns: the middle value, whiskers from the tenth to the ninetieth of a hundred."""
    lines = []
    for one in spread:
        tip = f"{say_month(one.day, lang)} · {say('records_n', lang, n=f'{one.n:,}')} · {say('spread_tip', lang, low=f'{one.low:,.0f}', middle=f'{one.middle:,.0f}', high=f'{one.high:,.0f}')}"
        start, end = to_ms(one.day), to_ms(one.day + 30)
        lines.append(
            {
                "id": "", "series": "spread", "day": (start + end) / 2, "start": start, "end": end, "value": one.middle, "low": one.low, "high": one.high,
                "sign": "", "hollow": False, "chosen": False, "label": "", "narrow": "", "tip": tip,
            }
        )  # fmt: skip
    return pd.DataFrame(lines)


def say_month(day: int, lang: str) -> str:
    return say_date(parse_edtf(day_of(day).isoformat()[:7]), lang)


def draw_measure(points: pd.DataFrame, ink: Ink, lang: str) -> dict[str, Any]:
    """The chart over whole years, without its points, which go beside it as the data set `points`."""
    spec = copy.deepcopy(_template(ink, lang))
    starts, ends = points["start"].tolist(), points["end"].tolist()
    years = [day_of(int(ms / DAY) + EPOCH).year for ms in (min(starts), max(ends) - 1)]
    first = spec["layer"][0]["encoding"]
    first["x"]["scale"] = between((date(years[0], 1, 1).toordinal(), date(min(years[1] + 1, 9999), 1, 1).toordinal()))
    first["y"]["scale"]["zero"] = bool((points["low"] >= 0).all())
    return spec


@cache
def _template(ink: Ink, lang: str) -> dict[str, Any]:
    base = alt.Chart(alt.NamedData(name="points"))
    x = alt.X("day", type="temporal", axis=alt.Axis())
    y = alt.Y("value", type="quantitative", scale=alt.Scale(zero=True, padding=24), axis=alt.Axis())
    plain_x, plain_y = alt.X("day", type="temporal"), alt.Y("value", type="quantitative")
    tip = alt.Tooltip("tip", type="nominal")
    lines = base.mark_line(color=ink.soft, strokeWidth=1.2, opacity=0.7).encode(x=x, y=y, detail=alt.Detail("series", type="nominal"))
    spans = base.mark_rule(color=ink.soft, strokeWidth=5, opacity=0.35, strokeCap="butt").encode(x=alt.X("start", type="temporal"), x2="end", y=plain_y)
    whiskers = base.mark_rule(color=ink.ink, strokeWidth=1.4).encode(x=plain_x, y=alt.Y("low", type="quantitative"), y2="high")
    dots = base.mark_point(size=90, filled=True, strokeWidth=1.6).encode(
        x=plain_x, y=plain_y, tooltip=tip, fill=alt.condition("datum.hollow", alt.value(ink.paper), alt.value(ink.ink)),
        stroke=alt.condition("datum.chosen", alt.value(ink.red), alt.value(ink.ink)),
    ).add_params(alt.selection_point(name="pick", fields=["id"], on="click", toggle="true", clear=False))  # fmt: skip
    ring = base.transform_filter("datum.chosen").mark_point(size=280, filled=False, color=ink.red, strokeWidth=2.4).encode(x=plain_x, y=plain_y)
    labels = base.mark_text(align="left", dx=10, dy=-9, fontSize=12, limit=150).encode(
        x=plain_x, y=plain_y, text=alt.Text("label", type="nominal"), tooltip=tip, color=alt.condition("datum.chosen", alt.value(ink.red), alt.value(ink.ink))
    )
    signs = base.mark_text(dx=0, dy=-6, fontSize=13, color=ink.ink, baseline="bottom").encode(x=plain_x, y=alt.Y("high", type="quantitative"), text=alt.Text("sign", type="nominal"))
    config = {"font": SANS.replace("'", ""), "background": "transparent", "view": {"stroke": None}, "mark": {"aria": False}}
    spec = alt.layer(lines, spans, whiskers, dots, ring, labels, signs).properties(height=330).configure(**config).to_dict()
    words = next(layer["encoding"] for layer in spec["layer"] if layer["encoding"].get("text", {}).get("field") == "label")
    words["text"]["condition"] = {"test": f"width < {NARROW}", "field": "narrow", "type": "nominal"}
    first = spec["layer"][0]["encoding"]
    first["x"]["axis"] = time_axis(ink, lang)
    first["y"]["axis"] = {"labelExpr": _LARGE[lang], "title": None, "gridColor": ink.hair, "domain": False, "tickCount": 5} | {"labelColor": ink.soft, "labelFontSize": 12, "ticks": False, "aria": False}
    for layer in spec["layer"][1:]:
        for channel in ("x", "y"):
            if channel in layer["encoding"]:
                layer["encoding"][channel]["axis"] = first[channel]["axis"]
    spec["autosize"] = {"type": "fit-x", "contains": "padding"}
    return spec
