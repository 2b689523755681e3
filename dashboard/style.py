"""How the page looks: colours in both lights, type sizes, spacing, and where Streamlit's own parts stand.

Red (朱砂) is used for evidence and the selected record and for nothing else. Leaves out the charts' layout.
"""

from __future__ import annotations

import logging
from functools import cache
from html import escape
from pathlib import Path
from typing import NamedTuple

import streamlit as st

SANS = "'PingFang SC','Hiragino Sans GB','Microsoft YaHei','Noto Sans CJK SC','Noto Sans SC','Source Han Sans SC',sans-serif"
WEB = Path(__file__).parent / "web"


class Ink(NamedTuple):
    """Colours for charts, which CSS does not reach."""

    paper: str
    ink: str
    soft: str
    hair: str
    band: str
    red: str


LIGHT = Ink("#fbfaf6", "#23201b", "#6a6357", "#ddd7c9", "#f3f0e7", "#b3261e")
DARK = Ink("#181713", "#ebe6da", "#a89f8f", "#3b372f", "#201e19", "#f0745f")


class Kind(NamedTuple):
    """How a type of record is drawn: a colour shared by its family, a shape of its own."""

    family: str
    shape: str


# Seven families, so that colours stay apart for red-green and blue-yellow blindness; the shape tells the type.
KINDS: dict[str, Kind] = {
    "agreement": Kind("deal", "circle"),
    "investment": Kind("deal", "square"),
    "acquisition": Kind("deal", "diamond"),
    "meeting": Kind("meet", "circle"),
    "visit": Kind("meet", "triangle-right"),
    "speech": Kind("meet", "triangle-up"),
    "launch": Kind("new", "triangle-up"),
    "founding": Kind("new", "square"),
    "publication": Kind("new", "diamond"),
    "policy": Kind("public", "square"),
    "service": Kind("public", "circle"),
    "relief": Kind("public", "cross"),
    "sales": Kind("trade", "circle"),
    "incident": Kind("trade", "cross"),
    "other": Kind("rest", "circle"),
    "figure": Kind("figure", "triangle-down"),
}
FAMILY_LIGHT = {
    "deal": "#2f5f8f", "meet": "#8a5a9c", "new": "#1f7f74", "public": "#9a6f12",
    "trade": "#5b6b2f", "rest": "#7b7467", "figure": "#3b382f",
}  # fmt: skip
FAMILY_DARK = {
    "deal": "#7fb0dd", "meet": "#c9a0d8", "new": "#6cc7b9", "public": "#dcb45c",
    "trade": "#b3c37c", "rest": "#a89f8f", "figure": "#d8d2c4",
}  # fmt: skip


def ink() -> Ink:
    return DARK if is_dark() else LIGHT


def is_dark() -> bool:
    theme = st.context.theme
    return (theme.get("type") if isinstance(theme, dict) else getattr(theme, "type", None)) == "dark"


def family_colours(dark: bool, chosen: dict[str, str] | None = None) -> dict[str, str]:
    """Colours by type; `chosen` (from story.yaml) wins."""
    families = FAMILY_DARK if dark else FAMILY_LIGHT
    return {type_: families[kind.family] for type_, kind in KINDS.items()} | (chosen or {})


def put_html(html: str) -> None:
    """The one door for markup: `html` is ours, every word from outside went through `text`."""
    st.html(html)


def text(words: object) -> str:
    """Anything from an article, a file or a link, as text inside our markup."""
    return escape(str(words), quote=True)


@cache
def early_script() -> str:
    """The one script that has to be there before anything can be clicked; `dashboard.server` allows it by its hash."""
    return (WEB / "early.js").read_text(encoding="utf-8")


@cache
def _head() -> str:
    """The page's style and its first script. Both are files of ours."""
    style = (WEB / "page.css").read_text(encoding="utf-8")
    return f"<style>{style}</style><script>{early_script()}</script>"


def put_style() -> None:
    """Once a run: the page's own style, and Streamlit's chrome out of the way."""
    # Print is always dark on light: what was drawn for lamp light is marked, so that it can be turned over.
    st.html(_head() + ('<i class="yj-lamp" hidden></i>' if is_dark() else ""), unsafe_allow_javascript=True)


def report(error: Exception) -> None:
    """Say in the log what went wrong with a part of the page, for whoever runs it."""
    logging.getLogger("youju").exception("a part of the page failed: %s", error)


_SHAPES = {"circle": "●", "square": "■", "diamond": "◆", "triangle-up": "▲", "triangle-down": "▼", "triangle-right": "▶", "cross": "✚"}


def shape_html(shape: str, colour: str) -> str:
    """A shape of the timeline for its legend."""
    return f'<span class="yj-shape" aria-hidden="true" style="color:{text(colour)}">{_SHAPES[shape]}</span>'
