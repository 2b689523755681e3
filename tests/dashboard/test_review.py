"""Reviewing in the page: what each verdict writes, what it leaves alone, and who may not edit at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

import curated
from curated.document import read_document
from curated.edit import EditError
from curated.files import locked
from dashboard.data import index_store
from dashboard.editing import Changes, find_permission, undo_step, write_step, write_steps
from dashboard.frame import Page
from dashboard.screens.bulk import rename, rename_changes
from dashboard.screens.desk import session
from dashboard.screens.intake import file_name, source_words
from dashboard.screens.review import changed_fields
from dashboard.view import View
from extract.reading import read
from tests.conftest import Served, Tab, until
from tests.dashboard.fixtures import write_story

PATH = "curated/articles/a-harbour.yaml"
def today() -> str:
    """The day in the browser's time zone, Asia/Shanghai."""
    return (datetime.now(UTC) + timedelta(hours=8)).date().isoformat()


LOCAL = {"Host": "localhost:8501", "Origin": "http://localhost:8501"}


# -- who may edit ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("host", ["localhost:8501", "127.0.0.1:8501", "[::1]:8501"])
def test_the_machine_itself_may_edit(host: str) -> None:
    assert find_permission(["--edit"], {"Host": host}, None).edit
    assert find_permission(["--edit"], {"Host": host}, "127.0.0.1").edit


def test_nobody_edits_where_it_was_not_asked_for() -> None:
    assert find_permission([], LOCAL, None)[:2] == (False, "")
    assert not find_permission([], LOCAL, None).edit


@pytest.mark.parametrize("name", ["Forwarded", "X-Forwarded-For", "x-forwarded-host", "X-FORWARDED-PROTO", "Via", "CF-Connecting-IP"])
def test_what_came_through_a_proxy_may_not_edit(name: str) -> None:
    assert find_permission(["--edit"], {**LOCAL, name: "127.0.0.1"}, None)[:2] == (True, "edit_proxy")


@pytest.mark.parametrize(
    ("headers", "ip"),
    [
        ({}, None),
        ({"Host": "youju.example.org"}, None),
        ({"Host": "localhost.example.org"}, None),
        ({"Host": "192.168.1.5:8501"}, "192.168.1.9"),
        ({"Host": "localhost"}, "192.168.1.9"),
        ({"Host": "localhost"}, "no address"),
        ({"Host": "[::1"}, None),
        ({"Host": "localhost", "Origin": "https://example.org"}, None),
        ({"Host": "localhost", "Origin": "null"}, None),
    ],
)
def test_another_machine_or_name_may_not_edit(headers: dict[str, str], ip: str | None) -> None:
    assert find_permission(["--edit"], headers, ip)[:2] == (True, "edit_foreign")


# -- what is written -------------------------------------------------------------------------------------


def test_a_step_and_its_undo_leave_every_field_as_it_was(tmp_path: Path) -> None:
    root = write_story(tmp_path)
    before = (root / PATH).read_bytes()
    changes = {"e-second2": {"title": "再签", "actors": ("上海市",), "note": "核过", "status": "reviewed", "reviewed_on": "2026-01-02"}}

    step = write_step(root, PATH, changes, before.decode())
    assert (root / PATH).read_bytes() != before
    undo_step(root, step)

    fields = [read_document(text.decode()) for text in (before, (root / PATH).read_bytes())]
    assert _plain(fields[0]) == _plain(fields[1])


def test_undo_is_refused_where_the_field_was_written_anew(tmp_path: Path) -> None:
    root = write_story(tmp_path)
    step = write_step(root, PATH, {"e-second2": {"status": "reviewed"}}, (root / PATH).read_text(encoding="utf-8"))
    text = (root / PATH).read_text(encoding="utf-8")
    at = text.index("id: e-second2")
    (root / PATH).write_text(text[:at] + text[at:].replace("status: reviewed", "status: dropped", 1), encoding="utf-8")
    kept = (root / PATH).read_bytes()

    with pytest.raises(EditError) as refused:
        undo_step(root, step)

    assert refused.value.code == "changed"
    assert (root / PATH).read_bytes() == kept


def test_only_what_changed_is_written_and_what_was_emptied_goes() -> None:
    shown = {"title": "甲", "note": "旧", "actors": ("乙",), "type": "other"}
    typed = {"title": " 甲 ", "note": "", "actors": ["乙", "丙"], "type": "other"}

    assert changed_fields(shown, typed) == {"note": None, "actors": ("乙", "丙")}


