"""What an amount counts, as a short noun phrase a card can carry.

Knows the ways Chinese news ties a thing to its amount: 净利润为45.7亿元, 新签合同额143.2亿美元, 吸引了580家企业报名,
总投资50亿元的协议, 出资10亿元设立基金; growth and shares are read in `rates.py`. Leaves out who, where and when
(`context.py`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from extract.amount_clause import PARTS, RATES, AmountClause, Measure, amount_clause, measured, named
from extract.mentions import Actor, make
from extract.phrases import (
    DEALINGS,
    HELPERS,
    Phrase,
    clause_bounds,
    collective_in,
    ending,
    is_money,
    phrase_after,
    phrase_before,
    subject_of,
    tails_of,
    words_of,
)
from extract.pieces import Mark, Piece
from extract.rates import distributed, gap, growth, level, multiple, share

LONGEST_MEASURE = 24
CONVERTED = "same money in another currency"
MOST_IN_A_ROW = 5  # amounts that one 分别 is said of
AREAS = frozenset(["平方公里", "平方千米", "平方米", "平米", "亩", "公顷", "㎡"])
LENGTHS = frozenset(["公里", "千米", "米", "里", "海里"])
# What a thing behind 的 can have: 总投资50亿元的协议, 年销售额过千亿元的巨头.
PROPERTIES = ("投资", "价值", "额", "量", "产值", "面积", "规模", "价", "估值", "市值", "资本", "资产", "收入", "利润", "长", "高", "重", "人口", "投入", "金额", "里程")


def read_measure(pieces: Sequence[Piece], i: int, before: Measure | None) -> Measure | None:
    """What the amount pieces[i] counts, or None where nothing says it.

    `before` is the measure of the amount before it in the paragraph.
    """
    view = amount_clause(pieces, i, before)
    unit = view.quantity.unit
    for read in _OF_RATES if unit in RATES else _OF_MONEY if is_money(unit) else _OF_NUMBERS if not unit else _OF_COUNTS:
        found = read(view)
        if found and found.text and (text := _shortened(found.text)):
            return _completed(view, found, text)
    return None


def _completed(view: AmountClause, found: Measure, text: str) -> Measure:
    noun = view.noun
    base = text if found.base == found.text else _shortened(found.base)
    if _counts_things(view.quantity.unit, found):
        noun = base if len(base) <= 10 else ""
    if noun and view.noun and found.rule == "thing in front" and text in words_of("of_project") and not (view.before and view.before.unit in _WHO_HAVE_NONE):
        text, noun = view.noun + text, view.noun  # 产业项目有77项,总投资101.23亿元
    row = view.before.row if view.before is not None and view.carries_on else ()
    if view.quantity.unit not in RATES and found.rule != "growth":
        row = (*row[-MOST_IN_A_ROW:], text)
    return make(Measure, (
        text, base, found.change, found.rule, found.subject, found.owner, found.counted,
        view.quantity.unit, view.pieces[0].start, _kind_of(view, found), noun, row,
    ))  # fmt: skip


_WHO_HAVE_NONE = frozenset(("人", "名", "位", "人次"))  # 可容纳3000人办公,年产值5亿元: people have no 产值


def _counts_things(unit: str, found: Measure) -> bool:
    if unit in RATES or unit in AREAS or unit in LENGTHS or is_money(unit):
        return False
    return found.rule in ("thing behind", "thing in front") and not found.base.endswith((*PROPERTIES, "数"))


def _kind_of(view: AmountClause, found: Measure) -> str:
    if found.rule in ("growth", "share of a whole", "pace", "gap to another", "completion", "part of another", "sum of what was counted"):
        return view.before.kind if view.before and found.base == view.before.base else ""
    return "rate" if view.quantity.unit in RATES else "money" if is_money(view.quantity.unit) else "count"


# --- amounts and the things beside them ------------------------------------------------------------------------


def _second_amount(view: AmountClause) -> Measure | None:
    """处以其销售额4557.12亿元4%的罚款: of two amounts in a row the second is a part of the first."""
    if view.quantity.unit not in PARTS or view.i == 0 or view.pieces[view.i - 1].flag != "Q" or not view.base:
        return None
    noun = view.following.noun
    return Measure(f"{noun}占{view.base}比例" if noun else f"{view.base}比例", noun or view.base, "", "part of the amount before")


# 以29.85%的市占率位列第二: a rate that is named behind it.
_RATE_BEHIND = re.compile(r"(?:[、和与及][^、和与及]{1,8}){0,6}的(市占率|市场占有率|占有率|市场份额|份额|渗透率|毛利率|净利率|占比|利率|票息率|年利率|合格率|覆盖率)")


_ROW_OR_OWNED = frozenset("的、和与及")


def _rate_behind(view: AmountClause) -> Measure | None:
    if view.quantity.unit not in PARTS or view.i + 2 >= len(view.pieces) or view.pieces[view.i + 1].text not in _ROW_OR_OWNED:
        return None
    match = _RATE_BEHIND.match("".join(piece.text for piece in view.pieces[view.i + 1 : view.i + 13]))
    return Measure(match[1], match[1], "", "rate named behind") if match else None


def _joined(view: AmountClause) -> Measure | None:
    """日均客流量分别为12万、8万和5万人次: an amount joined to the one before counts the same."""
    if view.i < 2 or view.pieces[view.i - 1].text not in ("、", "和", "及", "与") or view.pieces[view.i - 2].flag != "Q":
        return None
    if view.before is None or not view.carries_on or view.following.noun or not view.fits:
        return None
    return measured(view, view.before.text, view.base, "joined to the one before")


def _price(view: AmountClause) -> Measure | None:
    """以23亿元收购奔腾电器, 斥资5亿元建厂: what the deed costs."""
    last = view.pieces[view.edge - 1].text if view.edge > view.low else ""
    if not is_money(view.quantity.unit) or view.following.noun or not view.following.action or last not in ("以", "用", "花", "花费", "斥资", "斥", "耗资", "豪掷"):
        return None
    return Measure(f"{view.following.action}的价格", view.following.action, "", "price of a deed")


_FOR_WHOM = re.compile(r"(?:^|[,，、]|并|可|将)对(?![外接口应比])([^,，。；;]{2,24}?)(?:[,，]|给予|予以|一次性|最高|按|每|处以?|进行|实施|$)")


# 造成3人死亡、2人失联: what happened to people names the count, whatever brought it about.
_BEFELL = re.compile(r"[^\S\n]?(死亡|受伤|重伤|轻伤|失联|失踪|遇难|遇害|身亡|丧生|获救|被困|被捕|落水|感染|痊愈|治愈)(?!的|者|率|病例|风险|事[故件])")


def _befallen(view: AmountClause) -> Measure | None:
    if view.quantity.unit not in ("人", "名") or view.i + 1 >= len(view.pieces):
        return None
    match = _BEFELL.match("".join(piece.text for piece in view.pieces[view.i + 1 : view.i + 3]))
    return Measure(f"{match[1]}人数", match[1], "", "what befell people") if match else None


# 近千人齐聚一堂, 3000人参加了本次大会: those who come to a meeting.
_ATTENDS = re.compile(r"(?:齐聚一堂|欢聚一堂|济济一堂|参会|与会|到会|(?:参加|出席|参与)了?(?:此次|本次|这次|这一|该)?(?:开幕|签约)?(会议|大会|论坛|峰会|年会|活动|仪式|式))(?![的者])")


def _attending(view: AmountClause) -> Measure | None:
    if view.quantity.unit not in ("人", "名", "人次") or view.i + 1 >= len(view.pieces):
        return None
    match = _ATTENDS.match("".join(piece.text for piece in view.pieces[view.i + 1 : view.i + 6]))
    text = "活动参加人数" if match and match[1] in ("活动", "仪式", "式") else "参会人数"
    return Measure(text, text, "", "those who come") if match else None


def _bracketed(view: AmountClause) -> Measure | None:
    """甲发展基金(200亿元)及乙基金(20亿美元): money alone in brackets is the size of the fund named before them."""
    i, pieces = view.i, view.pieces
    if not is_money(view.quantity.unit) or not 1 < i < len(pieces) - 1 or pieces[i - 1].text not in ("(", "（") or pieces[i + 1].text[0] not in ")）":
        return None
    name = pieces[i - 2]
    if not name.text.endswith(("基金", "债券", "项目", "计划", "专项")) or len(name.text) < 4:
        return None
    return Measure(f"{name.text}规模", f"{name.text}规模", "", "size in brackets", name if isinstance(name, Mark) and name.flag == "A" else None)


_CONVERTS = frozenset(("约", "约合", "折合", "合", "折", "相当于", "等值", "即", "人民币", "港币", "约为", "大约"))


def _converted(view: AmountClause) -> Measure | None:
    """6亿美元(约46.8亿港元): money in brackets behind money is the same amount in another currency."""
    before, j = view.before, view.i - 1
    if before is None or not view.carries_on or not is_money(view.quantity.unit) or not is_money(before.unit) or before.unit == view.quantity.unit:
        return None
    while j > 0 and (view.pieces[j].flag == "Z" or view.pieces[j].text in _CONVERTS):
        j -= 1
    if j < 1 or view.pieces[j].text not in ("(", "（") or view.pieces[j - 1].flag != "Q":
        return None
    return Measure(before.text, before.base, before.change, CONVERTED, before.subject, before.owner, before.counted)


# 年产40万件羊绒衫加工项目, 30万吨合成氨装置: an amount of goods before a project or plant says what it can make.
_PLANT = re.compile(r"([^\W\d的了和与及等、]{1,12}?(?:项目|生产线|产线|工程|装置|基地|工厂))(?![经审负部])")
_GOODS = frozenset(["吨", "公斤", "件", "台", "辆", "套", "片", "升", "米", "平方米", "立方米", "瓦", "千瓦", "兆瓦", "吉瓦", "GW", "MW", "GWh", "头", "只", "羽", "支", "瓶", "箱", "桶"])


# 31只重大项目, 5套民生工程: no goods stand between the amount and the word for a project, which is what is counted.
_NO_GOODS = re.compile(r"(?:新|亿元|重大|重点|产业|工业|民生|优质|招商|投资|签约|开工|竣工|在建|建设|省级|市级|集中|合作|储备|续建|基础|设施|示范)*(?:项目|生产线|产线|工程|装置|基地|工厂)")


def _capacity(view: AmountClause) -> Measure | None:
    if view.quantity.unit not in _GOODS or view.i + 1 >= len(view.pieces):
        return None
    behind = "".join(piece.text if piece.flag not in "QT" else "，" for piece in view.pieces[view.i + 1 : view.i + 8])
    match = _PLANT.match(behind)
    if match is None or _NO_GOODS.fullmatch(match[1]):
        return None
    text = match[1] + ("装机容量" if view.quantity.unit.endswith(("瓦", "W")) else "产能")
    return Measure(text, text, "", "what a plant makes", owner=match[1])


# 745个年交易额过亿元的示范村, 100个销售破亿元的工厂: the same told with 过.
_PASSED = re.compile(r"[^，,。、；;0-9]{0,8}?(?:过|超过?|逾|突破|破|上|达到?)[0-9.]{0,8}[十百千万亿]{1,3}[^，,。、0-9]{0,2}的[^，,。、；;：:（）()0-9]{0,6}?(?:项目|企业|公司|工程|村|镇|县|工厂|品牌|店铺|网店|商家|集群|单品|产业带|园区|平台)")
# 86个投资亿元以上项目: the bar belongs to the name of what is counted.
_BARRED = re.compile(r"(?:总?投资额?|产值|年?销售额?|年?营收|收入|规模|注册资本)?[0-9.]{0,8}[十百千万亿]{0,3}[^，,。、]{1,3}?以[上下]的?[^，,。、；;：:（）()0-9]{0,6}?(?:项目|企业|公司|工程|家庭|城市|园区)")


def _barred(view: AmountClause) -> Measure | None:
    if view.quantity.unit not in ("个", "家", "项", "座", "条", "户"):
        return None
    words = "".join(piece.text for piece in view.pieces[view.i + 1 : view.i + 9])
    match = _BARRED.match(words) or _PASSED.match(words)
    return Measure(match[0], match[0], "", "thing behind with its bar") if match else None


def _grant(view: AmountClause) -> Measure | None:
    """对新认定的企业技术中心,给予100万元奖励: a grant or fine, named after whom it is for unless that is an actor."""
    grants = tails_of("grant")
    noun, action, head = view.following.noun, view.following.action, view.head
    words = noun if noun.endswith(grants) else action if action.endswith(grants) else head if head.endswith(grants) else ""
    if not words:
        return None
    noun = ending(words, "grant")
    low = clause_bounds(view.pieces, view.low - 2)[0] if view.low > 1 else view.low
    ahead = view.pieces[low : view.edge]
    match = _FOR_WHOM.search("".join(["，" if piece.flag == "A" else piece.text for piece in ahead]))
    if match is None:
        return None
    whom = match.group(1).removesuffix("的")
    return Measure(f"{whom}{noun}", noun, "", "grant", owner=collective_in(whom))


def _attribute(view: AmountClause) -> Measure | None:
    """总投资50亿元的战略合作协议, 总价值4.68亿元的医疗物资: a property, and behind 的 what has it."""
    if not view.following.owned or not view.following.noun or view.edge == view.low:
        return None
    last = view.pieces[view.edge - 1]
    if last.flag in ("v", "p", "ul", "A", "P") or "step" in view.tails or "have" in view.tails or "light" in view.tails:
        return None
    phrase = view.phrase_before()
    if phrase is None or len(phrase.text) > 8 or not phrase.text.endswith(PROPERTIES) or view.quantity.unit in PARTS:
        return None
    thing = view.following.noun + phrase.text
    noun = view.following.noun
    return measured(view, thing, thing, "property of a thing", phrase)._replace(counted=noun if noun == collective_in(noun) else "")


def _beside(view: AmountClause) -> Measure | None:
    """陆域面积187.5平方公里, 净利润为45.7亿元, 签约项目242个: the thing in front, alone or with 为/达/共."""
    link = view.tails.get("link", "") or (view.tails.get("have", "") if is_money(view.quantity.unit) else "")  # 年交易额有1000多万元
    if ("have" in view.tails and not (is_money(view.quantity.unit) and _names_amount(view.head.removesuffix(view.tails["have"])))) or view.head in ("较", "比", "而"):
        return None
    if view.following.noun and not _names_amount(view.head.removesuffix(link)):
        return None
    phrase = view.phrase_before(link)
    if phrase is None or not phrase.text or (not link and _is_deed(view, phrase)):
        return None
    if phrase.text.endswith("持股"):  # 聚贤投资持股45%
        subject = phrase.subject
        joined = subject is not None and subject.end == phrase.start  # 中兴|维先通, 深圳市|聚贤投资: one name
        owner = (subject.text if subject and joined else "") + phrase.text[:-2]
        return Measure("持股比例", "持股比例", "", "holding", None if joined else subject, owner)
    thing = named(view, phrase)
    if thing in words_of("of_company") and (segment := _segment(view, phrase)):
        return measured(view, segment + thing, segment + thing, "thing in front", phrase)
    if thing == "恢复" and view.base and view.quantity.unit in RATES:  # 接待游客8万人次,恢复到去年同期的四成
        return measured(view, f"{view.base}恢复比例", view.base, "part of another", phrase)
    text = thing
    if view.quantity.unit in PARTS and (thing.startswith("完成") or not thing.endswith(tuple(words_of("rate_nouns")))):
        text = thing + "比例"
    if thing.startswith(("完成", "实现")) and view.quantity.unit in PARTS and view.base:  # 完成年度目标的172.2%
        return measured(view, text, view.base, "completion", phrase)
    if view.base and thing in ("合", "约合", "折合", "折") and is_money(view.quantity.unit):  # 9.655亿元(约合1.498亿美元)
        return measured(view, view.base, view.base, "carried on", phrase)
    if view.base and len(thing) <= 3 and not view.base.endswith(thing) and _in_brackets(view):  # 项目64项(新建38项)
        return measured(view, thing + view.base, view.base, "part in brackets", phrase)
    if is_money(view.quantity.unit) and len(thing) <= 4 and (purpose := _purpose(view)) and (thing in ("投入", "投资") or thing not in words_of("of_company")):
        return measured(view, f"{purpose}的{thing}", thing, "money for a purpose", phrase)._replace(owner="")
    if is_money(view.quantity.unit) and thing.endswith("款") and len(thing) <= 4:
        text = f"{thing.removeprefix('合计')}金额"
    base = view.base if view.base and thing.startswith(view.base) and thing.endswith(("预期", "预测", "预估")) else thing
    return measured(view, text, base, "thing in front", phrase)


_SEGMENTS = ("业务", "板块", "分部", "部门", "事业部", "事业群", "产品线", "渠道")


def _segment(view: AmountClause, phrase: Phrase) -> str:
    """海外零售板块 of 海外零售板块实现营收3亿元: the part of a company whose 营收 it is."""
    at = next((j for j in range(view.edge - 1, view.low, -1) if view.pieces[j].start < phrase.start), view.low)
    if at <= view.low or view.pieces[at].text not in _ATTAINS:
        return ""
    part = phrase_before(view.pieces, view.low, at)
    return part.text if part is not None and part.text.endswith(_SEGMENTS) and len(part.text) <= 16 else ""


_ATTAINS = frozenset(["实现", "录得", "取得", "贡献", "创造"])


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
    if view.following.action and not view.following.owned and not view.following.noun:
        built = _BUILT.match(view.following.action)
        return built[1] if built else view.following.action
    rest = "".join(piece.text for piece in view.pieces[view.high : view.high + 10])
    match = re.match(r"[,，](?:主要|全部|将|并)?用于([^,，。；;、]{2,12})", rest)
    return match.group(1) if match else ""


def _names_amount(head: str) -> bool:
    return head.endswith(("率", "额", "量", "数", "价", "面积", "收入", "利润", "比例", "比重", "金", "人口"))


def _is_deed(view: AmountClause, phrase: Phrase) -> bool:
    """Whether the phrase is a verb and no thing: 罚款5050万元, 合计罚款, 创造4028万个; but 收入 is a thing."""
    last = view.pieces[view.edge - 1]
    if last.flag != "v" or phrase.text in words_of("of_company"):
        return False
    return phrase.text.removeprefix("合计").removeprefix("累计").removeprefix("总计") == last.text


def _counted(view: AmountClause) -> Measure | None:
    """741个产业带, 18家门店坚持照常营业, 创造了4028万个就业机会: the thing behind."""
    noun, action, owned = view.following
    unit = view.quantity.unit
    have = view.tails.get("have", "")
    if not noun and not owned and unit not in PARTS and view.i + 2 < len(view.pieces) and view.pieces[view.i + 1].text in ("是", "为", "属于") and (kind := phrase_after(view.pieces, view.i + 1, view.high).noun):
        return Measure(kind, kind, "", "thing behind")  # 其中有43个是国货品牌
    if not noun and not owned and action and view.base and (view.head in ("其中", "当中") or (not view.head and view.carries_on)) and view.before and view.before.unit == unit:
        return Measure(f"{action}的{view.base}", view.base, "", "part of what was counted")  # 其中9.12亿人来自中国市场
    if unit in PARTS and not noun and action and (view.noun or view.base) and view.head in ("其中", "当中"):  # 其中八成找到了工作
        return Measure(f"{action}的{view.noun or view.base}比例", view.base, "", "part of what was counted")
    behind = view.pieces[view.i + 1] if noun and view.i + 1 < view.high else None
    if behind is not None and not action and behind.flag == "v" and behind.text == noun and unit in _WHO_DO:
        noun, action = "", noun  # 36282人受益
    if not noun and not owned and action and unit in _WHO_DO and (len(unit) > 1 or unit in "人户" or not action.startswith(("与", "和", "同"))):
        noun = _WHO_DO[unit]
    if not noun and have and action and (whole := view.phrase_before(have)) is not None:  # 前30强房企中有九家触及红线
        noun = whole.text
    if not noun:
        return None
    if unit in _WHOLES and (tail := ending(noun, "of_company")) and tail != noun:
        noun, action = collective_in(noun) or noun.removesuffix(tail), ""  # 7家离岛免税店|销售额翻番
    counted = noun if noun == collective_in(noun) else ""
    if unit in PARTS:
        text = f"{action}的{noun}占比" if action and len(noun) <= 3 else _with_verb(view, noun)
        text = text if text.endswith(tuple(words_of("rate_nouns"))) else text + "比例"
        body = "" if counted else collective_in(noun)  # 据甲公司调研,96%的中小企业资金缺口在90万元以下
        return Measure(text, noun, "", "share of the thing behind", None, body, counted)
    if unit in AREAS or unit in LENGTHS:
        tail = "面积" if unit in AREAS else "长度"
        thing = noun if owned and len(noun) > 3 and noun.endswith(_BUILDINGS) else ""  # 5000平方米的青岛创意中心
        return Measure(noun if noun.endswith(tail) else noun + tail, noun, "", "size of the thing behind", None, thing)
    text, owner, body = noun, None, ""
    if have and action and len(noun) <= 8:
        text = f"{action}的{noun}"
    elif have and len(noun) <= 4 and (owner := view.phrase_before(have)) is not None and (owner.text or owner.subject):
        name = owner.text or (owner.subject.text if owner.subject else "")
        text = name + noun if len(name) <= 8 else noun
        body = collective_in(name)
    elif have and len(noun) <= 3 and view.edge > view.low:
        text = (_last_name(view) or "") + noun
    elif action and len(noun) <= 8:
        text = f"{action}{noun}" if len(action) == 2 and len(noun) <= 2 else f"{action}的{noun}"
    elif len(noun) <= 5:
        text = _with_verb(view, noun)
        body = collective_in(text.removesuffix(noun))
    return Measure(text, noun if len(noun) > 2 else text, "", "thing behind", owner.subject if owner else None, body, counted)


_BUILDINGS = ("中心", "产业园", "园区", "基地", "广场", "大厦", "综合体", "博物馆", "展馆", "仓库", "工厂", "厂房")
_WHOLES = frozenset(["家", "户", "所", "座", "县", "省", "名", "位"])  # no 收入 is counted in them
# What counts itself, and how a card calls it: 36282人受益, 27省已公布目标.
_WHO_DO = {"人次": "人次", "人": "人数", "户": "户数", "省": "省份", "市": "城市", "国": "国家", "县": "县", "村": "村", "州": "州"}


def _last_name(view: AmountClause) -> str:
    """The last actor or place of the sentence before the amount: 阿里云…,目前已有100多万客户 counts 阿里云客户."""
    return next((p.text for p in reversed(view.pieces[: view.i]) if p.flag in ("A", "P")), "")


def _with_verb(view: AmountClause, noun: str) -> str:
    """创造的就业机会: the verb in front of the amount tells a short noun from others; 有 and 是 tell nothing."""
    j = view.i - 1
    if j >= view.low and view.pieces[j].text in ("、", "和"):  # 连接1亿市场主体、10亿消费者: the verb stands before the first
        j = next((k for k in range(j, view.low - 1, -1) if view.pieces[k].flag == "Q"), j) - 1
    while j >= view.low and (view.pieces[j].flag in ("Z", "ul", "d", "uj", "T") or view.pieces[j].text in ("了", "过", "着", "出", "全国", "全球", "全省", "全市")):
        j -= 1
    if j < view.low:
        return _opening(view, noun)
    last = view.pieces[j]
    if last.flag == "ns" and view.pieces[j + 1].flag == "uj":  # 让中国的741个产业带
        return last.text + noun
    if last.flag == "ns" and j > view.low and view.pieces[j - 1].flag == "v":
        j -= 1
        last = view.pieces[j]
    if last.text in ("在", "于") and j > view.low and view.pieces[j - 1].flag == "v" and len(view.pieces[j - 1].text) == 2:
        return f"{view.pieces[j - 1].text}的{noun}"  # 分布在20多个城市
    dull = ("处以", "给予", "予以", "录得", "显示", "包括", "没有", "进行", "达到", "超过", "会占", "占到", "将达到")
    done = (last.flag == "v" and not last.text.endswith("是")) or (last.flag == "vn" and view.pieces[j + 1].flag == "ul")
    if done and len(last.text) > 1 and last.text not in dull and last.text not in words_of("link", "have"):
        if last.text in ("获得", "取得") and len(noun) <= 2:
            return _opening(view, noun)
        side = view.pieces[j - 1].text if j - 1 >= view.low and view.pieces[j - 1].flag in ("f", "s") and len(view.pieces[j - 1].text) == 2 else ""
        return f"{side}{last.text}的{noun}"
    phrase = view.phrase_up_to(j + 1)
    if phrase and phrase.text and last.end != view.pieces[j + 1].end and _follows_amount(view, phrase):
        return noun  # 来自210个国家和地区的115260位采购商
    if phrase and phrase.text and len(phrase.text) <= 8 and last.flag not in ("p", "v"):
        return phrase.text + noun
    if last.flag == "P":
        return last.text + noun
    return _opening(view, noun)


def _follows_amount(view: AmountClause, phrase: Phrase) -> bool:
    return any(piece.flag == "Q" and piece.end == phrase.start for piece in view.pieces[view.low : view.i])


def _opening(view: AmountClause, noun: str) -> str:
    """A bare 规模 or 份额 with whom or what the clause, or the clause before, is about."""
    if len(noun) > 3 or noun in words_of("of_company"):
        return noun
    name = subject_of(view.pieces, view.low, view.edge)
    if not name and view.low > 1:
        low, _ = clause_bounds(view.pieces, view.low - 2)
        phrase = phrase_before(view.pieces, low, view.low - 1)
        actor = next((p.text for p in view.pieces[low : view.low] if p.flag == "A"), "")
        name = actor or (collective_in(phrase.text) or (phrase.text.rpartition("的")[2] if "的" in phrase.text else "") if phrase else "")
    return name + noun if 1 < len(name) <= 8 and not name.endswith(noun) else noun


def _tied(view: AmountClause) -> Measure | None:
    """达到6103.69亿元 and 而预期为1842.3亿元 without a thing of their own: the passage's, or the whole clause."""
    link = max(view.tails.get("link", ""), view.tails.get("have", ""), key=len)
    if not link:
        return None
    phrase = view.phrase_before(link)
    thing = named(view, phrase)
    if not (phrase and phrase.text) and not (thing and view.fits) and view.low > 1 and view.head in words_of("link"):  # 园区就业人数也突破纪录,来到26万人
        low, _ = clause_bounds(view.pieces, view.low - 2)
        thing = subject_of(view.pieces, low, view.low - 1)
        if len(thing) > 1:
            return measured(view, thing, thing, "thing of the clause before")
    if not (phrase and phrase.text) and not view.fits:
        return _sum_of(view, phrase)
    return measured(view, thing, thing, "thing in front" if phrase and phrase.text else "carried on", phrase) if thing else None


