"""What one process of several does: judge what comes in, and write the feedback.

To write what goes back to a student takes long beside storing the result, which is all
that is left to the one process that gives out the tasks.
"""

from __future__ import annotations

import contextlib
import gc
import signal
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from grader.errors import GraderError

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from pathlib import Path

    from grader.classroom.bench import Bench
    from grader.classroom.outputs import Early
    from grader.classroom.store import Result
    from grader.classroom.task import Setting, Task


_ALLOCATED = 20_000
"""So many objects more, and the collector looks for those that hold each other: what a
judge keeps of a class is looked through less often than by default."""


@dataclass(frozen=True, slots=True)
class Order:
    """What a lane is told at its start.

    Parameters
    ----------
    setting : Setting
        What is judged, and how.
    alone : bool
        Whether nobody wants to know what was computed.
    where : tuple of (Path, tuple of str), optional
        The class's folder, and its students, whose feedback is to be written.
    """

    setting: Setting
    alone: bool
    where: tuple[Path, tuple[str, ...]] | None


class Said(NamedTuple):
    """What a lane says of a task.

    Parameters
    ----------
    result : Result
        The result.
    put : bytes, optional
        What the student's feedback is made from, where it has been written.
    """

    result: Result
    put: bytes | None = None


def work(theirs: Connection, order: Order) -> None:
    """Judge what comes through the connection, until it is closed.

    Parameters
    ----------
    theirs : Connection
        A task comes in with the number of messages that follow, of what the others
        have computed; what is said of it goes out with whether a message follows, of
        what was computed here. A text and an exit code end it all.
    order : Order
        What is to be done.
    """
    # A key that interrupts is meant for the process that shows the progress.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    from grader.classroom.bench import Bench  # noqa: PLC0415  (not for who starts this)

    with contextlib.suppress(OSError):
        try:
            with Bench(order.setting) as bench:
                early = _early(bench, order)
                gc.freeze()  # what is loaded stays: no need to look through it again
                gc.set_threshold(_ALLOCATED)
                while True:
                    task, computed_by_others = theirs.recv()
                    for _ in range(computed_by_others):
                        bench.learn(theirs.recv_bytes())
                    result = bench.judge(task)
                    news = b"" if order.alone else bench.news()
                    put = _put(early, task, result)
                    theirs.send((Said(result, put), bool(news)))
                    if news:
                        theirs.send_bytes(news)
        except GraderError as error:
            theirs.send((str(error), error.exit_code))
        except EOFError:  # there is nothing more to judge
            return
        except Exception:  # noqa: BLE001  (a new process tries again, then says so)
            sys.exit(1)
        finally:
            gc.freeze()  # what is left goes with the process


def _early(bench: Bench, order: Order) -> Early | None:
    if order.where is None:
        return None
    from grader.classroom.outputs import Early  # noqa: PLC0415  (while others start)

    return Early(bench.course, *order.where)


def _put(early: Early | None, task: Task, result: Result) -> bytes | None:
    """Write a student's feedback; None where it could not be, for another to say."""
    if early is None or task.student is None:
        return None
    try:
        return early.put(result.of(task.student))
    except GraderError:
        return None
