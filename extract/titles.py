"""A title for an event: at most 30 characters that stand alone.

Knows which pieces of a clause (`title_pieces.py`) stay: connectives and adverbs go, a deed that only describes a
thing is told of it (去年收购的品牌X: 收购品牌X), a missing subject and 双方 or 其 are filled in, and what is said follows
a verb of saying. Leaves out new words: everything in a title stands in the article, the 等 for the rest of a long list aside.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from typing import Protocol

from extract.lexicons import set_in
from extract.mentions import Actor, Time
from extract.participants import THAT_ONE
from extract.passages import Span
from extract.shortening import (
    LINKS,
    LONGEST,
    MARKS,
    Piece,
    as_piece,
    is_nominal,
    length_of,
    shortened,
    trigger_at,
    whole_parts,
)
from extract.title_pieces import cuts_in, pieces_of
from extract.title_things import told_of_thing
from extract.title_words import words_of
from extract.triggers import Trigger
from extract.words import Word

_LEADING_WORDS = frozenset([
    "随着", "继", "及", "并", "还", "也", "又", "再", "到", "在", "于", "从", "自", "与", "是", "由", "而", "但", "则", "就", "让", "使", "令",
    "了", "的", "、", "为", "因", "，", ",", "这", "那", "以及", "且", "有", "才",
])  # fmt: skip
_CONNECTIVES = frozenset(["继", "并", "还", "也", "又", "再", "而", "但", "则", "就", "了", "的", "、", "，", ",", "这", "那", "是"])
_ENDS = MARKS + "的与和及"
_UNSEEN = re.compile("[“”\"「」『』…\n\t\u3000\xa0 ](?:(?<! )|(?<![A-Za-z0-9] ) *| *(?![A-Za-z0-9]))")  # begins with a character, so that the search can skip over others
_MARKS_TWICE = re.compile("[，,]{2,}|(?<=称)[，,：:]")
_AHEAD_OF_HELD = re.compile("(?<=[会动式坛礼赛节”])[，,](?=(?:在[^，,]{2,12})?(?:成功)?(?:举行|举办|召开|开幕|闭幕)。?$)")
_UNCLOSED = re.compile("[（(][^）)]*$")
_PAIRED = re.compile("[《》（）()]")
# Ends that only lead over to what is said.
_TAIL = re.compile(r"(?:采访|会见)?时(?:了解到|获悉|看到|发现)$|了解到$|获悉$|(?<=表示)称$|(?<=公告)(?:称|表示)$|(?<=[会式议])(?:上)?宣布$|(?<=[会坛式])上$|(?<![还只总正就更也都不])是$")
_TAIL_ENDS = "到悉现称示是布上"
_BOTH = frozenset(["双方", "两者", "两家公司"])
_CALLED = frozenset(["公司", "集团", "行", "企业", "厂", "机构", "银行", "品牌", "平台"])
_DROPPED_FLAGS = frozenset(["c", "d", "y", "e", "ul", "uz", "ug", "ad", "f", "o", "time", "from"])
_KEPT_FLAGS = frozenset(["actor", "trigger"])
_KEPT_BEHIND = frozenset(["d", "ad", "f"])  # what is said or done keeps its adverbs: 中方坚决反对


_NEXT_ONE = re.compile("一?(?:[届期轮代季阶]|批次)")  # 下|一届


@functools.cache
def _kept_anyway() -> frozenset[str]:
    return set_in("titles", "kept in titles") | LINKS


class Worded(Protocol):
    """A text whose clauses come as tagged words; `extract.story.Story` is one."""

    text: str

    def words(self, clause: Span) -> list[Word]: ...


def title(
    story: Worded, span: Span, trigger: Trigger, actors: Sequence[Actor], times: Sequence[Time], subjects: Sequence[str],
    company: str = "", asides: Sequence[Span] = ()
) -> str:
    """The clause at `span` as a title. `subjects` are the names to put in front where the clause has none of its own.

    `company` is the one that 公司 stands for: 周立人辞去公司董事职务. `asides` are left out.
    """
    pieces = _resolved(pieces_of(story.text, story.words(span), span, cuts_in(story.text, span, trigger, actors, times, asides), actors), subjects)
    pieces = told_of_thing(_without_lead(pieces, _CONNECTIVES), trigger)
    if pieces and pieces[0].text == "宣布" and pieces[0].flag != "trigger":
        pieces = pieces[1:]  # 昨天也宣布|隧道通车
    if pieces and pieces[0].text == "由" and length_of(pieces) > LONGEST:
        pieces = _without_builders(pieces)
    if subjects and _lacks_subject(pieces, subjects) and not _names(pieces, subjects[0]):
        if len(subjects) > 1 and len(_joined(subjects)) + length_of(pieces) > LONGEST:
            subjects = [f"{subjects[0]}等"]
        pieces = [as_piece(_joined(subjects), "actor"), *pieces]
    elif len(subjects) == 1 and _is_measure(pieces):
        pieces = [as_piece(subjects[0], "actor"), *pieces]  # 支付宝宣布，用户数突破10亿
    else:
        pieces = _without_lead(pieces, _LEADING_WORDS)
    kept = _kept(_once(pieces))
    if company:
        kept = _called_by_name(kept, company)
    cut_short = length_of(kept) > LONGEST
    if cut_short:
        kept = _shortened(kept)
        if company:  # the one who says so may have gone
            kept = _called_by_name(kept, company)
    heading = _cut(kept)
    deed = trigger_at(kept) if cut_short else 0
    if deed and kept[0].flag == "actor" and kept[deed].text not in heading and len(kept) > deed + 1 and trigger.type not in ("speech", "publication"):
        to_whom = _to_whom(kept[1:deed])  # all that fits stands ahead of the deed
        return heading if to_whom is None else _cut([kept[0], *to_whom, *kept[deed:]])
    return heading


def _to_whom(ahead: Sequence[Piece]) -> list[Piece] | None:
    """向|江海医院 of 则定点向东湖区江海医院: the word that leads to the object, and its last name; None where no name follows it."""
    link = next((index for index, piece in enumerate(ahead) if piece.text in ("对", "向", "与", "将", "把")), -1)
    if link < 0:
        return []
    named = [piece for piece in ahead[link + 1 :] if piece.flag in ("actor", "nr")]
    return [ahead[link], named[-1]] if named else None


def _lacks_subject(pieces: Sequence[Piece], subjects: Sequence[str]) -> bool:
    """Whether nobody acts in the clause; 与京东签约 has a name, but of the other party."""
    if not _has_subject(pieces):
        return True
    pieces = [piece for piece in pieces if piece.text and piece.text not in ("在", "此间")] or list(pieces)
    return pieces[0].text in _GOVERNS and all(piece.text not in subjects for piece in pieces)


def _without_builders(pieces: list[Piece]) -> list[Piece]:
    """由甲和乙共同投资建设的|商城正式开业: who built it goes where the title is too long for both."""
    for index in range(2, trigger_at(pieces) - 1):
        if pieces[index].text == "的":
            return pieces[index + 1 :] if pieces[index - 1].text in words_of("building") else pieces
    return pieces


def _shortened(pieces: list[Piece]) -> list[Piece]:
    """Made short, but not so that the deed or a word that turns the meaning round is lost (禁止, 暂停)."""
    short = shortened(pieces)
    turned = [piece.text for piece in pieces if piece.text in words_of("turning")]
    if turned and any(word not in [piece.text for piece in short] for word in turned):
        return pieces
    at = trigger_at(pieces)
    handed = next((index for index in range(at) if pieces[index].text in ("将", "把")), 0)
    if handed and length_of(short[: trigger_at(short) + 1]) > LONGEST:
        return [*pieces[:handed], pieces[at], *pieces[handed + 1 : at], *pieces[at + 1 :]]  # 甲出售乙40%股权 for 甲将乙40%股权出售
    return short


def _is_measure(pieces: Sequence[Piece]) -> bool:
    """Whether nothing but a measure stands ahead of the deed: 用户数, 日均订单量."""
    ahead = [piece for piece in pieces[: trigger_at(pieces)] if piece.text]
    return bool(ahead) and ahead[0].text[0] not in "全我" and ahead[-1].text.endswith(words_of("measured")) and all(is_nominal(piece) and piece.flag not in ("actor", "ns") for piece in ahead)


def _names(pieces: Sequence[Piece], subject: str) -> bool:
    """Whether the words ahead of the deed hold the subject, as a part of a longer noun: 快递企业与铁路部门."""
    ahead = "".join([piece.text for piece in pieces[: trigger_at(pieces)]])
    return ahead.startswith(subject) or ahead.endswith(subject) or (len(subject) > 2 and subject in ahead)


def _called_by_name(pieces: list[Piece], company: str) -> list[Piece]:
    """公司 and 该公司 by the company's name, where it is not in the title already."""
    if company in "".join([piece.text for piece in pieces]):
        return pieces
    for index, piece in enumerate(pieces):
        if piece.text != "公司" or (index and (is_nominal(pieces[index - 1]) or pieces[index - 1].flag[0] in "rmq")):
            continue
        return [*pieces[:index], as_piece(company, "actor"), *pieces[index + 1 :]]
    return pieces


