"""Bytes as an article, mutated towards code not yet reached: what `bench.fuzz` runs where atheris is installed.

The arguments are libFuzzer's: `python -m bench.fuzz_bytes -max_total_time=60`.
"""

from __future__ import annotations

import sys
from importlib import import_module
from typing import Any

atheris: Any = import_module("atheris")  # not on every machine, so not among the dependencies

with atheris.instrument_imports(include=["extract.reading", "extract.edtf", "extract.encodings", "extract.markup", "extract.page_tags", "extract.page_article", "extract.wrappers", "extract.markdown", "extract.damage", "curated.yaml_nodes", "curated.document", "curated.reader", "curated.story", "curated.names"]):
    import extract.edtf
    import extract.reading
    from curated.document import read_document
    from curated.names import Names, read_names
    from curated.reader import read_records
    from curated.story import read_story

from bench.fuzz import try_reading  # noqa: E402

_NAMES = ("a.txt", "a.html", "a.md", "a.json")


def try_bytes(data: bytes) -> None:
    if not data:
        return
    if data[0] & 1:
        try_reading(data[1:], _NAMES[(data[0] >> 1) % len(_NAMES)])
        return
    text = data[1:].decode("utf-8", "replace")
    read_records(read_document(text), "a", "a.yaml", Names())
    read_story(text)
    read_names({"actors": text, "places": text})
    extract.edtf.parse_edtf(text)


if __name__ == "__main__":
    atheris.Setup(sys.argv, try_bytes)
    atheris.Fuzz()
