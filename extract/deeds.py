"""Which deeds a sentence tells: of several on one date one, unless the wording sets them apart.

Knows that one clause tells one deed and one date dates one deed, and the wordings that set several apart
(与优酷联姻、收购高德; 2013年12月及今年2月). Leaves out what makes a trigger word tell a deed (`telling.py`), who and where.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise

from extract import participants, triggers
from extract.passages import Span
from extract.story import Story
from extract.story_sentences import Sentence
from extract.telling import AT_MEETING, Told, candidates_in
from extract.triggers import Trigger


def deeds_in(story: Story, sentence: Sentence) -> list[Told]:
    """The deeds of the sentence in order."""
    deeds = candidates_in(story, sentence)
    while True:
        chosen = _apart(story, sentence, deeds) if len(deeds) > 1 else deeds
        cut = [deed for deed in chosen if not _whole_word(story, deed.trigger, sentence.clauses[deed.clause])]
        if not cut:
            return chosen
        deeds = [deed for deed in deeds if deed not in cut]  # 发射 in 发射中心: another of the sentence may be the deed


def _whole_word(story: Story, trigger: Trigger, clause: Span) -> bool:
    """会面 in 社会面貌 is no meeting: a word must begin or end where the trigger does."""
    at, to = trigger.start, trigger.end
    if story.text[at - 1 : at] in _ENDS_DATE or story.text[to : to + 1] == "于":
        return True  # 1980年|出生, 李立|人出|生于
    words = story.words(clause)
    behind = bisect_left(words, (at + 1,))  # the first that begins behind the trigger's first character
    return words[behind - 1].start == at or to in [word.end for word in words[behind - 1 : behind + 1]]


_ENDS_DATE = frozenset("年月日")


def _apart(story: Story, sentence: Sentence, candidates: Sequence[Told]) -> list[Told]:
    """Of the triggers that hang on one date the best stays; others only where the sentence sets them apart."""
    text = story.text
    groups: dict[object, list[Told]] = {}
    for deed in _one_a_clause(text, sentence, _without_framing(sentence, _main_verbs(text, sentence, candidates))):
        groups.setdefault((deed.dates[-1].span, deed.dates[-1].near in ("frame", "paragraph")), []).append(deed)
    kept: list[Told] = []
    # a prize is won beside what else is told (比赛结束，东湖队获得亚军), and harm comes of it (货车翻车，3人被困)
    prizes, harm = triggers.prize_words(), triggers.words_for("harm")
    for group in groups.values():
        main = [deed for deed in group if not deed.since] or group
        hurt = min((deed.clause for deed in main if deed.trigger.text in harm), default=0)
        came_of = any(deed.trigger.type == "incident" and deed.trigger.text not in harm and deed.clause < hurt for deed in main)
        best = min(main, key=lambda deed: (not deed.trigger.sure or deed.trigger.text in prizes or (came_of and deed.trigger.text in harm), deed.trigger.type == "speech", deed.trigger.start))
        kept += [deed for deed in group if deed is best or deed.since or _set_apart(story, sentence, deed, best)]
    return sorted(kept, key=lambda deed: deed.trigger.start)


# 推出30亿元的计划: an amount measures what is behind 的, the deed does not describe it.
_DESCRIBES = re.compile(r"(?![0-9一两二三四五六七八九十百千万几数首])[^，,。；、在]{0,6}?的(?=[一-鿿《“A-Za-z0-9])")


def _main_verbs(text: str, sentence: Sentence, candidates: Sequence[Told]) -> list[Told]:
    """在北京举办的论坛闭幕, 完成由A领投的融资: a deed that describes a thing gives way to another of its clause."""
    candidates = _without_names_of_meetings(text, sentence, candidates)
    held = {(d.clause, d.trigger.end) for d in candidates if d.trigger.text in triggers.words_for("held") and text.startswith("的", d.trigger.end)}
    if held:  # 在东湖举行的签约仪式: the ceremony is what was held
        candidates = [
            d
            for d in candidates
            if not any(d.clause == clause and end < d.trigger.start for clause, end in held)
            or not (d.trigger.text.endswith("仪式") or text.endswith(AT_MEETING, *sentence.clauses[d.clause]))
        ]
        candidates = [d for d in candidates if not ((d.clause, d.trigger.end) in held and _is_occasion(text, sentence, d, candidates))]
    if not any(text.find("的", deed.trigger.end, deed.trigger.end + 8) >= 0 for deed in candidates):
        return list(candidates)
    starts = [deed.trigger.start for deed in candidates]
    aside = {
        deed.trigger.start
        for deed in candidates
        if not deed.since
        and (match := _DESCRIBES.match(text, deed.trigger.end, sentence.clauses[deed.clause][1]))
        and not any(match.start() < start < match.end() for start in starts)  # 获得由甲领投的七亿元: only 领投 describes
    }
    main = {(deed.clause, deed.dates[-1].span) for deed in candidates if deed.trigger.start not in aside and deed.trigger.text not in _AS_GUESTS}
    return [d for d in candidates if d.trigger.start not in aside or (d.clause, d.dates[-1].span) not in main]


def _is_occasion(text: str, sentence: Sentence, held: Told, candidates: Sequence[Told]) -> bool:
    """昨天举行的签约仪式上，甲与乙签订协议: the ceremony is only where those who are named signed."""
    first, last = sentence.clauses[held.clause]
    if not text.endswith(AT_MEETING, first, last) or not _SIGNING.search(text, held.trigger.end, last):
        return False
    signed = [d for d in candidates if d.clause == held.clause + 1 and d.trigger.type == "agreement" and d.trigger.sure]
    return any(last <= actor.start and actor.end <= deed.trigger.start for deed in signed for actor in sentence.actors)


_AS_GUESTS = frozenset(["参会", "与会"])  # 于3日闭幕的博览会吸引两万名客商|参会; but 周立人|出席在东湖召开的会议 attends
# 甲收购乙股权案已获无条件|批准: the deed is the thing that something is done to.
_SUBJECT_MADE = re.compile(r"[^，。；、]{0,16}(?:案|事项|申请|计划|方案|议案|交易|请求)(?:已|正式|也|还|均)?(?:经|获|被|遭|通过)[^，。；]{0,6}$")
_HELD_FOR = re.compile("(?<![因成作称认])为(?![^，。；]*的)[^，。；]{1,10}$")  # 为外宾|来访举行欢迎仪式
# 对甲滥用市场支配地位行为|立案调查
_OBJECT_MADE = re.compile(r"[^，。；]{0,24}(?:行为|问题|案件|事件)(?:依法|正式|进行|展开|予以|作出|实施){0,2}$")
# 甲起诉乙一案在临江|开庭
_MATTER = re.compile(r"[^，。；、]{0,14}(?:一案|案件|纠纷)[^，。；、]{0,10}$")
_JOINTLY = frozenset(["联合", "携手", "联手"])


def _without_names_of_meetings(text: str, sentence: Sentence, candidates: Sequence[Told]) -> Sequence[Told]:
    """新品发布暨项目签约仪式在杭州举行: what stands ahead of 仪式 only says what kind it was."""
    made = {
        one.trigger.start
        for one, other in pairwise(candidates)
        if one.clause == other.clause
        and (
            one.trigger.text in _JOINTLY  # 七部门联合|进驻, 甲携手乙|建成
            or (
                other.trigger.text in triggers.words_for("held")
                and text.find("并", one.trigger.end, other.trigger.start) < 0
                and _HELD_FOR.search(text, sentence.clauses[one.clause][0], one.trigger.start)
            )
            or _SUBJECT_MADE.match(text, one.trigger.end, other.trigger.start)
            or _MATTER.match(text, one.trigger.end, other.trigger.start)
            or (text.rfind("对", sentence.clauses[one.clause][0], one.trigger.start) >= 0 and _OBJECT_MADE.match(text, one.trigger.end, other.trigger.start))
        )
    }
    attending = triggers.words_for("taking part")
    taking_part = [deed for deed in candidates if deed.trigger.text in attending]
    made |= {
        other.trigger.start
        for one in taking_part
        for other in candidates
        if one.clause == other.clause and text.find("见证", one.trigger.end, other.trigger.start) >= 0
    }  # 出席签约仪式并见证双方签署协议
    if made:
        candidates = [deed for deed in candidates if deed.trigger.start not in made]
    held = {deed.clause: deed.trigger.start for deed in candidates if deed.trigger.text in triggers.words_for("held")}
    if not held:
        return candidates
    return [
        deed
        for deed in candidates
        if deed.trigger.start >= held.get(deed.clause, 0) or not triggers.gatherings()[0].search(text, deed.trigger.start, held[deed.clause])
    ]


def _without_framing(sentence: Sentence, candidates: Sequence[Told]) -> list[Told]:
    """宣布收购 is told by 收购: a framing verb goes where a deed follows in its clause or the next."""
    framing = triggers.framing()
    deeds = [deed for deed in candidates if deed.trigger.text not in framing and deed.trigger.type != "speech"]
    starts = {deed.trigger.start for deed in candidates}  # 展开回击: what follows at once is the deed, whatever it is
    return [
        deed
        for deed in candidates
        if deed.trigger.text not in framing
        or (deed.trigger.end not in starts
        and not any(0 <= d.clause - deed.clause <= _reach(deed, sentence.clauses[deed.clause][1]) and d.trigger.start > deed.trigger.start for d in deeds))
    ]


def _reach(deed: Told, end: int) -> int:
    """How many clauses on the deed may stand: 公告称 carries the whole of a sentence."""
    if deed.trigger.text in _BEGINNING and end - deed.trigger.end >= 2:
        return 0  # 启动攻坚行动，拆除违建: what begins is named
    return 4 if deed.trigger.text.endswith("称") or deed.trigger.text == "接到" else 1


_BEGINNING = frozenset(["启动", "开展", "展开", "开始", "承办"])


def _one_a_clause(text: str, sentence: Sentence, candidates: Sequence[Told]) -> list[Told]:
    """In one clause the first deed counts, and those listed with it; what follows is its object (调研投资项目)."""
    kept: list[Told] = []
    for deed in candidates:
        first = next((other for other in kept if other.clause == deed.clause), None)
        in_passing = deed.since or (first is not None and (first.since or first.dates[-1].span != deed.dates[-1].span))
        if not first or in_passing or first.trigger.sure < deed.trigger.sure or _is_listed(text, sentence, deed):
            kept.append(deed)
    return kept


def _is_listed(text: str, sentence: Sentence, deed: Told) -> bool:
    """与优酷联姻、收购高德: a sure deed behind 、 with an object of its own."""
    trigger = deed.trigger
    return trigger.sure and is_joined(text, trigger.start) and any(a.start == trigger.end for a in sentence.actors)


def is_joined(text: str, at: int) -> bool:
    """Whether a mark or word joins the deed at `at` to what stands before: 联姻、|收购, 揭牌并|开工; not 一并|启动."""
    return text[at - 1] in "、和并及" and text[at - 2 : at] != "一并"


def _is_said_there(story: Story, sentence: Sentence, deed: Told, best: Told) -> bool:
    """在6月10日举行的峰会上，总裁周立人表示: the meeting and what a person said there are two."""
    if best.trigger.text not in triggers.words_for("held") or deed.clause != best.clause + 1:
        return False
    start = sentence.clauses[deed.clause][0]
    if not story.text.endswith(AT_MEETING, *sentence.clauses[best.clause]):
        return False
    return any(a.type == "person" and start <= a.start and a.end <= deed.trigger.start for a in sentence.actors)


_MANNER = re.compile("分会场|以[^，。]{2,14}(?:方式|形式)$")


def _is_ceremony_of(text: str, clause: Span, held: Told, trigger: Trigger) -> bool:
    """Whether the clause holds the ceremony for the deed: 开工仪式举行 for 开工."""
    at = text.find(trigger.text, *clause)
    return at >= 0 and triggers.ceremonies().search(text, at, clause[1]) is not None


_SIGNING = re.compile("签约|签字|签署")


_APART = re.compile(r"[“\"]?(?:(?:审议|研究|表决)(?=.{0,6}通过)|并(?!非|不)|同时|随后|随即|之后|此后|还|又|再|且|另|此外|亦|会上|仪式上)")


_ADDED = re.compile("[还又](?=[^，。]{0,2}$)")  # 甲两次投资乙，甲还入股了丙


def _is_part_of(text: str, sentence: Sentence, deed: Told, best: Told) -> bool:
    """Whether the deed is a part of the best: what guests did where a gathering was held, who put the money into a round."""
    trigger, main = deed.trigger, best.trigger
    start, end = sentence.clauses[deed.clause]
    if trigger.text in triggers.words_for("investing"):
        return main.text == "融资" and best.clause < deed.clause  # 甲完成B轮融资，乙领投，丙跟投
    held = triggers.words_for("held")
    if main.text not in held:
        return False
    first, last = sentence.clauses[best.clause]
    if trigger.type == "agreement" and deed.clause == best.clause + 1 and _SIGNING.search(text, first, last):
        return True  # 举行合作签约仪式，签署协议
    if trigger.text in triggers.words_for("taking part"):
        return True  # 市里举行发布会，部长主持
    if text.find("宣布", start, trigger.start) >= 0 and (trigger.text == main.text or triggers.declared()[0].search(text, start, end)):
        return True  # 亚运会开幕，省长宣布开幕; 举行奠基仪式，县长宣布开工
    if trigger.text in held and _MANNER.search(text, start, trigger.start):
        return True  # 大会在主会场召开，各分会场以视频方式举行
    return trigger.type == "launch" and _is_ceremony_of(text, sentence.clauses[best.clause], best, trigger)  # 集中开工仪式举行，31个项目集中开工


def _set_apart(story: Story, sentence: Sentence, deed: Told, best: Told) -> bool:
    """A second deed on the same date: listed with the first; another's deed in another clause; 并, 同时."""
    text, trigger = story.text, deed.trigger
    start, end = sentence.clauses[deed.clause]
    if trigger.type == "speech":
        return _is_said_there(story, sentence, deed, best)
    if _is_part_of(text, sentence, deed, best):
        return False
    if trigger.sure and trigger.text in triggers.words_for("electing"):
        return True  # 大会闭幕，会议选举周立人为县长
    if deed.clause == best.clause:
        return trigger.start > best.trigger.end and _is_listed(text, sentence, deed)
    own = [a for a in sentence.actors if start <= a.start and a.end <= trigger.start and participants.is_subject(text, a)]
    first, last = sentence.clauses[best.clause]
    others = {a.name for a in sentence.actors if first <= a.start < last}
    if own and own[0].name not in others and (trigger.sure or triggers.is_done(text, trigger, start)):
        return True
    if deed.clause < best.clause:
        return _ADDED.search(text, sentence.clauses[best.clause][0], best.trigger.start) is not None and best.clause == deed.clause + 1
    if not trigger.sure:
        return False
    if trigger.type in _BY_SOMEBODY_ELSE and _counts_its_own(story, trigger, start, end) and participants.own_subject(story.words((start, end)), trigger).exists:
        return True
    if trigger.type == best.trigger.type:
        return trigger.type != "policy" and trigger.text != best.trigger.text and _APART.match(text, start, end) is not None
    return _is_another_kind(story, sentence, deed, best)


