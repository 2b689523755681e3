"""Whose an amount is that somebody tells in words of his own: 我家种了8亩, 我们公司有20个品种.

Knows who 我 is and which body he speaks for. Leaves out who says what (`speakers.py`) and those whom his words name.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache
from typing import TYPE_CHECKING

from extract.finds import Finds
from extract.mentions import Actor
from extract.owner_words import any_of, owner_words, tells
from extract.people import offices, plain_people

if TYPE_CHECKING:
    from extract.sentences import Sentence
    from extract.speakers import Said

_BESIDE = 80  # characters before or behind his words in which a speaker is named
_WHEN = "(?:当时|现在|一直|始终|就|也|还|都)?"
_DONE_TO = "给对让向为帮跟和与同把被比由替请教借送自"  # 给我家贷款: what is done to him


_OF_ALL = re.compile("行业|产业|市场|同行|[全我][国省市县]")  # 公司工资增长8%，行业只有3%


_OF_HIS_OWN = re.compile("自己|自家|我(?!国)")


def only_tells(sentence: Sentence, amount: int, told: tuple[str, ...]) -> bool:
    """Whether the person told of before is an office holder who says it, so that it is his only where he says 我."""
    said = said_at(sentence.finds, amount) if told else None
    if said is None or said.name != told[0] or _OF_HIS_OWN.search(sentence.text, sentence.start, amount):
        return False
    speaker = _speaker(sentence.finds, said)
    return speaker is not None and bool(speaker.role) and not speaker.role.endswith(owner_words("tell of their own"))


def said_at(finds: Finds, at: int) -> Said | None:
    """The passage somebody says in which `at` stands."""
    said = finds.article.said
    index = bisect_left(said, (at + 1,)) - 1
    return said[index] if index >= 0 and at < said[index].end else None


@cache
def own_words() -> re.Pattern[str]:
    """What has to stand in words of somebody's own."""
    return re.compile(f"我|咱|俺|{any_of('bodies one speaks for', 'associations')}")


def first_person(sentence: Sentence, start: int, end: int, amount: int) -> tuple[str, ...] | None:
    """Whom 我 or 我们 in the clause text[start:end] before `amount` is, in what somebody says; () where he has no name, None where
    the clause does not speak so."""
    text = sentence.text
    if text[start] not in _we_begins() and text.find("我", start, end) < 0:
        return None
    said = said_at(sentence.finds, start)
    if said is None or amount >= said.end:
        return None
    own = _i().search(text, start, end) if text.find("我", start, end) >= 0 else None
    ours = _we().match(text, start, end)
    if (own is None and ours is None) or _OF_ALL.search(text, end, amount):
        return None
    if own is not None and tells("kin and friends").match(text, own.end()):
        return ()
    if own is not None and not any(start <= m.start < own.start() for m in (*sentence.doers, *sentence.quantities)):
        return () if said.name.endswith(owner_words("speakers without a name")) else (said.name,)
    return _we_of(sentence.finds, said, ours) if ours is not None else None


def _we_of(finds: Finds, said: Said, ours: re.Match[str]) -> tuple[str, ...] | None:
    """The body that he who says 我们 or 公司 leads, else himself where he is a plain person."""
    kind = ours[1] or ours[2]
    if kind == "企业" and not _THIS_ONE.search(ours[0]):
        return None  # 企业税负下降3%
    speaker = _speaker(finds, said)
    body = body_led(finds, speaker) if speaker else None
    if body is not None:
        return (body.name,) if not kind or _is_of_kind(body, kind) else None
    plain = speaker is not None and not kind and speaker.role.endswith(plain_people())
    return (speaker.name,) if speaker is not None and plain else None


