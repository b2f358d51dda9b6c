"""What a sentence speaks of: the whole answer, or some parts of it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Subject:
    """The subject of a sentence.

    Parameters
    ----------
    names : tuple of str
        Parts of the answer by name; none for the whole.
    """

    names: tuple[str, ...] = ()

    def __str__(self) -> str:
        """Name it, as in the middle of a sentence."""
        return f"your {' and '.join(self.names) or 'answer'}"

    @property
    def be(self) -> str:
        """The verb that goes with it."""
        return "are" if len(self.names) > 1 else "is"

    @property
    def start(self) -> str:
        """What begins a sentence about each of them."""
        return f"each of {self}" if len(self.names) > 1 else f"{self}"

    @property
    def each(self) -> str:
        """What stands for one of them in a clause of its own."""
        return "each" if len(self.names) > 1 else "it"

    @property
    def pronoun(self) -> str:
        """What stands for it once it has been named."""
        return "they" if len(self.names) > 1 else "it"
