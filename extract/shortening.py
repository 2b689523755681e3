"""A title made short enough: what is least missed goes first.

Knows in which order words may go, one rule after the other, and that the thing a deed is done to stays to the end.
Leaves out how a clause becomes a title; that is `titles.py`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from operator import itemgetter

from extract.meeting_words import meeting_words
from extract.mentions import make
from extract.pieces import text_of
from extract.title_words import words_of
from extract.triggers import checks
from extract.words import Word

LONGEST = 30
Piece = Word  # of a title: jieba's tag, or "actor" for a name, "trigger", "time" for what is left out (no text)

LINKS = frozenset(["和", "与", "及", "以及", "暨", "或", "同", "跟", "及其"])
MARKS = "，,、。：:；;"
_CLOSING = frozenset("”」』》）)")


def as_piece(text: str, flag: str) -> Word:
    return make(Word, (0, 0, text, flag))


def length_of(pieces: Sequence[Piece]) -> int:
    return len("".join(map(text_of, pieces)))


def trigger_at(pieces: Sequence[Piece]) -> int:
    flags = list(map(_flag_of, pieces))  # told so often of a title that it goes without a loop
    return flags.index("trigger") if "trigger" in flags else 0


_flag_of = itemgetter(3)


def shortened(pieces: list[Piece]) -> list[Piece]:
    """Too long: what is least missed goes first, the thing the deed is done to stays to the end."""
    while pieces and pieces[-1].text in MARKS:
        pieces = pieces[:-1]
    if length_of(pieces) <= LONGEST:
        return pieces
    for shorter in _SHORTER:
        left = shorter(pieces)
        if left is not pieces and length_of(left) <= LONGEST:
            return left
        pieces = left
    return pieces


_LISTS = frozenset(["、", "和", "与", "及", "以及"])
_NAMED_FLAGS = frozenset(["actor", "ns"])


def _without_rest_of_list(pieces: list[Piece]) -> list[Piece]:
    """对甲、乙、丙、丁等九家机构进行接管: the first name and 等, where three or more are listed."""
    names = [index for index, piece in enumerate(pieces) if piece[3] in _NAMED_FLAGS]
    for at in names[:-2]:
        stop = at
        if at + 3 < len(pieces) and pieces[at + 1].text in ("与", "和", "同", "跟") and pieces[at + 3].text == "、":
            continue  # 甲与乙、丙和丁: 甲 is the other party
        while stop + 2 < len(pieces) and pieces[stop].flag in _NAMED_FLAGS and pieces[stop + 2].flag in _NAMED_FLAGS and pieces[stop + 1].text in _LISTS:
            stop += 2
        if stop >= at + 4:
            more = stop + 1
            while more < len(pieces) and (pieces[more].text in _LISTS or pieces[more].flag in ("a", "t") or is_nominal(pieces[more])):
                more += 1
            rest = pieces[more:] if more < len(pieces) and pieces[more].text == "等" else pieces[stop + 1 :]
            return [*pieces[: at + 1], *([] if rest and rest[0].text == "等" else [as_piece("等", "u")]), *rest]
    return pieces


def _without_description(pieces: list[Piece]) -> list[Piece]:
    """甲与乙、丙和丁共同推动的债券业务推出: who describes the subject goes where the deed would be cut off."""
    at = trigger_at(pieces)
    last = next((i for i in range(at - 1, -1, -1) if pieces[i].text == "的"), -1)
    if last + 1 >= at or length_of(pieces[: at + 1]) <= LONGEST or any(piece.text in _CLOSING for piece in pieces[last + 1 : at]):
        return pieces
    return [*_doer_and_link(pieces[: last + 1]), *pieces[last + 1 :]]


def _doer_and_link(pieces: Sequence[Piece]) -> list[Piece]:
    """甲公司对 of 甲公司对原产于外国的: who does it, and what ties it to the thing described."""
    if not pieces or pieces[0].flag != "actor":
        return []
    link = next((piece for piece in pieces[1:] if piece.text in ("对", "向", "与", "和", "为", "给", "把", "将")), None)
    return [pieces[0], link] if link else []


def _without_means(pieces: list[Piece]) -> list[Piece]:
    """交由甲公司透过旗下平台在境内发行: behind the one it is done to, how it is done."""
    at = trigger_at(pieces)
    if at + 2 < len(pieces) and pieces[at + 1].flag == "actor":
        stop = next((i for i in range(at + 2, len(pieces)) if pieces[i].flag == "p" and pieces[i].text not in LINKS), len(pieces))
        return pieces[:stop]
    return pieces


def _without_whereabouts(pieces: list[Piece]) -> list[Piece]:
    """甲在泗洪县网络创业产业园举行…: what stands from 在 to the deed, where somebody stands ahead of it."""
    at = trigger_at(pieces)
    first = next((i for i in range(1, at) if pieces[i].text == "在"), at)
    if any(piece.flag[0] == "v" or piece.text in ("与", "和", "同", "对", "向") for piece in pieces[first + 1 : at]):
        return pieces
    return pieces[:first] + pieces[at:]


def _without_kind(pieces: list[Piece]) -> list[Piece]:
    """Of 国内知名电商公司云海 the name is enough, at the front or behind 与."""
    index = trigger_at(pieces) - 1
    while index > 0:
        if pieces[index].flag == "actor" and pieces[index - 1].text.endswith(words_of("kinds of companies")) and pieces[index - 1].flag != "actor":
            first = index - 1
            while first and (is_nominal(pieces[first - 1]) or pieces[first - 1].text in ("的", "及", "新")) and pieces[first - 1].flag != "actor":
                first -= 1
            pieces = pieces[:first] + pieces[index:]
            index = first
        index -= 1
    return pieces


def _first_of_list(pieces: list[Piece]) -> list[Piece]:
    """黄金、白银等贵金属 is 黄金等贵金属: of a list that 等 ends the first is enough."""
    stop = next((i for i in range(len(pieces) - 1, 0, -1) if pieces[i].text == "等"), -1)
    first = stop
    for index in range(stop - 1, 0, -1):
        if pieces[index].flag == "trigger" or pieces[index].text in _CLAUSE_MARKS:
            break
        if pieces[index].text == "、":
            first = index
    return pieces[:first] + pieces[stop:] if first < stop else pieces


def _with_head(pieces: list[Piece]) -> list[Piece]:
    """举行甲项目、乙项目开工仪式 is 举行甲项目等开工仪式: behind the deed the first of a list, and what it is a list of."""
    at = trigger_at(pieces)
    mark = next((i for i in range(at + 2, len(pieces) - 2) if pieces[i].text == "、"), 0)
    if not mark or pieces[-1].text not in meeting_words("held") or length_of(pieces[:mark]) > LONGEST - 5:
        return pieces
    return [*pieces[:mark], as_piece("等", "u"), *pieces[-2:]]


_CLAUSE_MARKS = frozenset("，,。：:；;")
_THROUGH = frozenset(["通过", "透过", "携", "携手", "会同", "依托"])
_TOWARDS = frozenset(["向", "对", "为", "给", "与", "在"])


def _without_helpers(pieces: list[Piece]) -> list[Piece]:
    """甲通过乙向灾区捐款: who helps goes, where somebody stands ahead and 向 or 对 goes on."""
    at = trigger_at(pieces)
    first = next((i for i in range(1, at) if pieces[i].text in _THROUGH), at)
    stop = next((i for i in range(first + 1, at) if pieces[i].text in _TOWARDS), at)
    return pieces[:first] + pieces[stop:] if stop < at else pieces


def _without_manner(pieces: list[Piece]) -> list[Piece]:
    """甲以多种不同的方式支援乙; 甲公告称，公司拟通过协议受让方式，以自筹资金购买丙: in what way goes."""
    for stop in range(len(pieces) - 2, 0, -1):
        if stop + 1 >= len(pieces):
            continue  # another way behind it went already: 以现场和通讯方式，通过网络投票的方式召开
        if not pieces[stop].text.endswith(_WAYS) or pieces[stop + 1].text == "的":
            continue
        first = next((i for i in range(stop - 1, max(0, stop - 12), -1) if pieces[i].text.endswith(_IN_WHICH_WAY) or pieces[i].text in _CLAUSE_MARKS or pieces[i].flag == "trigger"), 0)
        if first and pieces[first].text.endswith(_IN_WHICH_WAY):
            planned = [as_piece("拟", "v")] if pieces[first].text == "拟以" else []  # one word to the dictionary
            pieces = [*pieces[:first], *planned, *pieces[stop + (2 if pieces[stop + 1].text in _CLAUSE_MARKS else 1) :]]
    return pieces


def _without_matter(pieces: list[Piece]) -> list[Piece]:
    """甲与乙就收购丙在国内的冰箱业务签署备忘录: about what goes, where both stand ahead."""
    at = trigger_at(pieces)
    first = next((i for i in range(2, at) if pieces[i].text == "就"), 0)
    return [*pieces[:first], *pieces[at:]] if first and at + 1 < len(pieces) else pieces


def _without_whom(pieces: list[Piece]) -> list[Piece]:
    """方案书通过临江市水务局审批 is 方案书通过审批."""
    at = trigger_at(pieces)
    return [*pieces[: at + 1], pieces[-1]] if pieces[at].text == "通过" and pieces[-1].text in checks() else pieces


_WAYS = ("方式", "形式", "手段", "依据", "自筹资金", "自有资金")
_IN_WHICH_WAY = ("以", "通过", "采取", "根据")


_FIELDS = frozenset(["市场", "领域", "行业", "地区", "期间", "上", "中", "内", "里"])


def _without_field(pieces: list[Piece]) -> list[Piece]:
    """对甲在外卖服务市场滥用支配地位行为立案: in which field goes."""
    at = trigger_at(pieces)
    first = next((i for i in range(2, at) if pieces[i].text == "在" and pieces[i - 1].flag == "actor"), at)
    stop = next((i for i in range(first + 1, at - 2) if pieces[i].text in _FIELDS and pieces[i + 1].flag[0] == "v"), at)
    return pieces[:first] + pieces[stop + 1 :] if stop < at else pieces


def _without_quoted(pieces: list[Piece]) -> list[Piece]:
    """签署“同心共建”全面合作协议: behind the deed what is quoted goes, where a noun follows; a book's name where one is ahead."""
    at = trigger_at(pieces)
    for left, right in (("“", "”"), ("《", "》")):
        opened = next((i for i in range(at + 1, len(pieces)) if pieces[i].text == left), -1)
        closed = next((i for i in range(opened, len(pieces)) if pieces[i].text == right), -1) if opened > 0 else -1
        if closed < 0:
            continue
        named = is_nominal(pieces[closed + 1]) and len(pieces[closed + 1].text) > 1 if closed + 1 < len(pieces) else left == "《" and opened > at + 1 and is_nominal(pieces[opened - 1])
        if named:
            return pieces[:opened] + pieces[closed + 1 :]
    return pieces


