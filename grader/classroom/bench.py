"""What one process keeps warm to judge a class: the course, a suite, a sandbox."""

from __future__ import annotations

import pickle
import time
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from grader import course as courses
from grader.checks.suite import LiveSuite
from grader.classroom.store import Result
from grader.judge import Judge
from grader.sandbox import Sandbox
from grader.submission import Submission
from grader.verdict import CheckResult, ExerciseResult, Finding, Report, Verdict

if TYPE_CHECKING:
    from grader.classroom.task import Setting, Task
    from grader.course import Course

WHOSE = Path("the submission")
"""Stands for where a submission lies: equal ones of two students are judged once."""


class Bench:
    """Judges one submission after the other, with one suite: answers are kept.

    Parameters
    ----------
    setting : Setting
        What is judged, and how.

    Attributes
    ----------
    course : Course
        The course.
    isolation : str
        How students' code is kept apart.

    Raises
    ------
    CourseError
        If the course is not sound.
    IsolationError
        If student code cannot be kept apart as required.
    """

    def __init__(self, setting: Setting) -> None:
        self.course = courses.load(Path(setting.root) / courses.FILE_NAME)
        self._chosen = self.course.select(setting.exercises)
        self._sandbox = Sandbox(self.course.limits, require=setting.require)
        try:
            self.isolation = str(self._sandbox.isolation)
        except BaseException:
            self._sandbox.close()
            raise
        self._suite = LiveSuite(self.course, setting.seed)
        self._judge = Judge(self.course, self._suite, self._sandbox)

    def __enter__(self) -> Bench:
        return self

    def __exit__(self, *failure: object) -> None:
        self.close()

    def close(self) -> None:
        """End every process."""
        self._sandbox.close()

    def judge(self, task: Task) -> Result:
        """Return the result of one submission.

        Raises
        ------
        CourseError
            If the course is not sound; everything else is a verdict.
        """
        from grader.classroom.reports import encode  # noqa: PLC0415  (an extra)

        submission = Submission(
            origin=WHOSE,
            files=MappingProxyType(dict(task.files)),
            problems=MappingProxyType(task.problems),
            taken_from=MappingProxyType(task.taken_from),
        )
        before = self._cpu_seconds()
        report = self._judge.judge(submission, self._chosen)
        return Result(
            key=task.key,
            report=encode(report),
            cpu_seconds=max(self._cpu_seconds() - before, 0.0),
            failed=has_failed(report),
            isolation=report.isolation,
        )

    def news(self) -> bytes:
        """Return what the course's own code answered since this was asked last."""
        computed = self._suite.news()
        try:
            return pickle.dumps(computed, pickle.HIGHEST_PROTOCOL) if computed else b""
        except Exception:  # noqa: BLE001  (an answer may be anything: a generator, say)
            return b""  # the others compute it themselves

    def learn(self, news: bytes) -> None:
        """Take over what another bench of the same setting, ours too, has computed."""
        self._suite.learn(pickle.loads(news))

    def _cpu_seconds(self) -> float:
        return time.process_time() + self._sandbox.cpu_seconds()


def has_failed(report: Report) -> bool:
    """Tell whether the grader itself failed somewhere."""
    return any(e.verdict is Verdict.INTERNAL for e in report.exercises)


def failed(course: Course, setting: Setting, key: str, problem: str) -> Result:
    """Return the result of a submission that no process could judge: no number.

    Parameters
    ----------
    course : Course
        The course.
    setting : Setting
        What was to be judged.
    key : str
        The submission's key.
    problem : str
        What happened, on one line.
    """
    from grader.classroom.reports import encode  # noqa: PLC0415  (an extra)

    suite = LiveSuite(course, setting.seed)
    finding = Finding(problem)
    exercises = tuple(
        ExerciseResult(
            exercise.name,
            exercise.title,
            tuple(
                CheckResult(
                    name=check.name,
                    claim=check.claim,
                    visibility=check.visibility,
                    verdict=Verdict.INTERNAL,
                    score=None,
                    max_score=check.points,
                    finding=finding,
                )
                for check in suite.exercise(exercise.name).checks
            ),
        )
        for exercise in course.select(setting.exercises)
    )
    report = Report(course.title, "live", setting.seed, "none", exercises)
    return Result(key, encode(report), 0.0, True, "none")
