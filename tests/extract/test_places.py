"""Places in text, and what people write for them. Cases are data: places.yaml and the examples in the lexicon."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.divisions import (
    divisions,
    former_names,
    full_names,
    holds,
    level_of,
    name_of,
    parent_of,
    provinces_of,
    regions,
    resolve_place,
    towns,
)
from extract.lexicons import read_lexicon
from extract.mentions import Place
from extract.places import find_places

CASES: dict[str, list[Any]] = yaml.load((Path(__file__).parent / "places.yaml").read_text(encoding="utf-8"), yaml.BaseLoader)
NOTHING = CASES.pop("nothing")
SENTENCES = [(text, places) for group in CASES.values() for case in group for text, places in case.items()]


def shown(place: Place) -> str:
    """A place as the cases write it: 宁波 330200, 朝阳区 open, 长三角 region, 上海市 310000 in."""
    without = place.level if place.level in ("region", "country") or not (place.name in full_names() or place.level == "county") else "open"
    return f"{place.text} {place.adcode or without}{' in' if place.inside else ''}"


@pytest.mark.parametrize("text", NOTHING)
def test_nothing_is_found(text: str) -> None:
    assert [shown(p) for p in find_places(text)] == []


@pytest.mark.parametrize(("text", "places"), SENTENCES)
def test_exactly_these_are_found(text: str, places: list[str]) -> None:
    assert [shown(p) for p in find_places(text)] == places


def lexicon_examples() -> list[tuple[str, list[str]]]:
    lexicon = read_lexicon("places")
    sections = [section for key, section in lexicon.items() if key != "abroad"] + lexicon["abroad"]
    return [example for section in sections for example in section.get("examples", {}).items()]


@pytest.mark.parametrize(("text", "places"), lexicon_examples())
def test_examples_of_the_lexicon(text: str, places: list[str]) -> None:
    assert [p.text for p in find_places(text)] == places


# --- what must hold for any text ---------------------------------------------------------------------------------

PIECES = ["上海", "浙江省", "宁波市", "朝阳区", "南山", "豫、冀两省", "来沪", "京津冀", "长三角", "日本", "织里镇", "大同", "的", "公司", "。", "\n", "a", "7月"]


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join) | st.text(max_size=80))
@settings(deadline=None)
def test_places_are_in_order_apart_and_known(text: str) -> None:
    places = find_places(text)

    assert all(a.end <= b.start for a, b in pairwise(places))
    assert all(p.text == text[p.start : p.end] and p.text for p in places)
    assert all(p.adcode == "" or p.adcode in divisions() for p in places)
    assert all(p.name and p.rule for p in places)


@given(st.sampled_from(PIECES), st.sampled_from(PIECES))
@settings(deadline=None)
def test_a_sentence_of_its_own_changes_no_place_that_is_certain(one: str, two: str) -> None:
    """Adding a sentence may support a weak name; it never takes away what stood without it."""
    alone = [(p.text, p.adcode) for p in find_places(f"{one}。") if p.adcode]
    together = [(p.text, p.adcode) for p in find_places(f"{one}。{two}。")]

    assert together[: len(alone)] == alone


def test_every_full_name_behind_its_parents_is_that_division() -> None:
    chains = {}
    for code in divisions():
        chain = [code]
        while parent_of(chain[0]):
            chain.insert(0, parent_of(chain[0]))
        chains[code] = "".join(map(name_of, chain))
    wrong = [(chain, code) for code, chain in chains.items() if [p.adcode for p in find_places(chain)][-1:] != [code]]

    assert wrong == []


# --- what people write ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "adcode", "name", "level"),
    [
        ("宁波", "330200", "宁波市", "city"),
        ("吉林", "220000", "吉林省", "province"),
        ("吉林省/吉林市", "220200", "吉林市", "city"),
        ("浙江省宁波市鄞州区", "330212", "鄞州区", "county"),
        ("浙江 宁波", "330200", "宁波市", "city"),
        ("上海浦东", "310115", "浦东新区", "county"),
        ("北京朝阳", "110105", "朝阳区", "county"),
        ("330200", "330200", "宁波市", "city"),
        ("110103", "110101", "东城区", "county"),
        ("崇文区", "110101", "东城区", "county"),
        ("萧山市", "330109", "萧山区", "county"),
        ("恩施州", "422800", "恩施土家族苗族自治州", "city"),
        ("香港特区", "810000", "香港特别行政区", "province"),
        ("臺北", "710000", "台北市", "city"),
        ("廣東省深圳市", "440300", "深圳市", "city"),
        ("沪", "310000", "上海市", "province"),
        ("织里镇", "330502", "织里镇", "town"),
        ("河北燕郊", "131082", "燕郊镇", "town"),
        ("长三角", "", "长三角", "region"),
        ("东北", "", "东北", "region"),
        ("日本", "", "日本", "country"),
        ("中国", "", "中国", "country"),
        ("纽约", "", "纽约", "city"),
    ],
)
def test_what_people_write_is_understood(written: str, adcode: str, name: str, level: str) -> None:
    place = resolve_place(written)

    assert place is not None
    assert (place.adcode, place.name, place.level) == (adcode, name, level)


def test_a_name_that_several_places_share_names_them() -> None:
    place = resolve_place("朝阳区")

    assert place is not None
    assert (place.adcode, place.rule) == ("", "ambiguous:110105,220104")


@pytest.mark.parametrize("written", ["", " ", "火星", "浙江省/火星", "广东省/宁波市", "999999", "33020"])
def test_what_nobody_knows_is_none(written: str) -> None:
    assert resolve_place(written) is None


@given(st.text(max_size=30))
@settings(deadline=None)
def test_any_writing_is_a_place_or_none(written: str) -> None:
    place = resolve_place(written)

    assert place is None or place.adcode == "" or place.adcode in divisions()


@pytest.mark.parametrize(
    ("region", "provinces"),
    [
        ("京津冀", ["110000", "120000", "130000"]),
        ("长三角", ["310000", "320000", "330000", "340000"]),
        ("粤港澳大湾区", ["440000", "810000", "820000"]),
        ("苏锡常", ["320000"]),
        ("东北地区", ["210000", "220000", "230000"]),
        ("火星", []),
    ],
)
def test_regions_expand_to_provinces(region: str, provinces: list[str]) -> None:
    assert list(provinces_of(region)) == provinces


# --- the tables ---------------------------------------------------------------------------------------------------------


def test_the_gazetteer_is_complete() -> None:
    levels = [level_of(code) for code in divisions()]

    assert levels.count("province") == 34
    assert levels.count("city") == 333
    assert levels.count("county") > 2840
    assert len(towns()) > 30_000


def test_every_division_lies_in_its_parent() -> None:
    orphans = [code for code in divisions() if parent_of(code) and (parent_of(code) not in divisions() or not holds(parent_of(code), code))]

    assert orphans == []


def test_former_names_are_no_present_names_of_the_same_place_and_lead_to_present_ones() -> None:
    assert all(code in divisions() for codes in former_names().values() for code in codes)
    assert resolve_place("崇文区") is not None


def test_hand_made_names_point_at_divisions() -> None:
    lexicon = read_lexicon("places")

    assert [code for code in lexicon["localities"]["names"].values() if code not in divisions()] == []
    assert [name for name in lexicon["localities"]["weak"] if name not in lexicon["localities"]["names"]] == []
    assert [name for name in lexicon["localities"]["full"] if name not in lexicon["localities"]["names"]] == []
    assert all(len(members) == len(name) for name, members in lexicon["spelled"]["names"].items())
    assert all(provinces for provinces in regions().values())


@pytest.mark.parametrize("group", [pytest.param(g, id=g["group"]) for g in read_lexicon("places")["abroad"]])
def test_every_foreign_name_is_found(group: dict[str, Any]) -> None:
    found = {name: [(p.text, p.level, p.adcode) for p in find_places(f"代表团前往{name}访问。")] for name in group["names"]}

    assert found == {name: [(name, group["level"], "")] for name in group["names"]}


def test_every_county_of_the_list_is_found_by_its_bare_name() -> None:
    names = read_lexicon("places")["alone"]["names"]

    assert [name for name in names if [p.text for p in find_places(f"记者来到{name}采访。")] != [name]] == []
