"""What a clause opens with: a state, a part of the country, the place it is about, a body of people or things.

Knows which openings are no subject (a sector in statistics, what is counted, 在全球). Leaves out actors.
"""

from __future__ import annotations

import re
from functools import cache

from extract.amount_clause import Measure
from extract.bodies import RANKS, SCOPES, is_kind_of_works
from extract.lexicons import set_in
from extract.measure_words import words_of
from extract.mentions import Actor, Place, make
from extract.named_things import introduced
from extract.only_says import speaks
from extract.owner_words import any_of
from extract.passages import Span
from extract.sentences import Sentence

_COUNTRY = frozenset(("我国", "全国", "中国"))
_LEADS = frozenset(("", "而", "但", "其中", "同时", "此外", "目前"))
# What a state does or has, and no name that begins with it (美国自由港公司).
_OF_THE_STATE = re.compile(
    "(?:政府|警方|官方|当局|方面|军方|全国|国内|[东南西北中]部|境内|各地)"  # who belongs to it
    "|(?:已|将|共|从|向|对|就|也|还|又|曾|有|在|因|占|是|为|每[年月天]|去年|今年|上半年|[0-9]|新增|(?:进口|出口|生产|消费|采购|购买)(?![商者])"  # how what it does or buys begins
    "|接待|拥有|计划|宣布|发生|出现|遭|损失|死亡|确诊|累计|报告|增长|下降|达|超)"  # what it does or what happens to it
)


def state_ahead(sentence: Sentence, start: int, end: int) -> str:
    """The state that a clause opens with (去年巴西进口大豆300吨), unless it only says so (巴西政府表示) or is one of a row."""
    text = sentence.text
    for place in sentence.places:
        if place.start >= end:
            break
        if place.start < start or place.level != "country":
            continue
        begins = text[start : place.start].strip("，, ") in _LEADS or any(time.end == place.start for time in sentence.times)
        says = speaks(text, make(Actor, (place.start, place.end, place.text, place.name, "government", "", "")))
        does = _OF_THE_STATE.match(text, place.end) or any(time.start == place.end for time in sentence.times)  # 越南|一季度GDP
        return place.name if begins and not says and does else ""
    return ""


_SUCH_AS = frozenset(("如", "例如", "比如", "像", "而", "仅"))


def opens_with(sentence: Sentence, place: Place) -> bool:
    """Whether a sentence is about its place: a clause opens with it (深圳克服疫情影响), or it is only referred to (全区)."""
    whole = sentence.whole
    if whole is not None and not whole[1] and place == sentence.meant:  # 支持当地养殖业 is about somebody else
        return not sentence.text[sentence.clause(whole.start())[0] : whole.start()].strip()
    if not sentence.start <= place.start < sentence.end:
        return True
    start, _ = sentence.clause(place.start)
    if whole is not None and whole.start() > place.start:
        return True
    head = next((p for p in sentence.places if p.end == place.start and p.adcode[:2] == place.adcode[:2]), place).start  # 四川|雅安
    if sentence.text[head - 1 : head] == "、" and any(start <= q.start < head for q in sentence.quantities):
        return True  # 宁波市发放3万张、杭州市发放5万张
    ahead = sentence.text[start:head]
    if not ahead.strip("，,：: ").removeprefix("其中") or ahead in _SUCH_AS:
        return True
    return any(t.end == head for t in sentence.times) or any(now.end() == head for now in sentence.nows)


# 中部地区引进资金…, 西部地区为…, 一线城市房价…: a part of the country is a body; 东部新城 is a place's name.
_REGION = re.compile(r"(?:其中|而|同时|此外)?[,，]?(?:[0-9]{4}年|今年|去年|目前)?(?:[上下]半年|全年|前?[一二三四]季度|(?:前|[0-9]{1,2}[-至])?[0-9]{1,2}个?月份?)?[,，]?((?:(?:东中西|中西|[东中西]|东北)部?|西[南北]|东南|华[东南北中])地区|(?:新?一|[一二三四]|一二|二三|三四)线(?:及以[上下])?城市|发达经济体|(?:新兴(?:市场|经济体)|发展中(?:国家|经济体))(?:和发展中(?:国家|经济体))?)")


