"""Canonical names: curated/actors.yaml, measures.yaml and places.yaml, edited by hand.

Knows which alias belongs to which name. An entry is `name`, `aliases`, and what its file adds: `type` of an actor,
`is` (a known place, adcode or list of them) of a place. Leaves out guessing: `curated.relations` suggests aliases.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import get_args

from yaml.nodes import MappingNode, ScalarNode, SequenceNode

from curated import yaml_nodes
from curated.yaml_nodes import Fault, YamlError
from extract.mentions import ActorType

ACTOR_TYPES: tuple[str, ...] = get_args(ActorType)
FILES = {"actors": ("name", "aliases", "type", "note"), "measures": ("name", "aliases", "note"), "places": ("name", "aliases", "is", "note")}


@dataclass(slots=True)
class Names:
    """`actors["阿里巴巴集团"]` is 阿里巴巴; `places` leads from an alias to what resolves."""

    actors: dict[str, str] = field(default_factory=dict)
    actor_types: dict[str, str] = field(default_factory=dict)
    measures: dict[str, str] = field(default_factory=dict)
    places: dict[str, tuple[str, ...]] = field(default_factory=dict)
    place_names: dict[str, str] = field(default_factory=dict)

    def actor(self, name: str) -> str:
        return self.actors.get(name, name)

    def measure(self, name: str) -> str:
        return self.measures.get(name, name)


def read_names(texts: dict[str, str]) -> tuple[Names, dict[str, list[Fault]]]:
    """Names from the texts of the three files (missing ones left out), and what is wrong in each."""
    names = Names()
    faults: dict[str, list[Fault]] = {}
    for stem, text in texts.items():
        faults[stem] = []
        for entry in _entries(stem, text, faults[stem]):
            _add(names, stem, entry, text, faults[stem])
    return names, faults


def _entries(stem: str, text: str, faults: list[Fault]) -> list[dict[str, tuple[int, tuple[str, ...]]]]:
    """Each entry as key -> (position, words)."""
    try:
        root = yaml_nodes.compose(text)
    except YamlError as error:
        faults.append(error.fault)
        return []
    if root is None:
        return []
    if not isinstance(root, SequenceNode):
        faults.append(Fault(yaml_nodes.start(root), stem, "not_list"))
        return []
    entries = []
    for node in root.value:
        code = yaml_nodes.refused(text, node) or ("" if isinstance(node, MappingNode) else "not_mapping")
        if code:
            faults.append(Fault(yaml_nodes.start(node), stem, code))
            continue
        entry = {"": (yaml_nodes.start(node), ())}
        for key, key_node, value in yaml_nodes.pairs(text, node, faults):
            if key not in FILES[stem]:
                faults.append(Fault(yaml_nodes.start(key_node), key, "unknown_section", (key, "、".join(FILES[stem]))))
                continue
            items = value.value if isinstance(value, SequenceNode) else [value]
            if not all(isinstance(item, ScalarNode) for item in items):
                faults.append(Fault(yaml_nodes.start(value), key, "not_names"))
                continue
            entry[key] = yaml_nodes.start(value), tuple(item.value for item in items if item.value)
        entries.append(entry)
    return entries


def _add(names: Names, stem: str, entry: dict[str, tuple[int, tuple[str, ...]]], text: str, faults: list[Fault]) -> None:
    where, words = entry.get("name", entry[""])
    if not words:
        faults.append(Fault(where, "name", "name_missing"))
        return
    name = words[0]
    table = {"actors": names.actors, "measures": names.measures, "places": names.place_names}[stem]
    for alias in (name, *entry.get("aliases", (0, ()))[1]):
        if table.setdefault(alias, name) != name:
            faults.append(Fault(entry.get("aliases", entry["name"])[0], "aliases", "name_twice", (alias, table[alias])))
            continue
        if stem == "places":
            names.places[alias] = entry.get("is", (0, (name,)))[1]
    if stem == "actors" and "type" in entry:
        at, said = entry["type"]
        if said and said[0] not in ACTOR_TYPES:
            faults.append(Fault(at, "type", "bad_choice", (said[0], "、".join(ACTOR_TYPES))))
        elif said:
            names.actor_types[name] = said[0]


@lru_cache(8)
def read_names_cached(items: tuple[tuple[str, str], ...]) -> tuple[Names, dict[str, list[Fault]]]:
    """`read_names` for texts that were read before in this process."""
    return read_names(dict(items))
