"""What a page shows and does: its text through every shadow root, what reached its charts and tables, what it ran.

Text is read from the page itself; what is drawn on a canvas (tables, long timelines) is read from the messages the
browser was sent, which are Streamlit's own. Anything that ran, was asked for elsewhere, or became an element it should
not be, is kept in `Watch.wrong`.
"""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import urlsplit

import pyarrow as pa
from google.protobuf.message import Message
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tests.conftest import PATIENCE, follow, go_to, settle
from tests.security.hostile import all_fields

PROBLEM = re.compile(r"^(curated|seeds)/.*:\d+:\d+: ", re.S)  # a problem of the data, quoted in full and cut

CANARY = """
Object.defineProperty(window, "__pwned", {set(v) { window.__wrong.push("script ran: " + v) }, get() { return undefined }})
window.__wrong = []
document.addEventListener("securitypolicyviolation", e => window.__wrong.push("policy: " + e.blockedURI))
"""

# Everything on the page: text, values, names read aloud; elements that only markup of somebody else could have made.
COLLECT = """
() => {
  const text = [], spoken = [], wrong = [...window.__wrong]
  if (window.__pwned || document.cookie.includes("pwned")) wrong.push("canary")
  const hostOf = (link) => { try { return new URL(link, location.href).host } catch { return "" } }
  const bad = new Set(["IFRAME", "OBJECT", "EMBED", "FRAME", "BASE", "MATH", "MARQUEE", "VIDEO", "AUDIO", "ANIMATE"])
  const walk = (node, quiet) => {
    if (node.nodeType === Node.TEXT_NODE) { if (!quiet) text.push(node.data); return }
    if (node.nodeType !== Node.ELEMENT_NODE && node.nodeType !== Node.DOCUMENT_FRAGMENT_NODE) return
    if (node.nodeType === Node.ELEMENT_NODE) {
      const tag = node.tagName.toUpperCase()
      if (bad.has(tag)) wrong.push(`element ${tag}`)
      if (node.classList.contains("katex")) wrong.push("formula")
      for (const {name, value} of node.attributes) {
        if (/^on/i.test(name)) wrong.push(`handler ${name}`)
        if (/^\\s*(javascript|vbscript|data:text)/i.test(value) && /^(href|src|action|data|formaction|to|xlink:href)$/i.test(name)) wrong.push(`link ${value}`)
        if ((name === "src" || name === "href" || name === "action") && hostOf(value).includes("evil") && !/q%URL%z/.test(value)) wrong.push(`points at ${tag} ${value}`)
        if (/^(aria-label|title|alt|placeholder|aria-description|content)$/.test(name)) spoken.push(value)
      }
      if (node.dataset.testid === "stIconMaterial" && /bug_report/.test(node.textContent)) wrong.push("icon")
      if (tag === "INPUT" || tag === "TEXTAREA") text.push(node.value)
      quiet = quiet || ["SCRIPT", "STYLE", "NOSCRIPT", "TEMPLATE"].includes(tag)
      if (["P", "DIV", "LI", "TD", "TH", "H1", "H2", "H3", "DT", "DD", "BUTTON", "INPUT", "TEXT", "SPAN"].includes(tag)) text.push("\\u0003")
      if (node.shadowRoot) walk(node.shadowRoot, quiet)
    }
    for (const child of node.childNodes) walk(child, quiet)
  }
  walk(document.documentElement, false)
  return {text: text.join(""), spoken: spoken.join("\\u0003"), wrong, title: document.title}
}
"""


