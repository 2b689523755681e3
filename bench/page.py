"""The page as a ratio to an empty Streamlit page (one `st.text`) on the same machine in the same run.

Painted: the script has finished and the marks of the charts are in the SVG or on the canvas. Answered: from the
click to the new text on the page. Warm: the same process has done it once. Medians of `ROUNDS` alternating rounds.

A click or a filter is chosen on a page that stands (its charts are drawn, 300 ms have passed), as the empty page stands
when its button is clicked; what a click costs that comes as soon as the script has ended, while the charts are still
being drawn, is told beside it, without a limit.

Two clocks: the limits are held against the moment at which Playwright notices, which looks after 0, 20, 70, 170, 270,
770 and 1270 ms (and so on every 500 ms); beside it stands the moment at which it was there, by an observer in the page.
"""

from __future__ import annotations

import argparse
import asyncio
import math
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from bench.clients import ROOT, click_all_at_once, percentile, serving
from bench.stories import write_records

ROUNDS = 7
EMPTY = """\
import streamlit as st
st.query_params.get("x")
st.text("empty" if not st.button("go") else "clicked")
"""
FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip
READY = '[data-testid="stApp"][data-test-script-state="notRunning"]'
MARKS = ".st-key-yj-chart svg path, .st-key-yj-chart canvas"
CARD = "[data-record]"
SHEET = ".st-key-yj-evidence blockquote"
LIMITS = {"cards on screen": 1.5, "all painted, five articles": 3.0, "all painted, 10,000 records": 3.5,
          "a click answered": 5, "a filter repainted": 10, "a filter repainted, 10,000 records": 10, "20 clicking at once, p95": 5}  # fmt: skip


Seconds = tuple[float, float]  # until it was noticed, until it was there

# What is waited for, as the page itself can tell.
HAS = "!!document.querySelector('{}')".format
EMPTY_SEEN = HAS(READY + " [data-testid=stText]")
CLICKED = "[...document.querySelectorAll('[data-testid=stText]')].some((node) => node.textContent === 'clicked')"
PAINTED = f"{HAS(READY)} && {HAS(MARKS)}"
REPAINTED = f"{HAS(READY)} && [...document.querySelectorAll('.st-key-yj-chart svg text')].some((node) => node.textContent.includes('签约'))"
WATCH = """(() => {
  window.seenAt = 0
  const look = () => { if (!window.seenAt && (%s)) window.seenAt = performance.timeOrigin + performance.now() }
  new MutationObserver(look).observe(document, { subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: ["data-test-script-state"] })
})()"""


def main() -> None:
    from playwright.sync_api import sync_playwright

    chromium = next(path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name)))
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        (folder / "empty.py").write_text(EMPTY, encoding="utf-8")
        write_records(folder / "many", 10_000)
        empty, _ = stack.enter_context(serving(folder / "empty.py", cwd=folder))
        seeds, _ = stack.enter_context(serving("dashboard/app.py", cwd=ROOT))
        many, _ = stack.enter_context(serving("dashboard/app.py", cwd=ROOT, env={"YOUJU_ROOT": str(folder / "many")}))
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
            noticed, there = measure_browser(browser, empty, seeds, many)
            report(noticed, there)
            browser.close()
        report(measure_crowd(empty, seeds))


def report(rows: dict[str, float], exact: dict[str, float] | None = None) -> None:
    for name, ratio in rows.items():
        limit = LIMITS.get(name, math.inf)
        by_page = f"; by the page's own clock {exact[name]:.2f}" if exact else ""
        print(f"{name:36} {ratio:5.2f} x the empty page {f'(at most {limit})' if name in LIMITS else '(no limit)'}{'' if ratio <= limit else '  OVER'}{by_page}", flush=True)


