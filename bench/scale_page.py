"""What the page asks of an archive, at several sizes: `python -m bench scale_page`, or with archives that are there:
`python -m bench.scale_page ARCHIVE…`.

First view: everything the overview asks, in a process that has the archive open and has answered once for another
view, nothing of this one kept. Filter: the same for a filter never asked before. Medians over several filters.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from typing import NamedTuple

from bench.facts import write_archive
from dashboard.archive.answers import Archive
from dashboard.archive.overlay import open_archive
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
}
WARM = View(place=("110000",), since="2011")


class Measured(NamedTuple):
    name: str
    facts: int
    opened: float
    again: float
    first: float
    kept: float
    record: float
    filters: dict[str, float]


def overview(archive: Archive, view: View) -> None:
    """What `dashboard.screens.overview` and the frame around it ask."""
    total = archive.totals(view)
    archive.matching(view)
    archive.headlines(view)
    archive.lanes(view, *time_span(total.years or (date.today().year, date.today().year), view))
    archive.bins(without_time(view))
    archive.totals(without_time(view))
    archive.place_counts(view)


def timed(archive: Archive, view: View) -> float:
    start = time.perf_counter()
    overview(archive, view)
    return time.perf_counter() - start


def measure(path: Path) -> Measured:
    start = time.perf_counter()
    open_archive(str(path))
    opened = time.perf_counter() - start
    start = time.perf_counter()
    archive = open_archive(str(path))
    again = time.perf_counter() - start
    timed(archive, WARM)
    first, kept = timed(archive, View()), timed(archive, View())
    row = archive.matching(View())[-1]
    start = time.perf_counter()
    archive.rows[row.id], archive.neighbours(View(), row.id), archive.reading(row.record.source)
    record = time.perf_counter() - start
    filters = {name: statistics.median(timed(archive, view) for view in views) for name, views in FILTERS.items()}
    return Measured(path.name, len(archive.rows), opened, again, first, kept, record, filters)


def main() -> None:
    given = [Path(argument) for argument in sys.argv[1:] if Path(argument).is_dir()]
    with tempfile.TemporaryDirectory() as folder:
        paths = given or [write_archive(Path(folder) / f"{size}", size) for size in SIZES]
        rows = [measure(path) for path in paths]
    names = list(FILTERS)
    print("| facts | index made | opened | first view | kept | a record | " + " | ".join(f"filter: {name}" for name in names) + " |")
    print("| --- " * (6 + len(names)) + "|")
    for row in rows:
        figures = (row.opened, row.again, row.first, row.kept, row.record, *(row.filters[name] for name in names))
        print(f"| {row.facts:,} | " + " | ".join(f"{figure:.3f} s" for figure in figures) + " |")


if __name__ == "__main__":
    main()
