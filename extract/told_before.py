"""Measures that were told before their clause: 累计达30万次, 欧美客商明显回升,到会5.4万人, 2011年300万,2012年1200万.

Knows what an amount without a thing of its own takes from the amount before or the clause before. Leaves out things of the
amount's own clause (`things_in_front.py`, `things_behind.py`).
"""

from __future__ import annotations

import re

from extract.amount_clause import LENGTHS, PARTS, RATES, SIZES, AmountClause, Measure, measured, named
from extract.bodies import subject_of
from extract.measure_words import ending, tails_of, words_of
from extract.phrase_before import Phrase, phrase_before
from extract.phrase_words import clause_start
from extract.things_in_front import OF_PEOPLE, names_amount

_FORESEEN_ENDS = frozenset(("预估", "估为", "估值", "预测", "测为", "测值"))
_FORESEEN = re.compile("(?:市场|分析师|机构|外界|华尔街|此前|平均|一致|普遍)*(?:预估|预测|预期)值?(?:为|是|在)?")


def foreseen(view: AmountClause) -> Measure | None:
    """市场预估 of 净营收31亿元,市场预估30亿元: what somebody thought the thing measured before would be; or what it is set beside."""
    if view.pieces[view.low].text in _SETS_BESIDE and (found := _set_beside(view)):
        return found
    if view.head[-2:] not in _FORESEEN_ENDS or not view.base or not view.carries_on or view.thing or not _FORESEEN.fullmatch(view.head):
        return None
    text = view.base + view.head.rstrip("为是在")
    return measured(view, text, view.base, "carried on") if view.fits else None


_SETS_BESIDE = frozenset(("较", "比"))
SET_BESIDE = "what the last is set beside"


def _set_beside(view: AmountClause) -> Measure | None:
    """The 133家 of 企业418家,较第四届博览会的133家增加两倍: the same thing at another fair."""
    pieces, low, j = view.pieces, view.low, view.i - 1
    before = view.before
    if before is None or not view.carries_on or before.unit != view.unit or j <= low + 1 or view.unit in RATES:
        return None
    while j > low and pieces[j].flag == "Z":
        j -= 1
    if pieces[j].text != "的" or pieces[j - 1].flag == "T" or not any("届" in piece.text for piece in pieces[low:j]):
        return None
    return measured(view, view.base, view.base, SET_BESIDE)


def tied(view: AmountClause) -> Measure | None:
    """达到62亿元 and 而预期为18亿元 without a thing of their own: the passage's, or the whole clause."""
    link = max(view.tails.get("link", ""), view.tails.get("have", ""), key=len)
    if not link:
        return None
    phrase = view.phrase_before(link)
    thing = named(view, phrase)
    if not (phrase and phrase.text) and view.low > 1 and view.pieces[view.low - 2].text in words_of("most of") and view.head in words_of("link") and (most := _had_most_of(view)):
        return measured(view, most, most, "thing of the clause before")
    if not (phrase and phrase.text) and not (thing and view.fits) and view.low > 1 and view.head in words_of("link"):  # 园区就业人数也突破纪录,来到26万人
        low = clause_start(view.pieces, view.low - 2)
        thing = _subject_ahead(view, low)
        if len(thing) > 1:
            return measured(view, thing, thing, "thing of the clause before")
    if not (phrase and phrase.text):
        if not view.fits:
            return _sum_of(view, phrase)
        if thing and thing[-1] in STEPS and thing == view.base:
            thing = without_step(thing)
    return measured(view, thing, thing, "thing in front" if phrase and phrase.text else "carried on", phrase) if thing else None


STEPS = frozenset("跌涨升降滑落增减加长少")
_STEP = re.compile("(?:[下微小急大暴上提回攀飙高低略]?[跌涨升降]|下滑|回落|增[加长]?|减少?)$")


def without_step(base: str) -> str:
    """黄金期货 of 黄金期货涨5元,收于390元; nothing of 收市跌6点,报25058点, where the level is of something else."""
    thing = _STEP.sub("", base)
    return thing if len(thing) > 1 and thing not in words_of("sessions") and thing not in _ON_THAT_DAY else ""


_ON_THAT_DAY = ("当日", "当天", "一度")


# What a clause says of its subject before the next gives the amount: 东盟客商数量增长最快,达3.4万人.
_MOVED = re.compile(r"[增升涨降跌滑减]|新高|纪录|最[快多大高]|回暖|恢复|活跃|踊跃|火爆|强劲|亮眼|居首|首位|第[一二三1-3]|居前|位居|位列|领先")
_COMES = frozenset(("到会", "参会", "与会", "参展", "参加", "出席", "到场"))
_COUNTS_PEOPLE = frozenset(("人", "名", "家", "位", "户", "人次", "万人"))
_HOW_MUCH = re.compile(r"(?:明显|显著|大幅|持续|稳步|略有|快速|强劲|稳定|再|又|首次|同样|也|依然|更)+$")


