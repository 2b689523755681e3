"""The questions of `dashboard.facts.Facts` answered in SQL, counted where the records lie.

Only what is drawn leaves the database: the first records of a view, counts, and at most 2,000 marks. Answers are kept
by view for as long as the archive stays as it is. Leaves out how a view becomes a condition (`where`).
"""

from __future__ import annotations

from collections import OrderedDict, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import count
from threading import Lock
from typing import TYPE_CHECKING, Any, NamedTuple

import curated
from curated.records import Problem, Source
from dashboard.archive.lookups import MOST_NAMES, Kept, PlaceNames, Rows, Sources, Tally
from dashboard.archive.records import read_row, source_rows
from dashboard.archive.where import Where, search, search_key, where_of
from dashboard.counting import begins, ends
from dashboard.facts import ActorCount, MeasureCount, Neighbours, PlaceCount, SourceCount, Spread, Totals
from dashboard.lanes import MOST_LANES, NONE, OTHER, STRETCHES, Crowd, Fold, LaneLayout, lay_out, lay_out_crowds
from dashboard.relations import Matrix, PairCount, busiest_pairs
from dashboard.rows import FILTERED, Row, day_of, whole_years
from dashboard.view import LANES, TYPES, View, lift, named_now
from extract.edtf import Edtf, parse_edtf

if TYPE_CHECKING:
    import duckdb

MOST_ROWS = 1000  # records of a view that are read one by one
MOST_DRAWN = 1200  # so many are laid out one by one; more are counted by stretch of time
FEW = 2  # records of a stretch that are still drawn one by one
MOST_EXACT = 1_000_000  # of more records the articles are counted approximately, ten times as fast
MOST_PLACES = 2000
MOST_OF_ARTICLE = 500
MOST_KEPT = 256  # answers
MOST_SEARCHES = 12  # kept as tables
MOST_FOUND = 5_000_000  # records in all of them but the last: about 55 bytes of memory each
MOST_PAIRS = 3000
BEST_MEASURES = 8

_UNIT = {True: "month", False: "year"}


def filters_of(view: View) -> View:
    """A view without what filters nothing, so that equal questions have one answer."""
    kept = View(**{name: getattr(view, name) for name in FILTERED})
    return replace(kept, q=search_key(kept.q))


class Found(NamedTuple):
    """The records of a search, kept as a table."""

    table: str
    rows: int


