"""Where sentences and clauses begin and end.

Knows Chinese and ASCII end marks, closing quotes and brackets that belong to the sentence before
them, and quotations that the sentence carries on after (`“行吗？”他问。` is one sentence).
Leaves out paragraphs that are not separated by a line break: the reading text has one for each.
"""

from __future__ import annotations

import re
from functools import cache

from extract.meeting_words import any_meeting

Span = tuple[int, int]
ROW_MARKS = ("、", "和", "与", "及")  # between the members of a row

# What may follow a closing quote without starting a new sentence: the quotation is then only a part of
# the sentence around it. `“不行！”的回答`, `“行吗？”,他问`, and a speaker with a verb of saying within a few
# characters: `“协议很重要。”张启说。`, `。”一位知情人士告诉本报记者。`
_MARK_BEHIND = r"[,，、:：;；的]"
_SAYS_BEHIND = r"[^\n。！？!?；;“「『]{0,24}?(?:说|表示|称|告诉|指出|认为|透露|介绍|坦言|回应|分析|强调|补充|写道|感慨|问|答|道)(?![的着])"
_CLOSERS = r"”’」』）)】》"


def _is_held() -> str:
    """Behind a quotation that is the name of something held: “你好，临江！”|主题活动."""
    return rf"[一-鿿]{{0,6}}?(?:{any_meeting('under a slogan')})"


@cache
def _boundary() -> re.Pattern[str]:
    # An ASCII full stop ends nothing: it stands in numbers, names and addresses. One class in front of the
    # alternatives lets the search skip over everything else at once. White space behind it begins no sentence
    # and ends no other; what stands behind an ASCII quote depends on whether that opens or closes.
    closed = rf"[。！？!?…]{{0,8}}[{_CLOSERS}\"]{{1,3}}(?!{_MARK_BEHIND}|{_is_held()}|{_SAYS_BEHIND})"
    plain = rf"[。！？!?…]{{0,8}}(?![{_CLOSERS}\"。！？!?…])"
    return re.compile(rf"([\n。！？!?；;](?:(?<=\n)|{closed}|{plain}))(?:(?<!\")\s*)?")


@cache
def _comma() -> re.Pattern[str]:
    # A comma between digits belongs to the number (1,802.4); 、 joins words, it does not end a clause.
    # One class in front lets the search skip over everything else at once. A dash behind 中国 joins (中国—东盟博览会), and one in a line (昆明—厦门航线).
    return re.compile(r"[，；;：—,:](?:(?<![,:—])|(?<=—)(?:(?<!中国—)(?![一-鿿—]{2,16}?(?:航线|班列|铁路|高铁|高速|公路|专线|研究院|实验室))|(?=—))|(?<=,)(?!\d{3}(?!\d))|(?<!\d,)(?<=,)|(?<=:)(?!\d))")


@cache
def _note() -> re.Pattern[str]:
    return re.compile(r"[（(][^（()）]{1,40}[)）](?![，,；;。])")


@cache
def _slogan() -> re.Pattern[str]:
    return re.compile(rf"“[^“”，。]{{1,10}}—[^“”，。]{{1,10}}”|“[^“”，。]{{1,14}}，[^“”。]{{1,14}}”(?={_is_held()})")


def split_passages(text: str) -> list[Span]:
    """Spans of the sentences of `text`, in order, without the white space around them.

    >>> [text[s:e] for text in ["甲说：“行。”乙来了。丙走了！"] for s, e in split_passages(text)]
    ['甲说：“行。”', '乙来了。', '丙走了！']
    """
    spans: list[Span] = []
    start = len(text) - len(text.lstrip())
    for match in _boundary().finditer(text):
        end, behind = match.end(1), match.end()
        mark = text[end - 1]
        if mark == "\n":
            end = start + len(text[start:end].rstrip())
        elif mark == '"':
            if text.count('"', start, end) % 2:  # it opens the next sentence
                end = behind = end - 1
            while text[behind : behind + 1].isspace():
                behind += 1
        if start < end:
            spans.append((start, end))
        start = behind
    if start < (end := len(text.rstrip())):
        spans.append((start, end))
    return spans


def split_clauses(text: str, start: int, end: int) -> list[Span]:
    """Spans of the clauses of one sentence: what stands between commas, colons, semicolons and dashes."""
    whole: list[Span] = []  # what no mark inside splits
    if text.find("（", start, end) >= 0 or text.find("(", start, end) >= 0:
        whole = [note.span() for note in _note().finditer(text, start, end)]  # 29省（区、市，以下简称「省」）已公布
    if text.find("“", start, end) >= 0:
        whole += [name.span() for name in _slogan().finditer(text, start, end)]  # “你好，临江”主题活动
    spans: list[Span] = []
    for comma in _comma().finditer(text, start, end):
        cut = comma.start()
        if whole and any(opens < cut < closes for opens, closes in whole):
            continue
        if start < cut:
            spans.append((start, cut))
        start = cut + 1  # a mark is one character
    if start < end:
        spans.append((start, end))
    return spans
