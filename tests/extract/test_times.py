"""Dates in text: the cases of times.yaml, the examples of the lexicon, and laws that hold for any text."""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from extract import time_expressions, time_openings, time_patterns, time_story
from extract.calendar_words import known_since
from extract.edtf import parse_edtf
from extract.feasts import lunar_day, lunar_months
from extract.lexicons import read_lexicon
from extract.reading import read
from extract.times import find_published, find_times, parse_date

CASES = yaml.load(Path(__file__).with_name("times.yaml").read_text("utf-8"), yaml.BaseLoader)
LEXICON = read_lexicon("times")

Pairs = list[list[str]]


def _found(text: str, published: str = "2019-08-01") -> Pairs:
    return [[time.text, time.edtf] for time in find_times(text, published)]


def _cases(*sections: str) -> list[Any]:
    marks = {"known_failure": lambda why: [pytest.mark.xfail(reason=why, strict=True)]}
    cases = []
    for section in sections:
        for case in CASES[section]:
            why = case.get("known_failure")
            cases.append(pytest.param(case, id=case["text"][:40], marks=marks["known_failure"](why) if why else []))
    return cases


@pytest.mark.parametrize("text", CASES["nothing"])
def test_what_is_no_date_is_not_found(text: str) -> None:
    assert _found(text) == []


@pytest.mark.parametrize("case", _cases("absolute", "relative", "context", "ranges", "parts", "festivals", "talks", "uncertain"))
def test_each_date_is_found_once_whole_and_as_exact_as_the_text(case: dict[str, Any]) -> None:
    assert _found(case["text"], case.get("published", "2019-08-01")) == case["finds"]


@pytest.mark.parametrize("case", _cases("basis"))
def test_the_basis_and_the_reason_say_what_a_date_rests_on(case: dict[str, Any]) -> None:
    (time,) = [t for t in find_times(case["text"], case.get("published", "2019-08-01")) if t.text == case["words"]]

    assert (time.basis, time.reason) == (case["basis"], case["reason"])


@pytest.mark.parametrize("group", [g for g in LEXICON if "examples" in g], ids=lambda g: g["group"])
def test_every_word_of_the_lexicon_is_found_in_its_examples_and_nowhere_else(group: dict[str, Any]) -> None:
    words = [w for key in ("words", "days", "lunar", "rules") for w in group.get(key, {})]
    seen = "".join("".join(finds) for finds in group["examples"].values())

    assert [w for w in words if w not in seen] == []
    for sentence, finds in group["examples"].items():
        assert dict(_found(sentence)) == finds, sentence
    for sentence in group.get("not", ()):
        assert _found(sentence) == [], sentence


@pytest.mark.parametrize("case", _cases("parsed"))
def test_a_date_that_a_person_wrote_is_read_or_refused(case: dict[str, Any]) -> None:
    got = parse_date(case["text"], case.get("published", ""))

    assert str(got or "") == case["edtf"]


@pytest.mark.parametrize("case", _cases("published"))
def test_the_publication_is_read_or_inferred_and_never_more_exact_than_its_evidence(case: dict[str, Any]) -> None:
    got = find_published(read(case["text"]))

    assert (got.edtf, got.words) == (case["edtf"], case["words"])
    assert got.reason


def test_every_word_that_dates_an_article_is_used_in_a_case() -> None:
    texts = "".join(case["text"] for case in CASES["published"])

    assert [word for word in known_since() if word not in texts] == []


@pytest.mark.parametrize(("name", "edtf"), CASES["seeds"].items())
def test_the_seeds_are_dated_by_what_they_say(name: str, edtf: str) -> None:
    (path,) = Path("seeds").glob(f"{name}_*.txt")

    assert find_published(read(path.read_text("utf-8"), path.name)).edtf == edtf


def test_the_quick_search_finds_what_trying_every_place_finds(monkeypatch: pytest.MonkeyPatch) -> None:
    """`candidate()` and `opens()` only skip places where nothing can begin."""
    texts = [case["text"] for section in ("absolute", "relative", "context", "ranges", "parts", "festivals") for case in CASES[section]]
    quick = [_found(text) for text in texts]
    monkeypatch.setattr(time_openings, "candidate", lambda: re.compile(r"(?=[\s\S])"))
    monkeypatch.setattr(time_openings, "opens", lambda _text, _at: True)

    assert [_found(text) for text in texts] == quick


