"""What an amount counts, as a short noun phrase a card can carry.

Knows in which order the ways Chinese news ties a thing to its amount are asked (`things_in_front.py`, `things_behind.py`,
`fixed_wordings.py`, `rates.py`, `distributed_amounts.py`), and how the words are shortened. Leaves out who, where and when.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache

from extract.amount_clause import RATES, AmountClause, Measure, amount_clause
from extract.bodies import collective_in
from extract.distributed_amounts import distributed
from extract.fixed_wordings import (
    GOODS,
    at_stake,
    attending,
    barred,
    befallen,
    bracketed,
    capacity,
    converted,
    grant,
    joined_to_last,
    marks,
    price,
    quake,
    rate_behind,
    second_amount,
    sentenced,
    times_done,
)
from extract.measure_words import ending, is_money, tails_of, words_of
from extract.mentions import Actor
from extract.phrase_words import balanced
from extract.pieces import Mark, Piece
from extract.rates import gap, growth, level, multiple, share
from extract.sizes import AREAS, LENGTHS, distance
from extract.things_behind import BEHIND_BAR, attribute, thing_behind
from extract.things_in_front import MONEY_DEEDS, beside, deed
from extract.told_before import carried_on, foreseen, of_clause_before, tied
from extract.told_by_attribute import told_by_attribute
from extract.words import tagged

LONGEST_MEASURE = 24
LONGEST_NOUN = 14  # of what was counted, to go in front of a 总投资
MOST_IN_A_ROW = 5  # amounts that one 分别 is said of


def read_measure(pieces: Sequence[Piece], i: int, before: Measure | None) -> Measure | None:
    """What the amount pieces[i] counts, or None where nothing says it.

    `before` is the measure of the amount before it in the paragraph.
    """
    view = amount_clause(pieces, i, before)
    unit = view.unit
    for read in _readers_of(unit, "分别" in view.head)[view.high > i + 1]:
        found = read(view)
        if found is None or not found.text:
            continue
        if unit in _METALS:  # 全运会上夺得18金9银
            return _completed(view, replace(found, text=f"{unit}牌", base=f"{unit}牌"), f"{unit}牌")
        if text := _shortened(found.text, unit):
            if text in words_of("who says") and _FORETELLS.search(view.head):
                return None  # 报告预测2030年将达到9500亿元
            if text[0] in _DIGITS and text.isdecimal():
                return None  # 002913拟31亿元收购: the number of a share
            if "每" in text:
                text = _EACH_LAST.sub(r"\2\1", _HOW_EXACT_EACH.sub("", text))  # 保健费每月30元
            if unit in RATES and found.rule != "growth" and view.pieces[view.i - 1].text == "幅度" and not text.endswith("幅度"):
                text = text.removesuffix("比例") + "幅度"  # 增持幅度8.49%
            if text == "占地":
                text = "占地面积"
            elif unit == "层" and text.endswith(("地上", "地下")):
                text += "层数"
            if text[0] == "较" and text.startswith(_STEPPED, 1):
                text = text[1:]  # 较4月末增加102亿美元
            if (text[0] in _COMPARING_FIRST or text[-1] in _COMPARING_LAST) and _only_compares(view, text):
                return None
            return _completed(view, found, text)
        if found.text in _SAY_HOW:
            return None  # 比去年高3个百分点, of a rate that is not told
        if found.text in _STEPS and view.head.endswith(found.text):  # 产量300万吨,增20万吨, but 失业人数减少9人,降为60人
            return _completed(view, found, _STEPS[found.text] + ("人数" if unit == "人" else ""))
    return None


_VISITORS = ("接待游客", "接待国内游客", "接待旅客", "发送旅客", "运送旅客")  # no kind of them that only one may have told of: 入境游客
_OF_ALL = re.compile("^..人次|[共总全合]|累计")  # 接待入境游客2万人次,全市共接待9万人次
_DIGITS = frozenset("0123456789")
_FORETELLS = re.compile("预测|预计|预期|显示|指出|认为|估算|[称说]")
_EACH_LAST = re.compile("^([^每]{2,})((?:每(?:个?月|年|天|日|人|户|平方米|千瓦时|标准箱))+)$")
_HOW_EXACT_EACH = re.compile("(?<=..)(?:最[高低多少])?(?:不[超高低少多大小][过于出]?|超过?|逾|大?约|[高低]于|至[多少]|接?近)(?=每)|(?<=..)最[高低多少](?=每)")


def _only_compares(view: AmountClause, text: str) -> bool:
    """Whether the words say what an amount is set beside, which way it went or which one it is, and not what it counts."""
    if text in words_of("no measures") or text.endswith("的有") or (text in _TIMES_ONLY and not view.base) or text in words_of("level"):
        return True
    if view.unit in LENGTHS and _LONGER_THAN.search(view.head):
        return True
    return text[0] == "较" and _SET_BESIDE.match(text) is not None


_LONGER_THAN = re.compile("[比较][^，,]{1,12}[长短高低深浅宽窄厚薄远近]$")  # 公路长30公里,比去年长5公里
_TIMES_ONLY = frozenset(("上届", "首届", "上年", "去年", "往年", "同期", "去年同期"))
_COMPARING_FIRST = frozenset("相同环偏较第上首去往有共仅只")
_COMPARING_LAST = frozenset("有至到长短高低深浅宽窄厚薄远近度")
_SET_BESIDE = re.compile("较(?![大小高低快慢多少好长短强]|.*(?:[幅速率]|增长)$)")  # 较市场预期的低标: what it is set beside is not what is counted


def _completed(view: AmountClause, found: Measure, text: str) -> Measure:
    """The measure, which nobody else holds yet, with the words a card shows, and what the amounts behind it are to know of it."""
    rule, begun = found.rule, found.base
    base = text if begun == found.text else _shortened(begun, view.unit)
    if (found.subject is not None or "的" in text) and ("的" in view.head or "被" in view.head) and (whose := _of_another(view, text)):
        base, text = (text[whose:], text[whose:]) if base == text else (base, text[whose:])
    if text.endswith("完成") and (done := _done_of(view, text)):
        text, base = done, done  # 全市港口完成吞吐量9万吨,其中江山港完成3万吨
    if "盘" in text:
        base, text = _of_exchange(view, base, text)
    before = view.before
    if text[0] in _BESIDE_FIRST and view.base and _ONLY_BESIDE.fullmatch(text) and view.base not in words_of("rise", "fall"):
        text, base = view.base + _ONLY_BESIDE.sub(r"\1", text), view.base  # 较上届8万人增长14%, 这一数字已攀升至7.15%
    if view.unit == "人次" and view.base and text.endswith("人次") and (verb := text[-4:-2]) in view.base[:-2] and not _OF_ALL.search(text) and view.base.endswith(_VISITORS):
        text = base = text[:-4] + view.base[view.base.index(verb) :]  # 江山区接待国内游客25万人次,云山区接待6万人次
    if view.is_money and _is_of_a_share(view) and not _OF_A_SHARE.search(text):
        text = base = "股价"  # 盘中一度飙升至19.64港元/股
    noun = said = view.noun
    if rule in _COUNTING and _counts_things(view, base):
        noun = base if len(base) <= LONGEST_NOUN else base.rpartition("的")[2]
        noun = noun if 1 < len(noun) <= LONGEST_NOUN else ending(noun, "collective")
    if said and noun and rule == "thing in front" and (text in words_of("of_project") or (text == "投资" and said.endswith(_WORKS) and text not in said)) and _is_of_things(view):
        text, noun = said + text, said  # 产业项目有42项,总投资63亿元
    if "和" in found.counted:
        found.counted = ""  # 企业和机构 are nobody in particular
    row = before.row if before is not None and view.carries_on else ()
    if view.unit not in RATES and rule != "growth":
        row = (*row[-MOST_IN_A_ROW:], text)
    found.text, found.base, found.noun, found.row = text, base, noun, row
    found.unit, found.sentence, found.kind = view.unit, view.pieces[0].start, _kind_of(view, rule, begun)
    return found


def _done_of(view: AmountClause, text: str) -> str:
    """江山港吞吐量 of 江山港完成, where the amount before, in the same unit, was 港口完成吞吐量; "" where it was of another kind."""
    body = text[:-2]
    if view.before is None or view.before.unit not in (view.unit, "%") or not view.fits or not body or collective_in(body) != body:
        return ""
    thing = view.base.partition("完成")[2] or view.base.removeprefix(collective_in(view.base) or view.base)
    return body + thing if thing.endswith(("量", "额", "值", "收入", "投资")) else ""


def _of_exchange(view: AmountClause, base: str, text: str) -> tuple[str, str]:
    """股价 of 早盘跌超6%, and 上证指数 of 上证指数收盘上涨15点,报2865点: which level or price moved."""
    if view.unit == "点":
        level = "" if view.head.endswith(text[-1]) else _MOVED.sub("", text)
        return (level, level) if level else (base, text)
    if text.removesuffix("增速").endswith(tails_of("sessions")):
        return "股价", "股价" + text[len(text.removesuffix("增速")) :]
    return base, text


def _is_of_things(view: AmountClause) -> bool:
    """Whether a 总投资 is of the things counted before: not of several rows of them, and not of people."""
    before = view.before
    if before is None:
        return True
    return before.unit not in _WHO_HAVE_NONE and not (len(before.row) > 1 and view.head.endswith(_SUMS))


def _of_another(view: AmountClause, text: str) -> int:
    """Where 直播成交 begins in 副县长周立人的直播成交, and 罚款 in 被市场监管局罚款: whose it is is said elsewhere."""
    for j in range(view.low, view.i - 1):
        piece = view.pieces[j]
        if piece.flag != "A":
            continue
        name = piece.text
        if j and view.pieces[j - 1].text == "被" and text.startswith(name) and len(text) > len(name) + 1:
            return len(name)
        if view.pieces[j + 1].text == "的" and isinstance(piece, Mark) and isinstance(piece.mention, Actor) and piece.mention.type == "person":
            at = text.find(name + "的")
            return at + len(name) + 1 if at >= 0 and at + len(name) + 2 < len(text) else 0
    return 0


_ONLY_BESIDE = re.compile("(?:增长的)?(?:较|比)?(?:上届|首届|上一届|去年|上年|往年|同期|去年同期|全年|前?周|首[0-9]{1,2}个月)((?:同比)?(?:增速|增长率)?)|(?:数字|数据|数值|指标)")
_BESIDE_FIRST = frozenset("增较比数指上首去往同全前周")
_MOVED = re.compile("(?:[收早午尾开]盘|盘[中初后])(?:上涨|下跌|[涨跌升降])?$")
_OF_A_SHARE = re.compile("价|收益|股息|股利|分红|红利|派|资产|盈利|盈余|成本|补偿|对价")


def _is_of_a_share(view: AmountClause) -> bool:
    pieces, i = view.pieces, view.i
    return i + 2 < len(pieces) and pieces[i + 1].text in ("/", "／") and pieces[i + 2].text == "股"


_WORKS = ("项目", "工程")  # 制造业项目76个,投资近千亿元
_METALS = frozenset("金银铜")
_SUMS = ("总计", "合计", "共计")  # 协议案3起、滥用案2起,罚没款总计5亿元: of them all
_WHO_HAVE_NONE = frozenset(("人", "名", "位", "人次"))  # 可容纳3000人办公,年产值5亿元: people have no 产值


_MEASURES_ONE = RATES | AREAS | LENGTHS  # units that measure one thing and count none
_COUNTING = frozenset(("thing behind", "thing in front", BEHIND_BAR))


def _counts_things(view: AmountClause, base: str) -> bool:
    """Whether an amount counts things and no property of them: 42项产业项目, no 面积 and no 增加数."""
    if view.is_money or view.unit in _MEASURES_ONE or base[-1:] == "数":
        return False
    return not base.endswith(tails_of("property"))


_OF_ANOTHER = frozenset(("growth", "share of a whole", "pace", "gap to another", "completion", "part of another", "sum of what was counted"))


def _kind_of(view: AmountClause, rule: str, base: str) -> str:
    """What the measure's `base` is measured in; "" where it may be anything."""
    if rule in _OF_ANOTHER:
        return view.before.kind if view.before and base == view.before.base else ""
    return "rate" if view.unit in RATES else "money" if view.is_money else "count"


