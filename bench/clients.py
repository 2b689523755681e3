"""A Streamlit server in a process of its own, and websocket clients that use it as a browser would.

The messages are Streamlit's own protobuf (`streamlit.proto`): a client asks for a run of the script with a query
string and is answered when the script has finished.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import re
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Sequence
from pathlib import Path

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

ROOT = Path(__file__).parent.parent


@contextlib.contextmanager
def serving(script: Path | str, *, cwd: Path = ROOT, env: dict[str, str] | None = None, options: Sequence[str] = ()) -> Iterator[tuple[str, int]]:
    """Run `streamlit run script` on a port that the system chooses; yields (address, process id) once it answers."""
    command = [
        str(Path(sys.executable).with_name("streamlit")), "run", str(script), "--server.port=0", "--server.address=127.0.0.1",
        "--server.headless=true", "--browser.gatherUsageStats=false", "--server.fileWatcherType=none", *options,
    ]  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder, "log")
        with log.open("wb") as out:
            process = subprocess.Popen(command, cwd=cwd, env={**os.environ, **(env or {})}, stdout=out, stderr=subprocess.STDOUT)
        try:
            yield wait_until_healthy(process, log), process.pid
        finally:
            process.terminate()
            process.wait(20)


def wait_until_healthy(process: subprocess.Popen[bytes], log: Path, seconds: float = 60) -> str:
    """The address that the server names in its log, once it answers there. Raises RuntimeError, TimeoutError.

    Unknown paths answer 200 too, so the body of the health page is compared.
    """
    end, said = time.monotonic() + seconds, ""
    while time.monotonic() < end:
        said = log.read_text(encoding="utf-8", errors="replace")
        if process.poll() is not None:
            raise RuntimeError(f"the server ended with status {process.returncode}:\n{said}")
        if named := re.search(r"URL: (http://127\.0\.0\.1:[0-9]+)\s", said):
            with contextlib.suppress(OSError), urllib.request.urlopen(f"{named[1]}/_stcore/health", timeout=2) as answer:
                if answer.read() == b"ok":
                    return named[1]
        time.sleep(0.1)
    raise TimeoutError(f"no answer in {seconds} s:\n{said}")


class Session:
    """One visitor: a websocket on which the script is run with a query string."""

    def __init__(self, socket: ClientConnection, patience: float = 60) -> None:
        self.socket = socket
        self.patience = patience  # seconds without any message
        self.errors: list[str] = []

    async def run(self, query: str = "", page: str = "") -> float:
        """Seconds until the script has finished; what the page showed as an exception is kept in `errors`."""
        message = BackMsg()
        message.rerun_script.query_string = query
        message.rerun_script.page_name = page
        started = time.perf_counter()
        await self.socket.send(message.SerializeToString())
        while True:
            answer = ForwardMsg()
            answer.ParseFromString(await asyncio.wait_for(self.socket.recv(decode=False), self.patience))
            kind = answer.WhichOneof("type")
            if kind == "delta" and answer.delta.new_element.WhichOneof("type") == "exception":
                self.errors.append(answer.delta.new_element.exception.message)
            if kind == "script_finished":
                if answer.script_finished == ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                    continue
                return time.perf_counter() - started


@contextlib.asynccontextmanager
async def visiting(address: str, patience: float = 60):
    """Open one visitor's websocket; its first run is the caller's to ask for."""
    url = address.replace("http://", "ws://") + "/_stcore/stream"
    async with connect(url, max_size=None, open_timeout=patience, ping_timeout=patience, subprotocols=["streamlit"], origin=address) as socket:  # type: ignore[arg-type]
        yield Session(socket, patience)


def percentile(values: Sequence[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, round(share * (len(values) - 1)))]


async def click_all_at_once(address: str, queries: Sequence[str], people: int = 20, rounds: int = 5) -> tuple[list[float], list[str]]:
    """`people` visitors on the page, all asking for the next query at the same moment, `rounds` times."""
    async with contextlib.AsyncExitStack() as stack:
        sessions = [await stack.enter_async_context(visiting(address)) for _ in range(people)]
        for session in sessions:
            await session.run()
        times: list[float] = []
        for number in range(rounds):
            times += await asyncio.gather(*(s.run(queries[(number + i) % len(queries)]) for i, s in enumerate(sessions)))
        return times, [error for s in sessions for error in s.errors]
