"""The small browser parts of the page: clicks on our markup, the map, the list by year, the evidence sheet.

Each is a pair of files under dashboard/web/ that turns data into text nodes and reports what was picked.
Leaves out what the data means: the module that shows it knows that.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

import streamlit as st
from streamlit.components import v2

from dashboard.style import WEB

PARTS = {name: f'<div class="{name}"></div>' for name in ("clicks", "years", "outlines", "map", "article", "matrix", "sheet")}

NEEDS = {"clicks": ("save",)}  # scripts that a part has in front of its own


@cache
def _part(name: str) -> Callable[..., Any]:
    return v2.component(
        f"youju_{name}",
        html=PARTS[name],
        css=(WEB / f"{name}.css").read_text(encoding="utf-8"),
        js="".join((WEB / f"{file}.js").read_text(encoding="utf-8") for file in (*NEEDS.get(name, ()), name)),
    )


def show_part(name: str, data: Mapping[str, Any], *, key: str, on_pick: Callable[[str], None] | None = None) -> None:
    """Show a part with its data; `on_pick` gets the id of what was clicked, before the page is drawn again."""

    if on_pick is None:
        _part(name)(data=data, key=key)
        return

    def picked() -> None:
        state = st.session_state.get(key)
        value = getattr(state, "pick", None)
        if isinstance(value, str) and value:
            on_pick(value)

    _part(name)(data=data, key=key, on_pick_change=picked)
