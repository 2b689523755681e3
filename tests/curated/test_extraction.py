"""Whole runs over a root: merged, named, locked, killed and run again."""

from __future__ import annotations

import errno
import os
import queue
import random
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from curated import extraction, files
from curated.commands import counts_line, detail_lines
from curated.extraction import extract_all

REPOSITORY = Path(__file__).parent.parent.parent
SLOWEST = 300  # seconds for what takes one or two; only a hang takes longer
_STEPS = {"open", "os.link", "os.rename", "os.remove", "os.mkdir", "os.chmod"}
KILLS = int(os.environ.get("YOUJU_KILLS", "12"))  # 100 and more in `make soak`
ARTICLE = """\
青禾公司落户临江
江报 2019-04-02

2018年5月3日,青禾公司与宁波市政府签署合作协议。去年,青禾公司在杭州成立分公司。

目前平台上的采购商超过1200万家,共投入3亿元。
"""


def article(number: int) -> str:
    return ARTICLE.replace("1200万家", f"{1200 + number}万家")


def snapshot(root: Path) -> dict[str, bytes]:
    return {p.relative_to(root).as_posix(): p.read_bytes() for p in sorted((root / "curated/articles").rglob("*")) if p.is_file()}


@pytest.fixture
def drafted(root):
    root.article("a.txt", ARTICLE)
    summary = extract_all(root.path)
    assert summary.added > 2
    return root


def test_the_first_run_drafts_and_the_second_changes_nothing(drafted):
    before, times = snapshot(drafted.path), [p.stat().st_mtime_ns for p in (drafted.path / "curated/articles").iterdir()]
    again = extract_all(drafted.path)
    shutil.rmtree(drafted.path / "curated/.cache")
    unremembered = extract_all(drafted.path)

    assert snapshot(drafted.path) == before
    assert [p.stat().st_mtime_ns for p in (drafted.path / "curated/articles").iterdir()] == times
    assert (again.changed, unremembered.changed) == ([], [])
    assert "at: 2" in drafted.curated()


def test_relative_dates_follow_a_corrected_publication_date(drafted):
    """A person corrects the date; only drafts nobody touched follow it."""
    assert "    date: 2018\n    date_from: 去年\n" in drafted.curated()
    drafted.edit("  published: 2019-04-02\n", "  published: 2021-04-02  # 报纸的日期\n")
    extract_all(drafted.path)

    assert "  published: 2021-04-02  # 报纸的日期\n" in drafted.curated()
    assert "    date: 2020\n    date_from: 去年\n" in drafted.curated()
    assert "    date: 2018-05-03\n" in drafted.curated()


def test_an_added_record_gets_what_its_quote_says(drafted):
    drafted.edit("figures:\n", "figures:\n  - measure: 总投入\n    amount: 3亿\n    quote: 目前平台上的采购商超过1200万家,共投入3亿元。\n\n")
    extract_all(drafted.path)
    block = drafted.curated().split("measure: 总投入")[1].split("\n\n")[0]
    start = ARTICLE.index("3亿元")

    assert f"    mark: {start}-{start + 3}" in block
    assert "    at: " in block


def test_what_cannot_be_read_is_named_and_the_rest_goes_on(drafted):
    drafted.article("b.txt", ARTICLE)
    (drafted.path / "seeds/c.txt").write_bytes(bytes(range(256)) * 40)
    drafted.article("d.txt")
    drafted.article("d.md")
    drafted.curated("source:\n  title: [没有合上\nevents:\n", "a")
    drafted.article("a.txt", ARTICLE.replace("1200", "1300"))
    summary = extract_all(drafted.path, lang="en")

    assert sorted(str(item).split(": ")[0] for item in summary.unreadable) == ["curated/articles/a.yaml:2:10", "seeds/c.txt", "seeds/d.md"]
    assert drafted.curated() == "source:\n  title: [没有合上\nevents:\n"
    assert "1200万家" in drafted.curated(name="b")


@pytest.mark.parametrize("broken", ["", "events:\n  - id: e-1\n    titel: 甲\n    quote: 乙\n", "events: [*a]\n", "a: b\n", "source: {}\nsource: {}\n", "events:\n  - title: 甲\n    quote: 乙\n    date: 昨夜星辰\n"])
def test_a_file_that_is_not_valid_is_left_exactly_as_it_is(drafted, broken):
    drafted.curated(broken)
    summary = extract_all(drafted.path)

    assert drafted.curated() == broken
    assert {item.path for item in summary.unreadable} == {"curated/articles/a.yaml"}


