"""One curated file as entries with positions: the source, its records, and the machine's block.

Knows the shape of the file (sections, records, keys) and what to save of a file with a syntax error.
Leaves out what values mean (`curated.reader`) and every change to the text (`curated.splice`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Literal

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from curated import yaml_nodes
from curated.fields import SECTIONS, Kind, by_name
from curated.yaml_nodes import Fault, YamlError

MACHINE = "machine"
_TOP = ("source", *SECTIONS, MACHINE)


@dataclass(slots=True)
class Entry:
    """The source or one record: its mapping node, and key and value node of every field it has."""

    kind: Kind | Literal["machine"]
    node: MappingNode
    keys: dict[str, Node] = field(default_factory=dict)
    values: dict[str, Node] = field(default_factory=dict)

    @property
    def index(self) -> int:
        return self.node.start_mark.index

    def text(self, name: str) -> str:
        """The scalar of a field, "" where there is none."""
        node = self.values.get(name)
        return node.value if isinstance(node, ScalarNode) else ""

    def items(self, name: str) -> tuple[str, ...]:
        """One or many scalars of a field as a tuple."""
        node = self.values.get(name)
        if isinstance(node, SequenceNode):
            return tuple(item.value for item in node.value if isinstance(item, ScalarNode))
        return (node.value,) if isinstance(node, ScalarNode) and node.value else ()


@dataclass(slots=True)
class Document:
    """A whole file. `whole` is False where a syntax error left only parts to read."""

    text: str
    root: MappingNode | None = None
    source: Entry | None = None
    records: list[Entry] = field(default_factory=list)
    sections: dict[str, tuple[Node, Node]] = field(default_factory=dict)  # key and value node, also of machine
    machine: Entry | None = None
    faults: list[Fault] = field(default_factory=list)
    whole: bool = True


def read_document(text: str) -> Document:
    """Read what can be read; everything that is wrong with the shape is in `.faults`."""
    document = Document(text)
    try:
        root = yaml_nodes.compose(text)
    except YamlError as error:
        document.faults.append(error.fault)
        document.whole = False
        if error.fault.code != "unprintable":
            _salvage(document)
        return document
    if root is None:
        document.faults.append(Fault(0, "yaml", "empty"))
        document.whole = False
        return document
    _read_root(document, root)
    return document


def _read_root(document: Document, root: Node) -> None:
    code = yaml_nodes.refused(document.text, root)
    if code or not isinstance(root, MappingNode):
        document.faults.append(Fault(yaml_nodes.start(root), "yaml", code or "root"))
        return
    document.root = root
    for key, key_node, value in yaml_nodes.pairs(document.text, root, document.faults):
        if key not in _TOP:
            document.faults.append(Fault(yaml_nodes.start(key_node), key, "unknown_section", (key, "、".join(_TOP[:3]))))
            continue
        document.sections[key] = key_node, value
        if key == "source":
            document.source = _read_entry(document, "source", value)
        elif key == MACHINE:
            _read_machine(document, value)
        else:
            _read_list(document, key, value)


def _read_list(document: Document, section: str, value: Node) -> None:
    if isinstance(value, ScalarNode) and not value.value:
        return
    if not isinstance(value, SequenceNode):
        document.faults.append(Fault(yaml_nodes.start(value), section, "not_list"))
        return
    for node in value.value:
        code = yaml_nodes.refused(document.text, node)
        if code:
            document.faults.append(Fault(yaml_nodes.start(node), section, code))
            continue
        entry = _read_entry(document, SECTIONS[section], node)
        if entry is not None:
            document.records.append(entry)


def _read_entry(document: Document, kind: Kind, node: Node) -> Entry | None:
    if not isinstance(node, MappingNode):
        if kind != "source" or not isinstance(node, ScalarNode) or node.value:
            document.faults.append(Fault(yaml_nodes.start(node), kind, "not_mapping"))
        return None
    entry = Entry(kind, node)
    fields = by_name(kind)
    for key, key_node, value in yaml_nodes.pairs(document.text, node, document.faults):
        if key not in fields:
            near = get_close_matches(key, fields, 1)
            code = "unknown_key_near" if near else "unknown_key"
            document.faults.append(Fault(yaml_nodes.start(key_node), key, code, (key, *near)))
            continue
        entry.keys[key] = key_node
        entry.values[key] = value
    return entry


def _read_machine(document: Document, value: Node) -> None:
    if isinstance(value, ScalarNode) and not value.value:
        return
    if not isinstance(value, MappingNode):
        document.faults.append(Fault(yaml_nodes.start(value), MACHINE, "not_mapping"))
        return
    document.machine = Entry(MACHINE, value)
    for key, key_node, item in yaml_nodes.pairs(document.text, value, document.faults, MACHINE):
        if isinstance(item, ScalarNode):
            document.machine.keys[key] = key_node
            document.machine.values[key] = item
        else:
            document.faults.append(Fault(yaml_nodes.start(item), MACHINE, "not_text"))


_SECTION_LINE = re.compile(r"(?m)^(source|events|figures|machine)[ \t]*:")
_ITEM_LINE = re.compile(r"(?m)^([ ]*)- ")


def _salvage(document: Document) -> None:
    """Read the sections and records of a broken file one by one, so that one slip hides only itself.

    Each piece is composed behind as much white space as stands before it in the file: positions stay true.
    """
    heads, whole_file = list(_SECTION_LINE.finditer(document.text)), document.faults.pop()
    for head, after in zip(heads, [*heads[1:], None], strict=False):
        stop = after.start() if after else len(document.text)
        if head[1] in SECTIONS:
            for begin, finish in _item_spans(document.text, head.end(), stop):
                _salvage_piece(document, begin, finish, SECTIONS[head[1]])
        elif head[1] == "source":
            _salvage_piece(document, head.start(), stop, "source")
    if all(fault.field != "yaml" for fault in document.faults):
        document.faults.append(whole_file)


def _item_spans(text: str, begin: int, stop: int) -> list[tuple[int, int]]:
    """Spans of list items that start at the indent of the first one."""
    first = _ITEM_LINE.search(text, begin, stop)
    if first is None:
        return []
    starts = [m.start() for m in _ITEM_LINE.finditer(text, begin, stop) if m[1] == first[1]]
    return list(zip(starts, [*starts[1:], stop], strict=True))


def _salvage_piece(document: Document, begin: int, finish: int, kind: Kind) -> None:
    padded = re.sub(r"[^\n]", " ", document.text[:begin]) + document.text[begin:finish]
    try:
        root = yaml_nodes.compose(padded)
    except YamlError as error:
        document.faults.append(error.fault)
        return
    if isinstance(root, MappingNode) and kind == "source" and root.value:
        document.source = _read_entry(document, kind, root.value[0][1])
    elif isinstance(root, SequenceNode):
        for node in root.value:
            entry = None if yaml_nodes.refused(document.text, node) else _read_entry(document, kind, node)
            if entry is not None:
                document.records.append(entry)
