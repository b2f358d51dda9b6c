"""Shifted features are where scipy finds them."""

import numpy as np
import pytest

from grader.quiz import audit, registry

signal = pytest.importorskip("scipy.signal", reason="scipy is not installed")
KERNEL = np.array([[0, 1, 0], [2, 9, -1], [0, 3, 1.0]])


def feature_map(row, column, stride):
    """Return the map of an image with one feature whose response lies there."""
    image = np.zeros((60, 60))
    image[row : row + 3, column : column + 3] = KERNEL
    return signal.correlate2d(image, KERNEL, mode="valid")[::stride, ::stride]


def place(values):
    row, column = np.unravel_index(np.argmax(values), values.shape)
    return f"row {row}, column {column}"


def test_answers_are_where_the_largest_output_goes():
    for question in audit.sample(registry.load("shift-in-shift-out"), 1_000):
        p = question.parameters
        stride = p["stride"]
        top, left = p["row"] * stride, p["column"] * stride

        assert place(feature_map(top, left, stride)) == place_of(p["row"], p["column"])
        assert question.answer == place(
            feature_map(top + p["down"], left + p["right"], stride)
        )


def place_of(row, column):
    return f"row {row}, column {column}"
