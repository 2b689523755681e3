"""Records of an archive taken into seeds/ and curated/, and filters that may read this archive and nothing else."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from extract.__main__ import main
from extract.archive.choose import ChoiceError, Chosen, choose
from extract.archive.inputs import Row
from extract.archive.run import link_copies
from extract.archive.work import Worker, work_all
from extract.archive.writer import opened
from extract.promote import source_name
from tests.extract.corpora import table

TEXT = "2019年5月6日，云帆公司在宁波市开通服务平台。截至去年5月，注册商家超过5万家，门店约3万家。"


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """Three articles; the second says nothing of its date, the third has an id that no file may have."""
    entries = [
        {"id": "n1", "text": TEXT, "title": "开通平台", "published": "2020-01-02", "publisher": "观察周刊", "url": "https://example.org/1"},
        {"id": "n2", "text": "2018年6月，海棠股份成立研究院。"},
        {"id": "../../escape", "text": "2017年6月，北辰银行成立研究院。", "title": "研究院/成立了"},
    ]
    with opened(tmp_path / "archive") as made:
        made.add(work_all(Worker(), [Row("json", f"x:{n}", json.dumps(entry).encode()) for n, entry in enumerate(entries)]))
        made.flush()
        link_copies(made)
        made.finished()
    return tmp_path / "archive"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for folder in ("root/seeds", "root/curated/articles"):
        (tmp_path / folder).mkdir(parents=True)
    return tmp_path / "root"


def promote(archive: Path, root: Path, *arguments: str) -> int:
    return main(["promote", str(archive), "--root", str(root), *arguments])


def curated(root: Path, name: str) -> str:
    return (root / "curated" / "articles" / f"{name}.yaml").read_text(encoding="utf-8")


def test_the_chosen_record_comes_with_its_article_and_no_other(archive, root):
    import curated as records

    assert promote(archive, root, "--where", "measure LIKE '%商家%'") == 0
    store = records.load(root)

    assert (root / "seeds" / "n1.txt").read_text(encoding="utf-8") == TEXT
    assert [(figure.amount.text, str(figure.as_of)) for figure in store.figures] == [("超过5万家", "2019-05")]
    assert list(store.events) == []
    assert store.sources["n1"].title == "开通平台"
    assert "publisher: 观察周刊" in curated(root, "n1")
    assert [path.name for path in (root / "seeds").iterdir()] == ["n1.txt"]


def test_twice_adds_nothing_and_the_extraction_brings_nothing_back(archive, root, capsys):
    promote(archive, root, "--where", "measure LIKE '%商家%'")
    before = curated(root, "n1")
    capsys.readouterr()

    assert promote(archive, root, "--where", "measure LIKE '%商家%'") == 0
    assert "新收入记录 0 条" in capsys.readouterr().out
    assert main(["--root", str(root)]) == 0
    assert curated(root, "n1") == before


def test_more_of_an_article_can_be_chosen_later_and_hand_edits_stay(archive, root, capsys):
    promote(archive, root, "--where", "measure LIKE '%商家%'")
    path = root / "curated" / "articles" / "n1.yaml"
    path.write_text(curated(root, "n1").replace("amount: 超过5万家", "amount: 超过5万家  # 我改的\n    note: 查过"), encoding="utf-8")
    id = next(fact["id"] for fact in table(archive, "facts") if fact["text"] == "3万家")

    assert promote(archive, root, "--ids", id) == 0
    assert "新收入记录 1 条" in capsys.readouterr().out.splitlines()[-1]
    assert "amount: 约3万家" in curated(root, "n1")
    assert "# 我改的\n    note: 查过" in curated(root, "n1")
    assert "开通" not in curated(root, "n1").split("events:")[1].split("figures:")[0]


def test_names_are_safe_and_say_what_it_is(archive, root):
    promote(archive, root, "--where", "source LIKE '%escape'")
    names = [path.relative_to(root).as_posix() for path in (root / "seeds").rglob("*") if path.is_file()]

    assert len(names) == 1
    assert names[0].startswith("seeds/研究院-成立了-")


@pytest.mark.parametrize("id", ["", ".", "..", "a/b", "CON", "a.txt", "-x", "x" * 100, "甲\n乙", "a\0b", "$(x)"])
def test_no_id_becomes_a_dangerous_name(id):
    name = source_name(Chosen(id, "", "", "", "", "", frozenset()))

    assert name == Path(name).name
    assert name.replace("-", "").isalnum()
    assert len(name) < 60
    assert name.upper() != "CON"


def test_a_name_that_is_taken_is_left_to_its_owner(archive, root):
    (root / "seeds" / "n2.txt").write_text("别的文章。", encoding="utf-8")

    assert promote(archive, root, "--where", "source = 'n2'") == 0
    assert (root / "seeds" / "n2.txt").read_text(encoding="utf-8") == "别的文章。"
    assert [path.stem[:3] for path in (root / "seeds").glob("n2-*.txt")] == ["n2-"]


# --- the filter --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "where",
    [
        "true; DROP VIEW facts",
        "true); CREATE TABLE x AS (SELECT 1",
        "true); ATTACH 'other.db' AS (x",
        "id IN (SELECT content FROM read_text('/etc/hostname'))",
        "id IN (SELECT column0 FROM read_csv('/etc/passwd', header = false))",
        "true) UNION SELECT content, '', 0, 0 FROM read_text('/etc/hostname') WHERE (true",
        "true); COPY facts TO '/tmp/stolen.csv' WITH (HEADER",
        "true); SET enable_external_access = (true",
        "true); INSTALL httpfs; SELECT (1",
        "amount =",
        "no_such_column = 1",
        "year = 'nineteen'",
    ],
)
def test_a_filter_reads_this_archive_and_nothing_else(archive, tmp_path, where):
    files = sorted(tmp_path.rglob("*"))

    with pytest.raises(ChoiceError):
        choose(archive, where, [], 1000)
    assert sorted(tmp_path.rglob("*")) == files


@pytest.mark.parametrize(("where", "count"), [("year = 2018", 1), ("kind = 'figure' -- 只要数字", 1), ("list_contains(places, '330200')", 1), ("false", 0)])
def test_a_filter_chooses(archive, where, count):
    assert len(choose(archive, where, [], 1000)) == count


def test_too_many_and_unknown_ids_are_said(archive):
    with pytest.raises(ChoiceError, match="超过 1 条"):
        choose(archive, "true", [], 1)
    with pytest.raises(ChoiceError, match="e-nothing"):
        choose(archive, "", ["e-nothing"], 1000)


def test_mistakes_are_said_without_a_traceback(archive, root, tmp_path, capsys):
    assert promote(tmp_path / "none", root, "--where", "true") == 1
    assert "不是存档" in capsys.readouterr().err
    assert promote(archive, root, "--where", "no_such = 1") == 1
    assert "no_such" in capsys.readouterr().err
    assert promote(archive, root, "--where", " ") == 2
    with pytest.raises(SystemExit) as ended:
        promote(archive, root)
    assert ended.value.code == 2
