"""Which actors are only those who say it, or whose data it is: 商务部周三公布, 根据路孚特的数据.

Knows the words of saying around a name. Leaves out who said what (`speakers.py`).
"""

from __future__ import annotations

import re
from functools import cache

from extract.bodies import SCOPES
from extract.divisions import short_names
from extract.lexicons import either, read_lexicon
from extract.mentions import Actor
from extract.owner_words import any_of, owner_words

# 商务厅12日举行的例行新闻发布会上: who only calls the press together.
_BRIEFINGS = ("新闻发布会", "新闻通气会", "新闻通报会", "媒体通气会", "媒体吹风会", "媒体发布会", "政策吹风会", "政策例行吹风会")


@cache
def _saying() -> re.Pattern[str]:
    verbs = [word for entry in read_lexicon("speech") for word in entry["words"]] + ["公布", "发布", "显示", "刊登", "报道", "证实", "测算", "估算", "测定", "速报", "预报", *_BRIEFINGS]
    return re.compile(rf"(?:{either(verbs)})(?!了?[一-鿿]{{0,6}}(?:协议|产品|平台|计划)|了?[一-鿿0-9]{{0,14}}?(?:业绩|财报|季报|年报|中报|成绩单)|{_ACTS})")


# 阿里云宣布投入2亿元: who says it does it.
_ACTS = "[,，]?(?:将|会|拟|计划|已)?(?:在[^，,]{1,12})?(?:投入|投资|出资|收购|推出|成立|设立|追加|启动|捐|建设|开放|采购|招聘)"


_STOPS = re.compile(r"[，。；、\n]")
# 商务厅重点监测企业销售额, 商务厅新闻发言人林海: the office only counts or speaks.
_OFFICE_SAYS = ("监测", "重点监测", "统计", "测算", "新闻发言人", "发言人", "有关负责人", "相关负责人")
_COUNTS = re.compile("(?:重点)?(?:监测|统计)[，,：:]")  # 乘联会统计，5月销量160万辆
_ANALYSTS = re.compile(r"(?:[（(][^（()）]{1,16}[)）])?的?(?:(?:发布|最新)的?)?[一-鿿]{0,4}?(?:分析师|研究员|研报|策略师|首席经济学家|经济学家|研究团队|调研报告)")
_HEARD = re.compile(r"(?:[（(][^（()）]{1,20}[)）])?处?(?:获悉|了解到|得知|获知)")  # 记者从云海市商务局获悉
_ASKED = re.compile(r"(?:根据|按照|依据|据(?!说)|依(?![托靠法旧然赖])|来自|向)[^，,。；\n]{0,16}$")


def analyses(text: str, actor: Actor) -> bool:
    """海岳证券分析师预测其营收: whose analysts say it is not whom it is about."""
    return actor.type != "person" and _ANALYSTS.match(text, actor.end) is not None


_FORETELLS = re.compile("(?:最新|近日|日前|此前|仍|则|也)*(?:预计|预测|预期|预估|估计|料|认为)[，,：:]?(?:到?(?:今明两|[今明去后]|20[0-9]{2})年底?(?:[上下]半年|全年|第?[一二三四]季度)?[，,]?)?")


def foretells_of_others(text: str, actor: Actor) -> bool:
    """海岳银行预计，今年全球经济增长3%: what somebody foretells of the world, a country or a province is not his."""
    verb = _FORETELLS.match(text, actor.end) if actor.type != "person" else None
    if verb is None:
        return False
    at = verb.end()
    land = next((length for length in range(_LONGEST_LAND, _SHORTEST_LAND - 1, -1) if text[at : at + length] in _lands()), 0)
    return land > 0 and not (actor.type == "company" and text.startswith(OF_A_COMPANY_THERE, at + land))


OF_A_COMPANY_THERE = ("市场", "区", "收入", "营收", "销量", "销售", "业务", "产能", "利润", "订单", "门店", "工厂", "用户")  # what a company has in a land: 北美收入


_SHORTEST_LAND, _LONGEST_LAND = 2, 5


@cache
def _lands() -> frozenset[str]:
    """The world and its parts, and China's provinces and cities by their short names: many, so that a set is asked for each length."""
    return frozenset((*SCOPES, *short_names()))


@cache
def _visits() -> re.Pattern[str]:
    return re.compile(f"[^，,。；;：:\n]{{0,18}}?(?:{any_of('visits')})")


def visits(text: str, person: Actor) -> bool:
    """县长林海详细了解种植情况: what a guest is shown is not his."""
    return _visits().match(text, person.end) is not None


_LISTS_THERE = re.compile(r"(?:主板|创业板|科创板|正式|成功|主机板|公开|首次|递交|提交)*(?:挂牌|上市|敲|上交|递交|提交|IPO|首发|公开发行|鸣锣)")


def lists(text: str, actor: Actor) -> bool:
    """在海岳交易所主板上市: the exchange is where, and not whom it is about."""
    if actor.text.endswith(("交易所", "港交所", "上交所", "深交所", "北交所", "纽交所", "纳斯达克")) and text.endswith(("登陆", "赴", "冲刺", "转战"), 0, actor.start):
        return True
    return text[actor.start - 1 : actor.start] in ("在", "于", "向") and _LISTS_THERE.match(text, actor.end) is not None


