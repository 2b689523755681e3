"""Where the accident or disaster was that an article tells of.

Knows the words for what befalls a place and for whom it hits, and which places of an article lie in each other. Leaves out
what a sentence says itself of where it was (`amount_places.py`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from extract.divisions import holds
from extract.lexicons import either, words_in
from extract.mentions import Place

_LEAD = 300  # characters in which an article says what happened
_MOST_PLACES = 60  # an article that names more is no report of one place


def scene_of(text: str, places: Sequence[Place]) -> Place | None:
    """泸定县 of 四川泸定县发生地震，93人遇难: the finest place that a report of dead, hurt or missing names at its beginning, if all its places
    lie around it or in it; None where it names others, or tells of nobody hit.

    >>> scene_of("茶博会在云江市开幕。", [])
    """
    named = [place for place in places if place.adcode and place.level != "country"]
    if not named or len(named) > _MOST_PLACES or _befalls().search(text, 0, _LEAD) is None or _hit().search(text) is None:
        return None
    scene = named[0]
    for place in named[1:]:
        if holds(scene.adcode, place.adcode) and place.start < _LEAD:
            scene = place
        elif not holds(place.adcode, scene.adcode) and not holds(scene.adcode, place.adcode):
            return None
    return scene if scene.start < _LEAD else None


@cache
def _befalls() -> re.Pattern[str]:
    return re.compile(either(words_in("measures", "accidents")))


@cache
def _hit() -> re.Pattern[str]:
    return re.compile(either(words_in("measures", "befell")))
