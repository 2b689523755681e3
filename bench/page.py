"""The page as a ratio to an empty Streamlit page (one `st.text`) on the same machine in the same run.

Painted: the script has finished and the marks of the charts are in the SVG or on the canvas. Answered: from the
click to the new text on the page. Warm: the same process has done it once. Medians of `ROUNDS` alternating rounds.
"""

from __future__ import annotations

import argparse
import asyncio
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
            report(measure_browser(browser, empty, seeds, many))
            browser.close()
        report(measure_crowd(empty, seeds))


def report(rows: dict[str, float]) -> None:
    for name, ratio in rows.items():
        limit = LIMITS[name]
        print(f"{name:32} {ratio:5.2f} x the empty page (at most {limit}){'' if ratio <= limit else '  OVER'}", flush=True)


def measure_browser(browser: Any, empty: str, seeds: str, many: str) -> dict[str, float]:
    tasks: dict[str, Callable[[], float]] = {
        "empty": lambda: _open(browser, empty, READY + " [data-testid=stText]"),
        "cards": lambda: _open(browser, seeds, CARD),
        "seeds": lambda: _open(browser, seeds, MARKS, READY),
        "many": lambda: _open(browser, many, MARKS, READY),
        "empty click": lambda: _click(browser, empty, "[data-testid=stButton] button", 'text="clicked"'),
        "click": lambda: _click(browser, seeds, CARD, SHEET),
        "filter": lambda: _filter(browser, seeds),
        "many filter": lambda: _filter(browser, many),
    }
    seconds = {name: [] for name in tasks}
    for number in range(ROUNDS + 1):  # the first round warms everything
        for name, task in tasks.items():
            took = task()
            if number:
                seconds[name].append(took)
    median = {name: statistics.median(values) for name, values in seconds.items()}
    print("seconds: " + ", ".join(f"{name} {value:.3f}" for name, value in median.items()), flush=True)
    return {
        "cards on screen": median["cards"] / median["empty"],
        "all painted, five articles": median["seeds"] / median["empty"],
        "all painted, 10,000 records": median["many"] / median["empty"],
        "a click answered": median["click"] / median["empty click"],
        "a filter repainted": median["filter"] / median["empty click"],
        "a filter repainted, 10,000 records": median["many filter"] / median["empty click"],
    }


def measure_crowd(empty: str, seeds: str) -> dict[str, float]:
    queries = ["place=310000", "type=agreement", "place=330000", "lane=type"]
    alone, _ = asyncio.run(click_all_at_once(empty, ["x=1", "x=2"]))
    crowd, errors = asyncio.run(click_all_at_once(seeds, queries))
    print(f"20 at once: empty p95 {percentile(alone, 0.95):.3f} s, dashboard p95 {percentile(crowd, 0.95):.3f} s, errors {len(errors)}")
    return {"20 clicking at once, p95": percentile(crowd, 0.95) / percentile(alone, 0.95)}


def _open(browser: Any, address: str, *selectors: str) -> float:
    """Seconds from the request until all selectors are on the page."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    started = time.perf_counter()
    page.goto(address, wait_until="commit")
    for selector in selectors:
        page.wait_for_selector(selector, timeout=60_000, state="attached")
    took = time.perf_counter() - started
    page.close()
    return took


def _click(browser: Any, address: str, target: str, answer: str) -> float:
    """Seconds from a click to the new text."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(address)
    page.wait_for_selector(READY, timeout=60_000)
    page.wait_for_timeout(300)
    node = page.locator(target).first
    started = time.perf_counter()
    node.click()
    page.wait_for_selector(answer, timeout=60_000)
    took = time.perf_counter() - started
    page.close()
    return took


def _filter(browser: Any, address: str) -> float:
    """Seconds from choosing other lanes until the charts stand as they should."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(address)
    page.wait_for_selector(READY, timeout=60_000)
    page.wait_for_selector(MARKS, timeout=60_000, state="attached")
    page.wait_for_timeout(300)
    button = page.locator("button", has_text="按类型").first
    started = time.perf_counter()
    button.click()
    page.wait_for_selector('.st-key-yj-chart svg text:has-text("签约")', timeout=60_000, state="attached")
    page.wait_for_selector(READY, timeout=60_000)
    took = time.perf_counter() - started
    page.close()
    return took


if __name__ == "__main__":
    argparse.ArgumentParser(prog="python -m bench.page", description=__doc__).parse_args()
    main()
