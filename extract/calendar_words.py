"""What calendar words stand for: numbers, weekdays, reigns, and how far 去年 or 次日 lies from what.

Knows `lexicon/times.yaml`. Leaves out on which day a feast falls (`feasts.py`), where the words stand in a text and
which year they mean (`times.py`).
"""

from __future__ import annotations

import functools
from calendar import monthrange
from collections.abc import Iterator
from typing import Any, NamedTuple

from extract.lexicons import read_lexicon

_DIGITS = "零一二三四五六七八九"
_WEEKDAYS = {"一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "日": 7, "天": 7}


class Offset(NamedTuple):
    """去年 is unit year, steps -1, counted from the publication; 次日 is unit day, steps 1, from the mention before."""

    unit: str
    steps: int
    source: str  # "published" or "mention"


class Guard(NamedTuple):
    """What may not stand around a word, and for a bare word what must follow it."""

    never_after: tuple[str, ...]
    never_before: tuple[str, ...]
    needs: tuple[str, ...]


def number(words: str) -> int:
    """Arabic or Chinese number below a hundred, or a year written digit by digit: 12, 十二, 廿三, 二〇二〇."""
    return int(words) if words.isdecimal() else _numbers()[words] if words in _numbers() else _digits(words)


def weekday(word: str) -> int:
    """一 is 1 (Monday), 日 and 天 are 7."""
    return _WEEKDAYS[word]


@functools.cache
def offsets() -> dict[str, Offset]:
    """Every relative word with what it is counted from."""
    return {
        word: Offset(group["unit"], int(steps), group["from"])
        for group in read_lexicon("times")
        if "from" in group
        for word, steps in group["words"].items()
    }


@functools.cache
def guards() -> dict[str, Guard]:
    """Every word of the lexicon with what keeps it from being a date."""
    found = {}
    for group in read_lexicon("times"):
        bare = group.get("bare", {})
        after, before = tuple(group.get("never_after", ())), tuple(group.get("never_before", ()))
        needs = tuple(group.get("needs", ()))
        for word in _words_of(group):
            found[word] = Guard(after, before, needs if word in bare else ())
    return found


@functools.cache
def only_after_year() -> frozenset[str]:
    """Words that are a date only behind a year: 今年年终, but not 年终总结."""
    return frozenset(word for group in read_lexicon("times") for word in group.get("only_after_year", ()))


@functools.cache
def known_since() -> dict[str, str]:
    """Words that were in no news before a month: 新冠 since 2020-01."""
    return next(group["since"] for group in read_lexicon("times") if group["unit"] == "known_since")


@functools.cache
def reigns() -> dict[str, int]:
    """Names of reigns with their first year: 光绪 since 1875, 令和 since 2019."""
    return {name: int(year) for name, year in _reign_group()["since"].items()}


@functools.cache
def solar_reigns() -> frozenset[str]:
    """Reigns whose months are those of our calendar: 平成30年4月."""
    return frozenset(_reign_group()["solar"])


def _reign_group() -> dict[str, Any]:
    return next(group for group in read_lexicon("times") if group["unit"] == "reign")


def last_day(year: int, month: int) -> int:
    """Number of days of a month."""
    return monthrange(year, month)[1]


def _words_of(group: dict[str, Any]) -> Iterator[str]:
    for key in ("words", "days", "lunar", "rules"):
        yield from group.get(key, {})


@functools.cache
def _numbers() -> dict[str, int]:
    """十二, 二十三, 廿三, 卅一 and 两, as numbers below a hundred."""
    found = {"两": 2, "〇": 0, "零": 0, "首": 1}
    for n in range(1, 100):
        tens, ones = divmod(n, 10)
        word = ("十" if tens == 1 else _DIGITS[tens] + "十" if tens else "") + (_DIGITS[ones] if ones else "")
        found[word] = n
        if tens in (2, 3):
            found[("廿" if tens == 2 else "卅") + (_DIGITS[ones] if ones else "")] = n
    return found


def _digits(words: str) -> int:
    return int("".join(str(_DIGITS.index("零" if c in "〇○OＯ0o" else c)) for c in words))
