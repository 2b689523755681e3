"""Words of an archive that run from right to left, kept apart in its index as `dashboard.bidi` keeps those of YAML.

Done where the index is made: names are then one and the same in lists, charts, filters and links. Most archives have
none, which one look through the words tells. Quotes, articles and ids stay as they are.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dashboard.bidi import TURNS, isolate

if TYPE_CHECKING:
    import duckdb

# What is shown beside other words, by table of the index; lists of names behind.
WORDS = ("title", "measure", "amount", "unit", "date_from", "as_of_from", "during", "speaker", "data_from")
NAMES = ("actors", "places")
ARTICLE = ("title", "publisher")
# As RE2 writes it; hexadecimal, so that no invisible character stands in a query.
_PATTERN = "[" + "".join(f"\\x{{{ord(c):x}}}" if c != "-" else c for c in TURNS[1:-1]) + "]"


def isolate_words(con: duckdb.DuckDBPyConnection) -> None:
    """Rewrite `word` and `source` before names are numbered."""
    _isolate_table(con, "word", WORDS, NAMES)
    _isolate_table(con, "source", ARTICLE, ())


def _isolate_table(con: duckdb.DuckDBPyConnection, table: str, texts: Sequence[str], lists: Sequence[str]) -> None:
    joined = {**{name: name for name in texts}, **{name: f"array_to_string({name}, ' ')" for name in lists}}
    every = f"concat_ws(' ', {', '.join(joined.values())})"
    if not con.execute(f"SELECT 1 FROM {table} WHERE regexp_matches({every}, ?) LIMIT 1", [_PATTERN]).fetchall():
        return
    for name, words in joined.items():
        found = [old for (old,) in con.execute(f"SELECT DISTINCT {name} FROM {table} WHERE regexp_matches({words}, ?)", [_PATTERN]).fetchall()]
        if found:
            apart = [[isolate(one) for one in old] if isinstance(old, list) else isolate(old) for old in found]
            con.execute("CREATE OR REPLACE TEMP TABLE turned AS SELECT unnest(?) AS old, unnest(?) AS new", [found, apart])
            con.execute(f"UPDATE {table} SET {name} = turned.new FROM turned WHERE {table}.{name} = turned.old")
            con.execute("DROP TABLE turned")