def _counts_its_own(story: Story, trigger: Trigger, start: int, end: int) -> bool:
    """13家茶企签订合作协议，|8所学校与茶企签订供货协议; 基地项目奠基，|江海学校等10个项目签约: a number says who or what else."""
    if story.has_amount(start, start + 1):
        return trigger.type == "launch" or end - trigger.end > 2
    return end - trigger.end <= 1 and _LIST_OF.search(story.text, start, trigger.start) is not None


_LIST_OF = re.compile("等[0-9一二两三四五六七八九十百]+[余多]?[个家条项所座](?:重点|重大|产业|招商)?(?:项目|企业|工程|公路|高铁|铁路|学校|医院|园区)(?:集中|同时|正式|成功|顺利|陆续)?$")
_BY_SOMEBODY_ELSE = frozenset(["agreement", "launch", "founding", "investment"])


def _is_another_kind(story: Story, sentence: Sentence, deed: Told, best: Told) -> bool:
    """Whether a sure deed of another type than the best, behind it, is one of its own."""
    text, trigger = story.text, deed.trigger
    start, end = sentence.clauses[deed.clause]
    if deed.clause == best.clause + 1 and trigger.start - start <= 2 and end - trigger.end >= 4 and best.trigger.type != "speech":
        return True  # 召开大会，推出新系统
    if best.trigger.type == "meeting" and trigger.type == "agreement" and story.has_amount(trigger.end, end):
        return True  # 招商大会举行，签约项目242个
    return _APART.match(text, start, end) is not None or participants.own_subject(story.words((start, end)), trigger, sentence.times).span is not None
