"""The page as `dashboard/server.py` serves it, in a real browser: what it may load, who may frame it, what it tells."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tomllib
import urllib.error
import urllib.request
from collections.abc import Iterator
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import quote, unquote

import pytest

from tests.conftest import PATIENCE, READY, ROOT, Served, Tab, end, start_page, until
from tests.dashboard.fixtures import quoted, write_story

pytestmark = pytest.mark.browser

TITLE = '</title><script>window.hacked=1</script>"onload=\'x\''
NOTE_VIOLATIONS = """
window.violations = []
document.addEventListener("securitypolicyviolation", (event) =>
  window.violations.push([event.effectiveDirective, event.blockedURI, event.sourceFile, event.lineNumber]))
"""
PAGES = ("", "figures", "places", "actors", "sources?source=a-harbour", "about", "?record=f-active1", "?embed=true&lang=en")


class Elsewhere(ThreadingHTTPServer):
    """Another site on this machine: it frames what it is asked to, and counts what else is asked of it."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), ElsewhereHandler)
        self.url = f"http://127.0.0.1:{self.server_port}"
        self.asked: list[str] = []


class ElsewhereHandler(BaseHTTPRequestHandler):
    server: Elsewhere  # type: ignore[assignment]

    def do_GET(self) -> None:
        kind, _, url = self.path.partition("?")
        if kind != "/frame":
            self.server.asked.append(self.path)
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(f'<iframe src="{escape(unquote(url))}" width=1000 height=700></iframe>'.encode() if kind == "/frame" else b"")

    do_POST = do_GET

    def log_message(self, format: str, *args: Any) -> None:
        pass


@pytest.fixture(scope="module")
def elsewhere() -> Iterator[Elsewhere]:
    site = Elsewhere()
    Thread(target=site.serve_forever, daemon=True).start()
    yield site
    site.shutdown()
    site.server_close()


