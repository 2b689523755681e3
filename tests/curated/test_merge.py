"""The eight guarantees of re-running, each shown by what a person does in an editor."""

from __future__ import annotations

import difflib

import pytest

from tests.curated.world import ARTICLE, SENTENCES, SPOTS, World, draft_of


@pytest.fixture
def world() -> World:
    world = World()
    world.run()
    return world


def with_values(world: World, words: str, **values: object) -> None:
    """The finders change their mind about the draft that holds the words."""
    for number, draft in enumerate(world.drafts):
        if any(words == value for value in draft.values.values()):
            merged = {k: v for k, v in {**draft.values, **values}.items() if v is not None}
            world.drafts[number] = draft._replace(values=merged)
            return
    raise AssertionError(words)


def without(world: World, words: str) -> None:
    world.drafts = [d for d in world.drafts if words not in d.values.values()]


def changed_lines(before: str, after: str) -> list[str]:
    """Lines that differ, the machine's own block left out."""
    old, new = (text.split("# 机器记下的")[0].splitlines() for text in (before, after))
    return sorted(line for line in difflib.ndiff(old, new) if line[0] in "+-" and line.strip("+- "))


# 1 a draft nobody touched follows the new draft


def test_an_untouched_draft_follows_the_new_draft(world):
    before = world.text
    with_values(world, "青禾公司与临江市签约", date="2018-05-03", title="青禾公司与临江市签署协议", type=None, speaker="甲")
    report = world.run()

    assert report.followed == 1
    assert changed_lines(before, world.text) == [
        "+     date: 2018-05-03",
        "+     speaker: 甲",
        "+     title: 青禾公司与临江市签署协议",
        "-     date: 2018-05",
        "-     title: 青禾公司与临江市签约",
        "-     type: agreement",
    ]


def test_an_untouched_draft_that_is_no_longer_proposed_goes(world):
    id = world.record("仓库投入")["id"]
    without(world, "仓库投入")
    report = world.run()

    assert report.removed == 1
    assert id not in world.text


def test_a_draft_that_people_point_at_stays_although_it_is_no_longer_proposed(world):
    id = world.record("仓库投入")["id"]
    world.referenced = {id}
    without(world, "仓库投入")
    world.run()

    assert world.record("仓库投入")["id"] == id


@pytest.mark.parametrize("comment", ["  # 先留着\n  - id: {id}\n    measure: 仓库投入", "  - id: {id}\n    measure: 仓库投入  # 先留着"])
def test_a_draft_with_a_persons_comment_stays_although_it_is_no_longer_proposed(world, comment):
    id = world.record("仓库投入")["id"]
    world.edit(f"  - id: {id}\n    measure: 仓库投入", comment.format(id=id))
    without(world, "仓库投入")
    before = world.text
    world.run()

    assert changed_lines(before, world.text) == []


# 2 a field a person changed stays, the others follow; a reviewed record never changes


def test_a_changed_field_stays_and_the_others_follow(world):
    world.edit("title: 青禾公司与临江市签约", "title: 临江签约")
    with_values(world, "青禾公司与临江市签约", date="2018-05-03", title="青禾公司与临江市政府签约")
    report = world.run()

    record = world.record("临江签约")
    assert record["date"] == "2018-05-03"
    assert [(s.field, s.kept, s.proposed, s.new) for s in report.suggestions] == [("title", "临江签约", "青禾公司与临江市政府签约", True)]


def test_a_deleted_field_stays_away(world):
    world.edit("    speaker: 青禾公司\n", "")
    before = world.text
    report = world.run()

    assert (world.text, report.kept) == (before, 1)


def test_a_field_a_person_added_stays_when_the_machine_finds_another(world):
    world.edit("    title: 青禾公司开通热线\n", "    title: 青禾公司开通热线\n    speaker: 林某\n    note: 核对过\n")
    with_values(world, "青禾公司开通热线", speaker="青禾公司")
    world.run()

    record = world.record("青禾公司开通热线")
    assert (record["speaker"], record["note"]) == ("林某", "核对过")


def test_a_field_stays_a_persons_when_the_machine_once_agreed(world):
    world.edit("date: 2018-05\n", "date: 2018-05-03\n")
    with_values(world, "青禾公司与临江市签约", date="2018-05-03")
    world.run()
    with_values(world, "青禾公司与临江市签约", date="2018-06")
    world.run()

    assert world.record("青禾公司与临江市签约")["date"] == "2018-05-03"


