"""An archive answers as YAML does: the same records asked both ways, view by view."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import pairwise, product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import curated
from curated.records import Figure
from dashboard import data
from dashboard.archive import answers
from dashboard.archive.answers import Archive
from dashboard.archive.index import brief_of, normal_words, teach
from dashboard.archive.overlay import open_archive
from dashboard.archive.parts import connect
from dashboard.lanes import drawn_span
from dashboard.rows import normalise, read_terms, term_found
from dashboard.view import TYPES, View
from tests.dashboard.archives import write_archive
from tests.dashboard.fixtures import write_story

ROOT = Path(__file__).parent.parent.parent
FIRST, LAST = float(date(2005, 1, 1).toordinal()), float(date(2022, 1, 1).toordinal())


def plain_store(store: curated.Store) -> curated.Store:
    """Without what an archive does not hold: people's judgements on records, and what an article's file says."""
    def plain(record):  # type: ignore[no-untyped-def]
        return replace(record, same_as=(), conflicts_with=(), tags=(), note="", pin=False, status="draft", also=())

    events, figures = ([plain(r) for r in kind if r.status != "dropped"] for kind in (store.events, store.figures))
    sources = {name: replace(source, tags=(), author="", rights="quote") for name, source in store.sources.items()}
    return replace(store, events=events, figures=figures, sources=sources, story=curated.Story())


@pytest.fixture(scope="module", autouse=True)
def cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("YOUJU_CACHE", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(scope="module")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> tuple[data.Story, Archive]:
    """The project's own records, in memory and as an archive."""
    store = plain_store(curated.load(ROOT))
    return data.index_store(store, "seeds"), open_archive(str(write_archive(tmp_path_factory.mktemp("seeds") / "a", store)))


def views(story: data.Story) -> list[View]:
    """Every filter by some values that are there, alone and in pairs, and searches as people type them."""
    codes = [code for code, _ in story.places.most_common(3)] + ["330000"]
    alone: list[View] = [
        *(View(place=(code,)) for code in codes), View(place=tuple(codes)),
        *(View(actor=(name,)) for name, _ in story.actors.most_common(3)), *(View(measure=(name,)) for name, _ in story.measures.most_common(2)),
        *(View(type=(name,)) for name in ("agreement", "meeting")), *(View(source=(name,)) for name in list(story.sources)[:2]),
        View(since="2018"), View(until="2018-06"), View(since="2015-03", until="2019-07-30"), View(status=("draft",)), View(status=("reviewed",)),
        *(View(q=q) for q in ("上海", "3亿", "2800万", "上海 合作", "阿里", "，", "没有这样的话", "100")),
    ]  # fmt: skip
    both = [replace(a, **{name: getattr(b, name) for name in ("since", "until", "q") if getattr(b, name)}) for a, b in product(alone[:12], alone[12:])]
    return [View(), *alone, *both]


def test_every_view_shows_the_same_records(seeds: tuple[data.Story, Archive]) -> None:
    story, archive = seeds
    for view in views(story):
        assert [row.id for row in archive.matching(view)] == [row.id for row in story.matching(view)], view


def test_every_view_counts_the_same(seeds: tuple[data.Story, Archive]) -> None:
    story, archive = seeds
    for view in views(story):
        for question in ("totals", "bins", "actor_counts"):
            assert getattr(archive, question)(view) == getattr(story, question)(view), (question, view)
        named = [count._replace(name="") for count in story.place_counts(view)]  # an archive names a town after its county
        assert [count._replace(name="") for count in archive.place_counts(view)] == named, view
        assert [(c.measure, c.n, c.latest.id) for c in archive.measure_counts(view)] == [(c.measure, c.n, c.latest.id) for c in story.measure_counts(view)]


def test_records_read_the_same(seeds: tuple[data.Story, Archive]) -> None:
    story, archive = seeds
    for id_, row in story.rows.items():
        other = archive.rows[id_]
        assert (other.date, other.first, other.last, other.places, other.title, other.type, other.measure) == (
            row.date, row.first, row.last, row.places, row.title, row.type, row.measure,
        )  # fmt: skip
        assert (other.record.quote, other.record.at, other.record.mark, other.record.actors) == (row.record.quote, row.record.at, row.record.mark, row.record.actors)
        if isinstance(row.record, Figure):
            assert isinstance(other.record, Figure)
            assert other.record.amount == row.record.amount
    assert "e-nowhere" not in archive.rows


