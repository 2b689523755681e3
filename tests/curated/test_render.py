"""Values written as YAML come back as the text they are, in block and in flow style."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from curated import render
from curated.document import read_document

# Everything UTF-8 can hold, with what YAML treats specially in front of the queue.
TEXT = st.text(st.one_of(st.sampled_from(list("-?:,[]{}#&*!|>'\"%@` \t\n\\~年,、:")), st.characters(exclude_categories=["Cs"])), max_size=24)


def read_plain(text: str) -> object:
    """As PyYAML reads it, in C and in Python: they do not agree on everything."""
    plain = yaml.load(text, Loader=yaml.BaseLoader)
    assert yaml.load(text, Loader=yaml.CBaseLoader) == plain
    return plain


@pytest.mark.parametrize("words", [["0?"], ["a:b"], ["?"], ["-"], ["甲", ""]])
def test_words_that_only_some_parsers_keep_in_a_list_are_quoted(words):
    assert read_plain(f"a: {render.value('event', 'actors', tuple(words))}") == {"a": words}


@given(TEXT)
@settings(deadline=None)
def test_a_scalar_comes_back_in_a_block(text):
    assert read_plain(f"a:\n  - b: {render.scalar(text)}\n    c: d") == {"a": [{"b": text, "c": "d"}]}


@given(st.lists(TEXT, min_size=1, max_size=4))
@settings(deadline=None)
def test_several_words_come_back_from_a_flow_list(words):
    assert read_plain(f"a: {render.value('event', 'actors', tuple(words))}") == {"a": words}


@given(TEXT, TEXT)
@settings(deadline=None)
def test_a_record_between_braces_comes_back(title, quote):
    text = render.flow_record("event", {"title": title, "quote": quote})

    assert read_plain(f"events: [{text}]") == {"events": [{"title": title, "quote": quote}]}


@pytest.mark.parametrize("text", ["超过2800万", "2019-08-01 20:31:41", "7月29-30日", "2019-07-29/2019-07-30", "seeds/001_f0531cec992d2761.txt", "10%–20%", "-5%", "a:b", "甲,乙"])
def test_what_plain_style_keeps_is_written_plain(text):
    """As people would type it: quotes only where they are needed."""
    assert render.scalar(text) == text


@pytest.mark.parametrize("text", ["甲: 乙", "甲 #乙", '"一张网"', "%", "@甲", "[甲]", "", " 甲", "甲 ", "- 甲", "甲:", "yes", "~", "甲\n乙", "a\u2028b", "\ufeff甲"])
def test_what_plain_style_would_change_is_quoted(text):
    assert render.scalar(text).startswith('"')
    assert read_plain(f"a: {render.scalar(text)}") == {"a": text}


def test_a_new_file_looks_as_the_guide_shows_it():
    """Key order and quoting of the format's own example."""
    event = {
        "status": "draft", "mark": "111-113", "at": "49-113", "places": ("上海市",), "actors": ("托比网", "AMT企源"), "type": "meeting",
        "quote": '联合主办的"2019峰会"在上海成功举行', "title": "峰会在上海举行", "date_from": "7月29-30日", "date": "2019-07-29/2019-07-30", "id": "e-7f3k2m",
    }  # fmt: skip
    text = render.file(0, {"title": "标题:副题", "file": "seeds/a.txt"}, [event], [], {"article": "0a"})

    assert text.startswith(
        "# yaml-language-server: $schema=../schema.json\n"
        "source:\n"
        "  title: 标题:副题\n"
        "  file: seeds/a.txt\n"
        "\n"
        "events:\n"
        "  - id: e-7f3k2m\n"
        "    date: 2019-07-29/2019-07-30\n"
        "    date_from: 7月29-30日\n"
        "    title: 峰会在上海举行\n"
        "    type: meeting\n"
        "    actors: [托比网, AMT企源]\n"
        "    places: [上海市]\n"
        '    quote: "联合主办的\\"2019峰会\\"在上海成功举行"\n'
        "    at: 49-113\n"
        "    mark: 111-113\n"
        "    status: draft\n"
        "\n"
        "figures: []\n"
    )
    assert read_document(text).faults == []
