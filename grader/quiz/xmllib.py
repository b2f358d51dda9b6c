"""The XML library, an extra: only some formats of quizzes need it."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from grader.errors import QuizError

if TYPE_CHECKING:
    from types import ModuleType


def etree(purpose: str) -> ModuleType:
    """Return ``lxml.etree``.

    Parameters
    ----------
    purpose : str
        What it is needed for, as the sentence of the error begins.

    Raises
    ------
    QuizError
        When it is not installed, with the command that installs it.
    """
    try:
        return import_module("lxml.etree")
    except ImportError:
        raise QuizError(
            f"{purpose} needs the lxml package. Run: pip install lxml"
        ) from None
