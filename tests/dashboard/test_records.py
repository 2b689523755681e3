"""Lines of an archive that others have written: what its closed lists do not know is read as the plain word."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import curated
from curated.records import Event, Figure
from dashboard.archive.overlay import open_archive
from dashboard.cards import card_of
from dashboard.view import View
from tests.dashboard.archives import article_line, begin, fact_line, write_part
from tests.dashboard.fixtures import write_story


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YOUJU_CACHE", str(tmp_path / "cache"))


def test_words_no_list_knows_are_read_as_the_plain_one(tmp_path: Path) -> None:
    store = curated.load(write_story(tmp_path / "root"))
    event, figure = fact_line(store, store.events[0]), fact_line(store, store.figures[0])
    begin(tmp_path / "a")
    odd = [event | {"id": "e-odd", "type": "<b>"}, figure | {"id": "f-odd", "modality": "<b>", "bound": "<b>"}, figure | {"id": "f-kind", "kind": "<b>"}]
    write_part(tmp_path / "a", "one", [article_line(store, name) for name in store.sources], odd)
    archive = open_archive(str(tmp_path / "a"))
    record, other, third = (archive.rows[id_].record for id_ in ("e-odd", "f-odd", "f-kind"))

    assert isinstance(record, Event)
    assert record.type == "other"
    assert [row.id for row in archive.matching(View(type=("other",)))] == ["e-odd"]
    assert archive.totals(View()).kinds == {"other", "figure"}
    assert isinstance(other, Figure)
    assert (other.modality, other.amount.bound) == ("actual", "exact")
    assert isinstance(third, Figure)
    assert card_of(archive.rows["f-odd"], archive, "zh")["id"] == "f-odd"


def test_a_text_of_several_articles_is_no_article(tmp_path: Path) -> None:
    store = curated.load(write_story(tmp_path / "root"))
    name = next(iter(store.sources))
    begin(tmp_path / "a")
    several = json.dumps([{"title": "甲", "content": "甲乙。"}, {"title": "丙", "content": "丙丁。"}], ensure_ascii=False)
    write_part(tmp_path / "a", "one", [article_line(store, name) | {"text": several}], [])

    assert open_archive(str(tmp_path / "a")).reading(name) is None
