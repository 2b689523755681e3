"""Archives in object storage: how an address and its credentials reach DuckDB, and what is said where its extension is missing."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.archive import parts
from dashboard.archive.overlay import open_archive
from dashboard.archive.parts import ArchiveError
from dashboard.words import say
from tests.conftest import PATIENCE

ROOT = Path(__file__).parent.parent.parent
NOWHERE = "http://127.0.0.1:9"  # a port of this machine that nobody serves


@pytest.fixture
def without_httpfs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No extension on the disk, and none to be had."""
    connect = parts.connect
    settings: dict[str, Any] = {"extension_directory": str(tmp_path / "extensions"), "custom_extension_repository": NOWHERE}
    monkeypatch.setattr(parts, "connect", lambda: connect(**settings))
    monkeypatch.setenv("YOUJU_CACHE", str(tmp_path / "cache"))


@pytest.mark.parametrize("where", ["s3://bucket/news", "gs://bucket/news", "https://news.example/archive"])
def test_a_missing_extension_is_named_with_the_way_to_get_it(where: str, without_httpfs: None) -> None:
    import duckdb

    with pytest.raises(ArchiveError) as caught:
        open_archive(where)

    assert caught.value.code == "httpfs"
    for lang, words in (("zh", ("扩展", "能上网的机器", "复制到本机")), ("en", ("extension", "internet access", "copy the archive"))):
        said = say(f"archive_{caught.value.code}", lang, **caught.value.words)
        assert [word for word in (*words, duckdb.__version__, "INSTALL httpfs", NOWHERE) if word not in said] == []


@pytest.mark.parametrize(("lang", "word"), [("zh", "能上网的机器"), ("en", "internet access")])
def test_the_page_says_so_in_both_languages(lang: str, word: str, without_httpfs: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YOUJU_FACTS", "s3://bucket/news")
    monkeypatch.setattr(sys, "argv", ["app.py"])
    at = AppTest.from_file(str(ROOT / "dashboard" / "app.py"), default_timeout=PATIENCE / 1000)
    at.query_params["lang"] = lang
    at.run()

    assert [e.value for e in at.exception] == []
    assert word in " ".join(html.value for html in at.html)


@pytest.mark.parametrize(
    ("given", "settings"),
    [
        ({"KEY_ID": "k", "SECRET": "it's"}, {"KEY_ID": "'k'", "SECRET": "'it''s'"}),
        ({"ENDPOINT": "http://127.0.0.1:9000/"}, {"ENDPOINT": "'127.0.0.1:9000'", "URL_STYLE": "'path'", "USE_SSL": "false"}),
        ({"ENDPOINT": "https://minio.example"}, {"ENDPOINT": "'minio.example'", "URL_STYLE": "'path'", "USE_SSL": "true"}),
        ({"ENDPOINT": "minio.example:9000"}, {"ENDPOINT": "'minio.example:9000'", "URL_STYLE": "'path'", "USE_SSL": "true"}),
    ],
)
def test_an_address_of_ones_own_says_whether_it_takes_tls(given: dict[str, str], settings: dict[str, str]) -> None:
    assert parts._secret(given) == settings
