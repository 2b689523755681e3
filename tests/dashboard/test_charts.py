"""What the charts are given: marks as exact as their dates, and words from outside as data only."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from itertools import combinations
from pathlib import Path

import pytest

import curated
from dashboard import atlas, counting, data, lanes, measures, style, timeline
from dashboard.counting import count_rows
from dashboard.data import matching
from dashboard.relations import build_matrix, relation_of, type_of
from dashboard.rows import index_record
from dashboard.view import View
from extract.edtf import parse_edtf
from tests.dashboard.fixtures import write_many, write_story

FIRST, LAST = float(date(2015, 1, 1).toordinal()), float(date(2023, 1, 1).toordinal())


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> data.Story:
    return data.index_store(curated.load(write_story(tmp_path_factory.mktemp("charts"))), "charts")


@pytest.fixture(scope="module")
def marks(story: data.Story) -> dict[str, dict]:
    laid = lanes.lay_out(matching(story, View()), "place", FIRST, LAST)
    return {mark["id"]: mark for mark in timeline.marks_table(laid, story.steps, "zh").to_dict("records")}


def test_a_day_is_a_dot_and_a_month_a_bar_of_its_width(marks: dict[str, dict]) -> None:
    assert marks["e-found03"]["form"] == "dot"
    month = marks["e-second2"]
    assert month["form"] == "bar"
    assert month["end"] - month["start"] == 31 * timeline.DAY
    assert month["start"] == timeline.to_ms(date(2018, 8, 1).toordinal())


def test_ends_that_are_not_known_are_soft(marks: dict[str, dict]) -> None:
    month = marks["e-second2"]

    assert month["start"] < month["soft_start"] < month["soft_end"] < month["end"]


def test_a_forecast_is_hollow_and_a_draft_paler_than_what_was_reviewed(marks: dict[str, dict]) -> None:
    assert marks["f-budget2"]["body"] == 0
    assert marks["f-budget1"]["body"] == 1
    assert marks["e-second2"]["alpha"] < marks["e-first01"]["alpha"] == 1


def test_steps_of_one_relationship_are_joined(marks: dict[str, dict]) -> None:
    assert {id_ for id_, mark in marks.items() if mark["step"]} == {"e-first01", "e-second2"}


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("ink", [style.LIGHT, style.DARK])
def test_no_word_from_outside_is_part_of_an_expression(story: data.Story, ink: style.Ink, lang: str) -> None:
    laid = lanes.lay_out(matching(story, View()), "actor", FIRST, LAST)
    names = {lane.key: lane.key for lane in laid}
    spec = timeline.draw_timeline(laid, names, (FIRST, LAST), ink, lang, style.family_colours(False))
    expressions = json.dumps(list(_strings(spec, "expr", "labelExpr", "filter", "test", "events")), ensure_ascii=False)

    assert "datum" in expressions
    assert not any(word in expressions for row in story.rows.values() for word in (row.title, *row.record.actors))


def _strings(node: object, *keys: str) -> list[object]:
    if isinstance(node, dict):
        return [value for key, value in node.items() if key in keys] + [found for value in node.values() for found in _strings(value, *keys)]
    return [found for item in node for found in _strings(item, *keys)] if isinstance(node, list) else []


def test_the_histogram_counts_every_dated_record(story: data.Story) -> None:
    unit, bins = counting.bins_of(matching(story, View()))

    assert unit == "year"
    assert sum(n for _, n in bins) == 9


def test_the_tip_of_a_figure_says_whose_it_is(marks: dict[str, dict]) -> None:
    assert marks["f-budget1"]["tip"] == "研究院经费 超过2800万元 · 云帆公司、杭州市 · 2021年3月1日 · 数字"
    assert marks["e-found03"]["tip"] == "云帆在杭州成立城市研究院 · 2021年3月1日 · 成立"


def test_bounds_are_whiskers_and_ranges_bars(story: data.Story) -> None:
    rows = list(matching(story, View(measure=("活跃商家",))))
    points = {point["id"]: point for point in measures.points_table(rows, [], "zh").to_dict("records")}

    assert points["f-active2"]["sign"] == "↑"
    assert points["f-active2"]["high"] > points["f-active2"]["value"] == points["f-active2"]["low"] == 3_200_000
    assert points["f-active1"]["sign"] == "≈"


def test_a_forecast_is_never_joined_to_what_happened(story: data.Story) -> None:
    rows = list(matching(story, View(measure=("研究院经费",))))
    points = measures.points_table(rows, [], "zh")

    assert (points["series"].nunique(), len(points)) == (2, 2)


def test_labels_of_many_figures_never_lie_on_each_other_and_the_selected_keeps_its_own(tmp_path: Path) -> None:
    root = write_many(tmp_path, 300)
    (root / "curated" / "measures.yaml").write_text(f"- name: 商家\n  aliases: [{', '.join(f'第{n}类商家' for n in range(40))}]\n", encoding="utf-8")
    rows = [row for row in matching(data.index_store(curated.load(root), "labels"), View(measure=("商家",))) if row.kind == "figure"]
    plain = measures.points_table(rows, [], "zh")
    without = next(point["id"] for point in plain.to_dict("records") if not point["label"])
    points = measures.points_table(rows, [without], "zh")

    assert len(points) == len(rows) == 100
    labelled = [point for point in points.to_dict("records") if point["label"]]
    assert 5 < len(labelled) < 60
    assert without in {point["id"] for point in labelled}
    per_ms = measures.LABELS_ACROSS / (points["day"].max() - points["day"].min())
    per_one = measures.LABELS_UP / points["value"].max()
    for a, b in combinations(labelled, 2):
        apart = abs(a["day"] - b["day"]) * per_ms, abs(a["value"] - b["value"]) * per_one
        assert apart[0] > 40 or apart[1] >= 17


def test_places_count_what_lies_in_them(story: data.Story) -> None:
    counts = {count.code: count for count in counting.count_rows(matching(story, View()), story)}

    assert (counts["330000"].events, counts["330000"].figures) == (1, 2)
    assert counts["330100"].total == counts["330000"].total
    assert "110000" not in counts
    assert "北京" in atlas.without_sources(list(counts.values()))


def test_the_matrix_holds_who_signed_with_whom(story: data.Story) -> None:
    matrix = build_matrix(matching(story, View()), story, ("company", "government"))

    assert (matrix.down, matrix.across) == (["云帆公司"], ["上海市"])
    assert matrix.cells["云帆公司", "上海市"].ids["signed"] == ["e-first01", "e-second2"]
    assert relation_of(story.rows["e-route04"].type) == "launched"


@pytest.mark.parametrize(("name", "type_"), [("上海市", "government"), ("省政府办公厅", "government"), ("高新区管委会", "government"), ("云帆公司", "company")])
def test_names_say_what_kind_of_actor_they_are(story: data.Story, name: str, type_: str) -> None:
    assert type_of(name, story) in (type_, "other" if type_ == "company" else type_)


@pytest.mark.parametrize(
    ("dates", "first", "last"),
    [
        (["2005"], "2005", "2005"),
        (["2024", "2024-03-05", "2025~"], "2024", "2025~"),
        (["2019-07-29/2019-08-02?"], "2019-07", "2019-08?"),
        (["2024-35", "2025-01"], "2024-35", "2025-01"),
        (["2018", "2018-01-04", "2018-12-31"], "2018", "2018-12"),
        (["2013/..", "2012-05"], "2012-05", "2013/.."),
        ([""], "", ""),
    ],
)
def test_a_place_has_its_first_and_last_date_no_finer_than_they_are(story: data.Story, dates: list[str], first: str, last: str) -> None:
    event = story.rows["e-route04"].record
    rows = tuple(index_record(replace(event, id=f"e-{i}", date=parse_edtf(words)), None, f"e-{i}") for i, words in enumerate(dates))
    count = next(count for count in count_rows(rows, story) if count.code == "420100")

    assert (count.first, count.last) == (first, last)


def test_who_speaks_in_a_record_and_has_a_surname_is_a_person(story: data.Story) -> None:
    assert type_of("周明", story) == "person"  # of f-budget2
    assert type_of("周大福", story) != "person"
