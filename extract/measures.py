"""What an amount counts, as a short noun phrase a card can carry.

Knows the ways Chinese news ties a thing to its amount: 净利润为45.7亿元, 新签合同额143.2亿美元, 吸引了580家企业报名,
同比增长5.1%, 占总额的15.6%, 总投资50亿元的协议, 分别占37.4%、17.4%. Leaves out who, where and when (`context.py`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from extract.mentions import Actor, Change, Quantity
from extract.phrases import (
    HELPERS,
    Following,
    Phrase,
    clause_bounds,
    collective_in,
    is_break,
    is_money,
    phrase_after,
    phrase_before,
    subject_of,
    tails_of,
    words_of,
)  # fmt: skip
from extract.pieces import Piece

LONGEST_MEASURE = 24

RATES = frozenset(("%", "‰", "个百分点", "倍", "成"))
_PARTS = frozenset(("%", "‰", "成"))
_AREAS = frozenset(["平方公里", "平方千米", "平方米", "平米", "亩", "公顷", "㎡"])
_LENGTHS = frozenset(["公里", "千米", "米", "里", "海里"])
_FILLERS = ("了", "人民币", "截至", "截止", "约", "近", "超过", "超", "逾", "大约", "大概", "高达", "将近", "接近", "至少", "不到", "不足", "仅", "只", "共", "已", "就", "上", "最高", "幅度", "幅", "的", "每桶", "每股", "每吨")
# What a step is measured against: 同比, 较上年, 比去年同期. 年化 is a yearly mean.
_COMPARED = re.compile(r"(?:同比|环比[^，,]{0,4}|按[年季月]|年均|年化|(?:较|比)(?:上年|去年|上月|前年|同期|上一年|一年前|上届|上季|上周|\d{4}年)[^，,]{0,6}|与(?:上年|去年)[^，,]{0,6}相比)")
# A part of a whole: 占同期投资总额的15.6%, 追到爱立信的91%, 相当于当年净利润的78%.
_PART_OF = re.compile(r"(占到?了?|相当于|追到|达到|赶上|不及|是|为)(?!\d)([^，,占]{1,18}?)(?:的)?(?:比重|比例|比|份额)?(?:的)?(?:约?为|达到|达|在|到|约|已|近|为)*$")
# What a thing behind 的 can have: 总投资50亿元的协议, 年销售额过千亿元的巨头.
_PROPERTIES = ("投资", "价值", "额", "量", "产值", "面积", "规模", "价", "估值", "市值", "资本", "资产", "收入", "利润", "长", "高", "重", "人口", "投入", "金额", "里程")
_AGGREGATES = ("平均", "累计", "日均", "月均", "年均", "人均", "合计", "同期", "预计", "每")


class Measure(NamedTuple):
    """`base` is what later amounts of the passage carry on with (…,同比增长5%); `rule` names how it was read.

    `subject` is the actor or place the phrase began with, `owner` the words for whom or what it is about where that is
    no mention (深圳湾口岸, 中小企业), `counted` the things counted where they are a body of people or things (重点房企).
    """

    text: str
    base: str
    change: Change
    rule: str
    subject: Piece | None = None
    owner: str = ""
    counted: str = ""
    unit: str = ""
    sentence: int = -1  # start of its sentence
    kind: str = ""  # money, count or rate: what `base` is measured in
    noun: str = ""  # what was last counted in the sentence (产业项目), for the 总投资 behind it


def read_measure(pieces: Sequence[Piece], i: int, before: Measure | None) -> Measure | None:
    """What the amount pieces[i] counts, or None where nothing says it.

    `before` is the measure of the amount before it in the paragraph.
    """
    view = _view(pieces, i, before)
    for read in (_distributed, _share, _growth, _gap, _level, _second_amount, _price, _attribute, _beside, _counted, _tied, _done, _carried):
        found = read(view)
        if found and found.text and (text := _shortened(found.text)):
            noun = view.noun
            if _counts_things(view.quantity.unit, found):
                noun = found.base if len(found.base) <= 10 else ""
            if text in words_of("of_project") and view.noun and found.rule == "thing in front":
                text, noun = view.noun + text, view.noun
            return found._replace(
                noun=noun, text=text, kind=_kind_of(view, found), base=_shortened(found.base), owner=found.owner,
                unit=view.quantity.unit, sentence=pieces[0].start,
            )  # fmt: skip
    return None


def _counts_things(unit: str, found: Measure) -> bool:
    if unit in RATES or unit in _AREAS or unit in _LENGTHS or is_money(unit):
        return False
    return found.rule in ("thing behind", "thing in front") and not found.base.endswith((*_PROPERTIES, "数"))


def _kind_of(view: _View, found: Measure) -> str:
    if found.rule in ("growth", "share of a whole", "pace", "gap to another", "completion", "part of another", "sum of what was counted"):
        return view.before.kind if view.before and found.base == view.before.base else ""
    return "rate" if view.quantity.unit in RATES else "money" if is_money(view.quantity.unit) else "count"


class _View(NamedTuple):
    pieces: Sequence[Piece]
    i: int
    low: int
    high: int
    edge: int  # index behind the last piece of the head
    head: str  # the clause before the amount, without 约, 了, 超过, 2017年的 at its end
    quantity: Quantity
    following: Following
    before: Measure | None
    bracketed: bool  # the amount stands alone in brackets, the head before them

    def phrase_before(self, word: str = "") -> Phrase | None:
        """The phrase in front of `word`, which ends the head."""
        return phrase_before(self.pieces, self.low, self.index_of(len(self.head) - len(word)))

    def index_of(self, offset: int) -> int:
        """Index of the piece in which the head's character `offset` stands."""
        at = 0
        for j in range(self.low, self.edge):
            if self.pieces[j].flag == "Z":
                continue
            if at >= offset:
                return j
            at += len(self.pieces[j].text)
            if at > offset:
                return j
        return self.edge

    @property
    def base(self) -> str:
        return self.before.base if self.before else ""

    @property
    def fits(self) -> bool:
        """Whether what was measured before can be measured in this amount's unit: 交易额1153亿元 is not counted in 个."""
        unit = "rate" if self.quantity.unit in RATES else "money" if is_money(self.quantity.unit) else "count"
        return self.before is not None and (unit == "rate" or self.before.kind in ("", unit))

    @property
    def noun(self) -> str:
        return self.before.noun if self.before and self.carries_on else ""

    @property
    def carries_on(self) -> bool:
        return self.before is not None and self.before.sentence == self.pieces[0].start


