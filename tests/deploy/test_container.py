"""The Dockerfile: clean to its linter, and its steps make a page in a folder where nothing else is."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from deploy.rehearse import is_sent, read_steps
from tests.conftest import ROOT

DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
STEPS = read_steps(DOCKERFILE)
RULES = [line.strip() for line in (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines() if line.strip() and not line.startswith("#")]


def rest(word: str) -> str:
    return next(step.rest for step in STEPS if step.word == word)


def rehearse(*args: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "deploy/rehearse.py", "--venv", sys.prefix, *args], cwd=ROOT, capture_output=True, text=True, check=False)


def test_the_linter_finds_nothing():
    hadolint = shutil.which("hadolint", path=str(Path(sys.executable).parent))
    assert hadolint is not None

    done = subprocess.run([hadolint, "Dockerfile"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")


def test_it_runs_as_nobody_in_particular_on_a_base_of_one_version():
    assert re.fullmatch(r"python:3\.\d+\.\d+-slim-[a-z]+(@sha256:[0-9a-f]{64})?", rest("FROM"))
    assert int(rest("USER").split(":")[0]) >= 1000
    assert "_stcore/health" in rest("HEALTHCHECK")
    assert "curl" not in DOCKERFILE
    assert "--edit" not in DOCKERFILE


@pytest.mark.parametrize(
    ("path", "sent"),
    [
        ("requirements.txt", True),
        ("dashboard/web/page.css", True),
        ("curated/articles/a.yaml", True),
        (".streamlit/config.toml", True),
        (".streamlit/secrets.toml", False),
        ("seeds/secrets.toml", False),
        ("requirements-dev.txt", False),
        ("tests/conftest.py", False),
        (".git/config", False),
        ("dashboard/__pycache__/app.pyc", False),
        ("curated/.cache/x", False),
        ("x/requirements.txt", False),
    ],
)
def test_only_what_the_page_reads_is_sent_to_the_build(path: str, sent: bool):
    assert is_sent(path, RULES) == sent


@pytest.mark.slow
def test_its_steps_make_a_page_in_a_clean_folder():
    done = rehearse()

    assert done.returncode == 0, done.stderr[-3000:]
    assert "可行" in done.stdout


def test_a_step_that_is_missing_is_found(tmp_path: Path):
    """The rehearsal can fail: without the folder curated/ there is no page."""
    (tmp_path / "Dockerfile").write_text(DOCKERFILE.replace("COPY curated curated\n", ""), encoding="utf-8")

    assert rehearse("--file", str(tmp_path / "Dockerfile")).returncode != 0