def of_speaker(sentence: Sentence, amount: int) -> tuple[str, ...] | None:
    """Whose an amount is that a quotation gives to nobody: of the cooperative or farm that he who speaks leads, for companies speak
    of the world as well; () where he speaks for those who only tell of others (an association), None where nobody tells."""
    said = said_at(sentence.finds, amount)
    officer = _in_office(sentence.finds, said) if said else None
    body = body_led(sentence.finds, officer) if officer else None
    if said is None or body is None:
        return None
    if body.name.endswith(owner_words("tell of others", "associations")):
        return ()
    alone = not sentence.doers and not sentence.places and not _OF_ALL.search(sentence.text, sentence.start, amount)
    return (body.name,) if alone and body.name.endswith(owner_words("farms")) and sentence.text[said.start] in "“「" else None


@cache
def _i() -> re.Pattern[str]:
    """我家, and 我 who does something; not 我省, and not 我认为, which tells of others."""
    return re.compile(f"(?<![{_DONE_TO}])(?:我(?:家|自己)(?!{any_of('beside a house')})|我(?!{any_of('ours')}))(?!{_WHEN}(?:{any_of('words of thinking')}))")


_THIS_ONE = re.compile("我们|咱们|俺们|本|这")


@cache
def _we_begins() -> frozenset[str]:
    """What `_we` begins with."""
    return frozenset(f"“「{_LEADS}咱俺我本这0123456789{''.join(word[0] for word in owner_words('bodies one speaks for', 'associations'))}")


_LEADS = "目如现今去最近未下接同此其"


@cache
def _we() -> re.Pattern[str]:
    """我们, and 公司 or 合作社 with which a clause opens: group 1."""
    lead = "[“「]?(?:目前|如今|现在|今年|去年|最近|近年来|未来|下一步|接下来|同时|此外|其中|[0-9]{4}年)*"
    we = f"(?:我们|咱们|俺们)(?!{_WHEN}(?:{any_of('words of thinking', 'wholes behind 我们')}))"
    body = f"(?:这[个家])?({any_of('bodies one speaks for', 'associations')})(?!{any_of('words that begin with a body')})"
    return re.compile(f"{lead}(?:{we}(?:{body})?|本?{body})")


def _in_office(finds: Finds, said: Said) -> Actor | None:
    """The person who says it where the article first gives an office."""
    for actor in finds.mentions.get(said.name, ()):
        if actor.role and actor.type == "person":
            return actor
    return None


def _speaker(finds: Finds, said: Said) -> Actor | None:
    """The person who says it, where he is named with his office if the article gives one."""
    if (officer := _in_office(finds, said)) is not None:
        return officer
    first = finds.mentions.get(said.name, ())
    near = (*finds.actors.within(max(0, said.start - _BESIDE), said.start), *finds.actors.within(said.end, said.end + _BESIDE))
    persons = [a for a in (*near, *first) if a.name == said.name and a.type == "person"]
    return next((a for a in persons if a.role), None) or next(iter(persons), None)


def body_led(finds: Finds, person: Actor) -> Actor | None:
    """The company or body whose office a person holds: 远山合作社 of 远山合作社理事长周立强, wherever the article says so."""
    if person.role:
        begin = person.start - len(person.role)
        body = next(iter(finds.actors.within(begin, begin + 1)), None)
        return body if body is not None and body.type != "person" else None
    for mention in finds.mentions.get(person.name, ()):
        near = [actor for actor in finds.actors.within(mention.start - _LONGEST_BODY, mention.start) if actor.type != "person"]
        if near and finds.text[near[-1].end : mention.start].removeprefix("执行") in offices():
            return near[-1]
    return None


_LONGEST_BODY = 30


def _is_of_kind(body: Actor, word: str) -> bool:
    """Whether he may call the body so: no 集团 is 远山公司, and a company's 合作社 is another body than the company."""
    if word == "集团":
        return word in body.name
    if word in ("公司", "企业"):
        return body.type == "company"
    if word == "学校":
        return body.name.endswith(owner_words("schools"))
    return body.name.endswith(word) or (word in _SITES and (body.type == "company" or body.name.endswith("合作社")))


_SITES = ("基地", "工厂", "园区")  # what companies have for themselves
