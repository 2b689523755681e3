"""What a plan asks for: each example of the lexicon, both ways."""

import pytest

from extract.lexicons import read_lexicon
from extract.plans import is_asked_for, plan_from

GROUPS = read_lexicon("plans")


@pytest.mark.parametrize(("words", "asks"), GROUPS[0]["examples"].items())
def test_a_document_asks(words: str, asks: str) -> None:
    assert (plan_from(words) >= 0) is (asks == "true")


@pytest.mark.parametrize(("words", "asked"), GROUPS[1]["examples"].items())
def test_a_sentence_tells_what_is_asked_for(words: str, asked: str) -> None:
    assert is_asked_for(words, 0, len(words)) is (asked == "true")
