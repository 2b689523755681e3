"""`python -m curated check`: every problem of the curated files, what looks likely, and mending what is safe.

Knows how problems are chosen by path and printed for people, programs and pull requests. What is a problem is decided
in `curated.reader`, `curated.proof` and `curated.relations`.
"""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from dataclasses import asdict
from pathlib import Path

from curated import yaml_nodes
from curated.fix import fix
from curated.messages import Lang, choose, safe, say
from curated.records import Problem
from curated.relations import find_likely
from curated.store import Store, load, root_of

DONE, DATA_WRONG, USAGE_WRONG = 0, 1, 2
_PATH = 1000  # characters
FORMATS = ("text", "json", "github")


def check(
    root: str | Path | None, paths: list[str], *, mend: bool = False, style: str = "text", lang: str | None = None
) -> int:
    """Print the problems below `paths` (all when empty) and return the exit status; `mend` first mends what is safe."""
    language, base = choose(lang), root_of(root)
    if not (base / "curated").is_dir():
        return _refuse("no_curated", str(base), language)
    chosen = [_resolve(path, base) for path in paths]
    missing = next((path for path, found in zip(paths, chosen, strict=True) if found is None), None)
    if missing is not None:
        return _refuse("no_path", missing, language)
    store = load(base, lang=language)
    if mend:
        wanted = {path for path in store.loaded if _below(base / path, chosen)}
        for _, text in fix(store, wanted):
            (sys.stderr if style == "json" else sys.stdout).write(text)
        store = load(base, lang=language)
    problems = [p for p in [*store.problems, *suggestions(store, language)] if _below(base / p.path, chosen)]
    sys.stdout.write(render(problems, style, language))
    counts = Counter(problem.severity for problem in problems)
    summary = ("check_summary", tuple(str(counts[s]) for s in ("error", "warning", "suggestion"))) if problems else ("check_clean", ())
    print(say(*summary, language), file=sys.stderr)
    return DATA_WRONG if counts["error"] else DONE


def suggestions(store: Store, lang: Lang) -> list[Problem]:
    """Likely retellings, contradictions and aliases, each at the record it starts from."""
    found = []
    for likely in find_likely(store):
        record = store.by_id.get(likely.first)
        if likely.relation == "alias":
            message = say("likely_alias", (likely.first, likely.second), lang)
            found.append(Problem("curated/actors.yaml", 1, 1, "aliases", message, "suggestion"))
        elif record is not None:
            message = say(f"likely_{likely.relation}", (likely.second, likely.reason), lang)
            column = _column(store, record.path, record.line)
            found.append(Problem(record.path, record.line, column, likely.relation, message, "suggestion"))
    return found


def render(problems: list[Problem], style: str, lang: Lang) -> str:
    """Problems one a line; as one JSON array; or as annotations of a pull request on GitHub."""
    if style == "json":
        return json.dumps([asdict(problem) for problem in problems], ensure_ascii=False, indent=1) + "\n"
    if style == "github":
        return "".join(_annotation(problem) + "\n" for problem in problems)
    return "".join(_line(problem, lang) + "\n" for problem in problems)


def _line(problem: Problem, lang: Lang) -> str:
    kind = "" if problem.severity == "error" else f"[{say(f'severity_{problem.severity}', (), lang)}] "
    where = f"{safe(problem.path, _PATH)}:{problem.line}:{problem.column}"  # names of files and keys are anybody's
    return f"{where}: {safe(problem.field)}: {kind}{problem.message}"


def _annotation(problem: Problem) -> str:
    """https://docs.github.com/actions/reference/workflow-commands: properties escape more than the message does."""
    kind = {"error": "error", "warning": "warning", "suggestion": "notice"}[problem.severity]
    path = problem.path.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A").replace(":", "%3A").replace(",", "%2C")
    message = f"{safe(problem.field)}: {problem.message}".replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return f"::{kind} file={path},line={problem.line},col={problem.column}::{message}"


def _column(store: Store, path: str, line: int) -> int:
    loaded = store.loaded[path]
    for number, record in enumerate(loaded.records):
        if record.line == line:
            return yaml_nodes.line_column(loaded.text, loaded.where[number][""])[1]
    return 1


def _resolve(path: str, root: Path) -> Path | None:
    """A path as given, from here or from the root."""
    return next((Path(os.path.realpath(p)) for p in (Path(path), root / path) if p.exists()), None)


def _below(path: Path, chosen: list[Path | None]) -> bool:
    return not chosen or any(want is not None and Path(os.path.realpath(path)).is_relative_to(want) for want in chosen)


def _refuse(code: str, word: str, lang: Lang) -> int:
    print(say(code, (word,), lang), file=sys.stderr)
    return USAGE_WRONG
