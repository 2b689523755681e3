"""One row of a corpus -> one article with its facts, as it runs in a worker.

Knows what makes an article of a row, what counts as done before, the limits of size and time, and that whatever goes
wrong with an article stays with it: engines drop whole batches on an error, so none leaves this module.
"""

from __future__ import annotations

import ctypes
import hashlib
import json
import threading
import time
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from extract.archive import layout
from extract.archive.inputs import META, Row
from extract.archive.reasons import Reason, reason

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa

    from extract.article import Article

LONGEST = 5_000_000  # characters of one article; a book has fewer
SLOWEST = 60.0  # seconds for one article; a usual one takes five thousandths
_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
DONE, OK, FAILED = "done", "ok", "failed"


class Unfit(ValueError):
    """A row that gives no article; the message is the reason, in both languages."""


class TooSlow(BaseException):
    """The time for one article is over."""


def result_type() -> pa.DataType:
    """What a worker gives back for a row: `state`, the columns of an article, its facts, and of a failure `input`, `reason`."""
    import pyarrow as pa

    article = [field for field in layout.schema(layout.ARTICLES) if field.name != "facts"]
    of_source = ("source", "source_hash", "source_title", "publisher", "published", "url")
    facts = pa.struct([field for field in layout.schema(layout.FACTS) if field.name not in of_source])
    more = [("state", pa.string()), ("input", pa.string()), ("reason", pa.string()), ("facts", pa.list_(facts))]
    return pa.struct([*((field.name, field.type) for field in article), *more])


class Worker:
    """What one process keeps from row to row: the articles that are done, and the watch."""

    def __init__(self, done: np.ndarray | None = None, slowest: float = SLOWEST, longest: int = LONGEST):
        self.done, self.watch, self.longest = done, _Watch(slowest), longest

    def work(self, row: Row) -> dict[str, Any]:
        """The result of one row; never raises for what is in the row."""
        known: dict[str, Any] = {"id": row.id, "hash": ""}
        try:
            return self.watch.timed(lambda: self._work(row, known))
        except TooSlow:
            return _failure(row, known | {"hash": ""}, str(reason("too_slow", seconds=self.watch.seconds)))
        except Unfit as error:
            return _failure(row, known, str(error))
        except MemoryError:
            return _failure(row, known | {"hash": ""}, str(reason("memory")))
        except Exception as error:  # a finder that fails on one article must not cost the others
            return _failure(row, known, str(reason("failed", kind=type(error).__name__, why=str(error)[:200])))

    def _work(self, row: Row, known: dict[str, Any]) -> dict[str, Any]:
        if row.error:
            raise Unfit(row.error)
        known["hash"] = digest(row.payload, row.id)  # until the article is known: the same line fails the same way
        if self._is_done(row.id, known["hash"]):
            return _result(DONE, known)
        source = _source_of(row)
        known |= {"id": source["id"], "hash": digest(source["text"].encode(), *(source[key] for key in META))}
        if self._is_done(known["id"], known["hash"]):
            return _result(DONE, known)
        if len(source["text"]) > self.longest:
            raise Unfit(reason("too_long", count=len(source["text"]), most=self.longest))
        return _result(OK, known | _understood(source))

    def _is_done(self, id: str, hash: str) -> bool:
        if self.done is None or not len(self.done):
            return False
        key = done_key(id, hash)
        at = int(self.done.searchsorted(key))
        return at < len(self.done) and int(self.done[at]) == key


def done_key(id: str, hash: str) -> int:
    """64 bits that stand for an article; among a hundred million two share them once in four thousand archives."""
    return int.from_bytes(hashlib.blake2b(f"{id}\0{hash}".encode("utf-8", "replace"), digest_size=8).digest(), "big")


def digest(payload: bytes, *given: str) -> str:
    """32 hexadecimal digits for a text and what was given with it."""
    return hashlib.blake2b(b"\0".join([payload, *(words.encode("utf-8", "replace") for words in given)]), digest_size=16).hexdigest()


def _source_of(row: Row) -> dict[str, str]:
    """id, text and the given columns of an article. Raises Unfit."""
    if row.form == "json":
        return _from_json(row.payload)
    values = {"id": row.id.strip(), **{key: getattr(row, key).strip() for key in META}}
    values["name"] = row.input if row.form == "file" else ""
    values["text"] = row.payload.decode() if row.form == "text" else _decoded(row.payload)
    return _checked(values)


def _from_json(line: bytes) -> dict[str, str]:
    try:
        entry = json.loads(line)
    except UnicodeDecodeError:
        raise Unfit(reason("not_utf8")) from None
    except ValueError:
        raise Unfit(reason("not_json")) from None
    except RecursionError:
        raise Unfit(reason("deep_json")) from None
    if not isinstance(entry, dict):
        raise Unfit(reason("no_object"))
    values = {}
    for key in ("id", "text", *META):
        value = entry.get(key)
        number = isinstance(value, int | float) and not isinstance(value, bool)
        if value is not None and not isinstance(value, str) and not (number and key != "text"):
            raise Unfit(reason("not_words", key=key))
        values[key] = "" if value is None else str(value) if key == "text" else str(value).strip()
    return _checked(values)


def _checked(values: dict[str, str]) -> dict[str, str]:
    # Half a surrogate pair has no place in a file of UTF-8; one character stays one character.
    values = {key: value.encode("utf-16", "surrogatepass").decode("utf-16", "replace") for key, value in values.items()}
    for key in ("id", "text"):
        if not values[key].strip():
            raise Unfit(reason(f"no_{key}"))
    return values


