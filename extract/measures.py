"""What an amount counts, as a short noun phrase a card can carry.

Knows the ways Chinese news ties a thing to its amount: 净利润为45.7亿元, 新签合同额143.2亿美元, 吸引了580家企业报名,
同比增长5.1%, 占总额的15.6%, 总投资50亿元的协议, 分别占37.4%、17.4%. Leaves out who, where and when (`figures.py`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from extract.mentions import Change, Quantity
from extract.phrases import Following, Phrase, clause_bounds, is_break, phrase_after, phrase_before, tails_of, words_of
from extract.pieces import Piece

LONGEST_MEASURE = 24

_RATES = frozenset(("%", "‰", "个百分点", "倍", "成"))
_AREAS = frozenset("平方公里 平方千米 平方米 平米 亩 公顷 万亩 ㎡".split())
_LENGTHS = frozenset("公里 千米 米 里 海里".split())
_PERSONS = frozenset(("人", "人次", "名", "位", "户", "家", "件", "单", "辆", "台", "套", "部", "架", "艘", "场", "次", "笔", "条", "项", "种"))
_FILLERS = ("了", "约", "近", "超过", "超", "逾", "大约", "大概", "高达", "将近", "接近", "至少", "不到", "不足", "仅", "只", "共", "已", "就", "上", "最高", "幅度", "幅", "的")
_COMPARED = re.compile(r"(?:同比|环比|年均|年化|(?:较|比)(?:上年|去年|上月|前年|同期|上一年|一年前)[^，,]{0,6}|与(?:上年|去年)[^，,]{0,6}相比)")


class Measure(NamedTuple):
    """`base` is what later amounts of the passage carry on with (…,同比增长5%); `rule` names how it was read."""

    text: str
    base: str
    change: Change
    rule: str
    subject: Piece | None = None


def read_measure(pieces: Sequence[Piece], i: int, before: Measure | None) -> Measure | None:
    """What the amount pieces[i] counts, or None where nothing says it.

    `before` is the measure of the amount before it in the passage.
    """
    quantity = pieces[i].mention
    assert isinstance(quantity, Quantity)
    low, high = clause_bounds(pieces, i)
    head = "".join(piece.text for piece in pieces[low:i] if piece.flag != "Z")
    bare = _without_fillers(head)
    following = phrase_after(pieces, i, high)
    for read in (_distributed, _share, _growth, _level, _attribute, _beside, _counted, _tied, _done, _carried):
        found = read(_View(pieces, i, low, high, bare, quantity, following, before))
        if found and found.text:
            return found._replace(text=_shortened(found.text), base=_shortened(found.base))
    return None


class _View(NamedTuple):
    pieces: Sequence[Piece]
    i: int
    low: int
    high: int
    head: str  # the clause before the amount, without 约, 了, 超过 at its end
    quantity: Quantity
    following: Following
    before: Measure | None

    def before_word(self, word: str) -> Phrase | None:
        """The phrase in front of `word`, which ends the head."""
        return phrase_before(self.pieces, self.low, self.index_of(len(self.head) - len(word)))

    def index_of(self, offset: int) -> int:
        """Index of the piece in which the head's character `offset` stands."""
        at = 0
        for j in range(self.low, self.i):
            if self.pieces[j].flag == "Z":
                continue
            if at >= offset:
                return j
            at += len(self.pieces[j].text)
        return self.i

    @property
    def base(self) -> str:
        return self.before.base if self.before else ""


def _without_fillers(head: str) -> str:
    while head.endswith(_FILLERS):
        for filler in _FILLERS:
            if head.endswith(filler):
                head = head[: -len(filler)]
                break
    return head


def _ending(head: str, *groups: str) -> str:
    if not head.endswith(tails_of(*groups)):
        return ""
    return next(word for word in tails_of(*groups) if head.endswith(word))


def _named(view: _View, phrase: Phrase | None) -> str:
    """The phrase's words; the fuller name where the passage gave one (收入 after 核心商业收入), or the one before."""
    text = phrase.text if phrase else ""
    if text in ("其中", ""):
        return view.base
    if view.base.endswith(text):
        return view.base
    if text.endswith(("预期", "预测", "目标", "预估")) and view.base and len(text) <= 8 and not view.base.endswith(("预期", "预测", "目标")):
        return view.base + text
    return text


# --- 分别 ------------------------------------------------------------------------------------------------------


