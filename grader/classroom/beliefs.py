"""What the class believes: misconceptions by how many students hold them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from grader.catalogue import CATALOGUE

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from grader.classroom.handin import Graded, Student
    from grader.picture import Picture
    from grader.verdict import CheckResult, ExerciseResult

_LINES = 14
_WIDTH = 160


@dataclass(frozen=True, slots=True)
class Example:
    """What the belief looks like, from a check whose inputs may be shown.

    Parameters
    ----------
    call : str
        What was called.
    problem : str
        Where the answer differs.
    working : tuple of str
        The first wrong cell, worked out.
    picture : Picture, optional
        The same as a drawing.
    """

    call: str
    problem: str
    working: tuple[str, ...] = ()
    picture: Picture | None = None


@dataclass(frozen=True, slots=True)
class Belief:
    """One misconception, and who holds it.

    Parameters
    ----------
    id : str
        Its name in the catalogue.
    belief, remedy : str
        The two sentences of the catalogue.
    lectures : tuple of int
        The lectures that settle it.
    students : tuple of Student
        Whose answers it explains, each once.
    exercises : tuple of str
        The titles of the exercises where it was met.
    example : Example or None
        None where only hidden checks show it.
    """

    id: str
    belief: str
    remedy: str
    lectures: tuple[int, ...]
    students: tuple[Student, ...]
    exercises: tuple[str, ...]
    example: Example | None


def beliefs(graded: Iterable[Graded]) -> tuple[Belief, ...]:
    """Return the beliefs of a class, the most common first."""
    met: dict[str, list[tuple[Student, ExerciseResult, CheckResult]]] = {}
    for each in graded:
        for exercise in results_of(each):
            for check in exercise.checks if exercise.misconceptions else ():
                for name in check.misconceptions:
                    met.setdefault(name, []).append((each.student, exercise, check))
    made = [_belief(name, found) for name, found in met.items()]
    return tuple(sorted(made, key=lambda each: (-len(each.students), each.id)))


def results_of(graded: Graded) -> tuple[ExerciseResult, ...]:
    """Return the results of a student's exercises; none without a report."""
    return () if graded.report is None else graded.report.exercises


def _belief(
    name: str, found: Sequence[tuple[Student, ExerciseResult, CheckResult]]
) -> Belief:
    # A report may be older than the catalogue, and name what is no longer in it.
    entry = CATALOGUE.get(name)
    return Belief(
        id=name,
        belief=entry.belief if entry is not None else "",
        remedy=entry.remedy if entry is not None else "",
        lectures=entry.lectures if entry is not None else (),
        students=tuple(sorted({student for student, _, _ in found})),
        exercises=tuple(dict.fromkeys(exercise.title for _, exercise, _ in found)),
        example=_example([check for _, _, check in found]),
    )


def _example(checks: Sequence[CheckResult]) -> Example | None:
    """Return the plainest example: of this belief alone, with the shortest call."""
    shown = [
        (len(check.misconceptions), len(check.finding.call), check.finding)
        for check in checks
        if check.visibility == "public"
        and check.finding is not None
        and check.finding.call
    ]
    if not shown:
        return None
    _, _, finding = min(shown, key=lambda each: (each[0], each[1], each[2].problem))
    working = tuple(cut(line) for line in finding.working[:_LINES])
    return Example(cut(finding.call), cut(finding.problem), working, finding.picture)


def cut(line: str, width: int = _WIDTH) -> str:
    """Return a line that is no longer than the page can show."""
    return line if len(line) <= width else line[: width - 1] + "…"
