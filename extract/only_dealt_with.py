"""Actors of a sentence that own no amount of it: who is only bought from, passed, fined or listed, or through whom it is done.

Knows the words around such a name. Leaves out who only says it (`only_says.py`) or reports it (`press.py`).
"""

from __future__ import annotations

import re

from extract.mentions import Actor, Quantity
from extract.only_says import has_shops, visits
from extract.owner_words import owner_words
from extract.sentences import Sentence

_UNITS_OF_BODIES = frozenset(("家", "个", "所", "名", "位"))
_LIST_ON = re.compile(r"(?!联合|携手|联手|会同|牵头|带领|组织|率领|邀请)[^，,。；;：:、的]{0,10}(?:[、和及与][^，,。；;：:、的]{1,12}){0,8}等? ?$")
_TAKES_IN = re.compile("联合|携手|联手|会同|带动|涉及|包括|包含|涵盖|控股|收购|引进|引入|对接|邀请|吸引|签约")


def is_listed(sentence: Sentence, actor: Actor, quantity: Quantity) -> bool:
    """控股远山、江海、云帆3家公司: of a list right before its number, who is counted and not who does it; later amounts are
    theirs (远山、江海等3家公司融资5亿元), unless they were only taken in (涉及远山、江海等3家公司,总投资5亿元)."""
    number = next((q for q in sentence.quantities if q.start >= actor.end), None)
    if number is None or number.unit not in _UNITS_OF_BODIES or number.start - actor.start > 80:
        return False
    if number != quantity and not _TAKES_IN.search(sentence.text, sentence.clause(actor.start)[0], actor.start) and not _is_one_of_three(sentence, actor, number):
        return False
    ahead = max(0, actor.start - (_LONGEST_TITLE if actor.type == "person" else 1))
    row = sentence.text[ahead : number.start]
    return "、" in row and _LIST_ON.match(row, actor.end - ahead) is not None


_LONGEST_TITLE = 8  # characters of 常务副校长 and its like before a name


def _is_one_of_three(sentence: Sentence, actor: Actor, number: Quantity) -> bool:
    """旧镇旅游区、远山纪念园及江海博物馆等3家景区接待游客: who alone of three and more was known as an actor has not all of it."""
    if not number.value or number.value < 3:
        return False
    start = sentence.clause(actor.start)[0]
    return sum(1 for a in sentence.actors if start <= a.start < number.start) == 1


