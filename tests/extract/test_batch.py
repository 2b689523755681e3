"""The command as people run it: every kind of corpus, every kind of mistake, and a kill in the middle."""

from __future__ import annotations

import argparse
import io
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from extract import batch
from extract.__main__ import main
from extract.archive import layout
from extract.archive.run import Summary
from tests.extract.corpora import ROOT, contents, rows, run_batch, table, write_lines, write_parquet, write_warc

HTML = "<html><head><title>{0}</title></head><body><p>2019年5月6日，云帆公司在宁波市开通服务平台。截至2019年5月，注册商家超过{1}万家。</p></body></html>"


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, subprocess.CompletedProcess[str]]:
    """A folder of everything at once, good and bad, and the archive made of it."""
    folder = tmp_path_factory.mktemp("corpus")
    made = rows(16)
    lines = write_lines(folder / "a.jsonl", made[:4])
    with lines.open("ab") as file:
        file.write('{"id": "no text"}\nnot json\n["a list"]\n{"id": "bytes", "text": "\xff"}\n'.encode("latin-1"))
        file.write('{"id": "half", "text": "截至2019年5月，门店超过\\ud8003万家。"}\n\n{"id": 7, "text": "注册商家达到5万家。"}\n'.encode())
    write_lines(folder / "b.jsonl.gz", made[4:8])
    write_parquet(folder / "c.parquet", made[8:12])
    write_parquet(folder / "numbers.parquet", [{"id": 70, "text": "截至2018年5月，门店达到9万家。"}])  # another schema
    write_warc(folder / "d.warc.gz", {"https://example.org/1": HTML.format("甲", 3), "https://example.org/2": HTML.format("乙", 4)})
    write_warc(folder / "cut.warc", {"https://example.org/3": HTML.format("丙", 5)}, first=50)
    (folder / "cut.warc").write_bytes((folder / "cut.warc").read_bytes()[:-900])
    (folder / "sub").mkdir()
    (folder / "sub" / "文章.txt").write_bytes("截至2017年5月，研发人员约300人。".encode("gb18030"))
    (folder / "empty.jsonl").write_bytes(b"")
    (folder / "cut.parquet").write_bytes((folder / "c.parquet").read_bytes()[:-20])
    write_parquet(folder / "columns.parquet", [{"name": "x", "body": "y"}])
    (folder / "cut.jsonl.gz").write_bytes((folder / "b.jsonl.gz").read_bytes()[:-30])
    archive = tmp_path_factory.mktemp("out") / "archive"
    return folder, archive, run_batch(folder, archive)


def test_every_kind_of_corpus_is_read(mixed):
    _, archive, _ = mixed
    ids = {row["id"] for row in table(archive, "articles")}

    assert {f"a{n}" for n in range(12)} <= ids
    assert {"7", "half", "70", "sub/文章", "00000000-0000-0000-0000-000000000000", "00000000-0000-0000-0000-000000000001"} <= ids
    assert len(ids) == 19  # and the page before the break of cut.warc


def test_a_record_carries_its_article(mixed):
    _, archive, _ = mixed
    fact = next(row for row in table(archive, "facts") if row["source"] == "sub/文章")
    article = next(row for row in table(archive, "articles") if row["id"] == "sub/文章")

    assert (fact["value"], fact["unit"], fact["bound"], fact["as_of"], fact["year"]) == (300, "人", "about", "2017-05", 2017)
    assert (fact["source_hash"], article["facts"]) == (article["hash"], 1)
    assert article["text"][fact["quote_start"] : fact["quote_end"]] == fact["quote"]


def test_records_are_those_of_scan(mixed):
    from extract import scan

    _, archive, _ = mixed
    article = next(row for row in table(archive, "articles") if row["id"] == "a0")
    expected = scan(article["text"], published="2023-01-05", kinds=("figure", "event"))
    found = sorted((row for row in table(archive, "facts") if row["source"] == "a0"), key=lambda row: (row["start"], row["end"]))

    assert len(expected) >= 4
    for fact, row in zip(found, expected, strict=True):
        assert {key: fact[key] for key in row if key != "file"} == {key: value for key, value in row.items() if key != "file"}


def test_what_cannot_be_read_is_named_with_the_reason(mixed):
    _, archive, done = mixed
    reasons = {row["input"]: row["reason"] for row in table(archive, "failures")}

    assert done.returncode == 1
    for name, words in {"empty.jsonl": "空", "cut.parquet": "不是完整的 Parquet", "columns.parquet": "缺少列 id、text;现有的列是 name、body"}.items():
        assert f"{name}: 不能用,已跳过:" in done.stderr
        assert words in done.stderr
    assert reasons["a.jsonl:5"].startswith("没有 text")
    assert reasons["a.jsonl:6"] == "这一行不是 JSON / this line is not JSON"
    assert "JSON 对象" in reasons["a.jsonl:7"]
    assert "UTF-8" in reasons["a.jsonl:8"]
    assert "截断" in reasons["cut.jsonl.gz"]
    assert "截断" in reasons["cut.warc"]
    assert "Traceback" not in done.stderr


