"""Traditional writing and full-width forms -> simplified writing and half width, one character for one character.

Knows OpenCC's tables (lexicon/script.tsv: source, licence and how it is made stand there). Characters that also
belong to simplified writing (乾隆, 慰藉, 瞭望) change only in a text that is traditional as a whole, and keep their
form in the words OpenCC lists. Letters and digits become half width, punctuation stays as it is.
Leaves out wording: 網路 stays 网路, for a quote has to say what its source says.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import NamedTuple

_TABLE = Path(__file__).parent / "lexicon" / "script.tsv"
_SAMPLE = 4_000  # characters looked at to tell which script a text is written in


class _Script(NamedTuple):
    always: dict[str, str]  # characters simplified writing does not have
    both: dict[str, str]  # characters simplified writing has, for another word
    words: dict[str, str]  # where a character does not follow the tables


def simplify(text: str) -> str:
    """`text` in simplified script and half width; as long as `text`, every character where it was."""
    odd = _odd()
    first = odd.search(text)
    if first is None:
        return text
    if first.start() < _SAMPLE:
        head = text[:_SAMPLE]
        if _traditional(head):
            return _keep_words(text, text.translate(_whole_table()))
        if len(odd.findall(head)) * 20 > len(head):
            return text.translate(_plain_table())
    return odd.sub(_replace(), text)


def _traditional(sample: str) -> bool:
    """Whether a text is traditional as a whole: in running traditional text every third character says so."""
    found = len(_traditional_only().findall(sample))
    return found >= 2 and found * 20 > len(re.findall(r"[\u4e00-\u9fff]", sample))


def _keep_words(text: str, changed: str) -> str:
    """`changed`, which the tables made of `text`, with the words of the list put back."""
    pieces, done = [], 0
    for found in _in_words().finditer(text):
        for word, at in _words_with()[found[0]]:
            start = found.start() - at
            if start >= done and text.startswith(word, start):
                pieces += [changed[done:start], _script().words[word]]
                done = start + len(word)
                break
    return "".join([*pieces, changed[done:]]) if pieces else changed


@cache
def _script() -> _Script:
    script = _Script({}, {}, {})
    for line in _TABLE.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        key, target, shared = line.split("\t")
        part = script.words if len(key) > 1 else script.both if shared == "1" else script.always
        part[key] = target
    return script


@cache
def _other_forms() -> dict[str, str]:
    """Full-width letters, digits and the signs of numbers; blanks of all kinds; what no text may hold."""
    forms = {chr(wide): chr(wide - 0xFEE0) for wide in range(0xFF10, 0xFF5B) if chr(wide - 0xFEE0).isalnum()}
    forms |= {"％": "%", "＋": "+", "－": "-", "．": ".", "＄": "$", "￥": "¥", "＆": "&"}
    forms |= {"﹪": "%", "﹢": "+", "﹣": "-", "﹒": ".", "﹩": "$"}  # small forms, as agencies in Hong Kong set 11﹒5%
    forms |= dict.fromkeys("\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\t\v\f\x85", " ")
    forms |= dict.fromkeys(map(chr, [*range(9), *range(0x0E, 0x20), 0x7F]), " ")
    forms |= {"\r": "\n", "\u2028": "\n", "\u2029": "\n"}
    return forms


@cache
def _odd() -> re.Pattern[str]:
    """Whatever may change in a simplified text."""
    return re.compile(f"[{_class({**_script().always, **_other_forms()})}\ud800-\udfff]")


@cache
def _traditional_only() -> re.Pattern[str]:
    return re.compile(f"[{_class(_script().always)}]")


@cache
def _words_with() -> dict[str, list[tuple[str, int]]]:
    """For each character that words keep or change otherwise, these words, longest first, and where it stands in them."""
    table = str.maketrans({**_script().always, **_script().both})
    words: dict[str, list[tuple[str, int]]] = {}
    for word, target in sorted(_script().words.items(), key=lambda pair: -len(pair[0])):
        plain = word.translate(table)
        at = next((i for i, char in enumerate(target) if char != plain[i]), word.find("著"))
        words.setdefault(word[at], []).append((word, at))
    return words


@cache
def _in_words() -> re.Pattern[str]:
    return re.compile(f"[{_class(_words_with())}]")


@cache
def _replace() -> Callable[[re.Match[str]], str]:
    table = {**_script().always, **_other_forms()}
    return lambda found: table.get(found[0], "\ufffd")


@cache
def _plain_table() -> dict[int, str]:
    surrogates = dict.fromkeys(range(0xD800, 0xE000), "\ufffd")
    return surrogates | str.maketrans({**_script().always, **_other_forms()})


@cache
def _whole_table() -> dict[int, str]:
    return _plain_table() | str.maketrans(_script().both)


def _class(characters: Iterable[str]) -> str:
    return "".join(re.escape(c) for c in sorted(characters))