def opening_body(sentence: Sentence, start: int, end: int, measure: Measure) -> str:
    """The body of people or things a clause opens with; a short one (该地块, 项目) by the name it was introduced with."""
    if sentence.regions and (region := _REGION.match(sentence.text, start, end)):
        return region[1]
    opening, body = sentence.opening(start, end)
    if not opening or _NO_OPENING.match(sentence.text, start):
        return ""
    if not body and opening.startswith(("我国", "全国", "全球")):
        body = opening[:2]
    if body and _is_nobody(sentence, opening, body, measure, (start, end)):
        return ""
    if RANKS.match(sentence.text, sentence.text.find(body, start, end)):
        return ""  # 具有全球影响力的产业
    if body and body not in _COUNTRY and (measure.text.endswith(opening) or measure.base.endswith(opening)):
        return ""
    if body == opening and measure.text != opening and opening.endswith(measure.text):
        return ""  # 青岛市新开工项目10个: the projects are counted, of the city
    if body and opening != body and opening.startswith(body) and _is_of_another(opening[len(body) :], body, measure):
        return ""  # 制造业投资增长7%,工业投资增长5%: each is of its own
    if body[:2] in _COUNTRY and is_sector(body[2:], measure):
        return body[:2]  # 我国民营企业进出口9亿元
    if body and is_sector(body.removeprefix(next((p.text for p in sentence.places if body.startswith(p.text)), "")), measure):
        return ""  # 医药制造业投资增长5%,服务业增加值6亿元: statistics by sector are of the place or whole they stand for
    if sentence.text.startswith(_COUNTED_BY, sentence.text.find(opening, start, end) + len(opening)):
        return ""  # 活跃用户数3100万,市场预估3000万: they are counted
    if body in SCOPES and only_where(sentence, body, start, end):
        return ""  # 在全球发售3亿股, 来自中国的选手12人: where it is done or they are from
    if opening in SCOPES and sentence.text.startswith(("或", "首发"), sentence.text.find(opening, start, end) + len(opening)):
        return ""  # 全球或中国大陆首发新产品391件
    if opening in ("全国", "全球") and _counts_who_take_part(sentence, sentence.text.find(opening, start, end), end):
        return ""  # 全国31个省市、200家企业参展
    if body == opening and (rest := measure.base.removeprefix(opening)) != measure.base and rest in words_of("numbers of"):
        return ""  # 年度交易用户数6亿: they are counted
    if body == opening and body not in SCOPES and end < sentence.end and measure.text not in words_of("of_project") and _is_counted(sentence, opening, start, end):
        return ""  # 科技型企业达3100家,研发投入占…: a figure of its own
    if not body and opening[:2] in set_in("owners", "points back"):
        if _only_an_aspect(sentence, opening, opening[:2], start):
            return ""
        body = opening[:2]
    if body[:1] == "一":
        body = _ONE.sub("", body)  # 这|一|项目
    if body[:2] in _ALL_OF_IT and body[2:] in set_in("owners", "points back"):
        name, _ = introduced(sentence, body[2:], start)
        return name if name != body[2:] else ""  # 整个项目投产后, of what was named before
    if body not in set_in("owners", "points back"):
        return body
    name, _ = introduced(sentence, body, start)
    if name == body and start > sentence.start and not sentence.text.startswith(("该", "此", "这"), start):
        return ""  # 全国新开工公路项目299个,项目总投资8826亿元: those of the country
    return name


def _is_nobody(sentence: Sentence, opening: str, body: str, measure: Measure, clause: Span) -> bool:
    """Whether a body says not which, or is one of those counted: 部分项目, 集团门店, 门店数量方面, 大型企业、事业单位90家, and
    已开工项目280个, which are those of a place or park."""
    if body.startswith("部分") or is_kind_of_works(body) or (len(body) > 2 and body.startswith(("集团", "公司"))):
        return True
    counted = measure.unit in ("家", "户") and sentence.text.find(body + "、", *clause) >= 0
    return counted or _only_an_aspect(sentence, opening, body, clause[0])


def _only_an_aspect(sentence: Sentence, opening: str, body: str, start: int) -> bool:
    """Whether a body stands in what is only to be told of next (门店数量方面,…); of 民营企业方面,… it is told."""
    at = sentence.text.find(body, start, start + len(opening) + _LONGEST_SECTOR)
    return at >= 0 and _ASPECT.match(sentence.text, at + len(body)) is not None


_ASPECT = re.compile("[^，,。；;]{1,6}(?:方面|上)[，,]")


def _is_of_another(rest: str, body: str, measure: Measure) -> bool:
    """Whether the measure has the same property (投资) as the body, of a thing that the body does not end with."""
    return measure.base != rest and measure.base.endswith(rest) and not body.endswith(measure.base.removesuffix(rest))


@cache
def _sector() -> re.Pattern[str]:
    """A sector of the national accounts, with or without what narrows it: 制造业, 通用设备制造业, 第三产业."""
    return re.compile(rf"(?!我国|中国|全国|全球)[一-鿿]{{0,12}}?(?:{any_of('sectors of the national accounts')})")


@cache
def _class_of_companies() -> re.Pattern[str]:
    """Classes of companies count as sectors do: 民营企业进出口增长9%."""
    return re.compile(rf"(?:{any_of('classes of companies')})(?:工业|服务业|中小)?(?:企业|工程)")


