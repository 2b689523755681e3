"""A sentence as a row of pieces: mentions where they stand, words in between.

Knows how to lay mentions over words; leaves out what either means.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from extract.mentions import Actor, Place, Quantity, Time
from extract.words import tag

Mention = Quantity | Time | Place | Actor


class Piece(NamedTuple):
    """One word or one mention. `flag` is jieba's tag for a word; Q, T, A, P for a mention; Z for a qualifier (超过)."""

    start: int
    end: int
    text: str
    flag: str
    mention: Mention | None = None


def cut_pieces(
    text: str,
    start: int,
    end: int,
    quantities: Iterable[Quantity],
    times: Iterable[Time],
    actors: Iterable[Actor],
    places: Iterable[Place],
) -> list[Piece]:
    """The pieces of text[start:end] in order, without gaps. Of mentions that overlap, the earlier argument wins."""
    marks: list[Piece] = []
    for q in quantities:
        if q.qualifier is not None:
            _lay(marks, Piece(q.qualifier[0], q.qualifier[1], text[q.qualifier[0] : q.qualifier[1]], "Z"))
        _lay(marks, Piece(q.start, q.end, q.text, "Q", q))
    for flag, mentions in (("T", times), ("A", actors), ("P", places)):
        for m in mentions:
            _lay(marks, Piece(m.start, m.end, m.text, flag, m))
    marks.sort()
    return _laid_out(text, start, end, marks)


_GAP = "\n"  # stands for a mention while the words are cut: no sentence holds one, and no word reaches across it


def _laid_out(text: str, start: int, end: int, marks: Sequence[Piece]) -> list[Piece]:
    """Words and marks in order. All words are cut in one call, because a call costs as much as ten words."""
    parts: list[str] = []
    at = start
    for mark in marks:
        parts.append(text[at : mark.start])
        at = mark.end
    parts.append(text[at:end])
    pieces: list[Piece] = []
    marked = iter(marks)
    at = start
    for _, _, word, flag in tag(_GAP.join(parts)):
        if word == _GAP:
            mark = next(marked)
            pieces.append(mark)
            at = mark.end
        else:
            piece = Piece(at, at + len(word), word, flag)
            at = piece.end
            if word.startswith("目") and pieces and pieces[-1].text == "该项":  # the dictionary cuts 该项目 after 该项
                pieces[-1] = Piece(piece.start - 2, piece.start - 1, "该", "r")
                piece = Piece(piece.start - 1, piece.end, "项" + word, "n")
            pieces.append(piece)
    return pieces


def _lay(marks: list[Piece], piece: Piece) -> None:
    if all(piece.end <= mark.start or mark.end <= piece.start for mark in marks):
        marks.append(piece)