def _view(pieces: Sequence[Piece], i: int, before: Measure | None) -> _View:
    low, high = clause_bounds(pieces, i)
    quantity = pieces[i].mention
    assert isinstance(quantity, Quantity)
    following = phrase_after(pieces, i, high)
    edge = i
    bracketed = False
    if all(piece.flag == "Z" for piece in pieces[low:i]) and low > 1 and pieces[low - 1].text in "（(" and not following.noun:
        bracketed = True  # 高速度（8%以上）
        edge = low - 1
        low, _ = clause_bounds(pieces, edge - 1)
        high = min(len(pieces), high + 6)
    while edge > low and (pieces[edge - 1].flag in ("Z", "T") or pieces[edge - 1].text in _FILLERS):
        edge -= 1
    head = "".join(piece.text for piece in pieces[low:edge] if piece.flag != "Z")
    return _View(pieces, i, low, high, edge, _without_fillers(head), quantity, following, before, bracketed)


def _without_fillers(head: str) -> str:
    while head.endswith(_FILLERS):
        head = head[: -len(next(filler for filler in _FILLERS if head.endswith(filler)))]
    return head


def _ending(head: str, *groups: str) -> str:
    if not head.endswith(tails_of(*groups)):
        return ""
    return next(word for word in tails_of(*groups) if head.endswith(word))


def _named(view: _View, phrase: Phrase | None) -> str:
    """The phrase's words; the fuller name where the sentence gave one (收入 after 核心商业收入), or the one before."""
    text = phrase.text if phrase else ""
    if not text:
        return view.base
    if view.base.endswith(text) and (view.carries_on or (phrase and phrase.anaphor)):
        return text if view.base[: -len(text)].startswith(_AGGREGATES) else view.base
    if text.endswith(("预期", "预测", "预估")) and view.base and len(text) <= 8 and not view.base.endswith(("预期", "预测")):
        return view.base + text
    return text


