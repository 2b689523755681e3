"""What stands around every page: masthead, pages, filters, what a link got wrong, and the evidence sheet.

Knows how a click becomes a link and a link becomes a page. Leaves out what each page shows.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass, field, replace

import streamlit as st
from streamlit.navigation.page import Page as StreamlitPage

from dashboard import data, signin, style
from dashboard.archive.parts import ArchiveError
from dashboard.bidi import bare, isolate
from dashboard.data import Row
from dashboard.facts import Facts, Totals
from dashboard.parts import show_part
from dashboard.style import put_html, text
from dashboard.view import Unknown, View, drop_unknown, read_view, write_view
from dashboard.words import say, say_date

MOST_UNKNOWN = 200  # values of a link that are named as unknown
MOST_SHOWN = 100  # characters of one of them, and of any label
_PAIRS = re.compile(r"(?<=[:@<>=-])(?=[^\s:])|(?<=[^\s])(?=[:@])|(?<=www)(?=\.)", re.I)


@dataclass(frozen=True)
class Page:
    """What a page is given: the story, the view the link asked for, and the records that pass its filters."""

    story: Facts
    view: View
    rows: tuple[Row, ...]
    unknown: Sequence[Unknown]
    pages: Mapping[str, StreamlitPage] = field(default_factory=dict)  # by name in `dashboard.words`
    editor: bool = False  # may read whole articles whatever their rights

    @property
    def total(self) -> Totals:
        """What passes the filters, also where `rows` are only the first of it."""
        return self.story.totals(self.view)

    @property
    def lang(self) -> str:
        return self.view.lang

    def say(self, key: str, **values: object) -> str:
        return say(key, self.view.lang, **values)


def open_page(args: Sequence[str]) -> Page:
    """Load what the link asks for; what it names that is not here is left out and listed."""
    view, unknown = read_view({key: st.query_params.get_all(key) for key in st.query_params})
    view = replace(view, embed=bool(st.context.is_embedded))  # Streamlit keeps this parameter to itself
    story = data.open_facts(args, view.lang)
    view = _each(story.named_now(view), isolate)
    view, gone = drop_unknown(view, known_values(story))
    return Page(story, view, story.matching(view), [*unknown, *gone])


def known_values(story: Facts) -> dict[str, Container[str]]:
    """What a link may name, by field."""
    return {
        "record": story.rows,
        "source": story.sources,
        "actor": story.actors,
        "measure": story.measures,
        "tag": story.tags,
        "place": _Places(story),
    }


class _Places:
    """Any place of the gazetteer may be asked for, also one without records."""

    def __init__(self, story: Facts) -> None:
        self.story = story

    def __contains__(self, code: object) -> bool:
        return code in self.story.place_names or bool(data.place_name(str(code)))


def go(view: View) -> None:
    """Make `view` the link: a new entry in the browser's history, so that Back returns from it."""
    st.query_params.from_dict(link_params(view))


def link_params(view: View) -> dict[str, list[str]]:
    """A view as parameters for Streamlit, which keeps `embed` in the address by itself."""
    return write_view(replace(_each(view, bare), embed=False))


def _each(view: View, change: Callable[[str], str]) -> View:
    """`view` with its names as the records have them, or as a link does (`dashboard.bidi`)."""
    return replace(view, **{name: tuple(map(change, getattr(view, name))) for name in ("place", "actor", "measure", "tag")})


def change(view: View, **fields: object) -> None:
    go(replace(view, **fields))  # type: ignore[arg-type]


def select(view: View, record: str) -> None:
    """Open a record's evidence, or close it where it was open."""
    go(replace(view, record=() if view.record == (record,) else (record,)))


def listen(page: Page) -> None:
    """Buttons in our own markup open the record they stand for; on an open list they open one of it."""
    view = replace(page.view, record=()) if len(page.view.record) > 1 else page.view
    show_part("clicks", {}, key="yj-clicks", on_pick=lambda id_: select(view, id_) if id_ in page.story.rows else None)


