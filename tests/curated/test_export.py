"""Each exported file is what its own standard says, by a validator that is not ours."""

from __future__ import annotations

import csv
import io
import json
import shutil
import subprocess
import xml.etree.ElementTree as Xml
from pathlib import Path

import icalendar
import jsonschema
import pytest
import vobject
from geojson_pydantic import FeatureCollection

import curated
from curated.__main__ import EXPORTS, main
from curated.export import FORMATS, draw_export, write_export
from curated.export.tables import safe_cell
from dashboard import data
from dashboard.view import View
from tests.dashboard.fixtures import record, write_article, write_story

CHINA = (73.0, 3.0, 136.0, 54.0)  # west, south, east, north
ATOM = "{http://www.w3.org/2005/Atom}"
# The parts of the Web Annotation model that a consumer relies on, https://www.w3.org/TR/annotation-model/
ANNOTATION = {
    "type": "object", "required": ["@context", "id", "type", "items"],
    "properties": {
        "@context": {"const": "http://www.w3.org/ns/anno.jsonld"}, "type": {"const": "AnnotationPage"},
        "items": {"type": "array", "items": {
            "type": "object", "required": ["id", "type", "target"],
            "properties": {
                "id": {"type": "string", "pattern": "^[a-z][a-z0-9+.-]*:"}, "type": {"const": "Annotation"},
                "body": {"type": "array", "items": {"required": ["type", "value"], "properties": {"type": {"const": "TextualBody"}, "format": {"const": "text/plain"}}}},
                "target": {"required": ["source", "selector"], "properties": {"source": {"type": "string", "pattern": "^(https?|urn):"}, "selector": {"type": "array", "minItems": 1, "items": {"oneOf": [
                    {"required": ["type", "exact", "prefix", "suffix"], "properties": {"type": {"const": "TextQuoteSelector"}, "exact": {"minLength": 1}}},
                    {"required": ["type", "start", "end"], "properties": {"type": {"const": "TextPositionSelector"}, "start": {"type": "integer", "minimum": 0}, "end": {"type": "integer"}}},
                ]}}}},
            },
        }},
    },
}  # fmt: skip


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_story(tmp_path_factory.mktemp("story"))


@pytest.fixture(scope="module")
def folder(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("out")
    write_export(curated.load(root), folder)
    return folder


def test_the_csv_files_are_a_valid_data_package(folder: Path) -> None:
    frictionless = pytest.importorskip("frictionless")

    report = frictionless.validate(str(folder / "datapackage.json"))

    assert report.valid, report.flatten(["type", "message"])
    assert {task.name for task in report.tasks} == {"events", "figures", "sources"}


def test_csv_opens_in_excel_as_chinese(folder: Path) -> None:
    assert (folder / "events.csv").read_bytes().startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "＝1+1"])
def test_a_cell_never_starts_a_formula(text: str) -> None:
    assert str(safe_cell(text)).startswith("'")


def test_parquet_and_json_hold_the_same_records(folder: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    data = json.loads((folder / "youju.json").read_text(encoding="utf-8"))

    for table in ("events", "figures"):
        rows = parquet.read_table(folder / f"{table}.parquet").to_pylist()
        assert [row["id"] for row in rows] == [row["id"] for row in data[table]]
        assert [row["quote"] for row in rows] == [row["quote"] for row in data[table]]


def test_points_are_in_china(folder: Path) -> None:
    places = FeatureCollection.model_validate_json((folder / "places.geojson").read_text(encoding="utf-8"))

    assert {f.properties["adcode"] for f in places.features} >= {"310000", "330100", "420100", "460000"}
    for feature in places.features:
        assert feature.geometry is not None
        lon, lat = feature.geometry.coordinates[:2]
        assert CHINA[0] < lon < CHINA[2]
        assert CHINA[1] < lat < CHINA[3]


def test_a_month_is_never_turned_into_a_day(folder: Path) -> None:
    """2018-08 has a year and a month on the slide, and a whole month in the calendar, named as such."""
    slides = {s["unique_id"]: s for s in json.loads((folder / "timeline.json").read_text(encoding="utf-8"))["events"]}
    calendar = icalendar.Calendar.from_ical((folder / "events.ics").read_bytes())
    entries = {str(e["uid"]): e for e in calendar.walk("VEVENT")}

    assert slides["e-second2"]["start_date"] == {"year": 2018, "month": 8}
    assert "end_date" not in slides["e-second2"]
    entry = entries["e-second2@youju"]
    assert (entry.decoded("dtstart").isoformat(), entry.decoded("dtend").isoformat()) == ("2018-08-01", "2018-09-01")
    assert "2018-08" in str(entry["summary"])


def test_the_calendar_is_read_by_two_libraries(folder: Path) -> None:
    data = (folder / "events.ics").read_bytes()
    ours = {str(e["uid"]) for e in icalendar.Calendar.from_ical(data).walk("VEVENT")}

    assert {e.uid.value for e in vobject.readOne(data.decode()).vevent_list} == ours
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))


def test_annotations_follow_the_w3c_model(folder: Path, root: Path) -> None:
    page = json.loads((folder / "annotations.jsonld").read_text(encoding="utf-8"))

    jsonschema.validate(page, ANNOTATION)
    note = next(n for n in page["items"] if n["id"] == "urn:youju:e-first01")
    position = next(s for s in note["target"]["selector"] if s["type"] == "TextPositionSelector")
    words = next(s for s in note["target"]["selector"] if s["type"] == "TextQuoteSelector")
    raw = (root / "seeds" / "a-harbour.txt").read_text(encoding="utf-8")
    assert raw[position["start"] : position["end"]] == words["exact"]
    assert words["prefix"] in raw


