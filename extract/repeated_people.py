"""People whom an article tells of without office or speech: 罗立强 of a report that opens clause after clause with him.

Knows by what a repeated row of three characters shows itself a name. Leaves out people given away by an office or a verb of
saying (`people.py`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import cache

from extract.occurrences import occurrences
from extract.words import is_word, tag

_LEAST = 3  # times that a name stands in the article
_NO_NAME = "的了在与和是有不也还就要会能对将从被把"
_NAME = re.compile(f"[一-鿿][^{_NO_NAME}\\W\\da-zA-Z][^{_NO_NAME}镇村县市省区乡州\\W\\da-zA-Z]")


@cache
def _human() -> re.Pattern[str]:
    """What only follows a person: 罗立强一家, 罗立强家里, 罗立强和妻子, 罗立强站在."""
    return re.compile(
        "说|告诉|回忆|觉得|站在|坐在|住在"
        "|一家(?![一-鿿]{0,4}公司)|家[里中的]|的(?:家|妻子|丈夫|母亲|父亲|儿子|女儿|老伴)(?![一-鿿]?[业族])|和(?:妻子|丈夫|老伴|家人|儿子|女儿)"
        "|今年[0-9]{2}岁|[（(][0-9]{2}岁|打工|外出务工|脱贫|家境|充满信心|(?:今年|去年|现在|每年)?将?(?:净赚|能挣|挣了)"
    )


def names_told_of(text: str, openings: Iterable[int]) -> list[tuple[int, int]]:
    """Spans of names with which clauses open at least twice; `openings` is where a mark stands ahead of a surname."""
    counts = Counter(name[0] for at in openings if (name := _NAME.match(text, at + 1)))
    found = []
    for name, times in counts.items():
        if times < 2 or is_word(name) or is_word(name[:2]):
            continue
        places = [at + len(name) for at in occurrences(text, name)]
        if len({text[end : end + 1] for end in places}) < 2:
            continue  # 罗氏股|份
        if (len(places) >= _LEAST and any(_human().match(text, end) for end in places)) or _opens_as_people_do(text, name, places):
            found.append((places[0] - len(name), places[0]))
    return found


def _opens_as_people_do(text: str, name: str, ends: Iterable[int]) -> bool:
    """罗立强 of two clauses that go on behind him (罗立强蹲在田边), where the tagger takes him for a person; 罗立强摄 is no such clause."""
    words = tag(name)
    if len(words) > 1 or not words[0].flag.startswith("nr") or name[-1] in _ENDS_NO_PERSON:
        return False
    ends = list(ends)
    if any(_OF_COMPANIES.match(text, end) for end in ends):
        return False
    return sum(text[end - 4 : end - 3] in _EDGES and "一" <= text[end : end + 1] <= "龥" and text[end] not in "摄编" for end in ends) > 1


_EDGES = frozenset("，。；：、！？“”\n\u3000 ")
_ENDS_NO_PERSON = frozenset("网矿厂店社港站路桥局院所司部园城馆寺")
_OF_COMPANIES = re.compile("公司|集团|股份|旗下|方面|总裁|董事长|股价|财报|营收|净利|上市")
