"""Zero padding by hand agrees with numpy, its slips with numpy's other modes."""

import numpy as np

from grader.quiz import audit, registry

MODES = {"padding-repeats-edge": "edge", "padding-wraps-around": "wrap"}


def test_answers_and_slips_are_what_numpy_pads():
    for question in audit.sample(registry.load("zero-padding-by-hand"), 1_000):
        image = np.array(question.prompt[1].cells)
        amount = question.parameters["padding"]

        assert question.answer == tuple(np.pad(image, amount).ravel().tolist())
        for wrong in question.wrong:
            if wrong.misconception in MODES:
                padded = np.pad(image, amount, mode=MODES[wrong.misconception])
                assert wrong.answer == tuple(padded.ravel().tolist())
