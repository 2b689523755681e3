"""Whom a bare noun means that was named before: 合作社 is 云江茶叶专业合作社, 大会 the fair that opened.

Knows which nouns a report shortens names to. Leaves out 公司 and 该行 (`stage.py`) and kinds of bodies (医院 of all hospitals).
"""

from __future__ import annotations

from extract.owner_words import owner_words
from extract.sentences import Sentence

MOST_BACK = 600  # characters
LONGEST_NOUN = 3  # characters of such a noun
_LAST = frozenset("社院场会馆")  # how such nouns end


def led_back(sentence: Sentence, noun: str, end: int) -> str:
    """The full name of `noun`, whom the text before `end` is about; `noun` itself where none was named, or more than one is meant."""
    if noun[-1] not in _LAST or noun not in owner_words("nouns for one named before"):
        return noun
    finds, text = sentence.finds, sentence.text
    at = text.rfind(noun, sentence.start, end)
    if at < 0 or text.startswith(owner_words("more than one"), at + len(noun)):
        return noun
    if noun in owner_words("nouns for a gathering"):
        gathered = finds.gatherings.within(0, at) if finds.gatherings else []
        return gathered[-1].name if gathered else noun
    named = {actor.name for actor in finds.actors.within(max(0, at - MOST_BACK), at) if len(actor.name) > len(noun) + 1 and actor.name.endswith(noun)}
    return named.pop() if len(named) == 1 else noun
