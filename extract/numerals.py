"""What a written number says: Arabic (1,100万), Chinese (四百五), mixed (25万6千), vague (几十万, 上万, 十余).

Knows digits, magnitudes (兆 is 10^12, as in Taiwan), decimals and how 多, 余, 几, 数 and 上 loosen a number.
Leaves out units, qualifiers that stand outside the number, fractions, and whether the number is an amount at all.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from extract.mentions import Bound, make

Number = int | float

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")}
_SMALL = {"十": 10, "百": 100, "千": 1000}
_BIG = {"万": 10**4, "亿": 10**8, "兆": 10**12}
_MAGNITUDES = {**_SMALL, **_BIG}

# One spelling for each digit and magnitude: financial (壹仟), traditional (萬), full-width (８), small-town (廿) forms.
_FOLD = str.maketrans(
    "０１２３４５６７８９．·・‧＋－壹贰叁肆伍陆柒捌玖拾佰仟貳參叄陸萬億兩两俩倆幾餘點〇○",
    "0123456789....+-一二三四五六七八九十百千二三三六万亿二二二二几余点零零",
    " ,，\u00a0\u3000",
) | {ord("廿"): "二十"}
_MAX_DIGITS = 18
# What a magnitude multiplies by, and what of it a number before may share: those that nearly all numbers have.
_SCALES = {"": (1, 1), "万": (10**4, 10**4), "亿": (10**8, 10**8), "万亿": (10**12, 10**12), "百": (100, 100), "千": (1000, 1000)}
_ARABIC = re.compile(r"(\d{1,18})(?:\.(\d{1,12}))?([多余几来]?)(个?[十百千万亿兆]{0,4}|[kKwW])([多余几来]?)(\+?)")
_DECIMAL = re.compile(r"([零一二三四五六七八九十百千万亿兆]{1,16})[点.]([零一二三四五六七八九]{1,9})([十百千万亿兆]{0,4})")
_LOOSE = re.compile(r"(.*[\d一二三四五六七八九十百千万亿兆])零?([多余几来])([十百千万亿兆]{0,4})")
# 三四十万, 七八百, 十七八, 三五千: two neighbouring digits stand for "between".
_PAIR = re.compile(
    r"([一二三四五六七八九十百千万亿零]*?)(?<![一二三四五六七八九])(一二|二三|三四|三五|四五|五六|六七|七八|八九)([十百千万亿兆]{0,4})"
)
# 四四零六亿, 五零亿: digit by digit, as papers in Taiwan write; 三四亿 is a pair.
_DIGIT_BY_DIGIT = re.compile("([一二三四五六七八九](?:零|[零一二三四五六七八九]{2,8}))([万亿兆]{1,2})")
_ZERO = re.compile("(?<=[零一二三四五六七八九])0{1,6}(?![0-9])")  # 六四０: a full-width zero among Chinese digits
_TAIL_WITH_DECIMALS = re.compile(r"(.{1,12}[万亿])([0-9]{4})\.([0-9]{1,4})")  # 3万7396.27
_WRITTEN = re.compile(r"[\d零一二三四五六七八九十百千万亿兆]{1,32}")
_TOKEN = re.compile(r"\d{1,18}|[零一二三四五六七八九十百千万亿兆]")


class Numeral(NamedTuple):
    """几十万 is low 200000, high 999999, bound about; 200多 is value 200, bound over."""

    value: Number | None  # None where low and high say it
    low: Number | None
    high: Number | None
    bound: Bound
    power: int  # 3-5万: the magnitude a number before it may share (万 is 10000); 1 where there is none


def read_numeral(words: str) -> Numeral | None:
    """The number that `words`, the numeral and nothing else, stands for; None where it is no well-formed number.

    >>> read_numeral("25万6千").value, read_numeral("四百五").value, read_numeral("1,100万").value
    (256000, 450, 11000000)
    >>> read_numeral("几十万")[1:3], read_numeral("三四十万")[1:3]
    ((200000, 999999), (300000, 400000))
    """
    if words.isdecimal() and words.isascii():
        return make(Numeral, (int(words), None, None, "exact", 1)) if len(words) <= _MAX_DIGITS else None
    folded = words.translate(_FOLD) if not words.isascii() else words.replace(",", "").replace(" ", "")
    if match := _ARABIC.fullmatch(folded):
        return _read_arabic(*match.groups(default=""))
    if folded == "半":
        return Numeral(0.5, None, None, "exact", 1)
    if not folded:
        return None
    if folded[0] in "-负負":
        inner = read_numeral(folded[1:])
        if inner is None or inner.value is None or folded[1:2] in "-负負":
            return None
        return inner._replace(value=-inner.value)
    return _read_chinese(folded.replace("个亿", "亿"))


def _read_arabic(whole: str, decimals: str, loose: str, scale: str, loose_after: str, plus: str) -> Numeral:
    power, shared = _SCALES.get(scale) or _scale(scale)
    value = quotient(int(whole + decimals) * power, 10 ** len(decimals)) if decimals else int(whole) * power
    return make(Numeral, (value, None, None, "over" if loose or loose_after or plus else "exact", shared))


def _scale(scale: str) -> tuple[int, int]:
    """个亿, 千亿, k and w as _SCALES has the others."""
    power = 1
    for character in scale.lstrip("个"):
        power *= {"k": 1000, "K": 1000, "w": 10000, "W": 10000}.get(character) or _MAGNITUDES[character]
    return power, _shared_power(power)


def _read_chinese(words: str) -> Numeral | None:
    words = _ZERO.sub(lambda zeros: "零" * len(zeros[0]), words)
    head, rest = words[0], words[1:]
    if head in "几数上":
        return _read_vague(head, rest)
    if head in _MAGNITUDES and (power := _product(words)):  # 百亿, 千万, 万: about that many (but 十 is ten)
        return Numeral(power, None, None, "exact" if power == 10 else "about", power)
    if match := _LOOSE.fullmatch(words):
        inner = read_numeral(match[1] + match[3])
        if inner is None or inner.value is None:
            return None
        # 十来个 is about ten; 十多个, 十余个, 十几个 are more than ten
        return inner._replace(bound="about" if match[2] == "来" else "over")
    if match := _DECIMAL.fullmatch(words):
        whole = _plain(match[1])
        if whole is None:
            return None
        power = _product(match[3]) or 1
        digits = _spelt(match[2])
        value = quotient(int(f"{whole}{digits}") * power, 10 ** len(digits))
        return Numeral(value, None, None, "exact", _shared_power(power))
    if (match := _PAIR.fullmatch(words)) and (match[1] or match[3] or len(words) == 2):
        low, high = (_plain(match[1] + digit + match[3]) for digit in match[2])
        if low is not None and high is not None and low < high:
            return Numeral(None, low, high, "about", 1)
        return None
    if match := _TAIL_WITH_DECIMALS.fullmatch(words):
        whole = _plain(match[1] + match[2])
        return whole if whole is None else Numeral(quotient(int(f"{whole}{match[3]}"), 10 ** len(match[3])), None, None, "exact", 1)
    value = _plain(words)
    return None if value is None else make(Numeral, (value, None, None, "exact", _last_power(words)))


def _read_vague(head: str, rest: str) -> Numeral | None:
    """几十万, 数千: two to just under ten of them; 上万: that many and more."""
    power = _product(rest.rstrip("多余"))
    if not power:
        return None
    if head == "上":
        return Numeral(power, None, None, "over", power)
    return Numeral(None, 2 * power, 10 * power - 1, "about", power)


def _plain(words: str) -> int | None:
    """Digits and magnitudes put together: 五亿零六, 九十二万四 (924000), 25万6千, 二〇一八 (digit by digit)."""
    if not _WRITTEN.fullmatch(words):
        return None
    if len(words) > 1 and all(c in _DIGITS for c in words):
        return int(_spelt(words)) if words[0] != "零" else None
    if match := _DIGIT_BY_DIGIT.fullmatch(words):
        return int(_spelt(match[1])) * _product(match[2])
    total = section = 0
    current: int | None = None
    unit, big, zero = 0, 10**16, False  # the last magnitude, the last of 万 亿 兆, whether 零 came since
    for token in _TOKEN.findall(words):
        if token == "零":
            zero = True
        elif token in _SMALL:
            power = _SMALL[token]
            if unit and unit < 10**4 and power >= unit:  # 三百五千
                return None
            if current is None and (section or token != "十"):
                if total or section:
                    return None
                current = 1
            section += (1 if current is None else current) * power
            current, unit, zero = None, power, False
        elif token in _BIG:
            power, section = _BIG[token], section + (current or 0)
            if not section and not total:
                section = 1
            if power > big or (power == big and not section):  # 1万5千亿; 万万
                total, section = (total + section) * power, 0
            elif section == 0:
                return None
            else:
                total, section = total + section * power, 0
            current, unit, big, zero = None, power, power, False
        elif current is not None:
            return None
        else:
            current = int(token) if token.isdigit() else _DIGITS[token]
    if current is not None:
        # 四百五 is 450, 一万三 is 13000, but 四百零五 is 405 and 3万2015 is 32015
        tail = unit // 10 if unit and not zero and current < 10 else 1
        section += current * tail
    return total + section


def _spelt(digits: str) -> str:
    """二〇一八 is 2018, digit by digit."""
    return "".join(str(_DIGITS[c]) for c in digits)


def _product(scale: str) -> int:
    """万亿 is 10^12; 0 for anything but magnitudes in an order people write."""
    power = 1
    for before, character in zip(" " + scale, scale, strict=False):
        if character not in _MAGNITUDES or (before in _SMALL and character in _SMALL):
            return 0
        power *= _MAGNITUDES[character]
    return power if scale else 0


def _last_power(words: str) -> int:
    """The magnitude that 两到三千 shares with its first number: the last one of the second."""
    scale = words[len(words.rstrip("十百千万亿兆")) :]
    return _shared_power(_product(scale)) if scale else 1


def _shared_power(power: int) -> int:
    """七千到九千亿 shares 亿, not 千亿: big magnitudes go before small ones."""
    for big in (10**12, 10**8, 10**4):
        if power % big == 0:
            return big
    return power


def quotient(numerator: int, denominator: int) -> Number:
    """An int where it divides, else the nearest float: 4.68亿 must be 468000000, never 467999999.99999994."""
    return numerator // denominator if numerator % denominator == 0 else numerator / denominator
