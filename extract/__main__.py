"""The commands: `python -m extract [scan|why|add|mv|batch|promote] …`.

Knows arguments, files, exit status and the two languages of messages. Everything about language and text is
in the finders; data goes to standard output, messages to standard error, and a person's mistake is never a
traceback.
"""

from __future__ import annotations

import argparse
import gc
import io
import json
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from extract.batch import add_batch
from extract.encodings import start_in_utf8
from extract.mentions import KINDS
from extract.needs import EXTRACT, advice, missing
from extract.promote import add_promote

ROOT = Path(__file__).resolve().parent.parent
DONE, DATA_WRONG, USAGE_WRONG = 0, 1, 2

MESSAGES = {
    "missing": ("{path}: 没有这个文件或文件夹", "{path}: no such file or folder"),
    "unreadable": ("{path}: 读不了,已跳过:{reason}", "{path}: cannot be read, skipped: {reason}"),
    "no_file": ("{path}: 不是普通文件,已跳过", "{path}: no plain file, skipped"),
    "outside": ("{path}: 链接指向文件夹之外,已跳过", "{path}: the link leads out of the folder, skipped"),
    "empty": ("{path}: 文件夹里没有文章", "{path}: no articles in this folder"),
    "kind": ("没有「{kind}」这一类;可用的是 {kinds}", "there is no kind {kind!r}; choose from {kinds}"),
    "date": ("「{date}」不是日期;请写成 2019-08-01、2019-08 或 2019年8月1日", "{date!r} is no date; write 2019-08-01 or 2019-08"),
    "paths": ("没有给出文件;例如:python -m extract scan seeds/", "no files given; for example: python -m extract scan seeds/"),
}  # fmt: skip


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command; returns the exit status: 0 done, 1 something in the data is wrong, 2 wrong usage."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # whatever the machine's locale; a lone surrogate becomes a JSON escape
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    arguments = _parser().parse_args(argv)
    if absent := missing(EXTRACT):  # before anything is written
        print(advice(absent), file=sys.stderr)
        return DATA_WRONG
    try:
        return arguments.run(arguments)
    except BrokenPipeError:  # the reader of a pipe has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except KeyboardInterrupt:
        return 130


def _parser() -> argparse.ArgumentParser:
    common = _common()
    parser = argparse.ArgumentParser(
        prog="python -m extract", parents=[_common()], formatter_class=argparse.RawDescriptionHelpFormatter,
        description="从中文新闻里找出日期、数量、地点、人物与机构、事件和指标。\n不带命令时:读 seeds/ 里的全部文章,把草稿并入 curated/articles/,人工改动一处不丢。\n\n"
        "Finds dates, amounts, places, actors, events and figures in Chinese news.\nWithout a command: reads every article in seeds/ and merges drafts into curated/articles/; no hand edit is lost.",
        epilog="例 / example:\n  python -m extract\n  python -m extract scan seeds/ > finds.jsonl",
    )  # fmt: skip
    parser.add_argument("--all", action="store_true", help="列出全部建议 / list every suggestion")
    parser.set_defaults(root=ROOT, lang="en" if os.environ.get("YOUJU_LANG", "").lower().startswith("en") else "zh", run=extract_command)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    _add_intake(commands, common)
    _add_scan(commands, common)
    _add_why(commands, common)
    add_batch(commands, common)
    add_promote(commands, common)
    return parser


def _common() -> argparse.ArgumentParser:
    """Options that stand before or after the command's name. Only the top parser gives them defaults: a command's own
    would overwrite what stood before its name, and so would an action that both parsers share.
    """
    common = argparse.ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS)
    common.add_argument("--root", type=Path, metavar="DIR", help="含 seeds/ 与 curated/ 的文件夹 / folder that holds them")
    common.add_argument("--lang", choices=("zh", "en"), help="消息的语言 / language of messages")
    return common


