"""Small corpora of our own for tests of the archive, and what to compare of two archives."""

from __future__ import annotations

import gzip
import io
import json
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from bench.stories import article

ROOT = Path(__file__).parent.parent.parent


def rows(count: int, seed: int = 3) -> list[dict[str, str]]:
    """Articles with known sentences: id, text, title, published."""
    draw = random.Random(seed)
    made = []
    for number in range(count):
        text, _ = article(f"a{number:05d}", 4, draw)
        title, _, body = text.partition("\n")
        made.append({"id": f"a{number}", "text": body, "title": title, "published": "2023-01-05"})
    return made


def write_lines(path: Path, entries: list[dict[str, Any]]) -> Path:
    content = "".join(json.dumps(entry, ensure_ascii=False) + "\n" for entry in entries).encode()
    path.write_bytes(gzip.compress(content) if path.suffix == ".gz" else content)
    return path


def write_warc(path: Path, pages: dict[str, str], first: int = 0) -> Path:
    """A WARC file of pages by address, with a robots.txt and a picture between them."""
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    extra = {"https://example.org/robots.txt": ("text/plain", b"User-agent: *"), "https://example.org/x.png": ("image/png", b"\x89PNG")}
    every = {url: ("text/html; charset=utf-8", html.encode()) for url, html in pages.items()} | extra
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=path.suffix == ".gz")
        for number, (url, (kind, body)) in enumerate(every.items(), first):
            chunked = b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body)
            headers = StatusAndHeaders("200 OK", [("Content-Type", kind), ("Transfer-Encoding", "chunked")], protocol="HTTP/1.1")
            names = {"WARC-Record-ID": f"<urn:uuid:00000000-0000-0000-0000-{number:012d}>"}
            writer.write_record(writer.create_warc_record(url, "response", payload=io.BytesIO(chunked), http_headers=headers, warc_headers_dict=names))
    return path


def table(archive: Path, name: str) -> list[dict[str, Any]]:
    """Every row of the committed parts, facts with their year, sorted by id."""
    parts = {path.name for path in (archive / "articles").glob("part-*.parquet")}
    found: list[dict[str, Any]] = []
    for path in sorted((archive / name).rglob("part-*.parquet")):
        if path.name in parts:
            with pq.ParquetFile(path) as file:
                year = {"year": int(path.parent.name.removeprefix("year="))} if name == "facts" else {}
                found += [row | year for row in file.read().to_pylist()]
    return sorted(found, key=lambda row: (row["id"], row.get("hash", "")))


def contents(archive: Path) -> dict[str, Any]:
    """All that must be the same in two archives of one corpus, however often the runs were broken off."""
    copies = pq.read_table(archive / "duplicates.parquet").to_pylist() if (archive / "duplicates.parquet").exists() else []
    return {name: table(archive, name) for name in ("facts", "articles", "failures")} | {"duplicates": copies}


def run_batch(*arguments: object, timeout: float = 120, code: str = "") -> subprocess.CompletedProcess[str]:
    """The command in a process of its own; `code` runs before it."""
    start = f"import sys; sys.argv[0] = 'extract'\n{code}\nif __name__ == '__main__':\n    from extract.__main__ import main\n    sys.exit(main())"
    return subprocess.run([sys.executable, "-c", start, "batch", *map(str, arguments)], cwd=ROOT, capture_output=True, text=True, timeout=timeout, check=False)


def write_parquet(path: Path, entries: list[dict[str, Any]]) -> Path:
    pq.write_table(pa.Table.from_pylist(entries), path)
    return path
