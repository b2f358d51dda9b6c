"""True convolutions by hand agree with scipy; no flip gives cross-correlation."""

import numpy as np
import pytest

from grader.quiz import audit, registry

signal = pytest.importorskip("scipy.signal", reason="scipy is not installed")


def cells(values):
    return tuple(values.ravel().tolist())


def test_answers_and_missing_flips_are_the_maps_of_scipy():
    for question in audit.sample(registry.load("true-convolution-by-hand"), 1_000):
        items = question.prompt[1].items
        image, kernel = np.array(items[0].cells), np.array(items[2].cells)
        slips = {w.misconception: w.answer for w in question.wrong}

        assert question.answer == cells(signal.convolve2d(image, kernel, mode="valid"))
        assert slips["kernel-not-flipped"] == cells(
            signal.correlate2d(image, kernel, mode="valid")
        )
