"""The day on which the fair or congress an article opens with opens: 第五届瓷博会将于9月20日在云江举行.

Knows how the first sentences tell it. Leaves out which figures are of the fair (`figures.py`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from extract.mentions import Time

if TYPE_CHECKING:
    from extract.finds import Row
    from extract.gatherings import Gathering

LEAD = 400  # characters in which a report says when its fair opens
# 将于9月20日至25日在云江举行; not 9月20日记者从第五届瓷博会组委会获悉
_OPENS = re.compile("(?:至|到|[-—~～]|起)?[^，,。；;：:\n0-9]{0,4}?(?:[0-9]{1,2}日)?(?:在[^，,。；;：:\n]{2,16}?)?(?:正式|隆重|盛大|如期)?(?:举行|举办|开幕|召开|开展|启幕|拉开帷幕)")


def opening_day(text: str, times: Sequence[Time], gatherings: Row[Gathering]) -> Time | None:
    """The first day of the lead on which something opens, in a sentence that names a gathering."""
    for time in times:
        if time.start > LEAD:
            return None
        if len(time.edtf) < 10 or _OPENS.match(text, time.end) is None:
            continue
        start = max(text.rfind("。", 0, time.start), text.rfind("\n", 0, time.start)) + 1
        end = text.find("。", time.end)
        if gatherings.within(start, end if end > 0 else len(text)):
            return time
    return None
