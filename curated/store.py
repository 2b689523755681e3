"""Everything people keep, loaded: sources, events, figures, places, and all problems at once.

`load(root)` reads `curated/` and looks at `seeds/`; files that did not change since the last load in this process
are not read again. Knows where files are and what must hold across them. Leaves out writing (`curated.merge`).
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import time
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from curated import files, yaml_nodes
from curated.anchors import Anchors
from curated.document import read_document
from curated.messages import Lang, choose, say
from curated.names import FILES, Names, read_names_cached
from curated.proof import check_article
from curated.reader import Loaded, provisional_id, read_records
from curated.records import Event, Figure, Place, Problem, Source, Story
from curated.relations import check_relations
from curated.story import read_story
from curated.yaml_nodes import Fault

if TYPE_CHECKING:
    from extract.reading import Reading

REPOSITORY = Path(__file__).parent.parent
_RACY = 2.0  # seconds: a file as young as this may change again without a new time stamp


@dataclass(slots=True)
class Store:
    """What `load` returns. `events` and `figures` hold every record that could be read, dropped ones too
    (`status == "dropped"`): what is shown leaves them out. Order: by source, then as in the file."""

    root: Path
    sources: dict[str, Source] = field(default_factory=dict)
    events: list[Event] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)  # each place a record names, once
    problems: list[Problem] = field(default_factory=list)
    story: Story = field(default_factory=Story)
    names: Names = field(default_factory=Names)
    by_id: dict[str, Event | Figure] = field(default_factory=dict)
    loaded: dict[str, Loaded] = field(default_factory=dict, repr=False)  # by path, for checks

    def record(self, id: str) -> Event | Figure | None:
        return self.by_id.get(id)

    def reading(self, name: str) -> Reading | None:
        """The article of a source as a person should read it; None where it is missing or cannot be read."""
        source = self.sources.get(name)
        return None if source is None or source.missing else read_article(self.root / source.file, self.root)


class _Seen(NamedTuple):
    """A file as it was when it was read."""

    size: int
    mtime_ns: int
    digest: bytes
    read_at: float


_files: dict[str, tuple[_Seen, Names, Loaded]] = {}
_articles: dict[str, tuple[_Seen, Reading]] = {}
_proofs: dict[str, tuple[Loaded, _Seen, tuple[list[Fault], set[int]]]] = {}


def load(root: str | Path | None = None, *, lang: str | None = None, texts: bool = True) -> Store:
    """Load `root` (default: YOUJU_ROOT, else this repository). Never raises for what a file holds.

    `texts` also compares records with the articles, which marks orphans. `lang`: zh or en, for the problems.
    """
    store = Store(root_of(root))
    language = choose(lang)
    store.names = _load_names(store, language)
    articles = find_articles(store.root)
    for path in sorted((store.root / "curated" / "articles").rglob("*.yaml")):
        relative = path.relative_to(store.root).as_posix()
        if not any(part.startswith(".") for part in path.parts[len(store.root.parts) :]):
            _load_file(store, path, relative, articles, language)
    _gather(store, _compare_with_articles(store, language) if texts else {}, language)
    store.story = _load_story(store, language)
    _check_relations(store, language)
    store.problems.sort(key=lambda p: (p.path, p.line, p.column))
    return store


def root_of(root: str | Path | None) -> Path:
    """The folder that holds seeds/ and curated/."""
    return Path(os.path.realpath(root or os.environ.get("YOUJU_ROOT") or REPOSITORY))


def find_articles(root: Path) -> dict[str, list[Path]]:
    """Article files by source name: path below seeds/ without ending. More than one file a name is an error."""
    found: dict[str, list[Path]] = {}
    for path in sorted((root / "seeds").rglob("*")):
        below = path.relative_to(root / "seeds")
        if not any(part.startswith(".") for part in below.parts) and path.is_file():
            found.setdefault(below.with_suffix("").as_posix(), []).append(path)
    return found


def read_text(path: Path, root: Path) -> tuple[str, _Seen] | Fault:
    """A YAML file's text without its BOM, or what keeps it from being read."""
    try:
        raw, info = files.read_plain(root, path, yaml_nodes.MAX_BYTES)
    except OSError as error:
        return Fault(0, "file", *files.why_unread(error))
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        return Fault(0, "file", "encoding")
    return text.removeprefix("\ufeff"), _seen(info, raw)


