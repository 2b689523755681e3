"""Whom an amount is about, and whose data it is.

Knows how far a subject holds: the owner of the phrase, an actor or body of the clause, of a clause before (`clause_owners.py`),
the place. Leaves out what the sentences before were about (`stage.py`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from extract.amount_clause import Measure
from extract.bodies import SCOPES, collective_in, is_kind_of_works, scope_of
from extract.clause_openings import COUNTS_REGIONS, is_a_sector, only_where, opens_with, sector_told_of
from extract.clause_owners import (
    Asked,
    Owners,
    each_its_own,
    is_person,
    may_be_of_gathering,
    of_clauses,
    place_opens,
    place_or_harbour,
)
from extract.comes_back import opening_thing
from extract.companions import is_companion
from extract.fines import fined
from extract.led_back import LONGEST_NOUN, led_back
from extract.measure_words import ending
from extract.measures import actor_of
from extract.mentions import Actor, Place, Quantity
from extract.named_things import thing_ahead
from extract.only_dealt_with import is_listed, is_object
from extract.only_says import OF_A_COMPANY_THERE, analyses, hosts, lists, only_gives_out
from extract.owner_words import any_of, owner_words, tells
from extract.passages import Span
from extract.populations import BARE
from extract.quoted_owners import of_speaker, only_tells
from extract.rows import is_row, partner_of
from extract.sentences import Sentence
from extract.sizes import AREAS
from extract.stage import Stage, bodies_first, spoken_of
from extract.things_told_of import index_told_of, thing_told_of
from extract.whole_places import LEVELS, is_called, is_ours


def who(sentence: Sentence, quantity: Quantity, clause: Span, measure: Measure, where: Sequence[Place], stage: Stage) -> Owners:
    """Whom the amount is about; those who only say it, or whose data it is, are left out.

    The owner of its phrase; then clause by clause backwards an actor, or the body the clause opens with (中小企业, 深圳湾口岸);
    then the bodies counted (12家重点房企) or the place; then whom the paragraph, else the article, is about. Behind the one
    who does it the body of people or things it is done to (1688让超过100万中小企业对接商机).
    """
    asked = Asked(sentence, quantity, clause, measure, where, stage)
    found = _of_phrase(asked)
    if found is None:
        found = of_clauses(asked)
    if found is None:
        found = _of_counted(asked)
    if found is None:
        own = of_speaker(sentence, quantity.start)
        told = () if own else _told_before(asked)
        told = () if told and only_tells(sentence, quantity.start, told) else told
        found = own or (told if own is None or told[:1] in _OF_A_COUNTRY else ())
    if len(found) == 2:
        found = _one_of_two(asked, found)
    elif found and found[0].endswith(owner_words("judges")) and tells("sentenced").search(sentence.text, *clause):
        return ()  # 法院一审宣判。林海等4人被判3年: the court judges them
    elif found and found[0].endswith(owner_words("police", "units of police")) and tells("robbed").search(sentence.text, *clause) and not tells("given back").search(sentence.text, *clause):
        return ()  # 云江警方接到报警，周某向对方转账9万元
    if len(found) == 1 and len(found[0]) <= LONGEST_NOUN:
        found = (led_back(sentence, found[0], quantity.start),)
    body = measure.counted
    if len(body) > 2 and found and not any(body in name or name in body for name in found):
        return (*found[:2], body)
    return found


_OF_A_COUNTRY = tuple((scope,) for scope in SCOPES)  # what an expert tells of nobody may be of the country


# --- by the words around the amount ----------------------------------------------------------------------------------


def _of_phrase(asked: Asked) -> Owners | None:
    """The owner that the words around the amount name themselves; None where they name nobody."""
    sentence, quantity, clause, measure, stage = asked.sentence, asked.quantity, asked.clause, asked.measure, asked.stage
    actors, rule = sentence.doers, measure.rule
    if sentence.text.find("”", sentence.start, clause[0]) >= 0 and (thing := _quoted_ahead(sentence, clause[0])):
        return (thing,)
    if sentence.text.startswith("的", quantity.end) and _OPENS_WITH_SUM.search(sentence.text, max(0, quantity.start - _LONGEST_SUM), quantity.start) and (works := _works_behind(measure, sentence.text, quantity.end + 1)):
        return (works,)
    if revised := _whose_forecast(sentence, quantity, clause):
        return (revised,)
    if sentence.finds.of_films and (film := _film_told_of(sentence, quantity)):
        return (film,)
    if thing := thing_told_of(sentence, quantity, clause, measure) or index_told_of(sentence, quantity, clause):
        return (thing,)
    if sentence.punishes and (punished := fined(sentence, quantity, clause, stage)) is not None:
        return punished
    if actors and (begun_with := _begun_with(asked)):
        return begun_with
    if rule == "what a plant makes":
        return (_of_item(asked) or measure.owner,)
    if rule == "distributed" and (body := collective_in(measure.text)) and not is_a_sector(body) and _in_a_row(sentence, body, clause):
        return (body,)  # 大型银行、农商银行分别盈利3亿元、2亿元
    if measure.owner and (rule == "distributed" or rule.endswith("holding")):
        return (measure.owner,)
    if quantity.unit in AREAS and (thing := thing_ahead(sentence, clause[0])):
        return (thing,)
    if sentence.finds.meets and (meeting := sentence.attended) and _GUESTS.match(sentence.text, clause[0]):
        return (meeting,)
    holder = _HOLDS.match(sentence.text, quantity.end) if sentence.actors else None
    if holder and (named := [a for a in sentence.actors if a.start == holder.end()]):
        return (named[0].name,)  # though he only says something there
    return None


def _in_a_row(sentence: Sentence, body: str, clause: Span) -> bool:
    """Whether `body` is one of the kinds that a clause about nobody else opens with: not 云海公司的门店、平台 or 向医院、学校."""
    text, (start, end) = sentence.text, clause
    row = text.find("、", start, end)
    if row < 0 or any(start <= actor.start < end for actor in sentence.doers) or _TO_OR_OF.search(text, start, text.find("分别", start, end) + 1):
        return False
    return text.startswith(body + "、", start) or text.find("、" + body, row, end) >= 0


_TO_OR_OF = re.compile("[向给为对与从的把将由在]")


def _whose_forecast(sentence: Sentence, quantity: Quantity, clause: Span) -> str:
    """中国 of 海岳银行将中国经济增速预期上调至4.8%: whose forecast, rating or target is revised, and not who revises it; or ""."""
    text = sentence.text
    handled = _REVISES.search(text, clause[0], quantity.start)
    if handled is None or _FORECAST.search(text, handled.end(), quantity.start) is None:
        return ""
    at = handled.end()
    if time := next((time for time in sentence.times if time.start == at), None):
        at = time.end  # 将2024年中国经济增速预期
    named = next(((mention.name, mention.end) for mention in (*sentence.actors, *sentence.places) if mention.start == at), None)
    name, end = named or next(((scope, at + len(scope)) for scope in SCOPES if text.startswith(scope, at)), ("", at))
    return name if name and _OF_A_LAND.match(text, end) else ""


_REVISES = re.compile("[将把](?:对)?")
_OF_A_LAND = re.compile("(?:[0-9]{4}年|今年|明年)?(?:全年|[上下]半年|第?[一二三四]季度)?(?:的)?(?:经济|GDP|国内生产总值|通胀|通货膨胀|CPI|主权|长期|信用|评级|目标价|股价|估值|投资评级|盈利预测)")
_FORECAST = re.compile("(?:预期|预测|预估|展望|评级|目标价|估值)[^，,。；]{0,6}?[上下]?[调修升降]")


def _film_told_of(sentence: Sentence, quantity: Quantity) -> str:
    """海云 of 影片《海云》首日放映3万场，收入近3000万: the work that a clause of a report on films opens with, up to the next one; or ""."""
    text, at = sentence.text, quantity.start
    close = text.rfind("》", sentence.start, at)
    start = text.rfind("《", sentence.start, close) if close >= 0 else -1
    if start < 0 or close - start > _LONGEST_WORK or text[close + 1 : close + 2] in _ROW_OF_WORKS:
        return ""
    ahead = text[sentence.clause(start)[0] : start]
    if len(ahead) > _MOST_AHEAD or any(close < actor.start < at for actor in sentence.actors):
        return ""
    return text[start + 1 : close]


_LONGEST_WORK, _MOST_AHEAD = 30, 8  # characters of a title, and ahead of it in its clause: 国产新片《海云》
_ROW_OF_WORKS = "、和与及等（("


def _works_behind(measure: Measure, text: str, at: int) -> str:
    """江湾电池项目 of 总投资9亿元的江湾电池项目; "" for a mere kind of them (9亿元的重点项目)."""
    name = measure.text.removesuffix("总投资")
    named = name != measure.text and len(name) > _LONGEST_KIND and name.endswith(("项目", "工程", "基地", "产业园")) and text.startswith(name, at)
    return name if named and not is_kind_of_works(name) else ""


_OPENS_WITH_SUM = re.compile("(?:^|[，,。；;、：:\\s])总投资(?:额?[达为约近超过逾]*)$")
_LONGEST_SUM = 10  # characters of 总投资额超过 and the mark ahead
_LONGEST_KIND = 5  # characters of 智能制造项目


def _begun_with(asked: Asked) -> Owners | None:
    """远山公司 of 远山公司净利润3亿元, with those it is joined to; None where the phrase begins with no actor who has it."""
    sentence, quantity = asked.sentence, asked.quantity
    owner = actor_of(asked.measure)
    if owner is None or owner not in sentence.doers or is_object(sentence, owner) or is_companion(sentence, owner, quantity) or is_listed(sentence, owner, quantity):
        return None
    if sentence.text[owner.start - 1 : owner.start] in _JOINS_FIRST and not each_its_own(sentence, owner.end, quantity):
        return _joined_to(sentence, owner)
    return (owner.name,)


def _joined_to(sentence: Sentence, owner: Actor) -> Owners:
    """All of 远山公司与江海公司、云海公司共同投资, two at most, where the phrase began with the last."""
    row = [owner]
    for actor in reversed(sentence.doers):
        if actor.end <= row[-1].start and sentence.text[actor.end : row[-1].start] in _JOINS:
            row.append(actor)
    return bodies_first(row[::-1])


def _of_item(asked: Asked) -> str:
    """乙集团 of 甲集团…项目、乙集团30万吨合成氨项目: of a list, the one of the amount's own item."""
    start, text = asked.quantity.start, asked.sentence.text
    item = text.rfind("、", asked.clause[0], start) + 1 or asked.clause[0]
    named = [a for a in asked.sentence.doers if item <= a.start and a.end <= start and a.type != "person"]
    return named[-1].name if named else ""


