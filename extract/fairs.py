"""Fairs without a number that a text points to (本次交易会), by the name it gave them before.

Knows the words that point to one. Leaves out those that are numbered (`gatherings.py`).
"""

from __future__ import annotations

import re

from extract.gatherings import Gathering
from extract.mentions import make

# 本次交易会, 此次推介会, and the name before an earlier mention.
_POINTED_TO = re.compile(r"(?:本次|此次|这次)((?:洽谈会|交易会|博览会|展览会|展销会|订货会|推介会|采购会|峰会|展会))(?![员议见期览商馆谈日计年目])")
_NAME_BEFORE = re.compile(r"(?:20[0-9][0-9](?:年(?:度)?)?)?[^\W\d的在于将由为与和及共有是了以本此这次届]{2,16}$")


def pointed_to(text: str) -> list[Gathering]:
    """Fairs without a number: 本次交易会 by the name that an earlier mention (宁波茶叶交易会) gave it, else by its noun."""
    found: list[Gathering] = []
    for match in _POINTED_TO.finditer(text):
        noun = match[1]
        first = text.find(noun, 0, match.start())
        named = _NAME_BEFORE.search(text, max(0, first - 22), first) if first >= 0 else None
        name = named[0] + noun if named else noun
        found.append(make(Gathering, (match.start(), match.end(), name)))
    return found
