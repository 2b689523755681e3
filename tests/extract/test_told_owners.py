"""Whose an amount is that somebody tells in his own words, and what a village has."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from extract import scan
from extract.people import opening_surnames
from extract.places import find_places
from extract.repeated_people import names_told_of
from extract.villages import find_villages

GROUPS = yaml.safe_load((Path(__file__).parent / "told_owners.yaml").read_text(encoding="utf-8"))
CASES = [case for group in GROUPS.values() for case in group]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:30])
def test_amounts_go_to_those_whose_they_are(case: dict[str, Any]) -> None:
    text = case["text"]
    found = {text[figure["start"] : figure["end"]]: figure["actors"] for figure in scan(text, published="2020-06-15", kinds=["figure"])}

    assert {amount: found[amount] for amount in case["owners"]} == case["owners"]


@pytest.mark.parametrize("text", ["云江镇12个贫困村脱贫。", "云江镇推进村庄建设，村干部走访农户。", "去年新建农村公路30公里。", "云江镇组织村民种茶。"])
def test_kinds_of_villages_are_no_names(text: str) -> None:
    assert find_villages(text, find_places(text)) == []


def test_a_village_is_found_wherever_it_is_named() -> None:
    text = "云江镇石桥村在山里。走进石桥村，茶园一片接一片。"

    assert [text[v.start : v.end] for v in find_villages(text, find_places(text))] == ["石桥村", "石桥村"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("黄金周到了。黄金周里说走就走，黄金周人多。", []),
        ("高铁站到了，高铁站旁有商铺，高铁站还在扩建。", []),
        ("罗坝镇在山里。罗坝镇脱贫，罗坝镇种茶。", []),
        ("罗立强，罗立强（左），罗立强摄，罗立强摄影。", []),
        ("鲁川网刊文，鲁川网转载，鲁川网删除。", []),
        ("罗江科公司开业，罗江科公告，罗江科回应。", []),
        ("罗立强种茶，罗立强卖茶，罗立强养鸡。", ["罗立强"]),
        ("罗立强种茶，罗立强卖茶，罗立强一家都忙。", ["罗立强"]),
    ],
)
def test_a_repeated_name_is_known_by_what_only_follows_people(text: str, names: list[str]) -> None:
    text = "\n" + text

    assert [text[start:end] for start, end in names_told_of(text, opening_surnames(text))] == names
