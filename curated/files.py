"""Files that are replaced whole or not at all, and one writer at a time.

Knows atomic replacement (temporary file, fsync, rename, fsync of the folder), what a file held when it was read, and
the lock two runs share. Leaves out what is written.
"""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import time
from collections.abc import Callable, Iterator
from io import BufferedWriter, FileIO
from pathlib import Path
from typing import IO

from extract.encodings import MAX_BYTES

CACHE = Path("curated") / ".cache"
_TEMPORARY = ".youju-tmp"
_SETTLED = 0.05  # seconds: a file written this recently may be half written


class Changed(Exception):
    """The file changed after it was read; nothing was written."""


class OutsideError(OSError):
    """A link on the way to a path leads out of the root; nothing there is read or written."""

    def __init__(self, path: Path):
        super().__init__(errno.EXDEV, "指向根目录之外 points outside the root", str(path))


class TooLargeError(OSError):
    """A file larger than anything of its kind; it is not read."""

    def __init__(self, path: Path, most: int):
        self.megabytes = str(most >> 20)
        super().__init__(errno.EFBIG, f"超过 {self.megabytes} MB larger than {self.megabytes} MB", str(path))


def is_inside(root: Path, path: Path) -> bool:
    """Whether `path`, with every link on the way followed, lies below `root`; a link that goes round stays where it is."""
    return Path(os.path.realpath(path)).is_relative_to(os.path.realpath(root))


def check_inside(root: Path, path: Path) -> None:
    """Raises OutsideError unless `path` lies below `root`."""
    if not is_inside(root, path):
        raise OutsideError(path)


def read_plain(root: Path, path: Path, most: int = MAX_BYTES) -> tuple[bytes, os.stat_result]:
    """The bytes of a plain file below `root`, and what the file was when they were read.

    Raises OutsideError, for pipes and devices too, TooLargeError, and OSError.
    """
    check_inside(root, path)
    with _open(path) as file:
        info = os.fstat(file.fileno())
        if not stat.S_ISREG(info.st_mode):
            raise OutsideError(path)
        if info.st_size > most:
            raise TooLargeError(path, most)
        data = file.read(most + 1)
    if len(data) > most:
        raise TooLargeError(path, most)
    return data, info


def _open(path: Path) -> FileIO:
    """Opened without waiting: a pipe that nobody writes to must not hold a run for ever."""
    return FileIO(path, opener=lambda name, flags: os.open(name, flags | getattr(os, "O_NONBLOCK", 0)))


def open_own(path: Path, mode: str) -> FileIO:
    """A file of the machine's own, never opened through a link, which may lead anywhere."""
    return FileIO(path, mode, opener=lambda name, flags: os.open(name, flags | getattr(os, "O_NOFOLLOW", 0), 0o666))


def why_unread(error: OSError) -> tuple[str, tuple[str, ...]]:
    """Code and words of curated.messages for what keeps a file from being read."""
    if isinstance(error, OutsideError):
        return "outside", ()
    if isinstance(error, TooLargeError):
        return "too_large", (error.megabytes,)
    return "unreadable", (error.strerror or type(error).__name__,)


def why_unwritten(error: OSError) -> tuple[str, tuple[str, ...]]:
    """Code and words of curated.messages for what keeps a file from being written."""
    return ("outside", ()) if isinstance(error, OutsideError) else ("unwritable", (error.strerror or type(error).__name__,))


def read_settled(path: Path) -> bytes:
    """The bytes of a file that nobody is writing right now: a very young one is read again until it holds still."""
    while True:
        before = path.stat()
        data = path.read_bytes()
        age = time.time() - before.st_mtime
        after = path.stat()
        if (before.st_size, before.st_mtime_ns) == (after.st_size, after.st_mtime_ns) and not 0 <= age < _SETTLED:
            return data
        time.sleep(_SETTLED / 2)


