"""What a judge remembers of those before: what is the same for many is found once.

Calls are answered in bytes. Where the same calls have been answered with the same
bytes before, what was found then is found again: nothing else decides it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from grader.checks.diagnose import diagnose
from grader.diagnoses import Diagnoses
from grader.plan import Plan
from grader.sandbox.answer import LARGE

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Mapping, Sequence

    from grader.checks.check import Budget
    from grader.checks.diagnose import Evidence
    from grader.checks.suite import ExerciseSuite
    from grader.reply import Reply
    from grader.verdict import CheckResult

MOST = 32 << 20
"""How many bytes of answers are held to be compared with."""
REMEMBERED = 4096
"""Results of exercises that are held."""

MEASURED = 3
"""How many submissions measure a unit of time. The least counts: a busy machine makes
it longer, nothing makes it shorter."""


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """What was found in the answers to a row of calls.

    Parameters
    ----------
    evidence : mapping of str to sequence of Evidence
        By check.
    unwritten : mapping of str to Reply
        What functions said by its end that are not written yet.
    failed : bool
        Whether an answer is wrong.
    """

    evidence: Mapping[str, Sequence[Evidence]]
    unwritten: Mapping[str, Reply]
    failed: bool


class Experience:
    """What a judge remembers; of one live suite, whose cases stay the same.

    Attributes
    ----------
    diagnoses : Diagnoses
        What was said of all answers given for a function.
    """

    def __init__(self) -> None:
        self.diagnoses = Diagnoses(diagnose)
        self._plans: dict[str, Plan] = {}
        self._units: dict[Budget, list[float]] = {}
        self._found: dict[Hashable, Found] = {}
        self._results: dict[Hashable, tuple[CheckResult, ...]] = {}
        self._size = 0

    def plan(self, suite: ExerciseSuite) -> Plan:
        """Return what an exercise asks."""
        if suite.name not in self._plans:
            self._plans[suite.name] = Plan.of(suite)
        return self._plans[suite.name]

    def unit(self, budget: Budget, measure: Callable[[Budget], float]) -> float:
        """Return the CPU seconds in which a budget counts.

        Parameters
        ----------
        budget : Budget
            Of which matrix product.
        measure : callable
            Measures it, for the first few submissions.
        """
        measured = self._units.setdefault(budget, [])
        if len(measured) < MEASURED:
            measured.append(measure(budget))
        return min(measured)

    def found(self, key: Hashable) -> Found | None:
        """Return what was found before, where the key is the same.

        Parameters
        ----------
        key : Hashable
            What was asked, and every byte that was answered.
        """
        return self._found.get(key)

    def add(self, key: Hashable, found: Found, size: int) -> Found | None:
        """Remember what was found, and return it; None where it is too large.

        Parameters
        ----------
        key : Hashable
            See `found`.
        found : Found
            What was found.
        size : int
            How many bytes the key takes, about.
        """
        if size > LARGE:
            return None
        self._size += size
        if self._size > MOST:
            self._found.clear()
            self._results.clear()
            self._size = size
        self._found[key] = found
        return found

    def results(
        self, found: Hashable | None, conclude: Callable[[], tuple[CheckResult, ...]]
    ) -> tuple[CheckResult, ...]:
        """Return the results of an exercise, or conclude them.

        Parameters
        ----------
        found : Hashable or None
            What they are concluded from; None where that cannot be compared.
        conclude : callable
            Called where nobody has come to the same.
        """
        if found is None:
            return conclude()
        results = self._results.get(found)
        if results is None:
            if len(self._results) >= REMEMBERED:
                self._results.clear()
            results = self._results[found] = conclude()
        return results
