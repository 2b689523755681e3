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
_MOST_OF_ROW = 60
_ROW = r"(?:[^，,。；;：:、的]{1,14}[、和及与])*"
_WITH_WHOM = re.compile(rf"(?:与|同|跟|和|联合|携手|依托)(?:了|先后|分别|已)*{_ROW}$")
# 与江海大学、云海学院等高校合作: a partner that teaches or studies puts no money in.
_PARTNER_BEHIND = re.compile(r"[^，,。；;]{0,24}?(?:合作|共建|资源|对接)")
# 先后与云江、江海市政府签署, 该集团与江海公司合作: group 1 points to whoever does it.
_BEGINS_WITH_PARTNER = re.compile(rf"((?:该|本|这家)?(?:公司|集团|银行|企业|行|校|院)?)(?:近日|日前|先后|分别|并|还|也|又|已|再次?|再度|正式|成功|积极|主动|相继|陆续|首次)*(?:与|同|和|跟){_ROW}")
# 获得江海资本领投的3亿元融资: who leads a round gives it.
_LEADS_ROUND = re.compile("(?:等[^，,。；;]{0,6})?(?:领投|跟投|参投|战投)")
# 远山公司实控人林海持有3亿股: the shares are his.
_HOLDER_BEHIND = re.compile("的?(?:实控人|实际控制人|控股股东|[第一二三]*大?股东|创始人|董事长|总经理)(?:、[一-鿿]{2,4})?")
_HOLDS = re.compile("持有|持股|增持|减持|质押|套现|抛售")
# 设立江海公司，注册资本3亿元: what a founded company is made of.
_OF_THE_FOUNDED = re.compile("注册资本|法定代表|员工|经营范围")
# 江海部特殊津贴2人, 江海局认证的企业3家: who gives an honour does not have it.
_HONOURS = re.compile("(?:政府)?(?:特殊津贴|津贴|认证(?!费))")


# 是远山集团旗下的江海公司, 隶属远山集团: of whom it is a part or a child.
_PART_OF_LEAD = re.compile("(?:隶属于?|从属于?|归属于?)$")
_PART_OF = re.compile("[^，,。；;、]{0,6}?(?:旗下|子公司|孙公司|分公司|成员|小金鸡|控股的|全资的)")
# 全国31个省和|远山兵团: the last of a row that is counted.
_COUNTED_WITH = re.compile("[0-9]+[多余]?个(?:省|省份|省市|国家|地区|城市|县|区|市)[和与及、]$")
# 远山公司、江海公司等一批企业落户，聚集人才300人: examples of those who came.
_EXAMPLES = re.compile("(?:、[^，,。；;、]{1,12}){0,6}等(?:一大?批|众多|多家|知名|龙头|重点|大型|国内外|行业|优质|头部|大数据|高新技术)*(?:企业|公司|机构|品牌|项目|巨头)[^，,。；;]{0,4}?(?:落地|落户|入驻|进驻|集聚|投产|加盟|纷至)")
# 通过微信、|淘宝网店销售3万件: over which it is sold.
_THROUGH = re.compile(r"(?:通过|借助|利用|经由)其?(?:[^，,。；;、]{1,8}[、和及])*$")
_SOLD_THERE = re.compile("[、和及等]|[^，,。；;、]{0,4}?(?:网店|店铺|平台|直播|账号|公众号|商城|渠道|进行|销售|售卖)")


