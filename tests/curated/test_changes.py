"""The log of changes: one line a change, on the disk before the change, that merges in Git and survives what goes wrong."""

from __future__ import annotations

import errno
import json
import os
import random
import shutil
import signal
import subprocess
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from curated import changes, edit
from curated.changes import Change, append_changes, read_changes, timestamp
from curated.document import read_document
from curated.edit import By, EditError, edit_records
from curated.extraction import extract_all
from tests.curated.conftest import Root

KILLS = int(os.environ.get("YOUJU_KILLS", "12"))  # 100 and more in `make soak`
PATH = "curated/articles/a.yaml"
LIN = By("lin@example.org")


@pytest.fixture
def drafted(root: Root) -> Root:
    root.article()
    extract_all(root.path)
    return root


def ids(root: Root) -> list[str]:
    return [entry.text("id") for entry in read_document(root.curated()).records]


def lines(root: Root) -> list[dict[str, Any]]:
    return [json.loads(line) for path in sorted((root.path / changes.FOLDER).glob("*.jsonl")) for line in path.read_text(encoding="utf-8").splitlines()]


def change(number: int, **others: Any) -> Change:
    return Change(f"2026-11-24T00:00:{number:02}.000Z", "x", "review", "f", f"e-{number}", {}, {})._replace(**others)


def test_a_change_is_one_line_with_who_when_and_the_fields_that_differ(drafted: Root) -> None:
    first = ids(drafted)[0]
    title = read_document(drafted.curated()).records[0].text("title")
    edit_records(drafted.path, PATH, {first: {"status": "reviewed", "title": title, "note": "核过\n两遍"}}, by=LIN)

    (line,) = lines(drafted)
    assert list(line) == ["when", "who", "how", "file", "id", "was", "now"]
    assert (line["who"], line["how"], line["file"], line["id"]) == ("lin@example.org", "review", PATH, first)
    assert line["was"] == {"status": "draft", "note": None}
    assert line["now"] == {"status": "reviewed", "note": "核过\n两遍"}
    assert line["when"].endswith("Z")
    assert line["when"] <= timestamp()


def test_many_records_are_a_line_each_and_nothing_new_is_none(drafted: Root) -> None:
    verdict = {id_: {"status": "dropped"} for id_ in ids(drafted)[:3]}
    edit_records(drafted.path, PATH, verdict, by=LIN)
    edit_records(drafted.path, PATH, verdict, by=LIN)

    assert [line["id"] for line in lines(drafted)] == list(verdict)


def test_a_refused_change_leaves_no_line(drafted: Root) -> None:
    with pytest.raises(EditError):
        edit_records(drafted.path, PATH, {"e-nowhere": {"status": "reviewed"}}, by=LIN)
    with pytest.raises(EditError):
        edit_records(drafted.path, PATH, {ids(drafted)[0]: {"date": "前些日子吧"}}, by=LIN)
    with pytest.raises(EditError):
        edit_records(drafted.path, PATH, {ids(drafted)[0]: {"note": "甲"}}, "another text", by=LIN)

    assert lines(drafted) == []


def test_a_change_lost_to_another_writer_is_marked_as_failed_and_not_shown(drafted: Root, monkeypatch: pytest.MonkeyPatch) -> None:
    real = changes.append_changes

    def log_slowly(root: Path, found: list[Change]) -> None:
        real(root, found)
        with (drafted.path / PATH).open("ab") as file:  # a person's editor, at the worst moment
            file.write(b"# theirs\n")

    monkeypatch.setattr(edit, "append_changes", log_slowly)
    with pytest.raises(EditError) as refused:
        edit_records(drafted.path, PATH, {ids(drafted)[0]: {"status": "reviewed"}}, by=LIN)

    assert refused.value.code == "changed"
    assert "# theirs" in drafted.curated()
    assert [line["how"] for line in lines(drafted)] == ["review", "failed"]
    assert read_changes(drafted.path) == []


def test_what_cannot_be_logged_is_not_written(drafted: Root, monkeypatch: pytest.MonkeyPatch) -> None:
    before = drafted.curated()
    (drafted.path / changes.FOLDER).write_text("a file in its place", encoding="utf-8")

    with pytest.raises(OSError, match="changes"):
        edit_records(drafted.path, PATH, {ids(drafted)[0]: {"status": "reviewed"}}, by=LIN)

    assert drafted.curated() == before
    assert [p.name for p in (drafted.path / "curated/articles").iterdir()] == ["a.yaml"]


def test_a_line_that_a_full_disk_cuts_off_is_taken_out_again(root: Root, monkeypatch: pytest.MonkeyPatch) -> None:
    append_changes(root.path, [change(1)])
    before = (root.path / changes.FOLDER / "2026-11.jsonl").read_bytes()

    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        append_changes(root.path, [change(2)])

    assert (root.path / changes.FOLDER / "2026-11.jsonl").read_bytes() == before


def test_a_line_that_a_kill_cut_off_hides_only_itself(root: Root) -> None:
    append_changes(root.path, [change(1)])
    with (root.path / changes.FOLDER / "2026-11.jsonl").open("ab") as file:
        file.write(b'{"when": "2026-11-24T00:00:02')
    append_changes(root.path, [change(3)])

    assert [found.id for found in read_changes(root.path)] == ["e-3", "e-1"]


@pytest.mark.parametrize("line", [b"", b"[]", b"null", b"{}", b'{"when": 1}', b"\xff\xfe", b"[" * 50_000, b'{"when":"x","who":[],"how":"","file":"","id":"","was":{},"now":{}}', b'{"when":"x","who":"","how":"","file":"","id":"","was":[],"now":{}}', b'{"when":"x","who":"","how":"","file":"","id":"","was":{},"now":{},"more":1}'])
def test_lines_of_others_are_passed_over(root: Root, line: bytes) -> None:
    append_changes(root.path, [change(1)])
    with (root.path / changes.FOLDER / "2026-11.jsonl").open("ab") as file:
        file.write(line + b"\n")

    assert [found.id for found in read_changes(root.path)] == ["e-1"]


