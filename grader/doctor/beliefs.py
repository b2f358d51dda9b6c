"""Prove that every misconception is caught, and told apart from all others."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from grader.checks.compare import Mismatch
from grader.checks.diagnose import Evidence, explanation
from grader.doctor import apart
from grader.doctor.apart import RIGHT
from grader.doctor.result import Result, report
from grader.reply import Returned

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from grader.checks.suite import Case, LiveExercise
    from grader.course import Exercise
    from grader.doctor.apart import Answer, Holder
    from grader.doctor.bench import Bench

NAME = "beliefs"
PAIRS_REQUIRED = 0.9
"""The share of the pairs of beliefs that must be named exactly."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the diagnosis made of one holder of beliefs, for one seed.

    Parameters
    ----------
    caught : bool
        Whether any call was answered wrongly.
    named : tuple of str
        The beliefs named; empty for none.
    """

    caught: bool
    named: tuple[str, ...]

    def __str__(self) -> str:
        """Say it in a few words."""
        if not self.caught:
            return "passes"
        return " + ".join(self.named) or "nothing is named"


@dataclass(frozen=True, slots=True)
class Confusion:
    """A belief that the suite does not name as it should.

    Parameters
    ----------
    function : str
        What it is about.
    ids : tuple of str
        The belief, or the two beliefs.
    instead : mapping of Outcome to int
        What came out instead, and for how many seeds.
    """

    function: str
    ids: tuple[str, ...]
    instead: Mapping[Outcome, int]


@dataclass(frozen=True, slots=True)
class Proof:
    """What a suite makes of its misconceptions, over some seeds.

    Parameters
    ----------
    singles, pairs : int
        How many beliefs, and how many pairs of them, were tried. A pair that answers
        as one same belief alone, or as the solution, for every seed is not a pair: no
        suite could tell.
    confusions : tuple of Confusion
        Those that were not named exactly for every seed.
    """

    singles: int
    pairs: int
    confusions: tuple[Confusion, ...]

    def confused(self, *, beliefs: int) -> tuple[Confusion, ...]:
        """Return the confusions about so many beliefs at once, one or two."""
        return tuple(c for c in self.confusions if len(c.ids) == beliefs)


def prove(suite: LiveExercise) -> Proof:
    """Diagnose every misconception of an exercise as if a student held it."""
    return prove_seeds([suite])


def prove_seeds(suites: Iterable[LiveExercise]) -> Proof:
    """Return the proof over one exercise's suites, each for a seed of its own."""
    outcomes: dict[str, dict[Holder, Counter[Outcome]]] = {}
    orders: dict[str, list[apart.Place]] = {}
    for suite in suites:
        for function, cases in calls_by_function(suite).items():
            counts = outcomes.setdefault(function, defaultdict(Counter))
            for holder, outcome in _outcomes(suite, function, cases, orders).items():
                counts[holder][outcome] += 1
    return _conclude(outcomes)


def examine(bench: Bench, exercise: Exercise) -> Result:
    """Prove the beliefs of an exercise for all seeds."""

    def suites() -> Iterator[LiveExercise]:
        for seed in bench.seeds:
            bench.tell(f"{exercise.name}: beliefs, seed {seed}")
            yield bench.suite(exercise, seed)

    proof = prove_seeds(suites())
    faults = [
        (_told(c), "Add a call that only this belief answers so, or drop the belief.")
        for c in proof.confused(beliefs=1)
    ]
    confused = proof.confused(beliefs=2)
    exact = proof.pairs - len(confused)
    if exact < PAIRS_REQUIRED * proof.pairs:
        listed = "".join(f"\n  {_told(c)}" for c in confused)
        faults.append(
            (
                f"of {proof.pairs} pairs {exact} are named exactly, "
                f"less than {PAIRS_REQUIRED:.0%}:{listed}",
                "Add calls that show two beliefs at once.",
            )
        )
    share = f" ({exact / proof.pairs:.1%})" if proof.pairs else ""
    facts = (
        f"{proof.singles} beliefs, {exact} of {proof.pairs} pairs named exactly"
        f"{share}, {len(bench.seeds)} seeds"
    )
    notes = tuple(_told(c) for c in confused) if exact < proof.pairs else ()
    return report(
        NAME,
        exercise.name,
        facts,
        faults,
        notes=notes,
        tried=proof.pairs,
        held=exact,
    )


def examine_course(results: Sequence[Result]) -> Result:
    """Add up the pairs of all exercises."""
    proofs = [result for result in results if result.proof == NAME]
    pairs = sum(result.tried for result in proofs)
    exact = sum(result.held for result in proofs)
    share = f" ({exact / pairs:.1%})" if pairs else ""
    return report(NAME, "", f"{exact} of {pairs} pairs named exactly{share}", [])


def _told(confusion: Confusion) -> str:
    seeds = ", ".join(
        f"{outcome} ({count} seed{'s' if count > 1 else ''})"
        for outcome, count in confusion.instead.items()
    )
    return f"{confusion.function}: {' + '.join(confusion.ids)}: {seeds}"


