"""Tables: CSV with a Frictionless Data Package, Parquet, and JSON.

CSV begins with a byte order mark, without which Excel reads Chinese as Latin, and puts an apostrophe before text that
a spreadsheet would run as a formula (OWASP, CSV injection). Lists are joined with ` | `.
Source of the descriptor: Data Package v1, https://specs.frictionlessdata.io/data-package/
"""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from typing import Any

from curated.export.content import Content, fields

FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
LIST = " | "
# What each column holds; a column that is not named here is text.
TYPES = {"value": "number", "low": "number", "high": "number", "earliest": "date", "latest": "date"}
SOURCE_COLUMNS = ("name", "title", "publisher", "original_publisher", "author", "url", "published", "file", "reprint_of", "status", "rights")


def draw_csv(content: Content) -> dict[str, bytes]:
    """events.csv, figures.csv, sources.csv and the datapackage.json that describes them."""
    rows = tables(content)
    package = {
        "profile": "tabular-data-package",
        "name": "youju",
        "title": content.story.title or "有据",
        "description": content.story.description,
        "resources": [_resource(name, table) for name, table in rows.items() if table],
    }
    files = {f"{name}.csv": _csv(table) for name, table in rows.items() if table}
    return files | {"datapackage.json": _json(package)}


def draw_parquet(content: Content) -> dict[str, bytes]:
    """events.parquet, figures.parquet and sources.parquet; lists stay lists."""
    import pyarrow as pa
    from pyarrow import parquet

    files = {}
    for name, rows in tables(content).items():
        if not rows:
            continue
        schema = pa.schema([(column, _arrow_type(column, rows)) for column in rows[0]])
        sink = pa.BufferOutputStream()
        parquet.write_table(pa.Table.from_pylist(rows, schema=schema), sink)
        files[f"{name}.parquet"] = sink.getvalue().to_pybytes()
    return files


def draw_json(content: Content) -> dict[str, bytes]:
    """youju.json: the story, its sources, events and figures."""
    story = {"title": content.story.title, "title_en": content.story.title_en, "description": content.story.description}
    return {"youju.json": _json({"story": story, **tables(content)})}


def tables(content: Content) -> dict[str, list[dict[str, Any]]]:
    """Rows by table; each row has the same columns."""
    sources = [{column: str(getattr(source, column) or "") for column in SOURCE_COLUMNS} for source in content.sources.values()]
    events = [fields(record, content) for record in content.events]
    return {"events": events, "figures": [fields(record, content) for record in content.figures], "sources": sources}


def _arrow_type(column: str, rows: list[dict[str, Any]]) -> Any:
    import pyarrow as pa

    if column in TYPES:
        return pa.float64() if TYPES[column] == "number" else pa.date32()
    return pa.list_(pa.string()) if isinstance(rows[0][column], list) else pa.string()


def safe_cell(value: Any) -> Any:
    """What a spreadsheet shows as text and never runs.

    >>> safe_cell("=1+1"), safe_cell(-3), safe_cell(["甲", "乙"])
    ("'=1+1", -3, '甲 | 乙')
    """
    if isinstance(value, list):
        value = LIST.join(value)
    if isinstance(value, str):
        value = value.replace("\x00", "")
        return "'" + value if value.lstrip(" ").startswith(FORMULA) else value
    return value


def _csv(rows: list[dict[str, Any]]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, list(rows[0]), lineterminator="\r\n")
    writer.writeheader()
    writer.writerows({key: safe_cell(value) for key, value in row.items()} for row in rows)
    return out.getvalue().encode("utf-8-sig")


def _resource(name: str, rows: list[dict[str, Any]]) -> dict[str, Any]:
    columns = [{"name": column, "type": TYPES.get(column, "string")} for column in rows[0]]
    key = "name" if name == "sources" else "id"
    return {
        "profile": "tabular-data-resource", "name": name, "path": f"{name}.csv", "format": "csv", "mediatype": "text/csv",
        "encoding": "utf-8-sig", "dialect": {"lineTerminator": "\r\n"}, "schema": {"fields": columns, "primaryKey": key},
    }  # fmt: skip


def _json(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1, default=_plain) + "\n").encode()


def _plain(value: Any) -> str:
    assert isinstance(value, date)
    return value.isoformat()
