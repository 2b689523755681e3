"""Which office 政府 and 警方 are that a clause opens with: the only one of its kind that the article names.

Knows what such an office does itself. Leaves out 该局 and 该行, which point to the last one named (`stage.py`).
"""

from __future__ import annotations

import re

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


def _government(sentence: Sentence, start: int) -> tuple[str, ...]:
    """The only government that the article names, unless the sentence names another state or place before: 美国经济下滑，政府计划投入."""
    ahead = [place for place in sentence.places if place.start < start]
    government = sentence.finds.government
    if ahead and ahead[-1].level == "country":
        return (ahead[-1].name,)
    return (government,) if government and (not ahead or government.startswith(ahead[-1].text[:2])) else ()
