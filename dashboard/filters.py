"""The filters: a search, a panel of choices, and chips that say what is filtered and take it away again.

Knows how a choice becomes a link. The link is the truth: widgets are set from it before they are drawn.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from urllib.parse import urlencode, urlsplit, urlunsplit

import streamlit as st

from dashboard.frame import Page, facts_html, go, link_params, plain
from dashboard.rows import place_name
from dashboard.style import put_html, text
from dashboard.view import STATUSES, TYPES, View, keep_only, lift, lift_all
from dashboard.words import say_date, say_type
from extract.edtf import parse_edtf

MOST_ARTICLES = 5
MOST_OPTIONS = 300  # a list longer than this is searched, not read


def show_filters(page: Page) -> None:
    """The line of facts with search and panel beside it; chips below. An embedded page has the facts, and the way to all of it."""
    if page.view.embed:
        with st.container(key="yj-embedded", horizontal=True, vertical_alignment="center", horizontal_alignment="distribute", gap="small"):
            put_html(facts_html(page))
            st.link_button(page.say("whole_page"), whole_page(page), icon=":material/open_in_new:", type="tertiary")
        return
    with st.container(key="yj-filters", horizontal=True, vertical_alignment="center", gap="small"):
        put_html(facts_html(page))
        _search(page)
        panel = st.popover(page.say("filters"), icon=":material/tune:", on_change="rerun", key="yj-panel")
        if panel.open:
            with panel:
                _panel(page)
    with st.container(key="yj-filtered"):  # always there, so that nothing below it is built anew (see `show_evidence`)
        if page.view.filters:
            _chips(page)
        if page.view.q:
            _articles_found(page)


def whole_page(page: Page) -> str:
    """The address of the same view, not embedded."""
    here = urlsplit(str(st.context.url or ""))
    return urlunsplit((here.scheme, here.netloc, here.path or "/", urlencode(link_params(page.view), doseq=True), ""))


def _search(page: Page) -> None:
    st.session_state["yj-q"] = page.view.q
    st.text_input(
        page.say("q"), key="yj-q", placeholder=page.say("search"), label_visibility="collapsed", icon=":material/search:",
        on_change=lambda: go(replace(page.view, q=st.session_state["yj-q"].strip())), width=300, type="search",
    )  # fmt: skip


def _panel(page: Page) -> None:
    story, lang = page.story, page.lang
    _dates(page)
    _choice(page, "place", [code for code, _ in story.places.most_common(MOST_OPTIONS)], lambda code: said(page, "place", code))
    _choice(page, "actor", [name for name, _ in story.actors.most_common(MOST_OPTIONS)], str)
    _choice(page, "type", list(TYPES), lambda t: say_type(t, lang))
    _choice(page, "measure", [name for name, _ in story.measures.most_common(MOST_OPTIONS)], str)
    if not story.archive:  # articles of an archive are found by words, on their own page
        _choice(page, "source", [count.source.name for count in story.source_page(View(), 0, MOST_OPTIONS)[1]], lambda s: source_title(page, s))
    _choice(page, "status", list(STATUSES), page.say)
    if story.tags:
        _choice(page, "tag", [tag for tag, _ in story.tags.most_common(MOST_OPTIONS)], str)


def source_title(page: Page, name: str) -> str:
    source = page.story.sources.get(name)
    return source.title or name if source else name


def _choice(page: Page, name: str, options: Sequence[str], word: Callable[[str], str]) -> None:
    chosen = list(getattr(page.view, name))
    key = f"yj-{name}"
    st.session_state[key] = chosen
    st.multiselect(
        page.say(name), [*options, *(c for c in chosen if c not in options)], key=key, format_func=word, placeholder=page.say("any"),
        select_all=False, wrap=True,
        on_change=lambda: go(replace(page.view, **{name: tuple(st.session_state[key])})),
    )  # fmt: skip


def _dates(page: Page) -> None:
    with st.container(horizontal=True):
        for name, param in (("since", "from"), ("until", "to")):
            key = f"yj-{name}"
            typed = st.session_state.get(f"{key}-wrong")
            st.session_state[key] = typed or getattr(page.view, name)
            st.text_input(page.say(param), key=key, placeholder=page.say("date_hint"), on_change=_read_typed, args=(page.view, name))
    for name in ("since", "until"):
        if wrong := st.session_state.get(f"yj-{name}-wrong"):
            st.text(page.say("bad_date", value=wrong))


def _read_typed(view: View, name: str) -> None:
    """What a person types as a date: EDTF or Chinese; what cannot be read stays in the box and is named."""
    typed = st.session_state[f"yj-{name}"].strip()
    edtf = parse_edtf(typed) if typed else None
    if typed and edtf is None:
        from extract.times import parse_date  # only when someone typed a date in words

        edtf = parse_date(typed)
    st.session_state[f"yj-{name}-wrong"] = typed if typed and edtf is None else ""
    if not typed or edtf is not None:
        go(replace(view, **{name: str(edtf) if edtf else ""}))


def _chips(page: Page) -> None:
    with st.container(key="yj-chips", horizontal=True, gap="small", vertical_alignment="center"):
        for param, values in page.view.filters.items():
            for value in values:
                st.button(
                    f"{page.say(param)}{page.say('colon')}{plain(said(page, param, value))}", key=f"yj-chip-{param}-{value}", help=None,
                    icon=":material/close:", icon_position="right", on_click=go, args=(lift(page.view, param, value),),
                )  # fmt: skip
        if len(page.view.filters) > 1:
            st.button(page.say("lift_all"), key="yj-chip-all", type="tertiary", on_click=go, args=(lift_all(page.view),))


def _articles_found(page: Page) -> None:
    """Articles that hold the words of a search in sentences no record quotes."""
    shown = {row.record.source for row in page.rows}
    found = [source for source in page.story.sources_found(page.view.q) if source.name not in shown and source.rights != "none"]
    target = page.pages.get("sources")
    if not found or target is None:
        return
    put_html(f'<p class="yj-note">{text(page.say("articles_found", n=len(found), q=page.view.q))}</p>')
    with st.container(key="yj-articles", horizontal=True, gap="small"):
        for source in found[:MOST_ARTICLES]:
            there = View(source=(source.name,), lang=page.view.lang)
            st.page_link(target, label=plain(source.title or source.name), icon=":material/article:", query_params=link_params(there))


def said(page: Page, param: str, value: str) -> str:
    """A filter's value as a person says it."""
    if param == "place":
        return page.story.place_names.get(value) or place_name(value) or value
    if param == "type":
        return say_type(value, page.lang)
    if param == "status":
        return page.say(value)
    if param == "source":
        return source_title(page, value)
    if param in ("from", "to"):
        return say_date(parse_edtf(value), page.lang)
    return value


