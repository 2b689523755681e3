"""Buttons that save a chart or the cards as a picture, with the line of sources that goes below it.

Knows what that line says. The picture itself is made in the browser from what is on the screen
(`dashboard/web/save.js`), so nothing is drawn twice.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from dashboard.facts import Facts
from dashboard.frame import Page
from dashboard.rows import Row
from dashboard.style import text
from dashboard.words import say, say_date

MOST_NAMED = 6
FORMATS = ("png", "svg")


def save_html(page: Page, target: str, what: str, rows: Sequence[Row], total: int = 0) -> str:
    """The buttons, as markup: `target` is the part to save as a CSS selector, `what` its name, `rows` what it shows.

    `total` is the number of sources where `rows` are only the first of the records.
    """
    about = page.story.about
    story = (about.title_en if page.lang == "en" else "") or about.title
    title = " · ".join(part for part in (story, what) if part)
    sources = source_words(tuple(rows), page.story, page.lang, total)
    buttons = "".join(
        f'<button type="button" data-save="{text(target)}" data-format="{kind}" data-title="{text(title)}" data-sources="{text(sources)}"'
        f' aria-label="{text(page.say("save_as", what=what, kind=kind.upper()))}">{kind.upper()}</button>'
        for kind in FORMATS
    )
    return f'<span class="yj-save">{text(page.say("save"))} {buttons}</span>'


def heading_html(page: Page, words: str, save: str) -> str:
    """A heading with the buttons at its end."""
    return f'<div class="yj-heading"><h2 class="yj-h2">{text(words)}</h2>{save}</div>'


@lru_cache(maxsize=64)
def source_words(rows: tuple[Row, ...], story: Facts, lang: str, total: int = 0) -> str:
    """来源：托比网 2019年8月1日、钱江晚报 2020年3月等 5 篇: those with most of the records first."""
    counts = Counter(row.record.source for row in rows)
    names = []
    for name, _ in counts.most_common(MOST_NAMED):
        source = story.sources.get(name)
        if source is None:
            continue
        when = say_date(source.published, lang)
        who = source.publisher or source.title or name
        names.append(f"{who} {when}".strip())
    many = max(len(counts), total)
    words = (", " if lang == "en" else "、").join(names)
    return say("sources_line", lang, names=words + (say("sources_more", lang, n=many) if many > len(names) else ""))