_JOINS_FIRST = frozenset("、和与及同合手")
_JOINS = ("、", "和", "与", "及", "以及", "同", "联合", "携手")
_GUESTS = re.compile("来自|共有?[0-9]|吸引了?[0-9]|[近约超逾]?[0-9]")  # 来自全国的210家企业、35家旅行社参加了洽谈会
_HOLDS = re.compile(r"的?(?:股份|股权|股票)的")  # 持有云海电工12%股份的|江城集团


def _quoted_ahead(sentence: Sentence, start: int) -> str:
    """The name in quotes that the clause before ends with, where this one has no subject of its own."""
    n = sentence.number(start)
    for low, high in sentence.clauses[max(0, n - 2) : n]:
        if sentence.text[high - 1] in _ENDS_QUOTED and (match := _called().search(sentence.text[low:high])):
            return match[1]
    match = _brought_out().search(sentence.text[sentence.clauses[n - 1][0] : start].rstrip()) if n else None
    return match[1] if match and _SERVES.match(sentence.text, start) else ""


@cache
def _called() -> re.Pattern[str]:
    """零售巨头“百汇”，客流达4万人次: a name in quotes."""
    return re.compile(rf"(?:^|[，,。的])[^，,。“”]{{0,6}}(?:{any_of('called by a name in quotes')})“([^”]{{2,10}})”[，,]?$")


