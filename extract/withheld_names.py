"""People whose names an article withholds: 周某, 周某某, 周某林.

Knows where 某 behind a surname stands for a given name, and where the last character still belongs to it. Leaves out people
called by surname and address (沈女士: `someone.py`) and what only has no name (某公司, 某小区).
"""

from __future__ import annotations

import re
from functools import cache

from extract import people
from extract.lexicons import read_lexicon
from extract.occurrences import occurrences
from extract.passages import Span
from extract.words import is_word

_NO_SURNAME = frozenset("有是在为和与对从向由因被将给以按如或这那即到指就该各其某等及使让把跟了的某")
_MOST = 40  # a text with more such names is a list of cases


def withheld_names(text: str) -> list[Span]:
    """One span for each name with 某, of which more may stand in the text."""
    if "某" not in text:
        return []
    names: dict[str, Span] = {}
    opened: dict[str, bool] = {}  # 仰某 -> whether the text has him more than once
    for at in occurrences(text, "某"):
        if len(names) == _MOST:
            break
        name = _name_around(text, at, opened)
        if name:
            names.setdefault(text[slice(*name)], name)
    return sorted(names.values())


@cache
def _weak() -> frozenset[str]:
    return frozenset(read_lexicon("surnames")["weak"])


@cache
def _of_things() -> re.Pattern[str]:
    """何某|公司: what no person is; 周某一|说 and 周某一|家 are of people."""
    withheld = read_lexicon("surnames")["withheld"]
    return re.compile(f"[{withheld['kinds']}]|一(?!说|直|家)|{'|'.join(withheld['things'])}")


@cache
def _behind_people() -> re.Pattern[str]:
    return re.compile(f"(?:{'|'.join(read_lexicon('surnames')['withheld']['people'])})(?:是|为|系|叫)?$")


def _name_around(text: str, at: int, opened: dict[str, bool]) -> Span | None:
    """The name whose 某 stands at `at`; for `opened` see `_opens_again`."""
    known = people.surname_before(text, at)
    surname = known or text[at - 1 : at]
    start = at - len(surname)
    end = _end(text, at + 1)
    if not "一" <= surname[:1] <= "龥" or _of_things().match(text, at + 1) or _of_things().match(text, end):
        return None
    if _behind_people().search(text, max(0, start - 5), start):
        return start, end
    if surname in _NO_SURNAME or (len(surname) == 1 and is_word(text[start - 1 : at])):
        return None  # 陪同|某人
    return (start, end) if (known and known not in _weak()) or _opens_again(text, start, at, opened) else None


def _opens_again(text: str, start: int, at: int, opened: dict[str, bool]) -> bool:
    """仰某 of an article that has him twice, once behind a mark; each is counted once."""
    if text[start - 1 : start] not in _MARKS:
        return False
    name = text[start : at + 1]
    if name not in opened:
        opened[name] = text.count(name) > 1
    return opened[name]


_MARKS = frozenset("，。；：、\n")


_GOES_ON = re.compile("[二两三四]人|[共获均驾持犯供趁]")  # 周某林|二人, 周某林|获奖
_NO_GIVEN = frozenset("其利用借持驾乘骑租买卖欠骗偷盗抢伤杀打开办做找想能可应该需须但且自之地得着过了哪何每各某本此当按照比较使叫令请求靠凭趁")  # 周某|骗多人


def _end(text: str, at: int) -> int:
    """Where the name ends whose 某 ends at `at`: 周某|某, 周某|林, but 周某|等, 周某|驾车, 周某|骗3万元."""
    after = text[at : at + 1]
    if after == "某":
        return at + 1
    if not "一" <= after <= "龥" or people.ends_name(text, at) or is_word(text[at : at + 2]):
        return at
    goes_on = people.ends_name(text, at + 1) or _GOES_ON.match(text, at + 1) or is_word(text[at + 1 : at + 3])  # 周某林|骗取
    return at + 1 if goes_on and after not in _NO_GIVEN else at
