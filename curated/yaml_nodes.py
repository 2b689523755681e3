"""YAML text as nodes with positions: every scalar is text, and what would surprise an editor is refused.

Knows syntax errors, control characters, aliases, anchors, tags, duplicate keys and keys that are not plain words.
Leaves out what the values mean. Positions are code point indices into the text (a BOM not counted).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

MAX_BYTES = 16 << 20  # a curated file of one article is a few hundred kilobytes at most
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
# What YAML 1.1 allows unescaped, minus surrogates, which UTF-8 cannot hold.
_UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Fault(NamedTuple):
    """Something wrong at one spot of one file; `curated.messages` words it."""

    offset: int  # code points into the text
    field: str
    code: str
    args: tuple[str, ...] = ()
    severity: str = "error"


class YamlError(Exception):
    """The text is no usable YAML; `fault` says where and why."""

    def __init__(self, fault: Fault):
        super().__init__(fault.code)
        self.fault = fault


def compose(text: str) -> Node | None:
    """Root node of the only document, None for a text of comments. Raises YamlError.

    Aliases are not yet refused here: `refused` looks at one node at a time, so nothing is expanded.
    """
    bad = _UNPRINTABLE.search(text)
    if bad:
        raise YamlError(Fault(bad.start(), "yaml", "unprintable", (f"U+{ord(bad[0]):04X}",)))
    try:
        return yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        index = min(mark.index, len(text)) if mark else 0
        wide = _wide_colon(text, index)
        if wide is not None:
            raise YamlError(Fault(wide.end() - 1, "yaml", "wide_colon", (wide["key"],))) from None
        code, words = _explain(text, index, error.problem or "")
        if code in ("unclosed", "bracket") and error.context_mark:
            index = error.context_mark.index  # where the quote or bracket opens
        raise YamlError(Fault(index, "yaml", code, words)) from None
    except (yaml.YAMLError, RecursionError) as error:
        raise YamlError(Fault(0, "yaml", "syntax", (str(error).split("\n")[0],))) from None


# `title：甲` is no pair to YAML, which stumbles over what comes next: the slip is on a line before.
_WIDE_COLON = re.compile(r"^[ \t]*(?:- +)?(?P<key>[A-Za-z_]{2,30})[ \t]*：", re.M)


def _wide_colon(text: str, index: int) -> re.Match[str] | None:
    """The last key with a full-width colon in the ten lines up to a fault."""
    lines = text[:index].split("\n")
    begin = len("\n".join(lines[:-10])) if len(lines) > 10 else 0
    end = text.find("\n", index)
    return next(iter(reversed(list(_WIDE_COLON.finditer(text, begin, end if end >= 0 else len(text))))), None)


def start(node: Node) -> int:
    return node.start_mark.index


def end(node: Node) -> int:
    """Where the text of a node stops; block collections end with their last leaf, blank lines left out."""
    while isinstance(node, MappingNode | SequenceNode) and node.value and not node.flow_style:
        last = node.value[-1]
        node = last[1] if isinstance(node, MappingNode) else last
    return node.end_mark.index


def refused(text: str, node: Node) -> str:
    """Code of the fault when a node carries an anchor, alias or tag, "" when it is plain."""
    first = text[node.start_mark.index : node.start_mark.index + 1]
    if first == "!":
        return "tag"
    return "alias" if first in ("&", "*") else ""


def pairs(text: str, node: MappingNode, faults: list[Fault], field: str = "") -> Iterator[tuple[str, Node, Node]]:
    """Key, key node and value node of each usable pair; the others are added to `faults`."""
    seen: set[str] = set()
    for key_node, value in node.value:
        code = refused(text, key_node) or ("" if isinstance(key_node, ScalarNode) else "key")
        if code:
            faults.append(Fault(start(key_node), field or "yaml", code))
            continue
        key = key_node.value
        if key in seen:
            faults.append(Fault(start(key_node), key, "duplicate_key", (key,)))
            continue
        seen.add(key)
        code = refused(text, value)
        if code:
            at = start(value) if start(value) > start(key_node) else text.find("*", key_node.end_mark.index)
            faults.append(Fault(at, key, code))
            continue
        yield key, key_node, value


def line_column(text: str, index: int) -> tuple[int, int]:
    """1-based line and column in code points, counting lines as editors do: by line feeds."""
    begin = text.rfind("\n", 0, index) + 1
    return text.count("\n", 0, index) + 1, index - begin + 1


def _explain(text: str, index: int, problem: str) -> tuple[str, tuple[str, ...]]:
    """Code and words for a syntax error: the few slips that editors make are named, the rest is passed on."""
    if "alias" in problem or "anchor" in problem:
        return "alias", ()
    if "another document" in problem or "single document" in problem:
        return "documents", ()
    if "tab" in problem or text[index : index + 1] == "\t":
        return "tab", ()
    if "mapping values are not allowed" in problem:
        return "colon", ()
    if "',' or ']'" in problem or "',' or '}'" in problem:
        return "bracket", ()
    if "quoted scalar" in problem or "unexpected end of stream" in problem or "end of stream" in problem:
        return "unclosed", ()
    if "cannot start any token" in problem:
        return "start_character", (text[index : index + 1],)
    if "expected <block end>" in problem or "did not find expected key" in problem or "expected '-' indicator" in problem:
        return "indent", ()
    if "nesting" in problem:
        return "nesting", ()
    return "syntax", (problem,)
