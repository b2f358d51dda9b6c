"""The sealed suite: judges by digests, and names misconceptions, without answers."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from grader.checks import digest, sealfile
from grader.checks.canonical import canonical, whole
from grader.checks.compare import Mismatch, compare
from grader.checks.form import stand_in
from grader.checks.sealed_parts import MALFORMED, SealedParts
from grader.checks.sealfile import place
from grader.errors import CourseError
from grader.reply import Raised, Returned

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from grader.checks.case import Answer, Case
    from grader.checks.check import Call, Check
    from grader.checks.sealfile import SealedFile
    from grader.checks.working import Working
    from grader.course import Course
    from grader.verdict import Mode

FOLDER = "sealed"


class SealedExercise:
    """One exercise, judged by digests.

    It belongs to one submission: calls that share a digest are judged with the last
    of them, by what the others answered, and beliefs by the answers to all calls.

    Parameters
    ----------
    parts : SealedParts
        What the file holds.
    """

    def __init__(self, parts: SealedParts) -> None:
        self._parts = parts
        self._heard: dict[Case, Answer] = {}
        self._unfit: set[int] = set()
        self._answered: dict[int, list[bytes]] = {}
        self._held: dict[int, frozenset[tuple[str, ...]]] = {}

    @property
    def name(self) -> str:
        """The module that students write."""
        return self._parts.file.exercise

    @property
    def checks(self) -> Sequence[Check]:
        """The checks in their order."""
        return self._parts.checks

    def cases(self, check: Check) -> tuple[Case, ...]:
        """Return the calls of a check."""
        return self._parts.cases[check.name]

    def expected(self, case: Case) -> Returned | Raised | None:
        """Return the right answer to a public call; None for a hidden one."""
        return self._parts.expected(case)

    def mismatch(self, case: Case, answer: Answer) -> Mismatch | None:
        """Return the first difference from the right answer, or None.

        Of calls that share a digest the last one tells, for all of them.
        """
        self._heard[case] = answer
        right = self.expected(case)
        if right is not None:
            return compare(right, answer, case.call)
        record = self._parts.records[case]
        group = record["group"]
        found = compare(self._stand_in(record["form"], case, answer), answer, case.call)
        if found is not None:
            self._unfit.add(group)
            return found
        members = self._parts.members[group]
        if case is not members[-1] or self._says_nothing(group):
            return None
        return _wrong(record["form"], case.call, together=len(members) > 1)

    def beliefs(self, function: str) -> Iterator[tuple[str, ...]]:
        """Yield the misconceptions known for a function: singles, then pairs."""
        for cases, bundle in zip(self._parts.bundles, self._parts.beliefs, strict=True):
            if cases[0].call.function == function:
                yield from bundle.names
                return

    def explains(self, ids: tuple[str, ...], case: Case, answer: Answer) -> bool:
        """Tell whether a student with these beliefs would answer this.

        The calls of a function are explained together or not at all.
        """
        number = self._parts.bundle[case]
        if number not in self._held:
            if any(c not in self._heard for c in self._parts.bundles[number]):
                return False
            bundle = self._parts.beliefs[number]
            self._held[number] = bundle.holding(self._tags(number))
        return ids in self._held[number]

    def possible(
        self, beliefs: Sequence[tuple[str, ...]], case: Case, answer: Answer
    ) -> Sequence[tuple[str, ...]]:
        """Return them all: to ask a digest is as cheap as to know."""
        return beliefs

    def asked(self, case: Case) -> int:
        """Return 0: nobody's answer is known."""
        return 0

    def late(self, case: Case) -> Mismatch | None:
        """Return what only the answers to all calls say of one, or None.

        Where some answers of a group have a wrong form, its digest does not tell
        whether others are wrong too; who holds a known belief is known to err there.
        """
        record = self._parts.records[case]
        group, number = record["group"], self._parts.bundle[case]
        if group not in self._unfit or case is not self._parts.members[group][-1]:
            return None
        if any(c not in self._heard for c in self._parts.bundles[number]):
            return None
        if not self._parts.beliefs[number].values_first(group, self._tags(number)):
            return None
        return _wrong(record["form"], case.call, together=True)

    def working(self, case: Case, mismatch: Mismatch) -> Working | None:
        """Return how the first wrong cell comes about, where the file tells."""
        if mismatch.index is None:
            return None
        stored = self._parts.working(case, place(mismatch.index, mismatch.part))
        if stored is None:
            return None
        from grader.checks.stored_working import from_record  # noqa: PLC0415

        try:
            found = from_record(stored)
            found.lines()
        except MALFORMED:
            raise sealfile.damaged(self._parts.file.origin) from None
        return found

    def signature(self, function: str) -> str:
        """Return the parameters that the function must take, as in ``(x, pad)``."""
        return self._parts.signatures[function]

    def axes(self, function: str) -> Mapping[str, tuple[str, ...]]:
        """Return the names of the axes of its arguments and results, where known."""
        return self._parts.axes.get(function, {})

    def _says_nothing(self, group: int) -> bool:
        """Tell whether nothing is to be said of a group but what was said already."""
        if any(member not in self._heard for member in self._parts.members[group]):
            return True  # a call that never came back is news enough
        if group in self._unfit:
            return True  # more is known when all calls are answered: see `late`
        parts = self._parts
        made = self._secret(parts.members[group], group, slow=parts.slow[group])
        return made is not None and digest.right(made).hex() == parts.right[group]

    def _stand_in(self, form: Any, case: Case, answer: Answer) -> Returned | Raised:
        if isinstance(form, dict) and "raises" in form:
            return Raised(form["raises"], (form["raises"],), "", ())
        got = answer.value if isinstance(answer, Returned) else None
        if case.call.part is None:
            return Returned(stand_in(form, got))
        # Only one part is compared; what stands in for the others does not matter.
        index = case.call.part[0]
        fits = isinstance(got, (tuple, list)) and len(got) == len(form)
        part = got[index] if fits else None  # type: ignore[index]
        parts = (stand_in(f, part if k == index else None) for k, f in enumerate(form))
        return Returned(tuple(parts))

    def _secret(
        self, cases: Sequence[Case], number: int, *, slow: bool
    ) -> bytes | None:
        """Return what these answers hash to; None where one equals no other."""
        parts = self._parts
        texts = [
            canonical(
                self._heard[case],
                case.call,
                parts.records[case]["scale"],
                parts.exceptions,
            )
            for case in cases
        ]
        known = [text for text in texts if text is not None]
        if len(known) < len(texts):
            return None
        return digest.secret(known, parts.salt, number, slow=slow)

    def _tags(self, number: int) -> list[bytes]:
        """Return the digests of misconceptions that answer a bundle like this."""
        if number not in self._answered:
            cases = self._parts.bundles[number]
            beyond = len(self._parts.slow) + number
            made = self._secret(cases, beyond, slow=True)
            flags = [whole(self._heard[case], case.call) for case in cases]
            self._answered[number] = [
                digest.tag(made, kind)
                for kind in self._parts.beliefs[number].kinds
                if made is not None and _fits(flags, kind)
            ]
        return self._answered[number]


