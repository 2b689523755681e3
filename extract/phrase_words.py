"""The words a Chinese noun phrase is made of, and the bounds of a clause.

Knows which words join, lead in and end a phrase, on the pieces of one sentence. Word tags are hints, so every stop word that
matters is named here or in `lexicon/measures.yaml`. Leaves out how far a phrase reaches (`phrase_before.py`,
`phrase_behind.py`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.mentions import Quantity
from extract.pieces import Mark, Piece

LONGEST = 26  # characters a phrase may reach back; a card shows about half of that

BREAKS = frozenset(",，;；:：。！？!?\n—…| \u3000")
OPEN, CLOSE = "（(", "）)"
_BOUNDS = BREAKS | {*OPEN, *CLOSE}
QUOTES = frozenset("“”\"‘’《》「」『』【】")
JOINS = frozenset("和与及或暨兼、")
# Adverbs that are part of a name: 日均出入境旅客, 未使用互联网的人口, 特别国债.
NAMING_ADVERBS = frozenset(["非", "未", "不", "没有", "最", "新", "总", "净", "均", "全", "日均", "月均", "年均", "累计", "平均", "共同", "直接", "相关", "特别", "人均", "户均", "互动"])
NO_HEADS = frozenset(["中", "内", "里", "上", "下", "间", "方面", "背景", "情况", "基础", "过程", "之内", "以上", "以下", "左右", "此", "该", "其", "为止", "等"])
NOUNISH = frozenset(["n", "b", "a", "j", "l", "i", "f", "s", "an", "vn", "nr", "ns", "nt", "nz", "ng", "g", "k", "h", "eng", "q", "z", "nrt", "nrfg", "vg", "m", "ad", "tg", "zg"])
PLAIN = frozenset(["n", "nz", "ns", "nt", "vn", "j", "l", "nr"])  # the most of a phrase, and never anything else
HELPERS = frozenset([
    "能", "会", "要", "可以", "将", "能够", "应", "应该", "可", "可能", "必须", "需", "需要", "想", "愿意", "正", "便", "就", "才", "已", "已经",
    "都", "也", "还", "又", "再", "却", "则", "而", "仍", "仍然", "首次", "首度", "再度", "同步", "双双", "史上", "再次",
    "一直", "持续", "正式", "初步", "合计", "总共", "一共", "大约", "大概", "目前", "已达", "均", "分别", "共", "或", "即", "有所", "还会", "还将", "也将", "将会", "仍将", "也会", "都会",
])  # fmt: skip
FORESEEING = frozenset(["可望", "预计", "预测", "估计", "预估", "有望", "计划", "希望", "力争", "拟", "打算", "争取", "料", "承诺", "认为", "显示", "表示"])
# What stands behind them is said: 声称|各个平台一共有300万订户.
SAYING = frozenset(["声称", "宣称", "自称", "称", "指出", "透露", "坦言", "强调", "介绍", "宣布", "直言", "告诉", "获悉", "说"])
LEADS_IN = HELPERS | FORESEEING | {"一度", "历来", "共计", "总计", "累计", "最初", "现时", "原本", "本来", "不会", "小幅", "大幅", "略微", "轻微", "逆势", "稳步", "显著", "明显"}


def unit_of(piece: Piece) -> str:
    return piece.mention.unit if isinstance(piece, Mark) and isinstance(piece.mention, Quantity) else ""


def is_break(piece: Piece) -> bool:
    return piece.text in BREAKS


def clause_bounds(pieces: Sequence[Piece], i: int) -> tuple[int, int]:
    """Indexes (low, high) of the clause around pieces[i]; brackets close a clause off as commas do."""
    depth, stop = 0, len(pieces)
    for high in range(i + 1, stop):
        text = pieces[high].text
        if text in _BOUNDS:
            if text in BREAKS or (text in CLOSE and depth == 0):
                return clause_start(pieces, i), high
            depth += 1 if text in OPEN else -1
    return clause_start(pieces, i), stop


def clause_start(pieces: Sequence[Piece], i: int) -> int:
    """Index of the first piece of the clause in which pieces[i] stands."""
    depth = 0
    for j in range(i - 1, -1, -1):
        text = pieces[j].text
        if text in _BOUNDS:
            if text in BREAKS or (text in OPEN and depth == 0):
                return j + 1
            depth += 1 if text in CLOSE else -1
    return 0


_PAIRED = re.compile(r"[“”‘’（）()《》「」『』【】]")
_PAIRS = ("“”", "‘’", "（）", "()", "《》", "「」", "『』", "【】")
_QUOTED = re.compile("“[^“”]*”|「[^「」]*」|『[^『』]*』|【[^【】]*】")


def balanced(text: str) -> str:
    """The text without the brackets and quotes that stand alone in it."""
    if _PAIRED.search(text) is None:
        return text
    for opening, closing in _PAIRS:
        if text.count(opening) != text.count(closing):
            text = text.replace(opening, "").replace(closing, "")
    return text


def without_quotes(text: str) -> str:
    """The words of “三好”; “三好”学生 keeps its quotes."""
    return text[1:-1] if _QUOTED.fullmatch(text) else text
