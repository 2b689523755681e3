"""Daft runs the work: slices read and articles understood, on the cores of this machine or of a Ray cluster.

Knows how a corpus becomes a Daft source, how results come back, and how either runner is started. The same plan runs
on both. Leaves out what is read and written. Usage reports of both engines are switched off before they are loaded.
"""

from __future__ import annotations

import contextlib
import logging
import os
import queue
import socket
import subprocess
import sys
import threading
from collections.abc import AsyncIterator, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

QUIET = {
    "DAFT_ANALYTICS_ENABLED": "0", "DO_NOT_TRACK": "1", "SCARF_NO_ANALYTICS": "true", "RAY_USAGE_STATS_ENABLED": "0",
    "DAFT_PROGRESS_BAR": "0", "RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO": "0",
}  # fmt: skip
os.environ.update(QUIET)
_PACKAGE = Path(__file__).resolve().parent.parent

import daft  # noqa: E402 - after the reports are switched off
import pyarrow as pa  # noqa: E402
from daft.exceptions import DaftCoreException  # noqa: E402
from daft.io.source import DataSource, DataSourceTask  # noqa: E402
from daft.recordbatch import RecordBatch  # noqa: E402

from extract.archive.inputs import Row, Slice, read_slice  # noqa: E402
from extract.archive.work import Worker, result_type, work_all  # noqa: E402

if TYPE_CHECKING:
    import numpy as np

BATCH = 64  # articles that go to a process at once
REACH = 10.0  # seconds to wait for a cluster's address to answer
ANSWER = 45.0  # seconds for what answers there to prove to be Ray; `ray.init` itself would wait for minutes
LOOK = 2.0  # seconds without a result after which the cluster's nodes are counted
GIVEN_UP = 20.0  # and how long nothing may come once one of them is lost; what was under way is read again
AHEAD = 4  # results that may wait to be written: a writer that is slower than the cluster must slow it down
_ROWS = pa.schema([(name, pa.large_binary() if name == "payload" else pa.string()) for name in Row._fields])


class EngineError(Exception):
    """The engine could not be started or broke off; the message is for people."""


class NodeLost(EngineError):
    """A node of the cluster is gone and the work on it does not come back: only another run goes on."""


class _Corpus(DataSource):
    def __init__(self, slices: list[Slice]):
        self.slices = slices

    @property
    def name(self) -> str:
        return "corpus"

    @property
    def schema(self) -> Any:
        return daft.Schema.from_pyarrow_schema(_ROWS)

    async def get_tasks(self, pushdowns: Any) -> AsyncIterator[DataSourceTask]:
        for part in self.slices:
            yield _Task(part)


class _Task(DataSourceTask):
    def __init__(self, part: Slice):
        self.part = part

    @property
    def schema(self) -> Any:
        return daft.Schema.from_pyarrow_schema(_ROWS)

    async def read(self) -> AsyncIterator[RecordBatch]:
        rows: list[Row] = []
        for row in read_slice(self.part):
            rows.append(row)
            if len(rows) == BATCH:
                yield _batch(rows)
                rows = []
        if rows:
            yield _batch(rows)


def _batch(rows: list[Row]) -> RecordBatch:
    columns = [[value.encode("utf-8", "replace") if isinstance(value, str) else value for value in column] for column in zip(*rows, strict=True)]
    arrays = [pa.array(column, pa.large_binary()).cast(field.type) for column, field in zip(columns, _ROWS, strict=True)]
    return RecordBatch.from_arrow_record_batches([pa.record_batch(arrays, schema=_ROWS)], _ROWS)


class _Process:
    """What Daft keeps in each process or actor."""

    def __init__(self, done: np.ndarray):  # not by reference: Ray's travel only where Ray packs them
        self.worker = Worker(done)

    @daft.method.batch(return_dtype=daft.DataType.from_arrow_type(result_type()), batch_size=BATCH)
    def run(self, *columns: Any) -> Any:
        return work_all(self.worker, map(Row._make, zip(*(column.to_pylist() for column in columns), strict=True)))


