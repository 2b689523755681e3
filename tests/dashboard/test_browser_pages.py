"""The pages behind the overview, in a real browser."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from tests.conftest import Served, Tab, until
from tests.dashboard.fixtures import write_story
from tests.dashboard.test_browser import SHEET

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def site(serve: Callable[..., Served], tmp_path_factory: pytest.TempPathFactory) -> str:
    return serve(write_story(tmp_path_factory.mktemp("pages"))).url


def test_a_mark_in_an_article_opens_its_evidence_and_the_evidence_leads_back(site: str, tab: Tab) -> None:
    tab.open(f"{site}/sources?source=b-river")

    tab.page.locator('.article .run.mark[data-record="f-active2"]').click()
    tab.page.wait_for_selector(SHEET)

    assert "去年平台的活跃商家超过320万家" in tab.settle().page.locator(f"{SHEET} blockquote mark").inner_text()
    assert tab.page.locator(".article .run.mark.on").inner_text() == "320万家"
    assert tab.page.locator(".article").inner_text().startswith("江城物流周报")


def test_evidence_leads_to_its_place_in_the_article(site: str, tab: Tab) -> None:
    tab.open(f"{site}/?record=f-active2")

    tab.page.locator(f"{SHEET} a", has_text="在文章里看").click()
    tab.page.wait_for_url("**/sources?*")

    assert tab.settle().page.locator(".article .run.mark.on").inner_text() == "320万家"
    assert "record=f-active2" in tab.page.url


def test_the_next_page_begins_at_its_left_edge_however_far_the_sheet_had_moved_the_last(site: str, tab: Tab) -> None:
    left = "document.querySelector('.stMain').scrollLeft"
    tab.open(f"{site}/?record=f-active2")
    until(tab.page, lambda: tab.page.evaluate(left) > 0)  # the mark of a late date would lie under the sheet

    tab.page.locator(f"{SHEET} a", has_text="在文章里看").click()
    tab.page.wait_for_url("**/sources?*")
    tab.settle().page.locator(".article .run.mark.on").wait_for()

    until(tab.page, lambda: tab.page.evaluate(left) == 0)
    assert tab.page.evaluate(left) == 0


def test_an_article_that_may_only_be_quoted_is_not_shown_whole(site: str, tab: Tab) -> None:
    tab.open(f"{site}/sources?source=a-harbour")
    tab.page.locator(".article p").first.wait_for()
    tab.settle()

    assert "签署了第一份合作框架" in tab.page.locator(".article").inner_text()
    assert "海港城与云帆公司的三次握手" not in tab.page.locator(".article").inner_text()  # the headline proves nothing


def test_a_cell_of_the_matrix_lists_its_evidence(site: str, tab: Tab) -> None:
    tab.open(f"{site}/actors")

    tab.page.locator(".matrix td button").first.click()
    tab.page.wait_for_selector(SHEET)
    tab.settle()
    assert tab.page.locator(f"{SHEET} .yj-line").all_inner_texts() == ["上海与云帆签署第一份框架", "上海与云帆再签协议"]
    tab.page.locator(f"{SHEET} .yj-line").nth(1).click()
    tab.page.wait_for_url("**record=e-second2*")

    assert "再签" in tab.settle().page.locator(f"{SHEET} blockquote mark b").inner_text()


def test_a_name_of_the_matrix_narrows_the_page_to_it(site: str, tab: Tab) -> None:
    tab.open(f"{site}/actors")

    tab.page.locator(".matrix .who", has_text="上海市").click()
    tab.page.wait_for_url(re.compile("actor="))

    assert "2 个事件" in tab.settle().page.locator(".yj-facts").inner_text()


def test_a_point_of_a_measure_opens_its_sentence(site: str, tab: Tab) -> None:
    tab.open(f"{site}/figures?measure=%E6%B4%BB%E8%B7%83%E5%95%86%E5%AE%B6")
    label = tab.page.locator('[class*="st-key-yj-measure-"] svg.marks text', has_text="超过320万家").first
    label.scroll_into_view_if_needed()
    tab.settle()
    box = label.bounding_box()
    assert box is not None

    tab.page.mouse.click(box["x"] + 10, box["y"] + box["height"] / 2)
    tab.page.wait_for_selector(SHEET)

    assert "record=f-active2" in tab.settle().page.url


def test_filters_go_along_from_page_to_page(site: str, tab: Tab) -> None:
    tab.open(f"{site}/?place=310000")

    tab.page.locator(".st-key-yj-nav a", has_text="主体").click()
    tab.page.wait_for_url("**/actors?place=310000")

    assert "2 个事件" in tab.settle().page.locator(".yj-facts").inner_text()


def test_the_other_language_is_one_click_and_keeps_the_view(site: str, tab: Tab) -> None:
    tab.open(f"{site}/?place=310000")

    tab.page.locator(".st-key-yj-lang button").click()
    tab.page.wait_for_url("**lang=en*")

    assert "2 events" in tab.settle().page.locator(".yj-facts").inner_text()
    assert "place=310000" in tab.page.url


def test_a_filter_is_chosen_from_the_panel_and_taken_away_by_its_chip(site: str, tab: Tab) -> None:
    tab.open(site)
    tab.page.locator(".st-key-yj-panel button").first.click()
    box = tab.page.locator(".st-key-yj-type input")
    box.wait_for()
    tab.settle()
    box.click()
    box.fill("成立")
    tab.page.locator("[role=option]", has_text="成立").first.click()
    tab.page.wait_for_url("**type=founding*")
    assert "1 个事件" in tab.settle().page.locator(".yj-facts").inner_text()

    tab.page.keyboard.press("Escape")
    tab.page.locator(".st-key-yj-chips button").first.click()
    tab.page.wait_for_url(re.compile(r"^(?!.*type=)"))

    assert "5 个事件" in tab.settle().page.locator(".yj-facts").inner_text()


def test_a_long_filter_keeps_its_cross_in_sight_and_is_taken_away_by_it(site: str, browser: Any) -> None:
    words = "一个长得没有尽头的词" * 8
    tab = Tab(browser, viewport={"width": 390, "height": 844}).open(f"{site}/?q={words}&type=visit")
    chip = tab.page.locator(".st-key-yj-chips button", has_text=words)

    cross = chip.locator("[data-testid=stIconMaterial]").bounding_box()
    assert cross is not None
    assert cross["x"] + cross["width"] < 390
    tab.page.mouse.click(cross["x"] + 5, cross["y"] + 5)
    tab.page.wait_for_url(re.compile(r"^(?!.*q=)"))
    tab.context.close()


def test_a_date_may_be_typed_in_chinese(site: str, tab: Tab) -> None:
    tab.open(site)
    tab.page.locator(".st-key-yj-panel button").first.click()
    box = tab.page.locator(".st-key-yj-since input")
    box.wait_for()
    tab.settle()

    box.fill("2021年3月")
    box.press("Enter")
    tab.page.wait_for_url("**from=2021-03*")

    assert "2 个事件" in tab.settle().page.locator(".yj-facts").inner_text()


def test_what_is_shown_can_be_downloaded_and_opens_in_a_spreadsheet(site: str, tab: Tab) -> None:
    tab.open(f"{site}/about?place=310000")

    with tab.page.expect_download() as started:
        tab.page.locator(".st-key-yj-csv button").click()
    lines = started.value.path().read_text(encoding="utf-8-sig").splitlines()

    assert lines[0].startswith("id,kind,date,")
    assert [line.split(",")[0] for line in lines[1:]] == ["e-first01", "e-second2"]


@pytest.mark.parametrize("path", ["", "figures", "places", "actors", "sources?source=a-harbour", "about", "?record=f-active1"])
def test_no_page_is_wider_than_its_screen_or_asks_anything_of_the_outside(site: str, browser: Any, path: str) -> None:
    """On a phone; and in a window that is widened, and turned into a narrow one again."""
    phone = Tab(browser, viewport={"width": 390, "height": 844}).open(f"{site}/{path}")
    wide = {390: phone.page.evaluate("document.documentElement.scrollWidth")}
    phone.context.close()

    tab = Tab(browser, viewport={"width": 768, "height": 844}).open(f"{site}/{path}")
    for width in (768, 1280, 1920, 640):
        tab.page.set_viewport_size({"width": width, "height": 844})
        tab.page.wait_for_function("width => window.innerWidth === width", arg=width)
        wide[width] = tab.settle().page.evaluate("document.documentElement.scrollWidth")
    tab.context.close()

    assert {width: found for width, found in wide.items() if found > width} == {}
    assert phone.outside + tab.outside == []


def test_no_bar_lies_over_the_choice_of_lanes(site: str, tab: Tab) -> None:
    tab.open(site).settle()
    tab.page.locator(".st-key-yj-chart").hover()
    tab.page.locator(".st-key-yj-lane button", has_text="按主体").click()

    tab.page.wait_for_url("**lane=actor*")


def test_on_a_phone_the_words_above_a_table_and_its_first_numbers_are_in_sight(site: str, browser: Any) -> None:
    tab = Tab(browser, viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    tab.open(f"{site}/figures").settle()
    words, bar = (tab.page.locator(selector).first for selector in ("p.yj-note", "[data-testid=stElementToolbar]"))
    below, above = words.bounding_box(), bar.bounding_box()
    tab.context.close()

    assert below is not None
    assert above is None or below["y"] + below["height"] <= above["y"] + 1
