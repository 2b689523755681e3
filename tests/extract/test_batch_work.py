"""Rows, slices, articles and copies: the parts of a batch without an engine."""

from __future__ import annotations

import json
import re
import time
from pathlib import Path
from string import Formatter

import numpy as np
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.archive import duplicates, inputs, work
from extract.archive.inputs import Row, find_slices, read_slice
from extract.archive.reasons import REASONS
from extract.archive.work import DONE, FAILED, OK, Worker, done_key, work_all

PAIRS = yaml.safe_load((Path(__file__).parent / "duplicates.yaml").read_text(encoding="utf-8"))


def line(**values: object) -> Row:
    return Row("json", "x.jsonl:1", json.dumps(values, ensure_ascii=False).encode())


@settings(deadline=None, max_examples=60)
@given(lines=st.lists(st.binary(min_size=0, max_size=30).filter(lambda b: b"\n" not in b), max_size=20), size=st.integers(1, 60), end=st.booleans())
def test_every_line_is_read_once_however_a_file_is_cut(tmp_path_factory, lines, size, end):
    path = tmp_path_factory.mktemp("cut") / "x.jsonl"
    path.write_bytes(b"\n".join(lines) + (b"\n" if end else b""))
    before, inputs.SLICE = inputs.SLICE, size
    try:
        slices, _ = find_slices(path)
        found = [row.payload.rstrip(b"\n") for part in slices for row in read_slice(part)]
    finally:
        inputs.SLICE = before

    assert found == [text for text in lines if text.strip(b" \t\r\n\xef\xbb\xbf")]


def test_a_line_that_never_ends_is_passed_over(tmp_path, monkeypatch):
    monkeypatch.setattr(inputs, "LINE", 1000)
    path = tmp_path / "x.jsonl"
    path.write_bytes(b'{"id": "1"}\n' + b"x" * 5000 + b'\n{"id": "2"}\n')
    found = [row for part in find_slices(path)[0] for row in read_slice(part)]

    assert [row.payload[:11] for row in found] == [b'{"id": "1"}', b"", b'{"id": "2"}']
    assert found[1].error.startswith("一行超过")


def test_hidden_files_and_links_out_of_a_folder_are_no_articles(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "secret.txt").write_text("x")
    (tmp_path / "in" / ".hidden.txt").write_text("x")
    (tmp_path / "in" / "link.txt").symlink_to(tmp_path / "secret.txt")
    (tmp_path / "in" / "a.txt").write_text("x")

    assert [part.names for part in find_slices(tmp_path / "in")[0]] == [("a.txt",)]


# --- one article -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (line(text="甲"), "没有 id"),
        (line(id="1"), "没有 text"),
        (line(id="1", text="  "), "没有 text"),
        (line(id="1", text=5), "text 应是文字"),
        (line(id=True, text="甲"), "id 应是文字"),
        (line(id=["1"], text="甲"), "id 应是文字"),
        (Row("json", "x", b"[" * 100_000), "JSON"),
        (Row("file", "x", b"%PDF-1.4 x", id="x"), "save it as text (UTF-8) first"),
        (Row("json", "x", b"[1]"), 'such as {"id": "1", "text": "…"}'),
        (Row("file", "x", b"\x00\x01\x02\xff" * 40, id="x"), ""),
        (Row("file", "x", b"", id="x", error="读不了:没有权限"), "没有权限"),
    ],
)
def test_a_row_that_gives_no_article_says_why(row, reason):
    result = Worker().work(row)

    assert result["state"] == FAILED
    assert reason in result["reason"]
    assert not result["facts"]


@pytest.mark.parametrize("code", REASONS)
def test_every_reason_is_told_in_both_languages_with_the_same_words_filled_in(code):
    fields = [{name for _, name, _, _ in Formatter().parse(text) if name} for text in REASONS[code]]

    assert fields[0] == fields[1]
    assert not re.search("[一-鿿]", REASONS[code][1])


def test_one_that_fails_costs_no_other(monkeypatch):
    def understood(source):
        if source["id"] == "bad":
            raise KeyError("a finder's mistake")
        if source["id"] == "full":
            raise MemoryError
        return real(source)

    real = work._understood
    monkeypatch.setattr(work, "_understood", understood)
    states = work_all(Worker(), [line(id=id, text="注册商家达到5万家。") for id in ("a", "bad", "full", "b")]).field("state").to_pylist()

    assert states == [OK, FAILED, FAILED, OK]


