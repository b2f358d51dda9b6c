"""What the course's own code answers to an exercise's calls, each computed once.

A process that judges a part of a class can tell the others what it has computed, and
take over what they have: with the same seed, the same calls have the same answers.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping

    from grader.reply import Raised, Returned

Key: TypeAlias = "tuple[str, int, tuple[str, ...]]"
"""A check, the number of its call, and the beliefs: none for the reference."""
Known: TypeAlias = "dict[Key, list[Returned | Raised]]"
"""By key the answers, one for each way to act on the beliefs."""


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

    def news(self) -> Known:
        """Return what was added here since this was asked last."""
        added = dict(islice(self.known.items(), self._told, None))
        self._told = len(self.known)
        return added

    def learn(self, found: Mapping[Key, list[Returned | Raised]]) -> None:
        """Take over what another process has computed; it is no news from here.

        What was added here must have been asked for before.
        """
        for key, answers in found.items():
            self.known.setdefault(key, answers)
        self._told = len(self.known)
