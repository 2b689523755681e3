"""TimelineJS JSON: one slide an event, as exact as its date and no more.

TimelineJS reads headline and text as HTML, so both are escaped; it accepts a year, a year and month, or a day.
Source: https://timeline.knightlab.com/docs/json-format.html
"""

from __future__ import annotations

import json
from html import escape
from typing import Any

from curated.export.content import Content, cite
from curated.records import Event
from extract.edtf import parse_edtf


def draw_timelinejs(content: Content) -> dict[str, bytes]:
    """timeline.json; events without a date have no place on a timeline and are left out."""
    slides = [_slide(event, content) for event in content.events if event.date and (event.date.earliest or event.date.latest)]
    title = {"text": {"headline": escape(content.story.title or "有据"), "text": escape(content.story.description)}}
    return {"timeline.json": (json.dumps({"title": title, "events": slides}, ensure_ascii=False, indent=1) + "\n").encode()}


def _slide(event: Event, content: Content) -> dict[str, Any]:
    assert event.date is not None
    first, _, last = event.date.text.partition("/")
    start = _date(first) or _date(last)
    end = _date(last) if _date(first) else None
    if not end and event.date.precision in ("season", "quarter", "decade", "interval") and event.date.latest:
        end = {"year": event.date.latest.year, "month": event.date.latest.month}
    passage, source = content.passages[event.id], content.source(event)
    quote = f"<blockquote>{escape(passage.quote)}</blockquote>" if passage.quote else ""
    slide: dict[str, Any] = {
        "unique_id": event.id,
        "start_date": start,
        "display_date": escape(event.date_from or event.date.text),
        "text": {"headline": escape(event.title), "text": f"{quote}<p>{escape(cite(source))}</p>"},
        "group": event.type,
    }
    return slide | ({"end_date": end} if end else {})


def _date(text: str) -> dict[str, int] | None:
    """Year, month and day as far as the date says them."""
    edtf = parse_edtf(text) if text not in ("", "..") else None
    if edtf is None or edtf.earliest is None:
        return None
    parts = {"year": edtf.earliest.year}
    if edtf.precision in ("month", "season", "quarter", "day"):
        parts["month"] = edtf.earliest.month
    if edtf.precision == "day":
        parts["day"] = edtf.earliest.day
    return parts
