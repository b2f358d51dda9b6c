"""Work out the cells of public answers, for students whose own are wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from grader.checks.compare import Mismatch
from grader.checks.sealfile import place
from grader.checks.stored_working import to_record
from grader.reply import Returned

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from grader.checks.grouping import Group
    from grader.checks.suite import Case, LiveExercise

MAX_CELLS = 120
"""Of a larger public answer no cell is worked out: students see the small ones."""


def workings(live: LiveExercise, groups: Sequence[Group]) -> dict[str, Any]:
    """Return how each cell of small public answers comes about, as JSON."""
    found = {}
    for group in groups:
        for case in group.cases if group.public else ():
            cells = dict(_cells(live, case))
            if cells:
                found[f"{case.check}/{case.number}"] = cells
    return found


def _cells(live: LiveExercise, case: Case) -> Iterator[tuple[str, Any]]:
    right = live.expected(case)
    if not isinstance(right, Returned):
        return
    value = right.value
    parts: list[tuple[int | None, Any]] = [(None, value)]
    if isinstance(value, (tuple, list)):
        asked = case.call.part
        numbers = range(len(value)) if asked is None else (asked[0],)
        parts = [(k, value[k]) for k in numbers]
    for part, array in parts:
        if not isinstance(array, np.ndarray) or not 0 < array.size <= MAX_CELLS:
            continue
        for index in np.ndindex(array.shape):
            working = live.working(case, Mismatch("value", "", "", index, part))
            if working is None:
                return
            yield place(index, part), to_record(working)
