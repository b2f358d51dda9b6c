"""Find families by their file names; import only the ones that are asked for."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from grader.errors import QuizError, did_you_mean
from grader.quiz.family import Family

_FOLDER = Path(__file__).parent / "families"


@cache
def names() -> tuple[str, ...]:
    """Return the names of all families, in alphabetical order."""
    stems = (path.stem for path in _FOLDER.glob("[a-z]*.py"))
    return tuple(sorted(stem.replace("_", "-") for stem in stems))


def load(name: str) -> Family[Any]:
    """Return the family called `name`.

    Raises
    ------
    QuizError
        When there is none, with the nearest name.
    """
    if name not in names():
        raise QuizError(
            f"there is no question family {name!r}{did_you_mean(name, names())}. "
            "`quiz families` lists them all."
        )
    function = name.replace("-", "_")
    module = import_module(f"grader.quiz.families.{function}")
    found = getattr(module, function, None)
    if not isinstance(found, Family):
        raise QuizError(
            f"families/{function}.py does not define the family {function}. "
            "The decorated function is named like its file."
        )
    return found
