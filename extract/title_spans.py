"""Which words of a sentence become a deed's title: its clause, what is said behind a verb of saying, the clauses that go on with it.

Knows the clauses that only say why, when or up to when. Leaves out how the words become a title (`titles.py`).
"""

from __future__ import annotations

import re
from functools import cache

from extract import triggers
from extract.lexicons import either
from extract.mentions import EventType
from extract.passages import Span
from extract.story import Story
from extract.story_sentences import Sentence
from extract.telling import Told
from extract.title_words import words_of


def goes_on_in(story: Story, sentence: Sentence, deed: Told) -> Span | None:
    """The clauses behind that tell the rest of the deed: who is punished (作出处罚决定，责令甲…), who invests (完成融资，由甲领投，乙跟投)."""
    text, clauses, last = story.text, sentence.clauses, deed.clause
    if deed.trigger.text in triggers.words_for("raised"):
        while last + 1 < len(clauses) and _INVESTED.search(text, *clauses[last + 1]):
            last += 1
    elif last + 1 < len(clauses) and deed.trigger.end == clauses[last][1] and _PUNISHED.match(text, *clauses[last + 1]):
        last += text.find("对", clauses[last][0], deed.trigger.start) < 0
    return (clauses[deed.clause + 1][0], clauses[last][1]) if last > deed.clause else None


_INVESTED = re.compile("[领跟参]投|参与(?:本轮|此轮|本次|投资)|继续加[码注]|追加投资|财务顾问")
_PUNISHED = re.compile("(?:并|依法)?(?:责令|对|给予|处以|处|没收|判处|判令|认定)")
_SAYING: frozenset[EventType] = frozenset(["publication", "speech"])


@cache
def _subordinate() -> re.Pattern[str]:
    """由于天气原因, 为方便市民: a clause that says why or up to when."""
    why, aims = (either(words_of(group)) for group in ("says why", "aims of a measure"))
    return re.compile(f"因(?![此而])|{why}|即(?![将使便可])|为(?:{aims})")


def title_span(text: str, sentence: Sentence, deed: Told, part: Span) -> Span:
    """The clause of the deed; what is said follows the verb of saying: 央行回击称,银行间债市是机构投资者的市场.

    A clause that only says when is passed over: 商务部公布,今年1-4月,境内投资者投资….
    """
    start, end = part
    if text[start] == "这" and _APPOSED.match(text, start) and (behind := text.rfind("的", deed.trigger.end, end)) > 0:
        return start + 2, behind  # 腾讯，这个|十年前入股京东|的巨头，…
    says = _says(text, deed, start, end)
    stop = end - 1 if text[end - 1] == "。" else end
    if text[stop - 1] in "后来时际" and not deed.since and (when := _WHEN.search(text, max(deed.trigger.end + 1, stop - 3), stop)):
        end = when.start()  # 确定为试点县后, 签约之际: only the deed is the title
    if deed.clause and text[start] == "在" and triggers.gatherings()[1].search(text, *sentence.clauses[deed.clause - 1]):
        return sentence.clauses[deed.clause - 1][0], end  # 首批项目开工活动，在东湖园区举办
    if deed.trigger.type == "founding" and (aged := deed.dates[-1].span) and aged[0] == deed.trigger.end and deed.dates[-1].words.rstrip("前后").endswith("年"):
        return start, deed.trigger.end  # 成立|三十周年
    if text.startswith("以及", end + 1) and any(actor.end == end for actor in sentence.actors):
        return start, sentence.clauses[deed.clause + 1][1]  # 获得甲，以及乙的投资
    if says and text.endswith("显示", deed.trigger.end, end):
        return start, end - 2  # 统计局6月5日发布数据|显示
    if not says or (deed.trigger.end < end - 2 and not text.endswith(_CALLS, deed.trigger.end, end)):
        return start, end
    for first, last in sentence.clauses[deed.clause + 1 : deed.clause + 5]:
        only_when = any(time.start <= first + 1 and last <= time.end + 1 for time in sentence.times)
        if not only_when and not _subordinate().match(text, first, last) and not _GIVES_REASON.search(text, first, last) and not _ONLY_HOW.search(text, first, last):
            return start, last
    following = sentence.clauses[deed.clause + 1 : deed.clause + 2]
    return start, following[0][1] if following else end


def _says(text: str, deed: Told, start: int, end: int) -> bool:
    """Whether the deed is that something is said: 公布, 宣布, 提出 (not 被提出), 公告…称."""
    word = deed.trigger.text
    if deed.trigger.type in _SAYING or (word == "提出" and text.find("被", start, deed.trigger.start) < 0):
        return True
    return word in triggers.framing() and (word == "宣布" or text.endswith(_CALLS, deed.trigger.end, end))


_GIVES_REASON = re.compile("因[^，。；]{2,14}(?:需要|原因|考虑|变动|调整|安排)$")  # 公告，控股股东|因自身资金需要，|计划减持
# 公告称，公司拟通过协议转让方式，|以自筹资金收购…: in what way, not yet what
_ONLY_HOW = re.compile("(?:通过|以|采取|根据)[^，。；]{2,24}(?:方式|形式|依据)$|拟(?:按照?|依据|根据)[^，。；]{2,16}$")
_CELEBRATES = ("迎来", "喜迎", "庆祝", "纪念")


def asides(text: str, sentence: Sentence, deed: Told, span: Span) -> list[Span]:
    """The clauses of a title's span, behind the deed's, that only say why or up to when, each with its comma."""
    at = deed.trigger.start
    if deed.trigger.type == "founding" and text.endswith(_CELEBRATES, span[0], at):
        return [(at - 2, at)]  # 迎来|成立三周年
    if span[1] <= sentence.clauses[deed.clause][1]:
        return []
    found = []
    for first, last in sentence.clauses[deed.clause + 1 :]:
        if last >= span[1]:
            break
        if _subordinate().match(text, first, last):
            found.append((first, last + 1))
        elif reason := _GIVES_REASON.search(text, first, last):
            found.append((reason.start(), last + 1))
    return found


_APPOSED = re.compile("这[个家位名](?=[^，。；]*的[^，。；的]{2,8}[，。])")
_WHEN = re.compile("(?:之[后际]|以[后来]|后(?<![先前售产今然0-9之以]后)|时(?<![小同届准计此随及实限平工]时))$")
_CALLS = ("称", "显示", "指出", "表示", "宣布")
