"""W3C Web Annotation (JSON-LD): each record as a note on its passage, by quote and by position.

Positions count code points of the raw source file, end exclusive, as everywhere here.
Source: https://www.w3.org/TR/annotation-model/ (2017-02-23).
"""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote as percent

from curated.export.content import Content, Record
from curated.records import Event
from curated.saying import headline

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
COLLECTION = "urn:youju:annotations"


def draw_annotations(content: Content) -> dict[str, bytes]:
    """annotations.jsonld: one AnnotationPage; records whose quote may not be shown have none."""
    items = [_annotation(record, content) for record in content.records if content.passages[record.id].quote]
    page = {
        "@context": CONTEXT,
        "id": f"{COLLECTION}:page1",
        "type": "AnnotationPage",
        "partOf": {"id": COLLECTION, "type": "AnnotationCollection", "label": content.story.title or "有据", "total": len(items)},
        "startIndex": 0,
        "items": items,
    }
    # `</script>` inside a text must not end the element someone puts the file into.
    text = json.dumps(page, ensure_ascii=False, indent=1).replace("</", "<\\/")
    return {"annotations.jsonld": (text + "\n").encode()}


def _annotation(record: Record, content: Content) -> dict[str, Any]:
    passage, source = content.passages[record.id], content.source(record)
    selectors: list[dict[str, Any]] = [
        {"type": "TextQuoteSelector", "exact": passage.quote, "prefix": passage.before, "suffix": passage.after}
    ]
    if passage.span:
        selectors.append({"type": "TextPositionSelector", "start": passage.span[0], "end": passage.span[1]})
    kind = record.type if isinstance(record, Event) else "figure"
    return {
        "id": f"urn:youju:{percent(record.id)}",
        "type": "Annotation",
        "motivation": "describing",
        "body": [
            {"type": "TextualBody", "value": headline(record), "format": "text/plain", "language": "zh-Hans", "purpose": "describing"},
            {"type": "TextualBody", "value": kind, "format": "text/plain", "purpose": "tagging"},
        ],
        "target": {"source": _iri(source.url, source.file or record.source), "selector": selectors},
    }


def _iri(url: str, file: str) -> str:
    """The article's address where it is one; else a name made of its path."""
    if url.startswith(("https://", "http://")):
        return percent(url, safe=":/?#[]@!$&'()*+,;=%-._~")
    return f"urn:youju:source:{percent(file)}"
