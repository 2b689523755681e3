"""Where each mark of the timeline stands: lanes, rows, room for its title, and what is folded into a count.

Everything is laid out before it is drawn, for a nominal width; the chart only cuts titles shorter when it is
narrower than that. Leaves out colours and the chart itself (`dashboard.timeline`).
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from dashboard.rows import Row, province_of
from dashboard.view import Lane

WIDTH = 1080.0  # px of the plot at 1280 px wide; narrower screens cut titles, not places
MOST_LANES = 6
MOST_ROWS = 19
SHORT = 9  # characters a title is cut to before it is left out
MARK = 12.0  # px a mark takes up at least
FOLD_WIDTH = 56.0  # px a counted mark keeps free; it is drawn half as wide, so that narrow charts have room too

STRETCHES = int(WIDTH // FOLD_WIDTH)  # counted marks side by side


class Spot(NamedTuple):
    """One mark: x in days, row within its lane counted from 0, its title and the room it has in days."""

    row: Row
    start: float
    end: float
    level: int
    label: str
    left: bool  # the title stands before the mark
    room: float  # the next mark of that level begins here (or the one before ends, where the title is left)


class Fold(NamedTuple):
    """A dense stretch: as many records as no row had room for."""

    rows: tuple[Row, ...]  # of an archive none: they are counted where they lie
    at: float
    level: int
    many: int = 0  # where the rows are not here: how many there are,
    days: tuple[int, int] = (0, 0)  # and from which day to which their middles lie,
    where: tuple[int, int] = (0, 0)  # their lane and stretch as the archive numbers them,
    window: tuple[float, float] = (0.0, 0.0)  # and between which days that was

    @property
    def size(self) -> int:
        return self.many or len(self.rows)


class Crowd(NamedTuple):
    """The records of one stretch of a lane, as wide as a counted mark: all of them where they are few, else how many."""

    rows: tuple[Row, ...]
    many: int
    since: int  # days of the first and last middle
    until: int
    where: tuple[int, int]


@dataclass(slots=True)
class LaneLayout:
    key: str
    spots: list[Spot] = field(default_factory=list)
    folds: list[Fold] = field(default_factory=list)
    levels: int = 1  # rows of marks


class Item(NamedTuple):
    row: Row
    start: float
    end: float
    step: bool


def lay_out(rows: Sequence[Row], lane: Lane, first: float, last: float, steps: Container[str] = ()) -> list[LaneLayout]:
    """Lanes from most to least, each with its marks placed between the days `first` and `last`.

    The events that are steps of a relationship, by id, find room first: in one row where they can.
    """
    scale = WIDTH / max(1.0, last - first)
    by_lane: dict[str, list[Item]] = defaultdict(list)
    names = lane_names(rows, lane)
    for row in rows:
        if span := drawn_span(row, first, last):
            key = lane_of(row, lane)
            by_lane[key if key in names else OTHER if key else NONE].append(Item(row, *span, row.id in steps))
    order = [key for key in (*names, OTHER, NONE) if key in by_lane]
    wanted = {key: _rows_wanted(by_lane[key], key, scale, first, last) for key in order}
    levels = share_rows(wanted)
    return [_place(by_lane[key], key, scale, first, last, levels[key]) for key in order]


def _rows_wanted(items: Sequence[Item], key: str, scale: float, first: float, last: float) -> int:
    """Rows a lane would take if it had all of them; so many records as this always want all."""
    return MOST_ROWS if len(items) > 300 else _place(items, key, scale, first, last, MOST_ROWS).levels


OTHER, NONE = "\0other", "\0none"


def lane_of(row: Row, lane: Lane) -> str:
    """The one lane a record is drawn in: its first place's province, its type, its first actor; "" for none."""
    if lane == "type":
        return row.type or "figure"
    if lane == "actor":
        return row.record.actors[0] if row.record.actors else ""
    return province_of(row.record.places[0]) if row.record.places else ""


def lane_names(rows: Sequence[Row], lane: Lane) -> list[str]:
    """The lanes with most records; equal ones in order of name, so that nothing jumps."""
    counts = Counter(key for row in rows if (key := lane_of(row, lane)))
    return [key for key, _ in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:MOST_LANES]]


