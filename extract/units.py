"""The words around a number: units behind it, money before it, qualifiers on both sides, and what is no amount.

Knows lexicon/units.yaml, lexicon/qualifiers.yaml and lexicon/numbers.yaml and looks them up at a spot, longest word
first, in tables keyed by one character. Leaves out numerals (extract/numerals.py) and what makes an amount of it all
(extract/quantities.py).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, TypeVar

from extract.lexicons import read_lexicon
from extract.mentions import Bound

# 约为300, 约占30%, 至少有7个, 至少和7个省: what may stand between a qualifier and its amount
_LINKS = frozenset("了有为在占达合是需要和与计于 ")
_LONGEST_EACH = 5  # characters of 每平方米
_MAX_LINKS = 2
_STEPPED_OVER = frozenset(" (（")  # 300 以上, 50%(含)以上
_NUMERAL_HEADS = frozenset("0123456789零一二三四五六七八九十百千万亿两几数上半")

T = TypeVar("T")


@dataclass(frozen=True, slots=True)  # not a tuple: its fields are asked for at every such word of a text
class Unit:
    """One word of units.yaml, or of numbers.yaml where its kind is never (年, 届: no amount)."""

    word: str
    unit: str  # what the quantity carries
    kind: str  # money, rates, measures, counts; never
    rule: str  # the kind and the entry, for `python -m extract why`
    factor: tuple[int, int] = (1, 1)  # 三成 is 30 %: 10, 1; 两角 is 0.2 元: 1, 10
    not_before: tuple[str, ...] = ()
    only_before: tuple[str, ...] = ()
    only_after: tuple[str, ...] = ()
    small: bool = True  # whether 两, 三 … 九 in Chinese count with it
    latin: bool = False  # ends in a Latin letter: no unit where another follows
    tailed: bool = False  # money or tenths, behind which more may stand: 五元|六角, 三成|半


@dataclass(frozen=True, slots=True)
class Qualifier:
    """One word of qualifiers.yaml."""

    word: str
    bound: Bound
    not_after: str
    not_before: str
    vague_only: bool  # holds only before a bare magnitude: 过千亿元
    only_after: str  # what the amount it follows ends with: 3000点附近, but 三所学校附近


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words, longest first, by the character they are looked up with."""

    units: dict[str, tuple[Unit, ...]]  # by the two characters they begin with, one-character words behind; those alone by that
    heads: frozenset[str]  # what money before a number, or its sign, may end with
    money_before: dict[str, tuple[tuple[str, str], ...]]  # by last character
    before: dict[str, tuple[Qualifier, ...]]  # by last character
    after: dict[str, tuple[Qualifier, ...]]
    phrases: dict[str, tuple[tuple[str, int], ...]]  # by the character a numeral begins with and the next; and where it stands
    phrase_ends: dict[str, tuple[tuple[str, int], ...]]  # by that character, where it is the last
    never: frozenset[str]  # characters behind a number that alone make it no amount: 年, 月, but not the 日 of 日元


NEVER = Unit("", "", "never", "never")
FRACTION = Unit("", "", "rates", "fraction")
PERCENT = replace(FRACTION, unit="%", rule="rates:%")
PERMILLE = replace(FRACTION, unit="‰", rule="rates:‰")


def unit_at(text: str, at: int) -> Unit | None:
    """The longest unit that begins at `at`; NEVER where the longest word makes the number no amount."""
    table, pair = _lexicon().units, text[at : at + 2]
    for unit in table.get(pair) or table.get(pair[:1], ()):
        if not text.startswith(unit.word, at):
            continue
        if unit.kind == "never":
            return unit
        after = at + len(unit.word)
        if unit.not_before and text.startswith(unit.not_before, after):
            continue
        if unit.only_before and not text.startswith(unit.only_before, after):
            continue
        if unit.latin and is_latin(text[after : after + 1]):
            continue
        return unit
    return None


def never_behind() -> frozenset[str]:
    """Characters that make a number before them no amount, whatever follows: 年, 月, 届."""
    return _lexicon().never


def has_head(character: str) -> bool:
    """Whether `character`, before a number, may be a sign or the end of money: nearly always not."""
    return character in _lexicon().heads


def money_before(text: str, start: int) -> tuple[int, str]:
    """Where the money written before the number begins, and its ISO code: 人民币, US$; (start, "") without."""
    at = start - 1 if start and text[start - 1] == " " else start
    if at:
        for word, code in _lexicon().money_before.get(text[at - 1], ()):
            begin = at - len(word)
            if begin < 0 or not text.startswith(word, begin):
                continue
            if word[0].isascii() and word[0].isalpha() and begin and is_latin(text[begin - 1]):
                continue
            return begin, code
    return start, ""


def qualifier_before(text: str, end: int, vague: bool) -> tuple[Bound, tuple[int, int]] | None:
    """The qualifier before an amount that begins at `end`, and its span; up to two linking characters or 每股 between."""
    found = _right_before(text, end, vague)
    if found is None and (each := _before_each(text, end)) < end:
        found = _right_before(text, each, False)
    return found


def _before_each(text: str, end: int) -> int:
    """Where 每股 or 每人每天 begins, the unit an amount at `end` is for (不超过每股32元); `end` without one."""
    each = text.rfind("每", max(0, end - _LONGEST_EACH), end)
    if each < 0:
        return end
    unit = unit_at(text, each + 1)
    if unit is None or not unit.word or each + 1 + len(unit.word) != end:
        return end
    return _before_each(text, each)


