"""Taking an article in from the page: pasted or uploaded, its drafts shown first, then kept under seeds/.

Uses the same steps as `python -m extract add`. Leaves out reviewing what was drafted (`dashboard.screens.review`).
"""

from __future__ import annotations

import re
import sys
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import streamlit as st

from curated.files import why_unwritten
from curated.messages import choose
from curated.messages import say as say_fault
from dashboard import data, editing
from dashboard.frame import Page
from dashboard.screens.desk import waiting
from dashboard.style import put_html, text
from dashboard.words import say_date
from extract.edtf import parse_edtf

ENDINGS = ("txt", "html", "htm", "md", "json")
MOST_SHOWN = 200
SAID = "yj-intake-said"
TAKEN = "yj-intake-taken"  # how many were kept: each has a new uploader, since a file cannot be taken out of one


def show_intake(page: Page) -> None:
    """A place to paste or upload one article, what is read in it, and the button that keeps it."""
    with st.expander(page.say("in_title"), icon=":material/note_add:", key="yj-intake"):
        if said := st.session_state.pop(SAID, ""):
            put_html(f'<p class="yj-warn" role="status">{text(said)}</p>')
        with st.form("yj-intake-form", border=False):
            pasted = st.text_area(page.say("in_paste"), key="yj-in-text", height=180)
            with st.container(key=f"yj-upload-{page.lang}"):  # the words of its button are Streamlit's: page.css puts ours there
                most = st.get_option("server.maxUploadSize")
                upload = st.file_uploader(page.say("in_upload", n=most), type=list(ENDINGS), key=f"yj-in-file-{st.session_state.get(TAKEN, 0)}")
            name = st.text_input(page.say("in_name"), key="yj-in-name", placeholder=page.say("in_name_hint"))
            looked = st.form_submit_button(page.say("in_look"), key="yj-in-look")
        raw = upload.getvalue() if upload else pasted.encode("utf-8", "replace")
        if not raw.strip():
            if looked:
                put_html(f'<p class="yj-warn">{text(page.say("in_nothing"))}</p>')
            return
        _show_drafts(page, raw, file_name(name, upload.name if upload else "", editing.today()))


def file_name(given: str, uploaded: str, today: date) -> str:
    """The file's name under seeds/: as given, else as uploaded, else the day; never a way out of the folder.

    >>> file_name("../江城 物流", "", date(2026, 1, 2)), file_name("", "a.html", date(2026, 1, 2))
    ('江城-物流.txt', 'a.html')
    """
    stem, _, ending = uploaded.rpartition(".") if "." in uploaded else (uploaded, "", "")
    stem = re.sub(r"[^\w\-]+", "-", given.strip() or stem).strip("-_")[:80] or f"article-{today.isoformat()}"
    return f"{stem}.{ending.lower() if ending.lower() in ENDINGS else 'txt'}"


def _show_drafts(page: Page, raw: bytes, name: str) -> None:
    from extract import scan
    from extract.reading import ReadingError, decode, read

    try:
        rows = scan(decode(raw), file=name, kinds=["event", "figure"])
        whence = source_words(page, read(decode(raw), name))
    except (ReadingError, ValueError) as error:
        put_html(f'<p class="yj-warn">{text(error)}</p>')
        return
    put_html(f'<p class="yj-note">{text(page.say("in_found", n=len(rows), name=name))}<br>{text(whence)}</p>{drafts_html(rows[:MOST_SHOWN])}')
    st.button(page.say("in_take"), key="yj-in-take", type="primary", on_click=_take_in, args=(page, raw, name))


def source_words(page: Page, reading: Any) -> str:
    """Title, publisher and date as they are read in the article: every 去年 and 上周 is reckoned from that date."""
    from extract.times import find_published

    published = parse_edtf(find_published(reading).edtf)
    when = page.say("published") + page.say("colon") + say_date(published, page.lang) if published else page.say("in_no_date")
    return " · ".join(part for part in (reading.meta.get("title", ""), reading.meta.get("publisher", ""), when) if part)


def drafts_html(rows: list[dict[str, Any]]) -> str:
    """One line a draft: when, what, and the sentence."""
    items = []
    for row in rows:
        event = row["kind"] == "event"
        when, what = (row["date"], row["title"]) if event else (row["as_of"], f"{row['measure']} {row['text']}")
        items.append(f'<li><b>{text(what)}</b> <span class="yj-note">{text(when)}</span><br>{text(row["quote"])}</li>')
    return f'<ul class="yj-drafts">{"".join(items)}</ul>'


def _take_in(page: Page, raw: bytes, name: str) -> None:
    """Copy under seeds/ and draft: what `python -m extract add` does."""
    may = editing.permission(sys.argv[1:])
    if not may.edit:
        st.session_state[SAID] = page.say(may.why or "edit_off")
        return
    from curated.extraction import extract_all
    from curated.intake import add_articles

    root = data.root_of(sys.argv[1:])
    with TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(raw)
        try:
            with waiting(page) as on_wait:
                names, refused = add_articles(root, [str(path)], page.lang, who=may.who, on_wait=on_wait)
                summary = extract_all(root, names=set(names), lang=page.lang, on_wait=on_wait) if names else None
        except OSError as error:
            st.session_state[SAID] = f"{name}: {say_fault(*why_unwritten(error), choose(page.lang))}"
            return
    wrong = [line.removeprefix(f"{folder}/") for line in refused] + [str(problem) for problem in (summary.unreadable if summary else [])]
    if wrong:
        st.session_state[SAID] = " ".join(wrong)
        return
    st.session_state[SAID] = page.say("in_done", name=names[0], n=summary.added if summary else 0)
    st.session_state.update({"yj-in-text": "", "yj-in-name": "", TAKEN: st.session_state.get(TAKEN, 0) + 1})