def test_an_article_that_takes_too_long_is_given_up_and_tried_again_later(monkeypatch):
    def understood(source):
        until = time.monotonic() + 600
        while source["id"] == "slow" and time.monotonic() < until:
            pass
        return real(source)

    real = work._understood
    assert Worker().work(line(id="b", text="注册商家达到5万家。"))["state"] == OK  # the lexicons are read by now
    monkeypatch.setattr(work, "_understood", understood)
    worker = Worker(slowest=3)
    slow, next_one = worker.work(line(id="slow", text="甲")), worker.work(line(id="b", text="注册商家达到5万家。"))

    assert (slow["state"], slow["hash"]) == (FAILED, "")
    assert "3 秒" in slow["reason"]
    assert next_one["state"] == OK


def test_an_article_that_is_too_long_is_not_read():
    assert "上限" in Worker(longest=10).work(line(id="1", text="注册商家达到5万家。" * 3))["reason"]


def test_done_is_id_and_content():
    first = Worker().work(line(id="1", text="注册商家达到5万家。"))
    worker = Worker(np.sort(np.array([done_key("1", first["hash"]), 5, 2**64 - 1], np.uint64)))

    assert worker.work(line(id="1", text="注册商家达到5万家。"))["state"] == DONE
    assert worker.work(line(id="1", text="注册商家达到6万家。"))["state"] == OK
    assert worker.work(line(id="2", text="注册商家达到5万家。"))["state"] == OK
    assert worker.work(line(id="1", text="注册商家达到5万家。", published="2019-08-01"))["state"] == OK


@settings(deadline=None, max_examples=60)
@given(st.text(max_size=60))
def test_a_worker_never_raises_and_always_fits_the_table(text):
    rows = work_all(Worker(), [line(id="1", text=text), Row("json", "x", text.encode("utf-8", "replace")), Row("file", "x", text.encode("utf-16"), id="x")])

    assert len(rows) == 3


def test_ids_of_records_stay_and_are_one_each():
    text = "2013年12月及今年2月，豫、冀两省先后开通平台。截至2019年5月，注册商家超过5万家，门店约3万家。"
    one, two = (Worker().work(line(id="1", text=text, published="2014-08-01"))["facts"] for _ in range(2))

    assert [fact["id"] for fact in one] == [fact["id"] for fact in two]
    assert len({fact["id"] for fact in one}) == len(one) >= 2
    assert {fact["id"] for fact in Worker().work(line(id="2", text=text))["facts"]}.isdisjoint(fact["id"] for fact in one)


# --- copies ------------------------------------------------------------------------------------------------------


def copies(*texts: str) -> list[duplicates.Telling]:
    wordings = [duplicates.wording_of(text) for text in texts]
    return list(duplicates.find_copies((n, duplicates.sign(w), duplicates.pack(w)) for n, w in enumerate(wordings)))


@pytest.mark.parametrize("pair", PAIRS["distinct"], ids=lambda pair: pair["why"])
def test_different_reports_are_not_joined(pair):
    assert copies(pair["a"], pair["b"]) == []


@pytest.mark.parametrize("pair", PAIRS["copies"], ids=lambda pair: pair["why"])
def test_a_repost_is_joined(pair):
    assert [(telling.number, telling.lead) for telling in copies(pair["a"], pair["b"])] == [(1, 0)]


def test_captions_are_not_compared():
    assert copies("图为签约现场。", "图为签约现场。") == []


def test_all_copies_stand_behind_the_first():
    text = PAIRS["copies"][0]["a"]

    assert [(telling.number, telling.lead) for telling in copies(PAIRS["distinct"][0]["a"], text, text + "完", text)] == [(2, 1), (3, 1)]


@settings(deadline=None, max_examples=50)
@given(st.text(max_size=300))
def test_packed_wording_comes_back(text):
    wording = duplicates.wording_of(text)
    again = duplicates.unpack(duplicates.pack(wording))

    assert all(np.array_equal(one, two) for one, two in zip(wording, again, strict=True))
    assert duplicates.similarity(wording, again) in (0.0, 1.0)
