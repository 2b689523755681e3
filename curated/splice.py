"""Changes to a curated file as edits of its text: every byte that is not changed stays.

Knows where fields, records and sections begin and end, where comments stand, and block and flow style. The result is
composed again and compared with what was meant; anything else raises SpliceError, and nothing is written.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from yaml.nodes import MappingNode, Node, SequenceNode

from curated import render, yaml_nodes
from curated.document import MACHINE, Document, Entry, read_document
from curated.fields import FIELDS, SECTIONS
from curated.render import Value, Values
from curated.written import machine_order

Model = dict[str, object]
_COMMENT = re.compile(r"(?:^|[ \t])#[^\r\n]*")


class SpliceError(Exception):
    """The change cannot be written without touching more than it should."""


@dataclass(slots=True)
class Plan:
    """What shall change. Records are meant by their number in `document.records`."""

    fields: dict[int, dict[str, Value | None]] = field(default_factory=dict)  # None deletes
    source: dict[str, Value | None] = field(default_factory=dict)
    delete: set[int] = field(default_factory=set)
    insert: list[tuple[str, int | None, Values]] = field(default_factory=list)  # section, after which record, values
    machine: dict[str, str | None] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(any(self.fields.values()) or self.source or self.delete or self.insert or self.machine)


def apply_plan(document: Document, plan: Plan) -> str:
    """The text after `plan`. Raises SpliceError where it would not read back as meant."""
    splicer = _Splicer(document)
    for number, changes in plan.fields.items():
        if number not in plan.delete:
            splicer.change_fields(document.records[number], changes)
    if plan.source:
        splicer.change_source(plan.source)
    splicer.delete_records(plan.delete)
    splicer.insert_records(plan)
    if plan.machine:
        splicer.change_machine(plan.machine)
    text = splicer.result()
    if model(read_document(text)) != _changed_model(document, plan):
        raise SpliceError("the text does not read back as meant")
    return text


def model(document: Document) -> Model:
    """What a document says, without where it says it: what two texts are compared by."""
    if document.faults and not document.whole:
        raise SpliceError("not readable")
    plain: Model = {section: [] for section in SECTIONS}
    for entry in document.records:
        plain[_section_of(entry)].append(_values(entry))  # type: ignore[attr-defined]
    plain["source"] = _values(document.source) if document.source else {}
    plain[MACHINE] = _values(document.machine) if document.machine else {}
    return plain


def has_comment(document: Document, entry: Entry) -> bool:
    """Whether a person left a comment in a record, on the lines before it, or at the end of one of its lines."""
    splicer = _Splicer(document)
    try:
        begin, finish = splicer.record_span(entry)
    except SpliceError:
        return True
    above = document.text[document.text.rfind("\n", 0, max(begin - 1, 0)) + 1 : begin]
    return above.strip().startswith("#") or splicer.comments_between(begin, finish, entry.node)


def comment_inside(document: Document, entry: Entry, name: str) -> bool:
    """Whether a person left a comment inside the value of a field: between the items of a list, say."""
    splicer, node = _Splicer(document), entry.values[name]
    return splicer.comments_between(splicer.after_colon(entry.keys[name]), splicer.value_end(node), node)


def _values(entry: Entry) -> dict[str, Value]:
    return {name: entry.items(name) if isinstance(node, SequenceNode) else entry.text(name) for name, node in entry.values.items()}


def _section_of(entry: Entry) -> str:
    return next(section for section, kind in SECTIONS.items() if kind == entry.kind)


def _changed_model(document: Document, plan: Plan) -> Model:
    plain = model(document)
    kept: dict[str, list[tuple[int | None, dict[str, Value]]]] = {section: [] for section in SECTIONS}
    for number, entry in enumerate(document.records):
        values = _merged(_values(entry), plan.fields.get(number, {}))
        kept[_section_of(entry)].append((number, values))
    for section, after, values in plan.insert:
        items = kept[section]
        place = next((i for i, (n, _) in enumerate(items) if n == after), -1) if after is not None else -1
        while place + 1 < len(items) and items[place + 1][0] is None:
            place += 1  # several after one record keep their order
        items.insert(place + 1, (None, dict(values)))
    for section, items in kept.items():
        plain[section] = [values for number, values in items if number is None or number not in plan.delete]
    plain["source"] = _merged(plain["source"], plan.source)  # type: ignore[arg-type]
    plain[MACHINE] = _merged(plain[MACHINE], plan.machine)  # type: ignore[arg-type]
    return plain


def _merged(values: dict[str, Value], changes: dict[str, Value | None] | dict[str, str | None]) -> dict[str, Value]:
    merged = {name: value for name, value in values.items() if changes.get(name, value) is not None}
    return merged | {name: value for name, value in changes.items() if value is not None}


class _Splicer:
    """Collects edits of one text; each is (start, end, new text), none overlapping another."""

    def __init__(self, document: Document):
        self.document = document
        self.text = document.text
        self.edits: list[tuple[int, int, str]] = []
        first = self.text.find("\n")
        self.newline = "\r\n" if first > 0 and self.text[first - 1] == "\r" else "\n"

    def result(self) -> str:
        pieces, position = [], 0
        for begin, finish, new in sorted(self.edits, key=lambda edit: edit[:2]):
            if begin < position:
                raise SpliceError("two changes overlap")
            pieces += [self.text[position:begin], new]
            position = finish
        return "".join(pieces) + self.text[position:]

    # fields

    def change_fields(self, entry: Entry, changes: dict[str, Value | None]) -> None:
        present = [name for name in entry.values if changes.get(name, "") is not None]
        for name, content in changes.items():
            if content is None:
                self._delete_field(entry, name)
            elif name in entry.values:
                self._replace_value(entry, name, content)
        if entry.kind == MACHINE:
            order = sorted({*present, *changes}, key=machine_order)
        else:
            order = [spec.name for spec in FIELDS[entry.kind]]
        new = [name for name in order if changes.get(name) is not None and name not in entry.values]
        for after, names in _groups(order, present, new).items():
            self._insert_fields(entry, after, {name: changes[name] or "" for name in names})

    def _replace_value(self, entry: Entry, name: str, content: Value) -> None:
        key, node = entry.keys[name], entry.values[name]
        flow = bool(entry.node.flow_style)
        new = render.value(entry.kind, name, content, flow=flow)
        begin, finish = yaml_nodes.start(node), self.value_end(node)
        block = isinstance(node, SequenceNode) and not node.flow_style
        if block or begin == finish or "\n" in self.text[begin:finish] or self.text[begin] in "|>":
            begin = self.after_colon(key)
            if self.comments_between(begin, finish, node):
                raise SpliceError("a comment stands inside the value")
            new = " " + new
        self.edits.append((begin, finish, new))

    def _insert_fields(self, entry: Entry, after: str | None, values: dict[str, Value]) -> None:
        flow = bool(entry.node.flow_style)
        rendered = [f"{name}: {render.value(entry.kind, name, content, flow=flow)}" for name, content in values.items()]
        if flow:
            if after is None:
                position = yaml_nodes.start(entry.node) + 1
                self.edits.append((position, position, ", ".join(rendered) + (", " if entry.keys else "")))
            else:
                position = self.value_end(entry.values[after])
                self.edits.append((position, position, "".join(", " + line for line in rendered)))
            return
        column = self._column(entry)
        if after is None:
            position = yaml_nodes.start(next(iter(entry.keys.values())))
            if self.text[position - column : position].strip():  # behind the dash
                lines = "".join(line + self.newline + " " * column for line in rendered)
            else:
                position -= column
                lines = "".join(" " * column + line + self.newline for line in rendered)
            self.edits.append((position, position, lines))
        else:
            position = self._line_end(self.value_end(entry.values[after]))
            self.edits.append((position, position, "".join(self.newline + " " * column + line for line in rendered)))

    def _delete_field(self, entry: Entry, name: str) -> None:
        if name not in entry.keys:
            return
        names = list(entry.keys)
        begin, finish = yaml_nodes.start(entry.keys[name]), self.value_end(entry.values[name])
        if self.comments_between(begin, finish, entry.values[name]):
            raise SpliceError("a comment stands inside the value")
        if entry.node.flow_style:
            before = names[names.index(name) - 1] if names.index(name) else None
            if before is not None:
                begin = self.value_end(entry.values[before])
            elif len(names) > 1:
                finish = yaml_nodes.start(entry.keys[names[1]])
            self.edits.append((begin, finish, ""))
            return
        line, line_end = self.text.rfind("\n", 0, begin) + 1, self._line_end(finish)
        tail = self.text[finish:line_end]
        if tail.strip():  # a person's comment at the end of the line stays, on a line of its own
            self.edits.append((begin, finish + len(tail) - len(tail.lstrip()), ""))
        elif self.text[line:begin].strip():  # behind the dash: the next field moves up
            if names[-1] == name or self._next_key(entry, name) is None:
                raise SpliceError("a record cannot lose its only field")
            self.edits.append((begin, self._next_key(entry, name) or finish, ""))
        else:
            self.edits.append((line, min(line_end + len(self._newline_at(line_end)), len(self.text)), ""))

    def _next_key(self, entry: Entry, name: str) -> int | None:
        """Start of the field after `name`, None when a comment stands between."""
        names = list(entry.keys)
        if names.index(name) + 1 == len(names):
            return None
        position = yaml_nodes.start(entry.keys[names[names.index(name) + 1]])
        between = self.text[self.value_end(entry.values[name]) : position]
        return None if between.strip() else position

    # the source and the machine's block

    def change_source(self, changes: dict[str, Value | None]) -> None:
        self._change_mapping("source", self.document.source, changes)

    def change_machine(self, changes: dict[str, str | None]) -> None:
        self._change_mapping(MACHINE, self.document.machine, dict(changes))

    def _change_mapping(self, section: str, entry: Entry | None, changes: dict[str, Value | None]) -> None:
        if entry is not None and entry.keys:
            self.change_fields(entry, changes)
            return
        values = {name: content for name, content in changes.items() if content is not None}
        if section == MACHINE:
            values = {name: values[name] for name in sorted(values, key=machine_order)}
        body = self.newline + render.mapping(section, values, self.newline)
        if section in self.document.sections:
            key, node = self.document.sections[section]
            self._fill_section(key, node, body)
        elif section == MACHINE:
            self._append_section(render.machine_head(self.newline) + body)
        else:
            position = self._first_section()
            self.edits.append((position, position, f"{section}:{body}{self.newline}{self.newline}"))

    def _fill_section(self, key: Node, node: Node, body: str) -> None:
        """Put lines under a section that holds nothing yet: `events:` or `events: []`."""
        begin, finish = self.after_colon(key), self.value_end(node)
        if yaml_nodes.start(node) < finish:
            self.edits.append((begin, finish, ""))
        position = self._line_end(finish)
        self.edits.append((position, position, body))

    def _append_section(self, text: str) -> None:
        end = len(self.text)
        gap = "" if self.text.endswith("\n") or not self.text else self.newline
        self.edits.append((end, end, gap + self.newline + text + self.newline))

    def _first_section(self) -> int:
        keys = [yaml_nodes.start(key) for key, _ in self.document.sections.values()]
        return min(keys, default=len(self.text))

    # records

    def record_span(self, entry: Entry) -> tuple[int, int]:
        """From the start of the line with the dash to the end of the last line, its newline left out."""
        dash = self._dash(entry)
        return self.text.rfind("\n", 0, dash) + 1, self._line_end(self.value_end(entry.node))

    def delete_records(self, deleted: set[int]) -> None:
        for section, kind in SECTIONS.items():
            siblings = [n for n, entry in enumerate(self.document.records) if entry.kind == kind]
            gone = [n for n in siblings if n in deleted]
            if not gone:
                continue
            key, node = self.document.sections[section]
            if node.flow_style:  # type: ignore[attr-defined]
                for number in gone:
                    self._delete_flow_record(self.document.records[number], number, siblings)
                continue
            for run in _runs(gone, siblings, self._apart):
                self._delete_run(run, last=run[-1] == siblings[-1])
            if gone == siblings:
                position = self.after_colon(key)
                self.edits.append((position, position, " []"))

    def _apart(self, one: int, other: int) -> bool:
        """Whether something a person wrote stands between two records."""
        records = self.document.records
        return bool(self.text[self.record_span(records[one])[1] : self.record_span(records[other])[0]].strip())

    def _delete_run(self, run: list[int], last: bool) -> None:
        """Neighbouring records with the blank lines that set them apart: those after, or at the end those before."""
        begin = self.record_span(self.document.records[run[0]])[0]
        finish = self.record_span(self.document.records[run[-1]])[1]
        finish += len(self._newline_at(finish))
        if last:
            while begin > 0 and not self.text[self.text.rfind("\n", 0, begin - 1) + 1 : begin].strip():
                begin = self.text.rfind("\n", 0, begin - 1) + 1
        else:
            while (blank := re.compile(r"[ \t]*\r?\n").match(self.text, finish)) is not None:
                finish = blank.end()
        self.edits.append((begin, finish, ""))

    def _delete_flow_record(self, entry: Entry, number: int, siblings: list[int]) -> None:
        place = siblings.index(number)
        begin, finish = yaml_nodes.start(entry.node), self.value_end(entry.node)
        if place:
            begin = self.value_end(self.document.records[siblings[place - 1]].node)
        elif len(siblings) > 1:
            finish = yaml_nodes.start(self.document.records[siblings[1]].node)
        self.edits.append((begin, finish, ""))

    def insert_records(self, plan: Plan) -> None:
        for section in SECTIONS:
            groups: dict[int | None, list[Values]] = {}
            for name, after, values in plan.insert:
                if name == section:
                    groups.setdefault(after, []).append(values)
            if groups:
                in_order = dict(sorted(groups.items(), key=lambda group: -1 if group[0] is None else group[0]))
                self._insert_into(section, in_order, plan)

    def _insert_into(self, section: str, groups: dict[int | None, list[Values]], plan: Plan) -> None:
        kind, deleted = SECTIONS[section], plan.delete
        siblings = [n for n, entry in enumerate(self.document.records) if entry.kind == kind]
        key, node = self.document.sections.get(section, (None, None))
        if key is not None and node is not None and siblings and node.flow_style:  # type: ignore[attr-defined]
            self._insert_flow(kind, groups, siblings)
            return
        indent = self._dash_column(siblings[0]) if siblings else 2
        blank = self.newline * 2
        if not siblings or set(siblings) <= deleted:
            body = blank.join(render.record(kind, values, indent, self.newline) for items in groups.values() for values in items)
            if key is None or node is None:
                self._new_section(section, body)
            elif siblings:
                self._drop_empty_list(key)
                position = self._line_end(self.after_colon(key))
                self.edits.append((position, position, self.newline + body))
            else:
                self._fill_section(key, node, self.newline + body)
            return
        for after, items in groups.items():
            lines = [render.record(kind, values, indent, self.newline) for values in items]
            kept = [n for n in siblings if n not in deleted and after is not None and n <= after]
            if kept:
                position = self._kept_end(kept[-1], plan)
                self.edits.append((position, position, "".join(blank + line for line in lines)))
            else:
                position = self.record_span(self.document.records[siblings[0]])[0]
                self.edits.append((position, position, "".join(line + blank for line in lines)))

    def _kept_end(self, number: int, plan: Plan) -> int:
        """End of the last line of a record that stays, fields that are deleted left out."""
        entry, changes = self.document.records[number], plan.fields.get(number, {})
        last = next(name for name in reversed(entry.values) if changes.get(name, "") is not None)
        return self._line_end(self.value_end(entry.values[last]))

    def _drop_empty_list(self, key: Node) -> None:
        position = self.after_colon(key)
        self.edits = [edit for edit in self.edits if edit != (position, position, " []")]

    def _insert_flow(self, kind: str, groups: dict[int | None, list[Values]], siblings: list[int]) -> None:
        for after, items in groups.items():
            lines = [render.flow_record(kind, values) for values in items]  # type: ignore[arg-type]
            if after is None:
                position = yaml_nodes.start(self.document.records[siblings[0]].node)
                self.edits.append((position, position, "".join(line + ", " for line in lines)))
            else:
                position = self.value_end(self.document.records[after].node)
                self.edits.append((position, position, "".join(", " + line for line in lines)))

    def _new_section(self, section: str, body: str) -> None:
        text = f"{section}:{self.newline}{body}{self.newline}"
        order = ["source", *SECTIONS, MACHINE]
        before = [s for s in order[: order.index(section)] if s in self.document.sections]
        if before:
            key, node = self.document.sections[before[-1]]
            position = self._line_end(max(self.value_end(node), self.after_colon(key)))
            self.edits.append((position, position, self.newline * 2 + text.rstrip("\r\n")))
        else:
            position = self._first_section()
            self.edits.append((position, position, text + self.newline))

    # positions

    def value_end(self, node: Node) -> int:
        """End of a value's text without the blanks and line ends that some end marks include."""
        begin, finish = yaml_nodes.start(node), yaml_nodes.end(node)
        while finish > begin and self.text[finish - 1] in " \t\r\n":
            finish -= 1
        return finish

    def _line_end(self, position: int) -> int:
        """Position of the line's end, before a carriage return."""
        finish = self.text.find("\n", position)
        if finish < 0:
            return len(self.text)
        return finish - 1 if finish > position and self.text[finish - 1] == "\r" else finish

    def _newline_at(self, position: int) -> str:
        found = re.compile(r"\r?\n").match(self.text, position)
        return found[0] if found else ""

    def after_colon(self, key: Node) -> int:
        return self.text.index(":", key.end_mark.index) + 1

    def _column(self, entry: Entry) -> int:
        """Column of a mapping's keys."""
        first = yaml_nodes.start(next(iter(entry.keys.values()), entry.node))
        return first - (self.text.rfind("\n", 0, first) + 1)

    def _dash(self, entry: Entry) -> int:
        position = yaml_nodes.start(entry.node) - 1
        while position >= 0 and self.text[position] in " \t\r\n":
            position -= 1
        if position < 0 or self.text[position] != "-":
            raise SpliceError("a comment stands between the dash and the record")
        return position

    def _dash_column(self, number: int) -> int:
        dash = self._dash(self.document.records[number])
        return dash - (self.text.rfind("\n", 0, dash) + 1)

    # comments

    def comments_between(self, begin: int, finish: int, node: Node) -> bool:
        """Whether a comment stands in text[begin:finish] outside the scalars of `node`."""
        position, outside = begin, ""
        for leaf in _leaves(node):
            outside += self.text[position : max(position, yaml_nodes.start(leaf))] + " "
            position = max(position, leaf.end_mark.index)
        return _COMMENT.search(outside + self.text[position:finish]) is not None


def _leaves(node: Node) -> list[Node]:
    """Scalars below a node, in order; keys too."""
    if isinstance(node, MappingNode):
        return [leaf for key, value in node.value for side in (key, value) for leaf in _leaves(side)]
    if isinstance(node, SequenceNode):
        return [leaf for item in node.value for leaf in _leaves(item)]
    return [node]


def _groups(order: list[str], present: list[str], new: list[str]) -> dict[str | None, list[str]]:
    """For each new field the nearest field before it, in written order, that the entry has."""
    groups: dict[str | None, list[str]] = {}
    for name in new:
        before = [n for n in order[: order.index(name)] if n in present]
        groups.setdefault(before[-1] if before else None, []).append(name)
    return groups


def _runs(numbers: list[int], siblings: list[int], apart: Callable[[int, int], bool]) -> list[list[int]]:
    """Numbers that follow each other among their siblings, together; not across what keeps two apart."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and siblings.index(number) == siblings.index(runs[-1][-1]) + 1 and not apart(runs[-1][-1], number):
            runs[-1].append(number)
        else:
            runs.append([number])
    return runs
