"""One worker process, for as long as it lives: what is said to it, and its answers."""

from __future__ import annotations

import contextlib
import time
from typing import TYPE_CHECKING

from grader.sandbox.channel import Channel, Expired, Forged, Gone
from grader.sandbox.source import Ending, cpu_clock
from grader.sandbox.zygote import wire

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from grader.sandbox.source import Handle, Source

_READY_SECONDS = 20.0  # for a worker to seal itself on a loaded machine
_ROOM = 1 << 15  # bytes that fit into any socket


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
        How many requests it has been sent that it has not answered.
    """

    def __init__(self, source: Source, limit: int) -> None:
        self._source = source
        self._handle: Handle | None = source.spawn()
        self._channel = Channel(self._handle.sock, limit)
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
            self._channel.send(wire.START, (submission,), deadline)
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
        self.waiting = 1
        self._channel.send(kind, (payload,), deadline)
        answer, body = self._channel.receive(deadline)
        self.waiting = 0
        return answer, body, self._cpu() - before

    def exchange_all(
        self, kind: int, payloads: Sequence[bytes], deadline: Callable[[], float]
    ) -> Iterator[list[tuple[int, bytes]]]:
        """Yield what is answered to requests of a kind, as it comes, in their order.

        Parameters
        ----------
        kind, payloads
            The requests; as many are sent at once as the worker has room for.
        deadline : callable
            Returns the one for the next answer.

        Raises
        ------
        Expired, Gone, Forged, OSError
            If the next one does not come.
        """
        for some in _fitting(payloads):
            self.waiting = len(some)
            self._channel.send(kind, some, deadline())
            while self.waiting:
                answers = self._channel.receive_some(deadline())
                self.waiting -= len(answers)
                yield answers

    def end(self, *, patience: bool) -> Ending:
        """Kill and reap the process, after a moment to end by itself if `patience`."""
        handle, self._handle = self._handle, None
        if handle is None:
            return Ending(0, killed=True)
        self._channel.close()
        return self._source.reap(handle, patience=patience)


def _fitting(payloads: Sequence[bytes]) -> Iterator[list[bytes]]:
    """Yield what is so small together that to send it needs no waiting."""
    some: list[bytes] = []
    size = 0
    for payload in payloads:
        size += len(payload)
        if some and size > _ROOM:
            yield some
            some, size = [], len(payload)
        some.append(payload)
    if some:
        yield some
