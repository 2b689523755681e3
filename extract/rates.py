"""Rates: shares, growth, gaps, and the levels between which something moved.

Knows 占总额的15.6%, 同比增长5.1%, 高于全市6.7个百分点, 由15%降到5%. Leaves out plain amounts (`things_in_front.py`,
`things_behind.py`) and amounts told of several things at once (`distributed_amounts.py`).
"""

from __future__ import annotations

import re
from dataclasses import replace

from extract.amount_clause import PARTS, RATES, AmountClause, Measure, measured, named
from extract.bodies import SCOPES, collective_in, subject_of
from extract.measure_words import ending, is_money, tails_of, words_of
from extract.mentions import Actor, Change
from extract.phrase_before import Phrase, phrase_before
from extract.phrase_words import clause_bounds, clause_start
from extract.property_of_list import property_of_last
from extract.told_before import STEPS, without_step

# What a step is measured against: 同比, 较上年, 比去年同期. 年化 is a yearly mean.
_COMPARED = re.compile(
    r"(?:同比|扣除价格因素(?:影响|后)?[,，]?(?:同比)?实际"  # as a year before, prices aside or not
    r"|(?<![0-9~至到-])[两二三四五六七八九十0-9]{1,2}年(?:平均|复合)(?:年化)?|按?可比(?:价格?|口径)?(?:计算)?[,，]?"  # a mean of years, or on one basis
    r"|环比[^，,]{0,4}|按[年季月]|年均|年化"  # by the month, quarter or year
    r"|(?:相较于?|相比|较|比)(?:上年|去年|上个?月|前年|同期|上一年|一年前|上届|上一?季|上一个?月|上周|上半年|年初|上年末|上年底|去年末|去年底|\d{4}年|\d{1,2}月(?:份|底|末)?(?:同期)?|前一?[周日天])[^，,较比]{0,14}"  # against a time that is named
    r"|与(?:上年|去年)[^，,]{0,6}相比)"  # 与上年…相比
)
_SET_BESIDE = re.compile(r"[与和跟同较][^，,]{2,36}相比$")  # 与去年同期的11.3亿元相比下滑
_BESIDE_A_THING = re.compile(r"(?:较|比|相[较比]于?|与|同)(?![例重率利如值期])[^，,]{0,20}?(?:[举召]行的|第[^，,届]{1,4}届|上届)")
_THAN_AMOUNT = re.compile(r"(?:较|比)[0-9][0-9.,]*[^，,0-9]{1,14}$")  # 较7.04港元/股的发售价|暴跌
_THAN = re.compile(r"[较比](?<![占对同环]比)(?<!比(?=[重例率值]))[^，,的]{1,8}$")  # 比平时, 较预期
# A part of a whole: 占同期投资总额的15.6%, 追到爱立信的91%, 相当于当年净利润的78%.
_PART_OF = re.compile(r"(占(?<!市占)(?!有?率)到?了?|相当于|恢复到|恢复至|追到|达到|赶上|不及|是|为)(?!\d)([^，,占]{1,18}?)(?:的)?(?:比重|比例|比|份额)?(?:的)?(?:分别|约?为|达到|达|在|(?:下?降|上?升|提高|提升|回落|减少|增加|扩大|跌|涨)?[至到]|约|已|近|为)*$")


def share(view: AmountClause) -> Measure | None:
    """占同期投资总额的15.6%, 占全国的1/8, 追到爱立信的91%: a part of a whole."""
    unit, value = view.unit, view.quantity.value
    if unit not in PARTS and not (unit == "" and value is not None and 0 < value < 1):
        return None
    if "step" in view.tails:
        return None
    if "占比" in view.head[-8:]:
        named_share = _named_share(view)
        if named_share is not None and view.head.endswith(("从", "由")) and _UP_TO.match(_words_behind(view)):
            named_share = replace(named_share, change="from")  # 收入占比由去年同期的26%提高到31%
        return named_share
    before = view.before
    if before and view.carries_on and before.rule == "share of a whole" and view.head.endswith(("%和", "%、", "%及", "%与")):
        return measured(view, before.text, before.base, "share of a whole")  # 占总数的85%和73%
    if before and view.carries_on and before.rule == "share of a whole" and "level" in view.tails and _from(view.head) >= 0:
        return measured(view, before.text, before.base, "level reached", None, "to")  # 所占比重由5.8%上升到16.1%
    match = _PART_OF.search(view.head[-24:])
    whole = match.group(2).strip("的据有到了") if match else ""
    if match is None or (match.group(1)[0] != "占" and (not whole or not (_owned_whole(view) or whole.endswith(("水平", "同期"))))):
        return _bare_share(view)
    start = len(view.head) - len(view.head[-24:]) + match.start()
    phrase = view.phrase_up_to(view.index_of(start))
    thing = named(view, phrase)
    if phrase is not None and not phrase.text and phrase.subject is not None and view.base:
        before = view.before.subject.text if view.before and view.before.subject else ""
        thing = phrase.subject.text + view.base.removeprefix(before) if before else view.base + phrase.subject.text  # 物联网连接250亿,中国占46%
    if match.group(1)[0] != "占":
        return measured(view, f"{thing}相当于{whole}的比例", thing, "part of another", phrase) if thing else None
    text = f"{thing}占{whole}比重" if whole else f"{thing}占比"
    return measured(view, text, thing, "share of a whole", phrase) if thing or whole else None


