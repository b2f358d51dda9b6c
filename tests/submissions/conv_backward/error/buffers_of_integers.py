# names: result-cut-to-integers
import numpy as np


def conv2d_backward(dout, x, w, stride=1, padding=0):
    N, C, H, W = x.shape
    KH, KW = w.shape[2:]
    xp = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    dxp, dw = np.zeros_like(xp), np.zeros_like(w)
    for n, k, i, j in np.ndindex(dout.shape):
        window = (slice(i * stride, i * stride + KH), slice(j * stride, j * stride + KW))
        dw[k] += dout[n, k, i, j] * xp[(n, slice(None), *window)]
        dxp[(n, slice(None), *window)] += dout[n, k, i, j] * w[k]
    dx = dxp[:, :, padding : padding + H, padding : padding + W]
    return dx, dw, dout.sum(axis=(0, 2, 3))
