"""iCalendar (RFC 5545): dated events for a calendar.

A calendar only knows days. An event of a day or of days is one; what is told only to the month, quarter or year is
written over the whole of that time, says so in its summary, and carries its EDTF value: it is never put on one day.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

from icalendar import Calendar
from icalendar import Event as Entry

from curated.export.content import Content, cite
from curated.records import Event

FIRST = datetime(2000, 1, 1, tzinfo=UTC)  # DTSTAMP is required; the clock must not change the file

# What XML and calendars may not hold, line ends of other kinds, and U+202A to U+202E, U+2066 to U+2069 (UAX #9).
_DROPPED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


def draw_calendar(content: Content) -> dict[str, bytes]:
    """events.ics; open and undated events are left out."""
    calendar = Calendar()
    calendar.add("prodid", "-//Youju//events//ZH")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", " ".join(clean(content.story.title or "有据").split()))  # the library writes no line ends here
    for event in content.events:
        if event.date and event.date.earliest and event.date.latest:
            calendar.add_component(_entry(event, content, event.date.earliest, event.date.latest))
    return {"events.ics": calendar.to_ical()}


def _entry(event: Event, content: Content, first: date, last: date) -> Entry:
    assert event.date is not None
    exact = event.date.precision == "day" or len(event.date.text.partition("/")[0]) == 10
    summary = event.title if exact and not event.date.approximate else f"{event.title}（{event.date.text}）"
    entry = Entry()
    entry.add("uid", f"{event.id}@youju")
    entry.add("dtstamp", _stamp(event))
    entry.add("dtstart", first)
    entry.add("dtend", last + timedelta(days=1) if last < date.max else last)
    entry.add("transp", "TRANSPARENT")
    entry.add("summary", clean(summary))
    quote = content.passages[event.id].quote
    entry.add("description", clean("\n".join(part for part in (quote, cite(content.source(event))) if part)))
    entry.add("categories", [event.type])
    if event.places:
        entry.add("location", clean("、".join(place.name for place in event.places)))
    entry.add("x-youju-edtf", event.date.text)
    return entry


def _stamp(event: Event) -> datetime:
    try:
        return datetime.fromisoformat(event.reviewed_on).replace(tzinfo=UTC)
    except ValueError:
        return FIRST


def clean(text: str) -> str:
    """Text without control characters and without those that turn the direction of text round (their reader's own
    words stand beside it); line ends become plain ones, which the library escapes.

    >>> clean("甲\\r\\nATTACH:http://x")
    '甲\\nATTACH:http://x'
    """
    return _DROPPED.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
