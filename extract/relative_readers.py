"""Words that say how far a date lies from another: 去年, 次日, 17年前, 近五年, 上周三, 去年|同期.

Knows from what each is counted, the publication or the mention before, and which of them are none where they stand
(退休两年后, 历时近10年, 周六福). Leaves out what day that is.
"""

from __future__ import annotations

import re

from extract.calendar_expression import Expression, Reader, leads
from extract.calendar_words import guards, number, offsets, only_after_year, weekday

_WEEKDAYS = frozenset("一二三四五六日天")
# 每周三, 两周一次, 第一个周二; 6月1日周六 is said by its day.
_NO_WEEKDAY_AFTER = frozenset("每逢个上下两一二三四五六七八九十数几半整多隔0123456789日号")
_DAY_IN_DIGITS = re.compile("[0-9][-/.][0-9]{1,2}[（( ]$")  # 2019-08-05（周一）
_STEPS = {"上上": -2, "上": -1, "本": 0, "这": 0, "": 0, "下": 1, "下下": 2}
_NO_WEEK_AFTER = frozenset("楼线基上下一留剩放旗日资成以网")  # 楼下周边, 体会一下周总理的工作
_SPAN_ENDS = ("来", "，", ",", "间", "中", "内", "里", "累计", "合计", "平均", "年均", "月均", "共", "均", "每", "连续", "复合")
_UNIT_NAMES = {"星期": "周", "礼拜": "周"}


def _word(text: str, found: re.Match[str]) -> Expression | None:
    start, end = found.start("word"), found.end()
    word = found["word"]
    guard, offset = guards()[word], offsets()[word]
    if text.startswith(guard.never_before or ("\0",), end) or text[max(0, start - 4) : start].endswith(guard.never_after or ("\0",)):
        return None
    if offset.source == "mention" and offset.unit == "year" and text[start - 1 : start] == "的" and "年" not in text[max(0, start - 14) : start]:
        return None  # 获得认可的次年, whenever that is
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


def _noted(text: str, found: re.Match[str]) -> Expression | None:
    """去（114）年 is 去年, 昨（8）日 is 昨日: the number in brackets says the same."""
    start, end = found.span("noted")
    offset = offsets().get(found["nt_word"] + found["nt_unit"])
    if offset is None:
        return None
    if offset.unit == "year":
        return Expression(start, end, "year relative", "year", offset.steps, offset.source)
    return Expression(start, end, "day relative", "day", value=offset.steps, name=offset.source) if int(found["nt_n"]) < 32 else None


def _yesterday(text: str, found: re.Match[str]) -> Expression:
    return Expression(*found.span("yesterday"), "day relative", "day", value=-1, name="published")


def _this_month(text: str, found: re.Match[str]) -> Expression:
    return Expression(*found.span("this_month"), "month relative", "months", month_steps=0, month_from="published")


def _this_day(text: str, found: re.Match[str]) -> Expression:
    return Expression(*found.span("this_day"), "day relative", "day", name="published")


def _ago(text: str, found: re.Match[str]) -> Expression | None:
    start, end = found.span("ago")
    unit, way = found["ago_u"], found["ago_way"]
    if unit == "月" and not found["ago_g"]:
        return None
    if found["ago_n"] == "半" and unit not in ("年", "月"):
        return None
    later = "后" in way
    if later and not (leads(text, start) or text.endswith(("约", "大概"), 0, start)):
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


def _span(text: str, found: re.Match[str]) -> Expression | None:
    start, end = found.span("span")
    way, unit = found["sp_way"], found["sp_u"]
    if (unit == "月" and not found["sp_g"]) or unit == "日":
        return None
    if way == "近" and not (leads(text, start, "在比较") and (end == len(text) or text.startswith(_SPAN_ENDS, end) or _is_recent(text, start, end))):
        return None  # 历时近10年: nearly ten years
    if way == "过去" and text.endswith(("刚刚", "刚", "已", "已经", "才", "都"), 0, start) and found[0][2] not in "的这":
        return None  # 仪式刚刚过去四天
    count = number(found["sp_n"])
    later = way in ("未来", "今后")
    return Expression(start, end, "span", "span", value=count if later else -count, name=_UNIT_NAMES.get(unit, unit))


# What stands behind a length of time: 近三年的努力, 近三年时间, 近五年未见.
_LENGTH = re.compile("的|时间|时光|光景|之久|以上|[未没不历史前后多余才了过去未尚仍还就都也又]")


def _is_recent(text: str, start: int, end: int) -> bool:
    """近三年销量 at the head of a clause: the last three years."""
    return leads(text, start) and text[end - 1] == "年" and not _LENGTH.match(text, end)


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
        if before and before in "（(，,、 " and (text[start - 2 : start - 1] in "日号" or _DAY_IN_DIGITS.search(text, max(0, start - 7), start)):
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


_PAIRS = {"去今": (-1, 0), "昨今": (-1, 0), "今明": (0, 1), "明后": (1, 2), "今明后": (0, 2)}


def _pair(text: str, found: re.Match[str]) -> Expression:
    low, high = _PAIRS[found["pair_of"]]
    return Expression(*found.span("pair"), "two in a row", "pair", value=low, high=high, name=found["pair_u"])


def _same(text: str, found: re.Match[str]) -> Expression:
    return Expression(*found.span("same"), "same period", "same")


READERS: dict[str, Reader] = {
    "this_month": _this_month, "this_day": _this_day, "ago": _ago, "span": _span, "weekday": _weekday, "week": _week,
    "pair": _pair, "word": _word, "yesterday": _yesterday, "noted": _noted, "same": _same,
}  # fmt: skip
