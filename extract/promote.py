"""`python -m extract promote`: chosen records of an archive with their articles, into seeds/ and curated/.

Knows the name an article gets, and that records which were not chosen are taken out as a person would take them out, so
that no later extraction brings them back, and that choosing one later does. Leaves out the choice (`archive.choose`)
and the writing (`curated`), whose guarantees hold: what somebody touched stays as it is.
"""

from __future__ import annotations

import argparse
import hashlib
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from extract.batch import DATA_WRONG, DONE, INSTALL, USAGE_WRONG, missing_packages, say

if TYPE_CHECKING:
    from extract.archive.choose import Chosen

MOST = 1000  # records at once unless --limit says otherwise: what follows is work by hand
_NAME = re.compile(r"[A-Za-z0-9一-鿿][A-Za-z0-9一-鿿_-]{0,60}")
_RESERVED = re.compile(r"(?i)con|prn|aux|nul|com\d|lpt\d")


def add_promote(commands: argparse._SubParsersAction, common: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    promote = commands.add_parser(
        "promote", parents=[common], formatter_class=argparse.RawDescriptionHelpFormatter,
        help="把存档里选中的记录收入 seeds/ 与 curated/ / chosen records of an archive into seeds/ and curated/",
        description="把存档里选中的记录连同文章收入 seeds/ 与 curated/,之后就能手工修改。--where 是 SQL 条件,列名见 extract/archive/layout.py。\n"
        "Takes chosen records with their articles into seeds/ and curated/, ready for hand editing. --where is a condition in SQL.",
        epilog="例 / example:\n  python -m extract promote archive/ --where \"type = 'agreement' AND year = 2019 AND list_contains(places, '330200')\"\n"
        "  python -m extract promote archive/ --ids e-0123456789abc f-0123456789abc",
    )  # fmt: skip
    promote.add_argument("archive", type=Path, metavar="ARCHIVE", help="存档文件夹 / archive folder")
    choice = promote.add_mutually_exclusive_group(required=True)
    choice.add_argument("--where", default="", metavar="SQL", help="条件 / condition")
    choice.add_argument("--ids", nargs="+", default=[], metavar="ID", help="记录编号 / ids of records")
    promote.add_argument("--limit", type=int, default=MOST, metavar="N", help=f"最多几条(默认 {MOST}) / at most so many records")
    promote.set_defaults(run=promote_command)


def promote_command(arguments: argparse.Namespace) -> int:
    """Takes the records in and says what came."""
    absent = missing_packages()
    if absent:
        return say(arguments, DATA_WRONG, "install", packages="、".join(absent), command=INSTALL)
    from extract.archive.choose import ChoiceError, choose
    from extract.archive.files import ArchiveError

    if not arguments.ids and not arguments.where.strip():
        print("--where 是空的 / --where is empty", file=sys.stderr)
        return USAGE_WRONG
    try:
        chosen = choose(arguments.archive, arguments.where, arguments.ids, arguments.limit)
    except ArchiveError as error:
        print(error.texts[arguments.lang], file=sys.stderr)
        return DATA_WRONG
    except ChoiceError as error:
        print(f"--where / --ids: {error}", file=sys.stderr)
        return DATA_WRONG
    status = DONE
    records = 0
    for article in chosen:
        try:
            records += take_in(Path(arguments.root), article)
        except (OSError, ValueError) as error:
            print(f"{article.id}: {getattr(error, 'strerror', None) or error}", file=sys.stderr)
            status = DATA_WRONG
    told = "{} articles chosen, {} records added" if arguments.lang == "en" else "选中 {} 篇文章,新收入记录 {} 条"
    print(told.format(len(chosen), records))
    return status


def take_in(root: Path, article: Chosen) -> int:
    """Put one article and its chosen records where people edit them; returns how many records are new there.

    Raises ValueError when the curated file cannot be changed, OSError when a folder cannot be written.
    """
    from curated import extraction

    root = root.resolve()
    name = _placed(root, article)
    path = root / "curated" / "articles" / f"{name}.yaml"
    before = _records(path)
    first = not path.exists()
    summary = extraction.extract_all(root, names={name})
    if summary.unreadable:
        raise ValueError(str(summary.unreadable[0]))
    if first:
        _fill_source(root, name, article)
        extraction.extract_all(root, names={name})
    _keep_chosen(root, name, article, before, first)
    extraction.extract_all(root, names={name})
    return len(set(_records(path)) - set(before))


def source_name(article: Chosen) -> str:
    """The name of an article's file: its id where that is a plain word, else of its title, with a hash of the id.

    >>> from extract.archive.choose import Chosen
    >>> source_name(Chosen("../../etc/passwd", "新仓库,开业!", "", "", "", "", frozenset()))
    '新仓库-开业-1fe7d0d3'
    """
    if _NAME.fullmatch(article.id) and not _RESERVED.fullmatch(article.id):
        return article.id
    words = re.sub(r"[^A-Za-z0-9一-鿿]+", "-", article.title or article.id).strip("-")[:40] or "article"
    return f"{words}-{_hash_of(article)}"


def _hash_of(article: Chosen) -> str:
    return hashlib.blake2b(article.id.encode("utf-8", "replace"), digest_size=4).hexdigest()


def _placed(root: Path, article: Chosen) -> str:
    """The name under which the article's text stands in seeds/, put there where it is missing."""
    from curated import files
    from curated.store import find_articles

    content = article.text.encode("utf-8")
    taken = find_articles(root)
    name = source_name(article)
    for attempt in (name, f"{name}-{_hash_of(article)}"):
        target = root / "seeds" / f"{attempt}.txt"
        if target.exists() and target.read_bytes() == content:
            return attempt
        if attempt not in taken and not target.exists():
            with files.locked(root):
                files.replace_file(target, content, None)
            return attempt
    raise ValueError(f"seeds/{name}.txt 已被另一篇文章占用 / is taken by another article")


def _records(path: Path) -> dict[tuple[str, int, int], int]:
    """(kind, mark) of each record in a curated file -> its number."""
    from curated.document import read_document
    from curated.reader import read_span

    if not path.exists():
        return {}
    found = {}
    for number, entry in enumerate(read_document(path.read_text(encoding="utf-8-sig")).records):
        mark = read_span(entry.text("mark"))
        if mark is not None:
            found[entry.kind, mark[0], mark[1]] = number
    return found


def _fill_source(root: Path, name: str, article: Chosen) -> None:
    """What the corpus said of the article: title, publisher, date and link; a given date beats an inferred one."""
    from curated.document import Document
    from curated.edit import EditError, change_file
    from curated.splice import Plan

    given = {key: " ".join(getattr(article, key).split()) for key in ("title", "publisher", "published", "url")}

    def plan(document: Document) -> Plan:
        has = {key: document.source.text(key) for key in given} if document.source else {}
        return Plan(source={key: value for key, value in given.items() if value and value != has.get(key)})

    try:
        change_file(root, f"curated/articles/{name}.yaml", plan)
    except EditError as error:
        raise ValueError(f"curated/articles/{name}.yaml: {error.code} {' '.join(error.words)}") from None


def _keep_chosen(root: Path, name: str, article: Chosen, before: dict[tuple[str, int, int], int], first: bool) -> None:
    """Take out what was not chosen and was not there before; forget the deletion of what is chosen now."""
    from curated.document import Document
    from curated.edit import EditError, change_file
    from curated.reader import read_span
    from curated.splice import Plan
    from curated.written import read_written

    def plan(document: Document) -> Plan:
        made = Plan()
        marks = {entry.text("id"): read_span(entry.text("mark")) for entry in document.records}
        for number, entry in enumerate(document.records):
            mark = marks[entry.text("id")]
            place = (entry.kind, *(mark or (0, 0)))
            if first and place not in article.marks and place not in before:
                made.delete.add(number)
        for id, node in document.machine.values.items() if document.machine else ():
            written = read_written(str(node.value))
            kind = "event" if id.startswith("e") else "figure"
            if written is not None and id not in marks and (kind, *written.mark) in article.marks:
                made.machine[id] = None
        return made

    try:
        change_file(root, f"curated/articles/{name}.yaml", plan)
    except EditError as error:
        raise ValueError(f"curated/articles/{name}.yaml: {error.code} {' '.join(error.words)}") from None
