"""Hostile text in every text column of an archive: nothing runs, nothing is asked for, text stays text.

The cells are payloads.yaml x every text column of both tables; SHOWN says which views show a column, whole and for
every payload, and a column it gives no view is shown nowhere. A column that the layout has and SHOWN has not, and a
cell that was not looked at, fail the test. What YAML and archives share is tried in full in `test_hostile_text`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from dashboard.archive.overlay import open_archive
from dashboard.bidi import isolate
from dashboard.frame import Page
from dashboard.screens.about import csv_bytes, download_rows
from dashboard.view import View
from dashboard.words import say
from extract.archive import layout
from extract.reading import read
from tests.conftest import PATIENCE, end, start_page
from tests.dashboard.archives import begin, write_part
from tests.security.battery import _cells, _formulas, _hover, _markers
from tests.security.hostile import LINKS, cell_text, payloads, squeeze
from tests.security.looking import URL_FIELD, Seen, Watch
from tests.security.test_hostile_text import taken_for_markup

pytestmark = pytest.mark.browser

NUMBERS = range(len(payloads()))
PACK = 33  # payloads of one field: three records of a kind hold them all
PACKS = [range(start, min(start + PACK, len(NUMBERS))) for start in NUMBERS[::PACK]]
LONGEST_ID = 40  # characters: ids stand in links
URL = "https://evil.example/"
# Column -> the views that show it. Strict ones are read or left out, and what only other programs read is never shown.
SHOWN = {
    "facts.id": "download", "facts.kind": "", "facts.text": "", "facts.quote": "sheet download", "facts.date": "", "facts.date_from": "sheet",
    "facts.title": "overview english places sheet list download", "facts.type": "", "facts.unit": "figures", "facts.bound": "",
    "facts.measure": "overview english figures sheet list download", "facts.amount": "overview english sheet list download", "facts.as_of": "",
    "facts.as_of_from": "sheet", "facts.during": "sheet", "facts.modality": "", "facts.change": "", "facts.data_from": "sheet", "facts.speaker": "sheet",
    "facts.actors": "overview english places actors sheet download", "facts.places": "overview english places sheet download", "facts.source": "overview sources about",
    "facts.source_hash": "", "facts.source_title": "", "facts.publisher": "", "facts.published": "", "facts.url": "",
    "articles.id": "overview sources about", "articles.hash": "", "articles.published": "", "articles.title": "overview english sources article about sheet download",
    "articles.publisher": "overview sources about sheet download", "articles.url": "sheet download", "articles.text": "article",
}  # fmt: skip
FAILED = say("error_page", "zh")
VIEWS = ("overview", "english", "figures", "places", "actors", "sources", "article", "about", "sheet", "list", "link", "download")
COLUMNS = tuple(SHOWN)


def text_columns() -> set[str]:
    """Every column of text, from the layout itself, so that a new one cannot be forgotten."""
    tables = {layout.FACTS: layout.FACT_COLUMNS, layout.ARTICLES: layout.ARTICLE_COLUMNS}
    return {f"{table}.{name}" for table, columns in tables.items() for name, kind in columns.items() if "string" in kind}


def mark_of(number: int, column: str) -> str:
    """Names the cell. A fact's `source` is its article's id; an address may be a link, as the watch knows."""
    column = "articles.id" if column == "facts.source" else column
    return f"z{number:02d}q{URL_FIELD if column == 'articles.url' else 500 + COLUMNS.index(column)}z"


def text_of(number: int, column: str) -> str:
    payload, mark = payloads()[number], mark_of(number, column)
    text = payload.text
    if column == "articles.text" and payload.shows:
        text = text.replace(payload.shows, payload.shows.replace("Z", "Y"))  # an article's own markup is rightly read as markup
    if column in ("facts.id", "articles.id", "facts.source"):
        text = text[:LONGEST_ID]
    return f"{mark}{text}" if payload.first else f"{text}{mark}"


@dataclass
class Planted:
    """Lines of an archive: with readable dates (`e`, `f`), with unreadable ones (`d`), and figures of one measure (`u`)."""

    cells: set[tuple[int, str]] = field(default_factory=set)
    articles: list[dict[str, Any]] = field(default_factory=list)
    facts: list[dict[str, Any]] = field(default_factory=list)

    def pack(self, numbers: range, *columns: str) -> dict[str, Any]:
        """Columns of one table with these payloads each."""
        found: dict[str, Any] = {}
        for column in columns:
            table, _, name = column.partition(".")
            each = [text_of(number, column) for number in numbers]
            self.cells |= {(number, column) for number in numbers}
            listed = table == layout.FACTS and layout.FACT_COLUMNS[name].startswith("list")
            found[name] = each if listed else "\n\n".join(each)
        return found

    def ids(self, start: str) -> list[str]:
        return [line["id"] for line in self.facts if line["id"].startswith(start)]


def plant() -> Planted:
    planted = Planted()
    for at, numbers in enumerate(PACKS):
        article = f"a{at}"
        planted.articles.append(_article(planted, numbers, article, "title", "publisher", "url", "hash"))
        named = _article(planted, numbers, "", "id", "published")  # without a title it is called by its id
        planted.articles.append(named)
        _plant_facts(planted, numbers, at, article, named["id"])
    planted.articles[0]["text"] = _article_text(planted)
    return planted


def _plant_facts(planted: Planted, numbers: range, at: int, article: str, named: str) -> None:
    day = date(2010 + at, 5, 6)
    free = ("text", "speaker", "data_from", "quote", "actors", "places", "source_hash", "source_title", "publisher", "published", "url")
    event = ("title", "date_from", "type")
    figure = ("measure", "amount", "as_of_from", "during", "modality", "change", "bound")
    dated = {"earliest": day, "latest": day, "source": article}
    planted.facts += [
        _fact(planted, numbers, f"e{at}", *free, *event) | dated | {"kind": "event", "date": day.isoformat()},
        _fact(planted, numbers, f"f{at}", *free, *figure) | dated | {"as_of": day.isoformat(), "value": 3.0} | planted.pack(numbers, "facts.kind"),
        _fact(planted, numbers, f"d{at}-e", "title", "date", "date_from") | {"kind": "event", "source": named, "type": "meeting"},
        _fact(planted, numbers, f"d{at}-f", "measure", "as_of") | {"kind": "figure", "source": named, "value": 5.0, "amount": "5", "earliest": day},
        _fact(planted, numbers, f"u{at}", "unit") | dated | {"kind": "figure", "measure": "甲的乙", "as_of": day.isoformat(), "value": 4.0, "amount": "4"},
        _fact(planted, numbers, "", "id") | dated | {"kind": "event", "title": "丙", "type": "visit", "date": day.isoformat()},
    ]
    planted.cells |= {(number, "facts.source") for number in numbers}


def _fact(planted: Planted, numbers: range, id_: str, *columns: str) -> dict[str, Any]:
    blank: dict[str, Any] = {name: {"string": "", "list<string>": []}.get(kind) for name, kind in layout.FACT_COLUMNS.items()}
    return blank | {"id": id_} | planted.pack(numbers, *(f"facts.{name}" for name in columns))


def _article(planted: Planted, numbers: range, id_: str, *columns: str) -> dict[str, Any]:
    blank: dict[str, Any] = {name: "" if kind == "string" else None for name, kind in layout.ARTICLE_COLUMNS.items()}
    found = planted.pack(numbers, *(f"articles.{name}" for name in columns))
    if "url" in found:
        found["url"] = URL + found["url"]
    return blank | {"id": id_, "published": "2021-03-05", "text": "2019年丁在上海签署。\n"} | found


def _article_text(planted: Planted) -> str:
    planted.cells |= {(number, "articles.text") for number in NUMBERS}
    lines = [text_of(number, "articles.text").replace("\r", " ").replace("\n", " ") for number in NUMBERS]
    return "甲乙丙\n" + "\n".join(f"2019年甲在上海签署。{line}" for line in lines)


class Trial:
    """The archive served and looked at: each page once, each with another record open beside it."""

    def __init__(self, folder: Path, planted: Planted, watch: Watch) -> None:
        self.folder, self.planted, self.watch = folder, planted, watch
        self.seen: dict[str, list[Seen]] = {"sheet": []}
        self.wrong: list[str] = []

    @cached_property
    def looked(self) -> dict[str, list[Seen]]:
        events, figures = self.planted.ids("e"), self.planted.ids("f")
        for view, path, params in (
            ("overview", "/", {"record": events[0]}),
            ("english", "/", {"lang": "en", "record": figures[0]}),
            ("figures", "/figures", {"measure": "甲的乙", "record": figures[1]}),
            ("places", "/places", {"record": events[1]}),
            ("actors", "/actors", {"record": events[2]}),
            ("sources", "/sources", {"record": figures[2]}),
            ("article", "/sources", {"source": "a0"}),
            ("about", "/about", {"record": [*events, *figures]}),
            ("link", "/figures", self._hostile_link()),
        ):
            self.watch.open(f"{path}?{urlencode(params, doseq=True, errors='replace')}")
            if view in ("overview", "english"):
                _hover(self.watch)
            self.seen[view] = [self.watch.look()]
            if "record" in params and view != "link":
                sheet = self.watch.page.locator(".st-key-yj-evidence")
                self.seen.setdefault("list" if view == "about" else "sheet", []).append(Seen(sheet.evaluate("sheet => sheet.textContent")))
        self.seen["download"] = list(self._download())
        self.wrong += self.watch.wrong
        return self.seen

    def _hostile_link(self) -> dict[str, list[str]]:
        """Every payload in one parameter or another, and names that are there, as filters."""
        params: dict[str, list[str]] = {"actor": [text_of(n, "facts.actors")[:100] for n in NUMBERS if isolate(payloads()[n].text) != payloads()[n].text]}
        for number in NUMBERS:
            name = LINKS[1:-1][number % len(LINKS[1:-1])]
            params.setdefault(name, []).append(cell_text(number, f"link.{name}")[:100])
        params["q"] = [" ".join(cell_text(n, "link.q")[:30] for n in NUMBERS[::9])]
        params[cell_text(NUMBERS[0], "link.unknown")] = ["x"]
        return params

    def _download(self) -> Iterator[Seen]:
        archive = open_archive(str(self.folder / "a"))
        rows = download_rows(Page(archive, View(), (), []), archive.exported(View(), 1000))
        cells = _cells(csv_bytes(rows))
        self.wrong += _formulas(cells)
        yield Seen("\x03".join([*cells, *(cell.removeprefix("'") for cell in cells)]), problems=True)
        yield Seen("\x03".join(str(value) for row in json.loads(json.dumps(rows)) for value in row.values()), problems=True)

    @cached_property
    def lines(self) -> dict[str, str]:
        """The lines of the article's reading text, by marker."""
        text = read(self.planted.articles[0]["text"], "a0").text
        return {mark: line for line in text.split("\n") for mark in _markers(line)}

    def expected(self, number: int, column: str, view: str) -> str:
        if column == "articles.text":
            return self.lines[mark_of(number, column)]
        text = text_of(number, column)
        return text[:40] if payloads()[number].first and view != "download" else text