@dataclass(eq=False)
class Archive:
    """One archive in one state; equal only to itself."""

    key: str
    archive: str
    con: duckdb.DuckDBPyConnection
    about: curated.Story
    problems: Sequence[Problem] = ()
    colours: dict[str, str] = field(default_factory=dict)
    steps: dict[str, str] = field(default_factory=dict)
    laid_over: dict[str, Row] = field(default_factory=dict)  # hand-made records, by id
    store: curated.Store | None = None  # where they come from
    kept: Kept = field(default_factory=lambda: Kept(MOST_KEPT))
    found: OrderedDict[str, Found] = field(default_factory=OrderedDict)  # by search, the oldest first
    leaving: list[str] = field(default_factory=list)  # tables of searches that have just been forgotten
    searching: Lock = field(default_factory=Lock)
    numbers: Iterator[int] = field(default_factory=count)

    def __post_init__(self) -> None:
        self.rows = Rows(self)
        self.sources = Sources(self)
        self.place_names = PlaceNames(self)
        self.places = Tally(self, "place")
        self.actors = Tally(self, "actor")
        self.measures = Tally(self, "measure")
        self.tags = Tally(self, "tag")

    def ask(self, sql: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """One query on a connection of its own: pages of many people run at once."""
        with self.con.cursor() as cursor:
            return cursor.execute(sql, list(values)).fetchall()

    def where(self, view: View) -> Where:
        view = filters_of(view)
        where = where_of(view)
        return where._replace(table=self.search_table(view.q)) if view.q else where

    def search_table(self, q: str) -> str:
        """The records a search finds, looked up once and kept as a table while it is among the last."""
        with self.searching:
            if q in self.found:
                self.found.move_to_end(q)
                return self.found[q].table
        table = f"memory.found_{next(self.numbers)}"
        where = search(q, self.ask)
        rows = self.ask(f"CREATE TABLE {table} AS SELECT f.* EXCLUDE (hay, value, low, high) FROM fact f WHERE {where.sql}", where.values)[0][0]
        for old in self._make_room(q, Found(table, rows)):
            self.ask(f"DROP TABLE {old}")
        return table

    def _make_room(self, q: str, latest: Found) -> list[str]:
        """Forget the oldest searches where they are too many. Returns the tables forgotten when the last one came: until
        now a page that had just been given one could still ask it."""
        with self.searching:
            before, self.leaving = self.leaving, []
            if q in self.found:  # two people searched for it at once
                self.leaving.append(self.found.pop(q).table)
            while self.found and (len(self.found) >= MOST_SEARCHES or sum(found.rows for found in self.found.values()) > MOST_FOUND):
                self.leaving.append(self.found.popitem(last=False)[1].table)
            self.found[q] = latest
            return before

    def read_words(self) -> None:
        """Take from the disk what searches look through, as far as YOUJU_MEMORY holds it: the first one need not wait."""
        self.ask("SELECT sum(strlen(hay)) FROM fact")

    def warm(self) -> None:
        """Answer the whole view once, so that nobody waits for it: what a process does when it opens an archive."""
        self.read_words()
        view = View()
        total = self.totals(view)
        for lane in LANES:
            self.lanes(replace(view, lane=lane), *whole_years(total.years or (2000, 2000)))
        for question in (self.matching, self.headlines, self.bins, self.place_counts):
            question(view)

    def named_now(self, view: View) -> View:
        return named_now(view, self.store.names) if self.store else view

    # -- records one by one --

    def matching(self, view: View) -> tuple[Row, ...]:
        return self.kept.get(("rows", filters_of(view)), lambda: tuple(self.first_rows(view, MOST_ROWS)))

    def first_rows(self, view: View, most: int, also: str = "") -> list[Row]:
        where = self.where(view)
        return self.read([k for (k,) in self.ask(f"SELECT f.k FROM {where.rows}{also} ORDER BY f.n LIMIT {int(most)}", where.values)])

    def exported(self, view: View, most: int) -> list[Row]:
        return self.first_rows(view, most)

    def read(self, ks: Sequence[int]) -> list[Row]:
        """Records by their numbers, in that order."""
        if not ks:
            return []
        found = self.ask(f"{source_rows} WHERE w.k IN (SELECT unnest(?::BIGINT[]))", [list(ks)])
        rows = {k: self.laid_over.get(row[0]) or read_row(row) for k, *row in found}
        return [rows[k] for k in ks if k in rows]

    def rows_of(self, source: str) -> list[Row]:
        found = self.ask(
            "SELECT f.k FROM fact f WHERE f.status <> 2 AND f.src IN (SELECT no FROM source WHERE id = ?) ORDER BY f.n LIMIT ?", [source, MOST_OF_ARTICLE]
        )
        return self.read([k for (k,) in found])

    def neighbours(self, view: View, id_: str) -> Neighbours | None:
        where = self.where(view)
        own = self.ask(f"SELECT f.n FROM {where.rows} AND f.k IN (SELECT k FROM word WHERE id = ?)", [*where.values, id_])
        if not own:
            return None
        n = own[0][0]
        at, total, before, after = self.ask(
            f"""SELECT count(*) FILTER (f.n < ?), count(*), arg_max(f.k, f.n) FILTER (f.n < ?), arg_min(f.k, f.n) FILTER (f.n > ?)
            FROM {where.rows}""",
            [n, n, n, *where.values],
        )[0]
        ids = dict(self.ask("SELECT k, id FROM word WHERE k IN (?, ?)", [before, after]))
        return Neighbours(at, total, ids.get(before), ids.get(after))

    def tellings(self, row: Row) -> list[Row]:
        """Only people say that two records tell the same; copies of an article are counted by `copies`."""
        said = {*row.record.same_as, *row.record.conflicts_with}
        ids = [id_ for id_, other in self.laid_over.items() if id_ in said or row.id in other.record.same_as or row.id in other.record.conflicts_with]
        return [self.laid_over[id_] for id_ in ids if id_ != row.id and self.laid_over[id_].record.status != "dropped"]

    def copies(self, source: str) -> int:
        found = self.ask("SELECT count(*) FROM source WHERE NOT lead AND grp IN (SELECT grp FROM source WHERE id = ?) AND id <> ?", [source, source])
        return found[0][0]

    # -- counts --

    def totals(self, view: View) -> Totals:
        return self.kept.get(("totals", filters_of(view)), lambda: self._totals(view))

    def _totals(self, view: View) -> Totals:
        where = self.where(view)
        events, every, reviewed, first, last, kinds, dated = self.ask(
            f"""SELECT count(*) FILTER (event), count(*), count(*) FILTER (status = 1), min(least(first, last)), max(greatest(first, last)),
                bit_or(1 << type::INTEGER), count(known) FROM {where.rows}""",
            where.values,
        )[0]
        about = every > MOST_EXACT
        number = "approx_count_distinct(f.src)" if about else "count(DISTINCT f.src)"
        sources = self.ask(f"SELECT {number} FROM {where.rows}", where.values)[0][0]
        places = self.ask(
            f"SELECT count(DISTINCT place) FROM place_in WHERE own AND set_no IN (SELECT DISTINCT f.pset FROM {where.rows})", where.values
        )[0][0]
        years = (day_of(first).year, day_of(last).year) if first is not None else None
        return Totals(
            events, every - events, reviewed, places, sources, years,
            frozenset(name for bit, name in enumerate(("figure", *TYPES)) if (kinds or 0) >> bit & 1), dated, about,
        )  # fmt: skip

    def bins(self, view: View) -> tuple[str, list[tuple[int, int]]]:
        return self.kept.get(("bins", filters_of(view)), lambda: self._bins(view))

    def _bins(self, view: View) -> tuple[str, list[tuple[int, int]]]:
        where = self.where(view)
        found = self.ask(f"SELECT f.month, count(*) FROM {where.rows} AND f.month IS NOT NULL GROUP BY 1 ORDER BY 1", where.values)
        if not found:
            return "year", []
        by_month = found[-1][0] // 12 - found[0][0] // 12 < 3
        counts: dict[int, int] = defaultdict(int)
        for month, n in found:
            counts[month if by_month else month // 12 * 12] += n
        return _UNIT[by_month], [(_first_of(month), n) for month, n in counts.items()]

    def place_counts(self, view: View) -> list[PlaceCount]:
        view = replace(view, place=())
        return self.kept.get(("places", filters_of(view)), lambda: self._place_counts(view))

    def _place_counts(self, view: View) -> list[PlaceCount]:
        where = self.where(view)
        found = self.ask(
            f"""WITH c AS (SELECT pset, event, month // 12 AS year, count(*) AS n, min([n, k]) FILTER (known IS NOT NULL) AS first,
                max([greatest(first, last), known, n, k]) FILTER (known IS NOT NULL) AS last FROM {where.rows} GROUP BY ALL)
            SELECT p.code, c.year, c.event, sum(c.n), bool_or(i.named), min(c.first), max(c.last)
            FROM c JOIN place_in i ON i.set_no = c.pset JOIN place p ON p.no = i.place GROUP BY ALL""",
            where.values,
        )
        bins = self.bins(view)[1]
        span = range(day_of(bins[0][0]).year, day_of(bins[-1][0]).year + 1) if bins else range(0)
        by_code: dict[str, list[tuple[Any, ...]]] = defaultdict(list)
        for code, *rest in found:
            by_code[code].append(tuple(rest))
        named = [(code, lines) for code, lines in by_code.items() if any(line[3] for line in lines)]
        named.sort(key=lambda pair: (-sum(int(line[2]) for line in pair[1]), pair[0]))
        named = named[:MOST_PLACES]
        dates = self._dates_of({side[-1] for _, lines in named for line in lines for side in line[4:6] if side})
        return [self._place_count(code, lines, span, dates) for code, lines in named]

    def _dates_of(self, ks: Iterable[float]) -> dict[int, Edtf | None]:
        """The dates of records, by their numbers, as they are written."""
        found = self.ask("SELECT k, coalesce(nullif(date, ''), as_of, '') FROM word WHERE k IN (SELECT unnest(?::BIGINT[]))", [[int(k) for k in ks]])
        return {k: parse_edtf(words) for k, words in found}

    def _place_count(self, code: str, lines: Sequence[tuple[Any, ...]], span: range, dates: Mapping[int, Edtf | None]) -> PlaceCount:
        by_year = dict.fromkeys(span, 0)
        for year, _, n, *_ in lines:
            if year is not None:
                by_year[year] += int(n)
        events, figures = (int(sum(line[2] for line in lines if line[1] is kind)) for kind in (True, False))
        dated = [line for line in lines if line[4] is not None]
        first = begins(dates.get(int(min(line[4] for line in dated)[-1]))) if dated else ""
        last = ends(dates.get(int(max(line[5] for line in dated)[-1]))) if dated else ""
        return PlaceCount(code, self.place_names.get(code) or code, events, figures, first, last, tuple(by_year.values()))

    def actor_counts(self, view: View) -> list[ActorCount]:
        return self.kept.get(("actors", filters_of(view)), lambda: self._actor_counts(view))

    def _actor_counts(self, view: View) -> list[ActorCount]:
        where = self.where(view)
        found = self.ask(
            f"""WITH c AS (SELECT aset, count(*) FILTER (event) AS e, count(*) FILTER (NOT event) AS g FROM {where.rows} GROUP BY aset)
            SELECT a.name, sum(e)::BIGINT, sum(g)::BIGINT FROM c JOIN actor_in i ON i.set_no = c.aset JOIN actor a ON a.no = i.actor
            GROUP BY a.name ORDER BY sum(e) + sum(g) DESC, a.name LIMIT {MOST_NAMES}""",
            where.values,
        )
        return [ActorCount(*line) for line in found]

    def measure_counts(self, view: View) -> list[MeasureCount]:
        view = replace(view, measure=(), type=())
        return self.kept.get(("measures", filters_of(view)), lambda: self._measure_counts(view, MOST_NAMES, ""))

    def _measure_counts(self, view: View, most: int, also: str) -> list[MeasureCount]:
        """With the figure that holds latest, of equal ones the first."""
        where = self.where(view)
        found = self.ask(
            f"""WITH c AS (SELECT measure, count(*) AS n, arg_max(k, coalesce(last, first, 0) * 1e9 - n) AS k FROM {where.rows}
                AND NOT event {also} GROUP BY measure)
            SELECT m.name, c.n, c.k FROM c JOIN measure m ON m.no = c.measure ORDER BY c.n DESC, m.name LIMIT {int(most)}""",
            where.values,
        )
        latest = {row.id: row for row in self.read([k for *_, k in found])}
        ids = dict(zip([k for *_, k in found], latest.values(), strict=True))
        return [MeasureCount(name, n, ids[k]) for name, n, k in found]

    def figures(self, view: View) -> tuple[Row, ...]:
        return self.kept.get(("figures", filters_of(view)), lambda: self._figures(view))

    def _figures(self, view: View) -> tuple[Row, ...]:
        if self.totals(view).shown <= MOST_ROWS:  # read already
            return tuple(row for row in self.matching(view) if row.kind == "figure")
        return tuple(self.first_rows(view, MOST_ROWS, " AND NOT event"))

    def spread(self, view: View) -> list[Spread]:
        return self.kept.get(("spread", filters_of(view)), lambda: self._spread(view))

    def _spread(self, view: View) -> list[Spread]:
        if self.totals(view).figures <= MOST_ROWS:
            return []
        where = self.where(view)
        found = self.ask(
            f"""WITH c AS (SELECT w.unit, f.month, coalesce(w.value, (w.low + w.high) / 2, w.low, w.high) AS value
                FROM (SELECT f.k, f.month FROM {where.rows} AND NOT event AND f.month IS NOT NULL) f JOIN word w ON w.k = f.k)
            SELECT unit, month, count(*), quantile_cont(value, 0.1), quantile_cont(value, 0.5), quantile_cont(value, 0.9)
            FROM c WHERE value IS NOT NULL GROUP BY 1, 2 ORDER BY count(*) DESC LIMIT {MOST_DRAWN}""",
            where.values,
        )
        return [Spread(unit, _first_of(month), *rest) for unit, month, *rest in sorted(found)]

    def headlines(self, view: View) -> tuple[Row, ...]:
        """All figures where they can be read; else the latest of each measure that is told most."""
        return self.kept.get(("headlines", filters_of(view)), lambda: self._headlines(view))

    def _headlines(self, view: View) -> tuple[Row, ...]:
        if self.totals(view).shown <= MOST_ROWS:
            return self.matching(view)
        chosen = [row for row in self.laid_over.values() if row.record.pin or row.id in self.about.headlines]
        return (*chosen, *(count.latest for count in self._measure_counts(view, BEST_MEASURES, "AND f.actual AND f.known IS NOT NULL")))

    # -- the timeline --

    def lanes(self, view: View, first: float, last: float) -> list[LaneLayout]:
        key = ("lanes", filters_of(view), view.lane, first, last)
        return self.kept.get(key, lambda: self._lanes(view, first, last))

    def _lanes(self, view: View, first: float, last: float) -> list[LaneLayout]:
        if self.totals(view).shown <= MOST_DRAWN:
            rows = self.matching(view) if self.totals(view).shown <= MOST_ROWS else self.first_rows(view, MOST_DRAWN)
            return lay_out(rows, view.lane, first, last, self.steps)
        names = self.lane_names(view)
        crowds = self._crowds(view, first, last, names)
        keys = [*names.values(), *(key for key in (OTHER, NONE) if key in crowds)]
        return lay_out_crowds({key: crowds[key] for key in keys if key in crowds}, first, last, self.steps)

    def lane_names(self, view: View) -> dict[int, str]:
        """The lanes with most records, by number, in the order they are drawn."""
        return self.kept.get(("lane names", filters_of(view), view.lane), lambda: self._lane_names(view))

    def _lane_names(self, view: View) -> dict[int, str]:
        where = self.where(view)
        column = _lane(view)
        counts = dict(self.ask(f"SELECT {column} AS lane, count(*) FROM {where.rows} GROUP BY 1", where.values))
        if view.lane == "type":
            named = {no: "figure" if no == 0 else TYPES[no - 1] for no in counts}
        else:
            table, name = ("place", "code") if view.lane == "place" else ("actor", "name")
            best = sorted((no for no in counts if no), key=lambda no: -counts[no])[: MOST_LANES * 4]
            named = dict(self.ask(f"SELECT no, {name} FROM {table} WHERE no IN (SELECT unnest(?::INTEGER[]))", [best]))
        order = sorted(named, key=lambda no: (-counts[no], named[no]))[:MOST_LANES]
        return {no: named[no] for no in order}

    def _crowds(self, view: View, first: float, last: float, names: dict[int, str]) -> dict[str, list[Crowd]]:
        """Stretches of each lane as wide as a counted mark: how many, and the few where they are few."""
        where = self.where(view)
        days, values = _days(view, where, list(names), first, last)
        found = self.ask(
            f"""WITH s AS ({days}) SELECT lane, {_STRETCH} AS stretch, sum(many)::BIGINT, min(middle), max(middle),
                CASE WHEN sum(many) <= {FEW} THEN list_distinct(flatten(list([low, high]))) END FROM s GROUP BY 1, 2 ORDER BY 1, 2""",
            [*values, first, last - first],
        )
        rows = dict(self._numbered([k for *_, many, _, _, few in found if many <= FEW for k in few]))
        crowds: dict[str, list[Crowd]] = defaultdict(list)
        for lane, stretch, many, since, until, few in found:
            key = names.get(lane) or (NONE if lane == -2 else OTHER)
            of = tuple(rows[k] for k in few) if many <= FEW else ()
            crowds[key].append(Crowd(of, many, int(since), int(until), (lane, stretch)))
        return crowds

    def _numbered(self, ks: Sequence[int]) -> list[tuple[int, Row]]:
        return list(zip(ks, self.read(ks), strict=True))

    def fold_ids(self, view: View, fold: Fold, most: int) -> list[str]:
        if fold.rows:
            return [row.id for row in fold.rows[:most]]
        names, where = self.lane_names(view), self.where(view)
        (lane, stretch), (first, last) = fold.where, fold.window
        reach = max(30.0, (last - first) / 20)
        there = "= ?" if lane >= 0 else f"{'=' if lane == -2 else '<>'} {_none(view)} AND {_lane(view)} NOT IN (SELECT unnest(?::INTEGER[]))"
        found = self.ask(
            f"""WITH s AS (SELECT f.k, f.n, {_MIDDLE} AS middle FROM {where.rows} AND {_SEEN} AND {_lane(view)} {there})
            SELECT w.id FROM (SELECT k, n FROM s WHERE {_STRETCH} = ? ORDER BY n LIMIT {int(most)}) t JOIN word w ON w.k = t.k ORDER BY t.n""",
            [reach, first, reach, last, *where.values, reach, last, reach, first, lane if lane >= 0 else list(names), first, last - first, stretch],
        )
        return [id_ for (id_,) in found]

    # -- actors --

    def matrix(self, view: View, kinds: tuple[str, str]) -> Matrix:
        pairs = self.kept.get(("pairs", filters_of(view)), lambda: self._pairs(view))
        return self.kept.get(("matrix", filters_of(view), kinds), lambda: busiest_pairs(pairs, self, kinds))

    def _pairs(self, view: View) -> list[PairCount]:
        """Sets of two names or more with what they did together: how often, and the first of it."""
        where = self.where(view)
        found = self.ask(
            f"""WITH many AS (SELECT no, actors FROM actor_set WHERE len(list_distinct(actors)) > 1),
            c AS (SELECT aset, type, count(*) AS n, arg_min(k, n, 20) AS few FROM {where.rows} AND event AND f.aset IN (SELECT no FROM many) GROUP BY ALL
                ORDER BY n DESC LIMIT {MOST_PAIRS})
            SELECT m.actors, c.type, c.n, c.few FROM c JOIN many m ON m.no = c.aset""",
            where.values,
        )
        ids = dict(self.ask("SELECT k, id FROM word WHERE k IN (SELECT unnest(?::BIGINT[]))", [[k for *_, few in found for k in few]]))
        return [PairCount(tuple(dict.fromkeys(actors)), TYPES[type_ - 1], n, tuple(ids[k] for k in few)) for actors, type_, n, few in found]

    def actor_type(self, actor: str) -> str:
        return self.store.names.actor_types.get(actor, "") if self.store else ""

    def speaks(self, actor: str) -> bool:
        return actor in self.kept.get(("speakers",), self._speakers)

    def _speakers(self) -> frozenset[str]:
        return frozenset(name for (name,) in self.ask("SELECT DISTINCT speaker FROM word WHERE length(speaker) BETWEEN 2 AND 4"))

    # -- articles --

    def reading(self, source: str) -> Any | None:
        return self.kept.get(("reading", source), lambda: self._reading(source))

    def _reading(self, source: str) -> Any | None:
        if self.store and source in self.store.sources:
            return self.store.reading(source)
        file = self.ask("SELECT file FROM source WHERE id = ?", [source])
        if not file or not file[0][0]:
            return None
        text = self.ask("SELECT text FROM read_parquet(?) WHERE id = ?", [file[0][0], source])
        from extract.reading import read  # only when an article is opened

        try:
            return read(text[0][0] or "", source) if text else None
        except ValueError:  # no single article
            return None

    def source_page(self, view: View, start: int, most: int) -> tuple[int, list[SourceCount]]:
        return self.kept.get(("source page", search_key(view.q), start, most), lambda: self._source_page(View(q=view.q), start, most))

    def _source_page(self, view: View, start: int, most: int) -> tuple[int, list[SourceCount]]:
        condition, values = "lead", ()
        if view.q:
            where = self.where(view)
            named = self._named(view.q)
            condition = f"lead AND (no IN (SELECT f.src FROM {where.rows}) OR ({named.sql}))"
            values = (*where.values, *named.values)
        total = self.ask(f"SELECT count(*) FROM source WHERE {condition}", values)[0][0]
        found = self.ask(f"SELECT no, id FROM source WHERE {condition} ORDER BY published DESC, id DESC LIMIT {int(most)} OFFSET {int(start)}", values)
        counts = self.ask(
            """SELECT src, count(*) FILTER (event), count(*) FILTER (NOT event), count(*) FILTER (status = 1) FROM fact
            WHERE status <> 2 AND src IN (SELECT unnest(?::INTEGER[])) GROUP BY src""",
            [[no for no, _ in found]],
        )
        by_no = {no: rest for no, *rest in counts}
        return total, [SourceCount(self.sources[id_], *by_no.get(no, (0, 0, 0))) for no, id_ in found]

    @staticmethod
    def _named(q: str) -> Where:
        words = [word.casefold() for word in q.split()]
        return Where(" AND ".join("contains(hay, ?)" for _ in words), tuple(words))

    def sources_found(self, q: str) -> list[Source]:
        """By title and publisher: the texts of an archive are too many to look through."""
        named = self._named(q)
        found = self.kept.get(("found", q), lambda: self.ask(f"SELECT id FROM source WHERE lead AND {named.sql} ORDER BY published DESC LIMIT 50", named.values))
        return [self.sources[id_] for (id_,) in found]

    def blame(self, view: View) -> list[tuple[str, int]]:
        counts = [(param, self.totals(lift(view, param)).shown) for param in view.filters]
        return sorted(counts, key=lambda pair: -pair[1])


def _first_of(month: int) -> int:
    """The first day of a month counted from year 0."""
    return date(month // 12, month % 12 + 1, 1).toordinal()


def _lane(view: View) -> str:
    return {"type": "f.type", "place": "f.lane_place", "actor": "f.lane_actor"}[view.lane]


def _none(view: View) -> int:
    """The number of the lane of records that name none; figures are a type of their own."""
    return -9 if view.lane == "type" else 0


# The middle of what is drawn of a record (`lanes.drawn_span`): reach, first, reach, last; whether any of it is seen:
# reach, last, reach, first; the stretch in which the middle lies: first day, days.
_MIDDLE = "((greatest(coalesce(f.first, f.last + 1 - ?), ?) + least(coalesce(f.last + 1, f.first + ?), ?)) / 2)"
_SEEN = "f.known IS NOT NULL AND coalesce(f.first, f.last + 1 - ?) < ? AND coalesce(f.last + 1, f.first + ?) > ?"
_STRETCH = f"least(floor((middle - ?) / (? / {STRETCHES}))::INTEGER, {STRETCHES - 1})"


def _days(view: View, where: Where, lanes: list[int], first: float, last: float) -> tuple[str, list[object]]:
    """Records by lane and days: many have the same, so that middles are reckoned for few."""
    reach = max(30.0, (last - first) / 20)
    sql = f"""SELECT lane, {_MIDDLE} AS middle, many, low, high FROM (
        SELECT CASE WHEN {_lane(view)} IN (SELECT unnest(?::INTEGER[])) THEN {_lane(view)} WHEN {_lane(view)} = {_none(view)} THEN -2 ELSE -1 END AS lane,
            f.first, f.last, f.known, count(*) AS many, min(f.k) AS low, max(f.k) AS high
        FROM {where.rows} AND f.known IS NOT NULL GROUP BY ALL) f WHERE {_SEEN}"""
    return sql, [reach, first, reach, last, lanes, *where.values, reach, last, reach, first]
