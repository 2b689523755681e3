"""Hosts that are given little: Streamlit Community Cloud, and a folder of files anywhere."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from tests.conftest import ROOT, Tab
from tests.dashboard.fixtures import write_story

# The page, with every package hidden that requirements.txt does not bring.
ONLY_REQUIREMENTS = """
import sys
from importlib import metadata
from pathlib import Path
sys.path.insert(0, ".")
from deploy.licences import canonical, find_packages

brought = {canonical(package.name) for package in find_packages(Path("requirements.txt"))}
hidden = {top for top, names in metadata.packages_distributions().items() if not brought & {canonical(name) for name in names}}

class Hide:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in hidden - {"setuptools", "_distutils_hack", "pkg_resources"}:
            raise ModuleNotFoundError(f"not in requirements.txt: {name}", name=name)

sys.meta_path.insert(0, Hide())
from streamlit.testing.v1 import AppTest

page = AppTest.from_file("dashboard/app.py", default_timeout=120).run()
assert not page.exception, [error.value for error in page.exception]
import pkgutil, importlib, dashboard
for module in pkgutil.walk_packages(dashboard.__path__, "dashboard."):
    if module.name not in ("dashboard.app", "dashboard.server") and not module.name.startswith("dashboard.shapes"):
        importlib.import_module(module.name)
print(len(hidden), "hidden")
"""


def test_the_page_needs_nothing_that_requirements_txt_does_not_bring(tmp_path: Path) -> None:
    """Community Cloud installs requirements.txt at the root and nothing else."""
    root = write_story(tmp_path)
    done = subprocess.run([sys.executable, "-c", ONLY_REQUIREMENTS], cwd=ROOT, env={"YOUJU_ROOT": str(root), "PATH": "/usr/bin:/bin"}, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr[-2000:]
    assert int(done.stdout.split()[-2]) > 10  # the tools of requirements-dev.txt were there and hidden
    assert not (ROOT / "packages.txt").exists()  # no package of the system's is asked for


@pytest.fixture
def folder_of_files(tmp_path: Path) -> Iterator[str]:
    """The one-page export in a folder, served by a server that knows nothing of it."""
    root = write_story(tmp_path / "story")
    subprocess.run([sys.executable, "-m", "curated", "export", str(tmp_path / "out"), "--root", str(root), "--format", "html"], cwd=ROOT, check=False, capture_output=True)
    assert (tmp_path / "out" / "index.html").is_file()  # the story has a broken file, which is named; the rest is written
    handler = partial(SimpleHTTPRequestHandler, directory=str(tmp_path / "out"))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.mark.browser
def test_the_one_page_export_works_from_any_folder_of_files(folder_of_files: str, browser: Any) -> None:
    tab = Tab(browser)
    asked: list[str] = []
    tab.page.on("request", lambda request: asked.append(request.url))
    tab.page.add_init_script("window.violations = []; document.addEventListener('securitypolicyviolation', (event) => violations.push(event.effectiveDirective))")
    tab.page.goto(f"{folder_of_files}/#e-first01")
    words, own = tab.words(), tab.page.evaluate("window.violations")
    tab.page.evaluate("document.body.insertAdjacentHTML('beforeend', '<img src=http://elsewhere.test/x.png><p onclick=window.hacked=1 id=planted>x')")
    tab.page.locator("#planted").click()
    tab.page.wait_for_function("violations.length >= 2")
    hacked, planted = tab.page.evaluate("[window.hacked, window.violations]")
    tab.context.close()

    assert "2015年5月，上海市与云帆公司签署了第一份合作框架" in words
    assert own == []
    assert [url for url in asked if "elsewhere.test" not in url and not url.startswith("data:")] == [f"{folder_of_files}/"]
    assert hacked is None
    assert "img-src" in planted
