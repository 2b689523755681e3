"""Signing in against a real provider on loopback: who may edit, who may not, and every forged way in refused."""

from __future__ import annotations

import http.cookiejar
import json
import re
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest

from curated.changes import read_changes
from curated.document import read_document
from dashboard.signin import comparable, find_identity, find_unsafe, print_of, read_editors
from tests.conftest import PATIENCE, Served, Tab, end, follow, go_to, start_page
from tests.dashboard.fixtures import write_story
from tests.dashboard.provider import TWISTS, Claims, Provider, run_provider, secrets_text

pytestmark = [pytest.mark.filterwarnings("ignore::DeprecationWarning"), pytest.mark.filterwarnings("ignore:JWS algorithm")]
PATH = "curated/articles/a-harbour.yaml"
SECRET = "0123456789abcdef0123456789abcdef-test"
EDITOR = "Lin@Example.org"
USERS: dict[str, Claims] = {
    "lin": {"email": EDITOR, "email_verified": True, "name": "<b>林</b>"},
    "guest": {"email": "guest@example.org", "email_verified": True},
    "unproven": {"email": "lin@example.org", "email_verified": False},
}
NOW = 1_800_000_000.0
ENTRA = "https://login.microsoftonline.com/11111111-2222-3333-4444-555555555555/v2.0"
GOOD: Claims = {"is_logged_in": True, "iss": "https://id.example.org", "sub": "1", "email": EDITOR, "email_verified": True, "iat": NOW - 60, "exp": NOW + 60}


# -- who is on the list ------------------------------------------------------------------------------------


def test_the_list_holds_exact_addresses_and_names() -> None:
    listed = read_editors("Lin@Example.org;周明 <zhou@example.org>, \"B, C\" <b@example.org>\n# c@example.org\nd@example.org # d")

    assert listed["lin@example.org"] == "Lin@Example.org"
    assert listed["zhou@example.org"] == "周明"
    assert set(listed) == {"lin@example.org", "zhou@example.org", "b@example.org", "d@example.org"}


