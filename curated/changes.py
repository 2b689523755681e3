"""Who changed what through the page, and when: one JSON line a change, one file a month, `curated/changes/2026-11.jsonl`.

Lines are only ever appended, each append in one write that is on the disk before the change itself is made: a run that
is killed between the two leaves a line without its change, never a change without its line. A change that was refused
after its line was written gets a second line, `how: "failed"`. The folder tells Git to keep the lines of both sides of
a merge. Leaves out who may change anything (`dashboard.editing`) and the change itself (`curated.edit`).
"""

from __future__ import annotations

import errno
import json
import os
import stat
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from io import FileIO
from pathlib import Path
from typing import Any, NamedTuple

from curated.files import check_inside, open_own
from curated.render import Value

FOLDER = Path("curated") / "changes"
LOCAL = "local"  # whoever sits at the machine: `--edit` asks for no name
FAILED = "failed"
_TAIL = 1 << 18  # bytes read of one file: the page shows the last few lines only
_GIT = "# Lines of both sides of a merge are kept; each carries its time.\n*.jsonl merge=union\n"


class Change(NamedTuple):
    """One change of one record, or of a whole file where `id` is empty."""

    when: str  # UTC, RFC 3339 with milliseconds
    who: str  # the address of a signed-in editor, or LOCAL
    how: str  # review, undo, add, failed
    file: str  # relative to the root
    id: str
    was: dict[str, Value | None]  # fields before; None: not there
    now: dict[str, Value | None]


def timestamp() -> str:
    """This moment in UTC, whatever the machine's time zone: 2026-11-24T18:40:12.345Z."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def append_changes(root: Path, changes: Sequence[Change]) -> None:
    """Append the lines and wait until they are on the disk; to be called under the lock. Raises OSError.

    A line that a full disk cut off is taken out again, and one that a kill cut off is closed before the next.
    """
    if not changes:
        return
    path = _file_of(root, changes[0].when[:7])
    with open_own(path, "a+") as file:
        size = file.seek(0, os.SEEK_END)
        file.seek(max(0, size - 1))
        torn = size > 0 and file.read(1) != b"\n"
        lines = "\n" * torn + "".join(json.dumps(change._asdict(), ensure_ascii=False) + "\n" for change in changes)
        _append(file, lines.encode("utf-8", "backslashreplace"), size)


def _append(file: FileIO, data: bytes, size: int) -> None:
    try:
        if file.write(data) < len(data):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), file.name)
        os.fsync(file.fileno())
    except OSError:
        file.truncate(size)
        raise


def _file_of(root: Path, month: str) -> Path:
    folder = root / FOLDER
    check_inside(root, folder)
    folder.mkdir(parents=True, exist_ok=True)
    attributes = folder / ".gitattributes"
    if not os.path.lexists(attributes):
        attributes.write_text(_GIT, encoding="utf-8")
    return folder / f"{month}.jsonl"


def read_changes(root: Path, limit: int = 20) -> list[Change]:
    """The last changes, newest first, without those that failed. What cannot be read is passed over."""
    found: list[Change] = []
    for path in sorted((root / FOLDER).glob("*.jsonl"), reverse=True):
        found += _read_file(root, path)
        if len(found) >= limit:
            break
    found.sort(key=lambda change: change.when, reverse=True)
    failed = {(change.when, change.who, change.file, change.id) for change in found if change.how == FAILED}
    return [c for c in found if c.how != FAILED and (c.when, c.who, c.file, c.id) not in failed][:limit]


def _read_file(root: Path, path: Path) -> Iterator[Change]:
    try:
        check_inside(root, path)
        with path.open("rb") as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                return
            size = os.fstat(file.fileno()).st_size
            file.seek(max(0, size - _TAIL))
            data = file.read(_TAIL)
    except OSError:
        return
    for line in data.splitlines():
        change = _read_line(line)
        if change is not None:
            yield change


def _read_line(line: bytes) -> Change | None:
    """A line as anybody may have written it; None where it is none of ours, cut off, or from another version."""
    try:
        row: Any = json.loads(line)
        change = Change(**row)
    except (ValueError, TypeError, RecursionError):
        return None
    words = all(isinstance(word, str) for word in change[:5])
    return change if words and isinstance(change.was, dict) and isinstance(change.now, dict) else None
