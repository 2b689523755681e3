"""Loading a root: everything that can be read, every problem at once, nothing read twice."""

from __future__ import annotations

import os
import time

import pytest

import curated
from curated import store as store_module
from curated.records import Event
from curated.relations import groups

EVENT = '  - id: {id}\n    title: {title}\n    date: 2018-05\n    date_from: 2018年5月\n    quote: "2018年5月,青禾公司与临江市政府签署合作协议。"\n'


def lines(store: curated.Store) -> list[str]:
    return [str(problem) for problem in store.problems]


def test_everything_is_there_and_frozen(root):
    root.article("甲/a.txt")
    root.curated("source:\n  title: 题\n  published: 2019-04-02\nevents:\n" + EVENT.format(id="e-1", title="签约"), "甲/a")
    store = curated.load(root.path)

    assert lines(store) == []
    assert list(store.sources) == ["甲/a"]
    assert store.sources["甲/a"].file == "seeds/甲/a.txt"
    event, reading = store.record("e-1"), store.reading("甲/a")
    assert isinstance(event, Event)
    assert reading is not None
    assert (event.source, event.path, event.line, event.orphan) == ("甲/a", "curated/articles/甲/a.yaml", 5, False)
    assert "青禾公司" in reading.text
    with pytest.raises(AttributeError):
        event.title = "改"  # type: ignore[misc]


def test_an_empty_root_is_an_empty_store(tmp_path):
    store = curated.load(tmp_path)

    assert (store.sources, store.events, store.figures, store.problems) == ({}, [], [], [])


def test_one_bad_file_and_one_bad_record_hide_nothing_else(root):
    for name in "abc":
        root.article(f"{name}.txt")
        root.curated("events:\n" + EVENT.format(id=f"e-{name}", title="签约"), name)
    root.edit("title: 签约", "titel: 签约", "a")
    (root.path / "curated/articles/b.yaml").write_bytes(b"\xff\xfe\x00")
    store = curated.load(root.path, lang="en")

    assert [event.id for event in store.events] == ["e-c"]
    assert lines(store) == [
        "curated/articles/a.yaml:2:5: title: title is missing; add it",
        "curated/articles/a.yaml:3:5: titel: there is no field 'titel'; did you mean title?",
        "curated/articles/b.yaml:1:1: file: not UTF-8 text; save it as UTF-8",
    ]


def test_the_language_of_problems_is_asked_for_and_never_guessed(root, monkeypatch):
    root.article()
    root.curated("events: 3\n")
    monkeypatch.setenv("LANG", "de_DE.UTF-8")

    assert "应是列表" in lines(curated.load(root.path))[0]
    assert "should be a list" in lines(curated.load(root.path, lang="en"))[0]
    monkeypatch.setenv("YOUJU_LANG", "en")
    assert "should be a list" in lines(curated.load(root.path))[0]


def test_an_article_that_is_gone_leaves_its_records_as_orphans(root):
    root.curated("source:\n  file: seeds/a.txt\nevents:\n" + EVENT.format(id="e-1", title="签约"))
    store = curated.load(root.path)

    assert [p.field for p in store.problems] == ["file"]
    assert store.sources["a"].missing
    assert store.by_id["e-1"].orphan
    assert store.reading("a") is None


def test_two_articles_with_one_name_are_an_error(root):
    root.article("a.txt")
    root.article("a.md")
    root.curated("events: []\n")

    assert "同名" in lines(curated.load(root.path))[0]


def test_an_id_used_twice_is_named_and_both_records_are_kept(root):
    for name in "ab":
        root.article(f"{name}.txt")
        root.curated("events:\n" + EVENT.format(id="e-1", title=f"签约{name}"), name)
    store = curated.load(root.path)

    assert [event.title for event in store.events] == ["签约a", "签约b"]
    assert len({event.id for event in store.events}) == 2
    assert [p.path for p in store.problems] == ["curated/articles/b.yaml"]


def test_links_that_lead_outside_are_not_read(root, tmp_path_factory):
    outside = tmp_path_factory.mktemp("outside") / "secret.yaml"
    outside.write_text("events:\n" + EVENT.format(id="e-1", title="秘密"), encoding="utf-8")
    (root.path / "curated/articles/a.yaml").symlink_to(outside)
    root.article()
    store = curated.load(root.path)

    assert store.events == []
    assert "根目录之外" in lines(store)[0]


def test_a_file_without_permission_is_named(root):
    if os.geteuid() == 0:
        pytest.skip("root may read everything")
    root.article()
    root.curated("events: []\n")
    (root.path / "curated/articles/a.yaml").chmod(0)

    assert "权限" in lines(curated.load(root.path))[0]


def test_a_file_that_is_far_too_large_is_named(root, monkeypatch):
    monkeypatch.setattr(store_module.yaml_nodes, "MAX_BYTES", 1 << 20)
    root.article()
    root.curated("# " + "甲" * (1 << 20) + "\nevents: []\n")

    assert "超过 1 MB" in lines(curated.load(root.path))[0]


