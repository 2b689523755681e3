"""Names that an article returns to."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from extract.named_again import find_named_again
from extract.passages import split_passages

CASES = yaml.safe_load((Path(__file__).parent / "named_again.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"])
def test_a_name_is_what_sentences_open_with_again(case: dict[str, Any]) -> None:
    text = case["text"]

    found = find_named_again(text, split_passages(text), [], [])

    assert [named.name for named in found] == case["names"]
    assert [text[named.start : named.end] for named in found] == case["names"]
