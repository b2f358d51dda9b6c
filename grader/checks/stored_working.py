"""A working as it is stored in a sealed file, and back."""

from __future__ import annotations

from typing import Any

import numpy as np

from grader.checks.sealfile import from_json, to_json
from grader.checks.working import Place, Working, cells
from grader.picture import Share


def to_record(working: Working) -> list[Any]:
    """Return a working as JSON."""
    factors = None if working.factors is None else to_json(np.asarray(working.factors))
    return [
        to_json(np.asarray(working.window)),
        working.result,
        factors,
        working.source,
        working.by,
        [
            [p.argument, p.lead, p.rows, p.columns, p.border, p.focus]
            for p in working.places
        ],
        [[s.source, s.sent, s.how, s.received] for s in working.shares],
    ]


def from_record(record: list[Any]) -> Working:
    """Return the working that `to_record` wrote.

    Raises
    ------
    ValueError, KeyError, TypeError
        If it is none.
    """
    window, result, factors, source, by, places, shares = record
    return Working(
        from_json(window),
        result,
        from_json(factors),
        source,
        by,
        tuple(_place(*place) for place in places),
        tuple(Share(*map(str, share)) for share in shares),
    )


def _place(
    argument: str,
    lead: list[list[int]],
    rows: list[int],
    columns: list[int],
    border: int,
    focus: list[int] | None,
) -> Place:
    return cells(
        str(argument),
        *lead,
        rows,
        columns,
        border=int(border),
        focus=None if focus is None else (focus[0], focus[1]),
    )
