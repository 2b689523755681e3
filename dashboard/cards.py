"""Headline figures as cards: the number as its source says it, with everything that keeps it honest.

Knows how an amount is taken apart for reading and which figures stand in front. Leaves out the page around them.
"""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from curated.records import Amount, Figure
from curated.saying import falls, measure_said, words_before
from dashboard.data import Row
from dashboard.facts import Facts
from dashboard.rows import unsaid_names
from dashboard.style import text
from dashboard.words import say, say_date

FEWEST = 4  # one row at 1280 px
MOST = 8

_NUMERAL = r"\d０-９.,．，%‰〇零一二两三四五六七八九十百千万亿几数多余半成分之/／~～\-–—至到"
# Qualifiers that stand before an amount and are set apart on a card: 超过2800万, 近4000万件, 预计总规模 is none.
_QUALIFIER = r"超过|超出|超|逾|突破|高达|多达|大于|不少于|不低于|至少|将近|接近|近|大约|约|大概|左右|不足|不到|低于|少于|至多|最多|不超过"
_AMOUNT = re.compile(rf"^\s*(?P<chip>{_QUALIFIER}|)\s*(?P<number>[{_NUMERAL}\s]*)(?P<unit>.*)$", re.S)
_SAYS_BOUND = re.compile(r"[几多余数上来近]|左右|以上|以下|以内|超|约")


class Parts(NamedTuple):
    """超过2800万家: chip 超过, number 2,800万, unit 家."""

    chip: str
    number: str
    unit: str


def split_amount(amount: Amount, lang: str = "zh") -> Parts:
    """An amount for reading: its qualifier apart, thousands set off, nothing rounded or converted.

    >>> split_amount(Amount("超过2800万家", 28000000, None, None, "家", "over"))
    Parts(chip='超过', number='2,800万', unit='家')
    """
    found = _AMOUNT.match(amount.text)
    assert found is not None  # every group may be empty
    chip, number, unit = (found[name].strip() for name in ("chip", "number", "unit"))
    if not number.strip(".,，-–—~～/／"):
        return Parts("", amount.text.strip(), "")
    if not chip and amount.bound != "exact" and not _SAYS_BOUND.search(number + unit):
        chip = say({"over": "over", "under": "under", "about": "approx"}[amount.bound], lang)
    return Parts(chip, set_off_thousands(number), unit)


def set_off_thousands(number: str) -> str:
    """2800万 reads 2,800万; what has separators or is shorter stays.

    >>> set_off_thousands("10000"), set_off_thousands("1,100万"), set_off_thousands("0.2800")
    ('10,000', '1,100万', '0.2800')
    """
    return re.sub(r"(?<![\d.,])\d{4,15}(?![\d,])", lambda m: f"{int(m[0]):,}", number)


@lru_cache(maxsize=64)
def choose_headlines(rows: tuple[Row, ...], story: Facts) -> list[Row]:
    """Figures for the top of the page: as the editors ordered, else pinned, else the best supported."""
    order = {id_: i for i, id_ in enumerate(story.about.headlines)}
    figures = [row for row in rows if isinstance(row.record, Figure)]
    chosen = [row for row in figures if row.id in order or row.record.pin]
    chosen.sort(key=lambda row: (order.get(row.id, len(order)), not row.record.pin))
    told = {id_ for row in chosen for id_ in (row.id, *(other.id for other in differing(row, story)))}
    best = sorted(figures, key=_support, reverse=True)
    for again in (False, True):  # four cards of one measure only where there is no other
        for row in best:
            if len(chosen) >= FEWEST:
                break
            # its card would repeat what another card says beside its own number
            if row.id in told or (not again and row.measure in {other.measure for other in chosen}):
                continue
            chosen.append(row)
            told |= {row.id, *(other.id for other in differing(row, story))}
    return chosen[:MOST]


def _support(row: Row) -> tuple[bool, bool, bool, float]:
    figure = row.record
    assert isinstance(figure, Figure)
    value = figure.amount.value or 0
    return figure.status == "reviewed", figure.modality == "actual", row.date is not None, float(value)


