"""One self-contained HTML page: cards, timeline, map and every record with its quote.

It has no script and asks for nothing: a policy in its head forbids both. All text is escaped.
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from html import escape

from curated.export.calendars import clean
from curated.export.content import Content, Record, adcodes, cite, when
from curated.export.maps import points
from curated.export.outlines import HEIGHT, WIDTH, dash_path, project, province_paths
from curated.records import Event, Figure
from curated.relations import groups
from curated.saying import amount_said, headline, measure_said

WIDE, ROW = 960, 14
POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
STYLE = """
:root{--paper:#fbfaf6;--ink:#23201b;--soft:#6a6357;--hair:#ddd7c9;--red:#b3261e;color-scheme:light dark}
@media(prefers-color-scheme:dark){:root{--paper:#181713;--ink:#ebe6da;--soft:#a89f8f;--hair:#3b372f;--red:#f0745f}}
body{margin:0 auto;max-width:1000px;padding:24px 20px 64px;background:var(--paper);color:var(--ink);
font:16px/1.7 'PingFang SC','Microsoft YaHei','Noto Sans CJK SC',sans-serif;font-variant-numeric:tabular-nums}
h1{font-size:1.6rem;margin:0}h2{font-size:1.2rem;border-top:1px solid var(--hair);padding-top:16px;margin-top:40px}
h3{font-size:1rem;margin:24px 0 4px}p{margin:4px 0}.soft,figcaption{color:var(--soft);font-size:.9rem}
.cards{display:grid;grid-template-columns:repeat(auto-fill,minmax(210px,1fr));gap:20px;padding:0;list-style:none}
.cards li{border-top:2px solid var(--ink);padding-top:6px;overflow-wrap:anywhere}.cards b{display:block;font-size:1.6rem;line-height:1.3}
article{padding:8px 0;border-bottom:1px solid var(--hair);overflow-wrap:anywhere}article:target{outline:2px solid var(--red);outline-offset:6px}
blockquote{margin:6px 0;padding-left:12px;border-left:2px solid var(--red);font-family:'Songti SC','Noto Serif CJK SC',serif}
svg{width:100%;height:auto;display:block}svg a:focus circle,svg a:focus rect{stroke:var(--red);stroke-width:2}a{color:inherit}
.land{fill:none;stroke:var(--soft);stroke-width:.6}.spot{fill:var(--ink);fill-opacity:.55}.axis{stroke:var(--hair)}text{fill:var(--soft);font-size:11px}
"""


def draw_page(content: Content) -> dict[str, bytes]:
    """index.html, under a megabyte for a few articles."""
    story = content.story
    title = escape(story.title or "有据")
    parts = [
        f"<header><h1>{title}</h1><p class=soft>{escape(story.description)}</p><p>{_facts(content)}</p></header>",
        _cards(content),
        f"<h2>时间线 <span class=soft>Timeline</span></h2>{_timeline(content)}",
        f"<h2>地图 <span class=soft>Map</span></h2>{_map(content)}",
        "<h2>全部记录 <span class=soft>Records</span></h2>" + _records(content),
        "<h2>来源 <span class=soft>Sources</span></h2>" + "".join(f"<p>{escape(cite(s))}{_link(s.url)}</p>" for s in content.sources.values()),
    ]
    page = (
        f'<!doctype html>\n<html lang="zh-Hans"><head><meta charset="utf-8"><title>{title}</title>'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}"><meta name="viewport" content="width=device-width">'
        f'<meta name="description" content="{escape(story.description)}"><link rel="icon" href="data:,"><style>{STYLE}</style></head>'
        f"<body><main>{''.join(parts)}</main></body></html>\n"
    )
    return {"index.html": clean(page).encode()}


def _facts(content: Content) -> str:
    """As the dashboard counts: tellings of one thing once, a region as one place."""
    places = {place.adcode or place.name for record in content.records for place in record.places}
    told = {"events": len(groups(content.events)), "figures": len(groups(content.figures))}
    return f"{told['events']} 个事件 · {told['figures']} 个数字 · {len(places)} 个地点 · {len(content.sources)} 篇文章"


def _cards(content: Content) -> str:
    order = {id_: number for number, id_ in enumerate(content.story.headlines)}
    chosen = [f for f in content.figures if f.pin or f.id in order]
    chosen.sort(key=lambda f: order.get(f.id, len(order)))
    return f"<ul class=cards>{''.join(_card(f, content) for f in chosen)}</ul>" if chosen else ""


def _card(figure: Figure, content: Content) -> str:
    note = "；".join(part for part in (str(figure.as_of or ""), figure.during, figure.speaker, cite(content.source(figure))) if part)
    return f'<li><b>{escape(amount_said(figure))}</b><a href="#{escape(figure.id)}">{escape(measure_said(figure))}</a><p class=soft>{escape(note)}</p></li>'


def _years(dates: list[tuple[date, date, Event]]) -> tuple[int, int]:
    return min(first.year for first, _, _ in dates), max(last.year for _, last, _ in dates) + 1


def _timeline(content: Content) -> str:
    """A mark an event, as wide as its date is vague, in the first row where it does not touch another."""
    dates = [(e.date.earliest or e.date.latest, e.date.latest or e.date.earliest, e) for e in content.events if e.date]
    known = [(first, last, event) for first, last, event in dates if first and last]
    if not known:
        return "<p class=soft>没有带日期的事件。</p>"
    start, end = _years(known)
    scale = WIDE / ((end - start) * 366)
    ends: list[float] = []
    marks = []
    for first, last, event in known:
        x = (first - date(start, 1, 1)).days * scale
        width = max(6.0, ((last - first).days + 1) * scale)
        row = next((i for i, edge in enumerate(ends) if edge + 2 <= x), len(ends))
        ends[row : row + 1] = [x + width]
        label = escape(f"{event.date} {event.title}")
        marks.append(
            f'<a href="#{escape(event.id)}" aria-label="{label}"><title>{label}</title>'
            f'<rect class=spot x="{x:.1f}" y="{20 + row * ROW}" width="{width:.1f}" height="9" rx="4"/></a>'
        )
    height = 24 + len(ends) * ROW
    step = max(1, (end - start) // 12)
    axis = "".join(
        f'<line class=axis x1="{(y - start) * 366 * scale:.0f}" x2="{(y - start) * 366 * scale:.0f}" y1="14" y2="{height}"/>'
        f'<text x="{(y - start) * 366 * scale:.0f}" y="10">{y}</text>'
        for y in range(start, end, step)
    )
    return f'<svg viewBox="0 0 {WIDE} {height}" role="img" aria-label="事件时间线 Timeline of events">{axis}{"".join(marks)}</svg>'


def _map(content: Content) -> str:
    counts = Counter(code for record in content.records for code in adcodes(record.places))
    land = "".join(f'<path class=land d="{path}"/>' for path in (*province_paths(), dash_path()))
    spots = []
    for code, number in counts.most_common():
        if code in points():
            x, y = project(*points()[code])
            spots.append(f'<circle class=spot cx="{x:.1f}" cy="{y:.1f}" r="{2 + number**0.5:.1f}"><title>{code}: {number}</title></circle>')
    label = "有记录的地点 Places with records"
    return f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{label}">{land}{"".join(spots)}</svg>'


def _records(content: Content) -> str:
    parts, year = [], ""
    for record in content.records:
        edtf = when(record)
        now = edtf.text.lstrip("./")[:4] if edtf else "未注明"
        if now != year:
            parts.append(f"<h3>{escape(now)}</h3>")
            year = now
        parts.append(_record(record, content))
    return "".join(parts)


def _record(record: Record, content: Content) -> str:
    passage, source = content.passages[record.id], content.source(record)
    edtf = when(record)
    quote = f"<blockquote>{escape(passage.quote)}</blockquote>" if passage.quote else ""
    draft = "（未核对 draft）" if record.status == "draft" else ""
    return (
        f'<article id="{escape(record.id)}"><p><span class=soft>{escape(str(edtf or ""))}</span> {escape(headline(record))}{draft}</p>'
        f"{quote}<p class=soft>{escape(cite(source))}{_link(source.url)}</p></article>"
    )


def _link(url: str) -> str:
    if not url.startswith(("https://", "http://")):
        return ""
    return f' <a rel="noopener noreferrer nofollow" href="{escape(url)}">原文 original</a>'
