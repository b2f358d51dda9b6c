"""The feedback of all as zips that learning systems take back.

References
----------
Moodle, ``mod/assign/feedback/file/importziplib.php``: a folder's name is split at
underscores into name, participant, and the two halves of ``assignsubmission_file``.
Instructure, canvas-lms, ``generate_comments_from_files`` in the model of assignments:
a file returns by the number of the student and of the file that was handed in.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from typing import TYPE_CHECKING

from grader.archive import archive

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from grader.classroom.marks import Marks

__all__ = ["PLACES", "archive", "holds"]

_CANVAS = re.compile(r"(?P<stem>[^/\\]+?_\d+_\d+)_[^/\\]+$")


def in_moodle(each: Marks) -> str | None:
    """Return how the names of a student's files begin; None for another system's."""
    student = each.graded.student
    if not student.moodle_id.isdecimal():
        return None
    # An underscore in the name would shift what Moodle reads after it.
    name = (
        re.sub(r"[_/\\:*?\"<>|\x00-\x1f ]+", " ", student.name).strip(" .") or "student"
    )
    return f"{name}_{student.moodle_id}_assignsubmission_file_/"


def in_canvas(each: Marks) -> str | None:
    """Return how the names begin that Canvas knows; None where the hand-in's is not."""
    known = _CANVAS.search(each.graded.origin)
    if known is None or not each.graded.student.canvas_id:
        return None
    stem = known["stem"]
    return f"{stem}_" if f"_{each.graded.student.canvas_id}_" in stem else None


PLACES: Mapping[str, Callable[[Marks], str | None]] = {
    "moodle-feedback.zip": in_moodle,
    "canvas-feedback.zip": in_canvas,
}
"""The zips, and where in them the files of a student lie."""


def holds(path: Path, files: Mapping[str, bytes]) -> bool:
    """Tell whether a zip holds exactly these files, by what it says of them itself."""
    try:
        with zipfile.ZipFile(path) as packed:
            held = [(i.filename, i.file_size, i.CRC) for i in packed.infolist()]
    except (OSError, zipfile.BadZipFile):
        return False
    return held == [(n, len(files[n]), zlib.crc32(files[n])) for n in sorted(files)]
