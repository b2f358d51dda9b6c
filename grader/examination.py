"""One exercise of a submission at the judge: its calls are asked, answers compared."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from grader.checks.compare import Mismatch
from grader.checks.diagnose import Evidence
from grader.contestant import is_todo
from grader.manners import changed_inputs, too_slow
from grader.reply import Crashed, Missing, Raised, Returned, TimedOut, Unsupported

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from grader.checks.check import Budget, Call, Check
    from grader.checks.suite import Case, ExerciseSuite
    from grader.contestant import Contestant
    from grader.reply import Reply
    from grader.verdict import Visibility


LARGE = 4 << 20
"""Bytes that the answers to an exercise may take while the others are asked: right ones
take a tenth at the most. Without them no cause can be named."""


class Examination:
    """What is asked of one exercise, and what has been answered so far.

    Parameters
    ----------
    suite : ExerciseSuite
        The exercise's checks.
    contestant : Contestant
        The submission.

    Raises
    ------
    CourseError
        If the suite is not sound.
    """

    def __init__(self, suite: ExerciseSuite, contestant: Contestant) -> None:
        self._suite = suite
        self._contestant = contestant
        self._cases = {check.name: suite.cases(check) for check in suite.checks}
        self._evidence: dict[str, list[Evidence]] = {c.name: [] for c in suite.checks}
        self._unwritten: dict[str, Reply] = {}
        self._failed: set[str] = set()

    @property
    def budgets(self) -> set[Budget]:
        """What its calls may cost."""
        cases = (case for group in self._cases.values() for case in group)
        return {c.call.budget for c in cases if c.call.budget is not None}

    @property
    def failed(self) -> bool:
        """Whether a check has failed by now."""
        return bool(self._failed)

    def ask(self, visibility: Visibility, units: Mapping[Budget, float]) -> None:
        """Ask every call of its public or of its hidden checks.

        Also those that a failed check would spare, for the diagnosis.

        Parameters
        ----------
        visibility : {"public", "hidden"}
            Of which checks.
        units : mapping of Budget to float
            The CPU seconds of each budget's matrix product.
        """
        asked = [c for c in self._suite.checks if c.visibility == visibility]
        calls = [case.call for check in asked for case in self._cases[check.name]]
        position = 0
        for check in asked:
            self._ask_check(check, calls, position, units)
            position += len(self._cases[check.name])
        if self._contestant.held(self._suite.name) > LARGE:
            self._let_go()

    def evidence(self) -> dict[str, list[Evidence]]:
        """Return by check what was asked and answered."""
        return {
            name: [self._late(item) for item in found]
            for name, found in self._evidence.items()
        }

    def _ask_check(
        self,
        check: Check,
        calls: Sequence[Call],
        position: int,
        units: Mapping[Budget, float],
    ) -> None:
        """Ask the calls of one check; they begin at `position` of all `calls`."""
        found = self._evidence[check.name]
        waits = not self._failed.isdisjoint(check.after)
        for number, case in enumerate(self._cases[check.name], position + 1):
            if waits and case.call.budget is not None:
                continue  # costly, and nothing to learn from a wrong function
            function = case.call.function
            reply = self._unwritten.get(function)
            if reply is None:
                ahead = self._written(islice(calls, number, None))
                reply = self._contestant.call(self._suite.name, case.call, ahead)
                if is_todo(reply) or isinstance(reply, Missing):
                    self._unwritten[function] = reply
            found.append(Evidence(case, reply, self._mismatch(case, reply, units)))
        if waits or any(e.mismatch is not None for e in found):
            self._failed.add(check.name)

    def _written(self, calls: Iterable[Call]) -> Iterator[Call]:
        """Yield the calls of functions that are there, as far as anybody knows."""
        return (call for call in calls if call.function not in self._unwritten)

    def _let_go(self) -> None:
        """Forget what was answered, but not how it differed."""
        gone = Returned(Unsupported("an answer too large to be kept"))
        for found in self._evidence.values():
            found[:] = [
                replace(e, reply=gone) if isinstance(e.reply, Returned) else e
                for e in found
            ]
        self._contestant.forget(self._suite.name)

    def _mismatch(
        self, case: Case, reply: Reply, units: Mapping[Budget, float]
    ) -> Mismatch | None:
        match reply:
            case Crashed(reason=reason):
                return Mismatch("died", reason, "the process died")
            case TimedOut(seconds=seconds, what=what):
                problem = {
                    "import": f"importing the module took more than {seconds:g} s",
                    "call": f"no answer after {seconds:g} s",
                    "submission": f"the submission used up its {seconds:g} s",
                }[what]
                return Mismatch("died", problem, problem)
            case Returned() | Raised() | Missing():
                found = self._suite.mismatch(case, reply)
                if found is not None or not isinstance(reply, Returned):
                    return found
                call = case.call
                changed = changed_inputs(call, reply)
                if changed is not None or call.budget is None:
                    return changed
                first = reply.cpu_seconds, units[call.budget]
                name, budget = self._suite.name, call.budget
                return too_slow(self._contestant, name, call, budget, first)

    def _late(self, evidence: Evidence) -> Evidence:
        """Return the evidence with what only the answers to all calls tell."""
        if evidence.mismatch is not None:
            return evidence
        found = self._suite.late(evidence.case)
        return evidence if found is None else replace(evidence, mismatch=found)
