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


def may_own(name: str) -> bool:
    """Whether something called so can have an amount or do something: no kind (企业), nothing that is told of another (鲜花价格), no whole (全省茶叶), nobody who
    says something."""
    if name in owner_words("nobody by themselves") or name.endswith(owner_words("of whatever it is said")):
        return False
    return _OF_A_WHOLE.match(name) is None and name[-1] not in "说称" and not (name[-1] in "会展节" and len(name) <= _LONGEST_KIND)


_LONGEST_KIND = 3  # characters of 推介会, whichever it is
_OF_A_WHOLE = re.compile("[全我本][国省市县区州镇乡村]|[每0-9]")