def _measure(view: _View, text: str, base: str, rule: str, phrase: Phrase | None = None, change: Change = "") -> Measure:
    subject = phrase.subject if phrase else None
    body = collective_in(text) if phrase and not phrase.deed else ""
    owner = "" if text.endswith(body) else body  # 中小企业 of 中小企业资金缺口; the 上市企业 of 上市企业177家 are what is counted
    if (phrase is None or not phrase.text) and view.before is not None and base == view.before.base:  # same thing, same owner
        subject = subject or view.before.subject
        owner = view.before.owner
    return Measure(text, base, change, rule, subject, owner)


# --- 分别 ------------------------------------------------------------------------------------------------------


def _distributed(view: _View) -> Measure | None:
    """A、B、C分别占37.4%、17.4%、13.8%: the n-th amount belongs to the n-th of the things in front."""
    pieces, i = view.pieces, view.i
    at = next((j for j in range(i - 1, max(-1, i - 12), -1) if pieces[j].text == "分别"), -1)
    if at < 0 or any(is_break(pieces[j]) for j in range(at, i)):
        return None
    stop = next((j for j in range(i, min(len(pieces), i + 10)) if is_break(pieces[j])), min(len(pieces), i + 10))
    amounts = [j for j in range(at, stop) if pieces[j].flag == "Q"]
    n = amounts.index(i)
    things = _row_before(pieces, at, len(amounts))
    if len(things) < 2 or n >= len(things):
        return None
    verb = "".join(piece.text for piece in pieces[at + 1 : amounts[0]] if piece.flag != "Z")
    ahead = "".join(piece.text for piece in pieces[max(0, at - 2) : at])
    thing = things[n].removesuffix("同比")
    stem = _without_fillers(verb)
    if _ending(stem, "rise", "fall"):
        change, tail = _tail_of_growth(view.quantity.unit or "%", bool(_ending(stem, "rise")))
        return Measure(f"{thing}{'同比' if '同比' in verb + ahead else ''}{tail}", thing, change, "distributed growth")
    if verb.startswith("占"):
        return Measure(f"{thing}占{verb.strip('占的比达为')}比重", thing, "", "distributed share")
    if stem.endswith("持股"):
        return Measure("持股比例", "持股比例", "", "distributed holding", owner=thing)
    tail = stem if stem not in words_of("link") | words_of("light") else ""
    if view.quantity.unit in _PARTS and tail and not tail.endswith(tuple(words_of("rate_nouns"))):
        tail += "比例"
    return Measure(thing if tail in thing else thing + tail, thing, "", "distributed")


def _row_before(pieces: Sequence[Piece], at: int, n: int) -> list[str]:
    """The n things joined by 、 or 和 before pieces[at], their common tail given to each (中部和西部地区业务占比)."""
    text = "".join(piece.text for piece in pieces[max(0, at - 40) : at]).rstrip(",，")
    text = re.split(r"[。；;：:]|其中[,，]?|流向|包括|自然人", text)[-1]
    text = re.sub(r"[（(][^（）()]{0,20}[）)]", "", re.split(r"[,，]", text)[-1])
    text = re.sub(r"等(?:领域|方面|行业|地区|地|产品|业务|\w{0,4})$", "", text)
    parts = text.split("、")
    if len(parts) < n:
        parts[-1:] = re.split(r"[和与及]", parts[-1], maxsplit=1)
    if len(parts) < n:
        return []
    parts = parts[-n:]
    tail = re.search(r"(?:业务占比|占比|投资|收入|产量|销量|\w{0,2}额|\w{0,2}量|\w{0,2}价格?)(?:同比)?$", parts[-1])
    if tail and tail.start() > 0:
        parts = [part if part.endswith(tail.group()) else part + tail.group() for part in parts]
    return parts


# --- rates: share and growth -----------------------------------------------------------------------------------


