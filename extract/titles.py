"""A title for an event: at most 30 characters that stand alone.

Knows how to take a clause apart: dates, brackets, connectives, adverbs and offices go, a deed that only describes a
thing is told of it (去年收购的品牌X: 收购品牌X), a missing subject and 双方 or 其 are filled in, and what is said follows
a verb of saying. Leaves out new words: everything in a title stands in the article, the 等 for the rest of a long list aside.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import Protocol

from extract.mentions import Actor, Time, make
from extract.passages import Span
from extract.triggers import Trigger, coming_to_be, results
from extract.words import Word

LONGEST = 30

_LEADING = re.compile(
    r"(?:【[^】]{1,8}】|[\s,，、。:：;；“”\"'—·•)）]|此外|同时|与此同时|而且|而|但是|但|不过|其中|另外|据悉|据了解|据介绍|事实上|其实|随后|之后|此后|后来|此前|彼时|目前|如今|至此"
    r"|因此|于是|所以|然后|接着|比如|例如|尤其|特别是|值得一提的是|值得注意的是|值得关注的是|早在|早于|就在|自从|截至|近日|日前|最近|当时|当天|当日|那天|期间|同年|在此期间|另一方面|一方面|并且"
    r"|在[^，在]{2,24}?(?:的背景下|的情况下|下|之际|期间|的同时))+"
)
_LEADING_WORDS = frozenset(["及", "并", "还", "也", "又", "再", "到", "在", "于", "从", "自", "与", "是", "由", "而", "但", "则", "就", "让", "使", "了", "的", "、", "为", "因", "，", ",", "这", "那"])  # fmt: skip
_CONNECTIVES = frozenset(["并", "还", "也", "又", "再", "而", "但", "则", "就", "了", "的", "、", "，", ",", "这", "那", "是"])
_BRACKET = re.compile(r"[（(][^（()）]{0,40}[)）]")
_AROUND_TIME = re.compile(r"(?:晚间|晚|上午|下午|傍晚|凌晨|中午|夜|起|开始|以来|以后|之后|后|前后|,|，|、|的)+")
_AHEAD_OF_TIME = re.compile(r"(?:早在|自从|自|从|于|在|至|到|光是)$")
_MARKS = "，,、。：:；;"
_ENDS = _MARKS + "的与和及"
_UNSEEN = re.compile("[“”\"「」『』… \n\t\u3000\xa0]+")
_MARKS_TWICE = re.compile("[，,]{2,}|(?<=称)[，,：:]")
_AHEAD_OF_HELD = re.compile("(?<=[会动式坛礼])[，,](?=(?:成功)?(?:举行|举办|召开)$)")
_CLOSING = frozenset("”」』》）)")
_UNCLOSED = re.compile("[（(][^）)]*$")
_PAIRED = re.compile("[《》（）()]")
# Ends that only lead over to what is said.
_TAIL = re.compile(r"(?:采访|会见)?时(?:了解到|获悉|看到|发现)$|了解到$|获悉$|(?<=表示)称$|(?<=公告)(?:称|表示)$|(?<![还只总正就更也都不])是$")
_TAIL_ENDS = "到悉现称示是"
_PRONOUN = frozenset(["双方", "两者", "两家公司", "其", "它", "他", "她", "该公司", "公司", "他们", "它们", "该集团", "我们", "该行", "该项目"])  # fmt: skip
_CALLED = frozenset(["公司", "集团", "行", "企业", "厂", "机构", "银行", "品牌", "平台"])
_DROPPED_FLAGS = frozenset(["c", "d", "y", "e", "ul", "uz", "ug", "ad", "f", "o", "time", "from"])
_DROPPED = frozenset(["目前", "如今", "当时", "现在", "此前", "此后", "随后", "之后", "今后", "以前", "以后", "随即", "晚间", "上午", "下午", "近期", "依法", "近日", "日前", "同时", "昨晚", "今晚", "当晚"])  # fmt: skip
_KEPT_BEHIND = frozenset(["d", "ad", "f"])  # what is said or done keeps its adverbs: 中方坚决反对
_KEPT = frozenset(["不", "没", "没有", "未", "首次", "再次", "第三次", "再", "免费", "共同", "联合", "照常", "将", "只", "内", "线上", "全国", "上", "中", "届"])  # fmt: skip
_LINKS = frozenset(["和", "与", "及", "以及", "暨", "或", "同", "跟", "及其"])
_KEPT_ANYWAY = _KEPT | _LINKS
# Where the noun ends that 的 makes the thing of a deed: before a verb, a preposition, a mark.
_HEAD_ENDS = frozenset(["由", "在", "以", "将", "把", "对", "被", "为", "是", "有", "显示", "表示", "说", "称", "，", ",", "逊于", "高于", "低于", "上", "中", "时", "后"])  # fmt: skip


_Piece = Word  # of a title: jieba's tag, or "actor" for a name, "trigger", "time" for what is left out (no text)



def _piece(text: str, flag: str) -> Word:
    return make(Word, (0, 0, text, flag))


_LEFT_OUT = _piece("", "time")
_FROM = _piece("", "from")  # a date and the 从 or 于 ahead of it: what stands before is another phrase


class Worded(Protocol):
    """A text whose clauses come as tagged words; `extract.story.Story` is one."""

    text: str

    def words(self, clause: Span) -> list[Word]: ...


def title(
    story: Worded, span: Span, trigger: Trigger, actors: Sequence[Actor], times: Sequence[Time], subjects: Sequence[str], company: str = ""
) -> str:
    """The clause at `span` as a title. `subjects` are the names to put in front where the clause has none of its own.

    `company` is the one that 公司 stands for: 周立人辞去公司董事职务.
    """
    pieces = _resolved(_pieces(story.text, story.words(span), span, trigger, actors, times), subjects)
    pieces = _told_of_thing(_without_lead(pieces, _CONNECTIVES), trigger)
    if subjects and (not _has_subject(pieces) or (pieces and pieces[0].text in _GOVERNS and all(piece.text not in subjects for piece in pieces))) and not _names(pieces, subjects[0]):
        if len(subjects) > 1 and len(_joined(subjects)) + _length(pieces) > LONGEST:
            subjects = [f"{subjects[0]}等"]
        pieces = [_piece(_joined(subjects), "actor"), *pieces]
    else:
        pieces = _without_lead(pieces, _LEADING_WORDS)
    kept = _kept(_once(pieces))
    if company:
        kept = _called_by_name(kept, company)
    if _length(kept) > LONGEST:
        kept = _shortened(kept)
        if company:  # the one who says so may have gone
            kept = _called_by_name(kept, company)
    return _cut(kept)


def _names(pieces: Sequence[_Piece], subject: str) -> bool:
    """Whether the words ahead of the deed hold the subject, as a part of a longer noun: 快递企业与铁路部门."""
    return len(subject) > 3 and subject in "".join([piece.text for piece in pieces[: _trigger_at(pieces)]])


def _called_by_name(pieces: list[_Piece], company: str) -> list[_Piece]:
    """公司 and 该公司 by the company's name, where it is not in the title already."""
    if company in "".join([piece.text for piece in pieces]):
        return pieces
    for index, piece in enumerate(pieces):
        if piece.text != "公司" or (index and (_is_nominal(pieces[index - 1]) or pieces[index - 1].flag[0] in "rmq")):
            continue
        return [*pieces[:index], _piece(company, "actor"), *pieces[index + 1 :]]
    return pieces


