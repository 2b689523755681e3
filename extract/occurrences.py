"""Where a word stands in a text.

Knows how to go on behind each find. Leaves out whether what stands there is the word meant.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator


def occurrences(text: str, word: str, end: int | None = None, *, start: int = 0, apart: bool = False) -> Iterator[int]:
    """Offsets in code points of each `word` in `text` (from `start`, up to `end`), in order; with `apart` none that overlaps the one before.

    Raises ValueError for an empty word, which stands everywhere.
    """
    if not word:
        raise ValueError("an empty word stands everywhere")
    step = len(word) if apart else 1
    at = text.find(word, start, end)
    while at >= 0:
        yield at
        at = text.find(word, at + step, end)


def spans_of(text: str, words: Iterable[str]) -> list[tuple[int, int]]:
    """Where any of `words` stands, in order and apart, the earliest first and of those the longest, as a pattern or an automaton of them
    would tell: for a dozen words it is quicker to look for each."""
    spans: list[tuple[int, int]] = []
    done = 0
    for at, length in sorted([(at, -len(word)) for word in words for at in occurrences(text, word)]):
        if at >= done:
            done = at - length
            spans.append((at, done))
    return spans


def occurrences_of(text: str, *words: str) -> list[int]:
    """Offsets of each of `words` in `text`, in order. By itself a word is found ten times faster than as one of several by a pattern."""
    return sorted([at for word in words for at in occurrences(text, word)])
