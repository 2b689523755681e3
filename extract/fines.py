"""Who was fined: of 监管局对江海公司处以3万元罚款 江海公司, and of 法院判处林某罚金2万元 林某.

Knows how a report says on whom a fine is laid. Leaves out what an office takes in all its fines (全年罚没2亿元).
"""

from __future__ import annotations

import re

from extract.measure_words import is_money
from extract.mentions import Actor, Quantity
from extract.passages import Span
from extract.sentences import Sentence
from extract.someone import someone_in
from extract.stage import Stage

LONGEST_OFFICE = 8  # characters between a body and its officer
MOST_BEHIND = 6  # characters behind an amount in which 罚款 and 罚单 stand
_FINES = re.compile("罚(?!则|球)|没收(?:违法|非法)")
_IN_ALL = re.compile("(?:罚没|罚款)(?:总额|金额|收入)|(?:累计|共计?|总共)罚")  # what an office takes in
_ON = re.compile("(?<![针面])对(?:于|第三方|支付|机构|公司|企业|平台|银行|当事人|被告人?|商户){0,3}$|(?:判处|判令)(?:被告人?|公司|单位)?$")
_PUNISHES = re.compile("[^，,。；;]{0,40}?(?:罚|警告|没收|开出)")
_IS_FINED = re.compile("(?:[（(][^（()）]{1,20}[)）])?(?:也|又|曾|已|再次|分别|合计|共|均|因[^，,。；;]{1,30})?(?:被|遭)[^，,。；;]{0,40}?罚")
_ON_ANOTHER = re.compile("对(?![其此该])[^，,。；;]{1,12}?(?:罚|处以)")
_ON_SOMEONE = re.compile("(?:对|判处)(?:当事人|被告人?)?(?=[一-鿿]某)")
_ON_HIM = re.compile("对(?:其|此|该(?:公司|企业|行|平台|店|厂))[^，,。；;]{0,20}?(?:罚|警告|没收|开出|处以)")


def fined(sentence: Sentence, quantity: Quantity, clause: Span, stage: Stage) -> tuple[str, ...] | None:
    """The one on whom the amount is laid as a fine, () where that is nobody named; None where it is no fine, or not said on whom."""
    text, start, end = sentence.text, quantity.start, quantity.end + MOST_BEHIND
    if not is_money(quantity.unit) or not _FINES.search(text, clause[0], end) or _IN_ALL.search(text, clause[0], start):
        return None
    for actor in reversed([a for a in sentence.actors if a.end <= start]):
        on = _PUNISHES.match(text, actor.end, end) and _ON.search(text, max(sentence.start, actor.start - 12), actor.start)
        if on or _IS_FINED.match(text, actor.end, end):
            if actor.end <= clause[0] and _ON_ANOTHER.search(text, clause[0], start):
                return ()  # 对江海公司罚款300万元，对周某罚款30万元
            return (_officer(sentence, actor) or actor.name,)
    found = list(_ON_SOMEONE.finditer(text, sentence.start, start))
    if found and (named := someone_in(text, found[-1].end(), start)):
        return named[:1]
    if not any(a.type == "company" and a.end <= start for a in sentence.actors) and _ON_HIM.search(text, sentence.start, end):
        return stage.who if stage.is_company else ()
    return None


def _officer(sentence: Sentence, body: Actor) -> str:
    """周立人 of 对江海公司董事长周立人罚款: who is named behind the body and his office there; "" where nobody is."""
    behind = next((a for a in sentence.actors if body.end <= a.start <= body.end + LONGEST_OFFICE), None)
    return behind.name if behind and behind.type == "person" and not re.search("[，,。；;、和与]", sentence.text[body.end : behind.start]) else ""
