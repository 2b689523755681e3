"""What people write is understood field by field, and what is wrong is named where it stands."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from curated import yaml_nodes
from curated.document import read_document
from curated.messages import MESSAGES, say
from curated.names import Names, read_names
from curated.reader import Loaded, read_records
from curated.records import Figure

CASES = yaml.safe_load(Path(__file__).with_suffix("").with_name("reader.yaml").read_text(encoding="utf-8"))


def read(text: str, names: Names | None = None) -> Loaded:
    return read_records(read_document(text), "a", "curated/articles/a.yaml", names or Names())


@pytest.mark.parametrize("case", CASES, ids=[case["why"] for case in CASES])
def test_every_problem_is_named_where_it_stands(case):
    loaded = read(case["text"])
    places = [":".join(map(str, yaml_nodes.line_column(loaded.text, f.offset))) for f in loaded.faults]

    assert sorted(f"{place} {f.field} {f.code}" for place, f in zip(places, loaded.faults, strict=True)) == sorted(case["faults"])
    if "read" in case:
        assert [record.id for record in loaded.records] == case["read"]
    for fault in loaded.faults:  # both languages can say it
        assert "{" not in say(fault.code, fault.args, "zh") + say(fault.code, fault.args, "en")


def test_values_are_kept_as_written_and_as_understood():
    loaded = read("source:\n  published: 2019-08-01\nfigures:\n  - {id: f-1, measure: 采购商, amount: 超过2800万家, quote: x, as_of: 去年, places: [长三角, 吉林省/吉林市], pin: 是}\n")
    figure = loaded.records[0]

    assert isinstance(figure, Figure)
    assert figure.as_of is not None
    assert (figure.amount.text, figure.amount.value, figure.amount.bound, figure.amount.unit) == ("超过2800万家", 28000000, "over", "家")
    assert (figure.as_of.text, figure.as_of.earliest) == ("2018", date(2018, 1, 1))
    assert [(p.name, p.adcode, p.level) for p in figure.places][1] == ("吉林市", "220200", "city")
    assert "310000" in figure.places[0].provinces
    assert figure.pin is True


def test_names_lead_to_their_canonical_form():
    names, faults = read_names({
        "actors": "- name: 阿里巴巴\n  aliases: [阿里, 阿里巴巴集团]\n  type: company\n",
        "measures": "- name: 采购商\n  aliases: 买家\n",
        "places": "- name: 西溪园区\n  is: 余杭区\n- name: 两浙\n  is: [浙江省, 330100]\n",
    })  # fmt: skip
    record = read("figures:\n  - {id: f-1, measure: 买家, amount: 3家, quote: x, actors: [阿里, 阿里巴巴集团], places: [西溪园区, 两浙]}\n", names).records[0]

    assert faults == {"actors": [], "measures": [], "places": []}
    assert isinstance(record, Figure)
    assert (record.measure, record.actors) == ("采购商", ("阿里巴巴",))
    assert [(p.text, p.name) for p in record.places] == [("西溪园区", "余杭区"), ("两浙", "浙江省"), ("两浙", "杭州市")]


def test_problems_of_the_files_of_names_are_named():
    _, faults = read_names({"actors": "- name: 甲\n  aliases: [乙]\n- name: 丙\n  aliases: [乙]\n- aliases: [丁]\n- name: 戊\n  colour: 红\n- 己\n", "places": "甲: 乙\n"})

    assert [f.code for f in faults["actors"]] == ["unknown_section", "not_mapping", "name_twice", "name_missing"]
    assert [f.code for f in faults["places"]] == ["not_list"]


@pytest.mark.parametrize("text", ["[" * 50_000, "- " * 20_000, "{a: " * 3000, "a: &a [*a, *a]", "x: &x [" + "*x," * 9 + "]"])
def test_hostile_nesting_and_aliases_are_one_problem(text):
    """Neither the stack nor the memory gives way: nothing is expanded."""
    assert [f.severity for f in read(text).faults][:1] == ["error"]


@given(st.text(max_size=200))
@settings(deadline=None)
def test_no_text_whatever_stops_the_reading(text):
    loaded = read(text)

    assert loaded.records or loaded.faults or loaded.valid


@given(st.text(alphabet="ev nts:-[]{}&*!|>'\"#\n \tidtle: 甲,q", max_size=120))
@settings(deadline=None)
def test_nothing_that_looks_like_a_curated_file_stops_the_reading(text):
    loaded = read("events:\n  - id: e-1\n" + text)

    assert loaded.records or loaded.faults or loaded.valid


@given(st.sampled_from(sorted(MESSAGES)), st.lists(st.text(max_size=200), min_size=6, max_size=6))
@settings(deadline=None)
def test_every_message_is_one_line_whatever_it_quotes(code, words):
    for lang in ("zh", "en"):
        line = say(code, tuple(words), lang)

        assert len(line.splitlines()) == 1
        assert line.isprintable()
