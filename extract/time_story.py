"""Which date an expression means in one article: what it is counted from, and what was told before it.

Knows how an article tells time: a bare 5月 belongs to the year just told or to the one nearest to the publication,
次日 to the day just told, 去年同期 to the period just told, 上周 in a talk to the day of the talk. Leaves out how
expressions are written (`time_expressions`) and what single words stand for (`calendar_words`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from extract.calendar_words import festival_day, last_day, lunar_day, lunar_months, number
from extract.edtf import parse_edtf
from extract.mentions import Time
from extract.time_expressions import Expression

# 五一假期, “五一”小长假: days in a row, so that 当天 is none of them.
_HOLIDAYS = re.compile("[”」]?[0-9]?[天日]?(?:期间|假期|假日|长假|小长假|黄金周)")
_SENTENCE_END = re.compile("[。！？!?\n]")
_LEADS = "，。、：；！？,;:!?“”\"'（( \u3000\n在自从于到至早而但"
# Words that place a bare date ahead of the publication: 将于1月1日起施行, 定于9月举行, 10月将开工; 周二表示将收购 is past.
_AHEAD_IN_FRONT = re.compile("(?:将|拟|预计|计划|定于|届时|有望|力争|争取|确保)[^。！？；，,\n]{0,6}$")
_AHEAD_BEHIND = re.compile("[，,]?(?:也|还|又|即|都|或)?(?:将|拟|有望|预计|计划|前(?!往)|之前|以前)")
_COMPARES = ("较", "比", "同比", "相比", "高于", "低于", "对比")
_TALK = re.compile(
    "(?:演讲|讲话|发言|致辞|分享|对话|访谈|采访)的?(?:内容)?(?:实录|全文|原文)|以下[是为][^。\n]{0,30}(?:演讲|讲话|发言|致辞|分享)"
)
_FISCAL = re.compile(
    "截[至止](?:[0-9]{4}年)?([0-9]{1,2})月(?:[0-9]{1,2}日|底|末)?止?的?(?:[0-9]{4}年?)?(?:财年|财政年度)?第([一二三四1-4])(?:财|季)"
)
_MONTHS_ENDED = re.compile("止?的?前?([一二三四五六七八九十]{1,2}|1?[0-9])个月(?!后|前)")
# A dateline stands at the head of an article; what it dates comes out a few days later at most.
_DATELINE = 300
_SENT = re.compile("电(?![影商力子动话视网信池竞价站梯缆器路脑厂])|讯(?![息问飞号])")
_ON_THE_WAY = timedelta(days=3)
# 发布2023年第二季度财报: the quarter that the article tells of. 预计本季度…: the one that runs.
_RESULTS = re.compile("的?(?:未经审计的?|主要|合并)?(?:财务|经营)?(?:财报|季报|业绩|报告|数据)")
_FORESEEN = re.compile("预计|预期|展望|将|有望|指引|料")
_TEN_DAYS = {"上": (1, 10), "中": (11, 20), "下": (21, 31)}
_SEASON_MONTH = {21: 3, 22: 6, 23: 9, 24: 12}


class Moment(NamedTuple):
    """The publication, or the day of a talk, as exactly as it is known."""

    text: str
    year: int
    month: int | None
    day: date | None  # the first day, where the day is known
    end: date | None  # the last one: a meeting of two days
    mark: str  # "?" where it is only inferred


class Dated(NamedTuple):
    """Both ends in EDTF (equal for a single date), and what they rest on."""

    start: str
    end: str
    source: str  # text, published, mention
    about: bool = False
    sure: bool = True


@dataclass(slots=True)
class _Mention:
    """What the mentions that follow can lean on."""

    at: int
    end: int
    words: str
    year: int
    month: int | None
    days: tuple[date, date] | None
    leads: bool  # it opens its clause, so that it sets the scene for what follows
    given: bool  # its year stands in the text
    mark: str


def read_moment(published: str) -> Moment | None:
    """EDTF of a publication as far as it goes: 2020-06? is year 2020, month 6, no day; None where it is no date."""
    edtf = parse_edtf(published) if published else None
    if edtf is None or edtf.earliest is None or edtf.latest is None or edtf.earliest.year != edtf.latest.year:
        return None
    first, last = edtf.earliest, edtf.latest
    exact = edtf.precision == "day"
    month = first.month if first.month == last.month else None
    return Moment(published, first.year, month, first if exact else None, last if exact else None, "?" if edtf.uncertain else "")


class Story:
    """One article while it is read from start to end."""

    def __init__(self, text: str, published: str) -> None:
        self.text = text
        self.now = read_moment(published)
        self.last: _Mention | None = None
        self.last_day: _Mention | None = None
        self.period: tuple[str, str, str] | None = None  # what 去年同期 compares with
        self.reported: tuple[str, str, str] | None = None  # the quarter whose results the article reports
        self.told = ""  # words of the mention just leaned on
        self.talk_at = _talk_start(text)
        self.in_talk = self.talk_dated = self.sent = False
        self.fiscal = _fiscal_shift(text)

    def tell(self, first: Expression, second: Expression | None) -> Time | None:
        """The mention an expression makes, remembered for those that follow; None where it stays open."""
        if first.start > self.talk_at and not self.in_talk:
            self._enter_talk()
        found = self.resolve(first)
        if second is not None and found is not None:
            found = self._join(found, second)
        if found is None:
            return None
        start, end, opens = first.start, (second or first).end, (second or first).opens
        found, end = self._period_up_to(found, start, end)
        mark = self._mark(found)
        compares = first.unit == "same" or self.text[max(0, start - 2) : start].endswith(_COMPARES)  # 恢复到去年同期的九成
        edtf = _written(found, opens, mark)
        text = self.text
        words = text[start:end]
        time = Time(
            start, end, words, edtf, "absolute" if found.source == "text" else "relative", self._reason(words, found, edtf), first.rule
        )
        self._remember(found, start, end, compares, mark)
        if start < _DATELINE and _SENT.match(text, end):
            self._enter_report(found)
        return time

    # --- memory ---

    def _remember(self, found: Dated, start: int, end: int, compares: bool, mark: str) -> None:
        text = self.text
        year, month = _year_month(found.end)
        if year is None or compares:
            return
        leads = start == 0 or text[start - 1] in _LEADS
        exact = len(found.end) == len(found.start) == 10 and not _HOLIDAYS.match(text, end)
        days = (date.fromisoformat(found.start), date.fromisoformat(found.end)) if exact else None
        self.last = _Mention(start, end, text[start:end], year, month, days, leads, found.source == "text", mark)
        if days:
            self.last_day = self.last
        if self.reported is None and text[end - 2 : end] == "季度" and _RESULTS.match(text, end):
            self.reported = (found.start, found.end, self.last.words)
        self.period = (found.start, found.end, self.last.words)

    def _enter_report(self, found: Dated) -> None:
        """本报北京1月23日电: what an agency sent is told from that day, though a paper printed it some days later."""
        now = self.now
        if now is None or now.day is None or len(found.start) != 10 or found.start != found.end or self.talk_dated:
            return
        day = date.fromisoformat(found.start)
        if timedelta(0) < now.day - day <= _ON_THE_WAY:
            self.sent = True
            self.now = Moment(found.start, day.year, day.month, day, day, now.mark)

    def _enter_talk(self) -> None:
        """From here on people speak on the day of the talk told before, if that was shortly before publication."""
        self.in_talk = True
        day = self.last_day
        if day is None or day.days is None or self.now is None:
            return
        first, last = day.days
        if self.now.end is None or timedelta(0) <= self.now.end - last <= timedelta(days=120):
            self.talk_dated = True
            self.now = Moment(day.words, first.year, first.month if first.month == last.month else None, first, last, day.mark)

    def _mark(self, found: Dated) -> str:
        if found.source == "text":
            uncertain = False
        elif found.source == "published":
            uncertain = not found.sure or bool(self.now and self.now.mark)
        else:
            uncertain = not found.sure or bool(self.last and self.last.mark)
        return {(False, False): "", (True, False): "~", (False, True): "?", (True, True): "%"}[found.about, uncertain]

    def _reason(self, words: str, found: Dated, edtf: str) -> str:
        if found.source == "text":
            return f"{words}：原文写明，读作 {edtf}"
        if found.source == "mention":
            return f"{words}：承前文「{self.told}」推算为 {edtf}"
        now = self.now
        base = "讲话日期" if self.talk_dated else "电头日期" if self.sent else "发布日期"
        return f"{words}：以{base} {now.text if now else ''} 推算为 {edtf}"

    # --- years ---

    def _year(self, e: Expression, month: int, span: int = 1) -> tuple[int, str, bool] | None:
        """Year of an expression, what gave it, and whether that is sure. `month` is its first, `span` its length."""
        if e.year_from == "text":
            return (e.year, "text", True) if e.year and 0 < e.year < 10000 else None
        if e.year_from == "published":
            return (self.now.year + (e.year or 0), "published", True) if self.now else None
        if e.year_from == "mention":
            last = self.last
            if last is None and e.year == -1 and self.now:  # 上一年, before any date is told
                return self.now.year - 1, "published", True
            if last is None or e.start - last.end > 400:
                return None
            self.told = last.words
            return last.year + (e.year or 0), "mention", True
        told, near = self._told_year(e.start, month), self._near_year(e, month)
        if told is None:
            return near
        return (told, "published", True) if near and near[0] == told else (told, "mention", True)

    def _told_year(self, start: int, month: int) -> int | None:
        """The year the text is telling of: 2013年6月他来访。……11月，产品上架。"""
        last = self.last
        if last is None or start - last.end > 300:
            return None
        gap = self.text[last.end : start]
        self.told = last.words
        if not _SENTENCE_END.search(gap):
            if last.month is None:
                return last.year if last.leads and last.given else None
            if month >= last.month:
                return last.year
            return last.year + 1 if self._has_come(last.year + 1, month) and not last.given else last.year if "、" in gap else None
        if last.month is None:
            scene = last.given and last.leads and "\n" not in gap and self._has_come(last.year, month)
            return last.year if scene else None
        return last.year if month >= last.month and self._has_come(last.year, month) else None

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
        if ahead <= 0:
            soon = ahead <= -7 and self._looks_ahead(e)  # in December: 将于1月1日起
            return now.year + soon, "published", True
        if self._looks_ahead(e):
            return now.year, "published", True
        return (now.year, "published", ahead <= 1) if ahead <= 6 else (now.year - 1, "published", True)

    def _looks_ahead(self, e: Expression) -> bool:
        """The words around a bare date put it ahead of the publication."""
        if _AHEAD_BEHIND.match(self.text, e.end) or e.opens == "before":
            return True
        return bool(_AHEAD_IN_FRONT.search(self.text[max(0, e.start - 10) : e.start]))

    # --- one resolver for each unit ---

    def resolve(self, e: Expression) -> Dated | None:
        """An expression as EDTF ends; None where the article does not say enough."""
        return getattr(self, f"_{e.unit}_date")(e)

    def _year_date(self, e: Expression) -> Dated | None:
        year = self._year(e, 1)
        return _point(f"{year[0]:04d}", year[1]) if year else None

    def _months_date(self, e: Expression) -> Dated | None:
        if e.month_from:
            return self._relative_month(e)
        low, high = e.months or (1, 12)
        year = self._year(e, low)
        if year is None or not 1 <= low <= 12 or not 1 <= high <= 12:
            return None
        end_year = year[0] + (high < low)
        return Dated(f"{year[0]:04d}-{low:02d}", f"{end_year:04d}-{high:02d}", year[1], bool(e.part), year[2])

    def _relative_month(self, e: Expression) -> Dated | None:
        base = self._base_month(e)
        if base is None:
            return None
        year, month, source = base
        if e.year_from and (named := self._year(e, month)):  # 去年本月
            year = named[0]
        if e.unit == "days":
            return self._days_in(year, month, month, e, source, True)
        written = f"{year:04d}-{month:02d}"
        return Dated(written, written, source, bool(e.part))

    def _base_month(self, e: Expression) -> tuple[int, int, str] | None:
        """Year and month of 上月 (from the publication) or 次月 (from the mention before)."""
        if e.month_from == "mention" and (last := self.last) and last.month and e.start - last.end <= 300:
            self.told = last.words
            return *_shift_months(last.year, last.month, e.month_steps or 0), "mention"
        if self.now is None or self.now.month is None or e.month_from == "mention":
            return None
        return *_shift_months(self.now.year, self.now.month, e.month_steps or 0), "published"

    def _days_date(self, e: Expression) -> Dated | None:
        if e.month_from:
            return self._relative_month(e)
        if e.months is None:
            return self._bare_day(e)
        year = self._year(e, e.months[0])
        return self._days_in(year[0], *e.months, e, year[1], year[2]) if year else None

    def _days_in(self, year: int, low: int, high: int, e: Expression, source: str, sure: bool) -> Dated | None:
        end_year = year + (high < low)
        if not 1 <= low <= 12 or not 1 <= high <= 12:
            return None
        first, last = e.days or (min(_TEN_DAYS[c][0] for c in e.part), min(max(_TEN_DAYS[c][1] for c in e.part), last_day(end_year, high)))
        if not 1 <= first <= last_day(year, low) or not 1 <= last <= last_day(end_year, high):
            return None
        start, end = f"{year:04d}-{low:02d}-{first:02d}", f"{end_year:04d}-{high:02d}-{last:02d}"
        return Dated(start, end, source, False, sure) if start <= end else None

    def _bare_day(self, e: Expression) -> Dated | None:
        """12日: in the month just told of, else the last such day before the publication."""
        day = (e.days or (1, 1))[0]
        last = self.last
        if last and last.month and "\n" not in self.text[last.end : e.start] and e.start - last.end <= 200:
            told_day = last.days[1].day if last.days else 0
            one_sentence = not _SENTENCE_END.search(self.text, last.end, e.start)
            if day >= told_day and (one_sentence or (told_day and last.leads)):
                self.told = last.words
                return self._days_in(last.year, last.month, last.month, e, "mention", True)
        now = self.now
        if now is None or now.month is None:
            return None
        year, month = now.year, now.month
        if now.day and day != now.day.day and (day > now.day.day) != self._looks_ahead(e):
            year, month = _shift_months(year, month, -1 if day > now.day.day else 1)
            if day > last_day(year, month):  # read on 22 March 2018, 29日 is none of February
                return self._days_in(now.year, now.month, now.month, e, "published", False)
        return self._days_in(year, month, month, e, "published", now.day is not None)

    def _nth_week_date(self, e: Expression) -> Dated | None:
        """八月的第一个周二 is a day; 八月第一周 about its first seven days, for people begin weeks differently."""
        month = (e.months or (1, 1))[0]
        year = self._year(e, month)
        if year is None:
            return None
        end, written = last_day(year[0], month), f"{year[0]:04d}-{month:02d}"
        if not e.high:
            last = min(7 * e.value, end) if e.value else end
            first = 7 * e.value - 6 if e.value else end - 6
            return Dated(f"{written}-{first:02d}", f"{written}-{last:02d}", year[1], True, year[2]) if first <= last else None
        day = 1 + (e.high - date(year[0], month, 1).isoweekday()) % 7 + 7 * (e.value - 1)
        if not e.value:
            day = end - (date(year[0], month, end).isoweekday() - e.high) % 7
        return _point(f"{written}-{day:02d}", year[1], False, year[2]) if day <= end else None

    def _edge_date(self, e: Expression) -> Dated | None:
        """8月的最后一天, 今年第一天."""
        if e.month_from:
            base = self._base_month(e)
            year, low = (((base[0], base[2], True), base[1]) if base else (None, 1))
            high = low
        else:
            low, high = e.months or (1, 12)
            year = self._year(e, high)
        if year is None:
            return None
        month, day = (low, 1) if e.value > 0 else (high, last_day(year[0], high))
        return _point(f"{year[0]:04d}-{month:02d}-{day:02d}", year[1], False, year[2])

    def _pair_date(self, e: Expression) -> Dated | None:
        """今明两年, 今明两天."""
        now = self.now
        if now is None or (e.name != "年" and now.day is None):
            return None
        if e.name == "年":
            return Dated(f"{now.year + e.value:04d}", f"{now.year + e.high:04d}", "published")
        first, last = (now.day + timedelta(days=steps) for steps in (e.value, e.high)) if now.day else ("", "")
        return Dated(str(first), str(last), "published")

    def _half_date(self, e: Expression) -> Dated | None:
        return self._month_span(e, 6 * e.value - 5, 6 * e.value)

    def _quarters_date(self, e: Expression) -> Dated | None:
        if not 1 <= e.value <= e.high <= 4:
            return None
        if self.fiscal and not e.year_from:
            return self._fiscal_quarter(e)
        return self._month_span(e, 3 * e.value - 2, 3 * e.high)

    def _month_span(self, e: Expression, low: int, high: int) -> Dated | None:
        year = self._year(e, low)
        if year is None:
            return None
        if e.part:
            low = high = high if e.part in "末底" else low
        return Dated(f"{year[0]:04d}-{low:02d}", f"{year[0]:04d}-{high:02d}", year[1], bool(e.part), year[2])

    def _fiscal_quarter(self, e: Expression) -> Dated | None:
        """第一季 where the article says 截至6月30日的第一季: the last one that ended before the publication."""
        if self.now is None:
            return None
        year, month = self.now.year, (3 * e.high + self.fiscal - 1) % 12 + 1
        if (year, month) >= (self.now.year, self.now.month or 12):
            year -= 1
        start = _shift_months(year, month, -2 - 3 * (e.high - e.value))
        return Dated(f"{start[0]:04d}-{start[1]:02d}", f"{year:04d}-{month:02d}", "published")

    def _season_date(self, e: Expression) -> Dated | None:
        year = self._year(e, _SEASON_MONTH[e.value])
        return _point(f"{year[0]:04d}-{e.value}", year[1], False, year[2]) if year else None

    def _festival_date(self, e: Expression) -> Dated | None:
        told = self.last.year if self.last else self.now.year if self.now else 2020
        month = int((festival_day(e.name, told) or "0000-01")[5:7])
        year = self._year(e, month)
        day = festival_day(e.name, year[0]) if year else ""
        return Dated(day, day, year[1], False, year[2]) if year and day else None

    def _lunar_date(self, e: Expression) -> Dated | None:
        month = (e.months or (1, 1))[0]
        year = self._year(e, min(month + 1, 12))
        if year is None:
            return None
        if e.days:
            day = lunar_day(year[0], month, e.days[0], e.leap)
            return Dated(day.isoformat(), day.isoformat(), year[1], False, year[2]) if day else None
        for start, length, number_, leap in lunar_months(year[0]):
            if number_ == month and leap == e.leap:
                return Dated(start.isoformat(), (start + timedelta(days=length - 1)).isoformat(), year[1], False, year[2])
        return None

    def _same_date(self, e: Expression) -> Dated | None:
        """去年同期: the period just told, in the year that is named or that many years before."""
        if self.period is None:
            return self._year_date(e)
        start, end, self.told = self.period
        year = _year_month(start)[0]
        if year is None:
            return None
        steps = (e.year or 0) - year if e.year_from == "text" else (e.year or 0)
        ends = [_move_year(written, steps) for written in (start, end)]
        return Dated(ends[0], ends[1], "mention" if e.year_from != "text" else "text")

    def _decade_date(self, e: Expression) -> Dated | None:
        return Dated(f"{e.year}X", f"{e.high}X", "text", bool(e.part))

    def _century_date(self, e: Expression) -> Dated | None:
        return _point(f"{e.year}XX", "text", bool(e.part))

    def _part_date(self, e: Expression) -> Dated | None:
        """年底 is that of the year; in January and February without a plan it is the one just past."""
        year = self._year(e, e.value)
        if year is None:
            return None
        if not e.year_from and year[1] == "published" and (now := self.now):
            past = e.value == 12 and now.month is not None and now.month <= 2 and not self._looks_ahead(e)
            return _point(f"{now.year - past:04d}-{e.value:02d}", "published", True)
        return _point(f"{year[0]:04d}-{e.value:02d}", year[1], True, year[2])

    def _day_date(self, e: Expression) -> Dated | None:
        if e.name == "mention":
            day = self.last_day
            if day is None or day.days is None or e.start - day.end > 150 or (day is not self.last and "\n" in self.text[day.end : e.start]):
                return None
            if not e.value and day.end == e.start:  # 双11当天: said already
                return None
            self.told = day.words
            found = day.days[0 if e.value < 0 else 1] + timedelta(days=e.value)
            return _point(found.isoformat(), "mention")
        if self.now is None or self.now.day is None or self.now.end is None:
            return None
        if e.year_from and (year := self._year(e, 1)):  # 去年今日
            moved = _move_year(self.now.day.isoformat(), year[0] - self.now.year)
            return Dated(moved, moved, year[1])
        ends = [(d + timedelta(days=e.value)).isoformat() for d in (self.now.day, self.now.end)]
        return Dated(ends[0], ends[1], "published")

    def _week_date(self, e: Expression) -> Dated | None:
        monday = self._monday(e.value)
        return Dated(monday.isoformat(), (monday + timedelta(days=6)).isoformat(), "published") if monday else None

    def _weekday_date(self, e: Expression) -> Dated | None:
        """上周三 lies in the week before; 周二 alone is the last one before the publication, or the next where 将 says so."""
        if self.now is None or self.now.day is None:
            return None
        if e.name:
            monday = self._monday(e.value)
            if monday is None:
                return None
            first, last = (5, 6) if e.high == 0 else (e.high - 1, e.high - 1)
            return Dated((monday + timedelta(days=first)).isoformat(), (monday + timedelta(days=last)).isoformat(), "published")
        back = (self.now.day.isoweekday() - e.high) % 7
        day = self.now.day - timedelta(days=back)
        if back and self._looks_ahead(e):
            day += timedelta(days=7)
        return Dated(day.isoformat(), day.isoformat(), "published")

    def _monday(self, weeks: int) -> date | None:
        day = self.now.day if self.now else None
        return day - timedelta(days=day.isoweekday() - 1 - 7 * weeks) if day else None

    def _quarter_date(self, e: Expression) -> Dated | None:
        """上季度, counted from the publication; 本季度 in a report of results is the quarter reported, unless it is foreseen."""
        if e.value == 0 and self.reported and not _FORESEEN.search(self.text, max(0, e.start - 12), e.start):
            start, end, self.told = self.reported
            return Dated(start, end, "mention")
        if self.now is None or self.now.month is None:
            return None
        first = self.now.month - (self.now.month - 1) % 3
        low = _shift_months(self.now.year, first, 3 * e.value)
        high = _shift_months(*low, 2)
        return Dated(f"{low[0]:04d}-{low[1]:02d}", f"{high[0]:04d}-{high[1]:02d}", "published")

    def _ago_date(self, e: Expression) -> Dated | None:
        """17年前 is a year, 三天前 a day; 半年前 and 两个月前 are about a month."""
        base, source = self._ago_base(e)
        if base is None:
            return None
        year, month, day = base
        if e.name == "年" and not e.part:
            return _point(f"{year + e.value:04d}", source) if 0 < year + e.value < 10000 else None
        if e.name in ("年", "月"):
            if month is None or (e.part == "半" and e.name == "月"):  # 半个月前
                return None
            if e.part and e.name == "月":  # 两个半月前
                middle = date(*_shift_months(year, month, e.value), min(day.day, 28)) + timedelta(days=15 * e.high) if day else None
                return _point(f"{middle:%Y-%m}", source, True) if middle else None
            months = (12 * e.value if e.name == "年" else e.value) + (6 * e.high if e.part else 0)
            shifted = _shift_months(year, month, months)
            return _point(f"{shifted[0]:04d}-{shifted[1]:02d}", source, True)
        if day is None:
            return None
        found = day + timedelta(days=e.value * (7 if e.name == "周" else 1))
        return _point(found.isoformat(), source, e.name == "周")

    def _ago_base(self, e: Expression) -> tuple[tuple[int, int | None, date | None] | None, str]:
        last = self.last
        if e.high > 0 and last and e.start - last.end <= 200 and "\n" not in self.text[last.end : e.start]:
            self.told = last.words  # 2015年他辞职。三年后……
            return (last.year, last.month, last.days[1] if last.days else None), "mention"
        now = self.now
        return ((now.year, now.month, now.day) if now else None), "published"

    def _span_date(self, e: Expression) -> Dated | None:
        now = self.now
        if now is None:
            return None
        if e.name == "年":
            ends = sorted((now.year, now.year + e.value))
            return Dated(f"{ends[0]:04d}", f"{ends[1]:04d}", "published")
        if e.name in ("天", "周"):
            if now.day is None:
                return None
            days = sorted((now.day, now.day + timedelta(days=e.value * (7 if e.name == "周" else 1))))
            return Dated(days[0].isoformat(), days[1].isoformat(), "published")
        if now.month is None:
            return None
        ends = sorted(((now.year, now.month), _shift_months(now.year, now.month, e.value)))
        low, high = (f"{y:04d}-{m:02d}" for y, m in ends)
        return Dated(low, high, "published")

    # --- two ends, and periods named by their end ---

    def _join(self, found: Dated, second: Expression) -> Dated | None:
        """2013年6月至2014年3月, 8月11日至8月22日: the second end lies in the year of the first unless it says another.

        次年 and 翌年 behind it are counted from the first: 2018年11月至次年3月.
        """
        if second.year_from == "mention" and (told := _year_month(found.start)[0]):
            second.year, second.year_from = told + (second.year or 0), "text"
        if not second.year_from and second.unit in ("months", "days", "festival", "half", "quarters", "part"):
            year = _year_month(found.start)[0]
            second.year, second.year_from = year, "text"
            if second.months is None and second.unit == "days":
                month = _year_month(found.start)[1]
                second.months = (month, month) if month else None
        end = self.resolve(second)
        if end is None:
            return None
        if _ordered(found.start, end.end):
            return found._replace(end=end.end, about=found.about or end.about)
        later = _move_year(end.end, 1)  # 11月至2月
        return found._replace(end=later) if _ordered(found.start, later) else None

    def _period_up_to(self, found: Dated, start: int, end: int) -> tuple[Dated, int]:
        """截至6月30日止三个月 is April to June; 截至6月30日的季度 only sets what 去年同期 compares with."""
        if not self.text[max(0, start - 2) : start].endswith(("截至", "截止", "至")) or found.start != found.end:
            return found, end
        year, month = _year_month(found.end)
        behind = _MONTHS_ENDED.match(self.text, end)
        if behind and year and month and (count := number(behind[1])) <= 12:
            first = _shift_months(year, month, 1 - count)
            return Dated(f"{first[0]:04d}-{first[1]:02d}", f"{year:04d}-{month:02d}", found.source), behind.end()
        return found, end


def _point(edtf: str, source: str, about: bool = False, sure: bool = True) -> Dated:
    return Dated(edtf, edtf, source, about, sure)


def _talk_start(text: str) -> int:
    """Where a talk begins to be given in its own words; past the end where there is none."""
    if not any(word in text for word in ("实录", "全文", "原文", "以下")):
        return len(text)
    found = _TALK.search(text)
    return found.start() if found else len(text)


def _fiscal_shift(text: str) -> int:
    """Months by which the fiscal quarters of the article end after those of the calendar; 0 where it says nothing."""
    found = _FISCAL.search(text) if "截至" in text or "截止" in text else None
    if found is None or not 1 <= int(found[1]) <= 12:
        return 0
    return (int(found[1]) - 3 * number(found[2])) % 12


def _shift_months(year: int, month: int, steps: int) -> tuple[int, int]:
    total = year * 12 + month - 1 + steps
    return total // 12, total % 12 + 1


def _year_month(edtf: str) -> tuple[int | None, int | None]:
    """Year and month of one EDTF date; a season counts as its first month."""
    if not edtf[:4].isdecimal():
        return None, None
    month = int(edtf[5:7]) if len(edtf) >= 7 else None
    return int(edtf[:4]), _SEASON_MONTH.get(month, month) if month else None


def _move_year(edtf: str, steps: int) -> str:
    moved = f"{int(edtf[:4]) + steps:04d}{edtf[4:]}" if edtf[:4].isdecimal() else edtf
    return moved if parse_edtf(moved) else moved[:8] + "28"  # 29 February


def _ordered(first: str, last: str) -> bool:
    return parse_edtf(f"{first}/{last}") is not None


def _written(found: Dated, opens: str, mark: str) -> str:
    """EDTF of both ends with their mark, opened by 以来, 后 and 前."""
    if opens == "about":
        mark = {"": "~", "?": "%"}.get(mark, mark)
    start, end = found.start + mark, found.end + mark
    if opens == "since":
        return f"{start}/.."
    if opens == "after":
        return f"{end}/.."
    if opens == "before" and found.start == found.end:
        return f"../{end}"
    return start if found.start == found.end else f"{start}/{end}"
