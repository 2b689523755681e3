"""Organisations that no list names: what stands before 公司, 研究院 or 市政府.

Knows which endings take words before them for a name, which a place, and which a known name. Leaves out the endings
(`organisation_endings.py`), where a name of words begins (`organisation_names.py`), and names without a telling ending;
those are in `lexicon/actors.yaml` or are not found.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from extract.lexicons import words_in
from extract.mentions import Actor, ActorType, Place
from extract.organisation_endings import Suffix, is_legal_form, is_noun, name_words, only_described, suffixes
from extract.organisation_names import STOPS, Ending, by_words, organisation
from extract.owner_words import owner_words
from extract.words import is_word, tag

_NO_NAME_ENDS = STOPS | {"的"}
# 中国建筑第三工程局有限公司: the number belongs to the name, and the branch is a company of its own.
_NUMBERED = re.compile(r"第?[一二三四五六七八九十]{1,3}[一-鿿]{1,6}")
_SOMEBODYS = frozenset("子分母总该本我")  # 子公司, 该集团: no name


def find_organisation(
    text: str, start: int, end: int, suffix: str, floor: int, known: Actor | None, place_ends: Mapping[int, Place]
) -> Actor | None:
    """The organisation whose name ends with `suffix` at [start, end), or None.

    `floor` is where the name may not reach below (the end of the find before); `known` is a known name that ends
    right before the suffix (奔腾电器 + 有限公司).
    """
    kind = suffixes()[suffix]
    if kind.lead == "exact":
        return _body(text, start, end, kind, place_ends)
    if text[end - 2 : end] in _NUMBERED_BODIES and (numbered := _behind_number(text, start, end, kind, floor, place_ends)):
        return numbered
    if kind.lead == "numbered":
        return None
    if kind.lead == "place":
        if (kind.goes_with and not text.startswith(kind.goes_with, end) and not _is_team_of_state(text, start, end, kind, place_ends)) or (kind.goes_on and text.startswith(kind.goes_on, end)):
            return None
        return _behind_place(text, start, end, kind, floor, place_ends)
    if text[start - 1 : start] in _NO_NAME_ENDS:
        return None
    if text[start - 1 : start] in _SOMEBODYS and text[start:end] in ("公司", "集团", "银行"):
        return None
    if kind.goes_on and (kind.bare or suffix == "航空") and text.startswith(kind.goes_on, end):
        return None
    if suffix == "控股" and text.startswith(_HOLDERS, end) and (floor == start or text.endswith(_HELD, 0, start)):
        return None  # 云海集团原|控股|股东
    if known and known.end == start:
        return _extended(text, end, kind, known)
    if known and kind.group and known.type == "company" and _NUMBERED.fullmatch(text, known.end, start):
        return organisation(text, known.start, end, kind, "numbered branch of a known company")
    return by_words(Ending(text, start, end, kind, floor, known, place_ends))


def _is_team_of_state(text: str, start: int, end: int, kind: Suffix, place_ends: Mapping[int, Place]) -> bool:
    """韩国|队, 巴西|女排: nothing else of a state is called so, whatever it does; 韩国|队员 are people."""
    place = place_ends.get(start)
    return kind.type == "other" and place is not None and place.level == "country" and text[start:end] in _TEAMS and text[end : end + 1] not in _NO_TEAM_GOES_ON


_TEAMS = frozenset(("队", "代表队", "男篮", "女篮", "男足", "女足", "男排", "女排", "男乒", "女乒"))
_NO_TEAM_GOES_ON = frozenset("伍员列长友形服球医")
_HOLDERS = ("股东", "权", "子公司", "比例")
_HELD = ("集团", "公司", "股份", "科技", "银行", "原", "其", "的", "该", "直接", "间接", "由", "为", "及", "和", "、", "，", "。")

# 云钢股份2018年, 云钢股份实现营收: the listed company of 云钢; 持有云钢股份 and 云钢股份出售后 are its shares.
_LISTED = re.compile("20[0-9]{2}年(?=第?[一二三四]季|上半年|[实净亏盈业营年中]|前三季)|第[一二三四]季|[一二三四]季度|实现(?:营|净|归)|(?:发布|披露)[^，。；\n]{0,8}(?:公告|[年季]报|业绩)|公告称?|董事长|总经理|董秘")


def _extended(text: str, end: int, kind: Suffix, known: Actor) -> Actor | None:
    """A known name and its legal form are the same company; 商务部研究院 is another body, 阿里巴巴物流 no name at all."""
    if known.type == "company" and text[known.end : end] in name_words().of_its_own and "资本" not in known.text:
        if text.startswith(name_words().wares, end):
            return None  # 京东|银行卡
        return organisation(text, known.start, end, kind, "financial company of a known name")
    if text[known.end : end] == "股份" and known.type == "company" and _LISTED.match(text, end) and not text.endswith(owner_words("takes a stake"), 0, known.start):
        return organisation(text, known.start, end, kind, "listed company of a known name")
    if is_legal_form(text, known.end, end) and (begin := _own_before(text, known.start)):
        return organisation(text, begin, end, kind, "registered name that holds a known one")
    if kind.group or text[known.end : end] == "公司":
        return known._replace(end=end, text=text[known.start : end], rule="known name with its legal form")
    if kind.type == "other":
        return organisation(text, known.start, end, kind, "body of a known one")
    return None


_OWN_BEFORE = re.compile(r"(?:^|[，,。；;：:、（(\s“和与由])([一-鿿]{3,6})$")


def _own_before(text: str, start: int) -> int:
    """Where 星远智行|航天科技集团有限公司 begins, which is another company than the known one it holds; 0 where no name of its own
    stands before that."""
    own = _OWN_BEFORE.search(text, max(0, start - 7), start)
    if own is None or is_word(own[1]) or only_described(text, *own.span(1)):
        return 0
    words = tag(own[1])
    named = all(is_noun(word) or not is_word(word.text) for word in words) and words[0].flag != "ns"
    return own.start(1) if named and not any(word.text in name_words().breaks or word.text in name_words().governs for word in words) else 0


def _body(text: str, start: int, end: int, kind: Suffix, place_ends: Mapping[int, Place]) -> Actor:
    """省政府, 市住建局: with the place before them where there is one (浙江省 and 省政府 share a character)."""
    for overlap in (1, 0):
        place = place_ends.get(start + overlap)
        if place and (text[start] in "省市区县" or (not overlap and text[end - 1] == "局")):
            name = _government_name(text[place.start : end])
            return Actor(place.start, end, text[place.start : end], name, "government", "", "place and its body")
    type_: ActorType = "government" if text[start] in "省市区县" or "监管" in text[start:end] else kind.type
    return Actor(start, end, text[start:end], text[start:end], type_, "", "spoken of by what it is")


_NUMBERED_BODIES = frozenset(["医院", "法院", "中学", "小学", "儿园", "监狱"])
_NUMBER = re.compile("第[一二三四五六七八九十]{1,3}(?:中级|中心|中医|附属)?(?:人民)?$")


def _behind_number(text: str, start: int, end: int, kind: Suffix, floor: int, place_ends: Mapping[int, Place]) -> Actor | None:
    """嘉兴市第三人民医院: a place and a number make a name; the number is no noun."""
    number = _NUMBER.search(text, max(floor, start - 8), start)
    place = place_ends.get(number.start()) if number else None
    if place is None or text.startswith(("生", "期"), end):
        return None
    return organisation(text, _outermost(place, floor, place_ends).start, end, kind, "numbered body of a place")


def _outermost(place: Place, floor: int, place_ends: Mapping[int, Place]) -> Place:
    """浙江省 of 浙江省|宁波市: the first of the places that stand in a row and end with `place`."""
    while (outer := place_ends.get(place.start)) and outer.start >= floor:
        place = outer
    return place


def _behind_place(
    text: str, start: int, end: int, kind: Suffix, floor: int, place_ends: Mapping[int, Place]
) -> Actor | None:
    """浙江省人民政府, 深圳市住建局, 上海市杨浦区商务委: at most `most` nouns stand between place and suffix."""
    if text[start - 1 : start] in _NO_LAST or text[end - 1 : end + 1] == "部门":  # 云海县宣传|部门
        return None
    if text[start + 1 : end] == "委" and (place := place_ends.get(start + 1)) is not None and place.start >= floor:
        if text.startswith(words_in("beside_names", "no party committee"), end) or text.endswith(words_in("beside_names", "other parties"), 0, _outermost(place, floor, place_ends).start):
            return None
        return organisation(text, _outermost(place, floor, place_ends).start, end, kind, "place and its body")  # 四川省|委
    for at in range(start, max(floor, start - kind.most) - 1, -1):
        place = place_ends.get(at)
        if place is None:
            if at > floor and text[at - 1] in STOPS:
                break
            continue
        between = text[at:start]
        if between and not all(is_noun(word) for word in tag(between)):
            return None
        place = _outermost(place, floor, place_ends)
        if text.endswith(_ZONES, start, end) and text.endswith(_LIES_THERE, 0, place.start):
            return None  # 落户西安|经开区
        if kind.goes_with and kind.type == "company" and (text[place.start - 1 : place.start] in _TOWARDS or not place.adcode):
            return None  # 台风向浙江|移动
        rule = "body behind a place" if not kind.goes_with else "company of a network" if kind.type == "company" else "team of a place"
        return organisation(text, place.start, end, kind, rule, _government_name(text[place.start : end]))
    if start >= 1 and text[start - 1] in "省市区县" and end - start > 2 and (start == 1 or _BEFORE_BODY.match(text[start - 2])):
        return organisation(text, start - 1, end, kind, "spoken of by what it is", _government_name(text[start - 1 : end]))  # 市交通委, 省发改委
    return None


_ZONES = ("自贸区", "贸易区", "试验区", "自贸港", "贸易港", "片区", "综保区", "保税区", "保税港区", "经开区", "经济技术开发区", "出口加工区")
_LIES_THERE = ("在", "落户", "落户于", "位于", "入驻", "进驻", "落地", "坐落于", "来自", "来到", "走进", "落户到")
_TOWARDS = frozenset("在向往从朝沿到把将由经自对")
_NO_LAST = frozenset("的与是对了在为将要向")  # 在杭州与|政府, 在上海的|法院: words that end in these are no part of a body's name
_BEFORE_BODY = re.compile(r"[\s，。；：、与和及由经从向对“（(]")


_PEOPLES = re.compile(r"(?<=[省市区县])人民政府")


def _government_name(text: str) -> str:
    return _PEOPLES.sub("政府", text) if "人民" in text else text
