"""Find the modules in what a learning system hands over, as `course grade` does."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from grader.classroom.intake.bundle import Part
from grader.classroom.intake.disk import OnDisk
from grader.classroom.intake.modules import ORIGIN, take
from grader.errors import SubmissionError
from grader.submission import Submission

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from grader.course import Exercise


def collect(folder: Path, exercises: Sequence[Exercise]) -> Submission:
    """Return the modules of a submission, wherever they lie in its folders and zips.

    Parameters
    ----------
    folder : Path
        What was handed in.
    exercises : sequence of Exercise
        What is to be judged.

    Raises
    ------
    SubmissionError
        If there is no such folder: the learning system's mistake, or ours.
    """
    if not folder.is_dir():
        raise SubmissionError(f"{folder}: there is no such folder")
    wanted = [f"{exercise.name}.py" for exercise in exercises]
    top = OnDisk.at(folder)
    taken = take([Part(top, folder.name)], wanted)
    if taken.submission is not None:
        return taken.submission
    problems = {}
    if top.children():  # otherwise nothing was handed in, which the judge says better
        why = f"is missing: what you handed in {taken.problem}"
        problems = dict.fromkeys(wanted, why)
    return Submission(ORIGIN, MappingProxyType({}), MappingProxyType(problems))
