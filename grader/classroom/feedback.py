"""What goes back to each student: a folder each, and zips that learning systems take.

``feedback/<student>/`` holds ``report.html`` and ``report.json``, as `grade` would
write them, and ``marks.txt`` with the points after the course's rules. Files of
students who are no longer in the class are taken away, since somebody could return
them; whatever else lies in a folder is not ours and stays.

References
----------
Moodle, ``mod/assign/feedback/file/importziplib.php``: a folder's name is split at
underscores into name, participant, and the two halves of ``assignsubmission_file``.
Instructure, canvas-lms, ``generate_comments_from_files`` in the model of assignments:
a file returns by the number of the student and of the file that was handed in.
"""

from __future__ import annotations

import contextlib
import hashlib
import re
import unicodedata
from collections import Counter
from typing import TYPE_CHECKING

from grader.archive import archive
from grader.classroom.marks import show
from grader.errors import GraderError
from grader.files import make_folder, write_whole
from grader.report import html, json

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from grader.classroom.marks import Marks

NAMES = ("report.html", "report.json", "marks.txt")
ZIPS = ("moodle-feedback.zip", "canvas-feedback.zip")
_LONGEST = 60
# Names that Windows keeps for devices, whatever follows the dot.
_DEVICES = {"con", "prn", "aux", "nul"} | {
    f"{name}{n}" for name in ("com", "lpt") for n in range(10)
}
_MARKED = re.compile(r"-[0-9a-f]{8}$", re.IGNORECASE)
_CANVAS = re.compile(r"(?P<stem>[^/\\]+?_\d+_\d+)_[^/\\]+$")


def folders(ids: Sequence[str]) -> dict[str, str]:
    """Return a folder's name for each student: safe on every system, and unique.

    Parameters
    ----------
    ids : sequence of str
        The students' ids, each once.

    Examples
    --------
    >>> folders(["ada", "../etc", "nul"])
    {'ada': 'ada', '../etc': 'etc-f7f9121f', 'nul': 'student-nul-99e62427'}
    """
    plain = {name: _plain(name) for name in ids}
    taken = Counter(folder.casefold() for folder in plain.values())
    return {
        name: folder if folder == name and _free(folder, taken) else _marked(name)
        for name, folder in plain.items()
    }


def _free(folder: str, taken: Mapping[str, int]) -> bool:
    """Tell whether a name can stand as it is: nobody's else, and never a marked one."""
    return taken[folder.casefold()] == 1 and not _MARKED.search(folder)


def _marked(name: str) -> str:
    digest = hashlib.sha256(name.encode("utf-8", "backslashreplace")).hexdigest()
    return f"{_plain(name)}-{digest[:8]}"


def _plain(name: str) -> str:
    ascii_only = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    kept = re.sub(r"[^A-Za-z0-9._-]+", "-", ascii_only).strip(".-_ ")[:_LONGEST]
    kept = kept.rstrip(".-_") or "student"
    return f"student-{kept}" if kept.split(".")[0].casefold() in _DEVICES else kept


def files_of(each: Marks) -> dict[str, bytes]:
    """Return the files of one student by name; no report where nothing was judged."""
    made = {"marks.txt": marks_text(each)}
    if each.graded.report is not None:
        made["report.html"] = html.render(each.graded.report)
        made["report.json"] = json.render(each.graded.report)
    # A name may hold half a character, from a file system that knows no encoding.
    return {name: text.encode("utf-8", "replace") for name, text in made.items()}


