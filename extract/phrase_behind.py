"""The noun behind an amount, and what is said of it.

Knows how far what is counted reaches forward, over amounts joined by 、, and the deed behind it. Leaves out what both are
used for (`measures.py`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from extract.bodies import collective_in
from extract.measure_words import ending, is_money, words_of
from extract.mentions import make
from extract.phrase_words import (
    BREAKS,
    CLOSE,
    HELPERS,
    JOINS,
    LONGEST,
    NAMING_ADVERBS,
    NO_HEADS,
    NOUNISH,
    OPEN,
    PLAIN,
    QUOTES,
    balanced,
    is_break,
    unit_of,
    without_quotes,
)
from extract.pieces import Piece, text_of

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
    if not owned and j < high:
        flag, text = pieces[j].flag, pieces[j].text
        if text == "记者" and j + 1 < high and pieces[j + 1].flag in ("v", "p"):
            return _NOTHING  # 达31家|记者获悉: the next sentence
        if text in _WHO_ARE or (unit in _OF_THE_NAMED and (flag == "v" or text in ("在", "通过"))):
            relative = _relative(pieces, i, j, high)
            if relative is not None:
                return relative
    noun, j = _noun(pieces, j, high, money=not owned and is_money(unit))
    if not owned and unit in _OF_BODIES and noun.endswith(_SIZES) and (whose := _whose(pieces, j, high)):
        return make(Following, (whose, "", False))
    if not noun and not owned and len(unit) == 1 and unit not in "%人":  # 5人参加的会议 counts no meetings
        noun, j = _deed_in_name(pieces, j, high)
    if not owned:
        if not noun and joined and j < high and pieces[j].flag == "Q" and not is_money(unit) and unit and unit not in COUNT_THEMSELVES:  # 200多户400多位村民
            return phrase_after(pieces, j, high, joined - 1)
        k = _next_joined(pieces, j, high) if not noun else _property_of(pieces, j, high)
        if k and joined:
            return phrase_after(pieces, k, high, joined - 1)
        if noun and _has_amount(pieces, j, high):  # 832个贫困县电商市场规模达867.6亿元: the counted part of the phrase
            if amount_of := _DEALT_FOR.match(noun):
                noun = amount_of[1]  # 9个项目|签约金额30亿元
            return Following(collective_in(noun) or noun.removesuffix(ending(noun, "of_company")) or noun, "", False)  # 300个县|销售额增长20%
    if noun and "、" in noun and j + 1 < high and pieces[j].text == "等" and (kind := _noun(pieces, j + 1, high)[0]):
        noun = kind  # 100万瓶|水、饮料等救急物资
    while joined and (k := _next_joined(pieces, j, high)):
        joined -= 1
        j = _skip(pieces, k + 1, high)
        _, j = _noun(pieces, j, high)
    if noun == "不同程度":  # 1.2万间不同程度|损坏
        noun = ""
    if noun and j + 1 < high and pieces[j + 1].flag in ("Q", "Z") and pieces[j].flag == "v":  # 近百家国企|组织约3万人洽谈
        return make(Following, (noun, "", owned))
    return make(Following, (noun, _action(pieces, j, high, noun) if j < high else "", owned))


_DEALT_FOR = re.compile("(项目|合同|订单|协议|企业|客商|展商|单位)(?:签约|成交|投资|意向|合同|协议|合作|交易)(?:金额|总额|额)$")
COUNT_THEMSELVES = frozenset(["省", "省份", "市", "州", "县", "区", "镇", "乡镇", "村", "国"])  # 等6市|35个县
_WHO_ARE = frozenset(["来自", "生活", "居住", "工作", "就读", "位于", "分布", "活跃", "从事"])


# Behind them a verb and 的 tell which ones are counted; 5人参加的 might tell what five did.
_OF_THE_NAMED = frozenset(["名", "位", "家", "个", "辆", "架", "艘", "台", "部", "只", "条", "座", "所", "处", "套", "件", "吨", "公斤", "头", "批", "款", "种", "余名"])
_TELLS_OF = frozenset(["其中", "有", "另有", "还有", "另", "其余", "余下"])


def _relative(pieces: Sequence[Piece], i: int, j: int, high: int) -> Following | None:
    """300名来自各地的专家, 500辆存在隐患的汽车: who is counted stands behind what tells where they are or what they do."""
    if pieces[j].text in _WHO_ARE:
        if pieces[j].text not in ("来自", "位于", "从事") and (j + 1 >= high or pieces[j + 1].text not in ("在", "于")):
            return None
    elif (i and pieces[i - 1].text in _TELLS_OF and pieces[j].flag == "v") or pieces[j].text in words_of("link", "have", "light") or j + 1 >= high or pieces[j + 1].flag in ("ul", "uz", "ug", "uj"):
        return None  # 其中5家获得了…的奖励
    at = next((k for k in range(j + 1, min(high, j + 12)) if pieces[k].flag in ("uj", "Q")), 0)
    if not at or pieces[at].flag == "Q" or at + 1 >= high:
        return None
    noun, _ = _noun(pieces, at + 1, high)
    return make(Following, (noun, "".join([piece.text for piece in pieces[j:at]]), False)) if noun else None


_OF_BODIES, _SIZES = ("家", "户", "名", "座"), ("量", "额", "率", "价", "规模", "面积", "业绩", "水平")


def _whose(pieces: Sequence[Piece], j: int, high: int) -> str:
    """关停300家客流量相对较低的门店: a size says which, and behind 的 stands what is counted."""
    if j >= high or pieces[j].flag not in ("d", "a", "b", "v"):
        return ""
    at = next((k for k in range(min(high, j + 12) - 1, j, -1) if pieces[k].flag == "uj"), 0)
    if not at or any(piece.flag == "Q" for piece in pieces[j:at]):
        return ""
    return _noun(pieces, at + 1, high)[0]


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
        if after < high and pieces[after].flag == "uj":
            return k
    return 0


_EVENLY = frozenset(["均", "都", "同比", "环比", "已", "将", "了"])


def _has_amount(pieces: Sequence[Piece], j: int, high: int) -> bool:
    """Whether the phrase before pieces[j] has an amount of its own: 达867.6亿元, 超过1亿元."""
    k = j
    while k < high and k < j + 5 and (pieces[k].flag == "Z" or pieces[k].text in words_of("link", "rise", "fall") or pieces[k].text in _EVENLY):
        k += 1
    return k < high and pieces[k].flag == "Q"


_ACTING = frozenset(["商家", "卖家", "店", "网店", "门店", "用户", "村民", "居民", "农户", "市民", "消费者", "工厂", "员工", "家庭", "毕业生", "高校毕业生", "劳动力", "农民工"])  # 淘宝店|销售工艺品
_DONE_TO = frozenset(["立案", "处罚", "通报", "曝光", "约谈", "查处", "整改", "停业", "停产", "关停", "罚款", "点名", "警告"])
_PROJECTS_DO = frozenset(["签约", "落地", "开工", "竣工", "投产", "落户", "建成", "投用", "实施"])
_NO_MORE = frozenset(["nr", "m", "ns", "A", "P"])  # 企业|分批入驻, 巨头|齐聚合肥: behind a word for a body these begin what it does


def _noun(pieces: Sequence[Piece], j: int, high: int, money: bool = False) -> tuple[str, int]:
    kept: list[Piece] = []
    length = 0
    if j < high and pieces[j].text in "“「『" and not money:  # 30个“邻里调解室”
        closed = next((n + 1 for n in range(j + 1, min(high, j + 9)) if pieces[n].text in "”」』"), j)
        if all(piece.flag != "Q" for piece in pieces[j:closed]):
            kept, j = list(pieces[j:closed]), closed
    while j < high and _carries_noun(pieces, j, high, bool(kept), money):
        piece = pieces[j]
        if kept and kept[-1].text == "价格" and piece.flag in ("v", "vn"):
            break  # 以35亿元的价格|出售
        if kept and (piece.flag != "n" or piece.text.startswith("保持") or piece.text[:2] in _DONE_TO or kept[-1].text == "项目") and _is_done_by(kept[-1], pieces, j, high):
            break
        length += len(piece.text)
        if length > LONGEST:
            break
        kept.append(piece)
        j += 1
    while kept and (kept[-1].text in JOINS or kept[-1].flag in ("f", "c") or kept[-1].text in "“《「『"):
        kept.pop()
        j -= 1
    if len(kept) > 1 and kept[-1].flag == "vn" and j < high and pieces[j].flag in ("Q", "Z", "ul"):  # 网店|奖励10万元
        kept.pop()
        j -= 1
    if len(kept) > 2 and kept[-1].flag == "a" and (j >= high or is_break(pieces[j])):  # 项目|发展|良好 says how they do
        del kept[-2 if kept[-2].flag in ("vn", "v") else -1 :]
    while len(kept) > 1 and kept[-1].text in _ALL_OF_THEM:  # 12个园区全部|建成投用
        kept.pop()
        j -= 1
    if kept and kept[-1].text in _NO_NOUN:
        return "", j
    return without_quotes(balanced("".join(map(text_of, kept)).strip("\"、"))), j


# Behind a noun they say of how many of them, or how much each, something is told: 生产线全部|停产, 贫困户户均|增收.
_ALL_OF_THEM = frozenset(["全部", "户均", "人均", "年均", "月均", "日均", "年", "均", "有序", "无人", "当场", "免费", "不幸", "紧急"])


_NO_NOUN = NO_HEADS | _ALL_OF_THEM | {"时"}  # 增收900元时


def _is_done_by(noun: Piece, pieces: Sequence[Piece], j: int, high: int) -> bool:
    """Whether pieces[j] begins what the noun before it does, or how it does: 企业|报名, 西瓜|10秒卖完."""
    flag, text = pieces[j].flag, pieces[j].text
    if flag == "m" and text[0].isdecimal() and noun.flag != "x":
        return True  # 200个西瓜|10秒卖完
    if text.startswith("保持"):
        return True  # 240个国家和地区|保持稳定|贸易往来
    if flag in _NO_MORE and noun.text in words_of("collective"):
        return True
    if text in ("进口", "出口") and noun.text == "国家":
        return True  # 从30个国家|进口
    behind = pieces[j + 1] if j + 1 < high else None
    if text[:2] in _DONE_TO and noun.text in words_of("collective"):
        return True  # 3家机构|立案调查
    if noun.text == "项目" and text in _PROJECTS_DO:  # 9个项目|签约落地
        return behind is None or behind.text in _PROJECTS_DO or is_break(behind)
    return flag in ("v", "vn", "a") and noun.text in _ACTING and behind is not None and behind.flag != "uj"


def _deed_in_name(pieces: Sequence[Piece], j: int, high: int) -> tuple[str, int]:
    """18个挂牌督战贫困县, 9家获奖企业: behind a classifier one or two verbs that lead to a word for a body are part of its name."""
    for k in range(j, min(high, j + 3)):
        flag, text = pieces[k].flag, pieces[k].text
        if k > j and flag == "n" and text in words_of("collective"):
            return "".join([piece.text for piece in pieces[j : k + 1]]), k + 1
        if k > j and flag == "uj" and k + 1 < high and pieces[k + 1].flag == "n":  # 5个集中竣工的重大项目
            return "".join([piece.text for piece in pieces[j : k + 2]]), k + 2
        if flag not in ("v", "vn") or len(text) < 2 or text in words_of("link", "have", "light") or text in HELPERS:
            break
    return "", j


NOUNS = frozenset(["逃犯", "包裹", "展商", "客商", "参展商", "采购商", "选手", "考生", "大米", "保费"])  # tagged as verbs, 大米 as a number
_ORGANISED = frozenset(["国际", "社会", "经济", "行业", "民间"])  # 国际|组织 is a body
_ALL_KINDS = frozenset(["各界", "各类", "各级", "各地", "各国"])
_HOUSES = frozenset(["中心", "基地", "大厅", "站", "馆", "院", "所", "局"])  # 知识产权|保护|中心, but 企业|建设中心
_MEASURED = ("金额", "总额", "额", "数量", "总量", "量", "规模", "人数", "面积", "价格", "均价")  # 企业|成交|金额: what is done and how much of it


_DEGREES = frozenset(["较", "很", "更", "非常", "十分", "极其", "相当"])


_NO_NOUNS = frozenset(["同比", "环比", "有所", "经"])  # tagged as nouns; 1人|经抢救


def _is_noun(pieces: Sequence[Piece], j: int, high: int, begun: bool) -> bool:
    """Whether what is tagged as a noun is one: 用户|足不出户 and 3个|办理|了登记 tell what they do."""
    if pieces[j].text in _NO_NOUNS or (begun and pieces[j].flag in ("l", "i")):
        return False
    return j + 1 >= high or pieces[j + 1].text != "了"


def _carries_noun(pieces: Sequence[Piece], j: int, high: int, begun: bool, money: bool) -> bool:
    flag, text = pieces[j].flag, pieces[j].text
    if text == "总" and begun:  # 10个项目|总投资30亿元
        return False
    if flag in PLAIN and (begun or not money):
        return _is_noun(pieces, j, high, begun)
    if text in _DEGREES and j + 1 < high and pieces[j + 1].flag == "a":
        return False  # 6人伤势|较重
    if flag == "ad" and j + 1 < high and pieces[j + 1].flag == "v":  # 项目|顺利|签约
        return False
    if money and not begun and _is_purpose(pieces, j, high):
        return False
    if flag == "vn" and money and not begun:
        return _verb_in_noun(pieces, j, high, begun, money)
    if flag in PLAIN:
        return _is_noun(pieces, j, high, begun)
    if flag in ("Q", "T", "Z") or text in BREAKS or text in OPEN or text in CLOSE or text in HELPERS:
        return False
    if text in QUOTES:
        return True
    if text in ("同比", "环比"):
        return False
    if text in NOUNS or (text == "组织" and begun and pieces[j - 1].text in _ORGANISED):
        return True
    if flag == "r":  # 6万名各界嘉宾
        return text in _ALL_KINDS and not begun and j + 1 < high and pieces[j + 1].flag in NOUNISH
    if text == "、" and begun and j + 2 < high and pieces[j - 2].text == pieces[j + 1].text and len(pieces[j + 1].text) == 1 and pieces[j + 2].flag != "Q":
        return True  # 新产品、新技术、新服务
    if text == "、" and begun and j + 3 < high and pieces[j + 1].flag == "n" and pieces[j + 2].text in ("和", "及", "与") and pieces[j + 3].flag in ("n", "nz"):
        return True  # 国家、地区和国际组织
    if text == "、" and begun and pieces[j - 1].flag == "b":  # 大型、超大型数据中心
        return j + 1 < high and pieces[j + 1].flag in ("b", "n")
    if flag == "x":
        return text.isalnum() or (text in "-+·" and begun)
    behind = pieces[j + 1] if j + 1 < high else None
    if text in JOINS:
        amount_behind = j + 2 < high and pieces[j + 2].flag in ("Q", "Z")  # 500万元现金|和价值300万元的饮用水
        return begun and text != "、" and behind is not None and not amount_behind and (behind.flag in NOUNISH or behind.flag in ("A", "P"))
    if flag in ("A", "P"):
        return True
    if flag == "d":
        return text in NAMING_ADVERBS and text not in ("总", "累计", "平均") and behind is not None and behind.flag in ("n", "vn", "nz")  # 10个项目|总投资
    if text in words_of("of_company"):
        return begun or flag != "v" or pieces[j - 1].flag == "uj"
    if flag == "v":
        return _verb_in_noun(pieces, j, high, begun, money)
    return flag in NOUNISH


_FOUNDING = frozenset(("成立", "设立", "建立", "组建", "创立", "创建", "发起"))  # 捐赠300万元|成立基金
_FUNDS = ("资金", "基金", "款", "金", "费", "政策")


def _is_purpose(pieces: Sequence[Piece], j: int, high: int) -> bool:
    """投入2亿元|补贴中小企业: what the money is for; 100万元|奖励资金 is a kind of money."""
    if j + 1 >= high or pieces[j].text not in words_of("grant"):
        return False
    behind = pieces[j + 1]
    return behind.flag in ("n", "j", "A") and not behind.text.endswith(_FUNDS)


_TOGETHER = frozenset(["集中", "联合", "累计", "陆续"])  # 5个集中竣工的项目


def _verb_in_noun(pieces: Sequence[Piece], j: int, high: int, begun: bool, money: bool) -> bool:
    """A verb inside a name has its noun behind it (采购订单, 签约项目), or is all there is (40个询盘); 企业报名 does something."""
    text = pieces[j].text
    if text in words_of("light", "link", "have"):
        return False
    behind = pieces[j + 1] if j + 1 < high else None
    if behind is None or is_break(behind):
        return not begun and len(text) > 1
    if not begun and behind.flag == "v" and j + 2 < high and pieces[j + 2].text in words_of("collective"):
        return False  # 13个出国展览项目
    if not begun and len(text) == 2 and behind.flag in ("d", "v") and unit_of(pieces[j - 1]) in ("个", "件", "笔", "份") and text not in HELPERS and text not in _TOGETHER:
        return True  # 10亿个包裹|大致相当于
    if behind.flag not in ("n", "vn", "ng", "nz"):
        return False
    if begun and (behind.text in _MEASURED or (behind.text in _HOUSES and pieces[j - 1].text not in words_of("collective")) or pieces[j - 1].text + text in words_of("compound")):
        return True
    if not begun and money:  # 投入3800亿元建设基础设施: a purpose
        return (text in words_of("compound") and len(text) > 2) or (behind.text.endswith(_FUNDS) and text not in _FOUNDING)
    return not begun or text in words_of("compound") or pieces[j - 1].flag in ("uj", "b", "a", "j") or len(text) == 1


_DENYING = frozenset(["不", "未", "没有", "没", "从未", "从不", "从没", "尚未", "仍未", "并未", "未能", "无法", "不再", "不会", "不能"])  # 12%的人|从未使用过


_BEFORE_DEEDS, _HELPING = frozenset(["d", "ul", "T", "ad", "t"]), (HELPERS - {"从", "由"}) | _ALL_OF_THEM
_UNFINISHED = frozenset(["共计", "总计", "合计", "分别", "后", "前", "时", "之后", "之前", "以后", "以来", "期间", "中", "和", "及", "与", "以及"])
_NO_ACTION = frozenset(["等", "是"])


def _begins_action(pieces: Sequence[Piece], j: int, high: int) -> bool:
    flag, text = pieces[j].flag, pieces[j].text
    if text in _DENYING or text == "经":
        return True
    if text in _PROJECTS_DO and j + 1 < high and pieces[j + 1].text in _PROJECTS_DO:
        return True  # 落地 is tagged as a noun
    if flag not in ("v", "p", "vn"):
        return _is_purpose(pieces, j, high) or (flag == "n" and j + 1 < high and pieces[j + 1].text == "了")  # 1个|办理|了登记
    return text == "在" or (text not in _NO_ACTION and text not in words_of("link", "have"))


def _opens_aside(pieces: Sequence[Piece], j: int, high: int) -> bool:
    """未办手续|(其中1个已办): what stands in brackets tells of a part of them; 配租(售)补贴 goes on."""
    return j + 1 < high and (pieces[j + 1].flag in ("Q", "Z", "T") or pieces[j + 1].text in ("其中", "含", "包括"))


def _action(pieces: Sequence[Piece], j: int, high: int, noun: str) -> str:
    """坚持照常营业, 跑在阿里云上: what the counted ones do, without 了 and helpers."""
    begun = j
    while j < high and (pieces[j].flag in _BEFORE_DEEDS or pieces[j].text in _HELPING) and pieces[j].text not in _DENYING:
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
                joint = next((n for n in range(len(parts) - 1, 1, -1) if parts[n] in JOINS and parts[n] != "、"), 0)
                parts = parts[:joint] if joint else parts  # 给予处分和组织|处理: the first of two deeds is whole
                break
            if piece.flag == "uj" and parts and parts[0] == "在":  # 贫困县在平台的销售额: of a thing of theirs
                return ""
            if len(parts) > 2 and parts[0] in ("在", "于") and piece.flag == "v" and len(piece.text) > 1 and piece.text not in words_of("link"):
                parts = []  # 在高新区等地|开工的项目: what was done says more than where
            parts.append(piece.text)
        j += 1
    if len(parts) > 1 and parts[-1] == "中" and pieces[j - 2].flag == "v":
        parts.pop()  # 148人失踪|中
    if parts and (parts[-1] in _UNFINISHED or parts[-1] in words_of("link", "have") or (parts[0] == "通过" and parts[-1] in ("方式", "形式", "手段"))):
        return ""  # 职务分别|为…, 税率下降|到16%, 核定名额|后
    if noun and j < high and pieces[j].flag in ("Q", "Z") and len(parts) == 1 and pieces[j - 1].flag in ("v", "vn"):
        return ""  # 31户果农|户均增收|4100元: what grew is told by the next amount
    return balanced("".join(parts).strip("\"的、，").removesuffix("的同时").removesuffix("同时"))
