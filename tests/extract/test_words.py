"""Words and tags: fast and plain way agree, spans are exact, and nothing is loaded before it is asked for."""

from __future__ import annotations

import subprocess
import sys
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract import words

SENTENCES = [
    "浙江省政府与阿里达成了战略合作框架协议。",
    "2019年8月1日，汪海在会上作了主题演讲。",
    "腾讯以35.42亿元拿下一宗地块！",
    "一位知情人士告诉记者，价格“很合算”。",
]


@pytest.mark.parametrize("text", SENTENCES)
def test_words_cover_the_text_without_gaps(text: str) -> None:
    found = words.tag(text, offset=7)

    assert "".join(word.text for word in found) == text
    assert found[0].start == 7
    assert all(one.end == two.start for one, two in pairwise(found))


@pytest.mark.parametrize("text", SENTENCES)
def test_the_fast_way_cuts_chinese_like_the_plain_way(text: str) -> None:
    fast = [word.text for word in words.tag(text)]
    plain = [word for word, _ in words._jieba_tagger()(text)]

    assert [w for w in fast if not w.isascii()] == [w for w in plain if not w.isascii()]


@settings(deadline=None, max_examples=100)
@given(st.text(max_size=60))
def test_any_text_comes_back_whole(text: str) -> None:
    found = words.tag(text)

    assert "".join(word.text for word in found) == text
    assert all(text[word.start : word.end] == word.text for word in found)


def test_is_word_knows_everyday_words_and_no_made_up_ones() -> None:
    assert words.is_word("公司")
    assert not words.is_word("粮达集")


def test_no_dictionary_is_loaded_by_importing_or_by_plain_text() -> None:
    code = (
        "import sys; from extract.actors import find_actors; from extract.events import draft_events;"
        "find_actors('今天天气很好', []); print(sorted({'jieba', 'rjieba'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, timeout=120, capture_output=True, text=True)

    assert done.stdout.strip() == "[]"
