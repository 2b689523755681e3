"""What stands before Streamlit: it writes the page's shell, puts headers on every answer, lets no traceback out.

An ASGI middleware. Knows which answers are the page and who may be an editor. Leaves out what the headers say
(`dashboard.policy`), what the shell says (`dashboard.shell`) and how it is started (`dashboard.server`).
"""

from __future__ import annotations

import asyncio
import logging
import os
import sys
from collections.abc import Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from streamlit import config, file_util

from dashboard import policy, shell, style
from dashboard.bidi import isolate
from dashboard.words import say

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

# First parts of paths that are not a page, as Streamlit lays them out.
NO_PAGE = ("_stcore", "media", "component", "static", "auth", "oauth2callback")
# Asked for by a browser that has seen another version of the page, or wants it packed or in pieces: a page is
# written anew for every request, so none of that can be answered.
NOT_FOR_PAGES = (b"if-none-match", b"if-modified-since", b"if-range", b"range", b"accept-encoding")
SIGNED_IN = "_streamlit_user"  # the cookie `st.login` sets


class Front:
    """Stands before Streamlit: writes the page's shell, puts headers on every answer, lets no traceback out."""

    def __init__(self, app: ASGIApp, settings: policy.Settings) -> None:
        self.app = app
        self.settings = settings
        self.common = policy.common_headers(settings)

    @cached_property
    def index(self) -> str:
        """Streamlit's page of the installed version."""
        index = (Path(file_util.get_static_dir()) / "index.html").read_text(encoding="utf-8")
        return shell.clean_index(index, (style.WEB / "seal.svg").read_text(encoding="utf-8").strip())

    @cached_property
    def page_policy(self) -> str:
        return policy.page_policy([*shell.inline_scripts(self.index), style.early_script()], self.settings.ancestors)

    @cached_property
    def preview(self) -> bytes:
        return (style.WEB / shell.PREVIEW).read_bytes()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        path = page_path(scope)
        first = path.split("/", 1)[0]
        is_page = first not in NO_PAGE and scope["method"] in ("GET", "HEAD")
        if is_page:
            scope = {**scope, "headers": [pair for pair in scope["headers"] if pair[0] not in NOT_FOR_PAGES]}
        answer = Answer(self, scope, send, first, is_page)
        if is_page and path == shell.PREVIEW:
            await Response(self.preview, media_type="image/png", headers={"Cache-Control": "public, max-age=86400"})(scope, receive, answer.send)
            return
        try:
            await self.app(scope, receive, answer.send)
        except Exception:
            logging.getLogger("youju").exception("a request failed")
            if answer.started:
                raise
            await PlainTextResponse("出错了。 Something went wrong.", status_code=500)(scope, receive, answer.send)

    async def write_page(self, scope: Scope) -> Response:
        """The shell for what the link asks for: its language, and the record that it opens."""
        asked = parse_qs(scope["query_string"].decode("latin-1"))
        lang = "en" if asked.get("lang") == ["en"] else "zh"
        records = asked.get("record", [])
        words = await asyncio.to_thread(try_record_words, records[0], lang) if len(records) == 1 else None
        url = policy.base_url(self.settings, scope["scheme"], Headers(scope=scope).get("host", ""), prefix_of(scope))
        return HTMLResponse(shell.write_shell(self.index, words or story_words(lang), url))


class Answer:
    """One answer on its way out. A page of Streamlit's is replaced whole, anything else keeps its body."""

    def __init__(self, front: Front, scope: Scope, send: Send, first: str, is_page: bool) -> None:
        self.front, self.scope, self._send, self.first, self.is_page = front, scope, send, first, is_page
        self.started = self.replaced = False

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            await self._start(message)
        elif not self.replaced:
            await self._send(message)

    async def _start(self, message: Message) -> None:
        self.started = True
        headers = MutableHeaders(raw=message.setdefault("headers", []))
        html = headers.get("content-type", "").startswith("text/html")
        if self.is_page and html and message["status"] == 200:
            self.replaced = True
            page = await self.front.write_page(self.scope)
            for name, value in headers.items():  # cookies that layers below have set
                if name == "set-cookie":
                    page.headers.append(name, value)
            self._put_headers(page.headers, 200, html=True)
            await self._send({"type": "http.response.start", "status": 200, "headers": page.raw_headers})
            await self._send({"type": "http.response.body", "body": b"" if self.scope["method"] == "HEAD" else page.body})
            return
        self._put_headers(headers, message["status"], html=False)
        await self._send(message)

    def _put_headers(self, headers: MutableHeaders, status: int, *, html: bool) -> None:
        headers.update(self.front.common)
        ancestors = self.front.settings.ancestors if html else "'none'"
        headers["Content-Security-Policy"] = self.front.page_policy if html else policy.FILE_POLICY
        if framing := policy.frame_options(ancestors):
            headers["X-Frame-Options"] = framing
        if cache := self._cache(headers.get("cache-control", ""), status, html):
            headers["Cache-Control"] = cache

    def _cache(self, given: str, status: int, html: bool) -> str:
        """Nothing an editor sees is kept; Streamlit's hashed files are, for good; a page is asked for anew."""
        if self.first == "static" and "immutable" in given:
            return given
        if is_editor(self.scope, sys.argv[1:]):
            return "no-store"
        if self.first == "media" and status < 300:
            return "private, max-age=600"
        return "no-cache" if html else given or "no-store"


