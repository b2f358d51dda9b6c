"""What a quiz file holds, ours or another generator's: one reader a format.

Each module beside this one defines::

    looks_like(content: bytes) -> bool
    items(content: bytes) -> tuple[tuple[Item, ...], tuple[str, ...]]

`items` returns the questions and notes on what it could not read; for a malformed
file it raises `MalformedError` with one clear line.
"""

from __future__ import annotations

from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Protocol, cast

from grader.errors import QuizError

if TYPE_CHECKING:
    from pathlib import Path

READERS = ("canvas", "qti21", "qti30", "moodle", "json", "brightspace", "gift")
"""In the order they are asked; GIFT, which any text may be, comes last."""


MOST_BYTES = 200_000_000
"""Far beyond any quiz, packed or not: 5,000 questions take 40 million."""

_PIECE = 1 << 20


class MalformedError(QuizError):
    """A file that does not hold what its format asks for; says what and where."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer that the file knows: a choice, or something typed.

    Parameters
    ----------
    text : str
        The choice as plain text, or the number as it is written.
    fraction : float
        What it earns: 1 for the right answer, 0 for a wrong one, less for a deduction.
        In a cloze, of its blank or of the whole question, as the format counts.
    feedback : str
        What is said to it, as plain text.
    tolerance : float
        How far a typed number may be off.
    blank : int
        Of which blank, from 1; 0 outside clozes.
    """

    text: str
    fraction: float
    feedback: str = ""
    tolerance: float = 0.0
    blank: int = 0


@dataclass(frozen=True, slots=True)
class Item:
    """One question as a file holds it.

    Parameters
    ----------
    title : str
        Its name in the learning system.
    type : str
        ``single``, ``multiple``, ``numeric`` or ``cloze``; for what we do not write,
        the file's own word.
    answers : tuple of Answer
        In the order of the file.
    feedback : str
        What everyone is told afterwards, as plain text: the worked solution.
    figures : int
        How many pictures come with it.
    points : float
        What it is worth.
    pool : str
        The pool it is drawn from, or nothing.
    prompt : str
        What is asked, as plain text.
    unscored : bool
        The file says no right answer, or never awards a point.
    """

    title: str
    type: str
    answers: tuple[Answer, ...]
    feedback: str = ""
    figures: int = 0
    points: float = 1.0
    pool: str = ""
    prompt: str = ""
    unscored: bool = False


@dataclass(frozen=True, slots=True)
class Contents:
    """All that a file holds.

    Parameters
    ----------
    format : str
        The name of the reader that understood it.
    items : tuple of Item
        The questions.
    notes : tuple of str
        What could not be read, one line each.
    """

    format: str
    items: tuple[Item, ...]
    notes: tuple[str, ...] = ()


class Reader(Protocol):
    """What a format's module holds."""

    def looks_like(self, content: bytes) -> bool:
        """Tell whether a file is of this format, at a glance."""

    def items(self, content: bytes) -> tuple[tuple[Item, ...], tuple[str, ...]]:
        """Return the questions and notes on what could not be read."""


def readers() -> dict[str, Reader]:
    """Return the readers that this version has, in the order they are asked."""
    return {
        name: cast("Reader", import_module(f"{__name__}.{name}"))
        for name in READERS
        if find_spec(f"{__name__}.{name}")
    }


def read(path: Path) -> Contents:
    """Return what a file holds.

    Raises
    ------
    QuizError
        When it cannot be read, is of no known format, or is malformed.
    """
    content = _content(path)
    try:
        for name, reader in readers().items():
            if reader.looks_like(content):
                return Contents(name, *reader.items(content))
        _say_what_is_broken(content)
    except MalformedError as error:
        raise MalformedError(f"{path}: {error}") from None
    raise QuizError(
        f"{path} is no quiz that this command reads: {', '.join(readers())}."
    )


def _content(path: Path) -> bytes:
    """Return the bytes of a file, in pieces: it may have no end."""
    content = bytearray()
    try:
        with path.open("rb") as stream:
            while piece := stream.read(_PIECE):
                content += piece
                if len(content) > MOST_BYTES:
                    raise QuizError(
                        f"{path} is larger than {MOST_BYTES:,} bytes. No quiz is."
                    )
    except OSError as error:
        raise QuizError(f"cannot read {path}: {error.strerror}.") from None
    return bytes(content)


def _say_what_is_broken(content: bytes) -> None:
    """Raise where no reader knows a file because it is damaged."""
    if content.startswith(b"PK"):
        from grader.quiz.reading.packages import members  # noqa: PLC0415

        members(content)
    if content.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        raise MalformedError("it is in UTF-16. Save the file in UTF-8.")