def test_neighbours_sources_and_texts_are_the_same(seeds: tuple[data.Story, Archive]) -> None:
    story, archive = seeds
    view = View(place=("310000",))
    for row in story.matching(view):
        assert archive.neighbours(view, row.id) == story.neighbours(view, row.id)
    assert archive.neighbours(View(q="没有这样的话"), next(iter(story.rows))) is None
    for name in story.sources:
        mine, theirs = story.reading(name), archive.reading(name)
        assert mine is not None
        assert theirs is not None
        assert theirs.text == mine.text
        assert {row.id for row in archive.rows_of(name)} == {row.id for row in story.rows_of(name)}
    counts = [(c.source.name, c.events, c.figures) for c in story.source_page(View(), 0, 50)[1]]
    assert [(c.source.name, c.events, c.figures) for c in archive.source_page(View(), 0, 50)[1]] == counts
    assert archive.source_page(View(), 1, 2) == (len(counts), archive.source_page(View(), 0, 50)[1][1:3])


def test_lanes_and_matrix_are_the_same_while_records_are_few(seeds: tuple[data.Story, Archive]) -> None:
    story, archive = seeds
    for lane in ("place", "type", "actor"):
        mine, theirs = (facts.lanes(View(lane=lane), FIRST, LAST) for facts in (story, archive))  # type: ignore[arg-type]
        assert [(one.key, [(s.row.id, s.level, s.label) for s in one.spots]) for one in theirs] == [(one.key, [(s.row.id, s.level, s.label) for s in one.spots]) for one in mine]
    kinds = ("company", "government")
    assert archive.matrix(View(), kinds).down == story.matrix(View(), kinds).down
    assert {pair: cell.counts for pair, cell in archive.matrix(View(), kinds).cells.items()} == {p: c.counts for p, c in story.matrix(View(), kinds).cells.items()}


