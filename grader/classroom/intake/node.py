"""A file or folder of a class, wherever it lies: on disk, in a zip, in a zip's zip."""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime


class Kind(enum.Enum):
    """What a name stands for; links and devices are never followed or opened."""

    FILE = "a file"
    FOLDER = "a folder"
    LINK = "a link"
    OTHER = "neither a file nor a folder"


class Node(Protocol):
    """One name in a folder; nothing is read before it is asked for."""

    @property
    def name(self) -> str:
        """The last part of its path, as it was written, be it sound or not."""

    @property
    def kind(self) -> Kind:
        """What it is."""

    @property
    def size(self) -> int:
        """How many bytes it claims to hold."""

    @property
    def modified(self) -> datetime | None:
        """When it was last written, by the clock of who packed it."""

    def children(self) -> Sequence[Node]:
        """Return what a folder holds, by name.

        Raises
        ------
        SubmissionError
            If it cannot be listed.
        """

    def read(self, limit: int) -> bytes:
        """Return what a file holds.

        Raises
        ------
        SubmissionError
            If it cannot be read, or holds more than the limit.
        """