def _seen(info: os.stat_result, raw: bytes) -> _Seen:
    return _Seen(info.st_size, info.st_mtime_ns, hashlib.blake2b(raw, digest_size=16).digest(), time.time())


def _unchanged(path: Path, seen: _Seen) -> bool:
    """The same size and time; a file that was young when it was read is compared by content."""
    try:
        info = path.stat()
        if (info.st_size, info.st_mtime_ns) != (seen.size, seen.mtime_ns):
            return False
        if seen.read_at - info.st_mtime_ns / 1e9 > _RACY:
            return True
        return hashlib.blake2b(path.read_bytes(), digest_size=16).digest() == seen.digest
    except OSError:
        return False


def names_of(root: Path) -> tuple[tuple[str, str], ...]:
    """(stem, text) of the files of canonical names that can be read: what `read_names_cached` takes."""
    reads = [(stem, read_text(root / "curated" / f"{stem}.yaml", root)) for stem in FILES]
    return tuple((stem, read[0]) for stem, read in reads if not isinstance(read, Fault))


def _load_names(store: Store, lang: Lang) -> Names:
    texts = names_of(store.root)
    for stem in FILES:
        path = store.root / "curated" / f"{stem}.yaml"
        read = read_text(path, store.root)
        if isinstance(read, Fault) and path.exists():
            store.problems.append(Problem(f"curated/{stem}.yaml", 1, 1, read.field, say(read.code, read.args, lang)))
    names, faults = read_names_cached(texts)
    for stem, text in texts:
        add_problems(store, f"curated/{stem}.yaml", text, faults[stem], lang)
    return names


def _load_story(store: Store, lang: Lang) -> Story:
    path = store.root / "curated" / "story.yaml"
    if not path.exists():
        return Story()
    read = read_text(path, store.root)
    if isinstance(read, Fault):
        store.problems.append(Problem("curated/story.yaml", 1, 1, read.field, say(read.code, read.args, lang)))
        return Story()
    story, faults, mentions = read_story(read[0])
    faults += [Fault(offset, name, "id_unknown", (id,)) for offset, name, id in mentions if id not in store.by_id]
    add_problems(store, "curated/story.yaml", read[0], faults, lang)
    return story


def _load_file(store: Store, path: Path, relative: str, articles: dict[str, list[Path]], lang: Lang) -> None:
    known = _files.get(str(path))
    if known and known[1] is store.names and _unchanged(path, known[0]):
        loaded = known[2]
    else:
        read = read_text(path, store.root)
        if isinstance(read, Fault):
            store.problems.append(Problem(relative, 1, 1, read.field, say(read.code, read.args, lang)))
            return
        name = Path(relative).relative_to("curated/articles").with_suffix("").as_posix()
        loaded = read_records(read_document(read[0]), name, relative, store.names)
        _files[str(path)] = read[1], store.names, loaded
    store.loaded[relative] = loaded
    add_problems(store, relative, loaded.text, loaded.faults, lang)
    store.sources[loaded.source.name] = _with_article(store, loaded, articles, lang)


def _with_article(store: Store, loaded: Loaded, articles: dict[str, list[Path]], lang: Lang) -> Source:
    """The source with the article file that is really there."""
    source = loaded.source
    found = articles.get(source.name, [])
    index = loaded.source_where.get("file", 0)
    if not found:
        fault = Fault(index, "file", "no_article", (source.file or source.name,))
        add_problems(store, loaded.path, loaded.text, [fault], lang)
        return replace(source, missing=True)
    if len(found) > 1:
        fault = Fault(index, "file", "source_name", (" ".join(f.name for f in found),))
        add_problems(store, loaded.path, loaded.text, [fault], lang)
    return replace(source, file=found[0].relative_to(store.root).as_posix())


