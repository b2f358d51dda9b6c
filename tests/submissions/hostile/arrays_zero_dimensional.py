# exercise: stride
# verdict: WRONG
# tries: 0-d arrays, numpy scalars and 64 dimensions in place of numbers
import itertools

import numpy as np

VALUES = itertools.cycle(
    (
        np.array(np.nan),
        np.array(None),
        np.array("6"),
        np.float16(np.inf),
        np.longdouble(1),
        np.complex64(1),
        np.datetime64("2020-01-01"),
        np.zeros((1,) * 32),
        np.empty((0,) * 9),
        np.bool_(True),
        True,
        "3",
        b"3",
        3j,
        {3},
        {},
        range(3),
        3.0000001e300,
    )
)


def output_size(*args, **kwargs):
    return next(VALUES)


conv2d = output_size
