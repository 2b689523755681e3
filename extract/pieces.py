"""A sentence as a row of pieces: mentions where they stand, words in between.

Knows how to lay mentions over words; leaves out what either means.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise
from operator import itemgetter
from typing import NamedTuple

from extract.mentions import Actor, Place, Quantity, Time, make
from extract.words import Word, tagged

Mention = Quantity | Time | Place | Actor


class Mark(NamedTuple):
    """A mention among words. `flag` is Q, T, A or P for its kind, Z for a qualifier (超过), which has no mention."""

    start: int
    end: int
    text: str
    flag: str
    mention: Mention | None = None


Piece = Word | Mark
text_of = itemgetter(2)  # of a piece, where many are joined

_GAP = "\n"  # stands for a mention while words are cut: no sentence holds one, no word reaches across


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
    laid: list[Mark] = []
    for q in quantities:
        left, right, words, qualifier = q[0], q[1], q[2], q[8]
        if qualifier is not None:
            begins, ends = qualifier
            if start <= begins and ends <= end:
                laid.append(make(Mark, (begins, ends, text[begins:ends], "Z", None)))
        if start <= left and right <= end:
            laid.append(make(Mark, (left, right, words, "Q", q)))
    for flag, mentions in (("T", times), ("A", actors), ("P", places)):
        for m in mentions:
            left, right = m.start, m.end
            if start <= left and right <= end:
                laid.append(make(Mark, (left, right, m.text, flag, m)))
    marks = _apart(laid)
    parts: list[str] = []
    at = start
    for mark in marks:
        parts += (text[at : mark.start], _GAP)
        at = mark.end
    parts.append(text[at:end])
    # \r and the gap behind it would be one word; all words are cut at once, because a call costs as much as ten words
    return _laid_out("".join(parts).replace("\r", " "), start, marks)


def _apart(laid: list[Mark]) -> list[Mark]:
    """Marks in the order of the text; of those that overlap, the one laid first."""
    marks = sorted(laid, key=itemgetter(0))
    for one, two in pairwise(marks):
        if two[0] < one[1]:
            break
    else:
        return marks
    marks = []
    for mark in laid:
        if not any(other.start < mark.end and mark.start < other.end for other in marks):
            marks.append(mark)
    return sorted(marks)


def _laid_out(text: str, at: int, marks: list[Mark]) -> list[Piece]:
    """The words of `text`, which begins at offset `at`, with the next of `marks` for each gap."""
    pieces: list[Piece] = []
    ahead = iter(marks)
    for word, flag in tagged(text):
        if word == _GAP and (mark := next(ahead, None)) is not None:
            pieces.append(mark)
            at = mark.end
            continue
        end = at + len(word)
        pieces.append(make(Word, (at, end, word, flag)))
        at = end
    return _mended(text, pieces) if _TO_BE_MENDED.search(text) else pieces


# Asked in one go; no alternative begins with a class, so that the search can skip.
_GLUED = "|".join(f"{tail}[为达超]" for tail in "收数额率量值价比费村镇县店户企次") + "|指[涨跌]"
_TO_BE_MENDED = re.compile(f" |\u3000|\xa0|—|惠及|进度|价格|成本|共出动|初中|本科|该项目|线[上下]|到会|数最|及其他|{_GLUED}")


def _mended(text: str, pieces: list[Piece]) -> list[Piece]:
    """The pieces of `text` as a reader would cut them."""
    if " " in text or "\u3000" in text or "\xa0" in text:
        pieces = _without_spaces(pieces)
    if "惠及" in text or "进度" in text or "价格" in text or "成本" in text or "共出动" in text or "初中" in text or "本科" in text:
        pieces = [mended for piece in pieces for mended in _as_meant(piece)]
    if "—" in text:
        _mend_dash(pieces)
    if "该项目" in text:
        _mend_this_project(pieces)
    if "线上" in text or "线下" in text:
        if "线上线下" in text:
            _mend_both_ways(pieces)
        _mend_online(pieces)
    if "到会" in text:
        _mend_attending(pieces)
    if "数最" in text:
        _mend_most(pieces)
    if "及其他" in text:
        _mend_and_others(pieces)
    return _unglued(pieces) if _GLUED_WORD.search("\n".join([piece.text for piece in pieces])) else pieces


# The dictionary has 惠及 as a place, 进度 as an adverb, 初中 as a side, 本科 as a pronoun, and a thing with what it does as one noun.
_MEANT = {
    "惠及": ("惠及", "v", "", ""), "进度": ("进度", "n", "", ""), "初中": ("初中", "n", "", ""), "本科": ("本科", "n", "", ""), "共出动": ("共", "d", "出动", "v"), "价格上涨": ("价格", "n", "上涨", "v"),
    "价格下降": ("价格", "n", "下降", "v"), "成本上升": ("成本", "n", "上升", "v"), "成本增加": ("成本", "n", "增加", "v"),
}  # fmt: skip


def _as_meant(piece: Piece) -> list[Piece]:
    if isinstance(piece, Mark) or piece.text not in _MEANT:
        return [piece]
    first, flag, second, tail = _MEANT[piece.text]
    border = piece.start + len(first)
    return [Word(piece.start, border, first, flag), *([Word(border, piece.end, second, tail)] if second else [])]


# 成交额达到 4982 亿元, 天猫双 11: many pages set numbers and Latin words off by spaces, which say nothing.
def _without_spaces(pieces: list[Piece]) -> list[Piece]:
    """Without the spaces that part no two Latin words (Blue River Capital); between Chinese words one parts clauses."""
    last = len(pieces) - 1
    return [
        piece for n, piece in enumerate(pieces)
        if isinstance(piece, Mark) or not piece.text.isspace() or (0 < n < last and _parts(pieces[n - 1], pieces[n + 1]))
    ]  # fmt: skip


def _parts(one: Piece, two: Piece) -> bool:
    """Whether a space between two pieces says something: Blue|River; 海关查获废料|二十人被捕, as headlines part clauses."""
    left, right = one.text[-1], two.text[0]
    if one.flag == "Z":
        return False
    return left.isalpha() and right.isalpha() and left.isascii() == right.isascii()


# 净营收为 is cut 净营|收为, 客单价达 客单|价达: the last syllable of a thing and what ties it to its amount are no word.
_GLUED_WORD = re.compile(f"(?:{_GLUED})$", re.MULTILINE)  # of words, one a line


def _unglued(pieces: list[Piece]) -> list[Piece]:
    mended: list[Piece] = []
    for piece in pieces:
        if isinstance(piece, Mark) or not _GLUED_WORD.match(piece.text[-2:]):
            mended.append(piece)
            continue
        start, end, (*first, tail, link), _ = piece
        if first:  # 营收达
            mended.append(Word(start, end - 1, piece.text[:-1], "n"))
            mended.append(Word(end - 1, end, link, "v"))
            continue
        before = mended[-1] if mended else None
        if isinstance(before, Word) and (before.flag in ("n", "nz", "vn", "v", "j", "b") or tail == "指"):  # 道|指跌
            mended[-1] = Word(before.start, start + 1, before.text + tail, "n")
        else:
            mended.append(Word(start, start + 1, tail, "n"))
        mended.append(Word(start + 1, start + 2, link, "v"))
    return mended


def _mend_dash(pieces: list[Piece]) -> None:
    """The dash of 中国—东盟 joins; one that is doubled or stands behind a mark parts."""
    for n in range(1, len(pieces) - 1):
        dash = pieces[n]
        if dash.text == "—" and pieces[n - 1].text[-1] in _NAMES_END and pieces[n + 1].flag in _IN_NAMES:
            pieces[n] = Word(dash.start, dash.end, "-", "x")


_IN_NAMES = frozenset(("n", "ns", "nr", "nz", "nt", "j", "A", "P"))
_NAMES_END = frozenset("国洲亚盟欧美非")


def _mend_both_ways(pieces: list[Piece]) -> None:
    """线上线下 is cut 线|上线|下."""
    for n in range(len(pieces) - 2, 0, -1):
        if pieces[n].text == "上线" and pieces[n - 1].text == "线" and pieces[n + 1].text == "下":
            start, end = pieces[n - 1].start, pieces[n + 1].end
            pieces[n - 1 : n + 2] = [Word(start, start + 2, "线上", "n"), Word(start + 2, end, "线下", "n")]


def _mend_online(pieces: list[Piece]) -> None:
    """线上展 is cut 线|上展, and the 展 of 线下|展 is taken for a verb."""
    for n in range(1, len(pieces)):
        two = pieces[n]
        if two.text not in _ONLINE_TAILS:
            continue
        one = pieces[n - 1]
        if one.text == "线" and two.text != "展":
            pieces[n - 1] = Word(one.start, one.end + 1, "线上", "n")
            pieces[n] = Word(one.end + 1, two.end, two.text[1:], "v" if two.text[1:] == "开" else "n")
        elif one.text in ("线上", "线下") and two.text == "展":
            pieces[n] = Word(two.start, two.end, "展", "n")


_ONLINE_TAILS = frozenset(("上展", "上店", "上开", "展"))


def _mend_attending(pieces: list[Piece]) -> None:
    """到会 is cut 到|会, which would be a helper that ties an amount."""
    for n in range(len(pieces) - 1, 0, -1):
        one, two = pieces[n - 1], pieces[n]
        if one.text == "到" and two.text == "会" and (n + 1 == len(pieces) or pieces[n + 1].flag not in ("v", "vn", "d", "p")):
            pieces[n - 1 : n + 1] = [Word(one.start, two.end, "到会", "v")]


def _mend_most(pieces: list[Piece]) -> None:
    """人数最多 is cut 人|数最多."""
    for n in range(1, len(pieces)):
        one, two = pieces[n - 1], pieces[n]
        if two.text.startswith("数最") and isinstance(one, Word):
            pieces[n - 1] = Word(one.start, one.end + 1, one.text + "数", "n")
            pieces[n] = Word(one.end + 1, two.end, two.text[1:], "d")


def _mend_and_others(pieces: list[Piece]) -> None:
    """The dictionary cuts 及其他 after 及其."""
    for n in range(1, len(pieces)):
        one, two = pieces[n - 1], pieces[n]
        if one.text == "及其" and two.text == "他":
            pieces[n - 1] = Word(one.start, one.start + 1, "及", "c")
            pieces[n] = Word(one.start + 1, two.end, "其他", "b")


def _mend_this_project(pieces: list[Piece]) -> None:
    """The dictionary cuts 该项目 after 该项."""
    for n in range(1, len(pieces)):
        one, two = pieces[n - 1], pieces[n]
        if one.text == "该项" and two.text.startswith("目"):
            pieces[n - 1] = Word(one.start, one.start + 1, "该", "r")
            pieces[n] = Word(one.start + 1, two.end, "项" + two.text, "n")
