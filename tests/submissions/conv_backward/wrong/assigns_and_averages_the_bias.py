# names: input-gradient-assigned, bias-gradient-batch-mean
import numpy as np


def conv2d_backward(dout, x, w, stride=1, padding=0):
    N, C, H, W = x.shape
    K, _, KH, KW = w.shape
    xp = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    dxp = np.zeros(xp.shape)
    dw = np.zeros(w.shape)
    for n in range(N):
        for i in range(dout.shape[2]):
            for j in range(dout.shape[3]):
                for k in range(K):
                    a, b = i * stride, j * stride
                    g = dout[n, k, i, j]
                    dw[k] += g * xp[n, :, a : a + KH, b : b + KW]
                    dxp[n, :, a : a + KH, b : b + KW] = g * w[k]
    dx = dxp[:, :, padding : padding + H, padding : padding + W]
    return dx, dw, dout.sum(axis=(0, 2, 3)) / N
