"""Whom an amount is about, and whose data it is.

Knows how far a subject holds: the owner of the phrase, an actor or body of the clause, of a clause before, the place.
Leaves out what the sentences before were about (`stage.py`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.amount_clause import NUMBERS_OF, Measure
from extract.bodies import RANKS, SCOPES, is_kind_of_works, scope_of
from extract.measure_words import words_of
from extract.measures import actor_of
from extract.mentions import Actor, Place, Quantity, make
from extract.named_things import THINGS, introduced, thing_ahead
from extract.only_says import analyses, has_shops, lists, speaks, visits
from extract.passages import Span
from extract.sentences import Sentence
from extract.someone import he_or_she, someone_in
from extract.stage import Stage, bodies_first, meant_by, spoken_of
from extract.things_behind import AREAS
from extract.whole_places import LEVELS, is_ours

MOST_CLAUSES = 12  # back from an amount to its subject


def who(sentence: Sentence, quantity: Quantity, clause: Span, measure: Measure, where: Sequence[Place], stage: Stage) -> tuple[str, ...]:
    """Whom the amount is about; those who only say it, or whose data it is, are left out.

    The owner of its phrase; then clause by clause backwards an actor, or the body the clause opens with (中小企业, 深圳湾口岸);
    then the bodies counted (12家重点房企) or the place; then whom the paragraph, else the article, is about. Behind the one
    who does it the body of people or things it is done to (1688让超过100万中小企业对接商机).
    """
    found = _of_phrase(sentence, quantity, clause, measure)
    if found is None:
        found = _of_clauses(sentence, quantity, clause, measure, where, stage)
    if found is None:
        found = _of_counted(sentence, quantity, clause, measure, where, stage)
    if found is None:
        found = _told_before(sentence, quantity, measure, where, stage)
    body = measure.counted
    if len(body) > 2 and found and not any(body in name or name in body for name in found):
        return (*found[:2], body)
    return found


def _of_phrase(sentence: Sentence, quantity: Quantity, clause: Span, measure: Measure) -> tuple[str, ...] | None:
    """The owner that the words around the amount name themselves; None where they name nobody."""
    if sentence.text.find("”", sentence.start, clause[0]) >= 0 and (thing := _quoted_ahead(sentence, clause[0])):
        return (thing,)
    actors = sentence.doers
    if actors:
        owner = actor_of(measure)
        if owner is not None and owner in actors and not _is_object(sentence, owner) and not _is_listed(sentence, owner, quantity):
            return (owner.name,)
    rule, said = measure.rule, measure.owner
    if rule == "what a plant makes":  # 甲集团…项目、乙集团30万吨合成氨项目: of a list, the one of its own item
        item = sentence.text.rfind("、", clause[0], quantity.start) + 1 or clause[0]
        named = [a for a in actors if item <= a.start and a.end <= quantity.start and a.type != "person"]
        return (named[-1].name,) if named else (said,)
    if said and (rule == "distributed" or rule.endswith("holding")):
        return (said,)
    if quantity.unit in AREAS and (thing := thing_ahead(sentence, clause[0])):
        return (thing,)
    if sentence.finds.meets and (meeting := sentence.attended) and _GUESTS.match(sentence.text, clause[0]):
        return (meeting,)
    holder = _HOLDS.match(sentence.text, quantity.end) if actors else None
    if holder and (named := [a for a in actors if a.start == holder.end()]):
        return (named[0].name,)
    return None


def _of_clauses(sentence: Sentence, quantity: Quantity, clause: Span, measure: Measure, where: Sequence[Place], stage: Stage) -> tuple[str, ...] | None:
    """Clause by clause backwards: a gathering, an actor, the company 该行 means, or the body the clause opens with."""
    actors, text, end = sentence.doers, sentence.text, quantity.start
    if actors and measure.text.endswith(_HARMED):
        actors = [a for a in actors if a.type != "person"]  # 部长林海更新数字：37人受伤
    gathers = sentence.finds.gatherings and sentence.gathers and not sentence.reports
    listed = bool(actors) and text.find("、", sentence.start, end) >= 0
    opens = sentence.bodies or (sentence.finds.regions and sentence.regions)
    speaks_of, abroad = sentence.someone, len(sentence.domestic) < len(sentence.places)
    most = MOST_CLAUSES if actors or opens or gathers or speaks_of or abroad else 1  # with none of them, only its own clause can tell
    last = sentence.number(end)
    for start, _ in reversed(sentence.clauses[max(0, last + 1 - most) : last + 1]):
        if gathers and (gathering := sentence.gathering(start, end)):
            return (gathering.name,)
        if actors:
            here = bodies_first([a for a in actors if start <= a.start and a.end <= end and not _is_object(sentence, a) and not (listed and _is_listed(sentence, a, quantity))])
            if here:
                return here
        if abroad and (state := _state(sentence, start, end)):
            return (state,)
        if text[start : start + 1] in _POINTS and (meant := meant_by(sentence.finds, start)):
            return (meant,)
        if speaks_of and (someone := someone_in(text, start, end) or he_or_she(sentence.finds, start)):
            return someone
        if opens and (opening := _opening_body(sentence, start, end, measure)) and not (where and opening.endswith(_TRADES)) and not (listed and any(a.text == opening for a in actors)):
            if opening in SCOPES and start != clause[0] and where and clause[0] <= where[0].start < quantity.start and _opens(sentence, where[0]):
                return (where[0].name,)  # 我国每年约有70万人…,宁波市每年约有5000人
            own = next((a for a in actors if a.start == quantity.end), None) if opening in SCOPES else None
            return (own.name,) if own else _or_place(opening, where)  # 全国2万家云帆门店
        if start == clause[0] and (found := _in_own_clause(sentence, quantity, clause, measure, where, stage)):
            return found
        end = start
    return None


_LEADS = frozenset(("", "而", "但", "其中", "同时", "此外", "目前"))
# What a state does or has, and no name that begins with it (美国自由港公司).
_OF_THE_STATE = re.compile("(?:政府|警方|官方|当局|方面|军方|全国|国内|[东南西北中]部|境内|各地)|(?:已|将|共|从|向|对|就|也|还|又|曾|有|在|因|占|是|为|每[年月天]|去年|今年|上半年|[0-9]|新增|(?:进口|出口|生产|消费|采购|购买)(?![商者])|接待|拥有|计划|宣布|发生|出现|遭|损失|死亡|确诊|累计|报告|增长|下降|达|超)")


def _state(sentence: Sentence, start: int, end: int) -> str:
    """The state that a clause opens with (去年巴西进口大豆300吨), unless it only says so (巴西政府表示) or is one of a row."""
    text = sentence.text
    for place in sentence.places:
        if place.start >= end:
            break
        if place.start < start or place.level != "country":
            continue
        begins = text[start : place.start].strip("，, ") in _LEADS or any(time.end == place.start for time in sentence.times)
        says = speaks(text, make(Actor, (place.start, place.end, place.text, place.name, "government", "", "")))
        return place.name if begins and not says and _OF_THE_STATE.match(text, place.end) else ""
    return ""


def _of_counted(sentence: Sentence, quantity: Quantity, clause: Span, measure: Measure, where: Sequence[Place], stage: Stage) -> tuple[str, ...] | None:
    """The bodies counted, or the place the sentence is about; () where 我市 has it, and the article does not say which."""
    if measure.counted and where and clause[0] <= where[0].start < quantity.start and _opens(sentence, where[0]):
        return (where[0].name,)  # 山东开工的1006个项目
    body = measure.counted or scope_of(measure.text)
    if body and (measure.counted or not _COUNTS_REGIONS.match(sentence.text, quantity.start - 2)):
        return (*(name for name in stage.who[:1] if measure.counted and name not in body), body)
    if where and _opens(sentence, where[0]) and not (where[0] == sentence.finds.stricken and sentence.gives) and not (where[0] == stage.place and stage.who and where[0].name not in stage.who):
        return tuple(place.name for place in where[:3])
    if where and _is_of_whole(measure):
        return (where[0].name,)
    whole = sentence.whole
    if not where and whole is not None and is_ours(whole) and clause[0] <= whole.start() < clause[1]:
        return ()  # 我市有8个项目签约, where the article does not say which
    return None


def _is_of_whole(measure: Measure) -> bool:
    return measure.text[:1] == "全" and measure.text[1:2] in LEVELS


def _told_before(sentence: Sentence, quantity: Quantity, measure: Measure, where: Sequence[Place], stage: Stage) -> tuple[str, ...]:
    """Whom the paragraph, else the article, is about; () where that cannot be what the amount is of."""
    of_whole = _is_of_whole(measure)
    told = () if of_whole else stage.who  # 全市项目950个, after a sentence on its factories
    if not of_whole and sentence.doers != sentence.actors and (own := _tells_of_itself(sentence, quantity)):
        return (own.name,)
    found = tuple(name for name in told or spoken_of(sentence) if name != measure.text)
    if found and not stage.who and _COUNTS_COMPANIES.search(sentence.text, sentence.start, sentence.end) and any(a.name == found[0] and a.type == "company" for a in sentence.finds.actors):
        return ()  # 上半年,共有571家公司获得投资,金额404亿元: of no single one
    if found and measure.text.endswith(_HARMED) and any(a.name == found[0] and a.type == "person" for a in sentence.finds.actors):
        return ()  # 部长林海通报情况。37人受伤
    whole = sentence.whole
    if found and not where and whole is not None and whole[1] and whole.start() < quantity.start and sentence.text[whole.start()] == "全" and any(a.name == found[0] for a in sentence.finds.actors):
        return ()  # 全州建成服务站3个, where the article, of companies, does not say which
    return found or ((measure.owner,) if measure.owner else ())


_HARMED = ("死亡人数", "受伤人数", "遇难人数", "失踪人数", "伤亡人数", "获救人数")


def _tells_of_itself(sentence: Sentence, quantity: Quantity) -> Actor | None:
    """云帆平台数据显示,生鲜成交额增长3倍: a company tells of itself."""
    text = sentence.text
    for actor in sentence.actors:
        if actor.type == "company" and actor.start < quantity.start and actor.start not in sentence.finds.reporters and not analyses(text, actor) and not lists(text, actor) and not (sentence.left_out and sentence.leaves_out(actor)):
            return actor
    return None


def _in_own_clause(sentence: Sentence, quantity: Quantity, clause: Span, measure: Measure, where: Sequence[Place], stage: Stage) -> tuple[str, ...]:
    """Whom the amount's own clause is about though no actor stands ahead there: the place or body of its phrase, the company
    meant by 公司, who stands behind; () where it tells of nobody."""
    actors, said, start = sentence.doers, measure.owner, clause[0]
    home = measure.subject.mention if measure.subject else None
    if isinstance(home, Place) and not (sentence.actors and (sentence.text[home.start - 1] in "在于向" or sentence.text.startswith("在", home.start - 3))):  # 甲网站成立分公司,目前在宁波拥有上万名会员
        return (home.name,)
    if said and not _is_sector(said.removeprefix(where[0].text) if where else said, measure) and not (where and said.endswith(_TRADES)) and not _COUNTS_REGIONS.match(sentence.text, quantity.start - 2):
        return _or_place(said, where)
    if measure.counted and not sentence.text[start : quantity.start].strip():
        return (*(name for name in stage.who[:1] if name not in measure.counted), measure.counted)
    if actors and _ITSELF.match(sentence.text, start) and (itself := stage.who or spoken_of(sentence)):
        return itself
    behind = next((a for a in actors if quantity.end <= a.start < clause[1]), None)
    if behind is not None and sentence.text[behind.start - 2 : behind.start] not in _TAKES_OVER:
        return (behind.name,)
    return ()


_COUNTS_COMPANIES = re.compile("(?:共有?|有|其中至少|其中)[0-9]+[余多]?家(?:公司|企业|机构)")
_POINTS = ("该", "本", "这")


# 上线“亲企在线”平台,一周内为4万家企业兑付补贴: what was brought out does it. 零售巨头“百汇”,客流达4万人次: a name in quotes.
_BROUGHT_OUT = re.compile(r"(?:上线|推出|搭建|开通|启用)了?[^，,“”]{0,8}“([^”]{2,12})”[^，,]{0,6}[，,]?$")
_CALLED = re.compile(r"(?:^|[，,。的])[^，,。“”]{0,6}(?:巨头|企业|公司|集团|品牌|龙头|超市|商场)“([^”]{2,10})”[，,]?$")
_SERVES = re.compile(r"[^，,。]{0,6}?(?:为|可|已|累计|覆盖|提供|服务|吸引|汇聚|连接|接入)")


def _quoted_ahead(sentence: Sentence, start: int) -> str:
    """The name in quotes that the clause before ends with, where this one has no subject of its own."""
    n = sentence.number(start)
    for low, high in sentence.clauses[max(0, n - 2) : n]:
        if match := _CALLED.search(sentence.text[low:high]):
            return match[1]
    match = _BROUGHT_OUT.search(sentence.text[sentence.clauses[n - 1][0] : start].rstrip()) if n else None
    return match[1] if match and _SERVES.match(sentence.text, start) else ""


def _or_place(body: str, where: Sequence[Place]) -> tuple[str, ...]:
    """A body; 全市签约项目 are those of the city."""
    return (where[0].name,) if where and body[0] in "全我" and body[1:2] in LEVELS else (body,)


_UNITS_OF_BODIES = frozenset(("家", "个", "所", "名", "位"))
_LIST_ON = re.compile(r"(?!联合|携手|联手|会同|牵头|带领|组织|率领|邀请)[^，,。；;：:、的]{0,10}(?:[、和及与][^，,。；;：:、的]{1,12}){0,8}等? ?$")


# 公司拟以7亿元收购江海公司: the company told of, and not the one behind.
_ITSELF = re.compile(r"(?:此外|同时|目前|截至目前)?[,，]?(?:该|本)?(?:公司|集团)(?!与|和|旗下)")
_TAKES_IN = re.compile("联合|携手|联手|会同|带动|涉及|包括|包含|涵盖|控股|收购|引进|引入|对接|邀请|吸引|签约")


def _is_listed(sentence: Sentence, actor: Actor, quantity: Quantity) -> bool:
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
_GUESTS = re.compile("来自|共有?[0-9]|吸引了?[0-9]|[近约超逾]?[0-9]")  # 来自全国的210家企业、35家旅行社参加了洽谈会
_HOLDS = re.compile(r"的?(?:股份|股权|股票)的")  # 持有云海电工12%股份的|江城集团


# 超越远山公司登顶: who is passed; 通过云江红十字会捐款, 从远山公司手中收购: through or from whom it is done.
_PASSED = ("更胜", "胜过", "超越", "赶超", "反超", "领先", "优于", "不及", "仅次于", "力压")
_THROUGH = ("通过", "经由", "委托", "借助")
_PASSES_ON = ("基金会", "慈善总会", "慈善会", "慈善协会", "红十字会")
_FROM_BEHIND = re.compile(r"(?:手中|处|方面|旗下|全资|控股|的)?[^，,。；;、]{0,30}?(?:手中|处|方面)?(?:进口|收购|购买|购入|买入|受让|获得|接手|采购|引进)")
_STAKE = re.compile(r"(?:的|已?发行|总|约|逾|超过?)*(?:[0-9.]+%(?:的|已?发行)*(?:普通|流通|总)?(?:股份|股权|股票|股本|股|投票权)|[0-9.,]+[万亿]?股|(?:总?股份|总?股本)(?:总数|总额)?的?(?:约|近)?[0-9.]+%)")
_STAKES = ("持有", "拥有", "占有", "占", "收购", "认购", "购入", "购买", "买入", "受让", "转让", "出售", "减持", "增持", "所持", "手中", "获得", "取得", "抛售", "套现")
_HANDED = ("出具", "下发", "送达", "发出", "下达", "开具", "作出", "颁发")  # 收到市场监管局出具的决定书
_FINED = re.compile("[^，,。]{0,12}(?:罚款|处罚|处以|处|没收|立案|约谈)")  # 被市场监管局罚款300万元
_TAKES_OVER = ("收购", "受让", "购买", "认购")  # 公司以9670万元收购云海集团所持股权
_WITH = re.compile("(?:^|[，,。\n])公司与(?:控股股东|关联方|全资子公司|控股子公司)?$")  # 公司与控股股东云海集团签订协议
_HOSTS = re.compile("(?:[、和与及][^，,。；的]{2,24}?)?(?:联合|共同)?(?:主办|承办|协办|举办|发起)的")  # 由远山公司和云海会展公司联合主办的洽谈会
_SUPPLIED = re.compile("[A-Za-z]{0,12}[^，,。；的]{0,6}供应链")  # 切入远山公司供应链
_MOST_LEADS = 4  # characters of them


def _is_object(sentence: Sentence, actor: Actor) -> bool:
    """对东盟投资52亿美元: whom something is done to, where the clause names nobody else before; 是远山公司的2.5倍, 超越远山公司:
    who is only compared with; 收购远山公司12%的股份: whose shares they are."""
    text, start = sentence.text, actor.start
    before = text[start - 1 : start]
    if has_shops(text, actor) or visits(text, actor) or _HOSTS.match(text, actor.end) or _SUPPLIED.match(text, actor.end):
        return True
    if before in ("是", "为", "于") and _IS_SHARE.match(text, actor.end):
        return True
    if sentence.places and (place := next((p for p in sentence.places if p.end == start), None)):
        start = place.start  # 收购浙江|云特公司60%股权
    lead = text[max(0, start - _MOST_LEADS) : start].removesuffix("了").removesuffix("的")
    if lead.endswith(_PASSED):
        return True
    if actor.type in ("other", "government") and lead.endswith(_THROUGH) and (text[actor.end : actor.end + 1] not in ("，", ",", "的", "。") or actor.text.endswith(_PASSES_ON)):
        return True
    if lead.endswith(("收到", "接到", "获得")) and text.startswith(_HANDED, actor.end):
        return True
    if before == "被" and _FINED.match(text, actor.end):
        return True
    if lead.endswith(_TAKES_OVER) and text.startswith(("持有的", "所持"), actor.end):
        return True
    if before in ("与", "东") and _WITH.search(text, max(0, start - 10), start):
        return True
    if before == "从" and _FROM_BEHIND.match(text, actor.end):
        return True
    if lead.endswith(_STAKES) and _STAKE.match(text, actor.end):
        return True
    if before not in ("对", "向", "给", "在"):
        return False
    start, _ = sentence.clause(actor.start)
    alone = not any(start <= a.start < actor.start for a in sentence.doers)
    return not alone if before == "在" else alone  # 云帆公司在远山交易所上市: where it is done


_SUCH_AS = frozenset(("如", "例如", "比如", "像", "而", "仅"))


def _opens(sentence: Sentence, place: Place) -> bool:
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
    return not sentence.text[start:head].strip("，,：: ").removeprefix("其中") or sentence.text[start:head] in _SUCH_AS or any(t.end == head for t in sentence.times) or any(now.end() == head for now in sentence.nows)


# 中部地区实际使用外资…, 西部地区为…: a part of the country is a body; 东部新城 is a place's name.
_REGION = re.compile(r"(?:其中|而|同时|此外)?[,，]?(?:[0-9]{4}年|今年|去年|目前)?((?:东中西|中西|[东中西]|东北)部?地区)")


def _opening_body(sentence: Sentence, start: int, end: int, measure: Measure) -> str:
    """The body of people or things a clause opens with; a short one (该地块, 项目) by the name it was introduced with."""
    if sentence.finds.regions and sentence.regions and (region := _REGION.match(sentence.text, start, end)):
        return region[1]
    opening, body = sentence.opening(start, end)
    if not opening or _NO_OPENING.match(sentence.text, start):
        return ""
    if not body and opening.startswith(("我国", "全国", "全球")):
        body = opening[:2]
    if body.startswith("部分") or RANKS.match(sentence.text, sentence.text.find(body, start, end)):
        return ""  # 部分项目, 具有全球影响力的产业
    if is_kind_of_works(body):
        return ""  # 已开工项目280个,总投资3100亿元: those of a place or park
    if body and (measure.text.endswith(opening) or measure.base.endswith(opening)):
        return ""
    if body == opening and measure.text != opening and opening.endswith(measure.text):
        return ""  # 青岛市新开工项目10个: the projects are counted, of the city
    if body and opening != body and (rest := opening.removeprefix(body)) != opening and measure.base != rest and measure.base.endswith(rest) and not body.endswith(measure.base.removesuffix(rest)):
        return ""  # 制造业投资增长7%,工业投资增长5%: each is of its own
    if body and _is_sector(body.removeprefix(next((p.text for p in sentence.places if body.startswith(p.text)), "")), measure):
        return ""  # 医药制造业投资增长5%,服务业增加值6亿元: statistics by sector are of the place or whole they stand for
    if sentence.text.startswith(_COUNTED_BY, sentence.text.find(opening, start, end) + len(opening)):
        return ""  # 活跃用户数3100万,市场预估3000万: they are counted
    if body in SCOPES and sentence.text[sentence.text.find(body, start, end) - 1] in _NO_SUBJECTS_BEHIND:
        return ""  # 在全球发售3亿股, 来自中国的选手12人: where it is done or they are from
    if opening in SCOPES and sentence.text.startswith(("或", "首发"), sentence.text.find(opening, start, end) + len(opening)):
        return ""  # 全球或中国大陆首发新产品391件
    if opening in ("全国", "全球") and _COUNTS_REGIONS.match(sentence.text, end - 2):
        return ""  # 全国31个省市参展: how many take part
    if body == opening and (rest := measure.base.removeprefix(opening)) != measure.base and rest in NUMBERS_OF:
        return ""  # 年度交易用户数6亿: they are counted
    if body == opening and body not in SCOPES and end < sentence.end and _is_counted(sentence, opening, start, end) and measure.text not in words_of("of_project") and not _owns(sentence, opening, start, end):
        return ""  # 科技型企业达3100家,研发投入占…: a figure of its own
    if not body and opening[:2] in THINGS:
        body = opening[:2]
    if body[:1] == "一":
        body = _ONE.sub("", body)  # 这|一|项目
    if body not in THINGS:
        return body
    name, _ = introduced(sentence, body, start)
    if name == body and start > sentence.start and not sentence.text.startswith(("该", "此", "这"), start):
        return ""  # 全国新开工公路项目299个,项目总投资8826亿元: those of the country
    return name


# A sector of the national accounts (GB/T 4754), with or without what narrows it: 制造业, 通用设备制造业, 第三产业.
_SECTOR = re.compile(r"(?!我国|中国|全国|全球)[一-鿿]{0,12}?(?:制造业|服务业|工业|农业|建筑业|采矿业|金融业|零售业|批发业|房地产业|餐饮业|住宿业|种植业|畜牧业|渔业|林业|第[一二三]产业|[三二一]产)")
# So are classes of companies in them: 民营企业进出口增长9%.
_CLASS = re.compile(r"(?:民营|国有|外商投资|外资|集体|私营|规模以上|规上|限额以上|限上|中小微?|小微|高新技术|科技型|对外承包)(?:工业|服务业|中小)?(?:企业|工程)")
_TRADES = ("产业", "行业")  # 核心产业营收6亿元, where a place is named: the place's
_SECTOR_ENDS = ("业", "产")
_BY_SECTOR = re.compile(r"增加值|投资|产值|占比|比重|用电量|利润|营业收入|零售额|销售额|出口|进口|税收|高于|低于|增速$")
_COUNTS_REGIONS = re.compile(r"(?:全国|全球)[0-9]{1,4}[多余]?个?(?:省|国家|城市|地区|县|市)")


def _is_sector(body: str, measure: Measure) -> bool:
    if body.endswith(("企业", "工程")) and _CLASS.fullmatch(body):
        return _BY_SECTOR.search(measure.text) is not None
    return body.endswith(_SECTOR_ENDS) and _SECTOR.fullmatch(body) is not None and _BY_SECTOR.search(measure.text) is not None


_ONE = re.compile("一(?!带一路)[些批家座所个名位支]?")
_NO_SUBJECTS_BEHIND = frozenset("在自从向")
_COUNTED_BY = ("数", "总数", "人数")
_NO_OPENING = re.compile(r"[^，,]{0,3}?(?:每[位个名家户人]|世界[0-9])")  # 每位用户平均交易38笔 is of the platform, 世界500强 a rank


def _owns(sentence: Sentence, opening: str, start: int, end: int) -> bool:
    """青岛班列的开行数量由23列增长到…: what has something is not what is counted."""
    at = sentence.text.find(opening, start, end)
    return at >= 0 and sentence.text.startswith("的", at + len(opening))


_ONLY_LEADS = re.compile(r"(?:已|共|约|近|超过?|逾|达到?|有|为|增至|增长[到至]|突破|合计|累计|总计|数量?|总数|高达|仅|新增|目前|了|一共|增加)*$")


def _is_counted(sentence: Sentence, opening: str, start: int, end: int) -> bool:
    """科技型企业达3100家: the clause counts what it opens with; 青岛班列开行320列 tells what that does."""
    counted = next((q for q in sentence.quantities if start <= q.start < end), None)
    at = sentence.text.find(opening, start, end)
    return counted is not None and (at < 0 or _ONLY_LEADS.match(sentence.text[at + len(opening) : counted.start]) is not None)


def data_from(sentence: Sentence, quantity: Quantity) -> str:
    """据国家统计局数据, 根据“外滩大会”数据: whose data it is."""
    found = next((match for match in reversed(sentence.data) if match.end() <= quantity.start), None)
    return (found.group(1) or found.group(2)).strip("“”\"的") if found else ""
