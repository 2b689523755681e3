"""One pass over the tags of a page: its paragraphs, its elements, and what its head gives (title, date, author).

Knows HTML as pages are really written: end tags left out, template code, scripts, elements that are furniture by name or are
not shown. Leaves out which of the paragraphs are the article's (`page_article.py`).
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from extract.lexicons import read_lexicon
from extract.offsets import Span

# Elements whose content is never the article's text.
_SKIPPED = frozenset([
    "script", "style", "noscript", "template", "svg", "math", "iframe", "object", "select", "option", "button", "textarea",
    "nav", "footer", "aside", "form", "menu", "dialog", "audio", "video", "canvas", "map", "datalist",
])  # fmt: skip
_RAW_CONTENT = frozenset(["script", "style", "textarea", "noscript", "iframe", "template", "svg"])
_VOID = frozenset(["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"])
# Elements that stand inside a paragraph; every other element ends it.
_INLINE = frozenset(
    ["a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "img", "ins", "kbd", "label",
     "mark", "nobr", "o:p", "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "st1:chsdate", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr"]
)
ELEMENTS = _INLINE | _SKIPPED | _VOID | frozenset(
    ["address", "article", "blockquote", "body", "caption", "center", "dd", "details", "div", "dl", "dt", "figcaption", "figure", "h1", "h2", "h3", "h4", "h5", "h6",
     "head", "header", "hgroup", "html", "li", "main", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "title", "tr", "ul"]
)  # fmt: skip


class Block(NamedTuple):
    """One paragraph of a page: the stretches of source that are its text."""

    pieces: list[Span]
    node: int
    tag: str
    length: int  # of its text
    linked: int  # of its text inside links
    sentences: int  # ends of sentences
    head: bool = False  # it stands before the article's own element: date, source, author


class Tree:
    """The elements of a page as they are read: for each its parent, and whether it is furniture by name."""

    def __init__(self) -> None:
        self.parent = [0]
        self.tags = [""]
        self.furniture = [False]
        self.sentences = [0]  # ends of sentences in it, filled in when the page is read
        self.open: list[tuple[str, int]] = []
        self.counts: dict[str, int] = {}

    def node(self) -> int:
        return self.open[-1][1] if self.open else 0

    def enter(self, tag: str, furniture: bool) -> None:
        if self.open and tag == self.open[-1][0] and tag in ("p", "li", "td", "tr", "th", "dd", "dt"):
            self.open.pop()  # its end tag may be left out
            self.counts[tag] -= 1
        self.parent.append(self.node())
        self.tags.append(tag)
        self.furniture.append(furniture)
        self.sentences.append(0)
        self.open.append((tag, len(self.parent) - 1))
        self.counts[tag] = self.counts.get(tag, 0) + 1

    def leave(self, tag: str) -> None:
        if not self.counts.get(tag):
            return
        while True:
            name, _ = self.open.pop()
            self.counts[name] -= 1
            if name == tag:
                return


class PageReader:
    """One pass over the tags of a page."""

    def __init__(self, text: str, start: int) -> None:
        self.text, self.at = text, start
        self.tree = Tree()
        self.blocks: list[Block] = []
        self.found: dict[str, Span] = {}
        self.links = 0  # open links
        self._pieces: list[Span] = []
        self._length = self._linked = self._sentences = 0
        self._gone: set[str] = set()  # ends of comments and elements that do not come any more

    def read(self) -> None:
        text, plain_tag = self.text, _plain_tag()
        for opening in _opening().finditer(text, self.at):
            at = opening.start()
            if at < self.at:  # inside a script or a comment
                continue
            self._take(self.at, at)
            tag = plain_tag.match(text, at)
            if not tag:
                self._markup(at)
                continue
            self.at = tag.end()
            if tag[1]:
                self._leave(tag[2].lower())
            else:
                self._enter(tag[2].lower(), tag[3])
        self._take(self.at, len(text))
        self._end_block()

    def _take(self, start: int, end: int) -> None:
        piece = self.text[start:end]
        length = len(piece.strip())
        if not length and not self._pieces:
            return
        if start < end:
            self._pieces.append((start, end))
        self._length += length
        if self.links:
            self._linked += length
        if length:
            self._sentences += len(_sentence_end().findall(piece))

    def _end_block(self) -> None:
        if self._length:
            tag = self.tree.open[-1][0] if self.tree.open else ""
            self.blocks.append(Block(self._pieces, self.tree.node(), tag, self._length, self._linked, self._sentences))
        self._pieces, self._length, self._linked, self._sentences = [], 0, 0, 0

    def _markup(self, at: int) -> None:
        """Moves behind the comment, template code or less plain tag at `at`; a `<` that begins none is text."""
        text = self.text
        for opens, closes in (("<!--", "-->"), ("<%", "%>"), ("<?", "?>")):
            if text.startswith(opens, at) and (end := self._find(closes, at + len(opens))) >= 0:
                self.at = end + len(closes)
                return
        found = _tag_name().match(text, at)
        end = _tag_end(text, found.end(), self._find(">", found.end())) if found else -1
        if not found or end < 0:
            self._take(at, at + 1)
            self.at = at + 1
            return
        self.at = end
        name = (found[1] or "!").lower()
        if text[at + 1] == "/":
            self._leave(name)
        elif name != "!":
            self._enter(name, text[found.end() : end])

    def _find(self, what: str, start: int) -> int:
        """As text.find; what was once not found is not looked for again, or a page of `<!--` would take for ever."""
        if what in self._gone:
            return -1
        at = self.text.find(what, start)
        if at < 0:
            self._gone.add(what)
        return at

    def _enter(self, name: str, attributes: str) -> None:
        if name in ("meta", "time"):
            self._meta(name, attributes)
        if name in _RAW_CONTENT or name == "title":
            self._raw_content(name)
            return
        if name == "a":
            self.links += 1
        if name in _INLINE:
            return
        self._end_block()
        if name not in _VOID and not attributes.endswith("/>"):
            self.tree.enter(name, name in _SKIPPED or _is_furniture(attributes))

    def _leave(self, name: str) -> None:
        if name == "a":
            self.links = max(0, self.links - 1)
        if name not in _INLINE:
            self._end_block()
            self.tree.leave(name)
            self.links = 0

    def _raw_content(self, name: str) -> None:
        """A script's or a style's content is no markup; the title's is text of its own."""
        if name in self._gone:
            return
        closing = re.compile(rf"</{name}\b[^>]{{0,100}}>", re.I).search(self.text, self.at)
        if not closing:
            self._gone.add(name)
            return
        if name == "title":
            self.found.setdefault("title", (self.at, closing.start()))
        if name == "script":
            dated = re.compile(r'"datePublished"\s*:\s*"([^"]{4,40})"').search(self.text, self.at, closing.start())
            if dated:
                self.found.setdefault("published", dated.span(1))
        self.at = closing.end()

    def _meta(self, name: str, attributes: str) -> None:
        named = {key.lower(): value for key, value in re.findall(r"([\w:-]+)\s*=\s*[\"']([^\"']*)[\"']", attributes)}
        field = _META_NAMES.get((named.get("property") or named.get("name") or named.get("itemprop") or "").lower())
        value = named.get("content", "")
        if name == "time":
            field, value = "published", named.get("datetime", "")
        if field and value.strip():
            start = self.text.find(value, self.at - len(attributes))
            self.found.setdefault(field, (start, start + len(value)))