def _without_price(pieces: list[Piece]) -> list[Piece]:
    """将以23亿-25亿元收购甲: for how much goes."""
    first = next((i for i in range(1, len(pieces) - 2) if pieces[i].text == "以" and pieces[i + 1].flag[0] == "m"), 0)
    stop = next((i for i in range(first + 2, len(pieces)) if pieces[i].flag in ("v", "vn", "trigger")), 0) if first else 0
    amount = "".join([piece.text for piece in pieces[first:stop]])
    return pieces[:first] + pieces[stop:] if stop and amount.endswith(("元", "币", "价格", "代价", "对价")) else pieces


def _without_light(pieces: list[Piece]) -> list[Piece]:
    """进行联合约谈 is 约谈."""
    at = first = trigger_at(pieces)
    while first > 1 and pieces[first - 1].text in ("进行", "予以", "实施", "开展", "联合", "集中", "公开"):
        first -= 1
    return pieces[:first] + pieces[at:] if first < at and pieces[first].text in ("进行", "予以", "实施", "开展") else pieces


_ITSELF = frozenset(["公司", "本公司", "该公司", "上市公司"])
_ANONYMOUS = ("人士", "消息", "媒体")
_SAYS = ("称", "表示", "公布", "证实", "公告", "宣布", "透露", "指出")
_NO_SUBJECT = frozenset(["将", "将要", "正在", "正", "已", "已经", "拟", "不", "未", "没有", "计划", "暂停", "启动", "决定"])


