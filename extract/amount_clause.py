"""The clause around an amount, and the measure read from it.

Knows where the clause ends, which words before the amount only lead to it (约, 了, 超过, 2017年的), and what the passage
measured before. Leaves out how the measure is read (`rates.py`, `measures.py`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extract.bodies import collective_in
from extract.measure_words import is_money, tails, tails_of, words_of
from extract.mentions import Change, Quantity
from extract.phrase_before import Phrase, phrase_before
from extract.phrase_behind import Following, phrase_after
from extract.phrase_words import clause_bounds
from extract.pieces import Mark, Piece

RATES = frozenset(("%", "‰", "个百分点", "倍", "成"))
PARTS = frozenset(("%", "‰", "成"))
AREAS = frozenset(("平方公里", "平方千米", "平方米", "平米", "亩", "公顷", "㎡", "平方公尺"))
LENGTHS = frozenset(("公里", "千米", "米", "里", "海里", "公尺", "哩", "英里", "英尺"))
SIZES = AREAS | LENGTHS
_FILLERS = frozenset((
    "了", "的", "就", "上", "已", "共", "仅", "只", "如今", "目前", "现在", "截至", "截止", "人民币", "新台币", "台币", "港币", "每桶", "每股", "每吨",
    "约", "近", "超过", "超", "逾", "大约", "大概", "高达", "将近", "接近", "至少", "不到", "不足", "最高", "幅度", "幅", "惊人", "可观", "创纪录",
))  # fmt: skip
_LEADING_FLAGS, _LEADS = ("Z", "T"), _FILLERS | {"好"}
_FILLER_ENDS = frozenset(word[-1] for word in _FILLERS)
_FILLER_LENGTHS = tuple(sorted({len(word) for word in _FILLERS}, reverse=True))
_IN_FACT = frozenset(("实际", "最终"))  # 增长目标为6%,实际仅4.1%: that is no aim
_PARTS_OF = frozenset(("首期", "首批", "首轮", "一期", "二期", "三期", "首笔"))


_PLANNED = re.compile(r"(?:年度|(?<![今去明本当前0-9])年)?(?:计划|预计)(?:完成)?投资$")
_PER = re.compile(r"(每[百千万亿]{0,2}[人户位名家])[^，,。；;]{0,6}(?:有|平均|达)")


@dataclass(slots=True, eq=False)  # not a tuple: its fields are asked for again and again
class Measure:
    """`base` is what later amounts of the passage carry on with (…,同比增长5%); `rule` names how it was read.

    `subject` is the actor or place the phrase began with, `owner` the words for whom or what it is about where that is
    no mention (深圳湾口岸, 中小企业), `counted` the things counted where they are a body of people or things (重点房企).
    """

    text: str
    base: str
    change: Change
    rule: str
    subject: Mark | None = None
    owner: str = ""
    counted: str = ""
    unit: str = ""
    sentence: int = -1  # start of its sentence
    kind: str = ""  # money, count or rate: what `base` is measured in
    noun: str = ""  # what was last counted in the sentence (产业项目), for the 总投资 behind it
    row: tuple[str, ...] = ()  # what the amounts of the sentence so far count, but for rates: 同比分别增长 is said of each


class AmountClause:
    """The amount pieces[i], its clause pieces[low:high], and what the readers of measures ask of them.

    `edge`: index behind the last piece of the head; `head`: the clause before the amount, without 约, 了, 超过, 2017年的 at
    its end; `tails`: the words that tie, move or own which the head ends with, by group; `base`: what was measured before;
    `bracketed`: the amount stands alone in brackets, the head before them; `thing`: the noun behind the amount (`owned`:
    after a 的); `action`: what it does.
    """

    def __init__(
        self, pieces: Sequence[Piece], i: int, low: int, high: int, edge: int, words: str,
        quantity: Quantity, following: Following, before: Measure | None, bracketed: bool,
    ) -> None:  # fmt: skip
        self.pieces, self.i, self.low, self.high, self.edge = pieces, i, low, high, edge
        self.length = len(words)  # of the words before the amount, of which the head leaves out what only leads to it
        self.head = head = without_fillers(words)
        self.quantity, self.before, self.bracketed = quantity, before, bracketed
        self.thing, self.action, self.owned = following
        self.unit = unit = quantity.unit
        self.is_money = is_money(unit)
        self.tails = tails(head)
        self.base = before.base if before is not None else ""
        self.carries_on = before is not None and before.sentence == pieces[0].start
        self.noun = before.noun if before is not None and self.carries_on else ""
        self._phrases: dict[int, Phrase | None] = {}

    def phrase_before(self, word: str = "") -> Phrase | None:
        """The phrase in front of `word`, which ends the head."""
        return self.phrase_up_to(self.index_of(len(self.head) - len(word)))

    def phrase_up_to(self, end: int) -> Phrase | None:
        """The phrase in front of pieces[end]."""
        phrases = self._phrases
        if end in phrases:
            return phrases[end]
        found = phrases[end] = phrase_before(self.pieces, self.low, end)
        return found

    def index_of(self, offset: int) -> int:
        """Index of the piece in which the head's character `offset` stands."""
        found, at, pieces = self.edge, self.length, self.pieces
        if offset == at:
            return found
        for j in range(found - 1, self.low - 1, -1):
            piece = pieces[j]
            if piece.flag == "Z":
                continue
            end, at = at, at - len(piece.text)
            if at < offset:
                return j if end > offset else found
            found = j
        return found

    @property
    def fits(self) -> bool:
        """Whether what was measured before can be measured in this amount's unit: 交易额1153亿元 is not counted in 个."""
        unit = "rate" if self.unit in RATES else "money" if self.is_money else "count"
        if unit == "count" and self.before is not None and self.unit in SIZES and self.before.unit not in SIZES:
            return False  # 参展国家57个。…,达360平方米
        return self.before is not None and (unit == "rate" or self.before.kind in ("", unit))


