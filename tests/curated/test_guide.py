"""The editor's guide says what is true: every field, every command, examples that load."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from curated.document import read_document
from curated.fields import FIELDS
from curated.messages import MESSAGES
from curated.names import Names
from curated.reader import read_records
from curated.story import STEP_LISTS, STEP_TEXTS, STORY_KEYS

GUIDE = (Path(__file__).parent.parent.parent / "curated" / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("kind", FIELDS)
def test_every_field_is_in_the_guide_as_it_is_defined(kind):
    rows = [m.groups() for m in re.finditer(r"^\| `(\w+)` \| (.*) \| (.*) \|$", GUIDE, re.M)]
    for field in FIELDS[kind]:
        found = [chinese for name, chinese, english in rows if (name, english) == (field.name, field.en) and field.zh in chinese]

        assert found, field.name
        assert all(f"`{choice}`" in found[0] for choice in field.choices)
        assert ("必填" in found[0]) == field.required


def test_every_record_of_the_guide_can_be_read():
    """Only what the next extraction fills in may be missing."""
    for text in re.findall(r"```yaml\n((?:source|events|figures):\n.*?)```", GUIDE, re.S):
        document = read_document(text)

        assert document.faults == []
        assert [f.code for f in read_records(document, "a", "a.yaml", Names()).faults if f.severity == "error"] == []


def test_every_key_of_the_story_is_in_the_guide():
    for key in (*STORY_KEYS, *(k for k in (*STEP_TEXTS, *STEP_LISTS) if k != "name_en")):
        assert f"`{key}`" in GUIDE


def test_the_example_of_a_conflict_looks_as_it_is_printed():
    words = MESSAGES["suggestion_new"][0].format("2019", "2018")

    assert f"f-9c1x0p as_of: {words}" in GUIDE
