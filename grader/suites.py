"""Which suite judges: live beside the solutions, sealed in a students' zip."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.errors import CourseError

if TYPE_CHECKING:
    from grader.course import Course
    from grader.judge import Suite


def of(course: Course, seed: int | None = None) -> Suite:
    """Return the suite that is there.

    Parameters
    ----------
    course : Course
        The course.
    seed : int, optional
        Where the inputs are to be drawn from; fresh ones by default.

    Raises
    ------
    CourseError
        If a sealed suite was drawn from another seed.
    """
    authored = [course.suite.is_dir(), course.solutions.is_dir()]
    if all(authored) or (any(authored) and not (course.root / "sealed").is_dir()):
        from grader.checks.suite import LiveSuite  # noqa: PLC0415
        from grader.judge import fresh_seed  # noqa: PLC0415

        return LiveSuite(course, fresh_seed() if seed is None else seed)
    from grader.checks.sealed import SealedSuite  # noqa: PLC0415

    suite = SealedSuite(course)
    if seed not in (None, suite.seed):
        raise CourseError(
            f"the sealed inputs were drawn from {suite.seed}, not from {seed}",
            remedy="Leave --seed out.",
        )
    return suite
