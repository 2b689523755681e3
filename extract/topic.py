"""Whom an article is about: the gathering, company, body or place that its title and its first paragraphs tell of.

Knows titles, how often names are told of, and offices that did what offices do. Leaves out what the sentences before an
amount were about (`stage.py`).
"""

from __future__ import annotations

import re
from functools import cache

from extract.asides import authority, is_aside
from extract.bodies import RANKS, SCOPES, collective_in, is_kind_of_works, subject_of
from extract.fairs import without_lead
from extract.finds import Finds
from extract.mentions import Actor, Place
from extract.only_says import has_shops
from extract.owner_words import any_of, owner_words, tells
from extract.pieces import cut_pieces
from extract.press import is_press
from extract.sentences import left_out_in_brackets

LEAD = 300  # characters in which an article says what it is about
LONGEST_TITLE = 60
MOST_ACTORS = 40  # looked at
NAMED_OFTEN = 4  # times from which on the article is about a body its title does not name


def about(finds: Finds) -> tuple[str, ...]:
    """Whom the article is about."""
    if finds.topic is None:
        finds.topic = _topic(finds)
    return finds.topic


def _topic(finds: Finds) -> tuple[str, ...]:
    """A gathering, else the body told of most, unless the title opens with a place, else an office that polices, else what the
    title is about."""
    best, times = _told_most(finds)
    gathered = finds.gatherings
    if gathered and gathered[0].start < LEAD and len(gathered) >= times:
        return (gathered[0].name,)
    opening = _opens_title(finds)
    if times > 1:
        less = times < NAMED_OFTEN and best not in finds.headed and not best.startswith(opening)
        return (opening,) if opening and less else (best,)
    if best and all(is_aside(finds.text, actor) for actor in finds.actors[:MOST_ACTORS] if actor.name == best):
        best = ""
    if not best and (office := _who_polices(finds)):
        return (office,)
    if not best and finds.home:
        return (opening or finds.home.name,)
    return _of_title(finds, best)


def _told_most(finds: Finds) -> tuple[str, int]:
    """The body named most among those that the article begins with, and how often; ("", 0) where it names none."""
    counts: dict[str, int] = {}
    for actor in finds.actors[:MOST_ACTORS]:
        if (actor.start < LEAD or actor.name in counts) and _may_be_topic(finds, actor):
            counts[actor.name] = counts.get(actor.name, 0) + 1
    best = max(counts, key=lambda name: counts[name], default="")
    return best, counts.get(best, 0)


def _of_title(finds: Finds, best: str) -> tuple[str, ...]:
    """What the first passage is about: `best`, where it is named there, a fair, a body of people or things, a place, the country."""
    start, stop = finds.article.passages[0]
    if best and not any(actor.name == best and actor.start < max(stop, 60) and not finds.only_says(actor) for actor in finds.actors[:6]):
        best = ""  # named once, further on
    body = _body_of_title(finds, start, stop)
    if not best and (fair := _fair().search(finds.text, start, stop)) and fair[0][0] not in _SETS_BESIDE and len(name := without_lead(fair.group().rpartition("的")[2])) > _LONGEST_KIND:
        return (name,)  # “乐购”嘉年华云江博览会成景点
    if not best and not body and (fair := _SHORT_FAIR.search(finds.text, 0, LEAD)):
        return (fair[1],)
    place = _place_of_title(finds, stop) if finds.stricken is None else None
    if body or place or best:
        return (body,) if body else (place.name,) if place else (best,)
    whole = _WHOLE_COUNTRY.search(finds.text, 0, LEAD)
    return (whole.group(),) if whole else ()


def _body_of_title(finds: Finds, start: int, stop: int) -> str:
    """中小企业, 我国: the body of people or things that text[start:stop] opens with; "" where it opens with none, or with works."""
    pieces = cut_pieces(finds.text, start, min(stop, start + 60), finds.quantities.within(start, stop), finds.times.within(start, stop), (), ())
    opening = subject_of(pieces, 0, len(pieces))
    body = next((scope for scope in SCOPES if finds.text.startswith(scope, start) and not RANKS.match(finds.text, start)), "")  # no 全球 of “全球海购”嘉年华
    if opening not in SCOPES:
        body = collective_in(opening) or body
    of_whom = body.startswith(("集团", "公司")) and len(body) > 2  # 集团门店, whoever that is
    return "" if of_whom or is_kind_of_works(body) or finds.text.find(body + "、", start, stop) >= 0 else body  # 大型企业、事业单位90家: one of a row


