"""Words that decide what a title keeps and whose place a deed has. Reads `lexicon/titles.yaml`; what they do is said there."""

from __future__ import annotations

from functools import cache

from extract.lexicons import words_in


@cache
def words_of(group: str) -> tuple[str, ...]:
    """The words of `group`; `KeyError` where the lexicon has no such group."""
    return words_in("titles", group)
