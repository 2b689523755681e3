"""Raw file -> the article as a person should read it, with the way back for every character.

Knows the order of the steps; each kind of knowledge has a module of its own: encodings, wrappers, markup, damage,
script, furniture. Leaves out what the text says: dates and names are read elsewhere.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape

from extract.damage import clean_edits
from extract.encodings import ReadingError, decode
from extract.furniture import arrange
from extract.markup import entity_edits, is_escaped, strip_markup
from extract.offsets import Edit, Layer, Span, rewrite
from extract.script import simplify
from extract.shifted import Mend, mend
from extract.wrappers import plain_day, unwrap

__all__ = ["Reading", "ReadingError", "Repair", "decode", "read"]


@dataclass(frozen=True, slots=True)
class Repair:
    """One place where the raw text was damaged. `text` is what it reads as now."""

    start: int  # raw span
    end: int
    kind: str
    text: str
    restored: bool  # False: it could not be restored with certainty


@dataclass(frozen=True)
class Reading:
    """An article as it should be read. `text` is simplified script, one line a paragraph."""

    raw: str = field(repr=False)
    text: str = field(repr=False)
    meta: dict[str, str] = field(default_factory=dict)  # any of title, published, published_from, publisher, author, url
    meta_spans: dict[str, Span] = field(default_factory=dict)  # raw spans of the same
    repairs: tuple[Repair, ...] = ()
    _layers: tuple[Layer, ...] = field(default=(), repr=False)

    def raw_span(self, start: int, end: int) -> Span:
        """The raw characters that became text[start:end]; never empty where that is not."""
        for layer in reversed(self._layers):
            start, end = layer.source_span(start, end)
        return start, end

    def text_span(self, start: int, end: int) -> Span | None:
        """What became of raw[start:end] in the text; None where nothing is left of it."""
        for layer in self._layers:
            span = layer.target_span(start, end)
            if span is None:
                return None
            start, end = span
        found = self.text[start:end]
        if not found.strip():  # a line end that stands for what was between two paragraphs
            return None
        return start + len(found) - len(found.lstrip("\n")), end - len(found) + len(found.rstrip("\n"))


def read(raw: str, name: str = "") -> Reading:
    """Reads one article; `name` is its file name, for what only an ending tells (`.md`).

    Raises ReadingError where one file holds several articles, and for JSON without a body.
    """
    steps = _Steps(raw)
    wrapped = unwrap(raw)
    if wrapped is None and name.lower().endswith(".json") and raw.lstrip().startswith(("{", "[")):
        raise ReadingError(
            "这个 JSON 里读不出正文；请检查引号、逗号和括号，正文写在 content 或 text 里",
            "no body can be read from this JSON; check its quotes, commas and brackets; the body belongs in content or text",
        )
    steps.make(wrapped.edits if wrapped else [])
    title_end = wrapped.title_end if wrapped else 0
    if is_escaped(steps.text):
        steps.make(entity_edits(steps.text))
        title_end = steps.text.find("\n") if title_end else 0
    markdown = name.lower().endswith((".md", ".markdown")) or bool(wrapped and wrapped.markdown)
    page = strip_markup(steps.text, title_end, markdown)
    meta = {key: _plain(steps.text[start:end]) for key, (start, end) in page.found.items()}
    spans = {key: steps.raw_span(*span) for key, span in page.found.items()}
    steps.make(page.edits)
    mends = mend(steps.text)
    repairs = [*_torn(raw), *(_repair(steps, mended) for mended in mends)]
    steps.make([edit for mended in mends for edit in mended.edits])
    steps.make(clean_edits(steps.text))
    steps.text = simplify(steps.text)
    arranged = arrange(steps.text, page.titled)
    # What a wrapper says counts most, then what a reader sees on the page, then what only its head says.
    meta |= arranged.meta
    spans |= {key: steps.raw_span(*span) for key, span in arranged.spans.items()}
    if wrapped:
        meta |= {key: _plain(value) for key, value in wrapped.meta.items()}
        spans |= wrapped.spans
    if "published" in meta:
        meta["published_from"], spans["published_from"] = meta["published"], spans["published"]
        meta["published"] = plain_day(meta["published"])
    steps.make(arranged.edits)
    return Reading(raw, steps.text, meta, spans, tuple(repairs), tuple(steps.layers))


class _Steps:
    """The text as it stands after some steps, and the layers that lead back to the raw file."""

    def __init__(self, raw: str) -> None:
        self.text = raw
        self.layers: list[Layer] = []

    def make(self, edits: list[Edit]) -> None:
        self.text, layer = rewrite(self.text, edits)
        if layer:
            self.layers.append(layer)

    def raw_span(self, start: int, end: int) -> Span:
        for layer in reversed(self.layers):
            start, end = layer.source_span(start, end)
        return start, end


def _plain(value: str) -> str:
    """A value of a wrapper as the reading text would have it."""
    return " ".join(simplify(unescape(value)).split())


def _repair(steps: _Steps, mended: Mend) -> Repair:
    return Repair(*steps.raw_span(mended.start, mended.end), "shifted", simplify(mended.text), mended.restored)


def _torn(raw: str) -> list[Repair]:
    """Characters that were already lost when the file was written, or that its encoding does not have."""
    if "\ufffd" not in raw:
        return []
    return [Repair(found.start(), found.end(), "torn", found[0], False) for found in re.finditer("\ufffd+", raw)]
