"""Laws of splicing: in whatever layout people write, a change is made as meant or refused, and no comment is lost."""

from __future__ import annotations

import re

from hypothesis import event, given, settings
from hypothesis import strategies as st

from curated import yaml_nodes
from curated.document import read_document
from curated.render import scalar
from curated.splice import Plan, SpliceError, apply_plan, has_comment

WORDS = st.sampled_from(["甲", "乙: 丙", "丁 #戊", "逗,号", "[括]", '引"号', "- 横", "a'b", "2018", "no", "两 字", "𠮷"])
NAMES = {"e": ("title", "date_from", "actors", "quote", "note", "tags"), "f": ("measure", "as_of_from", "actors", "quote", "note", "tags")}


@st.composite
def layouts(draw: st.DrawFn) -> str:
    """A curated file as a person might lay it out: indents, quotes, lists, comments, blank lines, line ends."""
    count = iter(range(10_000))

    def comment(always: bool = False) -> str:
        return f"{' ' * draw(st.integers(1, 4))}# 注{next(count)}" if always or draw(st.integers(0, 5)) == 0 else ""

    def value(text: str, flow: bool) -> str:
        style = draw(st.sampled_from(["plain", "single", "double"]))
        return "'" + text.replace("'", "''") + "'" if style == "single" else scalar(text, flow=flow, quoted=style == "double")

    def field(name: str, indent: str) -> list[str]:
        gap = " " * draw(st.integers(1, 3))
        if name not in ("actors", "tags"):
            words = draw(WORDS)
            if draw(st.integers(0, 7)) == 0:
                return [f"{name}:{gap}>-", f"{indent}  {words.replace(': ', ':')}", f"{indent}  又一行"]
            return [f"{name}:{gap}{value(words, False)}{comment()}"]
        items = draw(st.lists(WORDS, min_size=1, max_size=3))
        if draw(st.booleans()):
            return [f"{name}:{gap}[{', '.join(value(w, True) for w in items)}]{comment()}"]
        deeper = indent + " " * draw(st.sampled_from([0, 2]))
        return [f"{name}:{comment()}", *(f"{deeper}- {value(w, False)}{comment()}" for w in items)]

    lines = [comment(True).strip()] if draw(st.booleans()) else []
    for section, letter in (("events", "e"), ("figures", "f")):
        dash = " " * draw(st.sampled_from([0, 2, 4]))
        records = []
        for _ in range(draw(st.integers(0, 3))):
            indent = dash + "  "
            names = draw(st.permutations(NAMES[letter]))[: draw(st.integers(1, 6))]
            body = [f"id: {letter}-{next(count)}{comment()}"]
            for name in names:
                body += field(name, indent)
                if draw(st.integers(0, 8)) == 0:
                    body.append(comment(True).strip())
            if draw(st.integers(0, 4)) == 0:
                records.append(dash + comment(True).strip())
            records += [dash + "- " + body[0], *(line if line.startswith((indent + " ", indent + "-")) else indent + line for line in body[1:])]
            records += [""] * draw(st.integers(0, 2))
        lines += [f"{section}:{comment()}" if records else f"{section}: []{comment()}", *records]
    if draw(st.booleans()):
        lines += ["machine:", "  e-1: 1-2/0 1-2"]
    text = "\n".join(lines) + draw(st.sampled_from(["", "\n", "\n\n"]))
    return text.replace("\n", draw(st.sampled_from(["\n", "\r\n"])))


@st.composite
def plans(draw: st.DrawFn, text: str) -> Plan:
    document = read_document(text)
    numbers = range(len(document.records))
    plan = Plan()
    for number in numbers:
        entry = document.records[number]
        for name in NAMES[entry.kind[0]]:
            match draw(st.integers(0, 9)):
                case 0:
                    many = name in ("actors", "tags")
                    plan.fields.setdefault(number, {})[name] = (draw(WORDS), "新") if many else "新" + draw(WORDS)
                case 1 if name in entry.values:
                    plan.fields.setdefault(number, {})[name] = None
    plan.delete = {n for n in numbers if draw(st.integers(0, 4)) == 0 and not has_comment(document, document.records[n])}
    for section, kind in (("events", "event"), ("figures", "figure")):
        siblings = [n for n in numbers if document.records[n].kind == kind]
        for _ in range(draw(st.integers(0, 2))):
            after = draw(st.sampled_from([None, *siblings]))
            plan.insert.append((section, after, {"id": f"{kind[0]}-new", "title" if kind == "event" else "measure": "新 " + draw(WORDS), "quote": draw(WORDS)}))
    if draw(st.booleans()):
        plan.machine = {"e-1": None, "e-2": "3-4/0 3-4 date=abcdef", "article": "0a"}
        if document.machine is None:
            del plan.machine["e-1"]
    return plan


@given(st.data())
@settings(deadline=None)
def test_a_change_is_made_as_meant_and_no_comment_is_lost(data):
    text = data.draw(layouts())
    document = read_document(text)
    assert document.faults == []
    plan = data.draw(plans(text))
    try:
        changed = apply_plan(document, plan)  # raises where it does not read back as meant
    except SpliceError as refused:
        event(f"refused: {refused}")
        return
    event("made" if plan else "nothing to do")

    assert re.findall(r"# 注\d+", changed) == re.findall(r"# 注\d+", text)
    assert ("\r\n" in changed) == ("\r\n" in text) or "\n" not in text
    assert changed.count("\r\n") in (0, changed.count("\n"))
    if not plan:
        assert changed == text
    touched = {(n, name) for n, fields in plan.fields.items() for name in fields}
    for number, entry in enumerate(document.records):
        for name, node in entry.values.items():
            if number not in plan.delete and (number, name) not in touched:
                line = text[text.rfind("\n", 0, entry.keys[name].start_mark.index) + 1 : yaml_nodes.end(node)].strip(" -\r\n")
                assert line in changed
