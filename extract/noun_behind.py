"""Where the noun behind an amount ends: 网店|销售工艺品, 知识产权保护中心, 18个挂牌督战贫困县.

Knows which words belong to such a noun and which begin what is said of it. Leaves out rows of amounts and what the counted
ones do (`phrase_behind.py`).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from extract.measure_words import tails_of, words_of
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

_NO_MORE = frozenset(["nr", "m", "ns", "A", "P"])  # 企业|分批入驻, 巨头|齐聚合肥: behind a word for a body these begin what it does


def noun_at(pieces: Sequence[Piece], j: int, high: int, money: bool = False) -> tuple[str, int]:
    """The noun that begins at pieces[j], "" for none, and the index behind it; `money`: it stands right behind a sum."""
    kept: list[Piece] = []
    length = 0
    if j < high and pieces[j].text in "“「『" and not money:  # 30个“邻里调解室”
        closed = next((n + 1 for n in range(j + 1, min(high, j + 9)) if pieces[n].text in "”」』"), j)
        if all(piece.flag != "Q" for piece in pieces[j:closed]):
            kept, j = list(pieces[j:closed]), closed
    while j < high and _carries_noun(pieces, j, high, bool(kept), money):
        piece = pieces[j]
        if piece.text in "”」』" and not any(word.text in "“「『" for word in kept) and (j + 1 >= high or pieces[j + 1].text in "“「『"):
            break  # 拥有外资企业300家”“历史悠久
        if kept and kept[-1].text == "价格" and piece.flag in ("v", "vn"):
            break  # 以35亿元的价格|出售
        if kept and _is_done_by(kept[-1], pieces, j, high):
            break
        length += len(piece.text)
        if length > LONGEST:
            break
        kept.append(piece)
        j += 1
    if kept and (kept[-1].flag != "n" or kept[-1].text in words_of("of all of them", "how it is done")):
        j -= _drop_end(kept, pieces, j, high)
    if kept and (kept[-1].text in _no_noun() or (len(kept) == 1 and kept[0].text in SAYS_WHICH)):
        return "", j
    return without_quotes(balanced("".join(map(text_of, kept)).strip("\"、"))), j


def _drop_end(kept: list[Piece], pieces: Sequence[Piece], j: int, high: int) -> int:
    """Drop from a noun before pieces[j] what cannot end it or begins what is said of it; how many words it is shorter by."""
    whole = len(kept)
    while kept and (kept[-1].text in JOINS or kept[-1].flag in ("f", "c") or kept[-1].text in "“《「『"):
        kept.pop()
    behind = j - whole + len(kept)
    if len(kept) > 1 and kept[-1].flag == "vn" and behind < high and pieces[behind].flag in ("Q", "Z", "ul"):  # 网店|奖励10万元
        kept.pop()
        behind -= 1
    if len(kept) > 2 and kept[-1].flag == "a" and (behind >= high or is_break(pieces[behind])):  # 项目|发展|良好 says how they do
        said = 2 if kept[-2].flag in ("vn", "v") else 1
        del kept[-said:]
        whole -= said  # and stays behind the noun
    while len(kept) > 1 and kept[-1].text in words_of("of all of them"):  # 12个园区全部|建成投用
        kept.pop()
        behind -= 1
    while kept and kept[-1].text in words_of("how it is done") and behind < high and (pieces[behind].flag in ("v", "d") or pieces[behind].text in words_of("how it is done")):
        kept.pop()
        behind -= 1
    return whole - len(kept)


@cache
def _no_noun() -> frozenset[str]:
    return NO_HEADS | words_of("of all of them") | {"时"}  # 增收900元时


SAYS_WHICH = frozenset(["大大小小", "大小", "各式各样", "形形色色"])


def _is_done_by(noun: Piece, pieces: Sequence[Piece], j: int, high: int) -> bool:
    """Whether pieces[j] begins what the noun before it does, or how it does: 企业|报名, 西瓜|10秒卖完."""
    flag, text = pieces[j].flag, pieces[j].text
    signs = (text in _SIGNS and _signs_something(pieces, j, high)) or (len(text) == 4 and text[:2] in ("签订", "签署"))
    if signs and (noun.text in words_of("collective") or noun.text in _LANDS):
        return True  # 7个省份|签订|协议
    if noun.text == "国家" and text.startswith("非"):
        return True  # 对30个国家|非金融类直接投资
    if flag == "n" and noun.text != "项目" and not text.startswith("保持") and text[:2] not in words_of("done_to"):
        return False
    if flag == "m" and text[0].isdecimal() and noun.flag != "x":
        return True  # 200个西瓜|10秒卖完
    if text.startswith("保持"):
        return True  # 240个国家和地区|保持稳定|贸易往来
    if flag in _NO_MORE and noun.text in words_of("collective"):
        return True
    if noun.text in _LANDS and text in ("进口", "出口"):
        return True  # 从30个国家|进口
    behind = pieces[j + 1] if j + 1 < high else None
    if text[:2] in words_of("done_to") and noun.text in words_of("collective"):
        return True  # 3家机构|立案调查
    if noun.text == "项目" and text in words_of("projects_do"):  # 9个项目|签约落地, 小镇项目|落户远山新区
        return behind is None or behind.flag in ("A", "P", "ns") or behind.text in words_of("projects_do") or is_break(behind)
    return flag in ("v", "vn", "a") and noun.text in words_of("acting") and behind is not None and behind.flag != "uj"


_LANDS = frozenset(["省份", "省市", "城市", "国家", "地区", "县", "国家和地区"])


def _signs_something(pieces: Sequence[Piece], j: int, high: int) -> bool:
    return j + 1 < high and pieces[j + 1].flag in ("n", "ul") and pieces[j + 1].text not in words_of("how_much")


def deed_in_name(pieces: Sequence[Piece], j: int, high: int) -> tuple[str, int]:
    """18个挂牌督战贫困县, 9家获奖企业: behind a classifier one or two verbs that lead to a word for a body are part of its name."""
    for k in range(j, min(high, j + 3)):
        flag, text = pieces[k].flag, pieces[k].text
        if k > j and flag == "n" and text in words_of("collective"):
            return "".join([piece.text for piece in pieces[j : k + 1]]), k + 1
        if k > j and flag == "uj" and k + 1 < high and pieces[k + 1].flag == "n":  # 5个集中竣工的重大项目
            return "".join([piece.text for piece in pieces[j : k + 2]]), k + 2
        if k == j and text == "首次":
            if k + 1 < high and pieces[k + 1].flag == "n" and pieces[k + 1].text.endswith("者"):
                return text + pieces[k + 1].text, k + 2  # 20名首次|购房者
            continue  # 30家首次|参展企业
        if flag not in ("v", "vn") or len(text) < 2 or text in words_of("link", "have", "light") or text in HELPERS:
            break
    return "", j


_ORGANISED = frozenset(["国际", "社会", "经济", "行业", "民间"])  # 国际|组织 is a body
_ALL_KINDS = frozenset(["各界", "各类", "各级", "各地", "各国", "本国"])
_NEXT_AMOUNT = frozenset(["总", "近", "约", "逾"])
_SIGNS = frozenset(["签订", "签署", "签约"])  # tagged as nouns
_NOUNS_FIRST = frozenset(["展览"])  # tagged as a verb, which it is behind a noun: 9个|展览, but 200件文物|展览


_DEGREES = frozenset(["较", "很", "更", "非常", "十分", "极其", "相当"])


_NO_NOUNS = frozenset(["同比", "环比", "有所", "经", "因应", "进场"])  # tagged as nouns; 1人|经抢救, 编列3亿元|因应


def _is_noun(pieces: Sequence[Piece], j: int, high: int, begun: bool) -> bool:
    """Whether what is tagged as a noun is one: 用户|足不出户 and 3个|办理|了登记 tell what they do."""
    if pieces[j].text in _NO_NOUNS or (begun and pieces[j].flag in ("l", "i")):
        return False
    return j + 1 >= high or pieces[j + 1].text != "了"


def _carries_noun(pieces: Sequence[Piece], j: int, high: int, begun: bool, money: bool) -> bool:
    """Whether pieces[j] belongs to the noun, which has `begun` before it or begins with it."""
    flag, text = pieces[j].flag, pieces[j].text
    if begun and (text in _NEXT_AMOUNT or text in words_of("denying")):  # 10个项目|总投资30亿元, 公司|近5年亏损, 押金|无法退还
        return False
    first_of_money = money and not begun
    if flag in PLAIN and not first_of_money:
        return _is_noun(pieces, j, high, begun)
    behind = pieces[j + 1] if j + 1 < high else None
    if behind is not None and (((flag == "ad" or (begun and text in _HOW_WELL)) and behind.flag == "v") or (behind.flag == "a" and text in _DEGREES)):
        return False  # 项目|顺利|签约, 6人伤势|较重
    if first_of_money:
        if is_purpose(pieces, j, high):
            return False
        if text in words_of("attribute") and behind is not None and behind.flag in ("v", "vn"):
            return True  # 3000亿元综合|授信
        if flag in PLAIN:
            return _verb_in_noun(pieces, j, high, begun, money) if flag == "vn" else _is_noun(pieces, j, high, begun)
    if flag in _NO_PART or text in _NO_PARTS:
        return False
    if flag in ("A", "P") or text in QUOTES:
        return True
    if flag == "x" or text in JOINS:
        return _joins_noun(pieces, j, high, begun)
    return _is_known_noun(pieces, j, begun) or _goes_with_what_is_behind(pieces, j, high, begun, money)


_HOW_WELL = frozenset(["成功", "顺利", "正式", "圆满"])  # tagged as adjectives: 项目|成功签约
_NO_PART = frozenset(["Q", "T", "Z"])
_NO_PARTS = BREAKS | {*OPEN, *CLOSE} | HELPERS | {"同比", "环比"}


def _is_known_noun(pieces: Sequence[Piece], j: int, begun: bool) -> bool:
    """Whether a word that may be tagged as a verb is a noun by itself or behind what only says which."""
    flag, text = pieces[j].flag, pieces[j].text
    if not begun:
        return text in words_of("nouns tagged otherwise") or text in _NOUNS_FIRST
    if text in words_of("nouns tagged otherwise") or text in ("费", "需求") or (text == "组织" and pieces[j - 1].text in _ORGANISED):  # 磨损|费, 国际|组织
        return True
    return flag in ("v", "vn") and _told_which(pieces, j)  # 30名国际|买主, 8000万元综合|授信


def _told_which(pieces: Sequence[Piece], j: int) -> bool:
    """Whether the one word between the amount and pieces[j] only says which of a kind it is."""
    return j > 1 and pieces[j - 2].flag in ("Q", "uj") and pieces[j - 1].text in words_of("attribute")


def _joins_noun(pieces: Sequence[Piece], j: int, high: int, begun: bool) -> bool:
    """Whether a sign or 和 stands inside the noun: 新产品、新技术, A-B, 水和饮料; not before what others do or the next amount."""
    flag, text = pieces[j].flag, pieces[j].text
    if text == "、":
        return begun and _row_goes_on(pieces, j, high)
    if flag == "x":
        return text.isalnum() or (text in "-+·" and begun)
    behind = pieces[j + 1] if begun and j + 1 < high else None
    third = pieces[j + 2] if j + 2 < high else None
    if behind is None or (third is not None and third.flag in ("Q", "Z")):
        return False  # 500万元现金|和价值300万元的饮用水
    if text == "与" and behind.flag == "A" and third is not None and (third.flag in ("v", "vn", "d") or third.text in _SIGNS):
        return False  # 八家企业|与云江公司签约
    if behind.flag in ("A", "P"):
        return pieces[j - 1].flag in ("A", "P")  # 20个项目|和云江集团一个分厂开工
    return behind.flag in NOUNISH


def _goes_with_what_is_behind(pieces: Sequence[Piece], j: int, high: int, begun: bool, money: bool) -> bool:
    """Whether a pronoun, adverb or verb leads to the noun behind it: 各界嘉宾, 新项目, 签约项目; of others whether they are nouns."""
    flag, text = pieces[j].flag, pieces[j].text
    behind = pieces[j + 1] if j + 1 < high else None
    if flag == "r":  # 6万名各界嘉宾, 700座国内外各类桥梁
        return text in _ALL_KINDS and behind is not None and behind.flag in NOUNISH and (not begun or _told_which(pieces, j))
    if flag == "d":
        return text in NAMING_ADVERBS and text not in ("总", "累计", "平均") and behind is not None and behind.flag in ("n", "vn", "nz")  # 10个项目|总投资
    if text in words_of("of_company"):
        return begun or flag != "v" or pieces[j - 1].flag == "uj"
    if flag == "v":
        return _verb_in_noun(pieces, j, high, begun, money)
    return flag in NOUNISH


def _row_goes_on(pieces: Sequence[Piece], j: int, high: int) -> bool:
    """Whether what stands behind the 、 pieces[j] is told with what stands before it, as one thing."""
    if j + 1 >= high:
        return False
    before, behind = pieces[j - 1], pieces[j + 1]
    third = pieces[j + 2] if j + 2 < high else None
    if third is not None and pieces[j - 2].text == behind.text and len(behind.text) == 1 and third.flag != "Q":
        return True  # 新产品、新技术、新服务
    if third is not None and j + 3 < high and behind.flag == "n" and third.text in ("和", "及", "与") and pieces[j + 3].flag in ("n", "nz"):
        return True  # 国家、地区和国际组织
    return before.flag == "b" and behind.flag in ("b", "n")  # 大型、超大型数据中心


def is_purpose(pieces: Sequence[Piece], j: int, high: int) -> bool:
    """投入2亿元|补贴中小企业: what the money is for; 100万元|奖励资金 is a kind of money."""
    if j + 1 >= high or pieces[j].text not in words_of("grant"):
        return False
    behind = pieces[j + 1]
    return behind.flag in ("n", "j", "A") and not behind.text.endswith(tails_of("fund"))


_OF_PARCELS = frozenset(["个", "件", "笔", "份"])
_NO_PARCELS = HELPERS | {"集中", "联合", "累计", "陆续"}  # 5个集中竣工的项目


def _verb_in_noun(pieces: Sequence[Piece], j: int, high: int, begun: bool, money: bool) -> bool:
    """A verb inside a name has its noun behind it (采购订单, 签约项目), or is all there is (40个询盘); 企业报名 does something."""
    text = pieces[j].text
    if text in words_of("light", "link", "have") or text == "涉":  # 9个项目|涉投资30亿元
        return False
    behind = pieces[j + 1] if j + 1 < high else None
    if behind is None or is_break(behind):  # 40个询盘, 3亿元资产|减值
        return (not begun and len(text) > 1) or (begun and pieces[j - 1].text + text in words_of("compound"))
    if not begun and behind.flag == "v" and j + 2 < high and pieces[j + 2].text in words_of("collective"):
        return False  # 13个出国展览项目
    if not begun and len(text) == 2 and behind.flag in ("d", "v") and unit_of(pieces[j - 1]) in _OF_PARCELS and text not in _NO_PARCELS:
        return True  # 10亿个包裹|大致相当于
    needed = behind.text == "需求" and pieces[j - 1].flag != "uj"  # 1万条采购|需求, but 30万架次的保障|需求
    if behind.flag not in ("n", "vn", "ng", "nz") and not needed and not (behind.flag == "s" and behind.text.endswith("地")):
        return False
    if begun and _is_in_name(pieces[j - 1].text, text, behind.text):
        return True
    if not begun and money:  # 投入3800亿元建设基础设施: a purpose
        return (text in words_of("compound") and len(text) > 2) or (behind.text.endswith(tails_of("fund")) and text not in words_of("founding"))
    return not begun or text in words_of("compound") or pieces[j - 1].flag in ("uj", "b", "a", "j") or len(text) == 1


def _is_in_name(before: str, deed: str, behind: str) -> bool:
    """企业|成交|金额, 知识产权|保护|中心 and 乡村|振兴|项目 are names; 企业|建设|中心 tells what they do."""
    if behind in words_of("how_much") or before + deed in words_of("compound"):
        return True
    return behind in words_of("house") and before not in words_of("collective")