def _said_in_short(pieces: list[Piece]) -> list[Piece]:
    """甲部门表示，将把… is 甲部门将把…; 知情人士证实，甲收购… is 甲收购…; what a body tells as news stands without it."""
    stop = next((i for i, piece in enumerate(pieces) if piece.text in "，," and piece.text), -1)
    if stop < 1 or stop + 2 >= len(pieces) or not pieces[stop - 1].text.endswith(_SAYS):
        return pieces
    said = pieces[stop + 1 :]
    while said and (said[0].text in MARKS or not said[0].text):
        said = said[1:]
    doer = 0
    while doer < stop and (is_nominal(pieces[doer]) or pieces[doer].text in ("的", "等", "、")) and pieces[doer].flag not in ("trigger", "v"):
        doer += 1
    name = "".join([piece.text for piece in pieces[:doer]])
    if not said or not doer:
        return pieces
    if len(said) > 1 and said[0].text in _ITSELF and said[1].text in _NO_SUBJECT:
        return [*pieces[:doer], *said[1:]]  # 甲公告称，公司拟收购乙
    if said[0].text in _NO_SUBJECT or said[0].text[0] in "将正" or (said[0].flag == "v" and pieces[stop - 1].text.endswith("公告")):
        return [*pieces[:doer], *said]
    told = any(piece.text.endswith(("信息", "数据", "公告", "消息", "公布")) for piece in pieces[doer:stop])
    return said if (told or name.endswith(_ANONYMOUS)) and is_nominal(said[0]) and said[0].flag != "v" else pieces


