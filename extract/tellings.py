"""Which drafts of an article tell one event: of them the fullest stays and names the passages of the others.

Knows how near type, date, actors and titles must be. Leaves out how a draft is made (`events.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from operator import add

from extract.mentions import EventDraft
from extract.passages import Span
from extract.triggers import declared


def joined(drafts: Sequence[EventDraft]) -> list[EventDraft]:
    """Of drafts that tell one event the fullest stays and names the others' passages."""
    kept: list[EventDraft] = []
    tellings: list[dict[Span, None]] = []  # the passages of each kept draft, in order
    by_key: dict[tuple[str, str, str], list[int]] = {}
    for draft in drafts:
        kind, year = draft.type, draft.date[:4]
        keys = [(kind, year, name[:-2] if name[-2:] == "政府" else name) for name in draft.actors]
        if kind in _ONCE_A_DAY and len(draft.date) == 10:
            # one blast a day, whoever is named; 嘉宾宣布项目开工, behind 工厂开工
            keys.append((kind, draft.date, draft.rule.partition(":")[0]))
        if not keys:
            keys.append((kind, draft.date, draft.title))
        candidates = dict.fromkeys([index for key in keys if key in by_key for index in by_key[key][-_TELLINGS:]])
        same = next((index for index in candidates if _one_event(kept[index], draft)), None)
        passage = (draft.quote_start, draft.quote_end)
        if same is None:
            for key in keys:
                by_key.setdefault(key, []).append(len(kept))
            kept.append(draft)
            tellings.append({passage: None})
            continue
        tellings[same][passage] = None
        if _fullness(draft) > _fullness(kept[same]):
            kept[same] = draft
    for index, draft in enumerate(kept):
        if len(tellings[index]) > 1:
            own = (draft.quote_start, draft.quote_end)
            kept[index] = draft._replace(also=tuple(span for span in tellings[index] if span != own))
    return sorted(kept, key=lambda draft: draft.start)


_ONCE_A_DAY = frozenset(["incident", "launch"])
_LEAVES = re.compile("辞职|辞去|辞任|请辞")
_TELLINGS = 20  # so many earlier events are compared with each; more would make a long list of dates quadratic


def _fullness(draft: EventDraft) -> tuple[int, bool, int]:
    return len(draft.date.rstrip("~?%")), "辞去" in draft.title, len(draft.actors)


def _one_event(first: EventDraft, second: EventDraft) -> bool:
    """Same type, year and an actor (the caller saw to that), dates that allow each other, and much the same title."""
    if first.start == second.start:
        return False
    one, two = first.date.rstrip("~?%"), second.date.rstrip("~?%")
    if not two.startswith(one) and not one.startswith(two):
        return False
    leaves = _LEAVES.search(first.title) is not None and _LEAVES.search(second.title) is not None
    word = first.rule.partition(":")[0]
    one_word = word == second.rule.partition(":")[0]
    if first.quote_start == second.quote_start and first.quote_end == second.quote_end and not leaves and not one_word:
        return False  # 中心投入使用，并开通通道: the sentence set them apart
    if second.type == "incident" and second.title.startswith(word):
        return True  # 火灾发生在东湖街道: of the fire that was told
    if second.type == "launch" and declared()[0].search(second.title):
        return True
    apart = set(first.actors) - set(second.actors), set(second.actors) - set(first.actors)
    if all(apart) and first.type != "incident" and _has_another(apart[0], second.actors) and _has_another(apart[1], first.actors):
        return False  # each with a party of its own: 收购高德, 收购京东
    if leaves:
        return True  # 周立人辞职, 周立人申请辞去董事长职务: one leaves once
    near = 0.55
    if len(one) >= 7 and len(two) >= 7:  # 作出处罚决定 and 发出指导书 on one day are two deeds of one actor
        near = 0.35 if one_word else 0.5
    return text_nearness(first.title, second.title) >= near


def _has_another(names: Iterable[str], others: Sequence[str]) -> bool:
    """Whether one of `names` is no party in `others`; 海城市 and 海城市政府 are one party."""
    return any(not any(name in other or other in name for other in others) for name in names)


def text_nearness(first: str, second: str) -> float:
    """Dice coefficient of character bigrams, 0 to 1."""
    one, two = set(map(add, first, first[1:])), set(map(add, second, second[1:]))
    return 2 * len(one & two) / max(1, len(one) + len(two))
