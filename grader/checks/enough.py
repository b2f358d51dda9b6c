"""Draw so many hidden calls that no digest can be guessed, right or wrong.

`grouping` sees to the digests of right answers. What a misconception answers may have
fewer bits, and hold right numbers; then further calls are drawn from the same checks,
of each draw one to which many numbers are answered.
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from grader.checks import grouping
from grader.checks.bundle import apart
from grader.checks.canonical import compared
from grader.checks.digest import ENOUGH_BITS
from grader.checks.draw import Draw
from grader.checks.entropy import bits
from grader.checks.question import question, shown, unanswered
from grader.checks.suite import Case
from grader.checks.telltale import Telltale, poor
from grader.reply import Returned

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from grader.checks.check import Check
    from grader.checks.grouping import Group
    from grader.checks.suite import Answer, LiveExercise
    from grader.checks.telltale import Way, Weight

MAX_DRAWS = 60
ROUNDS = 3
"""A further call may hold right numbers of one who had none: so it is looked again."""


def groups(
    live: LiveExercise, seed: int, telltale: Telltale | None = None
) -> dict[str, list[Group]]:
    """Return the groups of all checks, with as many calls as they need.

    Parameters
    ----------
    live : LiveExercise
        Draws the calls, and answers them.
    seed : int
        The release's; further calls are drawn from what derives from it.
    telltale : Telltale, optional
        Weighs the answers, for who asks it again.
    """
    found = {check.name: _of(check, live, seed) for check in live.checks}
    hidden = [check for check in live.checks if check.visibility == "hidden"]
    supply = _Supply(live, seed, hidden, telltale or Telltale(live))
    for _ in range(ROUNDS):
        before = {c.name: [k for g in found[c.name] for k in g.cases] for c in hidden}
        after = supply.completed(before)
        for check in hidden:
            if len(after[check.name]) > len(before[check.name]):
                cases = after[check.name]
                found[check.name] = grouping.of_hidden(check, live, seed, cases)
        if after == before:
            break
    return found


def _of(check: Check, live: LiveExercise, seed: int) -> list[Group]:
    if check.visibility == "public":
        return grouping.of_public(check, live)
    return grouping.of_hidden(check, live, seed)


class _Supply:
    """Draws the further calls of an exercise."""

    def __init__(
        self, live: LiveExercise, seed: int, hidden: list[Check], telltale: Telltale
    ) -> None:
        self._live = live
        self._seed = seed
        self._hidden = hidden
        self._telltale = telltale
        self._shown = shown(live)
        self._draws = itertools.count()

    def completed(self, cases: Mapping[str, list[Case]]) -> dict[str, list[Case]]:
        """Return the calls of each check, with those that wrong answers need."""
        found = {name: list(some) for name, some in cases.items()}
        for bundle in apart(case for some in cases.values() for case in some):
            function = bundle[0].call.function
            asked = unanswered(bundle, self._shown)
            lacking = dict(poor(self._telltale, self._live, function, asked))
            for _ in range(MAX_DRAWS):
                if not lacking or bundle[0].call.budget is not None:
                    break
                drawn = self._candidates(function, found)
                for case in sorted(drawn, key=lambda c: self._promise(c, lacking)):
                    left = self._left(lacking, case)
                    if _missing(left) < _missing(lacking):
                        found[case.check].append(case)
                        lacking = left
                        break
        return found

    def _candidates(
        self, function: str, cases: Mapping[str, list[Case]]
    ) -> Iterator[Case]:
        """Yield new calls of a function, one draw of each hidden check."""
        number = next(self._draws)
        asked = {question(case.call) for some in cases.values() for case in some}
        for check in self._hidden:
            draw = Draw(self._seed, self._live.name, check.name, "further", number)
            drawn = [
                Case(check.name, len(cases[check.name]), call)
                for call in check.calls(draw)
                if call.function == function and call.budget is None
            ]
            for case in unanswered(drawn, self._shown):
                if question(case.call) not in asked:
                    yield case

    def _promise(self, case: Case, lacking: Mapping[Way, Weight]) -> float:
        """Return what sorts a call: first whose wrong answers hold the most numbers."""
        answers = (self._answer(way, case) for way in lacking)
        return -sum(
            min(ENOUGH_BITS, bits(compared(answer.value, case.call), case.call, ()))
            for answer in answers
            if isinstance(answer, Returned)
        )

    def _left(self, lacking: Mapping[Way, Weight], case: Case) -> dict[Way, Weight]:
        """Return what is still lacking with one more call."""
        found = {}
        for way, weight in lacking.items():
            more = self._telltale.weigh([(case, self._answer(way, case))])
            if (weight + more).missing:
                found[way] = weight + more
        return found

    def _answer(self, way: Way, case: Case) -> Answer:
        ids, number = way
        return self._live.predicted(ids, case)[number]


def _missing(lacking: Mapping[Way, Weight]) -> float:
    return sum(weight.missing for weight in lacking.values())