def is_companion(sentence: Sentence, actor: Actor, quantity: Quantity) -> bool:
    """Whether an actor only stands beside whoever does it: 凭借远山公司的带动，产值增长3%; 引进远山公司，种茶300亩; but who is brought in
    has what the same clause tells of him (引进远山公司投资3亿元)."""
    text, start = sentence.text, actor.start
    if _HONOURS.match(text, actor.end):
        return True
    lead = text[max(sentence.start, start - _MOST_LEADS) : start]
    if lead.endswith(owner_words("leans on")):
        return quantity.start >= sentence.clause(start)[1]
    if _brings_in(lead):
        behind = sentence.clause(quantity.start)[0]
        return behind > start and _somebody_before(sentence, start) and not _OF_THE_FOUNDED.search(text, behind, quantity.start)
    if lead.endswith(owner_words("sets itself against")):
        return _somebody_before(sentence, start)
    if _PART_OF_LEAD.search(lead) or (lead[-1:] in ("是", "系") and _PART_OF.match(text, actor.end)) or _COUNTED_WITH.search(lead):
        return True
    if "等" in text[actor.end : actor.end + _MOST_OF_ROW] and quantity.start >= sentence.clause(start)[1] and _EXAMPLES.match(text, actor.end):
        return any(m.end <= start and text[m.end] != "、" for m in (*sentence.doers, *sentence.places))  # some body or place they come to
    if actor.name in owner_words("platforms one sells on") and _THROUGH.search(lead) and _SOLD_THERE.match(text, actor.end):
        return True
    if led := _LEADS_ROUND.match(text, actor.end):
        return _gives_to_another(sentence, start, led.end(), quantity)
    if actor.type != "person" and (_is_of_holder(sentence, actor) or _is_joined_to_another(sentence, actor)):
        return True
    return _is_research_partner(sentence, actor, lead)


def _gives_to_another(sentence: Sentence, start: int, end: int, quantity: Quantity) -> bool:
    """Whether who leads a round, told in [start, end), gives what another gets: 获江海资本领投的3亿元; not 江海资本领投1亿元, but in the
    clauses behind 由江海资本领投，金额3亿元."""
    low, high = sentence.clause(start)
    if sentence.text.startswith("的", end) or sentence.text.find("获", low, start) >= 0 or sentence.text[start - 1] == "由":
        return True
    return quantity.start >= high and not any(low <= q.start < high for q in sentence.quantities)


def _is_joined_to_another(sentence: Sentence, actor: Actor) -> bool:
    """Whether a clause begins with the one it is done together with: 远山公司落实战略，先后与云江、|江海市政府签署协议，提供融资3亿元."""
    start = sentence.clause(actor.start)[0]
    begins = _BEGINS_WITH_PARTNER.match(sentence.text, start, actor.start)
    if begins is None or begins.end() != actor.start:
        return False
    return begins[1] != "" or any(a.start < start for a in sentence.actors) or _somebody_before(sentence, start)


def _is_of_holder(sentence: Sentence, actor: Actor) -> bool:
    """Whether a company only says whose shareholder it is that holds: 远山公司实控人林海持有3亿股."""
    holder = _HOLDER_BEHIND.match(sentence.text, actor.end)
    if holder is None or not _HOLDS.search(sentence.text, holder.end(), sentence.clause(actor.start)[1]):
        return False
    return any(a.type == "person" and holder.end() - 4 <= a.start <= holder.end() for a in sentence.actors)


def _is_research_partner(sentence: Sentence, actor: Actor, lead: str) -> bool:
    """远山公司与|江海大学合作: one that teaches, beside another who does it."""
    partners = owner_words("partners in research")
    if not actor.name.endswith(partners) or not _WITH_WHOM.search(lead) or not _PARTNER_BEHIND.match(sentence.text, actor.end):
        return False
    return any(m.start < actor.start and not m.name.endswith(partners) for m in (*sentence.doers, *sentence.places))


def _somebody_before(sentence: Sentence, start: int) -> bool:
    """Whether the sentence names whoever may do something before `start`."""
    return any(m.start < start for m in (*sentence.doers, *sentence.places))


def _brings_in(lead: str) -> bool:
    """Whether the words before a name say that it is brought in, founded or waited for: 引进了|远山公司."""
    return lead.removesuffix("了").endswith(owner_words("brings in")) and not lead.endswith(owner_words("only ends like bringing in"))
