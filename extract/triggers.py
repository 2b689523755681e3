"""Trigger words: which word in a text names a happening, of what type, and whether it is told as done.

Knows the words of `lexicon/event_types.yaml`. Leaves out the wordings that make a deed a plan, a wish or a mere noun
(`no_deeds.py`), when and by whom.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter
from typing import Any, NamedTuple, cast

import ahocorasick_rs

from extract.lexicons import read_lexicon
from extract.meeting_words import any_meeting
from extract.mentions import EventType


@dataclass(slots=True, eq=False)  # not a tuple: its fields are asked for again and again
class Trigger:
    """One trigger word. `sure` words name a deed on their own; others only with a date in their sentence."""

    start: int
    end: int
    text: str
    type: EventType
    sure: bool


def _frame(name: str) -> dict[str, Any]:
    return next(entry for entry in read_lexicon("event_types") if entry.get("frame") == name)


@functools.cache
def framing() -> frozenset[str]:
    """Verbs that only announce or begin another deed: 宣布, 开始, 完成."""
    return frozenset(_frame("announcing")["words"])


@functools.cache
def words_for(frame: str) -> frozenset[str]:
    """The words of a frame that has nothing else: `held`, `harm`, `of a life` …, each described in the lexicon."""
    return frozenset(_frame(frame)["words"])


@functools.cache
def coming_to_be() -> frozenset[str]:
    """Deeds of the thing itself: 成立于2003年的X is X成立."""
    return frozenset(_frame("coming to be")["words"])


@functools.cache
def results() -> tuple[str, frozenset[str], re.Pattern[str]]:
    """The word that leads over to a company's results, what results are called, and their words with an amount."""
    entry = _frame("results")
    words = "|".join(map(re.escape, entry["words"]))
    return entry["lead"], frozenset(entry["words"]), re.compile(rf"({words})[^0-9，,。；]{{0,6}}[0-9]")


@functools.cache
def ceremonies() -> re.Pattern[str]:
    """What a deed is held as: 开工仪式."""
    return re.compile("|".join(map(re.escape, _frame("ceremony")["words"])))


@functools.cache
def gatherings() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What can be held, anywhere (新品发布暨项目签约仪式在杭州举行), and where a clause ends with it (首批项目开工活动，)."""
    return re.compile(any_meeting("held")), re.compile(f"(?:{any_meeting('ends of what is held')})[”」]?$")


@functools.cache
def checks() -> frozenset[str]:
    """What lets a thing pass: 审批, 验收."""
    return frozenset(next(entry for entry in read_lexicon("event_types") if entry.get("pass") == "checks")["words"])


@functools.cache
def declared() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A guest who declares that a thing begins, at the end of a clause: at once (宣布项目正式开工), or of something (宣布首批项目开工)."""
    words = "|".join(map(re.escape, _frame("declared")["words"]))
    return re.compile(f"宣布(?:项目|工程|活动)?(?:正式)?(?:{words})。?$"), re.compile(f"宣布[^，,。]{{2,24}}(?:{words})。?$")


class _Refinement(NamedTuple):
    """The type of a deed where one of the words stands behind or before it."""

    type: EventType
    behind: re.Pattern[str] | None
    before: re.Pattern[str] | None


@functools.cache
def _automaton() -> tuple[ahocorasick_rs.AhoCorasick, list[tuple[str, EventType, bool] | None]]:
    table: dict[str, tuple[str, EventType, bool] | None] = {}
    for entry in read_lexicon("event_types"):
        if "type" in entry and "sure" in entry:
            for sure in (True, False):
                for word in entry["sure" if sure else "dated"]:
                    table.setdefault(word, (word, cast(EventType, entry["type"]), sure))
        elif entry.get("not") == "words":
            table |= dict.fromkeys(entry["words"])
    automaton = ahocorasick_rs.AhoCorasick(list(table), matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)
    return automaton, list(table.values())


