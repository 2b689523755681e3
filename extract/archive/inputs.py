"""A corpus as rows: files cut into slices that can be read anywhere, slices read as rows of bytes with what is known.

Knows JSON Lines (plain or gzip), Parquet, WARC and folders of articles, and that one bad file never costs another:
what cannot be read becomes a row with the reason, and the rest goes on. Leaves out what the bytes say (`work`) and who
reads which slice (`engine`).
"""

from __future__ import annotations

import gzip
import io
import os
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any, Literal, NamedTuple

from extract.archive.reasons import Reason, reason

Kind = Literal["jsonl", "parquet", "warc", "articles"]
SLICE = 32 * 2**20  # bytes of a plain JSON Lines file in one slice
FILES = 200  # article files in one slice
LINE = 64 * 2**20  # bytes of one line at most: a longer one is passed over
META = ("title", "publisher", "published", "url")
_ENDINGS: dict[str, Kind] = {".jsonl": "jsonl", ".jsonl.gz": "jsonl", ".parquet": "parquet", ".warc": "warc", ".warc.gz": "warc"}
_SAMPLE = 2**18


class Slice(NamedTuple):
    """A part of the corpus that one worker reads: of a JSON Lines file the lines that begin in start..end, of a Parquet
    file the row groups in start..end, of the others the whole file or files.
    """

    kind: Kind
    paths: tuple[str, ...]
    names: tuple[str, ...]  # what the files are called in messages; for articles, their ids with ending
    start: int
    end: int
    rows: int  # how many it will give, roughly


class Row(NamedTuple):
    """One would-be article. `form`: json (a line), text (decoded), file (raw bytes); `error` says why there is nothing."""

    form: str
    input: str
    payload: bytes
    id: str = ""
    title: str = ""
    publisher: str = ""
    published: str = ""
    url: str = ""
    error: str = ""


class Unusable(NamedTuple):
    """A file that gives nothing."""

    name: str
    reason: Reason


class _Unusable(ValueError):
    def __init__(self, code: str, **values: object) -> None:
        self.reason = reason(code, **values)
        super().__init__(str(self.reason))


def find_slices(corpus: Path) -> tuple[list[Slice], list[Unusable]]:
    """Slices of a file or folder, and the files that cannot be used. Raises FileNotFoundError and other OSErrors."""
    if not corpus.is_dir():
        corpus.stat()
        return _file_slices(corpus, corpus.name, alone=True)
    slices: list[Slice] = []
    unusable: list[Unusable] = []
    articles: list[tuple[str, str]] = []
    for path in _walk(corpus):
        name = path.relative_to(corpus).as_posix()
        if _kind_of(path) is None:
            articles.append((str(path.absolute()), name))
            continue
        more, bad = _file_slices(path, name)
        slices, unusable = slices + more, unusable + bad
    for first in range(0, len(articles), FILES):
        group = articles[first : first + FILES]
        slices.append(Slice("articles", tuple(p for p, _ in group), tuple(n for _, n in group), 0, 0, len(group)))
    if not slices and not unusable:
        unusable.append(Unusable(str(corpus), reason("no_articles")))
    return slices, unusable


def _walk(folder: Path) -> Iterator[Path]:
    """Files below `folder` in order, without hidden ones and links out of it. Raises OSError where it may not look."""

    def refuse(error: OSError) -> None:
        raise error

    base = folder.resolve()
    for where, folders, files in os.walk(folder, onerror=refuse):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            path = Path(where) / name
            if not name.startswith(".") and (not path.is_symlink() or path.resolve().is_relative_to(base)):
                yield path


def _kind_of(path: Path) -> Kind | None:
    return next((kind for ending, kind in _ENDINGS.items() if path.name.lower().endswith(ending)), None)