def test_a_field_set_back_to_the_machines_value_follows_again(world):
    world.edit("date: 2018-05\n", "date: 2018-05-03\n")
    world.run()
    world.edit("date: 2018-05-03\n", "date: 2018-05\n")
    with_values(world, "青禾公司与临江市签约", date="2018-06")
    world.run()

    assert world.record("青禾公司与临江市签约")["date"] == "2018-06"


def test_a_reviewed_record_never_changes_and_differences_are_listed(world):
    world.edit("status: draft", "status: reviewed")
    with_values(world, "青禾公司与临江市签约", date="2018-06", speaker="甲")
    before = world.text
    report = world.run()

    assert changed_lines(before, world.text) == []
    assert [(s.field, s.kept, s.proposed) for s in report.suggestions] == [("date", "2018-05", "2018-06"), ("speaker", "", "甲")]


def test_a_reviewed_record_stays_when_it_is_no_longer_proposed(world):
    world.edit("status: draft", "status: reviewed")
    without(world, "青禾公司与临江市签约")
    before = world.text
    world.run()

    assert changed_lines(before, world.text) == []


def test_a_shortened_quote_stays_with_spans_that_fit_it(world):
    world.edit('quote: "青禾公司说,平台上的采购商超过1200万家,去年是800万家。"', 'quote: "平台上的采购商超过1200万家"')
    world.run()

    record = world.record("超过1200万家")
    start = ARTICLE.index("平台上的采购商")
    assert record["quote"] == "平台上的采购商超过1200万家"
    assert record["at"] == f"{start}-{start + 15}"
    assert world.record("800万家")["quote"] == SENTENCES[1]


def test_the_sources_title_stays_as_a_person_renamed_it(world):
    world.edit("title: 青禾公司进临江", "title: 青禾进临江")
    world.source |= {"title": "青禾公司进驻临江", "publisher": "临江日报"}
    world.run()

    source = world.document().source
    assert (source.text("title"), source.text("publisher")) == ("青禾进临江", "临江日报")


# 3 a record a person deleted or dropped stays away


def test_a_deleted_record_stays_away(world):
    block = world.block("measure: 仓库投入")
    world.edit("\n\n" + block, "")
    added = [world.run().added for _ in range(2)]

    assert "仓库投入" not in world.text
    assert added[-1] == 0


def test_a_deleted_record_stays_away_when_the_finders_move_its_mark(world):
    world.edit(world.block("measure: 仓库投入") + "\n\n", "")
    n = next(i for i, d in enumerate(world.drafts) if d.values.get("measure") == "仓库投入")
    draft = world.drafts[n]
    mark = draft.mark[0] - 1, draft.mark[1]
    world.drafts[n] = draft._replace(mark=mark, values={**draft.values, "mark": f"{mark[0]}-{mark[1]}"})
    world.run()

    assert "仓库投入" not in world.text


def test_one_of_two_records_on_one_trigger_can_be_deleted(world):
    """两省先后上线: same trigger, same quote, two dates; identity is the mark and the ordinal."""
    world.edit(world.block("title: 甲省上线便民平台") + "\n\n", "")
    world.run()

    assert "甲省上线" not in world.text
    assert world.record("乙省上线便民平台")["date"] == "2014-02"


def test_a_dropped_record_is_left_alone(world):
    block = world.block("measure: 仓库投入")
    world.edit(block, block.replace("status: draft", "status: dropped"))
    with_values(world, "仓库投入", amount="约3亿元")
    before = world.text
    report = world.run()

    assert changed_lines(before, world.text) == []
    assert report.suggestions == []


# 4 a record a person added stays, and gets the id and spans it lacks


def test_an_added_record_gets_its_id_and_spans(world):
    world.edit("figures:\n", 'figures:\n  - measure: 雇用人数\n    amount: 2000人\n    quote: 共投入3亿元,雇用2000人\n\n')
    before = world.text
    report = world.run()
    record = world.record("雇用人数")
    start, end = ARTICLE.index("共投入3亿元"), ARTICLE.index("人。\n\n今年") + 1

    assert record["id"].startswith("f-")
    assert record["at"] == f"{start}-{end}"
    assert [line for line in changed_lines(before, world.text) if line[0] == "-"] == ["-   - measure: 雇用人数"]
    assert report.kept == 1
    assert record["id"] not in world.document().machine.values  # it stays a person's


