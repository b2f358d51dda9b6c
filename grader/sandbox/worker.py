"""One submission in one worker: load its modules, call its functions."""

from __future__ import annotations

from functools import partial
from itertools import chain
from math import inf
from typing import TYPE_CHECKING, Literal, NamedTuple, cast

from grader.errors import WorkerError
from grader.reply import (
    Crashed,
    Raised,
    Reply,
    Returned,
    TimedOut,
    Value,
)
from grader.sandbox.answer import (
    NO_ANSWER,
    Again,
    Answers,
    InRow,
    again,
    of_load,
    read,
)
from grader.sandbox.channel import Expired, Forged, Gone
from grader.sandbox.link import Link
from grader.sandbox.patience import Patience
from grader.sandbox.request import Request, Row, submission
from grader.sandbox.zygote import wire
from grader.sandbox.zygote.rows import GROUP

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from grader.limits import Limits
    from grader.sandbox.source import Source

_FAILURES = (Expired, Gone, OSError, Forged, wire.MalformedError)
_RESPAWNS = 24  # a worker may ask for this many modules, one after the other


class _Asked(NamedTuple):
    """A request, with all that is needed to make it."""

    kind: int
    payload: bytes
    seconds: float
    what: Literal["import", "call"]
    module: str = ""
    request: Request | None = None
    enough: float = inf


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
        self._patience = Patience(limits.submission_seconds)
        self._respawns = 0
        self._one_by_one = 0
        # Kept here and not by the zygote: student code chooses these names, and what
        # one worker says must not reach the worker of another exercise or student.
        self._hopeless: tuple[str, ...] = ()
        self._student_ran = False
        self._deliver = partial(submission, files, seed, self._limit)
        self._start = self._deliver()
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
        enough: float = inf,
    ) -> Reply:
        """Make a call that others may be asked too; see `call`.

        It is timed out, too, after `enough` seconds of CPU time.
        """
        self._one_by_one = max(0, self._one_by_one - 1)
        self._make_ready()
        payload = request.alone(module, self._limit)
        loaded = self._loaded(module)
        if not isinstance(loaded, Returned):
            return loaded
        budget = self._limits.call_seconds if seconds is None else seconds
        return self._request(
            _Asked(wire.CALLS, payload, budget, "call", module, request, enough)
        )

    def ask_all(
        self, coming: Iterable[tuple[str, Row]], *, seconds: float, most: int
    ) -> InRow:
        """Make the calls of a row, as far as all goes well.

        What each of them costs is not known. Where the process dies, and it is not
        clear in which of several calls, those are left to `ask`, one by one.

        Parameters
        ----------
        coming : iterable of (str, Row)
            What to call, and of which module, which is loaded where it is not. After
            the row itself those that will be asked for next: they are sent too, unless
            that has been done, so that neither side waits for the other. A function
            that is not written yet says so to each call, and is tried once.
        seconds : float
            Deadline of each call.
        most : int
            How many bytes to take; one message more may come.

        Raises
        ------
        CourseError
            If an argument is no `Value`, or they are too large together.
        """
        if self._one_by_one:
            return InRow(Answers(0))
        following = iter(coming)
        module, row = next(following)
        self._make_ready(row)
        link, groups = self._link, list[bytes]()
        asked = _Asked(wire.CALLS, b"", seconds, "call", module)
        every = chain([(module, row)], following)
        failure, loaded = self._exchange_row(asked, every, most, groups)
        if isinstance(loaded, Raised):
            return InRow(Answers(0), None, loaded)
        mine = link.sent[0].waiting if failure and link.sent else 0
        answers = Answers(max(0, len(row) - mine), groups)
        if isinstance(failure, (TimedOut, Crashed)):
            if link.waiting == 1 or self._patience.at_its_end:
                return InRow(answers, failure, loaded)
            self._one_by_one, failure = link.waiting, Again("unclear")
        died = None if failure is None else self._begin_again(failure, module)
        return InRow(answers, died, loaded)

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
        for attempt in range(2):
            if attempt:
                self._link = self._new_link()
            ending = self._link.deliver(self._start)
            if ending is None:
                return
        message = f"a worker could not be started: {ending}"
        raise WorkerError(message)

    def _loaded(self, module: str) -> Reply:
        """Load a module where it is not."""
        return Returned(None) if module in self._link.loaded else self.load(module)

    def _request(self, asked: _Asked) -> Reply:
        while True:
            self._make_ready()
            reply = self._exchange(asked)
            if not isinstance(reply, Again):
                return reply
            failure: Reply | None = self._begin_again(reply, asked.module)
            if failure is None and asked.kind == wire.CALLS:
                failure = self.load(asked.module)
            if failure is not None and not isinstance(failure, Returned):
                return failure

    def _make_ready(self, row: Row | None = None) -> None:
        """Have a process that has nothing to answer, but what begins with this row."""
        if not self._link.alive:
            message = "this worker is dead: ask the sandbox for another one"
            raise WorkerError(message)
        sent = self._link.sent
        if sent and not (row is not None and sent[0].is_whole(row)):
            self._link.end(patience=False)  # nobody waits for its answers any more
            self._link = self._new_link()
        if not self._link.ready:
            self._greet()

    def _exchange(self, asked: _Asked) -> Reply | Again:
        """Make a request of the process that is there now."""
        self._begin(asked)
        with self._patience:
            try:
                deadline = self._patience.deadline(asked.seconds)
                kind, body, cost = self._link.exchange(
                    asked.kind, asked.payload, deadline, asked.enough
                )
                if asked.request is None:
                    return read(kind, body, cost)
                if kind != wire.ANSWERS:
                    return again(kind, body)
                return asked.request.read(Answers.only(body), cost)
            except _FAILURES as error:
                return self._ended(error, asked)

    def _exchange_row(
        self,
        asked: _Asked,
        coming: Iterable[tuple[str, Row]],
        most: int,
        groups: list[bytes],
    ) -> tuple[TimedOut | Crashed | Again | None, Returned | Raised | None]:
        """Make calls in a row, and collect what comes.

        Return why it ended early, and what came of loading the module.
        """
        link, loaded = self._link, None
        longest = max(asked.seconds, self._limits.import_seconds)
        self._begin(asked)
        with self._patience:
            try:
                if not link.sent:
                    link.send_rows(coming, self._patience.deadline(asked.seconds))
                row = link.sent[0]
                for kind, body in link.answers(
                    lambda: self._patience.deadline(
                        longest if row.loads else asked.seconds
                    )
                ):
                    if kind != wire.ANSWERS:
                        return again(kind, body), loaded
                    said = body[GROUP.size :]
                    if row.loads:
                        loaded, said = of_load(said)
                        row.loads = False
                        if isinstance(loaded, Raised):
                            row.waiting = 0
                            continue
                        link.loaded.add(asked.module)
                    groups.append(said)
                    most -= len(body)
                    if most < 0 and row.waiting:
                        return Again("lost"), loaded  # so that it goes no further
            except _FAILURES as error:
                return self._ended(error, asked), loaded
        return None, loaded

    def _begin(self, asked: _Asked) -> None:
        self._student_ran |= asked.kind != wire.MATMUL
        self._link.served.add(asked.module)

    def _ended(self, error: Exception, asked: _Asked) -> TimedOut | Crashed | Again:
        """Return what it means that no answer came."""
        gone = isinstance(error, (Gone, OSError))  # OSError: its clock has gone with it
        ending = self._link.end(patience=gone)
        if isinstance(error, Expired):
            if self._patience.at_its_end:
                return TimedOut(self._limits.submission_seconds, "submission")
            return TimedOut(asked.seconds, asked.what)
        if gone:
            return Again("lost") if ending.lost else Crashed(str(ending))
        if self._link.served <= {"", asked.module}:
            return Crashed(NO_ANSWER)
        return Again("spent")  # another module may have said it

    def _begin_again(self, reason: Again, module: str) -> Crashed | None:
        """Replace the process before it serves `module`, or say why not."""
        self._link.end(patience=False)
        if reason.why == "spent" and self._link.served <= {"", module}:
            return Crashed(NO_ANSWER)  # nobody else was here
        self._respawns += reason.why in ("lost", "wants")
        if self._respawns > _RESPAWNS:
            return Crashed("it asked for too many modules")
        if reason.why == "wants" and not self._source.load(reason.module):
            self._hopeless += (reason.module,)
            self._start = self._deliver(self._hopeless)
        self._link = self._new_link()
        return None
