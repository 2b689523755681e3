"""Companies counted by what became of them: 38家公司亏损, 在3000家上市公司中. No single one that was told of before has that.

Knows the words of such counts. Leaves out companies somebody serves, gathers or owns (为20家企业贷款, 旗下3家公司盈利).
"""

from __future__ import annotations

import re
from functools import cache

from extract.finds import Finds
from extract.owner_words import any_of, tells

MOST_AHEAD = 40  # characters of a sentence before it says of how many it tells
LONGEST = 30  # of what it says of them
BARE = frozenset(("公司", "企业", "机构", "个股", "股票"))  # kinds that name nobody


@cache
def _counted() -> re.Pattern[str]:
    """38家公司连续两年亏损; 3000家盈利的上市公司中. Group 1 is which companies."""
    kinds, fared = any_of("companies counted"), any_of("how companies fare")
    return re.compile(rf"[0-9万余多][家只](?:[^，,。；;：:]{{1,8}}的)?([^，,。；;：:的]{{0,6}}?(?:{kinds}))(?:中[，,]|[^，,。；;：:]{{0,12}}?(?:{fared}))")


@cache
def _counted_behind() -> re.Pattern[str]:
    """亏损的上市公司也 of 亏损的上市公司也有39家. Group 1 is which companies."""
    kinds, fared = any_of("companies counted"), any_of("how companies fare")
    return re.compile(rf"(?:{fared})[^，,。；;：:]{{0,4}}的([^，,。；;：:的]{{0,4}}(?:{kinds}))(?:[也就仍已还共]|一共)?$")


_HAVE = re.compile("有[^，,。；;：:]{0,3}[0-9]+[余多]?[家只]")


_SOME = re.compile("家(?<=[0-9万余多]家)|只(?<=[0-9万余多]只)")  # single characters first let the search skip


_COMPARES = re.compile("[^，,。；;]{0,12}(?:最|排名|位[居列于]|居|第[一二三0-9])")  # 在38家同业银行中，不良率最低: of whom is compared with them


def may_count(text: str, start: int, end: int) -> bool:
    """Whether text[start:end] counts anything by 家 or 只, a cheap question."""
    return _SOME.search(text, start, end) is not None


def companies_counted(finds: Finds, start: int, end: int) -> str | None:
    """Which companies the sentence text[start:end] tells of by their number, with no doer before them; "" where it says only
    公司, None where it tells of none so."""
    text, stop = finds.text, min(end, start + MOST_AHEAD + LONGEST)
    found = _counted().search(text, start, stop)
    if found is None:
        have = _HAVE.search(text, start, stop)
        found = _counted_behind().search(text, start, have.start()) if have else None
    if found is None or found.start() > start + MOST_AHEAD or tells("companies of somebody").search(text, start, found.end(1)):
        return None
    if _COMPARES.match(text, found.end()) or (found[1] in BARE and text.find("公司股", found.start(), found.end() + 2) >= 0):
        return None
    if any(not finds.only_says(actor) for actor in finds.actors.within(start, found.start())):
        return None
    kind = found[1]
    return "" if kind in BARE else kind
