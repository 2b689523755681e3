"""The lines of an article: which are the article, which only furnish its page, and what its head says of itself.

Knows furniture words (lexicon/furniture.yaml) and where they stand: tags, related links and disclaimers after the last
sentence, labels of the site before the headline, placeholders of pictures anywhere. Losing a real sentence is worse
than keeping a label, so a line without a known word goes only where its place leaves no doubt.
Leaves out what a date means (`times`) and who a name is (`actors`): it gives words and where they stand.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from extract.datelines import signed_ahead, signed_behind
from extract.lexicons import read_lexicon
from extract.mentions import make
from extract.offsets import Edit, Span

_HEAD = 8  # lines in which the head of an article is looked for
_SHORT = 40  # characters; furniture that goes by its place or its words is never longer, disclaimers aside
_SENTENCE = re.compile(r"[。！？；!?;…]")


class Arranged(NamedTuple):
    """`edits` leave the article's lines, one line end between two; `spans` say where the words of `meta` stand."""

    edits: list[Edit]
    meta: dict[str, str]
    spans: dict[str, Span]


class _Line(NamedTuple):
    start: int
    end: int
    text: str
    apart: bool  # an empty line stands before it
    indented: bool


def arrange(text: str, titled: bool) -> Arranged:
    """Reads the lines of `text` (simplified script); `titled`: the first line is known to be the headline."""
    lines = _lines(text)
    title = 0 if titled else _find_title(lines)
    meta, spans = _head(lines, title)
    dropped = _before_title(lines, title, "published" in spans) | _repeated_title(lines, title) | _furniture(lines)
    kept = [line for i, line in enumerate(lines) if i not in dropped]
    return Arranged(_edits(text, kept, _wrapped(kept)), meta, spans)


def _lines(text: str) -> list[_Line]:
    lines: list[_Line] = []
    apart, following = False, 0
    for written in text.split("\n"):
        start, following = following, following + len(written) + 1
        line = written.strip()
        if not line:
            apart = apart or bool(lines or written)
            continue
        indent = 0 if len(line) == len(written) else written.index(line[0])
        lines.append(make(_Line, (start + indent, start + indent + len(line), line, apart, indent > 0)))
        apart = False
    return lines


def _edits(text: str, kept: list[_Line], wrapped: set[int]) -> list[Edit]:
    """One line end between two lines, one blank between two words, nothing before the first line and after the last."""
    edits: list[Edit] = []
    done = 0
    for i, line in enumerate(kept):
        if i - 1 in wrapped:
            between = "" if max(text[done - 1], line.text[0]) > "\u2e7f" else " "
            edits.append(Edit(done, line.start, between))
        elif done and text[done : line.start] != "\n":
            edits.append(Edit(done, line.start, "\n"))
        elif not done and line.start:
            edits.append(Edit(0, line.start, ""))
        if "  " in line.text:
            edits += [Edit(line.start + f.start(), line.start + f.end(), " ") for f in re.finditer(r" {2,}", line.text)]
        done = line.end
    if done < len(text):
        edits.append(Edit(done, len(text), ""))
    return edits


def _wrapped(lines: list[_Line]) -> set[int]:
    """Lines that go on in the next one, in a text whose lines were all broken at one width (mail, old text files).

    Most lines are as wide as the widest, give or take two characters, and few of those end a sentence. Prose with
    one line a paragraph has lines of any length.
    """
    if len(lines) < 6 or not 24 <= (widest := max(len(line.text) for line in lines)) <= 50:
        return set()
    full = [i for i, line in enumerate(lines) if len(line.text) >= widest - 2 and line.text.count(" ") < 3]  # no rows of a table
    ending = sum(lines[i].text[-1] in "。！？!?…”；;" for i in full)
    if len(full) * 2 < len(lines) or ending * 4 > len(full):
        return set()
    return {i for i in full if i + 1 < len(lines) and not (lines[i + 1].apart or lines[i + 1].indented)}


# --- headline and head --------------------------------------------------------------------------------------------


def _find_title(lines: list[_Line]) -> int:
    """Index of the headline of plain text: the line before the first dateline or byline, else the first; -1 for none."""
    head = lines[: _HEAD + 1]
    for i, line in enumerate(head):
        if i and _is_headline(head[i - 1]) and (_dateline(line) or _byline(line) or _below_title(head, i)):
            return i - 1
    first = 1 if lines and len(lines[0].text) < 5 else 0  # B. / 数字经济…: a label of one part comes first
    return first if len(lines) > first + 1 and _is_headline(lines[first]) else -1


def _is_headline(line: _Line) -> bool:
    short = 5 <= len(line.text) <= 80 and "。" not in line.text and line.text[-1] not in "，、；：,;:"
    return short and not _dateline(line) and not _labels(line)


