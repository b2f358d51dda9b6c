# names: gradient-crop-empty-without-padding
import numpy as np


def conv2d_backward(dout, x, w, stride=1, padding=0):
    N, C, H, W = x.shape
    K, C, KH, KW = w.shape
    N, K, HH, WW = dout.shape
    dx = np.zeros((N, C, H, W))
    dw = np.zeros((K, C, KH, KW))
    db = np.zeros(K)
    x_pad = np.pad(x, ((0,), (0,), (padding,), (padding,)), "constant")
    dx_pad = np.zeros(x_pad.shape)
    for n in range(N):
        for k in range(K):
            for i in range(HH):
                for j in range(WW):
                    h, v = i * stride, j * stride
                    patch = x_pad[n, :, h : h + KH, v : v + KW]
                    dx_pad[n, :, h : h + KH, v : v + KW] += w[k] * dout[n, k, i, j]
                    dw[k] += patch * dout[n, k, i, j]
                    db[k] += dout[n, k, i, j]
        dx[n] = dx_pad[n, :, padding:-padding, padding:-padding]
    return dx, dw, db
