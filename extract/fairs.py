"""Fairs without a number: the one that a report opens with, and what a text points to (本次交易会) by the name it gave before.

Knows how the opening or close of a fair is told, and that a kind (此次推介会) is no name. Leaves out those that are numbered (`gatherings.py`).
"""

from __future__ import annotations

import re
from functools import cache
from itertools import islice

from extract.gatherings import NAME_GOES_ON, Gathering
from extract.meeting_words import any_meeting
from extract.mentions import make
from extract.occurrences import occurrences

_NAME_BEFORE = re.compile(r"(?:20[0-9][0-9](?:年(?:度)?)?)?[^\W\d的在于将由为与和及共有是了以本此这次届]{2,16}$")
_ANOTHER = re.compile("(?:[去前昨上往历]年|[上历往多]次|上一次|同类|其他|各类)的?$|^(?:[去前上往历]年|年度|大型|小型|首场|一场)")  # 去年的云江推介会 is another one
_LED_BY = re.compile("^.*?(?:参加|出席|亮相|举办|举行|召开|主办|承办|协办|走进|来到|带来|赴|到)")  # 参加|云江茶叶交易会
_MOST_MENTIONS = 8  # of its noun looked at for the name
_LEAD = 400  # characters in which a report says what it is about


def pointed_to(text: str) -> list[Gathering]:
    """Fairs without a number: 本次交易会 by the name that an earlier mention (云江茶叶交易会) gave it; its noun alone names none."""
    found: list[Gathering] = []
    for match in _pointed_to().finditer(text):
        if name := _named_before(text, match[1], match.start()):
            found.append(make(Gathering, (match.start(), match.end(), name)))
    return found


def opened_in_lead(text: str) -> list[Gathering]:
    """The fair whose opening, holding or close a report begins with (云江国际电脑展今天开幕), wherever its name stands again.

    None where the beginning tells of two: neither is then what the rest is about.
    """
    found: dict[str, str] = {}
    for match in _held_in_lead().finditer(text, 0, _LEAD):
        named = without_lead(match[1])
        if len(named) > len(match[2]) + 1 and not _ANOTHER.search(match[1]) and not _ANOTHER.search(text[max(0, match.start(1) - 4) : match.start(1)]):
            found[named] = match[2]
    name = max(found, key=len, default="")
    if any(kind != found[name] or (named[:2] != name[:2] and not name.endswith(named)) for named, kind in found.items()):
        return []
    spans = sorted({match.span() for named in found for match in re.finditer(re.escape(named), text)}, key=lambda span: (span[0], -span[1]))
    return [make(Gathering, (start, end, name)) for start, end in spans]


@cache
def _held_in_lead() -> re.Pattern[str]:
    """云江茶叶交易会（YTF）昨天在云江市开幕, 在2020云江茶博会上，."""
    festivals = any_meeting("festivals")
    return re.compile(
        rf"((?:20[0-9][0-9](?:年(?:度)?)?)?"  # of a year
        rf"[^\W\d的在于将由为与和及共有是了以本此这次届][^\W的在于将由为与共有是了以本此这次届]{{1,24}}?(?<![发开])"  # its name
        rf"({fair_words()}|[^\W\d]博会|{festivals}|[^\W\d发开进扩拓施伸舒延]展(?!会))(?![{NAME_GOES_ON}示开现位区厅品台出望业]))"
        r"(?:上(?=[，,])|(?:[（(][^（()）]{1,30}[)）])?[^，。；！!？\n]{0,24}?(?:开幕|闭幕|举行|举办|召开|启幕|落幕|收官|启动))"
    )


def fair_words() -> str:
    """What fairs are called, as alternatives of a pattern."""
    return any_meeting("fairs")


@cache
def _pointed_to() -> re.Pattern[str]:
    """本次交易会, 此次推介会, but not 本次论坛期间."""
    return re.compile(f"(?:本次|此次|这次)({fair_words()})(?![{NAME_GOES_ON}])")


def without_lead(name: str) -> str:
    """云江茶叶交易会 of 参加云江茶叶交易会."""
    return _LED_BY.sub("", name)


def _named_before(text: str, noun: str, end: int) -> str:
    """The first name that ends in `noun` before `end`, none that is pointed to or of another year; "" where no such stands
    there, or where another fair is named as well (2019年江海推介会…,2020年江海推介会…)."""
    names = []
    for at in islice(occurrences(text, noun, end), _MOST_MENTIONS):
        named = _NAME_BEFORE.search(text, max(0, at - 22), at)
        if named is None or _ANOTHER.search(text[max(0, named.start() - 4) : named.start()]) or _ANOTHER.search(named[0]):
            continue
        if len(name := without_lead(named[0])) > 1:
            names.append(name + noun)
    if not names or any(not (name.endswith(names[0]) or names[0].endswith(name)) for name in names):
        return ""
    return names[0]
