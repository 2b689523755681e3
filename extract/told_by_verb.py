"""What stands in front of an amount and tells a short noun behind it from others: 创造的就业机会, 覆盖的城市, 全市门店.

Knows the verb, also before a row of names, and whom the clause is about. Leaves out the noun itself (`things_behind.py`).
"""

from __future__ import annotations

from extract.amount_clause import AmountClause
from extract.bodies import collective_in, subject_of
from extract.measure_words import words_of
from extract.phrase_before import Phrase, phrase_before
from extract.phrase_words import clause_start


def _before_amount(view: AmountClause) -> int:
    """Index of the last word before the amount that may say what is done: 约, 了 and 全国 left out, in a row that before the first."""
    j = view.i - 1
    if j >= view.low and view.pieces[j].text in ("、", "和"):  # 连接1亿市场主体、10亿消费者: the verb stands before the first
        j = next((k for k in range(j, view.low - 1, -1) if view.pieces[k].flag == "Q"), j) - 1
    if j > view.low and view.pieces[j].text in ("共", "合计", "共计", "总计") and view.pieces[j - 1].text == "、":  # 捐赠价值3万元、共20件食品
        j = next((k for k in range(j, view.low - 1, -1) if view.pieces[k].flag == "Q"), j) - 1
    while j >= view.low and (view.pieces[j].flag in _SAYS_NOTHING or view.pieces[j].text in words_of("adds nothing to a verb")):
        j -= 1
    return j


_SAYS_NOTHING = frozenset(("Z", "ul", "d", "uj", "T"))


def with_verb(view: AmountClause, noun: str) -> str:
    """创造的就业机会: the verb in front of the amount tells a short noun from others; 有 and 是 tell nothing."""
    j = _before_amount(view)
    if j < view.low:
        return _opening(view, noun)
    last = view.pieces[j]
    if last.flag == "ns" and view.pieces[j + 1].flag == "uj":  # 让中国的741个产业带
        return last.text + noun
    if last.flag == "ns" and j > view.low and view.pieces[j - 1].flag == "v":
        j -= 1
        last = view.pieces[j]
    if last.flag == "A" and j > view.low and (held := _held(view, j)):
        return held + noun
    if last.text in ("在", "于") and j > view.low and view.pieces[j - 1].flag == "v" and len(view.pieces[j - 1].text) == 2:
        return f"{view.pieces[j - 1].text}的{noun}"  # 分布在20多个城市
    if last.text in ("到", "至") and j > view.low and view.pieces[j - 1].flag == "v" and view.pieces[j - 1].text in words_of("spreads"):
        return f"{view.pieces[j - 1].text}到的{noun}"  # 拓展到10个城市
    if last.text[:-1] in words_of("spreads") and last.text[-1] in "到至":
        return f"{last.text}的{noun}"
    done = (last.flag == "v" and not last.text.endswith("是")) or (last.flag == "vn" and view.pieces[j + 1].flag == "ul")
    if done and len(last.text) > 1 and last.text not in words_of("dull verbs") and last.text not in words_of("link", "have"):
        if last.text in ("获得", "取得") and len(noun) <= 2:
            return _opening(view, noun)
        side = view.pieces[j - 1].text if j - 1 >= view.low and view.pieces[j - 1].flag in ("f", "s") and len(view.pieces[j - 1].text) == 2 else ""
        return f"{side}{last.text}的{noun}"
    phrase = view.phrase_up_to(j + 1)
    if phrase and phrase.text and last.end != view.pieces[j + 1].end and _follows_amount(view, phrase):
        return noun  # 来自210个国家和地区的115260位采购商
    in_row = (phrase and "、" in phrase.text) or (last.flag == "P" and j > view.low and view.pieces[j - 1].text in ("、", "和", "及", "与", "以及"))
    if in_row or last.text == "等" or last.flag == "Q":
        done_to = _verb_before_row(view, j) if last.flag != "Q" else ""
        return f"{done_to}的{noun}" if done_to else noun  # 红山、白沙、石门等6个村: the names of those counted
    if phrase and phrase.text and len(phrase.text) <= 8 and last.flag not in ("p", "v"):
        return phrase.text + noun
    if last.flag == "P":
        return last.text + noun
    return _opening(view, noun)


def _verb_before_row(view: AmountClause, j: int) -> str:
    """覆盖 of 覆盖云江、青河、远山等60个城市, where the row of names ends with pieces[j]: what is done to those counted."""
    pieces, commas = view.pieces, 0
    while j >= view.low and (pieces[j].flag in _IN_ROWS or pieces[j].text in _JOINING or "、" in (pieces[j - 1].text, pieces[j + 1].text)):
        commas += pieces[j].text == "、"
        j -= 1
    while j > view.low and (pieces[j].flag == "ul" or pieces[j].text in ("到", "至", "出")):
        j -= 1
    if j < view.low or not commas:
        return ""
    verb = pieces[j]
    told = verb.flag == "v" and len(verb.text) == 2 and verb.text not in words_of("dull verbs") and verb.text not in words_of("says before")
    return verb.text if told and verb.text not in words_of("link", "have", "light", "sets") and verb.text not in _NO_DEEDS else ""


_NO_DEEDS = frozenset(("创意", "属于", "例如", "比如", "包含", "共设"))
_IN_ROWS = frozenset(("A", "P", "n", "nz", "ns", "nr", "nt", "eng", "nrt", "nrfg", "j"))
_JOINING = frozenset(("、", "和", "及", "以及", "等", "与"))


def _held(view: AmountClause, j: int) -> str:
    """认购的远山公司 of 认购远山公司9%股份, where the actor is pieces[j]: whose shares they are, and what is done with them."""
    pieces, name = view.pieces, view.pieces[j].text
    verb = pieces[j - 1]
    if verb.flag in ("v", "vn") and len(verb.text) == 2 and verb.text not in words_of("light"):
        return f"{verb.text}的{name}"
    if j - 1 > view.low and verb.flag == "uj" and pieces[j - 2].text.endswith("持有"):
        return f"持有的{name}"  # 购买其持有的远山公司9%股份
    return ""


def _follows_amount(view: AmountClause, phrase: Phrase) -> bool:
    return any(piece.flag == "Q" and piece.end == phrase.start for piece in view.pieces[view.low : view.i])


def _opening(view: AmountClause, noun: str) -> str:
    """A bare 规模 or 份额 with whom or what the clause, or the clause before, is about."""
    if len(noun) > 3 or noun in words_of("of_company"):
        return noun
    name = subject_of(view.pieces, view.low, view.edge)
    if not name and view.low > 1:
        low = clause_start(view.pieces, view.low - 2)
        if view.pieces[view.low - 2].text in words_of("says before"):
            return noun  # 周立人指出,6项展览: who says it has none of them
        phrase = phrase_before(view.pieces, low, view.low - 1)
        actor = next((p.text for p in view.pieces[low : view.low] if p.flag == "A"), "")
        name = actor or _whose_ahead(phrase)
    return name + noun if 1 < len(name) <= 8 and not name.endswith(noun) else noun


def _whose_ahead(phrase: Phrase | None) -> str:
    """The body, or what stands behind 的, of the phrase a clause before ends with."""
    if phrase is None:
        return ""
    return ("" if phrase.deed else collective_in(phrase.text)) or (phrase.text.rpartition("的")[2] if "的" in phrase.text else "")
