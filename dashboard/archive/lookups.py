"""Names, records and articles of an archive to look up one by one: mappings too large to walk through, each with a
bounded memory of what was asked last."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar

from curated.records import Source
from dashboard.archive.records import read_source
from dashboard.rows import Row, place_name

if TYPE_CHECKING:
    from dashboard.archive.answers import Archive

MOST_NAMES = 1000
T = TypeVar("T")


class Kept:
    """The last answers, by question; an old one makes room for a new one."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.lock = Lock()
        self.answers: OrderedDict[object, Any] = OrderedDict()

    def get(self, key: object, find: Callable[[], T]) -> T:
        with self.lock:
            if key in self.answers:
                self.answers.move_to_end(key)
                return self.answers[key]
        answer = find()
        with self.lock:
            self.answers[key] = answer
            while len(self.answers) > self.most:
                self.answers.popitem(last=False)
        return answer


class ById(ABC, Generic[T]):
    """Things of an archive by id, found one by one and kept a while."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self.kept = Kept(4096)

    @abstractmethod
    def find(self, key: str) -> T | None:
        """The thing with this id, asked of the archive anew."""

    def get(self, key: str, /) -> T | None:
        return self.kept.get(key, lambda: self.find(key))

    def __getitem__(self, key: str, /) -> T:
        if (found := self.get(key)) is None:
            raise KeyError(key)
        return found

    def __contains__(self, key: object, /) -> bool:
        return isinstance(key, str) and self.get(key) is not None


class Rows(ById[Row]):
    """Records by id."""

    def find(self, key: str) -> Row | None:
        if key in self.archive.laid_over:
            return self.archive.laid_over[key]
        ks = [k for (k,) in self.archive.ask("SELECT w.k FROM word w WHERE w.id = ? AND w.k IN (SELECT k FROM fact) LIMIT 1", [key])]
        return next(iter(self.archive.read(ks)), None)

    def __len__(self) -> int:
        return self.archive.kept.get("rows", lambda: self.archive.ask("SELECT count(*) FROM fact")[0][0])


class Sources(ById[Source]):
    """Articles by id; as many as are not copies."""

    def find(self, key: str) -> Source | None:
        store = self.archive.store
        if store and key in store.sources:
            return store.sources[key]
        found = self.archive.ask("SELECT id, title, publisher, published, url FROM source WHERE id = ? LIMIT 1", [key])
        return read_source(found[0]) if found else None

    def __len__(self) -> int:
        return self.archive.kept.get("sources", lambda: self.archive.ask("SELECT count(*) FROM source WHERE lead")[0][0])


class PlaceNames:
    """Names of all places that carry records, by adcode or by the name itself where there is none."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive

    @property
    def names(self) -> dict[str, str]:
        return self.archive.kept.get("place names", lambda: dict(self.archive.ask("SELECT code, name FROM place")))

    def get(self, key: str, /) -> str | None:
        return self.names.get(key) or place_name(key) or None

    def __getitem__(self, key: str, /) -> str:
        return self.names[key]

    def __contains__(self, key: object, /) -> bool:
        return key in self.names

    def __len__(self) -> int:
        return len(self.names)


class Tally:
    """Names of one kind with how many records carry each, most first; too many of them to hold all."""

    SETS: ClassVar = {
        "place": "SELECT p.code, count(*) FROM fact f JOIN place_in i ON i.set_no = f.pset AND i.own JOIN place p ON p.no = i.place GROUP BY 1",
        "actor": "SELECT a.name, sum(c.n)::BIGINT FROM (SELECT aset, count(*) AS n FROM fact GROUP BY 1) c JOIN actor_in i ON i.set_no = c.aset JOIN actor a ON a.no = i.actor GROUP BY 1",
        "measure": "SELECT m.name, c.n FROM (SELECT measure, count(*) AS n FROM fact GROUP BY 1) c JOIN measure m ON m.no = c.measure",
        "tag": "SELECT name, count(*) FROM tag GROUP BY 1",
    }
    NAME: ClassVar = {"place": ("place", "code"), "actor": ("actor", "name"), "measure": ("measure", "name"), "tag": ("tag", "name")}

    def __init__(self, archive: Archive, kind: str) -> None:
        self.archive, self.kind = archive, kind

    def most_common(self, n: int | None = None, /) -> list[tuple[str, int]]:
        most = min(n or MOST_NAMES, MOST_NAMES)
        found = self.archive.kept.get(("tally", self.kind), lambda: self.archive.ask(f"{self.SETS[self.kind]} ORDER BY 2 DESC, 1 LIMIT {MOST_NAMES}"))
        return found[:most]

    def __contains__(self, key: object, /) -> bool:
        table, column = self.NAME[self.kind]
        return isinstance(key, str) and bool(
            self.archive.kept.get(("known", self.kind, key), lambda: self.archive.ask(f"SELECT 1 FROM {table} WHERE {column} = ? LIMIT 1", [key]))
        )

    def __len__(self) -> int:
        table, _ = self.NAME[self.kind]
        return self.archive.kept.get(("number", self.kind), lambda: self.archive.ask(f"SELECT count(*) FROM {table}")[0][0])
