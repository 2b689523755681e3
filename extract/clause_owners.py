"""Whom an amount is about, read clause by clause backwards from it.

Knows what a clause can name an owner by: a gathering, an actor, 该行, 江某, a body it opens with; and what the amount's own
clause can. Leaves out the phrase of the amount itself and what the sentences before were about (`amount_owners.py`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

from extract.amount_clause import Measure, own_name
from extract.bodies import SCOPES, is_kind_of_works
from extract.clause_openings import COUNTS_REGIONS, TRADES, is_sector, only_where, opening_body, opens_with, state_ahead
from extract.companions import is_companion
from extract.finds import before
from extract.mentions import Actor, Place, Quantity
from extract.named_again import zone_at
from extract.offices_meant import office_meant, police_of_place
from extract.only_dealt_with import TAKES_OVER, is_listed, is_object
from extract.only_says import OF_A_COMPANY_THERE, foretells_of_others
from extract.owner_words import any_of, owner_words, tells
from extract.passages import Span
from extract.place_letters import region_around
from extract.quoted_owners import first_person
from extract.sentences import Sentence
from extract.someone import he_or_she, someone_in
from extract.stage import Stage, bodies_first, both_of, meant_by, spoken_of
from extract.villages import of_village, opens_unknown_whole
from extract.whole_places import LEVELS, is_ours
from extract.words import is_word

MOST_CLAUSES = 12  # back from an amount to its subject
Owners = tuple[str, ...]


@dataclass(slots=True, eq=False)  # not a tuple: every reader asks for its fields
class Asked:
    """The amount whose owner is asked for: its sentence and clause, what it measures, where that is, what stands before."""

    sentence: Sentence
    quantity: Quantity
    clause: Span
    measure: Measure
    where: Sequence[Place]
    stage: Stage


def of_clauses(asked: Asked) -> Owners | None:
    """Whom the nearest clause at or before the amount names, as the first of the readers finds it; () where that is nobody,
    None where no clause names anybody, or a place has what is told at a gathering."""
    sentence, quantity, clause, measure = asked.sentence, asked.quantity, asked.clause, asked.measure
    actors, end = sentence.doers, quantity.start
    if actors and measure.text.endswith(owner_words("the harmed")):
        actors = [a for a in actors if a.type != "person"]  # 部长林海更新数字：37人受伤
    gathers = bool(sentence.finds.gatherings) and sentence.gathers and not sentence.reports
    again = bool(sentence.finds.named_again) or sentence.zones
    unnamed = sentence.someone or len(sentence.domestic) < len(sentence.places)
    opens = bool(sentence.bodies) or sentence.regions
    readers = _readers((gathers, sentence.of_its_own, again, bool(actors), bool(sentence.actors), True, unnamed, opens))
    of_guests = gathers and tells("counts of a fair").search(measure.text) is not None
    stop = _place_that_has_it(asked, of_guests) if gathers else -1
    last = sentence.number(end)
    first = max(0, last + 1 - MOST_CLAUSES) if len(readers) > 1 or sentence.officials else last  # where none can tell, only its own clause can
    for start, _ in reversed(sentence.clauses[first : last + 1]):
        if sentence.finds.gatherings and start != clause[0] and (guest := _guest(sentence, start)):
            return (guest,)
        if start == stop:
            return None
        for read in readers if start == clause[0] or not of_guests else _OF_GUESTS:
            if (found := read(asked, actors, start, end)) is not None:
                return found
        if start == clause[0] and (found := _in_own_clause(asked)):
            return found
        end = start
    return None


# --- the readers: each is asked of a clause, or of the part of it before the amount ----------------------------------


def may_be_of_gathering(asked: Asked) -> bool:
    """Not what is told at a fair of a company or the country (公司将投资3亿元, 全国茶叶产量300万吨), nor, unless fairs are numbered
    there and so sure to be some, what none has (出口3000亿元)."""
    measure = asked.measure.text
    if asked.sentence.text.startswith(_SOMEBODY_THERE, asked.clause[0]) or (measure.startswith(_COUNTRIES) and len(measure) > 4):
        return False  # 全国31个省来参展 is the fair's
    if asked.sentence.finds.has_numbered:
        return True
    had = _had_by_fairs().search(measure)
    return had is not None and (tells("counts of a fair").search(measure) is not None or not _tells_of_more(asked.sentence, asked.quantity.start))


def _tells_of_more(sentence: Sentence, end: int) -> bool:
    """Whether a sentence tells before `end` of a year gone by, not only set beside, or of the whole city, and so of more than a fair: 去年引资30亿元,
    全市接待游客300万人次."""
    text, year = sentence.text, sentence.finds.article.published[:4]
    return sentence.whole is not None or any(t.end <= end and t.edtf[:4] < year and text[t.start - 1 : t.start] not in ("比", "较") for t in sentence.times)


_SOMEBODY_THERE = ("公司", "集团", "我们", "他们")
_COUNTRIES = ("全国", "我国", "全球", "全省", "全市")


@cache
def _had_by_fairs() -> re.Pattern[str]:
    return re.compile(f"{any_of('counts of a fair')}|{any_of('told of a fair')}")


def _gathering(asked: Asked, actors: Sequence[Actor], start: int, end: int) -> Owners | None:
    """第六届瓷博会上签约3亿元; 峰会上发布的报告显示，全国产量300万吨 is not the summit's."""
    found = asked.sentence.gathering(start, end)
    return (found.name,) if found and may_be_of_gathering(asked) else None


