"""The list of licences: complete against requirements.txt, every licence known."""

from __future__ import annotations

import re
from email.message import Message
from importlib import metadata

import pytest
from packaging.requirements import Requirement

from deploy.licences import canonical, find_packages, licence_of, read_requirements, write_list
from tests.conftest import ROOT

LISTED = {
    canonical(found[1].strip("* ")): (found[2].strip(), found[3].strip())
    for found in re.finditer(r"(?m)^\| ([^|]+) \| ([^|]+) \| ([^|]+) \| http[^|]*\|$", (ROOT / "docs" / "licences.md").read_text(encoding="utf-8"))
}
DIRECT = list(read_requirements(ROOT / "requirements.txt"))


@pytest.mark.parametrize("requirement", DIRECT, ids=lambda r: r.name)
def test_each_package_of_the_requirements_is_listed_at_its_version(requirement: Requirement):
    assert str(requirement.specifier) == f"=={LISTED[canonical(requirement.name)][0]}"


def test_what_they_need_themselves_is_listed_too():
    """One step further: these names follow from the pinned versions alone, whatever is published meanwhile."""
    needed = {canonical(need.name) for r in DIRECT for need in map(Requirement, metadata.distribution(r.name).requires or ()) if need.marker is None or need.marker.evaluate({"extra": ""})}

    assert needed - set(LISTED) == set()
    assert len(needed) > 15


def test_every_licence_is_known():
    assert [name for name, (_, licence) in LISTED.items() if licence == "?"] == []
    assert [package.name for package in find_packages(ROOT / "requirements.txt") if package.licence == "?"] == []


def test_no_licence_asks_for_more_than_a_notice_but_for_one_file_weak_copyleft():
    strong = [name for name, (_, licence) in LISTED.items() if re.search(r"GPL|SSPL|BUSL|CC-BY-NC", licence)]
    assert strong == []


@pytest.mark.parametrize(("said", "spdx"), [("MIT License", "MIT"), ("Apache 2.0", "Apache-2.0"), ("new BSD", "BSD-3-Clause"), ("do what you like", "?")])
def test_a_licence_is_read_as_spdx(said: str, spdx: str):
    message = Message()
    message["License"] = said
    assert licence_of(message) == spdx


def test_the_command_writes_a_row_for_each():
    packages = find_packages(ROOT / "requirements.txt")

    assert write_list(packages).count("\n| ") >= len(packages)
    assert len({canonical(package.name) for package in packages}) == len(packages)
