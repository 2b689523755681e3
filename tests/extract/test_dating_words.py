"""The words of dating.yaml, money.yaml and taiwan.yaml, each with what it takes and what it leaves alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from extract import scan
from extract.lexicons import read_lexicon
from extract.quantities import find_quantities

READS: dict[str, tuple[str, Callable[[dict[str, Any]], str]]] = {
    "figures": ("figure", lambda found: found["as_of"]),
    "times": ("time", lambda found: found["edtf"]),
    "events": ("event", lambda found: found["date"]),
}


@pytest.mark.parametrize("group", [group for group in read_lexicon("dating") if "reads" in group], ids=lambda group: group["group"])
def test_every_group_of_dating_words_keeps_its_examples(group: dict[str, Any]) -> None:
    kind, value = READS[group["reads"]]
    assert len(group["words"]) == len(set(group["words"]))
    for sentence, dates in {**group["examples"], **group.get("not", {})}.items():
        assert [value(found) for found in scan(sentence, published="2020-06-15", kinds=[kind])] == dates, sentence


@pytest.mark.parametrize("group", read_lexicon("money"), ids=lambda group: group["group"])
def test_every_word_of_money_makes_a_bare_number_money(group: dict[str, Any]) -> None:
    for word in group["words"]:
        for sentence in group["every"]:
            assert [q.unit for q in find_quantities(sentence.replace("~", word))] == ["CNY"], word
    for sentence in group["not"]:
        assert [q.unit for q in find_quantities(sentence) if q.unit == "CNY"] == [], sentence


@pytest.mark.parametrize("kind", ["examples", "not"])
def test_yuan_is_said_of_taiwan_dollars_where_the_text_is_written_there(kind: str) -> None:
    for sentence, units in read_lexicon("taiwan")[kind].items():
        assert [q.unit for q in find_quantities(sentence)] == units, sentence
