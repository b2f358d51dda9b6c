"""One exercise of a submission at the judge: its calls are asked, answers compared."""

from __future__ import annotations

from dataclasses import replace
from hashlib import blake2b
from itertools import chain
from typing import TYPE_CHECKING

from grader.checks.compare import Mismatch
from grader.checks.diagnose import Evidence
from grader.contestant import is_todo
from grader.diagnoses import written
from grader.experience import Found
from grader.manners import changed_inputs, too_slow
from grader.reply import Crashed, Missing, Raised, Returned, TimedOut, Unsupported
from grader.sandbox.request import Row

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence

    from grader.checks.check import Budget, Call
    from grader.checks.suite import Case, ExerciseSuite
    from grader.contestant import Contestant
    from grader.experience import Experience
    from grader.plan import Part, Plan
    from grader.reply import Reply
    from grader.sandbox.answer import Answers
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
    plan : Plan
        Their calls.
    contestant : Contestant
        The submission.
    experience : Experience, optional
        What was found in the answers of others, asked by the same suite.

    Attributes
    ----------
    failed : bool
        Whether a check has failed by now.
    """

    def __init__(
        self,
        suite: ExerciseSuite,
        plan: Plan,
        contestant: Contestant,
        experience: Experience | None = None,
    ) -> None:
        self._suite = suite
        self._plan = plan
        self._contestant = contestant
        self._experience = experience
        # By check, in the order in which it came; what others answered too is shared.
        self._evidence: list[Mapping[str, Sequence[Evidence]]] = []
        self._unwritten: dict[str, Reply] = {}
        self._rows: dict[Part, Row] = {}
        self._found: list[Found | None] = []
        self._timed: list[Evidence] = []
        self.failed = False

    @property
    def budgets(self) -> frozenset[Budget]:
        """What its calls may cost."""
        return self._plan.budgets

    @property
    def found(self) -> Hashable | None:
        """What results are concluded from, None where others cannot have the same."""
        if None in self._found:
            return None
        timed: list[Hashable] = []
        if self.failed:  # else all answers to timed calls are right ones, too
            for each in self._timed:
                said = written(each.reply)
                if said is None:
                    return None
                digest = blake2b(said, digest_size=20).digest()
                timed.append((each.case, each.mismatch, digest))
        return (*self._found, *timed)

    def coming(self, visibility: Visibility) -> Iterator[Row | None]:
        """Yield what `ask` will ask first, as far as that is known by now.

        None stands for what is not, and for calls that are made alone.

        Parameters
        ----------
        visibility : {"public", "hidden"}
            Of which checks.
        """
        first, *others = self._plan.parts(visibility) or (None,)
        if first is not None:
            row = self._written(first)
            if row is None or row:
                yield row
        if others:
            yield None

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
        for part in self._plan.parts(visibility):
            row = self._written(part)
            if row is None:
                self._ask_alone(part.cases, units)
            else:
                self._ask_row(part.cases, row)
        if self._contestant.held(self._suite.name) > LARGE:
            self._let_go()

    def evidence(self) -> dict[str, list[Evidence]]:
        """Return by check what was asked and answered."""
        return {
            check.name: [self._late(item) for item in self._of(check.name)]
            for check in self._suite.checks
        }

    def _of(self, name: str) -> Iterator[Evidence]:
        """Yield what was asked and answered for a check."""
        return chain.from_iterable([e.get(name, ()) for e in self._evidence])

    def _written(self, part: Part) -> Row | None:
        """Return the calls of a part, but those of functions that are not written."""
        row = self._rows.get(part, part.row)
        if row is not None and not row.functions.isdisjoint(self._unwritten):
            some = [
                each for each in row.requests if each.function not in self._unwritten
            ]
            row = self._rows[part] = Row(some)
        return row

    def _ask_row(self, cases: tuple[Case, ...], row: Row) -> None:
        """Make calls that nobody times, in as few messages as can be."""
        unwritten = self._unwritten
        name = self._suite.name
        answers, failure = self._contestant.call_all(name, row)
        known, key = None, None
        if self._experience is not None and answers.count == len(row):
            read_as = self._contestant.is_notebook(name), tuple(unwritten.items())
            key = cases, *read_as, answers
            known = self._experience.found(key)
        found = known
        if found is None:
            made = [case.call for case in cases if case.call.function in row.functions]
            found = self._find(cases, self._replies(made, answers, failure))
            if self._experience is not None and key is not None and _is_sound(found):
                known = self._experience.add(key, found, answers.size)
        self._found.append(known)
        self._evidence.append(found.evidence)
        self._unwritten = dict(found.unwritten)
        self.failed |= found.failed

    def _find(self, cases: Sequence[Case], replies: Iterator[Reply]) -> Found:
        """Compare the replies to the calls that were made, in their order."""
        evidence: dict[str, list[Evidence]] = {}
        failed = False
        before, unwritten = self._unwritten, dict(self._unwritten)
        for case in cases:
            function = case.call.function
            reply = before.get(function) or next(replies)
            reply = unwritten.get(function, reply)
            if is_todo(reply) or isinstance(reply, Missing):
                unwritten[function] = reply
            item = Evidence(case, reply, self._mismatch(case, reply))
            evidence.setdefault(case.check, []).append(item)
            failed |= item.mismatch is not None
        return Found(evidence, unwritten, failed)

    def _replies(
        self, calls: Sequence[Call], answers: Answers, failure: Reply | None
    ) -> Iterator[Reply]:
        """Yield the reply to each call; the first few have been answered in a row."""
        name, contestant = self._suite.name, self._contestant
        while calls:
            read = 0
            for call, answer in zip(calls, answers.split(), strict=False):
                yield contestant.read(name, call.request, answer)
                read += 1
            calls = calls[read:]
            if not calls:
                return
            if read < answers.count:
                failure = contestant.give_up(name, calls[0].request)
            yield contestant.call(name, calls[0]) if failure is None else failure
            calls = calls[1:]
            row = Row(call.request for call in calls)
            answers, failure = contestant.call_all(name, row)

    def _ask_alone(self, cases: Iterable[Case], units: Mapping[Budget, float]) -> None:
        """Make calls that are timed, unless they are costly and nothing is learnt."""
        for case in cases:
            if any(map(self._has_failed, self._plan.after[case.check])):
                continue
            function, budget = case.call.function, case.call.budget
            reply = self._unwritten.get(function)
            if reply is None:
                reply = self._contestant.call(self._suite.name, case.call)
                if is_todo(reply) or isinstance(reply, Missing):
                    self._unwritten[function] = reply
            mismatch = self._mismatch(case, reply)
            if mismatch is None and isinstance(reply, Returned) and budget is not None:
                first = reply.cpu_seconds, units[budget]
                name = self._suite.name
                mismatch = too_slow(self._contestant, name, case.call, budget, first)
            self._timed.append(Evidence(case, reply, mismatch))
            self._evidence.append({case.check: self._timed[-1:]})
            self.failed |= mismatch is not None

    def _has_failed(self, name: str) -> bool:
        """Tell whether a check has failed, or waits for one that has."""
        return any(e.mismatch is not None for e in self._of(name)) or any(
            map(self._has_failed, self._plan.after[name])
        )

    def _let_go(self) -> None:
        """Forget what was answered, but not how it differed."""
        gone = Returned(Unsupported("an answer too large to be kept"))
        self._evidence = [
            {
                name: [
                    replace(e, reply=gone) if isinstance(e.reply, Returned) else e
                    for e in items
                ]
                for name, items in found.items()
            }
            for found in self._evidence
        ]
        self._contestant.forget(self._suite.name)

    def _mismatch(self, case: Case, reply: Reply) -> Mismatch | None:
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
                return changed_inputs(case.call, reply)

    def _late(self, evidence: Evidence) -> Evidence:
        """Return the evidence with what only the answers to all calls tell."""
        if evidence.mismatch is not None:
            return evidence
        found = self._suite.late(evidence.case)
        return evidence if found is None else replace(evidence, mismatch=found)


def _is_sound(found: Found) -> bool:
    """Tell whether every answer was one."""
    every = (each for evidence in found.evidence.values() for each in evidence)
    return not any(isinstance(each.reply, Crashed) for each in every)