# What a clause says of its subject before the next gives the amount: 东盟客商数量增长最快,达3.4万人.
_MOVED = re.compile(r"[增升涨降跌滑减]|新高|纪录|最[快多大高]|回暖|恢复|活跃|踊跃|火爆|强劲|亮眼")
_COMES = frozenset(("到会", "参会", "与会", "参展", "参加", "出席", "到场"))
_COUNTS_PEOPLE = frozenset(("人", "名", "家", "位", "户", "人次", "万人"))
_HOW_MUCH = re.compile(r"(?:明显|显著|大幅|持续|稳步|略有|快速|强劲|稳定|再|又|首次|同样|也|依然|更)+$")


def _of_clause_before(view: AmountClause) -> Measure | None:
    """欧美客商明显回升,到会5.4万人: the subject of the clause before, which says only that it moved."""
    if view.low < 2 or (view.head not in words_of("link") and view.head not in _COMES) or view.following.noun:
        return None
    low, _ = clause_bounds(view.pieces, view.low - 2)
    clause = view.pieces[low : view.low - 1]
    if any(piece.flag == "Q" for piece in clause):
        return None
    thing = _HOW_MUCH.sub("", subject_of(view.pieces, low, view.low - 1))
    if len(thing) < 3 or not _MOVED.search("".join(piece.text for piece in clause)[-12:]):
        return None
    if not _names_amount(thing) and not (view.quantity.unit in _COUNTS_PEOPLE and thing.endswith(_PEOPLE)):
        return None
    return Measure(thing, thing, "", "thing of the clause before")


