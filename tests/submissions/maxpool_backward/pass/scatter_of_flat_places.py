# Winners as flat places of the whole batch, then one unbuffered addition.
import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


def _places(x, size, stride):
    size = tuple(int(s) for s in np.broadcast_to(size, 2))
    down, right = np.broadcast_to(size if stride is None else stride, 2)
    numbers = np.arange(x.size).reshape(x.shape)
    cut = lambda a: sliding_window_view(a, size, axis=(2, 3))[:, :, ::down, ::right]
    windows = cut(x)
    return windows.reshape(*windows.shape[:4], -1), cut(numbers).reshape(
        *windows.shape[:4], -1
    )


def max_pool2d_backward(dout, x, size, stride=None):
    windows, places = _places(x, size, stride)
    winners = np.take_along_axis(places, windows.argmax(-1)[..., None], -1)[..., 0]
    dx = np.zeros(x.size)
    np.add.at(dx, winners.ravel(), dout.ravel())
    return dx.reshape(x.shape)


def avg_pool2d_backward(dout, x, size, stride=None):
    _, places = _places(x, size, stride)
    shares = np.repeat(dout.ravel() / places.shape[-1], places.shape[-1])
    return np.bincount(places.ravel(), shares, x.size).reshape(x.shape)