def results(slices: list[Slice], done: np.ndarray, workers: int) -> Iterator[pa.StructArray]:
    """The result of every row, as it comes. Raises EngineError when the engine breaks off."""
    process = daft.cls(_Process, use_process=True, max_concurrency=workers)(done)
    frame = _Corpus(slices).read()
    frame = frame.select(process.run(*(frame[name] for name in Row._fields)).alias("result"))
    try:
        for batch in _watched(frame.to_arrow_iter()):
            yield batch.column(0).cast(result_type())
    except (KeyboardInterrupt, GeneratorExit, EngineError):
        raise
    except Exception as error:
        raise EngineError(f"{type(error).__name__}: {str(error).strip()[-400:]}") from error


def _watched(batches: Iterable[Any]) -> Iterator[Any]:
    """The batches as they come. Raises NodeLost where a node of the cluster is gone and nothing comes any more.

    Daft starts a worker that dies anew, but mostly waits without end for one that went with its node; so does all that
    is started after it in the same process.
    """
    nodes = _nodes()
    if not nodes:
        yield from batches
        return
    arrived: queue.Queue[tuple[str, Any]] = queue.Queue(AHEAD)

    def wait() -> None:
        try:
            for batch in batches:
                arrived.put(("batch", batch))
            arrived.put(("end", None))
        except BaseException as error:
            arrived.put(("error", error))

    threading.Thread(target=wait, daemon=True).start()
    quiet = 0.0
    while True:
        try:
            kind, what = arrived.get(timeout=LOOK)
        except queue.Empty:
            quiet = quiet + LOOK if nodes - _nodes() else 0.0
            if quiet >= GIVEN_UP:
                raise NodeLost("集群失去了一个节点 / a node of the cluster was lost") from None
            continue
        quiet = 0.0
        if kind == "error":
            raise what
        if kind == "end":
            return
        yield what


def _nodes() -> frozenset[str]:
    """The nodes that are alive; none on this machine's own cores."""
    ray = sys.modules.get("ray")
    if ray is None or not ray.is_initialized():
        return frozenset()
    return frozenset(node["NodeID"] for node in ray.nodes() if node["Alive"])


# --- runners -----------------------------------------------------------------------------------------------------


def start_native(workers: int) -> int:
    """This machine's cores; returns how many processes will work."""
    _let_workers_import()
    with contextlib.suppress(DaftCoreException):  # set before in this process
        daft.set_runner_native()
    return workers


def start_ray(address: str) -> int:
    """An existing Ray cluster; returns how many of its cores will work. Raises EngineError, soon, where there is none."""
    _reach(address)
    _let_workers_import()
    try:
        import ray

        with _stdout_to_stderr():
            ray.init(address=address, log_to_driver=False, runtime_env={"py_modules": [str(_PACKAGE)], "env_vars": QUIET}, logging_level=logging.ERROR)
            daft.set_runner_ray(noop_if_initialized=True)
            return max(1, int(ray.cluster_resources().get("CPU", 1)))
    except Exception as error:
        raise EngineError(f"{type(error).__name__}: {str(error).strip()[:300]}") from error


def _reach(address: str) -> None:
    host, _, port = address.removeprefix("ray://").rpartition(":")
    if not host or not port.isdigit() or not 0 < int(port) < 65536:
        raise EngineError("应写成 主机:端口 / write HOST:PORT")
    try:
        socket.create_connection((host.strip("[]"), int(port)), timeout=REACH).close()
    except OSError as error:
        raise EngineError(error.strerror or str(error)) from None
    if address.startswith("ray://"):  # its client gives up by itself
        return
    try:
        subprocess.run([sys.executable, "-m", "ray.scripts.scripts", "status", "--address", address], capture_output=True, timeout=ANSWER, check=False)
    except subprocess.TimeoutExpired:
        raise EngineError("那里有服务,但不像是 Ray / something listens there, but not Ray") from None


def _let_workers_import() -> None:
    """Processes of the engine find this package wherever the command was started."""
    root = str(_PACKAGE.parent)
    paths = os.environ.get("PYTHONPATH", "").split(os.pathsep)
    os.environ["PYTHONPATH"] = os.pathsep.join([root, *(path for path in paths if path and path != root)])


@contextlib.contextmanager
def _stdout_to_stderr() -> Iterator[None]:
    with contextlib.redirect_stdout(sys.stderr):
        yield
