"""Right-to-left words of an archive are kept apart as those of YAML are, and are found under the same names."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import curated
from curated.records import Figure
from dashboard import data
from dashboard.archive.direction import ARTICLE, NAMES, WORDS, isolate_words
from dashboard.archive.overlay import open_archive
from dashboard.bidi import bare, isolate
from dashboard.view import View
from tests.dashboard.archives import write_archive
from tests.dashboard.fixtures import write_story

TURNING = ["\u202egnp.elif", "שלום", "شركة 2018", "a\u2069b\u202e", "\u2067x"]


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YOUJU_CACHE", str(tmp_path / "cache"))


def turned(store: curated.Store) -> curated.Store:
    """The same records with words that turn others round, one kind after another."""

    def turn(number: int, record: Any) -> Any:
        word = TURNING[number % len(TURNING)]
        own = {"measure": f"{record.measure}{word}", "during": word} if isinstance(record, Figure) else {"title": f"{word}{record.title}", "date_from": word}
        return replace(record, speaker=word, data_from=word, actors=(word, *record.actors), **own)

    sources = {name: replace(source, title=f"{source.title}{TURNING[0]}", publisher=TURNING[1]) for name, source in store.sources.items()}
    events, figures = ([turn(n, record) for n, record in enumerate(records)] for records in (store.events, store.figures))
    return replace(store, events=events, figures=figures, sources=sources)


def test_every_name_is_the_same_as_of_yaml(tmp_path: Path) -> None:
    store = turned(curated.load(write_story(tmp_path / "root")))
    story, archive = data.index_store(store, "turned"), open_archive(str(write_archive(tmp_path / "a", store)))

    for id_, row in story.rows.items():
        if row.record.status == "dropped":
            continue
        other = archive.rows[id_].record
        shown = ("actors", "speaker", "data_from", *(("measure", "during") if row.kind == "figure" else ("title", "date_from")))
        assert [getattr(other, name) for name in shown] == [getattr(row.record, name) for name in shown]
        assert other.quote == row.record.quote
        source = archive.sources[other.source]
        assert (source.title, source.publisher) == (story.sources[other.source].title, story.sources[other.source].publisher)
    for name in TURNING:
        view = View(actor=(isolate(name),))  # as the page reads it from a link
        assert isolate(name) in archive.actors
        assert {row.id for row in archive.matching(view)} == {id_ for id_, row in story.rows.items() if isolate(name) in row.record.actors and row.record.status != "dropped"}
        assert archive.matching(View(q=bare(isolate(name)).strip("\u202a\u202b\u202c\u202d\u202e")))
    names = [isolate(name) for name in TURNING]
    assert {count.name for count in archive.actor_counts(View())} >= set(names)
    assert all(isolate(count.measure) == count.measure for count in archive.measure_counts(View()))
    assert {lane.key for lane in archive.lanes(View(lane="actor"), 731_000.0, 739_000.0)} & set(names)


def test_hand_made_records_carry_the_same_names(tmp_path: Path) -> None:
    root = write_story(tmp_path / "root")
    path = root / "curated" / "articles" / "a-harbour.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("云帆公司", "云帆שלום"), encoding="utf-8")
    whole = curated.load(root)
    archive = open_archive(str(write_archive(tmp_path / "a", whole)), root)
    story = data.index_store(whole, "root")
    view = View(actor=(isolate("云帆שלום"),))

    assert {row.id for row in archive.matching(view)} == {row.id for row in story.matching(view)} != set()


@given(words=st.lists(st.text(st.sampled_from("a中\u0590\u08ff\u200e\u200f\u202a\u202c\u202e\u2066\u2069\ufb1d\ufdff\ufe70\ufefc\U00010800\U0001efff\u058f\u0900-]\\^"), max_size=6), max_size=8))
@settings(deadline=None, max_examples=25)
def test_a_table_of_any_words_becomes_what_isolate_makes_of_each(words: list[str]) -> None:
    import duckdb

    con = duckdb.connect()
    con.execute(f"CREATE TABLE word (quote VARCHAR, {', '.join(f'{name} VARCHAR' for name in WORDS)}, {', '.join(f'{name} VARCHAR[]' for name in NAMES)})")
    con.execute(f"CREATE TABLE source ({', '.join(f'{name} VARCHAR' for name in ARTICLE)})")
    con.execute(f"INSERT INTO word SELECT {', '.join(['w'] * (1 + len(WORDS)))}, [w, '甲'], [] FROM (SELECT unnest(?::VARCHAR[]) AS w)", [words])
    con.execute("INSERT INTO source SELECT w, w FROM (SELECT unnest(?::VARCHAR[]) AS w)", [words])
    isolate_words(con)

    expected = sorted(([word, *[isolate(word)] * len(WORDS), [isolate(word), "甲"], []] for word in words), key=str)
    assert sorted((list(line) for line in con.execute("SELECT * FROM word").fetchall()), key=str) == expected
    assert sorted(con.execute("SELECT * FROM source").fetchall()) == sorted((isolate(word),) * 2 for word in words)
