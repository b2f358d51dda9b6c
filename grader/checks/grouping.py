"""Which hidden calls share a digest: those too easily guessed one by one.

A call whose answer has many bits has a digest of its own, so that a wrong answer is
known call by call. The others of a check share one; where they have too few bits
together, more calls are drawn, and if need be strong calls join them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from grader.checks.bundle import apart
from grader.checks.canonical import compared, floats_in
from grader.checks.digest import ENOUGH_BITS, FAST_BITS
from grader.checks.draw import Draw
from grader.checks.entropy import bits
from grader.checks.question import inputs, question, shown
from grader.checks.suite import Case
from grader.reply import Returned

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from grader.checks.check import Check
    from grader.checks.suite import LiveExercise

MAX_DRAWS = 40
SCALE_BITS = 2.0
"""What the scale of a call, which stands in clear, tells of the size of its answer."""


@dataclass(frozen=True, slots=True)
class Group:
    """Calls of one function in one check that share a right answer's digest.

    Parameters
    ----------
    cases : tuple of Case
        The calls, in their order.
    bits : float
        How many bits their right answers have together.
    public : bool
        Whether the right answers stand in clear.
    """

    cases: tuple[Case, ...]
    bits: float
    public: bool

    @property
    def slow(self) -> bool:
        """Whether trying an answer must be slow."""
        return not self.public and 0 < self.bits < FAST_BITS


def asked_last(case: Case) -> tuple[int, int]:
    """Return what the calls of a hidden check are sorted by: the smallest come last.

    Of wrong answers the smallest call's is told; the last call of a group tells for
    all of it, and so must be the smallest.
    """
    return -case.call.size, case.number


def of_public(check: Check, live: LiveExercise) -> list[Group]:
    """Return the groups of a check whose right answers stand in clear."""
    return [Group(tuple(cases), 0.0, public=True) for cases in apart(live.cases(check))]


def of_hidden(
    check: Check,
    live: LiveExercise,
    seed: int,
    cases: Sequence[Case] | None = None,
) -> list[Group]:
    """Return the groups of a hidden check, with as many calls as they need.

    Parameters
    ----------
    check : Check
        The check.
    live : LiveExercise
        Draws its calls, and answers them.
    seed : int
        The release's; further calls are drawn from what derives from it.
    cases : sequence of Case, optional
        The calls that it holds at the least; those that it draws first if not given.
    """
    groups: list[Group] = []
    told = shown(live)
    drawn = list(live.cases(check) if cases is None else cases)
    number = len(drawn)
    for alike in apart(drawn):
        function = alike[0].call.function
        asked: set[str] = set()
        weighed: dict[Case, float] = {}
        for case in alike:
            # The same question twice is no harder to answer than once.
            known = question(case.call) in asked or inputs(case.call) in told
            weighed[case] = 0.0 if known else _bits(live, case)
            asked.add(question(case.call))
        weak = {c: b for c, b in weighed.items() if b < FAST_BITS}
        strong = {c: b for c, b in weighed.items() if c not in weak}
        for k in range(1, MAX_DRAWS):
            if not _too_few(live, weak):
                break
            for call in check.calls(Draw(seed, live.name, check.name, k)):
                seen = question(call) in asked or inputs(call) in told
                if call.function != function or seen:
                    continue
                case = Case(check.name, number, call)
                gained = _bits(live, case)
                if 0 < gained < FAST_BITS:
                    asked.add(question(call))
                    weak[case] = gained
                    number += 1
        while strong and _too_few(live, weak):
            joining = min(strong, key=lambda case: case.call.size)
            weak[joining] = strong.pop(joining)
        if weak:
            together = tuple(sorted(weak, key=asked_last))
            groups.append(Group(together, sum(weak.values()), public=False))
        groups += [Group((c,), b, public=False) for c, b in strong.items()]
    return groups


def open_checks(live: LiveExercise, groups: Iterable[Group]) -> list[str]:
    """Return the hidden checks whose answers can be counted through."""
    found = {
        group.cases[0].check: None
        for group in groups
        if not group.public
        and group.bits < ENOUGH_BITS
        and any(_returns(live, case) for case in group.cases)
    }
    return list(found)


def _too_few(live: LiveExercise, weak: Mapping[Case, float]) -> bool:
    """Tell whether answers are too easily guessed; that one raises is told anyway."""
    few = sum(weak.values()) < ENOUGH_BITS
    return few and any(_returns(live, case) for case in weak)


def _returns(live: LiveExercise, case: Case) -> bool:
    return isinstance(live.expected(case), Returned)


def _bits(live: LiveExercise, case: Case) -> float:
    right = live.expected(case)
    if not isinstance(right, Returned):
        return 0.0  # the exception is told
    call = case.call
    wrong = [
        compared(answer.value, call)
        for ids in live.beliefs(call.function)
        for answer in live.predicted(ids, case)
        if isinstance(answer, Returned)
    ]
    value = compared(right.value, call)
    told = SCALE_BITS if any(True for _ in floats_in(value)) else 0.0
    return max(0.0, bits(value, call, wrong) - told)
