"""GBK text that lost its step: `?!币晃恢…` is `。”一位知…`.

A converter looked for signs and words byte by byte, without asking where a character of two bytes begins, and put
something in between. The byte before it became `?`, and every character after it was read from the second half of
one and the first half of the next, until an ASCII byte that is itself a second half set the step right again:

    bytes   A1 A3  A1 B1  D2 BB  CE BB ...  D4 56        。 ” 一 位 ... 訴
    read    A1|A3 A1|B1 D2|BB CE|BB ...  D4|56           ?  ! 币 晃 ... V

So: take the characters after `?` as bytes again, put the lost byte in front, and read them in step. The lost byte
follows from what must stand there (。 before ”), from a pinyin note that was set inside a character
(`因?yàn)槭` is 因(驗 yàn)…為首: the note names the character made of 因's second byte and the lost one), or from the
only common word. Restores what is certain; what is not, is marked □ or as a guess. Full-width punctuation may have
been folded to ASCII since (！ to !), which is undone first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from extract.damage import TONES, find_notes
from extract.encodings import character_levels
from extract.offsets import Edit
from extract.script import simplify

_READINGS = Path(__file__).parent / "lexicon" / "readings.tsv"
UNKNOWN = "□"  # what editors print for a character that cannot be read
_RUN = 80  # characters; no run that was seen is half as long
_NOTE = rf"[a-zü]{{0,5}}[{TONES}][a-zü]{{0,5}}[)）]"


class Mend(NamedTuple):
    """One stretch that was out of step; `edits` replace it character by character."""

    start: int
    end: int
    text: str
    restored: bool
    edits: list[Edit]


class _Run(NamedTuple):
    """Characters read out of step: their bytes, where each stands, and what ended them."""

    data: bytes
    places: list[int]
    end: int  # behind the last character
    last: str  # "ascii": a second half; "torn": a `?` that holds a first half without its second; "": neither


def mend(text: str) -> list[Mend]:
    """Every stretch of `text` that can be brought back in step, in order, without overlaps."""
    mends: list[Mend] = []
    done = 0
    noted = _Noted(text)
    for found in _signs().finditer(text):
        if found.start() < done:
            continue
        mended = _debris(found) if found["debris"] else _mend_at(text, found, noted)
        if mended:
            mends.append(mended)
            done = mended.end
    return mends


@cache
def _signs() -> re.Pattern[str]:
    # Where a run may begin: `?!` before a character of two bytes or another torn one, `?yàn)` behind a Han character
    # (and perhaps its own note), and what is left of an end tag.
    return re.compile(
        rf"\?(?:(?P<stop>[!！])(?=[^\x00-\x7f]|\?/?[A-Za-z]|\?{_NOTE})|(?P<note>{_NOTE})|(?P<debris>/[A-Za-z][A-Za-z0-9]{{0,10}}>))"
    )


def _debris(found: re.Match[str]) -> Mend:
    """`?/FONT>`: a torn byte took the `<` with it. What the byte began cannot be known."""
    return Mend(found.start(), found.end(), UNKNOWN, False, [Edit(found.start(), found.end(), UNKNOWN)])


def _mend_at(text: str, found: re.Match[str], noted: _Noted) -> Mend | None:
    start = found.start()
    if found["stop"]:  # 。 before a closing or an opening quote
        return _in_step(text, start, start + 1, [b"\xa1"], re.compile("。(?:$|[”“’‘》」』】])"), noted)
    firsts = _bytes_of_note(text, start, noted.characters(found["note"]))
    return _in_step(text, start, found.end(), firsts, re.compile("."), noted)


def _read_run(text: str, at: int) -> _Run:
    data, places = bytearray(), []
    for i in range(at, min(at + _RUN, len(text))):
        char = text[i]
        if char == "€" or "@" <= char <= "~":  # 0x80 and 0x40-0x7E are second halves
            data.append(0x80 if char == "€" else ord(char))
            return _Run(bytes(data), places, i + 1, "ascii")
        if char == "?":
            return _Run(bytes(data), places, i, "torn")
        folded = "!" <= char < "@"  # punctuation that was full-width: A3 and the same byte with its high bit
        pair = bytes((0xA3, ord(char) | 0x80)) if folded else char.encode("gb18030", "ignore")
        if len(pair) != 2:
            break
        data += pair
        places.append(i)
    return _Run(bytes(data), places, at, "")


def _in_step(text: str, start: int, behind: int, firsts: list[bytes], opens: re.Pattern[str], noted: _Noted) -> Mend | None:
    """The run at `behind` with its lost byte in front, if that makes better Chinese; text[start:behind] held that byte."""
    run = _read_run(text, behind)
    if not run.last or not firsts:
        return None
    whole = {first: _decode(first + (run.data if run.last == "ascii" else run.data[:-1])) for first in firsts}
    first = max(whole, key=lambda f: _commonness(whole[f]))
    restored, end, certain, proven = whole[first], run.end, True, False
    if not opens.match(restored) or not (run.last == "torn" or _convinces(text[start:end], restored)):
        return None
    if run.last == "torn":
        end, char, certain = _torn(text, run.end, run.data[-1:], text[max(0, start - 1) : start] + restored, noted)
        proven = certain and text[end - 1] in ")）"  # its own note says the same
        restored += char
    if not proven and not _convinces(text[start:end], restored):
        return None
    return Mend(start, end, restored, certain, list(_character_edits(start, behind, run.places, end, restored)))


def _decode(data: bytes) -> str:
    """`data` as GBK, if every character of it has two bytes; else nothing."""
    try:
        read = data.decode("gb18030")
    except UnicodeDecodeError:
        return ""
    return read if len(read) * 2 == len(data) else ""


def _commonness(text: str) -> float:
    return sum(character_levels().get(char, 0) for char in text) / max(1, len(text))


def _convinces(stood: str, restored: str) -> bool:
    """Whether what was restored is Chinese, and what stood there is less so."""
    known = restored.replace(UNKNOWN, "")
    before = "".join(char for char in stood if char > "\x7f" and char not in TONES)
    return bool(known) and _commonness(known) >= max(9.5, _commonness(before) + 1.5 if before else 0)


def _torn(text: str, at: int, head: bytes, before: str, noted: _Noted) -> tuple[int, str, bool]:
    """What the `?` that ends a run was: the end of the stretch, the character that begins with `head`, whether that is certain."""
    note = re.compile(rf"\?({_NOTE})").match(text, at)
    if note:
        known = [char for char in noted.characters(note[1]) if char.encode("gb18030")[:1] == head]
        return note.end(), known[0] if known else UNKNOWN, len(known) == 1
    tag = re.compile(r"\?/?[A-Za-z][A-Za-z0-9]{0,10}>").match(text, at)
    end = tag.end() if tag else at + 1
    if head == b"\xa1" and before.endswith("。"):  # 。” at the end of a paragraph; nothing else of that row can stand there
        return end, "”", bool(tag)
    char, ratio = _only_word(before[-1:], head)
    if ratio < 5:
        return end, UNKNOWN, False
    return end, char, ratio >= 20


def _character_edits(start: int, behind: int, places: list[int], end: int, restored: str) -> Iterator[Edit]:
    """Each restored character from one raw character: the first from the torn one, the last also from what ended the run."""
    starts = [start, *places][: len(restored)]
    ends = [behind if len(starts) > 1 else end, *(place + 1 for place in places)]
    for i, char in enumerate(restored):
        last = i == len(restored) - 1
        yield Edit(starts[i], end if last else ends[i], char)


# --- what a note or a word says about a lost byte ----------------------------------------------------------------


class _Noted:
    """Which characters have a reading: those that the same text reads so, then those of the table."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._by_reading: dict[str, list[str]] | None = None

    def characters(self, note: str) -> list[str]:
        """Characters of two bytes in GBK that a note such as `yàn)` may stand behind."""
        if self._by_reading is None:
            self._by_reading = {}
            for start, _, reading in find_notes(self._text):
                self._by_reading.setdefault(reading, []).append(self._text[start])
        reading = note.rstrip(")）")
        known = dict.fromkeys([*self._by_reading.get(reading, ()), *_readings().get(reading, "")])
        return [char for char in known if len(char.encode("gb18030", "ignore")) == 2]


