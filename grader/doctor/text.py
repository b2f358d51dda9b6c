"""Say what the proofs found: one line a proof, then what is wrong and what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from grader.doctor.result import Result

WHOLE = "(course)"


def lines(result: Result, *, width: int = 16) -> Iterator[str]:
    """Yield the lines about one proof of one exercise.

    Parameters
    ----------
    result : Result
        What was found.
    width : int
        How wide the column of exercises is.
    """
    head = f"{result.exercise or WHOLE:<{width}}  {result.proof:<11}"
    if result.waits_for:
        yield f"{head}  --    waits for: {result.waits_for}"
        return
    if not result.faults:
        yield f"{head}  ok    {result.facts}"
    for number, fault in enumerate(result.faults):
        first, *rest = fault.problem.splitlines()
        yield f"{head}  FAIL  {first}" if not number else f"  {first}"
        for line in rest:
            yield f"    {line}"
        if fault.remedy:
            yield f"      -> {fault.remedy}"
    if result.faults and result.tried:
        yield f"      {result.held} of {result.tried} hold"
    for note in result.notes:
        yield f"      note: {note}"


def closing(results: Sequence[Result]) -> str:
    """Return the last line: sound, or how many proofs fail and what comes first."""
    failed = [result for result in results if result.faults]
    if not failed:
        return f"Sound: {len(results)} proofs hold."
    waiting = sum(bool(result.waits_for) for result in results)
    also = f", {waiting} wait for them" if waiting else ""
    first = failed[0]
    return (
        f"Not sound: {len(failed)} of {len(results)} proofs fail{also}. "
        f"Begin with: {first.exercise or WHOLE}, {first.proof}."
    )
