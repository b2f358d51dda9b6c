"""The trusted side: choose the best isolation that holds, and hand out workers."""

from __future__ import annotations

import sys
import threading
from typing import TYPE_CHECKING
from weakref import WeakSet

from grader.errors import IsolationError, WorkerError
from grader.limits import Limits

if TYPE_CHECKING:
    from collections.abc import Mapping

    from grader.sandbox.isolation import Isolation, Level
    from grader.sandbox.sealed import Zygote
    from grader.sandbox.source import Source
    from grader.sandbox.worker import Worker

LEVELS: tuple[Level, ...] = ("process", "sealed")  # the weakest first


class Sandbox:
    """Runs submissions, each in a worker of its own.

    The constructor starts what is needed without waiting for it; whoever asks first
    waits. That leaves the time for imports of one's own.

    Parameters
    ----------
    limits : Limits
        The budget of each submission.
    require : {"process", "sealed"}, optional
        Refuse to run anything under a weaker isolation.
    at_most : {"process", "sealed"}, optional
        Do not try for more than this.

    Raises
    ------
    IsolationError
        If `require` is unknown or more than `at_most`; on first use, if this machine
        cannot do it.
    """

    def __init__(
        self,
        limits: Limits | None = None,
        *,
        require: str | None = None,
        at_most: Level = "sealed",
    ) -> None:
        if require is not None and require not in LEVELS:
            message = f"unknown isolation {require!r}. Known: {', '.join(LEVELS)}"
            raise IsolationError(message)
        self._limits = limits or Limits()
        self._require = require
        self._zygote = _zygote(self._limits) if at_most == "sealed" else None
        self._source: Source | None = None
        self._closed = False
        self._lock = threading.Lock()
        self._workers: WeakSet[Worker] = WeakSet()

    def __enter__(self) -> Sandbox:
        return self

    def __exit__(self, *failure: object) -> None:
        self.close()

    @property
    def limits(self) -> Limits:
        """The budget of each submission."""
        return self._limits

    @property
    def isolation(self) -> Isolation:
        """What a self-probe saw; waits for it the first time."""
        return self._chosen().isolation

    def worker(self, files: Mapping[str, bytes], *, seed: int = 0) -> Worker:
        """Return a worker for one submission.

        Parameters
        ----------
        files : mapping of str to bytes
            Its modules by file name, such as ``stride.py``; they import each other.
        seed : int
            For the random generators that the submission finds.
        """
        # numpy is imported here, while the zygote imports its own.
        from grader.sandbox.worker import Worker  # noqa: PLC0415

        worker = Worker(self._chosen(), files, seed, self._limits)
        with self._lock:
            self._workers.add(worker)
        return worker

    def cpu_seconds(self) -> float:
        """Return the CPU time of all processes it started, but those at work."""
        return self._chosen().cpu_seconds()

    def close(self) -> None:
        """End every process."""
        self._closed = True
        with self._lock:
            workers = list(self._workers)
        for worker in workers:
            worker.close()
        if self._source is not None:
            self._source.close()
        elif self._zygote is not None:
            self._zygote.close()

    def _chosen(self) -> Source:
        if self._closed:
            message = "this sandbox is closed"
            raise WorkerError(message)
        with self._lock:
            if self._source is None:
                self._source = self._choose()
            return self._source

    def _choose(self) -> Source:
        if self._zygote is not None:
            if self._zygote.holds:
                return self._zygote
            self._zygote.close()
            self._zygote = None
        if self._require == "sealed":
            message = (
                "this machine cannot seal student code in. Remedy: grade on Linux "
                "with seccomp (x86-64 or aarch64), or without --require sealed"
            )
            raise IsolationError(message)
        from grader.sandbox.process import FreshProcesses  # noqa: PLC0415

        return FreshProcesses(self._limits)


def _zygote(limits: Limits) -> Zygote | None:
    """Start a zygote where there can be one."""
    if sys.platform != "linux":
        return None
    from grader.sandbox.sealed import Zygote  # noqa: PLC0415 - POSIX only

    try:
        return Zygote(limits)
    except WorkerError:
        return None
