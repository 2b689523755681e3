"""Where a quote stands in its article: verbatim with white space ignored, or nearly so.

Knows the raw file and, when that is not enough, the reading text, whose spans lead back to the raw file.
Leaves out what follows from it (`curated.proof`, `curated.merge`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from curated.records import Span

if TYPE_CHECKING:
    from collections.abc import Callable

    from extract.reading import Reading

NEAR = 85.0  # rapidfuzz similarity, 0 to 100: a few characters changed, not another sentence
_SHORTEST = 6  # characters: shorter ones resemble too much
_LONGEST = 1000  # characters: the search for something alike grows with the square of a quote's length


class Near(NamedTuple):
    span: Span
    text: str
    score: float  # 0 to 100


class Anchors:
    """Looks quotes up in one article. `reading` is only called when the raw text does not hold the quote."""

    def __init__(self, raw: str, reading: Callable[[], Reading | None]):
        self.raw = raw
        self._make_reading = reading
        self._reading: Reading | None = None
        self._asked = False
        self._squeezed: dict[str, tuple[str, list[int]]] = {}

    @property
    def reading(self) -> Reading | None:
        if not self._asked:
            self._reading, self._asked = self._make_reading(), True
        return self._reading

    def stands_at(self, quote: str, at: Span) -> bool:
        """Whether `at` of the raw file holds the quote, as raw or as reading text."""
        wanted = squeeze(quote)
        if squeeze(self.raw[at[0] : at[1]]) == wanted:
            return True
        return squeeze(self.text_at(at)) == wanted

    def text_at(self, at: Span) -> str:
        """The reading text of a raw span; the raw text where there is no reading."""
        span = self.reading.text_span(*at) if self.reading else None
        return self.reading.text[span[0] : span[1]] if self.reading and span else self.raw[at[0] : at[1]]

    def locate(self, quote: str, near: int | None = None) -> Span | None:
        """Raw span of the telling nearest to offset `near` (else the first), None where it stands nowhere."""
        spans = self.locate_all(quote)
        if not spans:
            return None
        return min(spans, key=lambda span: abs(span[0] - near)) if near is not None else spans[0]

    def locate_all(self, quote: str) -> list[Span]:
        wanted = squeeze(quote)
        if not wanted:
            return []
        spans = self._search("raw", self.raw, wanted)
        if not spans and self.reading is not None:
            spans = [self.reading.raw_span(*span) for span in self._search("text", self.reading.text, wanted)]
        return spans

    def resemble(self, quote: str) -> Near | None:
        """The passage most like a quote that stands nowhere any more, None where nothing comes near."""
        from rapidfuzz import fuzz

        wanted = squeeze(quote)
        if not _SHORTEST <= len(wanted) <= _LONGEST:
            return None
        text = self.reading.text if self.reading else self.raw
        squeezed, offsets = self._squeeze("text" if self.reading else "raw", text)
        found = fuzz.partial_ratio_alignment(wanted, squeezed, score_cutoff=NEAR)
        if found is None or found.dest_end <= found.dest_start:
            return None
        begin, finish = _fit(wanted, squeezed, found.dest_start, found.dest_end)
        score = fuzz.ratio(wanted, squeezed[begin:finish])
        span = offsets[begin], offsets[finish - 1] + 1
        words = text[span[0] : span[1]]
        raw_span = self.reading.raw_span(*span) if self.reading else span
        return Near(raw_span, words, score) if score >= NEAR else None

    def _search(self, key: str, text: str, wanted: str) -> list[Span]:
        squeezed, offsets = self._squeeze(key, text)
        spans, position = [], squeezed.find(wanted)
        while position >= 0:
            spans.append((offsets[position], offsets[position + len(wanted) - 1] + 1))
            position = squeezed.find(wanted, position + len(wanted))
        return spans

    def _squeeze(self, key: str, text: str) -> tuple[str, list[int]]:
        """Text without white space, and where each of its characters stood."""
        if key not in self._squeezed:
            offsets = [i for i, char in enumerate(text) if not char.isspace()]
            self._squeezed[key] = squeeze(text), offsets
        return self._squeezed[key]


def squeeze(text: str) -> str:
    """Without white space: what `verbatim` compares."""
    return "".join(text.split())


def _fit(wanted: str, text: str, begin: int, finish: int) -> tuple[int, int]:
    """The window of `text` around [begin, finish) that `wanted` fits best: an insertion makes it longer."""
    from rapidfuzz.distance import Levenshtein

    slack = max(2, len(wanted) // 6)
    ends = range(max(begin + 1, finish - slack), min(len(text), finish + slack) + 1)
    finish = min(ends, key=lambda e: (Levenshtein.distance(wanted, text[begin:e]), abs(e - finish)))
    starts = range(max(0, begin - slack), min(finish, begin + slack + 1))
    begin = min(starts, key=lambda b: (Levenshtein.distance(wanted, text[b:finish]), abs(b - begin)))
    return begin, finish
