"""Which files of an archive count, in which state they are, and what is wrong with them in a person's words.

Knows local folders and object storage (`s3://…`, `gs://…`, `https://…`, through DuckDB's httpfs, loaded only then).
"""

from __future__ import annotations

import json
import os
import time
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from extract.archive import layout

if TYPE_CHECKING:
    import duckdb

NEEDED = {
    layout.FACTS: tuple(layout.FACT_COLUMNS),
    layout.ARTICLES: ("id", "hash", "published", "title", "publisher", "url", "text"),
}  # fmt: skip
LOOK_AGAIN = 5  # seconds for which the state of the files is believed


class ArchiveError(Exception):
    """What keeps an archive from being shown: a phrase of `dashboard.words` (`archive_…`) and what stands in it."""

    def __init__(self, code: str, **words: object) -> None:
        super().__init__(code, words)
        self.code, self.words = code, words


class Parts(NamedTuple):
    """The files of an archive that count."""

    root: str
    facts: tuple[str, ...]
    articles: tuple[str, ...]
    duplicates: str  # "" where there are none yet
    state: str  # changes when any of them does


def is_remote(where: str) -> bool:
    return "://" in where


def connect(**settings: object) -> duckdb.DuckDBPyConnection:
    """An empty database in memory within the limits of YOUJU_MEMORY (2GB) and YOUJU_THREADS (all cores)."""
    try:
        import duckdb
    except ImportError:
        raise ArchiveError("duckdb") from None
    limits = {"memory_limit": os.environ.get("YOUJU_MEMORY") or "2GB", "threads": os.environ.get("YOUJU_THREADS") or os.cpu_count() or 1}
    try:
        return duckdb.connect(config={**limits, "temp_directory": str(cache_folder() / "spill"), **settings})  # type: ignore[arg-type]
    except duckdb.Error as error:
        raise ArchiveError("settings", why=short(error)) from None


def cache_folder() -> Path:
    """Where indexes are kept: YOUJU_CACHE, else the user's cache folder."""
    named = os.environ.get("YOUJU_CACHE")
    base = Path(named) if named else Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "youju"
    try:
        base.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ArchiveError("cache", path=base, why=error.strerror) from None
    return base


def short(error: Exception) -> str:
    return str(error).splitlines()[0][:300] if str(error) else type(error).__name__


