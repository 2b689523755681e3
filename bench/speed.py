"""Extraction as a ratio to one pass of `jieba.lcut` over the same text, in the same run, in turns, best of `ROUNDS`.

Plain: news text as it is. Dense: text with an amount every few words. Markup: the same news as a web page. Loading of
either side's dictionaries is left out. Cost by finder, memory, growth with length (10 KB to `LONGEST`, one line), and
growth at doubling sizes of hostile input.
"""

from __future__ import annotations

import os
import random
import sys
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path

from bench.tables import read_table, write_table

ROOT = Path(__file__).parent.parent
ROUNDS = 5
SIZE = 60_000
LONGEST = 1_000_000
LIMITS = {"plain": 0.5, "dense": 1.0, "markup": 1.0}
HOSTILE = {
    "digits": "1", "one character": "年", "brackets": "（", "closed quotations": "。”", "months": "1月", "amounts": "3亿",
    "shares": "占", "commas": "，", "commas and digits": "1,", "percent": "5%、", "from to": "从1到", "quotations": "“",
    "each": "每", "mixed dates": "2015年、", "company endings": "公司", "joined names": "上海、", "blanks": " ", "ends": "!?",
}  # fmt: skip


def main() -> None:
    texts = {"plain": plain_text(SIZE), "dense": dense_text(SIZE)}
    texts["markup"] = "<html><body>" + "".join(f"<p class='x'>{line}</p>\n" for line in texts["plain"].split("\n")) + "</body></html>"
    before = read_table("speed")
    rows: dict[str, list[str]] = {}
    for name, text in texts.items():
        ours, theirs = in_turns(extraction(), lcut(), text)
        rows[f"{name}: ratio to jieba.lcut"] = [f"{ours / theirs:.2f}", f"at most {LIMITS[name]}"]
        rows[f"{name}: thousand characters a second, jieba.lcut"] = [f"{len(text) / ours / 1e3:.0f}, {len(text) / theirs / 1e3:.0f}", ""]
    for name, share in cost_by_finder(texts["plain"]).items():
        rows[f"plain: {name}"] = [f"{share:.3f}", ""]
    rows["memory, bytes a character"] = [f"{memory(texts['plain']):.0f}", ""]
    rows[f"cost a character, {LONGEST:,} to 10,000, one line"] = [f"{growth_with_length():.2f}", "at most 1.3"]
    for name, unit in HOSTILE.items():
        rows[f"hostile {name}: cost of twice as much"] = [f"{growth(unit):.2f}", "about 2"]
    for name, cells in rows.items():
        print(f"{name:>60}  {cells[0]:>10}  {cells[1]:<14} before: {before.get(name, ['-'])[0]}")
    note = __doc__.split("\n\n")[1].replace("\n", " ") if __doc__ else ""
    note += f" Load of the machine at the end: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores."
    write_table("speed", "多快 / Speed", ["what", "measured", "to reach"], rows, note)


# --- the two sides ---------------------------------------------------------------------------------------------


def extraction() -> Callable[[str], object]:
    """Reading to records, as `extract.scan` does it, without the rows."""
    from extract.article import understand
    from extract.reading import read

    return lambda text: understand(read(text), "2020-06-01")


def lcut() -> Callable[[str], object]:
    import jieba

    jieba.setLogLevel(60)
    tokenizer = jieba.Tokenizer()
    tokenizer.initialize()
    return tokenizer.lcut


def in_turns(first: Callable[[str], object], second: Callable[[str], object], text: str) -> tuple[float, float]:
    """Best seconds of each, run alternately so that both see the same machine."""
    best = [float("inf"), float("inf")]
    for turn in range(ROUNDS + 1):
        for n, run in enumerate((first, second)):
            seconds = timed(run, text)
            if turn:  # the first round loads what is loaded once
                best[n] = min(best[n], seconds)
    return best[0], best[1]


def timed(run: Callable[..., object], *arguments: object) -> float:
    start = time.process_time()
    run(*arguments)
    return time.process_time() - start


# --- texts -----------------------------------------------------------------------------------------------------