_IS_SHARE = re.compile(r"[^，,。；;0-9]{0,8}的[0-9.]{1,6}(?:倍|%)")
_DONE_TO = ("起诉", "状告", "控告", "赔偿", "补偿", "偿还", "拖欠", "欠")  # 赔偿远山公司320万元
_BROKEN_UP = ("打掉", "捣毁", "端掉", "取缔")
_FOR_WHOM = re.compile("(?:提供|发放|垫付|担保|增资|注资|融资|开发|建造|代工|生产|采购)")  # 为远山公司提供贷款
_THROUGH = ("通过", "经由", "委托", "借助")
_PASSES_ON = ("基金会", "慈善总会", "慈善会", "慈善协会", "红十字会")
_FROM_BEHIND = re.compile(r"(?:手中|处|方面|旗下|全资|控股|的)?[^，,。；;、]{0,30}?(?:手中|处|方面)?(?:进口|收购|购买|购入|买入|受让|获得|接手|采购|引进)")
_STAKE = re.compile(r"(?:的|已?发行|总|约|逾|超过?)*(?:[0-9.]+%(?:的|已?发行)*(?:普通|流通|总)?(?:股份|股权|股票|股本|股|投票权)|[0-9.,]+[万亿]?股|(?:总?股份|总?股本)(?:总数|总额)?的?(?:约|近)?[0-9.]+%)")
_HANDED = ("出具", "下发", "送达", "发出", "下达", "开具", "作出", "颁发")  # 收到市场监管局出具的决定书
_FINED = re.compile("[^，,。]{0,12}(?:罚款|处罚|处以|处|没收|立案|约谈)")  # 被市场监管局罚款300万元
TAKES_OVER = ("收购", "受让", "购买", "认购")  # 公司以9670万元收购云海集团所持股权
_WITH = re.compile("(?:^|[，,。\n])公司与(?:控股股东|关联方|全资子公司|控股子公司)?$")  # 公司与控股股东云海集团签订协议
_HOSTS = re.compile("(?:[、和与及][^，,。；的]{2,24}?)?(?:联合|共同)?(?:主办|承办|协办|举办|发起)的")  # 由远山公司和云海会展公司联合主办的洽谈会
_SUPPLIED = re.compile("[A-Za-z]{0,12}[^，,。；的]{0,6}供应链")  # 切入远山公司供应链
_ENDS_OF_SOME = ("括", "含", "盖", "、")
_NAMES_SOME = re.compile("(?:包括|包含|涵盖)(?:[^，,。；;、]{1,14}、){0,6}$")  # 客户包括远山公司、江海公司
_INVESTS = re.compile("等?的?[^，,。；;、]{0,16}(?:投资|融资|注资|入股|授信|贷款|资助|捐赠|补助|补贴|拨款)")  # 获江海资本3亿元投资, 获江海银行授信
_UNDER = re.compile("的?(?:大力|积极|全力|精心|正确|坚强|有力)?(?:带动|支持|帮助|帮扶|指导|领导|推动|引领|扶持|协助|见证|关心|关怀)下|(?:工作|任职|就职|上班|实习|打工)")  # 在远山公司的带动下,村民增收3万元
_SHOPS = ("店", "牌", "商", "厂")  # 云海旗舰店在远山平台成交额
_IN_ROW, _MOST_OF_ROW = re.compile("[对向从](?:[^，,。；;、]{1,10}[、和与及]){1,7}$"), 40  # 对美国、欧盟和东盟出口
_PARENT_OF, _MOST_BETWEEN = re.compile("的?(?:旗下|下属|所属|全资|控股|子公司)"), 10  # 远山公司旗下|江海公司收入
_SITS_IN = re.compile("(?:代表(?!团|大会|处)|委员(?!会))[一-鿿]")  # 全国人大|代表林海建议
_MOST_LEADS = 4  # characters of them
# 收受远山公司负责人|林海给予的财物; 为|远山公司等谋取利益，收受财物3万元: from whom or for whom it is done.
_TAKEN_FROM = re.compile("(?:缉拿|收受|索取|索要)了?[^，,。；;、0-9]{0,12}$")
_MOST_LEADS_OF_DEEDS = 16
_PROFITS = re.compile("[^。；;]{0,80}?(?:谋取|谋利|牟取|牟利)")
_JOINS = frozenset("、和与及")


_DATA = re.compile("[^，,。；;]{0,6}?(?:数据|资料|统计|消息|报道)")
CAUGHT = re.compile("(?:抓获|抓捕|逮捕|控制(?!人)|刑拘|捕获|锁定|押解|移送)了?[^，,。；]{0,24}$")  # 民警抓获江某、林某等嫌疑人9人


def _is_by_what_follows(text: str, actor: Actor) -> bool:
    """云海网店, 县长林海考察, 由远山公司主办的: what stands behind the name alone says so."""
    if actor.type == "person" and visits(text, actor):
        return True
    if actor.type == "government" and _SITS_IN.match(text, actor.end):
        return True
    return has_shops(text, actor) or _HOSTS.match(text, actor.end) is not None or _SUPPLIED.match(text, actor.end) is not None


