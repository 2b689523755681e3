"""Which sentences tell what a plan asks for: behind 《通知》提出…, 打造12条产业链，新增园区30个 is no fact but a target.

Knows the words of `lexicon/plans.yaml`. Leaves out the modal words of a sentence itself (`modality.py`).
"""

from __future__ import annotations

import re
from functools import cache

from extract.lexicons import read_lexicon

_DONE = re.compile(r"已(?!知)|累计|了(?!解)|目前|去年|截至|完成投资|同比|增长[0-9]")
# 支持率, 淘汰赛, 组织者, 建设用地, 建设银行, 改造后的: no verb of what is to be done
_NO_VERB = "[率赛者会后前的时]|用地|基金|银行|部门|单位|公司|中心|产业园|面积|改革委"
_NEAR = 12  # characters between what asks and 要, 将 or a year to come


def plan_from(text: str) -> int:
    """Where the first document of `text` begins to tell what it asks for; -1 where none does.

    >>> plan_from("《通知》提出，到2025年新增园区30个。") >= 0, plan_from("《通知》下发后，新增园区30个。")
    (True, -1)
    """
    match = _asks().search(text)
    return match.end(1) if match else -1


def is_asked_for(text: str, start: int, end: int) -> bool:
    """Whether text[start:end], of a report on a plan, begins with what is to be done, and says of nothing that it is done."""
    return _begins().match(text, start, end) is not None and _DONE.search(text, start, end) is None


@cache
def plan_openings() -> frozenset[str]:
    """The first characters of what `is_asked_for` may take, much quicker to ask for."""
    entry = next(group for group in read_lexicon("plans") if "verbs" in group)
    return frozenset(word[0] for word in (*entry["manner"], *entry["verbs"])) | frozenset("其一二三0123456789")


@cache
def _asks() -> re.Pattern[str]:
    entry = next(group for group in read_lexicon("plans") if "documents" in group)
    documents, asks = ("|".join(sorted(entry[key], key=len, reverse=True)) for key in ("documents", "asks"))
    return re.compile(rf"(?:》|{documents})(?:[中里]|还|也|同时){{0,2}}((?:{asks})[，,：:]?)[^。\n]{{0,{_NEAR}}}?(?:要|将|力争|今年|到20|20[0-9][0-9]年)")


@cache
def _begins() -> re.Pattern[str]:
    entry = next(group for group in read_lexicon("plans") if "verbs" in group)
    manner, verbs = ("|".join(sorted(entry[key], key=len, reverse=True)) for key in ("manner", "verbs"))
    return re.compile(rf"(?:其中[，,]?|一是|二是|三是|[0-9]{{1,2}}[.、])?(?:(?:{manner})(?:{manner})?(?:{verbs})?|(?:{verbs}))(?!{_NO_VERB})")