def _distributed(view: _View) -> Measure | None:
    """A、B、C分别占37.4%、17.4%、13.8%: the n-th amount belongs to the n-th of the things in front."""
    pieces, i = view.pieces, view.i
    at = next((j for j in range(i - 1, max(-1, i - 12), -1) if pieces[j].text == "分别"), -1)
    if at < 0 or any(is_break(pieces[j]) for j in range(at, i)):
        return None
    amounts = [j for j in range(at, min(len(pieces), i + 10)) if pieces[j].flag == "Q"]
    n = amounts.index(i)
    things = _row_before(pieces, at, len(amounts))
    if len(things) < 2 or n >= len(things):
        return None
    verb = "".join(piece.text for piece in pieces[at + 1 : amounts[0]] if piece.flag != "Z")
    first = "".join(piece.text for piece in pieces[max(0, at - 2) : at])
    compared = "同比" if "同比" in verb + first else ""
    thing = things[n].removesuffix("同比")
    if _ending(_without_fillers(verb), "rise", "fall"):
        change, tail = _tail_of_growth(view.quantity.unit, _ending(_without_fillers(verb), "rise") != "")
        return Measure(f"{thing}{compared}{tail}", thing, change, "distributed growth")
    if verb.startswith("占"):
        return Measure(f"{thing}占{verb.strip('占的比达为')}比重", thing, "", "distributed share")
    verb = _without_fillers(verb)
    tail = verb if verb not in words_of("link") | words_of("light") else ""
    if view.quantity.unit in _RATES and tail and not tail.endswith(tuple(words_of("rate_nouns"))):
        tail += "比例"
    return Measure(f"{thing}{tail}" if tail not in thing else thing, thing, "", "distributed")


def _row_before(pieces: Sequence[Piece], at: int, n: int) -> list[str]:
    """The n things joined by 、 or 和 before pieces[at], their common tail given to each (中部和西部地区业务占比)."""
    text = "".join(piece.text for piece in pieces[max(0, at - 40) : at]).rstrip(",，")
    text = re.split(r"[。；;：:]|其中[,，]?|流向|包括", text)[-1]
    text = re.sub(r"[（(][^（）()]{0,20}[）)]", "", re.split(r"[,，]", text)[-1])
    text = re.sub(r"等(?:领域|方面|行业|地区|地|产品|业务|\w{0,4})$", "", text)
    parts = re.split(r"、", text)
    parts[-1:] = re.split(r"[和与及]", parts[-1], maxsplit=1) if n > len(parts) or "、" not in text else [parts[-1]]
    if len(parts) < n:
        return []
    parts = parts[-n:]
    tail = re.search(r"(?:地区|企业|行业|业务)?(?:业务占比|占比|投资|收入|产量|销量|\w{0,2}额|\w{0,2}量|\w{0,2}价格?)(?:同比)?$", parts[-1])
    if tail and tail.start() > 0:
        parts = [part if part.endswith(tail.group()) else part + tail.group() for part in parts]
    return parts


# --- rates: growth and share -----------------------------------------------------------------------------------


def _share(view: _View) -> Measure | None:
    """占同期投资总额的15.6%, 占全国的1/8: a part of a whole."""
    unit, value = view.quantity.unit, view.quantity.value
    if unit not in ("%", "‰", "成") and not (unit == "" and value is not None and 0 < value < 1):
        return None
    at = view.head.rfind("占")
    if at < 0 or len(view.head) - at > 18 or view.head.endswith(tails_of("rise", "fall")):
        return None
    whole = re.sub(r"(?:的)?(?:比重|比例|比|份额)?(?:约?为|达到|达|在|到|约|已|近)*$", "", view.head[at + 1 :].strip("据有到了")).strip("的")
    index = view.index_of(at)
    phrase = phrase_before(view.pieces, view.low, index)
    thing = _named(view, phrase)
    if not thing and not whole:
        return None
    owner = phrase.subject if phrase else None
    if phrase is not None and not phrase.text and owner is not None and view.base:
        thing = f"{view.base}{owner.text}"  # 物联网连接250亿,中国占46%
    text = f"{thing}占{whole}比重" if whole else f"{thing}占比"
    return Measure(text, thing, "", "share of a whole", owner)


def _growth(view: _View) -> Measure | None:
    """同比增长5.1%, 较上年提升2.3个百分点, 增速超30%, 较上年增加9个: a step, named after what stepped."""
    word = _ending(view.head, "rise", "fall")
    if not word or (view.quantity.unit not in _RATES and not _COMPARED.search(view.head)):
        return None
    rising = _ending(view.head, "rise") == word
    stem = view.head[: -len(word)]
    compared = _COMPARED.search(stem[-14:])
    cut = len(stem) - 14 + compared.start() if compared and len(stem) > 14 else compared.start() if compared else len(stem)
    phrase = phrase_before(view.pieces, view.low, view.index_of(cut))
    thing = _named(view, phrase)
    if not thing:
        return None
    change, tail = _tail_of_growth(view.quantity.unit, rising)
    year_on_year = "" if not compared else "环比" if "环比" in compared.group() else "年化" if compared.group() in ("年均", "年化") else "同比"
    thing = thing.removesuffix("同比").removesuffix("年化")
    return Measure(f"{thing}{year_on_year}{tail}", thing, change, "growth", phrase.subject if phrase else None)