def test_a_finder_that_fails_on_one_article_does_not_cost_the_others(drafted, monkeypatch):
    import extract.article

    real = extract.article.understand
    drafted.article("b.txt", article(1))
    drafted.article("c.txt", article(2))
    monkeypatch.setattr(extract.article, "understand", lambda reading, published="": 1 // 0 if "1201" in reading.text else real(reading, published))
    summary = extract_all(drafted.path)

    assert [item.path for item in summary.unreadable] == ["seeds/b.txt"]
    assert "1202万家" in drafted.curated(name="c")


def test_an_article_that_is_gone_leaves_its_records_named_as_orphaned(drafted):
    before = drafted.curated()
    (drafted.path / "seeds/a.txt").unlink()
    summary = extract_all(drafted.path)

    assert summary.orphaned == ["curated/articles/a.yaml"]
    assert drafted.curated() == before


def test_a_byte_order_mark_and_carriage_returns_stay(drafted):
    drafted.curated("\ufeff" + drafted.curated().replace("\n", "\r\n").replace("publisher: ", "publisher:   "))
    drafted.edit("  published: 2019-04-02", "  published: 2021-04-02")
    extract_all(drafted.path)
    text = drafted.curated()

    assert text.startswith("\ufeff#")
    assert text.count("\n") == text.count("\r\n")
    assert "date: 2020" in text


def test_links_that_lead_outside_are_named_and_not_read(drafted, tmp_path_factory):
    outside = tmp_path_factory.mktemp("outside") / "x.txt"
    outside.write_text(ARTICLE, encoding="utf-8")
    (drafted.path / "seeds/x.txt").symlink_to(outside)
    summary = extract_all(drafted.path)

    assert [item.path for item in summary.unreadable] == ["seeds/x.txt"]
    assert not (drafted.path / "curated/articles/x.yaml").exists()


def test_ids_are_never_used_twice(drafted):
    """The same article under another name, and ids that only the machine's block of a deleted record still holds."""
    drafted.article("b.txt", ARTICLE)
    extract_all(drafted.path)
    ids = [line.split()[-1] for name in "ab" for line in drafted.curated(name=name).splitlines() if line.startswith("  - id:")]

    assert len(set(ids)) == len(ids)
    made = extraction.make_id("b", "event", (1, 2), 0)
    drafted.edit("machine:\n", f"machine:\n  {made}: 1-2/0 1-2 title=aaaaaa\n")
    run = extraction._Run(drafted.path, "zh")
    assert run.new_id("b", "event", (1, 2), 0) != made


def test_the_summary_counts_what_was_done(drafted):
    drafted.edit("status: draft", "status: reviewed")
    drafted.edit("title: ", "title: 改过的")
    summary = extract_all(drafted.path, lang="en")

    assert counts_line(summary, "en") == f"1 articles: added 0, followed 0, kept by hand {summary.kept}, suggested {len(summary.suggestions)}, unreadable 0"
    assert summary.kept >= 1


def test_a_suggestion_is_listed_once_and_counted_from_then_on(drafted):
    drafted.edit("status: draft", "status: reviewed")
    drafted.edit("    type: ", "    type: incident  # ")
    first, second = extract_all(drafted.path), extract_all(drafted.path)
    drafted.edit("# yaml", "#  yaml")  # read anew, and nothing new to say
    third = extract_all(drafted.path)
    lines = [detail_lines(summary, "en") for summary in (first, second, third)]

    assert [len(summary.suggestions) for summary in (first, second, third)] == [1, 1, 1]
    assert "nothing is wrong" in lines[0][0]
    assert "type: the machine reads" in lines[0][1]
    assert lines[1] == lines[2] == ["the machine reads 1 more places otherwise than what is kept; nothing has to be done; list them with --all"]
    assert detail_lines(third, "en", every=True) == lines[0]
    shutil.rmtree(drafted.path / "curated/.cache")  # as in a fresh clone: decided long ago
    assert detail_lines(extract_all(drafted.path), "en") == lines[1]


def test_a_full_disk_leaves_the_old_file_and_is_named(drafted, monkeypatch):
    drafted.article("a.txt", article(3))
    before = drafted.curated()

    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    summary = extract_all(drafted.path, lang="en")

    assert [str(item) for item in summary.unreadable] == ["curated/articles/a.yaml: cannot be written (No space left on device); check permissions and disk space"]
    assert drafted.curated() == before
    assert [p.name for p in (drafted.path / "curated/articles").iterdir()] == ["a.yaml"]


def test_file_names_that_no_terminal_should_see_are_one_line(drafted):
    try:
        (drafted.path / "seeds/x\n\x1b[31m.txt").write_bytes(bytes(range(256)) * 9)
        (Path(os.fsdecode(bytes(drafted.path) + b"/seeds/\xff.txt"))).write_text(ARTICLE, encoding="utf-8")
    except OSError:
        pytest.skip("this file system keeps such names out")
    summary = extract_all(drafted.path)
    lines = detail_lines(summary, "zh")

    assert len(summary.unreadable) == len(lines) == 2
    assert all(line.isprintable() for line in lines)


# edits while a run is going on


def test_an_edit_made_while_the_article_is_being_read_is_kept(drafted, monkeypatch):
    import extract.article

    real, edits = extract.article.understand, []

    def slow(reading, published=""):
        if not edits:
            edits.append(1)
            drafted.edit("events:\n", "events:\n  # 我正在看\n")
        return real(reading, published)

    drafted.article("a.txt", article(7))
    monkeypatch.setattr(extract.article, "understand", slow)
    summary = extract_all(drafted.path)

    assert "  # 我正在看\n" in drafted.curated()
    assert "1207万家" in drafted.curated()
    assert summary.changed == ["curated/articles/a.yaml"]


def test_a_save_between_the_comparison_and_the_rename_comes_back(tmp_path):
    """An editor that writes in place has the file open while it is replaced: its bytes win."""
    path = tmp_path / "a.yaml"
    path.write_bytes(b"old")
    real = Path.replace

    def replace(self, target):
        if not self.name.endswith(".old.youju-tmp") and target == path:
            with path.open("r+b") as editor:  # opened before the rename, written after it
                result = real(self, target)
                editor.write(b"persons")
            return result
        return real(self, target)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Path, "replace", replace)
        with pytest.raises(files.Changed):
            files.replace_file(path, b"new", b"old")

    assert path.read_bytes() == b"persons"
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_that_appears_meanwhile_is_not_written_over(tmp_path):
    path = tmp_path / "a.yaml"
    path.write_bytes(b"persons")

    with pytest.raises(files.Changed):
        files.replace_file(path, b"new", None)
    with pytest.raises(files.Changed):
        files.replace_file(path, b"new", b"old")
    assert path.read_bytes() == b"persons"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_edits_survive_runs_that_never_stop(drafted):
    """A person saves again and again, in place and by rename, while another process extracts without a pause."""
    path = drafted.path / "curated/articles/a.yaml"
    child = _fork(lambda: _extract_forever(drafted))
    try:
        rng = random.Random(5)
        for number in range(12):
            time.sleep(rng.random() * 0.03)
            text = path.read_text(encoding="utf-8")
            lines = [line for line in text.split("\n") if "# 话" not in line]
            lines.insert(lines.index("events:") + 1, f"  # 话{number}")
            if number % 2:
                path.write_text("\n".join(lines), encoding="utf-8")
            else:
                new = path.with_name(".new")
                new.write_text("\n".join(lines), encoding="utf-8")
                new.replace(path)
            time.sleep(0.15)
            assert f"# 话{number}\n" in path.read_text(encoding="utf-8")
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    assert extract_all(drafted.path).unreadable == []


