"""What the page shows, as a link holds it: filters, the selection, lanes and language.

Knows the parameters of a link and how they are read, written and changed. Leaves out the records
(`dashboard.data` filters them) and Streamlit (pages hand in and take out plain lists of text).
"""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, Literal, NamedTuple, cast

from curated.names import Names
from extract.edtf import parse_edtf
from extract.mentions import EventType

Lane = Literal["place", "type", "actor"]
Lang = Literal["zh", "en"]

LANES: tuple[Lane, ...] = ("place", "type", "actor")
STATUSES = ("draft", "reviewed", "dropped")
TYPES: tuple[str, ...] = EventType.__args__
MOST_RECORDS = 60  # a link with more ids is longer than mail programs keep whole


@dataclass(frozen=True, slots=True)
class View:
    """Everything a link says. Field names are the link's parameters, `since` and `until` are `from` and `to`."""

    q: str = ""
    since: str = ""  # EDTF
    until: str = ""  # EDTF
    place: tuple[str, ...] = ()  # adcodes; a name for regions and countries, which have none
    actor: tuple[str, ...] = ()
    type: tuple[str, ...] = ()
    measure: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    tag: tuple[str, ...] = ()
    lane: Lane = "place"
    record: tuple[str, ...] = ()  # one: its evidence is open; several: a list of them is
    lang: Lang = "zh"
    embed: bool = False

    @property
    def filters(self) -> dict[str, tuple[str, ...]]:
        """What narrows the records, by parameter; only what is set."""
        found = {name: getattr(self, name) for name in LISTS}
        found |= {PARAMS[name]: (value,) for name in ("q", "since", "until") if (value := getattr(self, name))}
        return {name: values for name, values in found.items() if values}


class Unknown(NamedTuple):
    """A part of a link that means nothing here."""

    param: str
    value: str


PARAMS = {field.name: {"since": "from", "until": "to"}.get(field.name, field.name) for field in fields(View)}
LISTS = ("place", "actor", "type", "measure", "status", "source", "tag")
# Streamlit reads these from the same link; they are none of ours and no mistake either.
OTHERS = frozenset({"embed_options"})


def read_view(params: Mapping[str, Iterable[str]]) -> tuple[View, list[Unknown]]:
    """Read a link's parameters; what cannot be read is listed and left out of the view.

    >>> read_view({"from": ["2014"], "place": ["310000"], "lane": ["zone"]})
    (View(q='', since='2014', until='', place=('310000',), actor=(), type=(), measure=(), status=(), source=(), \
tag=(), lane='place', record=(), lang='zh', embed=False), [Unknown(param='lane', value='zone')])
    """
    found: dict[str, Any] = {}
    unknown: list[Unknown] = []
    fields_by_param = {param: name for name, param in PARAMS.items()}
    for param, given in params.items():
        values = tuple(dict.fromkeys(value for value in given if value))
        name = fields_by_param.get(param)
        if name is None:
            unknown += [Unknown(param, "、".join(values))] if param not in OTHERS else []
        elif values:
            found[name], wrong = _read_values(name, values)
            unknown += [Unknown(param, value) for value in wrong]
    return replace(View(), **found), unknown


def _read_values(name: str, values: tuple[str, ...]) -> tuple[object, list[str]]:
    choices: Collection[str] | None = {"type": TYPES, "status": STATUSES, "lane": LANES, "lang": ("zh", "en")}.get(name)
    good = [value for value in values if _is_readable(name, value, choices)]
    wrong = [value for value in values if value not in good]
    if name == "record":
        return tuple(good[:MOST_RECORDS]), wrong
    if name in LISTS:
        return tuple(good), wrong
    if name == "embed":
        return bool(good) and good[-1].lower() in ("true", "1"), wrong
    default = getattr(View(), name)
    return (good[-1] if good else default), wrong


def _is_readable(name: str, value: str, choices: Collection[str] | None) -> bool:
    if name in ("since", "until"):
        return parse_edtf(value) is not None
    if name == "embed":
        return value.lower() in ("true", "false", "1", "0")
    return choices is None or value in choices


def write_view(view: View) -> dict[str, list[str]]:
    """The parameters of the link to `view`: only what differs from the default."""
    params: dict[str, list[str]] = {}
    for name, param in PARAMS.items():
        value = getattr(view, name)
        if value == getattr(View(), name):
            continue
        if isinstance(value, tuple):
            params[param] = list(value)
        else:
            params[param] = ["true" if value is True else str(value)]
    return params


def toggle(view: View, name: str, value: str) -> View:
    """`view` with `value` of a filter added, or taken away where it was set."""
    values = cast("tuple[str, ...]", getattr(view, name))
    changed = tuple(v for v in values if v != value) if value in values else (*values, value)
    return replace(view, **{name: changed})


def lift(view: View, param: str, value: str | None = None) -> View:
    """`view` without a filter, or without one of its values."""
    name = _field(param)
    if value is not None and name in LISTS:
        return replace(view, **{name: tuple(v for v in getattr(view, name) if v != value)})
    return replace(view, **{name: getattr(View(), name)})


def keep_only(view: View, param: str) -> View:
    """`view` with that one filter; lanes and language stay."""
    name = _field(param)
    return replace(lift_all(view), **{name: getattr(view, name)})


def _field(param: str) -> str:
    """The field of a view that a link calls `param`."""
    return next((name for name, called in PARAMS.items() if called == param), param)


def lift_all(view: View) -> View:
    """`view` with nothing filtered and nothing selected; lanes and language stay."""
    return View(lane=view.lane, lang=view.lang, embed=view.embed)


def named_now(view: View, names: Names) -> View:
    """The view of a link with the names that the lists give its actors and measures now: a link outlives a rename."""
    actors, measures = dict.fromkeys(map(names.actor, view.actor)), dict.fromkeys(map(names.measure, view.measure))
    return replace(view, actor=tuple(actors), measure=tuple(measures))


def drop_unknown(view: View, known: Mapping[str, Container[str]]) -> tuple[View, list[Unknown]]:
    """Take out of `view` what `known` does not list, by field; what is taken out is named."""
    unknown: list[Unknown] = []
    for name, values in known.items():
        wrong = [value for value in getattr(view, name) if value not in values]
        unknown += [Unknown(PARAMS[name], value) for value in wrong]
        if wrong:
            view = replace(view, **{name: tuple(v for v in getattr(view, name) if v not in wrong)})
    return view, unknown