def measure_browser(browser: Any, empty: str, seeds: str, many: str) -> list[dict[str, float]]:
    """Ratios by either clock: as noticed, as it was."""
    tasks: dict[str, Callable[[], Seconds]] = {
        "empty": lambda: _open(browser, empty, EMPTY_SEEN, READY + " [data-testid=stText]"),
        "cards": lambda: _open(browser, seeds, HAS(CARD), CARD),
        "seeds": lambda: _open(browser, seeds, PAINTED, MARKS, READY),
        "many": lambda: _open(browser, many, PAINTED, MARKS, READY),
        "empty click": lambda: _click(browser, empty, "[data-testid=stButton] button", CLICKED, 'text="clicked"'),
        "click": lambda: _click(browser, seeds, CARD, HAS(SHEET), SHEET, drawn=MARKS),
        "early click": lambda: _click(browser, seeds, CARD, HAS(SHEET), SHEET),
        "filter": lambda: _filter(browser, seeds),
        "many filter": lambda: _filter(browser, many),
    }
    seconds: dict[str, list[Seconds]] = {name: [] for name in tasks}
    for number in range(ROUNDS + 1):  # the first round warms everything
        for name, task in tasks.items():
            took = task()
            if number:
                seconds[name].append(took)
    return [_ratios({name: statistics.median(took[clock] for took in values) for name, values in seconds.items()}, words) for clock, words in enumerate(("noticed", "there"))]


def _ratios(median: dict[str, float], words: str) -> dict[str, float]:
    print(f"seconds until {words}: " + ", ".join(f"{name} {value:.3f}" for name, value in median.items()), flush=True)
    return {
        "cards on screen": median["cards"] / median["empty"],
        "all painted, five articles": median["seeds"] / median["empty"],
        "all painted, 10,000 records": median["many"] / median["empty"],
        "a click answered": median["click"] / median["empty click"],
        "a click while charts are drawn": median["early click"] / median["empty click"],
        "a filter repainted": median["filter"] / median["empty click"],
        "a filter repainted, 10,000 records": median["many filter"] / median["empty click"],
    }


def measure_crowd(empty: str, seeds: str) -> dict[str, float]:
    queries = ["place=310000", "type=agreement", "place=330000", "lane=type"]
    alone, _ = asyncio.run(click_all_at_once(empty, ["x=1", "x=2"]))
    crowd, errors = asyncio.run(click_all_at_once(seeds, queries))
    print(f"20 at once: empty p95 {percentile(alone, 0.95):.3f} s, dashboard p95 {percentile(crowd, 0.95):.3f} s, errors {len(errors)}")
    return {"20 clicking at once, p95": percentile(crowd, 0.95) / percentile(alone, 0.95)}


def _open(browser: Any, address: str, condition: str, *selectors: str) -> Seconds:
    """From the request until all selectors are on the page."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.add_init_script(WATCH % condition)
    started, clock = time.perf_counter(), time.time()
    page.goto(address, wait_until="commit")
    for selector in selectors:
        page.wait_for_selector(selector, timeout=60_000, state="attached")
    return _close(page, time.perf_counter() - started, clock)


def _close(page: Any, noticed: float, clock: float) -> Seconds:
    """Both times of what was waited for; `clock` is when it began, in seconds since 1970."""
    page.wait_for_function("window.seenAt", timeout=60_000)
    there = page.evaluate("window.seenAt") / 1000 - clock
    page.close()
    return noticed, there


def _ready(browser: Any, address: str) -> Any:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(address)
    page.wait_for_selector(READY, timeout=60_000)
    return page


def _click(browser: Any, address: str, target: str, condition: str, answer: str, drawn: str = "") -> Seconds:
    """From a click to the new text; `drawn` is what has to be on the page before."""
    page = _ready(browser, address)
    if drawn:
        page.wait_for_selector(drawn, timeout=60_000, state="attached")
    page.wait_for_timeout(300)
    node = page.locator(target).first
    page.evaluate(WATCH % condition)
    started, clock = time.perf_counter(), time.time()
    node.click()
    page.wait_for_selector(answer, timeout=60_000)
    return _close(page, time.perf_counter() - started, clock)


def _filter(browser: Any, address: str) -> Seconds:
    """From choosing other lanes until the charts stand as they should."""
    page = _ready(browser, address)
    page.wait_for_selector(MARKS, timeout=60_000, state="attached")
    page.wait_for_timeout(300)
    button = page.locator("button", has_text="按类型").first
    page.evaluate(WATCH % REPAINTED)
    started, clock = time.perf_counter(), time.time()
    button.click()
    page.wait_for_selector('.st-key-yj-chart svg text:has-text("签约")', timeout=60_000, state="attached")
    page.wait_for_selector(READY, timeout=60_000)
    return _close(page, time.perf_counter() - started, clock)


if __name__ == "__main__":
    argparse.ArgumentParser(prog="python -m bench.page", description=__doc__).parse_args()
    main()
