"""What equal answers were judged to be: in a class, many answer the same.

Calls are answered in bytes. Where the same calls have been answered with the same
bytes before, what was found then is found again: nothing else decides it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Mapping, Sequence

    from grader.checks.case import Case
    from grader.checks.diagnose import Evidence
    from grader.reply import Reply
    from grader.sandbox.answer import Answer
    from grader.verdict import CheckResult

MOST = 32 << 20
"""How many bytes of answers are held to be compared with."""
_LARGE = 1 << 18  # bytes of the answers to one row: it takes too long to compare them


@dataclass(frozen=True, slots=True, eq=False)
class Row:
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


class Precedents:
    """Remembers what was found; of one live suite, whose cases stay the same."""

    def __init__(self) -> None:
        self._rows: dict[Hashable, Row] = {}
        self._results: dict[Hashable, tuple[CheckResult, ...]] = {}
        self._size = 0

    def row(
        self,
        cases: tuple[Case, ...],
        unwritten: Mapping[str, Reply],
        answers: Sequence[Answer],
        find: Callable[[], Row],
    ) -> Row | None:
        """Return what was found in these answers, or find it.

        Parameters
        ----------
        cases : tuple of Case
            The calls, those included that are not made.
        unwritten : mapping of str to Reply
            What functions said before that are not called any more.
        answers : sequence of Answer
            To each call that was made.
        find : callable
            Called where nobody has answered the same.

        Returns
        -------
        Row or None
            None where the answers are too large to be compared.
        """
        size = sum([len(body) for _, body in answers])
        if size > _LARGE:
            return None
        key = cases, tuple(unwritten.items()), tuple(answers)
        row = self._rows.get(key)
        if row is None:
            row = find()
            self._size += size
            if self._size > MOST:
                self._rows.clear()
                self._results.clear()
                self._size = size
            self._rows[key] = row
        return row

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
            results = self._results[found] = conclude()
        return results
