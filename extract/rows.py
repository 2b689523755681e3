"""Rows of mentions (山东、四川和湖北) and of amounts, the n-th of the one with the n-th of the other.

Knows what joins a row. Leaves out what may stand in one before an amount (`distributed_amounts.py`).
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TypeVar

from extract.mentions import Place, Quantity, Time
from extract.passages import ROW_MARKS

_M = TypeVar("_M")


def is_row(text: str, members: Sequence[Place | Quantity | Time]) -> bool:
    """Whether nothing but 、 or 和 stands between the members: 3亿元、5亿元和8亿元."""
    return all(text[a.end : b.start] in ROW_MARKS for a, b in pairwise(members))


def partner_of(nth: int, amounts: Sequence, row: Sequence[_M]) -> _M | None:
    """The member of `row` that belongs to amounts[nth]: 甲、乙、丙分别占3%、5%、8%; None where one row is longer, or alone."""
    return row[nth] if len(row) == len(amounts) > 1 else None
