"""Markup -> the text a reader sees: HTML (and pages with template tags), Markdown, entities.

Everything is an edit of the source, so no position is lost. Leaves out style and scripts: text that only a script would
show is not there. How a page is read stands in `page_tags.py`, which of it is the article in `page_article.py`.
"""

from __future__ import annotations

import re
from functools import cache
from html import unescape
from typing import NamedTuple

from extract.markdown import is_markdown, markdown_edits
from extract.offsets import Edit, Span, in_order
from extract.page_article import article_blocks, missing_title
from extract.page_tags import ELEMENTS, Block, PageReader, Tree


class Page(NamedTuple):
    edits: list[Edit]
    titled: bool  # the text that is left opens with its headline
    found: dict[str, Span]  # title, published, author, publisher, url as the page's head gives them


def strip_markup(text: str, title_end: int = 0, markdown: bool = False) -> Page:
    """The edits that leave the text of a page, of Markdown, or of plain text with a few tags and entities.

    text[:title_end] is a headline from outside the markup and stays.
    """
    if "<" in text and _is_page(text):
        return _page(text, title_end)
    edits = _stray_tags(text) if "<" in text else []
    if markdown or is_markdown(text):
        edits += markdown_edits(text, title_end)
    if "&" in text:
        edits += entity_edits(text)
    return Page(in_order(edits), title_end > 0, {})


def is_escaped(text: str) -> bool:
    """Whether tags were escaped as if they were text (`&lt;p&gt;`), as feeds do: they have to be read a second time."""
    return "&lt;" in text and bool(re.search(r"&lt;/?(?:p|br|div|span|strong|img|a)\b.{0,500}?&gt;", text))


def _is_page(text: str) -> bool:
    """Whether tags make the paragraphs, rather than line ends: a page, or the HTML body of a feed's entry."""
    return bool(re.search(r"<(?:p|br|html|body|td|article|section)\b[^<>]{0,1000}>", text, re.I)) or len(
        re.findall(r"<div\b", text, re.I)
    ) >= 3


@cache
def _entity() -> re.Pattern[str]:
    # `&amp;ldquo;` is an entity that went through a converter twice.
    # A few may lack their semicolon.
    return re.compile(r"&(?:amp;){0,3}(?:(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});|(?:nbsp|quot|middot)(?![A-Za-z0-9=]))")


def entity_edits(text: str) -> list[Edit]:
    """What the entities of `text` stand for."""
    return _entities(text, 0, len(text))


def _entities(text: str, start: int, end: int) -> list[Edit]:
    edits = []
    for found in _entity().finditer(text, start, end):
        written = found[0]
        value = unescape(written)
        while value != written and value.startswith("&") and len(value) > 1:
            written, value = value, unescape(value)
        if value != found[0]:
            edits.append(Edit(found.start(), found.end(), value))
    return edits


@cache
def _tag() -> re.Pattern[str]:
    names = "|".join(sorted(map(re.escape, ELEMENTS), key=len, reverse=True))
    return re.compile(rf"<(?=[a-zA-Z/!])(?:!--(?:[^-]|-(?!->)){{0,2000}}-->|/?(?:{names})(?=[\s/>])[^<>]{{0,2000}}>)", re.I)


def _stray_tags(text: str) -> list[Edit]:
    return [Edit(found.start(), found.end(), "") for found in _tag().finditer(text)]


def _page(text: str, title_end: int) -> Page:
    reader = PageReader(text, title_end)
    reader.read()
    kept = article_blocks(reader)
    edits: list[Edit] = []
    done = title_end
    title = missing_title(reader, kept) if not title_end else None
    if title:
        edits += [Edit(0, title[0], "")] if title[0] else []
        edits += _entities(text, *title)
        done = title[1]
    before = None
    for block in kept:
        between = "" if not done else " " if before and _same_row(reader.tree, before, block) else "\n"
        for start, end in block.pieces:
            if start > done:
                edits.append(Edit(done, start, between))
            edits += _inside(text, start, end, block.tag == "pre")
            done, between = end, " " if block.head else ""  # <span>10:00</span><a>某日报</a>
        before = block
    if done < len(text):
        edits.append(Edit(done, len(text), ""))
    titled = title_end > 0 or title is not None or (bool(kept) and kept[0].tag in ("h1", "h2"))
    return Page(edits, titled, reader.found)


def _same_row(tree: Tree, before: Block, block: Block) -> bool:
    """Two short cells of one row of a table make one line; the cells of a page laid out as a table are long."""
    if before.tag not in ("td", "th") or block.tag not in ("td", "th") or max(before.length, block.length) > 40:
        return False
    return tree.parent[before.node] == tree.parent[block.node]


def _inside(text: str, start: int, end: int, keep_lines: bool) -> list[Edit]:
    """Entities, and the line ends that only wrap the source: none between two Chinese characters, else a blank."""
    edits = _entities(text, start, end) if text.find("&", start, end) >= 0 else []
    if keep_lines or text.find("\n", start, end) < 0:
        return edits
    for found in re.compile(r"\n\s*").finditer(text, start, end):
        if found[0].count("\n") > 1 or "\u3000" in found[0]:
            replacement = "\n"
        else:
            sides = text[found.start() - 1 : found.start()] + text[found.end() : found.end() + 1]
            replacement = "" if all(side > "\u2e7f" for side in sides) else " "
        edits.append(Edit(found.start(), found.end(), replacement))
    return sorted(edits)
