"""Dates that say how exact they are: Extended Date/Time Format, level 1 and the quarters of level 2.

Knows years, months, days, seasons (2020-21 is spring 2020), quarters (2020-33 is the first), unspecified
digits (199X, 2004-XX), qualifiers (`~` about, `?` uncertain, `%` both) and intervals with open (`..`) or
unknown (empty) ends, and how to step from one to another. Leaves out times of day, years before 1 and after 9999, and the rest of level 2.
Source: https://www.loc.gov/standards/datetime/ (Library of Congress, EDTF specification of 2019-02-04).
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import Literal

Precision = Literal["day", "month", "season", "quarter", "year", "decade", "interval"]

_DATE = re.compile(r"([0-9]{2}[0-9X][0-9X])(?:-([0-9]{2}|XX)(?:-([0-9]{2}|XX))?)?([?~%]?)")
SEASON_START = {21: 3, 22: 6, 23: 9, 24: 12}  # spring is March to May; winter runs into the next year
_QUARTER_START = {33: 1, 34: 4, 35: 7, 36: 10}


@dataclass(frozen=True, slots=True)
class Edtf:
    """2014-07 has earliest 2014-07-01, latest 2014-07-31, precision month; str() gives 2014-07.

    `earliest` and `latest` are None at an open or unknown end of an interval.
    A century (19XX) has precision interval: it is wider than any of the named ones.
    """

    text: str
    earliest: date | None
    latest: date | None
    precision: Precision
    approximate: bool = False
    uncertain: bool = False

    def __str__(self) -> str:
        return self.text

    @property
    def start_open(self) -> bool:
        """../2005: it goes back without a beginning."""
        return self.text.startswith("../")

    @property
    def end_open(self) -> bool:
        """2013/..: it goes on without an end."""
        return self.text.endswith("/..")


def parse_edtf(text: str) -> Edtf | None:
    """Read an EDTF value; None for anything else, also for days that no calendar has and ends in reverse.

    >>> parse_edtf("2019-07-29/2019-07-30").latest
    datetime.date(2019, 7, 30)
    >>> parse_edtf("2013/..").end_open
    True
    >>> parse_edtf("2013-02-30") is None
    True
    """
    text = text.strip()
    if "/" not in text:
        return _parse_one(text)
    first, _, last = text.partition("/")
    start, end = _parse_one(first), _parse_one(last)
    if (start is None and first not in ("", "..")) or (end is None and last not in ("", "..")):
        return None
    if start is None and end is None:
        return None
    earliest = start.earliest if start else None
    latest = end.latest if end else None
    if earliest and latest and earliest > latest:
        return None
    ends = [side for side in (start, end) if side]
    return Edtf(
        text, earliest, latest, "interval", any(e.approximate for e in ends), any(e.uncertain for e in ends)
    )


def shift_months(year: int, month: int, steps: int) -> tuple[int, int]:
    total = year * 12 + month - 1 + steps
    return total // 12, total % 12 + 1


def year_month(edtf: str) -> tuple[int | None, int | None]:
    """Year and month of one EDTF date; a season counts as its first month."""
    if not edtf[:4].isdecimal():
        return None, None
    month = int(edtf[5:7]) if len(edtf) >= 7 else None
    return int(edtf[:4]), SEASON_START.get(month, month) if month else None


def move_year(edtf: str, steps: int) -> str:
    moved = f"{int(edtf[:4]) + steps:04d}{edtf[4:]}" if edtf[:4].isdecimal() else edtf
    return moved if parse_edtf(moved) else moved[:8] + "28"  # 29 February


def is_ordered(first: str, last: str) -> bool:
    return parse_edtf(f"{first}/{last}") is not None


def _parse_one(text: str) -> Edtf | None:
    found = _DATE.fullmatch(text)
    if found is None:
        return None
    year, month, day, mark = found.groups()
    limits = _limits(year, month, day)
    if limits is None:
        return None
    earliest, latest, precision = limits
    return Edtf(text, earliest, latest, precision, mark in ("~", "%"), mark in ("?", "%"))


def _limits(year: str, month: str | None, day: str | None) -> tuple[date, date, Precision] | None:
    """First day, last day and precision of one date; None where there is no such date."""
    if "X" in year:
        if month or not year.endswith("X"):
            return None
        low, high = int(year.replace("X", "0")), int(year.replace("X", "9"))
        return (date(low, 1, 1), date(high, 12, 31), "interval" if year[2] == "X" else "decade") if low else None
    y = int(year)
    if not y:
        return None
    if month is None or (month == "XX" and day in (None, "XX")):
        return date(y, 1, 1), date(y, 12, 31), "year"
    if month == "XX":
        return None
    m = int(month)
    if m > 12:
        return None if day else _part_of_year(y, m)
    if not m:
        return None
    last = monthrange(y, m)[1]
    if day is None or day == "XX":
        return date(y, m, 1), date(y, m, last), "month"
    d = int(day)
    return (date(y, m, d), date(y, m, d), "day") if 1 <= d <= last else None


def _part_of_year(year: int, code: int) -> tuple[date, date, Precision] | None:
    """Seasons 21 to 24, as meteorologists and Chinese news count them, and quarters 33 to 36."""
    precision: Precision = "season" if code in SEASON_START else "quarter"
    first = SEASON_START.get(code) or _QUARTER_START.get(code)
    if first is None:
        return None
    last_year, last = (year + 1, 2) if code == 24 else (year, first + 2)
    if last_year > 9999:
        return None
    return date(year, first, 1), date(last_year, last, monthrange(last_year, last)[1]), precision
