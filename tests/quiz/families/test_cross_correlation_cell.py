"""Single cells of cross-correlations agree with scipy."""

import numpy as np
import pytest

from grader.quiz import audit, registry

signal = pytest.importorskip("scipy.signal", reason="scipy is not installed")


def test_answers_are_the_cells_of_scipy():
    for question in audit.sample(registry.load("cross-correlation-cell"), 1_000):
        image, kernel = (np.array(item.cells) for item in question.prompt[1].items)
        p = question.parameters
        stride = p["stride"]
        whole = signal.correlate2d(image, kernel, mode="valid")[::stride, ::stride]

        assert question.answer == whole[p["row"] - 1, p["column"] - 1]