def _of_its_own(asked: Asked, actors: Sequence[Actor], start: int, end: int) -> Owners | None:
    """我家 and 我们公司 of what somebody says; the village a clause opens with, and 全村."""
    sentence, amount = asked.sentence, asked.quantity.start
    own = first_person(sentence, start, end, amount)
    if own is None and sentence.finds.villages and not asked.measure.text.endswith(owner_words("the harmed")):
        own = of_village(sentence, start, end, amount)
    return () if own is None and sentence.whole is not None and opens_unknown_whole(sentence, start, end) else own


def _named_again(asked: Asked, actors: Sequence[Actor], start: int, end: int) -> Owners | None:
    """江湾枢纽站 of 江湾枢纽站设有窗口3个, where the article names it again and again."""
    sentence = asked.sentence
    found = next(iter(sentence.finds.named_again.within(start, end)), None)
    if found is None and (zone := zone_at(sentence.text, start, end)):
        return (zone,)
    if found is None or found.end > asked.quantity.start or _NOT_ITSELF.match(sentence.text, found.end):
        return None
    if not _begins(sentence, start, found.start):
        return None
    return (found.name,)


_NOT_ITSELF = re.compile("[和与及、]|的?(?:负责人|工作人员|相关|附近|周边|旁|内的?[^，,。]{0,4}企业)")  # one of a row, or somebody there


def _actors(asked: Asked, actors: Sequence[Actor], start: int, end: int) -> Owners | None:
    """远山公司与江海公司共同投资3亿元."""
    sentence, quantity = asked.sentence, asked.quantity
    here = [a for a in actors if start <= a.start and a.end <= end and not is_object(sentence, a) and not is_companion(sentence, a, quantity)]
    here = [a for a in here if not (_in_row(asked) and is_listed(sentence, a, quantity))]
    return bodies_first(here) if here else None


def _place(asked: Asked, actors: Sequence[Actor], start: int, end: int) -> Owners | None:
    """远山公司落户后，宁海县投入3亿元: a place that a clause opens with and that does something."""
    sentence, clause = asked.sentence, asked.clause
    here = [place for place in sentence.domestic if start <= place.start < end]
    if not here:
        return None
    if start != clause[0] and _ITSELF.match(sentence.text, clause[0]):
        return None  # 远山公司称，杭州发展很快，公司营收3亿元
    if asked.measure.text.endswith(owner_words("results of companies")) and any(a.type == "company" and a.start < start for a in sentence.actors):
        return None  # 远山公司表示，杭州实现营收3亿元: its branch there
    for place in here:
        if _does().match(sentence.text, place.end) and _begins(sentence, start, place.start):
            return (place.name,)
    return None


def _begins(sentence: Sentence, start: int, at: int) -> bool:
    """Whether a clause that starts at `start` begins at `at`, behind its time or 目前."""
    if not sentence.text[start:at].strip("，,：: ").removeprefix("其中").strip("，,：: "):
        return True
    return any(time.end == at for time in sentence.times) or any(now.end() == at for now in sentence.nows)


@cache
def _does() -> re.Pattern[str]:
    return re.compile(f"(?:已|将|共|还|也|又|正|先后|累计|全面|大力|积极|加快)*(?:在[^，,。；;]{{2,24}}?上)?(?:{any_of('what a place does')})(?![很较迅良势潜水历态格之的])")