def test_only_the_end_of_a_long_log_is_read(root: Root) -> None:
    append_changes(root.path, [change(number % 60, id=f"e-{number}") for number in range(5000)])

    assert len(read_changes(root.path, 20)) == 20


def test_the_log_is_no_article_and_no_record(drafted: Root) -> None:
    import curated

    edit_records(drafted.path, PATH, {ids(drafted)[0]: {"status": "reviewed"}}, by=LIN)
    store, again = curated.load(drafted.path), extract_all(drafted.path)

    assert list(store.sources) == ["a"]
    assert [p for p in store.problems if "changes" in p.path] == []
    assert (again.orphaned, again.unreadable, again.changed) == ([], [], [])


@pytest.mark.skipif(shutil.which("git") is None, reason="needs Git")
def test_two_branches_of_the_log_merge_without_a_conflict(root: Root) -> None:
    def git(*args: str) -> None:
        subprocess.run(["git", "-c", "user.name=x", "-c", "user.email=x@example.org", *args], cwd=root.path, check=True, capture_output=True)

    git("init", "-b", "main")
    append_changes(root.path, [change(1)])
    git("add", ".")
    git("commit", "-m", "1")
    git("checkout", "-b", "other")
    append_changes(root.path, [change(2)])
    git("commit", "-am", "2")
    git("checkout", "main")
    append_changes(root.path, [change(3)])
    git("commit", "-am", "3")
    git("merge", "other", "-m", "both")

    assert [found.id for found in read_changes(root.path)] == ["e-3", "e-2", "e-1"]


# -- killed at any moment --------------------------------------------------------------------------------


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_edits_killed_at_any_moment_lose_no_record_and_no_line(drafted: Root) -> None:
    """Whatever verdict the file holds, its line is in the log; the file is always whole."""
    names, rng = ids(drafted), random.Random(7)
    first = {entry.text("id"): entry.text("status") for entry in read_document(drafted.curated()).records}
    killed_between = known = 0
    for _ in range(KILLS):
        child = os.fork()
        if child == 0:
            _edit_forever(drafted.path, names)
        time.sleep(0.02 + rng.random() * 0.35)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        document = read_document(drafted.curated())
        assert document.whole
        assert [entry.text("id") for entry in document.records] == names
        logged = lines_that_are_whole(drafted)
        for entry in document.records:
            notes_logged = {line["now"].get("note") for line in logged if line["id"] == entry.text("id")}
            assert entry.text("note") in notes_logged or (not entry.text("note") and entry.text("status") == first[entry.text("id")])
        notes = {entry.text("id"): entry.text("note") for entry in document.records}
        killed_between += len(logged) > known and notes[logged[-1]["id"]] != logged[-1]["now"].get("note")
        known = len(logged)
        assert extract_all(drafted.path).unreadable == []
        assert list((drafted.path / "curated").rglob("*youju-tmp*")) == []
    print(f"{KILLS} kills, {killed_between} with a line whose change was not made yet, {len(lines_that_are_whole(drafted))} changes")


def lines_that_are_whole(root: Root) -> list[dict[str, Any]]:
    found = []
    for path in sorted((root.path / changes.FOLDER).glob("*.jsonl")):
        for line in path.read_bytes().splitlines():
            try:
                found.append(json.loads(line))
            except ValueError:
                continue
    return found


def _edit_forever(root: Path, names: list[str]) -> None:
    try:
        for number in range(10_000):
            name = names[number % len(names)]
            edit_records(root, PATH, {name: {"status": "reviewed", "note": f"第{os.getpid()}-{number}次"}}, by=LIN)
    finally:
        os._exit(0)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_edits_and_extractions_at_once_lose_nothing(drafted: Root) -> None:
    """Verdicts go in while another process extracts a changing article without a pause, and is killed in the end."""
    from tests.curated.test_extraction import _extract_forever, _fork, article

    drafted.article("a.txt", article(0))
    extract_all(drafted.path)
    child = _fork(lambda: _extract_forever(drafted))
    try:
        names = ids(drafted)
        edit_records(drafted.path, PATH, {names[0]: {"note": "在旁边提取的时候写的"}}, by=LIN)
        for number in range(8):
            with_note = edit_records(drafted.path, PATH, {names[0]: {"note": f"第{number}次"}}, by=LIN)
            assert f"第{number}次" in with_note
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    assert extract_all(drafted.path).unreadable == []
    assert "note: 第7次" in drafted.curated()
    assert [line["now"]["note"] for line in lines_that_are_whole(drafted)][-8:] == [f"第{n}次" for n in range(8)]


def test_whoever_loads_during_edits_sees_every_record(drafted: Root) -> None:
    """The page reloads while somebody reviews: each load is of a whole file, old or new."""
    import curated

    names = ids(drafted)
    stop = threading.Event()
    seen: list[tuple[int, int]] = []

    def load_forever() -> None:
        while not stop.is_set():
            store = curated.load(drafted.path)
            seen.append((len(store.by_id), len([p for p in store.problems if p.severity == "error"])))

    loader = threading.Thread(target=load_forever)
    loader.start()
    try:
        for number in range(8):
            edit_records(drafted.path, PATH, {names[number % len(names)]: {"note": f"第{number}次"}}, by=LIN)
    finally:
        stop.set()
        loader.join()

    assert set(seen) == {(len(names), 0)}