def _named_share(view: AmountClause) -> Measure | None:
    """占比为60%, 市场占比为28.35%, and the second of 占比分别为23.3%和36.6%."""
    at = view.head.rfind("占比")
    phrase = view.phrase_up_to(view.index_of(at))
    thing = named(view, phrase)
    return measured(view, f"{thing}占比", thing, "share of a whole", phrase) if thing else None


def _owned_whole(view: AmountClause) -> bool:
    """Whether 的 stands between the whole and the amount: 爱立信的91%."""
    return view.edge > view.low and view.edge < len(view.pieces) and "的" in (view.pieces[view.edge].text, view.pieces[view.edge - 1].text)


def _bare_share(view: AmountClause) -> Measure | None:
    """中国占46%, and the second of 爱立信的91%、诺基亚的76%."""
    if view.head.endswith("占"):
        phrase = view.phrase_before("占")
        part = collective_in(phrase.text) if phrase and phrase.text else ""
        if phrase is not None and phrase.text and not (view.base and part == phrase.text):
            return measured(view, f"{named(view, phrase)}占比", named(view, phrase), "share of a whole", phrase)
        if view.base:
            if part and part not in SCOPES:
                return replace(measured(view, f"{part}占比", view.base, "share of a whole", phrase), owner=part)  # 签约项目21个,实业型项目占九成
            owner = part or (phrase.subject.text if phrase and phrase.subject else "")
            return replace(measured(view, f"{view.base}{owner}占比", view.base, "share of a whole", phrase), owner=part)
    before = view.before
    if before and before.rule == "part of another" and "、" in view.head and _owned_whole(view):
        whole = view.head.rpartition("、")[2].strip("的")
        return Measure(f"{before.base}相当于{whole}的比例", before.base, "", "part of another", before.subject, before.owner)
    return None


_TIMES_OF = re.compile(r"(?:是|为|相当于|达到?了?)([^，,是为]{1,16})$")


def multiple(view: AmountClause) -> Measure | None:
    """规模达到1.7万亿美元,是美国的2.25倍: how many times another."""
    if view.unit != "倍" or not _owned_whole(view):
        return None
    match = _TIMES_OF.search(view.head[-24:])
    if match is None:
        return None
    phrase = view.phrase_up_to(view.index_of(len(view.head) - len(match.group())))
    thing = named(view, phrase)
    return measured(view, f"{thing}相当于{match.group(1)}的倍数", thing, "part of another", phrase) if thing else None


_IN_A_YEAR = re.compile(r"[0-9今去前上全明每当]$")
_BY_YEAR = {"年": "同比", "月": "环比", "季": "环比"}  # 出口额312亿美元,年减8.7%: as papers in Taiwan write


_REACHES = frozenset(["达", "达到", "高达", "达到了"])
_AMOUNTS = ("额", "量", "数", "值", "价", "收入", "营收", "利润", "规模")


