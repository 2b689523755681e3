"""Write the list of what the page is built on, with licences: `python deploy/licences.py > docs/licences.md`.

It reads what is installed: the packages of requirements.txt and all they need, and what those bring along that is not
Python. Leaves out the tools of requirements-dev.txt, which are not handed on.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from email.message import Message
from importlib import metadata
from pathlib import Path
from typing import NamedTuple, cast

from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parent.parent
# Licences as their packages spell them, and as SPDX does (https://spdx.org/licenses/), where the package has no SPDX.
SPDX = (
    (r"apache", "Apache-2.0"), (r"bsd.?3|new bsd", "BSD-3-Clause"), (r"bsd.?2|simplified bsd", "BSD-2-Clause"), (r"\bbsd\b", "BSD-3-Clause"),
    (r"\bmit\b", "MIT"), (r"mpl|mozilla", "MPL-2.0"), (r"\bpsf\b|python software", "PSF-2.0"), (r"\bisc\b", "ISC"), (r"unlicense", "Unlicense"),
)  # fmt: skip
# What is handed on beside Python packages.
BESIDE = (
    ("Streamlit 的网页部分 front end (React, Vega, Arrow, …)", "Apache-2.0 与各自的许可 and their own", "`streamlit/static` 里各文件头、https://github.com/streamlit/streamlit/blob/develop/NOTICES"),
    ("Source Sans、Source Serif、Source Code（Streamlit 自带字体 fonts）", "OFL-1.1", "https://github.com/adobe-fonts"),
    ("地图轮廓与行政区划 shapes and codes of places", "见 see", "[dashboard/shapes/README.md](../dashboard/shapes/README.md)"),
    ("`extract/lexicon/*.tsv` 字表、地名与上市公司名录 tables of characters, places and listed companies", "MIT、Apache-2.0，见各文件头 see their first lines", "OpenCC、jieba、pypinyin、adata"),
    ("`seeds/` 的文章 articles", "归各发布者 their publishers'", "`rights`，见 see [curated/README.md](../curated/README.md)"),
)  # fmt: skip


class Package(NamedTuple):
    """An installed package."""

    name: str
    version: str
    licence: str  # SPDX, "?" where the package says nothing
    home: str
    direct: bool  # named in requirements.txt


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def read_requirements(path: Path) -> Iterator[Requirement]:
    for line in path.read_text(encoding="utf-8").splitlines():
        words = line.split("#")[0].strip()
        if words.startswith("-r "):
            yield from read_requirements(path.parent / words[3:].strip())
        elif words:
            yield Requirement(words)


def find_packages(path: Path) -> list[Package]:
    """What a requirements file needs here, and what that needs, by name. Raises PackageNotFoundError."""
    direct = list(read_requirements(path))
    names = {canonical(requirement.name) for requirement in direct}
    found: dict[str, Package] = {}
    queue, seen = direct, set()
    while queue:
        requirement = queue.pop()
        name, extras = canonical(requirement.name), ("", *sorted(requirement.extras))
        if (name, extras) in seen:
            continue
        seen.add((name, extras))
        package = metadata.distribution(requirement.name)
        about = cast(Message, package.metadata)
        found[name] = Package(str(about["Name"]), package.version, licence_of(about), home_of(about), name in names)
        needs = map(Requirement, package.requires or ())
        queue += [need for need in needs if need.marker is None or any(need.marker.evaluate({"extra": extra}) for extra in extras)]
    return sorted(found.values(), key=lambda package: canonical(package.name))


def licence_of(about: Message) -> str:
    """The licence as SPDX: the package's own expression, else its classifiers, else the name it writes."""
    if expression := about.get("License-Expression"):
        return expression
    classifiers = [value.rsplit(" :: ", 1)[1] for key, value in about.items() if key == "Classifier" and value.startswith("License :: OSI")]
    for words in (*classifiers, (about.get("License") or "")[:200]):
        for pattern, name in SPDX:
            if re.search(pattern, words, re.I):
                return name
    return "?"


def home_of(about: Message) -> str:
    """Where its source is, as it says."""
    urls = dict(value.split(", ", 1) for key, value in about.items() if key == "Project-URL" and ", " in value)
    labels = {label.lower(): url for label, url in urls.items()}
    known = (labels[label] for label in ("source", "source code", "code", "repository", "github", "homepage", "home") if label in labels)
    return next(known, about.get("Home-page") or next(iter(urls.values()), "")).removesuffix(".git")


def write_list(packages: list[Package]) -> str:
    rows = [f"| {'**' if p.direct else ''}{p.name}{'**' if p.direct else ''} | {p.version} | {p.licence} | {p.home} |" for p in packages]
    beside = [f"| {name} | {licence} | {where} |" for name, licence, where in BESIDE]
    return "\n".join((
        "# 许可 Licences",
        "",
        ("有据自己的代码：MIT（[LICENSE](../LICENSE)）。下表由 `make licences` 从装好的依赖写出，粗体是 requirements.txt 里直接写明的；"
        "版本是写出时装的。已知漏洞用 `make audit` 查。"),
        "",
        ("Youju's own code: MIT. The table is written by `make licences` from what is installed; bold is what requirements.txt names, "
        "versions are those installed when it was written. `make audit` asks for known holes."),
        "",
        "| 包 package | 版本 version | 许可 licence | 来源 source |",
        "| --- | --- | --- | --- |",
        *rows,
        "",
        "不是 Python 包的 Not Python packages:",
        "",
        "| 什么 what | 许可 licence | 出处 where |",
        "| --- | --- | --- |",
        *beside,
        "",
    ))  # fmt: skip


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    sys.stdout.write(write_list(find_packages(ROOT / "requirements.txt")))
