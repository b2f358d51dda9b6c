"""Which hidden calls share a digest: those too easily guessed one by one.

A call whose answer has many bits has a digest of its own, so that a wrong answer is
known call by call. The others of a check share one; where they have too few bits
together, more calls are drawn, and if need be strong calls join them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from grader.checks.canonical import compared, floats_in
from grader.checks.check import show
from grader.checks.digest import ENOUGH_BITS, FAST_BITS
from grader.checks.draw import Draw
from grader.checks.entropy import bits
from grader.checks.suite import Case
from grader.reply import Returned

if TYPE_CHECKING:
    from collections.abc import Iterable

    from grader.checks.check import Call, Check
    from grader.checks.suite import LiveExercise

MAX_DRAWS = 40
SCALE_BITS = 2.0
"""What the scale of a call, which stands in clear, tells of the size of its answer."""


@dataclass(frozen=True, slots=True)
class Group:
    """Calls of one function in one check that share a digest.

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
    return [
        Group(tuple(cases), 0.0, public=True) for cases in _apart(live.cases(check))
    ]


def of_hidden(check: Check, live: LiveExercise, seed: int) -> list[Group]:
    """Return the groups of a hidden check, with as many calls as they need.

    Parameters
    ----------
    check : Check
        The check.
    live : LiveExercise
        Draws its calls, and answers them.
    seed : int
        The release's; further calls are drawn from what derives from it.
    """
    groups: list[Group] = []
    drawn = list(live.cases(check))
    number = len(drawn)
    for cases in _apart(drawn):
        known = {_key(case.call) for case in cases}
        strong = {case: _bits(live, case) for case in cases}
        weak = {c: b for c, b in strong.items() if b < FAST_BITS}
        strong = {c: b for c, b in strong.items() if c not in weak}
        for k in range(1, MAX_DRAWS):
            if not 0 < sum(weak.values()) < ENOUGH_BITS:
                break
            for call in check.calls(Draw(seed, live.name, check.name, k)):
                if call.function != cases[0].call.function or _key(call) in known:
                    continue
                case = Case(check.name, number, call)
                gained = _bits(live, case)
                if 0 < gained < FAST_BITS:
                    known.add(_key(call))
                    weak[case] = gained
                    number += 1
        while strong and 0 < sum(weak.values()) < ENOUGH_BITS:
            joining = min(strong, key=lambda case: case.call.size)
            weak[joining] = strong.pop(joining)
        if weak:
            together = tuple(sorted(weak, key=asked_last))
            groups.append(Group(together, sum(weak.values()), public=False))
        groups += [Group((c,), b, public=False) for c, b in strong.items()]
    return groups


def _apart(cases: Iterable[Case]) -> list[list[Case]]:
    """Return the calls by function; one with a budget, which may be spared, alone."""
    found: dict[object, list[Case]] = {}
    for case in cases:
        call = case.call
        key = call.function if call.budget is None else (call.function, case.number)
        found.setdefault(key, []).append(case)
    return list(found.values())


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


def _key(call: Call) -> str:
    arguments = (
        f"{name}={show(value, full=10**9)}" for name, value in call.arguments()
    )
    return f"{call.function}({', '.join(arguments)})"
