"""What the dates of one article are counted from: its publication, the dates told before, the day of a talk.

Knows how an article tells time: a bare 5月 belongs to the year just told or to the one nearest to the publication,
次日 to the day just told, 去年同期 to the period just told, 上周 in a talk to the day of the talk. Leaves out what each
expression then means (`date_values`, `relative_values`).
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from extract.calendar_expression import HOLIDAYS, Expression
from extract.dating_words import dating_words
from extract.edtf import shift_months, year_month
from extract.lexicons import either
from extract.moments import Moment, fiscal_shift, read_moment, talk_start
from extract.years_aside import is_founding, is_year_aside

SENTENCE_END = re.compile("[。！？!?\n]")
_FROM = frozenset("自从")
_TO_NOW = re.compile("[^，,。；;\n]{1,30}?(?:以来|迄今|至今)")  # 自2007年9月1日建校以来
_ISSUES = re.compile("公布|发布|披露|公告|通报|显示")  # 1月5日公布12月的出口: what is told is gone by
_NOWADAYS = ("如今", "现在", "目前")  # 2017年税率为13%，如今5月1日实行…
_LEADS = "，。、：；！？,;:!?“”\"'（( \u3000\n在自从于到至早而但"
# Words that place a bare date ahead of the publication: 将于1月1日起施行, 定于9月举行, 10月将开工; 周二表示将收购 is past.
_AHEAD_IN_FRONT = re.compile("(?:将|拟|预计|计划|定于|届时|有望|力争|争取|确保)[^。！？；，,\n]{0,6}$")
_ONLY_A_RECORD = re.compile("的?(?:历史)?(?:同期)?(?:新[高低]|最[高低大小快慢多少好差长短]|首次?|第[一二三])")
_AHEAD_BEHIND = re.compile("[，,]?(?:也|还|又|即|都|或)?(?:可(?![能是见谓惜])|将|拟|有望|预计|计划|前(?!往)|之前|以前)")
_LIKE = ("持平", "相比", "相当", "比较")
_SET_BESIDE = ("较", "比", "与", "和", "同", "于", "由", "从", "为")  # 较上年, 高于上年, 由上年的3%升至
# What a dateline dates comes out a few days later at most.
_SENT = re.compile("电(?![影商力子动话视网信池竞价站梯缆器路脑厂])|讯(?![息问飞号])")
_NEXT_CLAUSE, _A_FIGURE = re.compile("[，,。；;]"), re.compile("[0-9一二三四五六七八九十]")
_ON_THE_WAY = timedelta(days=3)
# 发布2023年第二季度财报: the quarter that the article tells of. 预计本季度…: the one that runs.
_RESULTS = re.compile("的?(?:未经审计的?|主要|合并)?(?:财务|经营)?(?:财报|季报|业绩|报告|数据)")


# 在2016年业绩报告会上: held in the year behind the one reported; what 2016年年报 says may be of any month of 2016.
_AT_REPORT = re.compile("的?(?:年度)?(?:业绩|年报|财报|年度报告)(?:报告|说明|发布|交流|推介|沟通)?会(?:[上中，]|现场)")


_A_QUARTER = 3  # months
_CAME_TO = frozenset(("", *"，。；、：\n但而可"))


class Dated(NamedTuple):
    """Both ends in EDTF (equal for a single date), and what they rest on."""

    start: str
    end: str
    source: str  # text, published, mention
    about: bool = False
    sure: bool = True


@functools.cache
def _no_data() -> re.Pattern[str]:
    return re.compile(either(dating_words("of today")))


@functools.cache
def _began() -> re.Pattern[str]:
    return re.compile(f"[^，,。；;]{{0,6}}?(?:{either(dating_words('when it began'))})")


def point(edtf: str, source: str, about: bool = False, sure: bool = True) -> Dated:
    """A single date: both ends are the same."""
    return Dated(edtf, edtf, source, about, sure)


@dataclass(slots=True)
class Mention:
    """What the mentions that follow can lean on."""

    at: int
    end: int
    words: str
    year: int
    month: int | None
    since: int  # the month it begins with, 8 of 8月至9月; of longer stretches the last
    days: tuple[date, date] | None
    leads: bool  # it opens its clause, so that it sets the scene for what follows
    given: bool  # its year stands in the text
    goes_on: bool  # what begins then goes on until now: 自2008年以来, so that what follows is told of now
    talked: bool  # its results were talked of in the year behind it, the year of publication
    mark: str


class Anchors:
    """What is known while one article is read from start to end."""

    def __init__(self, text: str, published: str) -> None:
        self.text = text
        self.now = read_moment(published)
        self.last: Mention | None = None
        self.last_day: Mention | None = None
        self.lone_day: Mention | None = None  # the last that is a single day
        self.near_days: set[object] = set()  # months and days that are those nearest to the publication
        self.period: tuple[str, str, str] | None = None  # what 去年同期 compares with
        self.reported: tuple[str, str, str] | None = None  # the quarter whose results the article reports
        self.told = ""  # words of the mention just leaned on
        self.talk_at = talk_start(text)
        self.talk_dated = self.sent = False
        self.fiscal = fiscal_shift(text)

    @functools.cached_property
    def has_fiscal_years(self) -> bool:
        """Whether the article counts years of a company's own, so that its Q2 may be any quarter."""
        return any(word in self.text for word in ("财年", "财季", "财政年度", "FY"))

    # --- memory ---

    def remember(self, found: Dated, start: int, end: int, mark: str, opens: str = "") -> None:
        """Keep a date for those that follow."""
        text = self.text
        year, month = year_month(found.end)
        if year is None or (opens == "since" and _ONLY_A_RECORD.match(text, end)):
            return  # 创1969年12月以来新低；当月…: nothing is told of then
        leads = start == 0 or text[start - 1] in _LEADS
        talked = leads and len(found.end) == 4 and self.now is not None and self.now.year == year + 1 and _AT_REPORT.match(text, end) is not None
        goes_on = opens == "since" or text.startswith("开始", end) or (text[start - 1 : start] in _FROM and _TO_NOW.match(text, end) is not None)
        exact = len(found.end) == len(found.start) == 10 and found.start > "0001" and not HOLIDAYS.match(text, end)  # 当天 is none of days in a row
        days = (date.fromisoformat(found.start), date.fromisoformat(found.end)) if exact else None
        begins = year_month(found.start)
        since = month or 0
        if begins[0] == year and begins[1] is not None and since - begins[1] == 1:
            since = begins[1]
        self.last = Mention(start, end, text[start:end], year, month, since, days, leads, found.source == "text", goes_on, talked, mark)
        if days:
            self.last_day = self.last
            if days[0] == days[1]:
                self.lone_day = self.last
        if self.reported is None and text[end - 2 : end] == "季度" and _RESULTS.match(text, end):
            self.reported = (found.start, found.end, self.last.words)
        self.period = (found.start, found.end, self.last.words)

    def enter_report(self, found: Dated, end: int) -> None:
        """本报北京1月23日电: what an agency sent is told from that day, though a paper printed it some days later."""
        now = self.now
        if not _SENT.match(self.text, end) or now is None or now.day is None or len(found.start) != 10 or found.start != found.end or self.talk_dated:
            return
        day = date.fromisoformat(found.start)
        if timedelta(0) < now.day - day <= _ON_THE_WAY:
            self.sent = True
            self.now = Moment(found.start, day.year, day.month, day, day, now.mark)

    def enter_talk(self) -> None:
        """From `talk_at` on people speak on the day of the talk told before, if that was shortly before publication."""
        self.talk_at = len(self.text)
        day = self.last_day
        if day is None or day.days is None or self.now is None:
            return
        first, last = day.days
        if self.now.end is None or timedelta(0) <= self.now.end - last <= timedelta(days=120):
            self.talk_dated = True
            self.now = Moment(day.words, first.year, first.month if first.month == last.month else None, first, last, day.mark)

    def mark(self, found: Dated) -> str:
        """`~`, `?` or `%`, as exact and as sure as what the date rests on."""
        if found.source == "text":
            uncertain = False
        elif found.source == "published":
            uncertain = not found.sure or bool(self.now and self.now.mark)
        else:
            uncertain = not found.sure or bool(self.last and self.last.mark in ("?", "%"))
        return ("%" if found.about else "?") if uncertain else "~" if found.about else ""

    def reason(self, words: str, found: Dated, edtf: str) -> str:
        """One sentence in Chinese: how the words became the date."""
        if found.source == "text":
            return f"{words}：原文写明，读作 {edtf}"
        if found.source == "mention":
            return f"{words}：承前文「{self.told}」推算为 {edtf}"
        now = self.now
        base = "讲话日期" if self.talk_dated else "电头日期" if self.sent else "发布日期"
        return f"{words}：以{base} {now.text if now else ''} 推算为 {edtf}"

    # --- years, months and weeks ---

    def year(self, e: Expression, month: int) -> tuple[int, str, bool] | None:
        """Year of an expression, what gave it, and whether that is sure. `month` is its first."""
        if e.year_from == "text":
            return (e.year, "text", True) if e.year and 0 < e.year < 10000 else None
        if e.year_from == "published" and self.text.startswith("上年", e.start) and (told := self._year_told_of(e.start)):
            return told - 1, "mention", True
        if e.year_from == "published":
            return (self.now.year + (e.year or 0), "published", True) if self.now else None
        if e.year_from == "mention":
            last = self.last
            if last is None and e.year == -1 and self.now:  # 上一年, before any date is told
                return self.now.year - 1, "published", True
            if last is None or e.start - last.end > 400:
                return None
            self.told = last.words
            again = (e.year or 0) < 0 and last.words == self.text[e.start : e.end]  # 上一年度 … 上一年度
            return last.year + (0 if again else e.year or 0), "mention", True
        told, near = self._told_year(e.start, month), self._near_year(e, month)
        if (told is not None or self.now is None) and (doubted := self._doubted_year(e, month, told, near)):
            return doubted
        day = (e.months, e.days) if e.days else None
        if told is None or (near and day in self.near_days):  # 将自7月1日起退出。去年…。7月1日退出后: the same day
            found = near
        else:
            found = (told, "published", True) if near and near[0] == told else (told, "mention", True)
        if day and found and found[1:] == ("published", True):
            self.near_days.add(day)
        return found

    def _year_told_of(self, start: int) -> int | None:
        """The year whose 上年 is meant, where something is set beside it: of 2012年产量2亿吨，比上年增长2% not the one before publication.
        A year that an amount of the sentence is of, or the year before publication where no other date stands between (发布2012年公报。…较上年增长)."""
        last = self.last
        if last is None or self.now is None or last.year >= self.now.year or last.goes_on or last.words.startswith("上年"):
            return None
        if not self.text.endswith(_SET_BESIDE, 0, start) or is_year_aside(self.text, last.at, last.end):
            return None
        gap = self.text[last.end : start]
        if SENTENCE_END.search(gap):
            if not (last.given and last.month is None and last.year == self.now.year - 1):
                return None
        elif not _A_FIGURE.search(gap) or _began().match(gap):
            return None
        self.told = last.words
        return last.year

    def _doubted_year(self, e: Expression, month: int, told: int | None, near: tuple[int, str, bool] | None) -> tuple[int, str, bool] | None:
        """公司成立于1998年，有员工300人。3月5日，公司上市: hardly of 1998, but nothing says so; None where no such year stands in front.

        Without a publication it is that year or none that is known, so that year, unsure. With one, what has a day or is a
        quarter and opens a new sentence is of the year of publication where its month has come, just as unsure.
        """
        last, text = self.last, self.text
        if last is None or not last.given or e.start - last.end > 300 or text.find("\n", last.end, e.start) >= 0:
            return None
        if self.now is None:
            self.told = last.words
            return (told or last.year, "mention", False) if is_year_aside(text, last.at, last.end) else None
        if near is None or (e.unit == "months" and not text.endswith("截至", 0, e.start)) or month > (self.now.month or 0) or not is_founding(text, last.at, last.end):
            return None
        return (near[0], "published", False) if SENTENCE_END.search(text, last.end, e.start) else None

    def _told_year(self, start: int, month: int) -> int | None:
        """The year the text is telling of: 2013年6月他来访。……11月，产品上架。"""
        last = self.last
        if last is None or start - last.end > 300:
            return None
        if last.talked and self.now and self.now.month and self._has_come(last.year + 1, month):
            return None
        gap = self.text[last.end : start]
        self.told = last.words
        if not SENTENCE_END.search(gap):
            if last.month is None:
                if last.goes_on or gap.endswith(_NOWADAYS):
                    return None
                return last.year if last.given and (last.leads or self._is_come_to(last.at)) else None
            if self.text.endswith(dating_words("measured against"), 0, start):
                return last.year  # 二季度比一季度增产
            if month >= last.since:
                return last.year if self._has_come(last.year, month) or not _ISSUES.search(gap) else None
            return last.year + 1 if self._has_come(last.year + 1, month) and not last.given else last.year if "、" in gap else None
        if last.goes_on:
            return None
        if last.month is None:
            scene = last.given and last.leads and "\n" not in gap and self._has_come(last.year, month)
            return last.year if scene else None
        return last.year if month >= last.since and self._has_come(last.year, month) else None

    def _is_come_to(self, start: int) -> bool:
        """到了2017年，公司前三季度亏损; but 收到了2017年的奖状."""
        return self.text.endswith("到了", 0, start) and self.text[start - 3 : start - 2] in _CAME_TO

    def _has_come(self, year: int, month: int) -> bool:
        now = self.now
        return now is None or (year, month) <= (now.year, now.month or 12)

    def _near_year(self, e: Expression, month: int) -> tuple[int, str, bool] | None:
        """The year in which a bare month lies nearest to the publication; further than half a year ahead is last year's."""
        now = self.now
        if now is None:
            return None
        if now.month is None:
            return now.year, "published", True
        ahead = month - now.month
        if e.rule == "first quarters" and 3 * e.high - now.month > _A_QUARTER and not self.looks_ahead(e):
            return now.year - 1, "published", False  # 前三季度 told in May is of the year before
        if ahead <= 0:
            soon = ahead <= -7 and self.looks_ahead(e)  # in December: 将于1月1日起
            return now.year + soon, "published", True
        if self.looks_ahead(e):
            return now.year, "published", True
        return (now.year, "published", ahead <= 1) if ahead <= 6 else (now.year - 1, "published", True)

    def looks_ahead(self, e: Expression) -> bool:
        """The words around a bare date put it ahead of the publication."""
        if _AHEAD_BEHIND.match(self.text, e.end) or e.opens == "before":
            return True
        return bool(_AHEAD_IN_FRONT.search(self.text[max(0, e.start - 10) : e.start])) and not self.text.endswith(dating_words("measured against"), 0, e.start)

    def base_month(self, e: Expression) -> tuple[int, int, str] | None:
        """Year and month of 上月 (from the publication) or 次月 (from the mention before)."""
        if e.month_steps == -1 and not e.year_from and self._is_beside(e) and (month := self._data_month(e.start)):
            return *shift_months(*month, -1), "mention"
        if e.month_from == "mention" and (last := self.last) and last.month and e.start - last.end <= 300:
            self.told = last.words
            return *shift_months(last.year, last.month, e.month_steps or 0), "mention"
        if self.now is None or self.now.month is None or e.month_from == "mention":
            return None
        return *shift_months(self.now.year, self.now.month, e.month_steps or 0), "published"

    def _is_beside(self, e: Expression) -> bool:
        """较上月, 低于上月, 与上月持平: what is told is set beside it."""
        if self.text.endswith(dating_words("measured against"), 0, e.start):
            return True
        return self.text.startswith(_LIKE, e.end) and self.text.endswith(("与", "和", "跟"), 0, e.start)

    def _data_month(self, start: int) -> tuple[int, int] | None:
        """The month whose data the paragraph just told: of 10月出口增长6.9%，增幅较上月加快 the tenth."""
        last = self.last
        if last is None or last.month is None or last.days or last.words[0] in "上本这下" or start - last.end > 120:
            return None
        if self.period is None or self.period[0] != self.period[1] or len(self.period[1]) != 7 or not self._has_come(last.year, last.month):
            return None  # a quarter or half a year, whose last month nobody set beside
        gap = self.text[last.end : start]
        if "\n" in gap:
            return None
        if _no_data().search(gap) or (_NEXT_CLAUSE.search(gap) and not _A_FIGURE.search(gap)):
            return None  # 3月开业，客流比上月增长
        self.told = last.words
        return last.year, last.month

    def monday(self, weeks: int) -> date | None:
        """Monday of the week of the publication, or so many weeks from it."""
        day = self.now.day if self.now else None
        return day - timedelta(days=day.isoweekday() - 1 - 7 * weeks) if day else None


Resolver = Callable[[Anchors, Expression], Dated | None]
