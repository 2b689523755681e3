"""The words of `lexicon/owners.yaml` by group: by them a report tells whose a figure is and who speaks.

Knows the groups. Leaves out what a word of them means for an amount (`amount_owners.py`, `stage.py`, `speakers.py`).
"""

from __future__ import annotations

import re
from functools import cache

from extract.lexicons import read_lexicon


@cache
def owner_words(*groups: str) -> tuple[str, ...]:
    """The words of one or more groups, the longest first, for `str.startswith` and `str.endswith`."""
    words = {word for entry in read_lexicon("owners") if entry["group"] in groups for word in entry["words"]}
    return tuple(sorted(words, key=lambda word: (-len(word), word)))


@cache
def any_of(*groups: str) -> str:
    """The words of one or more groups as alternatives of a pattern."""
    return "|".join(map(re.escape, owner_words(*groups)))


@cache
def tells(group: str) -> re.Pattern[str]:
    """Any word of a group, wherever it stands."""
    return re.compile(any_of(group))
