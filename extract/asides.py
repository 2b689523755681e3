"""Actors that a clause names beside what it is about: one of a row of states, where something is done, who only lends it.

Knows the words around such a name. Leaves out who only says it (`only_says.py`).
"""

from __future__ import annotations

import re
from functools import cache

from extract.mentions import Actor
from extract.only_says import has_shops, visits
from extract.owner_words import any_of, owner_words

# 他在云帆、远山等平台开店: where or through whom something is done, and not whom the next sentence is about.
_GOVERNED = re.compile(r"(?:在|通过|借助|入驻|登陆)(?:[^，,。；;、的]{2,8}、){0,4}$")
_AMONG = ("、", "等", "和", "平台", "上")
_BY = ("被", "获", "经")  # 被云海协会授予称号


@cache
def _holds_office() -> re.Pattern[str]:
    """云海市委原书记林远山: the person is told of."""
    return re.compile(f"[原前副常务]{{0,4}}(?:{any_of('offices')})")


@cache
def authority() -> re.Pattern[str]:
    """落实市委市政府决策部署: what an authority only lends."""
    return re.compile(f"[、和]?的?(?:正确|坚强|大力)?(?:{any_of('what an authority lends')})")


_ROW, _ATTEND = ("、", "等", "和"), re.compile("[^，,。；;\n]{0,40}?(?:参加|出席|参会|与会|到场|见证)")  # 远山公司、江海公司等参加


def is_aside(text: str, actor: Actor) -> bool:
    """Whether an actor is only one of a row of states (以欧盟、美国的客商居多) or where something is done (在云帆、远山等平台开店)."""
    start, end = actor.start, actor.end
    if has_shops(text, actor) or actor.name.endswith(owner_words("watch over companies")):
        return True
    if text[start - 1 : start] in _BY or (actor.type == "person" and visits(text, actor)):
        return True
    if actor.type in ("government", "other") and _holds_office().match(text, end):
        return True
    if text[end : end + 1] in _ROW and _ATTEND.match(text, end):
        return True
    if actor.type == "government" and (authority().match(text, end) or "、" in (text[start - 1 : start], text[end : end + 1])):
        return True
    return text.startswith(_AMONG, end) and _GOVERNED.search(text, max(0, start - 24), start) is not None
