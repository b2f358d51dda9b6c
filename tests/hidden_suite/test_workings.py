"""Every working of every public answer is true: window, place, products and shares."""

from __future__ import annotations

import json
import math
from itertools import product

import numpy as np
import pytest

from grader.checks.compare import Mismatch
from grader.checks.observed import binder
from grader.checks.stored_working import from_record, to_record
from grader.reply import Returned

MOST_CELLS = 60
EXERCISES = (
    "convolution",
    "padding",
    "stride",
    "pooling",
    "maxpool_backward",
    "connectivity",
    "conv_backward",
    "variants",
    "im2col",
)
GRADIENTS = ("max_pool2d_backward", "avg_pool2d_backward")


@pytest.fixture
def workings(suite_of):
    """Return a function that gives (arguments, right value, working) of an exercise."""

    def found(name):
        live = suite_of(name)
        for check in live.checks:
            for case in live.cases(check) if check.visibility == "public" else ():
                for part, array in parts(live.expected(case), case.call.part):
                    for index in list(np.ndindex(array.shape))[:MOST_CELLS]:
                        mismatch = Mismatch("value", "", "", index, part)
                        working = live.working(case, mismatch)
                        if working is not None:
                            arguments = binder(live, case.call.function)(case.call)
                            yield case.call, part, arguments, array[index], working

    return found


def parts(answer, asked):
    if not isinstance(answer, Returned):
        return
    value = answer.value
    if isinstance(value, tuple):
        yield asked[0], value[asked[0]]
    elif isinstance(value, np.ndarray):
        yield None, value


def covered(place, argument):
    """Return the cells of a place, in order; a border holds zeros."""
    sheet = np.atleast_2d(argument)
    height, width = sheet.shape[-2:]
    return [
        sheet[(*lead, i, j)] if 0 <= i < height and 0 <= j < width else 0
        for lead in product(*place.lead)
        for i in place.rows
        for j in place.columns
    ]


@pytest.mark.parametrize("exercise", [e for e in EXERCISES if e != "connectivity"])
def test_the_first_place_holds_what_the_window_shows(workings, exercise):
    compared = 0
    for call, _, arguments, right, working in workings(exercise):
        if not working.places:
            continue
        cells = covered(working.places[0], arguments[working.places[0].argument])
        if call.function == "zero_pad":
            assert cells == [right]
        else:
            assert cells == list(np.ravel(working.window)), str(call)
        compared += 1

    assert compared >= 40


@pytest.mark.parametrize("exercise", EXERCISES)
def test_every_place_lies_in_its_argument_or_its_border(workings, exercise):
    for call, _, arguments, _, working in workings(exercise):
        for place in working.places:
            shape = np.atleast_2d(arguments[place.argument]).shape
            assert len(place.lead) == len(shape) - 2, str(call)
            sides = zip((place.rows, place.columns), shape[-2:], strict=True)
            for indices, size in sides:
                reach = range(-place.border, size + place.border)
                assert all(index in reach for index in indices), str(call)
            if place.focus is not None:
                row, column = place.focus
                assert row in place.rows
                assert column in place.columns


@pytest.mark.parametrize("exercise", EXERCISES)
def test_products_and_shares_make_the_right_value(workings, exercise):
    for call, _, _, right, working in workings(exercise):
        if working.factors is not None:
            total = float((working.window * working.factors).sum())
            assert f"sum to {total:.6g}" in working.result, str(call)
            assert working.result.endswith(f" {right:.6g}")
        if working.shares:
            arrived = sum(float(each.received) for each in working.shares)
            assert math.isclose(arrived, right, rel_tol=1e-4), str(call)


@pytest.mark.parametrize("exercise", ["maxpool_backward", "conv_backward"])
def test_a_gradients_cell_is_told_what_it_receives_and_from_where(workings, exercise):
    for call, part, arguments, right, working in workings(exercise):
        if call.function in GRADIENTS or part == 0:
            assert working.shares or right == 0
            for each in working.shares:
                index = json.loads(each.source.removeprefix("dout"))
                assert float(each.sent) == arguments["dout"][tuple(index)]


@pytest.mark.parametrize("exercise", EXERCISES)
def test_a_working_is_the_same_after_it_was_stored(workings, exercise):
    for _, _, _, _, working in workings(exercise):
        stored = json.loads(json.dumps(to_record(working)))
        again = from_record(stored)

        assert again.lines() == working.lines()
        assert again.places == working.places
        assert again.shares == working.shares