def is_editor(scope: Scope, args: Sequence[str]) -> bool:
    """Whether this answer may hold what only an editor sees: editing is on, or somebody is signed in."""
    return "--edit" in args or SIGNED_IN in Headers(scope=scope).get("cookie", "")


def prefix_of(scope: Scope) -> str:
    """Where the page is mounted: `server.baseUrlPath` or the ASGI root path, "/news" or ""."""
    base = str(config.get_option("server.baseUrlPath") or "").strip("/")
    return f"/{base}" if base else scope.get("root_path", "").rstrip("/")


def page_path(scope: Scope) -> str:
    """The path below the prefix, without a leading slash."""
    path, prefix = scope["path"], prefix_of(scope)
    if prefix and (path == prefix or path.startswith(f"{prefix}/")):
        path = path[len(prefix) :]
    return path.lstrip("/")


def story_words(lang: str) -> shell.Words:
    """Title and description of the story that is shown, as its file says now; an archive alone has none."""
    from dashboard.data import names_root, root_of  # only once Streamlit runs: its caches ask for that

    alone = os.environ.get("YOUJU_FACTS") and not names_root(sys.argv[1:])
    path = root_of(sys.argv[1:]) / "curated" / "story.yaml"
    try:
        stat = path.stat()
        state = (0, 0) if alone else (stat.st_mtime_ns, stat.st_size)
    except OSError:
        state = (0, 0)
    return _story_words(str(path), state, lang)


@lru_cache(maxsize=8)
def _story_words(path: str, state: tuple[int, int], lang: str) -> shell.Words:
    from curated.records import Story
    from curated.store import read_text
    from curated.story import read_story
    from curated.yaml_nodes import Fault

    read = read_text(Path(path), Path(path).parent.parent) if state[1] else None
    story = Story() if read is None or isinstance(read, Fault) else read_story(read[0])[0]
    title = (story.title_en if lang == "en" else "") or story.title
    description = (story.description_en if lang == "en" else "") or story.description
    name = "Youju" if lang == "en" else "有据"
    return shell.Words(lang, f"{isolate(title)} · {name}" if title else "有据 Youju", description or say("what_this_is", lang))


def try_record_words(id_: str, lang: str) -> shell.Words | None:
    """`record_words`; what goes wrong with a preview is logged and takes nothing from the page."""
    try:
        return record_words(id_, lang)
    except Exception as error:
        style.report(error)
        return None


def record_words(id_: str, lang: str) -> shell.Words | None:
    """What the one record says that a link opens, and whose word it is; None where there is no such record.

    An archive whose index has still to be made is left to the page, which can say that it takes a while.
    """
    from dashboard import data
    from dashboard.words import say_date

    if not _is_quick(os.environ.get("YOUJU_FACTS", "")):
        return None
    story = data.open_facts(sys.argv[1:], lang)
    row = story.rows.get(id_)
    if row is None:
        return None
    source = story.sources.get(row.record.source)
    said = [say_date(row.date, lang) if row.date else "", source.publisher if source else "", source.title if source else ""]
    about = story_words(lang).title
    return shell.Words(lang, row.title, " · ".join(part for part in (*said, about) if part))


def _is_quick(archive: str) -> bool:
    """YAML, or an archive that is there and was opened before."""
    if not archive:
        return True
    from dashboard.archive.index import index_path
    from dashboard.archive.parts import ArchiveError, find_parts

    try:
        return index_path(find_parts(archive)).exists()
    except ArchiveError:  # which the page names
        return False
