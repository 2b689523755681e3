"""Taking articles in and renaming them together with their curated files.

Knows which names are free, and an order of steps in which a run killed at any moment loses nothing and can be finished
by running it again. Articles are copied and renamed whole; their bytes never change.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path

from yaml.nodes import ScalarNode

from curated import files
from curated.changes import Change, append_changes, timestamp
from curated.document import read_document
from curated.messages import Lang, choose, say
from curated.render import SCHEMA_LINE
from curated.splice import Plan, SpliceError, apply_plan
from curated.store import find_articles, read_text, root_of
from curated.written import fingerprint, read_prints, write_prints
from curated.yaml_nodes import Fault


class IntakeError(Exception):
    """A file cannot be taken in or renamed; the message says why and what to do."""


def add_articles(
    root: str | Path | None, paths: Sequence[str], lang: str | None = None, who: str = "", on_wait: Callable[[], None] | None = None
) -> tuple[list[str], list[str]]:  # fmt: skip
    """Copy article files into seeds/; returns the names of the sources and a sentence for each file left out.

    With `who`, each copy is logged. Where another run holds the lock it waits, after calling `on_wait` once. Raises OSError where seeds/ leads out of the root or cannot be made.
    """
    base, language = root_of(root), choose(lang)
    names, refused = [], []
    files.check_inside(base, base / "seeds")
    (base / "seeds").mkdir(parents=True, exist_ok=True)
    with files.locked(base, on_wait):
        for given in paths:
            try:
                names.append(_add(base, Path(given), language, who))
            except IntakeError as error:
                refused.append(f"{given}: {error}")
    return names, refused


def _add(root: Path, path: Path, lang: Lang, who: str) -> str:
    from extract.reading import ReadingError, decode, read

    if not path.is_file():
        raise IntakeError(say("not_file", (), lang))
    try:
        raw, _ = files.read_plain(Path(os.path.realpath(path)).parent, path)  # whoever names a file may take it from anywhere
        read(decode(raw), path.name)
    except OSError as error:
        raise IntakeError(say(*files.why_unread(error), lang)) from None
    except ReadingError as error:
        raise IntakeError(error.texts[lang]) from None
    real = Path(os.path.realpath(path))
    inside = real.is_relative_to(root / "seeds")
    below = real.relative_to(root / "seeds") if inside else Path(path.name)
    name = below.with_suffix("").as_posix()
    if inside:
        return name
    target = root / "seeds" / below
    files.check_inside(root, target)
    others = find_articles(root).get(name, [])
    if target.exists() and target.read_bytes() == raw:
        return name
    if others or target.exists():
        raise IntakeError(say("name_taken", (name,), lang))
    line = Change(timestamp(), who, "add", f"seeds/{below.as_posix()}", "", {}, {"bytes": str(len(raw))})
    files.replace_file(target, raw, None, lambda: append_changes(root, [line] if who else []))
    return name


def rename_article(root: str | Path | None, old: str, new: str, lang: str | None = None) -> str:
    """Rename an article and its curated file; returns the new name. Raises IntakeError."""
    base, language = root_of(root), choose(lang)
    with files.locked(base):
        return _Rename(base, old, new, language).run()


class _Rename:
    def __init__(self, root: Path, old: str, new: str, lang: Lang):
        self.root = root
        self.lang: Lang = lang
        self.articles = find_articles(root)
        self.old, self.new = self._name(old), self._name(new)
        if not self.new or ".." in Path(self.new).parts or self.new.startswith(("/", ".")) or "\\" in self.new:
            raise IntakeError(say("bad_name", (new,), lang))
        found = self.articles.get(self.old) or self.articles.get(self.new, [])
        if len(found) != 1 or self.old == self.new:
            raise IntakeError(say("no_such_article", (self.old,), lang))
        self.article = found[0]
        self.target = root / "seeds" / (self.new + self.article.suffix)
        self.old_yaml, self.new_yaml = (root / "curated" / "articles" / f"{name}.yaml" for name in (self.old, self.new))

    def _name(self, given: str) -> str:
        """A source's name from its name or from a path to its file."""
        name = given.removeprefix("./").removeprefix("seeds/")
        return name if name in self.articles else Path(name).with_suffix("").as_posix() if Path(name).suffix in (".txt", ".md", ".html", ".htm", ".json") else name

    def run(self) -> str:
        """The new curated file first, then the article, then the old curated file goes: no step loses a record."""
        if self.old in self.articles and self.new in self.articles:
            raise IntakeError(say("name_taken", (self.new,), self.lang))
        if self.old not in self.articles and not self.old_yaml.exists():
            raise IntakeError(say("no_such_article", (self.old,), self.lang))
        for path in (self.article, self.target, self.old_yaml, self.new_yaml):
            files.check_inside(self.root, path.parent)
        if self.old_yaml.exists():
            self._copy_curated()
        if self.old in self.articles:
            self.target.parent.mkdir(parents=True, exist_ok=True)
            self.article.rename(self.target)
        self.old_yaml.unlink(missing_ok=True)
        self._rename_mentions()
        return self.new

    def _copy_curated(self) -> None:
        read = read_text(self.old_yaml, self.root)
        if isinstance(read, Fault):
            raise IntakeError(say(read.code, read.args, self.lang))
        text = self._moved(read[0])
        if self.new_yaml.exists():
            if self.new_yaml.read_text(encoding="utf-8") == text:
                return  # a run that was killed got this far
            raise IntakeError(say("name_taken", (self.new,), self.lang))
        files.replace_file(self.new_yaml, text.encode("utf-8"), None)

    def _moved(self, text: str) -> str:
        """The curated text under its new name: the article's path, and the way to the schema."""
        document = read_document(text)
        file = self.target.relative_to(self.root).as_posix()
        plan = Plan(source={"file": file})
        node = document.machine.values.get("source") if document.machine else None
        if isinstance(node, ScalarNode) and "file" in read_prints(node.value):
            plan.machine["source"] = write_prints(read_prints(node.value) | {"file": fingerprint("file", file)})
        try:
            moved = apply_plan(document, plan)
        except SpliceError:
            raise IntakeError(say("splice", (), self.lang)) from None
        before, after = (SCHEMA_LINE.format("../" * (name.count("/") + 1)) for name in (self.old, self.new))
        return after + moved.removeprefix(before) if moved.startswith(before) else moved

    def _rename_mentions(self) -> None:
        """Reprints of the article name it by its new name."""
        for path in sorted((self.root / "curated" / "articles").rglob("*.yaml")):
            read = read_text(path, self.root)
            if isinstance(read, Fault) or "reprint_of" not in read[0]:
                continue
            document = read_document(read[0])
            if document.source and document.source.text("reprint_of") == self.old and document.whole:
                new = apply_plan(document, Plan(source={"reprint_of": self.new}))
                files.replace_file(path, new.encode("utf-8"), path.read_bytes())
