"""One telling, many copies: articles that repeat another's wording under another headline or with small edits.

Knows a signature of an article's wording (MinHash over its clauses and numbers), how to find candidates by it (LSH) and
when two candidates are one telling. Clauses rather than runs of characters, because two reports cut from one template
share most runs, but hardly a clause that holds a number, a name or a date. Leaves out where articles are kept.
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from rensa import RMinHash  # pyright: ignore[reportAttributeAccessIssue] - compiled, without stubs

SEED = 20140814
PERMUTATIONS, BANDS = 120, 24  # five a band: pairs that share 0.7 are found 99 times of 100, those that share 0.3 once in 17
SHORTEST = 60  # letters and digits; shorter texts are captions, alike without being copies
CLAUSE = 6  # letters of a clause that can tell two texts apart
SHARED = 0.7  # share of the shorter text that stands word for word in the longer one
AGREED = 0.8  # share of its numbers that stand there too
CANDIDATES = 50  # compared at most; many more only where one template made them all
_PUNCTUATION = re.compile(r"[\W_]+")
_CLAUSE_END = re.compile(r"[\n。!?;,:、！？；，：]+|(?<!\d)\.|\.(?!\d)")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")


class Wording(NamedTuple):
    """Hashes of what decides whether two texts are one telling, each sorted."""

    clauses: np.ndarray  # uint32
    sizes: np.ndarray  # uint32: letters of each clause
    numbers: np.ndarray  # uint32


_NOTHING = Wording(*(np.empty(0, np.uint32) for _ in range(3)))


def wording_of(text: str) -> Wording:
    """The clauses and numbers of a reading text, without its first line where more follow: reposts change the headline.

    Letters and digits only, full width made half: what survives another layout and other quotation marks.
    """
    plain = unicodedata.normalize("NFKC", text).lower()
    head, _, body = plain.strip().partition("\n")
    said = body if len(_letters(body)) >= SHORTEST else head + "\n" + body
    if len(_letters(said)) < SHORTEST:
        return _NOTHING
    clauses = {_hash(clause): len(clause) for part in _CLAUSE_END.split(said) if len(clause := _letters(part)) >= CLAUSE}
    keys = np.array(sorted(clauses), np.uint32)
    sizes = np.array([clauses[int(key)] for key in keys], np.uint32)
    numbers = np.array(sorted({_hash(number) for number in _NUMBER.findall(said)}), np.uint32)
    return Wording(keys, sizes, numbers)


def _letters(text: str) -> str:
    return _PUNCTUATION.sub("", text)


def _hash(words: str) -> int:
    return zlib.crc32(words.encode("utf-8", "replace"))


def sign(wording: Wording) -> bytes:
    """The signature an archive keeps; b"" for a text too short to compare."""
    from rensa import RMinHash  # pyright: ignore[reportAttributeAccessIssue] - compiled, without stubs

    if not len(wording.clauses):
        return b""
    found = RMinHash(PERMUTATIONS, SEED)
    found.update([key.tobytes() for key in (*wording.clauses, *wording.numbers)])
    return found.__getstate__()


def pack(wording: Wording) -> bytes:
    """Numbers of 32 bits, little endian: how many clauses, their hashes, their sizes, then the hashes of numbers."""
    count = np.array([len(wording.clauses)], "<u4")
    return np.concatenate([count, *wording]).astype("<u4").tobytes()


def unpack(packed: bytes) -> Wording:
    """The reverse of `pack`."""
    values = np.frombuffer(packed, "<u4")
    if not len(values):
        return _NOTHING
    count = int(values[0])
    return Wording(values[1 : count + 1], values[count + 1 : 2 * count + 1], values[2 * count + 1 :])


def similarity(a: Wording, b: Wording) -> float:
    """Share of the shorter text's clauses that stand in the longer one; 0 where their numbers differ too much.

    A copy that was cut keeps few clauses of the longer text, but the longer one holds nearly all of its own. Numbers
    must agree as well: reports of two months share their set phrases and nothing else.
    """
    less, more = sorted((a, b), key=lambda wording: int(wording.sizes.sum()))
    if not len(less.clauses):
        return 0.0
    if len(less.numbers) and np.isin(less.numbers, more.numbers).mean() < AGREED:
        return 0.0
    return float(less.sizes[np.isin(less.clauses, more.clauses)].sum() / less.sizes.sum())


class Telling(NamedTuple):
    """An article that repeats another, both by their numbers."""

    number: int
    lead: int  # the one in front
    similarity: float


def find_copies(signed: Iterator[tuple[int, bytes, bytes]]) -> Iterator[Telling]:
    """The copies among articles given as (number, signature, packed clauses), the one that goes in front first."""
    from rensa import RMinHash, RMinHashLSH  # pyright: ignore[reportAttributeAccessIssue] - compiled, without stubs

    index = RMinHashLSH(0.5, PERMUTATIONS, BANDS)
    leads: dict[int, bytes] = {}
    for number, signature, packed in signed:
        if not signature:
            continue
        sketch: RMinHash = RMinHash(PERMUTATIONS, SEED)
        sketch.__setstate__(signature)
        own = unpack(packed)
        near = sorted(index.query(sketch))[:CANDIDATES]
        best = max(((similarity(own, unpack(leads[lead])), -lead) for lead in near), default=(0.0, 0))
        if best[0] >= SHARED:
            yield Telling(number, -best[1], best[0])
        else:
            index.insert(number, sketch)
            leads[number] = packed