def test_a_second_run_reads_nothing_again(mixed):
    folder, archive, _ = mixed
    before = contents(archive)
    facts = sorted((archive / "facts").rglob("part-*.parquet"))
    again = run_batch(folder, archive, "--lang", "en")

    assert "0 articles read" in again.stdout
    assert "empty.jsonl: cannot be used, skipped: the file is empty\n" in again.stderr
    assert contents(archive) == before
    assert sorted((archive / "facts").rglob("part-*.parquet")) == facts


SMALL = "from extract.archive import writer\nwriter.CHUNK = 64"
# With a part on the disk it stays where it is, however late it is killed.
HELD = f"""{SMALL}
from time import sleep
flush = writer.Archive.flush
writer.Archive.flush = lambda self: (flush(self), sleep(600) if self.parts() else None)"""


def test_a_killed_run_goes_on_and_ends_like_an_unbroken_one(tmp_path):
    """SIGKILL of everything once there is a part; `test_archive_writer` kills at every single step of the writing."""
    corpus = write_lines(tmp_path / "news.jsonl", [*rows(200), {**rows(1)[0], "id": "again", "title": "另一个标题"}])
    whole, broken = tmp_path / "whole", tmp_path / "broken"
    start = f"import sys; sys.argv[0] = 'extract'\n{HELD}\nfrom extract.__main__ import main\nsys.exit(main())"
    process = subprocess.Popen([sys.executable, "-c", start, "batch", str(corpus), str(broken)], cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    while not list((broken / "articles").glob("part-*")) and process.poll() is None:
        time.sleep(0.005)
    assert process.poll() is None
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()

    assert len(table(broken, "articles")) < 201
    assert run_batch(corpus, broken, code=SMALL).returncode == 0
    assert run_batch(corpus, whole).returncode == 0
    assert contents(broken) == contents(whole)
    assert len(contents(whole)["duplicates"]) == 2
    assert not list(broken.rglob(".part-*"))


@pytest.mark.slow
@pytest.mark.skipif(not os.environ.get("YOUJU_SCALE"), reason="takes a minute: make scale")
@pytest.mark.parametrize("loss", ["worker", "node"])
def test_a_ray_cluster_that_loses_a_worker_or_a_node_loses_no_article(loss, tmp_path):
    """The loss comes while both nodes are at work: a corpus of several files, because one file is read on one node."""
    corpus, articles = tmp_path / "news", rows(3000)
    corpus.mkdir()
    for number in range(8):
        write_lines(corpus / f"{number}.jsonl", articles[number::8])
    cluster = subprocess.Popen([sys.executable, str(ROOT / "tests/extract/ray_cluster.py")], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        assert cluster.stdout is not None
        assert cluster.stdin is not None
        address = next(line.split()[1] for line in cluster.stdout if line.startswith("address"))
        command = [sys.executable, "-m", "extract", "batch", str(corpus), str(tmp_path / "ray"), "--ray", address]
        process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        workers = _busy_workers(process)
        if loss == "worker":
            os.kill(workers[-1], signal.SIGKILL)
        else:
            cluster.stdin.write("lose\n")
            cluster.stdin.flush()
            assert next(cluster.stdout).strip() == "lost"
            assert process.poll() is None
        out, err = process.communicate(timeout=120)
        if loss == "node" and process.returncode:  # it says so soon, and another run goes on
            assert (process.returncode, "失去了一个节点" in err, "再运行一次" in err) == (1, True, True), err
            out = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=True).stdout
    finally:
        cluster.communicate(timeout=60)

    assert loss == "node" or process.returncode == 0, err
    assert run_batch(corpus, tmp_path / "native", timeout=400).returncode == 0
    assert loss == "node" or "3,000" in out
    assert contents(tmp_path / "ray") == contents(tmp_path / "native")


def _busy_workers(process: subprocess.Popen[str]) -> list[int]:
    """The process ids of the cluster's workers, once one on each node is at work."""
    for _ in range(1200):
        found = subprocess.run(["pgrep", "-f", "ray::UDFActor.eval_input"], capture_output=True, text=True, check=False).stdout.split()
        if len(found) == 2:
            return list(map(int, found))
        assert process.poll() is None
        time.sleep(0.05)
    raise AssertionError("no two workers were at work at once")


# --- mistakes ----------------------------------------------------------------------------------------------------


@pytest.fixture
def one(tmp_path: Path) -> Path:
    return write_lines(tmp_path / "one.jsonl", rows(1))


@pytest.mark.parametrize("arguments", [["batch"], ["batch", "x"], ["batch", "x", "y", "--workers", "0"], ["batch", "x", "y", "z"]])
def test_wrong_usage_is_2(arguments, capsys):
    with pytest.raises(SystemExit) as ended:
        main(arguments)

    assert ended.value.code == 2


def test_an_output_inside_the_input_is_wrong_usage(tmp_path, capsys):
    assert main(["batch", str(tmp_path), str(tmp_path / "out")]) == 2
    assert "里面" in capsys.readouterr().err


def test_a_missing_input_is_named(tmp_path, capsys):
    assert main(["batch", str(tmp_path / "none"), str(tmp_path / "out")]) == 1
    assert "没有这个文件或文件夹" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_a_folder_without_articles_is_named(tmp_path, capsys):
    (tmp_path / "in").mkdir()

    assert main(["batch", str(tmp_path / "in"), str(tmp_path / "out")]) == 1
    assert "没有文章" in capsys.readouterr().err


def test_a_folder_without_rights_is_named(tmp_path, capsys, monkeypatch):
    def walk(folder, onerror):
        onerror(PermissionError(13, "Permission denied", str(folder)))
        return iter(())

    monkeypatch.setattr("extract.archive.inputs.os.walk", walk)

    assert main(["batch", str(tmp_path), str(tmp_path.parent / "elsewhere")]) == 1
    assert "Permission denied" in capsys.readouterr().err


def test_an_output_that_is_no_archive_is_left_alone(tmp_path, one, capsys):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "thesis.txt").write_text("mine")

    assert main(["batch", str(one), str(tmp_path / "out")]) == 1
    assert "不是存档" in capsys.readouterr().err
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["thesis.txt"]


