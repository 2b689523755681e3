"""No permission, a full disk, a disk that cannot be written: said with path and advice, and everything is as it was."""

from __future__ import annotations

import contextlib
import io
import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import curated
from curated.__main__ import main as curated_main
from curated.edit import By, edit_records
from curated.extraction import extract_all
from curated.store import find_articles
from extract.__main__ import main as extract_main

ARTICLE = "江报 2019-04-02\n\n2018年5月3日,青禾公司与宁波市政府签署合作协议,投入3亿元。\n"
PATH = "curated/articles/a.yaml"
ROOT_USER = hasattr(os, "geteuid") and os.geteuid() == 0
NOBODY = 65534


def fill(root: Path, articles: int = 1) -> Path:
    (root / "seeds").mkdir(parents=True, exist_ok=True)
    for number in range(articles):
        (root / "seeds" / f"{'abcdefgh'[number]}.txt").write_text(ARTICLE.replace("3亿", f"{number + 3}亿"), encoding="utf-8")
    extract_all(root)
    return root


def misspell(root: Path) -> None:
    """Something for `check --fix` to mend."""
    path = root / PATH
    path.write_text(path.read_text(encoding="utf-8").replace("status: draft", "status: Draft", 1), encoding="utf-8")


def held(root: Path) -> dict[str, bytes]:
    """Every file below a root, but for what can be made again."""
    return {p.relative_to(root).as_posix(): p.read_bytes() for p in root.rglob("*") if p.is_file() and ".cache" not in p.parts}


def run(command: Callable[[list[str]], int], *args: str) -> tuple[int, str]:
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        status = command(list(args))
    return status, said.getvalue()


def commands(root: Path, new: Path) -> list[tuple[str, Callable[[], tuple[int, str]]]]:
    """Everything that writes below a root, by name."""
    first = next(line.split(": ")[1] for line in (root / PATH).read_text(encoding="utf-8").splitlines() if "- id: " in line)
    return [
        ("extract", lambda: run(extract_main, "--root", str(root))),
        ("add", lambda: run(extract_main, "add", str(new), "--root", str(root))),
        ("mv", lambda: run(extract_main, "mv", "a", "sub/b", "--root", str(root))),
        ("fix", lambda: run(curated_main, "check", "--fix", "--root", str(root))),
        ("export", lambda: run(curated_main, "export", str(root / "out"), "--root", str(root))),
        ("edit", lambda: _edit(root, first)),
    ]


def _edit(root: Path, id_: str) -> tuple[int, str]:
    try:
        edit_records(root, PATH, {id_: {"status": "reviewed", "note": "核" * 3000}}, by=By("x"))
    except OSError as error:
        return 1, f"{error.filename or ''}: {error.strerror}"
    return 0, ""


@contextlib.contextmanager
def small_disk(path: Path, size: str) -> Iterator[Path]:
    """A disk of its own; skips where none may be mounted."""
    path.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(path)], capture_output=True, check=False).returncode:
        pytest.skip("no disk may be mounted here")
    try:
        yield path
    finally:
        subprocess.run(["umount", "-l", str(path)], capture_output=True, check=True)


def say_nothing_was_lost(root: Path, before: dict[str, bytes]) -> None:
    """Articles and records are as they were; what may be new is a log that is whole."""
    after = {name: data for name, data in held(root).items() if not name.startswith(("curated/changes/", "out/"))}
    assert {name: data for name, data in after.items() if name in before} == before
    assert [name for name in after if name not in before] == []
    assert [p for p in root.rglob("*") if "youju-tmp" in p.name or (p.parent.name == "out" and p.name.startswith("."))] == []


