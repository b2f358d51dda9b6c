# names: nothing
# The input gradient is three times too large, by no belief that we know.
import numpy as np


def conv2d_backward(dout, x, w, stride=1, padding=0):
    N, C, H, W = x.shape
    KH, KW = w.shape[2:]
    xp = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    dxp, dw = np.zeros(xp.shape), np.zeros(w.shape)
    for n, k, i, j in np.ndindex(dout.shape):
        r, c = i * stride, j * stride
        dw[k] += dout[n, k, i, j] * xp[n, :, r : r + KH, c : c + KW]
        dxp[n, :, r : r + KH, c : c + KW] += 3 * dout[n, k, i, j] * w[k]
    dx = dxp[:, :, padding : padding + H, padding : padding + W]
    return dx, dw, dout.sum(axis=(0, 2, 3))