def growth(view: AmountClause) -> Measure | None:
    """同比增长5.1%, 较上年提升2.3个百分点, 增速超30%, 较上年增加9个: a step, named after what stepped."""
    word = view.tails.get("step", "")
    if not word and view.unit not in RATES:
        return None
    if view.owned and view.unit in PARTS and _PACE.match("".join([piece.text for piece in view.pieces[view.i + 2 : view.i + 5]])):
        return _pace(view)
    if view.owned and view.unit in RATES:
        noun, action = view.thing, view.action
        if rise := ending(noun, "rise", "fall") or (action if action in words_of("rise", "fall") else ""):
            return _step_behind(view, rise)
    rising = bool(word) and view.tails.get("rise") == word
    if not word and (link := view.tails.get("link", "")) in _REACHES:  # 环比下降达10.9%
        step = ending(view.head.removesuffix(link), "rise", "fall")
        rising, word = bool(ending(step, "rise")), step and step + link
    stepped = view.i > 0 and view.pieces[view.i - 1].flag == "ul"  # 上涨了200元
    stepped = stepped or (view.head == word and view.before is not None and view.before.rule == "growth")  # 增长4%(增加357人)
    if not word:
        return None
    if view.unit not in RATES and not stepped and not view.head.removesuffix(word).endswith(_NUMBERS) and not _COMPARED.search(view.head):
        return None
    if view.unit == "个百分点" and view.carries_on and _GAP.search(view.head) and (word == "增速" or word in words_of("named steps")):
        return None  # 高于全国网络零售额增速2.6个百分点
    stem = view.head[: -len(word)]
    compared = _what_it_is_set_beside(stem)
    cut = (compared.start() + len(stem) - len(compared.string)) if compared else len(stem)
    if cut and "相比" not in stem and _BESIDE_A_THING.match(stem):
        cut = 0  # 较去年举行的第八届茶博会同比增长9%: what is only compared with does not grow
    phrase = view.phrase_up_to(view.index_of(cut))
    thing, phrase = _what_grew(view, phrase)
    if not thing and word[-1] in "涨跌" and view.unit == "%" and phrase is not None and _is_company(phrase):
        thing = "股价"  # 远山股份收跌8%
    if not thing and not (compared and view.unit in RATES):
        return None
    change, tail = tail_of_growth(view.unit, rising)
    stepwise = _BY_YEAR.get(word[0], "") if not _IN_A_YEAR.search(stem) else ""
    against = stepwise or _against(compared.group() if compared else "")
    thing = _in_full(view, thing, phrase, compared is not None)
    if tail == "增速" and thing.removesuffix("累计").endswith(tails_of("prices on exchanges")):
        tail = "涨跌幅"  # 股价收涨1.39%: what exchanges call it
    text = thing if view.unit == "个百分点" and thing.endswith(tails_of("named steps")) else f"{thing}{against}{tail}"
    return measured(view, text, thing, "growth", phrase, change)


def _in_full(view: AmountClause, thing: str, phrase: Phrase | None, compared: bool) -> str:
    """The thing that stepped without what is no part of its name, and with what the clauses before say of it."""
    thing = thing.removesuffix("同比").removesuffix("年化").removesuffix("净")
    if view.unit in PARTS and view.before is not None and view.before.unit == "个百分点" and thing == view.base and not compared:
        thing = _SHARE_OF_WHOLE.sub("", thing)  # 服务业投资占全部投资的比重提高8个百分点,增长19%
    if thing[-1:] == "每":
        thing = thing[:-1]  # 比重每提高1个百分点
    if thing in _BARE and view.noun and view.noun not in thing:
        thing = view.noun + thing  # 110家展商参展,数量增加一倍
    elif thing[:1] in _SPAN_FIRST and _ONLY_HOW_LONG.fullmatch(thing):
        thing = _over_days(view, thing)
    if view.unit in PARTS and not compared and (of_all := property_of_last(view, thing, phrase)):
        thing += of_all  # 服装销售额上升6%,家电下跌3%
    if view.unit == "个百分点" and thing in tails_of("named steps") and view.carries_on and not view.base.endswith(tails_of("named steps")):
        thing = view.base + thing  # 进出口1028亿元,降幅收窄0.6个百分点
    return thing


def _is_company(phrase: Phrase) -> bool:
    mention = phrase.subject.mention if phrase.subject is not None else None
    return isinstance(mention, Actor) and mention.type == "company"


_SHARE_OF_WHOLE = re.compile("占(?!地).{2,14}(?:比重|比例)$")
_BARE = frozenset(("数量", "人数", "总量", "总数"))
_SPAN_FIRST = frozenset("短近连过累0123456789一二两三四五六七八九十几")
_ONLY_HOW_LONG = re.compile("(?:短短|近|连续|过去)?[0-9一二三四五六七八九十两几]{1,3}个?(?:天|日|周|月|年|小时|交易日)(?:内|来|间)?的?(累计|总)?|累计[0-9]{1,2}个?(?:天|交易日)(?:内|来|间)?")


