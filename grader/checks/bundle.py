"""Which calls stand and fall together: those of one function."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from grader.checks.suite import Case


def apart(cases: Iterable[Case]) -> list[list[Case]]:
    """Return the calls by function; one with a budget, which may be spared, alone."""
    found: dict[object, list[Case]] = {}
    for case in cases:
        call = case.call
        key = call.function if call.budget is None else (call.function, id(case))
        found.setdefault(key, []).append(case)
    return list(found.values())
