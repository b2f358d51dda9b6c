"""Write files whole or not at all."""

from __future__ import annotations

import contextlib
import os
import stat
from typing import TYPE_CHECKING

from grader.errors import GraderError

if TYPE_CHECKING:
    from pathlib import Path


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that no reader ever sees a part of it.

    Parameters
    ----------
    path : Path
        Its final name; its folder must exist.
    content : bytes
        All of it.

    Raises
    ------
    GraderError
        If it cannot be written; nothing is left under the final name.
    """
    folder, name = os.path.split(path)
    draft = os.path.join(folder, f".{name}.{os.urandom(4).hex()}")  # noqa: PTH118
    try:
        if _stays(path):
            path.write_bytes(content)
            return
    except OSError as error:
        raise _unwritable(path, error) from None
    try:
        with open(draft, "xb", opener=_private) as stream:
            stream.write(content)
        os.chmod(draft, 0o644)  # noqa: PTH101
        os.replace(draft, path)  # noqa: PTH105
    except BaseException as error:
        with contextlib.suppress(OSError):
            os.unlink(draft)  # noqa: PTH108
        if isinstance(error, OSError):
            raise _unwritable(path, error) from None
        raise


def _stays(path: Path) -> bool:
    """Tell whether it is a device or a pipe, as /dev/stdout: it cannot be replaced."""
    try:
        return not stat.S_ISREG(os.stat(path).st_mode)  # noqa: PTH116
    except FileNotFoundError:
        return False


def _private(path: str, flags: int) -> int:
    """Open a file that nobody else may read or write."""
    return os.open(path, flags, 0o600)


def make_folder(folder: Path) -> bool:
    """Make a folder to write into, with those above it, or complain.

    Returns
    -------
    bool
        Whether it is new: there was none before.

    Raises
    ------
    GraderError
        If it cannot be made.
    """
    try:
        folder.mkdir(parents=True)
    except OSError as error:
        if folder.is_dir():
            return False
        problem = f"{folder}: cannot be made: {error.strerror}."
        raise GraderError(f"{problem} Name another place with --out.") from None
    return True


def _unwritable(path: Path, error: OSError) -> GraderError:
    return GraderError(
        f"{path}: cannot be written: {error.strerror}. Name another place with --out."
    )
