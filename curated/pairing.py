"""Which draft is which record: by kind, mark and ordinal, and where those moved by what stands there now.

Knows articles and finders that changed a little between two runs. Leaves out what follows from a match.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict, deque
from collections.abc import Callable, Hashable
from typing import NamedTuple

from curated.drafts import Draft
from curated.fields import Kind
from curated.records import Span
from curated.written import Written, fingerprint

_INDEXED = 400  # characters of a mark that are looked at for overlaps: marks are words, seldom whole sentences


class Claim(NamedTuple):
    """A place that is taken: by a record (`number`), or by one that a person deleted (None)."""

    kind: Kind
    mark: Span | None  # where it stands now; None where the article changed and nothing tells
    ordinal: int
    number: int | None
    id: str
    written: Written | None  # None: the record is a person's


def pair(drafts: list[Draft], claims: list[Claim], *, moved: bool) -> dict[int, Claim]:
    """Draft index -> claim, one to one. `moved`: the article is not the one the claims were written for."""
    matched: dict[int, Claim] = {}
    if moved:
        _match(drafts, claims, matched, _draft_words, _claim_words)
    placed = _shifted(drafts, claims, matched) if moved else claims
    _match(drafts, placed, matched, _draft_place, _claim_place)
    _match(drafts, placed, matched, lambda draft: draft.mark, lambda claim: None if claim.written else claim.mark)
    _match_overlaps(drafts, placed, matched)
    originals = {(claim.id, claim.number): claim for claim in claims}
    return {n: originals[claim.id, claim.number] for n, claim in matched.items()}


def _draft_words(draft: Draft) -> Hashable:
    rest = draft.mark[0] - draft.at[0], draft.ordinal
    return fingerprint("quote", draft.values.get("quote", "")), *rest


def _claim_words(claim: Claim) -> Hashable:
    written = claim.written
    if written is None or "quote" not in written.prints:
        return None
    return written.prints["quote"], written.mark[0] - written.at[0], written.ordinal


def _draft_place(draft: Draft) -> Hashable:
    return draft.mark, draft.ordinal


def _claim_place(claim: Claim) -> Hashable:
    return (claim.mark, claim.ordinal) if claim.written and claim.mark else None


def _match(
    drafts: list[Draft], claims: list[Claim], matched: dict[int, Claim],
    draft_key: Callable[[Draft], Hashable], claim_key: Callable[[Claim], Hashable],
) -> None:  # fmt: skip
    """Match what has equal keys of the same kind, in order; a claim's key None matches nothing."""
    waiting: dict[Hashable, deque[Claim]] = defaultdict(deque)
    for claim in _unmatched(claims, matched):
        key = claim_key(claim)
        if key is not None:
            waiting[claim.kind, key].append(claim)
    for number, draft in enumerate(drafts):
        if number not in matched:
            queue = waiting.get((draft.kind, draft_key(draft)))
            if queue:
                matched[number] = queue.popleft()


def _unmatched(claims: list[Claim], matched: dict[int, Claim]) -> list[Claim]:
    taken = {(claim.id, claim.number) for claim in matched.values()}
    return [claim for claim in claims if (claim.id, claim.number) not in taken]


def _shifted(drafts: list[Draft], claims: list[Claim], matched: dict[int, Claim]) -> list[Claim]:
    """Claims of unknown place moved as far as the nearest one that was found again."""
    moves = sorted((claim.written.mark[0], drafts[n].mark[0]) for n, claim in matched.items() if claim.written)
    if not moves:
        return claims
    starts = [old for old, _ in moves]
    placed = []
    for claim in claims:
        if claim.mark is None and claim.written is not None:
            old = claim.written.mark
            at = bisect_left(starts, old[0])
            near = min((moves[i] for i in (at - 1, at) if 0 <= i < len(moves)), key=lambda move: abs(move[0] - old[0]))
            shift = near[1] - near[0]
            claim = claim._replace(mark=(max(0, old[0] + shift), max(0, old[1] + shift)))
        placed.append(claim)
    return placed


def _match_overlaps(drafts: list[Draft], claims: list[Claim], matched: dict[int, Claim]) -> None:
    """Match what is left by overlapping marks: one spot is one record, however far its span reaches today."""
    at: dict[tuple[Kind, int], list[Claim]] = defaultdict(list)
    for claim in _unmatched(claims, matched):
        if claim.mark:
            for position in range(claim.mark[0], min(claim.mark[1], claim.mark[0] + _INDEXED)):
                at[claim.kind, position].append(claim)
    taken: set[tuple[str, int | None]] = set()
    for number, draft in enumerate(drafts):
        if number in matched:
            continue
        begin, end = draft.mark
        near = {
            (claim.id, claim.number): claim
            for position in range(begin, min(end, begin + _INDEXED))
            for claim in at.get((draft.kind, position), ())
            if (claim.id, claim.number) not in taken
        }
        if near:
            best = min(near.values(), key=lambda claim: _distance(claim.mark or (0, 0), draft.mark))
            taken.add((best.id, best.number))
            matched[number] = best


def _distance(one: Span, other: Span) -> int:
    return abs(one[0] - other[0]) + abs(one[1] - other[1])
