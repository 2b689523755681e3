"""Whom a clause opens with: the subject, and the body of people or things in it (中小企业, 深圳湾口岸).

Knows the words for a body, a country and the world. Leaves out actors and places, which are mentions.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from extract.lexicons import either, either_of
from extract.measure_words import tails_of, words_of
from extract.phrase_words import HELPERS, LEADS_IN, NO_HEADS, NOUNISH
from extract.pieces import Piece

_AHEAD = frozenset(("T", "d", "c", "x", "f", "Z", "y"))  # flags of what stands before a subject
_NO_SUBJECT = HELPERS | NO_HEADS | {"资助", "捐助", "赞助", "扶助"}


def subject_of(pieces: Sequence[Piece], low: int, high: int) -> str:
    """The noun phrase a clause opens with, behind its time, adverbs and 在…上; "" where it opens otherwise."""
    return "".join([piece.text for piece in opening_of(pieces, low, high)])


def opening_of(pieces: Sequence[Piece], low: int, high: int) -> list[Piece]:
    """The pieces of that phrase."""
    j = low
    while j < high and ((piece := pieces[j]).flag in _AHEAD or piece.text in LEADS_IN or (piece.flag == "r" and piece.text != "我国")):
        j += 1
    kept: list[Piece] = []
    while j < high and len(kept) < 6:
        piece = pieces[j]
        flag, text = piece.flag, piece.text
        begins_name = flag == "v" and j + 1 < high and pieces[j + 1].flag == "n" and text in words_of("compound")
        above = text == "以上" and bool(kept) and kept[-1].text in ("限额", "规模")  # 限额以上零售额
        if flag in ("A", "P") or text == "我国" or begins_name or above or (flag in NOUNISH and text not in _NO_SUBJECT):
            kept.append(piece)
        else:
            break
        j += 1
    return kept


# Countries, parts of the world and the world, a longer one before what it begins with.
SCOPES = (
    "中国", "我国", "全球", "全国", "全世界", "美国", "世界", "欧元区", "欧洲", "亚洲", "非洲", "美洲", "大洋洲", "东南亚", "南亚", "中东欧", "中东", "拉丁美洲", "拉美", "北美", "南美", "发达经济体", "新兴经济体", "新兴市场", "亚太地区", "亚太", "西欧", "东欧", "北欧",
)  # fmt: skip


_COUNTRY = ("中国", "我国", "全国")
_NETWORKS = frozenset(("高铁", "铁路", "高速铁路", "地铁", "航线", "机场", "港口", "电站"))  # 我国高铁营业里程: of the country
# 非洲猪瘟, 欧洲杯, 中东部, 南美白对虾: only the beginning of another name.
_NO_PART_OF_THE_WORLD = "(?:欧洲|亚洲|非洲|美洲|亚太|欧元区)(?:杯|猪瘟|议会|央行|联盟|法院|开发银行|裔|人|鲫|栗|豹|象|委员会|锦标赛|冠军|足球|篮球|联赛|运动会|论坛|小姐|商学院|银行|投资银行|航天局|卫星)|中东部|南美白|北美洲?[队人]|[东西北]欧[人队]"
# 全球500强, 我国最大的港口: what somebody is among all, and nobody.
RANKS = re.compile(_NO_PART_OF_THE_WORLD + "|(?:世界|全球|全国)(?:[0-9]+强|级|影响力|一流|领先|知名|先进|人大|政协|两会|之窗|之最|杯|遗产|文化遗产)|我国某|(?:世界|全球|全国|我国|中国)最[大小高低多早长强快好][^，,。0-9]{0,3}的")


def scope_of(text: str) -> str:
    """中国 of 中国5G连接: the country or the world a phrase begins with."""
    return next((scope for scope in SCOPES if text.startswith(scope)), "") if text.startswith(SCOPES) and not RANKS.match(text) else ""


def may_open_with_body(text: str, start: int, at: int, end: int) -> bool:
    """Whether `collective_in` could find anything in the phrase that opens text[start:end], which has no word for a body before
    `at`: asked first, because it needs no words to be cut. No phrase reaches over 的 or 了 to a body (消费回暖推动了行业…).
    """
    if text.startswith(SCOPES, start, end) or (text[start] in _BEGIN_DATES and _SCOPE_BEHIND_DATE.match(text, start, end)):
        return True
    if text.find("的", start, at) >= 0 or text.find("了", start, at) >= 0:
        return False
    body = _bodies().search(text, at, end)
    return body is not None and text.find("的", at, body.start()) < 0 and text.find("了", at, body.start()) < 0


_BEGIN_DATES = frozenset("0123456789今去截上")
_SCOPE_BEHIND_DATE = re.compile("[^，,。的]{1,12}?[年月日末底度](?:全国|我国|全球)")  # 2012年全国茶叶产量


def collective_in(text: str) -> str:
    """The part of a phrase up to its first word for a body of people or a thing that has properties (深圳湾口岸日均旅客).

    A whole country or the world counts as one: 全球仍然有50%的人口.
    """
    if text in SCOPES:
        return text
    for match in _bodies().finditer(text):
        part = text[: match.end()].rpartition("的")[2]
        if "期" in part or "假" in part:
            part = _HOLIDAY.sub("", part)
        if len(part) > 2 and not _NO_BODY_AHEAD.match(part) and not _NO_BODY.search(part):
            return part[:2] if part[:2] in _COUNTRY and part[2:] in _NETWORKS else part
    return ""


_HOLIDAY = re.compile("^“?(?:五一|十一|春节|国庆|元旦|清明|端午|中秋|节日|假日)?”?(?:(?:小长假|假期|黄金周)(?:期间)?|期间)")  # 节日期间|全省游客
_TRADE = "电商(?!(?:进?出口|进口|交易|贸易|主体|零售|专列|规模|相关|综试区|产业园|产业带|市场主体))"  # 跨境电商进出口额: the trade of somebody


# What they are no part of.
_NO_PART_OF = {
    "企业": "企业(?!家(?![电居]))", "电商": _TRADE, "大学": "大学(?!生|毕业)", "网站": "网站(?<![府部局委厅]网站)(?!消息|发布|公布|显示)", "市民": "市民(?![营办间族政用宿])",
}  # fmt: skip


@cache
def _bodies() -> re.Pattern[str]:
    """A word for a body; two in a row are one (产业项目)."""
    words = either_of([_NO_PART_OF.get(word, word) for word in sorted(words_of("collective"), key=len, reverse=True)])
    return re.compile(f"(?:{words})(?:{words})?(?![务化模]|业(?![务绩])|{either(tails_of('no bodies'))})")  # no 快递业 in 快递业务量, no 国企 in 中国企业


# Words that show a phrase was cut in the middle of a clause: 这场连接全国市场, 研发人员占员工, 一辆学校巴士, 检查旅游企业200家.
_NO_BODY_AHEAD = re.compile("每|单日|当日|日均|全天|年(?=[旅游乘接客])|平均|大规模|较第|比第|一[辆艘架台列条场次]|这是|几[位名家个]|[子母]公司$")
# One word an alternative, and what stands before 中 asked behind it, so that the search can skip to where one may begin.
_NO_BODY = re.compile("年来|检查|处置|办理|涉及|影响(?!力)|落实|曝光|查处|责令|处罚|整治|关闭|关停|淘汰|抽查|走访|惠及|受理|出售|收购|占|于|这|给|让|把|被|将|了|是|为|有(?<!国有)|在|中(?<=.中)(?![心国学小欧亚老俄美日韩越山部原铁])|其他|多家|各类|所有|入选|完成|新增|拉动")


_WORKS = ("项目", "工程")
_KIND_OF_WORKS = re.compile("(?:今年|去年|全年|本次|此次|[上下]半年|已|新|拟|即将|集中|现场|总|其他|其余|上述|[0-9]{1,2}月份?|年度|[省市区县]级|重大|重点|主要|合作|签约|开工|投产|在建|续建|竣工|落地|引进|洽谈|对接|入库|储备|完工|建成|招商|投资|合同|推介|工程){1,6}(?:项目|工程)")


def is_kind_of_works(body: str) -> bool:
    """Whether a body is only a kind of projects (签约项目, 重大工程), which somebody else has."""
    return body.endswith(_WORKS) and _KIND_OF_WORKS.fullmatch(body) is not None
