"""The names that are known, with all their forms, and the words that are looked for together with them.

Knows `lexicon/actors.yaml`, the listed companies of `lexicon/companies.tsv`, the endings of organisations and the offices. Leaves out what stands in a text: that is
`known_actors.py`, and where a known name is an everyday word, `everyday_names.py`.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import NamedTuple

import ahocorasick_rs

from extract import people
from extract.lexicons import FOLDER, read_lexicon
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
    for name, everyday in listed().items():
        if not everyday:
            table[name] = Known("name", name, name, "company", False)
    built = ahocorasick_rs.AhoCorasick(list(table), matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)
    return built, list(table.values())


@functools.cache
def listed() -> dict[str, bool]:
    """The names of China's listed companies (`lexicon/companies.tsv`), each with whether its words may stand side by side anywhere.

    Left out are those of which `lexicon/actors.yaml` speaks.
    """
    spoken_of = words_of("not").union(*({name, *aliases} for group in read_lexicon("actors") for name, aliases in group["names"].items()))
    lines = (FOLDER / "companies.tsv").read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if not line.startswith("#"))
    return {name: standing == "everyday" for name, standing in rows if name not in spoken_of}


@functools.cache
def everyday_automaton() -> tuple[ahocorasick_rs.AhoCorasick, list[str]]:
    """Those whose words may stand side by side anywhere: looked for apart, so that they hide no other name (云江|旅游局)."""
    names = [name for name, everyday in listed().items() if everyday]
    return ahocorasick_rs.AhoCorasick(names, matchkind=ahocorasick_rs.MatchKind.LeftmostLongest), names


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
    wares, channels, words = map(words_of, ("wares", "channels", "weak"))
    weak = {}
    for group in read_lexicon("actors"):
        for name, aliases in group["names"].items():
            for word in words.intersection((name, *aliases)):
                weak[word] = [form for form in (name, *aliases) if form != word]
    return Doubtful(wares, channels, weak, wares | channels | words)