def _with_deed(pieces: list[Piece]) -> list[Piece]:
    """甲与乙、丙以及丁签订协议: where the deed would be cut off, the partners behind the first go."""
    at = trigger_at(pieces)
    if length_of(pieces[: at + 1]) <= LONGEST:
        return pieces
    link = next((i for i in range(1, at) if pieces[i].text in ("与", "和", "同", "跟", "对", "向")), 0)
    helped = next((i for i in range(1, at) if pieces[i].text in _THROUGH), 0)
    if helped and at + 1 < len(pieces):
        return [*pieces[:helped], *pieces[at:]]  # 甲管委会|会同三镇五乡和茶商联盟|举办对接会
    mark = next((i for i in range(1, at) if pieces[i].text == "、"), 0)
    if mark and not link and at + 1 < len(pieces):
        return [*pieces[:mark], as_piece("等", "u"), *pieces[at:]]  # 甲、乙、丙举行三方签约仪式
    partner = next((i for i in range(link + 1, at) if pieces[i].flag == "actor"), 0) if link else 0
    if not partner or partner + 1 >= at or at + 1 == len(pieces):
        return pieces
    described = [] if pieces[link + 1].flag != "actor" else pieces[link + 1 : partner]
    return [*pieces[: link + 1], *described, pieces[partner], as_piece("等", "u"), *pieces[at:]]


_DONE_BY = frozenset(["由", "被", "先前", "此前", "原先", "原本"])
def _only_meeting(pieces: list[Piece]) -> list[Piece]:
    """甲和乙主办的“买家论坛暨采购洽谈会”举行: the meeting stands without who holds it."""
    at = trigger_at(pieces)
    if at < len(pieces) - 1 or not at or pieces[at - 1].text != "”":
        return pieces
    return pieces[next((i for i in range(at) if pieces[i].text == "“"), 0) :]


def _without_second_name(pieces: list[Piece]) -> list[Piece]:
    """茶业大会暨项目签约仪式: the first name of a meeting is enough."""
    ends = (*meeting_words("ends of what is held"), "”")
    at = next((i for i in range(1, len(pieces) - 1) if pieces[i].text == "暨" and pieces[i - 1].text.endswith(ends)), 0)
    stop = next((i for i in range(len(pieces) - 1, at, -1) if pieces[i].text.endswith(ends)), 0) if at else 0
    return pieces[:at] + pieces[stop + 1 :] if stop else pieces


_FORM = re.compile("(?:股份|责任)?有限(?:责任)?公司$|人民(?=政府$)")


def _in_short(pieces: list[Piece]) -> list[Piece]:
    """Names without their legal form: 电气集团有限公司, 自治区人民政府."""
    return [piece._replace(text=_FORM.sub("", piece.text)) if piece.text.endswith(("公司", "政府")) else piece for piece in pieces]


def _without_period(pieces: list[Piece]) -> list[Piece]:
    return [piece for piece in pieces if piece.flag != "period"]


def _without_first_words(pieces: list[Piece]) -> list[Piece]:
    """举行新型基建领域战略合作框架协议签约仪式: of a run of nouns behind the deed the last ones tell what it is."""
    at = trigger_at(pieces)
    tail = pieces[at + 1 :]
    if len(tail) < 2 or tail[0].flag == "v" or not all(is_nominal(piece) for piece in tail):
        return pieces
    excess = length_of(pieces) - LONGEST
    while len(tail) > 1 and excess > 0:
        excess -= len(tail.pop(0).text)
    return pieces[: at + 1] + tail if excess <= 0 else pieces