def _is_by_lead(text: str, actor: Actor, lead: str) -> bool:
    """超越远山公司, 通过红十字会, 收购远山公司所持: the verb in front, with what stands behind the name."""
    if lead.endswith(owner_words("passes")) or lead.endswith(_DONE_TO) or lead.endswith(_BROKEN_UP):
        return True
    if actor.type in ("other", "government") and lead.endswith(_THROUGH):
        ends = text[actor.end : actor.end + 1] in ("，", ",", "的", "。")
        if not ends or actor.text.endswith(_PASSES_ON):
            return True
    if lead.endswith(("收到", "接到", "获得")) and text.startswith(_HANDED, actor.end):
        return True
    if lead.endswith(TAKES_OVER) and text.startswith(("持有的", "所持"), actor.end):
        return True
    return lead.endswith(owner_words("takes a stake")) and _STAKE.match(text, actor.end) is not None


# 对最大贸易伙伴|东盟: what the one dealt with is, ahead of his name.
_PARTNER = re.compile("[对向][^，,。；;对向]{0,8}(?:伙伴|市场|目的地|经济体|客户|邻国)$")
_MOST_OF_PARTNER = 12
_ENDS_OF_PARTNERS = frozenset("伴场地体户国")


def is_object(sentence: Sentence, actor: Actor) -> bool:
    """对东盟投资52亿美元: whom something is done to, where the clause names nobody else before; 是远山公司的2.5倍, 超越远山公司:
    who is only compared with; 收购远山公司12%的股份: whose shares they are."""
    text, start = sentence.text, actor.start
    before = text[start - 1 : start]
    if _is_by_what_follows(text, actor) or (before in ("是", "为", "于") and _IS_SHARE.match(text, actor.end)):
        return True
    if sentence.places and (place := next((p for p in sentence.places if p.end == start), None)):
        start = place.start  # 收购浙江|云特公司60%股权
    lead = text[max(0, start - _MOST_LEADS) : start].removesuffix("了").removesuffix("的")
    if before == "为" and _FOR_WHOM.match(text, actor.end) and any(a is not actor and sentence.clause(start)[0] <= a.start < sentence.clause(start)[1] for a in sentence.doers):
        return True
    if _is_by_lead(text, actor, lead):
        return True
    if before == "被" and _FINED.match(text, actor.end):
        return True
    if before in ("与", "东") and _WITH.search(text, max(0, start - 10), start):
        return True
    if actor.type == "person" and (CAUGHT.search(text, max(0, actor.start - _MOST_OF_ROW), actor.start) or _TAKEN_FROM.search(text, max(sentence.start, start - _MOST_LEADS_OF_DEEDS), start)):
        return True
    if before in ("为", "替") and _PROFITS.match(text, actor.end):
        return True
    if before == "合" and text.endswith("综合", 0, actor.start) and _DATA.match(text, actor.end):
        return True  # 综合江海地产分行数据，…
    if before == "从" and _FROM_BEHIND.match(text, actor.end):
        return True
    if before in _ENDS_OF_SOME and _NAMES_SOME.search(text, max(0, start - _MOST_OF_ROW), start) and text.find("在内", actor.end, sentence.end) < 0:
        return True
    if before in ("获", "得") and _INVESTS.match(text, actor.end):
        return True
    if before == "在" and (text[start - 2 : start - 1] in _SHOPS or _UNDER.match(text, actor.end)):
        return True
    if before in _JOINS and _IN_ROW.search(text, max(0, start - _MOST_OF_ROW), start):
        return True
    if _PARENT_OF.match(text, actor.end) and any(actor.end < a.start <= actor.end + _MOST_BETWEEN for a in sentence.actors):
        return True
    if before in _ENDS_OF_PARTNERS and _PARTNER.search(text, max(0, start - _MOST_OF_PARTNER), start):
        return True
    if before not in ("对", "向", "给", "在"):
        return False
    start, _ = sentence.clause(actor.start)
    alone = not any(start <= a.start < actor.start for a in sentence.doers)
    return not alone if before == "在" else alone  # 云帆公司在远山交易所上市: where it is done
