"""What is to be judged, and under what: plain values, which travel between processes.

They are apart from what judges them, which takes long to load and is not needed by
whoever only gives the tasks out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from grader.classroom.handin import Graded
    from grader.submission import Submission


_NOTHING: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class Setting:
    """What every process that judges a class must agree on.

    Parameters
    ----------
    root : str
        The folder with ``course.yml``.
    exercises : tuple of str
        Which exercises to judge.
    seed : int
        Fixes every input.
    require : str, optional
        Judge nothing under a weaker isolation.
    """

    root: str
    exercises: tuple[str, ...]
    seed: int
    require: str | None = None


class Task(NamedTuple):
    """One submission to judge.

    Parameters
    ----------
    key : str
        Of its result.
    files, problems, taken_from : mapping of str
        The submission.
    student : Graded, optional
        Who handed it in: for whoever writes to them what came out, not for the judge.
    """

    key: str
    files: Mapping[str, bytes]
    problems: Mapping[str, str] = _NOTHING
    taken_from: Mapping[str, str] = _NOTHING
    student: Graded | None = None

    @classmethod
    def of(cls, key: str, submission: Submission, student: Graded) -> Task:
        """Return the task of judging a student's submission."""
        return cls(
            key,
            dict(submission.files),
            dict(submission.problems),
            dict(submission.taken_from),
            student,
        )