def _fits(whole: Sequence[bool], kind: str) -> bool:
    """Tell whether answers are whole where only whole ones are taken."""
    return all(is_so or bit == "0" for is_so, bit in zip(whole, kind, strict=True))


class SealedSuite:
    """The sealed suite of a course.

    Parameters
    ----------
    course : Course
        The course, in the students' edition.

    Raises
    ------
    CourseError
        If the files do not fit the course, or each other.
    """

    mode: Mode = "sealed"

    def __init__(self, course: Course) -> None:
        self._course = course
        self._parts: dict[str, SealedParts] = {}
        first = self._file(course.exercises[0].name)
        self.seed = first.seed
        self._release = first.release

    def exercise(self, name: str) -> SealedExercise:
        """Return the suite of one exercise, for one submission.

        Raises
        ------
        CourseError
            If its file is not sound, or of another release.
        """
        if name not in self._parts:
            self._parts[name] = SealedParts(self._file(name))
        return SealedExercise(self._parts[name])

    def _file(self, name: str) -> SealedFile:
        path = folder(self._course) / f"{name}{sealfile.SUFFIX}"
        file = sealfile.read(path)
        if file.exercise != name or file.course != course_digest(self._course):
            raise CourseError(
                "does not belong to this course.yml",
                file=path,
                remedy=sealfile.UNPACK,
            )
        if getattr(self, "_release", file.release) != file.release:
            raise CourseError(
                "is of another release than the other exercises",
                file=path,
                remedy=sealfile.UNPACK,
            )
        return file


def folder(course: Course) -> Path:
    """Return the folder of the sealed suite."""
    return course.root / FOLDER


def course_digest(course: Course) -> str:
    """Return a digest of what a suite must agree on with ``course.yml``."""
    facts = [[e.name, float(e.points), list(e.needs)] for e in course.exercises]
    text = json.dumps([course.title, facts])
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


def _wrong(form: Any, call: Call, *, together: bool) -> Mismatch:
    """Return the mismatch of answers of which only the values are wrong."""
    problem = "the value is not the right one"
    if call.part is not None and isinstance(form, list):
        form = form[call.part[0]]
    if isinstance(form, dict):
        name = "out" if call.part is None else call.part[1]
        problem = f"{name}: right shape, wrong values"
    elif isinstance(form, list):
        problem = "out: right shapes, wrong values"
    return Mismatch("value", problem, problem, together=together)