_GOVERNS = frozenset(["对", "向", "与", "和", "同", "跟"])


def _once(pieces: list[Piece]) -> list[Piece]:
    """甲公司召开甲公司第二届董事会: what only the article calls 公司 is not named twice."""
    behind = trigger_at(pieces) + 1
    if 1 < behind < len(pieces) and pieces[behind].flag == "actor" and pieces[behind] in pieces[: behind - 1]:
        return pieces[:behind] + pieces[behind + 1 :]
    return pieces


def _without_lead(pieces: list[Piece], words: frozenset[str]) -> list[Piece]:
    """Without `words` and blanks at the front; 与 in 与会者 stays."""
    for first, (_, _, text, _) in enumerate(pieces):
        if (text not in words and text.strip()) or (text == "与" and first + 1 < len(pieces) and pieces[first + 1].text.startswith("会")):
            return pieces[first:]
    return []


# --- who is meant ----------------------------------------------------------------------------------------------


def _resolved(pieces: list[Piece], subjects: Sequence[str]) -> list[Piece]:
    """双方, 其, 该公司 ahead of the trigger stand for the subjects; 快递公司 does not."""
    if not subjects or (subjects[0] in set_in("titles", "pronouns")):
        return pieces
    for index, piece in enumerate(pieces):
        if piece.flag == "trigger":
            break
        ahead = pieces[index - 1].flag if index else "x"
        if piece.text in THAT_ONE and subjects[0].endswith(THAT_ONE[piece.text]):
            return [*pieces[:index], as_piece(_joined(subjects), "actor"), *pieces[index + 1 :]]
        if not index and ((piece.text[1:] in ("上", "里") and piece.text[0] == subjects[0][-1]) or (piece.text[:1] == "我" and piece.text[1:] == subjects[0][-1])):
            return [as_piece(_joined(subjects), "actor"), *pieces[1:]]  # 市里|召开座谈会, 我市|投入资金
        if piece.text == "该" and index + 1 < len(pieces) and pieces[index + 1].text in _CALLED:
            return [*pieces[:index], as_piece(_joined(subjects), "actor"), *pieces[index + 2 :]]
        if piece.text == "这家" and (stop := _described_until(pieces, index)):
            return [*pieces[:index], as_piece(_joined(subjects), "actor"), *pieces[stop:]]
        if piece.text in set_in("titles", "pronouns") and _stands_for(piece.text, ahead, subjects):
            return [*pieces[:index], as_piece(_joined(subjects), "actor"), *pieces[index + 1 :]]
    return pieces