def _share(view: _View) -> Measure | None:
    """占同期投资总额的15.6%, 占全国的1/8, 追到爱立信的91%: a part of a whole."""
    unit, value = view.quantity.unit, view.quantity.value
    if unit not in _PARTS and not (unit == "" and value is not None and 0 < value < 1):
        return None
    if view.head.endswith(tails_of("rise", "fall")):
        return None
    if "占比" in view.head[-8:]:
        return _named_share(view)
    match = _PART_OF.search(view.head[-24:])
    whole = match.group(2).strip("的据有到了") if match else ""
    if match is None or (match.group(1)[0] != "占" and (not whole or not _owned_whole(view))):
        return _bare_share(view)
    start = len(view.head) - len(view.head[-24:]) + match.start()
    phrase = phrase_before(view.pieces, view.low, view.index_of(start))
    thing = _named(view, phrase)
    if phrase is not None and not phrase.text and phrase.subject is not None and view.base:
        thing = f"{view.base}{phrase.subject.text}"  # 物联网连接250亿,中国占46%
    if match.group(1)[0] != "占":
        return _measure(view, f"{thing}相当于{whole}的比例", thing, "part of another", phrase) if thing else None
    text = f"{thing}占{whole}比重" if whole else f"{thing}占比"
    return _measure(view, text, thing, "share of a whole", phrase) if thing or whole else None


def _named_share(view: _View) -> Measure | None:
    """占比为60%, 市场占比为28.35%, and the second of 占比分别为23.3%和36.6%."""
    at = view.head.rfind("占比")
    phrase = phrase_before(view.pieces, view.low, view.index_of(at))
    thing = _named(view, phrase)
    return _measure(view, f"{thing}占比", thing, "share of a whole", phrase) if thing else None


def _owned_whole(view: _View) -> bool:
    """Whether 的 stands between the whole and the amount: 爱立信的91%."""
    return view.edge > view.low and view.edge < len(view.pieces) and "的" in (view.pieces[view.edge].text, view.pieces[view.edge - 1].text)


def _bare_share(view: _View) -> Measure | None:
    """中国占46%, and the second of 爱立信的91%、诺基亚的76%."""
    if view.head.endswith("占"):
        phrase = view.phrase_before("占")
        part = collective_in(phrase.text) if phrase and phrase.text else ""
        if phrase is not None and phrase.text and not (view.base and part == phrase.text):
            return _measure(view, f"{_named(view, phrase)}占比", _named(view, phrase), "share of a whole", phrase)
        if view.base:
            owner = part or (phrase.subject.text if phrase and phrase.subject else "")
            return _measure(view, f"{view.base}{owner}占比", view.base, "share of a whole", phrase)._replace(owner=part)
    before = view.before
    if before and before.rule == "part of another" and "、" in view.head and _owned_whole(view):
        whole = view.head.rpartition("、")[2].strip("的")
        return Measure(f"{before.base}相当于{whole}的比例", before.base, "", "part of another", before.subject, before.owner)
    return None


def _growth(view: _View) -> Measure | None:
    """同比增长5.1%, 较上年提升2.3个百分点, 增速超30%, 较上年增加9个: a step, named after what stepped."""
    word = _ending(view.head, "rise", "fall")
    if view.following.noun in ("速度", "增速", "增幅", "幅度") and view.quantity.unit in _PARTS and view.following.owned:
        return _pace(view)
    if not word or (view.quantity.unit not in RATES and not _COMPARED.search(view.head)):
        return None
    stem = view.head[: -len(word)]
    compared = None
    for compared in _COMPARED.finditer(stem, max(0, len(stem) - 14)):
        pass
    cut = compared.start() if compared else len(stem)
    phrase = phrase_before(view.pieces, view.low, view.index_of(cut))
    thing = _named(view, phrase)
    if view.before and view.carries_on and not (phrase and phrase.text) and view.quantity.unit == "个百分点" and view.before.unit == "%":
        thing = view.before.text
    if not thing:
        return None
    change, tail = _tail_of_growth(view.quantity.unit, _ending(view.head, "rise") == word)
    against = _against(compared.group() if compared else "")
    thing = thing.removesuffix("同比").removesuffix("年化")
    return _measure(view, f"{thing}{against}{tail}", thing, "growth", phrase, change)


def _pace(view: _View) -> Measure | None:
    """投资还将以每年超过20%的速度增长: the thing before 以."""
    at = view.head.rfind("以")
    phrase = phrase_before(view.pieces, view.low, view.index_of(at)) if at >= 0 else None
    thing = _named(view, phrase)
    falls = view.following.action.startswith(tails_of("fall"))
    return _measure(view, f"{thing}增速", thing, "pace", phrase, "down" if falls else "up") if thing else None


def _against(words: str) -> str:
    """同比, 环比 or 年化 in the name of a rate: 按年 is how Hong Kong says 同比; 较上届 has no such word."""
    if not words or "届" in words:
        return ""
    if "环比" in words or words in ("按季", "按月") or "上月" in words or "上季" in words:
        return "环比"
    return "年化" if words in ("年均", "年化") else "同比"


