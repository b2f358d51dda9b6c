"""Seal an exercise: hidden inputs with digests of right and wrong answers.

What is right in public calls stands in clear. Of a hidden call the file holds the
inputs and what may be told of the answer (type, shape, exception), for its group the
digest of the right answers, and for all calls of its function together the digest of
the answers of every misconception and pair: only who answers all of them alike is
known, and no call can be guessed alone.
"""

from __future__ import annotations

import hashlib
import json
import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from grader.checks import digest, enough, grouping
from grader.checks.bundle import apart
from grader.checks.canonical import canonical, compared, scale_for, whole
from grader.checks.exact import unsteady
from grader.checks.form import form_of
from grader.checks.question import shown, unanswered
from grader.checks.seal_workings import workings
from grader.checks.sealfile import to_json, write
from grader.checks.telltale import Telltale, poor, ways
from grader.errors import CourseError
from grader.reply import Raised, Returned

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from types import ModuleType

    from grader.checks.grouping import Group
    from grader.checks.suite import Answer, Case, LiveExercise

NO_TAG = 0xFFFF


@dataclass(frozen=True, slots=True)
class Sealed:
    """A sealed exercise.

    Parameters
    ----------
    content : bytes
        The file.
    unnamed : tuple of tuple of str
        Misconceptions, alone and in pairs, that are not named, or not whenever they
        are acted on: the digest would tell right answers.
    """

    content: bytes
    unnamed: tuple[tuple[str, ...], ...]


def seal(
    live: LiveExercise, reference: ModuleType, *, seed: int, course: str, release: str
) -> Sealed:
    """Return the sealed file of an exercise.

    Parameters
    ----------
    live : LiveExercise
        The exercise.
    reference : module
        Its solution.
    seed : int
        The release's; the first draw is what `live` draws from it.
    course, release : str
        Digests of what the file belongs to.

    Raises
    ------
    CourseError
        If a hidden answer is not exact in other arithmetic, so that it could not be
        told from a wrong one by its digest, or if so few answers are possible that
        they can be counted through.
    """
    maker = _Maker(
        live,
        reference,
        hashlib.blake2b(f"{release}/{live.name}".encode(), digest_size=16).digest(),
    )
    groups = enough.groups(live, seed, maker.telltale)
    flat = [group for found in groups.values() for group in found]
    front = maker.front(groups)
    for check in grouping.open_checks(live, flat):
        raise too_few(live, check)
    beliefs, unnamed = maker.beliefs(flat)
    sections = {
        "suite": json.dumps(front, separators=(",", ":")).encode(),
        "beliefs": beliefs,
        "workings": json.dumps(workings(live, flat), separators=(",", ":")).encode(),
    }
    content = write(
        exercise=live.name, course=course, release=release, seed=seed, sections=sections
    )
    return Sealed(content, unnamed)


def too_few(live: LiveExercise, check: str) -> CourseError:
    """Return the complaint about a check whose answers can be guessed."""
    return CourseError(
        f"{check} has so few possible answers that they can be guessed from the "
        "sealed file",
        file=f"{live.name}.py",
        remedy="Draw more varied calls, or make it public.",
    )