_GOVERNS = frozenset(["对", "向", "与", "和", "同", "跟"])


def _once(pieces: list[_Piece]) -> list[_Piece]:
    """甲公司召开甲公司第二届董事会: what only the article calls 公司 is not named twice."""
    for index in range(len(pieces) - 1, 1, -1):
        if pieces[index].flag == "actor" and pieces[index - 1].flag == "trigger" and any(p.flag == "actor" and p.text == pieces[index].text for p in pieces[: index - 1]):
            return pieces[:index] + pieces[index + 1 :]
    return pieces


def _without_lead(pieces: list[_Piece], words: frozenset[str]) -> list[_Piece]:
    """Without `words` and blanks at the front; 与 in 与会者 stays."""
    first = 0
    while first < len(pieces) and (pieces[first].text in words or not pieces[first].text.strip()):
        if pieces[first].text == "与" and first + 1 < len(pieces) and pieces[first + 1].text.startswith("会"):
            break
        first += 1
    return pieces[first:]


# --- the words of the clause -----------------------------------------------------------------------------------


def _pieces(
    text: str, words: list[Word], span: Span, trigger: Trigger, actors: Sequence[Actor], times: Sequence[Time]
) -> list[_Piece]:
    """The words of the clause, with names and the trigger marked as such and dates and brackets left out."""
    offices = {actor.start for actor in actors if actor.role and actor.type == "person"}
    pieces: list[_Piece] = []
    at, end = span
    for begin, stop, piece in _cuts(text, span, trigger, actors, times):
        if begin < at or stop > end:
            continue
        if begin > at:
            pieces += _words_between(words, at, begin)
        if begin in offices:
            _drop_office(pieces)
        pieces.append(piece or _LEFT_OUT)
        at = stop
    if at < end:
        pieces += _words_between(words, at, end)
    return pieces


