"""Who acts, by the words themselves: well-known names, endings of organisations and offices, in one pass.

Knows where a known name (`known_names.py`) is another country's or a longer one, how an ending (`organisations.py`) or an
office (`people.py`) makes a name of what stands beside it. Leaves out what only the rest of an article tells: short
forms it introduces, people named once, companies by what is said of them (`actors.py`, `listed_companies.py`).
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple

from extract import people
from extract.everyday_names import Everyday
from extract.known_names import Known, automaton, known_forms, listed, words_of
from extract.listed_companies import before_office
from extract.mentions import Actor, Place, make
from extract.organisation_endings import is_legal_form, suffixes, telling_words
from extract.organisations import find_organisation
from extract.owner_words import any_of
from extract.passages import ROW_MARKS, Span
from extract.words import is_word, tag


class Named(NamedTuple):
    """What the one pass finds."""

    actors: list[Actor]
    surnamed: list[Span]  # offices behind a surname: 李省长
    unnamed: list[Span]  # endings of companies with no name found before them
    told: list[int]  # where something stands that follows companies: their offices, 官网
    kinds: list[int]  # ends of what stands right ahead of companies: 厂商


def find_named(text: str, place_ends: Mapping[int, Place]) -> Named:
    """Known names, organisations by their endings and people behind their office, in order, without overlaps.

    `place_ends` are the places of the text under their ends.
    """
    walk = _Walk(text, place_ends)
    steps = {"name": walk.name, "suffix": walk.suffix, "office": walk.office, "tells": walk.tells, "kind": walk.kind}
    table, kinds = automaton()
    actors = walk.actors
    for index, start, end in table.find_matches_as_indexes(text):
        found = kinds[index]
        if found.kind != "not" and (not actors or start >= actors[-1].end):
            steps[found.kind](found, start, end)
    return Named(actors, walk.surnamed, walk.unnamed, walk.told, walk.kinds)


_IN_CHINA = re.compile("中国(?=投资?(?![一-鿿])|[0-9,，、。；;（(和与及宣将已称表完发推融领获总拟携])")  # 获云银中国3亿元投资, but 快帆中国用户


class _Walk:
    """From one word of the automaton to the next; what is found is in `actors` and `surnamed`."""

    def __init__(self, text: str, place_ends: Mapping[int, Place]) -> None:
        self.text, self.place_ends = text, place_ends
        self.actors: list[Actor] = []
        self.surnamed: list[Span] = []
        self.unnamed: list[Span] = []
        self.told: list[int] = []
        self.kinds: list[int] = []
        self._everyday = Everyday(text, place_ends)
        self._endings = _ending_words()
        self._shared, self._taiwan = words_of("shared"), tuple(words_of("taiwan"))
        self._every_state = tuple(words_of("every_state"))
        self._abroad = ""  # the country whose body was named last
        self._bodies: dict[str, tuple[str, int]] = {}  # 央行 -> 日本央行, and where it was named last
        self._office_start = self._office_end = -1  # the chain of offices last seen: 董事局主席 兼 首席执行官

    def name(self, found: Known, start: int, end: int) -> None:
        """A known name, unless it is an everyday word here or a part of a longer name."""
        text = self.text
        if (found.latin and not _stands_alone(text, start, end)) or self._everyday.is_meant(found.form, start, end):
            return
        if text[end : end + 2] in ("19", "20") and _DATELINE.match(text, end) and text[start - 1 : start] in "\n \u3000" and found.form.endswith(_PAPERS):
            return  # 云海报2021-03-02 08:30: what a page prints over its article
        across = text[end - 1 : end + 1]
        if found.type == "person" and _goes_on(text, start, end):
            return
        if across == "金会" and found.form.endswith("基金"):
            return  # 国泰基金|会
        if _is_ware(text, start):
            return  # 一辆法拉利
        if across in ("部门", "部队") and not text.startswith("户", end + 1):
            return  # 人社部门, 国防部队, but 商务部门户网站
        if across == "方面" and text[start : end - 1] in known_forms():
            end -= 1  # 京东方|面称: 方面 stands behind whoever speaks
            found = replace(found, name=known_forms()[text[start:end]])
        if across[-1:] == "中" and found.type == "company" and _IN_CHINA.match(text, end):
            end += 2  # 云银中国投资3亿元
        actor = self._longer(end) if across in self._endings else None
        if actor is None and found.form in self._shared and (place := self.place_ends.get(start)) is not None:
            words = text[place.start : end]
            actor = Actor(place.start, end, words, words, found.type, "", "paper of a place")
        if actor is None and found.type == "government":
            actor = self._foreign_body(found, start, end)
            actor = actor or self._named_before(found.form, start, end) or self._local_body(found, start, end)
        if actor is None:
            role = text[self._office_start : start] if found.type == "person" and self._office_end == start else ""
            actor = make(Actor, (start, end, text[start:end], found.name, found.type, role, "known name"))
        if found.type == "government" and text[end - 1] in "行部" and text.endswith(self._every_state, start, end):
            bare = text[end - 2 : end] if text[end - 1] == "行" else text[end - 3 : end]
            self._bodies[bare] = ("" if _CHINA.match(actor.name) or actor.name == bare else actor.name, end)
        self.actors.append(actor)

    def _longer(self, end: int) -> Actor | None:
        """云思科技, no 思科: the organisation whose ending begins with the last character of a known name."""
        ending = self.text[end - 1 : end + 1]
        floor = self.actors[-1].end if self.actors else 0
        return find_organisation(self.text, end - 1, end + 1, ending, floor, None, self.place_ends)

    def _foreign_body(self, found: Known, start: int, end: int) -> Actor | None:
        """韩国外交部, 韩国国土|交通部: what is named as one of China's is another country's behind the name of that."""
        text = self.text
        if text[end - 1] not in "部院会行局" or found.form.startswith(("中", "国家", "国务", "全")):
            return None
        if text.startswith(self._taiwan, end) or text.endswith(_TAIWANS, 0, start):
            return Actor(start, end, found.form, f"台湾{found.form}", "government", "", "body in Taiwan")
        last = self.actors[-1] if self.actors else None
        for gap in range(4):
            place = self.place_ends.get(start - gap)
            if place is not None and (gap == 0 or text[start - gap : start] in words_of("for_besides")):
                if (place.level != "country" and place.adcode != "710000") or (last and last.end > place.start):
                    return None
                words, self._abroad = text[place.start : end], place.text
                return Actor(place.start, end, words, words, "government", "", "body of another country")
        if (country := _POWERS.get(text[start - 1 : start])) and (start < 2 or text[start - 2] in "，。；、：“”「」 \n"):  # ，美财政部宣布
            self._abroad = country
            return Actor(start - 1, end, text[start - 1 : end], country + text[start:end], "government", "", "body of another country")
        if last and last.rule == "body of another country" and text[last.end : start] in ROW_MARKS:  # 韩国外交部和国防部
            return Actor(start, end, text[start:end], self._abroad + text[start:end], "government", "", last.rule)
        return None

    def _named_before(self, form: str, start: int, end: int) -> Actor | None:
        """日本央行降息。央行|称: the one of the state named before, in the same paragraph or an article with no word of China."""
        name, at = self._bodies.get(form, ("", 0))
        if not name or self.text.startswith("回应", end) or _CHINA.search(self.text, at, start):
            return None
        if "\n" in self.text[at:start] and _CHINA.search(self.text):
            return None
        return Actor(start, end, form, name, "government", "", "body of another country")

    def _local_body(self, found: Known, start: int, end: int) -> Actor | None:
        """武汉市卫健委, 湖北省统计局, 市发改委: short for the national body only where no place and no rank stands before it."""
        text = self.text
        of_the_state = found.form.startswith(("国家", "国务", "中", "全")) or found.form.endswith("总局")
        if found.form == found.name or text[end - 1] not in "委局" or of_the_state:
            return None
        place = self.place_ends.get(start)
        if place is not None:
            words = text[place.start : end]
            return Actor(place.start, end, words, words, "government", "", "body behind a place")
        if start and text[start - 1] in "省市县区州":
            words = text[start - 1 : end]
            return Actor(start - 1, end, words, words, "government", "", "spoken of by what it is")
        return None

    def suffix(self, found: Known, start: int, end: int) -> None:
        """An ending, with the words before it that are the name."""
        text, actors = self.text, self.actors
        last = actors[-1] if actors else None
        known = last if last and last.rule == "known name" and last.end >= start - 12 else None
        if known and known.text in listed() and known.end >= start - 2 and (longer := self._registered(found, start, end)):
            actors[-1] = longer
            return
        floor = self._floor(known, start, end)
        if last and last.end == start and self._is_complete(last, found.name):
            return
        actor = find_organisation(text, start, end, found.name, floor, known, self.place_ends)
        if actor and last and last.start < actor.start < last.end:  # 远山|集团|云海药业: 集团 ends the one before
            actor = find_organisation(text, start, end, found.name, last.end, None, self.place_ends)
        if not actor and suffixes()[found.name].type == "company":
            self.unnamed.append((start, end))
            if found.name == "公司":
                self.kinds.append(end)
        if not actor or (actor.text.endswith("为公司") and text.endswith(_APPOINTING, 0, actor.start)):
            return  # 选举周立人|为公司董事长
        if actor.text[-1] == "局" and (branch := _branch_office().match(text, end)) and (self._is_place(end, branch.end() - 2) or _names_branch(branch[0][:-2])):
            actor = actor._replace(end=branch.end(), text=actor.text + branch[0], name=actor.name + branch[0])
        if last and last.end == actor.start and found.name in _BRANCHES and last.type == "company":
            actor = _of_bank(text, last, actor)
        while actors and actors[-1].start >= actor.start:
            actors.pop()
        actors.append(actor)

    def _registered(self, found: Known, start: int, end: int) -> Actor | None:
        """武汉云江光电股份有限公司, 湖南黄金集团: a registered name or group that begins before a listed name (光电股份), or is another one."""
        last = self.actors[-1]
        floor = self.actors[-2].end if len(self.actors) > 1 else 0
        actor = find_organisation(self.text, start, end, found.name, floor, None, self.place_ends)
        if actor is None or (actor.start == last.start and found.name != "集团"):
            return None
        return actor if actor.start <= last.start else None

    def _is_place(self, start: int, end: int) -> bool:
        place = self.place_ends.get(end)
        return place is not None and place.start == start

    def _floor(self, known: Actor | None, start: int, end: int) -> int:
        """How far left the name of an ending may reach: to a known name or a person, else over what was found last."""
        last = self.actors[-1] if self.actors else None
        if last is None:
            return 0
        if last.rule.startswith("name before") and is_legal_form(self.text, start, end):
            return self.actors[-2].end if len(self.actors) > 1 else 0  # 深圳|云方科技|有限公司: 科技 looks less far back
        return last.end if known or last.type == "person" else last.start

    def tells(self, found: Known, start: int, end: int) -> None:
        """A word that follows companies."""
        self.told.append(start)

    def kind(self, found: Known, start: int, end: int) -> None:
        """A word that stands ahead of companies, and behind them as well where it is one of both."""
        self.kinds.append(end)
        if found.form in telling_words():
            self.told.append(start)

    def _is_complete(self, last: Actor, suffix: str) -> bool:
        """云江大学|汽车系, 云江证券|汽车研究员, 云江政府|控股: whether nothing of that kind makes a longer name of the one before."""
        kind = suffixes()[suffix]
        if kind.lead == "exact":
            return last.type == "government" and suffix.endswith("部门")  # 审计署|有关部门
        if suffix in _BRANCHES:
            return False
        if kind.group or suffix == "公司" or kind.type != "company":
            return False
        return last.type in ("government", "other") or last.text.endswith(_FINANCE)

    def _name_end(self, office: str, end: int) -> int:
        """Where the name behind an office ends; 0 where none stands there: 邹总|, 村|民宿, 云江区|长远街道."""
        if office not in people.offices() or not "一" <= self.text[end : end + 1] <= "龥":
            return 0
        name_end = people.name_behind(self.text, end)
        if self._is_abroad():
            name_end = max(name_end, people.foreign_name_behind(self.text, end))  # 安倍晋三 is no 安倍晋
        if not name_end or _is_cut(self.text, office, end, name_end):
            return 0
        place = self.place_ends.get(name_end)
        return 0 if place is not None and place.start <= end else name_end

    def _is_abroad(self) -> bool:
        """Whether the office is another country's or a body's of several: 日本|首相, ，俄|外长, 俄罗斯外交部|部长, 联合国|秘书长."""
        text, start = self.text, self._office_start
        if self.actors and self.actors[-1].start == start:  # the office reaches back over its body
            return self.actors[-1].rule == "body of another country" or text.startswith(("联合国", "欧盟", "北约"), start)
        place = self.place_ends.get(start)
        if place is not None:
            return place.level == "country"
        return text[start - 1 : start] in _POWERS and (start < 2 or text[start - 2] in "，。；、：“”「」 \n")

    def office(self, found: Known, start: int, end: int) -> None:
        """An office, with the person it is followed by or the surname before it."""
        text, actors = self.text, self.actors
        last = actors[-1] if actors else None
        chained = self._office_end == start or (self._office_end == start - 1 and text[start - 1] in "兼、和及")
        if not chained:
            self._office_start = _office_start(text, start, last)
        self._office_end = end
        if found.name in people.company_offices():
            self.told.append(self._office_start)
        name_end = self._name_end(found.name, end)
        if not name_end:
            if found.name in people.short_offices() and people.surname_before(text, start):
                self.surnamed.append((start, end))
            return
        nobody_ahead = not last or last.end < self._office_start
        if nobody_ahead and found.name in people.company_offices() and (span := before_office(text, self._office_start)):
            name = text[span[0] : span[1]]
            actors.append(Actor(*span, name, name, "company", "", "name before a company's office"))
            self._office_start = span[0]
        name = text[end:name_end]
        actors.append(Actor(end, name_end, name, known_forms().get(name, name), "person", text[self._office_start : end], "name behind an office"))


_WARES = re.compile("(?:[0-9一二两三四五六七八九十几多数][辆台瓶罐双杯部款架艘](?:名?为)?|驾驶|开着|骑着|乘坐|坐着)$")


def _is_ware(text: str, start: int) -> bool:
    """一辆|法拉利, 驾驶|宾利: what somebody has or drives is called after who made it, and is not the company."""
    return start > 0 and text[start - 1] in _WARE_AHEAD and _WARES.search(text, max(0, start - 4), start) is not None


_WARE_AHEAD = frozenset("辆台瓶罐双杯部款架艘为驶着坐")
_PAPERS = ("报", "网", "社", "台", "新闻", "刊", "客户端")
_DATELINE = re.compile("[12][0-9]{3}[-/][0-9]{1,2}[-/][0-9]{1,2}")
_TAIWANS = ("台“", "台「", "台湾“", "台湾「")  # 台“交通部”
_CHINA = re.compile("中国|我国|中方|人民[币银]")
_POWERS = {"美": "美国", "英": "英国", "法": "法国", "德": "德国", "韩": "韩国", "俄": "俄罗斯", "印": "印度", "澳": "澳大利亚", "日": "日本", "土": "土耳其", "泰": "泰国", "欧": "欧洲"}
_FINANCE = ("银行", "证券", "基金", "信托", "期货", "人寿", "财险")


@functools.cache
def _branch_office() -> re.Pattern[str]:
    """云江市公安局|东湖分局, 云江市公安局|高新区分局, but not 下属|分局."""
    nobody = "下属|下设|所属|所辖|辖区|会同|协同|联合|指导|督促|新建|新设|[与和及等各的在对]"
    return re.compile(f"(?!{nobody})[一-鿿]{{2,3}}?(?:{any_of('zones with a board')}|新[区城]|[区县市])?分局")


_NO_NAMES = frozenset("vpdcrmaf")  # how the tags begin of 会同, 各, 共


def _names_branch(words: str) -> bool:
    """东湖 of 东湖分局, but not 会同 or 设立: whether all of `words` may be a name."""
    if len(words) == 3 and words[2] not in "区县市":
        return False  # 共设立|分局
    return words[:2] in ("高新", "经开") or all(word.flag[0] not in _NO_NAMES for word in tag(words))


_BRANCHES = ("分行", "支行")


def _of_bank(text: str, bank: Actor, branch: Actor) -> Actor:
    """云江银行东海支行: a branch behind the name of its bank answers for itself."""
    words = text[bank.start : branch.end]
    return branch._replace(start=bank.start, text=words, name=words)


_APPOINTING = ("选举", "推选", "聘任", "聘请", "任命", "委任", "提名", "增补")


@functools.cache
def _ending_words() -> frozenset[str]:
    """Endings of two characters that a known name can run into: 科技, 股份."""
    lasts = {known.form[-1] for known in automaton()[1] if known.kind == "name"}
    return frozenset(suffix for suffix, kind in suffixes().items() if len(suffix) == 2 and kind.lead == "any" and suffix[0] in lasts)


def _stands_alone(text: str, start: int, end: int) -> bool:
    before, after = text[start - 1 : start], text[end : end + 1]
    if text[start].isascii() and before and before.isascii() and before.isalnum():
        return False
    if text[end - 1].isascii() and after and after.isascii() and after.isalnum():
        return False
    if text[start:end].isdigit():  # 1688 the company, not 1688万 or 1688年
        return not (after and after in "年月日万亿元个家人名点条号件%.,，") and before not in tuple("￥$.,第")
    return True


# What stands as one character between a name and its verb or mark: 会见|立人时，, 立人亦|表示.
_SMALL = frozenset("时后前处间们所之其此这那个一二三两中上下里内外均曾亦仍还只即则就又并才都却再竟便更最很常总方等的在说称答问笑拟愿欲应须需能可必正想要去来赴访未不没有是为与和或及会将被让给")


def _goes_on(text: str, start: int, end: int) -> bool:
    """雷|军人, 王|毅然; 记者王兴一，: whether a known person is only the beginning of a word or of a longer name."""
    if not "一" <= text[end : end + 1] <= "龥":
        return False
    if is_word(text[end - 1 : end + 1]) and not any(word.end == end for word in tag(text[start : end + 4], start)):
        return True
    if end - start > 2 or text[end] in _SMALL or people.ends_name(text, end) or is_word(text[end : end + 2]):
        return False
    return people.ends_name(text, end + 1) and not text.startswith(people.speech_verbs(), end)


def _is_cut(text: str, office: str, end: int, name_end: int) -> bool:
    """村|民宿, 市|长江新里程: whether the last character of an office begins the next word."""
    if office[-1] in "民农户":
        return is_word(text[end - 1 : end + 1])
    return text[end - 1 : end + 1] in ("长江", "长安") and not people.ends_name(text, name_end)


_APART = re.compile(r"[，。、；：\s的了]|[省市县区州国][原前时]?\Z")  # 法院审理江苏省|副省长: of another place


def _office_start(text: str, start: int, last: Actor | None) -> int:
    """An office reaches back over its department to the organisation: 阿里巴巴集团法务部副总裁."""
    if last and last.type != "person" and start - last.end <= 12 and not _APART.search(text, last.end, start):
        return last.start
    return start
