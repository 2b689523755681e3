"""The words of `lexicon/dating.yaml` by group: what lasts, what a fine is counted by, whose first months.

Leaves out what they mean for a date (`amount_dates.py`, `period_readers.py`, `date_readers.py`, `dating.py`).
"""

from __future__ import annotations

from functools import cache

from extract.lexicons import words_in

TITLE_ENDS = ("）》", ")》")  # 《纲要（2011—2020年）》: the span of a plan is part of its name
SAME = ("同期", "同月", "同日")  # how the words of a time end that is set beside another


@cache
def dating_words(group: str) -> tuple[str, ...]:
    """The words of one group, for `str.endswith` and `str.startswith`; KeyError where there is none of that name."""
    return words_in("dating", group)
