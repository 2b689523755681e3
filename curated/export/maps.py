"""GeoJSON (RFC 7946): one point a place, with how many events and figures speak of it and which.

Points are the representative points of `dashboard/shapes/points.tsv` (longitude, latitude, WGS84); a place
without one keeps a null geometry, which the standard allows, so that nothing is lost silently.
"""

from __future__ import annotations

import csv
import json
from functools import cache
from pathlib import Path
from typing import Any

from curated.export.content import Content, Record, adcodes, when
from curated.records import Event

POINTS = Path(__file__).parents[2] / "dashboard" / "shapes" / "points.tsv"


@cache
def points() -> dict[str, tuple[float, float]]:
    """(longitude, latitude) by adcode."""
    with POINTS.open(encoding="utf-8", newline="") as lines:
        return {row["adcode"]: (float(row["lon"]), float(row["lat"])) for row in csv.DictReader(lines, delimiter="\t")}


def draw_geojson(content: Content) -> dict[str, bytes]:
    """places.geojson, sorted by adcode."""
    by_code: dict[str, list[Record]] = {}
    names: dict[str, str] = {}
    for record in content.records:
        names.update({place.adcode: place.name for place in record.places if place.adcode})
        for code in adcodes(record.places):
            by_code.setdefault(code, []).append(record)
    features = [_feature(code, names.get(code) or _name(code), records) for code, records in sorted(by_code.items())]
    data = {"type": "FeatureCollection", "features": features}
    return {"places.geojson": (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()}


def _name(code: str) -> str:
    from extract.places import name_of

    return name_of(code) or code


def _feature(code: str, name: str, records: list[Record]) -> dict[str, Any]:
    point = points().get(code)
    dates = sorted(str(when(record)) for record in records if when(record))
    events = [record.id for record in records if isinstance(record, Event)]
    return {
        "type": "Feature",
        "id": code,
        "geometry": {"type": "Point", "coordinates": list(point)} if point else None,
        "properties": {
            "adcode": code, "name": name, "events": len(events), "figures": len(records) - len(events),
            "first": dates[0] if dates else "", "last": dates[-1] if dates else "", "records": [record.id for record in records],
        },
    }  # fmt: skip
