"""The anatomy of an error that no belief explains: which calls fail, and how.

One or two sentences, each true of every answer given. They speak of features and
relations only, never of a value, so that a hidden check may tell them too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from grader.checks.observed import observe, pairs, parts_of
from grader.checks.patterns import which_calls, which_raise, with_article
from grader.checks.shapes import relate_shapes
from grader.checks.subject import Subject
from grader.checks.values import relate

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

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
        parts = parts_of(evidence)
        right = {
            index: name
            for index, name in parts.items()
            if _all_right(observe(suite, evidence, index))
        }
        wrong = {index: name for index, name in parts.items() if index not in right}
        subject = Subject(tuple(wrong.values()) if right else ())
        if len(wrong) == 1:
            seen = observe(suite, evidence, *wrong)
        else:
            about = [e for e in evidence if _part_of(e) not in right]
            seen = observe(suite, about)
        which, how = _sentences(seen, subject)
        return _joined(_right_parts(right.values()), which, how)


def _part_of(item: Evidence) -> int | None:
    part = item.case.call.part
    return None if part is None else part[0]


def _all_right(seen: Sequence[Seen]) -> bool:
    return all(s.kind == "right" for s in seen)


def _right_parts(names: Iterable[str]) -> str:
    subject = Subject(tuple(names))
    return f"{subject} {subject.be} right." if subject.names else ""


def _sentences(seen: Sequence[Seen], subject: Subject) -> tuple[str, str]:
    """Return which calls fail, and how their answers relate to the right ones."""
    which = which_calls(seen, subject)
    if not which and (raising := which_raise(seen)):
        # Which of the others fail is not told: "and right otherwise" would not be
        # true of the calls that raise.
        rest = [s for s in seen if s.kind != "raised"]
        return raising, _how(rest, subject, told=False)
    return which, _how(seen, subject, told=bool(which))


def _how(seen: Sequence[Seen], subject: Subject, *, told: bool) -> str:
    """Return how the wrong answers relate to the right ones."""
    kinds = {s.kind for s in seen} - {"right"}
    some_right = len(kinds) < len({s.kind for s in seen})
    name = subject.pronoun if told else f"{subject}"
    where = f"where {name} {subject.be} wrong, " if some_right else ""
    shaped = [s for s in seen if s.kind == "shape"]
    if clause := relate(pairs(seen)):
        where = where if kinds == {"value"} else "where only the values are wrong, "
    elif clause := relate_shapes(shaped):
        where = where if kinds == {"shape"} else "where the shape is wrong, "
    if clause:
        it = subject.each if where else subject.start
        return f"{where}{clause.format(it=it)}."
    if told:
        return ""
    if kinds == {"accepted"} and some_right:
        return "all that is missing is an exception where one is promised."
    names = {s.raised for s in seen if s.kind != "right"}
    if kinds == {"raised"} and len(names) == 1 and "" not in names:
        return f"every call that fails raises {with_article(*names)}."
    return ""


def _joined(right: str, which: str, how: str) -> str:
    """Return as many of the sentences as fit; those that are most worth first."""
    for chosen in ((right, which, how), (which, how), (which,), (how,), (right,)):
        text = " ".join(f"{s[0].upper()}{s[1:]}" for s in chosen if s)
        if 0 < len(text) <= LONGEST:
            return text
    return ""
