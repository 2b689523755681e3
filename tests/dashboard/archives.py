"""Archives for tests: a curated store written in the layout of `extract.archive.layout`."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

import curated
from curated.records import Event, Figure
from extract.archive import layout


def write_archive(out: Path, store: curated.Store, copies: Sequence[tuple[str, str]] = ()) -> Path:
    """All records of a store that were not dropped; `copies`: ids of copies with the id of the article they repeat."""
    records = [record for record in (*store.events, *store.figures) if record.status != "dropped"]
    begin(out)
    write_part(out, "one", [article_line(store, name) for name in store.sources], [fact_line(store, record) for record in records])
    if copies:
        lines = [{"id": front, "group": front, "similarity": 1.0, "lead": True} for front in {front for _, front in copies}]
        lines += [{"id": copy, "group": front, "similarity": 0.9, "lead": False} for copy, front in copies]
        pq.write_table(pa.Table.from_pylist(lines, schema=layout.schema("duplicates")), out / layout.DUPLICATES)
    return out


def begin(out: Path) -> None:
    (out / layout.ARTICLES).mkdir(parents=True)
    (out / layout.MANIFEST).write_text(json.dumps({"format": layout.FORMAT, "version": layout.VERSION}), encoding="utf-8")


def write_part(out: Path, name: str, articles: Sequence[dict[str, Any]], facts: Sequence[dict[str, Any]]) -> None:
    by_year: dict[int, list[dict[str, Any]]] = {}
    for line in facts:
        by_year.setdefault(layout.year_of(line["earliest"], line["latest"]), []).append(line)
    for year, lines in by_year.items():
        folder = out / layout.FACTS / f"year={year}"
        folder.mkdir(parents=True, exist_ok=True)
        pq.write_table(pa.Table.from_pylist(lines, schema=layout.schema(layout.FACTS)), folder / f"part-{name}.parquet")
    pq.write_table(pa.Table.from_pylist(list(articles), schema=layout.schema(layout.ARTICLES)), out / layout.ARTICLES / f"part-{name}.parquet")


def article_line(store: curated.Store, name: str) -> dict[str, Any]:
    source, reading = store.sources[name], store.reading(name)
    return {
        "id": name, "hash": name, "published": str(source.published or ""), "title": source.title, "publisher": source.publisher,
        "url": source.url, "text": reading.raw if reading else "", "facts": 0, "signature": None,
    }  # fmt: skip


def fact_line(store: curated.Store, record: Event | Figure) -> dict[str, Any]:
    source = store.sources[record.source]
    at, mark = record.at or (0, 0), record.mark or (0, 0)
    when = record.date if isinstance(record, Event) else record.as_of
    earliest, latest = layout.days_of(when)
    line: dict[str, Any] = dict.fromkeys((name for name, kind in layout.FACT_COLUMNS.items() if kind == "string"), "")
    line |= {
        "id": record.id, "start": mark[0], "end": mark[1], "quote_start": at[0], "quote_end": at[1], "quote": record.quote, "earliest": earliest, "latest": latest,
        "speaker": record.speaker, "data_from": record.data_from, "actors": list(record.actors), "places": [p.adcode or p.name for p in record.places],
        "source": record.source, "source_title": source.title, "publisher": source.publisher, "published": str(source.published or ""), "url": source.url,
    }  # fmt: skip
    if isinstance(record, Event):
        return line | {"kind": "event", "date": str(when or ""), "date_from": record.date_from, "title": record.title, "type": record.type}
    amount = record.amount
    return line | {
        "kind": "figure", "as_of": str(when or ""), "as_of_from": record.as_of_from, "value": amount.value, "low": amount.low, "high": amount.high,
        "unit": amount.unit, "bound": amount.bound, "amount": amount.text, "measure": record.measure, "during": record.during,
        "modality": record.modality, "change": record.change,
    }  # fmt: skip