def _tail_of_growth(unit: str, rising: bool) -> tuple[Change, str]:
    change: Change = "up" if rising else "down"
    if unit == "个百分点":
        return change, "升幅" if rising else "降幅"
    if unit in RATES:  # one measure for both ways, so that a rise and a fall stand on one card; `change` says which
        return change, "增速"
    return change, "增加数" if rising else "减少数"


_GAP = re.compile(r"(高于|低于|高出|高过|多于|少于|超出|领先|落后)([^，,]{2,16})$")


def _gap(view: _View) -> Measure | None:
    """工业投资增长18.4%,高于全市投资6.7个百分点: how far the amount before lies above or below another."""
    match = _GAP.search(view.head)
    if match is None or view.quantity.unit not in ("个百分点", "%", "倍") or not view.carries_on or view.before is None:
        return None
    change: Change = "up" if match.group(1)[0] in "高多超领" else "down"
    return Measure(f"{view.before.base}{match.group()}", view.before.base, change, "gap to another", view.before.subject, view.before.owner)


def _level(view: _View) -> Measure | None:
    """增长约35%至1802.4亿元, 从15%降到5%, 由2010年的702.64亿元增加到…: the levels between which something moved."""
    cut = _from(view.head)
    word = _ending(view.head, "level")
    if not word and view.head.endswith(("至", "到")) and (cut >= 0 or _steps(view)):
        word = view.head[-1]
    if word:
        if cut < 0:
            cut = _step_start(view.head, word)
        return _level_measure(view, cut, "to", "level reached")
    if cut >= 0 and view.bracketed and re.search(r"[至到]", view.head[cut + 1 :]):  # 从高速度（8%以上）切换到中等速度（6%左右）
        return _level_measure(view, cut, "to", "level reached")
    rest = "".join(piece.text for piece in view.pieces[view.i + 1 : view.i + 8])
    if cut >= 0 and len(view.head) - cut < 14 and re.match(r"[^。]{0,9}?(?:至|到|变)", rest):
        return _level_measure(view, cut, "from", "level left")
    return None


_FROM = re.compile(r"从(?![业事而此来])|(?<![自理经])由(?![于此])")


def _from(head: str) -> int:
    """Offset of the last 从 or 由 that opens a from-to; -1 for none (从业人员 has none)."""
    cut = -1
    for match in _FROM.finditer(head):
        cut = match.start()
    return cut


def _level_measure(view: _View, cut: int, change: Change, rule: str) -> Measure | None:
    phrase = phrase_before(view.pieces, view.low, view.index_of(cut))
    thing = _named(view, phrase)
    if not thing:
        return None
    text = thing
    if view.quantity.unit in _PARTS and view.before and view.before.base == thing and view.before.unit in _PARTS:
        text = view.before.text  # 物流支出占GDP的15%. … 从15%降到5%
    return _measure(view, text, thing, rule, phrase, change)


def _steps(view: _View) -> bool:
    """Whether an amount of growth stands right before 至: 增长约35%至1802.4亿元."""
    return any(view.pieces[j].flag == "Q" for j in range(max(view.low, view.edge - 3), view.edge))


def _step_start(head: str, word: str) -> int:
    """Offset of the first word of 同比增长约35%至, so that the phrase before it is the thing that moved."""
    stem = head[: -len(word)]
    verbs = [stem.rfind(verb) for verb in tails_of("rise", "fall") if stem.rfind(verb) > len(stem) - 14]
    cut = min(verbs) if verbs else len(stem)
    compared = _COMPARED.search(head)
    return min(cut, compared.start()) if compared else cut


# --- amounts and the things beside them ------------------------------------------------------------------------


def _second_amount(view: _View) -> Measure | None:
    """处以其销售额4557.12亿元4%的罚款: of two amounts in a row the second is a part of the first."""
    if view.quantity.unit not in _PARTS or view.i == 0 or view.pieces[view.i - 1].flag != "Q" or not view.base:
        return None
    noun = view.following.noun
    return Measure(f"{noun}占{view.base}比例" if noun else f"{view.base}比例", noun or view.base, "", "part of the amount before")


