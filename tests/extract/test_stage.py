"""Whom the amounts of a report are about where their own sentence does not say."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from extract import scan

CASES = yaml.load((Path(__file__).parent / "stage.yaml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"])
def test_an_amount_is_of_whom_the_report_was_about(case: dict[str, Any]) -> None:
    found = scan(case["text"], published="2020-06-15", kinds=["figure"])

    assert [draft["actors"] for draft in found] == case["owners"]
