"""Who acts, by the words themselves: well-known names, endings of organisations and offices, in one pass.

Knows the names of `lexicon/actors.yaml` and where they are everyday words (甘肃苹果), how an ending (`organisations.py`) or
an office (`people.py`) makes a name of what stands beside it. Leaves out what only the rest of an article tells: short
forms it introduces, people named once, companies by what is said of them (`actors.py`, `listed_companies.py`).
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from typing import NamedTuple

import ahocorasick_rs

from extract import people
from extract.lexicons import read_lexicon
from extract.listed_companies import before_office
from extract.mentions import Actor, ActorType, Place, make
from extract.organisations import find_organisation, is_legal_form, suffixes
from extract.passages import Span
from extract.words import is_word, tag


class _Known(NamedTuple):
    kind: str  # name, not, suffix, office
    form: str
    name: str
    type: ActorType
    latin: bool  # begins or ends with a letter or digit: must stand alone (AMD is not in AMDahl)


@functools.cache
def _automaton() -> tuple[ahocorasick_rs.AhoCorasick, list[_Known]]:
    table: dict[str, _Known] = {}
    for office in people.offices() | people.short_offices():
        table[office] = _Known("office", office, office, "person", False)
    for suffix, kind in suffixes().items():
        table[suffix] = _Known("suffix", suffix, suffix, kind.type, False)
    for group in read_lexicon("actors"):
        for name, aliases in group["names"].items():
            for form in (name, *aliases):
                table[form] = _Known("name", form, name, group["type"], form[0].isascii() or form[-1].isascii())
        for word in group.get("not", ()):
            table[word] = _Known("not", word, word, "other", False)
    automaton = ahocorasick_rs.AhoCorasick(list(table), matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)
    return automaton, list(table.values())


@functools.cache
def known_forms() -> dict[str, str]:
    """Every form a known name takes, with the canonical one."""
    return {known.form: known.name for known in _automaton()[1] if known.kind == "name"}


class Named(NamedTuple):
    """What the one pass finds."""

    actors: list[Actor]
    surnamed: list[Span]  # offices behind a surname: 李省长


def find_named(text: str, place_ends: Mapping[int, Place]) -> Named:
    """Known names, organisations by their endings and people behind their office, in order, without overlaps.

    `place_ends` are the places of the text under their ends.
    """
    walk = _Walk(text, place_ends)
    steps = {"name": walk.name, "suffix": walk.suffix, "office": walk.office}
    automaton, kinds = _automaton()
    actors = walk.actors
    for index, start, end in automaton.find_matches_as_indexes(text):
        found = kinds[index]
        if found.kind != "not" and (not actors or start >= actors[-1].end):
            steps[found.kind](found, start, end)
    return Named(actors, walk.surnamed)


class _Walk:
    """From one word of the automaton to the next; what is found is in `actors` and `surnamed`."""

    def __init__(self, text: str, place_ends: Mapping[int, Place]) -> None:
        self.text, self.place_ends = text, place_ends
        self.actors: list[Actor] = []
        self.surnamed: list[Span] = []
        self._everyday = _Everyday(text, place_ends)
        self._endings = _ending_words()
        self._abroad = ""  # the country whose body was named last
        self._office_start = self._office_end = -1  # the chain of offices last seen: 董事局主席 兼 首席执行官

    def name(self, found: _Known, start: int, end: int) -> None:
        """A known name, unless it is an everyday word here or a part of a longer name."""
        text = self.text
        if (found.latin and not _stands_alone(text, start, end)) or self._everyday.is_meant(found.form, start, end):
            return
        across = text[end - 1 : end + 1]
        if across == "方面" and text[start : end - 1] in known_forms():
            end -= 1  # 京东方|面称: 方面 stands behind whoever speaks
            found = found._replace(name=known_forms()[text[start:end]])
        actor = self._longer(end) if across in self._endings else None
        if actor is None and found.type == "government":
            actor = self._foreign_body(found, start, end) or self._local_body(found, start, end)
        if actor is None:
            role = text[self._office_start : start] if found.type == "person" and self._office_end == start else ""
            actor = make(Actor, (start, end, text[start:end], found.name, found.type, role, "known name"))
        self.actors.append(actor)

    def _longer(self, end: int) -> Actor | None:
        """云思科技, no 思科: the organisation whose ending begins with the last character of a known name."""
        ending = self.text[end - 1 : end + 1]
        floor = self.actors[-1].end if self.actors else 0
        return find_organisation(self.text, end - 1, end + 1, ending, floor, None, self.place_ends)

    def _foreign_body(self, found: _Known, start: int, end: int) -> Actor | None:
        """韩国外交部, 韩国国土|交通部: what is named as one of China's is another country's behind the name of that."""
        text = self.text
        if text[end - 1] not in "部院会行局" or found.form.startswith(("中", "国家", "国务", "全")):
            return None
        for gap in range(4):
            place = self.place_ends.get(start - gap)
            if place is not None and (gap == 0 or (text[end - 1] == "部" and is_word(text[start - gap : start]))):
                abroad = place.level == "country" or place.adcode == "710000"
                words = text[place.start : end]
                self._abroad = place.text
                return Actor(place.start, end, words, words, "government", "", "body of another country") if abroad else None
        if (country := _POWERS.get(text[start - 1 : start])) and (start < 2 or text[start - 2] in "，。；、：“”「」 \n"):  # ，美财政部宣布
            return Actor(start - 1, end, text[start - 1 : end], country + text[start:end], "government", "", "body of another country")
        last = self.actors[-1] if self.actors else None
        if last and last.rule == "body of another country" and text[last.end : start] in ("、", "和", "与", "及"):  # 韩国外交部和国防部
            return Actor(start, end, text[start:end], self._abroad + text[start:end], "government", "", last.rule)
        return None

    def _local_body(self, found: _Known, start: int, end: int) -> Actor | None:
        """武汉市卫健委, 湖北省统计局, 市发改委: short for the national body only where no place and no rank stands before it."""
        text = self.text
        if found.form == found.name or text[end - 1] not in "委局" or text.startswith(("国家", "国务", "中", "全"), start) or found.form.endswith("总局"):
            return None
        place = self.place_ends.get(start)
        if place is not None:
            words = text[place.start : end]
            return Actor(place.start, end, words, words, "government", "", "body behind a place")
        if start and text[start - 1] in "省市县区州":
            words = text[start - 1 : end]
            return Actor(start - 1, end, words, words, "government", "", "spoken of by what it is")
        return None

    def suffix(self, found: _Known, start: int, end: int) -> None:
        """An ending, with the words before it that are the name."""
        text, actors = self.text, self.actors
        last = actors[-1] if actors else None
        known = last if last and last.rule == "known name" and last.end >= start - 12 else None
        floor = last.end if last and (known or last.type == "person") else last.start if last else 0
        if last and last.rule.startswith("name before") and is_legal_form(text, start, end):
            floor = actors[-2].end if len(actors) > 1 else 0  # 深圳|云方科技|有限公司: 科技 looks less far back
        if last and last.end == start and self._is_complete(last, found.name):
            return
        actor = find_organisation(text, start, end, found.name, floor, known, self.place_ends)
        if actor and last and last.start < actor.start < last.end:  # 远山|集团|云海药业: 集团 ends the one before
            actor = find_organisation(text, start, end, found.name, last.end, None, self.place_ends)
        if not actor or (actor.text.endswith("为公司") and text.endswith(_APPOINTING, 0, actor.start)):
            return  # 选举周立人|为公司董事长
        if last and last.end == actor.start and found.name in _BRANCHES and last.type == "company":
            actor = _of_bank(text, last, actor)
        while actors and actors[-1].start >= actor.start:
            actors.pop()
        actors.append(actor)

    def _is_complete(self, last: Actor, suffix: str) -> bool:
        """云江大学|汽车系, 云江证券|汽车研究员, 云江政府|控股: whether nothing of that kind makes a longer name of the one before."""
        kind = suffixes()[suffix]
        if kind.lead == "exact":
            return last.type == "government" and suffix.endswith("部门")  # 审计署|有关部门
        if suffix in _BRANCHES:
            return False
        return not kind.group and suffix != "公司" and kind.type == "company" and (last.type in ("government", "other") or last.text.endswith(_FINANCE))

    def _is_abroad(self, end: int) -> bool:
        """Whether what ends at `end` is another country or a body of several: 日本|首相, 联合国|秘书长."""
        place = self.place_ends.get(end)
        return (place is not None and place.level == "country") or self.text.endswith(("联合国", "欧盟", "北约"), 0, end)

    def _is_place(self, start: int, end: int) -> bool:
        """云江区|长芦街道: whether a place that begins before `end` ends there."""
        place = self.place_ends.get(end)
        return place is not None and place.start <= start

    def office(self, found: _Known, start: int, end: int) -> None:
        """An office, with the person it is followed by or the surname before it."""
        text, actors = self.text, self.actors
        last = actors[-1] if actors else None
        chained = self._office_end == start or (self._office_end == start - 1 and text[start - 1] in "兼、和及")
        if not chained:
            self._office_start = _office_start(text, start, last)
        self._office_end = end
        name_end = people.name_behind(text, end) if found.name in people.offices() else 0  # behind 邹总 no name stands
        if found.name in people.offices() and self._is_abroad(self._office_start):
            name_end = max(name_end, people.foreign_name_behind(text, end))  # 安倍晋三 is no 安倍晋
        if name_end and (_is_cut(text, found.name, end, name_end) or self._is_place(end, name_end)):
            name_end = 0
        if not name_end:
            if found.name in people.short_offices() and people.surname_before(text, start):
                self.surnamed.append((start, end))
            return
        if found.name in people.company_offices() and (not last or last.end < self._office_start) and (span := before_office(text, self._office_start)):
            name = text[span[0] : span[1]]
            actors.append(Actor(*span, name, name, "company", "", "name before a company's office"))
            self._office_start = span[0]
        name = text[end:name_end]
        actors.append(Actor(end, name_end, name, known_forms().get(name, name), "person", text[self._office_start : end], "name behind an office"))


_POWERS = {"美": "美国", "英": "英国", "法": "法国", "德": "德国", "韩": "韩国", "俄": "俄罗斯", "印": "印度", "澳": "澳大利亚"}
_FINANCE = ("银行", "证券", "基金", "信托", "期货", "人寿", "财险")
_BRANCHES = ("分行", "支行")


def _of_bank(text: str, bank: Actor, branch: Actor) -> Actor:
    """云江银行东海支行: a branch behind the name of its bank answers for itself."""
    words = text[bank.start : branch.end]
    return branch._replace(start=bank.start, text=words, name=words)


_APPOINTING = ("选举", "推选", "聘任", "聘请", "任命", "委任", "提名", "增补")


@functools.cache
def _ending_words() -> frozenset[str]:
    """Endings of two characters that a known name can run into: 科技, 股份."""
    lasts = {known.form[-1] for known in _automaton()[1] if known.kind == "name"}
    return frozenset(suffix for suffix, kind in suffixes().items() if len(suffix) == 2 and kind.lead == "any" and suffix[0] in lasts)


class _Doubtful(NamedTuple):
    """Known names that mean something else as often."""

    wares: frozenset[str]  # what fields and orchards yield: 苹果, 小米
    channels: frozenset[str]  # what everybody has an account with: 官方微博
    weak: dict[str, list[str]]  # everyday words, each with the other forms of its company: 绿地, of 绿地集团
    every: frozenset[str]


@functools.cache
def _doubtful() -> _Doubtful:
    forms = known_forms()
    wares, channels, words = (frozenset(word for group in read_lexicon("actors") for word in group.get(key, ())) for key in ("wares", "channels", "weak"))
    weak = {word: [form for form, name in forms.items() if name == forms[word] and form != word] for word in words}
    return _Doubtful(wares, channels, weak, wares | channels | words)


# 腾讯科技讯 is how a report begins, 中国银行业 a trade.
_MORE_BEHIND = re.compile("(?<=汽车)(?:越野|拉力)|(?:科技|财经|体育|娱乐|汽车|房产|新闻|教育)讯|业(?![务绩内])")
_OPENS_MORE = frozenset("科财体娱汽房新教业越拉")
_COMPANY_BEHIND = re.compile("集团|公司|平台|旗下|营收|净利|上市|股价|市值|创始人|[在递赴]港|董事|总裁|总经理|首席|股份|置业|地产|方面|宣布|公告|发布|表示|推出|收购|拿下|竞得|签约|入股|出资|与[^，。]{2,12}签")
# 苹果产量, 苹果滞销: what is said of a harvest and not of a company; 甘肃苹果卖到: nor of a company, behind a place in China.
_GROWN = re.compile("[树园汁干酱农]|种植|产[量区地]|滞销|采摘|丰收|收购价|合作社|品种|等?(?:水果|农产品|杂粮|果蔬)")
# An article on farming, and one on devices: in the first, 苹果 is a fruit wherever it stands.
_FIELDS = re.compile("果农|果园|果业|果品|套袋|采摘园|[苹水]果种植|果树|优质果|谷子|杂粮")
_DEVICES = re.compile("苹果公司|苹果(?:发布|推出|宣布|公布)|财报|市值|营收|股价|手表|手机|库克|[iI](?:Phone|Pad|OS)|App|APP|平板|电脑|芯片|科技公司|雷军|小米集团")
_LISTED_BEFORE = re.compile("([一-鿿]{2,4})、$")
_SOLD = re.compile("卖[到出向往给]|热销|走俏|畅销|远销|出口|运[往到]|成熟|挂果|大量上市")


class _Everyday:
    """Which known names of one article are everyday words there; what holds for all of it is asked once."""

    def __init__(self, text: str, place_ends: Mapping[int, Place]) -> None:
        self.text, self.place_ends = text, place_ends
        self._doubtful = _doubtful()
        self._confirmed: dict[str, bool] = {}  # whether the article also calls it by another form
        self._farming: bool | None = None  # whether it tells of fields

    def is_meant(self, form: str, start: int, end: int) -> bool:
        """其中|远山公司, 网球场绿地, 甘肃苹果, 金|融创|新: whether `form` at [start, end) is no name."""
        text = self.text
        if end - start == 2 and (text[start - 1 : start + 1] == "其中" or _across_words(text, start, end)):
            return True
        if end - start == 3 and is_word(text[start + 1 : end]) and _takes_first(text, start, end):
            return True
        if text[end : end + 1] in _OPENS_MORE and _MORE_BEHIND.match(text, end):
            return not text.startswith("业", end) or form.endswith("银行")
        if form not in self._doubtful.every:
            return False
        if form in self._doubtful.channels and text.startswith(("官方", "政务", "个人"), start - 2):
            return True
        if form in self._doubtful.weak and not _COMPANY_BEHIND.match(text, end) and not self._is_confirmed(form):
            return True
        if form not in self._doubtful.wares or self._is_of_farming():
            return form in self._doubtful.wares
        if not _is_ware(text, start, end, self.place_ends):
            return False
        self._farming = _DEVICES.search(text) is None  # what is grown once is grown throughout
        return True

    def _is_confirmed(self, form: str) -> bool:
        if form not in self._confirmed:
            self._confirmed[form] = any(other in self.text for other in self._doubtful.weak[form])
        return self._confirmed[form]

    def _is_of_farming(self) -> bool:
        if self._farming is None:
            self._farming = _FIELDS.search(self.text) is not None and _DEVICES.search(self.text) is None
        return self._farming


def _is_ware(text: str, start: int, end: int, place_ends: Mapping[int, Place]) -> bool:
    """苹果 and 小米 as what grows."""
    if _GROWN.match(text, end):
        return True
    place = place_ends.get(start)
    if place is not None and place.adcode:
        return _SOLD.match(text, end) is not None or (place.level in ("county", "town") and _COMPANY_BEHIND.match(text, end) is None)
    listed = _LISTED_BEFORE.search(text, max(0, start - 5), start)  # 大蒜、苹果等
    return listed is not None and text[end : end + 1] in ("、", "等", "和") and is_word(listed[1]) and listed[1] not in known_forms()


def _across_words(text: str, start: int, end: int) -> bool:
    """金|融创|新, 不|同程|度: a short name whose halves belong to the words on its sides."""
    if not (start and "一" <= text[start - 1] <= "龥" and "一" <= text[end : end + 1] <= "龥"):
        return False
    if not (is_word(text[start - 1 : start + 1]) and is_word(text[end - 1 : end + 1])):
        return False
    near = max(0, start - 4)
    words = tag(text[near : end + 4], near)
    return not any(word.start == start for word in words) and not any(word.end == end for word in words)


def _takes_first(text: str, start: int, end: int) -> bool:
    """看好|未来: a name of three characters whose first belongs to the word before."""
    if not (start and is_word(text[start - 1 : start + 1])):
        return False
    near = max(0, start - 4)
    return not any(word.start == start for word in tag(text[near:end], near))


def _stands_alone(text: str, start: int, end: int) -> bool:
    before, after = text[start - 1 : start], text[end : end + 1]
    if text[start].isascii() and before and before.isascii() and before.isalnum():
        return False
    if text[end - 1].isascii() and after and after.isascii() and after.isalnum():
        return False
    if text[start:end].isdigit():  # 1688 the company, not 1688万 or 1688年
        return not (after and after in "年月日万亿元个家人名点条号件%.,，") and before not in tuple("￥$.,第")
    return True


def _is_cut(text: str, office: str, end: int, name_end: int) -> bool:
    """村|民宿, 市|长江新里程: whether the last character of an office begins the next word."""
    if office in ("村民", "市民", "居民"):
        return is_word(text[end - 1 : end + 1])
    return text[end - 1 : end + 1] in ("长江", "长安") and not people.ends_name(text, name_end)


_APART = re.compile(r"[，。、；：\s的]")


def _office_start(text: str, start: int, last: Actor | None) -> int:
    """An office reaches back over its department to the organisation: 阿里巴巴集团战略投资部资深副总裁."""
    if last and last.type != "person" and start - last.end <= 12 and not _APART.search(text, last.end, start):
        return last.start
    return start