def _price(view: _View) -> Measure | None:
    """以23亿元收购奔腾电器, 斥资5亿元建厂: what the deed costs."""
    last = view.pieces[view.edge - 1].text if view.edge > view.low else ""
    if not is_money(view.quantity.unit) or view.following.noun or not view.following.action or last not in ("以", "用", "花", "花费", "斥资", "斥", "耗资", "豪掷"):
        return None
    return Measure(f"{view.following.action}的价格", view.following.action, "", "price of a deed")


def _attribute(view: _View) -> Measure | None:
    """总投资50亿元的战略合作协议, 总价值4.68亿元的医疗物资: a property, and behind 的 what has it."""
    if not view.following.owned or not view.following.noun or view.edge == view.low:
        return None
    last = view.pieces[view.edge - 1]
    if last.flag in ("v", "p", "ul", "A", "P") or view.head.endswith(tails_of("rise", "fall", "have", "light")):
        return None
    phrase = view.phrase_before()
    if phrase is None or len(phrase.text) > 8 or not phrase.text.endswith(_PROPERTIES) or view.quantity.unit in _PARTS:
        return None
    thing = view.following.noun + phrase.text
    noun = view.following.noun
    return _measure(view, thing, thing, "property of a thing", phrase)._replace(counted=noun if noun == collective_in(noun) else "")


def _beside(view: _View) -> Measure | None:
    """陆域面积187.5平方公里, 净利润为45.7亿元, 签约项目242个: the thing in front, alone or with 为/达/共."""
    link = _ending(view.head, "link")
    if _ending(view.head, "have") or view.head in ("较", "比", "而"):
        return None
    if view.following.noun and not _names_amount(view.head.removesuffix(link)):
        return None
    phrase = view.phrase_before(link)
    if phrase is None or not phrase.text or (not link and _is_deed(view, phrase)):
        return None
    if phrase.text.endswith("持股"):  # 聚贤投资持股45%
        subject = phrase.subject
        joined = subject is not None and subject.end == phrase.start  # 中兴|维先通, 深圳市|聚贤投资: one name
        owner = (subject.text if subject and joined else "") + phrase.text[:-2]
        return Measure("持股比例", "持股比例", "", "holding", None if joined else subject, owner)
    thing = _named(view, phrase)
    text = thing
    if view.quantity.unit in _PARTS and not thing.endswith(tuple(words_of("rate_nouns"))):
        text = thing + "比例"
    if thing.startswith(("完成", "实现")) and view.quantity.unit in _PARTS and view.base:  # 完成年度目标的172.2%
        return _measure(view, text, view.base, "completion", phrase)
    if view.base and len(thing) <= 3 and view.low and view.pieces[view.low - 1].text in "（(":  # 项目64项(新建38项)
        return _measure(view, thing + view.base, view.base, "part in brackets", phrase)
    if is_money(view.quantity.unit) and len(thing) <= 4 and (purpose := _purpose(view)) and thing not in words_of("of_company") - {"投入", "投资"}:
        return _measure(view, f"{purpose}的{thing}", thing, "money for a purpose", phrase)
    if is_money(view.quantity.unit) and thing.endswith("款") and len(thing) <= 4:
        text = f"{thing.removeprefix('合计')}金额"
    return _measure(view, text, thing, "thing in front", phrase)


def _purpose(view: _View) -> str:
    """出资10亿元设立产业基金, 投资500亿元,用于数字乡村建设: what the money is for."""
    if view.following.action and not view.following.owned and not view.following.noun:
        return view.following.action
    rest = "".join(piece.text for piece in view.pieces[view.high : view.high + 10])
    match = re.match(r"[,，](?:主要|全部|将|并)?用于([^,，。；;、]{2,12})", rest)
    return match.group(1) if match else ""


def _names_amount(head: str) -> bool:
    return head.endswith(("率", "额", "量", "数", "价", "面积", "收入", "利润", "比例", "比重", "金", "人口"))


def _is_deed(view: _View, phrase: Phrase) -> bool:
    """Whether the phrase is a verb and no thing: 罚款5050万元, 合计罚款, 创造4028万个; but 收入 is a thing."""
    last = view.pieces[view.edge - 1]
    if last.flag != "v" or phrase.text in words_of("of_company"):
        return False
    return phrase.text.removeprefix("合计").removeprefix("累计").removeprefix("总计") == last.text


