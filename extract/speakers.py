"""Who says what: passages and quotations with the one who says them.

Knows speaker before the words (张勇表示,…), behind a quotation (“…”张启说), 在X看来, 据X介绍, unnamed speakers by what they
are (一位知情人士), quotations over several sentences, and talks printed under a name (汪海:…). Leaves out who is quoted
inside a quotation, and whether it is true.
"""

from __future__ import annotations

import functools
import re
from bisect import bisect_left, bisect_right, insort
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from extract import people
from extract.lexicons import either
from extract.mentions import Actor
from extract.occurrences import occurrences_of
from extract.owner_words import any_of, owner_words
from extract.words import is_word

if TYPE_CHECKING:
    from extract.finds import Row

Span = tuple[int, int]
_LONGEST_QUOTATION = 1500  # a quotation mark that never closes must not take the rest of the article


class Said(NamedTuple):
    """[start, end) is said by `name`."""

    start: int
    end: int
    name: str


def find_speakers(text: str, passages: Sequence[Span], actors: Sequence[Actor]) -> list[Said]:
    """Spans with the name of who says them, in order, without overlaps. `actors` are those of `find_actors(text)`.

    >>> from extract.actors import find_actors
    >>> text = "张勇表示，阿里将帮助商家。"
    >>> [(text[s:e], name) for s, e, name in find_speakers(text, [(0, len(text))], find_actors(text))]
    [('阿里将帮助商家。', '张勇')]
    """
    persons = [actor for actor in actors if actor.type == "person"]
    voices = _with_pronouns(text, _voices(text, actors), persons)
    said = _quoted(text, voices, persons) + _announced(text, passages, voices) + _talks(text, persons) + _under_names(text, passages)
    said.sort(key=lambda s: (s.start, -s.end))
    kept: list[Said] = []
    for span in said:
        if span.end > span.start and (not kept or span.start >= kept[-1].end):
            kept.append(span)
    return kept


def speaker_at(said: Row[Said], at: int) -> str:
    """Who says what stands at `at`; "" where the article speaks itself."""
    index = said.before(at + 1) - 1
    return said[index].name if index >= 0 and at < said[index].end else ""


class _Voice(NamedTuple):
    """Somebody with a verb of saying: [start, verb_end), open where a colon or comma follows."""

    start: int
    end: int
    name: str
    opens: bool


@functools.cache
def _verb() -> re.Pattern[str]:
    verbs = either(verb for verb in people.speech_verbs() if verb not in ("看来", "眼中", "指"))
    return re.compile(rf"(?:{verbs})(?<!来[说讲])(?<![小传学假]说)(?:记者|媒体)?(?P<opens>[,，:：])?")


_FARTHEST = 18  # so many characters may stand between a speaker and his verb: 张勇在接受本报记者采访时表示


_SOMEBODY = ("一位", "一名", "多位", "多名", "某位")


@functools.cache
def _unnamed() -> re.Pattern[str]:
    # 一位不愿具名的互联网业内高管则更坦白地说: who is not named is called by what he is.
    return re.compile(rf"((?:[^，。！？；：“”\n,的]{{0,10}}的)?[^，。！？；：“”\n,的]{{0,12}}?(?:{any_of('speakers without a name')}))(?=[^一-鿿]|[一-鿿])")


def _voices(text: str, actors: Sequence[Actor]) -> list[_Voice]:
    """Everybody a verb of saying follows in the same clause, in order."""
    found: list[_Voice] = []
    ends = [actor.end for actor in actors]
    taken = -1
    for match in _verb().finditer(text):
        index = bisect_right(ends, match.start()) - 1
        while index > taken and match.start() - ends[index] <= _FARTHEST and _spoken_to(text, actors[index]):
            index -= 1
        if index <= taken or match.start() - ends[index] > _FARTHEST or _BREAK.search(text, ends[index], match.start()):
            continue
        taken, actor = index, actors[index]
        of_it = _of_body().match(text, actor.end, match.start()) if actor.type != "person" else None
        name = actor.text + of_it[1] if of_it else actor.name  # 云帆会员告诉记者
        found.append(_Voice(actor.start, match.end(), name, match.group("opens") is not None))
    for at in occurrences_of(text, *_SEEN):  # 在张勇看来，
        index = bisect_left(ends, at)
        if index < len(ends) and ends[index] == at and text.startswith("在", _person_start(actors[index]) - 1):
            found.append(_Voice(actors[index].start, at + (3 if text[at + 2 : at + 3] in tuple("，,") else 2), actors[index].name, True))
    found += _unnamed_voices(text, actors, ends)
    found.sort()
    return found


@functools.cache
def _he_says() -> re.Pattern[str]:
    """他透露， at the beginning of a sentence."""
    return re.compile(rf"[他她](?<=[。！？”」\n ].)(?:还|也|又|同时|进一步|坦率地|最后)?(?:{'|'.join(map(re.escape, people.speech_verbs()))})(?<!来[说讲])[，,：:]")


