"""What an article comes wrapped in: YAML (or TOML) front matter, or one JSON object.

Knows the keys in use for title, date, author, publisher and link, and where their values stand. Values are read
line by line and not by a YAML or JSON library: positions must be exact, and one stray colon in a title
(`title: 焦点：A: B`) may not cost the article. Leaves out what the values mean: dates are resolved elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from typing import NamedTuple

from extract.encodings import ReadingError
from extract.offsets import Edit, Span, rewrite

# Keys as publishers write them, lower case, `_`, `-` and `:` taken out; the first that is there counts.
_KEYS = {
    "title": ("title", "headline", "标题", "標題"),
    "published": (
        "date", "published", "publishedat", "publishdate", "publishtime", "pubdate", "pubtime", "datepublished", "time",
        "发布时间", "发布日期", "發布時間", "日期", "时间",
    ),
    "author": ("author", "authors", "byline", "作者", "记者"),
    "publisher": ("publisher", "source", "site", "sitename", "media", "来源", "來源", "媒体"),
    "url": ("originalurl", "url", "link", "sourceurl", "permalink", "canonical", "链接", "网址"),
    "body": ("content", "text", "body", "articlebody", "article", "maintext", "正文", "内容", "內容"),
}  # fmt: skip


class Unwrapped(NamedTuple):
    """The edits that leave title and body, and the spans of the metadata (in the wrapped text, quotes left out)."""

    edits: list[Edit]
    meta: dict[str, str]
    spans: dict[str, Span]
    markdown: bool  # a body under front matter is Markdown where it is no HTML
    title_end: int  # length of the title that opens the unwrapped text, 0 where none does


def unwrap(raw: str) -> Unwrapped | None:
    """What is inside front matter or JSON; None for anything else."""
    start = len(raw) - len(raw.lstrip())
    if raw.startswith(("---", "+++"), start):
        return _front_matter(raw, start)
    if raw.startswith(("{", "["), start):
        return _json_article(raw)
    return None


# --- front matter -----------------------------------------------------------------------------------------------


def _front_matter(raw: str, start: int) -> Unwrapped | None:
    fence = raw[start : start + 3]
    opening = re.compile(rf"{re.escape(fence)}[ \t]*\r?\n").match(raw, start)
    if not opening:
        return None
    closing = re.compile(rf"^{re.escape(fence)}[ \t]*\r?$", re.M).search(raw, opening.end())
    if not closing:
        return None
    values = {}
    for key, span in _lines(raw, opening.end(), closing.start()):
        values.setdefault(key, span)
    if not values:  # two horizontal rules of Markdown
        return None
    return _assemble(raw, values, [(closing.end(), len(raw))], markdown=True)


def _lines(raw: str, start: int, end: int) -> Iterator[tuple[str, Span]]:
    """Key and span of the value for every `key: value` (or `key = value`) that begins a line."""
    for found in re.compile(r"^([^\s#:=\[\-'\"][^\s:=]{0,40})[ \t]*[:=](?:[ \t]+|$)(.*)$", re.M).finditer(raw, start, end):
        value_start, value_end = found.span(2)
        if found[2].strip() in ("", "|", ">", "|-", ">-"):  # the value stands indented on the next line
            below = re.compile(r"\s*\n[ \t]+(?:- +)?(\S.*)").match(raw, value_end, end)
            if not below:
                continue
            value_start, value_end = below.span(1)
        yield _key(found[1]), _bare(raw, value_start, value_end)


def _bare(raw: str, start: int, end: int) -> Span:
    """Without blanks, quotes and list brackets around it."""
    value = raw[start:end]
    start, end = start + len(value) - len(value.lstrip()), end - (len(value) - len(value.rstrip()))
    while end - start >= 2 and (raw[start] + raw[end - 1]) in ('""', "''", "[]"):
        start, end = start + 1, end - 1
    return start, end


# --- JSON ---------------------------------------------------------------------------------------------------------

_TOKEN = re.compile(r'"[^"\\]*+(?>(?:\\.[^"\\]*+)*)"|[{}\[\],:]|[^\s"{}\[\],:]++', re.S)
# A pair of escapes can be one character beyond the basic plane (\ud83d\ude00).
_ESCAPE = re.compile(r"\\u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})|\\u([0-9a-fA-F]{4})|\\(.)", re.S)
_SHORT = {"n": "\n", "r": "\n", "t": " ", "b": "", "f": "\n"}


class _Value(NamedTuple):
    key: str
    span: Span  # without the quotes
    depth: int
    article: int  # which top-level object it stands in


def _json_article(raw: str) -> Unwrapped | None:
    """A JSON object that has a body; strict JSON or nearly (a comma too many, a line end inside a string)."""
    values = list(_json_values(raw))
    key = next((key for key in _KEYS["body"] if any(v.key == key for v in values)), None)
    if key is None:
        return None
    bodies = [v for v in values if v.key == key and raw[v.span[0] - 1] == '"']
    if not bodies:
        return None
    if bodies[0].article != bodies[-1].article:
        raise ReadingError("这个 JSON 里不止一篇文章；请一篇文章放一个文件", "more than one article in this JSON; put one article in a file")
    meta: dict[str, Span] = {}
    for value in sorted(values, key=lambda v: v.depth):
        if value.key not in _KEYS["body"]:
            meta.setdefault(value.key, value.span)
    return _assemble(raw, meta, [v.span for v in bodies], markdown=False)


def _json_values(raw: str) -> Iterator[_Value]:
    """Every string that is a value, those in lists under the key of their list."""
    open_keys: list[tuple[str, str]] = []  # what is open: its bracket, the key it stands under
    key, is_key, article = "", False, -1
    for token in _TOKEN.finditer(raw):
        sign = raw[token.start()]
        if sign in "{[":
            article += sign == "{" and all(bracket == "[" for bracket, _ in open_keys[:2]) and len(open_keys) < 2
            open_keys.append((sign, key))
            is_key = sign == "{"
        elif sign in "}]":
            key = open_keys.pop()[1] if open_keys else ""
            is_key = False
        elif sign == ",":
            is_key = bool(open_keys) and open_keys[-1][0] == "{"
        elif sign == '"' and is_key:
            key, is_key = _key(raw[token.start() + 1 : token.end() - 1]), False
        elif sign == '"' or (sign.isdigit() and not is_key):  # a time stamp is a bare number
            quoted = sign == '"'
            yield _Value(key, (token.start() + quoted, token.end() - quoted), len(open_keys), article)


# --- dates as programs write them -----------------------------------------------------------------------------------

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_CHINA = timezone(timedelta(hours=8))


def plain_day(words: str) -> str:
    """2021-06-10 for `Thu, 10 Jun 2021 08:00:00 GMT`, `June 10, 2021`, 20210610, 1623312000; all else as it is.

    A time stamp counts seconds (or milliseconds) since 1970 and is a day in China.
    """
    english = re.search(r"\b(\d{1,2}) ([A-Z][a-z]{2})[a-z]*\.?,? (\d{4})\b|\b([A-Z][a-z]{2})[a-z]*\.? (\d{1,2}),? (\d{4})\b", words)
    if english:
        day, month, year = english.group(1, 2, 3) if english[1] else english.group(5, 4, 6)
        if month.lower() in _MONTHS:
            return f"{year}-{_MONTHS.index(month.lower()) + 1:02d}-{int(day):02d}"
    if re.fullmatch(r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])", words):
        return f"{words[:4]}-{words[4:6]}-{words[6:]}"
    if re.fullmatch(r"1\d{9}(?:\d{3})?", words):
        return datetime.fromtimestamp(int(words[:10]), _CHINA).date().isoformat()
    return re.sub(r"(?<=日)\d{1,2}[:：]\d{2}(?:[:：]\d{2})?$", "", words)


# --- both ---------------------------------------------------------------------------------------------------------


def _key(written: str) -> str:
    return re.sub(r"[_\-:]", "", written.lower())


def _assemble(raw: str, values: dict[str, Span], bodies: list[Span], markdown: bool) -> Unwrapped:
    spans = {name: values[key] for name, keys in _KEYS.items() if name != "body" for key in keys[::-1] if key in values}
    spans = {name: span for name, span in spans.items() if span[0] < span[1]}
    meta = {name: _text(raw, span) for name, span in spans.items()}
    kept = sorted([spans["title"], *bodies] if "title" in spans else bodies)
    edits: list[Edit] = []
    done = 0
    for start, end in kept:
        if start > done:
            edits.append(Edit(done, start, "\n" if done else ""))
        edits += _escapes(raw, start, end)
        done = end
    if done < len(raw):
        edits.append(Edit(done, len(raw), ""))
    opens = "title" in spans and kept[0] == spans["title"]
    return Unwrapped(edits, meta, spans, markdown, len(meta["title"]) if opens else 0)


def _escapes(raw: str, start: int, end: int) -> list[Edit]:
    """What escapes of a quoted string stand for; a string in other quotes, or none, has none of them."""
    if start and raw[start - 1] == "'":
        return [Edit(f.start(), f.end(), "'") for f in re.compile("\'\'").finditer(raw, start, end)]
    if not start or raw[start - 1] != '"':
        return []
    return [Edit(f.start(), f.end(), _escaped(f)) for f in _ESCAPE.finditer(raw, start, end)]


def _escaped(found: re.Match[str]) -> str:
    high, low, code, short = found.groups()
    if high:
        return chr(0x10000 + ((int(high, 16) - 0xD800) << 10) + (int(low, 16) - 0xDC00))
    return chr(int(code, 16)) if code else _SHORT.get(short, short)


def _text(raw: str, span: Span) -> str:
    start, end = span
    return rewrite(raw[start:end], [Edit(e.start - start, e.end - start, e.text) for e in _escapes(raw, start, end)])[0]