def test_only_what_changed_is_read_again(root, monkeypatch):
    for name in "ab":
        root.article(f"{name}.txt")
        root.curated("events:\n" + EVENT.format(id=f"e-{name}", title="签约"), name)
    old = time.time() - 60
    for path in root.path.rglob("*.*"):
        os.utime(path, (old, old))
    curated.load(root.path)
    read = []
    monkeypatch.setattr(store_module, "read_document", lambda text, real=store_module.read_document: read.append(text) or real(text))
    root.edit("签约", "再签约", "b")
    titles = [event.title for event in curated.load(root.path).events]

    assert titles == ["签约", "再签约"]
    assert len(read) == 1


def test_a_change_within_one_tick_of_the_clock_is_seen(root):
    """Same size, same time stamp: a file that was young when it was read is compared by content."""
    root.article()
    root.curated("events:\n" + EVENT.format(id="e-1", title="签约甲"))
    path = root.path / "curated/articles/a.yaml"
    young = time.time() + 60  # however long it takes to read it
    os.utime(path, (young, young))
    info = path.stat()
    curated.load(root.path)
    root.edit("签约甲", "签约乙")
    os.utime(path, ns=(info.st_atime_ns, info.st_mtime_ns))

    assert [event.title for event in curated.load(root.path).events] == ["签约乙"]


def test_a_change_of_a_canonical_name_is_seen_everywhere(root):
    root.article()
    root.curated("events:\n" + EVENT.format(id="e-1", title="签约") + "    actors: [青禾]\n")
    before = curated.load(root.path).events[0].actors
    (root.path / "curated/actors.yaml").write_text("- name: 青禾公司\n  aliases: [青禾]\n", encoding="utf-8")

    assert (before, curated.load(root.path).events[0].actors) == (("青禾",), ("青禾公司",))


def test_relations_that_lead_nowhere_or_one_way_are_named(root):
    root.article()
    relations = ["same_as: e-2", "note: x", "conflicts_with: [e-3, e-9]", "part_of: f-1"]
    events = [EVENT.format(id=f"e-{n}", title=f"签约{n}") + f"    {relation}\n" for n, relation in enumerate(relations, 1)]
    figure = '  - id: f-{0}\n    measure: 采购商\n    amount: {1}\n    quote: "{1}"\n    change: {2}\n    compare_to: f-{3}\n'
    pairs = [figure.format(1, "1200万家", "from", 2), figure.format(2, "800万家", "to", 1), figure.format(3, "800万家", "to", 1), figure.format(4, "800万家", "up", 1)]
    root.curated("events:\n" + "".join(events) + "figures:\n" + "".join(pairs))
    problems = [f"{p.line} {p.field} {p.message.split(';')[0]}" for p in curated.load(root.path, lang="en").problems]

    assert problems == [
        "7 same_as e-2 does not point back",
        "19 conflicts_with points at itself",
        "19 conflicts_with there is no record e-9",
        "44 compare_to f-1 does not point back",
        "50 compare_to f-1 does not point back",
    ]


def test_a_reprint_of_nothing_is_named(root):
    for name, origin in (("a", "b"), ("b", "zz")):
        root.article(f"{name}.txt")
        root.curated(f"source:\n  reprint_of: {origin}\n", name)

    assert [(p.path, p.field) for p in curated.load(root.path).problems] == [("curated/articles/b.yaml", "reprint_of")]


def test_tellings_of_one_thing_count_once_with_the_best_in_front(root):
    root.article()
    marks = {"e-1": "same_as: e-2", "e-2": "same_as: [e-1, e-3]\n    status: reviewed", "e-3": "same_as: e-2\n    pin: true", "e-4": "note: x"}
    root.curated("events:\n" + "".join(EVENT.format(id=id, title=f"签约{id}") + f"    {more}\n" for id, more in marks.items()))
    found = groups(curated.load(root.path).events)

    assert [[event.id for event in group] for group in found] == [["e-3", "e-2", "e-1"], ["e-4"]]


def test_the_story_is_read_and_its_slips_are_named(root):
    (root.path / "curated/story.yaml").write_text(
        "title: 题\ncolour: {}\ncolors: {launch: '#123456'}\nheadlines: [f-1]\nsteps:\n- name: 三次签约\n  actors: 青禾公司\n  foo: x\n", encoding="utf-8"
    )
    store = curated.load(root.path)

    assert (store.story.title, store.story.headlines, store.story.colors) == ("题", ("f-1",), {"launch": "#123456"})
    assert store.story.steps[0].actors == ("青禾公司",)
    assert [(p.line, p.field) for p in store.problems] == [(2, "colour"), (4, "headlines"), (8, "foo")]
