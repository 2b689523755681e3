"""Which office 政府 and 警方 are that a clause opens with: the only one of its kind that the article names.

Knows what such an office does itself. Leaves out 该局 and 该行, which point to the last one named (`stage.py`).
"""

from __future__ import annotations

import re
from bisect import bisect_left

from extract.owner_words import tells
from extract.sentences import Sentence

_GOVERNMENT = re.compile("政府(?:已|也|还|又|将|会|拟|今年|去年|计划|预计|预留|投入|拨款|拨出|宣布|决定|共|累计)")  # 政府将预留3亿元
_POLICE = re.compile("警方(?!的|提醒|提示|呼吁)")


def office_meant(sentence: Sentence, start: int, measure_of_harm: bool) -> tuple[str, ...] | None:
    """Who 政府 or 警方 at `start` is; () where the article does not say, None where neither stands there.

    What befell others is nobody's whom the police speak of (警方表示3人死亡): `measure_of_harm`.
    """
    if _GOVERNMENT.match(sentence.text, start):
        return _government(sentence, start)
    if _POLICE.match(sentence.text, start):
        told_elsewhere = any(place.start < start for place in sentence.places)
        return () if measure_of_harm or told_elsewhere else (sentence.finds.police or "警方",)
    return None


def police_of_place(sentence: Sentence, start: int, end: int, measure: str) -> str:
    """云江警方, with which a clause opens behind its time: the police that the article names there; "" where the clause
    opens otherwise, or they only tell of a `measure` that is no work of police (云江警方表示，事故3起)."""
    at = sentence.text.find("警方", start, min(end, start + _FURTHEST))
    if at < 0 or not _POLICE.match(sentence.text, at) or (_TELL.match(sentence.text, at) and not tells("what police do").search(measure)):
        return ""
    places = sentence.finds.article.places
    last = bisect_left(places, at, key=lambda place: place.start) - 1
    if last < 0 or places[last].end != at:
        return ""
    place = places[last]
    begins = places[last - 1].start if last and places[last - 1].end == place.start else place.start
    if begins != start and not any(time.end == begins for time in sentence.times) and sentence.text[begins - 1] not in "，,。":
        return ""
    known = [name for name in sentence.finds.all_police if place.text.rstrip("省市区县") in name]
    return min(known, key=len) if known else sentence.text[begins : at + 2]


_TELL = re.compile("警方[^，,。；;0-9]{0,8}?(?:表示|公布|通报|介绍|称|透露|发布|获悉|说|通告|告诉)")


_FURTHEST = 24  # characters of the time and places before 警方


def _government(sentence: Sentence, start: int) -> tuple[str, ...]:
    """The only government that the article names, unless the sentence names another state or place before: 美国经济下滑，政府计划投入."""
    ahead = [place for place in sentence.places if place.start < start]
    government = sentence.finds.government
    if ahead and ahead[-1].level == "country":
        return (ahead[-1].name,)
    return (government,) if government and (not ahead or government.startswith(ahead[-1].text[:2])) else ()
