"""Linux: sealed workers, forked by a zygote that has numpy loaded already."""

from __future__ import annotations

import contextlib
import fcntl
import os
import signal
import socket
import struct
import sys
import threading
import time
from array import array

from grader.errors import WorkerError
from grader.limits import Limits
from grader.sandbox.command import command, environment
from grader.sandbox.isolation import Isolation
from grader.sandbox.source import Ending, Handle, cpu_clock_of

_NUMBER = struct.Struct("<i")
_ENDED = struct.Struct("<i?")
_PACKET = 4096
_YES = b"\1"
_START_SECONDS = 30.0  # a loaded machine may take long to import numpy
_ORDER_SECONDS = 20.0
_ESSENTIAL = frozenset({"files", "sockets", "processes", "signals", "code", "memory"})


class Zygote:
    """Hands out sealed workers; constructed without waiting for the first.

    Parameters
    ----------
    limits : Limits
        For each worker.
    """

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._lock = threading.RLock()
        self._generation = 0
        self._workers_seconds = 0.0
        self._walls: frozenset[str] | None = None
        self._pid, self._control = self._start()

    @property
    def holds(self) -> bool:
        """Whether enough walls stood up to the probe to call its workers sealed."""
        with self._lock:
            return self._await_walls() >= _ESSENTIAL

    @property
    def isolation(self) -> Isolation:
        """What the probe saw."""
        walls = self._await_walls()
        layers = ["seccomp"]
        if "landlock" in walls:
            version = next(w for w in walls if w.startswith("landlock="))
            layers.append(version.replace("=", " "))
        if "uid" in walls:
            layers.append("private uid")
        return Isolation("sealed", (*layers, "rlimits"))

    def spawn(self) -> Handle:
        """Return a fresh worker."""
        with self._lock:
            try:
                handle = self._spawn()
            except WorkerError:
                self._restart()
                handle = self._spawn()
        if handle.pid < 0:  # no reason to restart: that would end the others
            handle.sock.close()
            message = "too many workers at once. Remedy: close some first"
            raise WorkerError(message)
        return handle

    def reap(self, handle: Handle, *, patience: bool) -> Ending:
        """End a worker."""
        with self._lock:
            # The workers of a zygote die with it.
            if handle.generation != self._generation:
                return Ending(0, lost=True)
            number = _NUMBER.pack(handle.pid)
            with contextlib.suppress(OSError):  # it has gone already
                self._workers_seconds += time.clock_gettime(cpu_clock_of(handle.pid))
            try:
                if not patience:
                    self._tell(b"K" + number)
                    return Ending(-signal.SIGKILL, killed=True)
                status, killed = _ENDED.unpack(self._order(b"R" + number))
            except WorkerError:
                self._restart()
                return Ending(0, lost=True)
        return Ending(os.waitstatus_to_exitcode(status), killed=killed)

    def load(self, name: str) -> bool:
        """Have later workers start with the module `name`; tell if it can be had."""
        with self._lock:
            try:
                return self._order(b"W" + name.encode("utf-8", "replace")[:200]) == _YES
            except WorkerError:
                self._restart()
                return False

    def restart(self, failed: Handle) -> None:
        """Begin with a new zygote, unless that has been done since `failed` began."""
        with self._lock:
            if failed.generation == self._generation:
                self._restart()

    def cpu_seconds(self) -> float:
        """Return the CPU time of the zygote, and of the workers that were ended.

        Theirs is read before they are killed: the zygote buries them a while later,
        when the next submission may have begun.
        """
        own = 0.0
        if self._pid:  # a clock of no process would be our own
            with contextlib.suppress(OSError):  # it has gone
                own = time.clock_gettime(cpu_clock_of(self._pid))
        return own + self._workers_seconds

    def close(self) -> None:
        """End the zygote, and with it every worker."""
        with self._lock:
            self._control.close()
            if self._pid:
                with contextlib.suppress(ProcessLookupError, ChildProcessError):
                    os.kill(self._pid, signal.SIGKILL)
                    os.waitpid(self._pid, 0)
                self._pid = 0

    def _restart(self) -> None:
        self.close()
        self._pid, self._control = self._start()

    def _spawn(self) -> Handle:
        if not self._await_walls() >= _ESSENTIAL:
            message = "workers can no longer be sealed in"
            raise WorkerError(message)
        ours, theirs = socket.socketpair()
        rights = array("i", [theirs.fileno()])
        try:
            answer = self._order(b"S", [(socket.SOL_SOCKET, socket.SCM_RIGHTS, rights)])
        except BaseException:
            ours.close()
            raise
        finally:
            theirs.close()
        return Handle(_NUMBER.unpack(answer)[0], ours, self._generation)

    def _start(self) -> tuple[int, socket.socket]:
        self._walls = None
        self._owed = False
        self._generation += 1
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        # Above the descriptors that the new process gets rearranged.
        high = fcntl.fcntl(theirs, fcntl.F_DUPFD_CLOEXEC, 10)
        theirs.close()
        try:
            pid = os.posix_spawn(
                sys.executable,
                command("nursery", self._limits),
                environment(),
                file_actions=[
                    (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDWR, 0),
                    (os.POSIX_SPAWN_DUP2, 0, 1),
                    (os.POSIX_SPAWN_DUP2, 0, 2),
                    (os.POSIX_SPAWN_DUP2, high, 3),
                ],
            )
        except OSError as error:
            ours.close()
            message = f"no process can be started: {error.strerror}"
            raise WorkerError(message) from error
        finally:
            os.close(high)
        return pid, ours

    def _await_walls(self) -> frozenset[str]:
        if self._walls is None:
            self._control.settimeout(_START_SECONDS)
            try:
                self._walls = frozenset(self._answer().decode("ascii").split())
            except WorkerError:
                self._walls = frozenset()
            self._control.settimeout(_ORDER_SECONDS)
        return self._walls

    def _order(
        self, packet: bytes, rights: list[tuple[int, int, array[int]]] | None = None
    ) -> bytes:
        """Give an order, and return the answer."""
        self._tell(packet, rights)
        self._owed = True
        answer = self._answer()
        self._owed = False
        return answer

    def _tell(
        self, packet: bytes, rights: list[tuple[int, int, array[int]]] | None = None
    ) -> None:
        if self._owed:  # an interrupt came between an order and its answer
            message = "the process that starts workers is out of step"
            raise WorkerError(message)
        try:
            self._control.sendmsg([packet], rights or [])
        except OSError as error:
            message = "the process that starts workers is gone"
            raise WorkerError(message) from error

    def _answer(self) -> bytes:
        try:
            packet = self._control.recv(_PACKET)
        except OSError as error:
            message = "the process that starts workers does not answer"
            raise WorkerError(message) from error
        if not packet:
            message = "the process that starts workers has ended"
            raise WorkerError(message)
        return packet
