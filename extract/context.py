"""What a sentence, and what stands before it, say about an amount: when, who, where, by whom.

Knows how far a date, a subject or a place holds in Chinese news. Leaves out what is counted (`measures.py`) and how
it is meant (`modality.py`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.amount_clause import NUMBERS_OF, RATES, Measure
from extract.measures import AREAS, actor_of
from extract.mentions import Actor, Place, Quantity, Time
from extract.passages import Span
from extract.phrases import SCOPES, collective_in, phrase_before, scope_of, subject_of, words_of
from extract.pieces import cut_pieces
from extract.sentences import ANY_THING, Finds, Sentence, before, speaks, within
from extract.whole_places import LEVELS, is_ours

LEAD = 300  # characters in which an article says what it is about
MOST_CLAUSES = 12  # back from an amount to its subject


# --- when ------------------------------------------------------------------------------------------------------

When = tuple[str, str, Span | None]

_LASTING = ("面积", "海岸线", "长度", "里程", "常住人口", "总人口", "户籍人口", "总户数", "总长", "高度", "宽度", "深度", "容积", "海拔")
_UNDATED = ("率", "总数", "拥有量", "占比")  # what stands so without a date anywhere near
_FINES, _ITS = ("罚款", "罚金", "赔偿", "补偿"), ("其", "该公司", "当事人")  # 处以其2019年销售额4%的罚款: only the sales are of 2019
_AGAINST = re.compile(r"(?:较|相较于|相比于|比|与|同|相比|相较|接近|相当于|等于|不及|高于|低于|成立于|创立于|始建于|创办于|创建于)$")
_AGAINST_ENDS = frozenset("较比与同近于及")  # what those end with


def as_of(sentence: Sentence, quantity: Quantity, clause: Span, measure: Measure, modality: str) -> When:
    """The date an amount holds for, the words that gave it and where they stand.

    The nearest time before it in its clause, then in its sentence; a now-word is the day of publication; then what the
    paragraph said last. Lasting properties (面积, 海岸线), plans and general truths take no date from outside their sentence.
    """
    published = sentence.finds.article.published
    if sentence.times or (sentence.nows and published):
        times = _usable_times(sentence, quantity, modality, published)
        if measure.base.endswith(_FINES) and quantity.unit not in RATES:
            times = [t for t in times if not sentence.text.endswith(_ITS, 0, t.start)]
        if measure.rule == "growth":
            times = [t for t in times if not (t.text.endswith("同期") and _is_of_another(sentence, t, quantity))]
        found = _said_here(sentence, times, quantity, clause, modality, published)
        if found is not None:
            return found
    if modality not in ("actual", "hypothetical") or (measure.text.endswith(_LASTING) and "展" not in measure.text):
        return "", "", None
    return _said_before(sentence, quantity, measure, published)


def _said_here(sentence: Sentence, times: Sequence[Time], quantity: Quantity, clause: Span, modality: str, published: str) -> When | None:
    for start in (clause[0], sentence.start):
        time = next((t for t in reversed(times) if start <= t.start and t.end <= quantity.start), None)
        now = _now(sentence, start, quantity.start) if published and (modality == "actual" or start == clause[0]) else None
        if now and (time is None or time.start <= now.start() or time.text in now.group()):
            return published, now.group(), now.span()
        if time is not None:
            return _said(times, time, sentence.text)
    time = next((t for t in times if quantity.end <= t.start < clause[1]), None)
    return (time.edtf, time.text, (time.start, time.end)) if time is not None else None


def _usable_times(sentence: Sentence, quantity: Quantity, modality: str, published: str) -> list[Time]:
    text = sentence.text
    times = [t for t in sentence.times if not _is_against(text, t, quantity) and not _owned_by_other(sentence, t, quantity)]
    if sentence.left_out:
        times = [t for t in times if not sentence.leaves_out(t)]
    if len(times) < len(sentence.times):  # 比2020年、2019年分别增长: both are only set beside
        times = [t for t in times if not (text[t.start - 1] in "、和" and any(a.end == t.start - 1 and a not in times for a in sentence.times))]
    if modality == "actual" and published:  # what is so cannot hold for a year to come
        times = [t for t in times if t.edtf[:4] <= published[:4] or not t.edtf[:4].isdigit()]
    return times


def _said_before(sentence: Sentence, quantity: Quantity, measure: Measure, published: str) -> When:
    """The last date of the paragraph; after 2017年以来 and where none was given, the month of publication."""
    finds = sentence.finds
    last = before(finds.times, sentence.start) - 1
    given = last >= 0 and finds.times[last].start >= sentence.back
    if not given and measure.text.endswith(_UNDATED) and "展" not in measure.text:  # 展位总数, 展览面积 are of one fair
        return "", "", None
    while last >= 0 and (time := finds.times[last]).start >= sentence.back:
        to_come = _TO_COME.search(sentence.text, max(0, time.start - 8), time.start) is not None
        from_then = to_come or (sentence.text[time.start - 1 : time.start] in ("由", "从") and sentence.text.startswith("的", time.end))
        if not from_then and not time.text.endswith("同期") and not (published and time.edtf[:4] > published[:4]) and not _is_against(sentence.text, time, quantity):
            if time.edtf.endswith("/..") and published:
                break
            if last and len(time.edtf) == 4 and _names_by_year(finds.times[last - 1], time, sentence.text):
                time = finds.times[last - 1]
            return time.edtf, time.text, (time.start, time.end)
        last -= 1
    return _unsaid(published), "", None


def _now(sentence: Sentence, start: int, end: int) -> re.Match[str] | None:
    for match in reversed(sentence.nows):
        if start <= match.start() and match.end() <= end:
            return match
    return None


_TO_COME = re.compile(r"(?:将|预计|计划|拟|有望|力争|争取)[^，,。]{0,4}$")  # 交易将在明年一季度完成: what follows is not of then
_OF_THEN, _SHARE_OF_THEN = frozenset(("%", "成", "倍")), re.compile(r"(?:恢复[到至]|相当于|回升至|达到|达|是|为)$")  # 恢复到2019年同期的90%
_TIMES_BEGIN = frozenset("的0123456789.一二两三四五六七八九十")
_TIMES_OF = re.compile(r"的?[0-9.一二两三四五六七八九十]{1,6}倍")  # 是2013年春节的6倍


def _is_against(text: str, time: Time, quantity: Quantity) -> bool:
    """较上年, 比2024年: what the amount is compared with, unless the amount stands right behind (较去年同期的2.8亿元)."""
    if text[time.end : time.end + 1] in _TIMES_BEGIN and _TIMES_OF.match(text, time.end):
        return True
    if quantity.unit in _OF_THEN and _SHARE_OF_THEN.search(text, max(0, time.start - 3), time.start) and text[time.end : quantity.qualifier[0] if quantity.qualifier and quantity.qualifier[0] < quantity.start else quantity.start] in ("的", "同期的"):
        return True
    if quantity.unit in _OF_THEN and time.end == quantity.start and text.endswith(("恢复到", "恢复至", "相当于"), 0, time.start):
        return True
    start = time.start - 1 if text[time.start - 1 : time.start] == " " else time.start  # 较 2017 年
    if text[start - 1 : start] not in _AGAINST_ENDS or not _AGAINST.search(text, max(0, start - 3), start):
        return False
    return text[time.end : quantity.start].strip() not in ("", "的", "同期的")


def _is_of_another(sentence: Sentence, time: Time, quantity: Quantity) -> bool:
    """去年同期盈利9亿元,同比大增95%: the date belongs to the amount before the growth."""
    return any(time.end <= q.start < quantity.start for q in sentence.quantities)


def _owned_by_other(sentence: Sentence, time: Time, quantity: Quantity) -> bool:
    """Whether the time belongs to another amount right behind it: in 由2018年的2.1亿元增加15%至2019年的2.4亿元 each has its own."""
    if not sentence.text.startswith("的", time.end):
        return False
    owner = next((q for q in sentence.quantities if q.start > time.start), None)
    return owner is not None and owner.start <= time.end + 5 and owner.start < quantity.start


def _said(times: Sequence[Time], time: Time, text: str) -> tuple[str, str, Span]:
    """The time; with its neighbour where both hold (2016年和2017年收入均下滑10%)."""
    n = times.index(time)
    if n and _names_by_year(times[n - 1], time, text):
        time = times[n - 1]
    if n and text[times[n - 1].end : time.start] in ("和", "、", "及", "与") and "均" in text[time.end : time.end + 8]:
        first = times[n - 1]
        if "/" not in first.edtf + time.edtf:
            return f"{first.edtf}/{time.edtf}", text[first.start : time.end], (first.start, time.end)
    return time.edtf, time.text, (time.start, time.end)


def _names_by_year(day: Time, year: Time, text: str) -> bool:
    """10月17日,2023年重点项目开工仪式举行: the year belongs to the name of what happened on the day."""
    if len(year.edtf) != 4 or len(day.edtf) < 5 or not day.edtf.startswith(year.edtf):
        return False
    return year.start - day.end < 24 and "。" not in text[day.end : year.start] and _NAMED_BY_YEAR.match(text, year.end) is not None


_NAMED_BY_YEAR = re.compile(r"(?![全上下一二三四前]|以来|[0-9])[^，,。；;0-9\n]{1,30}?(?:仪式|大会|峰会|论坛|活动|签约会|推介会|洽谈会|博览会|现场会|座谈会|年会|交易会|招商会|发布会|动员会)")


def _unsaid(published: str) -> str:
    """The month of publication, marked as our inference: nothing in the article dates the amount."""
    return published[:7].rstrip("?~") + "?" if published else ""


_DURING = re.compile(
    r"[0-9一二三四五六七八九十两半几]{1,4}个?多?(?:天|日|周|星期|小时|分钟|月|季度|年)(?:时间)?(?:内|之内|里|间|时间)"
    r"|[0-9一二三两几]{1,3}个?(?:天|小时|分钟)(?=[^，,。]{0,12}$)|每(?:天|年|月|周|小时|分钟|日)|[日月年]均"
)


def during(sentence: Sentence, quantity: Quantity, clause: Span) -> str:
    """一周, 3小时, 每天: the period it was counted over, from its clause or right before it."""
    if not sentence.periods:
        return ""
    found = ""
    for match in _DURING.finditer(sentence.text, max(sentence.start, clause[0] - 12), quantity.start):
        begin = match.start()
        if not any(t.start <= begin < t.end for t in sentence.times):
            found = match.group()
    for tail in ("之内", "内", "里", "间"):
        if found.endswith(tail):
            return found.removesuffix(tail)
    return found


# --- who and where ---------------------------------------------------------------------------------------------

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
        if place and who and self.finds.gatherings and place == self.finds.venue_of(who[0]):
            place = None  # where a fair is held is told of its figures alone
        return Stage(self.finds, self.paragraph, self.first, (who, place))


def _opening_of(finds: Finds, paragraph: int, first: int) -> tuple[tuple[str, ...], Place | None]:
    """Whom or what a paragraph opens with, where its first sentence holds no figure: 南山区成立于…。全区面积…"""
    if first - paragraph < 3:
        return (), None
    end = min(first, paragraph + 60)
    actors = within(finds.actors, paragraph, end)
    places = within(finds.places, paragraph, end)
    if finds.gatherings and (gathered := within(finds.gatherings, paragraph, end)):
        return (gathered[0].name,), None
    if actors and not speaks(finds.text, actors[0]):
        return _bodies(actors[:1]), None
    if places and places[0].start - paragraph < 3:
        return (places[0].name,), places[0]
    pieces = cut_pieces(finds.text, paragraph, end, (), within(finds.times, paragraph, end), (), places)
    body = collective_in(subject_of(pieces, 0, len(pieces)))
    return ((body,) if body else ()), None


def who(sentence: Sentence, quantity: Quantity, clause: Span, measure: Measure, where: Sequence[Place], stage: Stage) -> tuple[str, ...]:
    """Whom the amount is about; those who only say it, or whose data it is, are left out.

    Behind the one who does it the body of people or things it is done to (1688让超过100万中小企业对接商机).
    """
    found = _doer(sentence, quantity, clause, measure, where, stage)
    body = measure.counted
    if len(body) > 2 and found and not any(body in name or name in body for name in found):
        return (*found[:2], body)
    return found


def _doer(sentence: Sentence, quantity: Quantity, clause: Span, measure: Measure, where: Sequence[Place], stage: Stage) -> tuple[str, ...]:
    """The owner of its phrase; then clause by clause backwards an actor, or the body the clause opens with (中小企业, 深圳湾口岸);
    then the bodies counted (12家重点房企) or the place; then whom the paragraph, else the article, is about.
    """
    if "”" in sentence.text[sentence.start : clause[0]] and (thing := _quoted_ahead(sentence, clause[0])):
        return (thing,)
    actors = sentence.doers
    if actors:
        owner = actor_of(measure)
        if owner is not None and owner in actors and not _is_object(sentence, owner):
            return (owner.name,)
    if measure.rule == "what a plant makes":  # 甲集团…项目、乙集团30万吨合成氨项目: of a list, the one of its own item
        item = sentence.text.rfind("、", clause[0], quantity.start) + 1 or clause[0]
        named = [a for a in actors if item <= a.start and a.end <= quantity.start and a.type != "person"]
        return (named[-1].name,) if named else (measure.owner,)
    if measure.owner and (measure.rule == "distributed" or measure.rule.endswith("holding")):
        return (measure.owner,)
    if quantity.unit in AREAS and (thing := _thing_ahead(sentence, clause[0])):
        return (thing,)
    if actors:
        holder = _HOLDS.match(sentence.text, quantity.end)
        if holder and (named := [a for a in actors if a.start == holder.end()]):
            return (named[0].name,)
    clauses, end = sentence.clauses, quantity.start
    last = sentence.number(end)
    most = MOST_CLAUSES if actors or sentence.bodies or (sentence.finds.gatherings and sentence.gathers) or (sentence.finds.regions and sentence.regions) else 1  # with none of them, only its own clause can tell
    for n in range(last, max(-1, last - most), -1):
        start = clauses[n][0]
        if sentence.finds.gatherings and sentence.gathers and (gathering := sentence.gathering(start, end)):
            return (gathering.name,)
        if actors:
            here = _bodies([a for a in actors if start <= a.start and a.end <= end and not _is_object(sentence, a)])
            if here:
                return here
        opening = _opening_body(sentence, start, end, measure)
        if opening:
            own = next((a for a in actors if a.start == quantity.end), None) if opening in SCOPES else None
            return (own.name,) if own else _or_place(opening, where)  # 全国2万家云帆门店
        if start == clause[0]:
            home = measure.subject.mention if measure.subject else None
            if isinstance(home, Place) and not (actors and sentence.text[home.start - 1] in "在于"):  # 甲网站成立分公司,目前在宁波拥有上万名会员
                return (home.name,)
            if measure.owner and not _is_sector(measure.owner, measure) and not _COUNTS_REGIONS.match(sentence.text, quantity.start - 2):
                return _or_place(measure.owner, where)
            if measure.counted and not sentence.text[start : quantity.start].strip():
                return (measure.counted,)
            behind = _bodies([a for a in actors if quantity.end <= a.start < clause[1]][:1]) if actors else ()
            if behind:
                return behind
        end = start
    if measure.counted and where and clause[0] <= where[0].start < quantity.start and _opens(sentence, where[0]):
        return (where[0].name,)  # 山东开工的1006个项目
    body = measure.counted or (scope_of(measure.text) if not _COUNTS_REGIONS.match(sentence.text, quantity.start - 2) else "")
    if body:
        return (*(name for name in stage.who[:1] if measure.counted and name not in body), body)
    if where and _opens(sentence, where[0]):
        return tuple(place.name for place in where[:3])
    whole = measure.text[:1] == "全" and measure.text[1:2] in LEVELS
    if whole and where:
        return (where[0].name,)
    if not where and sentence.whole is not None and is_ours(sentence.whole) and clause[0] <= sentence.whole.start() < clause[1]:
        return ()  # 我市有8个项目签约, where the article does not say which
    told = () if whole else stage.who  # 全市项目950个, after a sentence on its factories
    if not whole and actors != sentence.actors and (own := [a for a in sentence.actors if a.type == "company" and a.start < quantity.start and not (sentence.left_out and sentence.leaves_out(a))]):
        return (own[0].name,)  # 云帆平台数据显示,生鲜成交额增长3倍: a company tells of itself
    found = tuple(name for name in told or _spoken_of(sentence) if name != measure.text)
    return found or ((measure.owner,) if measure.owner else ())


def _thing_ahead(sentence: Sentence, start: int) -> str:
    """拿下云江区江湾地块,土地面积4万平米,其中道路面积1万平米: the thing that a clause before ends with has the sizes behind it."""
    for n in range(sentence.number(start) - 1, max(-1, sentence.number(start) - 4), -1):
        low, high = sentence.clauses[n]
        words = sentence.text[low:high].rstrip("，,：: ")
        if match := _ENDS_IN_THING.search(words):
            head = _LEADING_PLACES.sub("", _MADE.split(_NAME_STOPS.split(words[: match.start()])[-1])[-1])
            return head + match.group() if len(head) > 1 else ""
    return ""


# 上线“亲企在线”平台,一周内为4万家企业兑付补贴: what was brought out does it. 零售巨头“百汇”,客流达4万人次: a name in quotes.
_BROUGHT_OUT = re.compile(r"(?:上线|推出|搭建|开通|启用)了?[^，,“”]{0,8}“([^”]{2,12})”[^，,]{0,6}[，,]?$")
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


_MADE = re.compile(r"建成|建设|打造|拿下|竞得|取得|启动|投建|新建|运营|启用|落成")
_ENDS_IN_THING = re.compile(r"(?:地块|产业园|园区|工业园|物流园|广场|大厦|中心|基地|综合体)$")


def _or_place(body: str, where: Sequence[Place]) -> tuple[str, ...]:
    """A body; 全市签约项目 are those of the city."""
    return (where[0].name,) if where and body[0] in "全我" and body[1:2] in LEVELS else (body,)


_IS_SHARE = re.compile(r"[^，,。；;0-9]{0,8}的[0-9.]{1,6}(?:倍|%)")
_HOLDS = re.compile(r"的?(?:股份|股权|股票)的")  # 持有奔腾电工19.9%股份的|新华都集团


def _is_object(sentence: Sentence, actor: Actor) -> bool:
    """对东盟投资52亿美元: whom something is done to, where the clause names nobody else before; 是远山公司的2.5倍: who is
    only compared with."""
    if sentence.text[actor.start - 1 : actor.start] in ("是", "为", "于") and _IS_SHARE.match(sentence.text, actor.end):
        return True
    if sentence.text[actor.start - 1 : actor.start] not in ("对", "向", "给"):
        return False
    start, _ = sentence.clause(actor.start)
    return not any(start <= a.start < actor.start for a in sentence.doers)


def _opens(sentence: Sentence, place: Place) -> bool:
    """Whether a sentence is about its place: a clause opens with it (深圳克服疫情影响), or it is only referred to (全区)."""
    if not sentence.start <= place.start < sentence.end:
        return True
    start, _ = sentence.clause(place.start)
    whole = sentence.whole
    if whole is not None and whole.start() > place.start:
        return True
    return not sentence.text[start : place.start].strip() or any(t.end == place.start for t in sentence.times)


# 中部地区实际使用外资…, 西部地区为…: a part of the country is a body; 东部新城 is a place's name.
_REGION = re.compile(r"(?:其中|而|同时|此外)?[,，]?((?:东中西|中西|[东中西]|东北)部?地区)")


def _opening_body(sentence: Sentence, start: int, end: int, measure: Measure) -> str:
    """The body of people or things a clause opens with; a short one (该地块, 项目) by the name it was introduced with."""
    if sentence.finds.regions and sentence.regions and (region := _REGION.match(sentence.text, start, end)):
        return region[1]
    opening, body = sentence.opening(start, end)
    if not opening or _NO_OPENING.match(sentence.text, start):
        return ""
    if not body and opening.startswith(("我国", "全国", "全球")):
        body = opening[:2]
    if body and (measure.text.endswith(opening) or measure.base.endswith(opening)):
        return ""
    if body == opening and measure.text != opening and opening.endswith(measure.text):
        return ""  # 青岛市新开工项目10个: the projects are counted, of the city
    if body and opening != body and (rest := opening.removeprefix(body)) != opening and measure.base != rest and measure.base.endswith(rest) and not measure.base.startswith(body):
        return ""  # 制造业投资增长7%,工业投资增长5%: each is of its own
    if body and _is_sector(body, measure):
        return ""  # 医药制造业投资增长5%,服务业增加值6亿元: statistics by sector are of the place or whole they stand for
    if opening in ("全国", "全球") and _COUNTS_REGIONS.match(sentence.text, end - 2):
        return ""  # 全国31个省市参展: how many take part
    if body == opening and (rest := measure.base.removeprefix(opening)) != measure.base and rest in NUMBERS_OF:
        return ""  # 年度交易用户数6亿: they are counted
    if body == opening and body not in SCOPES and end < sentence.end and _is_counted(sentence, start, end) and measure.text not in words_of("of_project"):
        return ""  # 国家高新技术企业达4008家,研发投入占…: a figure of its own
    if not body and opening[:2] in THINGS:
        body = opening[:2]
    body = body.removeprefix("一些") if body.startswith("一些") else body.removeprefix("一")  # 这|一|项目
    return _introduced(sentence, body)[0] if body in THINGS else body


# A sector of the national accounts (GB/T 4754), with or without what narrows it: 制造业, 通用设备制造业, 第三产业.
_SECTOR = re.compile(r"(?!我国|中国|全国|全球)[一-鿿]{0,12}?(?:制造业|服务业|工业|农业|建筑业|采矿业|金融业|零售业|批发业|房地产业|餐饮业|住宿业|种植业|畜牧业|渔业|林业|第[一二三]产业|[三二一]产)")
_SECTOR_ENDS = ("业", "产")
_BY_SECTOR = re.compile(r"增加值|投资|产值|占比|比重|用电量|利润|营业收入|零售额|销售额|出口|进口|税收|高于|低于|增速$")
_COUNTS_REGIONS = re.compile(r"(?:全国|全球)[0-9]{1,4}[多余]?个?(?:省|国家|城市|地区|县|市)")


def _is_sector(body: str, measure: Measure) -> bool:
    return body.endswith(_SECTOR_ENDS) and _SECTOR.fullmatch(body) is not None and _BY_SECTOR.search(measure.text) is not None


_NO_OPENING = re.compile(r"[^，,]{0,3}?(?:每[位个名家户人]|世界[0-9])")  # 每位用户平均交易38笔 is of the platform, 世界500强 a rank


def _is_counted(sentence: Sentence, start: int, end: int) -> bool:
    return any(start <= q.start < end for q in sentence.quantities)


# Nouns that point back to the thing named before: 该地块, 项目总体开发价值.
THINGS = frozenset(["地块", "项目", "工程", "园区", "门店", "小区", "大会", "峰会", "论坛", "展会", "公寓", "楼盘", "口岸", "医院", "学校", "景区", "大桥", "机场"])
_NAME_STOPS = re.compile(r"[，,。、；;：:！？\s“”《》（）()的将把在对为与和该这宗个家所下入了并于由从向被是有其此每各款座块共0-9]|预计|目前|位于|签约|签订|签署|涉及|实施|推进")


_LEADING_PLACES = re.compile(r"^(?:[一-鿿]{2,3}[省市区县])+")


def _introduced(sentence: Sentence, noun: str) -> tuple[str, int]:
    """The last name in the text before that ends in `noun` (深圳湾超级总部地块) and where it stands; else the noun, -1."""
    start = max(0, sentence.start - 800)
    at = sentence.text.rfind(noun, start, sentence.start)
    while at >= 0:
        head = _NAME_STOPS.split(sentence.text[max(start, at - 14) : at])[-1]
        head = _LEADING_PLACES.sub("", head)
        if len(head) > 1:
            return head + noun, at
        at = sentence.text.rfind(noun, start, at)
    return noun, -1


def _bodies(actors: Sequence[Actor]) -> tuple[str, ...]:
    """Companies and bodies before people, two at most."""
    if len(actors) < 2:
        return (actors[0].name,) if actors else ()
    chosen = [a for a in actors if a.type != "person"] or list(actors)
    return tuple(dict.fromkeys(a.name for a in chosen))[:2]


def _spoken_of(sentence: Sentence) -> tuple[str, ...]:
    """Whom the sentences before in the paragraph, else the article, are about."""
    earlier = within(sentence.finds.actors, sentence.back, sentence.start)
    gathered = within(held, sentence.back, sentence.start) if (held := sentence.finds.gatherings) else []
    if gathered and not (earlier and any(a.type != "person" and not speaks(sentence.text, a) for a in within(earlier, gathered[-1].end, sentence.start))):
        return (gathered[-1].name,)
    if earlier and sentence.finds.home:  # a local report names many that it is not about: 紧盯两江新区
        earlier = [a for a in earlier if a.start == sentence.back or sentence.text[a.start - 1] in "，,。；;：: \n"]
    if earlier:
        bodies = (a for a in reversed(earlier) if a.type != "person" and not speaks(sentence.text, a))
        people = (a for a in reversed(earlier) if a.type == "person" and not speaks(sentence.text, a))
        nearest = next(bodies, None) or next(people, None)
        if nearest:
            return (nearest.name,)
    finds = sentence.finds
    if finds.topic is None:
        finds.topic = _topic(finds)
    return finds.topic


_WHOLE_COUNTRY = re.compile(r"全国(?!人大|政协|两会)|我国")


def _topic(finds: Finds) -> tuple[str, ...]:
    """Whom the article is about: the actor named twice and most among the first, else what its title opens with."""
    counts: dict[str, int] = {}
    for actor in finds.actors[:40]:
        if actor.type != "person" and (actor.start < LEAD or actor.name in counts) and not speaks(finds.text, actor):
            counts[actor.name] = counts.get(actor.name, 0) + 1
    best = max(counts, key=lambda name: counts[name], default="")
    gathered = finds.gatherings
    if gathered and gathered[0].start < LEAD and len(gathered) >= counts.get(best, 0):
        return (gathered[0].name,)
    if best and counts[best] > 1:
        return (best,)
    if not best and finds.home:
        return (finds.home.name,)
    start, stop = finds.article.passages[0]
    pieces = cut_pieces(finds.text, start, min(stop, start + 60), within(finds.quantities, start, stop), within(finds.times, start, stop), (), ())
    opening = subject_of(pieces, 0, len(pieces))
    body = next((scope for scope in SCOPES if opening.startswith(scope)), "") or collective_in(opening)
    body = collective_in(opening) or body
    place = next((p for p in finds.places if p.start < stop and p.level != "country"), None)
    if body or place or best:
        return (body,) if body else (place.name,) if place else (best,)
    whole = _WHOLE_COUNTRY.search(finds.text, 0, LEAD)
    return (whole.group(),) if whole else ()


# A clause that opens with another part of the world does not speak of the place named before.
_OF_WHOLES = frozenset(("%", "‰", "成", ""))
_ELSEWHERE = re.compile(r"(?:其中|而|同时)?[,，]?(?:中部|西部|东部|东北|中西部|全国|全球|境外|海外|国外|其他地区|各地)")


def places_of(sentence: Sentence, quantity: Quantity, clause: Span, measure: Measure, stage: Stage) -> tuple[Place, ...]:
    """Places of the clause, else of the nearest clause of the sentence that has some, else what 全区 refers to, else the
    place the paragraph is about where the sentence names nobody else (南山区成立于1990年。常住人口142.4万).
    """
    home = measure.subject.mention if measure.subject else None
    if isinstance(home, Place) and measure.rule == "distributed to names":
        return (home,)
    places = sentence.domestic
    if places and "占" in sentence.text[sentence.start : places[-1].start]:
        places = [p for p in places if sentence.text[p.start - 1 : p.start] != "占"]  # 占浙江总额的9%: the whole, not where
    here = [p for p in places if clause[0] <= p.start < clause[1]]
    if not here and places and _ELSEWHERE.match(sentence.text, clause[0]):
        return ()
    if not here and (whole := sentence.whole) is not None and clause[0] <= whole.start() < clause[1] and (sentence.meant or is_ours(whole)):
        return _one(sentence.meant)  # 企业家齐聚青岛,与我省400家企业对接; which city 我市 is may stand nowhere
    if not here and places:
        before = [p for p in places if p.start < quantity.start]
        anchor = before[-1] if before else places[0]
        home = sentence.clause(anchor.start)
        here = [p for p in places if home[0] <= p.start < home[1]]
    if here:
        return _finest(here)
    referred = _one(sentence.meant) or _of_thing(sentence, clause)
    if not referred and not sentence.actors and (spoken := stage.place or _home(sentence, measure)) and not _of_country(sentence, clause[0], quantity.start) and not _is_elsewhere(sentence, clause[0]):
        return (spoken,)
    return referred


def _is_elsewhere(sentence: Sentence, start: int) -> bool:
    """Whether a clause opens with another part of the world, or tells what a study found: that is not of the place where
    it was presented."""
    return sentence.reports or _ELSEWHERE.match(sentence.text, start) is not None


def _of_country(sentence: Sentence, start: int, end: int) -> bool:
    """Whether the clause speaks of the whole country, whatever place the paragraph began with: 我国每天约4亿件快递."""
    return sentence.text.find("我国", start, end) >= 0 or sentence.text.startswith("全国", start)


def _home(sentence: Sentence, measure: Measure) -> Place | None:
    """The place of a local report, for what is not said of the country or the world."""
    return None if measure.text.startswith(SCOPES) or measure.rule == "holding" else sentence.finds.home


def venue_of(sentence: Sentence, quantity: Quantity, whom: Sequence[str]) -> Place | None:
    """Where the gathering is held that the amount is about, or that the paragraph spoke of where the sentence names nobody:
    本届茶博会…。其中,86家企业是首次参展."""
    finds = sentence.finds
    if whom and (venue := finds.venue_of(whom[0])):
        return None if sentence.reports else venue
    if sentence.doers or sentence.places:
        return None
    spoken = within(finds.gatherings, sentence.back, quantity.start)
    return finds.venue_of(spoken[-1].name) if spoken and not sentence.reports else None


FAIRS = ("博览会", "交易会", "展览会", "车展", "书展", "艺术节", "电影节", "灯会", "庙会", "马拉松", "购物节", "糖酒会")


def city_of_fair(sentence: Sentence, name: str) -> Place | None:
    """云江 of 云江博览会: a fair named after a city is held there."""
    at = sentence.text.find(name, sentence.back, sentence.end)
    places = within(sentence.finds.article.places, at, at + 1) if at >= 0 else []
    return places[0] if places and places[0].level in ("city", "province", "county") else None


_THIS_THING = re.compile(rf"(?:该|这一|此|上述|这)?(?:宗|个|座|家)?({ANY_THING.pattern})")


def _of_thing(sentence: Sentence, clause: Span) -> tuple[Place, ...]:
    """Where the thing lies that the clause opens with (该地块…): the places of the sentence that named it."""
    if not sentence.things:
        return ()
    starts = [start for start, _ in sentence.clauses if start <= clause[0]]
    thing = next((m for start in reversed(starts) if (m := _THIS_THING.match(sentence.text, start))), None)
    if thing is None:
        return ()
    _, at = _introduced(sentence, thing.group(1))
    if at < 0:
        return ()
    near = within(sentence.finds.places, max(0, at - 20), at)
    return _finest([p for p in near if p.level != "country"])


def _finest(places: Sequence[Place]) -> tuple[Place, ...]:
    """Without those that only lead to a finer one: 深圳市 before 南山区."""
    if len(places) == 1:
        return (places[0],)
    kept: list[Place] = []
    for n, place in enumerate(places):
        behind = places[n + 1] if n + 1 < len(places) else None
        leads = behind is not None and behind.start - place.end <= 1 and bool(place.adcode) and behind.adcode.startswith(place.adcode.rstrip("0"))
        if not leads and (not place.adcode or place.adcode not in [p.adcode for p in kept]):
            kept.append(place)
    return tuple(kept)


def _one(place: Place | None) -> tuple[Place, ...]:
    return (place,) if place else ()


# --- what the sentence before announced ------------------------------------------------------------------------

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
    pieces = cut_pieces(sentence.text, begin, end, (), within(sentence.finds.times, begin, end), (), ())
    phrase = phrase_before(pieces, 0, len(pieces))
    return Measure(phrase.text, phrase.text, "", "announced before") if phrase and phrase.text else None


# --- whose data ------------------------------------------------------------------------------------------------

def data_from(sentence: Sentence, quantity: Quantity) -> str:
    """据国家统计局数据, 根据“外滩大会”数据: whose data it is."""
    if not sentence.data:
        return ""
    found = next((match for match in reversed(sentence.data) if match.end() <= quantity.start), None)
    return (found.group(1) or found.group(2)).strip("“”\"的") if found else ""
