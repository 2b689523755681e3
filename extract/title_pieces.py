"""The clause of a title cut into pieces: names and the deed whole, dates, brackets, offices and what leads over to it left out.

Leaves out which pieces a title keeps (`titles.py`).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from operator import itemgetter

from extract.mentions import Actor, Time
from extract.passages import Span
from extract.shortening import Piece, as_piece
from extract.triggers import Trigger, results
from extract.words import Word

_LEADING = re.compile(
    r"(?:【[^】]{1,24}】|在?(?:调研|考察|走访|访问|视察|慰问|参观|督查)期间"  # a heading in brackets, on which visit
    r"|(?:根据|依据|按照)《[^》]{2,30}》(?:的?(?:有关|相关)?规定)?"  # by which paper
    r"|[一二三四五六七八九十]是(?!否)|[\s,，、。:：;；“”\"'—·•)）]"  # which point it is, a mark
    r"|此外|同时|与此同时|而且|而|但是|但|不过|其中|另外"  # that it is one thing more
    r"|据悉|据了解|据介绍|事实上|其实"  # who says so
    r"|随后|之后|此后|后来|此前|彼时|目前|如今|至此"
    r"|虽然?(?!败)|伴随着?|正值|适逢|从而|导致|进而|致使|使得|因此|于是|所以|然后|接着|比如|再如|又如"  # what it comes with or from
    r"|例如|诸如|尤其|特别是|值得一提的是|值得注意的是|值得关注的是"  # for example
    r"|早在|早于|就在|自从|截至|近日|日前|最近|当时|当天|当日|那天|期间|同年|在此期间|会上|仪式上|论坛上|峰会上"  # when and at what
    r"|(?:为期|历时)[^，。的]{1,4}[天日]的"  # for how long
    r"|另一方面|一方面|并且|象征着?|为此|包括(?=[于在])|最大案为"
    r"|在[^，在]{2,24}?(?:的背景下|的情况下|下|之际|期间|的同时))+"
)
_THEMED = re.compile("(?:以?“)?[^“”，,。]{1,24}”为主?题的")  # 以“同走一条路，再写新一页”为主题的|茶博会开幕
# 中部（国际）茶博会 keeps what belongs to its name
_BRACKET = re.compile(r"(?:[今昨](?=[（(][0-9]))?[（(](?!国际[)）][^在于，。]{1,8}(?:会|节|展|论坛))[^（()）]{0,40}[)）]")
_CLOCK = "(?:早上|上午|中午|下午|傍晚|晚上|晚间|凌晨|深夜|[早晚夜午])?[0-9]{1,2}(?:[时点](?:[0-9]{1,2}分)?(?:[0-9]{1,2}秒)?|[:：][0-9]{2})(?:许|左右|前后)?"
_AROUND_TIME = re.compile(rf"(?:{_CLOCK}|晚间|晚|上午|下午|傍晚|凌晨|中午|夜|起|开始|以来|以后|之后|后|前后|来(?![自到源访])|消息(?=[ \u00a0\u3000])|,|，|、|的)+")
_AT_CLOCK = re.compile(_CLOCK)  # 火灾发生于6月2日|下午2时许
_AHEAD_OF_TIME = re.compile(r"(?:早在|自从|自|从|于|在|至|到|光是)$")
LEFT_OUT = as_piece("", "time")
FROM = as_piece("", "from")  # a date and the 从 or 于 ahead of it: what stands before is another phrase


def pieces_of(text: str, words: list[Word], span: Span, cuts: Sequence[tuple[int, int, Piece | None]], actors: Sequence[Actor]) -> list[Piece]:
    """The words of the clause, with names and the trigger marked as such and dates and brackets left out."""
    offices = {actor[0]: len(actor[5]) for actor in actors if actor[5] and actor.type == "person"}
    pieces: list[Piece] = []
    at, end = span
    for begin, stop, piece in cuts:
        if begin < at or stop > end:
            continue
        if begin > at:
            pieces += _words_between(words, at, begin)
        if begin in offices:
            _drop_office(pieces, offices[begin])
        pieces.append(piece or LEFT_OUT)
        at = stop
    if at < end:
        pieces += _words_between(words, at, end)
    return pieces


def cuts_in(
    text: str, span: Span, trigger: Trigger, actors: Sequence[Actor], times: Sequence[Time], asides: Sequence[Span]
) -> list[tuple[int, int, Piece | None]]:
    """Spans that are one piece (the trigger, a name) or none (a date, a bracket, 此外), in order, the longer first."""
    start, end = span
    cuts: list[tuple[int, int, Piece | None]] = [(trigger.start, trigger.end, as_piece(_deed_of(trigger), "trigger"))]
    lead = _LEADING.match(text, start, trigger.start) if start < trigger.start else None
    if text.find("”为", start, trigger.start) >= 0 and (themed := _THEMED.match(text, start, trigger.start)):
        cuts.append((start, themed.end(), None))
    if lead and not any(start < actor.end and actor.start < lead.end() for actor in actors):
        cuts.append((start, lead.end(), None))
    for time in times:
        if start <= time.start < end:
            if (time.start >= trigger.end or trigger.text in results()[1]) and _is_period(text, time, end):
                cuts.append((time.start, time.end, as_piece(time.text, "period")))
                continue
            if time.end < trigger.start and (held := _HELD_THEN.match(text, time.end, trigger.start)):
                cuts.append((time.start, held.end(), None))
                continue
            ahead = _AHEAD_OF_TIME.search(text, max(start, time.start - 2), time.start)
            if ahead and ahead.group() == "在" and _AT_ONE.match(text, time.end, end):
                ahead = None
            behind = _AROUND_TIME.match(text, time.end, min(end, time.end + 16)) if time.end <= trigger.start else _AT_CLOCK.match(text, time.end, end)
            stop = behind.end() if behind else time.end
            if stop == time.end and text[stop : stop + 1] in "和与及" and any(other.start == stop + 1 for other in times):
                stop += 1  # 2016年|和|2017年
            cuts.append((ahead.start() if ahead else time.start, stop, FROM if ahead else None))
    cuts += [(actor.start, actor.end, as_piece(_as_called(actor), "actor")) for actor in actors]
    if text.find("（", start, end) >= 0 or text.find("(", start, end) >= 0:
        cuts += [(m.start(), m.end(), None) for m in _BRACKET.finditer(text, start, end)]
    cuts += [(first, last, None) for first, last in asides]
    if len(cuts) > 1:
        cuts.sort(key=itemgetter(1), reverse=True)
        cuts.sort(key=itemgetter(0))
    return cuts


def _deed_of(trigger: Trigger) -> str:
    """The word itself: 打造 of 打造了, which only with 了 tells a deed."""
    return trigger.text[:-1] if len(trigger.text) > 2 and trigger.text[-1] == "了" else trigger.text


_AT_ONE = re.compile("[^，。；的]{2,12}?[会坛节展](?:上|期间|现场)")  # 峰会在2023年|茶博会上举办
_HELD_THEN = re.compile("(?:召开|举行|举办)的")  # 刘立人在|昨日召开的|股东大会上表示
# 公布2019年第二季度业绩, 公布1-4月数据: which results they are, not when they came out. 去年 does not stand alone.
_PERIOD = re.compile(
    "(?:(?:19|20)[0-9]{2}年度?)?(?:第?[一二三四]季度?|前[二三]季度|[上下]半年|全年|[0-9]{1,2}(?:[-至到—][0-9]{1,2})月)?"
)


def _is_period(text: str, time: Time, end: int) -> bool:
    """Whether a time behind the deed belongs to the thing it is done to."""
    if time.end >= end or not "\u4e00" <= text[time.end] <= "\u9fff" or text[time.end] in "起开至到前后以内的":
        return False
    return _PERIOD.fullmatch(time.text) is not None and not _AHEAD_OF_TIME.search(text, time.start - 2, time.start)


def _words_between(words: list[Word], start: int, end: int) -> list[Piece]:
    """The words of [start, end), cut where it cuts them."""
    first, stop = bisect_left(words, (start,)), bisect_left(words, (end,))
    found = words[first:stop]
    if found and found[-1][1] > end:
        last = found[-1]
        found[-1] = as_piece(last.text[: end - last.start], last.flag)
    if first and words[first - 1][1] > start:
        ahead = words[first - 1]
        found.insert(0, as_piece(ahead.text[start - ahead.start : end - ahead.start], ahead.flag))
    return found


def _as_called(actor: Actor) -> str:
    """As the article calls it; a short form only this article knows is written out."""
    whole = actor.rule in ("surname and office", "named before in the article", "spoken of by what it is")
    return actor.name if whole else actor.text


def _drop_office(pieces: list[Piece], length: int) -> None:
    """托比网CEO刘宁波, 市委常委、常务副市长赵四辈: the office, of `length` characters, and what it belongs to go."""
    while pieces:
        last = pieces[-1]
        if length > 0 or last.flag == "actor" or last.text in ("、", "兼", "副", "常务", "原", "前") or last.flag[0] in "nbjmgl" or last.flag in ("eng", "vn", "zg"):
            length -= len(pieces.pop().text)
            continue
        if last.text in ("该", "这家"):
            pieces.pop()  # 与该公司总经理周立人会面
        return
