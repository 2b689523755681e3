"""Who takes part in a deed, and where: the actors and places of its clause, or those the text has just spoken of.

Knows which actor of a clause is its subject (not the one behind 与, 对, 被), places that act themselves (杭州上线平台),
and plain nouns that act (快递公司, 记者). Leaves out what the deed is and when.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from extract.lexicons import set_in
from extract.mentions import Actor, Place, Time
from extract.press import outlets
from extract.title_words import words_of
from extract.triggers import Trigger
from extract.words import Word, is_word

# An actor behind one of these is not the subject of its clause.
_GOVERNS = (
    *"与和同跟向对被由在给为把将从比据于至到获以像如", "按照", "包括", "随着", "通过", "上报", "报送", "递交", "连接", "横跨", "贯穿", "途经",
    *(f"{verb}{done}" for verb in ("入股", "收购", "并购", "参股", "增持", "投资", "获得", "得到", "收到") for done in ("", "了")), "获了",
)  # fmt: skip
_GOVERNS_BY_END = {end: tuple(word for word in _GOVERNS if word[-1] == end) for end in {word[-1] for word in _GOVERNS}}
_BAD_HEAD = re.compile(r"^(?:公司(?!股东|董事|监事)|一央企|一国企|一民企|此|该|这|那|其|本|各|有|没|不|是|一家|这家|上述|全国|相关|有关|[个名位项批第]|(?:中心|集团|协会|商会|学会|联盟|基金会|事业部|学院|多人|业内人士|龙头企业|全部)$)")


def is_subject(text: str, actor: Actor) -> bool:
    """Whether nothing governs the actor: 与优酷联姻 has 优酷 as partner, not as subject."""
    start, role = actor.start, actor.role
    if role and text.endswith(role, 0, start):
        start -= len(role)
        if text.endswith(_THAT_BODY, 0, start):
            start -= 3  # 与|该公司|总经理周立人洽谈
    return not is_governed(text, start)


_THAT_BODY = ("该公司", "该集团", "该企业", "该中心", "该协会")


def is_governed(text: str, at: int) -> bool:
    """Whether a word right ahead of `at` governs what begins there: 与, 在, 收购了."""
    words = _GOVERNS_BY_END.get(text[at - 1 : at])
    return words is not None and text.endswith(words, 0, at)


def is_source(text: str, start: int, end: int) -> bool:
    """据知情人士透露: a clause that only names a source."""
    return text.endswith(words_of("ends of sources"), start, end)


def subjects_before(
    text: str, clauses: Sequence[tuple[int, int]], clause: int, actors: Sequence[Actor], triggers: Sequence[Trigger]
) -> tuple[str, ...]:
    """The subject of the nearest clause before `clause` in the sentence, as canonical names; () where none."""
    for start, end in reversed(clauses[:clause]):
        if text.endswith(words_of("ends of sources"), start, end) or _OBJECT_FIRST.match(text, start, end):
            continue
        verb = next((trigger.start for trigger in triggers if start <= trigger.start < end), end)
        inside = [a for a in actors if start <= a.start < end]
        if inside and any(a.role for a in actors):
            inside = [a for a in inside if not _of_an_office(a, actors)]
        first = next((index for index, a in enumerate(inside) if is_subject(text, a) and (a.start < verb or a.type != "company")), -1)
        if first >= 0:
            return _joined_names(text, inside[first:])
    return ()


def _of_an_office(actor: Actor, actors: Sequence[Actor]) -> bool:
    """云海集团 in 云海集团创始人周立人: whose office it is does not act."""
    return actor.type != "person" and any(a.start - len(a.role) <= actor.start < a.start for a in actors if a.role and a.type == "person" and not a.role.endswith(_IN_COURT))


_IN_COURT = ("被告人", "被告", "原告", "嫌疑人", "被害人", "受害人")  # 法院宣判被告人周立人: no office of the court


# 出席甲公司签约仪式，并与乙会谈: who is named in such a clause is not who did it.
_OBJECT_FIRST = re.compile("(?:并|还|又|也|共同|随后)?(?:出席|参加|会见|见证|走访|考察|参观)")


def _joined_names(text: str, actors: Sequence[Actor]) -> tuple[str, ...]:
    """The first actor and those joined to it: 上海与阿里巴巴、蚂蚁集团."""
    names = [actors[0].name]
    end = actors[0].end
    for actor in actors[1:]:
        if text[end : actor.start] not in ("、", "与", "和", "及", "同", "以及"):
            break
        names.append(actor.name)
        end = actor.end
    return tuple(names)


def acting_place(
    text: str, start: int, trigger: Trigger, places: Sequence[Place], words: Sequence[Word], times: Sequence[Time]
) -> Place | None:
    """The place that acts in the clause: 杭州不久前上线平台, 青海在尼泊尔设立联络处; not 在杭州, nor ahead of a noun."""
    governed = -1
    for index, place in enumerate(places):
        if place.inside or not start <= place.start < trigger.start or not (place.adcode or place.level == "country"):
            continue
        if place.start == governed or is_governed(text, place.start):
            governed = place.end  # 在深圳南山: and so is the one in it
            continue
        if index + 1 < len(places) and places[index + 1].start == place.end:  # 深圳南山: the last one acts
            continue
        if text[place.end : place.end + 1] in _NAMES_ON:
            continue  # 云海|港: the name of another thing
        if text[place.start - 1 : place.start] in ("（", "(") or text[place.end : place.end + 1] in ("至", "到", "—"):
            continue  # 西安至延安高铁: neither end acts
        at = next((time.end for time in times if time.start == place.end), place.end)  # 杭州上月上线平台
        behind = next((word for word in words if word[0] >= at), None)
        if behind is None or behind.start >= trigger.start or behind.flag[0] in "dtpvc" or behind.flag == "ad" or behind.text in _LINKS:
            return place
        return None
    return None


_NAMES_ON = frozenset("港湾湖")
_LINKS = frozenset(["与", "和", "同", "，", ","])


# 该局, 该市 at the front of a clause: the body or place of that kind that was named last.
THAT_ONE = {f"该{kind}": ends for kind, ends in {
    "厅": ("厅",), "局": ("局",), "委": ("委", "委员会"), "办": ("办", "办公室"), "署": ("署",), "部": ("部",), "关": ("海关",), "行": ("银行", "支行", "分行", "行"),
    "校": ("大学", "学院", "学校", "中学", "小学"), "院": ("医院", "法院", "检察院", "研究院", "学院"), "社": ("社",), "会": ("协会", "商会", "学会", "基金会", "总会"),
    "省": ("省",), "市": ("市",), "县": ("县",), "区": ("区",), "州": ("州",), "镇": ("镇",), "乡": ("乡",),
}.items()}  # fmt: skip


def behind_times(at: int, times: Sequence[Time]) -> int:
    """Where the words begin behind the dates that open a clause: 1999年，|他; 去年|她."""
    for time in times:
        if time.start == at:
            at = time.end
    return at


# 这家国内最早的地图服务商，: what it is, for the company spoken of
_THIS_ONE = re.compile(r"(?<![在对向与和为给把将被由从])这家[^，。；“”]{0,18}?(?:公司|集团|企业|[^，。；]商|巨头|平台|银行|机构|品牌|药企|车企|房企)(?=[^一-鿿]|[在于将已也还又曾正再首昨今就从向与和宣发推完收成])")


def points_back(text: str, start: int, at: int) -> bool:
    """Whether 这家… in [start, at) is who does it."""
    return _THIS_ONE.search(text, start, at) is not None


class OwnSubject(NamedTuple):
    """The noun a clause has ahead of its deed: whether there is one, and its span where it can act."""

    exists: bool
    span: tuple[int, int] | None
    noun: tuple[int, int] | None = None  # the noun itself, where it is more than a pronoun or a word for the one spoken of


def own_subject(words: Sequence[Word], trigger: Trigger, times: Sequence[Time] = ()) -> OwnSubject:
    """云海电商成立, 出口额突破500万元: the words right ahead of the deed, adverbs and phrases with 在, 由 aside."""
    first, end, pointed = _phrase_ahead(words, trigger.start, times)
    if first < 0:
        return _NONE
    first = _phrase_from(words, first, end)
    parts = [word for word in words if first <= word.start < end]
    phrase = "".join([word.text for word in parts])
    if phrase in set_in("titles", "our lands"):
        return OwnSubject(True, None)
    joined = len(parts) > 1 and parts[0].start == words[0].start and parts[0].text in set_in("titles", "stands for one told of") and parts[1].text in _JOINS
    counted = next((word for word in words if word.end == first and word.flag in ("m", "q")), None)
    if phrase in set_in("titles", "stands for one told of") or joined:  # 公司与西安市政府签约: whoever the company is, and the other party; 两家银行: not the one spoken of
        return OwnSubject(counted is not None and not joined, None)
    if counted and phrase in _COUNTED_PLACES:
        return OwnSubject(True, (counted.start, end))  # 29省公布成绩单
    if phrase.endswith("记者") and trigger.type not in ("visit", "speech"):
        return _NONE  # 记者从11日召开的会议上获悉: the source, not the doer
    if phrase.endswith(outlets()) and "从" in [word.text for word in words if word.start == end]:
        return _NONE  # 海岸网从会议上获悉
    if phrase in set_in("titles", "countries that act") and any(word.start == end and word.text in ("（", "(") for word in words):
        return OwnSubject(True, None)  # 中国|（温州）茶业博览会
    if phrase in set_in("titles", "countries that act"):
        return OwnSubject(True, (first, end))
    if pointed:
        return OwnSubject(True, None, (first, end))
    if _can_act(parts):
        return OwnSubject(True, (first, end), (first, end))
    link = next((index for index, word in enumerate(parts) if word.text in ("及", "以及")), 0)
    if link and parts[0].flag == "ns" and _can_act(parts[:link]):  # 云海市物流监管中心及通关平台
        return OwnSubject(True, (first, parts[link].start), (first, end))
    return OwnSubject(True, None, (first, end))


_NONE = OwnSubject(False, None)


def _phrase_ahead(words: Sequence[Word], stop: int, times: Sequence[Time]) -> tuple[int, int, bool]:
    """Where the noun phrase nearest to the deed at `stop` begins and ends, and whether 这 or 该 points to it; -1 where there is none.

    What 在, 由 or 对 governs is none, and no pronoun is.
    """
    dated = [time for time in times if words[0].start < time.end and time.start < stop]
    governed = pointed = held = False  # held: behind 对 a whole list is what it is done to
    previous: Word | None = None
    first = end = -1
    for word in words:
        start, word_end, text, flag = word
        if word_end > stop:
            break
        if dated and any(time.start < word_end and start < time.end for time in dated):
            if first >= 0 and not governed:
                break
        elif text in set_in("titles", "our lands"):
            return start, word_end, False
        elif first < 0 and not governed and text in _PRONOUNS:
            break
        elif flag == "p" or text in _PREPOSITIONS:
            governed = text not in _JOINS
            if first >= 0 and governed:
                break
            held = text in ("对", "向")
        elif flag[0] in "njlzsb" or flag in _NOMINAL:
            governed = governed and not (text == "开区" and previous is not None and previous.text == "经")  # 经开区 is one word
            if not governed and (first >= 0 or flag[0] != "m"):
                if first < 0:
                    first, pointed = start, previous is not None and previous.flag[0] == "r"
                end = word_end
        elif first >= 0 and text in "的、和与及":
            pass
        elif flag[0] in "xfv" and not (held and (text == "、" or (flag[0] == "v" and text not in _LIGHT))):
            governed = False
            if first >= 0:
                break
        elif first >= 0 and flag[0] in "dtr":
            break
        previous = word
    return first, end, pointed


_NOMINAL = frozenset(["eng", "vn", "m", "g", "an", "i"])
_JOINS = frozenset(["与", "和", "同"])


def _phrase_from(words: Sequence[Word], first: int, end: int) -> int:
    """Where the phrase [first, end) begins that can act: 包括三家大行在内的|银行, 飞往温州的|航班, 中云光谷."""
    if words[0].end == first and words[0].text in _OPENS_NAME:
        first = words[0].start  # 中|云光谷: cut by the dictionary
    for word in words:
        if first < word.start < end and word.text == "在内":
            first = word.end + 1
    ahead = next((word for word in words if word.end == first), None)
    if ahead is not None and ahead.flag == "v":  # the verb describes, up to 的
        first = max([first, *(word.end for word in words if first < word.start < end and word.text == "的")])
    return first


def _can_act(parts: Sequence[Word]) -> bool:
    phrase = "".join([word.text for word in parts])
    if phrase.endswith(_BOTH_SIDES) and len(phrase) < 4:
        return False  # 中、|法两国: half of a pair
    if not 2 <= len(phrase) <= 14 or _DIGIT.search(phrase) or _BAD_HEAD.match(phrase):
        return False
    last, heads = _acting()
    return (phrase[-1] in last and phrase.endswith(heads)) or _is_name(parts)


@cache
def _acting() -> tuple[frozenset[str], tuple[str, ...]]:
    """Heads of plain nouns that act, their last characters first."""
    heads = words_of("acting")
    return frozenset(head[-1] for head in heads), heads


_BOTH_SIDES = ("两国", "双方", "两地")
_OPENS_NAME = frozenset("中零上前")
_LIGHT = frozenset(["进行", "作出", "做出", "展开", "开展", "实施", "提出", "有", "是"])
_DIGIT = re.compile(r"\d")
_PRONOUNS = frozenset(["其", "它", "他", "她", "我们", "他们", "它们", "双方"])
_COUNTED_PLACES = frozenset(["省", "省份", "市", "城市", "县", "国", "国家", "地"])
_PREPOSITIONS = frozenset(["因病", "因故", "因公", "在", "对", "向", "把", "将", "以", "从", "由", "被", "于", "为", "给", "随着", "通过", "经", "就", "因"])


def _is_name(parts: Sequence[Word]) -> bool:
    """A short word no dictionary has: 云海电商."""
    if sum(len(word.text) for word in parts) > 6 or parts[-1].text in set_in("titles", "things that do nothing") or any(word.text == "的" for word in parts):
        return False
    return any(len(word.text) > 1 and not word.text.isascii() and not is_word(word.text) for word in parts)


def each_of(text: str, trigger: Trigger, actors: Sequence[Actor], start: int, end: int) -> list[Actor]:
    """Partners or objects with each of whom the deed was done: 入股甲、乙; 分别与甲、乙签署. [] where it is one deed.

    They are listed with 、 and follow the deed at once, or stand ahead of it behind 分别与.
    """
    if trigger.type in ("acquisition", "investment"):
        listed = [a for a in actors if trigger.end <= a.start < end and a.type == "company"]
        if not listed or listed[0].start > trigger.end + 1:
            return []
    elif text.find("分别", start, trigger.start) >= 0 and (apart := _EACH.search(text, start, trigger.start)):
        listed = [a for a in actors if apart.end() <= a.start < trigger.start and a.type in ("company", "government")]
    else:
        return []
    chain = listed[:1]
    for actor in listed[1:]:
        between = text[chain[-1].end : actor.start]
        if not between.startswith("、") or len(between) > 6:
            break
        chain.append(actor)
    return chain if len(chain) > 1 else []


_EACH = re.compile(r"分别(?:与|同|和|跟)")
# 临江商報網訊, 海州日报讯: where the paper comes out is not where the thing happened.
# 江海日报讯; 审理江海省原副省长受贿案: where news was sent from, and what somebody once had an office of
_SAYS_NO_PLACE = re.compile("(?:[商日晚早晨时時青都]|都市|经济|經濟)?[报報网網刊社][网網]?[^，。；、]{0,8}?[讯訊电電][】）)]?")
_ONCE_OFFICE_OF = re.compile("原(?:副?[省市县区州]长|[省市县区州]?委?副?书记|主席|[一-鿿]{1,6}[局厅部]长)[^，。；]{0,16}案")  # but 临江市原副市长落马


def _is_bay(text: str, place: Place) -> bool:
    """粤, 港 and 澳 in 粤港澳大湾区: none of the three is where a thing happened."""
    return len(place.text) == 1 and "粤港澳" in text[max(0, place.start - 2) : place.end + 2]


def places_of(
    text: str, places: Sequence[Place], start: int, end: int, actors: Sequence[Actor], everything: bool
) -> list[Place]:
    """Places in [start, end): a government's own counts, another actor's only with `everything` (成立上海分公司)."""
    if not places:
        return []
    others = [] if everything else [a for a in actors if a.type != "government"]
    found = [
        place
        for place in places
        if start <= place.start < end and place.adcode and not any(a.start <= place.start < a.end for a in others)
    ]
    found = [place for place in found if not _SAYS_NO_PLACE.match(text, place.end) and not _ONCE_OFFICE_OF.match(text, place.end) and not _is_bay(text, place)] if found else found
    if not found[2:]:
        return found
    chain = [p.start for p, q, r in zip(found, found[1:], found[2:], strict=False) if p.end == q.start and q.end == r.start]
    return [place for place in found if place.start not in chain] if chain else found  # 新疆和田地区皮山县: the last two tell where
