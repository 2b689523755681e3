"""A title for an event: at most 30 characters that stand alone.

Knows how to take a clause apart: dates, brackets, connectives, adverbs and offices go, names become canonical, a missing
subject and 双方 or 其 are filled in. Leaves out new words: everything in a title stands in the article.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from extract.mentions import Actor, Time
from extract.triggers import Trigger
from extract.words import tag

LONGEST = 30

# Ends that only lead over to what is said.
_TAIL = re.compile(r"(?:时|中|后)?(?:了解到|获悉|表示|称|说|指出|看到|发现)?$")
_LEADING = re.compile(
    r"^(?:[\s,，、。:：;；“”\"'—·•)）]|此外|同时|与此同时|而且|而|但是|但|不过|其中|另外|据悉|据了解|据介绍|事实上|其实|随后|之后|此后|后来|此前|彼时|目前|如今|至此"
    r"|因此|于是|所以|然后|接着|比如|例如|尤其|特别是|值得一提的是|早在|早于|就在|自从|自|从|于|截至|近日|日前|最近|当时|当天|当日|那天|期间|同年|在此期间|另一方面|一方面|并且)+"
)
_BRACKET = re.compile(r"[（(][^（()）]{0,40}[)）]")
_BEHIND_TIME = re.compile(r"^(?:晚间|晚|上午|下午|傍晚|凌晨|中午|夜|起|开始|以来|以后|之后|后|前后|,|，|、|的)+")
# 阿里巴巴集团董事局主席 兼 首席执行官: what stands between an organisation and the person it belongs to.
_PRONOUN = {"双方", "两者", "两家公司", "其", "它", "他", "她", "该公司", "公司", "他们", "它们", "该集团", "我们"}
_DROPPED_FLAGS = {"d", "c", "y", "e", "ul", "uz", "ug", "ad", "t", "f"}
_KEPT_ADVERBS = {"不", "没", "没有", "未", "首次", "再次", "第三次", "再", "免费", "共同", "联合", "恐怖", "照常"}


_LEADING_WORDS = frozenset(["并", "还", "也", "又", "再", "到", "在", "于", "从", "自", "与", "是", "由", "而", "但", "则", "就", "让", "使", "了", "的", "、", "为", "因"])


class _Piece(NamedTuple):
    text: str
    flag: str  # jieba's tag; "actor" for a name, "trigger" for the trigger word


def title(
    text: str, span: tuple[int, int], trigger: Trigger, actors: Sequence[Actor], times: Sequence[Time], subjects: Sequence[str]
) -> str:
    """The clause at `span` as a title. `subjects` are the names to put in front where the clause has none of its own."""
    pieces = _pieces(text, span, trigger, actors, times)
    pieces = _resolved(pieces, subjects)
    if subjects and not _has_subject(pieces):
        pieces = [_Piece(_joined(subjects), "actor"), *pieces]
    while pieces and pieces[0].text in _LEADING_WORDS:
        pieces = pieces[1:]
    kept = [piece for piece in pieces if _is_kept(piece)]
    if _length(kept) > LONGEST:
        kept = _without_modifiers(kept)
    return _cut(kept)


def _pieces(
    text: str, span: tuple[int, int], trigger: Trigger, actors: Sequence[Actor], times: Sequence[Time]
) -> list[_Piece]:
    """The words of the clause, with names, the trigger and what is left out marked as such."""
    start, end = span
    cuts: list[tuple[int, int, _Piece | None]] = [(trigger.start, trigger.end, _Piece(trigger.text, "trigger"))]
    for time in times:
        behind = _BEHIND_TIME.match(text[time.end : min(end, time.end + 6)])
        cuts.append((time.start, time.end + (behind.end() if behind else 0), None))
    cuts += [(actor.start, actor.end, _Piece(_as_called(actor), "actor")) for actor in actors]
    cuts += [(start + m.start(), start + m.end(), None) for m in _BRACKET.finditer(text[start:end])]
    cuts.sort(key=lambda cut: (cut[0], -cut[1]))
    pieces: list[_Piece] = []
    at = start
    for begin, stop, piece in cuts:
        if begin < at or stop > end:
            continue
        pieces += _words(text[at:begin], first=not pieces)
        if piece:
            if piece.flag == "actor" and _is_person(actors, begin):
                _drop_office(pieces, actors, begin)
            pieces.append(piece)
        at = stop
    return pieces + _words(text[at:end], first=not pieces)


def _as_called(actor: Actor) -> str:
    """As the article calls it; a short form only this article knows is written out."""
    return actor.name if actor.rule in ("surname and office", "named before in the article") else actor.text


def _words(text: str, first: bool) -> list[_Piece]:
    if first:
        text = _LEADING.sub("", text)
    return [_Piece(word.text, word.flag) for word in tag(text)] if text else []


def _is_person(actors: Sequence[Actor], start: int) -> bool:
    return any(actor.start == start and actor.type == "person" for actor in actors)


def _drop_office(pieces: list[_Piece], actors: Sequence[Actor], start: int) -> None:
    """托比网CEO刘宁波 becomes 刘宁波: the office and what it belongs to go."""
    role = next(actor.role for actor in actors if actor.start == start)
    while role and pieces:
        last = pieces[-1].text
        if pieces[-1].flag == "trigger" or not (role.endswith(last) or pieces[-1].flag == "actor"):
            return
        if pieces[-1].flag == "actor":
            pieces.pop()
            return
        role = role[: -len(last)]
        pieces.pop()


def _resolved(pieces: list[_Piece], subjects: Sequence[str]) -> list[_Piece]:
    """双方, 其, 该公司 ahead of the trigger stand for the subjects."""
    for index, piece in enumerate(pieces):
        if piece.flag == "trigger":
            break
        if piece.text in _PRONOUN and subjects:
            return [*pieces[:index], _Piece(_joined(subjects), "actor"), *pieces[index + 1 :]]
    return pieces


def _joined(names: Sequence[str]) -> str:
    return "与".join([names[0], "、".join(names[1:3])]) if len(names) > 1 else names[0]


def _has_subject(pieces: Sequence[_Piece]) -> bool:
    """A name or noun ahead of the trigger that no preposition governs."""
    governed = False
    for piece in pieces:
        if piece.flag == "trigger":
            return False
        if piece.flag == "p" or piece.text in ("在", "对", "向", "把", "将", "以", "从", "由", "被"):
            governed = piece.text not in ("与", "和", "同")
        elif (piece.flag == "actor" or piece.flag.startswith(("n", "j", "eng", "r"))) and not governed:
            return True
        elif piece.flag in ("x", "f") or piece.flag.startswith("v"):
            governed = False
    return False


def _is_kept(piece: _Piece) -> bool:
    if piece.flag in ("actor", "trigger") or piece.text in _KEPT_ADVERBS:
        return True
    return piece.flag not in _DROPPED_FLAGS and not piece.text.isspace()


def _length(pieces: Sequence[_Piece]) -> int:
    return sum(len(piece.text) for piece in pieces)


def _without_modifiers(pieces: list[_Piece]) -> list[_Piece]:
    """Too long: of 关于落实双方合作的行动方案 only the noun behind the last 的 is kept, first behind the trigger."""
    at = next((i for i, piece in enumerate(pieces) if piece.flag == "trigger"), 0)
    for begin, stop in ((at + 1, len(pieces)), (0, at)):
        marks = [i for i in range(begin, stop) if pieces[i].text == "的"]
        if not marks or _length(pieces) <= LONGEST:
            continue
        last = marks[-1]
        first = next((i for i in range(last - 1, begin - 1, -1) if pieces[i].flag in ("x", "actor", "p")), begin - 1) + 1
        pieces = pieces[:first] + pieces[last + 1 :]
        at -= 0
    return pieces


def _cut(pieces: Sequence[_Piece]) -> str:
    """Whole words up to the limit; marks at the ends are taken off."""
    result = ""
    for piece in pieces:
        if len(result) + len(piece.text) > LONGEST:
            break
        result += piece.text
    result = re.sub(r"[\s“”\"「」]", "", result)
    return result.strip("，,、。：:；;的与和及")
