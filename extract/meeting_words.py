"""The words of `lexicon/meetings.yaml` by group: what can be held, what fairs are called, whose opening is news.

Knows the groups. Leaves out which gathering a text means by them (`gatherings.py`, `fairs.py`).
"""

from __future__ import annotations

from functools import cache

from extract.lexicons import either, words_in


@cache
def meeting_words(group: str) -> tuple[str, ...]:
    """The words of one group, the longest first, for `str.startswith` and `str.endswith`."""
    return words_in("meetings", group)


@cache
def any_meeting(*groups: str) -> str:
    """The words of one or more groups as alternatives of a pattern."""
    return either(words_in("meetings", *groups))