def test_a_new_name_reaches_every_record_and_every_place_a_name_stands(tmp_path: Path) -> None:
    root = write_story(tmp_path)
    rows = tuple(index_store(curated.load(root), "k").rows.values())

    files = rename_changes(root, rows, "云帆公司", "云帆集团")

    assert sorted(files) == [PATH, "curated/articles/b-river.yaml"]
    assert files[PATH].fields["e-first01"] == {"actors": ("上海市", "云帆集团")}
    assert rename_changes(root, rows, "周明", "周明明")[PATH].fields == {"f-budget2": {"speaker": "周明明"}}
    assert rename_changes(root, rows, "没有的", "别的") == {}


def test_an_alias_in_the_file_is_renamed_with_its_name(tmp_path: Path) -> None:
    root = write_story(tmp_path)
    (root / "curated" / "actors.yaml").write_text("- name: 云帆\n  aliases: [云帆公司]\n  type: company\n", encoding="utf-8")
    rows = tuple(index_store(curated.load(root), "k").rows.values())

    assert rename_changes(root, rows, "云帆", "云帆集团")[PATH].fields["e-first01"] == {"actors": ("上海市", "云帆集团")}


@pytest.mark.parametrize(("new", "says"), [("云帆股份", "说「云帆股份」就是「云帆公司」"), ("云帆公司", "写另一个名字"), (" ", "写另一个名字")])
def test_a_rename_that_would_change_nothing_is_refused_with_the_reason(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, new: str, says: str) -> None:
    root = write_story(tmp_path)
    (root / "curated" / "actors.yaml").write_text("- name: 云帆公司\n  aliases: [云帆股份]\n  type: company\n", encoding="utf-8")
    before = (root / PATH).read_bytes()
    story = index_store(curated.load(root), "k")
    monkeypatch.setattr("streamlit.session_state", {"yj-rename-to": new})

    rename(Page(story, View(), (), ()), "云帆公司", tuple(story.rows.values()))

    assert says in session().said[0]
    assert session().said[1] == "refused"
    assert (root / PATH).read_bytes() == before


def test_several_files_are_written_all_or_none(tmp_path: Path) -> None:
    root = write_story(tmp_path)
    other = "curated/articles/b-river.yaml"
    before = {path: (root / path).read_bytes() for path in (PATH, other)}
    files = {path: Changes({id_: {"note": "核过"}}, before[path].decode()) for path, id_ in ((PATH, "e-second2"), (other, "e-route04"))}
    (root / other).write_bytes(before[other] + b"# somebody was here\n")

    with pytest.raises(EditError):
        write_steps(root, files)

    assert (root / PATH).read_bytes() == before[PATH]
    (root / other).write_bytes(before[other])
    assert [step.path for step in write_steps(root, files)] == [PATH, other]
    assert all("核过" in (root / path).read_text(encoding="utf-8") for path in files)


@pytest.mark.parametrize(
    ("given", "uploaded", "name"),
    [
        ("", "", "article-2026-01-02.txt"),
        ("", "报道.HTML", "报道.html"),
        ("../../etc/passwd", "", "etc-passwd.txt"),
        ("好 名字", "x.md", "好-名字.md"),
        ("", "run.exe", "run.txt"),
        ("..", "", "article-2026-01-02.txt"),
    ],
)
def test_a_file_name_never_leads_out_of_the_folder(given: str, uploaded: str, name: str) -> None:
    assert file_name(given, uploaded, date(2026, 1, 2)) == name


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("---\ntitle: 港口周报\npublisher: 海港日报\npublished: 2019-06-03\n---\n两家公司上周签约。", "港口周报 · 海港日报 · 发表：2019年6月3日"),
        ("两家公司上周签约。", "没有读出发表日期，「去年」「上周」这样的话推算不了"),
    ],
)
def test_before_an_article_is_taken_in_its_date_is_said(words: str, said: str) -> None:
    page = Page(Any, View(), (), ())  # type: ignore[arg-type]

    assert source_words(page, read(words, "a.md")) == said


def _plain(document: Any) -> list[dict[str, Any]]:
    return [{name: entry.items(name) for name in entry.values} for entry in document.records]


# -- in the browser --------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("review")