def _with_pronouns(text: str, voices: list[_Voice], persons: Sequence[Actor]) -> list[_Voice]:
    """The voices, and 他 who is the one who spoke in the sentence before or the only person it names: 周立强介绍，…。他说，…"""
    if not persons:
        return voices
    names, starts = {actor.name for actor in persons}, [actor.start for actor in persons]
    he_says = _he_says()
    for at in occurrences_of(text, "他", "她"):
        if (match := he_says.match(text, at)) is None:
            continue
        before = max(text.rfind(mark, max(0, match.start() - _LONGEST_QUOTATION), match.start() - 1) for mark in "。！？\n") + 1
        spoke = voices[bisect_left(voices, (match.start(),)) - 1] if voices else None
        between = _QUOTED.sub("", text[spoke.end : match.start() - 1]) if spoke and 0 <= match.start() - spoke.end < _LONGEST_QUOTATION else "。"
        told = persons[bisect_left(starts, before) : bisect_left(starts, match.start())]
        if spoke and spoke.name in names and not _SENTENCE_ENDS.search(between):
            name = spoke.name
        else:
            name = told[0].name if told and _opens(text, before, told[0]) else ""
        if name and all(actor.name == name for actor in told):
            insort(voices, _Voice(match.start(), match.end(), name, True))
    return voices


def _opens(text: str, start: int, person: Actor) -> bool:
    """Whether the sentence at `start` is about the person: he stands at its beginning, or behind a date."""
    begin = _person_start(person)
    if text[begin - 1 : begin] in _NO_SUBJECT or text[person.end : person.end + 1] in ("和", "与", "、", "及"):
        return False
    return _TO_SUBJECT.fullmatch(text, start, begin) is not None


_TO_SUBJECT = re.compile("[^，,、除]{0,10}(?:[日天午晚][，,]?)?")
_NO_SUBJECT = frozenset("对向与和被给跟为了把由于")
_QUOTED = re.compile("“[^“”]*”?|「[^「」]*」?")
_SENTENCE_ENDS = re.compile("[。！？\n]")
_SEEN = ("看来", "眼中")
# 云海网5月2日电 据外媒报道: who is cited behind 据 speaks, and not who passes it on.
_BREAK = re.compile(r"[，。！？；：:“”「」\n,]|(?<![数证依根论票单])据(?!了解|介绍|悉)")


@functools.cache
def _done_to() -> frozenset[str]:
    return frozenset(("告诉", *owner_words("done to whom is named")))


@functools.cache
def _of_body() -> re.Pattern[str]:
    return re.compile(f"的?(?:一[位名])?({any_of('those a body has')})")


def _spoken_to(text: str, actor: Actor) -> bool:
    """向时代周报记者, 告诉本报, 在国务院吹风会上: not the one who speaks."""
    return text[actor.start - 1 : actor.start] in ("向", "对", "在") or text[actor.start - 2 : actor.start] in _done_to()


def _unnamed_voices(text: str, actors: Sequence[Actor], ends: Sequence[int]) -> list[_Voice]:
    found = []
    end = 0
    for start in occurrences_of(text, *_SOMEBODY):
        if start < end or (match := _unnamed().match(text, start + 2)) is None:
            continue
        end = match.end()
        at = bisect_left(ends, start)
        if at < len(actors) and actors[at].start < end:
            continue
        verb = _verb().search(text, end, end + _FARTHEST + 6)
        if verb and not _BREAK.search(text, end, verb.start()):
            found.append(_Voice(start, verb.end(), match.group(1), verb.group("opens") is not None))
    return found


def _person_start(actor: Actor) -> int:
    return actor.start - len(actor.role)


@functools.cache
def _quotations() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """“…” and 「…」, each by itself: one character is found faster than one of a class."""
    return re.compile(rf"“[^“”]{{2,{_LONGEST_QUOTATION}}}”"), re.compile(rf"「[^「」]{{2,{_LONGEST_QUOTATION}}}」")


_ENDS = re.compile(r"[。！？；\n“「]")


def _is_opened(text: str, start: int) -> bool:
    """Whether somebody's words open the quotation (一位店员坦言，“…”): they are not those of who is named behind it."""
    return text[start - 1 : start] in ("，", ",", "：", ":") and any(verb.end() == start for verb in _verb().finditer(text, max(0, start - 8), start))


