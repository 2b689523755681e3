"""What makes a trigger word tell no deed: a plan, a wish, a habit, a negation, a reason, a count, a mere noun, what somebody says.

Knows the wordings around the word in its clause. Leaves out which words there are and what kind of deed they tell (`triggers.py`).
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence

from extract.lexicons import either, read_lexicon, set_in, words_in
from extract.mentions import EventType
from extract.triggers import Trigger, coming_to_be, is_object, words_for

_EACH = ("户均", "人均")  # 户均投放垃圾桶1个
# Ahead of the trigger in its clause: plans, wishes, possibilities, duties, habits. Every alternative begins with a character
# of its own and looks back only behind it, so that the search can skip over all others at once.
_UNDONE = re.compile(
    r"拟|原定|有消息称|计划(?<!上市计划)(?<!IPO计划)(?<!重组计划)(?<!资助计划)(?<!扶持计划)(?!工作|领导小组|生育|[被遭已获的由”》\"]|单列)"  # what is planned
    r"|预计|有望|希望(?<!新希望)(?<!东方希望)(?!工程|[小中]学|之星)|准备(?!金)|打算"  # what is expected or wished for
    r"|可能(?!性)|或(?:将|$)|预测(?<=[构家师行司士遍院]预测)(?![的报性]|[^，。；]{0,4}(?:平台|系统|模型|中心|研究|工具|机构|算法|结果))|确保|意向$|即将|未来(?!科技|网络|城|信息|工厂|社区|乡村|农场|产业|学院)"  # what may or will be
    r"|应该|应当|适合|适宜|必须|需要|能够|可(?:[以望]|当日|随时|直接)"  # what has to be or can be
    r"|争取|力争|为了(?<!成为了)|以便|寻求(?![^，。]{0,8}的)|谋求(?![^，。]{0,8}的)|户均$|人均$|今年(?:要(?!闻|素|案|点)|重点(?=$|推|打|建|抓|做|开展|实施|发展|培育|支持))"  # what is aimed at
    r"|呼吁|建议|鼓励|传闻|据传|传言"
    r"|促(?:使|进(?!的|中心|会|局))|推(?:动|进)(?![的“「]|中心|会|局)|助力(?!.*(?:平台|[大峰展]会|活动|行动|仪式|项目|工程|系统|[展节赛]))"  # what something leads to
    r"|迫使|有意|让我们|愿(?<![志自祝宏遗夙心]愿)(?!景|望)|想要|想(?<![联理思梦构幻畅遐]想)(?![象法])"  # what somebody wants
    r"|要想|考虑|是否|为何|为什么|如何|怎样|怎么|会不会|能否|可否"  # what is asked
    r"|目标是|旨在|致力于|有助于|有利于|不断|不再"
    r"|正在|正(?=[与在和就向由对])"  # what is going on
    r"|将(?<!央将)(?=$|于|在|与|和|对|向|会|继续|进一步|正式|陆续|全面|很快|首次|再次|共同|联合|不|有|成为|以|从|为|通过|由|斥|投|出|新|分|逐步|是|借壳|推出|发布|公布"  # 将 ahead of whatever can follow it: of whom and how it will be
    r"|召开|举行|举办|启动|开展|建成|打造|采取|参加|获得|迎来|达|超|拥有|提供|提高|提升|增加|增至|减少|缩减|扩大|收购|设立|组建|派|前往|赴|实现|实施"
    r"|把|最|大幅|努力|积极|加快|加大|加强|持续|尽快|用|着力|依托|利用|针对|围绕|按|根据|依照|依据|邀请(?!函|赛|人)|聚焦|加速|深入|携手|吸引|完善|优化|推动|推进(?!会)"
    r"|协助|帮助|亮相|揭晓|揭幕|适时|全力|开出|组织(?!架构|结构|部|机构|形式|者|单位|方)|优先|率先|同步|择机|提前|如期|暂停|停止|取消"
    r"|退出|接任|担任|出任|接替|改|接受|面临|给|让|使|带来|造成|引发|导致|考虑|落实|建立|签署|签订|出资|斥资|募集|购买|引进|落户|入驻|进驻|登陆|上市|上线|开业|开放|开通|投产|开工|拟)"
    r"|会(?<=[将就都也还才不便则能他她它们这那司方者业，,或总仍调示称]会)(?<![善会商协育联]总会)(?=$|[被有在对与继加带产引更进使让给])"  # 会 but in a word: 社会, 总会
    r"|能(?<![功智节性效产职机热电势动]能)(?=$|在|于|继续|实现)"  # 能 but in a word: 功能, 节能
    r"|须|要(?<![重主需简]要)(?=$|[在与对把将求继建做加进向])"
    r"|每[年天月周个]|经常(?!性|项)|一直(?!.*的)|始终|通常|往往|总是|近年来|历来|素来|长期(?![债股借投贷合协战限资护租照主])|任何|所有|凡是|常年|一般(?!贸易|公共|纳税|债|工业|固)"
)
_BECAUSE = re.compile(r"因(?:为|涉嫌|涉)?[^，此素果由]{0,8}$")
_EFFECT = re.compile(r"被|而|遭|获|致|引")
_CONCERNING = re.compile(r"(?:但)?(?:对于|关于|就|针对|围绕)")
_HYPOTHETICAL = re.compile(r"[“\"]?(?:但|而|所以|不过)?(?:如果|若|一旦|假如|只有|无论|即使|哪怕|除非|只要|倘若|要是|万一)")
_AT_ONCE, _NEAR = "(?:曾|再|被|能|有|正式|公开|会)?$", "[^，。]{0,14}$"
_DENIED = re.compile(  # every alternative begins with a character of its own here too
    f"没(?:有?{_AT_ONCE}|能{_NEAR}|有(?:按照?|根据){_NEAR})|不(?:[用肯]?{_AT_ONCE}|[会能再得]{_NEAR})|并(?:非{_AT_ONCE}|未{_NEAR})|无(?:须{_AT_ONCE}|人{_AT_ONCE}|法{_NEAR})|否认{_AT_ONCE}"
    f"|险些{_NEAR}|差点{_NEAR}|未(?:能|(?!来)){_NEAR}|尚未{_NEAR}|从未{_NEAR}|难以{_NEAR}|拒绝{_NEAR}|暂不{_NEAR}|停止{_NEAR}|暂停{_NEAR}|取消{_NEAR}|放弃{_NEAR}|推迟{_NEAR}"
)
_NOMINAL_BEFORE = re.compile(
    r"(?:的(?:纷纷|豪迈|集中|正式|全面|成功|顺利|惊艳|高调)?"  # 的, or how it was done
    r"|的第[一二三四五六七八九十0-9]{1,3}次|(?<![第])[一二两三四五六七八九十几数多]次|[一二两三四五六七八九十几数]场"  # which time
    r"|此次(?:[一-鿿]{2}[和及、])?|这次|本次"  # this one
    r"|该|关于|对于|等|作为|有关|上述|通过|进行|深化|陪同|大规模|最大|无)$"  # what it is about, or what is done with it
)
_NOMINAL_ENDS = "纷迈中式面功利艳调和及、的次场本该于等为关述过行化同模大无"  # their last characters, asked first


@functools.cache
def _noun_makers() -> dict[str, tuple[str, ...]]:
    """What follows a deed and makes a noun of it (收购细节), by its first character."""
    words = next(entry["words"] for entry in read_lexicon("event_types") if entry.get("not") == "before")
    return {first: tuple(word for word in words if word[0] == first) for first in {word[0] for word in words}}


@functools.cache
def _noun_use() -> tuple[frozenset[str], re.Pattern[str]]:
    entry = next(entry for entry in read_lexicon("event_types") if entry.get("not") == "noun use")
    return frozenset(entry["of"]), re.compile(either(entry["words"]))


_NO_MORE = "(?![一-鿿](?<!的))"


@functools.cache
def _everyday() -> dict[str, re.Pattern[str]]:
    """Verbs with the everyday things beside which they tell no deed; `last`, where no longer noun begins with them (提供|动力电池)."""
    entries = [entry for entry in read_lexicon("event_types") if entry.get("not") == "everyday"]
    table: dict[str, re.Pattern[str]] = {}
    for entry in entries:
        anywhere, last = ("|".join(map(re.escape, entry.get(key, ()))) for key in ("words", "last"))
        pattern = "|".join([part for part in (anywhere, last and f"(?:{last}){_NO_MORE}") if part])
        table |= dict.fromkeys(entry["of"], re.compile(pattern))
    return table


@functools.cache
def _compounds() -> dict[str, tuple[str, ...]]:
    """Deeds with the words that make a noun of them: 完工|日期."""
    table: dict[str, tuple[str, ...]] = {}
    for entry in read_lexicon("event_types"):
        if entry.get("not") == "compound":
            for word in entry["of"]:
                table[word] = (*table.get(word, ()), *entry["words"])
    return table


@functools.cache
def _statistic() -> tuple[frozenset[str], re.Pattern[str]]:
    entry = next(entry for entry in read_lexicon("event_types") if entry.get("not") == "statistic")
    return frozenset(entry["of"]), re.compile(f"(?:{'|'.join(entry['words'])})(?:已|共|仅|均|分别|将|也|再|再次|已经)?被?(?:出口|意向|集中)?$|较(?:[0-9]{{2,4}}年|上年|去年|上月|上季|年初|同期|此前|前[一期年])[^，。；]{{0,6}}$")


_COMPARED = re.compile(r"[^0-9，。；]{0,16}[0-9][0-9.,]*[万亿]?[余多]?[一-鿿]{1,4}[，,](?:同比|环比|[比较](?:上|去|前))")  # 设立企业153家，同比增长5%
_BEGUN = frozenset(["集中开工", "开工", "竣工", "签约", "集中签约"])  # on a day they are deeds, whatever they are compared with
_BRACKET = re.compile(r"[（(][^（()）]{0,30}[)）]")
_COPULA = re.compile(r"是(?<![但可于凡要若特或]是)")


def why_not(text: str, trigger: Trigger, start: int, end: int) -> str:
    """Why the trigger tells no deed in its clause [start, end): `planned`, `negated`, … or ""."""
    ahead = _by_what_is_ahead(text, start, end, trigger.start, trigger.end) if trigger.start > start else ""
    return ahead or _by_what_follows(text, trigger, start, end) or _by_its_phrase(text, trigger, start, end)


def _by_what_is_ahead(text: str, start: int, end: int, at: int, stop: int) -> str:
    """`why_not` by the words between `start` and the trigger at [at, stop)."""
    if _DENIED.search(text, max(start, at - 18), at):
        return "negated"
    if (undone := _UNDONE.search(text, max(start, at - 60), at)) and not _only_describes(text, undone, at):
        return "habit" if undone.group() in set_in("event_types", "habits") else "count" if undone.group() in _EACH else "planned"
    if text[at - 1] == "是" and text.endswith(_WHAT_IT_IS, start, at):
        return "noun"  # 今年的重点是建设园区
    if text.endswith("规划", start, at) and text.startswith(_LAID_OUT, at, stop):
        return "planned"  # 临江市规划建设三条线路; but 临江市规划发布
    if text.find("年", start, at) > start + 2 and _ASKS.search(text, start, at):
        return "planned"  # 方案提出到2019年建成: what a paper asks for
    if text.rfind("没有就", start, at) >= 0:
        return "negated"  # 没有就甲提交、乙支持的草案达成协议
    if stop >= end - 1 and text.rfind(" 据", max(start, at - 20), at) >= 0:
        return "source"  # 某报记者 南京报道 据海关通报，
    if text.find("因", max(start, at - 12), at) >= 0 and _BECAUSE.search(text, max(start, at - 12), at) and _EFFECT.search(text, stop, end):
        return "reason"
    return _by_opening(text, start, end, at, stop) if text[start] in _OPENS else ""


def _by_what_follows(text: str, trigger: Trigger, start: int, end: int) -> str:
    """`why_not` by the words behind the trigger: 收购|细节, 班列开行|十周年, 以签订协议|为由."""
    at, stop, kind = trigger.start, trigger.end, trigger.type
    if kind == "visit" and text.find("记者", start, at) >= 0 and text.find("采访", at, end) < 0 and _REPORTER.match(text, start, at):
        return "source"  # 记者来到堤上: who reports is no part of the story
    if text.find("为由", stop, end) >= 0 and text.find("以", start, at) >= 0:
        return "background"  # 以签订了保密协议为由谢绝
    if stop < end and text[stop] in _BEGINS_NUMBER and (counted := _by_number(text, kind, stop, end)):
        return counted
    if stop >= end - 1 and text.startswith(_APPROVES, at) and text.rfind("是经", start, at) >= 0:
        return "background"  # 茶博会是经国务院批准，由两省主办的盛会
    if stop >= end - 1 and kind in _MAY_BE_WHAT_IT_IS and _IS_ONE.search(text, start, at):
        return "noun"  # 这是今年获得的首笔|投资
    if text.find("奠定", stop, end) >= 0 and text.startswith("为", start):
        return "noun"  # 为后续|首飞奠定基础
    if trigger.text == "迎来" and _MILESTONE.match(text, stop, end):
        return "noun"
    if kind == "founding" and _EVER_SINCE.match(text, stop):
        return "background"
    behind = stop
    if text[stop : stop + 1] in "（(" and (bracket := _BRACKET.match(text, stop, end)):
        behind = bracket.end()
    if text[behind : behind + 1] == "”":
        behind += 1  # “跳水”|的因素很多
    words = _noun_makers().get(text[behind : behind + 1])
    if words and text.startswith(words, behind, end) and not text.startswith(_MANY_FORMS, behind) and not (text.startswith("首日", stop) and trigger.text in coming_to_be()):
        return "noun"  # but the first day of what came to be is when it did (上市首日), and 开展|形式多样的活动 a deed
    if (kind == "publication" or trigger.text in _HANDS_IN) and (read := _by_reader(text, trigger, start, end)):
        return read
    return _by_what_it_is_part_of(text, trigger, start, end)


def _by_what_it_is_part_of(text: str, trigger: Trigger, start: int, end: int) -> str:
    """`why_not` by the longer wording that goes on behind the trigger: 从事回收、拆除|等工作, 在遭受灾害的情况下, 首个发车的他."""
    at, stop, kind = trigger.start, trigger.end, trigger.type
    after = text[stop : stop + 1]
    if after in _GOES_ON and (joined := _by_what_it_goes_on_with(text, trigger, start, end)):
        return joined
    if text.find("下", stop, end) >= 0 and text.rfind("在", start, at) >= 0 and _IN_SUCH_A_CASE.match(text, stop, end):
        return "background"  # 在遭受灾害的情况下|仍有收入
    if text[start] == "从" and text.endswith("来看", stop, end):
        return "source"  # 从部门发布的目录|来看
    if kind == "visit" and _WORDS_THERE.match(text, stop, end):
        return "noun"  # 学习领导视察云江重要讲话精神
    if text.rfind("作为", start, at) >= 0 and _TAKES_AS.search(text, start, at) and _TAKEN_AS.match(text, stop, end):
        return "noun"  # 把成绩作为奖金发放和评级的依据
    if _AIM_OF.match(text, stop, end) or (after == "、" and _OF_FIELDS.match(text, stop, end)):
        return "noun"  # 与|设立|公园的宗旨相悖, 在|竣工|、税收等方面
    if text[end - 1] in _ENDS_DUTY and _IS_DUTY.search(text, stop, end) and _HAS_DUTY.search(text, start, at):
        return "noun"  # 有协助法院冻结存款的义务
    if after == "的":
        if text.startswith(_OF_HIM, stop):
            return "background"  # 首个发车的他
        if _COUNTED_BEHIND.match(text, stop, end) or _EXCEEDS.search(text, start, at):
            return "count"  # 已报名的买家人数激增, 超过2019年开行的班列
    return "noun" if _MAY_BE_ASIDE.search(text, stop, end) and _is_by_the_way(text, start, at, stop, end) else ""


_GOES_ON = frozenset("”等、工着的")  # what the wordings of the next step begin with


def _by_what_it_goes_on_with(text: str, trigger: Trigger, start: int, end: int) -> str:
    """`why_not` by the character right behind the trigger and what that begins."""
    at, stop = trigger.start, trigger.end
    if text[stop] == "”" and (opened := text.rfind("“", max(start, at - 8), at)) > start and text[opened - 1] == "的":
        return "noun"  # 十年前的“世纪联姻”
    if text[stop] == "等" and _OF_THE_LIST.match(text, stop, end):
        return "noun"  # 从事回收、拆除|等工作
    if text[stop] in "、工等" and _OF_MATTERS.match(text, stop, end) and max(text.rfind("就", start, at), text.rfind("围绕", start, at)) >= 0:
        return "noun"  # 就招商引资、项目开工|、防汛等工作进行了部署
    if text[stop] == "着" and text[stop + 1 : stop + 2] not in "手陆力眼落火":
        return "habit"  # 正发生着变化
    return "noun" if text[stop] == "的" and _ARE_THESE.match(text, stop, end) else ""  # 签订的3项合约|分别为…


def _by_number(text: str, kind: EventType, stop: int, end: int) -> str:
    """`why_not` by an amount right behind the trigger."""
    if (held := _ANNIVERSARY.match(text, stop)) and (kind != "founding" or held.lastindex):
        return "noun"  # 公司成立|十周年庆典举行: the feast is not the founding
    if kind == "launch" and _FOR_SO_LONG.match(text, stop, end):
        return "background"
    return "count" if _SO_MANY_TIMES.match(text, stop, end) else ""


def _by_reader(text: str, trigger: Trigger, start: int, end: int) -> str:
    """`why_not` of something published that only says where something stands: 本报3月20日曾报道, 获得通报, 发布的数据显示."""
    if text.endswith("显示", trigger.end, end) or (trigger.text == "报道" and text.find("本报", max(0, start - 1, trigger.start - 40), trigger.start) >= 0):
        return "source"
    return "noun" if trigger.type == "publication" and text.endswith(_GETS, start, trigger.start) else ""


def _is_by_the_way(text: str, start: int, at: int, stop: int, end: int) -> bool:
    """对项目开工|表示祝贺, 以发放资料|等形式: the deed is what something else is done to or by."""
    aside = _ASIDE.match(text, stop, end)
    if aside and (not aside.lastindex or max(text.rfind("对", start, at), text.rfind("向", start, at)) >= 0):
        return True
    return _BY_MEANS.match(text, stop, end) is not None and max(text.rfind("以", start, at), text.rfind("通过", start, at)) >= 0


def _by_its_phrase(text: str, trigger: Trigger, start: int, end: int) -> str:
    """`why_not` by the phrase the trigger is a part of: 投资项目, 这次收购, 累计完成, 在查获的案件中."""
    at, stop = trigger.start, trigger.end
    nouns, things = _noun_use()
    if trigger.text in nouns and (things.match(text, stop, end) or _ITS_PLAN.match(text, stop, end)):
        return "noun"
    if trigger.text in words_for("held") and text[at - 1] == "次" and _TIMES_AHEAD.search(text, start, at):
        return "count"  # 先后5次|召开会议; but 3次|夺冠
    may_be_noun = at > start and text[at - 1] in _NOMINAL_ENDS and trigger.type != "speech"
    if may_be_noun and _NOMINAL_BEFORE.search(text, max(start, at - 7), at) and not _is_money_put_in(text, trigger, start):
        if trigger.type == "agreement" and stop >= end - 1 and text.find("见证", start, at) >= 0:
            return ""  # 共同见证双方合作协议的签署
        if text.startswith("进行", at - 2) and (trigger.text not in nouns or _looks_into(text, trigger, start, end)) and text.find("对", start, at - 2) >= 0 and text[stop : stop + 1] not in "的了":
            return ""  # 对三个县进行约谈
        return "noun"
    beside = _everyday().get(trigger.text)
    if beside and beside.search(text, start, end):
        return "everyday"
    halves = _compounds().get(trigger.text)
    if halves and text.startswith(halves, stop, end):
        return "noun"
    amounts, over_a_time = _statistic()
    if trigger.text in amounts and (over_a_time.search(text, max(start, at - 10), at) or (trigger.text not in _BEGUN and _COMPARED.match(text, stop))):
        return "count"
    if trigger.text in _LASTING and text.endswith(_STILL, start, at):
        return "count"  # 仍质押3亿股
    if trigger.text == "翻车" and not _ON_WHEELS.search(text, start, at):
        return "noun"  # 东湖队主场翻车
    if text[end - 1] in "中下时" and _is_aside(text, start, stop, end):
        return "background"
    if text[end - 1] in "机会期候节。" and text.find("是", start, at) >= 0 and _GOOD_TIME.search(text, stop, end):
        return "background"  # 假期是开展研学的好时机
    if (trigger.type == "launch" and _COUNTED.match(text, stop, end)) or (trigger.text in _LISTING and _LISTED.match(text, stop, end)):
        return "count"
    return ""


def _is_money_put_in(text: str, trigger: Trigger, start: int) -> bool:
    """获得三千万元的|投资: a noun, and the deed."""
    return trigger.type == "investment" and text[trigger.start - 1] == "的" and is_object(text, trigger, start)


_ITS_PLAN = re.compile("的[^，。；的]{0,4}(?:方案|目标|规划|思路|要求|成果|情况|问题|步伐|力度|态度|预期|信心|前景)")  # 重点项目建设|的具体方案
_LOOKED_INTO = frozenset(["调查", "检查"])
_OFFICE_AHEAD = re.compile("(?:局|委|部|部门|厅|署|法院|检察院|证监会|警方|公安机关|组|海关|交易所)[^，。；对]{0,10}对")
_TIMES_AHEAD = re.compile("(?<![第0-9])[0-9]{1,3}次$")
_LASTING = frozenset(["上涨", "下跌", "质押"])
_STILL = ("仍", "仍被", "仍在")
_ON_WHEELS = re.compile("车(?!队|展|企|市|手)|路")


def _looks_into(text: str, trigger: Trigger, start: int, end: int) -> bool:
    """证监局对甲公司进行|调查。: an office, and not a doctor or a reporter."""
    return trigger.text in _LOOKED_INTO and trigger.end >= end - 1 and not text.startswith("通过", start) and _OFFICE_AHEAD.search(text, start, trigger.start) is not None


_MAY_BE_WHAT_IT_IS = frozenset(["investment", "acquisition", "agreement", "sales"])
_IS_ONE = re.compile("(?:(?<![但可于凡要若特或还就])是|不仅是|也是|成为)[^，。；]{0,30}的[^，。；的]{0,14}$")
_APPROVES = ("批准", "核准", "批复", "同意")
_OPENS = frozenset("受得因由经随这标意该据根回“\"但而所不如若一假只无即哪除倘要万")


def _by_opening(text: str, start: int, end: int, at: int, stop: int) -> str:
    """`why_not` by the first words of the clause."""
    if text[start] == "随" and text[start + 1] == "着":
        return "accompanying"
    if text[start] == "经" and stop >= end - 1 and text.startswith(_APPROVES, at):
        return "background"  # 经市政府批准，交易所成立
    if _REASON.match(text, start, at) and not _EFFECT.search(text, start, at):
        return "reason"  # 因业务调整，平台停止运营
    if _SIGNIFIES.match(text, start, at) or _THIS_NUMBER.match(text, start, at) or _THIS_IS.match(text, start, at):
        return "background"
    if text[start] in "据根" and (stop >= end - 1 or text[end - 1] == "》" or (_PAPER.search(text, stop, end) and not _DATED.search(text, start, at))):
        return "source"  # 据公司公告， 根据某报报道，
    if text[start] in "回“" and _LOOKS_BACK.match(text, start, at):
        return "background"
    return "hypothetical" if _HYPOTHETICAL.match(text, start, at) else ""


_PAPER = re.compile("的[^，。；的]{0,10}(?:书|协议|文件|公告|通知|报告|规定|安排)$")  # 根据甲收购乙的意向书，
_DATED = re.compile("[0-9一二三四五六七八九十][年月日]|[去今前昨]年|昨[天日]|上月|此前|日前|近日")
_HANDS_IN = frozenset(["提交", "递交", "上报", "报送"])  # 甲向交易所提交的文件显示，甲收购乙
_OF_THE_LIST = re.compile("等(?:[一-鿿]{0,4}的?)(?:消息|问题|现象|情况|工作|任务|环节|措施|违法行为|业务|事项|事宜|功能|过程)(?=[^一-鿿]|[开展的]|$)")
_OF_MATTERS = re.compile("(?:、[^，。；]{2,40}|等?工作|等)(?:进行|作出|作了|做了|提出|开展|部署|交流)")
_COUNTED_BEHIND = re.compile("的[^，。；的]{0,8}(?:人数|数量|总数|总和|总额)")
_EXCEEDS = re.compile("(?:超过|高于|低于|多于|相当于)[^，。；]{0,16}$")
_ARE_THESE = re.compile("的[^，。；的]{2,14}(?:分别为|分别是|如下)")
_IN_SUCH_A_CASE = re.compile("[^，。；]{0,14}(?:情况|背景|条件|形势)下")
_WORDS_THERE = re.compile("[^，。；并时后和发作听期]{0,10}(?:讲话|指示|批示)(?:重要)?(?:指示)?精神|[^，。；并时后和发作听期]{0,8}重要讲话")
_TAKES_AS = re.compile("[将把以][^，。；]{1,16}作为[^，。；]{0,6}$")
_TAKEN_AS = re.compile("[^，。；]{0,14}的[^，。；]{0,4}(?:依据|内容|标准|条件|基础|前提|抓手|举措)")
_AIM_OF = re.compile("[^，。；的]{0,12}的(?:宗旨|初衷|目的|意义)(?:不符|相符|相悖|相违背|一致|背道而驰)")
_OF_FIELDS = re.compile("(?:、[^，。；、]{1,8}){1,4}等(?:各|多个?)?(?:方面|领域)")  # the deed is one of the fields itself
_ENDS_DUTY = frozenset("务责利任格。”")
_HAS_DUTY = re.compile("(?:(?<![公所拥没])有(?![关限望人色])|承担|履行|负)[^，。；的]{0,10}$")
_IS_DUTY = re.compile("的(?:法定)?(?:义务|职责|权利|责任|资格)[。”]*$")
_LAID_OUT = ("投入", "投资", "建设", "新建", "扩建", "改建")
_REPORTER = re.compile("(?:[^，。；]{0,14}[报社台网日午天晨晚许])?记者(?!节|会|站|协)")  # who opens the clause, behind a paper or a time
_MANY_FORMS = ("形式多", "形式丰富", "形式各", "形式新", "形式活", "形式灵")
_WHAT_IT_IS = ("重点是", "任务是", "目标是", "关键是", "核心是", "目的是", "方向是")
_ASKS = re.compile("(?:提出|明确|要求)，?(?:[到在至]|力争|确保)?(?:20[0-9]{2}年|今年|明年|[一二三两几]年内)(?![^，。；]{0,12}的)")  # but 明确2023年开工的项目|已竣工
_REASON = re.compile("因(?![此而])|由于|受[惠益](?!企业|者|群众|人|单位|家庭|地区|商户|农户|居民)|得益")
_LOOKS_BACK = re.compile("[“\"]?回顾")  # 回顾两年前完成融资，当时…
# 计划投资20亿元的产业园正式开工: what is planned is how large the thing will be.
_MEASURED = re.compile(r"(?:计划|预计|拟)[^，。的将]{0,12}[0-9][^，。的将]{0,16}的(?!计划|目标)")
_OF_A_LIST = re.compile("[^，。]{2,16}(?:名单|人选|对象|项目|企业|干部|人员|单位|作品)(?:情况)?(?:进行|予以)?$")  # 对拟奖励的小区名单进行公示
_ON_THE_GROUND = re.compile("[^，。；]{2,24}为由")  # 以商谈并购事宜为由|停牌
_MADE_INTO = re.compile("[把将](?![一-鿿]?[，。])[^，。；将把拟会]{2,12}$")  # 把减免计划|升级为扶持计划: the plan is the thing
_IN_WHICH = re.compile(r"[^，。]{0,12}的[一-鿿]{1,6}[中上里]$")  # 在宣布即将离任的公开信中|表示


def _only_describes(text: str, undone: re.Match[str], at: int) -> bool:
    """Whether the plan lies in a phrase of its own ahead of the deed at `at`."""
    if (measured := _MEASURED.match(text, undone.start(), at)) and measured.end() < at:
        return True
    if undone.group() == "拟" and _OF_A_LIST.match(text, undone.end(), at):
        return True
    if undone.group() == "计划" and _MADE_INTO.search(text, max(0, undone.start() - 14), undone.start()):
        return True
    if undone.group() == "拟" and _ON_THE_GROUND.match(text, undone.end(), at):
        return True
    opened = undone.group() not in set_in("event_types", "habits") and text.find("在", max(0, undone.start() - 8), undone.start()) >= 0
    return opened and _IN_WHICH.match(text, undone.end(), at) is not None


# 对项目开工|表示祝贺, 以拖延上线|等方式, 落户|十周年之际
_ASIDE = re.compile(
    r"[^，。]{0,8}(表示|致以)(?:热烈|衷心|诚挚)?的?(?:祝贺|感谢|欢迎|肯定|关注|不满|支持|赞赏|慰问)|等(?:方式|手段|形式|途径)(?=[，,。]|$)"
    r"|(?<!审理)(?!审理)[^，。；、]{0,14}一案(?=[^，。；、]{0,4}(?:[有取]|[，,。]|$))"
    r"|[^，。]{0,6}(接受|服从|不服|认可|理解)(?=[，,。；]|$)"
    r"|[^，。]{0,20}周年之际$|、[一-鿿]{2,4}(?:企业|单位|双方|各方|代表|业主)|[^，。]{0,8}(?:事件|一事|传闻|事宜)(?:回应|作出)"
)
_MAY_BE_ASIDE = re.compile("[表致等案接服不认理周事传、]")  # what _ASIDE looks for begins or ends with one of these
# 这一数字创下纪录: a word on what was told, not another deed
_THIS_NUMBER = re.compile("(?:这一|这个|该)(?:数字|数据|数额|金额|成绩|规模|纪录|记录|比例|增速|水平|价格|数量|总量)")
_EVER_SINCE = re.compile("[行校院厂会]以来|(?:仅|不到|才)?(?:[0-9]{1,2}|[一二三四五六七八九十几数半]{1,3})个多?月|了?(?:[0-9]{1,3}|[一二三四五六七八九十]{1,3}|[数几多])多?年(?:多)?(?:至今|以来|来)")  # 创立四年来屡获融资: since when, not what
_BEGINS_NUMBER = frozenset(" 0123456789一二两三四五六七八九十百几数半了已仅才近不")
_FOR_SO_LONG = re.compile("(?:了|已|仅|才|近|不到)?(?:[0-9]{1,3}|[一二两三四五六七八九十半几数]{1,3})(?:个多?月|多?年|天|周)(?:(?:以?来|后|多)?$|就|便)")  # 上线三个月，用户破亿
_MILESTONE = re.compile("了?[^，。；]{0,16}(?:周年|节点|里程碑|春天|旺季|高峰|机遇)")  # 迎来成立十周年: nothing that was done
_ANNIVERSARY = re.compile("[0-9一二三四五六七八九十百]{1,4}周年(庆|纪念|系列|活动|大会|晚会|主题)?")  # 班列开行十周年
_SIGNIFIES = re.compile("“?(?:这)?(?:也|都)?(?:标志|意味)着")  # 标志着公司正式进驻: what the deed means, not another
_THIS_IS = re.compile("这(?:次|个)?(?:已经|已|也|还|就|将|不仅|既|同时)?是(?![在自从由])")  # 这是今年举行的第三次签约活动
# 开工46个，竣工27个, 新开工重大项目10个: how many, not what
_COUNTED = re.compile(r"(?:[一-鿿]{0,6}项目(?:共有|[共有达])?)?[0-9]{1,6}[多余]?[个项处家](?=[，,；;、。]|$)")
_GOOD_TIME = re.compile("的(?:好|最好|最佳|大好|关键|重要|难得)(?:的)?(?:时机|机会|时期|时候|季节|契机)。?$")
_FEW = 6  # 落马|高官中
_OF_HIM = ("的他", "的她", "的我")
_BY_MEANS = re.compile("[^，。；]{0,14}?等(?:方式|形式|手段|途径|办法)")
_GETS = ("获得", "收到", "接到", "看到", "得到")


def _is_aside(text: str, start: int, stop: int, end: int) -> bool:
    """在近期|查获|的案件中, 在线路|停运|的情况下, 年初的|检查|中, 一些|实施|新法的学校在招生时."""
    if text[end - 1] == "下":
        return text[start] == "在"
    described = text.startswith("的", stop)
    if text[end - 1] == "中":
        return stop == end - 1 or (end - stop < _FEW and not text.startswith("了", stop)) or (described and text[start] == "在")
    return not described and text.find("的", stop, end - 2) >= 0


# 论坛已举办七届, 共召开 23 次联审会议; but no 召开五届二次董事会会议, which is the name of one
_SO_MANY_TIMES = re.compile("了? ?(?:(?:[0-9]{1,3}|[一二两三四五六七八九十]{1,3}) ?[届次]|(?:[2-9]|[1-9][0-9]{1,2}|两|多|数) ?次[^，。；届次]{0,4}会议?)(?:[，,。；;]|$)")
_LISTING = frozenset(["列入", "纳入"])
_LISTED = re.compile(r"[^，。；]{2,24}项目(?:共有|[共有达])?[0-9]{1,6}[多余]?[个项](?=[，,；;、。]|$)")  # 列入省级计划的重大项目10个
_ABOUT_TO = ("之际", "前夕", "之时", "之前")  # 茶博会即将开幕之际，|签约活动举行: only when
_OPEN_PLAN = re.compile(r"(?:拟|计划|打算|准备|预计|力争|争取|将)(?!的)(?:[^，。]{0,30})$")


def is_plan_continued(text: str, before: tuple[int, int]) -> bool:
    """拟通过发行股份方式,以62亿元收购…: the plan of the clause before goes on, if no one new acts."""
    return _OPEN_PLAN.search(text, max(before[0], before[1] - 36), before[1]) is not None and not text.endswith(_ABOUT_TO, *before)


@functools.cache
def _ends_of_saying() -> frozenset[str]:
    return frozenset(word[-1] for word in words_in("event_types", "said ahead"))


_SAYING_DONE = re.compile("(?:(?:[作做](?!出)|进行|听取|予以)了?[^，。；]{0,8}|的)(?:介绍|要求|建议|回应|期待|希望)$")  # 在会上作市情介绍


def said_until(text: str, clauses: Sequence[tuple[int, int]], clause: int) -> int:
    """Where the last clause of saying ahead of `clause` ends, 0 where there is none: 王国先指出,今年以来一大批项目开工 is not told by the article."""
    for start, end in reversed(clauses[:clause]):
        if text[end - 1] in _ends_of_saying() and text.endswith(words_in("event_types", "said ahead"), start, end) and not _SAYING_DONE.search(text, start, end):
            return end + 1
    return 0


def is_background(text: str, trigger: Trigger, clause_start: int, clause_end: int) -> bool:
    """收购的资产, 收购奔腾后, 是开启合作的萌芽: the deed only describes a thing or a time."""
    if text.startswith("的", trigger.end) or text.startswith("了的", trigger.end):
        return True
    if text.endswith(words_in("event_types", "makes background"), trigger.end, clause_end):
        return True
    if text[clause_start] in "但对关就针围" and _CONCERNING.match(text, clause_start, trigger.start):
        return True
    return text.find("的", trigger.end, clause_end) >= 0 and bool(_COPULA.search(text, clause_start, trigger.start))
