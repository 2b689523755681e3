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
# 预计, and 预测： hold for all that follows in the sentence; elsewhere a word holds for its clause.
_ANNOUNCES = frozenset(",，:：")
_HABIT = re.compile(r"每[天年月周日](?!度)")


def modality_of(clause_before: str, sentence_before: str, after: str, dated: bool = True, rate: bool = False) -> Modality:
    """`clause_before`: the clause up to the amount; `sentence_before`: the sentence before the clause; `after`: what
    stands right behind the amount; `dated`: whether the sentence names a date (without one 每月20M is a general truth);
    `rate`: whether the amount is a rate (相当于…的78% is no assumption).
    """
    tail = _tails().match(after)
    if tail:
        return _kind(tail)
    here = _last(clause_before, rate)
    if here or _DONE.search(clause_before):
        return here or "actual"
    held = _held(sentence_before, rate)
    if held:
        return held
    return "general" if not dated and _HABIT.search(clause_before) else "actual"


def _last(words: str, rate: bool) -> Modality | None:
    found: Modality | None = None
    for match in _words().finditer(words):
        if match.lastgroup != "none" and not (rate and match.group() == "相当于"):
            found = _kind(match)
    return found


def _held(words: str, rate: bool) -> Modality | None:
    """What an earlier clause announces (戴德梁行预计，…) or supposes (如果…，) for the clauses behind it."""
    found: Modality | None = None
    for match in _words().finditer(words):
        if match.lastgroup == "none" or (rate and match.group() == "相当于"):
            continue
        kind = _kind(match)
        if words[match.end() : match.end() + 1] in _ANNOUNCES or kind == "hypothetical":
            found = kind
    return found


def _kind(match: re.Match[str]) -> Modality:
    return match.lastgroup  # type: ignore[return-value]


@cache
def _words() -> re.Pattern[str]:
    """One pattern; words that only look like one (将军, 高于预期) match first, as `none`."""
    entries = read_lexicon("modality")
    never = [word for entry in entries for word in entry.get("not", ())]
    return _grouped([("none", word) for word in never] + [(e["modality"], word) for e in entries for word in e["words"]])


@cache
def _tails() -> re.Pattern[str]:
    return _grouped([(e["modality"], word) for e in read_lexicon("modality") for word in e.get("after", ())])


def _grouped(options: list[tuple[str, str]]) -> re.Pattern[str]:
    by_kind: dict[str, list[str]] = {}
    for kind, word in options:
        by_kind.setdefault(kind, []).append(word)
    parts = []
    for kind, words in by_kind.items():
        ordered = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
        # 高于预期 is no forecast, but 高于预期的14.43元 names one.
        parts.append(f"(?P<{kind}>(?:{ordered}){'(?!的$)' if kind == 'none' else ''})")
    return re.compile("|".join(parts))
