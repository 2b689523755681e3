"""The scan format: what `extract.scan` and `python -m extract scan` promise to other people's tools."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import get_args

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

import extract
from bench.speed import plain_text
from extract.mentions import ActorType, Bound, Change, EventType, Level, Modality
from extract.reading import decode, read

ROOT = Path(__file__).parents[2]
FIELDS = yaml.safe_load((Path(__file__).parent / "scan.yaml").read_text(encoding="utf-8"))
SEEDS = sorted((ROOT / "seeds").glob("*.txt"))
TEXT = (
    "2020年5月20日，上海市政府与阿里巴巴集团在上海签署战略合作协议，总投资50亿元。"
    "去年采购商超过2800万，成本在3-5万元之间。"
)


def rows_of(path: Path) -> list[extract.Row]:
    return extract.scan(decode(path.read_bytes()), published="2020-06-15", file=path.name)


def test_each_kind_has_its_fields_in_order() -> None:
    rows = extract.scan(TEXT, published="2020-06-15", file="a.txt")

    assert {row["kind"] for row in rows} == set(FIELDS)
    for row in rows:
        assert list(row) == ["file", "kind", "start", "end", "text", *FIELDS[row["kind"]]]


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.name[:3])
def test_values_are_of_the_listed_kinds(path: Path) -> None:
    listed = {"bound": Bound, "modality": Modality, "change": Change, "level": Level}
    types = {"actor": ActorType, "event": EventType}

    for row in rows_of(path):
        for field, values in listed.items():
            if field in row:
                assert row[field] in get_args(values)
        if "type" in row:
            assert row["type"] in get_args(types[row["kind"]])
        for adcode in row.get("places", []):
            assert len(adcode) == 6
            assert adcode.isdigit()


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.name[:3])
def test_rows_are_sorted_and_their_spans_are_raw(path: Path) -> None:
    raw = decode(path.read_bytes())
    reading = read(raw, path.name)
    rows = rows_of(path)

    assert [row["start"] for row in rows] == sorted(row["start"] for row in rows)
    for row in rows:
        assert 0 <= row["start"] < row["end"] <= len(raw)
        start, end = reading.text_span(row["start"], row["end"]) or (0, 0)
        assert row["text"] in reading.text[max(0, start - 1) : end + 1]
        if "quote" in row:
            assert row["quote_start"] <= row["start"] < row["end"] <= row["quote_end"]
            assert row["text"] in row["quote"]


@pytest.mark.parametrize("path", SEEDS[:3], ids=lambda path: path.name[:3])
def test_text_of_an_undamaged_article_stands_at_its_span(path: Path) -> None:
    raw = decode(path.read_bytes())

    for row in rows_of(path):
        assert raw[row["start"] : row["end"]] == row["text"]


def test_whole_numbers_are_ints_and_a_range_has_no_value() -> None:
    rows = {row["text"]: row for row in extract.scan(TEXT, kinds=["quantity"])}

    assert json.dumps(rows["2800万"]["value"]) == "28000000"
    assert json.dumps(rows["50亿元"]["value"]) == "5000000000"
    assert [rows["3-5万元"][field] for field in ("value", "low", "high")] == [None, 30000, 50000]


def test_kinds_limit_the_rows_and_not_what_a_row_says() -> None:
    everything = extract.scan(TEXT, published="2020-06-15")

    for kind in FIELDS:
        assert extract.scan(TEXT, published="2020-06-15", kinds=[kind]) == [row for row in everything if row["kind"] == kind]


def test_a_date_may_be_written_naturally_and_must_be_one() -> None:
    natural = extract.scan("去年的事", published="2020年6月15日", kinds=["time"])

    assert natural == extract.scan("去年的事", published="2020-06-15", kinds=["time"])
    assert natural[0]["edtf"] == "2019"
    with pytest.raises(ValueError, match="不是日期"):
        extract.scan("去年的事", published="某一天")
    with pytest.raises(ValueError, match="没有「number」这一类"):
        extract.scan("去年的事", kinds=["number"])


@pytest.mark.parametrize("text", ["", " ", "\n", "\x00", "\ud800", "a" * 3000, "年" * 3000, "。”" * 500, "1" * 3000])
def test_text_that_says_nothing_gives_no_figures_and_no_error(text: str) -> None:
    assert [row for row in extract.scan(text, published="2020-06-15") if row["kind"] in ("figure", "event")] == []


@given(st.text(st.characters(codec="utf-8"), max_size=80))
@settings(deadline=None)
def test_any_text_is_scanned_without_error(text: str) -> None:
    for row in extract.scan(text, published="2020-06-15"):
        assert 0 <= row["start"] < row["end"] <= len(text)


def test_importing_loads_no_dictionary_and_no_page() -> None:
    script = "import sys, extract; print([m for m in ('jieba', 'rjieba', 'yaml', 'streamlit', 'pandas', 'extract.times') if m in sys.modules])"
    loaded = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)

    assert loaded.stdout.strip() == "[]"


def _steps(text: str) -> int:
    """Calls and returns of functions that reading `text` takes."""
    steps = 0

    def count(*_: object) -> None:
        nonlocal steps
        steps += 1

    sys.setprofile(count)
    try:
        extract.scan(text)
    finally:
        sys.setprofile(None)
    return steps


def test_a_character_of_a_long_line_takes_no_more_steps_than_one_of_a_short() -> None:
    line = plain_text(160_000).replace("\n", "")
    extract.scan(line[:20_000])  # what is loaded once

    assert _steps(line) <= 1.1 * 4 * _steps(line[: len(line) // 4])