def _over_days(view: AmountClause, thing: str) -> str:
    """股价 of 股价连续两天涨停,短短3天累计涨幅23%: what moved is told before, here only for how long."""
    base = view.base if view.base.endswith(("价", "指数", "指", "额", "量", "值")) else ""
    if not base and ("交易日" in thing or any(piece.text == "股价" for piece in view.pieces[: view.low])):
        base = "股价"
    return base + ("累计" if "累计" in view.head[-16:] else "") if base else thing


def _what_it_is_set_beside(stem: str) -> re.Match[str] | None:
    """同比, 较上年 or 与去年同期的11.3亿元相比 at the end of what stands before 增长; its string may be only the end of `stem`."""
    if found := list(_COMPARED.finditer(stem, max(0, len(stem) - 14))):
        return found[-1]
    beside = _SET_BESIDE.search(stem[-40:]) if stem.endswith("相比") else None
    return _THAN.search(stem) or _THAN_AMOUNT.search(stem) or beside


def _what_grew(view: AmountClause, phrase: Phrase | None) -> tuple[str, Phrase | None]:
    """The thing the clause names before its 增长, with its phrase; else what the amount or the clause before is of."""
    thing, before = named(view, phrase), view.before
    if before and view.carries_on and view.unit == "个百分点" and before.rule == "share of a whole" and thing in _SHARES_NAMED:
        return before.text, phrase
    if phrase is not None and phrase.text:
        return thing, phrase
    if view.unit in PARTS and before and view.carries_on and before.row and thing.endswith(_SHARES):
        thing = before.row[-1]  # 出货量4650万台,市场份额13%,同比增长42%
    if before and view.carries_on and view.unit == "个百分点" and before.unit == "%":
        thing = before.text
    if view.low < 2:
        return thing, phrase
    if thing:
        return (view.unit in RATES and _own_of_clause_before(view)) or thing, phrase
    ahead = phrase_before(view.pieces, clause_start(view.pieces, view.low - 2), view.low - 1)
    if ahead and ahead.text.endswith(_TOLD_AMOUNTS):
        return ahead.text, ahead  # 公布园区9月出口额显示,较去年同期成长55%
    return _own_of_clause_before(view), ahead  # 成交额下滑较多,环比下降达12%


_TOLD_AMOUNTS = ("额", "量", "数", "值", "收", "收入", "利润", "率")
_RECOVERS = re.compile("(?:企稳|稳步|持续|继续|稳定|明显|有所)+(?:回升|增长|提升|改善)?$")


def _own_of_clause_before(view: AmountClause) -> str:
    """毛利率 of 收入2269亿元,毛利率企稳回升,增长4.8个百分点: what the clause before, without an amount, is about."""
    low, high = clause_bounds(view.pieces, view.low - 2)
    if any(piece.flag == "Q" for piece in view.pieces[low:high]):
        return ""
    subject = _RECOVERS.sub("", subject_of(view.pieces, low, high))
    if not subject.endswith(_AMOUNTS) and (phrase := phrase_before(view.pieces, low, high)) is not None and phrase.text.endswith(_AMOUNTS):
        return phrase.text  # 来自物联网的收入,同比上升10%
    return subject if subject.endswith((*_AMOUNTS, "率")) and len(subject) > 1 else ""


_NUMBERS = ("数量", "人数", "户数")
_SHARES = ("份额", "占比", "比重")
_SHARES_NAMED = frozenset(("比重", "占比", "份额", "所占比重", "所占份额"))  # 占出口的四成,比重提高3个百分点


_PACE = re.compile("(?:惊人|较快|较高|高|强劲|迅猛|同比|年均|平均|复合)?(?:增速|增幅|增长率|速度|幅度)")


def _pace(view: AmountClause) -> Measure | None:
    """投资还将以每年超过20%的速度增长: the thing before 以."""
    at = view.head.rfind("以")
    glued = ""
    if at >= 0:
        by = view.index_of(at)
        phrase, glued = view.phrase_up_to(by), view.pieces[by].text.partition("以")[0]  # 江山|港以|9%
    else:
        phrase = view.phrase_before()
    thing = named(view, phrase) + glued
    if (phrase is None or not phrase.text) and view.before is not None and view.before.unit in RATES:
        thing = glued  # 以3%的得票率当选，以9%的增速领先: of something else
    if phrase is not None and not phrase.text and phrase.subject is not None and not thing.endswith(_AMOUNTS):
        thing = ""  # 江山港以9%的增速居首
    falls = view.action.startswith(tails_of("fall"))
    return measured(view, f"{thing}增速", thing, "pace", phrase, "down" if falls else "up") if thing or view.head.endswith("以") else None


