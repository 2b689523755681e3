"""What tests of more than one folder share: a browser, and the page served as a host serves it."""

from __future__ import annotations

import http.client
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
from urllib.parse import urlsplit
from weakref import WeakKeyDictionary

import pytest
from hypothesis import HealthCheck, settings

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


def pytest_configure() -> None:
    """The same examples in every run, at any speed. `make fuzz` draws others, and so does `--hypothesis-profile default`."""
    settings.register_profile("youju", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    settings.load_profile("youju")


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
        end(served.process)


def start_page(
    root: Path, log: Path, args: Sequence[str] = (), *, script: str = "dashboard/app.py", flags: Sequence[str] = (), env: Mapping[str, str] | None = None, cwd: Path = ROOT
) -> Served:
    """Run a script of the page with flags of Streamlit's, arguments of ours and settings; whoever starts it ends it (`end`)."""
    settings = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"} | {"YOUJU_ROOT": str(root)} | dict(env or {})
    base = next((f"/{flag.split('=', 1)[1].strip('/')}" for flag in flags if flag.startswith("--server.baseUrlPath=")), "")
    for _ in range(5):
        port = free_port()
        command = [str(Path(sys.executable).with_name("streamlit")), "run", script, f"--server.port={port}", "--server.headless=true", *flags]
        with log.open("wb") as out:
            process = subprocess.Popen([*command, "--", *args], cwd=cwd, env=settings, stdout=out, stderr=subprocess.STDOUT)
        if _comes_up(process, f"http://localhost:{port}{base}", log):
            return Served(f"http://localhost:{port}{base}", process, log)
        if not re.search(rf"\b{port}\b.* (is not available|already in use)", log.read_text(encoding="utf-8")):
            break  # else another process took the port between the asking and the serving: another one is free
    pytest.fail(f"the dashboard did not start:\n{log.read_text(encoding='utf-8')}", pytrace=False)


def _comes_up(process: subprocess.Popen[bytes], url: str, log: Path) -> bool:
    """Whether it serves there, by its own word too: another server may have taken the port and be as healthy."""
    for _ in range(4 * PATIENCE // 1000):
        if process.poll() is not None:
            return False
        if re.search(rf"URL: \S+:{urlsplit(url).port}\b", log.read_text(encoding="utf-8")) and is_healthy(url):
            return True
        time.sleep(0.25)
    end(process)
    return False


def end(process: subprocess.Popen[Any]) -> None:
    """Ask it to end, and wait until it has; one that hears nothing for long is killed."""
    process.terminate()
    try:
        process.wait(PATIENCE / 1000)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def free_port() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def is_healthy(url: str) -> bool:
    try:
        with urllib.request.urlopen(f"{url}/_stcore/health", timeout=10) as answer:
            return answer.read() == b"ok"  # unknown paths answer 200 with the page itself
    except (OSError, http.client.HTTPException):
        return False


# Milliseconds; what will come comes on a slow and busy machine too, and a test that fails may take its time.
PATIENCE = 120_000
FIRST = '[data-testid="stElementContainer"]'
# The script has run, and every piece of the page has its code: until then a skeleton stands in for it, and its words are missing.
READY = '[data-testid="stApp"][data-test-script-state="notRunning"]:not(:has([data-testid="stSkeleton"]))'
# All that is to be seen and where it stands, looked at when the browser has nothing else to do; null while something is still to come.
LOOK = """async (ready) => {
  await new Promise((done) => { requestAnimationFrame(() => requestIdleCallback(done, {timeout: 2000})); setTimeout(done, 2000) })
  const visible = (selector) => [...document.querySelectorAll(selector)].filter((node) => node.getClientRects().length)
  const moves = document.getAnimations().some((one) => one.playState === "running" && one.effect.getComputedTiming().iterations !== Infinity)
  const undrawn = [["stVegaLiteChart", "svg.marks, canvas.marks"], ["stDataFrame", "canvas"]]
    .some(([name, picture]) => visible(`[data-testid=${name}]`).some((node) => !node.querySelector(picture)))
  if (!document.querySelector(ready) || moves || undrawn || document.fonts.status !== "loaded") return null
  const pieces = visible("[data-testid=stElementContainer], [class*=st-key-yj-], .marks")
  const boxes = pieces.map((node) => node.getBoundingClientRect()).map((box) => [box.x, box.y, box.width, box.height].map(Math.round))
  return JSON.stringify([document.body.textContent.length, boxes])
}"""


class Traffic:
    """What a page waits for: a run of its script that it asked for, and code and data on their way."""

    def __init__(self, page: Any) -> None:
        self.asked = self.running = False
        self.loading: set[Any] = set()
        page.on("websocket", self._connected)
        page.on("request", self._requested)
        for event in ("requestfinished", "requestfailed"):
            page.on(event, self._loaded)

    @property
    def rests(self) -> bool:
        return not (self.asked or self.running or self.loading)

    def _connected(self, socket: Any) -> None:
        self._closed(socket)
        socket.on("framesent", self._sent)
        socket.on("framereceived", self._received)
        socket.on("close", self._closed)

    def _closed(self, _: Any) -> None:
        self.asked = self.running = False

    def _sent(self, frame: Any) -> None:
        from streamlit.proto.BackMsg_pb2 import BackMsg

        if isinstance(frame, bytes) and BackMsg.FromString(frame).WhichOneof("type") == "rerun_script":
            self.asked = True

    def _received(self, frame: Any) -> None:
        from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

        message = ForwardMsg.FromString(frame) if isinstance(frame, bytes) else ForwardMsg()
        match message.WhichOneof("type"):
            case "new_session":
                self.asked, self.running = False, True
            case "script_finished":
                self.running = False
                self.asked |= message.script_finished == ForwardMsg.FINISHED_EARLY_FOR_RERUN

    def _loaded(self, request: Any) -> None:
        self.loading.discard(request)

    def _requested(self, request: Any) -> None:
        if request.is_navigation_request() and request.frame.parent_frame is None:
            self.loading.clear()
        elif request.resource_type in ("script", "stylesheet", "font", "fetch", "xhr"):
            self.loading.add(request)


TRAFFIC: WeakKeyDictionary[Any, Traffic] = WeakKeyDictionary()


def follow(page: Any) -> Any:
    """The same page, which `settle` knows from now on; to be called before it is sent anywhere."""
    TRAFFIC[page] = Traffic(page)
    return page


def go_to(page: Any, url: str) -> None:
    page.goto(url)
    page.wait_for_selector(FIRST, state="attached")  # before it a page that has not begun says "notRunning" too
    settle(page)


def settle(page: Any) -> None:
    """When every run of the script that was asked for is over, and all of it is drawn and stands still.

    What a selection in a chart or a table sets off is asked for a moment later: wait for its link first.
    """
    traffic, before = TRAFFIC[page], None
    for _ in range(PATIENCE // 100):
        page.wait_for_timeout(100)
        now = _look(page)
        if now and now == before and traffic.rests:
            return
        before = now if traffic.rests else None
    pytest.fail(f"it never came to rest: {before}, {vars(traffic)}", pytrace=False)


def _look(page: Any) -> str | None:
    from playwright.sync_api import Error

    try:
        return page.evaluate(LOOK, READY)
    except Error as error:
        if "context was destroyed" in str(error):  # another page comes
            return None
        raise


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
        self.page = follow(self.context.new_page())
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
