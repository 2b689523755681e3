"""Loading what people keep: 10,000 records in 1,000 files, as ratios to `yaml.CSafeLoader` on the same files.

Writes its own articles and curated files into a temporary folder. Prints the ratio of each step with its limit.
"""

from __future__ import annotations

import random
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import yaml

from curated import render
from curated import store as store_module
from curated.merge import fingerprint
from curated.store import load
from curated.written import Written

FILES, RECORDS = 1000, 10  # RECORDS in each file, half of them figures
LIMITS = {"form": 5.0, "texts": 5.0, "again": 0.1}
_PLACES = ["杭州市", "宁波市", "上海市", "广东省", "义乌市", "成都市", "西安市", "南京市"]


def main() -> None:
    """Print what loading costs."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        make_root(root)
        base = _seconds(lambda: _plain(root))
        form = _seconds(lambda: _cold(root, texts=False))
        whole = _seconds(lambda: _cold(root, texts=True))
        _touch(root)
        again = _seconds(lambda: load(root))
        store = load(root)
        print(f"{len(store.events) + len(store.figures)} records, {FILES} files, {len(store.problems)} problems; yaml.CSafeLoader alone {base:.2f} s")
        for name, ratio, what in (
            ("form", form / base, "loading with all checks of form, times CSafeLoader"),
            ("texts", (whole - form) / base, "checks against the articles on top of that, times CSafeLoader"),
            ("again", again / whole, "a second load after one file changed, times the first"),
        ):
            print(f"  {what:<62} {ratio:6.3f}  (at most {LIMITS[name]})")


def make_root(root: Path, files: int = FILES) -> None:
    """Articles with as many sentences as records, and their curated files as the machine writes them."""
    rng = random.Random(1)
    (root / "seeds").mkdir(parents=True)
    (root / "curated" / "articles").mkdir(parents=True)
    for number in range(files):
        name = f"{number:04}"
        text, events, figures = _article(name, rng)
        (root / "seeds" / f"{name}.txt").write_text(text, encoding="utf-8")
        machine = {"article": "0" * 12, **{str(r["id"]): _line(r) for r in [*events, *figures]}}
        source = {"title": f"第{number}篇报道", "published": "2019-08-01", "file": f"seeds/{name}.txt"}
        (root / "curated" / "articles" / f"{name}.yaml").write_text(render.file(0, source, events, figures, machine), encoding="utf-8")


def _article(name: str, rng: random.Random) -> tuple[str, list[render.Values], list[render.Values]]:
    text, events, figures = f"第{name}篇报道\n2019-08-01\n\n", [], []
    for number in range(RECORDS):
        place, firm = rng.choice(_PLACES), f"公司{rng.randrange(400)}"
        year, month, amount = rng.randrange(2010, 2020), rng.randrange(1, 13), f"{rng.randrange(2, 9999)}万家"
        if number % 2:
            quote, mark = f"到{year}年{month}月,{firm}在{place}的采购商超过{amount},带动了当地的产业。", amount
        else:
            quote, mark = f"{year}年{month}月,{firm}与{place}政府签署合作协议,双方将共建产业带。", "签署"
        start = len(text)
        at = f"{start}-{start + len(quote)}"
        spot = start + quote.index(mark)
        common = {
            "actors": (firm,), "places": (place,), "quote": quote, "at": at, "mark": f"{spot}-{spot + len(mark)}", "status": "draft",
        }  # fmt: skip
        date = f"{year}-{month:02}"
        if number % 2:
            figures.append({"id": f"f-{name}{number}", "measure": "采购商", "amount": f"超过{amount}", "as_of": date, "as_of_from": f"{year}年{month}月", "modality": "actual", **common})
        else:
            events.append({"id": f"e-{name}{number}", "date": date, "date_from": f"{year}年{month}月", "title": f"{firm}与{place}签约", "type": "agreement", **common})
        text += quote + ("\n\n" if number % 3 == 2 else "")
    return text, events, figures


def _line(record: render.Values) -> str:
    prints = {name: fingerprint(name, value) for name, value in record.items() if name != "id"}
    return str(Written((1, 2), 0, (0, 3), prints))


def _plain(root: Path) -> None:
    for path in sorted((root / "curated" / "articles").glob("*.yaml")):
        yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)


def _cold(root: Path, *, texts: bool) -> None:
    for cache in (store_module._files, store_module._articles, store_module._proofs):
        cache.clear()
    load(root, texts=texts)


def _touch(root: Path) -> None:
    """A person corrects one record; everything else was written a while ago."""
    path = root / "curated" / "articles" / "0500.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("签约", "签署协议", 1), encoding="utf-8")


def _seconds(work: Callable[[], object]) -> float:
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


if __name__ == "__main__":
    main()
