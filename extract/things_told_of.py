"""The thing whose length, size or speed an amount gives: a road, a tunnel, a square, a stock index.

Knows how such a thing is named before its amount, and which properties are of things alone. Leaves out bodies of people
(`clause_openings.py`) and where a thing lies (`amount_places.py`).
"""

from __future__ import annotations

import re
from functools import cache

from extract.amount_clause import Measure
from extract.mentions import Quantity
from extract.owner_words import any_of, owner_words
from extract.passages import Span
from extract.sentences import Sentence

_MOST_CLAUSES = 4  # back from an amount to the thing
_LONGEST_NAME, _MOST_BACK = 16, 800
# What a name does not reach over: 驱车前往|云江大桥, 2019年建成的|云江大桥, 其中|云江隧道.
_STOPS = re.compile(
    r"开通|建成|建设|新建|改建|扩建|打造|投资|投用|修建|前往|驶入|抵达|位于|计划|目前|其中|包括|涉及|通车|启用|宣布|拿下|竞得|途经|经由|落户|入驻|走进|本次|此次|正在|(?<=[0-9])[年月日号]"
    r"|[，,。、；;：:！？\s“”「」《》（）()的把在与该这宗个座条是有此每]|(?<!呼)和(?![平田谐县顺])|将(?!乐)|对|全(?![椒州南])|内(?!蒙|江)|由|从|向(?!阳)|被"
)
# What may stand before a name that a clause is about, or that it brings to be.
_BEFORE = re.compile(r".*(?:的|开通|建成|建设|新建|打造|拿下|竞得|启用|[年月日]|其中|目前|据了解|据介绍|此外|同时|日前|近日|是|即|[：:“「” ])|", re.DOTALL)
_IS = re.compile("(?<![一二三四五六七八九十])[是为系]")
_ENDS = re.compile(r"[，,：:。；; 」”]|$")
_ACTS = re.compile(r"(?:全线|正式)?(?:位于|地处|坐落|是|为|起[于自点]|[东南西北]起|始于|通车|开通|建成|开工|竣工|投用|启用|采用|途经|经过|连接|共|总|全|双向|设)")
_OWN = re.compile(r"(?:项目|工程|主体|正线|主线|路线|线路|[一二三四]期)*的?")
_LINE = re.compile(r"(?:[^，,。；;]{0,2}[，,])?(?:该|这条|这一)?(?:全线|全段|全桥|正线)")
_OF_LINES = re.compile("(?:[公铁]路|高速|高铁|线|隧道|桥)(?:项目|工程)?$")
_TO_THERE = re.compile("[东南西北]?(?:至|接|到|连)|止于|终点|起点|沿")


def thing_told_of(sentence: Sentence, quantity: Quantity, clause: Span, measure: Measure) -> str:
    """云江大桥 of 云江大桥位于城东,全长3公里; "" where the amount is no property of a thing, or none is named before it.

    What a thing costs is its own only where the sentence names nobody who may pay for it.
    """
    if measure.text[-1] not in _last_of_properties():
        return ""
    if measure.text.endswith(owner_words("sizes of things")) or (measure.text.endswith(owner_words("costs of things")) and not sentence.doers):
        behind = _BEHIND.match(sentence.text, quantity.end) if measure.rule.startswith("property") else None
        return _named_behind(sentence.text, behind.end(), clause[1]) if behind else _named_before(sentence, quantity, clause)
    return ""


@cache
def _last_of_properties() -> frozenset[str]:
    return frozenset(word[-1] for word in owner_words("sizes of things", "costs of things"))


_BEHIND = re.compile("的")


def _named_behind(text: str, start: int, end: int) -> str:
    """云江大桥 of 全长3公里的|云江大桥通车; "" where no name ends there (全长3公里的公路)."""
    thing = _thing().search(text, start, min(end, start + _LONGEST_NAME))
    if thing is None or text.startswith(owner_words("only beside a thing"), thing.end()) or (not thing[0][-1].isdigit() and thing.start() - start < 2):
        return ""
    return "" if _STOPS.search(text, start, thing.start()) else text[start : thing.end()]


def _named_before(sentence: Sentence, quantity: Quantity, clause: Span) -> str:
    """The thing of the nearest clause that is about one, from the amount's own backwards."""
    text = sentence.text
    last = sentence.number(clause[0])
    for start, end in reversed(sentence.clauses[max(0, last + 1 - _MOST_CLAUSES) : last + 1]):
        own = start == clause[0]
        for thing in reversed(list(_thing().finditer(text, start, quantity.start if own else end))):
            if text.startswith(owner_words("only beside a thing"), thing.end()):
                continue
            if _has(text, thing.end(), quantity.start) if own else _is_told_of(text, start, thing):
                return _name(text, thing) or _named_so(text, thing)
    if _LINE.match(text, clause[0]):
        return _named_so(text, None, clause[0])
    return ""


