"""What a sealed file holds, as checks, calls and digests; read once, lazily."""

from __future__ import annotations

import json
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from grader.checks import sealfile
from grader.checks.bundle import apart
from grader.checks.case import Case
from grader.checks.check import Budget, Call, Check, Tolerance
from grader.checks.sealfile import from_json
from grader.checks.strict import check_front
from grader.reply import Raised, Returned

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grader.checks.draw import Draw
    from grader.checks.sealed_beliefs import Bundle
    from grader.checks.sealfile import SealedFile

MALFORMED = (
    ValueError,
    KeyError,
    TypeError,
    IndexError,
    AttributeError,
    OverflowError,
    RecursionError,
)
"""What reading a file that no release wrote may raise."""


class SealedParts:
    """What the file of an exercise holds, read once for any number of submissions.

    Parameters
    ----------
    file : SealedFile
        The file.

    Raises
    ------
    CourseError
        If it is not sound.
    """

    def __init__(self, file: SealedFile) -> None:
        self.file = file
        try:
            self._read(json.loads(file.section("suite")))
        except MALFORMED:
            raise sealfile.damaged(file.origin) from None
        self._beliefs: list[Bundle] | None = None
        self._workings: dict[str, Any] | None = None

    def _read(self, front: dict[str, Any]) -> None:
        check_front(front)
        self.salt = bytes.fromhex(front["salt"])
        self.exceptions = frozenset(front["exceptions"])
        self.signatures: dict[str, str] = dict(front["signatures"])
        self.axes: dict[str, dict[str, tuple[str, ...]]] = {
            function: {name: tuple(map(str, names)) for name, names in shapes.items()}
            for function, shapes in front["axes"].items()
        }
        self.slow = [bool(group["slow"]) for group in front["groups"]]
        self.right: list[str | None] = [group["right"] for group in front["groups"]]
        self.checks: list[Check] = []
        self.cases: dict[str, tuple[Case, ...]] = {}
        self.records: dict[Case, dict[str, Any]] = {}
        self.members: dict[int, list[Case]] = {}
        for check in front["checks"]:
            name = check["name"]
            cases = []
            for number, record in enumerate(check["calls"]):
                case = Case(name, number, _call(record))
                cases.append(case)
                self.records[case] = record
                self.members.setdefault(record["group"], []).append(case)
            self.cases[name] = tuple(cases)
            self.checks.append(_check(check))
        if sorted(self.members) != list(range(len(self.slow))):
            raise ValueError("groups and calls differ")
        self.bundles = apart(self.records)
        self.bundle = {c: n for n, found in enumerate(self.bundles) for c in found}

    @property
    def beliefs(self) -> list[Bundle]:
        """The digests of misconceptions; only wrong answers need them."""
        if self._beliefs is None:
            from grader.checks import sealed_beliefs  # noqa: PLC0415

            try:
                section = self.file.section("beliefs")
                self._beliefs = sealed_beliefs.read(section, len(self.bundles))
            except MALFORMED:
                raise sealfile.damaged(self.file.origin) from None
        return self._beliefs

    def expected(self, case: Case) -> Returned | Raised | None:
        """Return the right answer to a public call; None for a hidden one."""
        record = self.records[case]
        try:
            if "value" in record:
                return Returned(from_json(record["value"]))
        except MALFORMED:
            raise sealfile.damaged(self.file.origin) from None
        if "raises" in record:
            kind, bases = record["raises"]
            return Raised(kind, tuple(bases), "", ())
        return None

    def working(self, case: Case, place: str) -> list[Any] | None:
        """Return how a cell of a public answer comes about, as it is stored."""
        try:
            if self._workings is None:
                self._workings = dict(json.loads(self.file.section("workings")))
            found: list[Any] | None
            found = self._workings.get(f"{case.check}/{case.number}", {}).get(place)
        except MALFORMED:
            raise sealfile.damaged(self.file.origin) from None
        return found


def _check(record: dict[str, Any]) -> Check:
    visibility = record["visibility"]
    if visibility not in ("public", "hidden"):
        raise ValueError(visibility)
    return Check(
        name=str(record["name"]),
        claim=str(record["claim"]),
        points=float(record["points"]),
        visibility=visibility,
        after=tuple(map(str, record["after"])),
        function=_drawn_already,
    )


def _drawn_already(draw: Draw) -> Iterator[Call]:
    """Yield nothing: the calls of a sealed check were drawn at its release."""
    yield from ()


def _call(record: dict[str, Any]) -> Call:
    absolute, relative = record["tolerance"]
    budget, part = record["budget"], record["part"]
    call = Call(
        str(record["function"]),
        tuple(from_json(value) for value in record["args"]),
        MappingProxyType(
            {name: from_json(value) for name, value in record["kwargs"].items()}
        ),
        keeps=bool(record["keeps"]),
        tolerance=Tolerance(float(absolute), float(relative)),
    )
    if part is not None:
        call = call.only(int(part[0]), str(part[1]))
    if budget is not None:
        rows, inner, columns, ratio = budget
        call = replace(call, budget=Budget(rows, inner, columns, ratio))
    return call
