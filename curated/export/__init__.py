"""Everything curated, in the formats other tools read: `python -m curated export DIR [--format …]`.

Each module knows one family of formats: rows -> {file name: bytes}. Only `write_export` touches the disk.
Dropped records are left out everywhere, quotes where a source's `rights` say so, and whole articles always.
Nothing depends on the clock: the same records give the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from tempfile import NamedTemporaryFile

from curated.export import calendars, feed, maps, onepage, slides, tables, web_annotation
from curated.export.content import Content, gather
from curated.store import Store

Writer = Callable[[Content], dict[str, bytes]]
FORMATS: dict[str, Writer] = {
    "csv": tables.draw_csv,
    "parquet": tables.draw_parquet,
    "json": tables.draw_json,
    "geojson": maps.draw_geojson,
    "timelinejs": slides.draw_timelinejs,
    "annotations": web_annotation.draw_annotations,
    "ics": calendars.draw_calendar,
    "atom": feed.draw_feed,
    "html": onepage.draw_page,
}


def draw_export(store: Store, formats: Iterable[str] = FORMATS) -> dict[str, bytes]:
    """The files of the named formats; an unknown name is a KeyError."""
    content = gather(store)
    return {name: data for key in formats for name, data in FORMATS[key](content).items()}


def write_export(store: Store, folder: Path, formats: Iterable[str] = FORMATS) -> list[Path]:
    """Write the files into `folder`, each whole or not at all; returns their paths. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for name, data in draw_export(store, formats).items():
        with NamedTemporaryFile(dir=folder, prefix=f".{name}.", delete=False) as file:
            try:
                file.write(data)
                file.close()
                Path(file.name).chmod(0o644)
                Path(file.name).replace(folder / name)
            except BaseException:  # a full disk, or a person who stops it: nothing half written stays
                Path(file.name).unlink(missing_ok=True)
                raise
        paths.append(folder / name)
    return paths
