"""Who sent a report, from where and on which day, in front of what it tells: 新华社上海8月1日电, （记者周立）, 〔记者何敏／台北报导〕.

Knows how agencies and papers write it, in simplified script. Leaves out the date line of a page (`furniture.py`), and
when an article came out (`publication.py`).
"""

from __future__ import annotations

import re

from extract.occurrences import occurrences_of
from extract.passages import Span
from extract.press import is_press

_REACH = 64  # no dateline is longer
_DAY = "(?:[0-9]{1,2}|[二三]?十[一二三四五六七八九]?|[一二三四五六七八九]|廿[一二三四五六七八九]?)日"
_MONTH = "(?:[0-9]{1,2}|十[一二]?|[一二三四五六七八九])月"
_WIRE = "专?电(?![告话影商力网器])"
# 〔记者何敏／台北报导〕, （中央社记者何敏台北1日电）, 《财经通讯社31日专讯》, 中部日报／记者何敏／台北报导.
_BYLINE = (
    r"[〔【（(\[《](?=[^〕】）)\]》\n]{4,24}[〕】）)\]》])[^〕】）)\]》\n]*?(?:记者|编译|特派员|通讯社|中央社|新闻[／/])[^〕】）)\]》\n]*?(?:报导|报道|[电讯])[〕】）)\]》]"
    r"|(?:[^\s，。：:／/]{2,8}[／/]\s?)?记者[一-鿿]{2,4}[／/][一-鿿]{2,6}?报[导道]"
)
# 路透北京6月3日 - , 新华社上海8月1日电, 本报讯（记者周立）, 某某网消息：.
_SENT = re.compile(
    rf"[^\S\n]*(?:{_BYLINE}|[^\n，。,：:]{{2,16}}?{_DAY}(?:{_WIRE}|专?讯|消息|[^\S\n]{{0,2}}[-—－–]{{1,2}})"
    r"|[^\n，。,]{0,12}?(?:讯|电)[（(][^）)\n]{2,24}[）)]|[^\n，。,:：（(]{2,8}?消息(?:[（(][^）)\n]{2,12}[）)])?[:：])"
)
# What makes one, much quicker to look for.
_HINT = re.compile(r"日(?:专?电|专?讯|消息|[^\S\n]{0,2}[-—－–])|[讯电][（(〕】）)\]》]|消息[（(:：]|报[导道](?:[〕】）)\]\n]|$)")
# With its day and what closes it, so that a sentence can begin behind it.
_CLOSED = re.compile(
    rf"{_BYLINE}|[^\s，。,]{{2,12}}?(?:\s[^\s，。,\d]{{2,8}}?)?{_MONTH}{_DAY}(?:{_WIRE}|讯|消息)?\s{{0,2}}"
    r"(?:[-—–]{1,2}\s?|[丨｜|]|(?:记者|通讯员)\s?[一-鿿]{2,3}\s[一-鿿]{2,3}\s|[（(](?:特派|特约|见习|实习|本报)?(?:记者|通讯员|编辑)[^）)]{2,24}[)）]|(?<=[电讯]\s)|(?<=[电讯])[，,：:]?)"
)


def find_datelines(text: str) -> list[Span]:
    """Every dateline at the head of a line, in order."""
    spans: list[Span] = []
    for at in occurrences_of(text, "日", "讯", "电", "消息", "报导", "报道"):
        if _HINT.match(text, at) is None:
            continue
        far = max(0, at - _REACH)
        start = text.rfind("\n", far, at) + 1
        if (start or not far) and (match := _SENT.match(text, start)) and (not spans or spans[-1] != match.span()):
            spans.append(match.span())
    return spans


def behind_dateline(text: str, start: int, end: int) -> int:
    """Where the sentence [start, end) begins to tell: behind a dateline that is closed, else at `start`."""
    if text[start : start + 1] not in _OPENS and text.find("日", start, end) < 0:
        return start
    match = _CLOSED.match(text, start, end)
    return match.end() if match else start


_OPENS = frozenset("〔【（([《记")


# （记者 周立）, (本报记者周立 何敏), （记者周立 通讯员林海）: the names of the reporters.
_NAME = r"(?!通讯员|摄影|编辑|报道|实习|记者)[一-鿿·]{2,4}"
_REPORTERS = re.compile(
    rf"[（(〔【](?:[^\s（(〕】）)]{{1,8}})?(?:记者|特派员)(?![站节会团部协证])[:： ]?({_NAME}(?:[ 、,，]{{1,2}}{_NAME}(?![一-鿿])){{0,5}})"
    r"(?=[〕】）)／/]|[ ，,、；;]{1,2}(?:[本见实特][报习约])?(?:通讯员|摄影|记者|编辑|实习生)|[一-鿿]{2,6}(?:\d{1,2}日)?[电讯])"
)
_ENDS_SIGNED = re.compile(rf"(?<=[。！？”])\s?{_REPORTERS.pattern}[^（(）)。\n]{{0,20}}[)）]$")


def signed_ahead(line: str) -> dict[str, Span]:
    """`publisher` and `author` as the dateline at the head of `line` names them: 新华社, 周立; 本报 names none."""
    sent = _SENT.match(line)
    if sent is None:
        return {}
    found: dict[str, Span] = {}
    start = sent.start() + len(sent[0]) - len(sent[0].lstrip(" \t(（〔【[《"))
    start += line.startswith("据", start)
    names = [end for end in range(start + 2, min(start + 13, sent.end())) if is_press(line[start:end])]
    if names:
        found["publisher"] = start, names[-1]
    reporters = _REPORTERS.search(line, 0, sent.end() + _REACH)
    if reporters and reporters.start() <= sent.end():
        found["author"] = reporters.span(1)
    return found


def signed_behind(line: str) -> Span | None:
    """The reporters in brackets behind the last sentence of `line`: ……增长两成。（记者 周立）"""
    match = _ENDS_SIGNED.search(line)
    return match.span(1) if match else None
