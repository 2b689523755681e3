"""The course of a report: what its sentences leave to the next, and its figures to the figures behind them.

Knows paragraphs, the parts that ； divides and those told behind 其中. Leaves out what one sentence says by itself
(`sentences.py`) and whom a sentence is about (`stage.py`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.amount_clause import RATES, Measure
from extract.finds import Finds
from extract.fixed_wordings import CONVERTED
from extract.mentions import FigureDraft
from extract.modality import AHEAD, is_done
from extract.passages import Span
from extract.sentences import Sentence
from extract.stage import Stage
from extract.things_behind import BEHIND_BAR
from extract.told_before import SET_BESIDE

SHORTEST_SENTENCE = 6  # characters in which a sentence without amounts can turn to somebody else
MOST_OWNERS = 3  # in one sentence, from which on it lists them, and the next does not go on about the last


class Course:
    """How a report goes on from one passage that holds amounts to the next; `begin` and `end` each of them, in order."""

    def __init__(self, finds: Finds) -> None:
        self.finds = finds
        self.before: Measure | None = None  # what was counted last in the paragraph
        self.paragraph = 0  # where it begins
        self._told = 0  # where the last passage that holds amounts ends
        self._looked = 0  # how far paragraphs and full stops were looked for
        self._stage = Stage(finds, -1, -1)  # what the passage before left
        self._part = self._stage  # what the last one on a part left
        self._opened = self._stage  # what stood before the sentence that ； divides
        self._goes_on = False  # whether the passage is a further part of that sentence
        self._lists = False  # whether the parts of that sentence each have their own owner
        self._of_parts = False  # whether it tells of parts (其中日本客商…;欧美客商…): they are not what the next goes on about

    def begin(self, passage: Span) -> Stage:
        """The stage on which the amounts of `passage` are read."""
        text, start = self.finds.text, passage[0]
        begun_at = max(self.paragraph, text.rfind("\n", self._looked, start) + 1)
        if begun_at == 0 or not text.startswith("其中", begun_at):  # a paragraph of parts goes on with the one before
            self.paragraph = begun_at
        divided = start > 0 and text[start - 1] in "；;"
        self._goes_on = divided and text.find("。", self._looked, start) < 0
        self._looked = start
        if self._lists and not self._goes_on:
            self._stage = self._opened
        if self.paragraph != self._stage.paragraph:
            self.before, self._stage = None, Stage(self.finds, self.paragraph, start)
        elif start - self._told > SHORTEST_SENTENCE:
            self._stage = self._stage.through(self._told, start)
        self._told = passage[1]
        if not self._goes_on:
            self._opened, self._lists = self._stage, False
        told_parts = self._of_parts
        self._of_parts = text.startswith("其中", start) or (told_parts and divided)
        self._stage = self._stage.counting(*passage)
        goes_on_part = told_parts and self._of_parts and _DONE_TOO.match(text, start) is not None
        return self._part if goes_on_part else self._stage

    def end(self, sentence: Sentence, drafts: Sequence[FigureDraft], begun: int, measure: Measure | None) -> None:
        """Keep what `sentence` leaves, whose figures are those of `drafts` from `begun` on, the last one of `measure`."""
        self.before = measure
        if not drafts:
            return
        if self._of_parts:
            self._part = self._stage.after(sentence, drafts[-1].actors, drafts[-1].places)
            return
        own = drafts[begun:]
        if len(own) >= MOST_OWNERS and len({draft.actors for draft in own}) >= MOST_OWNERS:
            return
        told = (len(own) > 1 and _told_last(self.finds.text, own)) or drafts[-1]
        after = self._stage.after(sentence, told.actors, told.places)
        self._lists = self._lists or (self._goes_on and self._stage is not self._opened and disjoint(self._stage.who, after.who))
        self._stage = after


_DONE_TOO = re.compile("(?:实现|完成|取得|创造|总)")  # 其中,江省接待游客5万人次;实现收入3亿元: the part told of did that too


def _told_last(text: str, drafts: Sequence[FigureDraft]) -> FigureDraft | None:
    """The last figure of a sentence before 其中: parts told behind it are not what the next sentence goes on about."""
    at = text.find("其中", drafts[0].end, drafts[-1].start)
    return next((draft for draft in reversed(drafts) if draft.end <= at), None) if at >= 0 else None


def disjoint(a: Sequence[str], b: Sequence[str]) -> bool:
    return bool(a) and bool(b) and not set(a) & set(b)


# --- from figure to figure ----------------------------------------------------------------------------------


def joined(text: str, drafts: Sequence[FigureDraft], draft: FigureDraft, measure: Measure, before: Measure | None, passage: Span) -> FigureDraft:
    """A draft with what the figures before it say of it: of a sector whose, of 3亿美元（约合20亿元） all, else how meant and when."""
    first, last = drafts[0], drafts[-1]
    if draft.actors in _OF_NOBODY and not draft.places and first.actors and first.actors[0].endswith(_SECTOR_ENDS):
        draft = draft._replace(actors=first.actors[:1])
    if last.actors and draft.actors != last.actors and draft.quantity.unit in RATES and _SHARE.fullmatch(text, last.end, draft.start):
        draft = draft._replace(actors=last.actors, places=last.places)
    if measure.rule == CONVERTED and last.end <= draft.start:
        draft = draft._replace(actors=last.actors, places=last.places, as_of=last.as_of, as_of_from=last.as_of_from, as_of_span=last.as_of_span, modality=last.modality)
    if last.modality in AHEAD and draft.modality == "actual" and measure.rule != BEHIND_BAR and _carries_modality(text, last, draft, passage):
        inferred = draft.as_of.endswith("?") and not draft.as_of_from  # the day of a report does not date a plan
        draft = draft._replace(modality=last.modality, as_of="" if inferred else draft.as_of)
    if not draft.as_of and measure.rule != SET_BESIDE and (_is_expected(draft, last, passage) or _shares_date(text, last, draft, measure, before)):
        draft = draft._replace(as_of=last.as_of, as_of_from=last.as_of_from, as_of_span=last.as_of_span)
    return draft


# 云江市机电产品出口30亿元，占同期全省出口总值的12%: the share is of what is told, and not of the whole.
_SHARE = re.compile("[^，,。；;0-9]{0,6}[，,](?:约|已|仅|共)?占[^，,。；;：:0-9]{0,24}")
_OF_NOBODY = ((), ("全国",))
_SECTOR_ENDS = ("行业", "市场")  # 快递行业收入310亿元。包裹业务…: a report on a sector gives its parts without naming it again


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
    return draft.modality == "forecast" and "预期" in draft.measure and last.modality == "actual" and last.start >= passage[0]


_FORESEEN = ("估计的", "预期的", "预计的", "预测的", "预估的")  # 低于分析师估计的107亿元: that one amount
_DONE_BEHIND = re.compile(r"[^，,。；;]{0,12}(?:已(?!知)|了)")  # 超过3400家参展商已报名



def _carries_modality(text: str, last: FigureDraft, draft: FigureDraft, passage: Span) -> bool:
    """预计营收达100亿元,利润达10亿元: the second is foreseen as well, unless the words between say that it is so already
    or only the one amount was named as foreseen (市场预期9亿元,前年盈利8亿元)."""
    return (
        last.start >= passage[0]
        and not last.measure.endswith(("预期", "预测")) and not text.endswith(_FORESEEN, 0, last.start)
        and not is_done(text[last.end : draft.start]) and not (last.measure.endswith("目标") and "最终" in text[last.end : draft.start]) and not _DONE_BEHIND.match(text, draft.end)
    )  # fmt: skip
