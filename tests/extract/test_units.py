"""Every word of the three lexicons is proved both ways: its examples give it, and what it excludes does not."""

from __future__ import annotations

import pytest

from extract import amount_checks
from extract.lexicons import read_lexicon
from extract.quantities import find_quantities
from extract.units import unit_at

UNITS = [(kind, entry) for kind, group in read_lexicon("units").items() for entry in group]
QUALIFIERS = [(side, entry) for side, group in read_lexicon("qualifiers").items() for entry in group]
NEVER = [(entry["kind"], word) for entry in read_lexicon("numbers")["never_before_word"] for word in entry["words"]]
PHRASES = [word for entry in read_lexicon("numbers")["phrases"] for word in entry["words"]]


def words_of(entry: dict) -> list[str]:
    return entry.get("words", [entry["unit"]])


@pytest.mark.parametrize(("kind", "entry"), UNITS, ids=lambda value: value if isinstance(value, str) else value["unit"])
def test_unit_examples_come_back_through_their_entry(kind: str, entry: dict) -> None:
    assert entry["examples"]
    for example in entry["examples"]:
        (quantity,) = find_quantities(example)
        assert quantity.rule in (f"{kind}:{entry['unit']}", "range"), example
        assert quantity.unit == entry["unit"] or quantity.unit in words_of(entry)


@pytest.mark.parametrize(("kind", "entry"), UNITS, ids=lambda value: value if isinstance(value, str) else value["unit"])
def test_every_unit_word_is_reached(kind: str, entry: dict) -> None:
    """No longer word of another entry hides it."""
    follows = entry.get("only_before", [""])[0]
    for word in words_of(entry):
        unit = unit_at(f"{word}{follows}，", 0)
        assert unit is not None, word
        assert unit.word == word
        assert unit.rule == f"{kind}:{entry['unit']}"


@pytest.mark.parametrize(
    ("word", "follows"),
    [(word, follows) for _, entry in UNITS for word in words_of(entry) for follows in entry.get("not_before", [])],
)
def test_a_unit_is_not_the_head_of_another_word(word: str, follows: str) -> None:
    unit = unit_at(f"{word}{follows}，", 0)

    assert unit is None or unit.word != word or unit.kind == "never"


@pytest.mark.parametrize(("side", "entry"), QUALIFIERS, ids=lambda value: value if isinstance(value, str) else value["word"])
def test_qualifier_examples_show_their_word(side: str, entry: dict) -> None:
    assert entry["examples"]
    for example in entry["examples"]:
        (quantity,) = find_quantities(example)
        assert quantity.qualifier is not None, example
        assert (example[slice(*quantity.qualifier)], quantity.bound) == (entry["word"], entry["bound"])


@pytest.mark.parametrize(
    ("word", "head"),
    [(entry["word"], head) for side, entry in QUALIFIERS if side == "before" for head in entry.get("not_after", "")],
)
def test_a_qualifier_is_not_the_tail_of_another_word(word: str, head: str) -> None:
    found = find_quantities(f"{head}{word}300家")

    assert all(quantity.qualifier is None or quantity.qualifier[0] != 1 for quantity in found)


@pytest.mark.parametrize(("kind", "word"), NEVER)
def test_dates_durations_and_ordinals_are_never_units(kind: str, word: str) -> None:
    for number in ("3", "三", "12", "二十"):
        assert find_quantities(f"约{number}{word}，") == [], kind


@pytest.mark.parametrize("phrase", PHRASES)
def test_phrases_hold_no_amount_and_need_the_list(phrase: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the list something would be found in each of them, so that no dead word stays."""
    sentences = (phrase, f"{phrase}的", f"有{phrase}企业", f"{phrase}，")
    assert all(find_quantities(sentence) == [] for sentence in sentences)

    monkeypatch.setattr(amount_checks, "in_phrase", lambda text, start: False)
    assert any(find_quantities(sentence) for sentence in sentences)
