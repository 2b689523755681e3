"""The pages, in the order of their links: address, name in `dashboard.words`, and what shows it."""

from collections.abc import Callable

from dashboard.frame import Page
from dashboard.pages import overview

PAGES: list[tuple[str, str, Callable[[Page], None]]] = [("", "overview", overview.show)]
