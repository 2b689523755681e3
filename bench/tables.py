"""The committed tables of `bench/README.md`: each bench owns one block between two comment lines."""

from __future__ import annotations

import re
from pathlib import Path

README = Path(__file__).parent / "README.md"
HEAD = """# 量出来的 / What was measured

`make bench` 重新量一遍,印出与这里相比的得失,再改写下面的表。 `make bench` measures again, prints gains and losses against what stands here, and rewrites the tables.
"""


def read_table(name: str) -> dict[str, list[str]]:
    """The committed rows of the block `name`: first cell -> the other cells. Empty where there is no such block."""
    block = _block(_text(), name)
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in block.splitlines() if line.startswith("|")]
    return {row[0]: row[1:] for row in rows[2:]}


def write_table(name: str, title: str, columns: list[str], rows: dict[str, list[str]], note: str = "") -> None:
    """Replace the block `name` by this table, or add it at the end; everything else in the file stays."""
    lines = [f"## {title}", "", *([note, ""] if note else []), "| " + " | ".join(columns) + " |", "|" + " --- |" * len(columns)]
    lines += ["| " + " | ".join([first, *cells]) + " |" for first, cells in rows.items()]
    text, block = _text(), "\n".join(lines)
    marked = f"<!-- {name} -->\n{block}\n<!-- /{name} -->"
    pattern = re.compile(rf"<!-- {name} -->.*?<!-- /{name} -->", re.DOTALL)
    new = pattern.sub(lambda _: marked, text) if pattern.search(text) else f"{text.rstrip()}\n\n{marked}\n"
    README.write_text(new, encoding="utf-8")


def _text() -> str:
    return README.read_text(encoding="utf-8") if README.exists() else HEAD


def _block(text: str, name: str) -> str:
    match = re.search(rf"<!-- {name} -->(.*?)<!-- /{name} -->", text, re.DOTALL)
    return match.group(1) if match else ""
