"""Roots in a temporary folder, with articles and curated files of our own wording."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.curated.world import ARTICLE


class Root:
    """A folder that holds seeds/ and curated/, with the few things tests do to it."""

    def __init__(self, path: Path):
        self.path = path
        (path / "seeds").mkdir()
        (path / "curated" / "articles").mkdir(parents=True)

    def article(self, name: str = "a.txt", text: str = "江报 2019-04-02\n\n" + ARTICLE) -> Path:
        path = self.path / "seeds" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
        return path

    def curated(self, text: str | None = None, name: str = "a") -> str:
        """The curated file of a source; first written, when a text is given."""
        path = self.path / "curated" / "articles" / f"{name}.yaml"
        if text is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode())
        return path.read_bytes().decode()

    def edit(self, old: str, new: str, name: str = "a") -> None:
        text = self.curated(name=name)
        assert old in text
        self.curated(text.replace(old, new, 1), name)


@pytest.fixture
def root(tmp_path: Path) -> Root:
    return Root(tmp_path)
