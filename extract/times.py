"""Dates in running text, dates that people write in YAML, and the date an article came out.

Absolute dates, dates counted from the publication, dates that lean on a mention before; precision is that of the
text: 2018年8月 stays 2018-08, 年底 stays about December. Good reading order: `calendar_words` (what words stand for),
`feasts` (on which day they fall), `time_patterns` (how expressions are written), `time_openings` (where they may begin),
`time_expressions` (taking them apart, with `date_readers`, `feast_readers`, `period_readers`, `relative_readers`),
`time_story` (telling them in one article, with `time_anchors`: which year 5月 means, `date_values`, `relative_values`).
Leaves out deictic words without a date (目前, 近日), bare durations (3小时), times of day, and fiscal years whose calendar the article does not give.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from extract.edtf import Edtf, parse_edtf
from extract.mentions import Time
from extract.time_anchors import Anchors
from extract.time_expressions import find_expressions
from extract.time_story import tell

if TYPE_CHECKING:
    from extract.publication import Published
    from extract.reading import Reading

_TIME_OF_DAY = re.compile(r"[ T][0-9]{1,2}[:：][0-9]{2}.*$")
# 後 stays as it is where a single word is traditional.
_OTHER_FORMS = str.maketrans("０１２３４５６７８９後", "0123456789后")


def find_times(text: str, published: str = "") -> list[Time]:
    """Calendar expressions of the reading text, sorted, without overlaps, each with its EDTF value.

    `published` is EDTF; what rests on it inherits its `?`. With "" only what the text itself dates is found.

    >>> [(t.text, t.edtf) for t in find_times("去年5月签约，次月开业", "2019-08-01")]
    [('去年5月', '2018-05'), ('次月', '2018-06')]
    """
    plain = text.translate(_OTHER_FORMS) if any(c in text for c in "０１２３４５６７８９後") else text
    anchors = Anchors(plain, published)
    times = [time for first, second in find_expressions(plain) if (time := tell(anchors, first, second))]
    return times if plain is text else [time._replace(text=text[time.start : time.end]) for time in times]


def parse_date(text: str, published: str = "") -> Edtf | None:
    """What a person wrote for a date: EDTF, or one natural Chinese expression and nothing else.

    >>> str(parse_date("2020年初")), str(parse_date("去年", "2019-08-01")), parse_date("很久以前")
    ('2020-01~', '2018', None)
    """
    words = text.strip()
    if (edtf := parse_edtf(words)) or not words:
        return edtf
    words = _TIME_OF_DAY.sub("", words)
    exact = words.removeprefix("大约").removeprefix("约")
    times = find_times(exact, published)
    if len(times) != 1 or times[0].start or exact[times[0].end :] not in ("", "左右", "前后"):
        return None
    found = times[0].edtf
    return parse_edtf(found if exact == words or "/" in found or found[-1] in "~%" else found + "~")


def find_published(reading: Reading) -> Published:
    """When the article came out: as its wrapper or a date line says, else inferred from its text, with `?`."""
    from extract.publication import find_publication

    return find_publication(reading)
