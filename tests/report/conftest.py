"""Reports with something to see: real exercises, answered wrongly on purpose."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from grader import course as courses
from grader.checks.suite import LiveSuite
from grader.checks.trusted import load_module
from grader.judge import Judge
from grader.rehearsal import Rehearsal
from grader.submission import Submission

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def gallery():
    """Return a report with a picture of every kind."""
    course = courses.load(ROOT / "course.yml")
    files = {f"{name}.py": b"" for name in (*WRONG, "parameters")}
    functions = {}
    for name in (*WRONG, "parameters"):
        module = load_module(course.solutions / f"{name}.py")
        functions.update(vars(module))
        functions.update(WRONG.get(name, lambda _: {})(module))
    chosen = [e for e in course.exercises if f"{e.name}.py" in files]
    judge = Judge(course, LiveSuite(course, 3), Rehearsal(functions))
    return judge.judge(Submission(Path("here"), files), chosen)


def convolution(right):
    def conv_volume(x, w, b):
        return right.conv_volume(x, w, b)[:, None]

    def correlate2d(image, kernel):
        return right.correlate2d(image, kernel[::-1, ::-1])

    return {"correlate2d": correlate2d, "conv_volume": conv_volume}


def padding(right):
    return {"zero_pad": lambda x, pad: np.pad(x, pad, "edge")}


def stride(right):
    def output_size(size, kernel_size, stride=1, padding=0):
        return right.output_size(size, kernel_size, stride, padding) + 1

    return {"output_size": output_size, "conv2d": todo}


def pooling(right):
    def max_pool2d(x, size, stride=None):
        out = right.max_pool2d(x, size, stride)
        out[..., -1, -1] = np.nan
        return out

    return {"max_pool2d": max_pool2d, "avg_pool2d": broken}


def maxpool_backward(right):
    def max_pool2d_backward(dout, x, size, stride=None):
        return np.minimum(right.max_pool2d_backward(dout, x, size, stride), 1)

    return {"max_pool2d_backward": max_pool2d_backward}


def conv_backward(right):
    def conv2d_backward(dout, x, w, stride=1, padding=0):
        dx, dw, db = right.conv2d_backward(dout, x, w, stride, padding)
        return 3 * dx, dw + 1, db

    return {"conv2d_backward": conv2d_backward}


def todo(*args, **kwargs):
    raise NotImplementedError


def broken(x, size, stride=None):
    raise IndexError("index 3 is out of bounds")


WRONG = {
    made.__name__: made
    for made in (
        convolution,
        padding,
        stride,
        pooling,
        maxpool_backward,
        conv_backward,
    )
}
