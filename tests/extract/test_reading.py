"""Reading: the cases of reading.yaml, the examples of furniture.yaml, and the laws of the way back to the raw file."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.lexicons import read_lexicon
from extract.reading import Reading, ReadingError, decode, read
from extract.script import simplify

CASES = yaml.load(Path(__file__).with_name("reading.yaml").read_text("utf-8"), yaml.BaseLoader)
SEEDS = sorted((Path(__file__).parents[2] / "seeds").glob("*.txt"))
FURNITURE = [(kind, entry) for kind in ("lines", "labels", "closing") for entry in read_lexicon("furniture")[kind]]


def check_way_back(reading: Reading) -> None:
    """What must hold for every character of any text: it comes from somewhere, in order, and can be found from there."""
    raw, text = reading.raw, reading.text
    whole = simplify(raw)
    before = (0, 0)
    for at, char in enumerate(text):
        start, end = reading.raw_span(at, at + 1)
        assert 0 <= start < end <= len(raw)
        assert before[0] <= start
        assert before[1] <= end
        if end - start == 1 and char not in "\n " and not any(r.start <= start < r.end for r in reading.repairs):
            assert char in (simplify(raw[start]), whole[start])  # one for one: the character itself
        if not char.isspace():
            found = reading.text_span(start, end)
            assert found is not None
            assert found[0] <= at < found[1]
        before = start, end
    assert not text or reading.raw_span(0, len(text))[1] <= len(raw)


# --- what must stay -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("raw", CASES["same"])
def test_clean_text_stays_as_it_is(raw: str) -> None:
    reading = read(raw)

    assert reading.text == raw
    assert reading.repairs == ()
    assert all(reading.raw_span(i, i + 1) == (i, i + 1) for i in range(len(raw)))


@pytest.mark.parametrize("case", CASES["read"], ids=lambda case: case["raw"][:24])
def test_a_text_reads_as_a_person_would(case: dict) -> None:
    reading = read(case["raw"], case.get("file", ""))

    assert reading.text == case["text"]
    assert {key: reading.meta.get(key, "null") for key in case.get("meta", {})} == case.get("meta", {})
    assert [repair.text + "!" * (not repair.restored) for repair in reading.repairs] == case.get("mends", [])
    for key, words in case.get("said", {}).items():
        assert reading.raw[slice(*reading.meta_spans[key])] == words
    check_way_back(reading)


def test_an_escape_an_entity_and_a_noted_character_are_one_raw_span_each() -> None:
    reading = read('{"content": "\\u4e2d\\n業(yè)&ldquo;x"}')

    spans = {char: reading.raw[slice(*reading.raw_span(i, i + 1))] for i, char in enumerate(reading.text)}

    assert spans == {"中": "\\u4e2d", "\n": "\\n", "业": "業(yè)", "“": "&ldquo;", "x": "x"}


def test_what_was_left_out_has_no_place_in_the_text() -> None:
    reading = read("<p>正文。</p><!-- 注释 --><p>又一段。</p>")

    assert reading.text_span(reading.raw.index("注释"), reading.raw.index("注释") + 2) is None
    assert reading.text_span(0, len(reading.raw)) == (0, len(reading.text))


def test_a_second_copy_of_a_title_is_left_out_where_the_text_has_its_own() -> None:
    reading = read("---\ntitle: 新桥通车\n---\n<h1>新桥通车</h1><p>今天通车。</p>")

    assert reading.text == "新桥通车\n今天通车。"
    assert reading.raw_span(0, 4)[0] == reading.raw.rindex("新桥")


def test_several_articles_in_one_file_are_named_and_not_mixed() -> None:
    with pytest.raises(ReadingError, match="不止一篇"):
        read('[{"content": "甲"}, {"content": "乙"}]')


# --- seeds ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem[:3])
def test_seeds_read_as_simplified_chinese_without_traces(path: Path) -> None:
    reading = read(decode(path.read_bytes()), path.name)

    assert not re.search(r"[\ue000-\uf8ff□\ufffd]|\?!|/FONT>|[(（][a-zü]*[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ]", reading.text)
    assert not re.search(r"image\.png|图像标题|扫一扫|长按|siemens|下载中心|我要反馈|\n\n", reading.text)
    assert len(reading.text) > 0.5 * len(reading.raw)
    check_way_back(reading)


def test_the_damaged_seed_is_restored_but_for_one_guess() -> None:
    reading = read(decode(SEEDS[3].read_bytes()))

    assert len(reading.repairs) == 22
    assert [repair.text for repair in reading.repairs if not repair.restored] == ["为首先"]
    assert reading.meta["title"] == "阿里已与7个省级政府确立云计算和大数据合作"
    assert reading.meta["published"] == "2014年07月10日"


# --- encodings ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("text", "encoding"), [(case["text"], name) for case in CASES["encodings"] for name in case["in"]])
def test_an_encoding_is_told_from_few_bytes(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem[:3])
@pytest.mark.parametrize("size", [6, 20, 200, 4000])
def test_the_seeds_are_told_in_gb18030_at_any_length(path: Path, size: int) -> None:
    text = path.read_bytes().decode().strip()[:size]

    assert decode(text.encode("gb18030")) == text


@pytest.mark.parametrize("case", CASES["unreadable"], ids=lambda case: case["says"])
def test_what_is_no_text_is_named_with_the_reason(case: dict) -> None:
    with pytest.raises(ReadingError, match=case["says"]):
        decode(case["bytes"].encode("latin-1"))


def test_a_text_cut_inside_a_character_is_still_read() -> None:
    text = "本季度收入增长两成。" * 40

    for encoding in ("utf-8", "gb18030"):
        assert decode(text.encode(encoding)[:-1])[:-2] == text[:-2]
    assert [repair.kind for repair in read(decode(text.encode()[:-1])).repairs] == ["torn"]


def test_mixed_encodings_are_named_with_the_line() -> None:
    mixed = ("收入增长两成。\n" * 20).encode() + ("收入增长两成。\n" * 20).encode("gb18030")

    with pytest.raises(ReadingError, match="第 21 行"):
        decode(mixed)


# --- furniture ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("kind", "entry"), FURNITURE, ids=lambda value: value if isinstance(value, str) else value["pattern"][:20])
def test_furniture_examples_hold_both_ways(kind: str, entry: dict) -> None:
    match = re.compile(entry["pattern"], re.I).fullmatch if kind != "closing" else re.compile(entry["pattern"], re.I).match

    assert {text: str(bool(match(text))).lower() for text in entry["examples"]} == entry["examples"]
    assert "true" in entry["examples"].values()


def test_no_example_of_text_is_furniture_by_another_entry() -> None:
    text = [example for _, entry in FURNITURE for example, verdict in entry["examples"].items() if verdict == "false"]

    assert [line for line in text if read(f"首句完整。\n\n{line}\n\n末句完整。").text.count("\n") != 2] == []


# --- laws ---------------------------------------------------------------------------------------------------------

plain = st.text(st.sampled_from("今年公司销售增长的人和在上海国业电会数个万亿12,。“”"), min_size=1, max_size=60).map(lambda t: "甲" + t + "乙")
pieces = st.sampled_from(
    ["業(yè)", "&ldquo;", "&nbsp;", "&#x4e00;", "<b>", "</p>", "<p>", "<br/>", "<!-- x -->", "\n\n", "  ", "\u3000", "\u200b", "\ufeff", "?!", "?!币晃恢", "?yàn)",
     "?/FONT>", "1 . 5 亿", "2, 800 万", "８", "國", "€", "\ue026", "\ud800", "\0", "\r\n", "image.png\n", "標籤：甲\n", "扫一扫\n", "**", "[", "](http://a.b)", "# ",
     '{"content": "', '"}', "\\u4e00", "\\n", "---\n", "title: 甲\n", "<script>", "</script>", "<", ">", '"', "<%", "😀", "。\n", "甲公司2019年8月1日\n"]
)  # fmt: skip
damaged = st.lists(st.one_of(plain, pieces), max_size=14).map("".join)


@settings(deadline=None, max_examples=100)
@given(damaged)
def test_every_character_of_any_text_leads_back(raw: str) -> None:
    try:
        reading = read(raw)
    except ReadingError:
        return
    check_way_back(reading)
    assert not re.search(r"^\s|\s$|\n\n|  |[\ud800-\udfff\0]", reading.text)


@settings(deadline=None, max_examples=60)
@given(plain)
def test_clean_text_is_its_own_reading(text: str) -> None:
    text = re.sub(r"(?<=\d)[,12]+", "", text)

    assert read(text).text == text
    assert read(text).raw_span(0, len(text)) == (0, len(text))


@settings(deadline=None, max_examples=60)
@given(plain, st.data())
def test_notes_and_tags_put_in_never_change_the_reading(text: str, data: st.DataObject) -> None:
    expected = read(text).text
    han = [i for i, char in enumerate(text) if char >= "\u4e00"]
    for at in sorted(data.draw(st.sets(st.sampled_from(han), max_size=5)), reverse=True):
        noise = data.draw(st.sampled_from(["(yè)", "（zhāng）", "<b>", "</font>", "\u200b", "<!-- 注 -->"]))
        text = text[: at + 1] + noise + text[at + 1 :]

    assert read(text).text == expected


@settings(deadline=None, max_examples=60)
@given(st.text(st.sampled_from("國家於是討論著這部專著乾隆年間沈重計畫１２３ＡＢ　\u2028\ud800名作業"), max_size=40), plain)
def test_script_and_width_change_one_character_for_one(traditional: str, text: str) -> None:
    assert len(simplify(traditional + text)) == len(traditional + text)
    assert simplify(traditional + text)[len(traditional) :] == text or "乾" in traditional + text
    assert not set("國這專１Ａ\ud800") & set(simplify(traditional))


@settings(deadline=None, max_examples=60)
@given(plain)
def test_entities_and_escapes_read_as_what_they_stand_for(text: str) -> None:
    expected = read(text).text

    assert read("".join(f"&#{ord(char)};" if char > "\x7f" else char for char in text)).text == expected
    assert read('{"content": "' + "".join(f"\\u{ord(char):04x}" for char in text) + '"}').text == expected


@settings(deadline=None, max_examples=60)
@given(plain.filter(lambda text: len(set(text)) > 3), st.sampled_from(["utf-8", "utf-8-sig", "gb18030", "utf-16"]))
def test_decoding_gives_back_what_was_encoded(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == text


@settings(deadline=None, max_examples=60)
@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_named(raw: bytes) -> None:
    try:
        reason = read(decode(raw)).text and "读得出"
    except ReadingError as problem:
        reason = str(problem)
    assert not reason or re.search("[一-龥]", reason)
