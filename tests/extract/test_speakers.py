"""Who says which words of a text."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.actors import find_actors
from extract.finds import Row
from extract.lexicons import read_lexicon
from extract.passages import split_passages
from extract.people import speech_verbs
from extract.speakers import Said, find_speakers, speaker_at

CASES = yaml.safe_load((Path(__file__).parent / "speakers.yaml").read_text(encoding="utf-8"))


def _said(text: str) -> list[Said]:
    return find_speakers(text, split_passages(text), find_actors(text))


@pytest.mark.parametrize("text", CASES["nothing"])
def test_where_nobody_speaks_nobody_is_named(text: str) -> None:
    assert _said(text) == []


@pytest.mark.parametrize("case", CASES["said"], ids=lambda case: case["text"][:30])
def test_words_go_to_the_one_who_says_them(case: dict[str, Any]) -> None:
    text = case["text"]

    assert [[text[s.start : s.end], s.name] for s in _said(text)] == case["words"]


def test_every_verb_of_saying_gives_the_speaker_away() -> None:
    for verb in speech_verbs():
        if verb in ("看来", "眼中", "指"):
            continue
        assert [s.name for s in _said(f"张勇{verb}，天气不错。")] == ["张勇"], verb


def test_verbs_of_saying_keep_their_examples() -> None:
    for group in read_lexicon("speech"):
        for sentence, words in group["examples"].items():
            assert all(word in sentence and word in group["words"] for word in words)
            assert bool(_said(sentence)) == bool(words), sentence


def test_speaker_at_names_nobody_outside() -> None:
    said = Row([Said(5, 9, "甲"), Said(12, 15, "乙")])

    assert [speaker_at(said, at) for at in (0, 4, 5, 8, 9, 11, 12, 14, 15)] == ["", "", "甲", "甲", "", "", "乙", "乙", ""]


@settings(deadline=None, max_examples=100)
@given(st.text(alphabet=st.sampled_from("张勇马云说表示，。：:“”在看来据透露\n一位高管记者向的"), max_size=80))
def test_spans_are_in_order_and_apart(text: str) -> None:
    said = _said(text)

    assert all(0 <= s.start < s.end <= len(text) and s.name for s in said)
    assert all(one.end <= two.start for one, two in pairwise(said))
