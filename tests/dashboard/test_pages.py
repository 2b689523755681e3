"""Pages without a browser: states of the data, every address, and the other language."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.screens import PAGES
from tests.conftest import PATIENCE, ROOT
from tests.dashboard.fixtures import write_many, write_story


def run(root: Path, monkeypatch: pytest.MonkeyPatch, **params: Any) -> AppTest:
    monkeypatch.setenv("YOUJU_ROOT", str(root))
    monkeypatch.setattr(sys, "argv", ["app.py"])
    at = AppTest.from_file(str(ROOT / "dashboard" / "app.py"), default_timeout=PATIENCE / 1000)
    at.context = {"is_embedded": params.pop("embed", False)}
    for name, value in params.items():
        at.query_params[name.rstrip("_")] = value
    at.run()
    assert [e.value for e in at.exception] == []
    return at


def show_page(path: str, root: Path, monkeypatch: pytest.MonkeyPatch, **params: str) -> AppTest:
    """A page's function, run as its address runs it."""
    monkeypatch.setenv("YOUJU_ROOT", str(root))
    monkeypatch.setattr(sys, "argv", ["app.py"])

    def script(path: str) -> None:
        from dashboard import frame
        from dashboard.screens import PAGES

        next(show for address, _, show in PAGES if address == path)(frame.open_page([]))

    at = AppTest.from_function(script, default_timeout=PATIENCE / 1000, args=(path,))
    for name, value in params.items():
        at.query_params[name] = value
    at.run()
    assert [e.value for e in at.exception] == []
    assert [e.value for e in at.error] == []
    return at


def shown(at: AppTest) -> str:
    return " ".join([html.value for html in at.html] + [t.value for t in at.text] + [s.value for s in at.subheader])


def test_an_empty_root_says_how_to_begin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    at = run(tmp_path, monkeypatch)

    assert "还没有记录" in shown(at)
    assert "python -m extract" in shown(at)


def test_one_record_is_a_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    at = run(write_many(tmp_path, 1), monkeypatch)

    assert "1 个事件" in shown(at)


def test_a_thousand_records_are_a_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    at = run(write_many(tmp_path, 1000), monkeypatch)

    assert "667 个事件" in shown(at)
    assert len(at.dataframe[-1].value) == 1000


def test_an_empty_result_names_the_filter_and_offers_to_lift_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    at = run(write_story(tmp_path), monkeypatch, place="310000", type="founding")

    assert "没有符合全部条件的记录" in shown(at)
    button = next(b for b in at.button if b.key == "yj-blame-place")
    assert "会有 1 条" in button.label
    button.click().run()

    assert "1 个事件" in shown(at)
    assert "place" not in at.query_params


def test_where_no_single_filter_is_to_blame_each_is_weighed_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    at = run(write_story(tmp_path), monkeypatch, place="110000", q="没有的词", type="founding")

    assert "「地点：北京市」一条也没有" in shown(at)
    assert "「搜索：没有的词」一条也没有" in shown(at)
    assert next(b for b in at.button if b.key == "yj-chip-place-110000").label == "地点：北京市"
    button = next(b for b in at.button if b.key == "yj-alone-type")
    assert "有 1 条" in button.label
    button.click().run()

    assert "1 个事件" in shown(at)
    assert "q" not in at.query_params


