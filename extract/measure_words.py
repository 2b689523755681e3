"""The words of `lexicon/measures.yaml` by group, and how to ask what a phrase ends with.

Knows the groups. Leaves out what a word of them means for an amount (`measures.py`, `rates.py`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

from extract.lexicons import set_in, words_in


@cache
def words_of(*groups: str) -> frozenset[str]:
    """The words of one or more groups of `lexicon/measures.yaml`."""
    return set_in("measures", *groups)


@cache
def tails_of(*groups: str) -> tuple[str, ...]:
    """The words of several groups, longest first, for `str.endswith`."""
    return words_in("measures", *groups)


@cache
def is_money(unit: str) -> bool:
    """Whether a unit is a currency, by its ISO 4217 code."""
    return len(unit) == 3 and unit.isascii() and unit.isupper()


@cache
def _by_last(*groups: str) -> tuple[frozenset[str], dict[str, tuple[int, ...]]]:
    """The words of the groups, and by last character the lengths of those that end with it, longest first."""
    words = words_of(*groups)
    return words, _lengths(words)


def _lengths(words: Iterable[str]) -> dict[str, tuple[int, ...]]:
    lengths: dict[str, set[int]] = {}
    for word in words:
        lengths.setdefault(word[-1], set()).add(len(word))
    return {last: tuple(sorted(of_it, reverse=True)) for last, of_it in lengths.items()}


def ending(text: str, *groups: str) -> str:
    """The longest word of the groups that `text` ends with, or ""."""
    words, lengths = _by_last(*groups)
    for length in lengths.get(text[-1:], ()):
        if text[-length:] in words:
            return text[-length:]
    return ""


def tails(head: str) -> Mapping[str, str]:
    """For each group that has one, the longest of its words that `head` ends with; `step` is a rise or a fall."""
    tails_by_word, lengths = _words_at_the_end()
    for length in lengths.get(head[-1:], ()):
        found = tails_by_word.get(head[-length:])
        if found is not None:
            return found
    return _NONE


_NONE: Mapping[str, str] = {}


@cache
def _words_at_the_end() -> tuple[dict[str, Mapping[str, str]], dict[str, tuple[int, ...]]]:
    """What `tails` says of a head whose longest word at the end is this one, and the lengths to ask for by last character."""
    groups: dict[str, tuple[str, ...]] = {}
    for group in ("whole", "rise", "fall", "link", "have", "level", "light"):
        for word in words_of(group):
            groups[word] = (*groups.get(word, ()), group) + (("step",) if group in ("rise", "fall") else ())
    return {word: _groups_within(word, groups) for word in groups}, _lengths(groups)


def _groups_within(longest: str, groups: Mapping[str, tuple[str, ...]]) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for start in range(len(longest)):
        word = longest[start:]
        if "whole" in groups.get(word, ()):  # 违法行为 does not end with a 为
            break
        for group in groups.get(word, ()):
            found.setdefault(group, word)
    return found
