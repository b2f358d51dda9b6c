"""Run inside Gradescope's container: judge, and write ``results.json`` whole.

``run_autograder`` has written before us that nothing is graded yet. That stands until
the last process of the submission is dead and the report is complete.
"""

from __future__ import annotations

import signal
import sys
import traceback
from pathlib import Path
from typing import TYPE_CHECKING

from grader import course as courses
from grader.errors import GraderError
from grader.files import write_whole
from grader.lms.course_files import FOLDER
from grader.lms.judging import judge
from grader.report import gradescope
from grader.report.text import points
from grader.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grader.verdict import Report

OWNER = 0o700


def main(arguments: Sequence[str]) -> int:
    """Judge the submission under a root, or with ``--check`` the solutions.

    What is printed, only instructors see.

    Parameters
    ----------
    arguments : sequence of str
        ``[--check] ROOT [EXERCISE]…``
    """
    check = arguments[0] == "--check"
    root, *names = arguments[1:] if check else arguments
    try:
        return _check(Path(root), names) if check else _run(Path(root), names)
    except GraderError as error:
        _say(f"not graded: {error}")
    except Exception:  # noqa: BLE001  (the run must say what happened, whatever it was)
        _say(f"not graded: the grader itself failed\n{traceback.format_exc()}")
    return 1


def close_off(folder: Path) -> None:
    """Let nobody but the owner into a folder and what is in it."""
    folder.chmod(OWNER)
    for path in sorted(folder.rglob("*")):
        if not path.is_symlink():
            path.chmod(path.stat().st_mode & OWNER)


def _run(root: Path, names: Sequence[str]) -> int:
    close_off(root / "source")
    course = courses.load(root / "source" / FOLDER / courses.FILE_NAME)
    report = judge(course, root / "submission", names)
    results = gradescope.render(report, hidden_visibility=course.hidden_visibility)
    write_whole(root / "results" / "results.json", results.encode())
    if report.score is None:
        _say("not graded: the grader itself failed in these checks")
        for line in _failures(report):
            _say(line)
        return 1
    _say(f"graded: {report.score:g} of {report.max_score:g}, {report.isolation}")
    return 0


def _failures(report: Report) -> list[str]:
    return [
        f"{exercise.name}.{check.name}: {check.message}"
        for exercise in report.exercises
        for check in exercise.checks
        if check.verdict is Verdict.INTERNAL
    ]


def _check(root: Path, names: Sequence[str]) -> int:
    """Judge the solutions: what the instructor should see at once."""
    close_off(root / "source")
    course = courses.load(root / "source" / FOLDER / courses.FILE_NAME)
    report = judge(course, course.solutions, names)
    _say(
        f"ready: the solutions get {points(report.score)} of {report.max_score:g}, "
        f"isolation: {report.isolation}"
    )
    return 0


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    # Kills us, whatever we are at, and the sandbox's processes die with us.
    signal.alarm(int(sys.argv[1]))
    sys.exit(main(sys.argv[2:]))
