"""Archives that cannot be shown: what is wrong is named, with the file, and nothing half-written is taken for whole."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import yaml
from streamlit.testing.v1 import AppTest

import curated
from dashboard.archive import parts
from dashboard.archive.overlay import open_archive
from dashboard.archive.parts import ArchiveError
from dashboard.view import View
from dashboard.words import WORDS, say
from tests.conftest import PATIENCE
from tests.dashboard.archives import begin, fact_line, write_archive, write_part
from tests.dashboard.fixtures import write_story

ROOT = Path(__file__).parent.parent.parent
CASES = yaml.safe_load((Path(__file__).parent / "bad_archives.yaml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = write_story(tmp_path_factory.mktemp("root"))
    return write_archive(tmp_path_factory.mktemp("whole") / "a", curated.load(root))


@pytest.fixture(autouse=True)
def fresh(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YOUJU_CACHE", str(tmp_path / "cache"))
    parts._local.cache_clear()


def spoil(root: Path, step: str) -> None:
    deed, _, rest = step.partition(" ")
    if (deed, rest) == ("remove", "everything"):
        shutil.rmtree(root)
        return
    name, _, words = rest.partition(" ")
    found = sorted(root.glob(name)) or [root / name]
    for path in found:
        if deed == "remove":
            path.unlink()
        elif deed == "write":
            path.write_text(words, encoding="utf-8")
        elif deed == "empty":
            path.write_bytes(b"")
        elif deed == "cut":
            path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
        elif deed == "copy":
            shutil.copy(path, root / words)
        elif deed == "drop":
            table = pq.ParquetFile(path).read()
            pq.write_table(table.drop_columns(words.split()), path)
        elif deed == "turn":
            table = pq.ParquetFile(path).read()
            pq.write_table(table.set_column(table.schema.get_field_index(words), words, pa.array([f"x{i}" for i in range(len(table))])), path)


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_what_is_wrong_with_an_archive_is_named(case: dict[str, Any], whole: Path, tmp_path: Path) -> None:
    root = tmp_path / "a"
    shutil.copytree(whole, root)
    for step in case["make"]:
        spoil(root, step)

    with pytest.raises(ArchiveError) as caught:
        open_archive(str(root))
    for lang in ("zh", "en"):
        assert "{" not in say(f"archive_{caught.value.code}", lang, **caught.value.words)
    said = say(f"archive_{caught.value.code}", "zh", **caught.value.words)
    assert [words for words in case["says"] if words.format(root=root) not in said] == []
    assert list((tmp_path / "cache").glob("*.duckdb")) == []


def test_the_page_says_it_instead_of_a_traceback(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YOUJU_FACTS", str(tmp_path / "<b>nowhere</b>"))
    monkeypatch.setattr(sys, "argv", ["app.py"])
    at = AppTest.from_file(str(ROOT / "dashboard" / "app.py"), default_timeout=PATIENCE / 1000).run()

    assert [e.value for e in at.exception] == []
    said = " ".join(html.value for html in at.html)
    assert "YOUJU_FACTS" in said
    assert "&lt;b&gt;nowhere" in said


def test_without_duckdb_the_command_that_installs_it_is_said(whole: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "duckdb", None)
    with pytest.raises(ArchiveError) as caught:
        open_archive(str(whole))
    pinned = next(line.strip() for line in (ROOT / "requirements-scale.txt").read_text().splitlines() if line.startswith("duckdb"))
    assert caught.value.code == "duckdb"
    assert all(f"pip install {pinned}" in words for words in WORDS["archive_duckdb"])


def test_parts_a_killed_run_left_are_passed_over(tmp_path: Path) -> None:
    """Facts count when the articles of the same name are there."""
    store = curated.load(write_story(tmp_path / "root"))
    write_archive(tmp_path / "a", store)
    extra = fact_line(store, store.events[0]) | {"id": "e-half"}
    (tmp_path / "b").mkdir()
    begin(tmp_path / "b" / "c")
    write_part(tmp_path / "b" / "c", "two", [], [extra])
    for path in (tmp_path / "b" / "c" / "facts").glob("*/*.parquet"):
        target = tmp_path / "a" / "facts" / path.parent.name
        target.mkdir(exist_ok=True)
        shutil.copy(path, target)
        shutil.copy(path, target / ".part-three.parquet")

    assert "e-half" not in open_archive(str(tmp_path / "a")).rows


def test_an_archive_without_facts_is_an_empty_page(tmp_path: Path) -> None:
    begin(tmp_path / "a")
    write_part(tmp_path / "a", "one", [], [])
    archive = open_archive(str(tmp_path / "a"))
    archive.warm()

    assert archive.totals(View()).shown == 0
    assert archive.totals(View()).years is None
    assert archive.place_counts(View()) == [] == archive.actor_counts(View()) == list(archive.headlines(View()))


def test_a_new_part_makes_a_new_index_and_the_old_one_goes(tmp_path: Path) -> None:
    store = curated.load(write_story(tmp_path / "root"))
    root = write_archive(tmp_path / "a", store)
    before = open_archive(str(root))
    write_part(root, "two", [], [])
    parts._local.cache_clear()
    after = open_archive(str(root))

    assert after.key != before.key
    assert len(list((tmp_path / "cache").glob("*.duckdb"))) == 1
    assert len(before.rows) == len(after.rows)  # the old one still answers those who have it open