def _body_meant(asked: Asked, actors: Sequence[Actor], start: int, end: int) -> Owners | None:
    """该行, 该局 and 双方 are those named before; 该村 is nobody who was."""
    sentence, text = asked.sentence, asked.sentence.text
    if sentence.officials and (police := police_of_place(sentence, start, end, asked.measure.text)) and not asked.measure.text.endswith((*owner_words("the harmed"), "损失")):
        return (police,)
    if text[start] not in _POINTS:
        return None
    if text.startswith(owner_words("both"), start):
        return both_of(sentence, start)
    if text.startswith(owner_words("no body named before"), start):
        return ()
    if (office := office_meant(sentence, start, measure_of_harm=asked.measure.text.endswith((*owner_words("the harmed"), "损失")))) is not None:
        return office or None
    if target := _TARGET.match(text, start):
        return (_bought_before(sentence, start) or target[1],)
    meant = meant_by(sentence.finds, start)
    if meant:
        return (meant,)
    return () if meant == "" and is_person(sentence, asked.stage.who or spoken_of(sentence)) else None  # 江海银行行长林海…。该行贷款余额: no person


def _bought_before(sentence: Sentence, start: int) -> str:
    """江海公司 of 远山公司拟收购江海公司60%股权。标的公司…: the company last named before as one to be taken over."""
    text = sentence.text
    named = sentence.finds.actors.within(max(0, start - _MOST_BACK), start)
    return next((a.name for a in reversed(named) if a.type == "company" and text.endswith(TAKES_OVER, 0, a.start)), "")


_MOST_BACK = 300  # characters before 标的公司 in which its name is looked for


def _without_a_name(asked: Asked, actors: Sequence[Actor], start: int, end: int) -> Owners | None:
    """江某, 他 or a state; () where a noun of the amount's own clause does something of its own."""
    sentence, measure = asked.sentence, asked.measure
    found = _no_actor(sentence, start, end)
    if not found:
        return None
    if start != asked.clause[0] and _another_does(sentence, asked.clause[0], measure):
        return ()
    if len(found) > 1 and each_its_own(sentence, start, asked.quantity):
        return tuple(name for name in found if measure.text.startswith(name))  # 江某和林某分别投资30万元和50万元
    return found


def _opening(asked: Asked, actors: Sequence[Actor], start: int, end: int) -> Owners | None:
    """中小企业 and 深圳湾口岸, with which a clause opens; 我国 only where no place or actor of its own has what is counted."""
    sentence, quantity, clause, where = asked.sentence, asked.quantity, asked.clause, asked.where
    body = opening_body(sentence, start, end, asked.measure)
    opening = own_name(body) if body else ""
    if not opening or (where and opening.endswith(TRADES)) or (actors and _in_row(asked) and any(a.text == opening for a in actors)):
        return None
    if any(start <= a.start < end and opening in a.text and foretells_of_others(sentence.text, a) for a in sentence.actors):
        return None  # 世界银行预计，中国经济增长3%
    if asked.stage.is_company and (opening.endswith("线城市") or (opening in SCOPES and asked.measure.text.startswith(OF_A_COMPANY_THERE, len(opening)))):
        return None  # 远山公司营收3亿元。东南亚收入1亿元，一线城市增长5%
    if opening in SCOPES:
        if start != clause[0] and _ITSELF.match(sentence.text, clause[0]):
            return None  # 全国茶叶产量增长3%，公司出口增长4%
        if start != clause[0] and place_opens(asked):
            return (where[0].name,)  # 我国每年约有70万人…,宁波市每年约有5000人
        if own := next((a for a in actors if a.start == quantity.end), None):
            return (own.name,)  # 全国2万家云帆门店
    if start != clause[0] and (company := _whose(asked, opening)):
        return company  # 小微企业贷款户数600户，农户授信3亿元: both of the bank
    return _or_place(opening, where)


Reader = Callable[[Asked, Sequence[Actor], int, int], Owners | None]
_OF_GUESTS: tuple[Reader, ...] = (_gathering,)  # 远山公司签约20亿元,参展企业300家: what the guests do is told in between


_READERS: tuple[Reader, ...] = (_gathering, _of_its_own, _named_again, _actors, _place, _body_meant, _without_a_name, _opening)  # in the order in which they are asked


@cache
def _readers(may: tuple[bool, ...]) -> tuple[Reader, ...]:
    """Those that can find anything in a sentence; `may` says of each of them whether it has such words."""
    return tuple(read for read, can in zip(_READERS, may, strict=True) if can)


def _place_that_has_it(asked: Asked, of_guests: bool) -> int:
    """Where the nearest clause starts that 我省 or a place makes its own at a gathering; -1 where none does.

    第六届瓷博会上,我省签约项目31个; but 宁波市签约3亿元,参展企业300家: no clause before has what guests are counted by.
    """
    sentence, end = asked.sentence, asked.quantity.start
    starts = [p.start for p in sentence.places if p.start < end and sentence.clause(p.start)[0] == p.start and (not of_guests or p.start == asked.clause[0])]
    if sentence.whole is not None and is_ours(sentence.whole) and sentence.whole.start() < end:
        starts.append(sentence.clause(sentence.whole.start())[0])
    return max(starts, default=-1)


