"""What goes back to each student: a folder each, and zips of them all.

``feedback/<student>/`` holds ``report.html`` and ``report.json``, as `grade` would
write them, and ``marks.txt`` with the points after the course's rules, of which the
page tells too where they change something. What is there already is not written again:
a page ends with a digest of all that it was made from. Files of students who are no
longer in the class are taken away, since somebody could return them; whatever else lies
in a folder is not ours and stays.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import unicodedata
from collections import Counter
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import grader
from grader.classroom import feedback_zips as zips
from grader.classroom.feedback_marks import after_rules, marks_text
from grader.classroom.keys import engine
from grader.errors import GraderError
from grader.files import make_folder, write_folder, write_whole
from grader.report.html_nodes import written

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from grader.classroom.marks import Marks

NAMES = ("report.html", "report.json", "marks.txt")
_LONGEST = 60
# Names that Windows keeps for devices, whatever follows the dot.
_DEVICES = {"con", "prn", "aux", "nul"} | {
    f"{name}{n}" for name in ("com", "lpt") for n in range(10)
}
_MARKED = re.compile(r"-[0-9a-f]{8}$", re.IGNORECASE)
_UNFINISHED = re.compile(rf"\.({'|'.join(map(re.escape, NAMES))})\..{{8}}")
_DRAFT = re.compile(r"\..+\.[0-9a-f]{8}")  # of a folder; no student's begins with a dot
_DRAWN_BY = ("report", "classroom")  # what makes the pages, beside the judge


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


class Feedback:
    """The folder ``feedback`` of a class, written student by student.

    Parameters
    ----------
    out : Path
        The folder of the class.
    students : sequence of str
        The ids of the whole class: the names of the folders depend on all of them.
    """

    def __init__(self, out: Path, students: Sequence[str]) -> None:
        from grader.classroom.feedback_parts import Parts  # noqa: PLC0415  (an extra)

        self._top = out / "feedback"
        self._names = folders(students)
        self._parts = Parts()
        self._written: dict[str, bytes] = {}
        self._begun = False

    def put(self, each: Marks) -> bytes:
        """Write the files of one student, but for those that are there already.

        What this has put before is taken to be there still.

        Returns
        -------
        bytes
            A digest of all that the files are made from.

        Raises
        ------
        GraderError
            If a file cannot be written.
        """
        report, said, stamp = each.graded.report, marks_text(each), ""
        note = after_rules(each)
        if report is not None:
            facts = written(note) if note is not None else "", _drawing()
            stamp = f"<!-- made from {self._parts.digest(report, *facts)} -->\n"
        student = each.graded.student.id
        made_from = f"{said}{stamp}".encode("utf-8", "backslashreplace")
        digest = hashlib.blake2b(made_from, digest_size=20).digest()
        if self._written.get(student) == digest:
            return digest
        folder = self._folder(each)
        new = self._is_new(folder)
        # A name may hold half a character, from a file system that knows no encoding.
        files = {"marks.txt": said.encode("utf-8", "replace")}
        if report is not None:
            files["report.json"] = self._parts.data(report)
            if new or not _ends_with(folder / "report.html", stamp.encode()):
                files["report.html"] = self._parts.page(report, note) + stamp.encode()
        if new:
            write_folder(folder, files)
        else:
            for name, content in files.items():
                _renew(folder / name, content)
            if report is None:
                put(folder / "report.json", b"")
                put(folder / "report.html", b"")
        self._written[student] = digest
        return digest

    def take(self, student: str, digest: bytes) -> None:
        """Take the files of a student as written, by another process, from this."""
        self._written[student] = digest

    def is_of(self, students: Sequence[str]) -> bool:
        """Tell whether this is the folder of just these students."""
        return self._names.keys() == set(students)

    def link(self, each: Marks) -> str:
        """Return the page to open for a student, as seen from the class's folder."""
        first = "marks.txt" if each.graded.report is None else NAMES[0]
        return f"feedback/{self._names[each.graded.student.id]}/{first}"

    def files(self, each: Marks) -> dict[str, bytes]:
        """Return the files of a student by name, as they were written."""
        try:
            folder = self._folder(each)
            paths = [folder / name for name in NAMES]
            return {path.name: path.read_bytes() for path in paths if path.exists()}
        except OSError as error:
            raise GraderError(f"{folder}: cannot be read: {error.strerror}.") from None

    def clean(self) -> tuple[str, ...]:
        """Take away our files of students who are no longer in the class.

        What a run that was killed had not finished writing goes as well.
        """
        gone, current = 0, set(self._names.values())
        for folder in sorted(self._top.iterdir()) if self._top.is_dir() else ():
            if folder.is_symlink() or not folder.is_dir():
                continue
            listed = list(folder.iterdir())
            for path in listed:
                if _UNFINISHED.fullmatch(path.name):
                    put(path, b"")
            ours = [path for path in listed if path.name in NAMES and path.is_file()]
            draft = _DRAFT.fullmatch(folder.name) is not None
            if folder.name in current or not (ours or draft):
                continue
            gone += not draft
            for path in ours:
                put(path, b"")
            with contextlib.suppress(OSError):
                folder.rmdir()
        if not gone:
            return ()
        students = "1 student" if gone == 1 else f"{gone} students"
        return (f"took away the feedback of {students} no longer in the class",)

    def _is_new(self, folder: Path) -> bool:
        """Tell whether a student's folder is to be written, where it can be."""
        if os.path.lexists(folder):
            make_folder(folder)  # complains where that is no folder
            return False
        if not self._begun:
            make_folder(self._top)
            self._begun = True
        return True

    def _folder(self, each: Marks) -> Path:
        return self._top / self._names[each.graded.student.id]


def write(
    found: Sequence[Marks], out: Path, begun: Feedback | None = None
) -> tuple[dict[str, str], tuple[str, ...]]:
    """Write the folder ``feedback`` and the zips.

    Parameters
    ----------
    found : sequence of Marks
        The class.
    out : Path
        The folder to write into.
    begun : Feedback, optional
        What has been written of it by this process, for the same students.

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
    students = [each.graded.student.id for each in found]
    made = (
        begun
        if begun is not None and begun.is_of(students)
        else Feedback(out, students)
    )
    for each in found:
        made.put(each)
    for name, place in zips.PLACES.items():
        packed: dict[str, bytes] = {}
        for each in found:
            where = place(each)
            if where is not None:
                files = made.files(each)
                packed.update({where + file: text for file, text in files.items()})
        if not packed or not zips.holds(out / name, packed):
            put(out / name, zips.archive(packed) if packed else b"")
    return {each.graded.student.id: made.link(each) for each in found}, made.clean()


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


def _renew(path: Path, content: bytes) -> None:
    """Write a file that does not hold this already."""
    try:
        if path.read_bytes() == content:
            return
    except OSError:  # it is not there, or whatever is there gives way
        pass
    write_whole(path, content)


def _ends_with(path: Path, stamp: bytes) -> bool:
    try:
        with path.open("rb") as file:
            file.seek(-len(stamp), os.SEEK_END)
            return file.read() == stamp
    except OSError:  # it is not there, or shorter than that
        return False


@cache
def _drawing() -> str:
    """Return a digest of what makes a page of a report."""
    found = hashlib.sha256(engine().encode())
    package = Path(grader.__file__).parent
    for part in _DRAWN_BY:
        for path in sorted((package / part).rglob("*")):
            if path.suffix in {".py", ".css"}:
                found.update(path.read_bytes())
    return found.hexdigest()
