"""What an archive looks like on disk: tables, columns, types, file names, and when a file counts.

    ARCHIVE/
      archive.json                            {"format": "youju-archive", "version": 1}; a folder without it is no archive
      facts/year=2019/part-<name>.parquet     one row a record (event or figure)
      articles/part-<name>.parquet            one row an article; its presence commits every part of the same <name>
      failures/part-<name>.parquet            one row an input that gave no article, with the reason; absent where none
      duplicates.parquet                      one row an article that is told more than once; absent before the first run ends

Commit rule: a chunk of articles is written as `facts/*/part-<name>.parquet`, then `failures/part-<name>.parquet`, then
`articles/part-<name>.parquet`; each under a name that starts with a dot, then renamed. Parts of facts or failures whose
`articles/part-<name>.parquet` is missing were left by a run that was killed: readers pass over them, and the next run
removes them. A chunk without articles still has its (empty) part in `articles/`. The part of a fact's article has the
fact's own file name, so evidence needs to open one file.

`year` stands in the path only (Hive style): the year of `earliest`, else of `latest`, of the record's own date; 0 for
records without one. A record of 2015/2018 stands under 2015: pruning by year needs `year <= to`, with `latest` checked
on the rows. Inside a part facts are sorted by `earliest`, articles by `id`.

Knows no library at import; `schema` needs pyarrow. Leaves out reading and writing.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pyarrow as pa

    from extract.edtf import Edtf

MANIFEST = "archive.json"
FORMAT, VERSION = "youju-archive", 1
FACTS, ARTICLES, FAILURES, DUPLICATES = "facts", "articles", "failures", "duplicates.parquet"
UNDATED = 0  # the year of records without a date
FACT_GROUP, ARTICLE_GROUP = 122_880, 2_000  # rows of a row group at most

# The fields of the scan format (README, contract of `python -m extract scan`) for figures and events, then what an
# archive adds. Text fields that say nothing are "", never null; numbers and days that are not known are null.
FACT_COLUMNS: Mapping[str, str] = {
    "id": "string",  # e-… or f-… with 13 characters; made from source, mark and ordinal, the same in every run
    "kind": "string",  # event, figure
    "start": "int32", "end": "int32", "text": "string",  # the mark: raw span and reading text
    "quote_start": "int32", "quote_end": "int32", "quote": "string",
    "date": "string", "date_from": "string", "title": "string", "type": "string",  # events
    "value": "double", "low": "double", "high": "double", "unit": "string", "bound": "string",  # figures
    "measure": "string", "amount": "string", "as_of": "string", "as_of_from": "string", "during": "string",
    "modality": "string", "change": "string", "data_from": "string",
    "speaker": "string", "actors": "list<string>", "places": "list<string>",  # both; places as adcodes
    "earliest": "date32", "latest": "date32",  # first and last day of `date` or `as_of`; null where open or unknown
    "source": "string",  # id of the article
    "source_hash": "string",
    "source_title": "string", "publisher": "string", "published": "string", "url": "string",
}  # fmt: skip

ARTICLE_COLUMNS: Mapping[str, str] = {
    "id": "string",
    "hash": "string",  # 32 hexadecimal digits: BLAKE2b of the text and of what was given with it
    "published": "string",  # EDTF, "" where unknown
    "title": "string", "publisher": "string", "url": "string",
    "text": "string",  # the article as it came, offsets of its facts count its code points
    "facts": "int32",  # how many records it gave
    "signature": "binary",  # MinHash of its clauses and numbers, as rensa writes it; empty where there are too few
    "clauses": "binary",  # the same as hashes, to compare two articles: see `duplicates.pack`
}  # fmt: skip

FAILURE_COLUMNS: Mapping[str, str] = {
    "id": "string",  # "" where the row gave none
    "hash": "string",  # "" where it is tried again by the next run
    "input": "string",  # file, and line or record where there is one
    "reason": "string",  # in Chinese, then " / " and in English
}

DUPLICATE_COLUMNS: Mapping[str, str] = {
    "id": "string",  # an article
    "group": "string",  # id of the telling in front: the earliest published, then the smallest id
    "similarity": "float",  # share of wording in common with the one in front; 1 for itself
    "lead": "bool",  # whether it is the one in front; counting sources means counting articles where this is not false
}  # fmt: skip

TABLES = {FACTS: FACT_COLUMNS, ARTICLES: ARTICLE_COLUMNS, FAILURES: FAILURE_COLUMNS, "duplicates": DUPLICATE_COLUMNS}


def schema(table: str) -> pa.Schema:
    """The Arrow schema of `facts`, `articles`, `failures` or `duplicates`."""
    import pyarrow as pa

    types = {
        "string": pa.string(), "int32": pa.int32(), "double": pa.float64(), "float": pa.float32(), "bool": pa.bool_(),
        "date32": pa.date32(), "list<string>": pa.list_(pa.string()), "binary": pa.binary(),
    }  # fmt: skip
    return pa.schema([(name, types[kind]) for name, kind in TABLES[table].items()])


def part_name(stamp: str, token: str) -> str:
    """`part-20260102T030405-1f2e3d4c.parquet`; names sort by time."""
    return f"part-{stamp}-{token}.parquet"


def year_of(earliest: date | None, latest: date | None) -> int:
    """The partition of a record."""
    known = earliest or latest
    return known.year if known else UNDATED


def days_of(edtf: Edtf | None) -> tuple[date | None, date | None]:
    """First and last day, None where the interval is open or nothing is known."""
    if edtf is None:
        return None, None
    return edtf.earliest, edtf.latest