def show_masthead(page: Page) -> None:
    """Whose story this is, the pages, the other language."""
    lang, about = page.lang, page.story.about
    title = (about.title_en if lang == "en" else "") or about.title or "有据 Youju"
    with st.container(key="yj-head", horizontal=True, vertical_alignment="bottom", gap="small"):
        put_html(f'<header class="yj-top"><span class="yj-seal">有据</span><h1 class="yj-title">{text(title)}</h1></header>')
        with st.container(key="yj-nav", horizontal=True, gap=None, vertical_alignment="center", width="content"):
            keep = link_params(replace(page.view, record=()))
            for target in page.pages.values():
                st.page_link(target, label=target.title, query_params=keep)
            other = "zh" if lang == "en" else "en"
            st.button(page.say("language"), key="yj-lang", type="tertiary", on_click=change, args=(page.view,), kwargs={"lang": other})
            signin.show_account(page)


def show_lead(page: Page) -> None:
    """What the story is about, in the editors' words or ours."""
    about = page.story.about
    words = (about.description_en if page.lang == "en" else "") or about.description or page.say("what_this_is")
    put_html(f'<p class="yj-what">{text(words)}</p>')


def facts_html(page: Page) -> str:
    """One line: how much there is, from when to when, how much of it a person has checked."""
    total = page.total
    facts = [
        page.say("facts_events", n=_count_words(total.events)),
        page.say("facts_figures", n=_count_words(total.figures)),
        page.say("facts_places", n=total.places),
        page.say("facts_sources", n=_sources_words(page, total)),
    ]
    if total.years:
        first, last = total.years
        facts.append(page.say("facts_span", a=first, b=last) if first != last else str(first))
    if total.shown:
        facts.append(page.say("facts_reviewed", p=f"{total.reviewed * 100 // total.shown}%"))
    if page.story.archive:
        facts.append(page.say("archive_shown", name=page.story.archive))
    if page.view.filters:
        facts.insert(0, page.say("facts_shown"))
    items = "".join(f"<li>{text(fact)}</li>" for fact in facts)
    return f'<ul class="yj-facts">{items}</ul>'


def _count_words(n: int) -> str:
    """Thousands set off where there are many."""
    return f"{n:,}" if n >= 10_000 else str(n)


def _sources_words(page: Page, total: Totals) -> str:
    """How many articles; of an estimate three digits."""
    if not page.view.filters:
        return _count_words(len(page.story.sources))
    if not total.about:
        return _count_words(total.sources)
    step = 10 ** max(0, len(str(total.sources)) - 3)
    return f"{page.say('approx')} {_count_words(total.sources // step * step)}"


def show_notices(page: Page) -> None:
    """What the link or the data got wrong; the page below goes on."""
    wrong: dict[str, list[str]] = {}
    for param, value in page.unknown[:MOST_UNKNOWN]:
        wrong.setdefault(param, []).append(isolate(value[:MOST_SHOWN]))
    said = [page.say("unknown", param=isolate(param[:MOST_SHOWN]), value="、".join(values)) for param, values in wrong.items()]
    if said:  # not `st.warning`: it reads Markdown, where an address becomes a link whatever is escaped
        put_html("".join(f'<p class="yj-warn" role="status">{text(words)}</p>' for words in said))
    errors = [problem for problem in page.story.problems if problem.severity == "error"]
    if errors:
        with st.expander(page.say("problems", n=len(errors)), icon=":material/rule:"):
            for problem in errors[:200]:
                st.text(str(problem))


def show_archive_error(error: ArchiveError) -> None:
    """What keeps an archive from being shown, instead of the page."""
    words = say(f"archive_{error.code}", st.query_params.get("lang", "zh"), **error.words)
    put_html(f'<p class="yj-warn" role="alert">{text(words)}</p>')


def plain(words: str) -> str:
    """Text for a place where Streamlit reads Markdown: every mark of it escaped.

    Icons (:material/…:), emoji (:tada:), arrows (->) and addresses are looked for after that, in what the escapes
    stand for; a word joiner (U+2060), which nobody sees, keeps their characters apart.
    """
    return _escape(isolate(words[:MOST_SHOWN]))


def _escape(words: str) -> str:
    return "".join(f"\\{c}" if c in "\\`*_{}[]()#+-.!|~$:<>&" else c for c in _PAIRS.sub("\u2060", words))


def guard(show: Callable[[Page], None], page: Page) -> None:
    """One part that fails is named; the rest of the page is shown."""
    try:
        show(page)
    except Exception as error:  # whatever it is, one part must not take the page down
        style.report(error)
        st.error(page.say("error_page"))


def date_words(row: Row, lang: str) -> str:
    return say_date(row.date, lang)
