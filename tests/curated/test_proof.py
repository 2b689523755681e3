"""Records against their article: what agrees passes, what does not is named."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from curated import render
from curated.anchors import Anchors, squeeze
from curated.document import read_document
from curated.fields import Kind
from curated.names import Names
from curated.proof import check_article
from curated.reader import read_records
from extract.reading import read

CASES = yaml.load(Path(__file__).with_name("proof.yaml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
ARTICLE = CASES["article"]


def faults_of(case: dict) -> list[str]:
    kind: Kind = "event" if "event" in case else "figure"
    record = render.record(kind, {k: tuple(v) if isinstance(v, list) else v for k, v in case[kind].items()}, 2, "\n")
    loaded = read_records(read_document(f"source:\n  published: 2019-04-02\n{kind}s:\n{record}\n"), "a", "a.yaml", Names())
    assert loaded.valid, loaded.faults
    faults, orphans = check_article(loaded, Anchors(ARTICLE, lambda: read(ARTICLE)))
    assert bool(orphans) == any(f.code.startswith("orphan") for f in faults)
    return [f"{f.field} {f.severity} {f.code}" for f in faults]


@pytest.mark.parametrize("case", CASES["clean"], ids=[c["why"] for c in CASES["clean"]])
def test_what_agrees_with_the_article_passes(case):
    assert faults_of(case) == []


@pytest.mark.parametrize("case", CASES["wrong"], ids=[c["why"] for c in CASES["wrong"]])
def test_what_does_not_agree_is_named(case):
    assert faults_of(case) == case["faults"]


def test_a_quote_of_the_reading_text_leads_back_to_the_raw_file():
    """Pinyin notes stand between the characters of the raw file; people quote what they read."""
    raw = "題目\n\n阿青(qīng)禾公司與臨江市政府簽(qiān)署合作協(xié)議。\n"
    anchors = Anchors(raw, lambda: read(raw))
    quote = "青禾公司与临江市政府签署合作协议"
    at = anchors.locate(quote)

    assert at is not None
    assert raw[at[0] : at[1]] == raw[raw.index("青") : raw.index("。")]
    assert anchors.stands_at(quote, at)
    assert not anchors.stands_at(quote, (0, 5))


def test_of_equal_passages_the_nearest_is_meant():
    text = "甲签约。乙。甲签约。"
    anchors = Anchors(text, lambda: None)

    assert anchors.locate("甲签约", 5) == (6, 9)
    assert anchors.locate_all("甲 签约") == [(0, 3), (6, 9)]


@given(st.integers(0, 60), st.integers(12, 40), st.sampled_from(["", "新", "更新"]), st.integers(0, 11))
@settings(deadline=None)
def test_a_passage_that_changed_a_little_is_found_where_it_stands(start, length, put, at):
    text = "".join(chr(0x4E00 + (n * 7919) % 5000) for n in range(140))
    passage = text[start : start + length]
    quote = passage[:at] + put + passage[at + 1 :]
    near = Anchors(text, lambda: None).resemble(quote)

    if near is not None:
        assert abs(near.span[0] - start) <= 2
        assert abs(near.span[1] - start - length) <= 2
    else:
        assert len(quote) < 14 or put == "更新"


@given(st.text(max_size=40), st.text(max_size=20))
@settings(deadline=None)
def test_what_is_located_stands_there(text, quote):
    anchors = Anchors(text, lambda: None)
    for at in anchors.locate_all(quote):
        assert squeeze(text[at[0] : at[1]]) == squeeze(quote)
        assert anchors.stands_at(quote, at)