def test_broken_and_wrong_data_is_named_with_line_and_column(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    at = run(write_story(tmp_path), monkeypatch)

    assert re.search(r"curated/articles/d-broken\.yaml:\d+:\d+: ", shown(at))
    assert "5 个事件" in shown(at)


def test_what_a_link_gets_wrong_is_named_as_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    at = run(write_story(tmp_path), monkeypatch, actor="**[x](javascript:1)** $y$", from_="2014-13")

    assert "**[x](javascript:1)** $y$" in shown(at)
    assert "2014-13" in shown(at)
    assert list(at.warning) == []  # which would read it as Markdown
    assert "5 个事件" in shown(at)


def test_a_source_that_may_not_be_quoted_shows_no_word_of_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = write_story(tmp_path)
    path = root / "curated" / "articles" / "b-river.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace('rights: "full"', 'rights: "none"'), encoding="utf-8")

    at = run(root, monkeypatch, record="f-active2")

    assert "不许引用原文" in shown(at)
    assert "去年平台的活跃商家超过320万家" not in shown(at)
    assert "江城物流周报[N]" in shown(at)


def test_an_article_that_is_gone_leaves_its_quote(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = write_story(tmp_path)
    (root / "seeds" / "b-river.txt").unlink()

    at = run(root, monkeypatch, record="f-active2")

    assert "已不在 seeds/ 里" in shown(at)
    assert "去年平台的活跃商家超过320万家" in shown(at)


@pytest.mark.parametrize(
    ("old", "new", "gone", "says"),
    [
        ('rights: "full"', 'rights: "none"', False, ["不许引用原文", "云帆在武汉开通绿色通道"]),
        ('rights: "full"', 'rights: "full"', True, ["已不在 seeds/ 里", "云帆在武汉开通绿色通道"]),
        ('rights: "full"', 'rights: "full"\n  status: "retracted"', False, ["已撤稿", "文中标出了 2 条记录"]),
    ],
    ids=["not to be quoted", "gone", "retracted"],
)
def test_an_article_says_once_what_is_the_matter_with_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, old: str, new: str, gone: bool, says: list[str]) -> None:
    root = write_story(tmp_path)
    path = root / "curated" / "articles" / "b-river.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    if gone:
        (root / "seeds" / "b-river.txt").unlink()

    at = show_page("sources", root, monkeypatch, source="b-river")

    assert [shown(at).count(words) for words in says] == [1, 1]
    assert "已找不到" not in shown(at)
    assert list(at.info) == []


def test_more_figures_are_shown_by_and_by(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    at = show_page("figures", write_many(tmp_path, 150), monkeypatch)
    assert shown(at).count('class="yj-card"') == 24

    at.button(key="yj-more-cards").click().run()

    assert shown(at).count('class="yj-card"') == 48
    assert "还有 2 个" in at.button(key="yj-more-cards").label


@pytest.mark.parametrize(("lang", "said"), [("zh", "「2015年5月」 → 2015年5月（2015-05）"), ("en", "“2015年5月” → 2015-05<")])
def test_a_date_that_reads_as_it_is_understood_is_said_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lang: str, said: str) -> None:
    at = run(write_story(tmp_path), monkeypatch, record="e-first01", lang=lang)

    assert said in shown(at)


def test_an_embedded_page_has_no_frame(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    at = run(write_story(tmp_path), monkeypatch, embed=True)

    assert "<h1" not in shown(at)
    assert "5 个事件" in shown(at)


def test_the_addresses_are_those_of_the_contract() -> None:
    assert [path for path, _, _ in PAGES][:6] == ["", "sources", "figures", "places", "actors", "about"]


@pytest.mark.parametrize("path", [path for path, _, _ in PAGES if path])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_page_shows_and_speaks_its_language(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: str, lang: str) -> None:
    at = show_page(path, write_story(tmp_path), monkeypatch, lang=lang, source="a-harbour", measure="活跃商家")

    if lang == "en":
        ours = re.compile("未核对|已核对|截至|筛选|事件|数字|记录|文章|指标|地点")
        assert not ours.search(shown(at))


def test_a_link_outlives_a_rename(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = write_story(tmp_path)
    (root / "curated" / "actors.yaml").write_text("- name: 云帆公司\n  aliases: [老云帆]\n", encoding="utf-8")

    renamed, own, nobody = (shown(run(root, monkeypatch, actor=name)) for name in ("老云帆", "云帆公司", "新云帆"))

    assert "老云帆" not in renamed
    assert renamed == own
    assert "新云帆" in nobody
