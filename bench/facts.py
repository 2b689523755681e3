"""Archives of any size in the layout of `extract.archive.layout`, made column by column: for benches of the page.

Every quote stands in the stored article at its span, dates, amounts, places and parties are drawn by a seeded
generator, and a twentieth of the articles is a second copy. Names are invented; places are the cities of China.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute
import pyarrow.parquet as pq

from bench.stories import DEEDS, MEASURES, QUALIFIERS
from extract.archive import layout
from extract.divisions import divisions

pc: Any = pyarrow.compute  # its functions are made when it is loaded, unseen by type checkers

PART = 500_000  # facts of one part
PER_ARTICLE = 10
YEARS = (2008, 2022)
KINDS = ("公司", "集团", "科技", "股份", "银行", "物流")


def write_archive(out: Path, facts: int, seed: int = 11) -> Path:
    """Write an archive of `facts` records, half events and half figures; returns its folder, which must not exist."""
    (out / layout.ARTICLES).mkdir(parents=True)
    (out / layout.MANIFEST).write_text(json.dumps({"format": layout.FORMAT, "version": layout.VERSION}), encoding="utf-8")
    draw = np.random.default_rng(seed)
    for number, first in enumerate(range(0, facts, PART)):
        _write_part(out, number, first, min(PART, facts - first), draw)
    _write_duplicates(out, (facts + PER_ARTICLE - 1) // PER_ARTICLE)
    return out


def _write_part(out: Path, number: int, first: int, size: int, draw: np.random.Generator) -> None:
    name = layout.part_name("20260101T000000", f"{number:08d}")
    facts = _facts(first, size, draw)
    articles, facts = _articles(facts, first // PER_ARTICLE)
    years = pc.fill_null(pc.year(facts["earliest"]), layout.UNDATED).to_numpy()
    for year in np.unique(years):
        rows = facts.filter(pa.array(years == year)).sort_by([("earliest", "ascending")])
        folder = out / layout.FACTS / f"year={year}"
        folder.mkdir(parents=True, exist_ok=True)
        pq.write_table(rows, folder / name, compression="zstd", row_group_size=layout.FACT_GROUP)
    pq.write_table(articles, out / layout.ARTICLES / name, compression="zstd", row_group_size=layout.ARTICLE_GROUP)


def _facts(first: int, size: int, draw: np.random.Generator) -> dict[str, Any]:
    """The columns of `size` records, offsets still within the record's own sentence."""
    number = np.arange(first, first + size)
    figure = number % 2 == 1
    year, month, day = draw.integers(YEARS[0], YEARS[1] + 1, size), draw.integers(1, 13, size), draw.integers(1, 28, size)
    dated = ~(figure & (draw.random(size) < 0.1))
    actor, other = _companies(draw, size), _companies(draw, size)
    code, city = _cities(draw, size)
    verb = draw.choice(sorted(DEEDS), size)
    kind = pa.array([DEEDS[v][0] for v in sorted(DEEDS)]).take(pa.array(np.searchsorted(sorted(DEEDS), verb)))
    tail = pa.array([DEEDS[v][1].split("{other}")[-1] if "{other}" in DEEDS[v][1] else DEEDS[v][1] for v in sorted(DEEDS)])
    deed = _if(pa.array(np.isin(verb, ["签署"])), _join("与", other, "签署合作协议"),
               _if(pa.array(np.isin(verb, ["收购"])), _join("收购", other, "的门店"), tail.take(pa.array(np.searchsorted(sorted(DEEDS), verb)))))  # fmt: skip
    day_words = _join(_text(year), "年", _text(month), "月", _text(day), "日")
    month_words = _join(_text(year), "年", _text(month), "月")
    n = draw.integers(2, 9999, size)
    word = draw.choice(sorted(QUALIFIERS), size)
    amount, measure = _join(_text(n), "万家"), pa.array(draw.choice(MEASURES, size))
    said = _join(pa.array(word), amount)
    title = _join(actor, "在", city, deed)
    event_head = _join(day_words, "，", actor, "在", city, _if(pa.array(verb == "签署"), _join("与", other), ""))
    figure_head = _join(_if(pa.array(dated), _join("截至", month_words, "，"), ""), actor, "在", city, "的", measure, "数量为", pa.array(word))
    quote = _if(pa.array(figure), _join(figure_head, amount), _join(day_words, "，", title))
    head = pc.utf8_length(_if(pa.array(figure), figure_head, event_head))
    mark = _if(pa.array(figure), amount, pa.array(verb))
    stamp = _join(_text(year), "-", _pad(month))
    blank = pa.array([""] * size)
    begin = _days(year, month, np.where(figure, 1, day))
    end = _if(pa.array(figure), _days(year + (month == 12), month % 12 + 1, np.ones(size, int), minus=1), begin)
    both = pa.array(figure & dated)
    return {
        "id": _join(_if(pa.array(figure), "f-", "e-"), pc.utf8_lpad(_text(number), 13, "0")),
        "kind": _if(pa.array(figure), "figure", "event"),
        "start": head, "end": pc.add(head, pc.utf8_length(mark)), "text": mark,
        "quote_start": pa.array(np.zeros(size, np.int32)), "quote_end": pc.utf8_length(quote), "quote": quote,
        "date": _if(pa.array(figure), blank, _join(stamp, "-", _pad(day))), "date_from": _if(pa.array(figure), blank, day_words),
        "title": _if(pa.array(figure), blank, title), "type": _if(pa.array(figure), blank, kind),
        "value": _if(pa.array(figure), pa.array(n * 10_000.0), pa.scalar(None, pa.float64())),
        "low": pa.nulls(size, pa.float64()), "high": pa.nulls(size, pa.float64()),
        "unit": _if(pa.array(figure), "家", ""),
        "bound": _if(pa.array(figure), pa.array([QUALIFIERS[w] for w in sorted(QUALIFIERS)]).take(pa.array(np.searchsorted(sorted(QUALIFIERS), word))), ""),
        "measure": _if(pa.array(figure), measure, blank), "amount": _if(pa.array(figure), said, blank),
        "as_of": _if(both, stamp, ""), "as_of_from": _if(both, month_words, ""), "during": blank,
        "modality": _if(pa.array(figure), "actual", ""), "change": blank, "data_from": blank, "speaker": blank,
        "actors": _lists(actor, other, pa.array(~figure & np.isin(verb, ["签署", "收购"]))), "places": _lists(code, code, pa.array(np.zeros(size, bool))),
        "earliest": _if(pa.array(dated), begin, pa.scalar(None, pa.date32())), "latest": _if(pa.array(dated), end, pa.scalar(None, pa.date32())),
    }  # fmt: skip


