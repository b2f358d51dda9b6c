# names: row-index-used-for-columns
import numpy as np


def conv2d_backward(dout, x, w, stride=1, padding=0):
    N, C, H, W = x.shape
    K, _, KH, KW = w.shape
    xp = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    dxp = np.zeros(xp.shape)
    dx = np.zeros(x.shape)
    dw = np.zeros(w.shape)
    for n in range(N):
        for k in range(K):
            for i in range(dout.shape[2]):
                for j in range(dout.shape[3]):
                    g = dout[n, k, i, j]
                    r, c = i * stride, i * stride
                    dw[k] += g * xp[n, :, r : r + KH, c : c + KW]
                    dxp[n, :, r : r + KH, c : c + KW] += g * w[k]
        dx[n] = dxp[n, :, padding : padding + H, padding : padding + W]
    db = dout.sum(axis=(0, 2, 3))
    return dx, dw, db
