"""Things that lie somewhere (地块, 产业园): which one a sentence speaks of.

Knows how such a thing was introduced before (该地块 is 深圳湾超级总部地块). Leaves out where it lies.
"""

from __future__ import annotations

import re

from extract.sentences import Sentence


def thing_ahead(sentence: Sentence, start: int) -> str:
    """拿下云江区江湾地块,土地面积4万平米,其中道路面积1万平米: the thing that a clause before ends with has the sizes behind it."""
    for n in range(sentence.number(start) - 1, max(-1, sentence.number(start) - 4), -1):
        low, high = sentence.clauses[n]
        words = sentence.text[low:high].rstrip("，,：: ")
        if match := _ENDS_IN_THING.search(words):
            head = _LEADING_PLACES.sub("", _MADE.split(_NAME_STOPS.split(words[: match.start()])[-1])[-1])
            return head + match.group() if len(head) > 1 else ""
    return ""


_MADE = re.compile(r"建成|建设|打造|拿下|竞得|取得|启动|投建|新建|运营|启用|落成")
_ENDS_IN_THING = re.compile(r"(?:地块|产业园|园区|工业园|物流园|广场|大厦|中心|基地|综合体)$")


_NAME_STOPS = re.compile(r"[，,。、；;：:！？\s“”《》（）()的将把在为与和该这宗个家所下入了并于由从向被是有其此每各款座块共0-9]|对(?!口)|预计|目前|位于|签约|签订|签署|涉及|实施|推进")


_LEADING_PLACES = re.compile(r"^(?:[一-鿿]{2,3}[省市区县])+")


_OF_SIZE = re.compile(r"^[十百千万亿]+(?:平方米|平米|公里|千瓦|[吨件台锭辆套米亩头只箱])")  # 10|万锭纺纱项目


_BELONGS = re.compile("^.{0,4}(?<![金附直下所])属于?(?=.{4})")  # 基地属|对口帮扶项目


def introduced(sentence: Sentence, noun: str, before: int = -1) -> tuple[str, int]:
    """The last name in the text before that ends in `noun` (深圳湾超级总部地块) and where it stands; else the noun, -1."""
    start = max(0, sentence.start - 800)
    at = sentence.text.rfind(noun, sentence.start, before) if before > sentence.start else -1
    if at < 0 or sentence.text[at + len(noun)] not in "，,；;":  # 开工项目280个,项目总投资3100亿元: of them all
        at = sentence.text.rfind(noun, start, sentence.start)
    while at >= 0:
        head = _NAME_STOPS.split(sentence.text[max(start, at - 14) : at])[-1]
        head = _LEADING_PLACES.sub("", _BELONGS.sub("", _OF_SIZE.sub("", head)))
        if len(head) > 1:
            return head + noun, at
        at = sentence.text.rfind(noun, start, at)
    return noun, -1