def _file_slices(path: Path, name: str, alone: bool = False) -> tuple[list[Slice], list[Unusable]]:
    kind = _kind_of(path)
    try:
        size = path.stat().st_size
        if kind is None:
            return ([Slice("articles", (str(path.absolute()),), (name,), 0, 0, 1)], []) if alone else ([], [])
        with path.open("rb") as file:
            head = file.read(_SAMPLE)
        if not size:
            return [], [Unusable(name, reason("empty"))]
        makers = {"jsonl": _line_slices, "parquet": _parquet_slices, "warc": _warc_slices}
        return makers[kind](path, name, size, head), []
    except OSError as error:
        return [], [Unusable(name, reason("unreadable", why=error.strerror or error))]
    except _Unusable as error:
        return [], [Unusable(name, error.reason)]
    except (ValueError, zlib.error) as error:
        return [], [Unusable(name, reason("unreadable", why=error))]


def _line_slices(path: Path, name: str, size: int, head: bytes) -> list[Slice]:
    place = (str(path.absolute()),), (name,)
    if path.suffix.lower() == ".gz":
        if head[:2] != b"\x1f\x8b":
            raise _Unusable("no_gzip")
        sample = zlib.decompressobj(31).decompress(head, 4 * _SAMPLE)
        rows = _guess(sample.count(b"\n"), len(head), size)
        return [Slice("jsonl", *place, 0, -1, rows)]
    starts = range(0, size, SLICE)
    return [Slice("jsonl", *place, at, min(at + SLICE, size), _guess(head.count(b"\n"), len(head), min(SLICE, size - at))) for at in starts]


def _guess(lines: int, seen: int, size: int) -> int:
    return max(1, round(max(lines, 1) * size / max(seen, 1)))


def _parquet_slices(path: Path, name: str, size: int, head: bytes) -> list[Slice]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        metadata = pq.read_metadata(path)
    except (pa.ArrowException, OSError):
        raise _Unusable("no_parquet") from None
    columns = metadata.schema.to_arrow_schema()
    missing = [column for column in ("id", "text") if column not in columns.names]
    if missing:
        raise _Unusable("columns", missing="、".join(missing), there="、".join(columns.names)[:200])
    text = columns.field("text").type
    if not (pa.types.is_string(text) or pa.types.is_large_string(text) or pa.types.is_string_view(text)):
        raise _Unusable("text_column", kind=text)
    place = (str(path.absolute()),), (name,)
    groups = [metadata.row_group(i).num_rows for i in range(metadata.num_row_groups)]
    if not sum(groups):
        raise _Unusable("no_rows")
    return [Slice("parquet", *place, i, i + 1, rows) for i, rows in enumerate(groups) if rows]


