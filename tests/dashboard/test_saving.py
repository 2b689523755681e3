"""Charts and cards as pictures with their sources, and pages on paper."""

from __future__ import annotations

import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

import curated
from dashboard.data import index_store
from dashboard.saving import source_words
from tests.conftest import Served, Tab
from tests.dashboard.fixtures import write_story

SHEET = ".st-key-yj-evidence"
browser_only = [pytest.mark.browser]


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_story(tmp_path_factory.mktemp("saving"))


@pytest.fixture(scope="module")
def site(serve: Callable[..., Served], root: Path) -> str:
    return serve(root).url


def test_the_line_of_sources_names_publishers_and_days_most_records_first(root: Path) -> None:
    story = index_store(curated.load(root), "k")

    rows = tuple(story.rows[id_] for id_ in ("e-route04", "e-first01", "e-second2"))

    assert source_words(rows, story, "zh") == "来源：海港日报 2021年3月5日、江城晚报 2021年4月2日"
    assert source_words(rows, story, "en") == "Sources: 海港日报 2021-03-05, 江城晚报 2021-04-02"
    assert source_words(rows, story, "zh", 7) == "来源：海港日报 2021年3月5日、江城晚报 2021年4月2日等 7 篇"
    assert source_words((), story, "zh") == "来源："


def save(tab: Tab, target: str, kind: str) -> Path:
    with tab.page.expect_download() as started:
        tab.page.locator(f'.yj-save button[data-save="{target}"][data-format="{kind}"]').first.click()
    assert started.value.suggested_filename.endswith(f".{kind}")
    return started.value.path()


def words_of(path: Path) -> str:
    return "\n".join(node.text or "" for node in ElementTree.parse(path).iter("{http://www.w3.org/2000/svg}text"))


class TestPictures:
    pytestmark = browser_only

    def test_cards_keep_what_makes_them_honest(self, site: str, tab: Tab) -> None:
        tab.open(site)
        tab.page.wait_for_selector(".st-key-yj-clicks", state="attached")

        words = words_of(save(tab, ".yj-cards", "svg"))

        assert [part for part in ("约", "300万", "家", "活跃商家", "截至 2020年", "另一说法：超过320万家 · 江城晚报 · 2021年4月2日") if part not in words] == []
        assert "云帆公司与各地 · 要点数字" in words
        assert "来源：" in words
        assert f"{site}/" in words
        assert "看原句" not in words

    def test_the_timeline_and_the_map_come_whole_with_their_sources(self, site: str, tab: Tab) -> None:
        tab.open(f"{site}/?place=310000")
        tab.title_at("上海与云帆签署第一份框架")

        timeline = save(tab, ".st-key-yj-chart", "svg")
        assert "上海与云帆签署第一份框架" in words_of(timeline)
        assert "来源：海港日报 2021年3月5日" in words_of(timeline)
        assert f"{site}/?place=310000" in words_of(timeline)
        assert 'url("http' not in timeline.read_text(encoding="utf-8")  # gradients are in the file itself
        assert "上海" in words_of(save(tab, ".st-key-yj-map", "svg"))

    def test_a_png_is_twice_as_fine_as_the_screen(self, site: str, tab: Tab) -> None:
        tab.open(site)
        tab.title_at("上海与云帆签署第一份框架")

        head = save(tab, ".st-key-yj-chart", "png").read_bytes()[:24]

        assert head[:8] == b"\x89PNG\r\n\x1a\n"
        assert struct.unpack(">I", head[16:20])[0] > 2 * 1180


class TestPaper:
    pytestmark = browser_only

    @pytest.mark.parametrize("light", ["light", "dark"])
    def test_a_printed_page_has_the_proof_and_none_of_the_chrome(self, site: str, browser: Any, light: str) -> None:
        tab = Tab(browser, color_scheme=light).open(f"{site}/?record=e-first01")
        tab.page.wait_for_selector(f"{SHEET} blockquote")

        tab.page.emulate_media(media="print")

        assert tab.page.locator(f"{SHEET} blockquote").is_visible()
        assert tab.page.locator(".yj-facts").is_visible()
        gone = (".st-key-yj-nav", ".st-key-yj-q", ".st-key-yj-panel", ".yj-save", f"{SHEET} button:has-text('关闭')")
        assert [name for name in gone if tab.page.locator(name).first.is_visible()] == []
        ink = tab.page.evaluate(f"getComputedStyle(document.querySelector('{SHEET} mark')).color")
        assert ink == "rgb(35, 32, 27)"
        # Everything flows on over the pages instead of being cut at the window.
        assert tab.page.evaluate("getComputedStyle(document.querySelector('.stMain')).overflowY") == "visible"
        tab.context.close()