def _bytes_of_note(text: str, at: int, characters: list[str]) -> list[bytes]:
    """The bytes that, behind the second half of the character before `at`, make one of `characters`."""
    note = re.compile(rf"[(（][a-zü{TONES}]{{1,6}}[)）]$").search(text, max(0, at - 9), at)
    before = text[max(0, at - 10) : note.start() if note else at][-1:]
    half = before.encode("gb18030", "ignore")[1:]
    pairs = [char.encode("gb18030") for char in characters]
    return list(dict.fromkeys(pair[1:] for pair in pairs if len(half) == 1 and pair[:1] == half))


@cache
def _readings() -> dict[str, str]:
    lines = _READINGS.read_text(encoding="utf-8").splitlines()
    return dict(line.split("\t") for line in lines if not line.startswith("#"))


@lru_cache(4096)
def _only_word(before: str, head: bytes) -> tuple[str, float]:
    """The likeliest character of that first byte behind `before`, and how many times likelier than the next it is."""
    words = _words_of_two().get(simplify(before), {})
    counts: list[tuple[int, str]] = []
    for second in [*range(0x40, 0x7F), *range(0x80, 0xFF)]:
        char = _decode(head + bytes((second,)))
        if char and (count := words.get(simplify(char), 0)):
            counts.append((count, char))
    counts.sort(reverse=True)
    if not counts:
        return UNKNOWN, 0.0
    return counts[0][1], counts[0][0] / (counts[1][0] if len(counts) > 1 else 1)


@cache
def _words_of_two() -> dict[str, dict[str, int]]:
    """First character, second character, count of the words of two characters in jieba's list. The package stays unloaded."""
    words: dict[str, dict[str, int]] = {}
    jieba = find_spec("jieba")
    if jieba and jieba.submodule_search_locations:
        listed = Path(jieba.submodule_search_locations[0], "dict.txt").read_text(encoding="utf-8")
        for first, second, count in re.findall(r"^(.)(.) (\d+) ", listed, re.M):
            words.setdefault(first, {})[second] = int(count)
    return words
