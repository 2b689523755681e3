"""Files of an archive that are whole or not there, and one run at a time.

Knows temporary names, the manifest that tells an archive from any other folder, and the lock. Leaves out what the
files hold.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import pyarrow as pa
import pyarrow.parquet as pq

from extract.archive import layout


class ArchiveError(Exception):
    """The output cannot be used; the message says why and what to do, in Chinese and English."""

    def __init__(self, chinese: str, english: str):
        super().__init__(chinese)
        self.texts = {"zh": chinese, "en": english}


def put_table(path: Path, table: pa.Table, group: int) -> None:
    """Write a table under a name that starts with a dot, then give it its own."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}")
    with temporary.open("wb") as file:
        pq.write_table(table, file, compression="zstd", row_group_size=group)
        _settle(file)
    temporary.replace(path)


def put(path: Path, content: bytes) -> None:
    """The same for a small file."""
    temporary = path.with_name(f".{path.name}.new")
    with temporary.open("wb") as file:
        file.write(content)
        _settle(file)
    temporary.replace(path)


def _settle(file: IO[bytes]) -> None:
    file.flush()
    os.fsync(file.fileno())


def read_table(path: Path, columns: list[str] | None = None) -> pa.Table:
    """One file, without columns from its path."""
    with pq.ParquetFile(path) as file:
        return file.read(columns)


@contextlib.contextmanager
def held(folder: Path) -> Iterator[None]:
    """The archive in `folder`, made where there is none, for this run alone. Raises ArchiveError."""
    try:
        _prepare(folder)
        lock = (folder / ".lock").open("a+b")
    except OSError as error:
        why = error.strerror or str(error)
        raise ArchiveError(f"{folder}: 写不了:{why}", f"{folder}: cannot be written: {why}") from None
    with lock:
        if not _lock(lock):
            raise ArchiveError(f"{folder}: 另一个 batch 正在写这个存档", f"{folder}: another batch is writing this archive")
        yield


def _prepare(folder: Path) -> None:
    manifest = folder / layout.MANIFEST
    if folder.exists() and not folder.is_dir():
        raise ArchiveError(f"{folder}: 输出应是文件夹", f"{folder}: the output has to be a folder")
    folder.mkdir(parents=True, exist_ok=True)
    if manifest.exists():
        check_manifest(folder)
        return
    if any(not path.name.startswith(".") for path in folder.iterdir()):
        raise ArchiveError(
            f"{folder}: 不是存档,也不是空文件夹;请换一个输出", f"{folder}: neither an archive nor an empty folder; choose another output"
        )
    put(manifest, json.dumps({"format": layout.FORMAT, "version": layout.VERSION}).encode())


def check_manifest(folder: Path) -> None:
    """Raises ArchiveError where `folder` is no archive that this version reads."""
    try:
        told = json.loads((folder / layout.MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise ArchiveError(f"{folder}: 不是存档(没有可读的 {layout.MANIFEST})", f"{folder}: no archive (no readable {layout.MANIFEST})") from None
    if not isinstance(told, dict) or told.get("format") != layout.FORMAT or told.get("version") != layout.VERSION:
        raise ArchiveError(f"{folder}: 这个存档的格式这里读不了:{told}", f"{folder}: an archive of another format: {told}")


def _lock(lock: IO[bytes]) -> bool:
    try:
        import fcntl
    except ImportError:
        return True
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:  # a file system without locks
        return True
    return True