_JUNK_FIRST = frozenset("含截导涉类一二三四五六七八九十两半几0123456789计拟打决的了和与其该这在对将把被由从向给为以并而但且则也都还又批,，、")


@cache
def _junk() -> re.Pattern[str]:
    return re.compile(
        r"^(?:[一二三四五六七八九十两半几0-9]{1,3}个?(?:(?:年|月|天|周|小时)(?:内|来|间)|天(?![然猫气津文使价])|月(?![大以期定饼球亮份])|时(?![代段速差刻])(?:[0-9]{1,2}分)?许?(?!起)(?=[一-鿿]{2}))"  # for how long
        r"|[一二三四五六七八九]是|截[至止]|导致|[，,、]|类(?![型别似目股])|涉(?=投资)"  # a mark, or which point it is
        r"|的|了|和(?!平|解)|与(?!会)|其(?!他|它)|该|这|在(?![建职线校用谈售]|[京沪穗津渝华](?:企业|高校|机构|员工|投资))|对(?![外口接公应方手象])|将|把"  # words that join, but not where they begin another: 和平, 在建, 对外
        r"|被(?![捕骗判查困害罚动子褥套单面]|告(?!上)|执行人|申请人|保险人|上诉人)|由(?!于)|从(?![业事])|向(?!好)|给|为其"  # 被告, 由于 and 向好 are words
        r"|计划(?!投资$|完成投资$|生育|经济|单列|外|内|数)|拟|打算|决定|含(?![量税糖氧水硫盐碳酸铁钙金银锌铬铅锂氟脂蛋])"  # what is planned or held in it
        r"|其中|以及|并且|并|而|但|且|则|也|都|还|又|批(?=[货产物商]))+"  # what goes on from before
        r"|(?<!理|自)[从由]$|(?:[的了,，、各]|(?<![参给赠授])与|(?<!总)和|(?<![中高平优同上下低初特均对相不劣头一二三])等|一般|普遍|明显|先后|约合|年内)+$"  # and the same at the end
    )


