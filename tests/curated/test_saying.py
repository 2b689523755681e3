"""A figure says which way it moved and how it is meant, and its amount stays as the source has it."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from curated.records import Amount, Figure
from curated.saying import amount_said, headline

CASES = yaml.safe_load((Path(__file__).parent / "saying.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["says"])
def test_a_figure_reads_as_the_field_says_it(case: dict) -> None:
    amount = Amount(case["amount"], None, None, None, "", "exact")
    figure = Figure("f-a", "a", case["measure"], amount, "", change=case.get("change", ""), modality=case.get("modality", "actual"))

    assert headline(figure) == case["says"]
    assert amount_said(figure, "en") == case["en"]
    assert headline(figure).endswith(case["amount"])
