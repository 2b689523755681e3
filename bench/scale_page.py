"""What the page asks of an archive, at several sizes: `python -m bench scale_page`, or with archives that are there:
`python -m bench.scale_page ARCHIVE…`.

First view: everything the overview asks, in a process that has the archive open, has read the words that searches look
through and has answered once for another view, nothing of this one kept (the page asks it when it opens an archive, so that people get `kept`). Filter: the same
for a filter never asked before. Medians over several filters; behind each the seconds of processor it took, which is
what stays the same on a busy machine.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import NamedTuple

from bench.facts import write_archive
from dashboard.archive.answers import Archive
from dashboard.archive.index import index_of
from dashboard.archive.overlay import open_archive
from dashboard.archive.parts import find_parts
from dashboard.data import without_time
from dashboard.panel import time_span
from dashboard.view import View

SIZES = (10_000, 1_000_000)
FILTERS = {
    "place": [View(place=("310000",)), View(place=("130100",)), View(place=("652900", "230700"))],
    "actor": [View(actor=("云云一公司",)), View(actor=("晨云一科技",))],
    "type": [View(type=("agreement",)), View(type=("launch", "founding"))],
    "measure": [View(measure=("采购商",)), View(measure=("门店",))],
    "time": [View(since="2012", until="2015"), View(since="2019-03", until="2019-04")],
    "search": [View(q="研究院"), View(q="上海 合作"), View(q="2506万")],
    "search of a third": [View(q="公司")],
    "search of nine tenths": [View(q="年")],
}
WARM = View(place=("110000",), since="2011")


Time = tuple[float, float]  # on the clock, of the processor


class Measured(NamedTuple):
    facts: int
    megabytes: float  # of the index
    columns: dict[str, Time]


def overview(archive: Archive, view: View) -> None:
    """What `dashboard.screens.overview` and the frame around it ask."""
    total = archive.totals(view)
    archive.matching(view)
    archive.headlines(view)
    archive.lanes(view, *time_span(total.years or (date.today().year, date.today().year), view))
    archive.bins(without_time(view))
    archive.totals(without_time(view))
    archive.place_counts(view)


def timed(work: Callable[[], object]) -> Time:
    start, busy = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - start, time.process_time() - busy


def measure(path: Path) -> Measured:
    columns = {"index made": timed(lambda: open_archive(str(path))), "opened": timed(lambda: open_archive(str(path)))}
    archive = open_archive(str(path))
    columns["words read"] = timed(archive.read_words)
    overview(archive, WARM)
    for name in ("first view", "kept"):
        columns[name] = timed(lambda: overview(archive, View()))
    row = archive.matching(View())[-1]
    columns["a record"] = timed(lambda: (archive.rows[row.id], archive.neighbours(View(), row.id), archive.reading(row.record.source)))
    for name, views in FILTERS.items():
        times = [timed(lambda view=view: overview(archive, view)) for view in views]
        columns[f"filter: {name}"] = (statistics.median(t for t, _ in times), statistics.median(t for _, t in times))
    index = index_of(find_parts(str(path)))
    return Measured(len(archive.rows), index.stat().st_size / 1e6, columns)


def main() -> None:
    given = [Path(argument) for argument in sys.argv[1:] if Path(argument).is_dir()]
    with tempfile.TemporaryDirectory() as folder:
        rows = [measure(path) for path in given or (write_archive(Path(folder) / f"{size}", size) for size in SIZES)]
    print("| what | " + " | ".join(f"{row.facts:,} facts" for row in rows) + " |")
    print("| --- " * (1 + len(rows)) + "|")
    print("| index, MB | " + " | ".join(f"{row.megabytes:,.0f}" for row in rows) + " |")
    for name in rows[0].columns:
        print(f"| {name} | " + " | ".join("{:.2f} s ({:.2f})".format(*row.columns[name]) for row in rows) + " |", flush=True)


if __name__ == "__main__":
    main()
