"""The report as Gradescope's ``results.json``."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from grader.verdict import Verdict

if TYPE_CHECKING:
    from grader.verdict import CheckResult, ExerciseResult, Report


def render(report: Report) -> str:
    """Return the results that Gradescope reads.

    Where the grader itself failed there is no score at all, which Gradescope shows
    as an autograder failure to be run again; it is never a zero.
    """
    results: dict[str, Any] = {
        "output": f"{report.course}. seed {report.seed}, isolation: {report.isolation}",
        "output_format": "text",
        "test_output_format": "text",
        "visibility": "visible",
        "stdout_visibility": "hidden",
        "tests": [
            _test(exercise, check)
            for exercise in report.exercises
            for check in exercise.checks
        ],
    }
    if report.score is not None:
        results["score"] = report.score
    return json.dumps(results, indent=2) + "\n"


def _test(exercise: ExerciseResult, check: CheckResult) -> dict[str, Any]:
    test: dict[str, Any] = {
        "name": f"{exercise.title}: {check.claim}",
        "number": f"{exercise.name}.{check.name}",
        "max_score": check.max_score,
        "status": "passed" if check.verdict is Verdict.PASS else "failed",
        "visibility": "visible" if check.visibility == "public" else "after_published",
        "output": f"{check.verdict.value}\n{check.message}".strip(),
        "tags": list(check.misconceptions),
    }
    if check.score is not None:
        test["score"] = check.score
    return test
