"""How organisations' names end (`lexicon/organisations.yaml`), and the words that stand in or before such a name.

Knows every ending, what only describes an organisation, and what breaks a name off on its left. Leaves out where the
name of an ending begins (`organisation_names.py`), and whether there is one (`organisations.py`).
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from extract.lexicons import read_lexicon
from extract.mentions import ActorType
from extract.words import Word

# Words of these kinds are parts of names; any other kind (verb, particle, adverb, number) ends one on the left.
_NAME_FLAGS = ("n", "j", "eng", "vn", "x", "zg", "b", "i", "l", "s", "ng", "an", "g")


@dataclass(frozen=True, slots=True)
class Suffix:
    """One ending: what it makes of the words before it. `lead` is any, place or exact; see the lexicon."""

    type: ActorType
    lead: str
    least: int
    most: int
    group: bool  # 集团, 供销社 and legal forms: a single everyday word before them is a name
    bare: bool = False  # 汽车, 公司: a place and a description before them are no name
    goes_on: tuple[str, ...] = ()  # what makes a place or a trade of them: 物流|中心, 食品|文化
    goes_with: tuple[str, ...] = ()  # what must follow: 江苏移动|联合, but 江苏移动支付


@functools.cache
def suffixes() -> Mapping[str, Suffix]:
    """Every ending of `lexicon/organisations.yaml`."""
    table: dict[str, Suffix] = {}
    for group in read_lexicon("organisations"):
        least, most = group.get("stem", ("0", "0"))
        for suffix in group.get("suffixes", []):
            takes_all = any(part in suffix for part in ("集团", "有限", "供销"))
            table[suffix] = Suffix(
                group["type"], group["lead"], int(least), int(most), takes_all, suffix in group.get("bare", ()),
                tuple(group.get("goes_on", ())), tuple(group.get("goes_with", ())),
            )  # fmt: skip
    return table


def is_legal_form(text: str, start: int, end: int) -> bool:
    """Whether a company's registered name ends with text[start:end]: 有限公司, 股份公司."""
    return "有限" in text[start:end] or text.startswith("股份公司", start - 2)


@functools.cache
def descriptions() -> frozenset[str]:
    """Words that describe an organisation without naming it: 大型, 上市, 快递."""
    return frozenset(word for group in read_lexicon("organisations") for word in group.get("words", []))


@functools.cache
def _lengths() -> tuple[int, ...]:
    """Of the descriptions, longest first."""
    return tuple(sorted({len(word) for word in descriptions()}, reverse=True))


class NameWords(NamedTuple):
    """Words that tell what of the text before an ending is its name; see the group of that name in the lexicon."""

    in_names: frozenset[str]
    breaks: frozenset[str]
    governs: frozenset[str]
    builds: frozenset[str]
    countries: frozenset[str]
    no_names: frozenset[str]
    attributes: tuple[str, ...]
    of_its_own: frozenset[str]
    wares: tuple[str, ...]
    arms: frozenset[str]


@functools.cache
def name_words() -> NameWords:
    groups = read_lexicon("organisations")
    words: dict[str, list[str]] = {key: next(group[key] for group in groups if key in group) for key in NameWords._fields}
    sets = {key: frozenset(some) for key, some in words.items()}
    return NameWords(
        sets["in_names"], sets["breaks"], sets["governs"], sets["builds"], sets["countries"], sets["no_names"],
        tuple(words["attributes"]), sets["of_its_own"], tuple(words["wares"]), sets["arms"],
    )  # fmt: skip


@functools.cache
def kinds() -> tuple[str, ...]:
    """What an organisation is, ahead of its name: 制造商|云海集团."""
    entry = next(group for group in read_lexicon("organisations") if group["type"] == "name behind")
    return tuple({*entry["kinds"], *entry["more_kinds"]} - {"公司"})


@functools.cache
def kinds_ahead() -> frozenset[str]:
    """What stands right ahead of a company's name: 厂商, of 光伏厂商云海."""
    entry = next(group for group in read_lexicon("organisations") if group["type"] == "name behind")
    return frozenset(entry["kinds"])


@functools.cache
def trades() -> frozenset[str]:
    """Trades that end the short name of a company: 建材, of 远桐建材."""
    return frozenset(next(group["trades"] for group in read_lexicon("organisations") if "trades" in group))


@functools.cache
def behind_places() -> frozenset[str]:
    """What ends the short name of a company behind a place: 钢铁, of 江城钢铁."""
    return frozenset(next(group["behind_places"] for group in read_lexicon("organisations") if "behind_places" in group))


@functools.cache
def telling_words() -> frozenset[str]:
    """What stands behind companies: 官网, of 云海官网."""
    return frozenset(next(group["tells"] for group in read_lexicon("organisations") if "tells" in group))


def only_described(text: str, left: int, end: int) -> bool:
    """上市公司, 国内知名快递公司: descriptions all the way to the boundary. Cheap, so it runs before any tagging."""
    described, lengths = descriptions(), _lengths()
    while end > left:
        length = next((length for length in lengths if length <= end - left and text[end - length : end] in described), 0)
        if not length:
            return False
        end -= length
    return True


def is_noun(word: Word) -> bool:
    """Whether a word can be a part of a name."""
    if word.text.isascii():
        return word.text.isalnum() and not word.text.islower() and not (len(word.text) == 1 and word.text.isdigit())  # 8|成公司
    return word.flag.startswith(_NAME_FLAGS) or word.text in name_words().in_names
