"""`python -m extract`, `add` and `mv` behind their arguments: what they do and print, and their exit status.

Knows the summary a run leaves on the terminal. Leaves out the run itself (`curated.extraction`, `curated.intake`).
"""

from __future__ import annotations

import re
import sys
from collections.abc import Collection, Sequence
from pathlib import Path

from curated.edit import EditError
from curated.extraction import Summary, extract_all
from curated.files import why_unwritten
from curated.intake import IntakeError, add_articles, rename_article
from curated.messages import Lang, choose, safe, say
from curated.store import find_articles, root_of

DONE, DATA_WRONG, USAGE_WRONG = 0, 1, 2
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_LINE = 1000  # characters of one line
LISTED = 8  # suggestions a run lists unless all are asked for


def run_extraction(root: str | Path | None, lang: str | None, *, every: bool = False, names: Collection[str] | None = None) -> int:
    """Extract (all of seeds/, or the sources in `names`), merge and print the summary."""
    language = choose(lang)
    try:
        summary = extract_all(
            root, names=names, lang=lang, on_progress=_progress if sys.stderr.isatty() else None,
            on_wait=lambda: print(say("waiting", (), language), file=sys.stderr),
        )  # fmt: skip
    except OSError as error:
        print(f"{error.filename or root}: {say(*why_unwritten(error), language)}", file=sys.stderr)
        return DATA_WRONG
    if sys.stderr.isatty():
        print("\r\x1b[K", end="", file=sys.stderr)
    for line in detail_lines(summary, language, every=every):
        print(line, file=sys.stderr)
    print(counts_line(summary, language))
    return DATA_WRONG if summary.unreadable else DONE


def run_add(root: str | Path | None, paths: Sequence[str], lang: str | None) -> int:
    """Take articles in and extract them."""
    language = choose(lang)
    try:
        names, refused = add_articles(root, paths, lang)
    except OSError as error:
        print(f"{error.filename or ''}: {say(*why_unwritten(error), language)}", file=sys.stderr)
        return DATA_WRONG
    for line in refused:
        print(line, file=sys.stderr)
    for name in names:
        print(say("added", (name,), language), file=sys.stderr)
        if not _is_chinese(root, name):
            print(say("no_han", (name,), language), file=sys.stderr)
    status = run_extraction(root, lang, names=set(names)) if names else DONE
    return DATA_WRONG if refused else status


def _is_chinese(root: str | Path | None, name: str) -> bool:
    """Whether an article has so many Chinese characters that something may be found in it."""
    from extract.reading import ReadingError, decode, read

    try:
        paths = find_articles(root_of(root))[name]
        words = read(decode(paths[0].read_bytes()), paths[0].name).text
    except (OSError, KeyError, ReadingError):
        return True  # what is wrong with it is said elsewhere
    return len(_HAN.findall(words)) * 20 > len(words)


def run_mv(root: str | Path | None, old: str, new: str, lang: str | None) -> int:
    """Rename an article together with its curated file."""
    language = choose(lang)
    try:
        name = rename_article(root, old, new, lang)
    except IntakeError as error:
        print(str(error), file=sys.stderr)
        return DATA_WRONG
    except EditError as error:
        print(say(error.code, error.words, language), file=sys.stderr)
        return DATA_WRONG
    except OSError as error:
        print(f"{error.filename or ''}: {say(*why_unwritten(error), language)}", file=sys.stderr)
        return DATA_WRONG
    print(say("renamed", (old, name), language), file=sys.stderr)
    return DONE


def counts_line(summary: Summary, lang: Lang) -> str:
    """One line: articles, then records added, followed, kept by hand, suggested, and files unreadable."""
    followed = summary.followed + summary.removed
    counts = summary.sources, summary.added, followed, summary.kept, len(summary.suggestions), len({u.path for u in summary.unreadable})
    return say("summary", tuple(map(str, counts)), lang)


def detail_lines(summary: Summary, lang: Lang, *, every: bool = False) -> list[str]:
    """What needs a person: files left as they are, curated files without an article, and suggestions, news first.

    Suggestions that an earlier run has listed are only counted, unless `every` one is asked for.
    """
    lines = [safe(str(item), _LINE) for item in summary.unreadable]
    lines += [f"{safe(path, _LINE)}: {say('orphaned', (), lang)}" for path in summary.orphaned]
    fresh = sorted((s for s in summary.suggestions if every or not s.seen), key=lambda s: not s.new)
    shown = fresh if every else fresh[:LISTED]
    lines += [say("suggestions", (), lang)] if shown else []
    for s in shown:
        words = say("suggestion_new" if s.new else "suggestion", (s.proposed, safe(s.kept) or "—"), lang)
        lines.append(f"{safe(s.path, _LINE)}:{s.line}: {safe(s.id)} {s.field}: {words}")
    if len(summary.suggestions) > len(shown):
        lines.append(say("suggestions_more", (str(len(summary.suggestions) - len(shown)),), lang))
    return lines


def _progress(number: int, total: int, name: str) -> None:
    print(f"\r\x1b[K{number + 1}/{total} {safe(name, 60)}", end="", file=sys.stderr, flush=True)