def _right_before(text: str, end: int, vague: bool) -> tuple[Bound, tuple[int, int]] | None:
    table = _lexicon().before
    for links in range(_MAX_LINKS + 1):
        if not end:
            return None
        character = text[end - 1]
        for word in table.get(character, ()):
            start = end - len(word.word)
            if start < 0 or not text.startswith(word.word, start):
                continue
            spoilt = bool(start and text[start - 1] in word.not_after)
            if spoilt or (word.vague_only and (links or not vague)):
                return None
            return word.bound, (start, end)
        if character not in _LINKS:
            return None
        end -= 1
    return None


def qualifier_after(text: str, end: int, measured: bool) -> tuple[Bound, tuple[int, int]] | None:
    """The qualifier behind an amount that ends at `end`; `measured`: money, a rate or a measure (2倍多)."""
    character = text[end : end + 1]
    if character in _STEPPED_OVER:
        end += 1 if character == " " else 3 if text.startswith(("(含)", "（含）"), end) else 0
        character = text[end : end + 1]
    for word in _lexicon().after.get(character, ()):
        after = end + len(word.word)
        if not text.startswith(word.word, end):
            continue
        if after < len(text) and text[after] in word.not_before:
            return None
        if (word.word == "多" and not measured) or (word.only_after and text[end - 1] not in word.only_after):
            return None
        return word.bound, (end, after)
    return None


def in_phrase(text: str, start: int) -> bool:
    """Whether the numeral that begins at `start` is part of an idiom or a name: 三番五次, 六个核桃."""
    lexicon = _lexicon()
    for phrase, offset in lexicon.phrases.get(text[start : start + 2], ()):
        if start >= offset and text.startswith(phrase, start - offset):
            return True
    ends = lexicon.phrase_ends.get(text[start])
    return ends is not None and any(text.endswith(phrase, 0, start + 1) for phrase, _ in ends)


def is_latin(character: str) -> bool:
    return character.isascii() and character.isalnum()


@cache
def _lexicon() -> Lexicon:
    """The three files as tables; read once, on first use."""
    groups, qualifiers, numbers = (read_lexicon(name) for name in ("units", "qualifiers", "numbers"))
    units = [
        _unit(word, kind, entry)
        for kind, group in groups.items()
        for entry in group
        for word in entry.get("words", [entry["unit"]])
    ]
    units += [
        replace(NEVER, word=word, rule=f"never:{entry['kind']}")
        for entry in numbers["never_before_word"]
        for word in entry["words"]
    ]
    money = [(word, entry["unit"]) for entry in groups["money"] for word in entry.get("before", ())]
    before, after = ([_qualifier(entry) for entry in qualifiers[side]] for side in ("before", "after"))
    numerals_in = [
        (phrase, offset)
        for entry in numbers["phrases"]
        for phrase in entry["words"]
        for offset, character in enumerate(phrase)
        if character in _NUMERAL_HEADS
    ]
    phrases, ends = ([pair for pair in numerals_in if (pair[1] + 1 == len(pair[0])) == last] for last in (False, True))
    amounts = {unit.word[0] for unit in units if unit.kind != "never"}
    return Lexicon(
        units=_with_one_character(_table(_shortest_never(units), lambda unit: unit.word, lambda unit: unit.word[:2])),
        heads=frozenset(word[-1] for word, _ in money) | frozenset(" -−－—负負下"),
        money_before=_table(money, lambda pair: pair[0], lambda pair: pair[0][-1]),
        before=_table(before, lambda word: word.word, lambda word: word.word[-1]),
        after=_table(after, lambda word: word.word, lambda word: word.word[0]),
        phrases=_table(phrases, lambda pair: pair[0], lambda pair: pair[0][pair[1] :][:2]),
        phrase_ends=_table(ends, lambda pair: pair[0], lambda pair: pair[0][-1]),
        never=frozenset(unit.word for unit in units if unit.kind == "never" and len(unit.word) == 1) - amounts,
    )


def _shortest_never(units: list[Unit]) -> list[Unit]:
    """年, 年代, 年度 … all say no: the one character is enough."""
    some = {unit.word[0] for unit in units if unit.kind != "never"}
    never = {unit.word for unit in units if len(unit.word) == 1} - some
    return [unit for unit in units if unit.word[0] not in never or unit.word in never]


def _with_one_character(table: dict[str, tuple[Unit, ...]]) -> dict[str, tuple[Unit, ...]]:
    """Behind 个百分点 and 个百 comes 个: all words that may stand where two characters begin, in one row."""
    return {head: group + table.get(head[0], ()) if len(head) > 1 else group for head, group in table.items()}


def _unit(word: str, kind: str, entry: dict[str, Any]) -> Unit:
    numerator, _, denominator = entry.get("factor", "1").partition("/")
    return Unit(
        word,
        unit=entry["unit"] if kind in ("money", "rates") else word,
        kind=kind,
        rule=f"{kind}:{entry['unit']}",
        factor=(int(numerator), int(denominator or "1")),
        not_before=tuple(entry.get("not_before", ())),
        only_before=tuple(entry.get("only_before", ())),
        only_after=tuple(entry.get("only_after", ())),
        small=entry.get("small") != "false",
        latin=word.isascii() and word[-1].isalnum(),
        tailed=word[-1] in "元圆块" or "factor" in entry,
    )


def _qualifier(entry: dict[str, Any]) -> Qualifier:
    return Qualifier(
        entry["word"],
        entry["bound"],
        entry.get("not_after", ""),
        entry.get("not_before", ""),
        entry.get("vague_only") == "true",
        entry.get("only_after", ""),
    )


def _table(items: Iterable[T], word: Callable[[T], str], key: Callable[[T], str]) -> dict[str, tuple[T, ...]]:
    table: dict[str, list[T]] = {}
    for item in sorted(items, key=lambda item: -len(word(item))):
        table.setdefault(key(item), []).append(item)
    return {character: tuple(group) for character, group in table.items()}
