"""The noun behind an amount, and what is said of it.

Knows how far what is counted reaches forward, over amounts joined by 、, and the deed behind it. Leaves out which words
make the noun (`noun_behind.py`) and what both are used for (`measures.py`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from extract.bodies import collective_in
from extract.measure_words import ending, is_money, tails_of, words_of
from extract.mentions import make
from extract.noun_behind import SAYS_WHICH, deed_in_name, is_purpose, noun_at
from extract.phrase_words import BREAKS, CLOSE, HELPERS, JOINS, NOUNISH, OPEN, balanced, unit_of
from extract.pieces import Piece

LONGEST_ACTION = 14  # characters of 坚持照常营业 in 坚持照常营业的门店


class Following(NamedTuple):
    """What stands behind an amount: `noun` is counted (`owned`: after a 的), `action` is what it does."""

    noun: str
    action: str
    owned: bool


_NOTHING = Following("", "", False)


def phrase_after(pieces: Sequence[Piece], i: int, high: int, joined: int = 4) -> Following:
    """The noun behind the amount pieces[i] and what is said of it, up to pieces[high].

    Of several amounts joined by 、 the noun may stand behind the last (超过4000万件、总价值4.68亿元的医疗物资), and so may the
    action (11.4万家企业、37.1万员工兑付补贴); of two amounts in a row the second is a property (6家年销售额过千亿元的采购巨头). `joined` amounts are followed at most.
    """
    if i + 1 >= high:
        return _NOTHING
    j = _skip(pieces, i + 1, high)
    owned = j < high and pieces[j].flag == "uj"
    if owned:
        j += 1
    unit = unit_of(pieces[i])
    if unit == "大" and j + 1 < high and pieces[j].text == "类":  # 11大|类生活必需品
        j += 1
    if not owned and j < high:
        flag, text = pieces[j].flag, pieces[j].text
        if text == "记者" and j + 1 < high and pieces[j + 1].flag in ("v", "p"):
            return _NOTHING  # 达31家|记者获悉: the next sentence
        if text in words_of("where people are") or text in _CARRIES or (unit in _OF_THE_NAMED and (flag == "v" or text in ("在", "通过"))):
            relative = _relative(pieces, i, j, high)
            if relative is not None:
                return relative
    noun, j = noun_at(pieces, j, high, money=not owned and is_money(unit))
    if not noun and j + 1 < high and pieces[j - 1].text in SAYS_WHICH and pieces[j].text == "的":  # 100多场大大小小的演讲
        noun, j = noun_at(pieces, j + 1, high)
    if not owned and unit in _OF_BODIES and noun.endswith(_SIZES) and (whose := _whose(pieces, j, high)):
        return make(Following, (whose, "", False))
    if not noun and not owned and len(unit) == 1 and unit not in "%人":  # 5人参加的会议 counts no meetings
        noun, j = deed_in_name(pieces, j, high)
    if not owned and j < high:
        following = _next_amount(pieces, j, high, noun, unit)
        if following and joined:
            return phrase_after(pieces, following, high, joined - 1)
        if noun and _has_amount(pieces, j, high):  # 832个贫困县电商市场规模达867.6亿元: the counted part of the phrase
            return Following(_counted_part(noun), "", False)
    if noun and "、" in noun and j + 1 < high and pieces[j].text == "等" and (kind := noun_at(pieces, j + 1, high)[0]):
        noun = kind  # 100万瓶|水、饮料等救急物资
    while joined and (k := _next_joined(pieces, j, high)):
        joined -= 1
        j = _skip(pieces, k + 1, high)
        _, j = noun_at(pieces, j, high)
    if noun and j < high and (pieces[j].flag in _MAY_BELONG or pieces[j].text == "、" or noun.endswith("自动")):
        noun, j = _completed(pieces, j, high, noun, unit, owned)
    return _with_action(pieces, j, high, "" if noun == "不同程度" else noun, owned)  # 1.2万间不同程度|损坏


def _with_action(pieces: Sequence[Piece], j: int, high: int, noun: str, owned: bool) -> Following:
    """The noun before pieces[j] with the action that follows it."""
    if noun and j + 1 < high and pieces[j + 1].flag in ("Q", "Z") and pieces[j].flag == "v":  # 近百家国企|组织约3万人洽谈
        return make(Following, (noun, "", owned))
    if noun and j + 2 < high and pieces[j].text in ("和", "及", "以及", "与") and pieces[j + 1].flag in ("A", "P"):
        j += 2  # 30个国家|和欧盟|签署协议
    return make(Following, (noun, _action(pieces, j, high, noun) if j < high else "", owned))


def _completed(pieces: Sequence[Piece], j: int, high: int, noun: str, unit: str, owned: bool) -> tuple[str, int]:
    """The noun before pieces[j] with what belongs to it, and the index behind: 盈利的公司, 世界500强企业, 菊花品种, 举措 of 首创性、开放举措."""
    piece = pieces[j]
    if piece.text.isdecimal() and j + 1 < high and pieces[j + 1].text == "强":
        kind, end = noun_at(pieces, j + 2, high)
        return (f"{noun}{piece.text}强{kind}", end) if len(kind) < 5 else (f"{noun}{piece.text}强", j + 2)  # 73家世界|500|强
    if noun.endswith("自动") and piece.flag in ("v", "vn"):
        whose, end = _whole_noun(pieces, j, high)
        return (noun + whose, end) if whose else (noun, j)  # 30辆自动|驾驶汽车
    if piece.text == "、" and noun.endswith(tails_of("only says how")):
        last = next((k for k in range(min(high, j + 8) - 1, j - 1, -1) if pieces[k].text == "、"), j)
        whose, end = _whole_noun(pieces, last + 1, high)
        if noun == "自动" and whose:
            return f"{noun}、{whose}", end  # 自动、半自动分拣设备
        return (whose, end) if whose else (noun, j)
    if owned or piece.flag != "uj" or j + 1 >= high:
        return noun, j
    if noun in words_of("kinds of"):
        whose, end = noun_at(pieces, j + 1, high)
        whose = _TOLD_OF.sub("", whose)
        return (whose + noun, end) if 0 < len(whose) <= 6 else (noun, j)  # 近百个品种的菊花
    if pieces[j - 1].flag in ("a", "l", "i", "z") and len(noun) > 2:
        whose, end = _whole_noun(pieces, j + 1, high)
        return (whose if len(whose) > 4 else f"{noun}的{whose}", end) if whose else (noun, j)  # 26场特色鲜明的活动
    return _with_what_has_it(pieces, j, high, noun) if unit in _OF_WHOM and ending(noun, "quality") else (noun, j)


_TOLD_OF = re.compile("(?:售价|单价|均价|价格|销量|产量|销售额|收入|数量|面积)$")  # 20个口味的月饼|售价30元


def _whole_noun(pieces: Sequence[Piece], j: int, high: int) -> tuple[str, int]:
    """专题推介活动: words up to the next mark, where the last is a noun."""
    end = j
    while end < high and pieces[end].flag in _MAKE_NAMES:
        end += 1
    while end > j + 1 and end < high and pieces[end].flag in ("ul", "Q", "Z") and pieces[end - 1].flag == "v":
        end -= 1  # 活动|吸引了3万人
    words = "".join([piece.text for piece in pieces[j:end]])
    return (words, end) if end > j and len(words) <= 8 and len(pieces[end - 1].text) > 1 else noun_at(pieces, j, high)


_MAKE_NAMES = frozenset(["n", "nz", "v", "vn", "b", "j", "a", "i", "l"])
_MAY_BELONG = frozenset(["uj", "m"])
_OF_WHOM = frozenset(["家", "名", "位", "艘", "辆", "栋", "座", "条", "只", "户", "所"])


def _with_what_has_it(pieces: Sequence[Piece], j: int, high: int, noun: str) -> tuple[str, int]:
    """盈利的公司 of 24家盈利的公司, where pieces[j] is 的: a quality is counted with those that have it."""
    whose, end = noun_at(pieces, j + 1, high)
    return (f"{noun}的{whose}", end) if whose else (noun, j)


def _next_amount(pieces: Sequence[Piece], j: int, high: int, noun: str, unit: str) -> int:
    """Index of the amount behind whose noun more is told of this one: the next in a row, or a property of the noun; 0 for none."""
    if noun:
        return _property_of(pieces, j, high)
    if unit in _PEOPLE and pieces[j].text in ("和", "及", "、", "以及"):
        return 0  # 聘用40万人和12万辆汽车
    if pieces[j].flag == "Q" and unit and not is_money(unit) and unit not in COUNT_THEMSELVES:
        return j  # 200多户400多位村民
    return _next_joined(pieces, j, high)


_PEOPLE = frozenset(["人", "人次", "户"])


def _counted_part(noun: str) -> str:
    """贫困县 of 832个贫困县电商市场规模达867.6亿元, 项目 of 9个项目签约金额30亿元, 县 of 300个县销售额增长20%."""
    if amount_of := _DEALT_FOR.match(noun):
        noun = amount_of[1]
    if lodging := _LODGINGS.match(noun):
        return lodging[0]  # 90家星级饭店|入住率超过80%
    return collective_in(noun) or noun.removesuffix(ending(noun, "of_company")) or noun


_LODGINGS = re.compile(".{0,8}?(?:饭店|酒店|宾馆|民宿|餐厅|景区|景点|商户)")
_DEALT_FOR = re.compile("(项目|合同|订单|协议|企业|客商|展商|单位)(?:签约|成交|投资|意向|合同|协议|合作|交易)(?:金额|总额|额)$")
COUNT_THEMSELVES = frozenset(["省", "省份", "市", "州", "县", "区", "镇", "乡镇", "村", "国"])  # 等6市|35个县
_CARRIES = frozenset(["载有", "搭载", "装有", "满载", "载着"])


# Behind them a verb and 的 tell which ones are counted; 5人参加的 might tell what five did.
_OF_THE_NAMED = frozenset(["名", "列", "位", "家", "个", "辆", "架", "艘", "台", "部", "只", "条", "座", "所", "处", "套", "件", "吨", "公斤", "头", "批", "款", "种", "余名"])
_ASPECTS = frozenset(["ul", "uz", "ug", "uj"])  # 了, 着, 过, 的
_TELLS_OF = frozenset(["其中", "有", "另有", "还有", "另", "其余", "余下"])


def _relative(pieces: Sequence[Piece], i: int, j: int, high: int) -> Following | None:
    """300名来自各地的专家, 500辆存在隐患的汽车: who is counted stands behind what tells where they are or what they do."""
    text = pieces[j].text
    behind = pieces[j + 1] if j + 1 < high else None
    if text in words_of("where people are"):
        if text not in ("来自", "位于", "从事") and (behind is None or behind.text not in ("在", "于")):
            return None
    elif behind is None or behind.flag in _ASPECTS or text in words_of("link", "have", "light"):
        return None
    elif i and pieces[i - 1].text in _TELLS_OF and pieces[j].flag == "v":
        return None  # 其中5家获得了…的奖励
    at = next((k for k in range(j + 1, min(high, j + 12)) if pieces[k].flag in ("uj", "Q")), 0)
    if at and pieces[at].flag == "Q" and text in _CARRIES:  # 两艘载有60名游客的快艇
        at = next((k for k in range(at + 1, min(high, at + 6)) if pieces[k].flag == "uj"), 0)
        noun = noun_at(pieces, at + 1, high)[0] if at and at + 1 < high else ""
        return make(Following, (noun, "", False)) if noun else None
    if not at or pieces[at].flag == "Q" or at + 1 >= high:
        return None
    noun, _ = noun_at(pieces, at + 1, high)
    return make(Following, (noun, "".join([piece.text for piece in pieces[j:at]]), False)) if noun else None


_OF_BODIES, _SIZES = ("家", "户", "名", "座"), ("量", "额", "率", "价", "规模", "面积", "业绩", "水平")


def _whose(pieces: Sequence[Piece], j: int, high: int) -> str:
    """关停300家客流量相对较低的门店: a size says which, and behind 的 stands what is counted."""
    if j >= high or pieces[j].flag not in ("d", "a", "b", "v"):
        return ""
    at = next((k for k in range(min(high, j + 12) - 1, j, -1) if pieces[k].flag == "uj"), 0)
    if not at or any(piece.flag == "Q" for piece in pieces[j:at]):
        return ""
    return noun_at(pieces, at + 1, high)[0]


_ABOUT = frozenset(["左右", "以上", "以下", "以内", "上下", "多", "余"])


def _skip(pieces: Sequence[Piece], j: int, high: int) -> int:
    while j < high and (pieces[j].flag == "Z" or pieces[j].text in _ABOUT):
        j += 1
    if j + 1 < high and pieces[j].text == "不" and pieces[j + 1].text == "等":  # 3万至50万元|不等|奖金
        j += 2
    if j < high and pieces[j].text in OPEN:  # 200亿元(全年约7万亿元)网络零售额
        behind = next((k + 1 for k in range(j, min(high, j + 12)) if pieces[k].text in CLOSE), j)
        if behind < high and pieces[behind].flag in NOUNISH and all(piece.flag != "Q" for piece in pieces[behind : behind + 3]):
            return behind  # but not 项目34个(新建19个)总投资45亿元
    return j


def _next_joined(pieces: Sequence[Piece], j: int, high: int) -> int:
    """Index of the amount that carries on the row (…、…Q), or 0."""
    if j >= high or pieces[j].text not in ("、", "和", "及", "与", "以及"):
        return 0
    for k in range(j + 1, min(high, j + 6)):
        if pieces[k].flag == "Q":
            if k > j + 1 and pieces[k - 1].flag == "n" and not is_money(unit_of(pieces[k])):
                return 0  # 民兵60人、医疗8个小组: each has its noun in front
            return k if k + 1 >= high or pieces[k + 1].text != "级" else 0  # 100亿级项目1个、30亿级项目2个
        if pieces[k].flag in ("v", "p", "ul", "d"):  # 143万人、超额完成110万人任务: another deed
            return 0
    return 0


def _property_of(pieces: Sequence[Piece], j: int, high: int) -> int:
    """Index of a second amount directly behind the noun that has its own 的: 8家[年产值]过[百亿元]的龙头企业."""
    k = _skip(pieces, j, high)
    if k < high and pieces[k].flag == "Q":
        after = _skip(pieces, k + 1, high)
        if after < high and pieces[after].flag == "uj" and (after + 1 >= high or pieces[after + 1].text not in _COUNTS_THEM):
            return k
    return 0


_COUNTS_THEM = frozenset(["有", "达", "占", "共有", "共", "仅有"])  # 90家旅店入住率超过80%的|有40家
_WITH_WHOM = frozenset(["与", "和", "同", "向", "经", "通过"])


def _deed_behind(pieces: Sequence[Piece], begun: int, end: int) -> int:
    """Index of the first verb of two syllables between pieces[begun] and pieces[end]; 0 for none."""
    for j in range(begun + 2, end + 1):
        text = pieces[j].text
        if (pieces[j].flag == "v" and len(text) > 1 and text not in words_of("link", "have")) or text[:2] in ("签订", "签署"):
            return j
    return 0


_EVENLY = frozenset(["均", "都", "同比", "环比", "已", "将", "了"])


def _has_amount(pieces: Sequence[Piece], j: int, high: int) -> bool:
    """Whether the phrase before pieces[j] has an amount of its own: 达867.6亿元, 超过1亿元."""
    k = j
    while k < high and k < j + 5 and (pieces[k].flag == "Z" or pieces[k].text in words_of("link", "rise", "fall") or pieces[k].text in _EVENLY):
        k += 1
    return k < high and pieces[k].flag == "Q"


_BEFORE_DEEDS = frozenset(["d", "ul", "T", "ad", "t"])


@cache
def _helping() -> frozenset[str]:
    return (HELPERS - {"从", "由"}) | words_of("of all of them", "how it is done")


_NO_ACTION = frozenset(["等", "是"])


def _begins_action(pieces: Sequence[Piece], j: int, high: int) -> bool:
    flag, text = pieces[j].flag, pieces[j].text
    if text in words_of("denying") or text == "经" or text[:2] in ("签订", "签署"):
        return True
    if text in words_of("projects_do") and j + 1 < high and pieces[j + 1].text in words_of("projects_do"):
        return True  # 落地 is tagged as a noun
    if flag not in ("v", "p", "vn"):
        return is_purpose(pieces, j, high) or (flag == "n" and j + 1 < high and pieces[j + 1].text == "了")  # 1个|办理|了登记
    return text == "在" or (text not in _NO_ACTION and text not in words_of("link", "have"))


def _opens_aside(pieces: Sequence[Piece], j: int, high: int) -> bool:
    """未办手续|(其中1个已办): what stands in brackets tells of a part of them; 配租(售)补贴 goes on."""
    return j + 1 < high and (pieces[j + 1].flag in ("Q", "Z", "T") or pieces[j + 1].text in ("其中", "含", "包括"))


def _action(pieces: Sequence[Piece], j: int, high: int, noun: str) -> str:
    """坚持照常营业, 跑在阿里云上: what the counted ones do, without 了 and helpers."""
    begun = j
    while j < high and (pieces[j].flag in _BEFORE_DEEDS or pieces[j].text in _helping()) and pieces[j].text not in words_of("denying"):
        j += 1
    if j >= high or not _begins_action(pieces, j, high):
        return ""
    parts: list[str] = ["需"] if any(piece.text in ("需", "需要") for piece in pieces[begun:j]) else []
    length = len(parts)
    while j < high and pieces[j].flag not in ("Q", "Z") and pieces[j].text not in BREAKS:
        piece = pieces[j]
        if piece.text in OPEN and _opens_aside(pieces, j, high):
            break
        if piece.flag != "ul" and piece.text != "进行":
            length += len(piece.text)
            if length > LONGEST_ACTION:
                if parts[0] in ("在", "于"):  # where it was done, and what was done stands too far behind
                    return ""
                if parts[0] in _WITH_WHOM and (deed := _deed_behind(pieces, begun, j)):
                    return _action(pieces, deed, high, noun)  # 与云江市园区建设公司|签订了入园协议
                if parts[-1] in words_of("light") and piece.text in words_of("rise", "fall"):
                    parts[-1] = piece.text  # 公司净利润|实现|增长
                    break
                joint = next((n for n in range(len(parts) - 1, 1, -1) if parts[n] in JOINS and parts[n] != "、"), 0)
                parts = parts[:joint] if joint else parts  # 给予处分和组织|处理: the first of two deeds is whole
                break
            if piece.flag == "uj" and parts and parts[0] == "在":  # 贫困县在平台的销售额: of a thing of theirs
                return ""
            if len(parts) > 2 and parts[0] in ("在", "于") and piece.flag == "v" and len(piece.text) > 1 and piece.text not in words_of("link"):
                parts, length = [], len(piece.text)  # 在高新区等地|开工的项目: what was done says more than where
            parts.append(piece.text)
        j += 1
    if j < high and pieces[j].flag in ("Q", "Z") and "、" in parts[1:]:
        parts = parts[: parts.index("、")]  # 厂商报名、动用5200个摊位: the next amount has a deed of its own
    if len(parts) > 1 and parts[-1] == "中" and pieces[j - 2].flag == "v":
        parts.pop()  # 148人失踪|中
    if parts and (parts[-1] in words_of("unfinished") or parts[-1] in words_of("link", "have") or (parts[0] == "通过" and parts[-1] in ("方式", "形式", "手段"))):
        return ""  # 职务分别|为…, 税率下降|到16%, 核定名额|后
    if noun and j < high and pieces[j].flag in ("Q", "Z") and len(parts) == 1 and pieces[j - 1].flag in ("v", "vn"):
        return ""  # 31户果农|户均增收|4100元: what grew is told by the next amount
    return balanced("".join(parts).strip("\"的、，").removesuffix("的同时").removesuffix("同时"))
