"""The JSON Schema editors use: current, described in Chinese, and of one mind with the reader."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import ClassVar

import jsonschema
import pytest
import yaml

from curated.document import read_document
from curated.fields import FIELDS
from curated.names import Names
from curated.reader import read_records
from curated.schema import PATH, make_schema, schema_text

ROOT = Path(__file__).parent.parent.parent


class Core(yaml.SafeLoader):
    """Reads scalars as a YAML 1.2 language server does: null, bool, int and float by the core schema, dates as text."""

    yaml_implicit_resolvers: ClassVar[dict] = {}  # pyright: ignore[reportIncompatibleVariableOverride]


Core.add_implicit_resolver("tag:yaml.org,2002:null", re.compile(r"(?:~|null|Null|NULL|)$"), ["~", "n", "N", ""])
Core.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"(?:true|True|TRUE|false|False|FALSE)$"), list("tTfF"))
Core.add_implicit_resolver("tag:yaml.org,2002:int", re.compile(r"[-+]?[0-9]+$"), list("-+0123456789"))
Core.add_implicit_resolver("tag:yaml.org,2002:float", re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+\.[0-9]*)(?:[eE][-+]?[0-9]+)?$"), list("-+.0123456789"))


def errors(text: str) -> list[str]:
    validator = jsonschema.Draft7Validator(make_schema())
    return sorted("/".join(map(str, e.absolute_path)) for e in validator.iter_errors(yaml.load(text, Loader=Core)))


def test_the_committed_schema_is_current():
    assert PATH.read_text(encoding="utf-8") == schema_text(), "run: python -m curated.schema"


def test_the_schema_is_a_schema():
    jsonschema.Draft7Validator.check_schema(make_schema())


def test_every_field_is_described_in_chinese():
    for kind, fields in FIELDS.items():
        properties = json.loads(PATH.read_text(encoding="utf-8"))["definitions"][kind]["properties"]

        assert list(properties) == [field.name for field in fields]
        assert all(re.search("[一-鿿]", properties[field.name]["description"]) for field in fields)


GOOD = """\
source: {title: 2018, published: 2019-08-01, author: no, rights: quote}
events:
  - {id: e-1, title: 1_000, quote: 0123, date: 2018, actors: 甲, places: [330000, 宁波], at: 49-113, also: 1-2}
figures:
  - {measure: 甲, amount: 28000000, quote: true, pin: true, same_as: f-2, reviewed_on: 2026-11-22, note: , as_of: }
machine: {article: 0a1b, e-1: "1-2/0 1-2 date=abcdef"}
"""


def test_a_good_file_is_good_for_editor_and_reader():
    assert errors(GOOD) == []
    assert read_records(read_document(GOOD), "a", "a.yaml", Names()).valid


@pytest.mark.parametrize(("old", "new", "where"), [
    ("title: 1_000", "titel: 甲", "events/0"),
    ("title: 1_000", "title: [甲]", "events/0/title"),
    ("title: 1_000", "title: 一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一", "events/0/title"),
    ("title: 1_000, ", "", "events/0"),
    ("at: 49-113", "at: 49", "events/0/at"),
    ("id: e-1", "id: f-1", "events/0/id"),
    ("rights: quote", "rights: all", "source/rights"),
    ("same_as: f-2", "same_as: 甲", "figures/0/same_as"),
    ("reviewed_on: 2026-11-22", "reviewed_on: 去年", "figures/0/reviewed_on"),
    ("pin: true", "pin: 也许", "figures/0/pin"),
    ("machine:", "machines:", ""),
])  # fmt: skip
def test_a_bad_file_is_bad_for_the_editor(old, new, where):
    assert where in errors(GOOD.replace(old, new))


@pytest.mark.parametrize("path", sorted((ROOT / "curated" / "articles").rglob("*.yaml")), ids=lambda p: p.stem)
def test_the_curated_files_fit_the_schema(path):
    text = path.read_text(encoding="utf-8")

    assert errors(text) == []
    assert text.startswith("# yaml-language-server: $schema=../schema.json\n")
