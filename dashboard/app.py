"""The dashboard: `streamlit run dashboard/app.py [-- --root DIR]` from the repository root.

A plain script for any host. It puts the root on `sys.path`, where `streamlit run` leaves only this folder.
"""

import sys
from dataclasses import replace
from pathlib import Path

ROOT = str(Path(__file__).resolve().parent.parent)
if ROOT not in sys.path:
    sys.path.insert(0, ROOT)

import streamlit as st  # noqa: E402

from dashboard import data, editing, frame, sheet, style  # noqa: E402
from dashboard.archive.parts import ArchiveError  # noqa: E402
from dashboard.filters import show_filters  # noqa: E402
from dashboard.screens import PAGES, review  # noqa: E402

st.set_page_config(page_title="有据 Youju", page_icon=str(style.WEB / "seal.svg"), layout="wide", initial_sidebar_state="collapsed")
style.put_style()
try:
    page = frame.open_page(sys.argv[1:])
except ArchiveError as error:
    frame.show_archive_error(error)
    st.stop()
pages = {
    name: st.Page(lambda show=show: show(page), title=page.say(name), url_path=path, default=not path) for path, name, show in PAGES
}
permission = editing.permission(sys.argv[1:])
if permission.edit and not page.story.archive:
    pages["review"] = st.Page(lambda: review.show(page), title=page.say("review"), url_path="review")
page = replace(page, pages=pages, editor=permission.edit)
chosen = st.navigation(list(pages.values()), position="hidden")
if not page.view.embed:
    frame.show_masthead(page)
    frame.show_lead(page)
frame.listen(page)
sheet.show_evidence(page)
show_filters(page)
frame.show_notices(page)
if permission.why and not page.story.archive:
    st.info(page.say(permission.why), icon=":material/edit_off:")
chosen.run()
data.set_aside(page.story.key)