_PEOPLE = ("商", "者", "客", "人", "户", "企业", "公司", "员工", "学生", "商家", "机构")


def _done(view: AmountClause) -> Measure | None:
    """罚款5050万元, 为上海消费者省钱20亿: the deed, with 金额 where money is meant."""
    if view.base and view.head in ("较", "比", "相比", "而", "与"):  # 较去年同期的2.8亿元
        return measured(view, view.base, view.base, "carried on")
    phrase = view.phrase_before()
    text = phrase.text if phrase else ""
    if len(text) <= 3:
        dull = ("T", "A", "P", "Z", "Q", "d", "c", "ul", "r", "x")
        text = "".join(p.text for p in view.pieces[view.low : view.edge] if p.flag not in dull and p.text not in HELPERS)[-12:]
    if not text or (text in words_of("link", "have") and text not in ("合计", "共计", "总计")):
        return None
    if is_money(view.quantity.unit) and (purpose := _purpose(view)):  # 投入3800亿元建设云基础设施
        text = f"{purpose}的{text}"
    tail = "金额" if is_money(view.quantity.unit) and not text.endswith(("金额", "额", "金", "费", "价")) else ""
    return measured(view, text + tail, text, "deed in front", phrase)


def _carried(view: AmountClause) -> Measure | None:
    """2020年400万,2021年4400万: nothing but the amount, so the passage's measure, or what a colon announced."""
    if view.base:
        return measured(view, view.base, view.base, "carried on", view.phrase_before()) if view.fits else _sum_of(view, None)
    if view.low > 1 and view.pieces[view.low - 1].text in "：:":
        low, _ = clause_bounds(view.pieces, view.low - 2)
        phrase = phrase_before(view.pieces, low, view.low - 1)
        thing = re.sub(r"的?(?:预测|统计|数据|如下|情况)$", "", phrase.text) if phrase else ""
        return Measure(thing, thing, "", "announced by a colon", phrase.subject if phrase else None) if thing else None
    return None


