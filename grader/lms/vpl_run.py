"""Run on an execution server of the Virtual Programming Lab: judge and print.

"Evaluate" gives comments and a grade, which Moodle reads. "Run" shows the student the
same in a terminal, where it is no grade.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from grader import course as courses
from grader.errors import GraderError
from grader.lms.course_files import FOLDER
from grader.lms.judging import judge
from grader.report import vpl

if TYPE_CHECKING:
    from collections.abc import Sequence

LOWEST, HIGHEST = 0.0, 100.0


def main(arguments: Sequence[str], unpacked: Path) -> int:
    """Judge a folder, and print comments and a grade; no grade where we failed.

    Parameters
    ----------
    arguments : sequence of str
        ``run|evaluate FOLDER LOWEST HIGHEST [EXERCISE]…``; the grades may be empty.
    unpacked : Path
        Where the course and the engine lie.
    """
    action, home, lowest, highest, *names = arguments
    try:
        course = courses.load(unpacked / FOLDER / courses.FILE_NAME)
        report = judge(course, Path(home), names)
    except GraderError as error:
        _say(vpl.comment(f"Not graded: {error}"))
        return 0
    except Exception as error:  # noqa: BLE001  (whatever it was, it is no grade)
        kind = type(error).__name__
        _say(vpl.comment(f"Not graded: the grader itself failed ({kind}: {error})."))
        return 0
    hidden = course.hidden_visibility
    if action == "run":
        _say("\n".join(line[1:] for line in vpl.comments(report, hidden)))
        return 0
    said = vpl.render(
        report,
        lowest=_number(lowest, LOWEST),
        highest=_number(highest, HIGHEST),
        hidden_visibility=hidden,
    )
    _say(said)
    return 0


def _number(text: str, otherwise: float) -> float:
    try:
        return float(text)
    except ValueError:
        return otherwise


def _say(text: str) -> None:
    sys.stdout.write(f"{text.rstrip()}\n")
    sys.stdout.flush()
