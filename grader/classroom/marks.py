"""Points after the course's rules: what is late, what is left out. Pure functions.

Where the grader itself failed there is no number, and where a hand-in was refused
neither: such a student has no total until someone has looked.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timezone
from functools import cached_property
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from grader.classroom.handin import Graded
    from grader.course import Course
    from grader.grading import Grading
    from grader.verdict import ExerciseResult

Status = Literal["graded", "failed", "refused"]


@dataclass(frozen=True, slots=True)
class Mark:
    """The points of one student in one exercise.

    Parameters
    ----------
    exercise : str
        The exercise's name.
    verdict : str
        The verdict's name; ``REFUSED`` where nothing could be judged.
    earned : float or None
        What the judge gave; None where it gave nothing.
    points : float or None
        What is left of it after the late policy.
    max_points : float
        Points possible.
    days_late : int
        Days begun after the date it was due.
    left_out : bool
        Whether it does not count: dropped, or optional and of no help.
    """

    exercise: str
    verdict: str
    earned: float | None
    points: float | None
    max_points: float
    days_late: int = 0
    left_out: bool = False


@dataclass(frozen=True)  # no slots, so that what is asked often is reckoned once
class Marks:
    """The points of one student.

    Parameters
    ----------
    graded : Graded
        What they are made from.
    marks : tuple of Mark
        One an exercise, in the order of the course.
    status : {"graded", "failed", "refused"}
        Whether there is a number: ``failed`` where the grader itself failed
        somewhere, ``refused`` where the hand-in could not be taken.
    notes : tuple of str
        What the instructor should know, a line each.
    """

    graded: Graded
    marks: tuple[Mark, ...]
    status: Status
    notes: tuple[str, ...] = ()

    @cached_property
    def max_points(self) -> float:
        """Points possible: the same for the whole class."""
        return sum(mark.max_points for mark in self.marks)

    @cached_property
    def earned(self) -> float | None:
        """Points before any rule; None where there is no number."""
        return None if self.status != "graded" else _sum(m.earned for m in self.marks)

    @cached_property
    def total(self) -> float | None:
        """Points after all rules, out of `max_points`; None where there is none.

        Where exercises are left out, the others stand for them: the share of their
        points that was earned, times `max_points`.
        """
        if self.status != "graded":
            return None
        share = _share([mark for mark in self.marks if not mark.left_out])
        return share * self.max_points

    @cached_property
    def nothing(self) -> bool:
        """Whether nothing is written: no module, or nothing but skeletons."""
        unwritten = ("TODO", "SKIP")
        return self.status == "graded" and all(
            mark.verdict in unwritten and not mark.earned for mark in self.marks
        )


def exercises_of(course: Course, graded: Sequence[Graded]) -> tuple[str, ...]:
    """Return the exercises that were judged; all of the course's without a report."""
    judged = {
        result.name
        for each in graded
        if each.report is not None
        for result in each.report.exercises
    }
    names = tuple(e.name for e in course.exercises if e.name in judged or not judged)
    return names or tuple(e.name for e in course.exercises)


def marks(course: Course, graded: Sequence[Graded]) -> tuple[Marks, ...]:
    """Return the marks of a class, in the order given."""
    names = exercises_of(course, graded)
    points = {exercise.name: exercise.points for exercise in course.exercises}
    for each in graded:
        for result in each.report.exercises if each.report is not None else ():
            points[result.name] = result.max_score
    return tuple(_marks(course.grading, names, points, each) for each in graded)


def _marks(
    rules: Grading, names: Sequence[str], points: dict[str, float], graded: Graded
) -> Marks:
    report = graded.report
    if report is None:
        refused = tuple(Mark(n, "REFUSED", None, None, points[n]) for n in names)
        return Marks(graded, refused, "refused", tuple(graded.notes))
    moment, notes = _moment(rules, graded)
    found = {result.name: result for result in report.exercises}
    made = tuple(_mark(rules, n, found.get(n), points[n], moment) for n in names)
    if any(mark.points is None for mark in made):
        return Marks(graded, made, "failed", notes)
    late = [mark for mark in made if mark.days_late]
    if late:
        days = max(mark.days_late for mark in late)
        lost = sum((m.earned or 0) - (m.points or 0) for m in late)
        begun = "1 day" if days == 1 else f"{days} days"
        notes += (f"late by {begun} begun: {show(lost)} points taken off",)
    kept = leave_out(rules, made)
    return Marks(graded, kept, "graded", notes)


def _mark(
    rules: Grading,
    name: str,
    result: ExerciseResult | None,
    most: float,
    moment: datetime | None,
) -> Mark:
    earned = None if result is None else result.score
    if result is None or earned is None:
        return Mark(name, "INTERNAL", None, None, most)
    days = 0
    if moment is not None and name in rules.due:
        days = rules.late.days(moment, rules.due[name])
    kept = earned * rules.late.kept(days)
    return Mark(name, result.verdict.value, earned, kept, most, days)


def _moment(rules: Grading, graded: Graded) -> tuple[datetime | None, tuple[str, ...]]:
    moment, notes = graded.submitted_at, tuple(graded.notes)
    if moment is None:
        if graded.late:
            notes += ("marked as late, with no time: nothing was taken off",)
        elif rules.due and graded.files:
            notes += ("no time of handing in is known: taken as in time",)
        return None, notes
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=rules.time_zone or timezone.utc)
    if graded.late and not rules.due:
        notes += ("marked as late; course.yml says nothing of it",)
    return moment, notes


def leave_out(rules: Grading, made: Sequence[Mark]) -> tuple[Mark, ...]:
    """Leave out what the rules allow and what helps: the best choice there is.

    Parameters
    ----------
    rules : Grading
        What may be left out: optional exercises, and `drop_lowest` of the others.
    made : sequence of Mark
        Marks with points, of which none is left out yet.

    Notes
    -----
    The share ``sum(points) / sum(max_points)`` is raised by leaving out what lies
    below it, and what lies furthest below it most: Dinkelbach's method, which ends at
    the best choice. The best choice, unlike one made greedily, never falls when a
    mark rises.

    References
    ----------
    W. Dinkelbach, "On nonlinear fractional programming", Management Science 13 (1967).
    """
    kept = tuple(made)
    while True:
        better = _kept_at(rules, made, _share(kept))
        if not better or _share(better) <= _share(kept):
            break
        kept = better
    names = {mark.exercise for mark in kept}
    return tuple(
        mark if mark.exercise in names else replace(mark, left_out=True)
        for mark in made
    )


def _kept_at(rules: Grading, made: Sequence[Mark], share: float) -> tuple[Mark, ...]:
    """Return what to keep where each point possible costs `share` points."""
    costs = {m.exercise: share * m.max_points - (m.points or 0.0) for m in made}
    costly = sorted((n for n in costs if costs[n] > 0), key=lambda n: -costs[n])
    out = {name for name in costly if name in rules.optional}
    may_go = [n for n in costly if n not in rules.optional and n not in rules.required]
    out.update(may_go[: rules.drop_lowest])
    return tuple(mark for mark in made if mark.exercise not in out)


def _share(kept: Sequence[Mark]) -> float:
    most = sum(mark.max_points for mark in kept)
    return sum(mark.points or 0.0 for mark in kept) / most if most else 0.0


def _sum(values: Iterable[float | None]) -> float:
    return sum(value or 0.0 for value in values)


def show(points: float | None) -> str:
    """Return points with two places at most; nothing where there is no number."""
    if points is None:
        return ""
    text = f"{points:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text
