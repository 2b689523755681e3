"""Bytes of an article file -> text.

Knows the encodings Chinese news comes in: UTF-8, UTF-16 with a byte order mark, GB18030 (with GBK and GB2312) and
Big5 (with the Hong Kong characters), tells them apart in texts as short as a headline, and says in Chinese why a
file is no text. Line ends stay as they are: offsets count what stands in the file.
Leaves out Shift-JIS, EUC-KR and UTF-16 without a mark: their bytes are also valid GB18030 and would be guesses.
"""

from __future__ import annotations

import codecs
import os
import re
import sys
from functools import cache
from pathlib import Path

_FREQUENCY = Path(__file__).parent / "lexicon" / "frequency.tsv"
MAX_BYTES = 16 << 20  # an article is a few kilobytes, a saved page with its pictures inside a few megabytes
_SAMPLE = 20_000  # bytes looked at to tell encodings apart
_TORN = 0.01  # share of torn characters up to which a text still reads as one


class ReadingError(ValueError):
    """The file cannot be read as an article; the message says why, in Chinese, and what to do; `texts` in both languages."""

    def __init__(self, chinese: str, english: str) -> None:
        super().__init__(chinese)
        self.texts = {"zh": chinese, "en": english}


_PICTURE = ("这是图片，不是文字", "a picture, not text")
# What people drop beside their articles, by first bytes.
_FORMATS = {
    b"%PDF": ("这是 PDF 文件，不是文字；请先另存为文本（UTF-8）", "a PDF file, not text; save it as text (UTF-8) first"),
    b"PK\x03\x04": ("这是压缩文件（或 docx、xlsx），不是文字；请先另存为文本（UTF-8）", "a compressed file (or docx, xlsx), not text; save it as text (UTF-8) first"),
    b"\xd0\xcf\x11\xe0": ("这是 Word、Excel 的旧格式文件，不是文字；请先另存为文本（UTF-8）", "an old Word or Excel file, not text; save it as text (UTF-8) first"),
    b"\x1f\x8b": ("这是 gzip 压缩文件；请先解压", "a gzip file; unpack it first"),
    b"\x89PNG": _PICTURE,
    b"\xff\xd8\xff": _PICTURE,
    b"GIF8": _PICTURE,
    b"{\\rtf": ("这是 RTF 文件；请先另存为文本（UTF-8）", "an RTF file; save it as text (UTF-8) first"),
}


def start_in_utf8() -> None:
    """Begin this command anew in UTF-8 mode where the machine's locale (de_DE, zh_CN.GB18030) reads file names otherwise.

    Names of articles are part of ids and links: they must be the same on every machine.
    """
    if sys.getfilesystemencoding() != "utf-8":
        os.execv(sys.executable, [sys.executable, "-X", "utf8", *sys.orig_argv[1:]])


def decode(raw: bytes) -> str:
    """The text of a file, line ends untouched, a byte order mark not counted.

    Raises ReadingError for an empty file, a binary or a huge one, and one whose encoding cannot be told.
    """
    if len(raw) > MAX_BYTES:
        raise ReadingError(f"文件超过 {MAX_BYTES >> 20} MB，不像一篇文章；请拆成单篇", f"more than {MAX_BYTES >> 20} MB, hardly one article; split it")
    if not raw.strip(b" \t\r\n"):
        raise ReadingError("文件是空的；请放入文章正文，或删去这个文件", "the file is empty; put the article in, or delete the file")
    for magic, reason in _FORMATS.items():
        if raw.startswith(magic):
            raise ReadingError(*reason)
    marked = _marked(raw)
    if marked is not None:
        return marked
    if b"\0" in raw:
        raise ReadingError("文件里有 NUL 字节，像是二进制文件，或没有 BOM 的 UTF-16；请另存为 UTF-8", "NUL bytes: a binary file, or UTF-16 without a BOM; save it as UTF-8")
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as problem:
        text = _guess(raw, problem.start)
    else:
        text = _mistaken_for_utf8(raw) or text
    if _is_binary(text):
        raise ReadingError("文件里多是控制字符，像是二进制文件，不是文章", "mostly control characters: a binary file, not an article")
    return text


