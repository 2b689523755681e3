"""One run of the extraction over a root: every article understood, every curated file merged, nothing lost.

Knows which files belong together, what is already settled, which ids are taken, and that one bad file never keeps the
others. Leaves out how fields are merged (`curated.merge`) and what a command prints (`extract.__main__`).
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import re
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from curated import drafts, files, render, yaml_nodes
from curated.anchors import Anchors
from curated.document import Document, read_document
from curated.fields import SECTIONS, Kind
from curated.merge import Context, Report, Suggestion, merge
from curated.messages import Lang, choose, say
from curated.names import read_names_cached
from curated.reader import Loaded, read_amount, read_records
from curated.records import Span
from curated.render import Value
from curated.splice import SpliceError, apply_plan, model
from curated.store import find_articles, names_of, read_text, root_of
from curated.written import machine_order
from curated.yaml_nodes import Fault

if TYPE_CHECKING:
    from extract.article import Article
    from extract.reading import Reading

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"  # without i, l, o and u, which people misread
_ANY_ID = re.compile(r"(?<![0-9A-Za-z_-])[ef]-[0-9A-Za-z_-]{1,40}")
_MOST_SETTLED = 64 << 20  # bytes of what the last run left
_ATTEMPTS = 20  # how often a file that changes under our hands is merged again


class Unreadable(NamedTuple):
    """An article that was skipped, or a fault for which a curated file was left as it is."""

    path: str
    reason: str
    where: str = ""  # line:column

    def __str__(self) -> str:
        return f"{self.path}:{self.where + ':' if self.where else ''} {self.reason}"


@dataclass(slots=True)
class Summary(Report):
    """What a run did: counts of records, suggestions, and what it could not do."""

    sources: int = 0
    changed: list[str] = field(default_factory=list)  # paths of the files that were written
    unreadable: list[Unreadable] = field(default_factory=list)  # articles and curated files left as they are
    orphaned: list[str] = field(default_factory=list)  # curated files whose article is gone


def extract_all(
    root: str | Path | None = None, *, names: Collection[str] | None = None, lang: str | None = None,
    on_progress: Callable[[int, int, str], None] | None = None, on_wait: Callable[[], None] | None = None,
) -> Summary:  # fmt: skip
    """Merge fresh drafts of every article below seeds/ (or of the sources in `names`) into curated/articles/.

    A second run waits for the first, after calling `on_wait` once. `on_progress` gets number, total and source name
    before each article. Raises OSError only where curated/ itself cannot be written.
    """
    base = root_of(root)
    with files.locked(base, on_wait):
        run = _Run(base, choose(lang))
        chosen = [name for name in run.articles if names is None or name in names]
        for number, name in enumerate(chosen):
            if on_progress is not None:
                on_progress(number, len(chosen), name)
            run.extract(name)
        if names is None:
            run.find_orphans()
            run.find_strange()
        run.settled.save()
    return run.summary


class _Run:
    """One run under the lock: what is shared between its articles."""

    def __init__(self, root: Path, lang: Lang):
        self.root = root
        self.lang: Lang = lang
        self.articles = find_articles(root)
        self.folder = root / "curated" / "articles"
        files.check_inside(root, self.folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        files.sweep(self.folder)
        self.summary = Summary(sources=len(self.articles))
        self.settled = _Settled(root)
        self.names = read_names_cached(names_of(root))[0]
        self._ids: set[str] | None = None
        self._referenced: set[str] | None = None

    def extract(self, name: str) -> None:
        """Merge one article; whatever goes wrong with it is named and stays with it."""
        paths = self.articles[name]
        label = paths[0].relative_to(self.root).as_posix()
        if len(paths) > 1:
            self._unreadable(label, say("source_name", (" ".join(path.name for path in paths),), self.lang))
            return
        try:
            label.encode()
            self._extract(name, paths[0], label)
        except UnicodeEncodeError:
            self._unreadable(label, say("file_name", (), self.lang))
        except OSError as error:
            self._unreadable(label, say(*files.why_unread(error), self.lang))
        except Exception as error:  # a finder that fails on one article must not cost the others
            self._unreadable(label, say("failed", (type(error).__name__, str(error)), self.lang))

    def _extract(self, name: str, path: Path, label: str) -> None:
        from extract.reading import ReadingError, decode, read

        raw, _ = files.read_plain(self.root, path)
        article_print = hashlib.blake2b(raw, digest_size=6).hexdigest()
        target = self.folder / f"{name}.yaml"
        if not files.is_inside(self.root, target):
            self._unreadable(target.relative_to(self.root).as_posix(), say("outside", (), self.lang))
            return
        known = self.settled.get(name, article_print, target)
        if known is not None:
            self.summary.add(known)
            return
        try:
            reading = read(decode(raw), path.name)
        except ReadingError as error:
            self._unreadable(label, error.texts[self.lang])
            return
        for _ in range(_ATTEMPTS):
            try:
                report = self._merge(name, label, article_print, reading, target)
            except files.Changed:
                continue  # a person has just saved it: merge again with what they wrote
            if report is not None:
                self.settled.put(name, article_print, target, report)
                self.summary.add(report)
            return
        self._unreadable(target.relative_to(self.root).as_posix(), say("busy", (), self.lang))

    def _merge(self, name: str, label: str, article_print: str, reading: Reading, target: Path) -> Report | None:
        """Merge into the file as it is now. Raises Changed when it is another one by the time it would be replaced."""
        from extract.article import understand

        relative = target.relative_to(self.root).as_posix()
        document, loaded, old = None, None, None
        if target.exists():
            read = read_text(target, self.root)
            if isinstance(read, Fault):
                self._unreadable(relative, say(read.code, read.args, self.lang))
                return None
            old = files.read_settled(target)
            document = read_document(old.decode("utf-8-sig"))
            loaded = read_records(document, name, relative, self.names)
            if not loaded.valid:
                self._invalid(relative, loaded)
                return None
        published = _persons_date(document, loaded) if document and loaded else ""
        context = self._context(name, label, relative, article_print, understand(reading, published))
        try:
            text, report = _merged_text(name, document, context)
            if text is None:
                return report
            bom = b"\xef\xbb\xbf" if old is not None and old.startswith(b"\xef\xbb\xbf") else b""
            files.replace_file(target, bom + text.encode("utf-8"), old)
        except SpliceError:
            self._unreadable(relative, say("splice", (), self.lang))
            return None
        except OSError as error:
            self._unreadable(relative, say(*files.why_unwritten(error), self.lang))
            return None
        self.summary.changed.append(relative)
        return report

    def _context(self, name: str, label: str, relative: str, article_print: str, article: Article) -> Context:
        reading = article.reading

        def inside(start: int, end: int, at: Span) -> bool:
            span = reading.text_span(*at)
            return span is not None and span[0] <= start and end <= span[1]

        def amount_spans(amount: str, at: Span) -> list[Span]:
            wanted = read_amount(amount)
            return [
                reading.raw_span(q.start, q.end)
                for q in article.quantities
                if wanted and inside(q.start, q.end, at) and (q.value, q.low, q.high) == (wanted.value, wanted.low, wanted.high)
            ]

        def names_in(at: Span) -> dict[str, Value]:
            actors = tuple(dict.fromkeys(a.name for a in article.actors if inside(a.start, a.end, at)))
            places = [p for p in article.places if inside(p.start, p.end, at) and not p.inside]
            found: dict[str, Value] = {"actors": actors, "places": tuple(dict.fromkeys(drafts.place_name(p) for p in places))}
            return {key: value for key, value in found.items() if value}

        return Context(
            path=relative,
            anchors=Anchors(reading.raw, lambda: reading),
            article_print=article_print,
            drafts=drafts.draft_records(article),
            source=drafts.source_values(article, label),
            new_id=lambda kind, mark, ordinal: self.new_id(name, kind, mark, ordinal),
            referenced=self.referenced,
            amount_spans=amount_spans,
            dates_in=lambda at: [(t.edtf, t.text) for t in article.times if t.edtf and inside(t.start, t.end, at)],
            names_in=names_in,
        )

    def new_id(self, name: str, kind: Kind, mark: Span, ordinal: int) -> str:
        """An id made from source and mark; another one where it is taken anywhere under the root."""
        if self._ids is None:
            self._ids = {found for text in self._texts() for found in _ANY_ID.findall(text)}
        salt = 0
        while True:
            id = make_id(name, kind, mark, ordinal, salt)
            if id not in self._ids:
                self._ids.add(id)
                return id
            salt += 1

    def referenced(self, id: str) -> bool:
        """Whether a person's relation or the story points at an id."""
        if self._referenced is None:
            self._referenced = set()
            for path in sorted(self.folder.rglob("*.yaml")):
                read = read_text(path, self.root)
                if not isinstance(read, Fault):
                    for entry in read_document(read[0]).records:
                        for name in ("same_as", "conflicts_with", "part_of"):
                            self._referenced.update(entry.items(name))
            story = read_text(self.root / "curated" / "story.yaml", self.root)
            if not isinstance(story, Fault):
                self._referenced.update(_ANY_ID.findall(story[0]))
        return id in self._referenced

    def _texts(self) -> list[str]:
        reads = [read_text(path, self.root) for path in sorted(self.folder.rglob("*.yaml"))]
        return [read[0] for read in reads if not isinstance(read, Fault)]

    def find_orphans(self) -> None:
        for path in sorted(self.folder.rglob("*.yaml")):
            below = path.relative_to(self.folder)
            if below.with_suffix("").as_posix() not in self.articles and not any(p.startswith(".") for p in below.parts):
                self.summary.orphaned.append(path.relative_to(self.root).as_posix())

    def find_strange(self) -> None:
        """Name what stands among the articles and is neither file nor folder: links out, pipes, links to folders."""
        for path in sorted((self.root / "seeds").rglob("*")):
            below = path.relative_to(self.root / "seeds")
            if (path.is_symlink() or not path.is_dir()) and not path.is_file() and not any(p.startswith(".") for p in below.parts):
                self._unreadable(path.relative_to(self.root).as_posix(), say("outside", (), self.lang))

    def _unreadable(self, path: str, reason: str, where: str = "") -> None:
        self.summary.unreadable.append(Unreadable(path, reason, where))

    def _invalid(self, relative: str, loaded: Loaded) -> None:
        """Name every fault of a file that is left as it is."""
        for fault in loaded.faults:
            if fault.severity == "error":
                line, column = yaml_nodes.line_column(loaded.text, fault.offset)
                reason = f"{fault.field}: {say(fault.code, fault.args, self.lang)}"
                self._unreadable(relative, reason, f"{line}:{column}")


