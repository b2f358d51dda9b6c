"""What a worker is sent: a submission, and the calls of its functions."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, cast

import numpy as np

from grader.errors import CourseError, SubmissionError
from grader.reply import Crashed, Missing
from grader.sandbox.answer import NO_ANSWER, Replies
from grader.sandbox.channel import Forged
from grader.sandbox.zygote import call, wire

if TYPE_CHECKING:
    from collections.abc import Mapping

    from grader.reply import Reply, Value
    from grader.sandbox.answer import Answer

_KEPT = 1 << 16  # bytes: it takes little to copy and longer to write; not so above


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

    Attributes
    ----------
    replies : Replies
        Reads what is answered to it.
    """

    __slots__ = ("_kept", "args", "function", "kwargs", "replies")

    def __init__(
        self, function: str, args: tuple[Value, ...], kwargs: Mapping[str, Value]
    ) -> None:
        self.function = function
        self.args, self.kwargs = args, kwargs
        self._kept: tuple[str, int, bytes] | None = None
        self.replies = Replies()

    def payload(self, module: str, limit: int) -> bytes:
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
        payload = self._write(module, limit)
        if len(payload) <= _KEPT:
            self._kept = module, limit, payload
        return payload

    def read(self, answer: Answer) -> Reply:
        """Return what was answered in a row of calls: what it cost is not known."""
        try:
            reply = self.replies.read(*answer, 0.0)
        except (Forged, wire.MalformedError):
            return Crashed(NO_ANSWER)
        if isinstance(reply, Missing):
            return replace(reply, name=self.function)
        return cast("Reply", reply)  # it is one of those that `ask_all` lets pass

    def _write(self, module: str, limit: int) -> bytes:
        try:
            payload = call.pack(module, self.function, self.args, self.kwargs, limit)
        except TypeError as error:
            message = f"an argument of {self.function} is no value: {error}"
            raise CourseError(message, file=f"{module}.py") from error
        except wire.TooLargeError as error:
            message = f"the arguments of {self.function} exceed {limit >> 20} MB"
            raise CourseError(message, file=f"{module}.py") from error
        return payload


def submission(files: Mapping[str, bytes], seed: int, limit: int) -> bytes:
    """Return how a submission is delivered, in at most `limit` bytes.

    Raises
    ------
    SubmissionError
        If it is larger.
    """
    writer = wire.Writer(limit)
    try:
        writer.add(seed).add(limit).add(tuple(files))
        for source in files.values():
            writer.add(np.frombuffer(source, np.uint8))
    except (TypeError, wire.TooLargeError) as error:
        message = f"the submission is larger than {limit >> 20} MB or 4096 files"
        raise SubmissionError(message) from error
    return writer.payload()
