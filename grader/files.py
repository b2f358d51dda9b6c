"""Write files whole or not at all."""

from __future__ import annotations

import contextlib
import os
import tempfile
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
    try:
        if path.exists() and not path.is_file():
            # A device or a pipe, such as /dev/stdout: it cannot be replaced.
            path.write_bytes(content)
            return
        descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    except OSError as error:
        raise _unwritable(path, error) from None
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(content)
        os.chmod(name, 0o644)  # noqa: PTH101  (mkstemp makes it private)
        os.replace(name, path)  # noqa: PTH105
    except BaseException as error:
        with contextlib.suppress(OSError):
            os.unlink(name)  # noqa: PTH108
        if isinstance(error, OSError):
            raise _unwritable(path, error) from None
        raise


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
