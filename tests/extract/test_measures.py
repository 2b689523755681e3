"""What each amount of a text counts, as a card says it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from extract import scan

CASES = yaml.load((Path(__file__).parent / "measures.yaml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"])
def test_amounts_count_what_the_case_says(case: dict[str, Any]) -> None:
    found = scan(case["text"], published="2020-06-15", kinds=["figure"])

    said = [[figure["text"], figure["measure"], figure["change"]] for figure in found]
    assert said == [[amount, measure, *(change or [""])] for amount, measure, *change in case["measures"]]