def _articles(facts: dict[str, Any], first: int) -> tuple[pa.Table, pa.Table]:
    """The articles that hold the sentences, and the facts with their places in them."""
    size = len(facts["quote"])
    owner = np.arange(size) // PER_ARTICLE
    count = int(owner[-1]) + 1
    number = np.arange(first, first + count)
    title = _join("第", _text(number + 1), "期经济观察")
    starts = np.append(np.arange(0, size, PER_ARTICLE), size)
    body = pc.binary_join(pa.ListArray.from_arrays(pa.array(starts, pa.int32()), facts["quote"]), "。\n")
    texts = _join(title, "\n", body, "。\n")
    lengths = pc.utf8_length(facts["quote"]).to_numpy(zero_copy_only=False) + 2
    before = np.cumsum(lengths) - lengths
    lead = pc.utf8_length(title).to_numpy(zero_copy_only=False) + 1
    shift = before - before[starts[:-1]][owner] + lead[owner]
    for name in ("start", "end", "quote_start", "quote_end"):
        facts[name] = pc.cast(pc.add(facts[name], pa.array(shift)), pa.int32())
    latest = _days(np.full(count, YEARS[1] + 1), np.ones(count, int), 1 + number % 28)
    articles = {
        "id": _join("a", pc.utf8_lpad(_text(number), 9, "0")), "hash": pc.utf8_lpad(_text(number), 32, "0"),
        "published": pc.strftime(latest, "%Y-%m-%d"), "title": title,
        "publisher": _join("观察周刊", _text(number % 50)), "url": _join("https://example.org/", _text(number)), "text": texts,
        "facts": pa.array(np.diff(starts), pa.int32()), "signature": pa.array([b""] * count), "clauses": pa.array([b""] * count),
    }  # fmt: skip
    of = pa.array(owner)
    facts |= {"source": articles["id"].take(of), "source_hash": articles["hash"].take(of), "source_title": title.take(of)}
    facts |= {name: articles[name].take(of) for name in ("publisher", "published", "url")}
    return _table(articles, layout.ARTICLES), _table(facts, layout.FACTS)


