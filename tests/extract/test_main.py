"""`python -m extract scan` and `why`: what they print where, and their exit status."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from extract.__main__ import main

ROOT = Path(__file__).parents[2]
ARTICLE = "2019年，采购商超过2800万。"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "b.txt").write_text(ARTICLE, encoding="utf-8")
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "a.txt").write_text("去年有5万家企业。", encoding="utf-8")
    return tmp_path


def lines(capsys: pytest.CaptureFixture[str]) -> tuple[list[dict], str]:
    out, err = capsys.readouterr()
    return [json.loads(line) for line in out.splitlines()], err


def test_a_folder_is_printed_by_file_and_start(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status = main(["scan", str(folder), "--published", "2020-06-15"])
    rows, err = lines(capsys)

    assert (status, err) == (0, "")
    assert [row["file"] for row in rows] == sorted(row["file"] for row in rows)
    assert {row["file"] for row in rows} == {"b.txt", "sub/a.txt"}
    assert [row["start"] for row in rows if row["file"] == "b.txt"] == sorted(row["start"] for row in rows if row["file"] == "b.txt")


def test_a_single_file_goes_by_its_name(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["scan", str(folder / "sub" / "a.txt")])

    assert {row["file"] for row in lines(capsys)[0]} == {"a.txt"}


def test_standard_input_is_a_dash(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(ARTICLE.encode("gb18030"))))
    status = main(["scan", "-", "--kinds", "quantity"])
    rows, _ = lines(capsys)

    assert status == 0
    assert [(row["file"], row["value"]) for row in rows] == [("-", 28000000)]


@pytest.mark.parametrize("kinds", [["--kinds", "time", "quantity"], ["--kinds", "time,quantity"], ["--kinds", "time", "--kinds", "quantity"]])
def test_kinds_may_be_written_three_ways_before_or_behind_the_path(folder: Path, capsys: pytest.CaptureFixture[str], kinds: list[str]) -> None:
    for arguments in ([*kinds, str(folder / "b.txt")], [str(folder / "b.txt"), *kinds]):
        assert main(["scan", *arguments]) == 0
        assert [row["kind"] for row in lines(capsys)[0]] == ["time", "quantity"]


def test_what_cannot_be_read_is_named_and_the_rest_goes_on(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "a.bin").write_bytes(bytes(range(256)) * 20)
    status = main(["scan", str(folder), str(folder / "none.txt")])
    rows, err = lines(capsys)

    assert status == 1
    assert {row["file"] for row in rows} == {"b.txt", "sub/a.txt"}
    assert "a.bin: 读不了,已跳过:" in err
    assert "none.txt: 没有这个文件或文件夹" in err
    assert "Traceback" not in err


@pytest.mark.parametrize(("language", "message"), [("en", "NUL bytes"), ("en_GB.UTF-8", "NUL bytes"), ("fr", "NUL 字节"), ("", "NUL 字节")])
def test_the_language_of_messages_is_a_setting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], language: str, message: str) -> None:
    (tmp_path / "bad.txt").write_bytes(b"a\0b\0")
    monkeypatch.setenv("YOUJU_LANG", language)

    assert main(["scan", str(tmp_path)]) == 1

    assert message in lines(capsys)[1]


def test_hidden_files_are_no_articles_and_links_out_of_the_folder_are_refused(folder: Path, tmp_path_factory: pytest.TempPathFactory, capsys: pytest.CaptureFixture[str]) -> None:
    outside = tmp_path_factory.mktemp("outside") / "secret.txt"
    outside.write_text("秘密有3亿元。", encoding="utf-8")
    (folder / ".hidden.txt").write_text("这里有4亿元。", encoding="utf-8")
    (folder / "link.txt").symlink_to(outside)
    status = main(["scan", str(folder)])
    rows, err = lines(capsys)

    assert status == 1
    assert {row["file"] for row in rows} == {"b.txt", "sub/a.txt"}
    assert "link.txt: 链接指向文件夹之外,已跳过" in err


def test_an_empty_folder_is_said_to_be_empty(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["scan", str(tmp_path), "--lang", "en"]) == 1
    assert "no articles in this folder" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["scan"], "没有给出文件"),
        (["scan", "x", "--published", "某天"], "不是日期"),
        (["why", "句子", "--published", "某天"], "不是日期"),
        (["--lang", "en", "scan", "x", "--kinds", "number"], "there is no kind 'number'"),
    ],
)
def test_wrong_usage_is_explained_with_status_two(capsys: pytest.CaptureFixture[str], arguments: list[str], message: str) -> None:
    assert main(arguments) == 2
    out, err = capsys.readouterr()

    assert out == ""
    assert message in err


@pytest.mark.parametrize("arguments", [["--help"], ["scan", "--help"], ["why", "--help"]])
def test_help_shows_an_example(capsys: pytest.CaptureFixture[str], arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main(arguments)

    assert stop.value.code == 0
    assert "python -m extract" in capsys.readouterr().out.split("example:")[1]


def test_why_lays_every_finder_out_with_its_reason(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["why", "去年，上海市的采购商超过2800万。", "--published", "2019-08-01"]) == 0
    out = capsys.readouterr().out

    for head in ("句子", "发布日期  2019-08-01", "数量", "时间", "地点", "人物与机构", "指标", "事件"):
        assert head in out
    assert "超过 28,000,000" in out
    assert "以发布日期 2019-08-01 推算为 2018" in out
    assert "上海市; 310000" in out
    assert "何时:2018(据「去年」)" in out


def test_why_speaks_english_too(capsys: pytest.CaptureFixture[str]) -> None:
    main(["why", "去年卖了3亿件", "--lang", "en"])

    assert "quantities" in capsys.readouterr().out


def test_the_machines_locale_changes_nothing(tmp_path: Path) -> None:
    article = tmp_path / "a.txt"
    article.write_text(ARTICLE, encoding="utf-8")
    command = [sys.executable, "-m", "extract", "scan", str(article), "--published", "2020-06-15"]
    outputs = {
        subprocess.run(command, cwd=ROOT, env=os.environ | {"LC_ALL": locale, "LANG": locale, "PYTHONUTF8": "0"}, capture_output=True, check=True).stdout
        for locale in ("C", "POSIX")
    }

    assert len(outputs) == 1
    assert "采购商" in next(iter(outputs)).decode("utf-8")


def test_a_reader_that_has_seen_enough_ends_the_command_quietly() -> None:
    command = f"{sys.executable} -m extract scan seeds | head -1"
    done = subprocess.run(["bash", "-c", command], cwd=ROOT, capture_output=True, text=True, check=True)

    assert len(done.stdout.splitlines()) == 1
    assert done.stderr == ""
