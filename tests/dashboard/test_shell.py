"""The page before its script has run: whatever the story is called, it stays text."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from streamlit import file_util

from dashboard.bidi import FSI, PDI, isolate
from dashboard.shell import (
    MOST_DESCRIPTION,
    MOST_TITLE,
    PREVIEW,
    PREVIEW_SIZE,
    Words,
    clean_index,
    inline_scripts,
    write_shell,
)
from dashboard.style import WEB

INDEX = clean_index((Path(file_util.get_static_dir()) / "index.html").read_text(encoding="utf-8"), "<svg/>")
HOSTILE = ('</title><script>alert(1)</script>', '"><img src=x onerror=alert(1)>', "' onload='alert(1)", "\\g<0> \\1 &amp; <!-- -->", "‮txet desrever‬\x00\x1b", "𝕏" * 5000)


class Seen(HTMLParser):
    """Elements and attributes of a page, as a browser would count them."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.meta: dict[str, str] = {}
        self.title, self._in_title = "", False
        self.lang = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        values = {name: value or "" for name, value in attrs}
        if tag == "meta":
            self.meta[values.get("property") or values.get("name", "")] = values.get("content", "")
        if tag == "html":
            self.lang = values["lang"]
        assert not any(name.startswith("on") for name in values)
        self._in_title = tag == "title"

    def handle_endtag(self, tag):
        self._in_title = False

    def handle_data(self, data):
        if self._in_title:
            self.title += data


def test_a_plain_story_is_told_to_messengers():
    seen = Seen(write_shell(INDEX, Words("zh", "云帆公司与各地 · 有据", "每一处都能点回原文。"), "https://example.org/news"))

    assert (seen.title, seen.lang) == ("云帆公司与各地 · 有据", "zh-CN")
    assert seen.meta["description"] == seen.meta["og:description"] == "每一处都能点回原文。"
    assert seen.meta["og:title"] == "云帆公司与各地 · 有据"
    assert seen.meta["og:image"] == "https://example.org/news/preview.png"
    assert seen.meta["twitter:card"] == "summary_large_image"


def test_without_an_address_no_picture_is_named():
    seen = Seen(write_shell(INDEX, Words("en", "t", "d"), ""))

    assert "og:image" not in seen.meta
    assert seen.lang == "en"


@pytest.mark.parametrize("words", HOSTILE)
def test_a_hostile_story_adds_no_element_and_no_attribute(words: str):
    plain = Seen(write_shell(INDEX, Words("zh", "t", "d"), "https://example.org"))
    seen = Seen(write_shell(INDEX, Words("zh", words, words), f"https://example.org/{words}"))

    assert seen.tags == plain.tags
    assert set(seen.meta) == set(plain.meta)
    assert len(seen.title) <= MOST_TITLE
    assert len(seen.meta["og:description"]) <= MOST_DESCRIPTION
    assert not set(seen.title) & set("‮‬\x00\x1b")


@settings(deadline=None, max_examples=60)
@given(some.text(), some.text())
def test_any_words_come_out_as_they_went_in_white_space_and_invisible_characters_aside(title: str, description: str):
    seen = Seen(write_shell(INDEX, Words("zh", title, description), ""))

    shown = " ".join("".join(c for c in title if c.isprintable() or c.isspace()).split())
    told = "".join(c for c in seen.title if c not in (FSI, PDI))
    assert told == shown or (told.endswith("…") and shown.startswith(told[:-1]) and len(told) >= MOST_TITLE - 10)
    assert len(seen.title) <= MOST_TITLE
    assert isolate(seen.title) == seen.title  # nothing in it turns round what a messenger writes beside it
    assert seen.tags.count("script") == Seen(INDEX).tags.count("script")


@pytest.mark.parametrize(
    ("title", "told"),
    [
        (f"{isolate('שלום 2018')} · 有据", f"{FSI}{FSI}שלום 2018{PDI} · 有据{PDI}"),
        (f"{isolate(chr(0x202E) + '8102')} · 有据", "8102 · 有据"),
        (isolate("שלום"), isolate("שלום")),
        ("云帆公司 · 有据", "云帆公司 · 有据"),
        (FSI * 200 + "שלום", isolate("שלום")),
    ],
)
def test_words_from_right_to_left_leave_the_order_of_a_preview_alone(title: str, told: str):
    seen = Seen(write_shell(INDEX, Words("zh", title, title), ""))

    assert (seen.title, seen.meta["og:description"]) == (told, told)


def test_every_script_of_the_page_without_a_source_is_known_by_its_code():
    assert inline_scripts(INDEX) == ["\n      window.prerenderReady = false\n    "]
    assert inline_scripts('<!-- <script>no()</script> --><script src="x"></script><script type="module">yes()</script>') == ["yes()"]


def test_what_streamlit_says_about_itself_is_gone():
    page = write_shell(INDEX, Words("zh", "t", "d"), "")

    assert "<title>Streamlit" not in page
    assert "favicon.png" not in page
    assert "agent" not in page


def test_the_preview_is_a_small_picture_of_the_size_that_is_told():
    raw = (WEB / PREVIEW).read_bytes()

    assert raw.startswith(b"\x89PNG\r\n\x1a\n")
    assert (int.from_bytes(raw[16:20]), int.from_bytes(raw[20:24])) == PREVIEW_SIZE
    assert len(raw) < 100_000
