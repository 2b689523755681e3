"""`python -m curated check`: what it prints, what it mends, and how it ends."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import yaml

import curated
from curated.check import check, suggestions
from curated.relations import find_likely
from tests.curated.world import ARTICLE

REPOSITORY = Path(__file__).parent.parent.parent
QUOTE = "2018年5月,青禾公司与临江市政府签署合作协议。"
EVENT = f'  - id: e-1\n    title: 签约\n    date: 2018-05\n    date_from: 2018年5月\n    quote: "{QUOTE}"\n'


def command(*arguments: str, cwd: Path = REPOSITORY, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "curated", *arguments], cwd=cwd, capture_output=True, text=True, encoding="utf-8",
        env=os.environ | {"PYTHONPATH": str(REPOSITORY)} | env, check=False,
    )  # fmt: skip


def test_the_command_ends_as_the_data_is(root):
    root.article()
    root.curated("events:\n" + EVENT)
    clean = command("check", "--root", str(root.path))
    root.edit("title: 签约", "titel: 签约")
    wrong = command("check", "--root", str(root.path), "--lang", "en", LC_ALL="C", PYTHONIOENCODING="ascii")
    usage = command("check", "nowhere.yaml", "--root", str(root.path))

    assert (clean.returncode, clean.stdout, clean.stderr) == (0, "", "没有问题\n")
    assert (wrong.returncode, wrong.stderr) == (1, "2 errors, 0 warnings, 0 suggestions\n")
    assert "curated/articles/a.yaml:3:5: titel: there is no field 'titel'; did you mean title?\n" in wrong.stdout
    assert (usage.returncode, usage.stdout) == (2, "")
    assert command("check", "--format", "xml").returncode == 2
    assert command().returncode == 2


def test_every_command_helps_with_an_example():
    for arguments in ([], ["check"]):
        shown = command(*arguments, "--help")

        assert shown.returncode == 0
        assert "python -m curated check" in shown.stdout


def test_only_what_is_asked_for_is_printed(root, capsys):
    for name in ("a", "b"):
        root.article(f"{name}.txt")
        root.curated("events: 3\n", name)
    status = check(root.path, [str(root.path / "curated/articles/b.yaml")])

    assert status == 1
    assert [line.split(":")[0] for line in capsys.readouterr().out.splitlines()] == ["curated/articles/b.yaml"]


def test_json_and_github_say_the_same(root, capsys):
    root.article()
    root.curated("events:\n" + EVENT.replace("title: 签约", "title: 100%\n    type: 午餐\n    foo: x"))
    check(root.path, [], style="json")
    problems = json.loads(capsys.readouterr().out)
    check(root.path, [], style="github", lang="en")
    annotations = capsys.readouterr().out.splitlines()

    assert [(p["line"], p["column"], p["field"], p["severity"]) for p in problems] == [(4, 11, "type", "error"), (5, 5, "foo", "error")]
    assert annotations[1] == "::error file=curated/articles/a.yaml,line=5,col=5::foo: there is no field 'foo'; remove it or use note"


def test_what_the_file_holds_cannot_forge_an_annotation(root, capsys):
    root.article()
    root.curated('events:\n  - id: e-1\n    title: 签约\n    quote: x\n    type: "a\\n::error file=b,line=1::x"\n')
    check(root.path, [], style="github")

    assert [line.startswith("::error file=curated/articles/a.yaml,") for line in capsys.readouterr().out.splitlines()] == [True, True]


def test_fix_mends_what_is_safe_and_shows_the_diff(root, capsys):
    root.article("a.txt", "按语。\n\n" + ARTICLE)
    root.article("b.txt")
    root.curated("events:\n" + EVENT + "    at: 0-25\n    mark: 18-20\n    same_as: e-2\n    status: 已审  # 看过\n    reviewed_on: 2026/1/2\n    actors: [甲, 甲]\n")
    root.curated("events:\n" + EVENT.replace("e-1", "e-2"), "b")
    status = check(root.path, [], mend=True)
    out = capsys.readouterr().out
    start = ("按语。\n\n" + ARTICLE).index(QUOTE)

    assert status == 0
    assert "-    at: 0-25\n" in out
    assert f"+    at: {start}-{start + len(QUOTE)}\n" in out
    assert f"    mark: {start + 18}-{start + 20}\n" in root.curated()
    assert "    status: reviewed  # 看过\n    reviewed_on: 2026-01-02\n    actors: [甲]\n" in root.curated()
    assert "    same_as: [e-1]\n" in root.curated(name="b")
    assert check(root.path, [], mend=True) == 0
    assert capsys.readouterr().out == ""


def test_fix_puts_a_quote_back_that_the_article_now_words_a_little_differently(root, capsys):
    root.article("a.txt", ARTICLE.replace("青禾公司与临江市政府签署", "青禾公司和临江市政府正式签署"))
    root.curated("events:\n" + EVENT + "    at: 0-25\n    mark: 18-20\n    status: reviewed\n")

    assert check(root.path, []) == 1
    assert curated.load(root.path).events[0].orphan
    assert check(root.path, [], mend=True) == 0
    assert "+    quote: \"2018年5月,青禾公司和临江市政府正式签署合作协议。\"" in capsys.readouterr().out
    assert "    mark: 20-22\n" in root.curated()
    assert not curated.load(root.path).events[0].orphan


def test_fix_leaves_alone_what_needs_judgement(root):
    root.article("a.txt", "完全是另一篇文章,说的是别的事情。")
    text = "events:\n" + EVENT + "    at: 0-25\n    type: 午餐\n"
    root.curated(text)

    assert check(root.path, [], mend=True) == 1
    assert root.curated() == text


def test_the_hook_for_pre_commit_runs_the_command(root):
    """Another repository's hook starts in its root, with the changed files as arguments."""
    root.article()
    root.curated("events:\n" + EVENT.replace("title", "titel"))
    hook = yaml.safe_load((REPOSITORY / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))[0]
    program, _, module, *arguments = hook["entry"].split()
    done = command(*arguments, "curated/articles/a.yaml", cwd=root.path)

    assert (program, module) == ("python", "curated")
    assert re.search(hook["files"], "curated/articles/甲/a.yaml")
    assert (done.returncode, done.stdout.count("\n")) == (1, 2)


