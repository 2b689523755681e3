"""Amounts told of several things at once: A、B、C分别占37.4%、17.4%、13.8%, the n-th of the n-th.

Knows the rows that may stand before 分别: names, things with a common tail (中部和西部地区业务占比), amounts told before,
and 产销. Leaves out what a step or a share is called (`rates.py`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.amount_clause import PARTS, RATES, AmountClause, Measure, measured, without_fillers
from extract.measure_words import ending, words_of
from extract.mentions import Change
from extract.passages import ROW_MARKS
from extract.phrase_words import is_break
from extract.pieces import Mark, Piece
from extract.property_of_list import is_right_behind, left_out
from extract.rates import tail_of_growth
from extract.rows import partner_of


def distributed(view: AmountClause) -> Measure | None:
    """A、B、C分别占37.4%、17.4%、13.8%: the n-th amount belongs to the n-th of the things in front."""
    pieces, i = view.pieces, view.i
    at = next((j for j in range(i - 1, max(-1, i - 20), -1) if pieces[j].text == "分别"), -1)
    if at < 0 or any(is_break(pieces[j]) for j in range(at, i)):
        return None
    stop = next((j for j in range(i, min(len(pieces), i + 10)) if is_break(pieces[j])), min(len(pieces), i + 10))
    amounts = [j for j in range(at, stop) if pieces[j].flag == "Q"]
    nth = amounts.index(i)
    verb = "".join(piece.text for piece in pieces[at + 1 : amounts[0]] if piece.flag != "Z")
    if _is_beside_years(view, at) and ending(without_fillers(verb), "rise", "fall"):
        change, tail = tail_of_growth(view.unit or "%", bool(ending(without_fillers(verb), "rise")))
        return measured(view, view.base + tail, view.base, "growth", None, change)  # 比2020年、2019年分别增长28.7%、4.9%
    if told := partner_of(nth, amounts, _row_told(view, at, len(amounts))):
        lead = "".join(piece.text for piece in pieces[view.low : at])
        text, change = _distributed_text(view, told + ("占比" if "占比" in lead else ""), verb, lead)
        return measured(view, text, told, "growth" if change else "share of a whole", None, change)
    if dated := _row(pieces, at, len(amounts), ("T",)):
        return _of_each_time(view, pieces.index(dated[0]), pieces.index(dated[-1]), at, verb)
    named = _row(pieces, at, len(amounts), ("A", "P"))
    if partner := partner_of(nth, amounts, named):
        tail = "".join(piece.text for piece in pieces[pieces.index(named[-1]) + 1 : at] if piece.flag != "T").strip("的")
        text, change = _distributed_text(view, tail, verb, tail)
        first = pieces.index(named[0])
        if first and pieces[first - 1].text in ("对", "与", "向"):  # 对美国、印度分别进出口278亿元、113亿元
            with_whom = pieces[first - 1].text + partner.text
            return measured(view, with_whom + text, with_whom + text, "distributed", None, change)
        return Measure(text, tail, change, "distributed to names", partner)
    thing = partner_of(nth, amounts, _row_before(pieces, at, len(amounts)) or _made_and_sold(pieces, at, len(amounts)))
    if thing is None:
        return None
    ahead = "".join(piece.text for piece in pieces[max(0, at - 2) : at])
    thing = thing.removesuffix("同比")
    if view.unit in PARTS and view.base and ending(without_fillers(verb), "rise", "fall") and is_right_behind(pieces, view.low):
        thing += left_out(view.base.removesuffix("增速"), thing)  # 工业投资增长3%,其中,钢铁、水泥业分别增长4%和5%
    if without_fillers(verb).endswith("持股"):
        return Measure("持股比例", "持股比例", "", "distributed holding", owner=thing)
    text, change = _distributed_text(view, thing, verb, verb + ahead)
    return Measure(text, thing, change, "distributed", owner=_region_of(thing))


def _is_beside_years(view: AmountClause, at: int) -> bool:
    """比2020年、2019年|分别增长28.7%、4.9%: whether what was measured before is set beside several years."""
    if not view.base or not view.carries_on or view.pieces[view.low].text not in ("比", "较"):
        return False
    return sum(piece.flag == "T" for piece in view.pieces[view.low : at]) > 1


_OF_EACH = re.compile(r"(?:占比|所占比重|增速|增幅)?(?:同比|环比|(?:较|比)[^，,]{2,6})?(?:均|也)?")


def _row_told(view: AmountClause, at: int, n: int) -> tuple[str, ...]:
    """企业1016家,合同金额189亿元,同比分别增长16%和155%: the n amounts told before, where the clause names nothing else."""
    before = view.before
    if before is None or not view.carries_on or n < 2 or len(before.row) < n:
        return ()
    steps = view.unit == before.unit and at + 1 < view.i and view.pieces[at + 1].text in words_of("rise", "fall")  # 分别增加108个和75个
    if view.unit not in RATES and not steps:
        return ()
    if not _OF_EACH.fullmatch("".join(piece.text for piece in view.pieces[view.low : at])):
        return ()
    return before.row[-n:]


def _distributed_text(view: AmountClause, thing: str, verb: str, around: str) -> tuple[str, Change]:
    """The thing with what 分别 leads to: 增长, 占, 为."""
    stem = without_fillers(verb)
    if verb in words_of("level"):  # 分别降至3万元、5万元
        return thing, "to"
    if ending(stem, "rise", "fall"):
        change, tail = tail_of_growth(view.unit or "%", bool(ending(stem, "rise")))
        return f"{thing}{'同比' if '同比' in around else ''}{tail}", change
    if verb.startswith("占"):
        return f"{thing}占{verb.strip('占的比达为')}比重", ""
    tail = stem if stem not in words_of("link", "light") and stem != "完成" else ""
    if view.unit in PARTS and tail and not tail.endswith(tuple(words_of("rate_nouns"))):
        tail += "比例"
    return (thing if tail in thing else thing + tail), ""


def _row(pieces: Sequence[Piece], at: int, n: int, flags: tuple[str, ...]) -> list[Mark]:
    """The n actors, places or times in a row before pieces[at]: 山东、四川、湖北2023年经济总量分别为…"""
    j = next((k for k in range(at - 1, max(-1, at - 10), -1) if pieces[k].flag in flags), -1)
    row: list[Mark] = []
    while j >= 0 and len(row) < n and isinstance(mark := pieces[j], Mark) and mark.flag in flags:
        row.append(mark)
        if j < 2 or pieces[j - 1].text not in ROW_MARKS:
            break
        j -= 2
    return row[::-1] if len(row) == n > 1 else []


def _of_each_time(view: AmountClause, first: int, last: int, at: int, verb: str) -> Measure | None:
    """2021年、2022年利润分别为3亿元和4亿元: the same thing at the times pieces[first] to pieces[last]."""
    pieces = view.pieces
    ahead = "".join(piece.text for piece in pieces[view.low : first]) if first > view.low else ""
    if any(is_break(pieces[j]) for j in range(last + 1, at)):
        return None  # 2018年和2019年,云海市分别签约30个和40个项目
    behind = without_fillers("".join(piece.text for piece in pieces[last + 1 : at])).strip("的")
    thing = behind or ahead.strip("的") or (view.base if view.carries_on else "")
    if not thing:
        return None
    if verb.endswith(("至", "到")):
        return Measure(thing, thing, "to", "distributed")
    text, change = _distributed_text(view, thing, verb, thing)
    return Measure(text, thing, change, "distributed")


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
    text = "".join([piece.text if piece.flag != "Q" else piece.text + "\0" for piece in pieces[max(0, at - 40) : at]])
    text = re.sub(r"(?:(?:与|和|较|比)\d{4}年(?:同期)?(?:相比)?)$", "", text)
    text = re.sub(r"(?:(?:(?:均|都|双双)?呈|(?:均|都|双双)(?:位?[居列]|为第|排))[^，,]{1,8})?[,，](?:同比|环比)?$", "", text)
    text = re.split(r"[。；;：:]|其中[,，]?|流向|包括|自然人", text)[-1]
    text = re.sub(r"[（(][^（）()]{0,20}[）)]", "", re.split(r"[,，]", text)[-1])
    text = re.sub(r"(?:均|双双|再)*创[^、]{0,6}新高$|(?:拉动作用|增势|势头|表现)(?:强劲|亮眼|突出|明显)$", "", text)
    text = re.sub(r"等(?:领域|方面|行业|地区|地|产品|业务|\w{0,4})$", "", text)
    parts = text.split("、")
    if len(parts) < n:
        parts[-1:] = re.split(r"[和与及]", parts[-1], maxsplit=1)
    if len(parts) < n or parts[0].startswith(("与", "较", "比", "和")):
        return []
    last = parts[-1]
    tail = last[1:] if last[:1] in ("东", "中", "西", "南", "北") and len(last) > 2 and last[1] != "部" else "部地区"  # 西、中、东通道
    parts = [part + tail if part in ("东", "中", "西", "南", "北") else part for part in parts[-n:]]
    if any(part.endswith("\0") for part in parts):
        return []  # 18起、7起,分别罚了50人、12人: amounts are no things
    parts = [part.replace("\0", "") for part in parts]
    place = _REGION_NAMED.match(parts[-1]) if all(_REGION_NAMED.fullmatch(part) for part in parts[:-1]) else None
    place = place or re.match(r".{1,6}?(?:地区|省|市(?![场值民政面])|方面)(?=.{2})", parts[-1])
    if place:
        tail = parts[-1][place.end() :]
        return [part if part.endswith(tail) else part + tail for part in parts]
    tail = re.search(r"(?:业务占比|占比|类(?:商品|产品)|[账帐]户余额|增加值|总产值|产值|利润|实际使用外资|投资|收入|进出口|出口|进口|经济总量|产量|销量|\w{0,2}额|\w{0,2}量|\w{0,2}价格?)(?:同比)?$", parts[-1])
    if tail and (name := ending(tail.group().removesuffix("同比"), "left out in lists")):  # 鲜菜|价格, 无人机|产量
        at = parts[-1].rfind(name)
        at -= next((len(kind) for kind in _KINDS_OF_PRICE if parts[-1].endswith(kind, 0, at)), 0)
        tail = re.compile(re.escape(parts[-1][at:])).search(parts[-1], at)
    if tail and tail.start() > 0:
        parts[-1] = _AND_SUCH.sub("", parts[-1][: tail.start()]) + tail.group()
        if parts[0].startswith("对"):
            parts = [part if part.startswith("对") else "对" + part for part in parts]  # 对拉美、非洲等新兴市场出口
        parts = [_with_tail(part, tail.group()) for part in parts]
    return parts


_KINDS_OF_PRICE = ("平均", "零售", "批发", "出厂", "成交", "销售")  # 活猪和仔猪平均价格
_AND_SUCH = re.compile("等(?:新兴|主要|传统|其他|重点)?(?:市场|国家|地区|国家和地区|产品|商品|行业|业态|品类|渠道)?的?$")


def _with_tail(part: str, tail: str) -> str:
    """展览 and 览数量 are 展览数量."""
    shared = next((n for n in range(len(tail), 0, -1) if part.endswith(tail[:n])), 0)
    return part + tail[shared:]
