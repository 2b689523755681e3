"""Figures: the amounts of an article that are worth a card, with what, who, where, when and how meant.

Knows which amounts say something about the world, and joins the tellings of one fact. What is counted is read in
`measures.py`, who, where and when in `amount_owners.py`, `amount_places.py` and `amount_dates.py`, how it is meant in
`modality.py`. Leaves out whether two articles tell the same figure.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import cache
from operator import itemgetter
from typing import TYPE_CHECKING

from extract.amount_clause import RATES, Measure
from extract.amount_dates import as_of, during
from extract.amount_owners import data_from, who
from extract.amount_places import NAMED_FOR_PLACE, places_of, venue_of
from extract.carried_dates import QUARTER
from extract.finds import Finds
from extract.fixed_wordings import CONVERTED
from extract.measures import read_measure
from extract.mentions import FigureDraft, Place, Quantity, make
from extract.modality import is_done, modality_of
from extract.passages import Span
from extract.sentences import LONGEST_QUOTE, Sentence
from extract.speakers import Said, speaker_at
from extract.stage import Stage, announced_before

if TYPE_CHECKING:
    from extract.article import Article

MOST_OWNERS = 3  # in one sentence, from which on it lists them, and the next does not go on about the last
MOST_FACTS = 40  # with one amount that a new telling is compared with
LONGEST_PASSAGE, MOST_AMOUNTS = 400, 24  # of a passage looked at as one sentence


def draft_figures(article: Article) -> list[FigureDraft]:
    """One draft for each amount of `article` that is worth a card, sorted by start."""
    text = article.reading.text
    worth = [quantity for quantity in article.quantities if is_worth_a_card(text, quantity)]
    if not worth:
        return []
    finds = Finds(article)
    drafts: list[FigureDraft] = []
    before: Measure | None = None
    stage = Stage(finds, -1, -1)
    paragraph = looked = 0
    part = stage  # what the last sentence on a part left
    opened, lists = stage, False  # what stood before the sentence, and whether its parts between ； each have their own owner
    of_parts = False  # whether a sentence tells of parts (其中日本客商…;欧美客商…): they are not what the next goes on about
    for passage, quantities in _by_passage(text, article.passages, worth):
        begun_at = max(paragraph, text.rfind("\n", looked, passage[0]) + 1)
        if begun_at == 0 or not text.startswith("其中", begun_at):  # a paragraph of parts goes on with the one before
            paragraph = begun_at
        goes_on = text[passage[0] - 1] in "；;" and text.find("。", looked, passage[0]) < 0
        if lists and not goes_on:
            stage = opened
        looked = passage[0]
        if paragraph != stage.paragraph:
            before, stage = None, Stage(finds, paragraph, passage[0])
        told_parts = of_parts
        of_parts = text.startswith("其中", passage[0]) or (of_parts and text[passage[0] - 1] in "；;")
        on_part = told_parts and of_parts and _DONE_TOO.match(text, passage[0]) is not None
        if not goes_on:
            opened, lists = stage, False
        sentence = Sentence(finds, passage, paragraph)
        before = before or announced_before(sentence)
        begun = len(drafts)
        for quantity in quantities:
            measure = read_measure(sentence.pieces, sentence.index_of(quantity), before)
            if measure is None:
                continue
            draft = _draft(sentence, quantity, measure, part if on_part else stage, article.said)
            drafts.append(_joined(text, drafts, draft, measure, before, passage) if drafts else draft)
            before = measure
        if drafts and not of_parts and (len(drafts) - begun < MOST_OWNERS or len({draft.actors for draft in drafts[begun:]}) < MOST_OWNERS):
            told = (len(drafts) - begun > 1 and _told_last(text, drafts[begun:])) or drafts[-1]
            after = stage.after(sentence, told.actors, told.places)
            lists = lists or (goes_on and stage is not opened and _disjoint(stage.who, after.who))
            stage = after
        elif drafts and of_parts:
            part = stage.after(sentence, drafts[-1].actors, drafts[-1].places)
    return _without_retellings(drafts)


def _joined(text: str, drafts: Sequence[FigureDraft], draft: FigureDraft, measure: Measure, before: Measure | None, passage: Span) -> FigureDraft:
    """A draft with what the figures before it say of it: of a sector whose, of 3亿美元（约合20亿元） all, else how meant and when."""
    first, last = drafts[0], drafts[-1]
    if not draft.actors and not draft.places and first.actors and first.actors[0].endswith(_SECTOR_ENDS):
        draft = draft._replace(actors=first.actors[:1])
    if measure.rule == CONVERTED and last.end <= draft.start:
        draft = draft._replace(actors=last.actors, places=last.places, as_of=last.as_of, as_of_from=last.as_of_from, as_of_span=last.as_of_span, modality=last.modality)
    if last.modality in _AHEAD and draft.modality == "actual" and _carries_modality(text, last, draft, passage):
        inferred = draft.as_of.endswith("?") and not draft.as_of_from  # the day of a report does not date a plan
        draft = draft._replace(modality=last.modality, as_of="" if inferred else draft.as_of)
    if not draft.as_of and ((draft.modality == "forecast" and _is_expected(draft, last, passage)) or _shares_date(text, last, draft, measure, before)):
        draft = draft._replace(as_of=last.as_of, as_of_from=last.as_of_from, as_of_span=last.as_of_span)
    return draft


_DONE_TOO = re.compile("(?:实现|完成|取得|创造|总)")  # 其中,江省接待游客5万人次;实现收入3亿元: the part told of did that too
_SECTOR_ENDS = ("行业", "市场")  # 快递行业收入310亿元。包裹业务…: a report on a sector gives its parts without naming it again


def _told_last(text: str, drafts: Sequence[FigureDraft]) -> FigureDraft | None:
    """The last figure of a sentence before 其中: parts told behind it are not what the next sentence goes on about."""
    at = text.find("其中", drafts[0].end, drafts[-1].start)
    return next((draft for draft in reversed(drafts) if draft.end <= at), None) if at >= 0 else None


def _shares_date(text: str, last: FigureDraft, draft: FigureDraft, measure: Measure, before: Measure | None) -> bool:
    """收入1802亿元,而预期为1842亿元: the expectation is for the same period; so are all aims of one list."""
    if measure.change == "to" and last.change == "from" and last.as_of_from:
        return False  # 由上年的18%升到21%
    if before is not None and measure.text.startswith(before.base):
        return True
    if measure.text.endswith("占比") and measure.unit in RATES and last.modality == draft.modality == "actual":
        return not _ends_sentence(text, last, draft)  # 检出的172件中,标识不合格的占93%
    return last.modality == draft.modality != "actual" and not _ends_sentence(text, last, draft)


def _ends_sentence(text: str, last: FigureDraft, draft: FigureDraft) -> bool:
    return "。" in text[last.end : draft.start] or "\n" in text[last.end : draft.start]


def _is_expected(draft: FigureDraft, last: FigureDraft, passage: Span) -> bool:
    """净利润22亿元,市场预期亏损6亿元: what was expected is for the period of what came."""
    return "预期" in draft.measure and last.modality == "actual" and last.start >= passage[0]


_FORESEEN = ("估计的", "预期的", "预计的", "预测的", "预估的")  # 低于分析师估计的107亿元: that one amount
_DONE_BEHIND = re.compile(r"[^，,。；;]{0,12}(?:已(?!知)|了)")  # 超过3400家参展商已报名


_AHEAD = frozenset(("forecast", "target"))


def _carries_modality(text: str, last: FigureDraft, draft: FigureDraft, passage: Span) -> bool:
    """预计营收达100亿元,利润达10亿元: the second is foreseen as well, unless the words between say that it is so already
    or only the one amount was named as foreseen (市场预期9亿元,前年盈利8亿元)."""
    return (
        last.start >= passage[0]
        and not last.measure.endswith(("预期", "预测")) and not text.endswith(_FORESEEN, 0, last.start)
        and not is_done(text[last.end : draft.start]) and not _DONE_BEHIND.match(text, draft.end)
    )  # fmt: skip


def _by_passage(text: str, passages: Sequence[Span], quantities: Sequence[Quantity]) -> list[tuple[Span, list[Quantity]]]:
    """Each passage that holds amounts, with them; one without end marks goes in pieces, so that no text costs more."""
    found: list[tuple[Span, list[Quantity]]] = []
    starts = list(map(itemgetter(0), passages))
    at, stop = 0, -1
    held: list[Quantity] = []
    for quantity in quantities:
        if quantity.end <= stop and len(held) < MOST_AMOUNTS:
            held.append(quantity)
            continue
        at = max(at, bisect_right(starts, quantity.start, at) - 1)
        start, end = passages[at]
        full = len(held) >= MOST_AMOUNTS and start <= found[-1][0][0]
        if full:
            start = held[-1].end
            found[-1] = (found[-1][0][0], start), held
        elif start < stop <= quantity.start and end - start > LONGEST_PASSAGE:
            start = stop
        if full or quantity.start >= stop:
            piece, held = _piece_of(text, start, end, quantity), []
            found.append((piece, held))
            stop = piece[1]
        if quantity.end <= stop:
            held.append(quantity)
    return found


def _piece_of(text: str, start: int, end: int, quantity: Quantity) -> Span:
    if end - start <= LONGEST_PASSAGE:
        return start, end
    if quantity.end - start > LONGEST_PASSAGE // 2:
        start = max(start, quantity.start - LONGEST_PASSAGE // 4)
    stop = min(end, start + LONGEST_PASSAGE)
    comma = max(text.rfind(mark, quantity.end, stop) for mark in "，,、")
    return start, comma if stop < end and comma > 0 else max(stop, quantity.end)


# --- which amounts ---------------------------------------------------------------------------------------------

_SMALL_UNITS = frozenset(["大", "个", "条", "种", "类", "级", "方面", "地", "项", "张", "道", "部", "点", "次", "篇", "位", "名", "家", "方", "省", "国", "者", "人", "岸", "市", "强", "轮", "层", "段", "步", "期", "份", "座", "块", "支", "届", "部委", "头", "面", "股", "代", "环", "维", "网", "区", "趟", "件", "笔", "把", "句", "样", "类型", "餐", "场", "句话", "回", "口", "线", "端", "省市", "省份", "区县", "国家", "地区"])
_STAGES = frozenset(("批", "步", "期", "次", "类", "档", "层", "级", "段"))
_TIME_UNITS = frozenset(["天", "年", "月", "日", "周", "小时", "分钟", "秒", "岁", "个月", "周年", "季度", "周岁", "点钟", "个小时", "h"])
# 千亿大关, 500强企业, 前30强: marks to be passed and names of ranks; 每万人 and 第3 say per what and which.
_NAMES_AHEAD = re.compile(r"(?:[千百万亿]{1,2})?(?:大关|关口|级(?=的?(?:项目|企业|产业|集群|品牌|城市|园区|市场|大?单品))|强(?!度)|折|红线|账期|公里外|度以)")
# 5000万元以上的项目69个: the first amount only says which projects are counted.
_SETS_A_BAR = re.compile(r"[^，,。]{0,2}以[上下]的?[^，,。、；;：:（）()0-9]{1,10}(?:有|共|达|超过?|约|近)? ?[0-9]")
# 新增产值超10亿元的企业有6家: the same without 以上.
_SETS_A_BAR_AHEAD = re.compile(r" ?的?[^，,。、；;：:（）()0-9]{0,6}(?:企业|项目|公司|县|镇|村|城市|商家|店铺|品牌|基金|机构|园区|产业|集群|用户|客户|巨头)(?:数量?)?(?:已?有|共|增?至|达到?|超过?|约|近|突破)? ?[0-9]")
# 签约亿元项目15个: a magnitude without a number names a class of projects.
_OF_THE_CLASS = re.compile(r"(?:以上的?)?(?:级|重大|重点|工业|产业|制造业|优质)*(?:项目|企业|村|镇|县|园区|单品|品牌|集群|工程)")
_PASSES = frozenset("过破超")  # 过5亿元的项目16个
# 86个投资亿元以上项目: the same behind the count.
_BAR_COUNTED = re.compile(r"[0-9十百千万余多][个家项座条户](?:总?投资额?|产值|年?销售额?|年?营收|收入|规模|注册资本)?$")
_BAR_NAMED = re.compile(r"[^，,。]{0,2}以[上下]的?[^，,。、；;：:（）()0-9]{0,6}?(?:项目|企业|公司|工程|家庭|城市|园区)")
# 没有投资3亿元, 否认裁员3000人: what is denied is no figure; 不超过 and 未达到 are bounds, and 没有上网的4亿人 are counted.
_DENIES = re.compile(r"(?:没有|并未|未能|从未|否认|并非|不是)[^，,。；;：:的（(]{0,6}$")
_TIMES_BEHIND = ("目前", "此前", "日前", "之前", "以前", "年前", "月前", "天前", "午前", "会前", "节前", "当前")  # 目前27省, but 前27省
_NAMES_BEHIND = ("每", "前", "第", "Top", "TOP", "排名")


def is_worth_a_card(text: str, quantity: Quantity) -> bool:
    """Whether an amount says something about the world.

    Leaves out vague handfuls (几个, 若干), small counts in words (三个方面, 两家: they number the parts of a speech as often
    as things), ages and durations, and amounts that only set a bar (每万人, 前30强, 千亿大关).
    """
    start, end, words, value, _, _, unit, bound, qualifier, _ = quantity
    first = words[0]
    if unit in _TIME_UNITS or words[-1] == "折":
        return False
    if unit in _STAGES and text[start - 1 : start] == "分":
        return False  # 分七批设立
    if first in "几多数若" and not any(mark in words for mark in "百千万亿"):
        return False
    if first in "一二三四五六七八九十两" and value is not None and value <= 10 and unit in _SMALL_UNITS:
        return value in (7, 8, 9) and unit in ("家", "个")
    if unit == "" and value is not None and value < 10 and len(words) <= 1:
        return False
    if first in "千百十万亿" and _OF_THE_CLASS.match(text, end):
        return False
    if bound == "exact":
        if text[start - 1 : start] in _PASSES and _SETS_A_BAR_AHEAD.match(text, end):
            return False
    elif _sets_a_bar(text, quantity):
        return False
    if unit == "位" and text.endswith(("前移", "后移", "上升", "下降", "提升"), max(0, start - 2), start):
        return False  # a place in a ranking
    left = qualifier[0] if qualifier and qualifier[0] < start else start
    if _DENIES.search(text, left - 9 if left > 9 else 0, left):
        return False
    if _NAMES_AHEAD.match(text, end):
        return False
    ahead = start - 3 if start > 3 else 0
    return not text.endswith(_NAMES_BEHIND, ahead, start) or text.endswith(_TIMES_BEHIND, ahead, start)


def _sets_a_bar(text: str, quantity: Quantity) -> bool:
    start, end = quantity.start, quantity.end
    if quantity.bound in ("over", "under") and (_SETS_A_BAR.match(text, end - 2) or _SETS_A_BAR_AHEAD.match(text, end)):
        return True
    return _BAR_NAMED.match(text, end - 2) is not None and _BAR_COUNTED.search(text, max(0, start - 10), start) is not None


# --- one draft -------------------------------------------------------------------------------------------------


def _draft(sentence: Sentence, quantity: Quantity, measure: Measure, stage: Stage, said: Sequence[Said]) -> FigureDraft:
    text, finds, times = sentence.text, sentence.finds, sentence.times
    start, end = quantity.start, quantity.end
    clause = sentence.clause(start)
    left, right = _with_qualifier(quantity, quantity.qualifier) if quantity.qualifier else (start, end)
    modality = modality_of(
        text, sentence.modal_words, clause[0], (left, right),
        times[0].end <= left if times else bool(sentence.nows) and _is_of_now(sentence, clause[0], left),
        quantity.unit in RATES,
    )  # fmt: skip
    if modality == "actual" and measure.text.endswith("目标"):
        modality = "target"
    if modality == "actual" and quantity.bound in ("over", "under") and _PENALTY.match(text, right):
        modality = "general"
    if modality == "general" and measure.change in ("from", "to"):
        modality = "actual"  # 每天销售额从10万元涨到60万元
    if modality == "actual" and finds.plan >= 0 and sentence.asked_for:
        modality = "target"
    if modality == "actual" and finds.foresees and _is_to_come(sentence, left):
        modality = "target" if any(word.kind == "target" and word.end <= left for word in sentence.modal_words) else "forecast"
    when, when_from, when_span = as_of(sentence, quantity, clause, measure, modality)
    if not when and modality == "target" and 0 <= finds.plan < start and (year := finds.plan_year):
        when, when_from, when_span = year.edtf, year.text, (year.start, year.end)
    if when_span is not None and when.startswith("../") and text.endswith(("到", "至", "截止"), 0, when_span[0]):
        when = when[3:]  # 到4月底前开工45个: counted up to then, so it holds as of then
    if measure.text in _RESULTS and QUARTER.fullmatch(when):
        measure = measure._replace(text=f"季度{measure.text}")  # 第二季度收入227亿元
    if measure.change == "from" and when and _A_YEAR_BEFORE.match(text, end):
        when = _year_before(when)
    places = places_of(sentence, quantity, clause, measure, stage)
    whom = who(sentence, quantity, clause, measure, places, stage)
    if places and finds.gatherings and whom and sentence.start <= places[0].start < clause[0] and _is_of_guest(sentence, whom[0], places[0]):
        places = ()
    if not places:
        place = whom and sentence.place_named(whom[0], start)
        place = place or (finds.gatherings and venue_of(sentence, quantity, whom))
        place = place or (whom and whom[0].endswith(NAMED_FOR_PLACE) and finds.place_in_name(whom[0]))
        places = (place,) if place else ()
    quote = sentence.quote or _quote(sentence, quantity)
    return make(FigureDraft, (
        start, end, *quote, quantity, text[left:right] if right - left <= end - start + 8 else quantity.text, measure.text,
        whom, places, when, when_from, when_span,
        during(sentence, quantity, clause), modality, measure.change, speaker_at(said, start),
        data_from(sentence, quantity) if sentence.data else "", (), measure.rule,
    ))  # fmt: skip



def _is_of_guest(sentence: Sentence, gathering: str, place: Place) -> bool:
    """Whether a place only opens a clause of its own behind a gathering: 第三届茶博会闭幕，云江市签约2亿元，参展企业300家."""
    return sentence.clause(place.start)[0] == place.start and any(g.name == gathering for g in sentence.finds.gatherings.within(sentence.start, place.start))


# 处五千元以上三万元以下的罚款: what a law provides for.
_PENALTY = re.compile("(?:(?<=以上)[0-9零一二三四五六七八九十百千万.]{1,9}元以下|(?<=以下))的?(?:罚款|罚金)")
_A_YEAR_BEFORE = re.compile(r"[^，,。；;0-9]{0,2}同比[^，,。；;0-9]{1,8}[至到]")  # 由13%同比上升至14%
_LEADING_YEARS = re.compile(r"(?<![\d-])\d{4}(?!\d)")


def _year_before(edtf: str) -> str:
    """2018-04/2018-06 of 2019-04/2019-06."""
    return _LEADING_YEARS.sub(lambda year: str(int(year[0]) - 1), edtf).replace("-02-29", "-02-28")


# What a company makes in a year or in a quarter: the card says which, so that no chart lays one over the other.
_RESULTS = frozenset(("收入", "营收", "总收入", "总营收", "营业收入", "营业总收入", "利润", "净利", "净利润", "归母净利润", "利润总额", "营业利润", "经营利润", "毛利", "亏损", "净亏损", "归母净亏损", "盈利", "销量", "产量"))
_THAT_DAY = ("到期", "建成", "完工", "开业", "投产", "上市", "举行", "召开")


def _is_to_come(sentence: Sentence, left: int) -> bool:
    """到2025年,投资达1.2万亿元: nothing is so in a year to come, unless the words behind say that it is so by now."""
    published = sentence.finds.article.published
    time = next((t for t in reversed(sentence.times) if t.end <= left), None)
    if time is None or not published or not time.edtf[:4].isdigit() or time.edtf[:4] <= published[:4]:
        return False
    text = sentence.text
    return text[max(0, time.start - 2) : time.start].rstrip().endswith(("到", "至")) and not text.startswith(_THAT_DAY, time.end) and not is_done(text[time.end : left])


def _is_of_now(sentence: Sentence, clause: int, left: int) -> bool:
    """Whether the clause says 目前 or stands right behind it: then 每天 is a habit of a time."""
    return any(clause - 4 <= now.start() < left for now in sentence.nows)


def _with_qualifier(quantity: Quantity, qualifier: Span) -> Span:
    """The span of an amount with the qualifier beside it (超过…万家)."""
    return min(quantity.start, qualifier[0]), max(quantity.end, qualifier[1])


def _quote(sentence: Sentence, quantity: Quantity) -> Span:
    """Of a very long sentence the clause and its neighbours, so that the passage still stands alone."""
    clauses = sentence.clauses
    first = last = max((k for k, c in enumerate(clauses) if c[0] <= quantity.start), default=0)
    while first > 0 and clauses[last][1] - clauses[first - 1][0] <= LONGEST_QUOTE * 2 // 3:
        first -= 1
    while last + 1 < len(clauses) and clauses[last + 1][1] - clauses[first][0] <= LONGEST_QUOTE:
        last += 1
    return min(clauses[first][0], quantity.start), max(clauses[last][1], quantity.end)


# --- retellings ------------------------------------------------------------------------------------------------


def _without_retellings(drafts: Sequence[FigureDraft]) -> list[FigureDraft]:
    """Of one fact told several times the fullest telling, with the spans of the others in `also`.

    Same value, unit and a measure that shares its words; end points of a from-to are facts of their own.
    """
    facts: dict[tuple, list[list[FigureDraft]]] = {}
    for draft in drafts:
        q = draft.quantity
        same_amount = facts.setdefault((q.value, q.low, q.high, q.unit, draft.change in ("from", "to")), [])
        told = next((fact for fact in same_amount[-MOST_FACTS:] if _same_fact(fact[0], draft)), None) if same_amount else None
        if told is None:
            same_amount.append([draft])
        else:
            told.append(draft)
    kept = [tellings[0] if len(tellings) == 1 else _fullest(tellings) for same_amount in facts.values() for tellings in same_amount]
    return sorted(kept, key=lambda draft: draft.start)


def _fullest(tellings: Sequence[FigureDraft]) -> FigureDraft:
    best = max(tellings, key=_fullness)
    return best._replace(also=tuple((d.quote_start, d.quote_end) for d in tellings if d is not best))


def _fullness(draft: FigureDraft) -> tuple[int, int]:
    said = bool(draft.as_of_from) + bool(draft.actors) + bool(draft.places)
    return said, draft.quote_end - draft.quote_start


def _same_fact(a: FigureDraft, b: FigureDraft) -> bool:
    if a.as_of[:4] != b.as_of[:4] and a.as_of_from and b.as_of_from:
        return False
    if a.modality != b.modality or _disjoint([p.adcode for p in a.places], [p.adcode for p in b.places]):
        return False  # 河南为5.5%,湖南也为5.5%
    if _disjoint(a.actors, b.actors):
        return False
    x, y = _pairs(a.measure), _pairs(b.measure)
    return len(x & y) * 2 >= 0.6 * (len(x) + len(y))


def _disjoint(a: Sequence[str], b: Sequence[str]) -> bool:
    return bool(a) and bool(b) and not set(a) & set(b)


@cache
def _pairs(words: str) -> frozenset[str]:
    return frozenset(words[n : n + 2] for n in range(len(words) - 1)) or frozenset((words,))
