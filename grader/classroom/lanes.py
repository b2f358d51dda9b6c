"""Processes side by side, each with a warm judge: a lane that dies is replaced.

What the course's own code answers is computed once for all of them: with a result, a
lane sends what it has computed, and with their next task the others receive it.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import time
from collections import deque
from itertools import islice
from multiprocessing import connection
from typing import TYPE_CHECKING, Any

from grader.classroom.lane import Order, Said, work
from grader.errors import GraderError, WorkerError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from multiprocessing.connection import Connection

    from grader.classroom.outputs import Early
    from grader.classroom.store import Result
    from grader.classroom.task import Setting, Task
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
    early : Early, optional
        Where each student's feedback is to be written; none is without it.
    """

    def __init__(
        self, course: Course, setting: Setting, jobs: int, early: Early | None = None
    ) -> None:
        self._course = course
        self._early = early
        where = None if early is None else (early.out, early.students)
        self._order = Order(setting, jobs == 1, where)
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
            If feedback cannot be written; the result has been yielded then.
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
                heard = [self._hear(each, ready) for each in _heard(busy)]
                self._hand_out(waiting, ready)  # before anybody looks at the results
                for task, said in heard:
                    if said is not None:
                        yield said.result
                        self._take(task, said)
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
                lane = _Lane(self._order)
                self._lanes.append(lane)
            limit = self._course.limits.submission_seconds + _GRACE_SECONDS
            lane.give(task, limit)

    def _hear(
        self, heard: tuple[_Lane, bool], ready: deque[Task]
    ) -> tuple[Task, Said | None]:
        """Return what a lane said of its task; None where that is to be tried again."""
        lane, spoke = heard
        task, said, news = lane.hear(spoke=spoke)
        if news:
            for other in self._lanes:
                if other is not lane:
                    other.news.append(news)
        if said is None:
            self._lanes.remove(lane)
            lane.close()
        if said is not None and not said.result.failed:
            return task, said
        self._tries[task.key] = self._tries.get(task.key, 0) + 1
        if self._tries[task.key] < TRIES:
            ready.append(task)
            return task, None
        if said is not None:
            return task, said
        from grader.classroom.bench import failed  # noqa: PLC0415  (loads the judge)

        problem = "the grader's own process died over this submission, twice"
        result = failed(self._course, self._order.setting, task.key, problem)
        return task, Said(result)

    def _take(self, task: Task, said: Said) -> None:
        """Take a student's feedback as written; otherwise write it, or say why."""
        if self._early is None or task.student is None:
            return
        if said.put is None:
            self._early.heed(said.result.of(task.student))
        else:
            self._early.take(task.student.student.id, said.put)


class _Lane:
    """One process, the task that it is at, and what the others computed meanwhile."""

    def __init__(self, order: Order) -> None:
        # Not forked: what numpy or a test has started in this process stays here.
        context = multiprocessing.get_context("spawn")
        self._ours, theirs = context.Pipe()
        self._process = context.Process(target=work, args=(theirs, order), daemon=True)
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

    def hear(self, *, spoke: bool) -> tuple[Task, Said | None, bytes]:
        """Return its task, what it says of it, and what it has computed on the way.

        It says nothing where it is dead or stuck.

        Parameters
        ----------
        spoke : bool
            Whether anything can be read: otherwise it is late.

        Raises
        ------
        GraderError
            If it cannot judge at all.
        """
        try:
            said: Any = self._ours.recv() if spoke else None
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


def _heard(lanes: list[_Lane]) -> list[tuple[_Lane, bool]]:
    """Wait until a lane has something to say, is dead, or is late.

    Returns
    -------
    list of (_Lane, bool)
        Each of these, and whether its connection can be read.
    """
    while True:
        spoken = connection.wait([lane.connection for lane in lanes], timeout=1.0)
        ready = [(lane, lane.connection in spoken) for lane in lanes]
        ready = [(lane, spoke) for lane, spoke in ready if spoke or lane.late]
        if ready:
            return ready
