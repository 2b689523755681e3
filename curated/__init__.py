"""What people keep of the articles: `load(root)` gives frozen records and every problem of the files.

    >>> from curated import load
    >>> store = load()
    >>> sorted(store.sources)[0]
    '000_1a833bcc2d402d9c'

Reading order: records, fields, document, reader, store; then merge and splice for writing, check for the command.
"""

from typing import TYPE_CHECKING, Any

from curated.records import Amount, Event, Figure, Place, Problem, Source, Span, Step, Story

if TYPE_CHECKING:
    from curated.store import Store, load

__all__ = ["Amount", "Event", "Figure", "Place", "Problem", "Source", "Span", "Step", "Store", "Story", "load"]


def __getattr__(name: str) -> Any:
    """`Store` and `load` once they are asked for: the commands say first where their packages are missing."""
    if name in ("Store", "load"):
        from curated import store

        return getattr(store, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
