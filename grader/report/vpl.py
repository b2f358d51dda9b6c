"""The report as Moodle's Virtual Programming Lab reads it: comments, then a grade.

VPL takes the last line that begins with ``Grade :=>>`` for the grade, and a line
``--|>`` for the end of a comment. Every line of ours that quotes a submission begins
with ``>`` or ``-`` and holds nothing that ends a line, so none can be either.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.report.text import MARKS, points
from grader.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grader.verdict import CheckResult, ExerciseResult, Report

BEGIN, END = "<|--", "--|>"


def render(
    report: Report,
    *,
    lowest: float = 0.0,
    highest: float = 100.0,
    hidden_visibility: str = "after_published",
) -> str:
    """Return comments, and the grade where there is one.

    Parameters
    ----------
    report : Report
        What the judge said.
    lowest, highest : float
        Moodle's grades for no points and for all.
    hidden_visibility : str
        Hidden checks are listed one by one only where this is ``visible``: VPL shows
        all it is told at once.
    """
    lines = [BEGIN, *comments(report, hidden_visibility), END]
    if report.score is None:
        lines.append(
            comment("Not graded: the grader itself failed. Tell your teacher.")
        )
    else:
        share = report.score / report.max_score
        grade = lowest + (highest - lowest) * share
        lines.append(f"Grade :=>> {grade:.5g}")
    return "\n".join(lines) + "\n"


def comments(report: Report, hidden_visibility: str) -> list[str]:
    """Return the lines of a block: titles begin with ``-``, what is said with ``>``."""
    each = hidden_visibility == "visible"
    lines: list[str] = []
    for exercise in report.exercises:
        lines += _exercise(exercise, each=each)
    return [*lines, _quoted(f"isolation: {report.isolation}")]


def comment(text: str) -> str:
    """Return a comment of one line."""
    return f"Comment :=>> {_one_line(text)}"


def _exercise(exercise: ExerciseResult, *, each: bool) -> Iterator[str]:
    score = f"{points(exercise.score)}/{points(exercise.max_score)}"
    yield f"-{_one_line(exercise.title)}: {score}"
    hidden = [check for check in exercise.checks if check.visibility == "hidden"]
    for check in exercise.checks:
        if each or check.visibility == "public":
            yield from _check(check)
    if hidden and not each:
        worth = points(sum(check.max_score for check in hidden))
        yield _quoted(f"and {len(hidden)} hidden checks, which are worth {worth}")


def _check(check: CheckResult) -> Iterator[str]:
    mark = MARKS[check.verdict][0]
    worth = f"{points(check.score)}/{points(check.max_score)}"
    yield _quoted(f"{mark:5} {check.claim} ({worth})")
    if check.verdict is not Verdict.PASS:
        for line in check.message.split("\n"):
            yield _quoted(f"        {line}")


def _quoted(text: str) -> str:
    return f">{_one_line(text)}".rstrip()


def _one_line(text: str) -> str:
    return "".join(
        c if c.isprintable() else c.encode("unicode_escape").decode("ascii")
        for c in text
    )
