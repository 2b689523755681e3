"""Who is found in a sentence, under which name, and that the word lists keep what they promise."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from extract import people
from extract.actors import find_actors
from extract.everyday_names import words_like
from extract.lexicon.build_companies import listed_name, standing
from extract.lexicons import FOLDER, read_lexicon
from extract.organisation_endings import suffixes
from extract.places import find_places

CASES = yaml.safe_load((Path(__file__).parent / "actors.yaml").read_text(encoding="utf-8"))


def _params() -> list[Any]:
    return [
        pytest.param(case, id=case["text"], marks=pytest.mark.xfail(strict=True, reason=case["known_failure"]) if "known_failure" in case else ())
        for case in CASES
    ]


@pytest.mark.parametrize("case", _params())
def test_names_are_found_as_the_case_says(case: dict[str, Any]) -> None:
    found = find_actors(case["text"], find_places(case["text"]))

    assert [a.name for a in found] == case["actors"]
    if "types" in case:
        assert [a.type for a in found] == case["types"]
    if "roles" in case:
        assert [a.role for a in found] == case["roles"]


def test_there_are_at_least_as_many_cases_as_promised_and_negatives_come_first() -> None:
    empty = [not case["actors"] for case in CASES]

    assert len(CASES) >= 70
    assert all(empty[:25])


@pytest.mark.parametrize("group", read_lexicon("actors"), ids=lambda group: group["group"])
def test_every_group_of_names_keeps_its_examples(group: dict[str, Any]) -> None:
    for sentence, names in group["examples"].items():
        found = find_actors(sentence, find_places(sentence))
        assert [a.name for a in found] == names, sentence


@pytest.mark.parametrize("group", read_lexicon("companies"), ids=lambda group: group["group"])
def test_a_listed_name_stands_in_the_table_as_its_example_says(group: dict[str, Any]) -> None:
    lines = (FOLDER / "companies.tsv").read_text(encoding="utf-8").splitlines()
    table = dict(line.split("\t") for line in lines if not line.startswith("#"))

    for name, expected in group["examples"].items():
        assert standing(name) == expected
        assert table.get(name, "left out") == expected, "run build_companies.py again"


@pytest.mark.parametrize(("short", "name"), [("万  科Ａ", "万科"), ("*ST远通", "远通"), ("XD云江股", "云江股"), ("云江转B", "云江转"), ("云江-UW", "云江"), ("退市云江", "云江"), ("TCL科技", "TCL科技")])
def test_what_an_exchange_puts_around_a_name_is_taken_off(short: str, name: str) -> None:
    assert listed_name(short) == name


@pytest.mark.parametrize("group", read_lexicon("actors"), ids=lambda group: group["group"])
def test_every_alias_is_read_as_its_canonical_name(group: dict[str, Any]) -> None:
    for name, aliases in group["names"].items():
        for form in (name, *aliases):
            found = find_actors(f"昨天，{form}发布消息", [])
            assert [(a.name, a.type) for a in found] == [(name, group["type"])], form


@pytest.mark.parametrize("group", read_lexicon("actors"), ids=lambda group: group["group"])
def test_no_word_that_hides_a_name_is_read_as_one(group: dict[str, Any]) -> None:
    own = set(group["names"]) | {alias for aliases in group["names"].values() for alias in aliases}
    for word in group.get("not", ()):
        found = [a for a in find_actors(f"、{word}、", []) if a.text in own and a.text != word]
        assert found == [], word


@pytest.mark.parametrize("group", read_lexicon("organisations"), ids=lambda group: group["group"])
def test_endings_of_organisations_keep_their_examples(group: dict[str, Any]) -> None:
    for sentence, names in group["examples"].items():
        found = find_actors(sentence, find_places(sentence))
        assert [a.text for a in found] == names, sentence


@pytest.mark.parametrize("group", read_lexicon("everyday_names"), ids=lambda group: group["group"])
def test_words_around_everyday_names_keep_their_examples(group: dict[str, Any]) -> None:
    for text, begins in group["examples"].items():
        assert (words_like(group["group"]).match(text) is not None) == (begins == "true"), text


@pytest.mark.parametrize("group", read_lexicon("roles"), ids=lambda group: group["group"])
def test_offices_keep_their_examples(group: dict[str, Any]) -> None:
    for sentence, names in group["examples"].items():
        assert [a.name for a in find_actors(sentence, []) if a.type == "person"] == names, sentence


def test_every_office_gives_away_the_name_behind_it() -> None:
    for office in sorted(people.offices()):
        found = find_actors(f"昨天，{office}沈国民到场", [])
        assert [a.name for a in found if a.type == "person"] == ["沈国民"], office


def test_surnames_keep_their_examples() -> None:
    for sentence, names in read_lexicon("surnames")["examples"].items():
        text = f"省长{sentence}" if "李强" in sentence else f"，{sentence}"
        assert [a.name for a in find_actors(text, []) if a.type == "person"] == names, sentence


def test_words_around_withheld_names_keep_their_examples() -> None:
    for sentence, names in read_lexicon("surnames")["withheld"]["examples"].items():
        assert [a.name for a in find_actors(sentence, []) if a.type == "person"] == names, sentence


def test_a_full_name_and_its_short_form_are_one_actor() -> None:
    text = "云海电子商务集团(以下简称“云海集团”)与东湖区签约。云海集团表示满意。"
    names = {a.name for a in find_actors(text, find_places(text)) if a.type == "company"}

    assert names == {"云海电子商务集团"}


_TEXT = st.text(alphabet=st.sampled_from("阿里巴集团公司长张王李勇省市政府与和在的，。（）“”说表示1688A总裁银行有限"), max_size=60)


@settings(deadline=None, max_examples=100)
@given(_TEXT)
def test_finds_are_in_order_apart_and_verbatim(text: str) -> None:
    found = find_actors(text, find_places(text))

    assert all(text[a.start : a.end] == a.text for a in found)
    assert all(one.end <= two.start for one, two in pairwise(found))
    assert all(a.name and a.start < a.end for a in found)


def test_every_suffix_has_a_lead_the_finder_knows() -> None:
    assert {s.lead for s in suffixes().values()} <= {"any", "place", "exact", "numbered"}
