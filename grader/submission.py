"""Find and read what a student handed in: bytes, never compiled or parsed here."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from grader.errors import SubmissionError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from typing import Any

MAX_FILE_BYTES = 1 << 20
MAX_FILES = 200
MAX_TOTAL_BYTES = 8 << 20
TOO_MUCH = (
    f"was not read: more than {MAX_FILES} files or {MAX_TOTAL_BYTES >> 20} MB in all"
)


@dataclass(frozen=True, slots=True)
class Submission:
    """The modules of one submission.

    Parameters
    ----------
    origin : Path
        Where they were found.
    files : mapping of str to bytes
        File names such as ``stride.py``, and what they hold.
    problems : mapping of str to str
        Files that could not be taken, and why.
    """

    origin: Path
    files: Mapping[str, bytes]
    problems: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    def __reduce__(self) -> tuple[Any, ...]:
        """Travel to another process, which a read-only view of a dict cannot."""
        return _arrived, (self.origin, dict(self.files), dict(self.problems))


def _arrived(
    origin: Path, files: dict[str, bytes], problems: dict[str, str]
) -> Submission:
    return Submission(origin, MappingProxyType(files), MappingProxyType(problems))


def read(folder: Path) -> Submission:
    """Read the Python files of a folder.

    Only regular files count: a link could point at a solution, and a pipe would
    never end. A file that cannot be taken is a problem of that file alone.

    Parameters
    ----------
    folder : Path
        The folder with the student's modules.

    Raises
    ------
    SubmissionError
        If the folder is missing, is no folder, or cannot be listed.
    """
    try:
        names = sorted(
            name
            for name in os.listdir(folder)  # noqa: PTH208  (bytes-safe names only)
            if name.endswith(".py") and not name.startswith(".")
        )
    except FileNotFoundError:
        raise SubmissionError(
            f"{folder}: there is no such folder. Name it with --in DIR."
        ) from None
    except NotADirectoryError:
        raise SubmissionError(
            f"{folder}: is not a folder. --in takes the folder with your modules."
        ) from None
    except OSError as error:
        raise SubmissionError(f"{folder}: cannot be read: {error.strerror}") from None
    return collect(
        folder, ((name, partial(read_file, folder / name)) for name in names)
    )


def collect(
    origin: Path, readers: Iterable[tuple[str, Callable[[], bytes]]]
) -> Submission:
    """Read modules one after the other, as many as anybody writes.

    Parameters
    ----------
    origin : Path
        Where they were found.
    readers : iterable of (str, callable)
        File names, and what reads each; a `SubmissionError` of it is a problem of
        that file alone.
    """
    files: dict[str, bytes] = {}
    problems: dict[str, str] = {}
    total = 0
    for name, read_content in readers:
        if len(files) == MAX_FILES or total > MAX_TOTAL_BYTES:
            problems[name] = TOO_MUCH
            continue
        try:
            content = read_content()
        except SubmissionError as error:
            problems[name] = str(error)
            continue
        total += len(content)
        if total > MAX_TOTAL_BYTES:
            problems[name] = TOO_MUCH
            continue
        files[name] = content
    return Submission(origin, MappingProxyType(files), MappingProxyType(problems))


def read_file(path: Path, limit: int = MAX_FILE_BYTES) -> bytes:
    """Return what a regular file holds.

    Parameters
    ----------
    path : Path
        The file.
    limit : int
        How many bytes it may hold.

    Raises
    ------
    SubmissionError
        If it is no regular file, cannot be read, is larger than the limit, or is
        written to while it is read.
    """
    # O_NOFOLLOW and O_NONBLOCK do not exist on Windows, where links need privileges.
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    flags |= getattr(os, "O_BINARY", 0)
    try:
        if path.is_symlink():
            raise SubmissionError("is a link; hand in the file itself")
        descriptor = os.open(path, flags)
    except OSError as error:
        raise SubmissionError(f"cannot be read: {error.strerror}") from None
    try:
        return _content(descriptor, limit)
    except OSError as error:
        raise SubmissionError(f"cannot be read: {error.strerror}") from None
    finally:
        os.close(descriptor)


def too_large(limit: int) -> SubmissionError:
    """Return the refusal of a file that is larger than the limit."""
    return SubmissionError(f"is larger than {limit >> 20} MB; hand in code only")


def _content(descriptor: int, limit: int) -> bytes:
    before = os.fstat(descriptor)
    if not stat.S_ISREG(before.st_mode):
        raise SubmissionError("is not a regular file")
    if before.st_size > limit:
        raise too_large(limit)
    with os.fdopen(descriptor, "rb", closefd=False) as stream:
        content = stream.read(limit + 1)
    after = os.fstat(descriptor)
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        raise SubmissionError("changed while it was read; hand it in again")
    if len(content) > limit:
        raise too_large(limit)
    return content