def card_of(row: Row, story: Facts, lang: str) -> dict[str, Any]:
    """What one card says; all of it is text."""
    figure = row.record
    assert isinstance(figure, Figure)
    parts = split_amount(figure.amount, lang)
    return {
        "id": figure.id,
        "chips": chips_of(figure, lang),
        "number": parts.number,
        "unit": parts.unit,
        "measure": measure_said(figure),
        "whose": unsaid_names(figure, figure.measure, lang),
        "status": say("draft", lang) if figure.status == "draft" else "",
        "from": [_when(row, lang), _whence(figure, story, lang)],
        "others": [_other(other, story, lang) for other in differing(row, story)],
    }


def chips_of(figure: Figure, lang: str) -> list[str]:
    """What belongs before the number, as it is spoken: 预计, 下降, 超过."""
    qualifier = split_amount(figure.amount, lang).chip
    return [*words_before(figure, lang), *([qualifier] if qualifier else [])]


def cards_html(rows: Sequence[Row], story: Facts, selected: Sequence[str], lang: str) -> str:
    """A row of cards, each one button. Plain markup is on the screen before any script of the page has come."""
    return _cards_html(tuple(rows), story, frozenset(selected) & {row.id for row in rows}, lang)


@lru_cache(maxsize=64)
def _cards_html(rows: tuple[Row, ...], story: Facts, selected: frozenset[str], lang: str) -> str:
    wide = " wide" if len(rows) % 4 == 0 else ""  # four to a row leave no card alone
    return f'<div class="yj-cards{wide}">{"".join(_card_html(card_of(row, story, lang), selected, lang) for row in rows)}</div>'


def _card_html(card: dict[str, Any], selected: Container[str], lang: str) -> str:
    chips = "".join(f'<span class="chip">{text(chip)}</span>' for chip in card["chips"])
    unit = f'<span class="unit">{text(card["unit"])}</span>' if card["unit"] else ""
    lines = "".join(f'<span class="{kind}">{text(words)}</span>' for kind in ("from", "others") for words in card[kind])
    whose = f'<span class="whose">{text(card["whose"])}</span>' if card["whose"] else ""
    status = f'<span class="status">{text(card["status"])}</span>' if card["status"] else ""
    return (
        f'<button type="button" class="yj-card" data-record="{text(card["id"])}" aria-pressed="{str(card["id"] in selected).lower()}">'
        f'<span class="line">{chips}<span class="number">{text(card["number"])}</span>{unit}</span>'
        f'<span class="measure">{text(card["measure"])}</span>{whose}{lines}'
        f'<span class="foot"><span class="see">{text(say("see_sentence", lang))}</span>{status}</span></button>'
    )


def _when(row: Row, lang: str) -> str:
    figure = row.record
    assert isinstance(figure, Figure)
    said = say_date(row.date, lang)
    when = (said if "/" in str(row.date) else f"{say('as_of', lang)} {said}") if row.date else say("no_date", lang)  # 2015年起 is no 截至
    return f"{when} · {figure.during}" if figure.during else when


def _whence(figure: Figure, story: Facts, lang: str) -> str:
    source = story.sources.get(figure.source)
    parts = [figure.speaker or figure.data_from]
    if source:
        parts += [source.publisher or shorten(source.title, 16), say_date(source.published, lang)]
    return " · ".join(part for part in parts if part)


def shorten(words: str, most: int) -> str:
    return words if len(words) <= most else words[: most - 1] + "…"


def _other(row: Row, story: Facts, lang: str) -> str:
    figure = row.record
    assert isinstance(figure, Figure)
    parts = split_amount(figure.amount, lang)
    gap, colon = (" ", ": ") if lang == "en" else ("", "：")
    words = "".join(word + gap for word in words_before(figure, lang))
    return f"{say('other_telling', lang)}{colon}{words}{parts.chip}{parts.number}{parts.unit} · {_whence(figure, story, lang)}"


def differing(row: Row, story: Facts) -> list[Row]:
    """Other tellings of a figure that give another amount."""
    figure = row.record
    assert isinstance(figure, Figure)
    return [o for o in story.tellings(row) if isinstance(o.record, Figure) and _differs(o.record, figure)]


def _differs(a: Figure, b: Figure) -> bool:
    one, two = a.amount, b.amount
    return (one.value, one.low, one.high, one.bound, falls(a)) != (two.value, two.low, two.high, two.bound, falls(b))
