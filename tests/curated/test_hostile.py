"""Files nobody should trust: each is named with advice or passed over, the rest goes on, and nothing outside is touched."""

from __future__ import annotations

import contextlib
import io
import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

import curated
from curated import commands, intake
from curated.__main__ import main as curated_main
from curated.changes import Change, append_changes, read_changes
from curated.edit import By, EditError, edit_records
from curated.export import draw_export
from curated.extraction import extract_all
from curated.files import OutsideError
from dashboard.data import index_store, state_of
from dashboard.screens.intake import file_name
from extract.__main__ import main as extract_main
from tests.conftest import PATIENCE

CASES = yaml.safe_load((Path(__file__).parent / "hostile.yaml").read_text(encoding="utf-8"))
SECRET = "机密词"
GOOD = "江报 2019-04-02\n\n2018年5月3日,青禾公司与宁波市政府签署合作协议,投入3亿元。\n"
LAUGHS = "a0: &a0 [哈]\n" + "".join(f"a{i}: &a{i} [{','.join([f'*a{i - 1}'] * 10)}]\n" for i in range(1, 12))


class World(NamedTuple):
    """A root with one good article, and a folder outside that nothing may read or write."""

    root: Path
    outside: Path

    def hold(self) -> dict[str, tuple[int, int, bytes]]:
        """Everything outside, to compare."""
        return {p.name: (p.stat().st_mtime_ns, p.stat().st_mode, p.read_bytes() if p.is_file() else b"") for p in self.outside.rglob("*")}


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """A pipe, a loop or a laugh could hold a test for ever: it is ended after ten minutes."""
    signal.alarm(600)
    root, outside = tmp_path / "root", tmp_path / "outside"
    for folder in (root / "seeds", root / "curated" / "articles", outside / "folder"):
        folder.mkdir(parents=True)
    (root / "seeds" / "good.txt").write_text(GOOD, encoding="utf-8")
    for name in ("secret.txt", "folder/secret.txt"):
        (outside / name).write_text(f"2019年8月3日,{SECRET}公司在上海签约,投入77亿元。\n", encoding="utf-8")
    (outside / "secret.yaml").write_text(f"source:\n  title: {SECRET}\nevents:\n  - title: {SECRET}\n    quote: {SECRET}\n", encoding="utf-8")
    yield World(root, outside)
    signal.alarm(0)


def _link(to: Callable[[World, Path], Path]) -> Callable[[World, Path], None]:
    return lambda world, path: path.symlink_to(to(world, path))