def _cuts(
    text: str, span: Span, trigger: Trigger, actors: Sequence[Actor], times: Sequence[Time]
) -> list[tuple[int, int, _Piece | None]]:
    """Spans that are one piece (the trigger, a name) or none (a date, a bracket, 此外), in order, the longer first."""
    start, end = span
    cuts: list[tuple[int, int, _Piece | None]] = [(trigger.start, trigger.end, _piece(trigger.text, "trigger"))]
    lead = _LEADING.match(text, start, trigger.start) if start < trigger.start else None
    if lead and not any(start < actor.end and actor.start < lead.end() for actor in actors):
        cuts.append((start, lead.end(), None))
    for time in times:
        if start <= time.start < end:
            if (time.start >= trigger.end or trigger.text in results()[1]) and _is_period(text, time, end):
                cuts.append((time.start, time.end, _piece(time.text, "period")))
                continue
            ahead = _AHEAD_OF_TIME.search(text, max(start, time.start - 2), time.start)
            behind = _AROUND_TIME.match(text, time.end, min(end, time.end + 6)) if time.end <= trigger.start else None
            cuts.append((ahead.start() if ahead else time.start, behind.end() if behind else time.end, _FROM if ahead else None))
    cuts += [(actor.start, actor.end, _piece(_as_called(actor), "actor")) for actor in actors]
    if text.find("（", start, end) >= 0 or text.find("(", start, end) >= 0:
        cuts += [(m.start(), m.end(), None) for m in _BRACKET.finditer(text, start, end)]
    if len(cuts) > 1:
        cuts.sort(key=lambda cut: (cut[0], -cut[1]))
    return cuts


# 公布2019年第二季度业绩, 公布1-4月数据: which results they are, not when they came out. 去年 does not stand alone.
_PERIOD = re.compile(
    "(?:(?:19|20)[0-9]{2}年度?)?(?:第?[一二三四]季度?|前[二三]季度|[上下]半年|全年|[0-9]{1,2}(?:[-至到—][0-9]{1,2})月)?"
)


def _is_period(text: str, time: Time, end: int) -> bool:
    """Whether a time behind the deed belongs to the thing it is done to."""
    if time.end >= end or not "\u4e00" <= text[time.end] <= "\u9fff" or text[time.end] in "起开至到前后以内的":
        return False
    return _PERIOD.fullmatch(time.text) is not None and not _AHEAD_OF_TIME.search(text, time.start - 2, time.start)


def _words_between(words: list[Word], start: int, end: int) -> list[_Piece]:
    """The words of [start, end), cut where it cuts them."""
    first, stop = bisect_left(words, (start,)), bisect_left(words, (end,))
    found = words[first:stop]
    if found and found[-1][1] > end:
        last = found[-1]
        found[-1] = _piece(last.text[: end - last.start], last.flag)
    if first and words[first - 1][1] > start:
        ahead = words[first - 1]
        found.insert(0, _piece(ahead.text[start - ahead.start : end - ahead.start], ahead.flag))
    return found


def _as_called(actor: Actor) -> str:
    """As the article calls it; a short form only this article knows is written out."""
    whole = actor.rule in ("surname and office", "named before in the article", "spoken of by what it is")
    return actor.name if whole else actor.text


def _drop_office(pieces: list[_Piece]) -> None:
    """托比网CEO刘宁波, 市委常委、常务副市长赵四辈: the office and what it belongs to go."""
    while pieces:
        last = pieces[-1]
        if last.flag == "actor" or last.text in ("、", "兼", "副", "常务", "原", "前") or last.flag[0] in "nbjmgl" or last.flag in ("eng", "vn", "zg"):
            pieces.pop()
            continue
        return


def _resolved(pieces: list[_Piece], subjects: Sequence[str]) -> list[_Piece]:
    """双方, 其, 该公司 ahead of the trigger stand for the subjects; 快递公司 does not."""
    if not subjects or (subjects[0] in _PRONOUN):
        return pieces
    for index, piece in enumerate(pieces):
        if piece.flag == "trigger":
            break
        ahead = pieces[index - 1].flag if index else "x"
        if piece.text == "该" and index + 1 < len(pieces) and pieces[index + 1].text in _CALLED:
            return [*pieces[:index], _piece(_joined(subjects), "actor"), *pieces[index + 2 :]]
        if piece.text in _PRONOUN and not ahead.startswith(("n", "actor", "b", "j", "v", "uj")):
            return [*pieces[:index], _piece(_joined(subjects), "actor"), *pieces[index + 1 :]]
    return pieces


