"""Which records a view asks for."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import curated
from curated.records import Place
from dashboard import data
from dashboard.data import blame, matching, places_above, sources_found
from dashboard.view import STATUSES, TYPES, View, lift
from tests.dashboard.fixtures import write_many, write_story


def story_of(name: str, root: Path) -> data.Story:
    return data.index_store(curated.load(root), name)


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> data.Story:
    return story_of("story", write_story(tmp_path_factory.mktemp("data")))


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> data.Story:
    return story_of("many", write_many(tmp_path_factory.mktemp("many"), 300))


def ids(story: data.Story, **filters: object) -> list[str]:
    return [row.id for row in matching(story, View(**filters))]  # type: ignore[arg-type]


def test_records_come_in_order_of_time(story: data.Story) -> None:
    assert ids(story)[:2] == ["e-first01", "e-second2"]


def test_a_place_holds_what_lies_in_it(story: data.Story) -> None:
    assert ids(story, place=("330000",)) == ["e-found03", "f-budget1", "f-budget2"]
    assert ids(story, place=("330100",)) == ids(story, place=("330000",))


def test_values_of_one_filter_add_up_and_filters_narrow(story: data.Story) -> None:
    assert ids(story, place=("310000", "420100")) == ["e-first01", "e-second2", "e-route04"]
    assert ids(story, place=("310000", "420100"), status=("reviewed",)) == ["e-first01"]


def test_types_are_of_events_and_measures_of_figures(story: data.Story) -> None:
    assert ids(story, type=("founding",)) == ["e-found03"]
    assert ids(story, measure=("活跃商家",)) == ["f-active1", "f-active2"]
    assert set(ids(story, type=("founding",), measure=("活跃商家",))) == {"e-found03", "f-active1", "f-active2"}


def test_a_record_shows_in_any_stretch_it_may_lie_in(story: data.Story) -> None:
    assert "e-first01" in ids(story, since="2015-05-20", until="2015-05-21")
    assert "e-first01" not in ids(story, since="2015-06")
    assert ids(story, since="2022") == ["f-budget2"]


def test_a_search_takes_parts_of_words_in_any_width_and_case(story: data.Story) -> None:
    assert ids(story, q="框架 上海") == ["e-first01"]
    assert ids(story, q="ＵＲＬ") == []


@pytest.mark.parametrize("q", ["300万", "3,000,000", "3000000", "三百万", "３００万"])
def test_a_number_is_found_in_any_writing(story: data.Story, q: str) -> None:
    assert "f-active1" in ids(story, q=q)


def test_articles_are_found_by_words_no_record_quotes(story: data.Story) -> None:
    assert ids(story, q="业内人士") == []
    assert [source.name for source in sources_found(story, "业内人士")] == ["a-harbour"]


def test_dropped_records_show_only_when_asked_for(tmp_path: Path) -> None:
    root = write_story(tmp_path)
    path = root / "curated" / "articles" / "b-river.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("status: draft", "status: dropped", 1), encoding="utf-8")
    story = story_of("dropped", root)

    assert "e-route04" not in ids(story)
    assert ids(story, status=("dropped",)) == ["e-route04"]


def test_tellings_of_one_thing_count_once(tmp_path: Path) -> None:
    root = write_story(tmp_path)
    path = root / "curated" / "articles" / "a-harbour.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace('conflicts_with: ["f-active2"]', 'same_as: ["f-active2"]'), encoding="utf-8")
    story = story_of("same", root)

    assert ids(story, measure=("活跃商家",)) == ["f-active1"]  # the reviewed one stands in front
    assert ids(story, source=("b-river",), measure=("活跃商家",)) == ["f-active2"]


VIEWS = st.builds(
    View, q=st.sampled_from(["", "公司", "3", "没有"]), since=st.sampled_from(["", "2010", "2015-03"]), until=st.sampled_from(["", "2016", "2020-12"]),
    place=st.sampled_from([(), ("310000",), ("330000", "440000")]), type=st.lists(st.sampled_from(TYPES), max_size=2, unique=True).map(tuple),
    status=st.lists(st.sampled_from(STATUSES), max_size=2, unique=True).map(tuple), actor=st.sampled_from([(), ("公司3",)]),
)  # fmt: skip


@settings(deadline=None)
@given(VIEWS)
def test_lifting_a_filter_never_takes_records_away(many: data.Story, view: View) -> None:
    shown = {row.id for row in matching(many, view)}

    for param in view.filters:
        if param not in ("type", "measure", "status"):  # lifting `status` hides what was dropped again
            assert shown <= {row.id for row in matching(many, lift(view, param))}


def test_a_search_finds_an_actor_and_a_measure_by_the_other_names_its_list_gives(tmp_path: Path) -> None:
    root = write_story(tmp_path)
    (root / "curated" / "actors.yaml").write_text("- name: 云帆公司\n  aliases: [老云帆]\n", encoding="utf-8")
    (root / "curated" / "measures.yaml").write_text("- name: 活跃商家\n  aliases: [在册店家]\n", encoding="utf-8")
    story = story_of("aliases", root)

    assert len(ids(story, q="老云帆")) == 8
    assert ids(story, q="在册店家") == ["f-active1", "f-active2"]
    assert ids(story, q="新云帆") == []


def test_an_empty_result_names_the_filter_to_blame(story: data.Story) -> None:
    view = View(place=("310000",), type=("founding",), status=("draft",))

    assert blame(story, view)[0] == ("place", 1)
    assert dict(blame(story, view))["status"] == 0


def test_a_region_holds_its_provinces() -> None:
    assert places_above(Place("长三角", "", "长三角", "region", ("310000", "330000"))) == ["长三角", "310000", "330000"]


def test_a_state_changes_when_a_file_does(tmp_path: Path) -> None:
    root = write_story(tmp_path)
    before = data.state_of(root)
    assert data.state_of(root) == before

    (root / "curated" / "story.yaml").write_text("title: 别的\n", encoding="utf-8")

    assert data.state_of(root) != before


def test_steps_of_a_relationship_are_found_by_what_they_share(story: data.Story) -> None:
    assert story.steps == {"e-first01": "上海与云帆", "e-second2": "上海与云帆"}
