"""Files that are alike: a hint to look at, never a verdict.

What everyone starts from (the skeleton), what there is to reach (the solution), and
what many in the class write alike is taken out first. What is left and still shared
by two students is worth a look: they may have worked together, had the same source,
or thought the same.

References
----------
S. Schleimer, D. Wilkerson, A. Aiken, "Winnowing: local algorithms for document
fingerprinting", SIGMOD (2003): the fingerprints, here by the package copydetect.
"""

from __future__ import annotations

import io
from collections import Counter, defaultdict
from dataclasses import dataclass
from importlib import import_module
from itertools import combinations
from typing import TYPE_CHECKING, Any

from grader.classroom.similar_texts import given, texts
from grader.errors import GraderError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from grader.classroom.similar_texts import Text
    from grader.course import Course

NOISE = 25  # a passage shorter than so many characters, without names, says nothing
WINDOW = 12
ENOUGH = 8  # fingerprints of its own that a file needs to be compared at all
ALIKE = 0.7  # the share of fingerprints from which two files are worth a look
COMMON = 0.1  # what more than so many of the class write is nobody's own
MOST = 60
MOST_BYTES = 100_000  # of one file: longer ones are no homework


@dataclass(frozen=True, slots=True)
class Alike:
    """Students with files that are alike.

    Parameters
    ----------
    students : tuple of str
        Their ids: two, or all who handed in one and the same file.
    files : tuple of str
        The files, or the exercises in a notebook, the most alike first.
    score : float
        How much of what is their own in the first file they share, from 0 to 1.
    identical : bool
        Whether the first file is the same for all, byte for byte.
    """

    students: tuple[str, ...]
    files: tuple[str, ...]
    score: float
    identical: bool


@dataclass(frozen=True, slots=True)
class Similar:
    """All that is worth a look.

    Parameters
    ----------
    groups : tuple of Alike
        The most alike first.
    left_out : int
        How many further groups there are.
    compared : int
        How many files had enough of their own to be compared.
    """

    groups: tuple[Alike, ...]
    left_out: int = 0
    compared: int = 0


@dataclass(frozen=True, slots=True)
class _Print:
    """What is its own in one text, who handed it in, and what it is called."""

    students: tuple[str, ...]
    marks: frozenset[int]
    name: str


def similar(course: Course, files: Mapping[str, Mapping[str, bytes]]) -> Similar:
    """Compare what students handed in, exercise by exercise.

    Parameters
    ----------
    course : Course
        Its skeletons and solutions are taken out.
    files : mapping of str to mapping of str to bytes
        By the student's id, then by the file's name.

    Raises
    ------
    GraderError
        If the package that finds fingerprints is missing.
    """
    need()
    found: dict[tuple[str, ...], list[tuple[float, bool, str]]] = defaultdict(list)
    compared = 0
    for exercise in course.exercises:
        common = given(course, exercise)
        known = frozenset[int]().union(*map(_marks, common))
        prints = _prints(texts(exercise, files, common), known)
        compared += sum(len(each.students) for each in prints)
        for each in prints:
            if len(each.students) > 1:
                found[each.students].append((1.0, True, each.name))
        for first, second, score in _alike(prints):
            students = tuple(sorted((first.students[0], second.students[0])))
            name = max(
                first.name, second.name, key=len
            )  # that of a notebook, if one is
            found[students].append((score, False, name))
    groups = [_group(students, shared) for students, shared in found.items()]
    groups.sort(key=lambda g: (-g.score, not g.identical, -len(g.files), g.students))
    left_out = max(0, len(groups) - MOST)
    return Similar(tuple(groups[:MOST]), left_out, compared)


def need() -> None:
    """Complain kindly where the package is missing.

    Raises
    ------
    GraderError
        With the command that installs it.
    """
    try:
        import_module("copydetect")
    except ImportError:
        raise GraderError(
            "finding similar submissions needs copydetect. Run: pip install copydetect"
        ) from None


def _marks(content: bytes) -> frozenset[int]:
    """Return the fingerprints of a source: of its structure, not of its names."""
    text = content[:MOST_BYTES].decode("utf-8", "replace").replace("\x00", " ")
    maker: Any = import_module("copydetect").CodeFingerprint
    made = maker("x.py", NOISE, WINDOW, fp=io.StringIO(text), language="python")
    return frozenset(int(mark) for mark in made.hashes)


def _prints(written: Mapping[str, Text], known: frozenset[int]) -> list[_Print]:
    """Return what is its own in each text; a text that several share, once."""
    holders: dict[bytes, list[str]] = defaultdict(list)
    for student in sorted(written):
        content = written[student].content
        if len(content) <= MOST_BYTES:
            holders[content.replace(b"\r\n", b"\n").strip()].append(student)
    made = {content: _marks(content) - known for content in holders}
    count = Counter(mark for marks in made.values() for mark in marks)
    many = max(3, COMMON * len(made))
    common = frozenset(mark for mark, times in count.items() if times > many)
    own = (
        _Print(tuple(holders[c]), marks - common, written[holders[c][0]].name)
        for c, marks in made.items()
    )
    return [each for each in own if len(each.marks) >= ENOUGH]


def _alike(prints: Sequence[_Print]) -> list[tuple[_Print, _Print, float]]:
    """Return the pairs that share enough, by way of what they share."""
    holders: dict[int, list[int]] = defaultdict(list)
    for place, each in enumerate(prints):
        for mark in each.marks:
            holders[mark].append(place)
    shared: Counter[tuple[int, int]] = Counter()
    for places in holders.values():
        shared.update(combinations(places, 2))
    found = []
    for (a, b), count in shared.items():
        first, second = prints[a], prints[b]
        score = count / max(len(first.marks), len(second.marks))
        if score >= ALIKE:
            found.append((first, second, score))
    return found


def _group(
    students: tuple[str, ...], shared: Sequence[tuple[float, bool, str]]
) -> Alike:
    ordered = sorted(shared, key=lambda each: (-each[0], not each[1], each[2]))
    score, identical, _ = ordered[0]
    return Alike(students, tuple(name for _, _, name in ordered), score, identical)