@cache
def _brought_out() -> re.Pattern[str]:
    """上线“亲企在线”平台,一周内为4万家企业兑付补贴: what was brought out does it."""
    return re.compile(rf"(?:上线|推出|搭建|开通|启用)了?[^，,“”]{{0,8}}“([^”]{{2,12}})”(?:[^，,]{{0,4}}(?:{any_of('brought out')}))?[，,]?$")


_ENDS_QUOTED = frozenset("”，,")  # what `_called` ends with
_SERVES = re.compile(r"[^，,。]{0,6}?(?:为|可|已|累计|覆盖|提供|服务|吸引|汇聚|连接|接入)")


# --- whoever was found -----------------------------------------------------------------------------------------------


def _one_of_two(asked: Asked, two: Owners) -> Owners:
    """远山公司和江海公司营收5亿元、3亿元: two amounts in a row are of the two one by one, unless they have all together."""
    sentence, quantity, clause = asked.sentence, asked.quantity, asked.clause
    row = [q for q in sentence.quantities if clause[0] <= q.start < clause[1] and q.unit == quantity.unit]
    if len(row) != 2 or not is_row(sentence.text, row) or _ALL_TOGETHER.search(sentence.text, clause[0], row[0].start):
        return two
    own = partner_of(row.index(quantity), row, two)
    return (own,) if own else two


