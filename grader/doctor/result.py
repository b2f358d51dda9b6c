"""What a proof found: facts, faults with their remedies, and what is still owed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from grader.errors import CourseError


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is not as it must be.

    Parameters
    ----------
    proof : str
        The proof that found it.
    exercise : str
        The exercise; empty for the course as a whole.
    problem : str
        What is wrong, and where.
    remedy : str
        What to do about it.
    """

    proof: str
    exercise: str
    problem: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Result:
    """What one proof found in one exercise, or in the course as a whole.

    Parameters
    ----------
    proof, exercise : str
        As in `Fault`.
    facts : str
        What was looked at, with figures.
    faults : tuple of Fault
        Empty where the proof holds.
    notes : tuple of str
        What is worth knowing and allowed.
    waits_for : str
        The proof that must hold first; empty where this one was tried.
    tried, held : int
        How many things the proof tried, and for how many it held, for a total.
    blocks : bool
        Whether the proofs that come after it make no sense now.
    """

    proof: str
    exercise: str
    facts: str
    faults: tuple[Fault, ...] = ()
    notes: tuple[str, ...] = ()
    waits_for: str = ""
    tried: int = 0
    held: int = 0
    blocks: bool = False

    @property
    def holds(self) -> bool:
        """Whether the proof was tried and found no fault."""
        return not self.faults and not self.waits_for


def report(
    proof: str,
    exercise: str,
    facts: str,
    faults: Iterable[tuple[str, str]],
    *,
    notes: tuple[str, ...] = (),
    tried: int = 0,
    held: int = 0,
    blocks: bool = False,
) -> Result:
    """Return a result from pairs of problem and remedy."""
    found = tuple(Fault(proof, exercise, problem, remedy) for problem, remedy in faults)
    return Result(
        proof, exercise, facts, found, notes, tried=tried, held=held, blocks=blocks
    )


def said(error: CourseError, root: Path) -> tuple[str, str]:
    """Return what an error says as problem and remedy, its file as seen from `root`."""
    remedy = error.remedy or "Mend it there."
    text = str(error).removesuffix(f". {error.remedy}")
    return text.replace(f"{root}/", ""), remedy
