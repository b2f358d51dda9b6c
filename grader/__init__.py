"""The engine of auto-graded courses: it knows nothing of convolution itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from os import PathLike
    from typing import Any

__all__ = ["check"]


def check(
    *functions: Callable[..., Any],
    exercise: str | None = None,
    course: str | PathLike[str] | None = None,
) -> None:
    """Judge functions of this notebook, and show the report below the cell.

    They run apart from the notebook, as `grade` runs them: with the notebook's
    imports, its functions and classes, and the variables that these use.

    Parameters
    ----------
    *functions : callable
        What to judge; every function of the course that is defined, by default.
    exercise : str, optional
        The exercise, where several have a function of that name.
    course : path, optional
        The course's folder, if the notebook does not lie in it.

    Examples
    --------
    Under the cell that defines ``conv2d``::

        from grader import check

        check(conv2d)
    """
    from grader.notebook_check import show  # noqa: PLC0415  (light to import)

    show(functions, exercise=exercise, course=course)
