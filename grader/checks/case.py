"""A call with its place in a suite, and what may be answered to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from grader.reply import Missing, Raised, Returned

if TYPE_CHECKING:
    from grader.checks.check import Call

Answer = Returned | Raised | Missing


@dataclass(frozen=True, slots=True, eq=False)
class Case:
    """One call of one check, with its place in the suite."""

    check: str
    number: int
    call: Call
