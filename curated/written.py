"""What the machine last wrote, as it stands in the block at the end of a file.

Knows the line of one record (mark, ordinal, span of the quote, a fingerprint of each field) and how values are
fingerprinted. Leaves out what follows from a difference (`curated.merge`).
"""

from __future__ import annotations

import hashlib
import re
from typing import NamedTuple

from curated.anchors import squeeze
from curated.reader import read_span
from curated.records import Span
from curated.render import Value

_PAIRS = [one + other for one in "abcdefghijklmnopqrstuvwxyz234567" for other in "abcdefghijklmnopqrstuvwxyz234567"]  # base 32
_LINE = re.compile(r"(\d+-\d+)/(\d+) (\d+-\d+)(?: |$)")


class Written(NamedTuple):
    """What the machine last wrote of one record: where it stood, and a fingerprint of each field."""

    mark: Span
    ordinal: int
    at: Span
    prints: dict[str, str]

    def __str__(self) -> str:
        where = f"{self.mark[0]}-{self.mark[1]}/{self.ordinal} {self.at[0]}-{self.at[1]}"
        return f"{where} {write_prints(self.prints)}".strip()


def fingerprint(name: str, value: Value) -> str:
    """Six characters that stand for a field's value; a list of one and the bare word are the same."""
    words = "\x1f".join(value) if isinstance(value, tuple) else squeeze(value) if name == "quote" else value
    digest = hashlib.blake2b(f"{name}\0{words}".encode("utf-8", "replace"), digest_size=4).digest()
    number = int.from_bytes(digest, "big") >> 2
    return _PAIRS[number >> 20] + _PAIRS[number >> 10 & 1023] + _PAIRS[number & 1023]


def read_written(text: str) -> Written | None:
    """The line of a record in the machine's block; None for anything else."""
    found = _LINE.match(text)
    if found is None:
        return None
    mark, at = read_span(found[1]), read_span(found[3])
    return Written(mark, int(found[2]), at, read_prints(text[found.end() :])) if mark and at else None


def read_prints(text: str) -> dict[str, str]:
    return dict(word.split("=", 1) for word in text.split() if "=" in word)


def write_prints(prints: dict[str, str]) -> str:
    return " ".join(f"{name}={mark}" for name, mark in prints.items())


def machine_order(name: str) -> tuple[int, str]:
    """The article and the source first, then records by id: changes of two people then rarely touch one line."""
    return (0 if name == "article" else 1 if name == "source" else 2), name
