"""Which paragraphs of a page are its article's.

Knows that an article is the smallest element with most of the sentences, from its headline on, and that furniture and lists
of links are none of it. Leaves out how tags are read (`page_tags.py`).
"""

from __future__ import annotations

import re
from html import unescape

from extract.offsets import Span
from extract.page_tags import Block, PageReader, Tree

# Elements that are a part of an article and never hold it.
_PARAGRAPHS = frozenset(["p", "li", "ul", "ol", "pre", "blockquote", "tr", "th", "h1", "h2", "h3", "h4", "h5", "h6", "dd", "dt", "dl", "figcaption", "figure"])
# An article's element holds this share of the sentences on its page; what a container with a furniture name may hold at most.
_MAIN_SHARE, _FURNITURE_SHARE = 0.7, 0.4


def article_blocks(reader: PageReader) -> list[Block]:
    """The blocks of the article: those of the element that holds most sentences, and what leads from the headline to it."""
    tree, blocks = reader.tree, reader.blocks
    furniture = _furniture_nodes(tree, blocks)
    shown = [block for block in blocks if not furniture[block.node]]
    inside = _main_nodes(tree, shown)
    first = next((i for i, block in enumerate(shown) if inside[block.node]), 0)
    head = _headline(reader, shown, first)
    kept = [b._replace(head=i < first) for i, b in enumerate(shown) if inside[b.node] or head <= i < first]
    return [b for i, b in enumerate(kept) if not _is_link_list(kept, i)] or blocks


def _furniture_nodes(tree: Tree, blocks: list[Block]) -> list[bool]:
    """Which elements are furniture, theirs included; an element with most of the page's sentences never is."""
    total = _count_sentences(tree, blocks)
    furniture = [False] * len(tree.parent)
    for node in range(1, len(furniture)):
        named = tree.furniture[node] and tree.sentences[node] <= _FURNITURE_SHARE * total
        furniture[node] = named or furniture[tree.parent[node]]
    return furniture


def _count_sentences(tree: Tree, blocks: list[Block]) -> int:
    """Fills in how many sentences each element holds; links do not count."""
    tree.sentences = [0] * len(tree.parent)
    for block in blocks:
        if block.linked * 2 < block.length:
            tree.sentences[block.node] += block.sentences
    for node in range(len(tree.parent) - 1, 0, -1):
        tree.sentences[tree.parent[node]] += tree.sentences[node]
    return tree.sentences[0]


def _main_nodes(tree: Tree, blocks: list[Block]) -> list[bool]:
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


def _headline(reader: PageReader, blocks: list[Block], first: int) -> int:
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


def missing_title(reader: PageReader, kept: list[Block]) -> Span | None:
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
