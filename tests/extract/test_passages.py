"""Where sentences and clauses begin and end."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.lexicons import read_lexicon
from extract.passages import split_clauses, split_passages

CASES = yaml.safe_load((Path(__file__).parent / "passages.yaml").read_text(encoding="utf-8"))
TEXTS = st.text(st.sampled_from("他说来了。！？；!?;,，、：“”\"（）()\n 1,2年”"), max_size=60)


def _params() -> list[Any]:
    return [
        pytest.param(case, id=case["text"] or "empty", marks=pytest.mark.xfail(strict=True, reason=case["known_failure"]) if "known_failure" in case else ())
        for case in CASES
    ]


@pytest.mark.parametrize("case", _params())
def test_text_is_cut_as_the_case_says(case: dict[str, Any]) -> None:
    text = case["text"]
    passages = split_passages(text)

    assert [text[start:end] for start, end in passages] == case["sentences"]
    if "clauses" in case:
        assert [text[start:end] for start, end in split_clauses(text, *passages[0])] == case["clauses"]


def test_a_slogan_goes_on_in_one_sentence_with_what_is_held_under_it() -> None:
    entry = next(entry for entry in read_lexicon("meetings") if entry["group"] == "under a slogan")
    for text, sentences in entry["examples"].items():
        assert len(split_passages(text)) == int(sentences), text
    for word in entry["words"]:
        assert len(split_passages(f"“你好，临江！”{word}昨天开幕。")) == 1, word


@given(TEXTS)
@settings(deadline=None)
def test_sentences_cover_everything_but_white_space_once_and_in_order(text: str) -> None:
    passages = split_passages(text)

    assert "".join("".join(text[s:e].split()) for s, e in passages) == "".join(text.split())
    assert all(a[1] <= b[0] for a, b in pairwise(passages))
    assert all("\n" not in text[s:e] for s, e in passages)


@given(TEXTS)
@settings(deadline=None)
def test_clauses_lie_in_their_sentence_in_order(text: str) -> None:
    for start, end in split_passages(text):
        clauses = split_clauses(text, start, end)

        assert all(start <= a < b <= end for a, b in clauses)
        assert all(a[1] <= b[0] for a, b in pairwise(clauses))
