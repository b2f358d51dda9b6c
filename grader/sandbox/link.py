"""One worker process, for as long as it lives: what is said to it, and its answers."""

from __future__ import annotations

import contextlib
import time
from typing import TYPE_CHECKING

from grader.sandbox.channel import Channel, Expired, Forged, Gone
from grader.sandbox.source import Ending, cpu_clock
from grader.sandbox.zygote import wire
from grader.sandbox.zygote.rows import COUNT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from grader.sandbox.source import Handle, Source

_READY_SECONDS = 20.0  # for a worker to seal itself on a loaded machine
_GROUP = 1 << 18  # bytes: room for what is answered together


class Link:
    """The grader's side of a fresh process.

    Parameters
    ----------
    source : Source
        Starts and ends it.
    limit : int
        The largest payload, in bytes.

    Attributes
    ----------
    served : set of str
        Modules that have run in it, or tried to.
    loaded : set of str
        Those of them that are there.
    waiting : int
        How many calls of the last row it has not answered.
    """

    def __init__(self, source: Source, limit: int) -> None:
        self._source = source
        self._handle: Handle | None = source.spawn()
        self._channel = Channel(self._handle.sock, limit + _GROUP)
        self._cpu = cpu_clock(self._handle.pid)
        self.served: set[str] = set()
        self.loaded: set[str] = set()
        self.waiting = 0
        self.ready = False

    @property
    def alive(self) -> bool:
        """Whether it can take another request."""
        return self._handle is not None

    def deliver(self, submission: bytes) -> Ending | None:
        """Deliver a submission; return how the process ended if it did."""
        deadline = time.monotonic() + _READY_SECONDS
        kind = None
        with contextlib.suppress(Expired, Gone, Forged):
            self._channel.send(wire.START, submission, deadline)
            kind, _ = self._channel.receive(deadline)
        if kind == wire.RETURNED:
            self.ready = True
            return None
        handle, ending = self._handle, self.end(patience=True)
        if handle is not None:
            self._source.restart(handle)
        return ending

    def exchange(
        self, kind: int, payload: bytes, deadline: float
    ) -> tuple[int, bytes, float]:
        """Return what is answered to a request: its kind and payload, and its CPU time.

        Parameters
        ----------
        kind, payload
            The request.
        deadline : float
            For the answer.

        Raises
        ------
        Expired, Gone, Forged, OSError
            If none comes.
        """
        before = self._cpu()
        self._channel.send(kind, payload, deadline)
        answer, body = self._channel.receive(deadline)
        self._channel.end()
        return answer, body, self._cpu() - before

    def exchange_row(
        self, payload: bytes, count: int, deadline: Callable[[], float]
    ) -> Iterator[tuple[int, bytes]]:
        """Yield kind and payload of what is answered to a row of calls, as it comes.

        Parameters
        ----------
        payload : bytes
            The calls.
        count : int
            How many they are.
        deadline : callable
            Returns the one for the next answer.

        Raises
        ------
        Expired, Gone, Forged, OSError
            If the next one does not come.
        """
        self.waiting = count
        self._channel.send(wire.CALLS, payload, deadline())
        while self.waiting:
            kind, body = self._channel.receive(deadline())
            if kind == wire.ANSWERS:
                self.waiting -= _count(body, self.waiting)
            yield kind, body
        self._channel.end()

    def end(self, *, patience: bool) -> Ending:
        """Kill and reap the process, after a moment to end by itself if `patience`."""
        handle, self._handle = self._handle, None
        if handle is None:
            return Ending(0, killed=True)
        self._channel.close()
        return self._source.reap(handle, patience=patience)


def _count(body: bytes, most: int) -> int:
    """Return how many calls a group of answers is for: one at least."""
    if len(body) < COUNT.size:
        raise Forged
    count: int = COUNT.unpack_from(body)[0]
    if not 0 < count <= most:
        raise Forged
    return count
