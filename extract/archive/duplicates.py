"""One telling, many copies: articles that repeat another's wording under another headline or with small edits.

Knows a signature of an article's wording (MinHash over runs of characters), how to find candidates by it (LSH), and
when two candidates are one telling: they share whole clauses and the numbers in them. Two reports cut from one template
share their runs of characters, but not their numbers, names and dates, so hardly a clause is the same in both.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from extract.archive import layout

if TYPE_CHECKING:
    from rensa import RMinHash  # pyright: ignore[reportAttributeAccessIssue] - compiled, without stubs

RUN = 5  # characters of a shingle
SEED = 20140814
BANDS = 32  # of four numbers each: nine of ten pairs that share half of their runs become candidates, all that share 0.7
SHORTEST = 60  # letters and digits; shorter texts are captions, alike without being copies
CLAUSE = 6  # letters of a clause that can tell two texts apart
SHARED = 0.8  # share of the shorter text that stands word for word in the longer one
_PUNCTUATION = re.compile(r"[\W_]+")
_CLAUSE_END = re.compile(r"[\n。!?;,:、!?;,:]+")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")


def letters(text: str) -> str:
    """Letters and digits only, full width made half: what survives another layout and other quotation marks."""
    return _PUNCTUATION.sub("", unicodedata.normalize("NFKC", text)).lower()


def sketch(text: str) -> RMinHash | None:
    """The MinHash of a reading text; None for one too short to compare."""
    from rensa import RMinHash  # pyright: ignore[reportAttributeAccessIssue] - compiled, without stubs

    plain = letters(text)
    if len(plain) < SHORTEST:
        return None
    found = RMinHash(layout.PERMUTATIONS, SEED)
    found.update(list({plain[i : i + RUN] for i in range(len(plain) - RUN + 1)}))
    return found


def sign(text: str) -> bytes:
    """The signature an archive keeps; b"" for a text too short to compare."""
    found = sketch(text)
    return b"" if found is None else found.__getstate__()


class Wording(NamedTuple):
    """What decides whether two texts are one telling."""

    clauses: frozenset[str]
    size: int  # letters in the clauses
    numbers: frozenset[str]


def wording(text: str) -> Wording:
    """The clauses of a text without the first line where more follow: reposts change the headline."""
    head, _, body = text.strip().partition("\n")
    said = body if len(letters(body)) >= SHORTEST else head + "\n" + body
    clauses = frozenset(clause for part in _CLAUSE_END.split(said) if len(clause := letters(part)) >= CLAUSE)
    numbers = frozenset(_NUMBER.findall(unicodedata.normalize("NFKC", said)))
    return Wording(clauses, sum(map(len, clauses)), numbers)


def similarity(a: Wording, b: Wording) -> float:
    """Share of the shorter text's clauses that stand in the longer one; 0 where their numbers differ too much.

    A copy that was cut keeps few clauses of the longer text, but the longer one holds nearly all of its own.
    """
    less, more = (a, b) if a.size <= b.size else (b, a)
    if not less.size:
        return 0.0
    if less.numbers and len(less.numbers & more.numbers) < SHARED * len(less.numbers):
        return 0.0
    return sum(map(len, less.clauses & more.clauses)) / less.size


def is_same_telling(a: Wording, b: Wording) -> bool:
    return similarity(a, b) >= SHARED