def _guest(sentence: Sentence, start: int) -> str:
    """巴西 of 巴西将作为主宾国参加茶博会，展出面积达360平方米: a state or place that a clause opens with and that comes as a guest."""
    place = next((p for p in sentence.places if p.start == start), None)
    return place.name if place is not None and _COMES.match(sentence.text, place.end) else ""


_COMES = re.compile("(?:将|已|也|首次|再次|此次|今年)*(?:(?:应邀)?(?:作为|担任|是|为|任)[^，,。；;]{0,12}?(?:主宾|主题|嘉宾|协办|承办|参展)|组团|组织[^，,。；;]{0,12}?(?:参展|参会|参加))")


# --- what the readers ask --------------------------------------------------------------------------------------------


_POINTS = frozenset("该本这双两标目拟此政警")
_TARGET = re.compile("(?:本次|此次|拟)?(?:交易|收购|购买)?的?(标的(?:公司|企业|资产)|目标公司)(?![^，,。]{0,6}(?:股权|股份|%))")  # but 标的公司60%股权 is bought
_EACH_ITS_OWN = ("分别", "各自", "依次")


def _in_row(asked: Asked) -> bool:
    """Whether a row stands anywhere before the amount."""
    return asked.sentence.text.find("、", asked.sentence.start, asked.quantity.start) >= 0


def each_its_own(sentence: Sentence, start: int, quantity: Quantity) -> bool:
    """Whether the amounts behind a row are told of one after the other: 远山公司和江海公司分别融资5亿元和3亿元."""
    ahead = sentence.text[start : quantity.start]
    return any(word in ahead for word in _EACH_ITS_OWN)


def place_opens(asked: Asked) -> bool:
    """Whether the amount's clause is about its first place: 宁波市|每年约有5000人."""
    where = asked.where
    return bool(where) and asked.clause[0] <= where[0].start < asked.quantity.start and opens_with(asked.sentence, where[0])


def is_person(sentence: Sentence, found: Owners) -> bool:
    return bool(found) and "person" in sentence.finds.kinds.get(found[0], ())


def _another_does(sentence: Sentence, start: int, measure: Measure) -> bool:
    """周女士购买手机，商家|赔偿3000元: the clause at `start` opens with a noun that does something of its own, and that is counted."""
    n = before(sentence.pieces, start)
    opens = sentence.pieces[n : n + 2]
    return len(opens) == 2 and opens[0].flag == "n" and opens[1].flag == "v" and len(opens[0].text) > 1 and measure.text.startswith(opens[0].text)


def _no_actor(sentence: Sentence, start: int, end: int) -> Owners:
    """Whom a clause is about though it names no actor: a state, 江某, or who 他 is."""
    if state := state_ahead(sentence, start, end):
        return (state,)
    return someone_in(sentence.text, start, end) or he_or_she(sentence.finds, start) if sentence.someone else ()


def _or_place(body: str, where: Sequence[Place]) -> Owners:
    """A body; 全市签约项目 are those of the city."""
    return (where[0].name,) if where and body[0] in "全我" and body[1:2] in LEVELS else (body,)


# --- the amount's own clause -----------------------------------------------------------------------------------------


def _in_own_clause(asked: Asked) -> Owners:
    """Whom the amount's own clause is about though no actor stands ahead there: the place or body of its phrase, the company
    meant by 公司, who stands behind; () where it tells of nobody."""
    sentence, quantity, (start, end) = asked.sentence, asked.quantity, asked.clause
    measure, where, stage = asked.measure, asked.where, asked.stage
    home = measure.subject.mention if measure.subject else None
    if isinstance(home, Place) and not _only_done_there(sentence, home):
        if named := _named_there(sentence.text, home, quantity.start):
            return (named,)
        return (place_or_harbour(sentence.text, where[0] if _is_finer(where, home) else home),)
    if measure.owner and _is_a_body(asked, measure.owner):
        return _whose(asked, measure.owner) + _or_place(measure.owner, where)
    if measure.counted and not sentence.text[start : quantity.start].strip():
        return (*(name for name in stage.who[:1] if name not in measure.counted), measure.counted)
    actors = sentence.doers
    if not actors:
        return ()
    if _ITSELF.match(sentence.text, start):
        companies = {a.name for a in actors if a.type == "company" and a.end <= start}
        if itself := tuple(companies) if len(companies) == 1 else stage.who or spoken_of(sentence):
            return itself
    behind = next((a for a in actors if quantity.end <= a.start < end), None)
    if behind is None or _taken(sentence.text[max(start, behind.start - 8) : behind.start]):
        return ()
    return (behind.name,)


