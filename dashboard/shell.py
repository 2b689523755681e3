"""The page before its script has run: what messengers, search engines and a browser without scripts get to see.

Knows how Streamlit's index.html becomes ours: title, description, preview, language. Every word is escaped.
Leaves out where the words come from and who is asking (`dashboard.server`).
"""

from __future__ import annotations

import re
from html import escape
from typing import NamedTuple
from urllib.parse import quote

from dashboard.bidi import FSI, PDI, isolate

PREVIEW = "preview.png"  # its path under the page's own address
PREVIEW_SIZE = (1200, 630)
MOST_APART = 6  # pieces of a line that run from right to left, each between marks of its own
MOST_TITLE, MOST_DESCRIPTION = 120, 300  # messengers cut about here; a hostile story must not fill the page

_SCRIPT = re.compile(r"<script(?P<attributes>[^>]*)>(?P<code>.*?)</script>", re.S)
_TITLE = re.compile(r"<title>.*?</title>", re.S)
_NOSCRIPT = re.compile(r"<noscript>.*?</noscript>", re.S)
_COMMENT = re.compile(r"<!--.*?-->\s*", re.S)
_ICON = re.compile(r'<link rel="shortcut icon"[^>]*>')
_AGENT = re.compile(r'<link rel="service-desc"[^>]*>\s*')


class Words(NamedTuple):
    """What the shell says, unescaped, in one language."""

    lang: str  # zh, en
    title: str
    description: str


def inline_scripts(index: str) -> list[str]:
    """The code of the scripts that stand in the page itself, byte for byte, to be named by hash."""
    return [found["code"] for found in _SCRIPT.finditer(_COMMENT.sub("", index)) if "src=" not in found["attributes"]]


def clean_index(index: str, icon: str = "") -> str:
    """Streamlit's page without its comments, its icon and its pointer to an interface that is switched off."""
    index = _AGENT.sub("", _COMMENT.sub("", index))
    if icon:
        index = _ICON.sub(f'<link rel="shortcut icon" href="data:image/svg+xml,{quote(icon)}" />', index)
    return index


def write_shell(index: str, words: Words, url: str) -> str:
    """The page for one language; `url` is its own address without a trailing slash, "" where it is not known.

    Raises nothing: a Streamlit whose page looks otherwise is served with what could be put in.
    """
    title, description = _line(words.title, MOST_TITLE), _line(words.description, MOST_DESCRIPTION)
    lang = "en" if words.lang == "en" else "zh-CN"
    head = [f"<title>{title}</title>", f'<meta name="description" content="{description}" />']
    tags = {
        "og:type": "website",
        "og:site_name": "有据 Youju",
        "og:title": title,
        "og:description": description,
        "og:locale": "en_US" if words.lang == "en" else "zh_CN",
    }
    if url:
        image = escape(f"{url}/{PREVIEW}", quote=True)
        tags |= {"og:image": image, "og:image:type": "image/png", "og:image:width": str(PREVIEW_SIZE[0]), "og:image:height": str(PREVIEW_SIZE[1])}
    head += [f'<meta property="{name}" content="{content}" />' for name, content in tags.items()]
    head.append(f'<meta name="twitter:card" content="{"summary_large_image" if url else "summary"}" />')
    need = "This page needs JavaScript." if words.lang == "en" else "这个页面需要 JavaScript。"
    index = index.replace('<html lang="en">', f'<html lang="{lang}">', 1)
    index = _TITLE.sub(lambda _: "\n    ".join(head), index, count=1)
    return _NOSCRIPT.sub(lambda _: f"<noscript><h1>{title}</h1><p>{description}</p><p>{need}</p></noscript>", index, count=1)


def _line(words: str, most: int) -> str:
    """One escaped line: no control characters, no reversed order of reading, cut where messengers cut.

    Right-to-left words stay between the marks that whoever joined the line put round them (`dashboard.bidi.isolate`).
    """
    plain = _one_line(words)
    if isolate(plain) == plain:  # nothing runs from right to left
        return escape(plain if len(plain) <= most else plain[: most - 1] + "…", quote=True)
    line = _one_line(words, FSI + PDI) if words.count(FSI) <= MOST_APART else plain
    room = most - MOST_APART - 2  # for what closes the pieces that are cut off
    return escape(isolate(line if len(line) <= room else line[: room - 1] + "…"), quote=True)


def _one_line(words: str, marks: str = "") -> str:
    return " ".join("".join(c if c.isprintable() or c.isspace() or c in marks else "" for c in words).split())