def _counted(view: _View) -> Measure | None:
    """741个产业带, 18家门店坚持照常营业, 创造了4028万个就业机会: the thing behind."""
    noun, action, owned = view.following
    unit = view.quantity.unit
    have = _ending(view.head, "have")
    if not noun and not owned and action and view.base and view.head in ("其中", "当中", "") and view.before and view.before.unit == unit:
        return Measure(f"{action}的{view.base}", view.base, "", "part of what was counted")  # 其中9.12亿人来自中国市场
    if not noun and not owned and action and unit in ("人次", "人", "户"):
        noun = unit
    if not noun and have and action and (whole := view.phrase_before(have)) is not None:  # 前30强房企中有九家触及红线
        noun = whole.text
    if not noun:
        return None
    counted = noun if noun == collective_in(noun) else ""
    if unit in _PARTS:
        text = f"{action}的{noun}占比" if action and len(noun) <= 3 else _with_verb(view, noun)
        text = text if text.endswith(tuple(words_of("rate_nouns"))) else text + "比例"
        return Measure(text, noun, "", "share of the thing behind", counted=counted)
    if unit in _AREAS or unit in _LENGTHS:
        tail = "面积" if unit in _AREAS else "长度"
        return Measure(noun if noun.endswith(tail) else noun + tail, noun, "", "size of the thing behind")
    text, owner, body = noun, None, ""
    if have and action and len(noun) <= 8:
        text = f"{action}的{noun}"
    elif have and len(noun) <= 4 and (owner := view.phrase_before(have)) is not None and (owner.text or owner.subject):
        name = owner.text or (owner.subject.text if owner.subject else "")
        text = name + noun if len(name) <= 8 else noun
        body = collective_in(name)
    elif have and len(noun) <= 3 and view.edge > view.low:
        text = (_last_name(view) or "") + noun
    elif action and len(noun) <= 8:
        text = f"{action}{noun}" if len(action) == 2 and len(noun) <= 2 else f"{action}的{noun}"
    elif len(noun) <= 5:
        text = _with_verb(view, noun)
        body = collective_in(text.removesuffix(noun))
    return Measure(text, noun, "", "thing behind", owner.subject if owner else None, body, counted)


def _last_name(view: _View) -> str:
    """The last actor or place of the sentence before the amount: 阿里云…,目前已有100多万客户 counts 阿里云客户."""
    return next((p.text for p in reversed(view.pieces[: view.i]) if p.flag in ("A", "P")), "")


def _with_verb(view: _View, noun: str) -> str:
    """创造的就业机会: the verb in front of the amount tells a short noun from others; 有 and 是 tell nothing."""
    j = view.i - 1
    if j >= view.low and view.pieces[j].text in ("、", "和"):  # 连接1亿市场主体、10亿消费者: the verb stands before the first
        j = next((k for k in range(j, view.low - 1, -1) if view.pieces[k].flag == "Q"), j) - 1
    while j >= view.low and (view.pieces[j].flag in ("Z", "ul", "d", "uj", "T") or view.pieces[j].text in ("了", "过", "着", "出", "全国", "全球", "全省", "全市")):
        j -= 1
    if j < view.low:
        return _opening(view, noun)
    last = view.pieces[j]
    if last.flag == "ns" and j > view.low and view.pieces[j - 1].flag == "v":
        j -= 1
        last = view.pieces[j]
    dull = ("处以", "录得", "显示", "包括", "没有", "进行", "达到", "超过", "会占", "占到", "将达到")
    if last.flag == "v" and len(last.text) > 1 and last.text not in dull and last.text not in words_of("link") | words_of("have"):
        if last.text in ("获得", "取得") and len(noun) <= 2:
            return _opening(view, noun)
        side = view.pieces[j - 1].text if j - 1 >= view.low and view.pieces[j - 1].flag in ("f", "s") and len(view.pieces[j - 1].text) == 2 else ""
        return f"{side}{last.text}的{noun}"
    phrase = phrase_before(view.pieces, view.low, j + 1)
    if phrase and phrase.text and len(phrase.text) <= 8 and last.flag not in ("p", "v"):
        return phrase.text + noun
    if last.flag == "P":
        return last.text + noun
    return _opening(view, noun)