_ALL_TOGETHER = re.compile("共|合计|联合|携手|一起|合作|累计|总")


# --- by what is counted and where ------------------------------------------------------------------------------------


def _of_counted(asked: Asked) -> Owners | None:
    """The bodies counted, or the place the sentence is about; () where 我市 has it, and the article does not say which."""
    sentence, quantity, clause = asked.sentence, asked.quantity, asked.clause
    measure, where, stage = asked.measure, asked.where, asked.stage
    whole = sentence.whole
    if measure.counted and place_opens(asked):
        return (where[0].name,)  # 山东开工的1006个项目
    body = measure.counted or scope_of(measure.text)
    if body in SCOPES and only_where(sentence, body, clause[0], quantity.start):
        body = ""
    if body in SCOPES and stage.is_company and measure.text.startswith(OF_A_COMPANY_THERE, len(body)):
        body = ""  # 远山公司营收3亿元。北美市场收入1亿元
    if body and (measure.counted or not COUNTS_REGIONS.match(sentence.text, quantity.start - 2)):
        of_whole = where and whole is not None and clause[0] <= whole.start() < quantity.start and not stage.is_company
        told = (where[0].name,) if of_whole else stage.who[:1]  # 对全区4000家企业分类处理
        return (*(name for name in told if measure.counted and name not in body), body)
    if where and opens_with(sentence, where[0]) and not _only_set_before(asked):
        row = _row_of(sentence, where)
        if others := _AND_OTHERS.match(sentence.text, row[-1].end, quantity.start):
            return ("、".join(place.name for place in row) + others[0],)
        return tuple(dict.fromkeys(place_or_harbour(sentence.text, place) for place in row))
    if where and _is_of_whole(measure):
        return (where[0].name,)
    if not where and whole is not None and is_ours(whole) and clause[0] <= whole.start() < clause[1]:
        return ()  # 我市有8个项目签约, where the article does not say which
    return None


def _only_set_before(asked: Asked) -> bool:
    """Whether the place is only where gifts go, where the paragraph began or the article is from, while somebody else is told of."""
    place, sentence, stage = asked.where[0], asked.sentence, asked.stage
    if place == sentence.finds.stricken and sentence.gives:
        return True
    if not stage.who or place.name in stage.who:
        return False
    return place == stage.place or _is_only_remembered(sentence, place, stage.who[0])


def _is_only_remembered(sentence: Sentence, place: Place, told: str) -> bool:
    """Whether a sentence names no place at all, and `told` is a company or institution, or a fair that is held or named there."""
    if sentence.whole is not None or sentence.start <= place.start < sentence.end:
        return False
    finds = sentence.finds
    if told in finds.gathering_names:
        return place.name.removesuffix("省").removesuffix("市") in told or place == finds.venue_of(told)
    return not _INSTITUTIONS.isdisjoint(finds.kinds.get(told, ()))


_INSTITUTIONS = frozenset(("company", "other"))  # types of actors


def _row_of(sentence: Sentence, where: Sequence[Place]) -> list[Place]:
    """Up to three places in a row, from the first on; not 宁波的32家企业赴上海参展."""
    row = [where[0]]
    for place in where[1:3]:
        if sentence.text[row[-1].end : place.start] not in _BETWEEN_PLACES:
            break
        row.append(place)
    return row


def _is_of_whole(measure: Measure) -> bool:
    return measure.text[:1] == "全" and measure.text[1:2] in LEVELS


# 湖南、福建等12个茶叶产区: the whole, and not the two that it begins with.
_AND_OTHERS = re.compile("等(?:[0-9]{1,4}|[两三四五六七八九十]{1,3})[多余]?个?[^，,。；;：:、的0-9]{0,8}?(?:省份|省区市|省区|省市|自治区|直辖市|城市|区县|县区|县市|市州|市（州）|省|市|县|地区|产区|国家|国)(?![级内外委家的区市州（])")
_BETWEEN_PLACES = ("、", "和", "与", "及", "以及", "，", "")


# --- by what was told before -----------------------------------------------------------------------------------------