def _joined(names: Sequence[str]) -> str:
    return "与".join([names[0], "、".join(names[1:3])]) if len(names) > 1 else names[0]


# --- what it is told of ----------------------------------------------------------------------------------------


def _told_of_thing(pieces: list[_Piece], trigger: Trigger) -> list[_Piece]:
    """高层下发的《意见》 is 高层下发《意见》, 成立于2003年的X is X成立: what stands around it is another story."""
    at = _trigger_at(pieces)
    behind = at + 1
    while behind < len(pieces) and behind < at + 3 and pieces[behind].text in ("", "于", "在", "了"):
        behind += 1
    if behind >= len(pieces) or pieces[behind].text != "的" or pieces[at].flag != "trigger":
        return pieces
    stop = first = behind + 1
    if stop < len(pieces) and pieces[stop].text == "“":  # 举行的“2016年座谈会暨签约”会: the quoted words are its name
        stop = first = next((i for i in range(stop, len(pieces)) if pieces[i].text == "”"), stop)
    while stop < len(pieces) and pieces[stop].text not in _HEAD_ENDS and (stop == first or pieces[stop].flag != "v"):
        if pieces[stop].flag in ("time", "period") and stop == first:
            first += 1
        stop += 1
        if pieces[stop - 1].text == "》" or (pieces[stop - 1].flag == "actor" and stop - behind > 1):
            break
    thing = pieces[behind + 1 : stop]
    if not thing:
        return pieces
    if thing[-1].text.endswith(("会上", "坛上", "式上")):  # 6月7日举行的年会上
        thing[-1] = thing[-1]._replace(text=thing[-1].text[:-1])
    doer: list[_Piece] = []
    for piece in reversed(pieces[:at]):
        if piece.flag[0] in "nbjm" or piece.flag in ("actor", "eng") or piece.text in _LINKS or piece.text == "、":
            doer.insert(0, piece)
        elif piece.flag[0] != "d" and piece is not _LEFT_OUT:
            break
    while doer and (doer[0].text in _LINKS or doer[0].text == "、"):
        doer.pop(0)
    ahead = next((piece for piece in reversed(pieces[: at - len(doer)]) if piece.text), None)
    if doer and ahead is not None and ahead.text == "在" and trigger.text in coming_to_be():
        return [*thing, pieces[at]]  # 在临江市举行的年会
    if doer and ahead is not None and ahead.text in ("向", "对", "给", "与", "和", "在"):
        return [*pieces[: at + 1], *thing]
    if not doer and trigger.text in coming_to_be():
        return [*thing, pieces[at]]
    return [*doer, pieces[at], *thing]


def _has_subject(pieces: Sequence[_Piece]) -> bool:
    """A name or noun ahead of the trigger that no preposition governs."""
    governed = False
    if pieces and pieces[0].flag == "v":
        return False
    for piece in pieces:
        if piece.flag == "trigger":
            return False
        if piece.flag == "p" or piece.text in ("在", "对", "向", "把", "将", "以", "从", "由", "被", "经", "经过"):
            governed = piece.text not in ("与", "和", "同")
        elif (piece.flag == "actor" or piece.flag.startswith(("n", "j", "eng", "r"))) and not governed:
            return True
        elif (piece.flag in ("x", "f") and piece.text != "、") or piece.flag.startswith("v"):
            governed = False
    return False


# --- short enough ----------------------------------------------------------------------------------------------


def _kept(pieces: Sequence[_Piece]) -> list[_Piece]:
    """The words a title keeps; behind the deed adverbs too."""
    kept: list[_Piece] = []
    behind = False
    for piece in pieces:
        _, _, text, flag = piece  # a tuple is taken apart faster than its names are looked up; every word of a title passes here
        if flag in _DROPPED_FLAGS:
            if text in _KEPT_ANYWAY or (behind and flag in _KEPT_BEHIND):
                kept.append(piece)
        elif flag == "trigger":
            behind = True
            kept.append(piece)
        elif (text not in _DROPPED and not text.isspace()) or flag == "actor":
            kept.append(piece)
    return kept


def _length(pieces: Sequence[_Piece]) -> int:
    return len("".join([piece[2] for piece in pieces]))


