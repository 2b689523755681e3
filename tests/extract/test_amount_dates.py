"""The date an amount holds for, case by case."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from extract import scan

CASES = yaml.load((Path(__file__).parent / "amount_dates.yaml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"])
def test_each_amount_holds_for_the_date_that_is_its_own(case: dict[str, Any]) -> None:
    found = scan(case["text"], published="2020-06-15", kinds=["figure"])

    assert [[figure["text"], figure["as_of"]] for figure in found] == case["as_of"]
