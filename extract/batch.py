"""`python -m extract batch` behind its arguments: a corpus into an archive of Parquet files.

Knows what the command says and its exit status. Leaves out the work (`extract.archive`), which is loaded only when the
command runs and its packages are there.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from extract.archive.run import Summary

DONE, DATA_WRONG, USAGE_WRONG = 0, 1, 2
PACKAGES = ("daft", "pyarrow", "rensa", "duckdb", "warcio")
INSTALL = "python -m pip install -r requirements-scale.txt"
LISTED = 20  # unusable files named in a run

MESSAGES = {
    "install": ("batch 与 promote 还需要 {packages};请先运行:{command}", "batch and promote also need {packages}; run first: {command}"),
    "missing": ("{path}: 没有这个文件或文件夹", "{path}: no such file or folder"),
    "unreadable": ("{path}: 读不了:{reason}", "{path}: cannot be read: {reason}"),
    "unusable": ("{path}: 不能用,已跳过:{reason}", "{path}: cannot be used, skipped: {reason}"),
    "more": ("……还有 {count} 个文件不能用", "… and {count} more files that cannot be used"),
    "inside": ("{path}: 输出不能放在输入文件夹里面", "{path}: the output cannot stand inside the input"),
    "ray": ("连不上 Ray 集群 {address}:{reason}", "no Ray cluster at {address}: {reason}"),
    "engine": ("计算引擎中断了:{reason}\n已完成的部分都在,再运行一次会接着做", "the engine broke off: {reason}\nwhat was done is kept; run it again to go on"),
    "stopped": ("已停下;已完成的部分都在,再运行一次会接着做", "stopped; what was done is kept, run it again to go on"),
    "progress": ("{seen:,}/约{total:,} 篇 · {rate:,.0f} 篇/秒 · 还要{left} · 失败 {failures:,}", "{seen:,} of about {total:,} articles · {rate:,.0f}/s · {left} left · {failures:,} failed"),
    "summary": (
        "新读 {articles:,} 篇,记录 {facts:,} 条;以前读过 {skipped:,} 篇;失败 {failures:,} 篇;转载 {copies:,} 篇;{rate:,.0f} 篇/秒",
        "{articles:,} articles read, {facts:,} records; {skipped:,} read before; {failures:,} failed; {copies:,} copies; {rate:,.0f} articles/s",
    ),
    "superseded": ("{superseded:,} 篇与另一篇同 id,只留一篇(见 failures/)", "{superseded:,} shared their id with another article; one of each was kept (see failures/)"),
    "failures": ("读不成的在 {path},逐条写明了原因", "what could not be read is in {path}, each with the reason"),
}  # fmt: skip


def add_batch(commands: argparse._SubParsersAction, common: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    batch = commands.add_parser(
        "batch", parents=[common], formatter_class=argparse.RawDescriptionHelpFormatter,
        help="整个语料库写成 Parquet 存档 / a corpus into an archive of Parquet files",
        description="把整个语料库(.jsonl、.jsonl.gz、.parquet、WARC,或一个文件夹)读成按年分区的 Parquet 存档;中断后再运行会接着做。\n"
        "列:id、text,可有 published、title、publisher、url。\n\n"
        "Reads a corpus (.jsonl, .jsonl.gz, .parquet, WARC or a folder) into an archive of Parquet files by year; goes on where it was stopped.\n"
        "Columns: id, text, optional published, title, publisher, url.",
        epilog=f"例 / example:\n  {INSTALL}\n  python -m extract batch news.jsonl.gz archive/\n  python -m extract batch news/ archive/ --ray 10.0.0.5:6379",
    )  # fmt: skip
    batch.add_argument("input", type=Path, metavar="INPUT", help="语料库文件或文件夹 / corpus file or folder")
    batch.add_argument("output", type=Path, metavar="OUTPUT", help="存档文件夹,新的或要接着做的 / archive folder, new or to go on with")
    batch.add_argument("--ray", default="", metavar="ADDRESS", help="已有的 Ray 集群(主机:端口) / an existing Ray cluster (host:port)")
    batch.add_argument("--workers", type=_count, default=os.cpu_count() or 1, metavar="N", help="本机用几个进程 / processes on this machine")
    batch.set_defaults(run=batch_command)


def _count(words: str) -> int:
    if not words.isdigit() or not 0 < int(words) <= 4096:
        raise argparse.ArgumentTypeError(f"{words}: 应是正整数 / a positive number")
    return int(words)


def missing_packages(ray: bool = False) -> list[str]:
    """Packages that `batch` and `promote` need and this Python lacks."""
    return [name for name in (*PACKAGES, *(["ray"] if ray else [])) if importlib.util.find_spec(name) is None]


def batch_command(arguments: argparse.Namespace) -> int:
    """Runs the batch and prints the summary."""
    absent = missing_packages(ray=bool(arguments.ray))
    if absent:
        return say(arguments, DATA_WRONG, "install", packages="、".join(absent), command=INSTALL)
    from extract.archive.files import ArchiveError
    from extract.archive.inputs import find_slices

    source, output = arguments.input, arguments.output
    if source.is_dir() and output.resolve().is_relative_to(source.resolve()):
        return say(arguments, USAGE_WRONG, "inside", path=output)
    try:
        slices, unusable = find_slices(source)
    except FileNotFoundError:
        return say(arguments, DATA_WRONG, "missing", path=source)
    except OSError as error:
        return say(arguments, DATA_WRONG, "unreadable", path=error.filename or source, reason=error.strerror or str(error))
    for file in unusable[:LISTED]:
        say(arguments, DATA_WRONG, "unusable", path=file.name, reason=file.reason.en if arguments.lang == "en" else file.reason.zh)
    if len(unusable) > LISTED:
        say(arguments, DATA_WRONG, "more", count=len(unusable) - LISTED)
    if not slices:
        return DATA_WRONG
    try:
        status = _run(slices, arguments)
    except ArchiveError as error:
        print(error.texts[arguments.lang], file=sys.stderr)
        status = DATA_WRONG
    return DATA_WRONG if unusable else status


def _run(slices: list[Any], arguments: argparse.Namespace) -> int:
    from extract.archive import engine, layout
    from extract.archive.run import run

    try:
        workers = engine.start_ray(arguments.ray) if arguments.ray else engine.start_native(arguments.workers)
    except engine.EngineError as error:
        return say(arguments, DATA_WRONG, "ray", address=arguments.ray, reason=error)
    progress = _Progress(arguments)
    try:
        summary = run(slices, arguments.output, workers, progress.show)
    except engine.EngineError as error:
        progress.clear()
        return say(arguments, DATA_WRONG, "engine", reason=error)
    except KeyboardInterrupt:
        progress.clear()
        return say(arguments, 130, "stopped")
    progress.clear()
    if summary.superseded:
        say(arguments, DONE, "superseded", superseded=summary.superseded)
    if summary.failures:
        say(arguments, DATA_WRONG, "failures", path=arguments.output / layout.FAILURES)
    print(_told("summary", arguments.lang, **_counts(summary)))
    return DATA_WRONG if summary.failures else DONE


def _counts(summary: Summary) -> dict[str, Any]:
    counts = {name: getattr(summary, name) for name in ("articles", "facts", "skipped", "failures", "copies")}
    return counts | {"rate": (summary.articles + summary.failures) / max(summary.seconds, 1e-9)}


class _Progress:
    """One line of the terminal, told anew at most five times a second."""

    def __init__(self, arguments: argparse.Namespace):
        self.lang = arguments.lang
        self.shown = sys.stderr.isatty()
        self.last = 0.0

    def show(self, summary: Summary) -> None:
        if not self.shown or time.monotonic() - self.last < 0.2:
            return
        self.last = time.monotonic()
        rate = summary.seen / max(summary.seconds, 1e-9)
        total = max(summary.total, summary.seen)
        left = time_left((total - summary.seen) / max(rate, 1e-9), self.lang)
        line = _told("progress", self.lang, seen=summary.seen, total=total, rate=rate, left=left, failures=summary.failures)
        print(f"\r\x1b[K{line}", end="", file=sys.stderr, flush=True)

    def clear(self) -> None:
        if self.shown:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)


def time_left(seconds: float, lang: str) -> str:
    """
    >>> time_left(7262, "zh"), time_left(59, "en")
    ('2 小时 1 分', '59 s')
    """
    hours, minutes, rest = int(seconds // 3600), int(seconds % 3600 // 60), int(seconds % 60)
    h, m, s = ("h", "min", "s") if lang == "en" else ("小时", "分", "秒")
    return f"{hours} {h} {minutes} {m}" if hours else f"{minutes} {m} {rest} {s}" if minutes else f"{rest} {s}"


def _told(message: str, lang: str, **values: Any) -> str:
    chinese, english = MESSAGES[message]
    return (english if lang == "en" else chinese).format(**values)


def say(arguments: argparse.Namespace, status: int, message: str, **values: Any) -> int:
    """Print a message to standard error, names as plain text; returns the status."""
    from curated.messages import safe

    values = {key: safe(str(value), 1000) if isinstance(value, str | Path | Exception) else value for key, value in values.items()}
    print(_told(message, arguments.lang, **values), file=sys.stderr)
    return status
