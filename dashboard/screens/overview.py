"""The overview: a line of facts, headline figures, the timeline, the map beside its places, and the table."""

from __future__ import annotations

from dashboard.atlas import show_atlas
from dashboard.cards import cards_html, choose_headlines
from dashboard.filters import show_empty
from dashboard.frame import Page, guard
from dashboard.panel import show_timeline
from dashboard.saving import save_html
from dashboard.style import put_html
from dashboard.tables import show_records


def show(page: Page) -> None:
    if not page.rows:
        show_empty(page)
        return
    for part in (show_cards, show_timeline, show_atlas, show_records):
        guard(part, page)


def show_cards(page: Page) -> None:
    if chosen := choose_headlines(page.story.headlines(page.view), page.story):
        save = save_html(page, ".yj-cards", page.say("headline"), chosen)
        put_html(f'{cards_html(chosen, page.story, page.view.record, page.lang)}<div class="yj-cards-foot">{save}</div>')
