"""Words and their kinds. The only module that loads a dictionary, and only when a word is asked for.

`rjieba` cuts and tags like `jieba` at a twentieth of the time; where it is not installed, a `jieba.Tokenizer` of our
own does the same (never jieba's global one: that sets log handlers and is shared with whoever imports it).
Leaves out: everything about meaning. A tag is a hint (`签订` is tagged a noun), so rules ask for tags only where a
lexicon has no say.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable
from typing import NamedTuple

from extract.mentions import make


class Word(NamedTuple):
    """One word: span in the text it was cut from, and its tag in jieba's set (n, v, ns, nr, p, uj, m, x …)."""

    start: int
    end: int
    text: str
    flag: str


def tag(text: str, offset: int = 0) -> list[Word]:
    """The words of `text` in order, without gaps; `offset` is added to every span."""
    words: list[Word] = []
    for word, flag in tagged(text):
        end = offset + len(word)
        words.append(make(Word, (offset, end, word, flag)))
        offset = end
    return words


def tagged(text: str) -> Iterable[tuple[str, str]]:
    """Each word of `text` with its tag, in order and without gaps: for those who count the spans themselves."""
    return _tagger()(text)



def is_word(text: str) -> bool:
    """Whether the dictionary holds `text`; names of companies and people mostly are not in it.

    Without `rjieba` every word counts as known, so that rules built on this find less, not more.
    """
    return _dictionary()(text)


@functools.cache
def _dictionary() -> Callable[[str], bool]:
    try:
        import rjieba
    except ImportError:
        return lambda text: True
    return rjieba.has_word  # the dictionary `rjieba` has loaded for itself: one of our own takes as long to load again


# 派|发现|金红利: what the dictionary cuts wrongly because it lacks the word.
_ADDED = (("派发现金", "v"), ("现金红利", "n"), ("现金分红", "n"), ("现金股利", "n"), ("现金股息", "n"))
_OFTEN = 2_000  # how often the dictionary is told to have met them: enough to win against 发现


@functools.cache
def _tagger() -> Callable[[str], Iterable[tuple[str, str]]]:
    try:
        import rjieba
    except ImportError:
        return _jieba_tagger()
    for word, flag in _ADDED:
        rjieba.add_word(word, _OFTEN, flag)
    return rjieba.tag


def _jieba_tagger() -> Callable[[str], Iterable[tuple[str, str]]]:
    import jieba
    import jieba.posseg

    jieba.setLogLevel(60)  # silence on a first start; the dictionary's cache is jieba's own business
    words = jieba.Tokenizer()
    for word, flag in _ADDED:
        words.add_word(word, _OFTEN, flag)
    tagger = jieba.posseg.POSTokenizer(words)
    return lambda text: ((pair.word, pair.flag) for pair in tagger.cut(text))