def find_triggers(text: str) -> list[Trigger]:
    """Every trigger word of `text` in order, whatever its sentence makes of it."""
    automaton, words = _automaton()
    matches = automaton.find_matches_as_indexes(text)
    found = [Trigger(start, end, word[0], word[1], word[2]) for index, start, end in matches if (word := words[index]) is not None]
    objects, carried_out = _objects()
    electing = words_for("electing")
    dependent = objects | electing
    for index, trigger in enumerate(found):
        if trigger.text not in dependent:
            continue
        at = trigger.start
        if (trigger.text in objects and carried_out.search(text, max(0, at - _LONGEST_OBJECT), at)) or (trigger.text in electing and _ELECTED.match(text, trigger.end)):
            found[index] = replace(trigger, sure=True)
    if any(ends in text for ends in _prizes()[0]) or ("金" in text and _MEDALS.search(text)):
        found = _with_prizes(text, found)
    if "通过" in text:
        passed = [Trigger(match.start(), match.start() + 2, "通过", "policy", False) for match in _passes().finditer(text)]
        starts = {trigger.start for trigger in found} if passed else set()
        found = _in_order(found, [trigger for trigger in passed if trigger.start not in starts])
    if offices := [Trigger(*match.span(), "任", "other", True) for match in _TAKES_OFFICE.finditer(text)]:
        starts = {trigger.start for trigger in found} | {trigger.end - 1 for trigger in found}
        found = _in_order(found, [trigger for trigger in offices if trigger.start not in starts])
    return found


def _with_prizes(text: str, found: list[Trigger]) -> list[Trigger]:
    """`found`, and 收获 or 获得 wherever a prize is won: 共收获5金1银, 获得金奖."""
    _, hardly, wins = _prizes()
    matches = (match for match in wins.finditer(text) if not text.endswith(hardly, 0, match.start()))
    won = {match.start(): Trigger(*match.span(1), match[1], "other", True) for match in matches}
    return _in_order([trigger for trigger in found if trigger.start not in won], won.values())


def _in_order(found: list[Trigger], more: Collection[Trigger]) -> list[Trigger]:
    """`found` and `more`, which start elsewhere, by where they start."""
    return sorted([*found, *more], key=_start_of) if more else found


_start_of = attrgetter("start")


_MEDALS = re.compile("[0-9]金[0-9]")  # 5金1银, not 50金条


@functools.cache
def prize_words() -> frozenset[str]:
    """Words that tell of a prize: 获得, 收获."""
    return frozenset(_frame("prizes")["of"])


@functools.cache
def _prizes() -> tuple[tuple[str, ...], tuple[str, ...], re.Pattern[str]]:
    """The last characters of what is won, what may not stand ahead, and the word that says so: 获得|女子组金牌, but no 获得|金牌的选手."""
    entry = _frame("prizes")
    verbs, prizes = "|".join(sorted(entry["of"], key=len, reverse=True)), "|".join(entry["words"])
    won = f"(?:{prizes})(?=[^一-鿿]|[和及并与后]|以及|{'|'.join(entry['behind'])}|$)|{_MEDALS.pattern}"
    ends = tuple(dict.fromkeys(word[-1] for word in entry["words"]))
    return ends, (*entry["ahead"], "“", "「"), re.compile(f"({verbs})(?=[^，,。；;、：的获]{{0,16}}(?:的[^，,。；;、：的获]{{0,10}})?(?:{won}))")


@functools.cache
def _passes() -> re.Pattern[str]:
    """报告表通过市环保局审批: an office that lets it pass stands between; 通过平台提交审核 says by what means."""
    return re.compile(
        "通过(?![^，。；、]{0,24}(?:提交|组织|接受|申请|进行|开展|参加|方式|平台|系统|渠道|途径))"
        f"(?=[^，。；、了的]{{1,23}}(?:[局委部厅署会]|专家组?|部门)(?:{'|'.join(sorted(checks()))})(?:[，。；\n]|$))"
    )


# 徐立任海云集团总裁: alone 任 is in too many words; an office must end what follows it.
_TAKES_OFFICE = re.compile(
    r"任(?<![主责担出升接兼历现时信放上连留离卸就转调委聘前后首原曾曾教胜重专常委辞]任)(?![务何命期职意由性教用务])"
    r"(?=[^，,。；;、的任会]{0,12}(?:总裁|董事长|首席执行官|CEO|总经理|行长|董事会主席|董事会秘书|董秘|副总裁|财务总监|市长|省长|县长|区长|书记|局长|院长|校长)(?:[，,。；;、兼]|职务|以来|期间|$))"
)
_ELECTED = re.compile("[一-鿿]{2,4}(?:同志|先生|女士)?[为任]")  # 选举刘立人为市长: who and to what
_LONGEST_OBJECT = 32


