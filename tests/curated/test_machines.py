"""The clock, the locale and the time zone of a machine change no value, no file and no message."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parent.parent.parent
ARTICLES = {
    "江报.txt": "江报 2019-04-02\n\n2018年5月3日,青禾公司与宁波市政府签署合作协议。去年,青禾公司在杭州成立分公司,投入3亿元。\n",
    "无日期.txt": "昨天,青禾公司与临江市政府签署合作协议;上周,平台上的采购商超过1200万家。本月底,双方将再次会面。\n",
    "gbk.txt": "今年三月,青禾公司在上海发布报告,1.5万名用户参加。\n",
}
MACHINES = {
    "POSIX in UTC in 2000": {"LC_ALL": "C", "TZ": "UTC", "clock": "2000-01-01T00:00:00"},
    "Chinese in Shanghai in 2038": {"LC_ALL": "zh_CN", "LANG": "zh_CN", "TZ": "Asia/Shanghai", "clock": "2038-01-19T03:14:08"},
    "German in New York": {"LC_ALL": "de_DE", "LANG": "de_DE", "TZ": "America/New_York", "clock": "2026-12-31T23:59:59", "PYTHONHASHSEED": "7"},
}
FORMATS = [word for name in ("csv", "json", "ics", "atom", "html") for word in ("--format", name)]
# Moves the clock of every Python that has its folder on the path.
CLOCK = """
import datetime, os, time_machine
time_machine.travel(datetime.datetime.fromisoformat(os.environ["clock"] + "+00:00")).start()
"""


@pytest.fixture(scope="module")
def locales(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The locales themselves, made from Debian's sources where they are; elsewhere only their names are set."""
    folder = tmp_path_factory.mktemp("locales")
    if shutil.which("localedef") and Path("/usr/share/i18n/locales/de_DE").exists():
        for name, charset in (("zh_CN", "GB2312"), ("de_DE", "ISO-8859-1")):
            subprocess.run(["localedef", "--no-archive", "-i", name, "-f", charset, str(folder / name)], capture_output=True, check=False)
    return folder


def run_all(root: Path, folder: Path, machine: dict[str, str]) -> dict[str, str]:
    """Everything the commands write and say, as digests and words."""
    (folder / "clock").mkdir(parents=True)
    (folder / "clock" / "sitecustomize.py").write_text(CLOCK if "clock" in machine else "", encoding="utf-8")
    here = folder / "root"
    shutil.copytree(root, here)
    env = {name: value for name, value in os.environ.items() if name not in ("LANG", "PYTHONUTF8", "YOUJU_LANG") and not name.startswith("LC_")}
    env |= {"PYTHONPATH": str(folder / "clock")} | machine
    found = {}
    for name, args in (("extract", ["extract"]), ("check", ["curated", "check"]), ("export", ["curated", "export", str(folder / "out"), *FORMATS])):
        done = subprocess.run([sys.executable, "-m", args[0], *args[1:], "--root", str(here)], cwd=REPOSITORY, env=env, capture_output=True, check=False)
        found[name] = (done.stdout + done.stderr).decode("utf-8").replace(str(folder), "")
    for path in sorted((*here.rglob("*.yaml"), *(folder / "out").rglob("*"))):
        found[path.relative_to(folder).as_posix()] = hashlib.sha256(path.read_bytes()).hexdigest()
    return found


@pytest.mark.skipif(sys.platform == "win32", reason="locales and time zones by name")
def test_every_machine_writes_and_says_the_same(tmp_path: Path, locales: Path) -> None:
    root = tmp_path / "root"
    (root / "seeds").mkdir(parents=True)
    for name, text in ARTICLES.items():
        (root / "seeds" / name).write_bytes(text.encode("gbk" if name == "gbk.txt" else "utf-8"))
    first = run_all(root, tmp_path / "first", {})
    (tmp_path / "sitecustomize.py").write_text(CLOCK, encoding="utf-8")

    said = subprocess.run([sys.executable, "-c", "import time; print(time.localtime()[:2])"], env=os.environ | MACHINES["POSIX in UTC in 2000"] | {"PYTHONPATH": str(tmp_path)}, capture_output=True, check=True)
    assert said.stdout == b"(2000, 1)\n"  # the clock is really moved
    assert "新增" in first["extract"]
    assert "Traceback" not in "".join(first.values())
    assert {"root/curated/articles/江报.yaml", "out/index.html", "out/events.csv", "out/events.ics"} <= set(first)
    for name, machine in MACHINES.items():
        other = run_all(root, tmp_path / name.replace(" ", "-"), machine | {"LOCPATH": str(locales)})
        assert {key: value for key, value in other.items() if first.get(key) != value} == {}, name
        assert set(other) == set(first)
