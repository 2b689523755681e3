"""One article understood: its mentions, and the drafts built from them.

Knows the order in which the finders build on each other and runs only what was asked for.
Leaves out files, raw offsets and what people decided: those belong to the commands and to `curated`.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, NamedTuple

from extract.mentions import KINDS, Actor, EventDraft, FigureDraft, Place, Quantity, Time
from extract.passages import Span, split_passages
from extract.reading import Reading

if TYPE_CHECKING:
    from extract.speakers import Said

# What a kind is built from. A record needs every mention; an actor needs the places (浙江省 + 商务厅).
_NEEDS = {"actor": {"place"}, "figure": {"quantity", "time", "place", "actor"}, "event": {"quantity", "time", "place", "actor"}}


class Article(NamedTuple):
    """All offsets count code points of `reading.text`; every list is sorted by start. `said`: who says what, for drafts."""

    reading: Reading
    published: str  # EDTF or ""; with `?` where it was inferred
    passages: list[Span]
    quantities: list[Quantity]
    times: list[Time]
    places: list[Place]
    actors: list[Actor]
    figures: list[FigureDraft]
    events: list[EventDraft]
    said: list[Said] = []  # noqa: RUF012 - a tuple's default is never written to


def understand(reading: Reading, published: str = "", kinds: Collection[str] = KINDS) -> Article:
    """Everything of `kinds` (and of what they are built from) that `reading` says.

    `published` is EDTF; "" takes the date the article gives of itself, or none.
    """
    wanted = set(kinds)
    for kind in kinds:
        wanted |= _NEEDS.get(kind, set())
    text = reading.text
    if not published and wanted & {"time", "figure", "event"}:
        from extract.times import find_published

        published = find_published(reading).edtf
    places = _places(text) if "place" in wanted else []
    article = Article(
        reading=reading,
        published=published,
        passages=split_passages(text) if wanted & {"figure", "event"} else [],
        quantities=_quantities(text) if "quantity" in wanted else [],
        times=_times(text, published) if "time" in wanted else [],
        places=places,
        actors=_actors(text, places) if "actor" in wanted else [],
        figures=[],
        events=[],
    )
    return _drafted(article, wanted)


def _drafted(article: Article, wanted: set[str]) -> Article:
    if wanted & {"figure", "event"}:
        from extract.speakers import find_speakers

        article = article._replace(said=find_speakers(article.reading.text, article.passages, article.actors))
    finds = None
    if "figure" in wanted:
        from extract.figures import draft_figures
        from extract.finds import Finds

        finds = Finds(article)
        article = article._replace(figures=draft_figures(article, finds))
    if "event" in wanted:
        from extract.events import draft_events

        article = article._replace(events=draft_events(article, finds))
    return article


def _quantities(text: str) -> list[Quantity]:
    from extract.quantities import find_quantities

    return find_quantities(text)


def _times(text: str, published: str) -> list[Time]:
    from extract.times import find_times

    return find_times(text, published)


def _places(text: str) -> list[Place]:
    from extract.places import find_places

    return find_places(text)


def _actors(text: str, places: list[Place]) -> list[Actor]:
    from extract.actors import find_actors

    return find_actors(text, places)
