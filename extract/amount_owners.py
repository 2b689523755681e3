"""Whom an amount is about, and whose data it is.

Knows how far a subject holds: the owner of the phrase, an actor or body of the clause, of a clause before, the place.
Leaves out what the sentences before were about (`stage.py`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.amount_clause import Measure
from extract.bodies import SCOPES, is_kind_of_works, scope_of
from extract.clause_openings import COUNTS_REGIONS, TRADES, is_sector, opening_body, opens_with, state_ahead
from extract.finds import before
from extract.measures import actor_of
from extract.mentions import Actor, Place, Quantity
from extract.named_things import thing_ahead
from extract.only_dealt_with import TAKES_OVER, is_listed, is_object
from extract.only_says import analyses, lists
from extract.passages import ROW_MARKS, Span
from extract.sentences import Sentence
from extract.someone import he_or_she, someone_in
from extract.stage import Stage, bodies_first, both_of, meant_by, spoken_of
from extract.things_behind import AREAS
from extract.whole_places import LEVELS, is_called, is_ours

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
    if len(found) == 2:
        found = _one_of_two(sentence, quantity, clause, found)
    elif found and found[0].endswith(_JUDGES) and _SENTENCED.search(sentence.text, clause[0], clause[1]):
        return ()  # 法院一审宣判。林海等4人被判3年: the court judges them
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
        if owner is not None and owner in actors and not is_object(sentence, owner) and not is_listed(sentence, owner, quantity):
            joined = sentence.text[owner.start - 1 : owner.start] in _JOINS_FIRST and not _each_its_own(sentence, owner.end, quantity)
            return _joined_to(sentence, owner) if joined else (owner.name,)
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


_JUDGES = ("法院", "法庭", "检察院")
_SENTENCED = re.compile("被判|判处|获刑|徒刑|缓刑|罚金|被诉|被公诉|被起诉|涉案")
_JOINS_FIRST = frozenset("、和与及同合手")
_JOINS = ("、", "和", "与", "及", "以及", "同", "联合", "携手")


def _one_of_two(sentence: Sentence, quantity: Quantity, clause: Span, two: tuple[str, ...]) -> tuple[str, ...]:
    """远山公司和江海公司营收5亿元、3亿元: two amounts in a row are of the two one by one, unless they have all together."""
    text = sentence.text
    row = [q for q in sentence.quantities if clause[0] <= q.start < clause[1] and q.unit == quantity.unit]
    if len(row) != 2 or text[row[0].end : row[1].start] not in ROW_MARKS or _ALL_TOGETHER.search(text, clause[0], row[0].start):
        return two
    return two[:1] if quantity is row[0] else two[1:]


_ALL_TOGETHER = re.compile("共|合计|联合|携手|一起|合作|累计|总")
_EACH_ITS_OWN = ("分别", "各自", "依次")


def _each_its_own(sentence: Sentence, start: int, quantity: Quantity) -> bool:
    """Whether the amounts behind a row are told of one after the other: 远山公司和江海公司分别融资5亿元和3亿元."""
    ahead = sentence.text[start : quantity.start]
    return any(word in ahead for word in _EACH_ITS_OWN)


def _joined_to(sentence: Sentence, owner: Actor) -> tuple[str, ...]:
    """All of 远山公司与江海公司、云海公司共同投资, two at most, where the phrase began with the last."""
    row = [owner]
    for actor in reversed(sentence.doers):
        if actor.end <= row[-1].start and sentence.text[actor.end : row[-1].start] in _JOINS:
            row.append(actor)
    return bodies_first(row[::-1])


def _of_clauses(sentence: Sentence, quantity: Quantity, clause: Span, measure: Measure, where: Sequence[Place], stage: Stage) -> tuple[str, ...] | None:
    """Clause by clause backwards: a gathering, an actor, the company 该行 means, or the body the clause opens with."""
    actors, text, end = sentence.doers, sentence.text, quantity.start
    if actors and measure.text.endswith(_HARMED):
        actors = [a for a in actors if a.type != "person"]  # 部长林海更新数字：37人受伤
    gathers = sentence.finds.gatherings and sentence.gathers and not sentence.reports
    of_fair = bool(gathers) and _OF_A_FAIR.search(measure.text) is not None
    ours = sentence.whole.start() if gathers and sentence.whole is not None and is_ours(sentence.whole) else -1
    listed = bool(actors) and text.find("、", sentence.start, end) >= 0
    opens = sentence.bodies or (sentence.finds.regions and sentence.regions)
    unnamed = sentence.someone or len(sentence.domestic) < len(sentence.places)
    last = sentence.number(end)
    first = max(0, last + 1 - MOST_CLAUSES) if actors or opens or gathers or unnamed else last  # with none of them, only its own clause can tell
    for start, _ in reversed(sentence.clauses[first : last + 1]):
        if gathers and (start <= ours < end or ((start == clause[0] or not of_fair) and any(place.start == start for place in sentence.places))):
            return None  # 第六届瓷博会上,我省签约项目31个,总投资13亿元
        if gathers and (gathering := sentence.gathering(start, end)):
            return (gathering.name,)
        if of_fair and start != clause[0]:
            end = start
            continue  # 远山公司签约20亿元,参展企业300家: what the guests do is told in between
        if actors:
            here = bodies_first([a for a in actors if start <= a.start and a.end <= end and not is_object(sentence, a) and not (listed and is_listed(sentence, a, quantity))])
            if here:
                return here
        if text[start] in _POINTS:
            if text.startswith(_BOTH, start):
                return both_of(sentence, start)
            if text.startswith(_NO_BODY_MEANT, start):
                return ()
            if meant := meant_by(sentence.finds, start):
                return (meant,)
            if meant == "" and _is_person(sentence, stage.who or spoken_of(sentence)):
                return ()  # 江海银行行长林海…。该行贷款余额: no person
        if unnamed and (found := _no_actor(sentence, start, end)):
            if start != clause[0] and _another_does(sentence, clause[0], measure):
                return ()
            if len(found) > 1 and _each_its_own(sentence, start, quantity):
                return tuple(name for name in found if measure.text.startswith(name))  # 江某和林某分别投资30万元和50万元
            return found
        if opens and (opening := opening_body(sentence, start, end, measure)) and not (where and opening.endswith(TRADES)) and not (listed and any(a.text == opening for a in actors)):
            if opening in SCOPES and start != clause[0] and where and clause[0] <= where[0].start < quantity.start and opens_with(sentence, where[0]):
                return (where[0].name,)  # 我国每年约有70万人…,宁波市每年约有5000人
            own = next((a for a in actors if a.start == quantity.end), None) if opening in SCOPES else None
            return (own.name,) if own else _or_place(opening, where)  # 全国2万家云帆门店
        if start == clause[0] and (found := _in_own_clause(sentence, quantity, clause, measure, where, stage)):
            return found
        end = start
    return None


# 第六届瓷博会闭幕，宁波市签约3亿元，参展企业300家: what no guest of a fair has.
_OF_A_FAIR = re.compile("参展|参会|到会|与会|展[位商品馆区览台]|展出|观众|采购商|客商|嘉宾|总成交|成交总|总签约|签约总")


def _another_does(sentence: Sentence, start: int, measure: Measure) -> bool:
    """周女士购买手机，商家|赔偿3000元: the clause at `start` opens with a noun that does something of its own, and that is counted."""
    n = before(sentence.pieces, start)
    opens = sentence.pieces[n : n + 2]
    return len(opens) == 2 and opens[0].flag == "n" and opens[1].flag == "v" and len(opens[0].text) > 1 and measure.text.startswith(opens[0].text)


def _no_actor(sentence: Sentence, start: int, end: int) -> tuple[str, ...]:
    """Whom a clause is about though it names no actor: a state, 江某, or who 他 is."""
    if state := state_ahead(sentence, start, end):
        return (state,)
    return someone_in(sentence.text, start, end) or he_or_she(sentence.finds, start) if sentence.someone else ()


def _of_counted(sentence: Sentence, quantity: Quantity, clause: Span, measure: Measure, where: Sequence[Place], stage: Stage) -> tuple[str, ...] | None:
    """The bodies counted, or the place the sentence is about; () where 我市 has it, and the article does not say which."""
    if measure.counted and where and clause[0] <= where[0].start < quantity.start and opens_with(sentence, where[0]):
        return (where[0].name,)  # 山东开工的1006个项目
    body = measure.counted or scope_of(measure.text)
    if body and (measure.counted or not COUNTS_REGIONS.match(sentence.text, quantity.start - 2)):
        return (*(name for name in stage.who[:1] if measure.counted and name not in body), body)
    if where and opens_with(sentence, where[0]) and not (where[0] == sentence.finds.stricken and sentence.gives) and not (where[0] == stage.place and stage.who and where[0].name not in stage.who):
        row = [where[0]]
        for place in where[1:3]:
            if sentence.text[row[-1].end : place.start] not in _BETWEEN_PLACES:
                break  # 宁波的32家企业赴上海参展
            row.append(place)
        return tuple(_place_or_harbour(sentence.text, place) for place in row)
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
    if found and measure.text.endswith(_HARMED) and _is_person(sentence, found):
        return ()  # 部长林海通报情况。37人受伤
    whole = sentence.whole
    if found and not where and whole is not None and whole[1] and whole.start() < quantity.start and sentence.text[whole.start()] == "全" and found[0] in sentence.finds.names and not any(p.name == found[0] and is_called(p, whole[1]) for p in sentence.finds.places):
        return ()  # 全州建成服务站3个, where the article, of companies or a province, does not say which
    return found or ((measure.owner,) if measure.owner else _place_of_office(sentence))


def _is_person(sentence: Sentence, found: tuple[str, ...]) -> bool:
    return bool(found) and any(a.name == found[0] and a.type == "person" for a in sentence.finds.actors)


def _place_of_office(sentence: Sentence) -> tuple[str, ...]:
    """宁波市 of 宁波市商务局发布消息,网络零售额…: what an office publishes is of its place, where nobody else is named."""
    for actor in sentence.actors:
        if actor.type == "government" and (place := sentence.finds.place_in_name(actor.name)) is not None:
            return (place.name,)
    return ()


_HARMED = ("死亡人数", "受伤人数", "遇难人数", "失踪人数", "伤亡人数", "获救人数")


def _tells_of_itself(sentence: Sentence, quantity: Quantity) -> Actor | None:
    """云帆平台数据显示,生鲜成交额增长3倍: a company tells of itself."""
    text = sentence.text
    for actor in sentence.actors:
        if actor.type == "company" and actor.start < quantity.start and not sentence.finds.only_reports(actor) and not analyses(text, actor) and not lists(text, actor) and not (sentence.left_out and sentence.leaves_out(actor)):
            return actor
    return None


def _in_own_clause(sentence: Sentence, quantity: Quantity, clause: Span, measure: Measure, where: Sequence[Place], stage: Stage) -> tuple[str, ...]:
    """Whom the amount's own clause is about though no actor stands ahead there: the place or body of its phrase, the company
    meant by 公司, who stands behind; () where it tells of nobody."""
    actors, said, start = sentence.doers, measure.owner, clause[0]
    home = measure.subject.mention if measure.subject else None
    if isinstance(home, Place) and sentence.text[home.start - 1 : home.start] not in _TO_WHICH and not (sentence.actors and (sentence.text[home.start - 1] in "在于向" or sentence.text.startswith("在", home.start - 3))):  # 甲网站成立分公司,目前在宁波拥有上万名会员
        finer = len(where) == 1 and where[0].start == home.end and where[0].level != "country" and where[0].adcode.startswith(home.adcode.rstrip("0"))
        return (_place_or_harbour(sentence.text, where[0] if finer else home),)  # 四川|雅安
    if said and not is_kind_of_works(said) and not is_sector(said.removeprefix(where[0].text) if where else said, measure) and not (where and said.endswith(TRADES)) and not COUNTS_REGIONS.match(sentence.text, quantity.start - 2):
        return _or_place(said, where)
    if measure.counted and not sentence.text[start : quantity.start].strip():
        return (*(name for name in stage.who[:1] if name not in measure.counted), measure.counted)
    if actors and _ITSELF.match(sentence.text, start):
        companies = {a.name for a in actors if a.type == "company" and a.end <= start}
        if itself := tuple(companies) if len(companies) == 1 else stage.who or spoken_of(sentence):
            return itself
    behind = next((a for a in actors if quantity.end <= a.start < clause[1]), None)
    if behind is not None and sentence.text[behind.start - 2 : behind.start] not in TAKES_OVER:
        return (behind.name,)
    return ()


_COUNTS_COMPANIES = re.compile("(?:共有?|有|其中至少|其中)[0-9]+[余多]?家(?:公司|企业|机构)")
def _place_or_harbour(text: str, place: Place) -> str:
    """宁波市, and 宁波港 where the text says so."""
    return place.text + "港" if text[place.end : place.end + 1] == "港" and text[place.end + 1 : place.end + 2] not in _NO_HARBOUR else place.name


_BETWEEN_PLACES = ("、", "和", "与", "及", "以及", "，", "")
_NO_HARBOUR = frozenset("口股元币澳交珠湾区商资")
_TO_WHICH = ("向", "给", "比")  # 云南省向湖北省捐赠, 宁波市比台州市多
_NO_BODY_MEANT = ("该行业", "该产业", "该领域", "该市场", "该行政村", "该村")  # nobody named before is one
_BOTH = ("双方", "两家公司", "两家企业")
_POINTS = frozenset("该本这双两")


# 上线“亲企在线”平台,一周内为4万家企业兑付补贴: what was brought out does it. 零售巨头“百汇”,客流达4万人次: a name in quotes.
_BROUGHT_OUT = re.compile(r"(?:上线|推出|搭建|开通|启用)了?[^，,“”]{0,8}“([^”]{2,12})”(?:[^，,]{0,4}(?:平台|系统|程序|APP|App|客户端|专区|专窗|热线|窗口|频道|商城|网站))?[，,]?$")
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


# 公司拟以7亿元收购江海公司: the company told of, and not the one behind.
_ITSELF = re.compile(r"(?:此外|同时|目前|截至目前)?[,，]?(?:该|本)?(?:公司|集团)(?!与|和|旗下)")
_GUESTS = re.compile("来自|共有?[0-9]|吸引了?[0-9]|[近约超逾]?[0-9]")  # 来自全国的210家企业、35家旅行社参加了洽谈会
_HOLDS = re.compile(r"的?(?:股份|股权|股票)的")  # 持有云海电工12%股份的|江城集团


def data_from(sentence: Sentence, quantity: Quantity) -> str:
    """据国家统计局数据, 根据“外滩大会”数据: whose data it is."""
    found = next((match for match in reversed(sentence.data) if match.end() <= quantity.start), None)
    return (found.group(1) or found.group(2)).strip("“”\"的") if found else ""