# 归属于上市公司普通股股东的净利润: what every report calls 归母净利润.
_TO_PARENT = re.compile(r"归属于?(?:上市公司|母公司|本公司|公司)(?:普通股)?(?:股东|所有者)的?(?=净)")


_PENALTY = re.compile("^处(?:以)?((?:罚款|罚金|罚没款)(?:金额)?)$")
# 截至12月31日|止年度收入
_TO_DATE = re.compile(r"止(?:年度|财年|财政年度|季度|期间|[一二三四五六七八九十]{1,3}个月)的?|止(?=第|上半年|中期)")


_FISCAL = re.compile(r"^(?:公司|集团)?(?:20\d\d财年|财年)(?:第?[一二三四](?:财?季度?))?的?(?=.{2})")


_FIRST = _JUNK_FIRST | frozenset("止这该较归公集财处")
_LAST = frozenset("的了和与从由,，、高各等般遍显后合内")


def _shortened(text: str, unit: str) -> str:
    """The words without what says nothing at their ends, in the length of a card; "" for one syllable that names nothing."""
    if text and (text[0] in _FIRST or text[-1] in _LAST):
        text = _without_junk(text)
    if "首" in text:
        text = _FOR_THE_FIRST_TIME.sub("", text)
    if text[:1] in _MAY_LEAD:
        if text[:2] in words_of("leads to a sum"):
            text = _DONE_OR_SUMMED.sub("", text)
        elif text[0] == "等" and len(text) > 4 and text[1] not in _WORDS_OF_DENG:
            text = text[1:]  # 云江集团等|央企投资建设
    if "”" in text and "“" not in text:
        text = "“" + text  # “三无”产品
    if 1 < len(text) <= LONGEST_MEASURE:
        return text
    return _of_one_syllable(text, unit) if len(text) == 1 else _in_length(text)