def _sum_of(view: AmountClause, phrase: Phrase | None) -> Measure | None:
    """项目230个,合计538亿美元: the money of what was counted; a count of money there is none."""
    if not is_money(view.quantity.unit) or not view.base:
        return None
    return measured(view, view.base if view.base.endswith(("款", "金", "费", "额")) else f"{view.base}金额", view.base, "sum of what was counted", phrase)


_JUNK_FIRST = frozenset("一二三四五六七八九十两半几0123456789计拟打决的了和与其该这在对将把被由从向给为以并而但且则也都还又,，、")


@cache
def _junk() -> re.Pattern[str]:
    return re.compile(r"^(?:[一二三四五六七八九十两半几0-9]{1,3}个?(?:(?:年|月|天|周|小时)(?:内|来|间)|天(?![然猫气津文使价]))|的|了|和(?!平|解)|与|其(?!他|它)|该|这|在(?![建职线校用谈售])|对(?![外口接公应])|将|把|被|由(?!于)|从(?![业事])|向(?!好)|给|为其|计划(?!投资$|完成投资$|生育|经济|单列|外|内|数)|拟|打算|决定|其中|以及|并且|并|而|但|且|则|也|都|还|又)+|(?<!理|自)[从由]$|[的了和与,，、]+$")


# 归属于上市公司普通股股东的净利润: what every report calls 归母净利润.
_TO_PARENT = re.compile(r"归属于?(?:上市公司|母公司|本公司|公司)(?:普通股)?(?:股东|所有者)的?(?=净)")


