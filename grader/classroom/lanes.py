"""Processes side by side, each with a warm judge: a lane that dies is replaced.

What the course's own code answers is computed once for all of them: with a result, a
lane sends what it has computed, and with their next task the others receive it.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import signal
import sys
import time
from collections import deque
from itertools import islice
from multiprocessing import connection
from typing import TYPE_CHECKING, Any

from grader.classroom.bench import Bench, failed
from grader.errors import GraderError, WorkerError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from multiprocessing.connection import Connection

    from grader.classroom.bench import Setting, Task
    from grader.classroom.store import Result
    from grader.course import Course

TRIES = 2
"""How often a submission is tried whose lane died, or whose judging failed."""
_START_SECONDS = 120.0
_GRACE_SECONDS = 120.0  # beyond what a submission may take: then the lane is stuck
_END_SECONDS = 5.0


class Lanes:
    """Judges tasks in as many processes as asked for.

    Parameters
    ----------
    course : Course
        The course.
    setting : Setting
        What is judged, and how.
    jobs : int
        How many processes.
    """

    def __init__(self, course: Course, setting: Setting, jobs: int) -> None:
        self._course = course
        self._setting = setting
        self._jobs = jobs
        self._lanes: list[_Lane] = []
        self._leaving: list[_Lane] = []
        self._tries: dict[str, int] = {}

    def run(self, tasks: Iterable[Task]) -> Iterator[Result]:
        """Yield results as they come; of the tasks, one is taken ahead.

        Raises
        ------
        GraderError
            If no lane can judge: the course is not sound, or the isolation too weak.
        """
        waiting = iter(tasks)
        ready: deque[Task] = deque()
        try:
            while True:
                self._hand_out(waiting, ready)
                busy = [lane for lane in self._lanes if lane.task is not None]
                if not busy:
                    return
                if not ready:  # a lane that is done need not wait for it to be read
                    ready.extend(islice(waiting, 1))
                heard = [self._hear(lane, ready) for lane in _heard(busy)]
                self._hand_out(waiting, ready)  # before anybody looks at the results
                yield from (result for result in heard if result is not None)
        finally:
            self._dismiss()

    def close(self) -> None:
        """End every lane, at work or not, and wait until they have ended."""
        self._dismiss()
        for lane in self._leaving:
            lane.close()
        self._leaving.clear()

    def _dismiss(self) -> None:
        """Let every lane end, all at once; what comes next need not wait for them."""
        for lane in self._lanes:
            lane.dismiss()
        self._leaving += self._lanes
        self._lanes.clear()

    def _hand_out(self, waiting: Iterator[Task], ready: deque[Task]) -> None:
        while True:
            lane = next((lane for lane in self._lanes if lane.task is None), None)
            if lane is None and len(self._lanes) == self._jobs:
                return
            task = ready.popleft() if ready else next(waiting, None)
            if task is None:
                return
            if lane is None:
                lane = _Lane(self._setting, alone=self._jobs == 1)
                self._lanes.append(lane)
            limit = self._course.limits.submission_seconds + _GRACE_SECONDS
            lane.give(task, limit)

    def _hear(self, lane: _Lane, ready: deque[Task]) -> Result | None:
        """Return a lane's result; None where the task is to be tried again."""
        task, result, news = lane.hear()
        if news:
            for other in self._lanes:
                if other is not lane:
                    other.news.append(news)
        if result is None:
            self._lanes.remove(lane)
            lane.close()
        if result is not None and not result.failed:
            return result
        self._tries[task.key] = self._tries.get(task.key, 0) + 1
        if self._tries[task.key] < TRIES:
            ready.append(task)
            return None
        if result is not None:
            return result
        problem = "the grader's own process died over this submission, twice"
        return failed(self._course, self._setting, task.key, problem)


class _Lane:
    """One process, the task that it is at, and what the others computed meanwhile."""

    def __init__(self, setting: Setting, *, alone: bool) -> None:
        # Not forked: what numpy or a test has started in this process stays here.
        context = multiprocessing.get_context("spawn")
        self._ours, theirs = context.Pipe()
        self._process = context.Process(
            target=work, args=(theirs, setting, alone), daemon=True
        )
        self._process.start()
        theirs.close()
        self.task: Task | None = None
        self.news: list[bytes] = []
        self._deadline = 0.0
        self._begun = False

    @property
    def connection(self) -> Connection:
        """Where its results come from."""
        return self._ours

    @property
    def late(self) -> bool:
        """Whether it should have answered by now."""
        return time.monotonic() > self._deadline

    def give(self, task: Task, seconds: float) -> None:
        """Give it a task; it has so many seconds."""
        self.task = task
        if not self._begun:
            seconds += _START_SECONDS
        self._deadline = time.monotonic() + seconds
        with contextlib.suppress(OSError):  # it died while idle: `hear` finds out
            self._ours.send((task, len(self.news)))
            for each in self.news:  # as it came: it may be large
                self._ours.send_bytes(each)
        self.news = []

    def hear(self) -> tuple[Task, Result | None, bytes]:
        """Return its task, the result, and what it has computed on the way.

        There is no result where it is dead or stuck.

        Raises
        ------
        GraderError
            If it cannot judge at all.
        """
        try:
            said: Any = self._ours.recv() if self._ours.poll() else None
            news = self._ours.recv_bytes() if said and said[1] is True else b""
        except (EOFError, OSError):
            said, news = None, b""
        task, self.task = self.task, None
        if task is None:
            raise WorkerError("a process spoke that had nothing to do")
        if said is None:
            return task, None, b""
        first, second = said
        if isinstance(first, str):
            ours = second == WorkerError.exit_code
            raise (WorkerError if ours else GraderError)(first)
        self._begun = True
        return task, first, news

    def dismiss(self) -> None:
        """Let it end."""
        self._ours.close()
        if self.task is not None:
            self._process.terminate()

    def close(self) -> None:
        """End it, and wait until it has ended."""
        self.dismiss()
        self._process.join(_END_SECONDS)
        if self._process.is_alive():
            self._process.kill()
            self._process.join(_END_SECONDS)
        self._process.close()


def _heard(lanes: list[_Lane]) -> list[_Lane]:
    """Wait until a lane has something to say, is dead, or is late."""
    while True:
        spoken = connection.wait([lane.connection for lane in lanes], timeout=1.0)
        ready = [lane for lane in lanes if lane.connection in spoken or lane.late]
        if ready:
            return ready


def work(theirs: Connection, setting: Setting, alone: bool) -> None:
    """Judge what comes through the connection, until it is closed.

    Parameters
    ----------
    theirs : Connection
        A task comes in with the number of messages that follow, of what the others
        have computed; a result goes out with whether one follows, of what was
        computed here. A text and an exit code end it all.
    setting : Setting
        What is judged, and how.
    alone : bool
        Whether nobody wants to know what was computed.
    """
    # A key that interrupts is meant for the process that shows the progress.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with contextlib.suppress(OSError):
        try:
            with Bench(setting) as bench:
                while True:
                    task, computed_by_others = theirs.recv()
                    for _ in range(computed_by_others):
                        bench.learn(theirs.recv_bytes())
                    result = bench.judge(task)
                    news = b"" if alone else bench.news()
                    theirs.send((result, bool(news)))
                    if news:
                        theirs.send_bytes(news)
        except GraderError as error:
            theirs.send((str(error), error.exit_code))
        except EOFError:  # there is nothing more to judge
            return
        except Exception:  # noqa: BLE001  (a new process tries again, then says so)
            sys.exit(1)