@pytest.fixture(scope="module")
def hosted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A story with a hostile name, served for strangers."""
    root = write_story(tmp_path_factory.mktemp("hosted"))
    (root / "curated" / "story.yaml").write_text(f"title: {quoted(TITLE)}\ndescription: {quoted(TITLE)}\ntitle_en: Yunfan\n", encoding="utf-8")
    served = start_page(root, tmp_path_factory.mktemp("log") / "log", ("--root", str(root)), script="dashboard/server.py", env={"YOUJU_ROOT": "/nowhere", "YOUJU_URL": "", "YOUJU_FRAME_ANCESTORS": ""})
    yield served
    end(served.process)


def fetch(url: str, method: str = "GET", **headers: str) -> tuple[int, dict[str, str], bytes]:
    """Status, headers by their lower-case names, body; redirects are not followed."""

    class Stay(urllib.request.HTTPRedirectHandler):
        def redirect_request(self, req: Any, fp: Any, code: int, msg: str, headers: Any, newurl: str) -> None:
            return None

    request = urllib.request.Request(url, method=method, headers=headers)
    answer: Any
    try:
        answer = urllib.request.build_opener(Stay).open(request, timeout=PATIENCE / 1000)
    except urllib.error.HTTPError as error:
        answer = error
    with answer:
        return answer.status, {name.lower(): value for name, value in answer.headers.items()}, answer.read()


@pytest.fixture
def watched(browser: Any) -> Iterator[Tab]:
    """A tab in which no page may want what its policy forbids, nothing may leave this machine, nothing may break."""
    tab = Tab(browser, accept_downloads=True)
    tab.page.add_init_script(NOTE_VIOLATIONS)
    yield tab
    tab.context.close()
    assert (tab.outside, tab.errors) == ([], [])


def test_no_page_wants_what_its_policy_forbids(hosted: Served, watched: Tab) -> None:
    """Every page, one after the other in one tab: with charts, map, tables, evidence, embedded and in English."""
    wanted: dict[str, Any] = {}
    for path in PAGES:
        watched.open(f"{hosted.url}/{path}")
        if path == "":
            watched.title_at("上海与云帆签署第一份框架")  # drawn by Vega, without eval
            watched.page.locator('.map path[data-place="310000"]').wait_for()
        elif path == "?record=f-active1":
            assert "去年，平台的活跃商家约300万家" in watched.page.locator(".st-key-yj-evidence blockquote mark").inner_text()
        elif path.startswith("?embed"):
            assert watched.page.locator(".st-key-yj-head").count() == 0
            assert watched.page.locator(".st-key-yj-embedded a").get_attribute("href") == f"{hosted.url}/?lang=en"
        wanted[path] = watched.settle().page.evaluate("[...window.violations, window.hacked ?? []].flat()")

    assert {path: found for path, found in wanted.items() if found} == {}


def test_what_is_shown_can_be_downloaded_and_the_file_runs_nothing(hosted: Served, watched: Tab) -> None:
    watched.open(f"{hosted.url}/about")
    seen: list[str] = []
    watched.page.on("response", lambda response: seen.append(response.headers.get("content-security-policy", "")) if "/media/" in response.url else None)

    with watched.page.expect_download() as waited:
        watched.page.locator(".st-key-yj-csv button").click()

    words = Path(waited.value.path()).read_text(encoding="utf-8-sig")
    assert "上海与云帆签署第一份框架" in words
    assert watched.page.evaluate("window.violations") == []
    assert all("sandbox" in found and "default-src 'none'" in found for found in seen)


def test_a_table_can_be_downloaded_from_its_toolbar(hosted: Served, watched: Tab) -> None:
    watched.page.add_init_script("delete window.showSaveFilePicker")  # no dialog of the system's in a test
    watched.open(f"{hosted.url}/places")
    frame = watched.page.locator("[data-testid=stDataFrame]").first
    frame.scroll_into_view_if_needed()
    frame.hover()

    with watched.page.expect_download() as waited:
        watched.page.locator('button[aria-label^="Download as CSV"]').first.click()

    assert Path(waited.value.path()).stat().st_size > 20
    assert watched.page.evaluate("window.violations") == []


def test_the_timeline_can_be_saved_as_a_picture(hosted: Served, watched: Tab) -> None:
    watched.open(hosted.url)
    watched.title_at("上海与云帆签署第一份框架")
    watched.page.wait_for_selector(".st-key-yj-clicks", state="attached")

    with watched.page.expect_download() as waited:
        watched.page.locator('button[data-save=".st-key-yj-chart"][data-format="png"]').first.click()

    assert Path(waited.value.path()).stat().st_size > 1000
    assert watched.page.evaluate("window.violations") == []


PLANTS = {
    "an inline handler": ("document.body.insertAdjacentHTML('beforeend', '<img src=data:, onerror=\"window.hacked=1\">')", "script-src-attr"),
    "an inline script": ("const s = document.createElement('script'); s.textContent = 'window.hacked=1'; document.body.append(s)", "script-src-elem"),
    "a javascript link": ("const a = document.createElement('a'); a.href = 'javascript:window.hacked=1'; document.body.append(a); a.click()", "script-src-elem"),
    "a foreign script": ("const s = document.createElement('script'); s.src = 'ELSEWHERE/x.js'; document.body.append(s)", "script-src-elem"),
    "a foreign picture": ("new Image().src = 'ELSEWHERE/x.png'", "img-src"),
    "a foreign style": ("document.head.insertAdjacentHTML('beforeend', '<link rel=stylesheet href=ELSEWHERE/x.css>')", "style-src-elem"),
    "a picture of a style": ("document.body.style.backgroundImage = 'url(ELSEWHERE/x.png)'", "img-src"),
    "a foreign font": ("document.head.insertAdjacentHTML('beforeend', '<style>@font-face{font-family:x;src:url(ELSEWHERE/x.woff)}</style><p style=font-family:x>x')", "font-src"),
    "a foreign request": ("fetch('ELSEWHERE/').catch(() => 0)", "connect-src"),
    "a foreign socket": ("try { new WebSocket('WS_ELSEWHERE/') } catch {}", "connect-src"),
    "a foreign frame": ("document.body.insertAdjacentHTML('beforeend', '<iframe src=ELSEWHERE/></iframe>')", "frame-src"),
    "a foreign form": ("document.body.insertAdjacentHTML('beforeend', '<form action=ELSEWHERE/ method=post></form>'); document.forms[document.forms.length - 1].submit()", "form-action"),
    "another base": ("document.head.insertAdjacentHTML('beforeend', '<base href=ELSEWHERE/>')", "base-uri"),
    "an object": ("document.body.insertAdjacentHTML('beforeend', '<object data=ELSEWHERE/x></object>')", "object-src"),
    "code from words": ("setTimeout(() => { try { new Function('window.hacked=1')() } catch {} })", "script-src"),
}  # fmt: skip


def test_nothing_planted_runs_or_loads(hosted: Served, browser: Any, elsewhere: Elsewhere) -> None:
    from playwright.sync_api import TimeoutError as Never

    tab = Tab(browser)
    tab.page.add_init_script(NOTE_VIOLATIONS)
    tab.open(f"{hosted.url}/about")

    let_through = []
    for name, (code, directive) in PLANTS.items():
        tab.page.evaluate("window.violations = []")
        code = code.replace("WS_ELSEWHERE", elsewhere.url.replace("http", "ws")).replace("ELSEWHERE", elsewhere.url)
        tab.page.evaluate(f"() => {{ {code} }}")
        try:
            tab.page.wait_for_function("directive => window.violations.some(found => found[0] === directive)", arg=directive)
        except Never:
            let_through.append((name, tab.page.evaluate("window.violations")))
    hacked = tab.page.evaluate("window.hacked")
    tab.context.close()

    assert let_through == []
    assert hacked is None
    assert elsewhere.asked == []


def test_a_page_changed_on_its_way_still_runs_no_planted_script(hosted: Served, browser: Any) -> None:
    """Markup that would come with the page itself: only scripts named by their hash run."""
    tab = Tab(browser)
    tab.page.add_init_script(NOTE_VIOLATIONS)

    def plant(route: Any) -> None:
        answer = route.fetch()
        headers = {name: value for name, value in answer.headers.items() if name != "content-length"}
        route.fulfill(status=200, headers=headers, body=answer.text().replace("</head>", "<script>window.hacked=1</script></head>").replace("<body>", '<body onload="window.hacked=2">'))

    tab.page.route(f"{hosted.url}/about", plant)
    tab.page.goto(f"{hosted.url}/about")
    tab.page.wait_for_function("window.violations.length >= 2")
    hacked, ready = tab.page.evaluate("[window.hacked, window.prerenderReady]")
    tab.context.close()

    assert hacked is None
    assert ready is not None  # the script that is named by its hash has run


def framed(browser: Any, elsewhere: Elsewhere, url: str) -> str:
    """What a page of another site gets to see of `url` in a frame: its facts, or "" where the browser refuses."""
    tab = Tab(browser)
    tab.page.goto(f"{elsewhere.url}/frame?{quote(url, safe='')}")
    frame = tab.page.frames[1]
    until(tab.page, lambda: "chrome-error" in frame.url or frame.locator(READY).count() > 0)  # the frame comes after its page
    words = "" if "chrome-error" in frame.url else frame.locator(".yj-facts").inner_text()
    tab.context.close()
    return words


def test_another_site_may_not_frame_the_page(hosted: Served, browser: Any, elsewhere: Elsewhere) -> None:
    assert framed(browser, elsewhere, f"{hosted.url}/?embed=true") == ""


KINDS = {
    "a page": ("GET", "/", 200),
    "a page below": ("GET", "/figures?lang=en", 200),
    "a page that is not there": ("GET", "/nowhere", 200),
    "its headers": ("HEAD", "/figures", 200),
    "a redirect": ("GET", "/figures/", 301),
    "a script": ("GET", "/static/js/…", 200),
    "a missing script": ("GET", "/static/nothing.js", 200),
    "the picture": ("GET", "/preview.png", 200),
    "health": ("GET", "/_stcore/health", 200),
    "what hosts are told": ("GET", "/_stcore/host-config", 200),
    "a missing file": ("GET", "/media/nothing.csv", 404),
    "a missing component": ("GET", "/component/nothing/index.html", 404),
    "a climbing path": ("GET", "/static/..%2f..%2f..%2fetc/passwd", 400),
    "a double slash": ("GET", "//elsewhere.test/", 400),
    "the wrong method": ("POST", "/figures", 405),
    "the agents' door": ("POST", "/_stcore/agent/interact", 403),
    "an upload without a session": ("PUT", "/_stcore/upload_file/x/y", 403),
}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_answer_carries_the_headers(hosted: Served, kind: str) -> None:
    method, path, expected = KINDS[kind]
    if "…" in path:
        page = fetch(f"{hosted.url}/")[2].decode("utf-8")
        path = "/" + page.split('crossorigin src="./', 1)[1].split('"', 1)[0]
    status, headers, body = fetch(f"{hosted.url}{path}", method)

    assert (status, headers["x-content-type-options"]) == (expected, "nosniff")
    assert headers["referrer-policy"] == "strict-origin-when-cross-origin"
    assert "camera=()" in headers["permissions-policy"]
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "frame-ancestors" in headers["content-security-policy"]
    assert headers["cache-control"] == {"a script": "public, immutable, max-age=31536000", "the picture": "public, max-age=86400"}.get(kind, headers["cache-control"])
    assert ("immutable" in headers["cache-control"]) == (kind == "a script")
    assert kind == "a script" or b"Traceback" not in body
    assert (kind.startswith("a page") or kind == "its headers") == ("script-src 'self'" in headers["content-security-policy"])
    if kind == "its headers":
        assert body == b""


def test_a_browser_that_has_seen_an_older_page_gets_the_page_as_it_is_now(hosted: Served) -> None:
    etag = fetch(f"{hosted.url}/static/nothing.js")[1]["etag"]

    status, headers, body = fetch(f"{hosted.url}/", **{"If-None-Match": etag, "Range": "bytes=0-10", "Accept-Encoding": "gzip"})

    assert (status, int(headers["content-length"])) == (200, len(body))
    assert b"og:title" in body


def test_titles_are_escaped_and_the_address_is_the_one_that_was_asked(hosted: Served) -> None:
    page = fetch(f"{hosted.url}/")[2].decode("utf-8")

    assert "<script>window" not in page
    assert "&lt;/title&gt;&lt;script&gt;window.hacked=1" in page
    assert f'<meta property="og:image" content="{hosted.url}/preview.png" />' in page
    assert "<title>Yunfan · Youju</title>" in fetch(f"{hosted.url}/?lang=en")[2].decode("utf-8")
    page = fetch(f"{hosted.url}/?record=e-hostile")[2].decode("utf-8")
    assert 'property="og:title" content="&lt;img src=x onerror=hack(4)&gt;**粗**"' in page
    assert "<img" not in page
    assert "og:image" not in fetch(f"{hosted.url}/", Host='x"><script>alert(1)</script>')[2].decode("utf-8")


def test_what_went_wrong_in_the_page_is_kept_from_visitors(browser: Any, tmp_path: Path) -> None:
    """A page that fails altogether says so in our words; the cause is in the log."""
    shutil.copytree(ROOT / "dashboard", tmp_path / "dashboard", ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / ".streamlit").mkdir()
    shutil.copy(ROOT / ".streamlit" / "config.toml", tmp_path / ".streamlit" / "config.toml")
    for name in ("curated", "extract"):
        (tmp_path / name).symlink_to(ROOT / name)
    (tmp_path / "dashboard" / "app.py").write_text("import streamlit as st\nst.text('before')\nraise RuntimeError('secret ' + __file__)\n", encoding="utf-8")
    served = start_page(ROOT, tmp_path / "log", script="dashboard/server.py", cwd=tmp_path)
    tab = Tab(browser)
    try:
        words = tab.open(served.url).words()
    finally:
        tab.context.close()
        end(served.process)

    assert "这一页没能显示" in words
    assert not any(secret in words for secret in ("secret", "RuntimeError", "app.py", str(tmp_path)))
    assert "secret" in served.log.read_text(encoding="utf-8")


@pytest.mark.parametrize(("setting", "value"), [("YOUJU_FRAME_ANCESTORS", "*"), ("YOUJU_URL", "example.org")])
def test_a_wrong_setting_keeps_it_from_starting_and_says_what_to_write(setting: str, value: str) -> None:
    """In a process of its own: the module makes the application."""
    env = {"PATH": "/usr/bin:/bin", setting: value}
    done = subprocess.run([sys.executable, "-c", "import dashboard.server"], cwd=ROOT, env=env, capture_output=True, text=True, encoding="utf-8", check=False)

    assert done.returncode == 1
    assert done.stderr.strip().splitlines()[-1].startswith(f"{setting}: ")
    assert "Traceback" not in done.stderr


def test_the_committed_settings_show_no_details_whichever_way_the_page_is_started() -> None:
    settings = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))

    assert settings["client"]["showErrorDetails"] == "none"
    assert settings["server"].get("enableStaticServing") is False
    assert settings["browser"]["gatherUsageStats"] is False
