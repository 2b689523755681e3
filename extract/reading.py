"""Raw file -> the article as a person should read it, with the way back for every character.

Knows the order of the steps; each kind of knowledge has a module of its own: encodings, wrappers, markup, damage,
script, furniture. Leaves out what the text says: dates and names are read elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from extract.damage import note_edits
from extract.encodings import ReadingError, decode
from extract.markup import strip_markup
from extract.offsets import Edit, Layer, Span, in_order, rewrite
from extract.script import simplify
from extract.wrappers import unwrap

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
        return (start, end) if start < end else None


def read(raw: str, name: str = "") -> Reading:
    """Reads one article. Raises ReadingError where the text holds several."""
    layers: list[Layer] = []
    text, meta, spans, title_end = raw, {}, {}, 0
    unwrapped = unwrap(raw)
    if unwrapped:
        meta, spans, title_end = unwrapped.meta, unwrapped.spans, unwrapped.title_end
        text = _apply(text, unwrapped.edits, layers)
    page = strip_markup(text, title_end)
    for key, (start, end) in page.found.items():
        meta.setdefault(key, text[start:end])
        spans.setdefault(key, _raw_span(layers, start, end))
    text = _apply(text, page.edits, layers)
    text = _apply(text, in_order(note_edits(text)), layers)
    text = simplify(text)
    text = _apply(text, _line_edits(text), layers)
    return Reading(raw, text, {k: simplify(v) for k, v in meta.items()}, spans, (), tuple(layers))


def _apply(text: str, edits: list[Edit], layers: list[Layer]) -> str:
    text, layer = rewrite(text, edits)
    if layer:
        layers.append(layer)
    return text


def _raw_span(layers: list[Layer], start: int, end: int) -> Span:
    for layer in reversed(layers):
        start, end = layer.source_span(start, end)
    return start, end


def _line_edits(text: str) -> list[Edit]:
    import re

    edits = [Edit(m.start(), m.end(), "\n" if "\n" in m[0] else " ") for m in re.finditer(r"\s{2,}", text)]
    if edits and edits[0].start == 0:
        edits[0] = edits[0]._replace(text="")
    if edits and edits[-1].end == len(text):
        edits[-1] = edits[-1]._replace(text="")
    return edits
