"""Years in which the article itself is hardly set: of a founding (建于1978年), of what is to be reached (到2030年建成50座).

Knows the words around such a year. Leaves out when the article came out (`publication.py`) and which year a bare 3月5日
behind it is of (`time_anchors.py`).
"""

from __future__ import annotations

import re

from extract.dating_words import TITLE_ENDS, dating_words

_SINCE_THEN = re.compile("(?:成立|创办|创立|创建|建成|建厂|开业|投产)?(?:至今|以来)")
_BY_THEN = re.compile("[年末底，,]{0,3}[^。；\n已了]{0,16}?(?:布局|实现|达到|建成|翻一?番|形成|提高|提升|完善|覆盖|普及|基本|力争)")


def is_founding(text: str, start: int, end: int) -> bool:
    """建于1978年, 1998年成立至今: since when something is there; nobody writes news in that year of it."""
    return text.endswith(dating_words("came to be at"), 0, start) or _SINCE_THEN.match(text, end) is not None


def is_to_be_reached(text: str, start: int, end: int) -> bool:
    """至2030年布局35个: a plan; 《纲要（2016—2025年）》: the name of one."""
    if text.endswith(("至", "到"), 0, start) and not text.endswith(("截至", "截止到", "截止至"), 0, start) and _BY_THEN.match(text, end):
        return True
    return text.startswith(TITLE_ENDS, end)


def is_year_aside(text: str, start: int, end: int) -> bool:
    """Either of them, or a year that something is made sure of: 确保2018年采购占四成."""
    return is_founding(text, start, end) or is_to_be_reached(text, start, end) or text.endswith("确保", 0, start)
