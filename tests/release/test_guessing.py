"""Somebody with the zip tries to guess hidden answers, and gets nowhere.

The attacker has the engine, the sealed file, the docstrings; not the solutions, nor
the wrong implementations. Who writes the rule down has solved the exercise: running
``grade`` tells as much. The attacks here count through values.
"""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest

from grader.checks import digest
from grader.checks.canonical import canonical
from grader.checks.sealed import SealedExercise
from grader.reply import Raised, Returned

CONSTANTS = (*range(-20, 101), 0.5, -0.5)


@pytest.fixture(scope="module")
def exercises(course, suites):
    """Return the sealed exercises."""
    return [suites[1].exercise(exercise.name) for exercise in course.exercises]


def _hidden_groups(exercise: SealedExercise):
    parts = exercise._parts
    for group, cases in parts.members.items():
        if parts.right[group] is not None:
            forms = [parts.records[case]["form"] for case in cases]
            if not all(isinstance(f, dict) and "raises" in f for f in forms):
                yield group, cases


def _filled(form, value):
    """Return an answer of the told form that holds one value."""
    if isinstance(form, list):
        return tuple(_filled(item, value) for item in form)
    if isinstance(form, dict):
        kind = np.int64 if form["whole"] else np.float64
        return np.full(form["shape"], value).astype(kind)
    return {"int": int, "float": float, "bool": bool}[form](value)


def _echoes(form, case):
    """Yield the arguments, turned and flipped, that have the told form."""
    shape = form["shape"] if isinstance(form, dict) else None
    for _, value in case.call.arguments():
        if not isinstance(value, np.ndarray):
            yield value
            continue
        for sign, turned in itertools.product((1, -1), (value, value.T, value[::-1])):
            if shape is not None and turned.size == math.prod(shape):
                yield sign * turned.reshape(shape)


def _is_right(exercise, group, cases, answers):
    parts = exercise._parts
    texts = []
    for case, answer in zip(cases, answers, strict=True):
        record = parts.records[case]
        form = record["form"]
        made = Returned(answer)
        if isinstance(form, dict) and "raises" in form:
            made = Raised(form["raises"], (form["raises"],), "", ())
        text = canonical(made, case.call, record["scale"], parts.exceptions)
        texts.append(b"" if text is None else text)
    made = digest.secret(texts, parts.salt, group, slow=parts.slow[group])
    return digest.right(made).hex() == parts.right[group]


def _returned(exercise, case):
    form = exercise._parts.records[case]["form"]
    return None if isinstance(form, dict) and "raises" in form else form


def test_no_hidden_check_is_passed_by_one_number_everywhere(exercises):
    tried = 0
    for exercise in exercises:
        for group, cases in _hidden_groups(exercise):
            forms = [_returned(exercise, case) for case in cases]
            for value in CONSTANTS:
                answers = [None if f is None else _filled(f, value) for f in forms]
                assert not _is_right(exercise, group, cases, answers)
                tried += 1
    assert tried > 10_000


def test_no_hidden_check_is_passed_by_an_argument_given_back(exercises):
    tried = 0
    for exercise in exercises:
        for group, cases in _hidden_groups(exercise):
            columns = [
                list(_echoes(form, case)) if form is not None else [None]
                for case in cases
                for form in [_returned(exercise, case)]
            ]
            for answers in itertools.islice(zip(*columns, strict=False), 50):
                assert not _is_right(exercise, group, cases, answers)
                tried += 1
    assert tried > 100


def test_the_right_answers_would_be_recognised(exercises, suites):
    """The attacks fail for want of the answers, not of the test."""
    live = suites[0].exercise("stride")
    exercise = next(e for e in exercises if e.name == "stride")

    for group, cases in _hidden_groups(exercise):
        answers = [getattr(live.expected(case), "value", None) for case in cases]
        assert _is_right(exercise, group, cases, answers)


def test_numbers_cannot_be_found_one_call_after_the_other(exercises, suites):
    """Nor by trying, for each call, short sums and products of its arguments.

    The cost of all calls of a group together is the product of the tries for each.
    """
    looked_at = 0
    for exercise in exercises:
        live = suites[0].exercise(exercise.name)
        for _, cases in _hidden_groups(exercise):
            if {_returned(exercise, case) for case in _single(exercise, cases)} != {
                "int"
            }:
                continue
            tries = 1.0
            for case in cases:
                right = live.expected(case).value
                counted = abs(right) + 1
                made = _formulas(case)
                tries *= min(counted, made.get(right, math.inf))
            assert math.log2(tries) >= digest.ENOUGH_BITS, cases[0].check
            looked_at += 1
    assert looked_at > 15


def _single(exercise, cases):
    return [c for c in cases if not isinstance(_returned(exercise, c), (dict, list))]


def _formulas(case):
    """Return what short formulas of the arguments give, with the place of each."""
    given = [n for _, value in case.call.arguments() for n in _whole(value)]
    by_length = {1: list(dict.fromkeys([*given, 1, 2]))}
    place = {number: k for k, number in enumerate(by_length[1], 1)}
    for length in (2, 3):
        by_length[length] = []
        for split in range(1, length):
            for a, b in itertools.product(by_length[split], by_length[length - split]):
                for number in (a + b, a - b, a * b, a // b if b else 0):
                    if number >= 0 and number not in place:
                        place[number] = len(place) + 1
                        by_length[length].append(number)
    return place


def _whole(value):
    if isinstance(value, (tuple, list)):
        for item in value:
            yield from _whole(item)
    elif isinstance(value, int):
        yield int(value)