LIKELY = """\
events:
  - {id: e-1, title: 甲省政务网上线, date: 2014-06-25, type: launch, actors: [甲省], quote: x1}
  - {id: e-2, title: 甲省政务网正式上线, date: 2014-06-26, type: launch, actors: [甲省], quote: x2}
  - {id: e-3, title: 甲省政务网正式上线, date: 2014-06-26, type: launch, actors: [甲省政府], places: [浙江省], quote: x3}
  - {id: e-4, title: 乙公司建厂, date: 2014-06-26, type: launch, actors: [乙公司], quote: x4}
  - {id: e-5, title: 甲省政务网上线, date: 2014-06-25, type: launch, actors: [甲省], quote: x5, status: dropped}
figures:
  - {id: f-1, measure: 采购商, amount: 1200万家, as_of: 2018, actors: [青禾], quote: x6}
  - {id: f-2, measure: 采购商数, amount: 1200万家, as_of: 2018, actors: [青禾], quote: x7}
  - {id: f-3, measure: 采购商, amount: 1300万家, as_of: 2018, actors: [青禾], quote: x8}
  - {id: f-4, measure: 采购商, amount: 900万家, as_of: 2017, actors: [青禾], quote: x9}
  - {id: f-5, measure: 采购商, amount: 1300万家, as_of: 2018, actors: [青禾集团], modality: forecast, quote: x10}
"""


def test_likely_retellings_contradictions_and_aliases_are_offered_and_nothing_is_joined(root, capsys):
    root.article()
    root.curated(LIKELY)
    store = curated.load(root.path, texts=False)
    found = {(likely.relation, likely.first, likely.second) for likely in find_likely(store)}

    assert found == {
        ("conflicts_with", "e-1", "e-2"), ("same_as", "f-1", "f-2"), ("conflicts_with", "f-1", "f-3"),
        ("conflicts_with", "f-2", "f-3"), ("alias", "青禾", "青禾集团"), ("alias", "甲省", "甲省政府"),
    }  # fmt: skip
    assert {p.severity for p in suggestions(store, "zh")} == {"suggestion"}
    assert root.curated() == LIKELY


def test_names_that_may_be_one_are_offered_until_a_person_says_they_are_two(root):
    root.article()
    names = ["阿里", "阿里巴巴", "阿里巴巴集团", "中国", "中国移动", "奔腾", "奔腾(上海)有限公司", "阿里云计算"]
    root.curated(f"events:\n  - {{id: e-1, title: 甲, quote: x, actors: {names}}}\n".replace("'", '"'))
    pairs = {(x.first, x.second) for x in find_likely(curated.load(root.path, texts=False))}
    (root.path / "curated/actors.yaml").write_text("- name: 阿里\n- name: 阿里巴巴\n  aliases: [阿里巴巴集团]\n", encoding="utf-8")
    decided = {(x.first, x.second) for x in find_likely(curated.load(root.path, texts=False))}

    assert pairs == {("阿里", "阿里巴巴"), ("阿里", "阿里巴巴集团"), ("奔腾", "奔腾(上海)有限公司")}
    assert decided == {("奔腾", "奔腾(上海)有限公司")}


def test_what_a_person_decided_is_not_offered_again(root):
    root.article()
    root.curated(LIKELY.replace("{id: e-1,", "{id: e-1, conflicts_with: e-2,").replace("{id: f-2,", "{id: f-2, same_as: f-1,"))
    found = {(likely.first, likely.second) for likely in find_likely(curated.load(root.path, texts=False))}

    assert ("e-1", "e-2") not in found
    assert ("f-1", "f-2") not in found
