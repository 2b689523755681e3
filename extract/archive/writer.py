"""The files of an archive: made whole or not at all, by one run at a time.

Knows the order of writing that makes a chunk count (`layout`), what a killed run leaves behind and how it is cleared
away, and how an article that came again takes the place of the former one. Leaves out what an article says.
"""

from __future__ import annotations

import contextlib
import json
import secrets
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute

from extract.archive import layout, work
from extract.archive.files import held, put, put_table, read_table
from extract.archive.reasons import reason

pc: Any = pyarrow.compute  # its functions are made when it is loaded, unseen by type checkers
CHUNK = 20_000  # articles of one part at most
CHUNK_BYTES = 128 * 2**20
CHUNK_SECONDS = 60.0  # a kill loses at most this much work
_INTENT = ".replaces-{}.json"


class Archive:
    """An archive that is being written; only within `opened`."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.stamp = self._stamp()
        self._rows: list[pa.StructArray] = []
        self._size, self._count, self._since = 0, 0, time.monotonic()

    def _stamp(self) -> str:
        """When the run began; a run that goes on after a kill keeps the stamp of the one it finishes."""
        path = self.folder / ".run.json"
        with contextlib.suppress(OSError, ValueError, KeyError):
            return str(json.loads(path.read_text())["stamp"])
        stamp = time.strftime("%Y%m%dT%H%M%S", time.gmtime())
        put(path, json.dumps({"stamp": stamp}).encode())
        return stamp

    # --- what is there -------------------------------------------------------------------------------------------

    def parts(self) -> list[str]:
        """File names of the committed parts, oldest first."""
        return sorted(path.name for path in (self.folder / layout.ARTICLES).glob("part-*.parquet"))

    def done(self) -> np.ndarray:
        """Sorted keys (`work.done_key`) of the articles that need not be read again, failures among them."""
        keys: list[np.ndarray] = []
        for table in (layout.ARTICLES, layout.FAILURES):
            for path in sorted((self.folder / table).glob("part-*.parquet")):
                rows = read_table(path, ["id", "hash"])
                pairs = zip(rows["id"].to_pylist(), rows["hash"].to_pylist(), strict=True)
                keys.append(np.fromiter((work.done_key(id, hash) for id, hash in pairs if hash), np.uint64))
        return np.sort(np.concatenate(keys)) if keys else np.empty(0, np.uint64)

    # --- writing -------------------------------------------------------------------------------------------------

    def add(self, rows: pa.StructArray) -> None:
        """Take in results of workers (`work.result_type`); writes a part when there is enough for one."""
        self._rows.append(rows)
        self._count += len(rows)
        self._size += rows.nbytes
        if self._count >= CHUNK or self._size >= CHUNK_BYTES or time.monotonic() - self._since > CHUNK_SECONDS:
            self.flush()

    def flush(self) -> None:
        """Write what was taken in as one part."""
        if self._rows:
            rows = pa.concat_arrays(self._rows)
            table = pa.Table.from_struct_array(rows)
            self._rows = []
            self._write(*_split(table))
        self._size, self._count, self._since = 0, 0, time.monotonic()

    def _write(self, articles: pa.Table, facts: pa.Table, failures: pa.Table) -> str:
        if not articles.num_rows and not failures.num_rows:
            return ""
        name = self._new_name(self.stamp)
        self._write_sides(name, facts, failures)
        put_table(self.folder / layout.ARTICLES / name, articles.sort_by("id"), layout.ARTICLE_GROUP)
        return name

    def _new_name(self, stamp: str) -> str:
        return layout.part_name(stamp, f"{time.time_ns():016x}{secrets.token_hex(2)}")

    def _write_sides(self, name: str, facts: pa.Table, failures: pa.Table) -> None:
        year = pc.fill_null(pc.year(pc.coalesce(facts["earliest"], facts["latest"])), layout.UNDATED)
        for value in sorted(pc.unique(year).to_pylist()):
            rows = facts.filter(pc.equal(year, value)).sort_by([("earliest", "ascending"), ("id", "ascending")])
            put_table(self.folder / layout.FACTS / f"year={value}" / name, rows, layout.FACT_GROUP)
        if failures.num_rows:
            put_table(self.folder / layout.FAILURES / name, failures, layout.ARTICLE_GROUP)

    # --- after a kill, and when an article came again ------------------------------------------------------------

    def recover(self) -> int:
        """Clear away what a killed run left; returns how many files. What is tried again leaves the failures."""
        removed = 0
        for path in sorted(self.folder.glob(".replaces-*.json")):
            new, old = path.name.removeprefix(".replaces-").removesuffix(".json"), json.loads(path.read_text())
            self._remove(old if (self.folder / layout.ARTICLES / new).exists() else [new])
            path.unlink()
        for path in self.folder.glob(".*.new"):
            path.unlink()
        committed = set(self.parts())
        for path in sorted(self.folder.rglob("*.parquet")):
            stray = path.parent != self.folder and path.name not in committed
            if path.name.startswith(".") or stray:
                path.unlink(missing_ok=True)
                removed += 1
        for path in sorted((self.folder / layout.FAILURES).glob("part-*.parquet")):
            rows = read_table(path)
            kept = rows.filter(pc.not_equal(rows["hash"], ""))
            if kept.num_rows < rows.num_rows:
                put_table(path, kept, layout.ARTICLE_GROUP)
        return removed

    def settle_ids(self) -> int:
        """Leave one article for each id: of another run the later, of one run one chosen by its hash; returns how many
        were taken out. Their ids and hashes are kept among the failures, so that they are not read again and again.
        """
        losers = self._losers()
        for name in sorted(losers):
            self._rewrite(name, losers[name])
        return sum(map(len, losers.values()))

    def _losers(self) -> dict[str, dict[int, bool]]:
        """Part -> rows of its table of articles that give way to another; True where that one has the same content."""
        names = self.parts()
        tables = [read_table(self.folder / layout.ARTICLES / name, ["id", "hash"]) for name in names]
        counts = pc.value_counts(pa.chunked_array([chunk for table in tables for chunk in table["id"].chunks], pa.string()))
        again = counts.field("values").filter(pc.greater(counts.field("counts"), 1))
        versions: dict[str, list[tuple[str, str, str, int]]] = {}
        for name, table in zip(names, tables, strict=True) if len(again) else ():
            for row in np.flatnonzero(pc.is_in(table["id"], again).to_numpy()):
                id, hash = (table[column][int(row)].as_py() for column in ("id", "hash"))
                versions.setdefault(id, []).append((name.split("-")[1], hash, name, int(row)))
        losers: dict[str, dict[int, bool]] = {}
        for found in versions.values():
            *others, winner = sorted(found)
            for _, hash, name, row in others:
                losers.setdefault(name, {})[row] = hash == winner[1]
        return losers

    def _rewrite(self, name: str, losers: dict[int, bool]) -> None:
        """Write the part anew without some of its articles; at every moment either the old or the new one counts."""
        articles = read_table(self.folder / layout.ARTICLES / name)
        mask = np.zeros(articles.num_rows, bool)
        mask[list(losers)] = True
        other = articles.take(pa.array([row for row, same in losers.items() if not same], pa.int64()))
        kept = articles.filter(pa.array(~mask))
        facts = [read_table(path) for path in sorted((self.folder / layout.FACTS).glob(f"*/{name}"))]
        left = pa.concat_tables([layout.schema(layout.FACTS).empty_table(), *facts])
        left = left.filter(pc.is_in(_pairs(left["source"], left["source_hash"]), _pairs(kept["id"], kept["hash"])))
        _, first = np.unique(left["id"].to_numpy(zero_copy_only=False).astype(str), return_index=True)
        old = self.folder / layout.FAILURES / name
        told = [read_table(old)] if old.exists() else []
        reasons = {"id": other["id"], "hash": other["hash"], "input": other["title"], "reason": pa.array([str(reason("superseded"))] * len(other), pa.string())}
        failures = pa.concat_tables([*told, pa.table(reasons, schema=layout.schema(layout.FAILURES))])
        new = self._new_name(name.split("-")[1])
        self._write_sides(new, left.take(pa.array(np.sort(first))), failures)
        intent = self.folder / _INTENT.format(new)
        put(intent, json.dumps([name]).encode())
        put_table(self.folder / layout.ARTICLES / new, kept, layout.ARTICLE_GROUP)
        self._remove([name])
        intent.unlink()

    def _remove(self, names: list[str]) -> None:
        for name in names:
            (self.folder / layout.ARTICLES / name).unlink(missing_ok=True)
            (self.folder / layout.FAILURES / name).unlink(missing_ok=True)
            for path in (self.folder / layout.FACTS).glob(f"*/{name}"):
                path.unlink()

    def finished(self) -> None:
        """The run came to its end: the next one is a new one."""
        (self.folder / ".run.json").unlink(missing_ok=True)


def _pairs(ids: pa.ChunkedArray, hashes: pa.ChunkedArray) -> Any:
    return pc.binary_join_element_wise(ids, hashes, "\0")


def _split(table: pa.Table) -> tuple[pa.Table, pa.Table, pa.Table]:
    """Results of workers -> articles, facts, failures."""
    ok = table.filter(pc.equal(table["state"], work.OK)).combine_chunks()
    lists = ok["facts"].combine_chunks()
    if isinstance(lists, pa.ChunkedArray):  # no row at all
        lists = pa.array([], table.schema.field("facts").type)
    counts = pc.fill_null(pc.list_value_length(lists), 0)
    articles = {field.name: counts if field.name == "facts" else ok[field.name] for field in layout.schema(layout.ARTICLES)}
    flat, owner = lists.flatten(), pc.list_parent_indices(lists)
    of_source = {"source": "id", "source_hash": "hash", "source_title": "title", "publisher": "publisher", "published": "published", "url": "url"}
    facts = {
        field.name: ok[of_source[field.name]].take(owner) if field.name in of_source else flat.field(field.name)
        for field in layout.schema(layout.FACTS)
    }
    failed = table.filter(pc.equal(table["state"], work.FAILED))
    failures = {field.name: failed[field.name] for field in layout.schema(layout.FAILURES)}
    parts = [(articles, layout.ARTICLES), (facts, layout.FACTS), (failures, layout.FAILURES)]
    one, two, three = (pa.table(columns, schema=layout.schema(name)) for columns, name in parts)
    return one, two, three


@contextlib.contextmanager
def opened(folder: Path) -> Iterator[Archive]:
    """The archive in `folder`, made where there is none, cleared of what a killed run left. Raises ArchiveError."""
    with held(folder):
        archive = Archive(folder)
        archive.recover()
        yield archive
