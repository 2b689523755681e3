"""A Python without the packages gets advice in both languages, no traceback, and nothing is written."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT


@pytest.mark.parametrize(
    "command",
    [("extract",), ("extract", "scan", "seeds/"), ("extract", "add", "{article}"), ("extract", "why", "去年"), ("curated", "check"), ("curated", "export", "{root}/out"), ("curated",)],
    ids=" ".join,
)
def test_a_bare_python_is_told_what_to_do(command: tuple[str, ...], tmp_path: Path) -> None:
    article, root = tmp_path / "a.txt", tmp_path / "root"
    article.write_text("标题\n\n2018年5月，甲公司成立。\n", encoding="utf-8")
    (root / "seeds").mkdir(parents=True)
    (root / "curated").mkdir()
    words = [word.format(article=article, root=root) for word in command]
    run = subprocess.run([sys.executable, "-S", "-m", *words, "--root", str(root)], cwd=ROOT, capture_output=True, text=True, encoding="utf-8", timeout=60)

    assert (run.returncode, run.stdout) == (1, "")
    assert "Traceback" not in run.stderr
    assert [part for part in ("依赖", "yaml", ".venv", "Run ") if part not in run.stderr] == []
    assert sorted(path.name for path in root.rglob("*")) == ["curated", "seeds"]


def test_help_needs_nothing() -> None:
    run = subprocess.run([sys.executable, "-S", "-m", "extract", "--help"], cwd=ROOT, capture_output=True, text=True, encoding="utf-8", timeout=60)

    assert run.returncode == 0
