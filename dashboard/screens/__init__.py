"""The pages, in the order of their links: address, name in `dashboard.words`, and what shows it.

Not called `pages`: Streamlit runs the files of a folder of that name by themselves, without the frame around them.
"""

from collections.abc import Callable

from dashboard.frame import Page
from dashboard.screens import about, actors, figures, overview, places, sources

PAGES: list[tuple[str, str, Callable[[Page], None]]] = [
    ("", "overview", overview.show),
    ("sources", "sources", sources.show),
    ("figures", "figures_page", figures.show),
    ("places", "places_page", places.show),
    ("actors", "actors_page", actors.show),
    ("about", "about", about.show),
]
