"""Measures that stand behind their amount: 吸引了580家企业报名, 总投资50亿元的协议, 其中八成找到了工作.

Knows the thing behind, what it does and what the verb in front adds. Leaves out how far the words reach
(`phrase_behind.py`).
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from itertools import dropwhile, takewhile

from extract.amount_clause import PARTS, AmountClause, Measure, measured
from extract.bodies import collective_in
from extract.lexicons import either
from extract.measure_words import ending, tails_of, words_of
from extract.phrase_before import Phrase
from extract.phrase_behind import COUNT_THEMSELVES, phrase_after
from extract.phrase_words import LEADS_IN, NOUNISH
from extract.sizes import AREAS as AREAS
from extract.sizes import size_of
from extract.told_by_verb import with_verb
from extract.words import tagged

BEHIND_BAR = "thing behind with its bar"  # 11省增速超过6%: counted by what is told of them


@cache
def _property_last() -> re.Pattern[str]:
    """总额, 合同金额, 计划总投资: what is behind the deed in 签发票面总额为2亿元的汇票."""
    ahead = "总|年|净|装机|水域|票面|注册|合同|协议|意向|概算|计划|累计|合计|设计|年设计|建筑|占地"
    return re.compile(f"(?:{ahead}){{0,2}}(?:投资总?额?|{either(tails_of('sums and sizes'))})$")


def attribute(view: AmountClause) -> Measure | None:
    """总投资50亿元的战略合作协议, 总价值4.68亿元的医疗物资: a property, and behind 的 what has it."""
    if view.head.endswith("价值") and not view.owned and not view.thing and (noun := _joined_noun(view)):
        return measured(view, noun + "价值", noun + "价值", "property of a thing")
    if not view.owned or not view.thing or view.edge == view.low or view.thing in _HOW_MUCH:
        return None
    link = view.tails.get("link", "") if view.tails.get("link", "") in _TIES else ""  # 总投资达80亿元的汽车城项目
    last = view.pieces[view.edge - 1]
    if "step" in view.tails or "have" in view.tails or (not link and ("light" in view.tails or last.flag in ("v", "p", "ul", "A", "P"))):
        return None
    phrase = view.phrase_before(link)
    if phrase is None or view.unit in PARTS or (link and ("的" in phrase.text or phrase.text.endswith(("长", "高", "重")))):
        return None
    done = "、" in phrase.text or any(piece.flag == "v" and piece.start >= phrase.start for piece in view.pieces[view.low : view.edge])
    what = _property_last().search(phrase.text) if done else None
    owned = what[0] if what else phrase.text
    if len(owned) > 8 or not (owned.endswith(tails_of("property")) or (link and owned.endswith(("价格", "薪")))):
        return None
    thing = view.thing + owned
    noun = view.thing
    return replace(measured(view, thing, thing, "property of a thing", phrase), counted=noun if noun == collective_in(noun) else "")


_HOW_MUCH = frozenset(("规模", "水平", "目标", "高度", "总量", "大关"))  # 种植面积达到一万亩的规模
_TIES = frozenset(("为", "达", "达到", "高达", "约为"))


def _joined_noun(view: AmountClause) -> str:
    """食品 of 捐赠了价值3万元、共20件食品."""
    pieces, j = view.pieces, view.i + 1
    if j + 1 >= view.high or pieces[j].text != "、":
        return ""
    other = next((k for k in range(j + 1, min(view.high, j + 4)) if pieces[k].flag == "Q"), 0)
    return phrase_after(pieces, other, view.high).noun if other else ""


def thing_behind(view: AmountClause) -> Measure | None:
    """741个产业带, 18家门店坚持照常营业, 创造了4028万个就业机会: the thing behind."""
    if view.head in ("较", "比") and not view.thing and view.action in words_of("rise", "fall"):
        return None  # 比去年的4280人增加71人
    if view.owned and view.thing in _HOW_MUCH and view.base and view.fits and view.carries_on and _only_reaches(view):
        return measured(view, view.base, view.base, "carried on")  # 游客达90万人次,突破80万人次的目标
    told = _told_behind(view)
    if told is not None:
        return told
    noun, action = _noun_and_action(view)
    if not noun:
        return None
    counted = noun if noun == collective_in(noun) else ""
    if view.unit in PARTS:
        return _part_of(view, noun, action, counted)
    if action and len(noun) > 1 and noun.endswith(tails_of("property")) and not noun.endswith("价") and _is_means(view):
        return Measure(noun, noun, "", "thing behind")  # 以3150万台的出货量跻身前五
    return size_of(view, noun) or _things(view, noun, action, counted)


def _only_reaches(view: AmountClause) -> bool:
    """Whether nothing but 有望突破 or 达到 leads to the amount."""
    ahead = view.pieces[view.low : view.i]
    return bool(ahead) and all(piece.flag in ("T", "Z", "d") or piece.text in LEADS_IN or piece.text in words_of("link") for piece in ahead)


def _told_behind(view: AmountClause) -> Measure | None:
    """What the words behind the amount tell of those counted, where no noun of theirs says enough."""
    unit, action, base = view.unit, view.action, view.base
    if (unit in WHO_DO or unit in COUNT_THEMSELVES) and not view.owned and (told := _of_themselves(view)):
        return told
    if view.thing:
        if view.carries_on and (those := _done_to_those_before(view)):
            return Measure(f"{view.thing}的{those}", base, "", "part of what was counted")  # 500间房屋倒塌,7100间损坏
        kind = _kind_named(view) if not action and not view.owned and unit not in PARTS else ""
        return Measure(kind, kind, "", "thing behind") if kind else None
    among = view.head in ("其中", "当中")
    if unit in PARTS:
        if among and (kind := _kind_they_are(view, view.high)):
            return Measure(f"{kind}占比", base, "", "part of what was counted")  # 其中80%为紧缺专业
        if action and among and (view.noun or base):  # 其中八成找到了工作
            return Measure(f"{action}的{_head_of(view.noun or base)}比例", base, "", "part of what was counted")
        return None
    if view.owned:
        return None
    if kind := _kind_they_are(view, len(view.pieces)):
        return Measure(kind, kind, "", "thing behind")  # 其中有43个是国货品牌
    if action and base and (among or (not view.head and view.carries_on)) and view.before and view.before.unit == unit:
        those = "" if among else thing_in(base) or (_head_of(base) if "的" in base else "")
        if not among and (unit in WHO_DO or not those):
            return None  # 15人被捕,4人受审: no part of them
        whom = WHO_DO[unit] if unit in WHO_DO and _tells_a_deed(base) else those or _head_of(base)
        return Measure(f"{action}的{whom}", base, "", "part of what was counted")  # 其中9.12亿人来自中国市场
    return None


def _kind_they_are(view: AmountClause, stop: int) -> str:
    """国货品牌 of 其中有43个是国货品牌: what stands behind 是, which has more behind it before pieces[stop]."""
    behind = view.i + 1
    if behind + 1 >= stop or view.pieces[behind].text not in _KINDS:
        return ""
    return phrase_after(view.pieces, behind, view.high).noun


def _done_to_those_before(view: AmountClause) -> str:
    """房屋 of 500间房屋倒塌,7100间损坏: the things counted before, where a lone verb is behind the amount."""
    behind = view.pieces[view.i + 1]
    if view.unit in WHO_DO or view.unit == "票" or behind.flag != "v" or behind.text != view.thing:
        return ""
    return those_before(view, view.thing)


def those_before(view: AmountClause, deed: str) -> str:
    """房屋 of 500间房屋倒塌,7100间损坏: the things counted before in the same unit, of which `deed` tells of a part."""
    before, base = view.before, view.base
    if before is None or not view.carries_on or before.unit != view.unit or base.endswith(_AT_HAND):
        return ""
    noun = thing_in(base.rpartition("的")[2])
    return noun if noun and deed.removeprefix(noun)[:2] not in base else ""


_AT_HAND = ("存栏", "库存", "存量", "在建", "在册", "保有量")  # 生猪存栏30万头,出栏20万头: others left


def _of_themselves(view: AmountClause) -> Measure | None:
    """What is counted where the unit says it: 2万人次观看, 11省增速超过6%, 甲、乙等6市35个县."""
    unit, pieces, i = view.unit, view.pieces, view.i
    whom = WHO_DO.get(unit, unit)
    if unit == "人次" and (seen := _SEEN.match("".join([piece.text for piece in pieces[i + 1 : min(view.high, i + 4)]]))):
        return Measure(seen[0] + "人次", seen[0] + "人次", "", "thing behind")
    if told := with_own_amount(view):
        return Measure(f"{told}的{whom}", "", "", BEHIND_BAR)
    if unit in COUNT_THEMSELVES and not view.thing and i + 1 < len(pieces) and pieces[i + 1].flag == "Q":
        return Measure(whom, whom, "", "thing behind")
    if unit == "人" and pieces[view.high - 1].text.endswith("所致") and (cause := _cause_of(view)):
        return Measure(f"{cause}的人数", "人数", "", "thing behind")
    return None


def with_own_amount(view: AmountClause) -> str:
    """增速超过6% of 11省增速超过6%, 增速未达标 of 15省去年增速未达标: what is told of those that count themselves."""
    if missed := _missed(view):
        return missed
    stop = next((j for j in range(view.i + 1, min(view.high, view.i + 8)) if view.pieces[j].flag == "Q"), 0)
    if stop - view.i < 2 or stop + 1 < view.high:
        return ""
    first = view.pieces[view.i + 1]
    if first.flag not in ("n", "nz", "eng", "vn", "j") and not first.text.endswith(("增速", *tails_of("named steps", "property"))) and first.text not in words_of("sets"):
        return ""
    last = view.pieces[stop - 1]
    if (last.flag != "Z" and last.text not in words_of("link", "sets")) or any(piece.flag in ("uj", "f") for piece in view.pieces[view.i + 1 : stop]):
        return ""
    return "".join([piece.text for piece in view.pieces[view.i + 1 : stop + 1]])


def _missed(view: AmountClause) -> str:
    j = view.i + 1
    while j < view.high and view.pieces[j].flag == "T":
        j += 1
    said = "".join([piece.text for piece in view.pieces[j : view.high]])
    return said if j < view.high and len(said) <= 14 and _MISSES.fullmatch(said) else ""


_MISSES = re.compile("[一-鿿A-Z]{0,8}(?:率|额|量|数|值|速|收入|目标|人口|利润|投资|产值|任务|GDP|经济|出口|进口|消费)(?:均|都|全部|已|尚|仍)?(?:未|没有|不)?(?:能)?(?:达标|达到目标|实现|完成|超标|居前|居首|下滑|下降|回落|上升|提高|增长|为负|转正|转负|垫底|持平)")


def _cause_of(view: AmountClause) -> str:
    """建筑物倒塌所致 of 3人建筑物倒塌所致."""
    words = "".join([piece.text for piece in view.pieces[view.i + 1 : view.high] if piece.flag != "Q"])
    return words if len(words) <= 16 else ""


def _tells_a_deed(base: str) -> bool:
    """救上岸21人,其中19人已出院: they are told of and not named."""
    return list(tagged(base))[-1][1][0] == "v"


def _head_of(base: str) -> str:
    """官员 of 落马的官员: a part of them is told by what it does, not by what all of them did."""
    head = base.rpartition("的")[2]
    return head if len(head) > 1 else base


def _noun_and_action(view: AmountClause) -> tuple[str, str]:
    """The noun that is counted and what is said of it, where the unit, a verb or the words before tell them better."""
    noun, action, unit = view.thing, view.action, view.unit
    behind = view.pieces[view.i + 1] if noun and view.i + 1 < view.high else None
    if unit == "人":
        flags = [piece.flag for piece in view.pieces[view.i + 2 : min(view.i + 4, view.high)]]
        if noun and not action and len(flags) == 2 and flags[0] in ("zg", "d") and flags[1] == "a":
            noun, action = "", "".join([piece.text for piece in view.pieces[view.i + 1 : view.i + 4]])  # 6人伤势较重
        if not view.owned and flags[:1] == ["uj"]:
            return "", ""  # 5人参加的会议: neither tells of the five
    if unit in WHO_DO:
        if behind is not None and not action and (behind.flag == "v" or behind.text in words_of("deeds tagged as nouns")) and _is_all_deed(noun, behind.text, unit):
            noun, action = "", noun  # 36282人受益, 14人接受调查
        if not noun and not view.owned and action and (len(unit) > 1 or unit in "人户" or not action.startswith(("与", "和", "同"))):
            noun, action = (action, "") if unit == "户" and action.endswith(_HOUSEHOLDS) else (WHO_DO[unit], action)  # 30户需要帮助的家庭
    have = view.tails.get("have", "")
    if not noun and have and "的" in action and len(told := action.rpartition("的")[2]) > 1:
        return told, action[: -len(told) - 1]  # 拥有三百万|付费的会员
    if not noun and have and action and (whole := view.phrase_before(have)) is not None:  # 前30强房企中有九家触及红线
        noun = whole.text
    if unit in _WHOLES and (tail := ending(noun, "of_company")) and tail != noun:
        return collective_in(noun) or noun.removesuffix(tail), ""  # 7家离岛免税店|销售额翻番
    if len(action) == 2 and behind is not None and behind.text == noun and noun in words_of("collective") and _may_be_money(view):
        return noun + action, ""  # 2万亿银行授信: money is no bank
    return noun, action


def _is_all_deed(noun: str, verb: str, unit: str) -> bool:
    """Whether what was taken for a noun is what people do: 受益, 接受调查; no 采购订单."""
    return noun == verb or (unit in _THEMSELVES and noun.startswith(verb) and verb not in words_of("compound"))


_THEMSELVES = frozenset(("人", "省", "市", "县", "国"))  # 13省|下调目标: no noun of theirs stands behind them
_HOUSEHOLDS = ("的家庭", "的农户", "的居民", "的村民", "的住户", "的商户")
_EVENTS = frozenset(("次", "起", "宗", "例", "件", "场", "项"))


def _may_be_money(view: AmountClause) -> bool:
    return view.is_money or (not view.unit and (view.quantity.value or 0) >= 10**9)


_SHARES = ("股权", "股份")
# 公司还宣布收购德国企业汉斯特|60%的股权: whose shares they are stands between the verb and the amount.
_DEALS_IN = re.compile("(收购|转让|出售|受让|购买|出让|买下|购得)了?([^，,。；;、的和与及0-9]{2,14})$")


def _part_of(view: AmountClause, noun: str, action: str, counted: str) -> Measure:
    """96%的中小企业资金缺口在90万元以下: a part of the thing behind."""
    text = f"{action}的{noun}占比" if action and len(noun) <= 3 else with_verb(view, noun)
    if noun in _SHARES and (deal := _DEALS_IN.search(view.head)) and not text.startswith(deal[1]):
        text = f"{deal[1]}{deal[2]}{noun}"
    text = text if text.endswith(tails_of("rate_nouns")) else text + "比例"
    return Measure(text, noun, "", "share of the thing behind", None, "" if counted else collective_in(noun), counted)


def _things(view: AmountClause, noun: str, action: str, counted: str) -> Measure:
    """What is counted: 坚持照常营业的门店, 阿里云客户, 创造的就业机会."""
    if action and not view.is_money and _is_means(view):
        said = noun if noun == view.thing else view.base or noun  # 甲市以15万在校生居第一,乙市以14万人居第二
        return Measure(said, said, "", "thing behind")
    if view.edge > view.low and not action and view.pieces[view.edge - 1].text in _KINDS_OF_PLACE:
        noun = view.pieces[view.edge - 1].text + noun  # 线下2700家门店
    have = view.tails.get("have", "")
    text, owner, body = noun, None, ""
    if have and action and len(noun) <= 8:
        text = f"{action}的{noun}"
    elif have and len(noun) <= 4 and (owner := view.phrase_before(have)) is not None and (owner.text or owner.subject):
        name = owner.text or (owner.subject.text if owner.subject else "")
        if (name[:1] in ("一", "两") and len(name) < 4) or _is_last_of_row(view, owner):
            name = ""  # 一列|载有40名乘客的列车, 在甲省、乙省等地拥有300家店铺
        text = name + noun if len(name) <= 8 else noun
        body = collective_in(name)
    elif have and len(noun) <= 3 and view.edge > view.low:
        text = (_last_name(view) or "") + noun
    elif action and len(noun) <= 8:
        if view.unit in _EVENTS and action.endswith(tails_of("event_kind")) and _stands_right_behind(view, noun):
            text = noun + action  # 两起|汉坦病毒|感染个案
        else:
            text = f"{action}{noun}" if len(action) == 2 and len(noun) <= 2 else f"{action}的{noun}"
    elif len(noun) <= 5:
        text = with_verb(view, noun)
        body = collective_in(text.removesuffix(noun))
    subject = owner.subject if owner else None
    return Measure(text, noun if len(noun) > 2 else text, "", "thing behind", subject, body, counted)


def _is_last_of_row(view: AmountClause, owner: Phrase) -> bool:
    """Whether the owner is only the last name of a row."""
    start = owner.subject.start if owner.subject and not owner.text else owner.start
    return any(piece.end == start and piece.text == "、" for piece in view.pieces[view.low : view.i])


def _is_means(view: AmountClause) -> bool:
    """Whether the amount is what something is done with: 以3150万台的出货量跻身前五."""
    return view.edge > view.low and view.pieces[view.edge - 1].text in ("以", "凭", "凭借")


def _stands_right_behind(view: AmountClause, noun: str) -> bool:
    """Whether the one or two words behind the amount are the noun."""
    first = view.pieces[view.i + 1].text
    return first == noun or (view.i + 2 < view.high and first + view.pieces[view.i + 2].text == noun)


_SEEN = re.compile("(?:在线|线上)?(?:观看|收看|参观|围观|浏览|观展|逛展)")  # 吸引2.5万人次在线观看
_KINDS = frozenset(("为", "是", "属于"))
_CALLED = re.compile("[^，,。的了]{0,8}(?:产品|商品|企业|公司|项目|品牌|机构|院校|高校|学校|基地|景区|平台)")


def _kind_named(view: AmountClause) -> str:
    """“三无”产品 of 4批次商品为“三无”产品: what the counted ones are says more than what they are called."""
    for at in range(view.i + 1, min(view.high, view.i + 6)):
        if view.pieces[at].text in _KINDS:
            break
    else:
        return ""
    if "".join([piece.text for piece in view.pieces[view.i + 1 : at]]) != view.thing:
        return ""
    kind = "".join(piece.text for piece in view.pieces[at + 1 : view.high]).rstrip("。；;，,")
    return kind if _CALLED.fullmatch(kind) else ""


_KINDS_OF_PLACE = frozenset(("线上", "线下", "境外", "境内", "海外"))
_WHOLES = frozenset(["家", "户", "所", "座", "县", "省", "名", "位"])  # no 收入 is counted in them
# What counts itself, and how a card calls it: 36282人受益, 27省已公布目标.
WHO_DO = {"人次": "人次", "人": "人数", "户": "户数", "省": "省份", "市": "城市", "国": "国家", "县": "县", "村": "村", "州": "州"}


def _last_name(view: AmountClause) -> str:
    """The last actor or place of the sentence before the amount: 阿里云…,目前已有100多万客户 counts 阿里云客户."""
    at = next((j for j in range(view.i - 1, -1, -1) if view.pieces[j].flag in ("A", "P")), -1)
    in_row = at > 0 and view.pieces[at - 1].text in ("、", "和")
    return view.pieces[at].text if at >= 0 and not in_row else ""


def thing_in(noun: str) -> str:
    """The thing that words name behind a deed, or before one: 嫌疑人 of 抓获嫌疑人, 药品 of 药品累计购进; "" where they name none."""
    words = list(tagged(_JUST_MADE.sub("", noun)))
    first = 1 if words and words[0][1] == "vn" and len(words) > 1 else 0  # 建设|污水管网
    rest = list(dropwhile(lambda word: word[1] in _DOING, words[first:]))
    while len(rest) > 1 and rest[-1][0] in words_of("deeds tagged as nouns"):
        rest.pop()
    named = list(takewhile(lambda word: word[1] in NOUNISH, rest))
    if not named or named[-1][1][0] != "n" or named[-1][0] in words_of("deed and thing in one") or any(flag not in _DOING for _, flag in rest[len(named) :]):
        return ""
    return "".join([word for word, _ in named])


_JUST_MADE = re.compile("(?:新[建批签设]|续建)(?=..)")  # 新建|房屋: tagged as nouns, and those repaired are not the new ones
_DOING = frozenset(("v", "d"))
