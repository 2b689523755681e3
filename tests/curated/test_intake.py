"""Taking articles in, renaming them, and edits made through the page: nothing is lost on the way."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import curated
from curated import files
from curated.edit import EditError, edit_records
from curated.extraction import extract_all
from curated.intake import IntakeError, add_articles, rename_article
from tests.curated.test_extraction import ARTICLE

REPOSITORY = Path(__file__).parent.parent.parent


def command(root: Path, *arguments: str, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "extract", *arguments, "--root", str(root)], cwd=REPOSITORY, capture_output=True, text=True,
        encoding="utf-8", env=os.environ | env, check=False,
    )  # fmt: skip


@pytest.fixture
def drafted(root):
    root.article("a.txt", ARTICLE)
    extract_all(root.path)
    return root


def test_an_article_is_taken_in_byte_for_byte_and_extracted(root, tmp_path_factory):
    given = tmp_path_factory.mktemp("downloads") / "报道.txt"
    given.write_bytes(ARTICLE.replace("\n", "\r\n").encode("gb18030"))
    done = command(root.path, "add", str(given))
    twice = command(root.path, "add", str(given), "--lang", "en")

    assert done.returncode == twice.returncode == 0
    assert (root.path / "seeds/报道.txt").read_bytes() == given.read_bytes()
    assert "青禾公司" in root.curated(name="报道")
    assert "added 0" in twice.stdout


def test_what_cannot_be_taken_in_is_named_and_the_rest_is(drafted, tmp_path_factory):
    folder = tmp_path_factory.mktemp("downloads")
    (folder / "a.md").write_text("另一篇", encoding="utf-8")
    (folder / "c.txt").write_bytes(bytes(range(256)) * 9)
    (folder / "d.txt").write_text(ARTICLE, encoding="utf-8")
    names, refused = add_articles(drafted.path, [str(folder / n) for n in ("a.md", "b.txt", "c.txt", "d.txt")], "en")

    assert names == ["d"]
    assert [line.split(": ")[0].rsplit("/", 1)[1] for line in refused] == ["a.md", "b.txt", "c.txt"]
    assert sorted(p.name for p in (drafted.path / "seeds").iterdir()) == ["a.txt", "d.txt"]


def test_a_renamed_article_takes_its_records_along(drafted):
    drafted.edit("title: ", "title:   改过 ")
    drafted.article("b.txt")
    drafted.curated("source:\n  reprint_of: a  # 转自\n", "b")
    before = drafted.curated()
    assert command(drafted.path, "mv", "a", "2019/临江").returncode == 0
    moved = drafted.curated(name="2019/临江")

    assert not (drafted.path / "curated/articles/a.yaml").exists()
    assert (drafted.path / "seeds/2019/临江.txt").read_text(encoding="utf-8") == ARTICLE
    assert moved.startswith("# yaml-language-server: $schema=../../schema.json\n")
    assert [line for line in moved.splitlines() if line not in before.splitlines()][1] == "  file: seeds/2019/临江.txt"
    assert drafted.curated(name="b") == "source:\n  reprint_of: 2019/临江  # 转自\n"
    assert extract_all(drafted.path, names={"2019/临江"}).changed == []
    assert curated.load(drafted.path).problems == []


@pytest.mark.parametrize(("old", "new"), [("zz", "b"), ("a", "../b"), ("a", "/tmp/b"), ("a", "a"), ("a", "c"), ("a", ".b"), ("a", "")])
def test_a_rename_that_cannot_be_is_refused_and_nothing_moves(drafted, old, new):
    drafted.article("c.txt")
    before = sorted(p.as_posix() for p in drafted.path.rglob("*.[ty]*"))
    with pytest.raises(IntakeError):
        rename_article(drafted.path, old, new)

    assert sorted(p.as_posix() for p in drafted.path.rglob("*.[ty]*")) == before
    assert command(drafted.path, "mv", old or "x", new or "../x").returncode == 1


@pytest.mark.parametrize("step", [1, 2, 3])
def test_a_rename_that_was_killed_is_finished_by_running_it_again(drafted, monkeypatch, step):
    """After the new curated file, after the article, after the old curated file."""
    text = drafted.curated()
    calls = []

    def stop(*_: object) -> None:
        calls.append(1)
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        target = {1: (Path, "rename"), 2: (Path, "unlink"), 3: (Path, "rglob")}[step]
        real = getattr(*target)
        if step == 3:
            patch.setattr(*target, lambda self, pattern: stop() if pattern == "*.yaml" and not (drafted.path / "curated/articles/a.yaml").exists() else real(self, pattern))
        elif step == 2:
            patch.setattr(*target, lambda self, missing_ok=False: stop() if self.name == "a.yaml" else real(self, missing_ok))
        else:
            patch.setattr(*target, stop)
        with pytest.raises(KeyboardInterrupt):
            rename_article(drafted.path, "a", "b")
    assert calls == [1]
    if step < 3:
        assert rename_article(drafted.path, "a", "b") == "b"

    assert sorted(p.name for p in (drafted.path / "curated/articles").iterdir()) == ["b.yaml"]
    assert drafted.curated(name="b") == text.replace("file: seeds/a.txt", "file: seeds/b.txt").replace(_print(text), _print(drafted.curated(name="b")))


def _print(text: str) -> str:
    return text.split("file=")[1].split()[0]


def test_an_edit_from_the_page_is_spliced_in(drafted):
    before = drafted.curated()
    id = curated.load(drafted.path).events[0].id
    after = edit_records(drafted.path, "curated/articles/a.yaml", {id: {"status": "reviewed", "note": "核对: 无误"}}, before)

    assert drafted.curated() == after
    assert curated.load(drafted.path).by_id[id].note == "核对: 无误"
    assert [line for line in before.splitlines() if line not in after.splitlines()] == []


@pytest.mark.parametrize("case", ["changed", "id_unknown", "bad_date", "empty", "outside"])
def test_an_edit_that_would_do_harm_is_refused(drafted, case):
    path, base = "curated/articles/a.yaml", drafted.curated()
    id = curated.load(drafted.path).events[0].id
    changes = {id: {"title": "新"}}
    if case == "changed":
        drafted.edit("title: ", "title: 别人 ")
    elif case == "id_unknown":
        changes = {"e-none": {"title": "新"}}
    elif case == "bad_date":
        changes = {id: {"date": "昨夜星辰"}}
    elif case == "outside":
        path = "curated/articles/../../seeds/a.txt"
    else:
        base = None
        drafted.curated("")
    before = drafted.curated()
    with pytest.raises(EditError) as caught:
        edit_records(drafted.path, path, changes, base)

    assert caught.value.code == case
    assert drafted.curated() == before


def test_the_lock_keeps_itself_out_of_git(drafted):
    with files.locked(drafted.path):
        pass

    assert (drafted.path / "curated/.cache/.gitignore").read_text(encoding="utf-8") == "*\n"


def test_a_place_where_nothing_can_be_written_is_named(tmp_path):
    if os.geteuid() == 0:
        (tmp_path / "curated").write_text("a file where a folder should be", encoding="utf-8")
    else:
        tmp_path.chmod(0o500)
    (tmp_path / "seeds").mkdir(exist_ok=True)
    done = command(tmp_path)

    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "写不进去" in done.stderr


def test_commands_help_with_an_example():
    for name in ("add", "mv"):
        shown = command(REPOSITORY, name, "--help")

        assert shown.returncode == 0
        assert f"python -m extract {name}" in shown.stdout


def test_an_article_without_chinese_is_taken_in_with_a_word_about_it(root, tmp_path_factory):
    given = tmp_path_factory.mktemp("downloads") / "english.txt"
    given.write_text("The harbour company signed a contract worth 3 billion yuan in May 2018.\n", encoding="utf-8")
    done = command(root.path, "add", str(given))

    assert done.returncode == 0
    assert "几乎没有汉字" in done.stderr


def test_json_without_a_body_is_refused_with_the_reason(root, tmp_path_factory):
    given = tmp_path_factory.mktemp("downloads") / "broken.json"
    given.write_text('{"title": "甲公司的一年", "text": 无引号的正文}', encoding="utf-8")
    done = command(root.path, "add", str(given))

    assert done.returncode == 1
    assert "读不出正文" in done.stderr
    assert not (root.path / "seeds/broken.json").exists()
