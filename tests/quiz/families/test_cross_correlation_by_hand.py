"""Cross-correlations by hand agree with scipy; a flip gives true convolution."""

import numpy as np
import pytest

from grader.quiz import audit, registry

signal = pytest.importorskip("scipy.signal", reason="scipy is not installed")


def cells(values):
    return tuple(values.ravel().tolist())


def test_answers_and_flips_are_the_maps_of_scipy():
    for question in audit.sample(registry.load("cross-correlation-by-hand"), 1_000):
        image, kernel = (np.array(item.cells) for item in question.prompt[1].items[:2])
        step = slice(None, None, question.parameters["stride"])
        right = signal.correlate2d(image, kernel, mode="valid")[step, step]
        flipped = signal.convolve2d(image, kernel, mode="valid")[step, step]
        slips = {w.misconception: w.answer for w in question.wrong}

        assert question.answer == cells(right)
        assert slips["kernel-flipped"] == cells(flipped)