def _add_scan(commands: argparse._SubParsersAction, common: argparse.ArgumentParser) -> None:
    scan = commands.add_parser(
        "scan", parents=[common], formatter_class=argparse.RawDescriptionHelpFormatter,
        help="把找到的东西印成 JSON Lines / print finds as JSON Lines",
        description="读文章,把找到的东西逐行印成 JSON,不写任何文件;- 是标准输入。\nPrints what it finds, one JSON object a line; writes nothing; - is standard input.",
        epilog="例 / example:\n  python -m extract scan seeds/ --published 2019-08-01 --kinds figure event",
    )  # fmt: skip
    scan.add_argument("paths", nargs="*", metavar="PATH", help="文件、文件夹或 - / files, folders or -")
    scan.add_argument("--published", default="", metavar="DATE", help="文章的发布日期 / publication date")
    scan.add_argument("--kinds", nargs="+", action="extend", default=[], metavar="KIND", help=f"只要这几类 / only these kinds: {', '.join(KINDS)}")
    scan.set_defaults(run=scan_command)


def _add_why(commands: argparse._SubParsersAction, common: argparse.ArgumentParser) -> None:
    why = commands.add_parser(
        "why", parents=[common], formatter_class=argparse.RawDescriptionHelpFormatter,
        help="一句话里看到了什么、为什么 / what was seen in one sentence, and why",
        description="对一句话:每个识别器看到了什么、是哪条规则、为什么。\nFor one sentence: what each finder saw, by which rule, and why.",
        epilog='例 / example:\n  python -m extract why "去年采购商超过2800万" --published 2019-08-01',
    )  # fmt: skip
    why.add_argument("sentence", metavar="句子", help="一句话,或 - / one sentence, or -")
    why.add_argument("--published", default="", metavar="DATE", help="文章的发布日期 / publication date")
    why.set_defaults(run=why_command)


def _add_intake(commands: argparse._SubParsersAction, common: argparse.ArgumentParser) -> None:
    add = commands.add_parser(
        "add", parents=[common], formatter_class=argparse.RawDescriptionHelpFormatter,
        help="收入文章并提取 / take articles in and extract them",
        description="把文章文件复制进 seeds/ 并提取。\nCopies article files into seeds/ and extracts them.",
        epilog="例 / example:\n  python -m extract add ~/Downloads/报道.txt",
    )  # fmt: skip
    add.add_argument("files", nargs="+", metavar="FILE", help="文章文件 / article files")
    add.set_defaults(run=add_command)
    move = commands.add_parser(
        "mv", parents=[common], formatter_class=argparse.RawDescriptionHelpFormatter,
        help="给文章改名,记录跟着走 / rename an article with its records",
        description="给一篇文章改名,curated/ 里的记录一起改。\nRenames an article together with its curated file.",
        epilog="例 / example:\n  python -m extract mv 001_f0531cec992d2761 2019/产业带",
    )  # fmt: skip
    move.add_argument("old", metavar="OLD", help="现在的名字 / its name now")
    move.add_argument("new", metavar="NEW", help="新名字,可含子文件夹 / its new name, subfolders allowed")
    move.set_defaults(run=move_command)


def extract_command(arguments: argparse.Namespace) -> int:
    """Merges fresh drafts of all of seeds/ into curated/ and prints the summary."""
    from curated.commands import run_extraction

    return run_extraction(arguments.root, arguments.lang, every=arguments.all)


def add_command(arguments: argparse.Namespace) -> int:
    """Takes articles in and extracts them."""
    from curated.commands import run_add

    return run_add(arguments.root, arguments.files, arguments.lang)


def move_command(arguments: argparse.Namespace) -> int:
    """Renames an article with its curated file."""
    from curated.commands import run_mv

    return run_mv(arguments.root, arguments.old, arguments.new, arguments.lang)


def scan_command(arguments: argparse.Namespace) -> int:
    """Prints the finds of every file, sorted by file and start; names what cannot be read."""
    kinds, paths = _kinds_and_paths(arguments)
    wrong_kind = next((kind for kind in kinds if kind not in KINDS), None)
    if wrong_kind is not None:
        return _say(arguments, USAGE_WRONG, "kind", kind=wrong_kind, kinds=", ".join(KINDS))
    if not paths:
        return _say(arguments, USAGE_WRONG, "paths")
    if not _is_date(arguments.published):
        return _say(arguments, USAGE_WRONG, "date", date=arguments.published)
    status = DONE
    articles: list[tuple[str, Path | None]] = []
    for path in paths:
        found = list(_articles(path, arguments))
        articles += [(label, file) for label, file in found if label]
        status = max(status, DATA_WRONG if not found or not all(label for label, _ in found) else DONE)
    for label, file in sorted(articles, key=lambda item: item[0]):
        status = max(status, _scan_file(label, file, kinds or KINDS, arguments))
    return status


