"""The places: the map and every place with its events, figures, first and last date and activity a year."""

from __future__ import annotations

from dashboard import atlas
from dashboard.filters import show_empty
from dashboard.frame import Page, guard
from dashboard.panel import show_timeline
from dashboard.style import put_html, text
from dashboard.tables import show_records


def show(page: Page) -> None:
    put_html(f'<p class="yj-note">{text(page.say("places_intro"))}</p>')
    guard(atlas.show_atlas, page)
    if not page.rows:
        show_empty(page)
        return
    if page.view.place:
        guard(show_timeline, page)
    guard(show_records, page)
