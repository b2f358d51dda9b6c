"""What the course's own code answers to an exercise's calls, each computed once.

A process that judges a part of a class can tell the others what it has computed, and
take over what they have: with the same seed, the same calls have the same answers.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable

    from grader.checks.suite import Case
    from grader.reply import Raised, Returned

Known: TypeAlias = "dict[tuple[Case, tuple[str, ...]], list[Returned | Raised]]"
"""By call and beliefs the answers: none for the reference, one for each way to err."""
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

    known: Known = field(default_factory=dict)
    _told: int = 0
    _calls: dict[tuple[str, int], Case] = field(default_factory=dict)

    def news(self) -> News:
        """Return what was added here since this was asked last."""
        added = islice(self.known.items(), self._told, None)
        found = {(c.check, c.number, ids): each for (c, ids), each in added}
        self._told = len(self.known)
        return found

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
            self.known.setdefault((self._calls[check, number], ids), answers)
        self._told = len(self.known)