@functools.cache
def _objects() -> tuple[frozenset[str], re.Pattern[str]]:
    """Deeds told as the object of a verb of doing, and that verb with what measures the object: 完成超6亿元新一轮|融资."""
    entry = _frame("object")
    return frozenset(entry["of"]), re.compile(rf"(?:{'|'.join(entry['words'])})(?:了|过)?[^，,。；、：的]{{0,22}}(?:的)?[^，,。；、：的]{{0,8}}$")


def is_object(text: str, trigger: Trigger, start: int, behind: str = "") -> bool:
    """Whether the trigger is the object of a verb of doing in its clause (进行了10亿元的战略投资), with `behind` right behind the verb."""
    objects, carried_out = _objects()
    found = carried_out.search(text, max(start, trigger.start - _LONGEST_OBJECT), trigger.start) if trigger.text in objects else None
    return found is not None and behind in found.group()[:4]


# --- type by object --------------------------------------------------------------------------------------------


@functools.cache
def _refinements() -> dict[str, list[_Refinement]]:
    table: dict[str, list[_Refinement]] = {}
    for entry in read_lexicon("event_types"):
        if "refine" in entry:
            line = _Refinement(cast(EventType, entry["type"]), _any_of(entry.get("behind")), _any_of(entry.get("before"), "(?!期间|[上中])"))
            for word in entry["of"]:
                table.setdefault(word, []).append(line)
    return table


def _any_of(words: Sequence[str] | None, behind: str = "") -> re.Pattern[str] | None:
    """One of the words, with `behind` after it: 大会期间 and 会上 say when, not what begins."""
    return re.compile(f"(?:{'|'.join(map(re.escape, words))}){behind}") if words else None


def type_of(text: str, trigger: Trigger, clause_start: int, clause_end: int) -> EventType:
    """The trigger's type, changed by what the deed is done to: 启动赔付 is relief, 发布财报 publication."""
    for line in _refinements().get(trigger.text.removeprefix("正式"), ()):
        if line.behind and line.behind.search(text, trigger.end, clause_end):
            return line.type
        if line.before and line.before.search(text, clause_start, trigger.start):
            return line.type
    return trigger.type


# --- told as done ----------------------------------------------------------------------------------------------


# A deed that has been done: 拿到了, 已签约, 随即启动, 免费提供.
_REALIS_BEFORE = re.compile(r"(?:已|已经|曾|均|成功|正式|随即|随后|迅速|当场|率先|陆续|纷纷|免费|先后|终于|一举|首次|初次|同时(?<!的同时)|相继|依次|如期|顺利|圆满|进行了|完成了|获得了|作出了|做出了|展开了|开展了)[^，]{0,12}$")


def is_done(text: str, trigger: Trigger, clause_start: int) -> bool:
    """Whether the wording says that the deed was done (了, 已, 随即)."""
    if text.startswith("了", trigger.end) or _REALIS_BEFORE.search(text, max(clause_start, trigger.start - 18), trigger.start):
        return True
    if trigger.sure and trigger.text in words_for("electing"):
        return True
    return trigger.sure and text.find("了", clause_start, trigger.start) >= 0 and is_object(text, trigger, clause_start, "了")


def may_be_done(text: str, trigger: Trigger) -> bool:
    """`is_done` without knowing the clause, or a wording that ties the deed to what was told before."""
    at = trigger.start
    return text.startswith("了", trigger.end) or (trigger.sure and trigger.text in words_for("electing")) or _TIED.search(text, max(0, at - 40), at) is not None


_TIED = re.compile(r"近日|日前|最近|近期|不久前|刚刚|近来|已|曾|均|成功|正式|随即|随后|迅速|当场|率先|陆续|纷纷|免费|先后|终于|一举|首次|初次|同时|那天|当天|当日|当晚|当时|同日|同年|同月|同一|期间|其间|会上|会后|议上|式上|坛上|会期间|彼时|此举|之后|此后|天后|周后|月后|年后|去后|后来|不久|没多久|接着|其后|日后")