def replace_file(path: Path, new: bytes, old: bytes | None, before: Callable[[], None] | None = None) -> None:
    """Put `new` in place of `old` (None: no file) in one step. Raises Changed when the file is not `old` any more.

    `before` is called when all that is left is the step itself; if it raises OSError, the file stays as it is.
    """
    temporary = path.with_name(f".{path.name}.{os.getpid()}{_TEMPORARY}")
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        write_new(temporary, new)
        if old is not None:
            with contextlib.suppress(OSError):
                temporary.chmod(path.stat().st_mode & 0o7777)
        _exchange(temporary, path, old, before or _nothing)
        _sync_folder(path.parent)
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink()


def write_new(path: Path, data: bytes) -> None:
    """Write a file that nobody else has, and wait until it is on the disk; what stood there by that name goes."""
    with contextlib.suppress(FileNotFoundError):
        path.unlink()
    with open_own(path, "x") as raw, BufferedWriter(raw) as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _nothing() -> None:
    pass


def _exchange(temporary: Path, path: Path, old: bytes | None, before: Callable[[], None]) -> None:
    if old is None:
        before()
        try:
            os.link(temporary, path)  # unlike a rename, this fails where somebody has made the file meanwhile
        except FileExistsError:
            raise Changed(path) from None
        except OSError:  # a file system without hard links
            if path.exists():
                raise Changed(path) from None
            temporary.replace(path)
        return
    kept = temporary.with_name(temporary.name.replace(_TEMPORARY, ".old" + _TEMPORARY))
    try:
        _keep(path, kept)
        if kept.read_bytes() != old:
            raise Changed(path)
        before()
        temporary.replace(path)
        # An editor that writes in place may have opened the file before the rename: its bytes go to the old
        # file, which then comes back.
        if kept.read_bytes() != old:
            kept.replace(path)
            raise Changed(path)
    except FileNotFoundError:
        raise Changed(path) from None
    finally:
        with contextlib.suppress(OSError):
            kept.unlink()


def _keep(path: Path, kept: Path) -> None:
    """A second name for the file; a copy where the file system has no hard links."""
    with contextlib.suppress(FileNotFoundError):
        kept.unlink()
    try:
        os.link(path, kept)
    except FileNotFoundError:
        raise
    except OSError:
        kept.write_bytes(path.read_bytes())


def _sync_folder(folder: Path) -> None:
    with contextlib.suppress(OSError, AttributeError):
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def sweep(folder: Path) -> None:
    """Remove what killed runs left; only to be called under the lock."""
    for path in folder.rglob(f".*{_TEMPORARY}"):
        with contextlib.suppress(OSError):
            path.unlink()


def cache_folder(root: Path) -> Path:
    """The folder for what can be made again; it keeps itself out of Git."""
    folder = root / CACHE
    check_inside(root, folder)
    folder.mkdir(parents=True, exist_ok=True)
    ignore = folder / ".gitignore"
    if not os.path.lexists(ignore):
        ignore.write_text("*\n", encoding="utf-8")
    return folder


@contextlib.contextmanager
def locked(root: Path, on_wait: Callable[[], None] | None = None) -> Iterator[None]:
    """Hold the lock of `root`; a second run waits, after calling `on_wait` once. A killed run leaves no lock."""
    with open_own(cache_folder(root) / "lock", "a+") as file:
        if not _try_lock(file):
            if on_wait is not None:
                on_wait()
            while not _try_lock(file):
                time.sleep(0.05)
        try:
            yield
        finally:
            _unlock(file)


def _try_lock(file: IO[bytes]) -> bool:
    try:
        import fcntl
    except ImportError:
        return _try_lock_windows(file)
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:  # a file system without locks: better to go on than to refuse
        return True
    return True


def _try_lock_windows(file: IO[bytes]) -> bool:
    import msvcrt

    file.seek(0)
    try:
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
    except OSError:
        return False
    return True


def _unlock(file: IO[bytes]) -> None:
    try:
        import fcntl
    except ImportError:
        import msvcrt

        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)  # type: ignore[attr-defined]
        return
    with contextlib.suppress(OSError):
        fcntl.flock(file, fcntl.LOCK_UN)
