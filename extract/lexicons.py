"""Reads the word lists under `extract/lexicon/`. Knows where they are; what the words mean is the finders' matter."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Any

import yaml

_FOLDER = Path(__file__).parent / "lexicon"


@functools.cache
def read_lexicon(stem: str) -> Any:
    """The content of `lexicon/<stem>.yaml`; every scalar stays text (`no`, `1688`, `12:30`)."""
    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    return yaml.load((_FOLDER / f"{stem}.yaml").read_text(encoding="utf-8"), Loader=loader)
