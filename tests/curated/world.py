"""A small world for merge tests: an article of our own, drafts as plain values, and a merge without files."""

from __future__ import annotations

from dataclasses import dataclass, field
from zlib import crc32

from curated.anchors import Anchors
from curated.document import Document, read_document
from curated.drafts import Draft
from curated.extraction import _new_file, make_id
from curated.fields import Kind
from curated.merge import Context, Report, merge
from curated.names import Names
from curated.reader import read_records
from curated.records import Span
from curated.splice import apply_plan

SENTENCES = [
    "2018年5月,青禾公司与临江市政府签署合作协议。",
    "青禾公司说,平台上的采购商超过1200万家,去年是800万家。",
    "2013年12月及次年2月,两省先后上线便民平台,办理事项300项。",
    "青禾公司在临江、望海两市各建一个仓库,共投入3亿元,雇用 2 000 人。",
    "今年三月,青禾公司开通热线,一周接听5万次。",
]
ARTICLE = "\n\n".join(SENTENCES)


@dataclass
class Spot:
    """Where a draft hangs: words of the article, and the sentence that proves it."""

    kind: Kind
    words: str
    sentence: int
    values: dict
    ordinal: int = 0


SPOTS = [
    Spot("event", "签署", 0, {"date": "2018-05", "date_from": "2018年5月", "title": "青禾公司与临江市签约", "type": "agreement", "actors": ("青禾公司", "临江市政府")}),
    Spot("figure", "1200万家", 1, {"measure": "平台采购商", "amount": "超过1200万家", "actors": ("青禾公司",), "modality": "actual", "speaker": "青禾公司"}),
    Spot("figure", "800万家", 1, {"measure": "平台采购商", "amount": "800万家", "actors": ("青禾公司",), "modality": "actual"}),
    Spot("event", "上线", 2, {"date": "2013-12", "date_from": "2013年12月", "title": "甲省上线便民平台", "type": "launch"}),
    Spot("event", "上线", 2, {"date": "2014-02", "date_from": "次年2月", "title": "乙省上线便民平台", "type": "launch"}, 1),
    Spot("figure", "300项", 2, {"measure": "办理事项", "amount": "300项", "modality": "actual"}),
    Spot("figure", "3亿元", 3, {"measure": "仓库投入", "amount": "3亿元", "modality": "actual"}),
    Spot("event", "开通", 4, {"date": "2019-03", "date_from": "今年三月", "title": "青禾公司开通热线", "type": "launch"}),
]


def draft_of(spot: Spot, article: str = ARTICLE) -> Draft | None:
    """The draft at a spot, wherever its words stand in this version of the article."""
    sentence = SENTENCES[spot.sentence]
    start = article.find(sentence)
    if start < 0:
        return None
    at = start, start + len(sentence)
    begin = article.index(spot.words, *at)
    mark = begin, begin + len(spot.words)
    values = {**spot.values, "quote": sentence, "at": f"{at[0]}-{at[1]}", "mark": f"{mark[0]}-{mark[1]}", "status": "draft"}
    return Draft(spot.kind, mark, spot.ordinal, at, values, None)


@dataclass
class World:
    """An article, its drafts, and the text of its curated file (None: not yet made)."""

    article: str = ARTICLE
    drafts: list[Draft] = field(default_factory=lambda: [d for s in SPOTS if (d := draft_of(s))])
    source: dict = field(default_factory=lambda: {"title": "青禾公司进临江", "publisher": "江报", "published": "2019-04-02", "file": "seeds/a.txt"})
    text: str | None = None
    referenced: set[str] = field(default_factory=set)
    taken: set[str] = field(default_factory=set)

    def run(self) -> Report:
        """Merge as the command does; the text changes as the file would."""
        context = self.context()
        if self.text is None:
            self.text, report = _new_file("a", context)
            return report
        document = self.document()
        plan, report = merge(document, context)
        if plan:
            self.text = apply_plan(document, plan)
        return report

    def document(self) -> Document:
        document = read_document(self.text or "")
        assert read_records(document, "a", "curated/articles/a.yaml", Names()).valid, document.faults
        return document

    def context(self) -> Context:
        return Context(
            path="curated/articles/a.yaml", anchors=Anchors(self.article, lambda: None), article_print=f"{crc32(self.article.encode()):x}",
            drafts=sorted(self.drafts, key=lambda d: (d.mark, d.kind, d.ordinal)), source=self.source,
            new_id=self.new_id, referenced=lambda id: id in self.referenced,
            amount_spans=lambda amount, at: [], dates_in=lambda at: [], names_in=lambda at: {},
        )  # fmt: skip

    def new_id(self, kind: Kind, mark: Span, ordinal: int) -> str:
        salt = 0
        while (id := make_id("a", kind, mark, ordinal, salt)) in self.taken or id in (self.text or ""):
            salt += 1
        self.taken.add(id)
        return id

    def edit(self, old: str, new: str, count: int = 1) -> None:
        """What a person does in an editor; the old text must be there."""
        assert self.text is not None
        assert old in self.text, old
        self.text = self.text.replace(old, new, count)

    def records(self) -> list[dict]:
        return [{name: entry.items(name) if len(entry.items(name)) > 1 else entry.text(name) or entry.items(name)[0] for name in entry.values} for entry in self.document().records]

    def record(self, words: str) -> dict:
        """The one record one of whose fields holds the words."""
        found = [r for r in self.records() if any(words == value for name, value in r.items() if name != "quote")]
        assert len(found) == 1, found
        return found[0]

    def block(self, words: str) -> str:
        """The text of the record that holds the words, from its dash to the next blank line."""
        assert self.text is not None
        part = next(part for part in self.text.split("\n\n") if words in part and "  - id:" in part)
        return part[part.index("  - id:") :]
