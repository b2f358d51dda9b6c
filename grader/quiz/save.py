"""Write files so that nothing half-written ever stands under the final name."""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

from grader.errors import QuizError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

# A pool of questions has dozens of megabytes: fewer, larger writes take half the time.
_BUFFER = 1 << 16


def save(path: Path, pieces: Iterable[bytes]) -> None:
    """Write `pieces` to `path`, all of them or nothing.

    Raises
    ------
    QuizError
        When the path cannot be written.
    """
    with _complaining(path):
        if path.exists() and not path.is_file():
            # A device or a pipe, such as /dev/stdout: it cannot be replaced.
            with path.open("wb") as stream:
                stream.writelines(pieces)
            return
        temporary = _beside(path)
        # The draft is opened where it is also cleared away: an interrupt may come right
        # after.
        try:
            with temporary.open("xb", _BUFFER) as file:
                file.writelines(pieces)
            temporary.chmod(0o644)
            temporary.replace(path)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise


@contextmanager
def folder(path: Path) -> Iterator[Path]:
    """Give a temporary folder that becomes `path` when all went well.

    Raises
    ------
    QuizError
        When `path` holds something already, or cannot be written.
    """
    if path.exists() and (not path.is_dir() or any(path.iterdir())):
        raise QuizError(f"{path} exists already. Choose another --out.")
    with _complaining(path):
        temporary = _beside(path)
        try:
            temporary.mkdir(0o700)
            yield temporary
            temporary.chmod(0o755)
            temporary.replace(path)
        except BaseException:
            from shutil import rmtree  # noqa: PLC0415  (slow to load, seldom needed)

            rmtree(temporary, ignore_errors=True)
            raise


def _beside(path: Path) -> Path:
    """Return a name in the same folder that nothing has yet."""
    # `tempfile` would do it too, with all of `random` and `shutil` behind it.
    return path.with_name(f".{path.name}.{os.urandom(8).hex()}")


@contextmanager
def _complaining(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        raise QuizError(f"cannot write {path}: {reason}.") from None