@pytest.mark.skipif(not ROOT_USER or shutil.which("mount") is None, reason="needs to mount a disk")
@pytest.mark.parametrize("number", range(6))
def test_a_full_disk(tmp_path: Path, number: int) -> None:
    new = tmp_path / "new.txt"
    new.write_text(ARTICLE * 20, encoding="utf-8")
    with small_disk(tmp_path / "disk", "512k") as root:
        fill(root)
        name, command = commands(root, new)[number]
        if name == "fix":
            misspell(root)
        if name == "extract":
            (root / "seeds" / "a.txt").write_text(ARTICLE.replace("3亿", "5亿"), encoding="utf-8")
        before = held(root)
        with contextlib.suppress(OSError), (root / "ballast").open("wb", buffering=0) as file:
            while True:
                file.write(b"0" * 4096)
        before["ballast"] = (root / "ballast").read_bytes()

        status, said = command()

        assert status == 1, name
        assert "No space left on device" in said, name
        assert "请检查权限和磁盘空间" in said or name == "edit"
        assert "Traceback" not in said
        if name == "mv":
            before = before | {n: d for n, d in held(root).items() if n in ("seeds/sub/b.txt",)}
        say_nothing_was_lost(root, before)
        (root / "ballast").unlink()
        assert command()[0] == 0, name  # with room again the same command does it


@pytest.mark.skipif(not ROOT_USER or shutil.which("mount") is None, reason="needs to mount a disk")
def test_a_disk_that_cannot_be_written(tmp_path: Path) -> None:
    new = tmp_path / "new.txt"
    new.write_text(ARTICLE, encoding="utf-8")
    with small_disk(tmp_path / "disk", "1m") as root:
        fill(root)
        misspell(root)
        before, jobs = held(root), commands(root, new)
        subprocess.run(["mount", "-o", "remount,ro", str(root)], check=True)

        for name, command in jobs:
            status, said = command()
            assert status == 1, name
            assert "Read-only file system" in said, (name, said)
            assert str(root) in said
        assert run(curated_main, "export", str(tmp_path / "out"), "--format", "csv", "--root", str(root))[0] == 1  # Draft is an error
        assert (tmp_path / "out" / "events.csv").exists()
        assert len(curated.load(root).events) > 0
        assert held(root) == before


@pytest.mark.skipif(not ROOT_USER, reason="needs to become another user")
def test_a_user_without_permission(request: pytest.FixtureRequest) -> None:
    """Folders and files of somebody else: what can be read is shown, what cannot is named, nothing is written."""
    folder = Path(tempfile.mkdtemp(prefix="youju-"))
    request.addfinalizer(lambda: shutil.rmtree(folder))
    root, new = fill(folder / "root", 2), folder / "new.txt"
    new.write_text(ARTICLE, encoding="utf-8")
    misspell(root)
    folder.chmod(0o755)
    (root / "seeds" / "b.txt").chmod(0)
    (root / "curated" / "articles" / "b.yaml").chmod(0)
    before, jobs = held(root), commands(root, new)
    curated.load(root)
    run(curated_main, "check", "--root", str(root))  # what is loaded late is loaded

    said = as_nobody(lambda: {name: command() for name, command in jobs} | {"check": run(curated_main, "check", "--root", str(root)), "events": len(curated.load(root).events), "articles": len(find_articles(root))})

    for name, _ in jobs:
        status, words = said[name]
        assert status == 1, name
        assert "Permission denied" in words, (name, words)
        assert "Traceback" not in words
    assert "curated/articles/b.yaml:1:1: file: 读不了:Permission denied;请检查权限" in said["check"][1]
    assert said["events"] > 0
    assert said["articles"] == 2
    assert held(root) == before


def as_nobody(work: Callable[[], Any]) -> Any:
    """What `work` returns in a process of the user nobody."""
    out, into = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.setgroups([])
            os.setgid(NOBODY)
            os.setuid(NOBODY)
            os.write(into, json.dumps(work()).encode())
        except BaseException as error:
            os.write(into, json.dumps({"error": repr(error)}).encode())
        finally:
            os._exit(0)
    os.close(into)
    with os.fdopen(out, "rb") as stream:
        data = stream.read()
    os.waitpid(child, 0)
    return json.loads(data)


@pytest.mark.skipif(ROOT_USER, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    root = fill(tmp_path)
    misspell(root)
    jobs = commands(root, root / "seeds" / "a.txt")
    before = held(root)
    for folder in (root / "curated" / ".cache", root / "curated" / "articles", root / "curated", root / "seeds", root):
        folder.chmod(0o555)
    try:
        for name, command in jobs:
            if name not in ("add", "extract"):
                status, said = command()
                assert (status, "Traceback" in said) == (1, False), name
    finally:
        for folder in (root, root / "seeds", root / "curated", root / "curated" / "articles", root / "curated" / ".cache"):
            folder.chmod(0o755)
    assert held(root) == before
