"""Words that run from right to left never turn round the words that stand after them in the same line."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.bidi import FSI, PDI, bare, is_isolated, isolate

TURNING = ["\u202egnp.elif", "\u202e\u202d\u202e", "\u2067abc", "שלום", "شركة", "a\u2069b\u202e", "\u202e\u2069\u2069", "\u2068\u202e\u2069\u202e"]
OURS = " · 2018年5月"
# The x of each of our characters, in the order they stand in the text.
PLACES = """(count) => {
  const node = document.querySelector("p").firstChild, found = []
  for (let i = node.length - count; i < node.length; i++) {
    const range = document.createRange()
    range.setStart(node, i)
    range.setEnd(node, i + 1)
    found.push(range.getBoundingClientRect().left)
  }
  return found
}"""

_WORDS = st.text(st.sampled_from("ab2 中א\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"), max_size=12)


@given(_WORDS)
@settings(deadline=None)
def test_isolation_is_closed_and_comes_back(words: str) -> None:
    shown = isolate(words)

    assert isolate(shown) == shown
    if not is_isolated(bare(shown)):  # words that are nothing but an isolation are taken for one
        assert isolate(bare(shown)) == shown
    if shown != words and shown:
        assert (shown[0], shown[-1]) == (FSI, PDI) or not set(shown) & set("א\u202a\u202b\u202d\u202e\u2066\u2067\u2068\u2069")
    if is_isolated(shown):
        assert depth(shown) == 0
        assert all(depth(shown[:at]) > 0 for at in range(1, len(shown)))  # nothing inside ends it early


def depth(words: str) -> int:
    """Isolations still open; one that closes too many is below none."""
    return sum({"\u2066": 1, "\u2067": 1, "\u2068": 1, "\u2069": -1}.get(char, 0) for char in words)


@pytest.mark.parametrize("words", ["上海 2018", "abc", "", "2,800万", "a\u200bb"])
def test_other_words_stay_as_they_are(words: str) -> None:
    assert isolate(words) == words


@pytest.mark.browser
def test_our_words_stand_in_order_behind_them(browser: Any) -> None:
    page = browser.new_page()

    def order(text: str) -> bool:
        page.set_content("<p style='font: 20px sans-serif; white-space: pre'></p>")
        page.evaluate("text => document.querySelector('p').append(text)", text)
        places = page.evaluate(PLACES, len(OURS))
        return places == sorted(places)

    assert not order("\u202egnp.elif" + OURS)  # what happens to words that are not isolated
    assert [words for words in TURNING if not order(isolate(words) + OURS)] == []
    page.close()
