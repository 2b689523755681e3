"""What the machine proposes for one article, in the fields and raw offsets of a curated file.

Knows how a draft of `extract` becomes field values. Leaves out what people already have (`curated.merge`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from curated.fields import Kind, by_name
from curated.names import Names
from curated.reader import read_amount, read_place
from curated.records import Span
from curated.render import Value
from extract.edtf import parse_edtf

if TYPE_CHECKING:
    from extract.article import Article
    from extract.mentions import EventDraft, FigureDraft, Place


class Draft(NamedTuple):
    """A record as proposed. `values` holds the fields as they are written, without the id."""

    kind: Kind
    mark: Span  # raw
    ordinal: int  # among the drafts of its kind with the same mark
    at: Span  # raw span of the quote
    values: dict[str, Value]
    date_span: Span | None  # raw span of the words that gave the date, wherever they stand
    partner: int | None = None  # the other end of a from-to pair, as index into the list


def draft_records(article: Article) -> list[Draft]:
    """Every draft of an article, sorted by mark; ordinals given in that order."""
    drafts = [_figure(article, draft) for draft in article.figures] + [_event(article, draft) for draft in article.events]
    drafts = [draft for draft in drafts if _reads_back(draft)]
    drafts.sort(key=lambda draft: (draft.mark, draft.kind))
    seen: dict[tuple[Kind, Span], int] = {}
    numbered = []
    for draft in drafts:
        ordinal = seen.get((draft.kind, draft.mark), 0)
        seen[draft.kind, draft.mark] = ordinal + 1
        numbered.append(draft._replace(ordinal=ordinal))
    return _paired(numbered)


def source_values(article: Article, file: str) -> dict[str, Value]:
    """The source's fields as the article gives them."""
    from extract.times import find_published

    reading = article.reading
    values: dict[str, Value] = {key: one_line(reading.meta.get(key, "")) for key in ("title", "publisher", "author", "url")}
    published = find_published(reading)
    if published.edtf:
        values["published"] = published.edtf
        values["published_from"] = one_line(published.words)
    values["file"] = file
    return {name: value for name, value in values.items() if value}


def span_text(span: Span) -> str:
    return f"{span[0]}-{span[1]}"


def one_line(text: str) -> str:
    return " ".join(text.splitlines()).strip()


def place_name(place: Place) -> str:
    """The full name; with its parent in front where the name alone would lead elsewhere (吉林省/吉林市)."""
    from extract.places import name_of, parent_of, resolve_place

    found = resolve_place(place.name)
    if not place.adcode or (found is not None and found.adcode == place.adcode):
        return place.name
    parent = parent_of(place.adcode)
    longer = f"{name_of(parent)}/{place.name}" if parent else place.name
    found = resolve_place(longer)
    return longer if found is not None and found.adcode == place.adcode else place.adcode


def _common(article: Article, draft: FigureDraft | EventDraft, values: dict[str, Value]) -> tuple[Span, Span]:
    """Add the fields both kinds share; returns raw mark and raw quote span."""
    reading = article.reading
    mark = reading.raw_span(draft.start, draft.end)
    at = reading.raw_span(draft.quote_start, draft.quote_end)
    values["actors"] = tuple(dict.fromkeys(one_line(name) for name in draft.actors if name.strip()))
    names = dict.fromkeys(place_name(place) for place in draft.places)
    values["places"] = tuple(name for name in names if read_place(name, Names()))
    values["speaker"] = one_line(draft.speaker)
    values["quote"] = one_line(reading.text[draft.quote_start : draft.quote_end])
    values["at"] = span_text(at)
    values["mark"] = span_text(mark)
    values["also"] = tuple(span_text(reading.raw_span(*span)) for span in draft.also)
    values["status"] = "draft"
    return mark, at


def _made(kind: Kind, article: Article, values: dict[str, Value], mark: Span, at: Span, date_span: Span | None) -> Draft:
    raw_date = article.reading.raw_span(*date_span) if date_span else None
    return Draft(kind, mark, 0, at, {name: value for name, value in values.items() if value}, raw_date)


def _reads_back(draft: Draft) -> bool:
    """Whether a file with this draft could be read: what cannot be understood again is not written."""
    required = (spec.name for spec in by_name(draft.kind).values() if spec.required)
    if not all(draft.values.get(name) for name in required):
        return False
    dates = [draft.values.get(name) for name in ("date", "as_of")]
    if any(isinstance(date, str) and parse_edtf(date) is None for date in dates):
        return False
    amount = draft.values.get("amount")
    return not isinstance(amount, str) or read_amount(amount) is not None


def _event(article: Article, draft: EventDraft) -> Draft:
    values: dict[str, Value] = {
        "date": draft.date,
        "date_from": one_line(draft.date_from),
        "title": one_line(draft.title),
        "type": draft.type,
    }
    mark, at = _common(article, draft, values)
    return _made("event", article, values, mark, at, draft.date_span)


def _figure(article: Article, draft: FigureDraft) -> Draft:
    values: dict[str, Value] = {
        "measure": one_line(draft.measure),
        "amount": one_line(draft.amount),
        "as_of": draft.as_of,
        "as_of_from": one_line(draft.as_of_from),
        "during": one_line(draft.during),
        "modality": draft.modality,
        "change": draft.change,
        "data_from": one_line(draft.data_from),
    }
    mark, at = _common(article, draft, values)
    return _made("figure", article, values, mark, at, draft.as_of_span)


def _paired(drafts: list[Draft]) -> list[Draft]:
    """Link each `from` to the `to` that follows it in the same quote: 由15%降到5%."""
    paired = list(drafts)
    open_from: int | None = None
    for number, draft in enumerate(drafts):
        if draft.kind != "figure":
            continue
        change = draft.values.get("change")
        if change == "to" and open_from is not None and drafts[open_from].at == draft.at:
            paired[open_from] = drafts[open_from]._replace(partner=number)
            paired[number] = draft._replace(partner=open_from)
            open_from = None
        else:
            open_from = number if change == "from" else None
    return paired
