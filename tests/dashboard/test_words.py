"""Dates in words, and an English page without a Chinese word of ours."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.view import TYPES
from dashboard.words import TYPE_WORDS, WORDS, say_date
from extract.edtf import parse_edtf

CASES = yaml.load((Path(__file__).parent / "dates.yaml").read_text(encoding="utf-8"), yaml.BaseLoader)
HAN = re.compile(r"[\u4e00-\u9fff]")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["edtf"])
def test_a_date_is_said_as_exact_as_it_is(case: dict) -> None:
    when = parse_edtf(case["edtf"])

    assert (say_date(when, "zh"), say_date(when, "en")) == (case["zh"], case["en"])


@settings(deadline=None)
@given(st.from_regex(r"(19|20)[0-9]{2}(-(0[1-9]|1[0-2]|2[1-4]|3[3-6]))?[~?%]?(/((20[0-9]{2}-1[0-2])|\.\.)?)?", fullmatch=True))
def test_every_date_has_words_in_both_languages(text: str) -> None:
    when = parse_edtf(text)
    if when is not None:
        assert say_date(when, "zh")
        assert not HAN.search(say_date(when, "en"))


def test_every_type_has_a_word() -> None:
    assert set(TYPE_WORDS) == set(TYPES)


# The English name of the other language, and examples of Chinese words.
CHINESE_IN_ENGLISH = {"language", "search", "bad_date", "in_no_date"}


@pytest.mark.parametrize("key", WORDS)
def test_each_phrase_is_there_in_both_languages(key: str) -> None:
    zh, en = WORDS[key]

    assert zh
    assert en
    assert set(re.findall(r"{(\w+)}", zh)) == set(re.findall(r"{(\w+)}", en))
    assert key in CHINESE_IN_ENGLISH or not HAN.search(en)