_WHERE = re.compile("[在于](?:[一-鿿]{2,6}[省市区县])?$")
_BEFORE_HOSTS, _MOST_OF_WHERE = frozenset("在于省市区县"), 8  # asked first; characters
_HELD_THERE = re.compile("[^，,。；;：:、\\n]{0,24}?(?:现场|会场|总部|厂区|车间|大厅|会议室|会议中心|工地)(?:隆重|顺利|成功|正式|如期)*(?:举行|举办|召开|启动)(?!的)")


def hosts(text: str, actor: Actor) -> bool:
    """签约仪式在远山公司茶饮项目现场举行: on whose ground it is held, and not whom it is about."""
    if text[actor.start - 1 : actor.start] not in _BEFORE_HOSTS:
        return False
    return _WHERE.search(text, max(0, actor.start - _MOST_OF_WHERE), actor.start) is not None and _HELD_THERE.match(text, actor.end) is not None


_PLATFORMS = frozenset(("淘宝", "天猫", "京东", "拼多多", "抖音", "快手", "微信", "微博"))
_SHOP = re.compile("(?:网店|店铺|店|卖家|店主)")


def has_shops(text: str, actor: Actor) -> bool:
    """云海茶业淘宝店: whose shop is on a platform is somebody else."""
    return actor.text in _PLATFORMS and _SHOP.match(text, actor.end) is not None


# 云江市统计局1日发表外贸数字, 云海协会网站消息, 教育局通报了督查结果: what somebody tells by what he gives out.
_GIVES_OUT = re.compile(
    r"[^，,。；;：:、“”\n]{0,10}?(?:(?:(?:网站|官网|官微|公众号)(?:最新)?|(?<=网站)|(?<=官网))(?:消息|数据|发布)|提供的?[^，,。\n]{0,8}?(?:数据|统计|资料|材料)|(?:发表|通报)了?[^，,。\n]{0,20}?(?:数字|数据|统计|结果|排名|名单))"
)
_GIVES = re.compile("消息|数据|发布|提供|发表|通报")  # asked first
_SITES_OF_OFFICES = ("政府网站", "部网站", "局网站", "委网站", "厅网站", "政府官网")  # they hire nobody
_REPORT_OF = re.compile("网?讯[ \u3000）)]|记者(?=[，,：:])")  # （云海网讯 记者, 告诉云海报记者，
_ASSESSES = re.compile("(?:组织)?(?:初步)?(?:评估|测算|核算|鉴定|审计|检测|认定|确认|核实|核定|估算|统计)")  # 经云海研究院评估，损失3亿元


@cache
def _officer_speaks() -> re.Pattern[str]:
    """云海协会秘书长周立强介绍: the body behind the one who speaks."""
    verbs = either(word for entry in read_lexicon("speech") for word in entry["words"])
    return re.compile(rf"[^，,。；;：:、“”\n]{{0,14}}?(?:{any_of('offices', 'officers')})[一-鿿]{{2,4}}?(?:[昨今]日|日前|近日)?(?:{verbs})(?!{_ACTS})")


def only_gives_out(text: str, actor: Actor) -> bool:
    """Whether a body only gives something out, has one of its own speak, or was asked to assess it; what a company gives out is of
    itself."""
    start, end = actor.start, actor.end
    if actor.type == "person":
        return False
    if actor.name.endswith(_SITES_OF_OFFICES):
        return True
    if (text[start - 1 : start] == "经" and _ASSESSES.match(text, end)) or _REPORT_OF.match(text, end):
        return True
    if actor.type == "company" or actor.name.endswith(owner_words("bodies one speaks for")):
        return False
    of_others = actor.type == "government" or actor.name.endswith(owner_words("tell of others", "associations"))
    gives = _GIVES.search(text, end, end + 16) is not None and _GIVES_OUT.match(text, end) is not None
    return gives or (of_others and _officer_speaks().match(text, end) is not None)


_DAY = re.compile("(?:20[0-9]{2}年)?[0-9]{1,2}月(?:[0-9]{1,2}日)?(?:[上下]午)?")  # 统计局2019年11月30日|发布的公告
def speaks(text: str, actor: Actor) -> bool:
    """Whether an actor is only the one who says or whose data it is: 商务部周三公布, 根据路孚特的数据."""
    if _ASKED.search(text, max(0, actor.start - 18), actor.start) or only_gives_out(text, actor):
        return True
    if actor.type == "government" and text.startswith(_OFFICE_SAYS, actor.end):
        return True
    if actor.type == "other" and _COUNTS.match(text, actor.end):
        return True
    if analyses(text, actor) or lists(text, actor) or hosts(text, actor) or foretells_of_others(text, actor):
        return True
    if text[actor.start - 1 : actor.start] == "从" and _HEARD.match(text, actor.end):
        return True
    end = actor.end
    if text[end : end + 1] in ("：", ":") and (actor.type == "person" or (actor.type == "government" and (actor.start == 0 or text[actor.start - 1] == "\n"))):
        return True  # 商务厅:外资增长8%; but 云海公司:收入增长8% is about the company
    end = day.end() if text[end : end + 1].isdigit() and (day := _DAY.match(text, end)) else end
    said = _saying().search(text, end, end + 34)
    return said is not None and said.start() <= end + 8 and _STOPS.search(text, end, said.start()) is None