@pytest.fixture
def desk(serve: Callable[..., Served], root: Path, browser: Any) -> Iterator[Tab]:
    """The review of a story written afresh, at its first draft: e-second2 of a-harbour."""
    for old in (root / "curated" / "articles").glob("*.yaml") if (root / "curated").exists() else ():
        old.unlink()
    write_story(root)
    tab = Tab(browser)
    tab.open(serve(root, "--edit").url + "/review")
    tab.page.get_by_text("条草稿").first.wait_for()
    yield tab
    tab.context.close()
    assert tab.errors == []


def press(tab: Tab, key: str, says: str) -> None:
    tab.page.keyboard.press(key)
    tab.page.get_by_text(says).first.wait_for()
    tab.settle()


@pytest.mark.browser
class TestDesk:
    def test_accept_writes_the_verdict_and_leaves_every_other_byte(self, desk: Tab, root: Path) -> None:
        before = (root / PATH).read_text(encoding="utf-8")
        desk.page.get_by_label("审阅人").fill("林一")
        desk.page.get_by_label("审阅人").press("Enter")
        desk.settle()
        desk.page.locator("h2", has_text="审阅").click()
        days = {today()}
        press(desk, "a", "已采纳：上海与云帆再签协议")
        days.add(today())  # another one at midnight

        after = (root / PATH).read_text(encoding="utf-8")
        entry = next(e for e in read_document(after).records if e.text("id") == "e-second2")
        assert (entry.text("status"), entry.text("reviewed_by")) == ("reviewed", "林一")
        assert entry.text("reviewed_on") in days
        start, end = before.index("  - id: e-second2"), before.index("  - id: e-found03")
        assert after.startswith(before[:start])
        assert after.endswith(before[end:])
        assert "研究院" in desk.page.locator(".yj-review mark").inner_text()

    def test_drop_and_undo(self, desk: Tab, root: Path) -> None:
        before = (root / PATH).read_bytes()
        press(desk, "d", "已弃用：上海与云帆再签协议")
        entry = next(e for e in read_document((root / PATH).read_text(encoding="utf-8")).records if e.text("id") == "e-second2")
        assert entry.text("status") == "dropped"
        press(desk, "u", "已撤销")
        assert (root / PATH).read_bytes() == before

    def test_skip_goes_on_and_writes_nothing(self, desk: Tab, root: Path) -> None:
        before = (root / PATH).read_bytes()
        press(desk, "n", "城市研究院")
        assert "成立" in desk.page.locator(".yj-review mark b").inner_text()
        assert (root / PATH).read_bytes() == before

    def test_a_changed_field_is_kept_and_letters_typed_are_no_commands(self, desk: Tab, root: Path) -> None:
        title = desk.page.get_by_label("标题")
        title.click()
        title.press("End")
        title.press_sequentially("and")
        desk.page.get_by_role("button", name="采纳").click()
        desk.page.get_by_text("已采纳").first.wait_for()
        entry = next(e for e in read_document((root / PATH).read_text(encoding="utf-8")).records if e.text("id") == "e-second2")
        assert (entry.text("title"), entry.text("status")) == ("上海与云帆再签协议and", "reviewed")

    def test_what_cannot_be_read_is_refused_with_advice(self, desk: Tab, root: Path) -> None:
        before = (root / PATH).read_bytes()
        desk.page.get_by_label("日期", exact=True).fill("前些日子吧")
        desk.page.get_by_role("button", name="采纳").click()
        desk.page.get_by_text("没有写入").first.wait_for()
        assert "读不成日期" in desk.settle().words()
        assert (root / PATH).read_bytes() == before

    def test_a_file_changed_underneath_is_refused_and_loses_nothing(self, desk: Tab, root: Path) -> None:
        theirs = (root / PATH).read_text(encoding="utf-8").replace("上海与云帆再签协议", "别人改过的标题")
        (root / PATH).write_text(theirs, encoding="utf-8")
        desk.page.get_by_label("备注").fill("我的备注")
        desk.page.get_by_role("button", name="采纳").click()
        desk.page.get_by_text("没有写入").first.wait_for()
        desk.settle()
        assert (root / PATH).read_text(encoding="utf-8") == theirs
        assert desk.page.get_by_label("标题").input_value() == "别人改过的标题"
        assert "我的备注" in desk.words()

    def test_a_whole_article_at_once_and_one_undo(self, desk: Tab, root: Path) -> None:
        before = (root / PATH).read_bytes()
        desk.page.get_by_text("成批", exact=True).click()
        desk.settle().page.get_by_role("button", name="采纳这篇文章的 3 条").click()
        desk.page.get_by_text("已采纳：这篇文章的 3 条").first.wait_for()
        assert "draft" not in {e.text("status") for e in read_document((root / PATH).read_text(encoding="utf-8")).records}
        desk.settle()
        desk.page.get_by_role("button", name="撤销").click()
        desk.page.get_by_text("已撤销").first.wait_for()
        assert (root / PATH).read_bytes() == before

    def test_all_of_an_actor_over_several_articles_and_one_undo(self, desk: Tab, root: Path) -> None:
        paths = [root / "curated" / "articles" / f"{name}.yaml" for name in ("a-harbour", "b-river")]
        before = [path.read_bytes() for path in paths]
        desk.page.get_by_text("成批", exact=True).click()
        desk.settle().page.get_by_role("button", name="采纳「云帆公司」的 5 条").click()
        desk.page.get_by_text("已采纳：「云帆公司」的 5 条").first.wait_for()
        assert [path.read_text(encoding="utf-8").count("status: draft") for path in paths] == [0, 0]
        desk.settle()
        desk.page.get_by_role("button", name="撤销").click()
        desk.page.get_by_text("已撤销").first.wait_for()
        assert [path.read_bytes() for path in paths] == before

    def test_an_actor_gets_its_new_name_everywhere_and_one_undo(self, desk: Tab, root: Path) -> None:
        paths = [root / "curated" / "articles" / f"{name}.yaml" for name in ("a-harbour", "b-river")]
        before = [_plain(read_document(path.read_text(encoding="utf-8"))) for path in paths]
        desk.page.get_by_text("成批", exact=True).click()
        desk.page.get_by_label("主体改名").wait_for()
        choice = desk.page.get_by_role("option", name="云帆公司")

        def opens() -> bool:  # a run of the page that ends now closes a list just opened
            desk.settle().page.get_by_label("主体改名").click()
            desk.page.wait_for_timeout(500)
            return choice.count() > 0

        until(desk.page, opens)
        choice.click()
        desk.settle().page.get_by_label("新名字").fill("云帆集团")
        desk.page.get_by_label("新名字").press("Enter")
        desk.settle().page.get_by_role("button", name="处处改名（8 条记录）").click()
        desk.page.get_by_text("已把「云帆公司」改为「云帆集团」：8 条记录").first.wait_for()
        assert "在 curated/actors.yaml 里把「云帆公司」写进「云帆集团」的 aliases" in desk.settle().words()
        written = [read_document(path.read_text(encoding="utf-8")) for path in paths]
        names = [name for document in written for entry in document.records for name in entry.items("actors")]
        assert (names.count("云帆集团"), names.count("云帆公司")) == (8, 0)
        assert desk.settle().page.locator(".yj-review").count() == 1
        desk.page.get_by_role("button", name="撤销").click()
        desk.page.get_by_text("已撤销").first.wait_for()
        assert [_plain(read_document(path.read_text(encoding="utf-8"))) for path in paths] == before

    def test_a_write_that_waits_for_an_extraction_says_so(self, desk: Tab, root: Path) -> None:
        before = (root / PATH).read_bytes()
        with locked(root):
            desk.page.keyboard.press("a")
            desk.page.get_by_text("另一次抽取正在写文件").wait_for()
            assert (root / PATH).read_bytes() == before
        desk.page.get_by_text("已采纳：上海与云帆再签协议").first.wait_for()
        desk.page.get_by_text("等到了").wait_for()
        until(desk.page, lambda: desk.page.get_by_text("另一次抽取正在写文件").count() == 0)
        assert (root / PATH).read_bytes() != before

    def test_two_people_on_the_same_file_lose_nothing(self, desk: Tab, root: Path, browser: Any) -> None:
        """Both have the same draft before them; the second to write is told, sees what is there now, and goes on."""
        other = Tab(browser).open(desk.page.url)
        other.page.get_by_text("条草稿").first.wait_for()
        other.settle().page.get_by_label("备注").fill("第二人的备注")

        press(desk, "a", "已采纳：上海与云帆再签协议")
        other.page.get_by_role("button", name="采纳").click()
        other.page.get_by_text("没有写入").first.wait_for()

        entry = next(e for e in read_document((root / PATH).read_text(encoding="utf-8")).records if e.text("id") == "e-second2")
        assert (entry.text("status"), entry.text("note")) == ("reviewed", "")
        assert "第二人的备注" in other.settle().words()
        other.page.locator("h2", has_text="审阅").click()
        press(other, "d", "已弃用：云帆在杭州成立城市研究院")
        records = {e.text("id"): e.text("status") for e in read_document((root / PATH).read_text(encoding="utf-8")).records}
        assert (records["e-second2"], records["e-found03"]) == ("reviewed", "dropped")
        other.context.close()

    def test_a_file_is_uploaded_looked_at_and_taken_in(self, desk: Tab, root: Path) -> None:
        desk.page.get_by_text("收入一篇文章").click()
        desk.page.get_by_label("粘贴文章").wait_for()
        desk.settle()
        said = "(p) => [getComputedStyle(p).fontSize, getComputedStyle(p, '::after').content]"
        assert desk.page.locator("[data-testid=stFileUploader] button p").evaluate(said) == ["0px", '"选文件"']
        page = "<html><head><title>南港新闻</title></head><body><p>2019年6月3日，南港公司与宁波市签署战略合作协议。</p></body></html>"
        desk.page.locator("[data-testid=stFileUploader] input[type=file]").set_input_files(
            {"name": "南港 新闻.html", "mimeType": "text/html", "buffer": page.encode("gb18030")}
        )
        desk.page.get_by_text("南港 新闻.html").first.wait_for()
        desk.settle().page.get_by_role("button", name="看草稿").click()
        desk.page.get_by_text("还没有保存").wait_for()
        assert "南港新闻 · 发表：2019年6月（推断）" in desk.settle().words()
        desk.settle().page.get_by_role("button", name="收入", exact=True).click()
        desk.page.get_by_text("已收入 南港-新闻").wait_for()
        assert "还没有保存" not in desk.settle().words()
        assert desk.page.get_by_text("南港 新闻.html").count() == 0
        kept = root / "seeds" / "南港-新闻.html"
        assert kept.read_bytes() == page.encode("gb18030")
        assert "status: draft" in (root / "curated" / "articles" / "南港-新闻.yaml").read_text(encoding="utf-8")
        kept.unlink()

    def test_an_article_is_pasted_looked_at_and_taken_in(self, desk: Tab, root: Path) -> None:
        desk.page.get_by_text("收入一篇文章").click()
        desk.page.get_by_label("粘贴文章").wait_for()
        desk.settle()
        desk.page.get_by_label("粘贴文章").fill("北港新闻\n2019年6月3日，北港公司与杭州市签署战略合作协议，<b>首批</b>投资超过2000万元。\n")
        desk.page.get_by_label("名字").fill("beigang")
        desk.page.get_by_role("button", name="看草稿").click()
        desk.page.get_by_text("还没有保存").wait_for()
        assert "发表：2019年6月（推断）" in desk.settle().words()
        assert not (root / "seeds" / "beigang.txt").exists()
        desk.settle()
        desk.page.get_by_role("button", name="收入", exact=True).click()
        desk.page.get_by_text("已收入 beigang").wait_for()
        assert "status: draft" in (root / "curated" / "articles" / "beigang.yaml").read_text(encoding="utf-8")
        (root / "seeds" / "beigang.txt").unlink()

    def test_a_forwarded_request_reads_only_and_is_told_why(self, desk: Tab, browser: Any) -> None:
        tab = Tab(browser, extra_http_headers={"X-Forwarded-For": "203.0.113.9"})
        tab.open(desk.page.url)
        tab.page.get_by_text("经过了代理或转发").wait_for()
        tab.settle()
        assert tab.page.get_by_role("button", name="采纳").count() == 0
        assert tab.page.get_by_role("link", name="审阅").count() == 0
        tab.context.close()

    def test_english(self, desk: Tab) -> None:
        desk.open(desk.page.url.split("?")[0] + "?lang=en")
        desk.page.get_by_role("button", name="Accept").wait_for()
        assert "采纳" not in desk.settle().words()


@pytest.mark.browser
def test_without_edit_there_is_no_review(serve: Callable[..., Served], tmp_path_factory: pytest.TempPathFactory, browser: Any) -> None:
    tab = Tab(browser)
    tab.open(serve(write_story(tmp_path_factory.mktemp("story"))).url + "/review")
    tab.page.get_by_text("云帆公司与各地").first.wait_for()
    tab.settle()
    assert tab.page.get_by_role("link", name="审阅").count() == 0
    assert tab.page.get_by_role("button", name="采纳").count() == 0
    tab.context.close()