def amount_clause(pieces: Sequence[Piece], i: int, before: Measure | None) -> AmountClause:
    low, high = clause_bounds(pieces, i)
    amount = pieces[i]
    assert isinstance(amount, Mark)
    quantity = amount.mention
    assert isinstance(quantity, Quantity)
    following = phrase_after(pieces, i, high)
    edge = i
    bracketed = False
    if low > 1 and pieces[low - 1].text in "（(" and i - low <= 1 and all(piece.flag == "Z" for piece in pieces[low:i]) and not following.noun:
        bracketed = True  # 高速度（8%以上）
        edge = low - 1
        low, _ = clause_bounds(pieces, edge - 1)
        high = min(len(pieces), high + 6)
    while edge > low and ((piece := pieces[edge - 1]).flag in _LEADING_FLAGS or piece.text in _LEADS):
        edge -= 1
    words = "".join([piece.text for piece in pieces[low:edge] if piece.flag != "Z"])
    return AmountClause(pieces, i, low, high, edge, words, quantity, following, before, bracketed)


_HELD_OF = ("收入", "额", "量", "产值", "利润", "人口", "规模", "投资", "营收", "GDP", "市值")


_WHOLE_WORDS = ("岁以上", "签约", "预约", "节约", "合约", "违约", "公共", "附近")  # they only end like 约, 共, 近, 上


def without_fillers(head: str) -> str:
    while head and head[-1] in _FILLER_ENDS:
        for length in _FILLER_LENGTHS:
            if head[-length:] in _FILLERS and not head.endswith(_WHOLE_WORDS):
                head = head[:-length]
                break
        else:
            break
    if head[-1:] == "过" and head[:-1].endswith(_HELD_OF):
        head = head[:-1]  # 年销售收入过3000万元
    return head


_RULES = frozenset("规原细守法准总通附")  # 规则, 细则
_SCHOOLS = frozenset("学高该本各院党驾名")  # 学校|则, but 新校则
_INDEXES = ("沪指", "成指", "板指", "恒指", "道指", "纳指", "指数")


