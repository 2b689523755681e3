"""Figures: the amounts of an article that are worth a card, with what, who, where, when and how meant.

Knows which amounts say something about the world, and how a sentence and what stands before it give an amount its
time, place and subject. What is counted is read in `measures.py`, how it is meant in `modality.py`. Leaves out
whether two articles tell the same figure.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from extract.measures import Measure, read_measure
from extract.mentions import Actor, FigureDraft, Place, Quantity, Time
from extract.modality import modality_of
from extract.passages import Span, split_clauses
from extract.phrases import is_break
from extract.pieces import Piece, cut_pieces

if TYPE_CHECKING:
    from extract.article import Article

LONGEST_QUOTE = 120


def draft_figures(article: Article) -> list[FigureDraft]:
    """One draft for each amount of `article` that is worth a card, sorted by start."""
    text = article.reading.text
    drafts: list[FigureDraft] = []
    finds = _Finds(article)
    before: Measure | None = None
    last_paragraph = -1
    for passage in _passages_with(article.passages, article.quantities):
        paragraph = text.rfind("\n", 0, passage[0])
        if paragraph != last_paragraph:
            before, last_paragraph = None, paragraph
        sentence = _Sentence(article, finds, passage, paragraph + 1)
        for quantity in sentence.quantities:
            if not is_worth_a_card(text, quantity):
                continue
            measure = read_measure(sentence.pieces, sentence.index_of(quantity), before)
            if measure is None:
                continue
            before = measure
            drafts.append(_draft(sentence, quantity, measure))
    return _without_retellings(drafts)


def _passages_with(passages: Sequence[Span], quantities: Sequence[Quantity]) -> list[Span]:
    found: list[Span] = []
    at = 0
    starts = [passage[0] for passage in passages]
    for quantity in quantities:
        n = bisect_right(starts, quantity.start, at) - 1
        if n >= 0 and (not found or found[-1] != passages[n]):
            found.append(passages[n])
            at = n
    return found


# --- which amounts ---------------------------------------------------------------------------------------------

_VAGUE = frozenset("几 多 数 若干 无数 诸多".split())
_SMALL_UNITS = frozenset("大 个 条 种 类 级 方面 地 项 张 道 部 点 次 篇 位 名 家 方 省 国 者 人 岸 市 强 轮 层 段 步 期 份 座 块 支 届 部委 头 面 股 代 环 维 网 区 趟 件 笔 把 句 样 类型 餐".split())
_TIME_UNITS = frozenset("天 年 月 日 周 小时 分钟 秒 岁 个月 周年 季度 周岁 点钟 个小时 h".split())


def is_worth_a_card(text: str, quantity: Quantity) -> bool:
    """Whether an amount says something about the world.

    Leaves out vague handfuls (几个, 若干), small counts in words (三个方面, 两家: they number the parts of a speech as often
    as things), ages and durations, shares that only set a bar (每万人, 前30强), round marks that are passed (千亿大关).
    """
    words = quantity.text
    if words[0] in "几多数若" and not any(mark in words for mark in "百千万亿"):
        return False
    if quantity.unit in _TIME_UNITS:
        return False
    value = quantity.value
    if words[0] in "一二三四五六七八九十两" and value is not None and value <= 10 and quantity.unit in _SMALL_UNITS:
        return False
    if quantity.unit == "" and value is not None and value < 10 and float(value).is_integer() and len(words) <= 1:
        return False
    ahead = text[quantity.end : quantity.end + 3]
    back = text[max(0, quantity.start - 2) : quantity.start]
    if ahead.startswith(("大关", "强企", "强房", "强名", "强榜", "折", "红线")) or back.endswith(("每", "前", "第", "Top", "TOP")):
        return False
    return True


# --- one sentence ----------------------------------------------------------------------------------------------


class _Finds:
    """The mentions of an article, to be asked for by span."""

    def __init__(self, article: Article) -> None:
        self.quantities = article.quantities
        self.times = [time for time in article.times if time.edtf]
        self.actors = article.actors
        self.places = [place for place in article.places if not place.inside]
        self._starts = {name: [m.start for m in getattr(self, name)] for name in ("quantities", "times", "actors", "places")}

    def within(self, name: str, start: int, end: int) -> list:
        starts = self._starts[name]
        return getattr(self, name)[bisect_left(starts, start) : bisect_left(starts, end)]


class _Sentence:
    """A sentence with its mentions and pieces, and what stands before it in its paragraph."""

    def __init__(self, article: Article, finds: _Finds, passage: Span, paragraph: int) -> None:
        self.article, self.finds = article, finds
        self.text = article.reading.text
        self.start, self.end = passage
        self.paragraph = paragraph
        self.quantities: list[Quantity] = finds.within("quantities", *passage)
        self.times: list[Time] = finds.within("times", *passage)
        self.actors: list[Actor] = finds.within("actors", *passage)
        self.places: list[Place] = finds.within("places", *passage)
        self.pieces: list[Piece] = cut_pieces(self.text, *passage, self.quantities, self.times, self.actors, self.places)
        self.clauses = split_clauses(self.text, *passage)
        self._index = {piece.start: n for n, piece in enumerate(self.pieces) if piece.flag == "Q"}

    def index_of(self, quantity: Quantity) -> int:
        return self._index[quantity.start]

    def clause(self, offset: int) -> Span:
        return next((c for c in reversed(self.clauses) if c[0] <= offset), (self.start, self.end))


def _draft(sentence: _Sentence, quantity: Quantity, measure: Measure) -> FigureDraft:
    text = sentence.text
    clause = sentence.clause(quantity.start)
    left = min(quantity.start, quantity.qualifier[0] if quantity.qualifier else quantity.start)
    modality = modality_of(text[clause[0] : left], text[sentence.start : clause[0]], text[quantity.end : quantity.end + 8])
    when, when_from, when_span = _as_of(sentence, quantity, clause, measure, modality)
    quote = _quote(sentence, quantity)
    return FigureDraft(
        start=quantity.start, end=quantity.end, quote_start=quote[0], quote_end=quote[1], quantity=quantity,
        amount=_amount(text, quantity), measure=measure.text, actors=_who(sentence, quantity, clause, measure),
        places=_where(sentence, quantity, clause), as_of=when, as_of_from=when_from, as_of_span=when_span,
        during=_during(text, sentence, quantity, clause), modality=modality, change=measure.change,
        speaker="", data_from=_data_from(text, sentence, quantity), also=(), rule=measure.rule,
    )  # fmt: skip


def _amount(text: str, quantity: Quantity) -> str:
    """The amount as the source says it, with its qualifier where the two stand together."""
    if quantity.qualifier is None:
        return quantity.text
    start, end = min(quantity.start, quantity.qualifier[0]), max(quantity.end, quantity.qualifier[1])
    return text[start:end] if end - start <= len(quantity.text) + 8 else quantity.text


def _quote(sentence: _Sentence, quantity: Quantity) -> Span:
    """The sentence; of a very long one the clause and its neighbours, so that the passage still stands alone."""
    if sentence.end - sentence.start <= LONGEST_QUOTE:
        return sentence.start, sentence.end
    n = next(k for k in range(len(sentence.clauses) - 1, -1, -1) if sentence.clauses[k][0] <= quantity.start)
    first = last = n
    while first > 0 and sentence.clauses[last][1] - sentence.clauses[first - 1][0] <= LONGEST_QUOTE * 2 // 3:
        first -= 1
    while last + 1 < len(sentence.clauses) and sentence.clauses[last + 1][1] - sentence.clauses[first][0] <= LONGEST_QUOTE:
        last += 1
    return sentence.clauses[first][0], max(sentence.clauses[last][1], quantity.end)


# --- when ------------------------------------------------------------------------------------------------------

_NOW = re.compile(r"截至目前|截止目前|到目前为止|目前|当前|如今|现有|现已|现拥有|现在|眼下|至今|迄今|至此|当下")
_LASTING = ("面积", "海岸线", "长度", "里程", "人口", "户数", "总长", "高度", "宽度", "深度", "容积", "覆盖率", "海拔")


def _as_of(sentence: _Sentence, quantity: Quantity, clause: Span, measure: Measure, modality: str) -> tuple[str, str, Span | None]:
    """The date an amount holds for, the words that gave it and where they stand.

    The nearest time before it in its clause, then in its sentence; a now-word is the day of publication; then what the
    paragraph said last. Lasting properties (面积, 海岸线), plans and general truths take no date from outside their sentence.
    """
    text = sentence.text
    time = _nearest_time(sentence.times, clause[0], quantity)
    now = _NOW.search(text, clause[0], quantity.start)
    if now and (time is None or time.start < now.start()) and sentence.article.published:
        return sentence.article.published, now.group(), now.span()
    time = time or _nearest_time(sentence.times, sentence.start, quantity)
    now = _NOW.search(text, sentence.start, quantity.start)
    if now and (time is None or time.start < now.start()) and sentence.article.published:
        return sentence.article.published, now.group(), now.span()
    if time is None:
        time = next((t for t in sentence.times if quantity.end <= t.start < clause[1]), None)
    if time is None and modality == "actual" and not measure.text.endswith(_LASTING):
        earlier = sentence.finds.within("times", sentence.paragraph, sentence.start)
        time = earlier[-1] if earlier else None
        if time is None:
            return _unsaid(sentence.article.published), "", None
    if time is None:
        return "", "", None
    return time.edtf, time.text, (time.start, time.end)


def _nearest_time(times: Sequence[Time], start: int, quantity: Quantity) -> Time | None:
    return next((t for t in reversed(times) if start <= t.start and t.end <= quantity.start), None)


def _unsaid(published: str) -> str:
    """The month of publication, marked as our inference: nothing in the article dates the amount."""
    return published[:7].rstrip("?~") + "?" if published else ""


_DURING = re.compile(r"(?:(?:不到|仅|近|短短|约)?[0-9一二三四五六七八九十两半几]{1,4}个?(?:多)?(?:天|日|周|星期|小时|分钟|月|季度|年)(?:时间)?(?:内|之内|里|间|时间)|(?:仅|短短)?[0-9一二三两几]{1,3}个?(?:天|小时|分钟)(?=[^，,。]{0,12}$)|每(?:天|年|月|周|小时|分钟|日)|日均|月均|年均)")


def _during(text: str, sentence: _Sentence, quantity: Quantity, clause: Span) -> str:
    """一周内, 3小时, 每天: the period it was counted over, from its clause or the one before."""
    start = max(sentence.start, clause[0] - 12)
    found = ""
    for match in _DURING.finditer(text[start : quantity.start]):
        begin = start + match.start()
        if not any(t.start <= begin < t.end for t in sentence.times):
            found = match.group()
    return found.removesuffix("之内").removesuffix("内")


# --- who and where ---------------------------------------------------------------------------------------------

_ANAPHOR = re.compile(r"(?:该|这一|此|这个|上述|这座|这家|本)(?:宗|个|家|座|批|次)?([\u4e00-\u9fff]{2})")
_WHOLE = re.compile(r"(?:全|我|本|该|当)(区|市|省|县|地|州|镇|岛)")
_WHOLE_LEVELS = {"区": ("county",), "县": ("county",), "市": ("city", "province"), "省": ("province",), "州": ("city",), "镇": ("town",)}


def _who(sentence: _Sentence, quantity: Quantity, clause: Span, measure: Measure) -> tuple[str, ...]:
    """Whom the amount is about: the owner of its phrase, the nearest actor before it, else whom the passage is about."""
    if measure.subject is not None and isinstance(measure.subject.mention, Actor):
        return (measure.subject.mention.name,)
    ahead = [a for a in sentence.actors if a.end <= quantity.start]
    here = [a for a in ahead if a.start >= clause[0]]
    chosen = here or ahead[-2:]
    organisations = [a for a in chosen if a.type != "person"] or chosen
    if organisations:
        return tuple(dict.fromkeys(a.name for a in organisations[:2]))
    if measure.subject is not None and isinstance(measure.subject.mention, Place):
        return (measure.subject.mention.name,)
    behind = [a for a in sentence.actors if quantity.end <= a.start < clause[1]]
    if behind:
        return (behind[0].name,)
    earlier = sentence.finds.within("actors", sentence.paragraph, sentence.start)
    if earlier:
        organisations = [a for a in earlier if a.type != "person"] or earlier
        return (organisations[-1].name,)
    place = _where(sentence, quantity, clause)
    if place:
        return (place[0].name,)
    return _topic(sentence.article)


def _topic(article: Article) -> tuple[str, ...]:
    """The actor the article names most, among its first ones."""
    counts: dict[str, int] = {}
    for actor in article.actors[:40]:
        if actor.type != "person":
            counts[actor.name] = counts.get(actor.name, 0) + 1
    return (max(counts, key=lambda name: counts[name]),) if counts else ()


def _where(sentence: _Sentence, quantity: Quantity, clause: Span) -> tuple[Place, ...]:
    """Places of the clause, else of the nearest clause of the sentence that has some, else what 全区 or 该地块 refers to."""
    places = [p for p in sentence.places if p.level not in ("country",)]
    here = [p for p in places if clause[0] <= p.start < clause[1]]
    if not here and places:
        before = [p for p in places if p.start < quantity.start]
        anchor = before[-1] if before else places[0]
        home = sentence.clause(anchor.start)
        here = [p for p in places if home[0] <= p.start < home[1]]
    return _finest(here) if here else _referred(sentence)


def _finest(places: Sequence[Place]) -> tuple[Place, ...]:
    """Without those that only lead to a finer one: 深圳市 before 南山区."""
    kept = []
    for n, place in enumerate(places):
        behind = places[n + 1] if n + 1 < len(places) else None
        if behind is not None and behind.start - place.end <= 1 and place.adcode and behind.adcode.startswith(place.adcode.rstrip("0")):
            continue
        if place.adcode not in [p.adcode for p in kept] or not place.adcode:
            kept.append(place)
    return tuple(kept)


def _referred(sentence: _Sentence) -> tuple[Place, ...]:
    text = sentence.text[sentence.start : sentence.end]
    whole = _WHOLE.search(text)
    if whole:
        levels = _WHOLE_LEVELS.get(whole.group(1), ("province", "city", "county"))
        earlier = sentence.finds.within("places", 0, sentence.start)
        for place in reversed(earlier[-40:]):
            if place.level in levels:
                return (place,)
    return ()


# --- said by, data of ------------------------------------------------------------------------------------------

_DATA = re.compile(r"(?:根据|据|按照|依据|来自)[“\"《]?([^，,。；“”\"]{2,20}?)[”\"》]?(?:的)?(?:最新|统计|监测|调研|调查|测算)?(?:数据|报告|统计|调研|调查|白皮书|预测|测算)|([\u4e00-\u9fffA-Za-z]{2,12})(?:数据|统计|报告)显示")


def _data_from(text: str, sentence: _Sentence, quantity: Quantity) -> str:
    """据国家统计局数据, 根据“外滩大会”数据: whose data it is."""
    found = None
    for match in _DATA.finditer(text, sentence.start, quantity.start):
        found = match
    return (found.group(1) or found.group(2)).strip("“”\"的") if found else ""


# --- retellings ------------------------------------------------------------------------------------------------


def _without_retellings(drafts: Sequence[FigureDraft]) -> list[FigureDraft]:
    """Of one fact told several times the fullest telling, with the spans of the others in `also`.

    Same value, unit and a measure that shares its words; end points of a from-to are facts of their own.
    """
    groups: dict[tuple, list[FigureDraft]] = {}
    for draft in drafts:
        q = draft.quantity
        groups.setdefault((q.value, q.low, q.high, q.unit, draft.change in ("from", "to")), []).append(draft)
    kept: list[FigureDraft] = []
    for group in groups.values():
        while group:
            first, *rest = group
            same = [d for d in rest if _same_fact(first, d)]
            best = max([first, *same], key=_fullness)
            kept.append(best._replace(also=tuple((d.quote_start, d.quote_end) for d in (first, *same) if d is not best)))
            group = [d for d in rest if d not in same]
    return sorted(kept)


def _fullness(draft: FigureDraft) -> tuple[int, int]:
    said = bool(draft.as_of) + bool(draft.actors) + bool(draft.places) + bool(draft.as_of_from)
    return said, draft.quote_end - draft.quote_start


def _same_fact(a: FigureDraft, b: FigureDraft) -> bool:
    if a.as_of[:4] != b.as_of[:4] and a.as_of_from and b.as_of_from:
        return False
    x, y = _pairs(a.measure), _pairs(b.measure)
    return len(x & y) * 2 >= min(len(x), len(y))


@cache
def _pairs(words: str) -> frozenset[str]:
    return frozenset(words[n : n + 2] for n in range(len(words) - 1)) or frozenset((words,))
