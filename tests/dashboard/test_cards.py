"""A card says a number as its source does, with everything that keeps it honest."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

import curated
from curated.records import Amount
from dashboard import data
from dashboard.cards import FEWEST, MOST, card_of, choose_headlines, set_off_thousands, split_amount
from dashboard.view import View
from tests.dashboard.fixtures import write_many, write_story

CASES = yaml.safe_load((Path(__file__).parent / "amounts.yaml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> data.Story:
    return data.index_store(curated.load(write_story(tmp_path_factory.mktemp("cards"))), "cards")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"])
def test_an_amount_is_taken_apart_for_reading(case: dict) -> None:
    amount = Amount(case["text"], None, None, None, "", case["bound"])

    assert list(split_amount(amount)) == case["parts"]


@settings(deadline=None)
@given(st.text(max_size=20), st.sampled_from(["exact", "over", "under", "about"]))
def test_nothing_of_an_amount_is_lost(text: str, bound: str) -> None:
    parts = split_amount(Amount(text, None, None, None, "", bound))  # type: ignore[arg-type]
    told = "".join(parts).replace(",", "")
    kept = "".join(text.split()).replace(",", "")

    assert "".join(told.split()).endswith(kept) or "".join(told.split()) == kept


@settings(deadline=None)
@given(st.integers(0, 10**15))
def test_setting_off_thousands_changes_no_digit(number: int) -> None:
    assert set_off_thousands(str(number)).replace(",", "") == str(number)


def test_a_card_names_date_speaker_publisher_and_the_other_telling(story: data.Story) -> None:
    card = card_of(story.rows["f-active1"], story, "zh")

    assert card["chips"] == ["约"]
    assert (card["number"], card["unit"], card["measure"]) == ("300万", "家", "活跃商家")
    assert card["from"] == ["截至 2020年", "海港日报 · 2021年3月5日"]
    assert card["others"] == ["另一说法：超过320万家 · 江城晚报 · 2021年4月2日"]


@pytest.mark.parametrize(("id_", "whose"), [("f-active1", "云帆公司"), ("f-budget1", "云帆公司、杭州市")])
def test_a_card_says_whose_number_it_is_and_where(story: data.Story, id_: str, whose: str) -> None:
    assert card_of(story.rows[id_], story, "zh")["whose"] == whose


def test_what_the_measure_says_itself_is_not_said_twice(story: data.Story) -> None:
    row = story.rows["f-active1"]
    told = replace(row, record=replace(row.record, measure="云帆公司的活跃商家"))

    assert card_of(told, story, "zh")["whose"] == ""


def test_a_forecast_says_so(story: data.Story) -> None:
    assert card_of(story.rows["f-budget2"], story, "zh")["chips"] == ["预计"]
    assert card_of(story.rows["f-budget2"], story, "zh")["from"][1].startswith("周明 · ")


def test_the_editors_order_comes_first_then_what_is_pinned(story: data.Story) -> None:
    chosen = choose_headlines(data.matching(story, View()), story)

    assert [row.id for row in chosen] == ["f-active1", "f-budget1", "f-budget2"]  # f-active2 stands on the first card


def test_cards_nobody_chose_are_of_different_measures_as_far_as_there_are_any(tmp_path: Path) -> None:
    root = write_many(tmp_path, 240)
    (root / "curated" / "measures.yaml").write_text(f"- name: 商家\n  aliases: [{', '.join(f'第{n}类商家' for n in range(39))}]\n", encoding="utf-8")
    story = data.index_store(curated.load(root), "measures")

    assert sorted(row.measure for row in choose_headlines(data.matching(story, View()), story)) == ["商家", "商家", "商家", "第39类商家"]


def test_without_a_choice_there_is_one_row_of_cards(tmp_path: Path) -> None:
    story = data.index_store(curated.load(write_many(tmp_path, 60)), "many")

    assert len(choose_headlines(data.matching(story, View()), story)) == FEWEST <= MOST
