"""The outlines of China as SVG paths, from the TopoJSON that the dashboard draws.

Projection: Albers conic equal-area, standard parallels 25 and 47, central meridian 105 (Snyder 1987, Map Projections,
USGS Professional Paper 1395, p. 100, on a sphere of radius 1).
"""

from __future__ import annotations

import json
from functools import cache
from math import cos, radians, sin, sqrt
from pathlib import Path
from typing import Any

SHAPES = Path(__file__).parents[2] / "dashboard" / "shapes" / "china.json"
WIDTH, HEIGHT = 560, 560
_SOUTH, _NORTH, _MIDDLE, _ORIGIN = radians(25), radians(47), radians(105), radians(36)
_N = (sin(_SOUTH) + sin(_NORTH)) / 2
_C = cos(_SOUTH) ** 2 + 2 * _N * sin(_SOUTH)
_RHO = sqrt(_C - 2 * _N * sin(_ORIGIN)) / _N
_SCALE = 640  # fits 73 to 135 degrees east and 3 to 54 north into WIDTH x HEIGHT
_X0, _Y0 = 268, 258


def project(lon: float, lat: float) -> tuple[float, float]:
    """Degrees to SVG units, y downwards."""
    rho = sqrt(_C - 2 * _N * sin(radians(lat))) / _N
    theta = _N * (radians(lon) - _MIDDLE)
    return _X0 + _SCALE * rho * sin(theta), _Y0 - _SCALE * (_RHO - rho * cos(theta))


@cache
def province_paths() -> tuple[str, ...]:
    """The `d` of each province's outline, islands included."""
    topology = json.loads(SHAPES.read_text(encoding="utf-8"))
    arcs = _arcs(topology)
    return tuple("".join(_ring(ring, arcs) + "Z" for ring in _rings(shape)) for shape in topology["objects"]["provinces"]["geometries"])


@cache
def dash_path() -> str:
    """The `d` of the ten-dash line."""
    topology = json.loads(SHAPES.read_text(encoding="utf-8"))
    arcs = _arcs(topology)
    lines = topology["objects"]["dash"]["geometries"]
    return "".join(_ring(line, arcs) for shape in lines for line in (shape["arcs"] if shape["type"] == "MultiLineString" else [shape["arcs"]]))


def _arcs(topology: dict[str, Any]) -> list[list[tuple[float, float]]]:
    """TopoJSON stores each line as steps on a grid: add them up and project."""
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for steps in topology["arcs"]:
        x = y = 0
        line = []
        for dx, dy in steps:
            x, y = x + dx, y + dy
            line.append(project(x * sx + tx, y * sy + ty))
        arcs.append(line)
    return arcs


def _rings(shape: dict[str, Any]) -> list[list[int]]:
    polygons = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
    return [ring for polygon in polygons for ring in polygon]


def _ring(indexes: list[int], arcs: list[list[tuple[float, float]]]) -> str:
    """Join arcs; a negative index is an arc walked backwards."""
    points: list[tuple[float, float]] = []
    for index in indexes:
        line = arcs[index] if index >= 0 else arcs[~index][::-1]
        points += line[1:] if points else line
    return "M" + "L".join(f"{x:.1f},{y:.1f}" for x, y in points)
