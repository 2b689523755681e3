"""The names that are known, with all their forms, and the words that are looked for together with them.

Knows `lexicon/actors.yaml`, the endings of organisations and the offices. Leaves out what stands in a text: that is
`known_actors.py`, and where a known name is an everyday word, `everyday_names.py`.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import NamedTuple

import ahocorasick_rs

from extract import people
from extract.lexicons import read_lexicon
from extract.mentions import ActorType
from extract.organisation_endings import kinds_ahead, suffixes, telling_words


@dataclass(frozen=True, slots=True)  # not a tuple: its fields are asked for at every such word of a text
class Known:
    kind: str  # name, not, suffix, office; tells and kind: what stands behind and before companies
    form: str
    name: str
    type: ActorType
    latin: bool  # begins or ends with a letter or digit: must stand alone (AMD is not in AMDahl)


@functools.cache
def automaton() -> tuple[ahocorasick_rs.AhoCorasick, list[Known]]:
    table: dict[str, Known] = {}
    for word in telling_words():
        table[word] = Known("tells", word, word, "other", False)
    for word in kinds_ahead():
        table[word] = Known("kind", word, word, "other", False)
    for office in people.offices() | people.short_offices():
        table[office] = Known("office", office, office, "person", False)
    for suffix, kind in suffixes().items():
        table[suffix] = Known("suffix", suffix, suffix, kind.type, False)
    for group in read_lexicon("actors"):
        for name, aliases in group["names"].items():
            for form in (name, *aliases):
                table[form] = Known("name", form, name, group["type"], form[0].isascii() or form[-1].isascii())
        for word in group.get("not", ()):
            table[word] = Known("not", word, word, "other", False)
    built = ahocorasick_rs.AhoCorasick(list(table), matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)
    return built, list(table.values())


@functools.cache
def known_forms() -> dict[str, str]:
    """Every form a known name takes, with the canonical one."""
    return {known.form: known.name for known in automaton()[1] if known.kind == "name"}


class Doubtful(NamedTuple):
    """Known names that mean something else as often."""

    wares: frozenset[str]  # what fields and orchards yield: 苹果, 小米
    channels: frozenset[str]  # what everybody has an account with: 官方微博
    weak: dict[str, list[str]]  # everyday words, each with the other forms of its company: 绿地, of 绿地集团
    every: frozenset[str]


@functools.cache
def words_of(key: str) -> frozenset[str]:
    """The words under `key` of all groups of `lexicon/actors.yaml`: what is said of its names there."""
    return frozenset(word for group in read_lexicon("actors") for word in group.get(key, ()))


@functools.cache
def doubtful() -> Doubtful:
    forms = known_forms()
    wares, channels, words = map(words_of, ("wares", "channels", "weak"))
    weak = {word: [form for form, name in forms.items() if name == forms[word] and form != word] for word in words}
    return Doubtful(wares, channels, weak, wares | channels | words)