def _write_duplicates(out: Path, articles: int) -> None:
    """Every twentieth article is a copy of the one before it."""
    copies = np.arange(1, articles, 20)
    pair = np.stack([copies - 1, copies], axis=1).ravel()
    front = np.repeat(copies - 1, 2)
    rows = {
        "id": _join("a", pc.utf8_lpad(_text(pair), 9, "0")), "group": _join("a", pc.utf8_lpad(_text(front), 9, "0")),
        "similarity": pa.array(np.where(pair == front, 1.0, 0.9), pa.float32()), "lead": pa.array(pair == front),
    }  # fmt: skip
    pq.write_table(_table(rows, "duplicates"), out / layout.DUPLICATES, compression="zstd")


def _table(columns: dict[str, Any], name: str) -> pa.Table:
    schema = layout.schema(name)
    return pa.table([pc.cast(columns[field.name], field.type) for field in schema], schema=schema)


def _companies(draw: np.random.Generator, size: int) -> pa.Array:
    """Few names often, many seldom: two thousand companies."""
    first = np.minimum(draw.zipf(1.3, size) - 1, 1999)
    letters = "云远晨海北青江百金明天大新东华长"
    names = [f"{letters[i % 16]}{letters[i // 16 % 16]}{'一二三四五六七八'[i // 256]}{KINDS[i % 6]}" for i in range(2000)]
    return pa.array(names).take(pa.array(first))


def _cities(draw: np.random.Generator, size: int) -> tuple[pa.Array, pa.Array]:
    cities = [(code, entry.name) for code, entry in divisions().items() if code.endswith("00") and not code.endswith("0000")]
    at = pa.array(np.minimum(draw.zipf(1.2, size) - 1, len(cities) - 1) * 7 % len(cities))
    return pa.array([code for code, _ in cities]).take(at), pa.array([name for _, name in cities]).take(at)


def _if(mask: pa.Array, yes: Any, no: Any) -> Any:
    return pc.if_else(mask, yes, no)


def _join(*parts: Any) -> Any:
    return pc.binary_join_element_wise(*parts, "")


def _text(numbers: Any) -> Any:
    return pc.cast(pa.array(numbers), pa.string())


def _pad(numbers: Any) -> Any:
    return pc.utf8_lpad(_text(numbers), 2, "0")


def _days(year: Any, month: Any, day: Any, minus: int = 0) -> pa.Array:
    months = (np.asarray(year) - 1970) * 12 + np.asarray(month) - 1
    days = months.astype("datetime64[M]").astype("datetime64[D]") + (np.asarray(day) - 1 - minus)
    return pa.array(days, pa.date32())


def _lists(one: pa.Array, two: pa.Array, both: pa.Array) -> pa.ListArray:
    """One or two values a row."""
    mask = both.to_numpy(zero_copy_only=False)
    size = 1 + mask.astype(int)
    ends = np.cumsum(size)
    index = np.repeat(np.arange(len(mask)), size)
    second = np.zeros(len(index), bool)
    second[(ends - 1)[mask]] = True
    values = _if(pa.array(second), two.take(pa.array(index)), one.take(pa.array(index)))
    return pa.ListArray.from_arrays(pa.array(np.append(0, ends), pa.int32()), values)
