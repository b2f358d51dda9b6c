# Every place in the window gives a shifted copy of the map, thinned by the stride.
import functools

import numpy as np


def _shifted(x, size, stride):
    (kh, kw), (sh, sw) = (np.broadcast_to(v, 2) for v in (size, stride or size))
    rows = range(0, x.shape[2] - kh + 1, sh)
    cols = range(0, x.shape[3] - kw + 1, sw)
    for u in range(kh):
        for v in range(kw):
            yield x[:, :, u :: sh, v :: sw][:, :, : len(rows), : len(cols)]


def max_pool2d(x, size, stride=None):
    return functools.reduce(np.maximum, _shifted(x, size, stride))


def avg_pool2d(x, size, stride=None):
    maps = list(_shifted(x.astype("float32"), size, stride))
    return sum(maps) / np.float32(len(maps))


def global_avg_pool2d(x):
    return np.einsum("nchw->nc", x) / (x.shape[2] * x.shape[3])
