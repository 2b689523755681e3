"""The fields of a curated file: their order when the machine writes, what each may hold, and what it means.

One table serves reading, checking, writing, the JSON Schema and the editor's guide. Knows nothing about YAML
syntax or about how a value is understood; `curated.reader` does that.
"""

from __future__ import annotations

from functools import cache
from typing import Literal, NamedTuple, get_args

from curated.records import Rights, SourceStatus, Status
from extract.mentions import Change, EventType, Modality

Shape = Literal["text", "date", "day", "amount", "span", "spans", "names", "places", "choice", "id", "ids", "flag"]
Kind = Literal["source", "event", "figure"]


class Field(NamedTuple):
    """One key. `choices` only for shape choice; `required` makes a record without it unreadable."""

    name: str
    shape: Shape
    zh: str
    en: str
    choices: tuple[str, ...] = ()
    required: bool = False


_CHANGES = tuple(c for c in get_args(Change) if c)

SOURCE = (
    Field("title", "text", "文章标题,照原文", "title of the article, as it says"),
    Field("publisher", "text", "刊登的媒体", "who published it"),
    Field("original_publisher", "text", "最初刊登的媒体(转载时)", "who published it first, for a reprint"),
    Field("author", "text", "作者", "author"),
    Field("url", "text", "原文链接", "link to the original"),
    Field("published", "date", "发表日期,EDTF;推断的加 ?", "publication date, EDTF; ? where it is only inferred"),
    Field("published_from", "text", "给出发表日期的文字", "the words that gave the publication date"),
    Field("file", "text", "文章文件,相对于根目录", "the article's file, relative to the root"),
    Field("reprint_of", "text", "转载自哪篇(来源名)", "name of the source this one reprints"),
    Field("status", "choice", "文章状态:正常、已更正、已撤回", "ok, corrected or retracted", get_args(SourceStatus)),
    Field("rights", "choice", "可公开多少:引文及上下句、全文、不公开", "how much may be shown", get_args(Rights)),
    Field("tags", "names", "标签", "tags"),
)

_PROOF = (
    Field("speaker", "text", "谁说的", "who says it"),
    Field("data_from", "text", "数据出自谁", "whose data it is"),
    Field("quote", "text", "原文里作证的一段,逐字", "the verbatim passage that proves it", required=True),
    Field("at", "span", "引文在原文件中的位置,起-止", "where the quote stands in the raw file, start-end"),
    Field("mark", "span", "记录所系的那一处:数额或触发词", "the one spot it hangs on: the amount or the trigger word"),
    Field("also", "spans", "同一篇里再次讲到的位置", "where the same article tells it again"),
    Field("same_as", "ids", "与哪条记录是同一件事", "ids of records that tell the same thing"),
    Field("conflicts_with", "ids", "与哪条记录矛盾", "ids of records that contradict it"),
    Field("part_of", "ids", "属于哪条记录", "ids of the records it is a part of"),
    Field("status", "choice", "草稿、已审、不要", "draft, reviewed or dropped", get_args(Status)),
    Field("reviewed_by", "text", "审阅人", "who reviewed it"),
    Field("reviewed_on", "day", "审阅日期", "the day of the review"),
    Field("note", "text", "备注", "note"),
    Field("tags", "names", "标签", "tags"),
    Field("pin", "flag", "置顶", "keep it in front"),
)

EVENT = (
    Field("id", "id", "编号,机器给一次,此后不变", "id, given once and then kept"),
    Field("date", "date", "何时:EDTF 或中文日期", "when: EDTF or natural Chinese"),
    Field("date_from", "text", "给出日期的文字", "the words that gave the date"),
    Field("date_at", "span", "那些文字的位置(不在引文里时)", "where those words stand, if not in the quote"),
    Field("title", "text", "标题,至多 30 字,单独能懂", "at most 30 characters, stands alone", required=True),
    Field("type", "choice", "事件类型", "type of event", get_args(EventType)),
    Field("actors", "names", "谁", "who takes part"),
    Field("places", "places", "在哪里", "where"),
    *_PROOF,
)

FIGURE = (
    Field("id", "id", "编号,机器给一次,此后不变", "id, given once and then kept"),
    Field("measure", "text", "数的是什么", "what is counted", required=True),
    Field("amount", "amount", "多少,照原文", "how much, as the source says it", required=True),
    Field("actors", "names", "谁的", "whose"),
    Field("places", "places", "在哪里", "where"),
    Field("as_of", "date", "何时的数:EDTF 或中文日期", "when it holds: EDTF or natural Chinese"),
    Field("as_of_from", "text", "给出时间的文字", "the words that gave that date"),
    Field("as_of_at", "span", "那些文字的位置(不在引文里时)", "where those words stand, if not in the quote"),
    Field("during", "text", "统计的时长,如 一周", "the period it was counted over"),
    Field("modality", "choice", "实际、预测、目标、泛指、假设", "how it is meant", get_args(Modality)),
    Field("change", "choice", "升、降、从、到", "up, down, from or to", _CHANGES),
    Field("compare_to", "id", "从—到 的另一端", "id of the other end of a from-to pair"),
    *_PROOF,
)

FIELDS: dict[Kind, tuple[Field, ...]] = {"source": SOURCE, "event": EVENT, "figure": FIGURE}
SECTIONS: dict[str, Kind] = {"events": "event", "figures": "figure"}
RELATIONS = ("same_as", "conflicts_with", "part_of", "compare_to")
TITLE_MAX = 30  # characters, contract of the format


@cache
def by_name(kind: Kind) -> dict[str, Field]:
    """The fields of one kind, name to field, in written order."""
    return {field.name: field for field in FIELDS[kind]}
