"""New drafts merged into a curated file without losing anything a person did.

Knows whose each field is: the machine's block holds short fingerprints of what the machine last wrote, so a field that
still has its fingerprint follows the new draft, and every other field is a person's. Drafts and records are matched by
kind, mark and ordinal, never by equal words. Leaves out files and runs (`curated.extraction`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

from curated.anchors import Anchors
from curated.document import Document, Entry
from curated.drafts import Draft, span_text
from curated.fields import Kind, by_name
from curated.pairing import Claim, pair
from curated.reader import read_span
from curated.records import Span
from curated.render import Value
from curated.splice import Plan, comment_inside, has_comment
from curated.written import Written, fingerprint, read_prints, read_written, write_prints

_SPANS = ("at", "mark", "also", "date_at", "as_of_at")
_LISTS = ("names", "places", "spans", "ids")


class Suggestion(NamedTuple):
    """A field where the machine reads something else than a person keeps."""

    path: str
    line: int
    id: str
    field: str
    kept: str
    proposed: str
    new: bool  # the machine did not say so when it last wrote
    seen: bool = False  # an earlier run has listed it


@dataclass(slots=True)
class Report:
    """What one merge did, in records."""

    added: int = 0
    followed: int = 0
    removed: int = 0
    kept: int = 0  # records a person has touched, added, dropped or deleted
    suggestions: list[Suggestion] = field(default_factory=list)

    def add(self, other: Report) -> None:
        self.added += other.added
        self.followed += other.followed
        self.removed += other.removed
        self.kept += other.kept
        self.suggestions += other.suggestions


@dataclass(slots=True)
class Context:
    """What a merge must know besides the file: the article and the rest of the root."""

    path: str
    anchors: Anchors
    article_print: str
    drafts: list[Draft]
    source: dict[str, Value]
    new_id: Callable[[Kind, Span, int], str]
    referenced: Callable[[str], bool]  # whether another record or the story points at an id
    amount_spans: Callable[[str, Span], list[Span]]  # where an amount stands inside a raw span
    dates_in: Callable[[Span], list[tuple[str, str]]]  # EDTF and words of the dates inside a raw span
    names_in: Callable[[Span], dict[str, Value]]  # actors and places inside a raw span


def merge(document: Document, context: Context) -> tuple[Plan, Report]:
    """What to change in a valid `document` so that it follows the drafts of `context`."""
    return _Merge(document, context).run()


def current(entry: Entry, name: str) -> Value | None:
    """A field's value as text, or as a tuple where the field takes several; None where it is not there."""
    if name not in entry.values:
        return None
    spec = by_name(entry.kind)[name]  # type: ignore[arg-type]
    return entry.items(name) if spec.shape in _LISTS else entry.text(name)