_META_NAMES = {
    "og:title": "title", "article:published_time": "published", "pubdate": "published", "publishdate": "published",
    "publishtime": "published", "datepublished": "published", "date": "published", "author": "author", "article:author": "author",
    "og:site_name": "publisher", "weibo:article:create_at": "published", "source": "publisher", "mediaid": "publisher", "og:url": "url",
}  # fmt: skip


@cache
def _opening() -> re.Pattern[str]:
    return re.compile("<(?=[a-zA-Z/!?%])")


@cache
def _plain_tag() -> re.Pattern[str]:
    return re.compile(r"""<(/)?([a-zA-Z][a-zA-Z0-9:._-]{0,40})(?=[\s/>])([^<>"']*+(?>(?:"[^"<>]*+"[^<>"']*+)*))>""")


@cache
def _sentence_end() -> re.Pattern[str]:
    return re.compile(r"[。！？；!?]|(?<!\w);")  # the `;` of an entity stands behind a letter


@cache
def _tag_name() -> re.Pattern[str]:
    # A name in ASCII and then a blank, `/` or `>`: 利润率<b而 begins no tag. `<!DOCTYPE`, `<![CDATA[` are passed over.
    return re.compile(r"</?([a-zA-Z][a-zA-Z0-9:._-]{0,40})(?=[\s/>])|<!(?=[a-zA-Z\[])(\[CDATA\[)?")


def _tag_end(text: str, at: int, end: int) -> int:
    """Just behind the `>` that ends a tag, `end` being the first; one inside quotes does not (`<a title="a>b">`). -1 for no tag."""
    limit = at + 4000
    if not at <= end < limit:
        return -1
    quotes = text.count('"', at, end)
    while quotes % 2:
        more = text.find('"', end, limit)
        end_after = text.find(">", more, limit) if more >= 0 else -1
        if end_after < 0:
            break
        quotes += text.count('"', end, end_after)
        end = end_after
    return end + 1


def _is_furniture(attributes: str) -> bool:
    """By class, id or role (`related-news`, `navCurrent`), or because it is not shown."""
    if "=" not in attributes:
        return attributes.strip(" />") == "hidden"
    for value in re.findall(r"\b(?:class|id|role)\s*=\s*[\"']?([^\"'>]{1,200})", attributes):
        if not _container_words().isdisjoint(part.lower() for part in re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+", value)):
            return True
    return bool(re.search(r"style\s*=\s*[\"'][^\"'>]{0,300}display\s*:\s*none", attributes))


@cache
def _container_words() -> frozenset[str]:
    return frozenset(read_lexicon("furniture")["containers"])
