"""The report as Gradescope's ``results.json``."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from grader.verdict import Verdict

if TYPE_CHECKING:
    from grader.verdict import CheckResult, ExerciseResult, Report

NOT_GRADED = (
    "Not graded yet: the grader itself failed, or was stopped. This is no fault of "
    "yours, and the 0 is no grade. Tell your instructor."
)
BEFORE_PUBLISHING = (
    "No score yet. Run the autograder again before you publish grades; the output of "
    "the run, which only you see, says what went wrong."
)


def render(report: Report, *, hidden_visibility: str = "after_published") -> str:
    """Return the results that Gradescope reads.

    Parameters
    ----------
    report : Report
        What the judge said.
    hidden_visibility : str
        When students see hidden checks: ``visible``, ``after_due_date``,
        ``after_published`` or ``hidden``.
    """
    if report.score is None:
        return not_graded()
    results = _frame(f"{report.course}. Isolation: {report.isolation}", graded=True)
    results["extra_data"]["seed"] = report.seed
    results["score"] = report.score
    results["tests"] = [
        _test(exercise, check, f"{first}.{second}", hidden_visibility)
        for first, exercise in enumerate(report.exercises, 1)
        for second, check in enumerate(exercise.checks, 1)
    ]
    return _text(results)


def not_graded() -> str:
    """Return the results of a run in which nothing was judged.

    Gradescope takes no results without a score, so there is one; but while any check
    is not visible it shows students no total, and the second entry is such a one.
    """
    results = _frame(NOT_GRADED, graded=False)
    results["score"] = 0.0
    results["tests"] = [
        {
            **_texts("Not graded yet", NOT_GRADED),
            "status": "failed",
            "visibility": "visible",
        },
        {
            **_texts("For the instructor", BEFORE_PUBLISHING),
            "status": "failed",
            "visibility": "after_published",
        },
    ]
    return _text(results)


def _frame(output: str, *, graded: bool) -> dict[str, Any]:
    return {
        "output": output,
        "output_format": "text",
        "test_output_format": "text",
        "test_name_format": "text",
        "visibility": "visible",
        "stdout_visibility": "hidden",
        "extra_data": {"graded": graded},
    }


def _test(
    exercise: ExerciseResult, check: CheckResult, number: str, hidden: str
) -> dict[str, Any]:
    said = f"{check.verdict.value}\n{check.message}".strip()
    return {
        **_texts(f"{exercise.title}: {check.claim}", said),
        "number": number,
        "score": check.score,
        "max_score": check.max_score,
        "status": "passed" if check.verdict is Verdict.PASS else "failed",
        "visibility": "visible" if check.visibility == "public" else hidden,
        "tags": list(check.misconceptions),
    }


def _texts(name: str, output: str) -> dict[str, str]:
    return {
        "name": name,
        "name_format": "text",
        "output": output,
        "output_format": "text",
    }


def _text(results: dict[str, Any]) -> str:
    return json.dumps(results, indent=2, allow_nan=False) + "\n"
