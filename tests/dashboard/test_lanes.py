"""No two marks or titles of a row of the timeline stand on each other, and nothing is lost."""

from __future__ import annotations

import itertools
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curated.records import Event
from dashboard.data import Row
from dashboard.lanes import (
    FOLD_WIDTH,
    MARK,
    MOST_LANES,
    MOST_ROWS,
    NONE,
    OTHER,
    WIDTH,
    LaneLayout,
    lay_out,
    share_rows,
    text_width,
)
from dashboard.view import LANES
from extract.edtf import Edtf

DAYS = st.integers(date(2003, 1, 1).toordinal(), date(2020, 12, 31).toordinal())
FIRST, LAST = float(date(2003, 1, 1).toordinal()), float(date(2021, 1, 1).toordinal())


def row(number: int, first: int, days: int, title: str, type_: str = "other") -> Row:
    when = Edtf("x", date.fromordinal(first), date.fromordinal(first + days), "day" if not days else "month")
    event = Event(f"e-{number:05d}", "s", title, "q", when, type=type_)  # type: ignore[arg-type]
    return Row(event, "event", when, first, first + days, frozenset(), frozenset(), "", event.id)


ROWS = st.lists(st.tuples(DAYS, st.sampled_from([0, 0, 29, 364]), st.text("签约上线ab ", min_size=1, max_size=30), st.sampled_from(["agreement", "visit", "other"])), max_size=60).map(
    lambda many: [row(i, *one) for i, one in enumerate(many)]
)


def taken(lane: LaneLayout) -> list[tuple[int, float, float]]:
    """Row and pixels of every mark with its title, and of every counted mark."""
    scale = WIDTH / (LAST - FIRST)
    spans = []
    for spot in lane.spots:
        start = (max(FIRST, spot.start) - FIRST) * scale
        end = max((min(LAST, spot.end) - FIRST) * scale, start + (MARK if not spot.label else 0))
        wide = text_width(spot.label) if spot.label else 0.0
        spans.append((spot.level, start - (wide if spot.left else 0), end + (0 if spot.left else wide)))
    for fold in lane.folds:
        x = (fold.at - FIRST) * scale
        spans.append((fold.level, x - FOLD_WIDTH / 2, x + FOLD_WIDTH / 2))
    return sorted(spans)


@settings(deadline=None)
@given(ROWS, st.sampled_from(LANES))
def test_nothing_on_a_row_overlaps(rows: list[Row], lane: str) -> None:
    for laid in lay_out(rows, lane, FIRST, LAST):  # type: ignore[arg-type]
        spans = taken(laid)
        folds = sorted(fold.at for fold in laid.folds)
        assert all((b - a) * WIDTH / (LAST - FIRST) > FOLD_WIDTH / 2 for a, b in itertools.pairwise(folds))
        touching = [(a, b) for a, b in itertools.pairwise(spans) if a[0] == b[0] and a[0] < _most_level(laid) and b[1] < a[2] - 0.5]
        assert touching == []


def _most_level(lane: LaneLayout) -> int:
    """Counted marks that found no room stand on a row of their own, where only they are."""
    return max((spot.level for spot in lane.spots), default=-1) + 1


@settings(deadline=None)
@given(ROWS, st.sampled_from(LANES))
def test_every_record_is_a_mark_or_counted_once(rows: list[Row], lane: str) -> None:
    laid = lay_out(rows, lane, FIRST, LAST)  # type: ignore[arg-type]
    shown = [spot.row.id for one in laid for spot in one.spots] + [r.id for one in laid for fold in one.folds for r in fold.rows]

    assert sorted(shown) == sorted(r.id for r in rows)


@settings(deadline=None)
@given(ROWS)
def test_titles_stay_inside_the_chart(rows: list[Row]) -> None:
    for laid in lay_out(rows, "type", FIRST, LAST):
        assert [span for span in taken(laid) if span[1] < -0.5 or span[2] > WIDTH + MARK + 1] == []


@settings(deadline=None)
@given(ROWS)
def test_the_room_of_titles_on_a_row_never_meets(rows: list[Row]) -> None:
    """The chart cuts a title at its room: the rooms of neighbours have to end before each other."""
    for laid in lay_out(rows, "type", FIRST, LAST):
        for level in range(laid.levels):
            spots = [spot for spot in laid.spots if spot.level == level and spot.label]
            for a, b in itertools.pairwise(spots):
                end = a.end if a.left else a.room
                start = b.room if b.left else b.start
                assert end <= start + 1e-6


def test_a_thousand_records_keep_the_chart_small() -> None:
    rows = [row(i, int(FIRST) + i * 37 % 6500, 0, f"第{i}次签约合作会议", "agreement") for i in range(1000)]
    laid = lay_out(rows, "type", FIRST, LAST)

    assert sum(one.levels for one in laid) <= MOST_ROWS + len(laid)
    assert sum(len(one.spots) + len(one.folds) for one in laid) < 1000
    assert sum(len(fold.rows) for one in laid for fold in one.folds) > 0


def test_lanes_go_from_most_to_least_with_the_rest_below() -> None:
    rows = [row(i * 10 + j, int(FIRST) + 400 * i, 0, "会", type_) for i, type_ in enumerate(("visit", "sales", "policy", "speech", "relief", "launch", "meeting")) for j in range(i + 1)]
    laid = lay_out(rows, "type", FIRST, LAST)

    assert [one.key for one in laid] == ["meeting", "launch", "relief", "speech", "policy", "sales", OTHER]
    assert len(laid) == MOST_LANES + 1


def test_records_without_a_place_have_a_lane_of_their_own() -> None:
    assert [one.key for one in lay_out([row(1, int(FIRST), 0, "会")], "place", FIRST, LAST)] == [NONE]


@pytest.mark.parametrize(("wanted", "given_"), [({"a": 1, "b": 50}, {"a": 1, "b": MOST_ROWS - 1}), ({"a": 3, "b": 4}, {"a": 3, "b": 4})])
def test_small_lanes_get_what_they_need_first(wanted: dict[str, int], given_: dict[str, int]) -> None:
    assert share_rows(wanted) == given_