@pytest.fixture(scope="module")
def trial(browser: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Trial]:
    folder = tmp_path_factory.mktemp("hostile-archive")
    planted = plant()
    begin(folder / "a")
    write_part(folder / "a", "one", planted.articles, planted.facts)
    env = {"YOUJU_FACTS": str(folder / "a"), "YOUJU_CACHE": str(folder / "cache")}
    served = start_page(folder / "none", folder / "streamlit.log", ["--edit"], env=env)
    watch = Watch(browser, served.url)
    watch.context.set_default_timeout(PATIENCE)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("YOUJU_CACHE", str(folder / "cache"))
        yield Trial(folder, planted, watch)
    watch.close()
    end(served.process)


def test_the_table_names_every_text_column() -> None:
    assert set(SHOWN) == text_columns()
    assert {view for views in SHOWN.values() for view in views.split()} <= set(VIEWS)


def test_nothing_ran_and_no_part_of_a_page_failed(trial: Trial) -> None:
    assert set(trial.looked) == set(VIEWS)
    assert trial.wrong == []
    looks = [seen for looks in trial.looked.values() for seen in looks]
    assert [seen.text for seen in looks if FAILED in seen.text or "🎉" in seen.text] == []
    wholes = [(payload.shows, squeeze(payload.text)) for payload in payloads() if payload.shows]
    for text in (squeeze(seen.text) for seen in looks):
        assert [(word, found) for word, whole in wholes if (found := taken_for_markup(word, whole, text))] == []


def test_every_cell_is_shown_whole_where_the_table_says_so_and_nowhere_else(trial: Trial) -> None:
    lost, tried = [], set()
    for view, looks in trial.looked.items():
        text = "\x03".join(squeeze(part) for seen in looks for part in (seen.text, seen.data))
        marks = set(_markers(text))
        for number, column in sorted(trial.planted.cells):
            tried.add((number, column))
            there = mark_of(number, column) in marks
            if view in SHOWN[column].split():
                if not there or squeeze(trial.expected(number, column, view)) not in text:
                    lost.append((view, column, payloads()[number].id, "cut" if there else "absent"))
            elif there and not SHOWN[column]:
                lost.append((view, column, payloads()[number].id, "shown"))
    assert lost == []
    assert tried == {(number, column) for number in NUMBERS for column in text_columns()}