def show_empty(page: Page) -> None:
    """Nothing passes: name the filter to blame and offer to lift it; or say how to begin."""
    if not len(page.story.rows):
        st.subheader(page.say("no_data"), anchor=False)
        st.text(page.say("no_data_how"))
        return
    st.subheader(page.say("empty"), anchor=False)
    with st.container(key="yj-blame"):
        blamed = page.story.blame(page.view)
        for param, n in blamed:
            if n:
                st.button(page.say("empty_blame", what=plain(_what(page, param)), n=n), key=f"yj-blame-{param}", on_click=go, args=(lift(page.view, param),))
        if not any(n for _, n in blamed):
            _show_each_alone(page)
        st.button(page.say("lift_all"), key="yj-blame-all", type="tertiary", on_click=go, args=(lift_all(page.view),))


def _show_each_alone(page: Page) -> None:
    """No single filter is to blame: how many each has by itself, and which has none at all."""
    for param in page.view.filters:
        alone = keep_only(page.view, param)
        if n := page.story.totals(alone).shown:
            st.button(page.say("empty_alone", what=plain(_what(page, param)), n=n), key=f"yj-alone-{param}", on_click=go, args=(alone,))
        else:
            put_html(f'<p class="yj-note">{text(page.say("empty_none", what=_what(page, param)))}</p>')


def _what(page: Page, param: str) -> str:
    return page.say(param) + page.say("colon") + page.say("comma").join(said(page, param, value) for value in page.view.filters[param])
