"""The words around a number: units behind it, money before it, qualifiers on both sides, and what is no amount.

Knows lexicon/units.yaml, lexicon/qualifiers.yaml and lexicon/numbers.yaml and looks them up at a spot, longest word
first, in tables keyed by one character. Leaves out numerals (extract/numerals.py) and what makes an amount of it all
(extract/quantities.py).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from typing import Any, NamedTuple, TypeVar

from extract.lexicons import read_lexicon
from extract.mentions import Bound

# 约为300, 约占30%, 至少有7个, 至少和7个省: what may stand between a qualifier and its amount
_LINKS = frozenset("了有为在占达合是需要和与计于 ")
_MAX_LINKS = 2
_NUMERAL_HEADS = frozenset("0123456789零一二三四五六七八九十百千万亿两几数上半")

T = TypeVar("T")


class Unit(NamedTuple):
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


class Qualifier(NamedTuple):
    """One word of qualifiers.yaml."""

    word: str
    bound: Bound
    not_after: str
    not_before: str
    vague_only: bool  # holds only before a bare magnitude: 过千亿元


class Lexicon(NamedTuple):
    """The words, longest first, by the character they are looked up with."""

    units: dict[str, tuple[Unit, ...]]
    heads: frozenset[str]  # what money before a number, or its sign, may end with
    money_before: dict[str, tuple[tuple[str, str], ...]]  # by last character
    before: dict[str, tuple[Qualifier, ...]]  # by last character
    after: dict[str, tuple[Qualifier, ...]]
    phrases: dict[str, tuple[tuple[str, int], ...]]  # by a character a numeral may begin with, and where it stands


NEVER = Unit("", "", "never", "never")
FRACTION = Unit("", "", "rates", "fraction")
PERCENT = FRACTION._replace(unit="%", rule="rates:%")
PERMILLE = FRACTION._replace(unit="‰", rule="rates:‰")


def unit_at(text: str, at: int) -> Unit | None:
    """The longest unit that begins at `at`; NEVER where the longest word makes the number no amount."""
    for unit in _lexicon().units.get(text[at : at + 1], ()):
        if not text.startswith(unit.word, at):
            continue
        if unit.kind == "never":
            return unit
        after = at + len(unit.word)
        if unit.not_before and text.startswith(unit.not_before, after):
            continue
        if unit.only_before and not text.startswith(unit.only_before, after):
            continue
        if unit.word.isascii() and unit.word[-1].isalnum() and is_latin(text[after : after + 1]):
            continue
        return unit
    return None


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
    """The qualifier before an amount that begins at `end`, and its span; up to two linking characters between."""
    table = _lexicon().before
    for links in range(_MAX_LINKS + 1):
        if not end:
            return None
        for word in table.get(text[end - 1], ()):
            start = end - len(word.word)
            if start < 0 or not text.startswith(word.word, start):
                continue
            spoilt = bool(start and text[start - 1] in word.not_after)
            if spoilt or (word.vague_only and (links or not vague)):
                return None
            return word.bound, (start, end)
        if text[end - 1] not in _LINKS:
            return None
        end -= 1
    return None


def qualifier_after(text: str, end: int, measured: bool) -> tuple[Bound, tuple[int, int]] | None:
    """The qualifier behind an amount that ends at `end`; `measured`: money, a rate or a measure (2倍多)."""
    if text.startswith(("(含)", "（含）"), end):
        end += 3
    elif text.startswith(" ", end):
        end += 1
    for word in _lexicon().after.get(text[end : end + 1], ()):
        after = end + len(word.word)
        if not text.startswith(word.word, end):
            continue
        if (after < len(text) and text[after] in word.not_before) or (word.word == "多" and not measured):
            return None
        return word.bound, (end, after)
    return None


def in_phrase(text: str, start: int) -> bool:
    """Whether the numeral that begins at `start` is part of an idiom or a name: 三番五次, 六个核桃."""
    for phrase, offset in _lexicon().phrases.get(text[start], ()):
        if start >= offset and text.startswith(phrase, start - offset):
            return True
    return False


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
        NEVER._replace(word=word, rule=f"never:{entry['kind']}")
        for entry in numbers["never_before_word"]
        for word in entry["words"]
    ]
    money = [(word, entry["unit"]) for entry in groups["money"] for word in entry.get("before", ())]
    before, after = ([_qualifier(entry) for entry in qualifiers[side]] for side in ("before", "after"))
    phrases = [
        (phrase, offset)
        for entry in numbers["phrases"]
        for phrase in entry["words"]
        for offset, character in enumerate(phrase)
        if character in _NUMERAL_HEADS
    ]
    return Lexicon(
        units=_shortest_never(_table(units, lambda unit: unit.word, lambda unit: unit.word[0])),
        heads=frozenset(word[-1] for word, _ in money) | frozenset(" -−－—负負下"),
        money_before=_table(money, lambda pair: pair[0], lambda pair: pair[0][-1]),
        before=_table(before, lambda word: word.word, lambda word: word.word[-1]),
        after=_table(after, lambda word: word.word, lambda word: word.word[0]),
        phrases=_table(phrases, lambda pair: pair[0], lambda pair: pair[0][pair[1]]),
    )


def _shortest_never(table: dict[str, tuple[Unit, ...]]) -> dict[str, tuple[Unit, ...]]:
    """年, 年代, 年度 … all say no: the one character is enough."""
    return {
        character: group[-1:] if len(group[-1].word) == 1 and all(unit.kind == "never" for unit in group) else group
        for character, group in table.items()
    }


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
    )


def _qualifier(entry: dict[str, Any]) -> Qualifier:
    return Qualifier(
        entry["word"],
        entry["bound"],
        entry.get("not_after", ""),
        entry.get("not_before", ""),
        entry.get("vague_only") == "true",
    )


def _table(items: Iterable[T], word: Callable[[T], str], key: Callable[[T], str]) -> dict[str, tuple[T, ...]]:
    table: dict[str, list[T]] = {}
    for item in sorted(items, key=lambda item: -len(word(item))):
        table.setdefault(key(item), []).append(item)
    return {character: tuple(group) for character, group in table.items()}
