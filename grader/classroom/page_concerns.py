"""Whom the instructor should talk to, and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from grader.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grader.classroom.handin import Student
    from grader.classroom.marks import Marks

DIED = (Verdict.CRASH, Verdict.TIMEOUT)
_LOWEST = 8  # an eighth of the class is looked at, but nobody with half of the points


@dataclass(frozen=True, slots=True)
class Concern:
    """A student whom someone should talk to, and why.

    Parameters
    ----------
    student : Student
        Who.
    total : float or None
        Their points after all rules.
    urgency : int
        The smaller, the sooner.
    reasons : tuple of str
        Why, the most urgent first.
    """

    student: Student
    total: float | None
    urgency: int
    reasons: tuple[str, ...]


def concerns(found: Sequence[Marks]) -> tuple[Concern, ...]:
    """Return who needs help, the most urgent first."""
    totals = sorted(each.total for each in found if each.total is not None)
    lowest = totals[: max(1, len(totals) // _LOWEST)]
    bound = min(lowest[-1], found[0].max_points / 2) if lowest else -1.0
    made = []
    for each in found:
        reasons = _reasons(each, bound)
        if reasons:
            texts = tuple(text for _, text in reasons)
            made.append(Concern(each.graded.student, each.total, reasons[0][0], texts))
    return tuple(sorted(made, key=_order))


def _order(concern: Concern) -> tuple[int, float, Student]:
    total = concern.total if concern.total is not None else -1.0
    return concern.urgency, total, concern.student


def _reasons(each: Marks, bound: float) -> list[tuple[int, str]]:
    if each.status == "refused":
        return [(0, "the hand-in was refused")]
    if each.nothing:
        text = "nothing is written yet" if each.graded.files else "nothing handed in"
        return [(1, text)]
    died: dict[str, None] = {}
    stuck: dict[str, None] = {}
    report = each.graded.report
    for exercise in report.exercises if report is not None else ():
        if not exercise.verdicts.isdisjoint(DIED):
            died[exercise.title] = None
        if Verdict.TODO in exercise.verdicts and (exercise.score or 0) > 0:
            stuck[exercise.title] = None
    reasons = []
    if died:
        reasons.append((2, f"crashes or never ends: {', '.join(died)}"))
    if each.total is not None and each.total <= bound:
        reasons.append((3, "among the lowest totals"))
    if stuck:
        reasons.append((4, f"begun, not finished: {', '.join(stuck)}"))
    return reasons
