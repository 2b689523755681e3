"""What an archive costs: articles a second, over the cores, in memory, and to go on after a break.

Articles are made of sentences of our own, each with a date, a place and parties or an amount drawn by a seeded generator,
so what has to be found is known; one in twenty is a repost of the one before under another headline. Start-up is left
out of every rate: counting begins when a tenth of the articles is read. CPU seconds are those of all processes together,
between the same two moments. One process alone is measured before and after the batch. The clock tells something only
on a quiet machine, so the share of it that other programs took is told beside every rate; CPU seconds hold on any.

`python -m bench.scale` measures 20,000 articles and rewrites the table; `python -m bench.scale corpus N OUT.jsonl` writes
a corpus, `python -m bench.scale facts N OUT` an archive of N invented facts for benches of the page.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from bench.stories import article
from bench.tables import write_table

ARTICLES = 20_000
ROOT = Path(__file__).parent.parent
PART = 1_000  # articles of a part
LEAST = 0.80  # throughput over cores × one plain process
WARM = 0.1  # of the articles; what is read by then is left out of every rate
QUIET = 0.1  # of the machine: up to here the clock tells something


class Made(NamedTuple):
    """An article of a corpus, with the marks that have to be found in it."""

    row: dict[str, str]
    marks: tuple[str, ...]
    copy_of: str


def make_corpus(count: int, seed: int = 17) -> Iterator[Made]:
    """Articles of ten records each; every twentieth repeats the one before under another headline, a sentence cut."""
    draw = random.Random(seed)
    before: Made | None = None
    for number in range(count):
        if number % 20 == 19 and before is not None:
            said = before.row["text"].rstrip("\n").rsplit("\n", 1)[0]
            yield Made(before.row | {"id": f"n{number}", "title": f"读者来信之{number}", "text": said}, before.marks[:-1], before.row["id"])
            continue
        text, yaml = article(f"a{number:05d}", 10, draw)
        title, publisher, body = text.split("\n", 2)
        spans = [line.split(":")[1].strip().split("-") for line in yaml.splitlines() if line.startswith("    mark:")]
        marks = tuple(text[int(start) : int(end)] for start, end in sorted(spans, key=lambda span: int(span[0])))
        row = {"id": f"n{number}", "title": title, "publisher": "观察周刊", "published": publisher.split()[-1], "text": body}
        before = Made(row, marks, "")
        yield before


def write_corpus(path: Path, count: int) -> None:
    with path.open("w", encoding="utf-8") as file:
        for made in make_corpus(count):
            file.write(json.dumps(made.row, ensure_ascii=False) + "\n")


# --- one measured run, in a process of its own -------------------------------------------------------------------


class Moment(NamedTuple):
    """How far a run is, with what it took until then."""

    articles: int
    clock: float
    cpu: float  # seconds of this process and all it started
    machine: float  # seconds of all cores that somebody used; 0 where that is not told
    memory: float  # megabytes


def now(articles: int) -> Moment:
    return Moment(articles, time.perf_counter(), _cpu(), _machine(), _memory())


def spent(first: Moment, last: Moment) -> dict[str, float]:
    """Between two moments; `others`: the share of all cores that other programs took."""
    seconds, cpu, machine = last.clock - first.clock, last.cpu - first.cpu, last.machine - first.machine
    others = max(0.0, machine - cpu) / max(seconds * (os.cpu_count() or 1), 1e-9)
    return {"articles": last.articles - first.articles, "seconds": seconds, "cpu": cpu, "others": others}


def plain(corpus: Path) -> dict[str, float]:
    """One process without an engine."""
    from extract.archive.inputs import Row
    from extract.archive.work import Worker, work_all

    worker, lines = Worker(), corpus.read_bytes().splitlines()
    seen = []
    for first in range(0, len(lines), 64):
        work_all(worker, [Row("json", "", line) for line in lines[first : first + 64]])
        seen.append(now(min(first + 64, len(lines))))
    return spent(_after_start(seen), seen[-1])


def _after_start(seen: list[Moment]) -> Moment:
    """By then every process has loaded what it needs."""
    return next(moment for moment in seen if moment.articles >= seen[-1].articles * WARM)


def engine(corpus: Path, out: Path, workers: int) -> dict[str, float]:
    """A run of `batch`, with the most memory of all processes in its second two and its last two fifths."""
    from extract.archive import engine, run, writer
    from extract.archive.inputs import find_slices

    writer.CHUNK = PART  # what waits to be written is what swings: several swings have to be seen
    seen: list[Moment] = []

    def note(summary: run.Summary) -> None:
        if not seen or summary.seen > seen[-1].articles:
            seen.append(now(summary.seen))

    slices, _ = find_slices(corpus)
    summary = run.run(slices, out, engine.start_native(workers), note)
    end = time.perf_counter()
    last = seen[-1]
    sizes = {half: max((m.memory for m in seen if half <= m.articles / last.articles <= half + 0.4), default=1.0) for half in (0.2, 0.6)}
    return spent(_after_start(seen), last) | {"after": end - last.clock, "early": sizes[0.2], "late": sizes[0.6], "copies": summary.copies, "facts": summary.facts}


def _family() -> list[str]:
    """This process and those it started that still run: engines start them from any of their threads."""
    found = [own := str(os.getpid())]
    for file in Path(f"/proc/{own}/task").glob("*/children"):
        with contextlib.suppress(OSError):  # the thread has just ended
            found += file.read_text().split()
    return found


def _memory() -> float:
    """Megabytes that this process and its children have to themselves."""
    total = 0.0
    for pid in _family():
        try:
            fields = Path(f"/proc/{pid}/statm").read_text().split()
        except OSError:
            continue
        total += (int(fields[1]) - int(fields[2])) * resource.getpagesize() / 2**20
    return total or 1.0


def _cpu() -> float:
    """Seconds of processor of this process and its children, those that ended among them."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    total = sum(usage.ru_utime + usage.ru_stime for usage in used)
    for pid in _family()[1:]:
        try:
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        total += (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return total


def _machine() -> float:
    """Seconds for which the cores were not idle, all together, since the machine was started."""
    try:
        user, nice, system, _, _, *rest = map(int, Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:9])
    except OSError:
        return 0.0
    return (user + nice + system + sum(rest)) / os.sysconf("SC_CLK_TCK")


