"""Who only reports: the press, and those who sign for it (新华社, 本报记者周平, 林海摄).

Knows how papers and agencies are called (`lexicon/media.yaml`) and where a reporter's name stands. Leaves out who says
what (`only_says.py`).
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from extract.lexicons import read_lexicon
from extract.mentions import Actor

_SIGNS = re.compile(r"(?:记者|通讯员|编辑|摄影|实习生|撰文|文/图|图/文)[:： 　]?(?:[一-鿿]{2,4}[ 　、]{1,2})*$")
_MOST_NAMES = 24  # characters of those who sign together


def is_press(name: str) -> bool:
    """Whether a paper, an agency or a broadcaster is called so: 云江日报, but not 云江出版社."""
    last, ends, others = _ends()
    return name[-1:] in last and name.endswith(ends) and len(name) > 1 and not name.endswith(others)


def _group(name: str) -> dict[str, Any]:
    return next(entry for entry in read_lexicon("media") if entry["group"] == name)


@cache
def _ends() -> tuple[frozenset[str], tuple[str, ...], tuple[str, ...]]:
    """How names of the press end, their last characters first, and those that end so and are none."""
    press = _group("press")
    return frozenset(end[-1] for end in press["ends"]), tuple(press["ends"]), tuple(press["not"])


@cache
def outlets() -> tuple[str, ...]:
    """How names of outlets end (网, 报, 客户端), which report only where the words around them say so."""
    return tuple(_group("outlets")["ends"])


@cache
def _tellers() -> tuple[str, ...]:
    return tuple(_group("tellers")["ends"])


def tells_of_others(name: str) -> bool:
    """Whether the next sentence is not about this name: 经济观察报报道…, 登陆上交所."""
    return name.endswith(_tellers())


@cache
def read_at() -> re.Pattern[str]:
    """A clause that ends with where a thing was read: 据临江市政府网站消息."""
    return re.compile(f"(?:{'|'.join(_group('sources')['ends'])})(?:消息|报道|报导|讯|发布)$")


def signs(text: str, person: Actor) -> bool:
    """Whether a person is named only as who wrote or took it: (记者周平 林海), 林海 摄."""
    if text.startswith(("摄", " 摄"), person.end):
        return True
    start = max(0, person.start - _MOST_NAMES)
    return text.find("记者", start, person.start) + text.find("通讯员", start, person.start) > -2 and _SIGNS.search(text, start, person.start) is not None


_WRITES = ("记者", "通讯员", "编辑", "责编")
_SIGNED = re.compile(r"[)）〕】、]|\s|[/|／]|通讯员|报[道导]|[摄文]|[0-9]{1,2}月(?![0-9]{1,2}日报[道导])|$")
_BESIDE_CHINA = "中国—"
_SOURCE_MARK = re.compile("[网報报社讯訊]{0,3}】")  # 【海岸网讯】: who reports takes no part
# 海岸社云海6月3日电, 海岸社记者, 海岸网从发布会上获悉
_REPORTS = re.compile("记者|通讯员|讯|[^，。；\n]{0,10}?[0-9]{1,2}日[^，。；\n]{0,4}?[电讯]|从[^，。；\n]{2,60}?(?:获悉|了解到|得知|看到)")


def taking_part(text: str, actors: list[Actor]) -> list[Actor]:
    """The actors without those who only report what the article tells, or are half of a name (中国—东盟博览会)."""
    ends = outlets()
    last = {end[-1] for end in ends}
    reporters = {actor[0] for actor in actors if (actor[5] and _is_byline(text, actor)) or (actor[3][-1] in last and actor[3].endswith(ends) and _REPORTS.match(text, actor[1]))}
    if _BESIDE_CHINA in text:
        reporters |= {actor.start for actor in actors if text.endswith(_BESIDE_CHINA, 0, actor.start)}
    if "】" in text:
        reporters |= {actor.start for actor in actors if _SOURCE_MARK.match(text, actor.end)}
    return [actor for actor in actors if actor.start not in reporters] if reporters else actors


def _is_byline(text: str, actor: Actor) -> bool:
    """（记者周立）, 记者周立报道: who wrote the article takes no part in what it tells."""
    return actor.role.endswith(_WRITES) and _SIGNED.match(text, actor.end) is not None
