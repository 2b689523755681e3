"""Who only reports: the press, and those who sign for it (新华社, 本报记者周平, 林海摄).

Knows how papers and agencies are called and where a reporter's name stands. Leaves out who says what (`only_says.py`).
"""

from __future__ import annotations

import re
from functools import cache

from extract.lexicons import read_lexicon
from extract.mentions import Actor

_SIGNS = re.compile(r"(?:记者|通讯员|编辑|摄影|实习生|撰文|文/图|图/文)[:： 　]?(?:[一-鿿]{2,4}[ 　、]{1,2})*$")
_MOST_NAMES = 24  # characters of those who sign together


def is_press(name: str) -> bool:
    """Whether a paper, an agency or a broadcaster is called so: 云江日报, but not 云江出版社."""
    last, ends, others = _ends()
    return name[-1:] in last and name.endswith(ends) and len(name) > 1 and not name.endswith(others)


@cache
def _ends() -> tuple[frozenset[str], tuple[str, ...], tuple[str, ...]]:
    """How names of the press end, their last characters first, and those that end so and are none."""
    (press,) = read_lexicon("media")
    return frozenset(end[-1] for end in press["ends"]), tuple(press["ends"]), tuple(press["not"])


def signs(text: str, person: Actor) -> bool:
    """Whether a person is named only as who wrote or took it: (记者周平 林海), 林海 摄."""
    if text.startswith(("摄", " 摄"), person.end):
        return True
    start = max(0, person.start - _MOST_NAMES)
    return text.find("记者", start, person.start) + text.find("通讯员", start, person.start) > -2 and _SIGNS.search(text, start, person.start) is not None
