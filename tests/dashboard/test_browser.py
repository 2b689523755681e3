"""The page in a real browser, started as a host starts it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Served, Tab
from tests.dashboard.fixtures import write_story

pytestmark = pytest.mark.browser

FIRST = "2015年5月，上海市与云帆公司签署了第一份合作框架"
SHEET = ".st-key-yj-evidence"


@pytest.fixture(scope="module")
def site(serve: Callable[..., Served], tmp_path_factory: pytest.TempPathFactory) -> str:
    return serve(write_story(tmp_path_factory.mktemp("story"))).url


def click_first_mark(tab: Tab) -> None:
    """The bar left of its title: the first agreement, May 2015."""
    box = tab.title_at("上海与云帆签署第一份框架")
    tab.page.mouse.click(box["x"] - 9, box["y"] + box["height"] / 2)
    tab.page.wait_for_selector(SHEET)
    tab.settle()


def test_a_click_on_a_mark_of_the_timeline_opens_its_sentence(site: str, tab: Tab) -> None:
    tab.open(site)

    click_first_mark(tab)

    assert FIRST in tab.page.locator(f"{SHEET} blockquote mark").inner_text()
    assert "当时的合作只涉及交通。" in tab.page.locator(f"{SHEET} blockquote").inner_text()
    assert tab.page.url.endswith("?record=e-first01")


def test_the_same_mark_opens_again_after_it_was_closed(site: str, tab: Tab) -> None:
    tab.open(site)
    click_first_mark(tab)

    tab.page.keyboard.press("Escape")
    tab.page.wait_for_selector(SHEET, state="detached")
    tab.settle()
    click_first_mark(tab)

    assert FIRST in tab.page.locator(f"{SHEET} blockquote mark").inner_text()


def test_a_link_opened_in_another_browser_shows_the_same(site: str, tab: Tab, browser: Any) -> None:
    tab.open(f"{site}/?place=310000&lane=type")
    click_first_mark(tab)
    proof = tab.page.locator(f"{SHEET} .yj-ev").inner_text()

    other = Tab(browser).open(tab.page.url)

    assert other.page.locator(f"{SHEET} .yj-ev").inner_text() == proof
    assert other.page.locator(".yj-facts").inner_text() == tab.page.locator(".yj-facts").inner_text()
    assert "place=310000" in other.page.url
    other.context.close()


def test_back_closes_what_a_click_opened(site: str, tab: Tab) -> None:
    tab.open(site)
    click_first_mark(tab)

    tab.page.go_back()
    tab.page.wait_for_selector(SHEET, state="detached")

    assert "record=" not in tab.page.url
    assert "云帆公司与各地" in tab.words()


def test_previous_and_next_walk_through_the_records(site: str, tab: Tab) -> None:
    tab.open(f"{site}/?record=e-first01")

    tab.page.locator(f"{SHEET} button", has_text="下一条").click()
    tab.page.wait_for_url("**record=e-second2*")
    tab.settle()

    assert "再签" in tab.page.locator(f"{SHEET} blockquote mark b").inner_text()


def test_a_card_shows_its_qualifier_date_and_source_and_opens_its_sentence(site: str, tab: Tab) -> None:
    tab.open(site)
    card = tab.page.locator('.yj-card[data-record="f-active1"]')

    words = card.inner_text()
    card.click()
    tab.page.wait_for_selector(SHEET)

    assert [part for part in ("约", "300万", "家", "活跃商家", "截至 2020年", "海港日报", "超过320万家") if part not in words] == []
    assert "去年，平台的活跃商家约300万家" in tab.settle().page.locator(f"{SHEET} blockquote mark").inner_text()


def test_a_broken_file_is_named_and_the_rest_is_shown(site: str, tab: Tab) -> None:
    tab.open(site)
    tab.page.locator("summary", has_text="处数据").click()
    tab.page.get_by_text("curated/articles/d-broken.yaml:").first.wait_for()

    assert "curated/articles/d-broken.yaml:" in tab.page.locator("[data-testid=stExpander]").inner_text()
    assert "5 个事件" in tab.page.locator(".yj-facts").inner_text()


def test_what_a_link_gets_wrong_is_named_and_the_rest_shown(site: str, tab: Tab) -> None:
    tab.open(f"{site}/?record=e-nowhere&type=agreement&colour=red")

    assert "e-nowhere" in tab.words()
    assert "colour" in tab.words()
    assert "2 个事件" in tab.page.locator(".yj-facts").inner_text()


def test_a_province_on_the_map_filters_and_filters_back(site: str, tab: Tab) -> None:
    tab.open(site)
    shanghai = tab.page.locator('.map path[data-place="310000"]')

    shanghai.press("Enter")
    tab.page.wait_for_url("**place=310000*")
    assert "2 个事件" in tab.settle().page.locator(".yj-facts").inner_text()
    tab.page.locator('.map path[data-place="310000"]').press("Enter")
    tab.page.wait_for_url(re.compile(r"^(?!.*place=)"))

    assert "5 个事件" in tab.settle().page.locator(".yj-facts").inner_text()


def test_a_stretch_brushed_under_the_timeline_becomes_from_and_to(site: str, tab: Tab) -> None:
    tab.open(site)
    tab.title_at("上海与云帆签署第一份框架")
    chart = tab.page.locator('[class*="st-key-yj-brush"] canvas')
    chart.scroll_into_view_if_needed()
    box = tab.settle().page.locator('[class*="st-key-yj-brush"] canvas').bounding_box()
    assert box is not None

    y = box["y"] + 16
    tab.page.mouse.move(box["x"] + 100, y)
    tab.page.mouse.down()
    tab.page.mouse.move(box["x"] + 400, y, steps=5)
    tab.page.mouse.up()
    tab.page.wait_for_url("**from=2015*")

    assert "2021年3月" not in tab.settle().page.locator(".yj-facts").inner_text()
    assert "1 个事件" in tab.page.locator(".yj-facts").inner_text() or "2 个事件" in tab.page.locator(".yj-facts").inner_text()


def test_a_search_finds_part_of_a_word_and_a_number_in_any_writing(site: str, tab: Tab) -> None:
    tab.open(site)
    box = tab.page.locator(".st-key-yj-q input")

    box.fill("商家 3,200,000")
    box.press("Enter")
    tab.page.wait_for_url("**q=*")

    assert "1 个数字" in tab.settle().page.locator(".yj-facts").inner_text()
    assert "0 个事件" in tab.page.locator(".yj-facts").inner_text()


def test_the_keyboard_reaches_the_evidence_by_the_table(site: str, tab: Tab) -> None:
    """Marks of a chart take no focus: the table holds the same records and is reached and chosen from by keys alone."""
    tab.open(site)
    grid = tab.page.locator(".st-key-yj-records canvas[data-testid=data-grid-canvas]")
    grid.locator("[role=gridcell]").first.wait_for(state="attached")

    grid.focus()
    tab.page.keyboard.press("ArrowDown")
    grid.locator("[role=gridcell][aria-selected=true]").first.wait_for(state="attached")
    tab.page.keyboard.press("Shift+Space")
    tab.page.wait_for_selector(f"{SHEET} blockquote")
    assert "record=e-second2" in tab.settle().page.url
    tab.page.wait_for_function(f"document.activeElement.matches('{SHEET}')")
    tab.page.keyboard.press("ArrowRight")
    tab.page.wait_for_url(re.compile("record=(?!e-second2)"))
    tab.settle().page.keyboard.press("Escape")
    tab.page.wait_for_selector(SHEET, state="detached")

    assert "record=" not in tab.page.url


def test_text_from_articles_stays_text(site: str, tab: Tab) -> None:
    tab.page.on("dialog", lambda dialog: pytest.fail(f"a dialog opened: {dialog.message}"))
    tab.open(f"{site}/?record=e-hostile")

    assert "<img src=x onerror=hack(4)>**粗**" in tab.page.locator(f"{SHEET} h2").inner_text()
    assert "<script>window.hacked=1</script>" in tab.page.locator(SHEET).inner_text()
    assert "**公告**，[点我](javascript:window.hacked=3)" in tab.page.locator(f"{SHEET} blockquote mark").inner_text()
    assert "<b>标题</b> $x^2$ :material/home:" in tab.page.locator(SHEET).inner_text()
    assert tab.page.evaluate("window.hacked") is None
    assert tab.page.locator('a[href^="javascript"]').count() == 0


def test_a_phone_gets_a_list_by_year_and_nothing_wider_than_its_screen(site: str, browser: Any) -> None:
    tab = Tab(browser, viewport={"width": 390, "height": 844}).open(site)
    row = tab.page.locator('.years .row[data-record="e-first01"]')

    row.scroll_into_view_if_needed()
    tab.settle()
    assert tab.page.locator(".st-key-yj-chart").is_visible() is False
    assert tab.page.evaluate("document.documentElement.scrollWidth") <= 390
    row.click()
    tab.page.wait_for_selector(SHEET)

    box = tab.settle().page.locator(SHEET).bounding_box()
    assert box is not None
    assert box["width"] == 390
    assert FIRST in tab.page.locator(f"{SHEET} blockquote mark").inner_text()
    tab.context.close()


def test_english_shows_no_word_of_ours_in_chinese(site: str, tab: Tab) -> None:
    tab.open(f"{site}/?lang=en")

    assert "Yunfan and the cities" in tab.words()
    assert "4 events" not in tab.words()
    assert "5 events" in tab.page.locator(".yj-facts").inner_text()


def test_the_app_process_never_loads_a_dictionary(serve: Callable[..., Served], site: str, tab: Tab) -> None:
    """jieba's dictionary takes 92 MB: it would show in the maps of the process as its cache file."""
    tab.open(f"{site}/?record=f-active1&q=%E5%95%86%E5%AE%B6")
    served = next(s for s in _running(serve) if s.url == site)
    maps = Path(f"/proc/{served.process.pid}/maps")

    assert not maps.exists() or "rjieba" not in maps.read_text(encoding="utf-8")


def _running(serve: Callable[..., Served]) -> list[Served]:
    cell = serve.__closure__
    assert cell is not None
    return [served for c in cell if isinstance(c.cell_contents, dict) for served in c.cell_contents.values()]