def _huge(_: World, path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(100 << 20)  # a hole: takes no room on the disk


def _write(data: bytes) -> Callable[[World, Path], Any]:
    return lambda _, path: path.write_bytes(data)


MAKE: dict[str, Callable[[World, Path], Any]] = {
    "laughs": _write(LAUGHS.encode()),
    "deep_lists": _write(b"events: " + b"[" * 10_000 + b"]" * 10_000),
    "deep_mappings": _write(b"events: " + b"{a: " * 10_000 + b"}" * 10_000),
    "deep_dashes": _write(b"events:\n" + b"- " * 10_000 + b"x\n"),
    "deep_keys": _write(b"? " * 10_000 + b"x\n"),
    "deep_json": _write(b'{"content": ' + b"[" * 100_000 + b"]" * 100_000 + b"}"),
    "deep_heading": _write(b"---\ntitle: " + b"[" * 20_000 + b"\n---\n" + GOOD.encode()),
    "deep_page": _write(b"<div>" * 20_000 + GOOD.encode() + b"</div>" * 20_000),
    "laughing_heading": _write(f"---\n{LAUGHS}---\n{GOOD}".encode()),
    "half": _write(b'source:\n  title: "\xe6\xb1\x9f\nevents:\n  - title: '),
    "torn": _write("source:\n  title: 江".encode()[:-1]),
    "bytes": _write(bytes(range(256)) * 10),
    "huge": _huge,
    "link_file": _link(lambda world, path: world.outside / ("secret.txt" if path.suffix == ".txt" else "secret.yaml")),
    "link_folder": _link(lambda world, _: world.outside / "folder"),
    "link_loop": _link(lambda _, path: path),
    "link_up": _link(lambda _, path: path.parent),
    "link_nowhere": _link(lambda world, _: world.outside / "new.yaml"),
    "folder": lambda _, path: path.mkdir(),
    "pipe": lambda _, path: os.mkfifo(path),
}


def place(world: World, case: dict[str, str]) -> Path:
    path = world.root / case["path"]
    path.parent.mkdir(parents=True, exist_ok=True)
    if "make" in case:
        MAKE[case["make"]](world, path)
    else:
        path.write_bytes(case["text"].encode())
    return path


def run(command: Callable[[list[str]], int], *args: str) -> tuple[int, str]:
    """Exit status, and all that was printed."""
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        status = command(list(args))
    return status, said.getvalue()


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_a_hostile_file_costs_nothing_but_itself(world: World, case: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(world.root)
    path, before = place(world, case), world.hold()
    bytes_before = path.read_bytes() if path.is_file() and path.stat().st_size < 1 << 20 and ".cache" not in case["path"] else None

    _, told = run(extract_main, "--root", str(world.root))
    status, checked = run(curated_main, "check", "--root", str(world.root))
    fixed = run(curated_main, "check", "--fix", "--root", str(world.root))[1]
    exported = draw_export(curated.load(world.root))
    story = index_store(curated.load(world.root), state_of(world.root))

    assert case.get("check", "") in checked
    assert status == 1 or not case.get("check")
    assert case.get("extract", "") in told
    assert not (world.root / "PWNED").exists()
    assert world.hold() == before
    for shown in (told, checked, fixed, *(str(row.record) for row in story.rows.values()), *(data.decode("utf-8", "replace") for data in exported.values())):
        assert SECRET not in shown
        assert "Traceback" not in shown
    if bytes_before is not None and path.name != "good.yaml":
        assert path.read_bytes() == bytes_before
    if path.name != "good.yaml":
        assert {row.record.source for row in story.rows.values()} >= {"good"}  # the rest goes on
    assert list(world.root.rglob("*youju-tmp*")) == []


def test_the_page_shows_the_rest_when_every_one_of_them_is_there(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    from streamlit.testing.v1 import AppTest

    extract_all(world.root)
    for number, case in enumerate(case for case in CASES if case["path"].startswith(("curated/articles/b", "seeds/b", "seeds/sub"))):
        place(world, case | {"path": case["path"].replace("/b", f"/b{number}").replace("/sub", f"/sub{number}")})
    before = world.hold()
    monkeypatch.setenv("YOUJU_ROOT", str(world.root))
    monkeypatch.setattr(sys, "argv", ["app.py"])
    page = AppTest.from_file(str(Path(curated.__file__).parent.parent / "dashboard" / "app.py"), default_timeout=PATIENCE / 1000)
    page.query_params["source"] = "good"
    page.run()

    shown = " ".join(html.value for html in page.html)
    assert [error.value for error in page.exception] == []
    assert "1 篇文章" in shown
    assert SECRET not in shown
    assert world.hold() == before


# -- names that lead out ---------------------------------------------------------------------------------


@pytest.mark.parametrize("new", ["../../outside/x", "/etc/x", "..", "sub/../../../x", "..\\x", ".hidden", ""])
def test_a_rename_never_leads_out(world: World, new: str) -> None:
    extract_all(world.root)
    before = world.hold()

    status, said = run(lambda a: commands.run_mv(world.root, "good", a[0], "zh"), new)

    assert status == 1
    assert "不能作名字" in said or "没有" in said
    assert world.hold() == before
    assert (world.root / "seeds" / "good.txt").exists()


@pytest.mark.parametrize("linked", ["seeds/sub", "curated/articles/sub"])
def test_a_rename_into_a_linked_folder_is_refused(world: World, linked: str) -> None:
    extract_all(world.root)
    (world.root / linked).symlink_to(world.outside / "folder")
    before = world.hold()

    status, said = run(lambda _: commands.run_mv(world.root, "good", "sub/x", "zh"))

    assert (status, "普通文件" in said) == (1, True)
    assert world.hold() == before
    assert (world.root / "seeds" / "good.txt").exists()
    assert (world.root / "curated" / "articles" / "good.yaml").exists()


@pytest.mark.parametrize("linked", ["seeds", "curated", "curated/articles", "curated/.cache"])
def test_nothing_is_written_through_a_linked_folder_of_the_root(world: World, linked: str) -> None:
    target = world.root / linked
    if target.exists():
        target.rename(world.root / "aside")
    target.symlink_to(world.outside / "folder")
    before = world.hold()
    article = world.root.parent / "new.txt"
    article.write_text(GOOD, encoding="utf-8")

    for command, args in ((extract_main, []), (extract_main, ["add", str(article)]), (curated_main, ["check", "--fix"])):
        _, said = run(command, *args, "--root", str(world.root))
        assert "Traceback" not in said
        assert SECRET not in said
        assert world.hold() == before, (args, said)
    assert [str(p) for p in draw_export(curated.load(world.root)).values() if SECRET.encode() in p] == []


def test_what_is_taken_in_is_named_by_its_last_part_only(world: World) -> None:
    outside = world.root.parent / "a" / "b.txt"
    outside.parent.mkdir()
    outside.write_text(GOOD.replace("3亿", "4亿"), encoding="utf-8")

    names, refused = intake.add_articles(world.root, [f"{world.root}/seeds/../../a/b.txt", str(world.outside), "/dev/zero", "no/such"])

    assert names == ["b"]
    assert len(refused) == 3
    assert (world.root / "seeds" / "b.txt").read_text(encoding="utf-8") == outside.read_text(encoding="utf-8")


@pytest.mark.parametrize("uploaded", ["../../x.txt", "..\\..\\x.txt", "/etc/passwd", "a/b.html", ".htaccess", "con.txt\0.exe", "x" * 500 + ".txt", "\u202etxt.exe"])
def test_an_uploaded_name_stays_one_name_below_seeds(uploaded: str) -> None:
    from datetime import date

    name = file_name("", uploaded, date(2026, 1, 2))

    assert Path(name).name == name
    assert not name.startswith((".", "-"))
    assert "\\" not in name
    assert name.isprintable()
    assert len(name.encode()) < 250


@pytest.mark.parametrize("path", ["../x.yaml", "curated/articles/../../../outside/secret.yaml", "/etc/passwd", "curated/story.yaml", "seeds/good.txt", "curated/articles/good.txt"])
def test_an_edit_outside_the_records_is_refused(world: World, path: str) -> None:
    before = world.hold()

    with pytest.raises(EditError) as refused:
        edit_records(world.root, path, {"e-1": {"status": "reviewed"}}, by=By("x"))

    assert refused.value.code in ("outside", "unreadable")
    assert world.hold() == before
    assert read_changes(world.root) == []


@pytest.mark.parametrize("linked", ["curated/changes", "curated/changes/2026-11.jsonl"])
def test_the_log_is_never_written_or_read_through_a_link(world: World, linked: str) -> None:
    target = world.root / linked
    target.parent.mkdir(parents=True, exist_ok=True)
    target.symlink_to(world.outside / ("folder" if target.name == "changes" else "secret.txt"))
    before = world.hold()

    with pytest.raises(OSError):  # noqa: PT011 - OutsideError, or ELOOP from the system
        append_changes(world.root, [Change("2026-11-24T00:00:00.000Z", "x", "review", "f", "e-1", {}, {})])

    assert read_changes(world.root) == []
    assert world.hold() == before
    assert issubclass(OutsideError, OSError)


def test_an_export_replaces_a_link_and_never_writes_through_it(world: World) -> None:
    extract_all(world.root)
    out = world.root.parent / "out"
    out.mkdir()
    (out / "events.csv").symlink_to(world.outside / "secret.txt")
    before = world.hold()

    status, _ = run(curated_main, "export", str(out), "--format", "csv", "--root", str(world.root))

    assert status == 0
    assert world.hold() == before
    assert not (out / "events.csv").is_symlink()
