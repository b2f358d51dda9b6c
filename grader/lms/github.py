"""A GitHub Classroom template: the students' zip and the workflow that grades it."""

from __future__ import annotations

import hashlib
import io
import zipfile
import zlib
from typing import TYPE_CHECKING

from grader.archive import archive
from grader.checks.sealed import FOLDER
from grader.checks.sealfile import SUFFIX
from grader.course import FILE_NAME
from grader.errors import CourseError
from grader.lms.script import script

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from grader.course import Course

WORKFLOW = ".github/workflows/classroom.yml"
_INDENT = " " * 10


def export(course: Course, names: Sequence[str], release: Path) -> bytes:
    """Return the template as a zip: the same bytes for the same release.

    The suite in it is sealed, so that the repository may be read by its students. The
    workflow names the digest of everything that grades, and refuses what was changed.

    Parameters
    ----------
    course : Course
        The course.
    names : sequence of str
        The exercises of this assignment; all where none is named.
    release : Path
        The students' zip, as ``course release`` wrote it.

    Raises
    ------
    CourseError
        If there is no such exercise, or the zip is not one of this course.
    """
    exercises = course.select(names)
    chosen = "".join(f" {e.name}" for e in exercises) if names else ""
    files = _released(release)
    wheels = [name for name in files if name.endswith(".whl") and "/" not in name]
    sealed = [f"{FOLDER}/{e.name}{SUFFIX}" for e in exercises]
    missing = [name for name in (FILE_NAME, *sealed) if name not in files]
    if len(wheels) != 1 or missing:
        what = missing[0] if missing else "the grader's wheel"
        raise _unsuitable(release, f"holds no {what}")
    graders = sorted(
        name
        for name in files
        if name in (FILE_NAME, *wheels) or name.startswith(f"{FOLDER}/")
    )
    workflow = script(
        "github.yml", digests=_digests(files, graders), wheel=wheels[0], names=chosen
    )
    return archive({**files, WORKFLOW: workflow})


def _released(release: Path) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(release.read_bytes())) as packed:
            return {
                name: packed.read(name)
                for name in packed.namelist()
                if not name.endswith("/")
            }
    except OSError as error:
        raise _unsuitable(release, f"cannot be read: {error.strerror}") from None
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError):
        raise _unsuitable(release, "is no zip, or a damaged one") from None


def _digests(files: Mapping[str, bytes], names: Sequence[str]) -> str:
    lines = [f"{hashlib.sha256(files[name]).hexdigest()}  {name}" for name in names]
    return f"\n{_INDENT}".join(lines)


def _unsuitable(release: Path, problem: str) -> CourseError:
    return CourseError(
        problem, file=release, remedy="Write it with `course release --out FILE`."
    )
