"""Find and read what a student handed in: bytes, never compiled or parsed here."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from grader import notebook
from grader.errors import SubmissionError

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
    from typing import Any

MAX_FILE_BYTES = 1 << 20
MAX_FILES = 200
MAX_TOTAL_BYTES = 8 << 20
TOO_MUCH = (
    f"was not read: more than {MAX_FILES} files or {MAX_TOTAL_BYTES >> 20} MB in all"
)


@dataclass(frozen=True, slots=True)
class Submission:
    """The modules of one submission.

    Parameters
    ----------
    origin : Path
        Where they were found.
    files : mapping of str to bytes
        File names such as ``stride.py``, and what they hold.
    problems : mapping of str to str
        Files that could not be taken, and why.
    taken_from : mapping of str to str
        Exercises that are taken from another file than the module of their name: from
        a notebook.
    """

    origin: Path
    files: Mapping[str, bytes]
    problems: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    taken_from: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    def __reduce__(self) -> tuple[Any, ...]:
        """Travel to another process, which a read-only view of a dict cannot."""
        views = (self.files, self.problems, self.taken_from)
        return _arrived, (self.origin, *map(dict, views))

    def file(self, exercise: str) -> str:
        """Return the name of the file that an exercise is taken from."""
        return self.taken_from.get(exercise, f"{exercise}.py")

    def module(self, exercise: str) -> str:
        """Return the name by which a worker loads an exercise."""
        return self.file(exercise).removesuffix(".py")


def _arrived(origin: Path, *found: dict[str, Any]) -> Submission:
    return Submission(origin, *map(MappingProxyType, found))


def read(folder: Path, exercises: Sequence[str] = ()) -> Submission:
    """Read the Python files of a folder, and its notebooks where they are wanted.

    Only regular files count: a link could point at a solution, and a pipe would
    never end. A file that cannot be taken is a problem of that file alone.

    An exercise is taken from its module, such as ``stride.py``; where there is none,
    from the notebook of its name, ``stride.ipynb``; where there is none either, from
    the one notebook that is named after no exercise. A notebook that is named itself
    holds every exercise, and may import the modules beside it.

    Parameters
    ----------
    folder : Path
        The folder with the student's modules, or a notebook.
    exercises : sequence of str
        What may be taken from notebooks; without them, none is read.

    Raises
    ------
    SubmissionError
        If the folder is missing, is no folder, or cannot be listed.
    """
    if exercises and folder.suffix == notebook.SUFFIX and not folder.is_dir():
        if not folder.exists():
            raise SubmissionError(f"{folder}: there is no such notebook.")
        return _one_notebook(folder, exercises)
    try:
        names = _names(folder)
    except FileNotFoundError:
        raise SubmissionError(
            f"{folder}: there is no such folder. Name it with --in DIR."
        ) from None
    except NotADirectoryError:
        raise SubmissionError(
            f"{folder}: is not a folder. --in takes the folder with your modules."
        ) from None
    except OSError as error:
        raise SubmissionError(f"{folder}: cannot be read: {error.strerror}") from None
    modules = [name for name in names if name.endswith(".py")]
    sources, unclear = sources_of(names, exercises)
    alone = f", or grade it alone: --in {folder}/NOTEBOOK"
    unclear = {name: f"{problem}{alone}" for name, problem in unclear.items()}
    found = _collect(folder, [*modules, *sorted(set(sources.values()))])
    problems = MappingProxyType({**found.problems, **unclear})
    return replace(found, problems=problems, taken_from=MappingProxyType(sources))


def sources_of(
    names: Collection[str], exercises: Iterable[str]
) -> tuple[dict[str, str], dict[str, str]]:
    """Return the notebooks of exercises without a module, and what is unclear.

    Parameters
    ----------
    names : collection of str
        The names of all files.
    exercises : iterable of str
        What is wanted.

    Returns
    -------
    dict of str to str
        The notebook of each exercise that is taken from one.
    dict of str to str
        File names of exercises that could be in several, and what is wrong with that.
    """
    named = {f"{exercise}{notebook.SUFFIX}": exercise for exercise in exercises}
    others = [n for n in names if n.endswith(notebook.SUFFIX) and n not in named]
    sources: dict[str, str] = {}
    unclear: dict[str, str] = {}
    for name, exercise in named.items():
        if f"{exercise}.py" in names:
            continue
        if name in names:
            sources[exercise] = name
        elif len(others) == 1:
            sources[exercise] = others[0]
        elif others:
            unclear[f"{exercise}.py"] = _unclear(others, name)
    return sources, unclear


def _names(folder: Path) -> list[str]:
    names = os.listdir(folder)  # noqa: PTH208  (bytes-safe names only)
    endings = (".py", notebook.SUFFIX)
    return sorted(n for n in names if n.endswith(endings) and not n.startswith("."))


def passed_over(folder: Path, found: Submission) -> list[str]:
    """Return the notebooks of a folder from which nothing was taken.

    Parameters
    ----------
    folder : Path
        The folder.
    found : Submission
        What was read of it.
    """
    try:
        names = [n for n in _names(folder) if n.endswith(notebook.SUFFIX)]
    except OSError:
        return []
    return [n for n in names if n not in found.files and n not in found.problems]


def _one_notebook(path: Path, exercises: Sequence[str]) -> Submission:
    try:
        beside = [name for name in _names(path.parent) if name.endswith(".py")]
    except OSError:
        beside = []  # it may be alone
    found = _collect(path.parent, [path.name, *beside])
    return replace(
        found,
        origin=path,
        taken_from=MappingProxyType(dict.fromkeys(exercises, path.name)),
    )


def _collect(folder: Path, names: Iterable[str]) -> Submission:
    return collect(
        folder, ((name, partial(_content_of, folder / name)) for name in names)
    )


def _content_of(path: Path) -> bytes:
    if path.suffix != notebook.SUFFIX:
        return read_file(path)
    # One byte more, so that too large a notebook is told what makes it large.
    return notebook.read(read_file(path, notebook.MAX_BYTES + 1), path.name)


def _unclear(notebooks: Sequence[str], name: str) -> str:
    shown = ", ".join(notebooks[:3]) + (", …" if len(notebooks) > 3 else "")
    return (
        f"is missing, and {len(notebooks)} notebooks could hold it: {shown}. Name the "
        f"one that does {name}"
    )


def collect(
    origin: Path, readers: Iterable[tuple[str, Callable[[], bytes]]]
) -> Submission:
    """Read modules one after the other, as many as anybody writes.

    Parameters
    ----------
    origin : Path
        Where they were found.
    readers : iterable of (str, callable)
        File names, and what reads each; a `SubmissionError` of it is a problem of
        that file alone.
    """
    files: dict[str, bytes] = {}
    problems: dict[str, str] = {}
    total = 0
    for name, read_content in readers:
        if len(files) == MAX_FILES or total > MAX_TOTAL_BYTES:
            problems[name] = TOO_MUCH
            continue
        try:
            content = read_content()
        except SubmissionError as error:
            problems[name] = str(error)
            continue
        total += len(content)
        if total > MAX_TOTAL_BYTES:
            problems[name] = TOO_MUCH
            continue
        files[name] = content
    return Submission(origin, MappingProxyType(files), MappingProxyType(problems))


def read_file(path: Path | str, limit: int = MAX_FILE_BYTES) -> bytes:
    """Return what a regular file holds.

    Parameters
    ----------
    path : Path or str
        The file.
    limit : int
        How many bytes it may hold.

    Raises
    ------
    SubmissionError
        If it is no regular file, cannot be read, is larger than the limit, or is
        written to while it is read.
    """
    descriptor = _opened(path)
    try:
        return _content(descriptor, limit)
    except OSError as error:
        raise SubmissionError(f"cannot be read: {error.strerror}") from None
    finally:
        os.close(descriptor)


def _opened(path: Path | str) -> int:
    """Open a file that is no link, without waiting for whoever writes to a pipe."""
    # O_NOFOLLOW and O_NONBLOCK do not exist on Windows, where links need privileges.
    follows_no_link = getattr(os, "O_NOFOLLOW", 0)
    flags = os.O_RDONLY | follows_no_link | getattr(os, "O_NONBLOCK", 0)
    flags |= getattr(os, "O_BINARY", 0)
    if follows_no_link or not os.path.islink(path):  # noqa: PTH114  (never raises)
        try:
            return os.open(path, flags)
        except OSError as error:
            if not os.path.islink(path):  # noqa: PTH114
                raise SubmissionError(f"cannot be read: {error.strerror}") from None
    raise SubmissionError("is a link; hand in the file itself")


def too_large(limit: int) -> SubmissionError:
    """Return the refusal of a file that is larger than the limit."""
    return SubmissionError(f"is larger than {limit >> 20} MB; hand in code only")


def _content(descriptor: int, limit: int) -> bytes:
    before = os.fstat(descriptor)
    if not stat.S_ISREG(before.st_mode):
        raise SubmissionError("is not a regular file")
    if before.st_size > limit:
        raise too_large(limit)
    # One byte more would be too much: then it is being written to.
    content = os.read(descriptor, before.st_size + 1)
    while len(content) < before.st_size and (part := os.read(descriptor, limit)):
        content += part
    after = os.fstat(descriptor)
    size, written = before.st_size, before.st_mtime_ns
    if (size, size, written) != (len(content), after.st_size, after.st_mtime_ns):
        raise SubmissionError("changed while it was read; hand it in again")
    return content
