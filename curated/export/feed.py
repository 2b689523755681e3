"""An Atom feed (RFC 4287) of what is new: records by the day they were reviewed, else their article was published.

All text is of type `text`, so a reader shows it and never runs it.
"""

from __future__ import annotations

from datetime import date
from urllib.parse import quote as percent
from xml.etree import ElementTree as Xml

from curated.export.calendars import clean
from curated.export.content import Content, Record, cite
from curated.saying import headline

ATOM = "http://www.w3.org/2005/Atom"
MOST = 100


def draw_feed(content: Content) -> dict[str, bytes]:
    """feed.atom, newest first, at most 100 entries."""
    Xml.register_namespace("", ATOM)
    rows = sorted(content.records, key=lambda record: (_updated(record, content), record.id), reverse=True)[:MOST]
    feed = Xml.Element(f"{{{ATOM}}}feed")
    _add(feed, "id", "urn:youju:feed")
    _add(feed, "title", content.story.title or "有据")
    _add(feed, "updated", _updated(rows[0], content) if rows else _moment(date(2000, 1, 1)))
    _add(_add(feed, "author"), "name", "有据 Youju")
    for record in rows:
        _add_entry(feed, record, content)
    return {"feed.atom": Xml.tostring(feed, encoding="utf-8", xml_declaration=True) + b"\n"}


def _add_entry(feed: Xml.Element, record: Record, content: Content) -> None:
    source = content.source(record)
    entry = _add(feed, "entry")
    _add(entry, "id", f"urn:youju:{percent(record.id)}")
    _add(entry, "title", headline(record))
    _add(entry, "updated", _updated(record, content))
    if source.url.startswith(("https://", "http://")):
        Xml.SubElement(entry, f"{{{ATOM}}}link", {"rel": "via", "href": percent(source.url, safe=":/?#[]@!$&'()*+,;=%-._~")})
    quote = content.passages[record.id].quote
    _add(entry, "summary", "\n".join(part for part in (quote, cite(source)) if part))


def _add(parent: Xml.Element, name: str, text: str = "") -> Xml.Element:
    element = Xml.SubElement(parent, f"{{{ATOM}}}{name}")
    element.text = clean(text) or None
    return element


def _updated(record: Record, content: Content) -> str:
    published = content.source(record).published
    try:
        day = date.fromisoformat(record.reviewed_on[:10])
    except ValueError:
        day = (published.earliest if published else None) or date(2000, 1, 1)
    return _moment(day)


def _moment(day: date) -> str:
    return f"{day.isoformat()}T00:00:00Z"
