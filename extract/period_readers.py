"""Parts of years and months, decades and centuries: 前三季度, 下半年, 中旬, 末, 第一周, 90年代.

Knows which of them are no dates where they stand (上市前三季度, 20年代). Leaves out the year they belong to.
"""

from __future__ import annotations

import re

from extract.calendar_expression import Expression, Reader, is_alone, leads
from extract.calendar_words import number, weekday
from extract.dating_words import dating_words


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


def _quarter_alone(text: str, found: re.Match[str]) -> Expression:
    words = found["quarter_alone"]
    return Expression(*found.span("quarter_alone"), "quarter", "quarters", value=int(words[1]), high=int(words[-1]), name="Q")


def _half(text: str, found: re.Match[str]) -> Expression:
    return Expression(*found.span("half"), "half", "half", value=1 if found["h"] == "上" else 2)


def _is_whose(text: str, start: int) -> bool:
    """公司前10个月, 全市前5个月: whose first months they are stands in front."""
    if text.endswith(dating_words("whose"), max(0, start - 2), start):
        return True
    return text[start - 1] == "市" and text[start - 2 : start - 1] not in _MARKETS


_MARKETS = frozenset(("", *"上开收入股楼城退休罢夜早"))  # 上市前三季度, 收市前10个月


def _first(text: str, found: re.Match[str]) -> Expression | None:
    start, end = found.span("first")
    count = number(found["f_n"])
    bare_quarters = found["f_q"] and "个" not in found[0] and not text.endswith(dating_words("before what"), max(0, start - 2), start)
    if is_alone(found) and not bare_quarters and not leads(text, start, "示在的比为至及与和较了年从省县州") and not _is_whose(text, start):
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


def _season(text: str, found: re.Match[str]) -> Expression:
    season = 21 + "春夏秋冬".index(found["s_word"])
    e = Expression(*found.span("season"), "season", "season", value=season)
    if is_alone(found):
        e.year, e.year_from = {"今": 0, "去": -1, "明": 1}[found["s_year"]], "published"
    return e


def _summer(text: str, found: re.Match[str]) -> Expression:
    return Expression(*found.span("summer"), "summer", "months", months=(7, 8), part="约")


def _year_part(text: str, found: re.Match[str]) -> Expression:
    last = found["year_part"][-1]
    return Expression(*found.span("year_part"), "part of the year", "part", value=1 if last in "初头始" else 6 if last == "中" else 12)


def _xun(text: str, found: re.Match[str]) -> Expression:
    return Expression(found.start(), found.end(), "ten days", "days", part=found["xun"])


def _month_part(text: str, found: re.Match[str]) -> Expression:
    return Expression(*found.span("month_part"), "part of the month", "months", part=found["month_part"][-1])


def _nth(text: str, found: re.Match[str]) -> Expression:
    """`value` 0 is the last one; `high` 0 the whole week."""
    words = found["nth_n"] or found["nth_w"] or ("首" if "首" in found["nth"] else "")
    day = weekday(found["nth_d"]) if found["nth_d"] else 0
    return Expression(*found.span("nth"), "week of a month", "nth_week", value=number(words) if words else 0, high=day)


def _edge(text: str, found: re.Match[str]) -> Expression:
    return Expression(*found.span("edge"), "first or last day", "edge", value=1 if found["edge"][0] == "第" else -1)


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


def _plan(text: str, found: re.Match[str]) -> Expression:
    """“十二五”期间 is 2011 to 2015, 十二五末 about its last year."""
    start, end = found.span("plan")
    start -= text[start - 1 : start] in _OPENING_QUOTES
    first = 2001 + 5 * number(found["pl_n"])
    return Expression(start, end, FIVE_YEAR_PLAN, "plan", first, "text", part=found["pl_part"])


FIVE_YEAR_PLAN = "five-year plan"
_OPENING_QUOTES = frozenset("“「‘\"")


READERS: dict[str, Reader] = {
    "nth": _nth, "edge": _edge, "quarter": _quarter, "quarter_alone": _quarter_alone, "quarter_short": _quarter_short, "half": _half, "first": _first,
    "first_months": _first_months, "first_quarters": _first_quarters, "last_months": _last_months, "decade": _decade,
    "decade_bare": _decade_bare, "century": _century, "season": _season, "summer": _summer, "year_part": _year_part,
    "xun": _xun, "month_part": _month_part, "plan": _plan,
}  # fmt: skip