def marks_text(each: Marks) -> str:
    """Return the points of one student as they read them."""
    graded = each.graded
    lines = [" ".join(graded.student.name.split()), ""]
    if each.status == "refused":
        problem = graded.problem or "no reason is known"
        lines.append(f"Your hand-in could not be taken: {problem}.")
        lines.append("It has no points yet. Please ask your instructor.")
        return "\n".join(lines) + "\n"
    if each.status == "failed":
        lines += ["The grader itself failed on a part of your hand-in.", ""]
    width = max(len(mark.exercise) for mark in each.marks)
    for mark in each.marks:
        points = "no points yet" if mark.points is None else show(mark.points)
        line = f"{mark.exercise:{width}}  {points} of {show(mark.max_points)}"
        if mark.days_late and mark.earned:
            days = "1 day" if mark.days_late == 1 else f"{mark.days_late} days"
            line += f"  ({show(mark.earned)} before being late by {days} begun)"
        lines.append(line + ("  (left out)" if mark.left_out else ""))
    total = "no total yet" if each.total is None else show(each.total)
    lines += ["", f"{'total':{width}}  {total} of {show(each.max_points)}"]
    if any(mark.left_out for mark in each.marks):
        lines.append("What is left out does not count; the rest stands for it.")
    return "\n".join(lines) + "\n"


def write(found: Sequence[Marks], out: Path) -> tuple[dict[str, str], tuple[str, ...]]:
    """Write the folder ``feedback`` and the zips.

    Parameters
    ----------
    found : sequence of Marks
        The class.
    out : Path
        The folder to write into.

    Returns
    -------
    links : dict of str to str
        By the student's id, the page to open, as seen from `out`.
    notes : tuple of str
        What the instructor should know.

    Raises
    ------
    GraderError
        If a file cannot be written.
    """
    names = folders([each.graded.student.id for each in found])
    top = out / "feedback"
    links, moodle, canvas = {}, {}, {}
    for each in found:
        student = each.graded.student
        made = files_of(each)
        _write_folder(top / names[student.id], made)
        first = next(name for name in NAMES if name in made)
        links[student.id] = f"feedback/{names[student.id]}/{first}"
        moodle.update(_moodle(each, made))
        canvas.update(_canvas(each, made))
    notes = _clean(top, set(names.values()))
    for name, files in zip(ZIPS, (moodle, canvas), strict=True):
        put(out / name, archive(files) if files else b"")
    return links, notes


def put(path: Path, content: bytes) -> bool:
    """Write a file, or take away an old one where there is nothing to write."""
    if content:
        write_whole(path, content)
        return True
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise GraderError(f"{path}: cannot be taken away: {error.strerror}") from None
    return False


def _write_folder(folder: Path, made: Mapping[str, bytes]) -> None:
    make_folder(folder)
    for name in NAMES:
        put(folder / name, made.get(name, b""))


def _moodle(each: Marks, made: Mapping[str, bytes]) -> dict[str, bytes]:
    student = each.graded.student
    if not student.moodle_id.isdecimal():
        return {}
    # An underscore in the name would shift what Moodle reads after it.
    name = (
        re.sub(r"[_/\\:*?\"<>|\x00-\x1f ]+", " ", student.name).strip(" .") or "student"
    )
    folder = f"{name}_{student.moodle_id}_assignsubmission_file_"
    return {f"{folder}/{file}": content for file, content in made.items()}


def _canvas(each: Marks, made: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return files by names that Canvas knows; none where the hand-in's is another."""
    known = _CANVAS.search(each.graded.origin)
    if known is None or not each.graded.student.canvas_id:
        return {}
    stem = known["stem"]
    if f"_{each.graded.student.canvas_id}_" not in stem:
        return {}
    return {f"{stem}_{file}": content for file, content in made.items()}


def _clean(top: Path, current: set[str]) -> tuple[str, ...]:
    """Take away our files of students who are no longer in the class."""
    gone = 0
    for folder in sorted(top.iterdir()) if top.is_dir() else ():
        ours = [folder / name for name in NAMES if (folder / name).is_file()]
        if folder.name in current or folder.is_symlink() or not ours:
            continue
        gone += 1
        for path in ours:
            put(path, b"")
        with contextlib.suppress(OSError):
            folder.rmdir()
    if not gone:
        return ()
    students = "1 student" if gone == 1 else f"{gone} students"
    return (f"took away the feedback of {students} no longer in the class",)
