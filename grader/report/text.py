"""The report that a student reads in a terminal."""

from __future__ import annotations

import textwrap
from dataclasses import replace
from typing import TYPE_CHECKING

from grader.report.style import Style
from grader.verdict import Verdict

if TYPE_CHECKING:
    from grader.verdict import CheckResult, ExerciseResult, Finding, Report

MARKS = {  # the word and the colour of each verdict
    Verdict.PASS: ("ok", "green"),
    Verdict.WRONG: ("FAIL", "red"),
    Verdict.ERROR: ("ERROR", "red"),
    Verdict.TODO: ("todo", "yellow"),
    Verdict.TIMEOUT: ("TIME", "red"),
    Verdict.CRASH: ("CRASH", "red"),
    Verdict.SKIP: ("--", "dim"),
    Verdict.INTERNAL: ("OURS", "magenta"),
}
_MARK_WIDTH = 5
_HIDES = (Verdict.WRONG, Verdict.ERROR)
SAME_CAUSE = "As above."


def render(
    report: Report,
    *,
    width: int = 80,
    colour: bool = False,
    folder: str = "",
    hinted: frozenset[str] = frozenset(),
) -> str:
    """Return the report as lines of text.

    Parameters
    ----------
    report : Report
        What the judge said.
    width : int
        Columns of the terminal.
    colour : bool
        Whether to add colour; it never carries meaning alone.
    folder : str
        Where the student's files lie, for the line that says what is next.
    hinted : frozenset of str
        Exercises that have hints.
    """
    style = Style(colour)
    width = max(width, 30)
    blocks = [exercise_block(e, width, style) for e in report.exercises]
    blocks.append(_summary(report, width, style, next_step(report, folder, hinted)))
    return "\n\n".join(blocks) + "\n"


def points(value: float | None) -> str:
    """Return points as a person writes them; ``?`` where there are none yet."""
    return "?" if value is None else f"{value:g}"


def exercise_block(exercise: ExerciseResult, width: int, style: Style) -> str:
    """Return an exercise with its checks, and what there is to say of them."""
    score = f"{points(exercise.score)}/{points(exercise.max_score)}"
    title = exercise.name
    if exercise.title.casefold() != exercise.name.casefold():
        title = f"{exercise.name}  {exercise.title}"
    if exercise.source:
        title += f", in {exercise.source}"
    head = _spread(title, score, width)
    lines = [style.paint(head, "bold")]
    told: list[Finding] = []
    for check in exercise.checks:
        lines += _check(check, width, style, told)
        told += [check.finding] if check.finding is not None else []
    return "\n".join(lines)


def _check(
    check: CheckResult, width: int, style: Style, told: list[Finding]
) -> list[str]:
    mark, colour = MARKS[check.verdict]
    indent = " " * (2 + _MARK_WIDTH + 1)
    earned = points(check.score)
    room = width - len(indent) - 6
    claim = [check.claim]
    if len(check.claim) > room:  # wrapping is dear, and seldom needed
        claim = textwrap.wrap(check.claim, room)
    first = f"  {style.paint(mark.ljust(_MARK_WIDTH), colour)} "
    lines = [first + _spread(claim[0], earned, width - len(indent))]
    lines += [indent + line for line in claim[1:]]
    finding = check.finding
    if finding is None or finding in told[-1:]:
        return lines  # the same news for every check is told once
    if finding.hint and any(finding.hint == before.hint for before in told):
        finding = replace(finding, hint=SAME_CAUSE)
    if check.visibility == "hidden" and check.verdict in _HIDES:
        finding = replace(finding, problem=f"hidden inputs: {finding.problem}")
    return lines + _finding(finding, indent + "  ", width, style)


def _finding(finding: Finding, indent: str, width: int, style: Style) -> list[str]:
    lines = _wrapped(finding.call, indent, width)
    lines += _wrapped(finding.problem, indent, width)
    if finding.student is not None and finding.student.place:
        said = finding.student
        lines += _wrapped(f"your code, {said.place}:", indent, width)
        if said.source:
            lines.append(_cut(f"{indent}  {said.source}", width))
    # Aligned columns cannot be wrapped: what does not fit is cut.
    lines += [_cut(indent + line, width) for line in finding.working]
    lines += [
        style.paint(line, "cyan") for line in _wrapped(finding.hint, indent, width)
    ]
    return lines


def _summary(report: Report, width: int, style: Style, following: str) -> str:
    total = f"{points(report.score)}/{points(report.max_score)}"
    lines = [style.paint(_spread("Total", total, width), "bold")]
    run = f"{report.mode}, seed {report.seed}, isolation: {report.isolation}"
    lines += [style.paint(line, "dim") for line in _wrapped(run, "", width)]
    for line in following.splitlines():
        lines += _wrapped(line, "", width)
    return "\n".join(lines)


def next_step(
    report: Report, folder: str = "", hinted: frozenset[str] = frozenset()
) -> str:
    """Say what to do next: one file, the first that is not finished.

    Where it has hints, a second line says how to get one.
    """
    open_exercises = [e for e in report.exercises if e.verdict is not Verdict.PASS]
    if report.exit_code == 3:
        return "The grader itself failed: this is not your fault. Tell your teacher."
    if not open_exercises:
        return "All points earned."
    ready = [e for e in open_exercises if e.verdict is not Verdict.SKIP]
    first = (ready or open_exercises)[0]
    name = first.name
    place = f"{name}, in {first.source}" if first.source else f"{name}.py"
    if folder:
        before, within, file = place.rpartition(", in ")
        place = f"{before}{within}{folder}/{file}"
    following = f"Next: {place}"
    if name in hinted:
        following += f"\nStuck? grade --hint {name}"
    return following


def _spread(left: str, right: str, width: int) -> str:
    gap = max(width - len(left) - len(right), 1)
    return f"{left}{' ' * gap}{right}"


def _wrapped(text: str, indent: str, width: int) -> list[str]:
    return textwrap.wrap(
        text,
        max(width, len(indent) + 20),
        initial_indent=indent,
        subsequent_indent=indent,
        break_on_hyphens=False,
    )


def _cut(line: str, width: int) -> str:
    return line if len(line) <= width else line[: width - 1] + "…"
