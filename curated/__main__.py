"""The commands: `python -m curated check|export …`. Knows arguments and exit status; the work is done elsewhere."""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from extract.needs import CURATED, EXPORT, advice, missing

if __name__ == "__main__" and (absent := missing(CURATED)):
    print(advice(absent), file=sys.stderr)
    sys.exit(1)

from curated.check import DATA_WRONG, FORMATS, USAGE_WRONG, check
from curated.files import why_unwritten
from curated.messages import choose, say
from curated.store import REPOSITORY
from extract.encodings import start_in_utf8


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command; returns the exit status: 0 done, 1 something in the data is wrong, 2 wrong usage."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # whatever the machine's locale
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    arguments = _parser().parse_args(argv)
    if arguments.command is None:
        _parser().print_help(sys.stderr)
        return USAGE_WRONG
    try:
        return arguments.run(arguments)
    except BrokenPipeError:  # the reader of a pipe has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DATA_WRONG
    except OSError as error:
        print(f"{error.filename or ''}: {say(*why_unwritten(error), choose(arguments.lang))}", file=sys.stderr)
        return DATA_WRONG
    except KeyboardInterrupt:
        return 130


def _parser() -> argparse.ArgumentParser:
    # The options stand before or after the command's name; only the top parser has defaults.
    common = argparse.ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS)
    common.add_argument("--root", metavar="DIR", help="含 seeds/ 与 curated/ 的文件夹 / folder that holds them")
    common.add_argument("--lang", choices=("zh", "en"), help="消息的语言 / language of messages")
    parser = argparse.ArgumentParser(
        prog="python -m curated", parents=[common], formatter_class=argparse.RawDescriptionHelpFormatter,
        description="检查和导出人工维护的记录。\nChecks and exports what people keep.",
        epilog="例 / example:\n  python -m curated check --fix",
    )  # fmt: skip
    parser.set_defaults(root=REPOSITORY, lang=None)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    _add_check(commands, common)
    _add_export(commands, common)
    return parser


def _add_check(commands: argparse._SubParsersAction, common: argparse.ArgumentParser) -> None:
    parser = commands.add_parser(
        "check", parents=[common], formatter_class=argparse.RawDescriptionHelpFormatter,
        help="列出所有问题 / list every problem",
        description="列出所有问题,一行一个:路径:行:列: 字段: 哪里不对;应写什么。\nLists every problem, one a line, and what to write instead.",
        epilog="例 / example:\n  python -m curated check curated/articles/ --format github",
    )  # fmt: skip
    parser.add_argument("paths", nargs="*", metavar="PATH", help="只看这些文件或文件夹 / only these files or folders")
    parser.add_argument("--fix", action="store_true", help="改好有把握的,并显示改动 / mend what is safe and show the diff")
    parser.add_argument("--format", choices=FORMATS, default="text", help="输出格式 / output format")
    parser.set_defaults(run=lambda a: check(a.root, a.paths, mend=a.fix, style=a.format, lang=a.lang))


# Named here too, so that `--help` loads none of the formats; a test holds the two together.
EXPORTS = ("csv", "parquet", "json", "geojson", "timelinejs", "annotations", "ics", "atom", "html")


def _add_export(commands: argparse._SubParsersAction, common: argparse.ArgumentParser) -> None:
    parser = commands.add_parser(
        "export", parents=[common], formatter_class=argparse.RawDescriptionHelpFormatter,
        help="导出给别的工具 / write files for other tools",
        description="把记录写成别的工具能读的文件;引文按来源的 rights 给出。\nWrites the records for other tools; quotes as far as rights allow.",
        epilog="例 / example:\n  python -m curated export out/ --format csv --format html",
    )  # fmt: skip
    parser.add_argument("folder", metavar="DIR", help="写到哪里 / where to write")
    parser.add_argument("--format", action="append", choices=EXPORTS, help="只要这些格式,可重复 / only these, may be repeated")
    parser.set_defaults(run=export)


def export(arguments: argparse.Namespace) -> int:
    """Write the files; problems of the data are said and leave the rest standing."""
    if absent := missing(EXPORT):
        print(advice(absent), file=sys.stderr)
        return DATA_WRONG
    from curated.export import write_export
    from curated.store import load

    store = load(arguments.root, lang=arguments.lang)
    errors = [problem for problem in store.problems if problem.severity == "error"]
    for problem in errors:
        print(problem, file=sys.stderr)
    for path in write_export(store, Path(arguments.folder), arguments.format or EXPORTS):
        print(path)
    return DATA_WRONG if errors else 0


if __name__ == "__main__":
    start_in_utf8()
    sys.exit(main())
