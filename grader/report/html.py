"""The report as a page for a browser: self-contained, without a script.

`render` gives a whole page, `fragment` a part of one, for a notebook or another page.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.report.html_nodes import node, written
from grader.report.text import points
from grader.verdict import Verdict

if TYPE_CHECKING:
    from grader.report.html_nodes import Node
    from grader.verdict import CheckResult, ExerciseResult, Report


def render(report: Report) -> str:
    """Return the report as a whole page."""
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"{written(node('title', report.course))}</head>"
        f"<body>{fragment(report)}</body></html>\n"
    )


def fragment(report: Report) -> str:
    """Return the report as one element, to stand in a notebook or another page."""
    parts = [_exercise(exercise) for exercise in report.exercises]
    return written(node("section", *parts, class_="grader-report"))


def _exercise(exercise: ExerciseResult) -> Node:
    score = f"{points(exercise.score)} of {points(exercise.max_score)} points"
    return node(
        "section",
        node("h2", exercise.title),
        node("p", score),
        node("ol", *map(_check, exercise.checks)),
    )


def _check(check: CheckResult) -> Node:
    made = node("li", f"{check.verdict.value} {check.claim}")
    if check.verdict is not Verdict.PASS:
        for line in check.message.splitlines():
            made.append(node("pre", line))
    return made
