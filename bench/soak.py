"""Many visitors for a long time: errors, how long they wait, and whether the server's memory stays flat.

`make soak`, or `python -m bench.soak [--minutes 10] [--people 50]` (YOUJU_SOAK_MINUTES too). Each visitor is a
websocket of its own that opens pages, filters, searches and opens records as a browser would, pauses to read, and now
and then leaves and comes back. In the middle a curated file is changed, so that everything is loaded anew. Exit status
1 where a visitor saw an error or memory grew.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import os
import random
import shutil
import statistics
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

from bench.clients import ROOT, percentile, serving, visiting
from bench.stories import write_records

PAGES = ("", "figures", "places", "actors", "sources", "about")
RECORDS = 2_000
PATIENCE = 300.0  # seconds: a busy machine is slow, and that is told by the percentiles
EVERY = 2.0  # seconds between two looks at the server's memory
MOST_GROWTH = 1.0  # MB a minute over the last quarter, and 0.5 % of the whole: what a flat line wobbles by


@dataclass
class Soak:
    """What happened."""

    seconds: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    memory: list[tuple[float, float]] = field(default_factory=list)  # seconds since the start, MB
    visits: int = 0


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.soak", description=__doc__)
    parser.add_argument("--minutes", type=float, default=float(os.environ.get("YOUJU_SOAK_MINUTES", "10")))
    parser.add_argument("--people", type=int, default=50)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root = write_records(Path(folder) / "story", RECORDS)
        for name in ("seeds", "curated"):
            shutil.copytree(ROOT / name, root / name, dirs_exist_ok=True, ignore=shutil.ignore_patterns("*.py", "__pycache__", ".cache"))
        with serving("dashboard/server.py", env={"YOUJU_ROOT": str(root)}, options=["--server.fileWatcherType=none"]) as (address, pid):
            soak = asyncio.run(run(address, pid, root, args.minutes * 60, args.people))
    return report(soak, args.minutes, args.people)


async def run(address: str, pid: int, root: Path, seconds: float, people: int) -> Soak:
    soak = Soak()
    queries = views_of(root)
    started = time.monotonic()
    watching = asyncio.create_task(_watch_memory(soak, pid, started))
    changing = asyncio.create_task(_change_data(root, seconds / 2))
    visitors = [visit(soak, address, random.Random(n), queries, started + seconds) for n in range(people)]
    await asyncio.gather(*visitors)
    for task in (watching, changing):
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task
    return soak


def views_of(root: Path) -> list[str]:
    """Query strings as people make them: filters alone and together, searches, records, both languages, mistakes."""
    import curated

    store = curated.load(root)
    draw = random.Random(3)
    records = draw.sample([*store.events, *store.figures], 200)
    names = sorted({actor for record in records for actor in record.actors})
    places = sorted({place.adcode for record in records for place in record.places if place.adcode})
    found = [urlencode({"record": record.id}) for record in records]
    found += [urlencode({"place": place}) for place in places] + [urlencode({"actor": name}) for name in names]
    found += [urlencode({"type": type_, "lane": lane}) for type_ in ("agreement", "launch", "visit") for lane in ("type", "actor")]
    found += [urlencode({"from": str(year), "to": str(year + 3)}) for year in range(2008, 2020)]
    found += [urlencode({"q": words}) for words in ("上海", "3亿", "合作 协议", "没有这样的词")]
    found += [urlencode({"source": name}) for name in list(store.sources)[:40]]
    found += ["", "", "", "lang=en", "embed=true", "status=draft", "record=e-gone", "place=999999&lane=zone"]
    return found


async def visit(soak: Soak, address: str, draw: random.Random, queries: list[str], end: float) -> None:
    """One visitor until the end: opens the page, looks about, leaves, comes back."""
    await asyncio.sleep(draw.random() * 5)
    while time.monotonic() < end:
        try:
            async with visiting(address, PATIENCE) as session:
                soak.visits += 1
                for _ in range(draw.randint(5, 40)):
                    if time.monotonic() >= end:
                        break
                    soak.seconds.append(await session.run(draw.choice(queries), draw.choice(PAGES)))
                    await asyncio.sleep(draw.uniform(2, 8))  # to read what is there
                soak.errors += session.errors
        except Exception as error:
            soak.errors.append(f"{type(error).__name__}: {error}")
            await asyncio.sleep(1)


async def _change_data(root: Path, after: float) -> None:
    """Someone edits: the records of all visitors are loaded anew."""
    await asyncio.sleep(after)
    path = sorted((root / "curated" / "articles").glob("*.yaml"))[0]
    path.write_text(path.read_text(encoding="utf-8") + "\n# 改过\n", encoding="utf-8")


async def _watch_memory(soak: Soak, pid: int, started: float) -> None:
    while True:
        with contextlib.suppress(OSError):
            soak.memory.append((time.monotonic() - started, resident(pid)))
        await asyncio.sleep(EVERY)


def resident(pid: int) -> float:
    """MB of memory a process holds (Linux)."""
    for line in Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    raise OSError("no VmRSS")


def slope(points: list[tuple[float, float]]) -> float:
    """MB a minute, by least squares."""
    if len(points) < 3:
        return 0.0
    return statistics.linear_regression([x / 60 for x, _ in points], [y for _, y in points]).slope


def report(soak: Soak, minutes: float, people: int) -> int:
    last = soak.memory[-len(soak.memory) // 4 :]
    growth = slope(last)
    at = {name: soak.memory[int(share * (len(soak.memory) - 1))][1] for name, share in (("start", 0.1), ("middle", 0.49), ("after the reload", 0.6), ("three quarters", 0.75), ("end", 1.0))}
    print(f"{people} visitors, {minutes:g} minutes: {len(soak.seconds)} pages in {soak.visits} visits, {len(soak.errors)} errors")
    print(f"answered: p50 {percentile(soak.seconds, 0.5):.3f} s, p95 {percentile(soak.seconds, 0.95):.3f} s, longest {max(soak.seconds):.3f} s")
    print("memory, MB: " + ", ".join(f"{name} {value:.0f}" for name, value in at.items()) + f"; last quarter {growth:+.2f} a minute")
    for error in dict.fromkeys(soak.errors[:20]):
        print(f"  error: {error[:200]}")
    grew = growth > max(MOST_GROWTH, at["end"] * 0.005)
    return int(bool(soak.errors) or grew)


if __name__ == "__main__":
    raise SystemExit(main())
