"""The shape of the project: who may import whom, and that what the documents say exists."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LAYERS = {"extract": set(), "curated": {"extract"}, "dashboard": {"curated", "extract"}}
# Commands at the edge write what was extracted; everything else lets imports run one way only.
EDGE = {("extract/__main__.py", "curated"), ("extract/batch.py", "curated"), ("extract/promote.py", "curated")}
MODULES = [p for layer in LAYERS for p in sorted((ROOT / layer).rglob("*.py"))]


def imported_packages(path: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            names.add(node.module.split(".")[0])
    return names


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(ROOT)))
def test_imports_run_against_the_flow_of_data(path):
    """dashboard -> curated -> extract; nothing returns, and only commands at the edge write."""
    name = path.relative_to(ROOT).as_posix()
    layer = name.split("/")[0]
    wrong = {p for p in imported_packages(path) & (set(LAYERS) | {"streamlit"}) if p != layer and p not in LAYERS[layer]}
    if layer == "dashboard":
        wrong.discard("streamlit")

    assert {p for p in wrong if (name, p) not in EDGE} == set()


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(ROOT)))
def test_no_module_of_the_page_hides_a_standard_module(path):
    """`streamlit run` puts dashboard/ first on sys.path, so a dashboard/calendar.py would hide Python's."""
    if path.parent == ROOT / "dashboard":
        assert path.stem not in sys.stdlib_module_names


def test_importing_extract_loads_no_dictionary_and_no_page():
    code = "import sys, extract; print([m for m in ('jieba', 'rjieba', 'streamlit', 'pandas', 'curated') if m in sys.modules])"

    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip() == "[]"


def test_every_command_in_the_readme_exists():
    """Each `make …` the README shows is a target of the Makefile."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):", makefile, re.M))
    shown = set(re.findall(r"(?:^|`)make ([a-z]+)", (ROOT / "README.md").read_text(encoding="utf-8"), re.M))

    assert shown >= {"run", "test"}
    assert shown <= targets


def test_runtime_dependencies_are_pinned_to_one_version():
    lines = [line.split("#")[0].strip() for name in ("requirements.txt", "requirements-scale.txt", "requirements-dev.txt") for line in (ROOT / name).read_text().splitlines()]
    loose = [line for line in lines if line and not line.startswith("-r") and "==" not in line]

    assert loose == []


def test_the_articles_are_never_converted():
    """Offsets count raw code points: line ends and encodings of seeds must survive a checkout."""
    assert "seeds/* -text" in (ROOT / ".gitattributes").read_text() or "seeds/** -text" in (ROOT / ".gitattributes").read_text()


def test_no_pattern_repeats_a_group_possessively():
    """Python before 3.11.5 matches `(…)?+` and `(…){0,4}+` wrongly, to the point of never ending; `(?>(…)?)` is the same thing."""
    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in sorted((ROOT / "extract").rglob("*.py"))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if re.search(r"\)(?:\{+\d*,?\d*\}+|[*+?])\+", line)
    ]

    assert found == []
