"""The map outlines are complete: every province, every island group, every disputed stretch, the ten dashes."""

from __future__ import annotations

import json
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from extract.divisions import divisions, parent_of

SHAPES = Path(__file__).parent.parent.parent / "dashboard" / "shapes"
Ring = list[tuple[float, float]]


@cache
def topology() -> dict[str, Any]:
    return json.loads((SHAPES / "china.json").read_text(encoding="utf-8"))


@cache
def arcs() -> list[Ring]:
    """The arcs of the TopoJSON in degrees (https://github.com/topojson/topojson-specification, section 2.1.3)."""
    (sx, sy), (tx, ty) = topology()["transform"]["scale"], topology()["transform"]["translate"]
    decoded = []
    for arc in topology()["arcs"]:
        x = y = 0
        ring = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            ring.append((x * sx + tx, y * sy + ty))
        decoded.append(ring)
    return decoded


def line(indexes: list[int]) -> Ring:
    """Arcs joined end to end; ~i is arc i backwards."""
    points: Ring = []
    for i in indexes:
        arc = arcs()[i] if i >= 0 else arcs()[~i][::-1]
        points += arc[1:] if points else arc
    return points


@cache
def outer_rings(layer: str) -> dict[str, list[Ring]]:
    """adcode -> outer rings of its parts."""
    found = {}
    for g in topology()["objects"][layer]["geometries"]:
        parts = g["arcs"] if g["type"] == "MultiPolygon" else [g["arcs"]]
        found[g["properties"]["adcode"]] = [line(part[0]) for part in parts]
    return found


def area(ring: Ring) -> float:
    """Signed area in square degrees, negative where the ring runs clockwise."""
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise([*ring, ring[0]])) / 2


def holds(ring: Ring, x: float, y: float) -> bool:
    inside = False
    for (x1, y1), (x2, y2) in pairwise([*ring, ring[0]]):
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            inside = not inside
    return inside


def points() -> dict[str, tuple[float, float]]:
    rows = (row.split("\t") for row in (SHAPES / "points.tsv").read_text(encoding="utf-8").splitlines()[1:])
    return {code: (float(x), float(y)) for code, x, y in rows}


def test_all_provinces_are_drawn() -> None:
    assert set(outer_rings("provinces")) == {code for code in divisions() if code.endswith("0000")}
    assert len(outer_rings("provinces")) == 34


@pytest.mark.parametrize(
    ("place", "adcode", "lon", "lat"),
    [
        ("台湾", "710000", 120.95, 23.75),
        ("藏南 (达旺)", "540000", 91.87, 27.59),
        ("藏南 (察隅以南)", "540000", 95.5, 28.3),
        ("阿克赛钦", "650000", 79.3, 35.3),
        ("海南岛", "460000", 109.8, 19.2),
        ("香港", "810000", 114.12, 22.43),
        ("黑瞎子岛以西的抚远", "230000", 134.3, 48.3),
    ],
)
def test_land_lies_in_its_province(place: str, adcode: str, lon: float, lat: float) -> None:
    assert any(holds(ring, lon, lat) for ring in outer_rings("provinces")[adcode])


@pytest.mark.parametrize(
    ("islands", "adcode", "lon", "lat", "within"),
    [
        ("澎湖列岛", "710000", 119.58, 23.57, 0.2),
        ("钓鱼岛", "710000", 123.47, 25.74, 0.1),
        ("赤尾屿", "710000", 124.56, 25.92, 0.1),
        ("绿岛、兰屿", "710000", 121.55, 22.05, 0.2),
        ("东沙岛", "440000", 116.72, 20.70, 0.3),
        ("西沙群岛 (永兴岛)", "460000", 112.34, 16.83, 0.2),
        ("中沙群岛", "460000", 114.3, 15.8, 0.5),
        ("黄岩岛", "460000", 117.76, 15.15, 0.2),
        ("南沙群岛 (太平岛)", "460000", 114.37, 10.38, 0.3),
        ("南沙群岛 (永暑礁)", "460000", 112.9, 9.6, 0.3),
        ("曾母暗沙", "460000", 112.28, 3.97, 0.3),
        ("澳门", "820000", 113.55, 22.17, 0.1),
    ],
)
def test_islands_are_drawn(islands: str, adcode: str, lon: float, lat: float, within: float) -> None:
    vertices = [point for ring in outer_rings("provinces")[adcode] for point in ring]

    assert any(abs(x - lon) <= within and abs(y - lat) <= within for x, y in vertices)


def test_ten_dashes_are_drawn_from_south_of_hainan_to_east_of_taiwan() -> None:
    dashes = [line(g["arcs"]) for g in topology()["objects"]["dash"]["geometries"]]
    middles = sorted((round(sum(x for x, _ in d) / len(d), 1), round(sum(y for _, y in d) / len(d), 1)) for d in dashes)

    assert len(dashes) == 10
    assert min(y for _, y in middles) < 4
    assert (middles[-1][0] > 122, middles[-1][1] > 23.5) == (True, True)


@pytest.mark.parametrize("layer", ["provinces", "cities"])
def test_outer_rings_run_clockwise(layer: str) -> None:
    """Vega's d3 fills the rest of the world where they do not."""
    wrong = [code for code, rings in outer_rings(layer).items() if any(area(ring) >= 0 for ring in rings)]

    assert wrong == []


def test_cities_join_the_gazetteer() -> None:
    unknown = {code for code in outer_rings("cities") if code not in divisions()}

    assert unknown == set()
    assert len(outer_rings("cities")) == 365


def test_every_division_has_a_point_or_a_parent_with_one() -> None:
    have = points()
    without = [code for code in divisions() if code not in have and parent_of(code) not in have]

    assert without == []
    assert len([code for code in divisions() if code not in have]) <= 4


def test_points_lie_in_their_province() -> None:
    """All but those on islands and borders that thinning moved by less than the point's distance to them."""
    outside = [
        code
        for code, (x, y) in points().items()
        if not any(holds(ring, x, y) for ring in outer_rings("provinces")[code[:2] + "0000"])
    ]

    assert len(outside) <= 5


def test_the_outlines_are_light() -> None:
    assert (SHAPES / "china.json").stat().st_size <= 230_000
