"""What `grade --watch` draws: where one stands, and the exercise one is working at."""

from __future__ import annotations

import textwrap
from dataclasses import replace
from typing import TYPE_CHECKING

from grader.report.style import Style
from grader.report.text import MARKS, exercise_block, points
from grader.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grader.verdict import ExerciseResult, Report

_CONFETTI = "*  .  '  *  .  *  '  .  *"


def draw(
    report: Report,
    *,
    focus: Sequence[str],
    following: str,
    status: str,
    width: int,
    height: int,
    colour: bool,
) -> list[str]:
    """Return the lines of a screen, never more than fit.

    Parameters
    ----------
    report : Report
        On all exercises.
    focus : sequence of str
        The exercises that changed last.
    following : str
        What to do next.
    status : str
        The last line.
    width, height : int
        Of the terminal.
    colour : bool
        Whether to paint.
    """
    style = Style(colour)
    width = max(width, 30)
    score = f"{points(report.score)}/{points(report.max_score)}"
    top = [style.paint(_row(report.course, score, width), "bold")]
    top += _rows(report.exercises, width, max(height - 10, 3), style)
    next_lines = [
        part
        for line in following.splitlines()
        for part in textwrap.wrap(line, width, break_on_hyphens=False)
    ]
    last_lines = textwrap.wrap(status, width)[:3]
    bottom = ["", *next_lines, *(style.paint(line, "dim") for line in last_lines)]
    room = height - len(top) - len(bottom) - 1
    shown = _shown(report, focus)
    if shown is None:
        middle = _celebration(report, width, style)
    else:
        failed = tuple(c for c in shown.checks if c.verdict is not Verdict.PASS)
        block = exercise_block(replace(shown, checks=failed), width, style)
        # Its first line says what the row above says.
        middle = block.split("\n")[1:]
        if len(middle) > room:
            more = f"… the rest: grade {shown.name}"
            middle = [*middle[: max(room - 1, 0)], _cut(more, width)]
    return [*top, "", *middle[: max(room, 0)], *bottom]


def _shown(report: Report, focus: Sequence[str]) -> ExerciseResult | None:
    """Return the exercise to look at: the one just changed, else the next open one."""
    unfinished = [e for e in report.exercises if e.verdict is not Verdict.PASS]
    just_now = [e for e in unfinished if e.name in focus]
    begun = [e for e in unfinished if e.verdict is not Verdict.SKIP]
    if len(focus) < len(report.exercises) and just_now:
        return just_now[0]
    return next(iter(begun or unfinished), None)


def _rows(
    exercises: Sequence[ExerciseResult], width: int, room: int, style: Style
) -> list[str]:
    shown = list(exercises)
    if len(shown) > room:
        shown = [e for e in shown if e.verdict is not Verdict.PASS][: room - 1]
    rows = []
    for exercise in shown:
        mark, colour = MARKS[exercise.verdict]
        score = f"{points(exercise.score)}/{points(exercise.max_score)}"
        painted = style.paint(mark.ljust(5), colour)
        rows.append(f"  {painted} {_row(exercise.name, score, width - 8)}")
    if len(shown) < len(exercises):
        rows.append(f"  and {len(exercises) - len(shown)} more")
    return rows


def _celebration(report: Report, width: int, style: Style) -> list[str]:
    if report.score is None:
        return []
    confetti = style.paint(_cut(_CONFETTI, width).center(width).rstrip(), "yellow")
    said = f"All {points(report.score)} points. Well done!".center(width).rstrip()
    return [confetti, style.paint(said, "green"), confetti]


def _row(left: str, right: str, width: int) -> str:
    left = _cut(left, width - len(right) - 1)
    return f"{left}{' ' * (width - len(left) - len(right))}{right}"


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else text[: max(width - 1, 0)] + "…"
