"""One submission in one worker: load its modules, call its functions."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING, Literal, NamedTuple, cast

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
from grader.sandbox.channel import Expired, Forged, Gone
from grader.sandbox.link import Link
from grader.sandbox.request import Request, submission
from grader.sandbox.zygote import wire

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from grader.limits import Limits
    from grader.sandbox.source import Source

_NO_ANSWER = "sent an answer that is not one"
_RESPAWNS = 24  # a worker may ask for this many modules, one after the other


class _Asked(NamedTuple):
    """A request, with all that is needed to make it."""

    kind: int
    payload: bytes
    seconds: float
    what: Literal["import", "call"]
    module: str = ""
    following: Iterable[bytes] = ()
    understand: Callable[[int, bytes, float], Reply | Again] = read


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
        self._limit = limits.payload_mb << 20
        self._spent = 0.0
        self._respawns = 0
        self._one_by_one = 0
        # Kept here and not by the zygote: student code chooses these names, and what
        # one worker says must not reach the worker of another exercise or student.
        self._hopeless: tuple[str, ...] = ()
        self._student_ran = False
        self._submission = submission(files, seed, self._limit)
        self._link = self._new_link()

    def __enter__(self) -> Worker:
        return self

    def __exit__(self, *failure: object) -> None:
        self.close()

    @property
    def alive(self) -> bool:
        """Whether it can take another request."""
        return self._link.alive

    def load(self, module: str) -> Returned | Raised | TimedOut | Crashed:
        """Import the submission's module `module`."""
        payload = wire.Writer(self._limit).add(module).payload()
        seconds = self._limits.import_seconds
        reply = self._request(_Asked(wire.LOAD, payload, seconds, "import", module))
        if isinstance(reply, Returned):
            self._link.loaded.add(module)
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
        limit = self._limit
        payload = request.payload(module, limit)
        body = self._link.returned(payload)
        if body is not None:
            return self._returned(request, body)
        budget = self._limits.call_seconds if seconds is None else seconds
        following = (later.payload(module, limit) for later in ahead)
        if module not in self._link.loaded:
            loaded = self.load(module)
            if not isinstance(loaded, Returned):
                return loaded
        understand = request.replies.read
        reply = self._request(
            _Asked(wire.CALL, payload, budget, "call", module, following, understand)
        )
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
        payload = wire.Writer(self._limit).add(rows).add(inner).add(columns).payload()
        seconds = []
        for _ in range(4):  # the first one allocates
            reply = self._request(
                _Asked(wire.MATMUL, payload, self._limits.call_seconds, "call")
            )
            if not isinstance(reply, Returned):
                message = f"a worker could not multiply matrices: {reply}"
                raise WorkerError(message)
            seconds.append(reply.cpu_seconds)
        # The middle one: another process's clock lags behind now and then.
        return sorted(seconds[1:])[1]

    def close(self) -> None:
        """Kill and reap the process, whatever it is doing."""
        if self._link.alive:
            self._link.end(patience=False)

    def _new_link(self) -> Link:
        return Link(self._source, self._limit)

    def _greet(self) -> None:
        """Deliver the submission and wait until the walls are up; try twice."""
        start = wire.Writer(self._limit).add(self._hopeless).payload()
        for attempt in range(2):
            if attempt:
                self._link = self._new_link()
            ending = self._link.deliver(self._submission + start)
            if ending is None:
                return
        message = f"a worker could not be started: {ending}"
        raise WorkerError(message)

    def _request(self, asked: _Asked) -> Reply:
        while True:
            if not self._link.alive:
                message = "this worker is dead: ask the sandbox for another one"
                raise WorkerError(message)
            if not self._link.ready:
                self._greet()
            if self._one_by_one and asked.kind == wire.CALL:
                self._one_by_one -= 1
                asked = asked._replace(following=())
            reply = self._exchange(asked)
            if not isinstance(reply, Again):
                return reply
            asked = asked._replace(following=())
            failure = self._begin_again(reply, asked.module)
            if failure is None and asked.kind == wire.CALL:
                failure = self.load(asked.module)
            if failure is not None and not isinstance(failure, Returned):
                return failure

    def _exchange(self, asked: _Asked) -> Reply | Again:
        """Make a request of the process that is there now."""
        link = self._link
        if link.waiting and link.waiting[0] != asked.payload:
            return Again("lost")  # it has begun with something else
        budget = min(asked.seconds, self._limits.submission_seconds - self._spent)
        started = time.monotonic()
        self._student_ran |= asked.kind != wire.MATMUL
        link.served.add(asked.module)
        try:
            return asked.understand(
                *link.exchange(
                    asked.kind, asked.payload, asked.following, started + budget
                )
            )
        except Expired:
            link.end(patience=False)
            if budget < asked.seconds:
                return TimedOut(self._limits.submission_seconds, "submission")
            return self._unclear() or TimedOut(asked.seconds, asked.what)
        except (Gone, OSError):  # OSError: its clock has gone with it
            ending = link.end(patience=True)
            if ending.lost:
                return Again("lost")
            return self._unclear() or Crashed(str(ending))
        except (Forged, wire.MalformedError):
            link.end(patience=False)
            return Crashed(_NO_ANSWER)
        finally:
            self._spent += time.monotonic() - started

    def _returned(self, request: Request, body: bytes) -> Reply:
        """Return what came back while other answers were looked at."""
        try:
            return cast("Reply", request.replies.read(wire.RETURNED, body, 0.0))
        except (Forged, wire.MalformedError):
            self._link.end(patience=False)
            return Crashed(_NO_ANSWER)

    def _unclear(self) -> Again | None:
        """Have calls made one by one where it may have died in any of several.

        It answers several together, so that the one in which it died may have been
        any of those that were sent.
        """
        if not self._link.waiting:
            return None
        self._one_by_one = 1 + len(self._link.waiting)
        return Again("unclear")

    def _begin_again(self, reason: Again, module: str) -> Reply | None:
        """Replace the process before it serves `module`, or say why not."""
        self._link.end(patience=False)
        if reason.why == "spent" and self._link.served <= {"", module}:
            return Crashed(_NO_ANSWER)  # nobody else was here
        self._respawns += reason.why in ("lost", "wants")
        if self._respawns > _RESPAWNS:
            return Crashed("it asked for too many modules")
        if reason.why == "wants" and not self._source.load(reason.module):
            self._hopeless += (reason.module,)
        self._link = self._new_link()
        return None
