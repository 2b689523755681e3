"""What the commands need beside Python itself, and what to do where it is missing.

Looks without importing. Everything here must run on a bare Python.
"""

from __future__ import annotations

import importlib.util
import shlex
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
EXTRACT = ("yaml", "ahocorasick_rs", "rapidfuzz", "jieba", "rjieba")
CURATED = ("yaml", "ahocorasick_rs", "rapidfuzz")  # as in pyproject.toml: what the hook in other repositories has
EXPORT = ("icalendar", "pyarrow")


def missing(names: tuple[str, ...]) -> list[str]:
    """Those of the packages that this Python lacks."""
    return [name for name in names if importlib.util.find_spec(name) is None]


def advice(absent: list[str]) -> str:
    """How to go on, in both languages: the command as it works here where `make` has set up .venv, else how to set up."""
    packages = ", ".join(absent)
    python = next((path for path in (".venv/bin/python", ".venv/Scripts/python.exe") if (ROOT / path).is_file()), "")
    if python and not Path(sys.prefix).samefile(ROOT / ".venv"):
        again = shlex.join([python, *sys.orig_argv[1:]])
        return (
            f"这个 Python 没有装依赖（缺 {packages}）；依赖装在 .venv 里，请运行：\n  {again}\n"
            f"This Python lacks {packages}, which is installed in .venv. Run the command above, or `source .venv/bin/activate` first."
        )
    return (
        f"还没有装依赖（缺 {packages}）；请先运行下面任意一条：\n  make extract\n  python -m pip install -r requirements.txt\n"
        f"{packages} is not installed. Run one of the commands above first; `make` installs into .venv, so go on with .venv/bin/python."
    )
