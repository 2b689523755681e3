"""The database made from an archive once for each state of it: narrow rows to count, words to search and to quote.

Kept in the cache folder (`parts.cache_folder`), never in the archive. Names are numbers here, sets of places and of
actors are kept once each, so that counting ten million rows touches a few bytes of each. Tables:

    fact     one row a record: k (row of `word`), n (place in order of time), days, numbers of the rest, and `hay`: what a
             search looks through, beside the numbers so that one scan finds a record and copies it
    word     one row a record, as the archive holds it
    source   one row an article, with the file that holds its text; `lead` is false for a copy of another
    place, actor, measure     number and name
    place_set, place_in       a set of places; its members with those they lie in (own: itself a member;
    actor_set, actor_in       named: a member or the province of one)

Order of time is that of `dashboard.rows.by_time`.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from curated.records import Place
from dashboard.archive.direction import isolate_words
from dashboard.archive.parts import (
    ArchiveError,
    Parts,
    cache_folder,
    check_columns,
    connect,
    is_remote,
    load_httpfs,
    short,
    text,
)
from dashboard.bidi import FSI, PDI
from dashboard.rows import normalise, place_name, places_above, province_of
from dashboard.view import TYPES

if TYPE_CHECKING:
    import duckdb

VERSION = 3  # of these tables
STATUSES = ("draft", "reviewed", "dropped")

# `dashboard.rows.normalise` in SQL for texts in which nothing else stands than ASCII, Chinese characters and the usual
# marks: most of a newspaper. Any other text goes through the function itself, at ten times the cost.
_OTHER = r"[^\t\n\r\x20-\x7e\x{4e00}-\x{9fff}、。《》「」『』【】“”‘’—·×，（）：；％！？]"
_WIDE, _NARROW = "（）：；％！？", "():;%!?"
_NUMBER = r"\d,\d\d\d"
_JOINED = r"regexp_replace({}, '(\d),(\d\d\d)', '\1\2', 'g')"
_WORDS = (
    'id, kind, start, "end", quote_start, quote_end, quote, date, date_from, title, type, value, low, high, unit, bound, measure, amount, '
    "as_of, as_of_from, during, modality, change, data_from, speaker, actors, places, earliest, latest, source"
)
_BESIDE = ("title", "measure", "amount", "speaker", "data_from")  # what is searched beside the quote


def normal_words(rows: str, every: str, brief: str) -> str:
    """`rows` (a query) with `hay`: the words `every` as they are compared. `brief`: the same without what stands in them
    twice, for texts of which a part keeps its place when the whole is normalised. Needs the function of `teach`.
    """
    plain = f"CASE WHEN regexp_matches(narrow, '[{_WIDE}]') THEN translate(narrow, '{_WIDE}', '{_NARROW}') ELSE narrow END"
    joined = _JOINED.format(_JOINED.format("plain"))  # twice, since matches may not overlap
    return f"""SELECT * EXCLUDE (every, narrow, plain, other),
        CASE WHEN other THEN normalise(every) WHEN regexp_matches(plain, '{_NUMBER}') THEN {joined} ELSE plain END AS hay
        FROM (SELECT *, {plain} AS plain FROM (SELECT * EXCLUDE (brief), replace(lower(brief), '，', ',') AS narrow, regexp_matches(every, '{_OTHER}') AS other
        FROM (SELECT *, {every} AS every, {brief} AS brief FROM ({rows}))))"""


def brief_of(name: str) -> str:
    """A column where it says more than the quote. What holds a comma may be part of a number in the quote: it stays."""
    return f"CASE WHEN contains(quote, {name}) AND NOT contains({name}, ',') AND NOT contains({name}, '，') THEN NULL ELSE {name} END"


def teach(con: duckdb.DuckDBPyConnection) -> None:
    """Normalising for texts with rare characters, free of what `isolate_words` put round them."""
    isolation = str.maketrans("", "", FSI + PDI)
    con.create_function("normalise", lambda words: normalise(words.translate(isolation)), ["VARCHAR"], "VARCHAR")  # type: ignore[arg-type]


def index_path(parts: Parts) -> Path:
    """Where the index of an archive in this state is, or will be."""
    stem = sha256(parts.root.encode()).hexdigest()[:12]
    return cache_folder() / f"{stem}-{parts.state}-v{VERSION}.duckdb"


def index_of(parts: Parts) -> Path:
    """The index of an archive in this state, made where it is not there yet; those of older states are removed."""
    path = index_path(parts)
    if not path.exists():
        build(parts, path)
        for old in path.parent.glob(f"{path.name.partition('-')[0]}-*.duckdb"):
            if old != path:
                old.unlink(missing_ok=True)
    return path


def build(parts: Parts, path: Path) -> None:
    """Write the index beside `path` and rename it: it is there whole or not at all."""
    import duckdb

    half = path.with_suffix(f".{os.getpid()}.half")
    con = connect()
    try:
        if is_remote(parts.root):
            load_httpfs(con)
        check_columns(con, parts)
        con.execute(f"ATTACH {text(str(half))} AS made")
        con.execute("USE made")
        teach(con)
        _fill(con, parts)
        con.execute("USE memory")
        con.execute("DETACH made")
        half.replace(path)
    except duckdb.Error as error:
        raise ArchiveError("broken", path=parts.root, why=short(error)) from None
    finally:
        con.close()
        half.unlink(missing_ok=True)


def _fill(con: duckdb.DuckDBPyConnection, parts: Parts) -> None:
    facts = "read_parquet($facts, hive_partitioning = false, union_by_name = true)"
    if parts.facts:
        con.execute(f"CREATE TABLE word AS SELECT row_number() OVER () - 1 AS k, {_WORDS} FROM {facts}", {"facts": list(parts.facts)})
    else:
        con.execute(empty_words())
    _fill_sources(con, parts)
    isolate_words(con)
    _fill_names(con)
    every, brief = (f"concat_ws(' ', quote, {', '.join(map(of, _BESIDE))})" for of in (str, brief_of))
    words = ", ".join(("k", "id", "kind", "type", "measure", "earliest", "latest", "source", "places", "actors", "value", "low", "high", "modality"))
    con.execute(fact_table(f"(SELECT {words}, hay FROM ({normal_words('FROM word', every, brief)}))"))


def empty_words() -> str:
    from extract.archive.layout import FACT_COLUMNS

    kinds = {"string": "VARCHAR", "int32": "INTEGER", "double": "DOUBLE", "list<string>": "VARCHAR[]", "date32": "DATE"}
    columns = ", ".join(f'{name} {kinds[FACT_COLUMNS[name.strip(chr(34))]]}' for name in _WORDS.split(", "))
    return f"CREATE TABLE word (k BIGINT, {columns})"


def _fill_sources(con: duckdb.DuckDBPyConnection, parts: Parts) -> None:
    group = "NULL::VARCHAR AS grp, true AS lead"
    join = ""
    values: dict[str, object] = {"articles": list(parts.articles)}
    if parts.duplicates:
        values["duplicates"] = parts.duplicates
        group, join = 'd."group" AS grp, coalesce(d.lead, true) AS lead', "LEFT JOIN read_parquet($duplicates) d ON d.id = a.id"
    rows = f"""SELECT (row_number() OVER (ORDER BY a.published, a.id))::INTEGER AS no, a.id, a.hash, a.published, a.title, a.publisher, a.url, a.filename AS file, {group}
        FROM read_parquet($articles, filename = true, union_by_name = true) a {join}"""
    said = "concat_ws(' ', title, publisher)"
    con.execute(f"CREATE TABLE source AS {normal_words(rows, said, said)}", values)


def _fill_names(con: duckdb.DuckDBPyConnection) -> None:
    con.execute("CREATE TABLE measure AS SELECT (row_number() OVER (ORDER BY name))::INTEGER AS no, name FROM (SELECT DISTINCT measure AS name FROM word WHERE measure <> '')")
    con.execute("CREATE TABLE actor_set AS SELECT (row_number() OVER ())::INTEGER AS no, actors FROM (SELECT DISTINCT actors FROM word)")
    con.execute("CREATE TABLE actor AS SELECT (row_number() OVER (ORDER BY name))::INTEGER AS no, name FROM (SELECT DISTINCT unnest(actors) AS name FROM actor_set)")
    con.execute("CREATE TABLE actor_in AS SELECT DISTINCT s.no AS set_no, a.no AS actor FROM (SELECT no, unnest(actors) AS name FROM actor_set) s JOIN actor a USING (name) ORDER BY actor")
    con.execute("ALTER TABLE actor_set ADD COLUMN lead INTEGER")
    con.execute("UPDATE actor_set SET lead = a.no FROM actor a WHERE a.name = actors[1]")
    sets = con.execute("SELECT row_number() OVER () AS no, places FROM (SELECT DISTINCT places FROM word)").fetchall()
    write_places(con, sets, {})


@lru_cache(maxsize=8192)
def place_of(code: str) -> Place:
    """A place as an archive names it: an adcode, or the name of a region or country."""
    from extract.divisions import level_of, provinces_of  # the gazetteer: only once an archive is open

    if name := place_name(code):
        return Place(name, code, name, level_of(code))
    provinces = provinces_of(code)
    return Place(code, "", code, "region" if provinces else "country", provinces)


def write_places(con: duckdb.DuckDBPyConnection, sets: list[tuple[int, list[str]]], known: dict[str, int]) -> None:
    """The sets of places with their members; `known`: numbers that places have already."""
    number = dict(known)
    heads: list[tuple[int, list[str], int | None]] = []
    members: list[tuple[int, int, bool, bool]] = []
    for no, codes in sets:
        places = [place_of(code) for code in codes or ()]
        own = {p.adcode or p.name for p in places}
        named = own | {province_of(p) for p in places}
        for code in dict.fromkeys([*named, *(above for p in places for above in places_above(p))]):
            members.append((no, number.setdefault(code, len(number) + 1), code in own, code in named))
        heads.append((no, codes or [], number[province_of(places[0])] if places else None))
    con.execute("CREATE TABLE place_set (no INTEGER, places VARCHAR[], lead INTEGER)")
    con.execute("CREATE TABLE place_in (set_no INTEGER, place INTEGER, own BOOLEAN, named BOOLEAN)")
    con.execute("CREATE TABLE place (no INTEGER, code VARCHAR, name VARCHAR, hay VARCHAR)")
    _insert(con, "place_set", heads)
    _insert(con, "place_in", members)
    _insert(con, "place", [(no, code, place_of(code).name, place_of(code).name.casefold()) for code, no in number.items() if code not in known])


def _insert(con: duckdb.DuckDBPyConnection, table: str, rows: Sequence[tuple[object, ...]]) -> None:
    """All rows at once, as columns: a row at a time takes a millisecond each."""
    if rows:
        columns = [list(column) for column in zip(*rows, strict=True)]
        marks = ", ".join("unnest(?)" for _ in columns)
        con.execute(f"INSERT INTO {table} SELECT {marks}", columns)


# `hay` is looked through from end to end by every search: packed it takes a third of the space and twice the time.
_FACT = """k INTEGER, n DOUBLE, event BOOLEAN, type UTINYINT, measure INTEGER, first INTEGER, last INTEGER, known INTEGER, month INTEGER, src INTEGER, lead BOOLEAN,
    pset INTEGER, lane_place INTEGER, aset INTEGER, lane_actor INTEGER, status UTINYINT, value DOUBLE, low DOUBLE, high DOUBLE, actual BOOLEAN,
    hay VARCHAR USING COMPRESSION uncompressed"""


def fact_table(word: str, status: str = "0", lead: str = "s.lead") -> str:
    """`fact` made and filled from a table of words whose names all have numbers."""
    types = ", ".join(f"'{name}'" for name in TYPES)
    first, last = (f"(w.{day} - DATE '0001-01-01' + 1)" for day in ("earliest", "latest"))
    known = f"coalesce({first}, {last})"
    return f"""CREATE TABLE fact ({_FACT}); INSERT INTO fact BY NAME SELECT k::INTEGER AS k, (row_number() OVER ())::DOUBLE AS n, * EXCLUDE (k, id) FROM (
        SELECT w.k, w.id, w.kind = 'event' AS event,
            CASE WHEN w.kind = 'event' THEN coalesce(list_position([{types}], w.type), {TYPES.index("other") + 1}) ELSE 0 END::UTINYINT AS type, coalesce(m.no, 0) AS measure,
            {first}::INTEGER AS first, {last}::INTEGER AS last, {known}::INTEGER AS known,
            (year(coalesce(w.earliest, w.latest)) * 12 + month(coalesce(w.earliest, w.latest)) - 1)::INTEGER AS month,
            s.no AS src, {lead} AS lead, p.no::INTEGER AS pset, coalesce(p.lead, 0)::INTEGER AS lane_place, a.no AS aset, coalesce(a.lead, 0) AS lane_actor,
            {status}::UTINYINT AS status, w.value, w.low, w.high, w.modality = 'actual' AS actual, w.hay
        FROM {word} w JOIN source s ON s.id = w.source JOIN place_set p ON p.places = w.places JOIN actor_set a ON a.actors = w.actors
        LEFT JOIN measure m ON m.name = w.measure
        ORDER BY {known} IS NULL, coalesce({known}, 0), coalesce({last}, 0), w.id)"""