def find_parts(where: str) -> Parts:
    """The parts whose articles are there; those of a run that was killed are passed over."""
    return _remote(where.rstrip("/"), int(time.monotonic()) // 60) if is_remote(where) else _local(where, int(time.monotonic()) // LOOK_AGAIN)


@lru_cache(maxsize=4)
def _local(where: str, _moment: int) -> Parts:
    root = Path(where)
    if not root.is_dir():
        raise ArchiveError("missing", path=where)
    try:
        return _choose(where, _read_manifest(root / layout.MANIFEST, where), dict(_walk(root)))
    except PermissionError as error:
        raise ArchiveError("denied", path=error.filename or where) from None


def _read_manifest(path: Path, where: str) -> str:
    if not path.is_file():
        raise ArchiveError("none", path=where, name=layout.MANIFEST)
    return path.read_text(encoding="utf-8", errors="replace")


def _walk(root: Path) -> list[tuple[str, str]]:
    """Every Parquet file below with what tells its state."""
    found = []
    for folder in (root, root / layout.ARTICLES, *sorted((root / layout.FACTS).glob("year=*"))):
        if folder.is_dir():
            for entry in os.scandir(folder):
                if entry.name.endswith(".parquet") and not entry.name.startswith("."):
                    stat = entry.stat()
                    found.append((Path(entry.path).relative_to(root).as_posix(), f"{stat.st_mtime_ns}:{stat.st_size}"))
    return found


@lru_cache(maxsize=4)
def _remote(where: str, _moment: int) -> Parts:
    import duckdb

    con = connect()
    try:
        load_httpfs(con)
        row = con.execute("SELECT content FROM read_text(?)", [f"{where}/{layout.MANIFEST}"]).fetchone()
        patterns = [f"{where}/{layout.ARTICLES}/*.parquet", f"{where}/{layout.FACTS}/*/*.parquet", f"{where}/{layout.DUPLICATES}"]
        seen: dict[str, str] = {}
        for pattern in patterns:
            for name, size, changed in con.execute("SELECT filename, size, last_modified FROM read_blob(?)", [pattern]).fetchall():
                seen[str(name).removeprefix(f"{where}/")] = f"{changed}:{size}"
    except duckdb.Error as error:
        raise ArchiveError("unreachable", path=where, why=short(error)) from None
    return _choose(where, str(row[0]) if row else "", seen)


S3_SETTINGS = {"KEY_ID": "AWS_ACCESS_KEY_ID", "SECRET": "AWS_SECRET_ACCESS_KEY", "SESSION_TOKEN": "AWS_SESSION_TOKEN", "REGION": "AWS_REGION", "ENDPOINT": "AWS_ENDPOINT_URL"}


def load_httpfs(con: duckdb.DuckDBPyConnection) -> None:
    """The extension for object storage, fetched where it is not there yet, with the credentials of the environment."""
    import duckdb

    try:
        con.execute("LOAD httpfs")
    except duckdb.Error:
        try:
            con.execute("INSTALL httpfs")
            con.execute("LOAD httpfs")
        except duckdb.Error as error:
            raise ArchiveError("httpfs", version=duckdb.__version__, why=short(error)) from None
    given = {name: value for name, variable in S3_SETTINGS.items() if (value := os.environ.get(variable))}
    if given:
        con.execute(f"CREATE OR REPLACE SECRET youju (TYPE s3, {', '.join(f'{name} {value}' for name, value in _secret(given).items())})")


def _secret(given: dict[str, str]) -> dict[str, str]:
    """Settings in SQL. An address of one's own (MinIO, Ceph, OSS) says by http:// that it takes no TLS, and has buckets in its path."""
    settings = {name: text(value) for name, value in given.items()}
    if "ENDPOINT" in given:
        scheme, _, host = given["ENDPOINT"].rpartition("://")
        settings |= {"ENDPOINT": text(host.rstrip("/")), "URL_STYLE": "'path'", "USE_SSL": str(scheme != "http").lower()}
    return settings


def text(value: str) -> str:
    """A setting of ours in SQL, where nothing can be bound."""
    return "'" + value.replace("'", "''") + "'"


def _choose(where: str, manifest: str, seen: dict[str, str]) -> Parts:
    try:
        said = json.loads(manifest)
    except ValueError:
        said = None
    if not isinstance(said, dict) or said.get("format") != layout.FORMAT:
        raise ArchiveError("none", path=where, name=layout.MANIFEST)
    if said.get("version") != layout.VERSION:
        raise ArchiveError("version", path=where, found=said.get("version"), known=layout.VERSION)
    articles = sorted(name for name in seen if name.startswith(f"{layout.ARTICLES}/"))
    done = {name.rpartition("/")[2] for name in articles}
    facts = sorted(name for name in seen if name.startswith(f"{layout.FACTS}/") and name.rpartition("/")[2] in done)
    if not articles:
        raise ArchiveError("empty", path=where)
    duplicates = layout.DUPLICATES if layout.DUPLICATES in seen else ""
    used = sorted((name, seen[name]) for name in (*articles, *facts, *([duplicates] if duplicates else [])))
    state = sha256(repr(used).encode()).hexdigest()[:16]
    full = [tuple(f"{where.rstrip('/')}/{name}" for name in names) for names in (facts, articles, [duplicates] if duplicates else [])]
    return Parts(where, full[0], full[1], full[2][0] if full[2] else "", state)


def check_columns(con: duckdb.DuckDBPyConnection, parts: Parts) -> None:
    """Name the first file that cannot be read, or lacks a column, before any of it is shown."""
    import duckdb

    for table, files in ((layout.FACTS, parts.facts), (layout.ARTICLES, parts.articles)):
        for file in files:
            try:
                there = {name for (name,) in con.execute("SELECT name FROM parquet_schema(?)", [file]).fetchall()}
            except duckdb.Error as error:
                raise ArchiveError("broken", path=file, why=short(error)) from None
            if missing := [name for name in NEEDED[table] if name not in there]:
                raise ArchiveError("columns", path=file, names="、".join(missing[:6]))