def plain_text(size: int, seed: int = 5) -> str:
    """Paragraphs of the seeds in another order each time round, with other years and amounts, so that nothing repeats."""
    from extract.reading import decode, read

    paragraphs = []
    for path in sorted((ROOT / "seeds").glob("*.txt")):
        paragraphs += [line for line in read(decode(path.read_bytes())).text.split("\n") if len(line) > 20]
    draw = random.Random(seed)
    parts: list[str] = []
    length = 0
    while length < size:
        line = "".join(str(draw.randrange(1, 9)) if c in "3456789" else c for c in draw.choice(paragraphs))
        parts.append(line)
        length += len(line) + 1
    return "\n".join(parts)


def dense_text(size: int, seed: int = 6) -> str:
    """An amount every thirty characters, in wording of our own: what a statistical report reads like."""
    draw = random.Random(seed)
    cities = ("上海市", "宁波市", "武汉市", "深圳市", "成都市", "郑州市")
    things = ("快递业务量", "新签合同额", "出口总额", "电子商务交易额", "研发投入", "注册商家", "签约项目", "就业岗位")
    parts: list[str] = []
    length = 0
    while length < size:
        a, b = draw.randrange(100, 9999), draw.randrange(10, 400) / 10
        line = (
            f"{draw.randrange(2010, 2021)}年前{draw.choice('二三')}季度,{draw.choice(cities)}{draw.choice(things)}达{a / 10}亿元,同比增长{b}%;"
            f"其中{draw.choice(things)}超过{a}万件,占全市的{b}%。业内人士认为,消费回暖和政策支持共同推动了行业的稳定发展,"
            f"下一步各地将继续改善营商环境,新增企业{a}家的目标有望提前完成,居民的获得感也会随之提高。"
        )
        parts.append(line)
        length += len(line) + 1
    return "\n".join(parts)


# --- cost by finder, memory, growth ----------------------------------------------------------------------------


def cost_by_finder(text: str) -> dict[str, float]:
    """Seconds of each step over the seconds of one `jieba.lcut`."""
    from extract import article as whole
    from extract.actors import find_actors
    from extract.events import draft_events
    from extract.figures import draft_figures
    from extract.passages import split_passages
    from extract.places import find_places
    from extract.quantities import find_quantities
    from extract.reading import read
    from extract.times import find_times

    understood = whole.understand(read(text), "2020-06-01")
    read_text = understood.reading.text
    steps: dict[str, Callable[[], object]] = {
        "reading": lambda: read(text), "passages": lambda: split_passages(read_text),
        "quantities": lambda: find_quantities(read_text), "times": lambda: find_times(read_text, "2020-06-01"),
        "places": lambda: find_places(read_text), "actors": lambda: find_actors(read_text, understood.places),
        "figures": lambda: draft_figures(understood), "events": lambda: draft_events(understood),
    }  # fmt: skip
    cut = lcut()
    best: dict[str, float] = {}
    for _ in range(ROUNDS):
        best["cut"] = min(best.get("cut", 9e9), timed(cut, text))
        for name, step in steps.items():
            best[name] = min(best.get(name, 9e9), timed(step))
    return {name: best[name] / best["cut"] for name in steps}


def memory(text: str) -> float:
    """Bytes a character at the peak of one extraction."""
    run = extraction()
    run(text[:1000])
    tracemalloc.start()
    run(text)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak / len(text)


def growth_with_length() -> float:
    """Cost of a character in a single line of `LONGEST` over its cost in one of 10,000."""
    run = extraction()
    short = plain_text(10_000).replace("\n", "")
    long = plain_text(LONGEST).replace("\n", "")
    few = min(timed(run, short) for _ in range(ROUNDS)) / len(short)
    return timed(run, long) / len(long) / few


def growth(unit: str, length: int = 100_000) -> float:
    """Cost of `2 * length` characters of `unit` over the cost of `length`: 2 where time is linear."""
    run = extraction()
    one = min(timed(run, unit * (length // len(unit))) for _ in range(2))
    two = min(timed(run, unit * (2 * length // len(unit))) for _ in range(2))
    return two / max(one, 1e-4)


if __name__ == "__main__":
    sys.exit(main())
