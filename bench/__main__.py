"""`make bench`: every bench in one run, or those named: `python -m bench accuracy speed`."""

from __future__ import annotations

import argparse
import importlib

BENCHES = {
    "accuracy": "what the finders and drafts get right, as gains and losses against the committed table",
    "speed": "extraction as a ratio to one pass of jieba.lcut, cost by finder, growth on hostile input",
    "curated": "loading and checking 10,000 records as a ratio to yaml.CSafeLoader",
    "scale_page": "what the page asks of an archive, at several sizes",
    "page": "the dashboard as a ratio to an empty Streamlit page",
}


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m bench",
        description="\n".join(f"{name}: {what}" for name, what in BENCHES.items()),
        epilog="example: python -m bench speed",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("names", nargs="*", choices=[*BENCHES, []], help="which benches; all when left out")
    for name in parser.parse_args().names or BENCHES:
        print(f"\n== {name}: {BENCHES[name]}", flush=True)
        importlib.import_module(f"bench.{name}").main()


if __name__ == "__main__":
    main()