def _stands_for(word: str, ahead: str, subjects: Sequence[str]) -> bool:
    """Whether a pronoun behind a piece flagged `ahead` means the subjects: 双方 only two, 公司 in 快递公司 and 3家公司 nobody."""
    if word in subjects[0] or (word in _BOTH and len(subjects) == 1):
        return False
    return not ahead.startswith(("n", "actor", "b", "j", "v", "uj", "m", "q"))


def _described_until(pieces: Sequence[Piece], at: int) -> int:
    """Where the noun ends that 这家 at `at` points to (这家国内最早的地图服务商|在美国上市); 0 where it is none."""
    stop = at + 1
    while stop < len(pieces) and (is_nominal(pieces[stop]) or pieces[stop].text == "的" or pieces[stop].flag in ("a", "d", "f")) and pieces[stop].flag not in ("trigger", "actor", "v"):
        stop += 1
    return stop if stop > at + 1 and pieces[stop - 1].flag[0] == "n" else 0


def _joined(names: Sequence[str]) -> str:
    return "与".join([names[0], "、".join(names[1:3])]) if len(names) > 1 else names[0]


_ON_THE_SPOT = frozenset(["实地", "此间"])  # a noun to the dictionary: 实地|调研


def _has_subject(pieces: Sequence[Piece]) -> bool:
    """A name or noun ahead of the trigger that no preposition governs."""
    governed = False
    if pieces and pieces[0].flag == "v":
        return False
    for piece in pieces:
        if piece.flag == "trigger":
            return False
        if piece.flag == "p" or piece.text in ("在", "对", "向", "把", "将", "以", "从", "由", "被", "经", "经过"):
            governed = piece.text not in ("与", "和", "同")
        elif (piece.flag == "actor" or piece.flag.startswith(("n", "j", "eng", "r"))) and not governed:
            if piece.text not in _ON_THE_SPOT:
                return True
        elif (piece.flag in ("x", "f") and piece.text != "、") or piece.flag.startswith("v"):
            governed = False
    return False


