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
    pieces: list[Piece] = []
    at = start
    for mark in marks:
        if mark.start > at:
            pieces += _words(text, at, mark.start)
        pieces.append(mark)
        at = mark.end
    if at < end:
        pieces += _words(text, at, end)
    return pieces


def _lay(marks: list[Piece], piece: Piece) -> None:
    if all(piece.end <= mark.start or mark.end <= piece.start for mark in marks):
        marks.append(piece)


def _words(text: str, start: int, end: int) -> Sequence[Piece]:
    pieces = [Piece(*word) for word in tag(text[start:end], start)]
    for n, piece in enumerate(pieces[:-1]):  # the dictionary knows 该项 and cuts 该项目 after it
        if piece.text == "该项" and pieces[n + 1].text.startswith("目"):
            behind = pieces[n + 1]
            pieces[n] = Piece(piece.start, piece.start + 1, "该", "r")
            pieces[n + 1] = Piece(piece.start + 1, behind.end, "项" + behind.text, "n")
    return pieces
