"""Tell whether an answer is the one that a belief predicts."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from grader.checks.compare import compare
from grader.checks.glance import differ_at_a_glance
from grader.reply import Missing, Raised, Returned

if TYPE_CHECKING:
    from collections.abc import Iterable

    from grader.checks.case import Answer
    from grader.checks.check import Call


def same_answer(predicted: Answer, answer: Answer, call: Call) -> bool:
    """Tell whether an answer to a call is the one that a belief predicts.

    Parameters
    ----------
    predicted, answer : Returned, Raised or Missing
        What a wrong implementation answers, and what was answered.
    call : Call
        The call, for its part and its tolerance.
    """
    if isinstance(answer, Missing):
        return False
    if isinstance(predicted, Raised):
        return isinstance(answer, Raised) and predicted.type in answer.bases
    if not isinstance(predicted, Returned) or not isinstance(answer, Returned):
        return False
    if differ_at_a_glance(predicted.value, answer.value, call):
        return False
    return compare(_settled(predicted), _settled(answer), call) is None


class Likeness:
    """Which predictions an answer is the same as: each is held against it once.

    Parameters
    ----------
    answer : Returned, Raised or Missing
        What was answered.
    call : Call
        To which call.
    """

    def __init__(self, answer: Answer, call: Call) -> None:
        self.answer = answer
        self._call = call
        # By identity; each prediction is held here too, so that it stays the only one.
        self._known: dict[int, tuple[Answer, bool]] = {}

    def to_any(self, predictions: Iterable[Answer]) -> bool:
        """Tell whether one of the predictions is the answer."""
        return any(map(self._to, predictions))

    def _to(self, predicted: Answer) -> bool:
        known = self._known.get(id(predicted))
        if known is None:
            same = same_answer(predicted, self.answer, self._call)
            known = self._known[id(predicted)] = predicted, same
        return known[1]


def _settled(answer: Returned) -> Returned:
    """Return the answer with numbers for NaN: equal slips divide by equal nothings."""
    value = answer.value
    if isinstance(value, np.ndarray) and value.dtype.kind == "f":
        if np.isfinite(value).all():
            return answer
        far = 2.0**60
        settled = np.nan_to_num(value, nan=far, posinf=2 * far, neginf=-2 * far)
        return replace(answer, value=settled)
    return answer
