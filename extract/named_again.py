"""Works, grounds and bodies that an article names again and again, though no list knows them: 江湾枢纽站, 云帆农场.

Knows how such names end, that a clause opens with them more than once, and which words make another word of their end. Leaves out
villages (`villages.py`), fairs (`gatherings.py`) and whatever is an actor or a place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from extract.lexicons import either, set_in
from extract.mentions import Actor, Place
from extract.owner_words import any_of, owner_words
from extract.passages import Span
from extract.words import is_word, tag


class Named(NamedTuple):
    """[start, end) names `name`."""

    start: int
    end: int
    name: str


_MOST_NAMES = 20  # of one article
_MOST_ASKED = 500  # openings looked at as names


def find_named_again(text: str, passages: Sequence[Span], actors: Sequence[Actor], places: Sequence[Place]) -> list[Named]:
    """Every mention of the names that at least two clauses of `text` open with, in order."""
    names = [name for name in _opening_twice(text, passages) if _is_a_name(name)]
    if not names:
        return []
    taken = {form for mention in (*actors, *places) for form in (mention.name, mention.text)}
    names = [name for name in names if name not in taken][:_MOST_NAMES]
    if not names:
        return []
    every = re.compile("|".join(sorted(map(re.escape, names), key=len, reverse=True)))
    return [Named(*found.span(), found[0]) for found in every.finditer(text)]


def _opening_twice(text: str, passages: Sequence[Span]) -> Iterator[str]:
    """What ends as such names do among the openings of clauses; looked for only where the first characters of two are the same."""
    first: dict[str, int] = {}
    asked: set[str] = set()
    for start, _ in passages:
        lead = _LEAD.match(text, start) if text[start] in _LEADS else None
        at = lead.end() if lead else start
        begins = text[at : at + 3]
        before = first.setdefault(begins, at)
        if before == at or begins in asked:
            continue
        asked.add(begins)
        if (name := _named().match(text, at)) and text.startswith(name[0], before):
            yield name[0]
        if len(asked) > _MOST_ASKED:
            return


def _is_a_name(name: str) -> bool:
    """Whether such an opening is no kind (工业园区), no place in a sentence and no deed (新建公路)."""
    ending = next(word for word in _endings() if name.endswith(word))
    head = name[: -len(ending)]
    if len(head) < 2 or is_word(name) or (is_word(head) and tag(head)[0].flag not in ("ns", "nz", "nr")):
        return False
    return tag(name)[0].flag[0] not in "vpdrmcut" and tag(name)[0].text not in set_in("owners", "kinds of works")


@cache
def _endings() -> tuple[str, ...]:
    return tuple(sorted(owner_words("named again and again"), key=len, reverse=True))


_LEAD = re.compile("[“ \u3000]*(?:(?:目前|如今|其中|同时|此外)[，,]?|[0-9年月日]{3,}[，,]?)?")
_LEADS = frozenset("“ \u3000目如其同此年月日0123456789")  # what that begins with, where it is not empty


@cache
def _named() -> re.Pattern[str]:
    ends = either(_endings())
    return re.compile(
        rf"(?![该此本这那各每其全多几一两三四五我他据从由和及或的到若中世无])[^\W\d的在最将与被对把为于了是有]{{2,12}}?(?:{ends})"
        "(?![长房点口区园市城村路线者员商法权性化费价款的监站·]|公司|集团|管理|建设|附近|周边|旁)"
    )


# --- zones -----------------------------------------------------------------------------------------------------------

# 江湾经开区接待游客3万人次: a zone that a clause opens with, named once or more.
@cache
def _zone() -> re.Pattern[str]:
    return re.compile(f"(?:其中|而|[;；，, ])?([一-鿿]{{2,4}})({any_of('zones with a board')})(?![管建党工内的在一二三、和与])")


def zone_at(text: str, start: int, end: int) -> str:
    """The zone that text[start:end] opens with, "" where it opens otherwise: 江湾经开区, but no 支持高新区 and no 两个开发区."""
    zone = _zone().match(text, start, end)
    if zone is None:
        return ""
    first = tag(zone[1])[0]
    is_kind = first.flag[0] in "vpdrmcbqf" or (first.flag == "n" and is_word(zone[1])) or first.text in set_in("owners", "kinds of zones")
    return "" if is_kind else zone[1] + zone[2]
