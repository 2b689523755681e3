"""Roots full of hostile text: every payload of payloads.yaml in every field, each with a marker that names the cell.

A cell is a payload in a field. Its text is the payload with a marker behind it (before it for the very long ones),
so that on a page or in a file it is known which cell is seen. In `plant_single` each record carries one payload, as a
real file would; in `plant_packed` each text field carries many, parted by blank lines, so that what has to be opened
record by record (the evidence, the review, an article) can be tried in full in a short time.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from functools import cache
from html import escape
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from curated.fields import FIELDS

HERE = Path(__file__).parent
LONG = 10_000
PACK = 14
# Fields that take any text, and fields whose value is read strictly: what these cannot read is named as a problem.
STRICT_SHAPES = {"id", "span", "spans", "choice", "date", "day", "amount", "flag", "ids", "places"}
STORY = ("title", "title_en", "description", "description_en", "headlines", "colors", "colors.key", "steps.name", "steps.name_en", "steps.events", "steps.actors", "steps.places", "steps.types")
NAMES = ("actors.name", "actors.aliases", "actors.type", "actors.note", "measures.name", "measures.aliases", "measures.note", "places.name", "places.aliases", "places.is", "places.note")
LINKS = ("q", "from", "to", "place", "actor", "type", "measure", "status", "source", "tag", "lane", "record", "lang", "embed", "unknown")
ARTICLES = ("article.txt", "article.html", "article.html_raw", "article.md", "article.json", "article.front", "article.name")


class Payload(NamedTuple):
    id: str
    text: str
    shows: str
    first: bool


@cache
def payloads() -> tuple[Payload, ...]:
    texts: dict[str, str] = {"LONG": "长" * LONG, "TAGS": "<b>" * (LONG // 3)}
    entries = yaml.safe_load((HERE / "payloads.yaml").read_text(encoding="utf-8"))
    return tuple(Payload(e["id"], texts[e["text"]] if e["text"] in texts else e["text"], e.get("shows", ""), e.get("first", False)) for e in entries)


@cache
def all_fields() -> tuple[str, ...]:
    """Every field the product reads: from its own table, so that a new one cannot be forgotten."""
    own = tuple(f"{kind}.{spec.name}" for kind, specs in FIELDS.items() for spec in specs)
    return own + tuple(f"story.{name}" for name in STORY) + NAMES + ARTICLES + tuple(f"link.{name}" for name in LINKS)


@cache
def strict_fields() -> frozenset[str]:
    return frozenset(f"{kind}.{spec.name}" for kind, specs in FIELDS.items() for spec in specs if spec.shape in STRICT_SHAPES)


def marker(number: int, name: str) -> str:
    return f"z{number:02d}q{all_fields().index(name):03d}z"


def cell_text(number: int, name: str) -> str:
    """What is planted: the payload with its marker. Strict fields are quoted in a problem, cut: marker first."""
    payload = payloads()[number]
    mark = marker(number, name)
    text = payload.text
    if name.startswith("article.") and payload.shows:
        text = text.replace(payload.shows, payload.shows.replace("Z", "Y"))  # an article's own markup is rightly read as markup
    return f"{mark}{text}" if payload.first or name in strict_fields() else f"{text}{mark}"


def squeeze(text: str, *, visible: bool = False) -> str:
    """For comparing: without white space, control characters and what directs text, which a format may drop or fold;
    `visible` leaves out every other invisible character too, as messages on a terminal do."""
    text = re.sub(r"[\s\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ufffd\ufffe\uffff]+", "", text)
    return "".join(c for c in text if c.isprintable()) if visible else text


@dataclass
class Planted:
    """What was written where."""

    root: Path
    cells: set[tuple[int, str]] = field(default_factory=set)
    events: list[str] = field(default_factory=list)
    figures: list[str] = field(default_factory=list)
    reviewed: list[str] = field(default_factory=list)
    articles: list[str] = field(default_factory=list)

    def put(self, number: int, name: str) -> str:
        self.cells.add((number, name))
        return cell_text(number, name)

    def pack(self, numbers: range, name: str) -> str:
        return "\n\n".join(self.put(number, name) for number in numbers)

    def each(self, numbers: range, name: str) -> list[str]:
        return [self.put(number, name) for number in numbers]


def plant_single(root: Path) -> Planted:
    """One source with one event and one figure for each payload; story and names hold all of them."""
    planted = Planted(root)
    for number in range(len(payloads())):
        _plant_source(planted, f"s{number:02d}", range(number, number + 1), with_article=True)
        _plant_name(planted, range(number, number + 1))
    _plant_names(planted, range(len(payloads())))
    _plant_story(planted, range(len(payloads())))
    return planted


def plant_packed(root: Path) -> Planted:
    """Ten payloads a record and field; whole articles in each form; values that strict fields cannot read."""
    planted = Planted(root)
    every = range(len(payloads()))
    for start in every[::PACK]:
        numbers = range(start, min(start + PACK, len(every)))
        _plant_source(planted, f"s{start:02d}", numbers, with_article=False)
        _plant_name(planted, numbers)
    _plant_names(planted, every)
    _plant_story(planted, every[:PACK])
    _plant_articles(planted)
    return planted


def plant_strict(root: Path, offsets: range) -> Planted:
    """Values no strict field can read: payload n in the fields n + offset, so that all of them stay within one page."""
    planted = Planted(root)
    names = sorted(strict_fields())
    for number in range(len(payloads())):
        chosen = [names[(number + offset) % len(names)] for offset in offsets]
        _plant_strict(planted, f"t{number:02d}", number, chosen)
    return planted


# -- one source and its records ---------------------------------------------------------------------------


def _plant_source(planted: Planted, name: str, numbers: range, *, with_article: bool) -> None:
    """Where there is no article, quotes are shown as the record has them; where there is one, as it reads."""
    first = numbers[0]
    year = 1990 + first % 30
    quote = {kind: f"{planted.pack(numbers, f'{kind}.quote')} 于{year}年签署" for kind in ("event", "figure")}
    text = f"甲乙丙\n{quote['event']}。\n{quote['figure']}3亿元。\n"
    event = {
        "id": f"e-{name}", "date": f"{year}-05", **_free(planted, "event", numbers, "date_from", "speaker", "data_from", "reviewed_by", "note", "title"),
        "type": "agreement", "actors": [cell_text(n, "actors.aliases") for n in numbers] + planted.each(numbers, "event.actors"), "places": [cell_text(first, "places.aliases")],
        "quote": quote["event"], "tags": planted.each(numbers, "event.tags"), "status": "draft",
    }  # fmt: skip
    figure = {
        "id": f"f-{name}", "amount": "3亿元", "as_of": str(year), **_free(planted, "figure", numbers, "measure", "as_of_from", "during", "speaker", "data_from", "note"),
        "actors": planted.each(numbers, "figure.actors"), "places": ["上海市"], "quote": quote["figure"] + "3亿元", "tags": planted.each(numbers, "figure.tags"),
        "status": "draft", "pin": "true",
    }  # fmt: skip
    source = {
        **_free(planted, "source", numbers, "title", "publisher", "original_publisher", "author", "url", "published_from", "file", "reprint_of"),
        "published": "2021-03-05?", "tags": planted.each(numbers, "source.tags"), "rights": "full",
    }  # fmt: skip
    canon = [{"id": f"f-c{n:02d}", "measure": cell_text(n, "measures.aliases"), "amount": "3亿元", "as_of": str(year), "quote": figure["quote"], "status": "reviewed"} for n in numbers]
    canon[0]["reviewed_by"] = planted.pack(numbers, "figure.reviewed_by")  # shown of reviewed records only
    planted.reviewed.append(canon[0]["id"])
    planted.events.append(event["id"])
    planted.figures.append(figure["id"])
    _write(planted.root, name, source, text if with_article else "", [event], [figure, *canon])


def _free(planted: Planted, kind: str, numbers: range, *names: str) -> dict[str, str]:
    return {name: planted.pack(numbers, f"{kind}.{name}") for name in names}


def _plant_name(planted: Planted, numbers: range) -> None:
    """A source without a title is called by its file: its folders carry the payloads."""
    parts = [re.sub(r"^\.", "…", planted.put(n, "article.name").replace("/", "∕").replace("\0", "␀"))[:60] for n in numbers]
    parts = [part if marker(n, "article.name") in part else part[:40] + marker(n, "article.name") for n, part in zip(numbers, parts, strict=True)]
    name = "/".join(parts)
    event = {"id": f"e-n{numbers[0]:02d}", "title": "丁戊己", "date": f"{1990 + numbers[0] % 30}-07", "quote": "2019年丁戊己签署", "status": "draft"}
    planted.events.append(event["id"])
    _write(planted.root, name, {"publisher": "江报"}, "2019年丁戊己签署。\n", [event], [])


def file_text(number: int) -> str:
    """The part of a file's name that carries a payload, as it is shown."""
    text = re.sub(r"^\.", "…", cell_text(number, "article.name").replace("/", "∕").replace("\0", "␀"))[:60]
    mark = marker(number, "article.name")
    return text if mark in text else text[:40] + mark


