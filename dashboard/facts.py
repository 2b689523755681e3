"""What a page asks of its records, whatever holds them: hand-edited YAML (`dashboard.data`) or an archive
(`dashboard.archive`).

`Facts` is the one interface; the rest of this module is what its answers look like. Every answer counts a group of
tellings once and obeys every filter of the view. Leaves out how anything is found or drawn.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, TypeVar

if TYPE_CHECKING:
    import curated
    from curated.records import Problem, Source
    from dashboard.lanes import Fold, LaneLayout
    from dashboard.relations import Matrix
    from dashboard.rows import Row
    from dashboard.view import View

T_co = TypeVar("T_co", covariant=True)


class Lookup(Protocol[T_co]):
    """A mapping of names that may be too many to walk through."""

    def __getitem__(self, key: str, /) -> T_co: ...
    def __contains__(self, key: object, /) -> bool: ...
    def __len__(self) -> int: ...
    def get(self, key: str, /) -> T_co | None: ...


class Tally(Protocol):
    """Names with how many records carry each."""

    def __contains__(self, key: object, /) -> bool: ...
    def __len__(self) -> int: ...
    def most_common(self, n: int | None = None, /) -> Sequence[tuple[str, int]]: ...


class Totals(NamedTuple):
    """What a set of records adds up to."""

    events: int
    figures: int
    reviewed: int
    places: int
    sources: int
    years: tuple[int, int] | None  # from the first day any record may mean to the last
    kinds: frozenset[str]  # types of event, and "figure"
    dated: int
    about: bool = False  # of very many records, how many articles they come from is an estimate

    @property
    def shown(self) -> int:
        return self.events + self.figures


class PlaceCount(NamedTuple):
    """What is known about one place and all within it."""

    code: str  # adcode, or the name of a region or country
    name: str
    events: int
    figures: int
    first: str  # EDTF of a month at most, no finer than its source; "" where nothing is dated
    last: str
    years: tuple[int, ...]  # records by year, over the same years for every place

    @property
    def total(self) -> int:
        return self.events + self.figures


class ActorCount(NamedTuple):
    name: str
    events: int
    figures: int


class MeasureCount(NamedTuple):
    measure: str
    n: int
    latest: Row  # the figure that holds latest


class Spread(NamedTuple):
    """The values of one month in one unit: how many, the tenth, the middle and the ninetieth of a hundred."""

    unit: str
    day: int  # the first of the month
    n: int
    low: float
    middle: float
    high: float


class SourceCount(NamedTuple):
    source: Source
    events: int
    figures: int
    reviewed: int


class Neighbours(NamedTuple):
    """Where a record stands among those of a view: its number from 0, how many there are, the ids beside it."""

    at: int
    total: int
    before: str | None
    after: str | None


class Facts(Protocol):
    """Records to look up, and questions about those that pass a view."""

    @property
    def key(self) -> str: ...  # changes with the state of the files
    @property
    def about(self) -> curated.Story: ...
    @property
    def problems(self) -> Sequence[Problem]: ...
    @property
    def archive(self) -> str: ...  # what is shown read-only, as a person names it; "" for YAML
    @property
    def rows(self) -> Lookup[Row]: ...  # by id
    @property
    def sources(self) -> Lookup[Source]: ...  # by name
    @property
    def place_names(self) -> Lookup[str]: ...  # by adcode, or the name itself where there is none
    @property
    def places(self) -> Tally: ...
    @property
    def actors(self) -> Tally: ...
    @property
    def measures(self) -> Tally: ...
    @property
    def tags(self) -> Tally: ...
    @property
    def colours(self) -> dict[str, str]: ...  # by type, as the editors chose them
    @property
    def steps(self) -> Mapping[str, str]: ...  # which relationship an event is a step of, by id

    def named_now(self, view: View) -> View:
        """A link's view with its actors and measures as the lists of names call them now."""
        ...

    def matching(self, view: View) -> tuple[Row, ...]:
        """The records of a view in order of time; of an archive the first of them (`dashboard.archive.MOST_ROWS`)."""
        ...

    def totals(self, view: View) -> Totals: ...

    def bins(self, view: View) -> tuple[str, list[tuple[int, int]]]:
        """How many records begin in each `year` or `month` (which of the two comes first): first day, number."""
        ...

    def lanes(self, view: View, first: float, last: float) -> list[LaneLayout]:
        """The timeline between two days, laid out; at most 2,000 marks."""
        ...

    def fold_ids(self, view: View, fold: Fold, most: int) -> list[str]:
        """The records of a counted mark, in order of time, at most so many."""
        ...

    def place_counts(self, view: View) -> list[PlaceCount]:
        """Most first, under every filter but that of place, so that another place can be added."""
        ...

    def actor_counts(self, view: View) -> list[ActorCount]: ...

    def measure_counts(self, view: View) -> list[MeasureCount]:
        """Most first, under every filter but those of measure and type."""
        ...

    def figures(self, view: View) -> tuple[Row, ...]:
        """The figures of a view in order of time; of an archive the first of them."""
        ...

    def spread(self, view: View) -> list[Spread]:
        """Figures too many to draw one by one, by unit and month; empty where they are few."""
        ...

    def headlines(self, view: View) -> tuple[Row, ...]:
        """Figures of which `dashboard.cards` chooses those in front."""
        ...

    def matrix(self, view: View, kinds: tuple[str, str]) -> Matrix: ...

    def actor_type(self, actor: str) -> str:
        """As the editors said in actors.yaml; "" where they did not."""
        ...

    def speaks(self, actor: str) -> bool:
        """Whether a record has this name as its speaker."""
        ...

    def neighbours(self, view: View, id_: str) -> Neighbours | None: ...

    def tellings(self, row: Row) -> list[Row]:
        """Other records about the same thing, and what an editor marked as differing; none that was dropped."""
        ...

    def copies(self, source: str) -> int:
        """How many other articles tell the same in nearly the same words, and count no more."""
        ...

    def rows_of(self, source: str) -> list[Row]:
        """All records of an article that were not dropped."""
        ...

    def reading(self, source: str) -> Any | None:
        """The reading text of an article (`extract.reading.Reading`); None where it is gone."""
        ...

    def source_page(self, view: View, start: int, most: int) -> tuple[int, list[SourceCount]]:
        """How many articles a view's search leaves, and those from `start` on, the latest first."""
        ...

    def sources_found(self, q: str) -> Sequence[Source]:
        """Articles that hold every word of a search."""
        ...

    def blame(self, view: View) -> list[tuple[str, int]]:
        """For a view without records: each filter and how many records would show without it, most first."""
        ...

    def exported(self, view: View, most: int) -> Sequence[Row]:
        """The records of a view to download, at most so many."""
        ...