def test_an_added_event_takes_what_its_quote_says_from_the_draft_it_matches(world):
    world.edit(world.block("title: 青禾公司开通热线") + "\n\n", "")
    world.edit("events:\n", "events:\n  - title: 热线\n    quote: 青禾公司开通热线\n\n")
    world.text = world.text[: world.text.index("# 机器记下的")]  # nothing was ever proposed
    world.run()

    record = world.record("热线")
    assert (record["date"], record["date_from"], record["type"]) == ("2019-03", "今年三月", "launch")
    assert record["mark"] == next(d.values["mark"] for d in world.drafts if d.values.get("title") == "青禾公司开通热线")


def test_an_added_record_is_not_filled_again_once_it_has_its_id(world):
    world.edit("events:\n", "events:\n  - title: 热线\n    quote: 青禾公司开通热线\n\n")
    world.run()
    record = world.record("热线")
    world.edit(f"    at: {record['at']}\n    mark: {record['mark']}\n", "")
    world.run()

    again = world.record("热线")
    assert again == record


def test_a_copied_record_does_not_take_the_place_of_the_original(world):
    """A person copies a record as a pattern and forgets its id: the copy is theirs, the original follows."""
    block = world.block("title: 青禾公司开通热线")
    world.edit("events:\n", "events:\n" + block.replace("title: 青禾公司开通热线", "title: 另一件事").replace("type: launch", "type: other") + "\n\n")
    with_values(world, "青禾公司开通热线", date="2019-04")
    world.run()

    assert world.record("另一件事")["date"] == "2019-03"
    assert world.record("青禾公司开通热线")["date"] == "2019-04"


def test_a_record_with_a_persons_own_id_keeps_it(world):
    id = world.record("仓库投入")["id"]
    world.edit(f"  - id: {id}", "  - id: f-my-own")
    world.run()

    assert [r["id"] for r in world.records() if r.get("measure") == "仓库投入"] == ["f-my-own"]


# 5 what people wrote stays byte for byte


def test_comments_order_and_spacing_stay(world):
    first, second = world.block("title: 青禾公司与临江市签约"), world.block("title: 乙省上线便民平台")
    world.edit(first, "@@")
    world.edit(second, first.replace("title: ", "title:    ").replace("actors: [青禾公司, 临江市政府]", "actors:   [ 青禾公司,临江市政府 ]   # 两方"))
    world.edit("@@", second.replace("    type: launch", "    # 待核\n    type:  'launch'"))
    world.edit("source:\n", "# 第一稿\n\nsource:\n")
    before = world.text
    with_values(world, "乙省上线便民平台", date="2014-03")
    with_values(world, "青禾公司与临江市签约", title="青禾公司与临江市再签约")
    world.run()

    assert changed_lines(before, world.text) == [
        "+     date: 2014-03",
        "+     title:    青禾公司与临江市再签约",
        "-     date: 2014-02",
        "-     title:    青禾公司与临江市签约",
    ]


def test_a_list_with_a_comment_between_its_items_stays_and_the_rest_follows(world):
    world.edit("    actors: [青禾公司, 临江市政府]\n", "    actors:\n      - 青禾公司  # 全称?\n      - 临江市政府\n")
    with_values(world, "青禾公司与临江市签约", date="2018-06", actors=("甲",))
    world.run()

    assert "      - 青禾公司  # 全称?\n      - 临江市政府\n" in world.text
    assert world.record("青禾公司与临江市签约")["date"] == "2018-06"


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("tail", ["", "\n", "\n\n# 末尾的话\n"])
def test_line_ends_and_the_end_of_the_file_stay(newline, tail):
    world = World()
    new = [d for d in world.drafts if d.values.get("measure") == "仓库投入"]
    world.drafts = [d for d in world.drafts if d not in new]
    world.run()
    assert world.text is not None
    before = (world.text.rstrip("\n") + tail).replace("\n", newline)
    world.text = before
    world.drafts += new
    report = world.run()
    assert world.text is not None
    added = [line for line in difflib.ndiff(before.splitlines(True), world.text.splitlines(True)) if line[0] == "+"]

    assert report.added == 1
    assert world.text.count("\r") == (world.text.count("\n") if newline == "\r\n" else 0)
    assert world.text.endswith(tail.replace("\n", newline))
    assert any("仓库投入" in line for line in added)
    assert [line for line in changed_lines(before, world.text) if line[0] == "-"] == []


