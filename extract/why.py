"""Why the finders say what they say about one sentence, as text for a terminal.

Knows how to lay mentions and drafts out beside the rule and the reason that made them. Finds nothing itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from extract.article import Article
    from extract.mentions import EventDraft, FigureDraft, Quantity

_HEADS = {
    "sentence": ("句子", "sentence"), "repaired": ("整理后", "read as"), "published": ("发布日期", "published"),
    "quantity": ("数量", "quantities"), "time": ("时间", "times"), "place": ("地点", "places"),
    "actor": ("人物与机构", "actors"), "figure": ("指标", "figures"), "event": ("事件", "events"),
    "none": ("没有", "none"), "rule": ("规则", "rule"), "unknown": ("没有给出", "not given"),
}  # fmt: skip
_BOUNDS = {"exact": "", "over": "超过 ", "under": "不足 ", "about": "约 "}
_CHANGES = {"": "", "up": "上升", "down": "下降", "from": "从", "to": "到"}
_MODALITIES = {"actual": "实际", "forecast": "预计", "target": "目标", "general": "一般而言", "hypothetical": "假设"}


def explain(sentence: str, published: str = "", lang: str = "zh") -> str:
    """A page of text: each finder's finds in `sentence` with span, understood value, rule and reason.

    `published` is EDTF or natural Chinese, "" for none; raises ValueError when it is no date.
    """
    from extract import edtf_of
    from extract.article import understand
    from extract.reading import read

    reading = read(sentence)
    article = understand(reading, edtf_of(published) if published else "")
    say = {key: words[lang == "en"] for key, words in _HEADS.items()}
    lines = [f"{say['sentence']}  {sentence.strip()}"]
    if reading.text.strip() != sentence.strip():
        lines.append(f"{say['repaired']}  {reading.text.strip()}")
    lines.append(f"{say['published']}  {article.published or say['unknown']}")
    for kind, finds in _finds(article, say["rule"]).items():
        lines += ["", say[kind]] + [f"  {line}" for line in finds or [say["none"]]]
    return "\n".join(lines) + "\n"


def _finds(article: Article, rule: str) -> dict[str, list[str]]:
    def row(find: Quantity | FigureDraft | EventDraft | object, *parts: str) -> str:
        start, end = find.start, find.end  # type: ignore[attr-defined]
        said = "; ".join(part for part in parts if part)
        return f"{start}-{end}  {article.reading.text[start:end]}  ->  {said}  [{rule} {find.rule}]"  # type: ignore[attr-defined]

    return {
        "quantity": [row(q, _amount(q)) for q in article.quantities],
        "time": [row(t, t.edtf, t.basis, t.reason) for t in article.times],
        "place": [row(p, p.name, p.adcode, p.level, "在名称或头衔里" if p.inside else "") for p in article.places],
        "actor": [row(a, a.name, a.type, a.role) for a in article.actors],
        "figure": [row(f, *_figure_parts(f)) for f in article.figures],
        "event": [row(e, *_event_parts(e)) for e in article.events],
    }


def _amount(q: Quantity) -> str:
    value = f"{_number(q.low)} 至 {_number(q.high)}" if q.value is None else _number(q.value)
    return f"{_BOUNDS[q.bound]}{value} {q.unit}".strip()


def _number(value: float | None) -> str:
    return "…" if value is None else f"{value:,.12g}".rstrip()


def _figure_parts(f: FigureDraft) -> Iterator[str]:
    yield f"{f.measure} = {_amount(f.quantity)}"
    yield "谁:" + "、".join(f.actors) if f.actors else ""
    yield "哪里:" + "、".join(p.name for p in f.places) if f.places else ""
    yield f"何时:{f.as_of}" + (f"(据「{f.as_of_from}」)" if f.as_of_from else "") if f.as_of else ""
    yield f"统计期:{f.during}" if f.during else ""
    yield _MODALITIES[f.modality]
    yield _CHANGES[f.change]
    yield f"谁说的:{f.speaker}" if f.speaker else ""
    yield f"数据来自:{f.data_from}" if f.data_from else ""


def _event_parts(e: EventDraft) -> Iterator[str]:
    yield e.title
    yield f"何时:{e.date}" + (f"(据「{e.date_from}」)" if e.date_from else "")
    yield e.type
    yield "谁:" + "、".join(e.actors) if e.actors else ""
    yield "哪里:" + "、".join(p.name for p in e.places) if e.places else ""
    yield f"谁说的:{e.speaker}" if e.speaker else ""
