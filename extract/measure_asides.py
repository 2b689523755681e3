"""What was counted before a bracket, for the amounts behind it: 净利润3亿元（含补助200万元）,下降5%.

Knows brackets within one passage. Leaves out what an amount in a bracket counts itself (`measures.py`).
"""

from __future__ import annotations

from extract.amount_clause import Measure
from extract.passages import Span

_CLOSING = {"（": "）", "(": ")"}


class Aside:
    """The bracket of a passage in which an amount was last told; `told` and `resumed` each amount, in order."""

    def __init__(self, text: str, passage: Span) -> None:
        self._text, (self._start, self._stop) = text, passage
        self._outside: Measure | None = None  # what was counted before the bracket
        self._end = -1  # where the bracket closes; -1 for none

    def told(self, start: int, before: Measure | None) -> None:
        """Keep `before`, where the amount at `start` is the first in a bracket that does not only give it in other words."""
        if before is None or start < self._end:
            return
        opening = max(self._text.rfind("（", self._start, start), self._text.rfind("(", self._start, start))
        if opening < 0:
            return
        end = self._text.find(_CLOSING[self._text[opening]], opening, self._stop)
        if end > start:
            self._end, self._outside = end, before

    def resumed(self, start: int, before: Measure | None) -> Measure | None:
        """What the amount at `start` goes on from: behind a bracket what was counted before it, else `before`."""
        if self._end < 0 or start < self._end:
            return before
        self._end = -1
        return self._outside