def _plant_strict(planted: Planted, name: str, number: int, chosen: list[str]) -> None:
    """One record for each strict field, whole but for that field."""
    text = "2019年甲签署3亿元。\n"
    source: dict[str, Any] = {"title": "甲乙丙", "published": "2021-03-05"}
    events, figures = [], []
    for at, full in enumerate(chosen):
        kind, _, key = full.partition(".")
        value: Any = planted.put(number, full)
        if kind == "source":
            source[key] = value
        elif kind == "event":
            events.append({"id": f"e-{name}{at}", "title": "甲签署", "quote": "2019年甲签署", "status": "draft", key: value})
        else:
            figures.append({"id": f"f-{name}{at}", "measure": "甲的钱", "amount": "3亿元", "quote": "2019年甲签署3亿元", "status": "draft", key: value})
    _write(planted.root, name, source, text, events, figures)


# -- story, names, articles -------------------------------------------------------------------------------


def _plant_story(planted: Planted, numbers: range) -> None:
    steps = [
        {"name": planted.put(n, "story.steps.name"), "name_en": planted.put(n, "story.steps.name_en"), "events": [*planted.events[2 * i : 2 * i + 2], planted.put(n, "story.steps.events")],
         "actors": [planted.put(n, "story.steps.actors")], "places": [planted.put(n, "story.steps.places")], "types": [planted.put(n, "story.steps.types")]}
        for i, n in enumerate(numbers)
    ]  # fmt: skip
    story: dict[str, Any] = {key: planted.pack(numbers, f"story.{key}") for key in ("title", "title_en", "description", "description_en")}
    story |= {"headlines": planted.each(numbers, "story.headlines"), "steps": steps}
    story["colors"] = {"agreement": "#2f5f8f", **{planted.put(n, "story.colors.key")[:100]: planted.put(n, "story.colors") for n in numbers}}
    _dump(planted.root / "curated" / "story.yaml", story)


