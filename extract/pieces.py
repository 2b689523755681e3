"""A sentence as a row of pieces: mentions where they stand, words in between.

Knows how to lay mentions over words; leaves out what either means.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from extract.mentions import Actor, Place, Quantity, Time
from extract.words import Word, tag

Mention = Quantity | Time | Place | Actor


class Mark(NamedTuple):
    """A mention among words. `flag` is Q, T, A or P for its kind, Z for a qualifier (超过), which has no mention."""

    start: int
    end: int
    text: str
    flag: str
    mention: Mention | None = None


Piece = Word | Mark

_GAP = "\n"  # stands for each character of a mention while words are cut: no sentence holds one, no word reaches across


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
    marks: list[Mark] = []
    for q in quantities:
        if q.qualifier is not None:
            _lay(marks, Mark(q.qualifier[0], q.qualifier[1], text[q.qualifier[0] : q.qualifier[1]], "Z"), start, end)
        _lay(marks, Mark(q.start, q.end, q.text, "Q", q), start, end)
    for flag, mentions in (("T", times), ("A", actors), ("P", places)):
        for m in mentions:
            _lay(marks, Mark(m.start, m.end, m.text, flag, m), start, end)
    marks.sort()
    parts: list[str] = []
    at = start
    for mark in marks:
        parts += (text[at : mark.start], _GAP * (mark.end - mark.start))
        at = mark.end
    parts.append(text[at:end])
    return _laid_out(tag("".join(parts), start), marks)  # one call for all words: a call costs as much as ten words


def _lay(marks: list[Mark], new: Mark, start: int, end: int) -> None:
    if new.start < start or new.end > end:
        return
    for mark in marks:
        if mark.start < new.end and new.start < mark.end:
            return
    marks.append(new)


def _laid_out(words: list[Word], marks: list[Mark]) -> list[Piece]:
    pieces: list[Piece] = []
    rest = iter(marks)
    covered = -1  # end of the last mark laid
    for word in words:
        if word.text == _GAP:
            if word.start >= covered and (mark := next(rest, None)) is not None:
                pieces.append(mark)
                covered = mark.end
        elif word.text[0] == "目" and pieces and pieces[-1].text == "该项":  # the dictionary cuts 该项目 after 该项
            pieces[-1] = Word(word.start - 2, word.start - 1, "该", "r")
            pieces.append(Word(word.start - 1, word.end, "项" + word.text, "n"))
        else:
            pieces.append(word)
    return pieces
