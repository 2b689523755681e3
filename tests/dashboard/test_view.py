"""A link and a view say the same thing."""

from __future__ import annotations

from urllib.parse import parse_qs, urlencode

from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.view import (
    LANES,
    LISTS,
    MOST_RECORDS,
    STATUSES,
    TYPES,
    Unknown,
    View,
    drop_unknown,
    lift,
    lift_all,
    read_view,
    toggle,
    write_view,
)

WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), min_size=1, max_size=12)
FEW = st.lists(WORDS, max_size=3, unique=True).map(tuple)
DATES = st.sampled_from(["", "2014", "2018-08", "2019-07-29", "2020-33", "2013/.."])
VIEWS = st.builds(
    View, q=st.one_of(st.just(""), WORDS), since=DATES, until=DATES, place=FEW, actor=FEW, measure=FEW, source=FEW, tag=FEW, record=FEW,
    type=st.lists(st.sampled_from(TYPES), max_size=3, unique=True).map(tuple), status=st.lists(st.sampled_from(STATUSES), max_size=2, unique=True).map(tuple),
    lane=st.sampled_from(LANES), lang=st.sampled_from(["zh", "en"]), embed=st.booleans(),
)  # fmt: skip


@settings(deadline=None)
@given(VIEWS)
def test_a_view_survives_its_link(view: View) -> None:
    assert read_view(write_view(view)) == (view, [])


@settings(deadline=None)
@given(VIEWS)
def test_a_view_survives_the_address_bar(view: View) -> None:
    query = urlencode(write_view(view), doseq=True)

    assert read_view(parse_qs(query)) == (view, [])


@settings(deadline=None)
@given(st.dictionaries(WORDS, st.lists(st.text(max_size=6), max_size=3), max_size=5))
def test_any_link_opens_and_what_is_left_out_is_named(params: dict[str, list[str]]) -> None:
    view, unknown = read_view(params)

    assert {param for param, values in params.items() if any(values)} <= set(write_view(view)) | {u.param for u in unknown} | _defaults(params)
    assert read_view(write_view(view)) == (view, [])


def _defaults(params: dict[str, list[str]]) -> set[str]:
    """What says the default needs no place in a link."""
    return {param for param in params if param in ("lane", "lang", "embed", "embed_options")}


def test_the_default_view_is_an_empty_link() -> None:
    assert write_view(View()) == {}


def test_parameters_are_those_of_the_contract() -> None:
    full = View("q", "2014", "2015", ("110000",), ("a",), ("other",), ("m",), ("draft",), ("s",), ("t",), "type", ("e-1",), "en", True)

    assert list(write_view(full)) == [
        "q", "from", "to", "place", "actor", "type", "measure", "status", "source", "tag", "lane", "record", "lang", "embed",
    ]  # fmt: skip


def test_values_that_cannot_be_are_named_and_the_rest_is_kept() -> None:
    view, unknown = read_view({"from": ["2014-13"], "type": ["agreement", "treaty"], "lang": ["fr"], "x": ["1", "2"]})

    assert view == View(type=("agreement",))
    assert unknown == [Unknown("from", "2014-13"), Unknown("type", "treaty"), Unknown("lang", "fr"), Unknown("x", "1、2")]


def test_a_link_holds_no_more_records_than_a_mail_program_keeps() -> None:
    view, _ = read_view({"record": [f"e-{i}" for i in range(500)]})

    assert len(view.record) == MOST_RECORDS


@settings(deadline=None)
@given(VIEWS, st.sampled_from(LISTS), WORDS)
def test_toggling_twice_changes_nothing(view: View, name: str, value: str) -> None:
    once = toggle(view, name, value)

    assert set(getattr(once, name)) ^ set(getattr(view, name)) == {value}
    assert set(getattr(toggle(once, name, value), name)) == set(getattr(view, name))


def test_a_filter_is_lifted_by_its_name_in_the_link() -> None:
    view = View(since="2014", place=("310000", "330000"))

    assert lift(view, "from") == View(place=("310000", "330000"))
    assert lift(view, "place", "310000") == View(since="2014", place=("330000",))
    assert lift_all(View(q="x", lane="type", lang="en", record=("e-1",))) == View(lane="type", lang="en")


def test_ids_that_are_not_here_are_taken_out_and_named() -> None:
    view, unknown = drop_unknown(View(record=("e-1", "e-2"), actor=("甲",)), {"record": {"e-2"}, "actor": {"甲"}})

    assert view == View(record=("e-2",), actor=("甲",))
    assert unknown == [Unknown("record", "e-1")]