def _extract_forever(root) -> None:
    """Its article changes by rename: whoever kills it must find a whole one, old or new."""
    for number in range(10_000):
        beside = root.path / "a.txt"
        beside.write_bytes(article(number % 50).encode())
        beside.replace(root.path / "seeds/a.txt")
        extract_all(root.path)


def _fork(work) -> int:
    child = os.fork()
    if child == 0:
        try:
            work()
        finally:
            os._exit(0)
    return child


# two runs at once


def test_a_second_run_waits_for_the_first(drafted):
    waited: queue.Queue[int] = queue.Queue()
    summaries: list[extraction.Summary] = []
    with files.locked(drafted.path):
        second = threading.Thread(target=lambda: summaries.append(extract_all(drafted.path, on_wait=lambda: waited.put(1))))
        second.start()
        waited.get(timeout=SLOWEST)
        time.sleep(0.1)  # it would go on now if it did not wait
        assert summaries == []
    second.join(SLOWEST)

    assert len(summaries) == 1
    assert waited.empty()  # it said so once


def test_two_commands_at_once_do_what_one_does(root):
    for number in range(4):
        root.article(f"{number}.txt", article(number))
    command = [sys.executable, "-m", "extract", "--root", str(root.path)]
    runs = [subprocess.Popen(command, cwd=REPOSITORY, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    outputs = [run.communicate(timeout=SLOWEST)[0] for run in runs]
    both = snapshot(root.path)
    shutil.rmtree(root.path / "curated")
    extract_all(root.path)

    assert [run.returncode for run in runs] == [0, 0]
    assert both == snapshot(root.path)
    assert len({output.count("新增 0") for output in outputs}) == 2  # one of them found the work done


# killed at any moment


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork and SIGKILL")
def test_a_killed_run_leaves_each_file_old_or_new_and_the_next_finishes(root):
    """Articles change, hand edits wait, the run dies: nothing is half written, and the next run ends as an unkilled one."""
    for number in range(5):
        root.article(f"{number}.txt", article(number))
    extract_all(root.path)
    _edit_by_hand(root)
    extract_all(root.path)
    for number in range(5):
        root.article(f"{number}.txt", "编者按。\n\n" + article(number + 20).replace("3亿元", "4亿元"))
    root.article("new.txt", article(9))
    old = snapshot(root.path)
    new, seconds, steps = _unkilled(root.path)
    assert new != old

    rng, cut_short = random.Random(20), 0
    for number in range(KILLS):
        _restore(root.path, old)
        at = number * steps // KILLS if number % 2 else None  # at any step, from the first to the last, and at any time
        child = _fork(lambda at=at: _die_at(at) or extract_all(root.path))
        if at is None:
            time.sleep(rng.random() * seconds)
            os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        left = {name: data for name, data in snapshot(root.path).items() if not Path(name).name.startswith(".")}
        cut_short += left != new
        for name, data in left.items():
            assert data in (old.get(name), new[name]), name
        extract_all(root.path)
        assert snapshot(root.path) == new
    assert cut_short  # some did fall into the run


def _die_at(step: int | None) -> None:
    """Kill this process at the given one of the events Python audits: opening, linking, renaming, removing files."""
    count = iter(range(1 << 30))

    def watch(event: str, _: object) -> None:
        if event in _STEPS and next(count) == step:
            os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(watch)


def _edit_by_hand(root) -> None:
    root.edit("title: ", "title: 改 ", "0")
    root.edit("status: draft", "status: reviewed  # 看过", "1")
    text = root.curated(name="2")
    record = "  - id:" + text.split("  - id:")[1]
    root.curated(text.replace(record, ""), "2")
    root.edit("figures:\n", "figures:\n  - measure: 总投入\n    amount: 3亿\n    quote: 共投入3亿元\n\n", "3")


def _unkilled(path: Path) -> tuple[dict[str, bytes], float, int]:
    """What an unkilled run makes, how long it takes, and how often it touches a file."""
    copy, steps = path.with_name(path.name + "-copy"), path.with_name("steps")
    shutil.copytree(path, copy)

    def work() -> None:
        touched: list[str] = []
        sys.addaudithook(lambda event, _: touched.append(event) if event in _STEPS else None)
        extract_all(copy)
        os.write(os.open(steps, os.O_CREAT | os.O_WRONLY), str(len(touched)).encode())

    begin = time.perf_counter()
    os.waitpid(_fork(work), 0)
    return snapshot(copy), time.perf_counter() - begin, int(steps.read_text())


def _restore(root: Path, files_then: dict[str, bytes]) -> None:
    shutil.rmtree(root / "curated")
    for name, data in files_then.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(data)
        os.utime(root / name, (1, 1))
