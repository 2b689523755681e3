"""A figure in words: which way it moved and how it is meant, beside the amount just as its source gives it.

下降 2.1% is the amount 2.1% with `change: down`; without its word it would read as growth. Leaves out the page.
"""

from __future__ import annotations

import re
from typing import Literal

from curated.records import Event, Figure

# Of a figure that is part of a change: the step itself, or the level before and after it.
WORDS: dict[str, tuple[str, str]] = {
    "up": ("上升", "up"),
    "down": ("下降", "down"),
    "from": ("原为", "from"),
    "to": ("变为", "to"),
    "forecast": ("预计", "forecast"),
    "target": ("目标", "target"),
    "general": ("泛指", "general"),
    "hypothetical": ("假设", "hypothetical"),
}
# A measure that names the direction itself needs no word for it, and one that names the other must not contradict it.
_RISE = re.compile(r"(?:增速|增幅|增长率|增长|增量|增加[数值额量]?|升幅|(?<!跌)涨幅|上升|上涨|提升|提高)$")
_FALL = re.compile(r"(?:降幅|减幅|(?<!涨)跌幅|减少[数值额量]?|减量|下降|下降率|下跌|下滑|降低)$")
_RATE = re.compile(r"(?:增速|增长率)$")  # 增速 下降2个百分点 is a slower growth: there the rate is what moves
_SIGNED = re.compile(r"\s*[-−－负]")


def direction(figure: Figure) -> Literal["", "up", "down", "from", "to"]:
    """The word that has to stand before the amount; "" where measure or amount say it themselves."""
    change, measure = figure.change, figure.measure
    if (change == "up" and _names_rise(figure)) or (change == "down" and _FALL.search(measure)):
        return ""
    return "" if change in ("up", "down") and _SIGNED.match(figure.amount.text) else change


def falls(figure: Figure) -> bool:
    """A fall that neither its measure nor its amount names: the number alone would read as growth."""
    return direction(figure) == "down"


def _names_rise(figure: Figure) -> bool:
    moved = "百分点" in figure.amount.text and _RATE.search(figure.measure)
    return not moved and _RISE.search(figure.measure) is not None


def measure_said(figure: Figure) -> str:
    """What is counted, before a fall: 营业收入环比增速 下降2.1% would be the fall of a growth rate, 营业收入环比 下降2.1% is not."""
    bare = _RISE.sub("", figure.measure) if falls(figure) and _names_rise(figure) else ""
    return bare or figure.measure


def words_before(figure: Figure, lang: str = "zh") -> list[str]:
    """How it is meant, then which way it moved: both belong before the amount."""
    words = ["" if figure.modality == "actual" else figure.modality, direction(figure)]
    return [WORDS[word][lang == "en"] for word in words if word]


def amount_said(figure: Figure, lang: str = "zh") -> str:
    """The amount as its source says it, behind its words: 预计 下降2.1%."""
    words = words_before(figure, lang)
    joined = words.pop() if direction(figure) and lang != "en" else ""
    return " ".join((*words, joined + figure.amount.text))


def headline(record: Event | Figure) -> str:
    """An event's title; of a figure what is counted and how much, in the words of its article's language."""
    return record.title if isinstance(record, Event) else f"{measure_said(record)} {amount_said(record)}"
