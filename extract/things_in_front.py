"""Measures that stand in front of their amount: 净利润为45.7亿元, 新签合同额143.2亿美元, 罚款5050万元.

Knows the thing with and without 为 or 达, what carries on from the amount before, and what the clause before told of. Leaves
out growth and shares (`rates.py`).
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from extract.amount_clause import PARTS, RATES, AmountClause, Measure, measured, named
from extract.lexicons import either
from extract.measure_words import tails_of, words_of
from extract.phrase_before import Phrase, phrase_before
from extract.phrase_behind import COUNT_THEMSELVES
from extract.phrase_words import HELPERS, clause_bounds
from extract.property_of_list import sum_of_last
from extract.sizes import AREAS
from extract.things_behind import WHO_DO, those_before


@cache
def _done_for_sector() -> re.Pattern[str]:
    """扶持茶产业, 做强茶产业, but not 服务业."""
    return re.compile(f"{either(tails_of('done for a sector'))}|做[强大优]|服务(?!业)")


def beside(view: AmountClause) -> Measure | None:
    """陆域面积187.5平方公里, 净利润为45.7亿元, 签约项目242个: the thing in front, alone or with 为/达/共."""
    link = view.tails.get("link", "") or (view.tails.get("have", "") if view.is_money else "")  # 年交易额有1000多万元
    if not link and view.tails.get("light") in _ATTAINS:
        link = view.tails["light"]  # 商品零售额实现360亿元
    head = view.head
    if head in ("较", "比", "而") or ("have" in view.tails and not (view.is_money and names_amount(head.removesuffix(view.tails["have"])))):
        return None
    if (view.unit in COUNT_THEMSELVES or view.unit in _BODIES) and not view.thing and head.endswith(tails_of("whole lands")):
        whom = WHO_DO.get(view.unit, view.unit)
        return measured(view, whom, whom, "thing behind")  # 在全国13县开展帮扶, 涉及陕西、上海等10余省市
    if head[-1:] in _MORE_ENDS and view.unit not in RATES and (more := _more_than_another(view)):
        return more
    if view.unit in AREAS and head.endswith(_LANDS) and not view.thing.endswith("地"):
        view.thing = ""  # 流转土地2000亩发展果园: the land is what is measured
    if view.thing and not names_amount(head.removesuffix(link).rstrip("已也均将共")) and not (link in _REACHES and view.thing in _CLASSES):
        return None
    phrase = view.phrase_before(link)
    if phrase is None or not phrase.text or phrase.text in _SUMMED or (not link and phrase.text != "持股" and _is_deed(view, phrase)):
        return None  # 问诊量逐月回升,累计达30万次
    if phrase.text.endswith("持股"):
        return _holding(view, phrase)
    if phrase.text in _WHOLE_YEARS and (thing := _set_beside_a_year(view, phrase)):
        return measured(view, thing, thing, "thing in front")
    if phrase.text in _MEANS:  # 客流总量36万人次,日均4.5万人次
        return _mean_of_the_same(view, phrase)
    thing = named(view, phrase)
    if thing[0] in "每一" and _PER_ONLY.fullmatch(thing):
        thing = _of_each(view, phrase, "每" + thing[1:])  # 收购价格是一公斤40元
    if "的价格" in thing and not thing.endswith("的价格"):
        return None  # 以每股5元至6元的价格发行800万股
    if thing.endswith(("完成", "报收")):
        thing = _ATTAINED.sub(r"\1", thing)  # 寄递量累计完成83亿件
    if "元" in thing:
        thing = _PRICED.sub("", thing)
    if view.is_money and thing.endswith(_SECTORS):
        thing = _like_the_last(view, thing)
    elif view.is_money and not link and view.before is not None and not _done_for_sector().search(thing):
        thing += sum_of_last(view, thing, phrase)
    return _of_the_one_before(view, phrase, thing) or _fuller(view, phrase, thing, link)


_BODIES = frozenset(("部门", "省市", "省区市", "地市"))
_LANDS = ("土地", "耕地", "林地", "荒山", "草原")


_SECTORS = ("地区", "产业", "业")
_OF_A_SECTOR = re.compile("[一-鿿]{1,10}?(?:地区|产业|业)(?![银务协集公园链主绩态者大])([一-鿿]{0,10}(?:投资|额|值|收入|利润|进出口|出口|进口|贷款|余额|税收))")


def _like_the_last(view: AmountClause, thing: str) -> str:
    """西部地区零售额 of 东部地区零售额75亿元,增长11%;西部地区48亿元: a sector alone has what the one before it had."""
    row = view.before.row if view.before is not None and not _done_for_sector().search(thing) else ()
    match = _OF_A_SECTOR.fullmatch(row[-1]) if row else None
    return thing + match[1] if match else thing


_WHOLE_YEARS = frozenset(("全年", "全年的总和", "全年总和", "总和", "全年总量"))


def _set_beside_a_year(view: AmountClause, phrase: Phrase) -> str:
    """营收 of 今年营收超过去年全年的61亿元: the whole year is when, and what passed it is what is measured."""
    at = next((j for j in range(view.low, view.edge) if view.pieces[j].start >= phrase.start), view.low)
    tie = at - 3 if at > view.low + 2 and view.pieces[at - 2].flag == "ul" else at - 2
    if tie <= view.low or view.pieces[at - 1].flag != "T" or view.pieces[tie].text not in words_of("link"):
        return ""
    passed = view.phrase_up_to(tie)
    return passed.text if passed is not None else view.base if view.carries_on else ""


_MORE_ENDS = frozenset("多少了出")
_MORE_THAN = re.compile("([一-鿿]{2,10})[比较]([一-鿿]{2,10}?)(多|少)出?了?$")


def _more_than_another(view: AmountClause) -> Measure | None:
    """出境人数比入境人数多了5万人: one amount set beside another that is named like it; nothing of 人数比去年多5万人."""
    match = _MORE_THAN.search(view.head)
    if match is None or match[1][-2:] != match[2][-2:] or match[1] == match[2]:
        return None
    words = f"{match[1]}{match[3]}于{match[2]}"
    return Measure(words, match[1], "up" if match[3] == "多" else "down", "gap to another")


def _mean_of_the_same(view: AmountClause, phrase: Phrase) -> Measure | None:
    """日均客流总量 of 客流总量36万人次,日均4.5万人次."""
    base, before = view.base, view.before
    if not base or before is None or not view.carries_on or before.unit != view.unit:
        return None
    whole = base[2:] if base.startswith(_MEAN_HEADS) else base
    return measured(view, phrase.text + whole, base, "carried on", phrase)


def _holding(view: AmountClause, phrase: Phrase) -> Measure:
    """远海投资持股45%: who holds it is named, even where a mention ends within the name (云兴|维海通, 深圳市|远海投资)."""
    measure = "持股比例" if view.unit in PARTS else "持股数量"  # 基金持股69万股
    subject = phrase.subject
    joined = subject is not None and subject.end == phrase.start
    owner = (subject.text if subject and joined else "") + phrase.text[:-2]
    return Measure(measure, measure, "", "holding", None if joined else subject, owner)


def _of_the_one_before(view: AmountClause, phrase: Phrase, thing: str) -> Measure | None:
    """What only tells of the thing measured before how much of it was reached, in other money, or of which kind."""
    base = view.base
    if not base:
        return None
    if thing == "恢复" and view.unit in RATES:  # 接待游客8万人次,恢复到去年同期的四成
        return measured(view, f"{base}恢复比例", base, "part of another", phrase)
    if thing.startswith(("完成", "实现")) and view.unit in PARTS:  # 完成年度目标的172.2%
        plan = "计划" if _of_a_plan(view) and not thing.endswith("计划") else ""  # 完成全年计划的154%
        return measured(view, thing if thing.endswith("率") else f"{thing}{plan}比例", base, "completion", phrase)
    if thing in ("合", "约合", "折合", "折") and view.is_money:  # 9.655亿元(约合1.498亿美元)
        return measured(view, base, base, "carried on", phrase)
    if len(thing) <= 3 and not base.endswith(thing) and _in_brackets(view):  # 项目64项(新建38项)
        return measured(view, thing + base, base, "part in brackets", phrase)
    if thing in words_of("where it is sold or lived") and view.before is not None and view.before.unit == view.unit and view.head.startswith("其中") and not base.startswith(thing):
        return measured(view, thing + base, base, "part of what was counted", phrase)  # 合同金额6亿元,其中境外3亿元
    return None


def _of_a_plan(view: AmountClause) -> bool:
    return view.head.endswith(("计划", "计划的"))


_PAID_WITH = re.compile("拟?[以用]((?:自有|自筹|募集|超募|闲置)?(?:资金|现金))")


def _fuller(view: AmountClause, phrase: Phrase, thing: str, link: str) -> Measure:
    """The thing with what a card needs to tell it from others: whose, what for, and what is measured of it."""
    if thing in words_of("of_company") and (segment := _segment(view, phrase)):
        return measured(view, segment + thing, segment + thing, "thing in front", phrase)
    if view.is_money and (paid := _PAID_WITH.fullmatch(thing)):
        thing = paid[1]  # 拟以|自有资金, where the dictionary has one word for 拟以
    if _may_have_purpose(view, thing) and (purpose := _purpose(view)):
        return replace(measured(view, f"{purpose}的{thing}", thing, "money for a purpose", phrase), owner="")
    text = thing
    if view.is_money:
        text = _of_money(view, phrase, thing, link)
    elif view.unit in PARTS:
        if thing.startswith("完成") or not thing.endswith(tails_of("rate_nouns")):
            text = thing + "比例"
    elif view.unit in AREAS:
        if not thing.endswith(_SPREAD) and not _is_deed(view, phrase):  # 各类场馆超300万平米
            return measured(view, thing + "面积", thing, "size of the thing in front", phrase)
    elif view.unit in OF_PEOPLE and not link and phrase.text.endswith(thing) and _ends_in_deed(view):
        text = thing + OF_PEOPLE[view.unit]
    if thing in _SIZES and not view.noun and (fund := _fund_ahead(view)):
        text = fund + thing
    base = view.base if view.base and thing.startswith(view.base) and thing.endswith(("预期", "预测", "预估")) else thing
    return measured(view, text, base, "thing in front", phrase)


def _may_have_purpose(view: AmountClause, thing: str) -> bool:
    """Whether what is told is money given or laid out (投资, 出资), and not money made (利润)."""
    if len(thing) > 4 or not (view.is_money or (not view.unit and thing in _SPENT)):
        return False
    return thing in ("投入", "投资") or thing not in words_of("of_company")


def _of_money(view: AmountClause, phrase: Phrase, thing: str, link: str) -> str:
    if thing.endswith("款") and len(thing) <= 4:
        return f"{thing.removeprefix('合计')}金额"
    if thing.endswith(tails_of("gift")):
        return f"{thing}金额"
    if not link and len(thing) > 2 and (row := _dealt_in(view, phrase)):
        return row + thing
    return (_deed_words(view) or thing) if thing in _VAGUE else thing  # 释放长期资金8000亿元


_SPREAD = ("面积", "占地", "规模", "产能", "率")
_SUMMED = frozenset(("累计", "总计", "合计", "共计", "总共", "仅"))
_MEANS = frozenset(("日均", "月均", "年均", "周均", "平均", "人均", "户均"))
_MEAN_HEADS = tuple(_MEANS)  # 人均收入3万元,户均9万元
_PER_ONLY = re.compile("一(?:斤|公斤|吨|亩|平方米|平米|瓶|台|辆|张)|(?:每(?:人|户|年|月|天|日|周|斤|公斤|吨|亩|小时|分钟|股|桶|升|克|箱|次|晚|学年|学期|平方米|平米|瓶|台|辆|张|个))+")


def _of_each(view: AmountClause, phrase: Phrase, per: str) -> str:
    """学费标准 of 学费标准为每人每年8000元: what is so much for each stands ahead of it, with or without 为."""
    at = next((j for j in range(view.edge - 1, view.low - 1, -1) if view.pieces[j].start <= phrase.start), view.low)
    while at > view.low and (view.pieces[at - 1].text in words_of("link") or view.pieces[at - 1].flag in ("Z", "d")):
        at -= 1
    ahead = phrase_before(view.pieces, view.low, at)
    thing = ahead.text.rpartition("的")[2] if ahead is not None and at > view.low and view.pieces[at - 1].flag in ("n", "vn", "nz") else ""
    if view.is_money:
        return per + (thing or _paid_ahead(view) or ("价格" if _SOLD_BY.search(per) or view.action.startswith(_DEALT) else ""))
    return thing or (f"{per}次数" if view.unit == "次" else per)


_SOLD_BY = re.compile("[斤吨股桶升克箱瓶台辆张]|平方?米")  # each has its price; people, years and months have none
_DEALT = ("租", "承租", "出租", "购", "收购", "买", "卖", "售", "出售")  # 以每天80元租赁场地
_NO_PAY = frozenset(("消费", "现金", "黄金"))  # 发放消费|券,每人300元


def _paid_ahead(view: AmountClause) -> str:
    """补贴 of 补贴300人,每人30元: what is paid or asked, where the clause before says it."""
    if view.low < 2:
        return ""
    low, high = clause_bounds(view.pieces, view.low - 2)
    for piece in reversed(view.pieces[low:high]):
        text = piece.text
        if len(text) > 1 and text.endswith(tails_of("paid")) and text not in _NO_PAY:
            return text
    return ""


_ATTAINED = re.compile("((?<!超)额|量|值|数|收入|利润|投资|产值)(?:累计|共|预计|已)*(?:完成|报收)$")
_REACHES, _CLASSES = frozenset(("达", "达到", "为", "有")), frozenset(("大类", "小类", "门类", "品类", "种类"))  # 货物品类达到26个大类


def _segment(view: AmountClause, phrase: Phrase) -> str:
    """海外零售板块 of 海外零售板块实现营收3亿元: the part of a company whose 营收 it is."""
    at = next((j for j in range(view.edge - 1, view.low, -1) if view.pieces[j].start < phrase.start), view.low)
    if at <= view.low or view.pieces[at].text not in _ATTAINS:
        return ""
    part = phrase_before(view.pieces, view.low, at)
    return part.text if part is not None and part.text.endswith(tails_of("segment")) and len(part.text) <= 16 else ""


_ATTAINS = frozenset(["实现", "达成", "录得", "取得", "贡献", "创造"])


def _in_brackets(view: AmountClause) -> bool:
    """开复工项目64项(新建38项,续建26项): parts of what stands before the brackets."""
    if view.low > 0 and view.pieces[view.low - 1].text in ("（", "("):
        return True
    if view.before is None or not view.carries_on or view.before.rule != "part in brackets":
        return False
    last = next((k for k in range(view.i - 1, -1, -1) if view.pieces[k].flag == "Q"), view.i)
    return not any(piece.text in ("）", ")") for piece in view.pieces[last : view.i])


_BUILT = re.compile(r"(?:建设|新建|打造|兴建|修建|投建|改造|建成)的(.*(?:项目|园区?|基地|中心|工厂|厂|工程|平台|产线|生产线|桥|馆|站|城))")  # 投资9亿元建设的产业园投入运营


def _purpose(view: AmountClause) -> str:
    """出资10亿元设立产业基金, 投资500亿元,用于数字乡村建设: what the money is for."""
    if view.action and not view.owned and not view.thing:
        if view.action in words_of("rise", "fall") or view.action.startswith(tails_of("moves alone")):
            return ""  # 成交额较去年的3亿元|增长, 罚款2万元|减少一半
        built = _BUILT.match(view.action)
        return built[1] if built else view.action
    rest = "".join([piece.text for piece in view.pieces[view.high : view.high + 10]])
    match = _USED_FOR.match(rest)
    if match is None and view.head.endswith("资"):
        words = "".join([piece.text for piece in view.pieces[view.high : view.high + 20]])
        match = _SPENT_ON.match(words) or _BUILDS_THERE.match(words)
    return match[1].strip("了的") if match else ""


def _dealt_in(view: AmountClause, phrase: Phrase) -> str:
    """销售 of 销售脐橙等农特产品5亿元: the deed before a row of goods."""
    at = next((j for j in range(view.edge - 1, view.low, -1) if view.pieces[j].start < phrase.start), view.low)
    if at <= view.low or view.pieces[at].text != "等":
        return ""
    deed = next((view.pieces[j] for j in range(at - 1, view.low - 1, -1) if view.pieces[j].flag in ("v", "vn")), None)
    return deed.text if deed is not None and len(deed.text) == 2 else ""


_SIZES = frozenset(("规模", "总规模", "首期规模", "目标规模"))


def _fund_ahead(view: AmountClause) -> str:
    """云江产业基金 of 云江产业基金签约设立,规模为20亿元."""
    for j in range(view.edge - 1, max(-1, view.edge - 24), -1):
        piece = view.pieces[j]
        if piece.flag == "Q":
            return ""
        if piece.flag == "A" and piece.text.endswith("基金"):
            return piece.text
    return ""


_SPENT = frozenset(("出资", "斥资", "投资", "耗资", "豪掷", "融资"))
_TELLS = frozenset(("宣布", "表示", "决定", "公告", "透露"))
# 出资12亿元,以每股3元的价格认购云帆公司9%股份: what the money is for stands in the next clause.
_SPENT_ON = re.compile(r"[,，](?:以[^，,]{2,16}(?:价格|代价|价)|通过[^，,]{2,8})?((?:认购|收购|购买|买下|拿下|竞得|入股|增资)(?!了?[0-9])[^，,。；;0-9]{2,12})")
# 投资3亿元，在开发区建设生产基地
_BUILDS_THERE = re.compile(
    "[,，](?:并|将)?在[^，,。；;0-9]{1,10}?"  # where
    "((?:建设|设立|打造|兴建|新建|投建|建立|建造)(?!的)[^，,。；;、0-9]{2,14}?(?:基地|工厂|厂|产业园|园区?|中心|项目|生产线|产线|总部|仓库?|电站|学校|医院|酒店|综合体|工程|馆|城))"  # what is built
    "(?:等[^，,。；;]{0,4})?[，,。；;]"  # and no more of it
)
_USED_FOR = re.compile(r"[,，](?:主要|全部|将|并)?用于([^,，。；;、]{2,12})")


def names_amount(head: str) -> bool:
    return head.endswith(("率", "额", "量", "数", "价", "面积", "收入", "利润", "比例", "比重", "金", "人口"))


def _is_deed(view: AmountClause, phrase: Phrase) -> bool:
    """Whether the phrase is a verb and no thing: 罚款5050万元, 合计罚款, 创造4028万个; but 收入 is a thing."""
    last = view.pieces[view.edge - 1]
    if (last.flag != "v" and (last.text != "新建" or _in_brackets(view))) or phrase.text in words_of("of_company"):
        return False
    return phrase.text.removeprefix("合计").removeprefix("累计").removeprefix("总计") == last.text


_DULL = frozenset(("T", "A", "P", "Z", "Q", "d", "c", "ul", "r", "x", "p"))
_VAGUE = frozenset(("资金", "款项", "费用"))
_PRICED = re.compile("^[0-9.]+元[/／每][股吨台辆张件]的(?:发行)?价格?(?=.)")  # 8.6元/股的发行价|募集资金12亿元


def _deed_words(view: AmountClause) -> str:
    """The words of the clause that say what is done and with what; of 江|某, cut in two, nothing."""
    low = next((j + 1 for j in range(view.edge - 1, view.low - 1, -1) if view.pieces[j].flag == "Q"), view.low)
    said = view.pieces[low : view.edge]
    if said and "某" in view.head:
        said = [piece for piece, behind in zip(said, [*said[1:], said[-1]], strict=True) if "某" not in piece.text and behind.text[0] != "某"]
    return "".join([p.text for p in said if p.flag not in _DULL and p.text not in HELPERS and p.text not in _TELLS])[-12:]


def deed(view: AmountClause) -> Measure | None:
    """罚款5050万元, 为上海消费者省钱20亿: the deed, with 金额 where money is meant."""
    if view.head in ("较", "比", "相比", "相较", "相较于", "而", "与"):  # 较去年同期的2.8亿元
        return measured(view, view.base, view.base, "carried on") if view.base else None
    phrase = view.phrase_before()
    text = phrase.text if phrase else ""
    if len(text) <= 3:
        text = _deed_words(view)
    elif "的价格" in text:
        text = text.rpartition("的价格")[2] or text  # 以每股5元至6元的价格发行800万股
    if not text or text in _MEANS or text in words_of("level") or (text in words_of("link", "have") and text not in ("合计", "共计", "总计")):
        return None
    if text[-1] in _TAKEN and view.is_money and view.head.endswith("被" + text[-1]):
        text = "被" + text[-1]  # 称自己被|骗了5万元
    if len(text) == 1 and (view.is_money or not view.unit):
        text = MONEY_DEEDS.get(text, text)  # 被罚78万, 赚3亿元
    if view.is_money and not text.endswith(tails_of("gift")) and (purpose := _purpose(view)):  # 投入3800亿元建设云基础设施
        text = purpose if text.endswith(_GAINS) else f"{purpose}的{text}"
    if view.unit == "股" and not text.endswith(("股份", "股", "股数")):
        text += "股数"
    if view.unit.endswith(("公顷", "亩")) and not text.endswith(("面积", "地")):
        text += "面积"  # 受灾面积29千公顷,其中绝收4千公顷
    tail = "金额" if view.is_money and not text.endswith(("金额", "额", "金", "费", "价")) else OF_PEOPLE.get(view.unit, "") if _ends_in_deed(view) else ""
    if not tail and len(text) < 5 and (noun := _part_done_to(view, text)):
        if text.endswith("面积"):
            return measured(view, noun + text.removeprefix(noun), noun, "part of what was counted", phrase)  # 农田受灾500亩,绝收90亩
        return measured(view, f"{text.removeprefix(noun)}的{noun}", noun, "part of what was counted", phrase)  # 社区达2583个,其中新建362个
    return measured(view, text + tail, text, "deed in front", phrase)


_GAINS = ("吸引", "引进", "引来", "带来", "迎来")  # 累计吸引40亿元返乡投资: what came is what is measured


def _part_done_to(view: AmountClause, text: str) -> str:
    """社区 of 社区达2583个,其中新建362个: the things counted before, of which the deed in front tells of a part."""
    if "step" in view.tails or view.pieces[view.i - 1].text in ("（", "(") or not _ends_in_deed(view):
        return ""
    return those_before(view, text)


_TAKEN = frozenset("骗盗抢偷")
MONEY_DEEDS = {"罚": "罚款", "赚": "盈利", "亏": "亏损"}
OF_PEOPLE = {"人": "人数", "名": "人数", "位": "人数", "人次": "人次"}


def _ends_in_deed(view: AmountClause) -> bool:
    """Whether a verb stands right before the amount: 批捕11人 are no 批捕 but 批捕人数."""
    if view.edge <= view.low:
        return False
    last = view.pieces[view.edge - 1]
    flag, text = last.flag, last.text
    return (flag in ("v", "vn") or text == "新建") and len(text) > 1 and text not in words_of("nouns tagged otherwise") and view.head.endswith(text)
