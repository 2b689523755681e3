"""Random and mutated input for everything that reads: no crash, and the laws that must hold for any input.

`make fuzz`, or `python -m bench.fuzz [--minutes 10] [--only TARGET]` (YOUJU_FUZZ_MINUTES too). Each target gets an
equal share of the time; a crash is printed with the smallest input that makes it, and the other targets go on. Where
`atheris` is installed, whole bytes are also tried with its coverage-guided mutations. Exit status 1 after a crash.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

ROOT = Path(__file__).parent.parent
ANY_SPEED = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
A_ROUND = 150  # examples: between rounds the clock is looked at
BYTES_SHARE = 0.15  # of the time, for atheris
SLOW = 40  # seconds: an input of 2,048 bytes that takes longer hangs

# -- what is tried ----------------------------------------------------------------------------------------

_PIECES = st.sampled_from(
    ["2018年", "8月", "3日", "去年", "今年三月", "上周", "同比", "增长", "超过", "不足", "近", "约", "2800万", "1.5亿", "百亿元", "几十万", "10%", "10%–20%", "三成", "万", "亿", "元", "美元", "家", "人次", "上海", "吉林市", "310000", "长三角", "阿里巴巴", "市政府", "签署", "成立", "表示", "说", "“", "”", "「", "」", "《", "》", "(", ")", "（", "）", "[", "]", ",", "，", "。", "、", ":", "：", ";", "\n", "\r\n", "\t", "\u3000", "-", "–", "—", "~", "～", "/", ".", "..", "#", "*", ">", "```", "---", "<p>", "</p>", "<script>", "<!--", "-->", "&lt;", "&#20013;", "&amp;", "\ufeff", "\x00", "\u202e", "\u200b", "𠮷", "﹪", "％", "２０", "〇", "廿", "卅", "{}", "null"]
)
_TEXT = st.lists(st.one_of(_PIECES, st.text(max_size=6)), max_size=60).map("".join)
_ENCODINGS = st.sampled_from(["utf-8", "utf-8-sig", "gb18030", "big5", "utf-16", "utf-16-le"])


def _encode(text: str, encoding: str) -> bytes:
    return text.encode(encoding, "ignore")


_BYTES = st.one_of(st.binary(max_size=200), st.builds(_encode, _TEXT, _ENCODINGS), st.builds(lambda a, b, c: _encode(a, c) + b, _TEXT, st.binary(max_size=8), _ENCODINGS))
_NAMES = st.sampled_from(["a.txt", "a.html", "a.md", "a.json", "", "a"])
_SHORT = st.lists(st.one_of(_PIECES, st.text(max_size=4)), max_size=8).map("".join)


def try_reading(raw: bytes, name: str) -> None:
    """Bytes decode or are refused with a reason; spans lead there and back and never leave the text."""
    from extract.reading import ReadingError, decode, read

    try:
        text = decode(raw)
        reading = read(text, name)
    except ReadingError as error:
        if not str(error).strip():
            raise RuntimeError("refused without a reason") from error
        return
    last = 0
    for at in range(len(reading.text)):
        start, end = reading.raw_span(at, at + 1)
        assert 0 <= start <= end <= len(reading.raw), (at, start, end)
        assert start >= last, f"the reading goes back at {at}"
        last = start
        back = reading.text_span(start, end)
        assert back is None or back[0] <= at < back[1], (at, (start, end), back)
    for start, end in reading.meta_spans.values():
        assert 0 <= start <= end <= len(reading.raw)


def try_scan(text: str, published: str) -> None:
    """A scan gives rows in order whose spans hold what they say."""
    from extract import scan
    from extract.reading import read

    rows = scan(text, published=published or None)
    starts = [row["start"] for row in rows]
    assert starts == sorted(starts)
    length = len(read(text, "").raw)
    for row in rows:
        assert 0 <= row["start"] <= row["end"] <= length, row
        if row["kind"] in ("figure", "event"):
            assert row["quote_start"] <= row["start"] <= row["end"] <= row["quote_end"] <= length, row


def try_amounts(text: str) -> None:
    """Quantities lie in order, apart, inside the text; a whole amount has low <= high."""
    from extract.quantities import find_quantities, parse_amount

    last = 0
    for found in find_quantities(text):
        assert last <= found.start < found.end <= len(text), found
        last = found.end
    whole = parse_amount(text)
    if whole is not None and whole.low is not None and whole.high is not None:
        assert whole.low <= whole.high, whole


def try_dates(text: str, published: str) -> None:
    """What reads as EDTF writes the same; times lie inside the text; earliest <= latest."""
    from extract.edtf import parse_edtf
    from extract.times import find_times, parse_date

    for edtf in (parse_edtf(text), parse_date(text, published)):
        if edtf is not None:
            assert parse_edtf(str(edtf)) == edtf, edtf
            assert edtf.earliest is None or edtf.latest is None or edtf.earliest <= edtf.latest, edtf
    for found in find_times(text, published):
        assert 0 <= found.start < found.end <= len(text), found
        assert parse_edtf(found.edtf) is not None, found


def try_links(params: dict[str, list[str]]) -> None:
    """A link is read whatever it says, and what is written of it reads the same."""
    from dashboard.frame import plain
    from dashboard.view import read_view, write_view

    view, unknown = read_view(params)
    again, rest = read_view(write_view(view))
    assert again == view, (view, again)
    assert rest == [], rest
    for param, value in unknown:
        assert isinstance(plain(param) + plain(value), str)


# -- the curated store ------------------------------------------------------------------------------------

_LINE = st.tuples(st.integers(0, 400), st.sampled_from(["cut", "twice", "indent", "dedent", "swap", "value", "insert", "bytes"]), _SHORT)
_FILES = ("articles/a.yaml", "story.yaml", "actors.yaml", "places.yaml", "measures.yaml")


def mutate(text: str, changes: list[tuple[int, str, str]]) -> str:
    """A file as people and accidents leave it: lines cut, doubled, moved, with other values."""
    lines = text.split("\n")
    for at, how, words in changes:
        n = at % len(lines)
        key, colon, _ = lines[n].partition(": ")
        if how == "cut":
            lines[n : n + 1] = [] if len(lines) > 1 else [""]
        elif how == "swap":
            lines[n], lines[-n] = lines[-n], lines[n]
        else:
            lines[n : n + 1] = {"twice": [lines[n]] * 2, "indent": ["  " + lines[n]], "dedent": [lines[n][2:]], "value": [key + colon + words], "insert": [lines[n], words], "bytes": [lines[n][: at % 7] + words]}[how]
    return "\n".join(lines)


class StoreTarget:
    """One root on disk, whose files are replaced by mutations of good ones."""

    def __init__(self, root: Path) -> None:
        from bench.stories import write_records
        from curated.extraction import extract_all

        self.root = write_records(root, 4, per_article=4)
        article = next((root / "seeds").iterdir())
        article.rename(root / "seeds" / "a.txt")
        next((root / "curated" / "articles").iterdir()).rename(root / "curated" / "articles" / "a.yaml")
        for name, text in {"actors": "- name: 云帆公司\n  aliases: [云帆, 云帆集团]\n  type: company\n", "places": "- name: 江城\n  aliases: [江边]\n  is: 武汉市\n", "measures": "- name: 商家\n  aliases: [店家]\n"}.items():
            (root / "curated" / f"{name}.yaml").write_text(text, encoding="utf-8")
        (root / "curated" / "story.yaml").write_text("title: 故事\ntitle_en: A story\nheadlines: [f-1]\ncolors:\n  launch: '#112233'\nsteps:\n  - name: 一步\n    actors: [云帆公司]\n    types: [launch]\n", encoding="utf-8")
        extract_all(root)
        self.good = {name: (root / "curated" / name).read_text(encoding="utf-8") for name in _FILES}

    def __call__(self, changes: list[tuple[int, str, str]], which: int) -> None:
        """Loading, checking and exporting say what is wrong and never fail; another extraction keeps the file."""
        import curated
        from curated.check import render
        from curated.export import draw_export
        from curated.extraction import extract_all

        for name, text in self.good.items():
            (self.root / "curated" / name).write_text(text, encoding="utf-8")
        path = self.root / "curated" / _FILES[which]
        path.write_bytes(mutate(self.good[_FILES[which]], changes).encode("utf-8", "replace"))
        before = path.read_bytes()
        store = curated.load(self.root)
        for style in ("text", "json", "github"):
            render(store.problems, style, "zh")
        draw_export(store, ["csv", "json", "geojson", "timelinejs", "annotations", "ics", "atom", "html"])
        if which == 0:
            broken = any(problem.severity == "error" and problem.field == "yaml" for problem in store.problems)
            extract_all(self.root)
            if broken:
                assert path.read_bytes() == before, "a file that is no YAML was written"
            once = path.read_bytes()
            extract_all(self.root)
            assert path.read_bytes() == once, "a second run changed something"


# -- time -------------------------------------------------------------------------------------------------

# Text made to go back and forth in: each is repeated until it has the size that is asked for.
HOSTILE = (
    "1", "1,", "年", "2018年", "1月", "第", "一", "万亿", "百分之", "1.", "-", "~", "超过", "“", "（", "「『", "》《", "<", "<a ", "<!--", "&", "&#", "[", "](", "*", "`", "#", "\\", "|", "\n", "\r", " ", "\u3000",
    "市", "省市", "吉林", "公司", "有限公司与", "表示", "签署", "同比增长", "由", "和", "、", ":", "：", "http://", "a", "A", "\u0301", "𠮷", "\u202e", "12345678901234567890", "2018-", "近", "约近超过", "。", "”。“",
)  # fmt: skip
SIZES = (1 << 14, 1 << 15, 1 << 16)
MOST_RATIO = 3.0  # twice the text, twice the time; a little more for the noise of a busy machine


def measure_growth(rounds: int = 3) -> dict[str, float]:
    """For each hostile text, by what the time of reading and scanning grows where the text doubles."""
    from extract import scan

    found = {}
    for piece in HOSTILE:
        times = []
        for size in SIZES:
            text = (piece * (size // len(piece) + 1))[:size]
            took = []
            for _ in range(rounds):
                started = time.process_time()
                scan(text)
                took.append(time.process_time() - started)
            times.append(min(took))
        found[piece] = times[-1] / max(times[-2], 0.002)
    return found


# -- running ----------------------------------------------------------------------------------------------


@dataclass
class Result:
    examples: int = 0
    seconds: float = 0.0
    crashes: list[str] = field(default_factory=list)


def targets(folder: Path) -> dict[str, tuple[Callable[..., None], dict[str, Any]]]:
    published = st.sampled_from(["", "2019-08-01", "2020", "2021-03?", "1999-12-31"])
    params = st.dictionaries(st.one_of(st.sampled_from(["q", "from", "to", "place", "actor", "type", "measure", "status", "source", "tag", "lane", "record", "lang", "embed", "x"]), st.text(max_size=5)), st.lists(st.one_of(_SHORT, st.sampled_from(["310000", "2014", "agreement", "draft", "true", "zh", "place"])), max_size=4), max_size=8)
    store = StoreTarget(folder / "store")
    return {
        "reading": (try_reading, {"raw": _BYTES, "name": _NAMES}),
        "scan": (try_scan, {"text": _TEXT, "published": published}),
        "amounts": (try_amounts, {"text": _SHORT}),
        "dates": (try_dates, {"text": _SHORT, "published": published}),
        "links": (try_links, {"params": params}),
        "store": (store, {"changes": st.lists(_LINE, min_size=1, max_size=4), "which": st.integers(0, len(_FILES) - 1)}),
    }


def run_target(run: Callable[..., None], strategies: dict[str, Any], seconds: float) -> Result:
    """Rounds of new examples until the time is over; after a crash the target is done."""
    result = Result()
    started = time.monotonic()
    number = 0
    while time.monotonic() - started < seconds and not result.crashes:
        number += 1

        def one(**values: Any) -> None:
            result.examples += 1
            run(**values)

        one.__name__ = one.__qualname__ = str(getattr(run, "__name__", "store"))
        quick = settings(max_examples=A_ROUND, deadline=None, database=None, suppress_health_check=ANY_SPEED, phases=[Phase.explicit, Phase.generate, Phase.target, Phase.shrink], print_blob=False)
        tried = seed(int(time.time_ns()) % (1 << 32) + number)(quick(given(**strategies)(one)))
        try:
            with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
                tried()
        except Exception as error:
            notes = "\n".join(getattr(error, "__notes__", []))
            result.crashes.append(f"{type(error).__name__}: {error}\n{notes}")
    result.seconds = time.monotonic() - started
    return result


def run_merge(seconds: float) -> Result:
    """The laws of the merge, as the tests state them, for as long as there is time."""
    from hypothesis.stateful import run_state_machine_as_test

    from tests.curated.test_merge_laws import Editing

    result = Result()
    started = time.monotonic()

    class Counted(Editing):
        def __init__(self) -> None:
            super().__init__()
            result.examples += 1

    while time.monotonic() - started < seconds and not result.crashes:
        try:
            with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
                run_state_machine_as_test(seed(time.time_ns() % (1 << 32))(Counted), settings=settings(max_examples=10, stateful_step_count=25, deadline=None, database=None, suppress_health_check=ANY_SPEED))
        except Exception as error:
            result.crashes.append(f"{type(error).__name__}: {error}\n" + "\n".join(getattr(error, "__notes__", [])))
    result.seconds = time.monotonic() - started
    return result


def run_bytes(seconds: float) -> Result | None:
    """Coverage-guided bytes in a process of its own; None where atheris is not installed."""
    try:
        import_module("atheris")
    except ImportError:
        return None
    result = Result(seconds=seconds)
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "bench.fuzz_bytes", f"-max_total_time={max(1, int(seconds))}", "-max_len=2048", f"-timeout={SLOW}", "-print_final_stats=1", f"-artifact_prefix={folder}/"]
        try:
            done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, errors="replace", timeout=seconds + 2 * SLOW)
        except subprocess.TimeoutExpired as error:
            result.crashes.append(f"still running {2 * SLOW} s after its time was over\n{str(error.stderr)[-2000:]}")
            return result
        for line in done.stderr.splitlines():
            if line.startswith("stat::number_of_executed_units:"):
                result.examples = int(line.split()[-1])
        for path in Path(folder).iterdir():
            result.crashes.append(f"bytes {path.read_bytes()!r}\n" + "\n".join(done.stderr.splitlines()[-25:]))
        if done.returncode and not result.crashes:
            result.crashes.append("\n".join(done.stderr.splitlines()[-10:]))
    return result


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.fuzz", description=__doc__)
    parser.add_argument("--minutes", type=float, default=float(os.environ.get("YOUJU_FUZZ_MINUTES", "10")))
    parser.add_argument("--only", default="")
    args = parser.parse_args()
    seconds = args.minutes * 60
    results: dict[str, Result] = {}
    with tempfile.TemporaryDirectory() as folder:
        chosen = {name: target for name, target in targets(Path(folder)).items() if args.only in ("", name)}
        merging = args.only in ("", "merge")
        if args.only in ("", "bytes") and (done := run_bytes(seconds * (1 if args.only else BYTES_SHARE))):
            results["bytes (atheris)"] = done
        share = (seconds - sum(r.seconds for r in results.values())) / max(1, len(chosen) + merging)
        for name, (run, strategies) in chosen.items():
            results[name] = run_target(run, strategies, share)
            _say(name, results[name])
        if merging:
            results["merge"] = run_merge(share)
            _say("merge", results["merge"])
    growth = measure_growth() if args.only in ("", "growth") else {}
    slow = {piece: ratio for piece, ratio in growth.items() if ratio > MOST_RATIO}
    if growth:
        worst = sorted(growth.items(), key=lambda pair: -pair[1])[:5]
        print(f"growth           {len(growth)} hostile texts of {SIZES[-1]} characters; time for twice the text: " + ", ".join(f"{piece!r} {ratio:.2f}" for piece, ratio in worst))
    print(f"{sum(r.examples for r in results.values())} examples in {sum(r.seconds for r in results.values()):.0f} s, {sum(len(r.crashes) for r in results.values())} crashes")
    for name, result in results.items():
        if "atheris" in name:
            _say(name, result)
    return int(bool(slow) or any(result.crashes for result in results.values()))


def _say(name: str, result: Result) -> None:
    print(f"{name:16} {result.examples:8} examples {result.seconds:6.0f} s {len(result.crashes)} crashes", flush=True)
    for crash in result.crashes:
        print("    " + crash.strip().replace("\n", "\n    "), flush=True)


if __name__ == "__main__":
    raise SystemExit(main())