def _has(text: str, start: int, end: int) -> bool:
    """Whether text[start:end], between a thing and the amount, is no more than the property: 全长, 的建筑面积约."""
    behind = _OWN.match(text, start, end)
    rest = text[behind.end() if behind else start : end]
    return rest.startswith((*owner_words("sizes of things", "costs of things"), "长", "高", "宽", "深", "设计", "双向"))


def _is_told_of(text: str, start: int, thing: re.Match[str]) -> bool:
    """Whether the clause that begins at `start` is about the thing: it does something there, or the clause ends with it; not
    where it is only what something is (是云江首条高铁) or where somebody goes (远山公司落户云江产业园)."""
    begin = thing.start() - len(_ahead(text, thing))
    if not _ACTS.match(text, thing.end()) and (not _ENDS.match(text, thing.end()) or _IS.search(text, start, begin)):
        return False
    return _BEFORE.fullmatch(text, start, begin) is not None


def _ahead(text: str, thing: re.Match[str]) -> str:
    """江海湾跨海 of 江海湾跨海|大桥."""
    line = text.rfind("\n", 0, thing.start()) + 1
    return _STOPS.split(text[max(line, thing.start() - _LONGEST_NAME) : thing.start()])[-1]


def _name(text: str, thing: re.Match[str]) -> str:
    """The name that ends in the thing; "" where it has none (该大桥), or something only leads there (东至云江公路)."""
    ahead = _ahead(text, thing)
    if _TO_THERE.match(ahead):
        return ""
    return ahead + thing[0] if len(ahead) > 1 or thing[0][-1].isdigit() else ""


def _named_so(text: str, thing: re.Match[str] | None, end: int = 0) -> str:
    """The last name before that ends as the thing does (该大桥), or that of any thing (全线); "" where there is none."""
    end = thing.start() if thing else end
    for named in reversed(list(_thing().finditer(text, max(0, end - _MOST_BACK), end))):
        if not (named[0].endswith(thing[0]) if thing else _OF_LINES.search(named[0])):
            continue
        ahead = _ahead(text, named)
        name = _name(text, named)
        begin = named.start() - len(ahead)
        if name and text[begin - 1 : begin] != "的" and not text.startswith(("的", *owner_words("only beside a thing")), named.end()):
            return name
    return ""


@cache
def _thing() -> re.Pattern[str]:
    kinds = any_of("things that lie or run")
    return re.compile(rf"[国省县]道[A-Z]?[0-9]{{1,4}}|(?:{kinds})(?:(?:新建|改建|扩建|改造|[一二三]期)?(?:项目|工程))?")


# --- stock indexes ---------------------------------------------------------------------------------------------------


def index_told_of(sentence: Sentence, quantity: Quantity, clause: Span) -> str:
    """沪指 of 沪指涨0.3%报3010点: the index last named in the clause of a rate or of points, or in one before it where nobody stands
    between (沪指收在1990点，跌0.7%); 沪市 of 沪市成交6亿元."""
    text, start = sentence.text, clause[0]
    if quantity.unit not in ("%", "点"):
        market = _MARKET.match(text, start, quantity.start) if text.find("市", start, quantity.start) >= 0 or text.find("向资金", start, quantity.start) >= 0 else None
        return market[1] if market else ""
    low = sentence.start
    if text.find("指", low, quantity.start) < 0 and text.find("板", low, quantity.start) < 0:
        return ""
    named = list(_index().finditer(text, low, quantity.start))
    found = named[-1] if named else None
    if found is None or (found.start() < start and any(found.start() < actor.start < quantity.start for actor in sentence.actors)):
        return ""
    return found[1]


# 两市融资余额1.4万亿元, 北向资金净流入30亿元: what is told of a market by its name.
_MARKET = re.compile("(?:[^，,。；;：:]{0,6}?[：:])?((?:沪深)?两市|沪市|深市|京市|[北南]向资金)(?:全[天日周]|当[天日周]|合计|共|累计|的|单日|今[天日])*(?:成交|净[流买卖]|融资|总市值|流通市值|新增|主力|资金)")


@cache
def _index() -> re.Pattern[str]:
    """沪指跌, 创业板指周涨幅; not 沪指成份股."""
    return re.compile(rf"({any_of('stock indexes')})(?!基金|ETF|期货|成[份分]|注册制|板块|公司|企业|上市|改革)[^，,。；;的股]{{0,8}}?(?:涨|跌|报|收|升|降|[高低]开|失守|站[上稳]|重返|突破|盘中|开盘|回落|反弹|震荡)")
