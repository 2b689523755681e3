"""Records of an archive chosen by a filter in SQL or by id, with their articles.

Knows how a filter that somebody typed is kept to reading this archive: one SELECT, no other files, no settings.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import duckdb

from extract.archive import files, layout


class ChoiceError(Exception):
    """The filter cannot be used; the message says why."""


class Chosen(NamedTuple):
    """An article with the marks of the records that were chosen: (kind, start, end), in raw offsets."""

    id: str
    title: str
    publisher: str
    published: str
    url: str
    text: str
    marks: frozenset[tuple[str, int, int]]


def choose(archive: Path, where: str, ids: Sequence[str], most: int) -> list[Chosen]:
    """Articles with the records that match `where` (SQL over `facts`) or whose ids are given, in order of their ids.

    Raises files.ArchiveError for a folder that is no archive, ChoiceError for a filter that is none, for ids that are
    not there, and for more than `most` records.
    """
    files.check_manifest(archive)
    if not any((archive / layout.FACTS).glob("*/part-*.parquet")):
        raise ChoiceError("存档里没有记录 / the archive holds no records")
    connection = _connect(archive)
    try:
        found = _found(connection, where, ids, most)
    except duckdb.Error as error:
        raise ChoiceError(str(error).split("\n\nLINE")[0].strip()[:400]) from None
    by_article: dict[str, set[tuple[str, int, int]]] = {}
    for source, kind, start, end in found:
        by_article.setdefault(source, set()).add((kind, start, end))
    rows = connection.execute(
        "SELECT id, title, publisher, published, url, text FROM articles WHERE id IN (SELECT unnest(?::VARCHAR[])) ORDER BY id", [sorted(by_article)]
    ).fetchall()
    return [Chosen._make((*row, frozenset(by_article[row[0]]))) for row in rows]


def _connect(archive: Path) -> duckdb.DuckDBPyConnection:
    """A database in memory that sees the committed files of this archive and nothing else."""
    names = sorted(path.name for path in (archive / layout.ARTICLES).glob("part-*.parquet"))
    facts = [str(path.absolute()) for name in names for path in sorted((archive / layout.FACTS).glob(f"*/{name}"))]
    articles = [str((archive / layout.ARTICLES / name).absolute()) for name in names]
    connection = duckdb.connect(config={"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"})
    connection.execute(f"CREATE VIEW facts AS SELECT * FROM read_parquet({_listed(facts)}, hive_partitioning = true)")
    connection.execute(f"CREATE VIEW articles AS SELECT * FROM read_parquet({_listed(articles)})")
    connection.execute(f"SET allowed_paths = {_listed(facts + articles)}")
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")
    return connection


def _listed(paths: list[str]) -> str:
    return "[" + ", ".join("'" + path.replace("'", "''") + "'" for path in paths) + "]"


def _found(connection: duckdb.DuckDBPyConnection, where: str, ids: Sequence[str], most: int) -> list[Any]:
    select = 'SELECT source, kind, start, "end" FROM facts WHERE '
    if where:
        query = f"{select}(\n{where}\n) LIMIT {most + 1}"
        statements = connection.extract_statements(query)
        if len(statements) != 1 or statements[0].type != duckdb.StatementType.SELECT:
            raise ChoiceError("--where 应是一个条件,例如 \"type = 'agreement' AND year = 2019\" / has to be one condition")
        found = connection.execute(query).fetchall()
    else:
        found = connection.execute(f"{select} id IN (SELECT unnest(?::VARCHAR[]))", [list(ids)]).fetchall()
        known = connection.execute("SELECT DISTINCT id FROM facts WHERE id IN (SELECT unnest(?::VARCHAR[]))", [list(ids)]).fetchall()
        missing = sorted(set(ids) - {row[0] for row in known})
        if missing:
            raise ChoiceError(f"存档里没有 / not in the archive: {', '.join(missing[:10])}")
    if len(found) > most:
        raise ChoiceError(f"超过 {most:,} 条;请把条件写窄,或用 --limit / more than {most:,} records: narrow the filter or use --limit")
    return found
