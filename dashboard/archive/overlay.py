"""An archive opened: its index attached read-only, a curated folder laid over it, everything else locked.

Hand-made records win: an article that a curated file covers (same text, address or name) shows only what that file
says, records named by `same_as` or by their own id give way, dropped ones vanish. Leaves out the questions (`answers`).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any

import curated
from curated.records import Event
from dashboard import data
from dashboard.archive.answers import Archive
from dashboard.archive.index import STATUSES, empty_words, fact_table, index_of, write_places
from dashboard.archive.parts import ArchiveError, Parts, connect, find_parts, is_remote, load_httpfs, short, text
from dashboard.rows import Row, front_of_groups, normalise

if TYPE_CHECKING:
    import duckdb

TABLES = ("fact", "word", "source", "place", "place_set", "place_in", "actor", "actor_set", "actor_in", "measure")


def open_archive(where: str, root: Path | None = None, lang: str = "zh") -> Archive:
    """Raises ArchiveError, with what is wrong and where, when it cannot be shown."""
    parts = find_parts(where)
    con = connect()
    import duckdb

    try:
        con.execute(f"ATTACH {text(str(index_of(parts)))} AS made (READ_ONLY)")
        story = data.index_store(curated.load(root, lang=lang), f"{parts.state}:{root}") if root else None
        _lay_over(con, story)
        _lock(con, parts)
    except duckdb.Error as error:
        raise ArchiveError("broken", path=where, why=short(error)) from None
    name = where.rstrip("/").rpartition("/")[2] or where
    if story is None:
        return Archive(parts.state, name, con, curated.Story())
    return Archive(
        f"{parts.state}:{story.key}", name, con, story.about, story.problems, story.colours, dict(story.steps), dict(story.rows), story.store
    )


def _lock(con: duckdb.DuckDBPyConnection, parts: Parts) -> None:
    """From here on a query reaches the articles of this archive and nothing else, and no setting changes."""
    con.execute("SET autoinstall_known_extensions = false")
    con.execute("SET autoload_known_extensions = false")
    if is_remote(parts.root):
        load_httpfs(con)
        con.execute(f"SET allowed_directories = [{text(parts.root.rstrip('/') + '/')}]")
    else:
        con.execute(f"SET allowed_directories = [{text(str(Path(parts.root)) + '/')}]")
    con.execute("SET enable_external_access = false")
    con.execute("SET lock_configuration = true")


def _lay_over(con: duckdb.DuckDBPyConnection, story: data.Story | None) -> None:
    con.execute("CREATE TABLE tag (k BIGINT, name VARCHAR)")
    if story is None or not (story.rows or story.sources):
        for table in TABLES:
            con.execute(f"CREATE VIEW {table} AS SELECT * FROM made.{table}")
        return
    con.execute("CREATE SCHEMA laid")
    con.execute("USE memory.laid")
    rows = list(story.rows.values())
    _write_words(con, rows)
    _write_sources(con, story)
    _write_names(con)
    con.execute(fact_table("word", "w.status", "w.front"))
    _place_in_time(con)
    con.execute("USE memory.main")
    _hide(con, story)
    con.execute("INSERT INTO tag SELECT unnest(?::BIGINT[]), unnest(?::VARCHAR[])", [*map(list, zip(*[(-1 - i, tag) for i, row in enumerate(rows) for tag in row.tags], strict=True))] or [[], []])
    con.execute("CREATE VIEW fact AS SELECT * FROM made.fact ANTI JOIN laid.hidden USING (k) UNION ALL SELECT * FROM laid.fact")
    con.execute("CREATE VIEW source AS SELECT * FROM made.source ANTI JOIN laid.hidden_source USING (no) UNION ALL SELECT * FROM laid.source")
    con.execute("CREATE VIEW word AS SELECT * FROM made.word UNION ALL SELECT * EXCLUDE (status, front, hay) FROM laid.word")
    for table in TABLES[3:]:
        con.execute(f"CREATE VIEW {table} AS SELECT * FROM made.{table} UNION ALL SELECT * FROM laid.{table}_new")


def _write_words(con: duckdb.DuckDBPyConnection, rows: Sequence[Row]) -> None:
    """Hand-made records in the columns of an archive; their numbers are below zero."""
    con.execute(empty_words())
    con.execute("ALTER TABLE word ADD COLUMN status UTINYINT")
    con.execute("ALTER TABLE word ADD COLUMN front BOOLEAN")
    con.execute("ALTER TABLE word ADD COLUMN hay VARCHAR")
    front = {row.id for row in front_of_groups([row for row in rows if row.record.status != "dropped"])}
    lines = [_line(-1 - i, row, row.id in front or row.record.status == "dropped") for i, row in enumerate(rows)]
    if lines:
        con.executemany(f"INSERT INTO word BY NAME SELECT {', '.join(f'? AS {_quoted(name)}' for name in lines[0])}", [list(line.values()) for line in lines])


def _quoted(name: str) -> str:
    return f'"{name}"'


def _line(k: int, row: Row, front: bool) -> dict[str, Any]:
    record, when = row.record, row.date
    line: dict[str, Any] = {
        "k": k, "id": row.id, "kind": row.kind, "quote": record.quote, "speaker": record.speaker, "data_from": record.data_from,
        "actors": list(record.actors), "places": [place.adcode or place.name for place in record.places], "source": record.source, "hay": row.text,
        "earliest": when.earliest if when else None, "latest": when.latest if when else None, "date": str(when or ""), "status": STATUSES.index(record.status), "front": front,
    }  # fmt: skip
    if isinstance(record, Event):
        return line | {"title": record.title, "type": record.type, "measure": "", "value": None, "low": None, "high": None, "modality": ""}
    amount = record.amount
    numbers = {name: None if (n := getattr(amount, name)) is None else float(n) for name in ("value", "low", "high")}
    return line | {"title": "", "type": "", "measure": record.measure, **numbers, "modality": record.modality}


def _write_sources(con: duckdb.DuckDBPyConnection, story: data.Story) -> None:
    con.execute("CREATE TABLE source AS SELECT * FROM made.source LIMIT 0")
    first = con.execute("SELECT coalesce(max(no), 0) FROM made.source").fetchall()[0][0]
    lines = [
        [first + i, name, hash_of(story, name), str(source.published or ""), source.title, source.publisher, source.url, normalise(" ".join((source.title, source.publisher)))]
        for i, (name, source) in enumerate(story.sources.items(), 1)
    ]
    if lines:
        con.executemany("INSERT INTO source (no, id, hash, published, title, publisher, url, hay, file, lead) SELECT ?, ?, ?, ?, ?, ?, ?, ?, '', true", lines)


def hash_of(story: data.Story, name: str) -> str:
    """As `extract.archive.work.digest` names a text that came without title, publisher, date and address."""
    reading = data.reading_of(story.store, name)
    return blake2b(b"\0".join((reading.raw.encode("utf-8", "surrogatepass"), *[b""] * 4)), digest_size=16).hexdigest() if reading else ""


def _write_names(con: duckdb.DuckDBPyConnection) -> None:
    """Names and sets that the archive has no number for, numbered on from its own."""
    for table, words in (("measure", "SELECT DISTINCT measure AS name FROM word WHERE measure <> ''"), ("actor", "SELECT DISTINCT unnest(actors) AS name FROM word")):
        con.execute(f"CREATE TABLE {table}_new AS SELECT ((SELECT coalesce(max(no), 0) FROM made.{table}) + row_number() OVER ())::INTEGER AS no, name FROM ({words}) ANTI JOIN made.{table} USING (name)")
        con.execute(f"CREATE VIEW {table} AS SELECT * FROM made.{table} UNION ALL SELECT * FROM {table}_new")
    con.execute("""CREATE TABLE actor_set_new AS SELECT ((SELECT coalesce(max(no), 0) FROM made.actor_set) + row_number() OVER ())::INTEGER AS no, actors, a.no AS lead
        FROM (SELECT DISTINCT actors FROM word) LEFT JOIN actor a ON a.name = actors[1]""")
    con.execute("CREATE TABLE actor_in_new AS SELECT DISTINCT s.no AS set_no, a.no AS actor FROM (SELECT no, unnest(actors) AS name FROM actor_set_new) s JOIN actor a USING (name)")
    first = con.execute("SELECT coalesce(max(no), 0) FROM made.place_set").fetchall()[0][0]
    sets = con.execute("SELECT ? + row_number() OVER (), places FROM (SELECT DISTINCT places FROM word)", [first]).fetchall()
    write_places(con, sets, dict(con.execute("SELECT code, no FROM made.place").fetchall()))
    for table in ("place_set", "place_in", "place"):
        con.execute(f"ALTER TABLE {table} RENAME TO {table}_new")
    con.execute("CREATE VIEW place_set AS SELECT * FROM place_set_new")
    con.execute("CREATE VIEW actor_set AS SELECT * FROM actor_set_new")


def _place_in_time(con: duckdb.DuckDBPyConnection) -> None:
    """Hand-made records stand among the archive's by their days, in front of equal ones."""
    days = con.execute("SELECT known, coalesce(last, 0), max(n) FROM made.fact GROUP BY ALL").fetchall()
    order = sorted((known is None, known or 0, last, n) for known, last, n in days)
    keys = [entry[:3] for entry in order]
    own = con.execute("SELECT k, known, coalesce(last, 0) FROM fact ORDER BY n").fetchall()
    for number, (k, known, last) in enumerate(own):
        at = bisect_left(keys, (known is None, known or 0, last))
        before = order[at - 1][3] if at else 0.0
        con.execute("UPDATE fact SET n = ? WHERE k = ?", [before + 0.25 + number / len(own) / 2, k])


def _hide(con: duckdb.DuckDBPyConnection, story: data.Story) -> None:
    """What hand-made records take the place of."""
    urls = [source.url for source in story.sources.values() if source.url]
    hashes = con.execute("SELECT hash FROM laid.source WHERE hash <> ''").fetchall()
    con.execute(
        "CREATE TABLE laid.hidden_source AS SELECT no FROM made.source WHERE id IN (SELECT unnest(?::VARCHAR[])) OR url IN (SELECT unnest(?::VARCHAR[])) OR hash IN (SELECT unnest(?::VARCHAR[]))",
        [list(story.sources), urls, [value for (value,) in hashes]],
    )
    ids = [id_ for row in story.rows.values() for id_ in (row.id, *row.record.same_as)]
    con.execute(
        "CREATE TABLE laid.hidden AS SELECT k FROM made.word WHERE id IN (SELECT unnest(?::VARCHAR[])) UNION SELECT k FROM made.fact WHERE src IN (SELECT no FROM laid.hidden_source)",
        [ids],
    )