def _may_be_topic(finds: Finds, actor: Actor) -> bool:
    """Whether an article can be about an actor: a body it names for itself, and an exchange only in its title."""
    if actor.type == "person" or "某" in actor.name or finds.only_says(actor) or has_shops(finds.text, actor):
        return False
    if actor.name.endswith(owner_words("watch over companies")) and actor.start >= finds.article.passages[0][1]:
        return False
    if actor.name not in finds.headed and (is_press(actor.name) or (actor.type in ("government", "other") and _of_all().search(actor.name))):
        return False
    return not left_out_in_brackets(finds.text, actor.start)


@cache
def _of_all() -> re.Pattern[str]:
    """国务院, 国家版权局 and 欧盟: what they decide or are compared with is told of others, unless the title names them."""
    return re.compile(f"^(?:国家|全国|中央|中国央行|国务院|最高)|^[一-鿿]{{1,6}}部$|(?:{any_of('unions of states')})$")


def _opens_title(finds: Finds) -> str:
    """The place or area that a title opens with or turns to: 云江市在深圳招商; 大动作不断！江海新区项目开工; "" where it does not."""
    text, start = finds.text, finds.article.passages[0][0]
    end = text.find("\n", start, start + LONGEST_TITLE)
    if end < 0:
        return ""
    places = finds.places.within(start, end)
    for n, place in enumerate(places):
        if place.level != "country" and (place.start == start or text[place.start - 1] in _TURNS) and not text.startswith(_BOUND_FOR, place.end):
            finer = places[n + 1] if n + 1 < len(places) and places[n + 1].start == place.end else place
            return "" if _ONE_THERE.match(text, finer.end) else finer.name
    area = _AREA.search(text, start, end)
    return area[1] if area else ""


# 宁波一家药企融资3亿元: the title is about one of there.
_ONE_THERE = re.compile(r"(?:[一这某]家?|首家|知名|老牌)[^，,。；;：:！!？?\s]{0,4}(?:公司|[企药车房酒]企|企业|集团|银行|工厂|学校|医院)|[^，,。；;：:！!？?\s]{0,3}(?:上市公司|集团|银行|老板|男子|女子|商人|首富)")
_TURNS = frozenset("！!？? ：:】")
_AREA = re.compile("(?:^|[！!？? ：:】\n])([一-鿿]{2,6}?(?:[新高]区|高新区|开发区|示范区|自贸区))(?![位排])")


_BOUND_FOR = ("开往", "飞往", "驶往", "直飞")  # 宁波开往台州客轮
_TOWARDS = ("到", "往", "赴", "至", "向", "对")  # 射程可到纽约: not where the article is


def _place_of_title(finds: Finds, stop: int) -> Place | None:
    """The first place at home that the title names; of 浙江丽水 the finer."""
    found: Place | None = None
    for place in finds.places:
        if place.start >= stop or (found is not None and not (place.start == found.end and place.adcode.startswith(found.adcode.rstrip("0")))):
            break
        if found is not None or not (place.level == "country" or finds.text[place.start - 1 : place.start] in _TOWARDS or finds.text.startswith(_BOUND_FOR, place.end)):
            found = place
    return found


def _who_polices(finds: Finds) -> str:
    """记者从市场监管局获悉,去年查处案件176件: where an office is the only one who speaks, it did what offices do."""
    if tells("what offices do").search(finds.text, 0, LEAD) is None:
        return ""
    offices = [actor for actor in finds.actors[:40] if actor.type == "government" and actor.start < LEAD]
    names = {actor.name for actor in offices if not authority().match(finds.text, actor.end)}
    return names.pop() if len(names) == 1 else ""


_WHOLE_COUNTRY = re.compile(r"(?<![占居于较比在])全国(?!人大|政协|两会|第|首|最|领先|前|唯一|排名|平均|各地)|我国(?!最[大小高低多早长强快好])")


@cache
def _fair() -> re.Pattern[str]:
    return re.compile(f"(?![年月日](?<=[0-9][年月日]))[一-鿿]{{2,10}}?(?:{any_of('fairs a title names')})(?!中心|展馆|闭|开)")


_SETS_BESIDE = frozenset("较比与和同")  # 较第四届博览会: another one
_LONGEST_KIND = 3  # 交易会 alone is no name


# 广交会, 进博会: the fair a report without other names is about.
_SHORT_FAIR = re.compile(r"(?:^|[^一-鿿]|本届|届|今年|的)([一-鿿]{1,2}[交博洽]会)(?![谈员议面费])")
