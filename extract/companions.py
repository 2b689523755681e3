"""Actors that only stand beside the one who does it: with whose help, with whom as a partner, whom it brings in or founds.

Knows the words in front of such a name and behind it. Leaves out who is bought from, passed, fined or listed
(`only_dealt_with.py`).
"""

from __future__ import annotations

import re

from extract.mentions import Actor, Quantity
from extract.owner_words import owner_words
from extract.sentences import Sentence

_MOST_LEADS = 12  # characters looked at before a name
_ROW = r"(?:[^，,。；;：:、的]{1,14}[、和及与])*"
_WITH_WHOM = re.compile(rf"(?:与|同|跟|和|联合|携手|依托)(?:了|先后|分别|已)*{_ROW}$")
# 与江海大学、云海学院等高校合作: a partner that teaches or studies puts no money in.
_PARTNER_BEHIND = re.compile(r"[^，,。；;]{0,24}?(?:合作|共建|资源|对接)")
# 获得江海资本领投的3亿元融资: who leads a round gives it.
_LEADS_ROUND = re.compile("(?:等[^，,。；;]{0,6})?(?:领投|跟投|参投|战投)")
# 远山公司实控人林海持有3亿股: the shares are his.
_HOLDER_BEHIND = re.compile("的?(?:实控人|实际控制人|控股股东|[第一二三]*大?股东|创始人|董事长|总经理)(?:、[一-鿿]{2,4})?")
_HOLDS = re.compile("持有|持股|增持|减持|质押|套现|抛售")
# 江海部特殊津贴2人, 江海局认证的企业3家: who gives an honour does not have it.
_HONOURS = re.compile("(?:政府)?(?:特殊津贴|津贴|认证(?!费))")


def is_companion(sentence: Sentence, actor: Actor, quantity: Quantity) -> bool:
    """Whether an actor only stands beside whoever does it: 凭借远山公司的带动，产值增长3%; 引进远山公司，种茶300亩; but who is brought in
    has what the same clause tells of him (引进远山公司投资3亿元)."""
    text, start = sentence.text, actor.start
    if _HONOURS.match(text, actor.end):
        return True
    lead = text[max(sentence.start, start - _MOST_LEADS) : start]
    if lead.endswith(owner_words("leans on")) or _brings_in(lead):
        return quantity.start >= sentence.clause(start)[1] and (not _brings_in(lead) or _somebody_before(sentence, start))
    if lead.endswith(owner_words("sets itself against")):
        return _somebody_before(sentence, start)
    if _LEADS_ROUND.match(text, actor.end):
        return lead.endswith(("获得", "获")) or any(a.start < start for a in sentence.doers)
    if actor.type != "person" and (holder := _HOLDER_BEHIND.match(text, actor.end)) and _HOLDS.search(text, holder.end(), sentence.clause(start)[1]):
        return any(a.type == "person" and holder.end() - 4 <= a.start <= holder.end() for a in sentence.actors)
    if not actor.name.endswith(owner_words("partners in research")) or not _WITH_WHOM.search(lead) or not _PARTNER_BEHIND.match(text, actor.end):
        return False
    return any(a.start < start and not a.name.endswith(owner_words("partners in research")) for a in (*sentence.doers, *sentence.places))


def _somebody_before(sentence: Sentence, start: int) -> bool:
    """Whether the sentence names whoever may do something before `start`."""
    return any(m.start < start for m in (*sentence.doers, *sentence.places))


def _brings_in(lead: str) -> bool:
    """Whether the words before a name say that it is brought in, founded or waited for: 引进了|远山公司."""
    return lead.removesuffix("了").endswith(owner_words("brings in")) and not lead.endswith(owner_words("only ends like bringing in"))
