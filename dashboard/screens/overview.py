"""The overview: a line of facts, headline figures, the timeline, the map beside its places, and the table."""

from __future__ import annotations

from dashboard import frame
from dashboard.atlas import show_atlas
from dashboard.cards import card_of, choose_headlines
from dashboard.filters import show_empty
from dashboard.frame import Page, guard
from dashboard.panel import show_timeline
from dashboard.tables import show_records
from dashboard.web import show_part


def show(page: Page) -> None:
    if not page.rows:
        show_empty(page)
        return
    for part in (show_cards, show_timeline, show_atlas, show_records):
        guard(part, page)


def show_cards(page: Page) -> None:
    chosen = choose_headlines(page.rows, page.story)
    if not chosen:
        return
    cards = [card_of(row, page.story, page.lang) for row in chosen]
    data = {"cards": cards, "selected": page.view.record[0] if page.view.record else "", "see": page.say("see_sentence")}
    show_part("cards", data, key="yj-cards", on_pick=lambda id_: frame.select(page.view, id_))
