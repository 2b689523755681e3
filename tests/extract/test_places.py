"""Places in text, and what people write for them. Cases are data: places.yaml and the examples in the lexicon."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from extract.divisions import (
    full_names,
)
from extract.lexicons import read_lexicon
from extract.mentions import Place
from extract.places import find_places

CASES: dict[str, list[Any]] = yaml.load((Path(__file__).parent / "places.yaml").read_text(encoding="utf-8"), yaml.BaseLoader)
NOTHING = CASES.pop("nothing")
SENTENCES = [(text, places) for group in CASES.values() for case in group for text, places in case.items()]


def shown(place: Place) -> str:
    """A place as the cases write it: 宁波 330200, 朝阳区 open, 长三角 region, 上海市 310000 in."""
    without = place.level if place.level in ("region", "country") or not (place.name in full_names() or place.level == "county") else "open"
    return f"{place.text} {place.adcode or without}{' in' if place.inside else ''}"


@pytest.mark.parametrize("text", NOTHING)
def test_nothing_is_found(text: str) -> None:
    assert [shown(p) for p in find_places(text)] == []


@pytest.mark.parametrize(("text", "places"), SENTENCES)
def test_exactly_these_are_found(text: str, places: list[str]) -> None:
    assert [shown(p) for p in find_places(text)] == places


def lexicon_examples() -> list[tuple[str, list[str]]]:
    lexicon = read_lexicon("places")
    sections = [section for key, section in lexicon.items() if key != "abroad"] + lexicon["abroad"]
    return [example for section in sections for example in section.get("examples", {}).items()]


@pytest.mark.parametrize(("text", "places"), lexicon_examples())
def test_examples_of_the_lexicon(text: str, places: list[str]) -> None:
    assert [p.text for p in find_places(text)] == places