def _below_title(head: list[_Line], i: int) -> bool:
    """Line `i` only labels (来源：…), and no sentence stands above it: that would be the caption of a picture."""
    return _labels(head[i]) and not any("。" in line.text for line in head[:i])


def _labels(line: _Line) -> bool:
    """A line of the head that names source, author or editor behind a label, and is never the headline."""
    return len(line.text) <= 2 * _SHORT and bool(_label_pattern().fullmatch(line.text))


@cache
def _label_pattern() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{entry['pattern']})" for entry in read_lexicon("furniture")["labels"]))


def _head(lines: list[_Line], title: int) -> tuple[dict[str, str], dict[str, Span]]:
    """Title, date, publisher and author as the first lines (a signature's date: the last) give them."""
    spans: dict[str, Span] = {}
    if title >= 0 and lines:
        spans["title"] = lines[title].start, lines[title].end
    texts = {}
    for line in [*lines[:_HEAD], *lines[-_HEAD:][::-1]]:
        if len(line.text) > 2 * _SHORT or line.start == spans.get("title", (-1,))[0]:
            continue
        for name, start, end in _said(line):
            spans.setdefault(name, (line.start + start, line.start + end))
    _signatures(lines, title, spans)
    for line in lines:
        for name, (start, end) in spans.items():
            if line.start <= start < line.end:
                texts[name] = line.text[start - line.start : end - line.start]
        if len(texts) == len(spans):
            break
    return texts, spans


def _signatures(lines: list[_Line], title: int, spans: dict[str, Span]) -> None:
    """Adds who sent the report and who wrote it, as its first dateline (新华社…电, 记者 …) or its last bracket says."""
    signs = [signed_ahead(line.text) for line in lines[title + 1 : _HEAD]]
    for line, found in zip(lines[title + 1 : _HEAD], signs, strict=True):
        if found:
            for name, (start, end) in found.items():
                spans.setdefault(name, (line.start + start, line.start + end))
            break
    if "author" not in spans and lines and (span := signed_behind(lines[-1].text)):
        spans["author"] = lines[-1].start + span[0], lines[-1].start + span[1]


def _said(line: _Line) -> list[tuple[str, int, int]]:
    """(name, start, end) of what a line of the head or a signature says."""
    said = []
    dated = _dateline(line)
    if dated:
        said.append(("published", *dated.span("date")))
        said += [("publisher", *dated.span(side)) for side in ("before", "after") if dated[side]]
    for name, pattern in (("publisher", _source_label()), ("author", _byline_pattern())):
        found = pattern.search(line.text)
        if found and not _SENTENCE.search(found[0]):
            said.insert(0, (name, *_strip(line.text, *found.span(1))))
    return said


def _strip(text: str, start: int, end: int) -> Span:
    part = text[start:end]
    return start + len(part) - len(part.lstrip()), end - len(part) + len(part.rstrip())


def _dateline(line: _Line) -> re.Match[str] | None:
    """A line that is a date with year, month and day, and at most a label, a name and an hour beside it."""
    return _dateline_pattern().fullmatch(line.text) if len(line.text) <= 2 * _SHORT else None


@cache
def _dateline_pattern() -> re.Pattern[str]:
    # 托比网 2019-08-01 20:31:41; 2025China.cn 2014年07月10日; 发布时间：2011-02-24 发布人：; 二〇一四年七月十日.
    # Nothing with the punctuation of a sentence stands beside it: 2014年7月10日，… begins one.
    word = r"[^\s:：|。，！？；,!?;]{1,20}"
    skipped = r"(?:[^\s|。，！？；!?;]{1,25}[\s|]{1,3}){0,3}?"  # 原创 张三 某公众号 2018-10-05; 来源：新华网 2020/1/2
    name = rf"{skipped}(?P<before>(?!发布|发表|更新|时间|日期)(?=\S\S){word}(?=[\s|]))?"
    label = r"(?:(?:发布|发表|更新|刊发|出版)?(?:时间|日期)|发布于|发表于|日期|时间)[:： ]*"
    digits = r"(?:19|20)\d\d(?:年 ?\d{1,2}月 ?\d{1,2}日|-\d{1,2}-\d{1,2}|/\d{1,2}/\d{1,2}|\.\d{1,2}\.\d{1,2})"
    hanzi = r"[一二][〇○零一二三四五六七八九]{3}年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日"
    hour = r"(?:[ T]{0,3}\d{1,2}[:：时]\d{2}(?:[:：分]\d{2}秒?)?(?:\.\d{1,9})?(?: ?(?:Z|[+-]\d\d:?\d\d))?)?"
    # An amount beside it makes a row of a table, but for what the page counts of itself: 阅读 1.2万, 浏览量：3万.
    counter = r"(?:阅读|浏览|点击|评论|点赞|转发|收藏|播放)(?:量|数|次数)?[:： ]{0,2}[\d.,]{1,9} ?[万亿]?"
    amount = rf"(?>(?:{counter}|(?!\d ?[亿万元%])[^\n])*)\d"
    rest = rf"(?:[\s|]{{1,3}}(?P<after>[^\s:：]{{1,12}}(?:报|网|社|台|刊|新闻|财经|在线))|(?!{amount})[\s|(（【].{{0,50}}|)"
    return re.compile(rf"[(（【\[]?{name}[\s|]*(?:{label})?[(（]?(?P<date>(?:{digits}|{hanzi}){hour})[)）\]】]?{rest}")


