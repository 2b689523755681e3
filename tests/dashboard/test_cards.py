"""A card says a number as its source does, with everything that keeps it honest."""

from __future__ import annotations

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


def test_a_forecast_says_so(story: data.Story) -> None:
    assert card_of(story.rows["f-budget2"], story, "zh")["chips"] == ["预计"]
    assert card_of(story.rows["f-budget2"], story, "zh")["from"][1].startswith("周明 · ")


def test_the_editors_order_comes_first_then_what_is_pinned(story: data.Story) -> None:
    chosen = choose_headlines(data.matching(story, View()), story)

    assert [row.id for row in chosen] == ["f-active1", "f-budget1", "f-budget2"]  # f-active2 stands on the first card


def test_without_a_choice_there_is_one_row_of_cards(tmp_path: Path) -> None:
    story = data.index_store(curated.load(write_many(tmp_path, 60)), "many")

    assert len(choose_headlines(data.matching(story, View()), story)) == FEWEST <= MOST