def _whose(asked: Asked, body: str) -> Owners:
    """江海银行 of 江海银行新增网点3个。小微企业贷款户数600户: the company told of, whose customers they are; () where nobody's are told of."""
    stage, measure = asked.stage, asked.measure
    if not stage.is_company or body.startswith((*SCOPES, "全")) or asked.where:
        return ()
    is_served = body.endswith(owner_words("those a body has")) or any(word in measure.text for word in owner_words("what a body gives"))
    return stage.who[:1] if is_served and stage.who[0] not in body else ()


def _named_there(text: str, place: Place, end: int) -> str:
    """云江远山综保区 of 云江|远山综保区进出口3亿元: what has a name of its own behind that of a place; "" where it has none (云江工业园区)."""
    match = _has_a_name().match(text, place.end, end)
    if match is None or is_word(match[1]) or match[1][0] in _OF_ALL:
        return ""
    return text[place.start : match.end()]


_OF_ALL = frozenset("各全多所这该本几两三大小新老首")


@cache
def _has_a_name() -> re.Pattern[str]:
    return re.compile(rf"([一-鿿]{{2,6}}?)(?:{any_of('named behind a place')}|山(?=接待|旅游|风景))")


def _taken(lead: str) -> bool:
    """Whether the words before a name say that it is bought, brought in, founded or measured with: 投资3亿元设立|远山公司."""
    return lead.removesuffix("了").removesuffix("上市公司").endswith((*TAKES_OVER, "增持", "入股", "参股", "控股", *owner_words("brings in", "sets itself against")))


def _is_a_body(asked: Asked, said: str) -> bool:
    """Whether `said` has what is counted: no kind of projects, no sector or trade of a place, and nothing regions are counted for."""
    where = asked.where
    if is_kind_of_works(said) or (where and said.endswith(TRADES)):
        return False
    if said in SCOPES and only_where(asked.sentence, said, asked.clause[0], asked.quantity.start):
        return False  # 远山公司在全球拥有3000家门店
    sector = said.removeprefix(where[0].text) if where else said[2:] if said.startswith(SCOPES[:2]) else said  # 我国民营企业
    return not is_sector(sector, asked.measure) and not COUNTS_REGIONS.match(asked.sentence.text, asked.quantity.start - 2)


def _only_done_there(sentence: Sentence, home: Place) -> bool:
    """Whether somebody does something in or to the place: 云南省向湖北省捐赠; 甲网站成立分公司,目前在宁波拥有上万名会员."""
    text, start = sentence.text, home.start
    lead = text[start - 1 : start]
    if lead in _TO_WHICH or (_HOW_FAR.search(text, max(0, start - 16), start) and _lies_there(sentence, start)):
        return True
    if lead == "在" and any(p.end < start and sentence.clause(start)[0] == p.start for p in sentence.places):
        return True  # 宁波在上海签约11亿元
    return bool(sentence.actors) and (lead in "在于向" or text.startswith("在", start - 3))


def _lies_there(sentence: Sentence, end: int) -> bool:
    """Whether a clause before `end` opens with the place that something is so far from: 云江市地处平原，距宁波90公里."""
    return any(place.start < end and sentence.clause(place.start)[0] == place.start for place in sentence.places)


def _is_finer(where: Sequence[Place], home: Place) -> bool:
    """四川|雅安: whether the only place lies in `home` and stands right behind it."""
    return len(where) == 1 and where[0].start == home.end and where[0].level != "country" and where[0].adcode.startswith(home.adcode.rstrip("0"))


def place_or_harbour(text: str, place: Place) -> str:
    """宁波市, and 宁波港 where the text says so; 京津冀 of its 京."""
    if place.rule == "spelled":
        return region_around(text, place)
    return place.text + "港" if text[place.end : place.end + 1] == "港" and text[place.end + 1 : place.end + 2] not in _NO_HARBOUR else place.name


_NO_HARBOUR = frozenset("口股元币澳交珠湾区商资")
_HOW_FAR = re.compile("距离?[^，,。；;：:\n0-9]{0,12}$")  # 距宁波、台州90公里
_TO_WHICH = ("向", "给", "比")  # 云南省向湖北省捐赠, 宁波市比台州市多
# 公司拟以7亿元收购江海公司: the company told of, and not the one behind.
_ITSELF = re.compile(r"(?:此外|同时|目前|截至目前)?[,，]?(?:该|本)?(?:公司|集团)(?!与|和|旗下)")
