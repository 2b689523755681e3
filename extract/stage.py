"""What stands before a sentence that gives amounts: whom and where its paragraph, else the article, is about.

Knows how a paragraph opens, what its sentences leave to the next and what one announces for it. Leaves out what the
sentence says itself (`amount_owners.py`, `amount_places.py`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.amount_clause import Measure
from extract.bodies import RANKS, SCOPES, collective_in, is_kind_of_works, subject_of
from extract.fairs import without_lead
from extract.finds import Finds, within
from extract.mentions import Actor, Place
from extract.only_says import has_shops, visits
from extract.phrase_before import phrase_before
from extract.pieces import cut_pieces
from extract.sentences import Sentence, left_out_in_brackets
from extract.someone import CALLED

LEAD = 300  # characters in which an article says what it is about


class Stage:
    """What stands before in a paragraph: whom its sentences were about, and the place where that was one.

    `spoken`: left behind by the sentence before; None where the paragraph has no figure yet, so that its opening tells.
    """

    def __init__(self, finds: Finds, paragraph: int, first: int, spoken: tuple[tuple[str, ...], Place | None] | None = None) -> None:
        self.finds, self.paragraph, self.first = finds, paragraph, first
        self._spoken = spoken

    @property
    def who(self) -> tuple[str, ...]:
        return self._told()[0]

    @property
    def place(self) -> Place | None:
        return self._told()[1]

    def _told(self) -> tuple[tuple[str, ...], Place | None]:
        if self._spoken is None:
            self._spoken = _opening_of(self.finds, self.paragraph, self.first)
        return self._spoken

    def after(self, sentence: Sentence, who: tuple[str, ...], places: Sequence[Place]) -> Stage:
        """What this sentence leaves to the next: a place holds on where it was the one the sentence was about."""
        place = places[0] if len(places) == 1 and not sentence.actors else None
        if len(who) > 1 and who[-1] not in self.finds.names:
            who = who[:-1]  # the bodies counted behind the one who has them
        if who and ("某" in (first := who[0]) or first.endswith(CALLED) or (first[-1] in "目程" and len(who) == 1 and is_kind_of_works(first))):
            who = ()
        if place and who and self.finds.gatherings and place == self.finds.venue_of(who[0]):
            place = None  # where a fair is held is told of its figures alone
        return Stage(self.finds, self.paragraph, self.first, (who, place))


def _opening_of(finds: Finds, paragraph: int, first: int) -> tuple[tuple[str, ...], Place | None]:
    """Whom or what a paragraph opens with, where its first sentence holds no figure: 南山区成立于…。全区面积…"""
    if first - paragraph < 3:
        return (), None
    end = min(first, paragraph + 60)
    actors = [actor for actor in finds.actors.within(paragraph, end) if not _is_aside(finds.text, actor)]
    places = finds.places.within(paragraph, end)
    if finds.gatherings and (gathered := finds.gatherings.within(paragraph, end)):
        return (gathered[0].name,), None
    if _THE_SAME.match(finds.text, paragraph) and (meant := _last_company(finds, paragraph)):
        return (meant,), None
    if actors and not finds.only_says(actors[0]):
        return bodies_first(actors[:1]), _seat(finds.text, paragraph, places, actors[0])
    if places and places[0].start - paragraph < 3:
        return (places[0].name,), places[0]
    pieces = cut_pieces(finds.text, paragraph, end, (), finds.times.within(paragraph, end), (), places)
    body = collective_in(subject_of(pieces, 0, len(pieces)))
    return ((body,) if body else ()), None


def _seat(text: str, paragraph: int, places: Sequence[Place], actor: Actor) -> Place | None:
    """大连的云山植物园: where an institution lies that a paragraph opens with."""
    place = places[0] if places else None
    if place is None or actor.type != "other" or place.start - paragraph >= 3:
        return None
    return place if text[place.end : actor.start] in ("", "的") else None


_KINDS_OF_COMPANIES = "(?:行(?![业长政动程为情列])|公司|集团|企业|平台|银行|支行|分行)"
# 该行投放贷款…, 公司预计…: the company the paragraph before was about.
_THE_SAME = re.compile(rf"[^\S\n]*(?:(?:今年|去年|目前|截至目前|此外|同时)[，,]?)?(?:[该本]{_KINDS_OF_COMPANIES}|公司(?![^，,。]{{0,6}}(?:董事|总裁|总经理|负责人|副)))")
_THIS_ONE = re.compile(rf"[^\S\n]*(?:[该本]|这家){_KINDS_OF_COMPANIES}")


_THIS_BODY = re.compile(r"[^\S\n]*该([局厅委校](?![势面会部员托内区友园舍门级]))")
_SCHOOLS = ("大学", "学院", "学校", "中学", "小学")


def meant_by(finds: Finds, start: int) -> str | None:
    """The company or body that 该行, 本公司 or 该局 at `start` is, "" where none was named; None where no such word stands there."""
    if _THIS_ONE.match(finds.text, start):
        return _last_company(finds, start)
    body = _THIS_BODY.match(finds.text, start)
    if body is None:
        return None
    ends = _SCHOOLS if body[1] == "校" else body[1]
    named = finds.actors.within(max(0, start - LEAD), start)
    return next((a.name for a in reversed(named) if a.type in ("government", "other") and a.name.endswith(ends)), "")


def _last_company(finds: Finds, start: int) -> str:
    """The company last named before `start`, in the paragraphs close to it."""
    named = finds.actors.within(max(0, start - LEAD), start)
    return next((a.name for a in reversed(named) if a.type == "company" and not finds.only_says(a)), "")


def both_of(sentence: Sentence, start: int) -> tuple[str, ...]:
    """The two bodies that 双方 at `start` are: the only two of the last sentence before it that names any, which it joins or has
    in one clause; () where it names a third or one alone (远山公司与云海公司签约。江海公司到场祝贺。双方…)."""
    text = sentence.text
    named = [a for a in sentence.finds.actors.within(sentence.back, start) if a.type != "person"]
    if not named:
        places = sentence.finds.places.within(sentence.back, start)
        joined = len(places) == 2 and text[places[0].end : places[1].start] in _TOGETHER
        return tuple(place.name for place in places) if joined else ()  # 海江市与云江市签约，双方…
    begin = max(text.rfind(mark, sentence.back, named[-1].start) for mark in "。！？；;\n") if named else 0
    named = [a for a in named if a.start > begin]
    names = tuple(dict.fromkeys(a.name for a in named))
    if len(names) != 2:
        return ()
    second = next(a for a in named if a.name == names[1])
    apart = re.search("[，,：:]", text[named[0].end : second.start])
    return names if apart is None or text[second.start - 1] in _TOGETHER else ()


_TOGETHER = frozenset("与和、同及跟手")


def bodies_first(actors: Sequence[Actor]) -> tuple[str, ...]:
    """Companies and bodies before people, two at most."""
    if len(actors) < 2:
        return (actors[0].name,) if actors else ()
    chosen = [a for a in actors if a.type != "person"] or list(actors)
    return tuple(dict.fromkeys(a.name for a in chosen))[:2]


def spoken_of(sentence: Sentence) -> tuple[str, ...]:
    """Whom the sentences before in the paragraph, else the article, are about."""
    earlier = sentence.finds.actors.within(sentence.back, sentence.start)
    gathered = held.within(sentence.back, sentence.start) if (held := sentence.finds.gatherings) else []
    if gathered and not sentence.reports and not (earlier and any(a.type != "person" and not sentence.finds.only_says(a) for a in within(earlier, gathered[-1].end, sentence.start))):
        return (gathered[-1].name,)
    if earlier:
        earlier = [a for a in earlier if not _is_aside(sentence.text, a)]
    if earlier and "某" in sentence.text[sentence.back : sentence.start]:
        earlier = [a for a in earlier if "某" not in a.name]
    if earlier:  # a report names many that it is not about: 紧盯两江新区
        earlier = [a for a in earlier if a.start == sentence.back or sentence.text[a.start - 1] in _STOPS or _LEADS_IN.search(sentence.text, max(0, a.start - 8), a.start)]
    if earlier:
        bodies = (a for a in reversed(earlier) if a.type != "person" and not sentence.finds.only_says(a))
        people = (a for a in reversed(earlier) if a.type == "person" and not sentence.finds.only_says(a))
        nearest = next(bodies, None) or next(people, None) or next((a for a in reversed(earlier) if a.type == "company" and not sentence.finds.only_reports(a) and not a.name.endswith(_TELL_OF_OTHERS) and sentence.text.startswith(_SAYS, a.end)), None)
        if nearest:
            return (nearest.name,)
    finds = sentence.finds
    if not earlier and _ITS.search(sentence.text, sentence.start, sentence.end) and (meant := _last_company(finds, sentence.back)):
        return (meant,)
    if finds.topic is None:
        finds.topic = _topic(finds)
    return finds.topic


_STOPS = frozenset("，,。；;：: \n")
_LEADS_IN = re.compile("[，,。；;：: \n](?:近日|日前|目前|昨[日天]|今[日天]|当[日天]|[今去]年|[0-9]{1,2}[日月]|[0-9]{4}年|同时|此外|其中|而|但|作为)$")  # 去年云帆公司…: whom a clause is about
_TELL_OF_OTHERS = ("证券", "研究院", "研究所", "研究中心", "咨询", "评级")
_SAYS = ("称", "宣布", "表示")  # 云帆公司称,…。农产品产值超3亿元: a company tells of itself
_ITS = re.compile("其(?:营收|收入|利润|净利|市值|估值|股价|销量|销售额|业绩)")  # 分析师预测其营收将增长
_WHOLE_COUNTRY = re.compile(r"(?<![占居于较比])全国(?!人大|政协|两会|第|首|最|领先|前|唯一|排名|平均|各地)|我国(?!最[大小高低多早长强快好])")


_FAIR = re.compile(r"[一-鿿]{2,10}?(?:博览会|交易会|展览会|购物节|艺术节|电影节|马拉松)(?!中心|展馆|闭|开)")


_LONGEST_KIND = 3  # 交易会 alone is no name


# 广交会, 进博会: the fair a report without other names is about.
_SHORT_FAIR = re.compile(r"(?:^|[^一-鿿]|本届|届|今年|的)([一-鿿]{1,2}[交博洽]会)(?![谈员议面费])")


# 他在云帆、远山等平台开店: where or through whom something is done, and not whom the next sentence is about.
_GOVERNED = re.compile(r"(?:在|通过|借助|入驻|登陆)(?:[^，,。；;、的]{2,8}、){0,4}$")


_AMONG = ("、", "等", "和", "平台", "上")


_BY = ("被", "获", "经")  # 被云海协会授予称号
_HOLDS_OFFICE = re.compile("[原前副常务]{0,4}(?:书记|市长|省长|县长|主任|局长|厅长|部长|院长|校长|所长|会长|教授|研究员|法官|检察官)")  # 云海市委原书记林远山: the person is told of
_AUTHORITY = re.compile("[、和]?的?(?:正确|坚强|大力)?(?:决策|部署|安排|要求|号召|指示|精神|批准|批复|领导|支持|指导|帮助|关心|授权|委托)")  # 落实市委市政府决策部署
_ROW, _ATTEND = ("、", "等", "和"), re.compile("[^，,。；;\n]{0,40}?(?:参加|出席|参会|与会|到场|见证)")  # 远山公司、江海公司等参加
_EXCHANGES = ("交易所", "证监会")  # 方正公司收到上交所问询函: what follows is of the company


def _is_aside(text: str, actor: Actor) -> bool:
    """Whether an actor is only one of a row of states (以欧盟、美国的客商居多) or where something is done (在云帆、远山等平台开店)."""
    start, end = actor.start, actor.end
    if has_shops(text, actor) or actor.name.endswith(_EXCHANGES):
        return True
    if text[start - 1 : start] in _BY or (actor.type == "person" and visits(text, actor)) or (actor.type in ("government", "other") and _HOLDS_OFFICE.match(text, end)):
        return True
    if text[end : end + 1] in _ROW and _ATTEND.match(text, end):
        return True
    if actor.type == "government" and _AUTHORITY.match(text, end):
        return True
    if actor.type == "government" and "、" in (text[start - 1 : start], text[end : end + 1]):
        return True
    return text.startswith(_AMONG, end) and _GOVERNED.search(text, max(0, start - 24), start) is not None


def _topic(finds: Finds) -> tuple[str, ...]:
    """Whom the article is about: the actor named twice and most among the first, else what its title opens with."""
    counts: dict[str, int] = {}
    for actor in finds.actors[:40]:
        if (actor.start < LEAD or actor.name in counts) and _may_be_topic(finds, actor):
            counts[actor.name] = counts.get(actor.name, 0) + 1
    best = max(counts, key=lambda name: counts[name], default="")
    gathered = finds.gatherings
    if gathered and gathered[0].start < LEAD and len(gathered) >= counts.get(best, 0):
        return (gathered[0].name,)
    if best and counts[best] > 1:
        return (best,)
    if best and all(_is_aside(finds.text, actor) for actor in finds.actors[:40] if actor.name == best):
        best = ""
    if not best and (office := _who_polices(finds)):
        return (office,)
    if not best and finds.home:
        return (finds.home.name,)
    start, stop = finds.article.passages[0]
    if best and not any(actor.name == best and actor.start < max(stop, 60) for actor in finds.actors[:6]):
        best = ""  # named once, further on
    pieces = cut_pieces(finds.text, start, min(stop, start + 60), finds.quantities.within(start, stop), finds.times.within(start, stop), (), ())
    opening = subject_of(pieces, 0, len(pieces))
    body = next((scope for scope in SCOPES if finds.text.startswith(scope, start) and not RANKS.match(finds.text, start)), "")  # no 全球 of “全球海购”嘉年华
    if opening not in SCOPES:
        body = collective_in(opening) or body
    if is_kind_of_works(body):
        body = ""
    if not best and (fair := _FAIR.search(finds.text, start, stop)) and len(name := without_lead(fair.group().rpartition("的")[2])) > _LONGEST_KIND:
        return (name,)  # “乐购”嘉年华云江博览会成景点
    if not best and not body and (fair := _SHORT_FAIR.search(finds.text, 0, LEAD)):
        return (fair[1],)
    place = _place_of_title(finds, stop) if finds.stricken is None else None
    if body or place or best:
        return (body,) if body else (place.name,) if place else (best,)
    whole = _WHOLE_COUNTRY.search(finds.text, 0, LEAD)
    return (whole.group(),) if whole else ()


def _may_be_topic(finds: Finds, actor: Actor) -> bool:
    """Whether an article can be about an actor: a body it names for itself, and an exchange only in its title."""
    if actor.type == "person" or "某" in actor.name or finds.only_says(actor) or has_shops(finds.text, actor):
        return False
    if actor.name.endswith(_EXCHANGES) and actor.start >= finds.article.passages[0][1]:
        return False
    return not left_out_in_brackets(finds.text, actor.start)


_BOUND_FOR = ("开往", "飞往", "驶往", "直飞")  # 宁波开往台州客轮
_TOWARDS = ("到", "往", "赴", "至", "向", "对")  # 射程可到纽约: not where the article is


def _place_of_title(finds: Finds, stop: int) -> Place | None:
    """The first place at home that the title names; of 浙江丽水 the finer."""
    found: Place | None = None
    for place in finds.places:
        if place.start >= stop or (found is not None and not (place.start == found.end and place.adcode.startswith(found.adcode.rstrip("0")))):
            break
        if found is not None or (place.level != "country" and finds.text[place.start - 1 : place.start] not in _TOWARDS and not finds.text.startswith(_BOUND_FOR, place.end)):
            found = place
    return found


_POLICED = re.compile("(?:查处|审结|立案查处|立案调查|查办|办结|抽检|监督抽查|罚没)")


def _who_polices(finds: Finds) -> str:
    """记者从市场监管局获悉,去年查处案件176件: where an office is the only one who speaks, it did what offices do."""
    if _POLICED.search(finds.text, 0, LEAD) is None:
        return ""
    names = {actor.name for actor in finds.actors[:40] if actor.type == "government" and actor.start < LEAD and not _AUTHORITY.match(finds.text, actor.end)}
    return names.pop() if len(names) == 1 else ""


_ANNOUNCED = ("目标", "增速", "增长率", "总量", "规模", "产值", "销量", "占比", "成绩单", "数据", "业绩", "收入", "营收", "利润", "人数", "数量")


def announced_before(sentence: Sentence) -> Measure | None:
    """多地公布了今年的经济增长目标。其中,河南为5.5%: what the sentence before ends with is what is given here."""
    start = max(sentence.back, sentence.start - 30)
    ahead = sentence.text[start : sentence.start].rstrip()
    if not (ahead[:-1] if ahead[-1:] in ("。", "：", ":") else ahead).endswith(_ANNOUNCED):
        return None
    end = start + len(ahead.rstrip("。：:"))
    begin = max(sentence.text.rfind(mark, start, end) + 1 for mark in "。！？；，,：:\n")
    begin = max(begin, start)
    pieces = cut_pieces(sentence.text, begin, end, (), sentence.finds.times.within(begin, end), (), ())
    phrase = phrase_before(pieces, 0, len(pieces))
    return Measure(phrase.text, phrase.text, "", "announced before") if phrase and phrase.text else None