@pytest.mark.parametrize("entry", ["*", "*@example.org", "@example.org", "example.org", "a@*", "a@b@c", "a b@example.org", "<a@example.org", "a@example.org>", "?@example.org", ""])
def test_what_is_no_exact_address_lets_nobody_in(entry: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert read_editors(entry) == {}


@pytest.mark.parametrize("other", ["lin@example.or\u212a", "l\u0131n@example.org", "lin@example.org.evil.test", "xlin@example.org", "lin+x@example.org", "lin@example.org\u200b", "ｌin@example.org"])
def test_an_address_that_only_looks_the_same_is_another(other: str) -> None:
    assert comparable("LIN@example.ORG") == "lin@example.org"
    assert comparable(other) not in read_editors("lin@example.org, lin@example.ork")


@pytest.mark.parametrize(
    ("claims", "why"),
    [
        ({}, ""),
        ({"email": "LIN@EXAMPLE.ORG"}, ""),
        ({"email_verified": "true"}, ""),
        ({"email_verified": False}, "si_unverified"),
        ({"email_verified": "false"}, "si_unverified"),
        ({"email_verified": 1.5}, "si_unverified"),
        ({"email_verified": None, "iss": ENTRA, "xms_edov": True}, ""),
        ({"email_verified": None, "iss": ENTRA, "xms_edov": "1"}, ""),
        ({"email_verified": None, "iss": ENTRA, "xms_edov": False}, "si_unverified"),
        ({"email_verified": None, "iss": ENTRA}, "si_unverified"),
        ({"email_verified": None, "xms_edov": True}, "si_unverified"),  # another provider's claim of that name
        ({"email_verified": None, "iss": "https://login.microsoftonline.com.example.org/x/v2.0", "xms_edov": True}, "si_unverified"),
        ({"email_verified": None, "iss": 5, "xms_edov": True}, "si_unverified"),
        ({"email_verified": None}, "si_unverified"),
        ({"email": None}, "si_unverified"),
        ({"email": ["lin@example.org"]}, "si_unverified"),
        ({"email": "guest@example.org"}, "si_not_listed"),
        ({"exp": NOW}, "si_expired"),
        ({"exp": NOW - 1}, "si_expired"),
        ({"exp": None}, "si_expired"),
        ({"exp": True}, "si_expired"),
        ({"exp": "9999999999"}, "si_expired"),
        ({"exp": float("nan")}, "si_expired"),
    ],
)  # fmt: skip
def test_which_claims_allow_editing(claims: Claims, why: str) -> None:
    found = find_identity(GOOD | claims, read_editors("lin@example.org"), NOW, {})

    assert found is not None
    assert found.why == why
    assert bool(found.name) == (why == "")


@pytest.mark.parametrize("said", [False, None, "true", 1])
def test_who_has_not_signed_in_is_nobody(said: object) -> None:
    assert find_identity(GOOD | {"is_logged_in": said}, read_editors("lin@example.org"), NOW, {}) is None


def test_a_sign_in_that_was_ended_stays_ended_and_the_next_counts() -> None:
    ended = {print_of(GOOD): NOW + 60}

    assert find_identity(GOOD, read_editors(EDITOR), NOW, ended)[2] == "si_expired"  # type: ignore[index]
    assert find_identity(GOOD | {"iat": NOW}, read_editors(EDITOR), NOW, ended)[2] == ""  # type: ignore[index]


def test_an_empty_list_lets_nobody_in() -> None:
    assert find_identity(GOOD, read_editors(" \n, ;"), NOW, {})[2] == "si_not_listed"  # type: ignore[index]


@pytest.mark.parametrize(
    ("settings", "trusted", "said"),
    [
        ({}, False, ""),
        ({"redirect_uri": "https://youju.example.org/oauth2callback"}, False, ""),
        ({"redirect_uri": "http://127.0.0.1:8501/oauth2callback"}, False, ""),
        ({"cookie_secret": "secret"}, False, "cookie_secret"),
        ({"cookie_secret": ""}, False, "cookie_secret"),
        ({"redirect_uri": "http://youju.example.org/oauth2callback"}, False, "redirect_uri"),
        ({"redirect_uri": "http://localhost.example.org/oauth2callback"}, False, "redirect_uri"),
        ({"redirect_uri": ""}, False, "redirect_uri"),
        ({}, True, "trustedUserHeaders"),
    ],
)
def test_sign_in_is_closed_where_the_settings_are_not_safe(settings: dict[str, str], trusted: bool, said: str) -> None:
    why = find_unsafe({"redirect_uri": "http://localhost:{port}/oauth2callback", "cookie_secret": SECRET} | settings, trusted)

    assert said in why
    assert bool(why) == bool(said)


# -- the real thing ----------------------------------------------------------------------------------------


class Site(NamedTuple):
    url: str
    root: Path
    editors: Path
    provider: Provider
    served: Served


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The dashboard as it is hosted, without `--edit`, and the provider beside it."""
    folder = tmp_path_factory.mktemp("signin")
    root = write_story(tmp_path_factory.mktemp("story"))
    (folder / "editors.txt").write_text("lin@example.org\n", encoding="utf-8")
    with run_provider(USERS) as provider:
        (folder / "secrets.toml").write_text(secrets_text(provider.url, SECRET), encoding="utf-8")
        env = {"YOUJU_EDITORS_FILE": str(folder / "editors.txt"), "YOUJU_EDITORS": ""}
        served = start_page(root, folder / "log", script="dashboard/server.py", flags=[f"--secrets.files={folder / 'secrets.toml'}"], env=env)
        yield Site(served.url, root, folder / "editors.txt", provider, served)
        end(served.process)


@pytest.fixture
def fresh(site: Site) -> Iterator[Site]:
    """The story written afresh, the list as it was."""
    for path in (site.root / "curated").rglob("*.jsonl"):
        path.unlink()
    write_story(site.root)
    site.editors.write_text("lin@example.org\n", encoding="utf-8")
    site.provider.twist = ""
    yield site
    site.provider.twist = ""


class Browser:
    """What a browser does in the sign-in, by hand: it keeps cookies and follows links as far as it is told to."""

    def __init__(self, site: Site) -> None:
        self.site, self.jar = site, http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar), _Stop)

    def get(self, url: str, data: dict[str, str] | None = None) -> str:
        """The address an answer points on to, "" where it is a page."""
        body = urlencode(data).encode() if data else None
        with self.opener.open(urllib.request.Request(url, body), timeout=PATIENCE / 1000) as answer:
            return answer.headers.get("Location", "")

    def start(self, secret: str = SECRET, expires: float = 60) -> str:
        """Ask to sign in, as the button does; the address at the provider."""
        from joserfc import jwt
        from joserfc.jwk import OctKey

        token = jwt.encode({"alg": "HS256"}, {"provider": "default", "exp": int(time.time() + expires)}, OctKey.import_key(secret))
        return self.get(f"{self.site.url}/auth/login?provider={token}")

    def approve(self, address: str, sub: str = "lin") -> str:
        """Say yes at the provider; the address of the way back, with code and state."""
        return self.get(address, {"sub": sub})

    @property
    def signed_in(self) -> bool:
        return any(cookie.name == "_streamlit_user" for cookie in self.jar)


class _Stop(urllib.request.HTTPRedirectHandler):
    def http_error_302(self, req: Any, fp: Any, code: int, msg: str, headers: Any) -> Any:
        return fp


def test_a_good_token_signs_in(fresh: Site) -> None:
    visitor = Browser(fresh)
    visitor.get(visitor.approve(visitor.start()))

    assert visitor.signed_in


@pytest.mark.parametrize("twist", TWISTS)
def test_a_token_that_nobody_should_believe_signs_nobody_in(fresh: Site, twist: str) -> None:
    fresh.provider.twist = twist
    visitor = Browser(fresh)
    visitor.get(visitor.approve(visitor.start()))

    assert not visitor.signed_in


def test_the_way_back_counts_once_and_only_where_it_began(fresh: Site) -> None:
    visitor, victim = Browser(fresh), Browser(fresh)
    back = visitor.approve(visitor.start())
    victim.get(back)  # another person's browser, sent there by a link
    assert not victim.signed_in
    victim.start()
    state = parse_qs(urlsplit(back).query)["state"][0]
    victim.get(back.replace(state, "0" * len(state)))
    assert not victim.signed_in
    visitor.get(back)
    assert visitor.signed_in
    visitor.jar.clear()
    visitor.get(back)
    assert not visitor.signed_in


def test_the_way_in_cannot_be_forged(fresh: Site) -> None:
    assert "/oauth2/authorize" in Browser(fresh).start()
    assert "/oauth2/authorize" not in Browser(fresh).start(secret="another secret of the same length!")
    assert "/oauth2/authorize" not in Browser(fresh).start(expires=-1)
    assert "/oauth2/authorize" not in Browser(fresh).get(f"{fresh.url}/auth/login?provider=https://evil.example.org")


def cookie(claims: Claims, secret: str = SECRET, *, name: str = "_streamlit_user", age: int = 0) -> str:
    """An identity cookie as the server would sign it with that secret, that many seconds ago."""
    from itsdangerous import TimestampSigner, URLSafeTimedSerializer

    class Signer(TimestampSigner):
        def get_timestamp(self) -> int:
            return int(time.time()) - age

    return URLSafeTimedSerializer(secret, salt=name, signer=Signer).dumps(json.dumps(claims))  # type: ignore[return-value]


def page_for(site: Site, identity: str, *, origin: str = "") -> str:
    """What the server draws for whoever brings this cookie: every element of the page, as text."""
    from google.protobuf.text_format import MessageToString
    from streamlit.proto.BackMsg_pb2 import BackMsg
    from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
    from websockets.sync.client import connect

    with urllib.request.urlopen(f"{site.url}/_stcore/health") as answer:
        xsrf = re.search(r"_streamlit_xsrf=([^;]+)", answer.headers.get("Set-Cookie", ""))
    if xsrf is None:
        with urllib.request.urlopen(f"{site.url}/_stcore/host-config") as answer:
            xsrf = re.search(r"_streamlit_xsrf=([^;]+)", answer.headers.get("Set-Cookie", ""))
    assert xsrf
    headers = {"Cookie": f"_streamlit_xsrf={xsrf[1]}; _streamlit_user={identity}"}
    address = site.url.replace("http", "ws", 1) + "/_stcore/stream"
    drawn = []
    with connect(address, max_size=None, open_timeout=PATIENCE / 1000, subprotocols=["streamlit", xsrf[1]], origin=origin or site.url, additional_headers=headers) as socket:  # type: ignore[arg-type,list-item]
        ask = BackMsg()
        ask.rerun_script.query_string = ""
        socket.send(ask.SerializeToString())
        while True:
            answer = ForwardMsg()
            answer.ParseFromString(socket.recv(timeout=PATIENCE / 1000, decode=False))
            if answer.WhichOneof("type") == "delta":
                drawn.append(MessageToString(answer.delta.new_element, as_utf8=True))
            elif answer.WhichOneof("type") == "script_finished":
                return "\n".join(drawn)


def claims_now(site: Site, **others: Any) -> Claims:
    now = int(time.time())
    return {**USERS["lin"], "iss": site.provider.url, "sub": "lin", "iat": now, "exp": now + 600, "provider": "default", "origin": site.url, "is_logged_in": True, **others}


def test_a_cookie_of_ours_is_believed(fresh: Site) -> None:
    """What the refused ones below differ from by one thing each."""
    page = page_for(fresh, cookie(claims_now(fresh)))

    assert "yj-sign-out" in page
    assert "审阅" in page


FORGED: dict[str, Callable[[Site], str]] = {
    "none": lambda site: "",
    "another secret": lambda site: cookie(claims_now(site), "another secret of the same length!"),
    "an empty secret": lambda site: cookie(claims_now(site), ""),
    "a changed address": lambda site: _tampered(cookie(claims_now(site, email="guest@example.org"))),
    "a cut signature": lambda site: cookie(claims_now(site))[:-6],
    "signed as another cookie": lambda site: cookie(claims_now(site), name="_streamlit_user_tokens"),
    "kept for two months": lambda site: cookie(claims_now(site), age=60 * 86_400),
    "for another address of the site": lambda site: cookie(claims_now(site, origin="https://other.example.org")),
    "unsigned": lambda site: json.dumps(claims_now(site)).replace('"', "%22"),
}
REFUSED: dict[str, Callable[[Site], str]] = {
    "an ended token": lambda site: cookie(claims_now(site, exp=int(time.time()) - 1)),
    "no end": lambda site: cookie({k: v for k, v in claims_now(site).items() if k != "exp"}),
    "not verified": lambda site: cookie(claims_now(site, email_verified=False)),
    "not on the list": lambda site: cookie(claims_now(site, email="guest@example.org")),
}


def _tampered(value: str) -> str:
    """The editor's address put into a cookie that was signed for another."""
    body, signature = value.split(".", 1)
    other = cookie({"email": EDITOR, "is_logged_in": True}).split(".", 1)[0]
    assert body != other
    return f"{other}.{signature}"


@pytest.mark.parametrize("how", FORGED)
def test_a_forged_cookie_is_nobody(fresh: Site, how: str) -> None:
    page = page_for(fresh, FORGED[how](fresh))

    assert "yj-sign-in-default" in page
    assert "yj-sign-out" not in page
    assert "审阅" not in page


@pytest.mark.parametrize("how", REFUSED)
def test_who_may_not_edit_reads_and_is_told_why(fresh: Site, how: str) -> None:
    page = page_for(fresh, REFUSED[how](fresh))

    assert "yj-sign-out" in page
    assert "只能看" in page
    assert "审阅" not in page


# -- in the browser ----------------------------------------------------------------------------------------


def sign_in(tab: Tab, url: str, sub: str) -> Tab:
    tab.open(url)
    tab.page.get_by_role("button", name="编辑登录").click()
    tab.page.get_by_role("button", name=sub, exact=True).click()
    tab.page.get_by_role("button", name="退出").wait_for()
    return tab.settle()


def draft(root: Path) -> Any:
    return next(e for e in read_document((root / PATH).read_text(encoding="utf-8")).records if e.text("id") == "e-second2")


@pytest.mark.browser
class TestInTheBrowser:
    def test_an_editor_signs_in_edits_and_signs_out_everywhere(self, fresh: Site, browser: Any) -> None:
        tab = sign_in(Tab(browser), f"{fresh.url}/figures?place=310000", "lin")
        tab.page.wait_for_url("**/figures?place=310000")
        tab.settle().page.get_by_role("link", name="审阅").click()
        tab.page.get_by_text("条草稿").first.wait_for()
        tab.settle()
        assert tab.page.get_by_label("审阅人").count() == 0
        other = follow(tab.context.new_page())
        go_to(other, f"{fresh.url}/review")
        other.get_by_role("button", name="采纳").wait_for()
        tab.page.get_by_role("button", name="采纳").click()
        tab.page.get_by_text("已采纳").first.wait_for()
        assert (draft(fresh.root).text("status"), draft(fresh.root).text("reviewed_by")) == ("reviewed", "lin@example.org")
        change = read_changes(fresh.root)[0]
        assert (change.who, change.how, change.file, change.id) == (EDITOR, "review", PATH, "e-second2")
        assert (change.was["status"], change.now["status"]) == ("draft", "reviewed")
        tab.page.get_by_text("最近的改动").click()
        tab.page.locator(".st-key-yj-changes").get_by_text(EDITOR).first.wait_for()
        tab.page.get_by_role("button", name="退出").click()
        tab.page.get_by_role("button", name="End session").click()
        tab.page.get_by_role("button", name="编辑登录").wait_for()
        assert tab.settle().page.get_by_role("link", name="审阅").count() == 0
        kept = (fresh.root / PATH).read_bytes()
        other.get_by_role("button", name="采纳").click()
        other.get_by_text("登录已到期或已退出").first.wait_for()
        assert (fresh.root / PATH).read_bytes() == kept
        tab.context.close()

    def test_whoever_is_taken_off_the_list_cannot_write_any_more(self, fresh: Site, browser: Any) -> None:
        tab = Tab(browser)
        tab.context.add_cookies([{"name": "_streamlit_user", "value": cookie(claims_now(fresh)), "url": fresh.url}])
        tab.open(f"{fresh.url}/review")
        tab.page.get_by_role("button", name="采纳").wait_for()
        before = (fresh.root / PATH).read_bytes()
        fresh.editors.write_text("somebody@example.org\n", encoding="utf-8")
        tab.page.get_by_role("button", name="采纳").click()
        tab.page.get_by_text("不在编辑名单上").first.wait_for()
        assert (fresh.root / PATH).read_bytes() == before
        assert read_changes(fresh.root) == []
        tab.context.close()

    def test_whoever_is_not_on_the_list_is_told_so_and_reads(self, fresh: Site, browser: Any) -> None:
        tab = sign_in(Tab(browser), fresh.url, "guest")
        tab.page.get_by_text("不在编辑名单上").first.wait_for()
        assert tab.settle().page.get_by_role("link", name="审阅").count() == 0
        tab.open(f"{fresh.url}/review")
        assert tab.page.get_by_role("button", name="采纳").count() == 0
        tab.context.close()
