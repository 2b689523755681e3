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
_NEVER = re.compile(r"(?!)")


def modality_of(clause_before: str, sentence_before: str, after: str) -> Modality:
    """`clause_before`: the clause up to the amount; `sentence_before`: the clauses of the sentence before that, which
    hold on unless the clause says that something is done; `after`: what stands right behind the amount.
    """
    tail = _tails().match(after)
    if tail:
        return _kind(tail)
    here = _last(clause_before)
    if here or _DONE.search(clause_before):
        return here or "actual"
    return _last(sentence_before[-40:]) or "actual"


def _last(words: str) -> Modality | None:
    found: Modality | None = None
    for match in _words().finditer(words):
        if match.lastgroup != "none":
            found = _kind(match)
    return found


def _kind(match: re.Match[str]) -> Modality:
    return match.lastgroup  # type: ignore[return-value]


@cache
def _words() -> re.Pattern[str]:
    """One pattern; words that only look like one (将军, 高于预期) match first, as `none`."""
    entries = read_lexicon("modality")
    never = [word for entry in entries for word in entry.get("not", ())]
    options = [("none", word) for word in never] + [(e["modality"], word) for e in entries for word in e["words"]]
    return _grouped(options) if options else _NEVER


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
        parts.append(f"(?P<{kind}>{ordered})")
    return re.compile("|".join(parts))
