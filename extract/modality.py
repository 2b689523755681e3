"""How an amount is meant: as it is, as foreseen, as aimed at, as a rule, or as an assumption.

Knows the words of `lexicon/modality.yaml` and how far they hold. Leaves out whether the speaker is right.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from extract.lexicons import either, read_lexicon, words_in
from extract.mentions import Modality, make
from extract.passages import Span
from extract.words import is_word

AHEAD: frozenset[Modality] = frozenset(("forecast", "target"))  # of what is to come

# What has happened is actual whatever stood before: 计划投资100亿元,目前已完成30亿元.
_DONE = re.compile(r"已经|已(?!知)|累计|实现了|达到了|完成了|截至|截止")
# 预计, and 预计到2025年, and 预测： hold for all that follows in the sentence; elsewhere a word holds for its clause.
_ANNOUNCES = re.compile(r"(?:到|至|在)?[^,，:：；;]{0,9}[,，:：]")
_GIVES = re.compile(r"[0-9%](?![0-9.年月日至到-])")
_NOUN_ENDS = ("目标", "任务", "计划", "规划")
_NOUNS = frozenset(("计划", "目标", "规划", "设想", "预期", "预测"))  # 终止重组计划，…: a thing, and no announcement
_OF_A_NOUN = tuple("的次新场前据项该")  # 根据最新预测，…: a thing; 主计总处预测，…: somebody foresees
_BEYOND = re.compile("(?:高于|低于|超出|超过|优于|好于)[^，,]{0,8}$")
_HABIT = re.compile(r"每[天年月周日](?!度)")


# 将价值200万元的物资送往: what is done with it.
_WORTH = re.compile(r"(?:价值)?[约近超逾]{0,2}过?[0-9]{1,6}(?!年)[0-9.,]*[多余]?[十百千万亿]{0,2}(?:元|件|箱|台|只|瓶|套|张|份|名|头|辆|吨)")
# 将食品标签进行更换, 将产能提升至了5万吨: a thing, and behind it what is done with it; 将逐步纳入 is to come.
_HANDLED = re.compile(
    "(?!逐|全|进|陆续|正式|统一|持续|不断|继续|同步|分别|共同|依法|严格|适时|再|一并|直接|优先|重点"  # no more than how it is done
    "|首|被|对|会|在|于|按|以|由|从|向|为|与|和|把|通过|根据"  # what it is done to, by or after
    "|围绕|组织|开展|实施|作|用|纳|列|移|送|提|降|大|更|有|还|也|予|采取|举|召|出|完|实|于|投|推|加|建|新|使|让|可"  # the first character of what is done
    "|能|要|随|定期|每|陆|接|立即|马上|扩|修|购|租|收|启|招|培|引|支|派|受|面|迎|参|赴|联|协|配|强|确|保"
    "|落|创|打|探|研|制|构|搭|优|发|募|捐|筹|选|办|所得|奖|补|给)"
    "[^，,。；;：:\n0-9]{2,16}?(?:纳入|列入|划入|划定为|作为"  # what a thing is made part of
    "|移送|移交|送[往到]|卖[到给]|分[为成]"  # where it goes
    "|整合[成为]|打造[成为]|建设成|转化为|转变为|变成|改[为造成]|视为"  # what it becomes
    "|进行|予以|停放|压制|放[在入]|存[放入]|送医|交给|捐给|捐赠给|带[到给]|发给"  # what is done with it
    "|(?:提升|提高|增加|扩大|降低|降|减少|缩短|压缩)(?:[至到]?了)"
    "|(?:下调|上调|调降|调升|下修|上修)(?:[至到为了]|[0-9约近]))"  # 将利率下调25个基点: what is to come is 将下调利率
)


# 若按地区划分，…: how it is told, and no assumption, unless 就能 follows.
_ONLY_SORTED = re.compile("(?:以|按|从|按照|就)[^，,。；;]{1,24}?(?:划分|来看|看|区分|来说|而言)[，,](?![^。；;]{0,40}?(?:就[能会可要将]|才[能会可]|便[能会可]))")


class ModalWord(NamedTuple):
    """A word that says how an amount is meant; `kind` "" where it only looks like one (将军, 高于预期)."""

    start: int
    end: int
    text: str
    kind: str


def find_modal_words(text: str, start: int, end: int) -> list[ModalWord]:
    """The modal words of one sentence, in order."""
    kinds = _kinds()
    found = [make(ModalWord, (*m.span(), word := m.group(), kinds[word])) for m in _words().finditer(text, start, end)]
    return [word for word in found if word.text != "料" or not _is_stuff(text, word.start)]


def _is_stuff(text: str, at: int) -> bool:
    """Whether 料 ends the name of a thing: 饲|料2吨, but not 分析师|料销量达2万吨."""
    if at == 0 or text[at - 1] in _OPENS or text.endswith(_FORETELLERS, 0, at):
        return False
    return text[at + 1 : at + 2].isdecimal() or is_word(text[at - 1 : at + 1]) or text.startswith(_TOLD_OF_STUFF, at + 1)


_OPENS = "，。；：、“”\n \u3000,;:"
_FORETELLERS = ("机构", "分析师", "分析员", "市场", "业界", "外界", "大摩", "小摩", "高盛", "大行", "花旗", "瑞银", "野村", "里昂", "汇丰", "当局", "政府", "公司", "集团", "银行", "证券", "专家", "部", "局", "署", "会", "社", "院")
_TOLD_OF_STUFF = ("约", "近", "超", "逾", "价", "产", "厂", "行", "企", "仓", "库", "场", "的", "、", "，", "等", "和")


def modality_of(text: str, words: Sequence[ModalWord], clause: int, amount: Span, dated: bool = True, rate: bool = False) -> Modality:
    """`words`: the modal words of the sentence; `clause`: where the amount's clause starts; `amount`: span with its
    qualifier; `dated`: whether the sentence names a date before (without one 每月20M is a general truth); `rate`: whether
    the amount is a rate (相当于…的78% is no assumption).
    """
    start, end = amount
    if text[end : end + 1] in _tail_starts() and (tail := _tails().match(text, end)) and not text.startswith("单列", tail.end()) and (kind := _kinds()[tail.group()]):
        return kind  # type: ignore[return-value]
    if dated and not words:
        return "actual"
    here = held = ""
    for word in words:
        if word.start >= start or (rate and word.text == "相当于"):
            continue
        kind = word.kind
        if kind == "hypothetical" and _ONLY_SORTED.match(text, word.end):
            continue
        if not kind and word.text.endswith("预期") and text.startswith("的", word.end) and word.end + 1 == start:
            kind = "forecast"  # 高于预期 is no forecast, but 高于预期的14.43元 names one
        if rate and word.kind == "target" and word.text.endswith(_NOUN_ENDS) and text.startswith("的", word.end) and word.end + 1 == start:
            kind = ""  # 完成全年目标的56.6%: how much of an aim is reached
        if rate and word.text == "目标" and _BEYOND.search(text, clause, word.start):
            kind = ""  # 高于考核目标值4.8%
        if kind and text[word.end : word.end + 1] in _CLOSES and word.text in _NOUNS and _is_name(text, word):
            kind = ""  # 启动“绿谷更新计划”,释出土地3公顷: a name
        if word.start >= clause:
            here = kind or here
        elif kind and _holds_on(text, word, clause):
            held = "" if word.text.endswith("目标") and text.startswith(_IN_FACT, clause) and not _LATER.search(text, word.start - 8, clause) else kind
    if here == "general" and held == "forecast":
        return "forecast"  # 预计到月末，还可以投资4亿元
    if here or _DONE.search(text, clause, start):
        return here or "actual"  # type: ignore[return-value]
    return held or ("general" if not dated and (habit := _HABIT.search(text, clause, start)) and "均" not in text[clause : habit.start()] else "actual")  # type: ignore[return-value]


_IN_FACT = ("最终", "实际", "结果")  # 增长目标为6%，最终达5%
_LATER = re.compile("明年|后年|未来|今后|到20|20[2-9][0-9]年|公司|集团|[到至]年底")  # 目标是明年达3万辆，最终达10万辆
_CLOSES = frozenset("」”』")  # what stands in 《》 announces what follows


def _is_name(text: str, word: ModalWord) -> bool:
    """Whether a quote that `word` ends is the name of a plan that was begun (启动“绿谷更新计划”,…), or only says which (“倍增计划”企业);
    根据“十三五规划”,… goes by the plan."""
    opening = max(text.rfind(mark, max(0, word.start - 16), word.start) for mark in "「“『")
    if opening < 0:
        return False
    return "一" <= text[word.end + 1 : word.end + 2] <= "鿿" or text.endswith(words_in("event_types", "begun under a name"), max(0, opening - 3), opening)


def is_handled(text: str, start: int) -> bool:
    """Whether 将, which ends at `start`, only leads to what something is done with (将样品送往实验室)."""
    handled = _HANDLED.match(text, start)
    return _WORTH.match(text, start) is not None or (handled is not None and not (handled.group().endswith(_CUT_ENDS) and _FROM_LATER.search(text, max(0, start - _LATER_AHEAD), start)))


_CUT_ENDS = tuple(f"{way}{mark}" for way in ("下调", "上调", "调降", "调升", "下修", "上修") for mark in "至到为了0123456789约近")
_FROM_LATER = re.compile("起[，,]|明年|后年|年内|下[个月周]|今后|未来|测算|20[2-9][0-9]年")  # 6月1日起，将票价上调20%: to come
_LATER_AHEAD = 30


def _holds_on(text: str, word: ModalWord, clause: int) -> bool:
    """Whether an earlier clause announces (戴德梁行预计，…) or supposes (如果…，) something for the clauses behind it."""
    if word.kind == "hypothetical":
        return word.text != "相当于"  # 相当于全年产量的7%，员工300名
    if word.text == "需要":
        return False  # 32处摊位要搬，其中9处临街
    announced = _ANNOUNCES.match(text, word.end, clause)
    if announced is not None and _GIVES.search(announced.group()):
        return False  # 市场预期218.7亿元，去年同期…: what was foreseen is given already
    noun = word.text in _NOUNS and not (word.text == "预测" and text[word.start - 1 : word.start] not in _OF_A_NOUN)
    return announced is not None and not (noun and announced.group() in (",", "，"))


def is_done(words: str) -> bool:
    """Whether words say that something is so by now: 已, 累计, 目前, 去年."""
    return _DONE.search(words) is not None or re.search(r"目前|去年|此前|上年|实际", words) is not None


@cache
def _kinds() -> dict[str, str]:
    """Each word with what it means; "" where it only looks like one (将军, 高于预期)."""
    entries = read_lexicon("modality")
    kinds = {word: entry["modality"] for entry in entries for word in (*entry["words"], *entry.get("after", ()))}
    return kinds | {word: "" for entry in entries for word in entry.get("not", ())}


@cache
def _words() -> re.Pattern[str]:
    """Every word, the longest first, so that 将投入 is a plan and 将军 nothing."""
    return re.compile(either(word for entry in read_lexicon("modality") for word in (*entry["words"], *entry.get("not", ()))))


@cache
def _tail_starts() -> frozenset[str]:
    """The first character of each word that may stand behind an amount."""
    return frozenset(word[0] for entry in read_lexicon("modality") for word in entry.get("after", ()))


@cache
def _tails() -> re.Pattern[str]:
    return re.compile(either(word for entry in read_lexicon("modality") for word in entry.get("after", ())))
