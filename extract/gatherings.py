"""Fairs, congresses and festivals that a text numbers (第九届陶瓷博览会, 本届瓷博会).

Knows their names, and which one 本届 and 大会 point back to. Leaves out where they are held (`finds.py`).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from operator import itemgetter
from typing import NamedTuple

from extract.meeting_words import meeting_words
from extract.mentions import make


class Gathering(NamedTuple):
    """A fair, congress or festival that a text numbers or points to (第九届陶瓷博览会, 本届瓷博会)."""

    start: int
    end: int
    name: str


NAME_GOES_ON = "员议见期览商馆谈日计年目"  # what makes another word of the end of a gathering's name: 展览会|员, 交易会|期间
# 第九届陶瓷博览会, 本届瓷博会: 届 and a noun that ends as gatherings do; 第九届董事会 is a body of people, 上届 is another one.
_GATHERING = re.compile(
    r"(?:[本此该首]|第[ \u00a0]?[一二三四五六七八九十百0-9]{1,4}[ \u00a0]?)届[“「]?"  # which one
    r"((?:(?:中国|国际)[（(][一-鿿]{2,6}[）)]|中国[—－-]{1,2}(?=[一-鿿]))?"  # whose, with a place in brackets or beside a dash
    r"[^\W\d的在于将由为与和及共有是了以]{0,14}?(?:(?<![董理监委事员社])会|(?<!发)展|[节赛周]|论坛))(?![" + NAME_GOES_ON + r"])"
)
MOST_NAMED = 20  # gatherings that 本届… may point back to, the first of the article
_BESIDE = re.compile(r"[较比与同][^，,。；;\n]{0,14}$")  # 较第八届瓷博会增长8%


_BLANK_OR_QUOTE = re.compile("[ \u00a0“「]")


def find_gatherings(text: str) -> list[Gathering]:
    """Those of `text`, in order; 本届瓷博会 takes the number of the one that ends so (第九届瓷博会) where the text gives it."""
    found: list[Gathering] = []
    any_gathering, fairs, bodies, attending = map(meeting_words, ("any gathering", "called so without a name", "numbered bodies", "those who come"))
    for match in _numbered(text):
        noun = match[1]
        if noun.endswith(bodies) or noun in attending or _BESIDE.search(text, max(0, match.start() - 16), match.start()):
            continue
        name = _BLANK_OR_QUOTE.sub("", match[0])
        if noun in any_gathering:  # 本届大会 is the one named before
            if not found and noun not in fairs:
                continue
            name = found[0].name if found else noun
        elif name[0] != "第":
            name = next((g.name for g in found[:MOST_NAMED] if g.name[0] == "第" and g.name.endswith(noun)), name if name[0] == "首" else noun)
        found.append(make(Gathering, (match.start(), match.end(), name)))
    shortest: dict[str, str] = {}
    for gathering in found[:MOST_NAMED]:
        number = gathering.name.partition("届")[0]
        if number[0] == "第" and (number not in shortest or len(gathering.name) < len(shortest[number])):
            shortest[number] = gathering.name
    return [g._replace(name=shortest.get(g.name.partition("届")[0], g.name)) for g in found]  # 第二届中国国际进口博览会 is 第二届进博会


# What may stand between a gathering and what it does: 第九届陶瓷博览会（下称“瓷博会”）于昨天|闭幕; not 瓷博会上, 瓷博会期间.
_ACTS = re.compile(
    r"[”」》]?(?:[和暨与及][^，。；在于]{2,20}?(?:会|论坛))?"  # the mark its name ends with, and another held with it
    r"(?:(?:[开闭]幕式|颁奖典礼|颁奖仪式|启动仪式|签约仪式)(?:暨[^，。；在于]{2,12}?(?:仪式|典礼|论坛|峰会|大会|会))?)?"  # what is held at its beginning or end
    r"(?:[（(][^（()）]{1,24}[)）])?(?:第[一二三四五六1-9]期(?:展会)?|线[上下]展会?)?"  # a note, and which part of it
    r"(?:(?:将|定)?[于在昨今前][^，。；的]{1,36}|[\d一二三四五六七八九十廿卅][^，。；的]{1,24})?"  # when and where
    r"(?:已|也|还|又|专门|共|正式|成功|圆满|隆重|盛大|顺利|如期|首次|同时|将|胜利)*$"  # how
)


# 2021全国网上年货节: a year that a name begins with; 2021年股东大会 is somebody's.
_OF_A_YEAR = re.compile(r"20[0-9]{2}(?!年)[^\W\d的在于将由为与和及共有是了以]{2,16}(?:(?<![董理监委事员社])会|(?<!发)展|[节赛周]|论坛)(?![" + NAME_GOES_ON + r"])")


# 全国茶业表彰大会在云海举行, 茶博会第二期展会开幕: what is held names itself, though no number comes before it; 协会 and 委员会 are bodies.
_UNNUMBERED = re.compile(
    r"(?:20[0-9]{2}年?)?"  # of a year
    r"((?:“[^“”，。]{1,12}”)?[^\W\d在的于将由为与和及共有是了以](?:[^\W在的于将由为了]|[（(][一-鿿]{2,4}[）)]){1,24}?"  # its name
    r"(?:(?:产销|供需|对接|推介|系列|主题|交流|采购|招商|评选|展示|展销)活动|(?<![董理监委事员社协商工学总常国布])会|(?<!发)展|[节赛]|论坛|嘉年华))(?![" + NAME_GOES_ON + r"展上场后])"
)


# 这个论坛, 一场音乐节, 大型灯展, 家长会 say which kind it is and name none.
_NO_NAME = re.compile(
    r"[这那一每各该本此两几]|[大小]型|首[届个场次]?(?=[^\W]{1,3}$)|(?:[^\W][展赛会节]|[大总]会|音乐节|(?:家长|追悼|学生|音乐|演唱|表彰|庆祝|总结|新闻发布|记者|招待|联欢|展览)会)$"
)


def acting_gathering(text: str, gatherings: Sequence[Gathering], start: int, at: int, held: bool = False) -> str:
    """The name of the gathering in [start, at) that does what is told at `at`, or ""; `held`: what is told there is done by gatherings."""
    first = bisect_left(gatherings, start, key=itemgetter(0))
    if first < len(gatherings) and gatherings[first].end <= at:
        gathering = gatherings[first]
        return gathering.name if _ACTS.match(text, gathering.end, at) else ""
    named = _OF_A_YEAR.search(text, start, at) if text.find("20", start, at) >= 0 else None
    if named and _ACTS.match(text, named.end(), at):
        return named.group()
    opening = _UNNUMBERED.match(text, start, at) if held else None
    if not opening or opening[1] in meeting_words("held") or opening[1].endswith(meeting_words("of somebody")) or _NO_NAME.match(opening[1]):
        return ""
    return opening[1] if _ACTS.match(text, opening.end(), at) else ""


def _numbered(text: str) -> Iterator[re.Match[str]]:
    """What _GATHERING matches, looked for around 届 alone."""
    at = text.find("届")
    while at >= 0:
        start = at - 1 if text[at - 1] in "本此该首" else text.rfind("第", max(0, at - 7), at)
        match = _GATHERING.match(text, start) if start >= 0 else None
        if match:
            yield match
        at = text.find("届", match.end() if match else at + 1)
