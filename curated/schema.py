"""curated/schema.json: what an editor with a YAML language server checks and explains while one types.

Made from the table of fields. Values are typed loosely on purpose: the server reads `no`, `0123` or `2018` as other
types than text, and this product takes all of them as the text they are.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from curated.fields import FIELDS, SECTIONS, TITLE_MAX, Field, Kind

PATH = Path(__file__).parent / "schema.json"
_SPAN = r"^\d+\s*[-–]\s*\d+$"
_ID = r"^[ef]-[0-9A-Za-z_-]+$"
_TITLES = {"source": "来源:一篇文章 / source: one article", "event": "事件 / event", "figure": "指标 / figure"}


def make_schema() -> dict[str, Any]:
    """The JSON Schema (draft 7, which the language server knows best) of one curated file."""
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "有据:一篇文章的记录 / Youju: the records of one article",
        "type": "object",
        "additionalProperties": False,
        "properties": {
            "source": {"$ref": "#/definitions/source"},
            **{
                section: {"description": _TITLES[kind], "type": ["array", "null"], "items": {"$ref": f"#/definitions/{kind}"}}
                for section, kind in SECTIONS.items()
            },
            "machine": {
                "description": "机器记下的上次草稿,请勿编辑 / what the machine wrote last; leave as it is",
                "type": ["object", "null"],
                "additionalProperties": {"type": "string"},
            },
        },
        "definitions": {
            **{kind: _definition(kind) for kind in FIELDS},
            "text": {"type": ["string", "number", "boolean"]},
            "textOrNothing": {"type": ["string", "number", "boolean", "null"]},
            "words": {"anyOf": [{"$ref": "#/definitions/textOrNothing"}, {"type": "array", "items": {"$ref": "#/definitions/text"}}]},
            "span": {"type": ["string", "null"], "pattern": _SPAN},
            "id": {"type": ["string", "null"], "pattern": _ID},
        },
    }


def schema_text() -> str:
    return json.dumps(make_schema(), ensure_ascii=False, indent=2) + "\n"


def _definition(kind: Kind) -> dict[str, Any]:
    fields = FIELDS[kind]
    definition = {
        "title": _TITLES[kind],
        "type": "object" if kind != "source" else ["object", "null"],
        "additionalProperties": False,
        "properties": {field.name: _property(kind, field) for field in fields},
    }
    required = [field.name for field in fields if field.required]
    return {**definition, "required": required} if required else definition


def _property(kind: Kind, field: Field) -> dict[str, Any]:
    described = {"description": f"{field.zh} / {field.en}"}
    text = {"allOf": [{"$ref": "#/definitions/text"}]} if field.required else {"allOf": [{"$ref": "#/definitions/textOrNothing"}]}
    match field.shape:
        case "choice":
            return described | {"enum": [*field.choices, None]}
        case "span":
            return described | {"allOf": [{"$ref": "#/definitions/span"}]}
        case "spans":
            many = {"type": "array", "items": {"$ref": "#/definitions/span"}}
            return described | {"anyOf": [{"$ref": "#/definitions/span"}, many]}
        case "names" | "places":
            return described | {"allOf": [{"$ref": "#/definitions/words"}]}
        case "id":
            pattern = f"^{kind[0]}-[0-9A-Za-z_-]+$"
            return described | {"type": ["string", "null"], "pattern": pattern}
        case "ids":
            many = {"type": "array", "items": {"type": "string", "pattern": _ID}}
            return described | {"anyOf": [{"$ref": "#/definitions/id"}, many]}
        case "flag":
            return described | {"enum": [True, False, "yes", "no", "on", "off", "是", "否", None]}
        case "day":
            return described | {"type": ["string", "null"], "pattern": r"^\d{4}-\d{2}-\d{2}$"}
        case _:
            limit = {"maxLength": TITLE_MAX} if (kind, field.name) == ("event", "title") else {}
            return described | text | limit


def main() -> int:
    """`python -m curated.schema` writes the file; `--check` only says whether it is current."""
    if "--check" in sys.argv[1:]:
        return 0 if PATH.read_text(encoding="utf-8") == schema_text() else 1
    PATH.write_text(schema_text(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
