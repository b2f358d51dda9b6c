# exercise: stride
# verdict: WRONG
# tries: a subclass of ndarray that claims the right shape and equals everything
import numpy as np


class Right(np.ndarray):
    shape = property(lambda self: (1, 1, 3, 3))
    dtype = property(lambda self: np.dtype(float))

    def __eq__(self, other):
        return np.True_

    def __array__(self, *args, **kwargs):
        raise RuntimeError("BREACH it was asked")

    def __array_ufunc__(self, *args, **kwargs):
        return np.True_

    def __array_function__(self, *args, **kwargs):
        return True


def conv2d(x, w, b, stride=1, padding=0):
    return np.zeros((1, 1, 3, 3)).view(Right)
