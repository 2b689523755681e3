"""What an amount counts, whom, when and how it is meant; and that the word lists keep what they promise."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from extract import scan
from extract.article import understand
from extract.bodies import collective_in
from extract.fairs import fair_words, opened_in_lead
from extract.lexicons import read_lexicon
from extract.measure_words import ending
from extract.modality import find_modal_words
from extract.press import is_press
from extract.reading import read

CASES = yaml.load((Path(__file__).parent / "figures.yaml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
DEFAULTS = {"bound": "exact", "modality": "actual", "change": "", "during": "", "speaker": ""}


def figures(text: str, published: str = "2020-06-15") -> list[dict[str, Any]]:
    return scan(text, published=published, kinds=["figure"])


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"])
def test_figures_are_drafted_as_the_case_says(case: dict[str, Any]) -> None:
    found = figures(case["text"])

    assert [f["text"] for f in found] == [f["amount"] for f in case["figures"]]
    for expected, draft in zip(case["figures"], found, strict=True):
        for field, value in (DEFAULTS | expected).items():
            if field != "amount":
                assert draft[field] == value, f"{field} of {draft['text']}"


def test_what_is_no_figure_comes_first_and_there_is_enough_of_it() -> None:
    empty = [not case["figures"] for case in CASES]

    assert len(CASES) >= 55
    assert all(empty[:17])


def test_a_date_of_the_paragraph_holds_for_the_next_sentence() -> None:
    found = figures("2018年,全省进出口保持增长。出口总额达3200亿元。")

    assert [(f["text"], f["as_of"]) for f in found] == [("3200亿元", "2018")]


def test_a_whole_year_told_of_in_january_is_the_one_before() -> None:
    found = figures("截至目前,云江县网店达到310家,全年销售额达9亿元。", published="2020-01-15")

    assert [(f["text"], f["as_of"]) for f in found] == [("310家", "2020-01-15"), ("9亿元", "2019")]


def test_what_an_amount_is_compared_with_gives_it_no_date() -> None:
    found = figures("2019年,快递业务量达8亿件,比2017年增长40%。")

    assert [(f["text"], f["as_of"]) for f in found] == [("8亿件", "2019"), ("40%", "2019")]


def test_a_year_to_come_dates_only_what_is_foreseen() -> None:
    found = figures("2025年前还有时间。预计产值将达到90亿元。目前产值为30亿元。")

    assert [(f["text"], f["modality"], f["as_of"]) for f in found] == [("90亿元", "forecast", ""), ("30亿元", "actual", "2020-06-15")]


def test_the_place_a_paragraph_is_about_holds_on() -> None:
    found = figures("宁波市位于东海之滨。2019年,全市生产总值达到1.2万亿元。")

    assert [f["places"] for f in found] == [["330200"]]


def test_one_who_only_says_it_is_no_owner() -> None:
    found = figures("商务部周三公布,中国企业今年对外投资52亿美元。")

    assert [f["actors"] for f in found] == [["中国企业"]]


def test_a_fact_told_again_is_one_draft_with_the_other_telling_beside_it() -> None:
    text = "超300万商家入驻平台\n会后公布了数据。截至2020年5月,入驻平台的商家超过300万。"
    drafts = understand(read(text), "2020-06-15").figures

    assert len(drafts) == 1
    assert [text[start:end] for start, end in drafts[0].also] == ["超300万商家入驻平台"]
    assert drafts[0].as_of == "2020-05"


def test_a_figure_keeps_its_words_with_the_qualifier() -> None:
    drafts = understand(read("平台上的采购商超过2800万。"), "2020-06-15").figures

    assert [(d.amount, d.quantity.bound) for d in drafts] == [("超过2800万", "over")]


def test_a_long_sentence_is_quoted_around_its_amount() -> None:
    filler = "各地继续推动产业升级并改善服务质量,"
    text = filler * 12 + "新增就业岗位5000个," + filler * 6 + "效果很好。"
    draft = figures(text)[0]

    assert "新增就业岗位5000个" in draft["quote"]
    assert len(draft["quote"]) <= 130


def test_without_a_publication_date_nothing_is_dated_by_it() -> None:
    drafts = understand(read("目前注册用户达300万。"), "").figures

    assert [d.as_of for d in drafts] == [""]


WORDS = (
    "3亿", "5%", "个", "家", "企业", "的", "占", "增长", "分别", "、", "和", "，", "。", "从", "至", "其中", "预计", "去年", "2018年", "上海",
    "（", "）", "“", "”", "元", "总投资", "有", "为", "\n",
)  # fmt: skip


@given(st.lists(st.sampled_from(WORDS), max_size=40))
@settings(deadline=None)
def test_any_row_of_words_gives_drafts_that_lie_in_the_text(words: list[str]) -> None:
    text = "".join(words)
    article = understand(read(text), "2020-06-15")

    for draft in article.figures:
        assert draft.quote_start <= draft.start < draft.end <= draft.quote_end <= len(article.reading.text)
        assert 0 < len(draft.measure) <= 60
        assert all(0 <= start < end <= len(article.reading.text) for start, end in draft.also)


# --- the word lists --------------------------------------------------------------------------------------------


def _ends(group: str) -> Callable[[str], list[str]]:
    return lambda text: [word for word in [ending(text, group)] if word]


def _holds(group: str) -> Callable[[str], list[str]]:
    words = next(entry["words"] for entry in read_lexicon("measures") if entry["group"] == group)
    return lambda text: [word for word in words if word in text and not any(word != other and word in other and other in text for other in words)]


HELD = frozenset(("light", "compound", "of_project", "collective"))  # asked anywhere in a phrase, the others at its end
MEASURES = [entry for entry in read_lexicon("measures") if "at" not in entry]  # test_lexicons.py asks the others
READ = {entry["group"]: (_holds if entry["group"] in HELD else _ends)(entry["group"]) for entry in MEASURES}


@pytest.mark.parametrize("entry", MEASURES, ids=lambda entry: entry["group"])
def test_every_group_of_measure_words_keeps_its_examples(entry: dict[str, Any]) -> None:
    for text, words in entry["examples"].items():
        assert READ[entry["group"]](text) == words, text


@pytest.mark.parametrize("entry", MEASURES, ids=lambda entry: entry["group"])
def test_every_measure_word_is_read_as_itself(entry: dict[str, Any]) -> None:
    assert len(entry["words"]) == len(set(entry["words"]))
    for word in entry["words"]:
        assert READ[entry["group"]](word) == [word]


@pytest.mark.parametrize("entry", read_lexicon("modality"), ids=lambda entry: entry["modality"])
def test_every_modal_word_is_read_both_ways(entry: dict[str, Any]) -> None:
    def found(text: str) -> list[str]:
        return [word.text for word in find_modal_words(text, 0, len(text)) if word.kind == entry["modality"]]

    for text, words in entry["examples"].items():
        assert found(text) == words, text
    for word in entry["words"]:
        assert found(word) == [word]
    for word in entry.get("not", ()):
        assert found(word) == [], word


def test_a_body_is_named_only_by_a_whole_phrase() -> None:
    assert collective_in("深圳湾口岸日均出入境旅客") == "深圳湾口岸"
    assert collective_in("这场连接全国的企业") == ""
    assert collective_in("快递业务量") == ""
    assert collective_in("我国") == "我国"


def test_words_for_fairs_are_found_where_the_examples_say() -> None:
    entry = next(entry for entry in read_lexicon("meetings") if entry["group"] == "fairs")
    for sentence, words in entry["examples"].items():
        assert re.findall(fair_words(), sentence) == words, sentence


def test_a_report_opens_with_a_festival_where_the_examples_say() -> None:
    entry = next(entry for entry in read_lexicon("meetings") if entry["group"] == "festivals")
    for sentence, names in entry["examples"].items():
        assert [fair.name for fair in opened_in_lead(sentence)] == names, sentence


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("宁海文旅推介会在上海举行，象山文旅推介会在北京举行。", []),
        ("去年的云江茶叶展举办后，订单增加。", []),
        ("海洋产业发展会议召开。", []),
        ("云江国际茶叶展（YTF）今天开幕，云江国际茶叶展持续三天。", ["云江国际茶叶展", "云江国际茶叶展"]),
    ],
)
def test_a_report_is_about_the_one_fair_that_it_opens_with(text: str, names: list[str]) -> None:
    assert [fair.name for fair in opened_in_lead(text)] == names


def test_the_press_is_known_by_how_its_names_end_and_nobody_else_is() -> None:
    entry = next(entry for entry in read_lexicon("media") if entry["group"] == "press")
    assert [name for name in entry["examples"]["press"] if not is_press(name)] == []
    assert [name for name in entry["examples"]["no press"] if is_press(name)] == []