def named(view: AmountClause, phrase: Phrase | None) -> str:
    """The phrase's words; the fuller name where the sentence gave one (收入 after 核心商业收入), or the one before."""
    text = phrase.text.removeprefix("可比口径").removeprefix("可比价格") if phrase else ""  # 按可比口径同比增长9%
    if text[-1:] == "则" and text[-2:-1] not in _RULES and not (text.endswith("校则") and text[-3:-2] not in _SCHOOLS):
        text = text[:-1]  # 江山港|则|增长2%
    if not text and phrase and phrase.subject and view.base.endswith(_INDEXES):
        return "股价"  # 沪指跌1%，远山公司涨3%: what moves beside an index is a share
    if not text or (view.base and text in words_of("how it is meant")):
        return (view.base.removesuffix("目标") or view.base) if text in _IN_FACT or view.head[:2] in _IN_FACT else view.base
    if "每" in view.head and "每" not in text and (per := _PER.search(view.head)):
        return per[1] + text  # 每万人拥有充电桩35个 are no 新建充电桩
    if text == "投资" and view.base.endswith(text) and (planned := _PLANNED.search(view.head)):
        return planned[0]  # 总投资106亿元,今年计划投资27亿元: a part of it
    if view.carries_on and (text == "毛利率" or text in words_of("earnings")) and (segment := _segment_of(view.base, text)):
        return segment + text  # 旅游业务收入52亿元,毛利为47亿元
    if view.head[:2] in _PARTS_OF and text[:2] not in _PARTS_OF:
        return view.head[:2] + text  # 总规模100亿元,首期规模30亿元
    if text in words_of("rise") and view.carries_on and view.before is not None and view.before.unit == view.unit and view.base:
        return view.base  # 7日入场4万人,8日攀升到6万人
    if view.base.endswith(text) and view.base != text and phrase and phrase.subject is not None and phrase.subject.end == phrase.start:
        return text  # 内地居民出入境470万人次,港澳居民出入境290万人次
    if view.base.endswith(text) and not _FORESEEN.search(view.base, 0, len(view.base) - len(text)) and (view.carries_on or (phrase and phrase.anaphor)):
        ahead = view.base[: -len(text)]
        return text if ahead.startswith(tails_of("aggregates")) or ahead.endswith(_OF_ANOTHER_KIND) else view.base
    if (text in ("增速", "增长率") or text in words_of("named steps")) and view.carries_on and view.before is not None and view.before.rule == "growth":
        return view.base + text
    if text in words_of("growth of what stood before") and view.base and view.before is not None and view.before.kind in ("money", "count"):
        return view.base + text
    if text.endswith(("预期", "预测", "预估")) and view.base and len(text) <= 8 and not view.base.endswith(("预期", "预测")):
        return view.base + text
    return text


# 进出口3万亿元,出口2万亿元; 归母净利润3亿元,净利润4亿元: another thing, and not the same by a shorter name.
_OF_ANOTHER_KIND = ("进", "归母", "扣非", "扣非后", "扣非后的", "主营业务", "主营")
_FORESEEN = re.compile("预期|预测|预估")  # 市场预期亏损5亿元,去年同期亏损7亿元: nobody expected that one
_SEGMENT = re.compile("(.{2,14}(?:业务|板块|分部|事业部|事业群))(?:收入|营收|营业收入|净收入|毛利|毛利率|经营利润|利润)")


def _segment_of(base: str, text: str) -> str:
    """旅游业务 of 旅游业务收入, for the 毛利 behind it."""
    match = _SEGMENT.fullmatch(base)
    return match[1] if match else ""


def measured(view: AmountClause, text: str, base: str, rule: str, phrase: Phrase | None = None, change: Change = "") -> Measure:
    subject = phrase.subject if phrase else None
    body = collective_in(text) if phrase and not phrase.deed and not text.startswith("归属") else ""
    if (len(body) > 2 and body.startswith(("集团", "公司"))) or (view.unit in ("家", "户") and text.startswith(body + "、")):
        body = ""  # 集团门店, whoever that is; 大型企业、事业单位90家: they are counted
    owner = "" if text.endswith(body) or text[text.find(body) + len(body) :] in words_of("numbers of") else own_name(body)  # 中小企业 of 中小企业资金缺口; the 上市企业 of 上市企业177家 are what is counted
    if (phrase is None or not phrase.text) and view.before is not None and view.carries_on and base == view.before.base and not _names_another(view):
        subject = subject or view.before.subject  # same thing, same owner
        owner = view.before.owner
    return Measure(text, base, change, rule, subject, owner)


_BY = re.compile("经(?![济贸销营开典纪])|据(?!点)")
_OF_MANY = re.compile("多[只家个名位]")


def own_name(body: str) -> str:
    """江海银行 of 经江海银行认定的企业; "" of 多只银行股, which are nobody."""
    if _OF_MANY.match(body):
        return ""
    return body[1:] if len(body) > 3 and _BY.match(body) else body


_MENTIONS = frozenset("QAP")


def _names_another(view: AmountClause) -> bool:
    """Whether an actor or place stands between the amount before and this one: 海南为8%;西藏最高,为8%."""
    pieces = view.pieces
    for j in range(view.i - 1, -1, -1):
        flag = pieces[j].flag
        if flag in _MENTIONS:
            return flag != "Q"
    return False
