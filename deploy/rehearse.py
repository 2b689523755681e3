"""Prove the Dockerfile's steps in a clean folder, without a container engine: `python deploy/rehearse.py [--venv DIR]`.

It does what the file says, in its order: copies what is copied (and only what .dockerignore lets through), runs
`pip install` in a new virtual environment (or takes the one of --venv), and starts CMD as USER, with the file system
read-only except /tmp, until HEALTHCHECK says yes and a page has been drawn. Read-only and another user need root and
`unshare` on Linux; elsewhere it goes on without them and says so. Leaves out the base image itself.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
import venv
from fnmatch import fnmatch
from pathlib import Path
from typing import NamedTuple, NoReturn

ROOT = Path(__file__).resolve().parent.parent
# In a namespace of its own: /tmp is empty, all else cannot be written, an interpreter below a closed home can be read.
CONFINE = """set -e
mount --make-rprivate /
if [ -n "$CLOSED" ]; then
  mount -t tmpfs -o mode=755 tmpfs /mnt; mkdir -p /mnt/keep; mount --bind "$CLOSED" /mnt/keep
  mount -t tmpfs -o mode=755 tmpfs "$HOUSE"; mkdir -p "$CLOSED"; mount --bind /mnt/keep "$CLOSED"
fi
mount -o remount,ro,bind /
if [ -n "$BELOW_TMP" ]; then mount -t tmpfs -o mode=755 tmpfs /mnt; mkdir -p /mnt/venv; mount --bind "$BELOW_TMP" /mnt/venv; fi
mount -t tmpfs -o mode=1777 tmpfs /tmp
if [ -n "$BELOW_TMP" ]; then mkdir -p "$BELOW_TMP"; mount --bind /mnt/venv "$BELOW_TMP"; mount -o remount,ro,bind "$BELOW_TMP"; fi
if touch "$APP/probe" 2>/dev/null; then echo "not read-only" >&2; exit 1; fi
exec setpriv --reuid="$AS_USER" --regid="$AS_GROUP" --clear-groups --no-new-privs --bounding-set=-all "$@"
"""
DRAW = """import sys
from streamlit.testing.v1 import AppTest
page = AppTest.from_file("dashboard/app.py", default_timeout=120).run()
sys.exit("\\n".join(error.value for error in page.exception) or 0 if page.exception else 0)
"""


class Step(NamedTuple):
    word: str
    rest: str


def read_steps(text: str) -> list[Step]:
    """The instructions of a Dockerfile; comments gone, continued lines joined."""
    lines = re.sub(r"\\\n", " ", re.sub(r"(?m)^\s*#.*\n", "", text)).splitlines()
    return [Step(word.upper(), rest.strip()) for word, _, rest in (line.strip().partition(" ") for line in lines) if word]


def is_sent(path: str, rules: list[str]) -> bool:
    """Whether .dockerignore lets a file into the build; the last rule that fits decides, as Docker reads it."""
    sent = True
    parts = path.split("/")
    for rule in rules:
        name = rule.removeprefix("!").strip("/")
        if name.startswith("**/"):
            fits = any(fnmatch(part, name[3:]) for part in parts)
        else:
            fits = any(fnmatch("/".join(parts[:n]), name) and name.count("/") in (n - 1, 0) for n in range(1, len(parts) + 1))
        if fits:
            sent = rule.startswith("!")
    return sent


def copy(step: Step, app: Path, rules: list[str]) -> None:
    """COPY SOURCE TARGET, file or folder. Raises SystemExit where nothing would be copied."""
    source, target = step.rest.split()
    files = [ROOT / source] if (ROOT / source).is_file() else sorted(path for path in (ROOT / source).rglob("*") if path.is_file())
    sent = [path for path in files if is_sent(path.relative_to(ROOT).as_posix(), rules)]
    if not sent:
        sys.exit(f"COPY {step.rest}: nothing is sent to the build (.dockerignore)")
    for path in sent:
        to = app / target / path.name if path == ROOT / source and target.endswith("/") else app / target / path.relative_to(ROOT / source)
        to.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, to)


class Image(NamedTuple):
    """What the steps left."""

    app: Path
    python: Path
    env: dict[str, str]
    user: str
    check: list[str]
    command: list[str]


def build(text: str, app: Path, python: Path | None) -> Image:
    """Do the steps; `python` skips installing. Raises SystemExit, CalledProcessError."""
    ignore = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    rules = [line.strip() for line in ignore if line.strip() and not line.startswith("#")]
    env: dict[str, str] = {}
    user, check, command = "0:0", [], []
    if python is None:
        venv.create(app / ".image", with_pip=True)
        python, install = app / ".image" / "bin" / "python", True
    else:
        install = False
    for word, rest in read_steps(text):
        if word == "COPY":
            copy(Step(word, rest), app, rules)
        elif word == "ENV":
            env |= dict(pair.split("=", 1) for pair in shlex.split(rest))
        elif word == "USER":
            user = rest
        elif word == "RUN" and rest.startswith("pip ") and install:
            subprocess.run([str(python), "-m", *shlex.split(rest), "--quiet"], cwd=app, check=True)
        elif word == "HEALTHCHECK":
            check = json.loads(rest.split("CMD ", 1)[1])
        elif word == "CMD":
            command = json.loads(rest)
        elif word == "RUN" and not rest.startswith("pip "):
            sys.exit(f"this rehearsal does not know how to do: RUN {rest}")
    return Image(app, python, env, user, check, command)


def confined(image: Image, command: list[str]) -> tuple[list[str], dict[str, str]]:
    """The command as the container would run it, and its environment."""
    env = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"} | image.env
    if not (hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("unshare") and shutil.which("setpriv")) or not can_mount():
        print("只按权限只读，没有换用户：需要 Linux 上的 root。 Read-only by permission only, same user: root on Linux is needed.", file=sys.stderr)
        return command, env
    prefix = Path(subprocess.run([str(image.python), "-c", "import sys; print(sys.base_prefix)"], capture_output=True, text=True, check=True).stdout.strip())
    house = next((parent for parent in reversed(prefix.parents) if not parent.stat().st_mode & 0o001), None)
    user, group = image.user.split(":")
    below_tmp = image.python.parent.parent if image.python.is_relative_to("/tmp") else ""  # a checkout below /tmp keeps its packages
    env |= {"APP": str(image.app), "BELOW_TMP": str(below_tmp), "AS_USER": user, "AS_GROUP": group, "CLOSED": str(prefix) if house else "", "HOUSE": str(house or "")}
    return ["unshare", "--mount", "sh", "-c", CONFINE, "sh", *command], env


def can_mount() -> bool:
    return subprocess.run(["unshare", "--mount", "mount", "--make-rprivate", "/"], capture_output=True, check=False).returncode == 0


def rehearse(image: Image, log: Path) -> None:
    """Start on a port that the system chooses, ask the health check until it says yes, draw a page. Raises SystemExit.

    The server names its port in `log`.
    """

    def words(command: list[str], port: str) -> list[str]:
        return [str(image.python) if word == "python" else word.replace("8501", port) for word in command]

    def fail(message: str) -> NoReturn:
        sys.exit(f"{log.read_text(encoding='utf-8', errors='replace')}\n{message}")

    command, env = confined(image, words(image.command, "0"))
    with log.open("wb") as out:
        server = subprocess.Popen(command, cwd=image.app, env=env, stdout=out, stderr=subprocess.STDOUT)
    try:
        for _ in range(240):
            if server.poll() is not None:
                fail(f"CMD ended with status {server.returncode}")
            named = re.search(r"URL: \S+:([0-9]+)\s", log.read_text(encoding="utf-8", errors="replace"))
            if named and subprocess.run(words(image.check, named[1]), capture_output=True, check=False).returncode == 0:
                break
            time.sleep(0.25)
        else:
            fail("HEALTHCHECK never said yes")
        command, env = confined(image, [str(image.python), "-c", DRAW])
        if subprocess.run(command, cwd=image.app, env=env, check=False).returncode:
            fail("the page could not be drawn")
    finally:
        server.terminate()
        server.wait(timeout=30)


def main() -> None:
    parser = argparse.ArgumentParser(description="Prove the Dockerfile's steps in a clean folder.", epilog="example: python deploy/rehearse.py --venv .venv")
    parser.add_argument("--venv", type=Path, help="a virtual environment to take instead of a new one")
    parser.add_argument("--file", type=Path, default=ROOT / "Dockerfile", help="another Dockerfile")
    args = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="youju-image-", dir="/var/tmp" if Path("/var/tmp").is_dir() else None))
    try:
        app = folder / "app"
        app.mkdir()
        image = build(args.file.read_text(encoding="utf-8"), app, args.venv.absolute() / "bin" / "python" if args.venv else None)
        for path in [folder, *folder.rglob("*")]:
            if ".image" not in path.parts and not path.is_symlink():
                path.chmod(0o555 if path.is_dir() else 0o444)
        before = sorted(str(path) for path in app.rglob("*"))
        with tempfile.TemporaryDirectory() as outside:
            rehearse(image, Path(outside, "log"))
        if sorted(str(path) for path in app.rglob("*")) != before:
            sys.exit("something was written beside the code")
        print(f"可行：{args.file.name} 的每一步都在干净的文件夹里走过。 Every step of {args.file.name} was done in a clean folder.")
    finally:
        for path in [folder, *folder.rglob("*")]:
            if path.is_dir() and not path.is_symlink():
                path.chmod(0o755)
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
