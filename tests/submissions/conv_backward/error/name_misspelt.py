# names: nothing
import numpy as np


def conv2d_backward(dout, x, w, stride=1, padding=0):
    db = dout.sum(axis=(0, 2, 3))
    return np.zeros(x.shape), np.zeros(weights.shape), db
