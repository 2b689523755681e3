"""How an amount is meant: as it is, as foreseen, as aimed at, as a rule, or as an assumption.

Knows the words of `lexicon/modality.yaml` and how far they hold. Leaves out whether the speaker is right.
"""

from __future__ import annotations

import re
from functools import cache

from extract.lexicons import read_lexicon
from extract.mentions import Modality

# What has happened is actual whatever stood before: 计划投资100亿元,目前已完成30亿元.
_DONE = re.compile(r"已经|已(?!知)|累计|实现了|达到了|完成了|截至|截止")
# 预计, and 预计到2025年, and 预测： hold for all that follows in the sentence; elsewhere a word holds for its clause.
_ANNOUNCES = re.compile(r"(?:到|至|在)?[^,，:：；;]{0,9}[,，:：]")
_NOUNS = frozenset(("计划", "目标", "规划", "设想", "预期", "预测"))  # 终止重组计划，…: a thing, and no announcement
_HABIT = re.compile(r"每[天年月周日](?!度)")


def modality_of(clause_before: str, sentence_before: str, after: str, dated: bool = True, rate: bool = False) -> Modality:
    """`clause_before`: the clause up to the amount; `sentence_before`: the sentence before the clause; `after`: what
    stands right behind the amount; `dated`: whether the sentence names a date (without one 每月20M is a general truth);
    `rate`: whether the amount is a rate (相当于…的78% is no assumption).
    """
    tail = _tails().match(after)
    if tail and (kind := _kind(tail)):
        return kind
    here = _last(clause_before, rate)
    if here or _DONE.search(clause_before):
        return here or "actual"
    held = _held(sentence_before, rate)
    if held:
        return held
    return "general" if not dated and _HABIT.search(clause_before) else "actual"


def is_done(words: str) -> bool:
    """Whether words say that something is so by now: 已, 累计, 目前, 去年."""
    return _DONE.search(words) is not None or re.search(r"目前|去年|此前|上年|实际", words) is not None


def _last(words: str, rate: bool) -> Modality | None:
    found: Modality | None = None
    for match in _words().finditer(words):
        if not (rate and match.group() == "相当于"):
            found = _kind(match) or found
    return found


def _held(words: str, rate: bool) -> Modality | None:
    """What an earlier clause announces (戴德梁行预计，…) or supposes (如果…，) for the clauses behind it."""
    found: Modality | None = None
    for match in _words().finditer(words):
        kind = _kind(match)
        if kind is None or (rate and match.group() == "相当于"):
            continue
        announced = _ANNOUNCES.match(words, match.end())
        if kind == "hypothetical" or (announced and not (match.group() in _NOUNS and announced.group() in (",", "，"))):
            found = kind
    return found


@cache
def _kinds() -> dict[str, str]:
    """Each word with what it means; "" where it only looks like one (将军, 高于预期)."""
    entries = read_lexicon("modality")
    kinds = {word: entry["modality"] for entry in entries for word in (*entry["words"], *entry.get("after", ()))}
    return kinds | {word: "" for entry in entries for word in entry.get("not", ())}


def _kind(match: re.Match[str]) -> Modality | None:
    return _kinds()[match.group()] or None  # type: ignore[return-value]


@cache
def _words() -> re.Pattern[str]:
    """Every word, the longest first, so that 将投入 is a plan and 将军 nothing."""
    words = [w for e in read_lexicon("modality") for w in (*e["words"], *e.get("not", ()))]
    # 高于预期 is no forecast, but 高于预期的14.43元 names one.
    ordered = [re.escape(w) + ("(?!的$)" if w.endswith("预期") and not _kinds()[w] else "") for w in sorted(words, key=len, reverse=True)]
    return re.compile("|".join(ordered))


@cache
def _tails() -> re.Pattern[str]:
    words = [w for e in read_lexicon("modality") for w in e.get("after", ())]
    return re.compile("|".join(map(re.escape, sorted(words, key=len, reverse=True))))
