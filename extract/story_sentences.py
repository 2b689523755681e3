"""What the drafting of events needs of an article, and a sentence of it with all that was found in it."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from typing import Protocol, TypeVar

from extract.mentions import Actor, Place, Quantity, Time
from extract.passages import Span
from extract.speakers import Said
from extract.triggers import Trigger


class HasText(Protocol):
    @property
    def text(self) -> str: ...


class Understood(Protocol):
    """What drafting needs of an article; `extract.article.Article` has it."""

    @property
    def reading(self) -> HasText: ...
    @property
    def published(self) -> str: ...
    @property
    def passages(self) -> list[Span]: ...
    @property
    def quantities(self) -> list[Quantity]: ...
    @property
    def times(self) -> list[Time]: ...
    @property
    def places(self) -> list[Place]: ...
    @property
    def actors(self) -> list[Actor]: ...
    @property
    def said(self) -> list[Said]: ...


@dataclass(slots=True, eq=False)  # not a tuple: its fields are asked for at every trigger word
class Sentence:
    start: int  # behind a dateline (路透北京6月3日 - )
    end: int
    number: int  # of its passage
    paragraph: int
    clauses: list[Span]
    triggers: list[Trigger]
    times: list[Time]
    actors: list[Actor]
    places: list[Place]


_M = TypeVar("_M")
def between(mentions: list[_M], starts: list[int], start: int, end: int) -> list[_M]:
    """The mentions that start in [start, end); `starts` is where each of them does, in order."""
    first = bisect_left(starts, start)
    return mentions[first : bisect_left(starts, end, first)]
