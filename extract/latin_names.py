"""Companies written in Latin letters that no list knows: 美国Netragard去年卖掉…, 初创公司Mistral宣布….

Knows what stands around such a name: a country or a kind of company ahead, what companies do behind. Leaves out those that
`lexicon/actors.yaml` knows, and every word in capitals alone (GDP, CPI).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from extract.lexicons import words_in
from extract.mentions import Actor, Place
from extract.organisation_endings import kinds_ahead

_NAME = re.compile("[A-Z][a-z]+[A-Za-z]*(?: [A-Z][a-z]+){0,2}")
_SHORTEST = 4
_OPENS = "\n \u3000，。；：、“（(,:;与和"


def find_latin(text: str, places: Sequence[Place]) -> list[Actor]:
    """Names of companies in Latin letters, by what stands around them.

    >>> [actor.name for actor in find_latin("昨日，Deliveroo宣布裁员，Windows很好用。", [])]
    ['Deliveroo']
    """
    found: list[Actor] = []
    states: set[int] | None = None
    for match in _NAME.finditer(text):
        start, end = match.span()
        if end - start < _SHORTEST:
            continue
        if states is None:
            states = {place.end for place in places if place.level == "country"}
        of_state = start in states or text.endswith(_kinds(), 0, start)
        if not of_state and start and text[start - 1] not in _OPENS:
            continue
        does = end
        if of_state and (then := next((word for word in words_in("beside_names", "then") if text.startswith(word, end)), "")):
            does += len(then)
        if text.startswith(words_in("beside_names", "a company does"), does):
            found.append(Actor(start, end, match[0], match[0], "company", "", "Latin name with what companies do"))
    return found


@cache
def _kinds() -> tuple[str, ...]:
    return tuple(kinds_ahead())
