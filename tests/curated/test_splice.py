"""Edits of a curated file touch what they change and nothing else."""

from __future__ import annotations

import pytest

from curated.document import read_document
from curated.splice import Plan, SpliceError, apply_plan

BLOCK = """\
# head
source: {title: 甲, file: seeds/a.txt}   # flow source

events:
- id: e-1      # 一
  title:   '甲'
  # between
  quote: >-
    两行
    引文
  actors:
  - 甲
  - 乙

-
  id: e-2
  title: "乙"
  quote: 丙


figures: []
machine:
  e-1: 1-2/0 0-4 title=aaaaaa
"""


def change(text: str, **plan: object) -> str:
    return apply_plan(read_document(text), Plan(**plan))  # type: ignore[arg-type]


def test_a_field_is_replaced_and_its_comment_stays():
    assert change(BLOCK, fields={0: {"title": "新"}}) == BLOCK.replace("title:   '甲'", "title:   新")


def test_a_folded_quote_and_a_block_list_are_replaced_whole():
    changed = change(BLOCK, fields={0: {"quote": "一行", "actors": ("丁",)}})

    assert changed == BLOCK.replace("quote: >-\n    两行\n    引文\n", 'quote: "一行"\n').replace("actors:\n  - 甲\n  - 乙\n", "actors: [丁]\n")


def test_new_fields_stand_in_written_order():
    changed = change(BLOCK, fields={1: {"date": "2018", "at": "0-1", "note": "注"}})

    assert "  id: e-2\n  date: 2018\n  title: \"乙\"\n  quote: 丙\n  at: 0-1\n  note: 注\n\n\nfigures" in changed


def test_an_id_goes_in_front_of_a_record_without_one():
    text = "events:\n  - title: 甲  # 话\n    quote: 乙\n"

    assert change(text, fields={0: {"id": "e-1"}}) == "events:\n  - id: e-1\n    title: 甲  # 话\n    quote: 乙\n"


def test_a_deleted_field_leaves_its_comment_on_a_line_of_its_own():
    text = "events:\n  - title: 甲\n    note: 乙  # 话\n    quote: 丙\n"

    assert change(text, fields={0: {"note": None}}) == "events:\n  - title: 甲\n    # 话\n    quote: 丙\n"


def test_the_first_field_can_be_deleted():
    text = "events:\n  - note: 乙\n    title: 甲\n    quote: 丙\n"

    assert change(text, fields={0: {"note": None}}) == "events:\n  - title: 甲\n    quote: 丙\n"


def test_a_comment_inside_a_list_is_not_written_over():
    text = "events:\n  - title: 甲\n    actors:\n      - 甲  # 谁?\n      - 乙\n    quote: 丙\n"

    with pytest.raises(SpliceError):
        change(text, fields={0: {"actors": ("丁",)}})


def test_records_in_flow_style_are_edited_in_place():
    text = "events: [{id: e-1, title: 甲, quote: 乙}, {id: e-2, title: 丙, note: x, quote: 丁}]\n"
    new = {"id": "e-3", "title": "戊,己", "quote": "庚"}
    changed = change(text, fields={0: {"title": "新, 名", "type": "launch"}, 1: {"note": None}}, insert=[("events", 1, new)])

    assert changed == (
        'events: [{id: e-1, title: "新, 名", type: launch, quote: 乙}, {id: e-2, title: 丙, quote: 丁}, {id: e-3, title: "戊,己", quote: "庚"}]\n'
    )


@pytest.mark.parametrize("gone", [{0}, {1}, {0, 1}])
def test_deleted_records_leave_the_rest_as_it_was(gone):
    text = "events:\n  - id: e-1\n    title: 甲\n    quote: 乙\n\n  - id: e-2\n    title: 丙\n    quote: 丁\n\nfigures: []\n"
    records = ["  - id: e-1\n    title: 甲\n    quote: 乙\n", "  - id: e-2\n    title: 丙\n    quote: 丁\n"]
    kept = [r for n, r in enumerate(records) if n not in gone]

    assert change(text, delete=gone) == ("events:\n" + "\n".join(kept) if kept else "events: []\n") + "\nfigures: []\n"


@pytest.mark.parametrize("gone", [{0, 1}, {0, 1, 2}, {1, 2}])
def test_what_a_person_wrote_between_records_outlives_them(gone):
    text = "figures:\n- id: f-1\n  measure: 甲\n  # 问过海港日报\n\n- id: f-2\n  measure: 乙\n\n- id: f-3\n  measure: 丙\n"

    changed = apply_plan(read_document(text), Plan(delete=gone))

    assert changed.count("# 问过海港日报") == 1
    assert [entry.text("id") for entry in read_document(changed).records] == [f"f-{n + 1}" for n in range(3) if n not in gone]


def test_records_can_go_and_come_at_once():
    text = "events:\n  - id: e-1\n    title: 甲\n    quote: 乙\nfigures: []\n"
    new = {"id": "e-2", "title": "丙", "quote": "丁"}

    assert change(text, delete={0}, insert=[("events", 0, new)]) == 'events:\n  - id: e-2\n    title: 丙\n    quote: "丁"\nfigures: []\n'


def test_sections_that_are_missing_are_added_in_order():
    changed = change("figures: []\n", source={"file": "seeds/a.txt"}, insert=[("events", None, {"id": "e-1", "title": "甲", "quote": "乙"})], machine={"article": "0a"})

    assert read_document(changed).faults == []
    assert [changed.index(section) for section in ("source:", "events:", "figures:", "machine:")] == sorted(changed.index(s) for s in ("source:", "events:", "figures:", "machine:"))


def test_carriage_returns_stay():
    text = BLOCK.replace("\n", "\r\n")
    changed = change(text, fields={0: {"date": "2018"}}, insert=[("events", 1, {"id": "e-3", "title": "丙", "quote": "丁"})], machine={"e-3": "1-2/0 1-2"})

    assert changed.count("\n") == changed.count("\r\n")


def test_what_cannot_be_written_safely_is_refused():
    """A complex key: nothing is guessed."""
    with pytest.raises(SpliceError):
        change("{events: [], figures: []}", machine={"article": "0a"})