def _kinds_and_paths(arguments: argparse.Namespace) -> tuple[list[str], list[str]]:
    """Kinds come apart by blanks or commas; `--kinds figure seeds/` leaves the path a path."""
    words = [word for group in arguments.kinds for word in group.split(",") if word]
    paths = [word for word in words if word not in KINDS and (word == "-" or Path(word).exists())]
    return [word for word in words if word not in paths], [*arguments.paths, *paths]


def _articles(path: str, arguments: argparse.Namespace) -> Iterator[tuple[str, Path | None]]:
    """(label, file) of each article under `path`; an empty label stands for what was named and skipped."""
    if path == "-":
        yield "-", None
        return
    file = Path(path)
    if file.is_dir():
        yield from _folder_articles(file, arguments)
    elif file.exists():
        yield file.name, file
    else:
        _say(arguments, DATA_WRONG, "missing", path=path)
        yield "", None


def _folder_articles(folder: Path, arguments: argparse.Namespace) -> Iterator[tuple[str, Path | None]]:
    base = os.path.realpath(folder)
    seen = False
    for file in sorted(folder.rglob("*")):
        label = file.relative_to(folder).as_posix()
        if file.is_dir() or any(part.startswith(".") for part in file.relative_to(folder).parts):
            continue
        seen = True
        if file.is_symlink() and not Path(os.path.realpath(file)).is_relative_to(base):
            _say(arguments, DATA_WRONG, "outside", path=label)
            yield "", None
        elif not file.is_file():  # a pipe would hold the run for ever
            _say(arguments, DATA_WRONG, "no_file", path=label)
            yield "", None
        else:
            yield label, file
    if not seen:
        _say(arguments, DATA_WRONG, "empty", path=str(folder))


def _scan_file(label: str, file: Path | None, kinds: Sequence[str], arguments: argparse.Namespace) -> int:
    from extract import scan
    from extract.encodings import MAX_BYTES
    from extract.reading import ReadingError, decode

    try:
        raw = _read(file, MAX_BYTES + 1)  # one too many is refused by decode
        rows = scan(decode(raw), published=arguments.published or None, file=label, kinds=kinds)
    except (OSError, ReadingError) as error:
        reason = error.strerror or str(error) if isinstance(error, OSError) else error.texts[arguments.lang]
        return _say(arguments, DATA_WRONG, "unreadable", path=label, reason=reason)
    sys.stdout.write("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows))
    sys.stdout.flush()
    return DONE


def _read(file: Path | None, most: int) -> bytes:
    if file is None:
        return sys.stdin.buffer.read(most)
    with file.open("rb") as stream:
        return stream.read(most)


def why_command(arguments: argparse.Namespace) -> int:
    """Prints what each finder saw in one sentence."""
    if not _is_date(arguments.published):
        return _say(arguments, USAGE_WRONG, "date", date=arguments.published)
    from extract.why import explain

    sentence = sys.stdin.buffer.read().decode("utf-8", "replace") if arguments.sentence == "-" else arguments.sentence
    sys.stdout.write(explain(sentence, arguments.published, arguments.lang))
    return DONE


def _is_date(words: str) -> bool:
    if not words:
        return True
    from extract import edtf_of

    try:
        edtf_of(words)
    except ValueError:
        return False
    return True


def _say(arguments: argparse.Namespace, status: int, message: str, **values: str) -> int:
    chinese, english = MESSAGES[message]
    line = (english if arguments.lang == "en" else chinese).format(**values)
    print("".join(c if c.isprintable() else " " for c in line), file=sys.stderr)  # file names are anybody's
    return status


if __name__ == "__main__":
    gc.set_threshold(50_000, 20, 20)  # lexicons and finds hold no cycles; looking for some took a twentieth of the time
    start_in_utf8()
    sys.exit(main())