class Watch:
    """A tab of its own that notes what it runs, asks for and is sent."""

    def __init__(self, browser: Any, base: str) -> None:
        self.context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="zh-CN", timezone_id="Asia/Shanghai")
        self.context.set_default_timeout(PATIENCE)
        self.page = follow(self.context.new_page())
        self.base = base
        self.host = urlsplit(base).netloc
        self.wrong: list[str] = []
        self.data: list[str] = []
        self.page.add_init_script(CANARY)
        self.context.on("request", self._request)
        self.context.on("page", lambda page: self.wrong.append("a window opened") if page != self.page else None)
        self.page.on("dialog", self._dialog)
        self.page.on("pageerror", lambda error: self.wrong.append(f"error: {error}"))
        self.page.on("console", lambda message: self.wrong.append(f"console: {message.text}") if "pwned" in message.text or "evil.example" in message.text else None)
        self.page.on("websocket", lambda socket: socket.on("framereceived", self._frame))

    def _request(self, request: Any) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in ("data", "blob", "file", "about") and parts.netloc != self.host:
            self.wrong.append(f"asked for {request.url}")

    def _dialog(self, dialog: Any) -> None:
        self.wrong.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def _frame(self, frame: Any) -> None:
        if isinstance(frame, bytes):
            self.data += message_texts(frame)

    def open(self, path: str) -> Watch:
        self.data.clear()
        go_to(self.page, f"{self.base}{path}")
        return self

    def settle(self) -> Watch:
        settle(self.page)
        return self

    def look(self, problems: bool = False) -> Seen:
        """What is on the page now; what was wrong since the last look is noted."""
        found = self.page.evaluate(COLLECT.replace("%URL%", URL_FIELD))
        self.wrong += found["wrong"]
        if not self.base.startswith("file:") and found["title"] != "有据 Youju":
            self.wrong.append(f"title: {found['title']}")
        return Seen(found["text"], found["spoken"], "\x03".join(self.data), problems=problems)

    def close(self) -> None:
        self.context.close()


# A source's own address is a link, and the only text from outside that may be one.
URL_FIELD = f"{all_fields().index('source.url'):03d}"


class Seen:
    """Text on the page, text read aloud, and what its charts and tables were given."""

    def __init__(self, text: str, spoken: str = "", data: str = "", *, problems: bool = False) -> None:
        self.text = text if problems else "\x03".join(part for part in text.split("\x03") if not PROBLEM.match(part))
        self.spoken, self.data = spoken, data


def message_texts(frame: bytes) -> list[str]:
    """The words of one message to the browser, tables and charts unpacked."""
    message = ForwardMsg()
    try:
        message.ParseFromString(frame)
    except Exception:  # not one of Streamlit's messages
        return []
    if message.WhichOneof("type") != "delta" or message.delta.new_element.WhichOneof("type") == "html":
        return []  # markup is read from the page
    return [text for text in _texts(message.delta) if not PROBLEM.match(text)]


def _texts(message: Message) -> list[str]:
    found: list[str] = []
    for spec, value in message.ListFields():
        if spec.name in ("id", "form_id", "block_id", "element_hash", "user_key"):
            continue
        values = list(value) if not isinstance(value, (str, bytes, Message)) and hasattr(value, "__iter__") else [value]
        for one in values:
            if isinstance(one, Message):
                found += _texts(one)
            elif isinstance(one, bytes):
                found += table_texts(one)
            elif isinstance(one, str):
                found += _words(one)
    return found


def _words(text: str) -> list[str]:
    """The strings of a JSON text; any other text as it is."""
    if text[:1] in "{[":
        try:
            value = json.loads(text)
        except ValueError:
            return [text]
        return list(_strings(value))
    return [text]


def _strings(value: Any) -> Any:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from _strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner)


def table_texts(data: bytes) -> list[str]:
    """Every text of an Arrow table."""
    try:
        table = pa.ipc.open_stream(data).read_all()
    except (pa.ArrowInvalid, OSError):
        try:
            return _words(data.decode("utf-8"))
        except UnicodeDecodeError:
            return []
    found = []
    for column in table.columns:
        if pa.types.is_string(column.type) or pa.types.is_large_string(column.type):
            found += [text for text in column.to_pylist() if text]
    return found
