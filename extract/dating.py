"""When a told deed happened: which of the dates around it is its own.

Knows the order in which a reader looks (clause, sentence, the sentences before it in the paragraph, the article's
frame) and what words do to an inherited date (那天 keeps it, 随后 leaves only the year). Leaves out how words become
dates; that is `times.py`.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from extract.calendar_words import number
from extract.dating_words import TITLE_ENDS, dating_words
from extract.lexicons import either, set_in, words_in
from extract.meeting_words import any_meeting
from extract.mentions import Time
from extract.period_readers import FIVE_YEAR_PLAN


@dataclass(slots=True, eq=False)  # not a tuple: its fields are asked for again and again
class Dated:
    """A date for a deed. `near` says where it was found: clause, sentence, paragraph, frame, lead."""

    edtf: str
    words: str
    span: tuple[int, int] | None
    near: str


@dataclass(slots=True, eq=False)
class Frame:
    """A date the text goes on from, and how many paragraphs and sentences ago it was given."""

    date: Dated
    paragraphs: int
    sentences: int


_NOT_A_DATE_AFTER = re.compile(r"(?:[^，,。；;与和同跟较比\n]{0,6}相比|的?基础上|同期|底前|年报|版|以前|度的)")
_HIGHER_THAN = re.compile("[高低优快慢]于[^，,。；;\n]{1,6}$")  # 高于宁波上年三季度的4%
_THAT_DAY = re.compile(r"那天|当天|当日|当晚|同日|同一天|期间(?<![一-鿿]期间)|其间|同年|同月|会上|会议上|仪式上|论坛上")
_SAME_DAY = re.compile(_THAT_DAY.pattern + r"|同时(?<!的同时)|彼时|当时|此举|会后")
_RECENT = re.compile(r"近日|日前(?<![0-9零一二三四五六七八九十]日前)|最近|近期|不久前|刚刚|近来")
_LIST = re.compile(r"^(?:、|和|及|与|以及|,|，|或)$")


_NOWADAYS = frozenset(["今天", "今日", "明天", "昨天"])  # 今天的消费人群: in our days


@functools.cache
def _no_date_behind() -> tuple[str, ...]:
    return words_in("dating", "no date of a deed behind", "measured against")


def usable(text: str, times: Sequence[Time]) -> list[Time]:
    """The times a deed can have happened at: not 截至…, not what something is compared with."""
    return [
        time
        for time in times
        if time.edtf
        and time.text not in set_in("dating", "points at now")
        and not (time.text in _NOWADAYS and text.startswith("的", time.end))
        and not time.edtf.startswith("..")
        and time.rule != FIVE_YEAR_PLAN
        and not text.startswith(TITLE_ENDS, time.end)
        and not (time.text in set_in("dating", "feasts of fairs") and _OF_A_FAIR.match(text, time.end))
        and not text.endswith(_no_date_behind(), 0, time.start)
        and not _NOT_A_DATE_AFTER.match(text, time.end)
        and not (text.find("于", max(0, time.start - 8), time.start) >= 0 and _HIGHER_THAN.search(text, max(0, time.start - 8), time.start))
    ]


_OF_A_FAIR = re.compile("[一-鿿]{0,4}(?:(?:大|晚|庙|灯|博览|恳亲)会|文化节|音乐节)")  # 中秋|恳亲大会: which one it is


def until(text: str, times: Sequence[Time], start: int, at: int) -> Dated | None:
    """截至6月5日，已有20个省份公布: done at some time up to the day, which is all that is told."""
    for time in reversed(times):
        if start <= time.start and time.end <= at and len(time.edtf) == 10 and text.endswith(("截至", "截止", "截止到", "截至到"), 0, time.start):
            return Dated(f"../{time.edtf}", time.text, (time.start, time.end), "clause")
    return None


def is_future(date: Dated, published: str) -> bool:
    """Whether the date begins after the article."""
    if date.edtf[:4] < published[:4]:
        return False  # most are of a year before
    published = published[:10].rstrip("?~%")
    begin = date.edtf.partition("/")[0].rstrip("~?%")
    return len(published) >= 4 and begin[: len(published)] > published and begin[:4].isdigit()


def in_brackets(text: str, time: Time, start: int) -> bool:
    """A date in brackets explains something; the story does not go on from it."""
    return max(text.rfind("（", start, time.start), text.rfind("(", start, time.start)) > max(
        text.rfind("）", start, time.start), text.rfind(")", start, time.start)
    )


def own_dates(text: str, times: Sequence[Time], start: int, end: int, at: int, to: int, sentence: int) -> list[Dated]:
    """Dates of the deed at [at, to) from its own clause [start, end): those ahead of it, or right behind it.

    2013年12月及今年2月 gives two: the deed happened twice. Of several the finest is the deed's, the coarser belong to
    what it is done to: 11月27日,济源2019年第四季度重点项目集中开工活动举行. `sentence` is where the sentence starts.
    """
    ahead = [time for time in times if start <= time[0] and time[1] <= at and not is_attribute(text, time)]
    if ahead and ahead[-1] is not times[0]:  # 5月3日，股价（2日停牌）|上涨
        ahead = [time for time in ahead if text[time.start - 1] not in "（(" or not _GOES_ON_IN.match(text, time.end, at)]
    if ahead and ahead[-1] is times[0]:  # the only one so far
        return [_dated(ahead[0], "clause")]
    if ahead:
        outer = [time for time in times if sentence <= time.start and time.end <= start]
        if outer and _FILLER.match(text[outer[-1].end : start]) and fineness(outer[-1].edtf) > fineness(ahead[-1].edtf):
            return _last_of(text, outer, "clause")
        finest = max(ahead, key=lambda time: (fineness(time.edtf), time.start))
        return _last_of(text, ahead[: ahead.index(finest) + 1], "clause")
    for time in times:
        if time[0] == to and text[to - 1] == "于":  # 生于1964年
            return [_dated(time, "clause")]
        if to < time[0] <= to + 12 and time[1] <= end:  # 成立于2003年, 加盟公司是在2009年
            return [_dated(time, "clause")] if text.endswith("是在", to, time[0]) or text[to : time[0]] in ("于", "在", "了于") else []
    return []


_GOES_ON_IN = re.compile("[^（()）至到—~,，-][^（()）]*[)）]")


def fineness(edtf: str) -> int:
    """How exact a date is: 10 a day, 7 a month, 4 a year; of an interval its first end."""
    return len(edtf.split("/", 1)[0].rstrip("~?%"))


_FILLER = re.compile(r"^(?:[早就在自从到晚间上下午凌晨傍,，年末初底的时候]|但|而|不过|同时|此外)*$")


def sentence_dates(text: str, times: Sequence[Time], start: int, clause: int) -> list[Dated]:
    """The last dates of the sentence ahead of the clause; near as its own where nothing else stands between."""
    ahead = [time for time in times if start <= time[0] and time[1] <= clause]
    if not ahead:
        return []
    if ahead[1:]:  # 召开上半年发布会，市长主持: the half-year is that of the thing
        ahead = [time for time in ahead if not is_attribute(text, time)] or ahead
    while ahead[1:] and _is_of_the_thing(text, ahead):
        ahead = ahead[:-1]
    near = "clause" if _FILLER.match(text[ahead[-1].end : clause]) else "sentence"
    return _last_of(text, ahead, near) if ahead[1:] else [_dated(ahead[0], near)]


def _is_of_the_thing(text: str, ahead: Sequence[Time]) -> bool:
    """3月1日，2019年全县一季度工程现场会召开: the last date, coarser than one before it, is that of the meeting."""
    *others, last = ahead
    if max(fineness(time.edtf) for time in others) <= fineness(last.edtf):
        return False
    return _ATTRIBUTE.match(text, last.end) is not None and _JOINING.fullmatch(text, others[-1].end, last.start) is not None


_ATTRIBUTE = re.compile(r"[“\"]?[\u4e00-\u9fff](?<![，起开至到前以内的底末])")
_JOINING = re.compile(r"(?:上午|下午|中午|晚上?|晚间|凌晨|傍晚)?[，, ]?[^，,；;。、和及与]{0,10}")
_WITHIN = re.compile(r"[^，,；;。、和及与]{2,10}")


def _last_of(text: str, ahead: Sequence[Time], near: str) -> list[Dated]:
    """The last date and those listed with it: 2013年12月及今年2月; 6月6日 of 6月6日召开公司2016年股东大会."""
    if ahead[1:] and fineness(ahead[-2].edtf) > fineness(ahead[-1].edtf) and _WITHIN.fullmatch(text, ahead[-2].end, ahead[-1].start):
        ahead = ahead[:-1]
    chosen = [ahead[-1]]
    for time in reversed(ahead[:-1]):
        if not _LIST.match(text[time.end : chosen[0].start]):
            break
        chosen.insert(0, time)
    return [_dated(time, near) for time in chosen]


_AGE = re.compile(r"(?:已经|已|了|至今|刚刚)?(\d{1,3}|[一二三四五六七八九十]{1,3})(?:周年(?![前后庆纪系活大晚主])|年(?![代月之纪庆前后内间期来]|时(?!间)|至今|以来))")


def by_age(text: str, end: int, now: str) -> Dated | None:
    """成立33年, 成立八周年 in an article of 2018, or with 2018 in its clause: the year is that many years before `now`."""
    match = _AGE.match(text, end)
    if not match or not now[:4].isdigit():
        return None
    year = int(now[:4]) - number(match.group(1))
    return Dated(f"{year}{'?' if '?' in now else ''}", match.group(), match.span(), "clause")


@functools.cache
def _meeting() -> re.Pattern[str]:
    return re.compile("|".join((*_THERE, any_meeting("held"))))


_THERE = ("会上", "活动上", "致辞中", "致词中", "讲话中", "致辞时", "致词时", "讲话时")


def at_meeting(text: str, start: int, end: int, told: str) -> bool:
    """在会上, 主持开工仪式: whether a sentence speaks of the meeting told before in the words `told`."""
    if text.startswith(_THE_MEETING, start) or _AT_THIS_ONE.match(text, start, end):
        return True  # 大会选举刘立人为市长: the meeting that was told, whatever it was called
    return any(word in _THERE or word in told for word in _meeting().findall(text, start, end))


_THE_MEETING = ("大会", "会议")
# 在本届洽谈会上
_AT_THIS_ONE = re.compile(r"(?:在)?(?:(?:本届|本次|此次|这次)[^，。；]{0,10}?(?:会|论坛|[节展])(?:上|现场))，?")


def is_attribute(text: str, time: Time) -> bool:
    """宣布2021年下半年重大项目开工: behind a verb or 了 the date belongs to what the deed is done to."""
    if text[time.start - 1 : time.start] == "了" or text.endswith(dating_words("takes a date"), 0, time.start):
        return True
    return time.text[0] in "12" and time.text.endswith("年度")


@functools.cache
def _later() -> re.Pattern[str]:
    return re.compile(either(dating_words("later on")))


def inherited(text: str, start: int, end: int, frame: Dated, paragraphs: int, sentences: int) -> Dated:
    """What is left of the frame's date for a sentence that gives none, so many paragraphs and sentences behind it.

    All of it right after, or with 那天, 期间 in one of the next two paragraphs, 当天 in the next few; else its year.
    """
    if text.find("昨", start, end) >= 0:
        return _near(frame, year_only(frame.edtf), "frame")  # 昨天公告增发: the day before a day that nobody gives
    keeps = _SAME_DAY if paragraphs == 0 else _THAT_DAY if paragraphs <= 2 else _ON_THE_DAY if paragraphs <= _FEW else None
    if keeps and (word := keeps.search(text, start, end)) and (word.group() not in _DAYS or fineness(frame.edtf) >= 10):
        return _near(frame, frame.edtf, "paragraph")
    if paragraphs == 0 and sentences <= 1 and not _later().search(text, start, end):
        return _near(frame, frame.edtf, "paragraph")
    return _near(frame, year_only(frame.edtf), "frame")


_ON_THE_DAY = re.compile("当天|当日|当晚")
_FEW = 8
_DAYS = frozenset(["那天", "当天", "当日", "当晚", "同日", "同一天"])


def _near(date: Dated, edtf: str, near: str) -> Dated:
    return Dated(edtf, date.words, date.span, near)


def goes_on(text: str, start: int, end: int) -> bool:
    """Whether the wording ties the sentence to what was told before: 随后, 那天, 会上."""
    return bool(_later().search(text, start, end) or _SAME_DAY.search(text, start, end))


def same_day(text: str, start: int, end: int) -> bool:
    """Whether the wording keeps the date: 那天, 期间, 会上."""
    return bool(_SAME_DAY.search(text, start, end))


_A_YEAR = re.compile(r"\d{4}")


def year_only(edtf: str) -> str:
    """2020-11-10 -> 2020~: what is sure of a deed told after that of the date; 2020-11-10? -> 2020%."""
    match = _A_YEAR.match(edtf)
    return f"{match.group()}{_vague(edtf)}" if match else edtf


def _vague(edtf: str) -> str:
    """The mark of an approximate date; what rests on an inferred date is uncertain too."""
    return "%" if "?" in edtf or "%" in edtf else "~"


def recently(text: str, start: int, end: int, published: str) -> Dated | None:
    """近日, 日前: about the month of publication; nothing else may take the article's day."""
    match = _RECENT.search(text, start, end)
    if not match or len(published) < 4:
        return None
    month = published.rstrip("?~%")[:7]
    return Dated(month + _vague(published), match.group(), match.span(), "clause")


def of_publication(published: str) -> Frame | None:
    """News that gives no date is of the month it came out in, as far as can be told."""
    month = published[:7].rstrip("?~%")
    return Frame(Dated(month + "?", "", None, "lead"), 0, 0) if len(month) >= 4 else None


def on(time: Time, near: str) -> Dated:
    """The date that `time` gives; of 自9月4日起 the day itself."""
    return _dated(time, near)


def _dated(time: Time, near: str) -> Dated:
    if time.edtf[10:] == "/.." and time.text[-1] == "起":  # 自9月4日起实施: it was done on the day
        return Dated(time.edtf[:-3], time.text, (time.start, time.end), near)
    return Dated(time.edtf, time.text, (time.start, time.end), near)