def _shortened(pieces: list[_Piece]) -> list[_Piece]:
    """Too long: what is least missed goes first, the thing the deed is done to stays to the end."""
    while pieces and pieces[-1].text in _MARKS:
        pieces = pieces[:-1]
    for shorter in _SHORTER:
        pieces = shorter(pieces)
        if _length(pieces) <= LONGEST:
            break
    return pieces


def _trigger_at(pieces: Sequence[_Piece]) -> int:
    for index, piece in enumerate(pieces):
        if piece[3] == "trigger":
            return index
    return 0


_LISTS = frozenset(["、", "和", "与", "及", "以及"])


_NAMED_FLAGS = frozenset(["actor", "ns"])


def _without_rest_of_list(pieces: list[_Piece]) -> list[_Piece]:
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
            while more < len(pieces) and (pieces[more].text in _LISTS or pieces[more].flag in ("a", "t") or _is_nominal(pieces[more])):
                more += 1
            rest = pieces[more:] if more < len(pieces) and pieces[more].text == "等" else pieces[stop + 1 :]
            return [*pieces[: at + 1], *([] if rest and rest[0].text == "等" else [_piece("等", "u")]), *rest]
    return pieces


def _without_description(pieces: list[_Piece]) -> list[_Piece]:
    """甲与乙、丙和丁共同推动的债券业务推出: who describes the subject goes where the deed would be cut off."""
    at = _trigger_at(pieces)
    last = next((i for i in range(at - 1, -1, -1) if pieces[i].text == "的"), -1)
    if last + 1 >= at or _length(pieces[: at + 1]) <= LONGEST or any(piece.text in _CLOSING for piece in pieces[last + 1 : at]):
        return pieces
    return [*_doer_and_link(pieces[: last + 1]), *pieces[last + 1 :]]


def _doer_and_link(pieces: Sequence[_Piece]) -> list[_Piece]:
    """甲公司对 of 甲公司对原产于外国的: who does it, and what ties it to the thing described."""
    if not pieces or pieces[0].flag != "actor":
        return []
    link = next((piece for piece in pieces[1:] if piece.text in ("对", "向", "与", "和", "为", "给", "把", "将")), None)
    return [pieces[0], link] if link else []


def _without_means(pieces: list[_Piece]) -> list[_Piece]:
    """交由甲公司透过旗下平台在境内发行: behind the one it is done to, how it is done."""
    at = _trigger_at(pieces)
    if at + 2 < len(pieces) and pieces[at + 1].flag == "actor":
        stop = next((i for i in range(at + 2, len(pieces)) if pieces[i].flag == "p" and pieces[i].text not in _LINKS), len(pieces))
        return pieces[:stop]
    return pieces


def _without_whereabouts(pieces: list[_Piece]) -> list[_Piece]:
    """甲在泗洪县网络创业产业园举行…: what stands from 在 to the deed, where somebody stands ahead of it."""
    at = _trigger_at(pieces)
    first = next((i for i in range(1, at) if pieces[i].text == "在"), at)
    if any(piece.flag[0] == "v" or piece.text in ("与", "和", "同", "对", "向") for piece in pieces[first + 1 : at]):
        return pieces
    return pieces[:first] + pieces[at:]


_KINDS = ("公司", "企业", "平台", "品牌", "龙头", "巨头", "独角兽", "厂商", "商", "机构", "制造商")


def _without_kind(pieces: list[_Piece]) -> list[_Piece]:
    """Of 国内知名电商公司云海 the name is enough, at the front or behind 与."""
    at = _trigger_at(pieces)
    for index in range(at - 1, 0, -1):
        if pieces[index].flag != "actor" or not pieces[index - 1].text.endswith(_KINDS) or pieces[index - 1].flag == "actor":
            continue
        first = index - 1
        while first and (_is_nominal(pieces[first - 1]) or pieces[first - 1].text in ("的", "及")) and pieces[first - 1].flag != "actor":
            first -= 1
        pieces = pieces[:first] + pieces[index:]
    return pieces


def _first_of_list(pieces: list[_Piece]) -> list[_Piece]:
    """黄金、白银等贵金属 is 黄金等贵金属: of a list that 等 ends the first is enough."""
    stop = next((i for i in range(len(pieces) - 1, 0, -1) if pieces[i].text == "等"), -1)
    first = stop
    for index in range(stop - 1, 0, -1):
        if pieces[index].flag == "trigger" or pieces[index].text in _CLAUSE_MARKS:
            break
        if pieces[index].text == "、":
            first = index
    return pieces[:first] + pieces[stop:] if first < stop else pieces


