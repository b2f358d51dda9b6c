"""One worker process, for as long as it lives: what is said to it, and its answers."""

from __future__ import annotations

import contextlib
import time
from collections import deque
from typing import TYPE_CHECKING

from grader.sandbox.channel import Channel, Expired, Forged, Gone
from grader.sandbox.source import Ending, cpu_clock
from grader.sandbox.zygote import wire

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from grader.sandbox.source import Handle, Source

_READY_SECONDS = 20.0  # for a worker to seal itself on a loaded machine
_AHEAD = 1 << 15  # bytes sent before they are asked for: they fit into any socket


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
    waiting : deque of bytes
        Calls that it has been sent, and has not been asked for yet.
    """

    def __init__(self, source: Source, limit: int) -> None:
        self._source = source
        self._handle: Handle | None = source.spawn()
        self._channel = Channel(self._handle.sock, limit)
        self._cpu = cpu_clock(self._handle.pid)
        self.served: set[str] = set()
        self.loaded: set[str] = set()
        self.waiting: deque[bytes] = deque()
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
        self, kind: int, payload: bytes, following: Iterable[bytes], deadline: float
    ) -> tuple[int, bytes, float]:
        """Return what is answered to a request: its kind and payload, and its CPU time.

        Parameters
        ----------
        kind, payload
            The request; it is sent, unless it has been.
        following : iterable of bytes
            Payloads of the requests that will come next; the first few are sent along.
        deadline : float
            For the answer.

        Raises
        ------
        Expired, Gone, Forged, OSError
            If none comes.
        """
        ahead = () if self.waiting else tuple(_fitting(payload, following))
        alone = not ahead and not self.waiting
        before = self._cpu() if alone else 0.0
        if self.waiting:
            self.waiting.popleft()
        else:
            self._channel.send(kind, (payload, *ahead), deadline)
            self.waiting.extend(ahead)
        answer, body = self._channel.receive(deadline)
        return answer, body, self._cpu() - before if alone else 0.0

    def returned(self, payload: bytes) -> bytes | None:
        """Return what a call has returned that was sent before, where that is here."""
        if not self.waiting or self.waiting[0] != payload or not self.alive:
            return None
        body = self._channel.arrived(wire.RETURNED)
        if body is not None:
            self.waiting.popleft()
        return body

    def end(self, *, patience: bool) -> Ending:
        """Kill and reap the process, after a moment to end by itself if `patience`."""
        handle, self._handle = self._handle, None
        if handle is None:
            return Ending(0, killed=True)
        self._channel.close()
        return self._source.reap(handle, patience=patience)


def _fitting(first: bytes, following: Iterable[bytes]) -> Iterator[bytes]:
    """Yield what is so small beside the first that to send it needs no waiting."""
    size = len(first)
    for payload in following:
        size += len(payload)
        if size > _AHEAD:
            return
        yield payload
