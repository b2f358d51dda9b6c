"""A folder on disk; what it holds is listed and read only when asked for."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import TYPE_CHECKING

from grader.classroom.intake.node import Kind
from grader.errors import SubmissionError
from grader.submission import read_file

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class OnDisk:
    """A file or folder on disk.

    Parameters
    ----------
    path : Path
        Where it lies.
    kind : Kind
        What it is.
    size : int
        Its bytes.
    modified : datetime, optional
        When it was last written.
    """

    path: Path
    kind: Kind = Kind.FOLDER
    size: int = 0
    modified: datetime | None = None

    @property
    def name(self) -> str:
        """The last part of its path."""
        return self.path.name

    def children(self) -> tuple[OnDisk, ...]:
        """Return what the folder holds, by name."""
        try:
            with os.scandir(self.path) as entries:
                found = sorted(entries, key=lambda entry: entry.name)
        except OSError as error:
            raise SubmissionError(f"cannot be listed: {error.strerror}") from None
        return tuple(self._child(entry) for entry in found)

    def read(self, limit: int) -> bytes:
        """Return what the file holds."""
        return read_file(self.path, limit)

    def _child(self, entry: os.DirEntry[str]) -> OnDisk:
        place = self.path / entry.name
        try:
            status = entry.stat(follow_symlinks=False)
        except OSError:
            return OnDisk(place, Kind.OTHER)
        try:
            modified = datetime.fromtimestamp(status.st_mtime, timezone.utc)
        except (OverflowError, ValueError, OSError):
            modified = None
        return OnDisk(place, _kind(status.st_mode), status.st_size, modified)


def _kind(mode: int) -> Kind:
    if stat.S_ISREG(mode):
        return Kind.FILE
    if stat.S_ISDIR(mode):
        return Kind.FOLDER
    return Kind.LINK if stat.S_ISLNK(mode) else Kind.OTHER
