"""What a record is: the frozen types that the dashboard and the exports read.

Each value that the text words (a date, an amount, a place) is kept as it was written and as it is understood.
Spans count Unicode code points of the raw source file, end exclusive.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from extract.edtf import Edtf
from extract.mentions import Bound, Change, EventType, Level, Modality

Status = Literal["draft", "reviewed", "dropped"]
SourceStatus = Literal["ok", "corrected", "retracted"]
Rights = Literal["quote", "full", "none"]
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Amount:
    """超过2800万家: value 28000000, low and high None, unit 家, bound over."""

    text: str
    value: int | float | None
    low: int | float | None
    high: int | float | None
    unit: str
    bound: Bound


@dataclass(frozen=True, slots=True)
class Place:
    """One administrative place, region or country; `text` is what was written."""

    text: str
    adcode: str  # "" for regions and abroad
    name: str
    level: Level
    provinces: tuple[str, ...] = ()  # adcodes a region expands to


@dataclass(frozen=True, slots=True)
class Source:
    name: str  # path below seeds/ without ending
    path: str  # of the YAML, relative to the root
    file: str  # of the article, relative to the root
    title: str = ""
    publisher: str = ""
    original_publisher: str = ""
    author: str = ""
    url: str = ""
    published: Edtf | None = None
    published_from: str = ""
    reprint_of: str = ""
    status: SourceStatus = "ok"
    rights: Rights = "quote"
    tags: tuple[str, ...] = ()
    missing: bool = False  # the article is no longer under seeds/


@dataclass(frozen=True, slots=True)
class Event:
    id: str
    source: str
    title: str
    quote: str
    date: Edtf | None = None
    date_from: str = ""
    date_at: Span | None = None
    type: EventType = "other"
    actors: tuple[str, ...] = ()  # canonical names
    places: tuple[Place, ...] = ()
    speaker: str = ""
    data_from: str = ""
    at: Span | None = None
    mark: Span | None = None
    also: tuple[Span, ...] = ()
    same_as: tuple[str, ...] = ()
    conflicts_with: tuple[str, ...] = ()
    part_of: tuple[str, ...] = ()
    status: Status = "draft"
    reviewed_by: str = ""
    reviewed_on: str = ""
    note: str = ""
    tags: tuple[str, ...] = ()
    pin: bool = False
    path: str = ""
    line: int = 0
    orphan: bool = False  # the quote no longer stands in the source


@dataclass(frozen=True, slots=True)
class Figure:
    id: str
    source: str
    measure: str
    amount: Amount
    quote: str
    as_of: Edtf | None = None
    as_of_from: str = ""
    as_of_at: Span | None = None
    during: str = ""
    modality: Modality = "actual"
    change: Change = ""
    compare_to: str = ""
    actors: tuple[str, ...] = ()
    places: tuple[Place, ...] = ()
    speaker: str = ""
    data_from: str = ""
    at: Span | None = None
    mark: Span | None = None
    also: tuple[Span, ...] = ()
    same_as: tuple[str, ...] = ()
    conflicts_with: tuple[str, ...] = ()
    part_of: tuple[str, ...] = ()
    status: Status = "draft"
    reviewed_by: str = ""
    reviewed_on: str = ""
    note: str = ""
    tags: tuple[str, ...] = ()
    pin: bool = False
    path: str = ""
    line: int = 0
    orphan: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """One relationship whose events the timeline joins: named ids, or all events that fit the filters."""

    name: str = ""
    name_en: str = ""
    events: tuple[str, ...] = ()  # ids
    actors: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    types: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Story:
    """What the dashboard is about (curated/story.yaml)."""

    title: str = ""
    title_en: str = ""
    description: str = ""
    description_en: str = ""
    headlines: tuple[str, ...] = ()  # ids of figures and events, first in front
    colors: dict[str, str] = field(default_factory=dict)  # event type -> colour
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class Problem:
    path: str  # relative to the root
    line: int  # 1-based
    column: int
    field: str
    message: str  # what is wrong; what to write instead
    severity: Literal["error", "warning", "suggestion"] = "error"

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}: {self.field}: {self.message}"
