"""Years, months and days: which date of the calendar the words name.

Knows digits, Chinese numerals, years of the Republic and of reigns, days without their unit, and which of them are no
dates where they stand (5日均线, 3月期, 12号楼). Leaves out the year that is not said, and feasts (`feast_readers.py`).
"""

from __future__ import annotations

import re

from extract import time_patterns as patterns
from extract.calendar_expression import Expression, Reader, is_alone, leads
from extract.calendar_words import number, reigns, solar_reigns
from extract.dating_words import dating_words
from extract.numerals import read_numeral

_SLASH_ENDS = re.compile("[至到~～-]")
# “八月香” and 《三月桃花》 are names, “六月上旬” and ‘六月的麦田’ dates.
_OPENING = frozenset("“‘「『《")
_NAME = re.compile("(?<![0-9]月)(?![上中下]旬|[初底末份的里间])[\u4e00-\u9fff]{1,3}[”’」』》]")
_TAIWAN = re.compile("新台币|台币|中央社|行政院|立法院|台湾|台北|民国")
# 2000年历史, 109年来: lengths of time, not years.
_NO_YEAR_BEFORE = ("历史", "的历史", "文明", "的文明", "来", "前的历史", "传统", "古", "老", "风雨")
_NO_YEAR_AFTER = ("长达", "已达", "近", "超过", "历经", "跨越", "距今", "绵延")  # 有河道长达2000年
_REIGN_MONTH = re.compile(
    "闰?(正|冬|腊|十[一二]?|[一二三四五六七八九]|1[0-2]|[1-9])月"
    "(?:初[一二三四五六七八九十]|二?十[一二三四五六七八九]?日?|廿[一二三四五六七八九]?日?|三十日?|[1-3]?[0-9]日)?"
)
_AT = frozenset("到至于在从")
# 卡比拉总统三日对, 五个执政党八日在, 十日，: one Chinese digit is a day only where something is said to happen on it.
_SAID_ON_THE_DAY = re.compile("(?<!一日)[在对，]|晚|上午|下午|凌晨|宣布|表示|举行|发表|报道|抵达|召开|会见|通过|[说电讯]")
# 12号上午: hours make it a day, where 12号楼 and 12号文件 are none.
_DAY_HOURS = re.compile("[上下]午|早[上晨间]|中午|晚[上间]?(?![会报宴])|凌晨|清晨|傍晚|夜[里间]|当[天晚]")
_DAY_LIST = tuple(unit + mark for unit in "日号" for mark in "，、,和及")
_NO_DAY_AFTER = frozenset("第每近满约达共历续零逾超仅需过隔")  # 连续3日, 超30日
_BEFORE_NOW = frozenset(("目前", "日前", "此前", "之前", "以前"))
_NO_ONE_MONTH_AFTER = frozenset("这每近了整不半")  # 这一月


def _iso(text: str, found: re.Match[str]) -> Expression:
    month, day = int(found["iso_m"]), int(found["iso_d"])
    return Expression(*found.span("iso"), "iso", "days", int(found["iso_y"]), "text", (month, month), days=(day, day))


def _slash(text: str, found: re.Match[str]) -> Expression:
    ends = [[int(n) for n in day.split("/")] for day in _SLASH_ENDS.split(found["slash"])]
    (month, day), (last_month, last_day) = ends[0], ends[-1]
    return Expression(*found.span("slash"), "month and day", "days", months=(month, last_month), days=(day, last_day))


def _iso_month(text: str, found: re.Match[str]) -> Expression:
    month = int(found["iso_month"][5:7])
    return Expression(*found.span("iso_month"), "iso", "months", int(found["iso_month"][:4]), "text", (month, month))


def _year(text: str, found: re.Match[str]) -> Expression | None:
    year = int(found["y4"])
    if year % 100 == 0 and year != 1900 and (year < 1900 or _is_length(text, *found.span())):
        return None
    return Expression(*found.span("year"), "year", "year", year, "text")


def _is_length(text: str, start: int, end: int) -> bool:
    """2000年历史, 长达2000年: how long, and no year."""
    return text.startswith(_NO_YEAR_BEFORE, end) or text.endswith(_NO_YEAR_AFTER, 0, start)


def _year_bare(text: str, found: re.Match[str]) -> Expression:
    return Expression(*found.span("year_bare"), "bare year", "year", int(found["year_bare"]), "text")


def _year_short(text: str, found: re.Match[str]) -> Expression:
    end = found.end() + 2 * text.startswith("全年", found.end())
    return Expression(found.start("year_short"), end, "year", "year", int(found["year_short"]), "text")


def _year_two(text: str, found: re.Match[str]) -> Expression | None:
    words = found["y2"] or found["y2b"] or found["y2c"] or found["y2d"]
    if (found["y2c"] or found["y2d"]) and not leads(text, found.start(), "从自在于到至是较比和与"):
        return None
    year = int(words) if words.isdecimal() else _two_digits(words)
    return Expression(*found.span("year_two"), "two-digit year", "year", (2000 if year < 50 else 1900) + year, "text")


def _two_digits(words: str) -> int:
    return number("二〇" + words) - 2000


def _year_roc(text: str, found: re.Match[str]) -> Expression | None:
    words = found["roc"] or found["roc3"]
    if found["roc3"] and not (words.isascii() and re.match(r"[0-9]{1,2}月(?!内)", text[found.end() : found.end() + 4])):
        around = text[max(0, found.start() - 1000) : found.end() + 1000]
        if not _TAIWAN.search(around) or text.startswith(("来", "前", "后", *_NO_YEAR_BEFORE), found.end()):
            return None
    numeral = read_numeral(words) if words != "元" else None  # 一○四 digit by digit
    year = 1 if words == "元" else int(numeral.value) if numeral and numeral.value else 0
    return Expression(*found.span("year_roc"), "ROC year", "year", 1911 + year, "text") if 0 < year < 200 else None