def _plant_names(planted: Planted, numbers: range) -> None:
    folder = planted.root / "curated"
    put = planted.put
    _dump(folder / "actors.yaml", [{"name": put(n, "actors.name"), "aliases": [put(n, "actors.aliases")], "type": put(n, "actors.type"), "note": put(n, "actors.note")} for n in numbers])
    _dump(folder / "measures.yaml", [{"name": put(n, "measures.name"), "aliases": [put(n, "measures.aliases")], "note": put(n, "measures.note")} for n in numbers])
    _dump(folder / "places.yaml", [{"name": put(n, "places.name"), "aliases": [put(n, "places.aliases")], "is": ["上海市", put(n, "places.is")], "note": put(n, "places.note")} for n in numbers])


def _plant_articles(planted: Planted) -> None:
    """All payloads in one article of each form, a paragraph each."""
    numbers = range(len(payloads()))

    def lines(name: str) -> list[str]:
        return [planted.put(n, name).replace("\r", " ").replace("\n", " ") for n in numbers]

    body = "".join(f"<p>2019年甲在上海签署。{escape(line)}</p>\n" for line in lines("article.html"))
    raw = "".join(f"<p>2019年甲在上海签署。{line}</p>\n" for line in lines("article.html_raw"))
    forms = {
        "w-txt.txt": "甲乙丙\n" + "\n".join(f"2019年甲在上海签署。{line}" for line in lines("article.txt")),
        "w-html.html": f"<html><head><title>甲乙丙</title></head><body><article>{body}</article></body></html>",
        "w-raw.html": f"<html><head><title>甲乙丙</title></head><body><article>{raw}</article></body></html>",
        "w-md.md": "# 甲乙丙\n\n" + "\n\n".join(f"2019年甲在上海签署。{line}" for line in lines("article.md")),
        "w-json.json": json.dumps({"title": "甲乙丙", "date": "2019-05-06", "content": "\n".join(f"2019年甲在上海签署。{line}" for line in lines("article.json"))}),
        "w-front.txt": "---\ntitle: " + json.dumps(" ".join(lines("article.front"))) + "\ndate: 2019-05-06\n---\n2019年甲在上海签署。\n",
    }
    for file, text in forms.items():
        name = file.partition(".")[0]
        planted.articles.append(name)
        _write_article(planted.root / "seeds" / file, text)
        _dump(planted.root / "curated" / "articles" / f"{name}.yaml", {"source": {"title": name, "rights": "full", "published": "2021-03-05"}})


def _write(root: Path, name: str, source: dict[str, Any], text: str, events: list[dict[str, Any]], figures: list[dict[str, Any]]) -> None:
    seed = root / "seeds" / f"{name}.txt"
    if text:
        _write_article(seed, text)
    _dump(root / "curated" / "articles" / f"{name}.yaml", {"source": source, "events": events, "figures": figures})


def _write_article(path: Path, text: str) -> None:
    """An article with null characters is refused as a whole; that is tested with the reading of files."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.replace("\0", "").encode("utf-8", "replace"))


def _dump(path: Path, value: Any) -> None:
    """JSON is YAML, and says every character exactly; characters beyond the first plane would be surrogate pairs."""
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(value, ensure_ascii=True, indent=1)
    text = re.sub(r"\\ud[89ab][0-9a-f]{2}\\ud[c-f][0-9a-f]{2}", lambda m: json.loads(f'"{m[0]}"'), text)
    path.write_text(text, encoding="utf-8")
