"""Markup -> the text a reader sees: HTML (and pages with template tags), Markdown, entities.

Knows which elements hold no article text, which end a paragraph, and how to find the article on a page: the
smallest element that holds most of its sentences, from its headline on. Everything is an edit of the source, so no
position is lost. Leaves out style and scripts: text that only a script would show is not there.
"""

from __future__ import annotations

import re
from functools import cache
from html import unescape
from typing import NamedTuple

from extract.lexicons import read_lexicon
from extract.markdown import is_markdown, markdown_edits
from extract.offsets import Edit, Span, in_order

# Elements whose content is never the article's text.
_SKIPPED = frozenset(["script", "style", "noscript", "template", "svg", "math", "iframe", "object", "select", "option", "button", "textarea", "nav", "footer", "aside", "form", "menu", "dialog", "audio", "video", "canvas", "map", "datalist"])
_RAW_CONTENT = frozenset(["script", "style", "textarea", "noscript", "iframe", "template", "svg"])
_VOID = frozenset(["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"])
# Elements that stand inside a paragraph; every other element ends it.
_INLINE = frozenset(
    ["a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "img", "ins", "kbd", "label", "mark", "nobr", "o:p", "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "st1:chsdate", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr"]
)
_NAMES = _INLINE | _SKIPPED | _VOID | frozenset(
    ["address", "article", "blockquote", "body", "caption", "center", "dd", "details", "div", "dl", "dt", "figcaption", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "head", "header", "hgroup", "html", "li", "main", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "title", "tr", "ul"]
)  # fmt: skip
# Elements that are a part of an article and never hold it.
_PARAGRAPHS = frozenset(["p", "li", "ul", "ol", "pre", "blockquote", "tr", "th", "h1", "h2", "h3", "h4", "h5", "h6", "dd", "dt", "dl", "figcaption", "figure"])
# An article's element holds this share of the sentences on its page; what a container with a furniture name may hold at most.
_MAIN_SHARE, _FURNITURE_SHARE = 0.7, 0.4


class Block(NamedTuple):
    """One paragraph of a page: the stretches of source that are its text."""

    pieces: list[Span]
    node: int
    tag: str
    length: int  # of its text
    linked: int  # of its text inside links
    sentences: int  # ends of sentences
    head: bool = False  # it stands before the article's own element: date, source, author


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


# --- entities -----------------------------------------------------------------------------------------------------


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


# --- plain text with a few tags -----------------------------------------------------------------------------------


@cache
def _tag() -> re.Pattern[str]:
    names = "|".join(sorted(map(re.escape, _NAMES), key=len, reverse=True))
    return re.compile(rf"<(?=[a-zA-Z/!])(?:!--(?:[^-]|-(?!->)){{0,2000}}-->|/?(?:{names})(?=[\s/>])[^<>]{{0,2000}}>)", re.I)


def _stray_tags(text: str) -> list[Edit]:
    return [Edit(found.start(), found.end(), "") for found in _tag().finditer(text)]


# --- pages --------------------------------------------------------------------------------------------------------


class _Tree:
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


class _Reader:
    """One pass over the tags of a page."""

    def __init__(self, text: str, start: int) -> None:
        self.text, self.at = text, start
        self.tree = _Tree()
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


def _page(text: str, title_end: int) -> Page:
    reader = _Reader(text, title_end)
    reader.read()
    kept = _article_blocks(reader)
    edits: list[Edit] = []
    done = title_end
    title = _missing_title(reader, kept) if not title_end else None
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


def _same_row(tree: _Tree, before: Block, block: Block) -> bool:
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


def _article_blocks(reader: _Reader) -> list[Block]:
    """The blocks of the article: those of the element that holds most sentences, and what leads from the headline to it."""
    tree, blocks = reader.tree, reader.blocks
    furniture = _furniture_nodes(tree, blocks)
    shown = [block for block in blocks if not furniture[block.node]]
    inside = _main_nodes(tree, shown)
    first = next((i for i, block in enumerate(shown) if inside[block.node]), 0)
    head = _headline(reader, shown, first)
    kept = [b._replace(head=i < first) for i, b in enumerate(shown) if inside[b.node] or head <= i < first]
    return [b for i, b in enumerate(kept) if not _is_link_list(kept, i)] or blocks


def _furniture_nodes(tree: _Tree, blocks: list[Block]) -> list[bool]:
    """Which elements are furniture, theirs included; an element with most of the page's sentences never is."""
    total = _count_sentences(tree, blocks)
    furniture = [False] * len(tree.parent)
    for node in range(1, len(furniture)):
        named = tree.furniture[node] and tree.sentences[node] <= _FURNITURE_SHARE * total
        furniture[node] = named or furniture[tree.parent[node]]
    return furniture


def _count_sentences(tree: _Tree, blocks: list[Block]) -> int:
    """Fills in how many sentences each element holds; links do not count."""
    tree.sentences = [0] * len(tree.parent)
    for block in blocks:
        if block.linked * 2 < block.length:
            tree.sentences[block.node] += block.sentences
    for node in range(len(tree.parent) - 1, 0, -1):
        tree.sentences[tree.parent[node]] += tree.sentences[node]
    return tree.sentences[0]


def _main_nodes(tree: _Tree, blocks: list[Block]) -> list[bool]:
    """Which elements belong to the article's own; all where the page has no sentences."""
    total = _count_sentences(tree, blocks)
    if not total:
        return [True] * len(tree.parent)
    main = max(node for node, held in enumerate(tree.sentences) if held >= _MAIN_SHARE * total)
    while tree.tags[main] in _PARAGRAPHS:  # one long paragraph is not the whole article
        main = tree.parent[main]
    inside = [node == main for node in range(len(tree.parent))]
    for node in range(main + 1, len(inside)):
        inside[node] = inside[node] or inside[tree.parent[node]]
    return inside


def _headline(reader: _Reader, blocks: list[Block], first: int) -> int:
    """Index of the block that is the headline, at most `first`: the last that the page's title repeats, else the last heading."""
    title = _letters(reader.text[slice(*reader.found["title"])]) if "title" in reader.found else ""
    headings = first
    for i in range(min(first, len(blocks) - 1), -1, -1):
        heading = blocks[i].tag in ("h1", "h2")
        said = _letters(_source(reader.text, blocks[i])) if title and not _is_links(blocks[i]) else ""
        if said and said in title and (heading or len(said) >= 5):
            return i
        if heading and headings == first:
            headings = i
    return headings


def _missing_title(reader: _Reader, kept: list[Block]) -> Span | None:
    """The page's title without the site's name, where the article does not open with it."""
    if "title" not in reader.found:
        return None
    start, end = reader.found["title"]
    written = reader.text[start:end]
    opening = "".join(_letters(_source(reader.text, block)) for block in kept[:3])
    shorter = re.split(r"\s*[-_|–—]+\s*(?=[^-_|–—]*$)", written)[0] if len(written) > 12 else written
    if any(b.tag == "h1" for b in kept[:3]) or not _letters(shorter) or opening.startswith(_letters(shorter)):
        return None
    if kept and kept[0].pieces[0][0] < end:
        return None
    return start, start + len(shorter)


def _is_link_list(blocks: list[Block], i: int) -> bool:
    """A paragraph that is links and no sentence, beside another such or holding an address; a linked heading is none."""
    if not _is_links(blocks[i]):
        return False
    beside = [blocks[j] for j in (i - 1, i + 1) if 0 <= j < len(blocks)]
    return i == len(blocks) - 1 or blocks[i].tag == "li" or any(map(_is_links, beside))


def _is_links(block: Block) -> bool:
    return block.linked * 10 > block.length * 6 and not block.sentences and block.tag not in ("h1", "h2", "h3")


def _source(text: str, block: Block) -> str:
    return "".join(text[start:end] for start, end in block.pieces)


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", unescape(text))
