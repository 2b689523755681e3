"""Every view of the page and every export with every payload in every field, looked at once each.

A view is a page in one state, or an export. Looking at it says how each cell was found there: `p` as text on the page,
`t` as text in a chart or table, `e` as text of a parsed export, `-` nowhere. What a reading rightly took for markup is
compared with the reading.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlencode
from xml.etree import ElementTree

import icalendar
import pyarrow as pa
from pyarrow import parquet

import curated
from curated.check import render
from curated.export import draw_export
from curated.export.content import gather
from curated.export.feed import draw_feed
from curated.export.tables import FORMULA
from tests.security.hostile import (
    LINKS,
    PACK,
    Planted,
    cell_text,
    file_text,
    marker,
    payloads,
    plant_packed,
    plant_single,
    plant_strict,
    squeeze,
    strict_fields,
)
from tests.security.looking import Seen, Watch

NUMBERS = range(len(payloads()))
PACKS = [range(start, min(start + PACK, len(payloads()))) for start in NUMBERS[::PACK]]
STRICT_A_PAYLOAD = 4  # so that all problems stand on one page
PAGES = ("overview", "figures", "places", "actors", "sources", "about", "english", "panel", "links", "cards", "measure", "sheet", "article", "review", "problems")
PACKED = ("cards", "measure", "sheet", "article", "review")  # what is opened record by record
SINGLE_PAGES = ("overview", "places", "actors", "english", "links")
MARKER = re.compile(r"z\d\dq\d{3}z")
LONGEST_LINK = 30_000  # servers and browsers take no more
EXPORTS = ("csv", "parquet", "json", "geojson", "timelinejs", "annotations", "ics", "atom", "html", "download.csv", "download.json", "check.text", "check.json", "check.github")


class Marked:
    """A long text, and where each marker stands in it, so that a cell is looked for there alone."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.places: dict[str, list[int]] = defaultdict(list)
        for found in MARKER.finditer(text):
            self.places[found[0]].append(found.start())

    def holds(self, whole: str, mark: str) -> bool:
        """Whether `whole`, which holds the marker, stands anywhere in the text."""
        before = [found.start() for found in MARKER.finditer(whole) if found[0] == mark]
        return any(self.text.startswith(whole, at - start) for at in self.places.get(mark, ()) for start in before if at >= start)