def _opening(view: _View, noun: str) -> str:
    """A bare 规模 or 份额 with whom or what the clause, or the clause before, is about."""
    if len(noun) > 3 or noun in words_of("of_company"):
        return noun
    name = subject_of(view.pieces, view.low, view.edge)
    if not name and view.low > 1:
        low, _ = clause_bounds(view.pieces, view.low - 2)
        phrase = phrase_before(view.pieces, low, view.low - 1)
        actor = next((p.text for p in view.pieces[low : view.low] if p.flag == "A"), "")
        name = actor or (phrase.text.rpartition("的")[2] if phrase else "")
    return name + noun if 1 < len(name) <= 8 and not name.endswith(noun) else noun


def _tied(view: _View) -> Measure | None:
    """达到6103.69亿元 and 而预期为1842.3亿元 without a thing of their own: the passage's, or the whole clause."""
    link = _ending(view.head, "link", "have")
    if not link:
        return None
    phrase = view.phrase_before(link)
    thing = _named(view, phrase)
    if not (phrase and phrase.text) and not view.fits:
        return _sum_of(view, phrase)
    return _measure(view, thing, thing, "thing in front" if phrase and phrase.text else "carried on", phrase) if thing else None


def _done(view: _View) -> Measure | None:
    """罚款5050万元, 为上海消费者省钱20亿: the deed, with 金额 where money is meant."""
    if view.base and view.head in ("较", "比", "相比", "而", "与"):  # 较去年同期的2.8亿元
        return _measure(view, view.base, view.base, "carried on")
    phrase = view.phrase_before()
    text = phrase.text if phrase else ""
    if len(text) <= 3:
        dull = ("T", "A", "Z", "Q", "d", "c", "ul", "r", "x")
        text = "".join(p.text for p in view.pieces[view.low : view.edge] if p.flag not in dull and p.text not in HELPERS)[-12:]
    if not text:
        return None
    if is_money(view.quantity.unit) and (purpose := _purpose(view)):  # 投入3800亿元建设云基础设施
        text = f"{purpose}的{text}"
    tail = "金额" if is_money(view.quantity.unit) and not text.endswith(("金额", "额", "金", "费", "价")) else ""
    return _measure(view, text + tail, text, "deed in front", phrase)


def _carried(view: _View) -> Measure | None:
    """2020年400万,2021年4400万: nothing but the amount, so the passage's measure, or what a colon announced."""
    if view.base:
        return _measure(view, view.base, view.base, "carried on") if view.fits else _sum_of(view, None)
    if view.low > 1 and view.pieces[view.low - 1].text in "：:":
        low, _ = clause_bounds(view.pieces, view.low - 2)
        phrase = phrase_before(view.pieces, low, view.low - 1)
        thing = re.sub(r"的?(?:预测|统计|数据|如下|情况)$", "", phrase.text) if phrase else ""
        return Measure(thing, thing, "", "announced by a colon", phrase.subject if phrase else None) if thing else None
    return None


def _sum_of(view: _View, phrase: Phrase | None) -> Measure | None:
    """项目230个,合计538亿美元: the money of what was counted; a count of money there is none."""
    if not is_money(view.quantity.unit) or not view.base:
        return None
    return _measure(view, f"{view.base.removesuffix('金额')}金额", view.base, "sum of what was counted", phrase)


@cache
def _junk() -> re.Pattern[str]:
    return re.compile(r"^(?:[一二三四五六七八九十两半几0-9]{1,3}个?(?:年|月|天|周|小时)(?:内|来|间)|的|了|和(?!平|解)|与|其(?!他|它)|该|这|在(?![建职线校用谈售])|对(?![外口接公])|将|把|被|由(?!于)|从(?![业事])|向(?!好)|给|为其|其中|以及|并且|并|而|但|且|则|也|都|还|又)+|[的了和与,，、]+$")


def _shortened(text: str) -> str:
    text = _junk().sub("", text).replace("\n", "")
    if len(text) > LONGEST_MEASURE:
        _, of, tail = text.rpartition("的")
        text = tail if of and 3 < len(tail) <= LONGEST_MEASURE else text[-LONGEST_MEASURE:]
    return text


def actor_of(measure: Measure) -> Actor | None:
    """The actor that owns what is counted, where the phrase began with one."""
    mention = measure.subject.mention if measure.subject is not None else None
    return mention if isinstance(mention, Actor) else None
