"""What a worker is sent: a submission, and the calls of its functions."""

from __future__ import annotations

import marshal
from dataclasses import replace
from typing import TYPE_CHECKING, cast

from grader.errors import CourseError, SubmissionError
from grader.reply import Missing
from grader.sandbox.answer import Replies
from grader.sandbox.zygote import rows, wire

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from grader.reply import Reply, Value
    from grader.sandbox.answer import Answer

_FILES = 4096  # of a submission, at the most
_KEPT = 1 << 18  # bytes: of what is larger, the judge holds no second copy


class Request:
    """A call of a function.

    Every submission is asked the same calls, so what has been written is kept.

    Parameters
    ----------
    function : str
        What to call.
    args : tuple of Value
        Positional arguments; left as they are from now on.
    kwargs : mapping of str to Value
        Arguments by name.
    watched : bool, optional
        Whether to tell which arguments it changes: to look takes a fifth of what a
        worker does for a call.

    Attributes
    ----------
    replies : Replies
        Reads what is answered to it.
    """

    __slots__ = (
        "_alone",
        "_kept",
        "args",
        "function",
        "kwargs",
        "replies",
        "watched",
    )

    def __init__(
        self,
        function: str,
        args: tuple[Value, ...],
        kwargs: Mapping[str, Value],
        *,
        watched: bool = True,
    ) -> None:
        self.function = function
        self.args, self.kwargs, self.watched = args, kwargs, watched
        self._kept: tuple[str, int, rows.Described] | None = None
        self._alone: tuple[str, int, bytes] | None = None
        self.replies = Replies()

    def described(self, module: str, limit: int) -> rows.Described:
        """Return the call of that module's function, in at most `limit` bytes.

        Raises
        ------
        CourseError
            If an argument is no `Value`, or they are too large together.
        """
        # Read and set as one: several threads may judge by one suite.
        kept = self._kept
        if kept is not None and kept[0] == module and kept[1] == limit:
            return kept[2]
        try:
            described = rows.describe(
                module,
                self.function,
                self.args,
                self.kwargs,
                limit,
                watched=self.watched,
            )
        except TypeError as error:
            message = f"an argument of {self.function} is no value: {error}"
            raise CourseError(message, file=f"{module}.py") from error
        except wire.TooLargeError as error:
            message = f"the arguments of {self.function} exceed {limit >> 20} MB"
            raise CourseError(message, file=f"{module}.py") from error
        if sum([len(cells) for *_, cells in described[4]]) <= _KEPT:
            self._kept = module, limit, described
        return described

    def alone(self, module: str, limit: int) -> bytes:
        """Return all that is sent where no other call is made with this one.

        Raises
        ------
        CourseError
            As `described`.
        """
        kept = self._alone
        if kept is not None and kept[0] == module and kept[1] == limit:
            return kept[2]
        row = rows.pack([self.described(module, limit)])
        payload = rows.join([(module, False, row)])
        if len(payload) <= _KEPT:
            self._alone = module, limit, payload
        return payload

    def read(self, answer: Answer, cpu_seconds: float = 0.0) -> Reply:
        """Return what was answered.

        Parameters
        ----------
        answer : Answer
            As it came.
        cpu_seconds : float, optional
            What it cost; not known of a call in a row.

        Raises
        ------
        Forged, MalformedError
            If it is none.
        """
        reply = self.replies.read(*answer, cpu_seconds)
        if isinstance(reply, Missing):
            return replace(reply, name=self.function)
        return cast("Reply", reply)  # `Answers` lets nothing else pass


class Row:
    """Calls that are made in a row, whoever is asked.

    Parameters
    ----------
    requests : sequence of Request
        The calls, in their order.

    Attributes
    ----------
    requests : tuple of Request
        The same.
    functions : frozenset of str
        What they call.
    """

    __slots__ = ("_kept", "functions", "requests")

    def __init__(self, requests: Iterable[Request]) -> None:
        self.requests = tuple(requests)
        self.functions = frozenset([each.function for each in self.requests])
        self._kept: tuple[str, int, bytes] | None = None

    def __len__(self) -> int:
        return len(self.requests)

    def payload(self, module: str, limit: int) -> bytes:
        """Return the calls of that module's functions, each in `limit` bytes.

        Raises
        ------
        CourseError
            As `Request.described`.
        """
        kept = self._kept
        if kept is not None and kept[0] == module and kept[1] == limit:
            return kept[2]
        payload = rows.pack([each.described(module, limit) for each in self.requests])
        if len(payload) <= _KEPT:
            self._kept = module, limit, payload
        return payload


def submission(
    files: Mapping[str, bytes], seed: int, limit: int, hopeless: tuple[str, ...] = ()
) -> bytes:
    """Return how a submission is delivered; the worker's `Server` takes it.

    Parameters
    ----------
    files : mapping of str to bytes
        Its modules by file name.
    seed : int
        For the random generators that it finds.
    limit : int
        How many bytes a payload may have: the files here, and each answer.
    hopeless : tuple of str, optional
        Modules that cannot be had.

    Raises
    ------
    SubmissionError
        If it is larger.
    """
    if len(files) > _FILES or sum(map(len, files.values())) > limit:
        message = f"the submission is larger than {limit >> 20} MB or {_FILES} files"
        raise SubmissionError(message)
    return marshal.dumps((seed, limit, dict(files), hopeless))
