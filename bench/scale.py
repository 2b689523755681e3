"""What an archive costs: articles a second, over the cores, in memory, and to go on after a break.

`python -m bench.scale facts N OUT` writes an archive of N invented facts for benches of the page.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.scale", description=__doc__, epilog="example: python -m bench.scale facts 1000000 /tmp/archive")
    commands = parser.add_subparsers(dest="command", required=True)
    facts = commands.add_parser("facts", help="write an archive of N facts")
    facts.add_argument("count", type=int, metavar="N")
    facts.add_argument("out", type=Path, metavar="OUT")
    arguments = parser.parse_args()
    from bench.facts import write_archive

    start = time.perf_counter()
    write_archive(arguments.out, arguments.count)
    print(f"{arguments.count:,} facts in {time.perf_counter() - start:.1f} s: {arguments.out}", file=sys.stderr)


if __name__ == "__main__":
    main()