class Battery:
    """Roots, servers and a browser; each view is looked at once."""

    def __init__(self, browser: Any, serve: Callable[..., Any], folder: Path) -> None:
        self.browser, self.serve, self.folder = browser, serve, folder
        self.wrong: dict[str, list[str]] = {}
        self._found: dict[str, dict[tuple[int, str], str]] = {}
        self._seen: dict[str, list[Seen]] = {}

    @cached_property
    def single(self) -> Planted:
        return plant_single(self.folder / "single")

    @cached_property
    def packed(self) -> Planted:
        return plant_packed(self.folder / "packed")

    @cached_property
    def strict(self) -> Planted:
        return plant_strict(self.folder / "strict", range(STRICT_A_PAYLOAD))

    @cached_property
    def all_strict(self) -> Planted:
        return plant_strict(self.folder / "all-strict", range(len(strict_fields())))

    def planted_for(self, view: str) -> set[tuple[int, str]]:
        """The cells that were there to be seen."""
        if view == "links":
            return self.single.cells | {(n, f"link.{name}") for n in NUMBERS for name in LINKS}
        if view == "problems":
            return self.strict.cells
        if view.startswith("check"):
            return self.all_strict.cells
        return (self.packed if view in PACKED else self.single).cells

    def look(self, view: str) -> list[Seen]:
        if view not in self._seen:
            looking = _EXPORTS[view](self) if view in _EXPORTS else list(self._browse(view))
            self._seen[view] = looking
        return self._seen[view]

    def found(self, view: str) -> dict[tuple[int, str], str]:
        """How each planted cell was found in a view; `!` where its marker stands without its whole text."""
        if view not in self._found:
            self._found[view] = self._find(view)
        return self._found[view]

    def _find(self, view: str) -> dict[tuple[int, str], str]:
        seen = self.look(view)
        loose = view == "problems" or view.startswith("check")
        text = Marked("\x03".join(squeeze(s.text, visible=loose) for s in seen))
        spoken = Marked("\x03".join(squeeze(s.spoken) for s in seen))
        data = Marked("\x03".join(squeeze(s.data) for s in seen))
        result = {}
        for number, name in self.planted_for(view):
            mark = marker(number, name)
            if not any(mark in words.places for words in (text, spoken, data)):
                result[number, name] = "-"
                continue
            whole = squeeze(self.expected(number, name, view), visible=loose)
            if text.holds(whole, mark):
                result[number, name] = "e" if view in EXPORTS and view != "html" else "p"
            elif data.holds(whole, mark):
                result[number, name] = "t"
            else:
                result[number, name] = "!"
        return result

    def expected(self, number: int, name: str, view: str) -> str:
        text = file_text(number) if name == "article.name" else cell_text(number, name)
        if name.startswith("article.") and name != "article.name":
            return self.readings.get(marker(number, name), text)
        if name.endswith(".quote") and view in SINGLE_PAGES:  # with its article there, a quote is shown as it reads
            mark = marker(number, name)
            line = self.readings.get(f"{mark} single", text)
            return line[: line.index(mark) + len(mark)]
        if name.partition(".")[2] in _strict_names() or view == "problems" or view.startswith("check"):
            return marker(number, name) + payloads()[number].text[:12]
        return text[:40] if payloads()[number].first and view in PAGES else text

    @cached_property
    def readings(self) -> dict[str, str]:
        """The line of an article's reading text that holds a marker."""
        store = curated.load(self.packed.root)
        lines = [line for name in self.packed.articles if (reading := store.reading(name)) for line in reading.text.split("\n")]
        lines += [source.title for source in store.sources.values()]
        found = {mark: line for line in lines for mark in _markers(line)}
        readings = [self.store.reading(name) for name in self.store.sources]
        return found | {f"{mark} single": line for reading in readings if reading for line in reading.text.split("\n") for mark in _markers(line)}

    # -- pages ---------------------------------------------------------------------------------------------

    def _browse(self, view: str) -> Iterator[Seen]:
        if view == "html":
            yield from self._one_page()
            return
        root = self.strict if view == "problems" else self.packed if view in PACKED else self.single
        url = self.serve(root.root, "--edit").url
        watch = Watch(self.browser, url)
        try:
            yield from getattr(self, f"_view_{view}", self._view_plain)(watch, view)
        finally:
            self.wrong[view] = watch.wrong
            watch.close()

    def _view_plain(self, watch: Watch, view: str) -> Iterator[Seen]:
        paths = {"overview": f"/?record={self.single.events[2]}", "english": "/?lang=en", "cards": "/figures", "problems": "/about"}
        watch.open(paths.get(view, f"/{view}?record={self.single.events[2]}" if view in ("places", "actors") else f"/{view}"))
        if view in ("overview", "english"):
            _hover(watch)
        yield watch.look(problems=view == "problems")

    def _view_panel(self, watch: Watch, view: str) -> Iterator[Seen]:
        """The choices of the filters; the list of actors is opened."""
        watch.open("/figures").page.locator(".st-key-yj-panel button").first.click()
        watch.page.wait_for_selector(".st-key-yj-actor input")
        yield watch.settle().look()
        watch.page.locator(".st-key-yj-actor input").first.click()
        yield watch.settle().look()

    def _view_measure(self, watch: Watch, view: str) -> Iterator[Seen]:
        for numbers in PACKS:
            measure = "\n\n".join(cell_text(n, "figure.measure") for n in numbers)
            if len(path := f"/figures?{urlencode({'measure': measure})}") < LONGEST_LINK:
                yield watch.open(path).look()

    def _view_sheet(self, watch: Watch, view: str) -> Iterator[Seen]:
        """From record to record by the arrow key, as a reader goes; the other pages open one each."""
        yield watch.open(f"/sources?status=draft&embed=true&record={self.packed.events[0]}").look()
        records = {*self.packed.events, *self.packed.figures}
        opened = {self.packed.events[0]}
        for key in ("ArrowLeft", "ArrowRight"):
            for _ in range(len(records)):
                before = watch.page.url
                if watch.page.locator(f".st-key-yj-{'previous' if key == 'ArrowLeft' else 'next'} button").is_disabled():  # the first or the last record
                    break
                watch.page.keyboard.press(key)
                watch.page.wait_for_url(lambda url, before=before: url != before)
                watch.settle()
                opened.add(watch.page.url.rpartition("record=")[2])
                yield watch.look()
        for id_ in self.packed.reviewed:
            yield watch.open(f"/sources?embed=true&record={id_}").look()
        if missing := records - opened:
            watch.wrong.append(f"never opened: {sorted(missing)}")

    def _view_article(self, watch: Watch, view: str) -> Iterator[Seen]:
        for name in self.packed.articles:
            yield watch.open(f"/sources?source={name}").look()

    def _view_review(self, watch: Watch, view: str) -> Iterator[Seen]:
        """Every draft of the queue, skipped one after another."""
        watch.open("/review")
        drafts = len(self.packed.events) + len(self.packed.figures)
        shown: set[str] = set()
        for _ in range(2 * drafts):
            where = watch.page.locator(".yj-review .kind").inner_text().rpartition(" · ")[2]
            if where not in shown:
                shown.add(where)
                yield watch.look()
            if len(shown) == drafts:
                return
            watch.page.keyboard.press("n")
            watch.settle()
        watch.wrong.append(f"{len(shown)} of {drafts} drafts were shown")

    def _view_links(self, watch: Watch, view: str) -> Iterator[Seen]:
        """Ten payloads in every parameter of a link, known names beside them."""
        for numbers in PACKS:
            params: list[tuple[str, str]] = []
            for name in LINKS[1:-1]:
                params += [(name, cell_text(n, f"link.{name}")) for n in numbers]
            params += [(cell_text(n, "link.unknown"), "x") for n in numbers]
            for name, field in (("actor", "event.actors"), ("tag", "event.tags"), ("measure", "figure.measure")):
                params += [(name, cell_text(n, field)) for n in numbers]
            params += [("source", f"s{n:02d}") for n in numbers]
            params = [(key[:100], value[:100]) for key, value in params]
            params.append(("q", " ".join(cell_text(n, "link.q")[:100] for n in numbers)))
            yield watch.open(f"/figures?{urlencode(params, errors='replace')}").look()

    def _one_page(self) -> Iterator[Seen]:
        """The exported page, opened from the disk in the same browser."""
        path = self.folder / "index.html"
        path.write_bytes(self.files["index.html"])
        watch = Watch(self.browser, path.as_uri())
        watch.page.goto(path.as_uri())
        watch.page.wait_for_function("document.readyState === 'complete'")
        yield watch.look()
        self.wrong["html"] = watch.wrong
        watch.close()

    # -- exports -------------------------------------------------------------------------------------------

    @cached_property
    def store(self) -> curated.Store:
        return curated.load(self.single.root)

    @cached_property
    def files(self) -> dict[str, bytes]:
        return draw_export(self.store)


