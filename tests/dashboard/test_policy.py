"""Headers as text: what settings may say, and that no policy lets anything from elsewhere in."""

from __future__ import annotations

import re

import pytest

from dashboard.policy import (
    FILE_POLICY,
    SettingError,
    Settings,
    base_url,
    common_headers,
    frame_options,
    page_policy,
    read_settings,
)


def test_without_settings_only_the_page_itself_may_frame_it():
    assert read_settings({}) == Settings("'self'", "")


@pytest.mark.parametrize(
    ("words", "policy"),
    [
        ("https://example.org", "https://example.org"),
        ("self https://*.example.org http://localhost:8080", "'self' https://*.example.org http://localhost:8080"),
        ("'self'", "'self'"),
        ("none", "'none'"),
        ("  ", "'self'"),
    ],
)
def test_sites_that_may_frame_the_page(words: str, policy: str):
    assert read_settings({"YOUJU_FRAME_ANCESTORS": words}).ancestors == policy


@pytest.mark.parametrize("words", ["*", "https:", "https://*", "example.org", "none self", "https://a.org; script-src *", "https://a.org,https://b.org", "https://a.org/path", "https://a\nb.org", "javascript:x"])
def test_what_would_open_the_frame_to_anybody_or_break_the_header_is_refused(words: str):
    with pytest.raises(SettingError, match="YOUJU_FRAME_ANCESTORS"):
        read_settings({"YOUJU_FRAME_ANCESTORS": words})


@pytest.mark.parametrize("url", ["example.org", "javascript:alert(1)", "https://", "https://a.org?x=1", "https://a.org#x", "https://a b.org", 'https://a.org/"x', "https://用.org", "https://user:pass@a.org"])
def test_what_is_no_address_is_refused(url: str):
    with pytest.raises(SettingError, match="YOUJU_URL"):
        read_settings({"YOUJU_URL": url})


@pytest.mark.parametrize("host", ["", "a.org/x", "a.org\r\nX: y", 'a.org"><script>', "a b", "a.org:99999999", "[::1", "用.org"])
def test_a_host_no_browser_sends_gives_no_address(host: str):
    assert base_url(Settings(), "https", host, "") == ""


def test_the_address_is_the_settled_one_or_the_one_that_was_asked():
    assert base_url(read_settings({"YOUJU_URL": "https://example.org/news/"}), "http", "evil.example", "/x") == "https://example.org/news"
    assert base_url(Settings(), "https", "[::1]:8501", "/news") == "https://[::1]:8501/news"


def test_no_policy_names_a_remote_origin_or_everything():
    for policy in (page_policy(["a()"], "'self'"), FILE_POLICY):
        words = re.split(r"[;\s]+", policy)

        assert [word for word in words if "*" in word or "//" in word or word in ("http:", "https:", "ws:", "wss:")] == []


def test_scripts_are_named_one_by_one():
    scripts = next(part for part in page_policy(["a()"], "'self'").split("; ") if part.startswith("script-src "))

    # sha256("a()") in base64, as `printf 'a()' | openssl dgst -sha256 -binary | base64` gives it
    assert scripts.split() == ["script-src", "'self'", "blob:", "'wasm-unsafe-eval'", "'sha256-qVpDBgj7bpq5hMAcGp3AOc79J3Y1Z4HvySTwKrWDoy4='"]


def test_browsers_are_bound_to_https_only_where_the_host_says_it_is_reached_so():
    assert "Strict-Transport-Security" not in common_headers(Settings(url="http://example.org"))
    assert "max-age=" in common_headers(Settings(url="https://example.org"))["Strict-Transport-Security"]


def test_the_older_frame_header_never_contradicts_the_policy():
    assert [frame_options(ancestors) for ancestors in ("'self'", "'none'", "https://example.org")] == ["SAMEORIGIN", "DENY", ""]
