"""Words that run from right to left, or say they do, kept from turning round the words beside them.

Hebrew and Arabic, and the invisible characters that direct text (Unicode Bidirectional Algorithm, UAX #9), change the
order in which everything after them in the same line is shown: a title could make 2018 beside it read 8102. Such words
are shown whole, between FSI and PDI, with whatever they left open closed. Other words stay as they are.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any, TypeVar

from curated.records import Event, Figure, Source, Step

FSI, PDI, PDF = "\u2068", "\u2069", "\u202c"
_EMBEDDING, _ISOLATE = frozenset("\u202a\u202b\u202d\u202e"), frozenset("\u2066\u2067\u2068")
TURNS = "[\u0590-\u08ff\u200e\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
_TURNS = re.compile(TURNS)


def isolate(words: str) -> str:
    """The words, unable to turn round what stands beside them; the same words where they cannot anyway.

    >>> ascii(isolate("\\u202e8102")), isolate("上海 2018")
    ("'\\\\u2068\\\\u202e8102\\\\u202c\\\\u2069'", '上海 2018')
    """
    if not _TURNS.search(words):
        return words
    if is_isolated(words):
        return words if _TURNS.search(words[1:-1]) else words[1:-1]
    kept, closers = _close(words)
    return f"{FSI}{kept}{closers}{PDI}" if _TURNS.search(kept) else kept


def bare(words: str) -> str:
    """Without the isolation, for links and files; `isolate` gives it back."""
    return words[1:-1] if is_isolated(words) else words


def is_isolated(words: str) -> bool:
    return len(words) > 1 and words[0] == FSI and words[-1] == PDI and _close(words[1:-1]) == (words[1:-1], "")


def _close(words: str) -> tuple[str, str]:
    """The words without what would close an isolation that is not theirs, and what closes their own."""
    kept: list[str] = []
    opened: list[str] = []
    for char in words:
        if char in _EMBEDDING:
            opened.append(PDF)
        elif char in _ISOLATE:
            opened.append(PDI)
        elif char == PDF and opened and opened[-1] == PDF:
            opened.pop()
        elif char == PDI:
            if PDI not in opened:
                continue
            while opened.pop() != PDI:
                pass
        kept.append(char)
    return "".join(kept), "".join(reversed(opened))


_SHOWN = (
    "title", "speaker", "data_from", "date_from", "as_of_from", "during", "measure", "reviewed_by", "note", "actors", "tags", "publisher",
    "original_publisher", "author", "published_from", "reprint_of", "name_en",
)  # fmt: skip
_Shown = TypeVar("_Shown", bound=Event | Figure | Source | Step)


def apart(thing: _Shown) -> _Shown:
    """A record or source whose words may stand beside others; a quote stays as the article has it."""
    names = (*_SHOWN, "name") if isinstance(thing, Step) else _SHOWN  # the name of a source is its key
    found: dict[str, Any] = {}
    for name in names:
        value = getattr(thing, name, "")
        shown = isolate(value) if isinstance(value, str) else tuple(map(isolate, value))
        if shown != value:
            found[name] = shown
    return replace(thing, **found) if found else thing
