"""Which calls ask what another one asks: it is no harder to answer twice than once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.checks.check import show

if TYPE_CHECKING:
    from collections.abc import Iterable

    from grader.checks.check import Call
    from grader.checks.suite import Case, LiveExercise


def inputs(call: Call) -> str:
    """Return a text that is the same for the same function and arguments."""
    arguments = (
        f"{name}={show(value, full=10**9)}" for name, value in call.arguments()
    )
    return f"{call.function}({', '.join(arguments)})"


def question(call: Call) -> str:
    """Return a text that is the same where the same part of the same answer counts."""
    return f"{inputs(call)} {call.part}"


def shown(live: LiveExercise) -> set[str]:
    """Return the inputs of which public checks show the answer."""
    return {
        inputs(case.call)
        for check in live.checks
        if check.visibility == "public"
        for case in live.cases(check)
    }


def unanswered(cases: Iterable[Case], shown: set[str]) -> list[Case]:
    """Return the calls whose answer is not shown, each question once."""
    found: dict[str, Case] = {}
    for case in cases:
        if inputs(case.call) not in shown:
            found.setdefault(question(case.call), case)
    return list(found.values())
