"""What every digest costs to find by counting, reckoned without the engine's own count.

The attacker has the inputs and the shapes, and a misconception's implementation up to
the numbers in its answers: zeros, constants and copies of whole arguments cost nothing,
and no number is larger than the largest of its array. Where right numbers would be
found so, finding them must take 2^60 tries of a slow digest.
"""

from __future__ import annotations

import math

import numpy as np
import pytest

from grader.reply import Returned

BITS = 60
STEPS = 400
"""Of a mean over so many cells at the most."""


@pytest.fixture(scope="module")
def hidden(course, suites):
    """Return for each function the hidden calls that no public one answers."""
    found = {}
    for exercise in course.exercises:
        live = suites[0].exercise(exercise.name)
        sealed = suites[1].exercise(exercise.name)
        for open_ in ("public", "hidden"):
            for check in sealed.checks:
                for case in sealed.cases(check) if check.visibility == open_ else ():
                    calls = found.setdefault((live, case.call.function), {})
                    calls.setdefault(_asked(case.call), (open_, case))
    return {
        key: [case for open_, case in calls.values() if open_ == "hidden"]
        for key, calls in found.items()
    }


def _asked(call):
    arguments = [
        (name, value.tobytes() if isinstance(value, np.ndarray) else repr(value))
        for name, value in call.arguments()
    ]
    return repr((arguments, call.part))


def _arrays(answer, call):
    """Return the arrays of numbers that are compared, floats; None where it raised."""
    if not isinstance(answer, Returned):
        return None
    value = answer.value
    if call.part is not None and isinstance(value, (tuple, list)):
        value = value[call.part[0]]
    parts = value if isinstance(value, (tuple, list)) else [value]
    return [np.asarray(part, dtype=np.float64) for part in parts]


def _range(array):
    """Return how many numbers are not larger than the largest of an array."""
    known = np.where(np.isfinite(array), array, 0.0)
    for steps in range(1, STEPS):
        if (np.abs(known * steps - np.rint(known * steps)) < 1e-6).all():
            break
    largest = float(np.abs(known).max(initial=0.0)) * steps
    return 1 + largest * (2 if (known < 0).any() else 1)


def _free(array, call):
    """Return which cells cost nothing."""
    if array.ndim == 0:
        single = [v for _, v in call.arguments() if not isinstance(v, np.ndarray)]
        return np.array(float(array) in {0.0, 1.0, *_flat(single)})
    whole = array.size > 1 and (array == array.flat[0]).all()
    copied = any(np.array_equal(array, value) for _, value in call.arguments())
    return (array == 0) | ~np.isfinite(array) | whole | copied


def _flat(values):
    for value in values:
        if isinstance(value, (tuple, list)):
            yield from _flat(value)
        elif value is not None:
            yield float(value)


def _counted(answers, live):
    """Return the bits of wrong answers, or enough, and whether they hold right ones."""
    cost, told = 0.0, False
    for case, answer in answers:
        arrays, call = _arrays(answer, case.call), case.call
        right = _arrays(live.expected(case), call)
        for place, array in enumerate(arrays or ()):
            paid = ~_free(array, call)
            if paid.any():
                cost += np.count_nonzero(paid) * math.log2(_range(array))
            if right and place < len(right) and right[place].shape == array.shape:
                told |= bool((paid & np.isclose(array, right[place])).any())
        if cost >= BITS:
            break
    return cost, told


def test_no_wrong_answers_that_hold_right_numbers_are_found_by_counting(hidden):
    tried = cheap = 0
    for (live, function), cases in hidden.items():
        for ids in live.beliefs(function):
            for way in range(len(live.predicted(ids, cases[0])) if cases else 0):
                answers = ((case, live.predicted(ids, case)[way]) for case in cases)
                cost, told = _counted(answers, live)
                assert not told or cost >= BITS, (function, ids, cost)
                tried += 1
                cheap += cost < BITS
    assert tried > 10_000
    assert cheap > 50  # who believes these answers nothing that is right


def test_no_right_answers_are_found_by_counting(course, suites):
    counted = 0
    for exercise in course.exercises:
        live = suites[0].exercise(exercise.name)
        parts = suites[1].exercise(exercise.name)._parts
        for group, cases in parts.members.items():
            if parts.right[group] is None:
                continue
            distinct = {_asked(case.call): case for case in cases}.values()
            found = [
                (case, _arrays(live.expected(case), case.call)) for case in distinct
            ]
            if all(arrays is None for _, arrays in found):
                continue  # that it raises is told
            cost = sum(
                array.size * math.log2(_range(array))
                for _, arrays in found
                for array in arrays or ()
            )
            assert cost >= BITS, cases[0].check
            counted += 1
    assert counted > 100