def _year_han(text: str, found: re.Match[str]) -> Expression:
    year = number(found["yh"]) if found["yh"] else 2000 if found["yh3"] else 2000 + number(found["yh1"] or found["yh2"])
    return Expression(*found.span("year_han"), "year", "year", year, "text")


def _reign(text: str, found: re.Match[str]) -> Expression:
    """康熙九年七月 ends with its month, but is told as the year, for the month is none of ours; near its end, about it."""
    count, name = found["rg_n"], found["rg_name"]
    year = reigns()[name] - 1 + (1 if count == "元" else number(count))
    e = Expression(*found.span("reign"), "reign year", "year", year, "text")
    if name not in solar_reigns() and (month := _REIGN_MONTH.match(text, e.end)):
        e.end, late = month.end(), month[1] in ("冬", "腊", "十一", "十二", "11", "12")
        e.opens = "about" if late else ""
    return e


def _year_old(text: str, found: re.Match[str]) -> Expression:
    return Expression(*found.span("year_old"), "year", "year", int(found["ad"] or found["old"]), "text")


def _month(text: str, found: re.Match[str]) -> Expression | None:
    if text[found.start() - 1 : found.start()] in _OPENING and _NAME.match(text, found.end()):
        return None
    if is_alone(found) and (text.startswith(dating_words("in prison"), found.end()) or text.endswith(dating_words("sentenced to"), 0, found.start())):
        return None  # 遭判4月: how long, as papers in Taiwan write of courts
    if _is_span_of_months(text, found):
        return None
    if found["m_pair"]:
        low, high = (number(c) for c in found["m_pair"])
    else:
        high = number(found["m2"])
        low = number(found["m1"]) if found["m1"] else high
        if (high < low < 9 and not found["m1_unit"]) or (found["m2"] == "一" and _is_one_month(text, found)):
            return None  # 3至2月; but 11月至2月 and 8月至2月 are ranges
    return Expression(*found.span("month"), "month", "months", months=(low, high))


# 近1月涨幅, 近三月累计: the months gone by; but 临近5月 and 近5月底 are dates.
_NEARING = ("临近", "接近", "靠近", "将近", "逼近", "附近", "远近", "最近")


def _is_span_of_months(text: str, found: re.Match[str]) -> bool:
    if not is_alone(found) or not text.endswith("近", 0, found.start()) or text.endswith(_NEARING, 0, found.start()):
        return False
    return patterns.after_month().match(text, found.end()) is None


def _is_one_month(text: str, found: re.Match[str]) -> bool:
    """这一月, 一月一次: a length of time; but 一月一日 is a date."""
    if found["m1"] or not is_alone(found):
        return False
    if text[found.start() - 1 : found.start()] in _NO_ONE_MONTH_AFTER:
        return True
    return text.startswith(("一", "内", "之"), found.end()) and not text.startswith(("一日", "一号"), found.end())


def _month_new(text: str, found: re.Match[str]) -> Expression:
    return Expression(*found.span("month_new"), "month", "months", months=(1, 1))


def _month_bare(text: str, found: re.Match[str]) -> Expression | None:
    before = text[found.start() - 1 : found.start()]
    if before in ("", "\n") and is_alone(found):  # 1、3月销量: a numbered line
        return None
    month = number(found["month_bare"])
    return Expression(*found.span("month_bare"), "month", "months", months=(month, month))


def _day(text: str, found: re.Match[str]) -> Expression | None:
    low, high = number(found["d1"] or found["d2"]), number(found["d2"])
    start, end = found.span("day")
    if is_alone(found) and not _is_bare_day(text, start, end, found["d2"], bool(found["d1"])):
        return None
    return Expression(start, end, "day", "days", days=(low, high))


def _is_bare_day(text: str, start: int, end: int, word: str, is_range: bool) -> bool:
    """12日 alone is a date unless it counts days (3日内 is refused by the pattern) or numbers a house (12号楼)."""
    before = text[max(0, start - 1) : start]
    if before in _NO_DAY_AFTER or (before in "前头首" and before and text[max(0, start - 2) : start] not in _BEFORE_NOW):
        return False  # 春运前10日
    if not word.isdecimal() and len(word) < 2 and not (before != "这" and _SAID_ON_THE_DAY.match(text, end)):
        return False
    if text[end - 1] == "号" and not is_range:
        return text[max(0, start - 2) : start].endswith(_DAY_LIST) or bool(_DAY_HOURS.match(text, end))  # 10号，11号
    spread = patterns.suffix().match(text, end)
    return before in _AT or not (text.startswith(("以内", "之内"), end) or (spread and spread.lastgroup in ("before", "after", "about")))


def _day_bare(text: str, found: re.Match[str]) -> Expression | None:
    start, end = found.span("day_bare")
    if is_alone(found) and text[start - 1 : start] in ("", "\n"):
        return None
    day = number(found["day_bare"])
    return Expression(start, end, "day", "days", days=(day, day))


def _day_unitless(text: str, found: re.Match[str]) -> Expression:
    day = number(found["day_unitless"].lstrip("初"))
    return Expression(*found.span("day_unitless"), "day", "days", days=(day, day))


READERS: dict[str, Reader] = {
    "iso": _iso, "slash": _slash, "iso_month": _iso_month, "year": _year, "year_bare": _year_bare, "year_short": _year_short,
    "year_two": _year_two, "year_roc": _year_roc, "year_han": _year_han, "year_old": _year_old, "reign": _reign,
    "month": _month, "month_new": _month_new, "month_bare": _month_bare, "day": _day, "day_bare": _day_bare,
    "day_unitless": _day_unitless,
}  # fmt: skip
