"""Find and read what a student handed in: bytes, never compiled or parsed here."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from grader.errors import SubmissionError

if TYPE_CHECKING:
    from collections.abc import Mapping

MAX_FILE_BYTES = 1 << 20
MAX_FILES = 200
MAX_TOTAL_BYTES = 8 << 20


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
    files: dict[str, bytes] = {}
    problems: dict[str, str] = {}
    total = 0
    for name in names:
        try:
            content = _read_file(folder / name)
        except SubmissionError as error:
            problems[name] = str(error)
            continue
        total += len(content)
        if len(files) == MAX_FILES or total > MAX_TOTAL_BYTES:
            problems[name] = (
                f"was not read: more than {MAX_FILES} files or "
                f"{MAX_TOTAL_BYTES >> 20} MB in one folder"
            )
            continue
        files[name] = content
    return Submission(folder, MappingProxyType(files), MappingProxyType(problems))


def _read_file(path: Path) -> bytes:
    # O_NOFOLLOW and O_NONBLOCK do not exist on Windows, where links need privileges.
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    flags |= getattr(os, "O_BINARY", 0)
    if path.is_symlink():
        raise SubmissionError("is a link; hand in the file itself")
    try:
        descriptor = os.open(path, flags)
    except OSError as error:
        raise SubmissionError(f"cannot be read: {error.strerror}") from None
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise SubmissionError("is not a regular file")
        if status.st_size > MAX_FILE_BYTES:
            raise SubmissionError(
                f"is larger than {MAX_FILE_BYTES >> 20} MB; hand in code only"
            )
        with os.fdopen(descriptor, "rb", closefd=False) as stream:
            content = stream.read(MAX_FILE_BYTES + 1)
    except OSError as error:
        raise SubmissionError(f"cannot be read: {error.strerror}") from None
    finally:
        os.close(descriptor)
    if len(content) > MAX_FILE_BYTES:
        raise SubmissionError(
            f"is larger than {MAX_FILE_BYTES >> 20} MB; hand in code only"
        )
    return content