_HEADS = frozenset(["仪式", "活动", "大会", "会议", "座谈会", "推介会", "洽谈会", "发布会"])


def _with_head(pieces: list[_Piece]) -> list[_Piece]:
    """举行甲项目、乙项目开工仪式 is 举行甲项目等开工仪式: behind the deed the first of a list, and what it is a list of."""
    at = _trigger_at(pieces)
    mark = next((i for i in range(at + 2, len(pieces) - 2) if pieces[i].text == "、"), 0)
    if not mark or pieces[-1].text not in _HEADS or _length(pieces[:mark]) > LONGEST - 5:
        return pieces
    return [*pieces[:mark], _piece("等", "u"), *pieces[-2:]]


_CLAUSE_MARKS = frozenset("，,。：:；;")
_THROUGH = frozenset(["通过", "透过", "携", "携手", "会同", "依托"])
_TOWARDS = frozenset(["向", "对", "为", "给", "与", "在"])


def _without_helpers(pieces: list[_Piece]) -> list[_Piece]:
    """甲通过乙向灾区捐款: who helps goes, where somebody stands ahead and 向 or 对 goes on."""
    at = _trigger_at(pieces)
    first = next((i for i in range(1, at) if pieces[i].text in _THROUGH), at)
    stop = next((i for i in range(first + 1, at) if pieces[i].text in _TOWARDS), at)
    return pieces[:first] + pieces[stop:] if stop < at else pieces


def _without_manner(pieces: list[_Piece]) -> list[_Piece]:
    """甲以多种不同的方式支援乙: in what way goes."""
    at = _trigger_at(pieces)
    stop = next((i for i in range(at - 1, 0, -1) if pieces[i].text in ("方式", "形式", "手段")), 0)
    first = next((i for i in range(stop - 1, 0, -1) if pieces[i].text in ("以", "通过", "采取")), 0)
    return pieces[:first] + pieces[stop + 1 :] if first else pieces


_FIELDS = frozenset(["市场", "领域", "行业", "地区", "期间", "上", "中", "内", "里"])


def _without_field(pieces: list[_Piece]) -> list[_Piece]:
    """对甲在外卖服务市场滥用支配地位行为立案: in which field goes."""
    at = _trigger_at(pieces)
    first = next((i for i in range(2, at) if pieces[i].text == "在" and pieces[i - 1].flag == "actor"), at)
    stop = next((i for i in range(first + 1, at - 2) if pieces[i].text in _FIELDS and pieces[i + 1].flag[0] == "v"), at)
    return pieces[:first] + pieces[stop + 1 :] if stop < at else pieces


def _without_quoted(pieces: list[_Piece]) -> list[_Piece]:
    """签署“同心共建”全面合作协议: behind the deed what is quoted goes, where a noun follows; a book's name where one is ahead."""
    at = _trigger_at(pieces)
    for left, right in (("“", "”"), ("《", "》")):
        opened = next((i for i in range(at + 1, len(pieces)) if pieces[i].text == left), -1)
        closed = next((i for i in range(opened, len(pieces)) if pieces[i].text == right), -1) if opened > 0 else -1
        if closed < 0:
            continue
        named = _is_nominal(pieces[closed + 1]) and len(pieces[closed + 1].text) > 1 if closed + 1 < len(pieces) else left == "《" and opened > at + 1 and _is_nominal(pieces[opened - 1])
        if named:
            return pieces[:opened] + pieces[closed + 1 :]
    return pieces


def _without_price(pieces: list[_Piece]) -> list[_Piece]:
    """将以23亿-25亿元收购甲: for how much goes."""
    first = next((i for i in range(1, len(pieces) - 2) if pieces[i].text == "以" and pieces[i + 1].flag[0] == "m"), 0)
    stop = next((i for i in range(first + 2, len(pieces)) if pieces[i].flag in ("v", "vn", "trigger")), 0) if first else 0
    amount = "".join([piece.text for piece in pieces[first:stop]])
    return pieces[:first] + pieces[stop:] if stop and amount.endswith(("元", "币", "价格", "代价", "对价")) else pieces


def _without_light(pieces: list[_Piece]) -> list[_Piece]:
    """进行联合约谈 is 约谈."""
    at = first = _trigger_at(pieces)
    while first > 1 and pieces[first - 1].text in ("进行", "予以", "实施", "开展", "联合", "集中", "公开"):
        first -= 1
    return pieces[:first] + pieces[at:] if first < at and pieces[first].text in ("进行", "予以", "实施", "开展") else pieces


