"""The map: a projection that keeps areas, paths that close, and places without sources that are not zero."""

from __future__ import annotations

import re
from math import cos, pi, radians

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.china_map import STEPS, outlines, point_of, project, shade, steps_for


def test_the_middle_meridian_is_straight_and_north_is_up() -> None:
    assert [round(project(105, lat)[0], 9) for lat in (4, 25, 53)] == [0, 0, 0]
    assert project(105, 53)[1] < project(105, 25)[1] < project(105, 4)[1]
    assert project(75, 36)[0] == -project(135, 36)[0] < 0


@settings(deadline=None)
@given(st.floats(74, 134), st.floats(4, 53))
def test_the_projection_keeps_areas(lon: float, lat: float) -> None:
    """The area of a small square is cos(latitude) times its sides on the globe, and the same on the map."""
    d = 0.001
    (x0, y0), (x1, y1), (x2, y2) = project(lon, lat), project(lon + d, lat), project(lon, lat + d)
    area = abs((x1 - x0) * (y2 - y0) - (x2 - x0) * (y1 - y0))

    assert area == pytest.approx(radians(d) ** 2 * cos(radians(lat)), rel=1e-3)


def test_every_province_has_a_closed_path_inside_the_drawing() -> None:
    shapes = outlines()

    assert len(shapes.provinces) == 34
    for code, _, path in shapes.provinces:
        assert path.count("M") == path.count("z") > 0
        point = point_of(code)
        assert point is not None
        assert 0 < point[0] < shapes.width
        assert 0 < point[1] < shapes.height
        assert re.fullmatch(r"(M-?\d+,-?\d+l[-\d, ]+z)+", path)


def test_the_ten_dashes_and_the_cities_are_there() -> None:
    assert outlines().dash.count("M") == 10
    assert outlines().cities.count("M") > 500


def test_a_place_newer_than_the_outlines_stands_at_what_it_lies_in() -> None:
    assert point_of("330199") == point_of("330100")
    assert point_of("990000") is None


@pytest.mark.parametrize("most", [1, 19, 20, 500, 10**6])
def test_shades_rise_with_records(most: int) -> None:
    steps = steps_for(most)

    assert list(steps) == sorted(set(steps))
    assert steps[0] == 1
    assert shade(0, steps) == 0
    assert 1 <= shade(most, steps) <= len(STEPS[0][1])


def test_the_earth_is_a_sphere_of_radius_one() -> None:
    """Scale check of the formula: a degree along the standard parallel keeps its length."""
    (x0, y0), (x1, y1) = project(105, 25), project(106, 25)

    assert ((x1 - x0) ** 2 + (y1 - y0) ** 2) ** 0.5 == pytest.approx(cos(radians(25)) * pi / 180, rel=1e-4)
