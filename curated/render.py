"""Values as YAML text: plain where plain style keeps them, quoted where it would change them.

Knows what YAML 1.1 parsers and the flow style do to plain text. Leaves out where the text goes (`curated.splice`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from curated.fields import FIELDS, Kind, by_name

Value = str | tuple[str, ...]
Values = Mapping[str, Value]
SCHEMA_LINE = "# yaml-language-server: $schema={}schema.json"
_MACHINE_COMMENT = "# 机器记下的上次草稿,用来认出人工改动;请勿编辑。 What the machine wrote last; leave as it is."

# An indicator in front, a colon or a hash that would start something, blanks at the ends, anything unprintable.
_NOT_PLAIN = re.compile(
    "[,\\[\\]{}#&*!|>'\"%@`]|[-?:](?:[ ]|$)|---|\\.\\.\\.|[ \t]|.*(?::(?:[ \t]|$)|[ \t]#|[ \t]$|[^\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff])",
    re.S,
)
_FLOW = re.compile(r"[,\[\]{}:?]")
# Plain words that other YAML tools read as something else than text.
_TYPED = re.compile(r"(?i)~|null|true|false|yes|no|on|off|y|n")
_ESCAPE = re.compile("[\\\\\"]|[^\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
_SHORT = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r", "\0": "\\0"}


def scalar(text: str, *, flow: bool = False, quoted: bool = False) -> str:
    """
    >>> scalar("超过2800万"), scalar("甲,乙", flow=True), scalar('"一张网"上线')
    ('超过2800万', '"甲,乙"', '"\\\\"一张网\\\\"上线"')
    """
    if not text or quoted or _NOT_PLAIN.match(text) or _TYPED.fullmatch(text) or (flow and _FLOW.search(text)):
        return '"' + _ESCAPE.sub(_escaped, text) + '"'
    return text


def value(kind: str, name: str, content: Value, *, flow: bool = False) -> str:
    """One field's value: quotes always quoted, flags bare, several words as a flow list."""
    if isinstance(content, tuple):
        return "[" + ", ".join(scalar(item, flow=True) for item in content) + "]"
    spec = by_name(kind).get(name) if kind in FIELDS else None  # type: ignore[arg-type]
    if spec and spec.shape == "flag" and content in ("true", "false"):
        return content
    return scalar(content, flow=flow, quoted=name == "quote")


def ordered(kind: Kind, values: Values) -> list[str]:
    """Names of the fields in `values`, in written order."""
    return [spec.name for spec in FIELDS[kind] if spec.name in values]


def record(kind: Kind, values: Values, indent: int, newline: str) -> str:
    """A record as list item whose dash stands at column `indent`; no newline at the end."""
    lead = " " * indent
    lines = [f"{name}: {value(kind, name, values[name])}" for name in ordered(kind, values)]
    return newline.join((lead + "- " if i == 0 else lead + "  ") + line for i, line in enumerate(lines))


def flow_record(kind: Kind, values: Values) -> str:
    """A record between braces, for lists that are written that way."""
    return "{" + ", ".join(f"{n}: {value(kind, n, values[n], flow=True)}" for n in ordered(kind, values)) + "}"


def mapping(kind: str, values: Values, newline: str) -> str:
    """Fields two columns in, one a line, without the last newline."""
    names = ordered(kind, values) if kind in FIELDS else list(values)  # type: ignore[arg-type]
    return newline.join(f"  {name}: {value(kind, name, values[name])}" for name in names)


def machine_head(newline: str) -> str:
    return _MACHINE_COMMENT + newline + "machine:"


def file(depth: int, source: Values, events: list[Values], figures: list[Values], machine: Values) -> str:
    """A new curated file; `depth` is how many folders it lies below curated/articles."""
    parts = [SCHEMA_LINE.format("../" * (depth + 1)), "source:\n" + mapping("source", source, "\n")]
    kinds: list[tuple[str, Kind, list[Values]]] = [("events", "event", events), ("figures", "figure", figures)]
    for section, kind, items in kinds:
        body = "\n\n".join(record(kind, item, 2, "\n") for item in items)
        parts.append(f"\n{section}:\n{body}" if items else f"\n{section}: []")
    parts.append("\n" + machine_head("\n") + "\n" + mapping("machine", machine, "\n"))
    return "\n".join(parts) + "\n"


def _escaped(found: re.Match[str]) -> str:
    char = found[0]
    if char in _SHORT:
        return _SHORT[char]
    code = ord(char)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