class _Merge:
    """One merge; `run` is the whole story."""

    def __init__(self, document: Document, context: Context):
        self.document, self.context = document, context
        self.plan, self.report = Plan(), Report()
        self.machine = {k: n.value for k, n in document.machine.values.items()} if document.machine else {}
        self.written = {k: w for k, v in self.machine.items() if (w := read_written(v)) is not None}
        self.owner = self._owners()
        self.lines = dict(self.machine)
        self.moved = bool(self.machine.get("article")) and self.machine["article"] != context.article_print
        self.ids: dict[int, str] = {}  # of drafts
        self._marks: list[tuple[str, Span, int]] | None = None

    def run(self) -> tuple[Plan, Report]:
        claims = self._claims()
        matched = pair(self.context.drafts, claims, moved=self.moved)
        by_claim = {id(claim): n for n, claim in matched.items()}
        self.ids = {n: claim.id for n, claim in matched.items() if claim.id and claim.number is not None}
        self._merge_source()
        self._add_drafts(matched)
        for claim in claims:
            draft_number = by_claim.get(id(claim))
            draft = None if draft_number is None else self.context.drafts[draft_number]
            if claim.written is None:
                self._complete(claim.number or 0, draft)
                continue
            if claim.number is None:
                self.report.kept += 1  # a person deleted it
            elif draft_number is not None and draft is not None:
                self._follow(claim.number, claim.id, claim.written, draft, draft_number)
            elif self._unmatched(claim.number, claim.id):
                continue
            self._keep_place(claim, draft)
        self.lines["article"] = self.context.article_print
        self.plan.machine = {k: self.lines.get(k) for k in {*self.lines, *self.machine} if self.lines.get(k) != self.machine.get(k)}
        return self.plan, self.report

    def _keep_place(self, claim: Claim, draft: Draft | None) -> None:
        """Note where a record stands now, so that the next run finds it there."""
        written = read_written(self.lines[claim.id]) or claim.written
        if written is None:
            return
        if draft is not None:
            written = written._replace(mark=draft.mark, ordinal=draft.ordinal, at=draft.at)
        elif self.moved and claim.mark is not None:
            shift = claim.mark[0] - written.mark[0]
            written = written._replace(mark=claim.mark, at=(max(0, written.at[0] + shift), max(0, written.at[1] + shift)))
        self.lines[claim.id] = str(written)

    # who is who

    def _owners(self) -> dict[str, int]:
        """The record each machine entry belongs to: among copies, the one most like what the machine wrote."""
        owner: dict[str, int] = {}
        best: dict[str, int] = {}
        for number, entry in enumerate(self.document.records):
            id = entry.text("id")
            if id in self.written:
                likeness = sum(self._is_machines(entry, name, mark) for name, mark in self.written[id].prints.items())
                if id not in best or likeness > best[id]:
                    owner[id], best[id] = number, likeness
        return owner

    def _claims(self) -> list[Claim]:
        """Every place that is taken: records, and drafts that a person deleted."""
        claims = []
        for id, written in self.written.items():
            number = self.owner.get(id)
            entry = self.document.records[number] if number is not None else None
            mark = written.mark if not self.moved else self._moved_mark(entry, written) if entry else None
            claims.append(Claim("event" if id.startswith("e") else "figure", mark, written.ordinal, number, id, written))
        owned = set(self.owner.values())
        for number, entry in enumerate(self.document.records):
            if number not in owned:
                kind: Kind = "event" if entry.kind == "event" else "figure"
                claims.append(Claim(kind, self._find_mark(entry)[1], number, number, entry.text("id"), None))
        return claims

    def _moved_mark(self, entry: Entry, written: Written) -> Span | None:
        """Where a mark stands now that the article has changed, as far as the record's quote still tells."""
        old = read_span(entry.text("at")) or written.at
        at = self.context.anchors.locate(entry.text("quote"), old[0])
        if at is None:
            return None
        return written.mark[0] + at[0] - old[0], written.mark[1] + at[0] - old[0]

    def _is_machines(self, entry: Entry, name: str, mark: str) -> bool:
        value = current(entry, name)
        return value is not None and fingerprint(name, value) == mark

    # the source

    def _merge_source(self) -> None:
        entry = self.document.source
        prints = read_prints(self.machine.get("source", ""))
        new = dict(prints)
        for name in by_name("source"):
            value = current(entry, name) if entry else None
            proposed = self.context.source.get(name)
            if self._follows(value, prints.get(name), name) and proposed != value and self._free(entry, name):
                self.plan.source[name] = proposed
                new[name] = fingerprint(name, proposed) if proposed is not None else ""
        new = {name: mark for name, mark in new.items() if mark}
        if new:
            self.lines["source"] = write_prints(new)

    def _follows(self, value: Value | None, mark: str | None, name: str) -> bool:
        """Whether a field is still the machine's: as it wrote it, or never there at all."""
        return mark is None if value is None else mark == fingerprint(name, value)

    def _free(self, entry: Entry | None, name: str) -> bool:
        """Whether a field can be written without losing a comment that stands inside its value."""
        return entry is None or name not in entry.values or not comment_inside(self.document, entry, name)

    # drafts that are new

    def _add_drafts(self, matched: dict[int, Claim]) -> None:
        drafts = self.context.drafts
        new = [n for n in range(len(drafts)) if n not in matched]
        for n in new:
            self.ids[n] = self.context.new_id(drafts[n].kind, drafts[n].mark, drafts[n].ordinal)
        for n in new:
            draft = drafts[n]
            values = self._desired(draft, n, draft.at)
            section = "events" if draft.kind == "event" else "figures"
            self.plan.insert.append((section, self._record_before(draft), {"id": self.ids[n], **values}))
            prints = {name: fingerprint(name, value) for name, value in values.items()}
            self.lines[self.ids[n]] = str(Written(draft.mark, draft.ordinal, draft.at, prints))
        self.report.added = len(new)

    def _record_before(self, draft: Draft) -> int | None:
        """The record after which a new draft stands: the last with a mark before its own."""
        if self._marks is None:
            marked = ((entry.kind, read_span(entry.text("mark")), n) for n, entry in enumerate(self.document.records))
            self._marks = [(kind, mark, n) for kind, mark, n in marked if mark is not None]
        before = [(mark, n) for kind, mark, n in self._marks if kind == draft.kind and mark <= draft.mark]
        return max(before)[1] if before else None

    def _desired(self, draft: Draft, number: int, at: Span) -> dict[str, Value]:
        """A draft's values for a record whose quote stands at `at`."""
        values = {**draft.values, "at": span_text(at)}
        span = draft.date_span
        if span is not None and not at[0] <= span[0] <= span[1] <= at[1]:
            values["date_at" if draft.kind == "event" else "as_of_at"] = span_text(span)
        partner = self.ids.get(draft.partner) if draft.partner is not None else None
        if partner:
            values["compare_to"] = partner
        return values

    # drafts that are there already

    def _follow(self, number: int, id: str, written: Written, draft: Draft, draft_number: int) -> None:
        entry = self.document.records[number]
        status = entry.text("status") or "draft"
        at = self._quote_span(entry, written, draft)
        desired = self._desired(draft, draft_number, at or draft.at)
        if at is None:
            desired.pop("at")
        self.report.kept += status != "draft" or self._touched(entry, written)
        if status == "dropped":
            return
        if status == "reviewed":
            self._suggest(entry, id, written, desired, every=True)
            return
        changes: dict[str, Value | None] = {}
        prints = dict(written.prints)
        for name in by_name(draft.kind):
            value, proposed = current(entry, name), desired.get(name)
            if name == "id" or (name == "at" and at is None) or not self._follows(value, prints.get(name), name):
                continue
            if proposed != value:
                if not self._free(entry, name):
                    continue
                changes[name] = proposed
            if proposed is None:
                prints.pop(name, None)
            else:
                prints[name] = fingerprint(name, proposed)
        if changes:
            self.plan.fields[number] = changes
            self.report.followed += 1
        self._suggest(entry, id, written, desired, every=False)
        self.lines[id] = str(written._replace(prints=prints))

    def _touched(self, entry: Entry, written: Written) -> bool:
        names = {*entry.values, *written.prints} - {"id"}
        return any(not self._follows(current(entry, name), written.prints.get(name), name) for name in names)

    def _quote_span(self, entry: Entry, written: Written, draft: Draft) -> Span | None:
        """Where the record's quote stands: with the draft, or where a person's own wording of it is found."""
        if self._follows(current(entry, "quote"), written.prints.get("quote"), "quote"):
            return draft.at
        return self.context.anchors.locate(entry.text("quote"), draft.at[0])

    def _suggest(self, entry: Entry, id: str, written: Written, desired: dict[str, Value], *, every: bool) -> None:
        """List fields where the machine differs from a person: news only, or `every` difference."""
        for name in by_name(entry.kind):  # type: ignore[arg-type]
            value, proposed = current(entry, name), desired.get(name)
            if name in ("id", "status", "quote", "compare_to", *_SPANS) or proposed is None or proposed == value:
                continue
            news = written.prints.get(name) != fingerprint(name, proposed)
            theirs = not self._follows(value, written.prints.get(name), name)
            if (news and theirs) or every:
                line = entry.node.start_mark.line + 1
                self.report.suggestions.append(Suggestion(self.context.path, line, id, name, shown(value), shown(proposed), news))

    # records without a draft

    def _unmatched(self, number: int, id: str) -> bool:
        """The machine no longer proposes it: removed if nobody touched it or points at it. True when removed."""
        entry, written = self.document.records[number], self.written[id]
        if self._touched(entry, written) or self.context.referenced(id) or has_comment(self.document, entry):
            self.report.kept += 1
            return False
        self.plan.delete.add(number)
        del self.lines[id]
        self.report.removed += 1
        return True

    def _complete(self, number: int, draft: Draft | None) -> None:
        """Give a person's record the id and spans it lacks; a new one also what its quote says."""
        entry = self.document.records[number]
        self.report.kept += 1
        at, mark = self._find_mark(entry)
        changes: dict[str, Value | None] = {}
        if at and not entry.text("at"):
            changes["at"] = span_text(at)
        if at and mark and not entry.text("mark"):
            changes["mark"] = span_text(mark)
        if not entry.text("id") and at and mark:
            kind: Kind = "event" if entry.kind == "event" else "figure"
            changes["id"] = self.context.new_id(kind, mark, 0)
            if entry.text("status") in ("", "draft"):
                changes |= self._said(entry, draft, at)
        if changes:
            self.plan.fields[number] = changes

    def _find_mark(self, entry: Entry) -> tuple[Span | None, Span | None]:
        """Where a person's record stands now: its quote, and in it the amount or a trigger word."""
        old, mark = read_span(entry.text("at")), read_span(entry.text("mark"))
        anchors, quote = self.context.anchors, entry.text("quote")
        at = old if old and anchors.stands_at(quote, old) else anchors.locate(quote, old[0] if old else None)
        if mark is not None:  # with its quote, when the article changed
            shift = at[0] - old[0] if at and old else 0
            return at, (mark[0] + shift, mark[1] + shift)
        if at is None:
            return None, None
        if entry.kind == "figure":
            spots = self.context.amount_spans(entry.text("amount"), at)
        else:
            spots = [d.mark for d in self.context.drafts if d.kind == "event" and at[0] <= d.mark[0] <= d.mark[1] <= at[1]]
        claimed = {written.mark for written in self.written.values()}
        free = [spot for spot in spots if spot not in claimed]
        return at, (free or spots or [at])[0]

    def _said(self, entry: Entry, draft: Draft | None, at: Span) -> dict[str, Value | None]:
        """Fields that the quote gives and the person left out."""
        if draft is not None:
            proposed = self._desired(draft, -1, at)
        else:
            proposed = self.context.names_in(at)
            dates = self.context.dates_in(at)
            if len(dates) == 1:
                names = ("date", "date_from") if entry.kind == "event" else ("as_of", "as_of_from")
                proposed |= dict(zip(names, dates[0], strict=True))
        own = {"id", "quote", "title", "measure", "amount", "at", "mark", "status", "compare_to"}
        date_field = "date" if entry.kind == "event" else "as_of"
        if date_field in entry.values:
            own |= {f"{date_field}_from", f"{date_field}_at"}
        return {name: value for name, value in proposed.items() if name not in own and name not in entry.values}


def shown(value: Value | None) -> str:
    """A value as people read it in a list of suggestions."""
    return "、".join(value) if isinstance(value, tuple) else value or ""
