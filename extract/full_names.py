"""One company under two names: 云海恒兴公司 in an article that names 云海恒兴科技有限公司 in full.

Knows what a short form leaves out of a registered name: its legal form, the trade, the place in front. Leaves out short
forms that the article explains in brackets (`actors.py`) and well-known names (`lexicon/actors.yaml`); where two full
names or a subsidiary could be meant, every name stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from extract.mentions import Actor, Place
from extract.words import is_word

_LEGAL = re.compile("(?:股份)?有限(?:责任)?公司$")
# 云海公司旗下云海物流有限公司: the full name is another company's.
_OWNS = ("旗下", "子公司", "的子公司", "全资", "控股", "下属", "所属")


def with_full_names(text: str, places: Sequence[Place], actors: list[Actor]) -> list[Actor]:
    """`actors` with the registered name of each company that the article also calls by a shorter one."""
    names = {actor.name for actor in actors if actor.type == "company" and actor.rule != "known name"}
    full = [name for name in names if _LEGAL.search(name)]
    if not full or len(names) == 1:
        return actors
    fronts = {place.text for place in places}
    meant: dict[str, str] = {}
    for name in names:
        fitting = [whole for whole in full if whole != name and _is_short_for(name, whole, fronts)]
        if len(fitting) == 1 and not any(name + owns in text for owns in _OWNS):
            meant[name] = fitting[0]
    return [actor._replace(name=meant[actor.name]) if actor.name in meant else actor for actor in actors] if meant else actors


def _is_short_for(name: str, whole: str, fronts: Iterable[str]) -> bool:
    """Whether `name` is `whole` without its legal form, its trade or its place."""
    core = _LEGAL.sub("", whole)
    if name == core or any(whole == front + name for front in fronts):
        return True
    if _LEGAL.search(name):
        return False
    stem = name.removesuffix("公司")
    if stem == name or len(stem) < 2 or is_word(stem):
        return False
    return any(core.startswith(front + stem) and "集团" not in core[len(front + stem) : -2] for front in ("", *fronts))
