"""Numbers in every notation: formatted then read they come back; loose ones keep how loose they are."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.numerals import quotient, read_numeral

DIGITS = "零一二三四五六七八九"


@pytest.mark.parametrize(
    "words",
    ["", "零几", "三百五千", "百十", "千百", "几", "上", "数", "多", "abc", "1.2.3", "--5", "负负三", "一二三点", "1" * 40, "几三百", "数几", "点五"],
)
def test_reads_no_malformed_number(words: str) -> None:
    assert read_numeral(words) is None


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("1,100万", 11000000), ("25万6千", 256000), ("1亿2000万", 120000000), ("7万5千4百", 75400), ("4.78万亿", 4780000000000),
        ("10万万", 10**9), ("四万万", 4 * 10**8), ("3千万亿", 3 * 10**15), ("两个亿", 2 * 10**8), ("15k", 15000), ("30w", 300000),
        ("四百五", 450), ("四百零五", 405), ("一万三", 13000), ("九十二万四", 924000), ("一千零五十", 1050), ("百三", 130),
        ("五亿零六", 500000006), ("拾亿零六万零五百零六", 1000060506), ("五兆六十二亿四万五千二", 5006200045200),
        ("肆佰陆拾", 460), ("十万柒仟捌佰伍拾肆", 107854), ("二〇一八", 2018), ("八〇", 80), ("两千万点五五四四", 20000000.5544),
        ("三点五亿", 350000000), ("零点五", 0.5), ("-10.5", -10.5), ("负三十二", -32), ("８，８８８", 8888), ("1 . 5 亿", 150000000),
        ("肆佰叁拾萬", 4300000), ("兩億", 200000000), ("0.4万", 4000), ("0.1万", 1000), ("1.15亿", 115000000),
    ],
)  # fmt: skip
def test_reads_exact_numbers(words: str, value: float) -> None:
    numeral = read_numeral(words)

    assert numeral is not None
    assert (numeral.value, numeral.low, numeral.high, numeral.bound) == (value, None, None, "exact")
    assert type(numeral.value) is type(value)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("几十万", (None, 200000, 999999, "about")), ("数百亿", (None, 2 * 10**10, 10**11 - 1, "about")),
        ("数千", (None, 2000, 9999, "about")), ("三四十万", (None, 300000, 400000, "about")), ("二三十", (None, 20, 30, "about")),
        ("十七八", (None, 17, 18, "about")), ("一百二三十", (None, 120, 130, "about")), ("三五百", (None, 300, 500, "about")),
        ("两三", (None, 2, 3, "about")), ("上万", (10000, None, None, "over")), ("上百万", (10**6, None, None, "over")),
        ("百亿", (10**10, None, None, "about")), ("千", (1000, None, None, "about")), ("十", (10, None, None, "exact")),
        ("200多", (200, None, None, "over")), ("100多万", (10**6, None, None, "over")), ("十余", (10, None, None, "over")),
        ("二十几亿", (2 * 10**9, None, None, "over")), ("一百零几万", (10**6, None, None, "over")), ("300+", (300, None, None, "over")),
        ("十来", (10, None, None, "about")), ("三万五千多", (35000, None, None, "over")), ("千余", (1000, None, None, "over")),
    ],
)  # fmt: skip
def test_keeps_how_loose_a_number_is(words: str, expected: tuple) -> None:
    numeral = read_numeral(words)

    assert numeral is not None
    assert numeral[:4] == expected


def chinese(number: int, first: bool = True) -> str:
    """Standard Chinese of a whole number below 10^16, by sections of four digits, with 零 where a place is skipped."""
    for power, name in ((10**12, "兆"), (10**8, "亿"), (10**4, "万")):
        if number >= power:
            head, rest = divmod(number, power)
            gap = "零" if rest and rest < power // 10 else ""
            return chinese(head) + name + gap + (chinese(rest, first=False) if rest else "")
    words = ""
    for power, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, power)
        if digit:
            words += DIGITS[digit] + name
            if number and number < power // 10:
                words += "零"
    return words[1:] if first and words.startswith("一十") else words


@given(st.one_of(st.integers(1, 10**5), st.integers(1, 10**16 - 1)))
@settings(deadline=None)
def test_reads_back_chinese(number: int) -> None:
    numeral = read_numeral(chinese(number))

    assert numeral is not None
    value = numeral.value
    assert value == number


@given(st.one_of(st.integers(1, 10**5), st.integers(1, 10**12 - 1)))
@settings(deadline=None)
def test_reads_back_financial_and_traditional_writing(number: int) -> None:
    plain = chinese(number)
    financial = plain.translate(str.maketrans("一二三四五六七八九十百千", "壹贰叁肆伍陆柒捌玖拾佰仟"))
    traditional = plain.translate(str.maketrans("万亿", "萬億"))

    assert read_numeral(financial) == read_numeral(plain) == read_numeral(traditional)


@given(st.integers(0, 10**9), st.integers(0, 9999))
@settings(deadline=None)
def test_reads_back_mixed_writing(high: int, low: int) -> None:
    """12亿3456万 and 12亿零7: Arabic digits between Chinese magnitudes."""
    numeral = read_numeral(f"{high + 1}亿{low + 1}万") if low < 9999 else read_numeral(f"{high + 1}亿")

    assert numeral is not None
    assert numeral.value == (high + 1) * 10**8 + ((low + 1) * 10**4 if low < 9999 else 0)


@given(st.text(alphabet="一二三十百千万亿零几数上多余来两点半0123456789.,+-kw", max_size=24))
@settings(deadline=None)
def test_any_numeral_text_is_read_or_refused(words: str) -> None:
    numeral = read_numeral(words)

    if numeral is not None:
        assert (numeral.value is None) == (numeral.low is not None)
        assert numeral.power >= 1


@pytest.mark.parametrize(("above", "below", "expected"), [(468 * 10**8, 100, 468000000), (1, 8, 0.125), (0, 5, 0)])
def test_quotient_stays_whole_where_it_can(above: int, below: int, expected: float) -> None:
    assert quotient(above, below) == expected
    assert type(quotient(above, below)) is type(expected)
