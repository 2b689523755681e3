"""What converters did to a text: pinyin notes, blanks inside numbers, characters nobody sees, shifted GBK bytes."""

from __future__ import annotations

import re
from functools import cache

from extract.offsets import Edit

_TONES = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ"


@cache
def _note() -> re.Pattern[str]:
    # 業(yè): a Han character, then brackets with one to six letters of which one has a tone mark, perhaps a blank.
    # Without the tone mark the pattern takes names (王(wang)) and units.
    letters = f"a-zü{_TONES}"
    return re.compile(rf"([\u3400-\u9fff])\s?[(（](?=[a-zü]{{0,5}}[{_TONES}])[{letters}]{{1,6}}\s?[)）]")


def note_edits(text: str) -> list[Edit]:
    """Pinyin notes go, with the character they explain as one edit: 業(yè) is 業."""
    return [Edit(found.start(), found.end(), found[1]) for found in _note().finditer(text)]
