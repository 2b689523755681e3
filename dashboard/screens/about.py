"""About: what is covered and what is not, how it was made, what is wrong in the data, and downloads of what is shown."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import streamlit as st

from curated.records import Event, Figure
from dashboard.data import Row
from dashboard.evidence import may_quote
from dashboard.filters import source_title
from dashboard.frame import Page
from dashboard.style import put_html, text
from dashboard.view import View
from dashboard.words import say_date

MOST_LISTED = 200  # articles, the latest
MOST_EXPORTED = 100_000  # records in one download


def show(page: Page) -> None:
    _show_coverage(page)
    _show_method(page)
    _show_downloads(page)
    _show_problems(page)


def _heading(page: Page, key: str) -> None:
    put_html(f'<h2 class="yj-h2">{text(page.say(key))}</h2>')


def _show_coverage(page: Page) -> None:
    """Each article with its date and rights; what is not in them is not here."""
    _heading(page, "coverage")
    put_html(f'<p class="yj-prose">{text(page.say("coverage_words"))}</p>')
    items = []
    for source, *_ in reversed(page.story.source_page(View(), 0, MOST_LISTED)[1]):
        facts = " · ".join(p for p in (source.publisher, say_date(source.published, page.lang), page.say(f"rights_{source.rights}_short")) if p)
        items.append(f"<li>{text(source.title or source.name)}<br><span class='yj-note'>{text(facts)}</span></li>")
    put_html(f'<ul class="yj-prose">{"".join(items)}</ul>')


def _show_method(page: Page) -> None:
    _heading(page, "how_made")
    for key in ("how_extracted", "how_dated", "how_counted", "how_map"):
        put_html(f'<p class="yj-prose">{text(page.say(key))}</p>')


def download_rows(page: Page, rows: Sequence[Row]) -> list[dict[str, Any]]:
    """What is shown as plain records, with all that keeps a target from being read as a fact, or a fall as a rise.

    A quote only where its article may be quoted; the columns are named as in the YAML and in `curated export`.
    """
    out = []
    for row in rows:
        record = row.record
        source = page.story.sources.get(record.source)
        out.append(
            {
                "id": record.id, "kind": row.kind, "date": str(row.date or ""), "date_from": record.date_from if isinstance(record, Event) else record.as_of_from,
                "type": row.type, "title": row.title if row.kind == "event" else "", **(_figure_columns(record) if isinstance(record, Figure) else _NO_FIGURE),
                "actors": "; ".join(record.actors), "places": "; ".join(p.name for p in record.places), "speaker": record.speaker, "data_from": record.data_from,
                "quote": record.quote if may_quote(source) else "", "note": record.note, "tags": "; ".join(record.tags),
                "source": source_title(page, record.source), "publisher": source.publisher if source else "", "url": source.url if source else "",
                "published": str(source.published or "") if source else "", "status": record.status,
            }
        )  # fmt: skip
    return out


def _figure_columns(figure: Figure) -> dict[str, Any]:
    amount = figure.amount
    return {
        "measure": figure.measure, "amount": amount.text, "value": amount.value, "low": amount.low, "high": amount.high, "unit": amount.unit, "bound": amount.bound,
        "during": figure.during, "modality": figure.modality, "change": figure.change, "compare_to": figure.compare_to,
    }  # fmt: skip


_NO_FIGURE = {
    "measure": "", "amount": "", "value": None, "low": None, "high": None, "unit": "", "bound": "", "during": "", "modality": "", "change": "", "compare_to": "",
}  # fmt: skip


def _show_downloads(page: Page) -> None:
    """Made when asked for: nothing is written out for a page nobody downloads from."""
    _heading(page, "downloads")
    total = page.total.shown
    if total > MOST_EXPORTED:
        put_html(f'<p class="yj-note">{text(page.say("download_first", n=f"{MOST_EXPORTED:,}", total=f"{total:,}"))}</p>')

    def rows() -> Sequence[Row]:
        return page.story.exported(page.view, MOST_EXPORTED)

    with st.container(horizontal=True):
        st.download_button(page.say("download_csv"), lambda: csv_bytes(download_rows(page, rows())), "youju.csv", "text/csv", on_click="ignore", key="yj-csv")
        st.download_button(
            page.say("download_json"), lambda: json.dumps(download_rows(page, rows()), ensure_ascii=False, indent=1).encode(), "youju.json", "application/json",
            on_click="ignore", key="yj-json",
        )  # fmt: skip


def csv_bytes(rows: Sequence[dict[str, Any]]) -> bytes:
    """CSV as spreadsheets open it: UTF-8 with a mark, and no cell that a spreadsheet would run as a formula."""
    import csv
    import io

    from curated.export.tables import safe_cell

    out = io.StringIO()
    if rows:
        writer = csv.DictWriter(out, list(rows[0]))
        writer.writeheader()
        writer.writerows({key: safe_cell(value) for key, value in row.items()} for row in rows)
    return out.getvalue().encode("utf-8-sig")


def _show_problems(page: Page) -> None:
    problems = page.story.problems
    if not problems:
        return
    _heading(page, "all_problems")
    with st.expander(page.say("problems_n", n=len(problems))):
        for problem in problems[:500]:
            st.text(str(problem))