def _shortened(text: str) -> str:
    if text[:1] == "对" and text.removesuffix("增速").removesuffix("同比").endswith(DEALINGS):
        return text  # 对东盟进出口总值
    if text and (text[0] in _JUNK_FIRST or text[-1] in "的了和与从由,，、"):
        text = _junk().sub("", text)
    if text.startswith("归属"):
        text = _TO_PARENT.sub("归母", text)
    if len(text) > LONGEST_MEASURE:
        _, of, tail = text.rpartition("的")
        text = tail if of and 3 < len(tail) <= LONGEST_MEASURE else text[-LONGEST_MEASURE:]
    return text


def actor_of(measure: Measure) -> Actor | None:
    """The actor that owns what is counted, where the phrase began with one."""
    mention = measure.subject.mention if measure.subject is not None else None
    return mention if isinstance(mention, Actor) else None


# In this order: what says most about an amount first, what carries on last; each only for what it can be said of.
_ALL = (_converted, _rate_behind, distributed, share, multiple, growth, gap, level, _second_amount, _befallen, _attending, _bracketed, _capacity, _barred, _joined, _price, _grant, _attribute, _beside, _counted, _of_clause_before, _tied, _done, _carried)
_OF_THINGS = (_befallen, _attending, _capacity, _barred)  # each only for units that things are counted in
_OF_RATES = tuple(read for read in _ALL if read not in (*_OF_THINGS, _converted, _bracketed, _price))
_OF_MONEY = tuple(read for read in _ALL if read not in (*_OF_THINGS, _rate_behind, share, multiple, gap, _second_amount))
_OF_NUMBERS = tuple(read for read in _ALL if read not in (*_OF_THINGS, _converted, _bracketed, _rate_behind, multiple, gap, _second_amount, _price))
_OF_COUNTS = tuple(read for read in _ALL if read not in (_converted, _bracketed, _rate_behind, multiple, gap, share, _second_amount, _price))