def _decoded(raw: bytes) -> str:
    from extract.reading import ReadingError, decode

    try:
        return decode(raw)
    except ReadingError as error:
        raise Unfit(Reason(**error.texts)) from None


# --- an article and its facts ------------------------------------------------------------------------------------


def _understood(source: dict[str, str]) -> dict[str, Any]:
    from extract.archive.duplicates import pack, sign, wording_of
    from extract.article import understand
    from extract.reading import ReadingError, read

    try:
        reading = read(source["text"], source.get("name", ""))
    except ReadingError as error:
        raise Unfit(Reason(**error.texts)) from None
    article = understand(reading, _edtf(source["published"]), ("figure", "event"))
    wording = wording_of(reading.text)
    return {
        **{key: source[key] or _one_line(reading.meta.get(key, "")) for key in ("title", "publisher", "url")},
        "published": article.published, "text": source["text"],
        "signature": sign(wording), "clauses": pack(wording), "facts": _facts(source["id"], article),
    }  # fmt: skip


def _edtf(published: str) -> str:
    """The given date, "" where it is none: a wrong one would move every date that counts from it."""
    from extract.times import parse_date

    if not published:
        return ""
    date = parse_date(published) or parse_date(published[:10])
    return str(date) if date else ""


def _facts(id: str, article: Article) -> list[dict[str, Any]]:
    from extract import scan_rows
    from extract.edtf import parse_edtf

    drafts = [("figure", draft) for draft in article.figures] + [("event", draft) for draft in article.events]
    facts: list[dict[str, Any]] = []
    empty = {name: "" if kind == "string" else None for name, kind in layout.FACT_COLUMNS.items()}
    for kind, draft in drafts:
        alone = {"figures": [draft], "events": []} if kind == "figure" else {"figures": [], "events": [draft]}
        row = scan_rows(article._replace(**alone), "", (kind,))[0]
        date = parse_edtf(row["date"] if kind == "event" else row["as_of"])
        for name in ("value", "low", "high"):
            row[name] = _number(row.get(name))
        row["speaker"] = draft.speaker
        for name in ("amount", "as_of_from", "data_from", "date_from"):
            row[name] = _one_line(getattr(draft, name, ""))
        row["earliest"], row["latest"] = layout.days_of(date)
        facts.append(empty | row)
    facts.sort(key=lambda fact: (fact["start"], fact["end"], fact["kind"]))
    seen: dict[tuple[Any, ...], int] = {}
    for fact in facts:
        mark = fact["kind"], fact["start"], fact["end"]
        seen[mark] = seen.get(mark, -1) + 1
        fact["id"] = _fact_id(id, *mark, seen[mark])
    return facts


def _fact_id(source: str, kind: str, start: int, end: int, ordinal: int) -> str:
    words = f"{source}\0{kind}\0{start}-{end}\0{ordinal}"
    number = int.from_bytes(hashlib.blake2b(words.encode("utf-8", "replace"), digest_size=9).digest(), "big")
    return f"{kind[0]}-" + "".join(_ALPHABET[(number >> (5 * i)) & 31] for i in range(13))


def _number(value: float | None) -> float | None:
    try:
        return None if value is None else float(value)
    except OverflowError:  # more digits than a number of 64 bits can have
        return None


def _one_line(text: str) -> str:
    return " ".join(text.splitlines()).strip()


def _result(state: str, values: dict[str, Any]) -> dict[str, Any]:
    blank = {"id": "", "hash": "", "published": "", "title": "", "publisher": "", "url": "", "text": "", "signature": b"", "clauses": b""}
    return {**blank, "input": "", "reason": "", "facts": [], **values, "state": state}


def _failure(row: Row, known: dict[str, Any], reason: str) -> dict[str, Any]:
    id = str(known["id"]).encode("utf-8", "replace").decode()
    return _result(FAILED, {"id": id, "hash": known["hash"], "input": row.input.encode("utf-8", "replace").decode(), "reason": reason})


# --- the limit of time -------------------------------------------------------------------------------------------


class _Watch:
    """Raises TooSlow in the working thread when one call takes too long. Engines call workers from any thread, where
    signals do not reach, so a second thread looks at the clock.
    """

    def __init__(self, seconds: float):
        self.seconds = seconds
        self._lock = threading.Lock()
        self._due: float | None = None
        self._worker = 0
        self._thread: threading.Thread | None = None

    def timed(self, call: Callable[[], Any]) -> Any:
        if self._thread is None:
            self._thread = threading.Thread(target=self._look, daemon=True)
            self._thread.start()
        with self._lock:
            self._due, self._worker = time.monotonic() + self.seconds, threading.get_ident()
        try:
            return call()
        finally:
            with self._lock:
                self._due = None

    def _look(self) -> None:
        while True:
            time.sleep(min(self.seconds / 4, 1.0))
            with self._lock:
                if self._due is not None and time.monotonic() > self._due:
                    self._due = None
                    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(self._worker), ctypes.py_object(TooSlow))


def work_all(worker: Worker, rows: Iterable[Row]) -> pa.Array:
    """The results of several rows as one Arrow array of `result_type`."""
    import pyarrow as pa

    return pa.array([worker.work(row) for row in rows], result_type())
