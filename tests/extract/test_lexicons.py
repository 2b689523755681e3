"""Every group of words that says where it is asked (`at`): its examples, both ways, and its words."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import extract
from extract.lexicons import read_lexicon, set_in, words_in

STEMS = sorted(path.stem for path in (Path(extract.__file__).parent / "lexicon").glob("*.yaml"))
GROUPS = [(stem, entry) for stem in STEMS for entry in read_lexicon(stem) if isinstance(entry, dict) and "at" in entry]


def _read(stem: str, entry: dict[str, Any], phrase: str) -> list[str]:
    """What a reader that asks as the group says finds in `phrase`."""
    words = words_in(stem, entry["group"])
    if entry["at"] == "start":
        return [word for word in words if phrase.startswith(word)][:1]
    if entry["at"] == "end":
        return [word for word in words if phrase.endswith(word)][:1]
    if entry["at"] == "whole":
        return [phrase] if phrase in set_in(stem, entry["group"]) else []
    assert entry["at"] == "in"
    return re.findall("|".join(map(re.escape, words)), phrase)


@pytest.mark.parametrize(("stem", "entry"), GROUPS, ids=lambda value: value["group"] if isinstance(value, dict) else value)
def test_every_group_of_words_keeps_its_examples_both_ways(stem: str, entry: dict[str, Any]) -> None:
    for phrase, words in entry["examples"].items():
        assert _read(stem, entry, phrase) == words, phrase
    assert {bool(words) for words in entry["examples"].values()} == {True, False}


@pytest.mark.parametrize(("stem", "entry"), GROUPS, ids=lambda value: value["group"] if isinstance(value, dict) else value)
def test_every_word_stands_once_in_its_group_and_is_read_as_itself(stem: str, entry: dict[str, Any]) -> None:
    assert len(entry["words"]) == len(set(entry["words"]))
    for word in entry["words"]:
        assert _read(stem, entry, word) == [word]


def test_a_group_that_no_lexicon_has_is_an_error() -> None:
    with pytest.raises(KeyError):
        words_in("owners", "nobody's")


def test_no_lexicon_is_read_before_it_is_asked_for() -> None:
    code = "import extract, importlib, pkgutil; from extract.lexicons import read_lexicon as r; [importlib.import_module(m.name) for m in pkgutil.iter_modules(extract.__path__, 'extract.') if m.name != 'extract.__main__']; print(r.cache_info().currsize)"

    assert subprocess.run([sys.executable, "-c", code], cwd=Path(extract.__file__).parent.parent, capture_output=True, text=True, check=True).stdout == "0\n"