def _marked(raw: bytes) -> str | None:
    """The text of a file with a byte order mark."""
    if raw.startswith(codecs.BOM_UTF8):
        try:
            return raw[3:].decode("utf-8")
        except UnicodeDecodeError as problem:
            return _guess(raw[3:], problem.start)
    if raw.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        return raw.decode("utf-32", "replace")
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return raw.decode("utf-16", "replace")
    return None


def _guess(raw: bytes, broken_at: int) -> str:
    """The best reading of bytes that are not UTF-8; `broken_at` is the first byte that says so."""
    declared = re.search(rb"charset\s*=\s*[\"']?\s*(gb18030|gbk|gb2312|big5)", raw[:4096], re.I)
    candidates = [("gb18030", 0.0), ("big5hkscs", 0.0), ("utf-8", 0.0)]
    if declared:
        first = "big5hkscs" if declared[1].lower() == b"big5" else "gb18030"
        candidates = [(name, bonus + 1.0 * (name == first)) for name, bonus in candidates]
    sample = _sample(raw, broken_at)
    best = max(candidates, key=lambda c: _readable(sample.decode(c[0], "replace")) + c[1])[0]
    text = raw.decode(best, "replace")
    torn = text.count("\ufffd")
    if torn > 1 and torn > _TORN * len(text):
        line = raw.count(b"\n", 0, broken_at) + 1
        raise ReadingError(
            f"认不出编码（或混用了几种编码），第 {line} 行起读不通；请用编辑器另存为 UTF-8",
            f"an unknown encoding (or several mixed), unreadable from line {line} on; save it as UTF-8 in an editor",
        )
    if _readable(text[:_SAMPLE]) < 6:
        raise ReadingError("认不出编码：不像 UTF-8、GB18030、Big5 的中文；请用编辑器另存为 UTF-8", "an unknown encoding: no Chinese in UTF-8, GB18030 or Big5; save it as UTF-8 in an editor")
    return text


def _mistaken_for_utf8(raw: bytes) -> str | None:
    """A few GB18030 characters can be valid UTF-8 by chance (一 is `һ`): believed when every one is a common character."""
    if len(raw) > 64 or raw.isascii():
        return None
    text, other = raw.decode("utf-8"), raw.decode("gb18030", "replace")
    beyond = [char for char in other if char > "\x7f"]
    if any(char > "\u07ff" for char in text) or not all(character_levels().get(char, 0) >= 14 for char in beyond):
        return None
    return other


def _sample(raw: bytes, at: int) -> bytes:
    """Bytes around the first that matter, cut at line ends so that no character is torn."""
    start = raw.rfind(b"\n", 0, at) + 1
    if at - start > _SAMPLE:  # one long line: an ASCII byte below 0x30 is never part of a character
        start = next((i + 1 for i in range(at - 1, at - _SAMPLE, -1) if raw[i] < 0x30), at)
    sample = raw[start : start + _SAMPLE]
    if len(sample) == _SAMPLE:
        cut = max((i for i in range(len(sample) - 1, len(sample) - 400, -1) if sample[i] < 0x30), default=-1)
        sample = sample[: cut + 1] if cut > 0 else sample[:-3]
    return sample


def _readable(text: str) -> float:
    """How common the characters beyond ASCII are on average, 0 to 20; a torn one counts -20, a rare one 0."""
    levels = character_levels()
    score = count = 0
    for char in text:
        if char > "\x7f":
            count += 1
            score += levels.get(char, 0) if char != "\ufffd" else -20
    return score / count if count else 0.0


@cache
def character_levels() -> dict[str, int]:
    """How common a character is in Chinese writing, both scripts: log2 of its count, 6 to 20; punctuation 14."""
    levels = dict.fromkeys("，。、；：？！“”‘’（）《》「」『』—…％·０１２３４５６７８９", 14)
    levels["\u3000"] = 14
    for line in _FREQUENCY.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            level, characters = line.split("\t")
            levels |= dict.fromkeys(characters, int(level))
    return levels


def _is_binary(text: str) -> bool:
    head = text[:_SAMPLE]
    controls = len(re.findall(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]", head))
    return controls > 0.05 * len(head)
