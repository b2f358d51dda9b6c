"""A submission at work: its worker, restarted when it dies, within one time budget."""

from __future__ import annotations

import sys
import time
from collections import Counter
from itertools import chain, takewhile
from math import inf
from typing import TYPE_CHECKING

import numpy as np

from grader.errors import did_you_mean
from grader.reply import Crashed, Missing, Raised, Returned, TimedOut
from grader.sandbox.answer import NO_ANSWER, NOT_SOUND, Answers
from grader.sandbox.request import Row

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from grader.checks.check import Budget, Call
    from grader.limits import Limits
    from grader.reply import Reply, Value
    from grader.sandbox import Sandbox
    from grader.sandbox.answer import Answer
    from grader.sandbox.request import Request
    from grader.sandbox.worker import Worker
    from grader.submission import Submission

MAX_DEATHS = 2
"""How often a function, or a module's import, may time out or crash before it is not
tried any more."""

MAX_ANSWERS = 2
"""How many of the largest answers an exercise may give in all: the judge holds every
answer of an exercise until it knows their common cause."""


class Contestant:
    """One submission in the sandbox.

    A worker that dies takes nothing with it but the call it died in: the next call
    gets a new one. A function that keeps killing its workers is not called again, so
    an endless loop costs seconds, not the sum of all its checks. The same holds for a
    module that cannot be imported.

    Parameters
    ----------
    sandbox : Sandbox
        Where workers come from.
    submission : Submission
        The student's files.
    limits : Limits
        What it may use.
    seed : int
        Seeds the random generators inside the worker.
    """

    def __init__(
        self, sandbox: Sandbox, submission: Submission, limits: Limits, seed: int
    ) -> None:
        self._sandbox = sandbox
        self._submission = submission
        self._limits = limits
        self._most = MAX_ANSWERS * limits.payload_mb << 20
        self._seed = seed
        self._worker: Worker | None = None
        self._modules: dict[str, str] = {}
        self._loaded: dict[str, Reply] = {}
        self._deaths: Counter[tuple[str, str]] = Counter()
        self._last_death: dict[tuple[str, str], Reply] = {}
        self._held: Counter[str] = Counter()
        self._coming: Sequence[tuple[str, Row] | None] = ()
        self._deadline = time.monotonic() + limits.submission_seconds

    def __enter__(self) -> Contestant:
        """Start nothing yet: a submission without files needs no worker."""
        return self

    def __exit__(self, *failure: object) -> None:
        """Kill what is left."""
        self.stop()

    def forget(self, exercise: str) -> None:
        """Count its answers no more: nobody holds them now."""
        del self._held[exercise]

    def held(self, exercise: str) -> int:
        """Return how many bytes its answers take."""
        return self._held[exercise]

    def stop(self) -> None:
        """Kill the worker; the next call gets a new one, which has seen nothing yet."""
        if self._worker is not None:
            self._worker.close()
        self._worker = None
        self._loaded.clear()

    def measure(self, budget: Budget) -> float:
        """Return the CPU seconds of a matrix product, before their code is loaded."""
        if self._loaded:
            self.stop()
        return self._live().matmul_seconds(budget.rows, budget.inner, budget.columns)

    def load(self, exercise: str) -> Reply:
        """Import the module of an exercise, once for each worker."""
        module, worker = self._module(exercise), self._worker
        if worker is not None and not worker.alive:
            self.stop()
        if module not in self._loaded:
            key = (module, "")
            if self._deaths.get(key, 0) >= MAX_DEATHS:
                return self._last_death[key]
            if self._seconds_left() <= 0:
                return TimedOut(self._limits.submission_seconds, "submission")
            self._loaded[module] = self._noted(key, self._live().load(module))
        return self._loaded[module]

    def call(self, exercise: str, call: Call, *, enough: float = inf) -> Reply:
        """Call one of the student's functions.

        Parameters
        ----------
        exercise : str
            The exercise.
        call : Call
            The call.
        enough : float, optional
            CPU seconds after which it is stopped. It has timed out then, but that is
            not held against the function.
        """
        module = self._module(exercise)
        key = (module, call.function)
        if self._deaths and self._deaths[key] >= MAX_DEATHS:
            return self._last_death[key]
        if self._held[exercise] > self._most:
            return Crashed(f"its answers are larger than {self._most >> 20} MB in all")
        loaded = self.load(exercise)
        if not isinstance(loaded, Returned):
            return loaded
        left = self._seconds_left()
        if left <= 0:
            return TimedOut(self._limits.submission_seconds, "submission")
        seconds = min(left, self._limits.call_seconds)
        worker = self._live()
        reply = worker.ask(module, call.request, seconds=seconds, enough=enough)
        if isinstance(reply, TimedOut) and enough < inf:
            return reply
        if isinstance(reply, Returned):
            self._held[exercise] += _weight(reply.value)
        return self._noted(key, self._as_written(exercise, reply))

    def call_all(self, exercise: str, row: Row) -> tuple[Answers, Reply | None]:
        """Make calls in a row, as far as all goes well.

        Parameters
        ----------
        exercise : str
            The exercise.
        row : Row
            What to call; nobody times it.

        Returns
        -------
        answers : Answers
            To the first few calls, or to all; for `read`.
        failure : Reply, optional
            What became of the call after these, where that is known.
        """
        module = self._module(exercise)
        room, left = self._most - self._held[exercise], self._seconds_left()
        if not self._is_safe(module, row):  # what has killed a worker is called alone
            dead = {function for name, function in self._deaths if name == module}
            row = Row(takewhile(lambda each: each.function not in dead, row.requests))
        if not row or room < 0 or left <= 0 or not self._can_load(module):
            return Answers(0), None
        worker = self._live()
        answers, failure, loaded = worker.ask_all(
            chain([(module, row)], self._after(row)),
            seconds=min(left, self._limits.call_seconds),
            most=room,
        )
        if loaded is not None:
            self._loaded[module] = loaded
        self._held[exercise] += answers.size
        if failure is not None and answers.count < len(row):
            self._noted((module, row.requests[answers.count].function), failure)
        return answers, failure

    def expect(self, coming: Sequence[tuple[str, Row] | None]) -> None:
        """Hear which rows will be asked for, in their order.

        Parameters
        ----------
        coming : sequence of (str, Row) or None
            Exercises and their calls. None where it depends on answers what comes
            next, or where the worker must be idle then.
        """
        self._coming = coming

    def _after(self, row: Row) -> Iterator[tuple[str, Row]]:
        """Yield the modules and rows that will be asked for after this one."""
        coming = iter(self._coming)
        for each in coming:
            if each is not None and each[1] is row:
                break
        for each in coming:  # goes on there; nothing is left where it was not found
            if each is None:
                return
            module, following = self._module(each[0]), each[1]
            if not (self._can_load(module) and self._is_safe(module, following)):
                return
            yield module, following

    def _is_safe(self, module: str, row: Row) -> bool:
        """Tell whether none of its calls is of a function that has killed a worker."""
        return not self._deaths or all(
            (module, function) not in self._deaths for function in row.functions
        )

    def _can_load(self, module: str) -> bool:
        """Tell whether nothing is known against loading a module."""
        known = self._loaded.get(module)
        if known is not None and not isinstance(known, Returned):
            return False
        return self._deaths[module, ""] < MAX_DEATHS

    def read(self, exercise: str, request: Request, answer: Answer) -> Reply:
        """Return what was answered in a row."""
        try:
            return self._as_written(exercise, request.read(answer))
        except NOT_SOUND:
            return self.give_up(exercise, request)

    def give_up(self, exercise: str, request: Request) -> Crashed:
        """Return that what was said to a call means nothing; ask another worker next.

        What has been changed so that it says this may say anything.
        """
        self.stop()
        crashed = Crashed(NO_ANSWER)
        self._noted((self._module(exercise), request.function), crashed)
        return crashed

    def is_notebook(self, exercise: str) -> bool:
        """Tell whether the exercise is in a notebook, where no skeleton was before."""
        return exercise != self._module(exercise)

    def _as_written(self, exercise: str, reply: Reply) -> Reply:
        if type(reply) is Missing and self.is_notebook(exercise):
            return _not_begun(reply)
        return reply

    def _module(self, exercise: str) -> str:
        if exercise not in self._modules:
            self._modules[exercise] = self._submission.module(exercise)
        return self._modules[exercise]

    def _noted(self, key: tuple[str, str], reply: Reply) -> Reply:
        if isinstance(reply, (TimedOut, Crashed)):
            self._deaths[key] += 1
            self._last_death[key] = reply
        return reply

    def _live(self) -> Worker:
        if self._worker is not None and not self._worker.alive:
            self.stop()
        if self._worker is None:
            self._worker = self._sandbox.worker(self._submission.files, seed=self._seed)
        return self._worker

    def _seconds_left(self) -> float:
        return self._deadline - time.monotonic()


def _weight(value: Value) -> int:
    """Return about how many bytes a value takes."""
    if isinstance(value, np.ndarray):
        return value.nbytes
    if isinstance(value, (tuple, list)):
        return sum(map(_weight, value))
    return sys.getsizeof(value)


def _not_begun(reply: Missing) -> Reply:
    """Return that a function is not written yet, unless its name is only misspelt.

    A notebook holds several exercises, begun one after the other, and no skeletons.
    """
    if did_you_mean(reply.name, reply.available):
        return reply
    return Raised("NotImplementedError", ("NotImplementedError",), "", ())


def is_todo(reply: Reply) -> bool:
    """Tell whether the function is still as the skeleton left it."""
    return isinstance(reply, Raised) and "NotImplementedError" in reply.bases
