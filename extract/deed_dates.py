"""When a deed was done: the dates of its clause, its sentence, its own words (成立33年, 近日), its meeting, the text before.

Knows in which order a reader looks. Leaves out how far a date may be for the deed to be believed (`telling.py`).
"""

from __future__ import annotations

import re
from dataclasses import replace

from extract import dating, triggers
from extract.dating import Dated, Frame
from extract.passages import Span
from extract.story import Story
from extract.story_sentences import Sentence
from extract.triggers import Trigger


def dates_of(story: Story, trigger: Trigger, clause: int, sentence: Sentence, frame: Frame | None) -> list[Dated]:
    """The deed's dates: of its clause, its sentence, its own words (成立33年, 近日), its meeting, the text before."""
    text = story.text
    start, end = sentence.clauses[clause]
    up_to = trigger.sure and text.find("截", sentence.start, trigger.start) >= 0
    if up_to and triggers.is_done(text, trigger, start) and (limit := story.until(sentence, trigger.start)):
        return [limit]
    if sentence.times:
        dates = dating.own_dates(text, sentence.times, start, end, trigger.start, trigger.end, sentence.start)
        dates = dates or ([] if text[start] in "但而不然" and _NOT_THEN.match(text, start) else dating.sentence_dates(text, sentence.times, sentence.start, start))
        if not dates and trigger.type == "other":
            dates = _in_force(text, sentence, end)
        if dates and dates[-1].words[-1] in "年度" and (recent := _right_ahead(story, sentence, dates[-1])):
            return [recent]
        if dates:
            age = dating.by_age(text, trigger.end, dates[-1].edtf) if trigger.type == "founding" else None
            return [age] if age else dates
    if not sentence.times and "截至" in text[sentence.start : trigger.start]:
        return []  # 截至1月底，销量已突破: up to when, not on the date told before
    if trigger.type == "founding" and (age := dating.by_age(text, trigger.end, story.published)):
        return [age]
    if recent := dating.recently(text, sentence.start, trigger.start, story.published):
        return [recent]
    before = trigger.type == "founding" and text.endswith(("已", "已经"), 0, trigger.start) and not dating.same_day(text, sentence.start, trigger.start)
    if not before and (meeting := story.meeting(sentence, end)):
        return [meeting]
    if clause == 0 and trigger.text in triggers.words_for("releasing") and (frame is None or frame.date.near != "lead") and (news := _released(story, sentence, trigger, (start, end))):
        return [news]
    frame = frame or (story.frame(sentence) if sentence.times else None)
    if frame is None:
        return []
    if frame.date.near == "lead":
        return [frame.date]
    if text.find("当", sentence.start, trigger.start) >= 0 and _THAT_DAY.search(text, sentence.start, trigger.start) and dating.fineness(frame.date.edtf) < _A_DAY and (day := story.meeting_day):
        return [day]  # 昨天推介会举办。…今年园区启动建设。当天还签约: the day of the meeting
    if dating.fineness(frame.date.edtf) < _A_DAY and _SAME_DAY.search(text, sentence.start, trigger.start) and (day := story.day_told(sentence)):
        return [day]  # 5月3日，甲公布年报。…新厂已于3月投产。甲同日公告收购乙
    date = dating.inherited(text, sentence.start, trigger.start, frame.date, frame.paragraphs, frame.sentences)
    if before:
        date = replace(date, edtf=dating.year_only(date.edtf), near="frame")  # 5日启动礼举行。市里已成立筹委会: before that day
    since = frame.date.edtf.endswith("/..") and frame.date.edtf[:4] != story.published[:4]
    return [] if since and date.near == "frame" else [date]  # 2009年以来: what is told further on is not of that year


_A_DAY = 10  # characters of a date as fine as a day
_THAT_DAY = re.compile("当[天日晚]")
_SAME_DAY = re.compile("(?<![不相])同日|当[天日晚]")


def _released(story: Story, sentence: Sentence, trigger: Trigger, clause: Span) -> Dated | None:
    """统计局公布，10月销售额352亿元: what an office releases in the first paragraph of the news is of the month it came out in."""
    start, end = clause
    if sentence.start >= story.lead[1] or not _OFFICE.fullmatch(story.text, start, trigger.start) or not _FIGURES.fullmatch(story.text, trigger.end, end):
        return None
    frame = dating.of_publication(story.published) if "?" not in story.published else None
    return frame.date if frame else None


_OFFICE = re.compile("(?:据|根据)?[一-鿿]{2,14}(?:局|处|署|部|委|院|协会|中心|委员会|总局)(?:最新)?")
_FIGURES = re.compile("(?:的?[^，。；]{0,12}(?:数据|报告|统计)显示)?")


def _right_ahead(story: Story, sentence: Sentence, year: Dated) -> Dated | None:
    """近日 right ahead of a year: 近日，2015年茶业奖颁奖典礼举行 has the year of the prize."""
    recent = dating.recently(story.text, sentence.start, year.span[0], story.published) if year.span else None
    return recent if recent and recent.span and year.span and year.span[0] - recent.span[1] <= 1 else None


_NOT_THEN = re.compile("(?:但|而|不过|然而)(?:此次|此番|这次|本次|如今|现在|目前)")  # 去年否认入股，但此次参股: not the date of the clause before


def _in_force(text: str, sentence: Sentence, end: int) -> list[Dated]:
    """甲获委任为董事，自3月5日起生效: the day on which it holds, told behind."""
    for time in sentence.times:
        if end <= time.start <= end + 40 and _TAKES_EFFECT.match(text, time.end):
            return [dating.on(time, "sentence")]
    return []


_TAKES_EFFECT = re.compile("起?生效")