@cache
def _by_sector() -> re.Pattern[str]:
    """What statistics give by sector."""
    return re.compile(f"{any_of('given by sector')}|增速$")


TRADES = ("产业", "行业")  # 核心产业营收6亿元, where a place is named: the place's
_SECTOR_ENDS = ("业", "产")
_TAKE_PART = re.compile("参展|参会|参加|参与|报名|到会|与会")
COUNTS_REGIONS = re.compile(r"(?:全国|全球)[0-9]{1,4}[多余]?个?(?:省|国家|城市|地区|县|市)")


def is_sector(body: str, measure: Measure) -> bool:
    if body.endswith(("企业", "工程")) and _class_of_companies().fullmatch(body):
        return _by_sector().search(measure.text) is not None
    return body.endswith(_SECTOR_ENDS) and _sector().fullmatch(body) is not None and _by_sector().search(measure.text) is not None


def _counts_who_take_part(sentence: Sentence, start: int, end: int) -> bool:
    """Whether 全国 at `start` only begins a count of regions, and the amount at `end` is that count or of those who take part too."""
    regions = COUNTS_REGIONS.match(sentence.text, start)
    return regions is not None and (regions.end() > end or _TAKE_PART.search(sentence.text, start, sentence.clause(start)[1]) is not None)


def only_where(sentence: Sentence, scope: str, start: int, end: int) -> bool:
    """Whether 全球 or 中国 is only where something is done or from where somebody comes: 在全球发售3亿股; so in a row, 对欧盟、南美分别出口."""
    text = sentence.text
    at = text.find(scope, start, end)
    if at > 0 and text[at - 1] in _JOINS:
        row = _ROW_OF_PARTNERS.match(text, sentence.clause(at)[0], at)
        return row is not None and row.end() == at
    return at > 0 and text[at - 1] in _NO_SUBJECTS_BEHIND


_JOINS = "、和与及"
_ROW_OF_PARTNERS = re.compile("[^，,。、]{0,12}?[对向与同从自在](?:[^，,。、和与及]{2,8}[、和与及])+")


def sector_told_of(sentence: Sentence, start: int, end: int) -> str:
    """国有企业 of 国有企业进出口300亿元, 餐饮业 of 其中餐饮业升2%: the sector or class of companies that text[start:end] opens with; ""
    where it opens otherwise."""
    _, body = sentence.opening(start, end)
    if is_a_sector(body):
        return body
    begins = start + 2 * sentence.text.startswith("其中", start)
    sector = _sector().match(sentence.text, begins, end) or _ANY_SECTOR.match(sentence.text, begins, end)
    return sector[0] if sector and len(sector[0]) <= _LONGEST_SECTOR else ""


_LONGEST_SECTOR = 8
_ANY_SECTOR = re.compile("(?!公司|全年|新增|城镇)[一-鿿]{1,4}(?<![企营失就从创毕作停开转专学事产行商职同伟复立执待肄主副])业(?![务绩主余界内外者地])")  # 酒店业跌5%


def is_a_sector(body: str) -> bool:
    """Whether a body is a sector of the national accounts or a class of companies, whatever is measured of it."""
    return _class_of_companies().fullmatch(body) is not None or (body.endswith(_SECTOR_ENDS) and _sector().fullmatch(body) is not None)


_ONE = re.compile("一(?!带一路)[些批家座所个名位支]?")
_ALL_OF_IT = ("整个", "全部", "所有")
_NO_SUBJECTS_BEHIND = frozenset("在自从向")
_COUNTED_BY = ("数", "总数", "人数", "人次", "受损")
_NO_OPENING = re.compile(r"[^，,]{0,3}?(?:每[位个名家户人]|世界[0-9])|综合[^，,。]{2,16}?(?:数据|资料|统计|消息|报道)")  # 每位用户平均交易38笔 is of the platform, 世界500强 a rank


_ONLY_LEADS = re.compile(r"(?:已|共|约|近|超过?|逾|达到?|有|为|增至|增长[到至]|突破|合计|累计|总计|数量?|总数|高达|仅|新增|目前|了|一共|增加)*$")


def _is_counted(sentence: Sentence, opening: str, start: int, end: int) -> bool:
    """科技型企业达3100家: the clause counts what it opens with; 青岛班列开行320列 tells what that does, and 青岛班列的开行数量
    what it has."""
    counted = next((q for q in sentence.quantities if start <= q.start < end), None)
    at = sentence.text.find(opening, start, end)
    if at >= 0 and sentence.text.startswith("的", at + len(opening)):
        return False
    return counted is not None and (at < 0 or _ONLY_LEADS.match(sentence.text[at + len(opening) : counted.start]) is not None)