_ANONYMOUS = ("人士", "消息", "媒体")
_SAYS = ("称", "表示", "公布", "证实", "公告", "宣布", "透露", "指出")
_NO_SUBJECT = frozenset(["将", "将要", "正在", "正", "已", "已经", "拟", "不", "未", "没有", "计划", "暂停", "启动", "决定"])


def _said_in_short(pieces: list[_Piece]) -> list[_Piece]:
    """甲部门表示，将把… is 甲部门将把…; 知情人士证实，甲收购… is 甲收购…; what a body tells as news stands without it."""
    stop = next((i for i, piece in enumerate(pieces) if piece.text in "，," and piece.text), -1)
    if stop < 1 or stop + 2 >= len(pieces) or not pieces[stop - 1].text.endswith(_SAYS):
        return pieces
    said = pieces[stop + 1 :]
    while said and said[0].text in _MARKS:
        said = said[1:]
    doer = 0
    while doer < stop and (_is_nominal(pieces[doer]) or pieces[doer].text in ("的", "等", "、")) and pieces[doer].flag not in ("trigger", "v"):
        doer += 1
    name = "".join([piece.text for piece in pieces[:doer]])
    if not said or not doer:
        return pieces
    if said[0].text in _NO_SUBJECT or said[0].text[0] in "将正" or (said[0].flag == "v" and pieces[stop - 1].text.endswith("公告")):
        return [*pieces[:doer], *said]
    told = any(piece.text.endswith(("信息", "数据", "公告", "消息", "公布")) for piece in pieces[doer:stop])
    return said if (told or name.endswith(_ANONYMOUS)) and _is_nominal(said[0]) and said[0].flag != "v" else pieces


def _with_deed(pieces: list[_Piece]) -> list[_Piece]:
    """甲与乙、丙以及丁签订协议: where the deed would be cut off, the partners behind the first go."""
    at = _trigger_at(pieces)
    if _length(pieces[: at + 1]) <= LONGEST:
        return pieces
    link = next((i for i in range(1, at) if pieces[i].text in ("与", "和", "同", "跟", "对", "向")), 0)
    mark = next((i for i in range(1, at) if pieces[i].text == "、"), 0)
    if mark and not link and at + 1 < len(pieces):
        return [*pieces[:mark], _piece("等", "u"), *pieces[at:]]  # 甲、乙、丙举行三方签约仪式
    partner = next((i for i in range(link + 1, at) if pieces[i].flag == "actor"), 0) if link else 0
    if not partner or partner + 1 >= at or at + 1 == len(pieces):
        return pieces
    described = [] if pieces[link + 1].flag != "actor" else pieces[link + 1 : partner]
    return [*pieces[: link + 1], *described, pieces[partner], _piece("等", "u"), *pieces[at:]]


_DONE_BY = frozenset(["由", "被", "先前", "此前", "原先", "原本"])
def _only_meeting(pieces: list[_Piece]) -> list[_Piece]:
    """甲和乙主办的“买家论坛暨采购洽谈会”举行: the meeting stands without who holds it."""
    at = _trigger_at(pieces)
    if at < len(pieces) - 1 or not at or pieces[at - 1].text != "”":
        return pieces
    return pieces[next((i for i in range(at) if pieces[i].text == "“"), 0) :]


_MEETINGS = ("会", "论坛", "仪式", "活动", "大赛", "”")


def _without_second_name(pieces: list[_Piece]) -> list[_Piece]:
    """茶业大会暨项目签约仪式: the first name of a meeting is enough."""
    at = next((i for i in range(1, len(pieces) - 1) if pieces[i].text == "暨" and pieces[i - 1].text.endswith(_MEETINGS)), 0)
    stop = next((i for i in range(len(pieces) - 1, at, -1) if pieces[i].text.endswith(_MEETINGS)), 0) if at else 0
    return pieces[:at] + pieces[stop + 1 :] if stop else pieces


_FORM = re.compile("(?:股份|责任)?有限(?:责任)?公司$|人民(?=政府$)")


def _in_short(pieces: list[_Piece]) -> list[_Piece]:
    """Names without their legal form: 电气集团有限公司, 自治区人民政府."""
    return [piece._replace(text=_FORM.sub("", piece.text)) for piece in pieces]


def _without_period(pieces: list[_Piece]) -> list[_Piece]:
    return [piece for piece in pieces if piece.flag != "period"]


