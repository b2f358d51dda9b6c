"""Seal an exercise: hidden inputs with digests of right and wrong answers.

What is right in public calls stands in clear. Of a hidden call the file holds the
inputs and what may be told of the answer (type, shape, exception), and for its group
the digest of the right answers and of the answers of every misconception and pair.
"""

from __future__ import annotations

import hashlib
import json
import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from grader.checks import digest, grouping
from grader.checks.canonical import canonical, compared, scale_for, whole
from grader.checks.exact import unsteady
from grader.checks.form import form_of
from grader.checks.seal_workings import workings
from grader.checks.sealfile import to_json, write
from grader.errors import CourseError
from grader.reply import Raised, Returned

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from types import ModuleType

    from grader.checks.check import Check
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
    open_checks : tuple of str
        Hidden checks whose answers are so few that they can be counted through.
    """

    content: bytes
    open_checks: tuple[str, ...]


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
        If a hidden answer is not exact in other arithmetic: it could not be told
        from a wrong one by its digest.
    """
    maker = _Maker(
        live,
        reference,
        hashlib.blake2b(f"{release}/{live.name}".encode(), digest_size=16).digest(),
    )
    groups = {check.name: _groups(check, live, seed) for check in live.checks}
    flat = [group for found in groups.values() for group in found]
    front = maker.front(groups)
    sections = {
        "suite": json.dumps(front, separators=(",", ":")).encode(),
        "beliefs": maker.beliefs(flat),
        "workings": json.dumps(workings(live, flat), separators=(",", ":")).encode(),
    }
    content = write(
        exercise=live.name, course=course, release=release, seed=seed, sections=sections
    )
    few = dict.fromkeys(
        group.cases[0].check
        for group in flat
        if not group.public
        and group.bits < digest.ENOUGH_BITS
        and _returns(live, group)
    )
    return Sealed(content, tuple(few))


def _groups(check: Check, live: LiveExercise, seed: int) -> list[Group]:
    if check.visibility == "public":
        return grouping.of_public(check, live)
    return grouping.of_hidden(check, live, seed)


def _returns(live: LiveExercise, group: Group) -> bool:
    return any(isinstance(live.expected(case), Returned) for case in group.cases)


class _Maker:
    """Makes the sections of one exercise."""

    def __init__(self, live: LiveExercise, reference: ModuleType, salt: bytes) -> None:
        self._live = live
        self._reference = reference
        self._salt = salt
        self._scales: dict[Case, int] = {}
        self._secrets: dict[tuple[tuple[bytes, ...], int], bytes] = {}
        self._exceptions = _exceptions(live)

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

    def beliefs(self, groups: Sequence[Group]) -> bytes:
        """Return the digests of what misconceptions answer, for each group."""
        names: dict[str, list[list[str]]] = {}
        ways: dict[str, list[int]] = {}
        counts, blobs = [], []
        for number, group in enumerate(groups):
            function = group.cases[0].call.function
            known = list(self._live.beliefs(function))
            names[function] = [list(ids) for ids in known]
            ways[function] = []
            tags: dict[bytes, int] = {}
            by_value: list[bool] = []
            index = []
            for place, ids in enumerate(known):
                for tag, first in self._tags(group, number, ids):
                    ways[function].append(place)
                    if tag is not None and tag not in tags:
                        tags[tag] = len(tags)
                        by_value.append(first)
                    index.append(NO_TAG if tag is None else tags[tag])
            counts.append(len(tags))
            blobs += [b"".join(tags), bytes(by_value)]
            blobs.append(np.array(index, "<u2").tobytes())
        head = json.dumps({"names": names, "ways": ways, "tags": counts}).encode()
        return struct.pack("<I", len(head)) + head + b"".join(blobs)

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

    def _tags(
        self, group: Group, number: int, ids: tuple[str, ...]
    ) -> Iterator[tuple[bytes | None, bool]]:
        """Yield for each way to hold these beliefs the digest of its answers.

        With it comes whether the smallest wrong answer is wrong by its value alone.
        """
        predicted = [self._live.predicted(ids, case) for case in group.cases]
        for answers in zip(*predicted, strict=True):
            pairs = list(zip(group.cases, answers, strict=True))
            texts = [
                canonical(a, case.call, self._scale(case) or 1, self._exceptions)
                for case, a in pairs
            ]
            known = tuple(text for text in texts if text is not None)
            if len(known) < len(texts):
                yield None, False
                continue
            made = self._secret(known, number, slow=group.slow)
            tag = digest.tag(made, whole=all(whole(a, c.call) for c, a in pairs))
            yield tag, not group.public and self._by_value(pairs)

    def _by_value(self, pairs: Sequence[tuple[Case, Answer]]) -> bool:
        found = [
            (case.call.size, mismatch.rung == "value")
            for case, answer in reversed(pairs)
            if (mismatch := self._live.mismatch(case, answer)) is not None
        ]
        return min(found, key=lambda pair: pair[0], default=(0, False))[1]

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
