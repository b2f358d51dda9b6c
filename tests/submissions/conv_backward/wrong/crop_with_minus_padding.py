# names: gradient-crop-empty-without-padding
import numpy as np


def conv2d_backward(dout, x, w, stride=1, padding=0):
    N, C, H, W = x.shape
    K, _, KH, KW = w.shape
    _, _, H_out, W_out = dout.shape
    x_pad = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    dx_pad = np.zeros(x_pad.shape)
    dw = np.zeros(w.shape)
    db = np.sum(dout, axis=(0, 2, 3))
    for n in range(N):
        for k in range(K):
            for i in range(H_out):
                for j in range(W_out):
                    top, left = i * stride, j * stride
                    g = dout[n, k, i, j]
                    dw[k] += x_pad[n, :, top : top + KH, left : left + KW] * g
                    dx_pad[n, :, top : top + KH, left : left + KW] += w[k] * g
    dx = dx_pad[:, :, padding:-padding, padding:-padding]
    return dx, dw, db