def apart(kind: str, *arguments: object) -> dict[str, float]:
    done = subprocess.run([sys.executable, "-m", "bench.scale", kind, *map(str, arguments)], cwd=ROOT, capture_output=True, text=True, check=True)
    return json.loads(done.stdout.splitlines()[-1])


# --- the table ---------------------------------------------------------------------------------------------------


def measure(count: int) -> dict[str, list[str]]:
    """The rows of the committed table."""
    cores = os.cpu_count() or 1
    with tempfile.TemporaryDirectory() as folder:
        corpus, out = Path(folder) / "c.jsonl", Path(folder) / "out"
        write_corpus(corpus, count)
        before = apart("plain", corpus)
        all_cores = apart("engine", corpus, out, cores)
        after = apart("plain", corpus)
        again = apart("engine", corpus, out, cores)
        found, wanted, joined, copies = check_answers(out, count)
        stored = {name: sum(path.stat().st_size for path in (out / name).rglob("*.parquet")) / count for name in ("facts", "articles")}
        letters = corpus.stat().st_size / count
    alone = {name: before[name] + after[name] for name in before}
    one, many = alone["articles"] / alone["seconds"], all_cores["articles"] / all_cores["seconds"]
    each, of_batch = (1000 * run["cpu"] / run["articles"] for run in (alone, all_cores))
    others = max(before["others"], all_cores["others"], after["others"])
    loud = f"; here they took up to {others:.0%}" if others > QUIET else ""
    return {
        "articles; bytes of one as a line of JSON": [f"{count:,}; {letters:,.0f}", ""],
        "one process without engine: articles a second, CPU ms an article": [f"{one:,.0f}; {each:.2f}", ""],
        f"batch on {cores} cores: articles a second, CPU ms an article": [f"{many:,.0f}; {of_batch:.2f}", ""],
        "share of the machine taken by others: one process before, batch, one after": [" / ".join(f"{run['others']:.0%}" for run in (before, all_cores, after)), ""],
        "throughput over cores × one process, by the clock": [f"{many / (cores * one):.2f}", f"at least {LEAST:.2f} while others take under {QUIET:.0%}{loud}"],
        "the same by CPU seconds, whatever else the machine does": [f"{each / of_batch:.2f}", f"at least {LEAST:.2f}"],
        "most memory in the last two fifths over the two before": [f"{all_cores['late'] / all_cores['early']:.2f}", "about 1"],
        "memory of all processes, MB": [f"{all_cores['late']:,.0f}", ""],
        "going on: articles a second passed over as done": [f"{again['articles'] / again['seconds']:,.0f}", ""],
        "linking copies and ids at the end, seconds": [f"{all_cores['after']:.1f}", ""],
        "bytes an article: facts, articles": [f"{stored['facts']:,.0f}, {stored['articles']:,.0f}", ""],
        "marks found of those planted": [f"{found / wanted:.3f}", ""],
        "copies joined of those planted; joined wrongly": [f"{joined}/{copies}; {all_cores['copies'] - joined:.0f}", "0 wrongly"],
    }  # fmt: skip