# 完成|规模以上工业总产值, 努力实现|销售收入, 合计的|零售额: not 完成投资, which is a name.
_DONE_OR_SUMMED = re.compile("^(?:(?:公司|集团)?(?:累计|努力|力争)*(?:完成|实现)(?!的|了)(?=.{2}.*(?:[额量值]|收入|利润|营收)(?:同比|环比)?(?:增速)?$)|[合共总]计的(?=..))")
# 销量首|超50万辆, 海外收入首|破三成: that it is the first time is not what is counted.
_FOR_THE_FIRST_TIME = re.compile("(?<=[一-鿿A-Z]{2})(?<![榜居岁部为自元匕魁昂回船机车])首(?:次|度)?(?=(?:比例|占比|人数)?$)")
_MAY_LEAD = frozenset("公集累努力完实合共总等")
_WORDS_OF_DENG = frozenset("级候待于额比距效离压温高深外")  # 等级, 等待, 等离子
# 桥长30米,宽4米, but 比去年高3个百分点; 处5万元以上的罚款, 被罚78万, but 处3家.
_LENGTHS_OF = {"宽": "宽度", "长": "长度", "高": "高度", "深": "深度", "厚": "厚度"}
_MONEY_OF = MONEY_DEEDS | {"处": "罚款"}
_STEPS = {"涨": "上涨", "跌": "下跌", "升": "上升", "降": "下降", "增": "增加", "减": "减少"}
_STEPPED = tuple(_STEPS.values())
_HARMED = {"亡": "死亡人数", "伤": "受伤人数"}
_NUMERALS = frozenset("一二三四五六七八九十两")
_SAY_HOW = frozenset("宽窄长短高低深浅厚薄快慢多少大小强弱优好差远近")