def calls_by_function(suite: LiveExercise) -> dict[str, list[Case]]:
    """Return all calls of a suite by the function that they call."""
    by_function: dict[str, list[Case]] = {}
    for check in suite.checks:
        for case in suite.cases(check):
            by_function.setdefault(case.call.function, []).append(case)
    return by_function


def _outcomes(
    suite: LiveExercise,
    function: str,
    cases: Sequence[Case],
    orders: dict[str, list[apart.Place]],
) -> dict[Holder, Outcome]:
    """Return what the diagnosis makes of everybody, for one seed.

    The first seed asks everybody everything; it fills `orders` for the next ones,
    which ask no more pairs than it takes to tell them apart.
    """
    holders = apart.holders(suite, function, cases[0])
    everybody = [RIGHT, *holders]
    asked = [holder for holder in holders if len(holder.ids) == 1]
    if function not in orders:
        asked = holders
        kinds = {
            (case.check, case.number): apart.kinds_of_answer(suite, case, everybody)
            for case in cases
        }
        orders[function] = apart.telling_order(kinds, everybody)
    rank = {place: number for number, place in enumerate(orders[function])}
    telling_first = sorted(
        cases, key=lambda case: rank.get((case.check, case.number), len(rank))
    )
    odd = {
        holder
        for holder in asked
        for case in cases
        if not apart.explains_itself(apart.answer(suite, holder, case), case.call)
    }
    outcomes: dict[Holder, Outcome] = {}
    for group in apart.split(suite, telling_first, everybody):
        unclear = apart.is_unclear(group)
        shortlist = _Shortlist(suite, group)
        for holder in group:
            if unclear or holder in odd:
                outcomes[holder] = _diagnosed(shortlist, holder, cases)
            else:
                outcomes[holder] = Outcome(caught=True, named=holder.ids)
    outcomes.pop(RIGHT, None)
    return outcomes


class _Shortlist:
    """A suite that knows no other beliefs than those of a group.

    The others are told apart already: they cannot explain what the group answers.
    """

    def __init__(self, suite: LiveExercise, group: Iterable[Holder]) -> None:
        self.suite = suite
        self._ids = {holder.ids for holder in group}

    def beliefs(self, function: str) -> Iterator[tuple[str, ...]]:
        """Yield the beliefs of the group in the order of the suite."""
        return (ids for ids in self.suite.beliefs(function) if ids in self._ids)

    def explains(self, ids: tuple[str, ...], case: Case, answer: Answer) -> bool:
        """Tell whether a student with these beliefs would answer this."""
        return self.suite.explains(ids, case, answer)

    def possible(
        self, beliefs: Sequence[tuple[str, ...]], case: Case, answer: Answer
    ) -> Sequence[tuple[str, ...]]:
        """As the suite does."""
        return self.suite.possible(beliefs, case, answer)

    def asked(self, case: Case) -> int:
        """As the suite does."""
        return self.suite.asked(case)


def _diagnosed(shortlist: _Shortlist, holder: Holder, cases: Sequence[Case]) -> Outcome:
    evidence = [_evidence(shortlist.suite, holder, case) for case in cases]
    caught = any(e.mismatch is not None for e in evidence)
    if not caught:
        return Outcome(caught, ())
    # Only names are wanted, not the anatomy of the error: beliefs are all it asks.
    return Outcome(caught, explanation(shortlist, evidence))  # type: ignore[arg-type]


def _evidence(suite: LiveExercise, holder: Holder, case: Case) -> Evidence:
    given = apart.answer(suite, holder, case)
    mismatch = suite.mismatch(case, given)
    changed = isinstance(given, Returned) and given.changed and case.call.keeps
    if mismatch is None and changed:
        mismatch = Mismatch("changed", "changed its input", "changed its input")
    return Evidence(case, given, mismatch)


def _conclude(outcomes: Mapping[str, Mapping[Holder, Counter[Outcome]]]) -> Proof:
    singles = pairs = 0
    confusions = []
    for function, by_holder in outcomes.items():
        by_ids: dict[tuple[str, ...], list[Counter[Outcome]]] = {}
        for holder, counts in by_holder.items():
            if len(holder.ids) == 1 or not _is_no_pair(counts):
                by_ids.setdefault(holder.ids, []).append(counts)
        for ids, ways in by_ids.items():
            singles += len(ids) == 1
            pairs += len(ids) == 2
            instead: Counter[Outcome] = Counter()
            for counts in ways:
                instead |= counts
            del instead[Outcome(caught=True, named=ids)]
            if instead:
                confusions.append(Confusion(function, ids, dict(instead)))
    return Proof(singles, pairs, tuple(confusions))


def _is_no_pair(counts: Counter[Outcome]) -> bool:
    """Tell whether two beliefs show as one and the same, or not at all, always."""
    return len(counts) == 1 and all(
        not outcome.caught or len(outcome.named) == 1 for outcome in counts
    )
