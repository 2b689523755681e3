"""Hostile text in every field, on every page, in every export: nothing runs, nothing is asked for, text stays text.

The cells are payloads.yaml x every field the product reads x every view; `matrix.tsv` says which fields a view shows.
Both ways are held: what it says is shown must be found whole for every payload, what it says is absent must be absent.
A field that the code has and the table has not, and a cell that was not looked at, fail the test.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Served
from tests.security.battery import EXPORTS, NUMBERS, PACKED, PAGES, Battery
from tests.security.hostile import all_fields, payloads, squeeze, strict_fields

pytestmark = [pytest.mark.browser, pytest.mark.slow]

TABLE = Path(__file__).with_name("matrix.tsv")
VIEWS = (*PAGES, *EXPORTS)


@pytest.fixture(scope="module")
def battery(browser: Any, serve: Callable[..., Served], tmp_path_factory: pytest.TempPathFactory) -> Battery:
    return Battery(browser, serve, tmp_path_factory.mktemp("hostile"))


def declared() -> dict[str, dict[str, str]]:
    """Field -> view -> `+` shown whole, `~` shown for some records of the view, `-` absent."""
    with TABLE.open(encoding="utf-8", newline="") as lines:
        return {row.pop("field"): row for row in csv.DictReader((line for line in lines if not line.startswith("#")), delimiter="\t")}


def test_there_are_payloads_of_every_kind() -> None:
    assert len(payloads()) >= 60
    assert len({payload.id for payload in payloads()}) == len(payloads())
    assert len({payload.text for payload in payloads()}) == len(payloads())


def test_the_table_names_every_field_and_every_view() -> None:
    table = declared()

    assert set(table) == set(all_fields())
    assert all(set(row) == set(VIEWS) for row in table.values())
    assert {cell for row in table.values() for cell in row.values()} <= {"+", "~", "-"}


class Views:
    def test_text_stays_text(self, view: str, battery: Battery) -> None:
        found = battery.found(view)
        table = declared()

        assert set(found) == battery.planted_for(view), "a cell that was not looked for"
        assert battery.wrong.get(view, []) == []
        cut = [cell for cell, how in found.items() if how == "!"]
        assert cut == [], "shown, but not whole"
        for name in all_fields():
            ways = {how for (_, field), how in found.items() if field == name}
            said = {"-": ways <= {"-"}, "+": bool(ways) and "-" not in ways, "~": "-" in ways and len(ways) > 1}[table[name][view]]
            assert said, f"{name} in {view}: the table says {table[name][view]}, found {sorted(ways)}"

    def test_nothing_was_taken_for_markup(self, view: str, battery: Battery) -> None:
        """A word that only stands alone where its markup was read is always seen with the markup before it."""
        for seen in battery.look(view):
            for text in (squeeze(seen.text), squeeze(seen.spoken)):
                for payload in payloads():
                    if payload.shows:
                        assert taken_for_markup(payload.shows, squeeze(payload.text), text) == "", payload.id
        assert "🎉" not in "".join(seen.text for seen in battery.look(view))


@pytest.mark.parametrize("view", [view for view in VIEWS if view not in PACKED])
class TestSingle(Views):
    """Pages and exports of all records."""


@pytest.mark.parametrize("view", PACKED)
class TestPacked(Views):
    """What is opened record by record: a class of its own, so that another process may take it."""


def taken_for_markup(word: str, whole: str, text: str) -> str:
    """Where in `text` the word stands without what is before it in the payload; "" where it never does."""
    before = tuple({whole[max(0, at - 2) : at] for at in _places(word, whole)})
    if "" in before:  # the payload begins with the word
        return ""
    for at in _places(word, text):
        if not text.endswith(before, 0, at):
            return text[max(0, at - 30) : at + 30]
    return ""


def _places(word: str, text: str) -> Iterator[int]:
    at = text.find(word)
    while at >= 0:
        yield at
        at = text.find(word, at + 1)


def test_every_cell_is_somewhere_to_be_seen(battery: Battery) -> None:
    """All fields x all payloads in the views that hold them; values read strictly are tried where they are named."""
    planted = {view: battery.planted_for(view) for view in VIEWS}

    assert {(number, name) for name in all_fields() for number in NUMBERS} - set().union(*planted.values()) == set()
    every = {name for name in all_fields() if name.startswith(("event.", "figure.", "source.")) and name not in strict_fields()}
    for view in ("csv", "json", "overview", "sheet"):
        assert {name for _, name in planted[view]} >= every


@pytest.mark.parametrize("text", ["x Zq01", "<b>Zq01 Zq01"])
def test_the_search_for_markup_finds_it(text: str) -> None:
    assert taken_for_markup("Zq01", "<b>Zq01</b>", text)
    assert not taken_for_markup("Zq01", "<b>Zq01</b>", "a <b>Zq01")
