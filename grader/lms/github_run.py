"""Run in a GitHub workflow: judge, write the job's summary, hand over the points."""

from __future__ import annotations

import base64
import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from grader import course as courses
from grader.checks.sealed import SealedSuite
from grader.errors import GraderError
from grader.lms.judging import judge
from grader.report import markdown
from grader.report.text import points
from grader.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grader.verdict import CheckResult, Report

MOST = 1_000_000
"""GitHub drops a summary of more than a MiB."""


def main(arguments: Sequence[str]) -> int:
    """Judge a repository; exit 0 where there are points, whatever they are.

    Parameters
    ----------
    arguments : sequence of str
        ``REPOSITORY [EXERCISE]…``
    """
    root, *names = arguments
    try:
        course = courses.load(Path(root) / courses.FILE_NAME)
        report = judge(course, course.assignments, names, SealedSuite(course))
    except GraderError as error:
        # A workflow command ends at the line's end, and takes no other one along.
        sys.stdout.write(f"::error::{_one_line(str(error))}\n")
        return error.exit_code
    summary = markdown.render(report)
    if len(summary.encode()) > MOST:
        summary = f"{markdown.inline(_total(report))}\n"
    _append("GITHUB_STEP_SUMMARY", summary)
    result = base64.b64encode(json.dumps(as_result(report)).encode()).decode("ascii")
    _append("GITHUB_OUTPUT", f"result={result}\n")
    sys.stdout.write(f"{_total(report)} The report is in the summary of this run.\n")
    return 3 if report.score is None else 0


def as_result(report: Report) -> dict[str, Any]:
    """Return what Classroom's reporter reads, from one runner.

    The reporter prints it into a log in which a line ``::…::`` is a command. So it
    holds no word of the submission's.

    Parameters
    ----------
    report : Report
        What the judge said.
    """
    if report.score is None:
        return {"version": 1, "status": "error", "max_score": 0, "tests": []}
    tests = [
        _test(f"{exercise.title}: {check.claim}", check)
        for exercise in report.exercises
        for check in exercise.checks
    ]
    status = "pass" if report.exit_code == 0 else "fail"
    return {
        "version": 1,
        "status": status,
        "max_score": report.max_score,
        "tests": tests,
    }


def _test(name: str, check: CheckResult) -> dict[str, Any]:
    passed = check.verdict is Verdict.PASS
    return {
        "name": _one_line(name),
        "status": "pass" if passed else "fail",
        "score": check.score,
        "message": None if passed else f"{check.verdict.value}: see the job's summary",
        "test_code": "",
        "filename": "",
        "line_no": 0,
        "execution_time": 0,
    }


def _total(report: Report) -> str:
    return f"Points {points(report.score)}/{points(report.max_score)}."


def _append(variable: str, text: str) -> None:
    """Write to a file that GitHub names, or to nobody where it names none."""
    place = os.environ.get(variable)
    if place:
        with Path(place).open("a", encoding="utf-8", newline="\n") as stream:
            stream.write(text)


def _one_line(text: str) -> str:
    return " ".join(text.split())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