def _gather(store: Store, orphans: dict[str, set[int]], lang: Lang) -> None:
    """Records into the lists, ids made unique, orphans marked, places collected."""
    places: dict[tuple[str, str], Place] = {}
    for path, loaded in store.loaded.items():
        for number, record in enumerate(loaded.records):
            other = store.by_id.get(record.id)
            if other is not None:
                where = loaded.where[number]
                fault = Fault(where.get("id", where[""]), "id", "same_id", (record.id, f"{other.path}:{other.line}"))
                add_problems(store, loaded.path, loaded.text, [fault], lang)
                kind = "event" if isinstance(record, Event) else "figure"
                record = replace(record, id=provisional_id(kind, record.id, record.path, str(number)))
            if number in orphans.get(path, ()):
                record = replace(record, orphan=True)
            store.by_id[record.id] = record
            for place in record.places:
                places.setdefault((place.adcode, place.name), place)
    store.events = [r for r in store.by_id.values() if isinstance(r, Event)]
    store.figures = [r for r in store.by_id.values() if isinstance(r, Figure)]
    store.places = list(places.values())


def _compare_with_articles(store: Store, lang: Lang) -> dict[str, set[int]]:
    """Numbers of the records whose quote no longer stands in its article, by path; problems are added."""
    orphans = {}
    for path, loaded in store.loaded.items():
        source = store.sources[loaded.source.name]
        if source.missing:
            orphans[path] = set(range(len(loaded.records)))
            continue
        faults, orphans[path] = _proved(store, loaded)
        add_problems(store, path, loaded.text, faults, lang)
    return orphans


def article_anchors(store: Store, name: str) -> Anchors | None:
    """The article of a source, to look quotes up in; None where it cannot be read."""
    from extract.reading import ReadingError, decode

    source = store.sources[name]
    article = store.root / source.file
    try:
        if source.missing:
            return None
        return Anchors(decode(files.read_plain(store.root, article)[0]), lambda: read_article(article, store.root))
    except (OSError, ReadingError):
        return None


def _proved(store: Store, loaded: Loaded) -> tuple[list[Fault], set[int]]:
    """`check_article`, kept while neither file changes."""
    source = store.sources[loaded.source.name]
    article = store.root / source.file
    known = _proofs.get(loaded.path)
    if known and known[0] is loaded and _unchanged(article, known[1]):
        return known[2]
    anchors = article_anchors(store, source.name)
    if anchors is None:
        return [Fault(0, "file", "no_reading", (source.file,))], set(range(len(loaded.records)))
    result = check_article(loaded, anchors)
    with contextlib.suppress(OSError):
        raw, info = files.read_plain(store.root, article)
        _proofs[loaded.path] = loaded, _seen(info, raw), result
    return result


def _check_relations(store: Store, lang: Lang) -> None:
    for path, fault in check_relations(store):
        add_problems(store, path, store.loaded[path].text, [fault], lang)


def add_problems(store: Store, path: str, text: str, faults: list[Fault], lang: Lang) -> None:
    """Word the faults of one file and add them to the store's problems."""
    for fault in faults:
        line, column = yaml_nodes.line_column(text, fault.offset)
        severity = "warning" if fault.severity == "warning" else "error"
        store.problems.append(Problem(path, line, column, fault.field, say(fault.code, fault.args, lang), severity))


def read_article(path: Path, root: Path) -> Reading | None:
    """The reading of one article file below `root`, kept while it stays the same; None where it cannot be read."""
    from extract.reading import ReadingError, decode, read

    known = _articles.get(str(path))
    if known and _unchanged(path, known[0]):
        return known[1]
    try:
        raw, info = files.read_plain(root, path)
        reading = read(decode(raw), path.name)
    except (OSError, ReadingError):
        return None
    _articles[str(path)] = _seen(info, raw), reading
    return reading