def drawn_span(row: Row, first: float, last: float) -> tuple[float, float] | None:
    """From which to which day a record is drawn; an open end is drawn over a twentieth of what is seen."""
    reach = max(30.0, (last - first) / 20)
    if row.first is None and row.last is None:
        return None
    start = float(row.first) if row.first is not None else float(row.last or 0) + 1 - reach
    end = float(row.last) + 1 if row.last is not None else float(row.first or 0) + reach
    return (start, end) if end > first and start < last else None


def share_rows(wanted: dict[str, int]) -> dict[str, int]:
    """Rows for each lane: at most MOST_ROWS together, small wishes granted first."""
    left, given = MOST_ROWS, {}
    for i, key in enumerate(sorted(wanted, key=lambda k: wanted[k])):
        given[key] = max(1, min(wanted[key], left // (len(wanted) - i)))
        left -= given[key]
    return given


def text_width(words: str) -> float:
    """Pixels of a title at 12 px: Chinese characters are square, Latin ones about half as wide."""
    return sum(12.0 if unicodedata.east_asian_width(c) in "WF" else 6.8 for c in words)


class _Level:
    """What is taken on one row, as sorted intervals of pixels that do not overlap."""

    def __init__(self) -> None:
        self.starts: list[float] = []
        self.ends: list[float] = []

    def is_free(self, start: float, end: float) -> bool:
        i = bisect_left(self.starts, end)
        return i == 0 or self.ends[i - 1] <= start

    def take(self, start: float, end: float) -> None:
        i = bisect_left(self.starts, start)
        self.starts.insert(i, start)
        self.ends.insert(i, end)


class Placed(NamedTuple):
    """What stands on a row: a mark with its title, or a counted mark (no title)."""

    start: float  # days
    end: float
    level: int
    label: str
    left: bool
    rows: tuple[Row, ...]


def _place(items: Sequence[Item], key: str, scale: float, first: float, last: float, most: int, counted: Sequence[Fold] = ()) -> LaneLayout:
    """Place the marks of one lane, the best supported first; what finds no room is folded. `counted` marks stand already."""
    levels = [_Level() for _ in range(most)]
    for fold in counted:
        levels[0].take((fold.at - first) * scale - FOLD_WIDTH / 2, (fold.at - first) * scale + FOLD_WIDTH / 2)
    placed: list[Placed] = []
    folded: list[Item] = []
    for item in sorted(items, key=_rank):
        start, end = (max(first, item.start) - first) * scale, (min(last, item.end) - first) * scale
        spot = _find_room(levels, start, max(end, start + MARK), item.row.title)
        if spot is None:
            folded.append(item)
        else:
            placed.append(Placed(item.start, item.end, *spot, (item.row,)))
    folds = [*counted, *_fold(folded, levels, scale, first, last)]
    depth = max([p.level for p in placed] + [fold.level for fold in folds], default=0) + 1
    half = FOLD_WIDTH / 2 / scale
    obstacles = [Placed(fold.at - half, fold.at + half, fold.level, "", False, fold.rows) for fold in folds]
    return LaneLayout(key, _give_room(placed, obstacles, scale, first, last), folds, depth)


def lay_out_crowds(crowds: Mapping[str, Sequence[Crowd]], first: float, last: float, steps: Container[str] = ()) -> list[LaneLayout]:
    """Lanes of an archive: the row of counted marks first, then what is drawn one by one."""
    scale = WIDTH / max(1.0, last - first)
    rows_left = share_rows({key: 1 + min(4, sum(len(crowd.rows) for crowd in of)) for key, of in crowds.items()})
    laid = []
    for key, of in crowds.items():
        counted = _stand([crowd for crowd in of if not crowd.rows], first, last)
        items = [Item(row, *span, row.id in steps) for crowd in of for row in crowd.rows if (span := drawn_span(row, first, last))]
        laid.append(_place(items, key, scale, first, last, rows_left[key], counted))
    return laid


def _stand(crowds: Sequence[Crowd], first: float, last: float) -> list[Fold]:
    """Counted marks at even distances, each in the middle of its stretch."""
    folds = []
    for crowd in crowds:
        at = first + (crowd.where[1] + 0.5) * (last - first) / STRETCHES
        folds.append(Fold((), at, 0, crowd.many, (crowd.since, crowd.until), crowd.where, (first, last)))
    return folds


def _rank(item: Item) -> tuple[bool, bool, bool, float, float, str]:
    record = item.row.record
    return not item.step, not record.pin, record.status != "reviewed", min(item.end - item.start, 400.0), item.start, record.id


def _find_room(levels: Sequence[_Level], start: float, end: float, title: str) -> tuple[int, str, bool] | None:
    """The first row where a mark and its title fit; a shorter title, then none, before giving up."""
    bare = min(end, WIDTH)
    open_levels = [(number, level) for number, level in enumerate(levels) if level.is_free(start, bare)]
    if not open_levels:
        return None
    for label in dict.fromkeys((title, title[:SHORT] + "…" if len(title) > SHORT + 1 else title)):
        wide = text_width(label) + 16
        for number, level in open_levels:
            if end + wide <= WIDTH:
                if level.is_free(start, end + wide):
                    level.take(start, end + wide)
                    return number, label, False
            elif start - wide >= 0 and level.is_free(start - wide, end):
                level.take(start - wide, end)
                return number, label, True
    number, level = open_levels[0]
    level.take(start, end)
    return number, "", False


def _give_room(placed: Sequence[Placed], obstacles: Sequence[Placed], scale: float, first: float, last: float) -> list[Spot]:
    """How far each title may run: to what stands next on its row, or back to what stands before, titles counted."""
    by_level: dict[int, list[Placed]] = defaultdict(list)
    for entry in (*placed, *obstacles):
        by_level[entry.level].append(entry)
    spots: list[Spot] = []
    for entries in by_level.values():
        entries.sort(key=lambda entry: entry.start)
        for i, entry in enumerate(entries):
            if entry in obstacles or not entry.rows:
                continue
            before = _border(entries[i - 1], entry, scale) if i else first
            after = _border(entry, entries[i + 1], scale) if i + 1 < len(entries) else last
            spots.append(Spot(entry.rows[0], entry.start, entry.end, entry.level, entry.label, entry.left, before if entry.left else after))
    spots.sort(key=lambda spot: (spot.start, spot.row.id))
    return spots


def _border(entry: Placed, following: Placed, scale: float) -> float:
    """The day that parts two neighbours; where both titles run towards each other, halfway between them."""
    if entry.left or not entry.label:
        return entry.end if following.left else following.start
    if not (following.left and following.label):
        return following.start
    return (_reach(entry, scale)[1] + _reach(following, scale)[0]) / 2


def _reach(entry: Placed, scale: float) -> tuple[float, float]:
    """From which to which day a mark and its title take the row."""
    wide = (text_width(entry.label) + 16) / scale if entry.label else 0.0
    return (entry.start - wide, entry.end) if entry.left else (entry.start, entry.end + wide)


def _fold(items: Sequence[Item], levels: Sequence[_Level], scale: float, first: float, last: float) -> list[Fold]:
    """Neighbours within a counted mark's width become one, on the first row that has room, else on one more."""
    groups: list[_Group] = []
    for item in sorted(items, key=_middle):
        groups.append(_Group([item], _middle(item)))
        while len(groups) > 1 and (groups[-1].centre - groups[-2].centre) * scale < FOLD_WIDTH:
            groups[-2].join(groups.pop())
    folds = []
    for group in groups:
        edge = FOLD_WIDTH / 2 / scale
        at = min(max(group.centre, first + edge), last - edge)
        x = (at - first) * scale
        level = next((n for n, level in enumerate(levels) if level.is_free(x - FOLD_WIDTH / 2, x + FOLD_WIDTH / 2)), len(levels))
        if level < len(levels):
            levels[level].take(x - FOLD_WIDTH / 2, x + FOLD_WIDTH / 2)
        folds.append(Fold(tuple(item.row for item in group.items), at, level))
    return folds


def _middle(item: Item) -> float:
    return (item.start + item.end) / 2


@dataclass(slots=True)
class _Group:
    items: list[Item]
    total: float  # of their middles

    @property
    def centre(self) -> float:
        return self.total / len(self.items)

    def join(self, later: _Group) -> None:
        self.items += later.items
        self.total += later.total
