"""The page behind the real nginx and the real Caddy, by the files in deploy/: at the root and below a path.

Skipped only where the proxy is not installed; `make test` installs both where it may.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Served, Tab, end, start_page
from tests.dashboard.fixtures import write_story
from tests.dashboard.test_browser import FIRST, SHEET
from tests.dashboard.test_server import NOTE_VIOLATIONS, Elsewhere, framed
from tests.dashboard.test_server import elsewhere as elsewhere  # a fixture
from tests.deploy import proxies

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_story(tmp_path_factory.mktemp("proxied"))


@pytest.fixture(scope="module")
def at_root(root: Path, elsewhere: Elsewhere, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Started as deploy/youju.service starts it, with --edit on top, and one other site that may frame it."""
    flags = ["--server.address=127.0.0.1"]
    env = {"YOUJU_FRAME_ANCESTORS": f"self {elsewhere.url}", "YOUJU_URL": "https://youju.example.org"}
    served = start_page(root, tmp_path_factory.mktemp("log") / "log", ("--edit",), script="dashboard/server.py", flags=flags, env=env)
    yield served
    end(served.process)


@pytest.fixture(scope="module")
def below(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    served = start_page(root, tmp_path_factory.mktemp("log") / "log", script="dashboard/server.py", flags=["--server.baseUrlPath=news"], env={"YOUJU_URL": ""})
    yield served
    end(served.process)


def backend(served: Served) -> str:
    return "127.0.0.1:" + served.url.split("/")[2].split(":")[1]


@pytest.fixture
def behind(tmp_path: Path) -> Iterator[Callable[..., proxies.Proxy]]:
    started: list[proxies.Proxy] = []

    def start(name: str, make: Callable[[Path, str], proxies.Proxy], served: Served) -> proxies.Proxy:
        if not proxies.has(name):
            pytest.skip(f"{name} 没有安装：apt-get install {name}。 {name} is not installed.")
        try:
            started.append(make(tmp_path, backend(served)))
        except proxies.NotStarted as error:
            if "ddress already in use" not in str(error):
                raise
            started.append(make(tmp_path, backend(served)))  # another process took the port meanwhile: on another one
        return started[-1]

    yield start
    for proxy in started:
        proxy.stop()


def read_through(tab: Tab, url: str, may_ask_to_edit: bool = False) -> None:
    """A click opens another page, a link its evidence; nothing is asked of anybody else, nobody gets to edit."""
    asked: list[str] = []
    tab.page.on("request", lambda request: asked.append(request.url))
    tab.open(f"{url}/about")
    tab.page.locator(".st-key-yj-nav a", has_text="数字").click()
    tab.page.wait_for_url(f"{url}/figures*")
    assert "研究院经费" in tab.settle().words()
    tab.open(f"{url}/review?record=e-first01")  # a page of editors only; the rest of the link is shown
    proof = tab.page.locator(f"{SHEET} blockquote mark").inner_text()
    tab.page.locator(".st-key-yj-nav a", has_text="数字").wait_for()
    tab.settle()
    links, words = tab.page.locator(".st-key-yj-nav a").all_inner_texts(), tab.words()

    assert FIRST in proof
    assert "数字" in links
    assert "审阅" not in links
    assert ("代理" in words) == may_ask_to_edit
    assert [found for found in asked if not found.startswith((url, "data:", "blob:"))] == []
    assert tab.errors == []


@pytest.fixture
def stranger(browser: Any) -> Iterator[Tab]:
    tab = Tab(browser, ignore_https_errors=True)
    yield tab
    tab.context.close()


@pytest.mark.parametrize(("name", "make"), [("nginx", proxies.nginx), ("caddy", proxies.caddy)], ids=["nginx", "caddy"])
def test_on_a_name_of_its_own(name: str, make: Any, at_root: Served, behind: Any, stranger: Tab) -> None:
    proxy = behind(name, make, at_root)

    read_through(stranger, proxy.url, may_ask_to_edit=True)
    answer = stranger.page.goto(f"{proxy.url}/figures")
    assert "frame-ancestors 'self' http://127.0.0.1:" in answer.headers["content-security-policy"]
    assert answer.headers["strict-transport-security"] == "max-age=31536000"
    assert answer.headers["cache-control"] == "no-store"  # --edit
    assert 'property="og:image" content="https://youju.example.org/preview.png"' in answer.text()


@pytest.mark.parametrize(("name", "make"), [("nginx", proxies.nginx_subpath), ("caddy", proxies.caddy_subpath)], ids=["nginx", "caddy"])
def test_below_a_path_of_another_site(name: str, make: Any, below: Served, behind: Any, stranger: Tab) -> None:
    proxy = behind(name, make, below)

    read_through(stranger, proxy.url)
    answer = stranger.page.goto(proxy.url)  # without the slash
    assert "strict-transport-security" not in answer.headers
    assert f'property="og:image" content="{proxy.url}/preview.png"' in answer.text()
    assert stranger.page.goto(f"{proxy.url}/preview.png").headers["content-type"] == "image/png"


def test_on_the_machine_itself_the_same_server_lets_its_editor_in_and_the_policy_holds(at_root: Served, stranger: Tab) -> None:
    stranger.page.add_init_script(NOTE_VIOLATIONS)
    stranger.open(f"{at_root.url}/review")
    stranger.page.locator(".st-key-yj-nav a", has_text="审阅").wait_for()
    stranger.settle()

    assert stranger.page.evaluate("window.violations") == []
    assert (stranger.outside, stranger.errors) == ([], [])


def test_a_site_that_is_named_may_frame_the_page(at_root: Served, browser: Any, elsewhere: Elsewhere) -> None:
    assert "5 个事件" in framed(browser, elsewhere, f"{at_root.url}/?embed=true")
