"""Where workers come from: one interface, whatever separates them from us."""

from __future__ import annotations

import signal
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol, cast

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable

    from grader.sandbox.isolation import Isolation

OUT_OF_MEMORY = 77  # exit status of a worker that could not even report it


@dataclass(frozen=True, slots=True)
class Handle:
    """One live worker process."""

    pid: int
    sock: socket.socket
    generation: int = 0


@dataclass(frozen=True, slots=True)
class Ending:
    """How a worker process ended.

    Parameters
    ----------
    code : int
        Its exit status, or minus the signal that ended it.
    killed : bool
        Whether that was our doing.
    lost : bool
        Whether what starts workers failed, so that nothing is known of this one.
    """

    code: int
    killed: bool = False
    lost: bool = False

    def __str__(self) -> str:
        if self.lost:
            return "the process that starts workers has failed"
        if self.killed:
            return "it closed its connection to the grader"
        if self.code == OUT_OF_MEMORY:
            return "ran out of memory"
        if self.code < 0:
            name = signal.strsignal(-self.code) or "unknown"
            return f"killed by signal {-self.code} ({name.lower()})"
        if self.code >= 1 << 31:  # Windows: what ended it is no small number
            return f"the process crashed (0x{self.code:08X})"
        return f"the process ended during the call (exit status {self.code})"


class Source(Protocol):
    """Starts and ends worker processes."""

    @property
    def isolation(self) -> Isolation:
        """What separates its workers from the grader."""

    def spawn(self) -> Handle:
        """Return a fresh worker; raise WorkerError if none can be had."""

    def reap(self, handle: Handle, *, patience: bool) -> Ending:
        """End a worker, after a moment for it to end on its own if `patience`."""

    def load(self, name: str) -> bool:
        """Have later workers start with the module `name`; tell if it can be had."""

    def restart(self, failed: Handle) -> None:
        """Begin anew after a worker failed that had not seen student code yet."""

    def cpu_seconds(self) -> float:
        """Return the CPU time of all its processes that have ended, and its own."""

    def close(self) -> None:
        """End everything."""


def cpu_clock(pid: int) -> Callable[[], float]:
    """Return a clock of the CPU that another process has used."""
    if not hasattr(time, "clock_gettime"):
        return time.perf_counter
    number = cpu_clock_of(pid)
    clock: Any = time.clock_gettime
    try:
        clock(number)
    except OSError:
        return time.perf_counter
    return lambda: cast("float", clock(number))


def cpu_clock_of(pid: int) -> int:
    """Return how Linux calls the clock of a process: by its pid and a kind of time."""
    return (~pid << 3) | 2
