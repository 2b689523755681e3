"""The systemd unit: valid to systemd, and closed to what the page does not need."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.conftest import ROOT

UNIT = (ROOT / "deploy" / "youju.service").read_text(encoding="utf-8")
ANALYZE = shutil.which("systemd-analyze")


def test_it_listens_on_this_machine_only_and_starts_the_page_with_headers():
    command = next(line for line in UNIT.splitlines() if line.startswith("ExecStart="))

    assert "--server.address=127.0.0.1" in command
    assert "dashboard/server.py" in command
    assert "--edit" not in UNIT
    assert "DynamicUser=yes" in UNIT


@pytest.mark.skipif(ANALYZE is None, reason="systemd 不在这台机器上。 There is no systemd on this machine.")
def test_systemd_takes_it_as_it_is(tmp_path: Path):
    python = tmp_path / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text("#!/bin/sh\n", encoding="utf-8")
    python.chmod(0o755)
    unit = tmp_path / "youju.service"
    unit.write_text(UNIT.replace("/srv/youju", str(tmp_path)), encoding="utf-8")

    done = subprocess.run([str(ANALYZE), "verify", str(unit)], capture_output=True, text=True, check=False)

    assert (done.returncode, done.stderr.strip()) == (0, "")


@pytest.mark.skipif(ANALYZE is None, reason="systemd 不在这台机器上。 There is no systemd on this machine.")
def test_it_is_closed_to_what_the_page_does_not_need():
    done = subprocess.run([str(ANALYZE), "security", "--offline=true", str(ROOT / "deploy" / "youju.service")], capture_output=True, text=True, check=False)
    exposure = re.search(r"exposure level[^:]*: ([\d.]+)", done.stdout)

    assert exposure is not None, done.stderr
    assert float(exposure[1]) <= 2.0  # of 10; "OK"