def _step_behind(view: AmountClause, word: str) -> Measure | None:
    """实现了近4倍的收入增长, 营收实现8%的增长: the step stands behind its rate."""
    thing, phrase = view.thing.removesuffix(word), None
    if not thing:
        appears = "出现" if view.head.endswith("出现") else ""  # 营业成本出现了17%的回升
        phrase = view.phrase_before(view.tails.get("light", "") or appears)
        thing = named(view, phrase)
    change, tail = tail_of_growth(view.unit, bool(ending(word, "rise")))
    return measured(view, thing + tail, thing, "growth", phrase, change) if thing else None


_ANOTHER_TIME = re.compile(r"(?:相较于?|相比|较|比)(?:\d{1,2}月|前一?[周日天])")
_STEP_BEFORE = re.compile(r"上(?:一?个?)[周月季]")


def _against(words: str) -> str:
    """同比, 环比 or 年化 in the name of a rate: 按年 is how Hong Kong says 同比; 较上届 has no such word."""
    if not words or "届" in words or not (_COMPARED.match(words) or words.endswith("相比")):
        return ""
    if words[0] in "两二三四五六七八九十0123456789":  # 两年平均增长6.5%
        return words
    if words.startswith(("可比", "按可比")) or "年初" in words or "年末" in words or "年底" in words:
        return ""
    if words[0] == "扣":
        return "实际"
    if _ANOTHER_TIME.match(words):
        return ""  # 较3月增长5%: how far back is not said
    if "环比" in words or words in ("按季", "按月") or _STEP_BEFORE.search(words):
        return "环比"
    return "年化" if words in ("年均", "年化") else "同比"


def tail_of_growth(unit: str, rising: bool) -> tuple[Change, str]:
    change: Change = "up" if rising else "down"
    if unit == "个百分点":
        return change, "升幅" if rising else "降幅"
    if unit in RATES:  # one measure for both ways, so that a rise and a fall stand on one card; `change` says which
        return change, "增速"
    if is_money(unit):
        return change, "增加额" if rising else "减少额"
    return change, "增加数" if rising else "减少数"


_GAP = re.compile(r"(高于|低于|高出|高过|多于|少于|快于|慢于|好于|超出|领先|落后|超(?!过|出))([^，,]{2,16})$")
_PASSES = re.compile(r"(超过)([^，,]{2,16})$")  # 完成年度计划的62%,超过时序进度4个百分点
# 增幅比全市平均水平高14.2个百分点
_GAP_AFTER = re.compile(r"[比较]([^，,比较]{2,16}?)偏?(高出?|低|多出?|少|快|慢)了?$")


def gap(view: AmountClause) -> Measure | None:
    """工业投资增长18.4%,高于全市投资6.7个百分点: how far the amount before lies above or below another."""
    if view.unit not in ("个百分点", "%", "倍"):
        return None
    after = _GAP_AFTER.search(view.head)
    phrase = view.phrase_up_to(view.index_of(after.start())) if after else None
    if after and phrase and len(phrase.text) > 1 and not phrase.text.endswith(("增幅", "增速", "涨幅", "降幅")):  # 年平均气温比周边城市低30%
        words = f"{phrase.text}{after.group(2)[0]}于{after.group(1)}"
        return measured(view, words, phrase.text, "gap to another", phrase, "up" if after.group(2)[0] in "高多快" else "down")
    if view.before is None or not (view.carries_on or _opens_beside_rate(view, view.before)):
        return None
    if match := _GAP.search(view.head) or (_PASSES.search(view.head) if view.unit == "个百分点" else None):
        which, words = match.group(1)[0], match.group()
    elif after:
        which = after.group(2)[0]
        words = f"{which}于{after.group(1)}"
    else:
        return None
    change: Change = "up" if which in "高多超领快好" else "down"
    return Measure(f"{view.before.base}{words}", view.before.base, change, "gap to another", view.before.subject, view.before.owner)


def _opens_beside_rate(view: AmountClause, before: Measure) -> bool:
    """合格率为98%。比去年高3个百分点: a sentence that opens with what the rate before it is set beside."""
    return view.low == 0 and before.unit in RATES and view.head.startswith(("比", "较"))