def make_id(name: str, kind: Kind, mark: Span, ordinal: int, salt: int = 0) -> str:
    """e-7f3k2m: the kind and six characters that follow from source, mark and ordinal."""
    words = f"{name}\0{kind}\0{mark[0]}-{mark[1]}\0{ordinal}\0{salt}"
    number = int.from_bytes(hashlib.blake2b(words.encode("utf-8", "replace"), digest_size=4).digest(), "big")
    return f"{kind[0]}-" + "".join(_ALPHABET[(number >> (5 * i)) & 31] for i in range(6))


def _persons_date(document: Document, loaded: Loaded) -> str:
    """The publication date that a person wrote, "" where it is still the machine's."""
    from curated.merge import current
    from curated.written import fingerprint, read_prints

    entry = document.source
    value = current(entry, "published") if entry else None
    if value is None or loaded.source.published is None:
        return ""
    node = document.machine.values.get("source") if document.machine else None
    prints = read_prints(node.value) if node is not None else {}
    return "" if prints.get("published") == fingerprint("published", value) else str(loaded.source.published)


def _merged_text(name: str, document: Document | None, context: Context) -> tuple[str | None, Report]:
    """The file's text after the merge; None where nothing changes. Raises SpliceError."""
    if document is None:
        return _new_file(name, context)
    plan, report = merge(document, context)
    return (apply_plan(document, plan) if plan else None), report


