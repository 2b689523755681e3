"""Figures: the amounts of an article that are worth a card, with what, who, where, when and how meant.

Knows which amounts say something about the world, and joins the tellings of one fact. What is counted is read in
`measures.py`, who, where and when in `amount_owners.py`, `amount_places.py` and `amount_dates.py`, how it is meant in
`modality.py`, what goes on from sentence to sentence in `course.py`. Leaves out whether two articles tell the same figure.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from operator import add, itemgetter
from typing import TYPE_CHECKING

from extract.amount_clause import RATES, Measure
from extract.amount_dates import as_of, during
from extract.amount_owners import data_from, who
from extract.amount_places import places_beside, places_of
from extract.carried_dates import QUARTER
from extract.comes_back import given_owners
from extract.course import Course, disjoint, joined
from extract.dating_words import dating_words
from extract.finds import Finds, Row
from extract.measure_asides import Aside
from extract.measure_words import words_of
from extract.measures import read_measure
from extract.mentions import FigureDraft, Modality, Quantity, Time, make
from extract.modality import AHEAD, is_done, modality_of
from extract.passages import Span
from extract.phrase_behind import COUNT_THEMSELVES
from extract.sentences import LONGEST_QUOTE, Sentence
from extract.speakers import Said, speaker_at
from extract.stage import Stage, announced_before
from extract.things_behind import BEHIND_BAR
from extract.told_before import SET_BESIDE
from extract.what_is_set import MAY_BE_SET, SET, Topics, what_is_set
from extract.whole_places import as_called_then

if TYPE_CHECKING:
    from extract.article import Article

MOST_FACTS = 40  # with one amount that a new telling is compared with
LONGEST_PASSAGE, MOST_AMOUNTS = 400, 24  # of a passage looked at as one sentence


def draft_figures(article: Article, finds: Finds | None = None) -> list[FigureDraft]:
    """One draft for each amount of `article` that is worth a card, sorted by start; `finds` are its mentions, where somebody else asks them too."""
    text = article.reading.text
    worth = [quantity for quantity in article.quantities if is_worth_a_card(text, quantity)]
    if not worth:
        return []
    finds, said = finds or Finds(article), Row(article.said)
    drafts: list[FigureDraft] = []
    ownerless: dict[int, tuple[Sentence, str]] = {}
    course = Course(finds)
    topics: Topics = {}
    has_brackets = "（" in text or "(" in text
    for passage, quantities in _by_passage(text, article.passages, worth):
        stage = course.begin(passage)
        sentence = Sentence(finds, passage, course.paragraph)
        before = course.before or announced_before(sentence)
        begun = len(drafts)
        aside = Aside(text, passage) if has_brackets and len(quantities) > 1 else None
        for quantity in quantities:
            before = aside.resumed(quantity.start, before) if aside is not None else before
            measure = read_measure(sentence.pieces, sentence.index_of(quantity), before)
            if measure is None:
                continue
            set_for = None
            if measure.text[-1] in MAY_BE_SET or (quantity.unit in RATES and before is not None and before.kind == "count"):
                measure, set_for = what_is_set(sentence, quantity.start, measure, before, topics)
            draft = _draft(sentence, quantity, measure, stage, said, set_for)
            draft = joined(text, drafts, draft, measure, before, passage) if drafts else draft
            if not draft.as_of and draft.actors and finds.gatherings and measure.change != "from" and measure.rule != SET_BESIDE and draft.actors[0] in finds.gathering_names:
                draft = _of_fair(draft, finds)
            drafts.append(draft)
            if not draft.actors:
                ownerless[draft.start] = sentence, measure.text
            if aside is not None:
                aside.told(quantity.start, before)
            before = measure
        course.end(sentence, drafts, begun, before)
    if ownerless:
        drafts = given_owners(drafts, ownerless, finds)
    return _without_retellings(as_called_then(text, article.places, drafts))


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

_STAGES = frozenset(("批", "步", "期", "次", "类", "档", "层", "级", "段"))
_TIME_UNITS = frozenset(["天", "年", "月", "日", "周", "小时", "分钟", "秒", "岁", "个月", "周年", "季度", "周岁", "点钟", "个小时", "h"])
# 千亿大关, 500强企业, 前30强: marks to be passed and names of ranks; 每万人 and 第3 say per what and which.
_NAMES_AHEAD = re.compile(r"(?:[千百万亿]{1,2})?(?:大关|关口|级(?=的?(?:项目|企业|产业|集群|品牌|城市|园区|市场|大?单品))|强(?!度)|折|红线|账期|公里外|度以)")
_NAMES_BEGIN = frozenset("千百万亿大关级强折红账公度")  # what that begins with
# 5000万元以上的项目69个: the first amount only says which projects are counted.
_SETS_A_BAR = re.compile(r"[^，,。]{0,2}以[上下]的?[^，,。、；;：:（）()0-9]{1,10}(?:有|共|达|超过?|约|近)? ?[0-9]")
# 新增产值超10亿元的企业有6家: the same without 以上.
_SETS_A_BAR_AHEAD = re.compile(r" ?的?[^，,。、；;：:（）()0-9]{0,6}(?:企业|项目|公司|县|镇|村|城市|商家|店铺|品牌|基金|机构|园区|产业|集群|用户|客户|巨头)(?:数量?)?(?:已?有|共|增?至|达到?|超过?|约|近|突破)? ?[0-9]")
# 签约亿元项目15个: a magnitude without a number names a class of projects.
_OF_THE_CLASS = re.compile(r"(?:以上的?)?(?:级|重大|重点|工业|产业|制造业|优质)*(?:项目|企业|村|镇|县|园区|单品|品牌|集群|工程)")
# 增幅在20%以内的有7个: the rate only says which are counted.
_WHICH = frozenset("以之的")
_HELD_BY_SOME = re.compile("(?:(?:以[上下内]|之间)的(?:共?有|达)?|的共?有)[0-9]{1,5}[个家只名人户项座县市省]")
_PASSES = frozenset("过破超")  # 过5亿元的项目16个
# 86个投资亿元以上项目: the same behind the count.
_BAR_COUNTED = re.compile(r"[0-9十百千万余多][个家项座条户](?:总?投资额?|产值|年?销售额?|年?营收|收入|规模|注册资本)?$")
_BAR_NAMED = re.compile(r"[^，,。]{0,2}以[上下]的?[^，,。、；;：:（）()0-9]{0,6}?(?:项目|企业|公司|工程|家庭|城市|园区)")
# 没有投资3亿元, 否认裁员3000人: what is denied is no figure; 不超过 and 未达到 are bounds, and 没有上网的4亿人 are counted.
_DENIES = re.compile(r"(?:没有|并未|未能|从未|否认|并非|不是)[^，,。；;：:的（(]{0,6}$")
_DENIALS = frozenset("没未否非不")  # each of them has one of these
_NAMES_BEHIND = ("每", "前", "第", "Top", "TOP", "排名", "北纬", "南纬", "东经", "西经")
# 100米仰泳, 10米气步枪: an event of the games is called by its length.
_OF_THE_GAMES = re.compile(r"(?:个人|团体|男子|女子|混合)?(?:自由泳|[仰蛙蝶]泳|混合泳|接力|跨?栏|短跑|气[步手]枪|[步手]枪|跳台|跳板|速滑|[皮划]艇)")


_OF_LINES = re.compile("的?[一-鿿]{0,6}?(?:变电站|输变电|变电|电网|线路|输电|电压等级|直流|交流|特高压|电力线)")  # 500千伏变电站: which kind it is


def is_worth_a_card(text: str, quantity: Quantity) -> bool:
    """Whether an amount says something about the world.

    Leaves out vague handfuls (几个, 若干), small counts in words (三个方面, 两家: they number the parts of a speech as often
    as things), ages and durations, and amounts that only set a bar (每万人, 前30强, 千亿大关).
    """
    start, end, words, value, _, _, unit, bound, qualifier, _ = quantity[:]  # a plain tuple is taken apart in half the time
    first = words[0]
    if unit in _TIME_UNITS or words[-1] == "折":
        return False
    if unit in _STAGES and text[start - 1 : start] == "分":
        return False  # 分七批设立
    if first in "几多数若" and not any(mark in words for mark in "百千万亿"):
        return False
    if first in "一二三四五六七八九十两" and value is not None and value <= 10 and unit in words_of("units of a speech"):
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
    if unit in RATES and text[end : end + 1] in _WHICH and _HELD_BY_SOME.match(text, end):
        return False
    if unit in ("千伏", "伏", "kV") and _OF_LINES.match(text, end):
        return False
    if unit == "位" and text.endswith(("前移", "后移", "上升", "下降", "提升"), max(0, start - 2), start):
        return False  # a place in a ranking
    left = qualifier[0] if qualifier and qualifier[0] < start else start
    ahead = left - 9 if left > 9 else 0
    if not _DENIALS.isdisjoint(text[ahead:left]) and _DENIES.search(text, ahead, left):
        return False
    if (text[end : end + 1] in _NAMES_BEGIN and _NAMES_AHEAD.match(text, end)) or (unit == "米" and _OF_THE_GAMES.match(text, end)):
        return False
    ahead = start - 3 if start > 3 else 0
    return not text.endswith(_NAMES_BEHIND, ahead, start) or text.endswith(dating_words("times that end in 前"), ahead, start)


def _sets_a_bar(text: str, quantity: Quantity) -> bool:
    start, end = quantity.start, quantity.end
    if quantity.bound in ("over", "under") and (_SETS_A_BAR.match(text, end - 2) or _SETS_A_BAR_AHEAD.match(text, end)):
        return True
    return _BAR_NAMED.match(text, end - 2) is not None and _BAR_COUNTED.search(text, max(0, start - 10), start) is not None


def _of_fair(draft: FigureDraft, finds: Finds) -> FigureDraft:
    """A figure of a fair to come, or one that lasts as long as the fair, with the day the fair opens."""
    day = finds.opening_day
    return draft if day is None else draft._replace(as_of=day.edtf.partition("/")[0], as_of_from=day.text, as_of_span=(day.start, day.end))


# --- one draft -------------------------------------------------------------------------------------------------


def _draft(sentence: Sentence, quantity: Quantity, measure: Measure, stage: Stage, said: Row[Said], set_for: Time | None) -> FigureDraft:
    text, finds = sentence.text, sentence.finds
    start, end = quantity.start, quantity.end
    clause = sentence.clause(start)
    left, right = _with_qualifier(quantity, quantity.qualifier) if quantity.qualifier else (start, end)
    modality = _how_meant(sentence, quantity, measure, clause, (left, right))
    when, when_from, when_span = as_of(sentence, quantity, clause, measure, modality)
    if measure.rule == SET_BESIDE and not when_from:
        when = ""  # of another fair or place: of this month as little as of this fair
    if set_for is not None and (not when or when.endswith("?")):
        when, when_from, when_span = set_for.edtf, set_for.text, (set_for.start, set_for.end)
    if not when and modality == "target" and 0 <= finds.plan < start and (year := finds.plan_year):
        when, when_from, when_span = year.edtf, year.text, (year.start, year.end)
    if when_span is not None and when.startswith("../") and text.endswith(("到", "至", "截止"), 0, when_span[0]):
        when = when[3:]  # 到4月底前开工45个: counted up to then, so it holds as of then
    if measure.text in words_of("earnings", "other results") and QUARTER.fullmatch(when):
        measure = replace(measure, text=f"季度{measure.text}")  # 第二季度收入227亿元
    if measure.change == "from" and when and _A_YEAR_BEFORE.match(text, end):
        when = _year_before(when)
    places = places_of(sentence, quantity, clause, measure, stage)
    whom = who(sentence, quantity, clause, measure, places, stage)
    places = places_beside(sentence, quantity, clause, whom, places)
    quote = sentence.quote or _quote(sentence, quantity)
    return make(FigureDraft, (
        start, end, *quote, quantity, text[left:right] if right - left <= end - start + 8 else quantity.text, measure.text,
        whom, places, when, when_from, when_span,
        during(sentence, quantity, clause), modality, measure.change, speaker_at(said, start),
        data_from(sentence, quantity) if sentence.data else "", (), measure.rule,
    ))  # fmt: skip


def _how_meant(sentence: Sentence, quantity: Quantity, measure: Measure, clause: Span, span: Span) -> Modality:
    """Whether the amount at `span`, qualifier and all, is a fact, a target, a forecast …: by the words around it, and by what it counts."""
    text, finds, times, (left, right) = sentence.text, sentence.finds, sentence.times, span
    modality = modality_of(
        text, sentence.modal_words, clause[0], span,
        times[0].end <= left if times else bool(sentence.nows) and _is_of_now(sentence, clause[0], left),
        quantity.unit in RATES,
    )  # fmt: skip
    if modality == "actual" and measure.text.endswith("目标") and not _IN_FACT.search(text, clause[0], left):
        modality = "target"
    if modality == "actual" and quantity.bound in ("over", "under") and _PENALTY.match(text, right):
        modality = "general"
    if modality == "general" and measure.change in ("from", "to"):
        modality = "actual"  # 每天销售额从10万元涨到60万元
    if modality == "actual" and finds.plan >= 0 and sentence.asked_for:
        modality = "target"
    if modality == "actual" and finds.foresees and _is_to_come(sentence, left):
        modality = "target" if any(word.kind == "target" and word.end <= left for word in sentence.modal_words) else "forecast"
    if modality == "actual" and clause[0] > sentence.start:
        modality = _of_works_to_come(sentence, clause[0], left)
    if modality in AHEAD and quantity.unit in COUNT_THEMSELVES and measure.rule == BEHIND_BAR:
        modality = "actual"  # 10省设定为7%: that many did, whatever they set
    return "actual" if modality == "forecast" and _is_long_done(sentence, left) else modality


def _of_works_to_come(sentence: Sentence, clause: int, end: int) -> Modality:
    """甲将与乙共建研究院，一期投入2亿元: what is put into works that the clause before says are to be built is a target, as what is put there by
    将投入; else what the word says (将有30个项目开工，总投资9亿元)."""
    text = sentence.text
    if not sentence.modal_words or not _PUT_IN.fullmatch(text, clause, end):
        return "actual"
    before = sentence.clauses[sentence.number(clause) - 1]
    words = [word for word in sentence.modal_words if before[0] <= word.start < clause]
    if not words or words[-1].kind not in AHEAD or not _BUILDS.search(text, words[-1].start, clause):
        return "actual"
    return "forecast" if words[-1].kind == "forecast" and words[-1].text != "将" else "target"


_PUT_IN = re.compile("(?:其中)?(?:项目|工程)?(?:[一二三首两]期)?(?:项目|工程|建设)?(?:计划|预计)?(?:总投资|投资|投入)(?:总?额|资金|规模)?(?:[为达约近超]|超过|大约)*")
_BUILDS = re.compile("建(?!议|言)|打造|设立|成立(?!于)|落地|落户|开工|动工|布局")


def _is_long_done(sentence: Sentence, end: int) -> bool:
    """Whether all that looks ahead before `end` is the completion of something in a year gone by: 2018年投产后，产量达30万吨."""
    words, year = [word for word in sentence.modal_words if word.kind and word.end <= end], sentence.finds.article.published[:4]
    if not words or _COULD.search(sentence.text, words[-1].end, end):
        return False  # 2019年建成后，年产值可达30亿元
    return all(word.text.endswith("后") and any(t.end == word.start and t.edtf[:4] < year for t in sentence.times) for word in words)


_COULD = re.compile("[可能将]|有望")


# 处五千元以上三万元以下的罚款: what a law provides for.
_PENALTY = re.compile("(?:(?<=以上)[0-9零一二三四五六七八九十百千万.]{1,9}元以下|(?<=以下))的?(?:罚款|罚金)")
_A_YEAR_BEFORE = re.compile(r"[^，,。；;0-9]{0,2}同比[^，,。；;0-9]{1,8}[至到]")  # 由13%同比上升至14%
_LEADING_YEARS = re.compile(r"(?<![\d-])\d{4}(?!\d)")


def _year_before(edtf: str) -> str:
    """2018-04/2018-06 of 2019-04/2019-06."""
    return _LEADING_YEARS.sub(lambda year: str(int(year[0]) - 1), edtf).replace("-02-29", "-02-28")


_IN_FACT = re.compile("实际(?!控制)")  # 今年目标为6%，实际为4%
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
    if a.modality != b.modality or disjoint(a.actors, b.actors):
        return False
    if SET in (a.rule, b.rule) and (a.actors, a.places) != (b.actors, b.places):
        return False  # 10省设定为7%,云江省设定目标7%
    if a.as_of[:4] != b.as_of[:4] and a.as_of_from and b.as_of_from:
        return False
    if a.places and b.places and disjoint([p.adcode for p in a.places], [p.adcode for p in b.places]):
        return False  # 河南为5.5%,湖南也为5.5%
    if a.measure == b.measure:
        return True
    if a.rule == b.rule == "growth" and (a.change != b.change or _of_sisters(a.measure, b.measure)):
        return False  # 猪肉价格上涨3%,羊肉下降3%
    if (a.measure.endswith(_GROWTH) and b.measure.endswith(_SHARE)) or (a.measure.endswith(_SHARE) and b.measure.endswith(_GROWTH)):
        return False
    x, y = _pairs(a.measure), _pairs(b.measure)
    return len(x & y) * 2 >= 0.6 * (len(x) + len(y))


def _of_sisters(one: str, other: str) -> bool:
    """Whether what stands ahead of the words they share at the end is altogether different: 猪|肉价格, 羊|肉价格; 全市|零售额, 零售额."""
    n = 0
    while n < min(len(one), len(other)) and one[-1 - n] == other[-1 - n]:
        n += 1
    first, second = one[: len(one) - n], other[: len(other) - n]
    return bool(first) and bool(second) and not set(first) & set(second)


_GROWTH, _SHARE = "增速", ("比重", "占比")  # one is never the other, whatever words they share


def _pairs(words: str) -> frozenset[str]:
    return frozenset(map(add, words, words[1:])) or frozenset((words,))