def test_the_feed_is_atom_with_text_only(folder: Path) -> None:
    feed = Xml.parse(folder / "feed.atom").getroot()
    entries = feed.findall(f"{ATOM}entry")

    assert feed.tag == f"{ATOM}feed"
    assert all(feed.find(f"{ATOM}{name}") is not None for name in ("id", "title", "updated", "author"))
    assert len(entries) == 9
    assert {child.get("type") for entry in entries for child in entry} == {None}
    updated = [entry.findtext(f"{ATOM}updated") for entry in entries]
    assert updated == sorted(updated, key=str, reverse=True)


def test_the_page_asks_for_nothing_and_runs_nothing(folder: Path) -> None:
    page = (folder / "index.html").read_text(encoding="utf-8")

    assert "<script" not in page
    assert "default-src 'none'" in page
    assert "<img" not in page
    assert "&lt;img src=x" in page


@pytest.mark.browser
def test_the_page_shows_every_record_in_a_browser(folder: Path, browser) -> None:
    requests: list[str] = []
    page = browser.new_page()
    page.on("request", lambda r: requests.append(r.url))
    page.goto((folder / "index.html").as_uri())

    assert page.locator("article").count() == 9
    assert page.locator("svg").count() == 2
    assert page.evaluate("window.hacked") is None
    assert [url for url in requests if not url.startswith(("file:", "data:"))] == []
    page.close()


@pytest.mark.browser
def test_timelinejs_itself_shows_the_events(folder: Path, browser, tmp_path: Path) -> None:
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip("TimelineJS comes from the npm registry, and there is no npm")
    subprocess.run([npm, "install", "--silent", "--no-audit", "--no-fund", "--ignore-scripts", "@knight-lab/timelinejs@3.9.11"], cwd=tmp_path, check=True, capture_output=True)
    library = tmp_path / "node_modules" / "@knight-lab" / "timelinejs" / "dist"
    data = (folder / "timeline.json").read_text(encoding="utf-8").replace("</", "<\\/")
    html = f'<link rel=stylesheet href="{(library / "css/timeline.css").as_uri()}"><div id=t style="height:600px"></div><script src="{(library / "js/timeline.js").as_uri()}"></script><script>window.timeline = new TL.Timeline("t", {data}, {{language: "en"}})</script>'
    (tmp_path / "page.html").write_text(f"<!doctype html><meta charset=utf-8>{html}", encoding="utf-8")
    page = browser.new_page(viewport={"width": 1200, "height": 700})
    page.goto((tmp_path / "page.html").as_uri())
    page.wait_for_selector("#e-first01", state="attached")

    shown = page.locator(".tl-timemarker").count()
    assert shown == len(json.loads((folder / "timeline.json").read_text(encoding="utf-8"))["events"])
    assert page.evaluate("window.hacked") is None
    page.close()


def test_rights_none_keeps_every_quote_back(tmp_path: Path) -> None:
    text = "江岸周报\n2020年5月6日，远山集团在南京成立研究院。研究院有300人。\n"
    quote = "2020年5月6日，远山集团在南京成立研究院"
    event = record(text, quote, "成立", id="e-secret1", date="2020-05-06", title="远山集团成立研究院", type="founding", status="reviewed")
    write_article(tmp_path, "a", {"title": "江岸周报", "rights": "none"}, text, event, "")

    files = draw_export(curated.load(tmp_path), [key for key in FORMATS if key != "parquet"])

    assert any("远山集团成立研究院".encode() in data for data in files.values())
    assert [name for name, data in files.items() if "2020年5月6日，远山集团".encode() in data] == []


def test_whole_articles_are_never_exported(folder: Path, root: Path) -> None:
    """`full` allows a page to show the article; an export still holds passages only."""
    unquoted = "业内人士认为这个数字偏高"

    assert unquoted in (root / "seeds" / "a-harbour.txt").read_text(encoding="utf-8")
    csv_rows = csv.DictReader(io.StringIO((folder / "figures.csv").read_text(encoding="utf-8-sig")))
    assert all(unquoted not in row["quote"] for row in csv_rows)


def test_the_same_records_give_the_same_bytes(root: Path) -> None:
    assert draw_export(curated.load(root)) == draw_export(curated.load(root))


def test_the_command_writes_the_formats_it_is_asked_for(root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status = main(["export", str(tmp_path / "out"), "--format", "csv", "--format", "ics", "--root", str(root)])

    assert status == 1  # one file of the story is broken: said on standard error, the rest is exported
    assert "d-broken.yaml:" in capsys.readouterr().err
    assert {p.name for p in (tmp_path / "out").iterdir()} == {"events.csv", "figures.csv", "sources.csv", "datapackage.json", "events.ics"}


def test_the_command_knows_every_format() -> None:
    assert tuple(FORMATS) == EXPORTS


def test_the_page_counts_as_the_dashboard_does() -> None:
    """The articles of this repository hold a thing told twice, and a region that is no province."""
    store = curated.load()
    total = data.index_store(store, "count").totals(View())
    page = draw_export(store, ("html",))["index.html"].decode()

    assert f"{total.events} 个事件 · {total.figures} 个数字 · {total.places} 个地点 · {total.sources} 篇文章" in page
