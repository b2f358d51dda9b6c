"""The report as JSON, ``format_version`` 1: what other people's scripts read."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from grader.verdict import CheckResult, ExerciseResult, Report

FORMAT_VERSION = 1


def render(report: Report) -> str:
    """Return the report as indented JSON.

    A score is null where the grader itself failed (verdict ``INTERNAL``): such a
    check must be judged again, not counted as zero.
    """
    return json.dumps(as_dict(report), indent=2, ensure_ascii=True) + "\n"


def as_dict(report: Report) -> dict[str, Any]:
    """Return the report as plain dicts and lists."""
    exercises = [exercise_as_dict(exercise) for exercise in report.exercises]
    return {**head_as_dict(report), "exercises": exercises}


def head_as_dict(report: Report) -> dict[str, Any]:
    """Return what stands before the exercises."""
    return {
        "format_version": FORMAT_VERSION,
        "course": report.course,
        "score": report.score,
        "max_score": report.max_score,
        "mode": report.mode,
        "seed": report.seed,
        "isolation": report.isolation,
    }


def exercise_as_dict(exercise: ExerciseResult) -> dict[str, Any]:
    """Return one exercise of a report as plain dicts and lists."""
    return {
        "name": exercise.name,
        "score": exercise.score,
        "max_score": exercise.max_score,
        "verdict": exercise.verdict.value,
        "checks": [_check(check) for check in exercise.checks],
    }


def _check(check: CheckResult) -> dict[str, Any]:
    return {
        "name": check.name,
        "claim": check.claim,
        "visibility": check.visibility,
        "verdict": check.verdict.value,
        "score": check.score,
        "max_score": check.max_score,
        "misconceptions": list(check.misconceptions),
        "message": check.message,
    }
