"""The evidence sheet on the page: laid over the right edge while a record is selected.

Knows the order in which proof is read: the words, then how they were understood, then where they come from.
Leaves out how the parts are found (`dashboard.evidence`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import urlencode

import streamlit as st

from curated.records import Figure, Source
from curated.saying import measure_said
from dashboard import editing, evidence
from dashboard.cards import chips_of, split_amount
from dashboard.data import Row
from dashboard.frame import Page, go, link_params
from dashboard.panel import time_span
from dashboard.parts import show_part
from dashboard.style import put_html, text
from dashboard.view import View, write_view
from dashboard.words import say_date, say_reason, say_type


def show_evidence(page: Page) -> None:
    """The sheet for the selected record, a list where several are; nothing where none is.

    Its place on the page is always there: a browser that finds everything below one step further down builds the map
    and the tables anew.
    """
    chosen = [page.story.rows[id_] for id_ in page.view.record]
    place = st.container(key="yj-beside")
    if not chosen:
        return
    with place, st.container(key="yj-evidence", gap="small"):
        label = f"{page.say('evidence')}: {chosen[0].title}" if len(chosen) == 1 else page.say("list_of", n=len(chosen))
        show_part("sheet", {"record": " ".join(page.view.record), "label": label, "share": _share(page, chosen[0])}, key="yj-sheet")
        _controls(page, chosen)
        if len(chosen) > 1:
            _list(page, chosen)
        else:
            _proof(page, chosen[0])


def _share(page: Page, row: Row) -> float | None:
    """How far along the timeline the record stands, 0 to 1; None where it is not on it."""
    first, last = time_span(page.total.years, page.view)
    days = [day for day in (row.first, row.last) if day is not None]
    share = (sum(days) / len(days) - first) / (last - first) if days else -1.0
    return share if 0 <= share <= 1 else None


def _controls(page: Page, chosen: Sequence[Row]) -> None:
    """Close, previous, next: by click, or by Esc and the arrow keys."""
    with st.container(key="yj-sheet-keys", horizontal=True, vertical_alignment="center", gap="small"):
        near = page.story.neighbours(page.view, chosen[0].id) if len(chosen) == 1 else None
        if near is not None:
            _step(page, "previous", near.before, "Left", ":material/arrow_back:")
            _step(page, "next", near.after, "Right", ":material/arrow_forward:")
            put_html(f'<span class="yj-note">{near.at + 1} / {near.total}</span>')
        st.button(page.say("close"), key="yj-close", icon=":material/close:", shortcut="Esc", on_click=go, args=(replace(page.view, record=()),))


def _step(page: Page, name: str, id_: str | None, key: str, icon: str) -> None:
    st.button(
        page.say(name), key=f"yj-{name}", icon=icon, shortcut=key, disabled=id_ is None, on_click=go, args=(replace(page.view, record=(id_ or "",)),)
    )


def _list(page: Page, chosen: Sequence[Row]) -> None:
    put_html(f'<div class="yj-ev"><h2>{text(page.say("list_of", n=len(chosen)))}</h2></div>')
    record_links(page, chosen)


def record_links(page: Page, rows: Sequence[Row]) -> None:
    """Records as lines to click, each with its date and kind."""
    items = "".join(
        f'<li><span class="yj-note">{text(say_date(row.date, page.lang))} · {text(kind_words(page, row))}</span><br>{link_html(row)}</li>' for row in rows
    )
    put_html(f'<ul class="yj-links">{items}</ul>')


def link_html(row: Row) -> str:
    return f'<button type="button" class="yj-line" data-record="{text(row.id)}">{text(row.title)}</button>'


def kind_words(page: Page, row: Row) -> str:
    return page.say("figure") if row.kind == "figure" else say_type(row.type, page.lang)


def _proof(page: Page, row: Row) -> None:
    record, source = row.record, page.story.sources.get(row.record.source)
    reading = evidence.reading_for(page.story, record)
    put_html(f'<div class="yj-ev">{_head(page, row)}{_warnings(page, row, source)}{_words(page, row, source, reading)}{_facts(page, row, source, reading)}</div>')
    _tellings(page, row)
    _way_out(page, row, source)


def _head(page: Page, row: Row) -> str:
    record = row.record
    kind = f'<p class="kind">{text(kind_words(page, row))} · {text(page.say(record.status))}</p>'
    if not isinstance(record, Figure):
        return f"{kind}<h2>{text(record.title)}</h2>"
    parts = split_amount(record.amount, page.lang)
    tags = "".join(f'<span class="yj-tag">{text(chip)}</span>' for chip in chips_of(record, page.lang))
    return f'{kind}<h2>{text(measure_said(record))}</h2><p class="big">{tags}{text(parts.number)}<small>{text(parts.unit)}</small></p>'


def _warnings(page: Page, row: Row, source: Source | None) -> str:
    said = []
    if source is None or source.missing:
        said.append(page.say("missing"))
    else:
        said += [page.say("orphan")] if row.record.orphan else []
        said += [page.say(source.status)] if source.status != "ok" else []
    return "".join(f'<p class="warn">{text(words)}</p>' for words in said)


def _words(page: Page, row: Row, source: Source | None, reading: object) -> str:
    if not evidence.may_quote(source):
        return f'<p class="warn">{text(page.say("rights_none"))}</p>'
    return evidence.quote_html(evidence.find_context(row.record, reading))


def _facts(page: Page, row: Row, source: Source | None, reading: object) -> str:
    record = row.record
    pairs: list[tuple[str, str]] = [*_date_facts(page, row, source, reading)]
    if isinstance(record, Figure) and record.compare_to in page.story.rows:
        pairs.append((page.say("compare_to"), page.story.rows[record.compare_to].title))
    pairs.append((page.say("where"), page.say("comma").join(place.name for place in record.places)))
    pairs.append((page.say("who"), page.say("comma").join(record.actors)))
    pairs += [(page.say("speaker"), record.speaker), (page.say("data_from"), record.data_from), (page.say("note"), record.note)]
    if record.status == "reviewed":
        pairs.append((page.say("reviewed_by"), " · ".join(p for p in (record.reviewed_by, record.reviewed_on) if p)))
    if source:
        pairs += _source_facts(page, source)
    rows = "".join(f"<dt>{text(name)}</dt><dd>{text(value)}</dd>" for name, value in pairs if value)
    return f"<dl>{rows}</dl>"


def _date_facts(page: Page, row: Row, source: Source | None, reading: object) -> list[tuple[str, str]]:
    name = page.say("as_of" if row.kind == "figure" else "date")
    reason = evidence.find_reason(row.record, reading, source) if evidence.may_quote(source) else evidence.Reason("", "", "")
    understood = say_date(row.date, page.lang) or page.say("no_date")
    if row.date and understood != str(row.date):
        understood = page.say("date_and_edtf", date=understood, edtf=row.date)
    facts = [(name, f"{page.say('quoted', words=reason.words)} → {understood}" if reason.words else understood), (page.say("why"), say_reason(reason.why, page.lang))]
    if reason.place and reason.place not in row.record.quote:
        facts.append((page.say("date_elsewhere"), reason.place))
    if isinstance(row.record, Figure) and row.record.during:
        facts.append((page.say("during"), row.record.during))
    return facts


def _source_facts(page: Page, source: Source) -> list[tuple[str, str]]:
    published = say_date(source.published, page.lang)
    return [
        (page.say("source"), source.title or source.name),
        (page.say("publisher"), source.publisher),
        (page.say("original_publisher"), source.original_publisher),
        (page.say("author"), source.author),
        (page.say("published"), published),
        (page.say("reprint"), source.reprint_of),
    ]


def _tellings(page: Page, row: Row) -> None:
    """Other tellings with what differs, and how often this article says it again."""
    tellings = evidence.other_tellings(row, page.story)
    if row.record.also:
        put_html(f'<p class="yj-note">{text(page.say("also_here", n=len(row.record.also)))}</p>')
    if copies := page.story.copies(row.record.source):
        put_html(f'<p class="yj-note">{text(page.say("copies", n=copies))}</p>')
    if not tellings:
        return
    items = []
    for telling in tellings:
        source = page.story.sources.get(telling.row.record.source)
        verdict = page.say("conflict" if telling.differs else "same")
        whence = " · ".join(p for p in ((source.publisher if source else ""), say_date(telling.row.date, page.lang)) if p)
        items.append(f'<li><span class="yj-note"><span class="yj-tag">{text(verdict)}</span>{text(whence)}</span><br>{link_html(telling.row)}</li>')
    put_html(f'<p class="yj-h2">{text(page.say("tellings"))}</p><ul class="yj-links">{"".join(items)}</ul>')


def _way_out(page: Page, row: Row, source: Source | None) -> None:
    """To the article, to its original, and what to copy."""
    if source is None:
        return
    sources = page.pages.get("sources")
    if sources is not None and not source.missing and evidence.may_quote(source):
        there = replace(page.view, source=(row.record.source,), record=(row.id,))
        st.page_link(sources, label=page.say("open_article"), icon=":material/article:", query_params=link_params(there))
    if source.url.startswith(("https://", "http://")):
        st.link_button(page.say("open_original"), source.url, icon=":material/open_in_new:")
    link = link_to(page, View(record=(row.id,), lang=page.view.lang))
    put_html(_copy_html(page, "cite", evidence.cite(source, editing.today())) + _copy_html(page, "link", link))


def _copy_html(page: Page, name: str, words: str) -> str:
    """Words to take along, with a button that copies them (clicks.js).

    Not `st.code`: its first use has the browser set up the grammars of all programming languages, a third of a second.
    """
    what = page.say(name)
    button = f'<button type="button" data-copy="{text(page.say("copied"))}" aria-label="{text(page.say("copy_what", what=what))}">{text(page.say("copy"))}</button>'
    return f'<div class="yj-copy"><p class="yj-note">{text(what)} {button}</p><p class="words">{text(words)}</p></div>'


def link_to(page: Page, view: View) -> str:
    """The whole address of a view of the overview, as it is sent to a colleague."""
    base = str(st.context.url or "").split("?")[0].rstrip("/")
    for target in page.pages.values():
        base = base.removesuffix(f"/{target.url_path}") if target.url_path else base
    query = urlencode(write_view(view), doseq=True)
    return f"{base}/?{query}"