def _hover(watch: Watch) -> None:
    """Over the timeline, so that hints come up."""
    chart = watch.page.locator(".st-key-yj-chart")
    chart.scroll_into_view_if_needed()
    if box := chart.bounding_box():
        for across, down in ((0.2, 0.2), (0.3, 0.3), (0.5, 0.25), (0.6, 0.4), (0.8, 0.3)):
            watch.page.mouse.move(box["x"] + box["width"] * across, box["y"] + box["height"] * down)
            watch.page.wait_for_timeout(60)


def _strict_names() -> frozenset[str]:
    return frozenset({"headlines"})


def _markers(line: str) -> list[str]:
    return MARKER.findall(line)


def batched(items: Sequence[Any], size: int) -> list[Sequence[Any]]:
    return [items[start : start + size] for start in range(0, len(items), size)]


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield str(key)
            yield from _texts(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _texts(inner)


def _seen(texts: Any) -> list[Seen]:
    return [Seen("\x03".join(texts), problems=True)]


class _Text(HTMLParser):
    """The text of an HTML fragment and the tags in it."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.tags: set[str] = set()

    def handle_data(self, data: str) -> None:
        self.parts.append(data)

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.tags.add(tag)


def html_text(fragment: str) -> tuple[str, set[str]]:
    parser = _Text()
    parser.feed(fragment)
    parser.close()
    return "".join(parser.parts), parser.tags


def _cells(data: bytes) -> list[str]:
    return [cell for row in csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")) for cell in row]


def _formulas(cells: list[str]) -> list[str]:
    """Cells a spreadsheet would run; numbers may be negative."""
    return [f"formula {cell[:20]}" for cell in cells if cell.lstrip(" ")[:1] in FORMULA and not re.fullmatch(r"-[\d.]+", cell)]


def _look_csv(battery: Battery) -> list[Seen]:
    cells = []
    for name, data in battery.files.items():
        if name.endswith(".csv"):
            cells += _cells(data)
    battery.wrong["csv"] = _formulas(cells)
    cells += [cell.removeprefix("'") for cell in cells]
    return _seen([*cells, *_texts(json.loads(battery.files["datapackage.json"]))])


def _look_parquet(battery: Battery) -> list[Seen]:
    rows = [parquet.read_table(pa.BufferReader(data)).to_pylist() for name, data in battery.files.items() if name.endswith(".parquet")]
    return _seen(list(_texts(rows)))


def _look_json(name: str) -> Callable[[Battery], list[Seen]]:
    return lambda battery: _seen(list(_texts(json.loads(battery.files[name]))))


def _look_annotations(battery: Battery) -> list[Seen]:
    """Addresses are percent-encoded; the file may stand inside a page, so that it must not end a script there."""
    data = battery.files["annotations.jsonld"]
    battery.wrong["annotations"] = ["ends a script"] if b"</script" in data.lower() else []
    texts = list(_texts(json.loads(data)))
    return _seen([*texts, *(unquote(text) for text in texts)])


def _look_timelinejs(battery: Battery) -> list[Seen]:
    """TimelineJS puts these strings into its page as HTML."""
    found = [html_text(text) for text in _texts(json.loads(battery.files["timeline.json"]))]
    tags = set().union(*(tags for _, tags in found)) - {"blockquote", "p"}
    battery.wrong["timelinejs"] = [f"element {tag}" for tag in tags]
    return _seen([text for text, _ in found])


def _look_ics(battery: Battery) -> list[Seen]:
    calendar = icalendar.Calendar.from_ical(battery.files["events.ics"])
    entries = calendar.walk()
    dated = [event for event in battery.store.events if event.date]
    battery.wrong["ics"] = [f"component {e.name}" for e in entries if e.name not in ("VCALENDAR", "VEVENT")]
    battery.wrong["ics"] += [] if len(calendar.walk("VEVENT")) == len(dated) else ["another number of events"]
    names = {key for entry in entries for key in entry}
    battery.wrong["ics"] += [f"property {key}" for key in names & {"ATTACH", "URL", "ORGANIZER", "ATTENDEE"}]
    return _seen([str(value) for entry in entries for value in entry.values()])


def _look_atom(battery: Battery) -> list[Seen]:
    """A feed holds its newest hundred entries: drawn for a part of the records at a time."""
    content = gather(battery.store)
    parts = [replace(content, events=list(part), figures=[]) for part in batched(content.events, 90)]
    parts += [replace(content, events=[], figures=list(part)) for part in batched(content.figures, 90)]
    elements = [element for part in parts for element in ElementTree.fromstring(draw_feed(part)["feed.atom"]).iter()]
    tags = {element.tag.rpartition("}")[2] for element in elements}
    battery.wrong["atom"] = [f"element {tag}" for tag in tags - {"feed", "id", "title", "updated", "author", "name", "entry", "summary", "link"}]
    battery.wrong["atom"] += [f"link {e.get('href')}" for e in elements if e.tag.endswith("link") and not str(e.get("href")).startswith("https://evil.example/")]
    return _seen([element.text or "" for element in elements])


def _look_download(kind: str) -> Callable[[Battery], list[Seen]]:
    def look(battery: Battery) -> list[Seen]:
        from dashboard.screens.about import csv_bytes

        rows = [{"title": cell_text(n, "event.title"), "quote": cell_text(n, "event.quote"), "publisher": cell_text(n, "source.publisher"), "measure": cell_text(n, "figure.measure")} for n in NUMBERS]
        if kind == "json":
            return _seen(list(_texts(json.loads(json.dumps(rows, ensure_ascii=False)))))
        cells = _cells(csv_bytes(rows))
        battery.wrong["download.csv"] = _formulas(cells)
        return _seen([*cells, *(cell.removeprefix("'") for cell in cells)])

    return look


def _look_check(style: str) -> Callable[[Battery], list[Seen]]:
    def look(battery: Battery) -> list[Seen]:
        store = curated.load(battery.all_strict.root)
        text = render(store.problems, style, "zh")
        if style != "json":
            lines = text.splitlines()
            battery.wrong[f"check.{style}"] = [f"not printable: {line[:60]!r}" for line in lines if not line.isprintable()]
            battery.wrong[f"check.{style}"] += [] if len(lines) == len(store.problems) else ["a problem on two lines"]
        return _seen(list(_texts(json.loads(text))) if style == "json" else [unescape(text) if style == "html" else _percent(text) if style == "github" else text])

    return look


def _percent(text: str) -> str:
    return text.replace("%0A", "\n").replace("%0D", "\r").replace("%25", "%")


_EXPORTS: dict[str, Callable[[Battery], list[Seen]]] = {
    "csv": _look_csv, "parquet": _look_parquet, "json": _look_json("youju.json"), "geojson": _look_json("places.geojson"), "timelinejs": _look_timelinejs,
    "annotations": _look_annotations, "ics": _look_ics, "atom": _look_atom, "download.csv": _look_download("csv"), "download.json": _look_download("json"),
    "check.text": _look_check("text"), "check.json": _look_check("json"), "check.github": _look_check("github"),
}  # fmt: skip
