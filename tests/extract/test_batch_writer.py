"""The files of an archive: a kill after every single step of the writing, and articles that come again."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path

import pytest

from extract.archive import engine, files, layout, run, work, writer
from extract.archive.files import ArchiveError
from extract.archive.inputs import Row
from extract.archive.work import Worker, work_all
from extract.archive.writer import Archive, opened
from tests.extract.corpora import contents, rows, table


class Killed(BaseException):
    """What a SIGKILL does to the writing: nothing after it happens."""


def write(folder: Path, entries: list[dict[str, str]], chunk: int = 7) -> None:
    """A whole run over `entries`, in parts of `chunk` articles."""
    with opened(folder) as archive:
        worker = Worker(archive.done())
        for first in range(0, len(entries), chunk):
            archive.add(work_all(worker, [Row("json", f"x:{first}", json.dumps(entry).encode()) for entry in entries[first : first + chunk]]))
            archive.flush()
        finish(archive)


def finish(archive: Archive) -> None:
    archive.settle_ids()
    run.link_copies(archive)
    archive.finished()


ENTRIES = [*rows(5), {"id": "bad", "text": ""}, rows(1)[0], {**rows(2)[1], "text": "截至2019年5月，门店超过5万家。"}, {**rows(1, 9)[0], "id": "z"}]


def test_a_kill_after_any_step_loses_and_doubles_nothing(tmp_path, monkeypatch):
    """Every rename, unlink and start of a file is a step; the run after the kill ends like an unbroken one."""
    monkeypatch.setattr(files.os, "fsync", lambda _: None)  # the steps are what is tested, not the disk
    understood, memory = work._understood, {}
    monkeypatch.setattr(work, "_understood", lambda s: memory.get(str(s)) or memory.setdefault(str(s), understood(s)))
    write(tmp_path / "whole", ENTRIES)
    expected = contents(tmp_path / "whole")
    steps = 0
    survived = False
    while not survived:
        folder = tmp_path / f"killed-{steps}"
        with monkeypatch.context() as patch, contextlib.suppress(Killed):
            _kill_at(patch, steps)
            write(folder, ENTRIES)
            survived = True
        committed = {path.name for path in (folder / "articles").glob("part-*")}
        seen = table(folder, "articles") if committed else []
        assert all(row["hash"] for row in seen)
        write(folder, ENTRIES)
        assert contents(folder) == expected, f"killed at step {steps}"
        assert not [path for path in folder.rglob(".*") if path.name != ".lock"]
        steps += 1

    assert steps > 30


def _kill_at(patch: pytest.MonkeyPatch, step: int) -> None:
    count = -1

    def counted(real):
        def call(self, *args, **kwargs):
            nonlocal count
            count += 1
            if count == step:
                raise Killed
            return real(self, *args, **kwargs)

        return call

    def opening(real):
        def call(self, mode="r", *args, **kwargs):
            nonlocal count
            if mode == "wb":
                count += 1
                if count == step:
                    self.parent.mkdir(parents=True, exist_ok=True)
                    self.write_text("half a fi")
                    raise Killed
            return real(self, mode, *args, **kwargs)

        return call

    for name in ("replace", "unlink"):
        patch.setattr(Path, name, counted(getattr(Path, name)))
    patch.setattr(Path, "open", opening(Path.open))


def test_one_article_stays_for_each_id(tmp_path):
    write(tmp_path / "a", ENTRIES)
    found = table(tmp_path / "a", "articles")

    assert len({row["id"] for row in found}) == len(found) == 6
    assert sorted({row["source"] for row in table(tmp_path / "a", "facts")}) == sorted(row["id"] for row in found)
    assert [row["id"] for row in table(tmp_path / "a", "failures") if "同一个 id" in row["reason"]] == ["a1"]


def test_a_changed_article_takes_the_place_of_the_former(tmp_path, monkeypatch):
    write(tmp_path / "a", rows(3))
    monkeypatch.setattr(writer.time, "strftime", lambda *_: "29990101T000000")
    changed = [{**rows(1)[0], "text": "截至2019年5月，门店超过5万家。"}]
    write(tmp_path / "a", changed)

    assert [fact["text"] for fact in table(tmp_path / "a", "facts") if fact["source"] == "a0"] == ["5万家"]
    assert len(table(tmp_path / "a", "articles")) == 3


def test_records_without_a_date_stand_under_year_0_and_open_ends_under_the_known_one(tmp_path):
    write(tmp_path / "a", [{"id": "1", "text": "注册商家达到5万家。2018年5月，门店达到3万家。"}])

    years = {fact["text"]: fact["year"] for fact in table(tmp_path / "a", "facts")}
    assert years["3万家"] == 2018
    assert all(year in (0, 2018) for year in years.values())
    assert layout.year_of(None, None) == layout.UNDATED


def test_two_runs_do_not_write_at_once(tmp_path):
    with opened(tmp_path / "a"), pytest.raises(ArchiveError, match="另一个 batch"), opened(tmp_path / "a"):
        pass


@pytest.mark.parametrize("manifest", ["{", "[]", '{"format": "youju-archive", "version": 99}', '{"format": "other"}'])
def test_an_archive_of_another_kind_is_refused(tmp_path, manifest):
    (tmp_path / layout.MANIFEST).write_text(manifest)

    with pytest.raises(ArchiveError, match=r"存档"):
        files.check_manifest(tmp_path)


# --- an engine that breaks off -----------------------------------------------------------------------------------


def broken_engine(breaks: int, after: int):
    """Results as an engine gives them, which breaks off `breaks` times after so many batches."""
    starts = []

    def results(slices, done, workers):
        starts.append(len(done))
        worker = Worker(done)
        for number, first in enumerate(range(0, len(ENTRIES), 2)):
            if len(starts) <= breaks and number == after:
                raise engine.EngineError("a process was killed")
            yield work_all(worker, [Row("json", "x:0", json.dumps(entry).encode()) for entry in ENTRIES[first : first + 2]])

    return results, starts


def test_an_engine_that_breaks_off_is_started_again_and_nothing_counts_twice(tmp_path, monkeypatch):
    write(tmp_path / "whole", ENTRIES)
    results, starts = broken_engine(1, 2)
    monkeypatch.setattr(engine, "results", results)
    summary = run.run([], tmp_path / "a", 1, lambda _: None)

    assert starts == [0, 4]
    assert (summary.articles, summary.failures, summary.skipped) == (7, 1, 1)  # the twin of the first is done by then
    assert contents(tmp_path / "a") == contents(tmp_path / "whole")


def test_an_engine_that_gets_nowhere_is_given_up_and_what_is_done_is_kept(tmp_path, monkeypatch):
    results, starts = broken_engine(99, 2)
    monkeypatch.setattr(engine, "results", results)
    with pytest.raises(engine.EngineError):
        run.run([], tmp_path / "a", 1, lambda _: None)

    assert starts == [0, 4, 4, 4]
    assert len(table(tmp_path / "a", "articles")) == 4
