"""The execution files for Moodle's Virtual Programming Lab, as one zip."""

from __future__ import annotations

import base64
import io
import zipfile
from typing import TYPE_CHECKING

from grader.archive import archive
from grader.lms.course_files import closed, course_files, engine
from grader.lms.script import script

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grader.course import Course

PAYLOAD = "autograder.b64"
START = b'''\
"""Start the grader from the folder that it was unpacked to."""
import pathlib
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).parent / "engine"))
from grader.lms.vpl_run import main

sys.exit(main(sys.argv[1:], pathlib.Path(__file__).parent))
'''


def export(course: Course, names: Sequence[str] = ()) -> bytes:
    """Return the zip: the same bytes for the same course, exercises and engine.

    The grader, the suite and the solutions are one text file, since a teacher uploads
    text in the browser, and VPL knows no folders.

    Parameters
    ----------
    course : Course
        The course.
    names : sequence of str
        The exercises of this activity; all where none is named.

    Raises
    ------
    CourseError
        If there is no such exercise, or one cannot be judged.
    """
    exercises = course.select(names)
    chosen = " ".join(e.name for e in exercises) if names else ""
    files = {
        "start.py": START,
        **_unpacked_engine(),
        **course_files(course, exercises),
    }
    payload = archive(files, modes=closed(files))
    scripts = {
        f"vpl_{action}.sh": script("vpl_evaluate.sh", action=action, names=chosen)
        for action in ("run", "evaluate")
    }
    modes = dict.fromkeys(scripts, 0o755)
    return archive({**scripts, PAYLOAD: base64.encodebytes(payload)}, modes=modes)


def _unpacked_engine() -> dict[str, bytes]:
    """Return the wheel's files: nothing can be installed on an execution server."""
    (content,) = engine().values()
    with zipfile.ZipFile(io.BytesIO(content)) as wheel:
        return {f"engine/{name}": wheel.read(name) for name in wheel.namelist()}