# --- what stays of it -------------------------------------------------------------------------------------------


def _kept(pieces: Sequence[Piece]) -> list[Piece]:
    """The words a title keeps; behind the deed adverbs too."""
    kept: list[Piece] = []
    behind = quoted = False
    left_out = set_in("titles", "left out of titles")
    for index, piece in enumerate(pieces):
        text, flag = piece[2], piece[3]  # faster than by their names, and every word of a title passes here
        if text in ("于", "在") and index + 1 < len(pieces) and pieces[index + 1].text in left_out:
            continue  # 已|于近日|完成
        if quoted and flag != "time":
            kept.append(piece)  # 「|都美艳」: all that is quoted is the name
            behind, quoted = behind or flag == "trigger", text not in _CLOSING
            continue
        quoted = text in _OPENING and any(later.text in _CLOSING for later in pieces[index + 1 :])
        if flag in _DROPPED_FLAGS:
            if text == "下" and (any(earlier.text == "在" for earlier in kept) or _NEXT_ONE.match("".join([later.text for later in pieces[index + 1 : index + 3]]))):
                kept.append(piece)  # 在海关监管|下, 下|一届茶博会
            elif text in _kept_anyway() or (behind and flag in _KEPT_BEHIND) or (kept and _is_needed(pieces, index, kept[-1])):
                kept.append(piece)
        elif (text not in left_out and (flag != "x" or not text.isspace())) or flag in _KEPT_FLAGS:
            behind = behind or flag == "trigger"
            kept.append(piece)
        elif text == " " and kept and _LATIN.match(kept[-1].text[-1:]) and index + 1 < len(pieces) and _LATIN.match(pieces[index + 1].text):
            kept.append(piece)  # Sea Group
    return kept


_OPENING, _CLOSING = frozenset("“「『"), frozenset("”」』")
_LATIN = re.compile("[A-Za-z0-9]")


def _is_needed(pieces: Sequence[Piece], at: int, last: Piece) -> bool:
    """A word the dictionary takes for an adverb: 就 of 就旅行达成一致, 高速 of 沪昆高速发生车祸 (not of 业务高速增长), 业内 of 在业内, 后 of 80后, 间 of 4间, 所 of 8所学校."""
    text = pieces[at].text
    if last.flag == "m" and (text == "所" or (pieces[at].flag == "f" and last.text[-1:].isdecimal())):
        return True
    if text in _OF_A_NAME and at + 1 < len(pieces) and is_nominal(pieces[at + 1]) and pieces[at + 1].flag not in ("v", "trigger"):
        return True
    if text == "就":
        return _is_matter(pieces[at + 1 : at + 2])
    if text == "高速":
        return is_nominal(last) and at + 1 < len(pieces) and pieces[at + 1].text not in set_in("titles", "goes fast")
    return pieces[at].flag == "f" and len(text) > 1 and last.text == "在"


_OF_A_NAME = frozenset(["自然", "初"])  # 自然教育, 初心


def _is_matter(behind: Sequence[Piece]) -> bool:
    """Whether what follows 就 is a matter (就旅行达成一致), and no deed (就上线)."""
    return bool(behind) and (behind[0].flag[0] in "nv" or behind[0].flag == "actor") and behind[0].flag != "trigger"


_LEADS_ON = frozenset(["给", "于", "向", "至", "对", "将", "把", "在", "由", "从", "为", "关于", "使", "以", "被"])


def _cut(pieces: Sequence[Piece]) -> str:
    """Whole words up to the limit; marks at the ends and unpaired quotation marks are taken off."""
    result = "".join([piece[2] for piece in pieces])
    if len(result) > LONGEST:
        parts = whole_parts(pieces)
        while parts and parts[-1] in _LEADS_ON:
            parts.pop()  # 出售给|…
        result = "".join(parts)
    if "，" in result or "," in result or "称" in result:
        result = _AHEAD_OF_HELD.sub("", _MARKS_TWICE.sub("，", result))
    result = _UNSEEN.sub("", result).strip(MARKS)
    result = result if result.endswith(words_of("ends of words")) else result.rstrip(_ENDS)
    if result[-1:] in _TAIL_ENDS:
        result = _TAIL.sub("", result)
    if _PAIRED.search(result):
        result = _UNCLOSED.sub("", result)
        for left, right in ("《》", "（）", "()"):
            if result.count(left) != result.count(right):
                result = result.replace(left, "").replace(right, "")
    result = result.strip(MARKS)
    return result if result.endswith(words_of("ends of words")) else result.rstrip(_ENDS)
