"""The formats a quiz is written in: one module a format.

Each module defines `SUFFIX`, the ending of its files, and::

    pieces(paper: Paper, *, solutions: bool) -> Iterator[bytes]

which yields the file piece by piece, so that thousands of questions pass through
without being held. With `solutions` the answers and worked solutions are shown;
formats that a machine reads hold them always.
"""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Protocol, cast

from grader.errors import QuizError, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grader.quiz.paper import Paper

FORMATS = (
    "text", "markdown", "json", "html", "pdf",
    "moodle", "gift", "canvas", "qti21", "qti30", "brightspace",
)  # fmt: skip


class Exporter(Protocol):
    """What a format's module holds."""

    SUFFIX: str

    def pieces(self, paper: Paper, *, solutions: bool) -> Iterator[bytes]:
        """Yield the file piece by piece."""


def ready() -> list[str]:
    """Return the formats that this version writes."""
    return [name for name in FORMATS if find_spec(f"{__name__}.{name}")]


def exporter(name: str) -> Exporter:
    """Return the module of a format.

    Raises
    ------
    QuizError
        When there is no such format, or not yet.
    """
    if name not in FORMATS:
        raise QuizError(f"there is no format {name!r}{did_you_mean(name, FORMATS)}")
    if find_spec(f"{__name__}.{name}") is None:
        raise QuizError(
            f"this version does not write {name} yet. It writes {', '.join(ready())}."
        )
    return cast("Exporter", import_module(f"{__name__}.{name}"))
