"""China as outlines ready to draw: projected once a process, sent once to a browser, shaded by counts.

Knows TopoJSON, the conic equal-area projection and where a place's mark stands. The outlines are sent apart from the
counts, so that a filter moves numbers and not shapes. Leaves out where the outlines come from
(`dashboard/shapes/README.md`).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import pairwise
from math import cos, radians, sin, sqrt
from pathlib import Path
from typing import Any, NamedTuple

SHAPES = Path(__file__).parent / "shapes"
WIDTH = 5600  # units of the drawing: tenths of a pixel at 560 px
# Round numbers of about even ratio, by the most records of any province.
STEPS = (
    (20, (1, 2, 3, 5, 10)), (200, (1, 3, 10, 20, 50)), (2000, (1, 10, 50, 100, 500)), (20_000, (1, 100, 500, 1000, 5000)),
    (200_000, (1, 1000, 5000, 10_000, 50_000)), (1 << 60, (1, 10_000, 50_000, 100_000, 500_000)),
)  # fmt: skip

Point = tuple[float, float]


class Outlines(NamedTuple):
    """Paths in drawing units."""

    width: int
    height: int
    provinces: tuple[tuple[str, str, str], ...]  # adcode, name, path
    cities: str  # one path: borders only
    dash: str


def project(lon: float, lat: float) -> Point:
    """Albers' conic equal-area projection, parallels 25° and 47°, centred on 105° E; y grows downwards.

    Formula: Snyder, Map Projections: A Working Manual (USGS Professional Paper 1395, 1987), p. 100.
    """
    south, north = sin(radians(25)), sin(radians(47))
    n = (south + north) / 2
    c = 1 + south * (2 * n - south)
    r = sqrt(c - 2 * n * sin(radians(lat))) / n
    angle = n * radians(lon - 105)
    return r * sin(angle), r * cos(angle) - sqrt(c) / n


@cache
def _topology() -> dict[str, Any]:
    return json.loads((SHAPES / "china.json").read_text(encoding="utf-8"))


@cache
def _arcs() -> list[list[Point]]:
    """Every arc of the topology, projected (TopoJSON: quantized steps from point to point)."""
    topology = _topology()
    (kx, ky), (dx, dy) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for step in arc:
            x, y = x + step[0], y + step[1]
            points.append(project(x * kx + dx, y * ky + dy))
        arcs.append(points)
    return arcs


@cache
def _frame() -> tuple[float, float, float, int]:
    """Left edge, top edge, units per projected length, height: all of China with a margin."""
    points = [point for arc in _arcs() for point in arc]
    left, right = min(x for x, _ in points), max(x for x, _ in points)
    top, bottom = min(y for _, y in points), max(y for _, y in points)
    scale = (WIDTH - 80) / (right - left)
    return left, top, scale, int((bottom - top) * scale) + 80


def place_point(point: Point) -> tuple[int, int]:
    """A projected point in drawing units."""
    left, top, scale, _ = _frame()
    return round((point[0] - left) * scale) + 40, round((point[1] - top) * scale) + 40


@cache
def outlines() -> Outlines:
    objects = _topology()["objects"]
    provinces = tuple(
        (g["properties"]["adcode"], g["properties"]["name"], _path(_rings(g))) for g in objects["provinces"]["geometries"]
    )
    inner = [arc for g in objects["cities"]["geometries"] for ring in _rings(g) for arc in ring]
    edges = dict.fromkeys(arc if arc >= 0 else ~arc for arc in inner)
    dash = [[arc] for g in objects["dash"]["geometries"] for arc in _lines(g)]
    return Outlines(WIDTH, _frame()[3], provinces, _path([[arc] for arc in edges], closed=False), _path(dash, closed=False))


def _rings(geometry: dict[str, Any]) -> list[list[int]]:
    if geometry["type"] == "Polygon":
        return geometry["arcs"]
    return [ring for polygon in geometry["arcs"] for ring in polygon]


def _lines(geometry: dict[str, Any]) -> list[int]:
    arcs = geometry["arcs"]
    return [arc for line in arcs for arc in line] if geometry["type"] == "MultiLineString" else arcs


def _path(rings: Iterable[Sequence[int]], *, closed: bool = True) -> str:
    """Rings of arcs as an SVG path of whole units, step by step; a reversed arc is stored as its complement."""
    parts = []
    for ring in rings:
        points: list[tuple[int, int]] = []
        for arc in ring:
            there = _arcs()[arc if arc >= 0 else ~arc]
            for point in there if arc >= 0 else reversed(there):
                unit = place_point(point)
                if not points or unit != points[-1]:
                    points.append(unit)
        if len(points) > 1:
            parts.append(_steps(points) + ("z" if closed else ""))
    return "".join(parts)


def _steps(points: Sequence[tuple[int, int]]) -> str:
    steps = " ".join(f"{b[0] - a[0]},{b[1] - a[1]}" for a, b in pairwise(points))
    return f"M{points[0][0]},{points[0][1]}l{steps}"


@cache
def _points() -> dict[str, tuple[int, int]]:
    """Where the mark of each province, city and county stands."""
    found = {}
    for line in (SHAPES / "points.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        code, lon, lat = line.split("\t")
        found[code] = place_point(project(float(lon), float(lat)))
    return found


def point_of(adcode: str) -> tuple[int, int] | None:
    """The mark of a place; one newer than the outlines stands at what it lies in."""
    points = _points()
    for code in (adcode, adcode[:4] + "00", adcode[:2] + "0000"):
        if code in points:
            return points[code]
    return None


def steps_for(most: int) -> tuple[int, ...]:
    """From how many records on a province is a shade darker.

    >>> steps_for(30)
    (1, 3, 10, 20, 50)
    """
    return next(steps for limit, steps in STEPS if most < limit)


def shade(count: int, steps: Sequence[int]) -> int:
    """0 for nothing, else 1 to 5.

    >>> [shade(n, (1, 3, 10, 30, 100)) for n in (0, 1, 2, 3, 99, 100)]
    [0, 1, 1, 2, 4, 5]
    """
    return sum(count >= step for step in steps)