def level(view: AmountClause) -> Measure | None:
    """增长约35%至1802.4亿元, 从15%降到5%, 由2010年的702.64亿元增加到…: the levels between which something moved."""
    head = view.head
    cut = _from(head) if "从" in head or "由" in head else -1
    word = view.tails.get("level", "")
    if word and view.thing.endswith(_REACHED_PLACES) and not view.owned:
        return None  # 将服务拓展到10个城市
    if not word and view.head.endswith(("至", "到")) and (cut >= 0 or _steps(view)):
        word = view.head[-1]
    if word:
        if cut < 0:
            cut = _step_start(view.head, word)
        return _level_measure(view, cut, "to", "level reached")
    if cut >= 0 and view.bracketed and re.search(r"[至到]", view.head[cut + 1 :]):  # 从高速度（8%以上）切换到中等速度（6%左右）
        return _level_measure(view, cut, "to", "level reached")
    if cut < 0 or len(view.head) - cut >= 14:
        return None
    if _TO_ANOTHER.match(_words_behind(view)):
        return _level_measure(view, cut, "from", "level left")
    return None


def _words_behind(view: AmountClause) -> str:
    """The few words behind the amount."""
    return "".join([piece.text for piece in view.pieces[view.i + 1 : view.i + 8]])


_UP_TO = re.compile("[^。，,]{0,6}?[至到]")
_TO_ANOTHER = re.compile(r"[^。]{0,9}?(?:至|到|变|[调降升减增改]为)")
_REACHED_PLACES = ("城市", "国家", "地区", "省份", "领域")
_FROM = re.compile(r"从(?![业事而此来])|(?<![自理经])由(?![于此])")
_OF_A_SOURCE = re.compile(r"[从由][^，,0-9]{2,14}的[^，,0-9的增升降提扩减]{1,10}$")  # 从平台获得收入的骑手数: where it comes from, no level left


def _from(head: str) -> int:
    """Offset of the last 从 or 由 that opens a from-to; -1 for none (从业人员 has none)."""
    cut = -1
    for match in _FROM.finditer(head):
        cut = match.start()
    return -1 if cut >= 0 and _OF_A_SOURCE.match(head, cut) else cut


def _level_measure(view: AmountClause, cut: int, change: Change, rule: str) -> Measure | None:
    phrase = view.phrase_up_to(view.index_of(cut))
    thing = named(view, phrase)
    if cut == 0 and view.low > 1 and not (phrase and phrase.text) and (told := _moved_ahead(view)):
        thing = told
    if not thing:
        return None
    if view.unit not in RATES and thing == view.base and thing[-1] in STEPS:
        thing = without_step(thing)  # 企业增加30家,增至300家
    if view.unit in RATES:
        thing = _MOVED_BY_DEED.get(thing[-2:], thing)  # 降息50个基点至3%
    text = thing
    before = view.before
    if view.unit in PARTS and before and before.base == thing and before.unit in PARTS:
        grown = before.rule == "growth" and thing.endswith("率")  # 良品率提升3.4%至81.5%
        text = thing if grown else before.text  # 物流支出占GDP的15%. … 从15%降到5%
    return measured(view, text, thing, rule, phrase, change)


_MOVED_BY_DEED = {"降息": "利率", "加息": "利率", "降准": "存款准备金率"}


def _moved_ahead(view: AmountClause) -> str:
    """广告收入增速 of 广告收入增速下滑,由13%降至8%: what the clause before says has moved."""
    low = clause_start(view.pieces, view.low - 2)
    clause = view.pieces[low : view.low - 1]
    if any(piece.flag == "Q" for piece in clause) or not ending("".join(piece.text for piece in clause), "rise", "fall"):
        return ""
    phrase = phrase_before(view.pieces, low, view.low - 2)
    thing = phrase.text if phrase else ""
    return thing if thing.endswith((*_AMOUNTS, "率", "增速", "比重", "占比")) else ""


def _steps(view: AmountClause) -> bool:
    """Whether an amount of growth stands right before 至: 增长约35%至1802.4亿元."""
    return any(view.pieces[j].flag == "Q" for j in range(max(view.low, view.edge - 3), view.edge))


_STEPS_BY = re.compile("[了约近超逾0-9]|幅|$")  # 飞机起降量|同比上升三成至1.6万架次: the 降 of 起降量 is no step


def _step_start(head: str, word: str) -> int:
    """Offset of the first word of 同比增长约35%至, so that the phrase before it is the thing that moved."""
    stem = head[: -len(word)]
    verbs = [at for verb in tails_of("rise", "fall") if (at := stem.rfind(verb)) > len(stem) - 14 and at >= 0 and (len(verb) > 1 or _STEPS_BY.match(stem, at + 1))]
    cut = min(verbs) if verbs else len(stem)
    compared = _COMPARED.search(head)
    return min(cut, compared.start()) if compared else cut
