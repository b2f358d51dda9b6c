"""One submission in one worker: load its modules, call its functions."""

from __future__ import annotations

import contextlib
import time
from collections import deque
from dataclasses import replace
from typing import TYPE_CHECKING, Literal, cast

from grader.errors import WorkerError
from grader.reply import (
    Crashed,
    Missing,
    Raised,
    Reply,
    Returned,
    TimedOut,
    Value,
)
from grader.sandbox.answer import Again, read
from grader.sandbox.channel import Channel, Expired, Forged, Gone
from grader.sandbox.request import Request, submission
from grader.sandbox.source import Ending, cpu_clock
from grader.sandbox.zygote import wire

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from types import TracebackType

    from grader.limits import Limits
    from grader.sandbox.source import Handle, Source

_READY_SECONDS = 20.0  # for a worker to seal itself on a loaded machine
_AHEAD = 1 << 15  # bytes sent before they are asked for: they fit into any socket
_RESPAWNS = 24  # a worker may ask for this many modules, one after the other


class Worker:
    """A worker for one submission; made by `Sandbox.worker`.

    Parameters
    ----------
    source : Source
        Starts and ends the process.
    files : mapping of str to bytes
        The submission's modules by file name.
    seed : int
        For the random generators that student code finds.
    limits : Limits
        Its budget.
    """

    def __init__(
        self, source: Source, files: Mapping[str, bytes], seed: int, limits: Limits
    ) -> None:
        self._source = source
        self._limits = limits
        self._spent = 0.0
        self._respawns = 0
        # Kept here and not by the zygote: student code chooses these names, and what
        # one worker says must not reach the worker of another exercise or student.
        self._hopeless: tuple[str, ...] = ()
        self._student_ran = False
        self._handle: Handle | None = None
        self._submission = submission(files, seed, limits.payload_mb << 20)
        self._spawn()

    def __enter__(self) -> Worker:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def alive(self) -> bool:
        """Whether it can take another request."""
        return self._handle is not None

    def load(self, module: str) -> Returned | Raised | TimedOut | Crashed:
        """Import the submission's module `module`."""
        payload = self._writer().add(module).payload()
        seconds = self._limits.import_seconds
        reply = self._request(wire.LOAD, payload, seconds, "import", module)
        if isinstance(reply, Returned):
            self._loaded.add(module)
        return cast("Returned | Raised | TimedOut | Crashed", reply)

    def call(
        self,
        module: str,
        function: str,
        args: tuple[Value, ...] = (),
        kwargs: Mapping[str, Value] | None = None,
        *,
        seconds: float | None = None,
    ) -> Reply:
        """Call a function of a module, which is loaded where it is not.

        Parameters
        ----------
        module, function : str
            What to call.
        args : tuple of Value
            Positional arguments.
        kwargs : mapping of str to Value, optional
            Arguments by name.
        seconds : float, optional
            Deadline, if not the one of the limits.

        Raises
        ------
        CourseError
            If an argument is no `Value`, or they are too large together.
        """
        return self.ask(module, Request(function, args, kwargs or {}), seconds=seconds)

    def ask(
        self,
        module: str,
        request: Request,
        *,
        seconds: float | None = None,
        ahead: Iterable[Request] = (),
    ) -> Reply:
        """Make a call that others may be asked too; see `call`.

        Parameters
        ----------
        module, request, seconds
            What to call, and its deadline.
        ahead : iterable of Request
            What will be asked next, in this order. It may be sent along, so that the
            worker goes from call to call; what each one costs is not known then.
        """
        limit = self._limits.payload_mb << 20
        payload = request.payload(module, limit)
        budget = self._limits.call_seconds if seconds is None else seconds
        following = (later.payload(module, limit) for later in ahead)
        if module not in self._loaded:
            loaded = self.load(module)
            if not isinstance(loaded, Returned):
                return loaded
        reply = self._request(wire.CALL, payload, budget, "call", module, following)
        if isinstance(reply, Missing):
            return replace(reply, name=request.function)
        return reply

    def matmul_seconds(self, rows: int, inner: int, columns: int) -> float:
        """Return the CPU time of numpy's own product of this size, in this worker.

        It is the unit of an efficiency check, so it is only measured before student
        code could slow it down.
        """
        if self._student_ran:
            message = "the unit of time must be measured before student code is loaded"
            raise WorkerError(message)
        payload = self._writer().add(rows).add(inner).add(columns).payload()
        seconds = []
        for _ in range(4):  # the first one allocates
            reply = self._request(
                wire.MATMUL, payload, self._limits.call_seconds, "call"
            )
            if not isinstance(reply, Returned):
                message = f"a worker could not multiply matrices: {reply}"
                raise WorkerError(message)
            seconds.append(reply.cpu_seconds)
        # The middle one: another process's clock lags behind now and then.
        return sorted(seconds[1:])[1]

    def close(self) -> None:
        """Kill and reap the process, whatever it is doing."""
        if self._handle is not None:
            self._end(patience=False)

    def _writer(self) -> wire.Writer:
        return wire.Writer(self._limits.payload_mb << 20)

    def _spawn(self) -> None:
        self._handle = self._source.spawn()
        self._channel = Channel(self._handle.sock, self._limits.payload_mb << 20)
        self._sent_ahead: deque[bytes] = deque()
        self._cpu = cpu_clock(self._handle.pid)
        self._served: set[str] = set()  # modules that have run, or tried to
        self._loaded: set[str] = set()  # those of them that are there
        self._ready = False

    def _greet(self) -> None:
        """Deliver the submission and wait until the walls are up; try twice."""
        for attempt in range(2):
            if attempt:
                self._spawn()
            deadline = time.monotonic() + _READY_SECONDS
            start = self._submission + self._writer().add(self._hopeless).payload()
            kind = None
            with contextlib.suppress(Expired, Gone, Forged):
                self._channel.send(wire.START, (start,), deadline)
                kind, _ = self._channel.receive(deadline)
            if kind == wire.RETURNED:
                self._ready = True
                return
            handle, ending = self._handle, self._end(patience=True)
            if handle is not None:
                self._source.restart(handle)
        message = f"a worker could not be started: {ending}"
        raise WorkerError(message)

    def _end(self, *, patience: bool) -> Ending:
        handle, self._handle = self._handle, None
        if handle is None:
            return Ending(0, killed=True)
        self._channel.close()
        return self._source.reap(handle, patience=patience)

    def _request(
        self,
        kind: int,
        payload: bytes,
        seconds: float,
        what: Literal["import", "call"],
        module: str = "",
        following: Iterable[bytes] = (),
    ) -> Reply:
        ahead = () if self._sent_ahead else tuple(_fitting(payload, following))
        while True:
            if self._handle is None:
                message = "this worker is dead: ask the sandbox for another one"
                raise WorkerError(message)
            if not self._ready:
                self._greet()
            self._served.add(module)
            reply = self._exchange(kind, (payload, *ahead), seconds, what)
            if not isinstance(reply, Again):
                return reply
            failure = self._begin_again(reply, module)
            if failure is None and kind == wire.CALL:
                failure = self.load(module)
            if failure is not None and not isinstance(failure, Returned):
                return failure

    def _exchange(
        self,
        kind: int,
        payloads: tuple[bytes, ...],
        seconds: float,
        what: Literal["import", "call"],
    ) -> Reply | Again:
        """Send requests, if they have not been, and judge the answer to the first."""
        if self._sent_ahead and self._sent_ahead[0] != payloads[0]:
            return Again()  # it has begun with something else
        alone = len(payloads) == 1 and not self._sent_ahead
        budget = min(seconds, self._limits.submission_seconds - self._spent)
        started = time.monotonic()
        deadline = started + budget
        self._student_ran |= kind != wire.MATMUL
        try:
            before = self._cpu() if alone else 0.0
            if self._sent_ahead:
                self._sent_ahead.popleft()
            else:
                self._channel.send(kind, payloads, deadline)
                self._sent_ahead.extend(payloads[1:])
            answer, body = self._channel.receive(deadline)
            return read(answer, body, self._cpu() - before if alone else 0.0)
        except Expired:
            self._end(patience=False)
            if budget < seconds:
                return TimedOut(self._limits.submission_seconds, "submission")
            return TimedOut(seconds, what)
        except (Gone, OSError):  # OSError: its clock has gone with it
            ending = self._end(patience=True)
            return Again() if ending.lost else Crashed(str(ending))
        except (Forged, wire.MalformedError):
            self._end(patience=False)
            return Crashed("sent an answer that is not one")
        finally:
            self._spent += time.monotonic() - started

    def _begin_again(self, reason: Again, module: str) -> Reply | None:
        """Replace the process before it serves `module`, or say why not."""
        self._end(patience=False)
        if reason.spent:
            if self._served <= {"", module}:  # nobody else could change anything
                return Crashed("sent an answer that is not one")
        else:
            self._respawns += 1
        if self._respawns > _RESPAWNS:
            return Crashed("it asked for too many modules")
        if reason.module is not None and not self._source.load(reason.module):
            self._hopeless += (reason.module,)
        self._spawn()
        return None


def _fitting(first: bytes, following: Iterable[bytes]) -> Iterator[bytes]:
    """Yield what is so small beside the first that to send it needs no waiting."""
    size = len(first)
    for payload in following:
        size += len(payload)
        if size > _AHEAD:
            return
        yield payload
