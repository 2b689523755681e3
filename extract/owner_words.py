"""The words of `lexicon/owners.yaml` by group: by them a report tells whose a figure is and who speaks.

Knows the groups. Leaves out what a word of them means for an amount (`amount_owners.py`, `stage.py`, `speakers.py`).
"""

from __future__ import annotations

import re
from functools import cache

from extract.lexicons import either, words_in


@cache
def owner_words(*groups: str) -> tuple[str, ...]:
    """The words of one or more groups, the longest first, for `str.startswith` and `str.endswith`."""
    return words_in("owners", *groups)


@cache
def any_of(*groups: str) -> str:
    """The words of one or more groups as alternatives of a pattern."""
    return either(owner_words(*groups))


@cache
def tells(group: str) -> re.Pattern[str]:
    """Any word of a group, wherever it stands."""
    return re.compile(any_of(group))
