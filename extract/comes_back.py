"""What an amount is about that has no owner: a thing its sentence opens with, or its title names, and to which the text comes back.

Knows which openings a text has again, and what of a title its sentences open with. Leaves out every actor and place
(`amount_owners.py`): those were asked before, and had it not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from extract.bodies import opening_of
from extract.datelines import behind_dateline
from extract.finds import Finds, before
from extract.mentions import FigureDraft
from extract.occurrences import occurrences
from extract.owner_words import may_own, owner_words
from extract.passages import Span
from extract.phrase_words import FORESEEING, SAYING
from extract.pieces import Piece, cut_pieces
from extract.sentences import Sentence
from extract.topic import about
from extract.words import is_word, tag

_LONGEST_TITLE = 60
_MOST_NAMES = 100  # that had it not
_MOST_CLAUSES = 6  # back from an amount
_TIMES = 2  # a text names a thing at least, besides in its title
_REACH = 2_000  # characters before and behind the part of a text in which that is looked for


def given_owners(drafts: Sequence[FigureDraft], ownerless: dict[int, tuple[Sentence, str]], finds: Finds) -> list[FigureDraft]:
    """`drafts` with an owner for those that have none; `ownerless` holds the sentence and the measure of each of these, by where it starts."""
    title = title_thing(finds)
    asked = list(dict.fromkeys((*about(finds), *(named.name for named in (*finds.gatherings, *finds.villages, *finds.named_again)))))[:_MOST_NAMES]
    given: list[FigureDraft] = []
    told: tuple[Sentence | None, str] = None, ""
    for draft in drafts:
        name = ""
        if not draft.actors and draft.start in ownerless:
            sentence, measure = ownerless[draft.start]
            name = _owner(draft.start, sentence, measure, title)
            if not name and told[0] is sentence and (draft.change or measure.startswith(told[1]) or measure in owner_words("of whatever it is said")):
                name = told[1]  # 黄金均价上涨5%，成交量达3万吨
            told = sentence, name
        given.append(draft._replace(actors=(name,)) if name and name not in finds.names and not any(name in other or other in name for other in asked) else draft)
    return given


def _owner(at: int, sentence: Sentence, measure: str, title: str) -> str:
    """云端书架 of 2022年,云端书架用户达3亿人, where the text has the word elsewhere too: what the nearest clause opens with that does so,
    else what the title names; nobody where that is only what is counted, or somebody else did it (山火烧了三天。救援队投入水泵20台)."""
    name = opening_thing(sentence, at, measure)
    if not name and title and not measure.endswith(title) and not _does_other(sentence, at):
        name = title
    return name or _measured_thing(sentence, at, measure)


def _measured_thing(sentence: Sentence, at: int, measure: str) -> str:
    """黄金 of 黄金均价上涨5%, 青海湖 of 青海湖水位上升0.3米: what the clause of `at` opens with ahead of what is measured of it; or ""."""
    if work := _OF_A_WORK.match(measure):
        return work[1]
    low, _ = sentence.clauses[sentence.number(at)]
    pieces = sentence.pieces_in(low, at)
    opening = opening_of(pieces, 0, len(pieces))
    if not opening or _is_known(opening) or opening[0].flag in _NO_NAMES or not measure.startswith(opening[0].text):
        return ""
    if price := _PRICE.match(measure):
        return price[0]
    if opening[0].flag == "eng" and not opening[0].text.isupper() and len(opening[0].text) > _SHORTEST_PRODUCT:
        return opening[0].text  # ChatGPT周活跃用户
    said = "".join([piece.text for piece in opening])
    name = phrase = (said if measure.startswith(said) else measure).partition("每")[0]
    while tail := next((tail for tail in owner_words("of whatever it is said") if name.endswith(tail)), ""):
        if len(tail) == 1 and is_word(name[-2:]):
            break  # 贷|款, 市|值
        name = name[: -len(tail)]
    if not 1 < len(name) < len(phrase) or not may_own(name) or name.startswith((*owner_words("no things"), *owner_words("nobody by themselves"))):
        return ""
    return name if all(word.flag in _NAMES and len(word.text) > 1 for word in tag(name)) else ""  # not 零售总额, 失业率


_SHORTEST_PRODUCT = 3
_OF_A_WORK = re.compile("[^《》]{0,6}《([^《》]{1,20})》[^《》]{0,4}(?:票房|收视率|播放量|销量|销售|发行量|评分|点击量)")  # 电影《海云》票房
_PRICE = re.compile("(?:国际|国内|现货)?[金银铜铝锌镍油煤钢房地菜肉粮蛋奶糖棉胶纸币猪](?:均)?价(?!格|值|差)")  # 国际金价


def _does_other(sentence: Sentence, at: int) -> bool:
    """Whether the clause of `at` opens with somebody who does something himself."""
    low, _ = sentence.clauses[sentence.number(at)]
    pieces = sentence.pieces_in(low, at)
    opening = opening_of(pieces, 0, len(pieces))
    if not opening or not opening[-1].text.endswith(owner_words("does something himself")):
        return False
    behind = before(pieces, opening[-1].end)
    return behind < len(pieces) and pieces[behind].flag in ("v", "d")


def opening_thing(sentence: Sentence, at: int, measure: str) -> str:
    """What the nearest clause before `at` opens with that the text has elsewhere too, and that is not only what is counted; or ""."""
    kept, last = sentence.opened_again, sentence.number(at)
    for low, high in reversed(sentence.clauses[max(0, last + 1 - _MOST_CLAUSES) : last + 1]):
        clause = low, min(high, at)
        name = kept.get(clause)
        if name is None:
            name = kept[clause] = _opening_again(sentence, *clause)
        if name and not measure.endswith(name):
            return name
    return ""


def _opening_again(sentence: Sentence, low: int, high: int) -> str:
    """The noun that text[low:high] opens with, as long as the text has it twice; "" where that only says something, or is an actor or place."""
    pieces = sentence.pieces_in(low, high)
    opening = opening_of(pieces, 0, len(pieces))
    if not opening or _is_known(opening):
        return ""
    behind = before(pieces, opening[-1].end)
    while behind < len(pieces) and pieces[behind].flag == "d":
        behind += 1  # 海鸥资讯|则|预计
    if any(piece.text in _SAYS for piece in (*opening[1:], *pieces[behind : behind + 1])):
        return ""
    text, start = sentence.text, opening[0].start
    for found in _beginnings(opening):
        name = _told_around(sentence.finds, start, found, len(found) == opening[-1].end - start)
        if name and not name.startswith(owner_words("no things")) and not _BESIDE.match(text, text.rfind(name, 0, start + len(name)) + len(name)):
            return name
    return ""


def _told_around(finds: Finds, start: int, found: str, is_all: bool) -> str:
    """The whole name that `found` is or begins, where the text around `start` has it twice, and, unless `is_all` of an opening, once by itself; or ""."""
    part = start // _REACH
    key = part, found, is_all
    name = finds.told_around.get(key)
    if name is None:
        near = max(0, (part - 1) * _REACH), (part + 2) * _REACH
        name = whole_name(finds.text, found, near) if finds.text.count(found, *near) >= _TIMES else ""
        if name and not is_all and not _stands_alone(finds.text, name, near):
            name = ""
        finds.told_around[key] = name
    return name


def _stands_alone(text: str, name: str, near: Span) -> bool:
    """Whether a name does not only stand before other nouns (消防|部门, 消防|中队)."""
    ends = (at + len(name) for at in islice(occurrences(text, name, near[1], start=near[0], apart=True), _MOST_ASKED))
    return any((words := tag(text[end : end + _NEXT])) == [] or words[0].flag not in _NAMES for end in ends)


_MOST_ASKED = 6  # places of a name
_SAYS = FORESEEING | SAYING
_BESIDE = re.compile("[和与及、前后里外边旁]|的?(?:负责人|工作人员|相关|附近|周边|门口)")  # one of a row, somebody or something there


def _is_known(pieces: Sequence[Piece]) -> bool:
    """Whether an actor or a place is among them, of whom the amount is not."""
    return any(piece.flag in ("A", "P") for piece in pieces)


def _beginnings(pieces: Sequence[Piece]) -> Iterator[str]:
    """石灰厂厂内水池, 石灰厂厂内, 石灰厂: what could be a name, the longest first."""
    if pieces[0].flag in _NO_NAMES:
        return
    for stop in range(len(pieces), 0, -1):
        name = "".join([piece.text for piece in pieces[:stop]])
        if len(name) > 1 and pieces[stop - 1].flag in _NAMES and may_own(name):
            yield name


_NAMES = frozenset(("n", "nr", "nz", "ns", "nt", "nrt", "j", "eng"))
_NO_NAMES = frozenset(("m", "q", "f", "z", "zg", "k"))  # what no name begins with


def whole_name(text: str, name: str, near: Span) -> str:
    """小石灰厂 of 小石灰, which is how the words were cut, where the text has that `near` never without the 厂; "" where the
    whole can have nothing."""
    while len(name) < _LONGEST_NAME:
        starts = list(occurrences(text, name, near[1], start=near[0], apart=True))
        behind = {text[start + len(name) : start + len(name) + 1] for start in starts}
        ahead = {text[start - 1 : start] for start in starts}
        if len(starts) <= _BY_CHANCE and is_word(name) and all(_goes_on_with_deed(text, start + len(name)) for start in starts):
            break  # 航班|取消: two words, that stand together by chance
        if len(behind) == 1 and _GOES_ON.match(mark := behind.pop()):
            name += mark
        elif len(ahead) == 1 and _GOES_ON.match(mark := ahead.pop()):
            name = mark + name
        else:
            break
    return name if may_own(name) else ""


def _goes_on_with_deed(text: str, end: int) -> bool:
    """Whether a verb stands there: 航班|取消, but not 海鸥|合作社."""
    return next((word.flag == "v" and len(word.text) > 1 for word in tag(text[end : end + _NEXT])), False)


_NEXT = 4  # characters in which the next word is looked for
_LONGEST_NAME = 10
_BY_CHANCE = 3  # times two words may stand together
_GOES_ON = re.compile("[一-鿿A-Za-z](?<![的了在是为有和与及将已被把对从到于等由也都就还又上中内下里外年月日时这那其该此一两每款个家位名])")


def title_thing(finds: Finds) -> str:
    """云端书架 of 热闹过后的云端书架: the first thing a title names that sentences of the text open with; "" where there is none."""
    start, stop = _title(finds)
    pieces = cut_pieces(
        finds.text, start, stop, finds.quantities.within(start, stop), finds.times.within(start, stop), finds.actors.within(start, stop), finds.places.within(start, stop),
    )  # fmt: skip
    n = 0
    while n < len(pieces):
        opening = opening_of(pieces, n, len(pieces))
        if opening and _in_row(finds.text, opening):
            return ""
        if not _is_known(opening) and (name := _told_of(finds.text, opening, stop)):
            return name
        n = before(pieces, opening[-1].end) if opening else n + 1
    return ""


def _in_row(text: str, opening: Sequence[Piece]) -> bool:
    """Whether a title names others beside it: 海云、远山营收创新高 is about both."""
    return text[opening[-1].end : opening[-1].end + 1] in _ROW or text[max(0, opening[0].start - 1) : opening[0].start] in _ROW


_ROW = tuple("、和与及")


def _told_of(text: str, opening: Sequence[Piece], stop: int) -> str:
    """The first words of `opening`, the most of them, that a clause of text[stop:] opens with, and that stand there twice."""
    for first in range(len(opening)):
        for found in _beginnings(opening[first:]):
            if text.count(found, stop) >= _TIMES and re.compile(_OPENS + re.escape(found) + _ITSELF).search(text, stop) and (name := whole_name(text, found, (0, stop + _REACH))):
                return name
    return ""


def _title(finds: Finds) -> Span:
    start, stop = finds.article.passages[0]
    start = behind_dateline(finds.text, start, stop)
    return start, min(stop, start + _LONGEST_TITLE)


_OPENS = "[，,。；;：:“！!？?\\s、）)]"
_ITSELF = "(?![、和与的])"
