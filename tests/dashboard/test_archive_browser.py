"""An archive in a real browser: from a counted mark to the sentence, by brush, place, search and link."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from bench.facts import write_archive
from tests.conftest import Tab, end, start_page

pytestmark = pytest.mark.browser

SHEET = ".st-key-yj-evidence"
FACTS = ".yj-facts"
MARKS = ".st-key-yj-chart svg"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("archive")
    write_archive(folder / "a", 20_000)
    env = {"YOUJU_FACTS": str(folder / "a"), "YOUJU_CACHE": str(folder / "cache")}
    served = start_page(folder / "none", folder / "streamlit.log", ["--edit"], env=env)
    yield served.url
    end(served.process)


def counted(tab: Tab) -> Any:
    """The counted marks of the timeline."""
    found = tab.page.locator(f"{MARKS} text").filter(has_text=re.compile(r"^\+?\d+$"))
    found.first.wait_for()
    return found


def test_a_counted_mark_narrows_time_until_a_record_opens_its_sentence(site: str, tab: Tab, browser: Any) -> None:
    tab.open(f"{site}/?place=650000&lane=type&from=2012-03&to=2012-09")
    assert "筛选后" in tab.page.locator(FACTS).inner_text()
    for _ in range(5):
        box = counted(tab).first.bounding_box()
        before = tab.page.url
        tab.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        tab.page.wait_for_url(lambda url, before=before: url != before)
        tab.settle()
        if "record=" in tab.page.url:
            break
    tab.page.wait_for_selector(SHEET)
    if tab.settle().page.locator(f"{SHEET} .yj-line").count():  # a list: one of it
        tab.page.locator(f"{SHEET} .yj-line").first.click()
        tab.page.wait_for_selector(f"{SHEET} blockquote mark")
        tab.settle()
    proof = tab.page.locator(f"{SHEET} .yj-ev").first.inner_text()
    assert tab.page.locator(f"{SHEET} blockquote mark").inner_text().strip()
    assert "原文写明" in proof or "未注明" in proof  # why the date is what it is

    other = Tab(browser).open(tab.page.url)
    assert other.page.locator(f"{SHEET} .yj-ev").first.inner_text() == proof
    assert other.page.locator(FACTS).inner_text() == tab.page.locator(FACTS).inner_text()
    other.context.close()


def test_the_whole_archive_is_a_page_like_any_other(site: str, tab: Tab) -> None:
    """Counts, cards, at most 2,000 marks, nothing to edit even with --edit."""
    tab.open(site)
    counted(tab)
    words = tab.settle().words()

    assert "（只读）" in tab.page.locator(FACTS).inner_text()
    assert tab.page.locator("[data-record].yj-card").count() >= 4
    assert 50 < tab.page.locator(f"{MARKS} path, {MARKS} text").count() < 2000
    assert "审阅" not in tab.page.locator(".st-key-yj-nav").inner_text()
    assert "这里列出前 1,000 条" in words
    tab.page.locator("[data-record].yj-card").first.click()
    tab.page.wait_for_selector(f"{SHEET} blockquote mark")


def test_brush_place_and_search_narrow_what_is_counted(site: str, tab: Tab) -> None:
    tab.open(site)
    counted(tab)
    whole = tab.settle().page.locator(FACTS).inner_text()
    brush = tab.page.locator(".st-key-yj-chart canvas").last.bounding_box()
    y = brush["y"] + 15
    tab.page.mouse.move(brush["x"] + brush["width"] * 0.45, y)
    tab.page.mouse.down()
    tab.page.mouse.move(brush["x"] + brush["width"] * 0.6, y, steps=8)
    tab.page.mouse.up()
    tab.page.wait_for_url(re.compile("from=20"))
    tab.settle()
    brushed = tab.page.locator(FACTS).inner_text()
    assert brushed != whole

    tab.page.locator(".st-key-yj-filters input").first.fill("研究院")
    tab.page.keyboard.press("Enter")
    tab.page.wait_for_url(re.compile("q="))
    tab.settle()
    assert "0 个数字" in tab.page.locator(FACTS).inner_text()
    assert "研究院" in tab.words()

    tab.open(f"{site}/?q=没有这样的话&place=310000")
    assert "没有符合全部条件的记录" in tab.words()


@pytest.mark.parametrize("path", ["sources", "figures", "places", "actors", "about"])
def test_every_page_shows_an_archive(site: str, tab: Tab, path: str) -> None:
    tab.open(f"{site}/{path}")
    there = {"sources": "[data-testid=stDataFrame] canvas", "figures": ".yj-card", "places": "path[data-place]", "actors": "button >> text=云云一公司", "about": "li >> text=观察周刊"}
    tab.page.wait_for_selector(there[path])
    assert "这一部分没能显示" not in tab.settle().words()


def test_an_article_of_an_archive_shows_its_sentences_in_place(site: str, tab: Tab) -> None:
    tab.open(f"{site}/sources?source=a000000000")
    tab.page.wait_for_selector("text=第1期经济观察")
    tab.page.wait_for_selector("[data-testid=stApp] >> text=年")
    assert "这一部分没能显示" not in tab.settle().words()
    assert "10" in tab.words()


def test_a_phone_lists_an_archive_by_year(site: str, browser: Any) -> None:
    tab = Tab(browser, viewport={"width": 390, "height": 800}, color_scheme="dark").open(site)
    tab.page.wait_for_selector(".st-key-yj-list >> text=2008年1月1日")
    assert tab.page.evaluate("document.documentElement.scrollWidth") <= 390
    tab.context.close()
