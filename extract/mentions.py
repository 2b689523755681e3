"""What finders find: plain values with spans. Nothing here looks at text.

Every span counts Unicode code points of the reading text, end exclusive;
`extract.reading.Reading.raw_span` turns it into a span of the raw file.
`rule` names the rule that made the find, for `python -m extract why`.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

# `make(Word, (start, end, text, flag))`, in the order of the fields, all of them: half the time of `Word(...)`. For what
# is made of every word, amount or name of a text.
make = tuple.__new__

KINDS = ("quantity", "time", "place", "actor", "figure", "event")  # of what is found

Bound = Literal["exact", "over", "under", "about"]
Basis = Literal["absolute", "relative"]
Level = Literal["province", "city", "county", "town", "region", "country"]
ActorType = Literal["company", "government", "person", "other"]
Modality = Literal["actual", "forecast", "target", "general", "hypothetical"]
Change = Literal["", "up", "down", "from", "to"]
EventType = Literal[
    "agreement", "launch", "founding", "investment", "acquisition", "meeting", "visit", "speech",
    "publication", "policy", "service", "sales", "relief", "incident", "other",
]  # fmt: skip


class Quantity(NamedTuple):
    """An amount: 超过2800万家 is text 2800万家, value 28000000, unit 家, bound over."""

    start: int
    end: int
    text: str
    value: int | float | None  # base units: 2800万 -> 28000000, 50% -> 50; None for a range
    low: int | float | None
    high: int | float | None
    unit: str  # ISO 4217 for money, "%", "‰", the Chinese unit in simplified script, or ""
    bound: Bound
    qualifier: tuple[int, int] | None  # span of the words that gave the bound, when outside the text
    rule: str


class Time(NamedTuple):
    """A calendar expression: 去年 in an article of 2019 is edtf 2018, basis relative."""

    start: int
    end: int
    text: str
    edtf: str
    basis: Basis
    reason: str  # one sentence in Chinese: how the words became the date
    rule: str


class Place(NamedTuple):
    """A Chinese administrative place, a region, or a country."""

    start: int
    end: int
    text: str
    adcode: str  # six digits of GB/T 2260; "" abroad and where it stays open
    name: str  # full name: 浙江省/宁波市 is 宁波市
    level: Level
    inside: bool  # part of an organisation's or a person's title: not where something happens
    rule: str


class Actor(NamedTuple):
    """A company, brand, government body or person."""

    start: int
    end: int
    text: str
    name: str  # canonical
    type: ActorType
    role: str  # 阿里巴巴集团董事局主席, "" where none is given
    rule: str


class FigureDraft(NamedTuple):
    """A quantity worth a card, as the machine proposes it. start and end are the mark."""

    start: int
    end: int
    quote_start: int
    quote_end: int
    quantity: Quantity
    amount: str  # as the source says it, with its qualifier: 超过2800万
    measure: str  # short noun phrase a card can carry: 完成过成交的采购商
    actors: tuple[str, ...]
    places: tuple[Place, ...]
    as_of: str  # EDTF or ""
    as_of_from: str  # the words that gave it
    as_of_span: tuple[int, int] | None  # where those words stand
    during: str  # the period it was counted over: 一周, 3小时
    modality: Modality
    change: Change
    speaker: str
    data_from: str
    also: tuple[tuple[int, int], ...]  # told again in the same article
    rule: str


class EventDraft(NamedTuple):
    """A dated happening, as the machine proposes it. start and end are the trigger word."""

    start: int
    end: int
    quote_start: int
    quote_end: int
    date: str  # EDTF
    date_from: str
    date_span: tuple[int, int] | None
    title: str  # at most 30 characters, stands alone
    type: EventType
    actors: tuple[str, ...]
    places: tuple[Place, ...]
    speaker: str
    also: tuple[tuple[int, int], ...]
    rule: str