def _byline(line: _Line) -> bool:
    return len(line.text) <= _SHORT and bool(_byline_pattern().match(line.text))


@cache
def _byline_pattern() -> re.Pattern[str]:
    # 作者: 郝智伟; 本报记者 朱银玲; 文/张三; 记者｜李四. The name ends with the line, at two blanks or before the next label.
    label = r"作者 ?[:：]|撰文 ?[:：]?|文 ?[/／|｜丨]|(?:本报|本刊|本网|本台|新华社|特约|实习|见习|通讯员)+记者[ :：]|记者 ?[:：|｜丨/／]|记者(?= [\u4e00-\u9fff]{2,3}(?: |$))"
    name = r"[\u4e00-\u9fffA-Za-z·.]{2,20}(?:[ 、,，](?!通讯员|记者|摄影|编辑|报道)[\u4e00-\u9fff·]{2,4}(?![:：\u4e00-\u9fff])){0,5}"
    return re.compile(rf"(?:^|[\s(（|])(?:{label})\s*({name})")


@cache
def _source_label() -> re.Pattern[str]:
    # 来源：某报 作者：张三, 来源:某报;编辑:李四
    name = r"[^\s《》:：|()（）;；]{2,20}?(?=$|[\s《》|()（）;；]|(?:作者|记者|编辑|责编|责任编辑|时间|日期)[:：])"
    return re.compile(rf"(?:文章|本文|稿件|信息|新闻)?(?:来源|出处) ?[:：]\s{{0,3}}《?({name})")


def _before_title(lines: list[_Line], title: int, dated: bool) -> set[int]:
    """Labels of the site above the headline: short, set apart from it by an empty line, and a dateline below it.

    `siemens x`, `工业无线` stand so in a seed. A headline in two lines has no empty line inside.
    """
    if title <= 0 or not dated or not lines[title].apart:
        return set()
    above = lines[:title]
    labels = all(len(line.text) <= 12 and not re.search(r"[\d。，！？：]", line.text) for line in above)
    return set(range(title)) if labels else set()


def _repeated_title(lines: list[_Line], title: int) -> set[int]:
    """The headline told twice is one headline: the article's own stays, not the wrapper's; nor one at a JSON file's end."""
    if title < 0 or not lines:
        return set()
    letters = _letters(lines[title].text)
    same = [i for i in [*range(title + 1, min(title + 4, len(lines))), len(lines) - 1] if i > title and _letters(lines[i].text) == letters]
    if not same:
        return set()
    return {title, *same} - {same[0] if same[0] < title + 4 and same[0] < len(lines) - 1 else title}


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text)


# --- furniture ----------------------------------------------------------------------------------------------------


def _furniture(lines: list[_Line]) -> set[int]:
    """Lines that are furniture by their words anywhere, and those after the last sentence from the first closing word on."""
    dropped = {i for i, line in enumerate(lines) if len(line.text) <= _SHORT and _anywhere().fullmatch(line.text)}
    dropped |= _scan_codes(lines, dropped)
    tail = len(lines)
    while tail and (tail - 1 in dropped or _is_tail(lines[tail - 1])):
        tail -= 1
    closing = next((i for i in range(tail, len(lines)) if _closing().match(lines[i].text)), len(lines))
    return dropped | set(range(closing, len(lines))) if closing else dropped


def _is_tail(line: _Line) -> bool:
    return bool(_closing().match(line.text)) or (len(line.text) <= _SHORT and not _SENTENCE.search(line.text))


def _scan_codes(lines: list[_Line], dropped: set[int]) -> set[int]:
    """扫一扫 / 看阿里 / 新机遇: the short lines right below go with the words that call to scan a code."""
    below = set()
    for i in sorted(dropped):
        if lines[i].text.startswith(("扫一扫", "扫码", "长按")):
            j = i + 1
            while j < len(lines) and j <= i + 2 and not lines[j].apart and len(lines[j].text) <= 8 and not re.search(r"[\d\W]", lines[j].text):
                below.add(j)
                j += 1
    return below


@cache
def _anywhere() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{entry['pattern']})" for entry in read_lexicon("furniture")["lines"]), re.I)


@cache
def _closing() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{entry['pattern']})" for entry in read_lexicon("furniture")["closing"]), re.I)
