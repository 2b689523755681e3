"""Where a word stands, against looking at every offset."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.occurrences import occurrences, occurrences_of

_TEXT = st.text(alphabet="某年月", max_size=30)
_WORD = st.text(alphabet="某年月", min_size=1, max_size=3)


@given(_TEXT, _WORD, st.integers(0, 30))
def test_every_place_is_found_once(text: str, word: str, end: int) -> None:
    assert list(occurrences(text, word)) == [at for at in range(len(text)) if text.startswith(word, at)]
    assert list(occurrences(text, word, end)) == list(occurrences(text[:end], word))


@given(_TEXT, _WORD)
def test_places_apart_are_what_replacing_finds(text: str, word: str) -> None:
    starts = list(occurrences(text, word, apart=True))

    assert len(starts) == text.count(word)
    assert all(later - one >= len(word) for one, later in pairwise(starts))


@given(_TEXT, _WORD, _WORD)
def test_several_words_are_found_in_order(text: str, word: str, other: str) -> None:
    assert occurrences_of(text, word, other) == sorted([*occurrences(text, word), *occurrences(text, other)])


def test_an_empty_word_is_refused() -> None:
    with pytest.raises(ValueError, match="everywhere"):
        next(occurrences("某年", ""))