def _told_before(asked: Asked) -> Owners:
    """Whom the paragraph, else the article, is about; () where that cannot be what the amount is of."""
    sentence, measure, stage = asked.sentence, asked.measure, asked.stage
    of_whole = _is_of_whole(measure)  # 全市项目950个, after a sentence on its factories
    if not of_whole and sentence.doers != sentence.actors and (own := _tells_of_itself(sentence, asked.quantity)):
        return (own.name,)
    if stage.of_many and (kind := measure.text.rpartition("的")[2]) not in BARE and kind.endswith(owner_words("companies counted")):
        return (kind,)  # 1万家挂牌公司中，保险机构有31家
    if stage.of_many and not stage.who:
        return ()  # 38家公司连续两年亏损, behind a sentence on one of them
    told = () if of_whole else stage.who
    found = tuple(name for name in told or _spoken_of(asked) if name != measure.text)
    if not found:
        return (measure.owner,) if measure.owner else _place_of_office(sentence) or _of_national_accounts(asked) or _of_sector(asked)
    if not stage.who and _counts_companies().search(sentence.text, sentence.start, sentence.end) and "company" in sentence.finds.kinds.get(found[0], ()):
        return ()  # 上半年,共有571家公司获得投资,金额404亿元: of no single one
    if measure.text.startswith(_ALL_OF_A_KIND):
        return ()  # 东湖医院启用。所有学校学生3万人
    if asked.quantity.unit in _OF_COMPANIES and measure.text.endswith(_COMPANIES) and _counts_others(asked, found[0]):
        return ()  # 远山公司亏损。亏损公司共有30家: of no single one
    if measure.text.endswith(owner_words("the harmed")) and (is_person(sentence, found) or found[0].endswith("政府")):
        return ()  # 部长林海通报情况。37人受伤
    if found[0] in sentence.finds.gathering_names and not may_be_of_gathering(asked):
        return _place_of_office(sentence)
    if own := _of_another_sector(asked, found[0]):
        return (own,)
    if is_a_sector(found[0]) and measure.base.endswith(owner_words("of no sector")) and sentence.text.find(found[0], sentence.start, asked.quantity.start) < 0:
        return ()  # 建筑业增加值3亿元。城镇失业率5%
    return () if _is_of_another_whole(asked, found[0]) else found


def _spoken_of(asked: Asked) -> Owners:
    """Whom the sentences before, else the article, are about; where that is a mere place, which the sentence does not name, rather the thing
    it opens with itself (云江市发生地震。这次地震震塌9间老屋)."""
    sentence, at, measure = asked.sentence, asked.quantity.start, asked.measure.text
    found = spoken_of(sentence)
    if not found or found[0] not in sentence.finds.place_names or sentence.text.find(found[0][:2], sentence.start, at) >= 0:
        return found
    thing = opening_thing(sentence, at, measure)
    return (thing,) if thing and not measure.startswith(thing) else found


def _counts_others(asked: Asked, told: str) -> bool:
    """Whether companies of the whole market are counted (亏损公司共有30家), which `told`, a company of an earlier sentence, does not have."""
    sentence, start, end = asked.sentence, asked.sentence.start, asked.quantity.start
    if "company" not in sentence.finds.kinds.get(told, ()) or sentence.text.find(told[:2], start, end) >= 0:
        return False
    measure = asked.measure.text
    if measure not in _COMPANIES and not tells("how companies fare").search(measure) and not tells("companies of a market").search(measure):
        return False  # 会员企业3000家
    return tells("companies of somebody").search(sentence.text, start, end) is None


_ALL_OF_A_KIND = ("所有学校", "全部学校", "所有医院", "全部医院", "所有中小学", "全部中小学", "所有高校", "全部高校", "所有银行", "全部银行")
_OF_COMPANIES = frozenset(("家", "户"))
_COMPANIES = ("公司", "企业", "房企", "车企", "药企")


def _of_another_sector(asked: Asked, told: str) -> str:
    """Where the last told of is a sector: 国有企业 of 民营企业进出口9亿元。国有企业进出口3亿元; 家具及装置 of 零售业销售额升3%；家具及装置跌2%."""
    if not told.endswith((*_SECTORS_END, *owner_words("kinds of goods"))):
        return ""
    if is_a_sector(told) and (own := _sector_before(asked, told)):
        return own
    base = asked.measure.base
    base = base.removesuffix(ending(base, "left out in lists")).removesuffix("的")  # 电器销售额
    of_goods = asked.measure.rule == "growth" and base.endswith(owner_words("kinds of goods"))
    return base if of_goods and asked.sentence.text.find(base, asked.clause[0], asked.quantity.start) >= 0 else ""


