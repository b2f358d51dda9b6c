"""A folder on disk; what it holds is listed and read only when asked for."""

from __future__ import annotations

import os
import stat
from datetime import datetime, timezone
from typing import TYPE_CHECKING, NamedTuple

from grader.classroom.intake.node import Kind
from grader.errors import SubmissionError
from grader.submission import read_file

if TYPE_CHECKING:
    from pathlib import Path


class OnDisk(NamedTuple):
    """A file or folder on disk.

    Parameters
    ----------
    path : str
        Where it lies.
    name : str
        The last part of its path.
    kind : Kind
        What it is.
    size : int
        Its bytes.
    modified : datetime, optional
        When it was last written.
    """

    path: str
    name: str
    kind: Kind = Kind.FOLDER
    size: int = 0
    modified: datetime | None = None

    @classmethod
    def at(cls, folder: Path) -> OnDisk:
        """Return the folder at a path."""
        return cls(str(folder), folder.name)

    def children(self) -> tuple[OnDisk, ...]:
        """Return what the folder holds, by name."""
        try:
            with os.scandir(self.path) as entries:
                found = sorted(entries, key=lambda entry: entry.name)
        except OSError as error:
            raise SubmissionError(f"cannot be listed: {error.strerror}") from None
        return tuple(_child(entry) for entry in found)

    def read(self, limit: int) -> bytes:
        """Return what the file holds."""
        return read_file(self.path, limit)


def _child(entry: os.DirEntry[str]) -> OnDisk:
    try:
        status = entry.stat(follow_symlinks=False)
    except OSError:
        return OnDisk(entry.path, entry.name, Kind.OTHER)
    try:
        modified = datetime.fromtimestamp(status.st_mtime, timezone.utc)
    except (OverflowError, ValueError, OSError):
        modified = None
    kind = _kind(status.st_mode)
    return OnDisk(entry.path, entry.name, kind, status.st_size, modified)


def _kind(mode: int) -> Kind:
    if stat.S_ISREG(mode):
        return Kind.FILE
    if stat.S_ISDIR(mode):
        return Kind.FOLDER
    return Kind.LINK if stat.S_ISLNK(mode) else Kind.OTHER
