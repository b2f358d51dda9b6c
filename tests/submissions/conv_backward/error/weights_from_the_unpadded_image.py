# names: weight-gradient-from-unpadded-image
import numpy as np


def conv2d_backward(dout, x, w, stride=1, padding=0):
    N, C, H, W = x.shape
    K, _, KH, KW = w.shape
    dw = np.zeros(w.shape)
    dxp = np.zeros((N, C, H + 2 * padding, W + 2 * padding))
    for n in range(N):
        for k in range(K):
            for i in range(dout.shape[2]):
                for j in range(dout.shape[3]):
                    r, c = i * stride, j * stride
                    dw[k] += x[n, :, r : r + KH, c : c + KW] * dout[n, k, i, j]
                    dxp[n, :, r : r + KH, c : c + KW] += w[k] * dout[n, k, i, j]
    dx = dxp[:, :, padding : padding + H, padding : padding + W]
    return dx, dw, dout.sum(axis=(0, 2, 3))
