"""Rates: shares, growth, gaps, and the levels between which something moved.

Knows 占总额的15.6%, 同比增长5.1%, 高于全市6.7个百分点, 由15%降到5%, 分别占37.4%、17.4%. Leaves out plain amounts
(`things_in_front.py`, `things_behind.py`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.amount_clause import PARTS, RATES, AmountClause, Measure, measured, named, without_fillers
from extract.bodies import collective_in, subject_of
from extract.measure_words import ending, is_money, tails_of, words_of
from extract.mentions import Change
from extract.phrase_before import phrase_before
from extract.phrase_words import clause_bounds, is_break
from extract.pieces import Mark, Piece

# What a step is measured against: 同比, 较上年, 比去年同期. 年化 is a yearly mean.
_COMPARED = re.compile(r"(?:同比|扣除价格因素(?:影响|后)?[,，]?(?:同比)?实际|(?<![0-9~至到-])[两二三四五六七八九十0-9]{1,2}年(?:平均|复合)(?:年化)?|按?可比(?:价格?|口径)?(?:计算)?[,，]?|环比[^，,]{0,4}|按[年季月]|年均|年化|(?:相较于?|相比|较|比)(?:上年|去年|上个?月|前年|同期|上一年|一年前|上届|上一?季|上一个?月|上周|上半年|年初|上年末|上年底|去年末|去年底|\d{4}年)[^，,较比]{0,14}|与(?:上年|去年)[^，,]{0,6}相比)")
_SET_BESIDE = re.compile(r"[与和跟同较][^，,]{2,36}相比$")  # 与去年同期的11.3亿元相比下滑
_BESIDE_A_THING = re.compile(r"(?:较|比|相[较比]于?|与|同)(?![例重率利如值期])[^，,]{0,20}?(?:[举召]行的|第[^，,届]{1,4}届|上届)")
_THAN = re.compile(r"(?:较|比)[^，,的]{1,8}$")  # 比平时, 较预期
# A part of a whole: 占同期投资总额的15.6%, 追到爱立信的91%, 相当于当年净利润的78%.
_PART_OF = re.compile(r"((?<!市)占(?!有?率)到?了?|相当于|恢复到|恢复至|追到|达到|赶上|不及|是|为)(?!\d)([^，,占]{1,18}?)(?:的)?(?:比重|比例|比|份额)?(?:的)?(?:分别|约?为|达到|达|在|(?:下?降|上?升|提高|提升|回落|减少|增加|扩大|跌|涨)?[至到]|约|已|近|为)*$")


# --- 分别 ------------------------------------------------------------------------------------------------------


def distributed(view: AmountClause) -> Measure | None:
    """A、B、C分别占37.4%、17.4%、13.8%: the n-th amount belongs to the n-th of the things in front."""
    pieces, i = view.pieces, view.i
    if "分别" not in view.head:
        return None
    at = next((j for j in range(i - 1, max(-1, i - 20), -1) if pieces[j].text == "分别"), -1)
    if at < 0 or any(is_break(pieces[j]) for j in range(at, i)):
        return None
    stop = next((j for j in range(i, min(len(pieces), i + 10)) if is_break(pieces[j])), min(len(pieces), i + 10))
    amounts = [j for j in range(at, stop) if pieces[j].flag == "Q"]
    n = amounts.index(i)
    verb = "".join(piece.text for piece in pieces[at + 1 : amounts[0]] if piece.flag != "Z")
    if view.base and view.carries_on and pieces[view.low].text in ("比", "较") and sum(piece.flag == "T" for piece in pieces[view.low : at]) > 1 and ending(without_fillers(verb), "rise", "fall"):
        change, tail = _tail_of_growth(view.unit or "%", bool(ending(without_fillers(verb), "rise")))
        return measured(view, view.base + tail, view.base, "growth", None, change)  # 比2020年、2019年分别增长28.7%、4.9%
    if told := _row_told(view, at, len(amounts)):
        lead = "".join(piece.text for piece in pieces[view.low : at])
        text, change = _distributed_text(view, told[n] + ("占比" if "占比" in lead else ""), verb, lead)
        return measured(view, text, told[n], "growth" if change else "share of a whole", None, change)
    named = _named_row(pieces, at, len(amounts))
    if named:
        tail = "".join(piece.text for piece in pieces[pieces.index(named[-1]) + 1 : at] if piece.flag != "T").strip("的")
        text, change = _distributed_text(view, tail, verb, tail)
        first = pieces.index(named[0])
        if first and pieces[first - 1].text in ("对", "与", "向"):  # 对美国、印度分别进出口278亿元、113亿元
            partner = pieces[first - 1].text + named[n].text
            return measured(view, partner + text, partner + text, "distributed", None, change)
        return Measure(text, tail, change, "distributed to names", named[n])
    things = _row_before(pieces, at, len(amounts)) or _made_and_sold(pieces, at, len(amounts))
    if len(things) < 2 or n >= len(things):
        return None
    ahead = "".join(piece.text for piece in pieces[max(0, at - 2) : at])
    thing = things[n].removesuffix("同比")
    if without_fillers(verb).endswith("持股"):
        return Measure("持股比例", "持股比例", "", "distributed holding", owner=thing)
    text, change = _distributed_text(view, thing, verb, verb + ahead)
    return Measure(text, thing, change, "distributed", owner=_region_of(thing))


_OF_EACH = re.compile(r"(?:占比|所占比重|增速|增幅)?(?:同比|环比|(?:较|比)[^，,]{2,6})?(?:均|也)?")


def _row_told(view: AmountClause, at: int, n: int) -> tuple[str, ...]:
    """企业1016家,合同金额189亿元,同比分别增长16%和155%: the n amounts told before, where the clause names nothing else."""
    before = view.before
    if before is None or not view.carries_on or n < 2 or len(before.row) < n:
        return ()
    if view.unit not in RATES and not (view.unit == before.unit and at + 1 < view.i and view.pieces[at + 1].text in words_of("rise", "fall")):  # 分别增加108个和75个
        return ()
    if not _OF_EACH.fullmatch("".join(piece.text for piece in view.pieces[view.low : at])):
        return ()
    return before.row[-n:]


def _distributed_text(view: AmountClause, thing: str, verb: str, around: str) -> tuple[str, Change]:
    """The thing with what 分别 leads to: 增长, 占, 为."""
    stem = without_fillers(verb)
    if ending(stem, "rise", "fall"):
        change, tail = _tail_of_growth(view.unit or "%", bool(ending(stem, "rise")))
        return f"{thing}{'同比' if '同比' in around else ''}{tail}", change
    if verb.startswith("占"):
        return f"{thing}占{verb.strip('占的比达为')}比重", ""
    tail = stem if stem not in words_of("link", "light") and stem != "完成" else ""
    if view.unit in PARTS and tail and not tail.endswith(tuple(words_of("rate_nouns"))):
        tail += "比例"
    return (thing if tail in thing else thing + tail), ""


def _named_row(pieces: Sequence[Piece], at: int, n: int) -> list[Mark]:
    """The n actors or places in a row before pieces[at]: 山东、四川、湖北2023年经济总量分别为…"""
    j = next((k for k in range(at - 1, max(-1, at - 10), -1) if pieces[k].flag in ("A", "P")), -1)
    row: list[Mark] = []
    while j >= 0 and len(row) < n and isinstance(mark := pieces[j], Mark) and mark.flag in ("A", "P"):
        row.append(mark)
        if j < 2 or pieces[j - 1].text not in ("、", "和", "与", "及"):
            break
        j -= 2
    return row[::-1] if len(row) == n > 1 else []


def _region_of(thing: str) -> str:
    """中部 of 中部快递业务占比."""
    match = re.match(r"(?:中西|东北|西北|[东西中南北]|华[东南北中])部?(?:地区)?", thing)
    return match.group() if match and len(match.group()) > 1 else ""


def _made_and_sold(pieces: Sequence[Piece], at: int, n: int) -> list[str]:
    """汽车产销分别完成54万辆和52万辆: one word for two amounts."""
    words = "".join([piece.text for piece in pieces[max(0, at - 6) : at] if piece.flag != "T"])
    match = re.search(r"([^，,。；;、]{0,14})产销量?$", words)
    return [f"{match[1]}产量", f"{match[1]}销量"] if match and n == 2 else []


_REGION_NAMED = re.compile(r"(?:东北|西北|华[东南北中]|西南|东南|中西部|[东中西]部|境[内外]|国[内外]|海外|线[上下]|城镇|农村|城市|乡村)(?:地区)?")  # 东部、中部和西部零售额


def _row_before(pieces: Sequence[Piece], at: int, n: int) -> list[str]:
    """The n things joined by 、 or 和 before pieces[at], their common tail given to each (中部和西部地区业务占比)."""
    text = "".join(piece.text for piece in pieces[max(0, at - 40) : at]).rstrip(",，")
    text = re.split(r"[。；;：:]|其中[,，]?|流向|包括|自然人", text)[-1]
    text = re.sub(r"[（(][^（）()]{0,20}[）)]", "", re.split(r"[,，]", text)[-1])
    text = re.sub(r"(?:均|双双|再)*创[^、]{0,6}新高$", "", text)
    text = re.sub(r"等(?:领域|方面|行业|地区|地|产品|业务|\w{0,4})$", "", text)
    parts = text.split("、")
    if len(parts) < n:
        parts[-1:] = re.split(r"[和与及]", parts[-1], maxsplit=1)
    if len(parts) < n or parts[0].startswith(("与", "较", "比", "和")):
        return []
    parts = [part + "部地区" if part in ("东", "中", "西") else part for part in parts[-n:]]
    place = _REGION_NAMED.match(parts[-1]) if all(_REGION_NAMED.fullmatch(part) for part in parts[:-1]) else None
    place = place or re.match(r".{1,6}?(?:地区|省|市|方面)(?=.{2})", parts[-1])
    if place:
        tail = parts[-1][place.end() :]
        return [part if part.endswith(tail) else part + tail for part in parts]
    tail = re.search(r"(?:业务占比|占比|类(?:商品|产品)|增加值|总产值|产值|利润|实际使用外资|投资|收入|进出口|出口|进口|产量|销量|\w{0,2}额|\w{0,2}量|\w{0,2}价格?)(?:同比)?$", parts[-1])
    if tail and tail.start() > 0:
        parts = [_with_tail(part, tail.group()) for part in parts]
    return parts


def _with_tail(part: str, tail: str) -> str:
    """展览 and 览数量 are 展览数量."""
    shared = next((n for n in range(len(tail), 0, -1) if part.endswith(tail[:n])), 0)
    return part + tail[shared:]


# --- rates: share and growth -----------------------------------------------------------------------------------


def share(view: AmountClause) -> Measure | None:
    """占同期投资总额的15.6%, 占全国的1/8, 追到爱立信的91%: a part of a whole."""
    unit, value = view.unit, view.quantity.value
    if unit not in PARTS and not (unit == "" and value is not None and 0 < value < 1):
        return None
    if "step" in view.tails:
        return None
    if "占比" in view.head[-8:]:
        return _named_share(view)
    before = view.before
    if before and view.carries_on and before.rule == "share of a whole" and view.head.endswith(("%和", "%、", "%及", "%与")):
        return measured(view, before.text, before.base, "share of a whole")  # 占总数的85%和73%
    if before and view.carries_on and before.rule == "share of a whole" and "level" in view.tails and _from(view.head) >= 0:
        return measured(view, before.text, before.base, "level reached", None, "to")  # 所占比重由5.8%上升到16.1%
    match = _PART_OF.search(view.head[-24:])
    whole = match.group(2).strip("的据有到了") if match else ""
    if match is None or (match.group(1)[0] != "占" and (not whole or not _owned_whole(view))):
        return _bare_share(view)
    start = len(view.head) - len(view.head[-24:]) + match.start()
    phrase = view.phrase_up_to(view.index_of(start))
    thing = named(view, phrase)
    if phrase is not None and not phrase.text and phrase.subject is not None and view.base:
        before = view.before.subject.text if view.before and view.before.subject else ""
        thing = phrase.subject.text + view.base.removeprefix(before) if before else view.base + phrase.subject.text  # 物联网连接250亿,中国占46%
    if match.group(1)[0] != "占":
        return measured(view, f"{thing}相当于{whole}的比例", thing, "part of another", phrase) if thing else None
    text = f"{thing}占{whole}比重" if whole else f"{thing}占比"
    return measured(view, text, thing, "share of a whole", phrase) if thing or whole else None


def _named_share(view: AmountClause) -> Measure | None:
    """占比为60%, 市场占比为28.35%, and the second of 占比分别为23.3%和36.6%."""
    at = view.head.rfind("占比")
    phrase = view.phrase_up_to(view.index_of(at))
    thing = named(view, phrase)
    return measured(view, f"{thing}占比", thing, "share of a whole", phrase) if thing else None


def _owned_whole(view: AmountClause) -> bool:
    """Whether 的 stands between the whole and the amount: 爱立信的91%."""
    return view.edge > view.low and view.edge < len(view.pieces) and "的" in (view.pieces[view.edge].text, view.pieces[view.edge - 1].text)


def _bare_share(view: AmountClause) -> Measure | None:
    """中国占46%, and the second of 爱立信的91%、诺基亚的76%."""
    if view.head.endswith("占"):
        phrase = view.phrase_before("占")
        part = collective_in(phrase.text) if phrase and phrase.text else ""
        if phrase is not None and phrase.text and not (view.base and part == phrase.text):
            return measured(view, f"{named(view, phrase)}占比", named(view, phrase), "share of a whole", phrase)
        if view.base:
            owner = part or (phrase.subject.text if phrase and phrase.subject else "")
            return measured(view, f"{view.base}{owner}占比", view.base, "share of a whole", phrase)._replace(owner=part)
    before = view.before
    if before and before.rule == "part of another" and "、" in view.head and _owned_whole(view):
        whole = view.head.rpartition("、")[2].strip("的")
        return Measure(f"{before.base}相当于{whole}的比例", before.base, "", "part of another", before.subject, before.owner)
    return None


_TIMES_OF = re.compile(r"(?:是|为|相当于|达到?了?)([^，,是为]{1,16})$")


def multiple(view: AmountClause) -> Measure | None:
    """规模达到1.7万亿美元,是美国的2.25倍: how many times another."""
    if view.unit != "倍" or not _owned_whole(view):
        return None
    match = _TIMES_OF.search(view.head[-24:])
    if match is None:
        return None
    phrase = view.phrase_up_to(view.index_of(len(view.head) - len(match.group())))
    thing = named(view, phrase)
    return measured(view, f"{thing}相当于{match.group(1)}的倍数", thing, "part of another", phrase) if thing else None


_IN_A_YEAR = re.compile(r"[0-9今去前上全明每当]$")
_BY_YEAR = {"年": "同比", "月": "环比", "季": "环比"}  # 出口额312亿美元,年减8.7%: as papers in Taiwan write


_REACHES = frozenset(["达", "达到", "高达", "达到了"])
_AMOUNTS = ("额", "量", "数", "值", "价", "收入", "营收", "利润", "规模")


def growth(view: AmountClause) -> Measure | None:
    """同比增长5.1%, 较上年提升2.3个百分点, 增速超30%, 较上年增加9个: a step, named after what stepped."""
    word = view.tails.get("step", "")
    if view.thing in ("速度", "增速", "增幅", "幅度") and view.unit in PARTS and view.owned:
        return _pace(view)
    if view.owned and view.unit in RATES:
        noun, action = view.thing, view.action
        if rise := ending(noun, "rise", "fall") or (action if action in words_of("rise", "fall") else ""):
            return _step_behind(view, rise)
    rising = bool(word) and view.tails.get("rise") == word
    if not word and view.unit in RATES and (link := view.tails.get("link", "")) in _REACHES:  # 环比下降达10.9%
        step = ending(view.head.removesuffix(link), "rise", "fall")
        rising, word = bool(ending(step, "rise")), step and step + link
    stepped = view.i > 0 and view.pieces[view.i - 1].flag == "ul"  # 上涨了200元
    if not word or (view.unit not in RATES and not stepped and not _COMPARED.search(view.head)):
        return None
    if view.unit == "个百分点" and view.carries_on and _GAP.search(view.head) and word in _STEP_NAMES:
        return None  # 高于全国网络零售额增速2.6个百分点
    stem = view.head[: -len(word)]
    compared = next(reversed(list(_COMPARED.finditer(stem, max(0, len(stem) - 14)))), None)
    compared = compared or _THAN.search(stem) or (_SET_BESIDE.search(stem[-40:] if len(stem) > 40 else stem) if stem.endswith("相比") else None)
    cut = (compared.start() + len(stem) - len(compared.string)) if compared else len(stem)
    if cut and "相比" not in stem and _BESIDE_A_THING.match(stem):
        cut = 0  # 较去年举行的第八届茶博会同比增长9%: what is only compared with does not grow
    phrase = view.phrase_up_to(view.index_of(cut))
    thing = named(view, phrase)
    stepwise = _BY_YEAR.get(word[0], "") if not _IN_A_YEAR.search(stem) else ""
    if view.before and view.carries_on and not (phrase and phrase.text) and view.unit == "个百分点" and view.before.unit == "%":
        thing = view.before.text
    if not thing and view.low > 1:  # 公布园区9月出口额显示,较去年同期成长55%
        phrase = phrase_before(view.pieces, clause_bounds(view.pieces, view.low - 2)[0], view.low - 1)
        thing = phrase.text if phrase and phrase.text.endswith(("额", "量", "数", "值", "收", "收入", "利润", "率")) else ""
    if not thing and view.low > 1 and (subject := subject_of(view.pieces, clause_bounds(view.pieces, view.low - 2)[0], view.low - 1)).endswith(_AMOUNTS):
        thing = subject  # 成交额下滑较多,环比下降达12%
    if not thing and not (compared and view.unit in RATES):
        return None
    change, tail = _tail_of_growth(view.unit, rising)
    against = stepwise or _against(compared.group() if compared else "")
    thing = thing.removesuffix("同比").removesuffix("年化").removesuffix("净")
    return measured(view, f"{thing}{against}{tail}", thing, "growth", phrase, change)


_STEP_NAMES = frozenset(["增速", "增幅", "涨幅", "升幅", "降幅", "跌幅"])


def _pace(view: AmountClause) -> Measure | None:
    """投资还将以每年超过20%的速度增长: the thing before 以."""
    at = view.head.rfind("以")
    phrase = view.phrase_up_to(view.index_of(at)) if at >= 0 else None
    thing = named(view, phrase)
    falls = view.action.startswith(tails_of("fall"))
    return measured(view, f"{thing}增速", thing, "pace", phrase, "down" if falls else "up") if thing else None


def _step_behind(view: AmountClause, word: str) -> Measure | None:
    """实现了近4倍的收入增长, 营收实现8%的增长: the step stands behind its rate."""
    thing, phrase = view.thing.removesuffix(word), None
    if not thing:
        phrase = view.phrase_before(view.tails.get("light", ""))
        thing = named(view, phrase)
    change, tail = _tail_of_growth(view.unit, bool(ending(word, "rise")))
    return measured(view, thing + tail, thing, "growth", phrase, change) if thing else None


_STEP_BEFORE = re.compile(r"上(?:一?个?)[周月季]")


def _against(words: str) -> str:
    """同比, 环比 or 年化 in the name of a rate: 按年 is how Hong Kong says 同比; 较上届 has no such word."""
    if not words or "届" in words or not (_COMPARED.match(words) or words.endswith("相比")):
        return ""
    if words[0] in "两二三四五六七八九十0123456789":  # 两年平均增长6.5%
        return words
    if words.startswith(("可比", "按可比")) or "年初" in words or "年末" in words or "年底" in words:
        return ""
    if words[0] == "扣":
        return "实际"
    if "环比" in words or words in ("按季", "按月") or _STEP_BEFORE.search(words):
        return "环比"
    return "年化" if words in ("年均", "年化") else "同比"


def _tail_of_growth(unit: str, rising: bool) -> tuple[Change, str]:
    change: Change = "up" if rising else "down"
    if unit == "个百分点":
        return change, "升幅" if rising else "降幅"
    if unit in RATES:  # one measure for both ways, so that a rise and a fall stand on one card; `change` says which
        return change, "增速"
    if is_money(unit):
        return change, "增加额" if rising else "减少额"
    return change, "增加数" if rising else "减少数"


_GAP = re.compile(r"(高于|低于|高出|高过|多于|少于|快于|慢于|好于|超出|领先|落后|超(?!过|出))([^，,]{2,16})$")
# 增幅比全市平均水平高14.2个百分点
_GAP_AFTER = re.compile(r"[比较]([^，,比较]{2,16}?)(高出?|低|多出?|少|快|慢)了?$")


def gap(view: AmountClause) -> Measure | None:
    """工业投资增长18.4%,高于全市投资6.7个百分点: how far the amount before lies above or below another."""
    if view.unit not in ("个百分点", "%", "倍"):
        return None
    after = _GAP_AFTER.search(view.head)
    phrase = view.phrase_up_to(view.index_of(after.start())) if after else None
    if after and phrase and len(phrase.text) > 1 and not phrase.text.endswith(("增幅", "增速", "涨幅", "降幅")):  # 年平均气温比周边城市低30%
        words = f"{phrase.text}{after.group(2)[0]}于{after.group(1)}"
        return measured(view, words, phrase.text, "gap to another", phrase, "up" if after.group(2)[0] in "高多快" else "down")
    if not view.carries_on or view.before is None:
        return None
    if match := _GAP.search(view.head):
        which, words = match.group(1)[0], match.group()
    elif after:
        which = after.group(2)[0]
        words = f"{which}于{after.group(1)}"
    else:
        return None
    change: Change = "up" if which in "高多超领快好" else "down"
    return Measure(f"{view.before.base}{words}", view.before.base, change, "gap to another", view.before.subject, view.before.owner)


def level(view: AmountClause) -> Measure | None:
    """增长约35%至1802.4亿元, 从15%降到5%, 由2010年的702.64亿元增加到…: the levels between which something moved."""
    cut = _from(view.head)
    word = view.tails.get("level", "")
    if not word and view.head.endswith(("至", "到")) and (cut >= 0 or _steps(view)):
        word = view.head[-1]
    if word:
        if cut < 0:
            cut = _step_start(view.head, word)
        return _level_measure(view, cut, "to", "level reached")
    if cut >= 0 and view.bracketed and re.search(r"[至到]", view.head[cut + 1 :]):  # 从高速度（8%以上）切换到中等速度（6%左右）
        return _level_measure(view, cut, "to", "level reached")
    if cut < 0 or len(view.head) - cut >= 14:
        return None
    rest = "".join([piece.text for piece in view.pieces[view.i + 1 : view.i + 8]])
    if re.match(r"[^。]{0,9}?(?:至|到|变)", rest):
        return _level_measure(view, cut, "from", "level left")
    return None


_FROM = re.compile(r"从(?![业事而此来])|(?<![自理经])由(?![于此])")
_OF_A_SOURCE = re.compile(r"[从由][^，,0-9]{2,14}的[^，,0-9的增升降提扩减]{1,10}$")  # 从平台获得收入的骑手数: where it comes from, no level left


def _from(head: str) -> int:
    """Offset of the last 从 or 由 that opens a from-to; -1 for none (从业人员 has none)."""
    cut = -1
    if "从" not in head and "由" not in head:
        return cut
    for match in _FROM.finditer(head):
        cut = match.start()
    return -1 if cut >= 0 and _OF_A_SOURCE.match(head, cut) else cut


def _level_measure(view: AmountClause, cut: int, change: Change, rule: str) -> Measure | None:
    phrase = view.phrase_up_to(view.index_of(cut))
    thing = named(view, phrase)
    if not thing:
        return None
    text = thing
    if view.unit in PARTS and view.before and view.before.base == thing and view.before.unit in PARTS:
        text = view.before.text  # 物流支出占GDP的15%. … 从15%降到5%
    return measured(view, text, thing, rule, phrase, change)


def _steps(view: AmountClause) -> bool:
    """Whether an amount of growth stands right before 至: 增长约35%至1802.4亿元."""
    return any(view.pieces[j].flag == "Q" for j in range(max(view.low, view.edge - 3), view.edge))


def _step_start(head: str, word: str) -> int:
    """Offset of the first word of 同比增长约35%至, so that the phrase before it is the thing that moved."""
    stem = head[: -len(word)]
    verbs = [at for verb in tails_of("rise", "fall") if (at := stem.rfind(verb)) >= 0 and at > len(stem) - 14]
    cut = min(verbs) if verbs else len(stem)
    compared = _COMPARED.search(head)
    return min(cut, compared.start()) if compared else cut
