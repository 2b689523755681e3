"""Room for the evidence: what was clicked stays in sight, and nothing beside the sheet is laid out anew."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.conftest import Served, Tab, until
from tests.dashboard.fixtures import write_story

pytestmark = pytest.mark.browser

SHEET = ".st-key-yj-evidence"


@pytest.fixture(scope="module")
def site(serve: Callable[..., Served], tmp_path_factory: pytest.TempPathFactory) -> str:
    return serve(write_story(tmp_path_factory.mktemp("sheet"))).url


def box(tab: Tab, selector: str) -> dict[str, float]:
    found = tab.page.locator(selector).first.bounding_box()
    assert found is not None
    return found


@pytest.mark.parametrize("width", [1280, 1920])
def test_the_clicked_mark_stays_beside_the_sheet_and_no_chart_is_drawn_anew(site: str, browser: Any, width: int) -> None:
    tab = Tab(browser, viewport={"width": width, "height": 900}, reduced_motion="reduce").open(f"{site}/?lane=type")
    title = tab.title_at("云帆在武汉开通绿色通道")
    before = box(tab, ".st-key-yj-chart svg.marks")
    drawn = ".st-key-yj-chart svg.marks, .st-key-yj-map, [data-testid=stDataFrame]"
    tab.page.locator("[data-testid=stDataFrame]").nth(1).wait_for()
    parts = tab.page.evaluate("(drawn) => [...document.querySelectorAll(drawn)].map((node) => (node.kept = true))", drawn)

    tab.page.mouse.click(title["x"] + 20, title["y"] + title["height"] / 2)
    tab.page.wait_for_selector(f"{SHEET} blockquote")
    tab.settle()

    assert tab.page.evaluate("(drawn) => [...document.querySelectorAll(drawn)].map((node) => node.kept === true)", drawn) == parts
    after = box(tab, ".st-key-yj-chart svg.marks")
    assert (after["width"], after["height"], after["y"]) == (before["width"], before["height"], before["y"])
    until(tab.page, lambda: tab.title_at("云帆在武汉开通绿色通道")["x"] + 20 < box(tab, SHEET)["x"])
    tab.page.keyboard.press("Escape")
    tab.page.wait_for_selector(SHEET, state="detached")
    until(tab.page, lambda: box(tab, ".st-key-yj-chart svg.marks") == before)
    tab.context.close()


def test_a_link_shows_the_mark_of_its_record_beside_the_sheet(site: str, browser: Any) -> None:
    tab = Tab(browser, reduced_motion="reduce").open(f"{site}/?lane=type&record=e-route04")
    tab.page.wait_for_selector(f"{SHEET} blockquote")

    def beside() -> bool:
        shown = tab.title_at("云帆在武汉开通绿色通道")
        return shown["x"] + shown["width"] < box(tab, SHEET)["x"] + 1

    until(tab.page, beside)
    tab.settle()
    assert beside()  # and there it stays
    tab.context.close()


def test_on_a_narrow_screen_the_sheet_lies_at_the_bottom(site: str, browser: Any) -> None:
    tab = Tab(browser, viewport={"width": 768, "height": 900}).open(f"{site}/?record=e-first01")
    tab.page.wait_for_selector(f"{SHEET} blockquote")

    sheet = box(tab, SHEET)

    assert (sheet["x"], sheet["width"]) == (0, 768)
    assert 300 < sheet["y"] < 500
    tab.context.close()


def test_on_a_phone_nothing_under_the_sheet_takes_the_focus(site: str, browser: Any) -> None:
    tab = Tab(browser, viewport={"width": 390, "height": 844}).open(f"{site}/?record=e-first01")
    tab.page.wait_for_selector(f"{SHEET} blockquote")

    assert tab.page.locator(".yj-card").first.is_visible() is False
    for _ in range(12):
        tab.page.keyboard.press("Tab")
        inside = tab.page.evaluate(f"document.activeElement.matches('body, main') || !!document.activeElement.closest('{SHEET}, [data-testid=stHeader], [data-testid=stToolbar], [data-testid=stSkipToContent]')")
        assert inside, tab.page.evaluate("document.activeElement.outerHTML.slice(0, 200)")
    tab.context.close()
