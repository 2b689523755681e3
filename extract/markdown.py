"""Markdown -> its text.

Knows CommonMark's marks and the tables and check lists of GitHub's flavour, as far as they show in an article.
Leaves out nesting and the meaning of indentation: a mark is taken away where it stands, the line stays a line.
"""

from __future__ import annotations

import re
from functools import cache

from extract.offsets import Edit


def is_markdown(text: str) -> bool:
    """Whether a text without an ending that says so is written in Markdown: two of its marks that no plain text has."""
    if "](" not in text and "\n#" not in text and not text.startswith("#"):
        return False
    return len(_tells().findall(text[:50_000])) >= 2


@cache
def _tells() -> re.Pattern[str]:
    return re.compile(r"^#{1,6} \S|!?\[[^\[\]\n]{0,200}\]\((?:https?:|/|#|\w+\.)|^(?:[-*+] |> )\S|\*\*[^*\s][^*\n]{0,100}\*\*|^```", re.M)


def markdown_edits(text: str, start: int) -> list[Edit]:
    """What to take out of text[start:]; may overlap (an image inside a link), the first of two counts."""
    edits = []
    for found in _marks().finditer(text, start):
        kept = found.lastgroup
        if kept is None:
            edits.append(Edit(found.start(), found.end(), ""))
        elif kept == "cell":
            edits.append(Edit(found.start(), found.end(), " "))
        else:  # what the group took stays, the marks around it go
            inner, end = found.span(kept)
            edits += [Edit(found.start(), inner, "")] if inner > found.start() else []
            edits += markdown_edits(text[:end], inner) if kept in ("link", "strong") else []
            edits += [Edit(end, found.end(), "")] if found.end() > end else []
    return edits


@cache
def _marks() -> re.Pattern[str]:
    address = r"\((?:[^()\s]|\([^()\s]{0,200}\)){0,2000}(?:\s+(?:\"[^\"\n]{0,300}\"|'[^'\n]{0,300}'))?\s*\)"
    image = rf"!\[[^\[\]\n]{{0,500}}\]{address}"
    rule = r"[ \t]*+:?-{2,}+:?[ \t]*+"  # possessive: a row of dashes is read in one way only
    return re.compile(
        rf"{image}"
        rf"|\[(?P<link>(?:{image}|[^\[\]\n]){{0,500}}?)\](?:{address}|\[[^\[\]\n]{{0,80}}\](?!\())"
        r"|^[ \t]*(?:#{1,6}[ \t]+|(?:>[ \t]?){1,10}|[-*+][ \t]+(?:\[[ xX]\][ \t]+)?(?=\S))"
        r"|^[ \t]*(?:(?:[-*_][ \t]*){3,80}|={3,80}|`{3,}.{0,60}|~{3,}.{0,60})$"
        rf"|^[ \t]*+\|?{rule}(?:\|{rule}){{0,60}}\|?[ \t]*$"
        r"|^[ \t]*\|[ \t]*|[ \t]*\|[ \t]*$|(?P<cell>[ \t]+\|[ \t]+)"
        r"|^\[[^\[\]\n]{1,80}\]:[ \t]+\S.{0,500}$|\[\^[\w-]{1,20}\]:?"
        r"|\*\*(?P<strong>[^\s*](?:[^*\n]{0,300}[^\s*])?)\*\*|(?<![\w_])__(?P<strong2>[^\s_](?:[^_\n]{0,300}[^\s_])?)__(?![\w_])"
        r"|(?<![\w*])\*(?P<em>[^\s*](?:[^*\n]{0,200}[^\s*])?)\*(?![\w*])|~~(?P<struck>[^~\n]{1,200})~~"
        r"|`(?P<code>[^`\n]{1,200})`|<(?P<auto>https?://[^<>\s]{1,500})>|\\(?P<escaped>[\\`*_{}\[\]()#+.!|>~-])",
        re.M,
    )
