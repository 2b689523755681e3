"""Laws of the merge: whatever people and finders do in whatever order, nothing of a person's is lost."""

from __future__ import annotations

import re

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from tests.curated.world import ARTICLE, SENTENCES, SPOTS, World, draft_of

WORDS = st.sampled_from(["签了约", "甲、乙: 丙", "- 开头", "#号", '带"引号"', "100%", "逗,号", "[方括号]", "yes", "~", "𠮷野家", "a: b #c"])
FIELDS = st.sampled_from(["title", "speaker", "note", "date_from", "measure"])
PICK = st.integers(0, 99)


class Editing(RuleBasedStateMachine):
    """A person edits lines, the finders change their minds, extractions run; all in any order."""

    def __init__(self) -> None:
        super().__init__()
        self.world = World()
        self.mine: dict[tuple[str, str], str] = {}  # (id, field) -> the line a person wrote
        self.frozen: dict[str, list[str]] = {}  # id -> lines of a record that is reviewed or dropped
        self.gone: set[str] = set()  # ids a person deleted
        self.added: list[str] = []  # titles of records a person added
        self.comments: list[str] = []
        self.count = 0

    @initialize()
    def first_run(self) -> None:
        self.world.run()

    # the person

    @rule(pick=PICK, name=FIELDS, words=WORDS)
    def change_a_field(self, pick: int, name: str, words: str) -> None:
        id = self._pick(pick)
        if id is None or id in self.frozen or ((name == "title") != (id[0] == "e") and name in ("title", "measure")):
            return
        if (id[0] == "e" and name == "measure") or (id[0] == "f" and name == "date_from"):
            return
        self.count += 1
        line = f"    {name}:  {_quoted(f'{words}{self.count}'[:30])}   # 改{self.count}"
        lines = self._lines()
        start, end = self._block(id)
        at = next((n for n in range(start, end) if lines[n].strip().startswith(f"{name}:")), None)
        if at is None:
            lines.insert(start + 1, line)
        else:
            self._forget_title(lines[at : at + 1])
            if "# 改" in lines[at]:
                self.comments.remove("# " + lines[at].split("# ")[1])
            lines[at] = line
        self._save(lines)
        self.mine[id, name] = line
        self.comments.append(f"# 改{self.count}")

    @rule(pick=PICK)
    def delete_a_record(self, pick: int) -> None:
        id = self._pick(pick)
        if id is None or any(id == i for i, _ in self.mine) or id in self.frozen or id in self.added:
            return
        lines = self._lines()
        start, end = self._block(id)
        if any("#" in line for line in lines[max(0, start - 1) : end]):
            return
        self._forget_title(lines[start:end])
        del lines[start:end]
        self._save(lines)
        self.gone.add(id)

    @rule(pick=PICK, status=st.sampled_from(["reviewed", "dropped"]))
    def decide_on_a_record(self, pick: int, status: str) -> None:
        id = self._pick(pick)
        if id is None or id in self.frozen:
            return
        lines = self._lines()
        start, end = self._block(id)
        at = next((n for n in range(start, end) if lines[n].strip() == "status: draft"), None)
        if at is None:
            return
        lines[at] = f"    status: {status}"
        self._save(lines)
        self.frozen[id] = lines[start:end]
        for key in [key for key in self.mine if key[0] == id]:
            del self.mine[key]

    @rule(pick=PICK)
    def put_a_comment_above_a_record(self, pick: int) -> None:
        id = self._pick(pick)
        if id is None:
            return
        self.count += 1
        lines = self._lines()
        lines.insert(self._block(id)[0], f"  # 话{self.count}")
        self._save(lines)
        self.comments.append(f"# 话{self.count}")

    @rule(one=PICK, other=PICK)
    def swap_two_records(self, one: int, other: int) -> None:
        ids = sorted({i for i in (self._pick(one), self._pick(other)) if i}, key=lambda i: self._block(i)[0])
        if len(ids) < 2 or ids[0][0] != ids[1][0]:
            return
        lines = self._lines()
        (a, b), (c, d) = self._block(ids[0]), self._block(ids[1])
        self._save([*lines[:a], *lines[c:d], *lines[b:c], *lines[a:b], *lines[d:]])

    @rule(sentence=st.integers(0, len(SENTENCES) - 1), short=st.booleans())
    def add_a_record(self, sentence: int, short: bool) -> None:
        self.count += 1
        title = f"补记{self.count}"
        quote = SENTENCES[sentence].split(",")[-1] if short else SENTENCES[sentence]
        lines = self._lines()
        at = next((n for n, line in enumerate(lines) if line.startswith("events:")), None)
        if at is None:
            return
        lines[at] = "events:"
        lines[at + 1 : at + 1] = [f"  - title: {title}", f"    quote: {_quoted(quote)}", ""]
        self._save(lines)
        self.added.append(title)

    # the finders

    @rule(pick=PICK, name=st.sampled_from(["title", "date", "speaker", "places"]), words=WORDS)
    def read_a_field_differently(self, pick: int, name: str, words: str) -> None:
        if self.world.drafts:
            n = pick % len(self.world.drafts)
            draft = self.world.drafts[n]
            if name in ("title", "date") and draft.kind == "figure":
                return
            value = {"places": ("上海市",), "date": "2017"}.get(name, words)
            self.world.drafts[n] = draft._replace(values={**draft.values, name: value})

    @rule(pick=PICK)
    def lose_or_find_a_draft(self, pick: int) -> None:
        spot = SPOTS[pick % len(SPOTS)]
        draft = draft_of(spot, self.world.article)
        if draft is None:  # the article does not say it now
            return
        same = [d for d in self.world.drafts if (d.kind, d.mark, d.ordinal) == (draft.kind, draft.mark, draft.ordinal)]
        self.world.drafts = [d for d in self.world.drafts if d not in same] if same else [*self.world.drafts, draft]

    @rule(longer=st.booleans())
    def replace_the_article(self, longer: bool) -> None:
        before = {(d.kind, d.mark, d.ordinal): d for d in self.world.drafts}
        kept = [s for s in SPOTS if (d := draft_of(s, self.world.article)) and (d.kind, d.mark, d.ordinal) in before]
        self.world.article = ("编者按。\n\n" if longer else "") + ARTICLE
        self.world.drafts = [d for s in kept if (d := draft_of(s, self.world.article))]

    @rule()
    def run_the_extraction(self) -> None:
        self.world.run()
        once = self.world.text
        self.world.run()

        assert self.world.text == once  # running twice changes nothing the second time
        self._nothing_is_lost()
        records = self.world.records()
        assert all(r.get("id") and r.get("at") and r.get("mark") for r in records)
        assert len({r["id"] for r in records}) == len(records)

    @invariant()
    @precondition(lambda self: self.world.text is not None)
    def _nothing_is_lost(self) -> None:
        lines = self._lines()
        ids = {m[1] for line in lines if (m := re.match(r"  - id: (\S+)", line))}
        for (id, _), line in self.mine.items():
            assert line in lines[slice(*self._block(id))]
        for id, block in self.frozen.items():
            assert lines[slice(*self._block(id))] == block
        assert not self.gone & ids
        for title in self.added:
            assert sum(line.endswith(f"title: {title}") for line in lines) == 1
        for comment in self.comments:
            assert sum(line.endswith(comment) for line in lines) == 1

    # the editor

    def _forget_title(self, lines: list[str]) -> None:
        """A person changed their mind about a record they had added."""
        self.added = [title for title in self.added if not any(line.endswith(f"title: {title}") for line in lines)]

    def _lines(self) -> list[str]:
        assert self.world.text is not None
        return self.world.text.split("\n")

    def _save(self, lines: list[str]) -> None:
        self.world.text = "\n".join(lines)

    def _pick(self, pick: int) -> str | None:
        ids = [m[1] for line in self._lines() if (m := re.match(r"  - id: (\S+)", line))]
        return ids[pick % len(ids)] if ids else None

    def _block(self, id: str) -> tuple[int, int]:
        lines = self._lines()
        start = lines.index(f"  - id: {id}")
        end = start + 1
        while end < len(lines) and lines[end].startswith("    "):
            end += 1
        return start, end


def _quoted(words: str) -> str:
    return "'" + words.replace("'", "''") + "'"


Editing.TestCase.settings = settings(max_examples=40, stateful_step_count=20, deadline=None)
TestEditing = Editing.TestCase
