"""What can go wrong that is nobody's answer: one line each, with a remedy.

::

    GraderError            exit 2: the user can mend it
    ├── CourseError        course.yml, the suite or a solution is not sound
    ├── SubmissionError    what was handed in cannot be read
    ├── QuizError          a quiz, family, roster or response file is not sound
    └── WorkerError        exit 3: the grader itself failed
        └── IsolationError exit 2: this machine cannot isolate as required
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


class GraderError(Exception):
    """One clear line for the user: what, where, the remedy."""

    exit_code = 2


class CourseError(GraderError):
    """The course is not sound.

    Parameters
    ----------
    problem : str
        What is wrong, in one line.
    file : Path or str, optional
        Where it is wrong.
    line : int, optional
        The line, counted from 1.
    key : str, optional
        The key, such as ``exercises[2].points``.
    remedy : str, optional
        What to do about it.
    """

    def __init__(
        self,
        problem: str,
        *,
        file: Path | str | None = None,
        line: int | None = None,
        key: str | None = None,
        remedy: str | None = None,
    ) -> None:
        place = str(file) if file is not None else ""
        if line is not None:
            place += f":{line}"
        parts = [part for part in (place, key, problem) if part]
        text = ": ".join(parts)
        stop = "" if text.endswith("?") else "."
        super().__init__(f"{text}{stop} {remedy}" if remedy else text)
        self.problem = problem
        self.file = file
        self.line = line
        self.key = key
        self.remedy = remedy


class SubmissionError(GraderError):
    """What was handed in cannot be read."""


class QuizError(GraderError):
    """A quiz, a family, a roster or a response file is not sound."""


class WorkerError(GraderError):
    """The grader itself failed; never the student's fault."""

    exit_code = 3


class IsolationError(WorkerError):
    """The machine cannot isolate student code as required."""

    exit_code = 2


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """Return ``; did you mean 'x'?`` for the nearest known name, or nothing."""
    from difflib import get_close_matches  # noqa: PLC0415  (seldom needed)

    near = get_close_matches(name, list(known), n=1)
    return f"; did you mean {near[0]!r}?" if near else ""