def _tail_of_growth(unit: str, rising: bool) -> tuple[Change, str]:
    change: Change = "up" if rising else "down"
    if unit == "个百分点":
        return change, "升幅" if rising else "降幅"
    if unit in _RATES:
        return change, "增速" if rising else "降幅"
    return change, "增加数" if rising else "减少数"


def _level(view: _View) -> Measure | None:
    """增长约35%至1802.4亿元, 从15%降到5%, 由2010年的702.64亿元增加到…: the levels between which something moved."""
    word = _ending(view.head, "level")
    if not word and view.head.endswith(("至", "到")):
        word = view.head[-1]
        if not (view.i and view.pieces[view.i - 2 if view.i > 1 else 0].flag == "Q"):
            word = ""
    if word:
        start = _step_start(view, word)
        phrase = phrase_before(view.pieces, view.low, start)
        thing = _named(view, phrase)
        return Measure(thing, thing, "to", "level reached", phrase.subject if phrase else None) if thing else None
    cut = max(view.head.rfind("从"), view.head.rfind("由"))
    rest = "".join(piece.text for piece in view.pieces[view.i + 1 : view.i + 8])
    if cut >= 0 and len(view.head) - cut < 14 and re.match(r"[^，,。]{0,6}?(?:至|到|变)", rest):
        phrase = phrase_before(view.pieces, view.low, view.index_of(cut))
        thing = _named(view, phrase) or "".join(piece.text for piece in view.pieces[view.low : view.index_of(cut)])
        return Measure(thing, thing, "from", "level left", phrase.subject if phrase else None) if thing else None
    return None


def _step_start(view: _View, word: str) -> int:
    """Index of the first piece of 从…增长约35%至, so that the phrase before it is the thing that moved."""
    cut = max(view.head.rfind("从"), view.head.rfind("由"))
    if cut < 0:
        head = view.head[: -len(word)]
        earlier = [head.rfind(verb) for verb in tails_of("rise", "fall") if head.rfind(verb) > len(head) - 14]
        cut = min(earlier) if earlier else len(head)
        compared = _COMPARED.search(view.head)
        cut = min(cut, compared.start()) if compared else cut
    return view.index_of(cut)


# --- amounts and the things beside them ------------------------------------------------------------------------


def _attribute(view: _View) -> Measure | None:
    """总投资50亿元的战略合作协议, 总价值4.68亿元的医疗物资: a property, and behind 的 what has it."""
    if not view.following.owned or not view.following.noun:
        return None
    phrase = phrase_before(view.pieces, view.low, view.i)
    if phrase is None or not phrase.text or phrase.start == 0 or len(phrase.text) > 8 or view.head.endswith(tails_of("have", "light")):
        return None
    last = view.pieces[view.i - 1]
    if last.flag in ("v", "p", "ul", "A", "P") or view.head.endswith(tails_of("rise", "fall")):
        return None
    thing = view.following.noun + phrase.text
    return Measure(thing, thing, "", "property of a thing", phrase.subject)


def _beside(view: _View) -> Measure | None:
    """陆域面积187.5平方公里, 净利润为45.7亿元, 签约项目242个: the thing in front, alone or with 为/达/共."""
    if view.following.noun and not view.head.endswith(("率", "额", "量", "数", "价", "面积", "收入", "利润", "比例", "比重")):
        link = _ending(view.head, "link")
        if not link or link in ("至", "到", "在", "共", "超", "近", "占"):
            return None
    link = _ending(view.head, "link")
    if _ending(view.head, "have") and view.following.noun:
        return None
    phrase = view.before_word(link)
    if phrase is None:
        return None
    if not phrase.text:
        return None
    if not link and _is_deed(view, phrase):
        return None
    thing = _named(view, phrase)
    text = thing
    if view.quantity.unit in ("%", "‰", "成") and not thing.endswith(tuple(words_of("rate_nouns"))):
        text = thing + "比例"
    return Measure(text, thing, "", "thing in front", phrase.subject)


def _is_deed(view: _View, phrase: Phrase) -> bool:
    """Whether the phrase is a verb and no thing: 罚款5050万元, 投入200亿元."""
    last = view.pieces[view.i - 1]
    return last.flag == "v" and len(phrase.text) <= 4


