"""The server is killed and started again: every link and every edit is still there, and the page says what it cannot do."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from curated.changes import LOCAL, read_changes
from curated.document import read_document
from tests.conftest import Served, Tab, start_page
from tests.dashboard.fixtures import write_story

PATH = "curated/articles/a-harbour.yaml"
LINK = "/?place=310000&lane=type&record=e-second2"

pytestmark = pytest.mark.browser


@pytest.fixture
def servers(tmp_path: Path) -> Iterator[list[Served]]:
    started: list[Served] = []
    yield started
    for served in started:
        served.process.kill()
        served.process.wait()


def start(root: Path, servers: list[Served], folder: Path) -> str:
    servers.append(start_page(root, folder / f"log-{len(servers)}", ["--edit"]))
    return servers[-1].url


def test_a_killed_server_leaves_every_edit_and_every_link(tmp_path: Path, servers: list[Served], browser: Any) -> None:
    (tmp_path / "story").mkdir()
    root = write_story(tmp_path / "story")
    tab = Tab(browser)
    url = start(root, servers, tmp_path)
    tab.open(url + LINK)
    proof = tab.page.locator(".st-key-yj-evidence .yj-ev blockquote").inner_text()
    tab.open(url + "/review")
    tab.page.get_by_role("button", name="采纳").wait_for()
    tab.page.get_by_role("button", name="采纳").click()
    tab.page.get_by_text("已采纳").first.wait_for()

    servers[0].process.kill()
    servers[0].process.wait()
    url = start(root, servers, tmp_path)

    tab.open(url + LINK)
    assert tab.page.locator(".st-key-yj-evidence .yj-ev blockquote").inner_text() == proof
    entry = next(e for e in read_document((root / PATH).read_text(encoding="utf-8")).records if e.text("id") == "e-second2")
    assert entry.text("status") == "reviewed"
    assert [(c.who, c.id, c.now["status"]) for c in read_changes(root)] == [(LOCAL, "e-second2", "reviewed")]
    tab.open(url + "/review")
    tab.page.get_by_text("最近的改动").click()
    tab.settle()
    tab.page.get_by_text("上海与云帆再签协议").first.wait_for()

    (root / "curated" / "changes").rename(tmp_path / "changes")
    (root / "curated" / "changes").write_text("a file where the log should be", encoding="utf-8")
    before = (root / PATH).read_bytes()
    tab.page.get_by_role("button", name="采纳").click()
    tab.page.get_by_text("没有写入").first.wait_for()
    assert "curated/changes" in tab.settle().words()
    assert (root / PATH).read_bytes() == before
    tab.context.close()
    assert tab.errors == []
