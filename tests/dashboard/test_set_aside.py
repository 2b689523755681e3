"""What stays in memory is left out of the search for garbage, and nothing that is garbage stays for good."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.data import set_aside
from tests.conftest import PATIENCE


class Ring:
    """An object that only the collector can free."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture(autouse=True)
def collector() -> Iterator[None]:
    """The collector as this process had it, whatever ran here before."""
    set_aside.cache_clear()
    gc.unfreeze()
    yield
    set_aside.cache_clear()
    gc.unfreeze()


def test_what_is_there_is_looked_at_no_more() -> None:
    set_aside("a state")

    assert gc.get_freeze_count() > 10_000
    assert len(gc.get_objects()) < 1_000


def test_garbage_made_afterwards_is_freed() -> None:
    set_aside("a state")
    ring = Ring()
    seen = weakref.ref(ring)

    del ring
    gc.collect()

    assert seen() is None


def test_what_was_set_aside_is_freed_when_other_data_replace_it() -> None:
    ring = Ring()
    seen = weakref.ref(ring)
    set_aside("a state")
    del ring
    gc.collect()
    assert seen() is not None  # else the test above would show nothing

    set_aside("another state")

    assert seen() is None


def test_the_same_data_are_set_aside_once() -> None:
    set_aside("a state")
    before = gc.get_freeze_count()
    kept = [Ring() for _ in range(1_000)]

    set_aside("a state")

    assert gc.get_freeze_count() <= before
    assert len(kept) == 1_000


def test_the_page_sets_aside_what_it_shows() -> None:
    AppTest.from_file(str(Path(__file__).parents[2] / "dashboard" / "app.py"), default_timeout=PATIENCE / 1000).run()

    assert gc.get_freeze_count() > 10_000
