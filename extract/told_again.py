"""Which deeds only repeat or belong to one that was told before: who took part, which ceremony, how many signed.

Leaves out whether the words bear a deed at all (`telling.py`), and how drafts of one event are joined (`tellings.py`).
"""

from __future__ import annotations

import re

from extract import dating, triggers
from extract.dating import Dated
from extract.story import Story
from extract.story_sentences import Sentence
from extract.triggers import Trigger


def was_told(story: Story, trigger: Trigger, clause: int, sentence: Sentence, date: Dated) -> bool:
    """Whether it is only a part of a deed that was told before: who took part, which ceremony, how many signed."""
    text = story.text
    start, end = sentence.clauses[clause]
    again = trigger.type in _ONCE_TOLD and story.has_told(trigger.type)
    if again and "宣布" in text[start:end] and dating.fineness(date.edtf) < 10 and triggers.declared()[1].search(text, start, end):
        return True  # 嘉宾宣布2017年第一批项目开工
    if again and text.startswith("的", trigger.end) and _ACCORDING.match(text, start, trigger.start):
        return True  # 根据16日签署的协议
    if trigger.text == "发生" and story.has_told("incident") and _THAT_ACCIDENT.match(text, start, trigger.start):
        return True  # 上述事故发生于6月2日
    if date.near not in ("paragraph", "frame"):
        return False
    if again and trigger.text in _CEREMONIES and _ATTENDS.search(text, start, trigger.start):
        return True  # 出席签署仪式, behind 甲与乙签署协议
    if _CEREMONY_THERE.match(text, trigger.end, end) and _ATTENDS.search(text, start, trigger.start) and story.is_of_meeting(date):
        return True  # 周立人等出席揭牌仪式, behind 研究院揭牌暨签约仪式举行
    attending = trigger.text in triggers.words_for("taking part")
    declared = trigger.type == "launch" and triggers.declared()[0].search(text, start, end) is not None
    if attending and _THE_MEETING.match(text, trigger.end, end) and story.is_of_meeting(date):
        return True  # 副区长周立人主持会议, behind 现场会召开
    if trigger.type in ("founding", "agreement") and story.is_of_ceremony(trigger.text, date) and not story.has_amount(start, trigger.start):
        return True  # 共同为研究院揭牌, behind 揭牌仪式举行; 11个项目签约 are others
    if declared and story.is_of_meeting(date):
        return True  # 副市长周立人宣布开工, behind 开工仪式举行
    partial = attending or declared or (trigger.type == "launch" and _AT_CEREMONY.search(text, start, end) is not None)
    if partial and (_BARE.match(text, trigger.end, end) if date.near == "frame" else story.meeting(sentence, end)):
        return True  # 市长主持仪式, 嘉宾启动封顶仪式, behind the ceremony that was told
    if again and _THIS_TIME.search(text, sentence.clauses[max(0, clause - 1)][0], trigger.start):
        return True
    if again and trigger.type == "agreement" and _FOR_BOTH.search(text, start, trigger.start):
        return True
    return trigger.text in triggers.words_for("investing") and story.has_told("investment") and _THIS_ROUND.search(text, start, end) is not None


_CEREMONY_THERE = re.compile("(?:仪式|典礼|活动)[。；]?$")
_CEREMONIES = frozenset(["签署仪式", "签约仪式", "签字仪式"])
_ATTENDS = re.compile("出席|参加|见证")
_THAT_ACCIDENT = re.compile("(?:上述|此次|这次|这起|该起|该)?(?:事故|事件|火灾|灾害|悲剧|案件)")
_THE_MEETING = re.compile("(?:了)?(?:此次|这次|本次)?(?:会议|大会|仪式|活动)?(?:并[^，。]{2,4})?[。；]?$")
_ACCORDING = re.compile("根据|按照|依据|依照")
_BARE = re.compile("[^，。]{0,4}(?:仪式|活动)。?$")
_AT_CEREMONY = re.compile("仪式。?$")
_ONCE_TOLD = frozenset(["launch", "agreement"])
_THIS_TIME = re.compile("[此本这]次|[此本这]批")  # 此次共有37个工程集中开工: of what was told
_THIS_ROUND = re.compile("[本此该]轮|[本此该]次(?:融资|投资|交易)")  # 腾讯领投本轮融资: who took part in what was told before
_FOR_BOTH = re.compile("代表(?:双方|各方|甲乙)")  # 分别代表双方签约: who signed what was told before
