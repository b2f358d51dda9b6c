"""Write files so that nothing half-written ever stands under the final name."""

from __future__ import annotations

import os
import tempfile
from contextlib import contextmanager
from pathlib import Path
from shutil import rmtree
from typing import TYPE_CHECKING

from grader.errors import QuizError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

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
        descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        temporary = Path(name)
        try:
            with os.fdopen(descriptor, "wb", _BUFFER) as file:
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
        parent = path.parent
        temporary = Path(tempfile.mkdtemp(dir=parent, prefix=f".{path.name}."))
        try:
            yield temporary
            temporary.chmod(0o755)
            temporary.replace(path)
        except BaseException:
            rmtree(temporary, ignore_errors=True)
            raise


@contextmanager
def _complaining(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        raise QuizError(f"cannot write {path}: {reason}.") from None
