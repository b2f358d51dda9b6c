"""Write files, and folders of them, whole or not at all."""

from __future__ import annotations

import contextlib
import os
import stat
from typing import TYPE_CHECKING

from grader.errors import GraderError

if TYPE_CHECKING:
    from collections.abc import Mapping
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
    draft = _beside(path)
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


def write_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write a folder that is not there yet, so that no reader ever sees a part of it.

    Parameters
    ----------
    folder : Path
        Its final name; the folder above it must exist.
    files : mapping of str to bytes
        All that it holds, by name.

    Raises
    ------
    GraderError
        If it cannot be written; nothing is left under the final name.
    """
    draft = _beside(folder)
    try:
        os.mkdir(draft)  # noqa: PTH102
        for name, content in files.items():
            path = f"{draft}{os.sep}{name}"
            with open(path, "xb") as stream:  # noqa: PTH123
                stream.write(content)
            os.chmod(path, 0o644)  # noqa: PTH101
        os.rename(draft, folder)  # noqa: PTH104
    except BaseException as error:
        for name in files:
            with contextlib.suppress(OSError):
                os.unlink(f"{draft}{os.sep}{name}")  # noqa: PTH108
        with contextlib.suppress(OSError):
            os.rmdir(draft)  # noqa: PTH106
        if isinstance(error, OSError):
            raise _unwritable(folder, error) from None
        raise


def _beside(path: Path) -> str:
    """Return the name of a draft, in the same folder."""
    folder, name = os.path.split(path)
    return os.path.join(folder, f".{name}.{os.urandom(4).hex()}")  # noqa: PTH118


def _stays(path: Path) -> bool:
    """Tell whether it is a device or a pipe, as /dev/stdout: it cannot be replaced."""
    try:
        return not stat.S_ISREG(os.stat(path).st_mode)  # noqa: PTH116
    except FileNotFoundError:
        return False


def _private(path: str, flags: int) -> int:
    """Open a file that nobody else may read or write."""
    return os.open(path, flags, 0o600)


def make_folder(folder: Path) -> None:
    """Make a folder to write into, with those above it, or complain.

    Raises
    ------
    GraderError
        If it cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        problem = f"{folder}: cannot be made: {error.strerror}."
        raise GraderError(f"{problem} Name another place with --out.") from None


def _unwritable(path: Path, error: OSError) -> GraderError:
    return GraderError(
        f"{path}: cannot be written: {error.strerror}. Name another place with --out."
    )
