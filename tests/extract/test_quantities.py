"""Amounts in running text and in YAML: what must not match first, then what is found, exactly."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.mentions import Quantity
from extract.quantities import find_quantities, parse_amount

CASES = yaml.safe_load((Path(__file__).parent / "quantities.yaml").read_text(encoding="utf-8"))
NOTHING = [pytest.param(text, id=text) for group in CASES["nothing"].values() for text in group]
FINDS = [
    pytest.param(
        case["say"],
        case["find"],
        id=case["say"],
        marks=[pytest.mark.xfail(strict=True, reason=case["known_failure"])] if "known_failure" in case else [],
    )
    for group in CASES["finds"].values()
    for case in group
]
SPECK = st.sampled_from([*"一二三百千万亿几数上多余半第约超近不到至-~.,%％/（）()元块个家年月日点成$¥+:“”、和 0123456789hw", "分之", "以上"])


def shown(quantity: Quantity) -> list:
    value = [quantity.low, quantity.high] if quantity.value is None else quantity.value
    return [quantity.text, value, quantity.unit, quantity.bound]


@pytest.mark.parametrize("text", NOTHING)
def test_finds_nothing(text: str) -> None:
    """Dates, durations, ordinals, names, idioms, articles, identifiers are no amounts."""
    assert [shown(quantity) for quantity in find_quantities(text)] == []


@pytest.mark.parametrize(("text", "expected"), FINDS)
def test_finds(text: str, expected: list) -> None:
    """Exactly these amounts, with exactly this text: half a match is a failure."""
    assert [shown(quantity) for quantity in find_quantities(text)] == expected


@pytest.mark.parametrize("case", CASES["amounts"], ids=lambda case: case[0])
def test_parses_what_people_write(case: list) -> None:
    words, value, unit, bound = case
    quantity = parse_amount(words)

    assert quantity is not None
    assert shown(quantity)[1:] == [value, unit, bound]
    assert quantity.text == words[quantity.start : quantity.end]


@pytest.mark.parametrize("words", CASES["no_amounts"])
def test_parses_no_amount(words: str) -> None:
    assert parse_amount(words) is None


@given(st.lists(SPECK, max_size=60).map("".join))
@settings(deadline=None)
def test_spans_hold_the_text_and_never_overlap(text: str) -> None:
    """Whatever the text: sorted spans, exact text, a value or a range with low below high, never half of a number."""
    reach = 0
    for quantity in find_quantities(text):
        assert reach <= quantity.start < quantity.end <= len(text)
        assert quantity.text == text[quantity.start : quantity.end]
        assert (quantity.value is None) == (quantity.low is not None)
        assert quantity.low is None or (quantity.high is not None and quantity.low < quantity.high)
        assert not isinstance(quantity.value, float) or not quantity.value.is_integer()
        reach = quantity.end


@given(st.integers(1, 10**12 - 1), st.sampled_from(["家", "人次", "元", "万美元"]))
@settings(deadline=None)
def test_reads_back_arabic_numbers(number: int, unit: str) -> None:
    """A number written in digits, with and without thousands separators, comes back."""
    power = 10**4 if unit == "万美元" else 1
    for words in (f"{number}{unit}", f"{number:,}{unit}"):
        (quantity,) = find_quantities(f"共有{words}。")

        assert (quantity.text, quantity.value) == (words, number * power)


@given(st.decimals(min_value="0.01", max_value=9999, places=2), st.sampled_from([("万", 4), ("亿", 8), ("万亿", 12)]))
@settings(deadline=None)
def test_reads_back_decimals_exactly(number, magnitude: tuple[str, int]) -> None:
    """4.68亿 is 468000000, an int, never a float next to it."""
    (quantity,) = find_quantities(f"投资{number}{magnitude[0]}元")

    assert quantity.value == int(number * 10 ** magnitude[1])
    assert isinstance(quantity.value, int)


@given(st.integers(1, 9999), st.integers(1, 9999))
@settings(deadline=None)
def test_reads_back_ranges(low: int, more: int) -> None:
    (quantity,) = find_quantities(f"约{low}万元-{low + more}万元")

    assert (quantity.low, quantity.high, quantity.bound) == (low * 10**4, (low + more) * 10**4, "about")


@given(st.integers(1, 10**9), st.sampled_from(["", "家", "个", "%", "元"]), st.sampled_from(["", "超过", "不到", "约"]))
@settings(deadline=None)
def test_parse_agrees_with_find(number: int, unit: str, qualifier: str) -> None:
    """What the finder sees in a sentence and what a person writes in YAML are read alike."""
    written = parse_amount(f"{qualifier}{number}{unit}")
    (found,) = find_quantities(f"总量为{qualifier}{number}{unit}，") or [None]

    assert written is not None
    if found is not None:  # a bare year is left alone in running text
        assert written[2:8] == found[2:8]


def spoken_thousands(number: int) -> str:
    """1230 as 1千2百30: how people mix digits and magnitudes below ten thousand."""
    parts = [(number // 1000, "千"), (number // 100 % 10, "百"), (number % 100, "")]
    return "".join(f"{digits}{magnitude}" for digits, magnitude in parts if digits)


@settings(deadline=None)
@given(st.integers(0, 9999), st.integers(1, 99), st.booleans(), st.sampled_from(["", "多", "余"]))
def test_digits_and_magnitudes_mixed_are_one_amount(hundred_millions: int, hundreds: int, mixed: bool, loose: str) -> None:
    """3亿1千5百万, 2亿1500余万: the parts of one number, whichever of them carries a magnitude of its own."""
    ten_thousands = hundreds * 100
    middle = spoken_thousands(ten_thousands) if mixed else str(ten_thousands)
    said = f"共有{f'{hundred_millions}亿' if hundred_millions else ''}{middle}{loose}万人到场"

    found = find_quantities(said)

    assert [q.value for q in found] == [hundred_millions * 10**8 + ten_thousands * 10**4]
    assert found[0].bound == ("over" if loose else "exact")
