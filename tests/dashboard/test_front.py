"""What stands before Streamlit, asked without a server: what may be kept, what survives, what does not get out."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

import curated
from dashboard.archive.overlay import open_archive
from dashboard.front import Front, record_words, story_words, try_record_words
from dashboard.policy import Settings
from tests.dashboard.archives import write_archive
from tests.dashboard.fixtures import write_story

Sent = list[dict[str, Any]]


def ask(app: Any, path: str = "/", cookie: str = "", method: str = "GET") -> tuple[int, list[tuple[str, str]], bytes]:
    """Put one request to an application behind the front; status, headers, body."""
    sent: Sent = []

    async def send(message: Any) -> None:
        sent.append(message)

    async def receive() -> Any:
        return {"type": "http.request", "body": b"", "more_body": False}

    scope = {"type": "http", "method": method, "path": path, "query_string": b"", "scheme": "http", "root_path": "", "headers": [(b"host", b"localhost"), (b"cookie", cookie.encode())]}
    with ThreadPoolExecutor(1) as other:  # the browser's tests keep a loop in this thread
        other.submit(asyncio.run, Front(app, Settings())(scope, receive, send)).result()
    headers = [(name.decode(), value.decode()) for name, value in sent[0]["headers"]]
    return sent[0]["status"], headers, b"".join(message.get("body", b"") for message in sent[1:])


async def a_page(scope: Any, receive: Any, send: Any) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/html"), (b"set-cookie", b"a=1"), (b"set-cookie", b"b=2"), (b"etag", b"x")]})
    await send({"type": "http.response.body", "body": b"<html>Streamlit", "more_body": True})
    await send({"type": "http.response.body", "body": b"</html>"})


async def a_fault(scope: Any, receive: Any, send: Any) -> None:
    raise RuntimeError("secret in the traceback")


@pytest.mark.parametrize(
    ("args", "cookie", "path", "cache"),
    [
        ([], "", "/", "no-cache"),
        ([], "", "/media/x.csv", "private, max-age=600"),
        ([], "_streamlit_user=abc", "/", "no-store"),
        ([], "a=1; _streamlit_user_tokens=abc", "/media/x.csv", "no-store"),
        (["--edit"], "", "/", "no-store"),
        (["--edit"], "", "/media/x.csv", "no-store"),
        (["--edit"], "", "/_stcore/host-config", "no-store"),
    ],
)
def test_nothing_an_editor_sees_is_kept(args: list[str], cookie: str, path: str, cache: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("sys.argv", ["server.py", *args])

    assert dict(ask(a_page, path, cookie)[1])["cache-control"] == cache


def test_cookies_of_the_layers_below_survive_and_nothing_else_does():
    status, headers, body = ask(a_page)

    assert [value for name, value in headers if name == "set-cookie"] == ["a=1", "b=2"]
    assert "etag" not in dict(headers)
    assert (status, dict(headers)["content-length"]) == (200, str(len(body)))
    assert b"<html>Streamlit" not in body


def test_a_page_of_streamlits_own_folders_is_not_taken_for_ours():
    """A downloaded HTML file keeps its words, and runs nothing."""
    _, headers, body = ask(a_page, "/media/export.html")

    assert body == b"<html>Streamlit</html>"
    assert "sandbox" in dict(headers)["content-security-policy"]


def test_the_head_of_a_page_has_the_length_of_the_page():
    assert dict(ask(a_page, method="HEAD")[1])["content-length"] == dict(ask(a_page)[1])["content-length"]
    assert ask(a_page, method="HEAD")[2] == b""


def test_a_fault_of_the_server_is_named_without_its_cause():
    status, headers, body = ask(a_fault)

    assert (status, dict(headers)["x-content-type-options"]) == (500, "nosniff")
    assert body.decode("utf-8") == "出错了。 Something went wrong."


def test_the_title_follows_the_story(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("sys.argv", ["server.py", "--root", str(tmp_path)])
    assert story_words("zh").title == "有据 Youju"
    (tmp_path / "curated").mkdir()
    story = tmp_path / "curated" / "story.yaml"
    story.write_text("title: 甲\n", encoding="utf-8")
    assert story_words("zh").title == "甲 · 有据"
    story.write_text('title: "没有收尾\n', encoding="utf-8")
    assert story_words("zh").title == "有据 Youju"
    story.unlink()
    story.symlink_to("/etc/hostname")
    assert story_words("en").title == "有据 Youju"


def test_a_link_to_one_record_says_what_it_says_and_whose_word_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("sys.argv", ["server.py", "--root", str(write_story(tmp_path))])
    figure, event = record_words("f-active1", "zh"), record_words("e-first01", "en")

    assert figure is not None
    assert (figure.title, figure.description) == ("活跃商家 约300万家", "2020年 · 海港日报 · 海港城与云帆公司的三次握手 · 云帆公司与各地 · 有据")
    assert event is not None
    assert event.description.startswith("2015-05 · ")
    assert event.description.endswith(" · Yunfan and the cities · Youju")
    assert record_words("f-nowhere", "zh") is None


def test_a_link_to_a_record_of_an_archive_says_the_same_once_it_has_been_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    root = write_story(tmp_path / "root")
    archive = write_archive(tmp_path / "a", curated.load(root))
    monkeypatch.setattr("sys.argv", ["server.py"])
    monkeypatch.setenv("YOUJU_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("YOUJU_FACTS", str(archive))
    monkeypatch.delenv("YOUJU_ROOT", raising=False)

    assert record_words("f-active1", "zh") is None  # its index is made by the page, which says that it takes a while
    open_archive(str(archive))
    figure, event = record_words("f-active1", "zh"), record_words("e-first01", "en")
    assert figure is not None
    assert event is not None
    assert (figure.title, figure.description) == ("活跃商家 约300万家", "2020年 · 海港日报 · 海港城与云帆公司的三次握手 · 有据 Youju")
    assert event.description.startswith("2015-05 · ")
    assert record_words("f-nowhere", "zh") is None

    monkeypatch.setattr("sys.argv", ["server.py", "--root", str(root)])
    laid_over = record_words("f-active1", "zh")
    assert laid_over is not None
    assert laid_over.description.endswith(" · 云帆公司与各地 · 有据")


@pytest.mark.parametrize("where", ["nowhere", "s3://bucket/news", "\0"])
def test_an_archive_that_cannot_be_opened_has_no_preview(where: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("YOUJU_CACHE", str(tmp_path))
    if "\0" not in where:
        monkeypatch.setenv("YOUJU_FACTS", where)
    monkeypatch.setattr("sys.argv", ["server.py", "--root", str(tmp_path)])

    assert try_record_words("f-active1", "zh") is None


def test_a_preview_that_fails_takes_nothing_from_the_page(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("sys.argv", ["server.py", "--root", "/nowhere/\0"])

    assert try_record_words("f-active1", "zh") is None
