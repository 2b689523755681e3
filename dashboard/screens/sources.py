"""The articles: a list, or one of them as a person reads it, with all its records marked in place."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from curated.records import Source
from dashboard import article, frame
from dashboard.data import Row
from dashboard.evidence import may_quote
from dashboard.facts import SourceCount
from dashboard.frame import Page
from dashboard.parts import show_part
from dashboard.sheet import record_links
from dashboard.style import put_html, text
from dashboard.words import say_date

MOST_LISTED = 1000  # articles on one page of the list


def show(page: Page) -> None:
    """One article where the filter names one; the list of all otherwise."""
    chosen = page.view.source[0] if len(page.view.source) == 1 else ""
    _show_list(page, chosen)
    if chosen:
        _show_article(page, page.story.sources[chosen])


def sources_table(page: Page, counts: Sequence[SourceCount]) -> pd.DataFrame:
    """One line an article: title, publisher, date, events, figures, share reviewed, state."""
    sources = [count.source for count in counts]
    return pd.DataFrame(
        {
            "title": [source.title or source.name for source in sources],
            "publisher": [source.publisher for source in sources],
            "published": [str(source.published or "") for source in sources],
            "events": [count.events for count in counts],
            "figures": [count.figures for count in counts],
            "reviewed": [count.reviewed * 100 // max(1, count.events + count.figures) for count in counts],
            "state": [page.say("missing_short") if source.missing else page.say(source.status) if source.status != "ok" else "" for source in sources],
        }
    )


def _show_list(page: Page, chosen: str) -> None:
    total, counts = page.story.source_page(page.view, MOST_LISTED * (st.session_state.get("yj-source-page", 1) - 1), MOST_LISTED)
    names = [count.source.name for count in counts]
    key = f"yj-sources-{chosen}"

    def picked() -> None:
        rows = st.session_state[key]["selection"]["rows"]
        frame.change(page.view, source=(names[rows[0]],) if rows else (), record=())

    put_html(f'<h2 class="yj-h2">{text(page.say("sources"))}</h2><p class="yj-note">{text(page.say("choose_source"))}</p>')
    st.dataframe(
        sources_table(page, counts), key=key, on_select=picked, selection_mode="single-row", hide_index=True, row_height=34,
        height=min(300, 36 + 34 * max(1, len(names)) + 3), selection_default={"selection": {"rows": [names.index(chosen)] if chosen in names else []}},
        column_config={
            "title": st.column_config.TextColumn(page.say("source"), width=430),
            "publisher": st.column_config.TextColumn(page.say("publisher"), width=180),
            "published": st.column_config.TextColumn(page.say("published"), width=110),
            "events": st.column_config.NumberColumn(page.say("events"), width=70),
            "figures": st.column_config.NumberColumn(page.say("figures"), width=70),
            "reviewed": st.column_config.ProgressColumn(page.say("reviewed_share"), width=110, format="%d%%", min_value=0, max_value=100, color="gray"),
            "state": st.column_config.TextColumn(page.say("status"), width=100),
        },
        alt=page.say("sources"),
    )  # fmt: skip
    if total > MOST_LISTED:
        put_html(f'<p class="yj-note">{text(page.say("sources_n", n=f"{total:,}"))}</p>')
        st.pagination(-(-total // MOST_LISTED), key="yj-source-page")


def _show_article(page: Page, source: Source) -> None:
    rows = page.story.rows_of(source.name)
    readable = may_quote(source) and page.story.reading(source.name) is not None
    orphans = [row for row in rows if row.record.orphan] if readable else []
    if orphans:
        put_html(f'<p class="yj-warn">{text(page.say("orphans_first"))}</p>')
        record_links(page, orphans)
    _show_head(page, source, page.say("records_in_place" if readable else "records_n", n=len(rows) - len(orphans)))
    if source.status != "ok":
        put_html(f'<p class="yj-warn">{text(page.say(source.status))}</p>')
    if readable:
        _show_text(page, source, rows)
        return
    put_html(f'<p class="yj-warn">{text(page.say("missing_article" if may_quote(source) else "rights_none"))}</p>')
    record_links(page, rows)


def _show_head(page: Page, source: Source, records: str) -> None:
    facts = [source.author, source.publisher, say_date(source.published, page.lang)]
    if source.published_from and str(source.published or "").endswith("?"):
        facts.append(page.say("published_inferred") + page.say("colon") + source.published_from)
    facts.append(records)
    put_html(
        f'<article class="yj-ev"><h2>{text(source.title or source.name)}</h2><p class="kind">{text(" · ".join(f for f in facts if f))}</p></article>'
    )
    if source.url.startswith(("https://", "http://")):
        st.link_button(page.say("open_original"), source.url, icon=":material/open_in_new:")


def _show_text(page: Page, source: Source, rows: Sequence[Row]) -> None:
    whole = article.may_read_whole(source, page.editor)
    if not whole:
        linked = source.url.startswith(("https://", "http://"))
        put_html(f'<p class="yj-note">{text(page.say("only_quotes" if linked else "only_quotes_here"))}</p>')
    paragraphs = article.article_of(page.story, source.name, whole)
    selected = page.view.record[0] if len(page.view.record) == 1 else ""
    kinds = {row.id: row.kind for row in rows}
    names = {row.id: row.title for row in rows}
    data_ = article.article_data(paragraphs, kinds, names, selected, {"rawForm": page.say("raw_form")})
    show_part("article", data_, key=f"yj-article-{source.name}", on_pick=lambda id_: frame.select(page.view, id_))

