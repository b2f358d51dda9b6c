"""What the course's own code answers to an exercise's calls, each computed once.

A process that judges a part of a class can tell the others what it has computed, and
take over what they have: with the same seed, the same calls have the same answers.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from grader.reply import Raised

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable

    from grader.checks.suite import Case
    from grader.reply import Returned

Known: TypeAlias = "defaultdict[Case, dict[tuple[str, ...], list[Returned | Raised]]]"
"""By call, and by beliefs, the answers: one for each way to act on the beliefs. Those
of nobody are the reference's."""
News: TypeAlias = "dict[tuple[str, int, tuple[str, ...]], list[Returned | Raised]]"
"""The same for other processes: by check, number of the call, and beliefs."""


@dataclass(slots=True)
class Answers:
    """The answers known for one exercise and seed.

    Parameters
    ----------
    known : dict
        All of them; whoever computes one adds it.
    """

    known: Known = field(default_factory=lambda: defaultdict(dict))
    _distinct: dict[Hashable, Returned | Raised] = field(default_factory=dict)
    _untold: list[tuple[Case, tuple[str, ...]]] = field(default_factory=list)
    _calls: dict[tuple[str, int], Case] = field(default_factory=dict)

    def add(
        self, case: Case, ids: tuple[str, ...], answers: Iterable[Returned | Raised]
    ) -> None:
        """Take in what was computed.

        Many beliefs answer a call alike: what is equal to the last bit is kept once,
        and a student's answer is held against it once.

        Parameters
        ----------
        case : Case
            The call.
        ids : tuple of str
            Who answers: beliefs, or nobody but the reference.
        answers : iterable of Returned or Raised
            What they answer, one for each way to act on the beliefs.
        """
        self.known[case][ids] = [
            self._distinct.setdefault((case, *_exactly(each)), each) for each in answers
        ]
        self._untold.append((case, ids))

    def news(self) -> News:
        """Return what was added here since this was asked last."""
        untold, self._untold = self._untold, []
        return {
            (case.check, case.number, ids): self.known[case][ids]
            for case, ids in untold
        }

    def learn(self, news: News, cases: Iterable[Case]) -> None:
        """Take over what another process has computed; it is no news from here.

        What was added here must have been asked for before.

        Parameters
        ----------
        news : dict
            What it told.
        cases : iterable of Case
            The exercise's own calls, which are those of the other process too.
        """
        if not self._calls:
            self._calls = {(case.check, case.number): case for case in cases}
        for (check, number, ids), answers in news.items():
            case = self._calls[check, number]
            if ids not in self.known[case]:
                self.add(case, ids, answers)
        self._untold.clear()


def _exactly(answer: Returned | Raised) -> tuple[Hashable, ...]:
    """Return what only answers share that are equal to the last bit."""
    if isinstance(answer, Raised):
        return answer.type, answer.bases
    return answer.changed, _bits(answer.value)


def _bits(value: Any) -> Hashable:
    if type(value) is np.ndarray and not value.dtype.hasobject:
        return value.dtype, value.shape, value.tobytes()
    if type(value) in (tuple, list):
        return type(value), *map(_bits, value)
    if type(value) is float:
        return value.hex()  # tells -0.0 from 0.0
    if value is None or type(value) in (int, bool, str):
        return type(value), value
    return id(value)  # a value of any other type is equal to itself alone