def test_every_rule_has_a_reader_and_every_unit_a_resolver() -> None:
    patterns = [*time_patterns._starts(), time_patterns.after_year(), time_patterns.after_month()]
    names = {n for p in patterns for n in p.groupindex if n in time_expressions.READERS}
    units = {e.unit for case in CASES["relative"] + CASES["absolute"] for e, _ in time_expressions.find_expressions(case["text"])}

    assert names == set(time_expressions.READERS)
    assert units <= set(time_story.RESOLVERS)


def test_new_year_of_the_traditional_calendar_falls_where_it_did() -> None:
    """Dates everyone remembers; the first of each month follows the last of the one before for sixty years."""
    assert [str(lunar_day(y, 1, 1)) for y in (1990, 2000, 2012, 2020, 2024, 2050)] == [
        "1990-01-27", "2000-02-05", "2012-01-23", "2020-01-25", "2024-02-10", "2050-01-23",
    ]  # fmt: skip
    for year in range(1990, 2050):
        last, following = lunar_months(year)[-1], lunar_months(year + 1)[0]
        assert (following[0] - last[0]).days == last[1]


_pieces = st.sampled_from(
    ["2019年", "2018", "8月", "12", "日", "-", "至", "、", "及", "去年", "今年", "同期", "次日", "此前一天", "上周", "周三", "春节", "双11", "一季度", "上半年", "末", "底", "前", "后", "以来", "以上", "前后", "90年代", "17年前", "三天后", "二〇二〇年", ".", "/", ",", "。", "\n", "5G", "3.5", "亿", "万", "民国109年", "农历正月", "初一", "十", "月", "年", "近五年", "6月30日", "29", "截至", "止三个月", "两", "星期一", "本月", "2014/7/10", "双 11", "期间", "Q2", "营收", "8/31", "（周一）", "9时至", "2月30日", "腊月", "上一季度", "那个寒冷的冬天"]
)


@settings(deadline=None, max_examples=100)
@given(st.lists(_pieces, max_size=30).map("".join), st.sampled_from(["", "2019-08-01", "2020-06?", "2020?", "2019-12-31", "2020-02-29"]))
def test_any_text_gives_sorted_separate_mentions_whose_value_is_edtf(text: str, published: str) -> None:
    times = find_times(text, published)

    assert all(text[t.start : t.end] == t.text and t.text for t in times)
    assert all(a.end <= b.start for a, b in pairwise(times))
    assert [t for t in times if parse_edtf(t.edtf) is None or not t.reason.startswith(t.text)] == []


@settings(deadline=None, max_examples=100)
@given(st.text("0123456789一二三四五六七八九十百〇○零两廿卅半年月日号天周星期礼拜季度上下本这去今明前后初末底旬中世纪代民国农历闰正腊元至到和与、，。-/. \n", max_size=40))
def test_any_calendar_characters_are_read_or_left_without_an_error(text: str) -> None:
    assert [t for t in find_times(text, "2019-08-01") if parse_edtf(t.edtf) is None or text[t.start : t.end] != t.text] == []


@settings(deadline=None, max_examples=60)
@given(st.dates(date(1901, 1, 1), date(2099, 12, 31)))
def test_a_day_reads_the_same_in_every_script_people_write_it_in(day: date) -> None:
    han = "".join("〇一二三四五六七八九"[int(c)] for c in str(day.year))
    ways = [f"{day.year}年{day.month}月{day.day}日", f"{day:%Y-%m-%d}", f"{day.year}/{day.month}/{day.day}", f"{day.year}.{day.month}.{day.day}", f"{han}年{day.month}月{day.day}号", f"{day.year} 年 {day.month} 月 {day.day} 日"]

    assert {tuple(edtf for _, edtf in _found(f"于{way}开业")) for way in ways} == {(str(day),)}
