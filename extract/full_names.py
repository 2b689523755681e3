"""One company under two names: 云海恒兴公司 in an article that names 云海恒兴科技有限公司 in full.

Knows what a short form leaves out of a registered name: its legal form, the trade, the place in front. Leaves out short
forms that the article explains in brackets (`actors.py`) and well-known names (`known_names.py`); where two full names or
a subsidiary could be meant, every name stays as it is: 远鸿公司与远鸿物流有限公司签约 are two companies.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Container, Iterator, Sequence

from extract.known_names import known_forms
from extract.mentions import Actor, Place, make
from extract.occurrences import occurrences
from extract.organisation_endings import descriptions, trades
from extract.words import is_word, tag

_LEGAL = re.compile("(?:股份)?有限(?:责任)?公司$")
# 云海公司旗下云海物流有限公司: the full name is another company's.
_OWNS = ("旗下", "子公司", "的子公司", "全资", "控股", "下属", "所属")
_LONGEST_PLACE = 8
_MOST = 40  # a text that calls more companies by two names is a list


def with_full_names(text: str, places: Sequence[Place], actors: list[Actor]) -> list[Actor]:
    """`actors` with the registered name of each company that the article also calls by a shorter one."""
    names = {actor.name for actor in actors if actor.type == "company" and actor.rule != "known name"}
    full = [name for name in names if _LEGAL.search(name)]
    if not full or len(names) == 1:
        return actors
    fronts = {place.text for place in places}
    fitting: dict[str, set[str]] = {}
    for whole in full:
        for short in _short_forms(whole, fronts):
            if short in names and short != whole:
                fitting.setdefault(short, set()).add(whole)
    if not 0 < len(fitting) <= _MOST:
        return actors
    meant = {short: wholes.pop() for short, wholes in fitting.items() if len(wholes) == 1}
    meant = {
        short: whole
        for short, whole in meant.items()
        if not any(short + owns in text for owns in _OWNS) and _is_one(text, actors, short, whole) and not _is_kind(text, short)
    }
    return [actor._replace(name=meant[actor.name]) if actor.name in meant else actor for actor in actors]


def _is_one(text: str, actors: Sequence[Actor], short: str, whole: str) -> bool:
    """Whether both name one company: only the legal form is left out, or the short form comes later (or in the headline)
    and no sentence names both (远鸿公司与远鸿物流有限公司签约)."""
    if short.removesuffix("公司") == _LEGAL.sub("", whole):
        return True
    shorts = [actor.start for actor in actors if actor.name == short]
    wholes = [actor.start for actor in actors if actor.name == whole and actor.text.endswith("公司")]
    if shorts[0] < wholes[0] and not _HEADLINE.match(text, 0, wholes[0]):
        return False
    sentences = [0, *(end.end() for end in _SENTENCE.finditer(text))]
    return {bisect_right(sentences, at) for at in shorts}.isdisjoint({bisect_right(sentences, at) for at in wholes})


_SENTENCE = re.compile("[。！？\n]")
_HEADLINE = re.compile("[^。\n]*\n")


def _short_forms(whole: str, fronts: Container[str]) -> Iterator[str]:
    """What an article may call a company: its name without the legal form, the trade or the place."""
    core = _LEGAL.sub("", whole)
    yield core
    if tail := _tail(core):
        yield tail
    for start in (0, *(length for length in range(2, _LONGEST_PLACE) if whole[:length] in fronts)):
        yield whole[start:]
        for end in range(start + 2, len(core) + 1):
            stem = core[start:end]
            if "集团" not in core[end:-2] and not is_word(stem):
                yield stem + "公司"


# --- the head or the tail of a registered name, by which an article calls its company ------------------------------------

_LONGEST_HEAD = 6
_TRADE = re.compile("(?:技术|科技|实业|发展|制造|工程|服务|贸易|投资|管理|集团|控股|股份)+$")
_OFTEN = 3  # times that 卫星公司 stands in an article for 远山动力卫星技术有限公司


def called_shortly(text: str, places: Sequence[Place], actors: Sequence[Actor]) -> list[Actor]:
    """星远智行 in an article that names 杭州星远智行科技有限公司, and 卫星公司 where it has one 远山动力卫星技术有限公司."""
    whole = {actor.name for actor in actors if actor.type == "company" and actor.rule != "known name" and _LEGAL.search(actor.name)}
    if not 0 < len(whole) <= _MOST:
        return []
    fronts = {place.text for place in places}
    meant: dict[str, set[str]] = {}
    for name in whole:
        for short in _heads_and_tails(text, name, fronts):
            meant.setdefault(short, set()).add(name)
    named = {actor.text for actor in actors}
    return [
        make(Actor, (at, at + len(short), short, next(iter(names)), "company", "", "short for a registered name"))
        for short, names in meant.items()
        if len(names) == 1 and short not in named
        for at in _apart(text, short)
    ]


def _heads_and_tails(text: str, whole: str, fronts: Container[str]) -> Iterator[str]:
    core = _LEGAL.sub("", whole)
    start = next((length for length in range(_LONGEST_PLACE, 1, -1) if whole[:length] in fronts), 0)
    name = core[start:]
    inside = text.count(name)
    alone = text.count(name[:2]) - inside
    for length in [word.end for word in reversed(tag(name)) if 1 < word.end <= min(_LONGEST_HEAD, len(name) - 1)]:
        head = name[:length]
        times = text.count(head) - inside
        if times > 1 and times * 2 >= alone and _is_name(head) and not _is_cut(text, head):
            yield head
            break
    tail = _tail(core)
    if tail and text.count(tail) - text.count(core.removesuffix(tail[:2]) + tail) >= _OFTEN and not _is_kind(text, tail):
        yield tail


def _is_kind(text: str, tail: str) -> bool:
    """Whether 卫星公司 is any such company: 其他卫星公司, 美国卫星公司, 3家卫星公司."""
    return re.search(f"[家个各些他它国省市区县外种类多大小0-9]{re.escape(tail)}", text) is not None


def _is_name(head: str) -> bool:
    """小马鲲行, but no 天府新区, 绿色能源 or 白沙河: with something that no dictionary has, and no place."""
    return head not in known_forms() and head[-1] not in _ENDS_PLACES and any(len(word.text) > 1 and not is_word(word.text) for word in tag(head))


_ENDS_PLACES = frozenset("河江山区镇乡村县市州省湖岛路港湾桥洲滩沟峡海城")


def _tail(core: str) -> str:
    """卫星公司 of 远山动力卫星技术, a name without its legal form: what the company makes, with nothing but its trade behind it; no
    电力公司, of which there are many."""
    made = _TRADE.sub("", core)
    return made[-2:] + "公司" if 3 < len(made) < len(core) and made[-2:] not in descriptions() | trades() else ""


def _is_cut(text: str, head: str) -> bool:
    """利时 of an article that has 和利时 wherever it has 利时."""
    at = text.find(head)
    before = text[at - 1 : at]
    return "一" <= before <= "龥" and text.count(before + head) == text.count(head)


def _apart(text: str, short: str) -> Iterator[int]:
    """Where a short form stands by itself: one of two characters, no part of a word on either side."""
    for at in occurrences(text, short, apart=True):
        end = at + len(short)
        if len(short) > 2 or (not (at and is_word(text[at - 1 : at + 1])) and not is_word(text[end - 1 : end + 1])):
            yield at
