"""Texts that once took for ever, or nearly: each is read in a process that is given a minute for all of them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent

# What is called with what; found by `make fuzz` and the battery of hostile text.
SLOW = {
    "a row of dashes that is no table": "from extract.reading import read; read('-' * 51 + '\\x08[[]\\t\\t?2\\to]\\n]', 'a.md')",
    "many rows of dashes": "from extract.reading import read; read(('-' * 60 + 'x\\n') * 200, 'a.md')",
    "a very long quote that stands nowhere": "from curated.anchors import Anchors; assert Anchors('<b>' * 9000, lambda: None).resemble('<b>' * 7000 + '长') is None",
    "a very long quote in an article nothing like it": "from curated.anchors import Anchors; assert Anchors('2019年甲签署。' * 3000, lambda: None).resemble('长' * 20000) is None",
}


@pytest.mark.parametrize("code", SLOW.values(), ids=SLOW)
def test_it_ends(code: str) -> None:
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60)

    assert done.returncode == 0, done.stderr[-500:]


@pytest.mark.parametrize("row", ["|---|---|", "| :-- | --: |", "---|---", " :---: | -- ", "--|--|--|"])
def test_the_rule_of_a_table_is_still_left_out(row: str) -> None:
    from extract.reading import read

    assert read(f"# 甲\n\n| 乙 | 丙 |\n{row}\n| 丁 | 戊 |\n", "a.md").text.count("-") == 0