def _new_file(name: str, context: Context) -> tuple[str, Report]:
    """The text of a curated file that does not exist yet."""
    empty = Document("")
    plan, report = merge(empty, context)
    records: dict[str, list[Any]] = {section: [] for section in SECTIONS}
    for section, _, values in plan.insert:
        records[section].append(values)
    machine = {key: plan.machine[key] or "" for key in sorted(plan.machine, key=machine_order)}
    source = {key: value for key, value in plan.source.items() if value is not None}
    text = render.file(name.count("/"), source, records["events"], records["figures"], machine)
    if model(read_document(text)) != {**records, "source": source, "machine": machine}:
        raise SpliceError("the text does not read back as meant")
    return text, report


class _Settled:
    """What the last run left, so that articles where nothing changed are not read again. May be lost at any time."""

    def __init__(self, root: Path):
        self.root = root
        self.version = _version()
        self.items: dict[str, dict[str, Any]] = {}
        try:
            stored = json.loads(files.read_plain(root, root / files.CACHE / "extraction.json", _MOST_SETTLED)[0])
            self.items = {name: item for name, item in stored.items() if isinstance(item, dict)}
        except (OSError, ValueError, AttributeError, RecursionError):
            self.items = {}

    def get(self, name: str, article_print: str, target: Path) -> Report | None:
        """What the last run reported of a source, None where anything has changed since."""
        item = self.items.get(name, {})
        now = {"article": article_print, "yaml": _digest(target), "version": self.version}
        if any(item.get(key) != value for key, value in now.items()):
            return None
        return Report(kept=item.get("kept", 0), suggestions=self._listed(name))

    def put(self, name: str, article_print: str, target: Path, report: Report) -> None:
        """Remember a report; what an earlier run has listed is marked as seen.

        Where nothing is remembered, as in a fresh clone, old differences count as seen: somebody has decided them.
        """
        seen, first = {suggestion[2:6] for suggestion in self._listed(name)}, name not in self.items
        report.suggestions = [s._replace(seen=s[2:6] in seen or (first and not s.new)) for s in report.suggestions]
        now = {"article": article_print, "yaml": _digest(target), "version": self.version}
        self.items[name] = now | {"kept": report.kept, "suggestions": [list(s) for s in report.suggestions]}

    def _listed(self, name: str) -> list[Suggestion]:
        try:
            return [Suggestion(*row)._replace(seen=True) for row in self.items[name]["suggestions"]]
        except (KeyError, TypeError):
            return []

    def save(self) -> None:
        path = files.cache_folder(self.root) / "extraction.json"
        content = json.dumps(self.items, ensure_ascii=False)
        temporary = path.with_suffix(".tmp")
        with contextlib.suppress(OSError, ValueError):  # a full disk: the next run reads the articles again
            files.write_new(temporary, content.encode("utf-8", "replace"))
            temporary.replace(path)


def _digest(path: Path) -> str:
    try:
        return hashlib.blake2b(path.read_bytes(), digest_size=16).hexdigest()
    except OSError:
        return ""


def _version() -> str:
    """Stands for the finders and the merge as they are now: their files' names, sizes and times."""
    import extract

    digest = hashlib.blake2b(digest_size=16)
    for folder in (Path(extract.__file__).parent, Path(__file__).parent):
        for path in sorted(folder.rglob("*")):
            if path.suffix in (".py", ".tsv") or (path.suffix == ".yaml" and "lexicon" in path.parts):
                info = path.stat()
                digest.update(f"{path.name} {info.st_size} {info.st_mtime_ns}\n".encode())
    return digest.hexdigest()
