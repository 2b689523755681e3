"""What tests of more than one folder share: a browser, and the page served as a host serves it."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pytest

ROOT = Path(__file__).parent.parent
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
)
FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes longest first, so that no process is left alone with it at the end; a module or class stays together."""
    tests = Counter(item.path for item in items)
    items.sort(key=lambda item: (item.get_closest_marker("browser") is None, item.get_closest_marker("slow") is None, -tests[item.path], item.path))


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of the Chromium or Chrome that is there (YOUJU_CHROMIUM names another)."""
    named = os.environ.get("YOUJU_CHROMIUM", "")
    found = next((path for path in (named, *map(shutil.which, NAMES), *PLACES) if path and Path(path).exists()), None)
    if found is None:
        pytest.fail("测试页面需要 Chromium 或 Chrome，请安装其中之一。 Install Chromium or Chrome to test the page.", pytrace=False)
    return found


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[object]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        yield browser
        browser.close()


class Served(NamedTuple):
    """A running dashboard."""

    url: str
    process: subprocess.Popen[bytes]
    log: Path


@pytest.fixture(scope="session")
def serve(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[Path], Served]]:
    """Start the dashboard for a root, once a root, exactly as a host does: from the repository, by its script."""
    running: dict[Path, Served] = {}

    def start(root: Path, *args: str) -> Served:
        if root not in running:
            running[root] = start_page(root, tmp_path_factory.mktemp("log") / "streamlit.log", args)
        return running[root]

    yield start
    for served in running.values():
        served.process.terminate()
        served.process.wait(timeout=20)


def start_page(
    root: Path, log: Path, args: Sequence[str] = (), *, script: str = "dashboard/app.py", flags: Sequence[str] = (), env: Mapping[str, str] | None = None, cwd: Path = ROOT
) -> Served:
    """Run a script of the page with flags of Streamlit's, arguments of ours and settings; whoever starts it ends it."""
    port = free_port()
    command = [str(Path(sys.executable).with_name("streamlit")), "run", script, f"--server.port={port}", "--server.headless=true", *flags]
    settings = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"} | {"YOUJU_ROOT": str(root)} | dict(env or {})
    with log.open("wb") as out:
        process = subprocess.Popen([*command, "--", *args], cwd=cwd, env=settings, stdout=out, stderr=subprocess.STDOUT)
    base = next((f"/{flag.split('=', 1)[1].strip('/')}" for flag in flags if flag.startswith("--server.baseUrlPath=")), "")
    for _ in range(240):
        if process.poll() is not None:
            break
        if is_healthy(f"http://localhost:{port}{base}"):
            return Served(f"http://localhost:{port}{base}", process, log)
        time.sleep(0.25)
    process.kill()
    pytest.fail(f"the dashboard did not start:\n{log.read_text(encoding='utf-8')}", pytrace=False)


def free_port() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def is_healthy(url: str) -> bool:
    try:
        with urllib.request.urlopen(f"{url}/_stcore/health", timeout=1) as answer:
            return answer.read() == b"ok"  # unknown paths answer 200 with the page itself
    except OSError:
        return False


# Milliseconds; what will come comes on a slow and busy machine too, and a test that fails may take its time.
PATIENCE = 120_000
FIRST = '[data-testid="stElementContainer"]'
# The script has run, and every piece of the page has its code: until then a skeleton stands in for it, and its words are missing.
READY = '[data-testid="stApp"][data-test-script-state="notRunning"]:not(:has([data-testid="stSkeleton"]))'


def go_to(page: Any, url: str) -> None:
    page.goto(url)
    page.wait_for_selector(FIRST, state="attached")  # before it a page that has not begun says "notRunning" too
    settle(page)


def settle(page: Any) -> None:
    """When the script has run, and nothing more is drawn."""
    page.wait_for_timeout(100)
    page.wait_for_selector(READY)
    still(page, lambda: page.evaluate("document.body.textContent.length"))


def still(page: Any, look: Callable[[], Any]) -> Any:
    """What is seen once it no longer changes; whatever moves on for `PATIENCE` fails."""
    before = look()
    for _ in range(PATIENCE // 100):
        page.wait_for_timeout(100)
        now = look()
        if now == before:
            return now
        before = now
    pytest.fail(f"it never came to rest: {before}", pytrace=False)


def until(page: Any, happened: Callable[[], bool]) -> None:
    """Look every tenth of a second until it has happened; what does not within `PATIENCE` fails."""
    for _ in range(PATIENCE // 100):
        if happened():
            return
        page.wait_for_timeout(100)
    pytest.fail("it never happened", pytrace=False)


class Tab:
    """A page of its own in a browser profile of its own, which notes every request that leaves this machine."""

    def __init__(self, browser: Any, **options: Any) -> None:
        settings = {"viewport": {"width": 1280, "height": 900}, "locale": "zh-CN", "timezone_id": "Asia/Shanghai"} | options
        self.context = browser.new_context(**settings)
        self.context.set_default_timeout(PATIENCE)
        self.page = self.context.new_page()
        self.outside: list[str] = []
        self.errors: list[str] = []
        self.page.on("request", self._note)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))

    def _note(self, request: Any) -> None:
        if not re.match(r"(https?|wss?)://(localhost|127\.0\.0\.1)(:|/)|data:|blob:", request.url):
            self.outside.append(request.url)

    def open(self, url: str) -> Tab:
        go_to(self.page, url)
        return self

    def settle(self) -> Tab:
        settle(self.page)
        return self

    def title_at(self, words: str) -> dict[str, float]:
        """Where a title of the timeline is drawn."""
        node = self.page.locator(".st-key-yj-chart svg text", has_text=words).first
        node.wait_for()
        box = node.bounding_box()
        assert box is not None
        return box

    def words(self) -> str:
        return self.page.locator("body").inner_text()


@pytest.fixture
def tab(browser: Any) -> Iterator[Tab]:
    """A tab; whatever a test does with it, nothing may leave this machine and nothing may break."""
    tab = Tab(browser)
    yield tab
    tab.context.close()
    assert tab.outside == []
    assert tab.errors == []