def _without_first_words(pieces: list[_Piece]) -> list[_Piece]:
    """举行新型基建领域战略合作框架协议签约仪式: of a run of nouns behind the deed the last ones tell what it is."""
    at = _trigger_at(pieces)
    tail = pieces[at + 1 :]
    if len(tail) < 2 or tail[0].flag == "v" or not all(_is_nominal(piece) for piece in tail):
        return pieces
    excess = _length(pieces) - LONGEST
    while len(tail) > 1 and excess > 0:
        excess -= len(tail.pop(0).text)
    return pieces[: at + 1] + tail if excess <= 0 else pieces


def _without_front(pieces: list[_Piece]) -> list[_Piece]:
    """全市首批项目集中开工及第一次集中签约活动举行: where the deed ends the clause, the first words go, a name aside."""
    at = _trigger_at(pieces)
    if at < len(pieces) - 1 or any(piece.text in ("与", "和", "同", "对", "向", "将", "把") for piece in pieces[:at]):
        return pieces
    first = 1 if pieces[0].flag == "actor" else 0
    while first < at - 2 and _length(pieces) > LONGEST:
        pieces, at = pieces[:first] + pieces[first + 1 :], at - 1
    return pieces


def _is_nominal(piece: _Piece) -> bool:
    _, _, text, flag = piece
    return flag[0] in "nbjglzs" or (flag in ("vn", "an", "eng", "actor", "v", "m", "q") and text not in ("有", "是"))


def _in_book(pieces: Sequence[_Piece], at: int) -> bool:
    """Whether a 《 is open at `at`."""
    return next((piece.text == "《" for piece in reversed(pieces[:at]) if piece.text in ("《", "》")), False)


def _without_modifiers(pieces: list[_Piece]) -> list[_Piece]:
    """Too long: of 关于落实双方合作的行动方案 only the noun behind the last 的 stays, behind the trigger first."""
    at = _trigger_at(pieces)
    for begin, stop in ((at + 1, len(pieces)), (0, at)):
        marks = [i for i in range(begin, stop) if pieces[i].text == "的" and not _in_book(pieces, i)]
        if not marks or _length(pieces) <= LONGEST:
            continue
        if begin > 1 and any(piece.flag == "x" and piece.text in "，," for piece in pieces[begin : marks[-1]]):
            continue  # 公告称，甲拟购买乙的股份: what is said is a sentence, not a thing
        last = marks[-1]
        first = next((i for i in range(last - 1, begin - 1, -1) if pieces[i].flag in ("x", "actor", "p")), begin - 1) + 1
        while first > begin and pieces[first - 1].text in _DONE_BY:
            first -= 1  # 先前由乙公司拥有的: all of it describes
        if stop == at and last + 1 < at and pieces[last + 1].flag == "actor":
            first = 0  # 喜欢穿西装、着布鞋的马云: who does it needs no description
        pieces = pieces[:first] + pieces[last + 1 :]
    return pieces


_SHORTER = (
    _without_kind, _without_rest_of_list, _first_of_list, _without_means, _without_manner, _without_helpers, _without_field, _without_description, _without_quoted,
    _without_modifiers, _without_whereabouts, _only_meeting, _without_second_name, _in_short, _without_period, _without_light, _with_head, _without_price, _said_in_short, _without_modifiers, _without_first_words, _without_front, _with_deed,
)  # fmt: skip


def _whole_parts(pieces: Sequence[_Piece]) -> list[str]:
    """As many words as fit; what is listed or added behind the deed stays only whole: 新建、改造设备及|相关辅材."""
    words, at, length = [piece[2] for piece in pieces], _trigger_at(pieces), _length(pieces)
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


def _cut(pieces: Sequence[_Piece]) -> str:
    """Whole words up to the limit; marks at the ends and unpaired quotation marks are taken off."""
    result = "".join([piece[2] for piece in pieces])
    if len(result) > LONGEST:
        result = "".join(_whole_parts(pieces))
    if "，" in result or "," in result or "称" in result:
        result = _AHEAD_OF_HELD.sub("", _MARKS_TWICE.sub("，", result))
    result = _UNSEEN.sub("", result).strip(_MARKS).rstrip(_ENDS)
    if result[-1:] in _TAIL_ENDS:
        result = _TAIL.sub("", result)
    if _PAIRED.search(result):
        result = _UNCLOSED.sub("", result)
        for left, right in ("《》", "（）", "()"):
            if result.count(left) != result.count(right):
                result = result.replace(left, "").replace(right, "")
    return result.strip(_MARKS).rstrip(_ENDS)
