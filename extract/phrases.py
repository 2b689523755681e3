"""Noun phrases beside an amount: how far what is counted reaches back, and how far it reaches forward.

Knows which words a Chinese noun phrase holds and where it ends, on the pieces of one sentence. Leaves out what
the phrase is used for (`measures.py`). Words tags are hints, so every stop word that matters is named here or in
`lexicon/measures.yaml`.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from extract.lexicons import read_lexicon
from extract.pieces import Piece

LONGEST = 26  # characters a phrase may reach; a card shows about half of that
LONGEST_ACTION = 14  # characters of 坚持照常营业 in 坚持照常营业的门店

_BREAKS = frozenset(",，;；:：。！？!?\n—…|·")
_OPEN, _CLOSE = "（(", "）)"
_QUOTES = frozenset("“”\"‘’《》「」『』【】")
_JOINS = frozenset("和与及或暨兼、")
# Adverbs that are part of a name: 日均出入境旅客, 未使用互联网的人口, 累计投资.
_NAMING_ADVERBS = frozenset("非 未 不 没有 最 新 总 净 均 全 日均 月均 年均 累计 平均 共同 直接 相关 初步 正在 已经".split())
# Words that only look like the head of a phrase: in 高峰时已经达到了260万单 nothing is named.
_NO_HEADS = frozenset("时 后 前 中 内 里 上 下 间 期间 以来 之后 之前 同时 其中 此外 同期 方面 背景 情况 基础 过程 之内 以上 以下 左右 此 该 其 为止".split())
_NOUNISH = frozenset("n b a j l i f s an vn nr ns nt nz ng g k h eng q z nrt nrfg vg m ad tg".split())
_PARTICLES = frozenset("uj ul uz ug ud uv u c d p r y e o zg df".split())
_HELPERS = frozenset("能 会 要 可以 将 能够 应 应该 可 可能 必须 需 需要 想 愿意 正 便 就 才 已 已经 都 也 还 又 再 却 则 而 仍 仍然".split())


class Phrase(NamedTuple):
    """A phrase of the text (or put together from it). `subject` is the actor or place it began with, left out of `text`."""

    text: str
    start: int
    end: int
    subject: Piece | None = None


@cache
def words_of(group: str) -> frozenset[str]:
    """The words of one group of `lexicon/measures.yaml`."""
    return next(frozenset(entry["words"]) for entry in read_lexicon("measures") if entry["group"] == group)


@cache
def tails_of(*groups: str) -> tuple[str, ...]:
    """The words of several groups, for `str.endswith`."""
    return tuple(sorted((word for group in groups for word in words_of(group)), key=len, reverse=True))


def is_break(piece: Piece) -> bool:
    return piece.text in _BREAKS


def clause_bounds(pieces: Sequence[Piece], i: int) -> tuple[int, int]:
    """Indexes (low, high) of the clause around pieces[i]; brackets close a clause off as commas do."""
    low, depth = i, 0
    while low > 0:
        text = pieces[low - 1].text
        if text in _BREAKS:
            break
        if text in _CLOSE:
            depth += 1
        elif text in _OPEN:
            if depth == 0:
                break
            depth -= 1
        low -= 1
    high, depth = i + 1, 0
    while high < len(pieces):
        text = pieces[high].text
        if text in _BREAKS or (text in _CLOSE and depth == 0):
            break
        depth += (text in _OPEN) - (text in _CLOSE)
        high += 1
    return low, high


def phrase_before(pieces: Sequence[Piece], low: int, i: int) -> Phrase | None:
    """The noun phrase that ends before pieces[i], not reaching below pieces[low].

    Accepts a relative clause in front of its 的 (来自全球各地、完成过成交的采购商), because that is what tells a card
    from the next one; drops an actor in front (阿里巴巴的核心商业收入 is 核心商业收入) and keeps it as `subject`.
    """
    end = i
    while end > low and (pieces[end - 1].flag in ("d", "Z", "ul", "uj", "c", "zg") or pieces[end - 1].text in _HELPERS):
        end -= 1
    kept: list[Piece] = []
    length = 0
    relative = False
    subject: Piece | None = None
    j = end - 1
    while j >= low:
        piece = pieces[j]
        if piece.text in _CLOSE:
            j = _opening(pieces, j, low) - 1
            continue
        if piece.flag in ("A", "P") and (not relative or j == low or not kept):
            subject, keep = _leading_subject(pieces, j, low, kept)
            if not keep:
                break
        elif not _joins_phrase(pieces, j, low, kept, relative):
            break
        length += len(piece.text)
        if length > LONGEST:
            break
        relative = relative or (piece.flag == "uj" and bool(kept))
        kept.append(piece)
        j -= 1
    kept.reverse()
    return _trimmed(kept, subject)


def _opening(pieces: Sequence[Piece], j: int, low: int) -> int:
    for k in range(j - 1, max(low, j - 14) - 1, -1):
        if pieces[k].text in _OPEN:
            return k
    return j


def _leading_subject(pieces: Sequence[Piece], j: int, low: int, kept: Sequence[Piece]) -> tuple[Piece | None, bool]:
    """Whether the actor or place at j is the owner in front of the phrase (dropped) or a part of it (kept)."""
    piece = pieces[j]
    rest = sum(len(p.text) for p in kept if p.flag != "uj")
    if piece.flag == "A":
        return (piece, False) if kept else (piece, False)
    return (piece, rest < 4 and bool(kept) and kept[-1].flag != "uj")


def _joins_phrase(pieces: Sequence[Piece], j: int, low: int, kept: Sequence[Piece], relative: bool) -> bool:
    piece = pieces[j]
    flag, text = piece.flag, piece.text
    if flag == "Q":
        return relative
    if flag == "T" or text in _BREAKS or text in _OPEN:
        return False
    if flag == "x":
        return text in _QUOTES or (text == "、" and bool(kept)) or text in "-/·."
    if flag == "uj":
        return bool(kept)
    if text in _JOINS:
        return bool(kept) and j > low and pieces[j - 1].flag not in ("d", "T", "x")
    if text.startswith(("每", "各", "全", "本")) and len(text) <= 3:
        return True
    if flag == "r":
        return text in ("人均", "户均", "每股") or (relative and text.endswith(("地", "处")))
    if flag == "d":
        return text in _NAMING_ADVERBS and bool(kept)
    if flag == "v":
        return _verb_joins(pieces, j, low, relative)
    if flag in ("p", "ul", "uz", "ug"):
        return relative
    if flag in _PARTICLES or flag == "t":
        return False
    return True


def _verb_joins(pieces: Sequence[Piece], j: int, low: int, relative: bool) -> bool:
    text = pieces[j].text
    if text in words_of("light") or text in words_of("link") or text in words_of("have") or text in _HELPERS:
        return relative and text not in ("是", "为", "有", "据", "显示", "表示")
    return True


def _trimmed(kept: list[Piece], subject: Piece | None) -> Phrase | None:
    while kept and (
        kept[0].flag in _PARTICLES
        or (kept[0].flag == "x" and kept[0].text not in "“《「『\"")
        or kept[0].text in _JOINS
        or (kept[0].flag in ("f", "q", "k") and len(kept[0].text) < 3)
        or kept[0].text in _NO_HEADS
    ):
        kept.pop(0)
    while kept and (kept[-1].text in _NO_HEADS or kept[-1].flag in ("uj", "c", "x", "f") and kept[-1].text not in "”》」』\"" or kept[-1].flag == "Q"):
        kept.pop()
    if not kept:
        return Phrase("", 0, 0, subject) if subject else None
    text = "".join(piece.text for piece in kept).strip("、,，和与的")
    if text.count("“") != text.count("”"):
        text = text.replace("“", "").replace("”", "")
    return Phrase(text, kept[0].start, kept[-1].end, subject)


class Following(NamedTuple):
    """What stands behind an amount: `noun` is counted (`owned`: after a 的), `action` is what it does."""

    noun: str
    action: str
    owned: bool


def phrase_after(pieces: Sequence[Piece], i: int, high: int) -> Following:
    """The noun behind the amount pieces[i] and what is said of it, up to pieces[high].

    Of several amounts joined by 、 the noun may stand behind the last (超过4000万件、总价值4.68亿元的医疗物资), and so may the
    action (11.4万家企业、37.1万员工兑付补贴).
    """
    j = _skip(pieces, i + 1, high)
    owned = j < high and pieces[j].flag == "uj"
    if owned:
        j += 1
    noun, j = _noun(pieces, j, high)
    if not noun and not owned:
        k = _next_joined(pieces, j, high)
        if k:
            return phrase_after(pieces, k, high)
    while True:
        k = _next_joined(pieces, j, high)
        if not k:
            break
        j = _skip(pieces, k + 1, high)
        _, j = _noun(pieces, j, high)
    return Following(noun, _action(pieces, j, high), owned)


def _skip(pieces: Sequence[Piece], j: int, high: int) -> int:
    while j < high and (pieces[j].flag == "Z" or pieces[j].text in ("/", "左右", "以上", "以下", "以内", "上下", "多", "余")):
        j += 1
    return j


def _next_joined(pieces: Sequence[Piece], j: int, high: int) -> int:
    """Index of the amount that carries on the row (…、…Q), or 0."""
    if j >= high or pieces[j].text not in ("、", "和", "及", "与", "以及"):
        return 0
    return next((k for k in range(j + 1, min(high, j + 6)) if pieces[k].flag == "Q"), 0)


def _noun(pieces: Sequence[Piece], j: int, high: int) -> tuple[str, int]:
    kept: list[Piece] = []
    length = 0
    while j < high:
        piece = pieces[j]
        if not _carries_noun(pieces, j, high, bool(kept)):
            break
        length += len(piece.text)
        if length > LONGEST:
            break
        kept.append(piece)
        j += 1
    while kept and (kept[-1].text in _JOINS or kept[-1].flag in ("uj", "f", "c") or kept[-1].text in "“《「『"):
        kept.pop()
        j -= 1
    if kept and kept[-1].text in _NO_HEADS:
        return "", j
    return "".join(p.text for p in kept).strip("“”\"、"), j


def _carries_noun(pieces: Sequence[Piece], j: int, high: int, begun: bool) -> bool:
    piece = pieces[j]
    flag, text = piece.flag, piece.text
    if flag in ("Q", "T", "Z") or text in _BREAKS or text in _OPEN or text in _CLOSE or text in _HELPERS:
        return False
    if text in _QUOTES:
        return True
    if flag == "x":
        return text in "-+/·" and begun
    if text in _JOINS:
        return begun and j + 1 < high and pieces[j + 1].flag in _NOUNISH | {"A", "P"}
    if flag in ("A", "P"):
        return True
    if flag == "uj":
        return begun
    if flag == "v":
        # A verb inside a name has its noun behind it (采购 订单, 签约 项目); 企业 报名 does something.
        behind = pieces[j + 1] if j + 1 < high else None
        return (
            behind is not None and behind.flag in ("n", "vn", "ng", "nz") and text not in words_of("light")
            and (not begun or pieces[j - 1].flag in ("uj", "b", "a", "j") or len(text) == 1)
        )  # fmt: skip
    return flag in _NOUNISH


def _action(pieces: Sequence[Piece], j: int, high: int) -> str:
    """坚持照常营业, 跑在阿里云上: what the counted ones do, without 了 and helpers."""
    while j < high and (pieces[j].flag in ("d", "zg", "ul") or pieces[j].text in _HELPERS):
        j += 1
    if j >= high or pieces[j].flag not in ("v", "p", "vn") or pieces[j].text in words_of("link") | {"等", "是"}:
        return ""
    parts: list[str] = []
    length = 0
    while j < high and pieces[j].flag not in ("Q", "Z") and not is_break(pieces[j]):
        piece = pieces[j]
        if piece.flag not in ("ul",) and piece.text not in ("进行",):
            length += len(piece.text)
            if length > LONGEST_ACTION:
                break
            parts.append(piece.text)
        j += 1
    return "".join(parts).strip("“”\"的、，")
