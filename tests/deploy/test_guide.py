"""docs/hosting.md says only what is there: files, targets, settings, options."""

from __future__ import annotations

import re

import pytest

from tests.conftest import ROOT

GUIDE = (ROOT / "docs" / "hosting.md").read_text(encoding="utf-8")
CODE = "\n".join(path.read_text(encoding="utf-8") for path in [*(ROOT / "dashboard").glob("*.py"), ROOT / "deploy" / "youju.service"])


@pytest.mark.parametrize("path", sorted(set(re.findall(r"\b((?:deploy|dashboard|tests|docs|curated)/[\w./-]*\w)", GUIDE)) | set(re.findall(r"\]\((?:\.\./)([\w./-]+)\)", GUIDE))))
def test_files_it_names_are_there(path: str):
    assert (ROOT / path).exists()


@pytest.mark.parametrize("target", sorted(set(re.findall(r"`make (\w+)`", GUIDE))))
def test_targets_it_names_are_there(target: str):
    assert re.search(rf"(?m)^{target}:", (ROOT / "Makefile").read_text(encoding="utf-8"))


@pytest.mark.parametrize("setting", sorted(set(re.findall(r"YOUJU_[A-Z_]+", GUIDE))))
def test_settings_it_names_are_read(setting: str):
    assert setting in CODE


def test_both_languages_name_the_same_settings_and_files():
    chinese, english = GUIDE.split("\n# English\n")

    for pattern in (r"YOUJU_[A-Z_]+", r"(?<!tests/)deploy/[\w.-]+\w"):
        assert set(re.findall(pattern, chinese)) == set(re.findall(pattern, english))


def test_the_command_below_a_path_is_the_services_own():
    command = re.search(r"(?m)^ExecStart=(.*)$", (ROOT / "deploy" / "youju.service").read_text(encoding="utf-8"))

    assert command is not None
    assert f"# ExecStart={command[1]} --server.baseUrlPath=news" in GUIDE
