"""Calendar expressions in a text, taken apart: which year, which part of it, counted from what.

Knows how the pieces of `time_patterns` stand together (2013年12月|末|以来) and which of them are no dates where they
stand (5日均线, 3年期, 周六福). Leaves out what only the article can tell, the year of 5月 or the day of 次日.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extract import time_patterns as patterns
from extract.calendar_words import (
    guards,
    lunar_month_number,
    number,
    offsets,
    only_after_year,
    reigns,
    solar_reigns,
    weekday,
)
from extract.numerals import read_numeral

# What stands before a bare 12日, 前四个月 or 近五年 where it is a date and no length of time.
_LEADS = frozenset(" \u3000\n\t，。、：；！？,;:!?“”\"'（(—-·《")
_MOON_DAY = re.compile("初([一二三四五六七八九十])")
_REIGN_MONTH = re.compile(
    "闰?(正|冬|腊|十[一二]?|[一二三四五六七八九]|1[0-2]|[1-9])月"
    "(?:初[一二三四五六七八九十]|二?十[一二三四五六七八九]?日?|廿[一二三四五六七八九]?日?|三十日?|[1-3]?[0-9]日)?"
)
_TAIWAN = re.compile("新台币|台币|中央社|行政院|立法院|台湾|台北|民国")
# 2000年历史, 109年来: lengths of time, not years.
_NO_YEAR_BEFORE = ("历史", "的历史", "文明", "的文明", "来", "前的历史", "传统", "古", "老", "风雨")
_AT = frozenset("到至于在从")
# 卡比拉总统三日对, 五个执政党八日在, 十日，: one Chinese digit is a day only where something is said to happen on it.
_SAID_ON_THE_DAY = re.compile("(?<!一日)[在对，]|晚|上午|下午|凌晨|宣布|表示|举行|发表|报道|抵达|召开|会见|通过|[说电讯]")
# 12号上午: hours make it a day, where 12号楼 and 12号文件 are none.
_DAY_HOURS = re.compile("[上下]午|早[上晨间]|中午|晚[上间]?(?![会报宴])|凌晨|清晨|傍晚|夜[里间]|当[天晚]")
_DAY_LIST = tuple(unit + mark for unit in "日号" for mark in "，、,和及")
_DIGITS, _HAN = frozenset("0123456789"), frozenset(patterns.HAN)
_WEEKDAYS = frozenset("一二三四五六日天")
_AND = frozenset(("和", "与", "至"))
# 每周三, 两周一次, 第一个周二; 6月1日周六 is said by its day.
_NO_WEEKDAY_AFTER = frozenset("每逢个上下两一二三四五六七八九十数几半整多隔0123456789日号")
_STEPS = {"上上": -2, "上": -1, "本": 0, "这": 0, "": 0, "下": 1, "下下": 2}
_NO_DAY_AFTER = frozenset("第每近满约达共历续零逾超仅需过隔")  # 连续3日, 超30日
_NO_WEEK_AFTER = frozenset("楼线基上下一留剩放旗日资成以网")  # 楼下周边, 体会一下周总理的工作
_NO_ONE_MONTH_AFTER = frozenset("这每近了整不半")  # 这一月
_SPAN_ENDS = ("来", "，", ",", "间", "中", "内", "里", "累计", "合计", "平均", "年均", "月均", "共", "均", "每", "连续", "复合")
_UNIT_NAMES = {"星期": "周", "礼拜": "周"}


@dataclass(slots=True)
class Expression:
    """One calendar expression as it is written. 去年9月末 is year -1 from published, months (9, 9), part 末.

    `unit` says what is filled: year, months, days, half, quarters, season, festival, lunar, same, decade, century,
    day (今天, 次日), pair (今明两年), week, weekday, nth_week (10月第一周, 5月第二个周日), edge (8月的最后一天), quarter (上季度), ago, span,
    part (年初).
    """

    start: int
    end: int
    rule: str
    unit: str
    year: int | None = None  # absolute, or steps from `year_from`
    year_from: str = ""  # "text", "published", "mention", or "" where none is given
    months: tuple[int, int] | None = None
    month_steps: int | None = None  # 上月 is -1
    month_from: str = ""
    days: tuple[int, int] | None = None
    part: str = ""  # 初 中 末; 上 中 下 (旬)
    value: int = 0  # what the unit counts: half 1 or 2, steps of days, weekday, decade
    high: int = 0  # the second end of a range of quarters, decades
    name: str = ""  # festival; unit of 前 and 近
    opens: str = ""  # since, after, before, about
    leap: bool = False


def find_expressions(text: str) -> Iterator[tuple[Expression, Expression | None]]:
    """Every expression with its second end where it is a range (2013年6月至2014年3月), in order, none overlapping."""
    openings, numerals = patterns.openings(), patterns.HAN + "0123456789"
    ranges = patterns.dash().match
    done = 0
    for spot in patterns.candidate().finditer(text):
        at = spot.start()
        if at < done or (text[at] not in numerals and text[at : at + 2] not in openings):
            continue
        found = patterns.start(text[at]).match(text, at)
        if found is None:
            continue
        first = _read(text, found)
        if first is None:
            continue
        done = first.end
        second = None
        gap = ranges(text, first.end) if first.unit in _RANGED else None
        if gap and (found := _begins(text, gap.end())):
            second = _same_week(first, found) or _read(text, found)
            second = second if second is not None and second.unit in _RANGED else None
        elif gap and text[gap.end() : gap.end() + 1] == "初":
            second = _same_moon(text, first, gap.end())
        if second is None and first.unit in ("year", "months", "days") and text[first.end : first.end + 1] in _AND:
            second = _between(text, first)
        last = second or first
        _read_suffix(text, last)
        done = last.end
        if not _has_another_year(text, first):
            yield first, second


_RANGED = frozenset(("year", "months", "days", "quarters", "season", "festival", "nth_week", "day", "part", "half", "week", "weekday", "decade", "lunar"))


def _has_another_year(text: str, e: Expression) -> bool:
    """每年9月, 景泰三年五月, 历年春节: a year stands in front that is none of ours."""
    if e.year_from or e.unit in ("year", "day", "week", "ago", "span"):
        return False
    return text[e.start - 1 : e.start] == "年" or text[max(0, e.start - 2) : e.start].endswith(("年的", "每逢", "每个", "每"))


def _between(text: str, first: Expression) -> Expression | None:
    """The second end of 2007年与2009年之间, 3月和9月间, with 之间."""
    found = _begins(text, first.end + 1)
    second = _read(text, found) if found else None
    if second is None or second.unit != first.unit or not text.startswith(("之间", "间"), second.end):
        return None
    second.end += 2 if text[second.end] == "之" else 1
    return second


def _same_week(first: Expression, found: re.Match[str]) -> Expression | None:
    """The second end of 本周三至周五, in the week that the first one names."""
    if first.unit != "weekday" or not first.name or found.lastgroup != "weekday" or found["wk"] or found["wd"] == "末":
        return None
    return Expression(*found.span("weekday"), "weekday", "weekday", value=first.value, high=weekday(found["wd"]), name=first.name)


def _same_moon(text: str, first: Expression, at: int) -> Expression | None:
    """The second end of 正月初一至初七 and 大年初一到初六, in the month of the traditional calendar of the first one."""
    day = _MOON_DAY.match(text, at)
    if day is None or not ((first.unit == "lunar" and first.days) or first.name.startswith("大年初")):
        return None
    end, n = day.end(), number(day[1])
    return Expression(at, end, "lunar calendar", "lunar", first.year, first.year_from, first.months or (1, 1), days=(n, n), leap=first.leap)


def _begins(text: str, at: int) -> re.Match[str] | None:
    return patterns.start(text[at]).match(text, at) if at < len(text) else None


def _read(text: str, found: re.Match[str]) -> Expression | None:
    """The whole expression that begins with `found`; None where it is no date after all."""
    expression = _READERS[found.lastgroup or ""](text, found)
    if expression is None:
        return None
    if expression.unit == "year" and found.lastgroup not in ("year_bare", "reign"):
        _follow_year(text, expression)
    elif expression.unit == "months" and not expression.part:
        _follow_month(text, expression)
    elif expression.unit in ("quarters", "half"):
        _follow_period(text, expression)
    return expression


def _follow_year(text: str, e: Expression) -> None:
    """Read what stands directly behind a year."""
    found = patterns.after_year().match(text, e.end)
    piece = _READERS[found.lastgroup or ""](text, found) if found else None
    if piece is None:
        return
    for field in ("end", "unit", "months", "month_steps", "month_from", "days", "part", "value", "high", "name", "leap"):
        setattr(e, field, getattr(piece, field))
    e.rule = f"{e.rule} {piece.rule}"
    if e.unit == "months" and not e.part:
        _follow_month(text, e)
    elif e.unit in ("quarters", "half"):
        _follow_period(text, e)


def _follow_period(text: str, e: Expression) -> None:
    """Read the end of a quarter or half a year: 一季度|末."""
    if found := patterns.after_period().match(text, e.end):
        e.part, e.end = found[0], found.end()


def _follow_month(text: str, e: Expression) -> None:
    """Read the day or the part of the month that stands directly behind it."""
    found = patterns.after_month().match(text, e.end)
    if found is None:
        return
    piece = _READERS[found.lastgroup or ""](text, found)
    if piece is not None:
        e.days, e.part, e.end, e.unit, e.value, e.high = piece.days, piece.part, piece.end, piece.unit, piece.value, piece.high
        e.rule = f"{e.rule} {piece.rule}"


def _read_suffix(text: str, e: Expression) -> None:
    found = patterns.suffix().match(text, e.end)
    if found is not None:
        if e.unit == "decade" and found[0] == "起":  # 从90年代起 is told of the nineties
            return
        e.opens = found.lastgroup or ""
        e.end = e.end if e.opens == "about" else found.end()


# --- one reader for each rule of time_patterns --------------------------------------------------------------------


def _is_alone(found: re.Match[str]) -> bool:
    """It begins the expression: nothing stands in front that makes it a date."""
    return found.re is not patterns.after_year() and found.re is not patterns.after_month()


def _leads(text: str, start: int, also: str = "") -> bool:
    """A clause begins here, or one of the characters `also` stands in front."""
    return start == 0 or text[start - 1] in _LEADS or text[start - 1] in also


def _iso(text: str, found: re.Match[str]) -> Expression:
    month, day = int(found["iso_m"]), int(found["iso_d"])
    return Expression(*found.span("iso"), "iso", "days", int(found["iso_y"]), "text", (month, month), days=(day, day))


def _iso_month(text: str, found: re.Match[str]) -> Expression:
    month = int(found["iso_month"][5:7])
    return Expression(*found.span("iso_month"), "iso", "months", int(found["iso_month"][:4]), "text", (month, month))


def _year(text: str, found: re.Match[str]) -> Expression | None:
    year = int(found["y4"])
    if year % 100 == 0 and year != 1900 and (text.startswith(_NO_YEAR_BEFORE, found.end()) or year < 1900):
        return None
    return Expression(*found.span("year"), "year", "year", year, "text")


def _year_bare(text: str, found: re.Match[str]) -> Expression:
    return Expression(*found.span("year_bare"), "bare year", "year", int(found["year_bare"]), "text")


def _year_short(text: str, found: re.Match[str]) -> Expression:
    end = found.end() + 2 * text.startswith("全年", found.end())
    return Expression(found.start("year_short"), end, "year", "year", int(found["year_short"]), "text")


def _year_two(text: str, found: re.Match[str]) -> Expression | None:
    words = found["y2"] or found["y2b"] or found["y2c"] or found["y2d"]
    if (found["y2c"] or found["y2d"]) and not _leads(text, found.start(), "从自在于到至是较比和与"):
        return None
    year = int(words) if words.isdecimal() else _two_digits(words)
    return Expression(*found.span("year_two"), "two-digit year", "year", (2000 if year < 50 else 1900) + year, "text")


def _two_digits(words: str) -> int:
    return number("二〇" + words) - 2000


def _year_roc(text: str, found: re.Match[str]) -> Expression | None:
    words = found["roc"] or found["roc3"]
    if found["roc3"] and not re.match(r"[0-9]{1,2}月(?!内)", text[found.end() : found.end() + 4]):
        around = text[max(0, found.start() - 1000) : found.end() + 1000]
        if not _TAIWAN.search(around) or text.startswith(("来", "前", "后", *_NO_YEAR_BEFORE), found.end()):
            return None
    numeral = read_numeral(words) if words != "元" else None
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
    if name in solar_reigns():
        _follow_year(text, e)
    elif month := _REIGN_MONTH.match(text, e.end):
        e.end, late = month.end(), month[1] in ("冬", "腊", "十一", "十二", "11", "12")
        e.opens = "about" if late else ""
    return e


def _year_old(text: str, found: re.Match[str]) -> Expression:
    return Expression(*found.span("year_old"), "year", "year", int(found["ad"] or found["old"]), "text")


def _month(text: str, found: re.Match[str]) -> Expression | None:
    if found["m_pair"]:
        low, high = (number(c) for c in found["m_pair"])
    else:
        high = number(found["m2"])
        low = number(found["m1"]) if found["m1"] else high
        if (high < low < 9 and not found["m1_unit"]) or (found["m2"] == "一" and _is_one_month(text, found)):
            return None  # 3至2月; but 11月至2月 and 8月至2月 are ranges
            return None
    return Expression(*found.span("month"), "month", "months", months=(low, high))


def _is_one_month(text: str, found: re.Match[str]) -> bool:
    """这一月, 一月一次: a length of time; but 一月一日 is a date."""
    if found["m1"] or not _is_alone(found):
        return False
    if text[found.start() - 1 : found.start()] in _NO_ONE_MONTH_AFTER:
        return True
    return text.startswith(("一", "内", "之"), found.end()) and not text.startswith(("一日", "一号"), found.end())


def _month_new(text: str, found: re.Match[str]) -> Expression:
    return Expression(*found.span("month_new"), "month", "months", months=(1, 1))


def _month_bare(text: str, found: re.Match[str]) -> Expression | None:
    before = text[found.start() - 1 : found.start()]
    if before in ("", "\n") and _is_alone(found):  # 1、3月销量: a numbered line
        return None
    month = number(found["month_bare"])
    return Expression(*found.span("month_bare"), "month", "months", months=(month, month))


def _day(text: str, found: re.Match[str]) -> Expression | None:
    low, high = number(found["d1"] or found["d2"]), number(found["d2"])
    start, end = found.span("day")
    if _is_alone(found) and not _is_bare_day(text, start, end, found["d2"], bool(found["d1"])):
        return None
    return Expression(start, end, "day", "days", days=(low, high))


def _is_bare_day(text: str, start: int, end: int, word: str, is_range: bool) -> bool:
    """12日 alone is a date unless it counts days (3日内 is refused by the pattern) or numbers a house (12号楼)."""
    before = text[max(0, start - 1) : start]
    if before in _NO_DAY_AFTER:
        return False
    if not word.isdecimal() and len(word) < 2 and not (before != "这" and _SAID_ON_THE_DAY.match(text, end)):
        return False
    if text[end - 1] == "号" and not is_range:
        return text[max(0, start - 2) : start].endswith(_DAY_LIST) or bool(_DAY_HOURS.match(text, end))  # 10号，11号
    spread = patterns.suffix().match(text, end)
    return before in _AT or not (text.startswith(("以内", "之内"), end) or (spread and spread.lastgroup in ("before", "after", "about")))


def _day_bare(text: str, found: re.Match[str]) -> Expression | None:
    start, end = found.span("day_bare")
    if _is_alone(found) and text[start - 1 : start] in ("", "\n"):
        return None
    day = number(found["day_bare"])
    return Expression(start, end, "day", "days", days=(day, day))


def _day_unitless(text: str, found: re.Match[str]) -> Expression:
    day = number(found["day_unitless"].lstrip("初"))
    return Expression(*found.span("day_unitless"), "day", "days", days=(day, day))


def _quarter(text: str, found: re.Match[str]) -> Expression | None:
    if text[found.start() - 1 : found.start()] == "前":
        return None  # 上市前三季度 is neither the third nor the first three
    if found["q_first"]:
        low = high = 1
    elif found["q_pair"]:
        low, high = (number(c) for c in found["q_pair"])
    else:
        high = number(found["q2"] or found["q3"] or found["q4"])
        low = number(found["q1"]) if found["q1"] else high
    return Expression(*found.span("quarter"), "quarter", "quarters", value=low, high=high)


def _quarter_short(text: str, found: re.Match[str]) -> Expression:
    words = found["quarter_short"]
    quarter = {"首": 1, "最": 4}.get(words[0]) or number(words[1])
    high = number(words[-1]) if words[0] == "Q" else quarter  # Q1-Q3
    return Expression(*found.span("quarter_short"), "quarter", "quarters", value=quarter, high=high)


def _half(text: str, found: re.Match[str]) -> Expression:
    return Expression(*found.span("half"), "half", "half", value=1 if found["h"] == "上" else 2)


# Whose first months they are: 公司前10个月, 全市前5个月. What something else may come before: 上市前三季度.
_WHOSE = ("公司", "集团", "企业", "行业", "平台", "口岸", "海关", "全国", "我国", "全区", "新区")
_BEFORE_WHAT = ("上市", "开业", "成立", "投产", "停产", "收购", "并购", "重组", "并表", "交割", "就任", "上任", "离任", "离职", "破产", "停牌", "交易", "建成", "开通", "发布", "换届")


def _is_whose(text: str, start: int) -> bool:
    return text.endswith(_WHOSE, max(0, start - 2), start) or (text[start - 1] == "市" and text[start - 2 : start - 1] not in ("", *"上开收入股楼城退休罢夜早"))


def _first(text: str, found: re.Match[str]) -> Expression | None:
    start, end = found.span("first")
    count = number(found["f_n"])
    bare_quarters = found["f_q"] and "个" not in found[0] and not text.endswith(_BEFORE_WHAT, max(0, start - 2), start)
    if _is_alone(found) and not bare_quarters and not _leads(text, start, "示在的比为至及与和较了年从省县州") and not _is_whose(text, start):
        return None  # 开业前三个月, 上市前三季度: before it
    if found["f_short"] and text[start] != "前":
        return None  # 头三月
    if found["f_q"]:
        return Expression(start, end, "first quarters", "quarters", value=1, high=count) if 2 <= count <= 4 else None
    return Expression(start, end, "first months", "months", months=(1, count)) if 2 <= count <= 12 else None


def _first_months(text: str, found: re.Match[str]) -> Expression | None:
    count = number(found["fm_n"]) if found["fm_n"] else 1
    return Expression(*found.span("first_months"), "first months", "months", months=(1, count)) if count <= 12 else None


def _first_quarters(text: str, found: re.Match[str]) -> Expression:
    return Expression(*found.span("first_quarters"), "first quarters", "quarters", value=1, high=number(found["fq_n"]))


def _last_months(text: str, found: re.Match[str]) -> Expression | None:
    count = number(found["lm_n"])
    return Expression(*found.span("last_months"), "last months", "months", months=(13 - count, 12)) if count <= 12 else None


def _ago(text: str, found: re.Match[str]) -> Expression | None:
    start, end = found.span("ago")
    unit, way = found["ago_u"], found["ago_way"]
    if unit == "月" and not found["ago_g"]:
        return None
    if found["ago_n"] == "半" and unit not in ("年", "月"):
        return None
    later = "后" in way
    if later and not (_leads(text, start) or text.endswith(("约", "大概"), 0, start)):
        return None  # 退休两年后, 成立三年后: counted from something the words in front name
    more = found["ago_half"] or found["ago_mid"]
    if more and (found["ago_n"] == "半" or (found["ago_half"] and found["ago_g"])):
        return None
    half = found["ago_n"] == "半"
    count = 0 if half else number(found["ago_n"]) if len(found["ago_n"]) < 4 else 0
    if not count and not half:
        return None
    value, way_ahead = (count, 1) if later else (-count, -1)
    part = "半" if half else "又半" if more else ""
    return Expression(start, end, "ago", "ago", value=value, name=_UNIT_NAMES.get(unit, unit), part=part, high=way_ahead)


def _decade(text: str, found: re.Match[str]) -> Expression | None:
    start, end = found.span("decade")
    if found["dy"]:
        return Expression(start, end, "decade", "decade", int(found["dy"]), "text", high=int(found["dy"]), part=found["d_part"] or "")
    tens = [int(found["dn"])] if found["dn"] else [number(c) for c in found["dh"]]
    century = found["dc"] or ""
    if not century and tens[0] < 3:
        return None  # 20年代 alone: a hundred years ago or now
    base = {"": 19, "上": 19, "上个": 19, "本": 20}.get(century)
    base = number(century) - 1 if base is None else base
    return Expression(start, end, "decade", "decade", base * 10 + tens[0], "text", high=base * 10 + tens[-1], part=found["d_part"] or "")


def _decade_bare(text: str, found: re.Match[str]) -> Expression | None:
    words = found["decade_bare"]
    tens = int(words[0]) if words.isdecimal() else number(words[0])
    return Expression(*found.span("decade_bare"), "decade", "decade", 190 + tens, "text", high=190 + tens) if tens > 2 else None


def _century(text: str, found: re.Match[str]) -> Expression:
    if found["ce_now"]:  # 本世纪初: its first decade
        return Expression(*found.span("century"), "century", "decade", 200, "text", high=200, part="初")
    century = 20 if found["ce_last"] else number(found["ce"])
    return Expression(*found.span("century"), "century", "century", century - 1, "text", part=found["ce_part"] or "")


def _weekday(text: str, found: re.Match[str]) -> Expression | None:
    start, end = found.span("weekday")
    prefix = found["wk"]
    if prefix == "本" and text[start - 1 : start] in ("日", "资", "成"):  # 日本|周三
        prefix, start = None, start + 1
    if prefix is None:
        before = text[start - 1 : start]
        if found["wd"] == "末" or before in _NO_WEEKDAY_AFTER or _is_habit(text, end):
            return None
        # 10月12日（周一）: the day is said already
        if before and before in "至到-、和" and text[start - 2 : start - 1] in _WEEKDAYS:
            return None
        if before and before in "（(，,、 " and text[start - 2 : start - 1] in "日号":
            return None
    elif text[start - 1 : start] in ("上", "下"):  # 下下下周一
        return None
    if found["wd"] == "天" and found[0].endswith("周天"):  # 周天游: a name
        return None
    steps = _STEPS[prefix or ""]
    day = 0 if found["wd"] == "末" else weekday(found["wd"])
    return Expression(start, end, "weekday", "weekday", value=steps, high=day, name=prefix or "")


def _is_habit(text: str, end: int) -> bool:
    """周一至周五, 周六日: opening hours, no days of one week."""
    return bool(re.match("(?:[至到-]|、|和)?(?:周|星期|礼拜)?[一二三四五六日天]", text[end : end + 4]))


def _week(text: str, found: re.Match[str]) -> Expression | None:
    start, end = found.span("week")
    prefix = re.match("上上|上|本|这|下下|下", found["week"])
    if prefix is None or text.startswith(guards()["本周"].never_before, end) or text[start - 1 : start] in _NO_WEEK_AFTER:
        return None
    return Expression(start, end, "week", "week", value=_STEPS[prefix[0]])


def _season(text: str, found: re.Match[str]) -> Expression:
    season = 21 + "春夏秋冬".index(found["s_word"])
    e = Expression(*found.span("season"), "season", "season", value=season)
    if _is_alone(found):
        e.year, e.year_from = {"今": 0, "去": -1, "明": 1}[found["s_year"]], "published"
    return e


def _summer(text: str, found: re.Match[str]) -> Expression:
    return Expression(*found.span("summer"), "summer", "months", months=(7, 8), part="约")


def _span(text: str, found: re.Match[str]) -> Expression | None:
    start, end = found.span("span")
    way, unit = found["sp_way"], found["sp_u"]
    if (unit == "月" and not found["sp_g"]) or unit == "日":
        return None
    if way == "近" and not (_leads(text, start, "在比较") and (end == len(text) or text.startswith(_SPAN_ENDS, end) or _is_recent(text, start, end))):
        return None  # 历时近10年: nearly ten years
    count = number(found["sp_n"])
    later = way in ("未来", "今后")
    return Expression(start, end, "span", "span", value=count if later else -count, name=_UNIT_NAMES.get(unit, unit))


# What stands behind a length of time: 近三年的努力, 近三年时间, 近五年未见.
_LENGTH = re.compile("的|时间|时光|光景|之久|以上|[未没不历史前后多余才了过去未尚仍还就都也又]")


def _is_recent(text: str, start: int, end: int) -> bool:
    """近三年销量 at the head of a clause: the last three years."""
    return _leads(text, start) and text[end - 1] == "年" and not _LENGTH.match(text, end)


def _festival(text: str, found: re.Match[str]) -> Expression | None:
    start, end = found.span("festival")
    name = found["festival"]
    guard = guards()[name]
    alone = _is_alone(found)
    if text.startswith(guard.never_before or ("\0",), end):
        return None
    if alone:
        if guard.needs and not _is_told_as_a_day(text, start, end, guard.needs):
            return None
        if text[max(0, start - 4) : start].endswith(guard.never_after or ("\0",)):
            return None
        if (name[0] in _DIGITS and text[start - 1 : start] in _DIGITS) or (name[0] in _HAN and text[start - 1 : start] in _HAN):
            return None  # 二十一 is no 十一
        start -= 2 * text.startswith("国际", max(0, start - 2))
    elif name.isdecimal() and text[end : end + 1].isdecimal():
        return None
    else:
        end = found.end()  # with the quotes of 去年“双11”
    return Expression(start, end, "festival", "festival", name=name)


_ALONE = 30  # a text that long may hold one word and blanks
_BESIDE = re.compile("[”」]?(?:[、和及与][“「]?(?:元旦|春节|清明|五一|端午|中秋|国庆)[”」]?){0,3}")


def _is_told_as_a_day(text: str, start: int, end: int, needs: tuple[str, ...]) -> bool:
    """五一 of 五一假期, “五一”假期 and 国庆、中秋假期, and of a text that says nothing else."""
    beside = _BESIDE.match(text, end)
    return text.startswith(needs, beside.end() if beside else end) or (len(text) < _ALONE and text.strip() == text[start:end])


def _lunar(text: str, found: re.Match[str]) -> Expression | None:
    start, end = found.span("lunar")
    day = found["l_d"]
    if text[max(0, start - 2) : start] == "寒冬":
        return None
    if found["l_leap"] is None and found["l_cal"] is None and day is None and found["l_m"] not in "正冬腊":
        return None
    month = lunar_month_number(found["l_m"])
    days = (number(day.lstrip("初")), number(day.lstrip("初"))) if day else None
    e = Expression(start, end, "lunar calendar", "lunar", months=(month, month), days=days, leap=bool(found["l_leap"]))
    if found["l_year"]:
        e.year, e.year_from = number(found["l_year"][:4]), "text"
    return e


def _word(text: str, found: re.Match[str]) -> Expression | None:
    start, end = found.start("word"), found.end()
    word = found["word"]
    guard, offset = guards()[word], offsets()[word]
    if text.startswith(guard.never_before or ("\0",), end) or text[max(0, start - 4) : start].endswith(guard.never_after or ("\0",)):
        return None
    rule = f"{offset.unit} {'before' if offset.source == 'mention' else 'relative'}"
    if offset.unit == "year":
        return Expression(start, end, rule, "year", offset.steps, offset.source)
    if offset.unit == "month":
        return Expression(start, end, rule, "months", month_steps=offset.steps, month_from=offset.source)
    if offset.unit == "part":
        return None if word in only_after_year() else Expression(start, end, rule, "part", value=offset.steps)
    if offset.unit == "month_part":
        return Expression(start, end, rule, "months", month_steps=0, month_from="published", part=word[-1])
    return Expression(start, end, rule, offset.unit, value=offset.steps, name=offset.source)


def _year_part(text: str, found: re.Match[str]) -> Expression:
    last = found["year_part"][-1]
    return Expression(*found.span("year_part"), "part of the year", "part", value=1 if last in "初头始" else 6 if last == "中" else 12)


def _xun(text: str, found: re.Match[str]) -> Expression:
    return Expression(found.start(), found.end(), "ten days", "days", part=found["xun"])


def _month_part(text: str, found: re.Match[str]) -> Expression:
    return Expression(*found.span("month_part"), "part of the month", "months", part=found["month_part"][-1])


def _this_month(text: str, found: re.Match[str]) -> Expression:
    return Expression(*found.span("this_month"), "month relative", "months", month_steps=0, month_from="published")


def _this_day(text: str, found: re.Match[str]) -> Expression:
    return Expression(*found.span("this_day"), "day relative", "day", name="published")


def _nth(text: str, found: re.Match[str]) -> Expression:
    """`value` 0 is the last one; `high` 0 the whole week."""
    words = found["nth_n"] or found["nth_w"] or ("首" if "首" in found["nth"] else "")
    day = weekday(found["nth_d"]) if found["nth_d"] else 0
    return Expression(*found.span("nth"), "week of a month", "nth_week", value=number(words) if words else 0, high=day)


_PAIRS = {"去今": (-1, 0), "昨今": (-1, 0), "今明": (0, 1), "明后": (1, 2), "今明后": (0, 2)}


def _pair(text: str, found: re.Match[str]) -> Expression:
    low, high = _PAIRS[found["pair_of"]]
    return Expression(*found.span("pair"), "two in a row", "pair", value=low, high=high, name=found["pair_u"])


def _edge(text: str, found: re.Match[str]) -> Expression:
    return Expression(*found.span("edge"), "first or last day", "edge", value=1 if found["edge"][0] == "第" else -1)


def _same(text: str, found: re.Match[str]) -> Expression:
    return Expression(*found.span("same"), "same period", "same")


_READERS = {
    "iso": _iso, "iso_month": _iso_month, "year": _year, "year_bare": _year_bare, "year_short": _year_short,
    "year_two": _year_two, "year_roc": _year_roc, "year_han": _year_han, "year_old": _year_old, "reign": _reign, "month": _month,
    "month_new": _month_new, "month_bare": _month_bare, "this_month": _this_month, "this_day": _this_day, "day": _day, "day_bare": _day_bare,
    "day_unitless": _day_unitless, "nth": _nth, "edge": _edge, "quarter": _quarter, "quarter_short": _quarter_short, "half": _half,
    "first": _first, "first_months": _first_months, "first_quarters": _first_quarters,
    "last_months": _last_months, "ago": _ago, "span": _span,
    "decade": _decade, "decade_bare": _decade_bare, "century": _century, "weekday": _weekday, "week": _week,
    "pair": _pair, "season": _season, "summer": _summer, "festival": _festival, "lunar": _lunar, "word": _word,
    "year_part": _year_part, "xun": _xun, "month_part": _month_part, "same": _same,
}  # fmt: skip