def _of_one_syllable(text: str, unit: str) -> str:
    """What one syllable names in front of its unit: a length, a deed with money, or itself; how something is names nothing."""
    if unit == "单" and text in "接卖售":
        return f"{text}单数"  # 一天接500多单
    if unit in ("人", "名") and text in _HARMED:
        return _HARMED[text]  # 亡3人,伤5人
    if text in _SAY_HOW:
        return _LENGTHS_OF.get(text, "") if unit in LENGTHS else ""
    if text in _STEPS or text in _NUMERALS:
        return ""  # 失业人数减少9人,降为60人
    return _MONEY_OF.get(text, text) if not unit or is_money(unit) else text


def _in_length(text: str) -> str:
    """A phrase too long for a card cut to its last part or words."""
    if share := _OF_A_WHOLE.fullmatch(text):
        return f"{share[1].rpartition('的')[2]}占比"
    tail = text.rpartition("的")[2]
    return tail if 3 < len(tail) <= LONGEST_MEASURE else _last_words(text)


_OF_A_WHOLE = re.compile("(.{2,22}?)占.{2,}比重")


def _last_words(text: str) -> str:
    """As many whole words of the end as a card can carry."""
    kept: list[str] = []
    length = 0
    for word, _ in reversed(list(tagged(text))):
        length += len(word)
        if length > LONGEST_MEASURE:
            break
        kept.append(word)
    while len(kept) > 1 and kept[-1] in "、和与及或的）)":
        kept.pop()
    return balanced("".join(reversed(kept)))


