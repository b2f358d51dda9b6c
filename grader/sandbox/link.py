"""One worker process, for as long as it lives: what is said to it, and its answers."""

from __future__ import annotations

import contextlib
import time
from collections import deque
from dataclasses import dataclass
from functools import lru_cache
from math import inf
from typing import TYPE_CHECKING

from grader.errors import WorkerError
from grader.sandbox.channel import Channel, Expired, Forged, Gone
from grader.sandbox.source import Ending, cpu_clock
from grader.sandbox.zygote import rows, wire
from grader.sandbox.zygote.rows import GROUP

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from grader.sandbox.request import Row
    from grader.sandbox.source import Handle, Source

_READY_SECONDS = 20.0  # for a worker to seal itself on a loaded machine
_GROUP = 1 << 18  # bytes: room for what is answered together
_AT_ONCE = 1 << 20  # bytes: a process is sent so much of what it will be asked


@dataclass(slots=True)
class Sent:
    """A row that is on its way.

    Parameters
    ----------
    number : int
        Its place among those sent together, from 0.
    module : str
        What is called.
    row : Row
        The calls.
    loads : bool
        Whether its next answer is what came of loading the module.
    waiting : int
        How many answers are still to come.
    """

    number: int
    module: str
    row: Row
    loads: bool
    waiting: int

    def is_whole(self, row: Row) -> bool:
        """Tell whether this is that row, and nothing of it has been answered."""
        return self.row is row and self.waiting == len(row) + self.loads


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
    sent : deque of Sent
        The rows that it has been sent and has not answered, in their order.
    """

    def __init__(self, source: Source, limit: int) -> None:
        self._source, self._limit = source, limit
        self._handle: Handle | None = source.spawn()
        self._channel = Channel(self._handle.sock, limit + _GROUP)
        self._cpu = cpu_clock(self._handle.pid)
        self.served: set[str] = set()
        self.loaded: set[str] = set()
        self.sent: deque[Sent] = deque()
        self.ready = False

    @property
    def alive(self) -> bool:
        """Whether it can take another request."""
        return self._handle is not None

    @property
    def waiting(self) -> int:
        """How many answers to rows are still to come."""
        return sum([each.waiting for each in self.sent])

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
        self, kind: int, payload: bytes, deadline: float, enough: float = inf
    ) -> tuple[int, bytes, float]:
        """Return what is answered to a request: its kind and payload, and its CPU time.

        Parameters
        ----------
        kind, payload
            The request.
        deadline : float
            For the answer.
        enough : float, optional
            CPU seconds after which it is no longer waited for.

        Raises
        ------
        Expired, Gone, Forged, OSError
            If none comes.
        WorkerError
            If it has not answered all rows.
        """
        if self.sent:
            message = "a process has rows to answer before this request"
            raise WorkerError(message)
        before = self._cpu()
        self._channel.send(kind, payload, deadline)
        while True:
            # One thread uses no more CPU than time passes.
            soonest = time.monotonic() + enough - (self._cpu() - before)
            try:
                answer, body = self._channel.receive(min(deadline, soonest))
                break
            except Expired:
                if soonest >= deadline or self._cpu() - before >= enough:
                    raise
        self._channel.end()
        return answer, body, self._cpu() - before

    def send_rows(self, coming: Iterable[tuple[str, Row]], deadline: float) -> None:
        """Send rows of calls, the first and as many as there is room for.

        Parameters
        ----------
        coming : iterable of (str, Row)
            What to call, and of which module; each is loaded where it is not.
        deadline : float
            For the message to be taken.

        Raises
        ------
        Expired, Gone
            If it is not taken.
        CourseError
            As `Row.payload`.
        """
        parts: list[tuple[str, bool, bytes]] = []
        sent = deque[Sent]()
        size = 0
        for module, row in coming:
            calls = row.payload(module, self._limit)
            size += len(calls)
            if parts and size > _AT_ONCE:
                break
            loads, count = module not in self.loaded, len(row)
            sent.append(Sent(len(parts), module, row, loads, count + loads))
            parts.append((module, loads, calls))
        self.sent = sent  # not before: a row that cannot be written is not on its way
        self._channel.send(wire.CALLS, _joined(tuple(parts)), deadline)

    def answers(self, deadline: Callable[[], float]) -> Iterator[tuple[int, bytes]]:
        """Yield kind and payload of what is answered to the next row, as it comes.

        Whoever takes them may set what is waited for to nothing.

        Parameters
        ----------
        deadline : callable
            Returns the one for the next answer.

        Raises
        ------
        Expired, Gone, Forged, OSError
            If the next one does not come.
        """
        row = self.sent[0]
        while row.waiting:
            kind, body = self._channel.receive(deadline())
            if kind == wire.ANSWERS:
                row.waiting -= _count(body, row)
            yield kind, body
        self.sent.popleft()
        if not self.sent:
            self._channel.end()

    def end(self, *, patience: bool) -> Ending:
        """Kill and reap the process, after a moment to end by itself if `patience`."""
        handle, self._handle = self._handle, None
        if handle is None:
            return Ending(0, killed=True)
        self._channel.close()
        return self._source.reap(handle, patience=patience)


@lru_cache(maxsize=4)
def _joined(parts: tuple[tuple[str, bool, bytes], ...]) -> bytes:
    """Return rows as they are sent: the same to everybody in a class."""
    return rows.join(parts)


def _count(body: bytes, row: Sent) -> int:
    """Return how many answers to this row a group holds: one at least."""
    if len(body) < GROUP.size:
        raise Forged
    number, count = GROUP.unpack_from(body)
    if number != row.number or not 0 < count <= row.waiting:
        raise Forged
    return int(count)
