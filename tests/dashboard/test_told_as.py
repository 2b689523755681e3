"""A fall is never shown as growth, nor a target as a fact: on cards, in tables, on the timeline, in the sheet and in what is downloaded."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

import curated
from curated.export import draw_export
from dashboard import data, measures, timeline
from dashboard.cards import card_of, differing
from dashboard.screens.about import csv_bytes, download_rows
from dashboard.tables import records_table
from dashboard.view import View
from tests.conftest import Served, Tab
from tests.dashboard.fixtures import record, write_article

TEXT = (
    "茶饼公司的半年\n"
    "2024年上半年，茶饼公司营业收入同比增长8.2%。2024年三季度，茶饼公司营业收入同比下降超过2.1%。\n"
    "2024年，茶饼公司门店由320家减少到280家。据公司统计，公司的目标是2026年卖出900万斤。\n"
)
FALL = {"number": "2.1%", "chips": ["下降", "超过"], "measure": "营业收入同比"}


def write_falls(root: Path) -> Path:
    common: dict[str, Any] = {"actors": ["茶饼公司"], "status": "draft"}
    figures = record(TEXT, "2024年上半年，茶饼公司营业收入同比增长8.2%", "8.2%", id="f-rise001", measure="营业收入同比增速", amount="8.2%", as_of="2024-01/2024-06", as_of_from="2024年上半年", change="up", pin="true", conflicts_with=["f-fall001"], **common)
    figures += record(TEXT, "2024年三季度，茶饼公司营业收入同比下降超过2.1%", "2.1%", id="f-fall001", measure="营业收入同比增速", amount="超过2.1%", as_of="2024-35", as_of_from="2024年三季度", change="down", pin="true", conflicts_with=["f-rise001"], **common)
    figures += record(TEXT, "茶饼公司门店由320家减少到280家", "320家", id="f-from001", measure="门店", amount="320家", change="from", compare_to="f-to00001", **common)
    figures += record(TEXT, "茶饼公司门店由320家减少到280家", "280家", id="f-to00001", measure="门店", amount="280家", change="to", compare_to="f-from001", **common)
    figures += record(TEXT, "公司的目标是2026年卖出900万斤", "900万斤", id="f-target1", measure="销量", amount="900万斤", as_of="2026", as_of_from="2026年", modality="target", during="一年", data_from="公司", speaker="周明", note="只是目标", pin="true", **common)
    write_article(root, "tea", {"title": "茶饼公司的半年", "publisher": "茶报", "published": "2024-10-20", "rights": "full"}, TEXT, "", figures)
    (root / "curated" / "story.yaml").write_text("title: 茶饼\n", encoding="utf-8")
    return root


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_falls(tmp_path_factory.mktemp("falls"))


@pytest.fixture(scope="module")
def story(root: Path) -> data.Story:
    store = curated.load(root)
    assert [p for p in store.problems if p.severity == "error"] == []
    return data.index_store(store, "falls")


def test_a_card_says_that_it_fell(story: data.Story) -> None:
    card = card_of(story.rows["f-fall001"], story, "zh")

    assert {key: card[key] for key in FALL} == FALL
    assert card_of(story.rows["f-fall001"], story, "en")["chips"] == ["down", "超过"]
    assert card_of(story.rows["f-rise001"], story, "zh")["others"][0].startswith("另一说法：下降超过2.1%")


def test_a_fall_and_a_rise_by_as_much_differ(story: data.Story) -> None:
    assert [row.id for row in differing(story.rows["f-fall001"], story)] == ["f-rise001"]


@pytest.mark.parametrize(
    ("id_", "lang", "amount"),
    [("f-fall001", "zh", "下降超过2.1%"), ("f-fall001", "en", "down 超过2.1%"), ("f-rise001", "zh", "8.2%"), ("f-target1", "zh", "目标 900万斤"), ("f-from001", "zh", "原为320家"), ("f-to00001", "zh", "变为280家")],
)
def test_the_table_says_how_an_amount_is_meant(story: data.Story, id_: str, lang: str, amount: str) -> None:
    table = records_table(tuple(story.rows[one] for one in (id_,)), story, lang)

    assert table["amount"].tolist() == [amount]


def test_the_timeline_says_that_it_fell(story: data.Story) -> None:
    first, last = (float(date(year, 1, 1).toordinal()) for year in (2024, 2027))
    marks = timeline.marks_table(story.lanes(View(), first, last), story.steps, "zh").set_index("id")

    assert marks.loc["f-fall001", "tip"].startswith("营业收入同比 下降超过2.1% · ")


def test_on_the_chart_of_a_measure_a_fall_lies_below_nothing(story: data.Story) -> None:
    rows = [story.rows[id_] for id_ in ("f-rise001", "f-fall001")]
    points = measures.points_table(rows, [], "zh").set_index("id")

    assert (points.loc["f-fall001", "value"], points.loc["f-rise001", "value"]) == (-2.1, 8.2)
    assert points.loc["f-fall001", "low"] < -2.1 == points.loc["f-fall001", "high"]
    assert points.loc["f-fall001", "label"] == "下降超过2.1%"


def test_what_is_downloaded_from_the_page_says_it_too(story: data.Story) -> None:
    page = cast(Any, SimpleNamespace(story=story))
    rows = download_rows(page, [story.rows[id_] for id_ in ("f-fall001", "f-target1")])
    back = list(csv.DictReader(io.StringIO(csv_bytes(rows).decode("utf-8-sig"))))

    assert [(row["amount"], row["change"], row["modality"]) for row in back] == [("超过2.1%", "down", "actual"), ("900万斤", "", "target")]
    assert [back[1][name] for name in ("value", "unit", "during", "speaker", "data_from", "note", "date_from")] == ["9000000", "斤", "一年", "周明", "公司", "只是目标", "2026年"]


@pytest.mark.parametrize("words", ["营业收入同比 下降超过2.1%", "销量 目标 900万斤", "门店 原为320家"])
def test_the_exported_page_feed_and_annotations_say_it_too(root: Path, words: str) -> None:
    files = draw_export(curated.load(root), ("html", "atom", "annotations"))

    assert [name for name, content in files.items() if words not in content.decode()] == []


def test_the_exported_cards_say_it_too(root: Path) -> None:
    page = draw_export(curated.load(root), ("html",))["index.html"].decode()

    assert "<b>下降超过2.1%</b>" in page
    assert "<b>目标 900万斤</b>" in page


@pytest.mark.browser
def test_the_page_says_that_it_fell(serve: Callable[..., Served], root: Path, tab: Tab) -> None:
    tab.open(f"{serve(root).url}/?record=f-fall001").settle()

    card = tab.page.locator('.yj-card[data-record="f-fall001"]').inner_text()
    sheet = tab.page.locator(".st-key-yj-evidence").inner_text()

    assert [part for part in ("下降", "超过", "2.1%", "营业收入同比") if part not in card] == []
    assert "增速" not in card
    assert [part for part in ("下降", "超过", "2.1%") if part not in sheet] == []
    assert tab.title_at("营业收入同比 下降")["width"] > 0


@pytest.mark.browser
def test_the_sheet_shows_the_other_end_of_a_change(serve: Callable[..., Served], root: Path, tab: Tab) -> None:
    tab.open(f"{serve(root).url}/?record=f-to00001&lang=en").settle()

    assert "Compared with\n门店 原为320家" in tab.page.locator(".st-key-yj-evidence dl").inner_text()