@pytest.mark.parametrize("lane", ["place", "type", "actor"])
def test_counted_stretches_hold_every_dated_record(seeds: tuple[data.Story, Archive], lane: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """However few may be drawn one by one: nothing is lost, counts open what they count."""
    story, archive = seeds
    monkeypatch.setattr(answers, "MOST_DRAWN", 0)
    archive.kept.answers.clear()
    view = View(lane=lane)  # type: ignore[arg-type]
    laid = archive.lanes(view, FIRST, LAST)
    archive.kept.answers.clear()
    drawn = [spot.row.id for one in laid for spot in one.spots]
    opened = [id_ for one in laid for fold in one.folds for id_ in archive.fold_ids(view, fold, 10_000)]
    dated = [row.id for row in story.matching(view) if drawn_span(row, FIRST, LAST)]
    assert any(fold.many for one in laid for fold in one.folds)
    assert [len(archive.fold_ids(view, fold, 10_000)) for one in laid for fold in one.folds] == [fold.size for one in laid for fold in one.folds]
    assert sorted(drawn + opened) == sorted(dated)
    for one in laid:
        at = sorted((fold.level, fold.at) for fold in one.folds)
        assert all(b[0] != a[0] or b[1] - a[1] >= (LAST - FIRST) / 20 for a, b in pairwise(at))


@given(q=st.text("上海合作亿万3280,，. ％%_Ａa…①", min_size=1, max_size=5))
@settings(deadline=None, max_examples=60)
def test_any_search_finds_the_same(seeds: tuple[data.Story, Archive], q: str) -> None:
    story, archive = seeds
    terms = read_terms(q)
    expected = [row.id for row in story.rows.values() if all(term_found(term, row) for term in terms)]
    assert [row.id for row in archive.matching(View(q=q))] == expected


def test_old_searches_make_room_and_may_be_asked_again(seeds: tuple[data.Story, Archive], monkeypatch: pytest.MonkeyPatch) -> None:
    _, archive = seeds
    monkeypatch.setattr(answers, "MOST_SEARCHES", 3)
    searches = [*"的了在和上海不人", "的"]
    tables = [archive.search_table(q) for q in searches]
    there = {f"memory.{name}" for (name,) in archive.ask("SELECT table_name FROM duckdb_tables() WHERE table_name LIKE 'found_%'")}

    assert list(archive.found) == searches[-3:]
    assert {found.table for found in archive.found.values()} | set(archive.leaving) == there
    assert tables[-1] != tables[0]
    assert archive.search_table("的") == tables[-1]
    monkeypatch.setattr(answers, "MOST_FOUND", 0)
    archive.search_table("长")
    assert list(archive.found) == ["长"]


# Marks and letters that change when they are normalised, alone, with their neighbour (a letter and its accent) or in a number.
SAID = st.lists(st.sampled_from([*"上海亿2,，％%_aＡ；（ …①ßﬁ\u0301\u3000", "2,800", "1，234，567", "上海"]), max_size=6).map("".join)


@pytest.fixture(scope="module")
def normaliser() -> Any:
    con = connect()
    teach(con)
    return con


@given(quote=SAID, beside=st.lists(st.one_of(SAID, st.tuples(st.integers(0, 6), st.integers(0, 12))), min_size=1, max_size=2), q=SAID)
@settings(deadline=None, max_examples=80)
@example(quote="超过2,800万", beside=[(2, 6)], q="2,80")  # a part that ends within a number
def test_what_is_searched_in_holds_all_that_was_said(normaliser: Any, quote: str, beside: list[Any], q: str) -> None:
    """What stands in the quote is left out of what is searched, and nothing is found or lost by it."""
    said = [quote, *(part if isinstance(part, str) else quote[part[0] : part[1]] for part in beside)]
    names = ["quote", *(f"p{i}" for i in range(1, len(said)))]
    every, brief = (f"concat_ws(' ', quote, {', '.join(map(of, names[1:]))})" for of in (str, brief_of))
    rows = f"SELECT {', '.join(f'?::VARCHAR AS {name}' for name in names)}"
    [(hay,)] = normaliser.execute(f"SELECT hay FROM ({normal_words(rows, every, brief)})", said).fetchall()
    for term in {term.text for term in read_terms(q)} | {normalise(word) for text in said for word in text.split()}:
        assert (term in hay) == (term in normalise(" ".join(said))), (hay, term)


@given(text=st.text(max_size=30), name=st.sampled_from(["q", "place", "actor", "measure", "source", "tag"]))
@settings(deadline=None, max_examples=40)
def test_text_from_a_link_is_only_ever_a_value(seeds: tuple[data.Story, Archive], text: str, name: str) -> None:
    """Nothing typed can change a query: hostile text finds what stands there, or nothing."""
    _, archive = seeds
    for hostile in (text, f"') OR true; DROP TABLE word; --{text}"):
        view = View(**{name: hostile if name == "q" else (hostile,)})  # type: ignore[arg-type]
        assert archive.totals(view).shown <= len(archive.rows)
    assert archive.ask("SELECT count(*) FROM word")[0][0] == len(archive.rows)


@pytest.mark.parametrize(
    "sql", ["SELECT * FROM read_text('/etc/passwd')", "COPY (SELECT 1) TO '/tmp/youju-should-not-be'", "INSTALL httpfs", "SET memory_limit = '9GB'", "ATTACH '/tmp/x.duckdb'"]
)  # fmt: skip
def test_the_database_reaches_nothing_but_its_archive(seeds: tuple[data.Story, Archive], sql: str) -> None:
    import duckdb

    with pytest.raises(duckdb.Error):
        seeds[1].ask(sql)


def test_types_have_numbers_that_fit() -> None:
    assert len(TYPES) < 60


def test_a_copied_article_counts_once(tmp_path: Path) -> None:
    store = plain_store(curated.load(write_story(tmp_path / "root")))
    names = list(store.sources)
    archive = open_archive(str(write_archive(tmp_path / "a", store, [(names[1], names[0])])))
    story = data.index_store(store, "all")
    of_copy = {row.id for row in story.rows.values() if row.record.source == names[1]}

    assert of_copy
    assert {row.id for row in archive.matching(View())} == set(story.rows) - of_copy
    assert {row.id for row in archive.matching(View(source=(names[1],)))} == of_copy  # asked for by name
    assert (archive.copies(names[0]), archive.copies(names[2]), len(archive.sources)) == (1, 0, len(names) - 1)


def test_hand_made_records_win(tmp_path: Path) -> None:
    """Laid over its own archive, a curated folder shows what people made of it, what they dropped stays away."""
    root = write_story(tmp_path / "root")
    whole = curated.load(root)
    path = write_archive(tmp_path / "a", plain_store(whole))
    bare, both = open_archive(str(path)), open_archive(str(path), root)
    story = data.index_store(whole, "root")

    assert {row.id for row in both.matching(View())} == {row.id for row in story.matching(View())}
    assert both.totals(View()) == story.totals(View())
    assert (bare.totals(View()).reviewed, both.rows["e-first01"].record.status) == (0, "reviewed")
    assert both.about.title == whole.story.title

    (root / "curated" / "articles" / "b-river.yaml").unlink()
    (root / "seeds" / "b-river.txt").unlink()
    text = (root / "curated" / "articles" / "a-harbour.yaml").read_text(encoding="utf-8").replace("id: e-first01\n", "id: e-first01\n    same_as: [e-route04]\n")
    (root / "curated" / "articles" / "a-harbour.yaml").write_text(text.replace("status: draft", "status: dropped", 1), encoding="utf-8")
    partly = open_archive(str(path), root)
    shown = {row.id for row in partly.matching(View())}
    dropped = [row.id for row in partly.laid_over.values() if row.record.status == "dropped"]

    assert len(dropped) == 1
    assert not shown & set(dropped)
    assert "e-route04" not in shown  # told by a hand-made record
    assert "f-active2" in shown  # the archive's own, where no hand has been
    order = [row.first if row.first is not None else row.last for row in partly.matching(View())]
    assert order == sorted(order, key=lambda day: (day is None, day or 0))


def test_without_an_archive_its_packages_are_never_loaded() -> None:
    code = "import sys, dashboard.data, dashboard.frame, dashboard.archive.parts; print([m for m in ('duckdb', 'dashboard.archive.answers') if m in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip().endswith("[]")
