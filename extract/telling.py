"""Which trigger words of a sentence may tell a deed, and with which dates.

Knows how far a date may be for how sure a word, and what only repeats a deed told before. Leaves out which of several
deeds of one sentence stand apart (`deeds.py`), who and where.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from extract import dating, no_deeds, participants, triggers
from extract.dating import Dated, Frame
from extract.deed_dates import dates_of
from extract.finds import within
from extract.lexicons import either, set_in, words_in
from extract.mentions import Actor
from extract.passages import Span
from extract.story import Story
from extract.story_sentences import Sentence
from extract.told_again import was_told
from extract.triggers import Trigger


@dataclass(slots=True, eq=False)  # not a tuple: its fields are asked for again and again
class Told:
    """A trigger that tells a deed, with its clause and dates."""

    trigger: Trigger
    clause: int
    dates: list[Dated]
    since: bool  # told in passing right behind its own date: 自去年7月重组以来


def candidates_in(story: Story, sentence: Sentence) -> list[Told]:
    """Every trigger of the sentence that may tell a deed, in order; which of them stand apart is another question."""
    text, clauses, frame = story.text, sentence.clauses, None
    candidates: list[Told] = []
    if not sentence.times:
        frame = story.frame(sentence)
        if frame is None and story.in_lead(sentence):
            frame = dating.of_publication(story.published)
        elif frame and _NOWADAYS.match(text, sentence.start, sentence.end):
            return candidates  # 目前，平台用户已达三亿: not on the date told before
        if frame is None and not _MAY_DATE_ITSELF.search(text, sentence.start, sentence.end):
            return candidates
    clause, since = 0, False
    for trigger in sentence.triggers:
        while clauses[clause][1] <= trigger.start:
            clause += 1
        if deed := _deed(story, sentence, trigger, clause, frame):
            candidates.append(deed)
            since = since or deed.since
    return _ever_since(text, candidates) if since else candidates


def _ever_since(text: str, candidates: Sequence[Told]) -> list[Told]:
    """自去年7月重组以来，裁员两万: what follows was done at some time since."""
    opened = {deed.dates[-1].span for deed in candidates if deed.since and text.startswith("以来", deed.trigger.end)}
    return [
        deed if deed.since or deed.dates[-1].span not in opened or "/" in deed.dates[-1].edtf
        else replace(deed, dates=[*deed.dates[:-1], replace(deed.dates[-1], edtf=f"{deed.dates[-1].edtf}/..")])
        for deed in candidates
    ]  # fmt: skip


_NOWADAYS = re.compile(r"(?:到|在)?(?:[0-9]{4}年|今年|明年)?[0-9]{0,2}[年月](?:底|末)之?前|(?:截至|截止)?(?:目前|如今|当前|眼下|现在|当下)|[0-9一二三四五六七八九十几多近]{1,3}年(?:多)?来|长期以来")
_MAY_DATE_ITSELF = re.compile(r"年(?<=\d年|周年)|近日|日前|最近|近期|不久前|刚刚|近来|会|仪式|论坛|活动")


def _deed(story: Story, sentence: Sentence, trigger: Trigger, clause: int, frame: Frame | None) -> Told | None:
    """The cheap questions first: most trigger words of an article tell no dated deed."""
    text = story.text
    start, end = sentence.clauses[clause]
    told_on, acted = False, None
    if not sentence.times:
        if not _may_go_on(story, trigger, start, sentence, frame):
            return None
        if told_on := not _has_own_date(story, trigger, sentence, frame):
            acted = within(sentence.actors, start, end)
            if not _told_on(story, trigger, (start, end), sentence, frame, acted):
                return None
    reason = no_deeds.why_not(text, trigger, start, end)
    if trigger.text == triggers.results()[0]:
        return _results(story, sentence, trigger, clause)
    if reason == "planned" and (scheduled := _scheduled(story, sentence, trigger, clause)):
        return scheduled
    if reason and reason not in ("accompanying", "source") and (reason != "noun" or not _SINCE.match(text, trigger.end)):
        return None
    if _inside_a_name(text, trigger, sentence):
        return None
    if trigger.text == "生效" and clause and text[start] in "自于从" and len(sentence.triggers) > 1:
        return None  # 自3月5日起生效: of the deed ahead
    dates = dates_of(story, trigger, clause, sentence, frame)
    if not dates or dating.is_future(dates[-1], story.published):
        return None
    if dates[-1].edtf.endswith("/..") and text.startswith("的", trigger.end):
        return None  # 2019年1月1日后注册的企业可以申请: which ones, whenever
    if _is_total(text, trigger, (start, end), dates[-1]):
        return None
    since = _since(text, dates[-1], trigger)
    if trigger.text == "开始" and dates[-1].span is not None and dates[-1].span[1] == trigger.start:
        return None  # 从2014年开始: since when, not what
    if reason and not since and not _told_aside(text, trigger, (start, end), reason, dates[-1], sentence):
        return None
    if _in_brackets(text, start, trigger, end):
        return None
    counted = text.find("（", start, trigger.start) >= 0 and _is_counted_in(text, start, trigger.start)
    if counted or was_told(story, trigger, clause, sentence, dates[0]):
        return None
    acted = within(sentence.actors, start, end) if acted is None else acted
    believable = _believable(story, trigger, clause, sentence, dates[0], told_on, frame, acted)
    return Told(trigger, clause, dates, since) if believable else None


def _is_total(text: str, trigger: Trigger, clause: Span, date: Dated) -> bool:
    """上半年累计完成投资125亿元, 一季度查处案件1.2万件: how much it came to in months is a figure, and no deed of one day."""
    begin, _, until = date.edtf.partition("/")
    if not until or until == ".." or (len(begin) > _MONTH and begin != "..") or trigger.type in _NO_TOTALS:
        return False
    amount = _ENDS_IN_AMOUNT.search(text, trigger.end, clause[1])
    if amount is None or text.find("宣布", clause[0], trigger.start) >= 0 or (trigger.type == "acquisition" and amount[1][-1] not in "吨斤"):
        return False  # 宣布裁员300人, 收购3家工厂
    return trigger.type != "investment" or amount[1][0] != "家"  # 投资了84家企业


_NO_TOTALS = frozenset(["meeting", "visit", "speech", "publication", "agreement", "founding"])
_ENDS_IN_AMOUNT = re.compile("(?:^|[^第])[0-9][0-9.,]*[万亿千百]*[余多]?([一-鿿]{1,4}|%)[。；]?$")


def _told_aside(text: str, trigger: Trigger, clause: Span, reason: str, date: Dated, sentence: Sentence) -> bool:
    """6月5日，随着班列从东湖站开出，…; 统计局6月5日发布数据显示，…: a deed with a day of its own, though another clause goes on from it."""
    start, end = clause
    if date.near == "lead":
        return reason == "source" and trigger.type == "publication" and text.endswith("显示", trigger.end, end)
    if date.near != "clause" or date.span is None or dating.fineness(date.edtf) < 10:
        return False
    if reason == "accompanying":
        return date.span[1] <= start and trigger.end == end
    shown = reason == "source" and trigger.type == "publication" and text.endswith("显示", trigger.end, end) and end - trigger.end <= _LONGEST_SHOWN
    return shown and any(start <= a.start and a.end <= trigger.start for a in sentence.actors)


_LONGEST_SHOWN = 36  # 统计局6月5日发布|上半年工业数据显示, 协会发布“服装比较试验结果”显示


@cache
def _not_sure() -> re.Pattern[str]:
    return re.compile(either(words_in("event_types", "not sure")))


def _scheduled(story: Story, sentence: Sentence, trigger: Trigger, clause: int) -> Told | None:
    """首届茶业大会将于明日开幕, 将在9月举行: a gathering that has a name and a date of its own is news before it is held."""
    start, at = sentence.clauses[clause][0], trigger.start
    held = trigger.text in triggers.words_for("held") or trigger.text in triggers.words_for("begins and ends")
    if not held or not sentence.times or not _ON_A_DAY.search(story.text, start, at):
        return None
    if story.text.startswith("的", trigger.end) or _not_sure().search(story.text, sentence.start, sentence.end):
        return None  # 将于明日开幕的消息不实
    dates = dates_of(story, trigger, clause, sentence, None)
    if not dates or dates[0].near != "clause" or dates[0].edtf[-1] == "~" or dating.fineness(dates[0].edtf) < _MONTH or not dating.is_future(dates[0], story.published):
        return None
    gathering = story.gathering(participants.behind_times(start, sentence.times), at, True)
    if not gathering or gathering.endswith(_OF_MEMBERS) or not story.schedules(dates[0], gathering):
        return None
    return Told(trigger, clause, dates[:1], False)


_OF_MEMBERS = ("股东大会", "股东会", "职代会", "代表大会", "党代会", "业主大会")  # they meet, and are no news before
_ON_A_DAY = re.compile("(?:将|定)[于在]|将$")
_MONTH = 7  # characters of a date as fine as a month


def _results(story: Story, sentence: Sentence, trigger: Trigger, clause: int) -> Told | None:
    """8月23日消息，甲公司第二季度收入227亿元: the clause behind the lead tells that the results came out."""
    if clause + 1 == len(sentence.clauses) or trigger.end != sentence.clauses[clause][1]:
        return None
    start, end = sentence.clauses[clause + 1]
    found = triggers.results()[2].search(story.text, start, end)
    dates = dates_of(story, trigger, clause, sentence, None)
    if not found or not dates or dates[0].near != "clause" or not any(start <= a.start < found.start() for a in sentence.actors):
        return None
    return Told(Trigger(*found.span(1), found[1], trigger.type, False), clause + 1, dates, False)


def _has_own_date(story: Story, trigger: Trigger, sentence: Sentence, frame: Frame | None) -> bool:
    """Whether a deed whose sentence gives no date may have another than that of the text before: 近日, 成立33年, 截至目前, that of the news."""
    if frame is None or frame.date.near == "lead" or trigger.type == "founding":
        return True
    at = trigger.start
    return story.text.find("截", sentence.start, at) >= 0 or dating.recently(story.text, sentence.start, at, story.published) is not None


def _may_go_on(story: Story, trigger: Trigger, start: int, sentence: Sentence, frame: Frame | None) -> bool:
    """Whether a deed without a date in its sentence is worth a closer look; `_told_on` takes it."""
    text = story.text
    if not trigger.sure:
        if trigger.type == "speech":
            return False
        told = frame is not None and frame.date.near == "lead"
        return told or triggers.is_done(text, trigger, start) or dating.goes_on(text, sentence.start, trigger.start) or _LATELY.search(text, sentence.start, trigger.start) is not None
    if frame is not None and frame.paragraphs == 0:
        return True
    at = trigger.start
    for actor in sentence.actors:
        if start <= actor[0] < at:
            return True
    return triggers.may_be_done(text, trigger) or story.meeting(sentence, at) is not None


_LATELY = re.compile("近日|日前|不久前")  # 近日，临江市遭遇暴雨; 最近 also stands in what somebody says (基于公司最近的发展)
_SINCE = re.compile(r"以来|之后|以后|后")


def _since(text: str, date: Dated, trigger: Trigger) -> bool:
    """自去年7月重组以来, 6月26日上线后: the date right ahead dates the deed, though it is told in passing."""
    if date.near != "clause" or date.span is None or date.span[1] != trigger.start:
        return False
    return _SINCE.match(text, trigger.end) is not None


_NAMED = re.compile(r"[一-鿿A-Za-z](?<![的了在是，。后])")  # “开放、智能”发布会: the quoted words are a name
_LONGEST_NAME = 36


def _is_counted_in(text: str, start: int, at: int) -> bool:
    opened = text.rfind("（", start, at)
    return _COUNTED_IN.match(text, opened, at) is not None and text.find("）", opened, at) < 0


def _in_brackets(text: str, start: int, trigger: Trigger, end: int) -> bool:
    """股价4日至7日（5日停牌）下跌: what a bracket adds to a clause that goes on behind it."""
    for left, right in (("（", "）"), ("(", ")")):
        opened = text.rfind(left, start, trigger.start)
        if opened > start and text.find(right, opened, trigger.start) < 0:
            closed = text.find(right, trigger.end, end)
            return 0 < closed < end - 2
    return False


_COUNTED_IN = re.compile("（(?:不含|不包括|不包含|不计|剔除|除|含|包括|包含|其中)")  # 融资事件77起（不包括并购、定增）


def _inside_a_name(text: str, trigger: Trigger, sentence: Sentence) -> bool:
    at, floor = trigger.start, sentence.start
    opened = text.rfind("《", floor, at)
    if opened >= max(0, at - 60) and text.find("》", opened, at) < 0:
        return True
    opened = text.rfind("“", floor, at)
    if opened < max(floor, at - _LONGEST_NAME) or text.find("”", opened, at) >= 0:
        return False
    closed = text.find("”", trigger.end, trigger.end + _LONGEST_NAME)
    if closed < 0 or text[closed - 1] in "。！？，":
        return False
    if text.endswith(_SLOGAN_AHEAD, 0, opened):
        return True  # 围绕“全面建成小康社会”的主题
    wider = closed - opened > len(trigger.text) + 1
    return wider and closed - opened <= _LONGEST_NAME and _NAMED.match(text, closed + 1) is not None


_SLOGAN_AHEAD = ("围绕", "实行", "推行", "坚持", "秉承", "践行", "按照")


def _believable(
    story: Story, trigger: Trigger, clause: int, sentence: Sentence, date: Dated, told_on: bool, frame: Frame | None, acted: Sequence[Actor]
) -> bool:
    """Whether the words bear an event: the further the date, the surer the trigger must be.

    `told_on`: known to go on from a date before; `acted` are the clause's actors.
    """
    text = story.text
    start, end = sentence.clauses[clause]
    subject = bool(acted) and acted[0].end <= trigger.start
    if acted and acted[0].start == start + 2 and text.startswith(_ABOUT, start):
        return False  # 针对甲公司近日公布的裁决, 乙表示
    if date.near in ("paragraph", "frame") and trigger.text in triggers.words_for("harm") and _CAUSED.search(text, start, trigger.start):
        return False  # 事故已造成六人死亡: what came of the deed that was told
    if clause and not (subject and _opens(text, acted[0], start)) and _plan_goes_on(text, sentence, clause):
        return False
    if date.near == "clause":
        return subject or trigger.type != "speech" or trigger.sure
    if trigger.type == "speech" and not trigger.sure:  # 在6月10日举行的峰会上，总裁周立人表示
        return subject and date.near == "sentence" and clause > 0 and text.endswith(AT_MEETING, *sentence.clauses[clause - 1])
    if no_deeds.is_background(text, trigger, start, end):
        return False
    if trigger.type == "speech" and date.near != "sentence" and text.startswith("并", trigger.start - 1):
        return False  # 出席签约仪式并致辞: a part of what was told before
    if clause and (said := no_deeds.said_until(text, sentence.clauses, clause)) and not _dated_by_itself(text, trigger, (start, end), date, said):
        return False
    if date.near == "sentence":
        if _BY_NOW.match(text, start):
            return False  # 自去年投运以来，…目前已开通航线14条
        if trigger.sure or acted or trigger.text in triggers.words_for("happening"):
            return True
        before = sentence.clauses[max(0, clause - 1)][0]
        if clause and trigger.start == start and end - trigger.end >= 4 and _somebody_acts(story, sentence, clause - 1, trigger):
            return True  # 昨天，全县法院齐上阵，开展集中送达活动
        return any(before <= mention.start < end for mention in (*sentence.actors, *sentence.places)) or story.has_amount(before, end)
    if date.near == "lead":
        return _is_news(story, trigger, (start, end), sentence, acted)
    return told_on or _told_on(story, trigger, (start, end), sentence, frame, acted)


_BY_NOW = re.compile("目前|如今|至今|眼下|现已")


def _somebody_acts(story: Story, sentence: Sentence, index: int, trigger: Trigger) -> bool:
    """Whether a noun that can act stands in a clause that tells no deed itself: 全县法院|齐上阵."""
    clause = sentence.clauses[index]
    if any(clause[0] <= other.start < clause[1] for other in sentence.triggers):
        return False
    return participants.own_subject(story.words(clause), replace(trigger, start=clause[1], end=clause[1])).span is not None


def _dated_by_itself(text: str, trigger: Trigger, clause: Span, date: Dated, said: int) -> bool:
    """Whether a deed that somebody tells, up to `said`, has a date there too: 周立介绍，去年7月至9月期间，该局举办9个展览."""
    if date.near != "sentence" or date.span is None or date.span[0] < said or date.edtf.endswith("/..") or not text.endswith(_TELLS_FACTS, 0, said):
        return False
    return trigger.sure and trigger.type != "speech" and (triggers.is_done(text, trigger, clause[0]) or _COUNTS.match(text, trigger.end, clause[1]) is not None)


_TELLS_FACTS = ("介绍，", "介绍说，", "透露，", "说，", "表示，", "指出，", "回忆，", "回忆说，")
_COUNTS = re.compile("了?[0-9一二两三四五六七八九十]")


def _opens(text: str, actor: Actor, start: int) -> bool:
    """Whether an actor opens the clause at `start`, an office or a link aside: no longer what somebody else plans."""
    begins = actor.start - len(actor.role)
    return begins == start or _LINK.fullmatch(text, start, begins) is not None


_LINK = re.compile("(?:[而但且由]|同时|此外|另外|其中|随后)?")


_PLANS = re.compile("[将拟计打准力争]")  # what no_deeds.is_plan_continued looks for begins with one of these


def _plan_goes_on(text: str, sentence: Sentence, clause: int) -> bool:
    """甲将加大投入，加快园区建设，推动项目落地: the plan of a clause before goes on until somebody else acts."""
    first, stop = sentence.clauses[max(0, clause - 3)][0], sentence.clauses[clause][0]
    if not _PLANS.search(text, first, stop):
        return False
    for index in range(clause - 1, max(-1, clause - 4), -1):
        start, end = sentence.clauses[index]
        if no_deeds.is_plan_continued(text, (start, end)):
            return True
        if any(start <= actor.start < end and _opens(text, actor, start) for actor in sentence.actors):
            return False
    return False


AT_MEETING = ("会上", "坛上", "式上")
_ABOUT = ("针对", "对于", "关于")
_CAUSED = re.compile("造成|导致|致")


def _is_news(story: Story, trigger: Trigger, clause: Span, sentence: Sentence, acted: Sequence[Actor]) -> bool:
    """An undated lead tells news where two parties take part (甲与乙签署, 甲交由乙); of one alone it may be an old story."""
    if trigger.text in triggers.words_for("releasing") and sentence.times:
        return True  # 统计局公布，10月销售额352亿元
    ahead = [p for p in sentence.places if clause[0] <= p.start < trigger.start and not p.inside]
    doer = bool(ahead) or any(a.end <= trigger.start and participants.is_subject(story.text, a) for a in acted)
    return doer and len({a.name for a in acted}) + len(ahead) > 1 and clause[1] - trigger.end >= 2


def _somebody_opens(sentence: Sentence, at: int) -> bool:
    """Whether the sentence begins with a person, ahead of the clause at `at`."""
    actor = sentence.actors[0] if sentence.actors else None
    return actor is not None and actor.type == "person" and actor.start - len(actor.role) == sentence.start and actor.end < at


_BARELY = re.compile("了[。！；”]")  # “盼了十年，终于通车了。”
_IN_THAT_TIME = re.compile("在[^，。；]{2,10}期间，")  # 在温州期间，刘立人考察了工厂


def _told_on(
    story: Story, trigger: Trigger, clause: Span, sentence: Sentence, frame: Frame | None, acted: Sequence[Actor]
) -> bool:
    """Whether a deed without a date in its sentence goes on from the date before; `acted` are its clause's actors."""
    text = story.text
    start, end = clause
    done = triggers.is_done(text, trigger, start) or dating.same_day(text, sentence.start, trigger.start) or story.meeting(sentence, trigger.start) is not None
    if not (trigger.sure or done) or (not acted and _BARELY.match(text, trigger.end) and not participants.own_subject(story.words(clause), trigger).exists):
        return False
    doer = any(a.end <= trigger.start and participants.is_subject(text, a) for a in acted) or (done and story.gathering(start, trigger.start) != "")
    if trigger.sure and doer and end - trigger.end >= 2:  # somebody does something to something: 钉钉发布打卡产品
        return True
    if frame is None or frame.paragraphs:
        if not acted and not any(start <= p.start < end for p in sentence.places):
            if not done:
                return False
            if story.meeting(sentence, trigger.start) and (trigger.sure or participants.own_subject(story.words(clause), trigger).exists):
                return True  # 在本届洽谈会上，代表们达成协议; 招商平台也在洽谈会期间启动
            if not trigger.sure:
                return False
            ahead = bool(sentence.actors) and sentence.actors[0].end <= start
            return dating.goes_on(text, sentence.start, trigger.start) and (ahead or participants.own_subject(story.words(clause), trigger).exists)
        if done and doer and trigger.text in set_in("event_types", "done by a guest") and text.startswith("了", trigger.end) and end - trigger.end > 3:
            return True  # 周立一行参加了企业家活动
        return (done and (trigger.sure or _IN_THAT_TIME.match(text, sentence.start) is not None)) or dating.goes_on(text, sentence.start, trigger.start)
    if acted or (trigger.sure and done) or story.has_amount(start, end):
        return True
    if trigger.sure and trigger.start == start and frame.sentences <= 1 and end - trigger.end >= 4 and _somebody_opens(sentence, start):
        return True  # 周立人因身体不适，申请辞去董事长一职
    own = participants.own_subject(story.words(clause), trigger)
    return own.span is not None or (own.exists and trigger.type == "launch")  # what starts is a thing more often than somebody