def test_an_output_that_cannot_be_written_is_named(tmp_path, one, capsys):
    assert main(["batch", str(one), str(one / "below a file")]) == 1
    assert "写不了" in capsys.readouterr().err


def test_an_unreachable_cluster_is_said_soon(tmp_path, one, capsys):
    """By the system's own word, without Ray, which tries for minutes before it gives up."""
    assert main(["batch", str(one), str(tmp_path / "out"), "--ray", "127.0.0.1:1"]) == 1
    assert "连不上 Ray 集群 127.0.0.1:1:Connection refused" in capsys.readouterr().err
    assert main(["batch", str(one), str(tmp_path / "out"), "--ray", "nonsense"]) == 1
    assert "HOST:PORT" in capsys.readouterr().err


def test_missing_packages_are_named_with_the_command(tmp_path, one, capsys, monkeypatch):
    monkeypatch.setattr(batch.importlib.util, "find_spec", lambda name: None if name == "daft" else object())

    assert main(["batch", str(one), str(tmp_path / "out"), "--lang", "en"]) == 1
    assert "need daft; run first: python -m pip install -r requirements-scale.txt" in capsys.readouterr().err


def test_the_packages_are_loaded_by_nothing_else():
    code = "import sys, extract.__main__, curated, extract.archive, extract.archive.layout; print([m for m in ('daft', 'ray', 'duckdb', 'rensa', 'warcio', 'pyarrow') if m in sys.modules])"

    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip() == "[]"


def test_usage_reports_are_off_before_the_engines_are_loaded():
    from extract.archive.engine import QUIET

    assert QUIET["DAFT_ANALYTICS_ENABLED"] == "0"
    assert QUIET["DO_NOT_TRACK"] == "1"
    assert QUIET["RAY_USAGE_STATS_ENABLED"] == "0"
    assert all(os.environ[name] == value for name, value in QUIET.items())


# --- the terminal ------------------------------------------------------------------------------------------------


def test_progress_tells_articles_rate_time_left_and_failures(monkeypatch):
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    batch._Progress(argparse.Namespace(lang="zh")).show(Summary(total=1000, articles=240, failures=10, seconds=5.0))

    assert terminal.getvalue().endswith("250/约1,000 篇 · 50 篇/秒 · 还要15 秒 · 失败 10")


def test_the_layout_names_every_field_of_scan():
    from extract import scan

    found = scan("截至2019年5月，注册商家超过5万家。2019年5月6日，云帆公司在宁波市开通服务平台。")
    fields = {name for row in found if row["kind"] in ("figure", "event") for name in row} - {"file"}

    assert fields <= set(layout.FACT_COLUMNS)