def _without_front(pieces: list[Piece]) -> list[Piece]:
    """全市首批项目集中开工及第一次集中签约活动举行: where the deed ends the clause, the first words go, a name aside."""
    at = trigger_at(pieces)
    if at < len(pieces) - 1 or any(piece.text in ("与", "和", "同", "对", "向", "将", "把") for piece in pieces[:at]):
        return pieces
    first = 1 if pieces[0].flag == "actor" else 0
    while first < at - 2 and length_of(pieces) > LONGEST:
        pieces, at = pieces[:first] + pieces[first + 1 :], at - 1
    return pieces


def is_nominal(piece: Piece) -> bool:
    _, _, text, flag = piece
    return flag[0] in "nbjglzs" or (flag in ("vn", "an", "eng", "actor", "v", "m", "q") and text not in ("有", "是"))


def _in_book(pieces: Sequence[Piece], at: int) -> bool:
    """Whether a 《 is open at `at`."""
    return next((piece.text == "《" for piece in reversed(pieces[:at]) if piece.text in ("《", "》")), False)


def _without_modifiers(pieces: list[Piece]) -> list[Piece]:
    """Too long: of 关于落实双方合作的行动方案 only the noun behind the last 的 stays, behind the trigger first."""
    at = trigger_at(pieces)
    for begin, stop in ((at + 1, len(pieces)), (0, at)):
        marks = [i for i in range(begin, stop) if pieces[i].text == "的" and not _in_book(pieces, i)]
        if not marks or length_of(pieces) <= LONGEST:
            continue
        if begin > 1 and any(piece.flag == "x" and piece.text in "，," for piece in pieces[begin : marks[-1]]):
            continue  # 公告称，甲拟购买乙的股份: what is said is a sentence, not a thing
        last = marks[-1]
        first = next((i for i in range(last - 1, begin - 1, -1) if pieces[i].flag in ("x", "actor", "p")), begin - 1) + 1
        taken = next((i + 1 for i in range(last - 1, begin - 1, -1) if pieces[i].text in _TAKES), 0)
        if taken and length_of(pieces[last + 1 :]) <= _SHORTEST_TAKEN and pieces[last - 1].text not in _CLOSING:
            continue  # 收购江海实业的|股权: of whom says what it is
        first = max(first, taken)
        while first > begin and pieces[first - 1].text in _DONE_BY:
            first -= 1  # 先前由乙公司拥有的: all of it describes
        if stop == at and last + 1 < at and pieces[last + 1].flag == "actor":
            first = 0  # 喜欢穿西装、着布鞋的马云: who does it needs no description
        pieces = pieces[:first] + pieces[last + 1 :]
    return pieces


_SHORTEST_TAKEN = 4
_TAKES = frozenset(["收购", "购买", "受让", "出售", "转让", "增持", "减持", "认购"])  # 拟收购|甲和乙持有的|丙的股份


_SHORTER = (
    _without_kind, _without_rest_of_list, _without_whom, _without_matter, _first_of_list, _without_means, _without_manner, _without_helpers, _without_field, _without_description, _without_quoted,
    _without_modifiers, _without_whereabouts, _only_meeting, _without_second_name, _in_short, _without_period,
    _without_light, _with_head, _without_price, _said_in_short, _without_modifiers, _without_first_words, _without_front, _with_deed,
)  # fmt: skip


def whole_parts(pieces: Sequence[Piece]) -> list[str]:
    """As many words as fit; what is listed or added behind the deed stays only whole: 新建、改造设备及|相关辅材."""
    words, at, length = [piece[2] for piece in pieces], trigger_at(pieces), length_of(pieces)
    count = len(words)
    while length > LONGEST:
        count -= 1
        length -= len(words[count])
    while count > at + 1 and (pieces[count - 1].flag == "m" or words[count - 1] in _LEADS_TO_AMOUNT):
        count -= 1  # 共计1000|万元
    if count == len(words) or not words[count] or words[count] in _PARTS:
        return words[:count]
    last = next((i for i in range(count - 1, at, -1) if words[i] in _PARTS), 0)
    enough = len("".join(words[at + 1 : last])) >= 4 or (words[last] == "，" and len("".join(words[:last])) >= 12 and not words[last - 1].endswith(_SAYS))
    return words[:last] if last and enough else words[:count]


_LEADS_TO_AMOUNT = frozenset(["共计", "合计", "总计", "共", "约", "近", "达", "逾", "超", "超过", "的"])
_PARTS = frozenset(["、", "，", "及", "以及", "见证"])
