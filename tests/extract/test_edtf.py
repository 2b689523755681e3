"""EDTF values: the cases of edtf.yaml, and the PyPI package `edtf` as the oracle where both read a value."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import yaml
from edtf import EDTFObject
from edtf import parse_edtf as oracle
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.edtf import Edtf, parse_edtf

CASES = yaml.load(Path(__file__).with_name("edtf.yaml").read_text("utf-8"), yaml.BaseLoader)

years = st.integers(1000, 9998).map(str)
marks = st.sampled_from(["", "~", "?", "%"])
months = st.builds("{}-{:02d}".format, years, st.integers(1, 12))
days = st.dates(date(1000, 1, 1), date(9998, 12, 31)).map(str)
seasons = st.builds("{}-{}".format, years, st.sampled_from([21, 22, 23, 33, 34, 35, 36]))  # winter: see below
decades = st.integers(100, 999).map("{}X".format)
singles = st.builds(str.__add__, st.one_of(years, months, days), marks) | seasons | decades


@pytest.mark.parametrize("text", CASES["refused"])
def test_what_is_not_edtf_gives_none(text: str) -> None:
    assert parse_edtf(text) is None


@pytest.mark.parametrize("text", CASES["read"])
def test_a_value_says_its_first_and_last_day_and_how_exact_it_is(text: str) -> None:
    earliest, latest, precision, mark = [*CASES["read"][text], ""][:4]

    got = parse_edtf(text)

    assert got == Edtf(text.strip(), _day(earliest), _day(latest), precision, mark in list("~%"), mark in list("?%"))
    assert str(got) == text.strip()


def test_open_ends_are_told_from_unknown_ones() -> None:
    ends = {text: (got.start_open, got.end_open) for text in ("2013/..", "2013/", "../2005") if (got := parse_edtf(text))}

    assert ends == {"2013/..": (False, True), "2013/": (False, False), "../2005": (True, False)}


def test_winter_runs_into_the_next_year() -> None:
    """The oracle ends it on 31 December; meteorologists and Chinese news do not."""
    assert parse_edtf("2019-24").latest == date(2020, 2, 29)  # type: ignore[union-attr]


@settings(deadline=None, max_examples=60)
@given(singles)
def test_single_dates_agree_with_the_oracle(text: str) -> None:
    assert _ends(text) == _by_the_oracle(text)


@settings(deadline=None, max_examples=40)
@given(st.lists(days, min_size=2, max_size=2).map(sorted), marks, marks)
def test_intervals_agree_with_the_oracle(ends: list[str], first: str, last: str) -> None:
    text = f"{ends[0]}{first}/{ends[1]}{last}"

    assert _ends(text) == _by_the_oracle(text)


@settings(deadline=None)
@given(st.text(alphabet="0129X-/.~?% T年", max_size=24))
def test_any_text_is_read_or_refused_without_an_error(text: str) -> None:
    got = parse_edtf(text)

    assert got is None or (str(got) == text.strip() and (got.earliest or got.latest))


def _ends(text: str) -> tuple[date | None, date | None] | None:
    got = parse_edtf(text)
    return (got.earliest, got.latest) if got else None


def _by_the_oracle(text: str) -> tuple[date, date]:
    value = oracle(text)
    if not isinstance(value, EDTFObject):
        raise TypeError(f"the oracle reads {text} as {value!r}")
    return date(*value.lower_strict()[:3]), date(*value.upper_strict()[:3])


def _day(text: str) -> date | None:
    return None if text == "-" else date.fromisoformat(text)