def _quoted(text: str, voices: Sequence[_Voice], persons: Sequence[Actor]) -> list[Said]:
    """Quotations that end a sentence of their own, with the speaker behind or ahead; 所谓“黑天鹅” is none."""
    up_to = {person.end: person.name for person in persons}
    since = {person.start: person.name for person in persons}
    starts = [voice.start for voice in voices]
    ends = [voice.end for voice in voices]
    found: list[Said] = []
    for match in (match for pattern in _quotations() for match in pattern.finditer(text)):
        start, end = match.span()
        if text[start - 1] in "：:" and start - 1 in up_to:  # 队长周立人：“我们在查。”
            found.append(Said(start, end, up_to[start - 1]))
            continue
        behind = bisect_left(starts, end)
        ahead = bisect_right(ends, start) - 1
        closes = text[end - 2] in "。！？…，," or text[end : end + 1] in ("，", ",")
        near = behind < len(voices) and _is_near(text, end, starts[behind])
        if closes and near and not _ENDS.search(text, end, starts[behind]) and not _is_opened(text, start):
            found.append(Said(start, end, voices[behind].name))
            continue
        if ahead >= 0 and voices[ahead].opens and ends[ahead] == start:
            found.append(Said(start, end, voices[ahead].name))
        elif closes and not (near and _is_opened(text, start)) and (shown := _shown_behind(text, end, since)):
            found.append(Said(start, end, shown))
    return found


_NEAR, _FARTHEST_BEHIND = 30, 45  # characters between a quotation and its speaker


def _is_near(text: str, end: int, speaker: int) -> bool:
    """Whether a speaker stands close behind a quotation: a little farther where one phrase says all about him (”，正在茶园采茶的
    云江市云江镇石桥村村民周立强说)."""
    return speaker - end <= _NEAR or (speaker - end <= _FARTHEST_BEHIND and _APART.search(text, end + 1, speaker) is None)


_APART = re.compile("[，,：:他她]")
_SHOWN = re.compile("(?:现年|今年)?[0-9]{1,3}岁的[^，,。；;：:“”]{0,12}?")


def _shown_behind(text: str, end: int, persons: Mapping[int, str]) -> str:
    """周立强 of “…”52岁的周立强是村里的能人: who is shown right behind words of his own."""
    shown = _SHOWN.match(text, end)
    if shown is None:
        return ""
    return next((persons[at] for at in range(shown.end(), shown.end() + 12) if at in persons), "")


def _announced(text: str, passages: Sequence[Span], voices: Sequence[_Voice]) -> list[Said]:
    """张勇表示,…: from the verb to the end of the sentence, or of the quotation it opens."""
    starts = [start for start, _ in passages]
    found = []
    for voice in voices:
        index = bisect_right(starts, voice.start) - 1
        if index < 0 or not voice.opens:
            continue
        end = passages[index][1]
        if voice.end >= end:
            continue
        found.append(Said(voice.end, end, voice.name))
    return found


@functools.cache
def _label() -> re.Pattern[str]:
    return re.compile(r"\n[ \t　]*([一-鿿A-Za-z·]{2,12})[:：]")


def _talks(text: str, persons: Sequence[Actor]) -> list[Said]:
    """A talk or interview: from a paragraph under a person's name (汪海:) to the next label; 记者: ends it."""
    names = {name for person in persons for name in (person.name, person.text)}
    if not names:
        return []
    lines = "\n" + text  # so that every label stands behind a line end, one character on
    labels = [(m.start(1) - 1, m.end() - 1, m.group(1)) for m in _label().finditer(lines)]
    labels = [label for label in labels if label[2] in names or label[2] in ("记者", "主持人", "问", "答")]
    found = []
    for index, (_, start, name) in enumerate(labels):
        end = labels[index + 1][0] if index + 1 < len(labels) else len(text)
        if name in names:
            found.append(Said(start, end, name))
    return found


@functools.cache
def _name_ahead() -> re.Pattern[str]:
    """云江村村委会主任 周立强 and 周立强 at the beginning of a sentence, ahead of a colon."""
    return re.compile(rf"(?:^|[。！？?!”】\n])[ \u3000\t?]{{0,3}}(?:[一-鿿、]{{2,30}}[ \u3000])?({people.sure_surname()}[一-鿿]{{1,2}})$")


_IN_OWN_WORDS = re.compile("[^“「\n。]{0,60}?(?:我|俺|咱|总共)")
_LONGEST_LABEL = 40


def _under_names(text: str, passages: Sequence[Span]) -> list[Said]:
    """Sentences in words of his own under a person's name (周立强：我家种了9亩茶。), as of a broadcast; the article need not name
    him elsewhere."""
    starts = [start for start, _ in passages]
    found = []
    firsts = people.surname_firsts()
    for colon in occurrences_of(text, ":", "："):
        at = colon + 1
        if firsts.isdisjoint(text[max(0, at - 5) : max(0, at - 2)]):
            continue
        if text[at : at + 1] in ("“", "「", "\n", "") or _IN_OWN_WORDS.match(text, at) is None:
            continue
        name = _name_ahead().search(text[max(0, at - 1 - _LONGEST_LABEL) : at - 1])
        index = bisect_right(starts, at) - 1
        if name and index >= 0 and at < passages[index][1] and name[1][-1] not in _NO_PERSONS and not is_word(name[1]):
            found.append(Said(at, passages[index][1], name[1]))
    return found


_NO_PERSONS = frozenset("镇村县市省区乡州局厅部委院校店厂社会司")  # 林业局：我们…