def _without_junk(text: str) -> str:
    """Without the words at either end that say when, in which year of accounts, or nothing."""
    text = _FISCAL.sub("", text)
    if text.startswith("止"):
        text = _TO_DATE.sub("", text, 1)
    elif text.startswith(("这场", "该场", "这届")):
        text = text[2:]
    if text.startswith("对") and (text.endswith("贡献率") or text.removesuffix("增速").removesuffix("同比").endswith(tails_of("dealings"))):
        return text  # 对东盟进出口总值, 对全部投资增长的贡献率
    text = _junk().sub("", text)
    if text.startswith("处"):
        text = _PENALTY.sub(r"\1", text)
    if text.startswith(("较上届", "较首届")) and not text.startswith(_MOVES, 3):
        text = text[1:]  # 较首届的151个国家有所增加
    elif text.startswith("归属"):
        text = _TO_PARENT.sub("归母", text)
    return text.removesuffix("摸高")  # 市值摸高1000亿元


_MOVES = ("有所", "增", "减", "略", "明显", "大幅")


def actor_of(measure: Measure) -> Actor | None:
    """The actor that owns what is counted, where the phrase began with one."""
    mention = measure.subject.mention if measure.subject is not None else None
    return mention if isinstance(mention, Actor) else None


_Reader = Callable[[AmountClause], Measure | None]
# In this order: what says most about an amount first, what carries on last; each only for what it can be said of.
_ALL: tuple[_Reader, ...] = (
    marks, converted, rate_behind, distributed, share, multiple, growth, gap, level, second_amount, befallen, sentenced, times_done,
    distance, attending, bracketed, capacity, barred, joined_to_last, at_stake, price, quake, grant, attribute, foreseen, told_by_attribute, beside,
    thing_behind, of_clause_before, tied, deed, carried_on,
)  # fmt: skip
_OF_UNITS: dict[_Reader, frozenset[str]] = {
    befallen: frozenset(("人", "名")), sentenced: frozenset(("人", "名")), attending: frozenset(("人", "名", "人次")),
    times_done: frozenset(("次",)), quake: frozenset(("级",)), marks: frozenset(("分",)), distance: LENGTHS, capacity: GOODS,
    barred: frozenset(("个", "家", "项", "座", "条", "户")),
}  # fmt: skip
_OF_WORDS_BEHIND = frozenset((*_OF_UNITS, rate_behind, price, attribute)) - {distance, barred, marks}  # only where the clause goes on behind the amount
_NOT_OF_RATES = frozenset((converted, bracketed, at_stake, price, told_by_attribute))
_NOT_OF_MONEY = frozenset((rate_behind, share, multiple, gap, second_amount, told_by_attribute))
_NOT_OF_NUMBERS = frozenset((converted, bracketed, rate_behind, multiple, gap, second_amount))
_NOT_OF_COUNTS = frozenset((at_stake, converted, bracketed, rate_behind, multiple, gap, share, second_amount, price))


@cache
def _readers_of(unit: str, distributes: bool) -> tuple[tuple[_Reader, ...], tuple[_Reader, ...]]:
    """What to ask of an amount in this unit where it ends its clause, and where it does not; `distributes`: its head has 分别."""
    left_out = _NOT_OF_RATES if unit in RATES else _NOT_OF_MONEY if is_money(unit) else _NOT_OF_COUNTS if unit else _NOT_OF_NUMBERS
    asked = tuple([read for read in _ALL if read not in left_out and (distributes or read is not distributed) and (read not in _OF_UNITS or unit in _OF_UNITS[read])])
    return tuple([read for read in asked if read not in _OF_WORDS_BEHIND]), asked
