"""Everywhere: a fresh process per submission. Not proof against cheats."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import threading

from grader.errors import WorkerError
from grader.limits import Limits
from grader.sandbox.command import command, environment
from grader.sandbox.isolation import Isolation
from grader.sandbox.source import Ending, Handle
from grader.sandbox.windows import Job

_PATIENCE = 0.1  # seconds for a worker that hung up to finish dying on its own


class FreshProcesses:
    """Starts one process per worker, and one ahead, so that its start overlaps.

    Parameters
    ----------
    limits : Limits
        For each worker.
    """

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._lock = threading.Lock()
        self._running: dict[int, subprocess.Popen[bytes]] = {}
        self._jobs: dict[int, Job] = {}
        self._ahead: Handle | None = self._start()

    @property
    def isolation(self) -> Isolation:
        """What separates these workers from the grader."""
        layers = ["separate process", "deadline"]
        if sys.platform == "linux":
            layers.append("rlimits")
        elif sys.platform != "win32":
            layers.append("rlimits without memory")
        elif self._jobs:
            layers.append("job object")
        return Isolation("process", tuple(layers))

    def spawn(self) -> Handle:
        """Return a worker, and start the next one."""
        with self._lock:
            handle = self._ahead or self._start()
            self._ahead = self._start()
            return handle

    def reap(self, handle: Handle, *, patience: bool) -> Ending:
        """End a worker."""
        with self._lock:
            process, job = (
                self._running.pop(handle.pid),
                self._jobs.pop(handle.pid, None),
            )
        killed = False
        try:
            process.wait(_PATIENCE if patience else 0)
        except subprocess.TimeoutExpired:
            killed = True
        _kill(process, job)
        return Ending(process.wait(), killed=killed)

    def load(self, name: str) -> bool:
        """Refuse: these workers load modules themselves, and do not ask."""
        return False

    def cpu_seconds(self) -> float:
        """Return the CPU time of the workers that have ended."""
        spent = os.times()
        return spent.children_user + spent.children_system

    def restart(self, failed: Handle) -> None:
        """Forget the process started ahead; it may be broken as well."""
        with self._lock:
            self._drop_ahead()

    def close(self) -> None:
        """End every process."""
        with self._lock:
            self._drop_ahead()
            for pid, process in self._running.items():
                _kill(process, self._jobs.pop(pid, None))
                process.wait()
            self._running.clear()

    def _drop_ahead(self) -> None:
        if self._ahead is not None:
            self._ahead.sock.close()
            process = self._running.pop(self._ahead.pid)
            _kill(process, self._jobs.pop(self._ahead.pid, None))
            process.wait()
            self._ahead = None

    def _start(self) -> Handle:
        ours, theirs = socket.socketpair()
        try:
            process, job = _popen(self._limits, theirs)
        except OSError as error:
            ours.close()
            message = f"no process can be started: {error.strerror}"
            raise WorkerError(message) from error
        finally:
            theirs.close()
        self._running[process.pid] = process
        if job is not None:
            self._jobs[process.pid] = job
        return Handle(process.pid, ours)


def _popen(
    limits: Limits, channel: socket.socket
) -> tuple[subprocess.Popen[bytes], Job | None]:
    if sys.platform == "win32":  # written from the documentation; not run here
        job = Job(limits)
        process = subprocess.Popen(
            command("alone", limits),
            env=environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            creationflags=subprocess.CREATE_NO_WINDOW,
        )
        handle: int = process._handle  # type: ignore[attr-defined]
        held = job.hold(handle)
        # The worker waits for this, so that it is in its job before it does anything.
        assert process.stdin is not None
        process.stdin.write(channel.share(process.pid))
        process.stdin.close()
        return process, job if held else None
    descriptor = channel.fileno()
    process = subprocess.Popen(
        command("alone", limits, str(descriptor)),
        env=environment(),
        pass_fds=[descriptor],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        cwd="/",
    )
    return process, None


def _kill(process: subprocess.Popen[bytes], job: Job | None) -> None:
    """Kill it, and whatever it has left in its job or, on POSIX, in its group."""
    if job is not None:
        job.close()
    if sys.platform != "win32":
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    process.kill()
