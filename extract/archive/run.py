"""A whole run: a corpus into an archive, from where the last one stopped.

Knows what comes after what, what is counted, and that an engine that breaks off is started again as long as it gets
anywhere. Leaves out what a command prints.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pyarrow as pa

from extract.archive import duplicates, engine, files, layout, work
from extract.archive.inputs import Slice, Unusable
from extract.archive.writer import Archive, opened

ATTEMPTS = 3  # starts of an engine that gets nowhere


@dataclass(slots=True)
class Summary:
    """What a run did. `total` is what there seemed to be at its beginning."""

    total: int = 0
    articles: int = 0
    facts: int = 0
    failures: int = 0
    skipped: int = 0  # done by an earlier run
    superseded: int = 0
    copies: int = 0
    seconds: float = 0.0
    unusable: list[Unusable] = field(default_factory=list)

    @property
    def seen(self) -> int:
        return self.articles + self.failures + self.skipped


def run(slices: list[Slice], output: Path, workers: int, on_progress: Callable[[Summary], None]) -> Summary:
    """Work through the slices. Raises `files.ArchiveError` and `engine.EngineError`; what was done by then is kept."""
    summary = Summary(total=sum(part.rows for part in slices))
    start = time.monotonic()
    with opened(output) as archive:
        _work(slices, archive, workers, summary, lambda: _tick(summary, start, on_progress))
        summary.superseded = archive.settle_ids()
        summary.copies = link_copies(archive)
        archive.finished()
    _tick(summary, start, on_progress)
    return summary


def _tick(summary: Summary, start: float, on_progress: Callable[[Summary], None]) -> None:
    summary.seconds = time.monotonic() - start
    on_progress(summary)


def _work(slices: list[Slice], archive: Archive, workers: int, summary: Summary, tick: Callable[[], None]) -> None:
    vain = 0
    while True:
        done, before, skipped = archive.done(), summary.articles + summary.failures, 0
        try:
            for rows in engine.results(slices, done, workers):
                skipped += _count(rows, summary)
                summary.skipped = max(0, skipped - before)
                archive.add(rows)
                tick()
            archive.flush()
            return
        except engine.NodeLost:
            archive.flush()
            raise
        except engine.EngineError:
            archive.flush()
            vain = 0 if summary.articles + summary.failures > before else vain + 1
            if vain == ATTEMPTS:
                raise
        except BaseException:  # a person stopped it: keep what is whole
            archive.flush()
            raise


def _count(rows: pa.StructArray, summary: Summary) -> int:
    """Add the results to the summary; returns how many were done before."""
    states = np.asarray(rows.field("state").to_pylist())
    summary.articles += int((states == work.OK).sum())
    summary.failures += int((states == work.FAILED).sum())
    summary.facts += len(rows.field("facts").flatten())
    return int((states == work.DONE).sum())


def link_copies(archive: Archive) -> int:
    """Write `duplicates.parquet` anew where articles have changed; returns how many articles repeat another one."""
    target = archive.folder / layout.DUPLICATES
    names = archive.parts()
    known = "\n".join(names).encode()
    if target.exists():
        found = files.read_table(target)
        if (found.schema.metadata or {}).get(b"parts") == known:
            return found.num_rows - len(set(found["group"].to_pylist()))
    columns = ["id", "published", "signature", "clauses"]
    tables = [files.read_table(archive.folder / layout.ARTICLES / name, columns) for name in names]
    empty = pa.schema([layout.schema(layout.ARTICLES).field(name) for name in columns]).empty_table()
    table = pa.concat_tables([empty, *tables])
    ids, published = table["id"].to_pylist(), table["published"].to_pylist()
    order = sorted(range(len(ids)), key=lambda i: (not published[i], published[i], ids[i]))
    signed = ((i, table["signature"][i].as_py(), table["clauses"][i].as_py()) for i in order)
    rows: dict[int, tuple[int, float]] = {}
    for telling in duplicates.find_copies(signed):
        rows[telling.lead] = (telling.lead, 1.0)
        rows[telling.number] = (telling.lead, telling.similarity)
    schema = layout.schema("duplicates")
    values = [(ids[i], ids[lead], share, i == lead) for i, (lead, share) in rows.items()]
    made = pa.table([pa.array(list(column), kind.type) for column, kind in zip(zip(*values, strict=True), schema, strict=True)], schema) if values else schema.empty_table()
    files.put_table(target, made.sort_by([("group", "ascending"), ("id", "ascending")]).replace_schema_metadata({"parts": known}), layout.FACT_GROUP)
    return len(values) - len({group for _, group, _, _ in values})
