"""A sentence that gives amounts, taken apart: its mentions, its clauses, and the words around its amounts.

Knows how little of a sentence has to be cut into words, and keeps what is asked twice. Leaves out what any of it says of
an amount (`context.py`, `measures.py`).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from extract.lexicons import read_lexicon
from extract.mentions import Actor, Place, Quantity, Time, make
from extract.modality import ModalWord, find_modal_words
from extract.passages import Span, split_clauses
from extract.phrases import SCOPES, collective_in, may_open_with_body, subject_of, words_of
from extract.pieces import Piece, cut_pieces
from extract.whole_places import find_whole, home_of, place_meant

if TYPE_CHECKING:
    from extract.article import Article


_M = TypeVar("_M", bound=tuple)


class kept:
    """An attribute computed when first asked for. `functools.cached_property` takes a lock each time, which cost as much
    as what most of these compute.
    """

    def __init__(self, compute: Callable[[Any], Any]) -> None:
        self.compute, self.name = compute, compute.__name__

    def __get__(self, owner: Any, kind: type) -> Any:
        value = owner.__dict__[self.name] = self.compute(owner)
        return value


_DIVISIONS = frozenset("省市区县州盟旗镇乡")


class Gathering(NamedTuple):
    """A fair, congress or festival that a text numbers or points to (第九届陶瓷博览会, 本届瓷博会)."""

    start: int
    end: int
    name: str


# 第九届陶瓷博览会, 本届瓷博会: 届 and a noun that ends as gatherings do; 第九届董事会 is a body of people, 上届 is another one.
_GATHERING = re.compile(
    r"(?:[本此该首]|第[ \u00a0]?[一二三四五六七八九十百0-9]{1,4}[ \u00a0]?)届((?:(?:中国|国际)[（(][一-鿿]{2,6}[）)])?[^\W\d的在于将由为与和及共有是了以]{0,14}?(?:(?<![董理监委事员社])会|(?<!发)展|[节赛周]|论坛))(?![员议见期览商馆谈日计年目])"
)
MOST_NAMED = 20  # gatherings that 本届… may point back to, the first of the article
_HELD = re.compile(r"在[^，,。；;\n]{2,16}?((?:圆满|隆重|正式|顺利|盛大|成功|如期)?(?:闭幕|开幕|举行|举办|召开|开启|启幕|落幕|落下帷幕|拉开))")
# 中国（滨海）国际茶叶博览会: the city in brackets is where it is held.
_VENUE_IN_NAME = re.compile(r"((?:中国|国际)[（(])([一-鿿]{2,6})[）)][^，。；\n（(]{0,24}?(?:会|展|节|论坛)")
_BODIES_IN_OFFICE = ("代表大会", "全会", "董事会", "理事会", "委员会", "监事会", "全国人大", "班子")


_ATTENDING = frozenset(["到会", "与会", "参会", "赴会", "参展", "办展", "会", "展"])
_ANY_GATHERING = frozenset(["大会", "展会", "盛会", "峰会", "论坛", "博览会", "交易会", "洽谈会", "年会", "展览会"])
_BESIDE = re.compile(r"[较比与同][^，,。；;\n]{0,14}$")  # 较第八届瓷博会增长8%


def find_gatherings(text: str) -> list[Gathering]:
    """Those of `text`, in order; 本届瓷博会 takes the number of the one that ends so (第九届瓷博会) where the text gives it."""
    found: list[Gathering] = []
    for match in _numbered(text):
        noun = match[1]
        if noun.endswith(_BODIES_IN_OFFICE) or noun in _ATTENDING or _BESIDE.search(text, max(0, match.start() - 16), match.start()):
            continue
        name = match[0].replace(" ", "").replace("\u00a0", "")
        if noun in _ANY_GATHERING:  # 本届大会 is the one named before
            if not found:
                continue
            name = found[0].name
        elif name[0] != "第":
            name = next((g.name for g in found[:MOST_NAMED] if g.name[0] == "第" and g.name.endswith(noun)), name if name[0] == "首" else noun)
        found.append(make(Gathering, (match.start(), match.end(), name)))
    shortest: dict[str, str] = {}
    for gathering in found[:MOST_NAMED]:
        number = gathering.name.partition("届")[0]
        if number[0] == "第" and (number not in shortest or len(gathering.name) < len(shortest[number])):
            shortest[number] = gathering.name
    return [g._replace(name=shortest.get(g.name.partition("届")[0], g.name)) for g in found]  # 第二届中国国际进口博览会 is 第二届进博会


def _numbered(text: str) -> Iterator[re.Match[str]]:
    """What _GATHERING matches, looked for around 届 alone."""
    at = text.find("届")
    while at >= 0:
        start = at - 1 if text[at - 1] in "本此该首" else text.rfind("第", max(0, at - 7), at)
        match = _GATHERING.match(text, start) if start >= 0 else None
        if match:
            yield match
        at = text.find("届", match.end() if match else at + 1)


_OF_A_KIND = frozenset("村镇")  # 淘宝村 is a kind of village


class Finds:
    """The mentions of an article, to be asked for by span. Those of a dateline (路透北京6月3日 - ) govern nothing."""

    def __init__(self, article: Article) -> None:
        self.article = article
        self.text = article.reading.text
        lines = _datelines(self.text)
        self.quantities = article.quantities
        self.times: list[Time] = _outside([time for time in article.times if time.edtf], lines)
        self.actors: list[Actor] = _outside([actor for actor in article.actors if not actor.text.startswith("每") and self.text[actor.end : actor.end + 1] not in _OF_A_KIND], lines)
        names_on = _NAMES_ON.match
        self.places: list[Place] = _outside([place for place in article.places if not place.inside and not names_on(self.text, place.end)], lines)
        self.regions = "地区" in self.text
        year = article.published[:4]
        self.foresees = bool(year) and any(time.edtf[:4] > year and time.edtf[:4].isdigit() for time in self.times)  # names a year to come
        self.topic: tuple[str, ...] | None = None  # whom the article is about, once that was asked

    @kept
    def home(self) -> Place | None:
        """The place a local report speaks of as 我市 or 全区 at its beginning."""
        return home_of(self.text, self.article.places)

    @kept
    def gatherings(self) -> list[Gathering]:
        """The fairs, congresses and festivals of the article, in order."""
        return find_gatherings(self.text) if "届" in self.text else []

    @kept
    def venues(self) -> dict[str, Place]:
        """Where a gathering is held, by its name: the place before 闭幕, 举行 of the sentence that names it."""
        found: dict[str, Place] = {}
        if self.gatherings and (named := _VENUE_IN_NAME.search(self.text)) and (places := within(self.places, named.end(1), named.end(2))):
            found[self.gatherings[0].name] = places[0]
        for gathering in self.gatherings:
            held = _HELD.search(self.text, gathering.end, gathering.end + 40)
            places = within(self.places, gathering.end, held.start(1)) if held else []
            if places and held and held.start(1) - places[-1].end <= 4 and places[-1].level != "country":
                place = found.setdefault(gathering.name, places[-1])
                if places[-1].adcode.startswith(place.adcode.rstrip("0")):
                    found[gathering.name] = places[-1]  # 在沧州召开, further on 在沧州市肃宁县召开
        return found

    @kept
    def only_venue(self) -> Place | None:
        """The venue where all gatherings of the article that have one share it."""
        places = {place.adcode: place for place in self.venues.values()}
        return next(iter(places.values())) if len(places) == 1 else None

    @kept
    def gathering_names(self) -> frozenset[str]:
        return frozenset(gathering.name for gathering in self.gatherings)

    def venue_of(self, name: str) -> Place | None:
        """Where the gathering `name` is held; an article that gives one venue tells of one gathering, whatever it calls it."""
        if name not in self.gathering_names:
            return None
        return self.venues.get(name) or self.only_venue


def within(mentions: list[_M], start: int, end: int) -> list[_M]:
    """Those of sorted mentions, or of anything else that is a tuple and begins with its start, that start in [start, end)."""
    first = bisect_left(mentions, (start,))
    return mentions[first : bisect_left(mentions, (end,), first)]


def before(mentions: Sequence[tuple], start: int) -> int:
    """How many of the sorted mentions start before `start`. A tuple of a start alone sorts ahead of all with that start."""
    return bisect_left(mentions, (start,))


# A place that only begins a name: 深圳|湾, 深圳市|聚贤投资持股45%.
_NAMES_ON = re.compile(
    r"[湾河江湖山](?![东西南北省])|[一-鿿]{2,4}(?:投资|科技|集团|股份|控股|实业|证券|资本|置业|地产|电子|药业)(?:持股|占股|出资|参股|有限)|[一-鿿]{2,4}(?:金投|国投|城投|创投|产投|建投|交投|控股|实业|药业)"
)
# 路透北京6月3日 - , 新华社上海8月1日电, 本报讯: at the start of a paragraph.
_DATELINE = re.compile(r"[^\S\n]*(?:[^\n，。,：:]{2,16}?\d{1,2}日(?:电|讯|消息|[^\S\n]{0,2}[-—－–]{1,2})|[^\n，。,]{0,12}?(?:讯|电)[（(][^）)\n]{2,24}[）)]|[^\n，。,:：（(]{2,8}?消息(?:[（(][^）)\n]{2,12}[）)])?[:：])")

_IN_DATELINE = re.compile(r"日(?:电|讯|消息|[^\S\n]{0,2}[-—－–])|[讯电][（(]|消息[（(:：]")  # what makes one, much quicker to look for


def _datelines(text: str) -> list[Span]:
    spans: list[Span] = []
    for hint in _IN_DATELINE.finditer(text):
        start = text.rfind("\n", 0, hint.start()) + 1
        if hint.start() - start < 64 and (match := _DATELINE.match(text, start)):
            spans.append(match.span())
    return spans


def _outside(mentions: Sequence, spans: Sequence[Span]) -> list:
    if not spans:
        return list(mentions)
    return [m for m in mentions if not any(start <= m.start < end for start, end in spans)]


LOOK_BACK = 800  # characters of its paragraph that a sentence can lean on; a page without line breaks has no more


# Of a sentence only the words around its amounts are cut: where the first clause says little before its amount, the
# clause ahead of at most BEFORE characters; BEHIND characters behind;
# of any other clause, when it is asked whom it is about, the first OPENING characters.
BEFORE, BEHIND, OPENING = 40, 16, 24
BARE = 9  # characters before an amount from which on its clause needs none ahead


class Sentence:
    """A sentence with its mentions and pieces, and where what it can lean on begins. What is asked twice is kept."""

    def __init__(self, finds: Finds, passage: Span, paragraph: int) -> None:
        self.finds, self.text = finds, finds.text
        start, end = self.start, self.end = passage
        self.paragraph = paragraph
        self.back = max(paragraph, start - LOOK_BACK)
        self.quantities = within(finds.quantities, start, end)
        self.times = within(finds.times, start, end)
        self.actors = within(finds.actors, start, end)
        self.places = within(finds.places, start, end)
        self.last = self.quantities[-1].end  # nothing behind it is said of an amount but by its own clause
        self.clauses = split_clauses(self.text, start, end)
        self.pieces: list[Piece] = cut_pieces(self.text, *self._window(), self.quantities, self.times, self.actors, self.places)
        self._openings: dict[Span, tuple[str, str]] = {}

    def _window(self) -> Span:
        """The clauses whose words are asked for: those of the amounts, the one before the first, a little behind."""
        if not self.clauses:
            return self.start, self.end
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
        n = bisect_left(self.clauses, (offset + 1,))
        return n - 1 if n else 0

    def clause(self, offset: int) -> Span:
        return self.clauses[self.number(offset)] if self.clauses else (self.start, self.end)

    def opening(self, start: int, end: int) -> tuple[str, str]:
        """The noun phrase that text[start:end], a clause or the part of it before an amount, opens with, and the body of
        people or things in it; both "" where no word for a body stands there."""
        found = self._openings.get((start, end))
        if found is None:
            found = "", ""
            if self.bodies and may_open_with_body(self.text, start, min(end, start + OPENING)):
                opening = self._subject(start, end)
                found = opening, collective_in(opening)
            self._openings[start, end] = found
        return found

    def _subject(self, start: int, end: int) -> str:
        if start >= self.pieces[0].start:
            return subject_of(self.pieces, before(self.pieces, start), before(self.pieces, end))
        pieces = cut_pieces(self.text, start, min(end, start + OPENING), self.quantities, self.times, self.actors, self.places)
        return subject_of(pieces, 0, len(pieces))

    def gathering(self, start: int, end: int) -> Gathering | None:
        """The gathering that text[start:end], of one clause, is about: no actor or place stands before it there."""
        held = within(self.finds.gatherings, start, end)
        if not held or any(start <= m.start < held[0].start for m in (*self.doers, *self.places)):
            return None
        return held[0]

    def place_named(self, name: str, end: int) -> Place | None:
        """The place of that name the paragraph spoke of before `end`, else the article at its beginning."""
        if name[-1] not in _DIVISIONS:
            return None
        near = next((p for p in reversed(within(self.finds.places, self.back, end)) if p.name == name), None)
        return near or next((p for p in self.finds.places[:MOST_NAMED] if p.name == name), None)

    @kept
    def gathers(self) -> bool:
        held = self.finds.gatherings
        return bool(held) and bool(within(held, self.start, self.last))

    @kept
    def regions(self) -> bool:
        """Whether it may speak of a part of the country (中部地区)."""
        return self.finds.regions and self.text.find("地区", self.start, self.last) >= 0

    @kept
    def doers(self) -> list[Actor]:
        """Actors that are neither only the ones who say it nor left out of the count."""
        doers = [a for a in self.actors if not speaks(self.text, a)]
        return [a for a in doers if not self.leaves_out(a)] if doers and self.left_out else doers

    @kept
    def left_out(self) -> bool:
        return _LEAVES_OUT.search(self.text, self.start, self.last) is not None

    def leaves_out(self, mention: Actor | Time) -> bool:
        """Whether a mention stands in a clause that only says what is not counted: 若不考虑去年收购的云海公司,收入增长2%."""
        return _LEAVES_OUT.match(self.text, self.clause(mention.start)[0]) is not None

    @kept
    def modal_words(self) -> list[ModalWord]:
        words = find_modal_words(self.text, _full_start(self.text, self.start), self.last)
        if not words or not self.actors or "未来" not in self.text[self.start : self.last]:
            return words
        return [word for word in words if not any(a.start <= word.start and word.end <= a.end for a in self.actors)]  # 云海未来科技

    @kept
    def nows(self) -> list[re.Match[str]]:
        return list(_NOW.finditer(self.text, self.start, self.last))

    @kept
    def periods(self) -> bool:
        """Whether anything in the sentence could name a period an amount was counted over."""
        return _PERIOD.search(self.text, self.start, self.last) is not None

    @kept
    def data(self) -> list[re.Match[str]]:
        found = self.text.find
        start, end = self.start, self.last
        named = found("据", start, end) >= 0 or found("来自", start, end) >= 0 or found("显示", start, end) >= 0
        return list(_DATA.finditer(self.text, start, end)) if named else []

    @kept
    def whole(self) -> re.Match[str] | None:
        """The first 全市, 我省 or 当地 in it."""
        return find_whole(self.text, self.start, self.end)

    @kept
    def meant(self) -> Place | None:
        """The place that 全市, 我省 or 当地 means in it."""
        return place_meant(self.text, self.finds.article.places, self.whole, self.start) if self.whole else None

    @kept
    def reports(self) -> bool:
        """Whether it tells what a study found: 报告显示,…"""
        return _REPORT_SAYS.match(self.text, self.start) is not None

    @kept
    def bodies(self) -> bool:
        """Whether any clause up to the last amount can open with a body of people or things."""
        return _any_body().search(self.text, self.start, self.last) is not None

    @kept
    def domestic(self) -> list[Place]:
        """Its places but for countries."""
        return [place for place in self.places if place.level != "country"]

    @kept
    def things(self) -> bool:
        """Whether it speaks of a thing that lies somewhere (该地块)."""
        return ANY_THING.search(self.text, self.start, self.end) is not None

    @kept
    def quote(self) -> Span | None:
        """The sentence where it is short enough to stand alone."""
        return (self.start, self.end) if self.end - self.start <= LONGEST_QUOTE else None


_LEAVES_OUT = re.compile(r"(?:[若如]果?)?(?:不考虑|不计入?|剔除|撇除|不包括|不含|扣除(?!非经常))")
LONGEST_QUOTE = 120
ANY_THING = re.compile(r"地块|项目|工程|园区|门店|小区|公寓|楼盘|口岸")
_NOW = re.compile(r"截至目前|截止目前|到目前为止|目前|当前|如今|现有|现已|现拥有|现在|眼下|至今|迄今|至此|当下")
_PERIOD = re.compile(r"天|小时|分钟|[日月年]均|每[年月周日]|[日周期月度年][内之里间时]")
_REPORT_SAYS = re.compile(r"(?:会上发布的|该|这份|上述)?(?:《[^》\n]{2,30}》|报告|白皮书|蓝皮书|榜单|研究|调研)(?:显示|指出|认为|称)")
_DATA = re.compile(
    r"(?:根据|据|按照|依据|来自)[“\"《]?([^，,。；“”\"\n]{2,20}?)[”\"》]?(?:的)?(?:最新|统计|监测|调研|调查|测算)?(?:数据|报告|统计|调研|调查|白皮书|预测|测算)"
    r"|([一-鿿A-Za-z]{2,12})(?:数据|统计|报告)显示"
)


@cache
def _any_body() -> re.Pattern[str]:
    """What `may_open_with_body` looks for, anywhere: in a sentence without one no clause opens so."""
    return re.compile("|".join(sorted(map(re.escape, [*SCOPES, *words_of("collective")]), key=len, reverse=True)))


def _full_start(text: str, start: int) -> int:
    """Where the whole sentence starts: a semicolon ends a passage, but 目标是：…；… holds on behind it."""
    if text[start - 1 : start] not in ("；", ";"):
        return start
    floor = max(0, start - 300)
    while start > floor and text[start - 1] in "；;":
        start = max(text.rfind(mark, floor, start - 1) for mark in "。！？\n；;") + 1 or floor
    return start


# 商务厅12日举行的例行新闻发布会上: who only calls the press together.
_BRIEFINGS = ("新闻发布会", "新闻通气会", "新闻通报会", "媒体通气会", "媒体吹风会", "媒体发布会", "政策吹风会", "政策例行吹风会")


@cache
def _saying() -> re.Pattern[str]:
    verbs = [word for entry in read_lexicon("speech") for word in entry["words"]] + ["公布", "发布", "显示", "刊登", "报道", "证实", "测算", "估算", *_BRIEFINGS]
    options = "|".join(sorted(map(re.escape, verbs), key=len, reverse=True))
    acts = "投入|投资|出资|收购|推出|成立|设立|追加|启动|捐|建设|开放|采购|招聘"  # 阿里云宣布投入2亿元: who says it does it
    return re.compile(rf"(?:{options})(?!了?[一-鿿]{{0,6}}(?:协议|产品|平台|计划)|了?[一-鿿0-9]{{0,14}}?(?:业绩|财报|季报|年报|中报|成绩单)|[,，]?(?:将|会|拟|计划|已)?(?:在[^，,]{{1,12}})?(?:{acts}))")


_STOPS = re.compile(r"[，。；、\n]")
# 商务厅重点监测企业销售额, 商务厅新闻发言人林海: the office only counts or speaks.
_OFFICE_SAYS = ("监测", "重点监测", "统计", "测算", "新闻发言人", "发言人", "有关负责人", "相关负责人")
_HEARD = re.compile(r"处?(?:获悉|了解到|得知|获知)")  # 记者从云海市商务局获悉
_ASKED = re.compile(r"(?:根据|按照|依据|据(?!说)|来自|向)[^，,。；\n]{0,16}$")


def speaks(text: str, actor: Actor) -> bool:
    """Whether an actor is only the one who says or whose data it is: 商务部周三公布, 根据路孚特的数据."""
    if _ASKED.search(text, max(0, actor.start - 18), actor.start):
        return True
    if actor.type == "government" and text.startswith(_OFFICE_SAYS, actor.end):
        return True
    if text[actor.start - 1 : actor.start] == "从" and _HEARD.match(text, actor.end):
        return True
    end = actor.end
    if actor.type in ("government", "person") and text[end : end + 1] in ("：", ":") and (actor.start == 0 or text[actor.start - 1] == "\n"):
        return True  # 商务厅:外资增长8%; but 云海公司:收入增长8% is about the company
    said = _saying().search(text, end, end + 34)
    return said is not None and said.start() <= end + 8 and _STOPS.search(text, end, said.start()) is None
