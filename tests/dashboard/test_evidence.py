"""A record's sentence, why its date is what it is, and how its article is cited."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import curated
from curated.records import Source
from dashboard import data
from dashboard.article import may_read_whole, read_article
from dashboard.evidence import (
    Context,
    cite,
    find_context,
    find_reason,
    may_quote,
    other_tellings,
    quote_html,
    reading_for,
)
from extract.edtf import parse_edtf
from tests.dashboard.fixtures import write_story


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> data.Story:
    return data.index_store(curated.load(write_story(tmp_path_factory.mktemp("evidence"))), "evidence")


def context(story: data.Story, id_: str) -> Context:
    record = story.rows[id_].record
    return find_context(record, reading_for(story, record))


def test_a_sentence_stands_between_its_neighbours(story: data.Story) -> None:
    found = context(story, "e-first01")

    assert found.quote == "2015年5月，上海市与云帆公司签署了第一份合作框架"
    assert found.before.startswith("本报讯，记者从发布会上获悉")
    assert found.after.endswith("当时的合作只涉及交通。")
    assert found.mark is not None
    assert found.quote[slice(*found.mark)] == "签署"


def test_without_its_article_the_quote_still_stands(story: data.Story) -> None:
    record = story.rows["e-first01"].record

    assert find_context(record, None) == Context("", record.quote, "", None)


def test_the_reason_of_a_date_that_has_to_be_reckoned(story: data.Story) -> None:
    record = story.rows["f-active1"].record
    reason = find_reason(record, reading_for(story, record), story.sources["a-harbour"])

    assert reason.words == "去年"
    assert "2021" in reason.why


def test_words_of_a_date_that_stand_elsewhere_are_shown_there(story: data.Story) -> None:
    record = story.rows["f-budget1"].record
    reason = find_reason(record, reading_for(story, record), story.sources["a-harbour"])

    assert reason.place == "2021年3月1日，云帆公司在杭州成立城市研究院。"


def test_tellings_that_differ_say_so(story: data.Story) -> None:
    assert [(t.row.id, t.differs) for t in other_tellings(story.rows["f-active1"], story)] == [("f-active2", True)]


def test_markup_in_a_quote_is_text() -> None:
    html = quote_html(Context("<b>前</b>", "甲<script>乙", "&后", (1, 9)))

    assert html == "<blockquote>&lt;b&gt;前&lt;/b&gt;<mark>甲<b>&lt;script&gt;</b>乙</mark>&amp;后</blockquote>"


@pytest.mark.parametrize(
    ("fields", "cited"),
    [
        ({"title": "标题", "publisher": "海港日报", "published": parse_edtf("2021-03-05"), "author": "林一"}, "林一. 标题[N]. 海港日报, 2021-03-05."),
        ({"title": "标题", "publisher": "某网", "url": "https://example.org/a", "published": parse_edtf("2021-03~")}, "标题[EB/OL]. 某网, ([2021-03])[2026-01-02]. https://example.org/a."),
        ({"title": "标题", "publisher": "某报", "published": parse_edtf("2020?")}, "标题[N]. 某报, [2020]."),
        ({"title": "标题"}, "标题[N]."),
    ],
)
def test_a_source_is_cited_as_gb_t_7714_wants_it(fields: dict, cited: str) -> None:
    assert cite(Source("s", "", "", **fields), date(2026, 1, 2)) == cited


def test_rights_decide_what_is_shown() -> None:
    full, quote, none = (Source("s", "", "", rights=rights) for rights in ("full", "quote", "none"))  # type: ignore[arg-type]

    assert [may_read_whole(source, False) for source in (full, quote, none)] == [True, False, False]
    assert [may_read_whole(source, True) for source in (full, quote, none)] == [True, True, True]
    assert [may_quote(source) for source in (full, quote, none)] == [True, True, False]


def test_an_article_is_cut_into_runs_that_make_it_whole_again(story: data.Story) -> None:
    rows = story.rows_of("b-river")
    reading = data.reading_of(story.store, "b-river")
    assert reading is not None

    paragraphs = read_article(rows, reading, True)

    assert "\n".join("".join(run.text for run in p.runs) for p in paragraphs) == reading.text.strip("\n")
    marked = {run.text: run.marks for p in paragraphs for run in p.runs if run.marks}
    assert marked == {"开通": ("e-route04",), "320万家": ("f-active2",)}


def test_without_the_right_to_all_of_it_only_sentences_around_quotes_show(story: data.Story) -> None:
    reading = data.reading_of(story.store, "a-harbour")
    paragraphs = read_article(story.rows_of("a-harbour")[:1], reading, False)
    shown = "".join(run.text for p in paragraphs for run in p.runs)

    assert "签署了第一份合作框架" in shown
    assert "业内人士" not in shown


def test_hostile_text_keeps_its_place(story: data.Story) -> None:
    assert "**公告**" in context(story, "e-hostile").quote


def test_reading_a_missing_article_gives_none(tmp_path: Path) -> None:
    root = write_story(tmp_path)
    (root / "seeds" / "b-river.txt").unlink()
    story = data.index_store(curated.load(root), "missing")

    assert reading_for(story, story.rows["e-route04"].record) is None