def check_answers(out: Path, count: int) -> tuple[int, int, int, int]:
    """Marks found and planted, copies joined with the right article and planted."""
    import pyarrow.parquet as pq

    facts: dict[str, list[str]] = {}
    for path in (out / "facts").rglob("part-*.parquet"):
        table = pq.ParquetFile(path).read(["source", "text"])
        for source, text in zip(table["source"].to_pylist(), table["text"].to_pylist(), strict=True):
            facts.setdefault(source, []).append(text)
    rows: list[dict[str, Any]] = pq.read_table(out / "duplicates.parquet").to_pylist()
    groups = {row["id"]: row["group"] for row in rows}
    found = wanted = joined = copies = 0
    for made in make_corpus(count):
        said = facts.get(made.row["id"], [])
        wanted += len(made.marks)
        found += sum(mark in said for mark in made.marks)
        if made.copy_of:
            copies += 1
            joined += groups.get(made.row["id"], "") == groups.get(made.copy_of, "-")
    return found, wanted, joined, copies


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m bench.scale", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter, epilog="example: python -m bench.scale facts 1000000 /tmp/archive"
    )
    commands = parser.add_subparsers(dest="command")
    for name, what in (("facts", "write an archive of N facts"), ("corpus", "write a corpus of N articles")):
        command = commands.add_parser(name, help=what)
        command.add_argument("count", type=int, metavar="N")
        command.add_argument("out", type=Path, metavar="OUT")
    for name in ("plain", "engine"):
        command = commands.add_parser(name)
        command.add_argument("corpus", type=Path)
        command.add_argument("rest", nargs="*")
    parser.add_argument("--articles", type=int, default=ARTICLES)
    arguments = parser.parse_args()
    if arguments.command == "facts":
        from bench.facts import write_archive

        write_archive(arguments.out, arguments.count)
    elif arguments.command == "corpus":
        write_corpus(arguments.out, arguments.count)
    elif arguments.command == "plain":
        print(json.dumps(plain(arguments.corpus)))
    elif arguments.command == "engine":
        print(json.dumps(engine(arguments.corpus, Path(arguments.rest[0]), int(arguments.rest[1]))))
    else:
        rows = measure(arguments.articles)
        for name, cells in rows.items():
            print(f"{name:>70}  {cells[0]:>16}  {cells[1]}")
        note = __doc__.split("\n\n")[1].replace("\n", " ") if __doc__ else ""
        load = os.getloadavg()[0]
        write_table("scale", "语料库 / A corpus", ["what", "measured", "to reach"], rows, f"{note} Load of the machine at the end: {load:.1f} on {os.cpu_count()} cores.")


if __name__ == "__main__":
    main()
