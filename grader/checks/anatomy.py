"""The anatomy of an error that no belief explains: which calls fail, and how.

One or two sentences, each true of every answer given. They speak of features and
relations only, never of a value, so that a hidden check may tell them too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from grader.checks.observed import observe, pairs, parts_of
from grader.checks.patterns import which_calls, with_article
from grader.checks.shapes import relate_shapes
from grader.checks.values import relate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grader.checks.diagnose import Evidence
    from grader.checks.observed import Seen
    from grader.checks.suite import ExerciseSuite

LONGEST = 160


def describe(suite: ExerciseSuite, evidence: Sequence[Evidence]) -> str:
    """Return what the wrong answers of a function have in common; often nothing.

    Parameters
    ----------
    suite : ExerciseSuite
        The exercise.
    evidence : sequence of Evidence
        Every answer given for one function, right ones included.
    """
    # A student's numbers may overflow in any arithmetic with them.
    with np.errstate(all="ignore"):
        parts = {
            name: observe(suite, evidence, index)
            for index, name in parts_of(evidence).items()
        }
        wrong = {name: seen for name, seen in parts.items() if not _all_right(seen)}
        if len(wrong) == 1:
            (name, seen), *_ = wrong.items()
            right = [part for part in parts if part != name]
            return _joined([*_sentences(seen, f"your {name}"), _right_parts(right)])
        return _joined(_sentences(observe(suite, evidence), "your answer"))


def _all_right(seen: Sequence[Seen]) -> bool:
    return all(s.kind == "right" for s in seen)


def _sentences(seen: Sequence[Seen], subject: str) -> list[str]:
    which = which_calls(seen, subject)
    how = _how(seen, subject)
    return [which, how if "your code raises" not in which else ""]


def _right_parts(names: Sequence[str]) -> str:
    if not names:
        return ""
    verb = "is" if len(names) == 1 else "are"
    return f"your {' and '.join(names)} {verb} right."


def _how(seen: Sequence[Seen], subject: str) -> str:
    """Return how the wrong answers relate to the right ones."""
    kinds = {s.kind for s in seen} - {"right"}
    some_right = any(s.kind == "right" for s in seen)
    where = f"where {subject} is wrong, " if some_right else ""
    if clause := relate(pairs(seen)):
        if kinds != {"value"}:
            where = "where only the values are wrong, "
        return f"{where}{clause}."
    if clause := relate_shapes([s for s in seen if s.kind == "shape"]):
        if kinds != {"shape"}:
            where = "where the shape is wrong, "
        return f"{where}{clause}."
    if kinds == {"accepted"} and some_right:
        return "all that is missing is an exception where one is promised."
    names = {s.raised for s in seen if s.kind != "right"}
    if kinds == {"raised"} and len(names) == 1 and "" not in names:
        return f"{where or 'in every call, '}your code raises {with_article(*names)}."
    return ""


def _joined(sentences: Sequence[str]) -> str:
    """Return as many of the sentences as fit, the first ones first."""
    text = ""
    for sentence in filter(None, sentences):
        longer = f"{text} {sentence[0].upper()}{sentence[1:]}".lstrip()
        if len(longer) <= LONGEST:
            text = longer
    return text