class _Maker:
    """Makes the sections of one exercise."""

    def __init__(self, live: LiveExercise, reference: ModuleType, salt: bytes) -> None:
        self._live = live
        self._reference = reference
        self._salt = salt
        self._scales: dict[Case, int] = {}
        self._secrets: dict[tuple[tuple[bytes, ...], int], bytes] = {}
        self._exceptions = _exceptions(live)
        self._asked: list[Case] = []
        self.telltale = Telltale(live)

    def front(self, groups: dict[str, list[Group]]) -> dict[str, Any]:
        """Return all that is needed to judge right answers, as JSON."""
        live = self._live
        checks: list[dict[str, Any]] = []
        records: list[dict[str, Any]] = []
        functions: dict[str, str] = {}
        for check in live.checks:
            cases = []
            for group in groups[check.name]:
                number = len(records)
                cases += [(case, number) for case in group.cases]
                records.append(self._record(group, number))
            if check.visibility == "hidden":
                cases.sort(key=lambda pair: grouping.asked_last(pair[0]))
            self._asked += [case for case, _ in cases]
            for case, _ in cases:
                function = case.call.function
                functions.setdefault(function, live.signature(function))
            checks.append(
                {
                    "name": check.name,
                    "claim": check.claim,
                    "points": check.points,
                    "visibility": check.visibility,
                    "after": list(check.after),
                    "calls": [self._call(case, group) for case, group in cases],
                }
            )
        return {
            "salt": self._salt.hex(),
            "exceptions": sorted(self._exceptions),
            "signatures": functions,
            "axes": {name: dict(live.axes(name)) for name in functions},
            "checks": checks,
            "groups": records,
        }

    def beliefs(
        self, groups: Sequence[Group]
    ) -> tuple[bytes, tuple[tuple[str, ...], ...]]:
        """Return the digests of what misconceptions answer, and who has none."""
        place = {case: n for n, group in enumerate(groups) for case in group.cases}
        head: list[dict[str, Any]] = []
        blobs: list[bytes] = []
        unnamed: dict[tuple[str, ...], None] = {}
        told = shown(self._live)
        for number, cases in enumerate(apart(self._asked), len(groups)):
            function = cases[0].call.function
            asked = unanswered((c for c in cases if not self._public(c)), told)
            tells = poor(self.telltale, self._live, function, asked)
            tags: dict[bytes, int] = {}
            first: dict[int, list[int]] = {}
            kinds: dict[str, None] = {}
            names, held, index = list(self._live.beliefs(function)), [], []
            for way, answers in ways(self._live, function, cases):
                known = [self._bytes(*pair) for pair in answers]
                held.append(names.index(way[0]))
                if way in tells:
                    unnamed[way[0]] = None
                if way in tells or None in known:
                    index.append(NO_TAG)
                    continue
                kind = "".join("01"[whole(a, c.call)] for c, a in answers)
                kinds[kind] = None
                texts = tuple(text for text in known if text is not None)
                tag = digest.tag(self._secret(texts, number, slow=True), kind)
                if tag not in tags:
                    found = self._values_first(answers, groups, place)
                    if found:
                        first[len(tags)] = found
                index.append(tags.setdefault(tag, len(tags)))
            head.append(
                {
                    "names": [list(ids) for ids in names],
                    "ways": held,
                    "kinds": list(kinds),
                    "first": sorted(first.items()),
                    "tags": len(tags),
                }
            )
            blobs += [b"".join(tags), np.array(index, "<u2").tobytes()]
        text = json.dumps(head, separators=(",", ":")).encode()
        section = struct.pack("<I", len(text)) + text + b"".join(blobs)
        return section, tuple(unnamed)

    def _record(self, group: Group, number: int) -> dict[str, Any]:
        if group.public:
            return {"slow": False, "right": None}
        answers = tuple(self._proved(case) for case in group.cases)
        made = self._secret(answers, number, slow=group.slow)
        return {"slow": group.slow, "right": digest.right(made).hex()}

    def _proved(self, case: Case) -> bytes:
        """Return the bytes of a right answer, which are the same in any arithmetic."""
        right = self._live.expected(case)
        scale = self._scale(case)
        answer = canonical(right, case.call, scale, self._exceptions)
        if answer is None:
            raise self._unsound(case, "answers what cannot be sealed")
        if isinstance(right, Returned):
            function = getattr(self._reference, case.call.function)
            other = unsteady(function, case.call, right, scale)
            if other:
                raise self._unsound(case, f"answers otherwise in {other}")
        return answer

    def _scale(self, case: Case) -> int:
        if case not in self._scales:
            right = self._live.expected(case)
            scale: int | None = 1
            if isinstance(right, Returned):
                value = compared(right.value, case.call)
                scale = scale_for(value, case.call.tolerance)
            self._scales[case] = scale or 0
        return self._scales[case]

    def _bytes(self, case: Case, answer: Answer) -> bytes | None:
        scale = self._scale(case) or 1
        return canonical(answer, case.call, scale, self._exceptions)

    def _values_first(
        self,
        answers: Sequence[tuple[Case, Answer]],
        groups: Sequence[Group],
        place: Mapping[Case, int],
    ) -> list[int]:
        """Return the hidden groups whose smallest wrong answer is wrong by value."""
        by_group: dict[int, list[tuple[Case, Answer]]] = {}
        for case, answer in answers:
            by_group.setdefault(place[case], []).append((case, answer))
        return [
            number
            for number, pairs in by_group.items()
            if len(pairs) > 1 and not groups[number].public and self._by_value(pairs)
        ]

    def _by_value(self, pairs: Sequence[tuple[Case, Answer]]) -> bool:
        """Tell whether of wrong answers of both kinds the smallest has a right form."""
        found = [
            (case.call.size, mismatch.rung == "value")
            for case, answer in reversed(pairs)
            if (mismatch := self._live.mismatch(case, answer)) is not None
        ]
        mixed = len({by_value for _, by_value in found}) > 1
        return mixed and min(found, key=lambda pair: pair[0])[1]

    def _secret(self, answers: tuple[bytes, ...], number: int, *, slow: bool) -> bytes:
        key = (answers, number)
        if key not in self._secrets:
            self._secrets[key] = digest.secret(answers, self._salt, number, slow=slow)
        return self._secrets[key]

    def _call(self, case: Case, group: int) -> dict[str, Any]:
        call, right = case.call, self._live.expected(case)
        if not self._scale(case) and self._public(case):
            self._scales[case] = 1
        if not self._scale(case):
            raise self._unsound(case, "answers numbers that no lattice holds")
        record = {
            "function": call.function,
            "args": [to_json(value) for value in call.args],
            "kwargs": {name: to_json(value) for name, value in call.kwargs.items()},
            "part": call.part,
            "keeps": call.keeps,
            "tolerance": [call.tolerance.absolute, call.tolerance.relative],
            "budget": None,
            "scale": self._scale(case),
            "group": group,
        }
        if call.budget is not None:
            b = call.budget
            record["budget"] = [b.rows, b.inner, b.columns, b.ratio]
        if not self._public(case):
            record["form"] = form_of(right)
        elif isinstance(right, Raised):
            record["raises"] = [right.type, list(right.bases)]
        else:
            record["value"] = to_json(right.value)
        return record

    def _public(self, case: Case) -> bool:
        return any(
            check.name == case.check and check.visibility == "public"
            for check in self._live.checks
        )

    def _unsound(self, case: Case, problem: str) -> CourseError:
        return CourseError(
            f"{case.check}: {case.call} {problem}, so it cannot be sealed",
            file=f"{self._live.name}.py",
            remedy="Draw inputs with exact answers, or allow a tolerance.",
        )


def _exceptions(live: LiveExercise) -> frozenset[str]:
    """Return the exceptions that the reference and the misconceptions raise."""
    found = set()
    for check in live.checks:
        for case in live.cases(check):
            answers = [live.expected(case)]
            for ids in live.beliefs(case.call.function):
                answers += live.predicted(ids, case)
            found |= {a.type for a in answers if isinstance(a, Raised)}
    return frozenset(found)
