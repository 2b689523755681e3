"""The way back from a rewritten text to the text it was made from.

Knows edits (a stretch of the source, and what stands there instead) and nothing about why they were made.
Between two edits both texts are the same, character for character; so a layer costs memory for its edits only,
and a position is found by bisection.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterable
from typing import NamedTuple

Span = tuple[int, int]


class Edit(NamedTuple):
    """source[start:end], never empty, is replaced by `text`, which may be."""

    start: int
    end: int
    text: str


class Layer:
    """One rewriting of a text. All positions count code points, ends are exclusive."""

    __slots__ = ("_source_end", "_source_start", "_target_end", "_target_start")

    def __init__(self, edits: Iterable[Edit]) -> None:
        source_start, source_end, target_start, target_end = array("q"), array("q"), array("q"), array("q")
        shift = 0
        for start, end, text in edits:
            source_start.append(start)
            source_end.append(end)
            target_start.append(start + shift)
            target_end.append(start + shift + len(text))
            shift += len(text) - (end - start)
        self._source_start, self._source_end = source_start, source_end
        self._target_start, self._target_end = target_start, target_end

    def source_span(self, start: int, end: int) -> Span:
        """Where the target's characters start:end come from; an empty span stays empty."""
        if end <= start:
            point = self._character(start)[0]
            return point, point
        return self._character(start)[0], self._character(end - 1)[1]

    def target_span(self, start: int, end: int) -> Span | None:
        """What became of the source's characters start:end; None where nothing is left of them."""
        i = bisect_right(self._source_start, start) - 1
        if i >= 0 and start < self._source_end[i]:
            first = self._target_start[i]
        else:
            first = start + (self._target_end[i] - self._source_end[i] if i >= 0 else 0)
        i = bisect_right(self._source_start, end - 1) - 1
        if i >= 0 and end - 1 < self._source_end[i]:
            last = self._target_end[i]
        else:
            last = end + (self._target_end[i] - self._source_end[i] if i >= 0 else 0)
        return (first, last) if first < last else None

    def _character(self, at: int) -> Span:
        """The source span of one target character."""
        i = bisect_right(self._target_start, at) - 1
        if i < 0:
            return at, at + 1
        if at < self._target_end[i]:
            return self._source_start[i], self._source_end[i]
        source = at - self._target_end[i] + self._source_end[i]
        return source, source + 1


def rewrite(text: str, edits: list[Edit]) -> tuple[str, Layer | None]:
    """`text` with all `edits` made (sorted by start, without overlaps), and the way back; None where nothing changes."""
    if not edits:
        return text, None
    pieces: list[str] = []
    done = 0
    for start, end, replacement in edits:
        if start > done:
            pieces.append(text[done:start])
        if replacement:
            pieces.append(replacement)
        done = end
    pieces.append(text[done:])
    return "".join(pieces), Layer(edits)


def in_order(edits: Iterable[Edit]) -> list[Edit]:
    """Sorted by start; of two that overlap the first (at the same start the longer) stays."""
    kept: list[Edit] = []
    done = -1
    for edit in sorted(edits, key=lambda e: (e.start, -e.end)):
        if edit.start >= done:
            kept.append(edit)
            done = edit.end
    return kept
