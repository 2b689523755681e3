"""A sentence that gives amounts, taken apart: its mentions, its clauses, and the words around its amounts.

Knows how little of a sentence has to be cut into words, and keeps what is asked twice. Leaves out what any of it says of
an amount (`amount_owners.py`, `amount_places.py`, `amount_dates.py`, `measures.py`).
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import cache
from operator import itemgetter

from extract.amount_clause import RATES
from extract.bodies import SCOPES, collective_in, may_open_with_body, subject_of
from extract.fairs import fair_words
from extract.finds import SAYS_REGIONS, Finds, before, kept
from extract.gatherings import MOST_NAMED, Gathering
from extract.lexicons import either
from extract.measure_words import words_of
from extract.mentions import Actor, Place, Quantity, Time
from extract.modality import ModalWord, find_modal_words, is_handled
from extract.owner_words import tells
from extract.passages import Span, split_clauses
from extract.pieces import Piece, cut_pieces
from extract.plans import is_asked_for, plan_openings
from extract.quoted_owners import own_words
from extract.whole_places import find_whole, is_called, is_ours, place_meant

_DIVISIONS = frozenset("省市区县州盟旗镇乡")


LOOK_BACK = 800  # characters of its paragraph that a sentence can lean on; a page without line breaks has no more


# Of a sentence only the words around its amounts are cut: where the first clause says little before its amount, the
# clause ahead of at most BEFORE characters; BEHIND characters behind;
# of any other clause, when it is asked whom it is about, the first OPENING characters.
BEFORE, BEHIND, OPENING = 40, 16, 24
_OPENING_OF_ARTICLE = 400  # characters in which 我省 may stand ahead of the name of the province
BARE = 9  # characters before an amount from which on its clause needs none ahead


class Sentence:
    """A sentence with its mentions and pieces, and where what it can lean on begins. What every amount asks is told at once, what few
    ask when it is first asked for."""

    __slots__ = (  # an object with more than thirty attributes of its own keeps them in a dict, which is slower
        "__dict__", "_clause_starts", "_openings", "actors", "back", "bodies", "clauses", "data", "doers", "domestic", "end", "finds", "last", "meant", "modal_words", "nows", "of_its_own",
        "officials", "paragraph", "periods", "pieces", "places", "punishes", "quantities", "quote", "regions", "settings", "someone", "start", "text", "times", "whole", "zones",
    )  # fmt: skip

    def __init__(self, finds: Finds, passage: Span, paragraph: int) -> None:
        self.finds, self.text = finds, finds.text
        start, end = self.start, self.end = passage
        self.paragraph = paragraph
        self.back = paragraph if paragraph > start - LOOK_BACK else start - LOOK_BACK
        self.quantities = finds.quantities.within(start, end)
        self.times = finds.times.within(start, end)
        self.actors = finds.actors.within(start, end)
        self.places = finds.places.within(start, end)
        self.domestic = [place for place in self.places if place.level != "country"] if self.places else []
        text = self.text
        last = self.last = self.quantities[-1].end  # nothing behind it is said of an amount but by its own clause
        self.nows = list(_NOW.finditer(text, start, last)) if _NOW.search(text, start, last) else []
        self.periods = _PERIOD.search(text, start, last) is not None  # whether anything could name a period an amount was counted over
        self.data = list(_DATA.finditer(text, start, last)) if _MAY_HAVE_DATA.search(text, start, last) else []
        self.someone = _SOMEONE.search(text, start, last) is not None  # whether it may speak of 他 or of 江某
        self.whole = find_whole(text, start, end)  # the first 全市, 我省 or 当地
        self.clauses = split_clauses(text, start, end)
        self._clause_starts = list(map(itemgetter(0), self.clauses))
        self.pieces: list[Piece] = cut_pieces(text, *self._window(), self.quantities, self.times, self.actors, self.places)
        self.quote: Span | None = passage if end - start <= LONGEST_QUOTE else None  # where it is short enough to stand alone
        self._openings: dict[Span, tuple[str, str]] = {}
        self.bodies = [found.start() for found in _any_body().finditer(text, start, last)]  # where words for a body of people or things begin
        every, said = text[start:end], text[start:last]  # cut out once, because to find a word in a part of a text takes four times as long
        self.punishes = "罚" in every or "没收" in every  # whether it may tell of fines
        self.regions = finds.regions and any(word in said for word in SAYS_REGIONS)  # whether it may speak of a part of the country (中部地区)
        self.officials = "警方" in said or "政府" in said
        self.zones = "区" in said and tells("zones with a board").search(text, start, last) is not None
        self.settings = self._settings() if self.domestic else self.domestic
        self.doers = self._doers() if self.actors else self.actors
        self.modal_words = self._modal_words()
        self.meant = self._meant(self.whole) if self.whole is not None else None
        self.of_its_own = self._may_tell_of_its_own()

    def _window(self) -> Span:
        """The clauses whose words are asked for: those of the amounts, the one before the first, a little behind."""
        first, last = self.quantities[0], self.quantities[-1]
        n = self.number(first.start)
        begin = self.clauses[n][0]
        if n and first.start - begin < BARE and begin - self.clauses[n - 1][0] <= BEFORE:
            begin = self.clauses[n - 1][0]
        _, end = self.clause(last.end)
        return min(begin, first.start), max(min(self.end, end + BEHIND), last.end)

    def index_of(self, quantity: Quantity) -> int:
        return bisect_left(self.pieces, (quantity.start,))

    def number(self, offset: int) -> int:
        """Which clause holds `offset`."""
        return bisect_right(self._clause_starts, offset, 1) - 1

    def clause(self, offset: int) -> Span:
        return self.clauses[bisect_right(self._clause_starts, offset, 1) - 1]

    def opening(self, start: int, end: int) -> tuple[str, str]:
        """The noun phrase that text[start:end], a clause or the part of it before an amount, opens with, and the body of
        people or things in it; both "" where no word for a body stands there."""
        stop, bodies = min(end, start + OPENING), self.bodies
        next_body = bisect_left(bodies, start)
        if next_body == len(bodies) or bodies[next_body] >= stop:
            return "", ""
        found = self._openings.get((start, end))
        if found is None:
            opening = self._subject(start, end) if may_open_with_body(self.text, start, bodies[next_body], stop) else ""
            found = self._openings[start, end] = opening, opening and collective_in(opening)
        return found

    def _subject(self, start: int, end: int) -> str:
        pieces = self.pieces_in(start, end)
        return subject_of(pieces, 0, len(pieces))

    def pieces_in(self, start: int, end: int) -> list[Piece]:
        """The pieces of text[start:end], a clause or the part of it before an amount; of one whose words were not asked for those of its opening."""
        if start >= self.pieces[0].start:
            return self.pieces[before(self.pieces, start) : before(self.pieces, end)]
        return cut_pieces(self.text, start, min(end, start + OPENING), self.quantities, self.times, self.actors, self.places)

    def gathering(self, start: int, end: int) -> Gathering | None:
        """The gathering that text[start:end], of one clause, is about: no actor or place stands before it there."""
        held = self.finds.gatherings.within(start, end)
        if not held or any(start <= m.start < held[0].start for m in (*self.doers, *self.places)):
            return None
        return held[0]

    def place_named(self, name: str, end: int) -> Place | None:
        """The place of that name the paragraph spoke of before `end`, else the article at its beginning."""
        if name[-1] not in _DIVISIONS:
            return None
        near = self.finds.places.within(self.back, end)
        near.reverse()
        for places in (near, self.finds.places[:MOST_NAMED], self.finds.article.places[:MOST_NAMED]):
            for place in places:
                if place.name == name:
                    return place
        return None

    def _settings(self) -> list[Place]:
        """Its places at home where something may be: not the whole of a share (占浙江总额的9%), not where something is sold to
        (出口至台湾地区, 销往深圳) or somebody is from (来自云南、贵州的选手); gifts (送往武汉) are for where they go."""
        text, found, behind = self.text, [], -1  # `behind`: where a row of places somebody is from ends so far
        for place in self.domestic:
            start = place.start
            if text[place.end : place.end + 1] in _WRITES_FIRST and _WRITES.match(text, place.end):
                continue  # 回应香港媒体提问, 据香港《云海报》报道
            if text[start - 1 : start] in _ONLY_RELATED and _ONLY_RELATED_TO.search(text, max(0, start - 3), start):
                behind = place.end if text[start - 1] == "自" else behind
            elif text[start - 1 : start] == "在" and _SPEAKS_THERE.match(text, place.end):
                continue  # 发言人林海17日在北京透露
            elif behind >= 0 and text[behind:start] in _ROW:
                behind = place.end
            else:
                found.append(place)
        return found

    def _may_tell_of_its_own(self) -> bool:
        """Whether it may hold what somebody tells of his own, a village, or 我市."""
        said = self.finds.article.said
        heard = before(said, self.last) - 1 if said else -1
        if heard >= 0 and said[heard].end > self.start and own_words().search(self.text, self.start, self.last):
            return True
        if self.whole is not None and is_ours(self.whole):
            return True
        return bool(self.finds.villages) and (self.text.find("村", self.start, self.last) >= 0 or self.text.find("嘎查", self.start, self.last) >= 0)

    @kept
    def gives(self) -> bool:
        """Whether it tells of gifts."""
        return self.finds.stricken is not None and self.text.find("捐", self.start, self.end) >= 0

    @kept
    def gathers(self) -> bool:
        held = self.finds.gatherings
        return bool(held) and bool(held.within(self.start, self.last))

    @kept
    def attended(self) -> str:
        """The meeting that those counted in it attend: 来自各地的210家企业参加了本次洽谈会; by its full name where the sentence gave one."""
        found = _attended().search(self.text, self.start, self.end) if self.finds.meets else None
        if found is None:
            return ""
        name = _fair_held().search(self.text, self.start, found.start())
        if name and name[1].endswith(found[1]):
            return name[1]
        return "" if re.fullmatch(fair_words(), found[1]) else found[1]  # 参加交易会 names none

    def _doers(self) -> list[Actor]:
        """Actors that are neither only the ones who say it, nor where somebody was brought, nor left out of the count."""
        doers = [a for a in self.actors if not self.finds.only_says(a) and not (a.type == "other" and self.text.endswith(_BROUGHT_TO, 0, a.start))]
        return [a for a in doers if not self.leaves_out(a)] if doers and self.left_out else doers

    @kept
    def left_out(self) -> bool:
        text, start, end = self.text, self.start, self.last
        return (text.find("不", start, end) >= 0 or text.find("除", start, end) >= 0) and _LEAVES_OUT.search(text, start, end) is not None

    def leaves_out(self, mention: Actor | Time) -> bool:
        """Whether a mention stands where only what is not counted is said: 若不考虑去年收购的云海公司,收入增长2%; 收入(不含云海银行)3亿元."""
        if _LEAVES_OUT.match(self.text, self.clause(mention.start)[0]):
            return True
        return left_out_in_brackets(self.text, mention.start)

    def _modal_words(self) -> list[ModalWord]:
        text, start = self.text, self.start
        words = find_modal_words(text, _full_start(text, start) if text[start - 1 : start] in ("；", ";") else start, self.last)
        words = [word for word in words if word.text != "将" or not self._is_handled(word.end)] if words else words
        if not words or not self.actors:
            return words
        return [word for word in words if not any(a.start <= word.start and word.end <= a.end for a in self.actors)]  # 云海未来科技

    def _is_handled(self, start: int) -> bool:
        """Whether what stands behind 将 is what something is done with: 将200家企业纳入监管, 将样品送往实验室, and nothing to come."""
        for quantity in self.quantities:
            if quantity.start == start:
                return quantity.unit not in RATES or self.text[quantity.end : quantity.end + 1] in _OF_IT
            if quantity.start > start:
                break
        return is_handled(self.text, start)

    def _meant(self, whole: re.Match[str]) -> Place | None:
        """The place that 全市, 我省 or 当地 means in it."""
        home = self.finds.home or (self.finds.province if whole[1] == "省" else None) if is_ours(whole) else None
        if home is not None and is_called(home, whole[1]):
            return home  # one writer lives in one province
        near = place_meant(self.text, self.finds.article.places, whole, self.start)
        return near or (home if self.start < _OPENING_OF_ARTICLE else None)

    @kept
    def opened_again(self) -> dict[Span, str]:
        """What its clauses open with to which the text comes back, as far as that was asked (`comes_back.py`)."""
        return {}

    @kept
    def reports(self) -> bool:
        """Whether it tells what a study found: 报告显示,…"""
        return _REPORT_SAYS.match(self.text, self.start) is not None

    @kept
    def asked_for(self) -> bool:
        """Whether it tells what a plan asks for: 打造12条产业链，实施40项工程, behind 《通知》提出."""
        if not 0 <= self.finds.plan < self.start:
            return False
        if self.times or any(mention.start == self.start for mention in (*self.actors[:1], *self.places[:1])):
            return False  # a date or a doer of its own: no plan speaks
        return self.text[self.start] in plan_openings() and is_asked_for(self.text, self.start, self.end)

    @kept
    def things(self) -> bool:
        """Whether it speaks of a thing that lies somewhere (该地块)."""
        return ANY_THING.search(self.text, self.start, self.end) is not None


_BROUGHT_TO = ("送往", "送至", "送到", "送医至", "转往", "转至", "转到", "转送至")  # 伤者被送往|云江市人民医院
_OF_IT = ("的", "和", "、")  # 将17%的税率下调为16%
_SPEAKS_THERE = re.compile("(?:透露|表示|宣布|介绍|指出|强调|回应|披露|通报|说(?!明)|称)|[^，,。]{0,12}(?:(?:新闻发布会|吹风会|通气会)[^，,。]{0,4}[，,上]|发布会上?[，,]?(?:[^，,。]{0,4})(?:表示|介绍|透露|宣布|获悉|指出|披露|通报))")
_WRITES_FIRST, _WRITES = frozenset("《媒传记"), re.compile("《[^》]{1,8}[报刊网]》|媒体|传媒|记者")
_ROW = ("", "、", "和", "及", "与", "以及", "，")
_ONLY_RELATED = frozenset("占至到往向自比过越于")
# 占, 比 and 超过 set beside; what stands behind 高于台州市 is of there (高于台州市的2%).
_ONLY_RELATED_TO = re.compile(r"占$|来自$|(?<![相占环同对])比$|超[过越]$|仅次于$|(?:出口|销|驶|飞|开|出海)[至到往向]$")
_LEAVES_OUT = re.compile(r"(?:[若如]果?)?(?:不考虑|不计入?|剔除|撇除|不包[括含]|不含|扣除(?!非经常))")
MOST_BRACKETED = 16  # characters between a bracket and what it leaves out
LONGEST_QUOTE = 120


def left_out_in_brackets(text: str, at: int) -> bool:
    """Whether brackets around `at` say what is not counted: 收入(不含云海银行)3亿元."""
    start = at - MOST_BRACKETED if at > MOST_BRACKETED else 0
    bracket = max(text.rfind("（", start, at), text.rfind("(", start, at))
    return bracket >= 0 and _LEAVES_OUT.match(text, bracket + 1) is not None and text.find("）", bracket, at) < 0 and text.find(")", bracket, at) < 0


ANY_THING = re.compile(r"地块|项目|工程|园区|门店|小区|公寓|楼盘|口岸")
_NOW = re.compile(r"截至目前|截止目前|到目前为止|目前|当前|如今|现有|现已|现拥有|现在|眼下|至今|迄今|至此|当下")
_SOMEONE = re.compile("某|他|她|先生|女士|大爷|大妈|阿姨")  # no class: single characters let the search skip
_PERIOD = re.compile("[天时钟均每内里间]")  # each wording of a period has one of them
_REPORT_SAYS = re.compile(r"(?:会上发布的|该|这份|上述)?(?:《[^》\n]{2,30}》|报告|白皮书|蓝皮书|榜单|研究|调研)中?(?:显示|指出|认为|称|提到)")
_MAY_HAVE_DATA = re.compile("据|来自|显示")
_DATA = re.compile(
    r"(?:根据|据|按照|依据|来自)[“\"《]?([^，,。；“”\"\n]{2,20}?)[”\"》]?(?:的)?(?:最新|统计|监测|调研|调查|测算)?(?:数据|报告|统计|调研|调查|白皮书|预测|测算)"
    r"|([一-鿿A-Za-z]{2,12})(?:数据|统计|报告)显示"
)


@cache
def _any_body() -> re.Pattern[str]:
    """What `may_open_with_body` looks for, anywhere: in a sentence without one no clause opens so."""
    return re.compile(either([*SCOPES, *words_of("collective")]))


@cache
def _attended() -> re.Pattern[str]:
    """参加了本次洽谈会: group 1 is the fair."""
    return re.compile(rf"(?:参加|出席|亮相)了?(?:本次|此次|这次|该)?([^，,。；;、的\n0-9]{{0,12}}?(?:{fair_words()}))")


@cache
def _fair_held() -> re.Pattern[str]:
    """云江茶叶洽谈会在…: group 1 is its full name."""
    return re.compile(rf"(?:的|[，,、])((?:20[0-9][0-9]年?)?[^，,。；;的\n]{{2,24}}?(?:{fair_words()}))在")


def _full_start(text: str, start: int) -> int:
    """Where the whole sentence starts, for a passage behind a semicolon: 目标是：…；… holds on behind it."""
    floor = max(0, start - 300)
    stops = text.rfind("。", floor, start), text.rfind("\n", floor, start), text.rfind("！", floor, start), text.rfind("？", floor, start)
    return max(stops) + 1 or floor
