"""A title told of the thing that a deed describes: 成立于2003年的X is X成立, 高层下发的《意见》 is 高层下发《意见》.

Knows where that thing begins and ends. Leaves out who did it and what stays of the words (`titles.py`).
"""

from __future__ import annotations

from collections.abc import Sequence

from extract.lexicons import set_in
from extract.meeting_words import meeting_words
from extract.shortening import LINKS, MARKS, Piece, is_nominal, length_of, trigger_at
from extract.title_pieces import FROM, LEFT_OUT
from extract.triggers import Trigger, coming_to_be, words_for
from extract.words import is_word


def told_of_thing(pieces: list[Piece], trigger: Trigger) -> list[Piece]:
    """高层下发的《意见》 is 高层下发《意见》, 成立于2003年的X is X成立: what stands around it is another story."""
    at = trigger_at(pieces)
    behind, where = _described_behind(pieces, at, trigger)
    if behind >= len(pieces) or pieces[behind].text != "的" or pieces[at].flag != "trigger":
        return pieces
    stop = first = behind + 1
    if stop < len(pieces) and pieces[stop].text in ("“", "「"):  # 举行的“2016年座谈会暨签约”会: the quoted words are its name
        stop = first = next((i for i in range(stop, len(pieces)) if pieces[i].text in ("”", "」")), stop)
    elif (held := _gathering_ends(pieces, stop)) and trigger.text in words_for("held"):
        stop = held  # 举行的第五届进博会筹备通报会暨签约仪式|上: whatever words its name is made of
    while stop < len(pieces) and pieces[stop].text not in set_in("titles", "ends a described thing") and (stop == first or not _is_verb(pieces[stop])):
        if pieces[stop].flag in ("time", "period") and stop == first:
            first += 1
        stop += 1
        if pieces[stop - 1].text == "》" or (pieces[stop - 1].flag == "actor" and stop - behind > 1 and not _is_held(pieces[stop : stop + 3])):
            break
    thing = pieces[behind + 1 : stop]
    if not thing or (where and length_of(thing) < _SHORTEST_THING) or (trigger.text == "生于" and not _is_persons_name(thing)):
        return pieces  # 生于临江市的|孩子|入学
    if thing[-1].text.endswith(("会上", "坛上", "式上")):  # 6月7日举行的年会上
        thing[-1] = thing[-1]._replace(text=thing[-1].text[:-1])
    doer: list[Piece] = []
    for index in range(at - 1, -1, -1):
        piece = pieces[index]
        if piece is FROM and index and pieces[index - 1].flag == "actor" and trigger.text not in coming_to_be():
            continue  # 甲与乙于1月16日签订的协议
        if piece.flag[0] in "nbjm" or piece.flag in ("actor", "eng") or piece.text in LINKS or piece.text == "、":
            doer.insert(0, piece)
        elif piece.flag[0] != "d" and piece is not LEFT_OUT:
            break
    while doer and (doer[0].text in LINKS or doer[0].text == "、"):
        doer.pop(0)
    ahead = next((piece for piece in reversed(pieces[: at - len(doer)]) if piece.text), None)
    if doer and ahead is not None and ahead.text == "在" and trigger.text in coming_to_be():
        return [*thing, pieces[at]]  # 在临江市举行的年会
    if doer and ahead is not None and ahead.text in ("向", "对", "给", "与", "和", "在"):
        return [*pieces[: at + 1], *thing]
    if not doer and (where or trigger.text in coming_to_be()):
        return [*thing, pieces[at], *where]
    return [*doer, pieces[at], *thing]


def _gathering_ends(pieces: Sequence[Piece], start: int) -> int:
    """Where the name of a gathering ends that begins at `start` and leads over with 上 to what was said there, or with a word for one; 0 where none does."""
    stop = next((i for i in range(start, len(pieces)) if pieces[i].text and (pieces[i].text == "上" or pieces[i].text in MARKS)), 0)
    if stop and pieces[stop].text == "上" and pieces[stop - 1].text.endswith(meeting_words("ends of what is held")):
        return stop
    return next((i + 1 for i in range(start, stop or len(pieces)) if pieces[i].text in meeting_words("held")), 0)


def _described_behind(pieces: Sequence[Piece], at: int, trigger: Trigger) -> tuple[int, list[Piece]]:
    """Where the 的 may stand that makes the deed describe a thing, and where that thing went: 落户|临江市|的X."""
    behind = at + 1
    while behind < len(pieces) and behind < at + 3 and pieces[behind].text in ("", "于", "在", "了"):
        behind += 1
    if trigger.text not in words_for("goes somewhere"):
        return behind, []
    first = behind
    while behind < len(pieces) and behind < first + 3 and pieces[behind].text != "的" and not _is_verb(pieces[behind]) and (is_nominal(pieces[behind]) or pieces[behind].flag == "period"):
        behind += 1
    return behind, list(pieces[first:behind])


def _is_persons_name(pieces: Sequence[Piece]) -> bool:
    """Whether the words are a name or none of the dictionary: 周|立人, not 孩子|入学."""
    return all(piece.flag in ("nr", "actor") or len(piece.text) == 1 or not is_word(piece.text) for piece in pieces)


_SHORTEST_THING = 3  # 人, 孩子 are no thing that a title can be of


def _is_verb(piece: Piece) -> bool:
    """Whether a word is a verb or an adverb; one that the dictionary does not hold is a name, whatever it is tagged."""
    return piece.flag in ("v", "d") and (is_word(piece.text) or piece.text[0] in "中上时后")


def _is_held(behind: Sequence[Piece]) -> bool:
    """Whether a gathering's name goes on behind an actor: 国务院|常务会议, 国务院办公厅|新闻发布会."""
    return any(piece.text.endswith(("会", "会议", "论坛", "仪式", "活动")) for piece in behind if is_nominal(piece))