def of_clause_before(view: AmountClause) -> Measure | None:
    """欧美客商明显回升,到会5.4万人: the subject of the clause before, which says only that it moved."""
    head = view.head.removeprefix(view.pieces[view.low].text) if view.pieces[view.low].flag == "T" else view.head
    if view.low < 2 or view.thing or (head not in _COMES and _SO_FAR.sub("", head) not in words_of("link")):
        return None
    low = clause_start(view.pieces, view.low - 2)
    clause = view.pieces[low : view.low - 1]
    if any(piece.flag == "Q" for piece in clause):
        return None
    thing = _HOW_MUCH.sub("", _subject_ahead(view, low))
    if view.pieces[view.low - 2].text in words_of("most of") and (most := _had_most_of(view)) and not thing.endswith(most):
        return Measure(most, most, "", "thing of the clause before")
    if len(thing) < 3 or not _MOVED.search("".join(piece.text for piece in clause)[-12:]):
        return None
    if not names_amount(thing) and not (view.unit in _COUNTS_PEOPLE and thing.endswith(tails_of("people"))):
        return None
    return Measure(thing, thing, "", "thing of the clause before")


_SO_FAR = re.compile("^(?:累计|总计|合计|目前|最终|平均|日均|月均|年均|仅|只|已|共)+(?!$)")


def _subject_ahead(view: AmountClause, low: int) -> str:
    """What the clause before, which begins at pieces[low], is about: the amount that it names, where its subject is none."""
    subject = subject_of(view.pieces, low, view.low - 1)
    return subject if subject.endswith(tails_of("amount_name")) else _amount_named(view, low) or subject


def _amount_named(view: AmountClause, low: int) -> str:
    """报名人数 of the clause before, 云江市报名人数最多: the last noun in it that names an amount."""
    for j in range(view.low - 2, low - 1, -1):
        piece = view.pieces[j]
        if piece.flag == "Q":
            return ""
        if (piece.flag in ("n", "vn") or piece.text in _NOUNS_TOO) and piece.text.endswith(tails_of("amount_name")):
            phrase = phrase_before(view.pieces, low, j + 1)
            return phrase.text if phrase and len(phrase.text) > 1 else ""
    return ""


def _had_most_of(view: AmountClause) -> str:
    """净利润增速 of 江山银行净利润增速最高,达到9%: what the clause before says somebody has most or least of."""
    pieces, end = view.pieces, view.low - 2
    low = clause_start(pieces, end)
    while end > low and (pieces[end - 1].flag == "d" or pieces[end - 1].text in ("位居", "位列", "排名", "均", "也")):
        end -= 1
    begin = end
    while begin > low and (pieces[begin - 1].flag in ("n", "vn", "b") or pieces[begin - 1].text in words_of("names of amounts")):
        begin -= 1
    if begin < end and len(pieces[begin].text) == 1:
        begin += 1  # 江山|区|产量
    text = "".join([piece.text for piece in pieces[begin:end]])
    is_rate = text.endswith(tails_of("said as a rate"))
    if not 2 < len(text) <= 12 or is_rate != (view.unit in RATES) or not (is_rate or text.endswith((*tails_of("amount_name"), "规模"))):
        return ""
    return text


_NOUNS_TOO = frozenset(("收入", "支出"))  # 江山银行营业收入最低,为3亿元


def carried_on(view: AmountClause) -> Measure | None:
    """2011年300万,2012年1200万: nothing but the amount, so the passage's measure, or what a colon announced."""
    if view.base and view.base[-1] in STEPS and not without_step(view.base):
        return None
    if view.base and view.before and view.unit in OF_PEOPLE and view.before.unit not in OF_PEOPLE and view.pieces[view.i - 1].flag == "Q":
        return measured(view, view.base + OF_PEOPLE[view.unit], view.base, "carried on", view.phrase_before())  # 立案42件|82人
    if view.base:
        if view.unit in SIZES and view.pieces[view.i - 1].flag == "Q" and view.before is not None and view.before.unit not in SIZES:
            tail = "面积" if view.unit not in LENGTHS else "长度" if ending(view.base, "long things") else ""
            return measured(view, view.base + tail, view.base, "carried on")  # 水渠30条9公里
        if view.unit in PARTS and view.head and view.before is not None and view.before.kind == "count" and not view.head.endswith(_OF_THEM) and _own_words(view):
            return None  # 我们打到这两辆车。抽成低至8%
        return measured(view, view.base, view.base, "carried on", view.phrase_before()) if view.fits else _sum_of(view, None)
    if view.low > 1 and view.pieces[view.low - 1].text in "：:":
        low = clause_start(view.pieces, view.low - 2)
        phrase = phrase_before(view.pieces, low, view.low - 1)
        thing = re.sub(r"的?(?:预测|统计|数据|如下|情况)$", "", phrase.text) if phrase else ""
        return Measure(thing, thing, "", "announced by a colon", phrase.subject if phrase else None) if thing else None
    return None


def _own_words(view: AmountClause) -> bool:
    phrase = view.phrase_before()
    return phrase is None or phrase.subject is None


_OF_THEM = ("其中", "占", "有", "为", "和", "、", "约")


def _sum_of(view: AmountClause, phrase: Phrase | None) -> Measure | None:
    """项目120个,合计88亿美元: the money of what was counted; a count of money there is none."""
    if not view.is_money or not view.base:
        return None
    base = view.base
    text = base if base.endswith(("款", "金", "费", "额")) else f"{base}金额"
    return measured(view, text, base, "sum of what was counted", phrase)
