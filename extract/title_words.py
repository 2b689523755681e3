"""Words that decide what a title keeps and whose place a deed has. Reads `lexicon/titles.yaml`; what they do is said there."""

from __future__ import annotations

from functools import cache

from extract.lexicons import read_lexicon


@cache
def words_of(group: str) -> tuple[str, ...]:
    """The words of `group`; `StopIteration` where the lexicon has no such group."""
    return tuple(next(entry["words"] for entry in read_lexicon("titles") if entry["group"] == group))