def _sector_before(asked: Asked, told: str) -> str:
    """国有企业 of 国有企业进出口3亿元，增长6%: the sector that the amount's clause opens with, else another than `told` that one
    before it does."""
    sentence, start = asked.sentence, asked.quantity.start
    if own := sector_told_of(sentence, asked.clause[0], start):
        return own
    ahead = reversed(sentence.clauses[: sentence.number(start)])
    return next((own for low, high in ahead if (own := sector_told_of(sentence, low, high)) and own not in told), "")


_SECTORS_END = ("业", "产", "企业", "市场")


@cache
def _counts_companies() -> re.Pattern[str]:
    return re.compile(rf"(?:共有?|有|其中至少|其中)[0-9]+[余多]?家(?:{any_of('companies counted')})")


def _is_of_another_whole(asked: Asked, name: str) -> bool:
    """全州建成服务站3个, where the article, of companies or a province, does not say which: whether `name` is not that place."""
    sentence, whole = asked.sentence, asked.sentence.whole
    if asked.where or whole is None or not whole[1] or whole.start() >= asked.quantity.start or sentence.text[whole.start()] != "全":
        return False
    finds = sentence.finds
    return (name in finds.names or name in SCOPES) and not any(p.name == name and is_called(p, whole[1]) for p in finds.places)


def _place_of_office(sentence: Sentence) -> Owners:
    """宁波市 of 宁波市商务局发布消息,网络零售额…: what an office publishes is of its place, where nobody else is named; what a mayor
    says, of the only government that the article names."""
    finds = sentence.finds
    for actor in sentence.actors:
        if actor.type == "government" and (place := finds.place_in_name(actor.name)) is not None:
            return (place.name,)
        if actor.type == "person" and (government := finds.governed.get(actor.name)):
            return (government,)
    return ()


def _of_sector(asked: Asked) -> Owners:
    """保险业 of 保险业实现保费收入3亿元，同比增长9%: the sector that a clause opens with and that does something, where nobody is named."""
    sentence, start = asked.sentence, asked.quantity.start
    if asked.where:
        return ()
    for low, high in reversed(sentence.clauses[: sentence.number(start) + 1]):
        own = sector_told_of(sentence, low, min(high, start))
        if own and _SECTOR_DOES.match(sentence.text, sentence.text.find(own, low) + len(own)):
            return (own,)
    return ()


_SECTOR_DOES = re.compile("(?:共|累计|已|合计|总计|全年|上半年)*(?:实现|完成|取得|累计|新增|创造|吸纳|带动)")


def _of_national_accounts(asked: Asked) -> Owners:
    """全国 of 国家统计局发布数据。5月份，进出口总额3万亿元，同比增长9%."""
    sentence, base = asked.sentence, asked.measure.base
    if sentence.places or not sentence.finds.is_of_country or _OF_ONE.search(asked.measure.text):
        return ()
    return ("全国",) if base.endswith(owner_words("national accounts")) or (asked.measure.rule in _OF_PARTS and _NATIONAL.search(base)) else ()


_OF_PARTS = ("growth", "share of a whole", "gap to another")
_OF_ONE = re.compile("企业|公司|基金|项目|平台|集团|[该本这某]")  # 企业出口, 该基金税收收入
_NATIONAL = re.compile("进出口|[出进]口|零售额|生产总值|GDP|增加值|物流总")


def _tells_of_itself(sentence: Sentence, quantity: Quantity) -> Actor | None:
    """云帆平台数据显示,生鲜成交额增长3倍: a company tells of itself."""
    text, finds = sentence.text, sentence.finds
    for actor in sentence.actors:
        if actor.type != "company" or actor.start >= quantity.start:
            continue
        only_tells = actor.name in owner_words("data houses") or finds.only_reports(actor) or analyses(text, actor) or lists(text, actor) or hosts(text, actor) or only_gives_out(text, actor)
        if not only_tells and not (sentence.left_out and sentence.leaves_out(actor)):
            return actor
    return None


# --- whose data ------------------------------------------------------------------------------------------------------


def data_from(sentence: Sentence, quantity: Quantity) -> str:
    """据国家统计局数据, 根据“外滩大会”数据: whose data it is."""
    found = next((match for match in reversed(sentence.data) if match.end() <= quantity.start), None)
    return (found.group(1) or found.group(2)).strip("“”\"的") if found else ""