def test_new_records_stand_where_their_mark_belongs(world):
    later = World(drafts=[d for d in world.drafts if d.values.get("title") not in ("青禾公司与临江市签约", "乙省上线便民平台")])
    later.run()
    later.drafts = world.drafts
    later.run()
    titles = [r["title"] for r in later.records() if "title" in r]

    assert titles == ["青禾公司与临江市签约", "甲省上线便民平台", "乙省上线便民平台", "青禾公司开通热线"]


@pytest.mark.parametrize("empty", ["events: []\n", "events:\n", "", "events: []  # 没有\n"])
def test_an_empty_section_takes_its_first_record(empty):
    world = World(drafts=[d for d in World().drafts if d.kind == "figure"])
    world.run()
    world.edit("events: []\n", empty)
    world.drafts = World().drafts
    report = world.run()

    assert report.added == 4
    assert len([r for r in world.records() if r["id"].startswith("e-")]) == 4


def test_a_section_whose_last_record_goes_is_written_as_empty(world):
    world.drafts = [d for d in world.drafts if d.kind == "event"]
    world.run()

    assert "figures: []\n" in world.text
    assert len(world.records()) == 4


# 7 what the machine wrote last is kept with the records, so that a lost block never makes edits of drafts


def test_a_file_that_lost_its_machine_block_is_a_persons(world):
    world.text = world.text[: world.text.index("# 机器记下的")]
    with_values(world, "青禾公司与临江市签约", date="2019")
    before = world.text
    report = world.run()

    assert changed_lines(before, world.text) == []
    assert (report.added, report.removed, report.followed) == (0, 0, 0)


# 8 running twice changes nothing the second time


@pytest.mark.parametrize("edit", [
    ("status: draft", "status: reviewed"),
    ("title: 青禾公司与临江市签约", "title: 签约  # 短"),
    ("    actors: [青禾公司, 临江市政府]\n", "    actors:\n    - 青禾公司\n    - 临江市政府\n"),
    ("figures:\n", "figures:\n  - measure: 雇用人数\n    amount: 2000人\n    quote: 雇用 2 000 人\n\n"),
])  # fmt: skip
def test_a_second_run_changes_nothing(world, edit):
    world.edit(*edit)
    with_values(world, "青禾公司与临江市签约", date="2018-06", actors=("青禾公司",))
    world.run()
    once = world.text
    world.run()

    assert world.text == once


# the article itself changes


def test_records_move_with_an_article_that_grew(world):
    """A paragraph is put in front: untouched drafts move, deleted and reviewed ones are not proposed again."""
    world.edit(world.block("measure: 仓库投入") + "\n\n", "")
    world.edit("status: draft", "status: reviewed")
    world.article = "编者按:下文有更正。\n\n" + ARTICLE
    world.drafts = [d for s in SPOTS if (d := draft_of(s, world.article))]
    report = world.run()

    assert (report.added, report.removed) == (0, 0)
    assert world.record("800万家")["mark"] == next(d.values["mark"] for d in world.drafts if d.values.get("amount") == "800万家")
    assert world.run().added == 0


def test_records_survive_a_sentence_that_was_reworded(world):
    reworded = SENTENCES[1].replace("平台上的", "平台的")
    world.edit("status: draft", "status: reviewed")
    world.article = ARTICLE.replace(SENTENCES[1], reworded)
    world.drafts = [d for s in SPOTS if s.sentence != 1 and (d := draft_of(s, world.article))]
    start = world.article.index(reworded)
    for spot in (s for s in SPOTS if s.sentence == 1):
        draft = draft_of(spot)
        assert draft is not None
        mark = world.article.index(spot.words), world.article.index(spot.words) + len(spot.words)
        at = start, start + len(reworded)
        values = {**draft.values, "quote": reworded, "at": f"{at[0]}-{at[1]}", "mark": f"{mark[0]}-{mark[1]}"}
        world.drafts.append(draft._replace(at=at, mark=mark, values=values))
    ids = {r["id"] for r in world.records()}
    report = world.run()

    assert (report.added, report.removed) == (0, 0)
    assert {r["id"] for r in world.records()} == ids
    assert world.record("800万家")["quote"] == reworded
