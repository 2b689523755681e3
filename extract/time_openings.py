"""Where calendar expressions may begin, found quickly: by their first two or three characters.

Knows what words of time begin with. Leaves out whether one stands there (`time_patterns.py`).
"""

from __future__ import annotations

import functools
import re

from extract.calendar_words import offsets, reigns
from extract.feasts import festival_names
from extract.time_patterns import AFTER_YESTERDAY, HAN, S

_COUNTS = "0123456789一二三四五六七八九十两"
# First and second characters of what begins with a word that is in no lexicon: 上半年, 前三季度, 近五年, 第一季度.
_OPENINGS = {
    **dict.fromkeys(("上", "下"), "个半周星礼世上下一"), "本": "周星礼世", "这": "个周星礼一", "周": "一二三四五六日天末", "星": "期",
    "礼": "拜", **dict.fromkeys(("今", "去", "明"), "春夏秋冬后明今（( "), "昨": "今（( ", "首": f"季{_COUNTS}", "前": _COUNTS, "头": _COUNTS, "最": "近",
    "过": "去", "未": "来", "近": _COUNTS, "农": "历", "阴": "历", "旧": "历", "闰": _COUNTS, "正": "月", "冬": "月", "腊": "月",
    "民": "国", "公": "元", "元": "月", "第": "一二三四1234", "双": " \u00a0", "Q": "1234",
}  # fmt: skip
# The third character where most words with such a beginning go on otherwise: 这一|周 but 这一次, 第一|季度 but 第一次.
_THIRDS = {"这个": "周星礼", "这一": "周星礼个", **dict.fromkeys(("今 ", "去 ", "明 ", "昨 "), "（("), **dict.fromkeys((f"第{n}" for n in "一二三四1234"), "季 \u00a0\u3000-－—–~～至到、和及与或")}


@functools.cache
def candidate() -> re.Pattern[str]:
    """Where an expression may begin, by the characters behind its first one; word-led places also need `opens()`."""
    firsts, seconds = ("".join(sorted({pair[n] for pair in _openings()})) for n in (0, 1))
    units = "年天周星礼"
    # A point or a slash only behind a year: an amount like 31.5亿 is no candidate.
    digits = (
        f"(?<=[0-9])(?<![0-9][0-9])(?=[0-9]{{0,3}}{S}(?:[年月日号天周星礼季前后、，。；,;：）)和及与或以之将会是看至到的上下第全两三四五六Q~～—–－-]|个[年月星礼周天半]|世纪)"
        "|18|[0-9]{3}(?:[/.世]|$)|[0-9]?/[0-9])"
    )
    han = f"(?<=[{HAN}])(?=[{HAN}0OoＯ月日号季世千夕、和及至到~～—–－ -]|个(?:[月星礼周]|半月)|年半[前后以之]|[{units}期][前后以之]|星期|礼拜)"
    return re.compile(f"[0-9{HAN}{firsts}](?:{digits}|{han}|(?<=[{firsts}])(?=[{seconds}])|(?<=昨)(?=[{AFTER_YESTERDAY}]))")


def opens(text: str, at: int) -> bool:
    """Whether an expression that begins with a word may begin here, by its first three characters."""
    thirds = _openings().get(text[at : at + 2])
    if thirds is None:
        return text[at] == "昨"
    return not thirds or text[at + 2 : at + 3] in thirds


@functools.cache
def _openings() -> dict[str, str]:
    """The first two characters of every expression that begins with a word, with the third; "" where that may be any."""
    words = [word for word in (*offsets(), *festival_names(), *reigns()) if not word[0].isdecimal() and word[0] not in HAN]
    words += [pair + third for pair, thirds in _THIRDS.items() for third in thirds]
    words += [pair for first, seconds in _OPENINGS.items() for second in seconds if (pair := first + second) not in _THIRDS]
    found: dict[str, str] = {}
    for word in sorted(words, key=len, reverse=True):
        found[word[:2]] = found.get(word[:2], "") + word[2] if len(word) > 2 else ""
    return found