def _counted(view: _View) -> Measure | None:
    """741个产业带, 18家门店坚持照常营业, 创造了4028万个就业机会: the thing behind."""
    noun, action, owned = view.following
    unit = view.quantity.unit
    if not noun and not owned and action and unit in ("人次", "人", "家", "名", "位", "户"):
        noun = unit if unit in ("人次", "人", "户") else ""
    if not noun:
        return None
    head = view.head
    text = noun
    if unit in ("%", "‰", "成"):
        text = f"{action}的{noun}占比" if action and len(noun) <= 3 else _with_verb(view, noun)
        text = text if text.endswith(tuple(words_of("rate_nouns"))) else text + "比例"
        return Measure(text, noun, "", "share of the thing behind")
    if unit in _AREAS or unit in _LENGTHS:
        tail = "面积" if unit in _AREAS else "长度"
        return Measure(noun if noun.endswith(tail) else noun + tail, noun, "", "size of the thing behind")
    have = _ending(head, "have")
    if have:
        owner = view.before_word(have)
        if len(noun) <= 4 and owner is not None and (owner.text or owner.subject):
            name = owner.text or (owner.subject.text if owner.subject else "")
            text = name + noun if len(name) <= 8 else noun
        elif action and len(noun) <= 4:
            text = f"{action}的{noun}"
    elif action and len(noun) <= 8:
        text = f"{action}{noun}" if len(action) == 2 and len(noun) <= 2 else f"{action}的{noun}"
    elif len(noun) <= 5:
        text = _with_verb(view, noun)
    return Measure(text, noun, "", "thing behind")


def _with_verb(view: _View, noun: str) -> str:
    """创造的就业机会: the verb in front of the amount tells a short noun from others; 有 and 是 tell nothing."""
    j = view.i - 1
    while j >= view.low and (view.pieces[j].flag in ("Z", "ul", "d", "uj") or view.pieces[j].text in "了过着"):
        j -= 1
    if j < view.low:
        return noun
    last = view.pieces[j]
    if last.flag == "v" and len(last.text) > 1 and last.text not in ("处以", "录得", "显示", "包括", "没有", "进行", "达到", "超过"):
        if last.text in words_of("link") or last.text in words_of("have"):
            return noun
        place = view.pieces[j - 1].text if j - 1 >= view.low and view.pieces[j - 1].flag in ("f", "s") and len(view.pieces[j - 1].text) == 2 else ""
        return f"{place}{last.text}的{noun}"
    phrase = phrase_before(view.pieces, view.low, j + 1)
    if phrase and phrase.text and len(phrase.text) <= 8 and last.flag not in ("p", "v"):
        return phrase.text + noun
    if last.flag == "P":
        return last.text + noun
    return noun


def _tied(view: _View) -> Measure | None:
    """达到6103.69亿元 and 而预期为1842.3亿元 without a thing of their own: the passage's, or the whole clause."""
    link = _ending(view.head, "link", "have")
    if not link:
        return None
    phrase = view.before_word(link)
    if phrase and phrase.text:
        thing = _named(view, phrase)
        return Measure(thing, thing, "", "thing in front", phrase.subject)
    if view.base:
        return Measure(view.base, view.base, "", "carried on", phrase.subject if phrase else None)
    return None


def _done(view: _View) -> Measure | None:
    """罚款5050万元, 为上海消费者省钱20亿, 将以23亿元收购奔腾电器: the deed, with 金额 or 价格 where money is meant."""
    money = len(view.quantity.unit) == 3 and view.quantity.unit.isascii()
    last = view.pieces[view.i - 1].text if view.i > view.low else ""
    if money and view.following.action and last in ("以", "用", "花", "斥资", "斥", "耗资"):
        return Measure(f"{view.following.action}的价格", view.following.action, "", "price of a deed")
    phrase = phrase_before(view.pieces, view.low, view.i)
    text = phrase.text if phrase else ""
    if len(text) <= 3:
        words = [p.text for p in view.pieces[view.low : view.i] if p.flag not in ("T", "A", "Z", "d", "c", "ul", "r") and p.text not in "“”"]
        text = "".join(words)[-12:]
    if not text:
        return None
    tail = "金额" if money and not text.endswith(("金额", "款", "额", "金", "费", "价")) else ""
    return Measure(text + tail, text, "", "deed in front", phrase.subject if phrase else None)


def _carried(view: _View) -> Measure | None:
    """2020年400万,2021年4400万: nothing but the amount, so the passage's measure."""
    return Measure(view.base, view.base, "", "carried on") if view.base else None


@cache
def _junk() -> re.Pattern[str]:
    return re.compile(r"^(?:的|了|和|与|其|该|这|在|对|将|把|被|由|从|向|给|为其|其中|以及|并且|并|而|但|且|则|也|都|还|又)+|[的了和与,，、]+$")


def _shortened(text: str) -> str:
    text = _junk().sub("", text).replace("\n", "")
    if len(text) > LONGEST_MEASURE:
        head, of, tail = text.rpartition("的")
        text = tail if of and 3 < len(tail) else text[-LONGEST_MEASURE:]
    return text
