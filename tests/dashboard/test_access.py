"""Nothing of ours that axe, the rules of WCAG 2.2 AA as a program, finds wrong; on every page, in both lights."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Served, Tab
from tests.dashboard.fixtures import write_story

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PAGES = ("", "figures", "places", "actors", "sources?source=a-harbour", "about", "?record=f-active1", "?q=%E6%B2%A1%E6%9C%89%E7%9A%84")

@pytest.fixture(scope="module")
def site(serve: Callable[..., Served], tmp_path_factory: pytest.TempPathFactory) -> str:
    return serve(write_story(tmp_path_factory.mktemp("access"))).url


@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing_of_ours(site: str, browser: Any, path: str) -> None:
    tab = Tab(browser, color_scheme="light").open(f"{site}/{path}")

    assert wrong_on_both(tab) == {"light": [], "dark": []}
    tab.context.close()


def test_axe_finds_nothing_of_ours_at_the_review_with_everything_open(serve: Callable[..., Served], tmp_path: Path, browser: Any) -> None:
    tab = Tab(browser, color_scheme="light").open(f"{serve(write_story(tmp_path), '--edit').url}/review")
    tab.page.get_by_text("条草稿").first.wait_for()
    tab.page.get_by_text("收入一篇文章").click()
    tab.page.get_by_text("成批", exact=True).click()
    tab.page.get_by_label("主体改名").wait_for()
    tab.page.get_by_label("粘贴文章").wait_for()
    tab.settle()

    assert wrong_on_both(tab) == {"light": [], "dark": []}
    tab.context.close()


def wrong_on_both(tab: Tab) -> dict[str, list[tuple[str, str, str]]]:
    """In the light, and after the system turned dark under the open page."""
    light = wrong_on(tab)
    paper = "getComputedStyle(document.querySelector('.stApp')).backgroundColor"
    before = tab.page.evaluate(paper)
    tab.page.emulate_media(color_scheme="dark")
    tab.page.wait_for_function(f"before => {paper} !== before", arg=before)
    tab.settle()
    return {"light": light, "dark": wrong_on(tab)}


def wrong_on(tab: Tab) -> list[tuple[str, str, str]]:
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(tab.page, options={"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}})
    return [(v["id"], node["html"][:160], node["failureSummary"][:300]) for v in found.response["violations"] for node in v["nodes"]]