def _warc_slices(path: Path, name: str, size: int, head: bytes) -> list[Slice]:
    packed = head[:2] == b"\x1f\x8b"
    if not packed and not head.startswith(b"WARC/"):
        raise _Unusable("no_warc")
    sample = zlib.decompressobj(31).decompress(head, 64) if packed else head
    if not sample.startswith(b"WARC/"):
        raise _Unusable("no_warc")
    return [Slice("warc", (str(path.absolute()),), (name,), 0, -1, max(1, size // (15_000 if packed else 60_000)))]


def read_slice(part: Slice) -> Iterator[Row]:
    """The rows of a slice; a file that breaks off gives the rows before the break, then one that says so."""
    readers = {"jsonl": _read_lines, "parquet": _read_parquet, "warc": _read_warc, "articles": _read_files}
    try:
        yield from readers[part.kind](part)
    except (EOFError, zlib.error, gzip.BadGzipFile):
        yield Row("file", part.names[0], b"", error=str(reason("cut_file")))
    except OSError as error:
        yield Row("file", part.names[0], b"", error=str(reason("unreadable", why=error.strerror or error)))
    except Exception as error:  # a reader that fails on one file must not cost the others
        yield Row("file", part.names[0], b"", error=str(reason("broke_off", kind=type(error).__name__, why=str(error)[:200])))


def _read_lines(part: Slice) -> Iterator[Row]:
    path, name = part.paths[0], part.names[0]
    packed = path.lower().endswith(".gz")
    with _opened(path, packed) as file:
        if part.start:  # the line that runs into this slice belongs to the one before
            file.seek(part.start - 1)
            _skip_line(file)
        at, number = file.tell() if not packed else 0, 0
        while part.end < 0 or at < part.end:
            line = file.readline(LINE)
            if not line:
                return
            number += 1
            where = f"{name}:{number}" if not part.start else f"{name}@{at}"
            at += len(line)
            if len(line) == LINE and not line.endswith(b"\n"):
                at += _skip_line(file)
                yield Row("json", where, b"", error=str(reason("long_line", most=LINE >> 20)))
            elif line.strip(b" \t\r\n\xef\xbb\xbf"):
                yield Row("json", where, line)


def _opened(path: str, packed: bool) -> IO[bytes]:
    return io.BufferedReader(gzip.open(path, "rb"), 2**20) if packed else Path(path).open("rb", 2**20)  # type: ignore[arg-type]


def _skip_line(file: IO[bytes]) -> int:
    skipped = 0
    while piece := file.readline(2**20):
        skipped += len(piece)
        if piece.endswith(b"\n"):
            break
    return skipped


def _read_parquet(part: Slice) -> Iterator[Row]:
    import pyarrow.parquet as pq

    name = part.names[0]
    with pq.ParquetFile(part.paths[0]) as file:
        columns = [column for column in ("id", "text", *META) if column in file.schema_arrow.names]
        before = sum(file.metadata.row_group(i).num_rows for i in range(part.start))
        for batch in file.iter_batches(64, row_groups=list(range(part.start, part.end)), columns=columns):
            for values in batch.to_pylist():
                before += 1
                text = values.pop("text")
                known = {key: "" if value is None else str(value) for key, value in values.items()}
                error = "" if text else str(reason("no_text"))
                yield Row("text", f"{name}:{before}", (text or "").encode("utf-8", "replace"), **known, error=error)


def _read_warc(part: Slice) -> Iterator[Row]:
    """Pages that came back whole: status 200, HTML or text. Images, robots.txt and the like are no articles."""
    from warcio.archiveiterator import ArchiveIterator

    name = part.names[0]
    with Path(part.paths[0]).open("rb") as file:
        for record in ArchiveIterator(file):
            url = record.rec_headers.get_header("WARC-Target-URI") or ""
            id = (record.rec_headers.get_header("WARC-Record-ID") or "").strip("<>").removeprefix("urn:uuid:")
            form = _form_of(record, url)
            payload = record.content_stream().read() if form else b""
            while record.raw_stream.read(2**16):  # to the end of the record, to see whether it is there
                pass
            if getattr(record.raw_stream, "limit", 0):
                yield Row("file", f"{name} {url}", b"", error=str(reason("cut_record")))
            elif form:
                yield Row("file", f"{name} {url}", payload, id=id, url=url)
    _check_end(part.paths[0])


def _check_end(path: str) -> None:
    """A record whose head was cut off is passed over in silence. Raises EOFError where the file ends within one."""
    with Path(path).open("rb") as file:
        packed = file.read(2) == b"\x1f\x8b"
        file.seek(-4, os.SEEK_END)
        if not packed and file.read() != b"\r\n\r\n":
            raise EOFError
    if packed:
        with gzip.open(path, "rb") as content:
            while content.read(2**20):
                pass


def _form_of(record: Any, url: str) -> str:
    http = record.http_headers
    if record.rec_type not in ("response", "resource", "conversion"):
        return ""
    if record.rec_type == "response" and (http is None or http.get_statuscode() != "200" or url.endswith("/robots.txt")):
        return ""
    kind = (http.get_header("Content-Type") if http else record.rec_headers.get_header("Content-Type")) or ""
    return "file" if kind.split(";")[0].strip().lower() in ("text/html", "application/xhtml+xml", "text/plain") else ""


def _read_files(part: Slice) -> Iterator[Row]:
    for path, name in zip(part.paths, part.names, strict=True):
        id = str(Path(name).with_suffix("")) if Path(name).suffix else name
        try:
            payload = Path(path).read_bytes()
        except OSError as error:
            yield Row("file", name, b"", id=id, error=str(reason("unreadable", why=error.strerror or error)))
            continue
        yield Row("file", name, payload, id=id)
